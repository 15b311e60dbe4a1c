//! Characters that look like others: circled, raised and lowered digits, tags that nobody sees, letters of Cyrillic and Greek.
//!
//! A view has one byte for all of a kind, so these are read from the text itself.

use std::ops::Range;

use super::add;
use super::copy::Copy;
use crate::view::class::{DIGIT, INVISIBLE, LETTER, NEWLINE, is};
use crate::view::{self, Source, View};

/// The fewest digits of a run, so that footnotes and the numbers of a list stay, and how many of them are no plain ones.
const DIGITS: usize = 8;
const MARKED: usize = 4;
/// The fewest tags; the flag of a country's part has five.
const TAGS: usize = 4;

/// The most characters of an override that are turned round.
const OVERRIDDEN: usize = 128;

/// What a character looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Tag,
    /// What follows is shown from right to left.
    Override,
}

/// A character that is read as another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    at: usize,
    byte: u8,
    kind: Kind,
}

/// What a character is read as, if it is read as another.
fn glyph(character: u32) -> Option<(u8, Kind)> {
    let digit = |zero: u32| Some((b'0' + (character - zero) as u8, Kind::Digit));
    match character {
        0xb2 | 0xb3 => digit(0xb0),
        0xb9 => Some((b'1', Kind::Digit)),
        0x2070 | 0x2074..=0x2079 => digit(0x2070),
        0x2080..=0x2089 => digit(0x2080),
        0x2460..=0x2468 => digit(0x245f),
        0x2474..=0x247c => digit(0x2473),
        0x2488..=0x2490 => digit(0x2487),
        0x24ea | 0x24ff => Some((b'0', Kind::Digit)),
        0x24f5..=0x24fd => digit(0x24f4),
        0x2776..=0x277e => digit(0x2775),
        0x2780..=0x2788 => digit(0x277f),
        0x278a..=0x2792 => digit(0x2789),
        0x1_f100 => Some((b'0', Kind::Digit)),
        0x1_f101..=0x1_f10a => digit(0x1_f101),
        0xe_0020..=0xe_007e => Some(((character - 0xe_0000) as u8, Kind::Tag)),
        0x202e => Some((view::INVISIBLE, Kind::Override)),
        0x212a => Some((b'K', Kind::Letter)),
        0x0370..=0x052f => letter(character).map(|byte| (byte, Kind::Letter)),
        _ => None,
    }
}

/// The letter of ASCII that one of Greek or Cyrillic looks like.
fn letter(character: u32) -> Option<u8> {
    const LIKE: &str = "АAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJаaеeкkоoрpсcуyхxѕsіiјjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοo";
    let mut pairs = LIKE.chars();
    while let (Some(like), Some(letter)) = (pairs.next(), pairs.next()) {
        if u32::from(like) == character {
            return Some(letter as u8);
        }
    }
    None
}

/// Whether a byte may stand for such a character.
#[inline]
const fn may_be(byte: u8) -> bool {
    matches!(byte, view::SYMBOL | view::INVISIBLE | view::LETTER | 0xb2 | 0xb3 | 0xb9)
}

/// The characters of a text that are read as others, and the stretches that are read once more for them.
pub(super) fn find(view: &View<'_>, around: usize, stretches: &mut Vec<Range<usize>>) -> Vec<Glyph> {
    let text = view.bytes();
    let mut glyphs = all(view);
    let mut kept = vec![false; glyphs.len()];
    mark_digits(text, &glyphs, &mut kept);
    mark_tags(&glyphs, &mut kept);
    mark_letters(text, &glyphs, &mut kept);
    for (glyph, kept) in glyphs.iter().zip(&mut kept) {
        *kept |= glyph.kind == Kind::Override;
    }
    let mut kept = kept.into_iter();
    glyphs.retain(|_| kept.next().unwrap_or(false));
    for glyph in &glyphs {
        add(stretches, glyph.at..glyph.at + 1, around, text.len());
    }
    glyphs
}

/// Reads a stretch with its glyphs as what they look like.
pub(super) fn rewrite(text: &[u8], range: Range<usize>, glyphs: &[Glyph], copy: &mut Copy) {
    let mut at = range.start;
    let first = glyphs.partition_point(|glyph| glyph.at < range.start);
    for glyph in glyphs[first..].iter().take_while(|glyph| glyph.at < range.end) {
        if glyph.at < at {
            continue;
        }
        copy.keep(text, at..glyph.at);
        if glyph.kind == Kind::Override {
            copy.keep(text, glyph.at..glyph.at + 1);
            at = glyph.at + 1 + reversed(&text[glyph.at + 1..range.end]);
            // A part of it could not be replaced alone, since its characters go backwards.
            text[glyph.at + 1..at].iter().rev().for_each(|&byte| copy.put(byte, glyph.at + 1..at));
            continue;
        }
        copy.put(glyph.byte, glyph.at..glyph.at + 1);
        at = glyph.at + 1;
    }
    copy.keep(text, at..range.end);
}

