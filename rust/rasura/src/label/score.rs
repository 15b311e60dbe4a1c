//! From fits to candidates with a score: rules 4 and 6 to 14 of DESIGN.md in one place.

use rasura_pack::Index;
use rasura_pack::table::{Pack, Report, Strength, Suspect};

use super::Hit;
use super::around::{decimals, in_hash, in_row, is_amount, unit_after};
use super::asked::works_backwards;
use crate::r#match::fit::{cells_match, fit};
use crate::r#match::symbols::Symbols;
use crate::r#match::{Check, Fit, Labels, Search, Written};
use crate::resolve::{Candidate, overlapping};
use crate::trace::Trace;

/// What a suspect scores.
const SUSPECT: u8 = 60;
/// What a weak label adds.
const WEAK: u8 = 30;
/// Beyond this distance a label does not carry what nothing else speaks for.
const FAR: u8 = 30;
/// Beyond this distance it does not where it has a number already.
const LISTED: u8 = 28;
/// From this bare score on a form is right by chance in one of a hundred numbers at most.
const RARE: u8 = 20;
/// From this score on a form without separators is telling in itself.
const TELLING: u8 = 85;
/// Within this distance a negative word takes even a plain number with two right check digits.
const NEGATIVE_NEAR: usize = 12;

/// Why a candidate has its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    OwnLabel,
    Outside,
    WeakLabel,
    Canonical,
    Bare,
    Grammar,
    Joined,
    OtherLabel,
    NegativeWord,
    Amount,
    WrongCheck,
    Suspect,
    SuspectByForm,
    OthersLabel,
    NotJoined,
    Touched,
    SmallLetters,
}

impl Reason {
    /// The reason in words.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::OwnLabel => "its own strong label stands by it",
            Self::Outside => "evidence from outside the text names it",
            Self::WeakLabel => "a weak label raises its score",
            Self::Canonical => "written in a form of its own, no label",
            Self::Bare => "no separators and no label",
            Self::Grammar => "its own syntax says what it is",
            Self::Joined => "unusual separators, carried by its check digits",
            Self::OtherLabel => "a label of another identifier that fits as well stands nearer",
            Self::NegativeWord => "a word before it says that the number is no identifier",
            Self::Amount => "it is an amount: a currency, a unit or decimals stand by it",
            Self::WrongCheck => "its check digits are wrong and nothing else speaks for it",
            Self::Suspect => "its check digits are wrong, but its own label stands before it",
            Self::SuspectByForm => "its check digits are wrong, but its punctuation is unmistakable",
            Self::OthersLabel => "its check digits are right, and those of what the label names are wrong",
            Self::NotJoined => "unusual separators, and neither a label nor enough check digits",
            Self::Touched => "letters touch it, and neither a label nor enough check digits speak for it",
            Self::SmallLetters => "written in small letters without a label",
        }
    }
}

struct Verdict {
    score: u8,
    reason: Reason,
    strong: bool,
    suspect: bool,
}

impl Verdict {
    const fn of(score: u8, reason: Reason) -> Self {
        Self { score, reason, strong: false, suspect: false }
    }
}

/// What the labels around a window say to all that fits it.
struct Words<'h> {
    /// Whether the pack that `strong` names fits with right check digits, or has none.
    right: bool,
    /// The nearest strong label of a fitting pack.
    strong: Option<&'h Hit>,
    /// Whether a negative word is nearer than any strong label, and how near.
    negative: Option<usize>,
}

