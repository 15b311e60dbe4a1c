//! Mistakes in a pack file: each stops the compiler with the line of its field, a reason and a remedy.

const RIGHT: &str = r#"name        = "Number"
category    = "tax"
placeholder = "NUMBER"
forms       = ["000-0000-0"]
scores      = { bare = 0.1, canonical = 0.6, labelled = 0.9 }

[[structure]]
at = "1-3"
in = ["100-899"]

[[check]]
algorithm = "weighted"
weights   = [2, 3, 4, 5, 6, 7, 8]
modulus   = 11
replace   = { 10 = "0", 11 = "0" }

[labels.pt]
strong = ["número"]
"#;

fn refused(text: &str) -> rasura_pack::PackError {
    let error = rasura_pack::compile("zz/number.toml", text).expect_err(text);
    assert_eq!(error.path, "zz/number.toml");
    assert!(error.line > 0 && error.column > 0 && !error.reason.is_empty() && !error.remedy.is_empty(), "{error:?}");
    assert_eq!(
        error.to_string(),
        format!("zz/number.toml:{}:{}: {}; {}", error.line, error.column, error.reason, error.remedy)
    );
    error
}

#[test]
fn the_example_is_right() {
    let (pack, examples) = rasura_pack::compile("zz/number.toml", RIGHT).expect("it is right");
    assert_eq!((&*pack.id, &*pack.country, &*pack.placeholder, pack.check_digits), ("ZZ_NUMBER", "zz", "NUMBER", 1));
    assert_eq!(pack.forms.len(), 2, "as it is written, and plain");
    assert_eq!(pack.labels[0].phrase, "numero");
    assert!(examples.found.is_empty() && examples.not_found.is_empty());
}

#[test]
fn each_mistake_stands_on_the_line_of_its_field() {
    let cases = [
        ("placeholder = \"NUMBER\"", "placeholder = \"number\"", 3),
        ("placeholder = \"NUMBER\"", "placholder = \"NUMBER\"", 3),
        ("[\"000-0000-0\"]", "[\"000-0000-0{1,}\"]", 4),
        ("[\"000-0000-0\"]", "[\"0{0,9}\"]", 4),
        ("[\"000-0000-0\"]", "[\"0{80}\"]", 4),
        ("[\"000-0000-0\"]", "[\"<0\"]", 4),
        // What the scan would never find.
        ("[\"000-0000-0\"]", "[\"000-000\"]", 4),
        ("[\"000-0000-0\"]", "[\"AAA-0000\"]", 4),
        ("[\"000-0000-0\"]", "[{ form = \"0{8}\", written = [\"canonical\"] }]", 4),
        ("[\"000-0000-0\"]", "[{ form = \"000-0000-0\", labeled = true }]", 4),
        ("modulus   = 11", "modulus   = 11\nany = true", 11),
        ("\"weighted\"", "\"luhn\"", 11),
        ("\"weighted\"", "\"sum\"", 11),
        ("[\"000-0000-0\"]", "[\"A{1,16}-A{1,16}-A{1,17}\"]", 4),
        ("bare = 0.1", "bare = -0.1", 5),
        ("bare = 0.1", "bare = nan", 5),
        ("in = [\"100-899\"]", "in = [\"899-100\"]", 7),
        ("at = \"1-3\"", "at = \"3-1\"", 7),
        ("at = \"1-3\"", "", 7),
        ("at = \"1-3\"", "at = \"1-2\"", 7),
        ("at = \"1-3\"", "at = \"7-9\"", 7),
        ("in = [\"100-899\"]", "", 7),
        ("in = [\"100-899\"]", "in = [\"1-8999\"]", 7),
        ("in = [\"100-899\"]", "date = \"yymmdd\"", 7),
        ("[[structure]]\nat = \"1-3\"\nin = [\"100-899\"]", "[prefixes]\n\"1-2x\" = []", 7),
        ("[[structure]]\nat = \"1-3\"\nin = [\"100-899\"]", "[prefixes]\n\"9-10\" = []", 7),
        ("\"weighted\"", "\"wieghted\"", 11),
        ("[2, 3, 4, 5, 6, 7, 8]", "[2, 3, 4, 5, 6, 7]", 11),
        ("modulus   = 11", "", 11),
        ("replace   = { 10 = \"0\", 11 = \"0\" }", "replace = { ten = \"0\" }", 11),
        ("[\"número\"]", "[\"주민\"]", 17),
    ];
    for (piece, other, line) in cases {
        assert!(RIGHT.contains(piece), "{piece}");
        let error = refused(&RIGHT.replacen(piece, other, 1));
        assert_eq!(error.line, line, "{other}: {error}");
    }
}

#[test]
fn a_pack_that_finds_nothing_is_refused() {
    refused("name = \"x\"\ncategory = \"tax\"\nscores = { bare = 0.1, canonical = 0.1, labelled = 0.1 }\n");
}

#[test]
fn forms_that_count_by_their_label_need_one() {
    let short = RIGHT.replacen(
        "[\"000-0000-0\"]",
        "[\"000-0000-0\", { form = \"000-00\", labelled = true, check = false }]",
        1,
    );
    let (pack, _) = rasura_pack::compile("zz/number.toml", &short).expect("it is right");
    assert!(pack.by_label);
    let told: Vec<(bool, u8)> = pack.forms.iter().map(|form| (form.by_word, form.check_digits)).collect();
    assert_eq!(told, [(false, 1), (false, 1), (true, 0), (true, 0)]);
    refused(&short.replacen("strong", "weak", 1));
}

#[test]
fn a_name_that_gives_no_id_is_refused() {
    for path in ["zz/número.toml", "zz/1.toml", "zz/a b.toml", "1z/a.toml", "zz/.toml"] {
        assert!(rasura_pack::compile(path, RIGHT).is_err(), "{path}");
    }
    for (path, id) in [
        ("number.toml", "NUMBER"),
        ("global/number.toml", "NUMBER"),
        ("a/b/zz/number.toml", "ZZ_NUMBER"),
        ("a\\zz\\number.toml", "ZZ_NUMBER"),
        ("my-app/number.toml", "MY_APP_NUMBER"),
    ] {
        assert_eq!(rasura_pack::compile(path, RIGHT).expect("the path is right").0.id, id);
    }
}

#[test]
fn no_text_makes_the_compiler_panic() {
    let pieces: Vec<char> = RIGHT.chars().collect();
    for at in 0..pieces.len() {
        for other in ['"', '[', '0', '{', 'é', '\n'] {
            let mut changed = pieces.clone();
            changed[at] = other;
            let changed: String = changed.into_iter().collect();
            let _ = rasura_pack::compile("zz/number.toml", &changed);
        }
        let cut: String = pieces[..at].iter().collect();
        let _ = rasura_pack::compile("zz/number.toml", &cut);
    }
}
