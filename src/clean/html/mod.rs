//! A saved page: the article in it, and the fate of everything around it.
//!
//! A page goes in as it was saved (by SingleFile, by a browser, by a program), an
//! [`Article`] comes out. The source is made fit to be parsed (`tidy`), read into
//! pieces in their order (`piece`, `inline`), and the pieces that are the article
//! are chosen (`choose`); the page's own data (`data`) and what stands above the
//! text give the fields (`field`). A page that is no article is called what it is
//! (`verdict`).
//!
//! A reader may question that a saved page has two ledgers. The lines of its source
//! are what a program wrote, often all of it in one; each of them has its fate, and
//! beside that every piece of text that was taken out is listed as it was read, with
//! its rule ([`Article::removed`]).
//!
//! Start at [`clean`].

use std::borrow::Cow;

use dom_query::Document;

use super::block::Writer;
use super::body::Decision;
use super::form::{self, Form};
use super::line::{self, Ending, Line};
use super::reason::{self, Reason};
use super::recurrence::Recurrence;
use super::rule::{self, Rules};
use super::{dateline, report};
use crate::article::{Article, Block, BlockKind, Doubt, Fate, Ledger, LineFate, Passage};
use crate::source::RawDocument;

mod choose;
mod data;
mod field;
mod inline;
mod long;
mod piece;
mod tidy;
mod verdict;

#[cfg(test)]
mod tests;

use choose::Judged;
use piece::{Kind, Piece};
use tidy::Tidy;

/// Cleans one saved page.
pub(super) fn clean(document: &RawDocument, recurrence: &Recurrence, rules: &Rules) -> Article {
    let tidy = tidy::tidy(&document.text, super::front_matter_end(document));
    if tidy.cut_at.is_some() {
        return long::clean(document, document.text.clone(), tidy, recurrence, rules);
    }
    clean_whole(document, &blank_lines(&document.text), &tidy, recurrence, rules)
}

/// Cleans one saved page that nobody else needs: its text is not held beside what is read
/// of it.
pub(super) fn clean_owned(document: &mut RawDocument, rules: &Rules) -> Article {
    let tidy = tidy::tidy(&document.text, super::front_matter_end(document));
    let text = std::mem::take(&mut document.text);
    let recurrence = Recurrence::default();
    if tidy.cut_at.is_some() {
        return long::clean(document, text, tidy, &recurrence, rules);
    }
    let blank = blank_lines(&text);
    drop(text);
    clean_whole(document, &blank, &tidy, &recurrence, rules)
}

/// Of every line whether nothing but white space stands there.
fn blank_lines(text: &str) -> Vec<bool> {
    text.lines().map(|line| line.trim().is_empty()).collect()
}

/// Cleans a page that is parsed at once; the text of `document` is not looked at.
fn clean_whole(
    document: &RawDocument,
    blank: &[bool],
    tidy: &Tidy,
    recurrence: &Recurrence,
    rules: &Rules,
) -> Article {
    let mut article = super::blank_article(document);
    let is_empty = blank.iter().all(|blank| *blank);
    let (part, _) = head(document, tidy, is_empty, recurrence, rules, &mut article);
    (article.body, article.blocks, article.doubts) = part.write();
    let mut fates = lines(document.front_matter_lines as usize, blank);
    part.tell(&mut fates, 0);
    article.ledger = Ledger::of(fates);
    article.removed = part.removed().collect();
    if part.doubtful > 0 {
        article.diagnostics.push(report::kept_doubtful(&document.file, part.doubtful));
    }
    article
}

/// A page, or a section of one, of which everything is decided.
struct Part {
    pieces: Vec<Piece>,
    decisions: Vec<Decision>,
    /// What the owner's rules decided.
    outcome: rule::Outcome,
    /// The piece that begins with a dateline, and its Markdown without it.
    cut: Option<(usize, String)>,
    /// Words that were kept in doubt.
    doubtful: usize,
}

