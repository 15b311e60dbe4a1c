//! One number of one or more words: `cinquenta e dois`, `quinientos veintinueve`, `double five`, `dois zeros`.

use super::tokens::{Kind, Token, Tokens, is_number};
use super::words::Word;

/// The most digits of a number: `mil doscientos millones ...`.
const MOST: usize = 10;

/// One number in words.
pub(super) struct Number {
    pub(super) digits: [u8; MOST],
    pub(super) len: usize,
    pub(super) end: usize,
    /// Its value, unless it is a digit several times.
    pub(super) value: Option<u32>,
}

/// Adds the digits of the number that a word begins; where it ends, `None` where it begins none.
pub(super) fn spelled(tokens: &Tokens<'_>, token: &Token, digits: &mut Vec<u8>) -> Option<usize> {
    let word = tokens.means(token, false).filter(|&word| is_number(word))?;
    let number = compose(tokens, token, word, false);
    digits.extend(number.digits[..number.len].iter().map(|digit| b'0' + digit));
    Some(number.end)
}

/// The number that begins with a word.
pub(super) fn compose(tokens: &Tokens<'_>, token: &Token, word: Word, english: bool) -> Number {
    let after = Follows { tokens, english };
    let number = below_million(&after, token.place.end, word);
    match (number.value, after.word(number.end)) {
        (Some(millions @ 1..=MILLIONS), Some((Word::Million, end))) => {
            let (rest, end) = after.below_million(end).unwrap_or((0, end));
            of_value(millions * 1_000_000 + rest, end)
        }
        _ => number,
    }
}

/// As many millions have their digits side by side.
const MILLIONS: u32 = 1_999;

fn below_million(after: &Follows<'_>, end: usize, word: Word) -> Number {
    match word {
        Word::Digit(digit) | Word::Units(digit) => of_digit(digit, end),
        Word::Times(times) => match after.digit(end) {
            Some((digit, end)) => repeated(digit, times, end),
            None => Number { digits: [0; MOST], len: 0, end, value: None },
        },
        Word::Unit(unit) => match after.word(end) {
            Some((Word::Units(digit), end)) if unit > 1 => repeated(digit, unit.min(8), end),
            Some((Word::Hundred, end)) => after.thousands(u32::from(unit) * 100, end, Follows::below_hundred),
            Some((Word::Thousand, _)) => after.thousands(u32::from(unit), end, |_, _| None),
            _ => of_digit(unit, end),
        },
        Word::Teen(10) => after.thousands(10, end, Follows::six_to_nine),
        Word::Teen(teen) => after.thousands(u32::from(teen), end, |_, _| None),
        Word::Tens(tens) => after.thousands(u32::from(tens), end, Follows::unit),
        Word::Hundreds(hundreds) => after.thousands(u32::from(hundreds), end, Follows::below_hundred),
        _ => after.rest(1000, end),
    }
}

fn of_digit(digit: u8, end: usize) -> Number {
    let mut digits = [0; MOST];
    digits[0] = digit;
    Number { digits, len: 1, end, value: Some(u32::from(digit)) }
}

fn repeated(digit: u8, times: u8, end: usize) -> Number {
    Number { digits: [digit; MOST], len: usize::from(times), end, value: None }
}

fn of_value(value: u32, end: usize) -> Number {
    let len = value.max(1).ilog10() as usize + 1;
    let mut digits = [0; MOST];
    let mut left = value;
    for digit in digits[..len].iter_mut().rev() {
        *digit = (left % 10) as u8;
        left /= 10;
    }
    Number { digits, len, end, value: Some(value) }
}

/// What may follow the words of a number.
struct Follows<'a> {
    tokens: &'a Tokens<'a>,
    english: bool,
}

/// A value and where its words end.
type Part = Option<(u32, usize)>;

