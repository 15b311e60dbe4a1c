//! What Python gets back: frozen records of offsets, ids and words of the packs. None but `Result` holds the caller's
//! text, and no `repr` shows it.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple, PyType};
use rasura::{Check, LabelSeen};

use crate::text::Offsets;

/// A frozen class with the given fields: equal, hashable, picklable and matched by them.
macro_rules! record {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[pyclass(frozen, get_all, module = "rasura")]
        pub(crate) struct $name {
            $($(#[$note])* $field: $kind,)*
        }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = ($($field,)*))]
            #[allow(clippy::too_many_arguments, reason = "one for each field")]
            fn new($($field: $kind,)*) -> Self {
                Self { $($field,)* }
            }

            #[classattr]
            fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
                PyTuple::new(py, [$(stringify!($field),)*])
            }

            fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
                self.fields(py)?.eq(other.fields(py)?)
            }

            fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
                self.fields(py)?.hash()
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let mut shown = Vec::new();
                for (name, value) in [$(stringify!($field),)*].into_iter().zip(self.fields(py)?) {
                    shown.push(format!("{name}={}", value.repr()?));
                }
                Ok(format!("{}({})", stringify!($name), shown.join(", ")))
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
                Ok((py.get_type::<Self>(), self.fields(py)?))
            }
        }

        impl $name {
            fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
                ($(&self.$field,)*).into_pyobject(py)
            }
        }
    };
}

record! {
    /// A part of a text that is personal: where, what, how sure. It does not hold the text.
    Finding {
        /// The first character: code points in a `str`, bytes in `bytes`.
        start: usize,
        /// The character after the last.
        end: usize,
        /// The pack's id, such as `"BR_CPF"`.
        entity: Py<PyString>,
        /// From 0 to 1.
        score: f64,
        /// The check digit: `"valid"`, `"invalid"` or `"none"`.
        check: Py<PyString>,
        /// Other entities that the same characters could be.
        alternatives: Py<PyTuple>,
    }
}

record! {
    /// A part of a JSON value that is personal: where, what, how sure. It does not hold the text.
    JsonFinding {
        /// Where, as a JSON Pointer; keys in it have their personal parts replaced.
        path: Py<PyString>,
        /// The first character of the key, of the string without its escapes, or of the number as it is written.
        start: usize,
        /// The character after the last.
        end: usize,
        /// The pack's id, such as `"BR_CPF"`.
        entity: Py<PyString>,
        /// From 0 to 1.
        score: f64,
        /// The check digit: `"valid"`, `"invalid"` or `"none"`.
        check: Py<PyString>,
        /// Other entities that the same characters could be.
        alternatives: Py<PyTuple>,
        /// Whether it is in the key at `path` rather than in its value.
        in_key: bool,
    }
}

record! {
    /// A label that spoke for a candidate or against it.
    Label {
        /// The first character of the label in the text.
        start: usize,
        /// The character after the last.
        end: usize,
        /// The label as the pack writes it.
        phrase: Py<PyString>,
        /// The pack that it belongs to.
        entity: Py<PyString>,
        /// Whether it names the identifier (strong) or its surroundings (weak).
        strong: bool,
        /// Whether it stands before the candidate.
        before: bool,
        /// Characters between the two.
        distance: usize,
    }
}

record! {
    /// A candidate for one entity, and why it was taken or left.
    Decision {
        /// The first character: code points in a `str`, bytes in `bytes`.
        start: usize,
        /// The character after the last.
        end: usize,
        /// The pack's id, such as `"BR_CPF"`.
        entity: Py<PyString>,
        /// How it is written: `"canonical"`, `"plain"`, `"unusual"` or `"grammar"`.
        form: Py<PyString>,
        /// The check digit: `"valid"`, `"invalid"` or `"none"`.
        check: Py<PyString>,
        /// The labels seen.
        labels: Py<PyTuple>,
        /// From 0 to 1.
        score: f64,
        /// Whether it became a finding.
        taken: bool,
        /// Why, in a sentence that does not quote the text.
        reason: Py<PyString>,
    }
}

record! {
    /// What is known of one kind of identifier.
    Pack {
        /// The id, such as `"BR_CPF"`.
        id: Py<PyString>,
        /// The name in its country.
        name: Py<PyString>,
        /// The country in ISO 3166-1 letters, lower case; `None` for those of the whole world.
        country: Option<Py<PyString>>,
        /// Such as `"tax"` or `"contact"`.
        category: Py<PyString>,
        /// `"default"`, `"asked"` (only when `include` or `entities` names it) or `"never"` (a look-alike).
        report: Py<PyString>,
        /// The words that speak for it.
        labels: Py<PyTuple>,
        /// Where its rules come from.
        sources: Py<PyTuple>,
        /// The word in its placeholder.
        placeholder: Py<PyString>,
    }
}

/// A redacted text and what was found in it.
#[pyclass(frozen, get_all, generic, module = "rasura")]
pub(crate) struct Result {
    /// The text after redaction.
    pub(crate) text: Py<PyAny>,
    /// What was found in the text before.
    pub(crate) findings: Py<PyList>,
    /// Whether anything was replaced.
    pub(crate) changed: bool,
}

#[pymethods]
impl Result {
    #[new]
    fn new(text: Py<PyAny>, findings: Py<PyList>, changed: bool) -> Self {
        Result { text, findings, changed }
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str, &'static str) {
        ("text", "findings", "changed")
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        self.fields(py)?.eq(other.fields(py)?)
    }

