//! What other programs read of an actor.
//!
//! One object for the dossier's page, `annals actors show --format json` and
//! `annals actors list --format json`. Articles go by their key, the stable part of
//! their address: the place of a claim is `/briefings/KEY/#ANCHOR`.

use serde::Serialize;

use super::{Archive, Dossier};
use crate::actor::{Actor, Kind, Register, Role};
use crate::reading::{Origin, Speech};
use crate::text::{Short, Span};
use crate::when::{Day, When};

/// An actor in a list.
#[derive(Debug, Serialize)]
pub struct ActorSummary<'a> {
    id: &'a str,
    name: &'a str,
    kind: Kind,
    origin: Origin,
    n_articles: usize,
    n_mentions: usize,
    n_statements: usize,
    n_events: usize,
    /// First and last day of publication, `2022-08-17`.
    first: Option<String>,
    last: Option<String>,
}

/// Everything the archive holds on one actor.
#[derive(Debug, Serialize)]
pub struct ActorRecord<'a> {
    #[serde(flatten)]
    summary: ActorSummary<'a>,
    wikidata: Option<&'a str>,
    website: Option<&'a str>,
    part_of: Option<&'a str>,
    note: Option<&'a str>,
    /// What the register says.
    roles: Vec<RoleRecord<'a>>,
    /// What articles say.
    offices: Vec<OfficeRecord<'a>>,
    names: Vec<NameRecord<'a>>,
    decisions: Vec<DecisionRecord<'a>>,
    /// Ids of others with the surname.
    kept_apart: Vec<&'a str>,
    /// Id and shared paragraphs.
    companions: Vec<(&'a str, u32)>,
    statements: Vec<StatementRecord<'a>>,
    about: Vec<StatementRecord<'a>>,
    events: Vec<EventRecord<'a>>,
    /// Key and mentions, newest first.
    articles: Vec<(&'a str, u32)>,
}

#[derive(Debug, Serialize)]
struct RoleRecord<'a> {
    title: &'a str,
    of: Option<&'a str>,
    from: Option<String>,
    to: Option<String>,
    evidence: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct OfficeRecord<'a> {
    title: &'a str,
    /// Id of the body.
    of: Option<&'a str>,
    former: bool,
    first: Option<String>,
    last: Option<String>,
    n: usize,
    /// The newest article that says so.
    example: Option<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct NameRecord<'a> {
    text: &'a str,
    n: usize,
}

#[derive(Debug, Serialize)]
struct DecisionRecord<'a> {
    text: &'a str,
    rule: &'a str,
    n: u32,
    /// One of the mentions.
    example: Place<'a>,
}

#[derive(Debug, Serialize)]
struct StatementRecord<'a> {
    kind: Speech,
    /// The speaker's id, or the words that stand for one.
    speaker: Option<&'a str>,
    certain: bool,
    article: &'a str,
    anchor: Option<Short>,
    sentence: &'a str,
}

#[derive(Debug, Serialize)]
struct EventRecord<'a> {
    edtf: &'a When,
    id: Short,
    article: &'a str,
    anchor: Option<Short>,
    sentence: &'a str,
}

/// A sentence of an article. The rows of long lists have its three fields as their own.
#[derive(Debug, Serialize)]
struct Place<'a> {
    article: &'a str,
    /// Of the paragraph; null for the headline, the standfirst and captions.
    anchor: Option<Short>,
    sentence: &'a str,
}

impl Dossier {
    /// The actor with its counts.
    pub fn summary(&self) -> ActorSummary<'_> {
        ActorSummary {
            id: &self.id,
            name: &self.name,
            kind: self.kind,
            origin: self.origin,
            n_articles: self.appearances.len(),
            n_mentions: self.n_mentions,
            n_statements: self.statements.len(),
            n_events: self.events.len(),
            first: self.range.map(|(first, _)| Day::to_string(&first)),
            last: self.range.map(|(_, last)| Day::to_string(&last)),
        }
    }
}

