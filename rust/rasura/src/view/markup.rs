//! Markup that a reader sees through: marks of WhatsApp and Markdown, and tags of HTML and SSML that stand within a line.

use std::ops::Range;

use crate::view::class::{DIGIT, LETTER, NEWLINE, UPPER, is};

/// Marks for bold, strike and code. `_` is a separator that people use, and stays.
const MARKS: [u8; 3] = *b"*~`";

/// Whether a byte is such a mark.
#[inline]
pub(crate) const fn is_mark(byte: u8) -> bool {
    let [a, b, c] = MARKS;
    byte == a || byte == b || byte == c
}

/// The elements that may stand within a word or number: of HTML, and of SSML, which is read aloud.
#[rustfmt::skip]
const INLINE: [&[u8]; 35] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"br", b"cite", b"code", b"del", b"dfn", b"em", b"font", b"i", b"ins",
    b"kbd", b"mark", b"nobr", b"q", b"s", b"samp", b"small", b"span", b"strike", b"strong", b"sub", b"sup", b"tt",
    b"u", b"var", b"wbr",
    b"break", b"emphasis", b"prosody", b"say-as",
];
/// How many characters a tag has at most.
const LONGEST: usize = 128;

/// A tag of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// After it.
    pub(crate) end: usize,
    /// What it stands for between two characters: a line break, or a pause.
    space: Option<u8>,
    kind: Kind,
    name: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Opens,
    Closes,
    /// It has no other half.
    Alone,
}

impl Tag<'_> {
    /// What is read in its place, if anything: of two elements side by side, the first of which ends at `closed`, each holds
    /// words or numbers of its own.
    pub(crate) fn space(&self, at: usize, closed: Option<usize>) -> Option<u8> {
        self.space.or_else(|| (self.kind == Kind::Opens && closed == Some(at)).then_some(b' '))
    }

    /// Where it ends, if it closes an element.
    pub(crate) fn closed(&self) -> Option<usize> {
        (self.kind == Kind::Closes).then_some(self.end)
    }
}

/// The tag that begins at `at`, if it is one that may stand within a word. One with digits is none, since these might be
/// an identifier; nor is a word of capitals, as placeholders have.
#[inline]
pub(crate) fn tag(view: &[u8], at: usize) -> Option<Tag<'_>> {
    if view.get(at) == Some(&b'<') { read(view, at, false) } else { None }
}

/// The same of a tag with digits, as `<break time="200ms"/>` has.
pub(crate) fn numbered_tag(view: &[u8], at: usize) -> Option<Tag<'_>> {
    if view.get(at) == Some(&b'<') { read(view, at, true) } else { None }
}

/// A tag with digits or without.
fn any_tag(view: &[u8], at: usize) -> Option<Tag<'_>> {
    tag(view, at).or_else(|| numbered_tag(view, at))
}

#[inline(never)]
fn read(view: &[u8], at: usize, numbered: bool) -> Option<Tag<'_>> {
    let rest = view.get(at + 1..)?;
    let (closes, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
    let length = rest.iter().take(8).take_while(|&&byte| byte.is_ascii_alphabetic() || byte == b'-').count();
    let (name, rest) = rest.split_at(length);
    if !INLINE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return None;
    }
    let attributes = match rest {
        [b'>', ..] => 0,
        [b' ' | b'/' | b'\t' | b'\n', ..] => rest.iter().take(LONGEST).position(|&byte| byte == b'>')?,
        _ => return None,
    };
    let attribute = &rest[..attributes];
    if attribute.contains(&b'<') || attribute.iter().any(u8::is_ascii_digit) != numbered {
        return None;
    }
    let end = view.len() - rest.len() + attributes + 1;
    let bare = !closes && attributes == 0;
    if bare && length > 1 && name.iter().all(u8::is_ascii_uppercase) {
        return None;
    }
    let space = match name.to_ascii_lowercase().as_slice() {
        b"br" => Some(b'\n'),
        b"break" => Some(b' '),
        _ => None,
    };
    let alone = space.is_some() || name.eq_ignore_ascii_case(b"wbr") || rest[..attributes].ends_with(b"/");
    let kind = match (alone, closes) {
        (true, _) => Kind::Alone,
        (false, true) => Kind::Closes,
        (false, false) => Kind::Opens,
    };
    Some(Tag { end, space, kind, name })
}

