//! `rasura.Engine`: a redactor with its configuration. Immutable but for its counters.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rasura::PackFile;

use crate::errors;
use crate::json::Asked;
use crate::options::Config;
use crate::records;
use crate::redactor::Redactor;

/// A redactor with a configuration of its own: immutable, safe in threads, picklable, equal by configuration.
///
/// - `locales`: whom you mostly serve (`["br", "es-MX"]`); orders what is ambiguous, switches nothing off.
/// - `entities`: report only these: ids, globs (`"BR_*"`), locale names (`"br"`, `"global"`).
/// - `include`: also report these, which are reported only when asked for.
/// - `exclude`: do not report these.
/// - `allow`: values that pass, such as your own telephone numbers.
/// - `threshold`: the score from which a candidate is a finding.
/// - `placeholder`: what is written: `{name}` is the pack's word, `{entity}` its id, `{n}` the number of the value.
/// - `extra_packs`: paths of pack files of your own.
/// - `on_error`: `"raise"`, or `"cover"` to give one placeholder for a text that cannot be redacted.
/// - `max_chars`: longer texts are an error.
#[pyclass(frozen, module = "rasura")]
pub(crate) struct Engine {
    config: Config,
    redactor: Redactor,
}

impl Engine {
    fn build(config: Config) -> PyResult<Self> {
        let redactor = Redactor::new(&config)?;
        Ok(Engine { config, redactor })
    }
}

/// The engine of a pickle: its options, and its pack files as they were read.
pub(crate) fn restore(options: &Bound<'_, PyAny>, packs: Vec<(String, String)>) -> PyResult<Engine> {
    let Ok(options) = options.cast::<PyDict>() else {
        return Err(errors::wrong_type("options must be a dict", options));
    };
    let mut config = Config::read(Some(options))?;
    config.options.extra_packs = packs.into_iter().map(|(path, text)| PackFile { path, text }).collect();
    Engine::build(config)
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(
        signature = (**options),
        text_signature = "(*, locales=None, entities=None, include=(), exclude=(), allow=(), threshold=0.5, \
                          placeholder='[{name}]', extra_packs=(), on_error='raise', max_chars=8388608)"
    )]
    fn new(options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Engine::build(Config::read(options)?)
    }

    /// Return `text` with personal data replaced by placeholders; the same object when nothing was found.
    #[pyo3(signature = (text, /))]
    fn redact<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.redactor.redact(text)
    }

    /// Return the findings in `text`, in order and without overlaps.
    #[pyo3(signature = (text, /))]
    fn detect<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        self.redactor.detect(text)
    }

    /// Return every candidate in `text` with its score and the reason why it was taken or left.
    #[pyo3(signature = (text, /))]
    fn explain<'py>(&self, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        self.redactor.explain(text)
    }

    /// Return the redacted text together with its findings, from one scan.
    #[pyo3(signature = (text, /))]
    fn process(&self, text: &Bound<'_, PyAny>) -> PyResult<records::Result> {
        self.redactor.process(text)
    }

    /// Return the JSON value `obj` with personal data replaced by placeholders; the same object when nothing was found.
    ///
    /// See `rasura.redact_json`.
    #[pyo3(signature = (obj, /, *, skip = None, only = None), text_signature = "($self, obj, /, *, skip=(), only=None)")]
    fn redact_json<'py>(
        &self,
        obj: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.redactor.redact_json(obj, &Asked::read(skip, only, None)?)
    }

    /// Return the JSON `text` with personal data replaced by placeholders and every other character as it was.
    ///
    /// See `rasura.redact_json_text`.
    #[pyo3(
        signature = (text, /, *, skip = None, only = None, invalid = None),
        text_signature = "($self, text, /, *, skip=(), only=None, invalid='raise')"
    )]
    fn redact_json_text<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
        invalid: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.redactor.redact_json_text(text, &Asked::read(skip, only, invalid)?)
    }

    /// Return the findings in a JSON value: `str` and `bytes` are read as JSON text, others are the value.
    ///
    /// See `rasura.detect_json`.
    #[pyo3(
        signature = (obj, /, *, skip = None, only = None, invalid = None),
        text_signature = "($self, obj, /, *, skip=(), only=None, invalid='raise')"
    )]
    fn detect_json<'py>(
        &self,
        obj: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
        invalid: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        self.redactor.detect_json(obj, &Asked::read(skip, only, invalid)?)
    }

    /// Redact each of `texts`.
    #[pyo3(signature = (texts, /))]
    fn redact_many<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        self.redactor.redact_many(texts)
    }

    /// Return the findings of each of `texts`.
    #[pyo3(signature = (texts, /))]
    fn detect_many<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        self.redactor.detect_many(texts)
    }

    /// Return the canonical form of a value of `entity`, as `allow` and `{n}` compare values.
    #[pyo3(signature = (entity, text, /))]
    fn canonical(&self, entity: &Bound<'_, PyAny>, text: &Bound<'_, PyAny>) -> PyResult<String> {
        self.redactor.canonical(entity, text)
    }

    /// Return the packs of this engine: the built-in ones and its own.
    fn packs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.redactor.packs(py)
    }

    /// Return what this engine has done: texts, changed, errors, findings by entity, and the time of one text in 64.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.redactor.stats(py)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.config == other.config
    }

    fn __hash__(&self) -> u64 {
        self.config.hash()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.config.shown(py)
    }

    /// An immutable object is its own copy, with its counters.
    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, memo: &Bound<'_, PyAny>) -> Py<Self> {
        let _ = memo;
        slf
    }

    #[expect(clippy::type_complexity, reason = "what pickle wants: a callable and its arguments")]
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>, Vec<(&str, &str)>))> {
        let restore = py.import("rasura._rasura")?.getattr("_restore")?;
        let packs = self.config.options.extra_packs.iter().map(|pack| (pack.path.as_str(), pack.text.as_str()));
        Ok((restore, (self.config.arguments(py)?, packs.collect())))
    }
}
