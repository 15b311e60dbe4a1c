//! The words that numbers are dictated with, in Portuguese, Spanish and English, as small letters without accents.

use crate::view::class::{CLASS, DIGIT, FOLD, INVISIBLE, LETTER, is};

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A digit that never ends a larger number: zero, and a half dozen.
    Digit(u8),
    /// One to nine.
    Unit(u8),
    /// A digit in the plural, which a count may stand before: `dois zeros`.
    Units(u8),
    /// Ten to twenty-nine, where it is one word that nothing follows.
    Teen(u8),
    /// Twenty to ninety.
    Tens(u8),
    /// A hundred and its multiples, where they are one word.
    Hundreds(u16),
    /// `hundred`, behind a unit.
    Hundred,
    /// A thousand.
    Thousand,
    /// A million or several, behind how many there are.
    Million,
    /// `double`, `triple`: the next digit so many times.
    Times(u8),
    /// What joins tens and units and says nothing elsewhere.
    Join,
    /// A mark that is spoken.
    Mark(u8),
    /// The sign before the code of a country.
    Plus,
    /// The sign of an e-mail address.
    At,
    /// Said between numbers without a meaning.
    Filler,
    /// What the number of an extension stands behind.
    Extension,
    /// What makes of the number before it an amount, a time or an age.
    Measure,
    /// A word that says something else where something else is near; see `Tokens::means`.
    Unsure(u8),
}

use Word::{
    At, Digit, Extension, Filler, Hundred, Hundreds, Join, Mark, Measure, Million, Plus, Teen, Tens, Thousand, Times,
    Unit, Units, Unsure,
};

/// The letters that words are looked up by.
const LOOKED_AT: usize = 8;

