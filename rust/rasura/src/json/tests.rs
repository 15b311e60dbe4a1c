//! Seeded texts, most of them nearly JSON: what is read agrees with a parser that takes one character after the other, and a
//! document does not depend on how its text is laid out, escaped or held.

use super::{Builder, Document, Fault, Scope};
use crate::engine::Engine;
use crate::view::Source;

/// The next number of a sequence that is the same everywhere (splitmix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as usize
}

/// Where a value ends that begins at `at`, blanks around it with it; the obvious way.
fn slow(text: &[u8], at: usize) -> Option<usize> {
    let blank = |mut at: usize| {
        while at < text.len() && b" \n\r\t".contains(&text[at]) {
            at += 1;
        }
        at
    };
    let start = blank(at);
    let end = match *text.get(start)? {
        open @ (b'{' | b'[') => {
            let close = if open == b'{' { b'}' } else { b']' };
            let mut at = blank(start + 1);
            if text.get(at) != Some(&close) {
                loop {
                    if open == b'{' {
                        at = blank(slow_string(text, blank(at))?);
                        if text.get(at) != Some(&b':') {
                            return None;
                        }
                        at += 1;
                    }
                    at = slow(text, at)?;
                    match text.get(at) {
                        Some(b',') => at += 1,
                        Some(byte) if *byte == close => break,
                        _ => return None,
                    }
                }
            }
            at + 1
        }
        b'"' => slow_string(text, start)?,
        _ => {
            let words = ["true", "false", "null", "NaN", "Infinity", "-Infinity"];
            let word = words.iter().find(|word| text[start..].starts_with(word.as_bytes()));
            word.map_or_else(|| slow_number(text, start), |word| Some(start + word.len()))?
        }
    };
    Some(blank(end))
}

fn slow_string(text: &[u8], start: usize) -> Option<usize> {
    if text.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match *text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' if *text.get(at + 1)? == b'u' => {
                if !text.get(at + 2..at + 6)?.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                at += 6;
            }
            b'\\' if b"\"\\/bfnrt".contains(text.get(at + 1)?) => at += 2,
            b'\\' | 0..=0x1f => return None,
            _ => at += 1,
        }
    }
}

fn slow_number(text: &[u8], start: usize) -> Option<usize> {
    let digits = |at: usize| text[at.min(text.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = start + usize::from(text[start] == b'-');
    let whole = digits(at);
    if whole == 0 {
        return None;
    }
    at += if text[at] == b'0' { 1 } else { whole };
    if text.get(at) == Some(&b'.') {
        at += 1 + Some(digits(at + 1)).filter(|&count| count > 0)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at += Some(digits(at)).filter(|&count| count > 0)?;
    }
    Some(at)
}

fn read(text: &str) -> Result<Document, Fault> {
    Document::read(Source::Utf8(text.as_bytes()), usize::MAX)
}

#[test]
fn what_is_read_is_what_the_obvious_parser_reads() {
    const PIECES: [&str; 26] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"cpf\":",
        " ",
        "\n",
        "1",
        "0",
        "-",
        ".5",
        "e+3",
        "true",
        "null",
        "NaN",
        "-Infinity",
        "\\",
        "\\u00e9",
        "\\\"",
        "é",
        "[[",
        "]]",
    ];
    let (mut state, mut valid) = (7, 0);
    for _ in 0..200_000 {
        let length = 1 + next(&mut state) % 9;
        let text: String = (0..length).map(|_| PIECES[next(&mut state) % PIECES.len()]).collect();
        let expected = slow(text.as_bytes(), 0) == Some(text.len());
        assert_eq!(read(&text).is_ok(), expected, "{text}");
        valid += usize::from(expected);
    }
    assert!(valid > 1_000, "{valid} of them are JSON");
}

/// A value with blanks and escapes anywhere, and the same without.
fn value(state: &mut u64, depth: usize, loose: &mut String, tight: &mut String) {
    const NUMBERS: [&str; 6] = ["52998224725", "-1.5", "0", "1234567891", "1e3", "17.25"];
    match next(state) % if depth == 0 { 2 } else { 4 } {
        0 => {
            let number = NUMBERS[next(state) % NUMBERS.len()];
            loose.push_str(number);
            tight.push_str(number);
        }
        1 => string(state, loose, tight),
        kind => {
            loose.push(if kind == 2 { '[' } else { '{' });
            tight.push(if kind == 2 { '[' } else { '{' });
            for number in 0..next(state) % 4 {
                if number > 0 {
                    loose.push_str([",", " , ", "\n,\t"][next(state) % 3]);
                    tight.push(',');
                }
                if kind == 3 {
                    string(state, loose, tight);
                    loose.push_str([":", " : ", ":\r\n"][next(state) % 3]);
                    tight.push(':');
                }
                value(state, depth - 1, loose, tight);
            }
            loose.push_str(["", "  ", "\n"][next(state) % 3]);
            loose.push(if kind == 2 { ']' } else { '}' });
            tight.push(if kind == 2 { ']' } else { '}' });
        }
    }
}

fn string(state: &mut u64, loose: &mut String, tight: &mut String) {
    const STRINGS: [&str; 8] = ["cpf", "529.982.247-25", "é", "tipo", "numero", "x y", "52998224725", "漢👋"];
    let text = STRINGS[next(state) % STRINGS.len()];
    tight.extend(["\"", text, "\""]);
    loose.push('"');
    for character in text.chars() {
        let mut units = [0; 2];
        if next(state).is_multiple_of(3) {
            let escapes = character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04X}"));
            loose.extend(escapes);
        } else {
            loose.push(character);
        }
    }
    loose.push('"');
}

