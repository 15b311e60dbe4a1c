//! Secrets after their label: `senha: ...`, `mi contraseña es ...`, `PIN 1234`.

use std::ops::Range;

use rasura_pack::index::Beginning;
use rasura_pack::shape;
use rasura_pack::table::{Form, Grammar, Pack};

use super::connect::{Connector, Start, Tie, skip_spaces};
use super::fit::{Check, Plans, cells_match, fit};
use super::symbols::Symbols;
use super::{Fit, Search, Written, token};
use crate::label::{WINDOW, is_amount, phrase, unit_after};
use crate::resolve::Candidate;
use crate::trace::Trace;
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, UPPER, folded, is, seen_before};
use crate::view::markup;

/// The longest value.
const LONGEST: usize = 255;
/// The longest value in quotes, which may have spaces.
const QUOTED: usize = 64;
/// Words that may follow a label and are no value.
const NO_VALUE: [&[u8]; 42] = [
    b"esqueci",
    b"esquecida",
    b"olvide",
    b"olvidada",
    b"obrigatorio",
    b"obrigatoria",
    b"obligatorio",
    b"obligatoria",
    b"pendente",
    b"pendiente",
    b"bloqueada",
    b"bloqueado",
    b"expirada",
    b"vencida",
    b"alterada",
    b"redefinida",
    b"restablecida",
    b"temporaria",
    b"clique",
    b"click",
    b"aqui",
    b"forgot",
    b"minimo",
    b"minimum",
    b"maximo",
    b"debe",
    b"deve",
    b"must",
    b"null",
    b"none",
    b"true",
    b"false",
    b"nil",
    b"undefined",
    b"invalida",
    b"incorreta",
    b"incorrecta",
    b"errada",
    b"nova",
    b"nueva",
    b"string",
    b"required",
];
/// After these the number is one of a queue, or is used once.
const QUEUE: [&[u8]; 8] =
    [b"aguarde", b"guiche", b"turno", b"atendimento", b"painel", b"minutos", b"minutes", b"segundos"];

impl<T: Trace> Search<'_, T> {
    /// Looks at the word at `at`, which begins as a label of a secret does.
    pub(crate) fn secret(&mut self, at: usize) {
        if self.begins_word(at) {
            self.labelled(at);
        }
    }

    /// Whether no letter stands before a place, or a new word begins there all the same.
    fn begins_word(&self, at: usize) -> bool {
        seen_before(self.text, at).is_none_or(|byte| !is(byte, LETTER)) || phrase::is_hump(self.text, at)
    }

    /// Looks for a label that the word at `at` is the second or third of.
    pub(crate) fn led(&mut self, at: usize) {
        const WORDS: usize = 2;
        if !self.begins_word(at) {
            return;
        }
        let text = self.text;
        let mut start = at;
        for _ in 0..WORDS {
            let Some(before) = word_before(text, start) else { return };
            start = before;
            // What begins as no such label does, or as another one, which has been looked at.
            let initial = 1 << (FOLD[usize::from(text[start])] & 31);
            if self.index.leads & initial == 0 {
                continue;
            }
            let three = text.get(start..).and_then(<[u8]>::first_chunk);
            if !three.is_some_and(|&three| self.index.beginning(three).is(Beginning::LABEL)) {
                self.labelled(start);
            }
        }
    }

    /// Looks at the word at `at` for a form that begins with it and is told by it.
    pub(crate) fn headed(&mut self, at: usize) {
        let text = self.text;
        if seen_before(text, at).is_some_and(|byte| is(byte, LETTER | DIGIT)) {
            return;
        }
        for (number, pack) in self.with_grammar(Grammar::Headed) {
            let Some(range) = longest_form(pack, text, at) else { continue };
            let forms = forms_of(pack, &text[range.clone()]).map(|(form, _)| form.scores.unwrap_or(pack.scores));
            if let Some(scores) = forms.max_by_key(|scores| scores.canonical) {
                self.judge(&[Fit { written: Written::Canonical, ..Fit::of_grammar(number, &range, scores) }]);
            }
        }
    }

    /// Looks for what counts beside what was found, as an expiry date does beside a card, and a security code beside that.
    pub(crate) fn companions(&mut self) {
        let index = self.index;
        let mut at = 0;
        while let Some(Candidate { pack: found, start, end, shadow, suspect, .. }) = self.scratch.candidates.get(at) {
            at += 1;
            if *shadow || *suspect || index.companions.iter().all(|near| near.beside != *found) {
                continue;
            }
            let (found, place) = (*found, *start..*end);
            for near in index.companions.iter().filter(|near| near.beside == found) {
                let pack = &index.packs[usize::from(near.pack)];
                let Some(range) = companion(pack, self.text, &place, near.reach.into()) else { continue };
                let known = |other: &Candidate| other.pack == near.pack && other.covers(&range);
                if !self.scratch.candidates.iter().any(known) && !self.is_measured(&range) {
                    self.judge(&[named(near.pack, pack, self.text, &range)]);
                }
            }
        }
    }

    /// Whether a number is an amount, or a unit stands behind it.
    fn is_measured(&mut self, range: &Range<usize>) -> bool {
        let mut after = Vec::new();
        crate::label::after(self.index, self.text, range.end, &mut after);
        is_amount(self.text, range) || unit_after(self.index, &after)
    }

    /// Looks for a label that begins with the word at `at`, and what stands beside it.
    fn labelled(&mut self, at: usize) {
        let text = self.text;
        let end = word_end(text, at);
        let index = self.index;
        let Some((phrase, end)) = phrase::Finder::new(index).at(text, at, end, text.len()) else { return };
        let meanings = index.phrases[phrase as usize].meanings.of(&index.meanings);
        let beside = meanings.iter().filter(|meaning| meaning.beside);
        let mut packs = beside.map(|meaning| (meaning.pack, &index.packs[usize::from(meaning.pack)])).peekable();
        if packs.peek().is_none() || !phrase::is_evidence(text, at, end, phrase::reach(end)) {
            return;
        }
        // Two countries may share a label.
        for (number, pack) in packs {
            for fit in beside_label(number, pack, text, at..end) {
                self.judge(&[fit]);
            }
        }
    }
}

