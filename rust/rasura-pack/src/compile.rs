//! Checks what a pack file says and compiles it to a `Pack`. A mistake is an error that says where and what to do.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::error::{Mistake, PackError};
use crate::index::{FEWEST_CHARACTERS, FEWEST_DIGITS, LONGEST, packed, trigger_slot};
use crate::phone::{self, Regions};
use crate::shape::{self, SYMBOL};
use crate::spec::{
    CheckSpec, FormSpec, FormTable, LabelsSpec, PackSpec, ScoresSpec, StructureSpec, TokenSpec, WhenSpec, Written,
};
use crate::table::{
    Beside, Check, DateOrder, DatePart, Form, Grammar, Keep, Label, Limit, Numbers, Pack, Pair, Prefix, Product,
    Report, Scores, Strength, Sum, Suspect, Token, Weighted, Words,
};
use crate::template::{self, Atom, DIGIT};
use crate::triple;
use crate::word;

/// The largest pack file, in bytes.
pub const LARGEST: usize = 1 << 20;

/// Compiles the pack file `text`; `path` is named in errors, and its last two parts give the id.
pub(crate) fn compile(path: &str, text: &str) -> Result<(Pack, Examples), PackError> {
    if text.len() > LARGEST {
        let reason = format!("the file has {} bytes; {LARGEST} are the most", text.len());
        return Err(PackError::new(path, text, Mistake::new("", reason, "split it into several packs")));
    }
    let spec: PackSpec = toml::from_str(text).map_err(|error| PackError::syntax(path, text, &error))?;
    build(path, spec).map_err(|mistake| PackError::new(path, text, mistake))
}

/// What a pack says of itself, to be tried on the engine.
#[derive(Debug, Default)]
pub struct Examples {
    /// Texts with `<<...>>` around what must be found.
    pub found: Vec<String>,
    /// Texts in which the pack must find nothing.
    pub not_found: Vec<String>,
}

/// The id, the country and the file's name in capitals, of a path.
fn identity(path: &str) -> Result<(String, String, String), Mistake> {
    let clean = path.replace('\\', "/");
    let mut parts = clean.rsplit('/');
    let stem = parts.next().unwrap_or_default().trim_end_matches(".toml").to_uppercase();
    let folder = parts.next().unwrap_or_default().to_lowercase();
    let plain = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if !plain(&stem) {
        return Err(Mistake::new(
            "",
            "the file's name is no identifier",
            "name it with ASCII letters, digits and `_`, as in `cpf.toml`",
        ));
    }
    if folder == "global" || folder.is_empty() {
        return Ok((stem.clone(), String::new(), stem));
    }
    let prefix = folder.replace('-', "_").to_uppercase();
    if !plain(&prefix) {
        return Err(Mistake::new(
            "",
            "the folder's name cannot begin an id",
            "put the file into a folder named with ASCII letters, or into `global`",
        ));
    }
    Ok((format!("{prefix}_{stem}"), folder, stem))
}

fn build(path: &str, spec: PackSpec) -> Result<(Pack, Examples), Mistake> {
    let (id, country, stem) = identity(path)?;
    let checks = checks(&spec.check)?;
    let check_digits = check_digits(&checks);
    let scores = scores(spec.scores)?;
    let forms = forms(&spec, check_digits)?;
    let labels = labels(&spec.labels)?;
    let prefixes = prefixes(&spec.prefixes)?;
    if forms.is_empty() && spec.grammar.is_none() && labels.is_empty() {
        return Err(Mistake::new("forms", "the pack finds nothing", "give `forms`, a `grammar` or labels"));
    }
    let placeholder = spec.placeholder.unwrap_or(stem);
    if placeholder.is_empty() || !placeholder.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
        return Err(Mistake::new(
            "placeholder",
            "the placeholder is not a word of ASCII capitals",
            "write it as in `placeholder = \"CPF\"`",
        ));
    }
    let keep = match spec.canonical.keep.as_deref() {
        None | Some("characters") => Keep::Characters,
        Some("lower") => Keep::Lower,
        Some("e164") => Keep::E164,
        Some(other) => {
            return Err(Mistake::new(
                "canonical",
                format!("`{other}` is no way to keep a value"),
                "use `characters`, `lower` or `e164`",
            ));
        }
    };
    let begins = forms.iter().filter_map(|form| form.cells.first()).fold(0, |all, cell| all | cell);
    let digits = (1 << 10) - 1;
    let lettered = forms.iter().any(|form| form.cells.iter().all(|cell| cell & !digits != 0));
    let longest = forms.iter().map(|form| form.cells.len()).max().unwrap_or(0);
    let by_label = matches!(spec.grammar, Some(Grammar::Secret | Grammar::Labelled))
        || spec.grammar != Some(Grammar::Headed) && forms.iter().any(|form| form.by_word);
    if by_label && !labels.iter().any(|label| label.strength == Strength::Strong) {
        let reason = "what counts beside a strong label has none";
        return Err(Mistake::new("labels", reason, "give `strong` labels: nothing else finds such forms"));
    }
    if spec.grammar == Some(Grammar::Headed) && !forms.iter().all(is_headed) {
        return Err(Mistake::new(
            "forms",
            "a form does not begin with three letters, of at most 32 kinds together",
            "begin it with a word in quotes: the scan looks for its first three letters",
        ));
    }
    let pack = Pack {
        id: Cow::Owned(id),
        name: Cow::Owned(spec.name),
        country: Cow::Owned(country),
        category: Cow::Owned(format!("{:?}", spec.category).to_lowercase()),
        placeholder: Cow::Owned(placeholder),
        sources: spec.sources.into_iter().map(Cow::Owned).collect(),
        report: spec.report,
        suspect: spec.suspect.unwrap_or(if checks.is_empty() { Suspect::Never } else { Suspect::Label }),
        inside: spec.inside,
        scores,
        grammar: spec.grammar,
        forms: forms.into_iter().map(|form| with_heads(form, &prefixes)).collect(),
        limits: limits(&spec.structure, longest)?.into(),
        prefixes: prefixes.into(),
        checks: Cow::Owned(checks),
        check_digits,
        labels: Cow::Owned(labels),
        keep,
        pad: spec.canonical.pad.unwrap_or(0),
        tokens: tokens(&spec.token, spec.grammar)?.into(),
        begins,
        // At most three characters stand between two.
        widest: (4 * longest).min(shape::WHOLE) as u8,
        lettered,
        by_label,
        against: against(&spec.against, spec.grammar)?.into(),
        beside: beside(spec.beside, spec.grammar)?.into(),
    };
    let examples =
        Examples { found: spec.examples, not_found: spec.counterexamples.into_iter().map(|x| x.text).collect() };
    Ok((pack, examples))
}

