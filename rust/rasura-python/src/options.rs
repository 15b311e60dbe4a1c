//! The keyword arguments of `Engine`: read once, checked for type and range, compared, shown, and packed for pickle.
//! What the names mean is the engine's to know.

use std::fmt::Write as _;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFrozenSet, PySet, PyString};
use rasura::{Options, PackFile};

use crate::errors;

/// Eight mebi: what no message reaches and what a file can.
pub(crate) const MAX_CHARS: usize = 8 << 20;

/// A pack file is some kilobytes; a larger one is a mistake.
const MAX_PACK: u64 = 1 << 20;

/// What an engine was built from.
#[derive(Clone, PartialEq)]
pub(crate) struct Config {
    pub(crate) options: Options,
    pub(crate) cover: bool,
    pub(crate) max_chars: usize,
}

impl Default for Config {
    fn default() -> Self {
        Config { options: Options::default(), cover: false, max_chars: MAX_CHARS }
    }
}

impl Config {
    /// Reads the arguments; `extra_packs` are files to open.
    pub(crate) fn read(arguments: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut config = Config::default();
        for (name, value) in arguments.into_iter().flatten() {
            config.set(&name.cast::<PyString>()?.to_string_lossy(), &value)?;
        }
        Ok(config)
    }

    fn set(&mut self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let options = &mut self.options;
        match name {
            "locales" => options.locales = if value.is_none() { Vec::new() } else { strings(name, value)? },
            "entities" => options.entities = if value.is_none() { None } else { Some(strings(name, value)?) },
            "include" => options.include = strings(name, value)?,
            "exclude" => options.exclude = strings(name, value)?,
            "allow" => options.allow = strings(name, value)?,
            "threshold" => options.threshold = threshold(value)?,
            "placeholder" => options.placeholder = string(name, value)?,
            "extra_packs" => {
                options.extra_packs = items(name, value)?.iter().map(pack_file).collect::<PyResult<_>>()?;
            }
            "on_error" => self.cover = covers(value)?,
            "max_chars" => self.max_chars = max_chars(value)?,
            _ => return Err(errors::unexpected_keyword(name)),
        }
        Ok(())
    }

