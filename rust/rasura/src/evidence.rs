//! What the caller knows beside the text: the key of a JSON value, the name of a column, the agent's last question.

/// Evidence from outside the text. It counts as a strong label directly before every candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence<'a> {
    packs: &'a [u16],
}

impl<'a> Evidence<'a> {
    /// No evidence.
    pub const NONE: Evidence<'static> = Evidence { packs: &[] };

    /// The packs that the surroundings name, by number.
    #[must_use]
    pub const fn new(packs: &'a [u16]) -> Self {
        Self { packs }
    }

    /// Whether the surroundings name a pack.
    #[inline]
    pub(crate) fn names(&self, pack: u16) -> bool {
        self.packs.contains(&pack)
    }

    /// Whether there is any.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.packs.is_empty()
    }
}
