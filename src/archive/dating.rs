//! The day of one clipping by another: both tell the same happening, and one of them
//! says when it was published.
//!
//! In: every briefing that may be published. Out: for those without a date of
//! publication what others say of it, as bounds for
//! [`infer`](crate::reading::published::infer). A clipping whose year is unknown
//! tells of "November 7"; where dated clippings tell the same of 7 November of one
//! year, it was written between that day and a week after the last of them. In news
//! nine reports of ten name their newest day within a week.
//!
//! The decision to question: where others tell it of two years, nothing is said.
//! Linear: only days that an undated clipping names are looked up.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::happening::is_near;
use crate::briefing::Briefing;
use crate::reading::published::Bound;
use crate::reading::{Event, EventKind};
use crate::when::{Day, When};

/// How long after the newest day it names a report may be printed.
const LATE: i64 = 7;
/// So many dated tellings are looked at for every day.
const TELLINGS: usize = 64;

/// Month and day.
type MonthDay = (u32, u32);

/// An event of one of the briefings.
type Told = (usize, usize);

/// For every undated briefing that another one dates, by index: what the other says.
pub fn by_others(briefings: &[Arc<Briefing>]) -> Vec<(usize, Vec<Bound>)> {
    let undated: Vec<usize> = (0..briefings.len())
        .filter(|index| briefings[*index].article.published.when.is_none())
        .collect();
    let mut told: FxHashMap<MonthDay, Vec<Told>> = FxHashMap::default();
    for index in &undated {
        for event in &briefings[*index].reading.events {
            if let Some((_, month_day)) = happened(&briefings[*index], event) {
                told.entry(month_day).or_default();
            }
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    for (index, briefing) in briefings.iter().enumerate() {
        if briefing.article.published.basis_word() != "stated" {
            continue;
        }
        for (number, event) in briefing.reading.events.iter().enumerate() {
            let Some((Some(_), month_day)) = happened(briefing, event) else { continue };
            if let Some(tellings) = told.get_mut(&month_day).filter(|list| list.len() < TELLINGS) {
                tellings.push((index, number));
            }
        }
    }
    undated
        .into_iter()
        .map(|index| (index, bounds(index, briefings, &told)))
        .filter(|(_, bounds)| !bounds.is_empty())
        .collect()
}

fn bounds(
    index: usize,
    briefings: &[Arc<Briefing>],
    told: &FxHashMap<MonthDay, Vec<Told>>,
) -> Vec<Bound> {
    let own = &briefings[index];
    let mut bounds: Vec<Bound> = Vec::new();
    let mut years: Vec<i32> = Vec::new();
    for (number, event) in own.reading.events.iter().enumerate() {
        let Some((year, month_day)) = happened(own, event) else { continue };
        for (other, other_number) in told.get(&month_day).into_iter().flatten() {
            let other = &briefings[*other];
            let other_event = &other.reading.events[*other_number];
            let Some((Some(other_year), _)) = happened(other, other_event) else { continue };
            let same = is_near(
                shared_actors(own, event, other, other_event),
                words(own, number),
                words(other, *other_number),
            );
            if !same || year.is_some_and(|year| year != other_year) {
                continue;
            }
            let published = other.article.published.when.as_ref();
            let Some(printed) = published.and_then(When::last) else { continue };
            let day = Day::new(other_year, month_day.0, month_day.1);
            bounds.push(Bound {
                first: day,
                last: printed.plus(LATE),
                clue: format!(
                    "`{}`, published {}, tells the same of {}",
                    other.article.headline.value,
                    published.map(When::label).unwrap_or_default(),
                    day.map_or_else(String::new, |day| When::day(day).label()),
                ),
            });
            if year.is_none() {
                years.push(other_year);
            }
        }
    }
    years.sort_unstable();
    years.dedup();
    if years.len() > 1 { Vec::new() } else { narrowest(bounds) }
}

/// The bound that begins last, of equals the one that ends first: a report is no
/// older than the newest day it tells of.
fn narrowest(bounds: Vec<Bound>) -> Vec<Bound> {
    let best = bounds.into_iter().min_by(|a, b| {
        b.first.cmp(&a.first).then_with(|| (a.last, &a.clue).cmp(&(b.last, &b.clue)))
    });
    best.into_iter().collect()
}

/// Year, where it is known, and month and day of an event that happened on a day.
fn happened(briefing: &Briefing, event: &Event) -> Option<(Option<i32>, MonthDay)> {
    if event.kind != EventKind::Happened {
        return None;
    }
    let date = briefing.reading.dates.get(event.date as usize)?;
    if let Some(day) = date.when.as_ref().and_then(When::as_day) {
        return Some((Some(day.year()), (day.month(), day.day())));
    }
    let (month, day) = date.value.strip_prefix("XXXX-")?.split_once('-')?;
    Some((None, (month.parse().ok()?, day.parse().ok()?)))
}

fn words(briefing: &Briefing, event: usize) -> &[u32] {
    briefing.event_words.get(event).map_or(&[], |words| words)
}

/// How many actors two events of two clippings share.
fn shared_actors(a: &Briefing, event: &Event, b: &Briefing, other: &Event) -> usize {
    let id = |briefing: &Briefing, actor: u32| {
        briefing.reading.actors.get(actor as usize).map(|seen| Arc::clone(&seen.id))
    };
    let there: Vec<_> = other.actors.iter().filter_map(|actor| id(b, *actor)).collect();
    event.actors.iter().filter_map(|actor| id(a, *actor)).filter(|id| there.contains(id)).count()
}
