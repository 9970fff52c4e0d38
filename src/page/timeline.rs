//! The timeline's pages: the latest events, a year's, and what an actor did in one.
//!
//! A year is split into pages of [`EVENTS`]; each event has its anchor there and
//! nowhere else. Below the year stand the pages of those who are named most in it,
//! for readers without a script; with one, the same choice filters the page in place
//! and goes into its address.
//!
//! The decision to question: an actor's page of a year lists [`EVENTS`] events at
//! most and leads to the dossier for all of them, so that what an archive weighs grows
//! with its events and not with their actors.

use std::ops::Range;

use super::card::{EVENTS, Here, pages};
use super::context::{Html, Link, Month, TimelinePage};
use super::dossier::page_title;
use super::entry::lines;
use super::export::PUBLISHED;
use super::fragment::{push_count, push_number};
use super::list::{latest, months};
use super::{Chrome, Section, chart, linked_data};
use crate::archive::{Archive, TimelineEvent};
use crate::diagnostic::Diagnostic;
use crate::markup::push_escaped;
use crate::site::Address;
use crate::theme::wording::word;
use crate::when::Day;

/// Events on the first page of the timeline.
const RECENT: usize = 60;
/// Actors of a year that have a page of it.
const MOST_NAMED: usize = 12;
/// Fewer events of a year make no page of an actor's.
const FEW: usize = 3;
/// Outlets of a year to choose from.
const OUTLETS: usize = 20;

/// A year with events, and what is said on every page of it: found once, so that a
/// page costs no more in a year of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventYear {
    /// The year.
    pub year: i32,
    /// Its stretch of [`Archive::events`].
    pub range: Range<usize>,
    /// The address of its first page: `/timeline/2022/`.
    pub(super) path: String,
    /// Who is named most in it, as (actor, events), most first: whoever has a page of it.
    actors: Vec<(u32, usize)>,
    /// Who tells most of it, as (outlet, tellings), most first.
    outlets: Vec<(u32, usize)>,
}

impl EventYear {
    /// Whoever has a page of the year.
    pub(super) fn actors(&self) -> impl Iterator<Item = u32> {
        self.actors.iter().map(|(actor, _)| *actor)
    }
}

/// Years with events, earliest first.
pub(crate) fn event_years(archive: &Archive) -> Vec<EventYear> {
    let year = |event: &TimelineEvent| event.day().map(Day::year);
    let mut start = 0;
    let stretches = archive.events.chunk_by(|a, b| year(a) == year(b)).map(|events| {
        let range = start..start + events.len();
        start = range.end;
        Some((year(events.first()?)?, range, events))
    });
    stretches
        .flatten()
        .map(|(year, range, events)| EventYear {
            year,
            range,
            path: format!("/timeline/{year}/"),
            actors: named_most(archive, events.iter()),
            outlets: told_most(archive, events.iter()),
        })
        .collect()
}

/// Who is named most in `events`, as (actor, events), most first.
fn named_most<'a>(
    archive: &Archive,
    events: impl Iterator<Item = &'a TimelineEvent>,
) -> Vec<(u32, usize)> {
    let actors = events.flat_map(|event| event.actors.iter().copied());
    counted(archive.actors.len(), actors, MOST_NAMED)
}

/// Which outlets tell most of `events`, as (outlet, tellings), most first.
fn told_most<'a>(
    archive: &Archive,
    events: impl Iterator<Item = &'a TimelineEvent>,
) -> Vec<(u32, usize)> {
    let tellings = events.flat_map(|event| &event.tellings);
    let told = tellings.filter_map(|telling| archive.entries[telling.entry as usize].outlet);
    counted(archive.outlets.len(), told, OUTLETS)
}

/// How often each of `indices`, all below `n`, comes: the most frequent first.
fn counted(n: usize, indices: impl Iterator<Item = u32>, most: usize) -> Vec<(u32, usize)> {
    let mut counts: Vec<usize> = vec![0; n];
    for index in indices {
        counts[index as usize] += 1;
    }
    let mut counts: Vec<(u32, usize)> =
        (0..).zip(counts).filter(|(_, count)| *count >= FEW).collect();
    counts.sort_by_key(|(index, count)| (std::cmp::Reverse(*count), *index));
    counts.truncate(most);
    counts
}

