//! Eight blocks at a time. What each byte is makes a bit of eight; these are turned so that the bits of a kind stand
//! together, block by block, and stay in registers until it is known which pieces are worth a look.
#![expect(clippy::inline_always, reason = "what a function with a CPU feature calls must become a part of it")]

use core::arch::x86_64::{
    __m512i, _mm512_alignr_epi64, _mm512_and_si512, _mm512_gf2p8affine_epi64_epi8, _mm512_loadu_si512, _mm512_or_si512,
    _mm512_permutexvar_epi8, _mm512_set1_epi64, _mm512_setzero_si512, _mm512_shuffle_epi8, _mm512_shuffle_i64x2,
    _mm512_sllv_epi64, _mm512_srlv_epi64, _mm512_storeu_si512, _mm512_test_epi8_mask, _mm512_test_epi64_mask,
    _mm512_unpackhi_epi64, _mm512_unpacklo_epi64, _mm512_xor_si512,
};
use std::ops::{BitAnd, BitOr, Not, Shl, Shr};

use super::super::marks::avx512::{self as marks, KINDS, Table, Tables, load};
use super::super::marks::{byte_before, starts};
use super::super::pieces::{self, Around, Bits, Found, Near};
use super::{BATCH, BLOCK, Batch, ROOM, Triggers};

/// Within each eight bytes the last one first.
static BACKWARDS: [u8; BLOCK] = {
    let mut places = [0; BLOCK];
    let mut n = 0;
    while n < BLOCK {
        // A shuffle knows sixteen places.
        places[n] = (n % 16 / 8 * 8 + 7 - n % 8) as u8;
        n += 1;
    }
    places
};
/// The first bytes of each eight, then the second ones, and so on.
static TOGETHER: [u8; BLOCK] = {
    let mut places = [0; BLOCK];
    let mut n = 0;
    while n < BLOCK {
        places[n] = (n % 8 * 8 + n / 8) as u8;
        n += 1;
    }
    places
};
/// One bit in each byte: the first one in the first.
const DIAGONAL: i64 = 0x8040_2010_0804_0201_u64.cast_signed();

/// See [`Batch::read`].
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,gfni")]
pub(super) fn read(batch: &mut Batch, text: &[u8], base: usize, triggers: &Triggers) -> usize {
    let rest = text.get(base..).unwrap_or_default();
    let count = rest.len().div_ceil(BLOCK).min(BATCH + 1);
    let (kinds, tables) = (Table::new(&KINDS), Tables::new(&triggers.buckets));
    let mut rows = [_mm512_setzero_si512(); BATCH];
    let mut hits = [0; BATCH];
    let mut bytes = load(rest, 0);
    let (mut digits, mut anchors) = (0, 0);
    for n in 0..count.min(BATCH) {
        let next = load(rest, (n + 1) * BLOCK);
        rows[n] = kinds.of(bytes);
        hits[n] = tables.hits(bytes, next);
        digits |= is_any(rows[n], marks::DIGIT);
        anchors |= is_any(rows[n], marks::AT) | hits[n];
        bytes = next;
    }
    if digits == 0 && base == 0 && count <= BATCH {
        // Most messages have none, and nothing else is asked of them.
        batch.pieces.with_any = 0;
        batch.pieces.with_wanted = 0;
        batch.anchored = 0;
        if anchors != 0 {
            only_anchors(batch, rest, &rows, &hits, triggers);
        }
        return count + 1;
    }
    let turn = Turn::new();
    for row in rows.iter_mut().take(count) {
        *row = turn.row(*row);
    }
    let here = columns(&rows);
    let mut after = [0; 8];
    if count > BATCH {
        // The block behind the batch, for what of the last one goes on in it.
        store(&mut after, turn.row(kinds.of(bytes)));
    }
    let planes = &mut batch.planes;
    let kept = [
        &mut planes.digits,
        &mut planes.splits,
        &mut planes.letters,
        &mut planes.capitals,
        &mut planes.colons,
        &mut planes.stretches,
        &mut planes.at,
    ];
    let mut near = [Near { before: Lanes(here[0]), here: Lanes(here[0]), after: Lanes(here[0]) }; 7];
    for (n, plane) in kept.into_iter().enumerate() {
        let (first, last) = (_mm512_set1_epi64(plane[0].cast_signed()), _mm512_set1_epi64(after[n].cast_signed()));
        near[n] = Near {
            before: Lanes(_mm512_alignr_epi64::<7>(here[n], first)),
            here: Lanes(here[n]),
            after: Lanes(_mm512_alignr_epi64::<1>(last, here[n])),
        };
        if let Some(room) = plane[1..].first_chunk_mut() {
            store(room, here[n]);
        }
        plane[ROOM - 1] = after[n];
    }
    let [digits, splits, letters, capitals, colons, stretches, at] = near;
    let found = pieces::pieces(&Around { digits, splits, letters, capitals, colons, stretches });
    let Found { filled, wanted, stretched } = found;
    batch.pieces.with_any = _mm512_test_epi64_mask(filled.0, filled.0).into();
    batch.pieces.with_wanted = _mm512_test_epi64_mask(wanted.0, wanted.0).into();
    store(&mut batch.pieces.filled, filled.0);
    store(&mut batch.pieces.wanted, wanted.0);
    store(&mut batch.pieces.stretched, stretched.0);
    let starts = !letters.left(1) | capitals.here;
    let words = Lanes(from(&hits)) & starts;
    let anchored = words | at.here;
    batch.anchored = _mm512_test_epi64_mask(anchored.0, anchored.0).into();
    if let Some(room) = planes.words[1..].first_chunk_mut::<BATCH>() {
        store(room, words.0);
        if !triggers.exact {
            for (n, words) in room.iter_mut().enumerate().filter(|(_, words)| **words != 0) {
                *words = triggers.among_taken(*words, &rest[n * BLOCK..]);
                let any = *words | planes.at[n + 1] != 0;
                batch.anchored &= !(u32::from(!any) << n);
            }
        }
    }
    planes.words[ROOM - 1] = 0;
    count + 1
}

