//! The packs that an engine runs: the built-in ones as the build script compiled them or, with users' own packs among
//! them, an index made when the engine is built. The search knows one index either way.

use std::sync::Arc;

use rasura_pack::Index;
use rasura_pack::country::Countries;
use rasura_pack::table::Pack;

#[expect(clippy::unreadable_literal, reason = "written by the build script")]
mod built_in {
    #[allow(unused_imports, reason = "the packs decide which of the types occur")]
    use rasura_pack::country::{Countries, Sign};
    #[allow(unused_imports, reason = "the packs decide which of the types occur")]
    use rasura_pack::index::{Companion, Entry, Head, Index, Lookup, Meaning, Node, Pattern, Phrase, Range};
    #[allow(unused_imports, reason = "the packs decide which of the types occur")]
    use rasura_pack::table::{
        Beside, Charset, Check, DateOrder, DatePart, Form, Grammar, Inside, Keep, Label, Limit, Numbers, Pack, Pair,
        Prefix, Product, Report, Scores, Strength, Sum, Suspect, Token, Weighted, Words,
    };
    use std::borrow::Cow;
    include!(concat!(env!("OUT_DIR"), "/packs.rs"));

    pub(super) fn index() -> &'static Index {
        &BUILT_IN
    }

    pub(super) fn countries() -> &'static Countries {
        &COUNTRIES
    }
}

/// The countries that are known, and what tells one from another.
pub(crate) fn countries() -> &'static Countries {
    built_in::countries()
}

/// The packs that are built in, whatever an engine has.
pub(crate) fn built_in_packs() -> &'static [Pack] {
    &built_in::index().packs
}

/// All packs of an engine.
#[derive(Debug, Clone)]
pub(crate) enum Catalogue {
    /// Those that are built in.
    BuiltIn(&'static Index),
    /// Others.
    Made(Arc<Index>),
}

impl Catalogue {
    /// The built-in packs and `own`, none of whose ids may be built in.
    pub(crate) fn new(own: Vec<Pack>) -> Self {
        let built_in = built_in::index();
        if own.is_empty() {
            return Self::BuiltIn(built_in);
        }
        Self::Made(Arc::new(Index::build(built_in.packs.iter().cloned().chain(own).collect())))
    }

    /// Only those built-in packs that `keep` wants, for tests of one pack alone.
    pub(crate) fn chosen(keep: impl Fn(&Pack) -> bool) -> Self {
        let packs = built_in::index().packs.iter().filter(|pack| keep(pack)).cloned().collect();
        Self::Made(Arc::new(Index::build(packs)))
    }

    /// All ways to the packs.
    #[inline]
    pub(crate) fn index(&self) -> &Index {
        match self {
            Self::BuiltIn(index) => index,
            Self::Made(index) => index,
        }
    }

    /// All packs in the order of their numbers.
    pub(crate) fn packs(&self) -> impl Iterator<Item = (u16, &Pack)> {
        (0..).zip(self.index().packs.iter())
    }

    /// The pack with a number.
    pub(crate) fn pack(&self, number: u16) -> &Pack {
        &self.index().packs[usize::from(number)]
    }
}
