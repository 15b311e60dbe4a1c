//! Digits with the gaps between that they hang together over, by the bits of marks: which pieces there are and which of
//! them are worth a look. All that is asked of each block is asked of several blocks at a time.
#![expect(clippy::inline_always, reason = "what a function with a CPU feature calls must become a part of it")]
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use std::ops::{BitAnd, BitOr, Not, Shl, Shr};

use rasura_pack::index::FEWEST_DIGITS;

use super::marks::{BATCH, BLOCK, Plane, Planes};

/// How many blocks are looked at together where vectors are not longer.
const LANES: usize = 4;

/// The pieces of a batch, block by block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pieces {
    /// Digits, and the gaps that they hang together over.
    pub(crate) filled: [u64; BATCH],
    /// Bits of those pieces that are worth a look; others are too small.
    pub(crate) wanted: [u64; BATCH],
    /// Ends of pieces by which something stands that may join them to others.
    pub(crate) stretched: [u64; BATCH],
    /// The blocks with pieces, as bits.
    pub(crate) with_any: u32,
    /// The blocks with pieces that are worth a look.
    pub(crate) with_wanted: u32,
}

impl Pieces {
    /// Reads the pieces of the first `count` blocks. Which blocks have an `@` or the beginning of a label.
    #[inline]
    pub(super) fn read(&mut self, planes: &Planes, count: usize) -> u32 {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the CPU has AVX2.
            return unsafe { avx2::read(self, planes, count) };
        }
        self.read_by(planes, count, nonzero)
    }

    /// As it is written: only the instructions differ.
    #[inline(always)]
    fn read_by(&mut self, planes: &Planes, count: usize, nonzero: impl Fn(&[u64; BATCH]) -> u32) -> u32 {
        const { assert!(BATCH == 2 * LANES) };
        // What is read of blocks that are not there is left out.
        let there = !(!0 << count);
        let here = |bits: &[u64; BATCH]| nonzero(bits) & there;
        if here(&std::array::from_fn(|n| planes.digits[n + 1])) == 0 {
            (self.with_any, self.with_wanted) = (0, 0);
        } else {
            self.put::<0>(&of::<0>(planes));
            if count > LANES {
                self.put::<LANES>(&of::<LANES>(planes));
            }
            (self.with_any, self.with_wanted) = (here(&self.filled), here(&self.wanted));
        }
        here(&std::array::from_fn(|n| planes.at[n + 1] | planes.words[n + 1]))
    }

    /// Keeps what was found in the blocks from `FIRST` on.
    #[inline(always)]
    fn put<const FIRST: usize>(&mut self, found: &Found<Lanes>) {
        // Known when it is compiled, a place needs no check.
        self.filled[FIRST..FIRST + LANES].copy_from_slice(&found.filled.0);
        self.wanted[FIRST..FIRST + LANES].copy_from_slice(&found.wanted.0);
        self.stretched[FIRST..FIRST + LANES].copy_from_slice(&found.stretched.0);
    }
}

/// Which blocks have any bits.
fn nonzero(blocks: &[u64; BATCH]) -> u32 {
    blocks.iter().enumerate().fold(0, |all, (n, &bits)| all | u32::from(bits != 0) << n)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use core::arch::x86_64::{
        _mm256_castsi256_pd, _mm256_cmpeq_epi64, _mm256_loadu_si256, _mm256_movemask_pd, _mm256_setzero_si256,
    };

    use super::{BATCH, LANES, Pieces, Planes};

    #[target_feature(enable = "avx2")]
    pub(super) fn read(pieces: &mut Pieces, planes: &Planes, count: usize) -> u32 {
        pieces.read_by(planes, count, |blocks| nonzero(blocks))
    }

    /// See [`super::nonzero`].
    #[inline]
    #[target_feature(enable = "avx2")]
    fn nonzero(blocks: &[u64; BATCH]) -> u32 {
        let (halves, _) = blocks.as_chunks::<LANES>();
        let empty = |half: &[u64; LANES]| {
            // SAFETY: the half is as long as the vector; the load asks for no alignment.
            let blocks = unsafe { _mm256_loadu_si256(half.as_ptr().cast()) };
            _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(blocks, _mm256_setzero_si256()))).cast_unsigned()
        };
        !(empty(&halves[0]) | empty(&halves[1]) << LANES) & ((1 << BATCH) - 1)
    }
}

#[inline(always)]
fn of<const FIRST: usize>(planes: &Planes) -> Found<Lanes> {
    let near = |plane: &Plane| {
        let from = |first: usize| {
            let mut bits = [0; LANES];
            bits.copy_from_slice(&plane[first..first + LANES]);
            Lanes(bits)
        };
        Near { before: from(FIRST), here: from(FIRST + 1), after: from(FIRST + 2) }
    };
    pieces(&Around {
        digits: near(&planes.digits),
        splits: near(&planes.splits),
        letters: near(&planes.letters),
        capitals: near(&planes.capitals),
        colons: near(&planes.colons),
        stretches: near(&planes.stretches),
    })
}

