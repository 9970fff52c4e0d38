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
//! Start at [`timeline`]; the calendar's lines are written in `calendar`.

use serde::Serialize;

use super::calendar;
use super::card::{Desk, Here};
use super::data::{as_text, lines, push_pieces};
use super::entry::kind_word;
use crate::archive::TimelineEvent;
use crate::reading::EventKind;
use crate::record;
use crate::text::Short;
use crate::when::{Day, Precision, When};

/// Events that the site publishes in each form, the latest: beyond it a file is too
/// large for a reader to fetch, and `annals export` has all.
pub(super) const PUBLISHED: usize = 10_000;

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
pub(super) struct EventRecord<'a> {
    /// Its anchor on the timeline.
    pub(super) id: Short,
    pub(super) edtf: &'a When,
    /// First and last day it can mean; null for an open end.
    first: Option<Day>,
    last: Option<Day>,
    precision: &'static str,
    kind: EventKind,
    /// The words of the source that date it, and the rule that read them.
    pub(super) words: &'a str,
    pub(super) rule: &'a str,
    pub(super) sentence: &'a str,
    n_sources: usize,
    pub(super) url: String,
    pub(super) actors: Vec<NamedActor<'a>>,
    pub(super) tellings: Vec<TellingRecord<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct NamedActor<'a> {
    id: &'a str,
    pub(super) name: &'a str,
}

/// Who tells it.
#[derive(Debug, Serialize)]
pub(super) struct TellingRecord<'a> {
    /// Tellings with one number copy each other.
    source: u32,
    pub(super) headline: &'a str,
    pub(super) outlet: Option<&'a str>,
    published: Option<&'a When>,
    basis: &'static str,
    pub(super) url: String,
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
    let mut out = String::new();
    match form {
        Form::Json => {
            out.push_str("[\n");
            push_pieces(&mut out, &wanted, ",\n", |wanted| {
                record::to_json_list(
                    wanted.iter().map(|(index, _)| here.event_record(*index)),
                    ",\n",
                )
            });
            out.push_str("\n]\n");
        }
        Form::Csv => {
            out.push_str(&lines(|writer| _ = writer.write_record(COLUMNS)));
            push_pieces(&mut out, &wanted, "", |wanted| {
                lines(|writer| {
                    for (index, _) in wanted {
                        row(&here.event_record(*index), writer);
                    }
                })
            });
        }
        Form::Calendar => {
            calendar::begin(&mut out, &desk.config.title);
            push_pieces(&mut out, &wanted, "", |wanted| {
                let mut out = String::with_capacity(RECORD * wanted.len());
                for (index, event) in wanted {
                    calendar::event(&mut out, desk, event, &here.event_record(*index));
                }
                out
            });
            calendar::end(&mut out);
        }
    }
    out
}

impl<'a> Here<'a> {
    fn event_record(self, index: u32) -> EventRecord<'a> {
        let event = &self.desk.archive.events[index as usize];
        let telling = event.tellings[0];
        let briefing = &self.entry(telling.entry).briefing;
        let told = &briefing.reading.events[telling.event as usize];
        let date = &briefing.reading.dates[told.date as usize];
        EventRecord {
            id: event.id.text(),
            edtf: &event.when,
            first: event.when.first(),
            last: event.when.last(),
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
                        published: article.published.when.as_ref(),
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

/// Writes an event as a row of the table.
fn row(event: &EventRecord<'_>, writer: &mut csv::Writer<Vec<u8>>) {
    let join = |parts: Vec<&str>| parts.join("; ");
    let mut outlets: Vec<&str> =
        event.tellings.iter().filter_map(|telling| telling.outlet).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let published: Vec<String> =
        event.tellings.iter().filter_map(|telling| telling.published).map(When::edtf).collect();
    let names = join(event.actors.iter().map(|actor| actor.name).collect());
    let [first, last] = [event.first, event.last].map(|day| day.map(Day::text).unwrap_or_default());
    let (outlets, n_sources) = (join(outlets), event.n_sources.to_string());
    let cells: [&str; COLUMNS.len()] = [
        event.id.as_str(),
        &event.edtf.edtf(),
        first.as_str(),
        last.as_str(),
        event.precision,
        kind_word(event.kind),
        &as_text(event.words),
        &as_text(event.rule),
        &as_text(event.sentence),
        &as_text(&names),
        &join(event.actors.iter().map(|actor| actor.id).collect()),
        &n_sources,
        &as_text(&outlets),
        &published.join("; "),
        &event.url,
    ];
    // Writing to memory does not fail, and every row is as long as the head.
    let _ = writer.write_record(cells);
}
