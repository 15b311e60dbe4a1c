//! 64 characters at a time, by instructions that narrow within the vector.

use core::arch::x86_64::{
    __m128i, __m512i, _mm_storeu_si128, _mm256_storeu_si256, _mm512_cmpgt_epu16_mask, _mm512_cmpgt_epu32_mask,
    _mm512_cvtepi16_epi8, _mm512_cvtepi32_epi8, _mm512_loadu_si512, _mm512_set1_epi16, _mm512_set1_epi32,
};

use super::narrow_char;

/// Characters in a block; a shorter text is none of its concern.
pub(super) const BLOCK: usize = 64;

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn ucs2(units: &[u16], out: &mut [u8]) {
    let places = out.as_chunks_mut().0;
    for (block, place) in units.as_chunks().0.iter().zip(places) {
        narrow2(block, place);
    }
    // The rest once more with what is before it, which comes out the same.
    if let (Some(block), Some(place)) = (units.last_chunk(), out.last_chunk_mut()) {
        narrow2(block, place);
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
pub(super) fn ucs4(units: &[u32], out: &mut [u8]) {
    let places = out.as_chunks_mut().0;
    for (block, place) in units.as_chunks().0.iter().zip(places) {
        narrow4(block, place);
    }
    if let (Some(block), Some(place)) = (units.last_chunk(), out.last_chunk_mut()) {
        narrow4(block, place);
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn narrow2(block: &[u16; BLOCK], place: &mut [u8; BLOCK]) {
    let mut wide = 0;
    for (n, (block, place)) in block.as_chunks::<32>().0.iter().zip(place.as_chunks_mut::<32>().0).enumerate() {
        // SAFETY: the block and the place are as long as the vectors; neither asks for an alignment.
        unsafe {
            let units = _mm512_loadu_si512(block.as_ptr().cast());
            _mm256_storeu_si256(place.as_mut_ptr().cast(), _mm512_cvtepi16_epi8(units));
            wide |= u64::from(_mm512_cmpgt_epu16_mask(units, _mm512_set1_epi16(0xff))) << (32 * n);
        }
    }
    patch(block, wide, place);
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn narrow4(block: &[u32; BLOCK], place: &mut [u8; BLOCK]) {
    let mut wide = 0;
    for (n, (block, place)) in block.as_chunks::<16>().0.iter().zip(place.as_chunks_mut::<16>().0).enumerate() {
        // SAFETY: the block and the place are as long as the vectors; neither asks for an alignment.
        unsafe {
            let units: __m512i = _mm512_loadu_si512(block.as_ptr().cast());
            let narrow: __m128i = _mm512_cvtepi32_epi8(units);
            _mm_storeu_si128(place.as_mut_ptr().cast(), narrow);
            wide |= u64::from(_mm512_cmpgt_epu32_mask(units, _mm512_set1_epi32(0xff))) << (16 * n);
        }
    }
    patch(block, wide, place);
}

/// Looks up the characters that are beyond Latin-1, one bit each in `wide`.
#[inline]
fn patch<T: Copy + Into<u32>>(block: &[T; BLOCK], mut wide: u64, place: &mut [u8; BLOCK]) {
    while wide != 0 {
        let at = wide.trailing_zeros() as usize % BLOCK;
        place[at] = narrow_char(block[at].into());
        wide &= wide - 1;
    }
}
