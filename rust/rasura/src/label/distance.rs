//! How far a label is from a candidate. Other candidates and placeholders between them count as one character each, so
//! that redacting what lies between moves nothing.

use super::phrase::{is_delimiter, placeholder};
use crate::view::class::{CLASS, DIGIT, INVISIBLE, LETTER, NEWLINE, is};

/// What lies between a label and a candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Between {
    /// How many characters, candidates and placeholders counted as one.
    pub(crate) length: u8,
    /// How many candidates and placeholders.
    pub(crate) items: u8,
    /// Whether there is a question mark.
    pub(crate) question: bool,
    /// Whether there is a line break.
    pub(crate) newline: bool,
    /// Whether there is something that ends a clause: `. , ; )` or a line break.
    pub(crate) stop: bool,
}

impl Between {
    /// Reads what lies in `from..to`.
    pub(crate) fn measure(text: &[u8], from: usize, to: usize) -> Self {
        let mut between = Self::default();
        if to - from <= 255 && !text[from..to].iter().any(|&byte| MATTERS[usize::from(byte)]) {
            between.length = (to - from) as u8;
            return between;
        }
        let (mut at, mut since_item) = (from, usize::MAX);
        let mut length = 0_usize;
        while at < to {
            let byte = text[at];
            if matches!(byte, b'[' | b'<' | b'{')
                && let Some(end) = placeholder(text, at).filter(|&end| end <= to)
            {
                between.item(&mut length, &mut since_item);
                at = end;
                continue;
            }
            if is_delimiter(byte) {
                between.question |= byte == b'?';
                between.newline |= is(byte, NEWLINE);
                between.stop |= is(byte, NEWLINE) || matches!(byte, b',' | b';' | b')');
                length += 1;
                since_item = since_item.saturating_add(1);
                at += 1;
                continue;
            }
            let (mut end, mut digits, mut letters, mut seen, mut address) = (at, 0, 0, 0, false);
            while end < to && !is_delimiter(text[end]) {
                let class = CLASS[usize::from(text[end])];
                digits += usize::from(class & DIGIT);
                letters += usize::from(class & LETTER != 0);
                seen += usize::from(class & INVISIBLE == 0);
                address |= text[end] == b'@';
                end += 1;
            }
            if digits >= 4 || address {
                between.item(&mut length, &mut since_item);
            } else {
                length += seen;
                between.stop |= text[end - 1] == b'.';
                if letters > 0 {
                    since_item = usize::MAX;
                }
            }
            at = end;
        }
        between.length = length.min(255) as u8;
        between
    }

    /// Counts a candidate; one that follows another within three characters belongs to it.
    fn item(&mut self, length: &mut usize, since: &mut usize) {
        if *since > 3 {
            *length += 1;
            self.items = self.items.saturating_add(1);
        } else {
            *length -= (*since).min(*length);
        }
        *since = 0;
    }
}

/// Bytes that make more of what lies between than its length.
const MATTERS: [bool; 256] = matters();

const fn matters() -> [bool; 256] {
    let mut table = [false; 256];
    let mut n = 0;
    while n < 256 {
        table[n] = is(n as u8, DIGIT | INVISIBLE | NEWLINE) || matches!(n as u8, b'@' | b'[' | b'<' | b'{' | b'?' | b',' | b';' | b')' | b'.');
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::Between;

    fn measure(text: &str) -> (u8, u8) {
        let between = Between::measure(text.as_bytes(), 0, text.len());
        (between.length, between.items)
    }

    #[test]
    fn a_candidate_and_its_placeholder_count_alike() {
        for text in [": 529.982.247-25, ", ": [CPF], ", ": [CPF_12], ", ": ana@example.com, "] {
            assert_eq!(measure(text), measure(": [CPF], "), "{text}");
        }
        assert_eq!(measure(" é "), (3, 0));
        assert_eq!(measure("52998224725 11987654321"), measure("[CPF] [PHONE]"));
    }
}
