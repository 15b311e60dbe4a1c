//! Bytes that escapes stand for, put together to characters.

use std::ops::Range;

use super::Copy;
use crate::view::narrow_char;

/// Decoded bytes and the places of their escapes.
#[derive(Debug, Default)]
pub(super) struct Bytes {
    values: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Bytes {
    pub(super) fn push(&mut self, value: u8, place: Range<usize>) {
        self.values.push(value);
        self.places.push(place);
    }

    /// Writes the characters: those of UTF-8, and each byte that is none as one of Latin-1.
    pub(super) fn flush(&mut self, copy: &mut Copy) {
        let mut at = 0;
        for chunk in self.values.utf8_chunks() {
            for character in chunk.valid().chars() {
                let next = at + character.len_utf8();
                copy.put(narrow_char(u32::from(character)), self.places[at].start..self.places[next - 1].end);
                at = next;
            }
            for &byte in chunk.invalid() {
                copy.put(narrow_char(u32::from(byte)), self.places[at].clone());
                at += 1;
            }
        }
        self.values.clear();
        self.places.clear();
    }
}
