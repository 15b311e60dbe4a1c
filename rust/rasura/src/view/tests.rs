//! Every character through every kind of source, and UTF-8 against `std`.

use super::*;
use crate::naive::corpus::Random;

/// Characters of a `str`, as Python's widest kind of string holds them.
fn units(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

fn narrowed(text: &str) -> Vec<u8> {
    View::ucs4(&units(text), &mut Vec::new()).bytes().to_vec()
}

/// The obvious decoder.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in text.utf8_chunks() {
        out.extend(chunk.valid().chars().map(|character| narrow_char(u32::from(character))));
        out.extend(chunk.invalid().iter().map(|_| BARRIER));
    }
    out
}

/// The obvious way from characters to bytes.
fn starts(text: &[u8]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        out.extend(chunk.valid().char_indices().map(|(offset, _)| at + offset));
        at += chunk.valid().len();
        out.extend(at..at + chunk.invalid().len());
        at += chunk.invalid().len();
    }
    out.push(at);
    out
}

fn check_utf8(text: &[u8]) {
    let mut scratch = vec![b'?'; 7];
    let view = View::utf8(text, &mut scratch);
    assert_eq!(view.bytes(), decoded(text), "{text:?}");
    let starts = starts(text);
    let mut offsets: Vec<usize> = (0..=view.len()).collect();
    view.source_offsets(&mut offsets);
    assert_eq!(offsets, starts, "{text:?}");
    let mut some: Vec<usize> = (0..=view.len()).step_by(7).chain([view.len() + 9]).collect();
    view.source_offsets(&mut some);
    let expected: Vec<usize> = starts.iter().copied().step_by(7).chain([text.len()]).collect();
    assert_eq!(some, expected, "{text:?}");
}

#[test]
fn below_0x100_every_character_is_itself() {
    for character in 0..0x100 {
        assert_eq!(u32::from(narrow_char(character)), character);
    }
}

#[test]
fn what_looks_like_ascii_becomes_it() {
    assert_eq!(narrowed("٠١٢۳४५৬７𝟖𝟿"), b"0123456789");
    assert_eq!(narrowed("‐‑‒–—―−⁃－﹣➖"), [b'-'; 11]);
    assert_eq!(narrowed("\u{2000}\u{2009}\u{202f}\u{205f}\u{3000}\u{1680}\u{2800}"), [b' '; 7]);
    assert_eq!(narrowed("\u{2028}\u{2029}"), b"\n\n");
    assert_eq!(narrowed("‘’‚‛“”„‟"), b"''''\"\"\"\"");
    assert_eq!(narrowed("Ａｚ＠．：（）＃＂"), b"Az@.:()#\"");
    assert_eq!(narrowed("。｡․⁄∕"), b"...//");
}

#[test]
fn the_rest_becomes_a_reserved_byte() {
    assert_eq!(
        narrowed("\u{200b}\u{200d}\u{feff}\u{301}\u{20e3}\u{fe0f}\u{3164}\u{115f}\u{ffa0}\u{34f}"),
        [INVISIBLE; 10]
    );
    assert_eq!(narrowed("\u{e0001}\u{e0041}\u{e01ef}\u{e0fff}\u{2065}\u{fff0}"), [INVISIBLE; 6]);
    assert_eq!(narrowed("ĀЖ주民אᄀ𝐀ﬁⅎ"), [LETTER; 9]);
    assert_eq!(narrowed("€₩₿￥"), [CURRENCY; 4]);
    assert_eq!(narrowed("•‧∙⋅・･"), [DOT; 6]);
    assert_eq!(narrowed("😀№①⁵…™Ⅷ\u{e000}\u{378}\u{fffd}\u{10ffff}"), [SYMBOL; 11]);
    assert_eq!(narrow_char(0xd800), SYMBOL);
    assert_eq!(narrow_char(0x11_0000), SYMBOL);
    assert_eq!(narrow_char(u32::MAX), SYMBOL);
}

#[test]
fn every_character_is_the_same_in_every_kind_of_source() {
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    let expected: Vec<u8> = all.iter().map(|&character| narrow_char(u32::from(character))).collect();
    let (mut scratch, text) = (Vec::new(), all.iter().collect::<String>());
    assert_eq!(View::utf8(text.as_bytes(), &mut scratch).bytes(), expected);
    let wide = units(&text);
    assert_eq!(View::ucs4(&wide, &mut scratch).bytes(), expected);
    let units: Vec<u16> = (0..=u16::MAX).collect();
    let expected: Vec<u8> = units.iter().map(|&unit| narrow_char(u32::from(unit))).collect();
    assert_eq!(View::ucs2(&units, &mut scratch).bytes(), expected);
    let latin1: Vec<u8> = (0..=u8::MAX).collect();
    assert_eq!(View::latin1(&latin1).bytes(), &expected[..256]);
}

