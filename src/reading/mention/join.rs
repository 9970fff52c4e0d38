//! Which names of an article mean one actor.
//!
//! Goes through the names in the order of the text and remembers the last full
//! name for every surname, so that a bare surname belongs to the full name before
//! it, as a reader takes it; where none stands before, to the first one after.
//! Everything is a look into a table: 20,000 names cost 20,000 looks.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::discover::Piece;
use super::known::{Known, Meaning};
use super::lexicon::{self, Classes};
use crate::actor::{Kind, Register};
use crate::reading::{ActorSeen, Mention, Naming, Origin};
use crate::text::{Span, fold, slug};

mod name;

use name::{initials, key, last_part, own_first_word, person};

/// A name at a place, on its way to an actor.
struct Sighting {
    span: Span,
    kind: Kind,
    /// The register's actor, where the name is one of its own.
    actor: Option<u32>,
    rule: Naming,
}

/// One actor of the article.
struct Group {
    actor: Option<u32>,
    /// Its fullest name so far, for one that the register does not have.
    name: Span,
    kind: Kind,
    /// The parts of all names of a person of the register, as `Joiner::parts` counts them.
    parts: Vec<u32>,
}

/// Given name and surname, as `Joiner::parts` counts them.
type Full = (u32, u32);

/// Who bears a surname, or a given name.
#[derive(Debug, Clone, Copy, Default)]
struct Bearers {
    /// The last person before.
    last: Option<u32>,
    /// The first full name in the article with this surname.
    ahead: Option<Span>,
}

/// Puts known and discovered names together.
///
/// A piece that contains known names stands for them: the longer name wins.
pub(super) fn join(
    text: &str,
    known: &[Known],
    pieces: &[Piece],
    register: &Register,
) -> (Vec<ActorSeen>, Vec<Mention>) {
    let sightings = sightings(known, pieces, register);
    let mut joiner = Joiner::new(text, register, &sightings);
    let assigned: Vec<(u32, Naming)> =
        sightings.iter().enumerate().map(|(at, sighting)| joiner.place(at, sighting)).collect();
    finish(text, register, &joiner.groups, &sightings, assigned)
}

/// All names that count, in order.
fn sightings(known: &[Known], pieces: &[Piece], register: &Register) -> Vec<Sighting> {
    let actors = register.actors();
    // What the article names beyond doubt decides what is in doubt.
    let mut named: FxHashSet<u32> = FxHashSet::default();
    for name in known.iter().filter(|name| !name.doubtful) {
        if let Meaning::Actor(actor) | Meaning::Government(actor) = name.meaning {
            named.insert(actor);
        }
    }
    let mut pieces = pieces.iter().peekable();
    let mut sightings = Vec::with_capacity(known.len());
    let mut covered = 0;
    let add_piece = |piece: &Piece, sightings: &mut Vec<Sighting>| {
        sightings.push(Sighting {
            span: piece.span,
            kind: piece.kind,
            actor: None,
            rule: piece.rule,
        });
        piece.span.end
    };
    for name in known {
        while let Some(piece) = pieces.next_if(|piece| piece.span.start <= name.span.start) {
            covered = add_piece(piece, &mut sightings);
        }
        if name.span.start < covered
            || pieces.peek().is_some_and(|piece| piece.span.overlaps(name.span))
        {
            continue;
        }
        let of_register = |actor: u32, rule: Naming| Sighting {
            span: name.span,
            kind: actors[actor as usize].kind,
            actor: Some(actor),
            rule,
        };
        let sighting = match &name.meaning {
            Meaning::Actor(actor) if !name.doubtful || named.contains(actor) => {
                let registered = actors[*actor as usize].registered;
                of_register(*actor, if registered { Naming::Register } else { Naming::BuiltIn })
            }
            Meaning::OneOf(claims) => {
                let mut claims = claims.iter().filter(|actor| named.contains(actor));
                let (Some(actor), None) = (claims.next(), claims.next()) else { continue };
                of_register(*actor, Naming::Shared)
            }
            Meaning::Government(actor) => of_register(*actor, Naming::Government),
            Meaning::Place if !name.doubtful => {
                Sighting { span: name.span, kind: Kind::Place, actor: None, rule: Naming::Capital }
            }
            Meaning::Region => Sighting {
                span: name.span,
                kind: Kind::Place,
                actor: None,
                rule: Naming::PartOfState,
            },
            Meaning::Agency => Sighting {
                span: name.span,
                kind: Kind::Organisation,
                actor: None,
                rule: Naming::Agency,
            },
            _ => continue,
        };
        sightings.push(sighting);
    }
    for piece in pieces {
        add_piece(piece, &mut sightings);
    }
    sightings
}

