//! Secrets after their label: `senha: ...`, `mi contraseña es ...`, `PIN 1234`.

use std::ops::Range;

use rasura_pack::shape;
use rasura_pack::table::{Form, Grammar, Pack, Strength};

use super::fit::{Check, cells_match, fit};
use super::symbols::Symbols;
use super::{Fit, Search};
use crate::label::phrase;
use crate::trace::Trace;
use crate::view::class::{DIGIT, FOLD, INVISIBLE, LETTER, NEWLINE, SPACE, UPPER, is};

/// The longest value.
const LONGEST: usize = 64;
/// Words between a label and its value.
const VERBS: [&[u8]; 12] =
    [b"e", b"es", b"is", b"era", b"eh", b"sera", b"ser", b"was", b"numero", b"sao", b"son", b"are"];
/// Words that may follow a label and are no value.
const NO_VALUE: [&[u8]; 20] = [
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
/// After these the number is one of a queue.
const QUEUE: [&[u8]; 5] = [b"aguarde", b"guiche", b"turno", b"atendimento", b"painel"];

/// How a value is tied to its label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// By a colon or an equals sign.
    Sign,
    /// By a verb.
    Verb,
    /// By a space alone.
    Space,
}

impl<T: Trace> Search<'_, T> {
    /// Looks at the word at `at`, which begins as a label of a secret does.
    pub(crate) fn secret(&mut self, at: usize) {
        let text = self.text;
        let within = at.checked_sub(1).is_some_and(|before| is(text[before], LETTER));
        if within && !phrase::is_hump(text, at) {
            return;
        }
        let end = word_end(text, at);
        let index = self.index;
        let Some((phrase, end)) = phrase::Finder::new(index).at(text, at, end, text.len()) else { return };
        let meanings = index.phrases[phrase as usize].meanings.of(&index.meanings);
        let named =
            |pack: u16| meanings.iter().any(|meaning| meaning.pack == pack && meaning.strength == Strength::Strong);
        if !self.with_grammar(Grammar::Secret).any(|(number, _)| named(number))
            || !phrase::is_evidence(text, at, end, phrase::reach(end))
        {
            return;
        }
        // Two countries may share a label.
        for (number, pack) in self.with_grammar(Grammar::Secret).filter(|(number, _)| named(*number)) {
            if let Some(range) = after_label(pack, text, end) {
                self.judge(&[Fit::of_grammar(number, &range, range.len() as u8, pack.scores)]);
            }
        }
    }
}

pub(crate) fn word_end(text: &[u8], at: usize) -> usize {
    let fresh = |i: usize| is(text[i], UPPER) && !is(text[i - 1], UPPER);
    (at + 1..text.len()).find(|&i| !is(text[i], LETTER | INVISIBLE) || fresh(i)).unwrap_or(text.len())
}

/// What a pack that is found from its label's side has after a label which ends at `end`.
pub(crate) fn after_label(pack: &Pack, text: &[u8], end: usize) -> Option<Range<usize>> {
    if pack.grammar == Some(Grammar::Labelled) { form_after(pack, text, end) } else { value(text, end) }
}

/// The longest form of a pack that stands directly after a label.
fn form_after(pack: &Pack, text: &[u8], end: usize) -> Option<Range<usize>> {
    // `exp.` and `cvv2`.
    let digit = |at: usize| text.get(at).is_some_and(|&byte| is(byte, DIGIT));
    let numbered = digit(end) && !digit(end + 1) || text.get(end) == Some(&b'.');
    let (_, start) = tie(text, end + usize::from(numbered))?;
    // A quote, a bracket, or the border of a table's cell.
    let start = match text.get(start) {
        Some(b'"' | b'\'' | b'(') => start + 1,
        Some(b'|') => skip_spaces(text, start + 1),
        _ => after_ordinal(text, start),
    };
    // The sign of a number belongs to it.
    let signed = usize::from(matches!(text.get(start), Some(b'-' | b'+')));
    let (sign, start) = (start, start + signed);
    let is_word = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER | DIGIT));
    // What goes on is something else.
    let goes_on =
        |stop: usize| is_word(stop) || matches!(text.get(stop), Some(b'/' | b'-' | b'.' | b',')) && is_word(stop + 1);
    let stops = (start + 1..=text.len().min(start + shape::WHOLE)).rev();
    stops
        .filter(|&stop| is_word(stop - 1) && !goes_on(stop))
        .map(|stop| start..stop)
        .find(|range| has_form(pack, &text[range.clone()]))
        .map(|range| sign..range.end)
}

/// After `n.`, `nº`, `no.`, `nro` or an article, if that stands at a place before something.
fn after_ordinal(text: &[u8], at: usize) -> usize {
    const WORDS: [&[u8]; 7] = [b"n", b"no", b"nr", b"nro", b"num", b"el", b"la"];
    let end =
        (at..text.len().min(at + 4)).find(|&at| !is(text[at], LETTER) || matches!(text[at], 0xAA | 0xBA)).unwrap_or(at);
    let known = WORDS.iter().any(|word| text[at..end].eq_ignore_ascii_case(word));
    let mark = (end..text.len()).find(|&at| !matches!(text[at], b'.' | b':' | 0xAA | 0xB0 | 0xBA)).unwrap_or(end);
    let next = skip_spaces(text, mark);
    if known && next > end { next } else { at }
}

