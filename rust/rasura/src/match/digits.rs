//! Windows of digit runs: every pack whose form or length they have.

use std::ops::Range;

use rasura_pack::index::{Entry, FEWEST_DIGITS};
use rasura_pack::shape;
use rasura_pack::table::{Form, Report};

use super::fit::{Check, fit};
use super::phone::{after_extension, has_last_digits, with_signs};
use super::separate::{Gap, Ties};
use super::strand::{REACH, Strand};
use super::{Fit, Run, Search, Written, separate};
use crate::label::is_amount;
use crate::trace::Trace;
use crate::view::class::{LETTER, is};

/// The most digits of an identifier.
const MOST: usize = 48;
/// The category of telephone numbers, which alone have area codes.
pub(crate) const CONTACT: &str = "contact";
/// How many gaps, those at both ends among them, need no memory of their own.
const GAPS: usize = 26;

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
    #[inline]
    pub(crate) fn range(&self) -> Range<usize> {
        self.runs[self.first].start as usize..self.runs[self.last].end as usize
    }
}

impl<'a, T: Trace> Search<'a, T> {
    /// Tries every window of linked runs that begins before `limit`.
    pub(crate) fn digits(&mut self, strand: Strand<'_>, runs: &[Run], limit: usize, cut: bool) {
        let (mut total, mut dots, mut inner) = (runs[0].len(), 0, Gap::Tight);
        let mut hash = shape::extend(shape::START, 0, total);
        let mut end = runs[0].end as usize;
        for run in &runs[1..] {
            let between = &strand.text[end..run.start as usize];
            end = run.end as usize;
            hash = shape::extend(hash, shape::pack_gap(between), run.len());
            inner = inner.max(separate::gap(between));
            total += run.len();
            dots += usize::from(matches!(between, b"."));
        }
        if dots >= 3 {
            self.ipv4(strand, runs, cut);
        }
        if total < FEWEST_DIGITS {
            return;
        }
        // What lies wholly inside a number with its country code can win nothing against it.
        self.international(strand, runs);
        let last = runs.len() - 1;
        if last > 0 && self.is_settled(&strand.place(runs[0].start as usize..runs[last].end as usize)) {
            return;
        }
        if total <= MOST {
            let ties = Ties { left: if cut { Gap::Tight } else { Gap::Open }, inner, right: Gap::Open };
            if self.window(strand, Window { runs, first: 0, last, cut }, ties, hash, total) {
                return;
            }
        }
        if last > 0 {
            self.windows_of_runs(strand, runs, limit, cut);
        }
    }

    /// Tries every window of several runs but for all of them together.
    fn windows_of_runs(&mut self, strand: Strand<'_>, runs: &[Run], limit: usize, cut: bool) {
        let last = runs.len() - 1;
        // Of two runs only one that is long enough by itself is another window.
        if last == 1 && runs[0].len().max(runs[1].len()) < FEWEST_DIGITS {
            return;
        }
        let mut few = [Gap::Open; GAPS];
        let mut many = Vec::new();
        let gaps = if runs.len() < GAPS {
            &mut few[..]
        } else {
            many.resize(runs.len() + 1, Gap::Open);
            &mut many[..]
        };
        gaps[0] = if cut { Gap::Tight } else { Gap::Open };
        for n in 1..=last {
            gaps[n] = separate::gap(&strand.text[runs[n - 1].end as usize..runs[n].start as usize]);
        }
        for first in 0..runs.len() {
            if runs[first].start as usize >= limit {
                break;
            }
            let (mut hash, mut digits, mut inner) = (shape::START, 0, Gap::Tight);
            for n in first..runs.len() {
                digits += runs[n].len();
                if digits > MOST || strand.place(runs[first].start as usize..runs[n].end as usize).len() > REACH {
                    break;
                }
                hash = extend(strand, runs, n, n == first, hash);
                inner = if n > first { inner.max(gaps[n]) } else { inner };
                if digits >= FEWEST_DIGITS && !(first == 0 && n == last) {
                    let right = gaps.get(n + 1).copied().unwrap_or(Gap::Open);
                    let ties = Ties { left: gaps[first], inner, right };
                    self.window(strand, Window { runs, first, last: n, cut }, ties, hash, digits);
                }
            }
        }
    }

    /// Tries one window; whether a canonical candidate was taken, which leaves nothing for windows inside.
    #[inline]
    fn window(&mut self, strand: Strand<'_>, window: Window<'_>, ties: Ties, hash: u64, digits: usize) -> bool {
        let index = self.index;
        let entries = self.shaped(hash);
        let joined = window.first < window.last
            && index.unusual >> digits & 1 == 1
            && (ties.ends().is_some()
                || window.last - window.first + 1 == digits && separate::each_apart(strand, &window));
        // Prices are the commonest numbers of all that no form lists.
        if entries.is_empty() && (!joined || separate::is_decimal(strand, &window)) {
            return false;
        }
        self.fitting(strand, &window, ties, entries, joined.then_some(digits))
    }

