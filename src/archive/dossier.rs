//! Everything the archive holds on one actor.
//!
//! Readings name actors by id; here equal ids become one [`Dossier`]. Two people
//! with one surname have two ids, and what a reading left open stays open.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Archive, is_salient};
use crate::actor::{Kind, Register};
use crate::reading::{Mention, Origin};
use crate::text::Span;
use crate::when::Day;

/// Most actors of a paragraph that count as named together: beyond it a
/// paragraph is a list, and says nothing about who acts with whom.
const TOGETHER: usize = 40;

/// Everything the archive holds on one actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The id: of the register, of the built-in list, or made from the name.
    pub id: Arc<str>,
    /// The name to show.
    pub name: Arc<str>,
    /// What it is; a guess for discovered actors.
    pub kind: Kind,
    /// Where it is known from.
    pub origin: Origin,
    /// Articles that name it, newest first.
    pub appearances: Vec<Appearance>,
    /// First and last day of publication of those articles.
    pub range: Option<(Day, Day)>,
    /// How often it is named in all.
    pub n_mentions: usize,
    /// Its statements as (entry, statement of its reading), newest article first.
    pub statements: Vec<(u32, u32)>,
    /// Events that name it, earliest first.
    pub events: Vec<u32>,
    /// Who is named in the same paragraphs as (actor, paragraphs), most first.
    pub companions: Vec<(u32, u32)>,
    /// How it is written, most frequent first.
    pub names: Vec<(String, usize)>,
}

/// An article that names an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    /// The article.
    pub entry: u32,
    /// How often it names the actor.
    pub n: u32,
    /// The first mention, in the article's prose; the first of the body where
    /// there is one.
    pub first: Span,
}

/// A dossier in the making.
struct Draft<'a> {
    id: &'a Arc<str>,
    origin: Origin,
    names: FxHashMap<&'a str, usize>,
    kinds: Vec<(Kind, usize)>,
    printed: FxHashMap<&'a str, usize>,
    appearances: Vec<Appearance>,
    n_mentions: usize,
    statements: Vec<(u32, u32)>,
}

/// Fills [`Archive::actors`] and every entry's own actors.
pub(super) fn gather(archive: &mut Archive, register: &Register) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    let mut local: Vec<Vec<usize>> = Vec::with_capacity(archive.entries.len());
    for (entry_index, entry) in (0u32..).zip(&archive.entries) {
        let reading = &entry.briefing.reading;
        let indices: Vec<usize> = reading
            .actors
            .iter()
            .map(|seen| {
                let index = *by_id.entry(&seen.id).or_insert_with(|| {
                    drafts.push(Draft::new(&seen.id, seen.origin));
                    drafts.len() - 1
                });
                let draft = &mut drafts[index];
                draft.origin = draft.origin.min(seen.origin);
                *draft.names.entry(&seen.name).or_default() += 1;
                match draft.kinds.iter_mut().find(|(kind, _)| *kind == seen.kind) {
                    Some((_, n)) => *n += 1,
                    None => draft.kinds.push((seen.kind, 1)),
                }
                index
            })
            .collect();
        for mention in &reading.mentions {
            let Some(draft) = indices.get(mention.actor as usize).map(|index| &mut drafts[*index])
            else {
                continue;
            };
            draft.n_mentions += 1;
            *draft.printed.entry(mention.span.of(&entry.briefing.prose.text)).or_default() += 1;
            let in_body = mention.span.start >= entry.briefing.body_start;
            match draft.appearances.last_mut() {
                Some(last) if last.entry == entry_index => {
                    last.n += 1;
                    if in_body && last.first.start < entry.briefing.body_start {
                        last.first = mention.span;
                    }
                }
                _ => draft.appearances.push(Appearance {
                    entry: entry_index,
                    n: 1,
                    first: mention.span,
                }),
            }
        }
        for (statement_index, statement) in (0u32..).zip(&reading.statements) {
            let speaker = statement.speaker.as_ref().and_then(|speaker| speaker.actor);
            if let Some(index) = speaker.and_then(|actor| indices.get(actor as usize)) {
                drafts[*index].statements.push((entry_index, statement_index));
            }
        }
        local.push(indices);
    }

    let mut order: Vec<usize> =
        (0..drafts.len()).filter(|index| drafts[*index].has_page(register)).collect();
    order.sort_by(|a, b| drafts[*a].id.cmp(drafts[*b].id));
    let mut final_index: Vec<Option<u32>> = vec![None; drafts.len()];
    for (index, draft) in (0u32..).zip(&order) {
        final_index[*draft] = Some(index);
    }
    let mut dossiers: Vec<Dossier> =
        order.iter().map(|index| drafts[*index].finish(register)).collect();
    let local: Vec<Vec<Option<u32>>> = local
        .into_iter()
        .map(|indices| indices.into_iter().map(|index| final_index[index]).collect())
        .collect();
    for (entry, actors) in archive.entries.iter_mut().zip(local) {
        entry.named = named(&entry.briefing.reading.mentions, &actors);
        entry.actors = actors;
    }
    companions(archive, &mut dossiers);
    for dossier in &mut dossiers {
        let days = dossier
            .appearances
            .iter()
            .filter_map(|seen| archive.entries[seen.entry as usize].day());
        dossier.range = days.fold(None, |range, day| {
            let (first, last) = range.unwrap_or((day, day));
            Some((day.min(first), day.max(last)))
        });
    }
    archive.actors = dossiers;
}

