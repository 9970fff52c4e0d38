//! Raw document → article: what is the article, what stands around it, and what
//! became of every line.
//!
//! The text is split into lines and units (`line`), each unit gets a form
//! (`form`) and odds that it belongs to the article (`weigh`), the stretch that holds
//! the article is found (`body`), the lines around it are read into fields (`header`,
//! `publication`), and the rest is written as Markdown (`block`). Removal needs a reason with a name, and text
//! that reads like prose inside the article is never removed without one of the
//! plainest. Whatever happens, the ledger lists every line once: kept and removed
//! text together are the clipping.
//!
//! A reader may question that a clipping with `cleaned: true` in its front matter
//! is taken as it is. It is what makes cleaning idempotent by construction:
//! [`to_markdown`] writes that key.
//!
//! Start at [`clean`].

use std::borrow::Cow;
use std::ops::Range;

use crate::article::{
    Article, Basis, Block, Dateline, Fate, Field, LedgerEntry, LineFate, Original, Published,
};
use crate::diagnostic::Diagnostic;
use crate::source::{Format, Metadata, RawDocument, Stated};
use crate::when::{Day, When};

mod agency;
mod block;
mod body;
mod byline;
mod dateline;
mod doubt;
mod draft;
mod filed;
mod form;
mod front;
mod header;
mod headline;
mod html;
mod language;
mod line;
mod long;
mod markdown;
mod mend;
mod outlet;
mod pasted;
mod publication;
pub(crate) mod reason;
pub mod recurrence;
mod report;
mod rule;
mod stamp;
mod undated;
mod weigh;

#[cfg(test)]
mod tests;

pub use front::{to_markdown, write_markdown};
pub use rule::Rules;

use body::Decision;
use draft::Draft;
use form::Form;
use line::{Line, Unit};
use pasted::{Extent, Pasted};
use publication::Dated;
use recurrence::Recurrence;
use weigh::table::{SHIPPED, Weights};

/// The rule under which a line stays that may not be the article's.
pub const IN_DOUBT: &str = reason::DOUBTFUL.text();

/// Above this the author hears of it: no article is that long.
const LONG_BODY: usize = 2 * 1024 * 1024;

/// Cleans one clipping.
///
/// Pure and total: any text gives an article, whose ledger holds every line of the
/// document once, in order.
pub fn clean(document: &RawDocument) -> Article {
    clean_by(document, &Rules::default())
}

/// Cleans one clipping by the owner's rules for its outlet.
pub fn clean_by(document: &RawDocument, rules: &Rules) -> Article {
    clean_among(document, &Recurrence::default(), rules)
}

/// Cleans one clipping of an archive, some lines of which may stand in others too, by
/// the owner's rules for its outlet.
pub fn clean_among(document: &RawDocument, recurrence: &Recurrence, rules: &Rules) -> Article {
    by_rules(document, None, recurrence, rules)
}

/// [`clean_among`] for several clippings: what is pasted text is cleaned step by step.
pub fn clean_each(
    documents: &[RawDocument],
    recurrences: &[Recurrence],
    rules: &Rules,
) -> Vec<Article> {
    let is_short =
        |document: &RawDocument| document.format == Format::Text && !long::is_long(&document.text);
    let with_recurrences = || documents.iter().zip(recurrences);
    let short: Vec<Pasted<'_>> = with_recurrences()
        .filter(|(document, _)| is_short(document))
        .map(|(document, recurrence)| Pasted { document, recurrence })
        .collect();
    let mut short = pasted::clean_each(&short, &SHIPPED, Extent::Whole).into_iter();
    with_recurrences()
        .map(|(document, recurrence)| {
            let piece = if is_short(document) { short.next() } else { None };
            match piece {
                Some(piece) => by_rules(document, Some(piece.article), recurrence, rules),
                None => clean_among(document, recurrence, rules),
            }
        })
        .collect()
}

