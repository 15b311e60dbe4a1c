//! For CPUs without vector code of their own: two plain loops that a compiler can make vectors of.

use super::{BLOCK, narrow_char};

pub(in super::super) fn ucs2(units: &[u16], out: &mut [u8]) {
    for (block, place) in units.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        let all = block.iter().fold(0, |all, &unit| all | unit);
        if all < 0x100 {
            place.iter_mut().zip(block).for_each(|(byte, &unit)| *byte = unit as u8);
        } else {
            place.iter_mut().zip(block).for_each(|(byte, &unit)| *byte = narrow_char(u32::from(unit)));
        }
    }
}

pub(in super::super) fn ucs4(units: &[u32], out: &mut [u8]) {
    for (block, place) in units.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        let all = block.iter().fold(0, |all, &unit| all | unit);
        if all < 0x100 {
            place.iter_mut().zip(block).for_each(|(byte, &unit)| *byte = unit as u8);
        } else {
            place.iter_mut().zip(block).for_each(|(byte, &unit)| *byte = narrow_char(unit));
        }
    }
}