/// Whether all of a text is a form of a pack.
fn has_form(pack: &Pack, text: &[u8]) -> bool {
    let (mut written, mut symbols) = ([0; shape::WHOLE], Symbols::default());
    for (written, byte) in written.iter_mut().zip(text) {
        let word = is(*byte, LETTER | DIGIT);
        *written = if word { b'0' } else { shape::separator(*byte) };
        // Words in a form have no accents.
        symbols.extend(if word { std::slice::from_ref(&FOLD[usize::from(*byte)]) } else { &[] });
    }
    let whole = shape::whole(&written);
    let is = |form: &Form| {
        let right = || fit(pack, form, &symbols).is_some_and(|check| check != Check::Invalid);
        form.whole == whole && cells_match(form, symbols.get()) && right()
    };
    pack.forms.iter().any(is)
}

/// The value that follows a label which ends at `end`.
fn value(text: &[u8], end: usize) -> Option<Range<usize>> {
    let (tie, start) = tie(text, end)?;
    // What stars stand for is masked already.
    if text[end..start].windows(3).any(|three| three == b"***") {
        return None;
    }
    let quote = text.get(start).copied().filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    let start = start + usize::from(quote.is_some());
    let most = text.len().min(start + LONGEST);
    let ends = |&i: &usize| match quote {
        Some(mark) => text[i] == mark || is(text[i], NEWLINE),
        None => is(text[i], SPACE | NEWLINE) || matches!(text[i], b'"' | b'<' | b'\''),
    };
    let mut stop = (start..most).find(ends).unwrap_or(most);
    if quote.is_none() {
        while stop > start && matches!(text[stop - 1], b'.' | b',' | b';' | b')' | b'?' | b':' | b'}' | b']' | b'>') {
            stop -= 1;
        }
        // In a query or a list the value ends at its separator.
        if let Some(cut) = text[start..stop].iter().position(|byte| matches!(byte, b'&' | b',' | b';' | b'|')) {
            stop = start + cut;
        }
    }
    (looks_secret(&text[start..stop], tie, quote.is_some()) && !is_queue(text, stop)).then_some(start..stop)
}

fn skip_spaces(text: &[u8], at: usize) -> usize {
    (at..text.len()).find(|&i| !is(text[i], SPACE | INVISIBLE) && !matches!(text[i], b'*' | b'_')).unwrap_or(text.len())
}

fn tie(text: &[u8], end: usize) -> Option<(Tie, usize)> {
    // The key of a JSON object is closed by a quote before its colon.
    let after_quote = end + usize::from(text.get(end).is_some_and(|byte| matches!(byte, b'"' | b'\'')));
    let next = skip_spaces(text, after_quote);
    if matches!(text.get(next), Some(b':' | b'=')) {
        let arrow = usize::from(text.get(next + 1) == Some(&b'>'));
        return Some((Tie::Sign, skip_spaces(text, next + 1 + arrow)));
    }
    if after_quote > end || next == end {
        return None;
    }
    let word = word_end(text, next.min(text.len() - 1).max(end));
    let folded: Vec<u8> = text.get(next..word)?.iter().map(|&byte| FOLD[usize::from(byte)]).collect();
    if VERBS.contains(&folded.as_slice()) {
        let mut start = skip_spaces(text, word);
        if matches!(text.get(start), Some(b':' | b'=')) {
            start = skip_spaces(text, start + 1);
        }
        return Some((Tie::Verb, start));
    }
    Some((Tie::Space, next))
}

/// Whether what follows a label is a secret: any word after a sign; after a verb or a space, what no word looks like.
fn looks_secret(value: &[u8], tie: Tie, quoted: bool) -> bool {
    let lower: Vec<u8> = value.iter().map(|&byte| FOLD[usize::from(byte)]).collect();
    let masked = value.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'\xB7'));
    let variable = matches!(value.first(), Some(b'$' | b'<' | b'{' | b'['))
        || value.starts_with(b"%s")
        || value.starts_with(b"%(");
    if value.len() < 3
        || masked
        || variable
        || NO_VALUE.contains(&lower.as_slice())
        || value.windows(3).any(|three| three == b"://")
    {
        return false;
    }
    let digits = value.iter().filter(|&&byte| is(byte, DIGIT)).count();
    let inside = value.iter().any(|&byte| matches!(byte, b'@' | b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+'));
    let mixed = value.windows(2).any(|two| is(two[0], LETTER) && !is(two[0], UPPER) && is(two[1], UPPER));
    match tie {
        Tie::Sign => quoted || digits > 0 || inside || value.len() >= 4,
        Tie::Verb => digits > 0 || inside || mixed || quoted,
        Tie::Space => {
            digits >= 2 && (digits == value.len() && (4..=8).contains(&digits) || digits < value.len())
                || inside && digits > 0
        }
    }
}

/// Whether the words after a value say that it is a place in a queue.
fn is_queue(text: &[u8], end: usize) -> bool {
    let rest: Vec<u8> = text[end..text.len().min(end + 30)].iter().map(|&byte| FOLD[usize::from(byte)]).collect();
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