/// Which bytes are of a kind.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn is_any(kinds: __m512i, kind: u8) -> u64 {
    _mm512_test_epi8_mask(kinds, marks::all(kind))
}

/// The anchors of a text without digits, of which it is known what each byte is.
#[target_feature(enable = "avx512f,avx512bw")]
fn only_anchors(batch: &mut Batch, text: &[u8], kinds: &[__m512i; BATCH], hits: &[u64; BATCH], triggers: &Triggers) {
    for (n, &kinds) in kinds.iter().enumerate() {
        let from = n * BLOCK;
        let mut words = hits[n];
        if words != 0 {
            words &= starts(byte_before(text, from), is_any(kinds, marks::LETTER), is_any(kinds, marks::UPPER));
            words = triggers.among_taken(words, &text[from..]);
        }
        let at = is_any(kinds, marks::AT);
        (batch.planes.at[n + 1], batch.planes.words[n + 1]) = (at, words);
        batch.anchored |= u32::from(at | words != 0) << n;
    }
}

/// Turns the bits of bytes.
struct Turn {
    backwards: __m512i,
    together: __m512i,
    diagonal: __m512i,
}

impl Turn {
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn new() -> Self {
        // SAFETY: the tables are as long as a vector; the loads ask for no alignment.
        let table = |table: &'static [u8; BLOCK]| unsafe { _mm512_loadu_si512(table.as_ptr().cast()) };
        Self { backwards: table(&BACKWARDS), together: table(&TOGETHER), diagonal: _mm512_set1_epi64(DIAGONAL) }
    }

    /// The first bits of all bytes, then their second ones, and so on.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,gfni")]
    fn row(&self, kinds: __m512i) -> __m512i {
        let eights = _mm512_shuffle_epi8(kinds, self.backwards);
        _mm512_permutexvar_epi8(self.together, _mm512_gf2p8affine_epi64_epi8::<0>(self.diagonal, eights))
    }
}

/// Rows as columns.
#[inline]
#[target_feature(enable = "avx512f")]
fn columns(rows: &[__m512i; 8]) -> [__m512i; 8] {
    let pairs = |a: __m512i, b: __m512i| [_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b)];
    let evens = |a, b| _mm512_shuffle_i64x2::<0b10_00_10_00>(a, b);
    let odds = |a, b| _mm512_shuffle_i64x2::<0b11_01_11_01>(a, b);
    let [a, b, c, d] =
        [pairs(rows[0], rows[1]), pairs(rows[2], rows[3]), pairs(rows[4], rows[5]), pairs(rows[6], rows[7])];
    let mut columns = *rows;
    for n in 0..2 {
        let (low, high) = ((evens(a[n], b[n]), odds(a[n], b[n])), (evens(c[n], d[n]), odds(c[n], d[n])));
        columns[n] = evens(low.0, high.0);
        columns[n + 2] = evens(low.1, high.1);
        columns[n + 4] = odds(low.0, high.0);
        columns[n + 6] = odds(low.1, high.1);
    }
    columns
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(room: &mut [u64; 8], lanes: __m512i) {
    // SAFETY: the room is as long as the vector; the store asks for no alignment.
    unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), lanes) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn from(room: &[u64; 8]) -> __m512i {
    // SAFETY: the room is as long as the vector; the load asks for no alignment.
    unsafe { _mm512_loadu_si512(room.as_ptr().cast()) }
}

/// The bits of eight blocks. Its operators are for functions with AVX-512 alone, which they become a part of.
#[derive(Clone, Copy)]
struct Lanes(__m512i);

impl Bits for Lanes {
    #[inline(always)]
    fn all(bits: u64) -> Self {
        // SAFETY: only `read` has such lanes, and the CPU has what it needs.
        Self(unsafe { _mm512_set1_epi64(bits.cast_signed()) })
    }
}

impl BitAnd for Lanes {
    type Output = Self;
    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_and_si512(self.0, other.0) })
    }
}

impl BitOr for Lanes {
    type Output = Self;
    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_or_si512(self.0, other.0) })
    }
}

impl Not for Lanes {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_xor_si512(self.0, _mm512_set1_epi64(-1)) })
    }
}

impl Shl<u32> for Lanes {
    type Output = Self;
    #[inline(always)]
    fn shl(self, far: u32) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_sllv_epi64(self.0, _mm512_set1_epi64(far.into())) })
    }
}

impl Shr<u32> for Lanes {
    type Output = Self;
    #[inline(always)]
    fn shr(self, far: u32) -> Self {
        // SAFETY: as above.
        Self(unsafe { _mm512_srlv_epi64(self.0, _mm512_set1_epi64(far.into())) })
    }
}
