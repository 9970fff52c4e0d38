//! The index of actors, and every actor's dossier.

use std::borrow::Cow;

use super::card::{Here, kind_label, months_from_to, pages, slice};
use super::context::{
    ActorGroup, ActorPage, ActorsPage, Appearance, Bar, CountedLink, Link, NameSeen, RoleEntry,
};
use super::{Chrome, Section, fragment};
use crate::actor::Kind;
use crate::archive::{Archive, Dossier};
use crate::diagnostic::Diagnostic;
use crate::reading::Origin;
use crate::site::Address;
use crate::when::{Day, MONTHS, When};

/// Actors on a page of the index.
const ACTORS: usize = 400;
/// Articles on a page of a dossier.
const APPEARANCES: usize = 80;
/// Statements on a page of a dossier.
const STATEMENTS: usize = 40;
/// Events on a page of a dossier.
const EVENTS: usize = 40;
/// Companions that a dossier lists.
const COMPANIONS: usize = 16;
/// Bars of a chart: beyond a century, one a year no longer fits any page.
const MOST_BARS: i32 = 100;
/// Spellings that a dossier lists.
const NAMES: usize = 12;

/// Kinds in the order of the index.
const KINDS: [(Kind, &str, &str); 6] = [
    (Kind::Person, "People", "people"),
    (Kind::Organisation, "Organisations", "organisations"),
    (Kind::State, "States", "states"),
    (Kind::Mission, "Missions", "missions"),
    (Kind::Group, "Groups", "groups"),
    (Kind::Place, "Places", "places"),
];

/// How many pages the index has.
pub(super) fn index_pages(archive: &Archive) -> usize {
    pages(archive.actors.len(), ACTORS)
}

/// How many pages a dossier has.
pub(super) fn dossier_pages(dossier: &Dossier) -> usize {
    let appearances = pages(dossier.appearances.len(), APPEARANCES);
    let statements = pages(dossier.statements.len(), STATEMENTS);
    let events = pages(dossier.events.len(), EVENTS);
    appearances.max(statements).max(events)
}

