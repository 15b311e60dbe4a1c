//! What matching asks of the words around a window before it tries anything there: read once for each end of a window.

use std::ops::Range;

use rasura_pack::table::Strength;

use super::phrase::placeholder;
use super::{Before, Hit};
use crate::r#match::Search;
use crate::trace::Trace;

impl<T: Trace> Search<'_, T> {
    /// Whether any label or evidence stands by a window that could raise what it scores alone.
    #[inline]
    pub(crate) fn is_spoken_for(&mut self, place: &Range<usize>) -> bool {
        if !self.evidence.is_empty() {
            return true;
        }
        self.read_before(place.start);
        if self.scratch.labels.before_names {
            return true;
        }
        if self.scratch.labels.negated {
            return false;
        }
        self.read_after(place.end);
        self.scratch.labels.after_names
    }

    /// As [`Self::is_spoken_for`], but only by labels on the sides where the window may end for them.
    pub(crate) fn is_spoken_for_at(&mut self, place: &Range<usize>, lead: bool, trail: bool) -> bool {
        if !self.evidence.is_empty() || lead && trail {
            return self.is_spoken_for(place);
        }
        self.read_before(place.start);
        if lead {
            return self.scratch.labels.before_names;
        }
        self.read_after(place.end);
        self.scratch.labels.after_names
    }

    /// Whether a strong label of the pack, or evidence from outside, stands on a side where the window may end for it.
    pub(crate) fn is_named_at(&mut self, pack: u16, place: &Range<usize>, lead: bool, trail: bool) -> bool {
        if lead && trail || self.evidence.names(pack) {
            return self.is_named(pack, place, false);
        }
        let (index, text) = (self.index, self.text);
        let names = |hit: &Hit| hit.to(index, pack) == Some(Strength::Strong);
        self.read_before(place.start);
        if lead || self.scratch.labels.negated {
            return self.names_before(pack, false);
        }
        self.read_after(place.end);
        self.scratch.labels.after.iter().any(|hit| names(hit) && works_backwards(hit, text))
    }

    /// Whether a strong or weak label of the pack, or evidence from outside, stands by a window.
    pub(crate) fn is_named(&mut self, pack: u16, place: &Range<usize>, weakly: bool) -> bool {
        let index = self.index;
        if self.evidence.names(pack) {
            return true;
        }
        let names = |hit: &Hit| match hit.to(index, pack) {
            Some(Strength::Strong) => true,
            Some(Strength::Weak) => weakly,
            _ => false,
        };
        self.read_before(place.start);
        if self.names_before(pack, weakly) {
            return true;
        }
        if self.scratch.labels.negated {
            return false;
        }
        self.read_after(place.end);
        let text = self.text;
        self.scratch.labels.after_names
            && self.scratch.labels.after.iter().any(|hit| names(hit) && works_backwards(hit, text))
    }

    /// Whether a label before the window that was read last names a pack. Many packs are asked for at one window.
    fn names_before(&mut self, pack: u16, weakly: bool) -> bool {
        let index = self.index;
        let labels = &mut self.scratch.labels;
        if !labels.before_names {
            return false;
        }
        if labels.named_at != labels.before_at {
            labels.named_at = labels.before_at;
            for named in &mut labels.named {
                named.clear();
                named.resize(index.packs.len().div_ceil(64), 0);
            }
            let naming = labels.before.iter().filter(|hit| hit.phrase(index).names);
            for meaning in naming.flat_map(|hit| hit.meanings(index)) {
                let (word, bit) = (usize::from(meaning.pack / 64), 1 << (meaning.pack % 64));
                match meaning.strength {
                    Strength::Strong => labels.named.iter_mut().for_each(|named| named[word] |= bit),
                    Strength::Weak => labels.named[1][word] |= bit,
                    _ => {}
                }
            }
        }
        labels.named[usize::from(weakly)][usize::from(pack / 64)] >> (pack % 64) & 1 == 1
    }

    pub(super) fn read_before(&mut self, at: usize) {
        let labels = &mut self.scratch.labels;
        if labels.before_at != at {
            labels.before.clear();
            let Before { keyed, negated } = super::before(self.index, self.text, at, &mut labels.before);
            if labels.keyed != keyed {
                // What was read after another window is not what this one may hear.
                labels.after_at = usize::MAX;
            }
            labels.keyed = keyed;
            labels.before_names = labels.before.iter().any(|hit| hit.phrase(self.index).names);
            labels.negated = negated;
            labels.before_at = at;
        }
    }

    pub(super) fn read_after(&mut self, at: usize) {
        let labels = &mut self.scratch.labels;
        if labels.after_at != at {
            labels.after.clear();
            // What follows a value with a key is the next key's.
            if !labels.keyed {
                super::after(self.index, self.text, at, &mut labels.after);
            }
            labels.after_names = labels.after.iter().any(|hit| hit.phrase(self.index).names);
            labels.after_at = at;
        }
    }
}

/// A label works backwards if no candidate follows within 30 characters, or something that ends a clause stands between.
pub(super) fn works_backwards(hit: &Hit, text: &[u8]) -> bool {
    if hit.between.items > 0 {
        return false;
    }
    let rest = &text[hit.end..text.len().min(hit.end + 30)];
    let candidate = (0..rest.len()).find(|&at| match rest[at] {
        b'@' => true,
        b'[' | b'<' | b'{' => placeholder(text, hit.end + at).is_some(),
        byte if byte.is_ascii_digit() => rest[at..].iter().filter(|byte| byte.is_ascii_digit()).count() >= 4,
        _ => false,
    });
    candidate.is_none_or(|at| rest[..at].iter().any(|byte| matches!(byte, b'.' | b',' | b';' | b')' | b'\n')))
}
