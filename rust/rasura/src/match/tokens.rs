//! Tokens of letters and digits around digits: which of them may belong together. A text is read byte by byte, or, where
//! all that matters stands within 64 characters, by the bits of its characters.

use std::ops::Range;

use rasura_pack::index::FEWEST_CHARACTERS;
use rasura_pack::shape;

use super::{PARTS, Run};
use crate::scan::marks::{Marks, look, span};
use crate::view::class::{DIGIT, LETTER, UPPER, is};

/// How many tokens before and after the digits may belong to it.
const TOKENS: (usize, usize) = (4, 16);
/// The longest token before the digits.
const LONGEST: usize = 40;
/// How far before the digits tokens are looked for by bits, of 64 characters in all.
const BEFORE: usize = 24;

/// Tokens, kept for reuse.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// In order, with a [`BREAK`] between strains that do not belong together.
    list: Vec<Run>,
    /// Which of them hold letters, as bits; from the 64th on all are taken to.
    letters: u64,
}

/// Parts strains of tokens that do not belong together.
const BREAK: Run = Run { start: 0, end: 0 };

impl Tokens {
    /// The tokens around `from..to` that may belong together: all with digits or capitals, or bound by a hyphen or dot.
    /// Whether they are the same for any digits inside them.
    pub(crate) fn gather(&mut self, text: &[u8], from: usize, to: usize) -> bool {
        self.clear();
        self.by_bits(text, from, to).unwrap_or_else(|Unseen| {
            self.clear();
            let alone = gather(text, from, to, &mut self.list);
            let has = |token: &Run| text[token.range()].iter().any(|byte| !byte.is_ascii_digit());
            let bits =
                self.list.iter().take(64).enumerate().fold(0, |bits, (n, token)| bits | u64::from(has(token)) << n);
            self.letters = if self.list.len() > 64 { bits | 1 << 63 } else { bits };
            alone
        })
    }

    fn clear(&mut self) {
        self.list.clear();
        self.letters = 0;
    }

    /// The strains, each with the bits of its tokens that hold letters.
    pub(crate) fn strains(&self) -> impl Iterator<Item = (&[Run], u64)> {
        let mut first = 0;
        self.list.split(|token| token.len() == 0).map(move |strain| {
            let from = first;
            first += strain.len() + 1;
            let rest = if from < 64 { self.letters >> from } else { !0 };
            (strain, if strain.len() < 64 { rest & !(!0 << strain.len()) } else { rest })
        })
    }

    /// From the first token to the end of the last.
    pub(crate) fn place(&self) -> Range<usize> {
        match &self.list[..] {
            [first, .., last] => first.start as usize..last.end as usize,
            [only] => only.range(),
            [] => 0..0,
        }
    }

    /// The same as [`gather`] by the bits of 64 characters.
    fn by_bits(&mut self, text: &[u8], from: usize, to: usize) -> Result<bool, Unseen> {
        let base = from.saturating_sub(BEFORE);
        let near = Near::read(text, base, to - base)?;
        let start = near.start(from - base)?;
        let mut left = start;
        for _ in 0..TOKENS.0 {
            let Some(token) = near.before(left)? else { break };
            left = token.start;
            self.push(&near, token);
        }
        self.list.reverse();
        let count = self.list.len();
        self.letters = self.letters.reverse_bits() >> (64 - count.max(1));
        let mut alone = count < TOKENS.0;
        let (mut token, mut after) = (start..near.end(start)?, 0);
        while after < TOKENS.1 {
            let end = token.end;
            self.push(&near, token);
            let Some(next) = near.after(end)? else { break };
            if near.looks_right(end..next.start, &next) {
                after += usize::from(next.start >= near.to);
                token = next;
                continue;
            }
            let digits = near.marks.digits & span(next.start.min(near.to), near.to);
            if digits == 0 {
                break;
            }
            self.list.push(BREAK);
            alone = false;
            let digit = digits.trailing_zeros() as usize;
            token = near.start(digit)?.max(next.start)..near.end(digit)?;
        }
        // From its last token, all before are still in reach.
        Ok(alone && self.list.len() <= TOKENS.0 + 1)
    }

