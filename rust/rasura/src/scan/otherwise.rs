//! A quick look at whether a text may read otherwise than it stands: most have nothing of the kind.
//!
//! It is plain code on lanes of bytes, which the compiler makes vectors of: of SSE2 as of the target, and once more of AVX2.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "the same code once more for a CPU feature"))]

use std::ops::Range;

use crate::view;

/// Characters that are looked at together.
const LANES: usize = 32;
/// How many characters before one and behind it are looked at with it.
const BEFORE: usize = 7;
const AFTER: usize = 2;
const WINDOW: usize = BEFORE + LANES + AFTER;

/// What a piece of text may have, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Otherwise(u8);

impl Otherwise {
    /// The beginning of an escape.
    pub(crate) const ESCAPE: Self = Self(1);
    /// A letter that looks like a digit, by a digit.
    pub(crate) const BLURRED: Self = Self(2);
    /// A decimal point before a zero, or an exponent, behind digits.
    pub(crate) const FLOAT: Self = Self(4);
    /// What stands for characters outside Latin-1 that may look like others: symbols in a row, letters, marks that nobody sees
    /// before digits or in a row.
    pub(crate) const GLYPH: Self = Self(8);
    /// Letters or marks of an address that is spoken or disguised.
    pub(crate) const ADDRESS: Self = Self(16);

    #[inline]
    pub(crate) fn has(self, what: Self) -> bool {
        self.0 & what.0 != 0
    }
}

/// Calls `found` with each piece of a text that may have something, in order.
pub(crate) fn each(text: &[u8], found: impl FnMut(Range<usize>, Otherwise)) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the CPU has AVX2.
        return unsafe { by_avx2(text, found) };
    }
    lanes(text, found);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn by_avx2(text: &[u8], found: impl FnMut(Range<usize>, Otherwise)) {
    lanes(text, found);
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "it takes the CPU features of its caller")]
fn lanes(text: &[u8], mut found: impl FnMut(Range<usize>, Otherwise)) {
    let mut at = 0;
    while at < text.len() {
        let mut padded = [b' '; WINDOW];
        let window = if let Some(window) = at.checked_sub(BEFORE).and_then(|from| text[from..].first_chunk()) {
            window
        } else if let (0, Some(head)) = (at, text.first_chunk::<{ LANES + AFTER }>()) {
            padded[BEFORE..].copy_from_slice(head);
            &padded
        } else if let (true, Some(tail)) = (text.len() <= at + LANES, text.last_chunk::<{ BEFORE + LANES }>()) {
            // Some of its characters are looked at twice.
            padded[..BEFORE + LANES].copy_from_slice(tail);
            &padded
        } else {
            let (from, place) = (at.saturating_sub(BEFORE), BEFORE.saturating_sub(at));
            let rest = &text[from..text.len().min(at + LANES + AFTER)];
            padded[place..place + rest.len()].copy_from_slice(rest);
            &padded
        };
        let seen = seen(window);
        if seen != [0; LANES] {
            let all = seen.iter().fold(0, |all, lane| all | lane);
            found(at..text.len().min(at + LANES), Otherwise(all));
        }
        at += LANES;
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "it takes the CPU features of its caller")]
fn seen(window: &[u8; WINDOW]) -> [u8; LANES] {
    let mut seen = [0; LANES];
    for (lane, seen) in seen.iter_mut().enumerate() {
        let around = [window[lane], window[lane + 3], window[lane + 6]];
        *seen = bits(around, [window[lane + 7], window[lane + 8], window[lane + 9]]);
    }
    seen
}

