//! Locality: whether a stretch is covered depends only on the text within 96 characters on either side of it.

mod corpus;

use corpus::{Corpus, Random};
use rasura::view::View;
use rasura::{Engine, Evidence};

/// How far away text may matter.
const WINDOW: usize = 96;

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

/// Changes characters that lie more than the window beyond `start..end`.
fn change_afar(random: &mut Random, characters: &[char], (start, end): (usize, usize)) -> Option<Vec<char>> {
    const OTHERS: [char; 14] = ['7', 'x', 'X', ' ', '\n', '@', '.', '-', ':', '[', '\u{ad}', '😀', '"', ','];
    let afar: Vec<usize> = (0..characters.len()).filter(|&at| at + WINDOW < start || at >= end + WINDOW).collect();
    let mut changed = characters.to_vec();
    for _ in 0..=random.below(8) {
        *changed.get_mut(*afar.get(random.below(afar.len()))?)? = OTHERS[random.below(OTHERS.len())];
    }
    Some(changed)
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
            let Some(changed) = change_afar(&mut random, &text, finding) else { continue };
            let now = spans(&changed);
            let covered = (finding.0..finding.1).all(|at| now.iter().any(|&(start, end)| (start..end).contains(&at)));
            if !covered {
                let from = finding.0.saturating_sub(260);
                let to = text.len().min(finding.1 + 260);
                let cut = |text: &[char]| text[from..to].iter().collect::<String>();
                let what: String = text[finding.0..finding.1].iter().collect();
                wrong.push(format!("seed {seed}: {what:?}\n  in  {:?}\n  now {:?}", cut(&text), cut(&changed)));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} findings depend on what is far away:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(10)].join("\n")
    );
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
