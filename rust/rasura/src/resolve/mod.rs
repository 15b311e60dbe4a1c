//! Which of several candidates names the same characters. Resolving names, it never uncovers: characters of any
//! candidate that was taken stay covered.

mod order;
mod signs;

use std::collections::BTreeMap;
use std::ops::Range;

use rasura_pack::table::{Inside, Report};

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::r#match::Check;

/// A candidate with its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that the order of candidates asks for")]
pub(crate) struct Candidate {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) pack: u16,
    pub(crate) score: u8,
    pub(crate) check: Check,
    /// How many characters the identifier has.
    pub(crate) length: u8,
    pub(crate) check_digits: u8,
    /// Whether its own strong label names it or its form is canonical.
    pub(crate) first: bool,
    pub(crate) unusual: bool,
    pub(crate) strong: bool,
    pub(crate) suspect: bool,
    /// Whether it says of which country other numbers near are: what is so whether or not words were read.
    pub(crate) speaks: bool,
    /// Whether nothing inside it can win against it: its form is its own, and it is no suspect.
    pub(crate) settles: bool,
    /// Whether its score is too low: it competes with nothing and is only named among the alternatives.
    pub(crate) shadow: bool,
    /// Not 0: no words were read for it, and its score is not known, but it is taken whatever they say.
    pub(crate) unread: u32,
}

impl Candidate {
    /// Whether a place lies in it.
    #[inline]
    pub(crate) fn covers(&self, place: &Range<usize>) -> bool {
        self.start <= place.start && place.end <= self.end
    }
}

/// What was found: offsets, not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it begins, in characters of the view.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The pack that names it, by number.
    pub pack: u16,
    /// How sure it is, in hundredths.
    pub score: u8,
    /// What the check digits say.
    pub check: Check,
    /// Other packs that the same characters could be, by number.
    pub alternatives: Vec<u16>,
    /// What it says, where that is not what stands there: escapes decoded, words as digits.
    pub said: Option<Box<str>>,
}

/// What a resolved candidate lost to, for `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// A look-alike or an identifier that is not reported.
    LookAlike(u16),
    /// A valid or unchecked candidate overlaps the suspect.
    Suspect(u16),
    /// A candidate inside it is written as its pack says.
    Unusual(u16),
    /// A candidate that comes before it in the order.
    Order(u16),
}

/// What role a pack plays for an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is reported.
    Reported,
    /// It hides what lies in it.
    Shield,
    /// It hides nothing.
    Open,
}

impl Role {
    /// The role of a pack that is reported or not.
    pub(crate) fn of(report: Report, inside: Inside, wanted: bool) -> Self {
        match (wanted && report != Report::Never, inside) {
            (true, _) => Self::Reported,
            (false, Inside::Shield) => Self::Shield,
            (false, Inside::Open) => Self::Open,
        }
    }
}

/// Appends findings in order, none overlapping. `lost` hears what was not taken and why.
pub(crate) fn resolve(
    candidates: &mut [Candidate],
    catalogue: &Catalogue,
    config: &Config,
    text: &[u8],
    findings: &mut Vec<Finding>,
    mut lost: impl FnMut(&Candidate, Lost),
) {
    order_by_start(candidates);
    let mut start = 0;
    while let Some(length) = first_group(&candidates[start..]) {
        if let [only] = &candidates[start..start + length] {
            if config.role(only.pack) == Role::Reported && !only.shadow {
                findings.push(finding(only, std::iter::empty()));
            }
        } else {
            let signs = order::signs(candidates, start..start + length, catalogue, text);
            let order = order::Order { catalogue, config, signs };
            settle(&mut candidates[start..start + length], &order, findings, &mut lost);
        }
        start += length;
    }
}

/// How many of the first candidates overlap, in the order of the text.
fn first_group(candidates: &[Candidate]) -> Option<usize> {
    let mut end = candidates.first()?.end;
    let mut after = 1;
    while after < candidates.len() && candidates[after].start < end {
        end = end.max(candidates[after].end);
        after += 1;
    }
    Some(after)
}

/// Puts candidates in the order of the text, which most are in.
pub(crate) fn order_by_start(candidates: &mut [Candidate]) {
    if !candidates.is_sorted_by_key(|candidate| candidate.start) {
        candidates.sort_by_key(|candidate| candidate.start);
    }
}

/// Candidates that overlap, group by group in the order of the text.
pub(crate) fn overlapping(candidates: &mut [Candidate]) -> impl Iterator<Item = &mut [Candidate]> {
    order_by_start(candidates);
    let mut rest = candidates;
    std::iter::from_fn(move || {
        let length = first_group(rest)?;
        let (group, others) = std::mem::take(&mut rest).split_at_mut(length);
        rest = others;
        Some(group)
    })
}

/// Candidates of one group by where they begin: who overlaps whom is asked of near ones only, so that a long chain of
/// overlapping candidates takes linear time.
struct Near {
    by_start: Vec<Candidate>,
    longest: usize,
}

impl Near {
    /// `group` is ordered by start.
    fn new(group: &[Candidate]) -> Self {
        let longest = group.iter().map(|candidate| candidate.end - candidate.start).max().unwrap_or(0);
        Self { by_start: group.to_vec(), longest }
    }

    /// The candidates that overlap one, itself among them.
    fn around(&self, candidate: &Candidate) -> impl Iterator<Item = &Candidate> {
        let least = candidate.start.saturating_sub(self.longest);
        let first = self.by_start.partition_point(|other| other.start < least);
        let (start, end) = (candidate.start, candidate.end);
        self.by_start[first..].iter().take_while(move |other| other.start < end).filter(move |other| other.end > start)
    }
}

