//! Whether a window of runs is one number or several: digits are joined over separators that no form lists only where
//! nothing says that they are plainly separate numbers.

use std::ops::Range;

use super::digits::Window;
use super::strand::Strand;
use crate::label::phrase::placeholder;
use crate::view::class::{NEWLINE, SPACE, is};

/// How far around a loosely written number another number says that it stands in a list.
const ALONE: usize = 24;

/// How loosely two runs hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// One mark: dot, hyphen, slash.
    Tight,
    /// One space.
    Space,
    /// More than one character, a comma, a line break.
    Loose,
    /// Nothing follows.
    Open,
}

/// What one character between two runs is.
const ONE: [Gap; 256] = {
    let mut table = [Gap::Tight; 256];
    let mut n = 0;
    while n < 256 {
        let byte = n as u8;
        if is(byte, SPACE) {
            table[n] = Gap::Space;
        } else if byte == b':' || is(byte, NEWLINE) {
            table[n] = Gap::Loose;
        }
        n += 1;
    }
    table
};

/// What stands between two runs.
#[inline]
pub(crate) fn gap(bytes: &[u8]) -> Gap {
    match bytes {
        [byte] => ONE[usize::from(*byte)],
        _ => Gap::Loose,
    }
}

/// How loosely a window hangs together inside, and with what is before and after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ties {
    pub(crate) left: Gap,
    pub(crate) inner: Gap,
    pub(crate) right: Gap,
}

impl Ties {
    /// Whether the window may be one number for a label before it, and for one after it; `None` where it hangs together
    /// more closely outside than inside: it is not cut there.
    #[inline]
    pub(crate) fn ends(self) -> Option<(bool, bool)> {
        let (lead, trail) = (self.left > self.inner, self.right > self.inner);
        (self.left >= self.inner && self.right >= self.inner && (lead || trail)).then_some((lead, trail))
    }
}

pub(crate) fn between<'a>(strand: Strand<'a>, window: &Window<'_>, n: usize) -> &'a [u8] {
    &strand.text[window.runs[n].end as usize..window.runs[n + 1].start as usize]
}

/// Whether a dot, hyphen or slash binds the window to further digits: it is then a part of something longer.
pub(crate) fn is_part(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let binds = |bytes: &[u8]| matches!(bytes, [b'.' | b'-' | b'/']);
    let before = window.first > 0 && binds(between(strand, window, window.first - 1));
    before
        || window.last + 1 < window.runs.len() && binds(between(strand, window, window.last))
        || is_of_list(strand, window)
}

/// Whether the window, with spaces all along, is cut out of a row of numbers or is a row of a table: beside it in the row
/// stands a part as long as its own or the row goes far on, or the line before or after is a row of other lengths, which a
/// telephone with a plus is none of.
fn is_of_list(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let (runs, first, last) = (window.runs, window.first, window.last);
    let parts = last - first + 1;
    let space = |n: usize| gap(between(strand, window, n)) == Gap::Space;
    if parts < 2 || runs.len() < parts + 3 || !(first..last).all(space) {
        return false;
    }
    let like = |a: usize, b: usize| runs[a].len() == runs[b].len() && runs[a].len() > 2;
    let before = first > 0 && space(first - 1);
    let after = last + 1 < runs.len() && space(last);
    if before || after {
        let beside = before && like(first - 1, first) || after && like(last + 1, last);
        return beside && runs.len() % parts != 0 || runs.len() >= parts + 6;
    }
    let breaks = |n: usize| between(strand, window, n).iter().any(|&byte| is(byte, NEWLINE));
    let above = || (0..first - 1).rev().take_while(|&n| space(n)).last().map(|n| n..first);
    let below = || (last + 1..runs.len() - 1).take_while(|&n| space(n)).last().map(|n| last + 1..n + 2);
    let plus = |n: usize| strand.text[..runs[n].start as usize].last() == Some(&b'+');
    let other = |row: Range<usize>| {
        row.len() >= 3
            && !plus(row.start)
            && (row.len() != parts || row.clone().zip(first..).any(|(a, b)| runs[a].len() != runs[b].len()))
    };
    first > 1 && breaks(first - 1) && above().is_some_and(other)
        || last + 2 < runs.len() && breaks(last) && below().is_some_and(other)
}

/// Whether each digit stands apart, all with the same separator, and no more of them follow.
pub(crate) fn each_apart(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let (first, last) = (window.first, window.last);
    let separator = between(strand, window, first);
    let before = first > 0 && window.runs[first - 1].len() == 1 && between(strand, window, first - 1) == separator;
    let goes_on = || {
        last + 1 < window.runs.len() && window.runs[last + 1].len() == 1 && between(strand, window, last) == separator
    };
    !before
        && !window.cut
        && !goes_on()
        && window.runs[first..=last].iter().all(|run| run.len() == 1)
        && (first..last).all(|n| between(strand, window, n) == separator)
}

