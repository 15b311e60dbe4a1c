//! One call on one text, whoever makes it: the limit, the engine without the interpreter lock where that pays, the
//! answer, and what stands in its place when there is none.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};
use rasura::view::View;
use rasura::{Cut, Engine, Evidence};

use crate::counters::Counters;
use crate::errors::{self, Failure};
use crate::guard;
use crate::options::{self, Config, MAX_CHARS};
use crate::records::{self, Names};
use crate::splice;
use crate::text::{Offsets, Text};

/// Texts from this length on are scanned without the interpreter lock. Beside one busy thread a call that gives the lock
/// away waits 6 to 10 ms at p99 to get it back, however short it is; one that keeps it makes others wait for its own time,
/// 0.2 ms at this length, which is a twenty-fifth of what any Python thread may keep it (measured on 2 cores, CPython
/// 3.11, 64 KiB to 4 MiB).
pub(crate) const RELEASED_FROM: usize = 256 << 10;

/// In a batch other threads get their turn after so many characters, and a Ctrl-C its answer: about a millisecond.
const TURN: usize = 1 << 20;

/// What a call that takes many texts counts for each of them beside its characters.
const CALL: usize = 256;

/// A text that begins with this makes the engine panic with the text in the message.
#[cfg(feature = "fault")]
pub(crate) const FAULT: &str = "rasura-fault-9f3a";

/// An engine, and what is done around it.
pub(crate) struct Redactor {
    pub(crate) engine: Engine,
    pub(crate) max_chars: usize,
    cover: bool,
    counters: Option<Counters>,
    names: PyOnceLock<Names>,
}

/// What the engine found and, where it is wanted, what is to be written; the cuts in the caller's offsets.
pub(crate) struct Scan<'e> {
    pub(crate) findings: Vec<rasura::Finding>,
    cuts: Vec<Cut<'e>>,
    pub(crate) offsets: Offsets,
}

impl Redactor {
    pub(crate) fn new(config: &Config) -> PyResult<Self> {
        let engine = guard::catch(|| Engine::new(&config.options).map_err(|error| errors::refused(&error).into()))?;
        let counters = Counters::new(engine.packs().count());
        Ok(Redactor {
            engine,
            max_chars: config.max_chars,
            cover: config.cover,
            counters: Some(counters),
            names: PyOnceLock::new(),
        })
    }

