//! Gathers marked digits to clusters: digits with at most three characters between, none of which parts them. Matching
//! looks closer; here only what is too small for any identifier is dropped.

use crate::r#match::strand;
use crate::scan::marks::{self, BLOCK, Marks, Triggers};
use crate::view::class::{INVISIBLE, LETTER, UPPER, is};

/// How many blocks are marked at a time: a quarter of a KiB of text, so that a short one does not pay for clearing many.
const BATCH: usize = 4;
/// An identifier of digits has at least so many; shorter numbers are found from their label's side.
pub(crate) const FEWEST: u32 = 7;

/// Something to look at.
#[derive(Clone, Copy)]
pub(crate) enum Anchor<'m> {
    /// Digits, from the first to after the last, and the marks around them.
    Cluster(usize, usize, &'m Near<'m>),
    /// An `@`.
    At(usize),
    /// The beginning of a word that may be a secret's label.
    Word(usize),
}

/// How far before a cluster its marks begin.
pub(crate) const BEFORE: usize = 16;

/// Memory for the marks of some blocks in a row.
#[derive(Debug, Default)]
pub(crate) struct Batch([Marks; BATCH + 2]);

#[derive(Clone, Copy)]
struct Open {
    start: usize,
    end: usize,
    digits: u32,
    runs: u32,
}

impl Open {
    /// Goes on to the end of a piece behind it.
    #[inline]
    const fn join(&mut self, piece: Self) {
        self.end = piece.end;
        self.digits += piece.digits;
        self.runs += piece.runs;
    }
}

