//! The slow, obvious twin of scan and match: no vectors, no tables by shape, length or word, no filters. Every pack's every
//! form is tried on every window, and every label of every pack at every word. What a fit is worth and which of several
//! wins is the engine's own code; the rules that say what a window is are its own too (`gather`, `separate`, `strand`).

mod labels;
mod layout;
mod tests;
mod windows;

#[path = "../../tests/corpus/mod.rs"]
pub(crate) mod corpus;

use std::collections::BTreeMap;

use rasura_pack::index::{Beginning, FEWEST_DIGITS};
use rasura_pack::table::{Form, Pack};

use crate::catalogue::Catalogue;
use crate::config::{Config, Options};
use crate::evidence::Evidence;
use crate::label::phrase::{is_evidence, reach};
use crate::r#match::cluster;
use crate::r#match::cluster::is_timestamp;
use crate::r#match::secret::{beside_label, word_end};
use crate::r#match::strand::{Squeezed, Strand, bridge, hides};
use crate::r#match::tokens::hash_around;
use crate::r#match::{PARTS, Run, STRETCHES, Search, email};
use crate::reread::{AROUND, Reading, Rereading};
use crate::resolve::{self, Finding};
use crate::scan;
use crate::scan::marks::is_split;
use crate::trace::Silent;
use crate::view::View;
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, UPPER, is};
use crate::view::markup;
use labels::{word_behind, words};
use layout::{Layout, Shapes};

/// An engine's tables and options, with what the twin needs beside them.
struct Twin {
    catalogue: Catalogue,
    config: Config,
    /// By pack and form.
    layouts: Vec<Vec<Layout>>,
    /// By phrase, its words.
    phrases: Vec<Vec<Vec<u8>>>,
}

impl Twin {
    fn new(options: &Options) -> Self {
        let catalogue = Catalogue::new(Vec::new());
        let config = Config::new(options, &catalogue).expect("the options are right");
        let shapes = Shapes::read();
        let layouts = catalogue.packs().map(|(_, pack)| shapes.of(pack)).collect();
        let words = |text: &str| text.split(' ').map(|word| word.as_bytes().to_vec()).collect();
        let phrases = catalogue.index().phrases.iter().map(|phrase| words(&phrase.text)).collect();
        Self { catalogue, config, layouts, phrases }
    }

    /// What reads otherwise is the engine's own rule.
    fn find(&self, view: &View<'_>) -> Vec<Finding> {
        let mut findings = self.read(Reading { text: view.bytes(), dictated: &[], labelled: false });
        if let Some(rereading) = Rereading::of(view, AROUND) {
            rereading.add(view.bytes(), |reading| self.read(reading), &mut findings);
        }
        findings
    }

    fn read(&self, Reading { text, dictated, labelled }: Reading<'_>) -> Vec<Finding> {
        let (index, config) = (self.catalogue.index(), &self.config);
        let search = Search {
            index,
            config,
            evidence: &Evidence::NONE,
            text,
            scratch: Box::default(),
            trace: Silent,
            unscored: false,
        };
        let mut walk = Walk { twin: self, search, read: BTreeMap::new() };
        walk.text();
        walk.search.companions();
        walk.search.with_dictated(dictated, labelled);
        let mut findings = Vec::new();
        let candidates = &mut walk.search.scratch.candidates;
        resolve::resolve(candidates, &self.catalogue, config, text, &mut findings, |_, _| {});
        findings
    }
}

/// One search over one text.
struct Walk<'a> {
    twin: &'a Twin,
    search: Search<'a, Silent>,
    /// The labels that begin with a word, with their ends.
    read: BTreeMap<(usize, usize), Vec<(u32, usize)>>,
}

