//! Reading labels in the text: the key of a word, the phrase that begins with it, and whether it may speak at all.

use std::ops::Range;

use rasura_pack::index::{self, Node, Range as Places};
use rasura_pack::{Index, word};

use super::WINDOW;
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, UPPER, is};

/// The ways to labels, at hand for many words.
#[derive(Clone, Copy)]
pub(crate) struct Finder<'a> {
    index: &'a Index,
    words: index::Finder<'a>,
    triples: &'a [u32; 1024],
}

impl<'a> Finder<'a> {
    pub(crate) fn new(index: &'a Index) -> Self {
        const ALL: &[u32; 1024] = &[u32::MAX; 1024];
        Self { index, words: index.words.finder(), triples: index.triples.first_chunk().unwrap_or(ALL) }
    }

    /// Whether a label may begin with the letters that stand at `start`: most words begin as none does.
    #[inline]
    pub(crate) fn may_begin(&self, text: &[u8], start: usize) -> bool {
        let Some(letters) = text.get(start..).and_then(<[u8]>::first_chunk::<4>) else { return true };
        let letters = u32::from_le_bytes(*letters);
        if letters & 0x0080_8080 != 0 {
            return self.may_begin_folded(letters);
        }
        self.begins(letters)
    }

    #[inline]
    fn begins(&self, letters: u32) -> bool {
        let pair = (letters & 31) << 5 | letters >> 8 & 31;
        let [first, second, ..] = letters.to_le_bytes();
        // A letter by itself, or a capital before another, which may begin the next word.
        let ends = !second.is_ascii_alphabetic() || first.is_ascii_uppercase() && second.is_ascii_uppercase();
        let alone = ends && self.index.singles >> (letters & 31) & 1 == 1;
        self.triples[pair as usize] >> (letters >> 16 & 31) & 1 == 1 || alone
    }

    /// The same where one of the first three letters is not ASCII: with accents taken off. What is not ASCII then, or is
    /// invisible, is let through.
    #[inline(never)]
    fn may_begin_folded(&self, letters: u32) -> bool {
        let folded = letters.to_le_bytes().map(|byte| FOLD[usize::from(byte)]);
        let letters = u32::from_le_bytes(folded);
        letters & 0x0080_8080 != 0 || self.begins(letters)
    }

    /// The longest phrase that begins with the word `start..end` and ends at `limit` or before: its place in the index,
    /// and where it ends.
    pub(crate) fn at(&self, text: &[u8], start: usize, end: usize, limit: usize) -> Option<(u32, usize)> {
        let length = end - start;
        let eight = match text[start..].first_chunk::<8>() {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => partial(&text[start..end]),
        };
        let first = FIRST[length.min(8)];
        let mut packed = (eight | CASE) & first;
        if eight & first & HIGH != 0 || length > 8 && text[start + 8..end].iter().any(|&byte| is(byte, INVISIBLE)) {
            if text[start..end].iter().any(|&byte| is(byte, INVISIBLE)) {
                return self.folded(text, (start, end), limit);
            }
            packed = u64::from_le_bytes(eight.to_le_bytes().map(|byte| FOLD[usize::from(byte)])) & first;
        }
        let key = word::key(packed, length);
        let node = self.words.get(key);
        if node.length == 0 { None } else { self.plain((node, key), text, (start, end), limit) }
    }

    #[inline(never)]
    fn plain(
        &self,
        (node, key): (Places, u64),
        text: &[u8],
        (start, end): (usize, usize),
        limit: usize,
    ) -> Option<(u32, usize)> {
        // A single letter begins a phrase only where a mark follows, as in `c.p.f.` and `e-mail`.
        if end - start == 1 && text.get(end).is_none_or(|&byte| is(byte, SPACE | NEWLINE)) {
            return None;
        }
        self.longest((node, key), text, (start, end), limit)
    }

