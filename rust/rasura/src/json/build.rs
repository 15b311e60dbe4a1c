//! The document: what the search reads of a JSON value. Keys and values stand in it as in JSON without spaces, strings without
//! escapes, numbers by their digits; so a value reads the same however its text is laid out, and whether it came as text or
//! as objects. Where a key stands too far away to be read as one, it is repeated.

use std::ops::Range;

use super::member::{Role, role};
use super::{Document, Fault, Kind, LEVELS, NODES, Nest, Node, nest, number, string};
use crate::view::{Source, append};

/// A longer key is not repeated: no label is longer, and a document stays in proportion to its value.
const KEY: usize = 32;
/// A shorter value in a list is no identifier, a longer one is a text; for neither is the key repeated.
const ITEM: Range<usize> = 5..129;
/// The digits of numbers that may have lost zeros before them.
const SHORT: Range<usize> = 7..14;
/// A longer string is no name of a kind of value.
const NAME: usize = 32;
/// So many names are kept of an object.
const NAMES: usize = 2;

/// The keys of one value are few.
const ROLES: usize = 64;

/// Makes a document of keys and values in their order.
pub struct Builder {
    document: Document,
    levels: Vec<Level>,
    limit: usize,
    values: usize,
    ordinal: u32,
    /// Members without names of their own, of all open objects.
    nameless: Vec<u32>,
    /// What the key that was read last is, while its value is awaited.
    role: Role,
    /// The roles of keys that were read: where in the document, by a hash of the key.
    roles: Box<[(u32, u32, Role); ROLES]>,
}

/// An open container.
#[derive(Clone)]
struct Level {
    object: bool,
    empty: bool,
    /// The key that what is in it is under: for an object the key around it, for a list too.
    around: Range<usize>,
    /// Whether a list stands between that key and what is in the container.
    listed: bool,
    /// The key of the member at hand.
    key: Range<usize>,
    names: [(u32, u32); NAMES],
    /// Where its nameless members begin.
    nameless: usize,
}