/// Actors by kind, then by number of articles, then by name: the order of the
/// index. Computed once for all its pages.
pub(super) fn index_order(archive: &Archive) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).zip(&archive.actors).map(|(index, _)| index).collect();
    let rank = |kind: Kind| KINDS.iter().position(|(known, _, _)| *known == kind);
    order.sort_by(|a, b| {
        let (a, b) = (&archive.actors[*a as usize], &archive.actors[*b as usize]);
        rank(a.kind)
            .cmp(&rank(b.kind))
            .then_with(|| b.appearances.len().cmp(&a.appearances.len()))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
    order
}

/// Renders a page of the index of actors.
pub(super) fn index(here: Here<'_>, address: &Address, page: usize) -> Result<String, Diagnostic> {
    let archive = here.desk.archive;
    let order = index_order(archive);
    let shown = slice(&order, page, ACTORS);
    let groups = KINDS
        .iter()
        .filter_map(|(kind, heading, id)| {
            let actors: Vec<_> = shown
                .iter()
                .filter(|actor| archive.actors[**actor as usize].kind == *kind)
                .map(|actor| here.actor_row(*actor))
                .collect();
            (!actors.is_empty()).then_some(ActorGroup { heading, id, actors })
        })
        .collect();
    let title = page_title("Actors", page);
    let chrome =
        Chrome::new(here.desk, address, &title, "Everyone the archive names.", Section::Actors);
    here.desk.theme.render(
        "actors.html",
        &ActorsPage {
            frame: chrome.frame(),
            n_actors: archive.actors.len(),
            groups,
            pager: here.pager("/actors/", page, index_pages(archive)),
        },
    )
}

/// Renders a page of an actor's dossier.
pub(super) fn dossier(
    here: Here<'_>,
    address: &Address,
    actor: u32,
    page: usize,
) -> Result<String, Diagnostic> {
    let archive = here.desk.archive;
    let dossier = here.dossier(actor);
    let known = here.desk.register.actor(&dossier.id);
    let title = page_title(&dossier.name, page);
    let description = format!("What the archive holds on {}.", dossier.name);
    let chrome = Chrome::new(here.desk, address, &title, &description, Section::Actors);
    let mut frame = chrome.frame();
    frame.breadcrumbs = vec![Link { text: "Actors", href: here.to("/actors/") }];
    let latest: Vec<u32> = dossier.events.iter().rev().copied().collect();
    let first = page == 1;
    let context = ActorPage {
        frame,
        name: &dossier.name,
        kind: kind_label(dossier.kind),
        origin: match dossier.origin {
            Origin::Register => "register",
            Origin::BuiltIn => "built-in",
            Origin::Discovered => "discovered",
        },
        origin_note: match dossier.origin {
            Origin::Register => "Followed in this archive's register.",
            Origin::BuiltIn => "Known from the built-in list of states and international bodies.",
            Origin::Discovered => {
                "Found in the text: the name and the kind are guesses until the register says so."
            }
        },
        names: dossier.names.iter().take(NAMES).map(|(text, n)| NameSeen { text, n: *n }).collect(),
        roles: known.filter(|_| first).map(|actor| roles(here, actor)).unwrap_or_default(),
        wikidata: known.and_then(|actor| actor.wikidata.as_deref()),
        n_articles: dossier.appearances.len(),
        n_mentions: dossier.n_mentions,
        n_statements: dossier.statements.len(),
        n_events: dossier.events.len(),
        range: months_from_to(dossier.range),
        chart: if first { chart(here, dossier) } else { Vec::new() },
        statements: slice(&dossier.statements, page, STATEMENTS)
            .iter()
            .map(|(entry, statement)| here.own_statement(*entry, *statement))
            .collect(),
        events: slice(&latest, page, EVENTS)
            .iter()
            .map(|event| here.brief_event_entry(*event))
            .collect(),
        companions: dossier
            .companions
            .iter()
            .take(if first { COMPANIONS } else { 0 })
            .map(|(other, n)| CountedLink {
                text: Cow::Borrowed(&*archive.actors[*other as usize].name),
                href: here.actor(*other),
                n: *n as usize,
                current: false,
            })
            .collect(),
        articles: slice(&dossier.appearances, page, APPEARANCES)
            .iter()
            .map(|appearance| {
                let briefing = &here.entry(appearance.entry).briefing;
                let sentence = briefing.sentence(appearance.first);
                Appearance {
                    article: here.brief_card(appearance.entry),
                    sentence: fragment::sentence(
                        &briefing.prose.text,
                        sentence,
                        &[(appearance.first, "name")],
                    ),
                    href: here.paragraph(appearance.entry, appearance.first),
                    n: appearance.n as usize,
                }
            })
            .collect(),
        pager: here.pager(
            Address::page(&["actors", &dossier.id]).as_str(),
            page,
            dossier_pages(dossier),
        ),
    };
    here.desk.theme.render("actor.html", &context)
}

/// `Actors`, `Actors, page 2`.
pub(super) fn page_title(title: &str, page: usize) -> String {
    if page == 1 { title.to_owned() } else { format!("{title}, page {page}") }
}

fn roles<'a>(here: Here<'a>, actor: &'a crate::actor::Actor) -> Vec<RoleEntry<'a>> {
    let archive = here.desk.archive;
    let mut roles: Vec<_> = actor.roles.iter().collect();
    roles.sort_by_key(|role| role.from.as_ref().and_then(When::first));
    roles
        .into_iter()
        .map(|role| {
            let id = role.of.as_deref();
            let known =
                id.and_then(|id| archive.actors.binary_search_by(|actor| (*actor.id).cmp(id)).ok());
            let name = id.and_then(|id| here.desk.register.actor(id)).map(|actor| &*actor.name);
            RoleEntry {
                title: &role.title,
                of: name.or(id),
                of_href: known
                    .and_then(|index| u32::try_from(index).ok())
                    .map(|index| here.actor(index)),
                period: period(role.from.as_ref(), role.to.as_ref()),
            }
        })
        .collect()
}

fn period(from: Option<&When>, to: Option<&When>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", from.label(), to.label()),
        (Some(from), None) => format!("since {}", from.label()),
        (None, Some(to)) => format!("until {}", to.label()),
        (None, None) => String::new(),
    }
}

/// Articles that name the actor: by month within two years, else by year.
fn chart(here: Here<'_>, dossier: &Dossier) -> Vec<Bar> {
    let days: Vec<Day> =
        dossier.appearances.iter().filter_map(|seen| here.entry(seen.entry).day()).collect();
    bars(&days)
}

/// A chart of `days`: by month within two years, else by year; nothing between is
/// left out.
pub(super) fn bars(days: &[Day]) -> Vec<Bar> {
    let month = |day: &Day| day.year() * 12 + i32::try_from(day.month()).unwrap_or(1) - 1;
    let (Some(first), Some(last)) = (days.iter().map(month).min(), days.iter().map(month).max())
    else {
        return Vec::new();
    };
    let by_month = last - first < 24;
    let step = if by_month { 1 } else { 12 };
    let (first, last) = (first / step, last / step);
    let first = first.max(last - MOST_BARS);
    let mut counts = vec![0usize; usize::try_from(last - first + 1).unwrap_or(0)];
    for day in days {
        if let Some(count) =
            usize::try_from(month(day) / step - first).ok().and_then(|at| counts.get_mut(at))
        {
            *count += 1;
        }
    }
    let highest = counts.iter().max().copied().unwrap_or(1).max(1);
    (first..)
        .zip(counts)
        .map(|(at, n)| {
            let label = if by_month {
                format!("{} {}", MONTHS[usize::try_from(at % 12).unwrap_or(0)], at / 12)
            } else {
                at.to_string()
            };
            Bar { label, n, percent: n * 100 / highest }
        })
        .collect()
}