/// The text with its changes, by characters.
fn redacted(text: &str, source: Source<'_>) -> String {
    let document = Document::read(source, usize::MAX).unwrap();
    let changes = Engine::shared().cut_json(&document, &Scope::default(), &|key| document.key(key, source));
    let (mut out, mut from) = (String::new(), 0);
    let characters: Vec<char> = text.chars().collect();
    for cut in document.place(source, changes) {
        out.extend(&characters[from..cut.start]);
        out.push_str(cut.word.as_str());
        from = cut.end;
    }
    out.extend(&characters[from..]);
    out
}

#[test]
fn layout_escapes_and_the_kind_of_string_change_nothing() {
    let mut state = 11;
    for _ in 0..3_000 {
        let (mut loose, mut tight) = (String::new(), String::new());
        value(&mut state, 4, &mut loose, &mut tight);
        let (first, second) = (read(&loose).unwrap(), read(&tight).unwrap());
        assert_eq!(first.text(), second.text(), "{loose}");
        let wide: Vec<u32> = loose.chars().map(u32::from).collect();
        let same = Document::read(Source::Ucs4(&wide), usize::MAX).unwrap();
        assert_eq!(same.text(), second.text(), "{loose}");
        let redacted = redacted(&loose, Source::Ucs4(&wide));
        let again = read(&redacted).unwrap();
        let changes = Engine::shared().cut_json(&again, &Scope::default(), &|_| String::new());
        assert!(changes.is_empty(), "{loose} {redacted}");
    }
}

#[test]
fn what_was_written_stays_where_nothing_was_found() {
    let text = "{ \"a\" : [1.50, -0, 1E400, \"\\u0041\"] , \"cpf\":52998224725 }";
    assert_eq!(redacted(text, Source::Latin1(text.as_bytes())), text.replace("52998224725", "\"[CPF]\""));
}

#[test]
fn limits_are_told() {
    assert_eq!(read(&"[".repeat(129)).unwrap_err(), Fault::Deep);
    assert!(read(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    assert_eq!(read("[1,]").unwrap_err(), Fault::Invalid { at: 3 });
    assert_eq!(read("").unwrap_err(), Fault::Invalid { at: 0 });
    let mut builder = Builder::new(10);
    assert_eq!(builder.string(Source::Latin1(b"0123456789")), Err(Fault::Large));
}

#[test]
fn a_document_stays_in_proportion_to_its_text() {
    let key = "k".repeat(32);
    let text = format!("{{\"{key}\":[{}]}}", vec!["12345"; 10_000].join(","));
    assert!(read(&text).unwrap().text().len() < 8 * text.len());
}