/// How far an override goes: to the end of its line, or to the next mark that nobody sees.
fn reversed(rest: &[u8]) -> usize {
    rest.iter().take(OVERRIDDEN).take_while(|&&byte| !is(byte, INVISIBLE | NEWLINE)).count()
}

fn all(view: &View<'_>) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let mut look = |at: usize, character: u32| {
        if let Some((byte, kind)) = glyph(character) {
            glyphs.push(Glyph { at, byte, kind });
        }
    };
    let wide = (0..view.len()).filter(|&at| may_be(view.bytes()[at]));
    match view.source() {
        // Three raised digits are no number.
        Source::Latin1(_) => {}
        Source::Ucs2(units) => wide.for_each(|at| look(at, units[at].into())),
        Source::Ucs4(units) => wide.for_each(|at| look(at, units[at])),
        // Emoji, dashes and quotes are the rule, so the letters are looked at only where one of the others stands.
        Source::Utf8(bytes) if !has_any(bytes) => {}
        Source::Utf8(bytes) => {
            let mut at = 0;
            for chunk in bytes.utf8_chunks() {
                for character in chunk.valid().chars() {
                    look(at, character.into());
                    at += 1;
                }
                at += chunk.invalid().len();
            }
        }
    }
    glyphs
}

/// Whether UTF-8 may hold a character that is read as another; what may be the first byte of one is looked for many at a time.
fn has_any(bytes: &[u8]) -> bool {
    const TOGETHER: usize = 32;
    let may_begin = |first: u8, third: u8| matches!(first, 0xcd..=0xd4 | 0xe2 | 0xf3) || first == 0xf0 && third == 0x84;
    let mut at = 0;
    while let Some(chunk) = bytes[at..].first_chunk::<{ TOGETHER + 2 }>() {
        let any = (0..TOGETHER).fold(false, |any, n| any | may_begin(chunk[n], chunk[n + 2]));
        if any && (at..at + TOGETHER).any(|at| begins(&bytes[at..])) {
            return true;
        }
        at += TOGETHER;
    }
    (at..bytes.len()).any(|at| begins(&bytes[at..]))
}

/// Whether bytes of UTF-8 may begin a character that is read as another.
fn begins(bytes: &[u8]) -> bool {
    match *bytes {
        [0x00..0xcd, ..] => false,
        [0xcd..=0xd4 | 0xf3, ..] => true,
        [0xe2, second, third, ..] => {
            (second, third) == (0x80, 0xae) || matches!(second, 0x81 | 0x82 | 0x84 | 0x91..=0x93 | 0x9d | 0x9e)
        }
        [0xf0, second, third, ..] => (second, third) == (0x9f, 0x84),
        _ => false,
    }
}

/// Digits in a run of eight or more, plain ones among them, with at most three characters between that are no letters.
fn mark_digits(text: &[u8], glyphs: &[Glyph], kept: &mut [bool]) {
    let digits: Vec<usize> = (0..glyphs.len()).filter(|&n| glyphs[n].kind == Kind::Digit).collect();
    let linked = |&a: &usize, &b: &usize| gap(&text[glyphs[a].at + 1..glyphs[b].at]).is_some();
    for run in digits.chunk_by(linked) {
        if run.len() < MARKED {
            continue;
        }
        let mut plain =
            run.windows(2).filter_map(|two| gap(&text[glyphs[two[0]].at + 1..glyphs[two[1]].at])).sum::<usize>();
        let (first, last) = (glyphs[run[0]].at, glyphs[run[run.len() - 1]].at);
        plain += text[..first].iter().rev().take(DIGITS).take_while(|&&byte| is(byte, DIGIT)).count();
        plain += text[last + 1..].iter().take(DIGITS).take_while(|&&byte| is(byte, DIGIT)).count();
        if run.len() + plain >= DIGITS {
            mark(kept, run);
        }
    }
}

/// Keeps the characters of a run.
fn mark(kept: &mut [bool], run: &[usize]) {
    for &n in run {
        kept[n] = true;
    }
}