fn scores(spec: ScoresSpec) -> Result<Scores, Mistake> {
    let one = |score: f64| {
        if (0.0..=1.0).contains(&score) {
            #[expect(clippy::cast_sign_loss, reason = "between 0 and 100")]
            Ok((score * 100.0).round() as u8)
        } else {
            Err(Mistake::new("scores", format!("a score is {score}"), "give numbers from 0 to 1"))
        }
    };
    Ok(Scores { bare: one(spec.bare)?, canonical: one(spec.canonical)?, labelled: one(spec.labelled)? })
}

fn forms(spec: &PackSpec, check_digits: u8) -> Result<Vec<Form>, Mistake> {
    let mut forms: Vec<Form> = Vec::new();
    let all_by_word = matches!(spec.grammar, Some(Grammar::Labelled | Grammar::Headed));
    for form in &spec.forms {
        let (template, own) = match form {
            FormSpec::Template(template) => (template, None),
            FormSpec::Table(table) => (&table.form, Some(table)),
        };
        let written = own.and_then(|table| table.written.as_ref()).unwrap_or(&spec.written);
        let own_scores = own.and_then(|table| table.scores).map(scores).transpose()?;
        let spelled = template::spell_out(template).map_err(|reason| {
            Mistake::new("forms", format!("in `{template}`: {reason}"), "see the templates in locales/README.md")
        })?;
        let by_word = all_by_word || own.is_some_and(|table| table.labelled);
        let stands = !by_word && spec.grammar.is_none() && spec.report != Report::Never;
        if stands && !spelled.iter().any(|atoms| is_long_enough(atoms)) {
            let reason = format!("`{template}` is too short to be looked for");
            let remedy = "a form has seven digits, or eight characters with letters; write `labelled = true`: it counts by its label";
            return Err(Mistake::new("forms", reason, remedy));
        }
        if stands && *written == [Written::Canonical] && spelled.iter().all(|atoms| atoms.iter().all(is_cell)) {
            let reason = format!("`{template}` has no separators, and `written` lets only those count");
            return Err(Mistake::new("forms", reason, "give the form `written = [\"plain\"]`, or separators"));
        }
        for atoms in spelled {
            if longest_gap(&atoms) > 3 {
                let reason = format!("in `{template}`: what stands between two characters is longer than three");
                return Err(Mistake::new("forms", reason, "shorten it: digits are not joined over more"));
            }
            for mut made in [form_of(&atoms), plain_of(&atoms, written)].into_iter().flatten() {
                made.scores = own_scores;
                made.by_word = by_word;
                made.check_digits = if own.is_some_and(|table| table.check == Some(false)) { 0 } else { check_digits };
                made.plans =
                    own.and_then(|table| table.plan.as_deref()).map(plans).transpose()?.unwrap_or_default().into();
                made.zeros = own.map_or(Ok(0), |table| zeros(table, &made))?;
                made.prefixes = own.map_or(Ok(Vec::new()), |table| prefixes(&table.prefixes))?.into();
                let wanted = made.plain || written.contains(&Written::Canonical);
                if wanted && !forms.contains(&made) {
                    forms.push(made);
                }
            }
        }
    }
    if spec.grammar == Some(Grammar::InternationalPhone) {
        forms.extend(world_forms()?);
    }
    // A pack asks for its plain forms by length: the same cells twice would be tried twice.
    Ok(forms)
}

/// How many zeros a form lacks at its beginning.
fn zeros(table: &FormTable, form: &Form) -> Result<u8, Mistake> {
    let (length, whole) = (form.cells.len(), usize::from(table.with_zeros));
    if whole == 0 {
        return Ok(0);
    }
    if !form.digits || !(length + 1..=length + MOST_ZEROS).contains(&whole) {
        let reason = format!("`{}` lacks no zeros of {whole} characters", table.form);
        let remedy = "`with_zeros` is for digits alone, one to three fewer than the number has";
        return Err(Mistake::new("forms", reason, remedy));
    }
    Ok((whole - length) as u8)
}

