//! Telephone numbers with `+` and a country code, in whatever groups they are written.

use std::ops::Range;

use rasura_pack::phone::{self, Reader};
use rasura_pack::table::{Grammar, Scores};

use super::express::Runs;
use super::strand::Strand;
use super::{Check, Fit, Run, Search, Written};
use crate::label::phrase::placeholder;
use crate::reread::Run as Dictated;
use crate::resolve::order_by_start;
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, is};

/// The fewest digits of a number with its country code that may be mistyped, and the most of any.
const FEWEST: usize = 8;
const MOST: usize = 15;

impl<T: Trace> Search<'_, T> {
    /// Looks at the first of linked runs where a `+` stands before it.
    #[inline]
    pub(crate) fn international(&mut self, strand: Strand<'_>, runs: &[Run]) {
        // Few numbers have a plus sign near.
        let runs = runs.iter().copied();
        if has_plus(strand.text, start_of(&runs)) {
            self.after_plus(strand, runs);
        } else if is_from_abroad(strand.text, start_of(&runs)) {
            self.after_exit(strand, runs);
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
        let (end, length, check) = match longest(strand.text, runs.clone()) {
            Some((end, length)) => (end, length, Check::None),
            // Nobody has it, so somebody mistyped it, if a word says that it is one.
            None => match possible(strand.text, runs) {
                Some((end, length)) => (end, length, Check::Invalid),
                None => return false,
            },
        };
        // A bracket belongs to the number where its other half is inside: `(+55) 11 ...`.
        let opens = strand.text[..start].last() == Some(&b'(') && strand.text[start..end].contains(&b')');
        let start = start - usize::from(opens);
        self.take_phone(strand, start..end, |fit| Fit { length: length as u8, check, ..fit })
    }

    /// Numbers with what is dialled before a country code: `00 49 ...`. Without separators they wait for a word.
    fn after_exit(&mut self, strand: Strand<'_>, runs: impl Iterator<Item = Run> + Clone) {
        let start = start_of(&runs);
        let Some((end, length)) = longest_from(strand.text, runs, EXIT.len(), false) else { return };
        let plain = strand.text[start..end].iter().all(u8::is_ascii_digit);
        // Written so it may be an account's number too, so nothing inside or beside is passed over.
        let written = Written::Plain;
        let alone = if plain { 20 } else { 60 };
        let scores = Scores { bare: alone, canonical: alone, labelled: 88 };
        self.take_phone(strand, start..end, |fit| Fit { length: length as u8, written, scores, ..fit });
    }

    /// Whether a number at a place is taken, for each pack that has telephones.
    fn take_phone(&mut self, strand: Strand<'_>, range: Range<usize>, with: impl Fn(Fit) -> Fit) -> bool {
        let range = range.start..after_extension(strand.text, range.end);
        let place = strand.cover(range);
        let mut fits = std::mem::take(&mut self.scratch.fits);
        fits.clear();
        fits.extend(
            self.with_grammar(Grammar::InternationalPhone)
                .map(|(number, pack)| with(Fit::of_grammar(number, &place, pack.scores))),
        );
        let taken = self.judge(&fits);
        self.scratch.fits = fits;
        taken
    }
}

fn start_of(runs: &(impl Iterator<Item = Run> + Clone)) -> usize {
    runs.clone().next().map_or(0, |run| run.start as usize)
}

/// What is dialled before a country code in most countries.
const EXIT: &[u8] = b"00";

/// The most characters of any candidate.
const FARTHEST: usize = 512;

/// What a number scores that was dictated, in hundredths: few others than telephone numbers are.
const DICTATED: Scores = Scores { bare: 55, canonical: 55, labelled: 84 };