/// Cleans by the owner's rules; `article` is what cleaning makes of pasted text without.
fn by_rules(
    document: &RawDocument,
    article: Option<Article>,
    recurrence: &Recurrence,
    rules: &Rules,
) -> Article {
    let text = |document: &RawDocument| clean_text(document, &SHIPPED, recurrence);
    let mut article = match document.format {
        Format::Text => rules.apply(document, article.unwrap_or_else(|| text(document)), text),
        Format::Markdown => rules.apply(document, markdown::clean(document), markdown::clean),
        Format::Html => html::clean(document, recurrence, rules),
    };
    settle(document, &mut article);
    article
}

/// A clipping, cleaned, without the text that it was.
#[derive(Debug)]
pub struct Cleaned {
    /// What it is.
    pub article: Article,
    /// What its owner states of it.
    pub metadata: Metadata,
    /// What is left of the original, which its repairs count in.
    pub original: Original,
}

/// Cleans one clipping that nobody else needs, by the owner's rules for its outlet: the
/// body of a text that is longer than any article takes the place of the text, so that
/// both are never held side by side.
pub fn clean_owned(mut document: RawDocument, rules: &Rules) -> Cleaned {
    if document.format != Format::Html && long::is_long(&document.text) && rules.is_empty() {
        let text = std::mem::take(&mut document.text);
        let (mut article, points) = match document.format {
            Format::Markdown => markdown::long::clean(&document, text),
            _ => long::clean(&document, text, &SHIPPED, &Recurrence::default()),
        };
        settle(&document, &mut article);
        let original = Original::Repairs(points);
        return Cleaned { article, metadata: document.metadata, original };
    }
    if document.format == Format::Html {
        let mut article = html::clean_owned(&mut document, rules);
        settle(&document, &mut article);
        // in a page's lines nothing is mended
        let original = Original::Repairs(Vec::new());
        return Cleaned { article, metadata: document.metadata, original };
    }
    let article = clean_by(&document, rules);
    Cleaned { article, metadata: document.metadata, original: Original::Text(document.text) }
}

/// Dates an article by where it was filed, if nothing else does, says on which lines the
/// text stays in doubt, and warns of a long one.
fn settle(document: &RawDocument, article: &mut Article) {
    if article.published.when.is_none()
        && let Some((when, clue)) = filed::date(&document.path)
    {
        article.published = Published {
            when: Some(when),
            basis: Basis::Stated,
            clues: vec![clue],
            ..Published::unknown()
        };
    }
    let in_doubt = |entry: &LedgerEntry<'_>| entry.rule == Some(reason::DOUBTFUL.text());
    if let Some(kept) = article.diagnostics.iter_mut().find(|found| report::is_kept_doubtful(found))
    {
        let mut lines = article.ledger.entries().filter(in_doubt).map(|entry| entry.line);
        if let Some(first) = lines.next() {
            report::add_lines(kept, first, lines.last());
        }
    }
    if article.body.len() > LONG_BODY {
        article.diagnostics.push(report::very_long(&document.file, article.body.len()));
    }
}

fn clean_text(document: &RawDocument, weights: &Weights, recurrence: &Recurrence) -> Article {
    if long::is_long(&document.text) {
        return long::clean(document, document.text.clone(), weights, recurrence).0;
    }
    pasted::clean(Pasted { document, recurrence }, weights, Extent::Whole).article
}

