//! Web addresses, from the word that begins them, and the user and the password in one, from their `@`.

use std::ops::Range;

use super::{run, run_before};
use crate::view::class::{DIGIT, LETTER, is};

/// What addresses begin with.
const SCHEMES: [&[u8]; 16] = [
    b"https",
    b"http",
    b"ftp",
    b"ftps",
    b"sftp",
    b"ssh",
    b"git",
    b"postgres",
    b"postgresql",
    b"mysql",
    b"mongodb",
    b"mongodb+srv",
    b"redis",
    b"amqp",
    b"amqps",
    b"smtp",
];
/// The first three letters of those, and of `www`.
pub(crate) const BEGINNINGS: [[u8; 3]; 12] =
    [*b"htt", *b"ftp", *b"sft", *b"ssh", *b"git", *b"pos", *b"mys", *b"mon", *b"red", *b"amq", *b"smt", *b"www"];
/// The longest address.
const LONGEST: usize = 2048;
/// The longest user with a password.
const CREDENTIALS: usize = 256;

/// The address that begins with the word at `at`.
pub(super) fn at_word(text: &[u8], at: usize) -> Option<Range<usize>> {
    let scheme = run(text, at, 12, |byte| byte.is_ascii_alphabetic() || byte == b'+');
    let word = text[at..at + scheme].to_ascii_lowercase();
    let body = if SCHEMES.contains(&&*word) && text[at + scheme..].starts_with(b"://") {
        at + scheme + 3
    } else if word == b"www" && text.get(at + 3) == Some(&b'.') {
        at + 4
    } else {
        return None;
    };
    let mut end = body + run(text, body, LONGEST, is_inside);
    while end > body && ends_sentence(text, at, end) {
        end -= 1;
    }
    let host = run(text, body, LONGEST, |byte| is(byte, LETTER | DIGIT) || matches!(byte, b'.' | b'-'));
    let dotted =
        text[body..body + host].iter().rposition(|&byte| byte == b'.').is_some_and(|dot| dot > 0 && dot + 1 < host);
    (end > body + 2 && (dotted || word != b"www")).then_some(at..end)
}

fn is_inside(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !byte.is_ascii_control() && !matches!(byte, b'<' | b'>' | b'"' | b'\'' | b'`' | 0xA0)
}

/// Whether the last character belongs to the sentence: a mark, or a bracket that nothing in the address opens.
fn ends_sentence(text: &[u8], start: usize, end: usize) -> bool {
    let closes = |open: u8, close: u8| {
        let balance = text[start..end].iter().map(|&byte| i32::from(byte == open) - i32::from(byte == close));
        balance.sum::<i32>() < 0
    };
    match text[end - 1] {
        b'.' | b',' | b';' | b':' | b'!' | b'?' | b'*' | b'|' | b'\\' => true,
        b')' => closes(b'(', b')'),
        b']' => closes(b'[', b']'),
        b'}' => closes(b'{', b'}'),
        _ => false,
    }
}

/// The user and the password before the `@` at `at`, as in `https://ana:s3nh4@host`.
pub(super) fn credentials(text: &[u8], at: usize) -> Option<Range<usize>> {
    let inside = |byte| is_inside(byte) && !matches!(byte, b'/' | b'@');
    let start = at - run_before(text, at, CREDENTIALS, inside);
    let user = text[start..at].iter().position(|&byte| byte == b':')?;
    let host = text.get(at + 1).is_some_and(|&byte| is(byte, LETTER | DIGIT) || matches!(byte, b'$' | b'{' | b'['));
    let (secret, address) = (&text[start + user + 1..at], text[..start].ends_with(b"://"));
    // `${PASSWORD}`, `<password>` and `****` are none.
    let variable = matches!(secret.first(), None | Some(b'$' | b'{' | b'%' | b'[')) && !secret.starts_with(b"%4");
    let masked = secret.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.'));
    (address && host && !variable && !masked).then_some(start..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<&str> {
        let at = text.find("http").or_else(|| text.find("www")).or_else(|| text.find("postgres"))?;
        at_word(text.as_bytes(), at).map(|range| &text[range])
    }

    fn secret(text: &str) -> Option<&str> {
        credentials(text.as_bytes(), text.find('@')?).map(|range| &text[range])
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        assert_eq!(address("veja https://exemplo.com/a?b=1."), Some("https://exemplo.com/a?b=1"));
        assert_eq!(address("(www.exemplo.com.br)"), Some("www.exemplo.com.br"));
        assert_eq!(address("https://pt.exemplo.org/wiki/X_(y), sim"), Some("https://pt.exemplo.org/wiki/X_(y)"));
        assert_eq!(address("<a href=\"http://localhost:8080/x\">"), Some("http://localhost:8080/x"));
        assert_eq!(address("postgres://u@db/x"), Some("postgres://u@db/x"));
        for none in ["http: 12", "www", "www. exemplo", "httpx://exemplo.com"] {
            assert_eq!(address(none), None, "{none}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_found() {
        assert_eq!(secret("https://ana:s3nh4@db.exemplo.com/x"), Some("ana:s3nh4"));
        assert_eq!(secret("redis://:abc123@cache:6379"), Some(":abc123"));
        for none in [
            "https://ana@exemplo.com",
            "ana:s3nh4@exemplo.com",
            "https://u:${SENHA}@exemplo.com",
            "https://u:****@exemplo.com",
            "https://exemplo.com/a:b@c",
        ] {
            assert_eq!(secret(none), None, "{none}");
        }
    }
}
