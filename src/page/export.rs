//! The timeline for other programs: JSON, CSV and iCalendar.
//!
//! In: the archive's events and which of them are wanted. Out: one text. The site
//! carries the latest events in each form, `annals export` prints a selection; both come
//! from here. Addresses are absolute where the archive has a `base_url`, else they
//! begin at the root of the site.
//!
//! The decision to question: the calendar holds no event longer than a season. A
//! calendar shows an event on each of its days, and a decade would cover all others;
//! JSON and CSV have them.
//!
//! Start at [`timeline`]. Calendars: RFC 5545, written by `ics`, which needs no clock;
//! `icalendar` would bring one in through chrono.

use ics::components::{Parameter, Property};
use ics::properties::{Categories, Description, Status, Summary, Transp, URL};
use ics::{Event as CalendarEvent, ICalendar, escape_text};
use serde::Serialize;

use super::card::{Desk, Here};
use super::data::as_text;
use super::entry::kind_word;
use crate::archive::TimelineEvent;
use crate::reading::EventKind;
use crate::record;
use crate::text::shorten;
use crate::when::{Day, Precision, When};

/// Events that the site publishes in each form, the latest: beyond it a file is too
/// large for a reader to fetch, and `annals export` has all.
pub(super) const PUBLISHED: usize = 10_000;
/// Days of the longest event of a calendar: a season.
const SEASON: i64 = 92;

/// A form in which the timeline leaves the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A list of objects, one a line.
    Json,
    /// A table with a head (RFC 4180).
    Csv,
    /// A calendar of all-day events (RFC 5545).
    Calendar,
}

/// Which events are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection {
    /// Only those that name this actor, by index into the archive's actors.
    pub actor: Option<u32>,
    /// None that is over before this day.
    pub from: Option<Day>,
    /// None that begins after this day.
    pub to: Option<Day>,
    /// At most so many, the latest.
    pub most: Option<usize>,
}

impl Selection {
    /// What the site publishes.
    pub(super) fn published() -> Self {
        Self { most: Some(PUBLISHED), ..Self::default() }
    }

    fn holds(&self, event: &TimelineEvent) -> bool {
        let ends_late =
            self.from.is_none_or(|from| event.when.last().is_none_or(|last| last >= from));
        let begins_early =
            self.to.is_none_or(|to| event.when.first().is_none_or(|first| first <= to));
        let named = self.actor.is_none_or(|actor| event.actors.contains(&actor));
        named && ends_late && begins_early
    }
}

/// An event as JSON gives it.
#[derive(Debug, Serialize)]
struct EventRecord<'a> {
    /// Its anchor on the timeline.
    id: String,
    edtf: String,
    /// First and last day it can mean; null for an open end.
    first: Option<String>,
    last: Option<String>,
    precision: &'static str,
    kind: EventKind,
    /// The words of the source that date it, and the rule that read them.
    words: &'a str,
    rule: &'a str,
    sentence: &'a str,
    n_sources: usize,
    url: String,
    actors: Vec<NamedActor<'a>>,
    tellings: Vec<TellingRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct NamedActor<'a> {
    id: &'a str,
    name: &'a str,
}

/// Who tells it.
#[derive(Debug, Serialize)]
struct TellingRecord<'a> {
    /// Tellings with one number copy each other.
    source: u32,
    headline: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    basis: &'static str,
    url: String,
}

/// The wanted events of the timeline, earliest first, as one text.
pub fn timeline(desk: &Desk<'_>, form: Form, selection: &Selection) -> String {
    let base = desk.config.base_url.trim_end_matches('/');
    let here = Here { desk: *desk, root: base };
    let mut wanted: Vec<(u32, &TimelineEvent)> = (0u32..)
        .zip(desk.archive.events.iter())
        .filter(|(_, event)| selection.holds(event))
        .collect();
    if let Some(most) = selection.most {
        wanted.drain(..wanted.len().saturating_sub(most));
    }
    let wanted = wanted.into_iter().map(|(index, event)| (event, here.event_record(index)));
    match form {
        Form::Json => {
            // One text from the start: ten thousand records beside it would double it.
            let mut out = String::with_capacity(RECORD * wanted.len() + 8);
            out.push_str("[\n");
            for (at, (_, event)) in wanted.enumerate() {
                out.push_str(if at > 0 { ",\n" } else { "" });
                out.push_str(&record::to_json(&event));
            }
            out.push_str("\n]\n");
            out
        }
        Form::Csv => table(wanted.map(|(_, event)| event)),
        Form::Calendar => calendar(desk, wanted),
    }
}

