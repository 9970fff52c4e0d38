//! Events that once stood on another page of the timeline.
//!
//! An event moves when others come before it, and gets another anchor when its
//! date or its sentence changes. The lock keeps, with the clipping that tells it,
//! on which pages an event ever stood; on each of those a line leads on from its
//! anchor, to where it stands now or else to the article that told it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::EventYear;
use super::card::{EVENTS, Here};
use super::context::StrayedEvent;
use crate::archive::{Archive, EventId};
use crate::lock::{Lock, Told};
use crate::theme::wording::word;

/// Where a former anchor of the timeline leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stray {
    /// To the event, by index into the archive's events.
    Event(u32),
    /// To the article that told it, by index into its entries.
    Article(u32),
}

/// Anchors that are no longer where they were.
#[derive(Debug, Default)]
pub struct Strayed {
    /// Former anchors by year of [`Desk::event_years`](super::Desk::event_years) (its
    /// index) and page.
    anchors: BTreeMap<(usize, usize), Vec<(EventId, Stray)>>,
    /// The lock, with the place of every event as it stands now.
    pub lock: Lock,
}

impl Strayed {
    /// Finds the anchors that once stood on other pages of `years`, and notes in `lock`
    /// where every event stands now.
    pub fn of(archive: &Archive, years: &[EventYear], mut lock: Lock) -> Self {
        let anchors = strayed(archive, years, &mut lock);
        Self { anchors, lock }
    }
}

fn strayed(
    archive: &Archive,
    years: &[EventYear],
    lock: &mut Lock,
) -> BTreeMap<(usize, usize), Vec<(EventId, Stray)>> {
    let at = |index: usize| {
        let year = years.get(years.partition_point(|year| year.range.end <= index));
        // Of an event without a year there is no page.
        let year = year.filter(|year| year.range.contains(&index))?;
        let page = u32::try_from((index - year.range.start) / EVENTS + 1).unwrap_or(u32::MAX);
        Some(Told { event: archive.events[index].id.number(), year: year.year, page })
    };
    let mut place: FxHashMap<u64, (Told, u32)> = FxHashMap::default();
    // Where nothing was ever published nobody asks where it stands now.
    if lock.records.iter().any(|record| !record.told.is_empty()) {
        place.reserve(archive.events.len());
        for (index, event) in (0u32..).zip(archive.events.iter()) {
            let Some(at) = at(index as usize) else { continue };
            place.insert(at.event, (at, index));
            // Told in other words, it has no anchor of its own any more.
            place.extend(event.other_ids.iter().map(|id| (id.number(), (at, index))));
        }
    }
    let entries: FxHashMap<&str, u32> =
        (0..).zip(&archive.entries).map(|(index, entry)| (entry.id.as_str(), index)).collect();
    let heirs: FxHashMap<&str, &str> = lock
        .records
        .iter()
        .filter_map(|record| Some((record.id.as_str(), record.into.as_deref()?)))
        .collect();
    let mut strayed: BTreeMap<(usize, usize), Vec<(EventId, Stray)>> = BTreeMap::new();
    for record in &lock.records {
        let own = entries.get(record.id.as_str()).copied();
        let heir = || entries.get(heirs.get(record.id.as_str())?).copied();
        for former in &record.told {
            let stray = match place.get(&former.event) {
                Some((now, _)) if now == former => continue,
                Some((_, index)) => Stray::Event(*index),
                None => match own.or_else(heir) {
                    Some(entry) => Stray::Article(entry),
                    None => continue,
                },
            };
            let Ok(year) = years.binary_search_by_key(&former.year, |year| year.year) else {
                continue;
            };
            // A page that is no more sends its reader on to the last one.
            let pages = super::card::pages(years[year].range.len(), EVENTS);
            let page = (former.page as usize).clamp(1, pages);
            let here = strayed.entry((year, page)).or_default();
            if let Some(id) = EventId::from_number(former.event) {
                here.push((id, stray));
            }
        }
    }
    lock.records.par_iter_mut().for_each(|record| {
        let Some(own) = entries.get(record.id.as_str()) else { return };
        let is_told_here = |event: &&u32| {
            let first = archive.events[**event as usize].tellings.first();
            first.is_some_and(|telling| telling.entry == *own)
        };
        let events = archive.entries[*own as usize].events.iter().filter(is_told_here);
        let now = events.filter_map(|event| at(*event as usize));
        let now: Vec<Told> = now.filter(|now| !record.told.contains(now)).collect();
        record.told.reserve_exact(now.len());
        record.told.extend(now);
        record.told.sort_unstable();
    });
    for ((year, page), anchors) in &mut strayed {
        let range = &years[*year].range;
        let start = range.start + (page - 1) * EVENTS;
        let stands = start..(start + EVENTS).min(range.end);
        // What came back, or was sent on to the page where it is.
        anchors.retain(|(id, stray)| match stray {
            Stray::Event(index) => {
                let index = *index as usize;
                archive.events[index].id != *id || !stands.contains(&index)
            }
            Stray::Article(_) => true,
        });
        anchors.sort_unstable_by_key(|(id, _)| *id);
        anchors.dedup_by_key(|(id, _)| *id);
    }
    strayed
}

