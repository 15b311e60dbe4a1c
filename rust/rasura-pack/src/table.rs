//! What runs: packs compiled to plain tables, which a build script can write as Rust source and which users' packs
//! become at run time. Nothing here is changed after it was made.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Deserialize;

/// Text of a table.
pub type Text = Cow<'static, str>;
/// A list of a table.
pub type List<T> = Cow<'static, [T]>;

/// Writes a value as Rust source that rebuilds it in a `static`.
pub trait Source {
    /// Appends the source to `out`.
    fn source(&self, out: &mut String);
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Source for $type {
            fn source(&self, out: &mut String) {
                let _ = write!(out, "{self:?}");
            }
        }
    )*};
}
plain!(bool, u8, u16, u32, u64, i16, usize, (u8, u8), (u16, u8), (u64, u64));

impl Source for Text {
    fn source(&self, out: &mut String) {
        let _ = write!(out, "Cow::Borrowed({:?})", self.as_ref());
    }
}

impl<T: Source + Clone> Source for List<T> {
    fn source(&self, out: &mut String) {
        out.push_str("Cow::Borrowed(&[");
        for item in self.iter() {
            item.source(out);
            out.push(',');
        }
        out.push_str("])");
    }
}

impl<T: Source> Source for Option<T> {
    fn source(&self, out: &mut String) {
        match self {
            None => out.push_str("None"),
            Some(value) => {
                out.push_str("Some(");
                value.source(out);
                out.push(')');
            }
        }
    }
}

/// Structs and enums whose values can be written as source.
macro_rules! tables {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
        impl Source for $name {
            fn source(&self, out: &mut String) {
                out.push_str(concat!(stringify!($name), " {"));
                $(out.push_str(concat!(stringify!($field), ": ")); self.$field.source(out); out.push(',');)*
                out.push('}');
            }
        }
    )*};
}

macro_rules! choices {
    ($($(#[$meta:meta])* enum $name:ident { $($(#[$vmeta:meta])* $variant:ident,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vmeta])* $variant,)* }
        impl Source for $name {
            fn source(&self, out: &mut String) {
                let _ = write!(out, concat!(stringify!($name), "::{:?}"), self);
            }
        }
    )*};
}

choices! {
    /// Whether a pack is reported.
    #[derive(Default)]
    enum Report {
        /// Always, unless the user excludes it.
        #[default]
        Default,
        /// Only when the user names it.
        Asked,
        /// Never: a look-alike.
        Never,
    }

    /// When a wrong check digit is covered all the same.
    enum Suspect {
        /// With its own strong label.
        Label,
        /// With its label, or by canonical punctuation alone.
        Form,
        /// Never.
        Never,
    }

    /// Whether what lies inside a look-alike is hidden from other packs.
    #[derive(Default)]
    enum Inside {
        /// Hidden.
        #[default]
        Shield,
        /// Seen.
        Open,
    }

    /// Recognisers for what templates cannot say.
    enum Grammar {
        /// An e-mail address around an `@`.
        Email,
        /// An IPv6 address.
        Ipv6,
        /// A telephone number with `+` and country code.
        InternationalPhone,
        /// A secret after its label.
        Secret,
        /// A form that is too short to stand by itself, directly after its label.
        Labelled,
        /// A form that begins with a word that tells it.
        Headed,
        /// A token that tells itself by its beginning.
        Token,
        /// The data of a card's magnetic stripe.
        Track,
        /// The machine readable zone of a passport or identity card.
        Mrz,
        /// A PIX payment code that pays to a person's key.
        BrCode,
        /// Any other PIX payment code.
        BrCodeMerchant,
        /// The address of a crypto-currency.
        Crypto,
        /// A web address.
        Url,
        /// The user and the password in a web address.
        UrlCredentials,
    }

    /// What a token goes on with.
    enum Charset {
        /// Letters and digits.
        Letters,
        /// Capitals and digits.
        Capitals,
        /// Digits and small letters up to f.
        Hexadecimal,
        /// Letters, digits, `-` and `_`.
        Base64url,
        /// The same and dots between parts.
        Dotted,
        /// Letters, digits and the signs of base64.
        Base64,
        /// Lines of base64 up to the line that ends a key.
        Armour,
    }

    /// How much of each product a weighted sum adds.
    enum Product {
        /// All of it.
        Whole,
        /// What exceeds nine less nine: of two digits their sum.
        LessNine,
        /// Its last digit.
        Units,
        /// Its digits.
        Digits,
    }

    /// The order of a date's parts.
    enum DateOrder {
        /// Year of two digits, month, day.
        Yymmdd,
        /// Day, month, year of two digits.
        Ddmmyy,
        /// Year, month, day.
        Yyyymmdd,
        /// Day, month, year.
        Ddmmyyyy,
        /// Month, day, year.
        Mmddyyyy,
        /// Day and month, either first, year.
        Ddmmyyyyeither,
        /// Day and month, either first, year of two digits.
        Ddmmyyeither,
    }

    /// What a label says.
    enum Strength {
        /// It names the identifier.
        Strong,
        /// It names its surroundings.
        Weak,
        /// The next number is no identifier.
        Negative,
        /// As negative, but only close by.
        Generic,
        /// A unit after an amount.
        Unit,
    }

    /// How a value is written when compared.
    enum Keep {
        /// Letters and digits, in capitals.
        Characters,
        /// As it is, in lower case.
        Lower,
        /// A telephone number with its calling code, `+5511955550142`.
        E164,
    }
}

/// A check that a candidate must pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// A weighted sum.
    Weighted(Weighted),
    /// ISO 7064 mod 97-10 with the first four characters moved to the end.
    Mod97,
    /// The same of digits whose check pair stands somewhere.
    Pair(Pair),
    /// The Brazilian health card.
    Cns,
    /// The Brazilian driving licence.
    Cnh,
    /// The Brazilian register of persons' economic activity.
    Caepf,
    /// The Brazilian register of employers and building sites.
    Cei,
    /// A weighted sum of all characters.
    Sum(Sum),
    /// Verhoeff's, of digits.
    Verhoeff,
    /// The German tax number: ISO 7064 mod 11,10, and one digit two or three times among the first ten.
    Idnr,
    /// The French social security number.
    Nir,
    /// The Italian tax code.
    CodiceFiscale,
    /// The two digits of Panama's tax number, which hang on its groups.
    PanamaDv,
    /// One of several must hold.
    Any(List<Check>),
}

