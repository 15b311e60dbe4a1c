//! 32 bytes at a time. Classes and triggers are found by the halves of a byte: each half tells what the byte may be, by
//! a table lookup of 16 entries within the vector, and what both agree on, it is.

use core::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8,
    _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_srli_epi16,
};

use super::{BLOCK, Letters, Marks, Planes, Triggers, WINDOW, byte_before, is_split, is_stretch, starts, window};
use crate::view::INVISIBLE;

/// By the high half of a byte, the groups that it may belong to: digits in the sign bit, letters in the others.
static HIGH: [u8; 16] = [0, 0, 0, 128, 1, 2, 1, 2, 0, 0, 16, 8, 3, 4, 3, 4];
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
        half += 1;
    }
    table
}

/// What digits are not joined over, all of it ASCII, by halves in the same way.
static SPLIT_HIGH: [u8; 16] = [1, 2, 4, 8, 16, 32, 0, 64, 0, 0, 0, ROW_B, 0, 0, 0, 0];
/// What from U+00B0 to U+00BF only a squeezed copy shows aright, in the sign bit: there is no other left for it.
const ROW_B: u8 = 128;
static SPLIT_LOW: [u8; 16] = splits();

const fn splits() -> [u8; 16] {
    let mut table = [0; 16];
    let mut byte = 0;
    while byte < 128 {
        table[byte % 16] |= if is_split(byte as u8) { SPLIT_HIGH[byte / 16] } else { 0 };
        byte += 1;
    }
    let mut half = 0;
    while half < 16 {
        table[half] |= if is_stretch(0xb0 + half as u8) { ROW_B } else { 0 };
        half += 1;
    }
    table
}

/// What only a squeezed copy shows aright, in the other rows.
static STRETCH_HIGH: [u8; 16] = [1, 0, 2, COLON, 0, 0, 4, 8, 16, 16, ROW_A, 0, 0, 32, 0, 32];
/// Some from U+00A0 to U+00AF.
const ROW_A: u8 = 64;
static STRETCH_LOW: [u8; 16] = stretches();
/// A colon, in the sign bit.
const COLON: u8 = 128;

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
    table[14] |= 8;
    table[7] |= 32;
    half = 0;
    while half < 16 {
        table[half] |= if is_stretch(0xa0 + half as u8) { ROW_A } else { 0 };
        half += 1;
    }
    table
}

/// Fills all of `out`; see [`super::fill_by`].
#[target_feature(enable = "avx2")]
pub(super) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    if triggers.is_empty() {
        fill_anchors(text, from, out, at, count);
    } else {
        fill_words(text, from, triggers, out, at, count);
    }
}

#[target_feature(enable = "avx2")]
fn fill_anchors(text: &[u8], mut from: usize, out: &mut Planes, at: usize, count: usize) {
    let classes = Classes::new();
    for n in at..at + count {
        let Some((block, before)) = window(text, from) else { break };
        out.set(n, classes.block(block).after(before as usize));
        from += BLOCK;
    }
}

/// Fills all marks. Neither inlined nor with calls of its own, so that the tables stay in registers: that is worth 3 GB/s.
#[inline(never)]
#[target_feature(enable = "avx2")]
fn fill_words(text: &[u8], mut from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    let (tables, classes) = (Tables::new(triggers), Classes::new());
    let mut last = byte_before(text, from);
    for n in at..at + count {
        let mut marks;
        if let Some(window) = text.get(from..).and_then(<[u8]>::first_chunk::<WINDOW>) {
            let hits = tables.hits(window);
            marks = classes.marks([load::<0, WINDOW>(window), load::<32, WINDOW>(window)]);
            let words = hits & starts(last, marks.letters, marks.capitals);
            last = window[BLOCK - 1];
            marks.words = triggers.among(words, window);
        } else {
            // A block with less than a window left: its last bytes are those of the text.
            let (Some((block, before)), Some((window, shift))) = (window(text, from), window::<WINDOW>(text, from))
            else {
                break;
            };
            marks = classes.block(block);
            // How many bytes before the block the window begins.
            let led = shift.min((WINDOW - BLOCK) as u32);
            let begins = text.len() - WINDOW + led as usize;
            let words = tables.hits(window) >> led & starts(byte_before(text, begins), marks.letters, marks.capitals);
            // The last two bytes of a text begin no word of three.
            marks.words = triggers.among(words, &text[begins..]);
            marks = marks.after(before as usize);
        }
        out.set(n, marks);
        from += BLOCK;
    }
}

/// The tables of classes in registers.
struct Classes {
    groups: [__m256i; 2],
    splits: [__m256i; 2],
    stretches: [__m256i; 2],
}

impl Classes {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new() -> Self {
        Self {
            groups: [table(&LOW), table(&HIGH)],
            splits: [table(&SPLIT_LOW), table(&SPLIT_HIGH)],
            stretches: [table(&STRETCH_LOW), table(&STRETCH_HIGH)],
        }
    }

