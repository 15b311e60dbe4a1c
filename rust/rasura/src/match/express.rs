//! The common case in one go: groups of digits that are written as one pack says, with right check digits, or as a date.
//! Whatever is not so plain goes the usual way, which gives the same.

use rasura_pack::index::Entry;
use rasura_pack::table::{Form, Limit};

use super::digits::{Window, around, touches};
use super::fit::{Check, fit};
use super::strand::Strand;
use super::{Fit, Search, Written, separate};
use crate::trace::Trace;

impl<'a, T: Trace> Search<'a, T> {
    /// Takes a window of all linked runs, whose digits are collected, if one form alone has it and nothing else matters;
    /// whether there is nothing more to try.
    #[inline]
    pub(super) fn express(
        &mut self,
        strand: Strand<'_>,
        window: &Window<'_>,
        entries: &'a [Entry],
        joined: Option<usize>,
    ) -> bool {
        let whole = window.first == 0 && window.last + 1 == window.runs.len() && window.last > 0;
        let range = window.range();
        if T::ON || entries.is_empty() || !whole || window.cut || touches(strand.text, &range) {
            return false;
        }
        let Some((entry, form, check)) = self.only(entries) else { return false };
        let Some(range) = around(strand.text, &range, form) else { return false };
        let place = strand.place(range);
        let pack = &self.index.packs[usize::from(entry.pack)];
        let found = Fit {
            pack: entry.pack,
            start: place.start,
            end: place.end,
            length: self.scratch.symbols.get().len() as u8,
            check,
            written: Written::Canonical,
            scores: form.scores.unwrap_or(pack.scores),
            touched: false,
            joins: check == Check::Valid && entry.two_checks,
            small_letters: false,
        };
        // What may be another number too, written in no form of that, is not so plain; a date is told by its form already.
        let dated = || matches!(*pack.limits, [Limit::Date(_), ..]) || separate::regroups(strand, window);
        if check == Check::Invalid || joined.is_some() && !self.stands(&found) && !dated() {
            return false;
        }
        if entry.look_alike { self.shield(&[found]) } else { self.judge(&[found]) }
    }

    /// The one form that the digits at hand have, if no other pack may have them and no words are needed for it.
    #[inline]
    fn only(&self, entries: &'a [Entry]) -> Option<(&'a Entry, &'a Form, Check)> {
        let index = self.index;
        let symbols = &self.scratch.symbols;
        let mut only: Option<(&Entry, &Form, Check)> = None;
        for entry in entries.iter().filter(|entry| entry.begins(symbols.head())) {
            let pack = &index.packs[usize::from(entry.pack)];
            let form = &pack.forms[usize::from(entry.form)];
            let Some(check) = fit(pack, form, symbols) else { continue };
            match only {
                // Of two forms of one pack the better one counts.
                Some((known, ..)) if known.pack != entry.pack => return None,
                Some((known, ..)) if known.alone >= entry.alone => {}
                _ => only = Some((entry, form, check)),
            }
        }
        only.filter(|(entry, form, _)| !form.plain && entry.alone >= self.config.threshold)
    }
}
