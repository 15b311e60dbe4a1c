//! Escapes: entities of HTML, per cent signs of web addresses, quoted-printable, encoded words of mail headers, backslashes of
//! JSON and JavaScript; and tags with digits of their own between the digits of a number.

mod base64;
mod entities;
mod utf8;

use std::ops::Range;

use super::copy::Copy;
use crate::view::class::{DIGIT, LETTER, NEWLINE, SPACE, UPPER, is};
use crate::view::{markup, narrow_char, surrogates};

/// The longest encoded word that is read; mail programs write at most 75 characters.
const LONGEST_WORD: usize = 256;

/// What an escape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// A character.
    Character(u32),
    /// A byte of UTF-8, or else of Latin-1.
    Byte(u8),
    /// A line that goes on.
    Nothing,
}

/// One escape and how many characters it has.
type Escape = (Says, usize);

/// A mail header's encoded word: what is encoded, in base64 or not, and where the word ends.
struct Encoded {
    inside: Range<usize>,
    base64: bool,
    end: usize,
}

/// Whether an escape may begin with a byte.
#[inline]
pub(super) const fn may_begin(byte: u8) -> bool {
    matches!(byte, b'&' | b'%' | b'=' | b'\\' | b'<')
}

/// Where the escape ends that begins at a place, if one does.
pub(super) fn end(text: &[u8], at: usize) -> Option<usize> {
    encoded(text, at).map(|word| word.end).or_else(|| Some(at + escape(text, at)?.1))
}

/// Reads a stretch with its escapes decoded.
pub(super) fn decode(text: &[u8], range: Range<usize>, copy: &mut Copy) {
    let Range { start: mut at, end } = range;
    // In a web address a plus sign is a space.
    let mut address = false;
    let mut bytes = utf8::Bytes::default();
    while at < end {
        let rest = text[at..end].iter().position(|&byte| may_begin(byte) || address).map_or(end, |first| at + first);
        copy.keep(text, at..rest);
        at = rest;
        let Some(&byte) = text[..end].get(at) else { break };
        if let Some(word) = encoded(text, at).filter(|word| word.end <= end) {
            decode_word(text, at, &word, copy);
            at = word.end;
            continue;
        }
        let Some((says, length)) = escape(text, at).filter(|(_, length)| at + length <= end) else {
            match byte {
                b'+' if address => copy.put(b' ', at..at + 1),
                _ => copy.keep(text, at..at + 1),
            }
            address &= is(byte, LETTER | DIGIT) || matches!(byte, b'+' | b'.' | b'-' | b'_' | b'~' | b'*');
            at += 1;
            continue;
        };
        address = byte == b'%';
        match says {
            Says::Nothing => copy.skip(),
            Says::Character(character) => copy.put(narrow_char(character), at..at + length),
            Says::Byte(value) => {
                bytes.push(value, at..at + length);
                // Bytes of one character stand side by side.
                let mut next = at + length;
                while let Some((Says::Byte(value), length)) =
                    escape(text, next).filter(|(_, length)| next + length <= end)
                {
                    bytes.push(value, next..next + length);
                    next += length;
                }
                bytes.flush(copy);
                at = next;
                continue;
            }
        }
        at += length;
    }
}

fn escape(text: &[u8], at: usize) -> Option<Escape> {
    match text.get(at)? {
        b'&' => entities::entity(&text[at..]),
        b'%' => Some((Says::Byte(pair(text, at + 1)?), 3)),
        b'=' => quoted(text, at),
        b'\\' => backslash(&text[at..]),
        b'<' => tag(text, at),
        _ => None,
    }
}

/// A tag with digits, as `<break time="200ms"/>`, that stands between two digits or beside a mark between them.
fn tag(text: &[u8], at: usize) -> Option<Escape> {
    let digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let mark = |at: usize| text.get(at).is_some_and(|&byte| !is(byte, LETTER));
    let before = digit(at.wrapping_sub(1)) || mark(at.wrapping_sub(1)) && digit(at.wrapping_sub(2));
    let tag = if before { markup::numbered_tag(text, at)? } else { return None };
    let after = digit(tag.end) || mark(tag.end) && digit(tag.end + 1);
    let says = tag.space(at, None).map_or(Says::Nothing, |space| Says::Character(space.into()));
    after.then_some((says, tag.end - at))
}

/// Two hexadecimal digits.
fn pair(text: &[u8], at: usize) -> Option<u8> {
    let [high, low] = *text.get(at..)?.first_chunk()?;
    Some(hexadecimal(high)? << 4 | hexadecimal(low)?)
}

