//! What each byte of a view is: the classes that matching reads instead of literals, and lower case without accents.
//! A Latin-1 string read in place and the same text narrowed from a wider one have the same bytes, so the same classes.

use super::{INVISIBLE as INVISIBLE_BYTE, LETTER as LETTER_BYTE};

/// An ASCII digit, which stands for every decimal digit of Unicode.
pub const DIGIT: u8 = 1;
/// A letter of Latin-1, or the byte that stands for any other letter.
pub const LETTER: u8 = 2;
/// An upper-case letter of Latin-1; such a byte is a [`LETTER`] too.
pub const UPPER: u8 = 4;
/// Formats, combining marks, variation selectors: what a reader does not see.
pub const INVISIBLE: u8 = 8;
/// What ends a line.
pub const NEWLINE: u8 = 16;
/// A space within a line: space, tab, no-break space.
pub const SPACE: u8 = 32;
/// A symbol that separates nothing: signs, emoji, fractions, control characters of C1.
pub const SYMBOL: u8 = 64;

/// The classes of each byte; no bit at all for ASCII punctuation and the like.
pub const CLASS: [u8; 256] = classes();

/// Each byte in lower case without its accent. `ª`, `º` and `µ` stay: the first stands for any letter outside Latin-1.
pub const FOLD: [u8; 256] = folds();

/// Whether the byte has any of the classes in `flags`.
#[inline]
#[must_use]
pub const fn is(byte: u8, flags: u8) -> bool {
    CLASS[byte as usize] & flags != 0
}

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
}

const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => DIGIT,
        0xd7 | 0xf7 => SYMBOL,
        b'A'..=b'Z' | 0xc0..=0xde => LETTER | UPPER,
        b'a'..=b'z' | 0xdf..=0xff | LETTER_BYTE | 0xb5 | 0xba => LETTER,
        INVISIBLE_BYTE => INVISIBLE,
        b'\n' | b'\r' | 0x0b | 0x0c | 0x85 => NEWLINE,
        b' ' | b'\t' | 0xa0 => SPACE,
        0x80..=0x9f => SYMBOL,
        // ¦ § ¨ © ¬ ® ¯ ° ± ² ³ ´ ¶ ¸ ¹ ¼ ½ ¾
        0xa6..=0xa9 | 0xac | 0xae..=0xb4 | 0xb6 | 0xb8 | 0xb9 | 0xbc..=0xbe => SYMBOL,
        _ => 0,
    }
}

const fn folds() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = fold(byte as u8);
        byte += 1;
    }
    table
}

const fn fold(byte: u8) -> u8 {
    // The two halves of the accented letters differ in this bit alone, save ß and ÿ.
    let lower = if matches!(byte, 0xc0..=0xde) && byte != 0xd7 { byte | 0x20 } else { byte };
    match lower {
        b'A'..=b'Z' => lower | 0x20,
        0xe0..=0xe6 | 0xaa => b'a',
        0xe7 => b'c',
        0xe8..=0xeb => b'e',
        0xec..=0xef => b'i',
        0xf0 => b'd',
        0xf1 => b'n',
        // With the ordinal of `nº`.
        0xf2..=0xf6 | 0xf8 | 0xba => b'o',
        0xf9..=0xfc => b'u',
        0xfd | 0xff => b'y',
        0xfe => b't',
        0xdf => b's',
        _ => lower,
    }
}

/// Bytes as they are compared with words: small letters without accents.
pub(crate) fn folded(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|&byte| FOLD[usize::from(byte)]).collect()
}

/// The last byte before a place that is not invisible.
#[inline]
pub(crate) fn seen_before(text: &[u8], at: usize) -> Option<u8> {
    text[..at].iter().rev().copied().find(|&byte| !is(byte, INVISIBLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_latin1_are_those_of_std() {
        for byte in 0..=u8::MAX {
            let character = char::from(byte);
            assert_eq!(is(byte, LETTER), character.is_alphabetic(), "{byte:#x}");
            assert_eq!(is(byte, UPPER), character.is_uppercase(), "{byte:#x}");
            assert_eq!(is(byte, DIGIT), character.is_ascii_digit(), "{byte:#x}");
        }
    }

    #[test]
    fn only_upper_case_letters_have_two_classes() {
        for byte in 0..=u8::MAX {
            let class = CLASS[usize::from(byte)];
            assert!(class.count_ones() <= 1 || class == LETTER | UPPER, "{byte:#x}");
        }
    }

    #[test]
    fn folding_twice_is_folding_once_and_keeps_the_kind() {
        for byte in 0..=u8::MAX {
            let folded = FOLD[usize::from(byte)];
            assert_eq!(FOLD[usize::from(folded)], folded, "{byte:#x}");
            assert_eq!(is(byte, LETTER), is(folded, LETTER), "{byte:#x}");
            assert!(is(byte, LETTER) || folded == byte, "{byte:#x}");
            assert!(!is(folded, UPPER), "{byte:#x}");
        }
    }

    #[test]
    fn accents_fold_to_their_letter() {
        let of = |text: &str| -> String {
            text.chars()
                .filter_map(|c| u8::try_from(u32::from(c)).ok())
                .map(|b| char::from(FOLD[usize::from(b)]))
                .collect()
        };
        assert_eq!(of("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß"), "aaaaaaaceeeeiiiidnoooooouuuuyts");
        assert_eq!(of("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"), "aaaaaaaceeeeiiiidnoooooouuuuyty");
        assert_eq!(of("ªºµ×÷AZ@[`{-9"), "aoµ×÷az@[`{-9");
    }
}