/// Renders the first page of the timeline: the latest events, latest first.
pub(super) fn newest(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let archive = here.desk.archive;
    let (heading, says) = (here.say(word::SECTION_TIMELINE), here.say(word::TIMELINE_DESCRIPTION));
    let chrome = Chrome::new(here.desk, address, heading, says, Section::Timeline);
    let shown = latest(archive, RECENT);
    let events = || shown.iter().map(|event| &archive.events[*event]);
    let choices = named_most(archive, events()).into_iter().map(|(actor, n)| {
        let (dossier, link) = (here.dossier(actor), here.actor_link(actor));
        let href = format!("{}#events", link.href);
        Choice { key: &dossier.id, text: &dossier.name, href, n, current: false }
    });
    let choices: Vec<Choice<'_>> = choices.collect();
    let mut frame = chrome.frame();
    let indices = shown.iter().filter_map(|index| u32::try_from(*index).ok());
    let json_ld = linked_data::events(here, indices, &frame);
    frame.json_ld = Some(&json_ld);
    let context = TimelinePage {
        frame,
        heading,
        n_events: archive.events.len(),
        years: year_links(here, None),
        chart: chart::of_events(here.wording(), word::DOSSIER_EVENTS, archive.events.iter()),
        months: by_month(here, shown.iter().copied(), false),
        pager: here.pager("/timeline/", 1, 1),
        is_year: false,
        actor: None,
        actors: listed(here, &choices),
        actor_options: options(choices.iter().map(|choice| (choice.key, choice.text))),
        outlet_options: outlets(here, &told_most(archive, events())),
        data_words: data_words(here),
        data: data(here),
        strayed: Vec::new(),
    };
    here.desk.theme.render("timeline.html", &context)
}

/// How many pages a year's events have.
pub(super) fn year_pages(range: &Range<usize>) -> usize {
    pages(range.len(), EVENTS)
}

/// Renders a page of a year's events, earliest first.
pub(super) fn year(
    here: Here<'_>,
    address: &Address,
    year: usize,
    page: usize,
) -> Result<Vec<u8>, Diagnostic> {
    let strayed = super::strayed::lines(here, year, page);
    let own = &here.desk.event_years[year];
    let EventYear { year, range, .. } = own;
    let heading = here.wording().fill(word::TIMELINE_OF_YEAR, &[("year", &year.to_string())]);
    let title = page_title(here, &heading, page);
    let chrome = Chrome::new(here.desk, address, &title, "", Section::Timeline);
    let mut frame = chrome.frame();
    frame.breadcrumbs =
        vec![Link { text: here.say(word::SECTION_TIMELINE), href: here.to("/timeline/") }];
    let start = range.start + (page - 1) * EVENTS;
    let shown = start..(start + EVENTS).min(range.end);
    let events = &here.desk.archive.events[range.clone()];
    let choices = actors(here, own, None);
    let context = TimelinePage {
        frame,
        heading: &heading,
        n_events: range.len(),
        years: year_links(here, Some(*year)),
        chart: if page == 1 {
            chart::of_events(here.wording(), word::DOSSIER_EVENTS, events.iter())
        } else {
            Html::default()
        },
        months: by_month(here, shown, true),
        pager: here.pager(&format!("/timeline/{year}/"), page, year_pages(range)),
        is_year: true,
        actor: None,
        actors: listed(here, &choices),
        actor_options: options(choices.iter().map(|choice| (choice.key, choice.text))),
        outlet_options: outlets(here, &own.outlets),
        data_words: data_words(here),
        data: data(here),
        strayed,
    };
    here.desk.theme.render("timeline.html", &context)
}

/// Renders what an actor did in a year: its first events there, earliest first.
pub(super) fn actor_year(
    here: Here<'_>,
    address: &Address,
    year: usize,
    actor: u32,
) -> Result<Vec<u8>, Diagnostic> {
    let of_year = &here.desk.event_years[year];
    let EventYear { year, range, .. } = of_year;
    let dossier = here.dossier(actor);
    let name = year.to_string();
    let values = [("name", &*dossier.name), ("year", &*name)];
    let heading = here.wording().fill(word::TIMELINE_OF_ACTOR, &values);
    let chrome = Chrome::new(here.desk, address, &heading, "", Section::Timeline);
    let mut frame = chrome.frame();
    frame.breadcrumbs = vec![
        Link { text: here.say(word::SECTION_TIMELINE), href: here.to("/timeline/") },
        Link { text: &name, href: here.to(&format!("/timeline/{year}/")) },
    ];
    let place = |event: &u32| *event as usize;
    let first = dossier.events.partition_point(|event| place(event) < range.start);
    let end = dossier.events.partition_point(|event| place(event) < range.end);
    let own = &dossier.events[first..end];
    let archive = here.desk.archive;
    let context = TimelinePage {
        frame,
        heading: &heading,
        n_events: own.len(),
        years: Html::default(),
        chart: chart::of_events(
            here.wording(),
            word::DOSSIER_EVENTS,
            own.iter().map(|event| &archive.events[place(event)]),
        ),
        months: by_month(here, own.iter().take(EVENTS).map(place), false),
        pager: here.pager("", 1, 1),
        is_year: false,
        actor: Some(here.actor_link(actor)),
        actors: listed(here, &actors(here, of_year, Some(actor))),
        actor_options: Html::default(),
        outlet_options: Html::default(),
        data_words: data_words(here),
        data: data(here),
        strayed: Vec::new(),
    };
    here.desk.theme.render("timeline.html", &context)
}

