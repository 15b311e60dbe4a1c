//! 64 bytes at a time, for CPUs that look up 128 bytes in one table.

use core::arch::x86_64::{
    __m512i, _mm512_cmpeq_epi8_mask, _mm512_cmplt_epu8_mask, _mm512_mask_cmpeq_epi8_mask, _mm512_sub_epi8,
    _mm512_test_epi8_mask,
};

use super::sieve::{ALONE, BATCH, BLOCK, LIKE_LETTER, SEVEN_BITS, Sieved};
use crate::scan::marks::avx512::{Tables, all, load};
use crate::view::{INVISIBLE, LETTER, SYMBOL};

/// See [`super::sieve`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn sieve(rest: &[u8], wide: bool, sieved: &mut Sieved) -> usize {
    let tables = Tables::new(&SEVEN_BITS);
    let count = rest.len().div_ceil(BLOCK).min(BATCH);
    let letters = |bytes| _mm512_test_epi8_mask(bytes, all(LIKE_LETTER));
    let mut bytes = load(rest, 0);
    for n in 0..count {
        let next = load(rest, (n + 1) * BLOCK);
        let alone = |n: usize| _mm512_cmpeq_epi8_mask(bytes, all(ALONE[n]));
        let mut hits = tables.hits(bytes, next) | alone(0) | alone(1);
        if wide {
            hits |= glyphs(bytes, [tables.behind(1, bytes, next), tables.behind(2, bytes, next)]);
        }
        (sieved.hits[n], sieved.letters[n]) = (hits, letters(bytes));
        bytes = next;
    }
    sieved.letters[count] = letters(bytes);
    count
}

/// Where glyphs may be.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn glyphs(bytes: __m512i, [second, third]: [__m512i; 2]) -> u64 {
    let is = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, all(byte));
    let hidden = is(INVISIBLE);
    let digits = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(second, all(b'0')), all(10));
    let before = digits | _mm512_mask_cmpeq_epi8_mask(hidden, second, all(INVISIBLE));
    is(LETTER) | hidden & before | _mm512_mask_cmpeq_epi8_mask(is(SYMBOL), third, all(SYMBOL))
}
