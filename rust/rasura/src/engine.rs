//! The engine: packs and options, built once, immutable, shared between threads.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rasura_pack::table::Pack;

use crate::catalogue::Catalogue;
use crate::config::{self, Config, Options, PackFile};
use crate::error::Error;
use crate::evidence::Evidence;
use crate::r#match::{Scratch, Search};
use crate::reread::{self, Reading, Rereading};
use crate::resolve::{self, Candidate, Finding, Lost};
use crate::trace::{Decision, Record, Silent, Trace};
use crate::view::View;
use crate::write::{self, Cut};

/// Finds personal data in texts and says what to write instead.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    catalogue: Catalogue,
    config: Config,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// What there is to know of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo<'e> {
    /// `BR_CPF`.
    pub id: &'e str,
    /// What people call it.
    pub name: &'e str,
    /// The country, none for the world.
    pub country: Option<&'e str>,
    /// What kind of data it is.
    pub category: &'e str,
    /// `default`, `asked` or `never`.
    pub report: &'static str,
    /// Its labels, folded.
    pub labels: Vec<&'e str>,
    /// Where its rules are published.
    pub sources: Vec<&'e str>,
    /// The word in its placeholder.
    pub placeholder: &'e str,
}

thread_local! {
    /// Memory of the last search of this thread, unless that was a long one. A search takes it away, so that one inside
    /// another makes its own.
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

impl Engine {
    /// Builds an engine.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the options or a pack file and what to do.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let (packs, examples) = own_packs(&options.extra_packs)?;
        let catalogue = Catalogue::new(packs);
        let config = Config::new(options, &catalogue)?;
        let engine = Self { inner: Arc::new(Inner { catalogue, config }) };
        for (file, id, tried) in &examples {
            engine.try_examples(file, id, tried, &options.extra_packs)?;
        }
        Ok(engine)
    }

    /// The engine with default options.
    ///
    /// # Panics
    ///
    /// Never: `tests/packs.rs` builds it.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Engine> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(&Options::default()).expect("tests/packs.rs builds the default engine"))
    }

    /// An engine with only some of the built-in packs, for tests and measurements.
    ///
    /// # Panics
    ///
    /// Where an id is not built in.
    #[doc(hidden)]
    #[must_use]
    pub fn with_packs(ids: &[&str]) -> Self {
        let catalogue = Catalogue::chosen(|pack| ids.contains(&pack.id.as_ref()));
        let include = ids.iter().map(|&id| id.to_owned()).collect();
        let config = Config::new(&Options { include, ..Options::default() }, &catalogue).expect("the ids are built in");
        Self { inner: Arc::new(Inner { catalogue, config }) }
    }

    /// Everything that is personal in a text, in order, none overlapping.
    #[must_use]
    pub fn find(&self, view: &View<'_>, evidence: &Evidence<'_>) -> Vec<Finding> {
        self.find_around(view, evidence, reread::AROUND)
    }

    /// The same where so many characters are read with what reads otherwise.
    pub(crate) fn find_around(&self, view: &View<'_>, evidence: &Evidence<'_>, around: usize) -> Vec<Finding> {
        self.findings_of(view, evidence, Rereading::of(view, around).as_ref())
    }

    fn findings_of(&self, view: &View<'_>, evidence: &Evidence<'_>, rereading: Option<&Rereading>) -> Vec<Finding> {
        let mut findings = self.found(view, evidence);
        if let Some(rereading) = rereading {
            rereading.add(view.bytes(), |reading| self.said(reading, evidence), &mut findings);
        }
        self.pass_allowed(view, &mut findings);
        findings
    }

    /// What a copy holds that reads otherwise.
    fn said(&self, Reading { text, dictated, labelled }: Reading<'_>, evidence: &Evidence<'_>) -> Vec<Finding> {
        let view = View::latin1(text);
        let gather = |search: &mut Search<'_, Silent>| search.with_dictated(dictated, labelled);
        self.search_with(&view, evidence, false, gather, |search| std::mem::take(self.findings(&view, search)))
    }

    /// What a text holds as it stands.
    fn found(&self, view: &View<'_>, evidence: &Evidence<'_>) -> Vec<Finding> {
        self.search(view, evidence, false, |search| std::mem::take(self.findings(view, search)))
    }

    /// What is written instead of everything personal in a text: as [`Self::cuts`] of what [`Self::find`] finds, for less,
    /// since no scores are asked for.
    #[must_use]
    pub fn cut(&self, view: &View<'_>, evidence: &Evidence<'_>) -> Vec<Cut<'_>> {
        let Inner { catalogue, config } = &*self.inner;
        if let Some(rereading) = Rereading::of(view, reread::AROUND) {
            return self.cuts(view, &self.findings_of(view, evidence, Some(&rereading)));
        }
        let plain = config.allow.is_empty() && !config.template.numbered();
        self.search(view, evidence, true, |search| {
            let candidates = &mut search.scratch.candidates;
            // Addresses are met before the numbers of their blocks.
            resolve::order_by_start(candidates);
            // Where none overlaps another, each is what it is.
            if plain && let Some(cuts) = write::cuts_apart(config, catalogue, view, candidates) {
                return cuts;
            }
            let findings = self.findings(view, search);
            self.pass_allowed(view, findings);
            if findings.is_empty() { Vec::new() } else { self.cuts(view, findings) }
        })
    }

    /// Hands what was gathered to `answer`, if anything; the memory that it leaves is used again.
    fn search<R: Default>(
        &self,
        view: &View<'_>,
        evidence: &Evidence<'_>,
        unscored: bool,
        answer: impl FnOnce(&mut Search<'_, Silent>) -> R,
    ) -> R {
        self.search_with(view, evidence, unscored, |_| {}, answer)
    }

    /// The same with what `gather` adds to what was gathered.
    fn search_with<R: Default>(
        &self,
        view: &View<'_>,
        evidence: &Evidence<'_>,
        unscored: bool,
        gather: impl FnOnce(&mut Search<'_, Silent>),
        answer: impl FnOnce(&mut Search<'_, Silent>) -> R,
    ) -> R {
        let Inner { catalogue, config } = &*self.inner;
        let mut search = Search {
            index: catalogue.index(),
            config,
            evidence,
            text: view.bytes(),
            scratch: SCRATCH.take().unwrap_or_default(),
            trace: Silent,
            unscored,
        };
        search.scratch.renew();
        search.run();
        search.companions();
        gather(&mut search);
        let given = if search.scratch.candidates.is_empty() { R::default() } else { answer(&mut search) };
        if search.scratch.is_small() {
            SCRATCH.set(Some(search.scratch));
        }
        given
    }

    /// What the candidates of a search come to.
    fn findings<'s>(&self, view: &View<'_>, search: &'s mut Search<'_, Silent>) -> &'s mut Vec<Finding> {
        let Inner { catalogue, config } = &*self.inner;
        search.weigh_overlaps();
        let Scratch { candidates, findings, .. } = &mut *search.scratch;
        findings.clear();
        resolve::resolve(candidates, catalogue, config, view.bytes(), findings, |_, _| {});
        findings
    }

    /// What became of every candidate of a text, in order, and why.
    #[must_use]
    pub fn explain(&self, view: &View<'_>, evidence: &Evidence<'_>) -> Vec<Decision> {
        let mut decisions = self.explained(view, evidence, |_| {});
        if let Some(rereading) = Rereading::of(view, reread::AROUND) {
            let findings = self.find(view, evidence);
            rereading.each(view.bytes(), |Reading { text, dictated, labelled }, copy| {
                let gather = |search: &mut Search<'_, Record>| search.with_dictated(dictated, labelled);
                let made = self.explained(&View::latin1(text), evidence, gather);
                let made = made.into_iter().filter_map(|decision| reread::explained(decision, copy));
                // Letters are taken for digits only where nothing else is found.
                let said = |made: &Decision| {
                    let holds = |f: &Finding| f.start <= made.start && made.end <= f.end && f.said.is_some();
                    !labelled || findings.iter().any(holds)
                };
                decisions.extend(made.filter(said));
            });
            // Several readings of one place: what is found in the end was taken.
            for decision in decisions.iter_mut().filter(|decision| decision.taken) {
                let inside =
                    |f: &Finding| f.start <= decision.start && decision.end <= f.end && f.pack == decision.pack;
                if !findings.iter().any(inside) {
                    decision.taken = false;
                    decision.reason += "; but the text reads otherwise";
                }
            }
        }
        decisions.sort_by_key(|decision| (decision.start, decision.end, !decision.taken, decision.pack));
        decisions.dedup();
        decisions
    }

    /// What became of every candidate of one reading.
    fn explained(
        &self,
        view: &View<'_>,
        evidence: &Evidence<'_>,
        gather: impl FnOnce(&mut Search<'_, Record>),
    ) -> Vec<Decision> {
        let Inner { catalogue, config } = &*self.inner;
        let mut search = Search {
            index: catalogue.index(),
            config,
            evidence,
            text: view.bytes(),
            scratch: Box::default(),
            trace: Record::default(),
            unscored: false,
        };
        search.run();
        search.companions();
        gather(&mut search);
        let mut losses: Vec<(Candidate, Lost)> = Vec::new();
        let mut findings = Vec::new();
        let lost = |candidate: &Candidate, lost| losses.push((*candidate, lost));
        resolve::resolve(&mut search.scratch.candidates, catalogue, config, view.bytes(), &mut findings, lost);
        let all = findings.clone();
        self.pass_allowed(view, &mut findings);
        let allowed: Vec<&Finding> = all.iter().filter(|finding| !findings.contains(finding)).collect();
        let mut decisions = search.trace.decisions;
        for decision in &mut decisions {
            self.conclude(decision, &findings, &allowed, &losses);
        }
        decisions
    }

    fn conclude(
        &self,
        decision: &mut Decision,
        findings: &[Finding],
        allowed: &[&Finding],
        losses: &[(Candidate, Lost)],
    ) {
        let Inner { catalogue, config } = &*self.inner;
        let inside = |finding: &Finding| {
            finding.start <= decision.start && decision.end <= finding.end && finding.pack == decision.pack
        };
        if decision.score < config.threshold {
            decision.reason += ": below the threshold";
        } else if findings.iter().any(inside) {
            decision.taken = true;
        } else if allowed.iter().any(|finding| inside(finding)) {
            decision.reason += "; but the caller allows this value";
        } else if config.role(decision.pack) != resolve::Role::Reported {
            decision.reason += "; it is not reported, and shields what it holds";
        } else if let Some((_, lost)) = losses
            .iter()
            .find(|(lost, _)| (lost.start, lost.end, lost.pack) == (decision.start, decision.end, decision.pack))
        {
            let (what, winner) = match lost {
                Lost::LookAlike(winner) => ("it is rather", winner),
                Lost::Suspect(winner) => ("a suspect gives way to", winner),
                Lost::Unusual(winner) => ("what would be joined holds", winner),
                Lost::Order(winner) => ("the same characters are rather", winner),
            };
            decision.reason.extend(["; but ", what, " ", &catalogue.pack(*winner).id]);
        }
    }

    fn pass_allowed(&self, view: &View<'_>, findings: &mut Vec<Finding>) {
        let Inner { catalogue, config } = &*self.inner;
        if config.allow.is_empty() {
            return;
        }
        findings.retain(|finding| {
            let pack = catalogue.pack(finding.pack);
            let value = write::canonical(pack, config, view, finding);
            !config.allow.iter().any(|allowed| write::of_text(pack, config, allowed) == value)
        });
    }

    /// What is written instead of each finding.
    #[must_use]
    pub fn cuts<'e>(&'e self, view: &View<'_>, findings: &[Finding]) -> Vec<Cut<'e>> {
        write::cuts(&self.inner.config, &self.inner.catalogue, view, findings)
    }

    /// The text with every finding replaced; the text itself where there is none.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut scratch = Vec::new();
        let view = View::utf8(text.as_bytes(), &mut scratch);
        let cuts = self.cut(&view, &Evidence::NONE);
        if cuts.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut offsets: Vec<usize> = cuts.iter().flat_map(|cut| [cut.start, cut.end]).collect();
        view.source_offsets(&mut offsets);
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (cut, place) in cuts.iter().zip(offsets.chunks_exact(2)) {
            out.push_str(&text[from..place[0]]);
            out.push_str(cut.word.as_str());
            from = place[1];
        }
        out.push_str(&text[from..]);
        Cow::Owned(out)
    }

    /// All packs, in the order of their numbers.
    pub fn packs(&self) -> impl Iterator<Item = PackInfo<'_>> {
        self.inner.catalogue.packs().map(|(_, pack)| info(pack))
    }

    /// The id of a pack.
    #[must_use]
    pub fn entity(&self, pack: u16) -> &str {
        &self.inner.catalogue.pack(pack).id
    }

    /// The canonical form of a value of an entity: the same for every way of writing it.
    ///
    /// # Errors
    ///
    /// Where there is no such entity; which one may have been meant.
    pub fn canonical(&self, entity: &str, value: &str) -> Result<String, Error> {
        let Inner { catalogue, config } = &*self.inner;
        let found = catalogue.packs().find(|(_, pack)| pack.id.eq_ignore_ascii_case(entity));
        let (_, pack) = found.ok_or_else(|| config::unknown(entity, catalogue))?;
        Ok(write::of_text(pack, config, value))
    }

    /// The fixed placeholder for a whole text.
    #[must_use]
    pub fn cover(&self) -> &str {
        self.inner.config.template.cover()
    }

    /// Tries the examples of a user's pack.
    fn try_examples(
        &self,
        path: &str,
        id: &str,
        tried: &rasura_pack::Examples,
        files: &[PackFile],
    ) -> Result<(), Error> {
        let line_of = |text: &str| {
            let file = files.iter().find(|file| file.path == path);
            let piece = text.lines().next().unwrap_or_default();
            file.and_then(|file| file.text.lines().position(|line| line.contains(piece))).map_or(1, |line| line + 1)
        };
        let only = Options { entities: Some(vec![id.to_owned()]), extra_packs: Vec::new(), ..Options::default() };
        let is_reported = self.packs().any(|pack| pack.id == id && pack.report != "never");
        if !is_reported {
            return Ok(());
        }
        let config = Config::new(&only, &self.inner.catalogue)?;
        let engine = Self { inner: Arc::new(Inner { catalogue: self.inner.catalogue.clone(), config }) };
        let mut right = engine.checks(id) == 0 || tried.found.is_empty();
        for example in &tried.found {
            let (text, spans) = marked(example);
            let found = engine.tried(&text);
            right |= found.iter().any(|finding| finding.check == crate::Check::Valid);
            let places: Vec<(usize, usize)> = found.iter().map(|finding| (finding.start, finding.end)).collect();
            if places != spans {
                let line = line_of(example);
                let shown = |places: &[(usize, usize)]| match places {
                    [] => "nothing".to_owned(),
                    _ => places.iter().map(|(start, end)| format!("{start} to {end}")).collect::<Vec<_>>().join(", "),
                };
                return Err(Error::Pack(format!(
                    "{path}:{line}:1: an example is not found as marked: in characters, {} is marked and {} found; \
                     mark what the pack finds with <<...>> or mend its forms",
                    shown(&spans),
                    shown(&places)
                )));
            }
        }
        if !right {
            let line = tried.found.first().map_or(1, |example| line_of(example));
            return Err(Error::Pack(format!(
                "{path}:{line}:1: no example has right check digits, and beside its label a wrong number is found too; \
                 mend the check, or give an example that it is right for"
            )));
        }
        for text in &tried.not_found {
            if !engine.tried(text).is_empty() {
                let line = line_of(text);
                return Err(Error::Pack(format!(
                    "{path}:{line}:1: a counterexample is found; tighten the forms, limits or scores"
                )));
            }
        }
        Ok(())
    }

    fn tried(&self, text: &str) -> Vec<Finding> {
        let mut scratch = Vec::new();
        let view = View::utf8(text.as_bytes(), &mut scratch);
        self.find(&view, &Evidence::NONE)
    }

    /// How many checks a pack has.
    fn checks(&self, id: &str) -> usize {
        self.inner.catalogue.packs().find(|(_, pack)| pack.id == id).map_or(0, |(_, pack)| pack.checks.len())
    }
}