/// Where the word begins that stands before one of the same label.
fn word_before(text: &[u8], at: usize) -> Option<usize> {
    let gap = text[..at].iter().rev().take(4).take_while(|&&byte| is_gap(byte)).count();
    let end = at - gap;
    let mut start = end;
    while start > 0 && is(text[start - 1], LETTER | INVISIBLE) {
        start -= 1;
        if start > 0 && phrase::is_hump(text, start) {
            break;
        }
    }
    // Nothing invisible begins a word.
    let start = (start..end).find(|&at| is(text[at], LETTER)).unwrap_or(end);
    let parted = (1..=3).contains(&gap) || gap == 0 && phrase::is_hump(text, at);
    (parted && start < end).then_some(start)
}

/// Whether a byte may stand between two words of a label.
pub(crate) fn is_gap(byte: u8) -> bool {
    // With the sign of `n°`.
    is(byte, SPACE) || matches!(byte, b'_' | b'.' | b'-' | b':' | 0xB0)
}

pub(crate) fn word_end(text: &[u8], at: usize) -> usize {
    let fresh = |i: usize| is(text[i], UPPER) && !is(text[i - 1], UPPER);
    (at + 1..text.len()).find(|&i| !is(text[i], LETTER | INVISIBLE) || fresh(i)).unwrap_or(text.len())
}

/// What a pack that is found from its label's side has beside a label.
pub(crate) fn beside_label(number: u16, pack: &Pack, text: &[u8], label: Range<usize>) -> Vec<Fit> {
    let found = if pack.grammar == Some(Grammar::Secret) {
        value(text, label.end).into_iter().collect()
    } else {
        let before = || form_before(pack, text, &label).map(|form| vec![form]);
        forms_after(pack, text, label.end).or_else(before).unwrap_or_default()
    };
    if !found.is_empty() && speaks_against(pack, text, &label) {
        return Vec::new();
    }
    found.iter().map(|range| named(number, pack, text, range)).collect()
}