    /// Tries a window whose shape or number of digits some form has.
    fn fitting(
        &mut self,
        strand: Strand<'_>,
        window: &Window<'_>,
        ties: Ties,
        entries: &'a [Entry],
        joined: Option<usize>,
    ) -> bool {
        let place = strand.place(window.range());
        if self.is_settled(&place) {
            return false;
        }
        let symbols = &mut self.scratch.symbols;
        symbols.start();
        for run in &window.runs[window.first..=window.last] {
            symbols.append_digits(strand.text, *run);
        }
        let whole = window.first == 0 && window.last + 1 == window.runs.len() && window.last > 0 && !window.cut;
        let plain = !T::ON && whole && !entries.is_empty() && !touches(strand.text, &window.range());
        let regroups = || separate::regroups(strand, window);
        if plain && self.express(strand, window.range(), entries, joined.is_some(), regroups) {
            return true;
        }
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        // An amount is nothing else, save what is written as its pack says, with right check digits.
        let amount = !T::ON && is_amount(self.text, &place);
        let range = window.range();
        let touched = || touches(strand.text, &range) || separate::is_part(strand, window);
        self.listed(strand, &range, touched, (entries, amount), &place, &mut fits);
        if let Some(digits) = joined
            && !amount
            && !fits.iter().any(|fit| self.stands(fit) && (!T::ON || self.is_tried(fit)))
        {
            self.unusual(strand, window, ties, digits, &place, &mut fits);
        }
        let taken = !fits.is_empty() && self.keep(&fits);
        self.scratch.fits = fits;
        taken
    }

    /// Tries the forms that list the shape of a window, `range` of a strand, the digits of which are at hand.
    pub(super) fn listed(
        &mut self,
        strand: Strand<'_>,
        range: &Range<usize>,
        touched: impl FnOnce() -> bool,
        (entries, amount): (&[Entry], bool),
        place: &Range<usize>,
        fits: &mut Vec<Fit>,
    ) {
        let head = self.scratch.symbols.head();
        let possible = |entry: &&Entry| entry.begins(head) && (!amount || entry.checked || entry.look_alike);
        let reaches = |entry: &Entry, threshold| T::ON || entry.alone >= threshold;
        let threshold = self.config.threshold;
        // Without a word near, only what its writing alone carries is worth a look.
        let carried = entries.iter().filter(possible).any(|entry| reaches(entry, threshold));
        let worth = carried || entries.iter().any(|entry| possible(&entry)) && self.is_spoken_for(place);
        if !worth {
            return;
        }
        let touched = touched();
        // What one label names is one or a few of the many that have the digits.
        let spoken = self.is_spoken_for(place);
        for entry in entries.iter().filter(possible) {
            if reaches(entry, threshold) || spoken && self.is_named(entry.pack, place, true) {
                let form = &self.index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
                let Some(around) = around(strand.text, range, form) else { continue };
                let written = if form.plain { Written::Plain } else { Written::Canonical };
                self.try_form(strand, (entry, form), around, written, touched, false, fits);
            }
        }
    }

