//! An actor's dossier.
//!
//! Statements by and about the actor, events and articles are long lists for those
//! who are named every day: each has its own stretch on every page of the dossier,
//! so that page 7 goes on where page 6 ended in all four. What sums the actor up
//! (chart, picture, offices, who is named with it, why names were joined) stands on
//! the first page only.

use super::card::{Here, pages, slice};
use super::context::{ActorPage, Html, Link, Named, OfficeEntry, RoleEntry};
use super::entry::{entries, lines};
use super::fragment::push_count;
use super::picture::picture;
use super::{Chrome, Section, chart};
use crate::archive::{Decision, Dossier, OfficeHeld};
use crate::diagnostic::Diagnostic;
use crate::markup::{push_escaped, safe_url};
use crate::reading::Origin;
use crate::site::Address;
use crate::theme::Explains;
use crate::theme::wording::{Word, word};
use crate::when::{Day, Names, Precision, When};

/// Articles on a page of a dossier.
const APPEARANCES: usize = 80;
/// Statements on a page of a dossier.
const STATEMENTS: usize = 40;
/// Events on a page of a dossier.
const EVENTS: usize = 40;
/// Companions that a dossier lists.
const COMPANIONS: usize = 16;
/// Spellings that a dossier lists.
const NAMES: usize = 12;
/// Reasons for joining names that a dossier lists; its record has them all.
const DECISIONS: usize = 30;
/// Offices of the articles that a dossier lists.
const OFFICES: usize = 12;
/// Bodies of a state, or of another body, that its dossier lists.
const PARTS: usize = 40;

/// How many pages a dossier has.
pub(super) fn dossier_pages(dossier: &Dossier) -> usize {
    let appearances = pages(dossier.appearances.len(), APPEARANCES);
    let statements = pages(dossier.statements.len(), STATEMENTS);
    let about = pages(dossier.about.len(), STATEMENTS);
    let events = pages(dossier.events.len(), EVENTS);
    appearances.max(statements).max(about).max(events)
}

