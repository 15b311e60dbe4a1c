//! Windows of tokens that hold letters and digits: forms with letters, glued or apart.

use std::ops::Range;

use rasura_pack::index::{Entry, Head, LONGEST};
use rasura_pack::shape::{self, SYMBOL};
use rasura_pack::table::Form;

use super::digits::{add, around};
use super::fit::{Check, cells_match, fit};
use super::strand::Strand;
use super::{Done, Fit, PARTS, Run, Search, Written};
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, UPPER, is};

/// The fewest characters of a form with letters.
pub(crate) const FEWEST: usize = 8;
/// How many tokens before and after the digits may belong to it.
const TOKENS: (usize, usize) = (4, 12);
/// The most characters that letters around a glued identifier may have.
pub(crate) const GLUED: usize = 24;

impl<T: Trace> Search<'_, T> {
    /// Tries the tokens around the digits `from..to`.
    pub(crate) fn mixed(&mut self, strand: Strand<'_>, from: usize, to: usize) {
        // A hash has a cluster for each few of its digits: what was found in it stays.
        let done = &self.scratch.done;
        if strand.is_whole() && done.place.start <= from && to <= done.place.end {
            if self.scratch.found.is_empty() {
                self.scratch.found = done.found.clone();
            }
            return;
        }
        let mut tokens = std::mem::take(&mut self.scratch.tokens);
        tokens.clear();
        let alone = gather(strand.text, from, to, &mut tokens);
        let before = self.scratch.candidates.len();
        for strain in tokens.split(|token| token.len() == 0) {
            let total: usize = strain.iter().map(|token| token.len()).sum();
            let letters = lettered(strand.text, strain);
            // Digits alone are looked at as runs, whatever stands beside them.
            for first in 0..if total >= FEWEST && letters != 0 { strain.len() } else { 0 } {
                let known = self.scratch.candidates.len();
                self.windows(strand, strain, letters, first);
                let token = strain[first];
                if token.len() > FEWEST && letters >> first.min(63) & 1 == 1 && self.scratch.candidates.len() == known {
                    self.glued(strand, token);
                }
            }
        }
        if alone && strand.is_whole() {
            let place = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
            self.scratch.done = Done { place, found: before..self.scratch.candidates.len() };
        }
        self.scratch.tokens = tokens;
    }

    /// What begins with the two characters of a place, if anything does.
    #[inline]
    fn head(&self, first: u8, second: u8) -> Option<Head> {
        let head = self.index.heads.get(usize::from(SYMBOL[usize::from(first)]))?;
        (head.seconds >> SYMBOL[usize::from(second)] & 1 == 1).then_some(*head)
    }

    /// Tries every window of tokens that begins with `first`.
    fn windows(&mut self, strand: Strand<'_>, tokens: &[Run], letters: u64, first: usize) {
        let token = tokens[first];
        let at = token.start as usize;
        let second =
            if token.len() > 1 { at + 1 } else { tokens.get(first + 1).map_or(at, |next| next.start as usize) };
        let Some(head) = self.head(strand.text[at], strand.text[second]) else { return };
        let canonical = head.parts >> token.len().min(63) & 1 == 1;
        let (mut hash, mut length) = (shape::START, 0);
        for last in first..tokens.len() {
            let gap = if last == first {
                0
            } else {
                shape::pack_gap(&strand.text[tokens[last - 1].end as usize..tokens[last].start as usize])
            };
            length += tokens[last].len();
            if length > LONGEST {
                break;
            }
            hash = shape::extend(hash, gap, tokens[last].len());
            let unusual = last > first && head.unusual >> (length - 1) & 1 == 1;
            let mixed = letters >> first.min(63) << first.min(63) & (!0 >> (63 - last.min(63))) != 0;
            if length >= FEWEST && mixed && (canonical || unusual) {
                let whole = first == 0 && last + 1 == tokens.len();
                self.window_of_tokens(
                    strand,
                    &tokens[first..=last],
                    canonical.then_some(hash),
                    unusual.then_some(length),
                    whole,
                );
            }
        }
    }

    fn window_of_tokens(
        &mut self,
        strand: Strand<'_>,
        tokens: &[Run],
        hash: Option<u64>,
        length: Option<usize>,
        whole: bool,
    ) {
        // Digits alone are a window of runs.
        if tokens.iter().all(|token| strand.text[token.range()].iter().all(u8::is_ascii_digit)) {
            return;
        }
        let index = self.index;
        let entries = hash.map_or(&[][..], |hash| index.shapes.get(hash).of(&index.entries));
        let others = length.map_or(&[][..], |length| index.mixed[length].of(&index.entries));
        if entries.is_empty() && others.is_empty() {
            return;
        }
        let range = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let place = strand.place(range.clone());
        if self.is_settled(&place) {
            return;
        }
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        self.scratch.symbols.clear();
        let begins = begins(strand.text, tokens);
        for entry in entries.iter().filter(|entry| entry.mixed && begins(entry)) {
            if !self.cells(strand, tokens, entry) {
                continue;
            }
            if entry.alone >= self.config.threshold || self.is_named(entry.pack, &place, true) || T::ON {
                self.try_tokens(strand, &range, entry, None, false, &mut fits);
            }
        }
        for entry in others.iter().filter(|entry| entry.unusual && begins(entry)) {
            if fits.iter().any(|fit| fit.pack == entry.pack) || !self.cells(strand, tokens, entry) {
                continue;
            }
            if entry.two_checks && whole || self.is_named(entry.pack, &place, false) {
                self.try_tokens(strand, &range, entry, Some(Written::Unusual), false, &mut fits);
            }
        }
        self.judge_mixed(fits);
    }

    /// Tries the beginning and the end of a token that is longer than a form: letters of the label, or words, touch it.
    fn glued(&mut self, strand: Strand<'_>, token: Run) {
        let most = token.len().min(LONGEST);
        for length in token.len().saturating_sub(GLUED).max(FEWEST)..most {
            for at_end in [false, true] {
                let start = if at_end { token.end as usize - length } else { token.start as usize };
                if self
                    .head(strand.text[start], strand.text[start + 1])
                    .is_none_or(|head| head.plain >> (length - 1) & 1 == 0)
                {
                    continue;
                }
                let entries = self.index.mixed[length].of(&self.index.entries);
                let range = start..start + length;
                // Letters may touch; a digit beside it makes it a part of something longer.
                let beside = if at_end { strand.text[start - 1] } else { strand.text[range.end] };
                if is(beside, DIGIT) {
                    continue;
                }
                let mut fits = std::mem::take(&mut self.scratch.fits);
                fits.clear();
                self.scratch.symbols.clear();
                let piece = [Run { start: range.start as u32, end: range.end as u32 }];
                let place = strand.place(range.clone());
                for entry in entries.iter().filter(begins(strand.text, &piece)) {
                    if !self.cells(strand, &piece, entry) {
                        continue;
                    }
                    if entry.two_checks || self.is_named(entry.pack, &place, false) {
                        self.try_tokens(strand, &range, entry, Some(Written::Plain), true, &mut fits);
                    }
                }
                self.judge_mixed(fits);
            }
        }
    }

    /// Whether the characters of the tokens are those of a form: cheaper to know than what words say.
    #[inline]
    fn cells(&mut self, strand: Strand<'_>, tokens: &[Run], entry: &Entry) -> bool {
        if self.scratch.symbols.is_empty() {
            for token in tokens {
                self.scratch.symbols.extend(&strand.text[token.range()]);
            }
        }
        let symbols = self.scratch.symbols.get();
        let form = &self.index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
        cells_match(form, symbols)
    }

    fn judge_mixed(&mut self, fits: Vec<Fit>) {
        if !fits.is_empty() {
            self.keep(&fits);
        }
        self.scratch.fits = fits;
    }

    fn try_tokens(
        &mut self,
        strand: Strand<'_>,
        range: &Range<usize>,
        entry: &Entry,
        written: Option<Written>,
        touched: bool,
        fits: &mut Vec<Fit>,
    ) {
        let pack = &self.index.packs[usize::from(entry.pack)];
        let form: &Form = &pack.forms[usize::from(entry.form)];
        let Some(range) = around(strand.text, range, form) else { return };
        let symbols = self.scratch.symbols.get();
        let Some(check) = fit(pack, form, symbols) else { return };
        let written = written.unwrap_or(if form.plain { Written::Plain } else { Written::Canonical });
        let small = strand.text[range.clone()].iter().any(|&byte| is(byte, LETTER) && !is(byte, UPPER));
        let place = strand.place(range);
        let found = Fit {
            pack: entry.pack,
            start: place.start,
            end: place.end,
            length: symbols.len() as u8,
            check,
            written,
            scores: form.scores.unwrap_or(pack.scores),
            touched,
            joins: entry.two_checks && check == Check::Valid && !small,
            // A form whose letters are free, in small letters and without separators, is a word or a hash.
            small_letters: small && written == Written::Plain && pack.scores.bare < 90,
        };
        add(fits, found);
    }
}

