//! What each shape stands for, read from the templates of the pack files, so that separators are compared as they are.

use std::collections::BTreeMap;
use std::fs;

use rasura_pack::phone;
use rasura_pack::shape;
use rasura_pack::table::Pack;
use rasura_pack::template::{Atom, spell_out};

use super::corpus;
use crate::r#match::Run;

/// The parts of a form and what stands before each; nothing before the first.
pub(super) type Layout = Vec<(Vec<u8>, usize)>;

/// What each shape stands for, read from the templates of the pack files.
#[derive(Default)]
pub(super) struct Shapes(BTreeMap<u64, Layout>);

impl Shapes {
    pub(super) fn read() -> Self {
        let mut shapes = Self::default();
        let mut know = |template: &str| {
            for atoms in spell_out(template).expect("tests/packs.rs compiles every pack") {
                let cells = atoms.iter().filter(|atom| matches!(atom, Atom::Cell(_))).count();
                shapes.know(&layout(&atoms));
                shapes.know(&vec![(Vec::new(), cells)]);
            }
        };
        for template in phone::ways().keys() {
            know(template);
        }
        for file in corpus::pack_files() {
            let text = fs::read_to_string(&file).expect("a pack can be read");
            let pack: toml::Table = toml::from_str(&text).expect("a pack is TOML");
            for form in pack.get("forms").and_then(toml::Value::as_array).into_iter().flatten() {
                let template = form.as_str().or_else(|| form.get("form")?.as_str()).expect("a form has a template");
                know(template);
            }
        }
        shapes
    }

    fn know(&mut self, layout: &Layout) {
        let hash =
            layout.iter().fold(shape::START, |hash, (gap, length)| shape::extend(hash, shape::pack_gap(gap), *length));
        let known = self.0.entry(hash).or_insert_with(|| layout.clone());
        assert_eq!(known, layout, "two shapes have one hash");
    }

    /// The layouts of all forms of a pack.
    pub(super) fn of(&self, pack: &Pack) -> Vec<Layout> {
        pack.forms.iter().map(|form| self.0[&form.shape].clone()).collect()
    }
}

fn layout(atoms: &[Atom]) -> Layout {
    let mut layout: Layout = Vec::new();
    let mut gap = Vec::new();
    for atom in atoms {
        match *atom {
            Atom::Separator(byte) => gap.push(byte),
            Atom::Cell(_) if layout.is_empty() => {
                gap.clear();
                layout.push((Vec::new(), 1));
            }
            Atom::Cell(_) if gap.is_empty() => layout.last_mut().expect("it is not empty").1 += 1,
            Atom::Cell(_) => layout.push((std::mem::take(&mut gap), 1)),
        }
    }
    layout
}

/// The layout of a window of runs or tokens.
pub(super) fn layout_of(text: &[u8], runs: &[Run]) -> Layout {
    let gap = |n: usize| {
        text[runs[n].end as usize..runs[n + 1].start as usize].iter().map(|&byte| shape::separator(byte)).collect()
    };
    (0..runs.len()).map(|n| (if n == 0 { Vec::new() } else { gap(n - 1) }, runs[n].len())).collect()
}

pub(super) fn symbols_of(text: &[u8], runs: &[Run]) -> Vec<u8> {
    runs.iter().flat_map(|run| &text[run.range()]).map(|&byte| shape::SYMBOL[usize::from(byte)]).collect()
}
