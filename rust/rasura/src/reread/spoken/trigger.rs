//! Where it is worth reading word by word. Clean text is the rule, so numbers are looked for at one word in
//! [`STRIDE`] characters, and addresses by a few letters of `arroba`, ` dot `, `@` and `(at)`.

use std::ops::Range;

use super::email;
use super::numbers::Dictation;
use super::tokens::{Kind, Token, Tokens, is_number};
use super::words::{Word, may_dictate};
use crate::view::class::{LETTER, is};

/// In so many characters one word is looked at: the first that begins there and has three letters or more. Of a run whose
/// words are spread over more characters than this, at least one is looked at.
const STRIDE: usize = 28;
/// What is read at once: the characters where a word may begin, and its letters.
const READ: usize = WIDTH + 8;
const WIDTH: usize = 22;
/// So many words are looked at before any of them is looked at closely, since nobody foretells which one that will be.
const PROBES: usize = 32;
/// Set in letters, and in a few other bytes that are not in the words looked for.
const LETTERS: u64 = 0x4040_4040_4040_4040;
/// Set in small letters, whether or not they have accents.
const SMALL: u64 = 0x2020_2020_2020_2020;
/// Fewer characters hold no eight digits in words.
const SHORTEST: usize = 12;

/// So far from a word others are looked for in a quick look, and words that are longer are none that are known.
const NEAR: usize = 4;
const LONG: usize = 16;

/// An English sign is at most so far before its ` dot `.
const REACH: usize = 96;

/// Adds the stretches where eight digits or more are dictated.
pub(in crate::reread) fn dictated(text: &[u8], found: &mut Vec<Range<usize>>) {
    let mut done = 0;
    if text.first_chunk().is_some_and(|&first| says(first) == Some(true)) {
        done = region(text, 0, done, found);
    }
    let mut at = 0;
    while at < text.len() {
        let (mut hits, mut probes) = (0_u32, 0);
        while probes < PROBES
            && let Some(read) = text.get(at + probes * STRIDE..).and_then(|rest| rest.first_chunk())
        {
            hits |= u32::from(probe(read).0) << probes;
            probes += 1;
        }
        if probes == 0 {
            hits |= u32::from(probe(&padded(text, at)).0);
            probes = 1;
        }
        while hits != 0 {
            let from = at + hits.trailing_zeros() as usize * STRIDE;
            hits &= hits - 1;
            let place = from + probe(&padded(text, from)).1;
            if place >= done {
                done = region(text, place, done, found);
            }
        }
        at += probes * STRIDE;
    }
}

/// What is read at once from a place on; beyond the text there are spaces.
fn padded(text: &[u8], at: usize) -> [u8; READ] {
    let mut read = [b' '; READ];
    let rest = &text[at..text.len().min(at + READ)];
    read[..rest.len()].copy_from_slice(rest);
    read
}

/// Whether the first word of three letters or more may be a dictated one, and where it begins. Without branches: which words
/// are short is as good as chance.
#[inline]
fn probe(read: &[u8; READ]) -> (bool, usize) {
    let eight = |from: usize| number(*read[from..].first_chunk().unwrap_or(&[b' '; 8]));
    // One bit a character: a word begins behind what is no letter, and goes on for two more.
    let letters = bits(eight(0)) | bits(eight(8)) << 8 | bits(eight(16)) << 16;
    let begins = letters & !(letters << 1) & letters >> 1 & letters >> 2 & !1;
    let place = (begins.trailing_zeros() as usize).min(WIDTH);
    let word = eight(place);
    ((begins != 0) & may_dictate((word | SMALL) & mask(word)), place)
}

/// Which of eight characters are letters, as bits.
#[inline]
fn bits(eight: u64) -> u32 {
    // Brings the lowest bit of each byte to the highest byte, none on another.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    (((eight & LETTERS) >> 6).wrapping_mul(GATHER) >> 56) as u32
}

/// Whether a word may be dictated; `None` if it has less than three letters.
#[inline]
fn says(word: [u8; 8]) -> Option<bool> {
    let word = number(word);
    let mask = mask(word);
    (mask > 0xffff).then(|| may_dictate((word | SMALL) & mask))
}

/// All bits of the letters with which eight characters begin.
#[inline]
fn mask(word: u64) -> u64 {
    let ends = (!word & LETTERS) >> 6;
    ends.wrapping_sub(1) & !ends
}

#[inline]
fn number(bytes: [u8; 8]) -> u64 {
    u64::from_le_bytes(bytes)
}

/// Adds the numbers around a word, back to `least`; where there can be no more of the same.
#[inline(never)]
fn region(text: &[u8], place: usize, least: usize, found: &mut Vec<Range<usize>>) -> usize {
    let tokens = Tokens::new(text, text.len());
    if !has_company(text, place) {
        return least;
    }
    let mut numbers = 0;
    let mut start = place;
    while let Some(token) = tokens.previous(start, least).filter(|token| goes_on(text, token)) {
        start = token.place.start;
        numbers += usize::from(is_one(&token));
    }
    let mut end = place;
    while let Some(token) = tokens.next(end).filter(|token| goes_on(text, token)) {
        end = token.place.end;
        numbers += usize::from(is_one(&token));
    }
    if numbers > 1 && end - start >= SHORTEST {
        let mut dictation = Dictation::new(Tokens::new(text, end));
        while let Some(run) = dictation.next(&mut start) {
            found.push(run.place);
        }
    }
    end.max(place + 1)
}

