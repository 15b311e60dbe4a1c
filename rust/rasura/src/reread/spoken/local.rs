//! The part of an address before its sign, as it is spoken or spaced: words, letters one by one, numbers, marks.

use std::ops::Range;

use super::Piece;
use super::compose::spelled;
use super::email::{At, How, Reader};
use super::names::{BEFORE, MAILBOXES, PLACED};
use super::tokens::Kind;
use super::words::Word;
use crate::view::class::{DIGIT, LETTER, SPACE, is};

/// The longest local part as it is spoken.
const LONGEST_LOCAL: usize = 192;

impl Reader<'_> {
    /// Where the local part before a sign begins.
    pub(super) fn local(&self, sign: &At, least: usize) -> Option<usize> {
        let least = least.max(sign.place.start.saturating_sub(LONGEST_LOCAL));
        let mut first = self.piece(sign.place.start, least)?;
        let placed = sign.how == How::English && self.is_any(&first, &PLACED);
        let mailbox = sign.how == How::Sure && self.is_any(&first, &MAILBOXES);
        if placed || !mailbox && first.len() > 1 && self.is_any(&first, &BEFORE) || self.is_mark(&first) {
            return None;
        }
        let mut closed = false;
        loop {
            if let Some(before) = self.before_mark(first.start, least) {
                first = before;
                closed = false;
                continue;
            }
            let small = self.is_small(&first);
            let Some(before) = self.piece(first.start, least).filter(|_| small && !closed) else { break };
            if self.is_mark(&before) || self.is_before(&before, least) {
                break;
            }
            let plain = !self.is_small(&before);
            let digits = first.len() > 1 || is(self.tokens.text[first.start], DIGIT);
            if plain && !digits {
                break;
            }
            closed = plain;
            first = before;
        }
        Some(first.start)
    }

    /// Whether a piece is a word that stands before addresses; `e` is where such a word stands before it.
    fn is_before(&self, piece: &Range<usize>, least: usize) -> bool {
        if piece.len() > 1 {
            return self.is_any(piece, &BEFORE);
        }
        if !self.tokens.text[piece.start].is_ascii() {
            return true;
        }
        let lone = self.tokens.text[piece.start] | 0x20 == b'e';
        lone && self.piece(piece.start, least).is_some_and(|label| label.len() > 1 && self.is_any(&label, &BEFORE))
    }

    /// The piece before the mark that ends before a place.
    fn before_mark(&self, at: usize, least: usize) -> Option<Range<usize>> {
        let mut mark = self.tokens.previous(at, least)?;
        if matches!(self.tokens.text[mark.place.start], b')' | b']' | b'}' | b'>') {
            let inner = self.tokens.previous(mark.place.start, least)?;
            mark = self.tokens.previous(inner.place.start, least)?;
        } else if self.is(&mark.place, "bajo") || self.is(&mark.place, "baixo") {
            mark = self.tokens.previous(mark.place.start, least)?;
        }
        let (_, place) = self.mark(mark.place.start)?;
        let reaches = self.tokens.next(place.end).is_some_and(|next| next.place.start == at);
        let literal = place.len() == 1 && !(place.start > 0 && is(self.tokens.text[place.start - 1], SPACE));
        let before = self.piece(mark.place.start, least).filter(|_| reaches && !literal)?;
        (!self.is_mark(&before)).then_some(before)
    }

    /// The characters of a local part that end before a place: behind them come nothing but spaces, or a comma too where
    /// a single letter ends.
    fn piece(&self, at: usize, least: usize) -> Option<Range<usize>> {
        let text = self.tokens.text;
        let mut end = at;
        while end > least && is(text[end - 1], SPACE) {
            end -= 1;
        }
        if end > least + 1 && text[end - 1] == b',' && end < at {
            end -= 1;
        }
        let start = end - text[least..end].iter().rev().take_while(|&&byte| in_local(byte)).count();
        let trimmed = text[start..end].iter().take_while(|&&byte| !is(byte, LETTER | DIGIT)).count();
        let place = start + trimmed..end;
        let comma = text.get(end) == Some(&b',');
        (!place.is_empty() && is(text[end - 1], LETTER | DIGIT) && (!comma || self.is_small(&place))).then_some(place)
    }

    /// Whether a piece is one letter, a number in words, or digits: such pieces stand side by side.
    fn is_small(&self, piece: &Range<usize>) -> bool {
        let text = &self.tokens.text[piece.clone()];
        if text.len() == 1 || text.iter().all(u8::is_ascii_digit) {
            return text[0].is_ascii_alphanumeric();
        }
        let token = self.tokens.next(piece.start).filter(|token| token.place == *piece);
        token.is_some_and(|token| spelled(&self.tokens, &token, &mut Vec::new()).is_some())
    }

    fn is_mark(&self, piece: &Range<usize>) -> bool {
        let token = self.tokens.next(piece.start).filter(|token| token.place == *piece);
        token.is_some_and(|token| matches!(token.word(), Some(Word::Mark(_) | Word::At)))
    }

    /// Writes a local part: marks as marks, numbers in figures, all else as it stands and without spaces.
    pub(super) fn write_local(&self, range: Range<usize>, pieces: &mut Vec<Piece>) {
        let mut at = range.start;
        let mut digits = Vec::new();
        while let Some(token) = self.tokens.next(at).filter(|token| token.place.start < range.end) {
            let place = token.place.clone();
            if let Some((byte, place)) = self.mark(place.start).filter(|(_, mark)| mark.len() > 1) {
                pieces.push(Piece { byte, place: place.clone(), made: true });
                at = place.end;
                continue;
            }
            digits.clear();
            let alone = self.piece(place.end, range.start) == Some(place.clone());
            if let Some(end) =
                spelled(&self.tokens, &token, &mut digits).filter(|&end| alone && end <= range.end && place.len() > 1)
            {
                pieces.extend(digits.iter().map(|&byte| Piece { byte, place: place.start..end, made: true }));
                at = end;
                continue;
            }
            if token.kind != Kind::Mark(b',') {
                self.keep(&place, pieces);
            }
            at = place.end;
        }
    }
}

fn in_local(byte: u8) -> bool {
    is(byte, LETTER | DIGIT) || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}
