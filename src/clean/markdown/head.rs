//! What a Markdown clipping says of itself above its text: headline, summary, byline,
//! stamps, dateline.
//!
//! The lines without their notes go in; each function reads one thing into the article and
//! says of the lines that hold it what they are.

use std::borrow::Cow;

use super::{MENDING, Plain, unmarked};
use crate::article::{Article, Basis, Fate, Field, LineFate};
use crate::clean::form::{self, Form};
use crate::clean::line::{self, Line};
use crate::clean::publication::{self, Dated};
use crate::clean::{byline, dateline, line_number, reason, report};
use crate::source::RawDocument;

/// Takes the first heading of the first level as the headline.
pub(super) fn headline(
    document: &RawDocument,
    texts: &[String],
    from: usize,
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    let Some(first) = (from..texts.len()).find(|index| ledger[*index].fate == Fate::Body) else {
        return;
    };
    let stated = document.metadata.title.as_ref().map(|title| title.value.trim());
    let heading =
        (first..texts.len().min(first + 40)).find(|index| texts[*index].starts_with("# "));
    if let Some(index) = heading {
        let text = unmarked(texts[index].trim_start_matches('#').trim());
        let (title, outlet) = text.split_once(" | ").unwrap_or((&text, ""));
        let (title, outlet) = (title.trim(), outlet.trim());
        if stated.is_none_or(|stated| same(stated, &text) || same(stated, title) || index == first)
        {
            ledger[index].fate = Fate::Title;
            if (1..=5).contains(&outlet.split_whitespace().count()) {
                article.outlet =
                    Some(Field::new(outlet.to_owned(), Basis::Stated, Some(line_number(index))));
            }
            if stated.is_none() && !title.is_empty() {
                article.headline =
                    Field::new(title.to_owned(), Basis::Stated, Some(line_number(index)));
            }
        }
    } else if let Some(stated) = stated
        && same(stated, &unmarked(&texts[first]))
    {
        ledger[first].fate = Fate::Title;
    } else if stated.is_none() {
        // a first line that ends no sentence and stands alone
        let text = unmarked(&texts[first]);
        let alone = texts.get(first + 1).is_none_or(|next| next.trim().is_empty());
        if alone
            && text.len() <= 200
            && !text.ends_with('.')
            && text.split_whitespace().count() >= 3
            && is_title_like(&text)
        {
            ledger[first].fate = Fate::Title;
            article.headline = Field::new(text, Basis::Stated, Some(line_number(first)));
        }
    }
}

/// Whether a line is words, and neither a byline nor a stamp nor furniture.
fn is_title_like(text: &str) -> bool {
    let lines = line::split(text, MENDING);
    let units = line::units(&lines, 0);
    units.first().is_some_and(|unit| matches!(form::recognise(unit), Form::Short | Form::Prose))
}

/// `> ## Excerpt` with the quotation under it: the page's own summary.
pub(super) fn excerpt(
    texts: &[String],
    from: usize,
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    let Some(head) =
        (from..texts.len().min(from + 40)).find(|index| texts[*index].trim() == "> ## Excerpt")
    else {
        return;
    };
    ledger[head].fate = Fate::Removed;
    ledger[head].rule = Some(Cow::Borrowed(reason::CLIPPER_HEADING.text()));
    let mut summary = String::new();
    for index in head + 1..texts.len() {
        let Some(text) = texts[index].trim().strip_prefix('>') else {
            // the rule that clippers draw under it
            if texts[index].trim() == "---" {
                ledger[index].fate = Fate::Removed;
                ledger[index].rule = Some(Cow::Borrowed(reason::CLIPPER_RULE.text()));
            }
            if texts[index].trim().is_empty() {
                continue;
            }
            break;
        };
        if ledger[index].fate == Fate::Body {
            ledger[index].fate = Fate::Standfirst;
        }
        if !summary.is_empty() {
            summary.push(' ');
        }
        summary.push_str(text.trim());
    }
    if !summary.trim().is_empty() {
        article.standfirst =
            Some(Field::new(unmarked(summary.trim()), Basis::Stated, Some(line_number(head) + 1)));
    }
}

