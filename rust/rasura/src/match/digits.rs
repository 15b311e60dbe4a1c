//! Windows of digit runs: every pack whose form or length they have.

use std::ops::Range;

use rasura_pack::shape;
use rasura_pack::table::{Form, Pack};

use super::fit::{Check, fit};
use super::strand::{REACH, Strand};
use super::{Fit, Run, Search, Written, separate};
use crate::scan::clusters::FEWEST;
use crate::trace::Trace;
use crate::view::class::{LETTER, is};

/// The most digits of an identifier.
const MOST: usize = 48;

/// A window of runs of a strand.
#[derive(Clone, Copy)]
pub(crate) struct Window<'r> {
    /// All runs that are linked.
    pub(crate) runs: &'r [Run],
    /// The first run of the window.
    pub(crate) first: usize,
    /// The last.
    pub(crate) last: usize,
    /// Whether runs before the first of `runs` were cut off.
    pub(crate) cut: bool,
}

impl Window<'_> {
    /// Where the window lies in its strand.
    pub(crate) fn range(&self) -> Range<usize> {
        self.runs[self.first].start as usize..self.runs[self.last].end as usize
    }
}

impl<T: Trace> Search<'_, T> {
    /// Tries every window of linked runs that begins before `limit`.
    pub(crate) fn digits(&mut self, strand: Strand<'_>, runs: &[Run], limit: usize, cut: bool) {
        let total: usize = runs.iter().map(|run| run.len()).sum();
        if runs.len() >= 4 {
            self.ipv4(strand, runs, cut);
        }
        if total < FEWEST as usize {
            return;
        }
        self.international(strand, runs);
        let last = runs.len() - 1;
        if last > 0 && total <= MOST {
            let hash = runs.iter().enumerate().fold(shape::START, |hash, (n, run)| extend(strand, runs, n, hash, *run));
            if self.window(strand, Window { runs, first: 0, last, cut }, hash, total) {
                return;
            }
        }
        for first in 0..runs.len() {
            if runs[first].start as usize >= limit {
                break;
            }
            let (mut hash, mut digits) = (shape::START, 0);
            for (n, run) in runs.iter().enumerate().skip(first) {
                digits += run.len();
                let place = strand.place(runs[first].start as usize..run.end as usize);
                if digits > MOST || place.len() > REACH {
                    break;
                }
                hash = extend(strand, runs, if n == first { 0 } else { n }, hash, *run);
                let whole = first == 0 && n == last && last > 0;
                if digits >= FEWEST as usize && !whole {
                    self.window(strand, Window { runs, first, last: n, cut }, hash, digits);
                }
            }
        }
    }

    /// Tries one window; whether a canonical candidate was taken, which leaves nothing for windows inside.
    fn window(&mut self, strand: Strand<'_>, window: Window<'_>, hash: u64, digits: usize) -> bool {
        let range = window.range();
        let catalogue = self.catalogue;
        let mut fits = std::mem::take(&mut self.scratch.fits);
        let mut symbols = std::mem::take(&mut self.scratch.symbols);
        fits.clear();
        symbols.clear();
        let touched = touches(strand.text, &range) || separate::is_part(strand, &window);
        for (number, pack, form) in catalogue.by_shape(hash) {
            collect(strand, &window, &mut symbols);
            if let Some(found) = self.try_form(strand, &range, &symbols, (number, pack, form), touched) {
                add(&mut fits, found);
            }
        }
        if window.first < window.last {
            self.unusual(strand, &window, digits, &mut symbols, &mut fits, touched);
        }
        let taken = !fits.is_empty() && self.judge(&fits);
        self.scratch.fits = fits;
        self.scratch.symbols = symbols;
        taken
    }

    fn try_form(&mut self, strand: Strand<'_>, range: &Range<usize>, symbols: &[u8], (number, pack, form): (u16, &Pack, &Form), touched: bool) -> Option<Fit> {
        let range = around(strand.text, range, form)?;
        let check = fit(pack, form, symbols)?;
        let place = strand.place(range);
        Some(Fit {
            pack: number,
            start: place.start,
            end: place.end,
            length: symbols.len() as u8,
            check,
            written: if form.plain { Written::Plain } else { Written::Canonical },
            scores: form.scores.unwrap_or(pack.scores),
            touched,
            joins: pack.check_digits >= 2 && check == Check::Valid,
            small_letters: false,
        })
    }

    /// Packs whose number of digits the window has, with separators that no form of theirs lists.
    fn unusual(&mut self, strand: Strand<'_>, window: &Window<'_>, digits: usize, symbols: &mut Vec<u8>, fits: &mut Vec<Fit>, touched: bool) {
        let catalogue = self.catalogue;
        let place = strand.place(window.range());
        let apart = separate::each_apart(strand, window);
        if !apart && separate::plainly(strand, window) {
            return;
        }
        let alone = apart || separate::stands_alone(strand, window, self.text, &place);
        for (number, pack, form) in catalogue.by_length(digits, true).chain(catalogue.by_length(digits, false)) {
            if !form.unusual || fits.iter().any(|fit| fit.pack == number) {
                continue;
            }
            let two = pack.check_digits >= 2 && alone;
            let one = apart && pack.check_digits >= 1;
            if !(two || one || self.is_named(number, &place)) {
                continue;
            }
            collect(strand, window, symbols);
            let Some(check) = fit(pack, form, symbols) else { continue };
            let found = Fit {
                pack: number,
                start: place.start,
                end: place.end,
                length: digits as u8,
                check,
                written: Written::Unusual,
                scores: form.scores.unwrap_or(pack.scores),
                touched,
                joins: (two || one) && check == Check::Valid,
                small_letters: false,
            };
            add(fits, found);
        }
    }
}

/// Adds a fit; of two forms of one pack the better verdict stays.
pub(crate) fn add(fits: &mut Vec<Fit>, found: Fit) {
    match fits.iter_mut().find(|fit| fit.pack == found.pack) {
        Some(known) if (found.check, found.scores.canonical) > (known.check, known.scores.canonical) => *known = found,
        Some(_) => {}
        None => fits.push(found),
    }
}

#[inline]
fn extend(strand: Strand<'_>, runs: &[Run], n: usize, hash: u64, run: Run) -> u64 {
    let gap = if n == 0 { 0 } else { shape::pack_gap(&strand.text[runs[n - 1].end as usize..run.start as usize]) };
    shape::extend(hash, gap, run.len())
}

/// Appends the digits of a window once.
#[inline]
fn collect(strand: Strand<'_>, window: &Window<'_>, symbols: &mut Vec<u8>) {
    if symbols.is_empty() {
        for run in &window.runs[window.first..=window.last] {
            symbols.extend(strand.text[run.range()].iter().map(|byte| byte - b'0'));
        }
    }
}

#[inline]
fn touches(text: &[u8], range: &Range<usize>) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(|&byte| is(byte, LETTER));
    letter(text.get(range.start.wrapping_sub(1))) || letter(text.get(range.end))
}

/// The range with the form's prefix and suffix, if they stand there.
#[inline]
pub(crate) fn around(text: &[u8], range: &Range<usize>, form: &Form) -> Option<Range<usize>> {
    if form.prefix.is_empty() && form.suffix.is_empty() {
        return Some(range.clone());
    }
    let head = text[..range.start].ends_with(form.prefix.as_bytes());
    let tail = text[range.end..].starts_with(form.suffix.as_bytes());
    (head && tail).then(|| range.start - form.prefix.len()..range.end + form.suffix.len())
}
