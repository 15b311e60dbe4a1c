//! Panama's two check digits: each group of a number is padded by itself, so separators matter.

/// The letters by which kinds of persons are told.
const A: u8 = 10;
const D: u8 = 13;
const E: u8 = 14;
const I: u8 = 18;
const N: u8 = 23;
const P: u8 = 25;
const T: u8 = 29;
const V: u8 = 31;
/// How many digits the sums go over.
const BODY: usize = 20;

/// Whether a number with its `DV` behind has the right one; one without is no number that this rule is asked for.
pub(super) fn passes(symbols: &[u8], breaks: u64) -> bool {
    let Some(end) = symbols.windows(2).position(|two| two == [D, V]) else { return false };
    let groups = groups(&symbols[..end], breaks);
    let found = &symbols[end + 2..];
    let Some((body, old)) = body(&groups) else { return false };
    let first = digit(&body, old);
    let mut longer = body.to_vec();
    longer.push(first);
    let second = digit(&longer, old);
    match *found {
        [only] => first == 0 && only == second,
        [tens, units] => (tens, units) == (first, second),
        _ => false,
    }
}

fn groups(symbols: &[u8], breaks: u64) -> Vec<&[u8]> {
    let mut groups = Vec::new();
    let mut start = 0;
    for at in 1..=symbols.len() {
        if at == symbols.len() || breaks >> at & 1 == 1 {
            groups.push(&symbols[start..at]);
            start = at;
        }
    }
    groups
}

/// The twenty digits of the sums, and whether the number is an old company's.
fn body(groups: &[&[u8]]) -> Option<([u8; BODY], bool)> {
    let digits = |group: &[u8], most: usize| (1..=most).contains(&group.len()) && group.iter().all(|&digit| digit < 10);
    let is_seat = |tome: &[u8], seat: &[u8]| digits(tome, 4) && digits(seat, 6);
    match *groups {
        [province, [N, T], tome, seat] if digits(province, 2) && is_seat(tome, seat) && tome.len() < 4 => {
            Some((joined(&[&[5], &padded(province, 2), &[4, 3], &padded(tome, 3), &padded(seat, 5)]), false))
        }
        [[province @ .., kind @ (A | P), last @ (V | I)], tome, seat]
            if digits(province, 2) && is_seat(tome, seat) && matches!((kind, last), (&A, &V) | (&P, &I)) =>
        {
            let code: [u8; 2] = if *kind == A { [1, 5] } else { [7, 9] };
            let seat = seat_of_five(seat);
            Some(match tome.len() {
                4 => (joined(&[&[5, 9, 5, 9, 5], tome, &seat]), false),
                _ => (joined(&[&[5], &padded(province, 2), &code, &padded(tome, 3), &seat]), false),
            })
        }
        [kind @ ([E | N] | [P, E]), tome, seat] if is_seat(tome, seat) => {
            let (code, long, alone): ([u8; 2], [u8; 2], &[u8]) = match kind {
                [E] => ([5, 0], [6, 6], &[5]),
                [N] => ([4, 0], [9, 2], &[4]),
                _ => ([7, 5], [8, 2], &[7, 5]),
            };
            let six = seat.len() == 6 && kind.len() == 1;
            let seat = if six { seat.to_vec() } else { seat_of_five(seat) };
            Some(match tome.len() {
                4 => (joined(&[&[5], &long, if six { &code } else { alone }, tome, &seat]), false),
                _ => (joined(&[&[5, 0, 0], &code, &padded(tome, 3), &seat]), false),
            })
        }
        [province, tome, seat] if digits(province, 9) && is_seat(tome, seat) => {
            let number = province.iter().fold(0_u32, |number, &digit| number * 10 + u32::from(digit));
            if province.len() <= 2 && (1..=13).contains(&number) {
                let parts = [&[5][..], &padded(province, 2), &[0, 0], &padded(tome, 3), &seat_of_five(seat)];
                return Some((joined(&parts), false));
            }
            Some(company(joined(&[&padded(province, 10), &padded(tome, 4), &padded(seat, 6)])))
        }
        _ => None,
    }
}

