//! E-mail addresses, from their `@` outwards. Letters of any script, any depth of subdomain, no trailing dot.

use std::ops::Range;

use rasura_pack::table::Grammar;

use super::{Fit, Search};
use crate::trace::Trace;
use crate::view::class::{DIGIT, INVISIBLE, LETTER, is};

/// The longest local part and the longest domain.
const LONGEST: (usize, usize) = (64, 253);
/// Endings that are files, not domains, as in `logo@2x.png`.
const FILES: [&[u8]; 12] =
    [b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"css", b"js", b"json", b"pdf", b"html", b"xml"];

impl<T: Trace> Search<'_, T> {
    /// Looks around the `@` at `at`.
    pub(crate) fn email(&mut self, at: usize) {
        let address = address(self.text, at);
        // A password may look like the local part of an address or end like one, but stands behind a mark.
        let begins = address.as_ref().map_or(at, |range| range.start);
        let mark = begins.checked_sub(1).map_or(b' ', |before| self.text[before]);
        let behind = matches!(mark, b':' | b'!' | b'#' | b'$' | b'&' | b'*' | b'^' | b'~' | b'?');
        if (behind || address.is_none()) && self.credentials(at) {
            return;
        }
        let Some(range) = address else { return };
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(
            self.with_grammar(Grammar::Email).map(|(number, pack)| Fit::of_grammar(number, &range, pack.scores)),
        );
        if self.judge(&fits) && !T::ON {
            self.scratch.covered = range;
        }
        self.scratch.fits = fits;
    }
}

/// The address around the `@` at `at`.
pub(crate) fn address(text: &[u8], at: usize) -> Option<Range<usize>> {
    let start = local(text, at)?;
    let end = domain(text, at)?;
    let start = start + marks_around(text, start, end);
    // `git@host:path` is where a repository lies, `//git@host/path` as well.
    let path = text.get(end) == Some(&b':')
        && text.get(end + 1).is_some_and(|&byte| is(byte, LETTER | DIGIT) || matches!(byte, b'/' | b'~'));
    let repository = (path || text[..start].ends_with(b"//")) && text[start..at].eq_ignore_ascii_case(b"git");
    (!repository && !ends_encoded(&text[..at])).then_some(start..end)
}

fn local(text: &[u8], at: usize) -> Option<usize> {
    let least = at.saturating_sub(LONGEST.0);
    if at > 0 && text[at - 1] == b'"' {
        let open = text[least..at - 1].iter().rposition(|&byte| byte == b'"' || byte == b'\n')? + least;
        return (text[open] == b'"' && open + 1 < at - 1).then_some(open);
    }
    let mut start = at;
    while start > least && in_local(text, start - 1) {
        start -= 1;
    }
    while start < at
        && matches!(text[start], b'.' | b'-' | b'%' | b'\'' | b'+' | b'_')
        && !is_underscore_name(text, start, at)
    {
        start += 1;
    }
    while start < at && is(text[start], INVISIBLE) {
        start += 1;
    }
    let named = text[start..at].iter().any(|&byte| is(byte, LETTER | DIGIT));
    named.then_some(start)
}

/// Whether a text ends with a placeholder as it is written in a web address: `%5BCREDENTIALS%5D`.
fn ends_encoded(text: &[u8]) -> bool {
    const WRAPPED: [(&[u8], &[u8]); 3] = [(b"5B", b"%5D"), (b"3C", b"%3E"), (b"7B", b"%7D")];
    const LONGEST: usize = 64;
    WRAPPED.iter().any(|(opens, closes)| {
        let Some(text) = text.strip_suffix(*closes) else { return false };
        let part = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_';
        let (head, name) = text.split_at(text.len() - text.iter().rev().take(LONGEST).take_while(part).count());
        head.ends_with(b"%") && name.strip_prefix(*opens).is_some_and(|name| !name.is_empty())
    })
}

/// How many underscores on either side of an address are marks around it.
fn marks_around(text: &[u8], start: usize, end: usize) -> usize {
    let count = |bytes: &[u8]| bytes.iter().take_while(|&&byte| byte == b'_').count();
    let behind = count(&text[end..]);
    let goes_on = text.get(end + behind).is_some_and(|&byte| is(byte, LETTER | DIGIT));
    if goes_on { 0 } else { count(&text[start..end]).min(behind) }
}

/// A leading underscore is markup only where nothing but the name follows and another closes it; inside it is a name's.
fn is_underscore_name(text: &[u8], start: usize, at: usize) -> bool {
    text[start] == b'_' && text[start + 1..at].contains(&b'_')
}

fn in_local(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'.' | b'_' | b'%' | b'+' | b'-' => true,
        b'\'' => at > 0 && is(text[at - 1], LETTER) && is(text[at + 1], LETTER),
        byte => is(byte, LETTER | DIGIT | INVISIBLE),
    }
}

/// Where the domain after the `@` ends: at least one dot, a top level of two letters or more.
fn domain(text: &[u8], at: usize) -> Option<usize> {
    let most = text.len().min(at + 1 + LONGEST.1);
    let mut end = at + 1;
    let mut good = None;
    loop {
        let start = end;
        while end < most && (is(text[end], LETTER | DIGIT | INVISIBLE) || text[end] == b'-') {
            end += 1;
        }
        let label = &text[start..end];
        let first = label.iter().find(|&&byte| !is(byte, INVISIBLE));
        if !first.is_some_and(|&byte| is(byte, LETTER | DIGIT)) {
            break;
        }
        if start > at + 1 && is_top_level(label) {
            let trimmed = label.iter().rposition(|&byte| is(byte, LETTER | DIGIT)).map_or(0, |last| last + 1);
            good = Some(start + trimmed);
        }
        if end >= most || text[end] != b'.' {
            break;
        }
        end += 1;
    }
    good
}

fn is_top_level(label: &[u8]) -> bool {
    let letters = label.iter().filter(|&&byte| is(byte, LETTER)).count();
    let others = label.iter().filter(|&&byte| !is(byte, LETTER | INVISIBLE)).count();
    let plain = others == 0 && letters >= 2 || label.len() > 4 && label[..4].eq_ignore_ascii_case(b"xn--");
    let trailing = label.iter().rposition(|&byte| byte != b'-').map_or(0, |last| last + 1);
    (plain || trailing < label.len() && is_top_level(&label[..trailing]))
        && !FILES.iter().any(|file| label.eq_ignore_ascii_case(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<&str> {
        let at = text.find('@').expect("the case has one");
        address(text.as_bytes(), at).map(|range| &text[range])
    }

    #[test]
    fn an_address_ends_where_its_domain_does() {
        assert_eq!(find("para ana.silva@mail.example.com."), Some("ana.silva@mail.example.com"));
        assert_eq!(find("<ana+x@example.com>"), Some("ana+x@example.com"));
        assert_eq!(find("email=ana@example.com&x"), Some("ana@example.com"));
        assert_eq!(find("_ana@example.com_"), Some("ana@example.com"));
        assert_eq!(find("_ana_b@example.com_"), Some("ana_b@example.com"));
        assert_eq!(find("__ana_@example.com__ ok"), Some("ana_@example.com"));
        assert_eq!(find("_ana_b@example.com"), Some("_ana_b@example.com"));
        assert_eq!(find("o'neil@example.com"), Some("o'neil@example.com"));
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in ["@user", "git@host.example:path/x", "logo@2x.png", "pkg@1.2.3", "a@b.c", "@@", "x@ example.com"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