/// Which tokens hold letters, as bits; from the 64th on all are taken to.
fn lettered(text: &[u8], tokens: &[Run]) -> u64 {
    let has = |token: &Run| text[token.range()].iter().any(|byte| !byte.is_ascii_digit());
    let bits = tokens.iter().take(64).enumerate().fold(0, |bits, (n, token)| bits | u64::from(has(token)) << n);
    if tokens.len() > 64 { bits | 1 << 63 } else { bits }
}

/// Whether a form may begin with the first two characters of the tokens. Few do, and the rest cost 90 instructions each.
#[inline]
fn begins(text: &[u8], tokens: &[Run]) -> impl Fn(&&Entry) -> bool + use<> {
    let at = tokens[0].start as usize;
    let second = if tokens[0].len() > 1 { at + 1 } else { tokens.get(1).map_or(at, |next| next.start as usize) };
    let (first, second) = (SYMBOL[usize::from(text[at])], SYMBOL[usize::from(text[second])]);
    move |entry| entry.first >> first & entry.second >> second & 1 == 1
}

/// What a byte is to a token: 0 nothing, 1 a part, 2 a part between capitals.
const PART_OF: [u8; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = is(n as u8, LETTER | DIGIT) as u8;
        n += 1;
    }
    table[b'&' as usize] = 2;
    table
};

