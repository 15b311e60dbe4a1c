//! Why each candidate was taken or not. The search calls it at every verdict; where nobody asks, it compiles to nothing.

use rasura_pack::Index;
use rasura_pack::table::Strength;

use crate::label::Hit;
use crate::label::score::Reason;
use crate::r#match::{Check, Fit};

/// Hears every verdict.
pub(crate) trait Trace {
    /// Whether anybody listens.
    const ON: bool;
    /// A candidate was scored.
    fn scored(&mut self, index: &Index, fit: &Fit, hits: &[&Hit], score: u8, reason: Reason);
}

/// Nobody listens.
pub(crate) struct Silent;

impl Trace for Silent {
    const ON: bool = false;
    #[inline]
    fn scored(&mut self, _: &Index, _: &Fit, _: &[&Hit], _: u8, _: Reason) {}
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

    fn scored(&mut self, index: &Index, fit: &Fit, hits: &[&Hit], score: u8, reason: Reason) {
        let labels = hits.iter().filter_map(|hit| {
            let meanings = hit.meanings(index);
            let meaning = meanings
                .iter()
                .find(|meaning| meaning.pack == fit.pack)
                .or_else(|| meanings.first().filter(|_| hit.phrase(index).negative > 0))?;
            Some(LabelSeen {
                start: hit.start,
                end: hit.end,
                label: hit.phrase(index).text.to_string(),
                strong: meaning.strength == Strength::Strong,
                before: hit.before,
                distance: usize::from(hit.between.length),
                pack: meaning.pack,
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
