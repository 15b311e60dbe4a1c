//! Addresses that are spoken (`ana ponto silva arroba gmail ponto com`) or disguised (`ana [at] example [dot] com`). They
//! are read from the sign outwards: the domain forward to a known ending, then the local part backward.

use std::ops::Range;

use super::Piece;
use super::names::{ENDINGS, Names, PROVIDERS};
use super::tokens::{Token, Tokens};
use super::words::Word;
use crate::view::class::{DIGIT, FOLD, LETTER, SPACE, is};

/// The longest label, and the most of them.
const LONGEST_LABEL: usize = 63;
const MOST_LABELS: usize = 8;

/// How an address is signed.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) place: Range<usize>,
    pub(super) how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// A word of its own, or a sign in brackets.
    Sure,
    /// The English word, which mostly is not meant.
    English,
    /// What may be another thing with anything but a known provider.
    Doubtful,
}

/// The next address within a range, with what is written for it. Nothing of it begins before `least`.
pub(super) fn next(text: &[u8], range: Range<usize>, least: usize, pieces: &mut Vec<Piece>) -> Option<Range<usize>> {
    let reader = Reader { tokens: Tokens::new(text, range.end) };
    let mut at = range.start;
    while let Some(token) = reader.tokens.next(at) {
        if let Some(address) = reader.at(&token).and_then(|sign| reader.address(&sign, least, pieces)) {
            return Some(address);
        }
        at = token.place.end;
    }
    None
}

/// The address whose sign begins at a place.
pub(super) fn at(text: &[u8], place: usize, least: usize, pieces: &mut Vec<Piece>) -> Option<Range<usize>> {
    let reader = Reader { tokens: Tokens::new(text, text.len()) };
    let sign = reader.at(&reader.tokens.next(place)?)?;
    reader.address(&sign, least, pieces)
}

/// Whether the `@` at a place is within an address as usual, or before the name of somebody.
pub(super) fn is_plain(text: &[u8], at: usize) -> bool {
    let rest = &text[at + 1..];
    let len = rest.iter().take(LONGEST_LABEL).take_while(|&&byte| is(byte, LETTER | DIGIT) || byte == b'-').count();
    let label = &rest[..len];
    if at == 0 || is(text[at - 1], SPACE) {
        return len > 0 && !PROVIDERS.has(label.iter().copied());
    }
    let goes_on = |&byte: &u8| !is(byte, SPACE) && !matches!(byte, b'(' | b'[' | b'{' | b'<');
    len > 0 && rest[len..].first().is_none_or(goes_on)
}

pub(super) struct Reader<'a> {
    pub(super) tokens: Tokens<'a>,
}