impl<'a> Walk<'a> {
    fn packs(&self) -> impl Iterator<Item = (u16, &'a Pack)> + use<'a> {
        (0..).zip(self.twin.catalogue.index().packs.iter())
    }

    /// The forms of all packs that are written like a window.
    fn forms(&self, layout: Layout) -> impl Iterator<Item = (u16, &'a Pack, &'a Form)> + use<'a> {
        let twin = self.twin;
        let all = self.packs().flat_map(|(number, pack)| {
            let layouts = &twin.layouts[usize::from(number)];
            pack.forms.iter().zip(layouts).map(move |(form, own)| (number, pack, form, own))
        });
        all.filter(move |(_, _, form, own)| **own == layout && !form.by_word && (!form.plain || form.as_plain))
            .map(|(number, pack, form, _)| (number, pack, form))
    }

    fn text(&mut self) {
        let text = self.search.text;
        for at in (0..text.len()).filter(|&at| text[at] == b'@') {
            if let Some(range) = email::address(text, at) {
                self.read_labels(range.start, range.end);
            }
            self.search.email(at);
        }
        for (start, end) in words(text) {
            let start = (start..end).find(|&at| is(text[at], LETTER)).unwrap_or(end);
            // A secret's label is looked for where three plain letters of it stand, and a token too.
            let three = text[start..].first_chunk().copied();
            let beginning = three.map_or(Beginning::NONE, |three| self.search.index.beginning(three));
            if beginning.is(Beginning::LABEL) || self.is_led(start) {
                self.secret(start);
            }
            // Those that are told by a word at its beginning alone.
            if three.is_some_and(|three| self.search.config.triggers.has(three)) {
                self.search.token(start);
                self.search.headed(start);
                self.search.crypto(start);
                if self.search.config.urls {
                    self.search.url(start);
                }
            }
        }
        let mut squeezed = Squeezed::default();
        squeezed.fill(text, 0..text.len());
        // Few digits are looked at only where capitals stand by them: that is the engine's own rule.
        let kept = scan::clusters::all(text, &self.search.config.triggers);
        let mut hash = 0;
        for (start, end) in clusters(text) {
            let few = text[start..end].iter().filter(|&&byte| is(byte, DIGIT)).count() < FEWEST_DIGITS;
            if !few || kept.contains(&(start, end)) {
                self.search.beside(start, end);
            }
            // Identifiers inside a long hexadecimal number are chance.
            if let (place, true) = hash_around(text, start) {
                hash = place.end;
            }
            if end <= hash || is_timestamp(text, start, end) {
                continue;
            }
            let runs = digit_runs(text, start, end);
            let few = runs.iter().map(|run| run.len()).sum::<usize>() < FEWEST_DIGITS && runs.len() < 4;
            if few && !kept.contains(&(start, end)) {
                continue;
            }
            self.search.zone(start, end);
            let hidden = |at: usize| text.get(at).is_some_and(|&byte| is(byte, INVISIBLE));
            let stretches = text[start..end].iter().any(|&byte| STRETCHES[usize::from(byte)]);
            let around = start.saturating_sub(cluster::AROUND)..text.len().min(end + cluster::AROUND);
            let invisible = hides(text, around.clone());
            let tags = around.into_iter().any(|at| markup::tag(text, at).is_some());
            let short = end - start < FEWEST_DIGITS;
            let colon = text[start.saturating_sub(1)..text.len().min(end + 1)].contains(&b':');
            let strand = if stretches
                || hidden(start.wrapping_sub(1))
                || hidden(end)
                || markup::binds(text, start..end)
                || (invisible || tags) && (colon || binds(text, start, end))
                || tags && short
            {
                squeezed.strand(text)
            } else {
                Strand::whole(text)
            };
            self.cluster(strand, strand.index(start), strand.index(end - 1) + 1);
        }
    }

    /// Whether one of the next two words is one by which a label is found that begins here.
    fn is_led(&self, at: usize) -> bool {
        let (text, index) = (self.search.text, self.search.index);
        let begins = |at: usize| {
            let three = text.get(at..).and_then(<[u8]>::first_chunk);
            three.is_some_and(|&three| index.beginning(three).is(Beginning::LATER))
        };
        let initial = 1 << (FOLD[usize::from(text[at])] & 31);
        let second = word_behind(text, at).filter(|_| index.leads & initial != 0);
        second.into_iter().chain(second.and_then(|second| word_behind(text, second))).any(begins)
    }