/// Renders a page of an actor's dossier.
pub(super) fn dossier(
    here: Here<'_>,
    address: &Address,
    actor: u32,
    page: usize,
) -> Result<Vec<u8>, Diagnostic> {
    let dossier = here.dossier(actor);
    let known = here.desk.register.actor(&dossier.id);
    let title = page_title(here, &dossier.name, page);
    let description = here.wording().fill(word::DOSSIER_DESCRIPTION, &[("name", &*dossier.name)]);
    let chrome = Chrome::new(here.desk, address, &title, &description, Section::Actors);
    let mut frame = chrome.frame();
    frame.breadcrumbs =
        vec![Link { text: here.say(word::SECTION_ACTORS), href: here.to("/actors/") }];
    let json_ld = super::linked_data::actor(here, actor, &frame);
    frame.json_ld = Some(&json_ld);
    let latest: Vec<u32> = dossier.events.iter().rev().copied().collect();
    let first = page == 1;
    // What sums the actor up stands on the first page.
    let top = |n: usize| if first { n } else { 0 };
    let units = [word::UNIT_MENTIONS_ONE, word::UNIT_MENTIONS_MANY];
    let namesakes = dossier.namesakes.iter().take(top(NAMES));
    let namesakes = namesakes.map(|other| (*other, n_mentions(here, *other)));
    let beside = [word::UNIT_PARAGRAPHS_ONE, word::UNIT_PARAGRAPHS_MANY];
    let companions = &dossier.companions[..dossier.companions.len().min(top(COMPANIONS))];
    let reasons = &dossier.decisions[..dossier.decisions.len().min(top(DECISIONS))];
    let context = ActorPage {
        frame,
        name: &dossier.name,
        kind: here.kind_label(dossier.kind),
        origin: dossier.origin.word(),
        origin_note: here.say(match dossier.origin {
            Origin::Register => word::DOSSIER_FROM_REGISTER,
            Origin::BuiltIn => word::DOSSIER_FROM_LIST,
            Origin::Discovered => word::DOSSIER_FROM_TEXT,
        }),
        names: names(here, dossier),
        roles: known.filter(|_| first).map(|actor| roles(here, actor)).unwrap_or_default(),
        offices: offices(here, dossier, top(OFFICES)),
        wikidata: known.and_then(|actor| actor.wikidata.as_deref()),
        website: known.and_then(|actor| safe_url(actor.website.as_deref()?)),
        note: known.filter(|_| first).and_then(|actor| actor.note.as_deref()),
        part_of: known.and_then(|actor| actor.parent.as_deref()).and_then(|id| named(here, id)),
        parts: if first { parts(here, &dossier.id) } else { Vec::new() },
        n_articles: dossier.appearances.len(),
        n_mentions: dossier.n_mentions,
        n_statements: dossier.statements.len(),
        n_about: dossier.about.len(),
        n_events: dossier.events.len(),
        range: here.months_from_to(dossier.range),
        chart: if first { mentions(here, dossier) } else { Html::default() },
        event_chart: if first { events(here, dossier) } else { Html::default() },
        statements: entries(
            slice(&dossier.statements, page, STATEMENTS).iter(),
            |out, statement| here.push_own_statement(out, *statement),
        ),
        about: entries(slice(&dossier.about, page, STATEMENTS).iter(), |out, statement| {
            here.push_statement(out, *statement);
        }),
        events: entries(slice(&latest, page, EVENTS).iter(), |out, event| {
            here.push_brief_event(out, *event);
        }),
        companions: counted(here, companions.iter().copied(), beside),
        more_companions: dossier.n_companions.saturating_sub(companions.len()),
        picture: if first { picture(here, actor) } else { None },
        decisions: decisions(here, reasons),
        more_decisions: dossier.decisions.len() - reasons.len(),
        namesakes: counted(here, namesakes, units),
        record_href: here.to(&format!("/actors/{}/index.json", dossier.id)),
        articles: entries(slice(&dossier.appearances, page, APPEARANCES).iter(), |out, seen| {
            here.push_appearance(out, seen);
        }),
        feeds: here.feeds(&["actors", &dossier.id]),
        pager: here.pager(
            Address::page(&["actors", &dossier.id]).as_str(),
            page,
            dossier_pages(dossier),
        ),
    };
    here.desk.theme.render("actor.html", &context)
}

fn n_mentions(here: Here<'_>, actor: u32) -> u32 {
    u32::try_from(here.dossier(actor).n_mentions).unwrap_or(u32::MAX)
}

/// How the actor is written.
fn names(here: Here<'_>, dossier: &Dossier) -> Html {
    let names = &dossier.names[..dossier.names.len().min(NAMES)];
    lines(names.iter(), |out, (text, n)| {
        out.push_str("<li><span>");
        push_escaped(out, text);
        out.push_str("</span>");
        push_count(out, *n, mentions_of(here, *n));
        out.push_str("</li>\n");
    })
}

/// The word for `n` mentions.
fn mentions_of(here: Here<'_>, n: usize) -> &str {
    here.wording().unit(word::UNIT_MENTIONS_ONE, word::UNIT_MENTIONS_MANY, n)
}

/// Actors with their counts, linked; `units` are the words for one and for many.
fn counted(
    here: Here<'_>,
    actors: impl ExactSizeIterator<Item = (u32, u32)>,
    [one, many]: [Word; 2],
) -> Html {
    lines(actors, |out, (actor, n)| {
        out.push_str("<li><a href=\"");
        here.push_actor(out, actor);
        out.push_str("\">");
        push_escaped(out, &here.dossier(actor).name);
        out.push_str("</a>");
        push_count(out, n as usize, here.wording().unit(one, many, n as usize));
        out.push_str("</li>\n");
    })
}

/// Reasons for taking names for the actor.
fn decisions(here: Here<'_>, reasons: &[Decision]) -> Html {
    entries(reasons.iter(), |out, reason| {
        out.push_str("<li><b>");
        push_escaped(out, &reason.written);
        out.push_str("</b>");
        push_count(out, reason.n as usize, mentions_of(here, reason.n as usize));
        out.push(' ');
        push_escaped(out, &here.wording().explain(Explains::Naming, &reason.rule));
        out.push_str(": ");
        here.push_source(out, reason.entry, reason.span);
        out.push_str("</li>\n");
    })
}

