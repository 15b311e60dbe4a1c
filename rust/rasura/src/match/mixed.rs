//! Windows of tokens that hold letters and digits: forms with letters, glued or apart.

use std::ops::Range;

use rasura_pack::index::{Entry, LONGEST};
use rasura_pack::shape;
use rasura_pack::table::Form;

use super::digits::{add, around};
use super::fit::{Check, cells_match, fit};
use super::strand::Strand;
use super::{Fit, PARTS, Run, Search, Written};
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
        let mut tokens = std::mem::take(&mut self.scratch.tokens);
        tokens.clear();
        gather(strand.text, from, to, &mut tokens);
        for strain in tokens.split(|token| token.len() == 0) {
            let total: usize = strain.iter().map(|token| token.len()).sum();
            for first in 0..if total >= FEWEST { strain.len() } else { 0 } {
                let known = self.scratch.candidates.len();
                self.windows(strand, strain, first);
                let token = strain[first];
                if token.len() > FEWEST && self.scratch.candidates.len() == known && !is_hash(&strand.text[token.range()]) {
                    self.glued(strand, token);
                }
            }
        }
        self.scratch.tokens = tokens;
    }

    /// Tries every window of tokens that begins with `first`.
    fn windows(&mut self, strand: Strand<'_>, tokens: &[Run], first: usize) {
        let canonical = self.index.mixed_first >> tokens[first].len().min(63) & 1 == 1;
        let (mut hash, mut length) = (shape::START, 0);
        for last in first..tokens.len() {
            let gap = if last == first { 0 } else { shape::pack_gap(&strand.text[tokens[last - 1].end as usize..tokens[last].start as usize]) };
            length += tokens[last].len();
            if length > LONGEST {
                break;
            }
            hash = shape::extend(hash, gap, tokens[last].len());
            if length >= FEWEST {
                let whole = first == 0 && last + 1 == tokens.len();
                self.window_of_tokens(strand, &tokens[first..=last], canonical.then_some(hash), length, whole);
            }
        }
    }

    fn window_of_tokens(&mut self, strand: Strand<'_>, tokens: &[Run], hash: Option<u64>, length: usize, whole: bool) {
        let index = self.index;
        let entries = hash.map_or(&[][..], |hash| index.shapes.get(hash).of(&index.entries));
        let others = if tokens.len() > 1 { index.mixed[length].of(&index.entries) } else { &[] };
        if entries.is_empty() && others.is_empty() {
            return;
        }
        let range = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let place = strand.place(range.clone());
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        self.scratch.symbols.clear();
        for entry in entries.iter().filter(|entry| entry.mixed) {
            if !self.cells(strand, tokens, entry) {
                continue;
            }
            if entry.alone >= self.config.threshold || self.is_named(entry.pack, &place, true) || T::ON {
                self.try_tokens(strand, &range, entry, None, false, &mut fits);
            }
        }
        for entry in others.iter().filter(|entry| entry.unusual) {
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
        let index = self.index;
        let most = token.len().min(LONGEST);
        for length in token.len().saturating_sub(GLUED).max(FEWEST)..most {
            let entries = index.mixed[length].of(&index.entries);
            if entries.is_empty() {
                continue;
            }
            for at_end in [false, true] {
                let start = if at_end { token.end as usize - length } else { token.start as usize };
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
                for entry in entries {
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
        if entry.first >> symbols[0] & entry.second >> symbols[1] & 1 == 0 {
            return false;
        }
        let form = &self.index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
        cells_match(form, symbols)
    }

    fn judge_mixed(&mut self, fits: Vec<Fit>) {
        if !fits.is_empty() {
            self.judge(&fits);
        }
        self.scratch.fits = fits;
    }

    #[expect(clippy::too_many_arguments, reason = "what a window and a form are, taken apart once")]
    fn try_tokens(&mut self, strand: Strand<'_>, range: &Range<usize>, entry: &Entry, written: Option<Written>, touched: bool, fits: &mut Vec<Fit>) {
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

/// Whether a byte belongs to a token: letters, digits, the ampersand between them.
fn in_token(text: &[u8], at: usize) -> bool {
    let byte = text[at];
    is(byte, LETTER | DIGIT) || byte == b'&' && text.get(at + 1).is_some_and(|&next| is(next, UPPER)) && at > 0 && is(text[at - 1], UPPER)
}

/// The tokens around `from..to` that may belong together: all with digits or capitals, or bound by a hyphen or dot.
pub(crate) fn gather(text: &[u8], from: usize, to: usize, tokens: &mut Vec<Run>) {
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
    let mut at = start;
    let mut after = 0;
    while after < TOKENS.1 {
        let end = (at..text.len()).find(|&i| !in_token(text, i)).unwrap_or(text.len());
        tokens.push(Run { start: at as u32, end: end as u32 });
        let Some(next) = token_after(text, end) else { break };
        // A new strain of tokens begins where letters and digits do not hang together.
        if !belongs(text, end, next) {
            match (next..to).find(|&i| is(text[i], DIGIT)) {
                Some(digit) => {
                    tokens.push(BREAK);
                    let mut first = digit;
                    while first > next && in_token(text, first - 1) {
                        first -= 1;
                    }
                    at = first;
                    continue;
                }
                None => break,
            }
        }
        after += usize::from(next >= to);
        at = next;
    }
}

/// Whether a token is a long hexadecimal number: identifiers inside would be chance.
pub(crate) fn is_hash(token: &[u8]) -> bool {
    token.len() >= 16 && token.iter().all(u8::is_ascii_hexdigit)
}

/// Parts strains of tokens that do not belong together.
const BREAK: Run = Run { start: 0, end: 0 };

fn token_after(text: &[u8], end: usize) -> Option<usize> {
    let next = (end..text.len().min(end + 4)).find(|&i| in_token(text, i))?;
    (next > end).then_some(next)
}

/// Whether the token at `next`, with its gap from `end`, may belong to the identifier before it.
fn belongs(text: &[u8], end: usize, next: usize) -> bool {
    let stop = (next..text.len()).find(|&i| !in_token(text, i)).unwrap_or(text.len());
    looks_right(text, end, next, next..stop)
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
