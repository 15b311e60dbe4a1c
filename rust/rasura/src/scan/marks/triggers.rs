//! The first three letters of the words that matter, as vector code wants them: each prefix is in one of eight buckets,
//! and a byte's low and high half each tell the buckets that it may belong to. A bucket that several prefixes share may
//! take more than them; `thirds` knows exactly.

use rasura_pack::index::{TRIGGER_SLOTS, trigger_slot};

/// Letters of the alphabet.
const LETTERS: usize = 26;
/// The place of what no prefix holds.
const NONE: u8 = TRIGGER_SLOTS as u8;
/// By byte, its place among the characters of prefixes.
const SLOTS: [u8; 256] = {
    let mut slots = [NONE; 256];
    let mut byte = 0;
    while byte < slots.len() {
        if let Some(slot) = trigger_slot(byte as u8) {
            slots[byte] = slot;
        }
        byte += 1;
    }
    slots
};

const BUCKETS: usize = 8;

/// Prefixes of a letter and two characters, in any case. Made in a fifth of a millisecond, with an engine.
pub(crate) struct Triggers {
    /// By position and low half of a byte, the buckets.
    pub(super) low: [[u8; 16]; 3],
    /// By position and high half of a byte, the buckets.
    high: [[u8; 16]; 3],
    /// By position and lower seven bits, the buckets: exactly those of letters without accents, where both halves take more.
    pub(crate) buckets: [[u8; 128]; 3],
    /// Whether the buckets take nothing but the prefixes.
    pub(crate) exact: bool,
    /// By the first letter and the second character, the third ones.
    thirds: [[u64; TRIGGER_SLOTS + 1]; LETTERS],
    empty: bool,
}

impl Triggers {
    /// Takes lower-case ASCII letters, and in second and third place accented ones too and what else keys have there.
    ///
    /// # Panics
    ///
    /// If a prefix holds anything else, which packs are checked for when they are compiled.
    pub(crate) fn new(prefixes: &[[u8; 3]]) -> Self {
        let mut triggers = Self {
            low: [[0; 16]; 3],
            high: [[0; 16]; 3],
            buckets: [[0; 128]; 3],
            exact: true,
            thirds: [[0; TRIGGER_SLOTS + 1]; LETTERS],
            empty: prefixes.is_empty(),
        };
        let mut different: Vec<[u8; 3]> = Vec::new();
        for &prefix in prefixes {
            let [first, second, third] = prefix;
            let [second, third] = [SLOTS[usize::from(second)], SLOTS[usize::from(third)]];
            assert!(first.is_ascii_lowercase() && second != NONE && third != NONE);
            let thirds = &mut triggers.thirds[usize::from(first - b'a')][usize::from(second)];
            if *thirds >> third & 1 == 0 {
                *thirds |= 1 << third;
                different.push(prefix);
            }
        }
        for (bucket, prefixes) in into_buckets(&different, by_letters()).iter().enumerate() {
            triggers.exact &=
                Bucket::of(prefixes).size() == prefixes.len() as u32 && prefixes.iter().all(|p| p.is_ascii());
            for &prefix in prefixes {
                triggers.put(prefix, 1 << bucket);
            }
        }
        triggers
    }

    /// Whether there is no trigger.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Whether the three bytes are one of the prefixes, in any case.
    #[inline]
    pub(crate) fn has(&self, [first, second, third]: [u8; 3]) -> bool {
        let slot = |byte: u8| usize::from(SLOTS[usize::from(byte)]);
        let Some(thirds) = self.thirds.get(slot(first)) else { return false };
        thirds[slot(second)] >> slot(third) & 1 != 0
    }

    /// Those of the places where the buckets take what stands there at which one of the prefixes is.
    #[inline]
    pub(crate) fn among_taken(&self, taken: u64, bytes: &[u8]) -> u64 {
        if self.exact { taken } else { self.among(taken, bytes) }
    }

