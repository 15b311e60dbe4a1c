//! Random texts for tests: what the packs' own examples hold, mutated and put together, from a seed. The same seed gives
//! the same texts everywhere.
#![allow(dead_code, reason = "each test uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};

/// Numbers from a seed: xorshift64*.
pub(crate) struct Random(u64);

impl Random {
    /// Numbers from `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) % limit.max(1) as u64) as usize
    }

    /// Whether one of `of` chances comes true.
    pub(crate) fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// One of a list.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10) as u8)
    }
}

/// All pack files.
pub(crate) fn pack_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let folders = fs::read_dir(root).expect("locales/ is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<PathBuf> = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| fs::read_dir(folder).expect("a folder can be read"))
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

/// What texts are made of.
pub(crate) struct Corpus {
    sentences: Vec<String>,
    values: Vec<String>,
    labels: Vec<String>,
}

const SEPARATORS: [&str; 24] = [
    ".", "-", "/", " ", "_", "\u{a0}", "\u{2011}", "\u{2009}", " - ", ". ", "*", "\n", "\r\n", "\n> ", "\n  ",
    "\u{2022}", "\u{b7}", "😀", ",", ":", "--", " . ", "|", "\t",
];
const INVISIBLE: [&str; 8] =
    ["\u{200b}", "\u{ad}", "\u{feff}", "\u{301}", "\u{fe0f}", "\u{20e3}", "\u{2060}", "\u{e0041}"];
const TAGS: [&str; 7] = ["<b>", "</b>", "</b><b>", "<wbr>", "<br>", "<i class=\"x\">", "<td>"];
const TIES: [&str; 20] = [
    ": ", " ", "=", ":", " é ", " es ", "\": \"", ": *", " nº ", " n. ", "\n", ", ", " is ", ": [", "_", " - ",
    " para ", "? ", " | ", ":\n> ",
];
const ENDS: [&str; 16] =
    [" ", ". ", ", ", "\n", "; ", ")", "\" ", "\n> ", "! ", "? ", "* ", " | ", "", "&", "] ", "\r\n"];
const NOISE: [&str; 40] = [
    "R$ 1.234,56",
    "$ 12,300.00",
    "US$ 45",
    "12/04/1985",
    "2024-05-06T10:41:00Z",
    "10:41",
    "14h30",
    "v1.2.3",
    "192.168.0.1",
    "2001:db8::8a2e:370:7334",
    "ana.silva@mail.example.com",
    "o'neil+x@example.org",
    "git@host.example:path/x",
    "https://example.com/a?cpf=52998224725&b=1",
    "deadbeefcafe0123456789abcdef0123",
    "123e4567-e89b-12d3-a456-426614174000",
    "👨‍👩‍👧‍👦",
    "🇧🇷",
    "e\u{301}",
    "\u{130}",
    "\u{fb01}",
    "[CPF]",
    "[PHONE_2]",
    "<BR_CPF>",
    "pedido",
    "código de verificação",
    "1.",
    "2)",
    "12 kg",
    "50%",
    "000.000.000-00",
    "gracias, adiós",
    "por favor me ajuda com isso",
    "Olá!",
    "SP",
    "MG-12",
    "senha: Abc@123",
    "\u{2460}",
    "fe80::1%eth0",
    "1700000000",
];

impl Corpus {
    /// Reads the packs' examples; `labels` are all labels of all packs.
    pub(crate) fn new(labels: Vec<String>) -> Self {
        let (mut sentences, mut values) = (Vec::new(), Vec::new());
        for file in pack_files() {
            let text = fs::read_to_string(&file).expect("a pack can be read");
            let (_, examples) = rasura_pack::compile(&file.to_string_lossy(), &text).expect("a pack compiles");
            for example in &examples.found {
                let (mut sentence, mut rest) = (String::new(), example.as_str());
                // A value may have `<<` in itself.
                while let Some((before, marked)) = rest.split_once("<<") {
                    let (value, after) = marked.split_once(">>").expect("a mark has two ends");
                    values.push(value.to_owned());
                    sentence.extend([before, value]);
                    rest = after;
                }
                sentences.push(sentence + rest);
            }
            sentences.extend(examples.not_found);
        }
        Self { sentences, values, labels }
    }

    /// One text.
    pub(crate) fn text(&self, random: &mut Random) -> String {
        let mut text = String::new();
        let pieces = if random.once_in(200) { 60 } else { 1 + random.below(7) };
        for _ in 0..pieces {
            self.piece(random, &mut text);
        }
        if random.once_in(400) {
            text = text.repeat(1 + 4096 / text.len().max(1));
        }
        if random.once_in(10) { spoil(random, &text) } else { text }
    }

    /// One text in which values read otherwise than they stand: escaped, in other letters, in words.
    pub(crate) fn disguised(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for _ in 0..=random.below(4) {
            self.piece(random, &mut text);
            let value = format!("{}{}{}", self.label(random), random.pick(&TIES), self.value(random));
            let value = if random.once_in(2) { value } else { self.value(random) };
            text.push_str(&disguise(random, &value));
            text.push_str(random.pick(&ENDS));
        }
        text
    }

    fn piece(&self, random: &mut Random, text: &mut String) {
        match random.below(10) {
            0..=4 => {
                if !random.once_in(3) {
                    text.push_str(&self.label(random));
                    text.push_str(random.pick(&TIES));
                }
                text.push_str(&self.value(random));
                text.push_str(random.pick(&ENDS));
                if random.once_in(6) {
                    text.push_str(&self.label(random));
                    text.push(' ');
                }
            }
            5 => {
                text.push_str(&self.sentences[random.below(self.sentences.len())]);
                text.push_str(random.pick(&ENDS));
            }
            6 => {
                text.push_str(random.pick(&NOISE));
                text.push_str(random.pick(&ENDS));
            }
            7 => {
                text.push_str(&self.label(random));
                text.push_str(random.pick(&TIES));
            }
            8 => {
                text.push_str(&self.value(random));
                text.push_str(random.pick(&SEPARATORS));
            }
            _ => text.push_str(random.pick(&ENDS)),
        }
    }

    fn label(&self, random: &mut Random) -> String {
        let label = &self.labels[random.below(self.labels.len())];
        match random.below(10) {
            0 | 1 => label.to_uppercase(),
            2 => label.replace(' ', "_"),
            3 => {
                let words = label.split(' ').map(|word| {
                    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>()
                });
                words.collect()
            }
            4 => label
                .chars()
                .map(|c| if random.once_in(6) { format!("{c}{}", random.pick(&INVISIBLE)) } else { c.to_string() })
                .collect(),
            5 => label.replace('o', "ó").replace('a', "ã"),
            _ => label.clone(),
        }
    }

    /// A value of a pack's examples, as it is or mutated.
    pub(crate) fn value(&self, random: &mut Random) -> String {
        let mut value = self.values[random.below(self.values.len())].clone();
        let times = match random.below(4) {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        for _ in 0..times {
            value = mutate(random, &value);
        }
        value
    }
}

fn mutate(random: &mut Random, value: &str) -> String {
    let chars: Vec<char> = value.chars().collect();
    let at = random.below(chars.len());
    let solid = || value.chars().filter(|c| c.is_alphanumeric());
    match random.below(15) {
        0 => chars.iter().enumerate().map(|(i, &c)| if i == at { random.digit() } else { c }).collect(),
        1 => chars.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, &c)| c).collect(),
        2 => chars[..=at].iter().collect(),
        3 => {
            let separator = random.pick(&SEPARATORS);
            solid().map(|c| c.to_string()).collect::<Vec<_>>().join(separator)
        }
        4 => {
            let separator = random.pick(&SEPARATORS);
            let every = 2 + random.below(4);
            solid()
                .enumerate()
                .map(|(i, c)| if i > 0 && i % every == 0 { format!("{separator}{c}") } else { c.to_string() })
                .collect()
        }
        5 => solid()
            .map(|c| if random.once_in(4) { format!("{}{c}", random.pick(&SEPARATORS)) } else { c.to_string() })
            .collect(),
        6 => {
            let zero = *[0xFF10_u32, 0x660, 0x966, 0x1D7CE].get(random.below(4)).expect("there are four");
            let wide = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).unwrap_or(c);
            chars.iter().map(|&c| if random.once_in(2) { wide(c) } else { c }).collect()
        }
        7 => chars
            .iter()
            .map(|&c| if random.once_in(3) { format!("{c}{}", random.pick(&INVISIBLE)) } else { c.to_string() })
            .collect(),
        8 => format!("*{value}*"),
        9 => format!("{}{value}", random.pick(&["x", "CPF", "n", "abc", "Z", "7", "_", "(", "+", "-"])),
        10 => format!("{value}{}", random.pick(&["x", "K", "kg", "abc", "Z", "7", "_", ")", ",50", "-1"])),
        11 => {
            if random.once_in(2) {
                value.to_lowercase()
            } else {
                value.to_uppercase()
            }
        }
        12 => chars.iter().map(|&c| if c.is_ascii_digit() { random.digit() } else { c }).collect(),
        13 => chars
            .iter()
            .map(|&c| if random.once_in(4) { format!("{c}{}", random.pick(&TAGS)) } else { c.to_string() })
            .collect(),
        _ => solid().collect(),
    }
}

