//! A clipping, understood: header fields, body and the fate of every line.
//!
//! What flows in is a raw document; [`crate::clean::clean`] makes the
//! [`Article`]. Every field remembers where it came from ([`Field`]), and the
//! ledger ([`Ledger`]) accounts for every line of the original, so that kept
//! and removed text together are always the whole clipping.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::text::{Span, escape_markdown};
use crate::when::{Clock, When};

mod ledger;

pub(crate) use ledger::Writer as LedgerWriter;
pub use ledger::{Ledger, LedgerEntry, LedgerRepair, LineFate, Original, Repair};

/// Where a field's value came from, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The owner says so, in `NAME.toml` beside the clipping.
    Sidecar,
    /// The file's own front matter says so.
    FrontMatter,
    /// The clipping's text states it.
    Stated,
    /// Worked out from other things; a guess with reasons.
    Inferred,
}

/// A value, where it came from, and the line that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub basis: Basis,
    /// Line of the clipping (or of the sidecar), from 1.
    pub line: Option<u32>,
}

impl<T> Field<T> {
    /// A value with its basis and line.
    pub fn new(value: T, basis: Basis, line: Option<u32>) -> Self {
        Self { value, basis, line }
    }
}

/// Place and agency at the head of a story: `PORT ALDER, April 12 (Reuters) -`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as printed, without date and agency: `BELGRADE, Serbia`.
    pub place: String,
    /// The agency's full name, where the dateline names one.
    pub agency: Option<String>,
    /// The whole dateline as printed, dash included.
    pub text: String,
}

/// When the article was published, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The date; `None` when nothing narrows it.
    pub when: Option<When>,
    /// The time of day, where one is stated.
    pub time: Option<Clock>,
    /// Where it came from; [`Basis::Inferred`] for a worked-out date. Means
    /// nothing while `when` is `None`.
    pub basis: Basis,
    /// What says so, in words: "the stamp `Posted March 3, 2021 9:04 am.` on
    /// line 7". Never empty where `when` is known;
    /// what narrows it, though not to a date, where it is not.
    pub clues: Vec<String>,
    /// Line of the clipping that states it, from 1.
    pub line: Option<u32>,
}

impl Published {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self { when: None, time: None, basis: Basis::Inferred, clues: Vec::new(), line: None }
    }

    /// `stated`, `inferred` or `unknown`, as the records print it.
    pub fn basis_word(&self) -> &'static str {
        match (&self.when, self.basis) {
            (None, _) => "unknown",
            (Some(_), Basis::Inferred) => "inferred",
            (Some(_), _) => "stated",
        }
    }
}

/// What a block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A subheading.
    Heading,
    /// A block quotation.
    Quote,
    /// A list, all its items.
    List,
    /// A code block or data snippet.
    Code,
    /// A table.
    Table,
}

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in [`Article::body`].
    pub span: Span,
    /// First and last line of the original, from 1, both included.
    pub lines: (u32, u32),
}

/// What became of a line of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// The headline.
    Title,
    /// The line above the headline.
    Kicker,
    /// The summary under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// When it was posted or updated.
    Stamp,
    /// Who printed it.
    Outlet,
    /// Place and agency on a line of their own.
    Dateline,
    /// Under a picture.
    Caption,
    /// Who made a picture.
    Credit,
    /// A correction or an editor's note, kept as a field.
    Note,
    /// Tags or topics the page states.
    Tags,
    /// Front matter.
    Metadata,
    /// Part of the body.
    Body,
    /// White space only.
    Blank,
    /// Not part of the article; the rule says why.
    Removed,
}

/// The rule under which the owner's own comments are taken out.
pub const PRIVATE_COMMENT: &str = "private comment";
/// The rule under which the owner's own marks on paragraphs are taken out.
pub const PRIVATE_MARK: &str = "private mark of a note-taking program";

/// Whether what `rule` takes out is the owner's own: shown to the owner alone and
/// never published.
pub fn is_private(rule: &str) -> bool {
    rule == PRIVATE_COMMENT || rule == PRIVATE_MARK
}

