//! Texts and strings on their way into a document: a string that is itself an object or a list in JSON is read as one.

use std::ops::Range;

use super::build::Builder;
use super::scan::{Sink, scan};
use super::string::{self, part};
use super::{Document, Fault, LEVELS, Nest};
use crate::view::{Source, append};

/// JSON in a string in JSON, and once more; what is deeper is a text.
const NESTED: usize = 3;

/// Makes a document of a text.
pub(super) fn read(text: Source<'_>, limit: usize) -> Result<Document, Fault> {
    let mut builder = Builder::new(limit);
    builder.reserve(string::length(text));
    if string::length(text) > u32::MAX as usize / 2 {
        return Err(Fault::Large);
    }
    scan_any(text, &mut Reading { builder: &mut builder, text, depth: 0 })?;
    Ok(builder.finish())
}

fn scan_any(text: Source<'_>, sink: &mut impl Sink) -> Result<(), Fault> {
    match text {
        Source::Latin1(units) => scan(units, 0, sink),
        // A byte order mark.
        Source::Utf8(units) => scan(units, if units.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }, sink),
        Source::Ucs2(units) => scan(units, usize::from(units.first() == Some(&0xfeff)), sink),
        Source::Ucs4(units) => scan(units, usize::from(units.first() == Some(&0xfeff)), sink),
    }
}

/// A text that is being read into a document.
struct Reading<'b, 't> {
    builder: &'b mut Builder,
    text: Source<'t>,
    /// In how many strings it lies.
    depth: usize,
}

impl Sink for Reading<'_, '_> {
    fn open(&mut self, object: bool) -> Result<(), Fault> {
        self.builder.open(object)
    }

    fn close(&mut self) {
        self.builder.close();
    }

    fn key(&mut self, place: Range<usize>, escaped: bool) -> Result<(), Fault> {
        let content = part(self.text, place.clone());
        self.builder.key_with(place, escaped, |out| fill(content, escaped, out))
    }

    fn string(&mut self, place: Range<usize>, escaped: bool) -> Result<(), Fault> {
        let content = part(self.text, place.clone());
        string(self.builder, content, (place, escaped), self.depth)
    }

    fn number(&mut self, place: Range<usize>) -> Result<(), Fault> {
        match part(self.text, place.clone()) {
            Source::Latin1(units) | Source::Utf8(units) => self.builder.number_at(place, units),
            wide => {
                let mut written = Vec::new();
                append(wide, &mut written);
                self.builder.number_at(place, &written)
            }
        }
    }

    fn word(&mut self, place: Range<usize>) -> Result<(), Fault> {
        let mut word = Vec::new();
        append(part(self.text, place), &mut word);
        self.builder.word(&word)
    }
}

#[inline]
fn fill(content: Source<'_>, escaped: bool, out: &mut Vec<u8>) {
    if escaped { string::narrow(content, out) } else { append(content, out) }
}

/// Adds a string: its content, its place in the text, whether it has escapes, in how many strings the text lies.
pub(super) fn string(
    builder: &mut Builder,
    content: Source<'_>,
    (place, escaped): (Range<usize>, bool),
    depth: usize,
) -> Result<(), Fault> {
    if depth == NESTED || !may_be_json(content, escaped) {
        return builder.string_with(place, escaped, |out| fill(content, escaped, out));
    }
    let (units, places) = string::read(content, escaped, place.start);
    let mut depths = Depths { now: builder.depth(), most: 0 };
    if scan(&units, 0, &mut depths).is_err() || depths.most > LEVELS {
        return builder.string_with(place, escaped, |out| append(Source::Ucs4(&units), out));
    }
    let number = builder.open_nest(place, escaped);
    scan(&units, 0, &mut Reading { builder, text: Source::Ucs4(&units), depth: depth + 1 })?;
    builder.close_nest(number, Nest { units, places });
    Ok(())
}

/// Whether a string begins as an object or a list does.
#[inline]
fn may_be_json(content: Source<'_>, escaped: bool) -> bool {
    let first = match content {
        Source::Latin1(units) | Source::Utf8(units) => units.first().copied().map(u32::from),
        Source::Ucs2(units) => units.first().copied().map(u32::from),
        Source::Ucs4(units) => units.first().copied(),
    };
    // Most strings begin otherwise: a bracket, a space, or an escape that may be one.
    matches!(first, Some(0x5b | 0x7b | 0x5c | 0x20 | 0x09 | 0x0a | 0x0d)) && begins_as_json(content, escaped)
}

#[inline(never)]
fn begins_as_json(content: Source<'_>, escaped: bool) -> bool {
    let mut may_be = false;
    string::characters(content, escaped, |character, _| {
        may_be = character == u32::from(b'{') || character == u32::from(b'[');
        matches!(character, 0x20 | 0x09 | 0x0a | 0x0d)
    });
    may_be
}

/// How deep a text goes.
struct Depths {
    now: usize,
    most: usize,
}

impl Sink for Depths {
    fn open(&mut self, _object: bool) -> Result<(), Fault> {
        self.now += 1;
        self.most = self.most.max(self.now);
        Ok(())
    }

    fn close(&mut self) {
        self.now -= 1;
    }

    fn key(&mut self, _place: Range<usize>, _escaped: bool) -> Result<(), Fault> {
        Ok(())
    }

    fn string(&mut self, _place: Range<usize>, _escaped: bool) -> Result<(), Fault> {
        Ok(())
    }

    fn number(&mut self, _place: Range<usize>) -> Result<(), Fault> {
        Ok(())
    }

    fn word(&mut self, _place: Range<usize>) -> Result<(), Fault> {
        Ok(())
    }
}