    fn push(&mut self, near: &Near<'_>, token: Range<usize>) {
        let letters = !near.marks.digits & span(token.start, token.end) != 0;
        self.letters |= u64::from(letters) << self.list.len();
        self.list.push(Run { start: (near.base + token.start) as u32, end: (near.base + token.end) as u32 });
    }
}

/// Capitals, digits and perhaps capitals again.
pub(crate) struct Code {
    pub(crate) capitals: usize,
    pub(crate) digits: usize,
    /// Where the last capitals stand, by the bits of marks: empty where there are none.
    pub(crate) tail: Range<usize>,
}

/// The digits `from..to` of the bits of marks and capitals before them, where these and capitals behind are all that belongs
/// together, as in `QY-758338`; nothing where it may be more or something else.
pub(crate) fn code(text: &[u8], marks: &Marks, base: usize, (from, to): (usize, usize)) -> Option<Code> {
    let alone = marks.digits & span(from.saturating_sub(1), to + 1) == span(from, to);
    let apart = !(marks.letters | marks.digits | marks.splits | marks.colons);
    let last = from - usize::from(from > 0 && apart >> (from - 1) & 1 == 1);
    if !alone || last == 0 {
        return None;
    }
    let capitals = (!(marks.capitals << (64 - last))).leading_zeros() as usize;
    let begin = last.checked_sub(capitals)?;
    let seen = begin >= 4 || base == 0;
    if !(1..FEWEST_CHARACTERS).contains(&capitals)
        || !seen
        || marks.letters >> to & 1 == 1
        || marks.colons & span(0, to + 4) != 0
    {
        return None;
    }
    let tail = capitals_behind(text, marks, base, to).unwrap_or(to..to);
    let end = tail.end;
    if marks.stretches & span(begin.saturating_sub(4), end + 5) != 0 || text[base..base + to].contains(&b'&') {
        return None;
    }
    stands_apart(text, marks, base, (begin, end)).then_some(Code { capitals, digits: to - from, tail })
}

/// Where capitals stand that are in reach behind `to`, and no more than an identifier may begin or end with.
fn capitals_behind(text: &[u8], marks: &Marks, base: usize, to: usize) -> Option<Range<usize>> {
    let words = marks.letters | marks.digits;
    let near = words & span(to, to + 4);
    let start = near.trailing_zeros() as usize;
    if near == 0 || start == to {
        return None;
    }
    let end = word_end(words, start);
    if end + 5 > 64 || !(1..FEWEST_CHARACTERS).contains(&(end - start)) {
        return None;
    }
    let all = span(start, end);
    let parted = (marks.splits | marks.colons) & span(to, start) != 0;
    (marks.capitals & all == all && !parted && text.get(base + end) != Some(&b'&')).then_some(start..end)
}

/// Where all begins and ends, as bits of marks, that belongs together with the digits `from..to`: letters and digits, all
/// letters capitals; nothing where the marks do not tell.
pub(crate) fn strain(text: &[u8], marks: &Marks, base: usize, (from, to): (usize, usize)) -> Option<Range<usize>> {
    let words = marks.letters | marks.digits;
    let parts = marks.splits | marks.colons;
    let (mut begin, mut end) = (word_start(words, from), word_end(words, to));
    for more in 0.. {
        let near = words & span(begin.saturating_sub(4), begin);
        let last = 64 - near.leading_zeros() as usize;
        if near == 0 || parts & span(last, begin) != 0 {
            break;
        }
        let word = word_start(words, last)..last;
        if word.start == 0 && base > 0 {
            return None;
        }
        if !belongs(text, marks, base, &word, &(last..begin)) {
            break;
        }
        if more + 1 == TOKENS.0 {
            return None;
        }
        begin = word.start;
    }
    for more in 0.. {
        if end + 5 > 64 {
            return None;
        }
        let near = words & span(end, end + 4);
        let start = near.trailing_zeros() as usize;
        if near == 0 || parts & span(end, start) != 0 {
            break;
        }
        let word = start..word_end(words, start);
        if word.end >= 64 {
            return None;
        }
        if !belongs(text, marks, base, &word, &(end..start)) {
            break;
        }
        if more + 1 == TOKENS.1 {
            return None;
        }
        end = word.end;
    }
    if begin < 4 && base > 0 || end - begin > shape::WHOLE {
        return None;
    }
    let all = span(begin, end);
    let near = span(begin.saturating_sub(4), end + 5);
    let small = marks.letters & !marks.capitals & all != 0;
    let mixed = marks.stretches & near | (marks.colons | marks.splits) & all;
    if small || mixed != 0 {
        return None;
    }
    // An ampersand would be a part of it, a tag before may hide what is, and what may be of an IPv6 address is looked at as such.
    let other = |at: usize| match text.get(at) {
        Some(b'&' | b':' | b'>') => true,
        Some(b'.') => marks.colons & near != 0,
        _ => false,
    };
    (!other((base + begin).wrapping_sub(1)) && !other(base + end)).then_some(begin..end)
}

