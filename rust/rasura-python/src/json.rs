//! JSON as text and as objects. Objects are walked twice: on the way in each key and value is told to the engine's document,
//! on the way out those that changed are made anew, and what holds them.

use pyo3::prelude::*;
use pyo3::types::dict::BoundDictIterator;
use pyo3::types::list::BoundListIterator;
use pyo3::types::tuple::BoundTupleIterator;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use rasura::json::{self, Builder, Change, Document, Fault, Found, Leaf, Scope};
use rasura::{Cut, Word};

use crate::errors::{self, Failure};
use crate::options;
use crate::records::{self, JsonFinding};
use crate::redactor::{RELEASED_FROM, Redactor};
use crate::splice;
use crate::text::{Offsets, Text};

/// What is looked after, and what is done with a text that is no JSON.
pub(crate) struct Asked {
    scope: Scope,
    as_text: bool,
}

impl Asked {
    pub(crate) fn read(
        skip: Option<&Bound<'_, PyAny>>,
        only: Option<&Bound<'_, PyAny>>,
        invalid: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let skip = skip.map_or_else(|| Ok(Vec::new()), |skip| options::strings("skip", skip))?;
        let only = only.map(|only| options::strings("only", only)).transpose()?;
        let scope = Scope::new(&skip, only.as_deref()).map_err(|error| errors::refused(&error))?;
        let as_text = match invalid.map(|invalid| options::string("invalid", invalid)).transpose()?.as_deref() {
            None | Some("raise") => false,
            Some("text") => true,
            Some(other) => {
                return Err(errors::bad_option(format!("invalid is {other:?}; it must be \"raise\" or \"text\"")));
            }
        };
        Ok(Asked { scope, as_text })
    }
}

