//! The placeholder: `[{name}]`, `<{entity}>`, `[{name}_{n}]`.

use std::borrow::Cow;

use super::Word;
use crate::catalogue::Catalogue;
use crate::error::Error;

/// Where the number goes in a word that is made once for each pack.
const NUMBER: char = '\u{0}';

/// A placeholder with the words of all packs filled in.
#[derive(Debug)]
pub(crate) struct Template {
    /// With spaces behind, so that as many bytes can be copied of each word.
    words: Vec<(String, usize)>,
    cover: String,
    numbered: bool,
    ascii: bool,
}

/// How many bytes there are of each word, with the spaces behind it, so that one copy of that length does for most.
pub(crate) const ROOM: usize = 32;

impl Template {
    /// Reads the caller's placeholder; one that could be taken for a value, or not be recognised again, is refused.
    pub(crate) fn parse(text: &str, catalogue: &Catalogue) -> Result<Self, Error> {
        check(text)?;
        let fill = |name: &str, entity: &str| {
            text.replace("{name}", name).replace("{entity}", entity).replace("{n}", &NUMBER.to_string())
        };
        let with_room = |word: String| (format!("{word:ROOM$}"), word.len());
        Ok(Self {
            words: catalogue.packs().map(|(_, pack)| with_room(fill(&pack.placeholder, &pack.id))).collect(),
            cover: text
                .replace("{name}", "REDACTED")
                .replace("{entity}", "REDACTED")
                .replace("_{n}", "")
                .replace("{n}", ""),
            numbered: text.contains("{n}"),
            ascii: text.is_ascii(),
        })
    }

    /// Whether values are numbered.
    pub(crate) fn numbered(&self) -> bool {
        self.numbered
    }

    /// What is written for a pack, with a mark where a number goes.
    pub(crate) fn word(&self, pack: u16) -> &str {
        let (word, length) = &self.words[usize::from(pack)];
        &word[..*length]
    }

    /// The same as a cut has it.
    #[inline]
    pub(crate) fn with_room(&self, pack: u16) -> Word<'_> {
        let (word, length) = &self.words[usize::from(pack)];
        Word { text: Cow::Borrowed(word), length: *length, ascii: self.ascii }
    }

    /// What is written for a pack and a number.
    pub(crate) fn with_number(&self, pack: u16, number: usize) -> Word<'_> {
        let text = self.word(pack).replace(NUMBER, &number.to_string());
        Word { length: text.len(), text: Cow::Owned(text), ascii: self.ascii }
    }

    /// The placeholder for a whole text.
    pub(crate) fn cover(&self) -> &str {
        &self.cover
    }

    /// The numbers that stand in placeholders of a text already, as `_12]`.
    pub(crate) fn numbers_in(text: &[u8]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for (at, _) in text.iter().enumerate().filter(|&(_, byte)| matches!(byte, b'[' | b'<' | b'{')) {
            if let Some(end) = crate::label::phrase::placeholder(text, at) {
                let digits: Vec<u8> = text[at..end].iter().copied().filter(u8::is_ascii_digit).collect();
                numbers.extend(String::from_utf8_lossy(&digits).parse::<usize>());
            }
        }
        numbers
    }
}

fn check(text: &str) -> Result<(), Error> {
    let wrong = |reason: &str| {
        Err(Error::Config(format!("the placeholder {reason}; write it as `[{{name}}]` or `<{{entity}}>`")))
    };
    let rest = text.replace("{name}", "x").replace("{entity}", "x").replace("{n}", "x");
    if rest.contains(['{', '}']) && !matches!(rest.as_bytes(), [b'{', .., b'}']) {
        return wrong("has a field that is none of {name}, {entity}, {n}");
    }
    if rest.chars().any(|c| c.is_numeric() || c == '@' || c.is_control()) {
        return wrong("has a digit, an `@` or a control character of its own, which could be taken for a value");
    }
    let delimits = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    if text.len() > 100 || !delimits(rest.chars().next()) || !delimits(rest.chars().last()) {
        return wrong("has no delimiters around it, or more than 100 bytes");
    }
    Ok(())
}
