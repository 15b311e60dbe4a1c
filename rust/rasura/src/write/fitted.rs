//! How a placeholder is written where it stands, so that what is around stays whole: halves of marks and tags whose other
//! halves are outside, and the borders of cells, are kept; in the host of a web address it is percent-encoded.

use std::ops::Range;

use rasura_pack::table::{Grammar, Pack};

use super::canonical::source_text;
use crate::view::class::{DIGIT, LETTER, NEWLINE, SPACE, is};
use crate::view::{View, markup};

/// The longest part of an address that is looked at, and of a row.
const NEAR: usize = 256;

/// Marks that stand in pairs.
const PAIRED: &[u8] = b"*~`_";

/// Bytes in what was found that may belong to the text around it.
const KEPT: [bool; 256] = {
    let (mut table, mut n) = ([false; 256], 0);
    let bytes = b"<*~`_,;|\t\n\r";
    while n < bytes.len() {
        table[bytes[n] as usize] = true;
        n += 1;
    }
    table
};

/// Whether a byte may stand before something in an address's user or host.
#[inline]
fn leads(byte: u8) -> bool {
    is(byte, LETTER | DIGIT) || matches!(byte, b'/' | b'@' | b':' | b'.' | b'-' | b'_' | b'~' | b'%' | b'[')
}

/// What is written instead of `word` at a place; nothing where that is `word`.
#[inline]
pub(super) fn fitted(pack: &Pack, view: &View<'_>, place: &Range<usize>, word: &str) -> Option<String> {
    let text = view.bytes();
    let before = place.start.checked_sub(1).map_or(b' ', |before| text[before]);
    let kept = text[place.clone()].iter().fold(false, |kept, &byte| kept | KEPT[usize::from(byte)]);
    if kept || leads(before) { around(pack, view, place, word) } else { None }
}

#[inline(never)]
fn around(pack: &Pack, view: &View<'_>, place: &Range<usize>, word: &str) -> Option<String> {
    if is_in_authority(view.bytes(), place.start) {
        return Some(encoded(word));
    }
    // What has marks of its own keeps them to itself.
    match pack.grammar {
        None | Some(Grammar::InternationalPhone | Grammar::Labelled | Grammar::Headed) => torn(view, place, word),
        Some(_) => None,
    }
}

/// Whether a place lies in the user, the password or the host of a web address.
fn is_in_authority(text: &[u8], start: usize) -> bool {
    let near = &text[start.saturating_sub(NEAR)..start];
    let inside = |byte: u8| is(byte, LETTER | DIGIT) || b".-_~%!$&'()*+,;=:@[]{}".contains(&byte);
    let length = near.iter().rev().take_while(|&&byte| inside(byte)).count();
    let Some(head) = near[..near.len() - length].strip_suffix(b"//") else { return false };
    match head.last() {
        Some(b':') => head.len() > 1 && is(head[head.len() - 2], LETTER | DIGIT),
        // Behind a path or at the beginning of a line `//` begins no host: that is a comment.
        before => before.is_some_and(|byte| b"\"'=(".contains(byte)),
    }
}

/// A word as it may stand anywhere in a web address.
fn encoded(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    out
}

