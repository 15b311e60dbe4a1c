//! Texts that say something once more when they are read otherwise: escapes, spelled digits, e-mail addresses in words.
//!
//! Around what may be read otherwise a stretch is copied as it reads then, and the same search runs over the copy. What it
//! finds there, and not in the text as it stands, is a finding at the places that the characters come from.

mod blurred;
pub(crate) mod copy;
mod escapes;
mod floats;
mod glyphs;
mod spoken;

use std::ops::Range;

use crate::label::WINDOW;
use crate::resolve::Finding;
use crate::scan::otherwise::{self, Otherwise};
use crate::trace::Decision;
use crate::view::{Source, View};
use copy::Copy;
use glyphs::Glyph;
pub(crate) use spoken::Run;
use spoken::{Addresses, Dictated};

/// How many characters on either side are read with what is written otherwise: an identifier and its labels.
pub(crate) const AROUND: usize = 256;
/// How often escapes are decoded that stand for escapes.
const DEPTH: usize = 3;

/// What of a text may be read otherwise.
pub(crate) struct Rereading {
    /// In order, none overlapping.
    stretches: Vec<Range<usize>>,
    glyphs: Vec<Glyph>,
    /// What is read once more with letters as digits, likewise.
    blurred: Vec<Range<usize>>,
}

/// A stretch as it reads otherwise, and what is to be known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'c> {
    /// One byte a character.
    pub(crate) text: &'c [u8],
    /// The numbers in it that were dictated.
    pub(crate) dictated: &'c [Run],
    /// Whether only what its own strong label names is taken.
    pub(crate) labelled: bool,
}

