//! How a Python string is read: in the 1-, 2- or 4-byte form in which it lies, without UTF-8; `bytes` as UTF-8.
//!
//! Nothing is copied but by the engine's narrowing, and that into one vector a thread.
#![expect(unsafe_code, reason = "the characters of a str are reached through a pointer of CPython")]

use std::cell::Cell;

use pyo3::prelude::*;
use pyo3::types::string::PyStringData;
use pyo3::types::{PyBytes, PyString};
use rasura::Cut;
use rasura::view::{Source, View};

use crate::errors;

/// A vector larger than this is freed after the call instead of being kept for the next one.
const KEPT_SCRATCH: usize = 256 << 10;

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The characters of an argument, borrowed from it.
#[derive(Clone, Copy)]
pub(crate) enum Text<'a> {
    Latin1(&'a [u8]),
    Ucs2(&'a [u16]),
    Ucs4(&'a [u32]),
    Utf8(&'a [u8]),
}

impl<'a> Text<'a> {
    /// Anything but `str` and `bytes` is a `TypeError` that names the type and nothing else.
    #[inline]
    pub(crate) fn of(given: &'a Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(string) = given.cast::<PyString>() {
            return Text::of_string(string);
        }
        match given.cast::<PyBytes>() {
            Ok(bytes) => Ok(Text::Utf8(bytes.as_bytes())),
            Err(_) => Err(errors::wrong_type("text must be str or bytes", given)),
        }
    }

    /// The characters of a `str`.
    #[inline]
    pub(crate) fn of_string(string: &'a Bound<'_, PyString>) -> PyResult<Self> {
        // SAFETY: a str does not change once it is made, and `string` keeps it alive for 'a.
        Ok(match unsafe { string.data() }? {
            PyStringData::Ucs1(units) => Text::Latin1(units),
            PyStringData::Ucs2(units) => Text::Ucs2(units),
            PyStringData::Ucs4(units) => Text::Ucs4(units),
        })
    }

    /// The same as the engine names it.
    pub(crate) fn source(self) -> Source<'a> {
        match self {
            Text::Latin1(units) => Source::Latin1(units),
            Text::Ucs2(units) => Source::Ucs2(units),
            Text::Ucs4(units) => Source::Ucs4(units),
            Text::Utf8(units) => Source::Utf8(units),
        }
    }

    /// Code points of a `str`, bytes of `bytes`: what offsets and `max_chars` count.
    #[inline]
    pub(crate) fn len(self) -> usize {
        match self {
            Text::Latin1(units) | Text::Utf8(units) => units.len(),
            Text::Ucs2(units) => units.len(),
            Text::Ucs4(units) => units.len(),
        }
    }

    pub(crate) fn is_bytes(self) -> bool {
        matches!(self, Text::Utf8(_))
    }

    /// Calls `reader` with the engine's view of the text.
    ///
    /// The vector is taken out of its cell for the call: whoever comes in on the same thread meanwhile gets a new one.
    #[inline]
    pub(crate) fn read<R>(self, reader: impl FnOnce(&View<'_>) -> R) -> R {
        if let Text::Latin1(units) = self {
            return reader(&View::latin1(units));
        }
        let mut scratch = SCRATCH.take();
        let answer = {
            let view = match self {
                Text::Latin1(units) => View::latin1(units),
                Text::Ucs2(units) => View::ucs2(units, &mut scratch),
                Text::Ucs4(units) => View::ucs4(units, &mut scratch),
                Text::Utf8(units) => View::utf8(units, &mut scratch),
            };
            reader(&view)
        };
        if scratch.capacity() <= KEPT_SCRATCH {
            SCRATCH.set(scratch);
        }
        answer
    }
}

/// From characters of a view to the offsets that the caller counts in: the same for a `str`, bytes for `bytes`.
pub(crate) enum Offsets {
    Same,
    Bytes { characters: Vec<usize>, bytes: Vec<usize> },
}

impl Offsets {
    /// Knows the offsets of `wanted`, which come in any order.
    pub(crate) fn of(text: Text<'_>, view: &View<'_>, wanted: impl Iterator<Item = usize>) -> Self {
        if !text.is_bytes() {
            return Offsets::Same;
        }
        let mut characters: Vec<usize> = wanted.collect();
        characters.sort_unstable();
        characters.dedup();
        let mut bytes = characters.clone();
        view.source_offsets(&mut bytes);
        Offsets::Bytes { characters, bytes }
    }

    /// Puts cuts where the caller counts them.
    pub(crate) fn place(&self, cuts: &mut [Cut<'_>]) {
        for cut in cuts {
            (cut.start, cut.end) = (self.at(cut.start), self.at(cut.end));
        }
    }

    pub(crate) fn at(&self, character: usize) -> usize {
        match self {
            Offsets::Same => character,
            Offsets::Bytes { characters, bytes } => {
                let index = characters.binary_search(&character);
                bytes[index.expect("tests/test_offsets.py asks for the offsets that it named")]
            }
        }
    }
}
