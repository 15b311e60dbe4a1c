//! What people put between a label and its value: `:`, `?`, a verb, a few words, a bracket, a table's border, a line break
//! with the other speaker's name. Each place where a value may begin is offered in turn, the nearest first.

use super::secret::word_end;
use crate::label::phrase::placeholder;
use crate::view::class::{DIGIT, INVISIBLE, LETTER, NEWLINE, SPACE, SYMBOL, folded, is};

/// How far from its label a value may begin.
const REACH: usize = 80;
/// How many words may stand between, verbs and articles left out.
const WORDS: u8 = 4;
/// Verbs between a label and its value.
const VERBS: [&[u8]; 13] =
    [b"e", b"es", b"is", b"era", b"eh", b"sera", b"ser", b"was", b"sao", b"son", b"are", b"foi", b"fue"];
/// Words that say nothing.
const ARTICLES: [&[u8]; 14] =
    [b"o", b"a", b"os", b"as", b"el", b"la", b"los", b"las", b"un", b"uma", b"um", b"una", b"the", b"dia"];
/// Words for a number, before it.
pub(crate) const ORDINALS: [&[u8]; 6] = [b"n", b"no", b"nr", b"nro", b"num", b"numero"];
/// Words that begin what says whose or what for the value is.
const OPENERS: [&[u8]; 31] = [
    b"al", b"ao", b"no", b"na", b"en", b"atras", b"que", b"de", b"do", b"da", b"dos", b"das", b"del", b"dele", b"dela",
    b"meu", b"minha", b"mi", b"mis", b"su", b"seu", b"sua", b"tu", b"teu", b"tua", b"para", b"pra", b"of", b"for",
    b"my", b"your",
];
/// Keys of what a form holds, beside its name.
const VALUE_KEYS: [&[u8]; 8] =
    [b"value", b"valor", b"resposta", b"respuesta", b"answer", b"content", b"conteudo", b"contenido"];

fn is_value_key(word: &[u8]) -> bool {
    VALUE_KEYS.iter().any(|key| key.eq_ignore_ascii_case(word))
}

/// How a value is tied to its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By a colon, an equals sign, a question mark, a border.
    Sign,
    /// By a verb.
    Verb,
    /// By a space alone.
    Space,
    /// By a few words.
    Words,
}

impl Tie {
    /// No closer than a verb ties.
    pub(super) fn min_verb(self) -> Self {
        if self == Self::Sign { Self::Verb } else { self }
    }
}

/// Where a value may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: usize,
    pub(super) tie: Tie,
    /// Whether words stand between.
    pub(super) words: bool,
    /// Whether a line break stands between.
    pub(super) below: bool,
}

/// Reads on from the end of a label.
pub(super) struct Connector<'t> {
    text: &'t [u8],
    label: usize,
    at: usize,
    /// What was offered last.
    offered: Option<usize>,
    /// Where the answer to a question begins behind its speaker's name.
    answer: Option<usize>,
    sign: bool,
    verb: bool,
    words: u8,
    breaks: u8,
}

impl<'t> Connector<'t> {
    pub(super) fn new(text: &'t [u8], label: usize) -> Self {
        let end = text.len().min(label + REACH);
        let text = &text[..text.len().min(end + REACH)];
        Self { text, label, at: label, offered: None, answer: None, sign: false, verb: false, words: 0, breaks: 0 }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(b' ')
    }

    /// Goes over a sign.
    fn over(&mut self, to: usize) {
        (self.sign, self.at) = (true, to);
    }

    fn start(&self, at: usize) -> Start {
        let tie = match (self.sign, self.verb, self.words) {
            (true, ..) => Tie::Sign,
            (_, true, _) => Tie::Verb,
            (.., 0) => Tie::Space,
            _ => Tie::Words,
        };
        Start { at, tie, words: self.words > 0, below: self.breaks > 0 }
    }

    /// Offers a place, if it was not offered before and something stands between.
    fn offer(&mut self, at: usize) -> Option<Start> {
        let new = self.offered.is_none_or(|offered| offered < at) && (at > self.label);
        self.offered = self.offered.max(Some(at));
        new.then(|| self.start(at))
    }

