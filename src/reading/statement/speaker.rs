//! Who a phrase means.
//!
//! The [`Cast`] holds everyone the prose names, with the roles it gives them; it
//! turns the words of a speaker into an identity: a surname into the full name, a
//! pronoun into the last subject that fits, "the NATO chief" into whoever holds
//! that role here. Mentions found by the actors' stage decide where they cover
//! the name; the rest is read off the capitals. Where two fit, nobody is named.
//!
//! Entry points: [`Cast::new`], [`Cast::resolve`].

use std::cell::OnceCell;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::chunk::{Chunk, Grouped, Kind};
use super::lexicon::{self, Class, Pronoun};
use super::phrase::Phrase;
use super::token::Token;
use crate::actor::Kind as ActorKind;
use crate::reading::{ActorSeen, Mention, Speaker};
use crate::text::Span;

/// What an identity is, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    Body,
    Several,
}

/// Someone or something that can speak.
#[derive(Debug, Clone, Copy)]
struct Identity {
    /// The words to show where no actor is known.
    name: Span,
    actor: Option<u32>,
    sort: Sort,
    /// Whether it is a name; else a description that stays as it is.
    named: bool,
}

/// A role given to someone: the words of it, as tokens.
#[derive(Debug, Clone, Copy)]
struct Holder {
    identity: u32,
    title: (u32, u32),
}

/// A speaker and who that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    /// The words that name the speaker.
    pub span: Span,
    /// `None` for a pronoun left open.
    identity: Option<u32>,
    /// Whether the words name it themselves.
    certain: bool,
}

/// Everyone a text names, and who spoke or acted last.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    text: &'a str,
    grouped: &'a Grouped,
    tokens: &'a [Token],
    actors: &'a [ActorSeen],
    mentions: &'a [Mention],
    identities: Vec<Identity>,
    /// Identities by the last word of their full name, with the place of each.
    by_surname: FxHashMap<&'a str, Vec<(u32, u32)>>,
    by_name: FxHashMap<&'a str, u32>,
    by_actor: Vec<Option<u32>>,
    by_role: FxHashMap<String, Vec<Holder>>,
    /// Words with a capital where not every word has one, gathered when first asked.
    capitals: OnceCell<FxHashSet<&'a str>>,
    /// The last to be a subject or speaker, by sort.
    person: Option<u32>,
    body: Option<u32>,
    several: Option<u32>,
}

/// A name inside a phrase.
#[derive(Debug, Clone, Copy)]
struct Named {
    span: Span,
    /// First token of the name, and one past the last.
    tokens: (u32, u32),
    person: bool,
}

/// How many holders of a role are weighed.
const WEIGHED: usize = 8;

impl<'a> Cast<'a> {
    /// Collects the names and roles in all chunks of the text.
    pub(super) fn new(
        text: &'a str,
        grouped: &'a Grouped,
        actors: &'a [ActorSeen],
        mentions: &'a [Mention],
    ) -> Self {
        let mut cast = Self {
            text,
            grouped,
            tokens: &grouped.tokens,
            actors,
            mentions,
            identities: Vec::new(),
            by_surname: FxHashMap::default(),
            by_name: FxHashMap::default(),
            by_actor: vec![None; actors.len()],
            by_role: FxHashMap::default(),
            capitals: OnceCell::new(),
            person: None,
            body: None,
            several: None,
        };
        for at in &grouped.names {
            cast.introduce(&grouped.chunks, *at as usize);
        }
        cast
    }

