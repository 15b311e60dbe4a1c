//! Numbering plans of the world: whether digits are a telephone number, and which.
//!
//! [`parse`] and [`is_valid`] say what libphonenumber's `parse` and `is_valid_number` say of digits; `tables.rs` holds
//! its metadata.

#[rustfmt::skip]
mod tables;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use tables::VERSION;

/// The most digits of a national number that are read.
const MOST: usize = 17;
/// What ends in a state: see `generate.py`.
const GENERAL: u8 = 1;
const LINE: u8 = 2;
const SERVICE: u8 = 4;

/// A region with a numbering plan.
#[derive(Debug)]
pub struct Region {
    /// `br`.
    pub id: [u8; 2],
    /// Its calling code.
    pub code: u16,
    /// The state before a national number.
    start: u16,
    /// The state before a number that is a region's own where another region has the calling code too; 0: the same.
    general: u16,
    /// The lengths of national numbers, as bits.
    lengths: u32,
    /// Lengths that are dialled inside an area only.
    local: u32,
    /// The program that knows what is dialled before a national number.
    inside: u16,
    /// The program that knows what is dialled before a calling code.
    abroad: u16,
    /// What a national number becomes whose prefix holds a part of it.
    transform: &'static str,
    /// The calling code's first region.
    main: u8,
}

/// Which of the regions, as bits of their place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Regions(pub [u64; 4]);

impl Regions {
    /// Adds a region.
    pub const fn add(&mut self, region: u8) {
        self.0[region as usize / 64] |= 1 << (region % 64);
    }

    /// Whether a region is among them.
    #[must_use]
    pub const fn has(&self, region: u8) -> bool {
        self.0[region as usize / 64] >> (region % 64) & 1 == 1
    }

    /// Those that are in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|n| self.0[n] | other.0[n]))
    }

    /// Those that are in both.
    #[inline]
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|n| self.0[n] & other.0[n]))
    }

    /// Whether there are none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&bits| bits == 0)
    }

    /// Their places in the list.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..).zip(self.0).flat_map(|(word, bits)| {
            let mut rest = bits;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then(|| word * 64 + bit as u8)
            })
        })
    }
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person's or a company's line.
    Line,
    /// Toll-free, premium, shared cost and the like.
    Service,
}

/// A national number with its calling code.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// The calling code.
    pub code: u16,
    digits: [u8; 2 * MOST],
    length: usize,
    kind: Option<Kind>,
}

impl Number {
    /// The digits of the national number, 0 to 9.
    #[must_use]
    pub fn national(&self) -> &[u8] {
        &self.digits[..self.length]
    }

    /// What it is, if it is anything.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// `+5511955550142`.
    #[must_use]
    pub fn e164(&self) -> String {
        let digits = self.national().iter().map(|&digit| char::from(b'0' + digit));
        format!("+{}", self.code).chars().chain(digits).collect()
    }
}

/// The place of a region in the list.
#[must_use]
pub fn region(id: &str) -> Option<u8> {
    let id: [u8; 2] = id.to_ascii_lowercase().into_bytes().try_into().ok()?;
    tables::REGIONS.binary_search_by(|known| known.id.cmp(&id)).ok().map(|place| place as u8)
}

/// The ids of all regions.
pub fn regions() -> impl Iterator<Item = &'static str> {
    tables::REGIONS.iter().filter_map(|region| std::str::from_utf8(&region.id).ok())
}

/// The ways of writing a number inside its country, as templates, with the regions that have each: those of the metadata,
/// and the same with hyphens, spaces and full stops in each other's place.
#[must_use]
pub fn ways() -> BTreeMap<String, Regions> {
    let mut ways: BTreeMap<String, Regions> = BTreeMap::new();
    for (template, ids) in &tables::WRITTEN {
        let mut regions = Regions::default();
        ids.split(' ').filter_map(region).for_each(|place| regions.add(place));
        let others = [template.replace(' ', "-"), template.replace('-', " "), template.replace([' ', '-'], ".")];
        for way in std::iter::once((*template).to_owned()).chain(others) {
            let all = ways.entry(way).or_default();
            *all = all.or(&regions);
        }
    }
    ways
}

