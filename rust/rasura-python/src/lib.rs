//! The Python module `rasura._rasura`: text in, findings and text out, errors. It decides nothing about what is personal.
//!
//! Each call takes three steps: read the argument where it lies (`text`), call the engine (`redactor`), convert the
//! answer (`records`, `splice`).

mod counters;
mod engine;
mod errors;
mod guard;
mod json;
mod options;
mod records;
mod redactor;
mod splice;
mod text;

use pyo3::prelude::*;

/// Finds personal data in text and writes placeholders in its stead.
#[pymodule(gil_used = false)]
mod _rasura {
    use super::json::Asked;
    use super::redactor::Redactor;
    use super::{engine, guard, text};
    use pyo3::prelude::*;
    use pyo3::types::{PyBytes, PyList};

    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::records::{Decision, Finding, JsonFinding, Label, Pack, Result};

    /// The version of the package: it stands in Cargo.toml alone.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name is Python's")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        guard::silence();
        #[cfg(feature = "fault")]
        module.add("_fault", super::redactor::FAULT)?;
        // PyO3 lists private names too; what is public stands in `rasura/__init__.py`.
        module.delattr("__all__")
    }

    /// Return `text` with personal data replaced by placeholders.
    ///
    /// `bytes` are read as UTF-8 and give `bytes`. The same object comes back when nothing was found.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn redact<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        Redactor::shared()?.redact(text)
    }

    /// Return the findings in `text`, in order and without overlaps.
    ///
    /// Offsets count code points in a `str` and bytes in `bytes`.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn detect<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        Redactor::shared()?.detect(text)
    }

    /// Return the JSON value `obj` with personal data replaced by placeholders.
    ///
    /// `obj` is made of dict, list, tuple, str, int, float, bool and None. What did not change is the same object as before, and
    /// nothing of `obj` is changed. Keys say what their values are. A number becomes a string. Keys that hold personal data are
    /// replaced too and stay apart: `[CPF]`, `[CPF] (2)`. A string that is itself JSON is read as such.
    ///
    /// `skip` and `only` are JSON Pointers with `*` for one key or index and `**` for any number; they stand for what they point
    /// to and all below. What is left out still says what its neighbours are.
    #[pyfunction]
    #[pyo3(signature = (obj, /, *, skip = None, only = None), text_signature = "(obj, /, *, skip=(), only=None)")]
    fn redact_json<'py>(
        obj: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Redactor::shared()?.redact_json(obj, &Asked::read(skip, only, None)?)
    }

    /// Return the JSON `text` with personal data replaced by placeholders and every other character as it was.
    ///
    /// The same object comes back when nothing was found. A text that is no JSON is an error, or with `invalid="text"` redacted
    /// as any text. `skip` and `only` are as for `redact_json`.
    #[pyfunction]
    #[pyo3(
        signature = (text, /, *, skip = None, only = None, invalid = None),
        text_signature = "(text, /, *, skip=(), only=None, invalid='raise')"
    )]
    fn redact_json_text<'py>(
        text: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
        invalid: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Redactor::shared()?.redact_json_text(text, &Asked::read(skip, only, invalid)?)
    }

    /// Return the findings in a JSON value, in order: `str` and `bytes` are read as JSON text, others are the value.
    ///
    /// Each has a JSON Pointer, and offsets in the key or string there, escapes read, or in the number as it is written. With
    /// `invalid="text"` the findings of a text that is no JSON have an empty path and offsets in the text.
    #[pyfunction]
    #[pyo3(
        signature = (obj, /, *, skip = None, only = None, invalid = None),
        text_signature = "(obj, /, *, skip=(), only=None, invalid='raise')"
    )]
    fn detect_json<'py>(
        obj: &Bound<'py, PyAny>,
        skip: Option<&Bound<'py, PyAny>>,
        only: Option<&Bound<'py, PyAny>>,
        invalid: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        Redactor::shared()?.detect_json(obj, &Asked::read(skip, only, invalid)?)
    }

    /// Return every candidate in `text` with its score and the reason why it was taken or left.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn explain<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        Redactor::shared()?.explain(text)
    }

    /// Return the canonical form of a value of `entity`: the same for every way of writing it.
    #[pyfunction]
    #[pyo3(signature = (entity, text, /))]
    fn canonical(entity: &Bound<'_, PyAny>, text: &Bound<'_, PyAny>) -> PyResult<String> {
        Redactor::shared()?.canonical(entity, text)
    }

    /// Return the built-in packs: one for each kind of identifier, sorted by id.
    #[pyfunction]
    fn packs(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
        Redactor::shared()?.packs(py)
    }

    /// Build the engine that `Engine.__reduce__` described. Private: for pickle.
    #[pyfunction]
    #[pyo3(signature = (options, packs, /))]
    fn _restore(options: &Bound<'_, PyAny>, packs: Vec<(String, String)>) -> PyResult<Engine> {
        engine::restore(options, packs)
    }

    /// Return the one byte a character that matching reads. Private: for tests.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn _view<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(text.py(), &text::Text::of(text)?.read(|view| view.bytes().to_vec())))
    }
}
