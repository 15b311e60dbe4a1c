//! Thirty-two characters at a time to see how all is written, eight to bring characters together.

use std::ops::Range;

use core::arch::x86_64::{
    __m256i, _mm_loadl_epi64, _mm_shuffle_epi8, _mm_storel_epi64, _mm256_and_si256, _mm256_blendv_epi8,
    _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    _mm256_set1_epi32, _mm256_setr_epi64x, _mm256_shuffle_epi8, _mm256_storeu_si256, _mm256_sub_epi8,
};

use rasura_pack::shape;

use super::{BLOCK, Row, row};

/// By eight bits, the places of those that are set, and zeros.
static PLACES: [[u8; 8]; 256] = {
    let mut places = [[0; 8]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut n, mut at) = (0, 0_u8);
        while at < 8 {
            if bits >> at & 1 == 1 {
                places[bits][n] = at;
                n += 1;
            }
            at += 1;
        }
        bits += 1;
    }
    places
};

/// As many bytes of all ones as a vector has, and zeros.
static ENDS: [u8; 2 * HALF] = {
    let mut ends = [0; 2 * HALF];
    let mut n = 0;
    while n < HALF {
        ends[n] = 255;
        n += 1;
    }
    ends
};

/// Half as many bytes as a block has: most rows are no longer.
const HALF: usize = BLOCK / 2;

/// Some bytes and zeros after them.
type Bytes<const HALVES: usize> = [__m256i; HALVES];

/// See [`Row::read`].
#[target_feature(enable = "avx2,popcnt,bmi1,lzcnt")]
pub(super) fn read(text: &[u8], place: &Range<usize>, digits: u64, symbols: &mut [u8; BLOCK]) -> Row {
    let (shape, dots) = if place.len() <= HALF {
        digits_of(load_half(text, place), digits, place.len(), symbols)
    } else {
        digits_of(load(text, place), digits, place.len(), symbols)
    };
    row(shape, place.len(), digits, dots)
}

/// See [`super::read_code`].
#[target_feature(enable = "avx2,popcnt")]
pub(super) fn read_code(text: &[u8], place: &Range<usize>, words: u64, symbols: &mut [u8; BLOCK]) -> u64 {
    if place.len() <= HALF {
        symbols_of(load_half(text, place), words, place.len(), symbols)
    } else {
        symbols_of(load(text, place), words, place.len(), symbols)
    }
}

/// Brings digits together; how all is written, and how many dots there are.
#[inline]
#[target_feature(enable = "avx2,popcnt")]
fn digits_of<const HALVES: usize>(
    bytes: Bytes<HALVES>,
    digits: u64,
    length: usize,
    symbols: &mut [u8; BLOCK],
) -> (u64, u32) {
    gather(bytes.map(|bytes| _mm256_and_si256(bytes, all(15))), digits, length, symbols);
    let dots = bytes.iter().map(|&bytes| {
        let dots = _mm256_cmpeq_epi8(bytes, all(b'.'));
        _mm256_movemask_epi8(dots).count_ones()
    });
    (shape(bytes, digits), dots.sum())
}

/// Brings letters and digits together; how all is written.
#[inline]
#[target_feature(enable = "avx2,popcnt")]
fn symbols_of<const HALVES: usize>(bytes: Bytes<HALVES>, words: u64, length: usize, symbols: &mut [u8; BLOCK]) -> u64 {
    gather(bytes.map(|bytes| symbol(bytes)), words, length, symbols);
    shape(bytes, words)
}

/// The bytes of a place, at most as many as a block has.
#[inline]
#[target_feature(enable = "avx2")]
fn load(text: &[u8], place: &Range<usize>) -> Bytes<2> {
    let rest = text.get(place.start..).unwrap_or_default();
    let length = place.len().min(BLOCK);
    if let Some(bytes) = rest.first_chunk::<BLOCK>() {
        return [cut(&bytes[..HALF], length.min(HALF)), cut(&bytes[HALF..], length.saturating_sub(HALF))];
    }
    let room: [u8; BLOCK] = padded(&rest[..length.min(rest.len())]);
    [chunk(&room[..HALF]), chunk(&room[HALF..])]
}

/// The same of a place that is no longer than half a block.
#[inline]
#[target_feature(enable = "avx2")]
fn load_half(text: &[u8], place: &Range<usize>) -> Bytes<1> {
    let rest = text.get(place.start..).unwrap_or_default();
    let length = place.len().min(HALF);
    if rest.len() >= HALF {
        return [cut(rest, length)];
    }
    [chunk(&padded::<HALF>(&rest[..length.min(rest.len())]))]
}

/// Some bytes and zeros after them.
#[inline]
fn padded<const ROOM: usize>(bytes: &[u8]) -> [u8; ROOM] {
    let mut room = [0; ROOM];
    room[..bytes.len()].copy_from_slice(bytes);
    room
}

