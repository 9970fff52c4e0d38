//! Lists: home, briefings, outlets and tags.

use std::borrow::Cow;

use super::card::{ARTICLES, Here, pages, slice};
use super::context::{
    BriefingsPage, CountedLink, HomePage, Html, IndexPage, Link, MissingPage, Month,
};
use super::dossier::page_title;
use super::entry::entries;
use super::{Chrome, Section};
use crate::archive::{Archive, Entry, Group};
use crate::diagnostic::Diagnostic;
use crate::site::Address;
use crate::theme::wording::word;
use crate::when::{Day, When};

/// Articles on the home page.
const NEWEST: usize = 10;
/// Events on the home page.
const LATEST: usize = 8;
/// Actors on the home page.
const MOST_NAMED: usize = 16;

/// Renders the home page.
pub(super) fn home(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let desk = here.desk;
    let archive = desk.archive;
    let chrome =
        Chrome::new(desk, address, &desk.config.title, &desk.config.description, Section::Home);
    let mut actors: Vec<u32> =
        archive.kinds.iter().flat_map(|(_, actors)| actors.iter().copied()).collect();
    actors
        .sort_by_key(|actor| std::cmp::Reverse(archive.actors[*actor as usize].appearances.len()));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let newest = 0..count(archive.entries.len().min(NEWEST));
    desk.theme.render(
        "home.html",
        &HomePage {
            frame: chrome.frame(),
            n_articles: archive.entries.len(),
            n_actors: archive.actors.len(),
            n_events: archive.events.len(),
            n_outlets: archive.outlets.len(),
            range: here.months_from_to(whole(archive)),
            newest: entries(newest, |out, index| here.push_card(out, index)),
            events: entries(latest(archive, LATEST).into_iter(), |out, event| {
                here.push_brief_event(out, count(event));
            }),
            actors: actors.iter().take(MOST_NAMED).map(|actor| here.actor_row(*actor)).collect(),
            years: years(here, &ListOf::Newest),
        },
    )
}

/// First and last day of publication in the archive.
fn whole(archive: &Archive) -> Option<(Day, Day)> {
    let days = || archive.entries.iter().filter_map(Entry::day);
    days().min().zip(days().max())
}

/// The latest events that the newest publication can already know of as past or
/// planned, latest first.
pub(super) fn latest(archive: &Archive, n: usize) -> Vec<usize> {
    let newest = archive.entries.first().and_then(Entry::day);
    let known =
        |index: &usize| newest.is_none_or(|newest| archive.events[*index].day() <= Some(newest));
    (0..archive.events.len()).rev().filter(known).take(n).collect()
}

/// Years with articles, `current` marked.
pub(super) fn years<'a>(here: Here<'a>, current: &ListOf<'_>) -> Vec<CountedLink<'a>> {
    here.desk
        .archive
        .years
        .iter()
        .map(|(year, entries)| CountedLink {
            text: year.map_or(Cow::Borrowed(&*here.wording().dates().undated), |year| {
                Cow::Owned(year.to_string())
            }),
            href: here.to(&year_path(*year)),
            n: entries.len(),
            current: matches!(current, ListOf::Year(listed) if listed == year),
        })
        .collect()
}

/// The address of a year's list.
pub(super) fn year_path(year: Option<i32>) -> String {
    year.map_or_else(|| "/briefings/undated/".to_owned(), |year| format!("/briefings/{year}/"))
}