struct Joiner<'a> {
    text: &'a str,
    register: &'a Register,
    groups: Vec<Group>,
    /// Of each sighting of a person the given name and surname, where it has both.
    full: Vec<Option<Full>>,
    of_actor: FxHashMap<u32, u32>,
    /// Persons by given name and surname.
    by_full: FxHashMap<Full, u32>,
    /// Places and states by their whole name.
    by_name: FxHashMap<(Kind, Cow<'a, str>), u32>,
    /// Surnames and given names, folded, each with its place in `bearers`.
    parts: FxHashMap<Cow<'a, str>, u32>,
    /// Who bears each of them.
    bearers: Vec<Bearers>,
    /// The person of the register who last took the parts of their names, unless
    /// somebody took one since.
    last_known: Option<u32>,
    /// The first place in the article whose name of several words begins with this one.
    place_ahead: FxHashMap<String, Span>,
    /// People of the register whom the article names in full.
    in_full: FxHashSet<u32>,
    /// Organisations by their whole name and by shorter forms of it.
    by_short: FxHashMap<Cow<'a, str>, u32>,
    /// The organisation that first had these initials, or this bracket after it.
    /// Apart from `by_short`: two names may share initials and stay two.
    by_initials: FxHashMap<Cow<'a, str>, u32>,
    /// The only organisation whose name has this head: "the Union" is the European
    /// one. `None` where there are two.
    by_head: FxHashMap<String, Option<u32>>,
}

