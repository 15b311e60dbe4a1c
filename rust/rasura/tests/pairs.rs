//! Packs that can be written alike: for every two of them, texts that fit both have one winner, whatever stands around and
//! however the engine was made.

mod corpus;

use std::collections::BTreeSet;
use std::fs;

use corpus::{Random, pack_files};
use rasura::view::View;
use rasura::{Check, Engine, Evidence, Options};
use rasura_pack::shape;
use rasura_pack::table::{Form, Label, Report, Strength};
use rasura_pack::template::{Atom, spell_out};
use rasura_pack::{Index, Pack};

/// How many numbers are tried for a pair before it is given up: two check digits of both seldom come together.
const TRIES: usize = 4000;

/// What a form is written like.
struct Layout {
    atoms: Vec<Atom>,
    shape: u64,
}

struct Packs {
    index: Index,
    layouts: Vec<Layout>,
}

fn packs() -> Packs {
    let mut compiled = Vec::new();
    let mut layouts: Vec<Layout> = Vec::new();
    for file in pack_files() {
        let text = fs::read_to_string(&file).expect("a pack can be read");
        compiled.push(rasura_pack::compile(&file.to_string_lossy(), &text).expect("a pack compiles").0);
        let spec: toml::Table = toml::from_str(&text).expect("a pack is TOML");
        for form in spec.get("forms").and_then(toml::Value::as_array).into_iter().flatten() {
            let template = form.as_str().or_else(|| form.get("form")?.as_str()).expect("a form has a template");
            for atoms in spell_out(template).expect("a pack compiles") {
                let plain: Vec<Atom> = atoms.iter().copied().filter(|atom| matches!(atom, Atom::Cell(_))).collect();
                layouts.extend([atoms, plain].map(|atoms| Layout { shape: shape_of(&atoms), atoms }));
            }
        }
    }
    Packs { index: Index::build(compiled), layouts }
}

fn shape_of(atoms: &[Atom]) -> u64 {
    let is_cell = |atom: &Atom| matches!(atom, Atom::Cell(_));
    let (first, last) = (atoms.iter().position(is_cell).unwrap_or(0), atoms.iter().rposition(is_cell).unwrap_or(0));
    let (mut hash, mut gap, mut before, mut length) = (shape::START, Vec::new(), Vec::new(), 0);
    for atom in &atoms[first..=last] {
        match *atom {
            Atom::Separator(byte) => gap.push(byte),
            Atom::Cell(_) => {
                if !gap.is_empty() {
                    hash = shape::extend(hash, shape::pack_gap(&before), length);
                    (before, length) = (std::mem::take(&mut gap), 0);
                }
                length += 1;
            }
        }
    }
    shape::extend(hash, shape::pack_gap(&before), length)
}

/// Forms of two packs that are written alike, and what each character may be.
fn common(a: &Pack, b: &Pack) -> Vec<(u64, Vec<u64>)> {
    let mut found = Vec::new();
    let written = |form: &&Form| !form.plain || form.as_plain;
    for x in a.forms.iter().filter(written) {
        for y in b.forms.iter().filter(written).filter(|y| y.shape == x.shape && y.cells.len() == x.cells.len()) {
            let cells: Vec<u64> = x.cells.iter().zip(y.cells.iter()).map(|(x, y)| x & y).collect();
            if cells.iter().all(|&cell| cell != 0) && !found.contains(&(x.shape, cells.clone())) {
                found.push((x.shape, cells));
            }
        }
    }
    found
}

/// A number that both packs may have, written as its layout says.
fn number(random: &mut Random, packs: (&Pack, &Pack), atoms: &[Atom], cells: &[u64]) -> String {
    let mut symbols: Vec<u8> = cells.iter().map(|&cell| pick(random, cell)).collect();
    let prefixes = if packs.0.prefixes.is_empty() { &packs.1.prefixes } else { &packs.0.prefixes };
    if !prefixes.is_empty() {
        let prefix = &prefixes[random.below(prefixes.len())];
        let head = prefix.low + random.below((prefix.high - prefix.low + 1) as usize) as u64;
        let digits = format!("{head:0width$}", width = usize::from(prefix.digits));
        for (symbol, digit) in symbols.iter_mut().zip(digits.bytes()) {
            *symbol = digit - b'0';
        }
    }
    let mut symbols = symbols.into_iter();
    let write = |atom: &Atom| match atom {
        Atom::Separator(byte) => char::from(*byte),
        Atom::Cell(_) => symbols.next().map_or('?', shape::character),
    };
    atoms.iter().map(write).collect()
}

fn pick(random: &mut Random, cell: u64) -> u8 {
    let symbols: Vec<u8> = (0..64).filter(|symbol| cell >> symbol & 1 == 1).collect();
    symbols[random.below(symbols.len())]
}

fn find(engine: &Engine, text: &str) -> Vec<(String, usize, usize, u8, Check)> {
    let mut scratch = Vec::new();
    let view = View::utf8(text.as_bytes(), &mut scratch);
    engine
        .find(&view, &Evidence::NONE)
        .iter()
        .map(|f| (engine.entity(f.pack).to_owned(), f.start, f.end, f.score, f.check))
        .collect()
}

/// Whether both packs of an engine of two fit the whole text with no wrong check digit.
fn both_fit(two: &Engine, text: &str) -> bool {
    let mut scratch = Vec::new();
    let view = View::utf8(text.as_bytes(), &mut scratch);
    let decisions = two.explain(&view, &Evidence::NONE);
    let fits: BTreeSet<u16> = decisions
        .iter()
        .filter(|made| made.check != Check::Invalid && made.end - made.start == view.len())
        .map(|made| made.pack)
        .collect();
    fits.len() == 2
}

