//! What 64 bytes anywhere in a text are, for taking the digits there apart without looking at each byte.

use super::letters::padded;
use super::{BLOCK, Marks, is_split, window};
use crate::view::class::{DIGIT, INVISIBLE, LETTER, NEWLINE, SYMBOL, UPPER, is};
use crate::view::markup::is_mark;

/// The marks of the 64 bytes from `from` on, but for those of words; bits beyond the text are 0.
#[inline]
pub(crate) fn look(text: &[u8], from: usize) -> Marks {
    #[cfg(target_arch = "x86_64")]
    if super::has_avx512() {
        // SAFETY: the CPU has these features.
        return unsafe { super::avx512::look(text.get(from..).unwrap_or_default()) };
    }
    match window(text, from) {
        Some((block, 0)) => of(block),
        Some((block, before)) if before < 64 => of(block).after(before as usize),
        Some(_) => Marks::default(),
        None => of(&padded(text.get(from..).unwrap_or_default())),
    }
}

#[inline]
fn of(block: &[u8; BLOCK]) -> Marks {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        return unsafe { super::avx2::look(block) };
    }
    naive(block)
}

/// Byte by byte, for CPUs without a lookup in vectors.
pub(super) fn naive(bytes: &[u8]) -> Marks {
    let mut marks = Marks::default();
    for (n, &byte) in bytes.iter().take(BLOCK).enumerate() {
        let bit = |is: bool| u64::from(is) << n;
        marks.digits |= bit(is(byte, DIGIT));
        marks.at |= bit(byte == b'@');
        marks.letters |= bit(is(byte, LETTER));
        marks.capitals |= bit(is(byte, UPPER));
        marks.splits |= bit(is_split(byte));
        marks.stretches |= bit(is_stretch(byte));
        marks.colons |= bit(byte == b':');
    }
    marks
}

/// Bytes that only a squeezed copy shows aright: invisible characters, line breaks, symbols, marks, and where tags begin.
#[inline]
pub(crate) const fn is_stretch(byte: u8) -> bool {
    is(byte, INVISIBLE | NEWLINE | SYMBOL) || is_mark(byte) || byte == b'<'
}

/// The bits from one to before another, fewer than 64 and in this order.
#[inline]
pub(crate) const fn span(from: usize, to: usize) -> u64 {
    ((1_u64 << (to - from)) - 1).wrapping_shl(from as u32)
}