impl Redactor {
    pub(crate) fn redact_json_text<'py>(
        &self,
        given: &Bound<'py, PyAny>,
        asked: &Asked,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = given.py();
        let text = Text::of(given)?;
        let written = |cuts: &[Cut<'_>]| {
            if cuts.is_empty() { Ok(given.clone()) } else { Ok(splice::splice(py, text, cuts)?) }
        };
        self.answer(
            || {
                let source = text.source();
                let cuts = self.read(py, text, |document| {
                    let changes = self.engine.cut_json(document, &asked.scope, &|key| document.key(key, source));
                    let packs: Vec<u16> = changes.iter().filter_map(|change| change.pack).collect();
                    (document.place(source, changes), packs)
                })?;
                match cuts {
                    Ok((cuts, packs)) => {
                        self.found(&packs, true);
                        written(&cuts)
                    }
                    Err(_) if asked.as_text => written(&self.cuts(py, text)?),
                    Err(at) => Err(not_json(text, at)),
                }
            },
            |_| {
                let cover = json::quoted(self.engine.cover());
                if text.is_bytes() {
                    Ok(PyBytes::new(py, cover.as_bytes()).into_any())
                } else {
                    Ok(PyString::new(py, &cover).into_any())
                }
            },
        )
    }

    pub(crate) fn redact_json<'py>(&self, given: &Bound<'py, PyAny>, asked: &Asked) -> PyResult<Bound<'py, PyAny>> {
        let py = given.py();
        self.answer(
            || {
                let Walk { builder, items, .. } = Walk::through(given, self.max_chars)?;
                let document = builder.finish();
                let name = |key: Leaf| items[key.ordinal].name();
                let changes = work(py, &document, || self.engine.cut_json(&document, &asked.scope, &name));
                let packs: Vec<u16> = changes.iter().filter_map(|change| change.pack).collect();
                self.found(&packs, true);
                Ok(Rebuild { py, items: &items, at: 0, changes }.value()?)
            },
            |_| Ok(PyString::new(py, self.engine.cover()).into_any()),
        )
    }

    pub(crate) fn detect_json<'py>(&self, given: &Bound<'py, PyAny>, asked: &Asked) -> PyResult<Bound<'py, PyList>> {
        let py = given.py();
        let text = Text::of(given).ok();
        self.answer(
            || {
                if let Some(text) = text {
                    return self.detect_json_text(py, text, asked);
                }
                let Walk { builder, items, .. } = Walk::through(given, self.max_chars)?;
                let document = builder.finish();
                let name = |key: Leaf| items[key.ordinal].name();
                let found = work(py, &document, || self.engine.find_json(&document, &asked.scope, &name));
                self.json_findings(py, &found)
            },
            |_| PyList::new(py, [records::cover_json_finding(py, text.map_or(0, Text::len))]),
        )
    }

    fn detect_json_text<'py>(
        &self,
        py: Python<'py>,
        text: Text<'_>,
        asked: &Asked,
    ) -> Result<Bound<'py, PyList>, Failure> {
        let source = text.source();
        let found = self.read(py, text, |document| {
            self.engine.find_json(document, &asked.scope, &|key| document.key(key, source))
        })?;
        match found {
            Ok(found) => self.json_findings(py, &found),
            Err(_) if asked.as_text => {
                let scan = self.scan(py, text, false)?;
                let names = self.names(py);
                let found = scan.iter().flat_map(|scan| scan.findings.iter().map(move |found| (scan, found)));
                let made = found.map(|(scan, found)| names.json_finding(py, "", found, false, &scan.offsets));
                Ok(PyList::new(py, made.collect::<PyResult<Vec<_>>>()?)?)
            }
            Err(at) => Err(not_json(text, at)),
        }
    }

    fn json_findings<'py>(&self, py: Python<'py>, found: &[Found]) -> Result<Bound<'py, PyList>, Failure> {
        let packs: Vec<u16> = found.iter().map(|found| found.finding.pack).collect();
        self.found(&packs, false);
        let names = self.names(py);
        let same = Offsets::Same;
        let made = found.iter().map(|Found { path, key, finding }| names.json_finding(py, path, finding, *key, &same));
        Ok(PyList::new(py, made.collect::<PyResult<Vec<JsonFinding>>>()?)?)
    }

    /// Reads a text within the limit and calls `work` with its document; where it is no JSON, the place.
    fn read<R: Send>(
        &self,
        py: Python<'_>,
        text: Text<'_>,
        work: impl FnOnce(&Document) -> R + Send,
    ) -> Result<Result<R, usize>, Failure> {
        self.within(text)?;
        let read = || {
            let document = Document::read(text.source(), usize::MAX)?;
            #[cfg(feature = "fault")]
            trip(&document);
            Ok(work(&document))
        };
        let read = if text.len() < RELEASED_FROM { read() } else { py.detach(read) };
        match read {
            Ok(answer) => Ok(Ok(answer)),
            Err(Fault::Invalid { at }) => Ok(Err(at)),
            Err(fault) => Err(self.refused(fault)),
        }
    }

    fn refused(&self, fault: Fault) -> Failure {
        refused(fault, self.max_chars)
    }
}

/// Calls `work` on a document, without the interpreter lock where that pays.
fn work<R: Send>(py: Python<'_>, document: &Document, work: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "fault")]
    trip(document);
    if document.text().len() < RELEASED_FROM { work() } else { py.detach(work) }
}

#[cold]
fn refused(fault: Fault, limit: usize) -> Failure {
    Failure::too_much(match fault {
        Fault::Deep => format!("the value is deeper than {} levels, or holds itself", json::LEVELS),
        Fault::Many => format!("the value has more than {} values in it: cut it up", json::NODES),
        Fault::Large | Fault::Invalid { .. } => {
            format!(
                "the value has more than {limit} characters, which max_chars is: cut it up, or build an Engine with more"
            )
        }
    })
}

/// Where a text stops being JSON: line and column from 1, and the offset, as editors and programs count.
#[cold]
fn not_json(text: Text<'_>, at: usize) -> Failure {
    fn place<U: Copy + Into<u32>>(units: &[U], at: usize) -> (usize, usize) {
        let is_break = |unit: &&U| Into::<u32>::into(**unit) == u32::from(b'\n');
        let before = &units[..at];
        let column = before.iter().rev().take_while(|unit| !is_break(unit)).count();
        (before.iter().filter(is_break).count() + 1, column + 1)
    }
    let (line, column) = match text {
        Text::Latin1(units) | Text::Utf8(units) => place(units, at),
        Text::Ucs2(units) => place(units, at),
        Text::Ucs4(units) => place(units, at),
    };
    Failure::not_json(line, column, at)
}