/// What stands beside a label, or beside what was found.
fn named(number: u16, pack: &Pack, text: &[u8], range: &Range<usize>) -> Fit {
    let form = forms_of(pack, &text[range.clone()]).max_by_key(|(form, check)| (*check, form.check_digits));
    let Some((form, check)) = form else { return Fit::of_label(number, range, pack.scores, Check::None) };
    let fit = Fit::of_label(number, range, form.scores.unwrap_or(pack.scores), check);
    Fit { length: form.cells.len() as u8, ..fit }
}

/// Whether a word stands near a label, on its line, near which the label says nothing.
fn speaks_against(pack: &Pack, text: &[u8], label: &Range<usize>) -> bool {
    const NEAR: usize = 48;
    if pack.against.is_empty() {
        return false;
    }
    let line = |byte: &u8| is(*byte, NEWLINE);
    let before = &text[label.start.saturating_sub(NEAR)..label.start];
    let before = before.rsplit(line).next().unwrap_or_default();
    let after = &text[label.end..text.len().min(label.end + NEAR)];
    let after = after.split(line).next().unwrap_or_default();
    let initial = |byte: u8| 1_u32 << (FOLD[usize::from(byte)] & 31);
    let initials = pack.against.iter().fold(0, |all, word| all | initial(word.as_bytes()[0]));
    let same = |word: &[u8], against: &str| {
        word.len() == against.len()
            && word.iter().zip(against.bytes()).all(|(&byte, letter)| FOLD[usize::from(byte)] == letter)
    };
    let words = |bytes: &[u8]| {
        let words = bytes
            .split(|&byte| !is(byte, LETTER))
            .filter(|word| word.first().is_some_and(|&byte| initials & initial(byte) != 0));
        words.into_iter().any(|word| pack.against.iter().any(|against| same(word, against)))
    };
    words(before) || words(after)
}

/// The forms of a pack that follow a label: the first, and others that a list goes on with.
fn forms_after(pack: &Pack, text: &[u8], end: usize) -> Option<Vec<Range<usize>>> {
    // `cvv2`.
    let digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let label = end + usize::from(digit(end) && !digit(end + 1));
    let first = Connector::new(text, label)
        .find_map(|start| form_at(pack, text, start))
        .or_else(|| cell_below(pack, text, label))?;
    let mut found = vec![first];
    while let Some(next) = listed(text, found[found.len() - 1].end)
        && let Some(range) = longest_form(pack, text, next)
    {
        found.push(range);
    }
    Some(found)
}

/// The form of a pack that begins at a place, if it is tied to its label as closely as it must be.
fn form_at(pack: &Pack, text: &[u8], Start { at, tie, below, .. }: Start) -> Option<Range<usize>> {
    let at = at + usize::from(matches!(text.get(at), Some(b'"' | b'\'' | b'`' | b'(')));
    let token = || {
        let found = pack.tokens.iter().filter_map(|token| token::from(token, text, at));
        found.max_by_key(ExactSizeIterator::len).filter(|_| matches!(tie, Tie::Sign | Tie::Verb | Tie::Space) && !below)
    };
    let range = longest_form(pack, text, at).or_else(token)?;
    let value = &text[range.clone()];
    let digits = value.iter().filter(|&&byte| is(byte, DIGIT)).count();
    let tells = digits >= 6 || digits > 0 && value.iter().any(|&byte| is(byte, LETTER));
    let loose = tie == Tie::Words || below && tie != Tie::Sign;
    // Without a sign the next line is the value and nothing else.
    let alone = || {
        // Nothing beyond the window decides.
        let near = &text[..text.len().min(range.end + WINDOW)];
        near.get(skip_spaces(near, range.end))
            .is_none_or(|&byte| is(byte, NEWLINE) || matches!(byte, b'|' | b';' | b'<'))
    };
    (!loose || tie == Tie::Words && tells || below && alone()).then_some(range)
}