/// The most zeros that a number may lack.
const MOST_ZEROS: usize = 3;

/// The regions that a form names, as bits.
fn plans(names: &str) -> Result<Vec<u64>, Mistake> {
    let mut regions = Regions::default();
    let all: String;
    let names = if names == "*" {
        all = phone::regions().collect::<Vec<_>>().join(" ");
        &all
    } else {
        names
    };
    for name in names.split(' ') {
        let Some(region) = phone::region(name) else {
            let reason = format!("`{name}` is no region with a numbering plan");
            return Err(Mistake::new("forms", reason, "write two letters each, as in `plan = \"us pr\"`"));
        };
        regions.add(region);
    }
    Ok(regions.0.to_vec())
}

/// The ways in which numbers are written inside the countries of the world, for those that the caller names.
fn world_forms() -> Result<Vec<Form>, Mistake> {
    let wrong = |reason| Mistake::new("forms", reason, "mend the generator of the numbering plans");
    let mut forms = Vec::new();
    for (template, regions) in phone::ways() {
        for atoms in template::spell_out(&template).map_err(wrong)? {
            if !is_long_enough(&atoms) || longest_gap(&atoms) > 3 {
                continue;
            }
            let made = if atoms.iter().all(is_cell) { plain_of(&atoms, &[Written::Plain]) } else { form_of(&atoms) };
            let scores = Some(Scores { bare: LOCAL, canonical: LOCAL, labelled: 83 });
            forms.extend(made.map(|made| Form { scores, plans: regions.0.to_vec().into(), local: true, ..made }));
        }
    }
    Ok(forms)
}

/// What a number written as in a country scores that the caller named, in hundredths.
const LOCAL: u8 = 60;

fn is_cell(atom: &Atom) -> bool {
    matches!(atom, Atom::Cell(_))
}

/// Whether the scan looks at so few characters.
fn is_long_enough(atoms: &[Atom]) -> bool {
    let may_be_digits = atoms
        .iter()
        .all(|atom| matches!(atom, Atom::Separator(_)) || matches!(atom, Atom::Cell(set) if set & DIGIT != 0));
    let count = atoms.iter().filter(|atom| is_cell(atom)).count();
    count >= if may_be_digits { FEWEST_DIGITS } else { FEWEST_CHARACTERS }
}

/// The most separators in a row between two characters.
fn longest_gap(atoms: &[Atom]) -> usize {
    let first = atoms.iter().position(is_cell).unwrap_or(0);
    let last = atoms.iter().rposition(is_cell).unwrap_or(0);
    atoms[first..=last].split(is_cell).map(<[Atom]>::len).max().unwrap_or(0)
}

/// The form as it is written, where it has separators.
fn form_of(atoms: &[Atom]) -> Option<Form> {
    let first = atoms.iter().position(is_cell)?;
    let last = atoms.iter().rposition(is_cell)?;
    let text = |atoms: &[Atom]| {
        atoms
            .iter()
            .filter_map(|atom| if let Atom::Separator(byte) = atom { Some(char::from(*byte)) } else { None })
            .collect::<String>()
    };
    let (prefix, suffix) = (text(&atoms[..first]), text(&atoms[last + 1..]));
    let body = &atoms[first..=last];
    if body.iter().all(is_cell) && prefix.is_empty() && suffix.is_empty() {
        return None;
    }
    Some(Form { prefix: Cow::Owned(prefix), suffix: Cow::Owned(suffix), ..blank(body) })
}

/// The form without separators.
fn plain_of(atoms: &[Atom], written: &[Written]) -> Option<Form> {
    let body = atoms.iter().copied().filter(|atom| matches!(atom, Atom::Cell(_))).collect::<Vec<_>>();
    let (as_plain, unusual) = (written.contains(&Written::Plain), written.contains(&Written::Unusual));
    (as_plain || unusual).then(|| Form { plain: true, as_plain, unusual, ..blank(&body) })
}

fn blank(body: &[Atom]) -> Form {
    let cells =
        body.iter().filter_map(|atom| if let Atom::Cell(set) = atom { Some(*set) } else { None }).collect::<Vec<_>>();
    Form {
        prefix: Cow::Borrowed(""),
        suffix: Cow::Borrowed(""),
        digits: cells.iter().all(|&set| set == DIGIT),
        head: body.iter().position(|atom| !matches!(atom, Atom::Cell(_))).unwrap_or(body.len()) as u8,
        cells: Cow::Owned(cells),
        shape: hash(body),
        whole: whole(body),
        plain: false,
        unusual: false,
        as_plain: false,
        by_word: false,
        check_digits: 0,
        breaks: breaks(body),
        scores: None,
        plans: Cow::Borrowed(&[]),
        local: false,
        zeros: 0,
        prefixes: Cow::Borrowed(&[]),
        heads: Cow::Borrowed(&[]),
    }
}

