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

use rasura_pack::Index;
use rasura_pack::index::LONGEST;
use rasura_pack::shape::SYMBOL as SYMBOL_OF;
use rasura_pack::table::{Grammar, Pack, Scores};

use crate::config::Config;
use crate::evidence::Evidence;
use crate::label::{Heard, Hit};
use crate::resolve::Candidate;
use crate::scan::clusters::{self, Anchor};
use crate::trace::Trace;
use crate::scan::marks::{is_split, is_stretch};
use crate::view::class::{DIGIT, INVISIBLE, LETTER, UPPER, is};
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

impl Fit {
    /// What a grammar recognised: its own syntax says what it is.
    pub(crate) fn of_grammar(pack: u16, place: &Range<usize>, length: u8, scores: Scores) -> Self {
        Self {
            pack,
            start: place.start,
            end: place.end,
            length,
            check: Check::None,
            written: Written::Grammar,
            scores,
            touched: false,
            joins: false,
            small_letters: false,
        }
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

/// Linked runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// After the last of them.
    last: u32,
    /// Whether letters stand directly beside them, or a mark binds letters to them.
    bound: bool,
}

/// Memory that a search needs and the next one uses again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) runs: Vec<Run>,
    /// Where linked runs end.
    pub(crate) parts: Vec<Part>,
    /// How many candidates there were before this cluster.
    pub(crate) settled: usize,
    /// Where the long hexadecimal number ends that was met last.
    pub(crate) hash: usize,
    /// Where the last hexadecimal number ends that is not.
    pub(crate) no_hash: usize,
    pub(crate) tokens: Vec<Run>,
    /// The tokens that were tried last.
    pub(crate) done: Done,
    /// The candidates of an earlier cluster among the same tokens.
    pub(crate) found: Range<usize>,
    pub(crate) symbols: Symbols,
    pub(crate) labels: Labels,
    pub(crate) squeezed: Squeezed,
    pub(crate) fits: Vec<Fit>,
    pub(crate) candidates: Vec<Candidate>,
}

/// Tokens by themselves that were tried for one cluster, so that other clusters inside them need not try them again.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) place: Range<usize>,
    /// The candidates that they gave.
    pub(crate) found: Range<usize>,
}

/// The characters of a window as symbols.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols {
    symbols: [u8; LONGEST],
    length: u8,
}

impl Default for Symbols {
    fn default() -> Self {
        Self { symbols: [0; LONGEST], length: 0 }
    }
}

impl Symbols {
    #[inline]
    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Appends bytes as symbols; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        let from = usize::from(self.length);
        for (place, &byte) in self.symbols[from..].iter_mut().zip(bytes) {
            *place = SYMBOL_OF[usize::from(byte)];
        }
        self.length = (from + bytes.len()).min(LONGEST) as u8;
    }

    #[inline]
    pub(crate) fn get(&self) -> &[u8] {
        &self.symbols[..usize::from(self.length)]
    }
}

/// One search over one text.
pub(crate) struct Search<'a, T> {
    pub(crate) index: &'a Index,
    pub(crate) config: &'a Config,
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) text: &'a [u8],
    pub(crate) scratch: Box<Scratch>,
    pub(crate) trace: T,
}

/// Labels before and after a window, kept while windows share a border.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact about the labels of one side")]
pub(crate) struct Labels {
    /// All that were read near here.
    pub(crate) heard: Heard,
    pub(crate) before: Vec<Hit>,
    pub(crate) before_at: usize,
    /// Whether any of them names anything.
    pub(crate) before_names: bool,
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
            heard: Heard::default(),
            before: Vec::new(),
            before_at: usize::MAX,
            before_names: false,
            negated: false,
            keyed: false,
            after: Vec::new(),
            after_at: usize::MAX,
            after_names: false,
        }
    }
}

impl Scratch {
    /// Makes the memory of an earlier search fit for another text.
    pub(crate) fn renew(&mut self) {
        self.candidates.clear();
        self.hash = 0;
        self.no_hash = 0;
        self.done = Done::default();
        self.labels.before_at = usize::MAX;
        self.labels.after_at = usize::MAX;
        self.labels.heard.clear();
    }
}

/// A strand of the view itself met something that only a squeezed copy shows aright.
struct NeedsSqueezing;

impl<'a, T: Trace> Search<'a, T> {
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
        if self.in_hash(start, end) {
            return;
        }
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

