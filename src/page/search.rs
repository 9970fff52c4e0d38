//! The search page, and the files that it asks for.
//!
//! The index knows articles by number and nothing of addresses; here its payloads
//! become scripts, and what a list of results prints (headline, outlet, date, the
//! way there) is written beside them, a few articles a file, so that ten results
//! cost ten small files and not the whole list.

use super::card::Here;
use super::context::{OpenSearchPage, SearchChoice, SearchPage};
use super::list::{ListOf, years};
use super::{Chrome, Desk, Section};
use crate::diagnostic::Diagnostic;
use crate::record;
use crate::search::{Thing, ThingKind};
use crate::site::Address;
use crate::theme::wording::word;

/// Actors, outlets and tags in a file of what results print.
const THINGS: usize = 32;
/// Actors and outlets to choose from before anything was asked.
const CHOICES: usize = 100;

/// A file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// What the others hold.
    Manifest,
    /// Word families.
    Terms(usize),
    /// Pairs of words.
    Pairs(usize),
    /// Words by some of their letters: which, and the file.
    Spelling(usize, usize),
    /// The articles of actors, outlets and tags.
    Members(usize),
    /// What results print of articles.
    Articles(usize),
    /// What results print of actors, outlets and tags.
    Things(usize),
}

impl File {
    /// The name by which the script asks for it.
    fn name(self) -> String {
        match self {
            Self::Manifest => "index".to_owned(),
            Self::Terms(at) => format!("t{at}"),
            Self::Pairs(at) => format!("p{at}"),
            Self::Spelling(which, at) => format!("s{which}-{at}"),
            Self::Members(at) => format!("m{at}"),
            Self::Articles(at) => format!("a{at}"),
            Self::Things(at) => format!("n{at}"),
        }
    }

    /// Where it stands.
    pub(super) fn address(self) -> Address {
        Address::file(&["search"], &format!("{}.js", self.name()))
    }
}

/// Every file of the index.
pub(super) fn files(desk: &Desk<'_>) -> Vec<File> {
    let index = desk.search;
    let mut files = vec![File::Manifest];
    files.extend((0..index.terms.payloads.len()).map(File::Terms));
    files.extend((0..index.pairs.len()).map(File::Pairs));
    for (which, lists) in index.spelling.iter().enumerate() {
        files.extend((0..lists.payloads.len()).map(|at| File::Spelling(which, at)));
    }
    files.extend((0..index.members.len()).map(File::Members));
    files.extend((0..index.n_articles.div_ceil(index.articles_in_file)).map(File::Articles));
    files.extend((0..index.things.len().div_ceil(THINGS)).map(File::Things));
    files
}

/// A file of the index: a script that hands over its name, the version of the
/// index and what it holds.
pub(super) fn file(here: Here<'_>, file: File) -> String {
    let index = here.desk.search;
    let (name, version) = (file.name(), &index.version);
    // Payloads are made of letters, digits and marks that a string may hold as they are.
    let plain = |payload: &str| format!("annals(\"{name}\",\"{version}\",\"{payload}\")\n");
    let value = |value: String| format!("annals(\"{name}\",\"{version}\",{value})\n");
    match file {
        File::Manifest => value(manifest(here)),
        File::Terms(at) => plain(&index.terms.payloads[at]),
        File::Pairs(at) => plain(&index.pairs[at]),
        File::Spelling(which, at) => plain(&index.spelling[which].payloads[at]),
        File::Members(at) => plain(&index.members[at]),
        File::Articles(at) => {
            let start = at * index.articles_in_file;
            let end = index.n_articles.min(start + index.articles_in_file);
            let rows: Vec<_> = (start..end).map(|entry| article(here, entry)).collect();
            value(record::to_json(&rows))
        }
        File::Things(at) => {
            let end = index.things.len().min((at + 1) * THINGS);
            let rows: Vec<_> =
                index.things[at * THINGS..end].iter().map(|found| thing(here, found)).collect();
            value(record::to_json(&rows))
        }
    }
}

/// Address from the root of the site, headline, date, basis of the date, outlet
/// or agency.
fn article(here: Here<'_>, entry: usize) -> (String, &str, String, &'static str, &str) {
    let index = u32::try_from(entry).unwrap_or(u32::MAX);
    let entry = here.entry(index);
    let article = &entry.briefing.article;
    let published = &article.published;
    let outlet = here.outlet_link(entry).map(|link| link.text);
    let agency = article.agency.as_ref().map(|agency| agency.value.as_str());
    let path = Address::page(&["briefings", &entry.key]).as_str()[1..].to_owned();
    let outlet = outlet.or(agency).unwrap_or_default();
    let date = here.when_text(published.when.as_ref());
    (path, entry.headline(), date, published.basis_word(), outlet)
}