/// The longest form of a pack that begins at a place and ends with a word.
fn longest_form(pack: &Pack, text: &[u8], at: usize) -> Option<Range<usize>> {
    // The sign of a number belongs to it.
    let signed = usize::from(matches!(text.get(at), Some(b'-' | b'+')));
    let start = at + signed;
    let is_word = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER | DIGIT));
    // What goes on is something else.
    let goes_on =
        |stop: usize| is_word(stop) || matches!(text.get(stop), Some(b'/' | b'-' | b'.' | b',')) && is_word(stop + 1);
    let rest = &text[start.min(text.len())..];
    let near = &rest[..rest.len().min(pack.widest.into())];
    // No form goes over the end of a key in JSON: `"created":"1700000000"` would be tried at every word else, which was a
    // tenth of the time that JSON took.
    let key = near.windows(2).position(|two| two == b"\":").unwrap_or(near.len());
    let line = near[..key].iter().take_while(|&&byte| !is(byte, NEWLINE));
    let first = shape::SYMBOL[usize::from(FOLD[usize::from(*line.clone().next()?)])];
    // Most of what stands behind a label begins as no form does, or has no digit.
    if pack.begins.checked_shr(first.into()).is_none_or(|begins| begins & 1 == 0) {
        return None;
    }
    let digits = if pack.lettered { 0 } else { line.clone().position(|byte| is(*byte, DIGIT))? };
    let stops = (start + digits + 1..=start + line.count()).rev();
    stops
        .filter(|&stop| is_word(stop - 1) && !goes_on(stop))
        .find(|&stop| has_form(pack, &text[start..stop]))
        .map(|stop| at..stop)
}

/// Where a list goes on behind a value: `e`, `y`, `ou`, a slash, a comma.
fn listed(text: &[u8], end: usize) -> Option<usize> {
    let next = skip_spaces(text, end);
    match text.get(next)? {
        b',' | b'/' if next + 1 < text.len() => Some(skip_spaces(text, next + 1)),
        &byte if is(byte, LETTER) && next > end => {
            let stop = word_end(text, next);
            let word = folded(&text[next..stop]);
            [&b"e"[..], b"y", b"ou", b"o", b"and", b"or"].contains(&&*word).then(|| skip_spaces(text, stop))
        }
        _ => None,
    }
}

/// The form of a pack beside what another one has found: behind it or before, with no other digits between.
fn companion(pack: &Pack, text: &[u8], found: &Range<usize>, reach: usize) -> Option<Range<usize>> {
    let digit = |byte: &u8| is(*byte, DIGIT);
    let after = &text[found.end..text.len().min(found.end + reach)];
    // The digit of `cvv2` is its label's.
    let begins = |&at: &usize| digit(&text[at]) && (at == found.end || !is(text[at - 1], LETTER | DIGIT));
    let behind = (found.end..found.end + after.len()).find(begins);
    let behind = behind
        .filter(|&at| !matches!(text[at - 1], b'/' | b'-' | b'.') || at - found.end == 1 || is(text[at - 2], SPACE));
    if let Some(range) = behind.and_then(|at| longest_form(pack, text, at)) {
        return Some(range);
    }
    let from = found.start.saturating_sub(reach);
    let end = from + text[from..found.start].iter().rposition(digit)? + 1;
    let inside = |byte: &&u8| digit(byte) || matches!(byte, b'/' | b'-' | b'.');
    let start = end - text[..end].iter().rev().take(shape::WHOLE).take_while(inside).count();
    let touched = start.checked_sub(1).is_some_and(|before| is(text[before], LETTER));
    (!touched && has_form(pack, &text[start..end])).then_some(start..end)
}

/// The form before a label in brackets: `ABC1D23 (placa)`.
fn form_before(pack: &Pack, text: &[u8], label: &Range<usize>) -> Option<Range<usize>> {
    let open = label.start.checked_sub(1).filter(|&at| text[at] == b'(' && text.get(label.end) == Some(&b')'))?;
    let end = open - text[..open].iter().rev().take_while(|&&byte| is(byte, SPACE)).count();
    let is_word = |at: usize| is(text[at], LETTER | DIGIT);
    let starts = end.saturating_sub(shape::WHOLE)..end;
    let begins =
        |&at: &usize| is_word(at) && (at == 0 || !is_word(at - 1) && !matches!(text[at - 1], b'/' | b'-' | b'.'));
    starts.filter(begins).find(|&start| has_form(pack, &text[start..end])).map(|start| start..end)
}

