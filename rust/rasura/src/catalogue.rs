//! The packs that an engine runs: the built-in ones and, numbered after them, the user's own. The rest of the engine
//! knows a pack by its number and does not see that there are two indexes.

use std::borrow::Cow;
use std::sync::Arc;

use rasura_pack::index::{Entry, Meaning, Phrase, Range};
use rasura_pack::table::{Form, Pack};
use rasura_pack::{Index, shape};

#[expect(clippy::unreadable_literal, reason = "written by the build script")]
mod built_in {
    #[allow(unused_imports, reason = "the packs decide which of the types occur")]
    use rasura_pack::index::{Entry, Index, Lookup, Meaning, Phrase, Range};
    #[allow(unused_imports, reason = "the packs decide which of the types occur")]
    use rasura_pack::table::{
        Check, DateOrder, DatePart, Form, Grammar, Inside, Keep, Label, Limit, Numbers, Pack, Prefix, Product, Report,
        Scores, Strength, Suspect, Weighted, Words,
    };
    use std::borrow::Cow;
    include!(concat!(env!("OUT_DIR"), "/packs.rs"));

    pub(super) fn index() -> &'static Index {
        &BUILT_IN
    }
}

/// All packs of an engine.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue {
    base: Base,
    own: Option<Arc<Index>>,
}

#[derive(Debug, Clone)]
enum Base {
    BuiltIn(&'static Index),
    Chosen(Arc<Index>),
}

impl Base {
    #[inline]
    fn index(&self) -> &Index {
        match self {
            Self::BuiltIn(index) => index,
            Self::Chosen(index) => index,
        }
    }
}

impl Catalogue {
    /// The built-in packs and `own`, none of whose ids may be built in.
    pub(crate) fn new(own: Vec<Pack>) -> Self {
        let own = (!own.is_empty()).then(|| Arc::new(Index::build(own)));
        Self { base: Base::BuiltIn(built_in::index()), own }
    }

    /// Only those built-in packs that `keep` wants, for tests of one pack alone.
    pub(crate) fn chosen(keep: impl Fn(&Pack) -> bool) -> Self {
        let packs = built_in::index().packs.iter().filter(|pack| keep(pack)).cloned().collect();
        Self { base: Base::Chosen(Arc::new(Index::build(packs))), own: None }
    }

    /// The indexes, each with the number of its first pack.
    #[inline]
    pub(crate) fn indexes(&self) -> impl Iterator<Item = (u16, &Index)> {
        let base = self.base.index();
        std::iter::once((0, base)).chain(self.own.as_deref().map(|own| (base.packs.len() as u16, own)))
    }

    /// The pack with a number.
    #[inline]
    pub(crate) fn pack(&self, number: u16) -> &Pack {
        let base = self.base.index();
        match base.packs.get(usize::from(number)) {
            Some(pack) => pack,
            None => &self.own.as_deref().unwrap_or(base).packs[usize::from(number) - base.packs.len()],
        }
    }

    /// All packs in the order of their numbers.
    pub(crate) fn packs(&self) -> impl Iterator<Item = (u16, &Pack)> {
        (0..).zip(self.indexes().flat_map(|(_, index)| index.packs.iter()))
    }

    /// The forms that have a shape.
    #[inline]
    pub(crate) fn by_shape(&self, shape: u64) -> impl Iterator<Item = (u16, &Pack, &Form)> {
        self.indexes().flat_map(move |(base, index)| forms(base, index, index.shapes.get(shape)))
    }

    /// The forms without separators of a length: of digits alone, or with letters.
    #[inline]
    pub(crate) fn by_length(&self, length: usize, digits: bool) -> impl Iterator<Item = (u16, &Pack, &Form)> {
        self.indexes().flat_map(move |(base, index)| {
            let ranges: &Cow<'static, [Range]> = if digits { &index.digits } else { &index.mixed };
            forms(base, index, ranges.get(length).copied().unwrap_or_default())
        })
    }

    /// The phrases that begin with a word, with what they mean.
    #[inline]
    pub(crate) fn phrases(&self, word: u64) -> impl Iterator<Item = (u16, &Phrase, &[Meaning])> {
        self.indexes().flat_map(move |(base, index)| {
            index.words.get(word).of(&index.phrases).iter().map(move |phrase| (base, phrase, phrase.meanings.of(&index.meanings)))
        })
    }
}

#[inline]
fn forms(base: u16, index: &Index, range: Range) -> impl Iterator<Item = (u16, &Pack, &Form)> {
    range.of(&index.entries).iter().map(move |&Entry { pack, form }| {
        let found = &index.packs[usize::from(pack)];
        (base + pack, found, &found.forms[usize::from(form)])
    })
}

const _: () = assert!(shape::START != 0);
