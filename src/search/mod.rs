//! The search index: every word of the archive and where it stands, in files that
//! a page without a server can ask for one by one.
//!
//! In comes the archive, whose articles hold their words already; out comes an
//! [`Index`] of payloads, ready to be published, each small enough to be fetched
//! for one query. Articles are called by their number in the archive, newest
//! first, so that a year is a range; actors, outlets and tags ([`Thing`]) by a
//! number of their own, most articles first.
//!
//! | files | hold | asked for by |
//! | --- | --- | --- |
//! | terms | families of word forms, the articles and things they stand in | a word: its place in the alphabet |
//! | pairs | two words side by side, by hash | a phrase |
//! | spelling | words by their first, last and middle letters | a word nobody wrote |
//! | members | the articles of a thing | a filter |
//!
//! A reader may ask why the files are text. A page opened from a folder may load
//! scripts but not fetch data, so every file is a script that hands over one
//! string; its digits are letters (`code`), which compress as well as bytes do.
//!
//! Start at [`index`].

use rayon::prelude::*;

use crate::archive::Archive;
use crate::memo::Key;

mod code;
mod posting;
mod spelling;
mod thing;
mod vocabulary;

pub use thing::{Thing, ThingKind};

use vocabulary::Vocabulary;

/// The whole index.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Word families, in the order of their first forms.
    pub terms: Files,
    /// What each file of `terms` costs to fetch, as a digit: see `posting`.
    pub costs: String,
    /// Hashes of two neighbouring words; the file of one is named by its highest
    /// bits.
    pub pairs: Vec<String>,
    /// How many bits of a pair's hash count.
    pub pair_bits: u32,
    /// Words by their first two letters, their last two, and their fourth and fifth.
    pub spelling: [Files; 3],
    /// Actors, outlets and tags, most articles first.
    pub things: Vec<Thing>,
    /// The articles of each thing, by the thing's number.
    pub members: Vec<String>,
    /// The first thing of each file of `members`.
    pub members_from: Vec<u32>,
    /// Of how many articles a file of what results print tells.
    pub articles_in_file: usize,
    /// How many articles there are.
    pub n_articles: usize,
    /// Changes with the index, so that a page never takes a file of another one.
    pub version: String,
}

/// Payloads in the order of what they hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// What the first record of each payload begins with.
    pub from: Vec<String>,
    /// What each file holds.
    pub payloads: Vec<String>,
}

/// Joins the words of all articles into an index.
///
/// `language` is that of the archive (ISO 639-1); its grammar says which forms
/// are one word. Pure, and the same at any number of threads. Work and memory
/// grow with the number of words.
pub fn index(archive: &Archive, language: &str) -> Index {
    let n_articles = archive.entries.len();
    let more = times_more(n_articles);
    let size = file_size(n_articles);
    let by_word = || {
        let things = thing::things(archive);
        let (stretches, numbers) = vocabulary::stretches(archive);
        let vocabulary = Vocabulary::new(&stretches, &things, language);
        let (terms, (spelling, members)) = rayon::join(
            || posting::terms(archive, &stretches, numbers, &things, &vocabulary, size),
            || (spelling::files(&vocabulary, n_articles), thing::members(archive, &things, size)),
        );
        (terms, spelling, members, things)
    };
    // What one of them does step by step leaves the other cores to the other.
    let (by_word, (pairs, pair_bits)) =
        rayon::join(by_word, || posting::pairs(archive, more.min(2) * PAIRS));
    let ((terms, costs), spelling, (members, members_from), things) = by_word;
    let mut index = Index {
        terms,
        costs,
        pairs,
        pair_bits,
        spelling,
        things,
        members,
        members_from,
        articles_in_file: more * ARTICLES,
        n_articles,
        version: String::new(),
    };
    index.version = version(archive, &index);
    index
}

/// Characters of a file of pairs in a large archive: a phrase asks for four at most.
const PAIRS: usize = 8_000;

/// Articles in a file of what results print, in a large archive: ten results ask for as many
/// files.
const ARTICLES: usize = 4;

/// Characters of any other file, about twice its bytes over the wire. Each word of a query asks
/// for one, so they are as small as the list of files, which the first query fetches,
/// allows.
fn file_size(n_articles: usize) -> usize {
    4_000 + n_articles / 25
}

/// How many times as much a file of pairs, or of articles, may hold as in a large archive.
///
/// The lists of a query's words take most of what it may fetch from a hundred thousand
/// articles, and a tenth of that from ten thousand: there fewer and larger files fit in
/// beside them, and a file costs more to write, and to publish, than what is in it.
fn times_more(n_articles: usize) -> usize {
    (40_000 / n_articles.max(1)).clamp(1, 4)
}

/// A hash of everything that the files of the index and those of the articles are
/// made from.
fn version(archive: &Archive, index: &Index) -> String {
    let payloads = [&index.terms.payloads, &index.pairs, &index.members];
    let mut keys: Vec<Key> = payloads
        .into_par_iter()
        .flat_map(IntoParallelRefIterator::par_iter)
        .map(|payload| Key::of("search", 1, &[payload.as_bytes()]))
        .collect();
    let headlines: Vec<&[u8]> = archive
        .entries
        .iter()
        .flat_map(|entry| [entry.key.as_bytes(), entry.headline().as_bytes()])
        .collect();
    keys.push(Key::of("search", 1, &headlines));
    let parts: Vec<&[u8]> = keys.iter().map(Key::as_bytes).collect();
    let whole = Key::of("search", 1, &parts);
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16));
    whole.as_bytes().iter().take(5).flat_map(digits).flatten().collect()
}
