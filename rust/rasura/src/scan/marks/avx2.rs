//! 32 bytes at a time. Classes and triggers are found by the halves of a byte: each half tells what the byte may be, by
//! a table lookup of 16 entries within the vector, and what both agree on, it is.

use core::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_add_epi8, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
    _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_srli_epi16,
};

use super::{BLOCK, Letters, Look, Marks, Triggers, WINDOW, byte_before, is_split, starts};
use crate::view::INVISIBLE;
use crate::view::class::{LETTER, is};

/// By the high half of a byte, the groups that it may belong to: digits in the sign bit, letters in the others, those of
/// hexadecimal numbers in one of their own.
static HIGH: [u8; 16] = [0, 0, 0, 128, 1 | HEX, 2, 1 | HEX, 2, 0, 0, 16, 8, 3, 4, 3, 4];
const HEX: u8 = 32;
/// By the low half of a byte, the groups that it may belong to.
static LOW: [u8; 16] = low(false);
/// The same, with the soft hyphen as a letter.
static LOW_OR_INVISIBLE: [u8; 16] = low(true);

const fn low(invisible: bool) -> [u8; 16] {
    let mut table = [0; 16];
    let mut half = 0;
    while half < 16 {
        table[half] |= if half >= 1 { 1 } else { 0 };
        table[half] |= if half <= 10 { 2 } else { 0 };
        // × and ÷ are no letters.
        table[half] |= if half == 7 { 0 } else { 4 };
        // µ and º; ª, and the soft hyphen in the same row.
        table[half] |= if half == 5 || half == 10 { 8 } else { 0 };
        table[half] |= if half == 10 || half == 13 && invisible { 16 } else { 0 };
        table[half] |= if half <= 9 { 128 } else { 0 };
        table[half] |= if half >= 1 && half <= 6 { HEX } else { 0 };
        half += 1;
    }
    table
}

/// What digits are not joined over, all of it ASCII, by halves in the same way.
static SPLIT_HIGH: [u8; 16] = [1, 2, 4, 8, 16, 32, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0];
static SPLIT_LOW: [u8; 16] = splits();

const fn splits() -> [u8; 16] {
    let mut table = [0; 16];
    let mut byte = 0;
    while byte < 128 {
        table[byte % 16] |= if is_split(byte as u8) { SPLIT_HIGH[byte / 16] } else { 0 };
        byte += 1;
    }
    table
}

/// What only a squeezed copy shows aright, and more: see [`super::look`].
static STRETCH_HIGH: [u8; 16] = [1, 0, 2 | MARK, COLON, 0, 0, 4, 8, 16, 16, 16, 16, 0, 32, 0, 32];
static STRETCH_LOW: [u8; 16] = stretches();
/// A colon, in the sign bit.
const COLON: u8 = 128;
/// A hyphen, dot or slash, beside the sign bit.
const MARK: u8 = 64;

const fn stretches() -> [u8; 16] {
    let mut table = [16; 16];
    let mut half = 10;
    while half <= 13 {
        table[half] |= 1;
        half += 1;
    }
    // `*`, the grave accent, `~`; × and ÷.
    table[10] |= 2 | COLON;
    table[0] |= 4;
    table[13] |= MARK;
    table[14] |= 8 | MARK;
    table[15] |= MARK;
    table[7] |= 32;
    table
}

/// Fills all of `out`; see [`super::fill_by`].
#[target_feature(enable = "avx2")]
pub(super) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut [Marks]) {
    let windows = (text.len() + BLOCK).saturating_sub(from + WINDOW) / BLOCK;
    let (whole, end) = out.split_at_mut(windows.min(out.len()));
    if triggers.is_empty() {
        fill_anchors(text, from, whole);
    } else {
        fill_words(text, from, triggers, whole);
    }
    // At most two: a block with less than a window left, and one with less than a block.
    for (marks, from) in end.iter_mut().zip((from + whole.len() * BLOCK..).step_by(BLOCK)) {
        *marks = at_end(text, text.len() - from, triggers);
    }
}

/// The marks of the last `len` bytes, fewer than a window.
#[inline]
#[target_feature(enable = "avx2")]
fn at_end(text: &[u8], len: usize, triggers: &Triggers) -> Marks {
    let mut anchors = [Marks::default()];
    // Two bytes begin no word of three.
    if triggers.is_empty() || len <= 2 {
        fill_anchors(text, text.len() - BLOCK.max(len), &mut anchors);
        let before = BLOCK.saturating_sub(len);
        return anchors[0].after(before);
    }
    fill_words(text, text.len() - WINDOW, triggers, &mut anchors);
    let before = WINDOW - len;
    let mut marks = anchors[0].after(before);
    // The two bytes at the end of the window are marked one by one.
    let mut mark = |byte: u8, place: usize| {
        let bit = 1_u64.checked_shl(place as u32).unwrap_or(0);
        marks.digits |= if byte.is_ascii_digit() { bit } else { 0 };
        marks.at |= if byte == b'@' { bit } else { 0 };
        marks.splits |= if is_split(byte) { bit } else { 0 };
    };
    mark(text[text.len() - 2], len - 2);
    mark(text[text.len() - 1], len - 1);
    marks
}

