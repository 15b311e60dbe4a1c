//! From anchors to candidates: which forms of which packs fit which characters. What a candidate is worth is decided in
//! `label::score`, which of several wins in `resolve`.

mod binds;
mod check;
pub(crate) mod cluster;
pub(crate) mod connect;
pub(crate) mod digits;
pub(crate) mod email;
mod express;
pub(crate) mod fit;
pub(crate) mod grammar;
pub(crate) mod ip;
pub(crate) mod mixed;
pub(crate) mod phone;
pub(crate) mod secret;
pub(crate) mod separate;
pub(crate) mod strand;
pub(crate) mod symbols;
pub(crate) mod token;
pub(crate) mod tokens;

use std::ops::Range;

use rasura_pack::Index;
use rasura_pack::index::{Beginning, Entry};
use rasura_pack::table::{Grammar, Pack, Scores};

use crate::config::Config;
use crate::evidence::Evidence;
use crate::label::Hit;
use crate::resolve::{Candidate, Finding};
use crate::scan::batch::Batch;
use crate::scan::clusters::{self, Anchors, Near};
use crate::scan::marks::{is_split, is_stretch};
use crate::trace::Trace;
use crate::view::class::{DIGIT, LETTER, is};
use cluster::Pieces;
pub use fit::Check;
use strand::Squeezed;
use symbols::Symbols;
use tokens::Tokens;

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
    /// Whether it has small letters and no separators, and a form whose letters are free: then it may be a word or a hash.
    pub(crate) small_letters: bool,
}

impl Fit {
    /// What a form of a pack recognised, its check digits asked, which no letters touch.
    #[inline]
    pub(crate) fn of_form(entry: &Entry, pack: &Pack, place: &Range<usize>, check: Check, written: Written) -> Self {
        let form = &pack.forms[usize::from(entry.form)];
        Self {
            pack: entry.pack,
            start: place.start,
            end: place.end,
            length: form.cells.len() as u8,
            check,
            written,
            scores: form.scores.unwrap_or(pack.scores),
            touched: false,
            joins: check == Check::Valid && entry.two_checks,
            small_letters: false,
        }
    }

    /// What a grammar recognised: its own syntax says what it is.
    pub(crate) fn of_grammar(pack: u16, place: &Range<usize>, scores: Scores) -> Self {
        Self {
            pack,
            start: place.start,
            end: place.end,
            length: place.len().min(255) as u8,
            check: Check::None,
            written: Written::Grammar,
            scores,
            touched: false,
            joins: false,
            small_letters: false,
        }
    }

    /// What stands beside a label, or beside what was found, so that it is named.
    pub(crate) fn of_label(pack: u16, place: &Range<usize>, scores: Scores, check: Check) -> Self {
        let scores = Scores { canonical: scores.labelled, ..scores };
        Self { check, ..Self::of_grammar(pack, place, scores) }
    }
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
    /// The marks of the blocks that are read.
    batch: Option<Box<Batch>>,
    pub(crate) pieces: Pieces,
    /// How many candidates there were before this cluster.
    pub(crate) settled: usize,
    /// The candidate found last that nothing inside can beat.
    pub(crate) covered: Range<usize>,
    /// Where the long hexadecimal number ends that was met last.
    pub(crate) hash: usize,
    /// Where the last hexadecimal number ends that is not.
    pub(crate) no_hash: usize,
    pub(crate) tokens: Tokens,
    /// The tokens that were tried last.
    pub(crate) done: Done,
    /// The candidates of an earlier cluster among the same tokens.
    pub(crate) found: Range<usize>,
    pub(crate) symbols: Symbols,
    pub(crate) labels: Labels,
    pub(crate) squeezed: Squeezed,
    pub(crate) fits: Vec<Fit>,
    pub(crate) candidates: Vec<Candidate>,
    /// What was taken before any words were read.
    pub(crate) evident: Vec<Fit>,
    /// What was found.
    pub(crate) findings: Vec<Finding>,
}

/// Tokens by themselves that were tried for one cluster, so that other clusters inside them need not try them again.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) place: Range<usize>,
    /// The candidates that they gave.
    pub(crate) found: Range<usize>,
}

/// One search over one text.
pub(crate) struct Search<'a, T> {
    pub(crate) index: &'a Index,
    pub(crate) config: &'a Config,
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) text: &'a [u8],
    pub(crate) scratch: Box<Scratch>,
    pub(crate) trace: T,
    /// Whether it is enough to know what is taken, and scores are nobody's concern.
    pub(crate) unscored: bool,
}

