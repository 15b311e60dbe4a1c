//! Labels: every phrase at every word.

use super::Walk;
use crate::label::phrase::{is_evidence, is_hump, reach};
use crate::label::{self, AFTER, BEFORE, Between, Hit, WINDOW};
use crate::r#match::secret::{is_gap, word_end};
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, UPPER, is};

/// How many candidates may stand between a label and its number.
const ITEMS: usize = 2;

impl Walk<'_> {
    /// Reads the labels around a place into the memory that the engine's verdicts read.
    pub(super) fn read_labels(&mut self, start: usize, end: usize) {
        let (index, text) = (self.search.index, self.search.text);
        let names = |hits: &[Hit]| hits.iter().any(|hit| hit.phrase(index).names);
        let fresh = self.search.scratch.labels.before_at != start;
        if fresh {
            let hits = self.before(start);
            let labels = &mut self.search.scratch.labels;
            labels.before_names = names(&hits);
            labels.negated = hits.first().is_some_and(|hit| label::governs(index, text, hit, start));
            labels.keyed = label::key_before(text, start).is_some();
            (labels.before, labels.before_at) = (hits, start);
        }
        if self.search.scratch.labels.after_at != end || fresh {
            // What follows a value with a key is the next key's.
            let hits = if self.search.scratch.labels.keyed { Vec::new() } else { self.after(end) };
            let labels = &mut self.search.scratch.labels;
            labels.after_names = names(&hits);
            (labels.after, labels.after_at) = (hits, end);
        }
    }

    /// The longest label that begins with the word and ends at `limit` or before.
    pub(super) fn longest(&mut self, word: (usize, usize), limit: usize) -> Option<(u32, usize)> {
        let (text, phrases) = (self.search.text, &self.twin.phrases);
        let all = self.read.entry(word).or_insert_with(|| {
            let first = folded(&text[word.0..word.1]);
            let fits = |(number, phrase): (u32, &Vec<Vec<u8>>)| Some((number, reads(text, &first, word.1, phrase)?));
            (0..).zip(phrases).filter_map(fits).collect()
        });
        let length =
            |&&(number, _): &&(u32, usize)| phrases[number as usize].iter().map(|word| word.len() + 1).sum::<usize>();
        all.iter().filter(|&&(_, end)| end <= limit).max_by_key(length).copied()
    }

    /// The labels before `at`, nearest first.
    fn before(&mut self, at: usize) -> Vec<Hit> {
        let (index, text) = (self.search.index, self.search.text);
        let from = label::key_before(text, at).unwrap_or(at.saturating_sub(WINDOW));
        let mut hits = self.before_from(at, from);
        if hits.first().is_some_and(|hit| label::governs(index, text, hit, at)) {
            hits.truncate(1);
        }
        hits
    }

    fn before_from(&mut self, at: usize, from: usize) -> Vec<Hit> {
        let (index, text) = (self.search.index, self.search.text);
        let (mut hits, base) = (Vec::new(), at.saturating_sub(2 * WINDOW));
        for (start, end) in words(&text[base..at]).into_iter().rev().map(|word| (word.0 + base, word.1 + base)) {
            let Some((phrase, end)) = self.longest((start, end), at).filter(|_| start >= from) else { continue };
            let label = &index.phrases[phrase as usize];
            // A negative word governs the next number only, so nothing that shortens its distance may stand between.
            if !label.names && at - end > usize::from(label.negative) || !is_evidence(text, start, end, reach(at)) {
                continue;
            }
            if label.letters <= 2 && !label::is_apart(text, (start, end), at) {
                continue;
            }
            let between = Between::measure(text, end, at);
            let reach = if label.letters <= 2 { 6 } else { BEFORE };
            if usize::from(between.length) > reach || usize::from(between.items) > ITEMS {
                continue;
            }
            // A longer label takes the place of those that are part of it.
            hits.retain(|hit: &Hit| hit.end > end);
            hits.push(Hit { start, end, phrase, between, before: true });
            if hits.len() == 1 && !label.tail && label::governs(index, text, &hits[0], at) {
                break;
            }
        }
        hits
    }

    /// The labels after `at`, nearest first.
    fn after(&mut self, at: usize) -> Vec<Hit> {
        let (index, text) = (self.search.index, self.search.text);
        let to = text.len().min(at + WINDOW);
        let (mut hits, mut past, base) = (Vec::new(), at, at.saturating_sub(WINDOW));
        for (start, end) in
            words(&text[base..text.len().min(to + WINDOW)]).into_iter().map(|word| (word.0 + base, word.1 + base))
        {
            let Some((phrase, end)) = self.longest((start, end), to).filter(|_| start >= past) else { continue };
            let label = &index.phrases[phrase as usize];
            let speaks = label.names && label.letters > 2 || label.unit && start - at <= 2;
            let between = Between::measure(text, at, start);
            let near = usize::from(between.length) <= AFTER && usize::from(between.items) <= ITEMS;
            if speaks && near && is_evidence(text, start, end, reach(at)) {
                past = end;
                hits.push(Hit { start, end, phrase, between, before: false });
            }
        }
        hits
    }

    pub(super) fn forget_labels(&mut self) {
        self.search.scratch.labels.before_at = usize::MAX;
        self.search.scratch.labels.after_at = usize::MAX;
    }
}

