//! What is to be written and what was found, in the caller's terms: a key, string or number, and a place in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::piece::{Piece, of_node, suffix};
use super::string;
use super::tour::{Leaf, Tour};
use super::{Document, Kind, Scope};
use crate::engine::Engine;
use crate::evidence::Evidence;
use crate::resolve::Finding;
use crate::view::{Source, View};
use crate::write::{Cut, Word};

/// A part of a key or string that is replaced, or a number that a string takes the place of.
#[derive(Debug, Clone)]
pub struct Change<'e> {
    /// Of what.
    pub leaf: Leaf,
    /// Which characters of it, escapes read; all of a number.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What stands there afterwards.
    pub word: Word<'e>,
    /// The pack that names what stood there; none where a key is only told apart from another.
    pub pack: Option<u16>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where, as a JSON Pointer. Keys in it have their personal parts replaced.
    pub path: String,
    /// In a key rather than in its value.
    pub key: bool,
    /// What, and which characters of the key or string, escapes read; of a number, all that is written.
    pub finding: Finding,
}

impl Engine {
    /// What is to be written instead of everything personal in a document. `name` says what a key is, by its place.
    #[must_use]
    pub fn cut_json<'e>(
        &'e self,
        document: &Document,
        scope: &Scope,
        name: &dyn Fn(Leaf) -> String,
    ) -> Vec<Change<'e>> {
        let view = View::latin1(&document.text);
        let cuts = if self.config().template.numbered() {
            self.cuts(&view, &self.find_all(document))
        } else {
            let cuts = self.cut(&view, &Evidence::NONE);
            let more = self.asked(document, &places(&cuts, |cut| cut.start..cut.end));
            merged(cuts, self.cuts(&view, &more), |cut| cut.start..cut.end)
        };
        let mut pieces = document.pieces(&places(&cuts, |cut| cut.start..cut.end));
        document.keep(&mut pieces, scope, name);
        let numbers = document.numbers(&pieces, &|of| cuts[of].word.as_str().to_owned());
        document.each_leaf(&pieces, &numbers, |what, leaf, place| {
            let (word, pack) = match what {
                Ok(piece) => {
                    let number = document.nodes[piece.visit.node].kind == Kind::Number;
                    let Cut { word, pack, .. } = &cuts[piece.of];
                    (nested(word.clone(), piece.visit.depth, number), Some(*pack))
                }
                Err(suffix) => (Word::from(suffix), None),
            };
            Change { leaf, start: place.start, end: place.end, word, pack }
        })
    }

    /// Everything personal in a document, in order.
    #[must_use]
    pub fn find_json(&self, document: &Document, scope: &Scope, name: &dyn Fn(Leaf) -> String) -> Vec<Found> {
        let found = self.find_all(document);
        let mut pieces = document.pieces(&places(&found, |found| found.start..found.end));
        let cuts = if pieces.iter().any(|piece| document.nodes[piece.visit.node].kind == Kind::Key) {
            self.cuts(&View::latin1(&document.text), &found)
        } else {
            Vec::new()
        };
        let word = |of: usize| cuts[of].word.as_str().to_owned();
        let numbers = document.numbers(&pieces, &word);
        let all = pieces.clone();
        document.keep(&mut pieces, scope, name);
        let shown = |leaf: Leaf| shown(&name(leaf), of_node(&all, leaf.node), numbers.get(&leaf.node), &word);
        let mut tour = Tour::new(document);
        let mut at = None;
        let mut path = (usize::MAX, String::new());
        document.each_leaf(&pieces, &HashMap::new(), |what, leaf, place| {
            while at.is_none_or(|node| node < leaf.node) {
                at = tour.advance().map(|visit| visit.node);
            }
            if path.0 != leaf.node {
                path = (leaf.node, tour.pointer(&shown));
            }
            let mut finding = found[what.map_or(0, |piece| piece.of)].clone();
            (finding.start, finding.end) = (place.start, place.end);
            Found { path: path.1.clone(), key: document.nodes[leaf.node].kind == Kind::Key, finding }
        })
    }

    fn find_all(&self, document: &Document) -> Vec<Finding> {
        let found = self.find(&View::latin1(&document.text), &Evidence::NONE);
        let more = self.asked(document, &places(&found, |found| found.start..found.end));
        merged(found, more, |found| found.start..found.end)
    }
}

fn places<T>(items: &[T], place: impl Fn(&T) -> Range<usize>) -> Vec<Range<usize>> {
    items.iter().map(place).collect()
}

/// What was found and what more was found, in order: of two that overlap, the one that covers the other, or the first.
fn merged<T>(mut items: Vec<T>, mut more: Vec<T>, place: impl Fn(&T) -> Range<usize>) -> Vec<T> {
    if more.is_empty() {
        return items;
    }
    let within = |places: &[Range<usize>], place: &Range<usize>| {
        let next = places.partition_point(|other| other.end <= place.start);
        places.get(next).filter(|other| other.start < place.end).cloned()
    };
    let added = places(&more, &place);
    items.retain(|item| {
        let place = place(item);
        within(&added, &place).is_none_or(|other| other.start > place.start || place.end > other.end)
    });
    let kept = places(&items, &place);
    more.retain(|item| within(&kept, &place(item)).is_none());
    items.append(&mut more);
    items.sort_by_key(|item| place(item).start);
    items
}

