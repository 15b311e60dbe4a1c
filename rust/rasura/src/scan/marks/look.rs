//! What 64 bytes anywhere in a text are, for splitting the digits there without looking at each byte.

use super::letters::padded;
use super::{BLOCK, is_split, window};
use crate::view::class::{DIGIT, INVISIBLE, LETTER, NEWLINE, SYMBOL, UPPER, is};

/// Bit `i` is the byte `i` after where the look began; bits beyond the text are 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Look {
    /// ASCII digits.
    pub(crate) digit: u64,
    /// Letters.
    pub(crate) letter: u64,
    /// Upper-case letters.
    pub(crate) upper: u64,
    /// What digits are never joined over, letters aside.
    pub(crate) split: u64,
    /// What only a squeezed copy shows aright, and, for the sake of speed, all from U+0080 to U+00BF.
    pub(crate) stretch: u64,
    /// What is invisible.
    pub(crate) hidden: u64,
    /// Colons.
    pub(crate) colon: u64,
    /// Hexadecimal digits.
    pub(crate) hex: u64,
    /// Hyphens, dots and slashes, which bind letters to digits.
    pub(crate) mark: u64,
}

/// What the 64 bytes from `from` on are.
#[inline]
pub(crate) fn look(text: &[u8], from: usize) -> Look {
    match window(text, from) {
        Some((block, 0)) => of(block),
        Some((block, before)) => of(block).after(before),
        None => of(&padded(text.get(from..).unwrap_or_default())),
    }
}

impl Look {
    /// Those from the byte `before` on.
    #[inline]
    fn after(self, before: u32) -> Self {
        let shift = |bits: u64| bits.checked_shr(before).unwrap_or(0);
        Self {
            digit: shift(self.digit),
            letter: shift(self.letter),
            upper: shift(self.upper),
            split: shift(self.split),
            stretch: shift(self.stretch),
            hidden: shift(self.hidden),
            colon: shift(self.colon),
            hex: shift(self.hex),
            mark: shift(self.mark),
        }
    }
}

#[inline]
fn of(block: &[u8; BLOCK]) -> Look {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        return unsafe { super::avx2::look(block) };
    }
    naive(block)
}

/// Byte by byte, for CPUs without a lookup in vectors.
pub(super) fn naive(bytes: &[u8]) -> Look {
    let mut look = Look::default();
    for (n, &byte) in bytes.iter().take(BLOCK).enumerate() {
        let bit = |is: bool| u64::from(is) << n;
        look.digit |= bit(is(byte, DIGIT));
        look.letter |= bit(is(byte, LETTER));
        look.upper |= bit(is(byte, UPPER));
        look.split |= bit(is_split(byte));
        look.stretch |= bit(is_stretch(byte) || matches!(byte, 0x80..=0xbf));
        look.hidden |= bit(is(byte, INVISIBLE));
        look.colon |= bit(byte == b':');
        look.hex |= bit(byte.is_ascii_hexdigit());
        look.mark |= bit(matches!(byte, b'-'..=b'/'));
    }
    look
}

/// Bytes that only a squeezed copy shows aright: invisible characters, line breaks, symbols, markup.
#[inline]
pub(crate) const fn is_stretch(byte: u8) -> bool {
    is(byte, INVISIBLE | NEWLINE | SYMBOL) || matches!(byte, b'*' | b'~' | b'`')
}

/// The bits from one to before another, both at most 64, in this order.
#[inline]
pub(crate) const fn span(from: usize, to: usize) -> u64 {
    if from == to { 0 } else { !0 >> (64 - (to - from)) << from }
}
