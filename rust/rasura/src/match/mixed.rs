//! Windows of tokens that hold letters and digits: forms with letters, glued or apart.

use std::ops::Range;

use rasura_pack::index::{Entry, FEWEST_CHARACTERS, Head, LONGEST};
use rasura_pack::shape::{self, SYMBOL};
use rasura_pack::table::{Form, Suspect};

use super::digits::{add, around, extend};
use super::express::Runs;
use super::fit::{cells_match, fit, within};
use super::strand::Strand;
use super::{Check, Done, Fit, Run, Search, Written};
use crate::scan::marks::{Marks, span};
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, UPPER, is};

/// The most characters that letters around a glued identifier may have.
pub(crate) const GLUED: usize = 24;

/// What a word in capitals before a number may be the beginning of, together with what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    Nothing,
    /// What this pack has, but with wrong check digits.
    Wrong(u16),
    /// Anything else.
    Something,
}

/// How tokens are read.
struct Reading {
    /// How they are written, if not as their form says.
    written: Option<Written>,
    /// Whether letters touch them.
    touched: bool,
    /// Whether small letters may be among them.
    small: bool,
}

/// Which of the windows of tokens one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Windows {
    /// All tokens, tried before any other window.
    Whole,
    /// All tokens.
    All,
    /// Some of them.
    Part,
}

impl Default for Reading {
    fn default() -> Self {
        Self { written: None, touched: false, small: true }
    }
}