/// What a character has, with those seven and four before it and the one before, and the two behind.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it takes the CPU features of its caller")]
fn bits([farthest, far, before]: [u8; 3], [byte, after, second]: [u8; 3]) -> u8 {
    // Masks of whole bytes are what vectors compare to.
    let mask = |is: bool| if is { 0xff_u8 } else { 0 };
    let is = |byte: u8, other: u8| mask(byte == other);
    let digit = |byte: u8| mask(byte.wrapping_sub(b'0') < 10);
    let small = byte | 0x20;
    let point = is(byte | 2, b'.');
    let (digit_before, digit_after) = (digit(before), digit(after));
    // `10% ` is no escape, nor is `time=20`.
    let marks = mask(byte.wrapping_sub(b'%') < 2) | is(byte, b'\\');
    let hexadecimal = |byte: u8| mask(byte.wrapping_sub(b'A') < 6);
    let line = is(after, b'\n') | is(after, b'\r');
    let value = digit_before | hexadecimal(after) | hexadecimal(second) | is(after, b'4') | is(after, b'?') | line;
    let escape = marks & !(is(after, b' ') | is(after | 2, b'.')) | is(byte, b'=') & value;
    let like_digit = is(small, b'o') | is(byte, b'l') | is(byte, b'I') | is(byte, b'S') | is(byte, b'B');
    let blurred = like_digit & (digit_before | digit_after);
    let exponent = is(small, b'e') & (digit_after | is(after, b'+'));
    let float = digit(farthest) & digit(far) & digit_before & (point & is(after, b'0') | exponent);
    let symbol = |byte: u8| is(byte, view::SYMBOL);
    // One emoji or two are the rule, with a mark behind them that nobody sees or not.
    let glyph = symbol(byte) & (symbol(before) & symbol(after) | symbol(far) & symbol(second))
        | is(byte, view::LETTER)
        | is(byte, view::INVISIBLE) & (digit_after | is(after, view::INVISIBLE));
    let (next, third) = (after | 0x20, second | 0x20);
    let dot = is(next, b'o') & (is(small, b'd') & is(third, b't') | is(small, b'r') & is(third, b'b'));
    let bracket = (is(small, b'(') | is(small, b'{')) & is(next, b'a');
    let sign = is(byte, b'@') & (is(before, b' ') | is(after, b' '));
    let address = dot | bracket | sign;
    escape & Otherwise::ESCAPE.0
        | blurred & Otherwise::BLURRED.0
        | float & Otherwise::FLOAT.0
        | glyph & Otherwise::GLYPH.0
        | address & Otherwise::ADDRESS.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive::corpus::Random;

    fn of(text: &[u8]) -> Otherwise {
        let mut all = Otherwise::default();
        each(text, |_, seen| all.0 |= seen.0);
        all
    }

    /// What the characters of a stretch have, one after the other.
    fn slowly(text: &[u8], stretch: Range<usize>) -> Otherwise {
        let byte = |at: isize| usize::try_from(at).ok().and_then(|at| text.get(at)).copied().unwrap_or(b' ');
        let near = |at: usize, by: [isize; 3]| by.map(|by| byte(at as isize + by));
        let at = |at: usize| bits(near(at, [-7, -4, -1]), near(at, [0, 1, 2]));
        Otherwise(stretch.fold(0, |all, place| all | at(place)))
    }

    #[test]
    fn each_is_seen() {
        for (what, yes, no) in [
            (Otherwise::ESCAPE, ["a&b", "%4", "a=3D"], ["a-b", "10% ", "a=20"]),
            (Otherwise::BLURRED, ["5l", "l5", "O1"], ["5 l", "k5", "b5"]),
            (Otherwise::FLOAT, ["1234567.0", "1234567,0", "5.29982E1"], ["1234567.5", "1234.0", "529E-"]),
            (
                Otherwise::GLYPH,
                ["\u{a6}\u{a6}\u{a6}", "\u{ad}5", "\u{aa}"],
                ["\u{a6}\u{a6} ", "\u{b2}\u{b2}\u{b2}", "\u{e1}"],
            ),
            (Otherwise::ADDRESS, ["a DOT b", "arroba", "(at)"], ["don", "rot", "(b)"]),
        ] {
            let view = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<_>>();
            assert!(yes.iter().all(|text| of(&view(text)).has(what)), "{yes:?}");
            assert!(!no.iter().any(|text| of(&view(text)).has(what)), "{no:?}");
        }
    }

    #[test]
    fn vectors_see_what_one_look_after_the_other_sees() {
        let mut random = Random::new(3);
        for _ in 0..20_000 {
            let kinds: &[u8] = if random.once_in(2) { b"5l.0eE+dot@(a =" } else { b"abc d\xa6xyz12 ." };
            let text: Vec<u8> = (0..random.below(150)).map(|_| kinds[random.below(kinds.len())]).collect();
            let mut pieces = vec![Otherwise::default(); text.len().div_ceil(LANES)];
            each(&text, |piece, seen| {
                assert_eq!((piece.start % LANES, piece.end), (0, text.len().min(piece.start + LANES)));
                pieces[piece.start / LANES] = seen;
            });
            for (n, seen) in pieces.into_iter().enumerate() {
                let piece = n * LANES..text.len().min(n * LANES + LANES);
                let more = slowly(&text, piece.start.saturating_sub(LANES)..piece.end);
                // The last piece is looked at with what stands before it.
                assert_eq!(seen.0 & !more.0, 0, "{text:?} {piece:?}");
                assert_eq!(slowly(&text, piece).0 & !seen.0, 0, "{text:?}");
            }
            assert_eq!(of(&text), slowly(&text, 0..text.len()));
        }
    }
}
