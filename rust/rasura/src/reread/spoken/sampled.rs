//! The sampling against reading every word, on random texts, and long texts.

use crate::naive::corpus::Random;
use crate::reread::unite;

use super::tests::{check, rewritten, sampled, view};
use super::*;

const NUMBERS: &[&str] = &[
    "zero",
    "um",
    "dois",
    "três",
    "tres",
    "meia",
    "sete",
    "vinte",
    "cinquenta e dois",
    "dezesseis",
    "cento e onze",
    "uno",
    "cuatro",
    "veintitrés",
    "treinta y uno",
    "quinientos",
    "one",
    "two",
    "five",
    "eight",
    "forty",
    "fifty-two",
    "oh",
    "dos",
    "double five",
    "dois zeros",
    "noventa",
    "98",
    "4",
    "mil",
];
const BETWEEN: &[&str] =
    &[" ", " ", " ", ", ", " e ", " y ", "... ", "\n", " depois ", " ponto ", " dot ", "-", " , é, ", " then "];
const PROSE: &[&str] = &[
    "olá",
    "meu",
    "número",
    "é",
    "o",
    "de",
    "para",
    "então",
    "obrigado",
    "pedido",
    "my",
    "house",
    "is",
    "casa",
    "ayer",
    "con",
    "R$ 15,00",
    "12/05/2024",
    "a",
    "que",
    "não",
    "uma",
    "responsabilidade",
    "arroba",
    "ana",
    "at",
    "gmail",
    "dot",
    "com",
    "ponto",
    "(a)",
    "@",
    ".",
    "?",
    "[at]",
    "ponto com",
    "x.y@example.com",
];

fn text(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..=random.below(4) {
        for _ in 0..random.below(10) {
            text.push_str(random.pick(PROSE));
            text.push(' ');
        }
        for _ in 0..random.below(14) {
            text.push_str(random.pick(NUMBERS));
            text.push_str(random.pick(BETWEEN));
        }
    }
    view(&text)
}

/// What [`stretches`] finds, the slow way: every word is read.
fn obvious(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut pieces = Vec::new();
    let (mut at, mut least) = (0, 0);
    while let Some(address) = email::next(text, at..text.len(), least, &mut pieces) {
        at = address.end;
        least = at;
        found.push(address);
    }
    let mut dictation = Dictation::new(Tokens::new(text, text.len()));
    let mut at = 0;
    while let Some(run) = dictation.next(&mut at) {
        found.push(run.place);
    }
    unite(&mut found);
    found
}

/// Whether words of three letters or more begin so far apart that the sampling cannot miss all of them.
fn is_spread(text: &[u8]) -> bool {
    let begins = |&at: &usize| {
        let letter =
            |at: usize| text.get(at).is_some_and(u8::is_ascii_alphabetic) || text.get(at).is_some_and(|&b| b >= 0xc0);
        letter(at) && letter(at + 1) && letter(at + 2) && (at == 0 || !letter(at - 1))
    };
    let first = (0..text.len()).find(begins);
    let last = (0..text.len()).rev().find(begins);
    first.zip(last).is_some_and(|(first, last)| last - first >= 28)
}

#[test]
fn looking_at_some_words_finds_what_reading_all_of_them_does() {
    let mut random = Random::new(7);
    let (mut all, mut missed, mut unread) = (0, 0, 0);
    for _ in 0..40_000 {
        let text = text(&mut random);
        let sampled = sampled(&text);
        let obvious = obvious(&text);
        let mut some = Vec::new();
        stretches(&text, &mut some);
        unread += usize::from(some.is_empty() != obvious.is_empty());
        for range in obvious {
            all += 1;
            if !sampled.contains(&range) {
                missed += 1;
                let here = String::from_utf8_lossy(&text).into_owned();
                assert!(!is_spread(&text[range.clone()]), "{here:?} {range:?} {sampled:?}");
            }
        }
    }
    assert!(all > 10_000 && missed * 200 < all, "{missed} of {all}");
    // `mil 5098` is one word, and a copy is read for two.
    assert!(unread * 1000 < all, "{unread} of {all}");
}

#[test]
fn places_are_in_order_whatever_is_rewritten() {
    let mut random = Random::new(11);
    for _ in 0..20_000 {
        let text = text(&mut random);
        let (copy, runs) = rewritten(&text, 0..text.len());
        check(&text, &copy);
        for run in runs {
            let here = &copy.bytes[run.place.clone()];
            assert_eq!(here.iter().filter(|byte| byte.is_ascii_digit()).count(), run.digits as usize);
            assert!(here[0] == b'+' || here[0].is_ascii_digit());
            assert!(run.digits > 64 || run.spelled >> run.digits.min(63) >> 1 == 0);
            assert!(here.last().is_some_and(u8::is_ascii_digit));
        }
    }
}

/// A text of one thing many times takes time in proportion; a slow way would not end.
#[test]
fn long_texts_are_linear() {
    for unit in [
        "um ",
        "arroba ",
        "at ",
        "dot ",
        "at a dot ",
        "(a",
        "@",
        "@ ",
        "um.",
        "um, x ",
        "double ",
        "a ",
        "...",
        "mil ",
        "(",
        "uno-",
        "at dot com ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let mut ranges = Vec::new();
        stretches(text.as_bytes(), &mut ranges);
        rewritten(text.as_bytes(), 0..text.len());
    }
    let text = format!("um dois {} três", "x".repeat(1_000_000)).repeat(3);
    rewritten(text.as_bytes(), 0..text.len());
}