impl Check {
    /// How many characters it fixes.
    #[must_use]
    pub fn digits(&self) -> u8 {
        match self {
            Self::Weighted(_) | Self::Cns | Self::Cei | Self::Verhoeff | Self::CodiceFiscale => 1,
            Self::Mod97 | Self::Pair(_) | Self::Cnh | Self::Caepf | Self::Idnr | Self::Nir | Self::PanamaDv => 2,
            // One of so many remainders is right.
            Self::Sum(sum) => 1 + u8::from(sum.modulus >= 50),
            Self::Any(checks) => checks.iter().map(Self::digits).min().unwrap_or(0),
        }
    }

    /// This check and, where it is a choice, those of which one must hold.
    pub fn each(&self) -> impl Iterator<Item = &Check> {
        let inner: &[Check] = if let Self::Any(checks) = self { checks } else { std::slice::from_ref(self) };
        inner.iter()
    }
}

impl Source for Check {
    fn source(&self, out: &mut String) {
        match self {
            Self::Weighted(weighted) => {
                out.push_str("Check::Weighted(");
                weighted.source(out);
                out.push(')');
            }
            Self::Pair(pair) => {
                out.push_str("Check::Pair(");
                pair.source(out);
                out.push(')');
            }
            Self::Mod97 => out.push_str("Check::Mod97"),
            Self::Cns => out.push_str("Check::Cns"),
            Self::Cnh => out.push_str("Check::Cnh"),
            Self::Caepf => out.push_str("Check::Caepf"),
            Self::Cei => out.push_str("Check::Cei"),
            Self::Sum(sum) => {
                out.push_str("Check::Sum(");
                sum.source(out);
                out.push(')');
            }
            Self::Verhoeff => out.push_str("Check::Verhoeff"),
            Self::Idnr => out.push_str("Check::Idnr"),
            Self::Nir => out.push_str("Check::Nir"),
            Self::CodiceFiscale => out.push_str("Check::CodiceFiscale"),
            Self::PanamaDv => out.push_str("Check::PanamaDv"),
            Self::Any(checks) => {
                out.push_str("Check::Any(");
                checks.source(out);
                out.push(')');
            }
        }
    }
}

/// A limit on part of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// The number at a place lies in one of the ranges.
    Number(Numbers),
    /// The characters at a place are one of these.
    Words(Words),
    /// A date stands at a place.
    Date(DatePart),
    /// Not all characters are the same.
    Different,
}

