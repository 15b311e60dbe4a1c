//! What can go wrong when an engine is built. Searching cannot fail.

use thiserror::Error;

/// A mistake in what the caller asked for. The message says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// An option.
    #[error("{0}")]
    Config(String),
    /// A pack file.
    #[error("{0}")]
    Pack(String),
}
