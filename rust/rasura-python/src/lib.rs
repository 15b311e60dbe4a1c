//! The Python module `rasura._rasura`: text in, findings and text out, errors. It decides nothing about what is personal.
//!
//! Each call takes three steps: read the argument where it lies (`text`), call the engine (`redactor`), convert the
//! answer (`records`, `splice`).

mod counters;
mod engine;
mod errors;
mod guard;
mod options;
mod records;
mod redactor;
mod splice;
mod text;

use pyo3::prelude::*;

/// Finds personal data in text and writes placeholders in its stead.
#[pymodule(gil_used = false)]
mod _rasura {
    use super::redactor::Redactor;
    use super::{engine, guard, text};
    use pyo3::prelude::*;
    use pyo3::types::{PyBytes, PyList};

    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::records::{Decision, Finding, Label, Pack, Result};

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