    /// A class with a list in it has no hash.
    #[classattr]
    const __hash__: Option<Py<PyAny>> = None;

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let length = self.text.bind(py).len()?;
        let changed = if self.changed { "True" } else { "False" };
        Ok(format!("Result(text=<{length}>, findings={}, changed={changed})", self.findings.bind(py).repr()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        Ok((py.get_type::<Self>(), self.fields(py)?))
    }
}

impl Result {
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        (&self.text, &self.findings, self.changed).into_pyobject(py)
    }
}

/// The ids of an engine's packs as Python strings, by the engine's number of the pack.
pub(crate) struct Names(Box<[Py<PyString>]>);

impl Names {
    pub(crate) fn of(py: Python<'_>, engine: &rasura::Engine) -> Self {
        Names(engine.packs().map(|pack| PyString::intern(py, pack.id).unbind()).collect())
    }

    fn get(&self, py: Python<'_>, pack: u16) -> Py<PyString> {
        self.0[usize::from(pack)].clone_ref(py)
    }

    pub(crate) fn finding(&self, py: Python<'_>, found: &rasura::Finding, offsets: &Offsets) -> PyResult<Finding> {
        Ok(Finding {
            start: offsets.at(found.start),
            end: offsets.at(found.end),
            entity: self.get(py, found.pack),
            score: score(found.score),
            check: check(py, found.check),
            alternatives: PyTuple::new(py, found.alternatives.iter().map(|&pack| self.get(py, pack)))?.unbind(),
        })
    }

    pub(crate) fn json_finding(
        &self,
        py: Python<'_>,
        path: &str,
        found: &rasura::Finding,
        in_key: bool,
        offsets: &Offsets,
    ) -> PyResult<JsonFinding> {
        let Finding { start, end, entity, score, check, alternatives } = self.finding(py, found, offsets)?;
        let path = PyString::new(py, path).unbind();
        Ok(JsonFinding { path, start, end, entity, score, check, alternatives, in_key })
    }

    pub(crate) fn decision(&self, py: Python<'_>, made: &rasura::Decision, offsets: &Offsets) -> PyResult<Decision> {
        let labels = made.labels.iter().map(|seen| self.label(py, seen, offsets));
        Ok(Decision {
            start: offsets.at(made.start),
            end: offsets.at(made.end),
            entity: self.get(py, made.pack),
            form: PyString::intern(py, made.form).unbind(),
            check: check(py, made.check),
            labels: PyTuple::new(py, labels.collect::<Vec<_>>())?.unbind(),
            score: score(made.score),
            taken: made.taken,
            reason: PyString::new(py, &made.reason).unbind(),
        })
    }

    fn label(&self, py: Python<'_>, seen: &LabelSeen, offsets: &Offsets) -> Label {
        Label {
            start: offsets.at(seen.start),
            end: offsets.at(seen.end),
            phrase: PyString::new(py, &seen.label).unbind(),
            entity: self.get(py, seen.pack),
            strong: seen.strong,
            before: seen.before,
            distance: seen.distance,
        }
    }
}

/// The entity of a text that is covered as a whole.
const COVER: &str = "REDACTED";

/// The one finding of a text of `length` that could not be read.
pub(crate) fn cover_finding(py: Python<'_>, length: usize) -> Finding {
    Finding {
        start: 0,
        end: length,
        entity: PyString::intern(py, COVER).unbind(),
        score: 1.0,
        check: check(py, Check::None),
        alternatives: PyTuple::empty(py).unbind(),
    }
}

/// The one finding of a JSON value that could not be read, or of its text of `length`.
pub(crate) fn cover_json_finding(py: Python<'_>, length: usize) -> JsonFinding {
    let Finding { start, end, entity, score, check, alternatives } = cover_finding(py, length);
    let path = PyString::new(py, "").unbind();
    JsonFinding { path, start, end, entity, score, check, alternatives, in_key: false }
}

/// The one decision on a text of `length` that could not be read.
pub(crate) fn cover_decision(py: Python<'_>, length: usize, reason: &str) -> Decision {
    Decision {
        start: 0,
        end: length,
        entity: PyString::intern(py, COVER).unbind(),
        form: intern!(py, "cover").clone().unbind(),
        check: check(py, Check::None),
        labels: PyTuple::empty(py).unbind(),
        score: 1.0,
        taken: true,
        reason: PyString::new(py, reason).unbind(),
    }
}

/// A pack of the engine as Python sees it.
pub(crate) fn pack(py: Python<'_>, info: &rasura::PackInfo<'_>) -> PyResult<Pack> {
    let string = |text: &str| PyString::intern(py, text).unbind();
    Ok(Pack {
        id: string(info.id),
        name: string(info.name),
        country: info.country.map(string),
        category: string(info.category),
        report: string(info.report),
        labels: PyTuple::new(py, &info.labels)?.unbind(),
        sources: PyTuple::new(py, &info.sources)?.unbind(),
        placeholder: string(info.placeholder),
    })
}

fn score(hundredths: u8) -> f64 {
    f64::from(hundredths) / 100.0
}

fn check(py: Python<'_>, check: Check) -> Py<PyString> {
    let word = match check {
        Check::Valid => intern!(py, "valid"),
        Check::Invalid => intern!(py, "invalid"),
        Check::None => intern!(py, "none"),
    };
    word.clone().unbind()
}
