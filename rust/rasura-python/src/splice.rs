//! What is returned when something was found: the original characters with words in the places of the cuts.
//!
//! A Python `str` must have the smallest form that its characters allow, or it equals no other string.
#![expect(unsafe_code, reason = "CPython hands out a new str as a pointer to fill")]

use std::mem::MaybeUninit;
use std::ops::BitOr;
use std::slice;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3::{IntoPyObjectExt, ffi};
use rasura::Cut;

use crate::text::Text;

/// The text with its cuts, whose offsets are the caller's (bytes for `bytes`), ascending and apart.
pub(crate) fn splice<'py>(py: Python<'py>, text: Text<'_>, cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    match text {
        Text::Latin1(units) if units.is_ascii() && cuts.iter().all(|cut| cut.word.is_ascii()) => ascii(py, units, cuts),
        Text::Latin1(units) => string(py, units, cuts),
        Text::Ucs2(units) => string(py, units, cuts),
        Text::Ucs4(units) => string(py, units, cuts),
        Text::Utf8(units) => bytes(py, units, cuts),
    }
}

/// Calls `piece` with what stays of the source before each cut and what is written instead of that; at last with the rest
/// and nothing.
#[inline]
fn each_piece<'a, S>(source: &'a [S], cuts: &'a [Cut<'_>], mut piece: impl FnMut(&'a [S], &'a str)) {
    let mut from = 0;
    for cut in cuts {
        piece(&source[from..cut.start], cut.word.as_str());
        from = cut.end;
    }
    piece(&source[from..], "");
}

fn bytes<'py>(py: Python<'py>, source: &[u8], cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let mut length = 0;
    each_piece(source, cuts, |kept, word| length += kept.len() + word.len());
    let written = PyBytes::new_with(py, length, |room| {
        let mut at = 0;
        let mut write = |part: &[u8]| {
            room[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        };
        each_piece(source, cuts, |kept, word| {
            write(kept);
            write(word.as_bytes());
        });
        Ok(())
    })?;
    Ok(written.into_any())
}

/// One character in one of the forms of CPython.
trait Unit: Copy + Into<u32> + BitOr<Output = Self> + Default {
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

/// The characters of a word; those of ASCII, as most words are, without decoding them.
#[inline]
fn each_character(word: &str, mut character: impl FnMut(u32)) {
    if word.is_ascii() {
        word.bytes().for_each(|byte| character(byte.into()));
    } else {
        word.chars().for_each(|wide| character(wide.into()));
    }
}

/// As [`string`] where all of the source is ASCII, and so is all that is written instead.
fn ascii<'py>(py: Python<'py>, source: &[u8], cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let length = cuts.iter().fold(source.len(), |length, cut| length - (cut.end - cut.start) + cut.word.len());
    new(py, length, 0x7f, |room: &mut [MaybeUninit<u8>]| {
        let (mut from, mut at) = (0, 0);
        for cut in cuts {
            at += put(&mut room[at..], &source[from..], cut.start - from);
            at += put(&mut room[at..], cut.word.with_more(), cut.word.len());
            from = cut.end;
        }
        at += put(&mut room[at..], &source[from..], source.len() - from);
        assert!(at == length, "every character is written");
    })
}

/// Copies the first `length` bytes of a source, and how many that were. Most pieces are short: where both sides go on, as
/// many are copied as most have, and what is too much is written over by the next piece, since to copy a length that is
/// known takes no loop (see the commit for the figures).
#[inline]
fn put(room: &mut [MaybeUninit<u8>], source: &[u8], length: usize) -> usize {
    const SHORT: usize = 32;
    if length <= SHORT
        && let (Some(room), Some(source)) = (room.first_chunk_mut::<SHORT>(), source.first_chunk::<SHORT>())
    {
        *room = source.map(MaybeUninit::new);
    } else {
        for (to, &byte) in room[..length].iter_mut().zip(&source[..length]) {
            to.write(byte);
        }
    }
    length
}

fn string<'py, S: Unit>(py: Python<'py>, source: &[S], cuts: &[Cut<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let (mut length, mut units, mut bits) = (0, S::default(), 0);
    each_piece(source, cuts, |kept, word| {
        length += kept.len();
        units = kept.iter().fold(units, |bits, &unit| bits | unit);
        if word.is_ascii() {
            length += word.len();
        } else {
            for wide in word.chars() {
                length += 1;
                bits |= u32::from(wide);
            }
        }
    });
    match bits | units.into() {
        0..=0x7f => filled::<S, u8>(py, length, 0x7f, source, cuts),
        0x80..=0xff => filled::<S, u8>(py, length, 0xff, source, cuts),
        0x100..=0xffff => filled::<S, u16>(py, length, 0xffff, source, cuts),
        _ => filled::<S, u32>(py, length, 0x10_ffff, source, cuts),
    }
}

/// A new `str` of `length` characters up to `largest`, whose form is one `D` a character.
fn filled<'py, S: Unit, D: Unit>(
    py: Python<'py>,
    length: usize,
    largest: u32,
    source: &[S],
    cuts: &[Cut<'_>],
) -> PyResult<Bound<'py, PyAny>> {
    new(py, length, largest, |room: &mut [MaybeUninit<D>]| {
        let mut at = 0;
        each_piece(source, cuts, |kept, word| {
            for (to, &unit) in room[at..at + kept.len()].iter_mut().zip(kept) {
                to.write(D::of(unit.into()));
            }
            at += kept.len();
            each_character(word, |unit| {
                room[at].write(D::of(unit));
                at += 1;
            });
        });
        assert!(at == length, "every character is written");
    })
}

/// A new `str` of `length` characters up to `largest`, whose form is one `D` a character; `fill` writes all of them.
fn new<D>(
    py: Python<'_>,
    length: usize,
    largest: u32,
    fill: impl FnOnce(&mut [MaybeUninit<D>]),
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: `length` fits, as the sum of lengths of things in memory; `largest` is a code point.
    let made = unsafe { ffi::PyUnicode_New(length.cast_signed(), largest) };
    // SAFETY: PyUnicode_New gives a new reference, or null with an exception set.
    let made = unsafe { Bound::from_owned_ptr_or_err(py, made) }?;
    // SAFETY: `made` is a str whose characters start there.
    let start = unsafe { ffi::PyUnicode_DATA(made.as_ptr()) };
    // SAFETY: CPython chose the form by `largest`, so the room is `length` times a `D`; nobody else has seen it yet.
    fill(unsafe { slice::from_raw_parts_mut(start.cast(), length) });
    made.into_bound_py_any(py)
}
