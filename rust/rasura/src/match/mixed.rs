//! Windows of tokens that hold letters and digits: forms with letters, glued or apart.

use std::ops::Range;

use rasura_pack::shape::{self, NO_SYMBOL, SYMBOL};
use rasura_pack::table::{Form, Pack};

use super::digits::{add, around};
use super::fit::{Check, fit};
use super::strand::Strand;
use super::{Fit, Run, Search, Written};
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, UPPER, is};

/// The fewest characters of a form with letters.
const FEWEST: usize = 8;
/// How many tokens before and after the digits may belong to it.
const TOKENS: (usize, usize) = (4, 12);
/// The most characters that letters around a glued identifier may have.
const GLUED: usize = 24;

impl<T: Trace> Search<'_, T> {
    /// Tries the tokens around the digits `from..to`.
    pub(crate) fn mixed(&mut self, strand: Strand<'_>, from: usize, to: usize) {
        let mut tokens = std::mem::take(&mut self.scratch.tokens);
        tokens.clear();
        gather(strand.text, from, to, &mut tokens);
        let total: usize = tokens.iter().map(|token| token.len()).sum();
        if total >= FEWEST {
            self.windows(strand, &tokens);
            for token in &tokens {
                self.glued(strand, *token);
            }
        }
        self.scratch.tokens = tokens;
    }

    fn windows(&mut self, strand: Strand<'_>, tokens: &[Run]) {
        for first in 0..tokens.len() {
            let (mut hash, mut length) = (shape::START, 0);
            for last in first..tokens.len() {
                let gap = if last == first { 0 } else { shape::pack_gap(&strand.text[tokens[last - 1].end as usize..tokens[last].start as usize]) };
                length += tokens[last].len();
                if length > rasura_pack::index::LONGEST {
                    break;
                }
                hash = shape::extend(hash, gap, tokens[last].len());
                if length >= FEWEST {
                    self.window_of_tokens(strand, &tokens[first..=last], hash, length);
                }
            }
        }
    }

    fn window_of_tokens(&mut self, strand: Strand<'_>, tokens: &[Run], hash: u64, length: usize) {
        let catalogue = self.catalogue;
        let range = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let mut fits = std::mem::take(&mut self.scratch.fits);
        let mut symbols = std::mem::take(&mut self.scratch.symbols);
        fits.clear();
        symbols.clear();
        for (number, pack, form) in catalogue.by_shape(hash).filter(|(_, _, form)| !form.digits) {
            collect(strand.text, tokens, &mut symbols);
            let written = if form.plain { Written::Plain } else { Written::Canonical };
            if let Some(found) = try_form(strand, &range, &symbols, (number, pack, form), written, false) {
                add(&mut fits, found);
            }
        }
        if tokens.len() > 1 {
            for (number, pack, form) in catalogue.by_length(length, false) {
                if !form.unusual || fits.iter().any(|fit| fit.pack == number) {
                    continue;
                }
                collect(strand.text, tokens, &mut symbols);
                if let Some(found) = try_form(strand, &range, &symbols, (number, pack, form), Written::Unusual, false) {
                    add(&mut fits, found);
                }
            }
        }
        self.judge_all(&mut fits, symbols);
    }

    /// Tries the beginning and the end of a token that is longer than a form: letters of the label, or words, touch it.
    fn glued(&mut self, strand: Strand<'_>, token: Run) {
        let catalogue = self.catalogue;
        let most = token.len().min(rasura_pack::index::LONGEST);
        for length in token.len().saturating_sub(GLUED).max(FEWEST)..most {
            for at_end in [false, true] {
                let start = if at_end { token.end as usize - length } else { token.start as usize };
                let range = start..start + length;
                // Letters may touch; a digit beside it makes it a part of something longer.
                let beside = if at_end { strand.text[start - 1] } else { strand.text[range.end] };
                if is(beside, DIGIT) {
                    continue;
                }
                let mut fits = std::mem::take(&mut self.scratch.fits);
                let mut symbols = std::mem::take(&mut self.scratch.symbols);
                fits.clear();
                symbols.clear();
                for (number, pack, form) in catalogue.by_length(length, false).filter(|(_, _, form)| form.as_plain) {
                    collect(strand.text, &[Run { start: range.start as u32, end: range.end as u32 }], &mut symbols);
                    if let Some(found) = try_form(strand, &range, &symbols, (number, pack, form), Written::Plain, true) {
                        add(&mut fits, found);
                    }
                }
                self.judge_all(&mut fits, symbols);
            }
        }
    }

    fn judge_all(&mut self, fits: &mut Vec<Fit>, symbols: Vec<u8>) {
        if !fits.is_empty() {
            self.judge(fits);
        }
        self.scratch.fits = std::mem::take(fits);
        self.scratch.symbols = symbols;
    }
}

fn try_form(strand: Strand<'_>, range: &Range<usize>, symbols: &[u8], (number, pack, form): (u16, &Pack, &Form), written: Written, touched: bool) -> Option<Fit> {
    let range = around(strand.text, range, form)?;
    let check = fit(pack, form, symbols)?;
    let small = strand.text[range.clone()].iter().any(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    let place = strand.place(range);
    Some(Fit {
        pack: number,
        start: place.start,
        end: place.end,
        length: symbols.len() as u8,
        check,
        written,
        scores: form.scores.unwrap_or(pack.scores),
        touched,
        joins: pack.check_digits >= 2 && check == Check::Valid && !small,
        // A form whose letters are free, in small letters and without separators, is a word or a hash.
        small_letters: small && written == Written::Plain && pack.scores.bare < 90,
    })
}

fn collect(text: &[u8], tokens: &[Run], symbols: &mut Vec<u8>) {
    if symbols.is_empty() {
        for token in tokens {
            symbols.extend(text[token.range()].iter().map(|&byte| SYMBOL[usize::from(byte)]));
        }
    }
}

/// Whether a byte belongs to a token: letters, digits, the ampersand between them.
fn in_token(text: &[u8], at: usize) -> bool {
    let byte = text[at];
    is(byte, LETTER | DIGIT) || byte == b'&' && text.get(at + 1).is_some_and(|&next| is(next, UPPER)) && at > 0 && is(text[at - 1], UPPER)
}

/// The tokens around `from..to` that may belong together: all with digits or capitals, or bound by a hyphen or dot.
fn gather(text: &[u8], from: usize, to: usize, tokens: &mut Vec<Run>) {
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
        // Between the first and the last digit everything belongs to the cluster; beyond, tokens must look like it.
        if next >= to {
            after += 1;
            if !belongs(text, end, next) {
                break;
            }
        }
        at = next;
    }
}

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
    let word = &text[token];
    if word.iter().any(|&byte| is(byte, DIGIT)) {
        return true;
    }
    let tight = matches!(&text[gap_start..gap_end], [b'-' | b'.' | b'/']);
    word.iter().all(|&byte| is(byte, UPPER)) && word.len() <= 8 || tight && word.len() <= 4
}

const _: () = assert!(NO_SYMBOL > 37);
