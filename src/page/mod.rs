//! Archive → typed contexts → HTML.
//!
//! [`plan`] says which addresses the site has and what stands at each; [`render`]
//! makes the bytes of one. Nothing is rendered before it is asked for, and
//! everyone who asks, be it `build` or a preview, is answered by the same
//! function.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::markup::push_escaped;
use crate::site::Address;
use crate::theme::wording::word;

mod actors;
mod article;
mod calendar;
mod card;
mod chart;
mod cited;
pub mod context;
mod data;
mod dossier;
mod entry;
mod export;
mod feed;
mod fragment;
mod linked_data;
mod list;
mod moved;
mod picture;
mod places;
mod poster;
mod search;
mod strayed;
mod timeline;

use card::Here;
pub use card::{Desk, Later, Paths};
use context::{Frame, Html};
pub use data::{Format, Table};
pub use export::{Form, Selection, timeline as export_timeline};
pub use feed::{FeedForm, FeedOf};
use list::ListOf;
pub use moved::follow;
pub use places::Pages;
pub use search::File as SearchFile;
pub use strayed::{Stray, Strayed};
pub use timeline::EventYear;

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The home page.
    Home,
    /// The newest articles, and the years.
    Briefings,
    /// The articles of a year, by index into the archive's years; a page of the list.
    Year(usize, usize),
    /// An article.
    Article(u32),
    /// Its cleaned Markdown.
    ArticleMarkdown(u32),
    /// Its record.
    ArticleRecord(u32),
    /// The picture that links to it are shared with.
    ArticlePreview(u32),
    /// The index of actors.
    Actors,
    /// The actors under a letter, by index; a page of the list.
    Letter(usize, usize),
    /// An actor's dossier; a page of it.
    Actor(u32, usize),
    /// Its record.
    ActorRecord(u32),
    /// The latest events.
    Timeline,
    /// The events of a year, by index; a page of the list.
    TimelineYear(usize, usize),
    /// The events of a year, by index, that name an actor.
    TimelineActor(usize, u32),
    /// All outlets.
    Outlets,
    /// The articles of an outlet, by index; a page of the list.
    Outlet(usize, usize),
    /// All tags.
    Tags,
    /// The articles of a tag, by index; a page of the list.
    Tag(usize, usize),
    /// The search page.
    Search,
    /// A file that the search page asks for.
    SearchFile(SearchFile),
    /// How a browser may ask the search page.
    OpenSearch,
    /// What readers of a missing address see.
    Missing,
    /// The newest articles of the archive, of an actor or of an outlet as a feed.
    Feed(FeedOf, FeedForm),
    /// What the tables hold, and where they are.
    Data,
    /// A table, or a part of it, by number from 0.
    DataFile(Table, usize, Format),
    /// A site map, or the index of site maps.
    Sitemap(Option<usize>),
    /// All events, for other programs.
    TimelineData(Form),
    /// What crawlers may do.
    Robots,
    /// Tells GitHub Pages to publish the files as they are.
    NoJekyll,
    /// A file of the theme, by index.
    Asset(usize),
    /// The picture that links to the site are shared with.
    Preview,
    /// Sends on from a former address to an article.
    MovedToArticle(u32),
    /// Sends on from a former address to another page, by index into
    /// [`Desk::moved`].
    MovedTo(usize),
    /// Says that an article was withdrawn.
    Gone,
}

