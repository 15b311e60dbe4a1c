//! All packs together, by what the engine has in hand: a shape, a length, a word. The build script makes one for the
//! built-in packs, an engine one more for users' packs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::shape;
use crate::table::{Form, Grammar, Label, List, Pack, Prefix, Report, Source, Strength, Text, Token};
use crate::triple;
use crate::word;

/// The most characters of an identifier.
pub const LONGEST: usize = 64;
/// The scan looks at so many digits, or more; shorter numbers are found from their label's side.
pub const FEWEST_DIGITS: usize = 7;
/// Where letters are among them, at so many characters.
pub const FEWEST_CHARACTERS: usize = 8;

macro_rules! sources {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
        impl Source for $name {
            fn source(&self, out: &mut String) {
                out.push_str(concat!(stringify!($name), " {"));
                $(out.push_str(concat!(stringify!($field), ": ")); self.$field.source(out); out.push(',');)*
                out.push('}');
            }
        }
    )*};
}

sources! {
    /// A place in a list.
    #[derive(Copy, Default)]
    struct Range {
        /// The first place.
        start: u32,
        /// How many places.
        length: u32,
    }

    /// From hash to range, at most a quarter full: an absent key costs one look.
    struct Lookup {
        /// One less than the size, a power of two.
        mask: u32,
        /// Upper half of the hash, 0 where empty.
        tags: List<u32>,
        /// The range of each key.
        ranges: List<Range>,
    }

    /// A form that has a shape or a length, with what decides whether it is worth a closer look.
    #[derive(Copy)]
    struct Entry {
        /// Which pack.
        pack: u16,
        /// Which of its forms.
        form: u16,
        /// What it scores by its writing alone.
        alone: u8,
        /// What its first character may be.
        first: u64,
        /// What its second character may be.
        second: u64,
        /// The two digits, as a number, that it may begin with.
        pairs: (u64, u64),
        /// Whether it has letters.
        mixed: bool,
        /// Whether other separators count.
        unusual: bool,
        /// Whether two or more characters are checked.
        two_checks: bool,
        /// Whether any character is checked.
        checked: bool,
        /// Whether its pack is never reported.
        look_alike: bool,
    }

    /// What begins with one symbol, among forms with letters: most tokens begin as none does.
    #[derive(Copy, Default)]
    struct Head {
        /// What the second character may be.
        seconds: u64,
        /// Bit n: a form without separators has n + 1 characters.
        plain: u64,
        /// Bit n: such a form may have other separators.
        unusual: u64,
        /// Bit n: a form has n characters before its first separator.
        parts: u64,
    }

    /// Where a form with letters has them.
    #[derive(Copy)]
    struct Pattern {
        /// The places where letters may stand, as bits.
        letters: u64,
        /// The places where digits may.
        digits: u64,
    }

    /// A label's meaning to one pack.
    #[derive(Copy)]
    struct Meaning {
        /// Which pack.
        pack: u16,
        /// What it says.
        strength: Strength,
        /// Whether the pack's forms that count by their label alone are looked for beside it.
        beside: bool,
    }

    /// A pack whose forms count beside what another one finds.
    struct Companion {
        /// The other one.
        beside: u16,
        /// Its own number.
        pack: u16,
        /// Within how many characters.
        reach: u8,
    }

    /// A label.
    struct Phrase {
        /// All its words, single spaces between.
        text: Text,
        /// Whether it has several.
        several: bool,
        /// Whether it names anything, strongly or weakly.
        names: bool,
        /// Within how many characters it says that the next number is nothing; 0: never.
        negative: u8,
        /// Whether it is a unit.
        unit: bool,
        /// Whether a longer label that names something ends with it.
        tail: bool,
        /// How many letters it has; two or fewer count only close by.
        letters: u8,
        /// What it means.
        meanings: Range,
    }

    /// Words with which labels begin.
    #[derive(Copy, Default)]
    struct Node {
        /// The labels that have no more words: of several the keys are the same.
        phrases: Range,
        /// The first letters of the words that follow in longer ones, as bits of the last five bits of each.
        initials: u32,
    }

    /// All packs and the ways to them.
    struct Index {
        /// The packs, ordered by id.
        packs: List<Pack>,
        /// Forms by shape that digits alone may have.
        shapes: Lookup,
        /// The same by how the whole is written.
        wholes: Lookup,
        /// As `shapes`, for shapes that a form has which counts for regions only that the caller named: with those.
        local_shapes: Lookup,
        /// The same by how the whole is written.
        local_wholes: Lookup,
        /// Forms with letters by shape.
        tokens: Lookup,
        /// The same by how the whole is written.
        codes: Lookup,
        /// Plain forms of digits alone, by length.
        digits: List<Range>,
        /// Plain forms with letters, by length.
        mixed: List<Range>,
        /// What the ranges of forms point to.
        entries: List<Entry>,
        /// Forms with letters by their first symbol.
        heads: List<Head>,
        /// Where forms with letters have them, by length.
        lettered: List<Range>,
        /// What these point to.
        patterns: List<Pattern>,
        /// By length, what the last character of a form with letters may be.
        tails: List<u64>,
        /// Bit n: forms with n digits may have other separators than their own.
        unusual: u64,
        /// Bit n: one of them has two check digits, which carry it without a word.
        carried: u64,
        /// By the keys of the words with which labels begin, one after the other, their place among the nodes.
        words: Lookup,
        /// What may follow such words.
        nodes: List<Node>,
        /// By the first two letters of a word, as bits, the third ones with which a label begins.
        triples: List<u32>,
        /// The letters, as bits, with which a label begins that are words of their own.
        singles: u32,
        /// What the nodes of labels point to.
        phrases: List<Phrase>,
        /// What labels mean.
        meanings: List<Meaning>,
        /// Packs with a grammar, by grammar.
        grammatical: List<u16>,
        /// By grammar, where its packs begin in that; one more for the end.
        grammars: List<u16>,
        /// Packs that are found from their label's side.
        secrets: List<u16>,
        /// The first letters of labels that are found by a later word, as bits.
        leads: u32,
        /// By pack, the packs whose forms count beside what it finds.
        companions: List<Companion>,
        /// The first three letters of the labels of secrets, and three of each token, in order.
        triggers: List<u32>,
        /// What each of them may be the beginning of: see [`Beginning`].
        trigger_roles: List<u8>,
    }
}