impl<'a> Here<'a> {
    fn event_record(self, index: u32) -> EventRecord<'a> {
        let event = &self.desk.archive.events[index as usize];
        let telling = event.tellings[0];
        let briefing = &self.entry(telling.entry).briefing;
        let told = &briefing.reading.events[telling.event as usize];
        let date = &briefing.reading.dates[told.date as usize];
        EventRecord {
            id: event.id.to_string(),
            edtf: event.when.to_string(),
            first: event.when.first().map(|day| day.to_string()),
            last: event.when.last().map(|day| day.to_string()),
            precision: precision_word(&event.when),
            kind: event.kind,
            words: date.span.of(&briefing.prose.text),
            rule: date.rule.text(),
            sentence: told.sentence.of(&briefing.prose.text),
            n_sources: event.n_sources,
            url: self.event(index),
            actors: event
                .actors
                .iter()
                .map(|actor| self.dossier(*actor))
                .map(|actor| NamedActor { id: &actor.id, name: &actor.name })
                .collect(),
            tellings: event
                .tellings
                .iter()
                .map(|telling| {
                    let entry = self.entry(telling.entry);
                    let article = &entry.briefing.article;
                    let own = &entry.briefing.reading.events[telling.event as usize];
                    TellingRecord {
                        source: telling.source,
                        headline: entry.headline(),
                        outlet: article
                            .outlet
                            .as_ref()
                            .or(article.agency.as_ref())
                            .map(|field| field.value.as_str()),
                        published: article.published.when.as_ref().map(When::to_string),
                        basis: article.published.basis_word(),
                        url: self.paragraph(telling.entry, own.sentence),
                    }
                })
                .collect(),
        }
    }
}

fn precision_word(when: &When) -> &'static str {
    match when.precision() {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Season => "season",
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
        Precision::Interval => "interval",
        Precision::Set => "set",
    }
}

/// About how long an event is as a record.
const RECORD: usize = 640;

const COLUMNS: [&str; 15] = [
    "id",
    "edtf",
    "first",
    "last",
    "precision",
    "kind",
    "words",
    "rule",
    "sentence",
    "actors",
    "actor_ids",
    "n_sources",
    "outlets",
    "published",
    "url",
];

fn table<'a>(events: impl Iterator<Item = EventRecord<'a>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and every row is as long as the head.
    let _ = writer.write_record(COLUMNS);
    for event in events {
        let join = |parts: Vec<&str>| parts.join("; ");
        let mut outlets: Vec<&str> =
            event.tellings.iter().filter_map(|telling| telling.outlet).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let published: Vec<&str> =
            event.tellings.iter().filter_map(|telling| telling.published.as_deref()).collect();
        let names = join(event.actors.iter().map(|actor| actor.name).collect());
        let (outlets, n_sources) = (join(outlets), event.n_sources.to_string());
        let cells: [&str; COLUMNS.len()] = [
            &event.id,
            &event.edtf,
            event.first.as_deref().unwrap_or_default(),
            event.last.as_deref().unwrap_or_default(),
            event.precision,
            kind_word(event.kind),
            &as_text(event.words),
            &as_text(event.rule),
            &as_text(event.sentence),
            &as_text(&names),
            &join(event.actors.iter().map(|actor| actor.id).collect()),
            &n_sources,
            &as_text(&outlets),
            &join(published),
            &event.url,
        ];
        let _ = writer.write_record(cells);
    }
    // Cells are text, and so are the marks between them.
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A calendar of all-day events. A plan is tentative, and so is what hangs on an inferred
/// date; the words beside every event say how it is dated.
fn calendar<'a>(
    desk: &Desk<'_>,
    events: impl Iterator<Item = (&'a TimelineEvent, EventRecord<'a>)>,
) -> String {
    let mut calendar = ICalendar::new("2.0", "-//annals//timeline//EN");
    calendar.push(Property::new("X-WR-CALNAME", escape_text(desk.config.title.clone())));
    let frame = calendar.to_string();
    let end = frame.rfind("END:VCALENDAR").unwrap_or(frame.len());
    let mut out = String::new();
    push_folded(&frame[..end], &mut out);
    for (event, record) in events {
        let (Some(first), Some(last)) = (event.when.first(), event.when.last()) else { continue };
        let Some(after) = last.plus(1).filter(|_| last.since(first) < SEASON) else { continue };
        // Each as soon as it is made: what holds them all takes several times their text.
        push_folded(&calendar_event(desk, event, &record, first, after).to_string(), &mut out);
    }
    out.push_str(&frame[end..]);
    out
}