/// Reads the stamps and bylines above the first paragraph.
pub(super) fn head(
    document: &RawDocument,
    plain: &[Plain],
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    const REACH: usize = 8;
    let mut dates = Vec::new();
    let stays: Vec<&Plain> = plain
        .iter()
        .filter(|(index, text)| ledger[*index].fate == Fate::Body && !text.is_empty())
        .take(REACH)
        .collect();
    for (index, text) in stays {
        let lines = line::split(text, MENDING);
        let units = line::units(&lines, 0);
        let Some(unit) = units.first() else { continue };
        let number = line_number(*index);
        let mut by = |byline: &byline::Byline| {
            let names = byline.people.iter().cloned();
            if article.byline.is_empty() {
                let field = |name| Field::new(name, Basis::Stated, Some(number));
                article.byline = names.map(field).collect();
            }
            if let Some(agency) = byline.agency {
                article.agency.get_or_insert_with(|| {
                    Field::new(agency.to_owned(), Basis::Stated, Some(number))
                });
            }
        };
        ledger[*index].fate = match form::recognise(unit) {
            Form::Stamp(stamp) if !stamp.dates.is_empty() => {
                for part in &stamp.rest {
                    let bare = byline::after_by(part).unwrap_or(part);
                    if let Some(found) = byline::names(bare).filter(|_| byline::is_name(bare)) {
                        by(&found);
                    }
                }
                let with_line =
                    |found| Dated { found, line: number, text: Cow::Owned(text.clone()) };
                dates.extend(stamp.dates.into_iter().map(with_line));
                Fate::Stamp
            }
            Form::Byline(found) => {
                by(&found);
                Fate::Byline
            }
            _ if unit.shape.is_prose() => break,
            _ => continue,
        };
    }
    let day_first = article.language.as_ref().is_some_and(|code| code.value != "en");
    let outcome = publication::decide(&dates, None, None, day_first);
    if let (None, Some(open)) = (&document.metadata.published, &outcome.ambiguous) {
        article.diagnostics.push(report::ambiguous_day(&document.file, open, None));
    }
    article.published = outcome.published;
    article.updated = outcome.updated;
}

/// Cuts the dateline off the first paragraph and keeps it as a field; the place
/// may be set bold or italic.
pub(super) fn dateline(
    lines: &mut [Line<'_>],
    from: usize,
    texts: &mut [String],
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    let first = (from..texts.len()).find(|index| {
        ledger[*index].fate == Fate::Body
            // what is kept in doubt opens no story
            && ledger[*index].rule.is_none()
            && texts[*index].split_whitespace().count() >= 8
            && !texts[*index].starts_with([' ', '#', '>', '|', '-', '!'])
    });
    let Some(first) = first else { return };
    let text = &texts[first];
    let emphasis = ["**", "__", "*", "_"].into_iter().find_map(|mark| {
        let (place, rest) = text.strip_prefix(mark)?.split_once(mark)?;
        Some((mark.len() * 2, place.len(), format!("{place}{rest}")))
    });
    let found = match &emphasis {
        Some((marks, place, plain)) => dateline::read(plain)
            .filter(|found| found.length >= *place)
            .map(|found| (found.length + marks, found.dateline)),
        None => dateline::read(text).map(|found| (found.length, found.dateline)),
    };
    let Some((length, found)) = found else { return };
    let goes_on =
        std::iter::once(&text[length..]).chain(texts[first + 1..].iter().map(String::as_str));
    if dateline::is_acronym(&found, goes_on) {
        return;
    }
    lines[first].repairs.clone_from(&ledger[first].repairs);
    lines[first].take_front(length, reason::DATELINE);
    ledger[first].repairs = std::mem::take(&mut lines[first].repairs);
    if let Some(agency) = &found.agency {
        let field = Field::new(agency.clone(), Basis::Stated, Some(line_number(first)));
        article.agency.get_or_insert(field);
    }
    article.dateline = Some(found);
    texts[first].drain(..length);
}

fn same(one: &str, other: &str) -> bool {
    let fold = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    fold(one) == fold(other)
}