/// Whether the word before or behind a word may be dictated as well, or is short, or none is near. It is a quick look that
/// spares most words that say numbers in ordinary text a slow one.
fn has_company(text: &[u8], place: usize) -> bool {
    let apart = |byte: &u8| byte & 0x40 == 0;
    let dictated = |at: usize| {
        text[at..].first_chunk().is_none_or(|&word| {
            says(word).unwrap_or_else(|| {
                matches!(word[0] | 0x20, b'u' | b'o' | b'e' | 0xe9 | b'y' | b'a') && !is_common(word)
            })
        })
    };
    let before = text[..place].iter().rev().take(NEAR).position(|byte| !apart(byte));
    let company = before.is_none_or(|gap| {
        let end = place - gap;
        let len = text[..end].iter().rev().take(LONG).position(apart).unwrap_or(end.min(LONG));
        text[end..place].iter().any(u8::is_ascii_digit) || len < LONG && dictated(end - len)
    });
    company || {
        let end = place + text[place..].iter().position(apart).unwrap_or(text.len() - place);
        let after = text[end..].iter().take(NEAR).position(|byte| !apart(byte));
        after.is_none_or(|gap| text[end..end + gap].iter().any(u8::is_ascii_digit) || dictated(end + gap))
    }
}

/// Whether a word of one or two letters is one that no number is dictated with, and that begins like those.
fn is_common(word: [u8; 8]) -> bool {
    matches!([word[0] | 0x20, word[1] | 0x20], [b'a', b' ' | b'o' | b's' | b't'] | [b'o', b' ' | b's' | b'f' | b'n'])
        || matches!([word[0] | 0x20, word[1] | 0x20], [b'e', b'm' | b'u' | b'n' | b'l' | b's'])
}

/// Whether a token may be a number.
fn is_one(token: &Token) -> bool {
    token.kind == Kind::Figures || token.word().is_some_and(|word| is_number(word) || matches!(word, Word::Unsure(_)))
}

/// Whether a token may stand within a dictated number or its extension.
fn goes_on(text: &[u8], token: &Token) -> bool {
    match token.kind {
        Kind::Known(known) => known.word != Word::At,
        Kind::Figures | Kind::Mark(_) => true,
        Kind::Other => false,
        Kind::Break => text[token.place.start] == b'+',
    }
}

/// Adds the stretches of addresses that have a sign or a dot in a piece of a text.
pub(in crate::reread) fn addresses(text: &[u8], piece: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut seeds = Seeds { text, done: 0, tried: 0, pieces: Vec::new(), found };
    for at in piece {
        if matches!(text[at] | 0x20, b'`' | b'(' | b'{' | b'd' | b'r') {
            seeds.seed(at);
        }
    }
}

/// Looks closely at what may be an address.
struct Seeds<'a> {
    text: &'a [u8],
    /// Where the last address ended.
    done: usize,
    /// English signs before here have been looked at.
    tried: usize,
    pieces: Vec<super::Piece>,
    found: &'a mut Vec<Range<usize>>,
}

impl Seeds<'_> {
    fn seed(&mut self, at: usize) {
        match self.text.get(at).map_or(0, |byte| byte | 0x20) {
            b'`' if self.text[at] == b'@' && email::is_plain(self.text, at) => {}
            b'`' | b'(' | b'{' => self.address(at),
            b'r' if self.is(at, b"roba") && at >= 2 && self.is(at - 2, b"ar") => self.address(at - 2),
            b'd' if self.is(at, b"dot") => self.before(at),
            _ => {}
        }
    }

    fn is(&self, at: usize, letters: &[u8]) -> bool {
        self.text[at..].get(..letters.len()).is_some_and(|here| here.eq_ignore_ascii_case(letters))
    }

    /// Looks at the sign at a place.
    fn address(&mut self, at: usize) {
        let inside = at > 0 && is(self.text[at], LETTER) && is(self.text[at - 1], LETTER);
        if at < self.done || inside {
            return;
        }
        if let Some(address) = email::at(self.text, at, self.done, &mut self.pieces) {
            self.done = address.end;
            self.found.push(address);
        }
    }

    /// Looks for the English sign before a ` dot `.
    fn before(&mut self, dot: usize) {
        let word = |at: usize| self.text.get(at).is_some_and(|&byte| is(byte, LETTER));
        if word(dot + 3) || dot == 0 || word(dot - 1) {
            return;
        }
        let from = dot.saturating_sub(REACH).max(self.tried);
        self.tried = dot;
        for at in from..dot {
            let apart = |at: usize| self.text.get(at).is_none_or(|&byte| !is(byte, LETTER));
            if self.is(at, b"at") && apart(at + 2) && (at == 0 || apart(at - 1)) {
                self.address(at);
            }
        }
    }
}
