//! Templates of written forms: parsed, and spelled out into every shape that they can have.
//!
//! `0` digit, `A` letter, `*` letter or digit, `[...]` one of these, `'...'` this text, `<...>` a group; `?` after any of
//! them makes it optional, `{n}` or `{m,n}` repeats it; `¦` any symbol, an emoji among them; every other
//! character stands for itself.

use crate::shape::{AMPERSAND, ENYE, NO_SYMBOL, SYMBOL, SYMBOLS};

/// The digits as a set of symbols.
pub(crate) const DIGIT: u64 = 0x3FF;
const LETTERS: u64 = ((1 << 36) - 1) & !DIGIT;
/// How many shapes a template may have.
const MOST: usize = 4096;
/// How many characters an identifier may have.
const LONGEST: usize = 64;

/// One character of a spelled-out form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atom {
    /// A character of the identifier: the set of symbols that it may be.
    Cell(u64),
    /// A separator.
    Separator(u8),
}

#[derive(Debug)]
enum Element {
    Atom(Atom),
    Text(Vec<Atom>),
    Group(Vec<(Element, u8, u8)>),
}

type Sequence = Vec<(Element, u8, u8)>;

/// Every shape of a template.
pub fn spell_out(template: &str) -> Result<Vec<Vec<Atom>>, String> {
    let mut rest = template.chars().collect::<Vec<_>>();
    rest.reverse();
    let sequence = parse(&mut rest, false)?;
    let forms = expand(&sequence)?;
    for form in &forms {
        let cells = form.iter().filter(|atom| matches!(atom, Atom::Cell(_))).count();
        if cells == 0 {
            return Err("the form can match the empty text".into());
        }
        if cells > LONGEST {
            return Err(format!("the form has {cells} characters; {LONGEST} are the most"));
        }
    }
    Ok(forms)
}

fn parse(rest: &mut Vec<char>, inside: bool) -> Result<Sequence, String> {
    let mut sequence = Sequence::new();
    while let Some(c) = rest.pop() {
        let element = match c {
            '>' if inside => return Ok(sequence),
            '<' => Element::Group(parse(rest, true)?),
            '0' => Element::Atom(Atom::Cell(DIGIT)),
            'A' => Element::Atom(Atom::Cell(LETTERS)),
            '*' => Element::Atom(Atom::Cell(DIGIT | LETTERS)),
            '[' => Element::Atom(Atom::Cell(set(rest)?)),
            '\'' => Element::Text(literal(rest)?),
            _ => Element::Atom(separator(c)?),
        };
        let (least, most) = repetition(rest)?;
        sequence.push((element, least, most));
    }
    if inside { Err("a `<` has no `>`".into()) } else { Ok(sequence) }
}

fn symbol(c: char) -> Result<u8, String> {
    let symbol = u8::try_from(u32::from(c)).map_or(NO_SYMBOL, |byte| SYMBOL[usize::from(byte)]);
    if symbol == NO_SYMBOL { Err(format!("`{c}` is neither letter nor digit, `Ñ` nor `&`")) } else { Ok(symbol) }
}

fn separator(c: char) -> Result<Atom, String> {
    match u8::try_from(u32::from(c)) {
        Ok(byte) if byte.is_ascii_alphanumeric() => {
            Err(format!("`{c}` alone means nothing: letters and digits that stand for themselves are quoted, `'{c}'`"))
        }
        Ok(byte) if (0x20..0x7F).contains(&byte) || matches!(byte, 0xA6 | 0xB7) => Ok(Atom::Separator(byte)),
        _ => Err(format!("`{c}` cannot be a separator")),
    }
}

fn set(rest: &mut Vec<char>) -> Result<u64, String> {
    let mut cells = 0;
    while let Some(c) = rest.pop() {
        if c == ']' {
            return if cells == 0 { Err("a set is empty".into()) } else { Ok(cells) };
        }
        let low = symbol(c)?;
        let high = if rest.last() == Some(&'-') {
            rest.pop();
            symbol(rest.pop().ok_or("a set has no `]`")?)?
        } else {
            low
        };
        if low > high || (high >= 10) != (low >= 10) && low != high {
            return Err("a range in a set runs backwards or from digits to letters".into());
        }
        for symbol in low..=high {
            cells |= 1 << symbol;
        }
    }
    Err("a set has no `]`".into())
}

