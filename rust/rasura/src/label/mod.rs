//! The words around a candidate that say what it is, or that it is nothing: found by hash, nearest first, and measured
//! so that a second pass over redacted text sees the same.

pub(crate) mod distance;
pub(crate) mod phrase;
pub(crate) mod score;

use rasura_pack::index::{Meaning, Phrase};
use rasura_pack::table::Strength;

use crate::catalogue::Catalogue;
use crate::scan::marks::letters;
use crate::view::class::{LETTER, UPPER, is};

pub(crate) use distance::Between;

/// How far before a candidate labels count, in characters, other candidates counted as one.
pub(crate) const BEFORE: usize = 80;
/// How far after it.
pub(crate) const AFTER: usize = 40;
/// How far around a candidate anything counts, in characters of the source.
pub(crate) const WINDOW: usize = 96;

/// A label near a candidate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The label as its pack has it.
    pub(crate) phrase: &'a Phrase,
    meanings: &'a [Meaning],
    base: u16,
    /// What lies between the label and the candidate.
    pub(crate) between: Between,
    /// Whether it stands before the candidate.
    pub(crate) before: bool,
}

impl Hit<'_> {
    /// What the label says to each pack.
    #[inline]
    pub(crate) fn meanings(&self) -> impl Iterator<Item = (u16, Strength)> {
        self.meanings.iter().map(|meaning| (self.base + meaning.pack, meaning.strength))
    }

    /// What the label says to one pack.
    #[inline]
    pub(crate) fn to(&self, pack: u16) -> Option<Strength> {
        self.meanings().find(|&(number, _)| number == pack).map(|(_, strength)| strength)
    }

    fn has(&self, wanted: Strength) -> bool {
        self.meanings.iter().any(|meaning| meaning.strength == wanted)
    }

    /// Whether the label says that the next number is nothing, and how near it must be for that.
    pub(crate) fn negative(&self) -> Option<usize> {
        if self.has(Strength::Negative) {
            Some(20)
        } else if self.has(Strength::Generic) {
            Some(8)
        } else {
            None
        }
    }
}

/// Appends the labels before `at`, nearest first.
pub(crate) fn before<'a>(catalogue: &'a Catalogue, text: &[u8], at: usize, hits: &mut Vec<Hit<'a>>) {
    let from = at.saturating_sub(WINDOW);
    let first = hits.len();
    let window = Window::read(text, from, at);
    let mut starts = window.starts;
    let mut limit = at;
    while starts != 0 {
        let bit = 127 - starts.leading_zeros() as usize;
        starts &= !(1 << bit);
        let start = from + bit;
        let end = window.word_end(bit, from).min(limit);
        limit = start;
        let Some((base, phrase, meanings, end)) = phrase::at(catalogue, text, start, end, at) else { continue };
        if phrase::is_evidence(text, start, end) {
            let between = Between::measure(text, end, at);
            let reach = if phrase.letters <= 2 { 6 } else { BEFORE };
            if usize::from(between.length) <= reach && between.items <= 2 {
                let inside = |hit: &Hit<'_>| hit.start >= start && hit.end <= end;
                let mut n = hits.len();
                while n > first && inside(&hits[n - 1]) {
                    n -= 1;
                }
                hits.truncate(n);
                hits.push(Hit { start, end, phrase, meanings, base, between, before: true });
            }
        }
    }
}

/// Appends the labels after `at`, nearest first.
pub(crate) fn after<'a>(catalogue: &'a Catalogue, text: &[u8], at: usize, hits: &mut Vec<Hit<'a>>) {
    let to = text.len().min(at + WINDOW);
    let window = Window::read(text, at, to);
    let mut starts = window.starts;
    let mut past = at;
    while starts != 0 {
        let bit = starts.trailing_zeros() as usize;
        starts &= starts - 1;
        let start = at + bit;
        if start < past || start - at > WINDOW {
            continue;
        }
        let mut end = window.word_end(bit, at);
        if starts != 0 {
            end = end.min(at + starts.trailing_zeros() as usize);
        }
        let Some((base, phrase, meanings, end)) = phrase::at(catalogue, text, start, end, to) else { continue };
        if phrase.letters <= 2 && !is_unit(meanings) || !phrase::is_evidence(text, start, end) {
            continue;
        }
        let between = Between::measure(text, at, start);
        if usize::from(between.length) > AFTER || between.items > 2 {
            break;
        }
        past = end;
        hits.push(Hit { start, end, phrase, meanings, base, between, before: false });
    }
}

fn is_unit(meanings: &[Meaning]) -> bool {
    meanings.iter().any(|meaning| meaning.strength == Strength::Unit)
}

/// The letters of at most 96 characters, as bits from the first on.
struct Window {
    letters: u128,
    starts: u128,
}

impl Window {
    #[inline]
    fn read(text: &[u8], from: usize, to: usize) -> Self {
        let near = letters(text, from);
        let (mut letter, mut upper) = (u128::from(near.letter), u128::from(near.upper));
        if to - from > 64 {
            let far = letters(text, from + 64);
            letter |= u128::from(far.letter) << 64;
            upper |= u128::from(far.upper) << 64;
        }
        let mask = (1 << (to - from)) - 1;
        letter &= mask;
        upper &= mask;
        let lower = letter & !upper;
        // A capital begins a word after a small letter, and as the last of several before a small letter.
        let camel = upper & ((lower << 1) | ((upper << 1) & (lower >> 1)));
        let mut starts = (letter & !(letter << 1)) | camel;
        // A word that the window cuts is none; a capital after a small letter begins one even there.
        if from > 0 && is(text[from - 1], LETTER) {
            let fresh = !is(text[from - 1], UPPER) && text.get(from).is_some_and(|&byte| is(byte, UPPER));
            starts &= !1 | u128::from(fresh);
        }
        Self { letters: letter, starts }
    }

    #[inline]
    fn word_end(&self, bit: usize, from: usize) -> usize {
        from + bit + (!(self.letters >> bit)).trailing_zeros() as usize
    }
}
