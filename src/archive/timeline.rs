//! Every dated event of the archive, in order.
//!
//! A sentence with a date is an event; the same happening told by several clippings
//! is one event with several tellings (see [`super::happening`]). Tellings that copy
//! each other, as two printings of one agency's text do, are one source.
//!
//! Start at [`gather`].

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::happening::{self, Days, number};
use super::{Archive, Before, Entry};
use crate::briefing::Briefing;
use crate::reading::{Event, EventKind, Zone};
use crate::text::{Short, digits};
use crate::when::{Day, When};

/// A dated event and everyone who tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEvent {
    /// Made from its date and the sentence of its oldest telling; prints as the
    /// anchor `e-…`.
    pub id: EventId,
    /// The ids that its other tellings would have by themselves: links to them
    /// lead here.
    pub other_ids: Vec<EventId>,
    /// When; the narrowest date of its tellings.
    pub when: When,
    /// How it stands to its date.
    pub kind: EventKind,
    /// Indices into [`Archive::actors`]: who is named in its sentences.
    pub actors: Vec<u32>,
    /// Where it stands, newest article first; never empty.
    pub tellings: Vec<Telling>,
    /// How many of its tellings do not copy another one; at least 1.
    pub n_sources: usize,
}

/// What an event's anchor is made from: forty bits of the hash of its date and its
/// sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(u64);

impl EventId {
    const DIGITS: usize = 8;
    const ALL: u64 = (1 << (5 * Self::DIGITS)) - 1;

    fn of(print: u64) -> Self {
        Self(print & Self::ALL)
    }

    /// What it prints.
    pub fn text(self) -> Short {
        digits("e-", self.0, Self::DIGITS)
    }

    /// Appends what it prints.
    pub fn push(self, out: &mut String) {
        out.push_str(self.text().as_str());
    }

    /// The number that it prints.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The anchor that prints `number`; `None` for one that no anchor prints.
    pub fn from_number(number: u64) -> Option<Self> {
        (number <= Self::ALL).then_some(Self(number))
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

/// A sentence that tells an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// The article.
    pub entry: u32,
    /// Index into the events of its reading.
    pub event: u32,
    /// Its source, by number from 0: tellings that copy each other share one.
    pub source: u32,
}

impl TimelineEvent {
    /// The day it is sorted under: the first it can mean, or the last where the
    /// start is open.
    pub fn day(&self) -> Option<Day> {
        self.when.first().or_else(|| self.when.last())
    }
}

/// A sentence of one article that tells an event.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    id: EventId,
    /// Index into the events of the reading.
    event: u32,
    when: When,
    days: Days,
    kind: EventKind,
    /// Indices into [`Archive::actors`].
    actors: Vec<u32>,
}

/// Every event, and for every entry its own by index, in the order of the text.
pub(super) fn gather(
    archive: &Archive,
    before: Option<Before<'_>>,
) -> (Arc<Vec<TimelineEvent>>, Vec<Vec<u32>>) {
    if let Some(before) = before.filter(|before| tells_the_same(archive, before)) {
        let there = before.archive;
        let of_entries = there.entries.iter().map(|entry| entry.events.clone()).collect();
        return (Arc::clone(&there.events), of_entries);
    }
    let entries = &archive.entries;
    let sentences: Vec<Vec<Told>> = entries.par_iter().map(sentences).collect();
    let n_sentences = sentences.iter().map(Vec::len).sum();
    let mut events: Vec<TimelineEvent> = Vec::with_capacity(n_sentences);
    let mut days: Vec<Days> = Vec::with_capacity(n_sentences);
    let mut by_id: FxHashMap<EventId, usize> = FxHashMap::default();
    by_id.reserve(n_sentences);
    let mut told: Vec<Vec<usize>> = Vec::with_capacity(entries.len());
    for (entry, sentences) in (0u32..).zip(sentences) {
        let mut own: Vec<usize> = Vec::with_capacity(sentences.len());
        for Told { id, event, when, days: of_when, kind, actors } in sentences {
            let telling = Telling { entry, event, source: 0 };
            let index = *by_id.entry(id).or_insert_with(|| {
                days.push(of_when);
                events.push(TimelineEvent {
                    id,
                    other_ids: Vec::new(),
                    when,
                    kind,
                    actors,
                    // Most are told once.
                    tellings: Vec::with_capacity(1),
                    n_sources: 1,
                });
                events.len() - 1
            });
            if events[index].tellings.last().is_none_or(|last| last.entry != entry) {
                events[index].tellings.push(telling);
                own.push(index);
            }
        }
        told.push(own);
    }

    // Oldest telling first: what is added later joins what was there.
    let mut oldest_first: Vec<usize> = Vec::with_capacity(events.len());
    for (entry, own) in told.iter().enumerate().rev() {
        let is_oldest = |event: &&usize| {
            events[**event].tellings.last().is_some_and(|last| last.entry as usize == entry)
        };
        oldest_first.extend(own.iter().filter(is_oldest));
    }
    let leader = merge(&mut events, &mut days, oldest_first, entries);
    events
        .par_iter_mut()
        .filter(|event| event.tellings.len() > 1)
        .for_each(|event| count_sources(event, entries));
    let mut order: Vec<(u128, usize)> = (0..events.len())
        .into_par_iter()
        .filter(|event| leader[*event] == *event)
        .map(|event| (order(&events[event], days[event]), event))
        .collect();
    order.par_sort_unstable();
    let mut position = vec![0u32; events.len()];
    for (index, (_, event)) in (0u32..).zip(&order) {
        position[*event] = index;
    }
    let own = |told: Vec<usize>| told.into_iter().map(|index| position[leader[index]]).collect();
    let of_entries = told.into_iter().map(own).collect();
    let mut slots: Vec<Option<TimelineEvent>> = events.into_iter().map(Some).collect();
    let mut events = Vec::with_capacity(order.len());
    events.extend(order.into_iter().filter_map(|(_, event)| slots[event].take()));
    (Arc::new(events), of_entries)
}

