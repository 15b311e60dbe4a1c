//! How far a label is from a candidate. Other candidates and placeholders between them count as one character each, so
//! that redacting what lies between moves nothing.

use super::phrase::{is_delimiter, placeholder};
use crate::r#match::connect::{ORDINALS, speaker};
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, SYMBOL, folded, is};
use crate::view::markup::element;

/// More candidates between than this, and the label is another's.
pub(crate) const ITEMS: u8 = 2;

/// What lies between a label and a candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact about what lies between")]
pub(crate) struct Between {
    /// How many characters, candidates and placeholders counted as one.
    pub(crate) length: u8,
    /// How many candidates and placeholders.
    pub(crate) items: u8,
    /// Whether a sentence ends.
    pub(crate) sentence: bool,
    /// Whether the label's sentence is a question, and what stands between leads to the answer.
    pub(crate) asked: bool,
    /// Whether the label ends with a short word and a full stop, directly before the candidate: `tel. 55`.
    pub(crate) abbreviated: bool,
    /// Whether there is something that ends a clause: `. , ; )` or a line break.
    pub(crate) stop: bool,
}

impl Between {
    /// Reads what lies in `from..to`; where there are too many candidates, nothing else is right.
    pub(crate) fn measure(text: &[u8], from: usize, to: usize) -> Self {
        let text = &text[..to];
        let mut between = Self::default();
        if to - from <= 255 && !text[from..].iter().any(|&byte| MARKS[usize::from(byte)] & MATTERS != 0) {
            between.length = (to - from) as u8;
            return between;
        }
        let (mut at, mut since_item) = (from, usize::MAX);
        // A word after a line break or an emoji begins a sentence.
        let (mut length, mut broken) = (0_usize, false);
        while at < to && between.items <= ITEMS {
            let marks = MARKS[usize::from(text[at])];
            if marks & BRACKET != 0
                && let Some(end) = placeholder(text, at)
            {
                between.item(&mut length, &mut since_item);
                at = end;
                continue;
            }
            if text[at] == b'?' && is_answer(&text[at + 1..])
                || is(text[at], NEWLINE) && between.items == 0 && is_reply(&text[at..])
            {
                // What follows is the answer.
                between.asked = true;
                length += 1;
                break;
            }
            if marks & DELIMITER != 0 {
                between.sentence |= text[at] == b'?';
                between.stop |= marks & STOP != 0;
                broken |= is(text[at], NEWLINE);
                length += 1;
                // A space may stand inside a candidate; a comma stands between two.
                since_item = if is(text[at], SPACE) { since_item.saturating_add(1) } else { usize::MAX };
                at += 1;
                continue;
            }
            let start = at;
            let (mut all, mut digits) = (0, 0);
            while at < to {
                let marks = MARKS[usize::from(text[at])];
                if marks & DELIMITER != 0 {
                    break;
                }
                all |= marks;
                digits += usize::from(marks & DIGITS);
                at += 1;
            }
            if all & LETTERS != 0 && broken {
                between.sentence = true;
            }
            if digits >= 4 || all & ADDRESS != 0 {
                between.item(&mut length, &mut since_item);
                between.sentence |= text[at - 1] == b'.' && at < to && is(text[at], SPACE | NEWLINE);
                continue;
            }
            broken |= all & SIGN != 0;
            length += at - start - if all & UNSEEN == 0 { 0 } else { unseen(&text[start..at]) };
            between.stop |= text[at - 1] == b'.';
            // After two to four letters a full stop ends an abbreviation, as in `nº.`.
            let ends = text[at - 1] == b'!' || text[at - 1] == b'.' && !(3..=5).contains(&(at - start));
            between.abbreviated |= start == from && text[start..at] == *b"." && is_abbreviated(text, at);
            between.sentence |= ends && at < to && is(text[at], SPACE | NEWLINE);
            if all & LETTERS != 0 {
                since_item = usize::MAX;
            }
        }
        between.length = length.min(255) as u8;
        between
    }

    /// Counts a candidate; one that follows another within three characters belongs to it.
    fn item(&mut self, length: &mut usize, since: &mut usize) {
        if *since > 3 {
            *length += 1;
            self.items = self.items.saturating_add(1);
        } else {
            *length -= (*since).min(*length);
        }
        *since = 0;
    }
}

/// Whether what stands between a question and a candidate leads to the answer: a line break, the other speaker's name, a word
/// or two that say nothing.
#[inline(never)]
fn is_answer(between: &[u8]) -> bool {
    const WORDS: [&[u8]; 17] = [
        b"e", b"es", b"eh", b"is", b"o", b"a", b"el", b"la", b"al", b"no", b"meu", b"mi", b"sim", b"si", b"claro",
        b"it", b"seria",
    ];
    let blank = |at: usize| {
        at + between[at..]
            .iter()
            .take_while(|&&byte| is(byte, SPACE | NEWLINE | INVISIBLE) || matches!(byte, b'>' | b'*' | b','))
            .count()
    };
    let mut at = blank(0);
    at += speaker(&between[at..]).unwrap_or(0);
    for _ in 0..3 {
        let word = between[at..].iter().take_while(|&&byte| is(byte, LETTER)).count();
        let mut folded = [0; 5];
        if word > folded.len() {
            return false;
        }
        for (folded, &byte) in folded.iter_mut().zip(&between[at..at + word]) {
            *folded = FOLD[usize::from(byte)];
        }
        if word > 0 && !WORDS.contains(&&folded[..word]) {
            return false;
        }
        at = blank(at + word);
    }
    between[at..].iter().all(|&byte| matches!(byte, b'(' | b'+' | b'"'))
}

