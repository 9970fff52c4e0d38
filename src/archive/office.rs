//! The offices of a person over time, as the articles give them.
//!
//! In come the readings with the dossiers that have a page; out comes, for every
//! person, one line for each office: the title as most articles print it, first and
//! last sighting, and every place that says so. Nothing is inferred from silence: a
//! last sighting is no end.

use std::collections::BTreeMap;

use super::Archive;
use crate::reading::OfficeBody;
use crate::when::Day;

/// An office that articles give to an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHeld {
    /// The title as most articles print it: `Secretary General`.
    pub title: String,
    /// Of which body or state, where an article says so.
    pub of: Option<OfficeBody>,
    /// Whether these articles call it over; an office is told apart from its past.
    pub former: bool,
    /// First and last day of publication of the articles that say so; `None` where
    /// none of them has a date.
    pub seen: Option<(Day, Day)>,
    /// Where it is said, as (entry, index into its reading's `offices`), newest article
    /// first. Never empty.
    pub tellings: Vec<(u32, u32)>,
}

/// An office in the making: spellings with their number, body, tellings.
#[derive(Default)]
struct Draft<'a> {
    spellings: BTreeMap<&'a str, usize>,
    of: Option<&'a OfficeBody>,
    tellings: Vec<(u32, u32)>,
}

/// By whether it is over, title, and id of its body.
type Key<'a> = (bool, String, Option<&'a str>);

/// The offices of every actor for whom `is_asked`, those seen last first.
pub(super) fn gather(archive: &Archive, is_asked: &[bool]) -> Vec<Vec<OfficeHeld>> {
    let mut drafts: Vec<BTreeMap<Key, Draft>> = Vec::new();
    drafts.resize_with(archive.actors.len(), BTreeMap::new);
    for (entry_index, entry) in (0u32..).zip(&archive.entries) {
        let text = &entry.briefing.prose.text;
        for (index, office) in (0u32..).zip(&entry.briefing.reading.offices) {
            let actor = entry.actors.get(office.actor as usize).copied().flatten();
            let actor = actor.filter(|actor| is_asked.get(*actor as usize) == Some(&true));
            let Some(offices) = actor.and_then(|actor| drafts.get_mut(actor as usize)) else {
                continue;
            };
            let of = office.of.as_ref();
            let key = (office.former, office.key(text), of.map(|body| &*body.id));
            let draft = offices.entry(key).or_default();
            *draft.spellings.entry(office.title.of(text)).or_default() += 1;
            draft.of = draft.of.or(of);
            draft.tellings.push((entry_index, index));
        }
    }
    drafts.into_iter().map(|drafts| held(archive, merged(drafts))).collect()
}

/// Gives a title without a body to the one body that has the same title, if it is one.
fn merged<'a>(mut drafts: BTreeMap<Key<'a>, Draft<'a>>) -> BTreeMap<Key<'a>, Draft<'a>> {
    let bare: Vec<Key> = drafts.keys().filter(|(.., of)| of.is_none()).cloned().collect();
    for key in bare {
        let same = |(former, title, of): &&Key| *former == key.0 && *title == key.1 && of.is_some();
        let mut with_body = drafts.keys().filter(same);
        let (Some(owner), None) = (with_body.next().cloned(), with_body.next()) else { continue };
        let (Some(draft), Some(into)) = (drafts.remove(&key), drafts.get_mut(&owner)) else {
            continue;
        };
        for (spelling, n) in draft.spellings {
            *into.spellings.entry(spelling).or_default() += n;
        }
        into.tellings.extend(draft.tellings);
        into.tellings.sort_unstable();
    }
    drafts
}

/// The offices of one person, those seen last first.
fn held(archive: &Archive, drafts: BTreeMap<Key, Draft>) -> Vec<OfficeHeld> {
    let mut offices: Vec<OfficeHeld> = drafts
        .into_iter()
        .map(|((former, title, _), draft)| {
            let days = draft
                .tellings
                .iter()
                .filter_map(|(entry, _)| archive.entries.get(*entry as usize)?.day());
            let seen = days.fold(None, |seen: Option<(Day, Day)>, day| {
                let (first, last) = seen.unwrap_or((day, day));
                Some((first.min(day), last.max(day)))
            });
            // Of equals the first in the alphabet, which is the one with capitals.
            let spelling = draft.spellings.iter().rev().max_by_key(|(_, n)| **n);
            OfficeHeld {
                title: spelling.map_or(title, |(spelling, _)| (*spelling).to_owned()),
                of: draft.of.cloned(),
                former,
                seen,
                tellings: draft.tellings,
            }
        })
        .collect();
    offices.sort_by(|a, b| {
        let order =
            |office: &OfficeHeld| (office.seen.map(|(_, last)| last), office.tellings.len());
        order(b).cmp(&order(a)).then_with(|| a.title.cmp(&b.title))
    });
    offices
}
