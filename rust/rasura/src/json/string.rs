//! What stands in a string: its characters with escapes read, and where each of them is written.

use std::ops::Range;

use crate::view::{BARRIER, Source, narrow_char, surrogates};

/// A byte that is not part of any UTF-8 character.
const STRAY: u32 = u32::MAX;

/// A part of a text.
pub(super) fn part(source: Source<'_>, place: Range<usize>) -> Source<'_> {
    match source {
        Source::Latin1(units) => Source::Latin1(&units[place]),
        Source::Ucs2(units) => Source::Ucs2(&units[place]),
        Source::Ucs4(units) => Source::Ucs4(&units[place]),
        Source::Utf8(units) => Source::Utf8(&units[place]),
    }
}

/// How many units a text has.
pub(super) fn length(source: Source<'_>) -> usize {
    match source {
        Source::Latin1(units) | Source::Utf8(units) => units.len(),
        Source::Ucs2(units) => units.len(),
        Source::Ucs4(units) => units.len(),
    }
}

/// Calls `each` with every character of a string's content and where it begins, until it says that this is enough.
pub(super) fn characters(content: Source<'_>, escaped: bool, mut each: impl FnMut(u32, usize) -> bool) {
    let length = length(content);
    let mut at = 0;
    while at < length {
        let (character, width) = unit(content, at);
        let (character, width) =
            if escaped && character == u32::from(b'\\') { escape(content, at) } else { (character, width) };
        if !each(character, at) {
            return;
        }
        at += width;
    }
}

/// The character at a place and how many units it takes, escapes unread.
fn unit(content: Source<'_>, at: usize) -> (u32, usize) {
    match content {
        Source::Latin1(units) => (units[at].into(), 1),
        Source::Ucs2(units) => (units[at].into(), 1),
        Source::Ucs4(units) => (units[at], 1),
        Source::Utf8(units) => utf8(&units[at..]),
    }
}

fn utf8(text: &[u8]) -> (u32, usize) {
    let width = match text[0] {
        0..=0x7f => return (text[0].into(), 1),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let character = text.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok()?.chars().next());
    character.map_or((STRAY, 1), |character| (character.into(), width))
}

/// The character that an escape at a place stands for, and its width. A pair of surrogates is one character.
fn escape(content: Source<'_>, at: usize) -> (u32, usize) {
    let byte = |at: usize| if at < length(content) { unit(content, at).0 } else { 0 };
    let hexadecimal = |at: usize| {
        let starts = byte(at) == u32::from(b'\\') && byte(at + 1) == u32::from(b'u');
        let digit = |sum: u32, at: usize| char::from_u32(byte(at))?.to_digit(16).map(|digit| sum << 4 | digit);
        starts.then(|| (at + 2..at + 6).try_fold(0, digit)).flatten()
    };
    let unit = hexadecimal(at);
    let pair = unit.zip(hexadecimal(at + 6)).and_then(|(high, low)| surrogates(high, low));
    match (pair, unit) {
        (Some(character), _) => (character, 12),
        (None, Some(character)) => (character, 6),
        (None, None) => {
            let character = match byte(at + 1) as u8 {
                b'b' => 0x08,
                b'f' => 0x0c,
                b'n' => 0x0a,
                b'r' => 0x0d,
                b't' => 0x09,
                other => other.into(),
            };
            (character, 2)
        }
    }
}

/// Appends a string's content as the search reads it.
pub(super) fn narrow(content: Source<'_>, out: &mut Vec<u8>) {
    characters(content, true, |character, _| {
        out.push(if character == STRAY { BARRIER } else { narrow_char(character) });
        true
    });
}

/// A string's content, one unit a character, and where in the text around it each one begins, and the end.
pub(super) fn read(content: Source<'_>, escaped: bool, from: usize) -> (Vec<u32>, Vec<u32>) {
    let (mut units, mut places) = (Vec::new(), Vec::new());
    characters(content, escaped, |character, at| {
        units.push(if character == STRAY { u32::from(char::REPLACEMENT_CHARACTER) } else { character });
        places.push((from + at) as u32);
        true
    });
    places.push((from + length(content)) as u32);
    (units, places)
}

/// A string's content, a character that Unicode does not have as a replacement.
pub(super) fn to_text(content: Source<'_>, escaped: bool) -> String {
    let mut text = String::new();
    characters(content, escaped, |character, _| {
        text.push(char::from_u32(character).unwrap_or(char::REPLACEMENT_CHARACTER));
        true
    });
    text
}

/// Turns ascending offsets in characters of a string into places in the text, in one pass.
pub(super) fn places(content: Source<'_>, escaped: bool, from: usize, offsets: &mut [usize]) {
    if !escaped && !matches!(content, Source::Utf8(bytes) if !bytes.is_ascii()) {
        for offset in offsets {
            *offset += from;
        }
        return;
    }
    let (mut next, mut index) = (0, 0);
    characters(content, escaped, |_, at| {
        while next < offsets.len() && offsets[next] == index {
            offsets[next] = from + at;
            next += 1;
        }
        index += 1;
        next < offsets.len()
    });
    for offset in &mut offsets[next..] {
        *offset = from + length(content);
    }
}

/// A text as it is written within a JSON string.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\u{1f}' => out.extend(["\\u00", &format!("{:02x}", u32::from(character))]),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, places, to_text};
    use crate::view::Source;

    #[test]
    fn escapes_are_read_as_characters() {
        let read = |text: &str| to_text(Source::Utf8(text.as_bytes()), true);
        assert_eq!(read(r"a\u00e9\n\/\\\u0022"), "a\u{e9}\n/\\\"");
        assert_eq!(read(r"\ud83d\ude00é"), "😀é");
        assert_eq!(read(r"\ud83d\u0041\ude00"), "\u{fffd}A\u{fffd}");
        assert_eq!(read(r"\ud83d"), "\u{fffd}");
    }

    #[test]
    fn characters_have_their_places() {
        let text = r"é\u00e9\ud83d\ude00x";
        let mut offsets = [0, 1, 2, 3, 3, 4];
        places(Source::Utf8(text.as_bytes()), true, 10, &mut offsets);
        assert_eq!(offsets, [10, 12, 18, 30, 30, 31]);
        let mut offsets = [1, 2];
        places(Source::Latin1(b"abc"), false, 5, &mut offsets);
        assert_eq!(offsets, [6, 7]);
    }

    #[test]
    fn what_is_written_can_be_read() {
        for text in ["[CPF]", "\"a\\b\"", "«CPF»", "a\u{1}\n"] {
            assert_eq!(to_text(Source::Utf8(escaped(text).as_bytes()), true), text);
        }
    }
}