impl Archive {
    /// Everything the archive holds on `dossier`, with what `register` says of it.
    pub fn record<'a>(&'a self, dossier: &'a Dossier, register: &'a Register) -> ActorRecord<'a> {
        let known = register.actor(&dossier.id);
        let id = |actor: u32| &*self.actors[actor as usize].id;
        let text = |value: fn(&Actor) -> Option<&str>| known.and_then(value);
        ActorRecord {
            summary: dossier.summary(),
            wikidata: text(|actor| actor.wikidata.as_deref()),
            website: text(|actor| actor.website.as_deref()),
            part_of: text(|actor| actor.parent.as_deref()),
            note: text(|actor| actor.note.as_deref()),
            roles: known.map_or_else(Vec::new, roles),
            offices: dossier
                .offices
                .iter()
                .map(|office| OfficeRecord {
                    title: &office.title,
                    of: office.of.as_ref().map(|body| &*body.id),
                    former: office.former,
                    first: office.seen.map(|(first, _)| first.to_string()),
                    last: office.seen.map(|(_, last)| last.to_string()),
                    n: office.tellings.len(),
                    example: office.tellings.first().map(|telling| self.told(*telling)),
                })
                .collect(),
            names: dossier.names.iter().map(|(text, n)| NameRecord { text, n: *n }).collect(),
            decisions: dossier
                .decisions
                .iter()
                .map(|decision| DecisionRecord {
                    text: &decision.written,
                    rule: &decision.rule,
                    n: decision.n,
                    example: self.place(decision.entry, decision.span),
                })
                .collect(),
            kept_apart: dossier.namesakes.iter().map(|other| id(*other)).collect(),
            companions: dossier.companions.iter().map(|(other, n)| (id(*other), *n)).collect(),
            statements: self.statements(&dossier.statements),
            about: self.statements(&dossier.about),
            events: dossier.events.iter().rev().map(|event| self.event(*event)).collect(),
            articles: dossier
                .appearances
                .iter()
                .map(|seen| (self.entries[seen.entry as usize].key.as_str(), seen.n))
                .collect(),
        }
    }

    fn told(&self, (entry, office): (u32, u32)) -> Place<'_> {
        let reading = &self.entries[entry as usize].briefing.reading;
        self.place(entry, reading.offices[office as usize].span)
    }

    fn place(&self, entry: u32, span: Span) -> Place<'_> {
        self.sentence(entry, self.entries[entry as usize].briefing.sentence(span))
    }

    fn sentence(&self, entry: u32, sentence: Span) -> Place<'_> {
        let entry = &self.entries[entry as usize];
        let briefing = &entry.briefing;
        Place {
            article: &entry.key,
            anchor: briefing.anchor(sentence).map(Short::from),
            sentence: sentence.of(&briefing.prose.text),
        }
    }

    fn statements(&self, statements: &[(u32, u32)]) -> Vec<StatementRecord<'_>> {
        let record = |(entry, index): &(u32, u32)| {
            let reading = &self.entries[*entry as usize].briefing.reading;
            let statement = &reading.statements[*index as usize];
            let speaker = statement.speaker.as_ref();
            let actor = speaker.and_then(|speaker| reading.actors.get(speaker.actor? as usize));
            let Place { article, anchor, sentence } = self.sentence(*entry, statement.sentence);
            StatementRecord {
                kind: statement.kind,
                speaker: actor
                    .map(|actor| &*actor.id)
                    .or_else(|| speaker.and_then(|speaker| speaker.name.as_deref())),
                certain: speaker.is_some_and(|speaker| speaker.certain),
                article,
                anchor,
                sentence,
            }
        };
        statements.iter().map(record).collect()
    }

    fn event(&self, index: u32) -> EventRecord<'_> {
        let event = &self.events[index as usize];
        let telling = event.tellings[0];
        let reading = &self.entries[telling.entry as usize].briefing.reading;
        let told = reading.events[telling.event as usize].sentence;
        let Place { article, anchor, sentence } = self.sentence(telling.entry, told);
        EventRecord { edtf: &event.when, id: event.id.text(), article, anchor, sentence }
    }
}

fn roles(actor: &Actor) -> Vec<RoleRecord<'_>> {
    fn record(role: &Role) -> RoleRecord<'_> {
        RoleRecord {
            title: &role.title,
            of: role.of.as_deref(),
            from: role.from.as_ref().map(When::to_string),
            to: role.to.as_ref().map(When::to_string),
            evidence: role.evidence.as_deref(),
        }
    }
    actor.roles.iter().map(record).collect()
}
