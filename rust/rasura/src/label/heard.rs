//! The labels of a stretch of the text. Candidates stand close together and each asks for the words around it, so a word
//! is looked up once and what was found is kept for the next candidate.

use std::ops::Range;

use rasura_pack::Index;

use super::phrase::Finder;
use super::{AFTER, Hit, Reached, WINDOW, add_before, after_hit, governs, key_before};
use crate::scan::marks::{Letters, letters};
use crate::view::INVISIBLE as INVISIBLE_BYTE;
use crate::view::class::{INVISIBLE, LETTER, UPPER, is};

/// More labels than this are forgotten, so that a long text needs no more memory than a short one.
const MOST: usize = 64;
/// So many characters without candidates are read rather than begun anew behind them.
const SKIPPED: usize = 64;

/// A label that stands in the text, whatever it is near to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    pub(super) start: u32,
    /// Where its first word ends.
    word: u32,
    end: u32,
    phrase: u32,
}

impl Spoken {
    /// The longest label here that ends at `limit` or before, and where.
    #[inline]
    pub(super) fn until(&self, index: &Index, text: &[u8], limit: usize) -> Option<(u32, usize)> {
        if self.end as usize <= limit {
            return Some((self.phrase, self.end as usize));
        }
        Finder::new(index).at(text, self.start as usize, self.word as usize, limit)
    }
}

/// The labels of the words that begin in `from..to`, in order.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    from: usize,
    to: usize,
    spoken: Vec<Spoken>,
}

impl Heard {
    /// Forgets everything: another text follows.
    pub(crate) fn clear(&mut self) {
        self.begin(0);
    }

    fn begin(&mut self, at: usize) {
        (self.from, self.to) = (at, at);
        self.spoken.clear();
    }

    /// Appends the labels before `at`, nearest first; whether a key stands there.
    pub(crate) fn before(&mut self, index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) -> bool {
        if is_cut(text, at) {
            // Letters that belong to the candidate are no part of the word before it.
            return Self::default().look_back(index, text, (&text[..at], at), hits);
        }
        self.look_back(index, text, (text, at), hits)
    }

    /// `words` is where words and labels end at the latest.
    fn look_back(&mut self, index: &Index, text: &[u8], (words, at): (&[u8], usize), hits: &mut Vec<Hit>) -> bool {
        let finder = Finder::new(index);
        let key = key_before(text, at);
        let from = key.unwrap_or(at.saturating_sub(WINDOW));
        self.words_back(&finder, text, (words, from..at), |spoken| add_before(index, text, at, spoken, hits));
        // A negative word that governs the number closes the search.
        if hits.first().is_some_and(|hit| governs(index, text, hit, at)) {
            hits.truncate(1);
        }
        key.is_some()
    }

    /// Appends the labels after `at`, nearest first.
    pub(crate) fn after(&mut self, index: &Index, text: &[u8], at: usize, hits: &mut Vec<Hit>) {
        let finder = Finder::new(index);
        let to = text.len().min(at + WINDOW);
        // Where no candidate stands between, characters count as they are, and nothing beyond the reach needs a look.
        let shrinks = |byte: &u8| is(*byte, INVISIBLE) || matches!(byte, b'@' | b'[' | b'<' | b'{');
        let far = letters(text, at).digit != 0 || text[at..text.len().min(at + 64)].iter().any(shrinks);
        // A word that the reach cuts is read as far as it goes.
        let cut = if far && is_cut(text, to) { last_word(text, to) } else { None };
        let end = cut.unwrap_or(if far { to } else { to.min(at + AFTER + 1) });
        let mut past = at;
        let mut hear = |spoken: &mut Spoken| {
            if (spoken.start as usize) < past {
                return false;
            }
            match after_hit(index, text, at, to, spoken) {
                Reached::Yes(hit) => {
                    past = hit.end;
                    hits.push(hit);
                    false
                }
                Reached::No => false,
                Reached::Beyond => true,
            }
        };
        if !self.words_on(&finder, text, at, end, &mut hear)
            && let Some(start) = cut
            && let Some(mut spoken) = spoken(&finder, text, start, to, to)
        {
            hear(&mut spoken);
        }
    }

