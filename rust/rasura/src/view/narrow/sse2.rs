//! 32 characters at a time, in 16-byte vectors.

use core::arch::x86_64::{
    __m128i, _mm_cmpeq_epi8, _mm_cmpeq_epi16, _mm_cmpeq_epi32, _mm_loadu_si128, _mm_movemask_epi8, _mm_packs_epi16,
    _mm_packs_epi32, _mm_packus_epi16, _mm_setzero_si128, _mm_srli_epi16, _mm_srli_epi32, _mm_storeu_si128,
};

use super::{BLOCK, each, patch};

const HALF: usize = BLOCK / 2;

#[target_feature(enable = "sse2")]
pub(super) fn ucs2(units: &[u16], out: &mut [u8]) {
    let places = out.as_chunks_mut().0;
    for (block, place) in units.as_chunks().0.iter().zip(places) {
        narrow2(block, place);
    }
    // The rest once more with what is before it, which comes out the same.
    match (units.last_chunk(), out.last_chunk_mut()) {
        (Some(block), Some(place)) => narrow2(block, place),
        _ => each(units, out),
    }
}

#[target_feature(enable = "sse2")]
pub(super) fn ucs4(units: &[u32], out: &mut [u8]) {
    let places = out.as_chunks_mut().0;
    for (block, place) in units.as_chunks().0.iter().zip(places) {
        narrow4(block, place);
    }
    match (units.last_chunk(), out.last_chunk_mut()) {
        (Some(block), Some(place)) => narrow4(block, place),
        _ => each(units, out),
    }
}

#[inline]
#[target_feature(enable = "sse2")]
fn narrow2(block: &[u16; BLOCK], place: &mut [u8; BLOCK]) {
    let wide = half2::<0>(block, place) | half2::<HALF>(block, place) << HALF;
    patch(block, wide, place);
}

#[inline]
#[target_feature(enable = "sse2")]
fn narrow4(block: &[u32; BLOCK], place: &mut [u8; BLOCK]) {
    let wide = half4::<0>(block, place) | half4::<HALF>(block, place) << HALF;
    patch(block, wide, place);
}

/// Packs 16 characters and returns which are beyond Latin-1; their bytes mean nothing yet.
#[inline]
#[target_feature(enable = "sse2")]
fn half2<const AT: usize>(block: &[u16; BLOCK], place: &mut [u8; BLOCK]) -> u32 {
    let (low, high) = (load(block, AT), load(block, AT + 8));
    store(_mm_packus_epi16(low, high), place, AT);
    not_zero(_mm_packs_epi16(is_narrow2(low), is_narrow2(high)))
}

/// Packs 16 characters and returns which are beyond Latin-1; their bytes mean nothing yet.
#[inline]
#[target_feature(enable = "sse2")]
fn half4<const AT: usize>(block: &[u32; BLOCK], place: &mut [u8; BLOCK]) -> u32 {
    let (a, b, c, d) = (load(block, AT), load(block, AT + 4), load(block, AT + 8), load(block, AT + 12));
    store(_mm_packus_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d)), place, AT);
    let first = _mm_packs_epi32(is_narrow4(a), is_narrow4(b));
    let second = _mm_packs_epi32(is_narrow4(c), is_narrow4(d));
    not_zero(_mm_packs_epi16(first, second))
}

/// The lanes of a vector of all-ones and zeros that are zero, one bit each.
#[inline]
#[target_feature(enable = "sse2")]
fn not_zero(narrow: __m128i) -> u32 {
    _mm_movemask_epi8(_mm_cmpeq_epi8(narrow, _mm_setzero_si128())).cast_unsigned()
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_narrow2(units: __m128i) -> __m128i {
    _mm_cmpeq_epi16(_mm_srli_epi16::<8>(units), _mm_setzero_si128())
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_narrow4(units: __m128i) -> __m128i {
    _mm_cmpeq_epi32(_mm_srli_epi32::<8>(units), _mm_setzero_si128())
}

#[inline]
#[target_feature(enable = "sse2")]
fn load<T>(block: &[T; BLOCK], at: usize) -> __m128i {
    assert!((at * size_of::<T>()) + 16 <= size_of_val(block));
    let units: *const T = &raw const block[at];
    // SAFETY: the assertion says that 16 bytes from there on are inside the block, which holds integers; the load asks
    // for no alignment.
    unsafe { _mm_loadu_si128(units.cast()) }
}

#[inline]
#[target_feature(enable = "sse2")]
fn store(bytes: __m128i, place: &mut [u8; BLOCK], at: usize) {
    assert!(at + HALF <= BLOCK);
    // SAFETY: the assertion says that 16 bytes from there on are inside the place; the store asks for no alignment.
    unsafe { _mm_storeu_si128((&raw mut place[at]).cast(), bytes) }
}