#[target_feature(enable = "avx2")]
fn fill_anchors(text: &[u8], mut from: usize, out: &mut [Marks]) {
    let at = _mm256_set1_epi8(b'@'.cast_signed());
    let (low, high) = (table(&SPLIT_LOW), table(&SPLIT_HIGH));
    for marks in out {
        let Some(block) = text.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>) else { break };
        let (first, second) = (load::<0, BLOCK>(block), load::<32, BLOCK>(block));
        *marks = Marks {
            digits: join(is_digit(first), is_digit(second)),
            at: join(_mm256_cmpeq_epi8(first, at), _mm256_cmpeq_epi8(second, at)),
            words: 0,
            splits: join(
                is_positive(both(low, first, high, high_half(first))),
                is_positive(both(low, second, high, high_half(second))),
            ),
        };
        from += BLOCK;
    }
}

/// Fills all marks, each block with a window. Neither inlined nor with calls of its own, so that the tables stay in
/// registers: that is worth 3 GB/s.
#[inline(never)]
#[target_feature(enable = "avx2")]
fn fill_words(text: &[u8], mut from: usize, triggers: &Triggers, out: &mut [Marks]) {
    let tables = Tables::new(triggers);
    let mut last_letter = u64::from(is(byte_before(text, from), LETTER));
    for marks in out {
        let Some(window) = text.get(from..).and_then(<[u8]>::first_chunk::<WINDOW>) else { break };
        let low = half([load::<0, WINDOW>(window), load::<1, WINDOW>(window), load::<2, WINDOW>(window)], &tables);
        let high = half([load::<32, WINDOW>(window), load::<33, WINDOW>(window), load::<34, WINDOW>(window)], &tables);
        let letter = join(is_positive(low.groups), is_positive(high.groups));
        let hits = !join(low.no_trigger, high.no_trigger);
        let after_letter = letter << 1 | last_letter;
        last_letter = letter >> (BLOCK - 1);
        let mut words = hits & !after_letter;
        // Few triggers are within a word.
        if hits & after_letter != 0 {
            let upper = letter & !join(is_no_upper(low.bytes), is_no_upper(high.bytes));
            words = hits & starts(byte_before(text, from), letter, upper);
        }
        if !triggers.exact {
            words = triggers.among(words, window);
        }
        *marks = Marks {
            digits: join(low.groups, high.groups),
            at: join(low.at, high.at),
            words,
            splits: join(is_positive(low.splits), is_positive(high.splits)),
        };
        from += BLOCK;
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn letters(block: &[u8; BLOCK]) -> Letters {
    let (low_table, high_table) = (table(&LOW_OR_INVISIBLE), table(&HIGH));
    let bytes = [load::<0, BLOCK>(block), load::<32, BLOCK>(block)];
    let groups = bytes.map(|bytes| both(low_table, low_half(bytes), high_table, high_half(bytes)));
    let letter = join(is_positive(groups[0]), is_positive(groups[1]));
    Letters {
        letter,
        upper: letter & !join(is_no_upper(bytes[0]), is_no_upper(bytes[1])),
        digit: join(groups[0], groups[1]),
        hidden: join(is_byte(bytes[0], INVISIBLE), is_byte(bytes[1], INVISIBLE)),
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn look(block: &[u8; BLOCK]) -> Look {
    let bytes = [load::<0, BLOCK>(block), load::<32, BLOCK>(block)];
    let (lows, highs) = (bytes.map(|bytes| low_half(bytes)), bytes.map(|bytes| high_half(bytes)));
    let find = |low: &[u8; 16], high: &[u8; 16]| {
        let (low, high) = (table(low), table(high));
        [both(low, lows[0], high, highs[0]), both(low, lows[1], high, highs[1])]
    };
    let groups = find(&LOW, &HIGH);
    let splits = find(&SPLIT_LOW, &SPLIT_HIGH);
    let stretches = find(&STRETCH_LOW, &STRETCH_HIGH);
    let neither = _mm256_set1_epi8((MARK - 1).cast_signed());
    let others = stretches.map(|bits| _mm256_and_si256(bits, neither));
    let letter = join(is_positive(groups[0]), is_positive(groups[1]));
    let digit = join(groups[0], groups[1]);
    Look {
        digit,
        letter,
        upper: letter & !join(is_no_upper(bytes[0]), is_no_upper(bytes[1])),
        split: join(is_positive(splits[0]), is_positive(splits[1])),
        stretch: join(is_positive(others[0]), is_positive(others[1])),
        hidden: join(is_byte(bytes[0], INVISIBLE), is_byte(bytes[1], INVISIBLE)),
        colon: join(stretches[0], stretches[1]),
        hex: digit | join(_mm256_slli_epi16::<2>(groups[0]), _mm256_slli_epi16::<2>(groups[1])),
        mark: join(_mm256_slli_epi16::<1>(stretches[0]), _mm256_slli_epi16::<1>(stretches[1])),
    }
}

/// The tables in registers.
struct Tables {
    low: [__m256i; 3],
    high: [__m256i; 3],
    groups_low: __m256i,
    groups_high: __m256i,
    splits_low: __m256i,
    splits_high: __m256i,
}

impl Tables {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new(triggers: &Triggers) -> Self {
        let (low, high) = (&triggers.low, &triggers.high);
        Self {
            low: [table(&low[0]), table(&low[1]), table(&low[2])],
            high: [table(&high[0]), table(&high[1]), table(&high[2])],
            groups_low: table(&LOW),
            groups_high: table(&HIGH),
            splits_low: table(&SPLIT_LOW),
            splits_high: table(&SPLIT_HIGH),
        }
    }
}

/// What 32 bytes are.
struct Half {
    bytes: __m256i,
    groups: __m256i,
    at: __m256i,
    /// All-ones where no trigger begins.
    no_trigger: __m256i,
    /// Positive where digits are parted.
    splits: __m256i,
}

/// Looks up bytes, and for triggers the bytes one and two after them.
#[inline]
#[target_feature(enable = "avx2")]
fn half(bytes: [__m256i; 3], tables: &Tables) -> Half {
    let first_high = high_half(bytes[0]);
    // A lookup takes the low half of an ASCII byte by itself, and gives zero for any other.
    let first = both(tables.low[0], bytes[0], tables.high[0], first_high);
    let second = both(tables.low[1], bytes[1], tables.high[1], high_half(bytes[1]));
    let third = both(tables.low[2], bytes[2], tables.high[2], high_half(bytes[2]));
    let all = _mm256_and_si256(_mm256_and_si256(first, second), third);
    Half {
        bytes: bytes[0],
        groups: both(tables.groups_low, low_half(bytes[0]), tables.groups_high, first_high),
        at: _mm256_cmpeq_epi8(bytes[0], _mm256_set1_epi8(b'@'.cast_signed())),
        no_trigger: _mm256_cmpeq_epi8(all, _mm256_setzero_si256()),
        splits: both(tables.splits_low, bytes[0], tables.splits_high, first_high),
    }
}

/// What the halves of each byte agree on.
#[inline]
#[target_feature(enable = "avx2")]
fn both(low_table: __m256i, low: __m256i, high_table: __m256i, high: __m256i) -> __m256i {
    _mm256_and_si256(_mm256_shuffle_epi8(low_table, low), _mm256_shuffle_epi8(high_table, high))
}

#[inline]
#[target_feature(enable = "avx2")]
fn low_half(bytes: __m256i) -> __m256i {
    _mm256_and_si256(bytes, _mm256_set1_epi8(15))
}

#[inline]
#[target_feature(enable = "avx2")]
fn high_half(bytes: __m256i) -> __m256i {
    _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(15))
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_positive(groups: __m256i) -> __m256i {
    _mm256_cmpgt_epi8(groups, _mm256_setzero_si256())
}

/// In the sign bit, which letters are not upper case: those with 0x20, and ß.
#[inline]
#[target_feature(enable = "avx2")]
fn is_no_upper(bytes: __m256i) -> __m256i {
    let sharp_s = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0xdf_u8.cast_signed()));
    _mm256_or_si256(_mm256_slli_epi16::<2>(bytes), sharp_s)
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_digit(bytes: __m256i) -> __m256i {
    let from_zero = _mm256_add_epi8(bytes, _mm256_set1_epi8(-0x30));
    _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8(9)), from_zero)
}

#[inline]
#[target_feature(enable = "avx2")]
fn is_byte(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
}

/// The sign bits.
#[inline]
#[target_feature(enable = "avx2")]
fn join(first: __m256i, second: __m256i) -> u64 {
    let (low, high) = (_mm256_movemask_epi8(first).cast_unsigned(), _mm256_movemask_epi8(second).cast_unsigned());
    u64::from(low) | u64::from(high) << 32
}

#[inline]
#[target_feature(enable = "avx2")]
fn table(entries: &[u8; 16]) -> __m256i {
    // SAFETY: the table is as long as the vector; the load asks for no alignment.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(entries.as_ptr().cast()) })
}

#[inline]
#[target_feature(enable = "avx2")]
fn load<const AT: usize, const LEN: usize>(bytes: &[u8; LEN]) -> __m256i {
    const { assert!(AT + 32 <= LEN) };
    let from: *const u8 = &raw const bytes[AT];
    // SAFETY: 32 bytes from `AT` on are inside the array; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(from.cast()) }
}
