use super::AROUND;
use crate::naive::corpus::{Corpus, Random, shrink};
use crate::view::View;
use crate::{Engine, Evidence};

fn corpus() -> Corpus {
    let labels = Engine::shared().packs().flat_map(|pack| pack.labels);
    Corpus::new(labels.map(str::to_owned).collect())
}

/// What is found in a text of which so many characters are read with what reads otherwise.
fn found(text: &str, around: usize) -> Vec<(usize, usize, u16)> {
    let mut scratch = Vec::new();
    let view = View::utf8(text.as_bytes(), &mut scratch);
    let found = Engine::shared().find_around(&view, &Evidence::NONE, around);
    found.iter().map(|finding| (finding.start, finding.end, finding.pack)).collect()
}

#[test]
fn stretches_hold_what_the_whole_text_holds() {
    let corpus = corpus();
    let texts = (0..20_000).map(|seed| corpus.disguised(&mut Random::new(seed)));
    let differs = |text: &str| found(text, AROUND) != found(text, usize::MAX);
    let wrong: Vec<String> = texts.filter(|text| differs(text)).collect();
    let smallest = wrong.iter().take(5).map(|text| {
        let text = shrink(text, differs);
        format!("{text:?}\n  stretches {:?}\n  whole {:?}", found(&text, AROUND), found(&text, usize::MAX))
    });
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), smallest.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_reads_otherwise_is_found_for_the_most_part() {
    let corpus = corpus();
    let found = (0..5000).filter(|&seed| {
        let text = corpus.disguised(&mut Random::new(seed));
        !found(&text, AROUND).is_empty()
    });
    assert!(found.count() > 3000);
}

#[test]
fn all_readings_together_are_at_most_six_times_the_text() {
    for text in [
        "%2535",
        "&#38;#53;",
        "\\\\u0035",
        "=3D=35",
        "um dois tres ",
        "5.2998224725E10 ",
        "5l",
        "⑤②⑨⑨⑧②②④",
        "a (at) b.com ",
    ] {
        let text = text.repeat(20_000);
        let mut scratch = Vec::new();
        let view = View::utf8(text.as_bytes(), &mut scratch);
        let Some(rereading) = super::Rereading::of(&view, AROUND) else { panic!("{}", &text[..20]) };
        let mut read = 0;
        rereading.each(view.bytes(), |reading, _| read += reading.text.len());
        assert!(read <= 2 * view.len(), "{read} of {}", view.len());
    }
}
