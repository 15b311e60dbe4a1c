//! 16 bytes at a time, for x86-64 without AVX2. It has no lookup within a vector: classes are ranges, and each letter
//! that begins a word is looked at by itself.

use core::arch::x86_64::{
    __m128i, _mm_add_epi8, _mm_andnot_si128, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_min_epu8, _mm_movemask_epi8,
    _mm_or_si128, _mm_set1_epi8,
};

use super::{BLOCK, Letters, Marks, Planes, Triggers, WINDOW, byte_before, starts, window};
use crate::view::{BARRIER, INVISIBLE};

#[target_feature(enable = "sse2")]
pub(super) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    let mut last = byte_before(text, from);
    for (n, from) in (at..at + count).zip((from..).step_by(BLOCK)) {
        let Some((block, before)) = window(text, from) else { break };
        out.set(n, anchors(block, before));
        if triggers.is_empty() {
            continue;
        }
        let Some((window, before)) = window(text, from) else { break };
        // The last two bytes of a text begin no word of three.
        out.words[n] = words(window, last, triggers).checked_shr(before).unwrap_or(0);
        last = window[BLOCK - 1];
    }
}

#[target_feature(enable = "sse2")]
pub(super) fn letters(block: &[u8; BLOCK]) -> Letters {
    let bytes = load(block);
    Letters {
        letter: join(bytes.map(|bytes| _mm_or_si128(is_letter(bytes), is(bytes, INVISIBLE)))),
        upper: join(bytes.map(|bytes| is_upper(bytes))),
        digit: join(bytes.map(|bytes| is_between(bytes, b'0', b'9'))),
        hidden: join(bytes.map(|bytes| is(bytes, INVISIBLE))),
        opens: join(bytes.map(|bytes| is_open(bytes))),
    }
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_open(bytes: __m128i) -> __m128i {
    // The two brackets differ in one bit.
    let brackets = is(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), b'{');
    _mm_or_si128(brackets, _mm_or_si128(is(bytes, b'@'), is(bytes, b'<')))
}

#[inline]
#[target_feature(enable = "sse2")]
fn anchors(block: &[u8; BLOCK], before: u32) -> Marks {
    let bytes = load(block);
    let marks = Marks {
        digits: join(bytes.map(|bytes| is_between(bytes, b'0', b'9'))),
        at: join(bytes.map(|bytes| is(bytes, b'@'))),
        words: 0,
        splits: join(bytes.map(|bytes| is_split(bytes))),
        letters: join(bytes.map(|bytes| is_letter(bytes))),
        capitals: join(bytes.map(|bytes| is_upper(bytes))),
        colons: join(bytes.map(|bytes| is(bytes, b':'))),
        stretches: join(bytes.map(|bytes| is_stretch(bytes))),
    };
    marks.after(before as usize)
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_stretch(bytes: __m128i) -> __m128i {
    // What of the marks above ASCII is a space, a currency, a letter, a quote or a dot; some differ in one bit.
    let twins = _mm_or_si128(bytes, _mm_set1_epi8(0x10));
    let plain = _mm_or_si128(is_between(bytes, 0xa0, 0xa4), is_between(twins, 0xba, 0xbb));
    let plain = _mm_or_si128(plain, _mm_or_si128(is(twins, 0xb5), _mm_or_si128(is(bytes, 0xb7), is(bytes, 0xbf))));
    let marks = _mm_andnot_si128(plain, is_between(bytes, 0x80, 0xbf));
    let lines = _mm_or_si128(is_between(bytes, b'\n', b'\r'), marks);
    // Times and division signs differ in one bit.
    let signs = is(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 0xf7);
    let marks = _mm_or_si128(is(bytes, b'*'), _mm_or_si128(is(bytes, b'`'), is(bytes, b'~')));
    _mm_or_si128(_mm_or_si128(lines, signs), _mm_or_si128(marks, is(bytes, b'<')))
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_split(bytes: __m128i) -> __m128i {
    let quotes = _mm_or_si128(is_between(bytes, b'!', b'\''), is_between(bytes, b'+', b','));
    let brackets = _mm_or_si128(is_between(bytes, b'[', b'^'), is_between(bytes, b'{', b'}'));
    let others = _mm_or_si128(is_between(bytes, b';', b'@'), _mm_or_si128(is(bytes, b'\t'), is(bytes, BARRIER)));
    _mm_or_si128(_mm_or_si128(quotes, brackets), others)
}

#[inline]
#[target_feature(enable = "sse2")]
fn words(window: &[u8; WINDOW], last: u8, triggers: &Triggers) -> u64 {
    let bytes = load(window);
    let letter = join(bytes.map(|bytes| is_letter(bytes)));
    let upper = join(bytes.map(|bytes| is_upper(bytes)));
    triggers.among(starts(last, letter, upper) & letter, window)
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_letter(bytes: __m128i) -> __m128i {
    let folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    let accented = _mm_andnot_si128(is(folded, 0xf7), is_between(bytes, 0xc0, 0xff));
    // ª and º differ in one bit.
    let ordinal = is(_mm_or_si128(bytes, _mm_set1_epi8(0x10)), 0xba);
    _mm_or_si128(_mm_or_si128(is_between(folded, b'a', b'z'), accented), _mm_or_si128(ordinal, is(bytes, 0xb5)))
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_upper(bytes: __m128i) -> __m128i {
    let accented = _mm_andnot_si128(is(bytes, 0xd7), is_between(bytes, 0xc0, 0xde));
    _mm_or_si128(is_between(bytes, b'A', b'Z'), accented)
}

#[inline]
#[target_feature(enable = "sse2")]
fn is_between(bytes: __m128i, first: u8, last: u8) -> __m128i {
    let from_first = _mm_add_epi8(bytes, _mm_set1_epi8(first.wrapping_neg().cast_signed()));
    _mm_cmpeq_epi8(_mm_min_epu8(from_first, _mm_set1_epi8((last - first).cast_signed())), from_first)
}

#[inline]
#[target_feature(enable = "sse2")]
fn is(bytes: __m128i, byte: u8) -> __m128i {
    _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte.cast_signed()))
}

/// One bit a byte.
#[inline]
#[target_feature(enable = "sse2")]
fn join(bytes: [__m128i; 4]) -> u64 {
    let [a, b, c, d] = bytes.map(|bytes| u64::from(_mm_movemask_epi8(bytes).cast_unsigned()));
    a | b << 16 | c << 32 | d << 48
}

/// The first 64 bytes.
#[inline]
#[target_feature(enable = "sse2")]
fn load<const LEN: usize>(bytes: &[u8; LEN]) -> [__m128i; 4] {
    const { assert!(LEN >= BLOCK) };
    [0, 16, 32, 48].map(|at| {
        let from: *const u8 = &raw const bytes[at];
        // SAFETY: 16 bytes from there on are inside the array, as the assertion says; the load asks for no alignment.
        unsafe { _mm_loadu_si128(from.cast()) }
    })
}