impl<T: Trace> Search<'_, T> {
    /// Adds the numbers that were dictated to what was gathered, or leaves what no label names.
    pub(crate) fn with_dictated(&mut self, runs: &[Dictated], labelled: bool) {
        if !runs.is_empty() {
            self.dictated(runs);
        }
        if labelled {
            self.scratch.candidates.retain(|candidate| candidate.strong);
        }
    }

    /// Looks at numbers that were dictated: each is a telephone number, unless it is something else or only counts.
    fn dictated(&mut self, runs: &[Dictated]) {
        let candidates = &mut self.scratch.candidates;
        // Counting is nothing else either, unless its label says so.
        let counting: Vec<&Dictated> = runs.iter().filter(|run| run.counting).collect();
        candidates.retain(|known| {
            let next = counting.partition_point(|run| run.place.end <= known.start);
            known.strong || counting.get(next).is_none_or(|run| known.end <= run.place.start)
        });
        order_by_start(candidates);
        let mut free: Vec<(Range<usize>, usize, bool)> = Vec::new();
        for run in runs {
            let before = candidates.partition_point(|known| known.start < run.place.end);
            let far = candidates[..before].partition_point(|known| known.start + FARTHEST <= run.place.start);
            let near = candidates[far..before].iter().filter(|known| !known.shadow);
            let mut at = run.place.start;
            for (start, end) in near.map(|known| (known.start, known.end)).chain([(run.place.end, run.place.end)]) {
                let part = at..start.max(at);
                free.extend(telephone(self.text, run, part).map(|(place, digits)| (place, digits, run.counting)));
                at = at.max(end);
            }
        }
        for (place, digits, counting) in free {
            let bare = if counting { 0 } else { DICTATED.bare };
            let scores = Scores { bare, canonical: bare, ..DICTATED };
            for (pack, _) in self.with_grammar(Grammar::InternationalPhone) {
                let fit = Fit::of_grammar(pack, &place, scores);
                self.judge(&[Fit { length: digits as u8, written: Written::Plain, ..fit }]);
            }
        }
    }
}

/// The digits of a part of a dictated number that nothing else is found in, and how many they are, if a telephone number has so
/// many: all of the number, what of it stands beside something else and was said in words, or of too many those that were.
fn telephone(text: &[u8], run: &Dictated, part: Range<usize>) -> Option<(Range<usize>, usize)> {
    let right = |digits: usize| (FEWEST..=MOST).contains(&digits);
    let whole = part == run.place;
    if whole && right(run.digits as usize) {
        return Some((part, run.digits as usize));
    }
    let is_digit = |at: &usize| is(text[*at], DIGIT);
    let before = (run.place.start..part.start).filter(is_digit).count();
    let said = |number: usize| number < 64 && run.spelled >> number & 1 != 0;
    let digits: Vec<(usize, bool)> =
        part.filter(is_digit).enumerate().map(|(number, at)| (at, said(before + number))).collect();
    let place = |digits: &[(usize, bool)]| Some((digits.first()?.0..digits.last()?.0 + 1, digits.len()));
    if right(digits.len()) && digits.iter().filter(|(_, said)| *said).count() > 1 {
        return place(&digits);
    }
    let mut words = digits.chunk_by(|a, b| a.1 == b.1).filter(|digits| digits[0].1 && right(digits.len()));
    place(words.next()?)
}

/// Whether digits begin as a call to another country does.
#[inline]
pub(super) fn is_from_abroad(text: &[u8], start: usize) -> bool {
    text[start..].starts_with(EXIT)
}

/// Where a telephone number whose first digit stands at `start` begins: at its bracket, at its plus sign.
pub(crate) fn with_signs(text: &[u8], start: usize) -> usize {
    let bracket = start - usize::from(text[..start].last() == Some(&b'('));
    bracket - usize::from(text[..bracket].last() == Some(&b'+'))
}

/// Whether a `+` stands near enough before `start` to be the sign of a number there.
#[inline]
pub(super) fn has_plus(text: &[u8], start: usize) -> bool {
    text[start.saturating_sub(3)..start].contains(&b'+') || is_in_link(text, start)
}

/// Whether digits stand where messengers' links and cards have a number with its country code.
#[inline]
fn is_in_link(text: &[u8], start: usize) -> bool {
    let head = &text[..start];
    match head.last() {
        Some(b'/') => head.ends_with(b"wa.me/"),
        Some(b'=') => head.ends_with(b"waid=") || head.ends_with(b"send?phone="),
        _ => false,
    }
}

/// Where the `+` of a number that begins at `start` stands, if it is not a sum.
fn plus(text: &[u8], start: usize) -> Option<usize> {
    if is_in_link(text, start) {
        return Some(start);
    }
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
    longest_from(text, runs.clone(), 0, false)
        .or_else(|| longest_from(text, runs.clone(), 0, true))
        .or_else(|| once(text, runs))
}

/// The same but for the first `skipped` digits, as plans are now; with `inner`, a zero by itself is one that is dialled
/// inside the country only, as in `+55 (0)11`.
fn longest_from(text: &[u8], runs: impl Iterator<Item = Run>, skipped: usize, inner: bool) -> Option<(usize, usize)> {
    let (mut reader, mut total, mut found, mut end) = (Reader::default(), 0, None, None);
    for run in runs {
        if end.is_some_and(|end| !joins(&text[end..run.start as usize])) {
            break;
        }
        let from = if end.is_none() { skipped } else { 0 };
        if !(inner && is_inner_zero(text, run, end)) {
            for &byte in text[run.range()].get(from..)? {
                reader = reader.then(byte - b'0');
            }
            total += run.len() - from;
        }
        if reader.is_over() {
            break;
        }
        end = Some(run.end as usize);
        if reader.kind().is_some() {
            found = Some((run.end as usize, total + skipped));
        }
    }
    found
}

