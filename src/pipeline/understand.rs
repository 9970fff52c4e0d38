//! Clippings → what is kept of them.

use std::sync::{Arc, LazyLock};

use super::{Hashed, Understood};
use crate::actor::Register;
use crate::article::{Article, Basis, Field, Published};
use crate::briefing::{self, Body, Briefing};
use crate::clean::recurrence::Recurrence;
use crate::clean::{self, Rules};
use crate::clearance::{self, Terms};
use crate::config::{Config, Outlet};
use crate::diagnostic::Diagnostic;
use crate::fit;
use crate::reading::published::Bound;
use crate::reading::{self, Prose, Reading};
use crate::source::{self, RawDocument};
use crate::when::{Precision, When};
use crate::words::Words;

/// Clippings that a thread takes through the stages together: what a stage does to many it
/// does with its code, and the processor's guesses at its branches, at hand. Taking each
/// clipping through all stages before the next makes a whole build a tenth slower.
pub(super) const TOGETHER: usize = 128;

/// Bytes of clippings that are taken together, unless one alone has more.
const MUCH: usize = 1 << 20;

/// The article, its prose, the index of the body's first block, and the reading.
pub(super) type Read = (Article, Prose, usize, Reading);

/// Decodes, cleans and reads clippings, each among others that share lines with it.
pub(super) fn understand(
    clippings: Vec<(Arc<Hashed>, Recurrence)>,
    register: &Register,
    rules: &Rules,
    config: &Config,
) -> Vec<Understood> {
    let mut understood = Vec::with_capacity(clippings.len());
    let (mut documents, mut recurrences, mut bytes) = (Vec::new(), Vec::new(), 0);
    let mut clippings = clippings.into_iter().peekable();
    while let Some((clipping, recurrence)) = clippings.next() {
        bytes += clipping.clipping.bytes.len();
        documents.push(match Arc::try_unwrap(clipping) {
            Ok(hashed) => source::decode_owned(hashed.clipping),
            Err(shared) => source::decode(&shared.clipping),
        });
        recurrences.push(recurrence);
        let next = clippings.peek().map(|(next, _)| next.clipping.bytes.len());
        if next.is_none_or(|next| bytes + next > MUCH) {
            let read = read_each(&documents, &recurrences, register, rules);
            keep(&documents, read, register, config, &mut understood);
            documents.clear();
            recurrences.clear();
            bytes = 0;
        }
    }
    understood
}

/// Appends what is kept of `documents` that were `read`.
fn keep(
    documents: &[RawDocument],
    read: Vec<Read>,
    register: &Register,
    config: &Config,
    understood: &mut Vec<Understood>,
) {
    let cut = |(document, read)| cut(document, read, register, config);
    let mut kept: Vec<Kept> = documents.iter().zip(read).map(cut).collect();
    let words: Vec<Words> = kept.iter_mut().map(|kept| words_of(&mut kept.read)).collect();
    let with_words = documents.iter().zip(kept.into_iter().zip(words));
    understood.extend(with_words.map(|(document, (kept, words))| {
        let Kept { read, terms, diagnostics } = kept;
        let (article, ..) = &read;
        // Neither text nor headline: there is nothing to publish, drafts or not.
        let is_empty = article.blocks.is_empty() && article.headline.basis == Basis::Inferred;
        let originals = briefing::originals(article, &document.text);
        let mut briefing = compose(document.file.clone(), read, words, originals);
        briefing.is_beginning = !terms.full_text;
        briefing.diagnostics = diagnostics;
        briefing.diagnostics.extend(briefing::doubts(&briefing, Some(&document.text)));
        Understood { briefing: Arc::new(briefing), is_empty, terms }
    }));
}

/// What was read of a clipping, as far as it may be shown.
struct Kept {
    read: Read,
    terms: Terms,
    /// The whole text's, where only its beginning is kept.
    diagnostics: Vec<Diagnostic>,
}

/// Cuts what was `read` down to what may be shown, and to the memory that this takes.
fn cut(document: &RawDocument, read: Read, register: &Register, config: &Config) -> Kept {
    let (mut article, mut prose, mut body_block, mut reading) = read;
    name_outlet(&mut article, &config.outlet);
    let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
    let mut terms = Terms::of(config, &document.path, outlet, &document.metadata);
    terms.withheld |= article.instead.is_some() && !document.metadata.requested;
    let mut diagnostics = article.diagnostics.clone();
    diagnostics.extend(reading.diagnostics.iter().cloned());
    if !terms.full_text {
        // Whatever comes after knows only what may be shown.
        article = clearance::beginning(article, &prose, body_block);
        (prose, body_block) = briefing::prose(&article);
        reading = reading::read(&prose, &article.published, register);
    }
    // An archive keeps every one of these: room for what will not come adds up.
    fit::list(&mut article.blocks);
    fit::text(&mut prose.text);
    fit::list(&mut prose.blocks);
    Kept { read: (article, prose, body_block, reading), terms, diagnostics }
}