impl Lookup {
    fn build(keys: &[(u64, Range)]) -> Self {
        let size = (keys.len() * 4).next_power_of_two().max(16);
        let (mut tags, mut ranges) = (vec![0; size], vec![Range::default(); size]);
        for &(key, range) in keys {
            let mut slot = key as usize & (size - 1);
            while tags[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            tags[slot] = tag(key);
            ranges[slot] = range;
        }
        Self { mask: size as u32 - 1, tags: tags.into(), ranges: ranges.into() }
    }

    /// The table, ready to be asked many times.
    #[inline]
    #[must_use]
    pub fn finder(&self) -> Finder<'_> {
        Finder { mask: self.mask as usize, tags: &self.tags, ranges: &self.ranges }
    }

    /// The range of `key`, empty where it is unknown.
    #[inline]
    #[must_use]
    pub fn get(&self, key: u64) -> Range {
        self.finder().get(key)
    }
}

/// A [`Lookup`] with its tables at hand.
#[derive(Debug, Clone, Copy)]
pub struct Finder<'a> {
    mask: usize,
    tags: &'a [u32],
    ranges: &'a [Range],
}

impl Finder<'_> {
    /// The range of `key`, empty where it is unknown. Two keys may share a tag: what is found is compared in full.
    #[inline]
    #[must_use]
    pub fn get(&self, key: u64) -> Range {
        let mut slot = key as usize & self.mask;
        loop {
            match self.tags.get(slot) {
                None | Some(0) => return Range::default(),
                Some(&found) if found == tag(key) => return self.ranges[slot],
                _ => slot = (slot + 1) & self.mask,
            }
        }
    }
}

#[inline]
const fn tag(key: u64) -> u32 {
    (key >> 32) as u32 | 1
}

impl Range {
    /// The part of `list` that this is.
    #[inline]
    #[must_use]
    pub fn of<'a, T>(&self, list: &'a [T]) -> &'a [T] {
        list.get(self.start as usize..(self.start + self.length) as usize).unwrap_or(&[])
    }
}

