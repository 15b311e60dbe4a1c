//! A short cluster of digits as a whole: its digits one after the other, how it is written, and how many there are. Where
//! the CPU has long vectors that takes no step for each character.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use rasura_pack::shape;

use super::marks::BLOCK;

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
    /// Reads a cluster, which begins and ends with a digit; bit `i` of `digits` is its character `i`. What each digit is
    /// worth is written to `symbols`, and anything behind them.
    #[inline]
    pub(crate) fn read(cluster: &[u8], digits: u64, symbols: &mut [u8; BLOCK]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if has_avx512() {
            // SAFETY: the CPU has these features.
            return unsafe { avx512::read(cluster, digits, symbols) };
        }
        read(cluster, digits, symbols)
    }
}

/// The same of letters and digits: how a cluster is written whose words have the bits `words`, and what each of their
/// characters is as a symbol.
#[inline]
pub(crate) fn read_code(cluster: &[u8], words: u64, symbols: &mut [u8; BLOCK]) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if has_avx512() {
        // SAFETY: the CPU has these features.
        return unsafe { avx512::read_code(cluster, words, symbols) };
    }
    code(cluster, words, symbols)
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
            assert_eq!(read_code(&text, words, &mut one), code(&text, words, &mut other), "{text:?}");
            let total = words.count_ones() as usize;
            assert_eq!(one[..total], other[..total]);
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
            let row = Row::read(&text, digits, &mut one);
            assert_eq!(row, read(&text, digits, &mut other), "{text:?}");
            let values: Vec<u8> = text.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect();
            assert_eq!(one[..values.len()], values);
            assert_eq!(other[..values.len()], values);
            assert_eq!(row.total as usize, values.len());
            let runs = text.split(|byte| !byte.is_ascii_digit()).filter(|run| !run.is_empty()).map(<[u8]>::len);
            let runs: Vec<u32> = runs.map(|run| run as u32).collect();
            assert_eq!((row.runs, row.first, Some(&row.last)), (runs.len() as u32, runs[0], runs.last()));
        }
    }
}
