//! The order of candidates: rule 16.

use std::cmp::{Ordering, Reverse};

use rasura_pack::index::Meaning;

use super::Candidate;
use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::label::{self, WINDOW};

/// Compares candidates; the smaller one wins.
pub(crate) struct Order<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) config: &'a Config,
    pub(crate) text: &'a [u8],
}

impl Order<'_> {
    /// `Less` where `a` wins over `b`.
    pub(crate) fn compare(&self, a: &Candidate, b: &Candidate) -> Ordering {
        let by_length = (Reverse(a.first), a.suspect, Reverse(a.length), Reverse(a.end - a.start)).cmp(&(
            Reverse(b.first),
            b.suspect,
            Reverse(b.length),
            Reverse(b.end - b.start),
        ));
        by_length
            .then_with(|| self.between_countries(a, b).unwrap_or_else(|| b.score.cmp(&a.score)))
            .then(b.check_digits.cmp(&a.check_digits))
            .then_with(|| self.locale(a).cmp(&self.locale(b)))
            .then_with(|| self.catalogue.pack(a.pack).id.cmp(&self.catalogue.pack(b.pack).id))
            .then((a.start, a.end, a.check, a.score).cmp(&(b.start, b.end, b.check, b.score)))
    }

    fn locale(&self, candidate: &Candidate) -> usize {
        self.config.locale_rank(&self.catalogue.pack(candidate.pack).country)
    }

    /// Between packs of two countries that say the same of the same characters, what else stands near decides, then
    /// the caller's locales. `None` where the rule does not apply.
    fn between_countries(&self, a: &Candidate, b: &Candidate) -> Option<Ordering> {
        let countries = (&self.catalogue.pack(a.pack).country, &self.catalogue.pack(b.pack).country);
        let equal = (a.start, a.end, a.check, a.strong) == (b.start, b.end, b.check, b.strong);
        if !equal || countries.0 == countries.1 || countries.0.is_empty() || countries.1.is_empty() {
            return None;
        }
        let near = |country: &str| Reverse(self.signs_of(country, a.start, a.end));
        Some(near(countries.0).cmp(&near(countries.1)))
    }

    /// How many signs of a country stand around: labels of its packs, its currency, its telephone prefix.
    fn signs_of(&self, country: &str, start: usize, end: usize) -> usize {
        let mut hits = Vec::new();
        let index = self.catalogue.index();
        let _ = label::before(index, self.text, start, &mut hits);
        let mut after = Vec::new();
        label::after(index, self.text, end, &mut after);
        hits.append(&mut after);
        let of = |meaning: &Meaning| self.catalogue.pack(meaning.pack).country.as_ref();
        let only_ours = |hit: &&label::Hit| {
            let meanings = hit.meanings(index);
            meanings.iter().any(|meaning| of(meaning) == country)
                && meanings.iter().all(|meaning| of(meaning).is_empty() || of(meaning) == country)
        };
        let labels = hits.iter().filter(only_ours).count();
        let around = &self.text[start.saturating_sub(WINDOW)..self.text.len().min(end + WINDOW)];
        let signs: &[&[u8]] = match country {
            "br" => &[b"R$", b"+55"],
            "mx" => &[b"MXN", b"+52"],
            "ar" => &[b"ARS", b"+54"],
            "cl" => &[b"CLP", b"+56"],
            "co" => &[b"COP", b"+57"],
            "pe" => &[b"S/", b"+51"],
            "us" => &[b"US$", b"USD", b"+1"],
            _ => &[],
        };
        labels + signs.iter().filter(|sign| around.windows(sign.len()).any(|bytes| bytes == **sign)).count()
    }
}
