//! The common case in one go: groups of digits with nothing else near that are written as one pack says, with right
//! check digits, or as a date. Whatever is not so plain goes the usual way, which gives the same.

use rasura_pack::index::Entry;
use rasura_pack::shape;
use rasura_pack::table::Form;

use super::digits::{Window, around};
use super::fit::{Check, fit};
use super::strand::Strand;
use super::{Fit, Run, Search, Written, separate};
use crate::scan::clusters::FEWEST;
use crate::trace::Trace;

/// The most runs that are looked at.
const RUNS: usize = 8;
/// The most digits.
const MOST: usize = 20;

impl<'a, T: Trace> Search<'a, T> {
    /// Tries the digits `start..end` of the text, marked from its first bit on, beside which nothing stands that could
    /// belong to them; whether there is nothing more to try.
    #[inline]
    pub(super) fn express(&mut self, start: usize, end: usize, digits: u64) -> bool {
        let text = self.text;
        let signed = text[start.saturating_sub(3)..start].contains(&b'+');
        if T::ON || signed || start < self.scratch.hash {
            return false;
        }
        let mut runs = [Run { start: 0, end: 0 }; RUNS];
        let (mut count, mut hash, mut from, mut rest) = (0, shape::START, start, digits);
        self.scratch.symbols.clear();
        loop {
            let length = (!rest).trailing_zeros() as usize;
            if count == RUNS || self.scratch.symbols.get().len() + length > MOST {
                return false;
            }
            let gap = if count == 0 { 0 } else { shape::pack_gap(&text[runs[count - 1].end as usize..from]) };
            hash = shape::extend(hash, gap, length);
            self.scratch.symbols.extend_digits(text, from, from + length);
            runs[count] = Run { start: from as u32, end: (from + length) as u32 };
            count += 1;
            if from + length >= end {
                break;
            }
            rest >>= length;
            let between = rest.trailing_zeros() as usize;
            rest >>= between;
            from += length + between;
        }
        let runs = &runs[..count];
        let total = self.scratch.symbols.get().len();
        // One run has labels to be asked for, and four with dots may be an address.
        let address = count >= 4 && text[runs[0].end as usize] == b'.';
        if count < 2 || total < FEWEST as usize || address {
            return false;
        }
        let Some((entry, form, check)) = self.only(hash) else { return false };
        let Some(place) = around(text, &(start..end), form) else { return false };
        let pack = &self.index.packs[usize::from(entry.pack)];
        let found = Fit {
            pack: entry.pack,
            start: place.start,
            end: place.end,
            length: total as u8,
            check,
            written: Written::Canonical,
            scores: form.scores.unwrap_or(pack.scores),
            touched: false,
            joins: check == Check::Valid && entry.two_checks,
            small_letters: false,
        };
        self.scratch.settled = self.scratch.candidates.len();
        self.scratch.found = 0..0;
        if entry.look_alike {
            let window = Window { runs, first: 0, last: count - 1, cut: false };
            return separate::regroups(Strand::whole(text), &window) && self.shield(&[found]);
        }
        check == Check::Valid && self.judge(&[found])
    }

    /// The one form of a shape that the digits at hand have, if no other may have them and no words are needed for it.
    #[inline]
    fn only(&self, hash: u64) -> Option<(&'a Entry, &'a Form, Check)> {
        let index = self.index;
        let symbols = &self.scratch.symbols;
        let mut only = None;
        for entry in index.shapes.get(hash).of(&index.entries).iter().filter(|entry| entry.begins(symbols.head())) {
            let pack = &index.packs[usize::from(entry.pack)];
            let form = &pack.forms[usize::from(entry.form)];
            if entry.alone < self.config.threshold {
                return None;
            }
            if let Some(check) = fit(pack, form, symbols) {
                if only.is_some() {
                    return None;
                }
                only = Some((entry, form, check));
            }
        }
        only.filter(|(_, form, _)| !form.plain)
    }
}
