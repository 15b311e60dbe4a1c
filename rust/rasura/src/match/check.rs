//! Check digits. Each algorithm answers one question: do these symbols carry the check characters that they should?

use rasura_pack::index::LONGEST;
use rasura_pack::shape::NO_SYMBOL;
use rasura_pack::table::{Check, Limit, Pair, Product, Sum, Weighted};

mod foreign;
mod panama;

use super::fit::{self, keeps};
use super::symbols::{LANES, Symbols};

type Verdict = fit::Check;

/// What `checks` say of `symbols`, with separators before those that `breaks` says.
#[inline]
pub(crate) fn verdict(checks: &[Check], symbols: &Symbols, breaks: u64) -> Verdict {
    if !pass(checks, symbols, breaks) {
        return Verdict::Invalid;
    }
    // Where all are checks of other numbers, none says anything.
    if checks.iter().all(|check| is_of_others(check, symbols)) { Verdict::None } else { Verdict::Valid }
}

/// Whether a check holds for some numbers, and not for these.
#[inline]
fn is_of_others(check: &Check, symbols: &Symbols) -> bool {
    match check {
        Check::Weighted(weighted) => !concerns(&weighted.when, symbols.get()),
        Check::Sum(sum) => !concerns(&sum.when, symbols.get()),
        _ => false,
    }
}

/// Whether a check that holds for some numbers only holds for these.
#[inline]
fn concerns(when: &[Limit], symbols: &[u8]) -> bool {
    when.iter().all(|limit| keeps(limit, symbols))
}

/// Whether symbols pass all checks.
#[inline]
fn pass(checks: &[Check], symbols: &Symbols, breaks: u64) -> bool {
    checks.iter().all(|check| match check {
        Check::Weighted(weighted) => passes_weighted(weighted, symbols),
        Check::Mod97 => passes_mod97(symbols.get()),
        Check::Pair(pair) => passes_pair(pair, symbols.get()),
        Check::Cns => passes_cns(symbols.get()),
        Check::Cnh => passes_cnh(symbols.get()),
        Check::Caepf => passes_caepf(symbols.get()),
        Check::Cei => passes_cei(symbols.get()),
        other => passes_other(other, symbols, breaks),
    })
}

/// What few packs have.
#[inline(never)]
fn passes_other(check: &Check, symbols: &Symbols, breaks: u64) -> bool {
    let all = symbols.get();
    match check {
        Check::Any(checks) => checks.iter().any(|check| pass(std::slice::from_ref(check), symbols, breaks)),
        Check::Sum(sum) => passes_sum(sum, all),
        Check::Verhoeff => foreign::verhoeff(all),
        Check::Idnr => foreign::idnr(all),
        Check::Nir => foreign::nir(all),
        Check::CodiceFiscale => foreign::codice_fiscale(all),
        Check::PanamaDv => panama::passes(all, breaks),
        _ => unreachable!("asked for before"),
    }
}

/// The weighted sum of all characters leaves what it should.
fn passes_sum(sum: &Sum, symbols: &[u8]) -> bool {
    if !concerns(&sum.when, symbols) {
        return true;
    }
    let total: u32 = symbols.iter().zip(sum.weights.iter()).map(|(&s, &weight)| u32::from(s) * u32::from(weight)).sum();
    total % u32::from(sum.modulus) == u32::from(sum.remainder)
}

#[inline]
fn passes_weighted(check: &Weighted, symbols: &Symbols) -> bool {
    if !concerns(&check.when, symbols.get()) {
        // It is a check of other numbers.
        return true;
    }
    let length = symbols.get().len();
    let at = if check.at > 0 { check.at - 1 } else { length as i16 + check.at };
    // Letters may be worth so much that their products have three digits.
    let short = check.product != Product::Digits || symbols.are_digits();
    match usize::try_from(at) {
        Ok(at) if at < length && !check.lanes.is_empty() && short => {
            let (count, pad) = (check.weights.len(), usize::from(check.pad));
            let from = if check.cycle || pad > 0 { LONGEST - at } else { 0 };
            let fits = check.cycle || if pad > 0 { at <= count } else { at >= count };
            if let Some(lanes) = check.lanes.get(from..from + LONGEST).filter(|_| fits) {
                let sum = if check.values.is_empty() || symbols.are_digits() {
                    quick_sum(lanes, check.product, symbols.all(), at)
                } else {
                    quick_sum(lanes, check.product, &symbols.valued(&check.values), at)
                };
                return expected(check, sum + padding(check, at)) == symbols.all()[at];
            }
            passes_slowly(check, symbols.get())
        }
        _ => passes_slowly(check, symbols.get()),
    }
}

