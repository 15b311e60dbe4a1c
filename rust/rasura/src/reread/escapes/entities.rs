//! Entities of HTML: `&#53;`, `&#x35;`, `&nbsp;`.

use super::{Escape, Says, hexadecimal, number};

/// Those of Latin-1 from U+00A0 on, in order.
const LATIN1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// Marks, spaces and what is invisible.
const MARKS: [(&str, u32); 41] = [
    ("amp", 0x26),
    ("lt", 0x3c),
    ("gt", 0x3e),
    ("quot", 0x22),
    ("apos", 0x27),
    ("commat", 0x40),
    ("colon", 0x3a),
    ("semi", 0x3b),
    ("comma", 0x2c),
    ("period", 0x2e),
    ("sol", 0x2f),
    ("bsol", 0x5c),
    ("num", 0x23),
    ("plus", 0x2b),
    ("equals", 0x3d),
    ("lowbar", 0x5f),
    ("lpar", 0x28),
    ("rpar", 0x29),
    ("lsqb", 0x5b),
    ("rsqb", 0x5d),
    ("lbrack", 0x5b),
    ("rbrack", 0x5d),
    ("ast", 0x2a),
    ("excl", 0x21),
    ("quest", 0x3f),
    ("percnt", 0x25),
    ("Tab", 0x09),
    ("NewLine", 0x0a),
    ("ensp", 0x2002),
    ("emsp", 0x2003),
    ("thinsp", 0x2009),
    ("ndash", 0x2013),
    ("mdash", 0x2014),
    ("hyphen", 0x2010),
    ("dash", 0x2010),
    ("minus", 0x2212),
    ("bull", 0x2022),
    ("zwnj", 0x200c),
    ("zwj", 0x200d),
    ("ZeroWidthSpace", 0x200b),
    ("NoBreak", 0x2060),
];

/// The longest name.
const LONGEST: usize = 14;
/// The most digits, leading zeros among them.
const DIGITS: usize = 8;

/// The entity at the beginning of a text.
pub(super) fn entity(text: &[u8]) -> Option<Escape> {
    match text.get(1)? {
        b'#' => numeric(text),
        byte if byte.is_ascii_alphabetic() => named(text),
        _ => None,
    }
}

/// `&#53;`; browsers do without the semicolon.
fn numeric(text: &[u8]) -> Option<Escape> {
    let (head, radix) = if matches!(text.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let is_digit = |byte: &&u8| char::from(**byte).is_digit(radix);
    let length = text[head..].iter().take(DIGITS + 1).take_while(is_digit).count();
    let digits = &text[head..head + length];
    if !(1..=DIGITS).contains(&length) {
        return None;
    }
    let decimal = || digits.iter().try_fold(0_u32, |value, &byte| Some(value * 10 + u32::from(hexadecimal(byte)?)));
    let value = if radix == 16 { number(digits) } else { decimal() }?;
    let end = head + length;
    Some((Says::Character(value), end + usize::from(text.get(end) == Some(&b';'))))
}

fn named(text: &[u8]) -> Option<Escape> {
    let length = text[1..].iter().take(LONGEST + 1).position(|&byte| byte == b';')?;
    let name = std::str::from_utf8(&text[1..=length]).ok()?;
    let latin1 = || LATIN1.iter().position(|known| *known == name).map(|place| 0xa0 + place as u32);
    let value = MARKS.iter().find(|(known, _)| *known == name).map(|&(_, value)| value).or_else(latin1)?;
    Some((Says::Character(value), length + 2))
}
