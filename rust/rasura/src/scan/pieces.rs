//! Digits with the gaps between that they hang together over, by the bits of marks: which pieces there are and which of
//! them are worth a look. All that is asked of each block is asked of several blocks at a time.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use std::ops::{BitAnd, BitOr, Not, Shl, Shr};

use super::clusters::FEWEST;
use super::marks::{BATCH, BLOCK, Plane, Planes};

/// How many blocks are looked at together.
pub(super) const LANES: usize = 4;

/// The pieces of some blocks in a row.
pub(super) struct Pieces {
    /// Digits, and the gaps that they hang together over.
    pub(super) filled: [u64; LANES],
    /// Bits of those pieces that are worth a look; others are too small.
    pub(super) wanted: [u64; LANES],
    /// Ends of pieces by which something stands that may join them to others.
    pub(super) stretched: [u64; LANES],
}

/// The pieces of the first blocks of a batch, or of the others.
#[inline]
pub(super) fn read(planes: &Planes, others: bool) -> Pieces {
    const { assert!(BATCH == 2 * LANES) };
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        return unsafe { if others { with_avx2::<{ 1 + LANES }>(planes) } else { with_avx2::<1>(planes) } };
    }
    if others { of::<{ 1 + LANES }>(planes) } else { of::<1>(planes) }
}

/// As it is written below: only the instructions differ.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<const FIRST: usize>(planes: &Planes) -> Pieces {
    of::<FIRST>(planes)
}

/// The pieces of the blocks from `FIRST` on, which have others before and after them.
#[inline(always)]
fn of<const FIRST: usize>(planes: &Planes) -> Pieces {
    let (digits, splits) = (Near::of::<FIRST>(&planes.digits), Near::of::<FIRST>(&planes.splits));
    // Digits hang together over what does not part them.
    let (l1, l2) = (digits.left(1), digits.left(2) & !splits.left(1));
    let l3 = digits.left(3) & !(splits.left(1) | splits.left(2));
    let (r1, r2) = (digits.right(1), digits.right(2) & !splits.right(1));
    let r3 = digits.right(3) & !(splits.right(1) | splits.right(2));
    let filled = digits.here | !splits.here & ((l1 & (r1 | r2 | r3)) | (l2 & (r1 | r2)) | (l3 & r1));
    let (begins, ends) = (filled & !(filled << 1), filled & !(filled >> 1));
    // As long as the shortest identifier.
    const { assert!(FEWEST == 7) };
    let two = filled & filled >> 1;
    let four = two & two >> 2;
    let large = four & four >> 3;
    // Pieces that go on in a neighbour: all bits of those that may be in reach, brought together in one.
    let before = digits.before >> (BLOCK as u32 - 4);
    let before = before | before >> 2;
    let after = digits.after | digits.after >> 2;
    let crossing = (before | before >> 1) & Bits([1; LANES]) | (after | after >> 1) << (BLOCK as u32 - 1);
    // By which something stands that may join them to others or hide a capital.
    let stretches = Near::of::<FIRST>(&planes.stretches);
    let stretched = ends & (stretches.right(1) | stretches.right(2) | stretches.right(3) | stretches.right(4));
    let stretches = stretched | begins & (stretches.left(1) | stretches.left(2));
    // By which capitals or colons may stand, as in a company's number with letters or an IPv6 address.
    let capitals = Near::of::<FIRST>(&planes.capitals);
    let capitals = begins & (capitals.left(1) | capitals.left(2)) | ends & (capitals.right(1) | capitals.right(2));
    let colons = Near::of::<FIRST>(&planes.colons);
    let colons = begins & (colons.left(1) | colons.left(2) | colons.left(3))
        | ends & colons.right(1)
        | filled & colons.here & colons.left(1);
    let lettered = begins & two & two >> 2 & two >> 4 & Near::of::<FIRST>(&planes.letters).left(1);
    let wanted = large | filled & crossing | stretches | capitals | colons | lettered;
    Pieces { filled: filled.0, wanted: wanted.0, stretched: stretched.0 }
}

/// One bit a character for some blocks in a row.
#[derive(Clone, Copy)]
struct Bits([u64; LANES]);

impl Bits {
    #[inline(always)]
    fn map(self, other: Self, each: impl Fn(u64, u64) -> u64) -> Self {
        let mut bits = [0; LANES];
        for (lane, bits) in bits.iter_mut().enumerate() {
            *bits = each(self.0[lane], other.0[lane]);
        }
        Self(bits)
    }
}

impl BitAnd for Bits {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        self.map(other, |a, b| a & b)
    }
}

impl BitOr for Bits {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        self.map(other, |a, b| a | b)
    }
}

impl Not for Bits {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        self.map(self, |a, _| !a)
    }
}

impl Shl<u32> for Bits {
    type Output = Self;
    #[inline(always)]
    fn shl(self, far: u32) -> Self {
        self.map(self, |a, _| a << far)
    }
}

impl Shr<u32> for Bits {
    type Output = Self;
    #[inline(always)]
    fn shr(self, far: u32) -> Self {
        self.map(self, |a, _| a >> far)
    }
}

/// A kind of mark in some blocks and in those before and after each.
#[derive(Clone, Copy)]
struct Near {
    before: Bits,
    here: Bits,
    after: Bits,
}

impl Near {
    #[inline(always)]
    fn of<const FIRST: usize>(plane: &Plane) -> Self {
        let from = |first: usize| {
            let mut bits = [0; LANES];
            bits.copy_from_slice(&plane[first..first + LANES]);
            Bits(bits)
        };
        Self { before: from(FIRST - 1), here: from(FIRST), after: from(FIRST + 1) }
    }

    /// By place, whether a mark stands so far before it.
    #[inline(always)]
    fn left(self, far: u32) -> Bits {
        self.here << far | self.before >> (BLOCK as u32 - far)
    }

    /// The same behind it.
    #[inline(always)]
    fn right(self, far: u32) -> Bits {
        self.here >> far | self.after << (BLOCK as u32 - far)
    }
}
