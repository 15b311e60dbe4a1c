use super::super::copy::Copy;
use super::*;

/// What a text reads as, in Latin-1, to the given depth.
fn read(text: &str) -> String {
    let mut copy = Copy::default();
    decode(text.as_bytes(), 0..text.len(), &mut copy);
    assert_eq!(copy.bytes.len(), copy.places.len());
    assert!(copy.places.is_sorted(), "{text}");
    copy.bytes.iter().copied().map(char::from).collect()
}

#[test]
fn entities_are_decoded() {
    assert_eq!(read("&#53;29&#x2E;982 &nbsp;&aacute;&commat;&#050"), "529.982 \u{a0}á@2");
    assert_eq!(read("a & b; &unknown; &#; &#x; &;"), "a & b; &unknown; &#; &#x; &;");
}

#[test]
fn per_cent_signs_are_decoded_and_plus_signs_behind_them_are_spaces() {
    assert_eq!(read("ana%40example.com"), "ana@example.com");
    assert_eq!(read("tel=%2B55+11+95555-0142&a=1+1"), "tel=+55 11 95555-0142&a=1+1");
    assert_eq!(read("jo%C3%A3o jo%E3o 50% de 100%"), "joão joão 50% de 100%");
}

#[test]
fn quoted_printable_is_decoded_where_it_must_be_that() {
    assert_eq!(read("cpf=3D529.982=\n.247-25"), "cpf=529.982.247-25");
    assert_eq!(read("529=2E982=2E247=2D25 jo=C3=A3o =\r\nsim"), "529.982.247-25 joão sim");
    assert_eq!(read("=35=32=39"), "529");
    assert_eq!(read("page=20 id=50 cpf=52998224725 a=3b"), "page=20 id=50 cpf=52998224725 a=3b");
}

#[test]
fn backslashes_are_decoded() {
    assert_eq!(read(r"\u0035\x32\u{39}\/\n\t\q c\u00e9dula \ud83d\ude00"), "529/\n\t\\q cédula ¦");
    assert_eq!(read(r#"{\"cpf\":\"529\"}"#), r#"{"cpf":"529"}"#);
}

#[test]
fn encoded_words_are_decoded() {
    assert_eq!(read("=?UTF-8?Q?Jo=C3=A3o_529=2E982?= ok"), "João 529.982 ok");
    assert_eq!(read("=?utf-8?B?Q1BGIDUyOS45ODI=?=\n =?utf-8?B?LjI0Ny0yNQ==?="), "CPF 529.982.247-25");
    assert_eq!(read("=?? =?utf-8?X?abc?="), "=?? =?utf-8?X?abc?=");
}

#[test]
fn what_is_decoded_knows_where_it_comes_from() {
    let text = b"a&#53;b=\nc";
    let mut copy = Copy::default();
    decode(text, 0..text.len(), &mut copy);
    assert_eq!(copy.bytes, b"a5bc");
    assert_eq!(copy.places, [(0, 1), (1, 6), (6, 7), (9, 10)]);
    assert_eq!(copy.made, [1..2, 3..4]);
    assert_eq!(copy.source(&(1..4)), 1..10);
}

#[test]
fn decoding_ends_where_its_stretch_does() {
    let text = b"&#53;&#53;";
    let mut copy = Copy::default();
    decode(text, 0..8, &mut copy);
    assert_eq!(copy.bytes, b"5&#5");
}
