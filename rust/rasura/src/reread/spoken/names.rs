//! Names by which spoken addresses are told from other speech, as small letters without accents.

use crate::view::class::FOLD;

/// A list of names, and by first letter the lengths that they have, as bits: most words are none of them by that.
pub(super) struct Names {
    list: &'static [&'static str],
    lengths: [u32; 26],
}

impl Names {
    const fn new(list: &'static [&'static str]) -> Self {
        let mut lengths = [0; 26];
        let mut number = 0;
        while number < list.len() {
            let name = list[number].as_bytes();
            lengths[(name[0] - b'a') as usize] |= 1 << name.len();
            number += 1;
        }
        Self { list, lengths }
    }

    /// Whether letters are one of the names, in capitals or not, with accents or without.
    pub(super) fn has(&self, letters: impl ExactSizeIterator<Item = u8> + Clone) -> bool {
        let length = letters.len();
        let folded = letters.map(|byte| FOLD[usize::from(byte)]);
        let first = folded.clone().next().and_then(|first| self.lengths.get(usize::from(first.wrapping_sub(b'a'))));
        let lengths = first.copied().unwrap_or_default();
        let may_be = length < 32 && lengths >> length & 1 != 0;
        may_be && self.list.iter().any(|name| name.len() == length && name.bytes().eq(folded.clone()))
    }
}

/// Domains that give addresses to anybody.
#[rustfmt::skip]
pub(super) static PROVIDERS: Names = Names::new(&[
    "aol", "bol", "gmail", "gmx", "googlemail", "hotmail", "icloud", "ig", "live", "msn", "outlook", "proton", "protonmail",
    "terra", "uol", "yahoo", "ymail",
]);
/// What a domain may end with: general endings, and countries.
#[rustfmt::skip]
pub(super) static ENDINGS: Names = Names::new(&[
    "ai", "app", "ar", "biz", "blog", "bo", "br", "ca", "cat", "ch", "cl", "cloud", "club", "cn", "co", "com", "cr", "cu", "de",
    "dev", "do", "ec", "edu", "es", "eu", "fr", "gob", "gov", "gt", "hn", "info", "io", "it", "jp", "lat", "me", "mil", "mx",
    "name", "net", "ni", "nl", "online", "org", "pa", "pe", "pr", "pt", "py", "shop", "site", "store", "sv", "tech", "uk", "us",
    "uy", "ve", "web", "xyz", "za", "zone",
]);
/// What stands before an address and is no part of it.
#[rustfmt::skip]
pub(super) static BEFORE: Names = Names::new(&[
    "address", "al", "at", "con", "contact", "contacto", "contato", "correio", "correo", "de", "direccion", "do", "el", "email",
    "en", "endereco", "es", "for", "in", "is", "login", "mail", "meu", "mi", "minha", "my", "no", "o", "on", "para", "pra",
    "por", "sao", "to", "with",
]);
/// Of these, what is a local part too, directly before a sign that is no word of speech.
pub(super) static MAILBOXES: Names =
    Names::new(&["contact", "contacto", "contato", "correio", "correo", "login", "mail"]);
/// What stands before ` at ` where it is said of a place.
#[rustfmt::skip]
pub(super) static PLACED: Names = Names::new(&[
    "account", "apply", "available", "back", "buy", "check", "everyone", "find", "found", "here", "him", "item", "it", "job",
    "look", "looking", "me", "meet", "more", "now", "online", "order", "page", "register", "see", "shop", "site", "team", "them",
    "there", "us", "website", "work", "working",
]);
