//! What directly surrounds a window and speaks against it: amounts, decimals, rows, hashes.

use std::ops::Range;

use rasura_pack::Index;

use super::Hit;
use crate::view::class::{SPACE, is};

/// Whether a currency stands directly before the window, or decimals or a per cent sign directly after it.
pub(crate) fn is_amount(text: &[u8], place: &Range<usize>) -> bool {
    let head = &text[place.start.saturating_sub(4)..place.start];
    let spaces = head.iter().rev().take_while(|&&byte| is(byte, SPACE)).count();
    let sign = head.len().checked_sub(spaces + 1).map_or(0, |at| head[at]);
    if matches!(sign, b'$' | 0xA2..=0xA5) || head[..head.len() - spaces].ends_with(b"S/") {
        return true;
    }
    matches!(text.get(place.end..), Some([b'%', ..] | [b' ', b'%', ..])) || decimals(text, place) == 2
}

/// How many decimals follow the window after a comma; 0 where the comma parts the cells of a row.
pub(super) fn decimals(text: &[u8], place: &Range<usize>) -> usize {
    let Some([b',', rest @ ..]) = text.get(place.end..) else { return 0 };
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.get(digits).copied().unwrap_or(b' ');
    let cell = place.start > 0 && matches!(text[place.start - 1], b',' | b';' | b'\t') || matches!(after, b',' | b';');
    if cell || digits > 2 { 0 } else { digits }
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

pub(super) fn unit_after(index: &Index, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| hit.phrase(index).unit && hit.between.length <= 1)
}