/// The words of a text: letters and what is invisible between them, parted at humps as in `numeroCpf` and `CPFNumero`.
pub(super) fn words(text: &[u8]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
    let small = |byte: u8| is(byte, LETTER) && !is(byte, UPPER);
    for at in 0..=text.len() {
        let inside = at < text.len() && is(text[at], LETTER | INVISIBLE);
        let hump = inside
            && is(text[at], UPPER)
            && (small(byte(at.wrapping_sub(1))) || is(byte(at.wrapping_sub(1)), UPPER) && small(byte(at + 1)));
        if let Some(from) = start.filter(|_| !inside || hump) {
            words.push((from, at));
            start = None;
        }
        if inside && start.is_none() {
            start = Some(at);
        }
    }
    words.retain(|&(start, end)| text[start..end].iter().any(|&byte| is(byte, LETTER)));
    words
}

/// Where a phrase ends if its first word is `first`, which ends at `end`, and the others follow.
fn reads(text: &[u8], first: &[u8], end: usize, phrase: &[Vec<u8>]) -> Option<usize> {
    // One letter is a label only before a mark, or before the next word of a longer one.
    let alone = SPACE | NEWLINE | if phrase.len() == 1 { LETTER } else { 0 };
    if first != phrase[0] || first.len() == 1 && text.get(end).is_none_or(|&byte| is(byte, alone)) {
        return None;
    }
    let mut at = end;
    for part in &phrase[1..] {
        let next = (at..text.len()).find(|&at| is(text[at], LETTER | DIGIT))?;
        let ends = |&at: &usize| !is(text[at], LETTER | INVISIBLE) || at > next && is_hump(text, at);
        let stop = (next..text.len()).find(ends).unwrap_or(text.len());
        let near = (1..=3).contains(&(next - at)) || next == at && is_hump(text, at);
        let opens = text[at..next].iter().any(|byte| matches!(byte, b'[' | b'<' | b'{'));
        if opens || !near || folded(&text[next..stop]) != *part {
            return None;
        }
        at = stop;
    }
    Some(at)
}

fn folded(word: &[u8]) -> Vec<u8> {
    word.iter().filter(|&&byte| !is(byte, INVISIBLE)).map(|&byte| FOLD[usize::from(byte)]).collect()
}

/// Where the word begins that stands behind one of the same label, which begins at `at`.
pub(super) fn word_behind(text: &[u8], at: usize) -> Option<usize> {
    let end = word_end(text, at);
    let gap = text[end..].iter().take(4).take_while(|&&byte| is_gap(byte)).count();
    let next = end + gap;
    let letter = text.get(next).is_some_and(|&byte| is(byte, LETTER | INVISIBLE));
    (letter && gap <= 3).then_some(next)
}
