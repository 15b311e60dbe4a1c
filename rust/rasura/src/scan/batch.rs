//! The marks of some blocks in a row and the pieces of digits in them: one after the other, or, where the CPU has long
//! vectors, both in one go without a way through memory.
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "vector code needs its CPU feature"))]

use super::marks::{self, BATCH, BLOCK, Planes, ROOM, Triggers};
use super::pieces::Pieces;

#[cfg(target_arch = "x86_64")]
mod avx512;

/// Blocks of a text with one before and one after them.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) planes: Planes,
    pub(crate) pieces: Pieces,
    /// The blocks with an `@` or the beginning of a secret's label, as bits.
    pub(crate) anchored: u32,
}

impl Batch {
    /// Reads the first blocks of a text; how many there are, the one that is not there before them among them.
    #[inline]
    pub(crate) fn begin(&mut self, text: &[u8], triggers: &Triggers) -> usize {
        self.planes.clear(0);
        self.read(text, 0, triggers)
    }

    /// Reads the blocks from `base` on, the first of which was the last one to be read and came after all others.
    #[inline]
    pub(crate) fn go_on(&mut self, text: &[u8], base: usize, triggers: &Triggers) -> usize {
        self.planes.set(0, self.planes.get(BATCH));
        self.read(text, base, triggers)
    }

    #[inline]
    fn read(&mut self, text: &[u8], base: usize, triggers: &Triggers) -> usize {
        #[cfg(target_arch = "x86_64")]
        if marks::has_avx512() {
            // SAFETY: the CPU has these features.
            return unsafe { avx512::read(self, text, base, triggers) };
        }
        self.read_apart(text, base, triggers)
    }

    /// Marks first, then pieces.
    fn read_apart(&mut self, text: &[u8], base: usize, triggers: &Triggers) -> usize {
        let filled = 1 + marks::fill(text, base, triggers, &mut self.planes, 1);
        if filled < ROOM {
            self.planes.clear(filled);
        }
        // The words of the block behind the batch are read when it is the first one.
        self.planes.words[ROOM - 1] = 0;
        let count = (filled - 1).min(BATCH);
        self.anchored = self.pieces.read(&self.planes, count);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::naive::corpus::Random;

    #[test]
    fn both_ways_give_the_same() {
        let parts = [
            "1", "22", "4567", "0", " ", " ", ".", "-", ",", "a", "Z", "É", ":", "::", "\n", "*", "@", "senha", "PIN ",
            "con ", "\u{ad}", "/", "ß", "»",
        ];
        let mut random = Random::new(5);
        let mut below = |end| random.below(end);
        let many =
            Triggers::new(&[*b"sen", *b"con", *b"pin", *b"pas", *b"cla", *b"cod", *b"tok", *b"api", *b"azz", *b"nip"]);
        for length in (0..700).chain([1023, 1024, 1025, 1500]) {
            let mut text = Vec::new();
            while text.len() < length {
                text.extend(parts[below(parts.len())].chars().map(|c| u32::from(c) as u8));
            }
            text.truncate(length);
            for triggers in [Engine::shared().triggers(), &Triggers::new(&[]), &many] {
                let (mut one, mut other) = (Batch::default(), Batch::default());
                let mut base = 0;
                loop {
                    for batch in [&mut one, &mut other] {
                        if base == 0 {
                            batch.planes.clear(0);
                        } else {
                            batch.planes.set(0, batch.planes.get(BATCH));
                        }
                    }
                    let filled = one.read(&text, base, triggers);
                    assert_eq!(other.read_apart(&text, base, triggers), filled);
                    // Without digits nothing but anchors is asked for.
                    let digits = one.pieces.with_any != 0 || base > 0;
                    for n in 1..=filled.min(ROOM - 1) {
                        let marks = |batch: &Batch| {
                            let all = batch.planes.get(n);
                            let anchors =
                                (n < filled && batch.anchored >> (n - 1) & 1 == 1).then_some((all.at, all.words));
                            (anchors, digits.then_some(all))
                        };
                        assert_eq!(marks(&one), marks(&other), "block {n} from {base} of {text:?}");
                    }
                    let which = |pieces: &Pieces| (pieces.with_any, pieces.with_wanted);
                    assert_eq!(one.anchored, other.anchored);
                    assert_eq!(which(&one.pieces), which(&other.pieces), "from {base} of {text:?}");
                    // Where no block has a digit, nothing is said of pieces.
                    for n in (0..(filled - 1).min(BATCH)).filter(|n| one.pieces.with_any >> n & 1 == 1) {
                        let of = |pieces: &Pieces| (pieces.filled[n], pieces.wanted[n], pieces.stretched[n]);
                        assert_eq!(of(&one.pieces), of(&other.pieces), "block {n} from {base} of {text:?}");
                    }
                    if filled < ROOM {
                        break;
                    }
                    base += BATCH * BLOCK;
                }
            }
        }
    }
}
