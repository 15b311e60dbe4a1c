//! The machine readable zone of passports (two lines of 44), visas (44 or 36) and identity cards (three lines of 30, or two of
//! 36), as ICAO 9303 says: found by the date of birth, the sex and the date of expiry, which stand side by side.

use super::{Check, Read, is_digit, run, run_before};

/// The date of birth with its check digit, and so the date of expiry.
pub(super) const DATE: usize = 7;
/// Number, check digit and nationality stand before it in two lines.
const BEFORE: usize = 13;

/// The zone whose sex stands at `sex`.
pub(super) fn around(text: &[u8], sex: usize) -> Option<Read> {
    let birth = sex.checked_sub(DATE)?;
    if run_before(text, sex, DATE, is_digit) < DATE || run(text, sex + 1, DATE, is_digit) < DATE {
        return None;
    }
    let dates = [birth, sex + 1];
    if dates.iter().any(|&at| !is_right(&text[at..at + DATE])) {
        return None;
    }
    let before = run_before(text, birth, BEFORE + 1, is_zone);
    let line = birth - before;
    let length = run(text, line, 45, is_zone);
    let range = match (before, length) {
        (BEFORE, 36 | 44) if is_right(&text[line..line + 10]) => {
            let first =
                line_before(text, line, length).filter(|&at| matches!(text[at], b'P' | b'V' | b'A' | b'C' | b'I'));
            first.unwrap_or(line)..line + length
        }
        (0, 30) => {
            let first = line_before(text, line, length).filter(|&at| is_right(&text[at + 5..at + 15]));
            let names = line_after(text, line + length, length);
            // One line of three is told by what fills it.
            if first.is_none() && !text[line..line + length].windows(3).any(|three| three == b"<<<") {
                return None;
            }
            first.unwrap_or(line)..names.map_or(line + length, |at| at + length)
        }
        _ => return None,
    };
    Some(Read { range, check: Check::Valid })
}

fn is_zone(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<'
}

/// Whether the last character is the check digit of those before: weights 7, 3, 1, modulo 10.
fn is_right(field: &[u8]) -> bool {
    let Some((&digit, body)) = field.split_last() else { return false };
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    let sum: u32 = body.iter().zip([7, 3, 1].iter().cycle()).map(|(&byte, weight)| value(byte) * weight).sum();
    // What is left out has a filler for its check digit too.
    value(digit) == sum % 10 && (is_digit(digit) || digit == b'<' && sum == 0)
}

/// Where the line before the one at `line` begins, if it has the same length.
fn line_before(text: &[u8], line: usize, length: usize) -> Option<usize> {
    let gap = gap(text[..line].iter().rev())?;
    let end = line - gap;
    (run_before(text, end, length + 1, is_zone) == length).then(|| end - length)
}

/// Where the line after the one that ends at `end` begins, if it has the same length.
fn line_after(text: &[u8], end: usize, length: usize) -> Option<usize> {
    let at = end + gap(text[end..].iter())?;
    (run(text, at, length + 1, is_zone) == length).then_some(at)
}

/// How many blanks part two lines: at least one, at most three.
fn gap<'t>(bytes: impl Iterator<Item = &'t u8>) -> Option<usize> {
    let blanks = bytes.take(4).take_while(|byte| byte.is_ascii_whitespace()).count();
    (1..=3).contains(&blanks).then_some(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The published specimen of ICAO 9303: Utopia is no country.
    const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const CARD: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

    fn find(text: &str) -> Option<&str> {
        let sex = text.find("F1204").unwrap_or(text.len() - 1);
        around(text.as_bytes(), sex).map(|read| &text[read.range])
    }

    #[test]
    fn all_lines_belong_to_the_zone() {
        assert_eq!(find(&format!("MRZ: {PASSPORT} ok")), Some(PASSPORT));
        assert_eq!(find(&format!("frente\r\n{CARD}\r\nfim")), Some(CARD));
        let crlf = CARD.replace('\n', "\r\n");
        assert_eq!(find(&crlf), Some(&*crlf));
    }

    #[test]
    fn the_line_with_the_dates_is_enough() {
        let line = PASSPORT.split('\n').nth(1).expect("two lines");
        assert_eq!(find(&format!("segunda linha {line}")), Some(line));
    }

    #[test]
    fn wrong_check_digits_or_lengths_are_none() {
        assert_eq!(find(&PASSPORT.replace("7408122", "7408123")), None);
        assert_eq!(find(&PASSPORT.replace("L898902C36", "L898902C37")), None);
        assert_eq!(find(&PASSPORT[..80]), None);
    }
}