    /// Calls `hear` with the labels that begin in `range`, the last one first, until it has heard enough.
    fn words_back(
        &mut self,
        finder: &Finder<'_>,
        text: &[u8],
        (words, range): (&[u8], Range<usize>),
        mut hear: impl FnMut(&mut Spoken) -> bool,
    ) {
        if self.to < range.start || range.end < self.from || self.spoken.len() > MOST {
            self.begin(range.end);
        }
        let known = self.spoken.len();
        if self.to < range.end {
            if let Some(stop) = self.read_back(finder, text, (words, self.to..range.end), &mut hear) {
                self.spoken.drain(..known);
                (self.from, self.to) = (stop, range.end);
                return;
            }
            self.to = range.end;
        }
        for spoken in self.spoken[..known].iter_mut().rev() {
            let start = spoken.start as usize;
            if start < range.start || start < range.end && hear(spoken) {
                return;
            }
        }
        if range.start < self.from {
            let known = self.spoken.len();
            let stop = self.read_back(finder, text, (words, range.start..self.from), &mut hear);
            self.spoken.rotate_left(known);
            self.from = stop.unwrap_or(range.start);
        }
    }

    /// Reads the words that begin in `range`, the last one first, and appends their labels in order. Where it stopped.
    fn read_back(
        &mut self,
        finder: &Finder<'_>,
        text: &[u8],
        (ends, range): (&[u8], Range<usize>),
        hear: &mut impl FnMut(&mut Spoken) -> bool,
    ) -> Option<usize> {
        let known = self.spoken.len();
        let words = Words::read(ends, range.start);
        let mut stopped = None;
        let reach = range.end - range.start;
        'all: for half in [1, 0] {
            let mut starts = words.starts[half] & first(reach.saturating_sub(64 * half));
            while starts != 0 {
                let bit = 63 - starts.leading_zeros() as usize;
                starts ^= 1 << bit;
                let start = range.start + 64 * half + bit;
                let end = words.end(ends, half, bit);
                if let Some(mut spoken) = spoken(finder, text, start, end, ends.len()) {
                    let enough = hear(&mut spoken);
                    self.spoken.push(spoken);
                    if enough {
                        stopped = Some(start);
                        break 'all;
                    }
                }
            }
        }
        self.spoken[known..].reverse();
        stopped
    }

    /// Calls `hear` with the labels that begin in `from..to`, in order, until it has heard enough; whether it has.
    fn words_on(
        &mut self,
        finder: &Finder<'_>,
        text: &[u8],
        from: usize,
        to: usize,
        hear: &mut impl FnMut(&mut Spoken) -> bool,
    ) -> bool {
        if from < self.from || from > self.to + SKIPPED || self.spoken.len() > MOST {
            self.begin(from);
        }
        let first = self.spoken.iter().rposition(|spoken| (spoken.start as usize) < from).map_or(0, |last| last + 1);
        for spoken in &mut self.spoken[first..] {
            if spoken.start as usize >= to {
                return false;
            }
            if hear(spoken) {
                return true;
            }
        }
        while self.to < to {
            let end = to.min(self.to + WINDOW);
            if self.read_on(finder, text, end, from, hear) {
                return true;
            }
        }
        false
    }

    /// Reads the words that begin before `end`, at most a window further; whether those from `from` on were enough.
    fn read_on(
        &mut self,
        finder: &Finder<'_>,
        text: &[u8],
        end: usize,
        from: usize,
        hear: &mut impl FnMut(&mut Spoken) -> bool,
    ) -> bool {
        let base = self.to;
        let words = Words::read(text, base);
        for half in [0, 1] {
            let mut starts = words.starts[half] & first((end - base).saturating_sub(64 * half));
            while starts != 0 {
                let bit = starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let start = base + 64 * half + bit;
                if let Some(mut spoken) = spoken(finder, text, start, words.end(text, half, bit), text.len()) {
                    let enough = start >= from && hear(&mut spoken);
                    self.spoken.push(spoken);
                    if enough {
                        self.to = start + 1;
                        return true;
                    }
                }
            }
        }
        self.to = end;
        false
    }
}

/// The label that begins with the word `start..word`, if any does.
#[inline]
fn spoken(finder: &Finder<'_>, text: &[u8], start: usize, word: usize, limit: usize) -> Option<Spoken> {
    let (phrase, end) = finder.at(text, start, word, limit)?;
    Some(Spoken { start: start as u32, word: word as u32, end: end as u32, phrase })
}

/// Whether letters stand on both sides of a place.
fn is_cut(text: &[u8], at: usize) -> bool {
    at > 0 && at < text.len() && is(text[at - 1], LETTER | INVISIBLE) && is(text[at], LETTER | INVISIBLE)
}

/// Where the last word before `end` begins.
fn last_word(text: &[u8], end: usize) -> Option<usize> {
    let from = end.saturating_sub(64);
    let starts = Words::read(text, from).starts[0] & first(end - from);
    (starts != 0).then(|| from + 63 - starts.leading_zeros() as usize)
}

