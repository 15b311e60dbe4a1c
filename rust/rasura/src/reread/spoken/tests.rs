use super::*;
use crate::reread::unite;
use crate::scan::otherwise::{self, Otherwise};

/// A text as a view has it: one byte a character.
pub(super) fn view(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0xa6)).collect()
}

pub(super) fn rewritten(text: &[u8], range: Range<usize>) -> (Copy, Vec<Run>) {
    let mut copy = Copy::default();
    let mut runs = Vec::new();
    rewrite(text, range, &mut copy, &mut runs);
    (copy, runs)
}

/// How a whole text reads, where something in it does.
fn reads(text: &str) -> String {
    let view = view(text);
    let (copy, _) = rewritten(&view, 0..view.len());
    check(&view, &copy);
    copy.bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// Places never go back, and are the characters themselves where nothing was made.
pub(super) fn check(view: &[u8], copy: &Copy) {
    assert_eq!(copy.bytes.len(), copy.places.len());
    assert!(copy.places.iter().all(|&(start, end)| start < end && end as usize <= view.len()));
    assert!(copy.places.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1));
    for (at, &(start, _)) in copy.places.iter().enumerate() {
        assert!(copy.touches(&(at..at + 1)) || copy.bytes[at] == view[start as usize]);
    }
}

/// The stretches of a text where something is spoken, as they are looked for in every text.
pub(super) fn sampled(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    trigger::addresses(text, &mut found);
    let mut dictated = Dictated::new(text);
    otherwise::each(text, false, |at, what| {
        if what == Otherwise::Word {
            dictated.at(at, &mut found);
        }
    });
    unite(&mut found);
    found
}

/// The stretches of a text as they read.
fn found(text: &str) -> Vec<String> {
    let view = view(text);
    let mut some = Vec::new();
    stretches(&view, &mut some);
    let ranges = sampled(&view);
    assert_eq!(some.is_empty(), ranges.is_empty(), "{text}");
    ranges
        .into_iter()
        .map(|range| rewritten(&view, range).0.bytes.iter().map(|&byte| char::from(byte)).collect())
        .collect()
}

fn run(text: &str) -> Run {
    let view = view(text);
    rewritten(&view, 0..view.len()).1.pop().expect("the case has one")
}

