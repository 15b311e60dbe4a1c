//! Addresses of crypto-currencies, told by their check sums: base58check (Bitcoin, Litecoin, Dogecoin, Tron), bech32 and
//! bech32m (Bitcoin, Litecoin), and the mixed case of Ethereum's.

use sha2::{Digest as _, Sha256};
use sha3::Keccak256;

use super::{Check, Read, run, run_before};

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// How many characters an address in base 58 has.
const LENGTHS: std::ops::RangeInclusive<usize> = 26..=35;
/// How many one of Ethereum's has, with its `0x`.
const ETHEREUM: usize = 42;
/// A version, twenty bytes, four of a check sum.
const PAYLOAD: usize = 25;
/// The versions of payment addresses: Bitcoin, Litecoin, Dogecoin, Tron.
const VERSIONS: [u8; 7] = [0x00, 0x05, 0x30, 0x32, 0x1E, 0x16, 0x41];
const HEADS: [&[u8]; 3] = [b"bc", b"tb", b"ltc"];
/// The longest bech32 address.
const LONGEST: usize = 90;

/// Whether letters touch the digits from `start` to `end`, and a token as long as an address may hold them.
#[inline]
pub(super) fn may_be_inside(text: &[u8], start: usize, end: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
    let touched = [start.wrapping_sub(1), start + 1, end].iter().any(|&at| byte(at).is_ascii_alphabetic());
    // In a token of so many characters one of these is inside, wherever the digits are.
    let half = LENGTHS.start() / 2;
    touched
        && (byte(start + half - 1).is_ascii_alphanumeric() || byte(start.wrapping_sub(half)).is_ascii_alphanumeric())
}

/// The address in base 58 or of Ethereum some of whose digits stand from `start` to `end`.
pub(super) fn around(text: &[u8], start: usize, end: usize) -> Option<Read> {
    let most = ETHEREUM + 1;
    let letter = |byte: u8| byte.is_ascii_alphanumeric();
    let after = run(text, end, most, letter);
    let before = run_before(text, start, most, letter);
    let range = start - before..end + after;
    let address = &text[range.clone()];
    let right = match address.strip_prefix(b"0x") {
        Some(figures) => address.len() == ETHEREUM && is_ethereum(figures),
        None => LENGTHS.contains(&address.len()) && is_mixed(address) && is_base58(address),
    };
    right.then_some(Read { range, check: Check::Valid })
}

/// The bech32 address that the word at `at` is.
pub(super) fn at_word(text: &[u8], at: usize) -> Option<Read> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric();
    let word = run(text, at, LONGEST + 1, letter);
    let address = &text[at..at + word];
    let touched = at.checked_sub(1).is_some_and(|before| letter(text[before]));
    let right = !touched && word <= LONGEST && is_bech32(address);
    right.then_some(Read { range: at..at + word, check: Check::Valid })
}

/// Whether it begins as addresses do and has letters of both kinds: a hash has not.
fn is_mixed(address: &[u8]) -> bool {
    matches!(address[0], b'1' | b'3' | b'L' | b'M' | b'D' | b'A' | b'9' | b'T')
        && address.iter().any(u8::is_ascii_lowercase)
        && address.iter().any(u8::is_ascii_uppercase)
}

fn is_base58(address: &[u8]) -> bool {
    let mut payload = [0_u8; PAYLOAD];
    for &byte in address {
        let Some(value) = BASE58.iter().position(|&letter| letter == byte) else { return false };
        let carry = payload.iter_mut().rev().fold(value, |carry, place| {
            let sum = usize::from(*place) * 58 + carry;
            *place = sum as u8;
            sum >> 8
        });
        if carry != 0 {
            return false;
        }
    }
    let ones = address.iter().take_while(|&&byte| byte == b'1').count();
    let zeros = payload.iter().take_while(|&&byte| byte == 0).count();
    let (body, sum) = payload.split_at(PAYLOAD - 4);
    ones == zeros && VERSIONS.contains(&body[0]) && Sha256::digest(Sha256::digest(body))[..4] == *sum
}

/// Forty figures in one case, or in the case that their own hash calls for (EIP-55).
fn is_ethereum(figures: &[u8]) -> bool {
    let (lower, upper) = (figures.iter().any(u8::is_ascii_lowercase), figures.iter().any(u8::is_ascii_uppercase));
    if !figures.iter().all(u8::is_ascii_hexdigit) || figures.iter().all(|byte| byte == &figures[0]) {
        return false;
    }
    let hash = Keccak256::digest(figures.to_ascii_lowercase());
    let half = |n: usize| hash[n / 2] >> (4 * (1 - n % 2)) & 15;
    let right = |(n, byte): (usize, &u8)| !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == (half(n) >= 8);
    !(lower && upper) || figures.iter().enumerate().all(right)
}

/// One case, a known head, the check sum of BIP 173 or BIP 350.
fn is_bech32(address: &[u8]) -> bool {
    let folded = address.to_ascii_lowercase();
    let one_case = folded == address || address.iter().all(|byte| !byte.is_ascii_lowercase());
    let Some(head) = HEADS.iter().find(|head| folded.starts_with(head) && folded.get(head.len()) == Some(&b'1')) else {
        return false;
    };
    let data: Option<Vec<u32>> = folded[head.len() + 1..]
        .iter()
        .map(|byte| BECH32.iter().position(|letter| letter == byte).map(|value| value as u32))
        .collect();
    let high = head.iter().map(|&byte| u32::from(byte >> 5));
    let low = head.iter().map(|&byte| u32::from(byte & 31));
    let sum = |data: Vec<u32>| high.chain([0]).chain(low).chain(data).fold(1, polymod);
    one_case && data.filter(|data| data.len() >= 14).is_some_and(|data| matches!(sum(data), 1 | 0x2BC8_30A3))
}

fn polymod(sum: u32, value: u32) -> u32 {
    const STEPS: [u32; 5] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3];
    let (top, sum) = (sum >> 25, (sum & 0x01FF_FFFF) << 5 ^ value);
    STEPS.iter().enumerate().filter(|(n, _)| top >> n & 1 == 1).fold(sum, |sum, (_, step)| sum ^ step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_right_and_with_a_character_changed_wrong() {
        // The first address of Bitcoin's first block; an example of BIP 13; addresses that burn what is sent to them.
        for address in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
            "1BitcoinEaterAddressDontSendf59kuE",
            "DLAznsPDLDRgsVcTFWRMYMG5uH6GddDtv8",
        ] {
            assert!(is_base58(address.as_bytes()), "{address}");
            for n in 1..address.len() {
                let mut wrong = address.as_bytes().to_vec();
                wrong[n] = if wrong[n] == b'7' { b'8' } else { b'7' };
                assert!(!is_base58(&wrong), "{address} at {n}");
            }
        }
    }

    #[test]
    fn bech32_is_read_in_both_kinds_and_either_case() {
        // The examples of BIP 173 and BIP 350.
        for address in [
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        ] {
            assert!(is_bech32(address.as_bytes()), "{address}");
        }
        for wrong in
            ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1qqqq"]
        {
            assert!(!is_bech32(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn the_case_of_ethereum_is_its_check_sum() {
        // The examples of EIP-55.
        for figures in ["5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"] {
            assert!(is_ethereum(figures.as_bytes()), "{figures}");
            assert!(is_ethereum(figures.to_lowercase().as_bytes()), "{figures}");
        }
        assert!(!is_ethereum(b"5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
        assert!(!is_ethereum(b"0000000000000000000000000000000000000000"));
    }
}
