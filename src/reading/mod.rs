//! What one article says: who is named, who says what, and when things happen.
//!
//! The text read is [`Prose`]: the article as its reader sees it, with a zone
//! for every block. Everything found is a byte span of that text, so every claim
//! can show the words that carry it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::actor::{Kind, Register};
use crate::article::Published;
use crate::diagnostic::Diagnostic;
use crate::fit;
use crate::text::Span;
use crate::when::When;

pub mod grain;
mod lexicon;
pub mod mention;
pub mod published;
mod rule;
pub mod sentence;
pub mod statement;
pub mod time;

use grain::Grains;
pub use rule::{Naming, Timing};

/// What part of the article a block of prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The headline.
    Headline,
    /// The summary under it.
    Standfirst,
    /// Under a picture.
    Caption,
    /// A subheading.
    Heading,
    /// Running text, list items, table cells.
    Body,
    /// A block quotation.
    Quote,
    /// Code: shown, not read.
    Code,
}

/// A block of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProseBlock {
    /// Its bytes in [`Prose::text`].
    pub span: Span,
    /// What part of the article it is.
    pub zone: Zone,
}

/// An article as its reader sees it: blocks parted by blank lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// All blocks, each followed by `\n\n` but the last.
    pub text: String,
    /// In order, without overlap.
    pub blocks: Vec<ProseBlock>,
}

impl Prose {
    /// Plain text as it is: every byte keeps its offset. Paragraphs end at blank
    /// lines where there are any, else at line ends; all of it is body.
    pub fn plain(text: &str) -> Self {
        let parted = text.contains("\n\n") || text.contains("\n\r\n");
        let mut blocks = Vec::new();
        let mut start = None;
        let mut end = 0;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end().len();
            let blank = content == 0;
            if let Some(from) = start.filter(|_| blank || !parted) {
                blocks.push(ProseBlock { span: Span::new(from, end), zone: Zone::Body });
                start = None;
            }
            if !blank {
                let indent = line.len() - line.trim_start().len();
                start.get_or_insert(at + indent);
                end = at + content;
            }
            at += line.len();
        }
        if let Some(from) = start {
            blocks.push(ProseBlock { span: Span::new(from, end), zone: Zone::Body });
        }
        Self { text: text.to_owned(), blocks }
    }

    /// Appends a block; empty text adds nothing.
    pub fn push(&mut self, text: &str, zone: Zone) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(ProseBlock { span: Span::new(start, self.text.len()), zone });
    }
}

/// Where an actor is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// `actors.toml`.
    Register,
    /// The built-in list of states and international bodies.
    BuiltIn,
    /// Found in the text: name and kind are guesses.
    Discovered,
}

impl Origin {
    /// Its name in records and templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::BuiltIn => "built-in",
            Self::Discovered => "discovered",
        }
    }
}

/// An actor that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorSeen {
    /// The actor's id: that of the register or the built-in list; for a
    /// discovered actor the slug of its fullest name in this article.
    pub id: Arc<str>,
    /// The name to show: the register's, or the fullest one in this article.
    pub name: Arc<str>,
    /// What it is; a guess for discovered actors.
    pub kind: Kind,
    /// Where it is known from.
    pub origin: Origin,
}

/// A name at a place of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The name's bytes in the prose, without possessive.
    pub span: Span,
    /// Index into [`Reading::actors`].
    pub actor: u32,
    /// The rule that made it.
    pub rule: Naming,
}

/// An office that the article gives to someone it names: "Freelandic President Ann
/// Okoro", "Ann Okoro, a former police officer".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeSeen {
    /// Whose: index into [`Reading::actors`]; always a person.
    pub actor: u32,
    /// The title's words in the prose: `President`, `police officer`. Spellings are
    /// those of the text; compare them by [`OfficeSeen::key`].
    pub title: Span,
    /// Of which body or state, where the text says so.
    pub of: Option<OfficeBody>,
    /// Whether the text says that it is over: `former`, `ex-`.
    pub former: bool,
    /// All the words of the office, without the name: `former Freelandic President`.
    pub span: Span,
    /// The sentence that says so.
    pub sentence: Span,
}

impl OfficeSeen {
    /// What two spellings of one title have in common: `secretary general` for
    /// `Secretary-General`. `text` is the prose.
    pub fn key(&self, text: &str) -> String {
        crate::text::fold(self.title.of(text)).replace('-', " ")
    }
}

/// The body or state that an office belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OfficeBody {
    /// Its id: of the register, the built-in list, or made from its name; it need not
    /// have a page, and may be named in the article by its adjective only.
    pub id: Arc<str>,
    /// Its name to show.
    pub name: Arc<str>,
}

/// How words are given to a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speech {
    /// In quotation marks, whole.
    Direct,
    /// Reported, with quoted pieces.
    Mixed,
    /// Reported in the writer's words.
    Indirect,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The words that name the speaker, a pronoun perhaps.
    pub span: Span,
    /// Index into [`Reading::actors`], where the words name one for certain or
    /// by derivation.
    pub actor: Option<u32>,
    /// The speaker's name to show: the actor's, or the words themselves where
    /// they describe one ("EU diplomats"). `None` for a pronoun left open.
    pub name: Option<Arc<str>>,
    /// Whether the name stands in the same sentence; else it was derived from a
    /// pronoun, a description or the sentence before.
    pub certain: bool,
}

/// Words given to a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What was said: the quotation without its marks, or the reported clause.
    pub span: Span,
    /// The sentence, or sentences, that carry it.
    pub sentence: Span,
    /// How.
    pub kind: Speech,
    /// The quoted pieces, without their marks.
    pub quotes: Box<[Span]>,
    /// Who; `None` where it is open.
    pub speaker: Option<Speaker>,
    /// The verb or phrase that says so: `said`, `according to`.
    pub cue: Option<Arc<str>>,
}

