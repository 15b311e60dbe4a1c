//! Which parts of a JSON value are looked after: JSON Pointers (RFC 6901) with `*` for one key or index and `**` for any number.

use crate::error::Error;

/// A pattern's positions are bits.
const SEGMENTS: usize = 63;

/// What is looked after: all of `only` that is not in `skip`. A pattern stands for what it points to and all below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    skip: Vec<Pattern>,
    only: Option<Vec<Pattern>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    One,
    Any,
}

impl Scope {
    /// Reads patterns.
    ///
    /// # Errors
    ///
    /// Says which pattern is wrong and what to write.
    pub fn new(skip: &[String], only: Option<&[String]>) -> Result<Self, Error> {
        Ok(Self { skip: patterns("skip", skip)?, only: only.map(|only| patterns("only", only)).transpose()? })
    }

    /// Whether everything is looked after.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.skip.is_empty() && self.only.is_none()
    }

    /// Whether what is at a path is looked after.
    pub(super) fn holds(&self, path: &[&str]) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(path));
        self.only.as_deref().is_none_or(any) && !any(&self.skip)
    }
}

fn patterns(option: &str, given: &[String]) -> Result<Vec<Pattern>, Error> {
    let read = |(number, text): (usize, &String)| {
        Pattern::read(text).map_err(|reason| Error::Config(format!("{option}[{number}] {reason}")))
    };
    given.iter().enumerate().map(read).collect()
}

impl Pattern {
    fn read(text: &str) -> Result<Self, &'static str> {
        if text.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err("is no JSON Pointer: it begins with a slash, as \"/id\" or \"/**/id\"");
        };
        let segments = rest.split('/').map(segment).collect::<Result<Vec<_>, _>>()?;
        if segments.len() > SEGMENTS {
            Err("has more than 63 parts; write \"**\" for some")
        } else {
            Ok(Self(segments))
        }
    }

    /// Whether the pattern stands for a path or for something that it lies in.
    fn matches(&self, path: &[&str]) -> bool {
        let Self(segments) = self;
        // Bit n: what the path has so far is what the first n parts stand for.
        let end = 1_u64 << segments.len();
        let mut states = self.past_any(1);
        for key in path {
            if states & end != 0 {
                return true;
            }
            let mut next = 0;
            for (bit, segment) in segments.iter().enumerate().filter(|(bit, _)| states >> bit & 1 == 1) {
                next |= match segment {
                    Segment::Any => 1 << bit,
                    Segment::One => 2 << bit,
                    Segment::Key(name) if name == key => 2 << bit,
                    Segment::Key(_) => 0,
                };
            }
            states = self.past_any(next);
        }
        states & end != 0
    }

    /// A `**` may stand for nothing.
    fn past_any(&self, mut states: u64) -> u64 {
        for (bit, segment) in self.0.iter().enumerate() {
            if *segment == Segment::Any && states >> bit & 1 == 1 {
                states |= 2 << bit;
            }
        }
        states
    }
}

fn segment(text: &str) -> Result<Segment, &'static str> {
    match text {
        "*" => Ok(Segment::One),
        "**" => Ok(Segment::Any),
        _ if text.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) => {
            Err("has a tilde that stands for nothing; write \"~0\" for a tilde and \"~1\" for a slash in a key")
        }
        _ => Ok(Segment::Key(text.replace("~1", "/").replace("~0", "~"))),
    }
}

/// Appends a key to a pointer.
pub(super) fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, push};

    fn skips(pattern: &str, path: &[&str]) -> bool {
        !Scope::new(&[pattern.to_owned()], None).unwrap().holds(path)
    }

    /// Every way of taking a pattern apart, tried one after the other.
    fn slow(pattern: &[&str], path: &[&str]) -> bool {
        match (pattern, path) {
            ([], _) => true,
            (["**", rest @ ..], []) => slow(rest, path),
            (["**", rest @ ..], [_, below @ ..]) => slow(rest, path) || slow(pattern, below),
            ([_, ..], []) => false,
            ([one, rest @ ..], [key, below @ ..]) => (*one == "*" || one == key) && slow(rest, below),
        }
    }

    #[test]
    fn a_pattern_stands_for_what_it_points_to_and_all_below() {
        assert!(
            skips("/id", &["id"]) && skips("/id", &["id", "0"]) && !skips("/id", &["x", "id"]) && !skips("/id", &[])
        );
        assert!(skips("", &[]) && skips("", &["x"]));
        assert!(skips("/**/sha256", &["sha256"]) && skips("/**/sha256", &["a", "0", "sha256", "b"]));
        assert!(skips("/a/*/c", &["a", "7", "c"]) && !skips("/a/*/c", &["a", "c"]));
        assert!(skips("/a~1b/c~0d", &["a/b", "c~d"]) && skips("/~01", &["~1"]));
        assert!(skips("/", &[""]) && !skips("/", &[]));
    }

    #[test]
    fn matching_agrees_with_trying_everything() {
        let (parts, keys) = (["a", "b", "*", "**"], ["a", "b", "c"]);
        let all = |alphabet: &[&'static str]| {
            let mut all: Vec<Vec<&str>> = vec![Vec::new()];
            for length in 0..4 {
                let longest: Vec<Vec<&str>> = all.iter().filter(|one| one.len() == length).cloned().collect();
                all.extend(longest.iter().flat_map(|one| alphabet.iter().map(|&next| [&one[..], &[next]].concat())));
            }
            all
        };
        let paths = all(&keys);
        for pattern in all(&parts).iter().filter(|pattern| !pattern.is_empty()) {
            for path in &paths {
                let written = format!("/{}", pattern.join("/"));
                assert_eq!(skips(&written, path), slow(pattern, path), "{written} {path:?}");
            }
        }
    }

    #[test]
    fn skip_wins_over_only() {
        let both = Scope::new(&["/a/b".to_owned()], Some(&["/a".to_owned()])).unwrap();
        assert!(both.holds(&["a", "c"]) && !both.holds(&["a", "b"]) && !both.holds(&["c"]));
        assert!(!Scope::new(&[], Some(&[])).unwrap().holds(&["a"]));
    }

    #[test]
    fn a_wrong_pattern_is_told() {
        for wrong in ["id", "a/b", "/a~b", "/~", "*", &"/a".repeat(64)] {
            let error = Scope::new(&[String::new(), wrong.to_owned()], None).unwrap_err().to_string();
            assert!(error.starts_with("skip[1] ") && error.contains('"'), "{error}");
        }
    }

    #[test]
    fn keys_are_escaped() {
        let mut pointer = String::new();
        push(&mut pointer, "a/b~");
        push(&mut pointer, "");
        assert_eq!(pointer, "/a~1b~0/");
    }
}
