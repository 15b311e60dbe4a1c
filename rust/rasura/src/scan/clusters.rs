//! Gathers marked digits to clusters: digits with at most three characters between, none of which parts them. Matching
//! looks closer; here only what is too small for any identifier is dropped.

use rasura_pack::index::FEWEST_DIGITS;

use crate::r#match::{is_join, strand};
use crate::scan::batch::Batch;
use crate::scan::marks::{self, BATCH, BLOCK, Marks, Planes, ROOM, Triggers};
use crate::scan::pieces::Pieces;
use crate::view::class::{INVISIBLE, LETTER, UPPER, is};
use crate::view::markup::{self, is_mark};

/// Hears of all that is to be looked at.
pub(crate) trait Anchors {
    /// Digits, from the first to after the last, and the marks around them.
    fn cluster(&mut self, start: usize, end: usize, near: &Near<'_>);
    /// An `@`.
    fn at(&mut self, at: usize);
    /// The beginning of a word that may be a secret's label.
    fn word(&mut self, at: usize);
}

/// Where the marks around a short cluster begin: further before it than they show behind it, since words stand before.
#[inline]
pub(crate) const fn before(start: usize, end: usize) -> usize {
    const MOST: usize = 24;
    const BEHIND: usize = 9;
    let room = BLOCK - BEHIND - (end - start);
    start.saturating_sub(if room < MOST { room } else { MOST })
}

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

/// Tells `anchors` of every anchor of `text`, clusters in order. The text is read in batches.
#[inline]
pub(crate) fn each(text: &[u8], triggers: &Triggers, batch: &mut Batch, anchors: &mut impl Anchors) {
    let mut gather = Gather { text, pending: None, bridge: usize::MAX };
    let mut base = 0;
    let mut filled = batch.begin(text, triggers);
    loop {
        let goes_on = filled == ROOM;
        let Batch { planes, pieces, anchored } = &*batch;
        for_each_bit((*anchored).into(), |n| {
            let from = base + n * BLOCK;
            for_each_bit(planes.at[n + 1], |bit| anchors.at(from + bit));
            for_each_bit(planes.words[n + 1], |bit| anchors.word(from + bit));
        });
        let near = Near { base: base.wrapping_sub(BLOCK), planes, last: filled - usize::from(goes_on) };
        gather.blocks(pieces, &near, anchors);
        if !goes_on {
            return gather.close(&near, anchors);
        }
        base += BATCH * BLOCK;
        filled = batch.go_on(text, base, triggers);
    }
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

/// The marks of a batch.
pub(crate) struct Near<'m> {
    /// Where the first block begins: at first, before the text.
    base: usize,
    planes: &'m Planes,
    /// The last block that has another after it.
    last: usize,
}

impl Near<'_> {
    /// The marks of the 64 characters from `from` on, but for those of words.
    #[inline]
    pub(crate) fn marks(&self, text: &[u8], from: usize) -> Marks {
        let off = from.wrapping_sub(self.base);
        if off / BLOCK < self.last { self.planes.window(off / BLOCK, off % BLOCK) } else { marks::look(text, from) }
    }
}

