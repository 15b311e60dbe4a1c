//! Takes clusters apart: runs of digits that are linked, and letters that belong to them. What something invisible, a
//! line break or a symbol lies in is read from a squeezed copy; a short cluster without such things is taken apart by
//! the bits of its characters.

use std::ops::Range;

use rasura_pack::index::{FEWEST_CHARACTERS, FEWEST_DIGITS};
use rasura_pack::shape;

use super::binds::{binds, binds_around, binds_before, binds_letters, binds_letters_before};
use super::mixed::Lead;
use super::phone::has_plus;
use super::strand::{self, REACH, Strand};
use super::tokens::Code;
use super::{PARTS, Run, STRETCHES, Search, tokens};
use crate::resolve::Candidate;
use crate::scan::clusters::{self, Near};
use crate::scan::marks::{Marks, span};
use crate::trace::Trace;
use crate::view::class::{DIGIT, INVISIBLE, LETTER, UPPER, is};
use crate::view::markup;

/// The longest cluster that is taken apart by the bits of its characters.
const SHORT: usize = shape::WHOLE;

/// What a cluster falls into.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(super) runs: Vec<Run>,
    /// Where linked runs end.
    parts: Vec<Part>,
    /// Whether letters stand by any of them.
    bound: bool,
    /// Whether a colon stands inside or directly beside.
    colon: bool,
}

/// Linked runs.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// After the last of them.
    last: u32,
    /// Whether letters stand directly beside them, or a mark binds letters to them, or they are few and so are here only
    /// because letters stand near.
    bound: bool,
}

/// A strand of the view itself met something that only a squeezed copy shows aright.
struct NeedsSqueezing;

