//! Reading labels in the text: the key of a word, the phrase that begins with it, and whether it may speak at all.

use rasura_pack::index::{Meaning, Phrase};
use rasura_pack::word;

use crate::catalogue::Catalogue;
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, is};

/// The longest phrase that begins with the word `start..end` and ends at `limit` or before, and where it ends.
#[inline]
pub(crate) fn at<'a>(
    catalogue: &'a Catalogue,
    text: &[u8],
    start: usize,
    end: usize,
    limit: usize,
) -> Option<(u16, &'a Phrase, &'a [Meaning], usize)> {
    let key = key(text, start, end);
    catalogue.phrases(key).find_map(|(base, phrase, meanings)| {
        let end = matches(text, start, end, phrase)?;
        (end <= limit).then_some((base, phrase, meanings, end))
    })
}

/// The key of the word `start..end`.
#[inline]
pub(crate) fn key(text: &[u8], start: usize, end: usize) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const CASE: u64 = 0x2020_2020_2020_2020;
    let length = end - start;
    let eight = match text.get(start..start + 8) {
        Some(bytes) => u64::from_le_bytes(bytes.try_into().unwrap_or_default()),
        None => partial(&text[start..end]),
    };
    let kept = if length >= 8 { eight } else { eight & ((1 << (8 * length)) - 1) };
    if kept & HIGH != 0 {
        return folded_key(&text[start..end]);
    }
    let case = if length >= 8 { CASE } else { CASE & ((1 << (8 * length)) - 1) };
    word::key(kept | case, length)
}

#[cold]
fn partial(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}

#[inline(never)]
fn folded_key(bytes: &[u8]) -> u64 {
    let (mut packed, mut length) = (0, 0);
    for &byte in bytes {
        if is(byte, INVISIBLE) {
            continue;
        }
        if length < 8 {
            packed |= u64::from(FOLD[usize::from(byte)]) << (8 * length);
        }
        length += 1;
    }
    word::key(packed, length)
}

/// Where `phrase` ends if it stands at `start`.
fn matches(text: &[u8], start: usize, end: usize, phrase: &Phrase) -> Option<usize> {
    let mut at = start;
    let mut first = true;
    for word in phrase.text.as_bytes().split(|&byte| byte == b' ') {
        if !first {
            at = next_word(text, at)?;
        }
        for &letter in word {
            while is(*text.get(at)?, INVISIBLE) {
                at += 1;
            }
            if FOLD[usize::from(text[at])] != letter {
                return None;
            }
            at += 1;
        }
        while text.get(at).is_some_and(|&byte| is(byte, INVISIBLE)) {
            at += 1;
        }
        if first && at != end {
            return None;
        }
        first = false;
    }
    let inside = text.get(at).is_some_and(|&byte| is(byte, LETTER)) && at != end;
    (!inside).then_some(at)
}

/// The word after `at`, at most three characters further, on the same or the next line.
fn next_word(text: &[u8], at: usize) -> Option<usize> {
    let next = (at..text.len().min(at + 4)).find(|&i| is(text[i], LETTER | DIGIT))?;
    (next > at && is(text[next], LETTER)).then_some(next)
}

/// Whether what stands at `at` ends a chunk: a word, an address, a value.
pub(crate) fn is_delimiter(byte: u8) -> bool {
    is(byte, SPACE | NEWLINE) || b",;:=\"'()[]{}<>|&?".contains(&byte)
}

/// Whether the word `start..end` may be evidence: not in a mail address, a URL or a placeholder.
pub(crate) fn is_evidence(text: &[u8], start: usize, end: usize) -> bool {
    let from = start.saturating_sub(64);
    let to = text.len().min(end + 64);
    let head = text[from..start].iter().rposition(|&byte| is_delimiter(byte)).map_or(from, |i| from + i + 1);
    let tail = text[end..to].iter().position(|&byte| is_delimiter(byte)).map_or(to, |i| end + i);
    if text[head..tail].contains(&b'@') {
        return false;
    }
    if text[..head].ends_with(b":") && text[head..].starts_with(b"//") {
        return false;
    }
    placeholder(text, head.wrapping_sub(1)).is_none()
}

/// The end of the placeholder that begins at `open`: `[CPF]`, `[CPF_12]`, `[CPF:letters]`, and the same in other
/// brackets that a placeholder may be given.
pub(crate) fn placeholder(text: &[u8], open: usize) -> Option<usize> {
    let close = match *text.get(open)? {
        b'[' => b']',
        b'<' => b'>',
        b'{' => b'}',
        _ => return None,
    };
    let rest = text.get(open + 1..text.len().min(open + 60))?;
    let end = rest.iter().position(|&byte| byte == close)?;
    let inner = &rest[..end];
    let (word, tail) = match inner.iter().position(|&byte| byte == b':') {
        Some(colon) => inner.split_at(colon),
        None => inner.split_at(inner.iter().rposition(|&byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1)),
    };
    let named = word.len() >= 2 && word[0].is_ascii_uppercase() && word.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let numbered = tail.is_empty()
        || tail.len() <= 4 && word.ends_with(b"_")
        || tail[0] == b':' && tail[1..].iter().all(u8::is_ascii_alphabetic);
    (named && numbered).then_some(open + 1 + end + 1)
}