    /// Goes over the next sign or word; `None` at what no value follows.
    fn go_on(&mut self, next: usize) -> Option<()> {
        let directly = next == self.label;
        let spaced = next > self.at;
        match self.byte(next) {
            b':' | b'=' => {
                let arrow = usize::from(self.byte(next + 1) == b'>');
                if self.text[next..].starts_with(b"://") {
                    return None;
                }
                self.over(next + 1 + arrow);
            }
            b'?' => {
                self.over(next + 1);
                // The other speaker's answer may go on in the same line.
                let answer = skip_spaces(self.text, self.at);
                self.answer = speaker(&self.text[answer..]).map(|length| answer + length);
            }
            b'|' | b';' => self.over(next + 1),
            // Number.
            b'#' => self.at = next + 1,
            b'-' if self.byte(next + 1) == b'>' => self.over(next + 2),
            b'-' if spaced && is(self.byte(next + 1), SPACE) => self.over(next + 1),
            // The key of a JSON object is closed by a quote before its colon.
            b'"' | b'\'' if directly => {
                self.at = next + 1;
                match self.byte(self.at) {
                    b':' | b'=' => {}
                    b' ' => {
                        if let Some(value) = self.value_attribute(self.at) {
                            self.over(value);
                        }
                    }
                    b',' => self.at = self.value_key(self.at + 1)?,
                    _ => return None,
                }
            }
            b'{' if self.sign => self.at = self.value_key(next + 1)?,
            // An element of XML.
            b'>' if directly => self.over(next + 1),
            b'.' => {
                let dots = self.text[next..].iter().take_while(|&&byte| byte == b'.').count();
                if dots == 1 && !directly {
                    return None;
                }
                self.sign |= dots > 1;
                self.at = next + dots;
            }
            b'(' => {
                let inside = &self.text[next + 1..self.text.len().min(next + 32)];
                let length = inside.iter().position(|&byte| byte == b')' || is(byte, NEWLINE))?;
                if inside[length] != b')' {
                    return None;
                }
                self.at = next + length + 2;
            }
            b'<' => {
                let inside = &self.text[next + 1..self.text.len().min(next + 40)];
                let length = inside.iter().position(|&byte| matches!(byte, b'>' | b'<') || is(byte, NEWLINE))?;
                let named = inside[0] == b'/' || inside[0].is_ascii_alphabetic();
                if !named || inside[length] != b'>' {
                    return None;
                }
                // What stands in bold is no border.
                let cell = inside.starts_with(b"t") || inside.starts_with(b"d");
                (self.sign, self.at) = (self.sign | cell, next + length + 2);
            }
            byte if is(byte, NEWLINE) => self.below(next)?,
            byte if is(byte, SYMBOL) => self.at = next + 1,
            byte if is(byte, LETTER) => self.word(next)?,
            _ => return None,
        }
        Some(())
    }

    /// Goes over a line break, what quotes or indents the next line, and the other speaker's name.
    fn below(&mut self, next: usize) -> Option<()> {
        let crlf = self.byte(next) == b'\r' && self.byte(next + 1) == b'\n';
        self.breaks += 1;
        let mut at = next + 1 + usize::from(crlf);
        while is(self.byte(at), SPACE) && at < self.text.len() || self.byte(at) == b'>' {
            at += 1;
        }
        self.at = at;
        self.answer = speaker(&self.text[at..]).map(|length| at + length);
        (self.breaks <= 2).then_some(())
    }

    fn word(&mut self, next: usize) -> Option<()> {
        let end = word_end(self.text, next);
        let folded = folded(&self.text[next..end]);
        self.at = end;
        if VERBS.contains(&&*folded) {
            self.verb = true;
        } else if ORDINALS.contains(&&*folded) {
            let marks = |byte: &&u8| matches!(byte, b'.' | b':' | 0xAA | 0xB0 | 0xBA);
            self.at += self.text[end..].iter().take_while(marks).count();
        } else if self.words == 0 && ARTICLES.contains(&&*folded) {
        } else if self.words > 0 || OPENERS.contains(&&*folded) {
            self.words += 1;
            return (self.words <= WORDS).then_some(());
        } else {
            return None;
        }
        Some(())
    }

    /// Behind `value=` among the attributes that follow a tag's `name="senha"`.
    fn value_attribute(&self, at: usize) -> Option<usize> {
        const MOST: usize = 4;
        let mut at = skip_spaces(self.text, at);
        for _ in 0..MOST {
            let rest = &self.text[at..];
            let length = rest.iter().take_while(|&&byte| byte.is_ascii_alphabetic() || byte == b'-').count();
            if length == 0 || rest.get(length) != Some(&b'=') {
                return None;
            }
            if is_value_key(&rest[..length]) {
                return Some(at + length + 1);
            }
            let quote = rest.get(length + 1).filter(|byte| matches!(byte, b'"' | b'\''))?;
            let inside = rest[length + 2..].iter().position(|byte| byte == quote)?;
            at = skip_spaces(self.text, at + length + 2 + inside + 1);
        }
        None
    }

    /// Behind a key such as `"value":`, if one stands at `at`.
    fn value_key(&self, at: usize) -> Option<usize> {
        let key = skip_spaces(self.text, at);
        let end = word_end(self.text, (key + 1).min(self.text.len() - 1));
        let word = self.text.get(key + 1..end)?;
        let known = self.byte(key) == b'"' && self.byte(end) == b'"' && is_value_key(word);
        known.then_some(end + 1)
    }
}