#[inline]
fn next(state: u16, digit: u8) -> u16 {
    match tables::NEXT.get(usize::from(state)) {
        Some(row) => row[usize::from(digit)],
        None => tables::ALWAYS[usize::from(state) - tables::NEXT.len()],
    }
}

#[inline]
fn walk(start: u16, digits: &[u8]) -> u16 {
    let mut state = start;
    for &digit in digits {
        if state == 0 {
            return 0;
        }
        state = next(state, digit);
    }
    state
}

const fn kind(state: u16) -> Option<Kind> {
    match tables::SAYS[state as usize] & (LINE | SERVICE) {
        0 => None,
        LINE => Some(Kind::Line),
        _ => Some(Kind::Service),
    }
}

/// A number that is read digit by digit, its calling code first.
#[derive(Debug, Clone, Copy)]
pub struct Reader(u16);

impl Default for Reader {
    fn default() -> Self {
        Self(tables::ROOT)
    }
}

impl Reader {
    /// After one more digit.
    #[inline]
    #[must_use]
    pub fn then(self, digit: u8) -> Self {
        Self(next(self.0, digit))
    }

    /// Whether no number begins so.
    #[inline]
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.0 == 0
    }

    /// What it is if it ends here.
    #[inline]
    #[must_use]
    pub const fn kind(self) -> Option<Kind> {
        kind(self.0)
    }
}

/// What is matched by a program: where it ends, and its groups.
#[derive(Clone, Copy, Default)]
struct Matched {
    end: usize,
    groups: [(usize, usize); 4],
    /// The last group that the program has.
    last: usize,
}

/// Runs a program over the beginning of `digits`, as a backtracking matcher of regular expressions does. Programs have no
/// loops, so there is an end to it.
fn run(at: u16, digits: &[u8]) -> Option<Matched> {
    const SPLIT: u16 = 0x4000;
    const JUMP: u16 = 0x8000;
    const SAVE: u16 = 0xC000;
    const END: u16 = 0xC100;
    const MATCH: u16 = 0xC200;
    let program = &tables::PROGRAMS;
    let last = program[usize::from(at)..]
        .iter()
        .take_while(|&&operation| operation != MATCH)
        .filter(|&&operation| (SAVE..END).contains(&operation))
        .map(|&operation| usize::from(operation - SAVE) / 2)
        .max();
    let mut todo = vec![(usize::from(at), Matched { last: last.unwrap_or(0), ..Matched::default() })];
    while let Some((mut at, mut found)) = todo.pop() {
        loop {
            let operation = program[at];
            at += 1;
            match operation {
                MATCH => return Some(found),
                END if found.end == digits.len() => {}
                END => break,
                SAVE.. => {
                    let (group, closes) = (usize::from(operation - SAVE) / 2, operation % 2 == 1);
                    let (start, end) = &mut found.groups[group];
                    // Ends are counted from one, so that a group without one is none.
                    *(if closes { end } else { start }) = found.end + usize::from(closes);
                }
                JUMP.. => at = usize::from(operation - JUMP),
                SPLIT.. => todo.push((usize::from(operation - SPLIT), found)),
                set => match digits.get(found.end) {
                    Some(&digit) if set >> digit & 1 == 1 => found.end += 1,
                    _ => break,
                },
            }
        }
    }
    None
}

impl Matched {
    fn group(&self, n: usize) -> Option<(usize, usize)> {
        self.groups.get(n).copied().filter(|&(_, end)| end > 0).map(|(start, end)| (start, end - 1))
    }
}

/// Digits on the stack.
#[derive(Clone, Copy)]
struct Digits {
    digits: [u8; 2 * MOST],
    length: usize,
}

impl Digits {
    fn of(parts: &[&[u8]]) -> Option<Self> {
        let mut made = Self { digits: [0; 2 * MOST], length: 0 };
        for part in parts {
            made.digits.get_mut(made.length..made.length + part.len())?.copy_from_slice(part);
            made.length += part.len();
        }
        Some(made)
    }

    fn get(&self) -> &[u8] {
        &self.digits[..self.length]
    }
}

impl Region {
    /// Whether digits look like a number of the region, whoever has it.
    fn is_general(&self, digits: &[u8]) -> bool {
        let start = if self.general == 0 { self.start } else { self.general };
        tables::SAYS[usize::from(walk(start, digits))] & GENERAL != 0
    }

