//! Tokens that tell themselves by their beginning: `ghp_...`, `AKIA...`, a key between its two lines.

use std::ops::Range;

use rasura_pack::table::{Charset, Grammar, Token};

use super::{Fit, Search};
use crate::trace::Trace;
use crate::view::class::seen_before;

/// The longest line that begins or ends a key.
const LINE: usize = 80;
const END: &[u8] = b"-----END ";

impl<T: Trace> Search<'_, T> {
    /// Looks at the word at `at`, which has three letters of a token's beginning.
    pub(crate) fn token(&mut self, at: usize) {
        self.longest_token(at, at_word);
    }

    /// Looks at the digits that end at `at`, with a colon behind them.
    pub(crate) fn token_behind(&mut self, at: usize) {
        self.longest_token(at, at_digits);
    }

    fn longest_token(&mut self, at: usize, read: impl Fn(&Token, &[u8], usize) -> Option<Range<usize>>) {
        for (number, pack) in self.with_grammar(Grammar::Token) {
            let found =
                pack.tokens.iter().filter_map(|token| read(token, self.text, at)).max_by_key(ExactSizeIterator::len);
            if let Some(range) = found {
                self.judge(&[Fit::of_grammar(number, &range, pack.scores)]);
            }
        }
    }
}

/// The token whose three characters stand at `at`.
fn at_word(token: &Token, text: &[u8], at: usize) -> Option<Range<usize>> {
    if token.digits.1 > 0 { None } else { from(token, text, at.checked_sub(token.at.into())?) }
}

/// The token whose digits end at `at`.
fn at_digits(token: &Token, text: &[u8], at: usize) -> Option<Range<usize>> {
    let digits = text[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if !(usize::from(token.digits.0).max(1)..=usize::from(token.digits.1)).contains(&digits)
        || goes_on(text, at - digits)
    {
        return None;
    }
    from(token, text, at).map(|range| at - digits..range.end)
}

/// Whether what ends before a place would go on there.
fn goes_on(text: &[u8], at: usize) -> bool {
    seen_before(text, at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The token whose head begins at `start`.
pub(super) fn from(token: &Token, text: &[u8], start: usize) -> Option<Range<usize>> {
    if !text[start..].starts_with(token.head.as_bytes())
        || token.digits.1 == 0 && token.then != Charset::Armour && goes_on(text, start)
    {
        return None;
    }
    let body = start + token.head.len();
    if token.then == Charset::Armour {
        return armour(text, body).map(|end| start..end);
    }
    let most = text.len().min(body + usize::from(token.most) + 1);
    let mut end = (body..most).find(|&at| !is_in(token.then, text[at])).unwrap_or(most);
    // A full stop ends a sentence, not a token.
    while end > body && text[end - 1] == b'.' {
        end -= 1;
    }
    let (length, parts) = (end - body, text[start..end].split(|&byte| byte == b'.').count());
    let wanted = usize::from(token.least)..=usize::from(token.most);
    // One letter alone makes no token.
    let plain = text[body..end].iter().all(|&byte| byte == text[body]);
    let mixed = !token.mixed || text[body..end].iter().any(u8::is_ascii_digit);
    let marked = !token.marked || !text[body..end].iter().all(u8::is_ascii_alphabetic);
    (wanted.contains(&length) && !plain && mixed && marked && (token.parts == 0 || parts == usize::from(token.parts)))
        .then_some(start..end)
}

fn is_in(charset: Charset, byte: u8) -> bool {
    match charset {
        Charset::Letters => byte.is_ascii_alphanumeric(),
        Charset::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Charset::Hexadecimal => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        Charset::Base64url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        Charset::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
        Charset::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
        Charset::Armour => {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\n' | b'\r' | b' ' | b'\\')
        }
    }
}

/// The end of a private key whose first line goes on at `from`: its last line, or where its base64 ends.
fn armour(text: &[u8], from: usize) -> Option<usize> {
    let line = &text[from..text.len().min(from + LINE)];
    let kind = line.windows(5).position(|five| five == b"-----")?;
    if !line[..kind].ends_with(b"PRIVATE KEY") && !line[..kind].ends_with(b"PRIVATE KEY BLOCK") {
        return None;
    }
    let body = from + kind + 5;
    let end = (body..text.len()).find(|&at| !is_in(Charset::Armour, text[at])).unwrap_or(text.len());
    let rest = &text[end..text.len().min(end + LINE + END.len())];
    let closed = rest.strip_prefix(END).and_then(|rest| rest.windows(5).position(|five| five == b"-----"));
    Some(closed.map_or(end, |length| end + END.len() + length + 5))
}