/// Before which characters separators stand, as bits.
fn breaks(body: &[Atom]) -> u64 {
    let (mut bits, mut count, mut parted) = (0, 0, false);
    for atom in body {
        match atom {
            Atom::Cell(_) => {
                bits |= u64::from(parted) << count;
                (count, parted) = ((count + 1).min(63), false);
            }
            Atom::Separator(_) => parted = true,
        }
    }
    bits
}

/// Of so many regions some number begins with anything.
const MANY: usize = 100;

/// Puts what a form may begin with together.
fn with_heads(form: Form, pack: &[Prefix]) -> Form {
    // Its beginning is not written.
    if form.zeros > 0 {
        return form;
    }
    if let ([a, b, c, d], true) = (&*form.plans, form.digits || form.cells[..3].iter().all(|cell| cell & !DIGIT == 0)) {
        let regions = Regions([*a, *b, *c, *d]);
        if regions.iter().count() < MANY && form.cells.len() > 3 {
            let may = |n: u64| {
                phone::may_begin(
                    &regions,
                    [n / 100 % 10, n / 10 % 10, n % 10].map(|digit| digit as u8),
                    form.cells.len(),
                )
            };
            let never = [0; triple::WORDS];
            return Form { heads: triple::bits(may).into_iter().chain(never).collect(), ..form };
        }
    }
    if pack.is_empty() && form.prefixes.is_empty() {
        return form;
    }
    let [own, other] = [&form.prefixes, pack].map(|prefixes| triple::heads(prefixes, form.cells.len()));
    let both = own.into_iter().flatten().zip(other.into_iter().flatten()).map(|(a, b)| a & b);
    Form { heads: both.collect(), ..form }
}

fn whole(body: &[Atom]) -> u64 {
    let mut written = [0; shape::WHOLE];
    if body.len() > written.len() {
        return 0;
    }
    for (byte, atom) in written.iter_mut().zip(body) {
        *byte = if let Atom::Separator(between) = atom { shape::separator(*between) } else { b'0' };
    }
    shape::whole(&written)
}

fn hash(body: &[Atom]) -> u64 {
    let (mut hash, mut gap, mut length) = (shape::START, 0, 0);
    let mut between = Vec::new();
    for atom in body {
        match atom {
            Atom::Cell(_) => {
                if !between.is_empty() {
                    hash = shape::extend(hash, gap, length);
                    gap = shape::pack_gap(&between);
                    between.clear();
                    length = 0;
                }
                length += 1;
            }
            Atom::Separator(byte) => between.push(*byte),
        }
    }
    shape::extend(hash, gap, length)
}

/// A place as first index and length.
fn place(at: &str) -> Result<(u8, u8), Mistake> {
    let wrong = || {
        Mistake::new(
            "structure",
            format!("`{at}` is no place"),
            "count from 1 without separators, as in `at = \"5-10\"`",
        )
    };
    let (first, last) = at.split_once('-').unwrap_or((at, at));
    let (first, last): (u8, u8) = (first.parse().map_err(|_| wrong())?, last.parse().map_err(|_| wrong())?);
    if first == 0 || last < first || last > 64 { Err(wrong()) } else { Ok((first - 1, last - first + 1)) }
}

fn limits(specs: &[StructureSpec], longest: usize) -> Result<Vec<Limit>, Mistake> {
    let mut limits = Vec::new();
    for spec in specs {
        if spec.different == Some(true) {
            limits.push(Limit::Different);
        }
        let limited = spec.one_of.is_some() || spec.not.is_some() || spec.date.is_some();
        if limited != spec.at.is_some() || !limited && spec.different.is_none() {
            return Err(Mistake::new(
                "structure",
                "a limit has no place or says nothing of it",
                "give `at` with `in`, `not` or `date`, or `different = true`",
            ));
        }
        let Some(at) = &spec.at else { continue };
        let (at, length) = place(at)?;
        if usize::from(at + length) > longest {
            return Err(Mistake::new(
                "structure",
                format!("no form has {} characters", at + length),
                "count places from 1 without separators, or mend the forms",
            ));
        }
        for (values, not) in [(&spec.one_of, false), (&spec.not, true)] {
            if let Some(values) = values {
                limits.push(values_at(at, length, not, values)?);
            }
        }
        if let Some(date) = &spec.date {
            let order = date_order(date)?;
            let digits = date.split(' ').next().map_or(0, str::len);
            if digits != usize::from(length) {
                return Err(Mistake::new(
                    "structure",
                    format!("a date `{date}` has {digits} digits and its place {length}"),
                    "give `at` as many places as the date has digits",
                ));
            }
            limits.push(Limit::Date(DatePart { at, order }));
        }
    }
    Ok(limits)
}