    /// Whether a number may have so many digits inside the country; what is dialled inside an area only does not count.
    const fn has_length(&self, length: usize) -> bool {
        length < 32 && self.lengths >> length & 1 == 1 && self.local >> length & 1 == 0
    }

    const fn is_too_long(&self, length: usize) -> bool {
        length >= 32 || self.lengths >> length == 0
    }

    /// Without what is dialled before it inside the country.
    fn without_prefix(&self, digits: &[u8]) -> Digits {
        let whole = Digits::of(&[digits]).unwrap_or(Digits { digits: [0; 2 * MOST], length: 0 });
        if self.inside == 0 {
            return whole;
        }
        let Some(found) = run(self.inside, digits) else { return whole };
        let rest = &digits[found.end..];
        let stripped = if self.transform.is_empty() || found.group(found.last).is_none() {
            Digits::of(&[rest])
        } else {
            let mut made = Digits { digits: [0; 2 * MOST], length: 0 };
            let mut template = self.transform.bytes();
            while let Some(byte) = template.next() {
                let part = if byte == b'$' {
                    let group = template.next().map_or(0, |n| usize::from(n - b'0'));
                    found.group(group).map_or(&digits[..0], |(start, end)| &digits[start..end])
                } else {
                    &[byte - b'0'][..]
                };
                match Digits::of(&[made.get(), part]) {
                    Some(longer) => made = longer,
                    None => return whole,
                }
            }
            Digits::of(&[made.get(), rest])
        };
        match stripped {
            Some(stripped) if !self.is_general(digits) || self.is_general(stripped.get()) => stripped,
            _ => whole,
        }
    }
}

/// The calling code with which digits begin.
fn code(digits: &[u8]) -> Option<(u16, usize)> {
    let mut value = 0;
    for (n, &digit) in digits.iter().take(3).enumerate() {
        value = value * 10 + u16::from(digit);
        if value == 0 {
            return None;
        }
        if main_of(value).is_some() || NON_GEOGRAPHIC.contains(&value) {
            return Some((value, n + 1));
        }
    }
    None
}

/// Calling codes of no country.
const NON_GEOGRAPHIC: [u16; 9] = [800, 808, 870, 878, 881, 882, 883, 888, 979];

/// The first region of a calling code.
fn main_of(code: u16) -> Option<&'static Region> {
    let any = tables::REGIONS.iter().find(|region| region.code == code)?;
    tables::REGIONS.get(usize::from(any.main))
}

/// Whether a number of so many digits, as [`read`] reads it, may begin with these three: never no where it may. Compiling
/// asks, so that what begins otherwise costs nothing.
pub(crate) fn may_begin(regions: &Regions, head: [u8; 3], length: usize) -> bool {
    const FIRST_ABOLISHED: [(u16, usize, u16); 2] = [(52, 0, 0b11), (55, 2, 0b11_1100_0000)];
    regions.iter().any(|region| {
        let region = &tables::REGIONS[usize::from(region)];
        let has = |digits: u16, place: usize| digits >> head[place] & 1 == 1;
        let prefixed = has(first_digits(region.inside), 0) || has(first_digits(region.abroad), 0);
        let abolished = FIRST_ABOLISHED.iter().any(|&(code, place, digits)| code == region.code && has(digits, place));
        let own = head.starts_with(spelled(region.code).get());
        let state = walk(region.start, &head);
        prefixed || abolished || own || state > 0 && lengths_behind(state) >> (length - head.len()) & 1 == 1
    })
}

/// With which digits a program may begin, as bits.
fn first_digits(at: u16) -> u16 {
    let operation = tables::PROGRAMS[usize::from(at)];
    match operation {
        0xC200 => 0,
        0xC000.. => first_digits(at + 1),
        0x8000.. => first_digits(operation - 0x8000),
        0x4000.. => first_digits(at + 1) | first_digits(operation - 0x4000),
        digits => digits,
    }
}

/// How many digits may follow a state until a number ends, as bits.
fn lengths_behind(state: u16) -> u32 {
    static KNOWN: OnceLock<Vec<u32>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known = vec![u32::MAX; tables::SAYS.len()];
        fill(&mut known, tables::ROOT);
        known
    });
    known[usize::from(state)]
}

