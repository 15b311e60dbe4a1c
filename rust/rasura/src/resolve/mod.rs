//! Which of several candidates names the same characters. Resolving names, it never uncovers: characters of any
//! candidate that was taken stay covered.

mod order;

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
    /// Whether nothing inside it can win against it: its form is its own, and it is no suspect.
    pub(crate) settles: bool,
    /// Whether its score is too low: it competes with nothing and is only named among the alternatives.
    pub(crate) shadow: bool,
}

impl Candidate {
    fn touches(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
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

/// Findings in order, none overlapping. `lost` hears what was not taken and why.
pub(crate) fn resolve(
    candidates: &mut [Candidate],
    catalogue: &Catalogue,
    config: &Config,
    text: &[u8],
    mut lost: impl FnMut(&Candidate, Lost),
) -> Vec<Finding> {
    candidates.sort_by_key(|candidate| candidate.start);
    let mut findings = Vec::new();
    let mut first = 0;
    while first < candidates.len() {
        let mut end = candidates[first].end;
        let mut after = first + 1;
        while after < candidates.len() && candidates[after].start < end {
            end = end.max(candidates[after].end);
            after += 1;
        }
        let group = &mut candidates[first..after];
        if let [only] = group {
            if config.role(only.pack) == Role::Reported && !only.shadow {
                findings.push(finding(only, &[]));
            }
        } else {
            settle(group, &order::Order { catalogue, config, text }, &mut findings, &mut lost);
        }
        first = after;
    }
    findings
}

fn finding(candidate: &Candidate, group: &[Candidate]) -> Finding {
    let same = |other: &&Candidate| {
        (other.start, other.end) == (candidate.start, candidate.end) && other.pack != candidate.pack && !other.suspect
    };
    let mut alternatives: Vec<u16> = group.iter().filter(same).map(|other| other.pack).collect();
    alternatives.sort_unstable();
    alternatives.dedup();
    let Candidate { start, end, pack, score, check, .. } = *candidate;
    Finding { start, end, pack, score, check, alternatives }
}

/// Settles candidates that overlap.
fn settle(
    group: &mut [Candidate],
    order: &order::Order<'_>,
    findings: &mut Vec<Finding>,
    lost: &mut impl FnMut(&Candidate, Lost),
) {
    group.sort_by(|a, b| order.compare(a, b));
    let reported = |candidate: &Candidate| order.config.role(candidate.pack) == Role::Reported;
    let mut kept: Vec<Candidate> = Vec::with_capacity(group.len());
    for candidate in group.iter().filter(|candidate| !candidate.shadow && reported(candidate)) {
        match beaten(candidate, group, order) {
            Some(reason) => lost(candidate, reason),
            None => kept.push(*candidate),
        }
    }
    let mut winners: Vec<Candidate> = Vec::new();
    let mut losers = Vec::new();
    for candidate in &kept {
        match winners.iter().find(|winner| winner.touches(candidate)) {
            Some(winner) => {
                lost(candidate, Lost::Order(winner.pack));
                losers.push(*candidate);
            }
            None => winners.push(*candidate),
        }
    }
    let named: Vec<Candidate> = group
        .iter()
        .filter(|candidate| order.catalogue.pack(candidate.pack).report != Report::Never)
        .copied()
        .collect();
    let mut found: Vec<Finding> = winners.iter().map(|winner| finding(winner, &named)).collect();
    cover(&mut found, &losers);
    found.sort_by_key(|finding| finding.start);
    findings.append(&mut found);
}

/// What a candidate loses to before any order: a better look-alike, what it regroups, a candidate that is not wrong.
fn beaten(candidate: &Candidate, group: &[Candidate], order: &order::Order<'_>) -> Option<Lost> {
    let others =
        || group.iter().filter(|other| !other.shadow && other.pack != candidate.pack && other.touches(candidate));
    if candidate.suspect {
        return others().find(|other| !other.suspect).map(|other| Lost::Suspect(other.pack));
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
        let own = group.iter().filter(|other| !other.shadow).find(inside);
        if let Some(other) = own {
            return Some(Lost::Unusual(other.pack));
        }
    }
    let shields = |other: &&Candidate| {
        let same_span = (other.start, other.end) == (candidate.start, candidate.end);
        let asked_for = order.config.chosen && same_span && order.catalogue.pack(other.pack).report != Report::Never;
        order.config.role(other.pack) == Role::Shield && !asked_for && order.compare(other, candidate).is_lt()
    };
    others().find(shields).map(|other| Lost::LookAlike(other.pack))
}

/// Lets winners grow over what sticks out of the candidates that lost to them.
fn cover(found: &mut [Finding], losers: &[Candidate]) {
    for loser in losers {
        loop {
            let spans: Vec<(usize, usize)> = found.iter().map(|finding| (finding.start, finding.end)).collect();
            let covered = |at: usize| spans.iter().any(|&(start, end)| (start..end).contains(&at));
            let Some(open) = (loser.start..loser.end).find(|&at| !covered(at)) else { break };
            let to = (open..loser.end).find(|&at| covered(at)).unwrap_or(loser.end);
            // `found` stands in the order of rule 16, so the best neighbour grows.
            if let Some(winner) = found.iter_mut().find(|finding| finding.end == open || finding.start == to) {
                winner.start = winner.start.min(open);
                winner.end = winner.end.max(to);
            } else {
                break;
            }
        }
    }
}