/// The same as plans were once, and with the prefixes that are dialled inside a country only.
#[cold]
fn once(text: &[u8], runs: impl Iterator<Item = Run>) -> Option<(usize, usize)> {
    let (mut digits, mut found, mut end) = (Vec::new(), None, None);
    for run in runs {
        if end.is_some_and(|end| !joins(&text[end..run.start as usize])) || digits.len() + run.len() > MOST + 3 {
            break;
        }
        if !is_inner_zero(text, run, end) {
            digits.extend(text[run.range()].iter().map(|byte| byte - b'0'));
        }
        end = Some(run.end as usize);
        if phone::read(&digits, true, 0).is_some_and(|number| number.kind().is_some()) {
            found = Some((run.end as usize, digits.len()));
        }
    }
    found
}

/// What could be a number if it were typed otherwise.
#[cold]
fn possible(text: &[u8], runs: impl Iterator<Item = Run>) -> Option<(usize, usize)> {
    let (mut total, mut found, mut end) = (0, None, None);
    for run in runs {
        total += run.len();
        if end.is_some_and(|end| !joins(&text[end..run.start as usize])) || total > MOST {
            break;
        }
        end = Some(run.end as usize);
        if total >= FEWEST {
            found = Some((run.end as usize, total));
        }
    }
    found
}

fn is_inner_zero(text: &[u8], run: Run, end: Option<usize>) -> bool {
    end.is_some() && run.len() == 1 && text[run.start as usize] == b'0'
}

/// Where the last digits of a second number end that replace those of the first: `3555-0142/0143`.
fn after_last_digits(text: &[u8], end: usize) -> Option<usize> {
    let digits = text[end..].strip_prefix(b"/")?.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let stop = end + 1 + digits;
    let goes_on = match text[stop.min(text.len())..] {
        [byte, digit, ..] if b"-./,:".contains(&byte) => is(digit, DIGIT),
        [byte, ..] => is(byte, LETTER | DIGIT),
        [] => false,
    };
    ((2..=4).contains(&digits) && !goes_on).then_some(stop)
}

/// Whether the last digits of a number's place are those of a second one: then it is no part of something longer.
pub(crate) fn has_last_digits(text: &[u8], range: &Range<usize>) -> bool {
    text[range.end.saturating_sub(5).max(range.start)..range.end].contains(&b'/')
}

/// Where a number ends that ends at `end` or goes on with an extension: `ramal 123`, `ext. 12`, `x123`.
pub(crate) fn after_extension(text: &[u8], end: usize) -> usize {
    const WORDS: [&[u8]; 12] = [
        b"ramal",
        b"ram",
        b"extension",
        b"extensi\xF3n",
        b"ext",
        b"anexo",
        b"interno",
        b"int",
        b"r",
        b"rm",
        b"x",
        b"#",
    ];
    const FAR: usize = 3;
    const LONGEST: usize = 6;
    let skip = |at: usize, marks: &[u8]| {
        let count = text[at..].iter().take(FAR).take_while(|byte| marks.contains(byte)).count();
        at + count
    };
    if let Some(end) = after_last_digits(text, end) {
        return end;
    }
    let from = skip(end, b" ,;(-/\xA0");
    // Most numbers are followed by no such word.
    let begins = text.get(from).is_some_and(|byte| b"reaixREAIX#".contains(byte));
    if !begins {
        return end;
    }
    let is_word = |word: &&&[u8]| text[from..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let number = |word: &&[u8]| {
        let digits = skip(from + word.len(), b" .:\xA0");
        let count = text[digits..].iter().take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
        let goes_on = match text[digits + count..] {
            [byte, digit, ..] if b"-./".contains(&byte) => is(digit, DIGIT),
            [byte, ..] => is(byte, LETTER | DIGIT),
            [] => false,
        };
        // An `r` alone is the beginning of something else.
        let tight = *word != b"r" || text.get(from + 1) == Some(&b'.');
        ((1..LONGEST).contains(&count) && !goes_on && tight).then_some(digits + count)
    };
    WORDS.iter().filter(is_word).find_map(number).unwrap_or(end)
}

fn joins(gap: &[u8]) -> bool {
    gap.iter().all(|byte| b" -.()/_\n\xB7\xA0".contains(byte))
        || gap.len() == 1 && !matches!(gap[0], b',' | b';' | b':' | b'=' | b'|')
}