fn fill(known: &mut [u32], state: u16) -> u32 {
    if state == 0 {
        return 0;
    }
    if known[usize::from(state)] == u32::MAX {
        let behind = (0..10).fold(0, |all, digit| all | fill(known, next(state, digit)) << 1);
        known[usize::from(state)] = behind | u32::from(kind(state).is_some());
    }
    known[usize::from(state)]
}

/// Reads digits, 0 to 9, as somebody in a region writes them: with `plus`, calling code first.
#[must_use]
pub fn parse(digits: &[u8], plus: bool, region: u8) -> Option<Number> {
    let home = tables::REGIONS.get(usize::from(region))?;
    if digits.len() > MOST + 3 {
        return None;
    }
    let abroad = if plus { Some(digits) } else { after_exit(home, digits) };
    match abroad {
        Some(whole) if whole.len() <= 2 => None,
        Some(whole) => match code(whole) {
            Some((called, length)) => number(called, main_of(called), &whole[length..]),
            // `+0055 11 ...`, `+011 ...`: what is dialled abroad behind a sign that says the same.
            None if plus && after_exit(home, digits).is_some() => parse(digits, false, region),
            None if plus => number(home.code, main_of(home.code), with_own_code(home, digits)?.get()),
            None => None,
        },
        None => match with_own_code(home, digits) {
            Some(national) => number(home.code, main_of(home.code), national.get()),
            None => number(home.code, Some(home), digits),
        },
    }
}

/// A national number, with what is dialled before it inside the region or without.
fn number(called: u16, region: Option<&Region>, national: &[u8]) -> Option<Number> {
    if national.len() < 2 {
        return None;
    }
    let mut digits = Digits::of(&[national])?;
    if let Some(region) = region {
        let stripped = region.without_prefix(national);
        if region.has_length(stripped.length) || region.is_too_long(stripped.length) {
            digits = stripped;
        }
    }
    (2..=MOST).contains(&digits.length).then(|| made(called, &digits))
}

/// The digits behind those that are dialled before a calling code.
fn after_exit<'d>(home: &Region, digits: &'d [u8]) -> Option<&'d [u8]> {
    if home.abroad == 0 {
        return None;
    }
    let end = run(home.abroad, digits)?.end;
    // No calling code begins with a zero.
    digits.get(end).is_none_or(|&digit| digit != 0).then(|| &digits[end..])
}

/// The national number where digits begin with the region's own calling code.
fn with_own_code(home: &Region, digits: &[u8]) -> Option<Digits> {
    let behind = digits.strip_prefix(spelled(home.code).get())?;
    let stripped = home.without_prefix(behind);
    let better = !home.is_general(digits) && home.is_general(stripped.get());
    (better || home.is_too_long(digits.len())).then_some(stripped)
}

/// The digits of a calling code.
fn spelled(code: u16) -> Digits {
    let mut made = Digits { digits: [0; 2 * MOST], length: 0 };
    for place in [100, 10, 1].into_iter().filter(|&place| code >= place) {
        made.digits[made.length] = (code / place % 10) as u8;
        made.length += 1;
    }
    made
}

fn made(called: u16, digits: &Digits) -> Number {
    let state = walk(walk(tables::ROOT, spelled(called).get()), digits.get());
    Number { code: called, digits: digits.digits, length: digits.length, kind: kind(state) }
}

/// As [`parse`], and numbers that are written as plans had them once: with Mexico's `1` for mobiles and `044`, `045` and
/// `01` before, without the ninth digit of Brazil's mobiles. These become what they are now.
#[must_use]
pub fn read(digits: &[u8], plus: bool, region: u8) -> Option<Number> {
    const BRAZIL: u16 = 55;
    const MEXICO: u16 = 52;
    let number = parse(digits, plus, region)?;
    if number.kind.is_some() {
        return Some(number);
    }
    let national = number.national();
    let now = match (number.code, national) {
        (BRAZIL, [a, b, third @ 6..=9, rest @ ..]) if national.len() == 10 => Digits::of(&[&[*a, *b, 9, *third], rest]),
        (MEXICO, [0, 4, 4 | 5, rest @ ..] | [0, 1, rest @ ..] | [1, rest @ ..]) if rest.len() == 10 => {
            Digits::of(&[rest])
        }
        _ => None,
    };
    now.map(|digits| made(number.code, &digits)).filter(|number| number.kind.is_some())
}