/// Calls `found` with every anchor of `text`, clusters in order.
#[inline]
pub(crate) fn each(text: &[u8], triggers: &Triggers, batch: &mut Batch, mut found: impl FnMut(Anchor<'_>)) {
    // The first is the block before; nothing is copied while a batch lasts.
    let batch = &mut batch.0;
    batch[0] = Marks::default();
    let mut gather = Gather { text, pending: None, bridge: usize::MAX };
    // How many blocks are marked and wait for the one after them: none at first, then one.
    let (mut from, mut held) = (0, 0);
    loop {
        let filled = marks::fill(text, from, triggers, &mut batch[1 + held..]);
        for (n, marks) in batch[1 + held..][..filled].iter().enumerate() {
            for_each_bit(marks.at, |bit| found(Anchor::At(from + n * BLOCK + bit)));
            for_each_bit(marks.words, |bit| found(Anchor::Word(from + n * BLOCK + bit)));
            if let Some([before, block]) = batch.get((held + n).wrapping_sub(1)..=held + n) {
                gather.block(from + n * BLOCK - BLOCK, [before, block, marks], &mut found);
            }
        }
        from += filled * BLOCK;
        let last = held + filled;
        if filled < batch.len() - 1 - held {
            if let Some([before, block]) = batch.get(last.wrapping_sub(1)..=last) {
                gather.block(from - BLOCK, [before, block, &Marks::default()], &mut found);
            }
            break;
        }
        (batch[0], batch[1]) = (batch[last - 1], batch[last]);
        held = 1;
    }
    let none = Marks::default();
    gather.close(&Near { base: from, blocks: [&none; 3] }, &mut found);
}

#[inline]
fn for_each_bit(mut bits: u64, mut each: impl FnMut(usize)) {
    while bits != 0 {
        each(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

struct Gather<'a> {
    text: &'a [u8],
    pending: Option<Open>,
    /// Where the pending cluster goes on although its gap is long in the view.
    bridge: usize,
}

/// The marks of three blocks in a row.
pub(crate) struct Near<'m> {
    /// Where the first of them begins: for the first block of a text, before it.
    base: usize,
    blocks: [&'m Marks; 3],
}

impl Near<'_> {
    /// The marks of the 64 characters from `from` on, but for those of words.
    #[inline]
    pub(crate) fn marks(&self, text: &[u8], from: usize) -> Marks {
        self.window(from).unwrap_or_else(|| marks::look(text, from))
    }

    #[inline]
    fn window(&self, from: usize) -> Option<Marks> {
        let off = from.wrapping_sub(self.base);
        let (first, second) = match off / BLOCK {
            0 => (self.blocks[0], self.blocks[1]),
            1 => (self.blocks[1], self.blocks[2]),
            _ => return None,
        };
        let shift = off % BLOCK;
        let join = |first: u64, second: u64| first >> shift | second << 1 << (63 - shift);
        Some(Marks {
            digits: join(first.digits, second.digits),
            at: 0,
            words: 0,
            splits: join(first.splits, second.splits),
            letters: join(first.letters, second.letters),
            capitals: join(first.capitals, second.capitals),
            colons: join(first.colons, second.colons),
            stretches: join(first.stretches, second.stretches),
        })
    }
}

impl Gather<'_> {
    /// Takes the digits of one block, between its neighbours for gaps across the borders.
    #[inline]
    fn block(&mut self, base: usize, blocks: [&Marks; 3], found: &mut impl FnMut(Anchor<'_>)) {
        if blocks[1].digits == 0 {
            return;
        }
        // One branch for all that makes a block worth a closer look: few are, and no CPU foretells which.
        let (pieces, around) = Pieces::read(base, blocks);
        let wanted = pieces.large() | pieces.crossing(blocks) | around.beside(pieces.filled) | around.stretches();
        if wanted != 0 || self.bridge != usize::MAX {
            self.pieces(&pieces, &around, wanted, found);
        }
    }

    /// Takes the pieces of a block that have any of the bits `wanted`, or all where one goes on behind what stands by it.
    fn pieces(&mut self, pieces: &Pieces, around: &Neighbours<'_>, wanted: u64, found: &mut impl FnMut(Anchor<'_>)) {
        let near = Near { base: pieces.base.wrapping_sub(BLOCK), blocks: around.blocks };
        if self.bridge != usize::MAX || self.goes_on(pieces.base, around) {
            pieces.each(pieces.filled, |piece| self.take(piece, &near, found));
        } else {
            self.take_large(pieces, wanted, &near, found);
        }
    }

    /// Whether one of the pieces by which something stands that may be more or less than it seems goes on behind it.
    #[inline]
    fn goes_on(&self, base: usize, around: &Neighbours<'_>) -> bool {
        let mut ends = around.ends & around.stretches();
        while ends != 0 {
            let end = base + ends.trailing_zeros() as usize + 1;
            if strand::bridge(self.text, end).is_some() {
                return true;
            }
            ends &= ends - 1;
        }
        false
    }

    /// Takes the pieces that have any of the bits `wanted`, and what goes on in the next block; others are too small.
    #[inline]
    fn take_large(&mut self, pieces: &Pieces, mut wanted: u64, near: &Near<'_>, found: &mut impl FnMut(Anchor<'_>)) {
        let mut filled = pieces.filled;
        if let Some(open) = &mut self.pending {
            if open.end == pieces.base && filled & 1 == 1 {
                let piece = pieces.around(0);
                open.join(piece);
                let rest = (!0_u64).checked_shl((piece.end - pieces.base) as u32).unwrap_or(0);
                (filled, wanted) = (filled & rest, wanted & rest);
                if rest == 0 {
                    return;
                }
            }
            self.close(near, found);
        }
        wanted |= filled & 1 << 63;
        pieces.each(wanted, |piece| {
            self.pending = Some(piece);
            if piece.end < pieces.base + BLOCK {
                self.close(near, found);
            }
        });
    }

    #[inline]
    fn take(&mut self, piece: Open, near: &Near<'_>, found: &mut impl FnMut(Anchor<'_>)) {
        if let Some(open) = &mut self.pending {
            if open.end == piece.start || self.bridge == piece.start {
                open.join(piece);
                self.bridge = self.stretch(piece.end);
                return;
            }
            self.close(near, found);
        }
        self.bridge = self.stretch(piece.end);
        self.pending = Some(piece);
    }

    #[inline]
    fn stretch(&self, end: usize) -> usize {
        if end < self.text.len() && strand::may_stretch(self.text, end) {
            strand::bridge(self.text, end).unwrap_or(usize::MAX)
        } else {
            usize::MAX
        }
    }

    #[inline]
    fn close(&mut self, near: &Near<'_>, found: &mut impl FnMut(Anchor<'_>)) {
        if let Some(open) = self.pending.take()
            && (open.digits >= FEWEST || open.runs >= 4 || self.beside(open))
        {
            found(Anchor::Cluster(open.start, open.end, near));
        }
    }

    /// Whether capitals or a colon stand beside few digits, as in a company's number with letters or an IPv6 address.
    #[inline]
    fn beside(&self, open: Open) -> bool {
        let byte = |at: usize| self.text.get(at).copied().unwrap_or(0);
        let (left, right) = (byte(open.start.wrapping_sub(1)), byte(open.end));
        let (l, r) = (BESIDE[usize::from(left)], BESIDE[usize::from(right)]);
        if open.runs >= 2 && self.text[open.start..open.end].windows(2).any(|two| two == b"::") {
            return true;
        }
        if l | r == 0 {
            return false;
        }
        if (l | r) & CAPITAL != 0 || open.digits >= 6 && l & r & ANY != 0 {
            return true;
        }
        let (before, after) = (byte(open.start.wrapping_sub(2)), byte(open.end + 1));
        if open.digits >= 2
            && (l & JOIN != 0 && BESIDE[usize::from(before)] & CAPITAL != 0
                || r & JOIN != 0 && BESIDE[usize::from(after)] & CAPITAL != 0)
        {
            return true;
        }
        if l & HEX == 0 && (l | r) & COLON == 0 {
            return false;
        }
        let colon = |byte: u8| byte == b':';
        colon(left) && (colon(before) || before.is_ascii_hexdigit())
            || colon(right) && colon(after)
            || l & HEX != 0 && (colon(before) || colon(byte(open.start.wrapping_sub(3))))
    }
}

