//! The places found, against looking at every place; what each kind is.

use super::*;
use crate::naive::corpus::Random;

/// The places of a text that may read otherwise.
fn of(text: &[u8]) -> Vec<(usize, Otherwise)> {
    let mut all = Vec::new();
    each(text, true, |at, what| all.push((at, what)));
    all.retain(|seen| seen.1 != Otherwise::Word);
    all
}

/// The same, looking at every place.
fn slowly(text: &[u8], mut wide: bool) -> Vec<(usize, Otherwise)> {
    let mut all = Vec::new();
    for seen in (0..text.len()).filter_map(|at| look(text, at)) {
        if seen.1 != Otherwise::Glyph || std::mem::take(&mut wide) {
            all.push(seen);
        }
    }
    all
}

#[test]
fn each_is_seen() {
    for (what, yes, no) in [
        (Otherwise::Escape, ["a&b", "%4a", "a=3D"], ["a-b", "10% ", "a=20"]),
        (Otherwise::Escape, ["5<b x='1'>", "5.<b>", "5 <b>"], ["a<b>", "5a<b>", "<b>5"]),
        (Otherwise::Blurred, ["5l", "l5", "O1"], ["5 l", "k5", "b5"]),
        (Otherwise::Float, ["1234567.0", "1234567,0", "5.29982E1"], ["1234567.5", "1234.0", "529E-"]),
        (
            Otherwise::Glyph,
            ["\u{a6}\u{a6}\u{a6}\u{a6}", "\u{ad}5", "\u{aa}"],
            ["\u{a6}\u{a6}\u{a6} ", "\u{b2}\u{b2}\u{b2}", "\u{e1}"],
        ),
        (Otherwise::Address, ["a DOT b", "arroba", "(at)"], ["don", "rot", "(b)"]),
    ] {
        let view = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<_>>();
        let has = |text: &&str| of(&view(text)).iter().any(|seen| seen.1 == what);
        assert!(yes.iter().all(has), "{yes:?}");
        assert!(!no.iter().any(has), "{no:?}");
    }
}

#[test]
fn the_sieve_keeps_what_looking_at_every_place_finds() {
    let mut random = Random::new(3);
    let kinds: [&[u8]; 3] = [b"5l.0eE+dot@(a =", b"abc d\xa6\xadxyz12 .\xaa", b"%&=\\<\n4AaF?oOrRbBtTSI[{,9"];
    for _ in 0..40_000 {
        let kinds = kinds[random.below(kinds.len())];
        let length = if random.once_in(20) { 600 } else { 150 };
        let text: Vec<u8> = (0..random.below(length)).map(|_| kinds[random.below(kinds.len())]).collect();
        for wide in [false, true] {
            let mut found = Vec::new();
            each(&text, wide, |at, what| found.push((at, what)));
            found.retain(|seen| seen.1 != Otherwise::Word);
            assert_eq!(found, slowly(&text, wide), "{text:?}");
        }
    }
}

#[test]
fn one_word_is_looked_at_in_each_part_of_a_block() {
    let mut random = Random::new(9);
    for _ in 0..20_000 {
        let text: Vec<u8> = (0..random.below(700)).map(|_| b"ab1 ."[random.below(5)]).collect();
        let mut found = Vec::new();
        each(&text, false, |at, what| found.extend((what == Otherwise::Word).then_some(at)));
        let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphabetic);
        let begins = |at: usize| letter(at) && letter(at + 1) && letter(at + 2) && (at == 0 || !letter(at - 1));
        let part = |at: usize| (at / BLOCK, (at % BLOCK / 21).min(2));
        let mut words: Vec<usize> = (0..text.len()).filter(|&at| begins(at)).collect();
        words.dedup_by_key(|at| part(*at));
        assert_eq!(found, words, "{text:?}");
    }
}

type Variant = fn(&[u8], bool, &mut Sieved) -> usize;

/// All variants that this CPU has, but for the plain one.
fn variants() -> Vec<Variant> {
    let mut all: Vec<Variant> = vec![sieve];
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        all.push(|rest, wide, sieved| unsafe { avx2::sieve(rest, wide, sieved) });
    }
    all
}

#[test]
fn every_variant_keeps_what_the_plain_one_keeps() {
    let mut random = Random::new(7);
    for _ in 0..20_000 {
        let text: Vec<u8> = (0..random.below(700)).map(|_| random.below(256) as u8).collect();
        let wide = random.once_in(2);
        let mut plain = Sieved::default();
        let count = sieve::sieve(&text, wide, &mut plain);
        for variant in variants() {
            let mut sieved = Sieved::default();
            assert_eq!(variant(&text, wide, &mut sieved), count);
            for n in 0..count {
                // Halves of bytes may keep more.
                assert_eq!(plain.hits[n] & !sieved.hits[n], 0, "block {n} of {text:?}");
                assert_eq!(plain.letters[n], sieved.letters[n], "block {n} of {text:?}");
            }
            assert_eq!(plain.letters[count] & 3, sieved.letters[count] & 3, "{text:?}");
        }
    }
}

/// Of ordinary text the sieve leaves few places.
#[test]
fn a_sieve_of_letters_leaves_one_place_in_a_hundred() {
    let text = "Bom dia, o pedido 4471 chegou todo molhado ontem às 10h30. Quero falar com um atendente (urgente)!\n"
        .repeat(30);
    let text: Vec<u8> = text.chars().map(|c| c as u8).collect();
    for variant in variants() {
        let mut sieved = Sieved::default();
        let count = variant(&text, true, &mut sieved);
        let kept: u32 = sieved.hits[..count].iter().map(|hits| hits.count_ones()).sum();
        assert!(kept as usize * 100 <= count * BLOCK, "{kept}");
    }
}