impl Gather<'_> {
    /// Takes the pieces of a batch.
    #[inline]
    fn blocks(&mut self, pieces: &Pieces, near: &Near<'_>, anchors: &mut impl Anchors) {
        let digits = pieces.with_any;
        let mut wanted = pieces.with_wanted | if self.bridge == usize::MAX { 0 } else { digits };
        while wanted != 0 {
            let lane = wanted.trailing_zeros() as usize % BATCH;
            wanted &= wanted - 1;
            self.block(pieces, lane, near, anchors);
            // What goes on behind a long gap goes on in the next block that has digits.
            wanted |= if self.bridge == usize::MAX { 0 } else { digits & !1 << lane };
        }
    }

    /// Takes the pieces of a block that are worth a look, or all where one goes on behind what stands by it.
    fn block(&mut self, pieces: &Pieces, lane: usize, near: &Near<'_>, anchors: &mut impl Anchors) {
        let (planes, block) = (near.planes, lane + 1);
        let base = near.base.wrapping_add(block * BLOCK);
        let digits = planes.digits[block];
        let first = digits & !(digits << 1 | planes.digits[block - 1] >> (BLOCK - 1));
        let all = Block { base, digits, first, filled: pieces.filled[lane] };
        if self.bridge != usize::MAX || self.goes_on(base, pieces.stretched[lane]) {
            all.each(all.filled, |piece| self.take(piece, near, anchors));
        } else {
            self.take_large(&all, pieces.wanted[lane], near, anchors);
        }
    }

    /// Whether a piece goes on behind something that may be more or less than it seems, which stands by its end.
    #[inline]
    fn goes_on(&self, base: usize, mut ends: u64) -> bool {
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
    fn take_large(&mut self, block: &Block, mut wanted: u64, near: &Near<'_>, anchors: &mut impl Anchors) {
        let mut filled = block.filled;
        if let Some(open) = &mut self.pending {
            if open.end == block.base && filled & 1 == 1 {
                let piece = block.around(0);
                open.join(piece);
                let rest = (!0_u64).checked_shl((piece.end - block.base) as u32).unwrap_or(0);
                (filled, wanted) = (filled & rest, wanted & rest);
                if rest == 0 {
                    return;
                }
            }
            self.close(near, anchors);
        }
        wanted |= filled & 1 << 63;
        block.each(wanted, |piece| {
            self.pending = Some(piece);
            if piece.end < block.base + BLOCK {
                self.close(near, anchors);
            }
        });
    }

    #[inline]
    fn take(&mut self, piece: Open, near: &Near<'_>, anchors: &mut impl Anchors) {
        if let Some(open) = &mut self.pending {
            if open.end == piece.start || self.bridge == piece.start {
                open.join(piece);
                self.bridge = self.stretch(piece.end);
                return;
            }
            self.close(near, anchors);
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
    fn close(&mut self, near: &Near<'_>, anchors: &mut impl Anchors) {
        if let Some(open) = self.pending.take()
            && (open.digits as usize >= FEWEST_DIGITS || open.runs >= 4 || self.beside(open))
        {
            anchors.cluster(open.start, open.end, near);
        }
    }

    /// Whether capitals or a colon stand beside few digits, as in a company's number with letters or an IPv6 address.
    #[inline]
    fn beside(&self, open: Open) -> bool {
        let byte = |at: usize| self.text.get(at).copied().unwrap_or(0);
        let (left, right) = (byte(open.start.wrapping_sub(1)), byte(open.end));
        let (l, r) = (BESIDE[usize::from(left)], BESIDE[usize::from(right)]);
        if open.runs >= 2 && goes_on_as_address(self.text, open) {
            return true;
        }
        if l | r == 0 {
            return false;
        }
        if (l | r) & CAPITAL != 0 || open.digits >= 6 && l & r & ANY != 0 {
            return true;
        }
        if (l | r) & TAG != 0 && markup::stands_by(self.text, open.start..open.end) {
            return true;
        }
        let joined = || l & JOIN != 0 && leads(self.text, open) || r & JOIN != 0 && follows(self.text, open);
        if open.digits >= 2 && joined() {
            return true;
        }
        if l & HEX == 0 && (l | r) & COLON == 0 {
            return false;
        }
        let (before, after) = (byte(open.start.wrapping_sub(2)), byte(open.end + 1));
        let colon = |byte: u8| byte == b':';
        colon(left) && (colon(before) || before.is_ascii_hexdigit())
            || colon(right) && colon(after)
            || l & HEX != 0 && (colon(before) || colon(byte(open.start.wrapping_sub(3))))
    }
}

/// Whether few digits with a colon and figures of IPv6 between, or what goes on with them, have a gap of such an address.
fn goes_on_as_address(text: &[u8], open: Open) -> bool {
    const LONGEST: usize = 40;
    let inside = &text[open.start..open.end];
    let gap = |bytes: &[u8]| bytes.windows(2).any(|two| two == b"::");
    let figure = |byte: &&u8| byte.is_ascii_hexdigit() || **byte == b':';
    gap(inside)
        || inside.contains(&b':') && inside.iter().any(u8::is_ascii_alphabetic) && {
            let rest = text[open.end..].iter().take(LONGEST).take_while(figure).count();
            gap(&text[open.end..open.end + rest])
        }
}

/// How far from few digits a capital may stand that they are joined to: what is long has a look whatever stands by it, and
/// for what is short the marks of pieces tell no more (`scan/pieces.rs`).
const fn far(open: Open) -> usize {
    if open.end - open.start >= FEWEST_DIGITS { 4 } else { 2 }
}

/// Whether the nearest byte before few digits over which digits are not joined is a capital, or what may hide one.
fn leads(text: &[u8], open: Open) -> bool {
    let mut near = text[open.start.saturating_sub(far(open))..open.start].iter().rev();
    near.find_map(|&byte| nearest(byte)).unwrap_or(false)
}

/// The same behind them; beyond the second byte a capital with a small letter behind it begins a sentence or a name.
fn follows(text: &[u8], open: Open) -> bool {
    const HIDDEN: usize = 4;
    let at = open.end;
    let small = |at: usize| text.get(at).is_some_and(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    let mut near = text[at..].iter().take(HIDDEN).enumerate();
    let Some((n, loud)) = near.find_map(|(n, &byte)| Some((n, nearest(byte)?))) else { return false };
    let capital = is(text[at + n], UPPER);
    loud && !(capital && (n >= far(open) || n > 1 && small(at + n + 1)))
}

/// Whether a byte is a capital or may hide one, if digits are not joined over it.
fn nearest(byte: u8) -> Option<bool> {
    let flags = BESIDE[usize::from(byte)];
    (flags & JOIN == 0 || flags & LOUD != 0).then_some(flags & LOUD != 0)
}

/// The digits of a block, with the gaps between that they hang together over.
struct Block {
    base: usize,
    digits: u64,
    /// The first digits of runs.
    first: u64,
    filled: u64,
}

impl Block {
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
}

/// What a byte beside digits may say; most say nothing.
const BESIDE: [u8; 256] = beside();
/// A capital, or what may hide one.
const CAPITAL: u8 = 1;
const ANY: u8 = 2;
const JOIN: u8 = 4;
const COLON: u8 = 8;
const HEX: u8 = 16;
const TAG: u8 = 32;
/// A capital, or what may hide one from afar.
const LOUD: u8 = CAPITAL | TAG;

const fn beside() -> [u8; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        table[n] |= if is(byte, UPPER | INVISIBLE) || is_mark(byte) { CAPITAL } else { 0 }
            | if is(byte, LETTER | INVISIBLE) { ANY } else { 0 };
        table[n] |= if is_join(byte) { JOIN } else { 0 };
        table[n] |= if matches!(byte, b'<' | b'>') { TAG } else { 0 };
        table[n] |= if byte == b':' { COLON } else { 0 } | if byte.is_ascii_hexdigit() { HEX } else { 0 };
        n += 1;
    }
    table
}

/// All clusters of a text, for tests and measurements.
pub(crate) fn all(text: &[u8], triggers: &Triggers) -> Vec<(usize, usize)> {
    struct Clusters(Vec<(usize, usize)>);
    impl Anchors for Clusters {
        fn cluster(&mut self, start: usize, end: usize, _: &Near<'_>) {
            self.0.push((start, end));
        }
        fn at(&mut self, _: usize) {}
        fn word(&mut self, _: usize) {}
    }
    let mut clusters = Clusters(Vec::new());
    each(text, triggers, &mut Batch::default(), &mut clusters);
    clusters.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn clusters(text: &[u8]) -> Vec<(usize, usize)> {
        all(text, Engine::shared().triggers())
    }

    #[test]
    fn where_a_text_begins_in_a_block_changes_nothing() {
        let texts = [
            "0\n  3\n  2\n  1\n  8\n  0\n  0\n  0\n  9",
            "529.982.247-25, AB 12 e 3 dias, 1.2.3.4, 12 - 34 - 567",
            "CNPJ 12.ABC.345/01DE-35; 12:34 x 5 2 9 . 9 8 2 . 2 4 7 - 2 5",
            "1-2--A-B-C-34501DE35 e 12   A",
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