/// One key or value of the caller's, in the order of the document.
struct Item {
    object: Py<PyAny>,
    kind: Kind,
    /// The item behind the last one that is in it.
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dict,
    List,
    Tuple,
    Key,
    Other,
}

impl Item {
    /// A key as paths have it.
    fn name(&self) -> String {
        Python::attach(|py| key_text(self.object.bind(py)).unwrap_or_default())
    }
}

/// A key as `json.dumps` would write it.
fn key_text(key: &Bound<'_, PyAny>) -> Option<String> {
    if let Ok(text) = key.cast::<PyString>() {
        Some(text.to_string_lossy().into_owned())
    } else if key.is_none() {
        Some("null".to_owned())
    } else if let Ok(truth) = key.cast::<PyBool>() {
        Some(truth.is_true().to_string())
    } else if let Ok(whole) = key.cast::<PyInt>() {
        Some(digits(whole))
    } else {
        key.cast::<PyFloat>().ok()?.repr().ok().map(|written| written.to_string())
    }
}

/// An integer in digits; one that is too long for an identifier as as many nines.
fn digits(whole: &Bound<'_, PyInt>) -> String {
    const LONGEST: usize = 100;
    if let Ok(short) = whole.extract::<i64>() {
        return short.to_string();
    }
    let class = whole.py().get_type::<PyInt>();
    let bits = class.call_method1("bit_length", (whole,)).and_then(|bits| bits.extract::<usize>());
    if bits.is_ok_and(|bits| bits < 3 * LONGEST)
        && let Ok(written) = class.call_method1("__repr__", (whole,))
    {
        return written.to_string();
    }
    "9".repeat(LONGEST)
}

/// A finite float as Python writes it, which takes a sign and two digits for an exponent.
fn written(value: f64) -> String {
    let short = format!("{value:?}");
    match short.split_once('e') {
        None => short,
        Some((digits, power)) => match power.strip_prefix('-') {
            Some(power) => format!("{digits}e-{power:0>2}"),
            None => format!("{digits}e+{power:0>2}"),
        },
    }
}

/// A container on the way in, and what is still to come of it.
struct Frame<'py> {
    item: usize,
    rest: Rest<'py>,
}

