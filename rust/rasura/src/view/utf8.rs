//! UTF-8 to one byte a character, and back to byte offsets. Never fails: what is not UTF-8 becomes barriers, one a byte.

use super::{BARRIER, narrow_char};

const BLOCK: usize = 16;

/// Decodes `text` into `out`, which must be at least as long, and returns the number of characters.
pub(super) fn decode(text: &[u8], out: &mut [u8]) -> usize {
    let (mut at, mut len) = (0, 0);
    while let (Some(block), Some(place)) = (text[at..].first_chunk::<BLOCK>(), out[len..].first_chunk_mut::<BLOCK>()) {
        *place = *block;
        let run = ascii_run(block);
        at += run;
        len += run;
        // Letters outside ASCII come in words, or in pairs as in `ção`.
        while text.get(at).is_some_and(|byte| !byte.is_ascii()) {
            let (byte, width) = character(&text[at..]);
            out[len] = byte;
            len += 1;
            at += width;
        }
    }
    while at < text.len() {
        let (byte, width) = character(&text[at..]);
        out[len] = byte;
        len += 1;
        at += width;
    }
    len
}

/// Turns ascending offsets in characters into offsets in bytes.
pub(super) fn byte_offsets(text: &[u8], offsets: &mut [usize]) {
    let (mut at, mut index) = (0, 0);
    for offset in offsets {
        while index < *offset && at < text.len() {
            let run = text[at..].first_chunk().map_or(0, ascii_run).min(*offset - index);
            at += run;
            index += run;
            if run == 0 {
                at += character(&text[at..]).1;
                index += 1;
            }
        }
        *offset = at;
    }
}

/// How many bytes at the beginning are ASCII.
#[inline]
fn ascii_run(block: &[u8; BLOCK]) -> usize {
    const HIGH: u128 = u128::from_ne_bytes([0x80; BLOCK]);
    (u128::from_le_bytes(*block) & HIGH).trailing_zeros() as usize / 8
}

/// The view byte of the first character of a text that is not empty, and how many bytes it takes.
#[inline]
fn character(text: &[u8]) -> (u8, usize) {
    match *text {
        [first @ ..0x80, ..] => (first, 1),
        // Half of Latin-1: the low bit of the first byte is the second-highest of the character.
        [first @ 0xc2..=0xc3, second @ 0x80..=0xbf, ..] => (first << 6 | second & 0x3f, 2),
        [first @ 0xc4..=0xdf, second @ 0x80..=0xbf, ..] => (narrow_char(join(first & 0x1f, second)), 2),
        [..] => longer(text),
    }
}

fn longer(text: &[u8]) -> (u8, usize) {
    let (character, width) = match *text {
        [first @ 0xe0..=0xef, second @ 0x80..=0xbf, third @ 0x80..=0xbf, ..] => {
            (u32::from(first & 0x0f) << 12 | join(second & 0x3f, third), 3)
        }
        [first @ 0xf0..=0xf4, second @ 0x80..=0xbf, third @ 0x80..=0xbf, fourth @ 0x80..=0xbf, ..] => {
            (u32::from(first & 0x07) << 18 | join(second & 0x3f, third) << 6 | u32::from(fourth & 0x3f), 4)
        }
        _ => return (BARRIER, 1),
    };
    // Overlong forms, surrogates, and what lies beyond the last character are not UTF-8.
    let valid = if width == 3 {
        matches!(character, 0x800..0xd800 | 0xe000..)
    } else {
        matches!(character, 0x1_0000..=0x10_ffff)
    };
    if valid { (narrow_char(character), width) } else { (BARRIER, 1) }
}

#[inline]
fn join(first: u8, second: u8) -> u32 {
    u32::from(first) << 6 | u32::from(second & 0x3f)
}
