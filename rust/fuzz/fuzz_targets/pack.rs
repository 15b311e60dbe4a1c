//! Any text as a user's pack: an error with a place, or an engine that runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rasura::{Engine, Error, Options, PackFile};

fuzz_target!(|text: &str| {
    let file = PackFile { path: "acme/fuzzed.toml".to_owned(), text: text.to_owned() };
    match Engine::new(&Options { extra_packs: vec![file], ..Options::default() }) {
        Ok(engine) => drop(engine.redact("acme 529.982.247-25, ana@example.com, AB-1234567-C")),
        Err(Error::Pack(message)) => assert!(message.starts_with("acme/fuzzed.toml:")),
        Err(Error::Config(message)) => panic!("a pack is no option: {message}"),
    }
});