/// What the characters that pad a body of `count` add to the sum.
#[inline]
fn padding(check: &Weighted, count: usize) -> u32 {
    let missing = usize::from(check.pad).saturating_sub(count);
    check.weights.iter().take(missing).map(|&weight| u32::from(weight) * u32::from(check.pad_value)).sum()
}

/// The sum over the first `count` symbols, sixteen at a time; those after them have no weight.
#[inline]
fn quick_sum(lanes: &[u16], product: Product, symbols: &[u8], count: usize) -> u32 {
    let (weights, _) = lanes.as_chunks::<LANES>();
    let (values, _) = symbols.as_chunks::<LANES>();
    let parts = weights.iter().zip(values).take(count.div_ceil(LANES));
    let sum = match product {
        Product::Digits | Product::LessNine => {
            parts.map(|(weights, values)| sum_of_digits(weights, values)).sum::<i32>()
        }
        Product::Whole | Product::Units => parts.map(|(weights, values)| sum_of_products(weights, values)).sum(),
    };
    sum.cast_unsigned()
}

/// Written as CPUs multiply and add: pairs of sixteen bits to thirty-two.
#[inline]
fn sum_of_products(weights: &[u16; LANES], values: &[u8; LANES]) -> i32 {
    let product = |n: usize| i32::from(weights[n].cast_signed()) * i32::from(i16::from(values[n]));
    (0..LANES).map(product).sum()
}

/// The same for the digits of products, none of which has more than two.
#[inline]
fn sum_of_digits(weights: &[u16; LANES], values: &[u8; LANES]) -> i32 {
    let digits = |n: usize| {
        let product = weights[n].wrapping_mul(u16::from(values[n]));
        // Above nine the digits of a product are nine less than it.
        if product > 9 { product.wrapping_sub(9) } else { product }
    };
    i32::from((0..LANES).fold(0, |sum: u16, n| sum.wrapping_add(digits(n))).cast_signed())
}

/// The obvious way, which takes all that a pack can say.
#[inline(never)]
fn passes_slowly(check: &Weighted, symbols: &[u8]) -> bool {
    let at = if check.at > 0 { check.at - 1 } else { symbols.len() as i16 + check.at };
    let Ok(at) = usize::try_from(at) else { return false };
    let Some(&found) = symbols.get(at) else { return false };
    let sum = if check.over.is_empty() {
        sum(check, symbols[..at].iter())
    } else {
        sum(check, check.over.iter().flat_map(|&(from, length)| part(symbols, from, length)))
    };
    expected(check, sum) == found
}

fn part(symbols: &[u8], from: u8, length: u8) -> &[u8] {
    symbols.get(usize::from(from)..usize::from(from) + usize::from(length)).unwrap_or(&[])
}

fn sum<'a>(check: &Weighted, body: impl DoubleEndedIterator<Item = &'a u8> + Clone) -> u32 {
    let value = |symbol: u8| u32::from(check.values.get(usize::from(symbol)).copied().unwrap_or(symbol));
    let add = |(symbol, weight): (&u8, &u16)| {
        let product = value(*symbol) * u32::from(*weight);
        match check.product {
            Product::Whole => product,
            Product::Units => product % 10,
            Product::Digits => product / 10 + product % 10,
            Product::LessNine => product - if product > 9 && *weight > 1 { 9 } else { 0 },
        }
    };
    if check.cycle {
        return body.rev().zip(check.weights.iter().cycle()).map(add).sum();
    }
    if check.pad == 0 {
        return body.zip(check.weights.iter()).map(add).sum();
    }
    let count = body.clone().count();
    let missing = usize::from(check.pad).saturating_sub(count);
    padding(check, count) + body.zip(check.weights.iter().skip(missing)).map(add).sum::<u32>()
}

/// The symbol that a sum calls for; none where such numbers are not issued.
fn expected(check: &Weighted, sum: u32) -> u8 {
    let modulus = u32::from(check.modulus);
    let rest = sum % modulus;
    let result = if check.complement { modulus - rest } else { rest };
    if let Some(&(_, symbol)) = check.replace.iter().find(|&&(from, _)| u32::from(from) == result) {
        return symbol;
    }
    if result < 10 { result as u8 } else { NO_SYMBOL }
}