    /// The arguments that give this configuration again, without `extra_packs`.
    pub(crate) fn arguments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let Options { locales, entities, include, exclude, allow, threshold, placeholder, extra_packs: _ } =
            &self.options;
        let arguments = PyDict::new(py);
        arguments.set_item("locales", locales)?;
        arguments.set_item("entities", entities)?;
        arguments.set_item("include", include)?;
        arguments.set_item("exclude", exclude)?;
        arguments.set_item("allow", allow)?;
        arguments.set_item("threshold", threshold)?;
        arguments.set_item("placeholder", placeholder)?;
        arguments.set_item("on_error", if self.cover { "cover" } else { "raise" })?;
        arguments.set_item("max_chars", self.max_chars)?;
        Ok(arguments)
    }

    /// The arguments that differ from the default. The values of `allow` are the caller's own numbers: only their count.
    pub(crate) fn shown(&self, py: Python<'_>) -> PyResult<String> {
        let usual = Config::default().arguments(py)?;
        let mut shown = String::new();
        let mut add = |name: &str, value: &str| {
            let comma = if shown.is_empty() { "" } else { ", " };
            write!(shown, "{comma}{name}={value}").expect("a String takes everything");
        };
        for (name, value) in self.arguments(py)? {
            let name = name.to_string();
            if name == "allow" {
                if !self.options.allow.is_empty() {
                    add(&name, &format!("<{}>", self.options.allow.len()));
                }
            } else if !usual.as_any().get_item(&name)?.eq(&value)? {
                add(&name, &value.repr()?.to_string_lossy());
            }
        }
        let packs: Vec<&str> = self.options.extra_packs.iter().map(|pack| pack.path.as_str()).collect();
        if !packs.is_empty() {
            add("extra_packs", &packs.into_pyobject(py)?.repr()?.to_string_lossy());
        }
        Ok(format!("Engine({shown})"))
    }

    pub(crate) fn hash(&self) -> u64 {
        let Options { locales, entities, include, exclude, allow, threshold, placeholder, extra_packs } = &self.options;
        let mut hasher = DefaultHasher::new();
        (locales, entities, include, exclude, allow, placeholder).hash(&mut hasher);
        (threshold.to_bits(), self.cover, self.max_chars).hash(&mut hasher);
        for PackFile { path, text } in extra_packs {
            (path, text).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The items of an argument that is a list, tuple, set or another iterable, but not one string.
fn items<'py>(name: &str, value: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let single = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>();
    if single || !value.hasattr("__iter__")? {
        return Err(errors::wrong_type(&format!("{name} must be a list of str"), value));
    }
    value.try_iter()?.collect()
}

/// What must be strings, as a list or another iterable.
pub(crate) fn strings(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let items = items(name, value)?;
    let mut strings = items.iter().map(|item| string(name, item)).collect::<PyResult<Vec<_>>>()?;
    // The order of a set changes from one process to the next, and equal sets give equal engines.
    if value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>() {
        strings.sort_unstable();
    }
    Ok(strings)
}

/// What must be a `str`, as one.
pub(crate) fn typed<'a, 'py>(name: &str, value: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    value.cast().map_err(|_| errors::wrong_type(&format!("{name} must be str"), value))
}

/// What must be a `str`, without lone surrogates.
pub(crate) fn string(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    // The error of a lone surrogate would carry the string.
    typed(name, value)?
        .to_cow()
        .map(Into::into)
        .map_err(|_| errors::bad_option(format!("{name} holds a lone surrogate; remove it")))
}

fn threshold(value: &Bound<'_, PyAny>) -> PyResult<f64> {
    let Ok(threshold) = value.extract::<f64>() else {
        return Err(errors::wrong_type("threshold must be a number", value));
    };
    if !(0.0..=1.0).contains(&threshold) {
        return Err(errors::bad_option(format!("threshold is {threshold}; it must be from 0 to 1")));
    }
    // Of the two zeros only the positive one, so that equal thresholds have equal hashes.
    Ok(threshold + 0.0)
}

fn covers(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    match string("on_error", value)?.as_str() {
        "raise" => Ok(false),
        "cover" => Ok(true),
        other => Err(errors::bad_option(format!("on_error is {other:?}; it must be \"raise\" or \"cover\""))),
    }
}

fn max_chars(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    if value.is_instance_of::<PyBool>() || !value.hasattr("__index__")? {
        return Err(errors::wrong_type("max_chars must be int", value));
    }
    match value.extract::<isize>().map(isize::cast_unsigned) {
        Ok(limit) if limit > 0 && limit <= isize::MAX.cast_unsigned() => Ok(limit),
        _ => Err(errors::bad_option(format!("max_chars must be from 1 to {}", isize::MAX))),
    }
}

/// The pack file at a path: the engine reads no files, so it is read here.
fn pack_file(path: &Bound<'_, PyAny>) -> PyResult<PackFile> {
    let Ok(file) = path.extract::<PathBuf>() else {
        return Err(errors::wrong_type("extra_packs must be paths (str or os.PathLike)", path));
    };
    let Some(shown) = file.to_str() else {
        return Err(errors::bad_pack("a path in extra_packs is not valid Unicode; rename the file".to_owned()));
    };
    let mut bytes = Vec::new();
    let read = File::open(&file).and_then(|file| file.take(MAX_PACK + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(errors::bad_pack(format!("{shown}: cannot be read: {error}")));
    }
    if bytes.len() as u64 > MAX_PACK {
        return Err(errors::bad_pack(format!("{shown}: larger than {MAX_PACK} bytes, which no pack is")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        errors::bad_pack(format!("{shown}: not UTF-8 at byte {at}; save the file as UTF-8"))
    })?;
    // The id of a pack comes out of its path, which is written with slashes.
    let path = if cfg!(windows) { shown.replace('\\', "/") } else { shown.to_owned() };
    Ok(PackFile { path, text })
}