    /// Notes the person that the noun phrase at `at` names, with the role it
    /// gives: before the name, or beside it.
    fn introduce(&mut self, chunks: &[Chunk], at: usize) {
        if let Some(owner) = self.owner(&chunks[at]) {
            self.identify(&owner);
        }
        let Some(named) = self.named(chunks, at, at) else { return };
        if !named.person {
            return;
        }
        let identity = self.identify(&named);
        let first = chunks[at].tokens.0;
        let title_start = match (at >= 2).then(|| (chunks[at - 1].kind, &chunks[at - 2])) {
            // "Minister of Education Ann Okoro"
            Some((Kind::Of, before)) if before.kind == Kind::Noun => before.tokens.0,
            _ => first,
        };
        self.give_role(identity, (title_start, named.tokens.0));
        // "Ann Okoro, the minister of education", "the minister, Ann Okoro"
        let kind = |at: usize| chunks.get(at).map(|chunk| chunk.kind);
        if kind(at + 1) == Some(Kind::Comma) && kind(at + 2) == Some(Kind::Noun) {
            let of = kind(at + 3) == Some(Kind::Of) && kind(at + 4) == Some(Kind::Noun);
            let last = if of { at + 4 } else { at + 2 };
            self.give_role(identity, (chunks[at + 2].tokens.0, chunks[last].tokens.1));
        }
        if at >= 2 && chunks[at - 1].kind == Kind::Comma && chunks[at - 2].kind == Kind::Noun {
            let before = &chunks[at - 2];
            let described =
                before.tokens(self.tokens).last().is_some_and(|token| token.class == Class::Role);
            if described {
                self.give_role(identity, before.tokens);
            }
        }
    }

    /// The person at the head of "Ann Okoro's campaign".
    fn owner(&self, chunk: &Chunk) -> Option<Named> {
        let members = chunk.tokens(self.tokens);
        let last = members.iter().position(|token| token.is_possessive() && token.is_name())?;
        let run = members[..=last].iter().rev().take_while(|token| token.is_name()).count();
        let first = last + 1 - run;
        let article = first > 0 && members[first - 1].class == Class::Definite;
        let name = &members[first..=last];
        (run >= 2 && !article && self.looks_personal(name)).then(|| {
            let index = |at: usize| chunk.tokens.0 + u32::try_from(at).unwrap_or(0);
            Named {
                span: Span { start: name[0].span.start, end: members[last].span.end },
                tokens: (index(first), index(last + 1)),
                person: true,
            }
        })
    }

    /// Notes that `identity` holds the roles among the tokens of `title`.
    fn give_role(&mut self, identity: u32, title: (u32, u32)) {
        for token in &self.tokens[title.0 as usize..title.1 as usize] {
            if token.class != Class::Role {
                continue;
            }
            let role = token.span.of(self.text).to_lowercase();
            let holder = Holder { identity, title };
            if lexicon::leads(&role) {
                self.by_role.entry("leader".to_owned()).or_default().push(holder);
            }
            self.by_role.entry(role).or_default().push(holder);
        }
    }

    /// The name that the chunks from `first` to `last` end with: after titles,
    /// possessives and lower-case words.
    fn named(&self, chunks: &[Chunk], first: usize, last: usize) -> Option<Named> {
        // Of most noun phrases this is all there is to ask.
        let ends_with_name =
            || chunks[first].tokens(self.tokens).last().is_some_and(Token::is_name);
        if first == last && !ends_with_name() {
            return None;
        }
        if first < last {
            if let Some(named) = self.named_last(chunks, first, last) {
                return Some(named);
            }
            // "a Department for Transport spokesman" is one of its people
            let member = |token: &Token| {
                !token.is_name() && matches!(token.class, Class::Role | Class::Collective)
            };
            if chunks[last].tokens(self.tokens).last().is_some_and(member) {
                return None;
            }
        }
        let head = &chunks[first];
        let members = head.tokens(self.tokens);
        let run = members.iter().rev().take_while(|token| token.is_name()).count();
        // a possessive inside ends what is before: "Norway's Ann Okoro"
        let cut = members[members.len() - run..]
            .iter()
            .rev()
            .skip(1)
            .position(Token::is_possessive)
            .map_or(run, |position| position + 1);
        let run = run.min(cut);
        if run == 0 {
            return self.named_after_office(chunks, first, last);
        }
        let start = head.tokens.1 - u32::try_from(run).unwrap_or(0);
        let name = &members[members.len() - run..];
        let before = members[..members.len() - run].last();
        let titled = before.is_some_and(|token| token.class == Class::Role);
        let of = chunks.get(first + 1).is_some_and(|chunk| chunk.kind == Kind::Of);
        let office = first >= 2
            && chunks[first - 1].kind == Kind::Of
            && run >= 3
            && chunks[first - 2]
                .tokens(self.tokens)
                .last()
                .is_some_and(|token| token.class == Class::Role && token.is_capital());
        if office {
            return self.named_after_office(chunks, first - 2, first);
        }
        let number =
            |token: &Token| token.span.of(self.text).starts_with(|c: char| c.is_ascii_digit());
        let article = |token: &Token| match token.class {
            Class::Definite => true,
            Class::Determiner => !number(token),
            _ => false,
        };
        let person = titled
            || (run >= 2 && !of && !members.iter().any(article) && self.looks_personal(name));
        let mut span = Span { start: name[0].span.start, end: name[run - 1].span.end };
        if !person
            && first + 2 <= last
            && of
            && chunks[first + 2].tokens(self.tokens).iter().any(Token::is_name)
        {
            span.end = chunks[first + 2].span.end;
        }
        Some(Named { span, tokens: (start, head.tokens.1), person })
    }

