//! The twin against the engine.

use super::Twin;
use super::corpus::{Corpus, Random, shrink};
use crate::config::Options;
use crate::engine::Engine;
use crate::evidence::Evidence;
use crate::resolve::Finding;
use crate::view::View;

fn options() -> Vec<Options> {
    let some = |entities: &[&str]| Some(entities.iter().map(|&name| name.to_owned()).collect());
    vec![
        Options::default(),
        Options { include: vec!["*".to_owned()], ..Options::default() },
        Options { threshold: 0.3, ..Options::default() },
        Options { entities: some(&["BR_*", "EMAIL_ADDRESS"]), locales: vec!["mx".to_owned()], ..Options::default() },
    ]
}

fn corpus() -> Corpus {
    let labels = Engine::shared().packs().flat_map(|pack| pack.labels);
    Corpus::new(labels.map(str::to_owned).collect())
}

fn told(findings: &[Finding], engine: &Engine) -> Vec<String> {
    let one = |f: &Finding| {
        let others: Vec<&str> = f.alternatives.iter().map(|&pack| engine.entity(pack)).collect();
        format!("{}..{} {} {} {:?} {others:?}", f.start, f.end, engine.entity(f.pack), f.score, f.check)
    };
    findings.iter().map(one).collect()
}

/// Holds the engine against the twin on the text of a seed.
fn compare(corpus: &Corpus, engines: &[(Engine, Twin)], seed: u64) {
    let text = corpus.text(&mut Random::new(seed));
    let (engine, twin) = &engines[if seed.is_multiple_of(4) { 1 + (seed / 4 % 3) as usize } else { 0 }];
    let find = |text: &str| {
        let mut scratch = Vec::new();
        let view = View::utf8(text.as_bytes(), &mut scratch);
        let found = engine.find(&view, &Evidence::NONE);
        // What is cut is what is found, although no scores are asked for.
        let cuts = engine.cut(&view, &Evidence::NONE);
        assert_eq!(cuts, engine.cuts(&view, &found), "seed {seed}: {text:?}");
        (found, twin.find(&view))
    };
    let (fast, slow) = find(&text);
    if fast != slow {
        let small = shrink(&text, |text| {
            let (fast, slow) = find(text);
            fast != slow
        });
        let (fast, slow) = find(&small);
        let (fast, slow) = (told(&fast, engine), told(&slow, engine));
        panic!("seed {seed}: {text:?}\nthe same in {small:?}\n  fast {fast:?}\n  slow {slow:?}");
    }
}

#[test]
fn the_fast_engine_finds_what_the_obvious_one_finds() {
    let corpus = corpus();
    let both = |options: &Options| (Engine::new(options).expect("the options are right"), Twin::new(options));
    let engines: Vec<(Engine, Twin)> = options().iter().map(both).collect();
    // The twin tries every form on every window: every core helps.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..cores as u64 {
            let (corpus, engines) = (&corpus, &engines);
            scope.spawn(move || (first..60_000).step_by(cores).for_each(|seed| compare(corpus, engines, seed)));
        }
    });
}