impl Index {
    /// The index of `packs`, which become ordered by id.
    #[must_use]
    pub fn build(mut packs: Vec<Pack>) -> Self {
        packs.sort_by(|a, b| a.id.cmp(&b.id));
        let mut entries = Vec::new();
        let any_digits = |form: &Form| form.cells.iter().all(|cell| cell & DIGITS != 0);
        let all_digits = |form: &Form| any_digits(form) && !form.local;
        let local: BTreeSet<u64> =
            packs.iter().flat_map(|pack| pack.forms.iter()).filter(|form| form.local).map(|form| form.shape).collect();
        let is_local = |form: &Form| any_digits(form) && local.contains(&form.shape);
        let shapes = by_shape(&packs, &mut entries, all_digits, |form| form.shape);
        let wholes = by_shape(&packs, &mut entries, |form| all_digits(form) && form.whole != 0, |form| form.whole);
        let local_shapes = by_shape(&packs, &mut entries, is_local, |form| form.shape);
        let local_wholes = by_shape(&packs, &mut entries, |form| is_local(form) && form.whole != 0, |form| form.whole);
        let tokens = by_shape(&packs, &mut entries, |form| !form.digits, |form| form.shape);
        let codes = by_shape(&packs, &mut entries, |form| !form.digits && form.whole != 0, |form| form.whole);
        let digits = lengths(&packs, true, &mut entries);
        let mixed = lengths(&packs, false, &mut entries);
        let Labels { words, nodes, phrases, meanings } = Labels::of(&packs);
        let (lettered, patterns) = patterns(&packs);
        let secrets: Vec<u16> = (0..).zip(&packs).filter(|(_, pack)| pack.by_label).map(|(number, _)| number).collect();
        let (grammatical, grammars) = grammars(&packs);
        let beginnings = Beginnings::of(&packs, &secrets);
        Self {
            heads: heads(&packs).into(),
            lettered: lettered.into(),
            patterns: patterns.into(),
            tails: tails(&packs).into(),
            unusual: unusual(&packs, |entry| entry.unusual),
            carried: unusual(&packs, |entry| entry.unusual && entry.two_checks),
            shapes,
            wholes,
            local_shapes,
            local_wholes,
            tokens,
            codes,
            digits: digits.into(),
            mixed: mixed.into(),
            entries: entries.into(),
            triples: triples(&phrases).into(),
            singles: phrases
                .iter()
                .filter(|phrase| first(phrase).len() == 1)
                .fold(0, |bits, phrase| bits | 1 << (phrase.text.as_bytes()[0] & 31)),
            words,
            nodes: nodes.into(),
            phrases: phrases.into(),
            meanings: meanings.into(),
            grammatical: grammatical.into(),
            grammars: grammars.into(),
            triggers: beginnings.roles.keys().copied().collect(),
            trigger_roles: beginnings.roles.values().copied().collect(),
            companions: companions(&packs).into(),
            leads: beginnings.leads,
            secrets: secrets.into(),
            packs: packs.into(),
        }
    }

    /// What the three characters of a word's beginning may be the beginning of.
    #[inline]
    #[must_use]
    pub fn beginning(&self, three: [u8; 3]) -> Beginning {
        let found = self.triggers.binary_search(&packed(three.map(small)));
        found.map_or(Beginning::NONE, |place| Beginning(self.trigger_roles[place]))
    }

    /// The packs that have a grammar.
    #[inline]
    #[must_use]
    pub fn with_grammar(&self, grammar: Grammar) -> &[u16] {
        let ends = &self.grammars[grammar as usize..];
        &self.grammatical[usize::from(ends[0])..usize::from(ends[1])]
    }

    /// Whether any form of so many characters has letters where the bits say, and digits in its other places.
    #[inline]
    #[must_use]
    pub fn has_code(&self, length: usize, letters: u64) -> bool {
        let digits = !letters & !(!0_u64).checked_shl(length as u32).unwrap_or(0);
        let fits = |pattern: &Pattern| letters & !pattern.letters == 0 && digits & !pattern.digits == 0;
        self.lettered.get(length).is_some_and(|range| range.of(&self.patterns).iter().any(fits))
    }

    /// Whether any form with letters and so many characters may end with a symbol.
    #[inline]
    #[must_use]
    pub fn may_end(&self, length: usize, last: u8) -> bool {
        self.tails.get(length).is_some_and(|tail| tail >> last & 1 == 1)
    }

    /// Rust source of a `static` named `name` that is this index.
    #[must_use]
    pub fn to_source(&self, name: &str) -> String {
        let mut out = String::new();
        let _ = write!(out, "static {name}: Index = ");
        self.source(&mut out);
        out.push_str(";\n");
        out
    }
}

fn forms(packs: &[Pack]) -> impl Iterator<Item = (Entry, &Form)> {
    let entry = |pack, form, p: &Pack, f: &Form| {
        let scores = f.scores.unwrap_or(p.scores);
        Entry {
            pack,
            form,
            first: f.cells.first().copied().unwrap_or(0),
            second: f.cells.get(1).copied().unwrap_or(u64::MAX),
            pairs: pairs_of(p, f),
            alone: if f.plain { scores.bare } else { scores.canonical },
            mixed: !f.digits,
            unusual: f.unusual,
            two_checks: f.check_digits >= 2,
            checked: f.check_digits >= 1,
            look_alike: p.report == Report::Never,
        }
    };
    // What only its label makes something is tried nowhere else.
    (0_u16..)
        .zip(packs)
        .flat_map(move |(pack, p)| (0_u16..).zip(p.forms.iter()).map(move |(form, f)| (entry(pack, form, p, f), f)))
        .filter(|(_, form)| !form.by_word)
}

