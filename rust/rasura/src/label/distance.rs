//! How far a label is from a candidate. Other candidates and placeholders between them count as one character each, so
//! that redacting what lies between moves nothing.

use super::phrase::{is_delimiter, placeholder};
use crate::view::class::{INVISIBLE, LETTER, NEWLINE, is};

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
        let (mut at, mut since_item) = (from, usize::MAX);
        let mut length = 0_usize;
        while at < to {
            let byte = text[at];
            if let Some(end) = placeholder(text, at).filter(|&end| end <= to) {
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
            let end = text[at..to].iter().position(|&byte| is_delimiter(byte)).map_or(to, |i| at + i);
            let chunk = &text[at..end];
            let digits = chunk.iter().filter(|byte| byte.is_ascii_digit()).count();
            if digits >= 4 || chunk.contains(&b'@') {
                between.item(&mut length, &mut since_item);
            } else {
                length += chunk.iter().filter(|&&byte| !is(byte, INVISIBLE)).count();
                between.stop |= chunk.ends_with(b".");
                if chunk.iter().any(|&byte| is(byte, LETTER)) {
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
