//! What a pack file of rasura says, and compiling it to the tables that the engine runs.
//!
//! The build script of the engine compiles `locales/`; the engine compiles users' own packs with the same code.

mod compile;
pub mod country;
mod error;
pub mod index;
pub mod phone;
pub mod shape;
mod spec;
pub mod table;
#[doc(hidden)]
pub mod template;
pub mod triple;
pub mod word;

pub use compile::{Examples, LARGEST};
pub use error::PackError;
pub use index::Index;
pub use table::Pack;

/// Compiles one pack file. `path` is named in errors; its last two parts give the id.
///
/// # Errors
///
/// Says where the file is wrong, why, and what to do.
pub fn compile(path: &str, text: &str) -> Result<(Pack, Examples), PackError> {
    let (pack, examples) = compile::compile(path, text)?;
    compile::check_lengths(&pack).map_err(|mistake| PackError::new(path, text, mistake))?;
    Ok((pack, examples))
}
