//! JSON, as text or as objects: one flat document of its keys and values goes to the search, and what is found goes back to
//! the strings and numbers that it lies in. Text keeps every other byte; nothing is parsed into values or written anew.
//!
//! ```text
//! text ──scan──┐
//!              ├─build──▶ Document ──search──▶ findings ──pieces──▶ Change (a string or number, where, what instead)
//! objects ─────┘
//! ```

mod ask;
mod build;
mod change;
mod member;
mod nest;
mod number;
mod piece;
mod pointer;
mod scan;
mod string;
#[cfg(test)]
mod tests;
mod tour;

use crate::view::Source;

pub use build::Builder;
pub use change::{Change, Found, quoted};
pub use pointer::Scope;
pub use tour::Leaf;

/// How deep a value may be: a bit for each level in the scan.
pub const LEVELS: usize = 128;
/// How many values there may be, in lists and objects too.
pub const NODES: usize = 1_000_000;

/// Why there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is no JSON, at this unit of the text.
    Invalid {
        /// Where reading stopped.
        at: usize,
    },
    /// More than [`LEVELS`].
    Deep,
    /// More than [`NODES`].
    Many,
    /// More characters than the builder was allowed.
    Large,
}

/// What the search reads of a JSON value, one byte a character, and what in it is a key, a string or a number.
#[derive(Debug, Default)]
pub struct Document {
    text: Vec<u8>,
    nodes: Vec<Node>,
    nests: Vec<Nest>,
    /// Numbers under a key that may have lost zeros before them.
    short: Vec<u32>,
    /// Members without names of their own, and where the document has the name.
    named: Vec<(u32, (u32, u32))>,
    /// Room for a number while it is added.
    shown: Vec<u8>,
}

/// The kinds of nodes, in the order in which the text has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    List,
    /// The end of an object or a list.
    End,
    Key,
    String,
    Number,
    Word,
    /// A string that is read as JSON; what is in it follows.
    Nest,
    EndNest,
}

/// A key, a value, or the end of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// How many came before it, ends left out: right where no string holds JSON.
    ordinal: u32,
    /// Where its content is in the document.
    start: u32,
    end: u32,
    /// Where its content is in its text: for what lies in a string, in the characters of that.
    from: u32,
    to: u32,
    kind: Kind,
    escaped: bool,
}

/// A string that is read as JSON.
#[derive(Debug, Default)]
struct Nest {
    /// Its characters.
    units: Vec<u32>,
    /// Where in the text around it each of them begins, and the end.
    places: Vec<u32>,
}

impl Document {
    /// Reads a text of up to `limit` characters.
    ///
    /// # Errors
    ///
    /// Where it is no JSON, or too much of it.
    pub fn read(text: Source<'_>, limit: usize) -> Result<Self, Fault> {
        nest::read(text, limit)
    }

    /// The document itself.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The characters of a key that was read from `text`.
    #[must_use]
    pub fn key(&self, leaf: Leaf, text: Source<'_>) -> String {
        let Node { from, to, escaped, .. } = self.nodes[leaf.node];
        string::to_text(string::part(text, from as usize..to as usize), escaped)
    }
}

impl Node {
    fn is_leaf(&self) -> bool {
        matches!(self.kind, Kind::Key | Kind::String | Kind::Number)
    }
}
