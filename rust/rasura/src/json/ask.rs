//! What the search cannot see in the document as it stands: zeros that a number lost, and names that other members give.

use std::ops::Range;

use rasura_pack::table::Strength;

use super::{Document, Kind};
use crate::engine::Engine;
use crate::evidence::Evidence;
use crate::label;
use crate::r#match::Check;
use crate::resolve::{Finding, Role};
use crate::view::View;

/// So many zeros may be lost; where no check digits are right, one fewer.
const ZEROS: usize = 3;
/// A longer value is a text.
const VALUE: usize = 128;

impl Engine {
    /// What more there is than was `found`, in order.
    pub(super) fn asked(&self, document: &Document, found: &[Range<usize>]) -> Vec<Finding> {
        let mut more: Vec<Finding> = Vec::new();
        for &(node, name) in &document.named {
            self.named(document, node, name, &mut more);
        }
        for &node in &document.short {
            let place = document.nodes[node as usize].content();
            let next = found.partition_point(|other| other.end <= place.start);
            if found.get(next).is_none_or(|other| other.start >= place.end) {
                let packs = self.packs_of_key(&document.text, place.start);
                more.extend(self.padded(&document.text[place.clone()], &packs, place.start));
            }
        }
        more.sort_by_key(|finding| (finding.start, std::cmp::Reverse(finding.end)));
        more.dedup_by(|next, last| next.start < last.end);
        more
    }

    /// Looks at a member without a name of its own under the name that another one gives: `{"tipo": "CPF", "numero": ...}`.
    fn named(&self, document: &Document, node: u32, name: (u32, u32), more: &mut Vec<Finding>) {
        let node = &document.nodes[node as usize];
        let place = node.content();
        let value = &document.text[place.clone()];
        if value.is_empty() || value.len() > VALUE {
            return;
        }
        let mut text = b"{\"".to_vec();
        let name = &document.text[name.0 as usize..name.1 as usize];
        text.extend(name.iter().map(|&byte| if matches!(byte, b' ' | b'"') { b'_' } else { byte }));
        text.extend_from_slice(b"\":\"");
        let start = text.len();
        text.extend_from_slice(value);
        text.extend_from_slice(b"\"}");
        let known = more.len();
        for mut finding in self.find(&View::latin1(&text), &Evidence::NONE) {
            let (from, to) = (finding.start.max(start), finding.end.min(start + value.len()));
            if from < to {
                (finding.start, finding.end) = (from - start + place.start, to - start + place.start);
                more.push(finding);
            }
        }
        if known == more.len() && node.kind == Kind::Number {
            let packs = self.packs_of_key(&text, start);
            more.extend(self.padded(value, &packs, place.start));
        }
    }

    /// The packs that the key of the value at a place names.
    fn packs_of_key(&self, text: &[u8], at: usize) -> Vec<u16> {
        let (index, mut hits) = (self.index(), Vec::new());
        let before = label::before(index, text, at, &mut hits);
        if !before.keyed || before.negated {
            return Vec::new();
        }
        let meanings = hits.iter().flat_map(|hit| hit.meanings(index));
        let strong = meanings.filter(|meaning| meaning.strength == Strength::Strong).map(|meaning| meaning.pack);
        strong.filter(|&pack| self.config().role(pack) == Role::Reported).collect()
    }

    /// What a number at a place is with the zeros before it that numbers cannot have, if that is one of `packs`.
    fn padded(&self, digits: &[u8], packs: &[u16], at: usize) -> Option<Finding> {
        if packs.is_empty() || digits.first().is_none_or(|&first| first == b'0') {
            return None;
        }
        let evidence = Evidence::new(packs);
        (1..=ZEROS).find_map(|zeros| {
            let text = [&b"000"[..zeros], digits].concat();
            let found = self.find(&View::latin1(&text), &evidence);
            let [finding] = &found[..] else { return None };
            let whole = finding.start == 0 && finding.end == text.len() && packs.contains(&finding.pack);
            let right = match finding.check {
                Check::Valid => true,
                Check::None => zeros < ZEROS,
                Check::Invalid => false,
            };
            (whole && right).then(|| Finding { start: at, end: at + digits.len(), ..finding.clone() })
        })
    }
}
