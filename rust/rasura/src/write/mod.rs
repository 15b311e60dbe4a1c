//! What is written instead of a finding, and how two writings of one value are told to be the same.

mod canonical;
mod fitted;
mod phone;
mod template;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

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
    pub word: Word<'e>,
    /// The pack that names what stood there, by number.
    pub pack: u16,
}

/// A placeholder as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'e> {
    /// The word, and maybe spaces behind it.
    text: Cow<'e, str>,
    length: usize,
    ascii: bool,
}

impl From<String> for Word<'_> {
    fn from(text: String) -> Self {
        Self { length: text.len(), ascii: text.is_ascii(), text: Cow::Owned(text) }
    }
}

impl Word<'_> {
    /// The placeholder.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text[..self.length]
    }

    /// Its bytes, which others may follow: who has the room can copy more than there are, without asking how many.
    #[must_use]
    #[inline]
    pub fn with_more(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How many bytes it has.
    #[must_use]
    #[inline]
    #[expect(clippy::len_without_is_empty, reason = "no placeholder is empty")]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether it is ASCII.
    #[must_use]
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }
}

/// What is written instead of those candidates that are reported, if they stand in order and none overlaps another.
pub(crate) fn cuts_apart<'e>(
    config: &'e Config,
    catalogue: &Catalogue,
    view: &View<'_>,
    candidates: &[Candidate],
) -> Option<Vec<Cut<'e>>> {
    let mut cuts = Vec::with_capacity(candidates.len());
    let mut last = 0;
    for &Candidate { start, end, pack, shadow, .. } in candidates {
        if start < last {
            return None;
        }
        last = end;
        if !shadow && config.role(pack) == Role::Reported {
            cuts.push(cut(catalogue, view, start..end, pack, config.template.with_room(pack)));
        }
    }
    Some(cuts)
}

/// What is written instead of each finding.
pub(crate) fn cuts<'e>(
    config: &'e Config,
    catalogue: &Catalogue,
    view: &View<'_>,
    findings: &[Finding],
) -> Vec<Cut<'e>> {
    let template = &config.template;
    if !template.numbered() {
        let cut = |&Finding { start, end, pack, .. }: &Finding| {
            cut(catalogue, view, start..end, pack, template.with_room(pack))
        };
        return findings.iter().map(cut).collect();
    }
    let mut numbers: HashMap<(&str, String), usize> = HashMap::new();
    let mut next: HashMap<&str, usize> = HashMap::new();
    let taken = Template::numbers_in(view.bytes());
    let mut cuts = Vec::with_capacity(findings.len());
    for finding in findings {
        let name = template.word(finding.pack);
        let value = canonical(catalogue.pack(finding.pack), config, view, finding);
        let number = *numbers.entry((name, value)).or_insert_with(|| {
            let last = next.entry(name).or_insert(0);
            *last += 1;
            while taken.contains(last) {
                *last += 1;
            }
            *last
        });
        let word = template.with_number(finding.pack, number);
        cuts.push(cut(catalogue, view, finding.start..finding.end, finding.pack, word));
    }
    cuts
}

/// What is written at a place instead of what a pack names.
#[inline]
fn cut<'e>(catalogue: &Catalogue, view: &View<'_>, place: Range<usize>, pack: u16, word: Word<'e>) -> Cut<'e> {
    let fitted = fitted::fitted(catalogue.pack(pack), view, &place, word.as_str());
    Cut { start: place.start, end: place.end, word: fitted.map_or(word, Word::from), pack }
}