/// Whether all that the timeline is made from is as it was before.
fn tells_the_same(archive: &Archive, before: &Before<'_>) -> bool {
    let there = before.archive;
    let tells_same = |(index, (now, then)): (u32, (&Entry, &Entry))| {
        now.same_story == then.same_story
            && now.actors == then.actors
            && (before.is_same(index)
                || now.briefing.event_prints == then.briefing.event_prints
                    && now.briefing.event_words == then.briefing.event_words
                    && sentences(now) == sentences(then))
    };
    archive.entries.len() == there.entries.len()
        && archive.actors.iter().map(|one| &one.id).eq(there.actors.iter().map(|one| &one.id))
        && (0u32..).zip(archive.entries.iter().zip(&there.entries)).all(tells_same)
}

/// The sentences of an article that tell an event, in the order of the text.
fn sentences(entry: &Entry) -> Vec<Told> {
    let briefing = &entry.briefing;
    let events = (0u32..).zip(&briefing.reading.events).zip(&briefing.event_prints);
    events
        .filter_map(|((index, event), print)| {
            let (when, days) = when_of(briefing, event)?;
            let actor = |actor: &u32| entry.actors.get(*actor as usize).copied().flatten();
            let mut actors: Vec<u32> = event.actors.iter().filter_map(actor).collect();
            actors.dedup();
            let (id, kind) = (EventId::of(*print), event.kind);
            Some(Told { id, event: index, when: when.clone(), days, kind, actors })
        })
        .collect()
}

/// Joins events that tell the same happening into the one told first, and gives for
/// every event the one that it became.
fn merge(
    events: &mut [TimelineEvent],
    days: &mut [Days],
    oldest_first: Vec<usize>,
    entries: &[Entry],
) -> Vec<usize> {
    let words = |event: usize| -> &[u32] {
        let words = events[event].tellings.last().and_then(|telling| {
            let briefing = &entries[telling.entry as usize].briefing;
            briefing.event_words.get(telling.event as usize)
        });
        words.map_or(&[], |words| words)
    };
    let leader = happening::groups(events, days, &oldest_first, words);
    for event in oldest_first {
        let first = leader[event];
        if first == event {
            continue;
        }
        let tellings = std::mem::take(&mut events[event].tellings);
        let actors = std::mem::take(&mut events[event].actors);
        let (id, when, kind) = (events[event].id, events[event].when.clone(), events[event].kind);
        let into = &mut events[first];
        into.other_ids.push(id);
        into.tellings.extend(tellings);
        into.tellings.sort_by_key(|telling| telling.entry);
        for actor in actors {
            if !into.actors.contains(&actor) {
                into.actors.push(actor);
            }
        }
        // What is stated goes before what is inferred, then the narrower date.
        let doubt = |when: &When, Days { first, last }: Days| {
            let length = first.zip(last).map(|(first, last)| last.since(first));
            (length.is_none(), when.is_uncertain(), length)
        };
        if doubt(&when, days[event]) < doubt(&into.when, days[first]) {
            into.when = when;
            days[first] = days[event];
        }
        into.kind = into.kind.min(kind);
    }
    leader
}

/// Numbers the sources of an event: a telling in the words of another one, or in
/// another printing of the same story, is no source of its own.
fn count_sources(event: &mut TimelineEvent, entries: &[Entry]) {
    let mut n_sources = 0;
    for at in 0..event.tellings.len() {
        let (before, own) = event.tellings.split_at(at);
        let Some(own) = own.first() else { break };
        let entry = &entries[own.entry as usize];
        let print = |telling: &Telling| {
            entries[telling.entry as usize].briefing.event_prints.get(telling.event as usize)
        };
        let copied = before
            .iter()
            .find(|other| entry.same_story.contains(&other.entry) || print(other) == print(own));
        let source = copied.map_or(n_sources, |other| other.source);
        n_sources = n_sources.max(source + 1);
        event.tellings[at].source = source;
    }
    event.n_sources = n_sources as usize;
}

/// The date of an event that belongs on the timeline, and its days: one with a calendar
/// date, told in running text.
fn when_of<'a>(briefing: &'a Briefing, event: &Event) -> Option<(&'a When, Days)> {
    let when = briefing.reading.dates.get(event.date as usize)?.when.as_ref()?;
    let zone = briefing.prose.blocks.get(briefing.block(event.sentence))?.zone;
    let told = matches!(zone, Zone::Body | Zone::Quote);
    let days = Days::of(when);
    let dated = days.first.is_some() || days.last.is_some();
    (told && dated).then_some((when, days))
}

/// What events are put in order by: the year; what has no month before what has
/// one; the first day; the more precise date; the older telling; the id. One number, as
/// a hundred thousand of them are compared; what is missing comes first.
fn order(event: &TimelineEvent, Days { first, last }: Days) -> u128 {
    let day = first.or(last).map_or(0, number);
    let month = event.when.month_of().map_or(0, |(_, month)| month);
    let telling = event.tellings.first().map_or(0, |telling| telling.entry);
    let parts: [(u64, u32); 6] = [
        (day >> 9, 14),
        (u64::from(month), 4),
        (day & 511, 9),
        (last.map_or(0, number), 23),
        (u64::from(!telling), 32),
        (event.id.number(), 40),
    ];
    parts.into_iter().fold(0, |order, (part, bits)| order << bits | u128::from(part))
}
