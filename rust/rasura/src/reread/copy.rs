//! A stretch of a view as it reads once what is written otherwise in it is put plainly.

use std::ops::Range;

use crate::view::class::{NEWLINE, SPACE, is};

/// The stretch, and the place that each of its characters comes from.
#[derive(Debug, Default, Clone)]
pub(crate) struct Copy {
    /// One byte a character, as a view has them.
    pub(crate) bytes: Vec<u8>,
    /// Where each character begins and ends in the view; neither ever goes back.
    pub(crate) places: Vec<(u32, u32)>,
    /// What is not as it stands in the view, in characters of the copy.
    pub(crate) made: Vec<Range<usize>>,
    /// Whether something was left out directly before what comes next.
    skipped: bool,
}

impl Copy {
    /// Empties it; its memory is used again.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
        self.made.clear();
        self.skipped = false;
    }

    /// Takes over characters as they stand.
    pub(crate) fn keep(&mut self, text: &[u8], range: Range<usize>) {
        if self.skipped && !range.is_empty() {
            self.skipped = false;
            make(&mut self.made, self.bytes.len());
        }
        self.places.extend(range.clone().map(|at| (at as u32, at as u32 + 1)));
        self.bytes.extend_from_slice(&text[range]);
    }

    /// Writes one character in place of those of `range`.
    pub(crate) fn put(&mut self, byte: u8, range: Range<usize>) {
        self.skipped = false;
        make(&mut self.made, self.bytes.len());
        self.bytes.push(byte);
        self.places.push((range.start as u32, range.end as u32));
    }

    /// Leaves something out that stands before what comes next.
    pub(crate) fn skip(&mut self) {
        self.skipped = true;
    }

    /// Takes back the white space at its end.
    pub(crate) fn forget_spaces(&mut self) {
        while self.bytes.last().is_some_and(|&byte| is(byte, SPACE | NEWLINE)) {
            self.bytes.pop();
            self.places.pop();
        }
        while self.made.last().is_some_and(|made| made.end > self.bytes.len()) {
            let made = self.made.pop().unwrap_or_default();
            if made.start < self.bytes.len() {
                self.made.push(made.start..self.bytes.len());
            }
        }
    }

    /// Where several characters of the view are one of the copy.
    pub(crate) fn wide(&self) -> impl Iterator<Item = Range<usize>> {
        let wide = self.places.iter().filter(|(start, end)| end - start > 1);
        wide.map(|&(start, end)| start as usize..end as usize)
    }

    /// Makes of a copy of a copy one of the view.
    pub(crate) fn through(&mut self, below: &Copy) {
        let mut made: Vec<Range<usize>> = Vec::new();
        // Places never go back, so neither do the ranges that are looked at.
        let (mut inners, mut owns) = (below.made.iter().peekable(), self.made.iter().peekable());
        for (at, place) in self.places.iter_mut().enumerate() {
            let inner = place.0 as usize..place.1 as usize;
            *place = (below.places[inner.start].0, below.places[inner.end - 1].1);
            while inners.next_if(|range| range.end <= inner.start).is_some() {}
            while owns.next_if(|range| range.end <= at).is_some() {}
            let touched = inners.peek().is_some_and(|range| range.start < inner.end);
            if touched || owns.peek().is_some_and(|range| range.start <= at) {
                make(&mut made, at);
            }
        }
        self.made = made;
    }

    /// Whether any of it is not as it stands.
    pub(crate) fn touches(&self, range: &Range<usize>) -> bool {
        touches(&self.made, range)
    }

    /// Where characters of the copy stand in the view.
    pub(crate) fn source(&self, range: &Range<usize>) -> Range<usize> {
        self.places[range.start].0 as usize..self.places[range.end - 1].1 as usize
    }
}

/// Adds a character behind those that are made.
fn make(made: &mut Vec<Range<usize>>, at: usize) {
    match made.last_mut() {
        Some(last) if last.end == at => last.end += 1,
        _ => made.push(at..at + 1),
    }
}

fn touches(made: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = made.partition_point(|made| made.end <= range.start);
    made.get(next).is_some_and(|made| made.start < range.end)
}