fn values_at(at: u8, length: u8, not: bool, values: &[String]) -> Result<Limit, Mistake> {
    let numeric = values.iter().all(|value| value.chars().all(|c| c.is_ascii_digit() || c == '-'));
    if numeric {
        let ranges = values.iter().map(|value| range("structure", value)).collect::<Result<Vec<_>, _>>()?;
        if let Some((_, high)) = ranges.iter().find(|(_, high)| high.to_string().len() > usize::from(length)) {
            return Err(Mistake::new(
                "structure",
                format!("{high} has more digits than its {length} places"),
                "give numbers that fit, or a longer `at`",
            ));
        }
        let bits = if length > 3 {
            Vec::new()
        } else {
            triple::bits(|number| ranges.iter().any(|&(low, high)| (low..=high).contains(&number)) != not)
        };
        return Ok(Limit::Number(Numbers { at, length, not, ranges: ranges.into(), bits: bits.into() }));
    }
    let symbols = values
        .concat()
        .chars()
        .map(|c| u8::try_from(u32::from(c)).map_or(shape::NO_SYMBOL, |byte| SYMBOL[usize::from(byte)]))
        .collect::<Vec<_>>();
    if values.iter().any(|value| value.chars().count() != usize::from(length)) || symbols.contains(&shape::NO_SYMBOL) {
        return Err(Mistake::new(
            "structure",
            "a value does not fill its place",
            "give each value as many letters or digits as `at` has",
        ));
    }
    Ok(Limit::Words(Words { at, length, not, symbols: symbols.into() }))
}

fn range(field: &'static str, value: &str) -> Result<(u64, u64), Mistake> {
    let (low, high) = value.split_once('-').unwrap_or((value, value));
    match (low.parse(), high.parse()) {
        (Ok(low), Ok(high)) if low <= high => Ok((low, high)),
        _ => Err(Mistake::new(field, format!("`{value}` is no range"), "write `7` or `1-99`")),
    }
}

fn date_order(order: &str) -> Result<DateOrder, Mistake> {
    Ok(match order {
        "yymmdd" => DateOrder::Yymmdd,
        "ddmmyy" => DateOrder::Ddmmyy,
        "yyyymmdd" => DateOrder::Yyyymmdd,
        "ddmmyyyy" => DateOrder::Ddmmyyyy,
        "mmddyyyy" => DateOrder::Mmddyyyy,
        "ddmmyyyy or mmddyyyy" => DateOrder::Ddmmyyyyeither,
        "ddmmyy or mmddyy" => DateOrder::Ddmmyyeither,
        _ => {
            return Err(Mistake::new(
                "structure",
                format!("`{order}` is no order of a date"),
                "use yymmdd, ddmmyy, yyyymmdd, ddmmyyyy, mmddyyyy or two of them as in `ddmmyyyy or mmddyyyy`",
            ));
        }
    })
}

fn prefixes(spec: &BTreeMap<String, Vec<u8>>) -> Result<Vec<Prefix>, Mistake> {
    let mut prefixes = Vec::new();
    for (key, lengths) in spec {
        let (low, high) = range("prefixes", key)?;
        let digits = key.split('-').next().unwrap_or_default().len();
        if key.split('-').any(|part| part.len() != digits) || digits > 18 {
            return Err(Mistake::new(
                "prefixes",
                format!("the two ends of `{key}` differ in length"),
                "write as in \"506699-506778\"",
            ));
        }
        if lengths.iter().any(|&n| n > 63) {
            return Err(Mistake::new("prefixes", "a length is above 63", "give lengths in characters"));
        }
        let lengths = lengths.iter().fold(0, |mask, &n| mask | 1 << n);
        prefixes.push(Prefix { low, high, digits: digits as u8, lengths });
    }
    prefixes.sort_by_key(|prefix| (prefix.digits, prefix.low, prefix.high));
    Ok(prefixes)
}

fn tokens(specs: &[TokenSpec], grammar: Option<Grammar>) -> Result<Vec<Token>, Mistake> {
    let scanned = grammar == Some(Grammar::Token);
    if scanned == specs.is_empty() && grammar != Some(Grammar::Labelled) {
        let reason = "tokens and their grammar stand one without the other";
        let remedy = "give `grammar = \"token\"`, or `labelled`, and one `[[token]]` or more";
        return Err(Mistake::new("token", reason, remedy));
    }
    let token = |spec: &TokenSpec| {
        let letters = spec.head.as_bytes();
        // Of several words the last one, which is the rarest as a rule: `APP_USR-`, `sk-ant-api`.
        let begins =
            |&at: &usize| letters[at].is_ascii_alphabetic() && (at == 0 || !letters[at - 1].is_ascii_alphabetic());
        let three =
            |at: &usize, good: fn(&u8) -> bool| letters.get(*at..at + 3).is_some_and(|three| three.iter().all(good));
        let at = |good: fn(&u8) -> bool| (0..letters.len()).rev().filter(begins).find(|at| three(at, good));
        let at = at(u8::is_ascii_alphabetic).or_else(|| at(|&byte| trigger_slot(byte).is_some()));
        let (least, most) = range("token", &spec.length)?;
        let digits = spec.digits.as_deref().map(|digits| range("token", digits)).transpose()?.unwrap_or((0, 0));
        if digits.1 > LONGEST as u64 {
            let reason = format!("more than {LONGEST} digits stand before");
            return Err(Mistake::new("token", reason, "the scan joins no more; ask for fewer"));
        }
        let at = match at {
            _ if digits.1 > 0 || !scanned => 0,
            Some(at) => at,
            None => {
                let reason = format!("`{}` has no letter that begins a word with two characters behind it", spec.head);
                let remedy = "give more of the beginning, or `digits` before it: the scan looks for three characters";
                return Err(Mistake::new("token", reason, remedy));
            }
        };
        Ok(Token {
            head: Cow::Owned(spec.head.clone()),
            at: at as u8,
            digits: (digits.0 as u8, digits.1 as u8),
            mixed: spec.mixed,
            marked: spec.marked,
            then: spec.then,
            least: least.min(u64::from(u16::MAX)) as u16,
            most: most.min(u64::from(u16::MAX)) as u16,
            parts: spec.parts,
        })
    };
    specs.iter().map(token).collect()
}