impl<T: Trace> Search<'_, T> {
    /// Looks at one cluster, a stretch at a time where it is long.
    #[inline]
    pub(super) fn look(&mut self, start: usize, end: usize, near: &Near<'_>) {
        self.beside(start, end);
        // What lies inside of something longer that is settled has no need of a look of its own.
        let covered = &self.scratch.covered;
        if covered.start <= start && end <= covered.end && end - start < covered.len() {
            // A telephone number has its plus sign before it, an IPv6 address colons, a code capitals, which may stick out.
            let near = &self.text[start.saturating_sub(4)..start];
            let before =
                || has_plus(self.text, start) || near.last() == Some(&b':') || near.iter().any(|&byte| is(byte, UPPER));
            if start > covered.start || !before() {
                return;
            }
        }
        if end - start > SHORT || !self.short(start, end, near) {
            self.long(start, end);
        }
    }

    /// The same, whatever it holds.
    fn long(&mut self, start: usize, end: usize) {
        const STRETCH: usize = 2048;
        if self.in_hash(start, end) {
            return;
        }
        self.zone(start, end);
        let mut from = start;
        while end - from > STRETCH + REACH {
            let limit = (from + STRETCH..end).find(|&at| self.begins_run(at)).unwrap_or(end);
            self.stretch(from, end.min(limit + REACH + 1), limit, from > start);
            if limit >= end {
                return;
            }
            from = limit;
        }
        self.stretch(from, end, end, from > start);
    }

    /// Whether a cluster lies in a long hexadecimal number. Logs are full of them, with several clusters each.
    fn in_hash(&mut self, start: usize, end: usize) -> bool {
        if end <= self.scratch.hash {
            return true;
        }
        if end <= self.scratch.no_hash {
            return false;
        }
        let byte = |at: usize| self.text.get(at).copied().unwrap_or(b' ');
        let letter = |byte: u8| byte.is_ascii_alphabetic() && byte.is_ascii_hexdigit();
        let (left, right) = (byte(start.wrapping_sub(1)), byte(end));
        let cut = is(left, LETTER) && !letter(left);
        // A hash may begin and end with digits.
        if !cut && (letter(left) || letter(right) || end - start >= tokens::HASH) {
            let (place, is_hash) = tokens::hash_around(self.text, start);
            // Either way the token is read once.
            *(if is_hash { &mut self.scratch.hash } else { &mut self.scratch.no_hash }) = place.end;
        }
        end <= self.scratch.hash
    }

    fn begins_run(&self, at: usize) -> bool {
        self.text[at].is_ascii_digit()
            && !is(self.text[at - 1], DIGIT | INVISIBLE)
            && !markup::is_mark(self.text[at - 1])
    }

    /// Looks at `start..end` of a cluster: windows that begin before `limit`.
    fn stretch(&mut self, start: usize, end: usize, limit: usize, cut: bool) {
        let text = self.text;
        if self.walk(Strand::whole(text), start, end, limit, cut).is_ok() {
            return;
        }
        let mut squeezed = std::mem::take(&mut self.scratch.squeezed);
        squeezed.fill(text, around(text, start..end));
        let strand = squeezed.strand(text);
        let (from, to) = (strand.index(start), strand.index(end));
        // The copy has nothing left that needs squeezing.
        let _ = self.walk(strand, from, to, strand.index(limit), cut);
        self.scratch.squeezed = squeezed;
    }

    /// Splits `from..to` of a strand at letters and tries what it falls into.
    fn walk(
        &mut self,
        strand: Strand<'_>,
        from: usize,
        to: usize,
        limit: usize,
        cut: bool,
    ) -> Result<(), NeedsSqueezing> {
        let text = strand.text;
        let mut pieces = std::mem::take(&mut self.scratch.pieces);
        let seen = pieces.split(text, from, to);
        let hidden = |at: usize| text.get(at).is_some_and(|&byte| is(byte, INVISIBLE));
        let squeezes = strand.is_whole()
            && (seen & STRETCH != 0
                || hidden(from.wrapping_sub(1))
                || hidden(to)
                || markup::binds(text, from..to)
                || pieces.hides(text, from..to, &(from..to)));
        if !squeezes {
            self.tried(strand, from, to, (limit, cut), &pieces);
        }
        self.scratch.pieces = pieces;
        if squeezes { Err(NeedsSqueezing) } else { Ok(()) }
    }

    /// Takes a short cluster apart by the bits of its characters and tries what it falls into; `false` where something in
    /// it asks for a squeezed copy.
    #[inline]
    fn short(&mut self, start: usize, end: usize, near: &Near<'_>) -> bool {
        let base = clusters::before(start, end);
        let marks = near.marks(self.text, base);
        let (from, to) = (start - base, end - base);
        let beside = span(from.saturating_sub(4), to + 5);
        let tagged = || self.text[start.saturating_sub(3)..start].contains(&b'>');
        if (marks.stretches & beside != 0 || tagged()) && self.stretches(start, end, &marks, (from, to)) {
            return false;
        }
        let few = end - start < FEWEST_DIGITS;
        let inside = span(from, to);
        let lettered = few
            || marks.letters & beside != 0
                && (marks.letters & inside != 0 || binds_around(self.text, &marks, base, (from, to)));
        if !lettered && !has_colons(&marks, (from, to)) && start >= self.scratch.hash {
            self.line(base, marks.digits & inside);
            return true;
        }
        self.by_letters(start, end, &marks, lettered)
    }

    /// The same for a cluster by which letters or colons stand.
    // By itself, since it needs all registers.
    #[inline(never)]
    fn by_letters(&mut self, start: usize, end: usize, marks: &Marks, lettered: bool) -> bool {
        let base = clusters::before(start, end);
        let (from, to) = (start - base, end - base);
        let few = end - start < FEWEST_DIGITS;
        if few
            && !T::ON
            && tokens::code(self.text, marks, base, (from, to)).is_some_and(|code| !self.is_code(&code, base))
        {
            return true;
        }
        if !T::ON
            && start >= self.scratch.hash
            && let Some(tail) = tokens::tail(self.text, marks, base, (from, to))
            && !self.has_tail(marks.digits & span(from, to), base + tail.end - 1, tail.len())
            && !self.has_glued_tail(marks.digits & span(from, to), base, (to, &tail))
        {
            if !few {
                self.line(base, marks.digits & span(from, to));
            }
            return true;
        }
        let touching = marks.letters & span(from.saturating_sub(1), to + 1) != 0;
        if (touching || start < self.scratch.hash) && self.in_hash(start, end) || is_timestamp(self.text, start, end) {
            return true;
        }
        if marks.letters & span(from, to) != 0 {
            self.zone(start, end);
        }
        if !T::ON && colon_touches(marks, (from, to)) && self.ipv6_at_once(start, end, marks, base) {
            return true;
        }
        if lettered && !T::ON && self.whole_code(start, end, (marks, base)) {
            return true;
        }
        let mut pieces = std::mem::take(&mut self.scratch.pieces);
        pieces.read(self.text, marks, base, (from, to), lettered);
        let seen = if marks.stretches == 0 { base..base + 64 } else { start..end };
        let squeezes = pieces.hides(self.text, start..end, &seen);
        if !squeezes {
            self.tried(Strand::whole(self.text), start, end, (end, false), &pieces);
        }
        self.scratch.pieces = pieces;
        !squeezes
    }

    /// Whether any form has some of the last runs of digits and then `letters` capitals, the last of which stands at `at`.
    fn has_tail(&self, digits: u64, at: usize, letters: usize) -> bool {
        let (mut rest, mut total) = (digits, letters);
        while rest != 0 {
            // The last of the runs that are left.
            let end = 64 - rest.leading_zeros();
            let run = (!(rest << (64 - end))).leading_zeros();
            total += run as usize;
            if self.has_ending(total, (0, letters), at) {
                return true;
            }
            rest &= (1 << (end - run)) - 1;
        }
        false
    }

    /// Whether any form may end within the capitals at `tail`, directly behind a mark, so that the others are glued to it.
    fn has_glued_tail(&self, digits: u64, base: usize, (to, tail): (usize, &Range<usize>)) -> bool {
        let tight = tail.start == to + 1 && matches!(self.text[base + to], b'-' | b'.' | b'/');
        tight && (1..tail.len()).any(|letters| self.has_tail(digits, base + tail.start + letters - 1, letters))
    }

    /// Whether any form of so many characters has so many letters first and so many last, digits between, and ends with the
    /// character at `at`.
    fn has_ending(&self, length: usize, (first, last): (usize, usize), at: usize) -> bool {
        let letters = ((1 << last) - 1) << (length - last) | ((1 << first) - 1);
        length >= FEWEST_CHARACTERS
            && self.index.may_end(length, shape::SYMBOL[usize::from(self.text[at])])
            && self.index.has_code(length, letters)
    }

    /// Whether all letters and digits by a cluster are one number, with words in capitals before it or not, which leaves
    /// nothing else to look for.
    // By itself: most clusters with letters need none of it.
    #[inline(never)]
    fn whole_code(&mut self, start: usize, end: usize, (marks, base): (&Marks, usize)) -> bool {
        let Some(strain) = tokens::strain(self.text, marks, base, (start - base, end - base)) else { return false };
        let place = |begin: usize| base + begin..base + strain.end;
        let words = (marks.letters | marks.digits) & span(strain.start, strain.end);
        if marks.letters & words == 0 || self.is_done(&place(strain.start)) {
            return false;
        }
        if self.code_at_once(&place(strain.start), words >> strain.start) {
            return true;
        }
        let (mut rest, mut wrong) = (words, None);
        loop {
            let from = rest.trailing_zeros();
            let word = rest & !rest.wrapping_add(1 << from);
            if marks.digits & word != 0 {
                break;
            }
            match self.lead(marks, base, rest) {
                Lead::Nothing => {}
                Lead::Wrong(pack) if wrong.is_none() => wrong = Some((pack, base + from as usize)),
                Lead::Wrong(_) | Lead::Something => return false,
            }
            // Its end may be the beginning of a number that its first letters touch.
            self.scratch.symbols.skip(1);
            rest &= rest - 1;
        }
        if rest == words {
            return false;
        }
        let begin = rest.trailing_zeros() as usize;
        if marks.letters & rest != 0 {
            return wrong.is_none() && self.code_at_once(&place(begin), rest >> begin);
        }
        if place(begin) != (start..end) {
            return false;
        }
        self.line(base, rest);
        if let Some((pack, from)) = wrong
            && !self.is_taken(pack, &(start..end))
            && self.is_named(pack, &(from..end), false)
        {
            self.mixed(Strand::whole(self.text), start, end);
        }
        true
    }

    /// Whether a candidate of this cluster covers a place that a suspect of `pack` gives way to.
    fn is_taken(&self, pack: u16, place: &Range<usize>) -> bool {
        let covers = |known: &Candidate| !known.suspect && !known.shadow && known.pack != pack && known.covers(place);
        self.scratch.candidates[self.scratch.settled..].iter().any(covers)
    }

    /// Whether any form has capitals and digits as a code does, or as a part of it does.
    fn is_code(&self, Code { capitals, digits, tail }: &Code, base: usize) -> bool {
        let (capitals, digits, behind) = (*capitals, *digits, tail.len());
        // Other letters may touch the first capitals.
        let from = 1.max(FEWEST_CHARACTERS.saturating_sub(digits));
        let led = || (from..=capitals).any(|capitals| self.index.has_code(capitals + digits, (1 << capitals) - 1));
        let ends = |first: usize| self.has_ending(first + digits + behind, (first, behind), base + tail.end - 1);
        led() || behind > 0 && (ends(capitals) || ends(0))
    }

    /// Whether something inside a cluster or directly beside it asks for a squeezed copy.
    #[cold]
    fn stretches(&self, start: usize, end: usize, marks: &Marks, (from, to): (usize, usize)) -> bool {
        let hidden = |at: usize| self.text.get(at).is_some_and(|&byte| is(byte, INVISIBLE));
        marks.stretches & span(from, to) != 0
            || hidden(start.wrapping_sub(1))
            || hidden(end)
            || markup::binds(self.text, start..end)
    }

    /// Tries first what letters touch and what has colons, then the digits of each part.
    #[inline]
    fn tried(
        &mut self,
        strand: Strand<'_>,
        from: usize,
        to: usize,
        (limit, cut): (usize, bool),
        Pieces { runs, parts, colon, .. }: &Pieces,
    ) {
        self.scratch.settled = self.scratch.candidates.len();
        self.scratch.found = 0..0;
        if parts.iter().any(|part| part.bound) {
            let mut first = 0;
            for part in parts {
                let place = runs[first].start as usize..runs[part.last as usize - 1].end as usize;
                if part.bound && (T::ON || !self.is_settled(&strand.place(place.clone()))) {
                    self.mixed(strand, place.start, place.end);
                }
                first = part.last as usize;
            }
        }
        if *colon {
            self.ipv6(strand, from, to);
        }
        let mut first = 0;
        for part in parts {
            let linked = &runs[first..part.last as usize];
            self.digits(strand, linked, limit, cut && first == 0);
            first = part.last as usize;
        }
    }
}

