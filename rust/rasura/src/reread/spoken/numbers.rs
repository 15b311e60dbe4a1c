//! Dictated numbers: which words make one number, which numbers stand together, and what is written for them.

use std::ops::Range;

use super::Piece;
use super::compose::compose;
use super::tokens::{Kind, Token, Tokens, is_number};
use super::words::Word;

/// Fewer digits than this are not rewritten.
const LEAST_DIGITS: u32 = 8;
/// As many words without a meaning, and as many marks, may stand between two numbers.
const MOST_BETWEEN: usize = 4;
/// Numbers from here on are said in millions.
const MILLION: u32 = 1_000_000;
/// No extension has more digits.
const LONGEST_EXTENSION: usize = 6;

/// Numbers that stand together, eight digits or more.
#[derive(Debug)]
pub(super) struct Dictated {
    pub(super) place: Range<usize>,
    /// How many characters are written for it without its extension.
    pub(super) main: usize,
    pub(super) digits: u32,
    /// Which of them were words, the first in the lowest bit.
    pub(super) spelled: u64,
    pub(super) counting: bool,
}

/// Reads the numbers of a stretch of text one after the other.
pub(super) struct Dictation<'a> {
    tokens: Tokens<'a>,
    /// What is written for the last number.
    pub(super) pieces: Vec<Piece>,
    state: State,
}

/// What is known of the numbers so far.
#[derive(Default)]
struct State {
    digits: u32,
    /// How many of them were words, and which of the first 64.
    spelled: u32,
    which: u64,
    /// Numbers in words, and all of them.
    words: u32,
    numbers: u32,
    /// How many of them stand behind a comma or a mark.
    apart: u32,
    english: bool,
    last: Option<u32>,
    step: Option<i64>,
    uneven: bool,
    /// The last number in millions.
    millions: Option<u32>,
    end: usize,
}

/// What stands between two numbers.
#[derive(Default)]
struct Gap {
    between: usize,
    mark: Option<(u8, Range<usize>, bool)>,
    comma: Option<Range<usize>>,
}

impl<'a> Dictation<'a> {
    pub(super) fn new(tokens: Tokens<'a>) -> Self {
        Self { tokens, pieces: Vec::new(), state: State::default() }
    }

    /// The next dictated number at or after `at`, which then stands behind it.
    pub(super) fn next(&mut self, at: &mut usize) -> Option<Dictated> {
        while let Some(token) = self.tokens.next(*at) {
            *at = token.place.end;
            let plus = token.word() == Some(Word::Plus) || self.tokens.text[token.place.start] == b'+';
            let first = if plus { self.tokens.next(token.place.end) } else { Some(token.clone()) };
            let Some(first) = first.filter(|first| self.begins(first)) else { continue };
            self.pieces.clear();
            self.state = State::default();
            if plus {
                self.put(b'+', &token.place);
            }
            let start = token.place.start;
            let found = self.read(first);
            *at = self.state.end;
            if let Some(mut found) = found {
                found.place = start..*at;
                return Some(found);
            }
        }
        None
    }

    fn begins(&self, token: &Token) -> bool {
        token.kind == Kind::Figures || self.tokens.means(token, false).is_some_and(is_number)
    }

    /// Reads from the first number on.
    fn read(&mut self, first: Token) -> Option<Dictated> {
        let mut measured = false;
        let mut gap = Gap::default();
        let (mut extension, mut check) = (None, None);
        let mut before = first.place.start;
        let mut next = Some(first);
        while let Some(token) = next.take() {
            let word = self.tokens.means(&token, self.state.english);
            if token.kind == Kind::Figures || word.is_some_and(is_number) {
                if token.breaks && gap.comma.is_none() {
                    gap.comma = Some(before..token.place.start);
                }
                self.between(&gap, &token);
                gap = Gap::default();
                self.number(&token, word);
            } else if word == Some(Word::Extension) {
                extension = Some(token);
                break;
            } else if matches!(word, Some(Word::Measure | Word::Million)) {
                measured = true;
                break;
            } else if !self.goes_on(&mut gap, &token, word) {
                check = self.check(&gap, &token).then_some(token);
                break;
            }
            before = self.state.end.max(token.place.end);
            next = self.tokens.next(before);
        }
        if self.state.numbers == self.state.apart + 1 {
            self.pieces.retain(|piece| piece.byte != b',');
        }
        for piece in &mut self.pieces {
            piece.byte = if piece.byte == b',' { b' ' } else { piece.byte };
        }
        let main = self.pieces.len();
        let State { digits, spelled, which, words, .. } = self.state;
        // Millions are mostly an amount, and nobody dictates a telephone so.
        let round = self.state.millions.is_some_and(|value| value % 1000 == 0);
        let counting = self.state.step.is_some() && !self.state.uneven || self.state.millions.is_some();
        let enough = digits + u32::from(check.is_some()) >= LEAST_DIGITS;
        let worth = enough && !measured && !round && (words >= 2 || words == 1 && 2 * spelled >= digits);
        if let Some(word) = extension.filter(|_| worth) {
            self.extension(&word);
        }
        if let Some((letter, (mark, place, _))) = check.filter(|_| worth).zip(gap.mark) {
            self.put(mark, &place);
            self.put(b'K', &letter.place);
            self.state.end = letter.place.end;
        }
        worth.then_some(Dictated { place: 0..0, main, digits, spelled: which, counting })
    }

    /// Whether a token behind a hyphen is the letter that checks a number of Chile: `guion ka`.
    fn check(&self, gap: &Gap, token: &Token) -> bool {
        let letters = &self.tokens.text[token.place.clone()];
        let ends = matches!(gap.mark, Some((b'-', _, _))) && gap.comma.is_none() && !token.breaks;
        ends && (letters.eq_ignore_ascii_case(b"ka") || letters.eq_ignore_ascii_case(b"k"))
    }

