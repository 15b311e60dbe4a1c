//! The order of candidates: rule 16.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::ops::Range;

use super::Candidate;
use super::signs::Signs;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::r#match::Check;

/// Compares candidates; the smaller one wins.
pub(crate) struct Order<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) config: &'a Config,
    /// What stands around the places that several countries claim.
    pub(crate) signs: BTreeMap<(usize, usize), Signs<'a>>,
}

impl Order<'_> {
    /// `Less` where `a` wins over `b`. Each key is of one candidate alone, so the order has no cycles.
    pub(crate) fn compare(&self, a: &Candidate, b: &Candidate) -> Ordering {
        let by_length = |one: &Candidate| {
            (Reverse(one.first), one.suspect, Reverse(one.length), Reverse(one.end - one.start), self.is_regrouped(one))
        };
        let (here, there) = (self.signs_at(a), self.signs_at(b));
        by_length(a)
            .cmp(&by_length(b))
            .then_with(|| self.rank(b, there).cmp(&self.rank(a, here)))
            .then_with(|| self.locale(a).cmp(&self.locale(b)))
            .then_with(|| self.country(a).cmp(self.country(b)))
            .then(b.score.cmp(&a.score))
            .then_with(|| self.catalogue.pack(a.pack).id.cmp(&self.catalogue.pack(b.pack).id))
            .then((a.start, a.end, a.check, a.score).cmp(&(b.start, b.end, b.check, b.score)))
    }

    /// Its own label, the score, what else stands near, and the check digits. Between packs of several countries that say the same of the
    /// same characters each has the best one's score, so that the signs decide, and then the check digits.
    fn rank(&self, candidate: &Candidate, signs: Option<&Signs<'_>>) -> (bool, u8, usize, u8) {
        let country = self.country(candidate);
        let shared = signs.filter(|_| !country.is_empty());
        let score = shared.map_or(candidate.score, |signs| signs.best(candidate));
        let named = shared.is_some() && candidate.strong;
        (named, score, shared.map_or(0, |signs| signs.of(country)), candidate.check_digits)
    }

    fn signs_at(&self, candidate: &Candidate) -> Option<&Signs<'_>> {
        self.signs.get(&(candidate.start, candidate.end))
    }

    fn locale(&self, candidate: &Candidate) -> usize {
        self.config.locale_rank(self.country(candidate))
    }

    fn country(&self, candidate: &Candidate) -> &str {
        &self.catalogue.pack(candidate.pack).country
    }

    /// Whether separators that are not its own are all that a candidate has against one that is written as its pack says, and
    /// its check digits are often right by chance.
    fn is_regrouped(&self, candidate: &Candidate) -> bool {
        const RARE: u8 = 50;
        let carried = candidate.check == Check::Valid && self.catalogue.pack(candidate.pack).scores.bare >= RARE;
        candidate.unusual && !carried
    }
}

/// What stands around those places of a group of candidates, which is ordered by start, that two countries may claim.
pub(super) fn signs<'a>(
    candidates: &[Candidate],
    group: Range<usize>,
    catalogue: &'a Catalogue,
    text: &[u8],
) -> BTreeMap<(usize, usize), Signs<'a>> {
    let country = |candidate: &Candidate| &*catalogue.pack(candidate.pack).country;
    let others = [&candidates[..group.start], &candidates[group.end..]];
    let mut all = BTreeMap::new();
    // A long chain of candidates takes linear time: only those with one beginning are compared.
    for members in candidates[group].chunk_by(|a, b| a.start == b.start).filter(|members| members.len() > 1) {
        let mut by_end: BTreeMap<usize, Vec<&Candidate>> = BTreeMap::new();
        for member in members.iter().filter(|member| !country(member).is_empty()) {
            by_end.entry(member.end).or_default().push(member);
        }
        for (end, same) in by_end {
            if same.iter().any(|other| country(other) != country(same[0])) {
                let place = members[0].start..end;
                all.insert((place.start, end), Signs::read(catalogue, text, place, &same, others));
            }
        }
    }
    all
}