/// ISO 7064 mod 97-10: the first four characters go to the end, letters count from 10.
#[inline(never)]
fn passes_mod97(symbols: &[u8]) -> bool {
    if symbols.len() < 5 {
        return false;
    }
    let (head, body) = symbols.split_at(4);
    let pair = head[2] * 10 + head[3];
    // A division only where the number grows too long.
    let add = |rest: u64, &symbol: &u8| {
        let value = u64::from(symbol);
        let rest = if rest < 1 << 56 { rest } else { rest % 97 };
        if value < 10 { rest * 10 + value } else { rest * 100 + value }
    };
    let (eights, others) = body.as_chunks::<8>();
    let add_eight = |rest: u64, eight: &[u8; 8]| match number_of_eight(*eight) {
        Some(number) => (rest % 97) * 100_000_000 + number,
        None => eight.iter().fold(rest, add),
    };
    let rest = eights.iter().fold(0, add_eight);
    others.iter().chain(head).fold(rest, add) % 97 == 1 && (2..=98).contains(&pair)
}

/// Whether eight symbols are digits: six more than nine has a bit that no digit has.
#[inline]
pub(super) const fn are_digits(all: u64) -> bool {
    (all | (all + 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0
}

/// The number of eight digits, if they are digits: pairs, then fours, then all of them by one multiplication each.
#[inline]
fn number_of_eight(symbols: [u8; 8]) -> Option<u64> {
    let all = u64::from_le_bytes(symbols);
    if !are_digits(all) {
        return None;
    }
    let pairs = (all * 10 + (all >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF)
}

/// Numbers that begin with 1 or 2 end in 000 or 001 and a digit; those with 7, 8 or 9 only add up.
// Not inlined, or its sums would be made for every check of any kind.
#[inline(never)]
fn passes_cns(symbols: &[u8]) -> bool {
    let weighted = |digits: &[u8]| weigh(digits, (1..=15).rev());
    let Some(digits) = digits(symbols, 15) else { return false };
    let first = digits[0];
    if matches!(first, 7..=9) {
        return weighted(digits) % 11 == 0;
    }
    if !matches!(first, 1 | 2) {
        return false;
    }
    let total = weighted(&digits[..11]);
    let (tail, digit) = match 11 - total % 11 {
        10 => ([0, 0, 1], (11 - (total + 2) % 11) % 11),
        other => ([0, 0, 0], other % 11),
    };
    digits[11..14] == tail && u32::from(digits[14]) == digit
}

/// The digits of a number of `count`, if it has so many and no letters.
fn digits(symbols: &[u8], count: usize) -> Option<&[u8]> {
    (symbols.len() == count && symbols.iter().all(|&symbol| symbol < 10)).then_some(symbols)
}

/// The sum of digits, each times the weight in its place.
fn weigh(digits: &[u8], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits.iter().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight).sum()
}

/// The number of places, followed by the pair, leaves one; no pair is below 2.
#[inline(never)]
fn passes_pair(pair: &Pair, symbols: &[u8]) -> bool {
    let add = |rest: Option<u64>, &symbol: &u8| rest.filter(|_| symbol < 10).map(|n| (n * 10 + u64::from(symbol)) % 97);
    let at = usize::from(pair.at) - 1;
    let Some(&[tens, units]) = symbols.get(at..at + 2) else { return false };
    let body = pair.over.iter().flat_map(|&(from, length)| part(symbols, from, length));
    let rest = body.chain(&[tens, units]).fold(Some(0), add);
    rest == Some(1) && (2..=98).contains(&(tens * 10 + units))
}

/// Both digits are sums modulo 11; where the first would be 10 it is 0, and the second is two less. Where that leaves the
/// second at 8 or at 0 programs differ, so both pass.
#[inline(never)]
fn passes_cnh(symbols: &[u8]) -> bool {
    let Some(digits) = digits(symbols, 11) else { return false };
    let first = weigh(&digits[..9], (1..=9).rev()) % 11;
    let second = weigh(&digits[..9], 1..=9) % 11;
    let found = (digits[9], digits[10]);
    if first < 10 {
        return found == (first as u8, if second == 10 { 0 } else { second as u8 });
    }
    let less = (second + 9) % 11;
    let second_is = |digit: u32| found == (0, digit as u8);
    if second == 10 { second_is(8) || second_is(0) } else { second_is(if less == 10 { 0 } else { less }) }
}

/// Two digits as those of a company's number, twelve more.
#[inline(never)]
fn passes_caepf(symbols: &[u8]) -> bool {
    let Some(digits) = digits(symbols, 14) else { return false };
    let of = |rest: u32| if rest < 2 { 0 } else { 11 - rest };
    let first = of(weigh(&digits[..12], [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    let second = of((weigh(&digits[..12], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3]) + 2 * first) % 11);
    u32::from(digits[12] * 10 + digits[13]) == (first * 10 + second + 12) % 100
}

/// The units and tens of a weighted sum together, to ten.
#[inline(never)]
fn passes_cei(symbols: &[u8]) -> bool {
    let Some(digits) = digits(symbols, 12) else { return false };
    let sum = weigh(&digits[..11], [7, 4, 1, 8, 5, 2, 1, 6, 3, 7, 4]);
    u32::from(digits[11]) == (10 - (sum % 10 + sum / 10 % 10) % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive::corpus::Random;
    use rasura_pack::shape::SYMBOL;

    fn symbols(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| SYMBOL[usize::from(byte)]).collect()
    }

    #[test]
    fn an_iban_of_the_registry_passes_and_one_with_a_wrong_pair_does_not() {
        assert!(passes_mod97(&symbols("GB29NWBK60161331926819")));
        assert!(passes_mod97(&symbols("MT84MALT011000012345MTLCAST001S")));
        assert!(!passes_mod97(&symbols("GB28NWBK60161331926819")));
        assert!(!passes_mod97(&symbols("GB29")));
    }

    #[test]
    fn the_quick_sum_is_the_obvious_one() {
        let index = crate::catalogue::Catalogue::new(Vec::new());
        let mut random = Random::new(1);
        let mut digit = || random.below(10) as u8;
        let (mut passed, mut products) = (0, Vec::new());
        for (_, pack) in index.packs() {
            // The slow way knows nothing of numbers for which a check does not hold.
            let quick = |check: &&Check| matches!(check, Check::Weighted(weighted) if !weighted.lanes.is_empty() && weighted.when.is_empty());
            for check in pack.checks.iter().filter(quick) {
                let Check::Weighted(weighted) = check else { continue };
                products.push(weighted.product);
                for (n, length) in (1..=LONGEST).flat_map(|length| [length; 40]).enumerate() {
                    let mut symbols: Vec<u8> = (0..length).map(|_| digit()).collect();
                    if n % 2 == 0 {
                        for symbol in &mut symbols {
                            *symbol += if digit() < 2 { 3 * digit() } else { 0 };
                        }
                    }
                    let fast = passes_weighted(weighted, &Symbols::of(&symbols));
                    assert_eq!(fast, passes_slowly(weighted, &symbols), "{} {symbols:?}", pack.id);
                    passed += usize::from(fast);
                }
            }
        }
        assert!(passed > 1000);
        assert!(products.contains(&Product::Digits) && products.contains(&Product::Whole));
    }

    /// Whether a number passes, and none of those that differ from it in one digit do, but for `others`.
    fn is_only(passes: impl Fn(&[u8]) -> bool, number: &str, others: usize) -> bool {
        let right = symbols(number);
        let changed = (0..right.len()).flat_map(|at| (1..10).map(move |more| (at, more)));
        let wrong = changed.filter(|&(at, more)| {
            let mut other = right.clone();
            other[at] = (other[at] + more) % 10;
            passes(&other)
        });
        passes(&right) && wrong.count() <= others
    }

    #[test]
    fn driving_licences_pass_with_the_digits_of_either_program() {
        // Generated; in the second row the first remainder is ten.
        for number in ["36049163300", "85232645686", "79918560073", "28687489904", "73549730203", "52079364007"] {
            // A remainder of ten reads as zero.
            assert!(is_only(passes_cnh, number, 12), "{number}");
        }
        assert!(!passes_cnh(&symbols("3604916330")));
    }

    #[test]
    fn registers_of_activity_and_of_building_sites_pass() {
        for number in ["28257158154571", "27629450561900", "09110241024192"] {
            assert!(is_only(passes_caepf, number, 8), "{number}");
        }
        for number in ["149043227812", "338332396432", "291349497009"] {
            assert!(is_only(passes_cei, number, 12), "{number}");
        }
    }

    #[test]
    fn a_pair_inside_a_number_is_the_rest_by_97() {
        let cases = Pair { over: vec![(0, 7), (9, 11)].into(), at: 8 };
        let estate = Pair { over: vec![(0, 14)].into(), at: 15 };
        for number in ["85920740463247725826", "65651557056176028721", "75716195022927281861"] {
            assert!(is_only(|symbols| passes_pair(&cases, symbols), number, 0), "{number}");
        }
        for number in ["5804423733132498", "7230142606059243"] {
            assert!(is_only(|symbols| passes_pair(&estate, symbols), number, 0), "{number}");
        }
        assert!(!passes_pair(&estate, &symbols("580442373313249")));
    }

    #[test]
    fn both_kinds_of_health_card_pass() {
        assert!(passes_cns(&symbols("700000000000005")));
        assert!(!passes_cns(&symbols("700000000000006")));
        assert!(!passes_cns(&symbols("300000000000005")));
    }
}