/// Whether the digits `start..end` are a date and a time as programs write them, `2026-03-10T21:25:18.726`: these hold
/// nothing, and in logs each line has one.
pub(crate) fn is_timestamp(text: &[u8], start: usize, end: usize) -> bool {
    let Some(bytes) = text[start..end].first_chunk::<19>() else { return false };
    let two = |at: usize| u32::from(bytes[at] - b'0') * 10 + u32::from(bytes[at + 1] - b'0');
    let digits =
        |places: &[usize]| places.iter().all(|&at| bytes[at].is_ascii_digit() && bytes[at + 1].is_ascii_digit());
    let written = bytes[4] == b'-' && bytes[7] == b'-' && matches!(bytes[10], b'T' | b' ' | b't');
    written
        && bytes[13] == b':'
        && bytes[16] == b':'
        && digits(&[0, 2, 5, 8, 11, 14, 17])
        && matches!(two(0), 19 | 20)
        && (1..=12).contains(&two(5))
        && (1..=31).contains(&two(8))
        && two(11) < 24
        && two(14) < 60
        && two(17) <= 60
        && !text.get(start.wrapping_sub(1)).is_some_and(|&byte| is(byte, LETTER))
        && fraction(&text[start + 19..end])
}

/// What may follow the seconds.
fn fraction(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b'.' | b',', digits @ ..] => digits.len() <= 9 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

