//! The canonical form of a value: the same for every way of writing it.

use std::borrow::Cow;
use std::ops::Range;

use rasura_pack::shape::{self, NO_SYMBOL, SYMBOL};
use rasura_pack::table::{Keep, Pack};

use super::phone;
use crate::config::Config;
use crate::resolve::Finding;
use crate::view::class::{INVISIBLE, LETTER, is};
use crate::view::markup;
use crate::view::{Source, View};

/// The canonical form of what was found in the view.
pub(crate) fn canonical(pack: &Pack, config: &Config, view: &View<'_>, finding: &Finding) -> String {
    let said = finding
        .said
        .as_deref()
        .map_or_else(|| Cow::Owned(source_text(view, finding.start..finding.end)), Cow::Borrowed);
    of_text(pack, config, &markup::without_tags(&said))
}

/// The canonical form of a value given as text.
pub(crate) fn of_text(pack: &Pack, config: &Config, text: &str) -> String {
    if pack.keep == Keep::E164
        && let Some(number) = phone::e164(pack, config, text)
    {
        return number;
    }
    let narrow = |c: char| crate::view::narrow_char(u32::from(c));
    let kept: String = match pack.keep {
        Keep::Lower => text.chars().filter(|&c| !is(narrow(c), INVISIBLE)).flat_map(char::to_lowercase).collect(),
        Keep::Characters | Keep::E164 => text
            .chars()
            .filter_map(|c| {
                let byte = narrow(c);
                match SYMBOL[usize::from(byte)] {
                    NO_SYMBOL => is(byte, LETTER).then_some(c),
                    symbol => Some(shape::character(symbol)),
                }
            })
            .collect(),
    };
    let missing = usize::from(pack.pad).saturating_sub(kept.chars().count());
    if kept.is_empty() { kept } else { "0".repeat(missing) + &kept }
}

/// The characters of the source at `range`, which no error or log ever gets to see.
pub(super) fn source_text(view: &View<'_>, range: Range<usize>) -> String {
    let unit = |value: u32| char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
    match view.source() {
        Source::Latin1(bytes) => bytes[range].iter().copied().map(char::from).collect(),
        Source::Ucs2(units) => units[range].iter().map(|&value| unit(u32::from(value))).collect(),
        Source::Ucs4(units) => units[range].iter().map(|&value| unit(value)).collect(),
        Source::Utf8(bytes) => {
            let mut offsets = [range.start, range.end];
            view.source_offsets(&mut offsets);
            String::from_utf8_lossy(&bytes[offsets[0]..offsets[1]]).into_owned()
        }
    }
}
