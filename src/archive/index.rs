//! Everyone by kind and by letter: the two ways into ten thousand actors.
//!
//! People stand under the first letter of their surname, bodies under that of their
//! name without its article, all of them as if written without diacritics. What
//! begins with no letter of the Latin alphabet once it is transliterated stands at
//! the end, under `0`.

use std::collections::BTreeMap;

use super::Dossier;
use crate::actor::Kind;
use crate::text::slug;

/// Actors under one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// `a` to `z`, or `0` for the rest.
    pub letter: char,
    /// Indices into [`Archive::actors`](super::Archive::actors), in alphabetical order.
    pub actors: Vec<u32>,
}

/// Every kind that some actor is, in the order of [`Kind::ALL`], with its actors:
/// most articles first, then by name.
pub(super) fn by_kind(actors: &[Dossier]) -> Vec<(Kind, Vec<u32>)> {
    let mut order: Vec<u32> = (0..).zip(actors).map(|(index, _)| index).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&actors[*a as usize], &actors[*b as usize]);
        let by_articles = b.appearances.len().cmp(&a.appearances.len());
        by_articles.then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id)))
    });
    let of = |kind: Kind| -> Vec<u32> {
        let is_of = |index: &u32| actors[*index as usize].kind == kind;
        order.iter().copied().filter(is_of).collect()
    };
    let kinds = Kind::ALL.into_iter().map(|kind| (kind, of(kind)));
    kinds.filter(|(_, actors)| !actors.is_empty()).collect()
}

/// Every letter that some actor stands under, in order.
pub(super) fn by_letter(actors: &[Dossier]) -> Vec<Letter> {
    let mut letters: BTreeMap<(bool, char), Vec<(String, u32)>> = BTreeMap::new();
    for (index, actor) in (0u32..).zip(actors) {
        let key = sort_key(actor);
        let first = key.chars().next().filter(char::is_ascii_lowercase);
        let place = (first.is_none(), first.unwrap_or('0'));
        letters.entry(place).or_default().push((key, index));
    }
    letters
        .into_iter()
        .map(|((_, letter), mut actors)| {
            actors.sort();
            Letter { letter, actors: actors.into_iter().map(|(_, index)| index).collect() }
        })
        .collect()
}

/// What an actor is sorted by: `lindqvist mara-lindqvist`.
fn sort_key(actor: &Dossier) -> String {
    let name = &*actor.name;
    let whole = slug(name);
    if actor.kind == Kind::Person {
        let surname = name.split_whitespace().next_back().unwrap_or(name);
        return format!("{} {whole}", slug(surname));
    }
    whole.strip_prefix("the-").map_or(whole.clone(), str::to_owned)
}
