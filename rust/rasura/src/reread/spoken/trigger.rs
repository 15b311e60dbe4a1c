//! Where it is worth reading word by word. Clean text is the rule, so numbers are looked for at one word in some, and addresses
//! by a few letters of `arroba`, ` dot `, `@` and `(at)`.

use std::ops::Range;

use super::email;
use super::numbers::Dictation;
use super::tokens::{Kind, Token, Tokens, is_number};
use super::words::{Word, may_dictate};
use crate::scan::otherwise::{self, Otherwise};
use crate::view::class::{LETTER, is};

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

/// Looks for numbers of eight digits or more that are dictated, word by word.
pub(in crate::reread) struct Dictated<'a> {
    text: &'a [u8],
    /// Nothing more is found before here.
    done: usize,
}

impl<'a> Dictated<'a> {
    pub(in crate::reread) fn new(text: &'a [u8]) -> Self {
        Self { text, done: 0 }
    }

    /// Adds the numbers around a word.
    #[inline]
    pub(in crate::reread) fn at(&mut self, place: usize, found: &mut Vec<Range<usize>>) {
        let rest = &self.text[place..];
        let word = number(rest.first_chunk().copied().unwrap_or_else(|| padded(rest)));
        if may_dictate((word | SMALL) & mask(word)) && place >= self.done {
            self.done = region(self.text, place, self.done, found);
        }
    }
}

/// What is left of a text; beyond it there are spaces.
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut read = [b' '; 8];
    let length = rest.len().min(8);
    read[..length].copy_from_slice(&rest[..length]);
    read
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

/// Adds the stretches of addresses.
pub(super) fn addresses(text: &[u8], found: &mut Vec<Range<usize>>) {
    let mut addresses = Addresses::new(text);
    otherwise::each(text, false, |at, what| {
        if what == Otherwise::Address {
            addresses.at(at, found);
        }
    });
}

/// Looks closely at what may be an address, place by place.
pub(in crate::reread) struct Addresses<'a> {
    text: &'a [u8],
    /// Where the last address ended.
    done: usize,
    /// English signs before here have been looked at.
    tried: usize,
    pieces: Vec<super::Piece>,
}

impl<'a> Addresses<'a> {
    pub(in crate::reread) fn new(text: &'a [u8]) -> Self {
        Self { text, done: 0, tried: 0, pieces: Vec::new() }
    }

    /// Adds the address that has a sign or a dot at a place, if one does.
    pub(in crate::reread) fn at(&mut self, at: usize, found: &mut Vec<Range<usize>>) {
        match self.text[at] | 0x20 {
            b'`' if self.text[at] == b'@' && email::is_plain(self.text, at) => {}
            b'`' | b'(' | b'{' => self.sign(at, found),
            b'r' if self.is(at, b"roba") && at >= 2 && self.is(at - 2, b"ar") => self.sign(at - 2, found),
            b'd' if self.is(at, b"dot") => self.before(at, found),
            _ => {}
        }
    }

    fn is(&self, at: usize, letters: &[u8]) -> bool {
        self.text[at..].get(..letters.len()).is_some_and(|here| here.eq_ignore_ascii_case(letters))
    }

    /// Looks at the sign at a place.
    fn sign(&mut self, at: usize, found: &mut Vec<Range<usize>>) {
        let inside = at > 0 && is(self.text[at], LETTER) && is(self.text[at - 1], LETTER);
        if at < self.done || inside {
            return;
        }
        if let Some(address) = email::at(self.text, at, self.done, &mut self.pieces) {
            self.done = address.end;
            found.push(address);
        }
    }

    /// Looks for the English sign before a ` dot `.
    fn before(&mut self, dot: usize, found: &mut Vec<Range<usize>>) {
        let word = |at: usize| self.text.get(at).is_some_and(|&byte| is(byte, LETTER));
        if word(dot + 3) || dot == 0 || word(dot - 1) {
            return;
        }
        let from = dot.saturating_sub(REACH).max(self.tried);
        self.tried = dot;
        for at in from..dot {
            let apart = |at: usize| self.text.get(at).is_none_or(|&byte| !is(byte, LETTER));
            if self.is(at, b"at") && apart(at + 2) && (at == 0 || apart(at - 1)) {
                self.sign(at, found);
            }
        }
    }
}