fn hexadecimal(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Quoted-printable: `=3D`, or the end of a line that goes on.
fn quoted(text: &[u8], at: usize) -> Option<Escape> {
    let rest = &text[at + 1..];
    let spaces = rest.iter().take(8).take_while(|&&byte| is(byte, SPACE)).count();
    match rest[spaces..] {
        [b'\r', b'\n', ..] => return Some((Says::Nothing, spaces + 3)),
        [b'\n', ..] => return Some((Says::Nothing, spaces + 2)),
        _ => {}
    }
    let value = pair(text, at + 1)?;
    // Letters and control characters need no escape, so that `id=50` is none.
    let needed = matches!(value, b'\t' | b'\n' | b'\r' | b' '..=b'@' | b'[' | b']' | b'_' | b'{'..=b'~' | 0x80..);
    let written = rest[..2].iter().all(|&byte| is(byte, DIGIT | UPPER));
    // Nor is `page=20` behind a word, unless more of them stand around.
    let tells = value == b'@'
        || rest[..2].iter().any(|&byte| is(byte, LETTER))
        || at > 0 && is(text[at - 1], DIGIT)
        || at >= 3 && text[at - 3] == b'=' && pair(text, at - 2).is_some()
        || rest.get(2) == Some(&b'=') && pair(text, at + 4).is_some();
    (needed && written && tells).then_some((Says::Byte(value), 3))
}

/// `\u0035`, `\u{35}`, `\x35`, `\n`, `\/`.
fn backslash(text: &[u8]) -> Option<Escape> {
    let character = |value: u32, length| Some((Says::Character(value), length));
    match *text.get(1)? {
        b'u' if text.get(2) == Some(&b'{') => {
            let digits = text[3..].iter().take(7).take_while(|&&byte| hexadecimal(byte).is_some()).count();
            let closed = (1..=6).contains(&digits) && text.get(3 + digits) == Some(&b'}');
            character(number(&text[3..3 + digits]).filter(|_| closed)?, digits + 4)
        }
        b'u' => {
            let unit = |at: usize| text.get(at..at + 4).and_then(number);
            let high = unit(2)?;
            // Two halves are one character.
            let low = matches!(text.get(6..8), Some(b"\\u")).then(|| unit(8)).flatten();
            match low.and_then(|low| surrogates(high, low)) {
                Some(whole) => character(whole, 12),
                None => character(high, 6),
            }
        }
        b'x' => character(pair(text, 2)?.into(), 4),
        b'n' => character(0x0a, 2),
        b'r' => character(0x0d, 2),
        b't' => character(0x09, 2),
        mark @ (b'"' | b'\'' | b'/' | b'\\' | b'`') => character(mark.into(), 2),
        _ => None,
    }
}

/// Up to eight hexadecimal digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, &byte| Some(value << 4 | u32::from(hexadecimal(byte)?)))
}

/// `=?UTF-8?Q?Jo=C3=A3o?=`.
fn encoded(text: &[u8], at: usize) -> Option<Encoded> {
    let [b'=', b'?', rest @ ..] = text.get(at..)? else { return None };
    let rest = &rest[..rest.len().min(LONGEST_WORD)];
    let charset = rest.iter().position(|&byte| byte == b'?')?;
    if charset == 0
        || !rest[..charset].iter().all(|&byte| is(byte, LETTER | DIGIT) || matches!(byte, b'-' | b'_' | b'*'))
    {
        return None;
    }
    let (base64, body) = match rest[charset..] {
        [_, b'B' | b'b', b'?', ..] => (true, charset + 3),
        [_, b'Q' | b'q', b'?', ..] => (false, charset + 3),
        _ => return None,
    };
    let length = rest[body..].windows(2).position(|two| two == b"?=")?;
    let start = at + 2 + body;
    Some(Encoded { inside: start..start + length, base64, end: start + length + 2 })
}

fn decode_word(text: &[u8], at: usize, word: &Encoded, copy: &mut Copy) {
    // Spaces between two such words are none.
    let before = text[..at].iter().rev().take_while(|&&byte| is(byte, SPACE | NEWLINE)).count();
    if before > 0 && text[..at - before].ends_with(b"?=") {
        copy.forget_spaces();
    }
    let mut bytes = utf8::Bytes::default();
    if word.base64 {
        // A part of it could not be replaced alone.
        base64::decode(&text[word.inside.clone()], |value| bytes.push(value, at..word.end));
    } else {
        let mut at = word.inside.start;
        while at < word.inside.end {
            let (value, length) = match text[at] {
                b'=' => pair(text, at + 1).filter(|_| at + 3 <= word.inside.end).map_or((b'=', 1), |value| (value, 3)),
                b'_' => (b' ', 1),
                byte => (byte, 1),
            };
            bytes.push(value, at..at + length);
            at += length;
        }
    }
    bytes.flush(copy);
}

#[cfg(test)]
mod tests;