impl Source for Limit {
    fn source(&self, out: &mut String) {
        match self {
            Self::Number(x) => {
                out.push_str("Limit::Number(");
                x.source(out);
                out.push(')');
            }
            Self::Words(x) => {
                out.push_str("Limit::Words(");
                x.source(out);
                out.push(')');
            }
            Self::Date(x) => {
                out.push_str("Limit::Date(");
                x.source(out);
                out.push(')');
            }
            Self::Different => out.push_str("Limit::Different"),
        }
    }
}

tables! {
    /// Scores in hundredths.
    #[derive(Copy)]
    struct Scores {
        /// No separators, no label.
        bare: u8,
        /// Canonical separators, no label.
        canonical: u8,
        /// Its own strong label.
        labelled: u8,
    }

    /// One identifier.
    struct Pack {
        /// `BR_CPF`.
        id: Text,
        /// What people call it.
        name: Text,
        /// `br`, or empty for the world.
        country: Text,
        /// What kind of data it is.
        category: Text,
        /// The word in the placeholder.
        placeholder: Text,
        /// Where its rules are published.
        sources: List<Text>,
        /// Whether it is reported.
        report: Report,
        /// When a wrong check digit is covered all the same.
        suspect: Suspect,
        /// Whether what lies inside is hidden.
        inside: Inside,
        /// The three scores.
        scores: Scores,
        /// The recogniser for what templates cannot say.
        grammar: Option<Grammar>,
        /// The written forms, one for each shape.
        forms: List<Form>,
        /// Limits on parts of the number.
        limits: List<Limit>,
        /// Beginnings that are issued.
        prefixes: List<Prefix>,
        /// The check digits.
        checks: List<Check>,
        /// How many digits or characters the checks fix: two or more carry an unusual writing.
        check_digits: u8,
        /// The labels.
        labels: List<Label>,
        /// How a value is written when compared.
        keep: Keep,
        /// Padded on the left with zeros to this length when compared.
        pad: u8,
        /// The beginnings of tokens.
        tokens: List<Token>,
        /// The symbols with which its forms begin, as bits.
        begins: u64,
        /// No form is wider, with its separators.
        widest: u8,
        /// Whether a form may have no digit.
        lettered: bool,
        /// Whether it is found from its label's side, or some of its forms are.
        by_label: bool,
        /// Words, folded, near which its labels say nothing.
        against: List<Text>,
        /// Beside what other packs have found its forms count without a label.
        beside: List<Beside>,
    }

    /// Beside what a form counts.
    struct Beside {
        /// The other pack's id.
        id: Text,
        /// Within how many characters.
        reach: u8,
    }

    /// How a token is written.
    struct Token {
        /// What it begins with, letter by letter.
        head: Text,
        /// Where three characters of a word's beginning stand in that: the scan looks for those.
        at: u8,
        /// How many digits stand before at least and at most; then the scan looks for those.
        digits: (u8, u8),
        /// Whether a digit is among what it goes on with.
        mixed: bool,
        /// Whether something that is no letter is.
        marked: bool,
        /// What it goes on with.
        then: Charset,
        /// How many characters that are at least.
        least: u16,
        /// How many at most.
        most: u16,
        /// How many parts there are between dots.
        parts: u8,
    }

    /// One written form with one shape.
    struct Form {
        /// What stands directly before the first character.
        prefix: Text,
        /// What stands directly after the last character.
        suffix: Text,
        /// The characters, each a set of symbols.
        cells: List<u64>,
        /// The hash of lengths and separators.
        shape: u64,
        /// The hash of the whole as [`crate::shape::whole`] makes it; 0 where it is too long.
        whole: u64,
        /// How many characters stand before the first separator.
        head: u8,
        /// Whether all characters are any digit.
        digits: bool,
        /// Whether this is the form without separators.
        plain: bool,
        /// Whether other separators count.
        unusual: bool,
        /// Whether the form without separators counts.
        as_plain: bool,
        /// Whether it is looked for from a word's side alone: from its strong label's, or from the word that it begins with.
        by_word: bool,
        /// How many of its characters the pack's checks fix; 0: it has no check digits.
        check_digits: u8,
        /// Before which characters separators stand, as bits.
        breaks: u64,
        /// Scores of its own.
        scores: Option<Scores>,
        /// The regions in whose numbering plans it may be, as bits of their places; nothing where no plan is asked.
        plans: List<u64>,
        /// Whether it counts for regions only that the caller named.
        local: bool,
        /// How many zeros its number lacks at its beginning.
        zeros: u8,
        /// Beginnings of its own.
        prefixes: List<Prefix>,
        /// By its first three digits, whether a number may begin as one of its own beginnings and one of the pack's, and whether
        /// it does whatever follows: see [`crate::triple`]. Nothing where there are none.
        heads: List<u64>,
    }

    /// Beginnings with the lengths that they have.
    struct Prefix {
        /// The first beginning.
        low: u64,
        /// The last beginning.
        high: u64,
        /// How many digits a beginning has.
        digits: u8,
        /// Bit n: a number of n characters may begin so. Zero: any length.
        lengths: u64,
    }

    /// Numbers that may, or may not, stand at a place.
    struct Numbers {
        /// The first place, from 0.
        at: u8,
        /// How many places.
        length: u8,
        /// Whether these are the numbers that may not stand there.
        not: bool,
        /// The ranges.
        ranges: List<(u64, u64)>,
        /// The same for up to three places: see [`crate::triple`].
        bits: List<u64>,
    }

    /// Words that may, or may not, stand at a place.
    struct Words {
        /// The first place, from 0.
        at: u8,
        /// How many places.
        length: u8,
        /// Whether these are the words that may not stand there.
        not: bool,
        /// The words as symbols, one after the other.
        symbols: List<u8>,
    }

    /// A date at a place.
    struct DatePart {
        /// The first place, from 0.
        at: u8,
        /// The order of its parts.
        order: DateOrder,
    }

    /// A weighted sum that gives one check character.
    struct Weighted {
        /// The places that count, as first place and length; empty: all before the check character.
        over: List<(u8, u8)>,
        /// The place of the check character: from 1 on, or from the end when negative.
        at: i16,
        /// The weights.
        weights: List<u16>,
        /// Whether the weights run from right to left and repeat.
        cycle: bool,
        /// What the sum is divided by.
        modulus: u16,
        /// Whether the result is what the remainder lacks to the modulus.
        complement: bool,
        /// How much of each product is added.
        product: Product,
        /// The value of each symbol; empty: digits as they are, A is 10.
        values: List<u8>,
        /// What results become: pairs of result and symbol.
        replace: List<(u16, u8)>,
        /// The body is padded on the left to this length.
        pad: u8,
        /// The value of the padding.
        pad_value: u8,
        /// For a quick sum, where nothing but places and weights matters: a weight for each of the longest number's
        /// places; with `cycle` or `pad` these end with the last place before the check character, and as many zeros
        /// follow.
        lanes: List<u16>,
        /// Where it holds only for some numbers: what those have at a place.
        when: List<Limit>,
    }

    /// A weighted sum of all characters that leaves a remainder.
    struct Sum {
        /// The weights, from left to right.
        weights: List<u16>,
        /// What the sum is divided by.
        modulus: u16,
        /// What is left.
        remainder: u16,
        /// For which numbers it holds.
        when: List<Limit>,
    }

    /// Digits whose number, followed by the pair, leaves one when it is divided by 97.
    struct Pair {
        /// The places before the pair, as first place and length.
        over: List<(u8, u8)>,
        /// The place of the pair, from 1 on.
        at: u8,
    }

    /// A label.
    struct Label {
        /// Its words, folded, with single spaces between.
        phrase: Text,
        /// What it says.
        strength: Strength,
        /// By word, its first three letters as they are written, packed, where one of them has an accent; 0 elsewhere.
        accented: List<u32>,
    }
}

impl Pack {
    /// The forms that stand anywhere, not only beside a label or behind a word that begins them.
    #[must_use]
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Form> {
        self.forms.iter().filter(|form| !form.by_word)
    }
}

impl Form {
    /// Whether it is a telephone number only by a word: then it is no part of something longer.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        const TELLING: u8 = 50;
        !self.plans.is_empty() && !self.local && self.scores.is_some_and(|scores| scores.canonical < TELLING)
    }
}

impl DateOrder {
    /// How many digits a date has.
    #[inline]
    #[must_use]
    pub const fn length(self) -> usize {
        match self {
            Self::Yymmdd | Self::Ddmmyy | Self::Ddmmyyeither => 6,
            Self::Yyyymmdd | Self::Ddmmyyyy | Self::Mmddyyyy | Self::Ddmmyyyyeither => 8,
        }
    }
}