/// The digits of a block, with the gaps between that they hang together over.
struct Pieces {
    base: usize,
    digits: u64,
    /// The first digits of runs.
    first: u64,
    filled: u64,
}

impl Pieces {
    /// The pieces of the middle one of three blocks, and what is around them.
    #[inline]
    fn read(base: usize, blocks: [&Marks; 3]) -> (Self, Neighbours<'_>) {
        let [before, block, after] = blocks;
        let digits = block.digits;
        let left = |n: u32| (digits << n) | (before.digits >> (64 - n));
        let right = |n: u32| (digits >> n) | (after.digits << (64 - n));
        // Digits hang together over what does not part them.
        let joined = |n: u32| !((block.splits << n) | (before.splits >> (64 - n)));
        let joins = |n: u32| !((block.splits >> n) | (after.splits << (64 - n)));
        let (l1, l2) = (left(1), left(2) & joined(1));
        let l3 = left(3) & joined(1) & joined(2);
        let (r1, r2) = (right(1), right(2) & joins(1));
        let r3 = right(3) & joins(1) & joins(2);
        let filled = digits | !block.splits & ((l1 & (r1 | r2 | r3)) | (l2 & (r1 | r2)) | (l3 & r1));
        let around = Neighbours { blocks, begins: filled & !(filled << 1), ends: filled & !(filled >> 1) };
        (Self { base, digits, first: digits & !l1, filled }, around)
    }

    /// The bits at the borders of pieces that go on in a neighbour.
    #[inline]
    fn crossing(&self, [before, _, after]: [&Marks; 3]) -> u64 {
        self.filled
            & (u64::from(before.digits >> (BLOCK - 4) != 0) | u64::from(after.digits & 0b1111 != 0) << (BLOCK - 1))
    }

    /// Calls `found` with the pieces that have any of the bits `wanted`, in order.
    #[inline]
    fn each(&self, mut wanted: u64, mut found: impl FnMut(Open)) {
        while wanted != 0 {
            let piece = self.around(wanted.trailing_zeros());
            wanted &= (!0_u64).checked_shl((piece.end - self.base) as u32).unwrap_or(0);
            found(piece);
        }
    }

    /// The piece that has the bit `at`.
    #[inline]
    fn around(&self, at: u32) -> Open {
        let outside = !self.filled & ((1 << at) - 1);
        let start = 64 - outside.leading_zeros();
        let length = (!(self.filled >> start)).trailing_zeros().min(64 - start);
        let mask = !0 >> (64 - length) << start;
        Open {
            start: self.base + start as usize,
            end: self.base + (start + length) as usize,
            digits: (self.digits & mask).count_ones(),
            runs: (self.first & mask).count_ones(),
        }
    }

    /// Where pieces begin to be as long as the shortest identifier, a bit for each place.
    #[inline]
    fn large(&self) -> u64 {
        const { assert!(FEWEST == 7) };
        let two = self.filled & self.filled >> 1;
        let four = two & two >> 2;
        four & four >> 3
    }
}

