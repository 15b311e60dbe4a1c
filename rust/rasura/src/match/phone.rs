//! Telephone numbers with `+` and a country code, in whatever groups they are written.

use rasura_pack::table::Grammar;

use super::strand::Strand;
use super::{Fit, Run, Search};
use crate::trace::Trace;

/// Country codes with the fewest and most digits of their national numbers, where they are narrower than the world's.
const PLANS: [(u32, usize, usize); 34] = [
    (1, 10, 10),
    (7, 10, 10),
    (20, 8, 10),
    (27, 9, 9),
    (30, 10, 10),
    (31, 9, 9),
    (32, 8, 9),
    (33, 9, 9),
    (34, 9, 9),
    (36, 8, 9),
    (39, 6, 11),
    (41, 9, 9),
    (44, 7, 10),
    (45, 8, 8),
    (46, 7, 13),
    (47, 8, 8),
    (48, 9, 9),
    (51, 8, 9),
    (52, 10, 11),
    (53, 6, 8),
    (54, 10, 11),
    (55, 10, 11),
    (56, 8, 9),
    (57, 8, 10),
    (58, 10, 10),
    (351, 9, 9),
    (502, 8, 8),
    (503, 8, 8),
    (504, 8, 8),
    (505, 8, 8),
    (506, 8, 8),
    (507, 7, 8),
    (591, 8, 8),
    (593, 8, 9),
];
/// First digits after which a country code has two digits.
const TWO: [u32; 45] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 0,
];
/// The longest number of the world's plan, country code and all.
const MOST: usize = 15;

impl<T: Trace> Search<'_, T> {
    /// Looks at the first of linked runs where a `+` stands before it.
    #[inline]
    pub(crate) fn international(&mut self, strand: Strand<'_>, runs: &[Run]) {
        // Few numbers have a plus sign near.
        if has_plus(strand.text, runs[0].start as usize) {
            self.after_plus(strand, runs);
        }
    }

    fn after_plus(&mut self, strand: Strand<'_>, runs: &[Run]) {
        let Some(start) = plus(strand.text, runs[0].start as usize) else { return };
        let Some((last, length)) = longest(strand.text, runs) else { return };
        let place = strand.place(start..runs[last].end as usize);
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(
            self.with_grammar(Grammar::InternationalPhone)
                .map(|(number, pack)| Fit::of_grammar(number, &place, length as u8, pack.scores)),
        );
        self.judge(&fits);
        self.scratch.fits = fits;
    }
}

/// Whether a `+` stands near enough before `start` to be the sign of a number there.
#[inline]
pub(super) fn has_plus(text: &[u8], start: usize) -> bool {
    text[start.saturating_sub(3)..start].contains(&b'+')
}

/// Where the `+` of a number that begins at `start` stands, if it is not a sum.
fn plus(text: &[u8], start: usize) -> Option<usize> {
    let head = &text[..start];
    let head = head.strip_suffix(b"(").unwrap_or(head);
    let head = head.strip_suffix(b" ").unwrap_or(head);
    let head = head.strip_suffix(b"+")?;
    let before = head.last().copied().unwrap_or(b' ');
    let sum = before.is_ascii_digit() || matches!(before, b'+' | b']' | b'>' | b'}');
    (!sum).then_some(head.len())
}

/// The last run of the longest number that begins with the first run, and how many digits it has.
fn longest(text: &[u8], runs: &[Run]) -> Option<(usize, usize)> {
    let mut digits = runs.iter().flat_map(|run| &text[run.range()]).map(|byte| u32::from(byte - b'0'));
    let (a, b, c) = (digits.next()?, digits.next()?, digits.next()?);
    let code = if a == 1 || a == 7 {
        a
    } else if TWO.contains(&(a * 10 + b)) {
        a * 10 + b
    } else {
        a * 100 + b * 10 + c
    };
    if a == 0 {
        return None;
    }
    let own = if code < 10 {
        1
    } else if code < 100 {
        2
    } else {
        3
    };
    let (least, most) =
        PLANS.iter().find(|plan| plan.0 == code).map_or((6, MOST - own), |&(_, least, most)| (least, most));
    let (mut total, mut found) = (0, None);
    for (n, run) in runs.iter().enumerate() {
        if n > 0 && !joins(&text[runs[n - 1].end as usize..run.start as usize]) {
            break;
        }
        total += run.len();
        // `+55 (0)11`: the zero is dialled inside the country only.
        let zero = usize::from(n > 0 && run.len() == 1 && text[run.start as usize] == b'0');
        total -= zero;
        if total > own + most {
            break;
        }
        if total >= own + least {
            found = Some((n, total));
        }
    }
    found
}

fn joins(gap: &[u8]) -> bool {
    gap.iter().all(|byte| b" -.()/\n\xB7\xA0".contains(byte))
        || gap.len() == 1 && !matches!(gap[0], b',' | b';' | b':' | b'=' | b'|')
}
