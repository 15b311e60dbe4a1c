//! 32 bytes at a time: what both halves of a byte say that it may be, it may be.

use core::arch::x86_64::{
    __m256i, _mm256_add_epi8, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_or_si256, _mm256_set1_epi8,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_sub_epi8, _mm256_subs_epu8,
};

use super::sieve::{ALONE, BATCH, BLOCK, HIGH, LIKE_LETTER, LOW, Sieved};
use crate::scan::marks::avx2::{high_half, is_byte, join, load, table};
use crate::view::{INVISIBLE, LETTER, SYMBOL};

/// A block and the two characters behind it.
const WINDOW: usize = BLOCK + 2;

/// See [`super::sieve`].
#[target_feature(enable = "avx2")]
pub(super) fn sieve(rest: &[u8], wide: bool, sieved: &mut Sieved) -> usize {
    let tables = Tables::new();
    let count = rest.len().div_ceil(BLOCK).min(BATCH);
    for n in 0..count {
        let rest = &rest[n * BLOCK..];
        let mut padded = [0; WINDOW];
        let window = rest.first_chunk().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        (sieved.hits[n], sieved.letters[n]) = (tables.hits(window, wide), letters(window));
    }
    sieved.letters[count] = match rest.get(count * BLOCK..) {
        // The first two tell whether a word goes on.
        Some([first, second, ..]) => u64::from(is_letter(*first)) | u64::from(is_letter(*second)) << 1,
        Some([first]) => is_letter(*first).into(),
        _ => 0,
    };
    count
}

/// What is like a letter in a block.
#[inline]
#[target_feature(enable = "avx2")]
fn letters(window: &[u8; WINDOW]) -> u64 {
    // Bit six of each byte, where the sign is.
    let signs = |bytes: __m256i| _mm256_add_epi8(bytes, bytes);
    join(signs(load::<0, WINDOW>(window)), signs(load::<32, WINDOW>(window)))
}

fn is_letter(byte: u8) -> bool {
    byte & LIKE_LETTER != 0
}

/// The tables of shapes in registers.
struct Tables {
    low: [__m256i; 3],
    high: [__m256i; 3],
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new() -> Self {
        Self { low: [0, 1, 2].map(|n| table(&LOW[n])), high: [0, 1, 2].map(|n| table(&HIGH[n])) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn hits(&self, window: &[u8; WINDOW], wide: bool) -> u64 {
        let low = [load::<0, WINDOW>(window), load::<1, WINDOW>(window), load::<2, WINDOW>(window)];
        let high = [load::<32, WINDOW>(window), load::<33, WINDOW>(window), load::<34, WINDOW>(window)];
        let none = |bytes| {
            let shapes = self.shapes(bytes);
            let all = if wide { _mm256_or_si256(shapes, glyphs(bytes)) } else { shapes };
            _mm256_cmpeq_epi8(all, _mm256_setzero_si256())
        };
        !join(none(low), none(high))
    }

    /// What each of 32 characters may be the first of; none is zero.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn shapes(&self, bytes: [__m256i; 3]) -> __m256i {
        // A lookup gives zero for what is no ASCII, which is none of the first characters; behind it, a character is looked up
        // by its lower bits.
        let ascii = |bytes| _mm256_and_si256(bytes, _mm256_set1_epi8(127));
        let of = |n: usize, bytes| {
            let low = _mm256_shuffle_epi8(self.low[n], bytes);
            _mm256_and_si256(low, _mm256_shuffle_epi8(self.high[n], high_half(bytes)))
        };
        let behind = _mm256_and_si256(of(1, ascii(bytes[1])), of(2, ascii(bytes[2])));
        let alone = _mm256_or_si256(is_byte(bytes[0], ALONE[0]), is_byte(bytes[0], ALONE[1]));
        _mm256_or_si256(alone, _mm256_and_si256(of(0, bytes[0]), behind))
    }
}

/// Where glyphs may be: all bits or none.
#[inline]
#[target_feature(enable = "avx2")]
fn glyphs([first, second, third]: [__m256i; 3]) -> __m256i {
    let digit = _mm256_cmpeq_epi8(
        _mm256_subs_epu8(_mm256_sub_epi8(second, _mm256_set1_epi8(0x30)), _mm256_set1_epi8(9)),
        _mm256_setzero_si256(),
    );
    let hidden = _mm256_and_si256(is_byte(first, INVISIBLE), _mm256_or_si256(digit, is_byte(second, INVISIBLE)));
    let symbols = _mm256_and_si256(is_byte(first, SYMBOL), is_byte(third, SYMBOL));
    _mm256_or_si256(is_byte(first, LETTER), _mm256_or_si256(hidden, symbols))
}
