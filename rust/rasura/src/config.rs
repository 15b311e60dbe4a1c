//! What a caller asks for, checked once: options become a `Config` that the search reads without asking again.

use rasura_pack::phone;
use rasura_pack::table::{Grammar, Report};

use crate::catalogue::{self, Catalogue};
use crate::error::Error;
use crate::r#match::fit::Plans;
use crate::r#match::grammar::url::BEGINNINGS;
use crate::resolve::Role;
use crate::scan::marks::Triggers;
use crate::write::Template;

/// The text of a user's pack file. The engine reads no files: whoever calls it does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PackFile {
    /// The path that errors name; its last two parts give the id.
    pub path: String,
    /// What the file says.
    pub text: String,
}

/// What an engine is built from.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Whom the caller mostly serves: `br`, `pt_BR`, `es-MX`. Orders what is ambiguous and switches nothing off.
    pub locales: Vec<String>,
    /// Reports only these: ids, globs (`BR_*`), countries (`br`), `global`.
    pub entities: Option<Vec<String>>,
    /// Adds packs that are reported only when asked for.
    pub include: Vec<String>,
    /// Removes packs.
    pub exclude: Vec<String>,
    /// Values that pass, compared in canonical form with whole findings.
    pub allow: Vec<String>,
    /// Findings below this score are not reported.
    pub threshold: f64,
    /// What is written instead: `{name}`, `{entity}`, `{n}` between delimiters.
    pub placeholder: String,
    /// Users' own packs.
    pub extra_packs: Vec<PackFile>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            locales: Vec::new(),
            entities: None,
            include: Vec::new(),
            exclude: Vec::new(),
            allow: Vec::new(),
            threshold: 0.5,
            placeholder: "[{name}]".to_owned(),
            extra_packs: Vec::new(),
        }
    }
}

/// Checked options.
pub(crate) struct Config {
    /// What a candidate must score, in hundredths.
    pub(crate) threshold: u8,
    /// Whether the caller named what is reported.
    pub(crate) chosen: bool,
    /// The beginnings of secrets' labels.
    pub(crate) triggers: Triggers,
    /// Whether web addresses are reported: else they hide nothing, and nobody looks for them.
    pub(crate) urls: bool,
    /// What is written instead.
    pub(crate) template: Template,
    /// The values that pass.
    pub(crate) allow: Vec<String>,
    /// The regions whose telephone numbers are known without their calling code.
    pub(crate) plans: Plans,
    /// The same in the order in which a number without its calling code is read: the caller's first.
    pub(crate) home: Vec<u8>,
    /// Whether the caller named any region.
    pub(crate) local: bool,
    roles: Vec<Role>,
    locales: Vec<String>,
}

impl Config {
    /// Checks `options` against the packs that there are.
    pub(crate) fn new(options: &Options, catalogue: &Catalogue) -> Result<Self, Error> {
        if !(options.threshold > 0.0 && options.threshold <= 1.0) {
            let reason = format!("threshold is {}; give a number above 0, up to 1", options.threshold);
            return Err(Error::Config(reason));
        }
        let locales = options.locales.iter().map(|name| country(name)).collect::<Result<Vec<_>, _>>()?;
        let letters = |packed: &u32| {
            let [_, a, b, c] = packed.to_be_bytes();
            [a, b, c]
        };
        let mut triggers: Vec<[u8; 3]> = catalogue.index().triggers.iter().map(letters).collect();
        let roles = roles(options, catalogue)?;
        let urls = catalogue
            .packs()
            .zip(&roles)
            .any(|((_, pack), role)| pack.grammar == Some(Grammar::Url) && *role == Role::Reported);
        if urls {
            triggers.extend(BEGINNINGS);
        }
        #[expect(clippy::cast_sign_loss, reason = "between 0 and 100")]
        let threshold = (options.threshold * 100.0).round() as u8;
        Ok(Self {
            threshold: threshold.max(1),
            chosen: options.entities.is_some(),
            triggers: Triggers::new(&triggers),
            template: Template::parse(&options.placeholder, catalogue)?,
            allow: options.allow.clone(),
            roles,
            urls,
            home: home(&locales),
            plans: plans(&locales),
            local: !locales.is_empty(),
            locales,
        })
    }

    /// The role of a pack.
    #[inline]
    pub(crate) fn role(&self, pack: u16) -> Role {
        self.roles[usize::from(pack)]
    }

    /// The place of a country among the caller's locales.
    pub(crate) fn locale_rank(&self, country: &str) -> usize {
        self.locales.iter().position(|locale| locale == country).unwrap_or(self.locales.len())
    }
}

/// The numbering plans of the built-in packs' countries and of the caller's locales.
fn plans(locales: &[String]) -> Plans {
    let mut plans = Plans::default();
    for region in locales.iter().filter_map(|locale| phone::region(locale)) {
        plans.local.add(region);
        plans.known.add(region);
    }
    for region in catalogue::built_in_packs().iter().filter_map(|pack| phone::region(&pack.country)) {
        plans.known.add(region);
    }
    plans
}

/// The regions with numbering plans, the caller's first, then those that are most asked for.
fn home(locales: &[String]) -> Vec<u8> {
    let mut home: Vec<u8> = Vec::new();
    for region in locales.iter().map(String::as_str).chain(COUNTRIES.split(' ')).filter_map(phone::region) {
        if !home.contains(&region) {
            home.push(region);
        }
    }
    home
}