impl Builder {
    /// A builder of documents of up to `limit` characters.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            document: Document::default(),
            levels: Vec::new(),
            limit: limit.min(u32::MAX as usize / 2),
            values: 0,
            ordinal: 0,
            nameless: Vec::new(),
            role: Role::Neither,
            roles: Box::new([(0, 0, Role::Neither); ROLES]),
        }
    }

    /// Makes room for the document of a text of `length` characters.
    pub(super) fn reserve(&mut self, length: usize) {
        self.document.text.reserve(length + length / 8);
        self.document.nodes.reserve(length / 16);
    }

    /// The document.
    #[must_use]
    pub fn finish(self) -> Document {
        self.document
    }

    /// Begins an object or a list.
    ///
    /// # Errors
    ///
    /// Where there are too many levels, values or characters, as for all that follows.
    pub fn open(&mut self, object: bool) -> Result<(), Fault> {
        if self.levels.len() == LEVELS {
            return Err(Fault::Deep);
        }
        self.count()?;
        let (around, listed) = self.levels.last().map_or((0..0, false), |level| {
            if level.object { (level.key.clone(), false) } else { (level.around.clone(), true) }
        });
        self.comma();
        self.document.text.push(if object { b'{' } else { b'[' });
        self.node(if object { Kind::Object } else { Kind::List }, 0..0, false);
        let nameless = self.nameless.len();
        let names = [(0, 0); NAMES];
        self.levels.push(Level { object, empty: true, around, listed, key: 0..0, names, nameless });
        self.room()
    }

    /// Ends the container that was begun last.
    pub fn close(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        self.document.text.push(if level.object { b'}' } else { b']' });
        self.node(Kind::End, 0..0, false);
        for node in self.nameless.drain(level.nameless..) {
            for &name in level.names.iter().filter(|(start, end)| end > start) {
                self.document.named.push((node, name));
            }
        }
    }

    /// The key of the next value.
    ///
    /// # Errors
    ///
    /// See [`Self::open`].
    pub fn key(&mut self, key: Source<'_>) -> Result<(), Fault> {
        self.key_with(0..0, false, |text| append(key, text))
    }

    /// A string.
    ///
    /// # Errors
    ///
    /// See [`Self::open`].
    pub fn string(&mut self, string: Source<'_>) -> Result<(), Fault> {
        nest::string(self, string, (0..string::length(string), false), 0)
    }

    /// A number as JSON writes it.
    ///
    /// # Errors
    ///
    /// See [`Self::open`].
    pub fn number(&mut self, written: &[u8]) -> Result<(), Fault> {
        self.number_at(0..written.len(), written)
    }

    /// `true`, `null` and the like, which are never personal.
    ///
    /// # Errors
    ///
    /// See [`Self::open`].
    pub fn word(&mut self, word: &[u8]) -> Result<(), Fault> {
        self.count()?;
        self.comma();
        self.document.text.extend_from_slice(word);
        self.node(Kind::Word, 0..0, false);
        self.room()
    }

    pub(super) fn key_with(
        &mut self,
        place: Range<usize>,
        escaped: bool,
        content: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), Fault> {
        self.comma();
        let text = &mut self.document.text;
        text.push(b'"');
        let mut start = text.len();
        content(text);
        self.role = known_role(&mut self.roles, text, start);
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if self.role == Role::Value && (1..=KEY).contains(&level.around.len()) {
            let key = text.split_off(start);
            around(text, level);
            text.push(b'_');
            start = text.len();
            text.extend_from_slice(&key);
        }
        level.key = start..text.len();
        // Its value is no second member.
        level.empty = true;
        self.node(Kind::Key, (start, place), escaped);
        self.document.text.extend_from_slice(b"\":");
        self.room()
    }

    pub(super) fn string_with(
        &mut self,
        place: Range<usize>,
        escaped: bool,
        content: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), Fault> {
        self.count()?;
        self.comma();
        let quote = self.document.text.len();
        self.document.text.push(b'"');
        content(&mut self.document.text);
        let mut start = quote + 1;
        if self.is_item(self.document.text.len() - start) {
            let item = self.document.text.split_off(start);
            start = self.repeat_key();
            self.document.text.extend_from_slice(&item);
        }
        let node = self.node(Kind::String, (start, place), escaped);
        self.member(node, start);
        self.document.text.push(b'"');
        self.room()
    }

    pub(super) fn number_at(&mut self, place: Range<usize>, written: &[u8]) -> Result<(), Fault> {
        self.count()?;
        self.comma();
        let mut shown = std::mem::take(&mut self.document.shown);
        shown.clear();
        number::show(written, &mut shown);
        let keyed = self.levels.last().is_some_and(|level| level.object);
        let whole = shown.iter().all(u8::is_ascii_digit);
        // Places on the map are pairs of decimals side by side.
        let quoted = keyed || whole;
        if quoted {
            self.document.text.push(b'"');
        }
        let mut start = self.document.text.len();
        let repeated = whole && self.is_item(shown.len());
        if repeated {
            start = self.repeat_key();
        }
        self.document.text.extend_from_slice(&shown);
        let node = self.node(Kind::Number, (start, place), false);
        self.member(node, start);
        if quoted {
            self.document.text.push(b'"');
        }
        if whole && (keyed || repeated) && SHORT.contains(&shown.len()) {
            self.document.short.push(node);
        }
        self.document.shown = shown;
        self.room()
    }

    /// Begins the JSON that a string holds; its number.
    pub(super) fn open_nest(&mut self, place: Range<usize>, escaped: bool) -> usize {
        self.node(Kind::Nest, place, escaped);
        self.document.nests.push(Nest::default());
        self.document.nests.len() - 1
    }

    pub(super) fn close_nest(&mut self, number: usize, nest: Nest) {
        self.document.nests[number] = nest;
        self.node(Kind::EndNest, 0..0, false);
    }

    pub(super) fn depth(&self) -> usize {
        self.levels.len()
    }

    /// Whether a value in a list is looked at under the key of the list.
    fn is_item(&self, length: usize) -> bool {
        let fits = |level: &Level| !level.object && (1..=KEY).contains(&level.around.len());
        ITEM.contains(&length) && self.levels.last().is_some_and(fits)
    }

    /// Writes the key around a list before a value, behind whose quote mark the text ends; where the value begins.
    fn repeat_key(&mut self) -> usize {
        let Some(level) = self.levels.last() else { return self.document.text.len() };
        let listed = Level { listed: true, ..level.clone() };
        around(&mut self.document.text, &listed);
        self.document.text.extend_from_slice(b"\":\"");
        self.document.text.len()
    }

    /// Notes what a value is to the other members of its object.
    fn member(&mut self, node: u32, start: usize) {
        let length = self.document.text.len() - start;
        let Some(level) = self.levels.last_mut().filter(|level| level.object) else { return };
        match self.role {
            Role::Value => self.nameless.push(node),
            Role::Name if (1..=NAME).contains(&length) => {
                if let Some(free) = level.names.iter_mut().find(|(_, end)| *end == 0) {
                    *free = (start as u32, (start + length) as u32);
                }
            }
            _ => {}
        }
    }

    fn comma(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            if !level.empty {
                self.document.text.push(b',');
            }
            level.empty = false;
        }
    }

    fn node(&mut self, kind: Kind, place: impl Into<Place>, escaped: bool) -> u32 {
        let Place { start, from, to } = place.into();
        let start = start.unwrap_or(self.document.text.len());
        let end = self.document.text.len();
        let ordinal = self.ordinal;
        self.ordinal += u32::from(kind != Kind::End);
        let node =
            Node { ordinal, start: start as u32, end: end as u32, from: from as u32, to: to as u32, kind, escaped };
        self.document.nodes.push(node);
        self.document.nodes.len() as u32 - 1
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.values += 1;
        if self.values > NODES { Err(Fault::Many) } else { Ok(()) }
    }

    fn room(&self) -> Result<(), Fault> {
        if self.document.text.len() > self.limit { Err(Fault::Large) } else { Ok(()) }
    }
}