/// TIMEX3 type of a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar date, of any precision.
    Date,
    /// A time of day.
    Time,
    /// A stretch of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Its bytes in the prose.
    pub span: Span,
    /// Its type.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: Box<str>,
    /// The calendar date, where there is one.
    pub when: Option<When>,
    /// The rule that read and resolved it.
    pub rule: Timing,
    /// Whether it was read relative to the publication date.
    pub relative: bool,
}

/// How an event stands to its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// It happened.
    Happened,
    /// It is to happen.
    Planned,
    /// The date is a limit: until, by.
    Limit,
    /// The date belongs to the background: an attribute, an old fact.
    Background,
}

/// A happening with a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The sentence.
    pub sentence: Span,
    /// Index into [`Reading::dates`].
    pub date: u32,
    /// How it stands to its date.
    pub kind: EventKind,
    /// Indices into [`Reading::actors`]: named in the sentence, in order, once each.
    pub actors: Box<[u32]>,
}

/// Mentions, statements, dates and events of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Every sentence of the prose, in order; none crosses a block.
    pub sentences: Vec<Span>,
    /// Everyone named, in order of first mention.
    pub actors: Vec<ActorSeen>,
    /// In the order of the text; spans never overlap.
    pub mentions: Vec<Mention>,
    /// In the order of the names they are given to; once for each person and office.
    pub offices: Vec<OfficeSeen>,
    /// In the order of the text.
    pub statements: Vec<Statement>,
    /// In the order of the text; spans never overlap.
    pub dates: Vec<TimeExpression>,
    /// In the order of the text.
    pub events: Vec<Event>,
    /// Every word of the text, code left out. What is kept of an article does not
    /// hold them: whoever keeps a reading takes them out.
    #[serde(skip)]
    pub words: Vec<Span>,
    /// What the author should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// A text in grains and sentences.
#[derive(Clone, Copy)]
struct Text<'a> {
    prose: &'a Prose,
    grains: &'a Grains,
    sentences: &'a [Span],
}

/// Reads `prose`, published as `published` says, with everyone in `register`.
///
/// Pure: the same three give the same reading, whatever was read before.
pub fn read(prose: &Prose, published: &Published, register: &Register) -> Reading {
    read_each(&[(prose, published)], register).swap_remove(0)
}

/// [`read`] for each of several texts, step by step: a step that is done for all of them
/// has its code and its words at hand.
pub fn read_each(texts: &[(&Prose, &Published)], register: &Register) -> Vec<Reading> {
    let anchors: Vec<Anchor<'_>> =
        texts.iter().map(|(_, published)| published.when.as_ref()).collect();
    let grains: Vec<Grains> = texts.iter().map(|(prose, _)| Grains::of(prose)).collect();
    let with_grains = || texts.iter().map(|(prose, _)| *prose).zip(&grains);
    let sentences: Vec<Vec<Span>> =
        with_grains().map(|(prose, grains)| sentence::split(prose, grains)).collect();
    let text = |((prose, grains), sentences)| Text { prose, grains, sentences };
    let texts: Vec<Text<'_>> =
        with_grains().zip(sentences.iter().map(Vec::as_slice)).map(text).collect();

    let named = mention::find_each(&texts, &anchors, register);
    let offices: Vec<Vec<OfficeSeen>> = texts
        .iter()
        .zip(&named)
        .map(|(text, (actors, mentions, _))| {
            mention::role::find(text.prose, text.sentences, actors, mentions, register)
        })
        .collect();
    let actors_of: Vec<statement::Names<'_>> = named
        .iter()
        .map(|(actors, mentions, _)| (actors.as_slice(), mentions.as_slice()))
        .collect();
    let statements = statement::find_each(&texts, &actors_of);
    let tokens: Vec<time::Tokens> =
        texts.iter().map(|text| time::Tokens::of(text.prose, text.grains)).collect();
    let all = 0..texts.len();
    let find_dates = |at: usize| {
        let Text { prose, sentences, .. } = texts[at];
        time::find(prose, &tokens[at], sentences, anchors[at], &statements[at])
    };
    let dates: Vec<Vec<TimeExpression>> = all.clone().map(find_dates).collect();
    let find_events = |at: usize| {
        let Text { prose, sentences, .. } = texts[at];
        let (dates, mentions) = (&dates[at], actors_of[at].1);
        time::event::find(prose, &tokens[at], sentences, anchors[at], dates, mentions)
    };
    let events: Vec<Vec<Event>> = all.map(find_events).collect();

    let found = sentences.into_iter().zip(named).zip(offices).zip(statements).zip(dates);
    found
        .zip(events)
        .map(|(((((sentences, named), offices), statements), dates), events)| {
            let (actors, mentions, words) = named;
            let mut reading = Reading {
                sentences,
                actors,
                mentions,
                offices,
                statements,
                dates,
                events,
                words,
                diagnostics: Vec::new(),
            };
            reading.shrink();
            reading
        })
        .collect()
}

impl Reading {
    /// Gives back what its lists have room for and do not hold: an archive keeps the
    /// readings of all its articles.
    fn shrink(&mut self) {
        fit::list(&mut self.sentences);
        fit::list(&mut self.actors);
        fit::list(&mut self.mentions);
        fit::list(&mut self.offices);
        fit::list(&mut self.statements);
        fit::list(&mut self.dates);
        fit::list(&mut self.events);
    }
}

/// The anchor a time expression is resolved against.
pub type Anchor<'a> = Option<&'a When>;