    /// The person with a title of their own at the end of a chain: "University of
    /// Oslo president Ann Okoro". Not "a spokesman for President Okoro".
    fn named_last(&self, chunks: &[Chunk], first: usize, last: usize) -> Option<Named> {
        let head = chunks[first].tokens(self.tokens);
        let free = head.iter().all(|token| token.is_capital() && token.class != Class::Definite);
        if !free {
            return None;
        }
        let members = chunks[last].tokens(self.tokens);
        let run = members
            .iter()
            .rev()
            .take_while(|token| token.is_name() && !token.is_possessive())
            .count();
        let title = members.len().checked_sub(run + 1).filter(|_| run > 0)?;
        (members[title].class == Class::Role).then(|| Named {
            span: Span {
                start: members[title + 1].span.start,
                end: members[members.len() - 1].span.end,
            },
            tokens: (
                chunks[last].tokens.1 - u32::try_from(run).unwrap_or(0),
                chunks[last].tokens.1,
            ),
            person: true,
        })
    }

    /// The person at the end of "Minister of Education Ann Okoro".
    fn named_after_office(&self, chunks: &[Chunk], first: usize, last: usize) -> Option<Named> {
        let head = chunks[first].tokens(self.tokens);
        let office = head.last().is_some_and(|token| token.class == Class::Role)
            && !head.iter().any(|token| matches!(token.class, Class::Definite | Class::Determiner));
        if !office || last == first {
            return None;
        }
        let members = chunks[last].tokens(self.tokens);
        let run = members
            .iter()
            .rev()
            .take_while(|token| token.is_name() && !token.is_possessive())
            .count();
        (run >= 3).then(|| {
            let name = &members[members.len() - 2..];
            Named {
                span: Span { start: name[0].span.start, end: name[1].span.end },
                tokens: (chunks[last].tokens.1 - 2, chunks[last].tokens.1),
                person: true,
            }
        })
    }

    /// Whether two or more capitalised words look like a person's name.
    fn looks_personal(&self, name: &[Token]) -> bool {
        name.len() <= 4
            && !lexicon::begins_place(name[0].span.of(self.text))
            && name.iter().all(|token| {
                let word = token.span.of(self.text);
                let shouted = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
                !shouted
                    && !word.starts_with(|c: char| c.is_ascii_digit())
                    && !matches!(token.class, Class::Body | Class::Collective | Class::Document)
                    && !lexicon::is_in_no_person(word)
            })
    }