impl Pieces {
    /// Whether something invisible, quote marks of a line or a tag stand near a place, outside of `seen`, among letters that
    /// belong to it.
    fn hides(&self, text: &[u8], place: Range<usize>, seen: &Range<usize>) -> bool {
        let belong = self.bound || self.colon;
        // Few digits are here only because of what stands near them.
        if !belong && place.len() >= FEWEST_DIGITS {
            return false;
        }
        let hides = |from: usize, to: usize| {
            from < to && (belong && strand::hides(text, from..to) || markup::any(text, from..to))
        };
        hides(place.start.saturating_sub(AROUND), place.start.min(seen.start))
            || hides(place.end.max(seen.end), text.len().min(place.end + AROUND))
    }

    /// The runs of `from..to`, which begins and ends with a digit, and the parts that they fall into. What was seen between.
    fn split(&mut self, text: &[u8], from: usize, to: usize) -> u8 {
        let seen = split(text, from, to, &mut self.runs, &mut self.parts);
        let (head, tail) = (&text[from.saturating_sub(4)..from], &text[to..text.len().min(to + 5)]);
        let (led, followed) = (binds_letters_before(head), binds_letters(tail));
        let last = self.parts.len() - 1;
        self.parts[0].bound |= led;
        self.parts[last].bound |= followed;
        // Few digits are here only because capitals stand near them.
        let few = to - from < FEWEST_DIGITS;
        for part in &mut self.parts {
            part.bound |= few;
        }
        self.bound = led || followed || seen & BOUND != 0;
        self.colon = seen & COLON != 0
            || head.last() == Some(&b':')
            || tail.first() == Some(&b':')
            || led && head.contains(&b':');
        seen
    }