/// A key with its personal parts replaced.
fn shown(key: &str, pieces: &[Piece], number: Option<&usize>, word: &dyn Fn(usize) -> String) -> String {
    let mut characters = key.chars();
    let (mut shown, mut from) = (String::new(), 0);
    for piece in pieces {
        shown.extend(characters.by_ref().take(piece.place.start - from));
        shown.push_str(&word(piece.of));
        characters.by_ref().take(piece.place.len()).for_each(drop);
        from = piece.place.end;
    }
    shown.extend(characters);
    shown.extend(number.map(|&number| suffix(number)));
    shown
}

impl Document {
    /// Calls `make` with every piece (what it is of, or what stands behind a key to tell it apart) and its place in what the
    /// caller knows: not in the string in a string, but in the outermost one.
    fn each_leaf<R>(
        &self,
        pieces: &[Piece],
        numbers: &HashMap<usize, usize>,
        mut make: impl FnMut(Result<&Piece, String>, Leaf, Range<usize>) -> R,
    ) -> Vec<R> {
        let mut answers = Vec::with_capacity(pieces.len());
        let around = if self.nests.is_empty() { Vec::new() } else { self.around() };
        for of_node in pieces.chunk_by(|a, b| a.visit.node == b.visit.node) {
            let visit = of_node[0].visit;
            let mut offsets: Vec<usize> =
                of_node.iter().flat_map(|piece| [piece.place.start, piece.place.end]).collect();
            let number = numbers.get(&visit.node);
            offsets.extend(number.map(|_| self.nodes[visit.node].content().len()));
            let mut nest = visit.nest;
            let node = &self.nodes[visit.node];
            if node.kind == Kind::Number && nest.is_none() {
                offsets = vec![0, (node.to - node.from) as usize];
            }
            if let Some(inner) = nest {
                self.places(visit.node, Source::Ucs4(&self.nests[inner].units), &mut offsets);
            }
            while let Some(inner) = nest {
                nest = around[inner];
                if nest.is_some() {
                    let places = &self.nests[inner].places;
                    for offset in &mut offsets {
                        *offset = places[*offset] as usize;
                    }
                }
            }
            for (piece, place) in of_node.iter().zip(offsets.chunks_exact(2)) {
                answers.push(make(Ok(piece), visit.leaf, place[0]..place[1]));
            }
            if let (Some(&number), Some(&end)) = (number, offsets.last()) {
                answers.push(make(Err(suffix(number)), visit.leaf, end..end));
            }
        }
        answers
    }

    /// The string around each string that is read as JSON.
    fn around(&self) -> Vec<Option<usize>> {
        let mut tour = Tour::new(self);
        let mut around = Vec::new();
        while let Some(visit) = tour.advance() {
            if self.nodes[visit.node].kind == Kind::Nest {
                around.push(visit.nest);
            }
        }
        around
    }

    /// Turns offsets in characters of a node's content into places in its text. A number has two: its ends.
    fn places(&self, node: usize, text: Source<'_>, offsets: &mut [usize]) {
        let node = &self.nodes[node];
        let (from, to) = (node.from as usize, node.to as usize);
        if node.kind == Kind::Number {
            offsets.copy_from_slice(&[from, to]);
        } else {
            string::places(string::part(text, from..to), node.escaped, from, offsets);
        }
    }

    /// Changes as cuts of the text that the document was read from, in order.
    #[must_use]
    pub fn place<'e>(&self, text: Source<'_>, changes: Vec<Change<'e>>) -> Vec<Cut<'e>> {
        let mut places = Vec::with_capacity(2 * changes.len());
        for of_leaf in changes.chunk_by(|a, b| a.leaf == b.leaf) {
            let mut offsets: Vec<usize> = of_leaf.iter().flat_map(|change| [change.start, change.end]).collect();
            self.places(of_leaf[0].leaf.node, text, &mut offsets);
            places.append(&mut offsets);
        }
        let cut = |(change, place): (Change<'e>, &[usize])| {
            let number = self.nodes[change.leaf.node].kind == Kind::Number;
            let word = if number { Word::from(quoted(change.word.as_str())) } else { within_string(change.word) };
            Cut { start: place[0], end: place[1], word, pack: change.pack.unwrap_or_default() }
        };
        changes.into_iter().zip(places.chunks_exact(2)).map(cut).collect()
    }
}

/// A text as a JSON string.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", string::escaped(text))
}

/// A word as it stands in a JSON string; most have nothing to escape.
fn within_string(word: Word<'_>) -> Word<'_> {
    match written(word.as_str(), 1) {
        Cow::Borrowed(_) => word,
        Cow::Owned(text) => Word::from(text),
    }
}

/// A text as it stands in a JSON string in a JSON string, so many times.
fn written(text: &str, depth: usize) -> Cow<'_, str> {
    if depth == 0 || !text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
        return Cow::Borrowed(text);
    }
    (0..depth).fold(Cow::Borrowed(text), |text, _| Cow::Owned(string::escaped(&text)))
}

/// What is written instead of a piece that lies in `depth` strings; of a number a string.
pub(super) fn nested(word: Word<'_>, depth: usize, number: bool) -> Word<'_> {
    let text = match (depth, number) {
        (0, _) => return word,
        (_, true) => written(&quoted(word.as_str()), depth - 1).into_owned(),
        (_, false) => match written(word.as_str(), depth) {
            Cow::Borrowed(_) => return word,
            Cow::Owned(text) => text,
        },
    };
    Word::from(text)
}
