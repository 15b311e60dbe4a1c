//! Any bytes as JSON: no panic, cuts in order and inside the text, and what comes out is JSON again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasura::Engine;
use rasura::json::{Document, Scope};
use rasura::view::Source;

fuzz_target!(|bytes: &[u8]| {
    let (engine, source) = (Engine::shared(), Source::Utf8(bytes));
    let Ok(document) = Document::read(source, usize::MAX) else { return };
    let name = |key| document.key(key, source);
    for found in engine.find_json(&document, &Scope::default(), &name) {
        assert!(found.finding.start < found.finding.end && (found.path.is_empty() || found.path.starts_with('/')));
    }
    let (mut out, mut last) = (Vec::new(), 0);
    for cut in document.place(source, engine.cut_json(&document, &Scope::default(), &name)) {
        assert!(last <= cut.start && cut.start <= cut.end && cut.end <= bytes.len());
        out.extend_from_slice(&bytes[last..cut.start]);
        out.extend_from_slice(cut.word.as_str().as_bytes());
        last = cut.end;
    }
    out.extend_from_slice(&bytes[last..]);
    assert!(Document::read(Source::Utf8(&out), usize::MAX).is_ok());
});
