//! Every dated event of the archive, in order.
//!
//! A sentence with a date is an event; the same happening told by several clippings
//! is one event with several tellings (see [`super::happening`]). Tellings that copy
//! each other, as two printings of one agency's text do, are one source.
//!
//! Start at [`gather`].

use std::collections::hash_map;
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

/// Articles whose events are made at once: what is made of them is there twice until it has
/// found its place.
const STRETCH: usize = 1024;

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
struct Told<'a> {
    /// As nobody else tells it.
    event: TimelineEvent,
    days: Days,
    /// The content words of the sentence.
    words: &'a [u32],
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
    let n_sentences = entries.iter().map(|entry| entry.briefing.event_prints.len()).sum();
    let mut events: Vec<TimelineEvent> = Vec::with_capacity(n_sentences);
    let mut days: Vec<Days> = Vec::with_capacity(n_sentences);
    // Of the oldest telling.
    let mut words: Vec<&[u32]> = Vec::with_capacity(n_sentences);
    let mut by_id: FxHashMap<EventId, usize> = FxHashMap::default();
    by_id.reserve(n_sentences);
    let mut told: Vec<Vec<usize>> = Vec::with_capacity(entries.len());
    for (first, entries) in (0..).step_by(STRETCH).zip(entries.chunks(STRETCH)) {
        let own = entries.par_iter().enumerate().map(|(at, entry)| sentences(first + at, entry));
        for sentences in own.collect::<Vec<Vec<Told<'_>>>>() {
            let mut own: Vec<usize> = Vec::with_capacity(sentences.len());
            for Told { event, days: of_when, words: of_sentence } in sentences {
                match by_id.entry(event.id) {
                    hash_map::Entry::Vacant(free) => {
                        own.push(*free.insert(events.len()));
                        days.push(of_when);
                        words.push(of_sentence);
                        events.push(event);
                    }
                    hash_map::Entry::Occupied(known) => {
                        let index = *known.get();
                        let there = &mut events[index].tellings;
                        let entry = |tellings: &[Telling]| tellings.last().map(|last| last.entry);
                        if entry(there) != entry(&event.tellings) {
                            there.extend(event.tellings);
                            words[index] = of_sentence;
                            own.push(index);
                        }
                    }
                }
            }
            told.push(own);
        }
    }
    drop(by_id);

    // Oldest telling first: what is added later joins what was there.
    let mut oldest_first: Vec<usize> = Vec::with_capacity(events.len());
    for (entry, own) in told.iter().enumerate().rev() {
        let is_oldest = |event: &&usize| {
            events[**event].tellings.last().is_some_and(|last| last.entry as usize == entry)
        };
        oldest_first.extend(own.iter().filter(is_oldest));
    }
    let leader = merge(&mut events, &mut days, &words, oldest_first);
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
    let mut position = vec![u32::MAX; events.len()];
    for (index, (_, event)) in (0u32..).zip(&order) {
        position[*event] = index;
    }
    let own = |told: Vec<usize>| told.into_iter().map(|index| position[leader[index]]).collect();
    let of_entries = told.into_iter().map(own).collect();
    bring_in_order(&mut events, position);
    (Arc::new(events), of_entries)
}

/// Puts each of `events` where its `position` says, those without one aside. In place, for
/// they are a great part of what an archive is while it is joined.
fn bring_in_order(events: &mut Vec<TimelineEvent>, mut position: Vec<u32>) {
    let n = position.iter().filter(|position| **position != u32::MAX).count();
    let aside = position.iter_mut().filter(|position| **position == u32::MAX);
    for (position, to) in aside.zip(u32::try_from(n).unwrap_or(u32::MAX)..) {
        *position = to;
    }
    for at in 0..events.len() {
        // Each turn brings one to its place.
        while position[at] as usize != at {
            let to = position[at] as usize;
            events.swap(at, to);
            position.swap(at, to);
        }
    }
    events.truncate(n);
}

/// Whether all that the timeline is made from is as it was before.
fn tells_the_same(archive: &Archive, before: &Before<'_>) -> bool {
    let there = before.archive;
    let tells_same = |(index, (now, then)): (u32, (&Entry, &Entry))| {
        let at = index as usize;
        now.same_story == then.same_story
            && now.actors == then.actors
            && (before.is_same(index)
                || now.briefing.event_prints == then.briefing.event_prints
                    && now.briefing.event_words == then.briefing.event_words
                    && sentences(at, now) == sentences(at, then))
    };
    archive.entries.len() == there.entries.len()
        && archive.actors.iter().map(|one| &one.id).eq(there.actors.iter().map(|one| &one.id))
        && (0u32..).zip(archive.entries.iter().zip(&there.entries)).all(tells_same)
}

/// The sentences of the article at `index` that tell an event, in the order of the text.
fn sentences(index: usize, entry: &Entry) -> Vec<Told<'_>> {
    let article = u32::try_from(index).unwrap_or(u32::MAX);
    let briefing = &entry.briefing;
    let events = (0u32..).zip(&briefing.reading.events).zip(&briefing.event_prints);
    events
        .filter_map(|((index, event), print)| {
            let (when, days) = when_of(briefing, event)?;
            let actor = |actor: &u32| entry.actors.get(*actor as usize).copied().flatten();
            let mut actors: Vec<u32> = event.actors.iter().filter_map(actor).collect();
            actors.dedup();
            let words = briefing.event_words.get(index as usize).map_or(&[][..], |words| words);
            let event = TimelineEvent {
                id: EventId::of(*print),
                other_ids: Vec::new(),
                when: when.clone(),
                kind: event.kind,
                actors,
                tellings: vec![Telling { entry: article, event: index, source: 0 }],
                n_sources: 1,
            };
            Some(Told { event, days, words })
        })
        .collect()
}

/// Joins events that tell the same happening into the one told first, and gives for
/// every event the one that it became. `words` are those of its oldest telling.
fn merge(
    events: &mut [TimelineEvent],
    days: &mut [Days],
    words: &[&[u32]],
    oldest_first: Vec<usize>,
) -> Vec<usize> {
    let leader = happening::groups(events, days, words, &oldest_first);
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