/// `Actors`, `Actors, page 2`.
pub(super) fn page_title(here: Here<'_>, title: &str, page: usize) -> String {
    if page == 1 {
        return title.to_owned();
    }
    here.wording().fill(word::LIST_PAGE_TITLE, &[("title", title), ("page", &page.to_string())])
}

/// An actor of the register by its id: linked where it has a dossier.
fn named<'a>(here: Here<'a>, id: &'a str) -> Option<Named<'a>> {
    let known = here.desk.register.actor(id)?;
    Some(Named { text: &known.name, href: dossier_link(here, id).map(|link| link.href) })
}

/// The dossier of the actor with this id.
fn dossier_link<'a>(here: Here<'a>, id: &str) -> Option<Link<'a>> {
    let at = here.desk.archive.actors.binary_search_by(|actor| (*actor.id).cmp(id)).ok()?;
    Some(here.actor_link(u32::try_from(at).ok()?))
}

/// The dossiers of those that belong to the actor `id`.
fn parts<'a>(here: Here<'a>, id: &str) -> Vec<Link<'a>> {
    let register = here.desk.register;
    register.parts(id).filter_map(|part| dossier_link(here, &part.id)).take(PARTS).collect()
}

fn roles<'a>(here: Here<'a>, actor: &'a crate::actor::Actor) -> Vec<RoleEntry<'a>> {
    let mut roles: Vec<_> = actor.roles.iter().collect();
    roles.sort_by_key(|role| role.from.as_ref().and_then(When::first));
    roles
        .into_iter()
        .map(|role| {
            let of = role.of.as_deref();
            let known = of.and_then(|id| named(here, id));
            let evidence = role.evidence.as_deref();
            RoleEntry {
                title: &role.title,
                of: known.as_ref().map(|known| known.text).or(of),
                of_href: known.and_then(|known| known.href),
                period: period(here.wording().dates(), role.from.as_ref(), role.to.as_ref()),
                evidence,
                evidence_href: evidence.and_then(safe_url),
            }
        })
        .collect()
}

/// The first `n` offices that articles give to the actor.
fn offices<'a>(here: Here<'a>, dossier: &'a Dossier, n: usize) -> Vec<OfficeEntry<'a>> {
    let entry = |office: &'a OfficeHeld| {
        let (entry, index) = *office.tellings.first()?;
        let told = &here.entry(entry).briefing.reading.offices[index as usize];
        Some(OfficeEntry {
            title: &office.title,
            of: office.of.as_ref().map(|body| Named {
                text: &body.name,
                href: dossier_link(here, &body.id).map(|link| link.href),
            }),
            former: office.former,
            range: here.months_from_to(office.seen),
            n: office.tellings.len(),
            source: here.source(entry, told.span),
        })
    };
    dossier.offices.iter().filter_map(entry).take(n).collect()
}

fn period(names: &Names, from: Option<&When>, to: Option<&When>) -> String {
    let label = |when: &When| when.label_in(names);
    match (from, to) {
        (Some(from), Some(to)) => format!("{} – {}", label(from), label(to)),
        (Some(from), None) => names.since(&label(from)),
        (None, Some(to)) => names.until(&label(to), to.precision() == Precision::Day),
        (None, None) => String::new(),
    }
}

/// Mentions of the actor over time.
fn mentions(here: Here<'_>, dossier: &Dossier) -> Html {
    let seen = dossier.appearances.iter();
    let days = seen.filter_map(|seen| Some((here.entry(seen.entry).day()?, seen.n as usize)));
    let days: Vec<Day> = days.flat_map(|(day, n)| std::iter::repeat_n(day, n)).collect();
    chart::of_days(here.wording(), word::DOSSIER_MENTIONS, &days)
}

/// Its strip of the timeline.
fn events(here: Here<'_>, dossier: &Dossier) -> Html {
    let events = &here.desk.archive.events;
    let own = dossier.events.iter().map(|event| &events[*event as usize]);
    chart::of_events(here.wording(), word::DOSSIER_EVENTS, own)
}