/// The entries of `events` by month; `is_home` says that their anchors are on this page.
fn by_month(here: Here<'_>, events: impl Iterator<Item = usize>, is_home: bool) -> Vec<Month> {
    let archive = here.desk.archive;
    months(here, events.map(|index| (Some(&archive.events[index].when), index)), |out, index| {
        here.push_event_on_timeline(out, u32::try_from(index).unwrap_or(u32::MAX), is_home);
    })
}

fn year_links(here: Here<'_>, current: Option<i32>) -> Html {
    let unit = here.say(word::UNIT_EVENTS_MANY);
    lines(here.desk.event_years.iter().rev(), |out, EventYear { year, range, path, .. }| {
        out.extend(["<li><a href=\"", here.root, path, "\""]);
        push_current(out, current == Some(*year));
        push_number(out, year.unsigned_abs() as usize);
        let n = here.wording().number(range.len());
        out.extend(["</a> <span class=\"count\">", &n, "<span class=\"hidden\"> ", unit]);
        out.push_str("</span></span></li>\n");
    })
}

/// Ends the tag of a link, which says whether it leads to the page itself.
fn push_current(out: &mut String, is_current: bool) {
    out.push_str(if is_current { " aria-current=\"page\">" } else { ">" });
}

/// What the events of a page can be filtered by.
struct Choice<'a> {
    /// What stands for it in the page's address.
    key: &'a str,
    text: &'a str,
    /// A page of it.
    href: String,
    n: usize,
    current: bool,
}

/// Choices as links with counts.
fn listed(here: Here<'_>, choices: &[Choice<'_>]) -> Html {
    lines(choices.iter(), |out, choice| {
        out.extend(["<li><a href=\"", &choice.href, "\""]);
        push_current(out, choice.current);
        push_escaped(out, choice.text);
        out.push_str("</a>");
        let unit = here.wording().unit(word::UNIT_EVENTS_ONE, word::UNIT_EVENTS_MANY, choice.n);
        push_count(out, choice.n, unit);
        out.push_str("</li>\n");
    })
}

/// Choices, each a key and its words, as options of a form.
fn options<'a>(choices: impl ExactSizeIterator<Item = (&'a str, &'a str)>) -> Html {
    lines(choices, |out, (key, text)| {
        out.extend(["<option value=\"", key, "\">"]);
        push_escaped(out, text);
        out.push_str("</option>");
    })
}

/// The actors named most in a year, each with its own page of it.
fn actors<'a>(here: Here<'a>, year: &EventYear, current: Option<u32>) -> Vec<Choice<'a>> {
    let name = year.year.to_string();
    year.actors
        .iter()
        .map(|(actor, n)| {
            let dossier = here.dossier(*actor);
            Choice {
                key: &dossier.id,
                text: &dossier.name,
                href: here.page(&["timeline", &name, &dossier.id]),
                n: *n,
                current: current == Some(*actor),
            }
        })
        .collect()
}

/// The outlets that tell most, to choose from; one alone is no choice.
fn outlets(here: Here<'_>, told_most: &[(u32, usize)]) -> Html {
    if told_most.len() < 2 {
        return Html::default();
    }
    let groups = told_most.iter().map(|(outlet, _)| &here.desk.archive.outlets[*outlet as usize]);
    options(groups.map(|group| (&*group.key, &*group.name)))
}

/// What the files hold that [`data`] links to.
fn data_words(here: Here<'_>) -> &str {
    here.say(if here.desk.archive.events.len() > PUBLISHED {
        word::TIMELINE_LATEST_AS
    } else {
        word::TIMELINE_WHOLE_AS
    })
}

/// The timeline for other programs.
pub(super) fn data(here: Here<'_>) -> Vec<Link<'_>> {
    [
        (here.say(word::TIMELINE_CALENDAR), "/timeline.ics"),
        ("CSV", "/data/timeline.csv"),
        ("JSON", "/data/timeline.json"),
    ]
    .map(|(text, path)| Link { text, href: here.to(path) })
    .to_vec()
}