/// Texts that fit both packs.
fn texts(packs: &Packs, (a, b): (&Pack, &Pack), random: &mut Random) -> Vec<String> {
    let two = Engine::with_packs(&[&a.id, &b.id]);
    let alike = common(a, b);
    let mut found = Vec::new();
    for (shape, cells) in &alike {
        let Some(layout) = packs.layouts.iter().find(|layout| layout.shape == *shape) else { continue };
        let tries = (0..TRIES / alike.len().min(8)).map(|_| number(random, (a, b), &layout.atoms, cells));
        found.extend(tries.filter(|text| both_fit(&two, text)).take(3));
    }
    found
}

#[test]
fn two_packs_that_are_written_alike_have_one_winner() {
    let packs = packs();
    let all = Engine::shared();
    let again = Engine::new(&Options::default()).expect("the options are right");
    let (mut random, mut pairs, mut met) = (Random::new(7), 0, 0);
    let list = &packs.index.packs;
    for (n, a) in list.iter().enumerate() {
        for b in &list[n + 1..] {
            let texts = texts(&packs, (a, b), &mut random);
            pairs += usize::from(!common(a, b).is_empty());
            met += usize::from(!texts.is_empty());
            for text in texts {
                one_winner(all, &again, (a, b), &text);
            }
        }
    }
    // Check digits of both seldom meet by chance; most pairs must, or the test tests nothing.
    assert!(pairs >= 20 && met * 2 >= pairs, "{met} of {pairs} pairs have a text that fits both");
}

/// Whether a look-alike, such as a service's telephone, has a text.
fn is_shielded(all: &Engine, text: &str) -> bool {
    let mut scratch = Vec::new();
    let decisions = all.explain(&View::utf8(text.as_bytes(), &mut scratch), &Evidence::NONE);
    let never: Vec<bool> = all.packs().map(|pack| pack.report == "never").collect();
    decisions
        .iter()
        .any(|made| never[usize::from(made.pack)] && made.score >= 50 && made.end - made.start == text.len())
}

fn one_winner(all: &Engine, again: &Engine, (a, b): (&Pack, &Pack), text: &str) {
    if is_shielded(all, text) {
        return;
    }
    let far = " ".repeat(120);
    let (alone, length) = (find(all, text), text.chars().count());
    assert_eq!(alone, find(again, text), "{} and {}: two engines differ on {text:?}", a.id, b.id);
    let moved: Vec<_> = alone
        .iter()
        .map(|(id, start, end, score, check)| (id.clone(), start + 120, end + 120, *score, *check))
        .collect();
    assert_eq!(find(all, &format!("{far}{text}{far}")), moved, "{} and {}: place matters in {text:?}", a.id, b.id);
    let twice: Vec<_> = alone.iter().chain(&alone).cloned().collect();
    let names =
        |found: Vec<(String, usize, usize, u8, Check)>| found.into_iter().map(|found| found.0).collect::<Vec<_>>();
    assert_eq!(
        names(find(all, &format!("{text}{far}{text}"))),
        names(twice),
        "{} and {}: order matters in {text:?}",
        a.id,
        b.id
    );
    for pack in [a, b] {
        let whole = |label: &&Label| {
            label.strength == Strength::Strong
                && label.phrase.split(' ').all(|word| word.len() > 1)
                && label.phrase.len() > 2
        };
        let Some(label) = pack.labels.iter().find(whole) else { continue };
        let labelled = find(all, &format!("{}: {text}", label.phrase));
        assert_eq!(labelled, find(again, &format!("{}: {text}", label.phrase)));
        if !matches!(pack.report, Report::Default) || a.report != b.report {
            continue;
        }
        let shared = |id: &str| again.packs().any(|known| known.id == id && known.labels.contains(&&*label.phrase));
        let covers = labelled.iter().any(|(id, start, end, ..)| {
            (*id == pack.id || shared(id)) && *end > label.phrase.len() + 2 && end - start + 4 >= length
        });
        assert!(
            covers,
            "{} does not get {text:?} after its own label `{}` from {}: {labelled:?}",
            pack.id,
            label.phrase,
            if pack.id == a.id { &b.id } else { &a.id }
        );
    }
}

#[test]
fn the_callers_country_decides_what_nothing_else_does() {
    let of = |locale: &str| {
        Engine::new(&Options { locales: vec![locale.to_owned()], ..Options::default() }).expect("the locale is right")
    };
    let (brazil, argentina) = (of("br"), of("ar"));
    let evidence = |engine: &Engine| -> Vec<u16> {
        (0..).zip(engine.packs()).filter(|(_, pack)| ["BR_RG", "AR_DNI"].contains(&pack.id)).map(|(n, _)| n).collect()
    };
    let packs = evidence(&brazil);
    let mut scratch = Vec::new();
    let view = View::utf8(b"30123456", &mut scratch);
    let first = |engine: &Engine| {
        let found = engine.find(&view, &Evidence::new(&packs));
        found.iter().map(|f| (engine.entity(f.pack).to_owned(), f.alternatives.len())).collect::<Vec<_>>()
    };
    assert_eq!(first(&brazil), [("BR_RG".to_owned(), 1)]);
    assert_eq!(first(&argentina), [("AR_DNI".to_owned(), 1)]);
}