    #[inline(never)]
    fn folded(&self, text: &[u8], (start, end): (usize, usize), limit: usize) -> Option<(u32, usize)> {
        let (packed, length) = fold(&text[start..end]);
        if length == 1 && text.get(end).is_none_or(|&byte| is(byte, SPACE | NEWLINE)) {
            return None;
        }
        let key = word::key(packed, length);
        let node = self.words.get(key);
        if node.length == 0 { None } else { self.longest((node, key), text, (start, end), limit) }
    }

    /// Goes on word by word as long as a label does. What is found by keys alone is read in the end.
    #[inline]
    fn longest(
        &self,
        (node, key): (Places, u64),
        text: &[u8],
        (start, end): (usize, usize),
        limit: usize,
    ) -> Option<(u32, usize)> {
        let index = self.index;
        let (mut node, mut key, mut end) = (node, key, end);
        let mut found: [(Places, usize); WORDS] = [(Places::default(), 0); WORDS];
        let mut count = 0;
        loop {
            let Node { phrases, initials } = *node.of(&index.nodes).first()?;
            if end <= limit && phrases.length > 0 && count < WORDS {
                found[count] = (phrases, end);
                count += 1;
            }
            let Some((next, second)) = next_key(text, end, initials).filter(|_| end <= limit) else { break };
            key = word::extend(key, second);
            node = self.words.get(key);
            if node.length == 0 {
                break;
            }
            end = next;
        }
        let longest = found[..count].iter().rev();
        longest.copied().find_map(|(phrases, end)| {
            let numbers = phrases.start..phrases.start + phrases.length;
            let read = |&number: &u32| words(text, start, index.phrases[number as usize].text.as_bytes()) == Some(end);
            numbers.into_iter().find(read).map(|number| (number, end))
        })
    }
}

/// So many labels do not begin one with another.
const WORDS: usize = 12;

/// Where the word behind `end` ends, and its key, if it has one of the `initials`.
#[inline]
fn next_key(text: &[u8], end: usize, initials: u32) -> Option<(usize, u64)> {
    if initials == 0 {
        return None;
    }
    let next = next_word(text, end).filter(|&next| initials >> (FOLD[usize::from(text[next])] & 31) & 1 == 1)?;
    let ends = |&i: &usize| !is(text[i], LETTER | INVISIBLE) || i > next && is_hump(text, i);
    let stop = (next..text.len()).find(ends).unwrap_or(text.len());
    let (packed, length) = fold(&text[next..stop]);
    Some((stop, word::key(packed, length)))
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const CASE: u64 = 0x2020_2020_2020_2020;

/// The bytes of a word that its key looks at, by its length.
const FIRST: [u64; 9] = {
    let mut masks = [0; 9];
    let mut n = 1;
    while n < 9 {
        masks[n] = masks[n - 1] << 8 | 0xFF;
        n += 1;
    }
    masks
};

#[cold]
fn partial(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).rev().fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}

/// The first eight folded letters of a word, packed, and how many letters it has.
fn fold(bytes: &[u8]) -> (u64, usize) {
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
    (packed, length)
}

/// Where the words of a label, single spaces between, end if they stand at `start`.
fn words(text: &[u8], start: usize, label: &[u8]) -> Option<usize> {
    let mut at = start;
    for (n, word) in label.split(|&byte| byte == b' ').enumerate() {
        if n > 0 {
            at = next_word(text, at)?;
        }
        at = reads(text, at, word)?;
    }
    Some(at)
}

/// Where the folded word ends if it stands at `start`; invisible characters are stepped over.
#[inline]
fn reads(text: &[u8], start: usize, word: &[u8]) -> Option<usize> {
    let mut at = start;
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
    Some(at)
}

/// Whether a new word begins at a capital within letters, as in `chavePix` and `CPFCliente`.
pub(crate) fn is_hump(text: &[u8], at: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
    let small = |byte: u8| is(byte, LETTER) && !is(byte, UPPER);
    let before = byte(at.wrapping_sub(1));
    is(byte(at), UPPER) && (small(before) || is(before, UPPER) && small(byte(at + 1)))
}