    /// Takes what may stand between numbers; false for all else.
    fn goes_on(&self, gap: &mut Gap, token: &Token, word: Option<Word>) -> bool {
        gap.between += 1;
        if gap.between > MOST_BETWEEN {
            return false;
        }
        match (word, token.kind) {
            (Some(Word::Join | Word::Filler), _) => true,
            (Some(Word::Mark(b',')), _) | (_, Kind::Mark(b',' | b';')) => {
                gap.comma.get_or_insert(token.place.clone());
                true
            }
            (Some(Word::Mark(mark)), _) if gap.mark.is_none() && mark != b'_' => {
                gap.mark = Some((mark, token.place.clone(), true));
                true
            }
            (_, Kind::Mark(mark @ (b'.' | b'-' | b'/'))) => self.literal(gap, token, mark),
            (_, Kind::Mark(_)) => true,
            _ => false,
        }
    }

    /// A mark as it stands: kept within figures, a pause elsewhere, and dots in a row are nothing.
    fn literal(&self, gap: &mut Gap, token: &Token, mark: u8) -> bool {
        let text = self.tokens.text;
        let Range { start, end } = token.place;
        let before = text[..start].last().is_some_and(u8::is_ascii_digit);
        let after = text.get(end).is_some_and(u8::is_ascii_digit);
        let dots = mark == b'.' && (text[..start].last() == Some(&b'.') || text.get(end) == Some(&b'.'));
        let within = mark == b'-' && token.touches && text.get(end).is_some_and(|&byte| byte != b' ');
        if before && after && gap.mark.is_none() {
            gap.mark = Some((mark, token.place.clone(), false));
        } else if mark == b'/' {
            return false;
        } else if dots {
            gap.between = gap.between.min(1);
        } else if !within {
            gap.comma.get_or_insert(token.place.clone());
        }
        true
    }

    /// Writes what stands between the last number and the next one.
    fn between(&mut self, gap: &Gap, next: &Token) {
        if self.state.numbers == 0 {
            return;
        }
        if let Some((mark, place, made)) = &gap.mark {
            debug_assert!(place.end <= next.place.start);
            self.pieces.push(Piece { byte: *mark, place: place.clone(), made: *made });
            self.state.apart += 1;
        } else if let Some(place) = &gap.comma {
            self.put(b',', place);
            self.state.apart += 1;
        }
    }

    /// Writes one number.
    fn number(&mut self, token: &Token, word: Option<Word>) {
        self.state.numbers += 1;
        let Some(word) = word else {
            let mut value: Option<u32> = Some(0);
            for at in token.place.clone().filter(|&at| self.tokens.text[at].is_ascii_digit()) {
                let byte = self.tokens.text[at];
                value = value.and_then(|value| value.checked_mul(10)?.checked_add(u32::from(byte - b'0')));
                self.pieces.push(Piece { byte, place: at..at + 1, made: false });
                self.state.digits = self.state.digits.saturating_add(1);
            }
            self.state.end = token.place.end;
            return self.count(value);
        };
        if let Kind::Known(known) = token.kind {
            self.state.english = known.english || matches!(word, Word::Times(_) | Word::Digit(0)) && self.state.english;
        }
        let number = compose(&self.tokens, token, word, self.state.english);
        let place = token.place.start..number.end;
        for &digit in &number.digits[..number.len] {
            self.put(b'0' + digit, &place);
        }
        self.state.words += 1;
        let bits = (1_u64 << number.len) - 1;
        self.state.which |= bits.checked_shl(self.state.digits).unwrap_or_default();
        self.state.digits = self.state.digits.saturating_add(number.len as u32);
        self.state.spelled = self.state.spelled.saturating_add(number.len as u32);
        self.state.end = number.end;
        self.state.millions = self.state.millions.max(number.value.filter(|&value| value >= MILLION));
        self.count(number.value);
    }

    /// Notes whether the numbers still go up or down by one.
    fn count(&mut self, value: Option<u32>) {
        let state = &mut self.state;
        if state.numbers > 1 {
            let step = state.last.zip(value).map(|(last, value)| i64::from(value) - i64::from(last));
            state.uneven |= step.is_none_or(|step| step.abs() != 1) || state.step.is_some() && state.step != step;
            state.step = step;
        }
        state.last = value;
    }

    /// Writes ` ext. ` and the digits of an extension, if there are any.
    fn extension(&mut self, word: &Token) {
        let kept = (self.pieces.len(), self.state.end);
        for &byte in b" ext. " {
            self.put(byte, &word.place);
        }
        let start = self.pieces.len();
        let mut at = word.place.end;
        while let Some(token) = self.tokens.next(at) {
            let means = self.tokens.means(&token, self.state.english);
            let joins = matches!(means, Some(Word::Join | Word::Filler)) || token.kind == Kind::Mark(b'.');
            if token.kind == Kind::Figures || means.is_some_and(is_number) {
                self.number(&token, means);
                at = self.state.end;
            } else if joins && self.pieces.len() == start && at == word.place.end {
                at = token.place.end;
            } else {
                break;
            }
            if self.pieces.len() - start > LONGEST_EXTENSION {
                break;
            }
        }
        let digits = self.pieces.len() - start;
        if digits == 0 || digits > LONGEST_EXTENSION {
            self.pieces.truncate(kept.0);
            self.state.end = kept.1;
        }
    }

    fn put(&mut self, byte: u8, place: &Range<usize>) {
        self.pieces.push(Piece { byte, place: place.clone(), made: true });
    }
}
