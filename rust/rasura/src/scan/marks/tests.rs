//! Every variant against the obvious one.

use std::sync::LazyLock;

use super::*;
use crate::naive::corpus::Random;

type Fill = fn(&[u8], usize, &Triggers, &mut Planes, usize) -> usize;
type Look = fn(&[u8; BLOCK]) -> Letters;

static FEW: LazyLock<Triggers> =
    LazyLock::new(|| Triggers::new(&[*b"sen", *b"con", *b"cla", *b"pas", *b"pwd", *b"nip", *b"pin"]));
static NONE: LazyLock<Triggers> = LazyLock::new(|| Triggers::new(&[]));

/// More than there are buckets.
static MANY: LazyLock<Triggers> = LazyLock::new(|| {
    Triggers::new(&[
        *b"sen", *b"con", *b"cla", *b"pas", *b"pwd", *b"nip", *b"pin", *b"bea", *b"cvv", *b"cvc", *b"nas", *b"dob",
        *b"cod", *b"tok", *b"api", *b"key", *b"sec", *b"bir", *b"nac", *b"fec", *b"dat", *b"aut", *b"beg", *b"ssh",
        *b"rsa", *b"lic", *b"cuz", *b"azz", *b"zaa", *b"pzp", *b"sk-", *b"hf_", *b"bc1", *b"ced", *b"c\xE9d",
        *b"n\xFAm", *b"pa\xF3",
    ])
});

#[cfg(target_arch = "x86_64")]
fn fills() -> Vec<Fill> {
    let portable: Fill = |text, from, triggers, out, at| fill_by(portable::fill, text, from, triggers, out, at);
    let sse2: Fill = |text, from, triggers, out, at| {
        // SAFETY: SSE2 is part of x86-64.
        let variant = |text: &_, from, triggers: &_, out: &mut _, at, count| unsafe {
            sse2::fill(text, from, triggers, out, at, count);
        };
        fill_by(variant, text, from, triggers, out, at)
    };
    vec![fill, portable, sse2]
}

#[cfg(target_arch = "x86_64")]
fn looks() -> Vec<Look> {
    // SAFETY: SSE2 is part of x86-64.
    vec![portable::letters, |block| unsafe { sse2::letters(block) }, letters::of]
}

#[cfg(not(target_arch = "x86_64"))]
fn fills() -> Vec<Fill> {
    vec![fill]
}

#[cfg(not(target_arch = "x86_64"))]
fn looks() -> Vec<Look> {
    vec![portable::letters]
}

