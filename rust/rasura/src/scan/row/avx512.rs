//! All characters at once.

use core::arch::x86_64::{
    __m512i, _mm512_and_si512, _mm512_cmpeq_epi8_mask, _mm512_loadu_si512, _mm512_mask_blend_epi8,
    _mm512_maskz_compress_epi8, _mm512_mullo_epi64, _mm512_reduce_add_epi64, _mm512_storeu_si512,
};

use rasura_pack::shape;

use super::{BLOCK, Row, row};
use crate::scan::marks::avx512::{Table, all, load};

/// The factors of [`shape::whole`], and zeros.
static FACTORS: [u64; 8] = {
    let mut factors = [0; 8];
    let mut n = 0;
    while n < shape::FACTORS.len() {
        factors[n] = shape::FACTORS[n];
        n += 1;
    }
    factors
};

/// See [`Row::read`].
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vbmi,avx512vbmi2,popcnt,bmi1,lzcnt")]
pub(super) fn read(cluster: &[u8], digits: u64, symbols: &mut [u8; BLOCK]) -> Row {
    let bytes = load(cluster, 0);
    store(symbols, _mm512_maskz_compress_epi8(digits, _mm512_and_si512(bytes, all(15))));
    let dots = _mm512_cmpeq_epi8_mask(bytes, all(b'.')).count_ones();
    row(shape(bytes, digits), cluster.len(), digits, dots)
}

/// See [`super::read_code`].
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vbmi,avx512vbmi2")]
pub(super) fn read_code(cluster: &[u8], words: u64, symbols: &mut [u8; BLOCK]) -> u64 {
    let bytes = load(cluster, 0);
    store(symbols, _mm512_maskz_compress_epi8(words, Table::new(&shape::SYMBOL).of(bytes)));
    shape(bytes, words)
}

/// The hash of how bytes are written of which those with the bits `cells` are characters.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq")]
fn shape(bytes: __m512i, cells: u64) -> u64 {
    let plain = _mm512_mask_blend_epi8(_mm512_cmpeq_epi8_mask(bytes, all(0xA0)), bytes, all(b' '));
    let written = _mm512_mask_blend_epi8(cells, plain, all(b'0'));
    // SAFETY: the factors are as long as the vector; the load asks for no alignment.
    let factors = unsafe { _mm512_loadu_si512(FACTORS.as_ptr().cast()) };
    shape::mixed(_mm512_reduce_add_epi64(_mm512_mullo_epi64(written, factors)).cast_unsigned())
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(symbols: &mut [u8; BLOCK], values: __m512i) {
    // SAFETY: the room is as long as the vector; the store asks for no alignment.
    unsafe { _mm512_storeu_si512(symbols.as_mut_ptr().cast(), values) }
}
