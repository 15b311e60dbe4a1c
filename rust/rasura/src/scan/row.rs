//! A short cluster of digits as a whole: its digits one after the other, how it is written, and how many there are. Where
//! the CPU has long vectors that takes no step for each character.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use std::ops::Range;

use rasura_pack::shape;

use super::marks::BLOCK;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

/// What the digits of a cluster are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// The hash of how all is written: see [`shape::whole`].
    pub(crate) shape: u64,
    /// How many digits there are.
    pub(crate) total: u32,
    /// How many runs they fall into.
    pub(crate) runs: u32,
    /// How many digits the first run has.
    pub(crate) first: u32,
    /// How many the last one has.
    pub(crate) last: u32,
    /// How many dots there are.
    pub(crate) dots: u32,
}

impl Row {
    /// Reads a cluster of a text, which begins and ends with a digit; bit `i` of `digits` is its character `i`. What each
    /// digit is worth is written to `symbols`, and anything behind them.
    #[inline]
    pub(crate) fn read(text: &[u8], place: &Range<usize>, digits: u64, symbols: &mut [u8; BLOCK]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if has_avx512() {
            // SAFETY: the CPU has these features.
            return unsafe { avx512::read(&text[place.clone()], digits, symbols) };
        } else if has_avx2() {
            // SAFETY: the CPU has these features.
            return unsafe { avx2::read(text, place, digits, symbols) };
        }
        read(&text[place.clone()], digits, symbols)
    }
}

/// The same of letters and digits: how a cluster is written whose words have the bits `words`, and what each of their
/// characters is as a symbol.
#[inline]
pub(crate) fn read_code(text: &[u8], place: &Range<usize>, words: u64, symbols: &mut [u8; BLOCK]) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if has_avx512() {
        // SAFETY: the CPU has these features.
        return unsafe { avx512::read_code(&text[place.clone()], words, symbols) };
    } else if has_avx2() {
        // SAFETY: the CPU has these features.
        return unsafe { avx2::read_code(text, place, words, symbols) };
    }
    code(&text[place.clone()], words, symbols)
}

/// Character by character.
fn code(cluster: &[u8], words: u64, symbols: &mut [u8; BLOCK]) -> u64 {
    let mut written = [0; shape::WHOLE];
    let mut total = 0;
    for (n, (&byte, written)) in cluster.iter().zip(&mut written).enumerate() {
        let word = words >> n & 1;
        symbols[total % BLOCK] = shape::SYMBOL[usize::from(byte)];
        total += word as usize;
        *written = if word == 1 { b'0' } else { shape::separator(byte) };
    }
    shape::whole(&written)
}

/// Whether the CPU brings chosen bytes together.
#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512vbmi2") && is_x86_feature_detected!("avx512dq") && super::marks::has_avx512()
}

/// Whether the CPU looks up bytes in vectors, and counts bits.
#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("lzcnt")
}

/// Character by character.
fn read(cluster: &[u8], digits: u64, symbols: &mut [u8; BLOCK]) -> Row {
    let dots = cluster.iter().map(|&byte| u32::from(byte == b'.')).sum();
    row(code(cluster, digits, symbols), cluster.len(), digits, dots)
}

#[inline]
fn row(shape: u64, length: usize, digits: u64, dots: u32) -> Row {
    Row {
        shape,
        total: digits.count_ones(),
        runs: (digits & !(digits << 1)).count_ones(),
        first: (!digits).trailing_zeros(),
        last: (!(digits << (BLOCK - length))).leading_zeros(),
        dots,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive::corpus::Random;

    /// A cluster in a text, with so many characters behind it, and its place.
    fn among(cluster: &[u8], behind: usize) -> (Vec<u8>, Range<usize>) {
        let mut text = b"ab1".to_vec();
        text.extend(cluster);
        text.extend(b"7x.\xa0".iter().cycle().take(behind));
        (text, 3..3 + cluster.len())
    }

    #[test]
    fn all_ways_read_codes_alike() {
        let parts = ["1", "23", "AB", "X", "Ñ", "ñ", "z", ".", "-", "/", " ", "\u{a0}", "&", "é"];
        let mut random = Random::new(9);
        let mut below = |end| random.below(end);
        for _ in 0..20_000 {
            let mut text = Vec::new();
            for _ in 0..=below(14) {
                text.extend(parts[below(parts.len())].chars().map(|c| u32::from(c) as u8));
            }
            text.truncate(shape::WHOLE);
            let words = (0..).zip(&text).fold(0, |bits, (n, &byte)| {
                bits | u64::from(crate::view::class::is(byte, crate::view::class::LETTER | crate::view::class::DIGIT))
                    << n
            });
            let (mut one, mut other) = ([99; BLOCK], [77; BLOCK]);
            let total = words.count_ones() as usize;
            let shape = code(&text, words, &mut other);
            for behind in [0, 20, 80] {
                let (text, place) = among(&text, behind);
                assert_eq!(read_code(&text, &place, words, &mut one), shape, "{text:?}");
                assert_eq!(one[..total], other[..total], "{text:?}");
                #[cfg(target_arch = "x86_64")]
                if has_avx2() {
                    // SAFETY: the CPU has these features.
                    assert_eq!(unsafe { avx2::read_code(&text, &place, words, &mut one) }, shape, "{text:?}");
                    assert_eq!(one[..total], other[..total], "{text:?}");
                }
            }
        }
    }

    #[test]
    fn all_ways_give_the_same() {
        let parts = ["1", "23", "456", "7890", "12345678901", ".", "-", "/", " ", "\u{a0}", ") ", "..."];
        let mut random = Random::new(3);
        let mut below = |end| random.below(end);
        for _ in 0..20_000 {
            let mut text = vec![b'0' + below(10) as u8];
            for _ in 0..below(12) {
                text.extend(parts[below(parts.len())].chars().map(|c| u32::from(c) as u8));
            }
            text.truncate(shape::WHOLE - 1);
            text.push(b'5');
            let digits = (0..).zip(&text).fold(0, |bits, (n, byte)| bits | u64::from(byte.is_ascii_digit()) << n);
            let (mut one, mut other) = ([99; BLOCK], [77; BLOCK]);
            let row = read(&text, digits, &mut other);
            for behind in [0, 20, 80] {
                let (text, place) = among(&text, behind);
                assert_eq!(Row::read(&text, &place, digits, &mut one), row, "{text:?}");
                assert_eq!(one[..row.total as usize], other[..row.total as usize], "{text:?}");
                #[cfg(target_arch = "x86_64")]
                if has_avx2() {
                    // SAFETY: the CPU has these features.
                    assert_eq!(unsafe { avx2::read(&text, &place, digits, &mut one) }, row, "{text:?}");
                    assert_eq!(one[..row.total as usize], other[..row.total as usize], "{text:?}");
                }
            }
            let values: Vec<u8> = text.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect();
            assert_eq!(other[..values.len()], values);
            assert_eq!(row.total as usize, values.len());
            let runs = text.split(|byte| !byte.is_ascii_digit()).filter(|run| !run.is_empty()).map(<[u8]>::len);
            let runs: Vec<u32> = runs.map(|run| run as u32).collect();
            assert_eq!((row.runs, row.first, Some(&row.last)), (runs.len() as u32, runs[0], runs.last()));
        }
    }
}
