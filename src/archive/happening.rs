//! The same happening, told by several clippings in their own words.
//!
//! In: events that each stand for one sentence and one date. Out: which of them
//! tell the same. Two do where all of this holds:
//!
//! - their dates agree: the same date, or one lies within the week of the other;
//! - neither is only planned, or a limit, where the other has happened;
//! - the sentences name an actor in common;
//! - they share two content words at least, and these weigh [`ONE_ACTOR`] percent of
//!   the shorter sentence's words, or [`TWO_ACTORS`] percent where two actors or more
//!   are shared. A word weighs more the fewer events use it.
//!
//! The decision to question: an article never tells one happening twice. Two
//! sentences of one article with one date are a sequence of happenings far more
//! often than a repetition.
//!
//! Near-linear: an event is compared with what shares its day and one of its rarest
//! words, and with no more than [`CANDIDATES`] of these for each word; and only with
//! the event that opened a group, so that a chain of small differences cannot join
//! what has nothing in common. Who meets whom is found in parallel; only the choice
//! among the few that do is made in order, as each depends on those before it.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::timeline::TimelineEvent;
use crate::reading::EventKind;
use crate::text::Repeated;
use crate::when::{Day, When};

/// Share of weight, in percent, that one shared actor asks for.
const ONE_ACTOR: u32 = 45;
/// Share of weight, in percent, that two shared actors ask for.
const TWO_ACTORS: u32 = 30;
/// Content words that two sentences share at least.
const SHARED: usize = 2;
/// So many of an event's rarest words find what it is compared with.
const RAREST: usize = 6;
/// So many groups are looked at for every word and day.
const CANDIDATES: usize = 32;
/// Events that are looked at together by one thread.
const CHUNK: usize = 4096;
/// Dates of more days hold too much to be one happening, unless they are the same.
const WEEK: i64 = 7;

/// For every event the event that opened its group: itself, or one before it in
/// `order`.
///
/// `days` are the days of each, `words` the content words of its sentence, sorted, each
/// once.
pub(super) fn groups(
    events: &[TimelineEvent],
    days: &[Days],
    words: &[&[u32]],
    order: &[usize],
) -> Vec<usize> {
    let weights = weights(words);
    let weighed: Vec<Weighed> =
        (events.par_chunks(CHUNK), days.par_chunks(CHUNK), words.par_chunks(CHUNK))
            .into_par_iter()
            .map(|(events, days, words)| Weighed::of(events, days, words, &weights))
            .collect();
    let places = Places::of(&weighed);

    let mut leader: Vec<usize> = (0..events.len()).collect();
    let mut entries: FxHashMap<usize, Vec<u32>> = FxHashMap::default();
    let mut opened = Opened::at(&places);
    // By event the last one that it was compared with: two may share many places.
    let mut met: Vec<usize> = vec![usize::MAX; events.len()];
    for event in order.iter().copied() {
        let own = places.of_event(event);
        let told_in = |event: usize| events[event].tellings.iter().map(|telling| telling.entry);
        // The cheapest question first.
        let best = own
            .iter()
            .flat_map(|place| opened.at_place(*place))
            .filter(|other| std::mem::replace(&mut met[*other], event) != event)
            .filter_map(|other| {
                let shared = shared(&events[other].actors, &events[event].actors);
                (shared > 0).then_some((other, shared))
            })
            .filter_map(|(other, shared)| {
                let of_event = |event: usize| weighed[event / CHUNK].of_event(event % CHUNK);
                let ((own, total), (_, other_total)) = (of_event(event), of_event(other));
                let weight = |at: usize| u32::from(own[at]);
                let lighter = total.min(other_total);
                let likeness = likeness(words[event], words[other], weight, lighter);
                is_enough(shared, likeness).then_some((likeness, Reverse(other)))
            })
            .filter(|(_, Reverse(other))| {
                let there = entries.get(other).into_iter().flatten().copied();
                agree((&events[*other], days[*other]), (&events[event], days[event]))
                    && there
                        .chain(told_in(*other))
                        .all(|entry| told_in(event).all(|own| own != entry))
            })
            .max();
        if let Some((_, Reverse(first))) = best {
            leader[event] = first;
            entries.entry(first).or_default().extend(told_in(event));
            continue;
        }
        for place in own {
            opened.push(*place, event);
        }
    }
    leader
}