/// Portuguese and Spanish.
#[rustfmt::skip]
const ROMANCE: &[(&str, Word)] = &[
    ("zero", Digit(0)), ("cero", Digit(0)), ("meia", Digit(6)),
    ("um", Unsure(b'm')), ("uma", Unit(1)), ("un", Unit(1)), ("uno", Unit(1)), ("una", Unit(1)),
    ("dois", Unit(2)), ("duas", Unit(2)), ("dos", Unit(2)), ("tres", Unit(3)), ("treis", Unit(3)),
    ("quatro", Unit(4)), ("cuatro", Unit(4)), ("cinco", Unit(5)), ("seis", Unit(6)),
    ("sete", Unit(7)), ("siete", Unit(7)), ("oito", Unit(8)), ("ocho", Unit(8)), ("nove", Unit(9)), ("nueve", Unit(9)),
    ("zeros", Units(0)), ("ceros", Units(0)), ("unos", Units(1)), ("quatros", Units(4)), ("cuatros", Units(4)),
    ("cincos", Units(5)), ("seises", Units(6)), ("setes", Units(7)), ("sietes", Units(7)), ("oitos", Units(8)),
    ("ochos", Units(8)), ("noves", Units(9)), ("nueves", Units(9)),
    ("dez", Teen(10)), ("onze", Teen(11)), ("doze", Teen(12)), ("treze", Teen(13)), ("quatorze", Teen(14)),
    ("catorze", Teen(14)), ("quinze", Teen(15)), ("dezesseis", Teen(16)), ("dezasseis", Teen(16)),
    ("dezessete", Teen(17)), ("dezassete", Teen(17)), ("dezoito", Teen(18)), ("dezenove", Teen(19)), ("dezanove", Teen(19)),
    ("diez", Teen(10)), ("once", Teen(11)), ("doce", Teen(12)), ("trece", Teen(13)), ("catorce", Teen(14)),
    ("quince", Teen(15)), ("dieciseis", Teen(16)), ("diecisiete", Teen(17)), ("dieciocho", Teen(18)), ("diecinueve", Teen(19)),
    ("veintiun", Teen(21)), ("veintiuno", Teen(21)), ("veintiuna", Teen(21)), ("veintidos", Teen(22)), ("veintitres", Teen(23)),
    ("veinticuatro", Teen(24)), ("veinticinco", Teen(25)), ("veintiseis", Teen(26)), ("veintisiete", Teen(27)),
    ("veintiocho", Teen(28)), ("veintinueve", Teen(29)),
    ("vinte", Tens(20)), ("trinta", Tens(30)), ("quarenta", Tens(40)), ("cinquenta", Tens(50)), ("sessenta", Tens(60)),
    ("setenta", Tens(70)), ("oitenta", Tens(80)), ("noventa", Tens(90)),
    ("veinte", Tens(20)), ("treinta", Tens(30)), ("cuarenta", Tens(40)), ("cincuenta", Tens(50)), ("sesenta", Tens(60)),
    ("ochenta", Tens(80)),
    ("cem", Hundreds(100)), ("cento", Hundreds(100)), ("duzentos", Hundreds(200)), ("duzentas", Hundreds(200)),
    ("trezentos", Hundreds(300)), ("trezentas", Hundreds(300)), ("quatrocentos", Hundreds(400)), ("quatrocentas", Hundreds(400)),
    ("quinhentos", Hundreds(500)), ("quinhentas", Hundreds(500)), ("seiscentos", Hundreds(600)), ("seiscentas", Hundreds(600)),
    ("setecentos", Hundreds(700)), ("setecentas", Hundreds(700)), ("oitocentos", Hundreds(800)), ("oitocentas", Hundreds(800)),
    ("novecentos", Hundreds(900)), ("novecentas", Hundreds(900)),
    ("cien", Hundreds(100)), ("ciento", Hundreds(100)), ("doscientos", Hundreds(200)), ("doscientas", Hundreds(200)),
    ("trescientos", Hundreds(300)), ("trescientas", Hundreds(300)), ("cuatrocientos", Hundreds(400)),
    ("cuatrocientas", Hundreds(400)), ("quinientos", Hundreds(500)), ("quinientas", Hundreds(500)),
    ("seiscientos", Hundreds(600)), ("seiscientas", Hundreds(600)), ("setecientos", Hundreds(700)),
    ("setecientas", Hundreds(700)), ("ochocientos", Hundreds(800)), ("ochocientas", Hundreds(800)),
    ("novecientos", Hundreds(900)), ("novecientas", Hundreds(900)),
    ("milhao", Million), ("milhoes", Million), ("millon", Million), ("millones", Million),
    ("mil", Thousand), ("dobro", Times(2)), ("duplo", Times(2)), ("doble", Times(2)), ("triplo", Times(3)), ("triple", Times(3)),
    ("e", Join), ("y", Join), ("o", Unsure(b'o')), ("a", Unsure(b'a')),
    ("ponto", Mark(b'.')), ("punto", Mark(b'.')), ("traco", Mark(b'-')), ("tracinho", Mark(b'-')), ("hifen", Mark(b'-')),
    ("guion", Mark(b'-')), ("raya", Mark(b'-')), ("barra", Mark(b'/')), ("espaco", Mark(b' ')), ("espacio", Mark(b' ')),
    ("virgula", Mark(b',')), ("coma", Mark(b',')), ("underline", Mark(b'_')), ("sublinhado", Mark(b'_')),
    ("sublinha", Mark(b'_')), ("mais", Plus), ("mas", Plus), ("arroba", At),
    ("eh", Filler), ("ee", Filler), ("eeh", Filler), ("ehh", Filler), ("ah", Filler), ("ahn", Filler), ("hum", Filler),
    ("hmm", Filler), ("ver", Filler), ("ai", Filler), ("dai", Filler), ("depois", Filler), ("entao", Filler), ("agora", Filler),
    ("luego", Filler), ("despues", Filler), ("entonces", Filler), ("este", Filler), ("ahora", Filler), ("pues", Filler),
    ("extensao", Extension), ("ramal", Extension), ("interno", Extension), ("anexo", Extension),
    ("reais", Measure), ("real", Measure), ("centavos", Measure), ("pesos", Measure), ("soles", Measure), ("dolares", Measure),
    ("euros", Measure), ("anos", Measure), ("meses", Measure), ("dias", Measure), ("horas", Measure), ("hora", Measure),
    ("minutos", Measure), ("segundos", Measure), ("por", Unsure(b'p')), ("porcento", Measure), ("metros", Measure),
    ("quilos", Measure), ("kilos", Measure), ("km", Measure), ("milhoes", Measure), ("millones", Measure), ("milhao", Measure),
    ("millon", Measure), ("parcelas", Measure), ("cuotas", Measure),
    ("graus", Measure), ("grados", Measure), ("pontos", Measure), ("puntos", Measure),
];

