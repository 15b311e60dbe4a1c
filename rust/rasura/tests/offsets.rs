//! Offsets are characters, in every kind of string and with every character of Unicode inside and beside a value.

use rasura::view::View;
use rasura::{Check, Engine, Evidence};

const VALUES: [&str; 4] = ["529.982.247-25", "ana.silva@mail.example.com", "+55 11 95555-0142", "PEGJ850412HDFRRN06"];

/// A finding without what only the engine knows.
type Found = (usize, usize, u16, u8, Check);

fn find(view: &View<'_>) -> Vec<Found> {
    let findings = Engine::shared().find(view, &Evidence::NONE);
    let mut last = 0;
    for finding in &findings {
        assert!(
            last <= finding.start && finding.start < finding.end && finding.end <= view.len(),
            "offsets run backwards or out of the text"
        );
        last = finding.end;
    }
    findings.iter().map(|f| (f.start, f.end, f.pack, f.score, f.check)).collect()
}

/// What is found, after all kinds of strings that can hold the text have agreed.
fn agreed(text: &str) -> Vec<Found> {
    let characters: Vec<u32> = text.chars().map(u32::from).collect();
    let (mut four, mut eight) = (Vec::new(), Vec::new());
    let found = find(&View::ucs4(&characters, &mut four));
    let utf8 = View::utf8(text.as_bytes(), &mut eight);
    assert_eq!(found, find(&utf8), "UTF-8 differs: {text:?}");
    if let Ok(bytes) = characters.iter().map(|&c| u8::try_from(c)).collect::<Result<Vec<_>, _>>() {
        assert_eq!(found, find(&View::latin1(&bytes)), "Latin-1 differs: {text:?}");
    }
    if let Ok(units) = characters.iter().map(|&c| u16::try_from(c)).collect::<Result<Vec<_>, _>>() {
        let mut two = Vec::new();
        assert_eq!(found, find(&View::ucs2(&units, &mut two)), "two bytes a character differ: {text:?}");
    }
    let mut offsets: Vec<usize> = found.iter().flat_map(|found| [found.0, found.1]).collect();
    let bytes: Vec<usize> =
        offsets.iter().map(|&offset| text.char_indices().nth(offset).map_or(text.len(), |(at, _)| at)).collect();
    utf8.source_offsets(&mut offsets);
    assert_eq!(offsets, bytes, "byte offsets are wrong: {text:?}");
    found
}

/// Whether what stands outside of findings is still there, in order, after redaction.
fn keeps_the_rest(text: &str, found: &[Found]) {
    let characters: Vec<char> = text.chars().collect();
    let redacted = Engine::shared().redact(text);
    let (mut rest, mut from) = (redacted.as_ref(), 0);
    for &(start, end, ..) in found {
        let between: String = characters[from..start].iter().collect();
        rest = rest.strip_prefix(between.as_str()).expect("what stands before a finding is untouched");
        rest = rest.split_once(']').expect("a placeholder ends").1;
        from = end;
    }
    assert_eq!(rest, characters[from..].iter().collect::<String>(), "{text:?}");
}

fn around(value: &str, c: char) -> [String; 3] {
    let middle = value.len() / 2;
    [format!("{c}{value}"), format!("{}{c}{}", &value[..middle], &value[middle..]), format!("{value}{c}")]
}

#[test]
fn every_character_may_stand_before_inside_and_after_a_value() {
    for (n, c) in ('\0'..=char::MAX).enumerate() {
        // Beyond the alphabets one value a character is enough: characters differ by their byte of the view alone.
        let values = if n < 0x3000 { &VALUES[..] } else { &VALUES[n % 4..=n % 4] };
        for value in values {
            for text in around(value, c) {
                let found = agreed(&text);
                if n % 64 == 0 || n < 0x3000 {
                    keeps_the_rest(&text, &found);
                }
            }
        }
    }
}

#[test]
fn what_is_invisible_hides_no_value() {
    let invisible = ('\0'..=char::MAX).filter(|&c| rasura::view::narrow_char(u32::from(c)) == rasura::view::INVISIBLE);
    for c in invisible {
        for value in VALUES {
            for (place, text) in around(value, c).iter().enumerate() {
                let found = agreed(text);
                let whole = (usize::from(place == 0), value.chars().count() + usize::from(place < 2));
                let covered = found.iter().any(|&(start, end, ..)| start <= whole.0 && whole.1 <= end);
                assert!(covered, "U+{:04X} hides {value} at {place}: {found:?}", u32::from(c));
            }
        }
    }
}

#[test]
fn every_digit_of_unicode_is_read_by_its_value() {
    for zero in ('\u{80}'..=char::MAX).filter(|&c| rasura::view::narrow_char(u32::from(c)) == b'0') {
        let digits: Vec<char> = (0..10).filter_map(|n| char::from_u32(u32::from(zero) + n)).collect();
        for value in [VALUES[0], VALUES[2], VALUES[3]] {
            let text: String =
                value.chars().map(|c| c.to_digit(10).map_or(c, |digit| digits[digit as usize])).collect();
            let found = agreed(&text);
            assert!(
                matches!(found[..], [(0, end, ..)] if end == value.len()),
                "digits from U+{:04X}: {found:?}",
                u32::from(zero)
            );
        }
    }
}

#[test]
fn sequences_of_several_characters_move_no_offset() {
    let sequences = [
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "🇧🇷🇲🇽",
        "e\u{301}\u{327}",
        "\u{130}",
        "\u{fb01}",
        "1\u{fe0f}\u{20e3}",
        "\u{202e}abc\u{202c}",
        "\u{1f44d}\u{1f3fd}",
        "ß",
        "\u{1e9e}",
    ];
    for sequence in sequences {
        let length = sequence.chars().count();
        for value in VALUES {
            let found = agreed(&format!("{sequence} {value} {sequence}"));
            assert!(
                matches!(found[..], [(start, end, ..)] if start == length + 1 && end == start + value.chars().count()),
                "{sequence} {value}: {found:?}"
            );
            keeps_the_rest(&format!("{sequence} {value} {sequence}"), &found);
        }
    }
}

#[test]
fn lone_surrogates_stay_and_part_nothing_else() {
    for surrogate in 0xD800..=0xDFFF_u16 {
        for value in VALUES {
            let middle = value.len() / 2;
            for at in [0, middle, value.len()] {
                let mut units: Vec<u16> = value.encode_utf16().collect();
                units.insert(at, surrogate);
                let wide: Vec<u32> = units.iter().map(|&unit| u32::from(unit)).collect();
                let (mut two, mut four) = (Vec::new(), Vec::new());
                let found = find(&View::ucs2(&units, &mut two));
                assert_eq!(found, find(&View::ucs4(&wide, &mut four)));
                if at != middle {
                    assert_eq!(
                        found.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(),
                        [(usize::from(at == 0), value.len() + usize::from(at == 0))],
                        "{value}"
                    );
                }
            }
        }
    }
}