impl Entry {
    /// Whether a number may begin with these two digits.
    #[inline]
    #[must_use]
    pub fn begins(&self, (first, second): (u8, u8)) -> bool {
        let pair = first * 10 + second;
        let half = if pair < 64 { self.pairs.0 } else { self.pairs.1 };
        half >> (pair & 63) & 1 == 1
    }
}

/// The two digits, as bits of their number, that a form may begin with.
fn pairs_of(pack: &Pack, form: &Form) -> (u64, u64) {
    let [first, second, ..] = *form.cells else { return (u64::MAX, u64::MAX) };
    if form.zeros > 0 {
        return (u64::MAX, u64::MAX);
    }
    let begins = |prefixes: &[Prefix], pair: u64| {
        let may = |prefix: &Prefix| {
            let length = prefix.lengths == 0 || prefix.lengths >> form.cells.len() & 1 == 1;
            let (low, high, pair) = match prefix.digits {
                0 => (0, 0, 0),
                1 => (prefix.low, prefix.high, pair / 10),
                digits => {
                    let rest = 10_u64.pow(u32::from(digits) - 2);
                    (prefix.low / rest, prefix.high / rest, pair)
                }
            };
            length && (low..=high).contains(&pair)
        };
        prefixes.is_empty() || prefixes.iter().any(may)
    };
    let may = |pair: u64| {
        let cells = first >> (pair / 10) & second >> (pair % 10) & 1 == 1;
        cells
            && begins(&pack.prefixes, pair)
            && begins(&form.prefixes, pair)
            && (form.plans.is_empty() || has_pair(form, pair))
    };
    let bits = |from: u64, to: u64| (from..to).fold(0, |bits, pair| bits | u64::from(may(pair)) << (pair - from));
    (bits(0, 64), bits(64, 100))
}

/// Whether any of the three digits that a telephone number may begin with are these two and one more.
fn has_pair(form: &Form, pair: u64) -> bool {
    let Some(may) = form.heads.first_chunk() else { return true };
    (10 * pair..10 * pair + 10).any(|head| triple::has(may, head as usize))
}

/// The symbols of the ten digits.
const DIGITS: u64 = 0x3FF;

fn by_shape(
    packs: &[Pack],
    entries: &mut Vec<Entry>,
    wanted: impl Fn(&Form) -> bool,
    key: impl Fn(&Form) -> u64,
) -> Lookup {
    let mut by_shape: BTreeMap<u64, Vec<Entry>> = BTreeMap::new();
    for (entry, form) in forms(packs).filter(|(_, form)| (!form.plain || form.as_plain) && wanted(form)) {
        by_shape.entry(key(form)).or_default().push(entry);
    }
    let keys = by_shape.iter().map(|(&key, list)| (key, append(entries, list))).collect::<Vec<_>>();
    Lookup::build(&keys)
}

fn lengths(packs: &[Pack], digits: bool, entries: &mut Vec<Entry>) -> Vec<Range> {
    let mut by_length = vec![Vec::new(); LONGEST + 1];
    for (entry, form) in forms(packs).filter(|(_, form)| form.plain && form.digits == digits && !form.local) {
        by_length[form.cells.len()].push(entry);
    }
    by_length.iter().map(|list| append(entries, list)).collect()
}

fn append<T: Copy>(all: &mut Vec<T>, list: &[T]) -> Range {
    let range = Range { start: all.len() as u32, length: list.len() as u32 };
    all.extend_from_slice(list);
    range
}

/// What the last character of a form with letters may be, by length.
fn tails(packs: &[Pack]) -> Vec<u64> {
    let mut tails = vec![0; LONGEST + 1];
    for (_, form) in forms(packs).filter(|(entry, _)| entry.mixed) {
        if let (Some(tail), Some(last)) = (tails.get_mut(form.cells.len()), form.cells.last()) {
            *tail |= last;
        }
    }
    tails
}

/// Where forms with letters have them, by length.
fn patterns(packs: &[Pack]) -> (Vec<Range>, Vec<Pattern>) {
    let mut by_length = vec![Vec::new(); LONGEST + 1];
    for (_, form) in forms(packs).filter(|(entry, _)| entry.mixed) {
        let places = |symbols: u64| {
            let bit = |(n, cell): (usize, &u64)| u64::from(cell & symbols != 0) << n;
            form.cells.iter().enumerate().map(bit).sum()
        };
        let pattern = Pattern { letters: places(!DIGITS), digits: places(DIGITS) };
        if let Some(list) = by_length.get_mut(form.cells.len()).filter(|list| !list.contains(&pattern)) {
            list.push(pattern);
        }
    }
    let mut all = Vec::new();
    (by_length.iter().map(|list| append(&mut all, list)).collect(), all)
}