/// Decides about a page, or the first section of one, and reads the fields of `article`.
/// Gives the page's own address, too.
fn head(
    document: &RawDocument,
    tidy: &Tidy,
    is_empty: bool,
    recurrence: &Recurrence,
    rules: &Rules,
    article: &mut Article,
) -> (Part, Option<String>) {
    let page = Document::from(tidy.html.as_str());
    let data = data::read(&page, tidy);
    let base = data.addresses.iter().map(|said| said.value.as_str()).next();
    let pieces = piece::read(&page, tidy, base);
    let held = choose::held(page, tidy.lines.len());

    let told: Vec<Line<'_>> = pieces.iter().map(|piece| told(&piece.text)).collect();
    let units: Vec<Vec<line::Unit<'_>>> =
        told.iter().map(|line| line::units(std::slice::from_ref(line), 0)).collect();
    let judged = judged_of(&pieces, &units, &held);
    let headline = field::headline(&judged, &data);
    let mut decisions = choose::choose(&judged, headline.piece);
    choose::take_recurring(&judged, recurrence, &mut decisions);
    let doubtful = choose::keep_in_doubt(&judged, &mut decisions);
    field::read(&judged, &mut decisions, headline, &data, article);
    let outcome = by_rules(document, &pieces, &mut decisions, rules, article);
    let cut = dateline_cut(&judged, &decisions, article);
    super::apply_metadata(&document.metadata, article);
    if is_empty {
        super::warn_empty(document, article);
    } else {
        warn(document, tidy, &judged, &decisions, &data, article);
    }
    let base = base.map(str::to_owned);
    drop(judged);
    drop(units);
    drop(told);
    (Part { pieces, decisions, outcome, cut, doubtful }, base)
}

/// Decides about a further section of a page.
fn section(
    tidy: &Tidy,
    base: Option<&str>,
    recurrence: &Recurrence,
    rules: &Rules,
    article: &mut Article,
) -> Part {
    let page = Document::from(tidy.html.as_str());
    let pieces = piece::read(&page, tidy, base);
    let held = choose::held(page, tidy.lines.len());
    let told: Vec<Line<'_>> = pieces.iter().map(|piece| told(&piece.text)).collect();
    let units: Vec<Vec<line::Unit<'_>>> =
        told.iter().map(|line| line::units(std::slice::from_ref(line), 0)).collect();
    let judged = judged_of(&pieces, &units, &held);
    let mut decisions = choose::choose(&judged, None);
    choose::take_recurring(&judged, recurrence, &mut decisions);
    let doubtful = choose::keep_in_doubt(&judged, &mut decisions);
    field::pictures_and_notes(&judged, &decisions, article);
    let outcome = decided(&pieces, &mut decisions, rules, article);
    drop(judged);
    drop(units);
    drop(told);
    Part { pieces, decisions, outcome, cut: None, doubtful }
}

/// Lets the owner's rules for the outlet decide about pieces, title and date.
fn by_rules(
    document: &RawDocument,
    pieces: &[Piece],
    decisions: &mut [Decision],
    rules: &Rules,
    article: &mut Article,
) -> rule::Outcome {
    // whose page it is, the owner may have told
    super::apply_metadata(&document.metadata, article);
    let outcome = decided(pieces, decisions, rules, article);
    outcome.settle(document, |at| pieces.get(at).map_or(1, |piece| piece.lines.0), article);
    outcome
}

/// What the owner's rules for the outlet decide about pieces.
fn decided(
    pieces: &[Piece],
    decisions: &mut [Decision],
    rules: &Rules,
    article: &Article,
) -> rule::Outcome {
    let Some(rules) = rules.of(article) else { return rule::Outcome::default() };
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let fates: Vec<Fate> = decisions.iter().map(|decision| decision.fate).collect();
    let outcome = rules.decide(&texts, &fates, 0);
    for (decision, ruled) in decisions.iter_mut().zip(&outcome.lines) {
        if let Some(ruled) = ruled {
            *decision = Decision::because(ruled.fate, reason::OUTLET_RULE);
        }
    }
    outcome
}

fn judged_of<'a>(
    pieces: &'a [Piece],
    units: &'a [Vec<line::Unit<'a>>],
    held: &[bool],
) -> Vec<Judged<'a>> {
    let pairs = pieces.iter().zip(units);
    pairs.map(|(piece, units)| judged(piece, units.first(), choose::is_held(piece, held))).collect()
}

/// A piece's text as the one line that forms are read from.
fn told(text: &str) -> Line<'_> {
    let raw = text;
    let text = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { text.into() };
    Line { raw, text, repairs: Vec::new(), indent: 0 }
}

fn judged<'a>(piece: &'a Piece, unit: Option<&'a line::Unit<'_>>, is_held: bool) -> Judged<'a> {
    let (form, words, ending, print) = unit.map_or((Form::Short, 0, Ending::Open, 0), |unit| {
        (form::recognise(unit), unit.shape.words, unit.shape.ending, unit.print)
    });
    Judged { piece, form, words, ending, print, is_held }
}

