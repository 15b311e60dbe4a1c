//! Digits that are dictated and e-mail addresses that are spoken or disguised, in Portuguese, Spanish, English and
//! mixtures of them: where they are, and how they read in figures.
//!
//! [`Dictated`] is asked in every text, so it is asked about one word in 21 characters or so, and [`Addresses`] about the rare
//! letters of `arroba` and ` dot `. [`stretches`] and [`rewrite`] read every word of a copy, whose characters are counted from
//! somewhere else than those of the text. All take time linear in the text.

mod compose;
mod email;
mod local;
mod names;
mod numbers;
mod tokens;
mod trigger;
mod words;

use std::ops::Range;

use super::copy::Copy;
use numbers::Dictation;
use tokens::Tokens;
pub(super) use trigger::{Addresses, Dictated};

/// A number that was dictated, as it reads in a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// From its plus or first digit to its last, in characters of the copy; without its extension.
    pub(crate) place: Range<usize>,
    /// All its digits.
    pub(crate) digits: u32,
    /// Which of them were words, the first in the lowest bit; beyond 64 none is known.
    pub(crate) spelled: u64,
    /// Whether its numbers only count up or down by one, or are said in millions: it is no telephone.
    pub(crate) counting: bool,
}

/// One character of what is written, and the characters of the view that it stands for.
#[derive(Clone, Debug)]
struct Piece {
    byte: u8,
    place: Range<usize>,
    /// Whether it is not as it stands.
    made: bool,
}

/// Adds stretches of a copy where eight digits or more are dictated or an e-mail address is spoken, no wider than what reads
/// otherwise: none if there is none.
pub(crate) fn stretches(text: &[u8], found: &mut Vec<Range<usize>>) {
    trigger::addresses(text, found);
    if found.is_empty() && words::may_be_several(text) {
        let run = Dictation::new(Tokens::new(text, text.len())).next(&mut 0);
        found.extend(run.map(|run| run.place));
    }
}

/// Adds a stretch of a view to a copy, with dictated numbers in figures and spoken addresses as addresses, and the
/// numbers to `runs`. All else stays; words cut by the ends of the stretch are words.
pub(crate) fn rewrite(text: &[u8], range: Range<usize>, copy: &mut Copy, runs: &mut Vec<Run>) {
    let mut pieces = Vec::new();
    let mut done = range.start;
    let mut at = range.start;
    while let Some(address) = email::next(text, at..range.end, done, &mut pieces) {
        write_numbers(text, done..address.start, copy, runs);
        write(text, &pieces, copy);
        done = address.end;
        at = done;
    }
    write_numbers(text, done..range.end, copy, runs);
}

/// Adds a stretch without addresses.
fn write_numbers(text: &[u8], range: Range<usize>, copy: &mut Copy, runs: &mut Vec<Run>) {
    let mut done = range.start;
    let mut dictation = Dictation::new(Tokens::new(text, range.end));
    let mut at = range.start;
    while let Some(run) = dictation.next(&mut at) {
        copy.keep(text, done..run.place.start);
        let start = copy.bytes.len();
        let place = start..start + run.main;
        runs.push(Run { place, digits: run.digits, spelled: run.spelled, counting: run.counting });
        write(text, &dictation.pieces, copy);
        done = run.place.end;
    }
    copy.keep(text, done..range.end);
}

fn write(text: &[u8], pieces: &[Piece], copy: &mut Copy) {
    let mut end = pieces.first().map_or(0, |piece| piece.place.start);
    for piece in pieces {
        if piece.place.start > end {
            copy.skip();
        }
        end = piece.place.end;
        if piece.made {
            copy.put(piece.byte, piece.place.clone());
        } else {
            copy.keep(text, piece.place.clone());
        }
    }
}

#[cfg(test)]
mod sampled;
#[cfg(test)]
mod tests;
