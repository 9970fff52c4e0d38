//! `annals.lock`: every address ever published, and whose it is.
//!
//! In come the lock of the last build and the clippings of this one; out come a
//! key for every article, the lock to write, and what leads where
//! ([`settle`]). Text to [`Lock`] and back is in `file`, which clipping is which
//! in `claim`, which paragraph is which in `trace`.
//!
//! A clipping is known by the id its owner gave it, by its text, or by its path,
//! in this order: so it keeps its addresses when the file is renamed or moved, and
//! when its text is edited, and two clippings that change names change nothing.
//! Its text is known by the anchors of its paragraphs, which the lock lists anyway
//! because a reader's link may end in any of them. They are listed rather than
//! recomputed, because the text they were made from is gone once it is edited;
//! seven bytes a paragraph are the price.
//!
//! An address belongs to the clipping that had it first, for ever. Where two want
//! one, the newcomer's gets a short hash behind it.
//!
//! Blocks are sorted by the clippings' permanent ids, which are hashes: a renamed
//! file leaves its block where it is, and two people who add clippings rarely add
//! them in the same place.

mod claim;
mod file;
mod trace;

use std::collections::BTreeMap;

pub use claim::{Former, Place, Settled, settle, wanted_key};
pub use trace::Traced;

use crate::markup::Anchor;

/// Every address ever published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// One for each clipping that ever had an address, by id.
    pub records: Vec<Record>,
    /// Actors that ever had a page: id and name.
    pub actors: BTreeMap<String, String>,
    /// Lists that ever had a page: address and the most pages it ever had.
    pub lists: BTreeMap<String, u32>,
    /// Former addresses of what is no clipping, and where each leads.
    pub moved: BTreeMap<String, String>,
    /// A hash of the text it was read from; 0 for a lock that was not read.
    pub print: u64,
}

/// What was ever published of one clipping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its permanent short name: 8 letters and digits, made from the path that the
    /// clipping had when it was first published.
    pub id: String,
    /// Path under `content/` at the last build; several after a merge in which
    /// both sides moved it.
    pub paths: Vec<String>,
    /// The id its owner gave it.
    pub name: Option<String>,
    /// The key of its address.
    pub key: String,
    /// Keys of its former addresses, in order.
    pub formerly: Vec<String>,
    /// The id of the clipping that holds its text now, where its own is gone.
    pub into: Option<String>,
    /// Whether it is gone and its text is nowhere else.
    pub withdrawn: bool,
    /// The anchors of its paragraphs at the last build, in order.
    pub anchors: Vec<Anchor>,
    /// Anchors of paragraphs that are gone, each with the one that took its place;
    /// by that one's place in the text.
    pub traces: Vec<(Anchor, Anchor)>,
    /// Events of the timeline that it told, by the pages where they ever stood.
    pub told: Vec<Told>,
}

/// An event and a page of the timeline where it stands or once stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// Year of the timeline.
    pub year: i32,
    /// Page of that year, from 1.
    pub page: u32,
    /// The number that the event's anchor prints.
    pub event: u64,
}

#[cfg(test)]
mod tests;
