//! Telephone numbers with `+` and a country code, in whatever groups they are written.

use rasura_pack::table::Grammar;

use super::express::Runs;
use super::strand::Strand;
use super::{Fit, Run, Search};
use crate::label::phrase::placeholder;
use crate::trace::Trace;

/// Country codes with the fewest and most digits of their national numbers, where they are narrower than the world's.
const PLANS: [(usize, usize, usize); 34] = [
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
const TWO: [usize; 44] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];
/// The longest number of the world's plan, country code and all.
const MOST: usize = 15;

/// What a number may look like whose first three digits are known.
#[derive(Clone, Copy)]
struct Plan {
    /// How many digits the country code has, 0 where there is none.
    code: u8,
    /// The fewest digits of the whole number.
    least: u8,
    /// The most.
    most: u8,
}

/// By the first three digits.
static BY_HEAD: [Plan; 1000] = {
    let mut by_head = [Plan { code: 0, least: 0, most: 0 }; 1000];
    let mut two = [false; 100];
    let mut n = 0;
    while n < TWO.len() {
        two[TWO[n]] = true;
        n += 1;
    }
    let mut head = 100;
    while head < 1000 {
        let (first, code) = (head / 100, if two[head / 10] { (head / 10, 2) } else { (head, 3) });
        let (number, own) = if first == 1 || first == 7 { (first, 1) } else { code };
        let (mut least, mut most) = (6 + own, MOST);
        n = 0;
        while n < PLANS.len() {
            if PLANS[n].0 == number {
                (least, most) = (PLANS[n].1 + own, PLANS[n].2 + own);
            }
            n += 1;
        }
        by_head[head] = Plan { code: own as u8, least: least as u8, most: most as u8 };
        head += 1;
    }
    by_head
};

impl<T: Trace> Search<'_, T> {
    /// Looks at the first of linked runs where a `+` stands before it.
    #[inline]
    pub(crate) fn international(&mut self, strand: Strand<'_>, runs: &[Run]) {
        // Few numbers have a plus sign near.
        if has_plus(strand.text, runs[0].start as usize) {
            let runs = runs.iter().copied();
            self.after_plus(strand, runs);
        }
    }

    /// The same of runs by the bits of their digits, the first of which is the byte `base`; whether all of them are one
    /// number, which leaves nothing inside to look for.
    pub(super) fn international_at_once(&mut self, base: usize, digits: u64) -> bool {
        let known = self.scratch.candidates.len();
        let place = base + digits.trailing_zeros() as usize..base + 64 - digits.leading_zeros() as usize;
        if self.after_plus(Strand::whole(self.text), Runs { base, digits }) && self.is_settled(&place) {
            return true;
        }
        self.scratch.candidates.truncate(known);
        false
    }

    /// Whether a number is taken.
    fn after_plus(&mut self, strand: Strand<'_>, runs: impl Iterator<Item = Run> + Clone) -> bool {
        let Some(first) = runs.clone().next() else { return false };
        let Some(start) = plus(strand.text, first.start as usize) else { return false };
        let Some((end, length)) = longest(strand.text, runs) else { return false };
        // A bracket belongs to the number where its other half is inside: `(+55) 11 ...`.
        let opens = strand.text[..start].last() == Some(&b'(') && strand.text[start..end].contains(&b')');
        let start = start - usize::from(opens);
        let place = strand.cover(start..end);
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(
            self.with_grammar(Grammar::InternationalPhone)
                .map(|(number, pack)| Fit { length: length as u8, ..Fit::of_grammar(number, &place, pack.scores) }),
        );
        let taken = self.judge(&fits);
        self.scratch.fits = fits;
        taken
    }
}

/// Where a telephone number whose first digit stands at `start` begins: at its bracket, at its plus sign.
pub(crate) fn with_signs(text: &[u8], start: usize) -> usize {
    let bracket = start - usize::from(text[..start].last() == Some(&b'('));
    bracket - usize::from(text[..bracket].last() == Some(&b'+'))
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
    let sum = match head.last().copied().unwrap_or(b' ') {
        // A placeholder stands for a number; a tag of HTML does not.
        b'+' | b'0'..=b'9' | b']' | b'}' => true,
        b'>' => ends_placeholder(head),
        _ => false,
    };
    (!sum).then_some(head.len())
}

/// Whether a text ends with a placeholder in angle brackets.
fn ends_placeholder(head: &[u8]) -> bool {
    // No placeholder is longer.
    const LONGEST: usize = 64;
    let least = head.len().saturating_sub(LONGEST);
    let open = head[least..].iter().rposition(|&byte| byte == b'<').map(|before| least + before);
    open.is_some_and(|open| placeholder(head, open) == Some(head.len()))
}

/// Where the longest number ends that begins with the first run, and how many digits it has.
fn longest(text: &[u8], runs: impl Iterator<Item = Run> + Clone) -> Option<(usize, usize)> {
    let mut digits = runs.clone().flat_map(|run| &text[run.range()]).map(|byte| usize::from(byte - b'0'));
    let (a, b, c) = (digits.next()?, digits.next()?, digits.next()?);
    let Plan { code, least, most } = BY_HEAD[100 * a + 10 * b + c];
    if code == 0 {
        return None;
    }
    let (mut total, mut found, mut end) = (0, None, None);
    for run in runs {
        if end.is_some_and(|end| !joins(&text[end..run.start as usize])) {
            break;
        }
        total += run.len();
        // `+55 (0)11`: the zero is dialled inside the country only.
        total -= usize::from(end.is_some() && run.len() == 1 && text[run.start as usize] == b'0');
        if total > usize::from(most) {
            break;
        }
        end = Some(run.end as usize);
        if total >= usize::from(least) {
            found = Some((run.end as usize, total));
        }
    }
    found
}

fn joins(gap: &[u8]) -> bool {
    gap.iter().all(|byte| b" -.()/_\n\xB7\xA0".contains(byte))
        || gap.len() == 1 && !matches!(gap[0], b',' | b';' | b':' | b'=' | b'|')
}
