//! One person under several transliterations.
//!
//! In come all readings; out comes, for the id of a name found in the text, the id
//! of the actor it is another spelling of: Zelenskiy and Zelenskyy beside Zelensky,
//! Djurić beside Đurić. Only full names meet, and only where every word of one is a
//! word of the other in another spelling of the same letters. An article that names
//! both says that they are two.
//!
//! Why no distance between names: one letter may part two people ("Ana" and "Anna"),
//! and a wrong dossier is worse than two.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Entry;
use crate::actor::{Kind, Register};
use crate::reading::Origin;
use crate::text::fold;

/// The rule of a mention under such a name, for people.
pub(super) const RULE: &str = "another transliteration of the name";

/// For ids of names that are other spellings: the id of their actor.
///
/// An actor of the register has its name whatever the articles print; of discovered
/// ones the spelling of most articles wins, then the first in the alphabet.
pub(super) fn joined<'a>(
    entries: &'a [Entry],
    register: &'a Register,
) -> FxHashMap<&'a str, &'a Arc<str>> {
    let mut seen: FxHashMap<&str, (&Arc<str>, usize)> = FxHashMap::default();
    let mut by_letters: FxHashMap<String, Vec<&Arc<str>>> = FxHashMap::default();
    for entry in entries {
        for actor in &entry.briefing.reading.actors {
            if actor.kind != Kind::Person || actor.origin != Origin::Discovered {
                continue;
            }
            let counted = seen.entry(&actor.id).or_insert_with(|| {
                if let Some(letters) = letters(&actor.name) {
                    by_letters.entry(letters).or_default().push(&actor.id);
                }
                (&actor.id, 0)
            });
            counted.1 += 1;
        }
    }
    let mut registered: FxHashMap<String, Option<&Arc<str>>> = FxHashMap::default();
    for actor in register.actors().iter().filter(|actor| actor.kind == Kind::Person) {
        let mut own: FxHashSet<String> = FxHashSet::default();
        for letters in actor.names().filter_map(letters) {
            if own.insert(letters.clone()) {
                let slot = registered.entry(letters).or_insert(Some(&actor.id));
                // Two of the register: nothing decides between them.
                *slot = slot.filter(|id| **id == actor.id);
            }
        }
    }
    // Names that are one person if no article names two of them.
    let mut joined: FxHashMap<&str, &Arc<str>> = FxHashMap::default();
    let mut groups: Vec<(&String, &Vec<&Arc<str>>)> = by_letters
        .iter()
        .filter(|(letters, ids)| ids.len() > 1 || registered.contains_key(*letters))
        .collect();
    groups.sort_unstable();
    for (letters, ids) in groups {
        let most = || {
            ids.iter().copied().max_by(|a, b| {
                let n = |id: &Arc<str>| seen.get(&**id).map_or(0, |(_, n)| *n);
                n(a).cmp(&n(b)).then_with(|| b.cmp(a))
            })
        };
        let actor = match registered.get(letters) {
            Some(actor) => *actor,
            None => most(),
        };
        let Some(actor) = actor else { continue };
        joined.extend(ids.iter().filter(|id| **id != actor).map(|id| (&***id, actor)));
    }
    if joined.is_empty() {
        return joined;
    }
    for entry in entries {
        let actors = &entry.briefing.reading.actors;
        let two: Vec<&str> = actors
            .iter()
            .filter_map(|actor| Some((&*actor.id, *joined.get(&*actor.id)?)))
            .filter(|(id, target)| {
                actors.iter().any(|other| {
                    &*other.id != *id
                        && (other.id == **target || joined.get(&*other.id) == Some(target))
                })
            })
            .map(|(id, _)| id)
            .collect();
        for id in two {
            joined.remove(id);
        }
    }
    joined
}

/// What the transliterations of a full name have in common; `None` for a name of one
/// word.
fn letters(name: &str) -> Option<String> {
    let folded = fold(name);
    let mut words = folded.split([' ', '-']).filter(|word| !matches!(*word, "al" | "el" | ""));
    let mut letters = word_letters(words.next()?, false);
    let mut rest = words.peekable();
    rest.peek()?;
    while let Some(word) = rest.next() {
        letters.push(' ');
        letters += &word_letters(word, rest.peek().is_none());
    }
    Some(letters)
}

/// One word of a name: `zelenski` for Zelenskyy. An umlaut written as two vowels
/// counts in a surname only: Jo is not Joe.
fn word_letters(word: &str, surname: bool) -> String {
    let mut letters = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let (length, becomes) = match rest.as_bytes() {
            [b's', b'c', b'h', ..] => (3, "sh"),
            [b'd', b'j', ..] => (2, "d"),
            [b'k', b'h', ..] => (2, "h"),
            [b'o', b'e', ..] if surname => (2, "o"),
            [b'u', b'e', ..] if surname => (2, "u"),
            [b'a', b'e', ..] if surname => (2, "a"),
            [b'x', ..] => (1, "ks"),
            [b'y' | b'i' | b'j', ..] => (1, if letters.ends_with('i') { "" } else { "i" }),
            [b'\'' | b'.', ..] => (1, ""),
            _ => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        letters += becomes;
        rest = &rest[length..];
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_of_a_name_have_the_same_letters() {
        for (one, other) in [
            ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
            ("Volodymyr Zelenskyy", "Volodymyr Zelenskij"),
            ("Nenad Djurić", "Nenad Đurić"),
            ("Aleksandar Vučić", "Aleksandar Vucic"),
            ("Gerhard Schröder", "Gerhard Schroeder"),
            ("Ahmad al-Sharaa", "Ahmad Al Sharaa"),
        ] {
            assert_eq!(letters(one), letters(other), "{one}, {other}");
        }
    }

    #[test]
    fn two_names_keep_their_letters() {
        for (one, other) in [
            ("Ana Holm", "Anna Holm"),
            ("Jo Holm", "Joe Holm"),
            ("John Holm", "Jon Holm"),
            ("Anna Holm", "Anna Holms"),
        ] {
            assert_ne!(letters(one), letters(other), "{one}, {other}");
        }
        assert_eq!(letters("Holm"), None);
    }
}