/// The form in the same column of a row below the one that the label heads.
fn cell_below(pack: &Pack, text: &[u8], label: usize) -> Option<Range<usize>> {
    const ROWS: usize = 96;
    let near = label.saturating_sub(ROWS);
    let line = match text[near..label].iter().rposition(|&byte| is(byte, NEWLINE)) {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => return None,
    };
    let rest = label + text[label..].iter().take(ROWS).position(|&byte| is(byte, NEWLINE))?;
    let border = [b'|', b'\t', b';', b','].into_iter().find(|border| text[line..rest].contains(border))?;
    let column = text[line..label].split(|&byte| byte == border).count() - 1;
    // The label is all that its cell holds.
    let blank = |at: usize| at + text[at..].iter().take_while(|&&byte| is(byte, SPACE) && byte != border).count();
    let next = blank(label);
    if text.get(next) != Some(&border) && next != rest {
        return None;
    }
    let mut begin = rest;
    for row in text[rest..text.len().min(label + ROWS)].split_inclusive(|&byte| is(byte, NEWLINE)) {
        let borders = || (begin..begin + row.len()).filter(|&at| text[at] == border);
        let cell = if column == 0 { Some(begin) } else { borders().nth(column - 1).map(|at| at + 1) };
        if let Some(range) = cell.and_then(|cell| longest_form(pack, text, skip_spaces(text, cell))) {
            let after = blank(range.end);
            if text.get(after).is_none_or(|&byte| byte == border || is(byte, NEWLINE)) {
                return Some(range);
            }
        }
        begin += row.len();
    }
    None
}

/// Whether all of a text is a form of a pack.
fn has_form(pack: &Pack, text: &[u8]) -> bool {
    forms_of(pack, text).next().is_some()
}