impl Iterator for Connector<'_> {
    type Item = Start;

    fn next(&mut self) -> Option<Start> {
        loop {
            if let Some(answer) = self.answer.take() {
                (self.at, self.sign) = (answer, true);
            }
            let next = skip_spaces(self.text, self.at);
            if next >= self.text.len() || next > self.label + REACH {
                return None;
            }
            let byte = self.byte(next);
            // `name=senha value=...`
            if next > self.label
                && !self.sign
                && is(byte, LETTER)
                && let Some(value) = self.value_attribute(next)
            {
                self.over(value);
                continue;
            }
            if matches!(byte, b'[' | b'<' | b'{') && placeholder(self.text, next).is_some() {
                return None;
            }
            let value = is(byte, LETTER | DIGIT) || matches!(byte, b'(' | b'"' | b'\'' | b'+' | b'-' | b'`' | b'@');
            let other = !self.sign && !is(byte, SPACE | NEWLINE) && next == self.at && next > self.label;
            if (value || self.sign || other)
                && let Some(start) = self.offer(next)
            {
                return Some(start);
            }
            self.go_on(next)?;
        }
    }
}

pub(super) fn skip_spaces(text: &[u8], at: usize) -> usize {
    (at..text.len()).find(|&i| !is(text[i], SPACE | INVISIBLE) && !matches!(text[i], b'*' | b'_')).unwrap_or(text.len())
}

/// How long the name of a speaker is that a line begins with, as chats are exported: `Ana: `, `[10:23, 20/11/2026] Ana: `,
/// `20/11/2026 10:23 - Ana: `, `[Ana] `.
pub(crate) fn speaker(line: &[u8]) -> Option<usize> {
    const LONGEST: usize = 60;
    if let Some(inside) = line.strip_prefix(b"[")
        && let Some(name) = inside.iter().take(30).position(|&byte| !is(byte, LETTER | SPACE))
        && name > 1
        && inside[name..].starts_with(b"] ")
    {
        return Some(name + 3);
    }
    let stamp =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'/' | b':' | b',' | b' ' | b'-' | b'.' | b'[' | b']');
    let begins = line.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'[');
    let at = if begins { line.iter().take(LONGEST).take_while(|&byte| stamp(byte)).count() } else { 0 };
    let name = line[at..].iter().take(30).take_while(|&&byte| is(byte, LETTER | SPACE) || byte == b'.').count();
    let named = name > 1 && is(line[at], LETTER) && line.get(at + name) == Some(&b':');
    let spaces = line.get(at + name + 1..)?.iter().take_while(|&&byte| is(byte, SPACE)).count();
    (named && spaces > 0).then_some(at + name + 1 + spaces)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a value is offered where `<` stands, behind a label of five letters.
    fn offers(text: &str) -> Option<Tie> {
        let place = text.find('<').expect("a value");
        let plain = text.replace('<', "");
        let bytes: Vec<u8> = plain.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
        let at = plain.char_indices().position(|(at, _)| at == place)?;
        Connector::new(&bytes, 5).find(|start| start.at == at).map(|start| start.tie)
    }

    #[test]
    fn values_are_offered_however_they_are_tied() {
        for (text, tie) in [
            ("Placa <ABC1D23", Tie::Space),
            ("Placa: <ABC1D23", Tie::Sign),
            ("Placa - <ABC1D23", Tie::Sign),
            ("Placa -> <ABC1D23", Tie::Sign),
            ("Placa....: <ABC1D23", Tie::Sign),
            ("Placa;<ABC1D23", Tie::Sign),
            ("Placa é a <ABC1D23", Tie::Verb),
            ("placa do meu carro: <ABC1D23", Tie::Sign),
            ("placa do outro era <XYZ1A23", Tie::Verb),
            ("placa do carro <XYZ1A23", Tie::Words),
            ("Placa (com traço): <ABC-1D23", Tie::Sign),
            ("Placa?\nAna: <ABC1D23", Tie::Sign),
            ("Placa?\n[Ana] <ABC1D23", Tie::Sign),
            ("Placa? Cliente: <ABC1D23", Tie::Sign),
            ("Placa?\n[10:23, 20/11/2026] Ana: <ABC1D23", Tie::Sign),
            ("Placa\n<ABC1D23", Tie::Space),
            ("placa\",\"value\":\"<ABC1D23", Tie::Sign),
            ("placa\" id=\"x\" value=\"<ABC1D23", Tie::Sign),
            ("placa value=<ABC1D23", Tie::Sign),
            ("placa\":{\"valor\":\"<ABC1D23", Tie::Sign),
        ] {
            let text = text.replace("\"<", "<\"");
            assert_eq!(offers(&text), Some(tie), "{text}");
        }
    }

    #[test]
    fn another_sentence_is_not_read() {
        for text in ["placa. Chega <ABC1D23", "placa nova chega <ABC1D23", "placa, <ABC1D23", "placa://<ABC1D23"] {
            assert_eq!(offers(text), None, "{text}");
        }
    }
}