/// Digits as they are dictated.
pub(crate) const WORDS: [[&str; 10]; 3] = [
    ["zero", "um", "dois", "três", "quatro", "cinco", "meia", "sete", "oito", "nove"],
    ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
];

/// A value as it reads otherwise.
fn disguise(random: &mut Random, value: &str) -> String {
    let (kind, some) = (random.below(11), random.once_in(2));
    let words = WORDS[random.below(3)];
    let mut change = |c: char| -> String {
        if some && random.once_in(2) {
            return c.to_string();
        }
        let bytes = c.to_string().into_bytes();
        let escaped =
            |head: &str| bytes.iter().map(|byte| format!("{head}{byte:02X}")).collect::<Vec<String>>().concat();
        let code = u32::from(c);
        match kind {
            0 => format!("&#{code};"),
            1 => format!("&#x{code:x};"),
            2 => escaped("%"),
            3 => escaped("%").replace('%', "%25"),
            4 => escaped("="),
            5 if code < 0x1_0000 => format!("\\u{code:04x}"),
            6 if code < 0x100 => format!("\\x{code:02x}"),
            7 => c.to_digit(10).map_or(c.to_string(), |digit| format!("{} ", words[digit as usize])),
            8 => "OlZ3456789".chars().nth(c.to_digit(10).map_or(99, |digit| digit as usize)).unwrap_or(c).to_string(),
            9 => c
                .to_digit(10)
                .and_then(|d| char::from_u32(if d == 0 { 0x24ea } else { 0x245f + d }))
                .unwrap_or(c)
                .to_string(),
            _ if c.is_ascii_graphic() => char::from_u32(0xe_0000 + code).unwrap_or(c).to_string(),
            _ => c.to_string(),
        }
    };
    match spoken_address(kind, value) {
        Some(spoken) => spoken,
        None => value.chars().map(&mut change).collect(),
    }
}

/// An e-mail address as it is spoken, where digits would be written as words.
fn spoken_address(kind: usize, value: &str) -> Option<String> {
    let spoken = kind == 7 && value.contains('@');
    spoken.then(|| value.replace('@', " arroba ").replace('.', " ponto "))
}

/// Changes, drops or swaps a few characters anywhere.
fn spoil(random: &mut Random, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(4) {
        if chars.is_empty() {
            break;
        }
        let (a, b) = (random.below(chars.len()), random.below(chars.len()));
        match random.below(4) {
            0 => chars.swap(a, b),
            1 => {
                chars.remove(a);
            }
            2 => chars[a] = random.pick(&SEPARATORS).chars().next().unwrap_or(' '),
            _ => chars.truncate(a + 1),
        }
    }
    chars.into_iter().collect()
}

/// A text as short as may be that still has what `fails` finds in `text`.
pub(crate) fn shrink(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut size = chars.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < chars.len() {
            let shorter: String = chars[..at].iter().chain(&chars[chars.len().min(at + size)..]).collect();
            if fails(&shorter) {
                chars = shorter.chars().collect();
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    chars.into_iter().collect()
}
