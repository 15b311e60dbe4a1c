//! Times each stage of the engine on the four corpora, beside a scalar FNV-1a pass over the same bytes.
//!
//! Counts come first: `clean` holds nothing, the others as many values as `counts.toml` says, to one in a hundred. Under
//! `cargo test` that is all; `cargo bench` times too. The folder of the corpora is `RASURA_CORPORA`, else `benches/out`,
//! else the checked-in ones again and again up to 16 MB. MB/s belong to the machine; the ratio to FNV-1a travels.
#![expect(clippy::print_stdout, reason = "printing the table is what it is for")]
#![expect(clippy::cast_precision_loss, reason = "bytes and texts are shown as rates of three digits")]

use std::cell::RefCell;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use rasura::view::View;
use rasura::{Engine, Evidence, bench};

const NAMES: [&str; 4] = ["clean", "chat", "dense", "log"];
/// What the whole way on 16 MB has to reach, in passes of FNV-1a: floor and aim of each corpus that has them.
const WANTED: [(&str, f64, f64); 3] = [("clean", 2.2, 3.0), ("chat", 1.5, 2.2), ("dense", 0.35, 0.45)];
const BYTES: usize = 16 << 20;
const ROUNDS: usize = 12;
/// A count may differ by one in this many planted values: by chance a number is two things at once.
const CHANCE: usize = 100;

/// One corpus as it is timed.
struct Corpus {
    name: &'static str,
    text: String,
    planted: usize,
}

/// One row of the table: what is timed and the bytes that it reads.
struct Stage<'a> {
    name: &'static str,
    bytes: usize,
    texts: usize,
    run: Box<dyn Fn() -> usize + 'a>,
}

fn main() -> ExitCode {
    let timed = std::env::args().any(|argument| argument == "--bench")
        && !std::env::args().any(|argument| argument == "--test");
    match run(timed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => {
            println!("{mistake}");
            ExitCode::FAILURE
        }
    }
}

fn run(timed: bool) -> Result<(), String> {
    let folder = if timed { corpora() } else { benches().join("small") };
    for name in NAMES {
        let corpus = read(&folder, name)?;
        check(&corpus)?;
        if timed {
            table(&grown(corpus));
        }
    }
    Ok(())
}

fn benches() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches")
}

/// The folder with the corpora: the full ones where there are any.
fn corpora() -> PathBuf {
    let full = std::env::var_os("RASURA_CORPORA").map_or_else(|| benches().join("out"), PathBuf::from);
    if full.join("counts.toml").exists() {
        return full;
    }
    println!("no full corpora in {} (python benches/corpora.py benches/out): the small ones, repeated", full.display());
    benches().join("small")
}

fn read(folder: &Path, name: &'static str) -> Result<Corpus, String> {
    let file = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let counts = file("counts.toml")?;
    let planted = counts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")?.parse().ok());
    let planted = planted.ok_or(format!("counts.toml has no {name}"))?;
    Ok(Corpus { name, text: file(&format!("{name}.txt"))?, planted })
}

/// Holds what is found against what was planted: on the whole text, and line by line.
fn check(corpus: &Corpus) -> Result<(), String> {
    let engine = Engine::shared();
    let lines: Vec<&str> = corpus.text.lines().collect();
    for (how, found) in [("the whole text", found(engine, &[&corpus.text])), ("its lines", found(engine, &lines))] {
        if found.abs_diff(corpus.planted) * CHANCE > corpus.planted {
            let Corpus { name, planted, .. } = corpus;
            return Err(format!("{name}: {found} values found in {how}, {planted} planted"));
        }
    }
    Ok(())
}

/// The corpus, repeated if it is a small one.
fn grown(corpus: Corpus) -> Corpus {
    if corpus.text.len() >= BYTES / 2 {
        return corpus;
    }
    Corpus { text: corpus.text.repeat(BYTES / corpus.text.len()), ..corpus }
}

fn found(engine: &Engine, texts: &[&str]) -> usize {
    let mut buffer = Vec::new();
    texts.iter().map(|text| engine.find(&View::utf8(text.as_bytes(), &mut buffer), &Evidence::NONE).len()).sum()
}

fn redacted(engine: &Engine, texts: &[&str]) -> usize {
    texts.iter().map(|text| engine.redact(black_box(text)).len()).sum()
}

/// The reference: one multiplication a byte, each waiting for the one before.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn table(corpus: &Corpus) {
    let engine = Engine::shared();
    let (text, size) = (corpus.text.as_str(), corpus.text.len());
    let lines: Vec<&str> = text.lines().collect();
    let (mut narrow, buffer, count) = (Vec::new(), RefCell::new(Vec::new()), lines.len());
    let view = View::utf8(text.as_bytes(), &mut narrow);
    let (bytes, short) = (view.bytes(), view.bytes().len());
    let whole = [text];
    let stage = |name, bytes, texts, run| Stage { name, bytes, texts, run };
    let stages = [
        stage("FNV-1a, the reference", size, 1, Box::new(|| fnv1a(black_box(text.as_bytes())) as usize)),
        stage("view out of UTF-8", size, 1, Box::new(|| narrowed(black_box(text), &buffer))),
        stage("marks", short, 1, Box::new(|| bench::marks(black_box(bytes)))),
        stage("clusters", short, 1, Box::new(|| bench::clusters(black_box(bytes)))),
        stage("find in the view", short, 1, Box::new(|| engine.find(black_box(&view), &Evidence::NONE).len())),
        stage("redact", size, 1, Box::new(|| redacted(engine, black_box(&whole)))),
        stage("find, line by line", size, count, Box::new(|| found(engine, black_box(&lines)))),
        stage("redact, line by line", size, count, Box::new(|| redacted(engine, black_box(&lines)))),
    ];
    print(corpus, &stages, &best(&stages));
}

/// Narrows into a buffer that is there already, as the engine's callers keep one.
fn narrowed(text: &str, buffer: &RefCell<Vec<u8>>) -> usize {
    View::utf8(text.as_bytes(), &mut buffer.borrow_mut()).bytes().len()
}

/// The best time of each stage; the stages take turns, so that a busy moment of the machine falls on all.
fn best(stages: &[Stage]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; stages.len()];
    for _ in 0..ROUNDS {
        for (stage, best) in stages.iter().zip(&mut best) {
            let start = Instant::now();
            black_box((stage.run)());
            *best = start.elapsed().min(*best);
        }
    }
    best
}

fn print(corpus: &Corpus, stages: &[Stage], best: &[Duration]) {
    let speed = |at: usize| stages[at].bytes as f64 / best[at].as_secs_f64() / 1e6;
    println!("\n{:<24}{:>9}{:>10}{:>14}", corpus.name, "MB/s", "x FNV-1a", "ns a message");
    for (at, stage) in stages.iter().enumerate() {
        let ratio = speed(at) / speed(0);
        let each = match stage.texts {
            1 => String::new(),
            texts => format!("{:.0}", best[at].as_secs_f64() * 1e9 / texts as f64),
        };
        let row = format!("  {:<22}{:>9.0}{ratio:>10.2}{each:>14}", stage.name, speed(at));
        println!("{}", (row + &wanted(corpus.name, stage.name)).trim_end());
    }
}

/// What this row has to reach, if anything.
fn wanted(corpus: &str, stage: &str) -> String {
    let row = WANTED.iter().find(|(name, ..)| *name == corpus && stage == "find in the view");
    row.map_or_else(String::new, |(_, floor, aim)| format!("   floor {floor}, aim {aim}"))
}