/// Reads the dateline at the head of the body into its field; gives the index of the
/// piece and its Markdown without it.
fn dateline_cut(
    judged: &[Judged<'_>],
    decisions: &[Decision],
    article: &mut Article,
) -> Option<(usize, String)> {
    let is_text = |at: &usize| decisions[*at].fate == Fate::Body && judged[*at].form == Form::Prose;
    let first = (0..judged.len()).find(is_text)?;
    let piece = judged[first].piece;
    let found = dateline::read(&piece.text)?;
    let behind = judged[first..].iter().map(|judged| judged.piece.text.as_str());
    let texts = std::iter::once(&piece.text[found.length..]).chain(behind.skip(1));
    if dateline::is_acronym(&found.dateline, texts) {
        return None;
    }
    let rest = without_head(&piece.markdown, &piece.text[..found.length])?;
    if let Some(agency) = &found.dateline.agency {
        let field = super::Field::new(agency.clone(), super::Basis::Stated, Some(piece.lines.0));
        article.agency.get_or_insert(field);
    }
    article.dateline = Some(found.dateline);
    Some((first, rest.to_owned()))
}

/// `markdown` without the text `head` at its start, where no link begins in it and
/// emphasis that begins in it also ends.
fn without_head<'a>(markdown: &'a str, head: &str) -> Option<&'a str> {
    let mut rest = markdown;
    let mut marks = 0;
    for c in head.trim_end().chars() {
        loop {
            let next = rest.chars().next()?;
            rest = &rest[next.len_utf8()..];
            if next == c {
                break;
            }
            match next {
                '*' => marks += 1,
                '\\' => {}
                _ => return None,
            }
        }
    }
    while let Some(after) = rest.strip_prefix('*') {
        marks += 1;
        rest = after;
    }
    (marks % 4 == 0 || marks == 2).then(|| rest.trim_start())
}

impl Part {
    /// What stays, as Markdown with its blocks, and what of it stays in doubt.
    fn write(&self) -> (String, Vec<Block>, Vec<Doubt>) {
        let Self { pieces, decisions, .. } = self;
        let markdown = |at: usize| match &self.cut {
            Some((index, markdown)) if *index == at => markdown.as_str(),
            _ => pieces[at].markdown.as_str(),
        };
        let body: Vec<usize> =
            (0..pieces.len()).filter(|at| decisions[*at].fate == Fate::Body).collect();
        let mut doubts = Vec::new();
        let mut writer = Writer::default();
        let mut at = 0;
        while at < body.len() {
            let first = &pieces[body[at]];
            let run = |same: &dyn Fn(&Piece) -> bool| {
                body[at..].iter().take_while(|index| same(&pieces[**index])).count()
            };
            let is_item = |piece: &Piece| {
                matches!(piece.kind, Kind::Item(_) | Kind::MoreItem) && piece.place.quotes == 0
            };
            let (kind, length, text) = if first.place.quotes > 0 {
                let length = run(&|piece| piece.place.quotes > 0);
                let quoted: Vec<String> =
                    body[at..at + length].iter().map(|index| quoted(markdown(*index))).collect();
                (BlockKind::Quote, length, quoted.join("\n>\n"))
            } else if is_item(first) {
                let length = run(&is_item);
                (BlockKind::List, length, list(pieces, &body[at..at + length], &markdown))
            } else {
                let text = markdown(body[at]);
                match &first.kind {
                    Kind::Heading(level) => {
                        let marks = "#".repeat(usize::from((*level).clamp(2, 6)));
                        (BlockKind::Heading, 1, format!("{marks} {}", text.replace("\\\n", " ")))
                    }
                    Kind::Code(_) => (BlockKind::Code, 1, text.to_owned()),
                    Kind::Table => (BlockKind::Table, 1, text.to_owned()),
                    _ => (BlockKind::Paragraph, 1, text.to_owned()),
                }
            };
            let lines = (first.lines.0, pieces[body[at + length - 1]].lines.1);
            if !text.trim().is_empty() {
                let block = u32::try_from(writer.len()).unwrap_or(u32::MAX);
                let in_doubt = body[at..at + length]
                    .iter()
                    .filter(|index| decisions[**index].rule == Some(reason::DOUBTFUL));
                doubts.extend(in_doubt.map(|index| {
                    let Piece { text, lines, .. } = &pieces[*index];
                    Doubt { block, line: lines.0, text: text.clone() }
                }));
                writer.push(kind, &text, lines);
            }
            at += length;
        }
        let (body, blocks) = writer.finish();
        (body, blocks, doubts)
    }

    /// Whether the first of its pieces is the body's.
    fn begins_with_body(&self) -> bool {
        self.decisions.first().is_some_and(|decision| decision.fate == Fate::Body)
    }

