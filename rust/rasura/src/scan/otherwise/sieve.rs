//! Which three characters in a row may be the beginning of what reads otherwise, as vector code wants it: each shape is a bit,
//! and each character has the bits of the shapes that it may be the first, second or third of.

use crate::view::{INVISIBLE, LETTER, SYMBOL};

pub(super) use crate::scan::marks::{BATCH, BLOCK};

/// What stands where in some blocks, as bits.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sieved {
    /// Where something may be.
    pub(super) hits: [u64; BATCH],
    /// Where a letter stands, or one of a few marks: what has the bit [`LIKE_LETTER`]. Of the block behind the others too.
    pub(super) letters: [u64; BATCH + 1],
}

pub(super) const LIKE_LETTER: u8 = 0x40;

/// Three characters in a row; of none that are named, any.
struct Shape([&'static [u8]; 3]);

const DIGITS: &[u8] = b"0123456789";
const LIKE_DIGITS: &[u8] = b"OolISB";
const ANY: &[u8] = b"";

const SHAPES: [Shape; 8] = [
    Shape([b"%", b"0123456789ABCDEFabcdef", ANY]),
    Shape([b"\\<", ANY, ANY]),
    Shape([b"=", b"0123456789ABCDEF?\n\r", ANY]),
    Shape([b"([{", b"aA", ANY]),
    Shape([DIGITS, b"OolISBeE", ANY]),
    Shape([LIKE_DIGITS, DIGITS, ANY]),
    Shape([DIGITS, b".,", b"0"]),
    Shape([b"dDrR", b"oO", b"tTbB"]),
];

/// What is looked at whatever stands behind it.
pub(super) const ALONE: [u8; 2] = [b'@', b'&'];

/// By position and lower seven bits of a byte, the shapes.
pub(super) static SEVEN_BITS: [[u8; 128]; 3] = seven_bits();
/// By position and low half of a byte, the shapes.
pub(super) static LOW: [[u8; 16]; 3] = halves(false);
/// By position and high half of a byte, the shapes; those of ASCII.
pub(super) static HIGH: [[u8; 16]; 3] = halves(true);

const fn seven_bits() -> [[u8; 128]; 3] {
    let mut tables = [[0; 128]; 3];
    let mut n = 0;
    while n < SHAPES.len() {
        let mut place = 0;
        while place < 3 {
            let takes = SHAPES[n].0[place];
            let mut at = 0;
            while at < takes.len() {
                tables[place][takes[at] as usize] |= 1 << n;
                at += 1;
            }
            let mut byte = 0;
            while takes.is_empty() && byte < 128 {
                tables[place][byte] |= 1 << n;
                byte += 1;
            }
            place += 1;
        }
        n += 1;
    }
    tables
}

const fn halves(high: bool) -> [[u8; 16]; 3] {
    let mut tables = [[0; 16]; 3];
    let mut place = 0;
    while place < 3 {
        let mut byte = 0;
        while byte < 128 {
            tables[place][if high { byte / 16 } else { byte % 16 }] |= SEVEN_BITS[place][byte];
            byte += 1;
        }
        place += 1;
    }
    tables
}

/// Where in the first blocks of a text something may be, and how many blocks there are.
#[cfg_attr(target_arch = "x86_64", allow(dead_code, reason = "for CPUs without AVX2, and to compare with"))]
pub(super) fn sieve(rest: &[u8], wide: bool, sieved: &mut Sieved) -> usize {
    let byte = |at: usize| rest.get(at).copied().unwrap_or(0);
    let bits = |n: usize, is: &dyn Fn(usize) -> bool| {
        (0..BLOCK).fold(0, |bits, at| bits | u64::from(is(n * BLOCK + at)) << at)
    };
    let count = rest.len().div_ceil(BLOCK).min(BATCH);
    for n in 0..=count {
        sieved.letters[n] = bits(n, &|at| byte(at) & LIKE_LETTER != 0);
    }
    for n in 0..count {
        sieved.hits[n] = bits(n, &|at| is_hit([byte(at), byte(at + 1), byte(at + 2)], wide));
    }
    count
}

/// Whether what three characters begin may read otherwise.
#[inline]
fn is_hit([first, second, third]: [u8; 3], wide: bool) -> bool {
    let shapes = |place: usize, byte: u8| SEVEN_BITS[place][usize::from(byte & 127)];
    let glyph = match first {
        LETTER => true,
        INVISIBLE => second.is_ascii_digit() || second == INVISIBLE,
        SYMBOL => third == SYMBOL,
        _ => false,
    };
    first < 128 && shapes(0, first) & shapes(1, second) & shapes(2, third) != 0
        || ALONE.contains(&first)
        || wide && glyph
}
