//! Everything the archive holds on one actor.
//!
//! Readings name actors by id; here equal ids become one [`Dossier`], and so do other
//! transliterations of a name (`spelling`). Two people
//! with one surname have two ids, and what a reading left open stays open.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Archive, OfficeHeld, circle, index, is_salient, spelling};
use crate::actor::{Kind, Register};
use crate::reading::{Mention, Origin, Reading, Statement};
use crate::text::{Span, fold};
use crate::when::Day;

/// Most namesakes that a dossier lists.
const NAMESAKES: usize = 12;

/// Cues after which whoever is named before the words is spoken to or of: "accused
/// Serbia of …".
const TARGETED: &[&str] = &[
    "accus",
    "advise",
    "applaud",
    "ask",
    "assure",
    "blam",
    "call",
    "congratulate",
    "condemn",
    "criticis",
    "criticiz",
    "denounce",
    "inform",
    "order",
    "praise",
    "press",
    "remind",
    "slam",
    "tell",
    "told",
    "thank",
    "threaten",
    "urge",
    "warn",
];

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
    /// Its statements as (entry, statement of its reading), newest article first; of
    /// several in one sentence the first.
    pub statements: Vec<(u32, u32)>,
    /// Offices that articles give to it, those seen last first.
    pub offices: Vec<OfficeHeld>,
    /// Events that name it, earliest first.
    pub events: Vec<u32>,
    /// Statements of others whose words name it, or that are directed at it, as
    /// (entry, statement of its reading), newest article first.
    pub about: Vec<(u32, u32)>,
    /// Who is named in the same paragraphs as (actor, paragraphs), most first; the
    /// closest hundred.
    pub companions: Vec<(u32, u32)>,
    /// How many are named in the same paragraphs in all.
    pub n_companions: usize,
    /// How it is written, most frequent first.
    pub names: Vec<(String, usize)>,
    /// Why what is written so is taken for this actor, most frequent first.
    pub decisions: Vec<Decision>,
    /// Others with its surname, or with nothing but that surname, that are kept
    /// apart; most often named first. Only people have them.
    pub namesakes: Vec<u32>,
}

/// Why mentions are taken for an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The name as it is printed.
    pub written: String,
    /// The rule, for people: `part of a full name before`.
    pub rule: String,
    /// How many mentions it made.
    pub n: u32,
    /// The newest article with such a mention.
    pub entry: u32,
    /// The mention, in that article's prose.
    pub span: Span,
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
    /// By spelling and rule: how many mentions, and the first of them.
    printed: FxHashMap<(&'a str, &'a str), (u32, u32, Span)>,
    appearances: Vec<Appearance>,
    n_mentions: usize,
    statements: Vec<(u32, u32)>,
    about: Vec<(u32, u32)>,
}