impl<'a> Joiner<'a> {
    fn new(text: &'a str, register: &'a Register, sightings: &[Sighting]) -> Self {
        let mut joiner = Self {
            text,
            register,
            groups: Vec::new(),
            full: vec![None; sightings.len()],
            of_actor: FxHashMap::default(),
            by_full: FxHashMap::default(),
            by_name: FxHashMap::default(),
            parts: FxHashMap::default(),
            bearers: Vec::new(),
            last_known: None,
            place_ahead: FxHashMap::default(),
            in_full: FxHashSet::default(),
            by_short: FxHashMap::default(),
            by_initials: FxHashMap::default(),
            by_head: FxHashMap::default(),
        };
        for (at, sighting) in sightings.iter().enumerate() {
            let name = sighting.span.of(text);
            match sighting.kind {
                Kind::Person => {
                    let Some(full) = joiner.full_name(name) else { continue };
                    joiner.bearers[full.1 as usize].ahead.get_or_insert(sighting.span);
                    joiner.in_full.extend(sighting.actor);
                    joiner.full[at] = Some(full);
                }
                // Most places are one word.
                Kind::Place if !name.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                    if let Some(first) = own_first_word(&key(name)) {
                        joiner.place_ahead.entry(first.to_owned()).or_insert(sighting.span);
                    }
                }
                _ => {}
            }
        }
        joiner
    }

    /// The group of a name, the one of the index `at`, and why.
    fn place(&mut self, at: usize, sighting: &Sighting) -> (u32, Naming) {
        let rule = sighting.rule;
        let full = self.full[at];
        // After "Mara Paris" a Paris that acts is she, not the government of France.
        if sighting.rule == Naming::Government
            && self.bearers(&last_part(sighting.span.of(self.text))).ahead.is_some()
        {
            let full = self.full_name(sighting.span.of(self.text));
            return self.person(sighting, full);
        }
        if let Some(actor) = sighting.actor {
            let bare = sighting.kind == Kind::Person && full.is_none();
            return match bare.then(|| self.namesake(actor, sighting)).flatten() {
                Some(other) => other,
                None => (self.known(actor, sighting), rule),
            };
        }
        match sighting.kind {
            Kind::Person => self.person(sighting, full),
            Kind::Place | Kind::State => (self.by_whole_name(sighting), rule),
            _ => self.body(sighting),
        }
    }

    /// Whom a bare surname of the register means instead, where the article gives it to
    /// somebody else: the last full name before it decides, as for any surname; without
    /// one a full name after it, if the article never names the register's own.
    fn namesake(&mut self, actor: u32, sighting: &Sighting) -> Option<(u32, Naming)> {
        let bearers = self.bearers(&last_part(sighting.span.of(self.text)));
        match bearers.last {
            Some(group) if self.groups[group as usize].actor == Some(actor) => None,
            Some(_) => Some(self.person(sighting, None)),
            None if self.in_full.contains(&actor) => None,
            None => bearers.ahead.map(|_| self.person(sighting, None)),
        }
    }

    /// Who bears a surname, or given name.
    fn bearers(&self, part: &str) -> Bearers {
        self.parts.get(part).map(|part| self.bearers[*part as usize]).unwrap_or_default()
    }

    /// The place of a surname or given name in `bearers`.
    fn part(&mut self, part: Cow<'a, str>) -> u32 {
        let next = u32::try_from(self.bearers.len()).unwrap_or(u32::MAX);
        let place = *self.parts.entry(part).or_insert(next);
        if place == next {
            self.bearers.push(Bearers::default());
        }
        place
    }

    /// Given name and surname of a full name; `None` for a bare one.
    fn full_name(&mut self, name: &'a str) -> Option<Full> {
        let (given, surname) = person(name)?;
        Some((self.part(given), self.part(surname)))
    }

    /// Makes `group` the last to bear a name.
    fn bear(&mut self, part: u32, group: u32) {
        self.bearers[part as usize].last = Some(group);
    }

    fn known(&mut self, actor: u32, sighting: &Sighting) -> u32 {
        let register = self.register;
        let names = || register.actors()[actor as usize].names();
        let kind = sighting.kind;
        let group = if let Some(group) = self.of_actor.get(&actor) {
            *group
        } else {
            let group = self.open(sighting, Some(actor));
            self.of_actor.insert(actor, group);
            if !matches!(kind, Kind::Person | Kind::State) {
                for name in register.folded_names(actor) {
                    self.by_short.entry(Cow::Borrowed(name)).or_insert(group);
                    self.note_head(&key(name), group);
                }
            }
            // "the North" after North Freedonia.
            if kind == Kind::State {
                let first_words =
                    names().filter_map(|name| name.split_once(' ')).map(|(first, _)| first);
                for word in
                    first_words.filter(|word| lexicon::classes(word).any(Classes::DIRECTION))
                {
                    self.by_short.entry(fold(word)).or_insert(group);
                }
            }
            if kind == Kind::Person {
                let mut parts = Vec::new();
                for name in names() {
                    let Some(full) = self.full_name(name) else { continue };
                    parts.extend([full.0, full.1]);
                    self.by_full.insert(full, group);
                }
                self.groups[group as usize].parts = parts;
                self.last_known = None;
            }
            group
        };
        if kind == Kind::Person && self.last_known != Some(group) {
            for part in &self.groups[group as usize].parts {
                self.bearers[*part as usize].last = Some(group);
            }
            self.last_known = Some(group);
        }
        group
    }

    /// The group of a person, of whom `full` is the given name and surname.
    fn person(&mut self, sighting: &Sighting, full: Option<Full>) -> (u32, Naming) {
        let name = sighting.span.of(self.text);
        if let Some(full) = full {
            let group = if let Some(group) = self.by_full.get(&full) {
                let group = *group;
                self.groups[group as usize].lengthen(sighting.span);
                group
            } else {
                let group = self.open(sighting, None);
                self.by_full.insert(full, group);
                group
            };
            self.bear(full.0, group);
            self.bear(full.1, group);
            self.last_known = None;
            return (group, sighting.rule);
        }
        let part = last_part(name);
        let bearers = self.bearers(&part);
        if let Some(group) = bearers.last {
            return (group, Naming::PartOfName);
        }
        if let Some(span) = bearers.ahead {
            let full = Sighting { span, kind: Kind::Person, actor: None, rule: sighting.rule };
            let name = self.full_name(span.of(self.text));
            let (group, _) = self.person(&full, name);
            return (group, Naming::SurnameAfter);
        }
        let group = self.open(sighting, None);
        let part = self.part(part);
        self.bear(part, group);
        self.last_known = None;
        (group, sighting.rule)
    }

    fn by_whole_name(&mut self, sighting: &Sighting) -> u32 {
        let name = key(sighting.span.of(self.text));
        if let Some(span) = self.place_ahead.get(&*name).copied()
            && !self.by_name.contains_key(&(Kind::Place, name.clone()))
        {
            return self.by_whole_name(&Sighting { span, ..*sighting });
        }
        // "the North" after North Freedonia.
        let side = |_: &&u32| lexicon::classes(&name).any(Classes::DIRECTION);
        if let Some(group) = self.by_short.get(&name).filter(side) {
            return *group;
        }
        let key = (sighting.kind, name);
        if let Some(group) = self.by_name.get(&key) {
            return *group;
        }
        // "Alder Bay" and "Alder", in whichever order: the first word stands for both.
        let short = own_first_word(&key.1).map(|first| (key.0, Cow::Owned(first.to_owned())));
        let group = self.open(sighting, None);
        self.by_name.insert(key, group);
        if let Some(short) = short {
            self.by_name.entry(short).or_insert(group);
        }
        group
    }

    fn body(&mut self, sighting: &Sighting) -> (u32, Naming) {
        let name = sighting.span.of(self.text);
        let whole = key(name);
        let one_word = !whole.contains(' ');
        let spelt = one_word.then(|| self.by_initials.get(&whole)).flatten();
        let before = &self.text[..sighting.span.start as usize];
        let the = before.ends_with("the ") || before.ends_with("The ");
        let head = (the && one_word).then(|| self.by_head.get(&*whole)?.as_ref()).flatten();
        if let Some(group) = self.by_short.get(&whole).or(spelt).or(head) {
            let group = *group;
            let again = self.groups[group as usize].name.of(self.text) == name;
            let rule = if again { sighting.rule } else { Naming::ShortForm };
            return (group, rule);
        }
        // The bracket after a name gives its acronym, which may be a known one.
        let bracket = self.text[sighting.span.end as usize..]
            .strip_prefix([' '])
            .and_then(|rest| rest.strip_prefix(['(', '[']))
            .and_then(|rest| {
                let end = rest.bytes().take(11).position(|byte| matches!(byte, b')' | b']'))?;
                Some(&rest[..end]).filter(|inside| inside.len() >= 2 && !inside.contains(' '))
            })
            .map(key);
        let initials = (!one_word).then(|| initials(name));
        let initials = initials.filter(|initials| initials.len() >= 2).map(Cow::Owned);
        let earlier = [&bracket, &initials]
            .into_iter()
            .flatten()
            .find_map(|short| self.by_short.get(short))
            .copied();
        let group = if let Some(group) = earlier {
            self.groups[group as usize].lengthen(sighting.span);
            group
        } else {
            self.open(sighting, None)
        };
        let joints: Vec<usize> = whole.match_indices(' ').map(|(at, _)| at).collect();
        for short in [bracket, initials].into_iter().flatten() {
            self.by_initials.entry(short).or_insert(group);
        }
        // Up to eight words: longer names are not shortened to any part of them.
        if let (Some(first), ..=7) = (joints.first(), joints.len()) {
            for at in &joints {
                for part in [&whole[..*at], &whole[at + 1..]] {
                    if part.len() <= 3 {
                        continue;
                    }
                    let classes = lexicon::classes(part);
                    let common = !part.contains(' ') && classes != Classes::NONE;
                    if !common && !classes.any(Classes::PLACE) {
                        self.by_short.entry(Cow::Owned(part.to_owned())).or_insert(group);
                    }
                }
            }
            // "the Supreme Court" after the Freelandic Supreme Court of Appeal.
            let people = &whole[..*first];
            let of_a_people = lexicon::classes(people).any(Classes::PEOPLE)
                || self.register.by_demonym(people).is_some();
            for at in joints.iter().skip(2).filter(|_| of_a_people) {
                let part = whole[first + 1..*at].to_owned();
                self.by_short.entry(Cow::Owned(part)).or_insert(group);
            }
        }
        self.note_head(&whole, group);
        self.by_short.insert(whole, group);
        (group, sighting.rule)
    }

    /// Keeps the head of a name of several words, folded: the "council" of "port
    /// council" and of "council of ports".
    fn note_head(&mut self, name: &str, group: u32) {
        let mut head = "";
        for word in name.split(' ') {
            if matches!(word, "of" | "for" | "on") {
                break;
            }
            head = word;
        }
        // "the House" is not the White one.
        if matches!(head, "house" | "senate") {
            return;
        }
        if head.len() < name.len() && lexicon::classes(head).any(Classes::BODY) {
            match self.by_head.get_mut(head) {
                Some(slot) if *slot != Some(group) => *slot = None,
                Some(_) => {}
                None => drop(self.by_head.insert(head.to_owned(), Some(group))),
            }
        }
    }

    fn open(&mut self, sighting: &Sighting, actor: Option<u32>) -> u32 {
        let group = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let Sighting { span: name, kind, .. } = *sighting;
        self.groups.push(Group { actor, name, kind, parts: Vec::new() });
        group
    }
}