#[test]
fn digits_are_read_in_three_languages() {
    for (text, wanted) in [
        ("um dois três quatro cinco seis sete oito", "12345678"),
        ("um dois tres quatro cinco meia sete oito", "12345678"),
        ("Zero UMA DUAS nove OITO sete meia cinco", "01298765"),
        ("uno dos tres cuatro cinco seis siete ocho nueve cero", "1234567890"),
        ("one two three four five six seven eight nine zero", "1234567890"),
        ("oh four one five five five five oh one four two", "04155550142"),
        ("o two three one two three five six", "02312356"),
        ("um, two, três, cuatro, five, seis, siete, eight", "12345678"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn larger_numbers_are_composed_and_put_side_by_side() {
    for (text, wanted) in [
        ("cinquenta e dois, nove, noventa e oito, dois, vinte e quatro, sete, vinte e cinco", "52998224725"),
        ("cento e onze quatrocentos e quarenta e quatro setecentos e setenta e sete trinta e cinco", "11144477735"),
        ("quinientos veintinueve ciento uno dieciséis diez y seis", "5291011616"),
        ("vinte três nove noventa oito setenta seis um", "23998761"),
        ("vinte três nove noventa oito setenta seis zero", "23998760"),
        ("one twenty three four fifty-six seven eighty nine", "123456789"),
        ("five hundred twenty nine nine hundred eighty two two hundred and forty seven twenty five", "52998224725"),
        ("quatorze catorze dezesseis dezasseis", "14141616"),
        ("veintidós veintitrés treinta y uno cuarenta", "22233140"),
        ("cem duzentos cem", "100200100"),
        ("três quatro mil quatro mil", "340004000"),
        ("onze nove cinco cinco cinco cinco mil e quarenta e dois", "1195555042"),
        ("trinta zero quarenta dez cinquenta", "300401050"),
        ("doce millones trescientos cuarenta y cinco mil seiscientos setenta y ocho guion cinco", "12345678-5"),
        ("nove milhões mil e dois traço um", "9001002-1"),
        ("twelve million three hundred forty-five thousand six hundred seventy-eight", "12345678"),
        ("mil veinte millones trescientos cuarenta y cinco mil seis", "1020345006"),
        ("dez milhões e um", "10000001"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
}

#[test]
fn digits_are_repeated() {
    for (text, wanted) in [
        ("double oh three one two three five six", "00312356"),
        ("triple tres uno dos tres cinco seis", "33312356"),
        ("dobro de", "dobro de"),
        ("dobro cinco dois zeros três noves quatro", "55009994"),
        ("dos ceros doble siete tres unos uno", "00771111"),
        ("seven double nine one two three double one three", "799123113"),
        ("vinte dois zeros trinta dois zeros", "20003000"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
}

#[test]
fn marks_are_spoken() {
    for (text, wanted) in [
        ("cinco dois nove ponto nove oito dois ponto dois quatro sete traço dois cinco", "529.982.247-25"),
        (
            "onze ponto duzentos e vinte e dois ponto trezentos e trinta e três barra zero zero zero um hífen oitenta e um",
            "11.222.333/0001-81",
        ),
        ("one two three dot one two three dot o dot four o", "123.123.0.40"),
        ("two two five dot double five dot o dot forty five", "225.55.0.45"),
        ("um nove dois ponto um seis oito ponto um ponto um", "192.168.1.1"),
        ("uno dos tres punto uno dos tres punto cero punto cuatro cero", "123.123.0.40"),
        ("cinco cinco guión cinco cinco cinco cinco guion cero uno", "55-5555-01"),
        ("mais cinco cinco onze nove cinco cinco cinco cinco zero um quatro dois", "+5511955550142"),
        ("plus one, four one five, five five five, oh one four two", "+1 415 555 0142"),
        ("más cincuenta y dos cinco cinco cinco cinco cinco cinco cero uno cuatro dos", "+525555550142"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn pauses_and_fillers_vanish_and_commas_part_groups() {
    for (text, wanted) in [
        ("one one one, one one, one one one one", "111 11 1111"),
        ("one one one. one one. one one one one", "111 11 1111"),
        ("um um um\nquatro quatro quatro\nsete sete sete\ntrês cinco", "111 444 777 35"),
        ("cinco... dois, é, nove... nove oito, ahn, dois dois quatro", "52 998 224"),
        ("cuatro uno cinco, luego cinco cinco cinco, después cero uno cuatro dos", "415 555 0142"),
        ("four one five and then five five five um oh one four two", "4155550142"),
        ("quatro um cinco aí cinco cinco cinco e depois zero um quatro dois", "4155550142"),
        ("cinco\u{ad} dois\u{ad}\u{ad} nove nove oito dois dois qua\u{ad}tro", "52998224"),
        ("nove-cinco-cinco-cinco-cinco-zero-um-quatro-dois", "955550142"),
        ("um a ver dois a ver três e e quatro cinco seis sete oito", "12345678"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
}

#[test]
fn figures_and_words_mix() {
    for (text, wanted) in [
        ("52 nove 98 224 sete 25", "52998224725"),
        ("529.982 dois quatro sete dois cinco", "529.98224725"),
        ("11 nove 5555 zero um 42", "11955550142"),
        ("8 oito 8 sete 77 seis 66 cinco", "8887776665"),
        ("(11) nove cinco cinco cinco cinco zero 142", "(11955550142"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
}

#[test]
fn extensions_follow_their_number() {
    for (text, wanted) in [
        ("um um três três três três quatro quatro quatro quatro extensão um dois", "1133334444 ext. 12"),
        ("cinco cinco cinco cinco cero uno cuatro dos, extensión doce", "55550142 ext. 12"),
        ("four one five five five five oh one four two extension 12", "4155550142 ext. 12"),
        ("dois três cinco cinco cinco cinco zero um ramal do João", "23555501 ramal do João"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
    let run = run("tel um um três três três três quatro quatro quatro quatro ramal um dois");
    assert_eq!((run.place, run.digits, run.spelled), (4..14, 10, 0x3ff));
}

#[test]
fn what_is_no_run_stays() {
    for text in [
        "um dois três quatro cinco seis sete",
        "custa vinte e cinco mil quatrocentos e trinta e dois reais",
        "um dois três quatro cinco seis sete oito reais",
        "dez vinte trinta quarenta por cento",
        "comprei dois, depois mais três e então quatro",
        "uno de los dos que vinieron a las tres y media del dos de mayo de mil novecientos noventa y nueve",
        "meet me at home dot the cat",
        "look at example dot com",
        "pedido 52998224725 chegou",
        "12 34 56 78 90 um",
        "mais um e mais dois ponto final",
        "nasci em mil novecentos e noventa e nove",
        "one of the two or three things we saw at ten past nine",
        "double double double",
        "doce millones de pesos",
        "dez milhões duzentos e cinquenta mil habitantes",
        "twelve million three hundred forty-five thousand six hundred seventy-eight dollars",
        "",
        "arroba",
        "a arroba de boi custa trezentos reais",
        "ana@example.com",
        "@loja.com.br",
        "siga @loja.com.br hoje",
        "cliente(a) da loja.com.br",
        "I was at the store dot com was closed",
    ] {
        assert_eq!(reads(text), text);
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn counting_is_told() {
    for (text, counting) in [
        ("um dois três quatro cinco seis sete oito", true),
        ("ten nine eight seven six five four", true),
        ("dez, onze, doce, trece, catorce", true),
        ("um dois três quatro cinco sete seis oito", false),
        ("nove nove nove nove nove um dois três quatro", false),
        ("um dois um dois um dois um dois", false),
        ("doce millones trescientos cuarenta y cinco mil seiscientos setenta y ocho", true),
    ] {
        assert_eq!(run(text).counting, counting, "{text}");
    }
}

#[test]
fn what_stands_around_is_kept() {
    let text = "Olá, meu CPF é cinco dois nove nove oito dois dois quatro sete dois cinco, tá? Meu email: ana arroba example ponto com!";
    assert_eq!(reads(text), "Olá, meu CPF é 52998224725, tá? Meu email: ana@example.com!");
    assert_eq!(found(text), ["52998224725", "ana@example.com"]);
    let run = run("tel mais cinco cinco onze 95555 zero um quatro dois.");
    assert_eq!(run, Run { place: 4..18, digits: 13, spelled: 0b1_1110_0000_1111, counting: false });
}

#[test]
fn addresses_are_spoken() {
    for (text, wanted) in [
        ("maria ponto silva arroba gmail ponto com ponto br", "maria.silva@gmail.com.br"),
        ("a b c at g mail dot com", "abc@gmail.com"),
        ("a ponto b c arroba g mail ponto com", "a.bc@gmail.com"),
        ("c d f arroba a b c punto e d u", "cdf@abc.edu"),
        ("a b c at g mail dot a b c", "abc@gmail.abc"),
        ("a at m s n dot fr", "a@msn.fr"),
        ("asdf one two three at example dot com", "asdf123@example.com"),
        ("a um b dois arroba example ponto com", "a1b2@example.com"),
        ("a b three hyphen s d d dash three at g mail dot com", "ab3-sdd-3@gmail.com"),
        ("ana vinte e três arroba hot mail ponto com", "ana23@hotmail.com"),
        ("ana guion bajo silva arroba example punto org", "ana_silva@example.org"),
        ("ana underline silva arroba example ponto org", "ana_silva@example.org"),
        ("zoe at gmail dot com dot SM", "zoe@gmail.com.SM"),
        ("zoe at mail dot example dot com", "zoe@mail.example.com"),
        ("m, a, r, i, a, arroba gmail ponto com", "maria@gmail.com"),
        ("ANA ARROBA GMAIL PONTO COM", "ANA@GMAIL.COM"),
        ("z o e arroba c o m p a n y ponto com ponto br", "zoe@company.com.br"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn addresses_are_disguised() {
    for (text, wanted) in [
        ("joao [at] example [dot] com", "joao@example.com"),
        ("joao.silva {at} example {dot} com {dot} br", "joao.silva@example.com.br"),
        ("ana (arroba) exemplo (punto) com", "ana@exemplo.com"),
        ("carlos arroba hotmail.com", "carlos@hotmail.com"),
        ("nome @ gmail . com", "nome@gmail.com"),
        ("nome(a)gmail.com", "nome@gmail.com"),
        ("nome [ at ] example [ dot ] com", "nome@example.com"),
        ("nome ( arroba ) example ( ponto ) com", "nome@example.com"),
        ("nome @gmail.com", "nome@gmail.com"),
        ("ana@gmail ponto com", "ana@gmail.com"),
        ("ana[AT]example[DOT]com", "ana@example.com"),
        ("ana(@)example(.)com", "ana@example.com"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn an_address_begins_behind_what_leads_to_it() {
    for (text, wanted) in [
        ("meu email é maria ponto silva arroba gmail ponto com", "meu email é maria.silva@gmail.com"),
        ("email is zoe one at gmail dot com", "email is zoe1@gmail.com"),
        ("correo: ana arroba example punto com.", "correo: ana@example.com."),
        ("dot three at g mail dot com", "dot 3@gmail.com"),
        ("my email is a b c at gmail dot com thanks", "my email is abc@gmail.com thanks"),
        ("meu email e a b c arroba gmail ponto com e o telefone", "meu email e abc@gmail.com e o telefone"),
    ] {
        assert_eq!(reads(text), wanted, "{text}");
    }
}
