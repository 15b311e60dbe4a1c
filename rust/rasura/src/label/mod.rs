//! The words around a candidate that say what it is, or that it is nothing: found by hash, nearest first, and measured
//! so that a second pass over redacted text sees the same.

pub(crate) mod distance;
pub(crate) mod phrase;
pub(crate) mod score;

use rasura_pack::Index;
use rasura_pack::index::{Meaning, Phrase};
use rasura_pack::table::Strength;

use crate::scan::marks::{Letters, letters};
use crate::view::class::{LETTER, UPPER, is};

pub(crate) use distance::Between;
use phrase::Finder;

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
    phrase: u32,
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

/// Appends the labels before `at`, nearest first. Whether a key stands there, as in JSON and `key=value`: then it alone
/// says what its value is, and a key that says nothing says so of its value.
pub(crate) fn before(index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) -> bool {
    let words = Words::read(text, at as isize - 128);
    let key = key_before(text, at);
    spoken_before(index, text, at, &words, key.unwrap_or(at.saturating_sub(WINDOW)), hits);
    // A negative word that governs the number closes the search.
    if hits.first().is_some_and(|hit| governs(index, text, hit, at)) {
        hits.truncate(1);
    }
    key.is_some()
}

/// Whether the nearest label before is a negative word that governs the number at `at`.
pub(crate) fn governs(index: &Index, text: &[u8], hit: &Hit, at: usize) -> bool {
    let label = hit.phrase(index);
    let near = usize::from(hit.between.length) <= usize::from(label.negative);
    near && label.negative > 0 && !label.names && hit.between.items == 0 && !hit.between.sentence && !turns_away(text, hit.end, at)
}