    fn secret(&mut self, at: usize) {
        let (text, index) = (self.search.text, self.search.index);
        let Some((phrase, end)) = self.longest((at, word_end(text, at)), text.len()) else { return };
        let meanings = index.phrases[phrase as usize].meanings.of(&index.meanings);
        for (number, pack) in self.packs().filter(|(_, pack)| pack.by_label) {
            let named = meanings.iter().any(|meaning| meaning.pack == number && meaning.beside);
            if !named || !is_evidence(text, at, end, reach(end)) {
                continue;
            }
            for fit in beside_label(number, pack, text, at..end) {
                self.judge(&[fit]);
            }
        }
    }

    fn cluster(&mut self, strand: Strand<'_>, from: usize, to: usize) {
        self.search.scratch.settled = self.search.scratch.candidates.len();
        let runs = digit_runs(strand.text, from, to);
        let linked = |a: &Run, b: &Run| {
            let gap = &strand.text[a.end as usize..b.start as usize];
            gap.len() <= 3 && !gap.iter().any(|&byte| PARTS[usize::from(byte)])
        };
        for part in runs.chunk_by(linked) {
            self.mixed(strand, part[0].start as usize, part[part.len() - 1].end as usize, to - from < FEWEST_DIGITS);
        }
        self.forget_labels();
        self.search.ipv6(strand, from, to);
        for part in runs.chunk_by(linked) {
            self.digits(strand, part);
        }
    }
}

/// Whether a letter stands by one of the digits from `from` to `to`, directly or with one mark between.
fn binds(text: &[u8], from: usize, to: usize) -> bool {
    // A capital, over up to three characters that digits are joined over.
    let joins = |byte: u8| !PARTS[usize::from(byte)] && byte != b':' && !is(byte, DIGIT);
    let beyond = |ats: &mut dyn Iterator<Item = usize>| {
        let byte = |at: usize| text.get(at).copied().unwrap_or(b':');
        ats.enumerate().find(|&(n, at)| n == 3 || !joins(byte(at))).map_or(text.len(), |(_, at)| at)
    };
    let upper = |at: usize| text.get(at).is_some_and(|&byte| is(byte, UPPER));
    let small = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    let letter = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER));
    let mark = |at: usize| text.get(at).is_some_and(|byte| matches!(byte, b'-' | b'.' | b'/'));
    (from..to).filter(|&at| is(text[at], DIGIT)).any(|at| {
        let (left, right) = (at.wrapping_sub(1), at + 1);
        let (before, after) = (beyond(&mut (0..at).rev()), beyond(&mut (right..text.len())));
        letter(left)
            || letter(right)
            || mark(left) && letter(left.wrapping_sub(1))
            || mark(right) && letter(right + 1)
            || upper(before)
            // With a small letter after it, it begins a sentence or a name.
            || upper(after) && !small(after + 1)
    })
}

/// The runs of digits in `from..to`.
fn digit_runs(text: &[u8], from: usize, to: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in (from..to).filter(|&at| is(text[at], DIGIT)) {
        match runs.last_mut() {
            Some(run) if run.end as usize == at => run.end += 1,
            _ => runs.push(Run { start: at as u32, end: at as u32 + 1 }),
        }
    }
    runs
}

/// Digits with at most three characters between, none of which parts them, as they stand or squeezed.
fn clusters(text: &[u8]) -> Vec<(usize, usize)> {
    let near = |from: usize, to: usize| to - from <= 3 && !text[from..to].iter().any(|&byte| is_split(byte));
    let mut clusters: Vec<(usize, usize)> = Vec::new();
    for run in digit_runs(text, 0, text.len()) {
        let (start, end) = (run.start as usize, run.end as usize);
        match clusters.last_mut() {
            Some(last) if near(last.1, start) || bridge(text, last.1) == Some(start) => last.1 = end,
            _ => clusters.push((start, end)),
        }
    }
    clusters
}
