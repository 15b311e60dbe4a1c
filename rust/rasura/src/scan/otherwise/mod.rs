//! Where a text may read otherwise than it stands: most texts have no such place.
//!
//! A sieve of three characters in a row leaves few places, and each of these is looked at with what stands around it.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

mod sieve;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use crate::view::class::{self, DIGIT, is};
use crate::view::{INVISIBLE, LETTER, SYMBOL};
use sieve::{BATCH, BLOCK, Sieved};

/// What may read otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// The beginning of an escape, or of a tag behind a digit.
    Escape,
    /// A letter that looks like a digit, by a digit.
    Blurred,
    /// A decimal point before a zero, or an exponent, behind digits.
    Float,
    /// What stands for characters outside Latin-1 that may look like others: symbols in a row, letters, marks that nobody sees
    /// before digits or in a row.
    Glyph,
    /// Letters or marks of an address that is spoken or disguised.
    Address,
    /// One word of some in a row, each of which has three letters or more: it tells whether a number is dictated.
    Word,
}

/// The parts of a block in each of which one word is looked at, so that few are: of a number that is dictated in words, spread
/// over more characters than a part has, at least one is.
const PARTS: [u64; 3] = [(1 << 21) - 1, ((1 << 21) - 1) << 21, !0 << 42];

/// Calls `found` with each place of a text that may read otherwise; those of a kind in order. Of a text in Latin-1 no glyph is
/// asked for, and one is enough of any other.
#[inline]
pub(crate) fn each(text: &[u8], mut wide: bool, mut found: impl FnMut(usize, Otherwise)) {
    let mut sieved = Sieved::default();
    let (mut base, mut last) = (0, 0);
    while base < text.len() {
        let count = sieve(&text[base..], wide, &mut sieved);
        for n in 0..count {
            let from = base + n * BLOCK;
            let mut hits = sieved.hits[n];
            while hits != 0 {
                let at = from + hits.trailing_zeros() as usize;
                hits &= hits - 1;
                if let Some((place, what)) = look(text, at)
                    && (wide || what != Otherwise::Glyph)
                {
                    wide &= what != Otherwise::Glyph;
                    found(place, what);
                }
            }
            let words = words(last, sieved.letters[n], sieved.letters[n + 1]);
            for part in PARTS {
                if words & part != 0 {
                    found(from + (words & part).trailing_zeros() as usize, Otherwise::Word);
                }
            }
            last = sieved.letters[n];
        }
        base += BATCH * BLOCK;
    }
}

/// Where words of three letters or more begin, by the letters of a block, of the one before and of the next.
#[inline]
fn words(before: u64, letters: u64, after: u64) -> u64 {
    let inside = letters << 1 | before >> 63;
    letters & !inside & (letters >> 1 | after << 63) & (letters >> 2 | after << 62)
}

/// Where in the first blocks of a text something may be, and how many blocks there are.
fn sieve(rest: &[u8], wide: bool, sieved: &mut Sieved) -> usize {
    #[cfg(target_arch = "x86_64")]
    if super::marks::has_avx512() {
        // SAFETY: the CPU has these features.
        return unsafe { avx512::sieve(rest, wide, sieved) };
    }
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        return unsafe { avx2::sieve(rest, wide, sieved) };
    }
    sieve::sieve(rest, wide, sieved)
}

/// What may be read otherwise that begins at a place or, where that is a digit, by it; and where it stands.
#[inline]
fn look(text: &[u8], at: usize) -> Option<(usize, Otherwise)> {
    use Otherwise::{Address, Blurred, Escape, Float, Glyph};
    let behind = |far: usize| text.get(at + far).copied().unwrap_or(b' ');
    let before = |far: usize| at.checked_sub(far).map_or(b' ', |at| text[at]);
    let digit = |byte: u8| is(byte, DIGIT);
    let small = |byte: u8| byte | 0x20;
    let seen = |is: bool, what: Otherwise| is.then_some((at, what));
    match text[at] {
        b'0'..=b'9' => match behind(1) {
            b'O' | b'o' | b'l' | b'I' | b'S' | b'B' => Some((at + 1, Blurred)),
            b'.' | b',' if behind(2) != b'0' => None,
            b'e' | b'E' if behind(2) != b'+' && !digit(behind(2)) => None,
            b'.' | b',' | b'e' | b'E' => (digit(before(3)) && digit(before(6))).then_some((at + 1, Float)),
            _ => None,
        },
        b'O' | b'o' | b'l' | b'I' | b'S' | b'B' => seen(digit(behind(1)) && !digit(before(1)), Blurred),
        b'd' | b'D' => seen(small(behind(1)) == b'o' && small(behind(2)) == b't', Address),
        b'r' | b'R' => seen(small(behind(1)) == b'o' && small(behind(2)) == b'b', Address),
        b'(' | b'[' | b'{' => seen(small(behind(1)) == b'a', Address),
        b'@' => seen(true, Address),
        b'%' => seen(behind(1).is_ascii_hexdigit(), Escape),
        b'&' => seen(behind(1).is_ascii_alphanumeric() || behind(1) == b'#', Escape),
        b'\\' => seen(!matches!(behind(1), b' ' | b'.' | b','), Escape),
        b'<' => seen(digit(before(1)) || digit(before(2)) && !is(before(1), class::LETTER), Escape),
        // Many a key has a number for a value: only what is no number as well is an escape for certain.
        b'=' => match behind(1) {
            b'4' | b'A'..=b'F' | b'?' | b'\n' | b'\r' => seen(true, Escape),
            number if digit(number) => seen(digit(before(1)) || matches!(behind(2), b'A'..=b'F'), Escape),
            _ => None,
        },
        // `11ª` is an ordinal.
        LETTER => seen(!digit(before(1)) || digit(before(4)) || is(behind(1), class::LETTER | DIGIT), Glyph),
        // A keycap has two.
        INVISIBLE => seen(digit(behind(1)) || behind(1) == INVISIBLE && behind(2) == INVISIBLE, Glyph),
        // Up to three emoji are the rule, with a mark behind them that nobody sees or not.
        SYMBOL if behind(2) == SYMBOL => seen(behind(1) == SYMBOL && behind(3) == SYMBOL || before(4) == SYMBOL, Glyph),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
