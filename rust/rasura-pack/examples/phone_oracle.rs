//! Reads lines of `region number`, with or without a plus sign, and writes what each number is: for `oracle.py`.

use std::io::{self, BufRead, BufWriter, Write};

use rasura_pack::phone;

fn main() -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (region, number) = line.split_once(' ').unwrap_or((&line, ""));
        let digits: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        let region = phone::region(region).ok_or_else(|| io::Error::other("no such region"))?;
        match phone::parse(&digits, number.starts_with('+'), region).filter(|number| number.kind().is_some()) {
            Some(number) => writeln!(out, "{}", number.e164())?,
            None => writeln!(out, "-")?,
        }
    }
    out.flush()
}
