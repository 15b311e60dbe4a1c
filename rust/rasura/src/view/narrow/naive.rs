//! The obvious way, which the others must agree with.

use super::narrow_char;

pub(super) fn ucs2(units: &[u16], out: &mut [u8]) {
    for (&unit, byte) in units.iter().zip(out) {
        *byte = narrow_char(u32::from(unit));
    }
}

pub(super) fn ucs4(units: &[u32], out: &mut [u8]) {
    for (&unit, byte) in units.iter().zip(out) {
        *byte = narrow_char(unit);
    }
}
