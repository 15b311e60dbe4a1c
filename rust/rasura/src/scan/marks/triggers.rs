//! The first three letters of the words that matter, as vector code wants them: each prefix is in one of eight buckets,
//! and a byte's low and high half each tell the buckets that it may belong to. A bucket that several prefixes share may
//! take more than them; `thirds` knows exactly.

/// Bits of a letter that are the same in both cases.
const LETTER_BITS: usize = 32;

const BUCKETS: usize = 8;

/// Prefixes of three letters, in any case. Made in less than a microsecond, or in a `const`.
pub(crate) struct Triggers {
    /// By position and low half of a byte, the buckets.
    pub(super) low: [[u8; 16]; 3],
    /// By position and high half of a byte, the buckets.
    high: [[u8; 16]; 3],
    /// By position and letter, the buckets: exactly those, where both halves take more.
    pub(super) buckets: [[u8; 128]; 3],
    /// Whether the buckets take nothing but the prefixes.
    pub(crate) exact: bool,
    /// By the first and the second letter, the third ones.
    thirds: [[u32; LETTER_BITS]; LETTER_BITS],
    empty: bool,
}

impl Triggers {
    /// Takes lower-case ASCII letters.
    ///
    /// # Panics
    ///
    /// If a prefix holds anything else, which packs are checked for when they are compiled.
    pub(crate) const fn new(prefixes: &[[u8; 3]]) -> Self {
        let mut triggers = Self {
            low: [[0; 16]; 3],
            high: [[0; 16]; 3],
            buckets: [[0; 128]; 3],
            exact: true,
            thirds: [[0; LETTER_BITS]; LETTER_BITS],
            empty: prefixes.is_empty(),
        };
        let mut buckets = [Bucket::EMPTY; BUCKETS];
        let mut at = 0;
        while at < prefixes.len() {
            let [first, second, third] = prefixes[at];
            assert!(first.is_ascii_lowercase() && second.is_ascii_lowercase() && third.is_ascii_lowercase());
            let thirds = &mut triggers.thirds[first as usize % LETTER_BITS][second as usize % LETTER_BITS];
            if *thirds >> (third % 32) & 1 == 0 {
                *thirds |= 1 << (third % 32);
                let (best, growth) = cheapest(&buckets, prefixes[at]);
                buckets[best] = buckets[best].with(prefixes[at]);
                triggers.exact &= growth == 1;
                triggers.put(prefixes[at], 1 << best);
            }
            at += 1;
        }
        triggers
    }

    /// Whether there is no trigger.
    #[inline]
    pub(crate) const fn is_empty(&self) -> bool {
        self.empty
    }

    /// Whether the three bytes are one of the prefixes, in any case.
    #[inline]
    pub(crate) fn has(&self, [first, second, third]: [u8; 3]) -> bool {
        let thirds = self.thirds[usize::from(first) % LETTER_BITS][usize::from(second) % LETTER_BITS];
        thirds >> (third % 32) & 1 != 0 && [first, second, third].iter().all(u8::is_ascii_alphabetic)
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

    const fn put(&mut self, prefix: [u8; 3], bucket: u8) {
        let mut place = 0;
        while place < prefix.len() {
            let letter = prefix[place];
            self.low[place][letter as usize & 15] |= bucket;
            self.high[place][letter as usize >> 4] |= bucket;
            self.high[place][letter.to_ascii_uppercase() as usize >> 4] |= bucket;
            self.buckets[place][letter as usize] |= bucket;
            self.buckets[place][letter.to_ascii_uppercase() as usize] |= bucket;
            place += 1;
        }
    }
}

/// Which halves of letters a bucket takes: a bit for each of the 16 low ones and the 2 high ones, by position.
#[derive(Clone, Copy)]
struct Bucket {
    low: [u16; 3],
    high: [u8; 3],
}

impl Bucket {
    const EMPTY: Self = Self { low: [0; 3], high: [0; 3] };

    const fn with(mut self, prefix: [u8; 3]) -> Self {
        let mut place = 0;
        while place < prefix.len() {
            self.low[place] |= 1 << (prefix[place] & 15);
            self.high[place] |= 1 << (prefix[place] >> 4 & 1);
            place += 1;
        }
        self
    }

    /// How many prefixes the bucket takes, wanted or not.
    const fn size(self) -> u32 {
        let mut size = 1;
        let mut place = 0;
        while place < self.low.len() {
            size *= self.low[place].count_ones() * self.high[place].count_ones();
            place += 1;
        }
        size
    }
}

/// The bucket that grows the least when it takes the prefix too, and by how many prefixes it grows.
const fn cheapest(buckets: &[Bucket; BUCKETS], prefix: [u8; 3]) -> (usize, u32) {
    let (mut best, mut least) = (0, u32::MAX);
    let mut at = 0;
    while at < BUCKETS {
        let growth = buckets[at].with(prefix).size() - buckets[at].size();
        if growth < least {
            (best, least) = (at, growth);
        }
        at += 1;
    }
    (best, least)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEVEN: Triggers = Triggers::new(&[*b"sen", *b"con", *b"cla", *b"pas", *b"pwd", *b"nip", *b"pin"]);

    fn taken(triggers: &Triggers) -> Vec<[u8; 3]> {
        let bytes = || (0..=u8::MAX).filter(u8::is_ascii_alphabetic);
        let all = bytes().flat_map(|a| bytes().flat_map(move |b| bytes().map(move |c| [a, b, c])));
        all.filter(|&prefix| triggers.has(prefix)).collect()
    }

    #[test]
    fn a_prefix_is_known_in_any_case_and_nothing_else_is() {
        assert_eq!(taken(&SEVEN).len(), 7 * 8);
        for prefix in [b"sen", b"SEN", b"cLa", b"Nip"] {
            assert!(SEVEN.has(*prefix));
        }
        for other in [b"se\x0e", b"\x13en", b"3en", b"s\xe5n", b"sep"] {
            assert!(!SEVEN.has(*other));
        }
    }

    #[test]
    fn up_to_eight_prefixes_need_no_second_look() {
        const { assert!(SEVEN.exact) };
        let twice = [*b"aaa", *b"pqr", *b"zzz", *b"zap", *b"aaa", *b"kol", *b"uvw", *b"mno", *b"bcd", *b"bcd"];
        assert!(Triggers::new(&twice).exact);
    }

    #[test]
    fn no_prefix_is_no_trigger() {
        assert!(Triggers::new(&[]).is_empty());
        assert!(!SEVEN.is_empty());
    }
}
