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
//! what has nothing in common.

use rustc_hash::FxHashMap;

use super::timeline::TimelineEvent;
use crate::reading::EventKind;
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
/// Dates of more days hold too much to be one happening, unless they are the same.
const WEEK: i64 = 7;

/// For every event the event that opened its group: itself, or one before it in
/// `order`.
///
/// `words` gives the content words of an event's sentence, sorted, each once.
pub(super) fn groups<'a>(
    events: &[TimelineEvent],
    order: &[usize],
    words: impl Fn(usize) -> &'a [u32],
) -> Vec<usize> {
    let mut used: FxHashMap<u32, u32> = FxHashMap::default();
    for word in order.iter().flat_map(|event| words(*event)) {
        *used.entry(*word).or_default() += 1;
    }
    let total = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let weight =
        |word: &u32| (total / used.get(word).copied().unwrap_or(1).max(1)).max(1).ilog2() + 1;
    let mut leader: Vec<usize> = (0..events.len()).collect();
    let mut entries: FxHashMap<usize, Vec<u32>> = FxHashMap::default();
    let mut groups: FxHashMap<(Key, u32), Vec<usize>> = FxHashMap::default();
    for event in order.iter().copied() {
        if events[event].actors.is_empty() || words(event).len() < SHARED {
            continue;
        }
        let mut rarest: Vec<u32> = words(event).to_vec();
        rarest.sort_by_key(|word| (std::cmp::Reverse(weight(word)), *word));
        rarest.truncate(RAREST);
        let keys = keys(&events[event].when);
        let mut near: Vec<usize> = keys
            .iter()
            .flat_map(|key| rarest.iter().map(|word| (*key, *word)))
            .filter_map(|place| groups.get(&place))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let told_in = |event: usize| events[event].tellings.iter().map(|telling| telling.entry);
        let best = near
            .into_iter()
            .filter(|other| {
                let there = entries.get(other).into_iter().flatten();
                agree(&events[*other], &events[event])
                    && there
                        .copied()
                        .chain(told_in(*other))
                        .all(|entry| told_in(event).all(|own| own != entry))
            })
            .filter_map(|other| {
                let shared = shared(&events[other].actors, &events[event].actors);
                let likeness = likeness(words(other), words(event), weight);
                is_enough(shared, likeness).then_some((likeness, std::cmp::Reverse(other)))
            })
            .max();
        if let Some((_, std::cmp::Reverse(first))) = best {
            leader[event] = first;
            entries.entry(first).or_default().extend(told_in(event));
            continue;
        }
        for place in keys.iter().flat_map(|key| rarest.iter().map(|word| (*key, *word))) {
            let here = groups.entry(place).or_default();
            if here.len() < CANDIDATES {
                here.push(event);
            }
        }
    }
    leader
}

/// Whether two sentences that share so many actors are near enough to tell the same,
/// every word weighing alike: for two clippings without an archive around them.
pub(super) fn is_near(actors: usize, a: &[u32], b: &[u32]) -> bool {
    is_enough(actors, likeness(a, b, |_| 1))
}

fn is_enough(actors: usize, likeness: u32) -> bool {
    match actors {
        0 => false,
        1 => likeness >= ONE_ACTOR,
        _ => likeness >= TWO_ACTORS,
    }
}

/// What two dates must share to be compared: a day, or being the same stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Day(Day),
    Stretch(Option<Day>, Option<Day>),
}

fn keys(when: &When) -> Vec<Key> {
    match (when.first(), when.last()) {
        (Some(first), Some(last)) if last.since(first) < WEEK => {
            (0..=last.since(first)).filter_map(|days| first.plus(days)).map(Key::Day).collect()
        }
        (first, last) => vec![Key::Stretch(first, last)],
    }
}

/// Whether date and kind of two events allow that they are one.
fn agree(a: &TimelineEvent, b: &TimelineEvent) -> bool {
    let within =
        |inner: &When, outer: &When| inner.first() >= outer.first() && inner.last() <= outer.last();
    let dates = a.when == b.when || within(&a.when, &b.when) || within(&b.when, &a.when);
    let told = |kind| matches!(kind, EventKind::Happened | EventKind::Background);
    dates && (a.kind == b.kind || (told(a.kind) && told(b.kind)))
}

/// How many of two short lists are the same.
fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|actor| b.contains(actor)).count()
}

/// The weight of the words that two sentences share, in percent of the weight of the
/// lighter one; 0 for fewer than [`SHARED`].
fn likeness(a: &[u32], b: &[u32], weight: impl Fn(&u32) -> u32) -> u32 {
    let all = |words: &[u32]| words.iter().map(&weight).sum::<u32>();
    let common: Vec<&u32> = a.iter().filter(|word| b.binary_search(word).is_ok()).collect();
    if common.len() < SHARED {
        return 0;
    }
    common.into_iter().map(&weight).sum::<u32>() * 100 / all(a).min(all(b)).max(1)
}