/// What each word weighs: the more the fewer events use it, at most 32.
fn weights(words: &[&[u32]]) -> FxHashMap<u32, u32> {
    let count = |mut used: FxHashMap<u32, u32>, words: &&[u32]| {
        for word in *words {
            *used.entry(*word).or_default() += 1;
        }
        used
    };
    let counts = words.par_iter().with_min_len(CHUNK).fold(FxHashMap::default, count);
    let mut used = counts.reduce(FxHashMap::default, |a, b| {
        let (mut more, less) = if a.len() < b.len() { (b, a) } else { (a, b) };
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (word, n) in less {
            *more.entry(word).or_default() += n;
        }
        more
    });
    let total = u32::try_from(words.len()).unwrap_or(u32::MAX);
    #[expect(clippy::iter_over_hash_type, reason = "each is weighed by itself")]
    for n in used.values_mut() {
        *n = (total / *n).max(1).ilog2() + 1;
    }
    used
}

/// What is compared of some events, one after another; nothing of one that is not compared.
#[derive(Default)]
struct Weighed {
    /// Where the weights of each event begin, and what all of them weigh.
    events: Vec<(u32, u32)>,
    /// What each of its words weighs, at most 32.
    weights: Vec<u8>,
    /// Where the places of each event end.
    ends: Vec<u32>,
    /// Where it may meet others: each of its days with each of its heaviest words, as one
    /// number.
    places: Vec<u64>,
}

impl Weighed {
    fn of(
        events: &[TimelineEvent],
        days: &[Days],
        words: &[&[u32]],
        weights: &FxHashMap<u32, u32>,
    ) -> Self {
        let weight = |word: &u32| {
            let weight = weights.get(word).map_or(1, |weight| *weight);
            (Reverse(u8::try_from(weight).unwrap_or(u8::MAX)), *word)
        };
        let mut weighed = Self::default();
        let mut by_weight: Vec<(Reverse<u8>, u32)> = Vec::new();
        for ((event, days), words) in events.iter().zip(days).zip(words) {
            let start = weighed.weights.len();
            let mut total = 0;
            if !event.actors.is_empty() && words.len() >= SHARED {
                by_weight.clear();
                by_weight.extend(words.iter().map(weight));
                weighed.weights.extend(by_weight.iter().map(|(Reverse(weight), _)| *weight));
                total = weighed.weights[start..].iter().map(|weight| u32::from(*weight)).sum();
                by_weight.sort_unstable();
                let rarest = &by_weight[..by_weight.len().min(RAREST)];
                let at = |date: u64| rarest.iter().map(move |(_, word)| date ^ u64::from(*word));
                weighed.places.extend(days.dates().into_iter().flat_map(at));
            }
            weighed.events.push((u32::try_from(start).unwrap_or(u32::MAX), total));
            weighed.ends.push(u32::try_from(weighed.places.len()).unwrap_or(u32::MAX));
        }
        weighed
    }

    /// What the words of the event at `index` weigh, and what all of them do.
    fn of_event(&self, index: usize) -> (&[u8], u32) {
        let (start, total) = self.events[index];
        (&self.weights[start as usize..], total)
    }
}

/// The places where two events meet at least.
struct Places {
    /// How many there are.
    n_shared: usize,
    /// Those of each event begin here in `all`; one more than there are events.
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Places {
    fn of(weighed: &[Weighed]) -> Self {
        let repeated = Repeated::of(|| weighed.iter().flat_map(|some| &some.places).copied());
        let mut starts = vec![0];
        let mut shared: Vec<u64> = Vec::new();
        for some in weighed {
            let mut places = some.places.iter().copied();
            let mut start = 0;
            for end in &some.ends {
                let own = places.by_ref().take((end - start) as usize);
                shared.extend(own.filter(|place| repeated.may_hold(*place)));
                starts.push(u32::try_from(shared.len()).unwrap_or(u32::MAX));
                start = *end;
            }
        }
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        // Each of them is there twice at least.
        numbers.reserve(shared.len() / 2);
        let number = |place: u64| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(place).or_insert(next)
        };
        let all = shared.into_iter().map(number).collect();
        Self { n_shared: numbers.len(), starts, all }
    }

    fn of_event(&self, event: usize) -> &[u32] {
        &self.all[self.starts[event] as usize..self.starts[event + 1] as usize]
    }
}

