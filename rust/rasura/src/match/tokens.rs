//! Tokens of letters and digits around digits: which of them may belong together. A text is read byte by byte, or, where
//! all that matters stands within 64 characters, by the bits of its characters.

use std::ops::Range;

use super::{PARTS, Run};
use crate::scan::marks::{Look, look, span};
use crate::view::class::{DIGIT, LETTER, UPPER, is};

/// How many tokens before and after the digits may belong to it.
const TOKENS: (usize, usize) = (4, 12);
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
        self.by_bits(text, from, to).unwrap_or_else(|| {
            self.clear();
            let alone = gather(text, from, to, &mut self.list);
            let has = |token: &Run| text[token.range()].iter().any(|byte| !byte.is_ascii_digit());
            let bits = self.list.iter().take(64).enumerate().fold(0, |bits, (n, token)| bits | u64::from(has(token)) << n);
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

    /// The same as [`gather`] by the bits of 64 characters; nothing where tokens may go on beyond them.
    fn by_bits(&mut self, text: &[u8], from: usize, to: usize) -> Option<bool> {
        let base = from.saturating_sub(BEFORE);
        let near = Near::read(text, base, (from - base, to - base))?;
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
            let digits = near.look.digit & span(next.start.min(near.to), near.to);
            if digits == 0 {
                break;
            }
            self.list.push(BREAK);
            alone = false;
            let digit = digits.trailing_zeros() as usize;
            token = near.start(digit)?.max(next.start)..near.end(digit)?;
        }
        // From its last token, all before are still in reach.
        Some(alone && self.list.len() <= TOKENS.0 + 1)
    }

    fn push(&mut self, near: &Near, token: Range<usize>) {
        let letters = !near.look.digit & span(token.start, token.end) != 0;
        self.letters |= u64::from(letters) << self.list.len();
        self.list.push(Run { start: (near.base + token.start) as u32, end: (near.base + token.end) as u32 });
    }
}

/// What 64 characters are, as tokens see them.
struct Near {
    look: Look,
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

impl Near {
    #[inline]
    fn read(text: &[u8], base: usize, (_, to): (usize, usize)) -> Option<Self> {
        if to + 8 > 64 {
            return None;
        }
        let look = look(text, base);
        let mut tokens = look.letter | look.digit;
        let mut between = look.split & look.upper << 1 & look.upper >> 1;
        while between != 0 {
            let bit = between & between.wrapping_neg();
            tokens |= if text[base + bit.trailing_zeros() as usize] == b'&' { bit } else { 0 };
            between ^= bit;
        }
        // An ampersand at either end may stand between capitals that are not seen.
        let ends = |at: usize| text.get(at) == Some(&b'&');
        if ends(base) || ends(base + 63) {
            return None;
        }
        let parts = (look.letter | look.split | look.colon) & !tokens;
        Some(Self { look, base, tokens, parts, to, length: (text.len() - base).min(64) })
    }

    /// Where the token begins that `at` is in; nothing where that is not seen.
    #[inline]
    fn start(&self, at: usize) -> Option<usize> {
        let outside = !self.tokens & span(0, at);
        if outside == 0 && self.base > 0 { None } else { Some(64 - outside.leading_zeros() as usize) }
    }

    /// Where it ends.
    #[inline]
    fn end(&self, at: usize) -> Option<usize> {
        let end = at + (!(self.tokens >> at)).trailing_zeros() as usize;
        if end < 64 { Some(end) } else { None }
    }

    /// The token before `start`, if one belongs to it.
    #[inline]
    fn before(&self, start: usize) -> Option<Option<Range<usize>>> {
        let near = self.tokens & span(start.saturating_sub(3), start);
        if near == 0 {
            return if start >= 3 || self.base == 0 { Some(None) } else { None };
        }
        let end = 64 - near.leading_zeros() as usize;
        if end == start {
            return Some(None);
        }
        let first = self.start(end)?;
        if end - first >= LONGEST {
            return None;
        }
        let token = first..end;
        Some(self.looks_right(end..start, &token).then_some(token))
    }

    /// The token after `end`, at most three characters further.
    #[inline]
    fn after(&self, end: usize) -> Option<Option<Range<usize>>> {
        let near = self.tokens & span(end, (end + 4).min(64));
        if near == 0 {
            return if end + 4 <= 64 || self.length < 64 { Some(None) } else { None };
        }
        let next = near.trailing_zeros() as usize;
        if next == end {
            return Some(None);
        }
        Some(Some(next..self.end(next)?))
    }

    #[inline]
    fn looks_right(&self, gap: Range<usize>, token: &Range<usize>) -> bool {
        let within = span(token.start, token.end);
        if self.parts & span(gap.start, gap.end) != 0 {
            return false;
        }
        if self.look.digit & within != 0 {
            return true;
        }
        let tight = gap.len() == 1 && self.look.mark >> gap.start & 1 == 1;
        self.look.upper & within == within && token.len() <= 8 || tight && token.len() <= 4
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
pub(crate) const CHANGES: u32 = 4;

/// The hexadecimal digits around `at`, and whether they are a long number: identifiers inside would be chance.
pub(crate) fn hash_around(text: &[u8], at: usize) -> (Range<usize>, bool) {
    let hexadecimal = |byte: &&u8| byte.is_ascii_hexdigit();
    let start = at - text[..at].iter().rev().take_while(hexadecimal).count();
    let end = at + text[at..].iter().take_while(hexadecimal).count();
    let cut = start > 0 && in_token(text, start - 1) || end < text.len() && in_token(text, end);
    let change = |two: &&[u8]| two[0].is_ascii_digit() != two[1].is_ascii_digit();
    let is_hash =
        end - start >= HASH && !cut && text[start..end].windows(2).filter(change).count() >= CHANGES as usize;
    (start..end, is_hash)
}

fn token_after(text: &[u8], end: usize) -> Option<usize> {
    let next = (end..text.len().min(end + 4)).find(|&i| in_token(text, i))?;
    (next > end).then_some(next)
}

fn token_before(text: &[u8], start: usize) -> Option<Run> {
    let end = (start.saturating_sub(3)..start).rev().find(|&i| in_token(text, i))? + 1;
    if end == start {
        return None;
    }
    let mut first = end;
    while first > 0 && end - first < LONGEST && in_token(text, first - 1) {
        first -= 1;
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