/// What a list of articles is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum ListOf<'a> {
    /// The newest of everything.
    Newest,
    /// A year, or what has none.
    Year(Option<i32>),
    /// An outlet.
    Outlet(&'a Group),
    /// A tag.
    Tag(&'a Group),
}

/// How many pages a list of `n` articles has.
pub(super) fn list_pages(n: usize) -> usize {
    pages(n, ARTICLES)
}

/// Renders the list of the newest articles, which leads to the years.
pub(super) fn newest(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let newest: Vec<u32> =
        (0..).zip(&here.desk.archive.entries).take(ARTICLES).map(|(index, _)| index).collect();
    briefings(here, address, ListOf::Newest, &newest, 1)
}

/// Renders a page of a list of articles.
pub(super) fn briefings(
    here: Here<'_>,
    address: &Address,
    of: ListOf<'_>,
    entries: &[u32],
    page: usize,
) -> Result<Vec<u8>, Diagnostic> {
    let (heading, word, path, section) = match of {
        ListOf::Newest => (
            here.say(word::SECTION_BRIEFINGS).to_owned(),
            "newest",
            "/briefings/".to_owned(),
            Section::Briefings,
        ),
        ListOf::Year(year) => {
            let heading = year.map_or_else(
                || here.say(word::LIST_UNDATED_BRIEFINGS).to_owned(),
                |year| here.wording().fill(word::LIST_BRIEFINGS_OF, &[("year", &year.to_string())]),
            );
            (heading, "year", year_path(year), Section::Briefings)
        }
        ListOf::Outlet(group) => (
            group.name.clone(),
            "outlet",
            Address::page(&["outlets", &group.key]).as_str().to_owned(),
            Section::Outlets,
        ),
        ListOf::Tag(group) => (
            group.name.clone(),
            "tag",
            Address::page(&["tags", &group.key]).as_str().to_owned(),
            Section::Tags,
        ),
    };
    let title = page_title(here, &heading, page);
    let chrome = Chrome::new(here.desk, address, &title, "", section);
    let mut frame = chrome.frame();
    frame.breadcrumbs = match of {
        ListOf::Newest => Vec::new(),
        ListOf::Year(_) => {
            vec![Link { text: here.say(word::SECTION_BRIEFINGS), href: here.to("/briefings/") }]
        }
        ListOf::Outlet(_) => {
            vec![Link { text: here.say(word::SECTION_OUTLETS), href: here.to("/outlets/") }]
        }
        ListOf::Tag(_) => {
            vec![Link { text: here.say(word::SECTION_TAGS), href: here.to("/tags/") }]
        }
    };
    let shown = slice(entries, page, ARTICLES);
    let context = BriefingsPage {
        frame,
        heading: &heading,
        of: word,
        n_articles: match of {
            ListOf::Newest => here.desk.archive.entries.len(),
            _ => entries.len(),
        },
        years: match of {
            ListOf::Newest | ListOf::Year(_) => years(here, &of),
            ListOf::Outlet(_) | ListOf::Tag(_) => Vec::new(),
        },
        months: months(
            here,
            shown.iter().map(|entry| {
                let published = &here.entry(*entry).briefing.article.published;
                (published.when.as_ref(), *entry)
            }),
            |out, entry| here.push_card(out, entry),
        ),
        feeds: match of {
            ListOf::Outlet(group) => here.feeds(&["outlets", &group.key]),
            _ => None,
        },
        pager: here.pager(&path, page, list_pages(entries.len())),
    };
    here.desk.theme.render("briefings.html", &context)
}

/// Cuts a list, which is in order, into months; what is dated less finely than a
/// month stands under its year. `push` appends an entry.
pub(super) fn months<'a, T>(
    here: Here<'_>,
    items: impl Iterator<Item = (Option<&'a When>, T)>,
    push: impl Fn(&mut String, T),
) -> Vec<Month> {
    let wording = here.wording();
    let mut months: Vec<Month> = Vec::new();
    let mut last = None;
    for (when, item) in items {
        let year = when.and_then(|when| when.first().or_else(|| when.last())).map(Day::year);
        let month = when.and_then(When::month_of);
        if let Some(open) = months.last_mut().filter(|_| last == Some((year, month))) {
            push(&mut open.entries.0, item);
            continue;
        }
        last = Some((year, month));
        let (name, id) = match (month, year) {
            (Some((year, month)), _) => {
                (format!("{} {year}", wording.dates().month(month)), format!("m-{year}-{month:02}"))
            }
            (None, Some(year)) => {
                let name = wording.fill(word::DATE_NO_MONTH, &[("year", &year.to_string())]);
                (name, format!("m-{year}"))
            }
            (None, None) => (here.say(word::LIST_UNDATED).to_owned(), "undated".to_owned()),
        };
        let mut entries = Html(String::with_capacity(16 * 1024));
        push(&mut entries.0, item);
        months.push(Month { name, id, entries });
    }
    months
}

/// Renders the list of outlets or of tags.
pub(super) fn groups(here: Here<'_>, address: &Address, tags: bool) -> Result<Vec<u8>, Diagnostic> {
    let archive = here.desk.archive;
    let (heading, path, groups, section) = if tags {
        (here.say(word::SECTION_TAGS), "tags", &archive.tags, Section::Tags)
    } else {
        (here.say(word::SECTION_OUTLETS), "outlets", &archive.outlets, Section::Outlets)
    };
    let chrome = Chrome::new(here.desk, address, heading, "", section);
    let entries = groups
        .iter()
        .map(|group| CountedLink {
            text: Cow::Borrowed(&group.name),
            href: here.page(&[path, &group.key]),
            n: group.entries.len(),
            current: false,
        })
        .collect();
    here.desk.theme.render("index.html", &IndexPage { frame: chrome.frame(), heading, entries })
}

/// Renders the page for addresses that do not exist.
pub(super) fn missing(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let chrome =
        Chrome::new(here.desk, address, here.say(word::LEFT_MISSING_TITLE), "", Section::None);
    here.desk.theme.render("404.html", &MissingPage { frame: chrome.frame() })
}
