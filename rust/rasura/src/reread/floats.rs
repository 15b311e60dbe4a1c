//! Whole numbers as spreadsheets write them: `52998224725.0`, `5.2998224725E10`.

use std::ops::Range;

use super::copy::Copy;
use crate::view::class::{DIGIT, LETTER, is};

/// The fewest and the most digits of a number.
const FEWEST: usize = 8;
const MOST: usize = 20;

/// The most zeros at the end that are not written: with more, digits were lost.
const MOST_ZEROS: usize = 2;

/// A number as it is written, and how many of its characters are what.
struct Float {
    place: Range<usize>,
    /// Digits before the decimal point.
    whole: usize,
    /// Digits behind it that count.
    decimals: usize,
    /// Zeros that are not written.
    zeros: usize,
}

/// The number whose point or exponent stands at a place.
#[inline]
pub(super) fn number_at(text: &[u8], at: usize) -> Option<Range<usize>> {
    let mark = matches!(text[at], b'.' | b',' | b'E' | b'e');
    if mark && at > 0 && is(text[at - 1], DIGIT) { float_at(text, at) } else { None }
}

fn float_at(text: &[u8], at: usize) -> Option<Range<usize>> {
    match text[at] {
        b'.' | b',' => with_zeros(text, at),
        b'E' | b'e' => with_exponent(text, at),
        _ => None,
    }
    .map(|float| float.place)
}

/// How many digits stand before a place.
fn digits_before(text: &[u8], at: usize) -> usize {
    text[..at].iter().rev().take(MOST + 1).take_while(|&&byte| is(byte, DIGIT)).count()
}

fn digits_from(text: &[u8], at: usize) -> usize {
    text[at.min(text.len())..].iter().take(MOST + 1).take_while(|&&byte| is(byte, DIGIT)).count()
}

/// Whether no number goes on at either end; the point of this one stands at `point`.
fn stands_apart(text: &[u8], Range { start, end }: &Range<usize>, point: usize) -> bool {
    let word = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT | LETTER));
    let digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let (before, same) = (start.wrapping_sub(1), |at: usize| text.get(at) == text.get(point));
    let signed = matches!(text.get(before), Some(b'-' | b'+'));
    let goes_on = word(before) || signed || word(*end);
    let joined = same(before) && digit(start.wrapping_sub(2)) || same(*end) && digit(end + 1);
    !(goes_on || joined)
}

/// `52998224725.0`, `52998224725,00`.
fn with_zeros(text: &[u8], at: usize) -> Option<Float> {
    let whole = digits_before(text, at);
    let zeros = text[at + 1..].iter().take(3).take_while(|&&byte| byte == b'0').count();
    let place = at - whole..at + 1 + zeros;
    let fits = (FEWEST..=MOST).contains(&whole) && (1..=2).contains(&zeros) && stands_apart(text, &place, at);
    fits.then_some(Float { place, whole, decimals: 0, zeros: 0 })
}

/// `5.2998224725E10`, `5,2998224725E+10`.
fn with_exponent(text: &[u8], at: usize) -> Option<Float> {
    let decimals = digits_before(text, at);
    let point = at.checked_sub(decimals + 1).filter(|&at| matches!(text[at], b'.' | b','))?;
    let sign = usize::from(text.get(at + 1) == Some(&b'+'));
    let digits = digits_from(text, at + 1 + sign);
    let place = point.checked_sub(1)?..at + 1 + sign + digits;
    let exponent = text[at + 1 + sign..place.end].iter().fold(0, |all, &byte| all * 10 + usize::from(byte - b'0'));
    let fits = is(text[place.start], DIGIT)
        && (1..=2).contains(&digits)
        && (FEWEST..=MOST).contains(&(exponent + 1))
        && (exponent.saturating_sub(MOST_ZEROS)..=exponent).contains(&decimals)
        && decimals > 0
        && stands_apart(text, &place, point);
    fits.then(|| Float { place, whole: 1, decimals, zeros: exponent - decimals })
}

/// Reads a stretch with such numbers as digits.
pub(super) fn rewrite(text: &[u8], range: Range<usize>, copy: &mut Copy) {
    let text = &text[..range.end];
    let mut done = range.start;
    for at in range.start + 1..range.end {
        let float = match text[at] {
            b'.' | b',' => with_zeros(text, at),
            b'E' | b'e' => with_exponent(text, at),
            _ => None,
        };
        let Some(float) = float.filter(|float| float.place.start >= done) else { continue };
        copy.keep(text, done..float.place.start);
        write(text, &float, copy);
        done = float.place.end;
    }
    copy.keep(text, done..range.end);
}

fn write(text: &[u8], Float { place, whole, decimals, zeros }: &Float, copy: &mut Copy) {
    let first = place.start..place.start + whole;
    let second = first.end + 1..first.end + 1 + decimals;
    let last = if *decimals > 0 { second.end } else { first.end } - 1;
    for at in first.chain(second) {
        // What is no digit goes with the last one.
        let end = if at == last { place.end } else { at + 1 };
        copy.put(text[at], at..end);
    }
    (0..*zeros).for_each(|_| copy.put(b'0', last..place.end));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut copy = Copy::default();
        rewrite(text.as_bytes(), 0..text.len(), &mut copy);
        assert!(copy.places.is_sorted());
        copy.bytes.iter().copied().map(char::from).collect()
    }

    #[test]
    fn whole_numbers_are_digits() {
        assert_eq!(read("cpf: 52998224725.0, ok"), "cpf: 52998224725, ok");
        assert_eq!(read("11222333000181.00;52998224725,0"), "11222333000181;52998224725");
        assert_eq!(
            read("5.2998224725E10 5,2998224725e+10 4.1E2 5.29982E10"),
            "52998224725 52998224725 4.1E2 5.29982E10"
        );
    }

    #[test]
    fn other_numbers_stay() {
        for text in
            ["1234567.0", "12345678.50", "12345678.000", "1.52998224725.0", "52998224725.0.1", "1.5e-10", "5e10"]
        {
            assert_eq!(read(text), text);
        }
        assert_eq!(
            read("a5.2998224725E10 5.2998224725E10a 5.29E300 5.2998224725E9"),
            "a5.2998224725E10 5.2998224725E10a 5.29E300 5.2998224725E9"
        );
    }

    #[test]
    fn a_finding_covers_what_is_no_digit() {
        let mut copy = Copy::default();
        rewrite(b"5.29982247E10", 0..13, &mut copy);
        assert_eq!(copy.bytes, b"52998224700");
        assert_eq!(copy.source(&(0..11)), 0..13);
        assert_eq!(copy.source(&(0..1)), 0..1);
    }
}
