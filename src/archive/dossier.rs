//! Everything the archive holds on one actor.
//!
//! Readings name actors by id; here equal ids become one [`Dossier`], and so do other
//! transliterations of a name (`spelling`). Two people
//! with one surname have two ids, and what a reading left open stays open.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Archive, Before, Entry, OfficeHeld, index, is_salient, spelling};
use crate::actor::{Actor, Kind, Register};
use crate::reading::{Mention, Naming, Origin, Reading, Statement};
use crate::text::{Span, fold};
use crate::when::Day;

/// Articles, or actors, that a thread takes at once: few, as some are named a thousand times
/// as often as others.
const AT_ONCE: usize = 32;
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

/// Everyone whom some article names, by number, and where.
#[derive(Debug, Default)]
pub(super) struct Cast {
    ids: Vec<Arc<str>>,
    /// For every entry the numbers of its reading's actors.
    of_entries: Vec<Vec<u32>>,
    /// For every number where it is named, as (entry, actor of its reading), newest
    /// first.
    named_in: Vec<Vec<(u32, u32)>>,
}

impl Cast {
    pub(super) fn of(entries: &[Entry], register: &Register) -> Self {
        let spellings = spelling::joined(entries, register);
        let mut cast = Self { of_entries: Vec::with_capacity(entries.len()), ..Self::default() };
        let mut by_id: FxHashMap<&str, u32> = FxHashMap::default();
        for (index, entry) in (0u32..).zip(entries) {
            let actors = &entry.briefing.reading.actors;
            let mut numbers = Vec::with_capacity(actors.len());
            for (actor, seen) in (0u32..).zip(actors) {
                let id = spellings.get(&*seen.id).copied().unwrap_or(&seen.id);
                let number = *by_id.entry(id).or_insert_with(|| {
                    cast.ids.push(Arc::clone(id));
                    cast.named_in.push(Vec::new());
                    u32::try_from(cast.ids.len() - 1).unwrap_or(u32::MAX)
                });
                cast.named_in[number as usize].push((index, actor));
                numbers.push(number);
            }
            cast.of_entries.push(numbers);
        }
        cast
    }

    /// What is known of everyone from an archive before: for whom nothing that a dossier
    /// is made from has changed, the dossier there is, or that there is none.
    fn known<'a>(&self, before: Option<Before<'a>>) -> Vec<Known<'a>> {
        let Some(before) = before else { return vec![Known::Nothing; self.ids.len()] };
        let there = &before.archive.cast;
        let ids: FxHashMap<&str, usize> =
            there.ids.iter().enumerate().map(|(number, id)| (&**id, number)).collect();
        let known = |(id, named_in): (&Arc<str>, &Vec<(u32, u32)>)| {
            let Some(number) = ids.get(&**id) else { return Known::Nothing };
            let is_same = there.named_in[*number] == *named_in
                && named_in.iter().all(|(entry, _)| before.is_same(*entry));
            match before.archive.dossier(id) {
                _ if !is_same => Known::Nothing,
                Some(dossier) => Known::Dossier(dossier),
                None => Known::NoPage,
            }
        };
        self.ids.iter().zip(&self.named_in).map(known).collect()
    }
}

/// What is known of an actor before the articles are asked.
#[derive(Clone, Copy)]
enum Known<'a> {
    Nothing,
    NoPage,
    Dossier(&'a Dossier),
}

impl Dossier {
    /// What the articles that name the actor say, without what others say.
    fn own(&self) -> Self {
        Self {
            id: Arc::clone(&self.id),
            name: Arc::clone(&self.name),
            kind: self.kind,
            origin: self.origin,
            appearances: self.appearances.clone(),
            range: self.range,
            n_mentions: self.n_mentions,
            statements: self.statements.clone(),
            offices: self.offices.clone(),
            events: Vec::new(),
            about: self.about.clone(),
            companions: Vec::new(),
            n_companions: 0,
            names: self.names.clone(),
            decisions: self.decisions.clone(),
            namesakes: Vec::new(),
        }
    }
}