fn info(pack: &Pack) -> PackInfo<'_> {
    use rasura_pack::table::Report;
    PackInfo {
        id: &pack.id,
        name: &pack.name,
        country: (!pack.country.is_empty()).then_some(&*pack.country),
        category: &pack.category,
        report: match pack.report {
            Report::Default => "default",
            Report::Asked => "asked",
            Report::Never => "never",
        },
        labels: pack.labels.iter().map(|label| &*label.phrase).collect(),
        sources: pack.sources.iter().map(|source| &**source).collect(),
        placeholder: &pack.placeholder,
    }
}

type Tried = (String, String, rasura_pack::Examples);

fn own_packs(files: &[PackFile]) -> Result<(Vec<Pack>, Vec<Tried>), Error> {
    let known = Catalogue::new(Vec::new());
    let mut ids: BTreeSet<String> = known.packs().map(|(_, pack)| pack.id.to_string()).collect();
    let (mut packs, mut examples) = (Vec::new(), Vec::new());
    for file in files {
        let (pack, tried) =
            rasura_pack::compile(&file.path, &file.text).map_err(|error| Error::Pack(error.to_string()))?;
        if !ids.insert(pack.id.to_string()) {
            return Err(Error::Pack(format!(
                "{}:1:1: the id {} exists already; rename the file or its folder",
                file.path, pack.id
            )));
        }
        examples.push((file.path.clone(), pack.id.to_string(), tried));
        packs.push(pack);
    }
    for (pack, file) in packs.iter().zip(files) {
        if let Some(other) = pack.beside.iter().find(|other| !ids.contains(&*other.id)) {
            let line = file.text.lines().position(|line| line.contains(&*other.id)).map_or(1, |line| line + 1);
            let reason = format!("there is no pack {} beside which it could count; give the id of one", other.id);
            return Err(Error::Pack(format!("{}:{line}:1: {reason}", file.path)));
        }
    }
    Ok((packs, examples))
}

/// A text without its `<<...>>` marks, and what they mark in characters.
#[doc(hidden)]
#[must_use]
pub fn marked(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut spans, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once("<<") {
        let Some((inside, tail)) = after.split_once(">>") else { break };
        plain.push_str(before);
        let start = plain.chars().count();
        plain.push_str(inside);
        spans.push((start, plain.chars().count()));
        rest = tail;
    }
    plain.push_str(rest);
    (plain, spans)
}

const _: () = assert!(!<Silent as Trace>::ON && <Record as Trace>::ON);

impl Engine {
    /// The tables of the packs.
    pub(crate) fn index(&self) -> &rasura_pack::Index {
        self.inner.catalogue.index()
    }

    /// The checked options.
    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    /// The triggers of the scan, for measurements.
    pub(crate) fn triggers(&self) -> &crate::scan::marks::Triggers {
        &self.inner.config.triggers
    }
}