fn hexadecimal(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

/// The word with what it would tear away from the text around.
fn torn(view: &View<'_>, place: &Range<usize>, word: &str) -> Option<String> {
    let text = view.bytes();
    let (mut before, mut after) = (String::new(), String::new());
    for &mark in PAIRED {
        if let Some((length, closes)) = markup::half_mark(text, place, mark) {
            let marks = std::iter::repeat_n(char::from(mark), length);
            if closes { after.extend(marks) } else { before.extend(marks) }
        }
    }
    let (closing, opening) = markup::half_tags(text, place);
    let tags = |tags: &[Range<usize>]| tags.iter().map(|tag| shown(view, tag)).collect::<String>();
    after += &tags(&closing);
    // An element is closed before the next one is opened.
    if closing.is_empty() {
        before.insert_str(0, &tags(&opening));
    } else {
        after += &tags(&opening);
    }
    let borders = borders(text, place);
    if before.is_empty() && after.is_empty() && borders.is_empty() {
        return None;
    }
    let mut out = before + word;
    for border in borders {
        out += &source_text(view, border);
        out += word;
    }
    Some(out + &after)
}

/// A tag, without its attributes where these may say something personal.
fn shown(view: &View<'_>, tag: &Range<usize>) -> String {
    let text = &view.bytes()[tag.clone()];
    let name = text.iter().take_while(|&&byte| is(byte, LETTER) || matches!(byte, b'<' | b'/' | b'-')).count();
    if text.iter().any(|&byte| is(byte, DIGIT) || byte == b'@') {
        return source_text(view, tag.start..tag.start + name) + ">";
    }
    source_text(view, tag.clone())
}

/// The borders between cells in a place that lies in a row: the marks that part cells, and line breaks with the mark that
/// begins the next row.
fn borders(text: &[u8], place: &Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = place.start;
    while at < place.end {
        let mut end = at + 1;
        if is(text[at], NEWLINE) {
            while end < place.end && (is(text[end], NEWLINE | SPACE) || matches!(text[end], b'|' | b'>')) {
                end += 1;
            }
        }
        if is(text[at], NEWLINE) || is_border(text, at) {
            found.push(at..end);
        }
        at = end;
    }
    if found.is_empty() || is_in_row(text, place, &found) { found } else { Vec::new() }
}

/// Whether a byte parts cells: no space stands behind a comma, and a semicolon ends no entity.
fn is_border(text: &[u8], at: usize) -> bool {
    let tight = || text.get(at + 1).is_none_or(|&byte| !is(byte, SPACE));
    match text[at] {
        b'|' | b'\t' => true,
        b',' => tight(),
        b';' => tight() && !ends_entity(&text[..at]),
        _ => false,
    }
}

/// Whether a semicolon behind a text ends an entity of HTML, as `&nbsp;` does.
fn ends_entity(before: &[u8]) -> bool {
    const LONGEST: usize = 10;
    let name = before.iter().rev().take(LONGEST).take_while(|&&byte| is(byte, LETTER | DIGIT) || byte == b'#').count();
    name > 0 && before[..before.len() - name].ends_with(b"&")
}

/// Whether a place lies in a row of cells: one ends or begins directly beside it, or it is all of a row below another.
fn is_in_row(text: &[u8], place: &Range<usize>, borders: &[Range<usize>]) -> bool {
    let before = text[..place.start].iter().rev().take_while(|&&byte| byte == b' ').count();
    let after = text[place.end..].iter().take_while(|&&byte| byte == b' ').count();
    let border = |at: usize, spaces: usize| {
        at < text.len() && is_border(text, at) && (spaces == 0 || matches!(text[at], b'|' | b'\t'))
    };
    if border((place.start - before).wrapping_sub(1), before) || border(place.end + after, after) {
        return true;
    }
    let line = |at: Option<&u8>| at.is_none_or(|&byte| is(byte, NEWLINE));
    let alone = line(text[..place.start].last()) && line(text.get(place.end));
    let above = text[place.start.saturating_sub(NEAR)..place.start].trim_ascii_end();
    let above = above.rsplit(|&byte| is(byte, NEWLINE)).next().unwrap_or_default();
    alone && borders.iter().any(|border| !is(text[border.start], NEWLINE) && above.contains(&text[border.start]))
}

#[cfg(test)]
mod tests {
    use super::{ends_entity, is_in_authority};
    use crate::Engine;

    #[test]
    fn the_user_and_the_host_of_a_web_address_are_told() {
        for (text, inside) in [
            ("https://[", true),
            ("https://ana:s3nh4@[", true),
            ("<a href=\"//[", true),
            ("https://example.com/[", false),
            ("https://example.com//[", false),
            ("//[", false),
            ("x; // [", false),
            ("user@[", false),
        ] {
            assert_eq!(is_in_authority(text.as_bytes(), text.len() - 1), inside, "{text}");
        }
    }

    #[test]
    fn an_entity_of_html_ends_with_no_border() {
        assert!(ends_entity(b"a&nbsp") && ends_entity(b"&#46"));
        assert!(!ends_entity(b"a") && !ends_entity(b"& x") && !ends_entity(b""));
    }

    #[test]
    fn what_is_torn_away_is_written_again() {
        let redact = |text: &str| Engine::shared().redact(text).into_owned();
        for (text, written) in [
            ("<b>CPF 529</b>.982.247-25", "<b>CPF [CPF]</b>"),
            ("*CPF 529*.982.247-25", "*CPF [CPF]*"),
            ("a *CPF 529.982*.247-25 b", "a *CPF [CPF]* b"),
            ("https://192.0.2.17/x", "https://%5BIP%5D/x"),
            ("*529.982.247-25*", "*[CPF]*"),
        ] {
            assert_eq!(redact(text), written);
        }
    }
}
