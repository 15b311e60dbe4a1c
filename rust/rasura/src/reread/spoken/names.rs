//! Names by which spoken addresses are told from other speech, as small letters without accents.

/// Domains that give addresses to anybody.
#[rustfmt::skip]
pub(super) const PROVIDERS: [&str; 17] = [
    "aol", "bol", "gmail", "gmx", "googlemail", "hotmail", "icloud", "ig", "live", "msn", "outlook", "proton", "protonmail",
    "terra", "uol", "yahoo", "ymail",
];
/// What a domain may end with: general endings, and countries.
#[rustfmt::skip]
pub(super) const ENDINGS: [&str; 62] = [
    "ai", "app", "ar", "biz", "blog", "bo", "br", "ca", "cat", "ch", "cl", "cloud", "club", "cn", "co", "com", "cr", "cu", "de",
    "dev", "do", "ec", "edu", "es", "eu", "fr", "gob", "gov", "gt", "hn", "info", "io", "it", "jp", "lat", "me", "mil", "mx",
    "name", "net", "ni", "nl", "online", "org", "pa", "pe", "pr", "pt", "py", "shop", "site", "store", "sv", "tech", "uk", "us",
    "uy", "ve", "web", "xyz", "za", "zone",
];
/// What stands before an address and is no part of it.
#[rustfmt::skip]
pub(super) const BEFORE: [&str; 35] = [
    "address", "al", "at", "con", "contact", "contacto", "contato", "correio", "correo", "de", "direccion", "do", "el", "email",
    "en", "endereco", "es", "for", "in", "is", "login", "mail", "meu", "mi", "minha", "my", "no", "o", "on", "para", "pra",
    "por", "sao", "to", "with",
];
/// Of these, what is a local part too, directly before a sign that is no word of speech.
pub(super) const MAILBOXES: [&str; 7] = ["contact", "contacto", "contato", "correio", "correo", "login", "mail"];
/// What stands before ` at ` where it is said of a place.
#[rustfmt::skip]
pub(super) const PLACED: [&str; 34] = [
    "account", "apply", "available", "back", "buy", "check", "everyone", "find", "found", "here", "him", "item", "it", "job",
    "look", "looking", "me", "meet", "more", "now", "online", "order", "page", "register", "see", "shop", "site", "team", "them",
    "there", "us", "website", "work", "working",
];