    /// Those of the places in `starts` where one of the prefixes is.
    #[inline]
    pub(super) fn among(&self, mut starts: u64, bytes: &[u8]) -> u64 {
        let mut found = 0;
        while starts != 0 {
            let at = starts.trailing_zeros() as usize;
            let is_one = bytes.get(at..).and_then(<[u8]>::first_chunk).is_some_and(|&prefix| self.has(prefix));
            found |= u64::from(is_one) << at;
            starts &= starts - 1;
        }
        found
    }

    fn put(&mut self, prefix: [u8; 3], bucket: u8) {
        for (place, letter) in prefix.into_iter().enumerate() {
            // Beyond ASCII the two cases differ in the same bit.
            let upper = if letter.is_ascii() { letter.to_ascii_uppercase() } else { letter & !0x20 };
            for byte in [letter, upper] {
                self.low[place][usize::from(byte & 15)] |= bucket;
                self.high[place][usize::from(byte >> 4)] |= bucket;
                self.buckets[place][usize::from(byte & 127)] |= bucket;
            }
        }
    }
}

/// How many in a thousand words have each letter first, second, third: of the words of the checked-in corpora, Portuguese,
/// Spanish and English ones.
const SHARES: [[u32; LETTERS]; 3] = [
    [108, 49, 70, 110, 96, 43, 5, 11, 37, 2, 1, 51, 55, 24, 38, 48, 15, 35, 45, 93, 11, 24, 6, 2, 13, 11],
    [125, 16, 14, 12, 163, 14, 3, 22, 54, 0, 1, 30, 10, 49, 113, 24, 3, 31, 28, 19, 55, 13, 1, 10, 6, 0],
    [61, 18, 40, 38, 83, 26, 16, 1, 31, 3, 7, 42, 34, 39, 37, 17, 4, 65, 46, 36, 17, 23, 2, 1, 3, 6],
];
/// How often prefixes may change their bucket for a better one.
const ROUNDS: usize = 3;

/// Whether the scan of this CPU knows the letters that a bucket takes, and not their halves only.
#[cfg(target_arch = "x86_64")]
fn by_letters() -> bool {
    super::has_avx512()
}

#[cfg(not(target_arch = "x86_64"))]
fn by_letters() -> bool {
    false
}

/// Puts prefixes into buckets so that few words are taken that begin with none of them, as a scan `by_letters` or by halves
/// of letters takes them.
fn into_buckets(prefixes: &[[u8; 3]], by_letters: bool) -> [Vec<[u8; 3]>; BUCKETS] {
    let mut buckets: [Vec<[u8; 3]>; BUCKETS] = Default::default();
    let mut takes = [Bucket::default(); BUCKETS];
    let mut shares = [0; BUCKETS];
    for round in 0..=ROUNDS {
        let mut moved = false;
        for &prefix in prefixes {
            let was = if round == 0 { None } else { buckets.iter().position(|bucket| bucket.contains(&prefix)) };
            if let Some(was) = was {
                buckets[was].retain(|known| *known != prefix);
                takes[was] = Bucket::of(&buckets[was]);
                shares[was] = takes[was].share(by_letters);
            }
            // The bucket that takes the fewest words more; of several the one that it is alike.
            let growth = |&n: &usize| {
                let after = takes[n].with(prefix);
                (after.share(by_letters) - shares[n], after.size() - takes[n].size())
            };
            let best = (0..BUCKETS).min_by_key(growth).unwrap_or_default();
            buckets[best].push(prefix);
            takes[best] = takes[best].with(prefix);
            shares[best] = takes[best].share(by_letters);
            moved |= was != Some(best);
        }
        if !moved {
            break;
        }
    }
    buckets
}

/// Which characters a bucket takes, by position: a bit for each low and each high half, and for each letter.
#[derive(Clone, Copy, Default)]
struct Bucket {
    low: [u16; 3],
    high: [u16; 3],
    letters: [u32; 3],
}