/// English, with words of Spanish that are English as well.
#[rustfmt::skip]
const ENGLISH: &[(&str, Word)] = &[
    ("oh", Digit(0)), ("nought", Digit(0)), ("one", Unit(1)), ("two", Unit(2)), ("three", Unit(3)), ("four", Unit(4)),
    ("five", Unit(5)), ("six", Unit(6)), ("seven", Unit(7)), ("eight", Unit(8)), ("nine", Unit(9)), ("niner", Unit(9)),
    ("zeroes", Units(0)), ("ohs", Units(0)), ("ones", Units(1)), ("twos", Units(2)), ("threes", Units(3)), ("fours", Units(4)),
    ("fives", Units(5)), ("sixes", Units(6)), ("sevens", Units(7)), ("eights", Units(8)), ("nines", Units(9)),
    ("ten", Teen(10)), ("eleven", Teen(11)), ("twelve", Teen(12)), ("thirteen", Teen(13)), ("fourteen", Teen(14)),
    ("fifteen", Teen(15)), ("sixteen", Teen(16)), ("seventeen", Teen(17)), ("eighteen", Teen(18)), ("nineteen", Teen(19)),
    ("twenty", Tens(20)), ("thirty", Tens(30)), ("forty", Tens(40)), ("fourty", Tens(40)), ("fifty", Tens(50)), ("sixty", Tens(60)),
    ("seventy", Tens(70)), ("eighty", Tens(80)), ("ninety", Tens(90)),
    ("hundred", Hundred), ("thousand", Thousand), ("double", Times(2)), ("and", Join), ("dot", Mark(b'.')), ("point", Mark(b'.')),
    ("period", Mark(b'.')), ("dash", Mark(b'-')), ("hyphen", Mark(b'-')), ("slash", Mark(b'/')), ("space", Mark(b' ')),
    ("comma", Mark(b',')), ("underscore", Mark(b'_')), ("plus", Plus), ("at", At),
    ("uh", Filler), ("uhm", Filler), ("er", Filler), ("then", Filler), ("okay", Filler),
    ("extension", Extension), ("ext", Extension),
    ("dollars", Measure), ("cents", Measure), ("bucks", Measure), ("years", Measure), ("days", Measure), ("hours", Measure),
    ("minutes", Measure), ("seconds", Measure), ("percent", Measure), ("million", Million), ("miles", Measure), ("pounds", Measure),
];

/// A word and the language it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) word: Word,
    pub(super) english: bool,
}

/// The word of a stretch of letters, any of which may be invisible; none has more than 16 letters.
pub(super) fn known(letters: &[u8]) -> Option<Known> {
    let mut word = 0;
    let mut shift = 0;
    for &byte in letters.iter().filter(|&&byte| !is(byte, INVISIBLE)) {
        word |= u128::from(FOLD[usize::from(byte)]).checked_shl(shift)?;
        shift += 8;
    }
    let mut slot = slot_of(hash(word as u64));
    loop {
        let number = usize::from(SLOTS[slot].checked_sub(1)?);
        if NAMES[number] == word {
            return Some(Known { word: entry(number).1, english: number >= ROMANCE.len() });
        }
        slot = (slot + 1) % SLOTS.len();
    }
}

