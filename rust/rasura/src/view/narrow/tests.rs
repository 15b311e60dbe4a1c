//! Every variant against the obvious one.

use super::*;

type Narrow<T> = fn(&[T], &mut [u8]);

#[cfg(target_arch = "x86_64")]
mod variants {
    use super::*;

    pub(super) fn ucs2() -> Vec<Narrow<u16>> {
        // SAFETY: SSE2 is part of x86-64.
        let sse2: Narrow<u16> = |units, out| unsafe { sse2::ucs2(units, out) };
        vec![super::super::ucs2, older::ucs2, portable::ucs2, sse2]
    }

    pub(super) fn ucs4() -> Vec<Narrow<u32>> {
        // SAFETY: SSE2 is part of x86-64.
        let sse2: Narrow<u32> = |units, out| unsafe { sse2::ucs4(units, out) };
        vec![super::super::ucs4, older::ucs4, portable::ucs4, sse2]
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod variants {
    use super::*;

    pub(super) fn ucs2() -> Vec<Narrow<u16>> {
        vec![super::super::ucs2]
    }

    pub(super) fn ucs4() -> Vec<Narrow<u32>> {
        vec![super::super::ucs4]
    }
}

fn check2(units: &[u16]) {
    let mut expected = vec![0; units.len()];
    naive::ucs2(units, &mut expected);
    for narrow in variants::ucs2() {
        let mut out = vec![b'?'; units.len()];
        narrow(units, &mut out);
        assert_eq!(out, expected, "{units:x?}");
    }
}

fn check4(units: &[u32]) {
    let mut expected = vec![0; units.len()];
    naive::ucs4(units, &mut expected);
    for narrow in variants::ucs4() {
        let mut out = vec![b'?'; units.len()];
        narrow(units, &mut out);
        assert_eq!(out, expected, "{units:x?}");
    }
}

#[test]
fn every_unit_agrees_with_naive() {
    check2(&(0..=u16::MAX).collect::<Vec<_>>());
    check4(&(0..=0x11_0400).collect::<Vec<_>>());
    check4(&(0x7fff_ff80..=0x8000_0080).chain(0xffff_ff80..=u32::MAX).collect::<Vec<_>>());
}

#[test]
fn every_unit_between_narrow_ones_agrees_with_naive() {
    let mut units = [u16::from(b'x'); BLOCK + 5];
    for unit in 0..=u16::MAX {
        units[usize::from(unit) % BLOCK] = unit;
        check2(&units);
        units[usize::from(unit) % BLOCK] = u16::from(unit as u8);
    }
}

#[test]
fn every_length_and_place_agrees_with_naive() {
    for len in 0..=130 {
        for at in 0..len {
            for wide in [0xe9, 0x100, 0x2019, 0x7fff, 0x8000, 0xffff] {
                let mut units = vec![u16::from(b'x'); len];
                units[at] = wide;
                check2(&units);
            }
            for wide in [0xe9, 0x100, 0xfe0f, 0x1_0041, 0x1_f600, 0x8000_0041, u32::MAX] {
                let mut units = vec![u32::from(b'x'); len];
                units[at] = wide;
                check4(&units);
            }
        }
    }
}
