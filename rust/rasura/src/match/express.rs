//! The common case in one go: groups of digits that are written as one pack says, with right check digits, or as a date.
//! Whatever is not so plain goes the usual way, which gives the same.

use std::ops::Range;

use rasura_pack::index::{Entry, FEWEST_DIGITS};
use rasura_pack::table::{DatePart, Form, Limit};

use super::digits::{around, touches};
use super::fit::{Check, fit};
use super::phone::{after_extension, has_plus, is_from_abroad};
use super::strand::Strand;
use super::{Fit, Run, Search, Written};
use crate::label::is_amount;
use crate::scan::row::Row;
use crate::trace::Trace;

impl<'a, T: Trace> Search<'a, T> {
    /// Tries linked runs of digits of the view, by which nothing stands that may be more than it seems. The first bit of
    /// `digits` is the byte `base`.
    pub(super) fn line(&mut self, base: usize, digits: u64) {
        self.scratch.settled = self.scratch.candidates.len();
        self.scratch.found = 0..0;
        if T::ON || !self.at_once(base, digits) {
            let mut runs = std::mem::take(&mut self.scratch.pieces.runs);
            runs.clear();
            runs.extend(Runs { base, digits });
            self.digits(Strand::whole(self.text), &runs, usize::MAX, false);
            self.scratch.pieces.runs = runs;
        }
    }

    /// The same, if only all runs together are a number and what they are is easily told: one that is written as a pack says,
    /// or nothing since no word stands near.
    #[inline]
    fn at_once(&mut self, base: usize, digits: u64) -> bool {
        let (text, index) = (self.text, self.index);
        let from = digits.trailing_zeros();
        let place = base + from as usize..base + 64 - digits.leading_zeros() as usize;
        if has_plus(text, place.start) {
            return self.international_at_once(base, digits);
        }
        if is_from_abroad(text, place.start) {
            return false;
        }
        let row = self.scratch.symbols.take_row(text, &place, digits >> from);
        let total = row.total as usize;
        // Nothing inside an address can win against it.
        if row.dots == 3 && row.runs == 4 && place.len() == total + 3 && self.is_ipv4(place.start, place.end) {
            return true;
        }
        if row.dots >= 3 {
            return false;
        }
        if total < FEWEST_DIGITS {
            return true;
        }
        let entries = self.written(row.shape);
        if row.runs == 1 {
            if !self.lone_run(&place, entries) {
                self.any_of(&place, entries);
            }
            return true;
        }
        let joined = index.unusual >> total & 1 == 1 && !is_price(&row, place.len());
        if !entries.is_empty() && self.express(Strand::whole(text), place.clone(), entries, joined, || false) {
            return true;
        }
        // Of more than two runs there are other windows, unless one run less leaves too few digits.
        let (first, last) = (row.first as usize, row.last as usize);
        let others = row.runs > 2 && total - first.min(last) >= FEWEST_DIGITS;
        if others || row.runs == row.total || !self.is_unsaid(&place, entries, joined) {
            return false;
        }
        let long = |run: usize| row.runs == 2 && run >= FEWEST_DIGITS;
        (!long(first) || self.is_unsaid_run(place.start..place.start + first))
            && (!long(last) || self.is_unsaid_run(place.end - last..place.end))
    }

