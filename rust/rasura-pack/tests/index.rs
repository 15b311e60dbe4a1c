//! The index holds all that the packs say: every form under its shape and its length, every label under its first word.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rasura_pack::index::{NOTHING, Node};
use rasura_pack::table::{Label, Pack, Report, Strength};
use rasura_pack::{Index, word};

fn pack_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let folders = fs::read_dir(root).expect("locales/ is there").map(|entry| entry.expect("it can be read").path());
    let files =
        folders.filter(|path| path.is_dir()).flat_map(|folder| fs::read_dir(folder).expect("a folder can be read"));
    files
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect()
}

fn packs() -> Vec<Pack> {
    let compile = |file: &PathBuf| {
        let text = fs::read_to_string(file).expect("a pack can be read");
        rasura_pack::compile(&file.to_string_lossy(), &text).expect("a pack compiles").0
    };
    pack_files().iter().map(compile).collect()
}

#[test]
fn the_id_of_a_pack_is_its_path_and_no_two_packs_share_one() {
    let mut ids = BTreeSet::new();
    for file in pack_files() {
        let text = fs::read_to_string(&file).expect("a pack can be read");
        let (pack, _) = rasura_pack::compile(&file.to_string_lossy(), &text).expect("a pack compiles");
        let name = |path: Option<&std::ffi::OsStr>| {
            path.and_then(std::ffi::OsStr::to_str).expect("names are UTF-8").to_uppercase()
        };
        let (folder, stem) = (name(file.parent().and_then(Path::file_name)), name(file.file_stem()));
        let id = if folder == "GLOBAL" { stem } else { format!("{folder}_{stem}") };
        assert_eq!(pack.id, id);
        assert!(ids.insert(id));
    }
}

#[test]
fn packs_are_numbered_by_their_ids_whatever_their_order() {
    let (forwards, mut backwards) = (packs(), packs());
    backwards.reverse();
    assert_eq!(Index::build(forwards), Index::build(backwards));
}

#[test]
fn every_form_is_found_by_its_shape_and_by_its_length() {
    let index = Index::build(packs());
    for (number, pack) in (0..).zip(index.packs.iter()) {
        for (place, form) in (0..).zip(pack.forms.iter()) {
            let is_it = |entry: &rasura_pack::index::Entry| (entry.pack, entry.form) == (number, place);
            let listed = |lookup: &rasura_pack::index::Lookup| {
                lookup.get(form.shape).of(&index.entries).iter().filter(|entry| is_it(entry)).count()
            };
            // What counts directly after its label alone is in no list.
            let listed_at_all = !form.by_word;
            let by_shape = usize::from(listed_at_all && (!form.plain || form.as_plain));
            let all_digits = form.cells.iter().all(|cell| cell & 0x3FF != 0);
            if form.local {
                assert_eq!((listed(&index.shapes), listed(&index.local_shapes)), (0, 1), "{} form {place}", pack.id);
                continue;
            }
            assert_eq!(listed(&index.shapes), by_shape * usize::from(all_digits), "{} form {place}", pack.id);
            assert_eq!(listed(&index.tokens), by_shape * usize::from(!form.digits), "{} form {place}", pack.id);
            let lists = if form.digits { &index.digits } else { &index.mixed };
            let by_length = lists[form.cells.len()].of(&index.entries).iter().filter(|entry| is_it(entry)).count();
            assert_eq!(by_length, usize::from(form.plain && listed_at_all), "{} form {place}", pack.id);
        }
    }
}

type Said<'a> = BTreeMap<&'a str, Vec<(u16, Strength)>>;

/// What labels mean, with what they say for others: `número de cédula` for all that are called `cédula`, where one pack has both.
fn shared<'a>(said: &Said<'a>) -> Said<'a> {
    let strong = |label: &str| -> BTreeSet<u16> {
        let meanings = said.get(label).into_iter().flatten();
        meanings.filter(|(_, strength)| *strength == Strength::Strong).map(|&(pack, _)| pack).collect()
    };
    let mut all = said.clone();
    for (long, meanings) in &mut all {
        let words: Vec<&str> = long.split(' ').collect();
        for (from, to) in (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |to| (from, to))) {
            let others = [&words[..from], &words[to..]].concat();
            let nothing = others.iter().all(|word| NOTHING.contains(word));
            let short = strong(&words[from..to].join(" "));
            if !others.is_empty() && nothing && !short.is_disjoint(&strong(long)) {
                let new = short.into_iter().filter(|pack| meanings.iter().all(|(known, _)| known != pack));
                let new: Vec<u16> = new.collect();
                meanings.extend(new.into_iter().map(|pack| (pack, Strength::Strong)));
            }
        }
        meanings.sort_unstable();
    }
    all
}

/// The node of all words of a label, asked for one after the other.
fn node<'i>(index: &'i Index, text: &str) -> Option<&'i Node> {
    let mut found: Option<(&Node, u64)> = None;
    for word in text.split(' ') {
        let key = match found {
            Some((node, _)) if node.initials >> (word.as_bytes()[0] & 31) & 1 == 0 => return None,
            Some((_, key)) => word::extend(key, word::key_of(word.as_bytes())),
            None => word::key_of(word.as_bytes()),
        };
        found = Some((index.words.get(key).of(&index.nodes).first()?, key));
    }
    found.map(|(node, _)| node)
}

#[test]
fn every_label_is_found_word_by_word_with_all_that_it_means() {
    let index = Index::build(packs());
    let mut said: BTreeMap<&str, Vec<(u16, Strength)>> = BTreeMap::new();
    for (number, pack) in (0..).zip(index.packs.iter()) {
        for Label { phrase, strength, .. } in pack.labels.iter() {
            said.entry(phrase).or_default().push((number, *strength));
        }
    }
    let said = shared(&said);
    assert_eq!(index.phrases.len(), said.len());
    for (text, said) in &said {
        let node = node(&index, text).unwrap_or_else(|| panic!("`{text}` is lost"));
        let phrase = node
            .phrases
            .of(&index.phrases)
            .iter()
            .find(|phrase| phrase.text == *text)
            .unwrap_or_else(|| panic!("`{text}` is lost"));
        let meanings: Vec<(u16, Strength)> =
            phrase.meanings.of(&index.meanings).iter().map(|meaning| (meaning.pack, meaning.strength)).collect();
        assert_eq!(meanings, *said, "{text}");
        let several = text.contains(' ');
        assert_eq!(phrase.several, several, "{text}");
        let report = |number: u16| index.packs[usize::from(number)].report;
        let has =
            |strength, of: &[Report]| said.iter().any(|&(pack, said)| said == strength && of.contains(&report(pack)));
        let all = [Report::Default, Report::Asked, Report::Never];
        assert_eq!(phrase.names, has(Strength::Strong, &all[..2]) || has(Strength::Weak, &all[..1]), "{text}");
        assert_eq!(phrase.unit, has(Strength::Unit, &all), "{text}");
        let far = has(Strength::Negative, &all) || has(Strength::Strong, &all[2..]);
        let reach = if far { 20 } else { 8 * u8::from(has(Strength::Generic, &all)) };
        assert_eq!(phrase.negative, reach, "{text}");
    }
}