/// Whether a form begins with three letters that are few enough for the scan.
fn is_headed(form: &Form) -> bool {
    const LETTERS: u64 = ((1 << 26) - 1) << 10;
    let first = form.cells.get(..3).unwrap_or_default();
    first.len() == 3
        && first.iter().all(|cell| cell & !LETTERS == 0)
        && first.iter().map(|cell| cell.count_ones()).product::<u32>() <= 32
}

fn against(words: &[String], grammar: Option<Grammar>) -> Result<Vec<Cow<'static, str>>, Mistake> {
    if !words.is_empty() && !matches!(grammar, Some(Grammar::Secret | Grammar::Labelled)) {
        let reason = "`against` is for what is found from its label's side";
        return Err(Mistake::new("against", reason, "leave it out, or use negative labels"));
    }
    let folded = |text: &String| match word::words(text).as_deref() {
        Some([word]) => Ok(Cow::Owned(word.clone())),
        _ => Err(Mistake::new("against", format!("`{text}` is not one word of Latin letters"), "give single words")),
    };
    words.iter().map(folded).collect()
}

fn beside(others: BTreeMap<String, u8>, grammar: Option<Grammar>) -> Result<Vec<Beside>, Mistake> {
    if !others.is_empty() && grammar != Some(Grammar::Labelled) {
        let reason = "`beside` is for `grammar = \"labelled\"`";
        return Err(Mistake::new("beside", reason, "other forms stand by themselves: leave it out"));
    }
    if others.values().any(|reach| !(1..=64).contains(reach)) {
        return Err(Mistake::new(
            "beside",
            "a reach is not between 1 and 64",
            "give characters, as in `CREDIT_CARD = 40`",
        ));
    }
    Ok(others.into_iter().map(|(id, reach)| Beside { id: Cow::Owned(id), reach }).collect())
}

/// How many characters checks fix: those that hold for different numbers may share a place.
fn check_digits(checks: &[Check]) -> u8 {
    let mut places = Vec::new();
    let mut digits = 0;
    for check in checks {
        let conditional = check.each().find_map(|check| match check {
            Check::Weighted(Weighted { at, when, .. }) if !when.is_empty() => Some(*at),
            _ => None,
        });
        if let Some(at) = conditional {
            if places.contains(&at) {
                continue;
            }
            places.push(at);
        }
        digits += check.digits();
    }
    digits
}

/// Neighbours of which one must hold are one check.
fn checks(specs: &[CheckSpec]) -> Result<Vec<Check>, Mistake> {
    let groups: Vec<&[CheckSpec]> = specs.chunk_by(|a, b| a.any && b.any).collect();
    let mut checks = Vec::new();
    for (n, group) in groups.iter().enumerate() {
        let mut made = group.iter().map(|spec| check(n, groups.len(), spec)).collect::<Result<Vec<_>, _>>()?;
        checks.push(match (made.len(), group[0].any) {
            (1, false) => made.remove(0),
            (1, true) => {
                let reason = "`any` stands at one check, and none beside it";
                return Err(Mistake::new("check", reason, "write it at each of the checks of which one must hold"));
            }
            _ => Check::Any(made.into()),
        });
    }
    Ok(checks)
}

fn check(n: usize, of: usize, spec: &CheckSpec) -> Result<Check, Mistake> {
    if spec.when.is_some() && !matches!(spec.algorithm.as_str(), "luhn" | "weighted" | "sum") {
        let reason = format!("`when` is nothing that `{}` knows", spec.algorithm);
        return Err(Mistake::new("check", reason, "use it with weighted, luhn or sum"));
    }
    Ok(match spec.algorithm.as_str() {
        "mod97" => pair(spec)?.map_or(Check::Mod97, Check::Pair),
        "cns" => Check::Cns,
        "cnh" => Check::Cnh,
        "caepf" => Check::Caepf,
        "cei" => Check::Cei,
        "verhoeff" => Check::Verhoeff,
        "idnr" => Check::Idnr,
        "nir" => Check::Nir,
        "codice-fiscale" => Check::CodiceFiscale,
        "panama-dv" => Check::PanamaDv,
        "sum" => Check::Sum(sum(spec)?),
        "luhn" => Check::Weighted(luhn(n, of, spec)?),
        "weighted" => Check::Weighted(weighted(n, of, spec)?),
        other => {
            return Err(Mistake::new(
                "check",
                format!("there is no algorithm `{other}`"),
                "use weighted, luhn, sum, mod97, verhoeff or one of those that locales/README.md lists",
            ));
        }
    })
}

fn sum(spec: &CheckSpec) -> Result<Sum, Mistake> {
    match (&spec.weights, spec.modulus) {
        (Some(weights), Some(modulus)) if modulus > 1 && spec.remainder.unwrap_or(0) < modulus => Ok(Sum {
            weights: weights.clone().into(),
            modulus,
            remainder: spec.remainder.unwrap_or(0),
            when: when(spec)?.into(),
        }),
        _ => {
            let reason = "a sum lacks its weights or its modulus, or its remainder is not below that";
            Err(Mistake::new("check", reason, "give `weights`, one for each character, and `modulus = 10`"))
        }
    }
}