/// The word after `at`, at most three characters further, on the same or the next line, or at a hump.
fn next_word(text: &[u8], at: usize) -> Option<usize> {
    if is_hump(text, at) {
        return Some(at);
    }
    let next = (at..text.len().min(at + 4)).find(|&i| is(text[i], LETTER | DIGIT))?;
    // The word in a placeholder is no part of a label before it.
    let opens = text[at..next].iter().any(|byte| matches!(byte, b'[' | b'<' | b'{'));
    (next > at && !opens && is(text[next], LETTER)).then_some(next)
}

/// What ends a chunk, that is a word, an address or a value.
const DELIMITERS: [bool; 256] = delimiters();

const fn delimiters() -> [bool; 256] {
    let mut table = [false; 256];
    let marks = b",;:=\"'()[]{}<>|&?";
    let mut n = 0;
    while n < 256 {
        table[n] = is(n as u8, SPACE | NEWLINE);
        n += 1;
    }
    n = 0;
    while n < marks.len() {
        table[marks[n] as usize] = true;
        n += 1;
    }
    table
}

/// Whether a byte ends a chunk.
#[inline]
pub(crate) const fn is_delimiter(byte: u8) -> bool {
    DELIMITERS[byte as usize]
}

/// What ends a chunk, and which of that may begin a placeholder.
const ENDS: [u8; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        table[n] =
            if DELIMITERS[n] { CHUNK } else { 0 } | if matches!(n as u8, b'[' | b'<' | b'{') { OPENS } else { 0 };
        n += 1;
    }
    table
};
const CHUNK: u8 = 1;
const OPENS: u8 = 2;

/// Whether a single word is a chunk of its own and in no placeholder, and so is evidence.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "nobody foretells a branch there")]
pub(crate) fn is_chunk(text: &[u8], start: usize, end: usize, within: &Range<usize>) -> bool {
    let ends = |at: usize, unless: u8| {
        let byte = text.get(at).copied().unwrap_or(b' ');
        ENDS[usize::from(byte)] & (CHUNK | unless) == CHUNK
    };
    ends(start.wrapping_sub(1), OPENS) & ends(end, 0) & (start > within.start)
}

/// Whether the word `start..end` may be evidence: not in a mail address, a URL or a placeholder.
/// Only what lies in `within` is read, so that nothing further than a label's reach matters.
pub(crate) fn is_evidence(text: &[u8], start: usize, end: usize, within: Range<usize>) -> bool {
    let from = start.saturating_sub(64).max(within.start).min(start);
    let to = text.len().min(end + 64).min(within.end).max(end);
    let head = text[from..start].iter().rposition(|&byte| is_delimiter(byte)).map_or(from, |i| from + i + 1);
    let tail = text[end..to].iter().position(|&byte| is_delimiter(byte)).map_or(to, |i| end + i);
    if text[head..tail].contains(&b'@') {
        return false;
    }
    if text[..head].ends_with(b":") && text[head..].starts_with(b"//") {
        return false;
    }
    head == from || placeholder(text, head - 1).is_none()
}

/// How far around the number at `at` words are read.
pub(crate) fn reach(at: usize) -> Range<usize> {
    at.saturating_sub(WINDOW)..at + WINDOW
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
    let named = word.len() >= 2
        && word[0].is_ascii_uppercase()
        && word.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let numbered = tail.is_empty()
        || tail.len() <= 4 && word.ends_with(b"_")
        || tail[0] == b':' && tail[1..].iter().all(u8::is_ascii_alphabetic);
    // `<CPF>529...` is a tag with its value, and in capitals alone no placeholder.
    let after = text.get(open + end + 2).copied().unwrap_or(b' ');
    let tag = close == b'>' && (is(after, LETTER | DIGIT) || !inner.contains(&b'_'));
    (named && numbered && !tag).then_some(open + 1 + end + 1)
}