fn finding<'a>(candidate: &Candidate, around: impl Iterator<Item = &'a Candidate>) -> Finding {
    let same = |other: &&Candidate| {
        (other.start, other.end) == (candidate.start, candidate.end) && other.pack != candidate.pack && !other.suspect
    };
    let mut alternatives: Vec<u16> = around.filter(same).map(|other| other.pack).collect();
    alternatives.sort_unstable();
    alternatives.dedup();
    let Candidate { start, end, pack, score, check, .. } = *candidate;
    Finding { start, end, pack, score, check, alternatives, said: None }
}

/// Settles candidates that overlap.
fn settle(
    group: &mut [Candidate],
    order: &order::Order<'_>,
    findings: &mut Vec<Finding>,
    lost: &mut impl FnMut(&Candidate, Lost),
) {
    let near = Near::new(group);
    group.sort_by(|a, b| order.compare(a, b));
    let reported = |candidate: &Candidate| order.config.role(candidate.pack) == Role::Reported;
    let mut winners: BTreeMap<usize, Candidate> = BTreeMap::new();
    let mut ranked = Vec::new();
    let mut losers = Vec::new();
    for candidate in group.iter().filter(|candidate| !candidate.shadow && reported(candidate)) {
        if let Some(reason) = beaten(candidate, &near, order) {
            lost(candidate, reason);
            continue;
        }
        // Winners do not overlap, so the last one that begins before the end tells.
        let over = winners.range(..candidate.end).next_back().filter(|(_, winner)| winner.end > candidate.start);
        if let Some((_, winner)) = over {
            lost(candidate, Lost::Order(winner.pack));
            losers.push(*candidate);
        } else {
            winners.insert(candidate.start, *candidate);
            ranked.push(*candidate);
        }
    }
    let named = |other: &&Candidate| order.catalogue.pack(other.pack).report != Report::Never;
    let mut found: Vec<Finding> =
        ranked.iter().map(|winner| finding(winner, near.around(winner).filter(named))).collect();
    cover(&mut found, &losers);
    found.sort_by_key(|finding| finding.start);
    findings.append(&mut found);
}

/// What a candidate loses to before any order: a better look-alike, what it regroups, a candidate that is not wrong.
fn beaten(candidate: &Candidate, near: &Near, order: &order::Order<'_>) -> Option<Lost> {
    let others = || near.around(candidate).filter(|other| !other.shadow && other.pack != candidate.pack);
    let asked_for = |other: &Candidate| {
        let same_span = (other.start, other.end) == (candidate.start, candidate.end);
        order.config.chosen && same_span && order.catalogue.pack(other.pack).report != Report::Never
    };
    let shield = |other: &Candidate| order.config.role(other.pack) == Role::Shield;
    if candidate.suspect {
        // As its pack writes it or without separators it is one number: what is right of a part of it is chance.
        let place = candidate.start..candidate.end;
        // A look-alike that nothing but its length and its first digits tells, as seconds since 1970, is no surer.
        let unsure = |other: &Candidate| shield(other) && !other.first && other.score < candidate.score;
        let beats = |other: &&Candidate| {
            !other.suspect
                && (candidate.unusual || other.covers(&place))
                && !(shield(other) && asked_for(other))
                && (candidate.unusual || !unsure(other))
        };
        return others().find(beats).map(|other| Lost::Suspect(other.pack));
    }
    if candidate.unusual {
        let inside = |other: &&Candidate| {
            !other.unusual
                && !other.suspect
                && (other.check == Check::Valid || other.first && candidate.check != Check::Valid)
                && candidate.start <= other.start
                && other.end <= candidate.end
                && other.length < candidate.length
        };
        let own = near.around(candidate).filter(|other| !other.shadow).find(inside);
        if let Some(other) = own {
            return Some(Lost::Unusual(other.pack));
        }
    }
    let shields = |other: &&Candidate| shield(other) && !asked_for(other) && order.compare(other, candidate).is_lt();
    others().find(shields).map(|other| Lost::LookAlike(other.pack))
}

/// Lets winners grow over what sticks out of the candidates that lost to them. `found` stands in the order of rule 16:
/// of two neighbours the first one grows.
fn cover(found: &mut [Finding], losers: &[Candidate]) {
    let mut spans: BTreeMap<usize, usize> = (0..found.len()).map(|n| (found[n].start, n)).collect();
    for loser in losers {
        let mut at = loser.start;
        while at < loser.end {
            let before = spans.range(..=at).next_back().map(|(_, &n)| n);
            if let Some(n) = before.filter(|&n| found[n].end > at) {
                at = found[n].end;
                continue;
            }
            let next = spans.range(at..).next().map(|(_, &n)| n);
            let to = next.map_or(loser.end, |n| found[n].start.min(loser.end));
            let left = before.filter(|&n| found[n].end == at);
            let right = next.filter(|&n| found[n].start == to);
            match (left, right) {
                (Some(left), Some(right)) if right < left => grow_left(found, &mut spans, right, at),
                (Some(left), _) => found[left].end = to,
                (None, Some(right)) => grow_left(found, &mut spans, right, at),
                (None, None) => {}
            }
            at = to;
        }
    }
}

fn grow_left(found: &mut [Finding], spans: &mut BTreeMap<usize, usize>, n: usize, start: usize) {
    spans.remove(&found[n].start);
    found[n].start = start;
    spans.insert(start, n);
}