/// Every address of the site and what stands there, but for the files that the search
/// page asks for ([`search_files`]): these are known when the index is made.
///
/// Addresses that only mean something on a host (feed, site maps) are left out
/// where the archive has no `base_url`.
pub fn plan(desk: &Desk<'_>) -> BTreeMap<Address, Page> {
    let archive = desk.archive;
    let mut pages = Planned::default();
    let page = |parts: &[&str]| Address::page(parts);
    pages.insert(Address::home(), Page::Home);
    pages.insert(page(&["briefings"]), Page::Briefings);
    for (index, (year, entries)) in archive.years.iter().enumerate() {
        let name = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        list(&mut pages, &["briefings", &name], entries.len(), |at| Page::Year(index, at));
    }
    for (index, own) in (0u32..).zip(&desk.paths.articles) {
        pages.insert(own.beside("index.md"), Page::ArticleMarkdown(index));
        pages.insert(own.beside("index.json"), Page::ArticleRecord(index));
        if poster::is_wanted(desk, index) {
            pages.insert(own.beside(poster::FILE), Page::ArticlePreview(index));
        }
        pages.insert(own.clone(), Page::Article(index));
    }
    pages.insert(page(&["actors"]), Page::Actors);
    for (index, letter) in archive.letters.iter().enumerate() {
        let parts = actors::letter_parts(letter);
        let parts = parts.each_ref().map(String::as_str);
        for at in 1..=actors::letter_pages(letter) {
            pages.insert(split(&parts, at), Page::Letter(index, at));
        }
    }
    for ((index, dossier), own) in (0u32..).zip(&archive.actors).zip(&desk.paths.actors) {
        pages.insert(own.beside("index.json"), Page::ActorRecord(index));
        pages.insert(own.clone(), Page::Actor(index, 1));
        for at in 2..=dossier::dossier_pages(dossier) {
            pages.insert(split(&["actors", &dossier.id], at), Page::Actor(index, at));
        }
    }
    pages.insert(page(&["timeline"]), Page::Timeline);
    for (index, of_year) in desk.event_years.iter().enumerate() {
        let year = of_year.year.to_string();
        for actor in of_year.actors() {
            let id = &archive.actors[actor as usize].id;
            pages.insert(page(&["timeline", &year, id]), Page::TimelineActor(index, actor));
        }
        for at in 1..=timeline::year_pages(&of_year.range) {
            pages.insert(split(&["timeline", &year], at), Page::TimelineYear(index, at));
        }
    }
    for (parts, name, form) in [
        (&["data"][..], "timeline.json", Form::Json),
        (&["data"], "timeline.csv", Form::Csv),
        (&[], "timeline.ics", Form::Calendar),
    ] {
        pages.insert(Address::file(parts, name), Page::TimelineData(form));
    }
    pages.insert(page(&["outlets"]), Page::Outlets);
    for (index, group) in archive.outlets.iter().enumerate() {
        list(&mut pages, &["outlets", &group.key], group.entries.len(), |at| {
            Page::Outlet(index, at)
        });
    }
    if !archive.tags.is_empty() {
        pages.insert(page(&["tags"]), Page::Tags);
    }
    for (index, group) in archive.tags.iter().enumerate() {
        list(&mut pages, &["tags", &group.key], group.entries.len(), |at| Page::Tag(index, at));
    }
    pages.insert(page(&["data"]), Page::Data);
    for (address, table, part, format) in data::files(desk) {
        pages.insert(address, Page::DataFile(table, part, format));
    }
    pages.insert(page(&["search"]), Page::Search);
    let file = |name: &str| Address::file(&[], name);
    pages.insert(file("404.html"), Page::Missing);
    pages.insert(file("robots.txt"), Page::Robots);
    pages.insert(file(".nojekyll"), Page::NoJekyll);
    for (index, asset) in desk.theme.assets().iter().enumerate() {
        if let Some(address) = Address::of_static(&asset.path) {
            pages.insert(address, Page::Asset(index));
        }
    }
    if !desk.config.base_url.is_empty() {
        for_hosts(desk, &mut pages);
    }
    let mut pages = pages.in_order();
    if !desk.config.base_url.is_empty() {
        let parts = feed::sitemap_parts(pages.iter());
        pages.insert(file("sitemap.xml"), Page::Sitemap(None));
        for part in 1..=parts {
            pages.insert(file(&format!("sitemap-{part}.xml")), Page::Sitemap(Some(part)));
        }
    }
    pages
}

/// Pages with their addresses, in any order: sorted at once they make a map sooner than
/// one by one.
#[derive(Default)]
struct Planned(Vec<(Address, Page)>);

impl Planned {
    fn insert(&mut self, address: Address, page: Page) {
        self.0.push((address, page));
    }

    /// Sorted on all cores; the map takes what is sorted as it comes.
    fn in_order(mut self) -> BTreeMap<Address, Page> {
        self.0.par_sort_by(|(one, _), (other, _)| one.cmp(other));
        self.0.into_iter().collect()
    }
}

/// The files that the search page asks for.
pub fn search_files(desk: &Desk<'_>) -> BTreeMap<Address, Page> {
    let files = search::files(desk).into_iter();
    files.map(|file| (file.address(), Page::SearchFile(file))).collect()
}

/// Whether `address` is one that a file of the search index may have.
pub fn is_search_file(address: &Address) -> bool {
    !address.is_page() && address.as_str().starts_with("/search/")
}

/// What a page says of itself to search engines; a list that has no words of its own is
/// called by its title and the archive's.
fn described(desk: Desk<'_>, title: &str, description: &str) -> String {
    if description.is_empty() && title != desk.config.title {
        return format!("{title} – {}", desk.config.title);
    }
    description.to_owned()
}