impl Bucket {
    fn of(prefixes: &[[u8; 3]]) -> Self {
        prefixes.iter().fold(Self::default(), |bucket, &prefix| bucket.with(prefix))
    }

    fn with(mut self, prefix: [u8; 3]) -> Self {
        for (place, byte) in prefix.into_iter().enumerate() {
            self.low[place] |= 1 << (byte & 15);
            self.high[place] |= 1 << (byte >> 4);
            let seen = byte & 127;
            self.letters[place] |= if seen.is_ascii_lowercase() { 1 << (seen - b'a') } else { 0 };
        }
        self
    }

    /// How many prefixes it takes, wanted or not.
    fn size(self) -> u32 {
        self.low.iter().zip(self.high).map(|(low, high)| low.count_ones() * high.count_ones()).product()
    }

    /// How many in a thousand million words it takes.
    fn share(self, by_letters: bool) -> u32 {
        let takes = |place: usize, letter: usize| {
            let low = (usize::from(b'a') + letter) & 15;
            if by_letters { self.letters[place] >> letter & 1 == 1 } else { self.low[place] >> low & 1 == 1 }
        };
        let sum = |place: usize| {
            (0..LETTERS).filter(|&letter| takes(place, letter)).map(|letter| SHARES[place][letter]).sum::<u32>()
        };
        sum(0) * sum(1) * sum(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seven() -> Triggers {
        Triggers::new(&[*b"sen", *b"con", *b"cla", *b"pas", *b"pwd", *b"nip", *b"pin"])
    }

    fn taken(triggers: &Triggers) -> Vec<[u8; 3]> {
        let bytes = || (0..=u8::MAX).filter(u8::is_ascii_alphabetic);
        let all = bytes().flat_map(|a| bytes().flat_map(move |b| bytes().map(move |c| [a, b, c])));
        all.filter(|&prefix| triggers.has(prefix)).collect()
    }

    #[test]
    fn a_prefix_is_known_in_any_case_and_nothing_else_is() {
        assert_eq!(taken(&seven()).len(), 7 * 8);
        for prefix in [b"sen", b"SEN", b"cLa", b"Nip"] {
            assert!(seven().has(*prefix));
        }
        for other in [b"se\x0e", b"\x13en", b"3en", b"s\xe5n", b"sep"] {
            assert!(!seven().has(*other));
        }
    }

    #[test]
    fn prefixes_may_hold_more_than_letters() {
        let keys = Triggers::new(&[*b"sk-", *b"hf_", *b"bc1", *b"sg."]);
        for prefix in [b"sk-", b"SK-", b"hf_", b"Bc1", b"SG."] {
            assert!(keys.has(*prefix));
        }
        for other in [b"sk_", b"sk\r", b"bcq", b"b31", b"3k-", b"sk\xad"] {
            assert!(!keys.has(*other));
        }
    }

    #[test]
    fn letters_with_accents_are_themselves_in_both_cases() {
        let labels = Triggers::new(&[*b"ced", *b"c\xE9d", *b"n\xFAm"]);
        assert!(!labels.exact);
        for prefix in [b"ced", b"C\xE9d", b"C\xC9D", b"n\xFAm", b"N\xDAM"] {
            assert!(labels.has(*prefix));
        }
        for other in [b"cid", b"c\xE8d", b"num", b"nzm", b"n\xDBm"] {
            assert!(!labels.has(*other));
        }
    }

    #[test]
    fn up_to_eight_prefixes_need_no_second_look() {
        assert!(seven().exact);
        let twice = [*b"aaa", *b"pqr", *b"zzz", *b"zap", *b"aaa", *b"kol", *b"uvw", *b"mno", *b"bcd", *b"bcd"];
        assert!(Triggers::new(&twice).exact);
    }

    #[test]
    fn no_prefix_is_no_trigger() {
        assert!(Triggers::new(&[]).is_empty());
        assert!(!seven().is_empty());
    }
}