/// One bit a character for some blocks.
pub(super) trait Bits:
    Copy
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + Not<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// The same bits for each block.
    fn all(bits: u64) -> Self;
}

/// The marks of some blocks and of those before and after each.
pub(super) struct Around<B> {
    pub(super) digits: Near<B>,
    pub(super) splits: Near<B>,
    pub(super) letters: Near<B>,
    pub(super) capitals: Near<B>,
    pub(super) colons: Near<B>,
    pub(super) stretches: Near<B>,
}

/// See [`Pieces`].
pub(super) struct Found<B> {
    pub(super) filled: B,
    pub(super) wanted: B,
    pub(super) stretched: B,
}

#[inline(always)]
pub(super) fn pieces<B: Bits>(around: &Around<B>) -> Found<B> {
    let Around { digits, splits, letters, capitals, colons, stretches } = around;
    // Digits hang together over what does not part them.
    let (l1, l2_any) = (digits.left(1), digits.left(2));
    let l2 = l2_any & !splits.left(1);
    let l3 = digits.left(3) & !(splits.left(1) | splits.left(2));
    let (r1, r2) = (digits.right(1), digits.right(2) & !splits.right(1));
    let r3 = digits.right(3) & !(splits.right(1) | splits.right(2));
    let filled = digits.here | !splits.here & ((l1 & (r1 | r2 | r3)) | (l2 & (r1 | r2)) | (l3 & r1));
    let (begins, ends) = (filled & !(filled << 1), filled & !(filled >> 1));
    // As long as the shortest identifier.
    const { assert!(FEWEST_DIGITS == 7) };
    let two = filled & filled >> 1;
    let four = two & two >> 2;
    let large = four & four >> 3;
    // Pieces that go on in a neighbour: all bits of those that may be in reach, brought together in one.
    let before = digits.before >> (BLOCK as u32 - 4);
    let before = before | before >> 2;
    let after = digits.after | digits.after >> 2;
    let crossing = (before | before >> 1) & B::all(1) | (after | after >> 1) << (BLOCK as u32 - 1);
    // By which something stands that may join them to others or hide a capital.
    let stretched = ends & (stretches.right(1) | stretches.right(2) | stretches.right(3) | stretches.right(4));
    let hidden = stretched | begins & (stretches.left(1) | stretches.left(2));
    // By which capitals may stand, as in a company's number with letters, or colons with what an IPv6 address has beside.
    let capitals = begins & (capitals.left(1) | capitals.left(2)) | ends & (capitals.right(1) | capitals.right(2));
    let address = colons.left(1) & (l2_any | letters.left(2) | colons.left(2))
        | letters.left(1) & (colons.left(2) | colons.left(3));
    let colons = begins & address | ends & colons.right(1) & colons.right(2) | filled & colons.here & colons.left(1);
    let lettered = begins & two & two >> 2 & two >> 4 & letters.left(1);
    let wanted = large | filled & crossing | hidden | capitals | colons | lettered;
    Found { filled, wanted, stretched }
}

/// A kind of mark in some blocks and in those before and after each.
#[derive(Clone, Copy)]
pub(super) struct Near<B> {
    pub(super) before: B,
    pub(super) here: B,
    pub(super) after: B,
}

impl<B: Bits> Near<B> {
    /// By place, whether a mark stands so far before it.
    #[inline(always)]
    pub(super) fn left(self, far: u32) -> B {
        self.here << far | self.before >> (BLOCK as u32 - far)
    }

    /// The same behind it.
    #[inline(always)]
    fn right(self, far: u32) -> B {
        self.here >> far | self.after << (BLOCK as u32 - far)
    }
}

/// The bits of a few blocks as a compiler makes vectors of them.
#[derive(Clone, Copy)]
struct Lanes([u64; LANES]);

impl Lanes {
    #[inline(always)]
    fn map(self, other: Self, each: impl Fn(u64, u64) -> u64) -> Self {
        let mut bits = [0; LANES];
        for (lane, bits) in bits.iter_mut().enumerate() {
            *bits = each(self.0[lane], other.0[lane]);
        }
        Self(bits)
    }
}

impl Bits for Lanes {
    #[inline(always)]
    fn all(bits: u64) -> Self {
        Self([bits; LANES])
    }
}

impl BitAnd for Lanes {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        self.map(other, |a, b| a & b)
    }
}

impl BitOr for Lanes {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        self.map(other, |a, b| a | b)
    }
}

impl Not for Lanes {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        self.map(self, |a, _| !a)
    }
}

impl Shl<u32> for Lanes {
    type Output = Self;
    #[inline(always)]
    fn shl(self, far: u32) -> Self {
        self.map(self, |a, _| a << far)
    }
}

impl Shr<u32> for Lanes {
    type Output = Self;
    #[inline(always)]
    fn shr(self, far: u32) -> Self {
        self.map(self, |a, _| a >> far)
    }
}