/// Adds what only means something on a host: picture and feeds.
fn for_hosts(desk: &Desk<'_>, pages: &mut Planned) {
    let archive = desk.archive;
    let file = |name: &str| Address::file(&[], name);
    if let Some(address) = &desk.paths.preview {
        pages.insert(address.clone(), Page::Preview);
    }
    for (form, name) in FeedForm::ALL {
        pages.insert(file(name), Page::Feed(FeedOf::Site, form));
        for (index, dossier) in (0u32..).zip(&archive.actors) {
            let address = Address::file(&["actors", &dossier.id], name);
            pages.insert(address, Page::Feed(FeedOf::Actor(index), form));
        }
        for (index, group) in (0u32..).zip(&archive.outlets) {
            let address = Address::file(&["outlets", &group.key], name);
            pages.insert(address, Page::Feed(FeedOf::Outlet(index), form));
        }
    }
    pages.insert(file("opensearch.xml"), Page::OpenSearch);
}

fn list(pages: &mut Planned, parts: &[&str], n: usize, page: impl Fn(usize) -> Page) {
    for at in 1..=list::list_pages(n) {
        pages.insert(split(parts, at), page(at));
    }
}

/// The address of a page of a list; the first has no number.
fn split(parts: &[&str], page: usize) -> Address {
    if page == 1 {
        return Address::page(parts);
    }
    let number = format!("page-{page}");
    let mut parts = parts.to_vec();
    parts.push(&number);
    Address::page(&parts)
}

/// The bytes of the page at `address`.
///
/// # Errors
///
/// What is wrong with the template, with its name, its line and the names there are.
pub fn render<'a>(
    desk: Desk<'a>,
    pages: &Pages,
    address: &Address,
    page: Page,
) -> Result<Cow<'a, [u8]>, Diagnostic> {
    // Readers of a missing address stand anywhere: only absolute paths hold there.
    let root = if page == Page::Missing {
        desk.config.base_path().to_owned()
    } else {
        address.root_prefix()
    };
    let here = Here { desk, root: &root };
    let archive = desk.archive;
    let bytes = match page {
        Page::Home => list::home(here, address)?,
        Page::Briefings => list::newest(here, address)?,
        Page::Year(index, at) => {
            let (year, entries) = &archive.years[index];
            list::briefings(here, address, ListOf::Year(*year), entries, at)?
        }
        Page::Outlet(index, at) => {
            let group = &archive.outlets[index];
            list::briefings(here, address, ListOf::Outlet(group), &group.entries, at)?
        }
        Page::Tag(index, at) => {
            let group = &archive.tags[index];
            list::briefings(here, address, ListOf::Tag(group), &group.entries, at)?
        }
        Page::Article(index) => article::page(here, address, index)?,
        Page::ArticleMarkdown(index) => article::markdown(here, index).into_bytes(),
        Page::ArticleRecord(index) => article::record(here, index).into_bytes(),
        Page::Actors => actors::index(here, address)?,
        Page::Letter(index, at) => actors::letter(here, address, index, at)?,
        Page::Actor(actor, at) => dossier::dossier(here, address, actor, at)?,
        Page::ActorRecord(actor) => {
            let record = archive.record(here.dossier(actor), desk.register);
            crate::record::to_json(&record).into_bytes()
        }
        Page::Timeline => timeline::newest(here, address)?,
        Page::TimelineYear(index, at) => timeline::year(here, address, index, at)?,
        Page::TimelineActor(index, actor) => timeline::actor_year(here, address, index, actor)?,
        Page::Outlets => list::groups(here, address, false)?,
        Page::Tags => list::groups(here, address, true)?,
        Page::Search => search::page(here, address)?,
        Page::SearchFile(file) => search::file(here, file).into_bytes(),
        Page::OpenSearch => search::description(desk)?,
        Page::Missing => list::missing(here, address)?,
        Page::Feed(of, form) => feed::feed(here, of, form).into_bytes(),
        Page::Data => data::page(here, address)?,
        Page::DataFile(table, part, format) => data::file(here, table, part, format).into_bytes(),
        Page::Sitemap(part) => feed::sitemap(desk, pages, part)?,
        Page::TimelineData(form) => {
            export_timeline(&desk, form, &Selection::published()).into_bytes()
        }
        Page::Robots => feed::robots(desk)?,
        Page::NoJekyll => Vec::new(),
        Page::MovedToArticle(index) => moved::to_article(here, index)?,
        Page::MovedTo(index) => {
            let to = &desk.moved[index];
            moved::send_on(here, to, to.as_str())?
        }
        Page::Gone => moved::gone(here, address)?,
        Page::Preview => {
            return Ok(Cow::Owned(poster::of_site(desk.config).png().unwrap_or_default()));
        }
        Page::ArticlePreview(index) => {
            let line = poster::line(here, index);
            let picture = poster::of_article(here, index, &line).png();
            return Ok(Cow::Owned(picture.unwrap_or_default()));
        }
        Page::Asset(index) => return Ok(Cow::Borrowed(&desk.theme.assets()[index].bytes)),
    };
    Ok(Cow::Owned(bytes))
}

