//! Pasted text → article: lines, units, forms, decisions, and what is written of them.
//!
//! Every step is done for all of several texts before the next one, with its code at hand
//! and what it knows of news still in the nearest memory.
//!
//! Entry points: [`clean_each`], [`clean`].

use std::ops::Range;

use super::body::Decision;
use super::draft::{self, Draft, Knowledge, Weighed};
use super::form::{self, Form};
use super::line::{self, Line, Unit, UnitWords};
use super::mend::Mending;
use super::recurrence::Recurrence;
use super::weigh::table::Weights;
use super::{
    assemble, dateline, doubtful, fates_of, front_matter_end, language, long, reason,
    take_crawl_prefix, warn,
};
use crate::article::{Article, Ledger};
use crate::source::RawDocument;
use crate::text::Span;
use crate::when::Day;

/// A text to clean, with what is known of its lines.
#[derive(Clone, Copy)]
pub(super) struct Pasted<'a> {
    pub(super) document: &'a RawDocument,
    pub(super) recurrence: &'a Recurrence,
}

/// How much of a clipping is cleaned at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Only its beginning: its article goes on behind it.
    Beginning,
}

/// A stretch of lines, cleaned.
pub(super) struct Piece {
    pub(super) article: Article,
    /// Of its beginning: where its repairs stand, in code points of their lines.
    pub(super) points: Vec<Span>,
    /// Words that were kept in doubt.
    pub(super) doubtful: usize,
}

/// Cleans one text.
pub(super) fn clean(text: Pasted<'_>, weights: &Weights, extent: Extent) -> Piece {
    clean_each(&[text], weights, extent).swap_remove(0)
}

/// Cleans each of `texts`.
pub(super) fn clean_each(texts: &[Pasted<'_>], weights: &Weights, extent: Extent) -> Vec<Piece> {
    let goes_on = extent == Extent::Beginning;
    let parted: Vec<Parted<'_>> = texts.iter().map(|text| Parted::of(text.document)).collect();
    let decided = {
        let units: Vec<Vec<Unit<'_>>> =
            parted.iter().map(|text| line::units(&text.lines, text.from)).collect();
        let forms: Vec<Vec<Form<'_>>> =
            units.iter().map(|units| units.iter().map(form::recognise).collect()).collect();
        let words: Vec<UnitWords> = units.iter().map(|units| UnitWords::of(units)).collect();
        let knowledge = |at: usize| Knowledge {
            weights,
            recurrence: texts[at].recurrence,
            language: parted[at].language,
            goes_on,
        };
        let all = 0..texts.len();
        let weigh = |at: usize| {
            let lines = &parted[at].lines;
            draft::weighed(lines, &units[at], &forms[at], &words[at], knowledge(at))
        };
        let weighed: Vec<Weighed> = all.clone().map(weigh).collect();
        let draft = |(at, weighed): (usize, Weighed)| {
            let title = texts[at].document.metadata.title.as_ref();
            let title = title.map(|title| title.value.as_str());
            draft::draft(&units[at], &forms[at], &words[at], weighed, title, knowledge(at))
        };
        let drafts: Vec<Draft<'_>> = all.clone().zip(weighed).map(draft).collect();
        let write = |(at, draft): (usize, Draft<'_>)| {
            write(texts[at].document, &parted[at], &units[at], draft, goes_on)
        };
        all.zip(drafts).map(write).collect::<Vec<Written>>()
    };
    let settle = |(parted, written): (Parted<'_>, Written)| settle(parted, written, goes_on);
    parted.into_iter().zip(decided).map(settle).collect()
}

/// A text in lines.
struct Parted<'a> {
    language: Option<&'static str>,
    lines: Vec<Line<'a>>,
    /// The first line behind the front matter.
    from: usize,
    /// The day of a crawler's stamp before the text, and its line.
    prefix: Option<(Day, u32)>,
}

impl<'a> Parted<'a> {
    fn of(document: &'a RawDocument) -> Self {
        let language = language::language_of(&document.text, front_matter_end(document));
        let mut lines = line::split(&document.text, Mending::of(language));
        let from = (document.front_matter_lines as usize).min(lines.len());
        let prefix = take_crawl_prefix(&mut lines, from);
        Self { language, lines, from, prefix }
    }
}

/// An article without its ledger, with what this is made from.
struct Written {
    article: Article,
    /// Words that were kept in doubt.
    doubtful: usize,
    /// The line that a dateline opens, and the bytes of that.
    cut: Option<(usize, usize)>,
    /// Lines that end within a word.
    broken: Vec<usize>,
    fates: Vec<(Range<usize>, Decision)>,
}

/// Makes the article of what was decided.
fn write(
    document: &RawDocument,
    parted: &Parted<'_>,
    units: &[Unit<'_>],
    draft: Draft<'_>,
    goes_on: bool,
) -> Written {
    let Parted { language, lines, prefix, .. } = parted;
    let first = draft.body.clone().find(|at| draft.decisions[*at] == Decision::BODY);
    let dateline = first.and_then(|first| {
        let found = dateline::read(&units[first].text)?;
        let opens_line = found.length <= lines[units[first].lines.start].text.len();
        let texts = texts_after(&units[first..], found.length);
        let is_one = opens_line && !dateline::is_acronym(&found.dateline, texts);
        is_one.then_some((first, found))
    });
    let mut article = assemble(document, units, &draft, *prefix, dateline.as_ref(), *language);
    let doubtful = doubtful(units, draft.body.clone(), &draft.decisions);
    if !goes_on {
        warn(document, units.is_empty(), doubtful, &mut article);
    }
    let cut = dateline.map(|(first, found)| (units[first].lines.start, found.length));
    let broken = line::broken(lines, units);
    let fates = units.iter().map(|unit| unit.lines.clone()).zip(draft.decisions).collect();
    Written { article, doubtful, cut, broken, fates }
}

/// The texts of `units`, the first without its first `length` bytes.
fn texts_after<'a>(units: &'a [Unit<'_>], length: usize) -> impl Iterator<Item = &'a str> {
    let cut =
        move |(at, unit): (usize, &'a Unit<'_>)| &unit.text[if at == 0 { length } else { 0 }..];
    units.iter().enumerate().map(cut)
}

/// Gives the article its ledger.
fn settle(parted: Parted<'_>, written: Written, goes_on: bool) -> Piece {
    let Parted { mut lines, from, .. } = parted;
    let Written { mut article, doubtful, cut, broken, fates } = written;
    for at in broken {
        lines[at].take_hyphen();
    }
    if let Some((line, length)) = cut {
        lines[line].take_front(length, reason::DATELINE);
    }
    let points = if goes_on { long::points_of(&lines) } else { Vec::new() };
    article.ledger = Ledger::of(fates_of(lines, fates, from));
    Piece { article, points, doubtful }
}