impl Follows<'_> {
    /// The next word, behind nothing but spaces or one hyphen.
    fn word(&self, at: usize) -> Option<(Word, usize)> {
        let mut token = self.tokens.next(at)?;
        if token.kind == Kind::Mark(b'-') && token.touches {
            token = self.tokens.next(token.place.end).filter(|token| token.touches)?;
        }
        let word = self.tokens.means(&token, self.english).filter(|_| !token.breaks)?;
        Some((word, token.place.end))
    }

    fn digit(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.tokens.next(at)?;
        if token.kind == Kind::Figures && token.place.len() == 1 {
            return Some((self.tokens.text[token.place.start] - b'0', token.place.end));
        }
        match token.word()? {
            Word::Digit(digit) | Word::Unit(digit) | Word::Units(digit) => Some((digit, token.place.end)),
            Word::Unsure(b'm') => Some((1, token.place.end)),
            Word::Unsure(b'o') => Some((0, token.place.end)),
            _ => None,
        }
    }

    /// Behind the word that joins, where there is one.
    fn joined(&self, at: usize) -> usize {
        self.word(at).filter(|&(word, _)| word == Word::Join).map_or(at, |(_, end)| end)
    }

    /// One to nine, unless it begins a number of its own: `dois zeros`, `one hundred`.
    fn unit(&self, at: usize) -> Part {
        let (Word::Unit(unit), end) = self.word(self.joined(at))? else { return None };
        let own = matches!(self.word(end), Some((Word::Units(_) | Word::Hundred, _)));
        (!own).then_some((u32::from(unit), end))
    }

    /// Spanish writes sixteen as ten and six too.
    fn six_to_nine(&self, at: usize) -> Part {
        let joined = self.joined(at);
        self.unit(at).filter(|&(unit, _)| joined > at && unit > 5 && self.tokens.text[joined - 1] | 0x20 == b'y')
    }

    fn below_hundred(&self, at: usize) -> Part {
        match self.word(self.joined(at))? {
            (Word::Teen(teen), end) => Some((u32::from(teen), end)),
            (Word::Tens(tens), end) => {
                let (unit, end) = self.unit(end).unwrap_or((0, end));
                Some((u32::from(tens) + unit, end))
            }
            _ => self.unit(at),
        }
    }

    fn below_thousand(&self, at: usize) -> Part {
        match self.word(self.joined(at))? {
            (Word::Hundreds(hundreds), end) => {
                let (rest, end) = self.below_hundred(end).unwrap_or((0, end));
                Some((u32::from(hundreds) + rest, end))
            }
            (Word::Unit(unit), end) if let Some((Word::Hundred, end)) = self.word(end) => {
                let (rest, end) = self.below_hundred(end).unwrap_or((0, end));
                Some((u32::from(unit) * 100 + rest, end))
            }
            _ => self.below_hundred(at),
        }
    }

    fn below_million(&self, at: usize) -> Part {
        let (word, end) = self.word(self.joined(at))?;
        let number = if word == Word::Thousand {
            self.rest(1000, end)
        } else {
            let (value, end) = self.below_thousand(at)?;
            self.thousands(value, end, |_, _| None)
        };
        number.value.map(|value| (value, number.end))
    }

    /// A value with what `more` adds to it, and thousands of that where the word follows.
    fn thousands(&self, value: u32, end: usize, more: fn(&Self, usize) -> Part) -> Number {
        let (rest, end) = more(self, end).unwrap_or((0, end));
        match self.word(end) {
            Some((Word::Thousand, end)) => self.rest((value + rest) * 1000, end),
            _ => of_value(value + rest, end),
        }
    }

    /// Thousands with what follows them.
    fn rest(&self, thousands: u32, end: usize) -> Number {
        let own = |end: usize| self.word(end).is_some_and(|(word, _)| word == Word::Thousand);
        let (rest, end) = self.below_thousand(end).filter(|&(_, end)| !own(end)).unwrap_or((0, end));
        of_value(thousands + rest, end)
    }
}