    /// The same of bits `from..to` of `marks`, whose first bit is the byte `base`; `lettered` where letters stand near.
    #[inline]
    fn read(&mut self, text: &[u8], marks: &Marks, base: usize, (from, to): (usize, usize), lettered: bool) {
        self.runs.clear();
        self.parts.clear();
        self.bound = false;
        let digits = marks.digits & span(from, to);
        let few = to - from < FEWEST_DIGITS;
        let parting = if lettered { marks.letters | marks.splits } else { 0 };
        let (mut rest, mut begins) = (digits, from);
        loop {
            let start = rest.trailing_zeros() as usize;
            let end = start + (!(rest >> start)).trailing_zeros() as usize;
            self.runs.push(Run { start: (base + start) as u32, end: (base + end) as u32 });
            rest &= !0 << end;
            if rest == 0 {
                break;
            }
            if parting & span(end, rest.trailing_zeros() as usize) != 0 {
                self.part(text, marks, base, digits & span(begins, end), few);
                begins = end;
            }
        }
        if lettered {
            self.part(text, marks, base, digits & span(begins, to), few);
        } else {
            self.parts.push(Part { last: self.runs.len() as u32, bound: false });
        }
        self.colon = has_colons(marks, (from, to))
            || marks.colons & span(from.saturating_sub(4), from) != 0 && binds_before(text, marks, base, 1 << from);
    }

    fn part(&mut self, text: &[u8], marks: &Marks, base: usize, digits: u64, few: bool) {
        let bound = binds(text, marks, base, digits);
        self.bound |= bound;
        self.parts.push(Part { last: self.runs.len() as u32, bound: few || bound });
    }
}

/// Whether colons stand inside digits or directly beside them as in an IPv6 address, where the next one is never further
/// than four characters that are seen: one before a value in JSON is no such thing.
#[inline]
fn has_colons(marks: &Marks, (from, to): (usize, usize)) -> bool {
    let beside = marks.colons & span(from.saturating_sub(1), to + 1);
    let near = marks.colons & span(from.saturating_sub(6), to + 4);
    // Several, or something that may be invisible.
    beside != 0 && (near & near.wrapping_sub(1) | marks.stretches & span(0, to + 8)) != 0
}