/// As [`looks_right`], by bits of marks, of a word and the gap to it, which nothing parts.
#[inline]
fn belongs(text: &[u8], marks: &Marks, base: usize, word: &Range<usize>, gap: &Range<usize>) -> bool {
    let all = span(word.start, word.end);
    let tight = || gap.len() == 1 && matches!(text.get(base + gap.start), Some(b'-' | b'.' | b'/'));
    marks.digits & all != 0 || marks.capitals & all == all && word.len() <= 8 || word.len() <= 4 && tight()
}

/// Where capitals stand that are in reach of the digits `from..to` and all that belongs to them, as in `4.567,50 MXN` and
/// where the next sentence begins with `A`.
pub(crate) fn tail(text: &[u8], marks: &Marks, base: usize, (from, to): (usize, usize)) -> Option<Range<usize>> {
    let tail = capitals_behind(text, marks, base, to)?;
    let other = marks.letters & span(from, to)
        | marks.splits & span(from, to)
        | (marks.stretches | marks.colons) & span(from.saturating_sub(4), tail.end + 5);
    (other == 0 && stands_apart(text, marks, base, (from, tail.end))).then_some(tail)
}

/// Whether nothing near `place` belongs to it and nothing there is more or less than it seems, as far as the marks of 64
/// characters from `base` on show.
pub(crate) fn is_apart(text: &[u8], marks: &Marks, base: usize, place: &Range<usize>) -> bool {
    let seen = (place.start >= base + 4 || base == 0) && place.start >= base && place.end + 5 <= base + 64;
    if !seen {
        return false;
    }
    let (begin, end) = (place.start - base, place.end - base);
    // A tag may begin further before than that.
    let tagged = text[..place.start].last() == Some(&b'>');
    let plain = marks.stretches & span(begin.saturating_sub(4), end + 5) == 0 && !tagged;
    plain && stands_apart(text, marks, base, (begin, end))
}

/// Whether what stands in reach before and after is a word, not all in capitals, which does not belong to such and digits.
fn stands_apart(text: &[u8], marks: &Marks, base: usize, (begin, to): (usize, usize)) -> bool {
    let words = marks.letters | marks.digits;
    let belongs = |word: Range<usize>| {
        let all = span(word.start, word.end);
        marks.digits & all != 0 || marks.capitals & all == all
    };
    let tight = |at: usize, letter: usize| {
        marks.letters >> letter & 1 == 1 && matches!(text.get(base + at), Some(b'-' | b'.' | b'/'))
    };
    let parts = marks.splits | marks.colons;
    let near = words & span(begin.saturating_sub(4), begin);
    if near != 0 {
        let end = 64 - near.leading_zeros() as usize;
        let start = word_start(words, end);
        let cut = start == 0 && base > 0;
        let parted = parts & span(end, begin) != 0;
        if !parted && (end == begin || cut || belongs(start..end) || begin > 1 && tight(begin - 1, begin - 2)) {
            return false;
        }
    }
    let near = words & span(to, to + 4);
    if near != 0 {
        let start = near.trailing_zeros() as usize;
        let end = word_end(words, start);
        let parted = parts & span(to, start) != 0;
        if !parted && (end >= 64 || belongs(start..end) || tight(to, to + 1)) {
            return false;
        }
    }
    true
}

/// Where the bits begin that end before `at`.
#[inline]
fn word_start(words: u64, at: usize) -> usize {
    64 - (!words & span(0, at)).leading_zeros() as usize
}

