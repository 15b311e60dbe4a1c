//! What templates cannot say, each kind in a file of its own: pure functions from a place in a text to what stands there.

mod br_code;
mod crypto;
mod mrz;
mod track;
pub(crate) mod url;

use std::ops::Range;

use rasura_pack::table::Grammar;

use super::{Check, Fit, Search};
use crate::trace::Trace;

/// What a grammar has read.
struct Read {
    range: Range<usize>,
    check: Check,
}

/// Bytes behind digits after which a grammar may have read on: `^` and `=` of a stripe, the filler of a machine readable
/// zone, the `b` of `br.gov.bcb.pix`, a colon.
const BEHIND: [bool; 256] = {
    let (mut table, mut n) = ([false; 256], 0);
    let bytes = b"^=<bB:";
    while n < bytes.len() {
        table[bytes[n] as usize] = true;
        n += 1;
    }
    table
};

impl<T: Trace> Search<'_, T> {
    /// Looks at what stands directly behind the digits from `start` to `end`.
    #[inline]
    pub(crate) fn beside(&mut self, start: usize, end: usize) {
        let behind = self.text.get(end).copied().unwrap_or(b' ');
        if BEHIND[usize::from(behind)] || crypto::may_be_inside(self.text, start, end) {
            self.by_grammar(start, end, behind);
        }
    }

    #[inline(never)]
    fn by_grammar(&mut self, start: usize, end: usize, behind: u8) {
        let text = self.text;
        match behind {
            b'^' | b'=' => self.read(Grammar::Track, track::around(text, end)),
            b'<' => self.read(Grammar::Mrz, mrz::around(text, end)),
            b'b' | b'B' => {
                if let Some(code) = br_code::around(text, end) {
                    let grammar = if code.personal { Grammar::BrCode } else { Grammar::BrCodeMerchant };
                    self.read(grammar, Some(code.read));
                }
            }
            b':' => self.token_behind(end),
            _ => {}
        }
        self.read(Grammar::Crypto, crypto::around(text, start, end));
    }

    /// Looks for the letter between two dates in digits and letters from `start` to `end`.
    pub(crate) fn zone(&mut self, start: usize, end: usize) {
        let text = self.text;
        if end - start < 2 * mrz::DATE {
            return;
        }
        let mut letters =
            (start..end).filter(|&at| matches!(text[at], b'M' | b'F' | b'X' | b'H') && is_digit(text[at + 1]));
        self.read(Grammar::Mrz, letters.find_map(|at| mrz::around(text, at)));
    }

    /// Looks at the word at `at` for what begins an address of a crypto-currency.
    pub(crate) fn crypto(&mut self, at: usize) {
        self.read(Grammar::Crypto, crypto::at_word(self.text, at));
    }

    /// Looks at the word at `at` for a web address.
    pub(crate) fn url(&mut self, at: usize) {
        let range = url::at_word(self.text, at);
        self.read(Grammar::Url, range.map(|range| Read { range, check: Check::None }));
    }

    /// Looks before the `@` at `at` for a user and a password in a web address. Whether they stand there.
    pub(crate) fn credentials(&mut self, at: usize) -> bool {
        let range = url::credentials(self.text, at);
        let found = range.is_some();
        self.read(Grammar::UrlCredentials, range.map(|range| Read { range, check: Check::None }));
        found
    }

    fn read(&mut self, grammar: Grammar, read: Option<Read>) {
        let Some(Read { range, check }) = read else { return };
        let packs = self.with_grammar(grammar);
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(packs.map(|(number, pack)| Fit { check, ..Fit::of_grammar(number, &range, pack.scores) }));
        if self.judge(&fits) && !T::ON {
            self.scratch.covered = range;
        }
        self.scratch.fits = fits;
    }
}

/// How many bytes from `at` on are such.
fn run(text: &[u8], at: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    text[at.min(text.len())..].iter().take(most).take_while(|&&byte| is(byte)).count()
}

/// How many bytes directly before `at` are such.
fn run_before(text: &[u8], at: usize, most: usize, is: impl Fn(u8) -> bool) -> usize {
    text[..at].iter().rev().take(most).take_while(|&&byte| is(byte)).count()
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}