enum Rest<'py> {
    Dict(BoundDictIterator<'py>),
    Pairs(BoundListIterator<'py>),
    List(BoundListIterator<'py>),
    Tuple(BoundTupleIterator<'py>),
}

enum Next<'py> {
    Value(Bound<'py, PyAny>),
    Member(Bound<'py, PyAny>, Bound<'py, PyAny>),
    End,
}

impl<'py> Rest<'py> {
    fn next(&mut self) -> PyResult<Next<'py>> {
        let value = match self {
            Rest::Dict(members) => {
                return Ok(members.next().map_or(Next::End, |(key, value)| Next::Member(key, value)));
            }
            Rest::Pairs(pairs) => {
                let pair = pairs.next().map(|pair| pair.extract()).transpose()?;
                return Ok(pair.map_or(Next::End, |(key, value)| Next::Member(key, value)));
            }
            Rest::List(values) => values.next(),
            Rest::Tuple(values) => values.next(),
        };
        Ok(value.map_or(Next::End, Next::Value))
    }
}

/// The way in.
struct Walk {
    builder: Builder,
    items: Vec<Item>,
    /// Which member of which member is at hand.
    place: Vec<usize>,
    limit: usize,
}

impl Walk {
    fn through(given: &Bound<'_, PyAny>, limit: usize) -> Result<Self, Failure> {
        let mut walk = Walk { builder: Builder::new(limit), items: Vec::new(), place: Vec::new(), limit };
        let mut frames: Vec<Frame<'_>> = Vec::new();
        frames.extend(walk.value(given)?);
        loop {
            let depth = frames.len();
            let Some(frame) = frames.last_mut() else { return Ok(walk) };
            match frame.rest.next()? {
                Next::Value(value) => frames.extend(walk.value(&value)?),
                Next::Member(key, value) => {
                    walk.key(&key)?;
                    frames.extend(walk.value(&value)?);
                }
                Next::End => {
                    walk.close(frame.item);
                    frames.pop();
                    walk.next();
                    continue;
                }
            }
            // A container is counted when it ends.
            if frames.len() == depth {
                walk.next();
            }
        }
    }

    fn item(&mut self, object: &Bound<'_, PyAny>, kind: Kind) -> usize {
        let end = self.items.len() + 1;
        self.items.push(Item { object: object.clone().unbind(), kind, end });
        end - 1
    }

    fn told(&self, told: Result<(), Fault>) -> Result<(), Failure> {
        told.map_err(|fault| refused(fault, self.limit))
    }

    /// A value: a container is begun, and is the caller's to go on with.
    fn value<'py>(&mut self, given: &Bound<'py, PyAny>) -> Result<Option<Frame<'py>>, Failure> {
        if let Ok(string) = given.cast::<PyString>() {
            self.item(given, Kind::Other);
            let told = self.builder.string(Text::of_string(string)?.source());
            return self.told(told).map(|()| None);
        }
        if let Ok(dict) = given.cast::<PyDict>() {
            let rest = if dict.is_exact_instance_of::<PyDict>() {
                Rest::Dict(dict.iter())
            } else {
                // A subclass may have an order of its own.
                Rest::Pairs(dict.as_mapping().items()?.iter())
            };
            return self.open(given, Kind::Dict, rest).map(Some);
        }
        if let Ok(list) = given.cast::<PyList>() {
            return self.open(given, Kind::List, Rest::List(list.iter())).map(Some);
        }
        if let Ok(tuple) = given.cast::<PyTuple>() {
            return self.open(given, Kind::Tuple, Rest::Tuple(tuple.iter())).map(Some);
        }
        self.plain(given).map(|()| None)
    }

    fn plain(&mut self, given: &Bound<'_, PyAny>) -> Result<(), Failure> {
        self.item(given, Kind::Other);
        let told = if given.is_none() {
            self.builder.word(b"null")
        } else if let Ok(truth) = given.cast::<PyBool>() {
            self.builder.word(if truth.is_true() { b"true" } else { b"false" })
        } else if let Ok(whole) = given.cast::<PyInt>() {
            self.builder.number(digits(whole).as_bytes())
        } else if let Ok(float) = given.cast::<PyFloat>() {
            self.float(float.value())
        } else {
            let expected = "must be dict, list, tuple, str, int, float, bool or None";
            return Err(errors::wrong_type(&format!("{} {expected}", self.shown_place()), given).into());
        };
        self.told(told)
    }

    fn float(&mut self, value: f64) -> Result<(), Fault> {
        if value.is_nan() {
            self.builder.word(b"NaN")
        } else if value.is_infinite() {
            self.builder.word(if value > 0.0 { b"Infinity" } else { b"-Infinity" })
        } else {
            self.builder.number(written(value).as_bytes())
        }
    }

    /// Begins a container; what is in it follows.
    fn open<'py>(&mut self, given: &Bound<'py, PyAny>, kind: Kind, rest: Rest<'py>) -> Result<Frame<'py>, Failure> {
        let item = self.item(given, kind);
        let told = self.builder.open(kind == Kind::Dict);
        self.told(told)?;
        self.place.push(0);
        Ok(Frame { item, rest })
    }

    fn key(&mut self, key: &Bound<'_, PyAny>) -> Result<(), Failure> {
        self.item(key, Kind::Key);
        let told = if let Ok(string) = key.cast::<PyString>() {
            self.builder.key(Text::of_string(string)?.source())
        } else if let Some(text) = key_text(key) {
            self.builder.key(rasura::view::Source::Latin1(text.as_bytes()))
        } else {
            let expected = "must have keys that are str, int, float, bool or None";
            self.place.pop();
            return Err(errors::wrong_type(&format!("{} {expected}", self.shown_place()), key).into());
        };
        self.told(told)
    }

    fn next(&mut self) {
        if let Some(place) = self.place.last_mut() {
            *place += 1;
        }
    }

    fn close(&mut self, item: usize) {
        self.place.pop();
        self.builder.close();
        self.items[item].end = self.items.len();
    }

    /// Where the walk is, by counting: keys are the caller's text.
    fn shown_place(&self) -> String {
        let places = self.place.iter().map(|place| format!("[{place}]"));
        format!("obj{}", places.collect::<String>())
    }
}