    /// What the functions of the module call: default options, no counters since nobody could read them.
    #[inline]
    pub(crate) fn shared() -> PyResult<&'static Redactor> {
        static SHARED: std::sync::OnceLock<Redactor> = std::sync::OnceLock::new();
        if let Some(redactor) = SHARED.get() {
            return Ok(redactor);
        }
        let engine = guard::catch(|| Ok(Engine::shared().clone()))?;
        Ok(SHARED.get_or_init(|| Redactor {
            engine,
            max_chars: MAX_CHARS,
            cover: false,
            counters: None,
            names: PyOnceLock::new(),
        }))
    }

    pub(crate) fn redact<'py>(&self, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = given.py();
        let text = Text::of(given)?;
        self.answer(
            || {
                let cuts = self.cuts(py, text)?;
                if cuts.is_empty() { Ok(given.clone()) } else { Ok(splice::splice(py, text, &cuts)?) }
            },
            |_| Ok(self.covered(text, given)),
        )
    }

    pub(crate) fn detect<'py>(&self, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let py = given.py();
        let text = Text::of(given)?;
        self.answer(|| self.findings(py, self.scan(py, text, false)?.as_deref()), |_| cover_findings(py, text))
    }

    pub(crate) fn process(&self, given: &Bound<'_, PyAny>) -> PyResult<records::Result> {
        let py = given.py();
        let text = Text::of(given)?;
        self.answer(
            || {
                let scan = self.scan(py, text, true)?;
                let findings = self.findings(py, scan.as_deref())?.unbind();
                let written =
                    scan.as_ref().map_or_else(|| Ok(given.clone()), |scan| splice::splice(py, text, &scan.cuts))?;
                Ok(records::Result { text: written.unbind(), findings, changed: scan.is_some() })
            },
            |_| {
                let findings = cover_findings(py, text)?.unbind();
                Ok(records::Result { text: self.covered(text, given).unbind(), findings, changed: text.len() > 0 })
            },
        )
    }

    pub(crate) fn explain<'py>(&self, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let py = given.py();
        let text = Text::of(given)?;
        let explained = guard::catch(|| {
            let (decisions, offsets) = self.call(py, text, |view| {
                let decisions = self.engine.explain(view, &Evidence::NONE);
                let ends = decisions.iter().flat_map(|made| {
                    let labels = made.labels.iter().flat_map(|seen| [seen.start, seen.end]);
                    labels.chain([made.start, made.end])
                });
                let offsets = Offsets::of(text, view, ends);
                (decisions, offsets)
            })?;
            let names = self.names(py);
            let made = decisions.iter().map(|made| names.decision(py, made, &offsets));
            Ok(PyList::new(py, made.collect::<PyResult<Vec<_>>>()?)?)
        });
        match explained {
            Ok(decisions) => Ok(decisions),
            Err(failure) if self.cover => {
                PyList::new(py, [records::cover_decision(py, text.len(), &failure.message())])
            }
            Err(failure) => Err(failure.into()),
        }
    }

    pub(crate) fn redact_many<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        each(texts, |text| self.redact(text))
    }

    pub(crate) fn detect_many<'py>(&self, texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        each(texts, |text| self.detect(text))
    }

    /// The canonical form of a value that was given as a `str`.
    pub(crate) fn canonical(&self, entity: &Bound<'_, PyAny>, text: &Bound<'_, PyAny>) -> PyResult<String> {
        let entity = options::typed("entity", entity)?.to_string_lossy();
        let text = options::typed("text", text)?.to_string_lossy();
        let made = guard::catch(|| Ok(self.engine.canonical(&entity, &text)))?;
        made.map_err(|error| errors::refused(&error))
    }

    pub(crate) fn packs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let packs = self.engine.packs().map(|info| records::pack(py, &info));
        PyList::new(py, packs.collect::<PyResult<Vec<_>>>()?)
    }

    /// What was counted; nothing for the functions of the module.
    pub(crate) fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.counters.as_ref().map_or_else(|| Ok(PyDict::new(py)), |counters| counters.to_python(py, &self.engine))
    }

    /// Counts and times `work`, and turns its failure into `cover` or an exception.
    #[inline]
    pub(crate) fn answer<R>(
        &self,
        work: impl FnOnce() -> Result<R, Failure>,
        cover: impl FnOnce(&Failure) -> PyResult<R>,
    ) -> PyResult<R> {
        let began = self.counters.as_ref().and_then(Counters::begin);
        let answer = guard::catch(work);
        if let Some(counters) = &self.counters {
            counters.end(began);
        }
        answer.or_else(|failure| {
            if let Some(counters) = &self.counters {
                counters.failed();
            }
            if self.cover && !failure.is_wrong_type() { cover(&failure) } else { Err(failure.into()) }
        })
    }

    /// Counts what was found in one text.
    pub(crate) fn found(&self, packs: &[u16], changed: bool) {
        if let (Some(counters), false) = (&self.counters, packs.is_empty()) {
            counters.found(packs.iter().copied(), changed);
        }
    }

    /// Whether a text is within the limit.
    #[inline]
    pub(crate) fn within(&self, text: Text<'_>) -> Result<(), Failure> {
        let length = text.len();
        if length > self.max_chars {
            let unit = if text.is_bytes() { "bytes" } else { "characters" };
            return Err(Failure::too_large(length, self.max_chars, unit));
        }
        Ok(())
    }

    /// Calls the engine on a text within the limit.
    #[inline]
    fn call<R: Send>(
        &self,
        py: Python<'_>,
        text: Text<'_>,
        call: impl FnOnce(&View<'_>) -> R + Send,
    ) -> Result<R, Failure> {
        self.within(text)?;
        let work = || {
            text.read(|view| {
                #[cfg(feature = "fault")]
                trip(view.bytes().starts_with(FAULT.as_bytes()), view.bytes());
                call(view)
            })
        };
        Ok(if text.len() < RELEASED_FROM { work() } else { py.detach(work) })
    }

    /// What is to be written instead of what was found, in the caller's offsets.
    #[inline]
    pub(crate) fn cuts(&self, py: Python<'_>, text: Text<'_>) -> Result<Vec<Cut<'_>>, Failure> {
        let cuts = self.call(py, text, |view| {
            let mut cuts = self.engine.cut(view, &Evidence::NONE);
            if text.is_bytes() && !cuts.is_empty() {
                Offsets::of(text, view, cuts.iter().flat_map(|cut| [cut.start, cut.end])).place(&mut cuts);
            }
            cuts
        })?;
        if let (Some(counters), false) = (&self.counters, cuts.is_empty()) {
            counters.found(cuts.iter().map(|cut| cut.pack), true);
        }
        Ok(cuts)
    }

    /// What was found, and what is to be written in its stead if that is wanted.
    pub(crate) fn scan(&self, py: Python<'_>, text: Text<'_>, written: bool) -> Result<Option<Box<Scan<'_>>>, Failure> {
        let scan = self.call(py, text, |view| {
            let findings = self.engine.find(view, &Evidence::NONE);
            if findings.is_empty() {
                return None;
            }
            let mut cuts = if written { self.engine.cuts(view, &findings) } else { Vec::new() };
            let found = findings.iter().flat_map(|found| [found.start, found.end]);
            let offsets = Offsets::of(text, view, found.chain(cuts.iter().flat_map(|cut| [cut.start, cut.end])));
            offsets.place(&mut cuts);
            Some(Box::new(Scan { findings, cuts, offsets }))
        })?;
        if let (Some(counters), Some(scan)) = (&self.counters, &scan) {
            counters.found(scan.findings.iter().map(|found| found.pack), written);
        }
        Ok(scan)
    }

    fn findings<'py>(&self, py: Python<'py>, scan: Option<&Scan<'_>>) -> Result<Bound<'py, PyList>, Failure> {
        let Some(scan) = scan else { return Ok(PyList::empty(py)) };
        let names = self.names(py);
        let found = scan.findings.iter().map(|found| names.finding(py, found, &scan.offsets));
        Ok(PyList::new(py, found.collect::<PyResult<Vec<_>>>()?)?)
    }

    pub(crate) fn names(&self, py: Python<'_>) -> &Names {
        self.names.get_or_init(py, || Names::of(py, &self.engine))
    }

    /// The placeholder for a whole text; an empty one stays itself.
    fn covered<'py>(&self, text: Text<'_>, given: &Bound<'py, PyAny>) -> Bound<'py, PyAny> {
        if text.len() == 0 {
            return given.clone();
        }
        let cover = self.engine.cover();
        if text.is_bytes() {
            PyBytes::new(given.py(), cover.as_bytes()).into_any()
        } else {
            PyString::new(given.py(), cover).into_any()
        }
    }
}

