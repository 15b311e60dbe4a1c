//! How a text is read: one byte a character, in Latin-1, so that an offset into the view is a character of the text.
//! What lies outside Latin-1 becomes the digit, dash, space, quote or letter that it looks like, or one of the reserved
//! bytes below. A byte of a view never depends on the kind of string that held the text.

pub mod class;
pub(crate) mod markup;
mod narrow;
mod tables;
mod utf8;

/// Stands for everything that a reader does not see: a soft hyphen, which is itself invisible.
pub const INVISIBLE: u8 = 0xad;
/// Stands for every letter outside Latin-1.
pub const LETTER: u8 = 0xaa;
/// Stands for every currency sign outside Latin-1.
pub const CURRENCY: u8 = 0xa4;
/// Stands for bullets and middle dots outside Latin-1.
pub const DOT: u8 = 0xb7;
/// Stands for everything else outside Latin-1: symbols, emoji, private and unassigned characters, lone surrogates.
pub const SYMBOL: u8 = 0xa6;
/// Stands for a byte that is not part of any UTF-8 character.
pub const BARRIER: u8 = 0x1a;

/// Tags and variation selectors, default-ignorable all of them, assigned or not.
const TAGS: core::ops::Range<u32> = 0xe_0000..0xe_1000;

/// The byte of one character in a view. Below U+0100 it is the character itself; any number is allowed.
#[inline]
#[must_use]
pub fn narrow_char(character: u32) -> u8 {
    if character < tables::END {
        let block = usize::from(tables::INDEX[character as usize / tables::BLOCK]);
        let place = block * tables::BLOCK + character as usize % tables::BLOCK;
        tables::BLOCKS.get(place).copied().unwrap_or(SYMBOL)
    } else if TAGS.contains(&character) {
        INVISIBLE
    } else {
        SYMBOL
    }
}

/// The text that a view was made of.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// A string of one byte a character: ASCII or Latin-1.
    Latin1(&'a [u8]),
    /// A string of two bytes a character; surrogates in it are lone.
    Ucs2(&'a [u16]),
    /// A string of four bytes a character.
    Ucs4(&'a [u32]),
    /// UTF-8, or what is meant to be it.
    Utf8(&'a [u8]),
}

/// A text as matching reads it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    bytes: &'a [u8],
    offsets: Option<&'a [u32]>,
    source: Source<'a>,
}

impl<'a> View<'a> {
    /// Reads a Latin-1 string where it lies.
    #[must_use]
    pub fn latin1(bytes: &'a [u8]) -> Self {
        Self { bytes, offsets: None, source: Source::Latin1(bytes) }
    }

    /// Narrows a string of two bytes a character into `scratch`, whose room is reused and whose contents are not.
    #[must_use]
    pub fn ucs2(units: &'a [u16], scratch: &'a mut Vec<u8>) -> Self {
        let bytes = room(scratch, units.len());
        narrow::ucs2(units, bytes);
        Self { bytes, offsets: None, source: Source::Ucs2(units) }
    }

    /// Narrows a string of four bytes a character into `scratch`, whose room is reused and whose contents are not.
    #[must_use]
    pub fn ucs4(units: &'a [u32], scratch: &'a mut Vec<u8>) -> Self {
        let bytes = room(scratch, units.len());
        narrow::ucs4(units, bytes);
        Self { bytes, offsets: None, source: Source::Ucs4(units) }
    }

    /// Reads ASCII where it lies and decodes any other UTF-8 into `scratch`, whose room is reused and whose contents
    /// are not. Each byte that is not part of a valid character becomes one [`BARRIER`].
    #[must_use]
    pub fn utf8(text: &'a [u8], scratch: &'a mut Vec<u8>) -> Self {
        let source = Source::Utf8(text);
        if text.is_ascii() {
            return Self { bytes: text, offsets: None, source };
        }
        let bytes = room(scratch, text.len());
        let len = utf8::decode(text, bytes);
        Self { bytes: &bytes[..len], offsets: None, source }
    }

    /// One byte a character.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The number of characters.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is no character at all.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The text that the view was made of.
    #[inline]
    #[must_use]
    pub fn source(&self) -> Source<'a> {
        self.source
    }

    /// Which character of the source each character of the view begins at, and one more for the end. `None` when they
    /// are the same, which they are in every view made here; views that decode or expand the text carry it.
    #[inline]
    #[must_use]
    pub fn offsets(&self) -> Option<&'a [u32]> {
        self.offsets
    }

    /// Turns ascending offsets in characters of the view into offsets of the source, in one pass: characters of a
    /// string, bytes of UTF-8. An offset beyond the end becomes the end.
    pub fn source_offsets(&self, offsets: &mut [usize]) {
        if let Some(map) = self.offsets {
            for offset in &mut *offsets {
                *offset = map.get(*offset).or(map.last()).map_or(0, |&at| at as usize);
            }
        }
        match self.source {
            Source::Utf8(text) => utf8::byte_offsets(text, offsets),
            Source::Latin1(text) => clamp(offsets, text.len()),
            Source::Ucs2(units) => clamp(offsets, units.len()),
            Source::Ucs4(units) => clamp(offsets, units.len()),
        }
    }
}

/// The character that two halves of UTF-16 are.
pub(crate) fn surrogates(high: u32, low: u32) -> Option<u32> {
    let pair = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    pair.then(|| 0x1_0000 + ((high - 0xd800) << 10 | (low - 0xdc00)))
}

/// Appends a text to a view that is being made of several.
pub(crate) fn append(source: Source<'_>, out: &mut Vec<u8>) {
    let from = out.len();
    match source {
        Source::Latin1(units) => out.extend_from_slice(units),
        Source::Utf8(text) if text.is_ascii() => out.extend_from_slice(text),
        Source::Utf8(text) => {
            out.resize(from + text.len(), 0);
            let length = utf8::decode(text, &mut out[from..]);
            out.truncate(from + length);
        }
        Source::Ucs2(units) => {
            out.resize(from + units.len(), 0);
            narrow::ucs2(units, &mut out[from..]);
        }
        Source::Ucs4(units) => {
            out.resize(from + units.len(), 0);
            narrow::ucs4(units, &mut out[from..]);
        }
    }
}

fn clamp(offsets: &mut [usize], end: usize) {
    for offset in offsets {
        *offset = end.min(*offset);
    }
}

/// The first `len` bytes of `scratch`, which only ever grows: bytes are cleared once, when they are new.
fn room(scratch: &mut Vec<u8>, len: usize) -> &mut [u8] {
    if scratch.capacity() < len {
        // The system hands out large memory cleared; `resize` would clear it again and copy what is not needed.
        *scratch = vec![0; len];
    } else if scratch.len() < len {
        scratch.resize(len, 0);
    }
    &mut scratch[..len]
}

#[cfg(test)]
mod tests;