impl<T: Trace> Search<'_, T> {
    /// Scores what fits one window and keeps what reaches the threshold. Whether a canonical or grammatical candidate
    /// was kept.
    pub(crate) fn judge(&mut self, fits: &[Fit]) -> bool {
        if self.unscored
            && let [fit] = fits
            && let Some(settles) = self.take_evident(fit)
        {
            return settles;
        }
        self.weigh(fits)
    }

    /// Keeps a fit whose score is nobody's concern, if it is taken whatever words say or only what stands directly by it
    /// could take it and does not: whether nothing inside can beat it.
    pub(crate) fn take_evident(&mut self, fit: &Fit) -> Option<bool> {
        let taken = self.is_evident(fit) && (is_sure(fit) || !self.is_denied(fit));
        taken.then(|| self.keep_evident(fit))
    }

    /// Whether a fit is taken whatever words say, or, where it is not sure, if they do not deny it: only its score would
    /// change.
    #[inline]
    fn is_evident(&self, fit: &Fit) -> bool {
        let place = fit.start..fit.end;
        let least = base(fit).0.min(fit.scores.labelled);
        fit.check != Check::Invalid
            && (is_sure(fit) || matches!(fit.written, Written::Plain | Written::Canonical))
            && !fit.touched
            && !fit.small_letters
            && least >= self.config.threshold
            && decimals(self.text, &place) == 0
            && !(fit.check == Check::None && in_row(self.text, &place))
    }

    /// Whether a negative word may govern a number, or letters directly after it may make it an amount.
    fn is_denied(&self, fit: &Fit) -> bool {
        super::may_be_unit(self.index, self.text, fit.end)
            || is_amount(self.text, &(fit.start..fit.end))
            || if self.scratch.labels.before_at == fit.start {
                self.scratch.labels.negated
            } else {
                super::negated(self.index, self.text, fit.start)
            }
    }

    fn keep_evident(&mut self, fit: &Fit) -> bool {
        let pack = &self.index.packs[usize::from(fit.pack)];
        let (score, reason) = base(fit);
        self.scratch.evident.push(*fit);
        let unread = self.scratch.evident.len() as u32;
        let candidate =
            Candidate { unread, ..candidate(fit, pack, &Verdict::of(score, reason), true, self.config.threshold) };
        self.scratch.candidates.push(candidate);
        candidate.settles
    }

    /// Reads the words around what was taken without them, where candidates overlap: which one wins may hang on them.
    pub(crate) fn weigh_overlaps(&mut self) {
        if self.scratch.evident.is_empty() {
            return;
        }
        let mut candidates = std::mem::take(&mut self.scratch.candidates);
        for group in overlapping(&mut candidates).filter(|group| group.len() > 1) {
            for candidate in group.iter_mut().filter(|candidate| candidate.unread > 0) {
                let fit = self.scratch.evident[candidate.unread as usize - 1];
                self.weigh(&[fit]);
                if let Some(weighed) = self.scratch.candidates.pop() {
                    *candidate = weighed;
                }
            }
        }
        self.scratch.candidates = candidates;
    }

    /// As [`Self::judge`], with every score as it is.
    fn weigh(&mut self, fits: &[Fit]) -> bool {
        let Some(first) = fits.first() else { return false };
        let index = self.index;
        let place = first.start..first.end;
        self.read_before(place.start);
        let strong = self.named_before(fits);
        if strong.is_none() {
            self.read_after(place.end);
        }
        let labels = std::mem::take(&mut self.scratch.labels);
        let after: &[Hit] = if strong.is_none() && labels.after_at == place.end { &labels.after } else { &[] };
        let strong = strong.map(|n| &labels.before[n]).or_else(|| named_after(index, after, fits, self.text));
        let right = strong.is_some_and(|hit| {
            fits.iter().any(|fit| fit.check != Check::Invalid && hit.to(index, fit.pack) == Some(Strength::Strong))
        });
        let words = Words { right, strong, negative: negative(&labels) };
        let amount = is_amount(self.text, &place) || unit_after(index, after);
        let mut settled = false;
        let known = self.scratch.candidates.len();
        let mut suspect = None;
        for fit in fits {
            let pack = &index.packs[usize::from(fit.pack)];
            let verdict = self.verdict(fit, pack, &words, (&labels.before, after), amount);
            let taken = verdict.score >= self.config.threshold;
            let said = labels.keyed || self.evidence.names(fit.pack);
            if verdict.reason == Reason::Suspect && !said && fit.written == Written::Plain && !fit.touched {
                suspect = Some(fit);
            }
            if T::ON {
                let seen: Vec<&Hit> = labels
                    .before
                    .iter()
                    .chain(after)
                    .filter(|hit| hit.to(index, fit.pack).is_some() || hit.phrase(index).negative > 0)
                    .collect();
                self.trace.scored(index, fit, &seen, verdict.score, verdict.reason);
            }
            if taken || fit.check == Check::Valid {
                let found = candidate(fit, pack, &verdict, taken, self.config.threshold);
                settled |= found.settles;
                self.scratch.candidates.push(found);
            }
        }
        if self.scratch.candidates[known..].iter().all(|candidate| candidate.shadow) {
            self.scratch.candidates.truncate(known);
        }
        self.scratch.labels = labels;
        if let Some(fit) = suspect {
            self.mislabelled(fit);
        }
        settled
    }

    /// A label whose own check digits are wrong says all the same that the number is one of its country: it is what its
    /// check digits are right for, where that is rarely chance. A key is believed.
    #[cold]
    fn mislabelled(&mut self, suspect: &Fit) {
        let digits = &self.text[suspect.start..suspect.end];
        if !digits.iter().all(u8::is_ascii_digit) {
            return;
        }
        let mut symbols = Symbols::default();
        symbols.extend(digits);
        let index = self.index;
        let country = &index.packs[usize::from(suspect.pack)].country;
        let others =
            (0..).zip(index.packs.iter()).filter(|(_, pack)| pack.country == *country && pack.check_digits > 0);
        for (number, pack) in others.filter(|&(number, _)| number != suspect.pack) {
            let plain = pack.forms.iter().filter(|form| form.plain && form.as_plain);
            for form in plain.filter(|form| cells_match(form, symbols.get())) {
                let scores = form.scores.unwrap_or(pack.scores);
                if scores.bare < RARE || fit(pack, form, &symbols, &self.config.plans) != Some(Check::Valid) {
                    continue;
                }
                let other = Fit { pack: number, check: Check::Valid, scores, ..*suspect };
                let verdict = Verdict::of(SUSPECT, Reason::OthersLabel);
                if T::ON {
                    self.trace.scored(index, &other, &[], verdict.score, verdict.reason);
                }
                if SUSPECT >= self.config.threshold {
                    self.scratch.candidates.push(candidate(&other, pack, &verdict, true, self.config.threshold));
                }
            }
        }
    }

    /// Keeps look-alikes by their writing alone: what words say is of no concern to them. Whether one is kept.
    pub(crate) fn shield(&mut self, fits: &[Fit]) -> bool {
        let known = self.scratch.candidates.len();
        for fit in fits.iter().filter(|fit| fit.check != Check::Invalid) {
            let pack = &self.index.packs[usize::from(fit.pack)];
            let score = if fit.written == Written::Canonical { fit.scores.canonical } else { fit.scores.bare };
            let verdict = Verdict::of(score, Reason::Canonical);
            if T::ON {
                self.trace.scored(self.index, fit, &[], if fit.touched { 0 } else { score }, Reason::Canonical);
            }
            if score >= self.config.threshold && !fit.touched {
                self.scratch.candidates.push(candidate(fit, pack, &verdict, true, self.config.threshold));
            }
        }
        self.scratch.candidates.len() > known
    }

    /// The nearest label before that names one of the fits whose check digits are not wrong; failing that, of any fit.
    fn named_before(&self, fits: &[Fit]) -> Option<usize> {
        let index = self.index;
        let names = |hit: &Hit, wrong: bool| {
            fits.iter()
                .any(|fit| (fit.check == Check::Invalid) == wrong && hit.to(index, fit.pack) == Some(Strength::Strong))
        };
        let nearest = |wrong| self.scratch.labels.before.iter().position(|hit| names(hit, wrong));
        nearest(false).or_else(|| nearest(true))
    }

    fn verdict(
        &self,
        fit: &Fit,
        pack: &Pack,
        words: &Words<'_>,
        (before, after): (&[Hit], &[Hit]),
        amount: bool,
    ) -> Verdict {
        let index = self.index;
        let outside = self.evidence.names(fit.pack);
        let own = words.strong.filter(|hit| hit.to(index, fit.pack) == Some(Strength::Strong));
        // A label that has its own number already does not join another.
        let own = own.filter(|hit| fit.written != Written::Unusual || hit.between.items == 0);
        // Nor does it reach into the next sentence for what nothing else speaks for.
        let alone = !is_telling(fit) && (fit.check == Check::None || fit.touched);
        let ends = |hit: &Hit| hit.between.sentence && !hit.between.abbreviated;
        let own = own.filter(|hit| !ends(hit) || !alone && hit.between.items == 0 || is_telling(fit));
        // Letters of a long hexadecimal number are no label.
        let own = own.filter(|hit| {
            hit.end < fit.start || fit.check == Check::Valid || !in_hash(self.text, &(fit.start..fit.end))
        });
        // A label that has its own number already goes on to the next one of a list.
        let far = |hit: &Hit| if hit.between.items == 0 { FAR } else { LISTED };
        let own = own.filter(|hit| !alone || hit.between.length <= far(hit));
        // Without separators a form of letters and digits is as telling as others are with them.
        let sure = is_sure(fit);
        // Words say of persons' numbers what they are; a look-alike is one by its writing.
        let look_alike = pack.report == Report::Never;
        if !outside
            && let Some(distance) = words.negative
            && !sure
            && !look_alike
        {
            let carried = fit.written == Written::Plain && fit.check == Check::Valid && pack.check_digits >= 2;
            if !(carried && distance > NEGATIVE_NEAR) {
                return Verdict::of(0, Reason::NegativeWord);
            }
        }
        if amount && !sure && !look_alike {
            return Verdict::of(0, Reason::Amount);
        }
        if fit.check == Check::Invalid {
            return suspect(fit, pack, own.is_some_and(|hit| hit.before && hit.between.items == 0) || outside);
        }
        if outside || own.is_some() {
            let reason = if outside { Reason::Outside } else { Reason::OwnLabel };
            return Verdict { strong: true, ..Verdict::of(fit.scores.labelled, reason) };
        }
        let decimal = decimals(self.text, &(fit.start..fit.end)) > 0;
        if fit.written == Written::Unusual && !fit.joins {
            return Verdict::of(0, Reason::NotJoined);
        }
        let row = fit.check == Check::None && in_row(self.text, &(fit.start..fit.end));
        if (fit.touched || decimal || row) && (!fit.joins || fit.touched && in_hash(self.text, &(fit.start..fit.end))) {
            return Verdict::of(0, Reason::Touched);
        }
        if fit.small_letters {
            return Verdict::of(0, Reason::SmallLetters);
        }
        let (base, reason) = base(fit);
        // Its own label that is too far away is at least no other's.
        if let Some(other) = words.strong.filter(|hit| hit.to(index, fit.pack) != Some(Strength::Strong)) {
            // What nothing checks and no writing tells is the other's, even where its check digits are wrong.
            let unsupported =
                other.between.items == 0 && fit.check == Check::None && fit.written == Written::Plain && !look_alike;
            if unsupported || words.right {
                return Verdict::of(if unsupported { 0 } else { base.min(fit.scores.bare) }, Reason::OtherLabel);
            }
        }
        let weak = |hits: &[Hit]| hits.iter().any(|hit| hit.to(index, fit.pack) == Some(Strength::Weak));
        let behind =
            after.iter().any(|hit| hit.to(index, fit.pack) == Some(Strength::Weak) && works_backwards(hit, self.text));
        if weak(before) || behind {
            return Verdict::of((base + WEAK).min(fit.scores.labelled.max(base)), Reason::WeakLabel);
        }
        Verdict::of(base, reason)
    }
}