/// The words of what was read, which its reading holds no longer.
pub(super) fn words_of((_, prose, _, reading): &mut Read) -> Words {
    Words::of(prose, &std::mem::take(&mut reading.words))
}

/// Everything that is kept of a clipping, from what was read of it and its `words`.
pub(super) fn compose(
    file: String,
    (mut article, prose, body_block, reading): Read,
    words: Words,
    originals: Vec<(u32, String)>,
) -> Briefing {
    let body_start =
        prose.blocks.get(body_block).map_or(prose.text.len(), |block| block.span.start as usize);
    let mut diagnostics = article.diagnostics.clone();
    diagnostics.extend(reading.diagnostics.iter().cloned());
    let markdown = std::mem::take(&mut article.body);
    Briefing {
        file,
        is_beginning: false,
        anchors: briefing::anchors(&prose, body_block),
        prints: briefing::prints(&prose, body_block, &reading.sentences),
        event_prints: briefing::event_prints(&prose, &reading),
        event_words: briefing::event_words(&prose, &reading),
        originals,
        words,
        article,
        body: Body::of(&markdown, prose.text.get(body_start..).unwrap_or_default()),
        prose,
        body_block,
        body_start: u32::try_from(body_start).unwrap_or(u32::MAX),
        reading,
        diagnostics,
    }
}

/// Names the outlet by the address of the original, where the clipping does not
/// say and the owner has told whose address it is.
fn name_outlet(article: &mut Article, outlets: &[Outlet]) {
    let Some(url) = article.url.as_ref().filter(|_| article.outlet.is_none()) else { return };
    let host = url.value.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
    let owns = |domain: &String| {
        host.strip_suffix(domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if let Some(outlet) = outlets.iter().find(|outlet| outlet.domains.iter().any(owns)) {
        article.outlet = Some(Field::new(outlet.name.clone(), Basis::Inferred, url.line));
    }
}

/// Cleans and reads a document: the article, its prose, the index of the body's
/// first block, and the reading.
///
/// Where nothing states when it was published, or only the year, the dates it names
/// may narrow it; then it is read again with what they say, which is kept as inferred.
pub fn read(document: &RawDocument, register: &Register, rules: &Rules) -> Read {
    let alone = Recurrence::default();
    let article = clean::clean_among(document, &alone, rules);
    let (prose, body_block) = briefing::prose(&article);
    let open = reading::read(&prose, first_anchor(&article), register);
    date(article, prose, body_block, open, register)
}

/// The same for clippings of an archive, some lines of which may stand in others.
fn read_each(
    documents: &[RawDocument],
    recurrences: &[Recurrence],
    register: &Register,
    rules: &Rules,
) -> Vec<Read> {
    let articles = clean::clean_each(documents, recurrences, rules);
    let proses: Vec<(Prose, usize)> = articles.iter().map(briefing::prose).collect();
    let texts: Vec<(&Prose, &Published)> = articles
        .iter()
        .zip(&proses)
        .map(|(article, (prose, _))| (prose, first_anchor(article)))
        .collect();
    let readings = reading::read_each(&texts, register);
    let with_readings = articles.into_iter().zip(proses).zip(readings);
    with_readings
        .map(|((article, (prose, body_block)), reading)| {
            date(article, prose, body_block, reading, register)
        })
        .collect()
}

/// What an article is first read against: a year alone anchors nothing.
fn first_anchor(article: &Article) -> &Published {
    static UNKNOWN: LazyLock<Published> = LazyLock::new(Published::unknown);
    if is_dated(article) { &article.published } else { &UNKNOWN }
}

/// Whether it is stated when an article was published, and not only the year.
fn is_dated(article: &Article) -> bool {
    article.published.when.as_ref().is_some_and(|when| when.precision() != Precision::Year)
}

/// Narrows the date of an article that nothing dates, or only to a year, by what its
/// reading `open` says, and reads it again with that.
fn date(
    mut article: Article,
    prose: Prose,
    body_block: usize,
    open: Reading,
    register: &Register,
) -> Read {
    if is_dated(&article) {
        return (article, prose, body_block, open);
    }
    let year = article.published.when.clone();
    let mut bounds: Vec<Bound> = year
        .iter()
        .map(|year| Bound {
            first: year.first(),
            last: year.last(),
            clue: format!("in {}: {}", year.label(), article.published.clues.join(", ")),
        })
        .collect();
    bounds.extend(reading::published::terms_of_office(&prose, &open, register));
    let inferred = reading::published::infer(&prose, &open.dates, &open.events, &bounds);
    let is_narrower = |when: &When| {
        year.as_ref().is_none_or(|year| (when.first(), when.last()) != (year.first(), year.last()))
    };
    match inferred.when.filter(is_narrower) {
        Some(when) => {
            let clues = inferred.clues;
            article.published = Published { when: Some(when), clues, ..Published::unknown() };
        }
        None if year.is_none() => {
            article.published.clues = inferred.clues;
            return (article, prose, body_block, open);
        }
        None => {}
    }
    let reading = reading::read(&prose, &article.published, register);
    (article, prose, body_block, reading)
}
