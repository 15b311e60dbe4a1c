//! The words around a candidate that say what it is, or that it is nothing: found by hash, nearest first, and measured
//! so that a second pass over redacted text sees the same.

mod around;
mod asked;
pub(crate) mod distance;
pub(crate) mod phrase;
pub(crate) mod score;
mod words;

use rasura_pack::Index;
use rasura_pack::index::{Meaning, Phrase};
use rasura_pack::table::Strength;

use crate::view::class::{DIGIT, INVISIBLE, LETTER, SYMBOL, is};

pub(crate) use around::{is_amount, unit_after};
pub(crate) use distance::{Between, ITEMS};
use words::Spoken;
pub(crate) use words::{after, before, negated};

/// How far before a candidate labels count, in characters, other candidates counted as one.
pub(crate) const BEFORE: usize = 80;
/// How far after it.
pub(crate) const AFTER: usize = 40;
/// How far around a candidate anything counts, in characters of the source.
pub(crate) const WINDOW: usize = 96;

/// A label near a candidate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which label, by its place in the index.
    pub(crate) phrase: u32,
    /// What lies between the label and the candidate.
    pub(crate) between: Between,
    /// Whether it stands before the candidate.
    pub(crate) before: bool,
}

impl Hit {
    /// The label as its pack has it.
    pub(crate) fn phrase<'a>(&self, index: &'a Index) -> &'a Phrase {
        &index.phrases[self.phrase as usize]
    }

    /// What the label says to each pack.
    #[inline]
    pub(crate) fn meanings<'a>(&self, index: &'a Index) -> &'a [Meaning] {
        self.phrase(index).meanings.of(&index.meanings)
    }

    /// What the label says to one pack.
    #[inline]
    pub(crate) fn to(&self, index: &Index, pack: u16) -> Option<Strength> {
        self.meanings(index).iter().find(|meaning| meaning.pack == pack).map(|meaning| meaning.strength)
    }
}

/// What stands before a number beside its labels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before {
    /// Whether a key, as in JSON and `key=value`: then it alone says what its value is, and a key that says nothing says
    /// so of its value.
    pub(crate) keyed: bool,
    /// Whether a negative word that governs the number; it is then the only label.
    pub(crate) negated: bool,
}

/// Whether a unit may stand directly after a number that ends at `at`: never `false` where [`after`] would find one.
pub(crate) fn may_be_unit(index: &Index, text: &[u8], at: usize) -> bool {
    let near = at..text.len().min(at + 3);
    let first = near.clone().find(|&at| is(text[at], LETTER));
    first.is_some_and(|first| phrase::Finder::new(index).may_begin(text, first))
        || text[near].iter().any(|&byte| is(byte, INVISIBLE | SYMBOL))
}

/// Whether the nearest label before is a negative word that governs the number at `at`.
pub(crate) fn governs(index: &Index, text: &[u8], hit: &Hit, at: usize) -> bool {
    let label = hit.phrase(index);
    let near = usize::from(hit.between.length) <= usize::from(label.negative);
    near && label.negative > 0
        && !label.names
        && hit.between.items == 0
        && !hit.between.sentence
        && !hit.between.asked
        && !turns_away(text, hit.end, at)
}

/// Whether the word before the number says that it is whom something is for: `nota para 11222333000181`.
fn turns_away(text: &[u8], from: usize, to: usize) -> bool {
    const AWAY: [&[u8]; 7] = [b"para", b"pra", b"a", b"al", b"to", b"for", b"ao"];
    let between = text[from..to].trim_ascii_end();
    let word = between.rsplit(|&byte| !is(byte, LETTER)).next().unwrap_or_default();
    between.len() > word.len() && AWAY.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Where the key of a value at `at` begins, as in JSON and `key=value`.
#[inline]
pub(crate) fn key_before(text: &[u8], at: usize) -> Option<usize> {
    // What is directly before, a quote and a space aside, tells nearly always that there is none.
    let byte = |at: usize| text.get(at).copied().unwrap_or(b'x');
    let quote = at.wrapping_sub(usize::from(matches!(byte(at.wrapping_sub(1)), b'"' | b'\'')));
    let space = quote.wrapping_sub(usize::from(byte(quote.wrapping_sub(1)) == b' '));
    let mark = byte(space.wrapping_sub(1));
    if mark == b'=' || mark == b':' { key_at(text, at) } else { None }
}

/// The same where a mark stands before that may part a key from its value.
#[inline(never)]
fn key_at(text: &[u8], at: usize) -> Option<usize> {
    let head = &text[..at];
    let head = head.strip_suffix(b"\"").or_else(|| head.strip_suffix(b"'")).unwrap_or(head);
    let head = head.strip_suffix(b" ").unwrap_or(head);
    let ([key @ .., b'"' | b'\'', b':'] | [key @ .., b'=']) = head else { return None };
    let from = key.len().saturating_sub(40);
    let length = key[from..].iter().rev().take_while(|&&byte| !phrase::is_delimiter(byte)).count();
    (length > 0).then_some(key.len() - length)
}

/// Adds a label; whether it closes the search, being the nearest, negative, and the end of no label that names anything.
#[inline(never)]
fn add_before(
    index: &Index,
    text: &[u8],
    at: usize,
    Spoken { phrase, start, end }: Spoken,
    hits: &mut Vec<Hit>,
) -> bool {
    let label = &index.phrases[phrase as usize];
    // A negative word governs the next number only, so nothing that shortens its distance may stand between.
    if !label.names && at - end > usize::from(label.negative) || !is_evidence(label, text, (start, end), at) {
        return false;
    }
    if label.letters <= 2 && !is_apart(text, (start, end), at) {
        return false;
    }
    let between = Between::measure(text, end, at);
    let reach = if label.letters <= 2 { 6 } else { BEFORE };
    if usize::from(between.length) <= reach && between.items <= ITEMS {
        while hits.last().is_some_and(|hit| hit.end <= end) {
            hits.pop();
        }
        hits.push(Hit { start, end, phrase, between, before: true });
        return hits.len() == 1 && !label.tail && governs(index, text, &hits[0], at);
    }
    false
}

/// Whether one or two letters are no part of a code: digits touch them only if they are the number's.
pub(crate) fn is_apart(text: &[u8], (start, end): (usize, usize), at: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    !digit(start.wrapping_sub(1)) && (end == at || !digit(end))
}

/// Whether a label that stands in a text may speak for the number at `at`.
#[inline]
fn is_evidence(label: &Phrase, text: &[u8], (start, end): (usize, usize), at: usize) -> bool {
    let reach = phrase::reach(at);
    !label.several && phrase::is_chunk(text, start, end, &reach) || phrase::is_evidence(text, start, end, reach)
}

enum Reached {
    Yes(Hit),
    No,
    Beyond,
}

#[inline(never)]
fn after_hit(index: &Index, text: &[u8], at: usize, Spoken { phrase, start, end }: Spoken) -> Reached {
    let label = &index.phrases[phrase as usize];
    let speaks = label.names && label.letters > 2 || label.unit && start - at <= 2;
    if !speaks || !is_evidence(label, text, (start, end), at) {
        return Reached::No;
    }
    let between = Between::measure(text, at, start);
    if usize::from(between.length) > AFTER || between.items > ITEMS {
        return Reached::Beyond;
    }
    Reached::Yes(Hit { start, end, phrase, between, before: false })
}