/// Whether the writing alone is as good as a label.
fn is_telling(fit: &Fit) -> bool {
    match fit.written {
        Written::Canonical | Written::Grammar => true,
        Written::Plain => fit.scores.bare >= TELLING && !fit.touched,
        Written::Unusual => false,
    }
}

/// Whether no negative word and no amount can take a fit.
fn is_sure(fit: &Fit) -> bool {
    is_telling(fit) && fit.check == Check::Valid || fit.written == Written::Grammar
}

/// What a fit scores without words.
fn base(fit: &Fit) -> (u8, Reason) {
    match fit.written {
        Written::Canonical if !fit.touched => (fit.scores.canonical, Reason::Canonical),
        Written::Grammar => (fit.scores.canonical, Reason::Grammar),
        Written::Unusual => (fit.scores.bare, Reason::Joined),
        _ => (fit.scores.bare, Reason::Bare),
    }
}

fn candidate(fit: &Fit, pack: &Pack, verdict: &Verdict, taken: bool, threshold: u8) -> Candidate {
    // What is taken without its label may not have been asked for it.
    let named = verdict.strong && fit.scores.bare < threshold;
    let shields = pack.report == Report::Never && is_telling(fit);
    Candidate {
        start: fit.start,
        end: fit.end,
        pack: fit.pack,
        score: verdict.score,
        check: fit.check,
        length: fit.length,
        check_digits: if fit.check == Check::None { 0 } else { pack.check_digits },
        // What goes on behind a hyphen is no more of its own than what has wrong check digits and is written as its pack says.
        first: (verdict.strong || is_telling(fit)) && !(fit.touched && fit.check == Check::None),
        unusual: fit.written == Written::Unusual,
        strong: verdict.strong,
        suspect: verdict.suspect,
        speaks: fit.check == Check::Valid || is_telling(fit) || named,
        settles: taken && !verdict.suspect && (fit.written == Written::Canonical || is_sure(fit) || shields),
        shadow: !taken,
        unread: 0,
    }
}

fn suspect(fit: &Fit, pack: &Pack, named: bool) -> Verdict {
    let made = |reason| Verdict { suspect: true, ..Verdict::of(SUSPECT, reason) };
    match pack.suspect {
        Suspect::Label | Suspect::Form if named => made(Reason::Suspect),
        Suspect::Form if matches!(fit.written, Written::Canonical | Written::Grammar) && !fit.touched => {
            made(Reason::SuspectByForm)
        }
        _ => Verdict::of(0, Reason::WrongCheck),
    }
}

/// The nearest label after the window that names a fit and works backwards.
fn named_after<'h>(index: &Index, hits: &'h [Hit], fits: &[Fit], text: &[u8]) -> Option<&'h Hit> {
    hits.iter().find(|hit| {
        let names =
            fits.iter().any(|fit| fit.check != Check::Invalid && hit.to(index, fit.pack) == Some(Strength::Strong));
        names && works_backwards(hit, text)
    })
}

/// How near a negative word is, if it governs the window. Such a word is then the only label before.
fn negative(labels: &Labels) -> Option<usize> {
    labels.before.first().filter(|_| labels.negated).map(|hit| usize::from(hit.between.length))
}
