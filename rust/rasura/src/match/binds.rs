//! Whether letters belong to digits: directly beside them, after a mark that binds, or in capitals after what digits are
//! joined over. By the bits of marks, and byte by byte for any text.

use super::is_join;
use crate::scan::marks::Marks;
use crate::view::class::{LETTER, UPPER, is};

/// Whether letters stand beside any of `digits`, as [`binds_letters`] and [`binds_letters_before`] see it.
pub(super) fn binds(text: &[u8], marks: &Marks, base: usize, digits: u64) -> bool {
    let after = digits << 1;
    let mut reached = after;
    for _ in 0..3 {
        reached |= (reached & joins(marks)) << 1;
    }
    // A capital with a small letter after it begins a sentence or a name.
    let small = marks.letters & !marks.capitals;
    let marked = after & !marks.digits & (marks.letters >> 1);
    after & marks.letters | reached & marks.capitals & !(small >> 1) != 0
        || any(marked, |bit| is_mark(text, base + bit))
        || binds_before(text, marks, base, digits)
}

/// The same for digits from one bit to before another with no letters among them. Without a branch: nobody foretells what
/// stands by a number.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "nobody foretells a branch there")]
pub(super) fn binds_around(text: &[u8], marks: &Marks, base: usize, (from, to): (usize, usize)) -> bool {
    let joins = joins(marks);
    let letter = |at: usize| marks.letters >> at & 1 == 1;
    let gap = (!(joins >> to)).trailing_zeros().min(3) as usize;
    let small = marks.letters & !marks.capitals;
    let follows = (marks.capitals & !(small >> 1)) >> (to + gap) & 1 == 1;
    let after = letter(to) | follows | letter(to + 1) & is_mark(text, base + to);
    // What stands before, the nearest last; nothing where the digits come first.
    let near = |bits: u64| bits << 1 << (63 - from);
    let gap = (!near(joins)).leading_zeros().min(3);
    let leads = near(marks.capitals) << gap >> 63 == 1;
    let led = near(marks.letters);
    let marked = (led << 1 >> 63 == 1) & is_mark(text, (base + from).wrapping_sub(1));
    after | (led >> 63 == 1) | leads | marked
}

/// The same for letters before them.
pub(super) fn binds_before(text: &[u8], marks: &Marks, base: usize, digits: u64) -> bool {
    let before = digits >> 1;
    let mut reached = before;
    for _ in 0..3 {
        reached |= (reached & joins(marks)) >> 1;
    }
    let marked = before & !marks.digits & (marks.letters << 1);
    before & marks.letters | reached & marks.capitals != 0 || any(marked, |bit| is_mark(text, base + bit))
}

/// Whether a hyphen, dot or slash stands there, which binds letters to digits.
fn is_mark(text: &[u8], at: usize) -> bool {
    matches!(text.get(at).copied().unwrap_or(b' '), b'-'..=b'/')
}

/// Whether something holds of any of the bits.
#[inline]
fn any(mut bits: u64, holds: impl Fn(usize) -> bool) -> bool {
    while bits != 0 {
        if holds(bits.trailing_zeros() as usize) {
            return true;
        }
        bits &= bits - 1;
    }
    false
}

/// What digits are joined over, save colons.
#[inline]
fn joins(marks: &Marks) -> u64 {
    !(marks.digits | marks.letters | marks.splits | marks.colons)
}

/// Whether letters follow a digit: directly, after a mark that binds, or capitals after what digits are joined over.
pub(super) fn binds_letters(after: &[u8]) -> bool {
    match *after {
        [first, ..] if is(first, LETTER) => return true,
        [b'-' | b'.' | b'/', second, ..] if is(second, LETTER) => return true,
        _ => {}
    }
    let gap = after.iter().take(3).take_while(|&&byte| is_join(byte)).count();
    // A capital with a small letter after it begins a sentence or a name.
    let small = after.get(gap + 1).is_some_and(|&byte| is(byte, LETTER) && !is(byte, UPPER));
    !small && after.get(gap).is_some_and(|&byte| is(byte, UPPER))
}

/// Whether letters stand before a digit, in the same way.
pub(super) fn binds_letters_before(before: &[u8]) -> bool {
    match *before {
        [.., last] if is(last, LETTER) => return true,
        [.., second, b'-' | b'.' | b'/'] if is(second, LETTER) => return true,
        _ => {}
    }
    let gap = before.iter().rev().take(3).take_while(|&&byte| is_join(byte)).count();
    before.len().checked_sub(gap + 1).is_some_and(|at| is(before[at], UPPER))
}
