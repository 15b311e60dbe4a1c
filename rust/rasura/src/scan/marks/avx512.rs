//! 64 bytes at a time, for CPUs that look up all 256 bytes in one table. The end of a text is loaded by a mask, so
//! nothing is copied however short it is.

use core::arch::x86_64::{
    __m512i, __mmask64, _mm512_and_si512, _mm512_cmpeq_epi8_mask, _mm512_loadu_si512, _mm512_mask_blend_epi8,
    _mm512_maskz_loadu_epi8, _mm512_movepi8_mask, _mm512_or_si512, _mm512_permutex2var_epi8, _mm512_set1_epi8,
    _mm512_test_epi8_mask,
};

use super::{BLOCK, Letters, Marks, is_split, is_stretch};
use crate::view::INVISIBLE;
use crate::view::class::{self, is};

pub(crate) const DIGIT: u8 = 1;
const SPLIT: u8 = 2;
pub(crate) const LETTER: u8 = 4;
pub(crate) const UPPER: u8 = 8;
const COLON: u8 = 16;
const STRETCH: u8 = 32;
pub(crate) const AT: u8 = 64;
const HIDDEN: u8 = 128;

/// What each byte is.
pub(crate) static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        table[n] = if is(byte, class::DIGIT) { DIGIT } else { 0 }
            | if is_split(byte) { SPLIT } else { 0 }
            | if is(byte, class::LETTER) { LETTER } else { 0 }
            | if is(byte, class::UPPER) { UPPER } else { 0 }
            | if byte == b':' { COLON } else { 0 }
            | if is_stretch(byte) { STRETCH } else { 0 }
            | if byte == b'@' { AT } else { 0 }
            | if byte == INVISIBLE { HIDDEN } else { 0 };
        n += 1;
    }
    table
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn look(rest: &[u8]) -> Marks {
    Table::new(&KINDS).marks(load(rest, 0))
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn letters(rest: &[u8]) -> Letters {
    let bytes = load(rest, 0);
    let kinds = Table::new(&KINDS).of(bytes);
    let equals = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, all(byte));
    // The two brackets differ in one bit.
    let brackets = _mm512_cmpeq_epi8_mask(_mm512_or_si512(bytes, all(0x20)), all(b'{'));
    Letters {
        letter: _mm512_test_epi8_mask(kinds, all(LETTER | HIDDEN)),
        upper: _mm512_test_epi8_mask(kinds, all(UPPER)),
        digit: _mm512_test_epi8_mask(kinds, all(DIGIT)),
        opens: brackets | equals(b'@') | equals(b'<'),
        hidden: _mm512_test_epi8_mask(kinds, all(HIDDEN)),
    }
}

/// A table of bytes in registers.
pub(crate) struct Table([__m512i; 4]);

impl Table {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(crate) fn new(table: &'static [u8; 256]) -> Self {
        let (quarters, _) = table.as_chunks::<BLOCK>();
        let quarter = |n: usize| {
            // SAFETY: a quarter is as long as the vector; the load asks for no alignment.
            unsafe { _mm512_loadu_si512(quarters[n].as_ptr().cast()) }
        };
        Self([quarter(0), quarter(1), quarter(2), quarter(3)])
    }

    /// What the table has for each byte.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(crate) fn of(&self, bytes: __m512i) -> __m512i {
        let ascii = _mm512_permutex2var_epi8(self.0[0], bytes, self.0[1]);
        let others = _mm512_permutex2var_epi8(self.0[2], bytes, self.0[3]);
        _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), ascii, others)
    }

    /// What 64 bytes are, words aside.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn marks(&self, bytes: __m512i) -> Marks {
        let kinds = self.of(bytes);
        Marks {
            digits: _mm512_test_epi8_mask(kinds, all(DIGIT)),
            at: _mm512_test_epi8_mask(kinds, all(AT)),
            words: 0,
            splits: _mm512_test_epi8_mask(kinds, all(SPLIT)),
            letters: _mm512_test_epi8_mask(kinds, all(LETTER)),
            capitals: _mm512_test_epi8_mask(kinds, all(UPPER)),
            colons: _mm512_test_epi8_mask(kinds, all(COLON)),
            stretches: _mm512_test_epi8_mask(kinds, all(STRETCH)),
        }
    }
}

/// The tables of three characters in a row in registers.
pub(crate) struct Tables {
    buckets: [[__m512i; 2]; 3],
    next: [__m512i; 2],
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(crate) fn new([first, second, third]: &[[u8; 2 * BLOCK]; 3]) -> Self {
        let halves = |table: &[u8; 2 * BLOCK]| {
            // SAFETY: each half of the table is as long as the vector; the loads ask for no alignment.
            unsafe { [_mm512_loadu_si512(table.as_ptr().cast()), _mm512_loadu_si512(table[BLOCK..].as_ptr().cast())] }
        };
        // SAFETY: as above.
        let places = |far: usize| unsafe { _mm512_loadu_si512(PLACES[far..].as_ptr().cast()) };
        Self { buckets: [halves(first), halves(second), halves(third)], next: [places(1), places(2)] }
    }

    /// The bytes one or two behind each of 64, which `next` follow.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(crate) fn behind(&self, far: usize, bytes: __m512i, next: __m512i) -> __m512i {
        _mm512_permutex2var_epi8(bytes, self.next[far - 1], next)
    }

    /// Where what the tables take stands among 64 bytes, which `next` follow, whatever is before them.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub(crate) fn hits(&self, bytes: __m512i, next: __m512i) -> u64 {
        let (second, third) = (self.behind(1, bytes, next), self.behind(2, bytes, next));
        // A lookup goes by the lower seven bits of a byte: what begins with a letter beyond ASCII is left out here, and who
        // asks looks again where another letter is taken for an accented one.
        let ascii = !_mm512_movepi8_mask(bytes);
        let of = |[low, high]: [__m512i; 2], bytes| _mm512_permutex2var_epi8(low, bytes, high);
        let two = _mm512_and_si512(of(self.buckets[0], bytes), of(self.buckets[1], second));
        _mm512_test_epi8_mask(two, of(self.buckets[2], third)) & ascii
    }
}

/// The places of bytes, and some more.
static PLACES: [u8; BLOCK + 2] = {
    let mut places = [0; BLOCK + 2];
    let mut n = 0;
    while n < places.len() {
        places[n] = n as u8;
        n += 1;
    }
    places
};

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(crate) fn all(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte.cast_signed())
}

/// The 64 bytes from `skip` on, zeros where the text has ended.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
pub(crate) fn load(rest: &[u8], skip: usize) -> __m512i {
    let left = rest.len().saturating_sub(skip);
    // Without a branch, since nobody foretells where a text ends.
    let mask: __mmask64 = if left >= BLOCK { !0 } else { (1 << left) - 1 };
    // SAFETY: the mask lets nothing be read but the `left` bytes from `skip` on, which are the slice's; the load asks for
    // no alignment.
    unsafe { _mm512_maskz_loadu_epi8(mask, rest.as_ptr().wrapping_add(skip).cast()) }
}