/// The way out.
struct Rebuild<'py, 'i, 'e> {
    py: Python<'py>,
    items: &'i [Item],
    at: usize,
    /// Those that are still to be made, the first one last.
    changes: Vec<Change<'e>>,
}

/// A container on the way out.
struct Made<'py> {
    kind: Kind,
    end: usize,
    /// What is in it, keys and values.
    parts: Vec<Bound<'py, PyAny>>,
}

impl<'py> Made<'py> {
    fn finish(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.kind {
            Kind::Dict => {
                let made = PyDict::new(py);
                for member in self.parts.chunks_exact(2) {
                    made.set_item(&member[0], &member[1])?;
                }
                Ok(made.into_any())
            }
            Kind::Tuple => Ok(PyTuple::new(py, self.parts)?.into_any()),
            _ => Ok(PyList::new(py, self.parts)?.into_any()),
        }
    }
}

impl<'py> Rebuild<'py, '_, '_> {
    /// The value, the same object where nothing in it changed.
    fn value(mut self) -> PyResult<Bound<'py, PyAny>> {
        self.changes.reverse();
        let mut open: Vec<Made<'py>> = Vec::new();
        loop {
            let item = &self.items[self.at];
            let mut part = if self.changes.last().is_none_or(|change| change.leaf.ordinal >= item.end) {
                self.at = item.end;
                item.object.bind(self.py).clone()
            } else if matches!(item.kind, Kind::Key | Kind::Other) {
                self.at += 1;
                self.changed(&item.object.bind(self.py).clone(), item.kind, self.at - 1)?
            } else {
                self.at += 1;
                open.push(Made { kind: item.kind, end: item.end, parts: Vec::new() });
                continue;
            };
            loop {
                let Some(inner) = open.last_mut() else { return Ok(part) };
                inner.parts.push(part);
                if self.at < inner.end {
                    break;
                }
                let Some(inner) = open.pop() else { break };
                part = inner.finish(self.py)?;
            }
        }
    }

    /// A string with its changes, or what takes the place of a number or of a key that is none.
    fn changed(&mut self, object: &Bound<'py, PyAny>, kind: Kind, ordinal: usize) -> PyResult<Bound<'py, PyAny>> {
        let mut cuts = Vec::new();
        while let Some(change) = self.changes.pop_if(|change| change.leaf.ordinal == ordinal) {
            let Change { start, end, word, pack, .. } = change;
            cuts.push(Cut { start, end, word, pack: pack.unwrap_or_default() });
        }
        if let Ok(string) = object.cast::<PyString>() {
            return splice::splice(self.py, Text::of_string(string)?, &cuts);
        }
        if kind == Kind::Key
            && let Some(text) = key_text(object)
        {
            return splice::splice(self.py, Text::Latin1(text.as_bytes()), &cuts);
        }
        let word = cuts.first().map_or("", |cut| Word::as_str(&cut.word));
        Ok(PyString::new(self.py, word).into_any())
    }
}

/// Panics, with the text in its message, where the first string has the mark for that.
#[cfg(feature = "fault")]
fn trip(document: &Document) {
    let mark = crate::redactor::FAULT.as_bytes();
    let begins = document.text().windows(mark.len()).take(32).any(|part| part == mark);
    crate::redactor::trip(begins, document.text());
}
