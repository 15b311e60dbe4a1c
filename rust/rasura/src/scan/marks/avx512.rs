//! 64 bytes at a time, for CPUs that look up all 256 bytes in one table. The end of a text is loaded by a mask, so
//! nothing is copied however short it is.

use core::arch::x86_64::{
    __m512i, __mmask64, _mm_loadu_si128, _mm512_and_si512, _mm512_broadcast_i32x4, _mm512_cmpeq_epi8_mask,
    _mm512_loadu_si512, _mm512_mask_blend_epi8, _mm512_maskz_loadu_epi8, _mm512_movepi8_mask, _mm512_or_si512,
    _mm512_permutex2var_epi8, _mm512_set1_epi8, _mm512_shuffle_epi8, _mm512_srli_epi16, _mm512_test_epi8_mask,
};

use super::look::may_stretch;
use super::{BLOCK, Letters, Marks, Planes, Triggers, byte_before, is_split, starts};
use crate::view::INVISIBLE;
use crate::view::class::{self, is};

const DIGIT: u8 = 1;
const SPLIT: u8 = 2;
const LETTER: u8 = 4;
const UPPER: u8 = 8;
const COLON: u8 = 16;
const STRETCH: u8 = 32;
const AT: u8 = 64;
const HIDDEN: u8 = 128;

/// What each byte is.
static KINDS: [u8; 256] = kinds();

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
            | if may_stretch(byte) { STRETCH } else { 0 }
            | if byte == b'@' { AT } else { 0 }
            | if byte == INVISIBLE { HIDDEN } else { 0 };
        n += 1;
    }
    table
}

/// Fills `count` blocks of `out` from `at` on.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    let (kinds, tables) = (Kinds::new(), Tables::new(triggers));
    let mut before = byte_before(text, from);
    for n in 0..count {
        let from = from + n * BLOCK;
        let rest = text.get(from..).unwrap_or_default();
        let bytes = load(rest, 0);
        let mut marks = kinds.marks(bytes);
        let hits = tables.hits([bytes, load(rest, 1), load(rest, 2)]);
        if hits != 0 {
            let words = hits & starts(before, marks.letters, marks.capitals);
            marks.words = if triggers.exact { words } else { triggers.among(words, rest) };
        }
        out.set(at + n, marks);
        before = rest.get(BLOCK - 1).copied().unwrap_or(0);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn look(rest: &[u8]) -> Marks {
    Kinds::new().marks(load(rest, 0))
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
pub(super) fn letters(rest: &[u8]) -> Letters {
    let bytes = load(rest, 0);
    let kinds = Kinds::new().of(bytes);
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

/// The table of bytes in registers.
struct Kinds([__m512i; 4]);

impl Kinds {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn new() -> Self {
        let (quarters, _) = KINDS.as_chunks::<BLOCK>();
        let quarter = |n: usize| {
            // SAFETY: a quarter is as long as the vector; the load asks for no alignment.
            unsafe { _mm512_loadu_si512(quarters[n].as_ptr().cast()) }
        };
        Self([quarter(0), quarter(1), quarter(2), quarter(3)])
    }

    /// What each byte is.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn of(&self, bytes: __m512i) -> __m512i {
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

/// The tables of triggers in registers.
struct Tables {
    low: [__m512i; 3],
    high: [__m512i; 3],
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn new(triggers: &Triggers) -> Self {
        let (low, high) = (&triggers.low, &triggers.high);
        Self {
            low: [table(&low[0]), table(&low[1]), table(&low[2])],
            high: [table(&high[0]), table(&high[1]), table(&high[2])],
        }
    }

    /// Where triggers stand, whatever is before them: the three are the bytes, those after them, and those after these.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    fn hits(&self, bytes: [__m512i; 3]) -> u64 {
        let buckets = |n: usize| {
            let high = _mm512_and_si512(_mm512_srli_epi16::<4>(bytes[n]), all(15));
            // A lookup takes the low half of an ASCII byte by itself, and gives zero for any other.
            _mm512_and_si512(_mm512_shuffle_epi8(self.low[n], bytes[n]), _mm512_shuffle_epi8(self.high[n], high))
        };
        _mm512_test_epi8_mask(_mm512_and_si512(buckets(0), buckets(1)), buckets(2))
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn table(entries: &[u8; 16]) -> __m512i {
    // SAFETY: the table is as long as the vector; the load asks for no alignment.
    _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(entries.as_ptr().cast()) })
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn all(byte: u8) -> __m512i {
    _mm512_set1_epi8(byte.cast_signed())
}

/// The 64 bytes from `skip` on, zeros where the text has ended.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load(rest: &[u8], skip: usize) -> __m512i {
    let left = rest.len().saturating_sub(skip);
    let mask: __mmask64 = if left >= BLOCK { !0 } else { (1 << left) - 1 };
    // SAFETY: the mask lets nothing be read but the `left` bytes from `skip` on, which are the slice's; the load asks for
    // no alignment.
    unsafe { _mm512_maskz_loadu_epi8(mask, rest.as_ptr().wrapping_add(skip).cast()) }
}
