//! Locality: whether a stretch is covered depends only on the text within 96 characters on either side of it, as they read.

mod corpus;

use corpus::{Corpus, Random, WORDS};
use rasura::view::View;
use rasura::{Engine, Evidence};

/// How far away text may matter.
const WINDOW: usize = 96;
/// How far away it may where each of these characters is an escape of six, such as `&#x35;`, and a little more.
const ESCAPED: usize = 600;

fn corpus() -> Corpus {
    let labels = Engine::shared().packs().flat_map(|pack| pack.labels);
    Corpus::new(labels.map(str::to_owned).collect())
}

fn spans(characters: &[char]) -> Vec<(usize, usize)> {
    let wide: Vec<u32> = characters.iter().map(|&c| u32::from(c)).collect();
    let mut scratch = Vec::new();
    let view = View::ucs4(&wide, &mut scratch);
    Engine::shared().find(&view, &Evidence::NONE).iter().map(|finding| (finding.start, finding.end)).collect()
}

/// A text of 200 characters or more.
fn long_text(corpus: &Corpus, random: &mut Random) -> Vec<char> {
    let mut text = String::new();
    while text.len() < 300 {
        text.push_str(&corpus.text(random));
        text.push(' ');
    }
    text.chars().take(1500).collect()
}

/// The same, most of which reads otherwise than it stands.
fn long_disguised(corpus: &Corpus, random: &mut Random) -> Vec<char> {
    let mut text = String::new();
    while text.len() < 1500 {
        text.push_str(&if random.once_in(4) { corpus.text(random) } else { corpus.disguised(random) });
        text.push(' ');
    }
    text.chars().take(3000).collect()
}

const PLAIN: &str = "7xX \n@.-:[\u{ad}😀\",";
const TELLING: &str = "7x \n@.-:[\u{ad}😀\"%&=\\;5lo⑤К\u{e0035}\u{202e}";

/// Changes characters that lie more than the window beyond `start..end`.
fn change_afar(
    random: &mut Random,
    characters: &[char],
    (start, end): (usize, usize),
    window: usize,
    others: &str,
) -> Option<Vec<char>> {
    let others: Vec<char> = others.chars().collect();
    let afar: Vec<usize> = (0..characters.len()).filter(|&at| at + window < start || at >= end + window).collect();
    let mut changed = characters.to_vec();
    for _ in 0..=random.below(8) {
        *changed.get_mut(*afar.get(random.below(afar.len()))?)? = others[random.below(others.len())];
    }
    Some(changed)
}

/// What is no longer covered in `changed`, told with what stands around it.
fn uncovered(text: &[char], changed: &[char], (start, end): (usize, usize)) -> Option<String> {
    let now = spans(changed);
    let covered = (start..end).all(|at| now.iter().any(|&(start, end)| (start..end).contains(&at)));
    let cut = |text: &[char]| text[start.saturating_sub(260)..text.len().min(end + 260)].iter().collect::<String>();
    let what: String = text[start..end].iter().collect();
    (!covered).then(|| format!("{what:?}\n  in  {:?}\n  now {:?}", cut(text), cut(changed)))
}

#[test]
fn a_change_beyond_the_window_uncovers_nothing() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let text = long_text(&corpus, &mut random);
        let found = spans(&text);
        for _ in 0..4.min(found.len()) {
            let finding = found[random.below(found.len())];
            let Some(changed) = change_afar(&mut random, &text, finding, WINDOW, PLAIN) else { continue };
            wrong.extend(uncovered(&text, &changed, finding).map(|told| format!("seed {seed}: {told}")));
        }
    }
    let some = wrong[..wrong.len().min(10)].join("\n");
    assert!(wrong.is_empty(), "{} findings depend on what is far away:\n{some}", wrong.len());
}

/// Whether something may be dictated in so few characters that it depends on its place whether any word of it is looked at.
fn is_sampled(what: &[char]) -> bool {
    let what: String = what.iter().collect();
    let words = WORDS.iter().flatten().filter(|word| word.len() > 2);
    let places = words.flat_map(|word| what.match_indices(word).map(|(at, _)| at));
    let (first, last) = places.fold((usize::MAX, 0), |(first, last), at| (first.min(at), last.max(at)));
    first != usize::MAX && last - first < 40
}

#[test]
fn a_change_beyond_the_window_uncovers_nothing_that_reads_otherwise() {
    let corpus = corpus();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let text = long_disguised(&corpus, &mut random);
        let found = spans(&text);
        for _ in 0..4.min(found.len()) {
            let finding = found[random.below(found.len())];
            if is_sampled(&text[finding.0..finding.1]) {
                continue;
            }
            let Some(changed) = change_afar(&mut random, &text, finding, ESCAPED, TELLING) else { continue };
            tried += 1;
            wrong.extend(uncovered(&text, &changed, finding).map(|told| format!("seed {seed}: {told}")));
        }
    }
    let some = wrong[..wrong.len().min(10)].join("\n");
    assert!(wrong.is_empty(), "{} of {tried} findings depend on what is far away:\n{some}", wrong.len());
    assert!(tried > 20_000, "{tried}");
}

#[test]
fn a_label_counts_as_far_away_as_it_reads_however_long_its_escapes_are() {
    let text = |spaces: usize| {
        let text = format!("cpf{}52998224724", "&#x20;".repeat(spaces));
        spans(&text.chars().collect::<Vec<_>>())
    };
    assert_eq!(text(70), [(423, 434)]);
    assert_eq!(text(WINDOW), []);
}

#[test]
fn an_address_beyond_the_window_silences_no_label() {
    let text =
        |first: char| format!("{first}{}cpf{}52998224724", "-".repeat(60), " ".repeat(50)).chars().collect::<Vec<_>>();
    assert_eq!(spans(&text('x')), [(114, 125)]);
    assert_eq!(spans(&text('@')), [(114, 125)]);
}

#[test]
fn the_rest_of_a_line_beyond_the_window_takes_no_value_from_its_label() {
    let text = |end: &str| format!("placa de la moto\nAN12356{}{end}", " ".repeat(WINDOW)).chars().collect::<Vec<_>>();
    assert_eq!(spans(&text("")), [(17, 24)]);
    assert_eq!(spans(&text("x")), [(17, 24)]);
}

#[test]
fn text_before_and_after_changes_nothing_beyond_the_window() {
    let corpus = corpus();
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let text = corpus.text(&mut random);
        // A private key without its end is open-ended: it is decided by its beginning, and then only grows.
        if text.contains("PRIVATE KEY") {
            continue;
        }
        let padding = " ".repeat(WINDOW + 1);
        let alone: Vec<char> = format!("{padding}{text}{padding}").chars().collect();
        let among: Vec<char> =
            format!("{}{padding}{text}{padding}{}", "x".repeat(2000), "x".repeat(70)).chars().collect();
        let moved: Vec<(usize, usize)> = spans(&alone).iter().map(|&(start, end)| (start + 2000, end + 2000)).collect();
        assert_eq!(spans(&among), moved, "{text:?}");
    }
}
