//! The characters around an anchor, as matching reads them: the view itself, or, where invisible characters, line
//! breaks or symbols lie between, a squeezed copy with the places that its characters come from.

use std::ops::Range;

use super::STRETCHES;
use crate::scan::marks::is_split;
use crate::view::class::{CLASS, DIGIT, INVISIBLE, NEWLINE, SPACE, SYMBOL, is};
use crate::view::markup::{self, is_mark};

/// How far a candidate reaches in the source, in characters.
pub(crate) const REACH: usize = 512;

/// A stretch of text to match on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strand<'a> {
    /// The characters.
    pub(crate) text: &'a [u8],
    /// Where each comes from; empty: from its own place.
    places: &'a [u32],
    /// The view that they come from.
    view: &'a [u8],
}

impl<'a> Strand<'a> {
    /// The view as it is.
    pub(crate) fn whole(text: &'a [u8]) -> Self {
        Self { text, places: &[], view: text }
    }

    /// Whether it is the view itself.
    #[inline]
    pub(crate) fn is_whole(&self) -> bool {
        self.places.is_empty()
    }

    /// Where `range` of the strand lies in the view.
    pub(crate) fn place(&self, range: Range<usize>) -> Range<usize> {
        if self.places.is_empty() {
            return range;
        }
        let first = self.places[range.start] as usize;
        let last = range.end.checked_sub(1).map_or(first, |last| self.places[last] as usize + 1);
        first..last.max(first)
    }

    /// The same with the marks and tags directly beside it whose other halves are inside: what a finding covers.
    pub(crate) fn cover(&self, range: Range<usize>) -> Range<usize> {
        let place = self.place(range);
        if self.places.is_empty() { place } else { markup::balanced(self.view, place) }
    }

    /// The index of the first character that comes from `place` or after it.
    pub(crate) fn index(&self, place: usize) -> usize {
        if self.places.is_empty() { place } else { self.places.partition_point(|&p| (p as usize) < place) }
    }
}

/// A squeezed copy, kept for reuse.
#[derive(Debug, Default)]
pub(crate) struct Squeezed {
    text: Vec<u8>,
    places: Vec<u32>,
}

impl Squeezed {
    /// Squeezes `range` of `view`: invisible characters, marks and tags go, a line break with the quote marks or indentation
    /// after it becomes one newline, an emoji sequence one symbol.
    pub(crate) fn fill(&mut self, view: &[u8], range: Range<usize>) {
        self.text.clear();
        self.places.clear();
        let (mut at, mut closed) = (range.start, None);
        while at < range.end {
            let byte = view[at];
            let next = match CLASS[usize::from(byte)] {
                class if class & INVISIBLE != 0 => at + 1,
                _ if is_mark(byte) => at + 1,
                _ if let Some(tag) = markup::tag(view, at) => {
                    if let Some(space) = tag.space(at, closed) {
                        self.push(space, at);
                    }
                    closed = tag.closed();
                    tag.end
                }
                class if class & NEWLINE != 0 => {
                    self.push(b'\n', at);
                    after_line_break(view, at)
                }
                class if class & SYMBOL != 0 => {
                    self.push(byte, at);
                    after_symbols(view, at)
                }
                _ => {
                    self.push(byte, at);
                    at + 1
                }
            };
            at = next;
        }
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.text.push(byte);
        self.places.push(at as u32);
    }

    /// The copy, of a view.
    pub(crate) fn strand<'a>(&'a self, view: &'a [u8]) -> Strand<'a> {
        Strand { text: &self.text, places: &self.places, view }
    }
}

/// After a line break: its indentation, quote marks, and further line breaks of the same gap up to one empty line.
fn after_line_break(view: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    if view[at] == b'\r' && view.get(end) == Some(&b'\n') {
        end += 1;
    }
    while end < view.len() && (is(view[end], SPACE | INVISIBLE) || matches!(view[end], b'>' | b'|')) {
        end += 1;
    }
    end
}

/// After a sequence of symbols: emoji with their joiners, selectors and skin tones.
fn after_symbols(view: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < view.len() && is(view[end], SYMBOL | INVISIBLE) {
        end += 1;
    }
    end
}

/// Whether anything at a place is invisible, or a line there begins with quote marks or indentation.
pub(crate) fn hides(view: &[u8], place: Range<usize>) -> bool {
    let quoted = |at: usize| {
        is(view[at], NEWLINE) && view[at + 1..after_line_break(view, at)].iter().any(|&byte| !is(byte, NEWLINE))
    };
    place.into_iter().any(|at| is(view[at], INVISIBLE) || quoted(at))
}

/// Whether a gap that begins at `at`, just after a digit, may be longer in the view than it counts.
#[inline]
pub(crate) fn may_stretch(view: &[u8], at: usize) -> bool {
    view[at..view.len().min(at + 4)].iter().any(|&byte| STRETCHES[usize::from(byte)])
}

/// The digit that follows the gap at `at` once it is squeezed, if at most three characters remain between.
pub(crate) fn bridge(view: &[u8], at: usize) -> Option<usize> {
    let (mut end, mut counted, mut closed) = (at, 0, None);
    let limit = view.len().min(at + REACH / 4);
    while end < limit {
        let byte = view[end];
        let class = CLASS[usize::from(byte)];
        if class & DIGIT != 0 {
            return Some(end);
        }
        if let Some(tag) = markup::tag(view, end) {
            counted += usize::from(tag.space(end, closed).is_some());
            closed = tag.closed();
            end = tag.end;
            continue;
        }
        if is_split(byte) {
            return None;
        }
        if class & INVISIBLE != 0 || is_mark(byte) {
            end += 1;
            continue;
        }
        counted += 1;
        if counted > 3 {
            return None;
        }
        end = if class & NEWLINE != 0 {
            after_line_break(view, end)
        } else if class & SYMBOL != 0 {
            after_symbols(view, end)
        } else {
            end + 1
        };
    }
    None
}
