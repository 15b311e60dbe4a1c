//! Two or four bytes a character to one. Blocks without anything beyond Latin-1 are packed by vector code; what lies
//! beyond it is looked up afterwards, character by character.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use super::narrow_char;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(test)]
mod naive;
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable;
#[cfg(target_arch = "x86_64")]
mod sse2;

/// Characters in a block.
const BLOCK: usize = 32;

/// Narrows `units` into `out`, which is as long.
#[cfg(target_arch = "x86_64")]
pub(super) fn ucs2(units: &[u16], out: &mut [u8]) {
    if units.len() >= avx512::BLOCK && has_avx512() {
        // SAFETY: the CPU has these features.
        unsafe { avx512::ucs2(units, out) }
    } else {
        older::ucs2(units, out);
    }
}

/// Narrows `units` into `out`, which is as long.
#[cfg(target_arch = "x86_64")]
pub(super) fn ucs4(units: &[u32], out: &mut [u8]) {
    if units.len() >= avx512::BLOCK && has_avx512() {
        // SAFETY: the CPU has these features.
        unsafe { avx512::ucs4(units, out) }
    } else {
        older::ucs4(units, out);
    }
}

/// Whether the CPU narrows by itself.
#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512f")
}

/// For CPUs without AVX-512.
#[cfg(target_arch = "x86_64")]
mod older {
    use super::{avx2, sse2};

    pub(super) fn ucs2(units: &[u16], out: &mut [u8]) {
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the CPU has AVX2.
            unsafe { avx2::ucs2(units, out) }
        } else {
            // SAFETY: SSE2 is part of x86-64.
            unsafe { sse2::ucs2(units, out) }
        }
    }

    pub(super) fn ucs4(units: &[u32], out: &mut [u8]) {
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the CPU has AVX2.
            unsafe { avx2::ucs4(units, out) }
        } else {
            // SAFETY: SSE2 is part of x86-64.
            unsafe { sse2::ucs4(units, out) }
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
pub(super) use portable::{ucs2, ucs4};

/// Looks up the characters of a block that are beyond Latin-1, one bit each in `wide`.
#[cfg(target_arch = "x86_64")]
#[inline]
fn patch<T: Copy + Into<u32>>(block: &[T; BLOCK], mut wide: u32, place: &mut [u8; BLOCK]) {
    while wide != 0 {
        let at = wide.trailing_zeros() as usize % BLOCK;
        place[at] = narrow_char(block[at].into());
        wide &= wide - 1;
    }
}

/// Looks up every character: for texts shorter than a block.
#[cfg(target_arch = "x86_64")]
#[inline]
fn each<T: Copy + Into<u32>>(units: &[T], out: &mut [u8]) {
    for (&unit, byte) in units.iter().zip(out) {
        let character = unit.into();
        *byte = if character < 0x100 { character as u8 } else { narrow_char(character) };
    }
}

#[cfg(test)]
mod tests;
