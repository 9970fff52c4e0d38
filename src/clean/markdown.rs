//! Markdown from web clippers: its markup stays, its furniture goes.
//!
//! A Markdown document goes in, an article comes out. Clippers have cut the page
//! already, so only the plainest furniture is removed, line by line, judged by the
//! text without its markup; stamps and bylines count only above the text (`head`); notes
//! that a note-taking program added for its owner (`%%…%%`, `^block-id`, embedded files)
//! leave nothing behind (`notes`). A text of megabytes is cleaned in sections (`long`).
//!
//! Start at [`clean`].

use std::borrow::Cow;
use std::ops::Range;

use super::block;
use super::body::Decision;
use super::doubt::{self, Sentence};
use super::form::{self, Form};
use super::line::{self, Line, Shape};
use super::long::in_points;
use super::mend::Mending;
use crate::article::{Article, Basis, Fate, Field, Ledger, LineFate};
use crate::source::RawDocument;
use crate::text::Span;

mod head;
pub(super) mod long;
mod notes;

use notes::Part;

/// What is mended in Markdown, where doubled spaces have a meaning.
const MENDING: Mending = Mending { plain: false, quotes: false };

/// Cleans one Markdown clipping.
pub(super) fn clean(document: &RawDocument) -> Article {
    if super::long::is_long(&document.text) {
        return long::clean(document, document.text.clone()).0;
    }
    let Beginning { mut article, section, mut rows, doubtful, .. } = beginning(document, false);
    section.write(&mut rows);
    (article.body, article.blocks) = rows.finish();
    let is_empty = section.is_blank();
    article.ledger = Ledger::of(section.fates);
    super::warn(document, is_empty, doubtful, &mut article);
    article
}

/// What is open where a line begins.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    notes: notes::Open,
    fence: bool,
}

/// Lines of a clipping, and what is decided about them.
#[derive(Debug)]
struct Section<'a> {
    lines: Vec<Line<'a>>,
    /// Each as mended, without notes, with its indent, which Markdown needs.
    texts: Vec<String>,
    fates: Vec<LineFate>,
    /// The first line behind the front matter.
    from: usize,
    /// How many lines of the clipping stand before these.
    before: usize,
    /// Whether the last line goes on.
    goes_on: bool,
}

/// A clipping, or the beginning of one, with what its article says above its text.
struct Beginning<'a> {
    article: Article,
    section: Section<'a>,
    /// Where its body is to be written.
    rows: block::Lines,
    /// Words that were kept in doubt.
    doubtful: usize,
    open: Open,
    /// Whether it was cleaned before.
    is_cleaned: bool,
}

/// Reads a clipping, or the beginning of one, whose last line may go on.
fn beginning(document: &RawDocument, goes_on: bool) -> Beginning<'_> {
    let mut section = Section::of(&document.text, document.front_matter_lines, 0);
    section.goes_on = goes_on;
    let from = section.from;
    let is_cleaned = section.lines[..from].iter().any(|line| line.text == "cleaned: true");
    let mut article = super::blank_article(document);
    let language = super::language::language_of(&document.text, super::front_matter_end(document));
    article.language = language.map(|code| Field::new(code.to_owned(), Basis::Inferred, None));
    let mut open = Open::default();
    let mut doubtful = 0;
    if !is_cleaned {
        section.take_notes(&mut open.notes);
    }
    let whole = section.lines.len() - usize::from(goes_on);
    let Section { texts, fates, .. } = &mut section;
    head::headline(document, &texts[..whole], from, fates, &mut article);
    if !is_cleaned {
        head::excerpt(&texts[..whole], from, fates, &mut article);
        let plain = section.plain(&mut open.fence);
        let decisions = section.furniture(&plain, &mut article);
        head::head(document, &plain, &mut section.fates, &mut article);
        doubtful = section.keep_in_doubt(&plain, &decisions);
        let Section { lines, texts, fates, .. } = &mut section;
        head::dateline(lines, from, texts, fates, &mut article);
    }
    super::apply_metadata(&document.metadata, &mut article);
    Beginning { article, section, rows: block::Lines::default(), doubtful, open, is_cleaned }
}

