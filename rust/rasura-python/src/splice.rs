//! What is returned when something was found: the original characters with words in the places of the cuts.
//!
//! A Python `str` must have the smallest form that its characters allow, or it equals no other string.
#![expect(unsafe_code, reason = "CPython hands out a new str as a pointer to fill")]

use std::mem::MaybeUninit;
use std::slice;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3::{IntoPyObjectExt, ffi};
use rasura::Cut;

use crate::text::Text;

/// The text with its cuts, whose offsets are the caller's (bytes for `bytes`), ascending and apart.
pub(crate) fn splice<'py>(py: Python<'py>, text: Text<'_>, cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    match text {
        Text::Latin1(units) => string(py, units, cuts),
        Text::Ucs2(units) => string(py, units, cuts),
        Text::Ucs4(units) => string(py, units, cuts),
        Text::Utf8(units) => bytes(py, units, cuts),
    }
}

/// A part of the answer.
enum Piece<'a, S> {
    Kept(&'a [S]),
    Word(&'a str),
}

fn pieces<'a, S>(source: &'a [S], cuts: &'a [Cut<'_>]) -> impl Iterator<Item = Piece<'a, S>> {
    let mut from = 0;
    let last = source.len();
    let until_cut = cuts.iter().flat_map(move |cut| {
        let kept = &source[from..cut.start];
        from = cut.end;
        [Piece::Kept(kept), Piece::Word(&cut.word)]
    });
    let after = cuts.last().map_or(0, |cut| cut.end);
    until_cut.chain([Piece::Kept(&source[after..last])])
}

fn bytes<'py>(py: Python<'py>, source: &[u8], cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let parts = || {
        pieces(source, cuts).map(|piece| match piece {
            Piece::Kept(units) => units,
            Piece::Word(word) => word.as_bytes(),
        })
    };
    let written = PyBytes::new_with(py, parts().map(<[u8]>::len).sum(), |mut room| {
        for part in parts() {
            let (here, rest) = room.split_at_mut(part.len());
            here.copy_from_slice(part);
            room = rest;
        }
        Ok(())
    })?;
    Ok(written.into_any())
}

/// One character in one of the forms of CPython.
trait Unit: Copy + Into<u32> {
    /// The character, which fits: the form was chosen by the largest.
    fn of(character: u32) -> Self;
}

macro_rules! unit {
    ($($name:ty),*) => {$(
        impl Unit for $name {
            #[inline]
            fn of(character: u32) -> Self {
                character as $name
            }
        }
    )*};
}
unit!(u8, u16, u32);

fn string<'py, S: Unit>(py: Python<'py>, source: &[S], cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let (mut length, mut bits) = (0, 0);
    for piece in pieces(source, cuts) {
        match piece {
            Piece::Kept(units) => {
                length += units.len();
                bits = units.iter().fold(bits, |bits, &unit| bits | unit.into());
            }
            Piece::Word(word) => {
                length += word.chars().count();
                bits = word.chars().fold(bits, |bits, unit| bits | u32::from(unit));
            }
        }
    }
    match bits {
        0..=0x7f => filled::<S, u8>(py, length, 0x7f, pieces(source, cuts)),
        0x80..=0xff => filled::<S, u8>(py, length, 0xff, pieces(source, cuts)),
        0x100..=0xffff => filled::<S, u16>(py, length, 0xffff, pieces(source, cuts)),
        _ => filled::<S, u32>(py, length, 0x10_ffff, pieces(source, cuts)),
    }
}

/// A new `str` of `length` characters up to `largest`, whose form is one `D` a character.
fn filled<'a, 'py, S: Unit + 'a, D: Unit>(
    py: Python<'py>,
    length: usize,
    largest: u32,
    pieces: impl Iterator<Item = Piece<'a, S>>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `length` fits, as the sum of lengths of things in memory; `largest` is a code point.
    let made = unsafe { ffi::PyUnicode_New(length.cast_signed(), largest) };
    // SAFETY: PyUnicode_New gives a new reference, or null with an exception set.
    let made = unsafe { Bound::from_owned_ptr_or_err(py, made) }?;
    // SAFETY: `made` is a str whose characters start there.
    let start = unsafe { ffi::PyUnicode_DATA(made.as_ptr()) };
    // SAFETY: CPython chose the form by `largest`, so the room is `length` times a `D`; nobody else has seen it yet.
    let mut room = unsafe { slice::from_raw_parts_mut(start.cast::<MaybeUninit<D>>(), length) };
    for piece in pieces {
        match piece {
            Piece::Kept(units) => {
                let (here, rest) = room.split_at_mut(units.len());
                for (to, &unit) in here.iter_mut().zip(units) {
                    to.write(D::of(unit.into()));
                }
                room = rest;
            }
            Piece::Word(word) => {
                for unit in word.chars() {
                    let (to, rest) = room.split_first_mut().expect("`length` counts the words, tests/test_kinds.py");
                    to.write(D::of(u32::from(unit)));
                    room = rest;
                }
            }
        }
    }
    assert!(room.is_empty(), "every character is written");
    made.into_bound_py_any(py)
}