/// The events that opened a group, by place: the first [`CANDIDATES`] of each.
struct Opened {
    /// Where those of each place begin in `all`; one more than there are places.
    starts: Vec<u32>,
    /// Where the next one of each place goes.
    free: Vec<u32>,
    all: Vec<usize>,
}

impl Opened {
    /// None yet, with room for all that may come.
    fn at(places: &Places) -> Self {
        let mut starts = vec![0; places.n_shared + 1];
        for place in &places.all {
            let n: &mut u32 = &mut starts[*place as usize + 1];
            *n = (*n + 1).min(u32::try_from(CANDIDATES).unwrap_or(u32::MAX));
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let all = vec![0; starts.last().map_or(0, |end| *end as usize)];
        Self { free: starts.clone(), starts, all }
    }

    fn at_place(&self, place: u32) -> impl Iterator<Item = usize> {
        let (start, end) = (self.starts[place as usize], self.free[place as usize]);
        self.all[start as usize..end as usize].iter().copied()
    }

    fn push(&mut self, place: u32, event: usize) {
        let free = &mut self.free[place as usize];
        if *free < self.starts[place as usize + 1] {
            self.all[*free as usize] = event;
            *free += 1;
        }
    }
}

/// Whether two sentences that share so many actors are near enough to tell the same,
/// every word weighing alike: for two clippings without an archive around them.
pub(super) fn is_near(actors: usize, a: &[u32], b: &[u32]) -> bool {
    let shorter = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX);
    is_enough(actors, likeness(a, b, |_| 1, shorter))
}

fn is_enough(actors: usize, likeness: u32) -> bool {
    match actors {
        0 => false,
        1 => likeness >= ONE_ACTOR,
        _ => likeness >= TWO_ACTORS,
    }
}

/// The first and the last day that a date can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Option<Day>,
    pub(super) last: Option<Day>,
}

impl Days {
    pub(super) fn of(when: &When) -> Self {
        Self { first: when.first(), last: when.last() }
    }

    /// What two dates must share one of to be compared: a day, or being the same
    /// stretch. Numbers whose lower half is free; of two stretches they may be the same,
    /// which costs a comparison.
    fn dates(self) -> Vec<u64> {
        match (self.first, self.last) {
            (Some(first), Some(last)) if last.since(first) < WEEK => {
                let days = (0..=last.since(first)).filter_map(|days| first.plus(days));
                days.map(|day| number(day) << 32).collect()
            }
            (first, last) => {
                let end = |day: Option<Day>| day.map_or(0, number);
                let both = (end(first) << 23 | end(last)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                vec![1 << 63 | (both >> 33 << 32)]
            }
        }
    }

    fn is_within(self, other: Self) -> bool {
        self.first >= other.first && self.last <= other.last
    }
}

/// A day as a number of 23 bits, in the order of the calendar.
pub(super) fn number(day: Day) -> u64 {
    u64::from(day.year().unsigned_abs()) << 9 | u64::from(day.month()) << 5 | u64::from(day.day())
}

/// Whether date and kind of two events allow that they are one.
fn agree(a: (&TimelineEvent, Days), b: (&TimelineEvent, Days)) -> bool {
    let dates = a.0.when == b.0.when || a.1.is_within(b.1) || b.1.is_within(a.1);
    let told = |kind| matches!(kind, EventKind::Happened | EventKind::Background);
    dates && (a.0.kind == b.0.kind || (told(a.0.kind) && told(b.0.kind)))
}

/// How many of two short lists are the same.
fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|actor| b.contains(actor)).count()
}

/// The weight of the words that two sentences share, in percent of the weight of the
/// `lighter` one; 0 for fewer than [`SHARED`]. `weight` gives that of a word of `a`, by
/// its place.
fn likeness(a: &[u32], b: &[u32], weight: impl Fn(usize) -> u32, lighter: u32) -> u32 {
    let (mut n_common, mut common) = (0, 0);
    let mut rest = b.iter().copied().peekable();
    for (at, word) in a.iter().enumerate() {
        while rest.next_if(|other| other < word).is_some() {}
        if rest.next_if_eq(word).is_some() {
            n_common += 1;
            common += weight(at);
        }
    }
    if n_common < SHARED { 0 } else { common * 100 / lighter.max(1) }
}
