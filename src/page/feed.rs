//! What machines fetch: feeds, site maps and the rules for crawlers.

use atom_syndication as atom;
use serde::Serialize;

use super::card::{Desk, Here, summary};
use super::context::{RobotsPage, SitemapEntry, SitemapPage};
use super::{Page, Pages};
use crate::archive::Entry;
use crate::diagnostic::Diagnostic;
use crate::markup::safe_url;
use crate::site::Address;

/// Articles in the feed of the archive, and in that of an actor or an outlet.
const NEWEST: usize = 50;
const NEWEST_OF_ONE: usize = 20;
/// Addresses in one site map. Source: sitemaps.org protocol 0.9.
const ADDRESSES: usize = 50_000;

/// What a feed is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOf {
    /// The archive.
    Site,
    /// An actor, by index: articles that name it.
    Actor(u32),
    /// An outlet, by index: articles that it printed.
    Outlet(u32),
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedForm {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedForm {
    /// Both, with the name of the file.
    pub(super) const ALL: [(Self, &'static str); 2] =
        [(Self::Atom, "atom.xml"), (Self::Json, "feed.json")];
}

/// The articles of a feed and what stands above them.
struct Channel<'a> {
    title: String,
    /// Its page, absolute.
    home: String,
    /// Where both forms of the feed stand, absolute, with a slash at its end.
    folder: String,
    entries: Vec<&'a Entry>,
}

fn channel(here: Here<'_>, of: FeedOf) -> Channel<'_> {
    let (archive, config) = (here.desk.archive, here.desk.config);
    let entry = |index: u32| here.entry(index);
    let (parts, name, entries): (Vec<&str>, &str, Vec<&Entry>) = match of {
        FeedOf::Site => (Vec::new(), "", archive.entries.iter().take(NEWEST).collect()),
        FeedOf::Actor(actor) => {
            let dossier = here.dossier(actor);
            let named = dossier.appearances.iter().take(NEWEST_OF_ONE);
            let entries = named.map(|appearance| entry(appearance.entry)).collect();
            (vec!["actors", &dossier.id], &dossier.name, entries)
        }
        FeedOf::Outlet(outlet) => {
            let group = &archive.outlets[outlet as usize];
            let printed = group.entries.iter().take(NEWEST_OF_ONE);
            (vec!["outlets", &group.key], &group.name, printed.map(|index| entry(*index)).collect())
        }
    };
    let home = Address::page(&parts).absolute(&config.base_url);
    let title =
        if name.is_empty() { config.title.clone() } else { format!("{name} – {}", config.title) };
    Channel { title, folder: home.clone(), home, entries }
}

/// A feed: the newest articles, newest first.
///
/// An article's id is its permanent short name below the archive's address: the same in
/// every feed, whatever becomes of its address. Its date is the stated day at
/// midnight UTC; in Atom, which wants one, an undated article carries the feed's own,
/// which is that of the newest article.
pub(super) fn feed(here: Here<'_>, of: FeedOf, form: FeedForm) -> String {
    let channel = channel(here, of);
    match form {
        FeedForm::Atom => atom(here, &channel),
        FeedForm::Json => json(here, &channel),
    }
}

fn id(base: &str, entry: &Entry) -> String {
    format!("{base}#{}", entry.id)
}

fn atom(here: Here<'_>, channel: &Channel<'_>) -> String {
    let config = here.desk.config;
    let base = config.base_url.as_str();
    let newest = channel.entries.iter().find_map(|entry| moment(entry)).unwrap_or_else(epoch);
    let link =
        |href: String, rel: &str| atom::Link { href, rel: rel.to_owned(), ..atom::Link::default() };
    let person = |name: &str| atom::Person { name: name.to_owned(), ..atom::Person::default() };
    let entries = channel.entries.iter().map(|entry| {
        let article = &entry.briefing.article;
        let day = moment(entry);
        let address = Address::page(&["briefings", &entry.key]).absolute(base);
        let author = article.outlet.as_ref().or(article.agency.as_ref());
        atom::Entry {
            id: id(base, entry),
            title: atom::Text::plain(entry.headline()),
            updated: day.unwrap_or(newest),
            published: day,
            authors: author.map(|author| person(&author.value)).into_iter().collect(),
            links: vec![link(address, "alternate")],
            summary: Some(atom::Text::plain(summary(entry))),
            ..atom::Entry::default()
        }
    });
    let feed = atom::Feed {
        id: channel.home.clone(),
        title: atom::Text::plain(channel.title.clone()),
        subtitle: (!config.description.is_empty())
            .then(|| atom::Text::plain(config.description.clone())),
        updated: newest,
        authors: vec![person(&config.title)],
        links: vec![
            link(channel.home.clone(), "alternate"),
            link(format!("{}atom.xml", channel.folder), "self"),
        ],
        lang: Some(config.language.clone()),
        entries: entries.collect(),
        ..atom::Feed::default()
    };
    feed.to_string()
}

/// Source: jsonfeed.org, version 1.1.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

fn json(here: Here<'_>, channel: &Channel<'_>) -> String {
    let config = here.desk.config;
    let base = config.base_url.as_str();
    let items = channel.entries.iter().map(|entry| {
        let article = &entry.briefing.article;
        let author = article.outlet.as_ref().or(article.agency.as_ref());
        JsonItem {
            id: id(base, entry),
            url: Address::page(&["briefings", &entry.key]).absolute(base),
            external_url: article.url.as_ref().and_then(|url| safe_url(&url.value)),
            title: entry.headline(),
            content_text: summary(entry),
            date_published: entry.day().map(|day| format!("{day}T00:00:00Z")),
            authors: author.map(|author| JsonAuthor { name: &author.value }).into_iter().collect(),
            tags: article.tags.iter().map(|tag| tag.value.as_str()).collect(),
        }
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home,
        feed_url: format!("{}feed.json", channel.folder),
        description: &config.description,
        language: &config.language,
        items: items.collect(),
    };
    crate::record::to_json(&feed) + "\n"
}

/// Midnight UTC of the day an article was published.
fn moment(entry: &Entry) -> Option<atom::FixedDateTime> {
    format!("{}T00:00:00Z", entry.day()?).parse().ok()
}

fn epoch() -> atom::FixedDateTime {
    atom::FixedDateTime::default()
}

/// How many site maps hold the pages at `addresses`; 0 where one is enough.
pub(super) fn sitemap_parts<'p>(pages: impl Iterator<Item = (&'p Address, &'p Page)>) -> usize {
    let n = pages.filter(|page| is_listed(*page)).count();
    if n <= ADDRESSES { 0 } else { n.div_ceil(ADDRESSES) }
}

/// Whether a page is one to be found: no file, and nothing that once stood elsewhere.
fn is_listed((address, page): (&Address, &Page)) -> bool {
    let is_left = matches!(page, Page::MovedToArticle(_) | Page::MovedTo(_) | Page::Gone);
    address.is_page() && !is_left
}

/// A site map: all pages, or a part of them, or the index of parts.
pub(super) fn sitemap(
    desk: Desk<'_>,
    pages: &Pages,
    part: Option<usize>,
) -> Result<Vec<u8>, Diagnostic> {
    let base = desk.config.base_url.as_str();
    let parts = sitemap_parts(pages.iter());
    let entry = |address: &Address, page: &Page| SitemapEntry {
        location: address.absolute(base),
        modified: match page {
            Page::Article(index) => {
                let published = &desk.archive.entries[*index as usize].briefing.article.published;
                published
                    .when
                    .as_ref()
                    .and_then(crate::when::When::as_day)
                    .map(|day| day.to_string())
            }
            _ => None,
        },
    };
    let listed = pages.iter().filter(|page| is_listed(*page));
    let context = match part {
        None if parts > 0 => SitemapPage {
            pages: Vec::new(),
            parts: (1..=parts)
                .map(|part| SitemapEntry {
                    location: format!("{base}sitemap-{part}.xml"),
                    modified: None,
                })
                .collect(),
        },
        None => SitemapPage {
            pages: listed.map(|(address, page)| entry(address, page)).collect(),
            parts: Vec::new(),
        },
        Some(part) => SitemapPage {
            pages: listed
                .skip((part - 1) * ADDRESSES)
                .take(ADDRESSES)
                .map(|(address, page)| entry(address, page))
                .collect(),
            parts: Vec::new(),
        },
    };
    desk.theme.render("sitemap.xml", &context)
}

/// What crawlers may do.
pub(super) fn robots(desk: Desk<'_>) -> Result<Vec<u8>, Diagnostic> {
    let base = desk.config.base_url.as_str();
    let is_known = !base.is_empty() && !desk.config.publish.noindex;
    let sitemap = is_known.then(|| format!("{base}sitemap.xml"));
    desk.theme.render("robots.txt", &RobotsPage { sitemap: sitemap.as_deref() })
}
