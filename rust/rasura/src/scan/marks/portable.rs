//! For CPUs without vector code of their own: eight bytes at a time in a word, each byte's answer in its highest bit.

use super::{BLOCK, Letters, Marks, Planes, Triggers, WINDOW, byte_before, starts, window};
use crate::view::{BARRIER, INVISIBLE};

const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

pub(super) fn fill(text: &[u8], from: usize, triggers: &Triggers, out: &mut Planes, at: usize, count: usize) {
    let mut last = byte_before(text, from);
    for (n, from) in (at..at + count).zip((from..).step_by(BLOCK)) {
        let Some((block, before)) = window(text, from) else { break };
        out.set(n, anchors(block, before));
        if triggers.is_empty() {
            continue;
        }
        let Some((window, before)) = window(text, from) else { break };
        // The last two bytes of a text begin no word of three.
        out.words[n] = words(window, last, triggers).checked_shr(before).unwrap_or(0);
        last = window[BLOCK - 1];
    }
}

fn anchors(block: &[u8; BLOCK], before: u32) -> Marks {
    let (parts, _) = block.as_chunks();
    let marks = Marks {
        digits: gather(parts, digit),
        at: gather(parts, |part| equal(part, b'@')),
        words: 0,
        splits: gather(parts, split),
        letters: gather(parts, letter),
        capitals: gather(parts, upper),
        colons: gather(parts, |part| equal(part, b':')),
        stretches: gather(parts, stretch),
    };
    marks.after(before as usize)
}

fn stretch(word: u64) -> u64 {
    // What of the marks above ASCII is a space, a currency, a letter, a quote or a dot; some differ in one bit.
    let twins = word | all(0x10);
    let plain = between(word, 0x20, 0x24)
        | between(twins, 0x3a, 0x3b)
        | equal(twins, 0xb5)
        | equal(word, 0xb7)
        | equal(word, 0xbf);
    let high = word & !at_least(word, 0x40) & !plain;
    let lines = between(word, b'\n', b'\r') & !word;
    let signs = equal(word | all(0x20), 0xf7);
    high | lines | signs | equal(word, b'*') | equal(word, b'`') | equal(word, b'~') | equal(word, b'<')
}

fn words(window: &[u8; WINDOW], last: u8, triggers: &Triggers) -> u64 {
    let (parts, _) = window.as_chunks();
    let (letter, upper) = (gather(parts, letter), gather(parts, upper));
    triggers.among(starts(last, letter, upper) & letter, window)
}

pub(super) fn letters(block: &[u8; BLOCK]) -> Letters {
    let (parts, _) = block.as_chunks();
    Letters {
        letter: gather(parts, |part| letter(part) | equal(part, INVISIBLE)),
        upper: gather(parts, upper),
        digit: gather(parts, digit),
        hidden: gather(parts, |part| equal(part, INVISIBLE)),
        opens: gather(parts, |part| equal(part | all(0x20), b'{') | equal(part, b'@') | equal(part, b'<')),
    }
}

/// One bit for each byte of the words.
#[inline]
fn gather(parts: &[[u8; 8]], test: impl Fn(u64) -> u64) -> u64 {
    /// Brings the lowest bits of eight bytes together in the highest byte.
    const TOGETHER: u64 = 0x0102_0408_1020_4080;
    parts.iter().enumerate().fold(0, |bits, (at, part)| {
        let answers = (test(u64::from_le_bytes(*part)) & HIGH) >> 7;
        bits | (answers.wrapping_mul(TOGETHER) >> 56) << (8 * at)
    })
}

fn digit(word: u64) -> u64 {
    between(word, b'0', b'9') & !word
}

fn split(word: u64) -> u64 {
    let quotes = between(word, b'!', b'\'') | between(word, b'+', b',');
    let brackets = between(word, b'[', b'^') | between(word, b'{', b'}');
    (quotes | brackets | between(word, b';', b'@')) & !word | equal(word, b'\t') | equal(word, BARRIER)
}

fn letter(word: u64) -> u64 {
    let folded = word | all(0x20);
    let ascii = between(folded, b'a', b'z') & !word;
    let accented = at_least(word, 0x40) & word & !equal(folded, 0xf7);
    ascii | accented | equal(word, 0xaa) | equal(word, 0xb5) | equal(word, 0xba)
}

fn upper(word: u64) -> u64 {
    between(word, b'A', b'Z') & !word | between(word, 0x40, 0x5e) & word & !equal(word, 0xd7)
}

/// Which bytes have lower seven bits from `first` to `last`.
fn between(word: u64, first: u8, last: u8) -> u64 {
    at_least(word, first) & !at_least(word, last + 1)
}

/// Which bytes have lower seven bits of at least `least`.
fn at_least(word: u64, least: u8) -> u64 {
    (word & !HIGH) + all(0x80 - least)
}

fn equal(word: u64, byte: u8) -> u64 {
    let difference = word ^ all(byte);
    !(((difference & !HIGH) + !HIGH) | difference)
}

fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}
