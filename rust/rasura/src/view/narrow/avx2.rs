//! 32 characters at a time.

use core::arch::x86_64::{
    __m256i, _mm256_cmpeq_epi16, _mm256_cmpeq_epi32, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256,
    _mm256_packs_epi16, _mm256_packs_epi32, _mm256_packus_epi16, _mm256_packus_epi32, _mm256_permute4x64_epi64,
    _mm256_permutevar8x32_epi32, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setr_epi32, _mm256_setzero_si256,
    _mm256_srli_epi16, _mm256_srli_epi32, _mm256_storeu_si256, _mm256_testz_si256,
};

use super::{BLOCK, each, patch};

#[target_feature(enable = "avx2")]
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

#[target_feature(enable = "avx2")]
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
#[target_feature(enable = "avx2")]
fn narrow2(block: &[u16; BLOCK], place: &mut [u8; BLOCK]) {
    let (low, high) = (load2::<0>(block), load2::<16>(block));
    store(_mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi16(low, high)), place);
    if _mm256_testz_si256(_mm256_or_si256(low, high), _mm256_set1_epi16(!0xff)) == 0 {
        let narrow = _mm256_packs_epi16(is_narrow2(low), is_narrow2(high));
        let narrow = _mm256_movemask_epi8(_mm256_permute4x64_epi64::<0b11_01_10_00>(narrow));
        patch(block, !narrow.cast_unsigned(), place);
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn narrow4(block: &[u32; BLOCK], place: &mut [u8; BLOCK]) {
    let (a, b, c, d) = (load4::<0>(block), load4::<8>(block), load4::<16>(block), load4::<24>(block));
    let bytes = _mm256_packus_epi16(_mm256_packus_epi32(a, b), _mm256_packus_epi32(c, d));
    store(in_order(bytes), place);
    let all = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
    if _mm256_testz_si256(all, _mm256_set1_epi32(!0xff)) == 0 {
        let first = _mm256_packs_epi32(is_narrow4(a), is_narrow4(b));
        let second = _mm256_packs_epi32(is_narrow4(c), is_narrow4(d));
        let narrow = _mm256_movemask_epi8(in_order(_mm256_packs_epi16(first, second)));
        patch(block, !narrow.cast_unsigned(), place);
    }
}

/// Packing works on each half of a vector: this puts the fours of bytes where they belong.
#[inline]
#[target_feature(enable = "avx2")]
fn in_order(bytes: __m256i) -> __m256i {
    _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7))
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_narrow2(units: __m256i) -> __m256i {
    _mm256_cmpeq_epi16(_mm256_srli_epi16::<8>(units), _mm256_setzero_si256())
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_narrow4(units: __m256i) -> __m256i {
    _mm256_cmpeq_epi32(_mm256_srli_epi32::<8>(units), _mm256_setzero_si256())
}

#[inline]
#[target_feature(enable = "avx2")]
fn load2<const AT: usize>(block: &[u16; BLOCK]) -> __m256i {
    const { assert!(AT + 16 <= BLOCK) };
    let units: *const u16 = &raw const block[AT];
    // SAFETY: 16 units from `AT` on are inside the block; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(units.cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load4<const AT: usize>(block: &[u32; BLOCK]) -> __m256i {
    const { assert!(AT + 8 <= BLOCK) };
    let units: *const u32 = &raw const block[AT];
    // SAFETY: 8 units from `AT` on are inside the block; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(units.cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(bytes: __m256i, place: &mut [u8; BLOCK]) {
    // SAFETY: the place is as long as a vector; the store asks for no alignment.
    unsafe { _mm256_storeu_si256(place.as_mut_ptr().cast(), bytes) }
}