    /// Whether a cluster lies in a long hexadecimal number. Logs are full of them, with several clusters each.
    #[inline]
    fn in_hash(&mut self, start: usize, end: usize) -> bool {
        if end <= self.scratch.hash {
            return true;
        }
        if end <= self.scratch.no_hash {
            return false;
        }
        let letter = |at: usize| self.text.get(at).is_some_and(u8::is_ascii_alphabetic);
        // A hash may begin and end with digits.
        if letter(start.wrapping_sub(1)) || letter(end) || end - start >= 16 {
            let (place, is_hash) = mixed::hash_around(self.text, start);
            // Either way the token is read once.
            *(if is_hash { &mut self.scratch.hash } else { &mut self.scratch.no_hash }) = place.end;
        }
        end <= self.scratch.hash
    }

    fn begins_run(&self, at: usize) -> bool {
        self.text[at].is_ascii_digit()
            && !is(self.text[at - 1], DIGIT | INVISIBLE)
            && !matches!(self.text[at - 1], b'*' | b'~' | b'`')
    }

    /// Looks at `start..end` of a cluster: windows that begin before `limit`.
    fn stretch(&mut self, start: usize, end: usize, limit: usize, cut: bool) {
        let text = self.text;
        if self.walk(Strand::whole(text), start, end, limit, cut).is_ok() {
            return;
        }
        let mut squeezed = std::mem::take(&mut self.scratch.squeezed);
        squeezed.fill(text, start.saturating_sub(64)..text.len().min(end + 64));
        let strand = squeezed.strand();
        let (from, to) = (strand.index(start), strand.index(end));
        // The copy has nothing left that needs squeezing.
        let _ = self.walk(strand, from, to, strand.index(limit), cut);
        self.scratch.squeezed = squeezed;
    }

    /// Splits `from..to` of a strand at letters and looks first at what letters touch, then at the digits between.
    fn walk(
        &mut self,
        strand: Strand<'_>,
        from: usize,
        to: usize,
        limit: usize,
        cut: bool,
    ) -> Result<(), NeedsSqueezing> {
        let mut runs = std::mem::take(&mut self.scratch.runs);
        let mut parts = std::mem::take(&mut self.scratch.parts);
        let seen = split(strand.text, from, to, &mut runs, &mut parts);
        let hidden = |at: usize| strand.text.get(at).is_some_and(|&byte| is(byte, INVISIBLE));
        let near = |range: Range<usize>| strand.text[range].iter().any(|&byte| is(byte, INVISIBLE));
        let around = || near(from.saturating_sub(AROUND)..from) || near(to..strand.text.len().min(to + AROUND));
        if strand.is_whole()
            && (seen & STRETCH != 0
                || hidden(from.wrapping_sub(1))
                || hidden(to)
                || is_bound(strand.text, from, to, seen) && around())
        {
            self.scratch.runs = runs;
            self.scratch.parts = parts;
            return Err(NeedsSqueezing);
        }
        self.scratch.settled = self.scratch.candidates.len();
        self.scratch.found = 0..0;
        self.beside(strand, from, to, seen, (&runs, &parts));
        let mut first = 0;
        for part in &parts {
            let linked = &runs[first..part.last as usize];
            self.digits(strand, linked, limit, cut && first == 0);
            first = part.last as usize;
        }
        self.scratch.runs = runs;
        self.scratch.parts = parts;
        Ok(())
    }

    /// Whether a candidate of this cluster that nothing inside it can beat covers a place.
    #[inline]
    pub(crate) fn is_settled(&self, place: &Range<usize>) -> bool {
        let covers = |known: &Candidate| known.settles && known.start <= place.start && place.end <= known.end;
        let Scratch { candidates, settled, found, .. } = &*self.scratch;
        candidates[*settled..].iter().chain(&candidates[found.clone()]).any(covers)
    }

    /// Looks at what stands beside the digits: letters that belong to them, a colon of an IPv6 address.
    fn beside(&mut self, strand: Strand<'_>, from: usize, to: usize, seen: u8, (runs, parts): (&[Run], &[Part])) {
        let text = strand.text;
        let head = &text[from.saturating_sub(4)..from];
        let tail = &text[to..text.len().min(to + 5)];
        let led = binds_letters_before(head);
        if is_bound(text, from, to, seen) {
            let few = to - from < clusters::FEWEST as usize;
            let mut first = 0;
            for (n, part) in parts.iter().enumerate() {
                let edge = n == 0 && led || n + 1 == parts.len() && binds_letters(tail);
                if part.bound || edge || few {
                    self.mixed(strand, runs[first].start as usize, runs[part.last as usize - 1].end as usize);
                }
                first = part.last as usize;
            }
        }
        if seen & COLON != 0
            || head.last() == Some(&b':')
            || tail.first() == Some(&b':')
            || led && near_colon(text, from)
        {
            self.ipv6(strand, from, to);
        }
    }

