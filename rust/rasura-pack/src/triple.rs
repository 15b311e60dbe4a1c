//! What numbers may begin with, by their first three digits: one bit for each of the thousand, so that the usual question
//! takes one look whatever the list of beginnings is.

use crate::table::Prefix;

/// How many words the thousand bits take.
pub const WORDS: usize = 16;

/// Whether the bit of a number below a thousand is set.
#[must_use]
#[inline]
pub fn has(bits: &[u64; WORDS], number: usize) -> bool {
    bits[number / 64 % WORDS] >> (number % 64) & 1 == 1
}

/// The bits of numbers below a thousand for which something holds.
pub(crate) fn bits(holds: impl Fn(u64) -> bool) -> Vec<u64> {
    (0..WORDS as u64).map(|word| (0..64).fold(0, |all, bit| all | u64::from(holds(64 * word + bit)) << bit)).collect()
}

/// The beginnings of numbers of so many characters: first those that one of `prefixes` may go on from, then those that one
/// of them has whatever follows.
pub(crate) fn heads(prefixes: &[Prefix], length: usize) -> [Vec<u64>; 2] {
    let fits = |prefix: &&Prefix| prefix.lengths == 0 || length < 64 && prefix.lengths >> length & 1 == 1;
    let any = |holds: &dyn Fn(&Prefix, u64) -> bool| {
        bits(|number| prefixes.is_empty() || prefixes.iter().filter(fits).any(|prefix| holds(prefix, number)))
    };
    let power = |digits: u8| 10_u64.pow(digits.into());
    let may = |prefix: &Prefix, number: u64| match prefix.digits {
        digits @ 0..=3 => (prefix.low..=prefix.high).contains(&(number / power(3 - digits))),
        digits => {
            let rest = power(digits - 3);
            (prefix.low / rest..=prefix.high / rest).contains(&number)
        }
    };
    let must = |prefix: &Prefix, number: u64| match prefix.digits {
        0..=3 => may(prefix, number),
        digits => {
            let rest = power(digits - 3);
            prefix.low <= number * rest && number * rest + rest - 1 <= prefix.high
        }
    };
    [any(&may), any(&must)]
}
