//! Whether one form of a pack fits the characters of a window: cells, limits, prefixes, check digits.

use rasura_pack::table::{DateOrder, DatePart, Form, Limit, Numbers, Pack, Prefix, Words};

use super::check;
use super::symbols::Symbols;

/// What the check digits of a candidate say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// They are wrong.
    Invalid,
    /// There are none.
    None,
    /// They are right.
    Valid,
}

/// What `form` of `pack` makes of `symbols`: nothing, or the verdict of the check digits.
#[inline]
pub(crate) fn fit(pack: &Pack, form: &Form, symbols: &Symbols) -> Option<Check> {
    if form.digits || cells_match(form, symbols.get()) { within(pack, form, symbols) } else { None }
}

/// The same where the symbols are known to be those of the form.
pub(crate) fn within(pack: &Pack, form: &Form, all: &Symbols) -> Option<Check> {
    let symbols = all.get();
    let may_begin = |prefixes: &[Prefix]| prefixes.is_empty() || begins(prefixes, symbols);
    if !may_begin(&pack.prefixes) || !may_begin(&form.prefixes) {
        return None;
    }
    if !pack.limits.iter().all(|limit| keeps(limit, symbols)) {
        return None;
    }
    Some(match check::pass(&pack.checks, all) {
        _ if pack.checks.is_empty() => Check::None,
        true => Check::Valid,
        false => Check::Invalid,
    })
}

/// Whether each symbol is one that the form has in its place.
#[inline]
pub(crate) fn cells_match(form: &Form, symbols: &[u8]) -> bool {
    form.cells.len() == symbols.len() && form.cells.iter().zip(symbols).all(|(&cell, &symbol)| cell >> symbol & 1 == 1)
}

/// Whether the number begins as one of `prefixes` says, at a length that goes with it. They are ordered by how many
/// digits they have and then by number, and there are some.
fn begins(prefixes: &[Prefix], symbols: &[u8]) -> bool {
    let (mut rest, mut head, mut taken) = (prefixes, 0, 0);
    while let [first, ..] = rest {
        while taken < usize::from(first.digits) {
            let Some(&digit) = symbols.get(taken).filter(|&&digit| digit < 10) else { return false };
            head = head * 10 + u64::from(digit);
            taken += 1;
        }
        let (same, longer) = rest.split_at(usize::from(first.same));
        // Ranges of one length may overlap, so all that begin at or below the number are asked, the nearest first.
        let below = same.partition_point(|prefix| prefix.low <= head);
        let fits =
            |prefix: &&Prefix| head <= prefix.high && (prefix.lengths == 0 || prefix.lengths >> symbols.len() & 1 == 1);
        if same[..below].iter().rev().take(8).any(|prefix| fits(&prefix)) {
            return true;
        }
        rest = longer;
    }
    false
}

/// The number at a place, if only digits stand there.
fn number(symbols: &[u8], at: u8, length: u8) -> Option<u64> {
    let digits = symbols.get(usize::from(at)..usize::from(at) + usize::from(length))?;
    digits.iter().try_fold(0, |number, &digit| (digit < 10).then(|| number * 10 + u64::from(digit)))
}

fn keeps(limit: &Limit, symbols: &[u8]) -> bool {
    match limit {
        Limit::Number(Numbers { at, length, not, ranges }) => {
            let inside = number(symbols, *at, *length)
                .is_some_and(|n| ranges.iter().any(|&(low, high)| (low..=high).contains(&n)));
            inside != *not
        }
        Limit::Words(Words { at, length, not, symbols: words }) => {
            let found = symbols.get(usize::from(*at)..usize::from(at + length));
            // Most words differ in their first letter already, and all are too short for a call.
            let is = |word: &[u8], found: &[u8]| word.iter().zip(found).all(|(a, b)| a == b);
            let inside =
                found.is_some_and(|found| words.chunks_exact(usize::from(*length)).any(|word| is(word, found)));
            inside != *not
        }
        Limit::Date(part) => is_date(part, symbols),
        Limit::Different => symbols.iter().any(|&symbol| symbol != symbols[0]),
    }
}

#[inline(never)]
fn is_date(part: &DatePart, symbols: &[u8]) -> bool {
    let at = usize::from(part.at);
    let Some(digits) = symbols.get(at..at + part.order.length()) else { return false };
    if digits.iter().any(|&digit| digit > 9) {
        return false;
    }
    let two = |at: usize| u32::from(digits[at]) * 10 + u32::from(digits[at + 1]);
    let four = |at: usize| two(at) * 100 + two(at + 2);
    // Two digits stand for either century: February 29 exists in one of them when they divide by four.
    let short = |year: u32| if year.is_multiple_of(4) { 2000 } else { 2001 };
    match part.order {
        DateOrder::Yymmdd => exists(short(two(0)), two(2), two(4)),
        DateOrder::Ddmmyy => exists(short(two(4)), two(2), two(0)),
        DateOrder::Yyyymmdd => exists(four(0), two(4), two(6)),
        DateOrder::Ddmmyyyy => exists(four(4), two(2), two(0)),
        DateOrder::Mmddyyyy => exists(four(4), two(0), two(2)),
        DateOrder::Ddmmyyyyeither => either(four(4), two(0), two(2)),
        DateOrder::Ddmmyyeither => either(short(two(4)), two(0), two(2)),
    }
}

/// Whether a day exists with day and month in either order.
#[inline]
fn either(year: u32, one: u32, other: u32) -> bool {
    exists(year, other, one) || exists(year, one, other)
}

/// Whether the day is in the calendar, from 1900 to 2099.
fn exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && year != 1900;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1900..=2099).contains(&year) && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::exists;

    #[test]
    fn the_calendar_knows_leap_years() {
        assert!(exists(2024, 2, 29) && exists(2000, 2, 29));
        assert!(!exists(1900, 2, 29) && !exists(2023, 2, 29) && !exists(2024, 4, 31) && !exists(2024, 13, 1));
        assert!(!exists(1899, 1, 1) && !exists(2100, 1, 1) && !exists(2024, 1, 0));
    }
}