/// The forms of a pack that all of a text is, with what their check digits say.
fn forms_of<'p>(pack: &'p Pack, text: &[u8]) -> impl Iterator<Item = (&'p Form, Check)> + use<'p> {
    let (mut written, mut symbols) = ([0; shape::WHOLE], Symbols::default());
    for (written, byte) in written.iter_mut().zip(text) {
        let word = is(*byte, LETTER | DIGIT);
        *written = if word { b'0' } else { shape::separator(*byte) };
        // Words in a form have no accents.
        symbols.extend(if word { std::slice::from_ref(&FOLD[usize::from(*byte)]) } else { &[] });
    }
    let whole = shape::whole(&written);
    let forms = pack.forms.iter().filter(move |form| form.by_word && form.whole == whole);
    let forms = forms.filter(move |form| cells_match(form, symbols.get()));
    forms
        .filter_map(move |form| Some((form, fit(pack, form, &symbols, &Plans::default())?)))
        .filter(|(_, check)| *check != Check::Invalid)
}

/// The value that follows a label which ends at `end`.
fn value(text: &[u8], end: usize) -> Option<Range<usize>> {
    Connector::new(text, end).find_map(|start| secret_at(text, end, start))
}

fn secret_at(text: &[u8], label: usize, start: Start) -> Option<Range<usize>> {
    // What stars stand for is masked already.
    if text[label..start.at].windows(3).any(|three| three == b"***") {
        return None;
    }
    let quote = text.get(start.at).copied().filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    let from = start.at + usize::from(quote.is_some());
    let most = text.len().min(from + LONGEST);
    // A quote that nobody closes holds a word.
    let closed = |&mark: &u8| {
        text[from..most.min(from + QUOTED)].iter().find(|&&byte| byte == mark || is(byte, NEWLINE)) == Some(&mark)
    };
    let quote = quote.filter(closed);
    let ends = |&i: &usize| match quote {
        Some(mark) => text[i] == mark || is(text[i], NEWLINE),
        None => is(text[i], SPACE | NEWLINE) || matches!(text[i], b'"' | b'<' | b'\''),
    };
    let mut stop = (from..most).find(ends).unwrap_or(most);
    if quote.is_none() {
        stop = before_marks(text, from, stop);
        // In a query or a list the value ends at its separator.
        if let Some(cut) = text[from..stop].iter().position(|byte| matches!(byte, b'&' | b',' | b';' | b'|')) {
            stop = before_marks(text, from, from + cut);
        }
    }
    // Words or a line between, and the value must look like none.
    let tie = if start.words || start.below { start.tie.min_verb() } else { start.tie };
    (looks_secret(&text[from..stop], tie, quote.is_some()) && !is_queue(text, stop)).then_some(from..stop)
}

/// Where a value ends before the marks of the sentence, and those around it whose other halves stand before it in its line:
/// `*senha: abc123*`.
fn before_marks(text: &[u8], from: usize, stop: usize) -> usize {
    let mut stop = stop;
    while stop > from {
        stop -= match text[stop - 1] {
            b'.' | b',' | b';' | b')' | b'?' | b':' | b'}' | b']' | b'>' => 1,
            mark @ (b'*' | b'_' | b'~' | b'`') if markup::is_open(text, from, mark) => {
                text[from..stop].iter().rev().take_while(|&&byte| byte == mark).count()
            }
            _ => break,
        };
    }
    stop
}

/// Whether what follows a label is a secret: any word after a sign; after a verb or a space, what no word looks like.
fn looks_secret(value: &[u8], tie: Tie, quoted: bool) -> bool {
    let lower = folded(value);
    let masked = value.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'\xB7'));
    // A letter and three figures are called up in a waiting room.
    let ticket = matches!(value, [letter, figures @ ..] if letter.is_ascii_uppercase() && figures.len() == 3 && figures.iter().all(u8::is_ascii_digit));
    let variable = matches!(value.first(), Some(b'$' | b'<' | b'{' | b'['))
        || value.starts_with(b"%s")
        || value.starts_with(b"%(");
    if value.len() < 3
        || masked
        || ticket
        || variable
        || NO_VALUE.contains(&lower.as_slice())
        || value.windows(3).any(|three| three == b"://")
    {
        return false;
    }
    let digits = value.iter().filter(|&&byte| is(byte, DIGIT)).count();
    // Nobody types so many digits: it is the key of a document.
    if digits == value.len() && digits > 24 {
        return false;
    }
    let inside = value.iter().any(|&byte| matches!(byte, b'@' | b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+'));
    let mixed = value.windows(2).any(|two| is(two[0], LETTER) && !is(two[0], UPPER) && is(two[1], UPPER));
    // As one who was told to take letters of both kinds and a digit writes it.
    let both =
        value.iter().any(|&byte| is(byte, UPPER)) && value.iter().any(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    let strong = both && digits > 0 && value.len() >= 8;
    match tie {
        Tie::Sign => quoted || digits > 0 || inside || value.len() >= 4,
        Tie::Verb => digits > 0 || inside || mixed || quoted,
        Tie::Words => strong,
        Tie::Space => {
            strong
                || digits >= 2 && (digits == value.len() && (4..=8).contains(&digits) || digits < value.len())
                || inside && digits > 0
        }
    }
}

/// Whether the words after a value say that it is a place in a queue.
fn is_queue(text: &[u8], end: usize) -> bool {
    let rest = folded(&text[end..text.len().min(end + 30)]);
    rest.split(|&byte| !is(byte, LETTER)).any(|word| QUEUE.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str) -> Option<&str> {
        let end = text.find(' ').into_iter().chain(text.find([':', '=', '"'])).min().expect("a label and a value");
        value(text.as_bytes(), end).map(|range| &text[range])
    }

    #[test]
    fn a_value_is_found_however_it_is_tied() {
        assert_eq!(find("senha: Abc@123."), Some("Abc@123"));
        assert_eq!(find("senha\": \"abc 12\""), Some("abc 12"));
        assert_eq!(find("password=hunter2&x=1"), Some("hunter2"));
        assert_eq!(find("clave es gato77, gracias"), Some("gato77"));
        assert_eq!(find("PIN 4821"), Some("4821"));
    }

    #[test]
    fn marks_around_a_value_are_not_its_own() {
        assert_eq!(find("senha: *abc123*"), Some("abc123"));
        assert_eq!(find("senha: **abc123**."), Some("abc123"));
        assert_eq!(find("senha: _abc_123_, *ok*"), Some("abc_123"));
        assert_eq!(find("senha: abc123*"), Some("abc123*"));
        assert_eq!(find("senha:* abc123*"), Some("abc123"));
    }

    #[test]
    fn ordinary_words_are_no_secret() {
        for text in [
            "senha ontem",
            "clave es importante",
            "senha: ****",
            "password: null",
            "senha 12 aguarde",
            "senha: A045 aguarde",
            "pin: ${PIN}",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
