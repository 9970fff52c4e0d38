//! Events that once stood on another page of the timeline.
//!
//! An event moves when others come before it, and gets another anchor when its
//! date or its sentence changes. The lock keeps, with the clipping that tells it,
//! on which pages an event ever stood; on each of those a line leads on from its
//! anchor, to where it stands now or else to the article that told it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::card::{EVENTS, Here};
use super::context::StrayedEvent;
use crate::archive::{Archive, EventId};
use crate::lock::{Lock, Told};

/// Where a former anchor of the timeline leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    pub fn of(archive: &Archive, years: &[(i32, Range<usize>)], mut lock: Lock) -> Self {
        let anchors = strayed(archive, years, &mut lock);
        Self { anchors, lock }
    }
}

fn strayed(
    archive: &Archive,
    years: &[(i32, Range<usize>)],
    lock: &mut Lock,
) -> BTreeMap<(usize, usize), Vec<(EventId, Stray)>> {
    let mut place: HashMap<u64, (Told, u32)> = HashMap::with_capacity(archive.events.len());
    let mut told: Vec<Vec<Told>> = vec![Vec::new(); archive.entries.len()];
    for (year, range) in years {
        for index in range.clone() {
            let event = &archive.events[index];
            let page = u32::try_from((index - range.start) / EVENTS + 1).unwrap_or(u32::MAX);
            let at = Told { event: event.id.number(), year: *year, page };
            let narrow = u32::try_from(index).unwrap_or(u32::MAX);
            place.insert(at.event, (at, narrow));
            // Told in other words, it has no anchor of its own any more.
            for id in &event.other_ids {
                place.insert(id.number(), (at, narrow));
            }
            if let Some(telling) = event.tellings.first() {
                told[telling.entry as usize].push(at);
            }
        }
    }
    let entries: HashMap<&str, u32> =
        (0..).zip(&archive.entries).map(|(index, entry)| (entry.id.as_str(), index)).collect();
    let heirs: HashMap<String, String> = lock
        .records
        .iter()
        .filter_map(|record| Some((record.id.clone(), record.into.clone()?)))
        .collect();
    let mut strayed: BTreeMap<(usize, usize), Vec<(EventId, Stray)>> = BTreeMap::new();
    for record in &mut lock.records {
        let own = entries.get(record.id.as_str()).copied();
        let heir = || entries.get(heirs.get(&record.id)?.as_str()).copied();
        for former in &record.told {
            let stray = match place.get(&former.event) {
                Some((now, _)) if now == former => continue,
                Some((_, index)) => Stray::Event(*index),
                None => match own.or_else(heir) {
                    Some(entry) => Stray::Article(entry),
                    None => continue,
                },
            };
            let Ok(year) = years.binary_search_by_key(&former.year, |(year, _)| *year) else {
                continue;
            };
            // A page that is no more sends its reader on to the last one.
            let pages = super::card::pages(years[year].1.len(), EVENTS);
            let page = (former.page as usize).clamp(1, pages);
            let here = strayed.entry((year, page)).or_default();
            if let Some(id) = EventId::from_number(former.event) {
                here.push((id, stray));
            }
        }
        if let Some(now) = own.map(|entry| &mut told[entry as usize]) {
            for at in now.drain(..) {
                if !record.told.contains(&at) {
                    record.told.push(at);
                }
            }
            record.told.sort_unstable();
        }
    }
    for ((year, page), anchors) in &mut strayed {
        let range = &years[*year].1;
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

/// The lines that lead on from a page of the timeline.
pub(super) fn lines(here: Here<'_>, year: usize, page: usize) -> Vec<StrayedEvent<'_>> {
    let strayed = here.desk.strayed.anchors.get(&(year, page)).map_or(&[][..], Vec::as_slice);
    strayed
        .iter()
        .map(|(id, stray)| match stray {
            Stray::Event(index) => {
                let when = &here.desk.archive.events[*index as usize].when;
                StrayedEvent {
                    id: id.to_string(),
                    href: here.event(*index),
                    text: when.label_in(here.wording().dates()).into(),
                }
            }
            Stray::Article(entry) => StrayedEvent {
                id: id.to_string(),
                href: here.article(*entry),
                text: here.entry(*entry).headline().into(),
            },
        })
        .collect()
}