/// The picture of the article at `index`, by way of `keep`: it is given everything that
/// the picture is made from, and what draws it.
pub fn article_preview<T>(
    desk: Desk<'_>,
    index: u32,
    keep: impl FnOnce(&[&[u8]], &dyn Fn() -> Option<Vec<u8>>) -> T,
) -> T {
    let here = Here { desk, root: "" };
    let line = poster::line(here, index);
    let picture = poster::of_article(here, index, &line);
    let inks = format!("{:?}", picture.inks);
    let parts = [picture.kicker, picture.title, picture.line, &inks].map(str::as_bytes);
    keep(&parts, &|| picture.png())
}

/// Years with events, earliest first, for [`Desk`].
pub fn event_years(archive: &Archive) -> Vec<EventYear> {
    timeline::event_years(archive)
}

/// Which part of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Home,
    Briefings,
    Actors,
    Timeline,
    Outlets,
    Tags,
    Search,
    Data,
    None,
}

impl Section {
    /// What templates call it, and its address.
    fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Briefings => "briefings",
            Self::Actors => "actors",
            Self::Timeline => "timeline",
            Self::Outlets => "outlets",
            Self::Tags => "tags",
            Self::Search => "search",
            Self::Data => "data",
            Self::None => "none",
        }
    }
}

/// What a page's frame is made of.
struct Chrome<'a> {
    desk: Desk<'a>,
    title: String,
    description: String,
    section: Section,
    root: String,
    canonical: Option<String>,
    style: String,
    highlight: String,
    script: String,
    icon: String,
    feed: Option<String>,
    opensearch: Option<String>,
}

impl<'a> Chrome<'a> {
    fn new(
        desk: Desk<'a>,
        address: &Address,
        title: &str,
        description: &str,
        section: Section,
    ) -> Self {
        let root = if matches!(section, Section::None) {
            desk.config.base_path().to_owned()
        } else {
            address.root_prefix()
        };
        let base = desk.config.base_url.as_str();
        let known = !base.is_empty();
        let paths = desk.theme.paths();
        let asset = |path: &str| format!("{root}/{path}");
        Self {
            desk,
            title: title.to_owned(),
            description: described(desk, title, description),
            section,
            canonical: (known && !matches!(section, Section::None)).then(|| address.absolute(base)),
            style: asset(&paths.style),
            highlight: asset(&paths.highlight),
            script: asset(&paths.script),
            icon: asset(&paths.icon),
            feed: known.then(|| asset("atom.xml")),
            opensearch: known.then(|| asset("opensearch.xml")),
            root,
        }
    }

    /// The navigation, which leads to tags where there are any.
    fn sections(&self) -> Html {
        let mut out = String::with_capacity(640);
        for (section, word) in [
            (Section::Briefings, word::SECTION_BRIEFINGS),
            (Section::Actors, word::SECTION_ACTORS),
            (Section::Timeline, word::SECTION_TIMELINE),
            (Section::Outlets, word::SECTION_OUTLETS),
            (Section::Tags, word::SECTION_TAGS),
            (Section::Search, word::SECTION_SEARCH),
        ] {
            if section == Section::Tags && self.desk.archive.tags.is_empty() {
                continue;
            }
            let seeks = section == Section::Search;
            out.push_str(if seeks { "<li class=\"seek\"><a href=\"" } else { "<li><a href=\"" });
            push_escaped(&mut out, &self.root);
            out.extend(["/", section.name(), "/\""]);
            out.push_str(if section == self.section { " aria-current=\"true\">" } else { ">" });
            out.extend([self.desk.theme.wording().say(word), "</a></li>\n"]);
        }
        Html(out)
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            site_title: &self.desk.config.title,
            site_description: &self.desk.config.description,
            language: self.desk.theme.wording().language(),
            root: &self.root,
            title: &self.title,
            description: &self.description,
            canonical: self.canonical.as_deref(),
            section: self.section.name(),
            sections: self.sections(),
            breadcrumbs: Vec::new(),
            style: &self.style,
            highlight: None,
            script: &self.script,
            icon: &self.icon,
            has_tags: !self.desk.archive.tags.is_empty(),
            feed: self.feed.as_deref(),
            opensearch: self.opensearch.as_deref(),
            json_ld: None,
            noindex: self.desk.config.publish.noindex,
            preview: self
                .desk
                .paths
                .preview
                .as_ref()
                .map(|address| poster::image(&self.desk, address, &self.desk.config.title)),
        }
    }
}