fn cover_findings<'py>(py: Python<'py>, text: Text<'_>) -> PyResult<Bound<'py, PyList>> {
    match text.len() {
        0 => Ok(PyList::empty(py)),
        length => PyList::new(py, [records::cover_finding(py, length)]),
    }
}

/// The answers of `call` for each of `texts`, or the first exception and nothing else.
fn each<'py, R: IntoPyObject<'py>>(
    texts: &Bound<'py, PyAny>,
    call: impl Fn(&Bound<'py, PyAny>) -> PyResult<R>,
) -> PyResult<Bound<'py, PyList>> {
    let py = texts.py();
    let expected = "texts must be an iterable of str or bytes";
    // A str is an iterable of characters, none of which looks personal.
    if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyBytes>() {
        return Err(errors::wrong_type(expected, texts));
    }
    if !texts.hasattr("__iter__")? {
        return Err(errors::wrong_type(expected, texts));
    }
    let answers = PyList::empty(py);
    let mut since = 0;
    for (index, text) in texts.try_iter()?.enumerate() {
        let text = text?;
        let read = Text::of(&text);
        since +=
            CALL + read.map_err(|_| errors::wrong_type(&format!("texts[{index}] must be str or bytes"), &text))?.len();
        answers.append(call(&text)?)?;
        if since > TURN {
            since = 0;
            py.check_signals()?;
            py.detach(|| ());
        }
    }
    Ok(answers)
}

/// Panics, with the text in its message.
#[cfg(feature = "fault")]
pub(crate) fn trip(wanted: bool, text: &[u8]) {
    assert!(!wanted, "{}", String::from_utf8_lossy(text));
}
