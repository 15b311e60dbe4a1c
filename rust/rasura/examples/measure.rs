//! Runs the engine over one text and prints what it counted, for tools that count instructions.
//!
//! ```text
//! measure FILE TIMES [redact|find|view|json] [--lines] [--size BYTES] [--packs A,B] [--without A,B]
//! measure --hostile NAME SIZE [redact|find|view|json]
//! ```
//!
//! Only `measured` is the work: callgrind counts that alone with `--toggle-collect=*measured*`.
#![expect(clippy::print_stdout, reason = "printing the counts is what it is for")]

use std::borrow::Cow;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;

use rasura::json::{Document, Scope};
use rasura::view::{Source, View};
use rasura::{Engine, Evidence};

const USAGE: &str = "measure FILE TIMES [redact|find|view|json] [--lines] [--size BYTES] [--packs A,B] [--without A,B]
measure --hostile NAME SIZE [redact|find|view|json]";

/// What is done with each text.
#[derive(Clone, Copy)]
enum Work {
    Redact,
    Find,
    View,
    Json,
}

/// What the command line asks for.
struct Job {
    text: String,
    lines: bool,
    times: usize,
    work: Work,
    packs: Option<Vec<String>>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match job(&arguments) {
        Ok(job) => {
            run(&job);
            ExitCode::SUCCESS
        }
        Err(mistake) => {
            println!("{mistake}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn run(job: &Job) {
    let limited = job.packs.as_ref().map(|ids| Engine::with_packs(&ids.iter().map(String::as_str).collect::<Vec<_>>()));
    let engine = limited.as_ref().unwrap_or_else(|| Engine::shared());
    let texts: Vec<&str> = if job.lines { job.text.lines().collect() } else { vec![&job.text] };
    // Buffers that live as long as a thread are made here, outside of what is counted.
    black_box(measured(engine, &["warm 52998224725 é"], job.work));
    let counts: Vec<usize> = (0..job.times).map(|_| measured(engine, black_box(&texts), job.work)).collect();
    println!(
        "texts={} bytes={} counted={} path={}",
        texts.len(),
        texts.iter().map(|text| text.len()).sum::<usize>(),
        counts.first().copied().unwrap_or_default(),
        path()
    );
}

/// The work itself. A symbol of its own, so that callgrind can tell it from start-up.
#[inline(never)]
fn measured(engine: &Engine, texts: &[&str], work: Work) -> usize {
    let mut buffer = Vec::new();
    let mut counted = 0;
    for text in texts {
        counted += match work {
            Work::Redact => usize::from(matches!(black_box(engine.redact(text)), Cow::Owned(_))),
            Work::Find => engine.find(&View::utf8(text.as_bytes(), &mut buffer), &Evidence::NONE).len(),
            Work::Json => redacted_json(engine, text.as_bytes()),
            Work::View => View::utf8(text.as_bytes(), &mut buffer).bytes().len(),
        };
    }
    counted
}

/// How many parts of a JSON text are replaced.
fn redacted_json(engine: &Engine, text: &[u8]) -> usize {
    let source = Source::Utf8(text);
    let Ok(document) = Document::read(source, usize::MAX) else { return 0 };
    let changes = engine.cut_json(&document, &Scope::default(), &|key| document.key(key, source));
    document.place(source, changes).len()
}

/// The vector code that this CPU, or the one that valgrind imitates, makes the engine choose.
fn path() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    return if is_x86_feature_detected!("avx2") { "x86_64-avx2" } else { "x86_64-sse2" };
    #[cfg(not(target_arch = "x86_64"))]
    return std::env::consts::ARCH;
}

fn job(arguments: &[String]) -> Result<Job, String> {
    let mut job = Job { text: String::new(), lines: false, times: 1, work: Work::Redact, packs: None };
    let mut plain = Vec::new();
    let (mut size, mut hostile) = (None, false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--hostile" => hostile = true,
            "--lines" => job.lines = true,
            "--size" => size = Some(number(value()?)?),
            "--packs" => job.packs = Some(ids(value()?)),
            "--without" => job.packs = Some(all_but(&ids(value()?))),
            "redact" => job.work = Work::Redact,
            "find" => job.work = Work::Find,
            "json" => job.work = Work::Json,
            "view" => job.work = Work::View,
            _ => plain.push(argument),
        }
    }
    let [what, count] = plain[..] else { return Err("name a text and a number".to_owned()) };
    let piece = if hostile { piece(what)? } else { read(Path::new(what))? };
    let count = number(count)?;
    (size, job.times) = if hostile { (Some(count), 1) } else { (size, count) };
    job.text = match (size, job.work) {
        (None, _) => piece,
        (Some(bytes), Work::Json) => format!("[{}]", vec![&*piece; (bytes / piece.len()).max(1)].join(",")),
        (Some(bytes), _) => repeat(&piece, bytes),
    };
    Ok(job)
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}

fn ids(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}

fn all_but(left_out: &[String]) -> Vec<String> {
    rasura::bench::pack_ids().into_iter().map(str::to_owned).filter(|id| !left_out.contains(id)).collect()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The text again and again up to `bytes`, cut at a character.
fn repeat(piece: &str, bytes: usize) -> String {
    let mut text = piece.repeat(bytes / piece.len().max(1) + 1);
    let cut = (0..=bytes).rfind(|&at| text.is_char_boundary(at)).unwrap_or_default();
    text.truncate(cut);
    text
}

/// One piece of `benches/hostile.toml`.
fn piece(name: &str) -> Result<String, String> {
    let list = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/hostile.toml"))?;
    let line = list.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
    let quoted = line.ok_or(format!("hostile.toml has no {name}"))?;
    Ok(quoted.trim_matches('"').replace("\\n", "\n").replace("\\u200B", "\u{200B}"))
}