/// Text of a saved page that is not part of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// First and last line of the original, from 1, both included.
    pub lines: (u32, u32),
    /// The text as the page shows it.
    pub text: String,
    /// The rule that decided, for people.
    pub rule: Cow<'static, str>,
}

/// Text of a saved page that stays in the body though it may not be the article's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Index of the block that holds it.
    pub block: u32,
    /// Line of the original it begins on, from 1.
    pub line: u32,
    /// The text as the page shows it.
    pub text: String,
}

/// A clipping, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The clipping's path under `content/`, with `/`.
    pub path: String,
    /// Never empty; the file's name stands in, as inferred, where the clipping
    /// has no headline.
    pub headline: Field<String>,
    /// The line above the headline.
    pub kicker: Option<Field<String>>,
    /// The summary under the headline. One that reads like the first sentence of
    /// the text opens the body too: see [`Article::standfirst_apart`].
    pub standfirst: Option<Field<String>>,
    /// People who wrote it, agencies apart.
    pub byline: Vec<Field<String>>,
    /// Who printed it.
    pub outlet: Option<Field<String>>,
    /// The agency that supplied it, by its full name.
    pub agency: Option<Field<String>>,
    /// Place and agency at the head of the story.
    pub dateline: Option<Dateline>,
    /// Address of the original; http or https only.
    pub url: Option<Field<String>>,
    /// When it was published.
    pub published: Published,
    /// When it was last changed, with the time where one is stated.
    pub updated: Option<Field<(When, Option<Clock>)>>,
    /// ISO 639-1 code.
    pub language: Option<Field<String>>,
    /// Tags of the owner or of the page.
    pub tags: Vec<Field<String>>,
    /// Corrections and editor's notes printed with the article.
    pub notes: Vec<Field<String>>,
    /// Texts under pictures.
    pub captions: Vec<Field<String>>,
    /// Makers of pictures.
    pub credits: Vec<Field<String>>,
    /// The owner's own remark; from sidecar or front matter only.
    pub remark: Option<Field<String>>,
    /// The owner's own id; from sidecar or front matter only.
    pub id: Option<Field<String>>,
    /// The cleaned Markdown of the body, without headline and fields. What an archive
    /// keeps of an article does not hold it: [`Briefing::markdown`] tells it.
    ///
    /// [`Briefing::markdown`]: crate::briefing::Briefing::markdown
    pub body: String,
    /// The body's blocks, in order.
    pub blocks: Vec<Block>,
    /// Every line of the original, in order, once.
    pub ledger: Ledger,
    /// Of a saved page, whose lines are a program's: the texts that were taken out,
    /// in order. Empty for other clippings, where the ledger says it.
    pub removed: Vec<Passage>,
    /// Of a saved page: the texts that were kept in doubt, in order. Empty for other
    /// clippings, where the ledger says it.
    pub doubts: Vec<Doubt>,
    /// What the clipping is, where it is a saved page and no article: `an error
    /// page`. It is published only on request.
    pub instead: Option<Cow<'static, str>>,
    /// What the author should know about this article.
    pub diagnostics: Vec<Diagnostic>,
}

impl Article {
    /// An article that knows nothing but its path and what it is headed.
    pub fn blank(path: String, headline: Field<String>) -> Self {
        Self {
            path,
            headline,
            kicker: None,
            standfirst: None,
            byline: Vec::new(),
            outlet: None,
            agency: None,
            dateline: None,
            url: None,
            published: Published::unknown(),
            updated: None,
            language: None,
            tags: Vec::new(),
            notes: Vec::new(),
            captions: Vec::new(),
            credits: Vec::new(),
            remark: None,
            id: None,
            body: String::new(),
            blocks: Vec::new(),
            ledger: Ledger::default(),
            removed: Vec::new(),
            doubts: Vec::new(),
            instead: None,
            diagnostics: Vec::new(),
        }
    }

    /// The standfirst, unless the body opens with it: what a page prints above the
    /// body, so that nothing stands there twice.
    pub fn standfirst_apart(&self) -> Option<&Field<String>> {
        let first = self.blocks.first().map(|block| block.span.of(&self.body));
        self.standfirst
            .as_ref()
            .filter(|field| first.is_none_or(|first| *first != *escape_markdown(&field.value)))
    }
}