/// A line that may be text, by its index, and what it says without its markup.
type Plain = (usize, String);

impl<'a> Section<'a> {
    fn of(text: &'a str, front_matter: u32, before: usize) -> Self {
        let lines = line::split(text, MENDING);
        let from = (front_matter as usize).min(lines.len());
        let fate = |(index, line): (usize, &Line<'_>)| {
            let fate = match index < from {
                true => Fate::Metadata,
                false if line.is_blank() => Fate::Blank,
                false => Fate::Body,
            };
            let repairs = if fate == Fate::Body { line.repairs.clone() } else { Vec::new() };
            LineFate { fate, rule: None, repairs }
        };
        let fates = lines.iter().enumerate().map(fate).collect();
        let texts = lines.iter().map(plain_line).collect();
        Self { lines, texts, fates, from, before, goes_on: false }
    }

    fn is_blank(&self) -> bool {
        self.lines[self.from..].iter().all(Line::is_blank)
    }

    /// Takes out what a note-taking program adds: comments, block ids, files shown.
    fn take_notes(&mut self, open: &mut notes::Open) {
        for index in self.from..self.lines.len() {
            let raw = self.lines[index].raw;
            let ends = !self.goes_on || index + 1 < self.lines.len();
            let part = Part { begins: true, ends };
            let Some((text, repairs)) = notes::take(raw, part, open) else { continue };
            let fate = &mut self.fates[index];
            if text.trim().is_empty() && !raw.trim().is_empty() {
                fate.fate = Fate::Removed;
                fate.rule = Some(repairs[0].rule.clone());
                fate.repairs.clear();
            } else {
                fate.repairs = repairs;
            }
            self.texts[index] = text;
        }
    }

    /// The lines that are neither code nor structure, with what they say.
    fn plain(&self, fenced: &mut bool) -> Vec<Plain> {
        let is_text = |index: &usize| {
            let text = &self.texts[*index];
            let fence = text.trim_start().starts_with("```");
            *fenced ^= fence;
            let is_body = self.fates[*index].fate == Fate::Body;
            is_body && !fence && !*fenced && !is_structure(text)
        };
        (self.from..self.lines.len())
            .filter(is_text)
            .map(|index| (index, unmarked(self.texts[index].trim())))
            .collect()
    }

    /// Removes lines that are nothing but furniture. Gives what was decided about each of
    /// `plain`.
    fn furniture(&mut self, plain: &[Plain], article: &mut Article) -> Vec<Decision> {
        const LONGEST: usize = 400;
        let mut decide = |index: usize, text: &String| {
            if text.is_empty() || text.len() > LONGEST {
                return Decision::BODY;
            }
            let lines = line::split(text, MENDING);
            let units = line::units(&lines, 0);
            let Some(unit) = units.first() else { return Decision::BODY };
            match form::recognise(unit) {
                Form::Furniture(rule) if rule.is_sure() && unit.shape.words <= 14 => {
                    Decision::removed(rule.reason())
                }
                Form::Note => {
                    let line = super::line_number(self.before + index);
                    article.notes.push(Field::new(text.clone(), Basis::Stated, Some(line)));
                    Decision::kept(Fate::Note)
                }
                _ => Decision::BODY,
            }
        };
        let decisions: Vec<Decision> =
            plain.iter().map(|(index, text)| decide(*index, text)).collect();
        for ((index, _), decision) in plain.iter().zip(&decisions) {
            if *decision != Decision::BODY {
                self.decide(*index, *decision);
            }
        }
        decisions
    }

    fn decide(&mut self, index: usize, Decision { fate, rule }: Decision) {
        self.fates[index].fate = fate;
        self.fates[index].rule = rule.map(|rule| Cow::Borrowed(rule.text()));
    }