    /// The packs that have a grammar.
    pub(crate) fn with_grammar(&self, grammar: Grammar) -> impl Iterator<Item = (u16, &'a Pack)> + use<'a, T> {
        let index = self.index;
        let list = match grammar {
            Grammar::Email => &index.emails,
            Grammar::Ipv6 => &index.ipv6,
            Grammar::InternationalPhone => &index.phones,
            Grammar::Secret => &index.secrets,
        };
        list.iter().map(|&pack| (pack, &index.packs[usize::from(pack)]))
    }
}

/// How far around digits something invisible among the letters that belong to them is looked for.
pub(crate) const AROUND: usize = 24;

/// Whether letters stand by the digits `from..to`, between which `seen` was seen.
fn is_bound(text: &[u8], from: usize, to: usize, seen: u8) -> bool {
    // Few digits are here only because capitals stand near them.
    seen & BOUND != 0
        || to - from < clusters::FEWEST as usize
        || binds_letters_before(&text[from.saturating_sub(4)..from])
        || binds_letters(&text[to..text.len().min(to + 5)])
}

/// Whether letters follow a digit: directly, after a mark that binds, or capitals after what digits are joined over.
fn binds_letters(after: &[u8]) -> bool {
    match *after {
        [first, ..] if is(first, LETTER) => return true,
        [b'-' | b'.' | b'/', second, ..] if is(second, LETTER) => return true,
        _ => {}
    }
    let gap =
        after.iter().take(3).take_while(|&&byte| !PARTS[usize::from(byte)] && byte != b':' && !is(byte, DIGIT)).count();
    // A capital with a small letter after it begins a sentence or a name.
    let small = after.get(gap + 1).is_some_and(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    !small && after.get(gap).is_some_and(|&byte| is(byte, UPPER))
}

/// Whether letters stand before a digit, in the same way.
fn binds_letters_before(before: &[u8]) -> bool {
    match *before {
        [.., last] if is(last, LETTER) => return true,
        [.., second, b'-' | b'.' | b'/'] if is(second, LETTER) => return true,
        _ => {}
    }
    let gap = before
        .iter()
        .rev()
        .take(3)
        .take_while(|&&byte| !PARTS[usize::from(byte)] && byte != b':' && !is(byte, DIGIT))
        .count();
    before.len().checked_sub(gap + 1).is_some_and(|at| is(before[at], UPPER))
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

/// Gathers the runs of `from..to`, which begins and ends with a digit, and where linked ones end. What was seen between.
#[inline]
fn split(text: &[u8], from: usize, to: usize, runs: &mut Vec<Run>, parts: &mut Vec<Part>) -> u8 {
    let text = &text[..to];
    runs.clear();
    parts.clear();
    let (mut at, mut start, mut seen, mut bound) = (from, from, 0, false);
    while at < to {
        let kind = KIND[usize::from(text[at])];
        if kind == 0 {
            at += 1;
            continue;
        }
        runs.push(Run { start: start as u32, end: at as u32 });
        let (gap, mut kinds) = (at, 0);
        while at < to {
            let kind = KIND[usize::from(text[at])];
            if kind == 0 {
                break;
            }
            kinds |= kind;
            at += 1;
        }
        seen |= kinds;
        if kinds & PART != 0 || at - gap > 3 {
            let between = &text[gap..at];
            let (mut follows, mut leads) = (false, false);
            if kinds & LETTERS != 0 {
                (follows, leads) = (binds_letters(between), binds_letters_before(between));
                seen |= if follows || leads { BOUND } else { 0 };
            }
            parts.push(Part { last: runs.len() as u32, bound: bound || follows });
            bound = leads;
        }
        start = at;
    }
    runs.push(Run { start: start as u32, end: to as u32 });
    parts.push(Part { last: runs.len() as u32, bound });
    seen
}

/// What a byte between digits is; a digit is 0.
const KIND: [u8; 256] = kinds();
const SEPARATOR: u8 = 1;
/// Digits are not joined over it.
const PART: u8 = 2;
const LETTERS: u8 = 4;
/// It is more or less than it seems.
const STRETCH: u8 = 8;
const COLON: u8 = 16;
/// Letters stand directly by a digit, or a mark binds them to it.
const BOUND: u8 = 32;

const fn kinds() -> [u8; 256] {
    let mut table = [SEPARATOR; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        if is(byte, DIGIT) {
            table[n] = 0;
        }
        table[n] |= if PARTS[n] { PART } else { 0 }
            | if is(byte, LETTER) { LETTERS } else { 0 }
            | if STRETCHES[n] { STRETCH } else { 0 };
        n += 1;
    }
    table[b':' as usize] |= COLON;
    table
}

/// Bytes that only a squeezed copy shows aright: invisible characters, line breaks, symbols, markup.
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

fn near_colon(text: &[u8], from: usize) -> bool {
    text[from.saturating_sub(4)..from].contains(&b':')
}