/// The first bytes, of which there are enough, and zeros from `length` on.
#[inline]
#[target_feature(enable = "avx2")]
fn cut(bytes: &[u8], length: usize) -> __m256i {
    _mm256_and_si256(chunk(bytes), chunk(&ENDS[HALF - length..]))
}

/// The first bytes, of which there are enough.
#[inline]
#[target_feature(enable = "avx2")]
fn chunk(bytes: &[u8]) -> __m256i {
    let bytes: &[u8; HALF] = bytes.first_chunk().expect("there are as many bytes as a vector has");
    // SAFETY: there are as many bytes as the vector has; the load asks for no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

/// The hash of how bytes are written of which those with the bits `cells` are characters.
#[inline]
#[target_feature(enable = "avx2")]
fn shape<const HALVES: usize>(bytes: Bytes<HALVES>, cells: u64) -> u64 {
    let mut written = [0; BLOCK];
    for (n, (&bytes, room)) in bytes.iter().zip(written.as_chunks_mut().0).enumerate() {
        let spaces = _mm256_cmpeq_epi8(bytes, all(0xA0));
        let plain = _mm256_blendv_epi8(bytes, all(b' '), spaces);
        store(room, _mm256_blendv_epi8(plain, all(b'0'), mask((cells >> (HALF * n)) as u32)));
    }
    let (written, _) = written.split_first_chunk().expect("a row is no longer than a block");
    shape::whole(written)
}

/// Brings the bytes with the bits `cells` together, among the first `length`.
#[inline]
#[target_feature(enable = "avx2,popcnt")]
fn gather<const HALVES: usize>(bytes: Bytes<HALVES>, cells: u64, length: usize, symbols: &mut [u8; BLOCK]) {
    let mut all = [0; BLOCK];
    for (&bytes, room) in bytes.iter().zip(all.as_chunks_mut().0) {
        store(room, bytes);
    }
    let (mut total, mut rest) = (0, cells);
    for eight in all.as_chunks::<8>().0.iter().take(length.div_ceil(8)) {
        let which = rest as u8;
        rest >>= 8;
        let Some(room) = symbols.get_mut(total..total + 8) else { break };
        // SAFETY: each is eight bytes long, which is what is loaded and stored; none asks for alignment.
        unsafe {
            let places = _mm_loadl_epi64(PLACES[usize::from(which)].as_ptr().cast());
            let together = _mm_shuffle_epi8(_mm_loadl_epi64(eight.as_ptr().cast()), places);
            _mm_storel_epi64(room.as_mut_ptr().cast(), together);
        }
        total += which.count_ones() as usize;
    }
}

/// What each byte is as [`shape::SYMBOL`] has it.
#[inline]
#[target_feature(enable = "avx2")]
fn symbol(bytes: __m256i) -> __m256i {
    let (digit, small) = (_mm256_sub_epi8(bytes, all(b'0')), _mm256_or_si256(bytes, all(0x20)));
    let letter = _mm256_sub_epi8(small, all(b'a' - 10));
    let is = |bytes: __m256i, byte: u8| _mm256_cmpeq_epi8(bytes, all(byte));
    let up_to = |bytes: __m256i, most: u8| _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, all(most)), bytes);
    let is_letter = up_to(_mm256_sub_epi8(small, all(b'a')), 25);
    let symbols = _mm256_blendv_epi8(all(shape::NO_SYMBOL), letter, is_letter);
    let symbols = _mm256_blendv_epi8(symbols, digit, up_to(digit, 9));
    let symbols = _mm256_blendv_epi8(symbols, all(shape::ENYE), is(small, 0xF1));
    _mm256_blendv_epi8(symbols, all(shape::AMPERSAND), is(bytes, b'&'))
}

/// Bits as bytes of all ones and of zeros.
#[inline]
#[target_feature(enable = "avx2")]
fn mask(bits: u32) -> __m256i {
    // Each byte gets those eight bits that its own is among.
    let places = _mm256_setr_epi64x(0, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303);
    let spread = _mm256_shuffle_epi8(_mm256_set1_epi32(bits.cast_signed()), places);
    let each = _mm256_setr_epi64x(EACH, EACH, EACH, EACH);
    _mm256_cmpeq_epi8(_mm256_and_si256(spread, each), each)
}

/// One bit in each byte: the first one in the first.
const EACH: i64 = 0x8040_2010_0804_0201_u64.cast_signed();

#[inline]
#[target_feature(enable = "avx2")]
fn all(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(room: &mut [u8; HALF], bytes: __m256i) {
    // SAFETY: the room is as long as the vector; the store asks for no alignment.
    unsafe { _mm256_storeu_si256(room.as_mut_ptr().cast(), bytes) }
}