/// What begins with each symbol, among forms with letters.
fn heads(packs: &[Pack]) -> Vec<Head> {
    let mut heads = vec![Head::default(); 64];
    for (entry, form) in forms(packs).filter(|(entry, _)| entry.mixed) {
        for head in
            heads.iter_mut().enumerate().filter(|(symbol, _)| entry.first >> symbol & 1 == 1).map(|(_, head)| head)
        {
            head.seconds |= entry.second;
            head.parts |= 1 << form.head.min(63);
            if form.plain {
                head.plain |= 1 << (form.cells.len() - 1);
                head.unusual |= u64::from(form.unusual) << (form.cells.len() - 1);
            }
        }
    }
    heads
}

/// The numbers of characters of forms that are wanted.
fn unusual(packs: &[Pack], wanted: impl Fn(&Entry) -> bool) -> u64 {
    forms(packs)
        .filter(|(entry, form)| wanted(entry) && form.plain && !form.local)
        .fold(0, |mask, (_, form)| mask | 1 << form.cells.len().min(63))
}

/// All labels and the way to them.
struct Labels {
    words: Lookup,
    nodes: Vec<Node>,
    phrases: Vec<Phrase>,
    meanings: Vec<Meaning>,
}

impl Labels {
    fn of(packs: &[Pack]) -> Self {
        let mut by_phrase: BTreeMap<&str, Vec<Meaning>> = BTreeMap::new();
        for (pack, p) in (0_u16..).zip(packs) {
            for label in p.labels.iter() {
                let beside = label.strength == Strength::Strong && is_beside(p, &label.phrase);
                by_phrase.entry(&label.phrase).or_default().push(Meaning { pack, strength: label.strength, beside });
            }
        }
        share(&mut by_phrase);
        let is_look_alike = |meaning: &Meaning| packs[usize::from(meaning.pack)].report == Report::Never;
        let names = |list: &Vec<Meaning>| {
            list.iter().any(|meaning| match (meaning.strength, packs[usize::from(meaning.pack)].report) {
                (Strength::Strong, report) => report != Report::Never,
                (Strength::Weak, report) => report == Report::Default,
                _ => false,
            })
        };
        let longer: Vec<&str> = by_phrase.iter().filter(|(_, list)| names(list)).map(|(&text, _)| text).collect();
        let mut by_words: BTreeMap<u64, (Vec<Phrase>, u32)> = BTreeMap::new();
        let mut meanings = Vec::new();
        for (&text, list) in &by_phrase {
            let phrase = Phrase {
                text: Cow::Owned(text.to_owned()),
                several: text.contains(' '),
                names: names(list),
                negative: list.iter().map(|meaning| reach(meaning.strength, is_look_alike(meaning))).max().unwrap_or(0),
                unit: list.iter().any(|meaning| meaning.strength == Strength::Unit),
                tail: longer.iter().any(|name| {
                    name.len() > text.len()
                        && name.ends_with(text)
                        && name.as_bytes()[name.len() - text.len() - 1] == b' '
                }),
                letters: text.chars().filter(|&c| c != ' ').count() as u8,
                meanings: append(&mut meanings, list),
            };
            let mut words = text.split(' ').map(str::as_bytes);
            let mut key = words.next().map_or(0, word::key_of);
            for next in words {
                by_words.entry(key).or_default().1 |= 1 << (next[0] & 31);
                key = word::extend(key, word::key_of(next));
            }
            by_words.entry(key).or_default().0.push(phrase);
        }
        let (mut phrases, mut nodes, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for (key, (mut list, initials)) in by_words {
            keys.push((key, Range { start: nodes.len() as u32, length: 1 }));
            nodes.push(Node { phrases: Range { start: phrases.len() as u32, length: list.len() as u32 }, initials });
            phrases.append(&mut list);
        }
        Self { words: Lookup::build(&keys), nodes, phrases, meanings }
    }
}

/// Whether forms are looked for beside a label of a pack. Where a pack has other forms as well, only beside labels of one word
/// and what begins or ends with them: each label that the scan looks for costs all texts.
fn is_beside(pack: &Pack, label: &str) -> bool {
    let is_word = |label: &str| label.split(' ').all(|part| part.len() == 1) || !label.contains(' ');
    let strong = || pack.labels.iter().filter(|other| other.strength == Strength::Strong);
    pack.by_label
        && (pack.standing().next().is_none()
            || is_word(label)
            || strong().any(|other| is_word(&other.phrase) && begins_or_ends(label, &other.phrase)))
}

/// Whether a label begins or ends with the words of a shorter one.
fn begins_or_ends(label: &str, short: &str) -> bool {
    label.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '))
        || label.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
}

/// The first word of a label.
fn first(phrase: &Phrase) -> &str {
    phrase.text.split(' ').next().unwrap_or_default()
}

/// Where a pack calls a thing `pasaporte` and `número de pasaporte`, the longer label speaks for all packs that have the
/// shorter one: the longest label at a place wins, so it would take the place of theirs.
fn share(by_phrase: &mut BTreeMap<&str, Vec<Meaning>>) {
    let strong = |list: &[Meaning], pack: u16| {
        list.iter().any(|meaning| meaning.pack == pack && meaning.strength == Strength::Strong)
    };
    let shared: Vec<(&str, Vec<Meaning>)> = by_phrase
        .iter()
        .map(|(&long, meanings)| {
            let mut added: Vec<Meaning> = Vec::new();
            for (short, _) in parts(long).filter(|(_, others)| others.iter().all(|word| NOTHING.contains(word))) {
                let Some(others) = by_phrase.get(&*short) else { continue };
                let both =
                    meanings.iter().any(|meaning| meaning.strength == Strength::Strong && strong(others, meaning.pack));
                let fresh = |other: &&Meaning| {
                    other.strength == Strength::Strong
                        && meanings.iter().chain(&added).all(|known| known.pack != other.pack)
                };
                if both {
                    let fresh: Vec<Meaning> = others.iter().filter(fresh).copied().collect();
                    added.extend(fresh);
                }
            }
            (long, added)
        })
        .collect();
    for (long, mut added) in shared {
        if let Some(meanings) = by_phrase.get_mut(long) {
            meanings.append(&mut added);
            meanings.sort_by_key(|meaning| meaning.pack);
        }
    }
}

/// What says nothing of whose number it is or of what kind, beside a shorter label in a longer one: `número de`, but neither
/// `colombiana` nor `profesional`.
pub const NOTHING: &[&str] = &[
    "a",
    "card",
    "da",
    "de",
    "del",
    "do",
    "doc",
    "documento",
    "el",
    "is",
    "la",
    "mi",
    "my",
    "n",
    "no",
    "nr",
    "nro",
    "num",
    "number",
    "numero",
    "o",
    "of",
    "su",
    "the",
    "tipo",
    "tu",
    "your",
];

/// The shorter labels that a label of several words may hold, words that stand side by side in it, and its other words.
fn parts(label: &str) -> impl Iterator<Item = (String, Vec<&str>)> {
    let words: Vec<&str> = label.split(' ').collect();
    let count = words.len();
    let places = (0..count).flat_map(move |from| (from + 1..=count).map(move |to| (from, to)));
    places
        .filter(move |(from, to)| to - from < count)
        .map(move |(from, to)| (words[from..to].join(" "), [&words[..from], &words[to..]].concat()))
}

/// The letters that labels begin with, by their last five bits: word 32 a + b has the third letters that follow a and b.
fn triples(phrases: &[Phrase]) -> Vec<u32> {
    let mut triples = vec![0; 1024];
    for phrase in phrases {
        let letters = word::pack(first(phrase).as_bytes())
            .to_le_bytes()
            .map(|letter| letter.is_ascii_lowercase().then_some(usize::from(letter & 31)));
        match letters {
            [Some(a), Some(b), Some(c), ..] => triples[32 * a + b] |= 1 << c,
            // Anything may follow what is shorter; letters beyond ASCII are let through without asking.
            [Some(a), Some(b), ..] => triples[32 * a + b] = u32::MAX,
            _ => {}
        }
    }
    triples
}

/// Within how many characters a word says that the next number is nothing.
fn reach(strength: Strength, look_alike: bool) -> u8 {
    match strength {
        Strength::Negative => 20,
        // What names a look-alike says that the number is nothing personal.
        Strength::Strong if look_alike => 20,
        Strength::Generic => 8,
        Strength::Strong | Strength::Weak | Strength::Unit => 0,
    }
}

/// The packs that have a grammar, by grammar, and by grammar where its own begin; one more for the end.
fn grammars(packs: &[Pack]) -> (Vec<u16>, Vec<u16>) {
    let key = |&(_, pack): &(u16, &Pack)| pack.grammar.map(|grammar| grammar as usize);
    let mut all: Vec<(u16, &Pack)> = (0..).zip(packs).filter(|entry| key(entry).is_some()).collect();
    all.sort_by_key(key);
    let begins = |grammar| all.partition_point(|entry| key(entry) < Some(grammar)) as u16;
    let begins = (0..=Grammar::UrlCredentials as usize + 1).map(begins).collect();
    (all.iter().map(|&(number, _)| number).collect(), begins)
}

/// What three characters may be the beginning of, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning(u8);

impl Beginning {
    /// A label.
    pub const LABEL: Self = Self(1);
    /// The second or third word of a label.
    pub const LATER: Self = Self(2);
    /// Part of a token's head.
    pub const TOKEN: Self = Self(4);
    /// A form that a word tells.
    pub const HEADING: Self = Self(8);
    /// An address of a crypto-currency.
    pub const CRYPTO: Self = Self(16);
    /// Nothing that packs look for.
    pub const NONE: Self = Self(0);

