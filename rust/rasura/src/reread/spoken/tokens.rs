//! A text as the words, figures and marks that a dictated number is made of.

use std::cell::Cell;
use std::ops::Range;

use super::words::{Known, Word, known};
use crate::view::class::{CLASS, DIGIT, INVISIBLE, LETTER, NEWLINE, SPACE, SYMBOL, is};

/// What stands in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that dictation uses.
    Known(Known),
    /// Any other word, or one with digits in it.
    Other,
    /// Digits.
    Figures,
    /// A mark of punctuation that may stand between numbers.
    Mark(u8),
    /// What stands in no number.
    Break,
}

/// One word, figure or mark.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) place: Range<usize>,
    /// Whether nothing, not even a space, stands before it.
    pub(super) touches: bool,
    /// Whether a line ends before it.
    pub(super) breaks: bool,
}

impl Token {
    pub(super) fn word(&self) -> Option<Word> {
        match self.kind {
            Kind::Known(known) => Some(known.word),
            _ => None,
        }
    }
}

/// A stretch of a text.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a [u8],
    /// The places that tokens were looked for at last, since each is asked for several times, and what was there.
    looked: [Cell<usize>; KEPT],
    last: [Cell<Read>; KEPT],
}

/// A token where there is one: where it begins and ends, whether it touches and whether a line ends before it.
type Read = (Kind, usize, usize, bool, bool);

/// How many tokens are kept: as many as numbers look ahead.
const KEPT: usize = 4;

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a [u8], end: usize) -> Self {
        const NONE: Read = (Kind::Break, 0, 0, false, false);
        Self {
            text: &text[..end],
            looked: [const { Cell::new(usize::MAX) }; KEPT],
            last: [const { Cell::new(NONE) }; KEPT],
        }
    }

    /// The first token at or after a place.
    pub(super) fn next(&self, at: usize) -> Option<Token> {
        let number = at / 2 % KEPT;
        if self.looked[number].get() != at {
            let Token { kind, place, touches, breaks } = self.read(at)?;
            self.looked[number].set(at);
            self.last[number].set((kind, place.start, place.end, touches, breaks));
        }
        let (kind, start, end, touches, breaks) = self.last[number].get();
        Some(Token { kind, place: start..end, touches, breaks })
    }

    fn read(&self, at: usize) -> Option<Token> {
        let mut start = at;
        let mut breaks = false;
        let mut touches = true;
        while let Some(&byte) = self.text.get(start).filter(|&&byte| is(byte, SPACE | NEWLINE | INVISIBLE)) {
            breaks |= is(byte, NEWLINE);
            touches &= is(byte, INVISIBLE);
            start += 1;
        }
        let first = *self.text.get(start)?;
        if !is(first, LETTER | DIGIT) {
            return Some(Token { kind: mark(first), place: start..start + 1, touches, breaks });
        }
        let mut end = start;
        let mut seen = 0;
        for &byte in self.text[start..].iter().take_while(|&&byte| is(byte, LETTER | DIGIT | INVISIBLE)) {
            seen |= CLASS[usize::from(byte)];
            end += 1;
        }
        while is(self.text[end - 1], INVISIBLE) {
            end -= 1;
        }
        let place = start..end;
        let kind = match seen & (LETTER | DIGIT) {
            DIGIT => Kind::Figures,
            LETTER => known(&self.text[place.clone()]).map_or(Kind::Other, Kind::Known),
            _ => Kind::Other,
        };
        Some(Token { kind, place, touches, breaks })
    }

    /// The token that ends last at or before a place, if it does not begin before `least`.
    pub(super) fn previous(&self, at: usize, least: usize) -> Option<Token> {
        let mut end = at;
        while end > least && is(self.text[end - 1], SPACE | NEWLINE | INVISIBLE) {
            end -= 1;
        }
        let mut start = end.checked_sub(1).filter(|_| end > least)?;
        if is(self.text[start], LETTER | DIGIT) {
            while start > least && is(self.text[start - 1], LETTER | DIGIT | INVISIBLE) {
                start -= 1;
            }
        }
        self.next(start)
    }

    /// What a token says where it stands: some words depend on what follows, and on whether English went before.
    pub(super) fn means(&self, token: &Token, after_english: bool) -> Option<Word> {
        let word = token.word()?;
        let which = match word {
            Word::Unsure(which) => which,
            Word::Times(_) => return self.next(token.place.end).filter(|next| self.is_digit(next)).map(|_| word),
            _ => return Some(word),
        };
        let next = self.next(token.place.end);
        let next = next.and_then(|next| if let Kind::Known(known) = next.kind { Some(known) } else { None });
        let number = next.filter(|next| is_number(next.word));
        match which {
            b'a' => next.is_some_and(|next| next.word == Word::Filler).then_some(Word::Filler),
            b'o' if after_english || number.is_some_and(|next| next.english) => Some(Word::Digit(0)),
            b'o' => Some(Word::Filler),
            b'p' => next.is_some_and(|next| next.word == Word::Hundreds(100)).then_some(Word::Measure),
            _ if number.map_or(after_english, |next| next.english) => Some(Word::Filler),
            _ => Some(Word::Unit(1)),
        }
    }

    /// Whether a token is what may be said several times.
    fn is_digit(&self, token: &Token) -> bool {
        let figure =
            token.kind == Kind::Figures && token.place.len() == 1 && self.text[token.place.start].is_ascii_digit();
        let word = token.word().is_some_and(|word| {
            matches!(word, Word::Digit(_) | Word::Unit(_) | Word::Units(_) | Word::Unsure(b'm' | b'o'))
        });
        figure || word
    }
}

/// Whether a word is a number by itself or the beginning of one.
pub(super) fn is_number(word: Word) -> bool {
    matches!(
        word,
        Word::Digit(_)
            | Word::Unit(_)
            | Word::Units(_)
            | Word::Teen(_)
            | Word::Tens(_)
            | Word::Hundreds(_)
            | Word::Thousand
            | Word::Times(_)
    )
}

fn mark(byte: u8) -> Kind {
    match byte {
        b',' | b'.' | b';' | b'-' | b'/' | b'(' | b')' | b'"' | b'\'' => Kind::Mark(byte),
        _ if is(byte, SYMBOL) => Kind::Mark(b' '),
        _ => Kind::Break,
    }
}