fn literal(rest: &mut Vec<char>) -> Result<Vec<Atom>, String> {
    let mut atoms = Vec::new();
    while let Some(c) = rest.pop() {
        if c == '\'' {
            return Ok(atoms);
        }
        atoms.push(match symbol(c) {
            Ok(symbol) => Atom::Cell(1 << symbol),
            Err(_) => separator(c)?,
        });
    }
    Err("a quote is not closed".into())
}

fn repetition(rest: &mut Vec<char>) -> Result<(u8, u8), String> {
    match rest.last() {
        Some('?') => {
            rest.pop();
            Ok((0, 1))
        }
        Some('{') => {
            let mut text = String::new();
            loop {
                match rest.pop() {
                    Some('}') => break,
                    Some('{') => {}
                    Some(c) => text.push(c),
                    None => return Err("a `{` has no `}`".into()),
                }
            }
            let (least, most) = text.split_once(',').unwrap_or((&text, &text));
            match (least.parse(), most.parse()) {
                (Ok(least), Ok(most)) if least <= most && most > 0 => Ok((least, most)),
                _ if most.is_empty() => Err("a repetition has no bound: write the most, as in `{2,8}`".into()),
                _ => Err(format!("`{{{text}}}` is no repetition; write `{{3}}` or `{{1,3}}`")),
            }
        }
        _ => Ok((1, 1)),
    }
}

fn expand(sequence: &Sequence) -> Result<Vec<Vec<Atom>>, String> {
    let mut forms = vec![Vec::new()];
    for (element, least, most) in sequence {
        let once = match element {
            Element::Atom(atom) => vec![vec![*atom]],
            Element::Text(atoms) => vec![atoms.clone()],
            Element::Group(inner) => expand(inner)?,
        };
        let mut powers = vec![vec![Vec::new()]];
        for n in 0..usize::from(*most) {
            powers.push(product(&powers[n], &once)?);
        }
        let tails = powers.drain(..).skip(usize::from(*least)).flatten().collect::<Vec<_>>();
        forms = product(&forms, &tails)?;
    }
    Ok(forms)
}

fn product(heads: &[Vec<Atom>], tails: &[Vec<Atom>]) -> Result<Vec<Vec<Atom>>, String> {
    if heads.len() * tails.len() > MOST {
        return Err(format!("the form has more than {MOST} shapes: bound its repetitions more tightly"));
    }
    Ok(heads.iter().flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail].concat())).collect())
}

const _: () = assert!(SYMBOLS == AMPERSAND as usize + 1 && ENYE < AMPERSAND);

#[cfg(test)]
mod tests {
    use super::*;

    fn written(template: &str) -> Vec<String> {
        let forms = spell_out(template).expect("the template is right");
        let text = |form: &Vec<Atom>| {
            form.iter().map(|atom| if let Atom::Separator(byte) = atom { char::from(*byte) } else { 'x' }).collect()
        };
        forms.iter().map(text).collect()
    }

    #[test]
    fn a_template_is_spelled_out_into_every_shape() {
        assert_eq!(written("0{1,2}.000-[0-9K]"), ["x.xxx-x", "xx.xxx-x"]);
        assert_eq!(written("00<-0>?"), ["xx", "xx-x"]);
        assert_eq!(written("'AB'0"), ["xxx"]);
        assert_eq!(written("(00) 0"), ["(xx) x"]);
    }

    #[test]
    fn what_has_no_bound_or_is_empty_is_refused() {
        for wrong in ["0{1,}", "0?", "0{0,1}", "[", "[]", "'a", "<0", "x", "0{999}", "[9-A]", "0{65}"] {
            assert!(spell_out(wrong).is_err(), "{wrong}");
        }
    }
}
