//! Why each candidate was taken or not. The search calls it at every verdict; where nobody asks, it compiles to nothing.

use crate::label::Hit;
use crate::label::score::Reason;
use crate::r#match::{Check, Fit};

/// Hears every verdict.
pub(crate) trait Trace {
    /// Whether anybody listens.
    const ON: bool;
    /// A candidate was scored.
    fn scored(&mut self, fit: &Fit, hits: &[&Hit<'_>], score: u8, reason: Reason);
}

/// Nobody listens.
pub(crate) struct Silent;

impl Trace for Silent {
    const ON: bool = false;
    #[inline]
    fn scored(&mut self, _: &Fit, _: &[&Hit<'_>], _: u8, _: Reason) {}
}

/// A label that was seen near a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSeen {
    /// Where it begins, in characters of the view.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The label, as its pack has it.
    pub label: String,
    /// Whether it names the identifier, not only its surroundings.
    pub strong: bool,
    /// Whether it stands before the candidate.
    pub before: bool,
    /// How far away it is, other candidates counted as one character.
    pub distance: usize,
    /// Whose label it is.
    pub pack: u16,
}

/// What became of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where it begins, in characters of the view.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The pack that fits.
    pub pack: u16,
    /// How it is written: `canonical`, `plain`, `unusual` or `grammar`.
    pub form: &'static str,
    /// What the check digits say.
    pub check: Check,
    /// The labels that spoke for or against it.
    pub labels: Vec<LabelSeen>,
    /// The score, in hundredths.
    pub score: u8,
    /// Whether it was taken.
    pub taken: bool,
    /// Why.
    pub reason: String,
}

/// Keeps what it hears.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) decisions: Vec<Decision>,
}

impl Trace for Record {
    const ON: bool = true;

    fn scored(&mut self, fit: &Fit, hits: &[&Hit<'_>], score: u8, reason: Reason) {
        let labels = hits.iter().flat_map(|hit| {
            hit.meanings().filter(|&(pack, _)| pack == fit.pack || hit.negative().is_some()).take(1).map(|(pack, strength)| LabelSeen {
                start: hit.start,
                end: hit.end,
                label: hit.phrase.text.to_string(),
                strong: strength == rasura_pack::table::Strength::Strong,
                before: hit.before,
                distance: usize::from(hit.between.length),
                pack,
            })
        });
        self.decisions.push(Decision {
            start: fit.start,
            end: fit.end,
            pack: fit.pack,
            form: fit.written.name(),
            check: fit.check,
            labels: labels.collect(),
            score,
            taken: false,
            reason: reason.text().to_owned(),
        });
    }
}