    /// Whether it may be that too.
    #[inline]
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What the scan looks for at the beginnings of words.
#[derive(Default)]
struct Beginnings {
    /// By three characters, what they may be the beginning of.
    roles: BTreeMap<u32, u8>,
    /// The first letters of labels that are found by a later word, as bits.
    leads: u32,
}

impl Beginnings {
    fn of(packs: &[Pack], secrets: &[u16]) -> Self {
        let mut all = Self::default();
        all.add(
            Beginning::TOKEN,
            tokens(packs).map(|letters| packed(letters.map(|letter| letter.to_ascii_lowercase()))),
        );
        all.add(Beginning::HEADING, headings(packs));
        if packs.iter().any(|pack| pack.grammar == Some(Grammar::Crypto)) {
            all.add(Beginning::CRYPTO, CRYPTO.map(|three| packed(*three)));
        }
        // Labels of one word come before those that may be found by such a word.
        let (several, alone): (Vec<&Label>, Vec<&Label>) =
            strong(packs, secrets).partition(|label| label.phrase.contains(' '));
        let short = several.iter().chain(&alone).flat_map(|label| of_few_letters(&label.phrase));
        all.add(Beginning::LABEL, alone.iter().flat_map(|label| spellings(label, 0)).chain(short));
        let known: Vec<u32> = all.roles.keys().copied().collect();
        for label in several {
            match found_by(label, &known) {
                Some(later) => {
                    all.add(Beginning::LATER, spellings(label, later));
                    all.leads |= 1 << (label.phrase.as_bytes()[0] & 31);
                }
                None => all.add(Beginning::LABEL, spellings(label, 0)),
            }
        }
        all
    }