/// A block between its neighbours, and where its pieces begin and end.
struct Neighbours<'m> {
    blocks: [&'m Marks; 3],
    begins: u64,
    ends: u64,
}

impl Neighbours<'_> {
    /// By place, whether a mark stands so far before it.
    #[inline]
    fn left(&self, marks: impl Fn(&Marks) -> u64, far: u32) -> u64 {
        marks(self.blocks[1]) << far | marks(self.blocks[0]) >> (64 - far)
    }

    /// The same behind it.
    #[inline]
    fn right(&self, marks: impl Fn(&Marks) -> u64, far: u32) -> u64 {
        marks(self.blocks[1]) >> far | marks(self.blocks[2]) << (64 - far)
    }

    /// Ends of pieces by which something stands that may join them to others or hide a capital; beginnings likewise.
    #[inline]
    fn stretches(&self) -> u64 {
        let marks = |marks: &Marks| marks.stretches;
        let before = self.left(marks, 1) | self.left(marks, 2);
        let after = self.right(marks, 1) | self.right(marks, 2) | self.right(marks, 3) | self.right(marks, 4);
        self.begins & before | self.ends & after
    }

    /// Places in pieces by which [`Gather::beside`] may find something.
    #[inline]
    fn beside(&self, filled: u64) -> u64 {
        let (capital, colon, letter) = (|m: &Marks| m.capitals, |m: &Marks| m.colons, |m: &Marks| m.letters);
        let capitals = self.begins & (self.left(capital, 1) | self.left(capital, 2))
            | self.ends & (self.right(capital, 1) | self.right(capital, 2));
        let colons = self.begins & (self.left(colon, 1) | self.left(colon, 2) | self.left(colon, 3))
            | self.ends & self.right(colon, 1)
            | filled & colon(self.blocks[1]) & self.left(colon, 1);
        let two = filled & filled >> 1;
        let six = two & two >> 2 & two >> 4;
        capitals | colons | self.begins & six & self.left(letter, 1)
    }
}

/// What a byte beside digits may say; most say nothing.
const BESIDE: [u8; 256] = beside();
/// A capital, or what may hide one.
const CAPITAL: u8 = 1;
const ANY: u8 = 2;
const JOIN: u8 = 4;
const COLON: u8 = 8;
const HEX: u8 = 16;

const fn beside() -> [u8; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        table[n] |= if is(byte, UPPER | INVISIBLE) || matches!(byte, b'*' | b'~' | b'`') { CAPITAL } else { 0 }
            | if is(byte, LETTER | INVISIBLE) { ANY } else { 0 };
        table[n] |= if matches!(byte, b'.' | b'-' | b'/' | b' ') { JOIN } else { 0 };
        table[n] |= if byte == b':' { COLON } else { 0 } | if byte.is_ascii_hexdigit() { HEX } else { 0 };
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn clusters(text: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        each(text, Engine::shared().triggers(), &mut Batch::default(), |anchor| {
            if let Anchor::Cluster(start, end, _) = anchor {
                found.push((start, end));
            }
        });
        found
    }

    #[test]
    fn where_a_text_begins_in_a_block_changes_nothing() {
        let texts = [
            "0\n  3\n  2\n  1\n  8\n  0\n  0\n  0\n  9",
            "529.982.247-25, AB 12 e 3 dias, 1.2.3.4, 12 - 34 - 567",
            "CNPJ 12.ABC.345/01DE-35; 12:34 x 5 2 9 . 9 8 2 . 2 4 7 - 2 5",
            "*11\u{ad}222\u{ad}333* 0001-81 12,34 ::1 a1:b2::3 GB29 NWBK 6016 1331 9268 19",
        ];
        for text in texts {
            let text: Vec<u8> = text.chars().map(|c| u32::from(c) as u8).collect();
            let alone = clusters(&text);
            assert!(!alone.is_empty());
            for before in 0..=5 * BLOCK {
                let mut moved = vec![b'x'; before];
                moved.extend(b"     ");
                moved.extend(&text);
                let found: Vec<_> = clusters(&moved).iter().map(|&(a, b)| (a - before - 5, b - before - 5)).collect();
                assert_eq!(found, alone, "{before} characters before {text:?}");
            }
        }
    }
}