/// Appends lines of a calendar, none longer than 75 bytes. `ics` counts a line without the
/// space that continues it, and so makes it a byte too long.
fn push_folded(calendar: &str, out: &mut String) {
    const LONGEST: usize = 75;
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut rest = line;
        let mut room = LONGEST;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            out.push_str(head);
            out.push_str("\r\n ");
            (rest, room) = (tail, LONGEST - 1);
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
}

/// An event from `first` up to the day `after` it. Its stamp is the day on which it was
/// last told, so that the same archive gives the same calendar.
fn calendar_event<'a>(
    desk: &Desk<'_>,
    event: &TimelineEvent,
    record: &EventRecord<'_>,
    first: Day,
    after: Day,
) -> CalendarEvent<'a> {
    let compact = |day: Day| day.to_string().replace('-', "");
    let told = event
        .tellings
        .iter()
        .filter_map(|telling| desk.archive.entries[telling.entry as usize].day())
        .max();
    let stamp = format!("{}T000000Z", compact(told.unwrap_or(first)));
    let mut entry = CalendarEvent::new(format!("{}@annals", record.id), stamp);
    let day = |name: &'static str, day: Day| {
        let mut property = Property::new(name, compact(day));
        property.add(Parameter::new("VALUE", "DATE"));
        property
    };
    entry.push(day("DTSTART", first));
    entry.push(day("DTEND", after));
    let kind = match event.kind {
        EventKind::Planned => "planned: ",
        EventKind::Limit => "deadline: ",
        EventKind::Happened | EventKind::Background => "",
    };
    let in_doubt = event.when.is_uncertain();
    let doubt = if in_doubt { "date inferred: " } else { "" };
    let summary = format!("{doubt}{kind}{}", shorten(record.sentence, 120));
    entry.push(Summary::new(escape_text(summary)));
    let tellers: Vec<String> = record
        .tellings
        .iter()
        .map(|telling| {
            let outlet = telling.outlet.map_or(String::new(), |outlet| format!(", {outlet}"));
            format!("{}{outlet} {}", telling.headline, telling.url)
        })
        .collect();
    entry.push(Description::new(escape_text(format!(
        "{}\n{}: {} ({})\n{}",
        record.sentence,
        event.when.label(),
        record.words,
        record.rule,
        tellers.join("\n"),
    ))));
    entry.push(match event.kind {
        EventKind::Planned | EventKind::Limit => Status::tentative(),
        EventKind::Happened | EventKind::Background if in_doubt => Status::tentative(),
        EventKind::Happened | EventKind::Background => Status::confirmed(),
    });
    // It takes nobody's time.
    entry.push(Transp::transparent());
    if !record.actors.is_empty() {
        let names: Vec<String> = record
            .actors
            .iter()
            .map(|actor| escape_text(actor.name.to_owned()).into_owned())
            .collect();
        entry.push(Categories::new(names.join(",")));
    }
    if record.url.starts_with("http") {
        entry.push(URL::new(record.url.clone()));
    }
    entry
}
