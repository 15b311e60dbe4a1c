//! What a pack file says, word for word. The spec is data and decides nothing; `compile` turns it into what runs.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::table::{Charset, Grammar, Inside, Report, Suspect};

/// One identifier, as its TOML file says it. `locales/README.md` explains each field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackSpec {
    /// What people call the identifier.
    pub name: String,
    /// Where its rules are published.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What kind of data it is.
    pub category: CategorySpec,
    /// The word in the placeholder; left out, the file's name in capitals.
    pub placeholder: Option<String>,
    /// Whether it is reported.
    #[serde(default)]
    pub report: Report,
    /// The written forms, as templates.
    #[serde(default)]
    pub forms: Vec<FormSpec>,
    /// The recogniser for what templates cannot say.
    pub grammar: Option<Grammar>,
    /// The beginnings of tokens, for `grammar = "token"`.
    #[serde(default)]
    pub token: Vec<TokenSpec>,
    /// Which ways of writing count.
    #[serde(default = "all_ways")]
    pub written: Vec<Written>,
    /// When a wrong check digit is covered all the same.
    pub suspect: Option<Suspect>,
    /// Whether what lies inside is hidden from other packs.
    #[serde(default)]
    pub inside: Inside,
    /// The three scores.
    pub scores: ScoresSpec,
    /// Limits on parts of the number.
    #[serde(default)]
    pub structure: Vec<StructureSpec>,
    /// Beginnings that are issued, each with the lengths that it has.
    #[serde(default)]
    pub prefixes: BTreeMap<String, Vec<u8>>,
    /// The check digits, in the order in which they stand.
    #[serde(default)]
    pub check: Vec<CheckSpec>,
    /// Labels by language.
    #[serde(default)]
    pub labels: BTreeMap<String, LabelsSpec>,
    /// Words near which its labels say nothing, for what is found from its label's side.
    #[serde(default)]
    pub against: Vec<String>,
    /// Ids of other packs, and within how many characters of what they have found a form counts without a label.
    #[serde(default)]
    pub beside: BTreeMap<String, u8>,
    /// How a value is written when compared.
    #[serde(default)]
    pub canonical: CanonicalSpec,
    /// Sentences in which `<<...>>` marks what must be found.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which this identifier must not be found.
    #[serde(default)]
    pub counterexamples: Vec<CounterexampleSpec>,
}

fn all_ways() -> Vec<Written> {
    vec![Written::Canonical, Written::Plain, Written::Unusual]
}

/// The kinds of data.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CategorySpec {
    Identity,
    Tax,
    Contact,
    Financial,
    Payment,
    Health,
    Vehicle,
    Location,
    Legal,
    Secret,
    Technical,
}

/// A way of writing an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Written {
    /// With the separators of a form.
    Canonical,
    /// Without separators.
    Plain,
    /// With any other separators.
    Unusual,
}

/// A template, or a template with settings of its own.
#[derive(Debug)]
pub(crate) enum FormSpec {
    /// The template alone.
    Template(String),
    /// The template with settings.
    Table(FormTable),
}