/// The role of the key with which the text ends, which is looked up if it was read before.
#[inline]
fn known_role(roles: &mut [(u32, u32, Role); ROLES], text: &[u8], start: usize) -> Role {
    let key = &text[start..];
    let (Some(&first), Some(&last)) = (key.first(), key.last()) else { return Role::Neither };
    let slot = (usize::from(first) * 7 + usize::from(last) * 3 + key.len()) % ROLES;
    let (from, to, known) = roles[slot];
    if text[from as usize..to as usize] == *key {
        return known;
    }
    let role = role(key);
    roles[slot] = (start as u32, text.len() as u32, role);
    role
}

/// Where a node's content begins in the document, if it has any, and its place in the text.
struct Place {
    start: Option<usize>,
    from: usize,
    to: usize,
}

impl From<Range<usize>> for Place {
    fn from(place: Range<usize>) -> Self {
        Self { start: None, from: place.start, to: place.end }
    }
}

impl From<(usize, Range<usize>)> for Place {
    fn from((start, place): (usize, Range<usize>)) -> Self {
        Self { start: Some(start), from: place.start, to: place.end }
    }
}

/// Writes the key around a container once more; behind it without its `s` where it is for one of several, `phones_phone`.
fn around(text: &mut Vec<u8>, level: &Level) {
    text.extend_from_within(level.around.clone());
    let last = text[level.around.clone()].last().copied();
    if level.listed && level.around.len() > 3 && matches!(last, Some(b's' | b'S')) {
        text.push(b'_');
        text.extend_from_within(level.around.start..level.around.end - 1);
    }
}
