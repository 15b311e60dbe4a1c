//! Whether one form of a pack fits the characters of a window: cells, limits, prefixes, check digits.

use rasura_pack::phone::{self, Kind, Regions};
use rasura_pack::table::{DateOrder, DatePart, Form, Limit, Numbers, Pack, Prefix, Words};
use rasura_pack::triple;

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

/// The regions whose numbering plans count.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Plans {
    /// Those of the packs' countries and those that the caller named.
    pub(crate) known: Regions,
    /// Those that the caller named.
    pub(crate) local: Regions,
}

impl Plans {
    /// Whether digits are a number in one of the regions. Numbers of companies that cost nothing or more are numbers only
    /// where the caller named the region, or in North America, where they are written as all others are.
    fn have(&self, digits: &[u8], regions: &Regions, local: bool) -> bool {
        let wanted = regions.and(if local { &self.local } else { &self.known });
        let north_america = 1;
        wanted.iter().any(|region| {
            phone::read(digits, false, region).is_some_and(|number| match number.kind() {
                Some(Kind::Line) => true,
                Some(Kind::Service) => number.code == north_america || self.local.has(region),
                None => false,
            })
        })
    }
}

/// What `form` of `pack` makes of `symbols`: nothing, or the verdict of the check digits.
#[inline]
pub(crate) fn fit(pack: &Pack, form: &Form, symbols: &Symbols, plans: &Plans) -> Option<Check> {
    if form.digits || cells_match(form, symbols.get()) { within(pack, form, symbols, plans) } else { None }
}

/// The same where the symbols are known to be those of the form.
pub(crate) fn within(pack: &Pack, form: &Form, all: &Symbols, plans: &Plans) -> Option<Check> {
    if form.zeros > 0 {
        return with_zeros(pack, form, all);
    }
    let symbols = all.get();
    if !may_begin(pack, form, symbols) {
        return None;
    }
    if !pack.limits.iter().all(|limit| keeps(limit, symbols)) {
        return None;
    }
    if form.check_digits == 0 {
        if let [a, b, c, d] = *form.plans {
            let regions = Regions([a, b, c, d]);
            // Two groups of four that begin with a year are a season or an order's number.
            if form.breaks == 1 << 4 && symbols.len() == 8 && matches!(symbols, [1, 9, ..] | [2, 0, ..]) {
                return None;
            }
            return plans.have(symbols, &regions, form.local).then_some(Check::None);
        }
        return Some(Check::None);
    }
    Some(check::verdict(&pack.checks, all, form.breaks))
}

/// The same for a number that lost the zeros at its beginning; one with wrong check digits is none.
#[inline(never)]
fn with_zeros(pack: &Pack, form: &Form, all: &Symbols) -> Option<Check> {
    let all = all.behind_zeros(form.zeros);
    let symbols = all.get();
    let whole = begins_at_length(pack, form, symbols) && pack.limits.iter().all(|limit| keeps(limit, symbols));
    (whole && check::verdict(&pack.checks, &all, form.breaks) == Check::Valid).then_some(Check::Valid)
}

/// Whether each symbol is one that the form has in its place.
#[inline]
pub(crate) fn cells_match(form: &Form, symbols: &[u8]) -> bool {
    form.cells.len() == symbols.len() && form.cells.iter().zip(symbols).all(|(&cell, &symbol)| cell >> symbol & 1 == 1)
}

/// Whether the number begins as the pack and the form say. Its first three digits tell nearly always.
#[inline]
fn may_begin(pack: &Pack, form: &Form, symbols: &[u8]) -> bool {
    let Some((may, must)) = form.heads.split_first_chunk::<{ triple::WORDS }>() else { return true };
    if let ([first, second, third, ..], Some(must)) = (symbols, must.first_chunk())
        && first.max(second).max(third) < &10
    {
        let number = usize::from(*first) * 100 + usize::from(*second) * 10 + usize::from(*third);
        if triple::has(must, number) != triple::has(may, number) {
            return begins_at_length(pack, form, symbols);
        }
        return triple::has(may, number);
    }
    begins_at_length(pack, form, symbols)
}

/// The same by all beginnings that there are.
#[inline(never)]
fn begins_at_length(pack: &Pack, form: &Form, symbols: &[u8]) -> bool {
    [&pack.prefixes, &form.prefixes].iter().all(|prefixes| prefixes.is_empty() || begins(prefixes, symbols))
}