/// Whether the first eight letters of a word, lowest first in a number, in small letters, may be those of a word that says a
/// number or stands between numbers.
#[inline]
pub(super) fn may_dictate(start: u64) -> bool {
    let bit = hash(start) >> (64 - 14);
    FILTER[(bit / 64) as usize] >> (bit % 64) & 1 != 0
}

/// So many characters without digits are between two words of a number at most.
const NEAR: usize = 24;

/// Whether numbers may be dictated in a text: it has two words of three letters or more near each other that may stand in one.
pub(super) fn may_be_several(text: &[u8]) -> bool {
    let (mut word, mut len, mut apart) = (0, 0, NEAR + 1);
    for &byte in text.iter().chain(b" ") {
        let class = CLASS[usize::from(byte)];
        if class & LETTER != 0 {
            if len < LOOKED_AT {
                word |= u64::from(FOLD[usize::from(byte)]) << (8 * len);
            }
            len += 1;
        } else if class & INVISIBLE == 0 {
            if len > 2 && may_dictate(word) {
                if apart <= NEAR {
                    return true;
                }
                apart = 0;
            } else {
                apart += len;
            }
            apart += usize::from(class & DIGIT == 0);
            (word, len) = (0, 0);
        }
    }
    false
}

/// All words, lowest letter first in a number.
static NAMES: [u128; ROMANCE.len() + ENGLISH.len()] = {
    let mut names = [0; ROMANCE.len() + ENGLISH.len()];
    let mut number = 0;
    while number < names.len() {
        let name = entry(number).0.as_bytes();
        let mut at = name.len();
        while at > 0 {
            at -= 1;
            names[number] = names[number] << 8 | name[at] as u128;
        }
        number += 1;
    }
    names
};

/// By slot, the number of a word and one more; words that share a slot take the next one.
static SLOTS: [u16; 1024] = {
    let mut slots = [0; 1024];
    let mut number = 0;
    while number < ROMANCE.len() + ENGLISH.len() {
        let mut slot = slot_of(hash(start(entry(number).0.as_bytes())));
        while slots[slot] != 0 {
            slot = (slot + 1) % slots.len();
        }
        number += 1;
        slots[slot] = number as u16;
    }
    slots
};

/// One bit in 2^14 for each word of three letters or more that may stand within a dictated number.
static FILTER: [u64; 256] = {
    let mut bits = [0; 256];
    let mut number = 0;
    while number < ROMANCE.len() + ENGLISH.len() {
        let (word, means) = entry(number);
        if word.len() > 2 && !matches!(means, Measure | Extension | At | Plus | Mark(b'_') | Unsure(_)) {
            let bit = hash(start(word.as_bytes())) >> (64 - 14);
            bits[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        number += 1;
    }
    let mut number = 0;
    while number < ACCENTED.len() {
        let bit = hash(start(ACCENTED[number])) >> (64 - 14);
        bits[(bit / 64) as usize] |= 1 << (bit % 64);
        number += 1;
    }
    bits
};

/// How some of the words begin with their accents, in Latin-1.
const ACCENTED: [&[u8]; 12] = [
    b"tr\xeas",
    b"tr\xe9s",
    b"ent\xe3o",
    b"despu\xe9s",
    b"diecis\xe9i",
    b"veintid\xf3",
    b"veintis\xe9",
    b"tra\xe7o",
    b"h\xedfen",
    b"gui\xf3n",
    b"espa\xe7o",
    b"v\xedrgula",
];

const fn entry(number: usize) -> (&'static str, Word) {
    if number < ROMANCE.len() { ROMANCE[number] } else { ENGLISH[number - ROMANCE.len()] }
}

const fn start(word: &[u8]) -> u64 {
    let mut start = 0;
    let mut at = 0;
    while at < word.len() && at < LOOKED_AT {
        start |= (word[at] as u64) << (8 * at);
        at += 1;
    }
    start
}

const fn hash(start: u64) -> u64 {
    start.wrapping_mul(0xd6e8_feb8_6659_fd93)
}

const fn slot_of(hash: u64) -> usize {
    (hash >> (64 - 10)) as usize
}