/// A dossier in the making.
struct Draft<'a> {
    id: &'a Arc<str>,
    /// What the register says of it.
    known: Option<&'a Actor>,
    origin: Origin,
    /// By name, for an actor that the register does not know, how many articles call it so:
    /// one or two names, as they have one id.
    names: Vec<(&'a str, usize)>,
    /// By kind how many mentions are taken for it.
    kinds: Vec<(Kind, usize)>,
    /// By spelling and rule: how many mentions, and the first of them.
    printed: FxHashMap<(&'a str, &'a str), (u32, u32, Span)>,
    appearances: Vec<Appearance>,
    n_mentions: usize,
    statements: Vec<(u32, u32)>,
    about: Vec<(u32, u32)>,
}

/// Fills [`Archive::actors`] and every entry's own actors from its `cast`. Gives the actors whose
/// offices are not known from `before`, by index.
pub(super) fn gather(
    archive: &mut Archive,
    cast: Cast,
    register: &Register,
    before: Option<Before<'_>>,
) -> Vec<bool> {
    let entries = &archive.entries;
    let known = cast.known(before);
    let mut is_asked = vec![false; entries.len()];
    for (named_in, known) in cast.named_in.iter().zip(&known) {
        if matches!(known, Known::Nothing) {
            for (entry, _) in named_in {
                is_asked[*entry as usize] = true;
            }
        }
    }
    let told: Vec<Told> = entries
        .par_iter()
        .zip(is_asked)
        .with_max_len(AT_ONCE)
        .map(
            |(entry, is_asked)| {
                if is_asked { Told::of(&entry.briefing.reading) } else { Told::default() }
            },
        )
        .collect();
    // Each thread drafts the dossiers of a share of the actors.
    let n_shares = rayon::current_num_threads().max(1);
    let dossier = |(number, draft): (u32, Option<Draft<'_>>)| match (draft, known[number as usize])
    {
        (_, Known::Dossier(dossier)) => Some((dossier.own(), number, false)),
        (Some(draft), _) if draft.has_page() => Some((draft.finish(entries), number, true)),
        _ => None,
    };
    let mut found: Vec<(Dossier, u32, bool)> = (0..n_shares)
        .into_par_iter()
        .flat_map_iter(|first| {
            let drafts = drafts((first, n_shares), &cast, &known, (entries, register), &told);
            drafts.into_iter().filter_map(dossier)
        })
        .collect();
    found.par_sort_unstable_by(|(one, ..), (other, ..)| one.id.cmp(&other.id));
    let mut index_of: Vec<Option<u32>> = vec![None; cast.ids.len()];
    for (index, (_, number, _)) in (0u32..).zip(&found) {
        index_of[*number as usize] = Some(index);
    }
    let (mut dossiers, is_new): (Vec<Dossier>, Vec<bool>) =
        found.into_iter().map(|(dossier, _, is_new)| (dossier, is_new)).unzip();
    namesakes(&mut dossiers);
    archive.entries.par_iter_mut().zip(&cast.of_entries).for_each(|(entry, numbers)| {
        entry.actors = numbers.iter().map(|number| index_of[*number as usize]).collect();
        entry.named = named(&entry.briefing.reading.mentions, &entry.actors);
    });
    let mut n_before = vec![0; dossiers.len()];
    for entry in &mut archive.entries {
        let place = |(actor, _): &(u32, u32)| {
            let before = &mut n_before[*actor as usize];
            *before += 1;
            *before - 1
        };
        entry.places = entry.named.iter().map(place).collect();
    }
    archive.kinds = index::by_kind(&dossiers);
    archive.letters = index::by_letter(&dossiers);
    archive.actors = dossiers;
    archive.cast = cast;
    is_new
}

/// What a reading says of each of its actors: all that is asked of it, in the order of the
/// actors. An article may name thousands, and whoever asks for one actor of many articles
/// has few of them near the processor.
#[derive(Debug, Default)]
struct Told {
    mentions: ByActor<(Span, Naming)>,
    /// For each actor in the order of the text.
    spoken: ByActor<Spoken>,
}

/// A statement by someone, or about them.
#[derive(Debug)]
struct Spoken {
    /// Index into the statements of the reading.
    statement: u32,
    sentence: Span,
    is_speaker: bool,
}

impl Told {
    fn of(reading: &Reading) -> Self {
        let mentions = reading.mentions.iter().map(|seen| (seen.actor, (seen.span, seen.rule)));
        let mut spoken = Vec::new();
        for (statement, said) in (0u32..).zip(&reading.statements) {
            let mut add = |actor, is_speaker| {
                let sentence = said.sentence;
                spoken.push((actor, Spoken { statement, sentence, is_speaker }));
            };
            let speaker = said.speaker.as_ref().and_then(|speaker| speaker.actor);
            if let Some(speaker) = speaker {
                add(speaker, true);
            }
            spoken_of(said, &reading.mentions)
                .filter(|actor| Some(*actor) != speaker)
                .for_each(|actor| add(actor, false));
        }
        let n_actors = reading.actors.len();
        Self {
            mentions: ByActor::of(n_actors, mentions.collect()),
            spoken: ByActor::of(n_actors, spoken),
        }
    }
}

/// What there is of each actor of a reading, in the order it was found in.
#[derive(Debug)]
struct ByActor<T> {
    /// Where those of each actor end.
    ends: Vec<u32>,
    all: Vec<(u32, T)>,
}

impl<T> Default for ByActor<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), all: Vec::new() }
    }
}

