//! The characters of a window as symbols, with room for vectors.

use rasura_pack::index::LONGEST;
use rasura_pack::shape::SYMBOL as SYMBOL_OF;

/// How many symbols are taken at a time.
pub(crate) const LANES: usize = 16;

/// The characters of a window as symbols; after them stand zeros.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols {
    symbols: [u8; LONGEST + LANES],
    length: u8,
}

impl Default for Symbols {
    fn default() -> Self {
        Self { symbols: [0; LONGEST + LANES], length: 0 }
    }
}

impl Symbols {
    /// These symbols, at most as many as the longest identifier has.
    #[cfg(test)]
    pub(crate) fn of(symbols: &[u8]) -> Self {
        let mut made = Self::default();
        made.symbols[..symbols.len()].copy_from_slice(symbols);
        made.length = symbols.len() as u8;
        made
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        self.symbols = [0; LONGEST + LANES];
        self.length = 0;
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Appends bytes as symbols; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        let from = usize::from(self.length);
        for (place, &byte) in self.symbols[from..LONGEST].iter_mut().zip(bytes) {
            *place = SYMBOL_OF[usize::from(byte)];
        }
        self.length = (from + bytes.len()).min(LONGEST) as u8;
    }

    /// Appends the digits at `from..to` of `text`; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn extend_digits(&mut self, text: &[u8], from: usize, to: usize) {
        let at = usize::from(self.length);
        let length = (to - from).min(LONGEST - at);
        match (text.get(from..).and_then(<[u8]>::first_chunk::<LANES>), self.symbols.get_mut(at..at + LANES)) {
            // Without a loop over the digits, whose number no CPU foretells.
            (Some(bytes), Some(room)) if length <= LANES => {
                for (n, (place, &byte)) in room.iter_mut().zip(bytes).enumerate() {
                    *place = if n < length { byte & 15 } else { 0 };
                }
            }
            _ => {
                for (place, &byte) in self.symbols[at..at + length].iter_mut().zip(&text[from..to]) {
                    *place = byte & 15;
                }
            }
        }
        self.length = (at + length) as u8;
    }

    /// The first two.
    #[inline]
    pub(crate) fn head(&self) -> (u8, u8) {
        (self.symbols[0], self.symbols[1])
    }

    /// The symbols.
    #[inline]
    pub(crate) fn get(&self) -> &[u8] {
        &self.symbols[..usize::from(self.length)]
    }

    /// The symbols and zeros after them.
    #[inline]
    pub(crate) fn all(&self) -> &[u8; LONGEST + LANES] {
        &self.symbols
    }
}