/// The tag that ends directly before `end`, and where it begins.
fn tag_before(view: &[u8], end: usize) -> Option<(usize, Tag<'_>)> {
    if view[..end].last() != Some(&b'>') {
        return None;
    }
    let least = end.saturating_sub(LONGEST);
    let start = least + view[least..end].iter().rposition(|&byte| byte == b'<')?;
    any_tag(view, start).filter(|tag| tag.end == end).map(|tag| (start, tag))
}

/// Whether a tag begins at a place.
pub(crate) fn any(view: &[u8], place: Range<usize>) -> bool {
    view[place.clone()].contains(&b'<') && place.into_iter().any(|at| tag(view, at).is_some())
}

/// Whether a tag stands directly before or after a place.
pub(crate) fn stands_by(view: &[u8], place: Range<usize>) -> bool {
    tag(view, place.end).is_some() || tag_before(view, place.start).is_some()
}

/// Whether a tag before or after a place has a capital on its other side, which may belong to the place; a mark may stand on
/// either side of the tag before it, and before the one after it.
pub(crate) fn binds(view: &[u8], place: Range<usize>) -> bool {
    let capital = |at: usize| view.get(at).is_some_and(|&byte| is(byte, UPPER));
    let mark = |at: usize| usize::from(matches!(view.get(at), Some(b'-'..=b'/' | b' ')));
    let before = |start: usize| {
        let last = start.wrapping_sub(1);
        capital(last.wrapping_sub(mark(last)))
    };
    tag(view, place.end + mark(place.end)).is_some_and(|tag| capital(tag.end))
        || tag_before(view, place.start - mark(place.start.wrapping_sub(1))).is_some_and(|(start, _)| before(start))
}

/// After what looks like a tag of any element, if it has no digits.
pub(crate) fn element(view: &[u8], at: usize) -> Option<usize> {
    let rest = view.get(at..)?.strip_prefix(b"<")?;
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let end = rest.iter().take(LONGEST).position(|&byte| byte == b'>')?;
    let plain = name.first().is_some_and(u8::is_ascii_alphabetic) && !rest[..end].iter().any(u8::is_ascii_digit);
    plain.then_some(at + 1 + end + 1)
}

/// A place with the marks and tags directly beside it whose other halves are inside: what is left of the text around has
/// whole pairs only.
#[inline(never)]
pub(crate) fn balanced(view: &[u8], place: Range<usize>) -> Range<usize> {
    let mut place = place;
    while let Some(wider) = with_mark(view, &place).or_else(|| with_tag(view, &place)) {
        place = wider;
    }
    place
}

/// The place with a run of marks beside it that has its like inside. One between two letters or digits is a separator.
fn with_mark(view: &[u8], place: &Range<usize>) -> Option<Range<usize>> {
    MARKS.iter().find_map(|&mark| {
        let length = odd(view, place, mark)?;
        let all = |bytes: Option<&[u8]>| bytes.is_some_and(|bytes| bytes.iter().all(|&byte| byte == mark));
        if all(place.start.checked_sub(length).and_then(|from| view.get(from..place.start))) {
            return Some(place.start - length..place.end);
        }
        all(view.get(place.end..place.end + length)).then_some(place.start..place.end + length)
    })
}

/// As far as a mark's other half is looked for.
const NEAR: usize = 96;

/// Whether a mark is open before a place in its line.
pub(crate) fn is_open(view: &[u8], end: usize, mark: u8) -> bool {
    let from = end.saturating_sub(NEAR);
    let line = view[from..end].iter().rposition(|&byte| is(byte, NEWLINE)).map_or(from, |last| from + last + 1);
    odd(view, &(line..end), mark).is_some()
}

/// How long the run of a mark is that has no like among the runs in a place.
fn odd(view: &[u8], place: &Range<usize>, mark: u8) -> Option<usize> {
    let part = |at: usize| view.get(at).is_some_and(|&byte| is(byte, LETTER | DIGIT));
    let (mut odd, mut at) = (None, place.start);
    while at < place.end {
        let length = view[at..place.end].iter().take_while(|&&byte| byte == mark).count();
        if length > 0 && !(part(at.wrapping_sub(1)) && part(at + length)) {
            odd = if odd.is_none() { Some(length) } else { None };
        }
        at += length.max(1);
    }
    odd
}