    /// The identity of a name, new or known.
    fn identify(&mut self, named: &Named) -> u32 {
        let name = named.span.of(self.text);
        let last = self.tokens[named.tokens.1 as usize - 1].span.of(self.text);
        let words = named.tokens.1 - named.tokens.0;
        let known = || {
            let all = self.by_surname.get(last)?;
            let before = all.partition_point(|(at, _)| *at <= named.span.start);
            all.get(before.saturating_sub(1)).map(|(_, identity)| *identity)
        };
        if let Some(mention) = self.mention_in(named.span) {
            // a surname is no capital and no stranger: "Paris" after "Ann Paris"
            let full = self
                .actors
                .get(mention.actor as usize)
                .is_some_and(|actor| actor.kind == ActorKind::Person && actor.name.contains(' '));
            if words == 1
                && !full
                && let Some(identity) = known()
            {
                return identity;
            }
            let identity = self.actor(mention.actor, named.span);
            if named.person && words >= 2 {
                self.remember(last, named.span.start, identity);
            }
            return identity;
        }
        let same = |identity: &u32| {
            words == 1 || self.identities[*identity as usize].name.of(self.text) == name
        };
        if let Some(identity) = known().filter(same) {
            return identity;
        }
        if let Some(identity) = self.by_name.get(name) {
            return *identity;
        }
        let sort = if named.person { Sort::Person } else { Sort::Body };
        let identity = self.add(Identity { name: named.span, actor: None, sort, named: true });
        self.by_name.insert(name, identity);
        if named.person && words >= 2 {
            self.remember(last, named.span.start, identity);
        }
        identity
    }

    /// Keeps the surname of a full name at byte `at`.
    fn remember(&mut self, surname: &'a str, at: u32, identity: u32) {
        let all = self.by_surname.entry(surname).or_default();
        if all.last().is_none_or(|(last, _)| *last < at) {
            all.push((at, identity));
        }
    }

    /// The identity of the actor of a mention.
    fn actor(&mut self, actor: u32, name: Span) -> u32 {
        let slot = actor as usize;
        if let Some(Some(identity)) = self.by_actor.get(slot) {
            return *identity;
        }
        let sort = match self.actors.get(slot).map(|actor| actor.kind) {
            Some(ActorKind::Person) => Sort::Person,
            Some(ActorKind::Group) => Sort::Several,
            _ => Sort::Body,
        };
        let identity = self.add(Identity { name, actor: Some(actor), sort, named: true });
        if let Some(entry) = self.by_actor.get_mut(slot) {
            *entry = Some(identity);
        }
        identity
    }

    fn add(&mut self, identity: Identity) -> u32 {
        self.identities.push(identity);
        u32::try_from(self.identities.len() - 1).unwrap_or(u32::MAX)
    }

