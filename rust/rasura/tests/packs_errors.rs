//! Users' own packs: what is wrong with one is said with file, line, column, reason and remedy, and nothing of it is kept;
//! what is right runs like a pack that is built in.

use rasura::view::View;
use rasura::{Engine, Error, Evidence, Options, PackFile};

const EMPLOYEE: &str = r#"name        = "Employee number"
category    = "identity"
placeholder = "EMPLOYEE"
forms       = ["'E'0000-00000"]
scores      = { bare = 0.55, canonical = 0.85, labelled = 0.95 }

examples = ["empleado <<E2024-00017>>", "badge <<E202400017>>"]

[[counterexamples]]
text = "E2024-0001"
why  = "too short"

[labels.en]
strong = ["badge"]
"#;

fn file(path: &str, text: impl Into<String>) -> PackFile {
    PackFile { path: path.to_owned(), text: text.into() }
}

fn with(packs: Vec<PackFile>) -> Result<Engine, Error> {
    Engine::new(&Options { extra_packs: packs, ..Options::default() })
}

fn found(engine: &Engine, text: &str) -> Vec<(String, usize, usize)> {
    let mut scratch = Vec::new();
    let view = View::utf8(text.as_bytes(), &mut scratch);
    engine.find(&view, &Evidence::NONE).iter().map(|f| (engine.entity(f.pack).to_owned(), f.start, f.end)).collect()
}

/// What the engine says of a pack, which must be an error that begins with the file and a line.
fn refused(text: &str) -> String {
    let Err(Error::Pack(message)) = with(vec![file("acme/employee.toml", text)]) else {
        panic!("the pack was taken:\n{text}")
    };
    let place =
        message.strip_prefix("acme/employee.toml:").and_then(|rest| rest.split_once(": ")).map(|(place, _)| place);
    let numbers: Vec<usize> = place
        .into_iter()
        .flat_map(|place| place.split(':'))
        .map(|number| number.parse().expect("a line or a column"))
        .collect();
    assert!(matches!(numbers[..], [line, column] if line > 0 && column > 0), "no line and column: {message}");
    assert!(message.contains("; "), "no remedy: {message}");
    message
}

fn line_of(message: &str) -> usize {
    message.split(':').nth(1).and_then(|line| line.parse().ok()).expect("`refused` has looked")
}

/// The employee pack with one piece replaced.
fn but(piece: &str, other: &str) -> String {
    assert!(EMPLOYEE.contains(piece));
    EMPLOYEE.replace(piece, other)
}

#[test]
fn a_users_pack_finds_what_it_says() {
    let engine = with(vec![file("acme/employee.toml", EMPLOYEE)]).expect("the pack is right");
    assert_eq!(
        found(&engine, "El badge E2024-00017 y el CPF 529.982.247-25"),
        [("ACME_EMPLOYEE".to_owned(), 9, 20), ("BR_CPF".to_owned(), 30, 44)]
    );
    assert_eq!(engine.redact("badge E202400017."), "badge [EMPLOYEE].");
    let info = engine.packs().find(|pack| pack.id == "ACME_EMPLOYEE").expect("it is listed");
    assert_eq!((info.country, info.category, info.report), (Some("acme"), "identity", "default"));
    assert!(found(Engine::shared(), "badge E2024-00017").is_empty(), "another engine knows nothing of it");
}

#[test]
fn a_users_look_alike_shields_what_lies_in_it() {
    let ticket = r#"name = "Ticket"
category = "technical"
report = "never"
forms = ["'TK'-000.000.000-00"]
scores = { bare = 0.9, canonical = 0.95, labelled = 0.95 }
written = ["canonical"]
examples = ["<<TK-529.982.247-25>>"]
"#;
    let engine = with(vec![file("acme/ticket.toml", ticket)]).expect("the pack is right");
    assert!(found(&engine, "veja TK-529.982.247-25 por favor").is_empty());
    assert_eq!(found(&engine, "veja 529.982.247-25 por favor").len(), 1);
    assert_eq!(found(Engine::shared(), "veja TK-529.982.247-25 por favor").len(), 1);
}

#[test]
fn the_order_in_which_packs_are_given_changes_nothing() {
    let second = but("Employee number", "Contractor").replace("EMPLOYEE", "CONTRACTOR");
    let (a, b) = (file("acme/employee.toml", EMPLOYEE), file("acme/contractor.toml", second));
    let one = with(vec![a.clone(), b.clone()]).expect("the packs are right");
    let other = with(vec![b, a]).expect("the packs are right");
    for text in ["E2024-00017", "badge E202400017", "x E 2024 00017 badge"] {
        assert_eq!(found(&one, text), found(&other, text), "{text}");
    }
}

#[test]
fn a_mistake_is_named_with_its_line() {
    let cases = [
        (but("category ", "categroy "), 2, "categroy"),
        (but("\"identity\"", "\"idenity\""), 2, "idenity"),
        (but("'E'0000-00000", "'E'0000{"), 4, "'E'0000{"),
        (but("'E'0000-00000", "0{0,5}"), 4, "empty"),
        (but("'E'0000-00000", "'E'0{2,}"), 4, "bound"),
        (but("'E'0000-00000", "'E'0{65}"), 4, "64"),
        (but("'E'0000-00000", "'E000"), 4, "quote"),
        (but("'E'0000-00000", "E0000-00000"), 4, "quoted"),
        (but("\"EMPLOYEE\"", "\"employee 1\""), 3, "placeholder"),
        (but("canonical = 0.85", "canonical = 85"), 5, "score"),
        (but("\"badge\"]", "\"12\"]"), 13, "label"),
        (but("{ bare", "3 # { bare"), 5, "integer"),
    ];
    for (text, line, word) in cases {
        let message = refused(&text);
        assert!(message.contains(word), "{word}: {message}");
        assert_eq!(line_of(&message), line, "{message}");
    }
}