/// The place with a tag beside it whose other half is inside.
fn with_tag(view: &[u8], place: &Range<usize>) -> Option<Range<usize>> {
    let (closing, opening) = half_tags(view, place);
    let same = |half: &Range<usize>, other: &Tag<'_>| {
        any_tag(view, half.start).is_some_and(|tag| tag.name.eq_ignore_ascii_case(other.name))
    };
    if let Some(first) = closing.first()
        && let Some((start, before)) = tag_before(view, place.start)
        && before.kind == Kind::Opens
        && same(first, &before)
    {
        return Some(start..place.end);
    }
    let last = opening.last()?;
    let after = tag(view, place.end).filter(|tag| tag.kind == Kind::Closes && same(last, tag))?;
    Some(place.start..after.end)
}

/// The tags in a place whose other halves are not: those that close an element, and those that open one.
pub(crate) fn half_tags(view: &[u8], place: &Range<usize>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut open, mut closing, mut at) = (Vec::new(), Vec::new(), place.start);
    while at < place.end {
        let Some(tag) = any_tag(view, at) else {
            at += 1;
            continue;
        };
        match tag.kind {
            Kind::Opens => open.push((tag.name, at..tag.end)),
            Kind::Closes => match open.iter().rposition(|(name, _)| name.eq_ignore_ascii_case(tag.name)) {
                Some(pair) => drop(open.remove(pair)),
                None => closing.push(at..tag.end),
            },
            Kind::Alone => {}
        }
        at = tag.end;
    }
    (closing, open.into_iter().map(|(_, place)| place).collect())
}

/// The run of a mark in a place whose other half stands elsewhere in its line: how long it is, and whether it closes.
pub(crate) fn half_mark(view: &[u8], place: &Range<usize>, mark: u8) -> Option<(usize, bool)> {
    let length = odd(view, place, mark)?;
    let line = |byte: &u8| is(*byte, NEWLINE);
    let after = view[place.end..view.len().min(place.end + NEAR)].split(line).next().map_or(0, <[u8]>::len);
    let closes = is_open(view, place.start, mark);
    (closes || odd(view, &(place.end..place.end + after), mark).is_some()).then_some((length, closes))
}

/// A text without its tags.
pub(crate) fn without_tags(text: &str) -> String {
    let view: Vec<u8> = text.chars().map(|c| crate::view::narrow_char(u32::from(c))).collect();
    let mut next = 0;
    let seen = |&(at, _): &(usize, char)| {
        if at >= next {
            next = any_tag(&view, at).map_or(at, |tag| tag.end);
        }
        at >= next
    };
    text.chars().enumerate().filter(seen).map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_within_a_line_are_seen_through() {
        for text in
            ["<b>", "</b>", "<B>", "</FONT>", "<wbr>", "<br/>", "<br />", "<span class=\"x\">", "<FONT color='red'>"]
        {
            assert_eq!(tag(text.as_bytes(), 0).map(|tag| tag.end), Some(text.len()), "{text}");
        }
        for text in
            ["<td>", "<p>", "<cpf>", "<CODE>", "<b", "< b>", "<b2>", "<b x=1>", "<b <i>", "<>", "</>", "<CPF>", "<b_>"]
        {
            assert_eq!(tag(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_around_has_whole_pairs() {
        let cases = [
            ("*{529.982*.247-25}", "*529.982*.247-25"),
            ("{529.*982}*.247", "529.*982*"),
            ("**{529**.982}", "**529**.982"),
            ("*{529}*", "529"),
            ("*{4111*1111*1111*1111}*", "4111*1111*1111*1111"),
            ("*~{52*.9}~", "52*.9"),
            ("`~{52~.9`.8}", "`~52~.9`.8"),
        ];
        for (text, wanted) in cases {
            let (start, end) = (text.find('{').unwrap_or(0), text.find('}').unwrap_or(0) - 1);
            let plain = text.replace(['{', '}'], "");
            assert_eq!(&plain[balanced(plain.as_bytes(), start..end)], wanted, "{text}");
        }
        let text = b"CPF <b>529<i>.982</b>.247</i>-25</b>";
        assert_eq!(balanced(text, 7..32), 4..32);
        let text = b"CPF 529<b>.982.247-25</b>";
        assert_eq!(balanced(text, 4..21), 4..25);
        let text = b"<b>CPF 529</b>.982.247-25";
        assert_eq!(balanced(text, 7..25), 7..25);
    }

    #[test]
    fn a_value_without_its_tags_is_what_is_read() {
        assert_eq!(without_tags("5<b>29</b>.98<wbr>2 <td>é"), "529.982 <td>é");
    }
}