/// Whether the word before the number says that it is whom something is for: `nota para 11222333000181`.
fn turns_away(text: &[u8], from: usize, to: usize) -> bool {
    const AWAY: [&[u8]; 7] = [b"para", b"pra", b"a", b"al", b"to", b"for", b"ao"];
    let between = text[from..to].trim_ascii_end();
    let word = between.rsplit(|&byte| !is(byte, LETTER)).next().unwrap_or_default();
    between.len() > word.len() && AWAY.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Where the key of a value at `at` begins, as in JSON and `key=value`.
pub(crate) fn key_before(text: &[u8], at: usize) -> Option<usize> {
    let head = &text[..at];
    let head = head.strip_suffix(b"\"").or_else(|| head.strip_suffix(b"'")).unwrap_or(head);
    let head = head.strip_suffix(b" ").unwrap_or(head);
    let key = match head {
        [key @ .., b'"' | b'\'', b':'] | [key @ .., b'='] => key,
        _ => return None,
    };
    let from = key.len().saturating_sub(40);
    let length = key[from..].iter().rev().take_while(|&&byte| !phrase::is_delimiter(byte)).count();
    (length > 0).then_some(key.len() - length)
}

/// Appends the labels between `from` and `at`, nearest first.
fn spoken_before(index: &Index, text: &[u8], at: usize, words: &Words, from: usize, hits: &mut Vec<Hit>) {
    // The last `bits` bits of a half, which are the ones nearest to the candidate.
    let last = |bits: usize| !(!0_u64).checked_shr(bits as u32).unwrap_or(0);
    let reach = at - from;
    let (near, far) = (last(reach.min(64)), last(reach.saturating_sub(64)));
    let finder = Finder::new(index);
    let mut limit = at;
    for (half, mut starts) in [(1, words.starts[1] & near), (0, words.starts[0] & far)] {
        while starts != 0 {
            let bit = 63 - starts.leading_zeros() as usize;
            starts ^= 1 << bit;
            let start = at + 64 * half + bit - 128;
            let end = (start + words.length(half, bit)).min(limit);
            limit = start;
            if let Some((phrase, end)) = finder.at(text, start, end, at)
                && add_before(index, text, at, (phrase, start, end), hits)
            {
                return;
            }
        }
    }
}

/// Adds a label; whether it closes the search, being the nearest, negative, and the end of no label that names anything.
#[inline(never)]
pub(crate) fn add_before(index: &Index, text: &[u8], at: usize, (phrase, start, end): (u32, usize, usize), hits: &mut Vec<Hit>) -> bool {
    let label = &index.phrases[phrase as usize];
    // A negative word governs the next number only, so nothing that shortens its distance may stand between.
    if !label.names && at - end > usize::from(label.negative) || !phrase::is_evidence(text, start, end) {
        return false;
    }
    let between = Between::measure(text, end, at);
    let reach = if label.letters <= 2 { 6 } else { BEFORE };
    if usize::from(between.length) <= reach && between.items <= 2 {
        while hits.last().is_some_and(|hit| hit.end <= end) {
            hits.pop();
        }
        hits.push(Hit { start, end, phrase, between, before: true });
        return hits.len() == 1 && !label.tail && governs(index, text, &hits[0], at);
    }
    false
}

/// Appends the labels after `at`, nearest first.
pub(crate) fn after(index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) {
    let to = text.len().min(at + WINDOW);
    let words = Words::read(text, at as isize);
    let finder = Finder::new(index);
    let mut past = at;
    // Where no candidate stands between, characters count as they are, and nothing beyond the reach needs a look.
    let (near, far) = if words.digits == 0 { (!0 >> (63 - AFTER), 0) } else { (!0, !0 >> (128 - WINDOW)) };
    for (half, mut starts) in [(0, words.starts[0] & near), (1, words.starts[1] & far)] {
        while starts != 0 {
            let bit = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            let start = at + 64 * half + bit;
            if start < past {
                continue;
            }
            let next = if starts == 0 { to } else { at + 64 * half + starts.trailing_zeros() as usize };
            let end = (start + words.length(half, bit)).min(next).min(to);
            let Some((phrase, end)) = finder.at(text, start, end, to) else { continue };
            match after_hit(index, text, at, (phrase, start, end)) {
                Reached::Yes(hit) => {
                    past = end;
                    hits.push(hit);
                }
                Reached::No => {}
                Reached::Beyond => return,
            }
        }
    }
}

pub(crate) enum Reached {
    Yes(Hit),
    No,
    Beyond,
}

#[inline(never)]
pub(crate) fn after_hit(index: &Index, text: &[u8], at: usize, (phrase, start, end): (u32, usize, usize)) -> Reached {
    let label = &index.phrases[phrase as usize];
    let speaks = label.names && label.letters > 2 || label.unit && start - at <= 2;
    if !speaks || !phrase::is_evidence(text, start, end) {
        return Reached::No;
    }
    let between = Between::measure(text, at, start);
    if usize::from(between.length) > AFTER || between.items > 2 {
        return Reached::Beyond;
    }
    Reached::Yes(Hit { start, end, phrase, between, before: false })
}

/// The words of 128 characters, as two masks.
struct Words {
    letters: [u64; 2],
    /// Where words begin.
    starts: [u64; 2],
    /// The digits of the first half.
    digits: u64,
}

impl Words {
    /// Reads from `from` on, which may lie before the text.
    #[inline]
    fn read(text: &[u8], from: isize) -> Self {
        let halves = [load(text, from), load(text, from + 64)];
        let before = from.checked_sub(1).and_then(|place| text.get(place.cast_unsigned())).copied().unwrap_or(0);
        let [a, b] = [&halves[0], &halves[1]];
        let (lower_a, lower_b) = (a.letter & !a.upper, b.letter & !b.upper);
        let first = |flags| u64::from(is(before, flags));
        let small = u64::from(is(before, LETTER) && !is(before, UPPER));
        let starts = [
            starts(a, lower_a, (first(LETTER), first(UPPER), small), lower_b & 1),
            starts(b, lower_b, (a.letter >> 63, a.upper >> 63, lower_a >> 63), 0),
        ];
        Self { letters: [a.letter, b.letter], starts, digits: a.digit }
    }

    /// How many letters follow without a break.
    #[inline]
    fn length(&self, half: usize, bit: usize) -> usize {
        let run = (!(self.letters[half] >> bit)).trailing_zeros() as usize;
        if half == 0 && bit + run == 64 { run + (!self.letters[1]).trailing_zeros() as usize } else { run }
    }
}

/// Where words begin: at a letter after none, at a capital after a small letter, and at the last of several capitals
/// before a small letter. `before` says what the character before is, `after` whether a small letter follows.
#[inline]
fn starts(half: &Letters, lower: u64, before: (u64, u64, u64), after: u64) -> u64 {
    let (letter, upper, small) = before;
    let camel = (lower << 1 | small) | ((half.upper << 1 | upper) & (lower >> 1 | after << 63));
    (half.letter & !(half.letter << 1 | letter)) | (half.upper & camel)
}

#[inline]
fn load(text: &[u8], from: isize) -> Letters {
    if let Ok(from) = usize::try_from(from) {
        return letters(text, from);
    }
    if from <= -64 {
        return Letters::default();
    }
    let by = from.unsigned_abs();
    let Letters { letter, upper, digit } = letters(text, 0);
    Letters { letter: letter << by, upper: upper << by, digit: digit << by }
}
