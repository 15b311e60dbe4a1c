//! `tests/cases/**/*.toml`: texts in which exactly what is marked is found. Python reads the same files.

use std::fs;
use std::path::{Path, PathBuf};

use rasura::view::View;
use rasura::{Engine, Evidence, Options};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    #[serde(default)]
    options: CaseOptions,
    redacted: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct CaseOptions {
    locales: Option<Vec<String>>,
    entities: Option<Vec<String>>,
    include: Option<Vec<String>>,
    exclude: Option<Vec<String>>,
    allow: Option<Vec<String>>,
    threshold: Option<f64>,
    placeholder: Option<String>,
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("tests/cases can be read") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}

/// The text without `<<ENTITY:value>>` marks, and what they mark.
fn marked(text: &str) -> (String, Vec<(String, usize, usize)>) {
    let (mut plain, mut spans, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once("<<") {
        let (inside, tail) = after.split_once(">>").expect("a mark is closed");
        let (entity, value) = inside.split_once(':').expect("a mark names its entity");
        plain.push_str(before);
        let start = plain.chars().count();
        plain.push_str(value);
        spans.push((entity.to_owned(), start, plain.chars().count()));
        rest = tail;
    }
    plain.push_str(rest);
    (plain, spans)
}

fn engine(options: &CaseOptions) -> Engine {
    let usual = Options::default();
    let list = |given: &Option<Vec<String>>| given.clone().unwrap_or_default();
    Engine::new(&Options {
        locales: list(&options.locales),
        entities: options.entities.clone(),
        include: list(&options.include),
        exclude: list(&options.exclude),
        allow: list(&options.allow),
        threshold: options.threshold.unwrap_or(usual.threshold),
        placeholder: options.placeholder.clone().unwrap_or(usual.placeholder),
        extra_packs: Vec::new(),
    })
    .expect("the options of a case are right")
}

#[test]
fn every_case_finds_exactly_what_it_marks() {
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases"), &mut files);
    files.sort();
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in files {
        let file: File = toml::from_str(&fs::read_to_string(&path).expect("a case file can be read"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in file.case {
            count += 1;
            let engine = engine(&case.options);
            let (text, spans) = marked(&case.text);
            let mut scratch = Vec::new();
            let view = View::utf8(text.as_bytes(), &mut scratch);
            let findings = engine.find(&view, &Evidence::NONE);
            let found: Vec<(String, usize, usize)> =
                findings.iter().map(|f| (engine.entity(f.pack).to_owned(), f.start, f.end)).collect();
            if found != spans {
                wrong.push(format!(
                    "{} `{}`: {text:?}\n    wanted {spans:?}\n    found  {found:?}",
                    path.display(),
                    case.name
                ));
            }
            if let Some(wanted) = case.redacted
                && engine.redact(&text) != wanted
            {
                wrong.push(format!("{} `{}`: redacted to {:?}", path.display(), case.name, engine.redact(&text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
