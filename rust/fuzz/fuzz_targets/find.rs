//! Any bytes: no panic, findings in order and inside the text, what is outside of them untouched.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasura::view::View;
use rasura::{Engine, Evidence};

fuzz_target!(|bytes: &[u8]| {
    let engine = Engine::shared();
    let mut scratch = Vec::new();
    let view = View::utf8(bytes, &mut scratch);
    let mut last = 0;
    for finding in engine.find(&view, &Evidence::NONE) {
        assert!(last <= finding.start && finding.start < finding.end && finding.end <= view.len());
        last = finding.end;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let findings = engine.find(&view, &Evidence::NONE);
        let mut offsets: Vec<usize> = findings.iter().flat_map(|finding| [finding.start, finding.end]).collect();
        view.source_offsets(&mut offsets);
        let redacted = engine.redact(text);
        let head = offsets.first().map_or(text, |&first| &text[..first]);
        let tail = offsets.last().map_or("", |&last| &text[last..]);
        assert!(redacted.starts_with(head) && redacted.ends_with(tail));
    }
});
