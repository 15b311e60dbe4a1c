//! IP addresses: four octets with dots, and IPv6 as the standard library reads it.

use std::net::Ipv6Addr;
use std::ops::Range;

use rasura_pack::table::Grammar;

use super::digits::touches;
use super::strand::Strand;
use super::{Fit, Run, Search, tokens};
use crate::scan::marks::Marks;
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, folded, is};

/// The longest written IPv6 address.
const LONGEST: usize = 45;

impl<T: Trace> Search<'_, T> {
    /// Four numbers up to 255 with dots between and none beside.
    pub(crate) fn ipv4(&mut self, strand: Strand<'_>, runs: &[Run], cut: bool) {
        let text = strand.text;
        let dot = |n: usize| text[runs[n].end as usize..runs[n + 1].start as usize] == *b".";
        let mut first = 0;
        while first + 3 < runs.len() {
            let mut last = first;
            while last + 1 < runs.len() && dot(last) {
                last += 1;
            }
            if last == first + 3
                && !(cut && first == 0)
                && runs[first..=last].iter().all(|run| is_octet(&text[run.range()]))
            {
                self.four(strand, runs[first].start as usize, runs[last].end as usize);
            }
            first = last + 1;
        }
    }

    /// The same where the numbers and the dots are known to be all that is linked; whether it is an address.
    pub(super) fn is_ipv4(&mut self, start: usize, end: usize) -> bool {
        let text = self.text;
        let known = self.scratch.candidates.len();
        if text[start..end].split(|&byte| byte == b'.').all(is_octet) {
            self.four(Strand::whole(text), start, end);
        }
        self.scratch.candidates.len() > known
    }

    /// Four numbers from `start` to `end`, which are an address unless letters touch them.
    fn four(&mut self, strand: Strand<'_>, start: usize, end: usize) {
        // Behind the host of a web address stands a path.
        let host = strand.text[..start].ends_with(b"//") || strand.text[..start].ends_with(b"@");
        let end = if host { end } else { prefix_length(strand.text, end, 32) };
        if !touches(strand.text, &(start..end)) {
            self.address(strand.cover(start..end), version_before(strand.text, start));
        }
    }

    /// The longest stretch of hexadecimal digits, colons and dots around `from..to`, if it is an address.
    pub(crate) fn ipv6(&mut self, strand: Strand<'_>, from: usize, to: usize) {
        let text = strand.text;
        let mut at = stretch_start(text, from);
        while at < to {
            let end = stretch_end(text, at);
            if let Some(range) = parse(text, at..end) {
                self.address(strand.cover(range), false);
            }
            at = (end + 1..to).find(|&i| is_part(text[i])).unwrap_or(to);
        }
    }

    /// The same where `start..end` lies in an address to which nothing around it belongs; whether it does, which leaves
    /// nothing else to look for inside. The first bit of `marks` is the byte `base`.
    pub(super) fn ipv6_at_once(&mut self, start: usize, end: usize, marks: &Marks, base: usize) -> bool {
        let text = self.text;
        let from = stretch_start(text, start);
        let Some(place) = parse(text, from..stretch_end(text, from)) else { return false };
        if start < place.start || place.end < end || !tokens::is_apart(text, marks, base, &place) {
            return false;
        }
        let known = self.scratch.candidates.len();
        let taken = self.address(place.clone(), false);
        if taken {
            self.scratch.covered = place;
        } else {
            self.scratch.candidates.truncate(known);
        }
        taken
    }

    /// Whether it is taken, and nothing inside is.
    fn address(&mut self, place: Range<usize>, version: bool) -> bool {
        let place = with_brackets(self.text, place);
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(self.with_grammar(Grammar::Ipv6).map(|(number, pack)| {
            let mut scores = pack.scores;
            if version {
                scores.canonical = scores.canonical.min(30);
            }
            Fit::of_grammar(number, &place, scores)
        }));
        let taken = self.judge(&fits);
        self.scratch.fits = fits;
        taken
    }
}

/// Whether a byte may stand in an IPv6 address.
#[inline]
fn is_part(byte: u8) -> bool {
    const PARTS: [bool; 256] = {
        let mut table = [false; 256];
        let mut n = 0;
        while n < 256 {
            table[n] = matches!(n as u8, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b':' | b'.');
            n += 1;
        }
        table
    };
    PARTS[usize::from(byte)]
}

/// Where the stretch of such bytes begins that ends before `at`.
fn stretch_start(text: &[u8], at: usize) -> usize {
    let least = at.saturating_sub(LONGEST);
    text[least..at].iter().rposition(|&byte| !is_part(byte)).map_or(least, |before| least + before + 1)
}