/// Makes the article of what was decided.
fn assemble(
    document: &RawDocument,
    units: &[Unit<'_>],
    draft: &Draft<'_>,
    prefix: Option<(Day, u32)>,
    dateline: Option<&(usize, dateline::Found)>,
    language: Option<&'static str>,
) -> Article {
    let number = |unit: usize| line_number(units[unit].lines.start);
    let stated =
        |text: &str, unit: usize| Field::new(text.to_owned(), Basis::Stated, Some(number(unit)));
    let header = &draft.header;
    let mut article = blank_article(document);

    if let Some(index) = draft.headline.map(|at| headline::with_colon(units, at)) {
        let section = headline::behind_section(units, index);
        let text = section.map_or(&*units[index].text, |(_, headline)| headline);
        let text = headline::subject(text).unwrap_or(text);
        article.kicker = section.map(|(section, _)| stated(section, index));
        let (title, outlet) = outlet::cut(text, units);
        article.headline = stated(title, index);
        if let Some(outlet) = outlet {
            article.outlet = Some(stated(outlet, index));
        }
    }
    if let Some(index) = header.kicker {
        article.kicker = Some(stated(&units[index].text, index));
    }
    article.standfirst = header.standfirst.map(|index| stated(&units[index].text, index));
    article.byline = header.people.iter().map(|(name, index)| stated(name, *index)).collect();
    article.agency = header.agency.map(|(name, index)| stated(name, index));
    if let Some((outlet, index)) = header.outlet {
        article.outlet.get_or_insert_with(|| stated(outlet, index));
    }
    if let Some((first, found)) = dateline {
        article.dateline = Some(found.dateline.clone());
        if let Some(agency) = &found.dateline.agency {
            article.agency.get_or_insert_with(|| stated(agency, *first));
        }
    } else if let Some((place, index)) = header.place {
        article.dateline = Some(Dateline {
            place: place.to_owned(),
            agency: None,
            text: units[index].text.to_string(),
        });
    }
    article.tags = header
        .tags
        .iter()
        .map(|(tag, index)| stated(tag.trim_start_matches('#'), *index))
        .collect();
    pictures_and_notes(units, draft.forms, &draft.decisions, 0, &mut article);
    date(document, units, draft, prefix, dateline, language, &mut article);
    article.language = language.map(|code| Field::new(code.to_owned(), Basis::Inferred, None));
    apply_metadata(&document.metadata, &mut article);
    let inside = draft.body.clone().filter(|at| draft.decisions[*at].fate == Fate::Body);
    let stays: Vec<usize> = draft.header.opening.into_iter().chain(inside).collect();
    (article.body, article.blocks) = body_of(units, &stays, dateline, true);
    if draft.headline.is_none() && document.metadata.title.is_none() && !units.is_empty() {
        article.diagnostics.push(report::no_headline(&document.file, &article.headline.value));
    }
    if let Some(words) = draft.left_out {
        article.diagnostics.push(report::left_out(&document.file, words));
    }
    article
}

/// Reads captions, credits and notes from the units kept as such. So many lines of the
/// clipping stand before those that the units count.
fn pictures_and_notes(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    decisions: &[Decision],
    lines_before: usize,
    article: &mut Article,
) {
    for ((unit, form), decision) in units.iter().zip(forms).zip(decisions) {
        let line = Some(line_number(lines_before + unit.lines.start));
        let field = |text: &str| Field::new(text.to_owned(), Basis::Stated, line);
        match decision.fate {
            Fate::Caption | Fate::Credit => {
                let picture = match form {
                    Form::Picture(picture) => Some(*picture),
                    _ => form::picture::read(&unit.text),
                };
                let caption = picture.map_or(Some(&*unit.text), |picture| picture.caption);
                article.captions.extend(caption.map(field));
                article.credits.extend(picture.and_then(|picture| picture.credit).map(field));
            }
            Fate::Note => article.notes.push(field(&unit.text)),
            _ => {}
        }
    }
}

/// Decides the dates of the article.
fn date(
    document: &RawDocument,
    units: &[Unit<'_>],
    draft: &Draft<'_>,
    prefix: Option<(Day, u32)>,
    dateline: Option<&(usize, dateline::Found)>,
    language: Option<&'static str>,
    article: &mut Article,
) {
    let dates: Vec<Dated<'_>> = draft
        .header
        .dates
        .iter()
        .map(|(found, index)| Dated {
            found: found.clone(),
            line: line_number(units[*index].lines.start),
            text: Cow::Borrowed(&units[*index].text),
        })
        .collect();
    let day = dateline.and_then(|(first, found)| {
        found.day.map(|reading| (reading, line_number(units[*first].lines.start)))
    });
    let day_first = language.is_some_and(|code| code != "en");
    let outcome = publication::decide(&dates, prefix, day, day_first);
    article.published = outcome.published;
    article.updated = outcome.updated;
    let is_open = article.published.when.is_none() && document.metadata.published.is_none();
    let inferred = is_open.then(|| {
        let open = outcome.ambiguous.as_ref().and_then(|open| {
            let of = |(found, unit): &(stamp::Found, usize)| {
                (found.reading == open.reading).then_some((*unit, open.reading))
            };
            draft.header.dates.iter().find_map(of)
        });
        undated::infer(units, draft.forms, draft.headline, &draft.body, open)
    });
    let inferred = inferred.flatten();
    if let Some(open) = outcome.ambiguous.filter(|_| is_open) {
        let day = inferred.as_ref().map(|inferred| inferred.day);
        article.diagnostics.push(report::ambiguous_day(&document.file, &open, day));
    }
    if let Some(inferred) = inferred {
        let line = line_number(units[inferred.unit].lines.start);
        article.published = Published {
            when: Some(When::day(inferred.day)),
            time: None,
            basis: Basis::Inferred,
            clues: vec![format!("{}, on line {line}", inferred.why)],
            line: Some(line),
        };
    }
    if let Some((day, _)) = prefix {
        let far = dates.iter().find(|dated| {
            matches!(dated.found.reading, stamp::Reading::Day(other) if dated.found.label != Some(stamp::Label::Updated) && other.since(day).abs() > 7)
        });
        if let Some(dated) = far {
            let text = &dated.text;
            article.diagnostics.push(report::dates_disagree(
                &document.file,
                dated.line,
                text,
                &day.to_string(),
            ));
        }
    }
}

/// The body that the units of `stays` make, and its blocks. A subheading does not open
/// it, where this is its beginning.
fn body_of(
    units: &[Unit<'_>],
    stays: &[usize],
    dateline: Option<&(usize, dateline::Found)>,
    is_beginning: bool,
) -> (String, Vec<Block>) {
    let kept: Vec<block::Kept<'_>> = stays
        .iter()
        .enumerate()
        .map(|(position, &at)| {
            let unit = &units[at];
            let text = match dateline {
                Some((first, found)) if *first == at => &unit.text[found.length..],
                _ => &*unit.text,
            };
            let next_is_prose = stays.get(position + 1).is_some_and(|next| {
                units[*next].shape.words >= 8 || form::is_item(&units[*next].text)
            });
            let heading = !unit.code
                && unit.shape.words <= 14
                && unit.shape.ending != line::Ending::Colon
                && unit.shape.ending != line::Ending::Ellipsis
                && !unit.text.ends_with(['.', ',', ';', '”', '"', '»'])
                && unit.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && !form::is_item(&unit.text)
                && next_is_prose
                && (position > 0 || !is_beginning);
            block::Kept { unit, text, heading, indented: unit.indented, row: unit.row }
        })
        .collect();
    block::write(&kept)
}

/// Says that there is nothing to clean, where decoding has not said so already.
fn warn_empty(document: &RawDocument, article: &mut Article) {
    let said = |diagnostic: &Diagnostic| matches!(&*diagnostic.code, "empty-clipping" | "not-text");
    if !document.diagnostics.iter().any(said) {
        article.diagnostics.push(report::empty(&document.file));
    }
}

/// What the author should know of the whole.
fn warn(document: &RawDocument, is_empty: bool, doubtful: usize, article: &mut Article) {
    if is_empty {
        warn_empty(document, article);
    } else if article.body.is_empty() {
        article.diagnostics.push(report::nothing_but_furniture(&document.file));
    }
    if doubtful > 0 {
        article.diagnostics.push(report::kept_doubtful(&document.file, doubtful));
    }
}

/// The words of the units of `body` that were kept in doubt.
fn doubtful(units: &[Unit<'_>], body: Range<usize>, decisions: &[Decision]) -> usize {
    let doubtful = body.filter(|at| decisions[*at].rule == Some(reason::DOUBTFUL));
    doubtful.map(|at| units[at].shape.words).sum()
}

/// What became of each line. `fates` says it of the lines of each unit.
fn fates_of(
    lines: Vec<Line<'_>>,
    fates: Vec<(Range<usize>, Decision)>,
    front_matter: usize,
) -> impl Iterator<Item = LineFate> {
    let mut fates = fates.into_iter().peekable();
    lines.into_iter().enumerate().map(move |(index, line)| {
        let decided = fates.next_if(|(lines, _)| lines.end == index + 1);
        let decided = decided.as_ref().or_else(|| fates.peek());
        let decided = decided.filter(|(lines, _)| lines.contains(&index));
        let (fate, rule) = match decided {
            Some((_, decision)) => (decision.fate, decision.rule),
            None if index < front_matter => (Fate::Metadata, None),
            None if line.is_blank() => (Fate::Blank, None),
            None => (Fate::Removed, None),
        };
        let rule = rule.map(|rule| Cow::Borrowed(rule.text()));
        LineFate { fate, rule, repairs: line.repairs }
    })
}

/// Takes ` date 2023-11-21 ` off the first line, where a crawler wrote it.
fn take_crawl_prefix(lines: &mut [Line<'_>], from: usize) -> Option<(Day, u32)> {
    let index = (from..lines.len()).find(|index| !lines[*index].is_blank())?;
    let line = &mut lines[index];
    let rest = line.text.strip_prefix("date ")?;
    let day = Day::parse(rest.get(..10)?)?;
    let tail = &rest[10..];
    if !tail.is_empty() && !tail.starts_with(' ') {
        return None;
    }
    let length = line.text.len() - tail.trim_start().len();
    line.take_front(length, reason::CRAWL_DATE);
    line.text = Cow::Owned(line.text[length..].to_owned());
    Some((day, line_number(index)))
}

/// An article that knows nothing but its path.
fn blank_article(document: &RawDocument) -> Article {
    let headline = Field::new(name_of(&document.path), Basis::Inferred, None);
    Article {
        diagnostics: document.diagnostics.clone(),
        ..Article::blank(document.path.clone(), headline)
    }
}

/// The file's name without folders and extension; never empty.
fn name_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(['_', ' ']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "Untitled".to_owned() } else { words.join(" ") }
}

/// Lets what the owner states win, field by field.
fn apply_metadata(metadata: &Metadata, article: &mut Article) {
    fn field<T: Clone>(stated: &Stated<T>) -> Field<T> {
        let basis = if stated.sidecar { Basis::Sidecar } else { Basis::FrontMatter };
        Field::new(stated.value.clone(), basis, stated.line)
    }
    fn put<T: Clone>(slot: &mut Option<Field<T>>, stated: Option<&Stated<T>>) {
        if let Some(stated) = stated {
            *slot = Some(field(stated));
        }
    }
    if let Some(title) = metadata.title.as_ref().filter(|title| !title.value.trim().is_empty()) {
        article.headline = field(title);
    }
    put(&mut article.kicker, metadata.kicker.as_ref());
    put(&mut article.standfirst, metadata.standfirst.as_ref());
    put(&mut article.outlet, metadata.outlet.as_ref());
    put(&mut article.agency, metadata.agency.as_ref());
    put(&mut article.updated, metadata.updated.as_ref());
    put(&mut article.language, metadata.language.as_ref());
    put(&mut article.remark, metadata.note.as_ref());
    put(&mut article.id, metadata.id.as_ref());
    if let Some(url) = metadata.url.as_ref().filter(|url| is_web_address(&url.value)) {
        article.url = Some(field(url));
    }
    if !metadata.authors.is_empty() {
        article.byline = metadata.authors.iter().map(field).collect();
    }
    if !metadata.tags.is_empty() {
        article.tags = metadata.tags.iter().map(field).collect();
    }
    if let Some(stated) = &metadata.published {
        let (when, time) = stated.value.clone();
        let place = if stated.sidecar { "the sidecar" } else { "the front matter" };
        article.published = Published {
            when: Some(when),
            time,
            basis: if stated.sidecar { Basis::Sidecar } else { Basis::FrontMatter },
            clues: vec![format!("`published` in {place}")],
            line: stated.line,
        };
    }
}

fn is_web_address(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// The byte at which the front matter ends.
fn front_matter_end(document: &RawDocument) -> usize {
    let mut end = 0;
    for _ in 0..document.front_matter_lines {
        match memchr::memchr(b'\n', &document.text.as_bytes()[end..]) {
            Some(newline) => end += newline + 1,
            None => return document.text.len(),
        }
    }
    end
}

fn line_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
