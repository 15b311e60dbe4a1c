//! Nothing panics when every form is tried, and what is found is explained.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasura::view::View;
use rasura::{Engine, Evidence};

fuzz_target!(|bytes: &[u8]| {
    let engine = Engine::shared();
    let view = View::latin1(bytes);
    let decisions = engine.explain(&view, &Evidence::NONE);
    for finding in engine.find(&view, &Evidence::NONE) {
        let explained = decisions
            .iter()
            .any(|made| made.pack == finding.pack && finding.start <= made.start && made.end <= finding.end);
        assert!(explained, "a finding has no decision");
    }
});