/// Where the stretch that begins at `at` ends.
fn stretch_end(text: &[u8], at: usize) -> usize {
    let most = text.len().min(at + LONGEST + 1);
    text[at..most].iter().position(|&byte| !is_part(byte)).map_or(most, |length| at + length)
}

fn is_octet(digits: &[u8]) -> bool {
    match digits {
        [_] => true,
        [b'0', ..] => false,
        _ => digits.len() <= 3 && digits.iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0')) <= 255,
    }
}

/// Where the address ends with a prefix length up to `most` after it.
fn prefix_length(text: &[u8], end: usize, most: u32) -> usize {
    if text.get(end) != Some(&b'/') {
        return end;
    }
    let digits = text[end + 1..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let value = text[end + 1..end + 1 + digits].iter().fold(0, |n, digit| n * 10 + u32::from(digit - b'0'));
    if (1..=3).contains(&digits) && value <= most { end + 1 + digits } else { end }
}

/// Whether a word directly before says that the number is a version, or a part of a law or a contract.
fn version_before(text: &[u8], start: usize) -> bool {
    const WORDS: [&[u8]; 20] = [
        b"v",
        b"release",
        b"build",
        b"firmware",
        b"kernel",
        b"item",
        b"regla",
        b"regra",
        b"clausula",
        b"artigo",
        b"articulo",
        b"art",
        b"inciso",
        b"secao",
        b"seccion",
        b"section",
        b"capitulo",
        b"norma",
        b"requisito",
        b"anexo",
    ];
    let head = &text[start.saturating_sub(12)..start];
    let Some(last) = head.iter().rposition(|&byte| is(byte, LETTER)) else { return false };
    let first = head[..last].iter().rposition(|&byte| !is(byte, LETTER)).map_or(0, |before| before + 1);
    let word = folded(&head[first..=last]);
    // `version` and `versão` begin alike.
    WORDS.contains(&&*word) || word.starts_with(b"vers")
}

/// A place with the brackets around it that it has as the host of a web address.
fn with_brackets(text: &[u8], place: Range<usize>) -> Range<usize> {
    let Some(head) = text[..place.start].strip_suffix(b"[") else { return place };
    let host = (head.ends_with(b"//") || head.ends_with(b"@")) && text.get(place.end) == Some(&b']');
    if host { place.start - 1..place.end + 1 } else { place }
}

/// The address in a stretch, with its zone and prefix length.
fn parse(text: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let mut range = range;
    // All eight groups, or six before an IPv4 address, or a gap: a time has neither.
    let colons = text[range.clone()].iter().map(|&byte| usize::from(byte == b':')).sum::<usize>();
    if colons < 2 || colons < 6 && !text[range.clone()].windows(2).any(|two| two == b"::") {
        return None;
    }
    while range.end > range.start
        && (text[range.end - 1] == b'.' || text[..range.end].ends_with(b":") && !text[..range.end].ends_with(b"::"))
    {
        range.end -= 1;
    }
    let outside = |byte: Option<&u8>| byte.is_some_and(|&byte| is(byte, LETTER | DIGIT) || byte == b':');
    if outside(text.get(range.start.wrapping_sub(1))) || outside(text.get(range.end)) {
        return None;
    }
    let written = std::str::from_utf8(&text[range.clone()]).ok()?;
    written.parse::<Ipv6Addr>().ok()?;
    if !written.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    range.end = zone(text, range.end);
    range.end = prefix_length(text, range.end, 128);
    Some(range)
}

fn zone(text: &[u8], end: usize) -> usize {
    if text.get(end) != Some(&b'%') {
        return end;
    }
    let name = text[end + 1..].iter().take(16).take_while(|&&byte| is(byte, LETTER | DIGIT)).count();
    if name > 0 { end + 1 + name } else { end }
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn find(text: &str) -> Option<&str> {
        parse(
            text.as_bytes(),
            0..text.find(|c: char| !c.is_ascii_hexdigit() && c != ':' && c != '.').unwrap_or(text.len()),
        )
        .map(|range| &text[range])
    }

    #[test]
    fn addresses_are_read_with_zone_and_prefix() {
        for text in ["2001:db8::8a2e:370:7334", "::1", "fe80::1%eth0", "2001:db8::/32", "::ffff:1.2.3.4"] {
            assert_eq!(find(text), Some(text));
        }
        for text in ["10:41:00", "00:1a:2b:3c:4d:5e", "12345:db8::1", "::ffff:192.168.1", "a::b"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