/// Address from the root of the site, name, what it is, number of articles.
fn thing<'a>(here: Here<'a>, thing: &Thing) -> (String, &'a str, &'a str, usize) {
    let (folder, key, name, kind) = parts(here, thing);
    let path = Address::page(&[folder, key]).as_str()[1..].to_owned();
    (path, name, kind, thing.n_articles)
}

/// The folder of a thing's page, its own part of the address, its name and its
/// kind for people.
fn parts<'a>(here: Here<'a>, thing: &Thing) -> (&'static str, &'a str, &'a str, &'a str) {
    let archive = here.desk.archive;
    match thing.kind {
        ThingKind::Actor => {
            let dossier = here.dossier(thing.index);
            ("actors", &dossier.id, &dossier.name, here.kind_label(dossier.kind))
        }
        ThingKind::Outlet => {
            let group = &archive.outlets[thing.index as usize];
            ("outlets", &group.key, &group.name, here.say(word::KIND_OUTLET))
        }
        ThingKind::Tag => {
            let group = &archive.tags[thing.index as usize];
            ("tags", &group.key, &group.name, here.say(word::KIND_TAG))
        }
    }
}

/// What the script must know before it asks for anything: where files begin, and
/// which articles a year has.
fn manifest(here: Here<'_>) -> String {
    #[derive(serde::Serialize)]
    struct Manifest<'a> {
        n: usize,
        articles: usize,
        things: usize,
        terms: String,
        /// What each file of terms costs, as a digit.
        costs: &'a str,
        pairs: (usize, u32),
        spelling: Vec<String>,
        members: &'a [u32],
        /// Year, first article, one past the last.
        years: Vec<(i32, u32, u32)>,
        timeline: Vec<i32>,
    }
    let index = here.desk.search;
    let archive = here.desk.archive;
    let years = archive.years.iter().filter_map(|(year, entries)| {
        let (first, last) = (entries.first()?, entries.last()?);
        Some(((*year)?, *first, *last + 1))
    });
    record::to_json(&Manifest {
        n: index.n_articles,
        articles: index.articles_in_file,
        things: THINGS,
        terms: index.terms.from.join(" "),
        costs: &index.costs,
        pairs: (index.pairs.len(), index.pair_bits),
        spelling: index.spelling.iter().map(|files| files.from.join(" ")).collect(),
        members: &index.members_from,
        years: years.collect(),
        timeline: here.desk.event_years.iter().map(|of_year| of_year.year).collect(),
    })
}

/// Renders the search page. Without a script it offers the lists.
pub(super) fn page(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let desk = here.desk;
    let chrome = Chrome::new(desk, address, here.say(word::SECTION_SEARCH), "", Section::Search);
    let context = SearchPage {
        frame: chrome.frame(),
        script: here.to(&format!("/{}", desk.theme.paths().search)),
        index: here.to("/search/"),
        version: &desk.search.version,
        n_articles: desk.archive.entries.len(),
        years: years(here, &ListOf::Newest),
        actors: choices(here, ThingKind::Actor),
        outlets: choices(here, ThingKind::Outlet),
    };
    desk.theme.render("search.html", &context)
}

fn choices(here: Here<'_>, kind: ThingKind) -> Vec<SearchChoice<'_>> {
    let things = here.desk.search.things.iter().enumerate();
    things
        .filter(|(_, thing)| thing.kind == kind)
        .take(CHOICES)
        .map(|(number, thing)| {
            let (folder, key, text, _) = parts(here, thing);
            let href = here.page(&[folder, key]);
            SearchChoice { text, href, key, number, n: thing.n_articles }
        })
        .collect()
}

/// How a browser may ask the search page (`OpenSearch` 1.1, draft 6).
pub(super) fn description(desk: Desk<'_>) -> Result<Vec<u8>, Diagnostic> {
    let base = desk.config.base_url.as_str();
    let context = OpenSearchPage {
        title: &desk.config.title,
        description: &desk.config.description,
        language: desk.theme.wording().language(),
        template: format!("{base}search/?q={{searchTerms}}"),
        icon: format!("{base}{}", desk.theme.paths().icon),
    };
    desk.theme.render("opensearch.xml", &context)
}