/// Whether a line break leads to another speaker's name, or to the next field of a form, and that to the candidate.
#[inline(never)]
fn is_reply(between: &[u8]) -> bool {
    let line = between.iter().position(|&byte| !is(byte, SPACE | NEWLINE | INVISIBLE) && byte != b'>').unwrap_or(0);
    speaker(&between[line..]).is_some() && is_answer(between)
}

/// Whether the full stop before `at` follows a short word, and no other words than `N°` and no digits follow.
#[inline(never)]
fn is_abbreviated(text: &[u8], at: usize) -> bool {
    const LONGEST: usize = 5;
    let letters = text[..at - 1].iter().rev().take(LONGEST + 1).take_while(|&&byte| is(byte, LETTER)).count();
    let (mut at, mut plain) = (at, letters <= LONGEST);
    while plain && at < text.len() {
        let after = element(text, at).or_else(|| ordinal(text, at));
        plain = after.is_some() || !is(text[at], LETTER | DIGIT | NEWLINE) && !matches!(text[at], b'.' | b'!' | b'?');
        at = after.unwrap_or(at + 1);
    }
    plain
}

/// Where a word for `number` ends that begins at a place, its full stop or sign with it.
fn ordinal(text: &[u8], at: usize) -> Option<usize> {
    let length = text[at..].iter().take(4).take_while(|&&byte| is(byte, LETTER)).count();
    let known = || ORDINALS.contains(&&*folded(&text[at..at + length]));
    let sign = usize::from(matches!(text.get(at + length), Some(b'.' | 0xB0)));
    (length > 0 && !is(text[at - 1], LETTER) && known()).then_some(at + length + sign)
}

#[cold]
fn unseen(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is(byte, INVISIBLE)).count()
}

const DIGITS: u8 = 1;
const LETTERS: u8 = 2;
const UNSEEN: u8 = 4;
const DELIMITER: u8 = 8;
const ADDRESS: u8 = 16;
const BRACKET: u8 = 32;
const STOP: u8 = 64;
/// It makes more of what lies between than its length.
const MATTERS: u8 = 128;
/// An emoji or other symbol: only in chunks, so it shares the bit of brackets, which are delimiters.
const SIGN: u8 = BRACKET;

/// What each byte between a label and a candidate is.
const MARKS: [u8; 256] = marks();

const fn marks() -> [u8; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        let mut marks = 0;
        if is(byte, DIGIT) {
            marks |= DIGITS | MATTERS;
        }
        if is(byte, LETTER) {
            marks |= LETTERS;
        }
        if is(byte, INVISIBLE) {
            marks |= UNSEEN | MATTERS;
        }
        if is_delimiter(byte) {
            marks |= DELIMITER;
        }
        if is(byte, SYMBOL) {
            marks |= SIGN | MATTERS;
        }
        if is(byte, NEWLINE) || matches!(byte, b',' | b';' | b')') {
            marks |= STOP | MATTERS;
        }
        marks |= match byte {
            b'@' => ADDRESS | MATTERS,
            b'[' | b'<' | b'{' => BRACKET | MATTERS,
            b'?' | b'.' | b'!' => MATTERS,
            _ => 0,
        };
        table[n] = marks;
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::Between;

    fn measure(text: &str) -> (u8, u8) {
        let between = Between::measure(text.as_bytes(), 0, text.len());
        (between.length, between.items)
    }

    #[test]
    fn a_candidate_and_its_placeholder_count_alike() {
        for text in [": 529.982.247-25, ", ": [CPF], ", ": [CPF_12], ", ": ana@example.com, "] {
            assert_eq!(measure(text), measure(": [CPF], "), "{text}");
        }
        assert_eq!(measure(" es "), (4, 0));
        assert_eq!(measure("52998224725 11987654321"), measure("[CPF] [PHONE]"));
    }

    #[test]
    fn a_full_stop_after_a_short_label_ends_no_sentence() {
        let ends = |label: &str, rest: &str| {
            let text = format!("{label}{rest}");
            let between = Between::measure(text.as_bytes(), label.len(), text.len());
            between.sentence && !between.abbreviated
        };
        assert!(!ends("tel", ". **(") && !ends("tel", ". <b>+") && !ends("tel", ". "));
        assert!(!ends("meu cel", ".  ") && !ends("tel", ".: ") && !ends("DNI", ". "));
        assert!(ends("meu telefone", ". ") && ends("tel", ". O novo é ") && ends("tel", "! "));
    }

    #[test]
    fn a_question_goes_on_with_its_answer() {
        let ends = |rest: &str| Between::measure(format!("tel{rest}").as_bytes(), 3, 3 + rest.len()).sentence;
        for rest in
            ["? ", "?\n", "?\nAna: ", "?\n[10:23, 20/11/2026] Ana: ", "?\n20/11/2026 10:23 - Ana: e o ", "?\n> al "]
        {
            assert!(!ends(rest), "{rest:?}");
        }
        for rest in ["? Pedido ", "?\nO boleto é ", "?\nPago 12 de 34 em "] {
            assert!(ends(rest), "{rest:?}");
        }
    }
}
