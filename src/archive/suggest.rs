//! Who the register could follow.
//!
//! Every actor that was only found in the text is a candidate; most articles
//! first, then the latest. For each one an entry to paste, three sentences to judge
//! it by, and what the entry would change. That last part is no estimate: the
//! articles in question are read again with the entry in the register, and the two
//! readings are compared name by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Archive, Dossier};
use crate::actor::{self, Register};
use crate::briefing::Briefing;
use crate::reading::{Origin, grain, mention};
use crate::text::{Span, fold};

/// Sentences that a suggestion shows.
const SENTENCES: usize = 3;
/// Aliases that an entry is given.
const ALIASES: usize = 6;
/// Articles that are read again for one suggestion, newest first.
const READ_AGAIN: usize = 200;

/// An actor that could stand in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Index into [`Archive::actors`].
    pub actor: u32,
    /// An `[[actor]]` to paste into `actors.toml`.
    pub toml: String,
    /// Where it is named, as (entry, mention); newest first.
    pub sentences: Vec<(u32, Span)>,
    /// What the entry would change, most mentions first.
    pub effects: Vec<Effect>,
}

/// What an entry of the register would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// How.
    pub change: Change,
    /// How many mentions.
    pub n: usize,
    /// In how many articles.
    pub n_articles: usize,
    /// One of them: the newest article, and the name in its prose.
    pub example: (u32, Span),
}

/// How mentions would change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// They would join the actor; they belong to the one of this id now.
    Join(String),
    /// They would join the actor; they are nobody's now.
    Find,
    /// They would leave the actor for the one of this id.
    Leave(String),
    /// They would leave the actor and be nobody's.
    Lose,
}

/// The `n` best suggestions.
pub(super) fn suggest(archive: &Archive, register: &Register, n: usize) -> Vec<Suggestion> {
    let mut candidates: Vec<u32> = (0u32..)
        .zip(&archive.actors)
        .filter(|(_, dossier)| dossier.origin == Origin::Discovered)
        .map(|(index, _)| index)
        .collect();
    let rank = |index: &u32| {
        let dossier = &archive.actors[*index as usize];
        let latest = dossier.range.map(|(_, last)| last);
        (dossier.appearances.len(), latest, dossier.n_mentions)
    };
    candidates.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.cmp(b)));
    let mut suggestions: Vec<Suggestion> = Vec::new();
    let mut joined: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates {
        if suggestions.len() == n {
            break;
        }
        let dossier = &archive.actors[candidate as usize];
        // A spelling that an entry above takes in needs none of its own.
        if joined.contains(&*dossier.id) {
            continue;
        }
        let aliases = aliases(dossier, register);
        let toml = actor::entry(&dossier.id, &dossier.name, dossier.kind, &aliases);
        let effects = effects(archive, register, dossier, &toml);
        joined.extend(effects.iter().filter_map(|effect| match &effect.change {
            Change::Join(id) => Some(id.clone()),
            _ => None,
        }));
        let seen = dossier.appearances.iter().take(SENTENCES);
        let sentences = seen.map(|seen| (seen.entry, seen.first)).collect();
        suggestions.push(Suggestion { actor: candidate, toml, sentences, effects });
    }
    suggestions
}

/// Spellings of `dossier` that are names by themselves: neither one of somebody
/// else's, nor a lone word out of the name of a body ("the Council").
fn aliases(dossier: &Dossier, register: &Register) -> Vec<String> {
    let person = dossier.kind == actor::Kind::Person;
    let given = dossier.name.split_whitespace().next().map(|word| fold(word).into_owned());
    let mut taken: BTreeSet<String> = BTreeSet::from([fold(&dossier.name).into_owned()]);
    let mut aliases = Vec::new();
    for (name, _) in &dossier.names {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = fold(&name).into_owned();
        let acronym = name.chars().all(|c| c.is_uppercase() || c == '.');
        let lone = !name.contains(' ');
        let part = lone && if person { given.as_ref() == Some(&folded) } else { !acronym };
        let known = register
            .names()
            .longest(&name, 0)
            .is_some_and(|found| found.span == Span::new(0, name.len()));
        if !part && !known && aliases.len() < ALIASES && taken.insert(folded) {
            aliases.push(name);
        }
    }
    aliases
}

/// What changes in the articles that hold a name of the entry `toml` for `dossier`.
fn effects(archive: &Archive, register: &Register, dossier: &Dossier, toml: &str) -> Vec<Effect> {
    let after = register.with(toml);
    let own: Vec<String> = after
        .actor(&dossier.id)
        .map_or_else(Vec::new, |actor| actor.names().map(fold_owned).collect());
    let surnames: BTreeSet<&str> =
        own.iter().filter_map(|name| name.split_whitespace().next_back()).collect();
    // Only an article that already has somebody of the name, or the actor itself, can
    // change.
    let concerned = (0u32..).zip(&archive.entries).filter(|(_, entry)| {
        let reading = &entry.briefing.reading;
        reading.actors.iter().any(|seen| {
            seen.id == dossier.id
                || seen
                    .name
                    .split_whitespace()
                    .next_back()
                    .is_some_and(|last| surnames.contains(&*fold(last)))
        })
    });
    let mut changes: BTreeMap<Change, Effect> = BTreeMap::new();
    for (index, entry) in concerned.take(READ_AGAIN) {
        let mut here: BTreeSet<Change> = BTreeSet::new();
        for (change, span) in compare(&entry.briefing, &after, &dossier.id) {
            let first = here.insert(change.clone());
            let effect = changes.entry(change).or_insert_with_key(|change| Effect {
                change: change.clone(),
                n: 0,
                n_articles: 0,
                example: (index, span),
            });
            effect.n += 1;
            effect.n_articles += usize::from(first);
        }
    }
    let mut effects: Vec<Effect> = changes.into_values().collect();
    effects.sort_by_key(|effect| std::cmp::Reverse(effect.n));
    effects
}

fn fold_owned(name: &str) -> String {
    fold(name).into_owned()
}

/// The mentions of `id` that come or go where `briefing` is read with `after`.
fn compare(briefing: &Briefing, after: &Register, id: &str) -> Vec<(Change, Span)> {
    let reading = &briefing.reading;
    let published = briefing.article.published.when.as_ref();
    let (actors, mentions, _) = mention::find(
        &briefing.prose,
        &grain::Grains::of(&briefing.prose),
        &reading.sentences,
        published,
        after,
    );
    let now = |span: Span| {
        let at = reading.mentions.partition_point(|mention| mention.span.end <= span.start);
        let found = reading.mentions.get(at).filter(|mention| mention.span.overlaps(span))?;
        Some(&*reading.actors.get(found.actor as usize)?.id)
    };
    let then = |span: Span| {
        let at = mentions.partition_point(|mention| mention.span.end <= span.start);
        let found = mentions.get(at).filter(|mention| mention.span.overlaps(span))?;
        Some(&*actors.get(found.actor as usize)?.id)
    };
    let is_own = |id_of: Option<&str>| id_of == Some(id);
    let mut changes = Vec::new();
    for mention in &mentions {
        let was = now(mention.span);
        if is_own(then(mention.span)) && !is_own(was) {
            let change = was.map_or(Change::Find, |was| Change::Join(was.to_owned()));
            changes.push((change, mention.span));
        }
    }
    for mention in &reading.mentions {
        let becomes = then(mention.span);
        if is_own(now(mention.span)) && !is_own(becomes) {
            let change = becomes.map_or(Change::Lose, |id| Change::Leave(id.to_owned()));
            changes.push((change, mention.span));
        }
    }
    changes
}
