//! What is written instead of a finding, and how two writings of one value are told to be the same.

mod canonical;
mod template;

use std::borrow::Cow;
use std::collections::HashMap;

pub(crate) use canonical::{canonical, of_text};
pub(crate) use template::Template;

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::resolve::{Candidate, Finding, Role};
use crate::view::View;

/// A piece of text that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<'e> {
    /// Where it begins, in characters of the view.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What stands there afterwards.
    pub word: Cow<'e, str>,
    /// The pack that names what stood there, by number.
    pub pack: u16,
}

/// What is written instead of those candidates that are reported, none of which overlaps another.
pub(crate) fn cuts_apart<'e>(config: &'e Config, candidates: &[Candidate]) -> Vec<Cut<'e>> {
    let reported = |candidate: &&Candidate| !candidate.shadow && config.role(candidate.pack) == Role::Reported;
    let mut cuts = Vec::with_capacity(candidates.iter().filter(reported).count());
    cuts.extend(candidates.iter().filter(reported).map(|&Candidate { start, end, pack, .. }| Cut {
        start,
        end,
        word: Cow::Borrowed(config.template.word(pack)),
        pack,
    }));
    cuts
}

/// What is written instead of each finding.
pub(crate) fn cuts<'e>(
    template: &'e Template,
    catalogue: &Catalogue,
    view: &View<'_>,
    findings: &[Finding],
) -> Vec<Cut<'e>> {
    if !template.numbered() {
        let cut = |finding: &Finding| Cut {
            start: finding.start,
            end: finding.end,
            word: Cow::Borrowed(template.word(finding.pack)),
            pack: finding.pack,
        };
        return findings.iter().map(cut).collect();
    }
    let mut numbers: HashMap<(&str, String), usize> = HashMap::new();
    let mut next: HashMap<&str, usize> = HashMap::new();
    let taken = Template::numbers_in(view.bytes());
    let mut cuts = Vec::with_capacity(findings.len());
    for finding in findings {
        let name = template.word(finding.pack);
        let value = canonical(catalogue.pack(finding.pack), view, finding.start..finding.end);
        let number = *numbers.entry((name, value)).or_insert_with(|| {
            let last = next.entry(name).or_insert(0);
            *last += 1;
            while taken.contains(last) {
                *last += 1;
            }
            *last
        });
        cuts.push(Cut {
            start: finding.start,
            end: finding.end,
            word: Cow::Owned(template.with_number(finding.pack, number)),
            pack: finding.pack,
        });
    }
    cuts
}