    /// The forms that have a shape.
    #[inline]
    fn shaped(&self, shape: u64) -> &'a [Entry] {
        let index = self.index;
        if self.config.local {
            let local = index.local_shapes.get(shape).of(&index.entries);
            if !local.is_empty() {
                return local;
            }
        }
        index.shapes.get(shape).of(&index.entries)
    }

    /// Scores what fits a window. Whether a canonical candidate was taken, which leaves nothing for windows inside.
    pub(crate) fn keep(&mut self, fits: &[Fit]) -> bool {
        if T::ON {
            // What the search does not even try is told, and changes nothing.
            let (tried, told): (Vec<Fit>, Vec<Fit>) = fits.iter().partition(|fit| self.is_tried(fit));
            let known = self.scratch.candidates.len();
            self.judge(&told);
            self.scratch.candidates.truncate(known);
            return !tried.is_empty() && self.score(&tried);
        }
        self.score(fits)
    }

    /// Whether its writing alone or a word carries a fit.
    fn is_tried(&mut self, fit: &Fit) -> bool {
        let alone = if fit.written == Written::Plain { fit.scores.bare } else { fit.scores.canonical };
        let carried = fit.written == Written::Unusual || alone >= self.config.threshold;
        carried || self.is_named(fit.pack, &(fit.start..fit.end), true)
    }

    fn score(&mut self, fits: &[Fit]) -> bool {
        if fits.iter().all(|fit| self.is_look_alike(fit)) { self.shield(fits) } else { self.judge(fits) }
    }

    /// Whether a fit is written as its pack says, with right check digits or, having none, well enough to be taken: no other
    /// reading is looked for.
    pub(crate) fn stands(&self, fit: &Fit) -> bool {
        let taken = fit.scores.canonical >= self.config.threshold && !self.is_look_alike(fit);
        let right = fit.check == Check::Valid || fit.check == Check::None && taken;
        fit.written == Written::Canonical && !fit.touched && right
    }

    pub(crate) fn is_look_alike(&self, fit: &Fit) -> bool {
        self.index.packs[usize::from(fit.pack)].report == Report::Never
    }

    #[expect(clippy::too_many_arguments, reason = "what a window and a form are, taken apart once")]
    #[inline]
    fn try_form(
        &mut self,
        strand: Strand<'_>,
        (entry, form): (&Entry, &Form),
        range: Range<usize>,
        written: Written,
        touched: bool,
        joins: bool,
        fits: &mut Vec<Fit>,
    ) {
        let pack = &self.index.packs[usize::from(entry.pack)];
        let symbols = &self.scratch.symbols;
        let touched = touched && (form.plans.is_empty() || !has_last_digits(strand.text, &range));
        if touched && form.is_guess() {
            return;
        }
        let Some(check) = fit(pack, form, symbols, &self.config.plans) else { return };
        let place = strand.cover(range);
        let found = Fit::of_form(entry, pack, &place, check, written);
        let joins = check == Check::Valid && joins || found.joins && written != Written::Unusual;
        let found = Fit { touched, joins, ..found };
        add(fits, found);
    }

    /// Packs whose number of digits the window has, with separators that no form of theirs lists.
    fn unusual(
        &mut self,
        strand: Strand<'_>,
        window: &Window<'_>,
        ties: Ties,
        digits: usize,
        place: &Range<usize>,
        fits: &mut Vec<Fit>,
    ) {
        let index = self.index;
        let apart = separate::each_apart(strand, window);
        let ends = ties.ends().filter(|_| !separate::regroups(strand, window));
        if !apart && ends.is_none() {
            return;
        }
        let lists = [index.digits[digits].of(&index.entries), index.mixed[digits].of(&index.entries)];
        let phone = separate::has_area_code(strand, window);
        let (lead, trail) = ends.unwrap_or((true, true));
        let carried =
            |list: &&[Entry]| list.iter().any(|entry| entry.unusual && (entry.two_checks || apart && entry.checked));
        let alone =
            lists.iter().any(carried) && (apart || lead && trail && separate::stands_alone(ties, self.text, place));
        if !alone && !self.is_spoken_for_at(place, lead, trail) {
            return;
        }
        let touched = touches(strand.text, &window.range());
        let part = touched || separate::is_part(strand, window);
        let head = self.scratch.symbols.head();
        let other = |entry: &Entry| phone && index.packs[usize::from(entry.pack)].category != CONTACT;
        for entry in lists.into_iter().flatten().filter(|entry| entry.unusual && entry.begins(head) && !other(entry)) {
            if fits.iter().any(|fit| fit.pack == entry.pack) {
                continue;
            }
            let joins = alone && (entry.two_checks || entry.checked && apart);
            if joins || self.is_named_at(entry.pack, place, lead, trail) {
                let pack = &index.packs[usize::from(entry.pack)];
                let form = &pack.forms[usize::from(entry.form)];
                if part && form.is_guess() {
                    continue;
                }
                let mut range = window.range();
                if pack.category == CONTACT {
                    range = with_signs(strand.text, range.start)..after_extension(strand.text, range.end);
                }
                self.try_form(strand, (entry, form), range, Written::Unusual, touched, joins, fits);
            }
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

/// The hash of a shape with one more run, `n`, and the gap before it unless it is the first.
#[inline]
pub(crate) fn extend(strand: Strand<'_>, runs: &[Run], n: usize, first: bool, hash: u64) -> u64 {
    let gap = if first { 0 } else { shape::pack_gap(&strand.text[runs[n - 1].end as usize..runs[n].start as usize]) };
    shape::extend(hash, gap, runs[n].len())
}

#[inline]
pub(crate) fn touches(text: &[u8], range: &Range<usize>) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(|&byte| is(byte, LETTER));
    letter(text.get(range.start.wrapping_sub(1))) || letter(text.get(range.end))
}

/// The range with the form's prefix and suffix, if they stand there.
#[inline]
pub(crate) fn around(text: &[u8], range: &Range<usize>, form: &Form) -> Option<Range<usize>> {
    let extended = |end: usize| if form.plans.is_empty() { end } else { after_extension(text, end) };
    if form.prefix.is_empty() && form.suffix.is_empty() {
        return Some(range.start..extended(range.end));
    }
    let head = text[..range.start].ends_with(form.prefix.as_bytes());
    let tail = text[range.end..].starts_with(form.suffix.as_bytes());
    (head && tail).then(|| range.start - form.prefix.len()..extended(range.end + form.suffix.len()))
}
