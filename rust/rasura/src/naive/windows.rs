//! Windows of digits and of tokens: every form of every pack.

use std::ops::Range;

use rasura_pack::index::{FEWEST_CHARACTERS, FEWEST_DIGITS, LONGEST};
use rasura_pack::table::{Form, Pack, Report};

use super::layout::{layout_of, symbols_of};
use super::{Walk, binds};
use crate::label::is_amount;
use crate::r#match::digits::{CONTACT, Window, add, around, touches};
use crate::r#match::fit::{cells_match, fit};
use crate::r#match::mixed;
use crate::r#match::phone::{after_extension, has_last_digits, with_signs};
use crate::r#match::separate::{Gap, Ties, between, gap};
use crate::r#match::strand::{REACH, Strand};
use crate::r#match::symbols::Symbols;
use crate::r#match::tokens::gather;
use crate::r#match::{Check, Fit, Run, Written, separate};
use crate::view::class::{DIGIT, LETTER, UPPER, is};

impl Walk<'_> {
    pub(super) fn digits(&mut self, strand: Strand<'_>, runs: &[Run]) {
        self.forget_labels();
        self.search.ipv4(strand, runs, false);
        if runs.iter().map(|run| run.len()).sum::<usize>() < FEWEST_DIGITS {
            return;
        }
        self.search.international(strand, runs);
        let last = runs.len() - 1;
        self.window(strand, Window { runs, first: 0, last, cut: false });
        for first in 0..runs.len() {
            for n in first..runs.len().min(first + LONGEST) {
                if (first, n) != (0, last) {
                    self.window(strand, Window { runs, first, last: n, cut: false });
                }
            }
        }
    }

    fn window(&mut self, strand: Strand<'_>, window: Window<'_>) {
        let runs = &window.runs[window.first..=window.last];
        let symbols = symbols_of(strand.text, runs);
        let range = window.range();
        let place = strand.place(range.clone());
        if !(FEWEST_DIGITS..=LONGEST).contains(&symbols.len()) || place.len() > REACH || self.search.is_settled(&place)
        {
            return;
        }
        let touched = touches(strand.text, &range) || separate::is_part(strand, &window);
        let mut fits = Vec::new();
        // An amount is nothing else, save what is written as its pack says, with right check digits.
        let amount = is_amount(self.search.text, &place);
        for (number, pack, form) in self.forms(layout_of(strand.text, runs)) {
            if amount && form.check_digits == 0 && pack.report != Report::Never {
                continue;
            }
            if !self.is_wanted(number, form, &place, true) {
                continue;
            }
            let Some(range) = around(strand.text, &range, form) else { continue };
            let written = if form.plain { Written::Plain } else { Written::Canonical };
            let touched = touched && (form.plans.is_empty() || !has_last_digits(strand.text, &range));
            if touched && form.is_guess() {
                continue;
            }
            let Some(check) = fit(pack, form, &Symbols::of(&symbols), &self.search.config.plans) else { continue };
            let place = strand.cover(range);
            let joins = check == Check::Valid && form.check_digits >= 2;
            let (start, end, scores) = (place.start, place.end, form.scores.unwrap_or(pack.scores));
            let length = symbols.len() as u8;
            add(
                &mut fits,
                Fit { pack: number, start, end, length, check, written, scores, touched, joins, small_letters: false },
            );
        }
        self.read_labels(place.start, place.end);
        let joined = runs.len() > 1 && !self.search.scratch.labels.negated;
        if joined && !amount && !fits.iter().any(|fit| self.search.stands(fit)) {
            self.unusual(strand, &window, &symbols, &mut fits);
        }
        self.judge(&fits);
    }

    /// A form is tried where its writing alone carries it, or a word or evidence names its pack.
    fn is_wanted(&mut self, number: u16, form: &Form, place: &Range<usize>, weakly: bool) -> bool {
        let pack = &self.search.index.packs[usize::from(number)];
        let scores = form.scores.unwrap_or(pack.scores);
        let alone = if form.plain { scores.bare } else { scores.canonical };
        self.read_labels(place.start, place.end);
        alone >= self.search.config.threshold || self.search.is_named(number, place, weakly)
    }

    fn unusual(&mut self, strand: Strand<'_>, window: &Window<'_>, symbols: &[u8], fits: &mut Vec<Fit>) {
        let place = strand.place(window.range());
        let apart = separate::each_apart(strand, window);
        let ties = ties(strand, window);
        let bounds = if separate::regroups(strand, window) { None } else { ties.ends() };
        let (lead, trail) = bounds.unwrap_or((true, true));
        let phone = separate::has_area_code(strand, window);
        let alone = apart || bounds == Some((true, true)) && separate::stands_alone(ties, self.search.text, &place);
        if !apart && bounds.is_none() {
            return;
        }
        let touched = touches(strand.text, &window.range());
        for (number, pack) in self.packs().filter(|(_, pack)| !phone || pack.category == CONTACT) {
            let (digits, mixed): (Vec<&Form>, Vec<&Form>) = pack.standing().partition(|form| form.digits);
            for form in
                digits.into_iter().chain(mixed).filter(|form| form.plain && form.unusual && cells_match(form, symbols))
            {
                if fits.iter().any(|fit| fit.pack == number) {
                    continue;
                }
                if (touched || separate::is_part(strand, window)) && form.is_guess() {
                    continue;
                }
                let Some(check) = fit(pack, form, &Symbols::of(symbols), &self.search.config.plans) else { continue };
                let joins = alone && (form.check_digits >= 2 || apart && form.check_digits >= 1);
                self.read_labels(place.start, place.end);
                if joins || self.search.is_named_at(number, &place, lead, trail) {
                    let mut range = window.range();
                    if pack.category == CONTACT {
                        range = with_signs(strand.text, range.start)..after_extension(strand.text, range.end);
                    }
                    let covered = strand.cover(range);
                    fits.push(Fit {
                        pack: number,
                        start: covered.start,
                        end: covered.end,
                        length: symbols.len() as u8,
                        check,
                        written: Written::Unusual,
                        scores: form.scores.unwrap_or(pack.scores),
                        touched,
                        joins: joins && check == Check::Valid,
                        small_letters: false,
                    });
                }
            }
        }
    }

    pub(super) fn mixed(&mut self, strand: Strand<'_>, from: usize, to: usize, few: bool) {
        // Letters that stand apart from all digits belong to them only where a form or two check digits say so.
        let bound = few || binds(strand.text, from, to);
        let mut tokens = Vec::new();
        gather(strand.text, from, to, &mut tokens);
        for strain in tokens.split(|token| token.len() == 0) {
            for first in 0..strain.len() {
                let known = self.search.scratch.candidates.len();
                for last in first..strain.len().min(first + LONGEST) {
                    let whole = first == 0 && last + 1 == strain.len();
                    self.window_of_tokens(strand, &strain[first..=last], whole, bound);
                }
                let lettered = strand.text[strain[first].range()].iter().any(|byte| !byte.is_ascii_digit());
                if bound && lettered && self.search.scratch.candidates.len() == known {
                    self.glued(strand, strain[first]);
                }
                if bound && self.search.scratch.candidates.len() == known {
                    self.glued_groups(strand, strain, first);
                }
            }
        }
    }

    fn window_of_tokens(&mut self, strand: Strand<'_>, tokens: &[Run], whole: bool, bound: bool) {
        let symbols = symbols_of(strand.text, tokens);
        // Digits alone are a window of runs.
        if !(FEWEST_CHARACTERS..=LONGEST).contains(&symbols.len()) || symbols.iter().all(|&symbol| symbol < 10) {
            return;
        }
        let range = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let place = strand.place(range.clone());
        if self.search.is_settled(&place) {
            return;
        }
        let mut fits = Vec::new();
        for (number, pack, form) in self.forms(layout_of(strand.text, tokens)).filter(|(_, _, form)| !form.digits) {
            if !cells_match(form, &symbols) || !self.is_wanted(number, form, &place, true) {
                continue;
            }
            let written = if form.plain { Written::Plain } else { Written::Canonical };
            self.add_token_fit(strand, &range, (number, pack, form), &symbols, written, false, &mut fits);
        }
        for (number, pack) in self.packs().filter(|_| tokens.len() > 1) {
            for form in
                pack.standing().filter(|form| form.plain && form.unusual && !form.digits && cells_match(form, &symbols))
            {
                self.read_labels(place.start, place.end);
                let wanted = form.check_digits >= 2 && whole || bound && self.search.is_named(number, &place, false);
                if wanted && !fits.iter().any(|fit| fit.pack == number) {
                    self.add_token_fit(
                        strand,
                        &range,
                        (number, pack, form),
                        &symbols,
                        Written::Unusual,
                        false,
                        &mut fits,
                    );
                }
            }
        }
        self.judge(&fits);
    }

    fn glued(&mut self, strand: Strand<'_>, token: Run) {
        for length in token.len().saturating_sub(mixed::GLUED).max(FEWEST_CHARACTERS)..token.len().min(LONGEST) {
            for at_end in [false, true] {
                let start = if at_end { token.end as usize - length } else { token.start as usize };
                let range = start..start + length;
                let beside = if at_end { strand.text[start - 1] } else { strand.text[range.end] };
                if is(beside, DIGIT) {
                    continue;
                }
                let symbols = symbols_of(strand.text, &[Run { start: range.start as u32, end: range.end as u32 }]);
                let place = strand.place(range.clone());
                let mut fits = Vec::new();
                for (number, pack) in self.packs() {
                    for form in pack.standing().filter(|form| form.plain && !form.digits && cells_match(form, &symbols))
                    {
                        self.read_labels(place.start, place.end);
                        if form.check_digits >= 2 || self.search.is_named(number, &place, false) {
                            self.add_token_fit(
                                strand,
                                &range,
                                (number, pack, form),
                                &symbols,
                                Written::Plain,
                                true,
                                &mut fits,
                            );
                        }
                    }
                }
                self.judge(&fits);
            }
        }
    }

    fn glued_groups(&mut self, strand: Strand<'_>, strain: &[Run], first: usize) {
        let letter = |at: u32| is(strand.text[at as usize], LETTER);
        let whole = strain[first];
        let starts = (whole.start + 1..whole.end).take(mixed::GLUED);
        // One letter behind others is the end of a word.
        let begins = |&start: &u32| whole.end - start > 1 && letter(whole.start) && letter(start - 1);
        for start in starts.filter(begins) {
            for last in first + 1..strain.len() {
                let mut tokens = strain[first..=last].to_vec();
                tokens[0].start = start;
                self.touched_groups(strand, &tokens);
            }
        }
        for last in first + 1..strain.len() {
            let token = strain[last];
            let ends = (token.start + 1..token.end).rev().take(mixed::GLUED);
            for end in ends.filter(|&end| letter(token.end - 1) && letter(end)) {
                let mut tokens = strain[first..=last].to_vec();
                tokens[last - first].end = end;
                self.touched_groups(strand, &tokens);
            }
        }
    }

    fn touched_groups(&mut self, strand: Strand<'_>, tokens: &[Run]) {
        let symbols = symbols_of(strand.text, tokens);
        let range = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
        let place = strand.place(range.clone());
        let digits = symbols.iter().all(|&symbol| symbol < 10);
        if !(FEWEST_CHARACTERS..=LONGEST).contains(&symbols.len()) || digits || self.search.is_settled(&place) {
            return;
        }
        let mut fits = Vec::new();
        for (number, pack, form) in self.forms(layout_of(strand.text, tokens)).filter(|(_, _, form)| !form.digits) {
            self.read_labels(place.start, place.end);
            let fitting = cells_match(form, &symbols);
            if fitting && (form.check_digits >= 2 || self.search.is_named(number, &place, false)) {
                let written = if form.plain { Written::Plain } else { Written::Canonical };
                self.add_token_fit(strand, &range, (number, pack, form), &symbols, written, true, &mut fits);
            }
        }
        self.judge(&fits);
    }

    #[expect(clippy::too_many_arguments, reason = "what a window and a form are, taken apart once")]
    fn add_token_fit(
        &self,
        strand: Strand<'_>,
        range: &Range<usize>,
        (number, pack, form): (u16, &Pack, &Form),
        symbols: &[u8],
        written: Written,
        touched: bool,
        fits: &mut Vec<Fit>,
    ) {
        if touched && form.is_guess() {
            return;
        }
        let Some(range) = around(strand.text, range, form) else { return };
        let Some(check) = fit(pack, form, &Symbols::of(symbols), &self.search.config.plans) else { return };
        let small = strand.text[range.clone()].iter().any(|&byte| is(byte, LETTER) && !is(byte, UPPER));
        let place = strand.cover(range);
        let found = Fit {
            pack: number,
            start: place.start,
            end: place.end,
            length: symbols.len() as u8,
            check,
            written,
            scores: form.scores.unwrap_or(pack.scores),
            touched,
            joins: form.check_digits >= 2 && check == Check::Valid && !small,
            small_letters: small && written == Written::Plain && pack.scores.bare < 90,
        };
        add(fits, found);
    }

    pub(super) fn judge(&mut self, fits: &[Fit]) {
        let Some(first) = fits.first() else { return };
        self.read_labels(first.start, first.end);
        if fits.iter().all(|fit| self.search.index.packs[usize::from(fit.pack)].report == Report::Never) {
            self.search.shield(fits);
        } else {
            self.search.judge(fits);
        }
    }
}

/// The loosest gap inside the window.
fn inner(strand: Strand<'_>, window: &Window<'_>) -> Gap {
    (window.first..window.last).map(|n| gap(between(strand, window, n))).max().unwrap_or(Gap::Tight)
}

fn outer(strand: Strand<'_>, window: &Window<'_>) -> (Gap, Gap) {
    let left = match window.first {
        0 if window.cut => Gap::Tight,
        0 => Gap::Open,
        first => gap(between(strand, window, first - 1)),
    };
    let right = if window.last + 1 < window.runs.len() { gap(between(strand, window, window.last)) } else { Gap::Open };
    (left, right)
}

fn ties(strand: Strand<'_>, window: &Window<'_>) -> Ties {
    let (left, right) = outer(strand, window);
    Ties { left, inner: inner(strand, window), right }
}