/// Of old companies two digits become others.
fn company(mut body: [u8; BODY]) -> ([u8; BODY], bool) {
    let old = body[3] == 0 && body[4] == 0 && body[5] < 5;
    if old {
        let pair = body[5] * 10 + body[6];
        let other = match pair {
            10..=18 => pair - 9,
            19..=22 => pair - 18,
            23..=25 => pair - 16,
            26..=33 => pair - 24,
            34..=42 => pair - 33,
            43..=49 => pair - 42,
            _ => pair,
        };
        (body[5], body[6]) = (other / 10, other % 10);
    }
    (body, old)
}

/// Zeros on the left up to a length.
fn padded(digits: &[u8], length: usize) -> Vec<u8> {
    let mut all = vec![0; length.saturating_sub(digits.len())];
    all.extend_from_slice(digits);
    all
}

/// Of a longer seat the first five digits count.
fn seat_of_five(seat: &[u8]) -> Vec<u8> {
    padded(&seat[..seat.len().min(5)], 5)
}

/// The last twenty digits of the parts together, zeros before them.
fn joined(parts: &[&[u8]]) -> [u8; BODY] {
    let all = padded(&parts.concat(), BODY);
    let mut body = [0; BODY];
    body.copy_from_slice(&all[all.len() - BODY..]);
    body
}

/// One digit: weights from 2 on from the right; in old companies' numbers 11 stands twice and 12 nowhere.
fn digit(body: &[u8], old: bool) -> u8 {
    let weight = |place: usize| place + 2 - usize::from(old && place >= 10);
    let sum: usize = body.iter().rev().enumerate().map(|(place, &digit)| usize::from(digit) * weight(place)).sum();
    let rest = sum % 11;
    if rest > 1 { (11 - rest) as u8 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rasura_pack::shape::SYMBOL;

    fn is_right(text: &str) -> bool {
        let (mut symbols, mut breaks, mut parted) = (Vec::new(), 0_u64, false);
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                breaks |= u64::from(parted) << symbols.len();
                symbols.push(SYMBOL[usize::from(byte)]);
            }
            parted = !byte.is_ascii_alphanumeric();
        }
        passes(&symbols, breaks)
    }

    #[test]
    fn numbers_of_persons_and_companies_pass() {
        // Published with the procedure, or computed by its reference.
        for text in REFERENCE {
            assert!(is_right(text), "{text}");
            let last = text.as_bytes()[text.len() - 1];
            let wrong = format!("{}{}", &text[..text.len() - 1], char::from(b'0' + (last - b'0' + 1) % 10));
            assert!(!is_right(&wrong), "{wrong}");
        }
    }

    #[test]
    fn what_has_no_such_groups_does_not_pass() {
        for text in ["8-123-456", "8-123456 DV 91", "8-12345-6 DV 91", "X-123-456 DV 91", "DV 91", "8-123-456 DV"] {
            assert!(!is_right(text), "{text}");
        }
    }

    const REFERENCE: [&str; 28] = [
        "8-123-456 DV 91",
        "PE-12-345 DV 01",
        "155123456-2-2016 DV 66",
        "1-2-3 DV 83",
        "13-4567-123456 DV 36",
        "8AV-12-345 DV 37",
        "8AV-1234-345 DV 74",
        "9PI-123-12345 DV 03",
        "8PI-1234-1 DV 65",
        "E-8-123456 DV 04",
        "E-1234-123456 DV 94",
        "N-12-345 DV 63",
        "N-1234-12345 DV 00",
        "PE-1234-123456 DV 21",
        "E-8-12345 DV 00",
        "8-NT-1-12345 DV 08",
        "1-NT-123-123 DV 26",
        "21-1234-123456 DV 74",
        "19-12-345 DV 62",
        "12345-12-123456 DV 05",
        "43210-1-1 DV 41",
        "3456-1234-12345 DV 30",
        "26000-1-1 DV 61",
        "234567-1-345678 DV 41",
        "49-1-1 DV 80",
        "N-12-123456 DV 65",
        "33-12-345 DV 48",
        "22-1-1 DV 04",
    ];
}
