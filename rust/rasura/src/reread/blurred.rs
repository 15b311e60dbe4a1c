//! Letters in place of digits, as optical recognition makes them: `5299B2247-2S`. They count beside a label alone.

use std::ops::Range;

use super::copy::Copy;
use crate::view::class::{DIGIT, LETTER, SPACE, is};

/// The fewest characters of a number, and how many of them are digits.
const FEWEST: usize = 6;
const DIGITS: usize = 3;
/// The longest number.
const LONGEST: usize = 64;

/// The digit that a letter may stand for.
const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'O' | b'o' => Some(b'0'),
        b'l' | b'I' => Some(b'1'),
        b'S' => Some(b'5'),
        b'B' => Some(b'8'),
        _ => None,
    }
}

/// The number of a letter that stands by a digit and reads as one.
#[inline]
pub(super) fn number_at(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    if digit(text[at]).is_some() && (is_digit(at.wrapping_sub(1)) || is_digit(at + 1)) {
        blurred_at(text, at)
    } else {
        None
    }
}

fn blurred_at(text: &[u8], at: usize) -> Option<Range<usize>> {
    let letter = |byte: &&u8| digit(**byte).is_some();
    let before = text[..at].iter().rev().take(LONGEST).take_while(letter).count();
    let after = text[at..].iter().take(LONGEST).take_while(letter).count();
    if touched(text, &(at - before..at + after)) {
        return None;
    }
    number(text, at)
}

/// Whether letters that read as digits touch others.
fn touched(text: &[u8], run: &Range<usize>) -> bool {
    let is_letter = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER) && digit(byte).is_none());
    is_letter(run.start.wrapping_sub(1)) || is_letter(run.end)
}

/// The number around a place that has such letters.
fn number(text: &[u8], at: usize) -> Option<Range<usize>> {
    let (mut start, mut end) = (at, at);
    // How many characters of each part there are, each in a byte of its own, since there are at most twice `LONGEST`.
    let mut parts = 0_u32;
    for &byte in text[..at].iter().rev().take(LONGEST).take_while(|&&byte| PARTS[usize::from(byte)] != 0) {
        parts += PARTS[usize::from(byte)];
        start -= 1;
    }
    for &byte in text[at..].iter().take(LONGEST).take_while(|&&byte| PARTS[usize::from(byte)] != 0) {
        parts += PARTS[usize::from(byte)];
        end += 1;
    }
    let [digits, letters, ..] = parts.to_le_bytes().map(usize::from);
    (digits >= DIGITS && digits >= letters && digits + letters >= FEWEST).then_some(start..end)
}

/// What the characters of such a number are: digits in the lowest byte, letters in the next, others in the third.
static PARTS: [u32; 256] = {
    let mut parts = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        parts[byte as usize] = if is(byte, DIGIT) {
            1
        } else if digit(byte).is_some() {
            1 << 8
        } else if matches!(byte, b'.' | b'-' | b'/' | b' ' | b'(' | b')' | b'+') {
            1 << 16
        } else {
            0
        };
        byte += 1;
    }
    parts
};

/// Reads a stretch with such letters as digits, where they stand in numbers and touch no other letter.
pub(super) fn rewrite(text: &[u8], range: Range<usize>, copy: &mut Copy) {
    let is_digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let mut at = range.start;
    while at < range.end {
        let run = text[at..range.end].iter().take_while(|&&byte| digit(byte).is_some()).count();
        if run == 0 {
            copy.keep(text, at..at + 1);
            at += 1;
            continue;
        }
        let end = at + run;
        let bound = at > 0 && is_digit(at - 1) || is_digit(end);
        // A group of letters alone, as in `333/OOO1` and `(ll) 95555`, belongs to the digits beyond a mark.
        let behind = || text[end..].iter().take(2).take_while(|&&byte| is_joint(byte)).count();
        let grouped =
            || at > 1 && is_joint(text[at - 1]) && is_digit(at - 2) || behind() > 0 && is_digit(end + behind());
        if !touched(text, &(at..end)) && (bound || grouped()) {
            for (place, &letter) in (at..end).zip(&text[at..end]) {
                copy.put(digit(letter).unwrap_or_default(), place..place + 1);
            }
        } else {
            copy.keep(text, at..end);
        }
        at = end;
    }
}

fn is_joint(byte: u8) -> bool {
    matches!(byte, b'.' | b'-' | b'/' | b')') || is(byte, SPACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut copy = Copy::default();
        rewrite(text.as_bytes(), 0..text.len(), &mut copy);
        copy.bytes.iter().copied().map(char::from).collect()
    }

    #[test]
    fn letters_in_numbers_are_digits() {
        assert_eq!(read("529.9B2.247-2S"), "529.982.247-25");
        assert_eq!(read("S2998224725 11.222.333/OOOl-81"), "52998224725 11.222.333/0001-81");
        assert_eq!(read("PEGJ8504l2HDFRRNO6"), "PEGJ850412HDFRRNO6");
    }

    #[test]
    fn words_are_words() {
        assert_eq!(read("Ola, 5 BOLSAS, 2 Bs"), "Ola, 5 BOLSAS, 2 Bs");
    }

    #[test]
    fn only_numbers_are_looked_at() {
        let found = |text: &str, at: usize| number(text.as_bytes(), at).map(|range| text[range].to_owned());
        assert_eq!(found("cpf 529.9B2.247-2S.", 10).as_deref(), Some(" 529.9B2.247-2S."));
        assert_eq!(found("comprei 5l e 2B", 9), None);
    }
}