impl Group {
    /// Takes the longer name.
    fn lengthen(&mut self, name: Span) {
        if name.end - name.start > self.name.end - self.name.start {
            self.name = name;
        }
    }
}

/// Numbers the actors in the order of their first mention. A discovered name whose
/// address belongs to an actor of the register, without being one of its names,
/// is left out: the two would share a page.
fn finish(
    text: &str,
    register: &Register,
    groups: &[Group],
    sightings: &[Sighting],
    assigned: Vec<(u32, Naming)>,
) -> (Vec<ActorSeen>, Vec<Mention>) {
    let mut seen: Vec<ActorSeen> = Vec::new();
    let mut mentions = Vec::with_capacity(sightings.len());
    let mut numbers: Vec<Option<u32>> = vec![None; groups.len()];
    let mut by_id: FxHashMap<Arc<str>, u32> = FxHashMap::default();
    for (sighting, (group, rule)) in sightings.iter().zip(assigned) {
        let slot = &mut numbers[group as usize];
        let actor = if let Some(actor) = *slot {
            actor
        } else {
            let Some(actor) = describe(text, register, &groups[group as usize]) else { continue };
            let next = u32::try_from(seen.len()).unwrap_or(u32::MAX);
            let number = *by_id.entry(actor.id.clone()).or_insert(next);
            if number == next {
                seen.push(actor);
            }
            *slot = Some(number);
            number
        };
        mentions.push(Mention { span: sighting.span, actor, rule });
    }
    (seen, mentions)
}

