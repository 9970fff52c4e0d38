//! What machines fetch: the Atom feed, site maps and the rules for crawlers.

use std::collections::BTreeMap;

use atom_syndication as atom;

use super::Page;
use super::card::{Desk, Here, summary};
use super::context::{RobotsPage, SitemapEntry, SitemapPage};
use crate::archive::Entry;
use crate::diagnostic::Diagnostic;
use crate::site::Address;

/// Articles in the feed.
const NEWEST: usize = 50;
/// Addresses in one site map. Source: sitemaps.org protocol 0.9.
const ADDRESSES: usize = 50_000;

/// The newest articles as an Atom feed (RFC 4287).
///
/// An article's id is its permanent short name, so that readers do not see it twice
/// when its address changes. Its date is the stated
/// day at midnight UTC; an undated article carries the feed's own date, which is
/// that of the newest article.
pub(super) fn atom(here: Here<'_>) -> String {
    let config = here.desk.config;
    let base = config.base_url.as_str();
    let newest = here.desk.archive.entries.iter().find_map(moment).unwrap_or_else(epoch);
    let entries = here
        .desk
        .archive
        .entries
        .iter()
        .take(NEWEST)
        .map(|entry| {
            let article = &entry.briefing.article;
            let day = moment(entry);
            let address = Address::page(&["briefings", &entry.key]).absolute(base);
            let author = article.outlet.as_ref().or(article.agency.as_ref());
            atom::Entry {
                id: format!("{base}#{}", entry.id),
                title: atom::Text::plain(entry.headline()),
                updated: day.unwrap_or(newest),
                published: day,
                authors: author
                    .map(|author| atom::Person {
                        name: author.value.clone(),
                        ..atom::Person::default()
                    })
                    .into_iter()
                    .collect(),
                links: vec![atom::Link {
                    href: address,
                    rel: "alternate".to_owned(),
                    ..atom::Link::default()
                }],
                summary: Some(atom::Text::plain(summary(entry))),
                ..atom::Entry::default()
            }
        })
        .collect();
    let feed = atom::Feed {
        id: base.to_owned(),
        title: atom::Text::plain(config.title.clone()),
        subtitle: (!config.description.is_empty())
            .then(|| atom::Text::plain(config.description.clone())),
        updated: newest,
        authors: vec![atom::Person { name: config.title.clone(), ..atom::Person::default() }],
        links: vec![
            atom::Link {
                href: base.to_owned(),
                rel: "alternate".to_owned(),
                ..atom::Link::default()
            },
            atom::Link {
                href: format!("{base}atom.xml"),
                rel: "self".to_owned(),
                ..atom::Link::default()
            },
        ],
        lang: Some(config.language.clone()),
        entries,
        ..atom::Feed::default()
    };
    feed.to_string()
}

/// Midnight UTC of the day an article was published.
fn moment(entry: &Entry) -> Option<atom::FixedDateTime> {
    format!("{}T00:00:00Z", entry.day()?).parse().ok()
}

fn epoch() -> atom::FixedDateTime {
    atom::FixedDateTime::default()
}

/// How many site maps hold the pages at `addresses`; 0 where one is enough.
pub(super) fn sitemap_parts(pages: &BTreeMap<Address, Page>) -> usize {
    let n = pages.iter().filter(|page| is_listed(*page)).count();
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
    pages: &BTreeMap<Address, Page>,
    part: Option<usize>,
) -> Result<String, Diagnostic> {
    let base = desk.config.base_url.as_str();
    let parts = sitemap_parts(pages);
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
pub(super) fn robots(desk: Desk<'_>) -> Result<String, Diagnostic> {
    let base = desk.config.base_url.as_str();
    let sitemap = (!base.is_empty()).then(|| format!("{base}sitemap.xml"));
    desk.theme.render("robots.txt", &RobotsPage { sitemap: sitemap.as_deref() })
}