impl Rereading {
    /// Looks for what may be read otherwise, with so many characters around it; nothing in most texts.
    pub(crate) fn of(view: &View<'_>, around: usize) -> Option<Self> {
        let text = view.bytes();
        let wide = !matches!(view.source(), Source::Latin1(_));
        let (mut stretches, mut blurred, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let (mut addresses, mut dictated) = (Addresses::new(text), Dictated::new(text));
        let (mut next, mut glyphs) = (0, false);
        otherwise::each(text, wide, |at, what| match what {
            Otherwise::Glyph => glyphs = true,
            Otherwise::Escape if at < next => {}
            Otherwise::Escape => {
                if let Some(end) = escapes::end(text, at) {
                    next = end;
                    add(&mut stretches, at..end, around, text.len());
                }
            }
            Otherwise::Blurred => {
                if let Some(number) = blurred::number_at(text, at) {
                    add(&mut blurred, number, around, text.len());
                }
            }
            Otherwise::Float => {
                if let Some(number) = floats::number_at(text, at) {
                    add(&mut stretches, number, around, text.len());
                }
            }
            Otherwise::Address => addresses.at(at, &mut words),
            Otherwise::Word => dictated.at(at, &mut words),
        });
        for place in words {
            add(&mut stretches, place, around, text.len());
        }
        let glyphs = if glyphs { glyphs::find(view, around, &mut stretches) } else { Vec::new() };
        unite(&mut stretches);
        (!stretches.is_empty() || !blurred.is_empty()).then_some(Self { stretches, glyphs, blurred })
    }

    /// Calls `read` with each stretch as it reads otherwise, those with letters for digits last.
    pub(crate) fn each(&self, text: &[u8], mut read: impl FnMut(Reading<'_>, &Copy)) {
        let (mut copy, mut deeper) = (Copy::default(), Copy::default());
        let (mut words, mut dictated) = (Vec::new(), Vec::new());
        for stretch in &self.stretches {
            copy.clear();
            glyphs::rewrite(text, stretch.clone(), &self.glyphs, &mut copy);
            layer(&mut copy, &mut deeper, |text, copy| floats::rewrite(text, 0..text.len(), copy));
            let mut depth = 0;
            while depth < DEPTH
                && layer(&mut copy, &mut deeper, |text, copy| escapes::decode(text, 0..text.len(), copy))
            {
                depth += 1;
            }
            words.clear();
            dictated.clear();
            spoken::stretches(&copy.bytes, &mut words);
            if !words.is_empty() {
                let rewrite = |text: &[u8], copy: &mut Copy| spoken::rewrite(text, 0..text.len(), copy, &mut dictated);
                layer(&mut copy, &mut deeper, rewrite);
            }
            read(Reading { text: &copy.bytes, dictated: &dictated, labelled: false }, &copy);
        }
        for stretch in &self.blurred {
            copy.clear();
            blurred::rewrite(text, stretch.clone(), &mut copy);
            read(Reading { text: &copy.bytes, dictated: &[], labelled: true }, &copy);
        }
    }

    /// Adds to `findings` what `find` finds in the stretches as they read otherwise.
    pub(crate) fn add(
        &self,
        text: &[u8],
        mut find: impl FnMut(Reading<'_>) -> Vec<Finding>,
        findings: &mut Vec<Finding>,
    ) {
        let (mut said, mut blurred, mut halves) = (Vec::new(), Vec::new(), Vec::new());
        self.each(text, |reading, copy| {
            let found = find(reading).into_iter();
            if reading.labelled {
                let made = found.filter(|finding| copy.touches(&(finding.start..finding.end)));
                blurred.extend(made.filter_map(|finding| placed(finding, copy)));
            } else {
                said.extend(found.filter_map(|finding| placed(finding, copy)));
                halves.extend(copy.wide());
            }
        });
        drop_halves(findings, &said, &halves);
        if !said.is_empty() {
            merge(findings, said);
        }
        // What is a number as it stands is no other by letters for digits.
        blurred.retain(|other| {
            let next = findings.partition_point(|finding| finding.end < other.end);
            findings.get(next).is_none_or(|finding| other.start < finding.start)
        });
        if !blurred.is_empty() {
            merge(findings, blurred);
        }
    }
}

/// Reads a copy otherwise once more: whether anything in it does.
fn layer(copy: &mut Copy, deeper: &mut Copy, rewrite: impl FnOnce(&[u8], &mut Copy)) -> bool {
    deeper.clear();
    rewrite(&copy.bytes, deeper);
    let reads = !deeper.made.is_empty();
    if reads {
        deeper.through(copy);
        std::mem::swap(copy, deeper);
    }
    reads
}

/// Adds what stands around a place to stretches that begin before.
fn add(stretches: &mut Vec<Range<usize>>, place: Range<usize>, around: usize, length: usize) {
    let stretch = place.start.saturating_sub(around)..length.min(place.end.saturating_add(around));
    match stretches.last_mut() {
        Some(last) if (last.start..=last.end).contains(&stretch.start) => last.end = last.end.max(stretch.end),
        _ => stretches.push(stretch),
    }
}

/// Puts stretches that touch together.
fn unite(stretches: &mut Vec<Range<usize>>) {
    stretches.sort_unstable_by_key(|stretch| stretch.start);
    stretches.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
}

/// Leaves out what begins or ends within an escape where something else is said: it takes something for what it is not.
fn drop_halves(findings: &mut Vec<Finding>, said: &[Finding], halves: &[Range<usize>]) {
    let split = |at: usize| {
        let next = halves.partition_point(|half| half.end <= at);
        halves.get(next).is_some_and(|half| half.start < at)
    };
    let overlaps = |finding: &Finding| {
        let next = said.partition_point(|other| other.end <= finding.start);
        said.get(next).is_some_and(|other| other.start < finding.end)
    };
    findings.retain(|finding| !((split(finding.start) || split(finding.end)) && overlaps(finding)));
}

/// Where a place of a copy stands in the text; nothing if no part of what is made stands near.
fn source(copy: &Copy, range: &Range<usize>) -> Option<Range<usize>> {
    let near = range.start.saturating_sub(WINDOW)..range.end + WINDOW;
    copy.touches(&near).then(|| copy.source(range))
}

/// What was found in a copy, where it stands in the text.
fn placed(mut finding: Finding, copy: &Copy) -> Option<Finding> {
    let range = finding.start..finding.end;
    let source = source(copy, &range)?;
    (finding.start, finding.end) = (source.start, source.end);
    if copy.touches(&range) {
        finding.said = Some(copy.bytes[range].iter().copied().map(char::from).collect());
    }
    Some(finding)
}

/// A decision about a copy, where it stands in the text.
pub(crate) fn explained(mut decision: Decision, copy: &Copy) -> Option<Decision> {
    let place = source(copy, &(decision.start..decision.end))?;
    (decision.start, decision.end) = (place.start, place.end);
    for label in &mut decision.labels {
        let place = copy.source(&(label.start..label.end));
        (label.start, label.end) = (place.start, place.end);
    }
    decision.reason += "; as it reads otherwise";
    Some(decision)
}

/// Puts both together: of those that overlap the longest names them, and all that any of them covers stays covered.
fn merge(findings: &mut Vec<Finding>, said: Vec<Finding>) {
    let mut all = std::mem::take(findings);
    all.extend(said);
    all.sort_by_key(|finding| (finding.start, finding.end));
    let worth = |finding: &Finding| (finding.end - finding.start, finding.score, finding.said.is_none());
    for finding in all {
        match findings.last_mut() {
            Some(last) if finding.start < last.end => {
                let (start, end) = (last.start, last.end.max(finding.end));
                if worth(&finding) > worth(last) {
                    *last = finding;
                }
                (last.start, last.end) = (start, end);
            }
            _ => findings.push(finding),
        }
    }
}

#[cfg(test)]
mod tests;