    /// What the bytes of a block are.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn block(&self, block: &[u8; BLOCK]) -> Marks {
        self.marks([load::<0, BLOCK>(block), load::<32, BLOCK>(block)])
    }

    /// What 64 bytes are, words aside.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn marks(&self, bytes: [__m256i; 2]) -> Marks {
        let (lows, highs) = (bytes.map(|bytes| low_half(bytes)), bytes.map(|bytes| high_half(bytes)));
        let find = |[low, high]: [__m256i; 2]| [both(low, lows[0], high, highs[0]), both(low, lows[1], high, highs[1])];
        let (groups, splits, stretches) = (find(self.groups), find(self.splits), find(self.stretches));
        let letters = join(is_positive(groups[0]), is_positive(groups[1]));
        // There is no room for where tags begin in the tables.
        let unlike = [0, 1].map(|n| {
            let more = _mm256_or_si256(splits[n], is_byte(bytes[n], b'<'));
            _mm256_or_si256(is_positive(stretches[n]), more)
        });
        Marks {
            digits: join(groups[0], groups[1]),
            at: join(is_byte(bytes[0], b'@'), is_byte(bytes[1], b'@')),
            words: 0,
            splits: join(is_positive(splits[0]), is_positive(splits[1])),
            letters,
            capitals: letters & !join(is_no_upper(bytes[0]), is_no_upper(bytes[1])),
            colons: join(stretches[0], stretches[1]),
            stretches: join(unlike[0], unlike[1]),
        }
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
        opens: join(is_open(bytes[0]), is_open(bytes[1])),
        hidden: join(is_byte(bytes[0], INVISIBLE), is_byte(bytes[1], INVISIBLE)),
    }
}

#[target_feature(enable = "avx2")]
pub(super) fn look(block: &[u8; BLOCK]) -> Marks {
    Classes::new().block(block)
}

/// The tables of triggers in registers: the low half of a byte tells the buckets that it may belong to. The high half
/// could tell letters from others, which hardly ever follow one another so, and costs as much again.
struct Tables([__m256i; 3]);

impl Tables {
    #[inline]
    #[target_feature(enable = "avx2")]
    fn new(triggers: &Triggers) -> Self {
        let low = &triggers.low;
        Self([table(&low[0]), table(&low[1]), table(&low[2])])
    }

    /// Where triggers may stand among the first 64 bytes, whatever is before them.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn hits(&self, window: &[u8; WINDOW]) -> u64 {
        let low = [load::<0, WINDOW>(window), load::<1, WINDOW>(window), load::<2, WINDOW>(window)];
        let high = [load::<32, WINDOW>(window), load::<33, WINDOW>(window), load::<34, WINDOW>(window)];
        !join(no_trigger(low, self), no_trigger(high, self))
    }
}

/// All-ones where no trigger begins among 32 bytes, of which the bytes one and two after them tell too.
#[inline]
#[target_feature(enable = "avx2")]
fn no_trigger(bytes: [__m256i; 3], Tables(low): &Tables) -> __m256i {
    // A lookup takes the low half of an ASCII byte by itself, and gives zero for any other: letters with accents, which no
    // trigger begins with, need their highest bit taken away.
    let buckets = |n: usize, bytes| _mm256_shuffle_epi8(low[n], bytes);
    let ascii = |bytes| _mm256_and_si256(bytes, _mm256_set1_epi8(127));
    let after = _mm256_and_si256(buckets(1, ascii(bytes[1])), buckets(2, ascii(bytes[2])));
    let all = _mm256_and_si256(buckets(0, bytes[0]), after);
    _mm256_cmpeq_epi8(all, _mm256_setzero_si256())
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
pub(crate) fn high_half(bytes: __m256i) -> __m256i {
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
fn is_open(bytes: __m256i) -> __m256i {
    // The two brackets differ in one bit.
    let brackets = is_byte(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), b'{');
    _mm256_or_si256(brackets, _mm256_or_si256(is_byte(bytes, b'@'), is_byte(bytes, b'<')))
}

#[inline]
#[target_feature(enable = "avx2")]
pub(crate) fn is_byte(bytes: __m256i, byte: u8) -> __m256i {
    _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()))
}

/// The sign bits.
#[inline]
#[target_feature(enable = "avx2")]
pub(crate) fn join(first: __m256i, second: __m256i) -> u64 {
    let (low, high) = (_mm256_movemask_epi8(first).cast_unsigned(), _mm256_movemask_epi8(second).cast_unsigned());
    u64::from(low) | u64::from(high) << 32
}

#[inline]
#[target_feature(enable = "avx2")]
pub(crate) fn table(entries: &[u8; 16]) -> __m256i {
    // SAFETY: the table is as long as the vector; the load asks for no alignment.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(entries.as_ptr().cast()) })
}

#[inline]
#[target_feature(enable = "avx2")]
pub(crate) fn load<const AT: usize, const LEN: usize>(bytes: &[u8; LEN]) -> __m256i {
    const { assert!(AT + 32 <= LEN) };
    let from: *const u8 = &raw const bytes[AT];
    // SAFETY: 32 bytes from `AT` on are inside the array; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(from.cast()) }
}
