//! The same text in every kind of string: the same findings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasura::view::View;
use rasura::{Engine, Evidence};

fuzz_target!(|text: &str| {
    let engine = Engine::shared();
    let find = |view: View<'_>| engine.find(&view, &Evidence::NONE);
    let wide: Vec<u32> = text.chars().map(u32::from).collect();
    let (mut two, mut four, mut eight) = (Vec::new(), Vec::new(), Vec::new());
    let found = find(View::ucs4(&wide, &mut four));
    assert_eq!(found, find(View::utf8(text.as_bytes(), &mut eight)));
    if let Ok(units) = wide.iter().map(|&c| u16::try_from(c)).collect::<Result<Vec<_>, _>>() {
        assert_eq!(found, find(View::ucs2(&units, &mut two)));
    }
    if let Ok(bytes) = wide.iter().map(|&c| u8::try_from(c)).collect::<Result<Vec<_>, _>>() {
        assert_eq!(found, find(View::latin1(&bytes)));
    }
});
