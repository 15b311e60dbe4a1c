//! What is wrong with a pack file: where, why, and what to do.

use std::fmt;

/// A mistake in a pack, before it is known where it stands in the file.
#[derive(Debug)]
pub(crate) struct Mistake {
    key: &'static str,
    reason: String,
    remedy: String,
}

impl Mistake {
    /// A mistake under the field `key` (empty: the file itself).
    pub(crate) fn new(key: &'static str, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { key, reason: reason.into(), remedy: remedy.into() }
    }
}

/// A mistake in a pack file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The file, as the caller named it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl PackError {
    /// A mistake, placed where its field stands in `text`.
    #[must_use]
    pub(crate) fn new(path: &str, text: &str, mistake: Mistake) -> Self {
        let stands = |line: &str| {
            let line = line.trim_start_matches(['[', ' ']);
            line.strip_prefix(mistake.key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
        };
        let line = if mistake.key.is_empty() { 0 } else { text.lines().position(stands).unwrap_or(0) };
        Self { path: path.to_owned(), line: line + 1, column: 1, reason: mistake.reason, remedy: mistake.remedy }
    }

    /// What the TOML reader refused.
    pub(crate) fn syntax(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let before = &text[..error.span().map_or(0, |span| span.start.min(text.len()))];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let reason = error.message().trim().replace('\n', ", ");
        Self { path: path.to_owned(), line, column, reason, remedy: "see the fields in locales/README.md".into() }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}; {}", self.path, self.line, self.column, self.reason, self.remedy)
    }
}

impl std::error::Error for PackError {}