    fn add(&mut self, role: Beginning, threes: impl IntoIterator<Item = u32>) {
        for three in threes {
            *self.roles.entry(three).or_default() |= role.0;
        }
    }
}

/// The ways to write a label that begins with no three letters: `cp `, `cp:`, `c.p`, `n.i.t`.
fn of_few_letters(label: &str) -> Vec<u32> {
    match *label.as_bytes() {
        [a, b] => [b' ', b':', b'.', b'=', b'"'].map(|mark| packed([a, b, mark])).to_vec(),
        [a, b' ', b] | [a, b' ', b, b' ', ..] => vec![packed([a, b'.', b])],
        _ => Vec::new(),
    }
}

/// The first three letters of forms that begin with a word which tells them.
fn headings(packs: &[Pack]) -> Vec<u32> {
    let letters =
        |cell: u64| (0..26_u8).filter(move |letter| cell >> (letter + 10) & 1 == 1).map(|letter| b'a' + letter);
    let forms = packs.iter().filter(|pack| pack.grammar == Some(Grammar::Headed)).flat_map(|pack| pack.forms.iter());
    let mut all = Vec::new();
    for form in forms {
        if let [first, second, third, ..] = *form.cells {
            let pairs = letters(first).flat_map(|a| letters(second).map(move |b| (a, b)));
            all.extend(pairs.flat_map(|(a, b)| letters(third).map(move |c| packed([a, b, c]))));
        }
    }
    all
}

/// What names the packs that are found from their label's side, but for labels that begin or end with another one of their
/// pack, as `número de placa` does: the scan finds them by that.
fn strong<'p>(packs: &'p [Pack], secrets: &[u16]) -> impl Iterator<Item = &'p Label> {
    let of = |pack: u16| {
        let pack = &packs[usize::from(pack)];
        let strong = pack.labels.iter().filter(|label| label.strength == Strength::Strong);
        strong.filter(|label| is_beside(pack, &label.phrase))
    };
    let holds = move |pack: u16, label: &Label| of(pack).any(|other| begins_or_ends(&label.phrase, &other.phrase));
    let all: Vec<(u16, &Label)> = secrets.iter().flat_map(|&pack| of(pack).map(move |label| (pack, label))).collect();
    all.into_iter().filter(move |&(pack, label)| !holds(pack, label)).map(|(_, label)| label)
}

/// The first three letters of a word, if it has so many.
fn first_three(word: &str) -> Option<u32> {
    match word.as_bytes() {
        [a @ b'a'..=b'z', b @ b'a'..=b'z', c @ b'a'..=b'z', ..] => Some(packed([*a, *b, *c])),
        _ => None,
    }
}