impl Reader<'_> {
    /// The sign of an address that a token is or begins.
    fn at(&self, token: &Token) -> Option<At> {
        let text = self.tokens.text;
        let place = token.place.clone();
        if token.word() == Some(Word::At) || text[place.start] == b'@' {
            return Some(self.wrapped(token).unwrap_or_else(|| self.bare(token)));
        }
        let (inner, place) = self.bracketed(place.start)?;
        match (inner.word(), text[inner.place.start]) {
            (Some(Word::At), _) | (_, b'@') => self.wrapped(&inner),
            (_, b'a' | b'A') if inner.place.len() == 1 && place.len() == 3 => Some(At { place, how: How::Doubtful }),
            _ => None,
        }
    }

    /// A sign without brackets.
    fn bare(&self, token: &Token) -> At {
        let place = token.place.clone();
        let space = |at: Option<&u8>| at.is_some_and(|&byte| is(byte, SPACE));
        let spaces = (space(self.tokens.text[..place.start].last()), space(self.tokens.text.get(place.end)));
        let how = match place.len() {
            2 => How::English,
            1 if spaces.0 != spaces.1 => How::Doubtful,
            _ => How::Sure,
        };
        At { place, how }
    }

    /// A sign in brackets, with them. An English one with spaces inside is no surer than without brackets.
    fn wrapped(&self, token: &Token) -> Option<At> {
        let before = &self.tokens.text[..token.place.start];
        let open = before.iter().rev().take(2).position(|&byte| !is(byte, SPACE))?;
        let (inner, place) = self.bracketed(token.place.start - 1 - open)?;
        let how = if inner.place.len() == 2 && !inner.touches { How::English } else { How::Sure };
        (inner.place == token.place).then_some(At { place, how })
    }

    /// What stands in brackets that open at a place, and the brackets' place.
    fn bracketed(&self, open: usize) -> Option<(Token, Range<usize>)> {
        let close = match self.tokens.text[open] {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            b'<' => b'>',
            _ => return None,
        };
        let inner = self.tokens.next(open + 1)?;
        let end = self.tokens.next(inner.place.end)?;
        (self.tokens.text[end.place.start] == close).then_some((inner, open..end.place.end))
    }

    /// The mark that is spoken, bracketed or stands at a place, and where it ends.
    pub(super) fn mark(&self, at: usize) -> Option<(u8, Range<usize>)> {
        let token = self.tokens.next(at).filter(|token| !token.breaks)?;
        let place = token.place.clone();
        match token.word() {
            Some(Word::Mark(b'-')) => {
                let low = self
                    .tokens
                    .next(place.end)
                    .filter(|low| self.is(&low.place, "bajo") || self.is(&low.place, "baixo"));
                return Some(low.map_or((b'-', place.clone()), |low| (b'_', place.start..low.place.end)));
            }
            Some(Word::Mark(mark @ (b'.' | b'_'))) => return Some((mark, place)),
            Some(_) => return None,
            None => {}
        }
        let byte = self.tokens.text[place.start];
        if matches!(byte, b'.' | b'-' | b'_') {
            let after = self.tokens.text.get(place.end).is_some_and(|&byte| is(byte, SPACE));
            return (token.touches != after).then_some((byte, place));
        }
        let (inner, place) = self.bracketed(place.start)?;
        match (inner.word(), self.tokens.text[inner.place.start]) {
            (Some(Word::Mark(mark @ (b'.' | b'-' | b'_'))), _) | (None, mark @ (b'.' | b'-' | b'_')) => {
                Some((mark, place))
            }
            _ => None,
        }
    }

    /// Whether a piece is the English word for a dot.
    fn is_dot(&self, piece: &Piece) -> bool {
        piece.made && self.tokens.text[piece.place.clone()].windows(3).any(|word| word.eq_ignore_ascii_case(b"dot"))
    }

    pub(super) fn is(&self, place: &Range<usize>, word: &str) -> bool {
        folds_to(&self.tokens.text[place.clone()], word)
    }

    pub(super) fn is_any(&self, place: &Range<usize>, names: &Names) -> bool {
        names.has(self.tokens.text[place.clone()].iter().copied())
    }

    /// The address around its sign.
    fn address(&self, sign: &At, least: usize, pieces: &mut Vec<Piece>) -> Option<Range<usize>> {
        if self.tokens.text[sign.place.start] == b'@' && is_plain(self.tokens.text, sign.place.start) {
            return None;
        }
        let mut domain = Vec::new();
        let (end, provided) = self.domain(sign.place.end, &mut domain)?;
        if sign.how == How::Doubtful && !provided {
            return None;
        }
        if sign.how == How::English && !domain.iter().any(|piece| self.is_dot(piece)) {
            return None;
        }
        let start = self.local(sign, least)?;
        pieces.clear();
        self.write_local(start..sign.place.start, pieces);
        let made = sign.place.len() > 1;
        let written = pieces.last()?.place.end;
        pieces.push(Piece { byte: b'@', place: sign.place.clone(), made });
        let changed = made || domain.iter().any(|piece| piece.made) || pieces.len() + domain.len() < end - start;
        pieces.append(&mut domain);
        (changed && written <= sign.place.start).then_some(start..end)
    }

    /// Writes the domain at a place: where it ends, and whether a known provider has it.
    fn domain(&self, at: usize, pieces: &mut Vec<Piece>) -> Option<(usize, bool)> {
        let mut good = None;
        let mut provided = false;
        let mut dot: Option<(Range<usize>, bool)> = None;
        let mut at = at;
        for _ in 0..MOST_LABELS {
            let start = pieces.len();
            if let Some((place, made)) = &dot {
                pieces.push(Piece { byte: b'.', place: place.clone(), made: *made });
            }
            let label = pieces.len();
            let Some(end) = self.label(at, dot.is_some(), pieces) else {
                pieces.truncate(start);
                break;
            };
            let name = &pieces[label..];
            let ends = dot.as_ref().is_some_and(|(_, made)| {
                is_one(name, &ENDINGS)
                    || *made && good.is_some() && name.len() == 2 && all_letters(name)
                    || good.is_none() && provided && (2..=6).contains(&name.len()) && all_letters(name)
            });
            if ends {
                good = Some((end, pieces.len()));
            } else if good.is_some() {
                break;
            }
            provided |= dot.is_none() && is_one(&pieces[label..], &PROVIDERS);
            let Some((b'.', place)) = self.mark(end) else { break };
            at = place.end;
            let made = place.len() > 1;
            dot = Some((place, made));
        }
        let (end, len) = good?;
        pieces.truncate(len);
        Some((end, provided))
    }

    /// Writes one label of a domain: a word, letters one by one, or a provider in two words (`g mail`).
    fn label(&self, at: usize, dotted: bool, pieces: &mut Vec<Piece>) -> Option<usize> {
        let start = pieces.len();
        let first = self.part(at)?;
        self.keep(&first, pieces);
        let mut end = first.end;
        if let Some(next) = self.part(end).filter(|next| next.start > end) {
            self.keep(&next, pieces);
            if is_one(&pieces[start..], &PROVIDERS) {
                return Some(next.end);
            }
            pieces.truncate(start + first.len());
        }
        if first.len() > 1 {
            return Some(end);
        }
        let mut best = None;
        while let Some(next) = self.part(end).filter(|next| next.len() == 1) {
            self.keep(&next, pieces);
            end = next.end;
            if dotted && is_one(&pieces[start..], &ENDINGS) {
                best = Some((end, pieces.len()));
            }
            if pieces.len() - start > LONGEST_LABEL {
                return None;
            }
        }
        Some(best.map_or(end, |(end, len)| {
            pieces.truncate(len);
            end
        }))
    }

    /// The letters, digits and hyphens of a label behind nothing but spaces; no spoken mark, and no longer than any may be.
    fn part(&self, at: usize) -> Option<Range<usize>> {
        let token = self.tokens.next(at).filter(|token| !token.breaks)?;
        let start = token.place.start;
        if !is(self.tokens.text[start], LETTER | DIGIT) || matches!(token.word(), Some(Word::Mark(_) | Word::At)) {
            return None;
        }
        let rest = &self.tokens.text[start..];
        let len = rest.iter().take(LONGEST_LABEL + 1).take_while(|&&b| is(b, LETTER | DIGIT) || b == b'-').count();
        (len <= LONGEST_LABEL).then_some(start..start + len)
    }

    pub(super) fn keep(&self, place: &Range<usize>, pieces: &mut Vec<Piece>) {
        pieces.extend(place.clone().map(|at| Piece { byte: self.tokens.text[at], place: at..at + 1, made: false }));
    }
}

fn folds_to(bytes: &[u8], word: &str) -> bool {
    bytes.len() == word.len() && bytes.iter().zip(word.bytes()).all(|(&byte, letter)| FOLD[usize::from(byte)] == letter)
}

fn is_one(name: &[Piece], names: &Names) -> bool {
    names.has(name.iter().map(|piece| piece.byte))
}

fn all_letters(name: &[Piece]) -> bool {
    name.iter().all(|piece| piece.byte.is_ascii_alphabetic())
}
