//! The words near a candidate, nearest first, each looked up where it begins as a label does. Where words begin and end
//! is told by bits of 64 characters at a time.

use rasura_pack::Index;

use super::phrase::Finder;
use super::{AFTER, Before, Hit, Reached, WINDOW, add_before, after_hit, governs, key_before};
use crate::scan::marks::{Letters, letters};
use crate::view::class::{INVISIBLE, LETTER, UPPER, is};

/// A label that stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    pub(super) phrase: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Appends the labels before `at`, nearest first.
pub(crate) fn before(index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) -> Before {
    let finder = Finder::new(index);
    let key = key_before(text, at);
    let from = key.unwrap_or(at.saturating_sub(WINDOW));
    let mut hear = |start, end| {
        let found = finder.at(text, start, end, at);
        found.is_some_and(|(phrase, end)| add_before(index, text, at, Spoken { phrase, start, end }, hits))
    };
    // Letters that belong to the candidate are no part of the word before it.
    let mut words = Words::read(text, at.saturating_sub(64), at, false);
    let mut closed = words.backwards((&finder, text), from, 0, &mut hear);
    if !closed && from < words.base {
        let continued = words.continued();
        words = Words::read(text, words.base.saturating_sub(64), words.base, words.begins_small);
        closed = words.backwards((&finder, text), from, continued, &mut hear);
    }
    // A negative word that governs the number closes the search.
    let negated = closed || hits.first().is_some_and(|hit| governs(index, text, hit, at));
    if negated {
        hits.truncate(1);
    }
    Before { keyed: key.is_some(), negated }
}

/// Whether a negative word among the last 64 characters before `at` may govern the number there: as [`before`] says, or
/// `true` where only that could tell. A negative word has no candidate between, and beyond its reach there is none.
pub(crate) fn negated(index: &Index, text: &[u8], at: usize) -> bool {
    let finder = Finder::new(index);
    let from = key_before(text, at).unwrap_or(0);
    let mut denies = |start, end| {
        let found = finder.at(text, start, end, at);
        found.is_some_and(|(phrase, end)| at - end <= usize::from(index.phrases[phrase as usize].negative))
    };
    Words::read(text, at.saturating_sub(64), at, false).backwards((&finder, text), from, 0, &mut denies)
}

/// Appends the labels after `at`, nearest first.
pub(crate) fn after(index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) {
    let finder = Finder::new(index);
    let to = text.len().min(at + WINDOW);
    let near = letters(text, at);
    // Where no candidate stands between, characters count as they are, and nothing beyond the reach needs a look.
    let far = near.digit | near.hidden | near.opens != 0;
    let end = if far { to } else { to.min(at + AFTER + 1) };
    let mut past = at;
    let mut hear = |start: usize, word: usize| {
        let Some((phrase, end)) = finder.at(text, start, word, to).filter(|_| start >= past) else { return false };
        match after_hit(index, text, at, Spoken { phrase, start, end }) {
            Reached::Yes(hit) => {
                past = hit.end;
                hits.push(hit);
                false
            }
            Reached::No => false,
            Reached::Beyond => true,
        }
    };
    // A word that the reach cuts is read as far as it goes.
    let first = Words::read(text, at, to.min(at + 64), text.get(at + 64).is_some_and(|&byte| is_small(byte)));
    let rest = |from: usize| Words::read(text, from, to, false);
    if !first.forwards((&finder, text), end, &rest, &mut hear) && end > at + 64 {
        let second = rest(at + 64);
        second.forwards((&finder, text), end, &|_| Words::default(), &mut hear);
    }
}

/// The words of up to 64 characters.
#[derive(Debug, Clone, Copy, Default)]
struct Words {
    base: usize,
    /// How many characters.
    length: usize,
    /// Where words begin.
    starts: u64,
    /// Where no word goes on.
    ends: u64,
    /// Whether the first character is a small letter.
    begins_small: bool,
}

impl Words {
    /// Reads `base..to`, at most 64 characters, beyond which nothing is; `small` where a small letter follows all the same.
    #[inline]
    fn read(text: &[u8], base: usize, to: usize, small: bool) -> Self {
        let length = to - base;
        let all = first(length);
        let Letters { letter, upper, hidden, .. } = letters(text, base);
        let (letter, upper) = (letter & all, upper & all);
        // What is invisible belongs to words and has no case.
        let lower = letter & !upper & !hidden;
        let before = base.checked_sub(1).map_or(0, |place| text[place]);
        let led = |flags| u64::from(is(before, flags));
        let after = if small && length > 0 { 1 << (length - 1) } else { 0 };
        // At a capital after a small letter, and at the last of several capitals before a small letter.
        let humps = (lower << 1 | u64::from(is_small(before))) | (upper << 1 | led(UPPER)) & (lower >> 1 | after);
        let starts = letter & !(letter << 1 | led(LETTER | INVISIBLE)) | upper & humps;
        Self { base, length, starts, ends: !letter | starts, begins_small: lower & 1 == 1 }
    }

    /// How many of the first characters belong to a word that began before.
    #[inline]
    fn continued(&self) -> usize {
        self.ends.trailing_zeros() as usize
    }

    /// Where the word that begins at a bit ends, if it does not go on beyond.
    #[inline]
    fn end(&self, bit: usize) -> usize {
        bit + 1 + ((self.ends >> bit >> 1) | 1 << 63).trailing_zeros() as usize
    }

    /// Calls `hear` with the words that begin at `from` or later, the last one first, until it has heard enough; whether it
    /// has. The last word goes on for `continued` characters.
    #[inline]
    fn backwards(
        &self,
        (finder, text): (&Finder<'_>, &[u8]),
        from: usize,
        continued: usize,
        hear: &mut impl FnMut(usize, usize) -> bool,
    ) -> bool {
        let mut starts = self.starts & !first(from.saturating_sub(self.base));
        while starts != 0 {
            let bit = 63 - starts.leading_zeros() as usize;
            starts ^= 1 << bit;
            if !finder.may_begin(text, self.base + bit) {
                continue;
            }
            let end = self.end(bit).min(self.length);
            let on = if end == self.length { continued } else { 0 };
            if hear(self.base + bit, self.base + end + on) {
                return true;
            }
        }
        false
    }

    /// Calls `hear` with the words that begin before `to`, in order, until it has heard enough; whether it has. `rest` reads
    /// on from a place, for a word that does not end here.
    #[inline]
    fn forwards(
        &self,
        (finder, text): (&Finder<'_>, &[u8]),
        to: usize,
        rest: &impl Fn(usize) -> Self,
        hear: &mut impl FnMut(usize, usize) -> bool,
    ) -> bool {
        let mut starts = self.starts & first(to.saturating_sub(self.base));
        while starts != 0 {
            let bit = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            if !finder.may_begin(text, self.base + bit) {
                continue;
            }
            let end = self.end(bit).min(self.length);
            let on = if end == 64 { rest(self.base + 64).continued() } else { 0 };
            if hear(self.base + bit, self.base + end + on) {
                return true;
            }
        }
        false
    }
}

#[inline]
fn is_small(byte: u8) -> bool {
    is(byte, LETTER) && !is(byte, UPPER)
}

/// The first `bits` bits.
#[inline]
fn first(bits: usize) -> u64 {
    if bits >= 64 { !0 } else { (1 << bits) - 1 }
}