/// The first three letters of a word of a label, without accents and as they are written.
fn spellings(label: &Label, word: usize) -> impl Iterator<Item = u32> {
    let plain = label.phrase.split(' ').nth(word).and_then(first_three);
    let written = label.accented.get(word).copied().filter(|&letters| letters != 0);
    plain.into_iter().chain(written)
}

/// Beginnings of so many words that a label is rather found by another one of its own.
const COMMON: &[u8] =
    b"accaceappautcarchaclicodcomcondatdesespestexpfechasideintllanomnumparpagpedperporposprepriproref\
      regsaltartemtraserseisigseguntraunivalweb";

/// The second or third word of a label, as its number, where the scan finds it by that: it is looked for anyway, or the
/// first one is shorter than three letters, or begins as many others do.
fn found_by(label: &Label, known: &[u32]) -> Option<usize> {
    let common = |three: u32| COMMON.chunks_exact(3).any(|word| packed([word[0], word[1], word[2]]) == three);
    let has = |word: usize| spellings(label, word).next().is_some();
    let is_known = |word: usize| has(word) && spellings(label, word).all(|three| known.contains(&three));
    let is_rare = |word: usize| has(word) && spellings(label, word).all(|three| !common(three));
    let of = |wanted: &dyn Fn(usize) -> bool| (0..3).find(|&word| wanted(word));
    let accented = label.accented.first().is_some_and(|&letters| letters != 0);
    // With an accent it is rarely another word.
    if spellings(label, 0).next().is_some_and(|plain| known.contains(&plain)) {
        return None;
    }
    let word = of(&|word| is_known(word) && is_rare(word))
        .or_else(|| of(&|word| is_rare(word) && !(word == 0 && accented)))
        .or_else(|| of(&is_known))
        .or_else(|| of(&|word| word > 0 && has(word)));
    word.filter(|&word| word > 0)
}

/// Ids that no pack has are of packs that an engine does not have.
fn companions(packs: &[Pack]) -> Vec<Companion> {
    let number = |id: &str| packs.iter().position(|pack| pack.id == id).map(|number| number as u16);
    let mut all = Vec::new();
    for (pack, other) in (0..).zip(packs).flat_map(|(n, pack)| pack.beside.iter().map(move |other| (n, other))) {
        all.extend(number(&other.id).map(|beside| Companion { beside, pack, reach: other.reach }));
    }
    all.sort_by_key(|companion| (companion.beside, companion.pack));
    all
}

/// How addresses of crypto-currencies begin that begin with letters.
const CRYPTO: [&[u8; 3]; 2] = [b"bc1", b"ltc"];

/// The three characters of each token that the scan looks for.
fn tokens(packs: &[Pack]) -> impl Iterator<Item = [u8; 3]> {
    let letters = |token: &Token| token.head.as_bytes().get(token.at.into()..)?.first_chunk().copied();
    let scanned = packs.iter().filter(|pack| pack.grammar == Some(Grammar::Token));
    scanned.flat_map(|pack| pack.tokens.iter()).filter(|token| token.digits.1 == 0).filter_map(letters)
}

/// A letter of Latin-1 in lower case.
#[must_use]
#[inline]
pub const fn small(byte: u8) -> u8 {
    match byte {
        0xC0..=0xDE => byte | 0x20,
        _ => byte.to_ascii_lowercase(),
    }
}

/// Small letters with accents that may be the second or third of a label.
const ACCENTED: [u8; 12] = *b"\xE0\xE1\xE2\xE3\xE7\xE9\xEA\xED\xF1\xF3\xF5\xFA";
/// How many characters `trigger_slot` knows.
pub const TRIGGER_SLOTS: usize = 26 + 10 + 7 + ACCENTED.len();

/// The place of a character among those that the scan looks for at a word's beginning: letters of either case, digits,
/// what stands in keys and behind labels of two letters, letters with accents.
#[must_use]
#[inline]
pub const fn trigger_slot(byte: u8) -> Option<u8> {
    match byte {
        b'a'..=b'z' => Some(byte - b'a'),
        b'A'..=b'Z' => Some(byte - b'A'),
        b'0'..=b'9' => Some(byte - b'0' + 26),
        b'-' => Some(36),
        b'_' => Some(37),
        b'.' => Some(38),
        b':' => Some(39),
        b' ' => Some(40),
        b'=' => Some(41),
        b'"' => Some(42),
        0xC0.. => {
            let mut n = 0;
            while n < ACCENTED.len() {
                if ACCENTED[n] == small(byte) {
                    return Some(43 + n as u8);
                }
                n += 1;
            }
            None
        }
        _ => None,
    }
}

/// Three characters as a number.
#[must_use]
#[inline]
pub const fn packed([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

const _: () = assert!(shape::NO_SYMBOL as usize > shape::SYMBOLS);