/// Whether the window regroups what are plainly separate numbers, whatever a label says: a number a line, cells of two
/// rows, amounts, dates, times.
pub(crate) fn regroups(strand: Strand<'_>, window: &Window<'_>) -> bool {
    is_decimal(strand, window)
        || is_date(strand, window)
        || is_time(strand, window)
        || is_column(strand, window)
        || is_of_rows(strand, window)
}

/// Whether the window goes from the last cell of a row to the first one of the next. Between bars it may be a cell of two lines.
fn is_of_rows(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let breaks = |n: usize| between(strand, window, n).iter().any(|&byte| is(byte, NEWLINE));
    let text = strand.text;
    let Range { start, end } = window.range();
    let part = |at: usize| text.get(at).is_some_and(|&byte| !is(byte, SPACE | NEWLINE));
    let border = |at: usize| match text.get(at) {
        Some(b';' | b',') => part(at + 1),
        Some(b'\t') => true,
        _ => false,
    };
    (window.first..window.last).any(breaks) && border(start.wrapping_sub(1)) && border(end)
}

/// Whether the window begins with an area code: with digits in brackets it is a telephone number and no other.
pub(crate) fn has_area_code(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let start = window.runs[window.first].start as usize;
    window.first < window.last
        && strand.text[..start].last() == Some(&b'(')
        && between(strand, window, window.first).first() == Some(&b')')
}

/// Whether each part stands on a line of its own.
fn is_column(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let breaks = |n: usize| between(strand, window, n).iter().any(|&byte| is(byte, NEWLINE));
    window.last - window.first > 1 && (window.first..window.last).all(breaks)
}

/// Whether the window begins or ends with a date.
fn is_date(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let mark = |n: usize| match between(strand, window, n) {
        [mark @ (b'/' | b'-' | b'.')] => Some(*mark),
        _ => None,
    };
    let length = |n: usize| window.runs[n].len();
    let number = |n: usize| {
        strand.text[window.runs[n].range()].iter().fold(0, |value: u32, byte| value * 10 + u32::from(byte - b'0'))
    };
    let date = |n: usize| {
        let marks = mark(n).is_some() && mark(n) == mark(n + 1);
        let (day, month, year) = if length(n) == 4 { (n + 2, n + 1, n) } else { (n, n + 1, n + 2) };
        let short = length(day) <= 2 && length(month) <= 2;
        let in_year = matches!(length(year), 4) && (1900..=2099).contains(&number(year));
        let small = |a: usize, b: usize| (1..=31).contains(&number(a)) && (1..=12).contains(&number(b));
        marks && short && in_year && (small(day, month) || small(month, day))
    };
    let parts = window.last - window.first + 1;
    parts >= 3 && (date(window.first) || date(window.last - 2))
}

/// Whether the window holds or cuts the time of a day: hours and minutes with a colon between.
fn is_time(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let pair = |n: usize| match strand.text[window.runs[n].range()] {
        [ten @ b'0'..=b'5', one] => Some((ten - b'0') * 10 + one - b'0'),
        _ => None,
    };
    let colon = |n: usize| matches!(between(strand, window, n), b":");
    let (first, last) = (window.first.saturating_sub(1), (window.last + 1).min(window.runs.len() - 1));
    (first..last).any(|n| colon(n) && pair(n).is_some_and(|hour| hour < 24) && pair(n + 1).is_some())
}

/// Whether the window is an amount: more than three digits, a dot and two decimals. So many digits that an identifier
/// with two check digits may be written so are left to these.
pub(crate) fn is_decimal(strand: Strand<'_>, window: &Window<'_>) -> bool {
    let [whole, decimals] = &window.runs[window.first..=window.last] else { return false };
    (4..9).contains(&whole.len()) && decimals.len() == 2 && between(strand, window, window.first) == b"."
}

/// Whether a window without label may be one number: it hangs together more closely than with its neighbours and, where
/// there are spaces inside, no other number stands near.
pub(crate) fn stands_alone(Ties { left, inner, right }: Ties, text: &[u8], place: &Range<usize>) -> bool {
    if left <= inner || right <= inner {
        return false;
    }
    if inner == Gap::Tight {
        return true;
    }
    let before = &text[place.start.saturating_sub(ALONE)..place.start];
    let after = &text[place.end..text.len().min(place.end + ALONE)];
    // A placeholder stands for a number that a second pass does not see.
    let open = |byte: &u8| matches!(byte, b'[' | b'<' | b'{');
    let far = place.start.saturating_sub(ALONE + 60);
    let earlier = text[far..place.start]
        .iter()
        .enumerate()
        .filter(|(_, byte)| open(byte))
        .filter_map(|(at, _)| placeholder(text, far + at));
    let later = after
        .iter()
        .enumerate()
        .filter(|(_, byte)| open(byte))
        .any(|(at, _)| placeholder(text, place.end + at).is_some());
    let mut ends = earlier.filter(|&end| end <= place.start && end + ALONE > place.start);
    !before.iter().chain(after).any(u8::is_ascii_digit) && ends.next().is_none() && !later
}