#[test]
fn every_character_alone_and_in_a_sentence_is_decoded() {
    let mut text = String::new();
    for character in ('\u{80}'..=char::MAX).step_by(5) {
        text.clear();
        text.push(character);
        check_utf8(text.as_bytes());
        text.insert_str(0, "Um texto de mais de um bloco, ");
        text.push('.');
        check_utf8(text.as_bytes());
    }
}

#[test]
fn what_is_not_utf8_becomes_barriers() {
    let bad: [&[u8]; 10] = [
        b"\x80",
        b"\xff",
        b"\xc0\xaf",
        b"\xc1\xbf",
        b"\xe0\x9f\xbf",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xf0\x8f\xbf\xbf",
        b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80",
    ];
    for bytes in bad {
        check_utf8(bytes);
        assert_eq!(View::utf8(bytes, &mut Vec::new()).bytes(), vec![BARRIER; bytes.len()]);
    }
    for cut in ["é", "€", "😀"] {
        for len in 1..cut.len() {
            check_utf8(&[b"antes ", &cut.as_bytes()[..len], b" depois de um bloco inteiro"].concat());
        }
    }
}

#[test]
fn random_mixtures_of_good_and_bad_are_decoded() {
    let parts: [&[u8]; 12] = [
        b"a",
        b"CPF: 529.982.247-25 ",
        "é".as_bytes(),
        "ção".as_bytes(),
        "Ж".as_bytes(),
        "民".as_bytes(),
        "😀".as_bytes(),
        b"\x80",
        b"\xc3",
        b"\xe2\x82",
        b"\xf0\x9f\x98",
        b"\xed\xa0\x80",
    ];
    let mut random = Random::new(0x5eed);
    for _ in 0..20_000 {
        let mut text = Vec::new();
        for _ in 0..random.below(24) {
            text.extend_from_slice(parts[random.below(parts.len())]);
            if random.below(16) == 0 {
                text.push(random.below(256) as u8);
            }
        }
        check_utf8(&text);
    }
}

#[test]
fn each_place_around_a_block_border_is_decoded() {
    for len in 0..=70 {
        for at in 0..len {
            for part in ["é", "€", "😀", "\u{1a}"] {
                let mut text = vec![b'x'; len];
                text.splice(at..at, part.bytes());
                check_utf8(&text);
                text.truncate(len);
                check_utf8(&text);
            }
        }
    }
}

#[test]
fn ascii_and_latin1_are_read_where_they_lie() {
    let mut scratch = Vec::new();
    assert!(core::ptr::eq(View::utf8(b"nada", &mut scratch).bytes(), b"nada"));
    assert!(scratch.is_empty());
    let latin1 = [0xe9, 0x20];
    assert!(core::ptr::eq(View::latin1(&latin1).bytes(), &raw const latin1[..]));
}

#[test]
fn offsets_of_strings_are_themselves_and_a_map_is_followed() {
    let view = View::latin1(b"abcdef");
    let mut offsets = [0, 3, 6, 7];
    view.source_offsets(&mut offsets);
    assert_eq!(offsets, [0, 3, 6, 6]);
    let text = "é½😀".as_bytes();
    let view = View { bytes: b"e1/2?", offsets: Some(&[0, 1, 1, 1, 2, 3]), source: Source::Utf8(text) };
    let mut offsets = [0, 1, 4, 5, 99];
    view.source_offsets(&mut offsets);
    assert_eq!(offsets, [0, 2, 4, 8, 8]);
}

#[test]
fn a_scratch_may_be_longer_or_shorter_than_the_text() {
    let mut scratch = Vec::with_capacity(40);
    for len in [3, 60, 35, 0, 61, 1000, 17] {
        let units = vec![0x20ac_u16; len];
        let view = View::ucs2(&units, &mut scratch);
        assert_eq!(view.bytes(), vec![CURRENCY; len]);
        assert_eq!((view.len(), view.is_empty()), (len, len == 0));
    }
}
