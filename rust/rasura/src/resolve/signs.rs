//! Which country speaks around a place: labels of its packs alone, its currency and telephone prefix, its cities, and
//! other numbers of its own.

use std::ops::Range;

use rasura_pack::country::Sign;

use super::Candidate;
use crate::catalogue::{Catalogue, countries};
use crate::label::{self, WINDOW};
use crate::view::class::{DIGIT, FOLD, LETTER, is};

/// The countries that a place may belong to, each with how many signs of it stand around.
pub(super) struct Signs<'a> {
    place: Range<usize>,
    counts: Vec<(&'a str, usize)>,
    /// The best score of those that say the same.
    best: Vec<(Says, u8)>,
}

/// Whether a candidate has a label of its own, and wrong check digits.
type Says = (bool, bool);

fn says(candidate: &Candidate) -> Says {
    (candidate.strong, candidate.suspect)
}

impl<'a> Signs<'a> {
    /// Reads what stands around a place. `others` are candidates before it and behind it.
    pub(super) fn read(
        catalogue: &'a Catalogue,
        text: &[u8],
        place: Range<usize>,
        all: &[&Candidate],
        others: [&[Candidate]; 2],
    ) -> Self {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        let mut best: Vec<(Says, u8)> = Vec::new();
        for candidate in all {
            let country = &*catalogue.pack(candidate.pack).country;
            if counts.iter().all(|(known, _)| *known != country) {
                counts.push((country, 0));
            }
            let (says, score) = (says(candidate), if candidate.shadow { 0 } else { candidate.score });
            match best.iter_mut().find(|(known, _)| *known == says) {
                Some((_, best)) => *best = score.max(*best),
                None => best.push((says, score)),
            }
        }
        let mut signs = Self { place, counts, best };
        signs.labels(catalogue, text);
        signs.neighbours(catalogue, others);
        let around = signs.place.start.saturating_sub(WINDOW)..text.len().min(signs.place.end + WINDOW);
        signs.words(text, around.clone());
        signs.marks(text, around);
        signs
    }

    /// How many signs of a country stand around.
    pub(super) fn of(&self, country: &str) -> usize {
        self.counts.iter().find(|(known, _)| *known == country).map_or(0, |(_, count)| *count)
    }

    /// The best score of those that say what a candidate says.
    pub(super) fn best(&self, candidate: &Candidate) -> u8 {
        let says = says(candidate);
        self.best.iter().find(|(known, _)| *known == says).map_or(candidate.score, |(_, best)| *best)
    }

    fn add(&mut self, country: &str) {
        if let Some((_, count)) = self.counts.iter_mut().find(|(known, _)| *known == country) {
            *count += 1;
        }
    }

    /// Labels that mean something in one country alone.
    fn labels(&mut self, catalogue: &Catalogue, text: &[u8]) {
        let index = catalogue.index();
        let mut hits = Vec::new();
        let _ = label::before(index, text, self.place.start, &mut hits);
        let mut after = Vec::new();
        label::after(index, text, self.place.end, &mut after);
        hits.append(&mut after);
        for hit in hits {
            let mut named = hit.meanings(index).iter().map(|meaning| &*catalogue.pack(meaning.pack).country);
            let Some(first) = named.find(|country| !country.is_empty()) else { continue };
            if named.all(|country| country.is_empty() || country == first) {
                self.add(first);
            }
        }
    }

    /// Other numbers whose check digits are right, that are written as one country writes them, or that a label names.
    fn neighbours(&mut self, catalogue: &Catalogue, [before, behind]: [&[Candidate]; 2]) {
        let from = self.place.start.saturating_sub(WINDOW);
        let to = self.place.end + WINDOW;
        let before = before.iter().rev().take_while(|other| other.end + WINDOW >= from);
        let behind = behind.iter().take_while(|other| other.start <= to);
        let near: Vec<&Candidate> = before.chain(behind).collect();
        let mut settled: Vec<(usize, usize)> =
            near.iter().filter(|other| other.settles).map(|other| (other.start, other.end)).collect();
        settled.dedup();
        let mut seen: Vec<(usize, &str)> = Vec::new();
        let within = |other: &&&Candidate| from <= other.start && other.end <= to;
        let says = |other: &&&Candidate| other.speaks && !other.suspect && !other.shadow;
        for other in near.iter().filter(within).filter(says) {
            let country = &*catalogue.pack(other.pack).country;
            // One number that two packs of a country have is one sign.
            if !self.counts.iter().any(|(known, _)| *known == country) || seen.contains(&(other.start, country)) {
                continue;
            }
            // What lies in something settled may not have been looked for.
            let hidden = settled.iter().any(|&(start, end)| {
                start <= other.start && other.end <= end && (!other.settles || (start, end) != (other.start, other.end))
            });
            if !hidden {
                seen.push((other.start, country));
                self.add(country);
            }
        }
    }

    fn words(&mut self, text: &[u8], around: Range<usize>) {
        let mut seen = Vec::new();
        for at in around.clone() {
            if is(text[at], LETTER) && (at == 0 || !is(text[at - 1], LETTER)) {
                let initial = FOLD[usize::from(text[at])];
                self.count(&countries().words, initial, &mut seen, |words| stands(text, at, around.end, words));
            }
        }
    }

    fn marks(&mut self, text: &[u8], around: Range<usize>) {
        let begins = |mark: &str, at: usize| {
            let fits = |(byte, wanted): (&u8, u8)| *byte == wanted || wanted == b'0' && is(*byte, DIGIT);
            text[at..around.end].len() >= mark.len() && text[at..].iter().zip(mark.bytes()).all(fits)
        };
        let mut seen = Vec::new();
        for at in around.clone() {
            // What the number itself begins with is no sign, and a mark that begins with a letter is not the end of a word.
            let touched = is(text[at], LETTER) && at > 0 && is(text[at - 1], LETTER);
            if !touched && could_begin(text[at]) && !self.place.contains(&at) {
                self.count(&countries().marks, text[at], &mut seen, |mark| begins(mark, at));
            }
        }
    }

    /// Counts those of `signs` that begin with a byte and fit, each once.
    fn count(&mut self, signs: &[Sign], initial: u8, seen: &mut Vec<usize>, fits: impl Fn(&str) -> bool) {
        let first = signs.partition_point(|sign| sign.text.as_bytes()[0] < initial);
        let alike = signs[first..].iter().take_while(|sign| sign.text.as_bytes()[0] == initial);
        for (number, sign) in (first..).zip(alike) {
            if fits(&sign.text) && !seen.contains(&number) {
                seen.push(number);
                self.add(&sign.country);
            }
        }
    }
}

/// Whether a mark may begin with a byte: most bytes are small letters, digits and spaces, and none does.
fn could_begin(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_punctuation()
}

/// Whether words stand at a place, whole and before `end`.
fn stands(text: &[u8], at: usize, end: usize, words: &str) -> bool {
    let mut at = at;
    for &letter in words.as_bytes() {
        let Some(&byte) = text.get(at).filter(|_| at < end) else { return false };
        let same =
            if letter == b' ' { matches!(byte, b' ' | b'-' | b'_' | b'\n') } else { FOLD[usize::from(byte)] == letter };
        if !same {
            return false;
        }
        at += 1;
    }
    text.get(at).is_none_or(|&byte| !is(byte, LETTER))
}