/// How many plain digits stand between two others of a run; nothing if they are of two runs.
fn gap(between: &[u8]) -> Option<usize> {
    if between.len() > DIGITS * 2 {
        return None;
    }
    let digits = between.iter().filter(|&&byte| is(byte, DIGIT)).count();
    let others = between.iter().filter(|&&byte| is(byte, LETTER)).count();
    (others == 0 && between.len() - digits <= 3 * (digits + 1)).then_some(digits)
}

/// Tags that are no flag's.
fn mark_tags(glyphs: &[Glyph], kept: &mut [bool]) {
    let tags: Vec<usize> = (0..glyphs.len()).filter(|&n| glyphs[n].kind == Kind::Tag).collect();
    for run in tags.chunk_by(|&a, &b| glyphs[a].at + 1 == glyphs[b].at) {
        if run.len() >= TAGS {
            mark(kept, run);
        }
    }
}

/// Letters in words with digits.
fn mark_letters(text: &[u8], glyphs: &[Glyph], kept: &mut [bool]) {
    let mut word = 0..0;
    let mut tells = false;
    let joins = |byte: u8| is(byte, LETTER | DIGIT) || matches!(byte, b'-' | b'.' | b'/');
    for (n, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| glyph.kind == Kind::Letter) {
        if glyph.at >= word.end {
            let before = text[word.end..glyph.at].iter().rev().take_while(|&&byte| joins(byte)).count();
            let after = text[glyph.at..].iter().take_while(|&&byte| joins(byte)).count();
            word = glyph.at - before..glyph.at + after;
            // `GВ29 NWВК 6016`: digits may stand in the next group.
            let near = word.start.saturating_sub(2)..text.len().min(word.end + 2);
            tells = text[near].iter().any(|&byte| is(byte, DIGIT));
        }
        kept[n] = tells;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut scratch = Vec::new();
        let view = View::utf8(text.as_bytes(), &mut scratch);
        let mut stretches = Vec::new();
        let glyphs = find(&view, 10, &mut stretches);
        let mut copy = Copy::default();
        rewrite(view.bytes(), 0..view.len(), &glyphs, &mut copy);
        assert_eq!(stretches.is_empty(), glyphs.is_empty());
        copy.bytes.iter().copied().map(char::from).collect()
    }

    #[test]
    fn the_bytes_of_all_are_known() {
        let all =
            (0..0x0011_0000).filter_map(char::from_u32).filter(|&c| u32::from(c) > 0xff && glyph(c.into()).is_some());
        for c in all {
            assert!(begins(c.to_string().as_bytes()), "{c:?}");
        }
    }

    #[test]
    fn digits_in_long_runs_are_digits() {
        assert_eq!(read("cpf ⑤②⑨.⑨⑧②.②④⑦-②⑤"), "cpf 529.982.247-25");
        assert_eq!(read("⁵²⁹⁹⁸²²⁴⁷²⁵ ₁₂₃₄₅₆₇₈"), "52998224725 12345678");
        assert_eq!(read("⒈⒈⒐⒌⒌⒌⒌0⒈⒋⒉"), "11955550142");
    }

    #[test]
    fn footnotes_and_lists_stay() {
        assert_eq!(read("529.982.247-25¹ e ②"), "529.982.247-25¹ e ¦");
        assert_eq!(read("① a ② b ③ c ④ d"), "¦ a ¦ b ¦ c ¦ d");
        assert_eq!(read("C₆H₁₂O₆"), "C¦H¦¦O¦");
    }

    #[test]
    fn letters_are_others_only_beside_digits() {
        assert_eq!(read("10.000.013-К"), "10.000.013-K");
        assert_eq!(read("РЕGJ850412НDFRRN06"), "PEGJ850412HDFRRN06");
        assert_eq!(read("Привет, Ko"), "ªªªªªª, Ko");
    }

    #[test]
    fn what_is_shown_backwards_is_turned_round() {
        assert_eq!(read("cpf \u{202e}52-742\u{202c} ok"), "cpf \u{ad}247-25\u{ad} ok");
        assert_eq!(read("a\u{202e}"), "a\u{ad}");
    }

    #[test]
    fn tags_are_the_characters_that_they_tag() {
        assert_eq!(read("a\u{e0035}\u{e0032}\u{e0039}\u{e002e}b"), "a529.b");
        assert_eq!(read("a\u{e0035}b"), "a\u{ad}b");
    }
}