/// Labels before and after a window, kept while windows share a border.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact about the labels of one side")]
pub(crate) struct Labels {
    pub(crate) before: Vec<Hit>,
    pub(crate) before_at: usize,
    /// Whether any of them names anything.
    pub(crate) before_names: bool,
    /// The packs that they name strongly, and those that they name at all, as bits; read for the window that begins at
    /// `named_at`.
    pub(crate) named: [Vec<u64>; 2],
    pub(crate) named_at: usize,
    /// Whether a negative word governs what follows.
    pub(crate) negated: bool,
    /// Whether a key stands before, which alone says what its value is.
    pub(crate) keyed: bool,
    pub(crate) after: Vec<Hit>,
    pub(crate) after_at: usize,
    /// Whether any of them names anything.
    pub(crate) after_names: bool,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            before: Vec::new(),
            before_at: usize::MAX,
            before_names: false,
            named: [Vec::new(), Vec::new()],
            named_at: usize::MAX,
            negated: false,
            keyed: false,
            after: Vec::new(),
            after_at: usize::MAX,
            after_names: false,
        }
    }
}

impl Scratch {
    /// Whether it is worth keeping: a long text's memory is given back.
    pub(crate) fn is_small(&self) -> bool {
        const MOST: usize = 4096;
        let Self { candidates, evident, findings, .. } = self;
        candidates.capacity().max(evident.capacity()).max(findings.capacity()) <= MOST
    }

    /// Makes the memory of an earlier search fit for another text.
    pub(crate) fn renew(&mut self) {
        self.candidates.clear();
        self.evident.clear();
        self.covered = 0..0;
        self.hash = 0;
        self.no_hash = 0;
        self.done = Done::default();
        self.labels.before_at = usize::MAX;
        self.labels.named_at = usize::MAX;
        self.labels.after_at = usize::MAX;
    }
}

impl<'a, T: Trace> Search<'a, T> {
    /// Gathers the candidates of the whole text.
    pub(crate) fn run(&mut self) {
        let mut batch = self.scratch.batch.take().unwrap_or_default();
        clusters::each(self.text, &self.config.triggers, &mut batch, self);
        self.scratch.batch = Some(batch);
    }

    /// Whether a candidate of this cluster that nothing inside it can beat covers a place.
    #[inline]
    pub(crate) fn is_settled(&self, place: &Range<usize>) -> bool {
        let covers = |known: &Candidate| known.settles && known.covers(place);
        let Scratch { candidates, settled, found, .. } = &*self.scratch;
        candidates[*settled..].iter().chain(&candidates[found.clone()]).any(covers)
    }

    /// The packs that have a grammar.
    pub(crate) fn with_grammar(&self, grammar: Grammar) -> impl Iterator<Item = (u16, &'a Pack)> + use<'a, T> {
        let index = self.index;
        index.with_grammar(grammar).iter().map(|&pack| (pack, &index.packs[usize::from(pack)]))
    }
}

impl<T: Trace> Anchors for Search<'_, T> {
    #[inline]
    fn cluster(&mut self, start: usize, end: usize, near: &Near<'_>) {
        self.look(start, end, near);
    }

    #[inline(never)]
    fn at(&mut self, at: usize) {
        self.email(at);
    }

    #[inline(never)]
    fn word(&mut self, at: usize) {
        let Some(&three) = self.text.get(at..).and_then(<[u8]>::first_chunk) else { return };
        let beginning = self.index.beginning(three);
        if beginning.is(Beginning::LABEL) {
            self.secret(at);
        }
        if beginning.is(Beginning::LATER) {
            self.led(at);
        }
        if beginning.is(Beginning::TOKEN) {
            self.token(at);
        }
        if beginning.is(Beginning::HEADING) {
            self.headed(at);
        }
        if beginning.is(Beginning::CRYPTO) {
            self.crypto(at);
        }
        if self.config.urls {
            self.url(at);
        }
    }
}

/// Bytes over which digits are never joined: letters, and the marks that lists and code put between values.
pub(crate) const PARTS: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = is(n as u8, LETTER) || is_split(n as u8);
        n += 1;
    }
    table
};

/// Whether digits are joined over a byte; a colon is left to times and addresses.
pub(crate) const fn is_join(byte: u8) -> bool {
    !PARTS[byte as usize] && byte != b':' && !is(byte, DIGIT)
}

/// Bytes that only a squeezed copy shows aright: invisible characters, line breaks, symbols, marks, and where tags begin.
pub(crate) const STRETCHES: [bool; 256] = stretches();

const fn stretches() -> [bool; 256] {
    let mut table = [false; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = is_stretch(n as u8);
        n += 1;
    }
    table
}