/// Compares all variants, in one call and in calls of one and two blocks.
fn check(text: &[u8], triggers: &Triggers) {
    let expected = naive::fill(text, triggers);
    for fill in fills() {
        for blocks in [1, 2, ROOM] {
            let mut found = Vec::new();
            let mut out = Planes { digits: [1; ROOM], at: [2; ROOM], words: [3; ROOM], ..Planes::default() };
            loop {
                let filled = fill(text, found.len() * BLOCK, triggers, &mut out, ROOM - blocks);
                if filled == 0 {
                    break;
                }
                found.extend((ROOM - blocks..).take(filled).map(|n| out.get(n)));
            }
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

fn check_letters(text: &[u8], from: usize) {
    let expected = naive::letters(text, from);
    assert_eq!(letters(text, from), expected, "{text:?} from {from}");
    assert_eq!(look(text, from), look::naive(text.get(from..).unwrap_or_default()), "{text:?} from {from}");
    if let Some(block) = text.get(from..).and_then(<[u8]>::first_chunk) {
        for look in looks() {
            assert_eq!(look(block), expected, "{text:?} from {from}");
        }
    }
}

fn words(text: &str) -> Vec<usize> {
    let latin1: Vec<u8> = text.chars().map(|character| u32::from(character) as u8).collect();
    check(&latin1, &FEW);
    let mut out = Planes::default();
    let filled = fill(&latin1, 0, &FEW, &mut out, 0);
    (0..filled * BLOCK).filter(|at| out.words[at / BLOCK] >> (at % BLOCK) & 1 != 0).collect()
}

#[test]
fn every_byte_around_block_borders_agrees_with_naive() {
    for at in 0..=2 * BLOCK + 3 {
        for byte in 0..=u8::MAX {
            for word in [&b"pin"[..], b"PIN", b".."] {
                // The byte as what is before a word, alone, and as each letter of a word.
                let mut text = vec![b'-'; 2 * BLOCK + 8];
                text[at] = byte;
                text[at + 1..][..word.len()].copy_from_slice(word);
                check(&text[..at + 4], &FEW);
                check(&text[..=at], &NONE);
                check_letters(&text, at / 2);
                for place in 1..3 {
                    text[at] = b'p';
                    text[at + 1] = b'i';
                    text[at + 2] = b'n';
                    text[at + place] = byte;
                    check(&text, &FEW);
                }
            }
        }
    }
}

#[test]
fn every_pair_of_bytes_before_a_word_agrees_with_naive() {
    for before in 0..=u8::MAX {
        for first in 0..=u8::MAX {
            let mut text = vec![b'.'; BLOCK - 1];
            text.extend([before, first, b'i', b'n', before, first, b'l', b'A']);
            check(&text, &FEW);
            check_letters(&text, 3);
        }
    }
}

#[test]
fn random_texts_of_every_length_agree_with_naive() {
    let parts = [
        "senha", "Con", " ", "clave", "PASS", "pwd", "nip", "ção", "É", "ß", "1", "23", "@", "s", "e", "n", "P", "i",
        "aZZ", "cuz", "datA", "×", "º", "\u{ad}", "_", "-", "ÿ", "ap", "i",
    ];
    let mut random = Random::new(0x5eed);
    for len in 0..300 {
        for _ in 0..20 {
            let mut text = Vec::new();
            while text.len() < len {
                let part = parts[random.below(parts.len())];
                text.extend(part.chars().map(|character| u32::from(character) as u8));
                if random.below(8) == 0 {
                    text.push(random.below(256) as u8);
                }
            }
            text.truncate(len);
            for triggers in [&FEW, &MANY, &NONE] {
                check(&text, triggers);
            }
            for from in [0, random.below(len + 1), len.saturating_sub(BLOCK), len, len + 5, usize::MAX] {
                check_letters(&text, from);
            }
        }
    }
}

#[test]
fn random_prefixes_agree_with_naive() {
    let mut random = Random::new(0xfeed);
    for count in 0..40 {
        // Letters with accents have the lower seven bits of others: here of a, i and z.
        for letters in [b"abcopqrz", b"abi\xE1\xE9\xFAz\xF3"] {
            let mut letter = || letters[random.below(8)];
            let prefixes: Vec<[u8; 3]> = (0..count).map(|n| [b"abipz"[n % 5], letter(), letter()]).collect();
            let triggers = Triggers::new(&prefixes);
            let other = b"ABIPZ\xC1\xC9\xDA @`1p/\xE8";
            let text: Vec<u8> =
                (0..400).map(|n| if n % 3 > 0 { letter() } else { other[n * 7 % other.len()] }).collect();
            check(&text, &triggers);
        }
    }
}

#[test]
fn a_word_begins_after_anything_but_a_letter() {
    assert_eq!(words("pin senha:x minha_clave (NIP) 1pwd \u{ad}con"), [0, 4, 18, 25, 31, 36]);
    assert_eq!(words("spin inseNha épin ªpin ÿCON"), [24]);
}

#[test]
fn a_word_may_begin_with_any_capital() {
    assert_eq!(words("userPin myPASSWORD MYPASSWORD APIn cafÉPin caféPin apin"), [4, 10, 21, 31, 39, 47]);
}

#[test]
fn case_does_not_matter() {
    assert_eq!(words("sen SEN Sen sEn seN"), [0, 4, 8, 12, 16]);
}

#[test]
fn a_word_across_a_block_border_is_marked_where_it_begins() {
    for at in BLOCK - 4..=BLOCK + 1 {
        let text = format!("{:at$}senha", "");
        assert_eq!(words(&text), [at]);
        assert_eq!(words(&text[..at + 3]), [at]);
        assert_eq!(words(&text[..at + 2]), []);
    }
}

#[test]
fn beyond_the_end_there_is_nothing() {
    for from in [BLOCK, 10 * BLOCK] {
        assert_eq!(fill(b"123", from, &FEW, &mut Planes::default(), 0), 0);
    }
    assert_eq!(fill(b"", 0, &FEW, &mut Planes::default(), 0), 0);
    assert_eq!(fill(b"123", 0, &FEW, &mut Planes::default(), ROOM), 0);
}