/// Lines on a page that lead on, and former anchors in all: an archive that is dated
/// anew every day has more and more of them, and a page has a weight to keep.
const LINES: usize = 300;
const ANCHORS: usize = 2_000;

/// The lines that lead on from a page of the timeline, one for each place they lead
/// to. Beyond [`LINES`] places what is left leads to the whole year.
pub(super) fn lines(here: Here<'_>, year: usize, page: usize) -> Vec<StrayedEvent<'_>> {
    let strayed = here.desk.strayed.anchors.get(&(year, page)).map_or(&[][..], Vec::as_slice);
    let (places, rest) = places(strayed);
    let mut lines: Vec<StrayedEvent<'_>> = places
        .into_iter()
        .map(|(stray, ids)| {
            let (href, text) = match stray {
                Stray::Event(index) => {
                    let when = &here.desk.archive.events[index as usize].when;
                    (here.event(index), when.label_in(here.wording().dates()).into())
                }
                Stray::Article(entry) => (here.article(entry), here.entry(entry).headline().into()),
            };
            line(&ids, href, text)
        })
        .collect();
    if !rest.is_empty() {
        let year = here.desk.event_years[year].year.to_string();
        let text = here.wording().fill(word::TIMELINE_OF_YEAR, &[("year", &year)]);
        lines.push(line(&rest, here.to(&format!("/timeline/{year}/")), text.into()));
    }
    lines
}

fn line<'a>(ids: &[EventId], href: String, text: Cow<'a, str>) -> StrayedEvent<'a> {
    let mut ids = ids.iter().map(ToString::to_string);
    StrayedEvent { id: ids.next().unwrap_or_default(), others: ids.collect(), href, text }
}

/// The anchors by where they lead, events first, in the order of their first anchors,
/// and those that are too many.
fn places(strayed: &[(EventId, Stray)]) -> (Vec<(Stray, Vec<EventId>)>, Vec<EventId>) {
    let mut places: Vec<(Stray, Vec<EventId>)> = Vec::new();
    let mut known: HashMap<Stray, usize> = HashMap::new();
    let mut rest = Vec::new();
    let is_event = |(_, stray): &&(EventId, Stray)| matches!(stray, Stray::Event(_));
    let events = strayed.iter().filter(is_event);
    let articles = strayed.iter().filter(|anchor| !is_event(anchor));
    for (id, stray) in events.chain(articles).copied().take(ANCHORS) {
        match known.get(&stray) {
            Some(place) => places[*place].1.push(id),
            None if places.len() == LINES => rest.push(id),
            None => {
                known.insert(stray, places.len());
                places.push((stray, vec![id]));
            }
        }
    }
    (places, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> EventId {
        EventId::from_number(number).unwrap()
    }

    #[test]
    fn anchors_that_lead_to_one_place_share_a_line() {
        let (event, article) = (Stray::Event(4), Stray::Article(2));
        let strayed = [(id(1), article), (id(2), event), (id(3), article), (id(5), event)];
        let (places, rest) = places(&strayed);
        assert_eq!(places, [(event, vec![id(2), id(5)]), (article, vec![id(1), id(3)])]);
        assert_eq!(rest, []);
    }

    #[test]
    fn however_often_an_archive_is_dated_anew_a_page_has_so_many_lines() {
        let history: Vec<_> =
            (0..100_000u32).map(|n| (id(n.into()), Stray::Event(n / 2))).collect();
        let (places, rest) = places(&history);
        let anchors: usize = places.iter().map(|(_, ids)| ids.len()).sum();
        assert_eq!((places.len(), anchors + rest.len()), (LINES, ANCHORS));
    }
}