impl<T: Trace> Search<'_, T> {
    /// Tries all letters and digits of a place of the view together, where nothing else belongs to them; whether something
    /// was found that leaves nothing inside. Bit `i` of `words` is the character `i`.
    pub(crate) fn code_at_once(&mut self, place: &Range<usize>, words: u64) -> bool {
        let (text, index) = (self.text, self.index);
        if (words.count_ones() as usize) < FEWEST_CHARACTERS {
            return false;
        }
        let symbols = &mut self.scratch.symbols;
        let shape = symbols.take_code(text, place, words);
        let begins = begins_with(symbols.head());
        let entries = index.codes.get(shape).of(&index.entries);
        if entries.is_empty() {
            return false;
        }
        self.scratch.settled = self.scratch.candidates.len();
        self.scratch.found = 0..0;
        let before = self.scratch.settled;
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        for entry in entries.iter().filter(|entry| begins(entry)) {
            let form = &index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
            let fitting = cells_match(form, self.scratch.symbols.get());
            if fitting && (entry.alone >= self.config.threshold || self.is_named(entry.pack, place, true)) {
                let reading = Reading { small: false, ..Reading::default() };
                self.try_tokens(Strand::whole(text), place, entry, reading, &mut fits);
            }
        }
        let length = words.count_ones() as usize;
        let others =
            if place.len() == length || fits.is_empty() { &[] } else { index.mixed[length].of(&index.entries) };
        for entry in others.iter().filter(|entry| entry.unusual && begins(entry)) {
            let form = &index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
            let fitting = cells_match(form, self.scratch.symbols.get());
            if fitting
                && fits.iter().all(|fit| fit.pack != entry.pack)
                && (entry.two_checks || self.is_named(entry.pack, place, false))
            {
                let reading = Reading { written: Some(Written::Unusual), small: false, ..Reading::default() };
                self.try_tokens(Strand::whole(text), place, entry, reading, &mut fits);
            }
        }
        self.judge_mixed(fits);
        let settled = self.is_settled(place);
        if settled {
            self.scratch.done = Done { place: place.clone(), found: before..self.scratch.candidates.len() };
        } else {
            self.scratch.candidates.truncate(before);
        }
        settled
    }

    /// Whether a place lies in what was tried before.
    pub(crate) fn is_done(&self, place: &Range<usize>) -> bool {
        let known = &self.scratch.done.place;
        known.start <= place.start && place.end <= known.end
    }

    /// What the first word of letters and digits may be the beginning of, which are at hand as symbols: their bits are
    /// `words`, and those of `marks` begin with the byte `base`. Whether words near would carry it is not asked.
    #[inline(never)]
    pub(crate) fn lead(&self, marks: &Marks, base: usize, words: u64) -> Lead {
        let (text, index) = (self.text, self.index);
        let from = base + words.trailing_zeros() as usize;
        let second = words & (words - 1);
        let second = base + second.trailing_zeros() as usize;
        if (words.count_ones() as usize) < FEWEST_CHARACTERS {
            return Lead::Nothing;
        }
        let Some(head) = self.head(text[from], text[second]) else { return Lead::Nothing };
        let (mut hash, mut length, mut letters, mut end) = (shape::START, 0, 0, from);
        let (mut canonical, mut lead) = (false, Lead::Nothing);
        for run in (Runs { base, digits: words }) {
            let range = run.range();
            canonical |= length == 0 && head.parts >> run.len() & 1 == 1;
            letters |= (marks.letters >> (range.start - base) & span(0, run.len())) << length;
            length += run.len();
            hash = shape::extend(hash, shape::pack_gap(&text[end..range.start]), run.len());
            end = range.end;
            let unusual = head.unusual >> (length - 1) & 1 == 1;
            if length < FEWEST_CHARACTERS || !(canonical || unusual) || !index.has_code(length, letters) {
                continue;
            }
            let symbols = self.scratch.symbols.first(length);
            let begins = begins_with(symbols.head());
            let listed = if canonical { index.tokens.get(hash).of(&index.entries) } else { &[] };
            let joined = if unusual { index.mixed[length].of(&index.entries) } else { &[] };
            let listed = listed.iter().map(|entry| (entry, true));
            let joined = joined.iter().filter(|entry| entry.unusual).map(|entry| (entry, false));
            for (entry, listed) in listed.chain(joined).filter(|(entry, _)| begins(entry)) {
                let pack = &index.packs[usize::from(entry.pack)];
                let Some(check) = fit(pack, &pack.forms[usize::from(entry.form)], &symbols, &self.config.plans) else {
                    continue;
                };
                match pack.suspect {
                    _ if check != Check::Invalid => return Lead::Something,
                    Suspect::Form if listed => return Lead::Something,
                    Suspect::Never => {}
                    Suspect::Label | Suspect::Form => match lead {
                        Lead::Wrong(known) if known != entry.pack => return Lead::Something,
                        _ => lead = Lead::Wrong(entry.pack),
                    },
                }
            }
        }
        lead
    }

    /// Tries the tokens around the digits `from..to`.
    pub(crate) fn mixed(&mut self, strand: Strand<'_>, from: usize, to: usize) {
        // A hash has a cluster for each few of its digits: what was found in it stays.
        if strand.is_whole() && self.is_done(&(from..to)) {
            if self.scratch.found.is_empty() {
                self.scratch.found = self.scratch.done.found.clone();
            }
            return;
        }
        let mut tokens = std::mem::take(&mut self.scratch.tokens);
        let alone = tokens.gather(strand.text, from, to);
        let before = self.scratch.candidates.len();
        for (strain, letters) in tokens.strains() {
            let total: usize = strain.iter().map(|token| token.len()).sum();
            // Digits alone are looked at as runs, whatever stands beside them.
            if total < FEWEST_CHARACTERS || letters == 0 {
                continue;
            }
            let all = strand.place(strain[0].start as usize..strain[strain.len() - 1].end as usize);
            self.whole(strand, strain);
            for first in 0..strain.len() {
                // Only windows with letters are of concern here, and none inside of what is settled.
                if letters >> first.min(63) == 0 || !T::ON && self.is_settled(&all) {
                    break;
                }
                let known = self.scratch.candidates.len();
                self.windows(strand, strain, letters, first);
                let token = strain[first];
                if token.len() > FEWEST_CHARACTERS
                    && letters >> first.min(63) & 1 == 1
                    && self.scratch.candidates.len() == known
                {
                    self.glued(strand, token);
                }
                if self.scratch.candidates.len() == known {
                    self.glued_groups(strand, strain, first);
                }
            }
        }
        if alone && strand.is_whole() {
            self.scratch.done = Done { place: tokens.place(), found: before..self.scratch.candidates.len() };
        }
        self.scratch.tokens = tokens;
    }

    /// Tries all tokens of a strain together, where some form is written so: what is found leaves nothing for windows inside.
    fn whole(&mut self, strand: Strand<'_>, tokens: &[Run]) {
        let length: usize = tokens.iter().map(|token| token.len()).sum();
        if T::ON || tokens.len() < 2 || length > LONGEST {
            return;
        }
        let hash = (0..tokens.len()).fold(shape::START, |hash, n| extend(strand, tokens, n, n == 0, hash));
        if self.index.tokens.get(hash).length > 0 {
            self.window_of_tokens(strand, tokens, Some(hash), Some(length), Windows::Whole);
        }
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
            length += tokens[last].len();
            if length > LONGEST {
                break;
            }
            hash = extend(strand, tokens, last, last == first, hash);
            let unusual = last > first && head.unusual >> (length - 1) & 1 == 1;
            let mixed = letters >> first.min(63) << first.min(63) & (!0 >> (63 - last.min(63))) != 0;
            if length >= FEWEST_CHARACTERS && mixed && (canonical || unusual) {
                let all = first == 0 && last + 1 == tokens.len();
                let window = if all { Windows::All } else { Windows::Part };
                self.window_of_tokens(
                    strand,
                    &tokens[first..=last],
                    canonical.then_some(hash),
                    unusual.then_some(length),
                    window,
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
        window: Windows,
    ) {
        // Digits alone are a window of runs.
        if tokens.iter().all(|token| strand.text[token.range()].iter().all(u8::is_ascii_digit)) {
            return;
        }
        let index = self.index;
        let entries = hash.map_or(&[][..], |hash| index.tokens.get(hash).of(&index.entries));
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
        for entry in entries.iter().filter(|entry| begins(entry)) {
            if !self.cells(strand, tokens, entry) {
                continue;
            }
            if entry.alone >= self.config.threshold || self.is_named(entry.pack, &place, true) || T::ON {
                self.try_tokens(strand, &range, entry, Reading::default(), &mut fits);
            }
        }
        // What is written as no form is comes again among all windows.
        let others = if window == Windows::Whole && fits.is_empty() { &[] } else { others };
        for entry in others.iter().filter(|entry| entry.unusual && begins(entry)) {
            if fits.iter().any(|fit| fit.pack == entry.pack) || !self.cells(strand, tokens, entry) {
                continue;
            }
            if entry.two_checks && window != Windows::Part || self.is_named(entry.pack, &place, false) {
                let reading = Reading { written: Some(Written::Unusual), ..Reading::default() };
                self.try_tokens(strand, &range, entry, reading, &mut fits);
            }
        }
        self.judge_mixed(fits);
    }

    /// Tries the beginning and the end of a token that is longer than a form: letters of the label, or words, touch it.
    #[inline(never)]
    fn glued(&mut self, strand: Strand<'_>, token: Run) {
        let most = token.len().min(LONGEST);
        for length in token.len().saturating_sub(GLUED).max(FEWEST_CHARACTERS)..most {
            for at_end in [false, true] {
                let start = if at_end { token.end as usize - length } else { token.start as usize };
                let range = start..start + length;
                // Letters may touch; a digit beside it makes it a part of something longer.
                let beside = if at_end { strand.text[start - 1] } else { strand.text[range.end] };
                if is(beside, DIGIT) {
                    continue;
                }
                let head = self.head(strand.text[start], strand.text[start + 1]);
                if head.is_none_or(|head| head.plain >> (length - 1) & 1 == 0) {
                    continue;
                }
                let entries = self.index.mixed[length].of(&self.index.entries);
                self.scratch.symbols.clear();
                self.scratch.symbols.extend(&strand.text[range.clone()]);
                self.touched(strand, &range, entries, Some(Written::Plain));
            }
        }
    }

    /// Tries forms of the symbols at hand, which letters touch: they need two check characters or their own label.
    fn touched(&mut self, strand: Strand<'_>, range: &Range<usize>, entries: &[Entry], written: Option<Written>) {
        let index = self.index;
        let place = strand.place(range.clone());
        let begins = begins_with(self.scratch.symbols.head());
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        for entry in entries.iter().filter(begins) {
            let form = &index.packs[usize::from(entry.pack)].forms[usize::from(entry.form)];
            let fitting = cells_match(form, self.scratch.symbols.get());
            if fitting && (entry.two_checks || self.is_named(entry.pack, &place, false)) {
                let reading = Reading { written, touched: true, ..Reading::default() };
                self.try_tokens(strand, range, entry, reading, &mut fits);
            }
        }
        self.judge_mixed(fits);
    }

    /// Tries the groups of a form of which the first one has other letters before it or the last one behind it.
    // By itself, as little is written so.
    #[inline(never)]
    fn glued_groups(&mut self, strand: Strand<'_>, tokens: &[Run], first: usize) {
        let text = strand.text;
        let letter = |at: usize| is(text[at], LETTER);
        let canonical = |search: &Self, run: Run| {
            let next = tokens.get(first + 1).map_or(run.start, |next| next.start);
            let second = if run.len() > 1 { run.start + 1 } else { next };
            let head = search.head(text[run.start as usize], text[second as usize]);
            head.is_some_and(|head| head.parts >> run.len().min(63) & 1 == 1)
        };
        let whole = tokens[first];
        let led = if letter(whole.start as usize) { GLUED as u32 } else { 0 };
        for start in whole.start + 1..whole.end.min(whole.start + 1 + led) {
            let begins = Run { start, ..whole };
            // One letter behind others is the end of a word.
            if begins.len() < 2 || !letter(start as usize - 1) || !canonical(self, begins) {
                continue;
            }
            let (mut hash, mut length) = (shape::extend(shape::START, 0, begins.len()), begins.len());
            for last in first + 1..tokens.len() {
                length += tokens[last].len();
                if length > LONGEST {
                    break;
                }
                hash = extend(strand, tokens, last, false, hash);
                self.touched_groups(strand, (begins, &tokens[first + 1..last], tokens[last]), hash);
            }
        }
        if !canonical(self, whole) {
            return;
        }
        let (mut before, mut length) = (shape::extend(shape::START, 0, whole.len()), whole.len());
        for last in first + 1..tokens.len() {
            let token = tokens[last];
            let followed = if letter(token.end as usize - 1) { GLUED } else { 0 };
            for end in (token.start + 1..token.end).rev().take(followed).filter(|&end| letter(end as usize)) {
                let ends = Run { end, ..token };
                let gap = shape::pack_gap(&text[tokens[last - 1].end as usize..token.start as usize]);
                if length + ends.len() <= LONGEST {
                    let hash = shape::extend(before, gap, ends.len());
                    self.touched_groups(strand, (whole, &tokens[first + 1..last], ends), hash);
                }
            }
            length += token.len();
            if length > LONGEST {
                break;
            }
            before = extend(strand, tokens, last, false, before);
        }
    }

    /// Tries groups that letters touch, where some form is written so.
    fn touched_groups(&mut self, strand: Strand<'_>, (first, middle, last): (Run, &[Run], Run), hash: u64) {
        let index = self.index;
        let entries = index.tokens.get(hash).of(&index.entries);
        let range = first.start as usize..last.end as usize;
        if entries.is_empty() || self.is_settled(&strand.place(range.clone())) {
            return;
        }
        let symbols = &mut self.scratch.symbols;
        symbols.clear();
        for run in std::iter::once(&first).chain(middle).chain([&last]) {
            symbols.extend(&strand.text[run.range()]);
        }
        let lettered = symbols.get().iter().any(|&symbol| symbol >= 10);
        if !lettered || symbols.get().len() < FEWEST_CHARACTERS {
            return;
        }
        self.touched(strand, &range, entries, None);
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
        if !fits.is_empty() && self.keep(&fits) && !T::ON && fits.iter().all(|fit| !self.is_look_alike(fit)) {
            self.scratch.covered = fits[0].start..fits[0].end;
        }
        self.scratch.fits = fits;
    }

    /// Tries a form whose cells the tokens have.
    fn try_tokens(
        &mut self,
        strand: Strand<'_>,
        range: &Range<usize>,
        entry: &Entry,
        Reading { written, touched, small }: Reading,
        fits: &mut Vec<Fit>,
    ) {
        let pack = &self.index.packs[usize::from(entry.pack)];
        let form: &Form = &pack.forms[usize::from(entry.form)];
        if touched && form.is_guess() {
            return;
        }
        let Some(range) = around(strand.text, range, form) else { return };
        let symbols = &self.scratch.symbols;
        let Some(check) = within(pack, form, symbols, &self.config.plans) else { return };
        let written = written.unwrap_or(if form.plain { Written::Plain } else { Written::Canonical });
        let small = small && strand.text[range.clone()].iter().any(|&byte| is(byte, LETTER) && !is(byte, UPPER));
        let found = Fit::of_form(entry, pack, &strand.cover(range), check, written);
        let joins = found.joins && !small;
        // A form whose letters are free, in small letters and without separators, is a word or a hash.
        let small_letters = small && written == Written::Plain && pack.scores.bare < 90;
        let found = Fit { touched, joins, small_letters, ..found };
        add(fits, found);
    }
}

/// Whether a form may begin with the first two characters of the tokens. Few do, and the rest cost 90 instructions each.
#[inline]
fn begins(text: &[u8], tokens: &[Run]) -> impl Fn(&&Entry) -> bool + use<> {
    let at = tokens[0].start as usize;
    let second = if tokens[0].len() > 1 { at + 1 } else { tokens.get(1).map_or(at, |next| next.start as usize) };
    begins_with((SYMBOL[usize::from(text[at])], SYMBOL[usize::from(text[second])]))
}

/// The same of two symbols.
#[inline]
fn begins_with((first, second): (u8, u8)) -> impl Fn(&&Entry) -> bool + use<> {
    move |entry| entry.first >> first & entry.second >> second & 1 == 1
}
