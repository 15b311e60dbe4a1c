//! The characters of a window as symbols, with room for vectors.

use super::Run;
use rasura_pack::index::LONGEST;
use rasura_pack::shape::SYMBOL as SYMBOL_OF;

/// How many symbols are taken at a time.
pub(crate) const LANES: usize = 16;

/// The characters of a window as symbols; after them stand zeros.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols {
    symbols: [u8; LONGEST + LANES],
    length: u8,
    /// Whether it is known that they are digits.
    digits: bool,
}

/// The places of symbols, for comparing many of them at once.
const PLACES: [i8; LONGEST + LANES] = {
    let mut places = [0; LONGEST + LANES];
    let mut n = 0;
    while n < places.len() {
        places[n] = n as i8;
        n += 1;
    }
    places
};

impl Default for Symbols {
    fn default() -> Self {
        Self { symbols: [0; LONGEST + LANES], length: 0, digits: false }
    }
}

impl Symbols {
    /// These symbols, at most as many as the longest identifier has.
    #[cfg(test)]
    pub(crate) fn of(symbols: &[u8]) -> Self {
        let mut made = Self::default();
        made.symbols[..symbols.len()].copy_from_slice(symbols);
        made.length = symbols.len() as u8;
        made.digits = symbols.iter().all(|&symbol| symbol < 10);
        made
    }

    #[inline]
    pub(crate) fn clear(&mut self) {
        self.symbols = [0; LONGEST + LANES];
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
        for (place, &byte) in self.symbols[from..LONGEST].iter_mut().zip(bytes) {
            *place = SYMBOL_OF[usize::from(byte)];
        }
        self.length = (from + bytes.len()).min(LONGEST) as u8;
    }

    /// Takes the digits of runs; what exceeds the longest identifier is left out.
    #[inline]
    pub(crate) fn take_digits(&mut self, text: &[u8], runs: &[Run]) {
        let mut at = 0;
        for run in runs {
            let (mut from, to) = (run.start as usize, run.end as usize);
            // Sixteen at a time whatever a run has, since no CPU foretells it: the next one is written over the rest.
            while from < to && at < LONGEST {
                self.symbols[at..at + LANES].copy_from_slice(&sixteen(text, from));
                at += (to - from).min(LANES);
                from += LANES;
            }
        }
        let at = at.min(LONGEST) as i8;
        for (symbol, &place) in self.symbols.iter_mut().zip(&PLACES) {
            *symbol = if place < at { *symbol & 15 } else { 0 };
        }
        self.length = at.cast_unsigned();
        self.digits = true;
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

    /// Whether it is known that they are digits.
    #[inline]
    pub(crate) fn are_digits(&self) -> bool {
        self.digits
    }

    /// The value of each in a table, itself where that has none, and zeros after them.
    #[inline]
    pub(crate) fn valued(&self, values: &[u8]) -> [u8; LONGEST + LANES] {
        let mut valued = [0; LONGEST + LANES];
        for (value, &symbol) in valued.iter_mut().zip(self.get()) {
            *value = values.get(usize::from(symbol)).copied().unwrap_or(symbol);
        }
        valued
    }

    /// The symbols and zeros after them.
    #[inline]
    pub(crate) fn all(&self) -> &[u8; LONGEST + LANES] {
        &self.symbols
    }
}

/// Sixteen bytes of a text from `from` on; what is beyond its end is anything.
#[inline]
fn sixteen(text: &[u8], from: usize) -> [u8; LANES] {
    if let Some(bytes) = text.get(from..).and_then(<[u8]>::first_chunk) {
        return *bytes;
    }
    let missing = from + LANES - text.len();
    if let Some(bytes) = text.last_chunk::<LANES>() {
        return (u128::from_le_bytes(*bytes) >> (8 * missing)).to_le_bytes();
    }
    let mut bytes = [0; LANES];
    for (place, &byte) in bytes.iter_mut().zip(&text[from..]) {
        *place = byte;
    }
    bytes
}