    /// Keeps in doubt the sentences between the headline and the last line of the text
    /// that would go for no sure reason, where they are too many. Gives their words.
    fn keep_in_doubt(&mut self, plain: &[Plain], decisions: &[Decision]) -> usize {
        if !decisions.iter().any(|decision| doubt::is_unsure(*decision)) {
            return 0;
        }
        let inside = self.inside(plain);
        let sentences = inside.filter_map(|at| {
            let (index, text) = &plain[at];
            let shape = Shape::of(text);
            let wrapped =
                shape.words >= 8 && self.texts.get(index + 1).is_some_and(|next| !next.is_empty());
            let counts = match self.fates[*index].fate {
                Fate::Body => shape.is_prose() || wrapped,
                _ => shape.is_prose(),
            };
            // the longer, the likelier
            let odds = i32::try_from(shape.words).unwrap_or(i32::MAX);
            counts.then_some(Sentence { at, words: shape.words, odds })
        });
        let mut kept = decisions.to_vec();
        doubt::keep(sentences, &mut kept);
        let mut words = 0;
        for (at, (index, text)) in plain.iter().enumerate() {
            if kept[at] != decisions[at] {
                self.decide(*index, kept[at]);
                words += Shape::of(text).words;
            }
        }
        words
    }

    /// Which of `plain` stand between the headline and the last line of the text.
    fn inside(&self, plain: &[Plain]) -> Range<usize> {
        let title = self.fates.iter().rposition(|line| line.fate == Fate::Title);
        let start = plain.partition_point(|(index, _)| Some(*index) <= title);
        let is_body = |(index, _): &Plain| self.fates[*index].fate == Fate::Body;
        let end = plain.iter().rposition(is_body).map_or(start, |last| last + 1);
        start..end.max(start)
    }

    /// Writes what stays.
    fn write(&self, rows: &mut block::Lines) {
        for (index, (line, text)) in self.fates.iter().zip(&self.texts).enumerate().skip(self.from)
        {
            if matches!(line.fate, Fate::Body | Fate::Blank) {
                let goes_on = self.goes_on && index + 1 == self.lines.len();
                let number = super::line_number(self.before + index);
                rows.push(block::Row { text, number, goes_on });
            }
        }
    }

    /// Where the repairs stand, in code points of their lines.
    fn points(&self) -> impl Iterator<Item = Span> {
        let lines = self.lines.iter().zip(&self.fates);
        lines.flat_map(|(line, fate)| in_points(line.raw, &fate.repairs))
    }
}

/// The line as mended, with its indent.
fn plain_line(line: &Line<'_>) -> String {
    if line.is_blank() {
        return String::new();
    }
    let mut text = line.raw[..line.indent].to_owned();
    text.push_str(&line.text);
    text
}

/// Whether a line carries structure that must not go alone: a table row, a rule,
/// a link definition, a quotation, a picture.
fn is_structure(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(['|', '>', '<', '!'])
        || text.bytes().all(|byte| matches!(byte, b'-' | b'*' | b'_' | b' ' | b'='))
        || (text.starts_with('[') && text.contains("]:"))
}

/// The text of a line without its markup.
fn unmarked(text: &str) -> String {
    let mut text = text.trim_start_matches('#').trim();
    for mark in ["- ", "* ", "+ "] {
        text = text.strip_prefix(mark).unwrap_or(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // what is no link's end once is none further on
    let mut has_links = true;
    while let Some(c) = rest.chars().next() {
        if c == '\\' && rest.len() > 1 && rest.as_bytes()[1].is_ascii_punctuation() {
            out.push(char::from(rest.as_bytes()[1]));
            rest = &rest[2..];
            continue;
        }
        if c == '[' && has_links {
            let close = rest.find("](");
            let link = close.and_then(|close| Some((close, rest[close..].find(')')?)));
            if let Some((close, end)) = link {
                out.push_str(&rest[1..close]);
                rest = &rest[close + end + 1..];
                continue;
            }
            has_links = false;
        }
        if !matches!(c, '*' | '`' | '_') {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out.trim().to_owned()
}