    /// The rule that decided about the piece at `at`, for people.
    fn rule(&self, at: usize) -> Option<Cow<'static, str>> {
        match self.outcome.lines.get(at) {
            Some(Some(decided)) => Some(Cow::Owned(decided.rule.clone())),
            _ => self.decisions[at].rule.map(|rule| Cow::Borrowed(rule.text())),
        }
    }

    /// The texts that are not the article's.
    fn removed(&self) -> impl Iterator<Item = Passage> {
        let removed = self.pieces.iter().enumerate().filter(|(at, piece)| {
            self.decisions[*at].fate == Fate::Removed && !piece.text.is_empty()
        });
        removed.map(|(at, piece)| Passage {
            lines: piece.lines,
            text: piece.text.clone(),
            rule: self.rule(at).unwrap_or(Cow::Borrowed(reason::OUTSIDE.text())),
        })
    }

    /// Says of the lines of `fates`, which stand behind so many others, what is read on
    /// them: the article's before the rest.
    fn tell(&self, fates: &mut [LineFate], before: usize) {
        for (at, (piece, decision)) in self.pieces.iter().zip(&self.decisions).enumerate() {
            let first = (piece.lines.0 as usize).saturating_sub(before + 1).min(fates.len());
            let last = (piece.lines.1 as usize).saturating_sub(before).clamp(first, fates.len());
            for entry in &mut fates[first..last] {
                let own = rank(entry.fate, entry.rule.as_deref());
                if (1..rank(decision.fate, decision.rule.map(Reason::text))).contains(&own) {
                    entry.fate = decision.fate;
                    entry.rule = self.rule(at);
                }
            }
        }
    }
}

fn quoted(markdown: &str) -> String {
    let lines: Vec<String> = markdown.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

/// The items of a list, those of lists inside it indented.
fn list<'a>(pieces: &[Piece], items: &[usize], markdown: &impl Fn(usize) -> &'a str) -> String {
    const STEP: usize = 4;
    let outer = items.iter().map(|at| pieces[*at].place.lists).min().unwrap_or(1);
    let mut text = String::new();
    for (position, at) in items.iter().enumerate() {
        let piece = &pieces[*at];
        // an item of a list inside needs an item around it
        let depth = usize::from(piece.place.lists - outer).min(position);
        let indent = " ".repeat(depth * STEP);
        let (gap, mark) = match &piece.kind {
            Kind::Item(Some(number)) => ("\n", format!("{number}. ")),
            Kind::MoreItem if position > 0 => ("\n\n", " ".repeat(STEP)),
            _ => ("\n", "- ".to_owned()),
        };
        if position > 0 {
            text.push_str(gap);
        }
        text.push_str(&indent);
        text.push_str(&mark);
        let inner = format!("\n{indent}{}", " ".repeat(STEP));
        text.push_str(&markdown(*at).replace('\n', &inner));
    }
    text
}

/// Every line of the source, as the markup it is, behind so many of front matter.
fn lines(front_matter: usize, blank: &[bool]) -> Vec<LineFate> {
    let fate = |(index, blank): (usize, &bool)| {
        let (fate, rule) = match index < front_matter {
            true => (Fate::Metadata, None),
            false if *blank => (Fate::Blank, None),
            false => (Fate::Removed, Some(Cow::Borrowed(reason::MARKUP.text()))),
        };
        LineFate { fate, rule, repairs: Vec::new() }
    };
    blank.iter().enumerate().map(fate).collect()
}

/// Which of the fates of a line counts: the greater.
fn rank(fate: Fate, rule: Option<&str>) -> u8 {
    match fate {
        Fate::Body => 4,
        Fate::Removed if rule == Some(reason::MARKUP.text()) => 1,
        Fate::Removed => 2,
        Fate::Blank | Fate::Metadata => 0,
        _ => 3,
    }
}

/// What the author should know.
fn warn(
    document: &RawDocument,
    tidy: &Tidy,
    judged: &[Judged<'_>],
    decisions: &[Decision],
    data: &data::Data,
    article: &mut Article,
) {
    let file = &document.file;
    if tidy.is_too_deep {
        article.diagnostics.push(report::nested(file, tidy::DEEPEST));
    }
    if let Some(what) = verdict::instead(judged, decisions, data, tidy, article) {
        let requested = document.metadata.requested;
        article.diagnostics.push(report::no_article_page(file, what, requested));
        article.instead = Some(Cow::Borrowed(what));
    } else if article.headline.basis == super::Basis::Inferred {
        article.diagnostics.push(report::no_headline(file, &article.headline.value));
    }
}