    /// The forms that are written so as a whole.
    #[inline]
    fn written(&self, whole: u64) -> &'a [Entry] {
        let index = self.index;
        if self.config.local {
            let local = index.local_wholes.get(whole).of(&index.entries);
            if !local.is_empty() {
                return local;
            }
        }
        index.wholes.get(whole).of(&index.entries)
    }

    /// As [`Self::is_unsaid`] of a run that is one of two.
    fn is_unsaid_run(&mut self, place: Range<usize>) -> bool {
        let row = self.scratch.symbols.take_row(self.text, &place, (1 << place.len()) - 1);
        let entries = self.written(row.shape);
        let carries = |entry: &Entry| entry.alone >= self.config.threshold && self.is_right(entry);
        !entries.iter().any(carries) && self.is_unnamed(&place, entries)
    }

    /// Tries a run by which nothing stands that it could be joined to. Whether that was all: one pack alone has it, or none
    /// has it without a word and none stands near.
    fn lone_run(&mut self, place: &Range<usize>, entries: &[Entry]) -> bool {
        let mut carried: Option<Fit> = None;
        for entry in entries.iter().filter(|entry| entry.alone >= self.config.threshold) {
            let Some(check @ (Check::Valid | Check::None)) = self.checked(entry) else { continue };
            let pack = &self.index.packs[usize::from(entry.pack)];
            let found = Fit::of_form(entry, pack, place, check, Written::Plain);
            let form = &pack.forms[usize::from(entry.form)];
            match carried {
                _ if entry.look_alike || !form.prefix.is_empty() || !form.suffix.is_empty() => return false,
                _ if !form.plans.is_empty() && after_extension(self.text, place.end) > place.end => return false,
                Some(known) if known.pack != found.pack => return false,
                // Of two forms of one pack the better one counts.
                Some(known) if known.scores.canonical >= found.scores.canonical => {}
                _ => carried = Some(found),
            }
        }
        let Some(found) = carried else { return self.is_unnamed(place, entries) };
        // A word could name another that it is as well; to one with wrong check digits right ones never give way.
        let other = |other: &Entry| other.pack != found.pack && self.is_right(other);
        if self.unscored && found.check == Check::Valid && !entries.iter().any(other) {
            return self.take_evident(&found).is_some();
        }
        if self.is_spoken_for(place) {
            return false;
        }
        self.judge(&[found]);
        true
    }

    /// Tries what several packs have of a run, or what needs a word: nothing else can be made of it.
    fn any_of(&mut self, place: &Range<usize>, entries: &[Entry]) {
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        let amount = is_amount(self.text, place);
        let text = self.text;
        self.listed(Strand::whole(text), place, || touches(text, place), (entries, amount), place, &mut fits);
        if !fits.is_empty() {
            self.keep(&fits);
        }
        self.scratch.fits = fits;
    }

    /// Whether the digits at hand are those of a form, and its check digits are not wrong.
    fn is_right(&self, entry: &Entry) -> bool {
        matches!(self.checked(entry), Some(Check::Valid | Check::None))
    }

    /// Whether no word stands near that could make of a run without separators what a form of `entries` is.
    fn is_unnamed(&mut self, place: &Range<usize>, entries: &[Entry]) -> bool {
        let amount = is_amount(self.text, place);
        // Nearly every number is one of some country, so the words are asked first.
        if entries.is_empty() || !self.is_spoken_for(place) {
            return true;
        }
        let possible = |entry: &Entry| (!amount || entry.checked || entry.look_alike) && self.checked(entry).is_some();
        !entries.iter().any(possible)
    }

    /// Whether only words could make anything of several runs together, and none near does: no form that is taken without
    /// them has these digits.
    fn is_unsaid(&mut self, place: &Range<usize>, entries: &[Entry], joined: bool) -> bool {
        let index = self.index;
        let length = self.scratch.symbols.get().len();
        if joined && index.carried >> length & 1 == 1 {
            let lists = [index.digits[length].of(&index.entries), index.mixed[length].of(&index.entries)];
            let mut carried = lists.into_iter().flatten().filter(|entry| entry.unusual && entry.two_checks);
            if carried.any(|entry| self.checked(entry) == Some(Check::Valid)) {
                return false;
            }
        }
        if entries.is_empty() && !joined {
            return true;
        }
        let (head, threshold) = (self.scratch.symbols.head(), self.config.threshold);
        let amount = is_amount(self.text, place);
        let mut possible = joined && !amount;
        for entry in entries.iter().filter(|entry| entry.begins(head)) {
            // Wrong check digits are something by their label or by their punctuation.
            if entry.alone >= threshold {
                return false;
            }
            possible |= !amount || entry.checked || entry.look_alike;
        }
        !possible || !self.is_spoken_for(place)
    }

    /// What the check digits of a form say of the digits at hand, if it has such.
    #[inline]
    fn checked(&self, entry: &Entry) -> Option<Check> {
        let symbols = &self.scratch.symbols;
        let pack = &self.index.packs[usize::from(entry.pack)];
        let form = &pack.forms[usize::from(entry.form)];
        if entry.begins(symbols.head()) { fit(pack, form, symbols, &self.config.plans) } else { None }
    }

    /// Takes all linked runs, several of them, whose digits are collected and which no letters touch, if one form alone has
    /// them and nothing else matters; whether there is nothing more to try.
    #[inline]
    pub(super) fn express(
        &mut self,
        strand: Strand<'_>,
        range: Range<usize>,
        entries: &'a [Entry],
        joined: bool,
        regroups: impl FnOnce() -> bool,
    ) -> bool {
        let Some((entry, form, check)) = self.only(entries) else { return false };
        let Some(range) = around(strand.text, &range, form) else { return false };
        let place = strand.cover(range.clone());
        let pack = &self.index.packs[usize::from(entry.pack)];
        let found = Fit::of_form(entry, pack, &place, check, Written::Canonical);
        // What may be another number too, written in no form of that, is not so plain, save what holds a date.
        let bytes = &strand.text[range];
        let dated = || matches!(&*pack.limits, [Limit::Date(date), ..] if begins_as_date(bytes, date)) || regroups();
        if check == Check::Invalid || joined && !self.stands(&found) && !dated() {
            return false;
        }
        if entry.look_alike { self.shield(&[found]) } else { self.judge(&[found]) }
    }

    /// The one form that the digits at hand have, if no other pack may have them and no words are needed for it.
    #[inline]
    fn only(&self, entries: &'a [Entry]) -> Option<(&'a Entry, &'a Form, Check)> {
        let index = self.index;
        let symbols = &self.scratch.symbols;
        let head = symbols.head();
        let mut only: Option<(&Entry, &Form, Check)> = None;
        for entry in entries.iter().filter(|entry| entry.begins(head)) {
            let pack = &index.packs[usize::from(entry.pack)];
            let form = &pack.forms[usize::from(entry.form)];
            let Some(check) = fit(pack, form, symbols, &self.config.plans) else { continue };
            match only {
                // Of two forms of one pack the better one counts.
                Some((known, ..)) if known.pack != entry.pack => return None,
                Some((known, ..)) if known.alone >= entry.alone => {}
                _ => only = Some((entry, form, check)),
            }
        }
        only.filter(|(entry, form, _)| !form.plain && entry.alone >= self.config.threshold)
    }
}