/// After the bits that begin at `at`.
#[inline]
fn word_end(words: u64, at: usize) -> usize {
    at + (!(words >> at)).trailing_zeros() as usize
}

/// Tokens may go on beyond the characters that are seen.
struct Unseen;

/// What 64 characters are, as tokens see them.
struct Near<'a> {
    text: &'a [u8],
    marks: Marks,
    base: usize,
    /// Letters, digits, and ampersands between capitals.
    tokens: u64,
    /// What no gap between tokens that belong together has.
    parts: u64,
    /// Where the digits end that the tokens are gathered for.
    to: usize,
    /// How many characters there are.
    length: usize,
}

impl<'a> Near<'a> {
    #[inline]
    fn read(text: &'a [u8], base: usize, to: usize) -> Result<Self, Unseen> {
        if to + 8 > 64 {
            return Err(Unseen);
        }
        let marks = look(text, base);
        let mut tokens = marks.letters | marks.digits;
        let mut between = marks.splits & marks.capitals << 1 & marks.capitals >> 1;
        while between != 0 {
            let bit = between & between.wrapping_neg();
            tokens |= if text[base + bit.trailing_zeros() as usize] == b'&' { bit } else { 0 };
            between ^= bit;
        }
        // An ampersand at either end may stand between capitals that are not seen.
        let ends = |at: usize| text.get(at) == Some(&b'&');
        if ends(base) || ends(base + 63) {
            return Err(Unseen);
        }
        let parts = (marks.letters | marks.splits | marks.colons) & !tokens;
        Ok(Self { text, marks, base, tokens, parts, to, length: (text.len() - base).min(64) })
    }

    /// Where the token begins that `at` is in.
    #[inline]
    fn start(&self, at: usize) -> Result<usize, Unseen> {
        let start = word_start(self.tokens, at);
        if start == 0 && self.base > 0 { Err(Unseen) } else { Ok(start) }
    }

    /// Where it ends.
    #[inline]
    fn end(&self, at: usize) -> Result<usize, Unseen> {
        let end = word_end(self.tokens, at);
        if end < 64 { Ok(end) } else { Err(Unseen) }
    }

    /// The token before `start`, if one belongs to it.
    #[inline]
    fn before(&self, start: usize) -> Result<Option<Range<usize>>, Unseen> {
        let near = self.tokens & span(start.saturating_sub(4), start);
        if near == 0 {
            return if start >= 4 || self.base == 0 { Ok(None) } else { Err(Unseen) };
        }
        let end = 64 - near.leading_zeros() as usize;
        if end == start {
            return Ok(None);
        }
        let first = self.start(end)?;
        if end - first >= LONGEST {
            return Err(Unseen);
        }
        let token = first..end;
        Ok(self.looks_right(end..start, &token).then_some(token))
    }

    /// The token after `end`, at most three characters further.
    #[inline]
    fn after(&self, end: usize) -> Result<Option<Range<usize>>, Unseen> {
        let near = self.tokens & span(end, (end + 4).min(64));
        if near == 0 {
            return if end + 4 <= 64 || self.length < 64 { Ok(None) } else { Err(Unseen) };
        }
        let next = near.trailing_zeros() as usize;
        if next == end {
            return Ok(None);
        }
        Ok(Some(next..self.end(next)?))
    }

    #[inline]
    fn looks_right(&self, gap: Range<usize>, token: &Range<usize>) -> bool {
        self.parts & span(gap.start, gap.end) == 0 && belongs(self.text, &self.marks, self.base, token, &gap)
    }
}

/// What a byte is to a token: 0 nothing, 1 a part, 2 a part between capitals.
const PART_OF: [u8; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = is(n as u8, LETTER | DIGIT) as u8;
        n += 1;
    }
    table[b'&' as usize] = 2;
    table
};

/// Whether a byte belongs to a token: letters, digits, the ampersand between capitals.
#[inline]
fn in_token(text: &[u8], at: usize) -> bool {
    match PART_OF[usize::from(text[at])] {
        0 => false,
        1 => true,
        _ => is_between_capitals(text, at),
    }
}

#[cold]
fn is_between_capitals(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(|&next| is(next, UPPER)) && at > 0 && is(text[at - 1], UPPER)
}

