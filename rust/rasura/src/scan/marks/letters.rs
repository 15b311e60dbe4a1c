//! The letters and digits of 64 bytes anywhere in a text, for finding words near a candidate.

use super::{BLOCK, window};

/// Bit `i` is the byte `i` after where the look began; bits beyond the text are 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Letters {
    /// Letters, and what is invisible, which does not end a word.
    pub(crate) letter: u64,
    /// Upper-case letters.
    pub(crate) upper: u64,
    /// ASCII digits.
    pub(crate) digit: u64,
    /// What is invisible.
    pub(crate) hidden: u64,
    /// `@`, `[`, `<`, `{`: what is in an address or begins a placeholder.
    pub(crate) opens: u64,
}

/// The letters of the 64 bytes from `from` on.
#[inline]
pub(crate) fn letters(text: &[u8], from: usize) -> Letters {
    #[cfg(target_arch = "x86_64")]
    if super::has_avx512() {
        // SAFETY: the CPU has these features.
        return unsafe { super::avx512::letters(text.get(from..).unwrap_or_default()) };
    }
    match window(text, from) {
        Some((block, 0)) => of(block),
        Some((block, before)) => of(block).shifted(before),
        None => of(&padded(text.get(from..).unwrap_or_default())),
    }
}

impl Letters {
    /// Those from the byte `before` on.
    #[inline]
    fn shifted(self, before: u32) -> Self {
        let shift = |bits: u64| bits.checked_shr(before).unwrap_or(0);
        Self {
            letter: shift(self.letter),
            upper: shift(self.upper),
            digit: shift(self.digit),
            hidden: shift(self.hidden),
            opens: shift(self.opens),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
pub(super) fn of(block: &[u8; BLOCK]) -> Letters {
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        unsafe { super::avx2::letters(block) }
    } else {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { super::sse2::letters(block) }
    }
}

#[cfg(not(target_arch = "x86_64"))]
use super::portable::letters as of;

/// The end of the text, with zeros after it.
pub(super) fn padded(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let len = rest.len().min(BLOCK);
    block[..len].copy_from_slice(&rest[..len]);
    block
}