#[test]
fn a_mistake_in_a_table_is_named() {
    let cases = [
        ("[[structure]]\nat = \"2-5\"\nin = [\"9-1\"]\n", "9-1"),
        ("[[structure]]\nat = \"0\"\nin = [\"1\"]\n", "place"),
        ("[[structure]]\nat = \"2-7\"\ndate = \"mmyydd\"\n", "mmyydd"),
        ("[prefixes]\n\"51-901\" = []\n", "length"),
        ("[[check]]\nalgorithm = \"magic\"\n", "magic"),
        ("[[check]]\nalgorithm = \"weighted\"\nweights = [1, 2, 3]\nmodulus = 11\n", "weights"),
        ("[[check]]\nalgorithm = \"weighted\"\nmodulus = 11\n", "weights"),
        ("[[check]]\nalgorithm = \"weighted\"\ncycle = [2, 3]\n", "modulus"),
        ("[[check]]\nalgorithm = \"weighted\"\ncycle = [2, 3]\nmodulus = 11\nreplace = { 10 = \"?\" }\n", "10"),
        ("[canonical]\nkeep = \"all\"\n", "all"),
    ];
    for (table, word) in cases {
        let message = refused(&format!("{EMPLOYEE}\n{table}"));
        assert!(message.contains(word), "{word}: {message}");
        assert!(line_of(&message) > 15, "the line is that of the table: {message}");
    }
}

#[test]
fn fields_of_a_grammar_are_asked_of_that_grammar() {
    let labelled = "written     = [\"canonical\"]\ngrammar     = \"labelled\"\n";
    let cases = [
        (String::new(), "against = [\"lote\"]\n", "label"),
        (labelled.to_owned(), "against = [\"dos palabras\"]\n", "word"),
        (String::new(), "beside = { CREDIT_CARD = 40 }\n", "labelled"),
        (labelled.to_owned(), "beside = { CREDIT_CARD = 200 }\n", "reach"),
        (labelled.to_owned(), "beside = { CREDIT_CART = 40 }\n", "CREDIT_CART"),
        ("grammar = \"headed\"\n".to_owned(), "", "three letters"),
        ("grammar = \"token\"\n".to_owned(), "", "token"),
    ];
    for (grammar, field, word) in cases {
        let text = EMPLOYEE.replace("scores ", &format!("{grammar}{field}scores "));
        let message = refused(&text);
        assert!(message.contains(word), "{word}: {message}");
    }
    let token = |head: &str| {
        format!(
            "name = \"x\"\ncategory = \"secret\"\ngrammar = \"token\"\nscores = {{ bare = 0.9, canonical = 0.9, labelled = 0.9 }}\n\
             [[token]]\nhead = \"{head}\"\nthen = \"letters\"\nlength = \"20\"\n"
        )
    };
    assert!(refused(&token("1_")).contains("three characters"));
    assert!(with(vec![file("acme/key.toml", token("ak-"))]).is_ok());
}

#[test]
fn syntax_that_is_not_toml_is_named_with_line_and_column() {
    let message = refused("name = \"x\"\ncategory = \n");
    assert!(message.starts_with("acme/employee.toml:2:"), "{message}");
    refused("name = \"x\"\nname = \"y\"\n");
    refused("\u{0}");
    refused("");
}

#[test]
fn examples_that_do_not_hold_are_refused() {
    let missed = refused(&but("<<E202400017>>", "<<E20240001>>"));
    assert_eq!(line_of(&missed), 7, "{missed}");
    let found = refused(&but("text = \"E2024-0001\"", "text = \"E2024-00018\""));
    assert_eq!(line_of(&found), 10, "{found}");
}

#[test]
fn an_error_shows_no_value_of_an_example() {
    let message = refused(&but("empleado <<E2024-00017>>", "empleado <<E2024-0001799>>"));
    assert!(!message.contains("0001799"), "{message}");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let large = format!("{EMPLOYEE}\n#{}\n", "x".repeat(1 << 20));
    assert!(refused(&large).contains("1048576"));
}

#[test]
fn a_path_must_give_an_id_that_is_new() {
    let taken = with(vec![file("br/cpf.toml", EMPLOYEE)]);
    assert!(
        matches!(taken, Err(Error::Pack(message)) if message.contains("BR_CPF") && message.starts_with("br/cpf.toml:1:1: "))
    );
    let twice = with(vec![file("acme/employee.toml", EMPLOYEE), file("b/acme/employee.toml", EMPLOYEE)]);
    assert!(matches!(twice, Err(Error::Pack(message)) if message.contains("ACME_EMPLOYEE")));
    for path in ["acme/über.toml", "acme/1x.toml", "1/employee.toml", "acme/.toml", ""] {
        assert!(matches!(with(vec![file(path, EMPLOYEE)]), Err(Error::Pack(_))), "{path}");
    }
}

#[test]
fn one_wrong_pack_keeps_all_out() {
    let wrong = with(vec![file("acme/employee.toml", EMPLOYEE), file("acme/ticket.toml", "name = 3")]);
    assert!(matches!(wrong, Err(Error::Pack(message)) if message.starts_with("acme/ticket.toml:")));
}
