//! Markdown from web clippers: its markup stays, its furniture goes.
//!
//! A Markdown document goes in, an article comes out. Clippers have cut the page
//! already, so only the plainest furniture is removed, line by line, judged by the
//! text without its markup; stamps and bylines count only above the text; notes that a note-taking program added for its owner
//! (`%%…%%`, `^block-id`, embedded files) leave nothing behind.

use std::borrow::Cow;

use super::form::Form;
use super::line::{self, Line};
use super::mend::Mending;
use super::publication::{self, Dated};
use super::reason::{self, Reason};
use super::{block, byline, dateline, form, report};
use crate::article::{Article, Basis, Fate, Field, Ledger, LineFate, Repair};
use crate::source::RawDocument;
use crate::text::Span;

/// Cleans one Markdown clipping.
pub(super) fn clean(document: &RawDocument) -> Article {
    let mending = Mending { plain: false, quotes: false };
    let mut lines = line::split(&document.text, mending);
    let from = (document.front_matter_lines as usize).min(lines.len());
    let cleaned = lines[..from].iter().any(|line| line.text == "cleaned: true");
    let mut article = super::blank_article(document);
    let language = super::language::language_of(&document.text, super::front_matter_end(document));
    article.language = language.map(|code| Field::new(code.to_owned(), Basis::Inferred, None));
    let mut ledger: Vec<LineFate> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| LineFate {
            fate: match index < from {
                true => Fate::Metadata,
                false if line.is_blank() => Fate::Blank,
                false => Fate::Body,
            },
            rule: None,
            repairs: Vec::new(),
        })
        .collect();
    let mut texts: Vec<String> = lines.iter().map(plain_line).collect();
    for (entry, line) in ledger.iter_mut().zip(&lines) {
        if entry.fate == Fate::Body {
            entry.repairs.clone_from(&line.repairs);
        }
    }
    if !cleaned {
        take_notes(&lines, from, &mut texts, &mut ledger);
    }
    headline(document, &texts, from, &mut ledger, &mut article);
    if !cleaned {
        excerpt(&texts, from, &mut ledger, &mut article);
        let stays = furniture(&texts, from, &mut ledger, &mut article);
        head(document, &stays, &mut ledger, &mut article);
        dateline(&mut lines, from, &mut texts, &mut ledger, &mut article);
    }
    super::apply_metadata(&document.metadata, &mut article);
    let body: Vec<(&str, u32)> = ledger
        .iter()
        .zip(&texts)
        .enumerate()
        .skip(from)
        .filter(|(_, (entry, _))| matches!(entry.fate, Fate::Body | Fate::Blank))
        .map(|(index, (_, text))| (text.as_str(), super::line_number(index)))
        .collect();
    (article.body, article.blocks) = block::of_markdown(&body);
    article.ledger = Ledger::of(ledger);
    if lines[from..].iter().all(Line::is_blank) {
        super::warn_empty(document, &mut article);
    } else if article.body.is_empty() {
        article.diagnostics.push(report::nothing_but_furniture(&document.file));
    }
    article
}

/// The line as mended, with its indent, which Markdown needs.
fn plain_line(line: &Line<'_>) -> String {
    if line.is_blank() {
        return String::new();
    }
    let mut text = line.raw[..line.indent].to_owned();
    text.push_str(&line.text);
    text
}

/// Takes out what a note-taking program adds: comments, block ids, files shown.
fn take_notes(lines: &[Line<'_>], from: usize, texts: &mut [String], ledger: &mut [LineFate]) {
    let mut fenced = false;
    let mut comment = false;
    for index in from..lines.len() {
        let raw = lines[index].raw;
        if raw.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced && !comment {
            continue;
        }
        let (text, repairs, open) = without_notes(raw, comment);
        comment = open;
        if repairs.is_empty() {
            continue;
        }
        if text.trim().is_empty() && !raw.trim().is_empty() {
            ledger[index].fate = Fate::Removed;
            ledger[index].rule = Some(repairs[0].rule.clone());
            ledger[index].repairs.clear();
        } else {
            ledger[index].repairs = repairs;
        }
        texts[index] = text;
    }
}

/// The line without notes, what was taken out, and whether a comment goes on.
fn without_notes(raw: &str, mut comment: bool) -> (String, Vec<Repair>, bool) {
    let mut text = String::with_capacity(raw.len());
    let mut repairs: Vec<Repair> = Vec::new();
    let mut take = |start: usize, end: usize, now: &str, rule: Reason| {
        repairs.push(Repair {
            span: Span::new(start, end),
            now: Cow::Owned(now.to_owned()),
            rule: Cow::Borrowed(rule.text()),
        });
    };
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        if comment {
            let end = rest.find("%%").map_or(raw.len(), |end| at + end + 2);
            comment = !raw[at..end].ends_with("%%") || end - at < 2;
            take(at, end, "", reason::PRIVATE_COMMENT);
            at = end;
        } else if let Some(inside) = rest.strip_prefix("%%") {
            let close = inside.find("%%");
            let end = close.map_or(raw.len(), |close| at + close + 4);
            comment = close.is_none();
            take(at, end, "", reason::PRIVATE_COMMENT);
            at = end;
        } else if rest.starts_with("![[")
            && let Some(close) = rest.find("]]")
        {
            take(at, at + close + 2, "", reason::SHOWN_FILE);
            at += close + 2;
        } else if rest.starts_with("[[")
            && let Some(close) = rest.find("]]")
        {
            let inside = &rest[2..close];
            let label = inside.split_once('|').map_or(inside, |(_, label)| label);
            take(at, at + close + 2, label, reason::NOTE_LINK);
            text.push_str(label);
            at += close + 2;
        } else if rest.starts_with("==")
            && let Some(close) =
                rest[2..].find("==").filter(|close| *close > 0 && !rest[2..].starts_with('='))
        {
            take(at, at + 2, "", reason::HIGHLIGHT);
            text.push_str(&rest[2..2 + close]);
            take(at + 2 + close, at + 4 + close, "", reason::HIGHLIGHT);
            at += close + 4;
        } else if rest.starts_with(" ^")
            && rest.len() > 2
            && rest[2..].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            take(at, raw.len(), "", reason::PRIVATE_MARK);
            at = raw.len();
        } else {
            // copy up to the next byte that could begin something
            let next =
                rest.char_indices().skip(1).find(|(_, c)| matches!(c, '%' | '!' | '[' | '=' | ' '));
            let end = next.map_or(raw.len(), |(next, _)| at + next);
            text.push_str(&raw[at..end]);
            at = end;
        }
    }
    (text, repairs, comment)
}

