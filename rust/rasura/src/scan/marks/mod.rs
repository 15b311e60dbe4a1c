//! Anchors: which bytes of each block of 64 are digits, an `@`, or the start of a word that begins with a trigger.
//! Everything after this looks only where a mark is. All variants give the same marks; bits beyond the text are 0.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

mod letters;
mod look;
mod triggers;

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512;
#[cfg(test)]
mod naive;
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable;
#[cfg(target_arch = "x86_64")]
mod sse2;

pub(crate) use letters::{Letters, letters};
pub(crate) use look::{is_stretch, look, span};
pub(crate) use triggers::Triggers;

use crate::view::BARRIER;
use crate::view::class::{LETTER, is};

/// Bytes in a block.
pub(crate) const BLOCK: usize = 64;

/// A block and what is needed of the next one: the rest of a trigger that begins with the block's last byte.
const WINDOW: usize = BLOCK + 2;

/// The anchors of a block: bit `i` is its byte `i`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Marks {
    /// ASCII digits.
    pub(crate) digits: u64,
    /// `@`.
    pub(crate) at: u64,
    /// First letters of words that begin with a trigger.
    pub(crate) words: u64,
    /// What digits are never joined over, letters aside.
    pub(crate) splits: u64,
    /// Letters.
    pub(crate) letters: u64,
    /// Upper-case letters.
    pub(crate) capitals: u64,
    /// Colons.
    pub(crate) colons: u64,
    /// What only a squeezed copy shows aright: see [`is_stretch`].
    pub(crate) stretches: u64,
}

/// Bytes over which digits are never joined: the marks that lists and code put between values, and what is no text.
/// Letters part digits too, but a form may go on over them.
#[inline]
pub(crate) const fn is_split(byte: u8) -> bool {
    matches!(byte, b'\t' | BARRIER | b'!'..=b'\'' | b'+' | b',' | b';'..=b'@' | b'['..=b'^' | b'{'..=b'}')
}

/// How many blocks are marked at a time: half a KiB of text, more than nearly all messages have.
pub(crate) const BATCH: usize = 8;

/// Blocks of a batch, with one before and one after them.
pub(crate) const ROOM: usize = BATCH + 2;

/// One kind of mark in some blocks in a row.
pub(crate) type Plane = [u64; ROOM];

/// The marks of some blocks in a row, those of a kind side by side, so that several blocks are looked at together.
#[derive(Clone, Default, Debug)]
pub(crate) struct Planes {
    pub(crate) digits: Plane,
    pub(crate) at: Plane,
    pub(crate) words: Plane,
    pub(crate) splits: Plane,
    pub(crate) letters: Plane,
    pub(crate) capitals: Plane,
    pub(crate) colons: Plane,
    pub(crate) stretches: Plane,
}

impl Planes {
    /// The marks of one block.
    #[inline]
    pub(crate) fn get(&self, n: usize) -> Marks {
        Marks {
            digits: self.digits[n],
            at: self.at[n],
            words: self.words[n],
            splits: self.splits[n],
            letters: self.letters[n],
            capitals: self.capitals[n],
            colons: self.colons[n],
            stretches: self.stretches[n],
        }
    }

    #[inline]
    pub(crate) fn set(&mut self, n: usize, marks: Marks) {
        self.digits[n] = marks.digits;
        self.at[n] = marks.at;
        self.words[n] = marks.words;
        self.splits[n] = marks.splits;
        self.letters[n] = marks.letters;
        self.capitals[n] = marks.capitals;
        self.colons[n] = marks.colons;
        self.stretches[n] = marks.stretches;
    }

    /// Forgets one block.
    #[inline]
    pub(crate) fn clear(&mut self, n: usize) {
        self.set(n, Marks::default());
    }

    /// The marks of the 64 characters that begin `shift` after the block `n` does, which has another after it, but for
    /// those of words and `@`.
    #[inline]
    pub(crate) fn window(&self, n: usize, shift: usize) -> Marks {
        let join = |plane: &Plane| plane[n] >> shift | plane[n + 1] << 1 << (63 - shift);
        Marks {
            digits: join(&self.digits),
            at: 0,
            words: 0,
            splits: join(&self.splits),
            letters: join(&self.letters),
            capitals: join(&self.capitals),
            colons: join(&self.colons),
            stretches: join(&self.stretches),
        }
    }
}

impl Marks {
    /// Those from the byte `before` on.
    #[inline]
    const fn after(self, before: usize) -> Self {
        Self {
            digits: self.digits >> before,
            at: self.at >> before,
            words: self.words >> before,
            splits: self.splits >> before,
            letters: self.letters >> before,
            capitals: self.capitals >> before,
            colons: self.colons >> before,
            stretches: self.stretches >> before,
        }
    }
}

/// Fills `out` from its block `at` on with the marks of the blocks of `text` from `from` on, a multiple of [`BLOCK`], and
/// returns how many blocks there were: 0 at the end of the text.
pub(crate) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize) -> usize {
    fill_by(variant, text, from, triggers, out, at)
}

/// Whether the CPU looks up all bytes in one table, and turns the bits of bytes.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(crate) fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("gfni")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512f")
}

/// Fills `count` blocks, which begin inside the text, which is at least a window long.
#[cfg(target_arch = "x86_64")]
fn variant(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        unsafe { avx2::fill(text, from, triggers, out, at, count) }
    } else {
        // SAFETY: SSE2 is part of x86-64.
        unsafe { sse2::fill(text, from, triggers, out, at, count) }
    }
}

#[cfg(not(target_arch = "x86_64"))]
use portable::fill as variant;

/// What all variants have in common: how many blocks there are, and a text too short for a window.
#[inline]
fn fill_by(
    variant: impl Fn(&[u8], usize, &Triggers, &mut Planes, usize, usize),
    text: &[u8],
    from: usize,
    triggers: &Triggers,
    out: &mut Planes,
    at: usize,
) -> usize {
    let blocks = text.len().saturating_sub(from).div_ceil(BLOCK).min(ROOM.saturating_sub(at));
    if blocks == 0 {
        return 0;
    }
    if text.len() < WINDOW {
        // Long enough for a whole window at either of its two blocks: nothing is read beyond the text itself.
        let mut padded = [0; BLOCK + WINDOW];
        padded[..text.len()].copy_from_slice(text);
        variant(&padded, from, triggers, out, at, blocks);
    } else {
        variant(text, from, triggers, out, at, blocks);
    }
    blocks
}

/// The bytes of a text from `from` on, or its last ones if there are too few, and how many of them lie before `from`.
#[inline]
fn window<const LEN: usize>(text: &[u8], from: usize) -> Option<(&[u8; LEN], u32)> {
    let rest = text.get(from..)?;
    match rest.first_chunk() {
        Some(window) => Some((window, 0)),
        None => Some((text.last_chunk()?, (LEN - rest.len()) as u32)),
    }
}

/// Which bytes of a block come after a letter, the first one after the byte `before`.
#[inline]
fn after_letter(before: u8, letter: u64) -> u64 {
    letter << 1 | u64::from(is(before, LETTER))
}

/// Where a word may begin: after what is no letter, and with any capital. Which capitals do begin one is for matching to see.
#[inline]
pub(crate) fn starts(before: u8, letter: u64, upper: u64) -> u64 {
    !after_letter(before, letter) | upper
}

/// The byte before `from`.
pub(crate) fn byte_before(text: &[u8], from: usize) -> u8 {
    from.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