/// Written out, since an untagged enum does not say which field of a table is wrong.
impl<'de> Deserialize<'de> for FormSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = FormSpec;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a template, or a table with `form`")
            }

            fn visit_str<E: de::Error>(self, template: &str) -> Result<FormSpec, E> {
                Ok(FormSpec::Template(template.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FormSpec, A::Error> {
                FormTable::deserialize(MapAccessDeserializer::new(map)).map(FormSpec::Table)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A form with settings that differ from its pack's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormTable {
    /// The template.
    pub form: String,
    /// Scores of this form.
    pub scores: Option<ScoresSpec>,
    /// The regions in whose numbering plans a telephone number is: `"br"`, `"us pr do"`.
    pub plan: Option<String>,
    /// Ways of writing that count for this form.
    pub written: Option<Vec<Written>>,
    /// Whether it counts beside a strong label of its pack and nowhere else.
    #[serde(default)]
    pub labelled: bool,
    /// `false`: it has no check digits.
    pub check: Option<bool>,
    /// How many characters it has with the zeros at its beginning that a spreadsheet or a program left out.
    #[serde(default)]
    pub with_zeros: u8,
    /// Beginnings that this form has.
    #[serde(default)]
    pub prefixes: BTreeMap<String, Vec<u8>>,
}

/// How sure a finding is without label, by punctuation alone, and with its own strong label.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScoresSpec {
    /// No separators, no label.
    pub bare: f64,
    /// Canonical separators, no label.
    pub canonical: f64,
    /// Its own strong label.
    pub labelled: f64,
}

/// A limit on part of the number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StructureSpec {
    /// The place: `"4"` or `"1-3"`, counted from 1 without separators.
    pub at: Option<String>,
    /// What may stand there: values and ranges.
    #[serde(rename = "in")]
    pub one_of: Option<Vec<String>>,
    /// What may not stand there.
    pub not: Option<Vec<String>>,
    /// The order of a date that stands there.
    pub date: Option<String>,
    /// `true`: characters that are all the same are refused.
    pub different: Option<bool>,
}

/// One check digit, or an algorithm that has several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckSpec {
    /// The name of the rule: see `locales/README.md`.
    pub algorithm: String,
    /// `true`: of neighbouring checks that say so one must hold.
    #[serde(default)]
    pub any: bool,
    /// For which numbers it holds, left out: for all.
    pub when: Option<WhenSpec>,
    /// Weights from left to right.
    pub weights: Option<Vec<u16>>,
    /// Weights from right to left, repeated.
    pub cycle: Option<Vec<u16>>,
    /// What the sum is divided by.
    pub modulus: Option<u16>,
    /// `false`: the remainder itself is the check digit, not what it lacks to the modulus.
    pub complement: Option<bool>,
    /// What the sum of all characters leaves, for `sum`.
    pub remainder: Option<u16>,
    /// What of each product is added: `whole`, `units`, `digits`.
    pub product: Option<String>,
    /// The value of letters: `alphabet` (A is 10), `ascii` (A is 17), or the characters in the order of their values.
    pub values: Option<String>,
    /// What results that are no digit become.
    #[serde(default)]
    pub replace: BTreeMap<String, String>,
    /// The places that count, left out: all before the check digit.
    pub over: Option<Vec<String>>,
    /// The place of the check digit, left out: the end.
    pub at: Option<u8>,
    /// The body is padded on the left to this length with `pad_with`.
    pub pad: Option<u8>,
    /// The value of the padding.
    pub pad_value: Option<u8>,
}

/// A token that tells itself by its beginning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenSpec {
    /// What it begins with, letter by letter.
    pub head: String,
    /// What it goes on with: `letters`, `capitals`, `hexadecimal`, `base64url`, `base64`, `dotted`, `armour`.
    pub then: Charset,
    /// How many characters that are: `"36"` or `"36-255"`.
    pub length: String,
    /// How many parts there are between dots.
    #[serde(default)]
    pub parts: u8,
    /// How many digits stand before: `"8-10"`.
    pub digits: Option<String>,
    /// Whether a digit is among what it goes on with.
    #[serde(default)]
    pub mixed: bool,
    /// Whether something that is no letter is among it.
    #[serde(default)]
    pub marked: bool,
}

/// What numbers have for which a check holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhenSpec {
    /// The place: `"3"` or `"1-2"`, counted from 1 without separators.
    pub at: String,
    /// What stands there: values and ranges.
    #[serde(rename = "in")]
    pub one_of: Option<Vec<String>>,
    /// What does not.
    pub not: Option<Vec<String>>,
}

/// Labels of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelsSpec {
    /// Words that name the identifier.
    #[serde(default)]
    pub strong: Vec<String>,
    /// Words that name its surroundings.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Words that say that the next number is no identifier.
    #[serde(default)]
    pub negative: Vec<String>,
    /// Negative words so common that they count only close by.
    #[serde(default)]
    pub generic: Vec<String>,
    /// Units after a number that make it an amount.
    #[serde(default)]
    pub units: Vec<String>,
}

/// How a value is written when compared.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CanonicalSpec {
    /// `characters` (letters and digits in capitals, the default), `lower` (as it is, in lower case), `e164` (a telephone
    /// number with its calling code).
    pub keep: Option<String>,
    /// Padded on the left with zeros to this length.
    pub pad: Option<u8>,
}

/// A text in which the identifier must not be found, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CounterexampleSpec {
    /// The text.
    pub text: String,
    /// Why nothing is found.
    #[expect(dead_code, reason = "for people; that it stands there is what is checked")]
    pub why: String,
}
