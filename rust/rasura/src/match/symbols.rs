//! The characters of a window as symbols, with room for vectors.

use std::ops::Range;

use super::Run;
use crate::scan::marks::BLOCK;
use crate::scan::row::{Row, read_code};
use rasura_pack::index::LONGEST;
use rasura_pack::shape::SYMBOL as SYMBOL_OF;

/// How many symbols are taken at a time.
pub(crate) const LANES: usize = 16;

/// The bits of digits in so many bytes.
const DIGITS: u128 = u128::from_le_bytes([15; LANES]);

/// The characters of a window as symbols; after them stands anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols {
    all: [u8; LONGEST + LANES],
    length: u8,
    /// Whether it is known that they are digits.
    digits: bool,
}

impl Default for Symbols {
    fn default() -> Self {
        Self { all: [0; LONGEST + LANES], length: 0, digits: false }
    }
}

impl Symbols {
    /// These symbols, at most as many as the longest identifier has.
    #[cfg(test)]
    pub(crate) fn of(symbols: &[u8]) -> Self {
        let mut made = Self::default();
        made.all[..symbols.len()].copy_from_slice(symbols);
        made.length = symbols.len() as u8;
        made.digits = symbols.iter().all(|&symbol| symbol < 10);
        made
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        self.length = 0;
        self.digits = false;
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Appends bytes as symbols; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        let from = usize::from(self.length);
        for (place, &byte) in self.all[from..LONGEST].iter_mut().zip(bytes) {
            *place = SYMBOL_OF[usize::from(byte)];
        }
        self.length = (from + bytes.len()).min(LONGEST) as u8;
    }

    /// Forgets what was there; digits are to follow.
    #[inline]
    pub(crate) fn start(&mut self) {
        self.length = 0;
        self.digits = true;
    }

    /// Takes the digits of a cluster at once, and tells how they are written.
    #[inline]
    pub(crate) fn take_row(&mut self, text: &[u8], place: &Range<usize>, digits: u64) -> Row {
        let row = Row::read(text, place, digits, self.vector());
        self.length = row.total as u8;
        self.digits = true;
        row
    }

    #[inline]
    fn vector(&mut self) -> &mut [u8; BLOCK] {
        const { assert!(LONGEST + LANES >= BLOCK) };
        let Some(vector) = self.all.first_chunk_mut() else { unreachable!("there is room for a vector") };
        vector
    }

    /// Takes the letters and digits of a cluster at once, and tells how they are written.
    #[inline]
    pub(crate) fn take_code(&mut self, text: &[u8], place: &Range<usize>, words: u64) -> u64 {
        let shape = read_code(text, place, words, self.vector());
        self.length = words.count_ones() as u8;
        self.digits = false;
        shape
    }

    /// These digits with zeros before them.
    pub(crate) fn behind_zeros(&self, zeros: u8) -> Self {
        let mut made = Self { length: self.length + zeros, ..Self::default() };
        let from = usize::from(zeros);
        made.all[from..from + usize::from(self.length)].copy_from_slice(self.get());
        made.digits = self.digits;
        made
    }

    /// The first ones, at most as many as there are.
    #[inline]
    pub(crate) fn first(&self, length: usize) -> Self {
        Self { length: self.length.min(length as u8), ..*self }
    }

    /// Forgets the first ones.
    #[inline]
    pub(crate) fn skip(&mut self, count: usize) {
        self.all.copy_within(count.min(LONGEST).., 0);
        self.length = self.length.saturating_sub(count as u8);
    }

    /// Appends the digits of a run; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn append_digits(&mut self, text: &[u8], run: Run) {
        let at = usize::from(self.length) % LONGEST;
        // Sixteen at a time whatever a run has, since no CPU foretells it: the next one is written over the rest.
        self.put(text, run.start as usize, at);
        let length = run.len().min(LONGEST - at);
        for done in (LANES..length).step_by(LANES) {
            self.put(text, run.start as usize + done, at + done);
        }
        self.length = (at + length) as u8;
    }

    #[inline]
    fn put(&mut self, text: &[u8], from: usize, at: usize) {
        let digits = sixteen(text, from) & DIGITS;
        if let Some(room) = self.all.get_mut(at..at + LANES) {
            room.copy_from_slice(&digits.to_le_bytes());
        }
    }

    /// The first two.
    #[inline]
    pub(crate) fn head(&self) -> (u8, u8) {
        (self.all[0], self.all[1])
    }

    /// The symbols.
    #[inline]
    pub(crate) fn get(&self) -> &[u8] {
        &self.all[..usize::from(self.length)]
    }

    /// Whether it is known that they are digits.
    #[inline]
    pub(crate) fn are_digits(&self) -> bool {
        self.digits
    }

    /// The value of each in a table, itself where that has none, and zeros after them.
    #[inline]
    pub(crate) fn valued(&self, values: &[u8]) -> [u8; LONGEST + LANES] {
        let mut all = [0; LONGEST + LANES];
        for (value, &symbol) in all.iter_mut().zip(self.get()) {
            *value = values.get(usize::from(symbol)).copied().unwrap_or(symbol);
        }
        all
    }

    /// The symbols and what is after them.
    #[inline]
    pub(crate) fn all(&self) -> &[u8; LONGEST + LANES] {
        &self.all
    }
}

/// Sixteen bytes of a text from `from` on; what is beyond its end is anything.
#[inline]
fn sixteen(text: &[u8], from: usize) -> u128 {
    match text.get(from..from + LANES).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u128::from_le_bytes(*bytes),
        None => last_of(text, from),
    }
}

#[inline(never)]
fn last_of(text: &[u8], from: usize) -> u128 {
    let missing = from + LANES - text.len();
    match text.last_chunk::<LANES>() {
        Some(bytes) => u128::from_le_bytes(*bytes) >> (8 * missing),
        None => text[from..].iter().rev().fold(0, |bytes, &byte| bytes << 8 | u128::from(byte)),
    }
}
