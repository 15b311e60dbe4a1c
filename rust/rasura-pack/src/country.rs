//! Countries and what tells one from another: `locales/countries.toml`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::error::{Mistake, PackError};
use crate::table::{List, Source, Text};
use crate::word;

/// The signs of all countries, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Countries {
    /// Signs of letters alone: folded, with single spaces between words.
    pub words: List<Sign>,
    /// Other signs, as they are written; a `0` is any digit.
    pub marks: List<Sign>,
}

/// What is said and written in one country.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sign {
    /// The words or the mark.
    pub text: Text,
    /// The country's code.
    pub country: Text,
}

impl Source for Sign {
    fn source(&self, out: &mut String) {
        let _ =
            write!(out, "Sign {{ text: Cow::Borrowed({:?}), country: Cow::Borrowed({:?}) }}", self.text, self.country);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountrySpec {
    #[expect(dead_code, reason = "for the page of identifiers; that it stands there is what is checked")]
    name: String,
    #[serde(default)]
    signs: Vec<String>,
}

/// Rust source of a `static` named `name` that holds the countries of the file `text`.
///
/// # Errors
///
/// Says where the file is wrong, why, and what to do.
pub fn to_source(path: &str, text: &str, name: &str) -> Result<String, PackError> {
    let all: BTreeMap<String, CountrySpec> =
        toml::from_str(text).map_err(|error| PackError::syntax(path, text, &error))?;
    let (mut words, mut marks) = (Vec::new(), Vec::new());
    for (code, country) in &all {
        for sign in &country.signs {
            let made = |text: String| Sign { text: Cow::Owned(text), country: Cow::Owned(code.clone()) };
            if sign.chars().all(|c| c.is_alphabetic() || c == ' ')
                && let Some(folded) = word::words(sign)
            {
                words.push(made(folded.join(" ")));
            } else if sign.chars().all(|c| (' '..='~').contains(&c)) {
                marks.push(made(sign.clone()));
            } else {
                let reason = format!("the sign `{sign}` has letters beyond Latin ones, or marks beyond ASCII");
                return Err(PackError::new(path, text, Mistake::new("", reason, "write it with those")));
            }
        }
    }
    for signs in [&mut words, &mut marks] {
        signs.sort();
        signs.dedup();
    }
    let twice = words.windows(2).chain(marks.windows(2)).find(|two| two[0].text == two[1].text);
    if let Some(two) = twice {
        let reason = format!("`{}` is a sign of {} and of {}", two[0].text, two[0].country, two[1].country);
        let remedy = "take it out of both: what two countries share tells neither";
        return Err(PackError::new(path, text, Mistake::new("", reason, remedy)));
    }
    let mut out = format!("static {name}: Countries = Countries {{ words: ");
    List::from(words).source(&mut out);
    out.push_str(", marks: ");
    List::from(marks).source(&mut out);
    out.push_str("};\n");
    Ok(out)
}