/// Whether a byte belongs to a token: letters, digits, the ampersand between capitals.
#[inline]
fn in_token(text: &[u8], at: usize) -> bool {
    match PART_OF[usize::from(text[at])] {
        0 => false,
        1 => true,
        _ => is_between_capitals(text, at),
    }
}

#[cold]
fn is_between_capitals(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(|&next| is(next, UPPER)) && at > 0 && is(text[at - 1], UPPER)
}

/// Where the token ends that `at` is in.
#[inline]
fn token_end(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && in_token(text, at) {
        at += 1;
    }
    at
}

/// The tokens around `from..to` that may belong together: all with digits or capitals, or bound by a hyphen or dot.
/// Whether they are the same for any digits inside them.
pub(crate) fn gather(text: &[u8], from: usize, to: usize, tokens: &mut Vec<Run>) -> bool {
    let mut start = from;
    while start > 0 && in_token(text, start - 1) {
        start -= 1;
    }
    let mut left = start;
    for _ in 0..TOKENS.0 {
        let Some(token) = token_before(text, left) else { break };
        tokens.push(token);
        left = token.start as usize;
    }
    tokens.reverse();
    let mut alone = tokens.len() < TOKENS.0;
    let (mut at, mut end, mut after) = (start, token_end(text, start), 0);
    while after < TOKENS.1 {
        tokens.push(Run { start: at as u32, end: end as u32 });
        let Some(next) = token_after(text, end) else { break };
        let stop = token_end(text, next);
        // A new strain of tokens begins where letters and digits do not hang together.
        if looks_right(text, end, next, next..stop) {
            after += usize::from(next >= to);
            (at, end) = (next, stop);
            continue;
        }
        let Some(digit) = (next..to).find(|&i| is(text[i], DIGIT)) else { break };
        tokens.push(BREAK);
        alone = false;
        at = digit;
        while at > next && in_token(text, at - 1) {
            at -= 1;
        }
        end = token_end(text, digit);
    }
    // From its last token, all before are still in reach.
    alone && tokens.len() <= TOKENS.0 + 1
}

/// The hexadecimal digits around `at`, and whether they are a long number: identifiers inside would be chance. Digits and
/// letters change often in one, and hardly in an account number that happens to have only such letters.
pub(crate) fn hash_around(text: &[u8], at: usize) -> (Range<usize>, bool) {
    let hexadecimal = |byte: &&u8| byte.is_ascii_hexdigit();
    let start = at - text[..at].iter().rev().take_while(hexadecimal).count();
    let end = at + text[at..].iter().take_while(hexadecimal).count();
    let cut = start > 0 && in_token(text, start - 1) || end < text.len() && in_token(text, end);
    if end - start < 16 || cut {
        return (start..end, false);
    }
    let changes = text[start..end].windows(2).filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit()).count();
    (start..end, changes >= 4)
}

/// Parts strains of tokens that do not belong together.
const BREAK: Run = Run { start: 0, end: 0 };

fn token_after(text: &[u8], end: usize) -> Option<usize> {
    let next = (end..text.len().min(end + 4)).find(|&i| in_token(text, i))?;
    (next > end).then_some(next)
}

fn token_before(text: &[u8], start: usize) -> Option<Run> {
    let end = (start.saturating_sub(3)..start).rev().find(|&i| in_token(text, i))? + 1;
    if end == start {
        return None;
    }
    let mut first = end;
    while first > 0 && end - first < 40 && in_token(text, first - 1) {
        first -= 1;
    }
    looks_right(text, end, start, first..end).then_some(Run { start: first as u32, end: end as u32 })
}

fn looks_right(text: &[u8], gap_start: usize, gap_end: usize, token: Range<usize>) -> bool {
    if text[gap_start..gap_end].iter().any(|&byte| PARTS[usize::from(byte)] || byte == b':') {
        return false;
    }
    let word = &text[token];
    if word.iter().any(|&byte| is(byte, DIGIT)) {
        return true;
    }
    let tight = matches!(&text[gap_start..gap_end], [b'-' | b'.' | b'/']);
    word.iter().all(|&byte| is(byte, UPPER)) && word.len() <= 8 || tight && word.len() <= 4
}
