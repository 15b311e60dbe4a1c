//! The BR Code of the Banco Central do Brasil, PIX "copia e cola": fields of two digits, two digits of length and a value, from
//! `000201` to `6304` and a check sum of four figures.

use super::{Check, Read, is_digit, run_before};

const DOMAIN: &[u8] = b"br.gov.bcb.pix";
/// The longest code.
const LONGEST: usize = 700;

pub(super) struct Code {
    pub(super) read: Read,
    /// Whether it pays to a person's number, telephone or address.
    pub(super) personal: bool,
}

/// The code whose domain begins at `at`, behind digits.
pub(super) fn around(text: &[u8], at: usize) -> Option<Code> {
    let end = at + DOMAIN.len();
    if !text.get(at..end)?.eq_ignore_ascii_case(DOMAIN) {
        return None;
    }
    let digits = run_before(text, at, 60, is_digit);
    let start = at - digits + text[at - digits..at].windows(6).position(|six| six == b"000201")?;
    let code = &text[..text.len().min(start + LONGEST)];
    let sum = |at: usize| code.get(at + 4..at + 8).filter(|sum| sum.iter().all(u8::is_ascii_hexdigit));
    let ends: Vec<usize> =
        (end..code.len()).filter(|&at| code[at..].starts_with(b"6304") && sum(at).is_some()).map(|at| at + 8).collect();
    let right = ends.iter().find(|&&end| is_right(&code[start..end]));
    // The first that no other character touches, where none is right.
    let apart = |&&end: &&usize| !code.get(end).is_some_and(u8::is_ascii_alphanumeric);
    let stop = *right.or_else(|| ends.iter().find(apart))?;
    let check = if right.is_some() { Check::Valid } else { Check::Invalid };
    Some(Code { read: Read { range: start..stop, check }, personal: key(&code[end..stop]).is_some_and(is_personal) })
}

/// The key in what follows the domain: field 01.
fn key(rest: &[u8]) -> Option<&[u8]> {
    let [b'0', b'1', tens, units, ..] = rest else { return None };
    let length = usize::from(tens.checked_sub(b'0')?) * 10 + usize::from(units.checked_sub(b'0')?);
    rest.get(4..4 + length)
}

/// Companies' numbers and random keys are nobody's.
fn is_personal(key: &[u8]) -> bool {
    let digits = |key: &[u8]| key.iter().all(u8::is_ascii_digit);
    key.contains(&b'@') || key.strip_prefix(b"+").is_some_and(digits) || key.len() == 11 && digits(key)
}

/// Whether the last four figures are the check sum of what is before them, as one byte a character or as UTF-8.
fn is_right(code: &[u8]) -> bool {
    let (body, sum) = code.split_at(code.len() - 4);
    let Some(sum) = std::str::from_utf8(sum).ok().and_then(|sum| u16::from_str_radix(sum, 16).ok()) else {
        return false;
    };
    let wide = body.iter().flat_map(|&byte| {
        let (first, second) = if byte < 0x80 { (byte, None) } else { (0xC0 | byte >> 6, Some(0x80 | byte & 0x3F)) };
        std::iter::once(first).chain(second)
    });
    crc(body.iter().copied()) == sum || crc(wide) == sum
}

/// CRC-16/CCITT-FALSE.
fn crc(bytes: impl Iterator<Item = u8>) -> u16 {
    bytes.fold(0xFFFF, |crc, byte| {
        let step = |crc: u16, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        (0..8).fold(crc ^ u16::from(byte) << 8, step)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the Banco Central's manual, with a random key.
    const RANDOM: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-42d3-a456-426655440000520400005303986540510.005802BR5913FULANO DE TAL6008BRASILIA62070503***6304F54F";

    fn find(text: &str) -> Option<(&str, Check, bool)> {
        let at = text.to_lowercase().find("br.gov")?;
        around(text.as_bytes(), at).map(|code| (&text[code.read.range], code.read.check, code.personal))
    }

    fn with_key(key: &str) -> String {
        let domain = format!("0014br.gov.bcb.pix01{:02}{key}", key.len());
        let body =
            format!("00020126{:02}{domain}5204000053039865802BR5903ANA6008BRASILIA62070503***6304", domain.len());
        let sum = crc(body.bytes());
        format!("{body}{sum:04X}")
    }

    #[test]
    fn a_code_is_read_to_its_check_sum() {
        assert_eq!(find(&format!("pague {RANDOM} hoje")), Some((RANDOM, Check::Valid, false)));
        let upper = RANDOM.replace("6304F54F", "6304F54E");
        assert_eq!(find(&upper), Some((&*upper, Check::Invalid, false)));
        assert_eq!(find(&RANDOM[2..]), None);
        assert_eq!(find(&RANDOM[..100]), None);
    }

    #[test]
    fn keys_of_persons_are_told_from_others() {
        for (key, personal) in [
            ("52998224725", true),
            ("+5511987654321", true),
            ("ana@exemplo.com.br", true),
            ("11222333000181", false),
            ("123e4567-e12b-42d3-a456-426655440000", false),
        ] {
            let code = with_key(key);
            assert_eq!(find(&code), Some((&*code, Check::Valid, personal)), "{key}");
        }
    }
}