/// Fills [`Archive::actors`] and every entry's own actors.
pub(super) fn gather(archive: &mut Archive, register: &Register) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_id: FxHashMap<&str, usize> = FxHashMap::default();
    let mut local: Vec<Vec<usize>> = Vec::with_capacity(archive.entries.len());
    let spellings = spelling::joined(&archive.entries, register);
    for (entry_index, entry) in (0u32..).zip(&archive.entries) {
        let reading = &entry.briefing.reading;
        let indices: Vec<usize> = reading
            .actors
            .iter()
            .map(|seen| {
                let id = spellings.get(&*seen.id).copied().unwrap_or(&seen.id);
                let index = *by_id.entry(id).or_insert_with(|| {
                    drafts.push(Draft::new(id, seen.origin));
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
            let written = mention.span.of(&entry.briefing.prose.text);
            let seen = reading.actors.get(mention.actor as usize);
            let respelt = seen.is_some_and(|seen| seen.id != *draft.id) && written.contains(' ');
            let rule = if respelt { spelling::RULE } else { &mention.rule };
            let decision = draft.printed.entry((written, rule));
            decision.or_insert((0, entry_index, mention.span)).0 += 1;
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
        statements(reading, entry_index, &indices, &mut drafts);
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
    circle::companions(archive, &mut dossiers);
    namesakes(&mut dossiers);
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
    archive.kinds = index::by_kind(&dossiers);
    archive.letters = index::by_letter(&dossiers);
    archive.actors = dossiers;
}

/// Gives the statements of a reading to who made them and to whom they are about; of
/// several in one sentence the first, as they are shown together. `indices` leads from
/// the reading's actors to `drafts`.
fn statements(reading: &Reading, entry: u32, indices: &[usize], drafts: &mut [Draft]) {
    for (index, statement) in (0u32..).zip(&reading.statements) {
        let is_new = |list: &[(u32, u32)]| {
            list.last().is_none_or(|(last_entry, last)| {
                *last_entry != entry
                    || reading.statements[*last as usize].sentence != statement.sentence
            })
        };
        let speaker = statement.speaker.as_ref().and_then(|speaker| speaker.actor);
        let speaker = speaker.and_then(|actor| indices.get(actor as usize)).copied();
        if let Some(speaker) = speaker
            && is_new(&drafts[speaker].statements)
        {
            drafts[speaker].statements.push((entry, index));
        }
        for actor in spoken_of(statement, &reading.mentions) {
            let Some(actor) = indices.get(actor as usize) else { continue };
            let about = &mut drafts[*actor].about;
            if Some(*actor) != speaker && is_new(about) {
                about.push((entry, index));
            }
        }
    }
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
            about: Vec::new(),
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
        let mut decisions: Vec<Decision> = self
            .printed
            .iter()
            .map(|((written, rule), (n, entry, span))| Decision {
                written: (*written).to_owned(),
                rule: (*rule).to_owned(),
                n: *n,
                entry: *entry,
                span: *span,
            })
            .collect();
        decisions.sort_by(|a, b| {
            b.n.cmp(&a.n).then_with(|| (&a.written, &a.rule).cmp(&(&b.written, &b.rule)))
        });
        Dossier {
            id: Arc::clone(self.id),
            name: Arc::from(name),
            kind: known.map_or_else(|| self.kind(), |actor| actor.kind),
            origin: known
                .filter(|actor| actor.registered)
                .map_or(self.origin, |_| Origin::Register),
            appearances: self.appearances.clone(),
            range: None,
            n_mentions: self.n_mentions,
            statements: self.statements.clone(),
            about: self.about.clone(),
            offices: Vec::new(),
            events: Vec::new(),
            companions: Vec::new(),
            n_companions: 0,
            names: names(&decisions),
            decisions,
            namesakes: Vec::new(),
        }
    }
}

/// The spellings of `decisions` with how often each is printed, most frequent first.
fn names(decisions: &[Decision]) -> Vec<(String, usize)> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for decision in decisions {
        *counts.entry(&decision.written).or_default() += decision.n as usize;
    }
    let mut names: Vec<(String, usize)> =
        counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
    names.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    names
}

/// The actors, by index into the reading's, that the words of `statement` name, or
/// that it is directed at.
fn spoken_of<'a>(
    statement: &'a Statement,
    mentions: &'a [Mention],
) -> impl Iterator<Item = u32> + 'a {
    let words = statement.span;
    let targeted = statement.cue.as_deref().is_some_and(|cue| {
        let cue = cue.to_ascii_lowercase();
        TARGETED.iter().any(|verb| cue.starts_with(verb))
    });
    let speaker = statement.speaker.as_ref().map_or(statement.sentence.end, |by| by.span.end);
    let from = if targeted { speaker.min(words.start) } else { words.start };
    let first = mentions.partition_point(|mention| mention.span.start < from);
    mentions[first..]
        .iter()
        .take_while(move |mention| mention.span.start < words.end)
        .map(|mention| mention.actor)
}

/// Gives people those who share their surname, and the bare surname itself where
/// articles print it without saying whose it is.
fn namesakes(dossiers: &mut [Dossier]) {
    let mut by_surname: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (index, dossier) in (0u32..).zip(&*dossiers) {
        if dossier.kind == Kind::Person
            && let Some(surname) = dossier.name.split_whitespace().next_back()
        {
            by_surname.entry(fold(surname).into_owned()).or_default().push(index);
        }
    }
    let mut groups: Vec<Vec<u32>> =
        by_surname.into_values().filter(|group| group.len() > 1).collect();
    for group in &mut groups {
        let n_mentions = |index: &u32| dossiers[*index as usize].n_mentions;
        group.sort_by(|a, b| n_mentions(b).cmp(&n_mentions(a)).then(a.cmp(b)));
        for own in &*group {
            dossiers[*own as usize].namesakes =
                group.iter().filter(|other| *other != own).take(NAMESAKES).copied().collect();
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