/// The first `bits` bits.
#[inline]
fn first(bits: usize) -> u64 {
    if bits >= 64 { !0 } else { (1 << bits) - 1 }
}

/// The words of 128 characters, as two masks.
struct Words {
    from: usize,
    /// Where words begin.
    starts: [u64; 2],
    /// Where no word goes on.
    ends: [u64; 2],
}

impl Words {
    /// Reads from `from` on.
    #[inline]
    fn read(text: &[u8], from: usize) -> Self {
        let [a, b] = [letters(text, from), letters(text, from + 64)];
        let before = from.checked_sub(1).map_or(0, |place| text[place]);
        // What is invisible belongs to words and has no case.
        let (lower_a, lower_b) =
            (a.letter & !a.upper & !hidden(text, from), b.letter & !b.upper & !hidden(text, from + 64));
        let first = |flags| u64::from(is(before, flags));
        let small = u64::from(is(before, LETTER) && !is(before, UPPER));
        let starts = [
            starts(&a, lower_a, (first(LETTER | INVISIBLE), first(UPPER), small), lower_b & 1),
            starts(&b, lower_b, (a.letter >> 63, a.upper >> 63, lower_a >> 63), 0),
        ];
        Self { from, starts, ends: [!a.letter | starts[0], !b.letter | starts[1]] }
    }

    /// Where the word that begins at a bit ends.
    #[inline]
    fn end(&self, text: &[u8], half: usize, bit: usize) -> usize {
        let start = self.from + 64 * half + bit;
        let run = 1 + (self.ends[half] >> bit >> 1).trailing_zeros() as usize;
        if bit + run < 64 {
            return start + run;
        }
        let run = 64 - bit + if half == 0 { self.ends[1].trailing_zeros() as usize } else { 64 };
        if self.from + 128 <= start + run { long_end(text, start) } else { start + run }
    }
}

/// Where a word ends that is longer than what was read of it. No label is so long, so a capital does not part it.
#[cold]
fn long_end(text: &[u8], start: usize) -> usize {
    (start..text.len()).find(|&at| !is(text[at], LETTER | INVISIBLE)).unwrap_or(text.len())
}

/// Where something invisible stands among 64 characters.
fn hidden(text: &[u8], from: usize) -> u64 {
    let rest = text.get(from..text.len().min(from + 64)).unwrap_or_default();
    // Hardly any text has one, and looking for the byte costs a tenth of asking each for its class.
    if !rest.contains(&INVISIBLE_BYTE) {
        return 0;
    }
    rest.iter().enumerate().fold(0, |bits, (n, &byte)| bits | u64::from(is(byte, INVISIBLE)) << n)
}

/// Where words begin: at a letter after none, at a capital after a small letter, and at the last of several capitals
/// before a small letter. `before` says what the character before is, `after` whether a small letter follows.
#[inline]
fn starts(half: &Letters, lower: u64, before: (u64, u64, u64), after: u64) -> u64 {
    let (letter, upper, small) = before;
    let camel = (lower << 1 | small) | ((half.upper << 1 | upper) & (lower >> 1 | after << 63));
    (half.letter & !(half.letter << 1 | letter)) | (half.upper & camel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    const TEXT: &str = "Olá, meu CPF é 529.982.247-25 e o RG 12.345.678-9; CNPJ da empresa: 11.222.333/0001-81, telCelular 11 98765-4321. \
        {\"cpf\":\"52998224725\",\"pedido\":\"37939822\",\"nota\":1} Pedido 3273783636, c.p.f. 52998224725 cartão de crédito 4111 1111 1111 1111 senha";

    fn near(heard: &mut Heard, index: &Index, text: &[u8], at: usize) -> Vec<(usize, usize, bool)> {
        let mut hits = Vec::new();
        heard.before(index, text, at, &mut hits);
        heard.after(index, text, at, &mut hits);
        hits.iter().map(|hit| (hit.start, hit.end, hit.before)).collect()
    }

    #[test]
    fn what_was_heard_before_changes_nothing() {
        let catalogue = Catalogue::new(Vec::new());
        let index = catalogue.index();
        let text: Vec<u8> = TEXT.chars().map(|c| crate::view::narrow_char(c.into())).collect();
        let mut heard = Heard::default();
        let (mut at, mut found) = (0, 0);
        for step in 0..4000 {
            // On by a few characters, and now and then back.
            at = (at + step * 7 % 23 + if step % 5 == 0 { text.len() - 40 } else { 0 }) % (text.len() + 1);
            let fresh = near(&mut Heard::default(), index, &text, at);
            assert_eq!(near(&mut heard, index, &text, at), fresh, "at {at}");
            found += fresh.len();
        }
        assert!(found > 1000);
    }
}