/// What digits are, as somebody in a region writes them.
#[must_use]
pub fn is_valid(digits: &[u8], plus: bool, region: u8) -> bool {
    parse(digits, plus, region).is_some_and(|number| number.kind.is_some())
}

#[cfg(test)]
mod tests {
    use super::{Kind, Reader, Regions, is_valid, may_begin, parse, read, region, regions};

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect()
    }

    fn e164(text: &str, id: &str) -> Option<String> {
        let number = read(&digits(text), text.starts_with('+'), region(id)?)?;
        number.kind().map(|_| number.e164())
    }

    #[test]
    fn numbers_are_read_as_they_are_dialled() {
        for (text, id, wanted) in [
            ("(11) 95555-0142", "br", "+5511955550142"),
            ("0 15 11 95555-0142", "br", "+5511955550142"),
            ("+55 11 95555-0142", "mx", "+5511955550142"),
            ("00 55 11 95555-0142", "pt", "+5511955550142"),
            ("55 5555 0142", "mx", "+525555550142"),
            ("011 15-5555-0142", "ar", "+5491155550142"),
            ("+54 11 15-5555-0142", "ar", "+5491155550142"),
            ("(202) 555-0142", "us", "+12025550142"),
            ("555-0142", "bs", "-"),
        ] {
            assert_eq!(e164(text, id).as_deref().unwrap_or("-"), wanted, "{text}");
        }
    }

    #[test]
    fn what_plans_had_once_becomes_what_they_have_now() {
        for (text, id, wanted) in [
            ("(11) 9555-0142", "br", "+5511995550142"),
            ("+55 11 9555-0142", "us", "+5511995550142"),
            ("044 55 5555 0142", "mx", "+525555550142"),
            ("01 (222) 555-0142", "mx", "+522225550142"),
            ("+52 1 55 5555 0142", "br", "+525555550142"),
        ] {
            assert!(!is_valid(&digits(text), text.starts_with('+'), region(id).expect("it exists")), "{text}");
            assert_eq!(e164(text, id).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn services_are_told_from_lines() {
        let kind = |text: &str, id: &str| parse(&digits(text), false, region(id)?)?.kind();
        assert_eq!(kind("0800 701 0142", "br"), Some(Kind::Service));
        assert_eq!(kind("(11) 3555-0142", "br"), Some(Kind::Line));
        assert_eq!(kind("(10) 3555-0142", "br"), None);
    }

    #[test]
    fn digit_by_digit_is_as_at_once() {
        let mut reader = Reader::default();
        for digit in digits("5511955550142") {
            assert!(!reader.is_over() && reader.kind().is_none());
            reader = reader.then(digit);
        }
        assert_eq!(reader.kind(), Some(Kind::Line));
        assert!((0..10).all(|digit| reader.then(digit).is_over()));
    }

    #[test]
    fn no_number_begins_as_none_may() {
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let (mut valid, mut refused) = (0, 0);
        for id in regions() {
            let place = region(id).expect("it exists");
            let mut one = Regions::default();
            one.add(place);
            for _ in 0..2000 {
                let length = 6 + (next() % 8) as usize;
                let digits: Vec<u8> = (0..length).map(|_| (next() % 10) as u8).collect();
                let may = may_begin(&one, [digits[0], digits[1], digits[2]], length);
                if read(&digits, false, place).is_some_and(|number| number.kind().is_some()) {
                    valid += 1;
                    assert!(may, "{id} {digits:?}");
                }
                refused += usize::from(!may);
            }
        }
        assert!(valid > 20_000 && refused > 100_000, "{valid} {refused}");
    }

    #[test]
    fn regions_are_a_set() {
        let mut some = Regions::default();
        for id in ["zw", "br", "ad"] {
            some.add(region(id).expect("it exists"));
        }
        assert!(region("br").is_some_and(|br| some.has(br)) && region("mx").is_some_and(|mx| !some.has(mx)));
        assert_eq!(some.iter().filter_map(|place| regions().nth(place.into())).collect::<Vec<_>>(), ["ad", "br", "zw"]);
        assert_eq!((region("xx"), regions().count()), (None, 245));
    }
}