/// The places of a pair that stands elsewhere than in an IBAN, if any are given.
fn pair(spec: &CheckSpec) -> Result<Option<Pair>, Mistake> {
    match (&spec.over, spec.at) {
        (Some(over), Some(at)) => {
            let over = over.iter().map(|at| place(at)).collect::<Result<Vec<_>, _>>()?;
            Ok(Some(Pair { over: over.into(), at }))
        }
        (None, None) => Ok(None),
        _ => {
            let reason = "a pair has its place without the places before it, or the other way round";
            Err(Mistake::new("check", reason, "give both `over` and `at`, or neither"))
        }
    }
}

/// For which numbers a check holds.
fn when(spec: &CheckSpec) -> Result<Vec<Limit>, Mistake> {
    let Some(WhenSpec { at, one_of, not }) = &spec.when else { return Ok(Vec::new()) };
    let (at, length) = place(at)?;
    match (one_of, not) {
        (Some(values), None) => Ok(vec![values_at(at, length, false, values)?]),
        (None, Some(values)) => Ok(vec![values_at(at, length, true, values)?]),
        _ => Err(Mistake::new("check", "`when` has not one list of values", "give `in` or `not`")),
    }
}

fn luhn(n: usize, of: usize, spec: &CheckSpec) -> Result<Weighted, Mistake> {
    if spec.weights.is_some() || spec.cycle.is_some() || spec.modulus.is_some() {
        let reason = "luhn has its own weights and modulus";
        return Err(Mistake::new("check", reason, "leave them out, or write `algorithm = \"weighted\"`"));
    }
    let plain = weighted_place(n, of, spec)?;
    let product = match spec.values.as_deref() {
        None => Product::Digits,
        Some("alphabet") => Product::LessNine,
        Some(other) => {
            let reason = format!("`{other}` is no order of values for luhn");
            return Err(Mistake::new("check", reason, "write `values = \"alphabet\"`: A is 10"));
        }
    };
    Ok(with_lanes(Weighted {
        weights: vec![2, 1].into(),
        cycle: true,
        modulus: 10,
        product,
        replace: vec![(10, 0)].into(),
        ..plain
    }))
}

fn weighted_place(n: usize, of: usize, spec: &CheckSpec) -> Result<Weighted, Mistake> {
    let over = spec.over.iter().flatten().map(|at| place(at)).collect::<Result<Vec<_>, _>>()?;
    Ok(Weighted {
        over: over.into(),
        at: spec.at.map_or(n as i16 - of as i16, i16::from),
        weights: Cow::Borrowed(&[]),
        cycle: false,
        modulus: 10,
        complement: spec.complement.unwrap_or(true),
        product: Product::Whole,
        values: Cow::Borrowed(&[]),
        replace: Cow::Borrowed(&[]),
        pad: spec.pad.unwrap_or(0),
        pad_value: spec.pad_value.unwrap_or(0),
        lanes: Cow::Borrowed(&[]),
        when: when(spec)?.into(),
    })
}

fn weighted(n: usize, of: usize, spec: &CheckSpec) -> Result<Weighted, Mistake> {
    let wrong = |reason: String, remedy: &str| Err(Mistake::new("check", reason, remedy));
    let (weights, cycle) = match (&spec.weights, &spec.cycle) {
        (Some(weights), None) => (weights, false),
        (None, Some(cycle)) => (cycle, true),
        _ => {
            return wrong(
                "a weighted check has not one list of weights".into(),
                "give `weights` (left to right) or `cycle` (right to left, repeated)",
            );
        }
    };
    let modulus = spec.modulus.unwrap_or(0);
    if modulus < 2 || weights.is_empty() {
        return wrong("a weighted check has no modulus or no weights".into(), "give `modulus = 11` and the weights");
    }
    let product = match spec.product.as_deref() {
        None | Some("whole") => Product::Whole,
        Some("units") => Product::Units,
        Some("digits") => Product::Digits,
        Some(other) => return wrong(format!("`{other}` is no part of a product"), "use whole, units or digits"),
    };
    let mut replace = Vec::new();
    for (result, symbol) in &spec.replace {
        let byte = symbol
            .chars()
            .next()
            .and_then(|c| u8::try_from(u32::from(c)).ok())
            .map_or(shape::NO_SYMBOL, |b| SYMBOL[usize::from(b)]);
        match result.parse() {
            Ok(result) if byte != shape::NO_SYMBOL => replace.push((result, byte)),
            _ => return wrong(format!("`{result} = {symbol}` replaces nothing"), "write `replace = { 10 = \"K\" }`"),
        }
    }
    let values = match spec.values.as_deref() {
        None | Some("alphabet") => Vec::new(),
        Some("ascii") => (0..38).map(|s| if s < 10 { s } else { s + 7 }).collect(),
        Some(order) => {
            let mut values = vec![0; shape::SYMBOLS];
            for (value, c) in order.chars().enumerate() {
                let symbol = u8::try_from(u32::from(c)).map_or(shape::NO_SYMBOL, |b| SYMBOL[usize::from(b)]);
                if let Some(place) = values.get_mut(usize::from(symbol)) {
                    *place = value as u8;
                }
            }
            values
        }
    };
    let place = weighted_place(n, of, spec)?;
    let body: usize = place.over.iter().map(|&(_, length)| usize::from(length)).sum();
    if !cycle && body > 0 && body != weights.len() {
        return wrong(format!("there are {} weights for {body} places", weights.len()), "each place needs a weight");
    }
    Ok(with_lanes(Weighted {
        weights: weights.clone().into(),
        cycle,
        modulus,
        product,
        replace: replace.into(),
        values: values.into(),
        ..place
    }))
}

