//! The first two tracks of a card's magnetic stripe: `%B<number>^<name>^<yymm>...?` and `;<number>=<yymm>...?`.

use super::{Check, Read, is_digit, run, run_before};

/// How many digits a card has.
const CARD: std::ops::RangeInclusive<usize> = 12..=19;
/// The longest rest of a track.
const REST: usize = 60;

/// The track whose card number ends at `end`, with `^` or `=` behind it.
pub(super) fn around(text: &[u8], end: usize) -> Option<Read> {
    let digits = run_before(text, end, 20, is_digit);
    let card = &text[end - digits..end];
    if !CARD.contains(&digits) || !luhn(card) {
        return None;
    }
    let start = end - digits;
    let (start, stop) = if text[end] == b'^' { first(text, start, end)? } else { second(text, start, end)? };
    // What goes on is the local part of an address.
    if text
        .get(stop)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'%' | b'+'))
    {
        return None;
    }
    let stop = stop + usize::from(text.get(stop) == Some(&b'?'));
    Some(Read { range: start..stop, check: Check::Valid })
}

fn first(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let start = start.checked_sub(1).filter(|&at| text[at].eq_ignore_ascii_case(&b'B'))?;
    let name = run(text, end + 1, 27, |byte| !matches!(byte, b'^' | b'\n' | b'\r' | b'?'));
    let date = end + 1 + name + 1;
    if !(2..=26).contains(&name) || text.get(date - 1) != Some(&b'^') || !begins_with_month(text, date) {
        return None;
    }
    let rest = run(text, date, REST, |byte| byte.is_ascii_alphanumeric());
    Some((start - usize::from(text[..start].last() == Some(&b'%')), date + rest))
}

fn second(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let rest = run(text, end + 1, REST, is_digit);
    // Year, month and service code.
    if rest < 7 || !begins_with_month(text, end + 1) {
        return None;
    }
    Some((start - usize::from(text[..start].last() == Some(&b';')), end + 1 + rest))
}

/// Whether `yymm` stands at a place.
fn begins_with_month(text: &[u8], at: usize) -> bool {
    let Some([_, _, tens, units]) = text.get(at..).and_then(<[u8]>::first_chunk) else { return false };
    run(text, at, 4, is_digit) == 4 && (1..=12).contains(&((tens - b'0') * 10 + (units - b'0')))
}

fn luhn(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0_u32, |sum, (n, digit)| {
        let digit = u32::from(digit - b'0');
        sum + if n % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
    });
    sum.is_multiple_of(10) && digits.iter().any(|digit| digit != &digits[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<&str> {
        let end = text.find(['^', '='])?;
        around(text.as_bytes(), end).map(|read| &text[read.range])
    }

    #[test]
    fn both_tracks_are_read_whole() {
        let first = "%B4111111111111111^PEREZ/ANA^29081010000000000?";
        assert_eq!(find(&format!("trilha {first}.")), Some(first));
        let second = ";4111111111111111=29081010000000000000?";
        assert_eq!(find(&format!("track2: {second}")), Some(second));
        assert_eq!(find("4111111111111111=2908101123 ok"), Some("4111111111111111=2908101123"));
    }

    #[test]
    fn what_has_no_card_or_no_month_is_none() {
        for text in [
            ";4111111111111112=29081010000000000000?",
            ";4111111111111111=29131010000000000000?",
            "4111111111111111=290",
            "B4111111111111111^A^2908101",
            "x=4111111111111111",
            "4111111111111111=2908101ana@example.org",
            "%4111111111111111^PEREZ/ANA^29081010000000000?",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
