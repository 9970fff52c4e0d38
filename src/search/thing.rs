//! What a search may find beside articles, and filter them by: actors, outlets
//! and tags.

use std::cmp::Reverse;

use super::code;
use crate::archive::{Archive, Group};
use crate::words;

/// An actor, an outlet or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: ThingKind,
    /// Its index among those of its kind in the archive.
    pub index: u32,
    /// How many articles belong to it.
    pub n_articles: usize,
    /// The words of its names, folded, in order, each once.
    pub(super) words: Vec<String>,
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThingKind {
    /// Index into [`Archive::actors`].
    Actor,
    /// Index into [`Archive::outlets`].
    Outlet,
    /// Index into [`Archive::tags`].
    Tag,
}

/// Names by which an actor is found, those printed most often first. Further
/// spellings lead to its articles all the same.
const NAMES: usize = 8;

/// All things, those with most articles first.
pub(super) fn things(archive: &Archive) -> Vec<Thing> {
    let actors = (0u32..).zip(&archive.actors).map(|(index, dossier)| {
        let printed = dossier.names.iter().take(NAMES).map(|(name, _)| name.as_str());
        let names = std::iter::once(&*dossier.name).chain(printed);
        Thing {
            kind: ThingKind::Actor,
            index,
            n_articles: dossier.appearances.len(),
            words: words_of(names),
        }
    });
    let groups = |groups: &[Group], kind| -> Vec<Thing> {
        let thing = |(index, group): (u32, &Group)| Thing {
            kind,
            index,
            n_articles: group.entries.len(),
            words: words_of(std::iter::once(group.name.as_str())),
        };
        (0u32..).zip(groups).map(thing).collect()
    };
    let mut things: Vec<Thing> = actors.collect();
    things.extend(groups(&archive.outlets, ThingKind::Outlet));
    things.extend(groups(&archive.tags, ThingKind::Tag));
    things.sort_by_key(|thing| (Reverse(thing.n_articles), thing.kind, thing.index));
    things
}

fn words_of<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        words::each(name, |word| found.push(word.to_owned()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The articles of each thing as files of about `size` characters, and the number
/// of the first thing in each.
pub(super) fn members(archive: &Archive, things: &[Thing], size: usize) -> (Vec<String>, Vec<u32>) {
    let mut files: Vec<String> = Vec::new();
    let mut from = Vec::new();
    let n = archive.entries.len();
    for (number, thing) in (0u32..).zip(things) {
        if files.last().is_none_or(|file| file.len() >= size) {
            files.push(String::new());
            from.push(number);
        }
        let Some(file) = files.last_mut() else { continue };
        let index = thing.index as usize;
        match thing.kind {
            ThingKind::Actor => code::push_set(
                archive.actors[index].appearances.iter().map(|appearance| appearance.entry),
                n,
                file,
            ),
            ThingKind::Outlet => {
                code::push_set(archive.outlets[index].entries.iter().copied(), n, file);
            }
            ThingKind::Tag => {
                code::push_set(archive.tags[index].entries.iter().copied(), n, file);
            }
        }
        file.push(code::RECORD);
    }
    (files, from)
}
