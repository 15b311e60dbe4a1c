//! Every pack finds what its own examples mark and nothing in its counterexamples, alone and among all others.

use std::fs;
use std::path::{Path, PathBuf};

use rasura::view::View;
use rasura::{Engine, Evidence, Options, PackFile, marked};

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let folders = fs::read_dir(root).expect("locales/ is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<PathBuf> = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| {
            fs::read_dir(folder).expect("a folder can be read").map(|entry| entry.expect("it can be read").path())
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

fn find(engine: &Engine, text: &str) -> Vec<(String, usize, usize)> {
    let mut scratch = Vec::new();
    let view = View::utf8(text.as_bytes(), &mut scratch);
    let findings = engine.find(&view, &Evidence::NONE);
    findings.iter().map(|finding| (engine.entity(finding.pack).to_owned(), finding.start, finding.end)).collect()
}

struct Case {
    file: String,
    id: String,
    /// None where it belongs to the world.
    country: Option<String>,
    report: &'static str,
    /// The packs beside whose findings its forms count.
    beside: Vec<String>,
    examples: rasura_pack::Examples,
}

fn cases() -> Vec<Case> {
    let shared = Engine::shared();
    files()
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).expect("a pack can be read");
            let (pack, examples) = rasura_pack::compile(&file.to_string_lossy(), &text).expect("a pack compiles");
            let report = shared.packs().find(|known| known.id == pack.id).expect("the pack is built in").report;
            let beside = pack.beside.iter().map(|other| other.id.to_string()).collect();
            let country = (!pack.country.is_empty()).then(|| pack.country.to_string());
            Case { file: file.display().to_string(), id: pack.id.to_string(), country, report, beside, examples }
        })
        .collect()
}

/// What is wrong with a pack's examples under an engine.
fn wrong(case: &Case, engine: &Engine, among: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for example in &case.examples.found {
        let (text, spans) = marked(example);
        let found = find(engine, &text);
        let ours: Vec<(usize, usize)> =
            found.iter().filter(|(id, ..)| *id == case.id).map(|&(_, start, end)| (start, end)).collect();
        if case.report == "never" {
            if found.iter().any(|&(_, start, end)| spans.iter().any(|&(s, e)| start < e && s < end)) {
                wrong.push(format!("{} {among}: reported in {example:?}: {found:?}", case.file));
            }
        } else if ours != spans {
            wrong.push(format!("{} {among}: {example:?} gave {found:?}", case.file));
        }
    }
    for text in &case.examples.not_found {
        if find(engine, text).iter().any(|(id, ..)| *id == case.id) {
            wrong.push(format!("{} {among}: found in counterexample {text:?}", case.file));
        }
    }
    wrong
}

#[test]
fn every_pack_holds_what_it_says_among_all_others() {
    let wrong: Vec<String> = cases()
        .iter()
        .flat_map(|case| {
            let include = if case.report == "asked" { vec![case.id.clone()] } else { Vec::new() };
            // Between countries of which nothing near tells one the caller's come first.
            let locales = case.country.iter().cloned().collect();
            let options = Options { include, locales, ..Options::default() };
            let engine = Engine::new(&options).expect("the options are right");
            wrong(case, &engine, "among all")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_pack_finds_its_examples_alone() {
    let mut all = Vec::new();
    let all_cases = cases();
    for case in all_cases.iter().filter(|case| case.report != "never") {
        // What counts beside another pack's finding needs that pack.
        let mut ids = vec![case.id.as_str()];
        let mut at = 0;
        while let Some(id) = ids.get(at) {
            let beside = all_cases.iter().filter(|other| other.id == *id).flat_map(|other| other.beside.iter());
            let new: Vec<&str> = beside.map(String::as_str).filter(|other| !ids.contains(other)).collect();
            ids.extend(new);
            at += 1;
        }
        let engine = Engine::with_packs(&ids);
        let only = Case {
            examples: rasura_pack::Examples { found: case.examples.found.clone(), not_found: Vec::new() },
            file: case.file.clone(),
            id: case.id.clone(),
            country: None,
            beside: Vec::new(),
            ..*case
        };
        all.extend(wrong(&only, &engine, "alone"));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn labels_that_share_eight_letters_and_their_length_are_all_heard() {
    let text = r#"
name     = "Register of builders"
category = "identity"
forms    = ["00000-00000"]
written  = ["canonical"]
scores   = { bare = 0.0, canonical = 0.1, labelled = 0.9 }

[labels.pt]
strong = ["engenheiro", "engenheira", "engenheira chefe"]
"#;
    let file = PackFile { path: "acme/builder.toml".to_owned(), text: text.to_owned() };
    let engine = Engine::new(&Options { extra_packs: vec![file], ..Options::default() }).expect("the pack compiles");
    for label in ["engenheiro", "engenheira", "Engenheira Chefe", "ENGENHEIRO"] {
        let text = format!("{label} 12345-67890");
        let place = ("ACME_BUILDER".to_owned(), label.len() + 1, text.len());
        assert_eq!(find(&engine, &text), [place], "{text}");
    }
    assert!(find(&engine, "engenhosos 12345-67890").is_empty());
}