impl<T> ByActor<T> {
    /// `all` are given with the index of their actor, one of `n`.
    fn of(n: usize, mut all: Vec<(u32, T)>) -> Self {
        all.sort_by_key(|(actor, _)| *actor);
        let mut ends = Vec::with_capacity(n);
        let mut end = 0;
        for actor in (0u32..).take(n) {
            end += all[end..].iter().take_while(|(other, _)| *other == actor).count();
            ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        }
        Self { ends, all }
    }

    fn of_actor(&self, actor: u32) -> impl Iterator<Item = &T> + Clone {
        let end = |actor: usize| self.ends.get(actor).map_or(self.all.len(), |end| *end as usize);
        let start = (actor as usize).checked_sub(1).map_or(0, end);
        self.all[start..end(actor as usize)].iter().map(|(_, item)| item)
    }
}

/// Every `n_shares`-th actor of `cast` from the first on, by number, with the draft of a
/// dossier where nothing is known of it.
///
/// The articles are gone through in order, for all of these actors at once: whoever asked
/// every article of one actor, and then of the next, would have to fetch most of what is
/// asked from far away in memory, each time again.
fn drafts<'a>(
    (first, n_shares): (usize, usize),
    cast: &'a Cast,
    known: &[Known<'_>],
    (entries, register): (&'a [Entry], &'a Register),
    told: &[Told],
) -> Vec<(u32, Option<Draft<'a>>)> {
    let everyone = (0u32..).zip(cast.ids.iter().zip(known));
    let mut drafts: Vec<(u32, Option<Draft<'_>>)> = everyone
        .skip(first)
        .step_by(n_shares)
        .map(|(number, (id, known))| {
            (number, matches!(known, Known::Nothing).then(|| Draft::new(id, register)))
        })
        .collect();
    for (index, entry) in (0u32..).zip(entries) {
        let told = &told[index as usize];
        for (actor, number) in (0u32..).zip(&cast.of_entries[index as usize]) {
            let number = *number as usize;
            if number % n_shares == first
                && let Some(draft) = &mut drafts[number / n_shares].1
            {
                draft.mention(index, entry, actor, told.mentions.of_actor(actor));
                draft.speak(index, told.spoken.of_actor(actor));
            }
        }
    }
    drafts
}

impl<'a> Draft<'a> {
    fn new(id: &'a Arc<str>, register: &'a Register) -> Self {
        Self {
            id,
            known: register.actor(id),
            origin: Origin::Discovered,
            names: Vec::new(),
            kinds: Vec::new(),
            printed: FxHashMap::default(),
            appearances: Vec::new(),
            n_mentions: 0,
            statements: Vec::new(),
            about: Vec::new(),
        }
    }

    /// Counts the mentions of an article and what it takes the actor for.
    fn mention<'b>(
        &mut self,
        index: u32,
        entry: &'a Entry,
        actor: u32,
        mentions: impl Iterator<Item = &'b (Span, Naming)>,
    ) {
        let Some(seen) = entry.briefing.reading.actors.get(actor as usize) else { return };
        self.origin = self.origin.min(seen.origin);
        if self.known.is_none() {
            match self.names.iter_mut().find(|(name, _)| *name == &*seen.name) {
                Some((_, n)) => *n += 1,
                None => self.names.push((&seen.name, 1)),
            }
        }
        let (is_respelt, n_before) = (seen.id != *self.id, self.n_mentions);
        for (span, rule) in mentions {
            self.n_mentions += 1;
            let written = span.of(&entry.briefing.prose.text);
            let respelt = is_respelt && written.contains(' ');
            let rule = if respelt { spelling::RULE } else { rule.text() };
            let decision = self.printed.entry((written, rule));
            decision.or_insert((0, index, *span)).0 += 1;
            let in_body = span.start >= entry.briefing.body_start;
            match self.appearances.last_mut() {
                Some(last) if last.entry == index => {
                    last.n += 1;
                    if in_body && last.first.start < entry.briefing.body_start {
                        last.first = *span;
                    }
                }
                _ => self.appearances.push(Appearance { entry: index, n: 1, first: *span }),
            }
        }
        let own = self.n_mentions - n_before;
        match self.kinds.iter_mut().find(|(kind, _)| *kind == seen.kind) {
            Some((_, n)) => *n += own,
            None => self.kinds.push((seen.kind, own)),
        }
    }

    /// Takes up the statements of an article; of several in one sentence the first, as
    /// they are shown together, and none of others where the actor speaks itself.
    fn speak<'b>(&mut self, index: u32, spoken: impl Iterator<Item = &'b Spoken> + Clone) {
        let own = spoken.clone().filter(|spoken| spoken.is_speaker);
        let mut speaks: Vec<Span> = own.map(|spoken| spoken.sentence).collect();
        speaks.sort_unstable();
        // Of the last one that was taken up, by and about the actor.
        let mut before: [Option<Span>; 2] = [None; 2];
        for Spoken { statement, sentence, is_speaker } in spoken {
            if !is_speaker && speaks.binary_search(sentence).is_ok() {
                continue;
            }
            if before[usize::from(*is_speaker)].replace(*sentence) != Some(*sentence) {
                let list = if *is_speaker { &mut self.statements } else { &mut self.about };
                list.push((index, *statement));
            }
        }
    }

    fn has_page(&self) -> bool {
        !self.appearances.is_empty()
            && (self.known.is_some()
                || is_salient(
                    self.origin,
                    self.kind(),
                    self.appearances.len(),
                    self.n_mentions,
                    self.statements.len(),
                ))
    }

    /// The kind that most mentions are taken for: an article that names it once had the
    /// least to tell it by. Of equals the first in [`Kind`]'s order.
    fn kind(&self) -> Kind {
        self.kinds
            .iter()
            .max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a)))
            .map_or(Kind::Organisation, |(kind, _)| *kind)
    }

    fn finish(self, entries: &[Entry]) -> Dossier {
        let known = self.known;
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
        let days = self.appearances.iter().filter_map(|seen| entries[seen.entry as usize].day());
        let range = days.fold(None, |range, day| {
            let (first, last) = range.unwrap_or((day, day));
            Some((day.min(first), day.max(last)))
        });
        Dossier {
            id: Arc::clone(self.id),
            name: Arc::from(name),
            kind: known.map_or_else(|| self.kind(), |actor| actor.kind),
            origin: known
                .filter(|actor| actor.registered)
                .map_or(self.origin, |_| Origin::Register),
            appearances: self.appearances,
            range,
            n_mentions: self.n_mentions,
            statements: self.statements,
            about: self.about,
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
    let speaker = statement.speaker.as_ref().map_or(statement.sentence.end, |by| by.span.end);
    let is_before = speaker < words.start;
    let targeted = is_before && statement.cue.as_deref().is_some_and(is_targeted);
    let from = if targeted { speaker } else { words.start };
    let first = mentions.partition_point(|mention| mention.span.start < from);
    mentions[first..]
        .iter()
        .take_while(move |mention| mention.span.start < words.end)
        .map(|mention| mention.actor)
}

/// Whether what begins with `cue` is said to someone, or of them.
fn is_targeted(cue: &str) -> bool {
    let Some(first) = cue.bytes().next().map(|byte| byte.to_ascii_lowercase()) else {
        return false;
    };
    let begins =
        |verb: &&str| cue.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb));
    TARGETED.iter().filter(|verb| verb.as_bytes()[0] == first).any(begins)
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
