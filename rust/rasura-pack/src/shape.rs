//! The shape of a candidate: the lengths of its parts and what stands between, hashed. The engine computes the hash of
//! what it reads with the same functions as the compiler does for templates, so that they meet in one table.

/// Symbols: 0-9 are 0-9, A-Z are 10-35, then these.
pub const ENYE: u8 = 36;
/// The ampersand of Mexican company names.
pub const AMPERSAND: u8 = 37;
/// What is no symbol.
pub const NO_SYMBOL: u8 = 63;
/// How many symbols there are.
pub const SYMBOLS: usize = 38;

/// The symbol of each byte of a view, letters of either case alike.
pub const SYMBOL: [u8; 256] = symbols();

const fn symbols() -> [u8; 256] {
    let mut table = [NO_SYMBOL; 256];
    let mut i = 0;
    while i < 26 {
        if i < 10 {
            table[b'0' as usize + i] = i as u8;
        }
        table[b'A' as usize + i] = 10 + i as u8;
        table[b'a' as usize + i] = 10 + i as u8;
        i += 1;
    }
    table[0xD1] = ENYE;
    table[0xF1] = ENYE;
    table[b'&' as usize] = AMPERSAND;
    table
}

/// The character of a symbol.
#[must_use]
pub fn character(symbol: u8) -> char {
    match symbol {
        0..=9 => char::from(b'0' + symbol),
        10..=35 => char::from(b'A' + symbol - 10),
        ENYE => 'Ñ',
        _ => '&',
    }
}

/// What a byte between two parts counts as in a shape: a no-break space is a space. A tab is not: it parts columns.
#[must_use]
pub const fn separator(byte: u8) -> u8 {
    match byte {
        0xA0 => b' ',
        other => other,
    }
}

/// The beginning of a shape's hash.
pub const START: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash after one more part of `length` characters, with `gap` before it (0 for the first): up to three bytes
/// between, as `gap` packs them.
#[inline]
#[must_use]
pub const fn extend(hash: u64, gap: u32, length: usize) -> u64 {
    let mixed = (hash ^ (((gap as u64) << 8) | length as u64)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 29)
}

/// Packs what stands between two parts, at most three bytes.
#[inline]
#[must_use]
pub fn pack_gap(bytes: &[u8]) -> u32 {
    if let [byte] = bytes {
        return u32::from(separator(*byte));
    }
    bytes.iter().fold(0, |packed, &byte| (packed << 8) | u32::from(separator(byte)))
}

/// How many characters a cluster has at most whose shape is read as a whole.
pub const WHOLE: usize = 40;

/// What each eight characters are multiplied by: any odd numbers without a pattern.
pub const FACTORS: [u64; WHOLE / 8] =
    [0xD6E8_FEB8_6659_FD93, 0x9FB2_1C65_1E98_DF25, 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB, 0x8EBC_6AF0_9C88_C6E3];

/// The hash of how digits and separators are written: each digit a zero, each separator as [`separator`] has it, zero bytes
/// at the end. It says the same as [`extend`] does part by part, and takes no loop over the parts.
#[must_use]
pub fn whole(written: &[u8; WHOLE]) -> u64 {
    let (eights, _) = written.as_chunks::<8>();
    let sum = eights
        .iter()
        .zip(FACTORS)
        .fold(0_u64, |sum, (eight, factor)| sum.wrapping_add(u64::from_le_bytes(*eight).wrapping_mul(factor)));
    mixed(sum)
}

/// The hash that a sum of products becomes.
#[inline]
#[must_use]
pub const fn mixed(sum: u64) -> u64 {
    let mixed = (sum ^ sum >> 32).wrapping_mul(FACTORS[0]);
    mixed ^ mixed >> 29
}
