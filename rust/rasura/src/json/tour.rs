//! A walk through a document, node by node, that knows where it is.

use super::pointer;
use super::{Document, Kind};

/// A longer key is cut in a path: a path is for people and programs to look at, and there may be a million of them.
const SHOWN: usize = 256;

/// A key or value by its place in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// Its node.
    pub(super) node: usize,
    /// How many keys, values, objects and lists came before it, those in strings left out.
    pub ordinal: usize,
}

/// A walk.
pub(super) struct Tour<'d> {
    document: &'d Document,
    /// The next node.
    next: usize,
    ordinal: usize,
    /// The strings that are read as JSON around the node, by their number.
    nests: Vec<usize>,
    seen_nests: usize,
    /// The outermost of them.
    outer: Leaf,
    levels: Vec<Level>,
}

/// An open object or list that lies in no string.
struct Level {
    object: bool,
    /// How many values came before the one at hand.
    index: usize,
    key: Leaf,
    name: Option<String>,
}

/// A node of a walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) node: usize,
    /// What of the caller's it lies in: itself, or the string that is read as JSON.
    pub(super) leaf: Leaf,
    /// The string around it that is read as JSON, by its number, and how many there are.
    pub(super) nest: Option<usize>,
    pub(super) depth: usize,
}

impl<'d> Tour<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let outer = Leaf { node: 0, ordinal: 0 };
        Self { document, next: 0, ordinal: 0, nests: Vec::new(), seen_nests: 0, outer, levels: Vec::new() }
    }

    /// Goes to the next node.
    pub(super) fn advance(&mut self) -> Option<Visit> {
        let node = self.next;
        let kind = self.document.nodes.get(node)?.kind;
        self.next += 1;
        if kind == Kind::EndNest {
            self.nests.pop();
        }
        if self.nests.is_empty() && !matches!(kind, Kind::End | Kind::EndNest) {
            self.outer = Leaf { node, ordinal: self.ordinal };
            self.ordinal += 1;
        }
        if self.nests.is_empty() {
            self.step(kind);
        }
        let visit = Visit { node, leaf: self.outer, nest: self.nests.last().copied(), depth: self.nests.len() };
        if kind == Kind::Nest {
            self.nests.push(self.seen_nests);
            self.seen_nests += 1;
        }
        Some(visit)
    }

    fn step(&mut self, kind: Kind) {
        match kind {
            Kind::End => {
                self.levels.pop();
            }
            Kind::EndNest => {}
            Kind::Key => {
                if let Some(level) = self.levels.last_mut() {
                    (level.key, level.name) = (self.outer, None);
                }
            }
            _ => {
                if let Some(level) = self.levels.last_mut() {
                    level.index += 1;
                }
                if matches!(kind, Kind::Object | Kind::List) {
                    let object = kind == Kind::Object;
                    self.levels.push(Level { object, index: 0, key: self.outer, name: None });
                }
            }
        }
    }

    /// The keys and indices that lead to the node at hand; `name` says what a key is.
    pub(super) fn path(&mut self, name: &dyn Fn(Leaf) -> String) -> Vec<&str> {
        let open =
            matches!(self.document.nodes[self.next - 1].kind, Kind::Object | Kind::List) && self.nests.is_empty();
        let levels = self.levels.len() - usize::from(open);
        for level in &mut self.levels[..levels] {
            if level.object {
                level.name.get_or_insert_with(|| name(level.key));
            } else {
                level.name = Some((level.index - 1).to_string());
            }
        }
        self.levels[..levels].iter().map(|level| level.name.as_deref().unwrap_or_default()).collect()
    }

    /// The same as a JSON Pointer.
    pub(super) fn pointer(&mut self, name: &dyn Fn(Leaf) -> String) -> String {
        let mut path = String::new();
        for key in self.path(name) {
            match key.char_indices().nth(SHOWN) {
                Some((end, _)) => pointer::push(&mut path, &format!("{}…", &key[..end])),
                None => pointer::push(&mut path, key),
            }
        }
        path
    }
}
