//! The obvious way, which the others must agree with.

use super::{BLOCK, Letters, Marks, Triggers, look};
use crate::view::class::{DIGIT, INVISIBLE, LETTER, UPPER, is};

pub(super) fn fill(text: &[u8], triggers: &Triggers) -> Vec<Marks> {
    let block = |from: usize| {
        let block = &text[from..text.len().min(from + BLOCK)];
        let mut marks = look::naive(block);
        for (bit, at) in (from..from + block.len()).enumerate() {
            marks.words |= u64::from(is_word(text, at, triggers)) << bit;
        }
        marks
    };
    (0..text.len()).step_by(BLOCK).map(block).collect()
}

fn is_word(text: &[u8], at: usize, triggers: &Triggers) -> bool {
    let within = at.checked_sub(1).is_some_and(|before| is(text[before], LETTER));
    let start = !within || is(text[at], UPPER);
    start && text[at..].first_chunk().is_some_and(|&prefix| triggers.has(prefix))
}

pub(super) fn letters(text: &[u8], from: usize) -> Letters {
    let mut letters = Letters::default();
    for (bit, &byte) in text.iter().skip(from).take(BLOCK).enumerate() {
        letters.letter |= u64::from(is(byte, LETTER | INVISIBLE)) << bit;
        letters.upper |= u64::from(is(byte, UPPER)) << bit;
        letters.digit |= u64::from(is(byte, DIGIT)) << bit;
        letters.hidden |= u64::from(is(byte, INVISIBLE)) << bit;
        letters.opens |= u64::from(matches!(byte, b'@' | b'[' | b'<' | b'{')) << bit;
    }
    letters
}