/// Whether the number begins as one of `prefixes` says, at a length that goes with it.
fn begins(prefixes: &[Prefix], symbols: &[u8]) -> bool {
    prefixes.iter().any(|prefix| {
        let fits = |head| (prefix.low..=prefix.high).contains(&head);
        (prefix.lengths == 0 || prefix.lengths.checked_shr(symbols.len() as u32).is_some_and(|bits| bits & 1 == 1))
            && number(symbols, 0, prefix.digits).is_some_and(fits)
    })
}

/// The number at a place, if only digits stand there.
fn number(symbols: &[u8], at: u8, length: u8) -> Option<u64> {
    let digits = symbols.get(usize::from(at)..usize::from(at) + usize::from(length))?;
    digits.iter().try_fold(0, |number, &digit| (digit < 10).then(|| number * 10 + u64::from(digit)))
}

/// Whether a number keeps to a limit.
pub(super) fn keeps(limit: &Limit, symbols: &[u8]) -> bool {
    match limit {
        Limit::Number(Numbers { at, length, not, ranges, bits }) => {
            let number = number(symbols, *at, *length);
            if let (Some(number), Some(bits)) = (number, bits.first_chunk()) {
                return triple::has(bits, number as usize);
            }
            let inside = number.is_some_and(|n| ranges.iter().any(|&(low, high)| (low..=high).contains(&n)));
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

/// Without a branch but for digits: nobody foretells how a date is written.
fn is_date(part: &DatePart, symbols: &[u8]) -> bool {
    let at = usize::from(part.at);
    let length = part.order.length();
    let Some(digits) = symbols.get(at..at + length) else { return false };
    let all = match symbols[at..].first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight) << (64 - 8 * length) >> (64 - 8 * length),
        None => digits.iter().rev().fold(0, |all, &digit| all << 8 | u64::from(digit)),
    };
    if !check::are_digits(all) {
        return false;
    }
    let pairs = all * 10 + (all >> 8);
    let pair = |n: u32| (pairs >> (16 * n) & 0xFF) as u32;
    let Written { year, month, day, long, either } = WRITTEN[part.order as usize];
    // Two digits stand for either century: February 29 exists in one of them when they divide by four.
    let short = 2000 + u32::from(!pair(year).is_multiple_of(4));
    let year = if long { pair(year) * 100 + pair(year + 1) } else { short };
    let (month, day) = (pair(month), pair(day));
    exists(year, month, day) | either & exists(year, day, month)
}

/// Where a date has its parts, in pairs of digits.
#[derive(Clone, Copy)]
struct Written {
    year: u32,
    month: u32,
    day: u32,
    /// Whether the year has four digits.
    long: bool,
    /// Whether day and month may change places.
    either: bool,
}

impl Written {
    const fn of(order: DateOrder) -> Self {
        let (year, month, day) = match order {
            DateOrder::Yymmdd => (0, 1, 2),
            DateOrder::Yyyymmdd => (0, 2, 3),
            DateOrder::Mmddyyyy => (2, 0, 1),
            DateOrder::Ddmmyy | DateOrder::Ddmmyyyy | DateOrder::Ddmmyyyyeither | DateOrder::Ddmmyyeither => (2, 1, 0),
        };
        let short = matches!(order, DateOrder::Yymmdd | DateOrder::Ddmmyy | DateOrder::Ddmmyyeither);
        let either = matches!(order, DateOrder::Ddmmyyyyeither | DateOrder::Ddmmyyeither);
        Self { year, month, day, long: !short, either }
    }
}

/// By the number of the order.
const WRITTEN: [Written; 7] = [
    Written::of(DateOrder::Yymmdd),
    Written::of(DateOrder::Ddmmyy),
    Written::of(DateOrder::Yyyymmdd),
    Written::of(DateOrder::Ddmmyyyy),
    Written::of(DateOrder::Mmddyyyy),
    Written::of(DateOrder::Ddmmyyyyeither),
    Written::of(DateOrder::Ddmmyyeither),
];

/// Whether the day is in the calendar, from 1900 to 2099.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "nobody foretells a branch there")]
fn exists(year: u32, month: u32, day: u32) -> bool {
    const DAYS: [u8; 16] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
    let leap = year.is_multiple_of(4) & (year != 1900) & (month == 2);
    let days = u32::from(DAYS[month.min(15) as usize]) + u32::from(leap);
    (1900..=2099).contains(&year) & (1 <= day) & (day <= days)
}

#[cfg(test)]
mod tests {
    use super::{begins_at_length, exists, is_date, keeps, may_begin};
    use crate::catalogue::Catalogue;
    use crate::naive::corpus::Random;
    use rasura_pack::table::{DateOrder, DatePart, Limit, Numbers};

    #[test]
    fn beginnings_by_three_digits_are_those_by_all() {
        let catalogue = Catalogue::new(Vec::new());
        let mut random = Random::new(11);
        let (mut began, mut all) = (0, 0);
        for (_, pack) in catalogue.packs() {
            for form in pack.forms.iter().filter(|form| !form.heads.is_empty() && form.plans.is_empty()) {
                for number in (0..1000_u32).flat_map(|number| [number; 8]) {
                    let mut symbols: Vec<u8> = (0..form.cells.len()).map(|_| random.below(10) as u8).collect();
                    for (symbol, digit) in symbols.iter_mut().zip([number / 100, number / 10 % 10, number % 10]) {
                        *symbol = digit as u8;
                    }
                    let slowly = begins_at_length(pack, form, &symbols);
                    assert_eq!(may_begin(pack, form, &symbols), slowly, "{} {symbols:?}", pack.id);
                    (began, all) = (began + usize::from(slowly), all + 1);
                }
            }
        }
        assert!(began > all / 20 && began < all);
    }

    #[test]
    fn numbers_by_bits_are_those_by_ranges() {
        let catalogue = Catalogue::new(Vec::new());
        let mut asked = 0;
        for limit in catalogue.packs().flat_map(|(_, pack)| pack.limits.iter()) {
            let Limit::Number(numbers) = limit else { continue };
            let Numbers { at, length, bits, .. } = numbers;
            if bits.is_empty() {
                continue;
            }
            let slow = Limit::Number(Numbers { bits: Vec::new().into(), ..numbers.clone() });
            for number in 0..10_u32.pow((*length).into()) {
                let mut symbols = vec![0; usize::from(at + length)];
                for (place, symbol) in symbols.iter_mut().rev().take(usize::from(*length)).enumerate() {
                    *symbol = (number / 10_u32.pow(place as u32) % 10) as u8;
                }
                assert_eq!(keeps(limit, &symbols), keeps(&slow, &symbols), "{numbers:?} {number}");
                asked += 1;
            }
        }
        assert!(asked > 1000);
    }

    #[test]
    fn dates_are_read_in_every_order_wherever_they_stand() {
        let date = |order, text: &str, at: u8| {
            let mut symbols = vec![9; at.into()];
            symbols.extend(text.bytes().map(|byte| byte - b'0'));
            [Vec::new(), vec![7; 9]].map(|behind| is_date(&DatePart { at, order }, &[&symbols[..], &behind].concat()))
        };
        for at in [0, 4, 10] {
            for (order, yes, no) in [
                (DateOrder::Yymmdd, "240229", "230229"),
                (DateOrder::Ddmmyy, "290224", "290223"),
                (DateOrder::Yyyymmdd, "20240229", "20230229"),
                (DateOrder::Ddmmyyyy, "31122026", "12312026"),
                (DateOrder::Mmddyyyy, "12312026", "31122026"),
                (DateOrder::Ddmmyyyyeither, "12312026", "13312026"),
                (DateOrder::Ddmmyyeither, "123126", "133126"),
            ] {
                assert_eq!(date(order, yes, at), [true; 2], "{order:?} {yes}");
                assert_eq!(date(order, no, at), [false; 2], "{order:?} {no}");
            }
        }
        assert!(!is_date(&DatePart { at: 0, order: DateOrder::Ddmmyy }, &[0, 1, 0, 1, 2]));
        assert!(!is_date(&DatePart { at: 0, order: DateOrder::Ddmmyy }, &[0, 1, 0, 1, 2, 10]));
    }

    #[test]
    fn the_calendar_knows_leap_years() {
        assert!(exists(2024, 2, 29) && exists(2000, 2, 29));
        assert!(!exists(1900, 2, 29) && !exists(2023, 2, 29) && !exists(2024, 4, 31) && !exists(2024, 13, 1));
        assert!(!exists(1899, 1, 1) && !exists(2100, 1, 1) && !exists(2024, 1, 0));
    }
}
