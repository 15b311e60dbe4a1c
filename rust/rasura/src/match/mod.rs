//! From anchors to candidates: which forms of which packs fit which characters. What a candidate is worth is decided in
//! `label::score`, which of several wins in `resolve`.

mod check;
pub(crate) mod digits;
pub(crate) mod email;
pub(crate) mod fit;
pub(crate) mod ip;
pub(crate) mod mixed;
pub(crate) mod phone;
pub(crate) mod secret;
pub(crate) mod separate;
pub(crate) mod strand;

use std::ops::Range;

use rasura_pack::table::{Grammar, Pack, Scores};

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::evidence::Evidence;
use crate::label::Hit;
use crate::resolve::Candidate;
use crate::scan::clusters::{self, Anchor};
use crate::trace::Trace;
use crate::view::class::{BARRIER, CLASS, DIGIT, INVISIBLE, LETTER, NEWLINE, SYMBOL, is};
pub use fit::Check;
use strand::{REACH, Squeezed, Strand};

/// How a candidate is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Written {
    /// As a form of its pack.
    Canonical,
    /// Without separators.
    Plain,
    /// With other separators.
    Unusual,
    /// As a grammar says.
    Grammar,
}

impl Written {
    /// The name that `explain` gives.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Plain => "plain",
            Self::Unusual => "unusual",
            Self::Grammar => "grammar",
        }
    }
}

/// A pack that fits a window, before labels are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    pub(crate) pack: u16,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many characters the identifier has.
    pub(crate) length: u8,
    pub(crate) check: Check,
    pub(crate) written: Written,
    pub(crate) scores: Scores,
    /// Whether letters touch it.
    pub(crate) touched: bool,
    /// Whether its characters may be joined without a label: two check digits and no separate numbers, or each apart.
    pub(crate) joins: bool,
    /// Whether it may stand as a suspect although its check digit is wrong.
    pub(crate) small_letters: bool,
}

/// A run of digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Run {
    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    #[inline]
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Memory that a search needs and the next one uses again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) runs: Vec<Run>,
    pub(crate) tokens: Vec<Run>,
    pub(crate) symbols: Vec<u8>,
    pub(crate) squeezed: Squeezed,
    pub(crate) fits: Vec<Fit>,
    pub(crate) candidates: Vec<Candidate>,
}

/// One search over one text.
pub(crate) struct Search<'a, T> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) config: &'a Config,
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) text: &'a [u8],
    pub(crate) scratch: Scratch,
    /// The labels around the window that was judged last.
    pub(crate) labels: Labels<'a>,
    pub(crate) trace: T,
}

/// Labels before and after a window, kept while windows share a border.
#[derive(Debug)]
pub(crate) struct Labels<'a> {
    pub(crate) before: Vec<Hit<'a>>,
    pub(crate) before_at: usize,
    pub(crate) after: Vec<Hit<'a>>,
    pub(crate) after_at: usize,
}

impl Default for Labels<'_> {
    fn default() -> Self {
        Self { before: Vec::new(), before_at: usize::MAX, after: Vec::new(), after_at: usize::MAX }
    }
}

impl<T: Trace> Search<'_, T> {
    /// Gathers the candidates of the whole text.
    pub(crate) fn run(&mut self) {
        let text = self.text;
        let config = self.config;
        clusters::each(text, &config.triggers, |anchor| match anchor {
            Anchor::Cluster(start, end) => self.cluster(start, end),
            Anchor::At(at) => self.email(at),
            Anchor::Word(at) => self.secret(at),
        });
    }

    /// Looks at one cluster, a stretch at a time where it is long.
    fn cluster(&mut self, start: usize, end: usize) {
        const STRETCH: usize = 2048;
        let mut from = start;
        while end - from > STRETCH + REACH {
            let limit = (from + STRETCH..end).find(|&at| self.begins_run(at)).unwrap_or(end);
            self.stretch(from, end.min(limit + REACH + 1), limit, from > start);
            if limit >= end {
                return;
            }
            from = limit;
        }
        self.stretch(from, end, end, from > start);
    }

    fn begins_run(&self, at: usize) -> bool {
        self.text[at].is_ascii_digit() && !is(self.text[at - 1], DIGIT | INVISIBLE) && !matches!(self.text[at - 1], b'*' | b'~' | b'`')
    }

    /// Looks at `start..end` of a cluster: windows that begin before `limit`.
    fn stretch(&mut self, start: usize, end: usize, limit: usize, cut: bool) {
        let text = self.text;
        let special = |byte: &u8| is(*byte, INVISIBLE | NEWLINE | SYMBOL) || matches!(byte, b'*' | b'~' | b'`');
        if !text[start..end].iter().any(special) {
            return self.walk(Strand::whole(text), start, end, limit, cut);
        }
        let mut squeezed = std::mem::take(&mut self.scratch.squeezed);
        let around = start.saturating_sub(64)..text.len().min(end + 64);
        squeezed.fill(text, around);
        let strand = squeezed.strand();
        let (from, to) = (strand.index(start), strand.index(end));
        self.walk(strand, from, to, strand.index(limit), cut);
        self.scratch.squeezed = squeezed;
    }

    /// Splits `from..to` of a strand at letters, and looks at the digits between and at what letters touch.
    fn walk(&mut self, strand: Strand<'_>, from: usize, to: usize, limit: usize, cut: bool) {
        let text = strand.text;
        let mut runs = std::mem::take(&mut self.scratch.runs);
        runs.clear();
        let (mut at, mut letters, mut colons) = (from, false, 0);
        while at < to {
            let start = at;
            while at < to && text[at].is_ascii_digit() {
                at += 1;
            }
            runs.push(Run { start: start as u32, end: at as u32 });
            let gap = at;
            let mut joined = true;
            while at < to && !text[at].is_ascii_digit() {
                let class = CLASS[usize::from(text[at])];
                if class & (LETTER | BARRIER) != 0 {
                    joined = false;
                    letters |= class & LETTER != 0;
                }
                colons += usize::from(text[at] == b':');
                at += 1;
            }
            if !joined || at - gap > 3 || at >= to {
                self.digits(strand, &runs, limit, cut && start == from);
                runs.clear();
            }
        }
        self.scratch.runs = runs;
        let beside = |at: Option<&u8>| at.is_some_and(|&byte| is(byte, LETTER));
        let near = |range: Range<usize>| text.get(range).is_some_and(|bytes| bytes.iter().any(|&byte| is(byte, LETTER)));
        if letters || near(from.saturating_sub(2)..from) || near(to..text.len().min(to + 2)) || beside(text.get(to)) {
            self.mixed(strand, from, to);
        }
        if colons > 0 || text.get(from.wrapping_sub(1)) == Some(&b':') || text.get(to) == Some(&b':') || letters && near_colon(text, from) {
            self.ipv6(strand, from, to);
        }
    }

    /// The packs that have a grammar.
    pub(crate) fn with_grammar(&self, grammar: Grammar) -> impl Iterator<Item = (u16, &'_ Pack)> {
        let catalogue = self.catalogue;
        catalogue.indexes().flat_map(move |(base, index)| {
            let list = match grammar {
                Grammar::Email => &index.emails,
                Grammar::Ipv6 => &index.ipv6,
                Grammar::InternationalPhone => &index.phones,
                Grammar::Secret => &index.secrets,
            };
            list.iter().map(move |&pack| (base + pack, &index.packs[usize::from(pack)]))
        })
    }
}

fn near_colon(text: &[u8], from: usize) -> bool {
    text[from.saturating_sub(4)..from].contains(&b':')
}