/// Where the token ends that `at` is in.
#[inline]
fn token_end(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && in_token(text, at) {
        at += 1;
    }
    at
}

/// The obvious way, for any text.
pub(crate) fn gather(text: &[u8], from: usize, to: usize, tokens: &mut Vec<Run>) -> bool {
    let mut start = from;
    while start > 0 && in_token(text, start - 1) {
        start -= 1;
    }
    let mut left = start;
    for _ in 0..TOKENS.0 {
        let Some(token) = token_before(text, left) else { break };
        tokens.push(token);
        left = token.start as usize;
    }
    tokens.reverse();
    let mut alone = tokens.len() < TOKENS.0;
    let (mut at, mut end, mut after) = (start, token_end(text, start), 0);
    while after < TOKENS.1 {
        tokens.push(Run { start: at as u32, end: end as u32 });
        let Some(next) = token_after(text, end) else { break };
        let stop = token_end(text, next);
        // A new strain of tokens begins where letters and digits do not hang together.
        if looks_right(text, end, next, next..stop) {
            after += usize::from(next >= to);
            (at, end) = (next, stop);
            continue;
        }
        let Some(digit) = (next..to).find(|&i| is(text[i], DIGIT)) else { break };
        tokens.push(BREAK);
        alone = false;
        at = digit;
        while at > next && in_token(text, at - 1) {
            at -= 1;
        }
        end = token_end(text, digit);
    }
    // From its last token, all before are still in reach.
    alone && tokens.len() <= TOKENS.0 + 1
}

/// The fewest characters of a hexadecimal number that holds nothing.
pub(crate) const HASH: usize = 16;
/// How often digits and letters change in one, at least: hardly in an account number that happens to have such letters.
const CHANGES: usize = 4;

/// The hexadecimal digits around `at`, and whether they are a long number: identifiers inside would be chance.
pub(crate) fn hash_around(text: &[u8], at: usize) -> (Range<usize>, bool) {
    let mut start = at;
    while start > 0 && HEXADECIMAL[usize::from(text[start - 1])] != 0 {
        start -= 1;
    }
    let (mut end, mut changes, mut last) = (start, 0, 0);
    for &byte in &text[start..] {
        let kind = HEXADECIMAL[usize::from(byte)];
        if kind == 0 {
            break;
        }
        changes += usize::from(kind != last);
        last = kind;
        end += 1;
    }
    // The first is no change.
    let long = end - start >= HASH && changes > CHANGES;
    let cut = || start > 0 && in_token(text, start - 1) || end < text.len() && in_token(text, end);
    (start..end, long && !cut())
}

/// What each byte is to a hexadecimal number: 0 nothing, 1 a digit, 2 a letter.
const HEXADECIMAL: [u8; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        table[n] = byte.is_ascii_digit() as u8 + 2 * (byte.is_ascii_hexdigit() && !byte.is_ascii_digit()) as u8;
        n += 1;
    }
    table
};

fn token_after(text: &[u8], end: usize) -> Option<usize> {
    let next = (end..text.len().min(end + 4)).find(|&i| in_token(text, i))?;
    (next > end).then_some(next)
}

fn token_before(text: &[u8], start: usize) -> Option<Run> {
    let end = (start.saturating_sub(4)..start).rev().find(|&i| in_token(text, i))? + 1;
    if end == start {
        return None;
    }
    let mut first = end;
    while first > 0 && end - first < LONGEST && in_token(text, first - 1) {
        first -= 1;
    }
    // What is longer is no part of an identifier, and neither is a piece of it.
    if first > 0 && in_token(text, first - 1) {
        return None;
    }
    looks_right(text, end, start, first..end).then_some(Run { start: first as u32, end: end as u32 })
}

fn looks_right(text: &[u8], gap_start: usize, gap_end: usize, token: Range<usize>) -> bool {
    if text[gap_start..gap_end].iter().any(|&byte| PARTS[usize::from(byte)] || byte == b':') {
        return false;
    }
    let word = &text[token];
    if word.iter().any(|&byte| is(byte, DIGIT)) {
        return true;
    }
    let tight = matches!(&text[gap_start..gap_end], [b'-' | b'.' | b'/']);
    word.iter().all(|&byte| is(byte, UPPER)) && word.len() <= 8 || tight && word.len() <= 4
}