/// Whether a colon stands inside digits, directly behind, or before with nothing but letters and digits between.
#[inline]
fn colon_touches(marks: &Marks, (from, to): (usize, usize)) -> bool {
    let before = marks.colons & span(from.saturating_sub(5), from);
    // What stands behind the last colon before the digits.
    let behind = || span(64 - before.leading_zeros() as usize, from);
    marks.colons & span(from, to + 1) != 0 || before != 0 && behind() & !(marks.letters | marks.digits) == 0
}

/// What is squeezed around a place: more where tags stand, of which nothing is left.
fn around(text: &[u8], place: Range<usize>) -> Range<usize> {
    const NEAR: usize = 64;
    let far = |near: &[u8]| if near.contains(&b'<') { 4 * NEAR } else { NEAR };
    let before = far(&text[place.start.saturating_sub(NEAR)..place.start]);
    let after = far(&text[place.end..text.len().min(place.end + NEAR)]);
    let (start, end) = (place.start.saturating_sub(before), text.len().min(place.end + after));
    // A piece of a word is no word.
    let word = |byte: &&u8| is(**byte, LETTER | DIGIT);
    let begins = text[..start].iter().rev().take(NEAR).take_while(word).count();
    let ends = text[end..].iter().take(NEAR).take_while(word).count();
    start - begins..end + ends
}

/// How far around digits something invisible or a tag among the letters that belong to them is looked for.
pub(crate) const AROUND: usize = 24;

/// Gathers the runs of `from..to`, which begins and ends with a digit, and where linked ones end. What was seen between.
#[inline]
fn split(text: &[u8], from: usize, to: usize, runs: &mut Vec<Run>, parts: &mut Vec<Part>) -> u8 {
    let text = &text[..to];
    runs.clear();
    parts.clear();
    let (mut at, mut start, mut seen, mut bound) = (from, from, 0, false);
    while at < to {
        let kind = KIND[usize::from(text[at])];
        if kind == 0 {
            at += 1;
            continue;
        }
        runs.push(Run { start: start as u32, end: at as u32 });
        let (gap, mut kinds) = (at, 0);
        while at < to {
            let kind = KIND[usize::from(text[at])];
            if kind == 0 {
                break;
            }
            kinds |= kind;
            at += 1;
        }
        seen |= kinds;
        if kinds & PART != 0 || at - gap > 3 {
            let between = &text[gap..at];
            let (mut follows, mut leads) = (false, false);
            if kinds & LETTERS != 0 {
                (follows, leads) = (binds_letters(between), binds_letters_before(between));
                seen |= if follows || leads { BOUND } else { 0 };
            }
            parts.push(Part { last: runs.len() as u32, bound: bound || follows });
            bound = leads;
        }
        start = at;
    }
    runs.push(Run { start: start as u32, end: to as u32 });
    parts.push(Part { last: runs.len() as u32, bound });
    seen
}

/// What a byte between digits is; a digit is 0.
const KIND: [u8; 256] = kinds();
const SEPARATOR: u8 = 1;
/// Digits are not joined over it.
const PART: u8 = 2;
const LETTERS: u8 = 4;
/// It is more or less than it seems.
const STRETCH: u8 = 8;
const COLON: u8 = 16;
/// Letters stand directly by a digit, or a mark binds them to it.
const BOUND: u8 = 32;

const fn kinds() -> [u8; 256] {
    let mut table = [SEPARATOR; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        if is(byte, DIGIT) {
            table[n] = 0;
        }
        table[n] |= if PARTS[n] { PART } else { 0 }
            | if is(byte, LETTER) { LETTERS } else { 0 }
            | if STRETCHES[n] { STRETCH } else { 0 };
        n += 1;
    }
    table[b':' as usize] |= COLON;
    table
}
