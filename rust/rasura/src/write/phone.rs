//! Telephone numbers as they are compared: with their calling code, whatever country they are written for.

use rasura_pack::phone::{Number, Regions, read};
use rasura_pack::shape::{self, WHOLE};
use rasura_pack::table::{Form, Pack};

use crate::config::Config;
use crate::view::class::{DIGIT, INVISIBLE, LETTER, is};

/// The fewest digits before an extension, or before the last digits of a second number.
const FEWEST: usize = 7;

/// `+5511955550142`, if some plan has the number: the caller's regions first, then those of the way in which it is written,
/// then those that are most asked for.
pub(super) fn e164(pack: &Pack, config: &Config, text: &str) -> Option<String> {
    let narrow = |c: char| crate::view::narrow_char(u32::from(c));
    let bytes: Vec<u8> = text.chars().map(narrow).filter(|&byte| !is(byte, INVISIBLE)).collect();
    let bytes = &bytes[..without_extension(&bytes)];
    let digits: Vec<u8> = bytes.iter().filter(|byte| is(**byte, DIGIT)).map(|byte| byte - b'0').collect();
    let plus = bytes.iter().take_while(|byte| !is(**byte, DIGIT)).any(|&byte| byte == b'+');
    let valid = |number: &Number| number.kind().is_some();
    let number = if plus {
        // `+55 (0)11`: the zero is dialled inside the country only.
        read(&digits, true, 0).filter(valid).or_else(|| read(&without_inner_zero(bytes), true, 0))
    } else {
        let written = ways(pack, config, bytes);
        let locals = config.home.iter().copied().filter(|&region| config.plans.local.has(region));
        let mut regions = locals.chain(written).chain(config.home.iter().copied());
        regions.find_map(|region| read(&digits, false, region).filter(valid)).or_else(|| read(&digits, true, 0))
    };
    number.filter(valid).map(|number| number.e164())
}

/// The regions in which a number is written so, the likeliest first.
fn ways(pack: &Pack, config: &Config, bytes: &[u8]) -> Vec<u8> {
    let mut regions = Vec::new();
    let (Some(first), Some(last)) =
        (bytes.iter().position(|&byte| is(byte, DIGIT)), bytes.iter().rposition(|&byte| is(byte, DIGIT)))
    else {
        return regions;
    };
    let mut written = [0; WHOLE];
    let Some(place) = written.get_mut(..=last - first) else { return regions };
    for (to, &byte) in place.iter_mut().zip(&bytes[first..=last]) {
        *to = if is(byte, DIGIT) { b'0' } else { shape::separator(byte) };
    }
    let whole = shape::whole(&written);
    let mut forms: Vec<&Form> =
        pack.forms.iter().filter(|form| form.whole == whole && !form.local && !form.is_guess()).collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.scores.unwrap_or(pack.scores).canonical));
    for form in forms.into_iter().filter(|form| bytes[..first].ends_with(form.prefix.as_bytes())) {
        if let [a, b, c, d] = *form.plans {
            let of_form = Regions([a, b, c, d]);
            regions.extend(config.home.iter().filter(|&&region| of_form.has(region)));
        }
    }
    regions
}

/// Where a number ends whose extension, or the last digits of a second number, follow.
fn without_extension(bytes: &[u8]) -> usize {
    let mut digits = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let rest = || bytes[at..].iter().filter(|byte| is(**byte, DIGIT)).count();
        if digits >= FEWEST && (is(byte, LETTER) || byte == b'#' || byte == b'/' && rest() < 5) {
            return at;
        }
        digits += usize::from(is(byte, DIGIT));
    }
    bytes.len()
}

/// The digits without one zero that stands by itself behind the first group.
fn without_inner_zero(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let lonely = |at: usize| bytes[at] == b'0' && !digit(at + 1) && at > 0 && !digit(at - 1);
    (0..bytes.len()).filter(|&at| digit(at) && !lonely(at)).map(|at| bytes[at] - b'0').collect()
}