impl<'a> Draft<'a> {
    fn new(id: &'a Arc<str>, origin: Origin) -> Self {
        Self {
            id,
            origin,
            names: FxHashMap::default(),
            kinds: Vec::new(),
            printed: FxHashMap::default(),
            appearances: Vec::new(),
            n_mentions: 0,
            statements: Vec::new(),
        }
    }

    fn has_page(&self, register: &Register) -> bool {
        let known = register.actor(self.id).is_some();
        !self.appearances.is_empty()
            && (known
                || is_salient(
                    self.origin,
                    self.kind(),
                    self.appearances.len(),
                    self.n_mentions,
                    self.statements.len(),
                ))
    }

    /// The kind that most readings see; of equals the first in [`Kind`]'s order.
    fn kind(&self) -> Kind {
        self.kinds
            .iter()
            .max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a)))
            .map_or(Kind::Organisation, |(kind, _)| *kind)
    }

    fn finish(&self, register: &Register) -> Dossier {
        let known = register.actor(self.id);
        let seen = self.names.iter().max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)));
        let name =
            known.map_or_else(|| seen.map_or(&**self.id, |(name, _)| name), |actor| &actor.name);
        let mut names: Vec<(String, usize)> =
            self.printed.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
        names.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        Dossier {
            id: Arc::clone(self.id),
            name: Arc::from(name),
            kind: known.map_or_else(|| self.kind(), |actor| actor.kind),
            origin: self.origin,
            appearances: self.appearances.clone(),
            range: None,
            n_mentions: self.n_mentions,
            statements: self.statements.clone(),
            events: Vec::new(),
            companions: Vec::new(),
            names,
        }
    }
}

/// The actors with a page that `mentions` name, with how often; most often named
/// first, then in order of first mention.
fn named(mentions: &[Mention], actors: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut counts: Vec<u32> = vec![0; actors.len()];
    for mention in mentions {
        if let Some(count) = counts.get_mut(mention.actor as usize) {
            *count += 1;
        }
    }
    let mut named: Vec<(u32, u32)> = Vec::new();
    let mut at: FxHashMap<u32, usize> = FxHashMap::default();
    for (actor, n) in actors.iter().zip(counts) {
        let Some(actor) = actor.filter(|_| n > 0) else { continue };
        let index = *at.entry(actor).or_insert(named.len());
        match named.get_mut(index) {
            Some((_, count)) => *count += n,
            None => named.push((actor, n)),
        }
    }
    named.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    named
}

/// Counts the paragraphs that name two actors together.
fn companions(archive: &Archive, dossiers: &mut [Dossier]) {
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut together: Vec<u32> = Vec::new();
    let mut count = |together: &mut Vec<u32>| {
        for (index, a) in together.iter().enumerate() {
            for b in &together[index + 1..] {
                *pairs.entry((*a.min(b), *a.max(b))).or_default() += 1;
            }
        }
        together.clear();
    };
    for entry in &archive.entries {
        let mut block = usize::MAX;
        for mention in &entry.briefing.reading.mentions {
            let here = entry.briefing.block(mention.span);
            if here != block {
                count(&mut together);
                block = here;
            }
            let actor = entry.actors.get(mention.actor as usize).copied().flatten();
            if let Some(actor) =
                actor.filter(|actor| together.len() < TOGETHER && !together.contains(actor))
            {
                together.push(actor);
            }
        }
        count(&mut together);
    }
    let mut pairs: Vec<((u32, u32), u32)> = pairs.into_iter().collect();
    pairs.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    for ((a, b), n) in pairs {
        dossiers[a as usize].companions.push((b, n));
        dossiers[b as usize].companions.push((a, n));
    }
}