fn with_lanes(made: Weighted) -> Weighted {
    Weighted { lanes: lanes(&made).into(), ..made }
}

/// The weights as lanes of vectors, where every place before the check character counts and digits are their values.
fn lanes(check: &Weighted) -> Vec<u16> {
    let simple = match check.product {
        Product::Whole => true,
        // Products of two digits whose first is a 1.
        Product::Digits => check.values.is_empty() && check.weights.iter().all(|&weight| weight <= 2),
        // What the tens of a product are is nothing to the rest of a division by ten.
        Product::Units => 10 % check.modulus == 0,
        Product::LessNine => false,
    };
    let as_they_are = (0_u8..).zip(check.values.iter()).take(10).all(|(digit, &value)| digit == value);
    let padded = check.pad > 0;
    if !simple || !check.over.is_empty() || !as_they_are || padded && usize::from(check.pad) != check.weights.len() {
        return Vec::new();
    }
    let mut lanes = vec![0; if check.cycle || padded { 2 * LONGEST } else { LONGEST }];
    if check.cycle {
        for (lane, &weight) in lanes[..LONGEST].iter_mut().rev().zip(check.weights.iter().cycle()) {
            *lane = weight;
        }
    } else if padded {
        for (lane, &weight) in lanes[..LONGEST].iter_mut().rev().zip(check.weights.iter().rev()) {
            *lane = weight;
        }
    } else {
        for (lane, &weight) in lanes.iter_mut().zip(check.weights.iter()) {
            *lane = weight;
        }
    }
    lanes
}

fn labels(spec: &BTreeMap<String, LabelsSpec>) -> Result<Vec<Label>, Mistake> {
    let mut labels: Vec<Label> = Vec::new();
    for words in spec.values() {
        let lists = [
            (&words.strong, Strength::Strong),
            (&words.weak, Strength::Weak),
            (&words.negative, Strength::Negative),
            (&words.generic, Strength::Generic),
            (&words.units, Strength::Unit),
        ];
        for (list, strength) in lists {
            for label in list {
                let Some(words) = word::words(label) else {
                    return Err(Mistake::new(
                        "labels",
                        format!("the label `{label}` has letters outside Latin-1, or none"),
                        "write it as people do in Latin letters; accents of Western Europe are known, others and other scripts are not",
                    ));
                };
                let accented = accented(label);
                let made = Label { phrase: Cow::Owned(words.join(" ")), strength, accented };
                match labels.iter_mut().find(|known| known.phrase == made.phrase) {
                    Some(known) if known.accented.iter().all(|&letters| letters == 0) => known.accented = made.accented,
                    Some(_) => {}
                    None => labels.push(made),
                }
            }
        }
    }
    Ok(labels)
}

/// By word of a label, its first three letters in small letters, packed, where one of them has an accent; 0 elsewhere.
fn accented(label: &str) -> Cow<'static, [u32]> {
    let words = label.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let letters = |word: &str| {
        let mut letters = word.chars().flat_map(char::to_lowercase);
        let three = [(); 3].map(|()| letters.next().and_then(|c| u8::try_from(u32::from(c)).ok()).unwrap_or_default());
        let known = three[0].is_ascii_lowercase() && three.iter().all(|&letter| trigger_slot(letter).is_some());
        if known && !three.is_ascii() { packed(three) } else { 0 }
    };
    words.map(letters).collect()
}

/// Weights must fit every form's length: `forms` and `check` are read apart, so this looks at both.
pub(crate) fn check_lengths(pack: &Pack) -> Result<(), Mistake> {
    for form in pack.forms.iter() {
        let length = form.cells.len() + usize::from(form.zeros);
        for check in pack.checks.iter().flat_map(Check::each).filter(|_| form.check_digits > 0) {
            if let Check::Sum(sum) = check
                && sum.weights.len() != length
            {
                let reason = format!("a form of {length} characters has {} weights in its sum", sum.weights.len());
                return Err(Mistake::new("check", reason, "give each character a weight"));
            }
            let Check::Weighted(weighted) = check else { continue };
            if weighted.cycle || !weighted.over.is_empty() || weighted.pad > 0 {
                continue;
            }
            let at = if weighted.at > 0 { weighted.at - 1 } else { length as i16 + weighted.at };
            if at != weighted.weights.len() as i16 {
                let reason = format!(
                    "a form of {length} characters has {at} before its check digit but {} weights",
                    weighted.weights.len()
                );
                return Err(Mistake::new("check", reason, "give each place a weight, or use `cycle`"));
            }
        }
    }
    Ok(())
}