    /// The last mention that shares a byte with `span`, persons first.
    fn mention_in(&self, span: Span) -> Option<&'a Mention> {
        let low = self.mentions.partition_point(|mention| mention.span.end <= span.start);
        let found = self.mentions[low..]
            .iter()
            .take(WEIGHED)
            .take_while(|mention| mention.span.start < span.end);
        let person = |mention: &Mention| {
            self.actors
                .get(mention.actor as usize)
                .is_some_and(|actor| actor.kind == ActorKind::Person)
        };
        found.clone().filter(|mention| person(mention)).last().or_else(|| found.last())
    }

    /// Who the words of `phrase` mean. `None` where they can be nobody: "there",
    /// "we".
    pub(super) fn resolve(&mut self, chunks: &[Chunk], phrase: Phrase) -> Option<Voice> {
        let span =
            Span { start: chunks[phrase.first].span.start, end: chunks[phrase.last].span.end };
        let derived = |identity| Some(Voice { span, identity, certain: false });
        match chunks[phrase.first].kind {
            Kind::Pronoun(Pronoun::Person) => return derived(self.person),
            Kind::Pronoun(Pronoun::It) => return derived(self.body),
            Kind::Pronoun(Pronoun::They) => return derived(self.several),
            Kind::Noun => {}
            _ => return None,
        }
        let certain = |identity| Some(Voice { span, identity: Some(identity), certain: true });
        if phrase.joined {
            // "teacher and poet Ann Okoro" is one
            let titles = chunks[phrase.last - 2]
                .tokens(self.tokens)
                .last()
                .is_some_and(|token| token.class == Class::Role && !token.is_capital());
            let last = titles.then(|| self.named(chunks, phrase.last, phrase.last)).flatten();
            let identity = match last.filter(|named| named.person) {
                Some(named) => self.identify(&named),
                None => {
                    self.add(Identity { name: span, actor: None, sort: Sort::Several, named: true })
                }
            };
            return certain(identity);
        }
        if let Some(named) = self.named(chunks, phrase.first, phrase.last) {
            let identity = self.identify(&named);
            return certain(identity);
        }
        let beside = phrase.beside.and_then(|beside| self.named(chunks, beside, beside));
        // in "a spokesman for the airline, Skyline Air," the name is the airline's
        let body = chunks[phrase.last].tokens(self.tokens).last();
        let inner =
            phrase.first < phrase.last && body.is_some_and(|token| token.class == Class::Body);
        if let Some(named) = beside.filter(|named| named.person && !inner) {
            let identity = self.identify(&named);
            return certain(identity);
        }
        let members = &self.tokens
            [chunks[phrase.first].tokens.0 as usize..chunks[phrase.last].tokens.1 as usize];
        let ends_with_role = chunks[phrase.last]
            .tokens(self.tokens)
            .last()
            .is_some_and(|token| matches!(token.class, Class::Role | Class::Collective));
        let head_chunk = match chunks[phrase.first].tokens(self.tokens).last() {
            Some(token) if token.is_name() && ends_with_role => phrase.last,
            _ => phrase.first,
        };
        let head = chunks[head_chunk].tokens(self.tokens).last()?;
        let definite = members[0].class == Class::Definite
            || (members[0].is_capital() && members[0].class != Class::Determiner);
        let word = || head.span.of(self.text).to_lowercase();
        let known = match head.class {
            Class::Role if definite => self.holder(&word(), members),
            Class::Body if definite => self.bearer(&word(), members, span.start),
            _ => None,
        };
        if let Some(identity) = known {
            return derived(Some(identity));
        }
        let sort = match head.class {
            Class::Role => Sort::Person,
            Class::Collective => Sort::Several,
            _ => Sort::Body,
        };
        // who speaks for a body gives its view
        let actor = lexicon::speaks_for(head.span.of(self.text))
            .then(|| self.mention_in(span))
            .flatten()
            .map(|mention| mention.actor);
        let named = head.class == Class::Body;
        let identity = self.add(Identity { name: span, actor, sort, named });
        certain(identity)
    }

    /// Who holds the role `word` with the modifiers among `members`, if that is
    /// one person only.
    fn holder(&self, word: &str, members: &[Token]) -> Option<u32> {
        let role =
            if matches!(word, "chief" | "head" | "boss" | "leader") { "leader" } else { word };
        let holders = self.by_role.get(role)?;
        let fits = |holder: &Holder| {
            let title = &self.tokens[holder.title.0 as usize..holder.title.1 as usize];
            members
                .iter()
                .enumerate()
                .filter(|(at, token)| {
                    // in "the military alliance" only the alliance is one
                    let attribute =
                        members.get(at + 1).is_some_and(|next| next.class == Class::Body);
                    token.is_name()
                        || token.class == Class::Body && !attribute
                        || token.class == Class::Role && token.is_capital()
                })
                .all(|(_, wanted)| {
                    title.iter().any(|given| self.alike(wanted, given))
                        || self.is_role(wanted, word)
                })
        };
        let mut found = holders
            .iter()
            .rev()
            .take(WEIGHED)
            .filter(|holder| fits(holder))
            .map(|holder| holder.identity);
        let first = found.next()?;
        if found.all(|other| other == first) {
            return Some(first);
        }
        self.person.filter(|person| {
            holders.iter().any(|holder| holder.identity == *person && fits(holder))
        })
    }

    fn is_role(&self, token: &Token, word: &str) -> bool {
        token.class == Class::Role && token.span.of(self.text).eq_ignore_ascii_case(word)
    }

    /// Whether two words of titles mean the same: `Serbia` and `Serbian`, `the
    /// alliance` and `NATO`.
    fn alike(&self, one: &Token, other: &Token) -> bool {
        let (one, other) = (one.span.of(self.text), other.span.of(self.text));
        let stem = |word: &'a str| word.char_indices().nth(4).map_or(word, |(end, _)| &word[..end]);
        stem(one).eq_ignore_ascii_case(stem(other)) || is_called(one, other)
    }

    /// The body that "the ministry" means: the last named one before byte `at`
    /// that has the word in its name, or is known by it.
    fn bearer(&self, word: &str, members: &[Token], at: u32) -> Option<u32> {
        if members.iter().any(Token::is_name) {
            return None;
        }
        let called = |identity: &Identity| {
            let name = self.name(identity);
            identity.named
                && identity.sort == Sort::Body
                && identity.name.start < at
                && name
                    .split(' ')
                    .any(|part| part.eq_ignore_ascii_case(word) || is_called(word, part))
        };
        let last = self.identities.iter().rev().take(64).position(called)?;
        u32::try_from(self.identities.len() - 1 - last).ok()
    }

    fn name(&self, identity: &Identity) -> &str {
        self.shown_actor(identity).map_or_else(|| identity.name.of(self.text), |actor| &actor.name)
    }

    /// The actor that `identity` is shown as, where it is not only described.
    fn shown_actor(&self, identity: &Identity) -> Option<&'a ActorSeen> {
        let actor = identity.actor.filter(|_| identity.named)?;
        self.actors.get(actor as usize)
    }

    /// Notes that `voice` was the subject of a sentence: pronouns after it may mean
    /// it. Not so the first word of a sentence that has no capital elsewhere.
    pub(super) fn note_subject(&mut self, voice: Voice) {
        let Some(identity) = voice.identity else { return };
        let Identity { name, actor, named, .. } = self.identities[identity as usize];
        let name = name.of(self.text);
        let proper = || {
            name.contains(' ')
                || name.bytes().all(|byte| byte.is_ascii_uppercase())
                || self.has_capital(name)
        };
        if !named || actor.is_some() || proper() {
            self.note(voice);
        }
    }

    /// Whether `word` has a capital where not every word has one.
    fn has_capital(&self, word: &str) -> bool {
        let capitals = self.capitals.get_or_init(|| {
            let Grouped { chunks, names, .. } = self.grouped;
            let mut capitals = FxHashSet::with_capacity_and_hasher(names.len(), FxBuildHasher);
            let words = names.iter().flat_map(|at| chunks[*at as usize].tokens(self.tokens));
            let names = words.filter(|token| token.is_name() && !token.is_initial());
            capitals.extend(names.map(|token| token.span.of(self.text)));
            capitals
        });
        capitals.contains(word)
    }

    /// Notes that `voice` spoke: pronouns after it may mean it.
    pub(super) fn note(&mut self, voice: Voice) {
        let Some(identity) = voice.identity else { return };
        let slot = match self.identities[identity as usize].sort {
            Sort::Person => &mut self.person,
            Sort::Body if !self.identities[identity as usize].named => return,
            Sort::Body => &mut self.body,
            Sort::Several => &mut self.several,
        };
        *slot = Some(identity);
    }

    /// Whether `voice` is somebody with a name, or a person or group described.
    pub(super) fn is_animate(&self, voice: Voice) -> bool {
        voice.identity.is_none_or(|identity| {
            let identity = &self.identities[identity as usize];
            identity.named || identity.sort != Sort::Body
        })
    }

    /// Whether `voice` is a person or an actor that the text names elsewhere, too.
    pub(super) fn is_known(&self, voice: Voice) -> bool {
        voice.identity.is_some_and(|identity| {
            let identity = &self.identities[identity as usize];
            identity.actor.is_some()
                || (identity.sort == Sort::Person && !voice.span.contains(identity.name))
        })
    }

    /// The speaker as a reading keeps it; `carried` where the words stand in
    /// another sentence.
    pub(super) fn speaker(&self, voice: Voice, carried: bool) -> Speaker {
        let identity = voice.identity.map(|identity| &self.identities[identity as usize]);
        Speaker {
            span: voice.span,
            actor: identity.and_then(|identity| identity.actor),
            name: identity.map(|identity| match self.shown_actor(identity) {
                Some(actor) => actor.name.clone(),
                None => identity.name.of(self.text).into(),
            }),
            certain: voice.certain && !carried,
        }
    }
}

/// Whether a body is known by a common noun: the alliance is NATO.
fn is_called(noun: &str, name: &str) -> bool {
    match noun {
        "alliance" => matches!(name, "NATO" | "Nato" | "Atlantic"),
        "bloc" => matches!(name, "EU" | "European" | "NATO" | "ASEAN" | "BRICS" | "Mercosur"),
        _ => false,
    }
}
