//! What directly surrounds a window and speaks against it: amounts, decimals, rows, hashes.

use std::ops::Range;

use rasura_pack::Index;

use super::Hit;
use crate::view::class::{SPACE, is};

/// Whether a currency stands directly before the window, or decimals or a per cent sign directly after it.
pub(crate) fn is_amount(text: &[u8], place: &Range<usize>) -> bool {
    let before = |far: usize| text.get(place.start.wrapping_sub(far)).copied().unwrap_or(b'x');
    // Up to three spaces, one as a rule.
    let mut far = 1 + usize::from(is(before(1), SPACE));
    while far <= 4 && is(before(far), SPACE) {
        far += 1;
    }
    let sign = before(far);
    if far <= 4 && (SIGNS[usize::from(sign)] || sign == b'/' && far < 4 && before(far + 1) == b'S') {
        return true;
    }
    let after = |far: usize| text.get(place.end + far).copied().unwrap_or(b' ');
    let percent = (after(0) == b'%') | (after(0) == b' ') & (after(1) == b'%');
    percent || decimals(text, place) == 2
}

/// The signs of currencies.
const SIGNS: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = matches!(n as u8, b'$' | 0xA2..=0xA5);
        n += 1;
    }
    table
};

/// How many decimals follow the window after a comma; 0 where the comma parts the cells of a row.
#[inline]
pub(super) fn decimals(text: &[u8], place: &Range<usize>) -> usize {
    let cell = place.start > 0 && matches!(text[place.start - 1], b',' | b';' | b'\t');
    if cell || text.get(place.end) != Some(&b',') {
        return 0;
    }
    let digits = after_comma(&text[place.end + 1..]);
    if digits > 0 && is_whole(&text[place.clone()]) { digits } else { 0 }
}

/// Whether a window may be what stands before the comma of an amount: digits, side by side or in groups of three.
fn is_whole(window: &[u8]) -> bool {
    let mut groups = window.split(|&byte| byte == b'.' || is(byte, SPACE));
    let first = groups.next().map_or(0, <[u8]>::len);
    let grouped = |group: &[u8]| first <= 3 && group.len() == 3;
    groups.all(grouped) && window.iter().all(|&byte| byte.is_ascii_digit() || byte == b'.' || is(byte, SPACE))
}

/// How many decimals a text begins with that stands after a comma; a date or another number does not begin with any.
fn after_comma(rest: &[u8]) -> usize {
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    match rest[digits..] {
        [b',' | b';', ..] => 0,
        [b'/' | b'-' | b':', next, ..] if next.is_ascii_digit() => 0,
        _ if digits > 2 => 0,
        _ => digits,
    }
}

/// Whether groups of digits with spaces between stand in a row that goes on with digits.
pub(super) fn in_row(text: &[u8], place: &Range<usize>) -> bool {
    let loose = text[place.clone()].iter().all(|&byte| byte.is_ascii_digit() || is(byte, SPACE));
    let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let space = |at: Option<&u8>| at.is_some_and(|&byte| is(byte, SPACE));
    let before = place.start > 1 && space(text.get(place.start - 1)) && digit(text.get(place.start - 2));
    loose
        && text[place.clone()].iter().any(|&byte| is(byte, SPACE))
        && (before || space(text.get(place.end)) && digit(text.get(place.end + 1)))
}

/// Whether the window lies in a long hexadecimal number: check digits that are right there are chance.
pub(super) fn in_hash(text: &[u8], place: &Range<usize>) -> bool {
    let hexadecimal = |byte: &&u8| byte.is_ascii_hexdigit();
    let before = text[..place.start].iter().rev().take(64).take_while(hexadecimal).count();
    let after = text[place.end..].iter().take(64).take_while(hexadecimal).count();
    place.len() + before + after >= 16 && text[place.clone()].iter().all(|byte| hexadecimal(&byte))
}

pub(crate) fn unit_after(index: &Index, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.phrase(index).unit && hit.between.length <= 1)
}
