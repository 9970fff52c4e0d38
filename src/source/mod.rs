//! Clippings as found on disk, and as text.
//!
//! Two halves. [`read_archive`] is the one place that reads an archive's files:
//! it walks `content/` in a fixed order and gives bytes, and names everything it
//! does not read. [`decode`] is pure: bytes and sidecar of one clipping become a
//! [`RawDocument`], whatever the bytes are.
//!
//! What cannot be read as it was meant never stops anything: it is read as well
//! as it can be and named in a diagnostic. With one exception, on the side of
//! caution: where the owner says something about *not* publishing that cannot be
//! understood, the clipping is withheld.
//!
//! Where to start: [`Clipping`] and [`RawDocument`]; then `decode` for bytes to
//! text, `front_matter` for text to keys, `metadata` for keys to fields.

mod date;
mod decode;
mod find;
mod front_matter;
mod metadata;
mod page;

use serde::{Deserialize, Serialize};

use crate::config::Tlp;
use crate::diagnostic::Diagnostic;
use crate::when::{Clock, Day, When};

pub(crate) use date::read as read_date;
pub use decode::{decode, decode_owned, format};
pub use find::{Found, read_again, read_archive, read_clipping, static_bytes};

/// A clipping as found: bytes, and the bytes of the file that speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clipping {
    /// Path under `content/`, with `/`, in NFC. No two clippings share one.
    pub path: String,
    /// Path under the archive, as diagnostics name it.
    pub file: String,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// `NAME.toml` beside it.
    pub sidecar: Option<Vec<u8>>,
}

/// How a clipping is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Pasted text: nothing in it is markup.
    Text,
    /// Markdown: its markup is kept.
    Markdown,
    /// A saved page.
    Html,
}

/// A value the owner stated, with the line that states it (from 1, in the file
/// that states it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Whether the sidecar says it; else the front matter.
    pub sidecar: bool,
    /// Line of the sidecar or of the clipping.
    pub line: Option<u32>,
}

/// What the owner states of a clipping, in its sidecar or its front matter
/// (the sidecar wins, field by field).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// `title`.
    pub title: Option<Stated<String>>,
    /// `kicker`.
    pub kicker: Option<Stated<String>>,
    /// `description`, `standfirst`, `summary`, `excerpt`.
    pub standfirst: Option<Stated<String>>,
    /// `author`, `authors`, `byline`, `by`; wikilinks unwrapped.
    pub authors: Vec<Stated<String>>,
    /// `outlet`, `publisher`, `site`, `site_name`.
    pub outlet: Option<Stated<String>>,
    /// `agency`.
    pub agency: Option<Stated<String>>,
    /// `url`, `source` (an address), `link`, `source_url`, `canonical`.
    pub url: Option<Stated<String>>,
    /// `published`, `date`, `date_published`, `publishDate`.
    pub published: Option<Stated<(When, Option<Clock>)>>,
    /// `updated`, `lastmod`, `modified`.
    pub updated: Option<Stated<(When, Option<Clock>)>>,
    /// `language`, `lang`.
    pub language: Option<Stated<String>>,
    /// `tags`, `keywords`, taxonomies' tags; without the clippers' own `clippings`.
    pub tags: Vec<Stated<String>>,
    /// `tlp`.
    pub tlp: Option<Stated<Tlp>>,
    /// `note`.
    pub note: Option<Stated<String>>,
    /// `full_text`: whether the whole text is published.
    pub full_text: Option<Stated<bool>>,
    /// `id`.
    pub id: Option<Stated<String>>,
    /// Not to be published: `draft: true`, `publish: false`, or a value of
    /// either, of `tlp` or of `publish_after`, that cannot be read. Says why.
    pub withheld: Option<String>,
    /// Whether `publish: true` asks for what would else be kept back.
    pub requested: bool,
    /// `publish_after`, `embargo`: not before this day.
    pub embargo: Option<Day>,
}

/// A clipping as found, decoded: what cleaning starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDocument {
    /// Path under `content/`, with `/`, in NFC.
    pub path: String,
    /// Path under the archive, as diagnostics name it.
    pub file: String,
    /// How it is written.
    pub format: Format,
    /// The whole text, front matter included: without byte-order mark, lines
    /// ended by `\n`, in NFC.
    pub text: String,
    /// The encoding it was read as, by its WHATWG name.
    pub encoding: &'static str,
    /// Lines of front matter at the head of `text`, fences included; 0 for none.
    pub front_matter_lines: u32,
    /// What the owner states.
    pub metadata: Metadata,
    /// What the author should know.
    pub diagnostics: Vec<Diagnostic>,
}