fn roles(options: &Options, catalogue: &Catalogue) -> Result<Vec<Role>, Error> {
    let mut wanted: Vec<bool> =
        catalogue.packs().map(|(_, pack)| options.entities.is_none() && pack.report == Report::Default).collect();
    for (names, value) in
        [(options.entities.as_deref().unwrap_or(&[]), true), (&options.include, true), (&options.exclude, false)]
    {
        for name in names {
            for number in named(name, catalogue)? {
                wanted[usize::from(number)] = value;
            }
        }
    }
    if let Some(name) = options.entities.iter().flatten().find(|name| is_never(name, catalogue)) {
        return Err(Error::Config(format!(
            "{} is a look-alike that is never reported; name an identifier",
            shown(name)
        )));
    }
    Ok(catalogue.packs().zip(wanted).map(|((_, pack), wanted)| Role::of(pack.report, pack.inside, wanted)).collect())
}

fn is_never(name: &str, catalogue: &Catalogue) -> bool {
    catalogue.packs().any(|(_, pack)| pack.id.eq_ignore_ascii_case(name) && pack.report == Report::Never)
}

/// The packs that a name stands for: an id, a glob, a country, `global`.
fn named(name: &str, catalogue: &Catalogue) -> Result<Vec<u16>, Error> {
    let upper = name.to_uppercase();
    let lower = name.to_lowercase();
    let fits = |id: &str, country: &str| match upper.strip_suffix('*') {
        Some(head) => id.starts_with(head),
        None => id == upper || country == lower || country.is_empty() && lower == "global",
    };
    let found: Vec<u16> =
        catalogue.packs().filter(|(_, pack)| fits(&pack.id, &pack.country)).map(|(number, _)| number).collect();
    if found.is_empty() { Err(unknown(name, catalogue)) } else { Ok(found) }
}

/// There is no pack of that name.
pub(crate) fn unknown(name: &str, catalogue: &Catalogue) -> Error {
    let upper = name.to_uppercase();
    let nearest =
        catalogue.packs().map(|(_, pack)| pack.id.as_ref()).min_by_key(|id| unlike(&upper, id)).unwrap_or("BR_CPF");
    Error::Config(format!("there is no entity {}; did you mean `{nearest}`? `rasura packs` lists them", shown(name)))
}

/// How unlike a known id a misspelt name is: a part of it is nearer than any other spelling.
fn unlike(name: &str, id: &str) -> (bool, usize) {
    let name = name.trim_end_matches('*');
    let part = !name.is_empty() && id.split('_').any(|part| part.starts_with(name)) || id.starts_with(name);
    (!part, distance(name, id))
}

/// A caller's name as errors quote it: short, so that text given by mistake does not end up in a log.
fn shown(name: &str) -> String {
    let plain = name.len() <= 40 && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_' || c == '*' || c == '-');
    if plain { format!("`{name}`") } else { "of that name (not shown: it does not look like a name)".to_owned() }
}

/// The country of a locale such as `br`, `pt_BR`, `es-MX.UTF-8`.
fn country(name: &str) -> Result<String, Error> {
    let base = name.split('.').next().unwrap_or_default();
    let last = base.rsplit(['_', '-']).next().unwrap_or_default().to_lowercase();
    if COUNTRIES.split(' ').any(|known| known == last) || phone::region(&last).is_some() {
        return Ok(last);
    }
    let nearest = COUNTRIES.split(' ').take(23).min_by_key(|known| distance(&last, known)).unwrap_or("br");
    Err(Error::Config(format!(
        "there is no locale {}; give a country such as `{nearest}`, `pt_BR` or `es-MX`",
        shown(name)
    )))
}

/// Countries of ISO 3166-1, those that are most asked for first.
const COUNTRIES: &str = "br mx ar cl co pe ec ve uy py bo cr pa gt sv hn ni do cu pr us es pt ca gb fr it de nl pl in au sg kr jp za tr \
    ad ae af ag ai al am ao aq as at aw ax az ba bb bd be bf bg bh bi bj bl bm bn bq bs bt bv bw by bz cc cd cf cg ch ci ck cm cn cv cw \
    cx cy cz dj dk dm dz ee eg eh er et fi fj fk fm fo ga gd ge gf gg gh gi gl gm gn gp gq gr gs gu gw gy hk hm hr ht hu id ie il im io \
    iq ir is je jm jo ke kg kh ki km kn kp kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt \
    mu mv mw my mz na nc ne nf ng no np nr nu nz om pf pg ph pk pm pn ps pw qa re ro rs ru rw sa sb sc sd se sh si sj sk sl sm sn so sr \
    ss st sx sy sz tc td tf tg th tj tk tl tm tn to tt tv tw tz ua ug um uz va vc vg vi vn vu wf ws xk ye yt zm zw";

/// How much must change to turn one name into the other: two letters that change places are the likeliest slip.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, _) => 2 * j,
                (_, 0) => 2 * i,
                _ => {
                    let replaced = rows[i - 1][j - 1] + 2 * usize::from(a[i - 1] != b[j - 1]);
                    let swapped = if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        rows[i - 2][j - 2] + 1
                    } else {
                        usize::MAX
                    };
                    replaced.min(rows[i - 1][j] + 2).min(rows[i][j - 1] + 2).min(swapped)
                }
            };
        }
    }
    rows[a.len()][b.len()]
}
