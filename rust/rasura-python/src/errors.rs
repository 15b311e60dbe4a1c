//! The only place that makes Python exceptions. Their classes are in `rasura/_errors.py`; no message holds the caller's
//! text.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Why a call on a text of the right type has no answer. One pointer, so that the answer is returned in registers.
pub(crate) struct Failure(Box<Cause>);

enum Cause {
    /// A text of `length` where `limit` is allowed, both counted in `unit`.
    TooLarge { length: usize, limit: usize, unit: &'static str },
    /// More of a JSON value than is read, and what to do.
    TooMuch { message: String },
    /// A text that is no JSON.
    NotJson { line: usize, column: usize, offset: usize },
    /// A panic at `place` in the source.
    Internal { place: String },
    /// An exception of Python's own, such as `MemoryError`.
    Python(PyErr),
}

impl Failure {
    #[cold]
    pub(crate) fn too_large(length: usize, limit: usize, unit: &'static str) -> Self {
        Failure(Box::new(Cause::TooLarge { length, limit, unit }))
    }

    #[cold]
    pub(crate) fn too_much(message: String) -> Self {
        Failure(Box::new(Cause::TooMuch { message }))
    }

    #[cold]
    pub(crate) fn not_json(line: usize, column: usize, offset: usize) -> Self {
        Failure(Box::new(Cause::NotJson { line, column, offset }))
    }

    /// Whether an argument has the wrong type, which is an error however others are answered.
    pub(crate) fn is_wrong_type(&self) -> bool {
        match &*self.0 {
            Cause::Python(error) => Python::attach(|py| error.is_instance_of::<PyTypeError>(py)),
            _ => false,
        }
    }

    #[cold]
    pub(crate) fn internal(place: String) -> Self {
        Failure(Box::new(Cause::Internal { place }))
    }

    /// What went wrong, in one sentence.
    pub(crate) fn message(&self) -> String {
        match &*self.0 {
            Cause::TooLarge { length, limit, unit } => {
                format!(
                    "the text has {length} {unit} and max_chars is {limit}: cut it up, or build an Engine with more"
                )
            }
            Cause::TooMuch { message } => message.clone(),
            Cause::NotJson { line, column, offset } => {
                format!(
                    "the text is no JSON at line {line}, column {column} (offset {offset}): mend it, or give \
                     invalid=\"text\" to have such texts redacted as text"
                )
            }
            Cause::Internal { place } => {
                format!("a fault inside ({place}); no text is returned; please report it")
            }
            Cause::Python(_) => "Python refused a call, perhaps for want of memory".to_owned(),
        }
    }
}

impl From<PyErr> for Failure {
    #[cold]
    fn from(error: PyErr) -> Self {
        Failure(Box::new(Cause::Python(error)))
    }
}

impl From<Failure> for PyErr {
    #[cold]
    fn from(failure: Failure) -> Self {
        let message = failure.message();
        match *failure.0 {
            Cause::Python(error) => error,
            Cause::NotJson { .. } => raise("InvalidJson", message),
            Cause::TooLarge { .. } | Cause::TooMuch { .. } => raise("InputTooLarge", message),
            Cause::Internal { .. } => raise("InternalError", message),
        }
    }
}

/// What the engine says of a configuration that it refuses.
pub(crate) fn refused(error: &rasura::Error) -> PyErr {
    let class = match error {
        rasura::Error::Config(_) => "ConfigError",
        rasura::Error::Pack(_) => "PackError",
    };
    raise(class, error.to_string())
}

/// An option with a value that it cannot have.
pub(crate) fn bad_option(message: String) -> PyErr {
    raise("ConfigError", message)
}

/// A pack file that cannot be read.
pub(crate) fn bad_pack(message: String) -> PyErr {
    raise("PackError", message)
}

/// An argument of the wrong type: `expected`, and the name of the type that came.
pub(crate) fn wrong_type(expected: &str, given: &Bound<'_, PyAny>) -> PyErr {
    let name = given.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{expected}, not {name}"))
}

/// A keyword that `Engine` does not have.
pub(crate) fn unexpected_keyword(name: &str) -> PyErr {
    PyTypeError::new_err(format!("Engine() got an unexpected keyword argument '{name}'"))
}

fn raise(class: &'static str, message: String) -> PyErr {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    Python::attach(|py| {
        let module = MODULE.get_or_try_init(py, || PyModule::import(py, "rasura._errors").map(Bound::unbind));
        let class = module.and_then(|module| Ok(module.bind(py).getattr(class)?.cast_into::<PyType>()?));
        match class {
            Ok(class) => PyErr::from_type(class, message),
            Err(error) => error,
        }
    })
}
