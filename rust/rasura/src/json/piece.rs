//! What was found, given back to the keys, strings and numbers that it lies in.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::tour::{Leaf, Tour, Visit};
use super::{Document, Kind, Node, Scope};

/// A part of a key, string or number, which is all of a number.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) visit: Visit,
    /// In characters of its content.
    pub(super) place: Range<usize>,
    /// Which of the things that were found it is of.
    pub(super) of: usize,
}

impl Document {
    /// The pieces of what was found, in order; something that lies in two strings is cut at their borders.
    pub(super) fn pieces(&self, found: &[Range<usize>]) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(found.len());
        let mut visits = self.visits();
        let mut first = 0;
        while first < found.len()
            && let Some(visit) = visits.next(found[first].start)
        {
            let node = &self.nodes[visit.node];
            if !node.is_leaf() {
                continue;
            }
            let content = node.content();
            while first < found.len() && found[first].end <= content.start {
                first += 1;
            }
            let within = found[first..].iter().take_while(|found| found.start < content.end);
            for (number, found) in within.enumerate() {
                let of = first + number;
                if node.kind == Kind::Number {
                    // Below zero is no identifier, unless the sign is part of it.
                    if self.text[content.start] != b'-' || found.start <= content.start {
                        pieces.push(Piece { visit, place: 0..content.len(), of });
                        break;
                    }
                } else {
                    let start = found.start.max(content.start) - content.start;
                    pieces.push(Piece { visit, place: start..found.end.min(content.end) - content.start, of });
                }
            }
        }
        pieces
    }

    /// Keeps the pieces that are looked after; `name` says what a key is.
    pub(super) fn keep(&self, pieces: &mut Vec<Piece>, scope: &Scope, name: &dyn Fn(Leaf) -> String) {
        if scope.is_all() || pieces.is_empty() {
            return;
        }
        let mut tour = Tour::new(self);
        let mut at = None;
        let mut held = (usize::MAX, false);
        pieces.retain(|piece| {
            while at.is_none_or(|node| node < piece.visit.node) {
                at = tour.advance().map(|visit| visit.node);
            }
            if held.0 != piece.visit.leaf.node {
                held = (piece.visit.leaf.node, scope.holds(&tour.path(name)));
            }
            held.1
        });
    }

    /// The number behind each key that would not be the only one of its object otherwise, by node.
    pub(super) fn numbers(&self, pieces: &[Piece], word: &dyn Fn(usize) -> String) -> HashMap<usize, usize> {
        let mut numbers = HashMap::new();
        if pieces.iter().any(|piece| self.nodes[piece.visit.node].kind == Kind::Key) {
            let mut open: Vec<Vec<usize>> = Vec::new();
            for (place, node) in self.nodes.iter().enumerate() {
                match node.kind {
                    Kind::Object | Kind::List => open.push(Vec::new()),
                    Kind::Key => open.last_mut().into_iter().for_each(|keys| keys.push(place)),
                    Kind::End => self.tell_apart(&open.pop().unwrap_or_default(), pieces, word, &mut numbers),
                    _ => {}
                }
            }
        }
        numbers
    }

    fn tell_apart(
        &self,
        keys: &[usize],
        pieces: &[Piece],
        word: &dyn Fn(usize) -> String,
        numbers: &mut HashMap<usize, usize>,
    ) {
        let (kept, changed): (Vec<usize>, Vec<usize>) = keys.iter().partition(|&&key| of_node(pieces, key).is_empty());
        if changed.is_empty() {
            return;
        }
        let mut used: HashSet<Vec<u8>> = kept.iter().map(|&key| self.content(key).to_vec()).collect();
        let mut last: HashMap<Vec<u8>, usize> = HashMap::new();
        for key in changed {
            let written = self.written(key, of_node(pieces, key), word);
            if used.insert(written.clone()) {
                continue;
            }
            let number = last.entry(written.clone()).or_insert(1);
            loop {
                *number += 1;
                if used.insert([&written, suffix(*number).as_bytes()].concat()) {
                    break;
                }
            }
            numbers.insert(key, *number);
        }
    }

    /// A key as it is read once its pieces are replaced.
    fn written(&self, key: usize, pieces: &[Piece], word: &dyn Fn(usize) -> String) -> Vec<u8> {
        let (content, mut from, mut written) = (self.content(key), 0, Vec::new());
        for piece in pieces {
            written.extend_from_slice(&content[from..piece.place.start]);
            written.extend(word(piece.of).chars().map(|wide| crate::view::narrow_char(wide.into())));
            from = piece.place.end;
        }
        written.extend_from_slice(&content[from..]);
        written
    }

    fn content(&self, node: usize) -> &[u8] {
        &self.text[self.nodes[node].content()]
    }
}

/// The nodes of a document, in order.
enum Visits<'d> {
    /// Where strings hold JSON, all of them.
    All(Tour<'d>),
    /// Otherwise those where something may have been found.
    Some(&'d [Node], usize),
}

impl Visits<'_> {
    /// The next node whose content ends behind `start`, or one before that.
    fn next(&mut self, start: usize) -> Option<Visit> {
        let (nodes, at) = match self {
            Self::All(tour) => return tour.advance(),
            Self::Some(nodes, at) => (nodes, at),
        };
        let rest = &nodes[*at..];
        let near = rest.iter().take(NEAR).position(|node| node.end as usize > start);
        *at += near.unwrap_or_else(|| rest.partition_point(|node| node.end as usize <= start));
        let ordinal = nodes.get(*at)?.ordinal as usize;
        let node = *at;
        *at += 1;
        Some(Visit { node, leaf: Leaf { node, ordinal }, nest: None, depth: 0 })
    }
}

/// So many nodes are looked at one after the other before the rest is halved.
const NEAR: usize = 8;

impl Document {
    fn visits(&self) -> Visits<'_> {
        if self.nests.is_empty() { Visits::Some(&self.nodes, 0) } else { Visits::All(Tour::new(self)) }
    }
}

impl Node {
    /// Where its content is in the document.
    pub(super) fn content(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What stands behind a key that another one of the object is equal to.
pub(super) fn suffix(number: usize) -> String {
    format!(" ({number})")
}

/// The pieces of one node.
pub(super) fn of_node(pieces: &[Piece], node: usize) -> &[Piece] {
    let start = pieces.partition_point(|piece| piece.visit.node < node);
    let length = pieces[start..].iter().take_while(|piece| piece.visit.node == node).count();
    &pieces[start..start + length]
}