/// Whether digits that begin with a day which exists are written as a date: see [`super::separate::regroups`].
#[inline]
fn begins_as_date(bytes: &[u8], date: &DatePart) -> bool {
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_digit());
    let (first, second) = (marks.next(), marks.next());
    date.at == 0 && date.order.length() == 8 && first == second && matches!(first, Some(b'/' | b'-' | b'.'))
}

/// Whether all is an amount with decimals: see [`super::separate::is_decimal`].
#[inline]
fn is_price(row: &Row, length: usize) -> bool {
    row.dots == 1 && row.runs == 2 && length == row.total as usize + 1 && row.last == 2 && (4..9).contains(&row.first)
}

/// Runs by the bits of their digits.
#[derive(Clone)]
pub(super) struct Runs {
    pub(super) base: usize,
    pub(super) digits: u64,
}

impl Iterator for Runs {
    type Item = Run;

    #[inline]
    fn next(&mut self) -> Option<Run> {
        if self.digits == 0 {
            return None;
        }
        // The sum carries over the lowest run, whose bits it clears.
        let sum = self.digits.wrapping_add(self.digits & self.digits.wrapping_neg());
        let (start, end) = (self.digits.trailing_zeros(), sum.trailing_zeros());
        self.digits &= sum;
        let base = self.base as u32;
        Some(Run { start: base + start, end: base + end })
    }
}