fn describe(text: &str, register: &Register, group: &Group) -> Option<ActorSeen> {
    if let Some(actor) = group.actor {
        let actor = &register.actors()[actor as usize];
        let origin = if actor.registered { Origin::Register } else { Origin::BuiltIn };
        return Some(ActorSeen {
            id: actor.id.clone(),
            name: actor.name.clone(),
            kind: actor.kind,
            origin,
        });
    }
    let written = group.name.of(text);
    let parted = || written.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = if is_even(written) { Cow::Borrowed(written) } else { Cow::Owned(parted()) };
    let id = slug(&name);
    let free = !id.is_empty() && register.actor(&id).is_none();
    free.then(|| ActorSeen {
        id: id.into(),
        name: name.into(),
        kind: group.kind,
        origin: Origin::Discovered,
    })
}

/// Whether single spaces, and no other white space, part the words of a name.
fn is_even(name: &str) -> bool {
    let mut before = ' ';
    name.chars().all(|c| {
        let even = !c.is_whitespace() || c == ' ' && before != ' ';
        before = c;
        even
    }) && before != ' '
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Document {
        text: String,
        mentions: Vec<Gold>,
    }

    #[derive(serde::Deserialize)]
    struct Gold {
        start: usize,
        end: usize,
        #[serde(rename = "type")]
        kind: String,
        eid: Option<String>,
    }

    /// Joins the annotated names of `document` and counts, for each, how many it
    /// shares its actor with rightly: (of those joined, of those that belong, names).
    fn b_cubed(document: &Document) -> (f64, f64, f64) {
        let offsets: Vec<usize> =
            document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
        let mut names = BTreeMap::new();
        for gold in &document.mentions {
            let kind = match gold.kind.as_str() {
                "PER" => Kind::Person,
                "ORG" => Kind::Organisation,
                "LOC" => Kind::Place,
                _ => continue,
            };
            let Some(eid) = &gold.eid else { continue };
            let span = Span::new(offsets[gold.start], offsets[gold.end]);
            names.entry(span).or_insert((kind, eid.as_str()));
        }
        let register = Register::default();
        let sightings: Vec<Sighting> = names
            .iter()
            .map(|(span, (kind, _))| {
                let whole = register
                    .names()
                    .longest(span.of(&document.text), 0)
                    .filter(|found| found.span.end == span.end - span.start);
                let actor =
                    whole.and_then(|found| match &register.names().name(found.name).sense {
                        crate::actor::names::Sense::Actors(actors) => actors.first().copied(),
                        _ => None,
                    });
                Sighting { span: *span, kind: *kind, actor, rule: Naming::Register }
            })
            .collect();
        let mut joiner = Joiner::new(&document.text, &register, &sightings);
        let groups: Vec<u32> =
            (0..sightings.len()).map(|at| joiner.place(at, &sightings[at]).0).collect();
        let gold: Vec<&str> = names.values().map(|(_, eid)| *eid).collect();
        let mut sums = (0.0, 0.0, 0.0);
        for at in 0..gold.len() {
            let count = |same: &dyn Fn(usize) -> bool| {
                f64::from(
                    u32::try_from((0..gold.len()).filter(|other| same(*other)).count()).unwrap(),
                )
            };
            let right = count(&|other| groups[at] == groups[other] && gold[at] == gold[other]);
            sums.0 += right / count(&|other| groups[at] == groups[other]);
            sums.1 += right / count(&|other| gold[at] == gold[other]);
            sums.2 += 1.0;
        }
        sums
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "reads texts that are not ours to ship")]
    fn names_of_annotated_articles_are_joined_as_people_join_them() {
        let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let shared =
            std::env::var_os("ANNALS_SHARED").map_or_else(|| here.join("../shared"), Into::into);
        let path = shared.join("corpora/actors/ner.gum.dev.jsonl");
        let Ok(lines) = std::fs::read_to_string(&path) else {
            println!("skipped: {} is not there", path.display());
            return;
        };
        let mut sums = (0.0, 0.0, 0.0);
        for line in lines.lines() {
            let document: Document = serde_json::from_str(line).unwrap();
            let (right, whole, names) = b_cubed(&document);
            sums = (sums.0 + right, sums.1 + whole, sums.2 + names);
        }
        let (precision, recall) = (sums.0 / sums.2, sums.1 / sums.2);
        let score = 200.0 * precision * recall / (precision + recall);
        println!("B-cubed: P {precision:.3} R {recall:.3} F {score:.1}");
        assert!(score >= 95.9, "{score:.1}");
    }
}