/// Takes the first heading of the first level as the headline.
fn headline(
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
                article.outlet = Some(Field::new(
                    outlet.to_owned(),
                    Basis::Stated,
                    Some(super::line_number(index)),
                ));
            }
            if stated.is_none() && !title.is_empty() {
                article.headline =
                    Field::new(title.to_owned(), Basis::Stated, Some(super::line_number(index)));
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
            article.headline = Field::new(text, Basis::Stated, Some(super::line_number(first)));
        }
    }
}

/// Whether a line is words, and neither a byline nor a stamp nor furniture.
fn is_title_like(text: &str) -> bool {
    let lines = line::split(text, Mending { plain: false, quotes: false });
    let units = line::units(&lines, 0);
    units.first().is_some_and(|unit| matches!(form::recognise(unit), Form::Short | Form::Prose))
}

/// `> ## Excerpt` with the quotation under it: the page's own summary.
fn excerpt(texts: &[String], from: usize, ledger: &mut [LineFate], article: &mut Article) {
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
        article.standfirst = Some(Field::new(
            unmarked(summary.trim()),
            Basis::Stated,
            Some(super::line_number(head) + 1),
        ));
    }
}

/// Removes lines that are nothing but furniture, by their text without markup;
/// gives the lines that stay, with that text.
fn furniture(
    texts: &[String],
    from: usize,
    ledger: &mut [LineFate],
    article: &mut Article,
) -> Vec<(usize, String)> {
    let mut fenced = false;
    let plain: Vec<(usize, String)> = (from..texts.len())
        .filter(|index| {
            let fence = texts[*index].trim_start().starts_with("```");
            fenced ^= fence;
            ledger[*index].fate == Fate::Body && !fence && !fenced && !is_structure(&texts[*index])
        })
        .map(|index| (index, unmarked(texts[index].trim())))
        .collect();
    for (index, text) in &plain {
        if text.is_empty() || text.len() > 400 {
            continue;
        }
        let lines = line::split(text, Mending { plain: false, quotes: false });
        let units = line::units(&lines, 0);
        let Some(unit) = units.first() else { continue };
        let field = || Field::new(text.clone(), Basis::Stated, Some(super::line_number(*index)));
        let (fate, rule) = match form::recognise(unit) {
            Form::Furniture(rule) if rule.is_sure() && unit.shape.words <= 14 => {
                (Fate::Removed, Some(rule.reason()))
            }
            Form::Note => {
                article.notes.push(field());
                (Fate::Note, None)
            }
            _ => continue,
        };
        ledger[*index].fate = fate;
        ledger[*index].rule = rule.map(|rule| Cow::Borrowed(rule.text()));
    }
    plain.into_iter().filter(|(index, _)| ledger[*index].fate == Fate::Body).collect()
}

/// Reads the stamps and bylines above the first paragraph.
fn head(
    document: &RawDocument,
    stays: &[(usize, String)],
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    const REACH: usize = 8;
    let mut dates = Vec::new();
    for (index, text) in stays.iter().filter(|(_, text)| !text.is_empty()).take(REACH) {
        let lines = line::split(text, Mending { plain: false, quotes: false });
        let units = line::units(&lines, 0);
        let Some(unit) = units.first() else { continue };
        let number = super::line_number(*index);
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
fn dateline(
    lines: &mut [Line<'_>],
    from: usize,
    texts: &mut [String],
    ledger: &mut [LineFate],
    article: &mut Article,
) {
    let first = (from..texts.len()).find(|index| {
        ledger[*index].fate == Fate::Body
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
        let field = Field::new(agency.clone(), Basis::Stated, Some(super::line_number(first)));
        article.agency.get_or_insert(field);
    }
    article.dateline = Some(found);
    texts[first].drain(..length);
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
    while let Some(c) = rest.chars().next() {
        if c == '\\' && rest.len() > 1 && rest.as_bytes()[1].is_ascii_punctuation() {
            out.push(char::from(rest.as_bytes()[1]));
            rest = &rest[2..];
            continue;
        }
        if c == '['
            && let Some(close) = rest.find("](")
            && let Some(end) = rest[close..].find(')')
        {
            out.push_str(&rest[1..close]);
            rest = &rest[close + end + 1..];
            continue;
        }
        if !matches!(c, '*' | '`' | '_') {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out.trim().to_owned()
}

fn same(one: &str, other: &str) -> bool {
    let fold = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    fold(one) == fold(other)
}
