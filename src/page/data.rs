//! Everything as tables: articles, actors and statements as JSON and CSV, and the
//! page that says what each column holds.
//!
//! A table is a list of [`Column`]s and a function that gives a row of [`Cell`]s; JSON,
//! CSV and the dictionary are made from the same two, so none can say what the others
//! do not. A long table is cut into files that a spreadsheet still opens.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::card::Here;
use super::context::{DataColumn, DataFile, DataPage, DataTable};
use super::{Chrome, Desk, Section, timeline};
use crate::actor::Kind;
use crate::archive::Archive;
use crate::diagnostic::Diagnostic;
use crate::reading::{Origin, Speech};
use crate::record;
use crate::site::Address;
use crate::theme::wording::{Word, word};
use crate::when::{Day, When};

/// Rows of a file.
const ROWS: usize = 20_000;

/// What a table is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// A row for each article.
    Articles,
    /// A row for each actor with a page.
    Actors,
    /// A row for each statement.
    Statements,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An array of objects.
    Json,
    /// RFC 4180, the names of the columns first.
    Csv,
}

/// A column and what it holds.
struct Column {
    name: &'static str,
    says: Word,
}

const fn column(name: &'static str, says: Word) -> Column {
    Column { name, says }
}

const ARTICLES: [Column; 13] = [
    column("id", word::ARTICLES_TABLE_ID),
    column("url", word::ARTICLES_TABLE_URL),
    column("title", word::ARTICLES_TABLE_TITLE),
    column("published", word::ARTICLES_TABLE_PUBLISHED),
    column("basis", word::ARTICLES_TABLE_BASIS),
    column("outlet", word::ARTICLES_TABLE_OUTLET),
    column("agency", word::ARTICLES_TABLE_AGENCY),
    column("byline", word::ARTICLES_TABLE_BYLINE),
    column("language", word::ARTICLES_TABLE_LANGUAGE),
    column("original", word::ARTICLES_TABLE_ORIGINAL),
    column("tags", word::ARTICLES_TABLE_TAGS),
    column("actors", word::ARTICLES_TABLE_ACTORS),
    column("statements", word::ARTICLES_TABLE_STATEMENTS),
];

const ACTORS: [Column; 11] = [
    column("id", word::ACTORS_TABLE_ID),
    column("url", word::ACTORS_TABLE_URL),
    column("name", word::ACTORS_TABLE_NAME),
    column("kind", word::ACTORS_TABLE_KIND),
    column("origin", word::ACTORS_TABLE_ORIGIN),
    column("wikidata", word::ACTORS_TABLE_WIKIDATA),
    column("articles", word::ACTORS_TABLE_ARTICLES),
    column("mentions", word::ACTORS_TABLE_MENTIONS),
    column("statements", word::ACTORS_TABLE_STATEMENTS),
    column("first", word::ACTORS_TABLE_FIRST),
    column("last", word::ACTORS_TABLE_LAST),
];

const STATEMENTS: [Column; 9] = [
    column("article", word::STATEMENTS_TABLE_ARTICLE),
    column("url", word::STATEMENTS_TABLE_URL),
    column("published", word::STATEMENTS_TABLE_PUBLISHED),
    column("speaker", word::STATEMENTS_TABLE_SPEAKER),
    column("name", word::STATEMENTS_TABLE_NAME),
    column("certain", word::STATEMENTS_TABLE_CERTAIN),
    column("kind", word::STATEMENTS_TABLE_KIND),
    column("cue", word::STATEMENTS_TABLE_CUE),
    column("text", word::STATEMENTS_TABLE_TEXT),
];

impl Table {
    const ALL: [Self; 3] = [Self::Articles, Self::Actors, Self::Statements];

    fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Actors => "actors",
            Self::Statements => "statements",
        }
    }

    fn columns(self) -> &'static [Column] {
        match self {
            Self::Articles => &ARTICLES,
            Self::Actors => &ACTORS,
            Self::Statements => &STATEMENTS,
        }
    }

    fn rows(self, archive: &Archive) -> usize {
        match self {
            Self::Articles => archive.entries.len(),
            Self::Actors => archive.actors.len(),
            Self::Statements => {
                archive.entries.iter().map(|entry| entry.briefing.reading.statements.len()).sum()
            }
        }
    }

    /// The articles, or the actors, whose rows stand in each file.
    fn parts(self, archive: &Archive) -> Vec<Range<usize>> {
        let even = |n: usize| -> Vec<Range<usize>> {
            let starts = (0..n.max(1)).step_by(ROWS);
            starts.map(|start| start..n.min(start + ROWS)).collect()
        };
        match self {
            Self::Articles => even(archive.entries.len()),
            Self::Actors => even(archive.actors.len()),
            Self::Statements => {
                let n = archive.entries.len();
                let (mut parts, mut start, mut filled) = (Vec::new(), 0, 0);
                for (index, entry) in archive.entries.iter().enumerate() {
                    let own = entry.briefing.reading.statements.len();
                    if filled > 0 && filled + own > ROWS {
                        parts.push(start..index);
                        (start, filled) = (index, 0);
                    }
                    filled += own;
                }
                parts.push(start..n);
                parts
            }
        }
    }
}

/// The files of all tables with what stands in each: table, part from 0, format.
pub(super) fn files(desk: &Desk<'_>) -> Vec<(Address, Table, usize, Format)> {
    let mut files = Vec::new();
    for table in Table::ALL {
        for part in 0..table.parts(desk.archive).len() {
            for format in [Format::Json, Format::Csv] {
                files.push((address(table, part, format), table, part, format));
            }
        }
    }
    files
}

fn address(table: Table, part: usize, format: Format) -> Address {
    let extension = match format {
        Format::Json => "json",
        Format::Csv => "csv",
    };
    let name = table.name();
    let number = if part == 0 { String::new() } else { format!("-{}", part + 1) };
    Address::file(&["data"], &format!("{name}{number}.{extension}"))
}

/// What stands in a column of a row.
enum Cell<'a> {
    Text(&'a str),
    Date(&'a When),
    Day(Day),
    List(Vec<&'a str>),
    Number(usize),
    Truth(bool),
    /// Unknown.
    Nothing,
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl<'a> From<Option<&'a When>> for Cell<'a> {
    fn from(when: Option<&'a When>) -> Self {
        when.map_or(Self::Nothing, Self::Date)
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Date(when) => when.serialize(serializer),
            Self::Day(day) => day.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Nothing => serializer.serialize_none(),
        }
    }
}

/// A row with the names of its columns.
struct Row<'a> {
    columns: &'static [Column],
    cells: &'a [Cell<'a>],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", self.columns.len())?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            row.serialize_field(column.name, cell)?;
        }
        row.end()
    }
}

/// A file of a table; empty for a part that the table does not have.
pub(super) fn file(here: Here<'_>, table: Table, part: usize, format: Format) -> String {
    let parts = table.parts(here.desk.archive);
    let range = parts.get(part).cloned().unwrap_or_default();
    let columns = table.columns();
    // For somebody who holds nothing but the file: absolute where the archive knows its
    // own address, else from the root of the site.
    let here = Here { root: here.desk.config.base_url.trim_end_matches('/'), ..here };
    let indices: Vec<usize> = range.collect();
    match format {
        Format::Json => {
            let mut out = String::from("[");
            push_pieces(&mut out, &indices, ",", |indices| {
                let mut list = record::JsonList::new(",");
                for index in indices {
                    each_row(here, table, *index, |cells| list.add(&Row { columns, cells }));
                }
                list.finish()
            });
            out.push_str("]\n");
            out
        }
        Format::Csv => {
            let mut out = lines(|writer| {
                let _ = writer.write_record(columns.iter().map(|column| column.name));
            });
            push_pieces(&mut out, &indices, "", |indices| {
                lines(|writer| {
                    for index in indices {
                        each_row(here, table, *index, |cells| {
                            for cell in cells {
                                let _ = writer.write_field(plain(cell).as_bytes());
                            }
                            let _ = writer.write_record(None::<&[u8]>);
                        });
                    }
                })
            });
            out
        }
    }
}

/// Appends what `piece` makes of all `items`, a few hundred at a time, side by side, with
/// `separator` between what is not empty: a file of a table is as long as a thousand
/// pages, and whoever renders it last keeps everyone waiting.
pub(super) fn push_pieces<T: Sync>(
    out: &mut String,
    items: &[T],
    separator: &str,
    piece: impl Fn(&[T]) -> String + Sync,
) {
    const PIECE: usize = 32;
    /// At a time: a text and all of its pieces would take twice the text.
    const PIECES: usize = 16;
    let mut between = "";
    for (at, some) in items.chunks(PIECES * PIECE).enumerate() {
        let pieces: Vec<String> = some.par_chunks(PIECE).map(&piece).collect();
        if at == 0 {
            // The rest will be as long: a text that grows is there twice for a while.
            let length: usize = pieces.iter().map(String::len).sum();
            out.reserve(length.div_ceil(some.len()) * items.len() / 32 * 33);
        }
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            out.push_str(between);
            out.push_str(&piece);
            between = separator;
        }
    }
}

/// The lines of a table (RFC 4180) that `write` writes.
pub(super) fn lines(write: impl FnOnce(&mut csv::Writer<Vec<u8>>)) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Writing to memory does not fail.
    write(&mut writer);
    // Cells are text, and so are the marks between them.
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell for a spreadsheet.
fn plain<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Text(text) => as_text(text),
        Cell::List(list) => Cow::Owned(as_text(&list.join("; ")).into_owned()),
        Cell::Date(when) => Cow::Owned(when.edtf()),
        Cell::Day(day) => Cow::Owned(day.edtf()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        Cell::Nothing => Cow::Borrowed(""),
    }
}

/// A cell that no spreadsheet computes: what begins like a formula gets an apostrophe
/// before it.
pub(super) fn as_text(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return Cow::Owned(format!("'{cell}"));
    }
    Cow::Borrowed(cell)
}

/// Gives the cells of each row of an article or an actor to `row`.
fn each_row(here: Here<'_>, table: Table, index: usize, row: impl FnMut(&[Cell<'_>])) {
    let index = u32::try_from(index).unwrap_or(u32::MAX);
    match table {
        Table::Articles => article(here, index, row),
        Table::Actors => actor(here, index, row),
        Table::Statements => statements(here, index, row),
    }
}

fn article(here: Here<'_>, index: u32, mut row: impl FnMut(&[Cell<'_>])) {
    let entry = here.entry(index);
    let article = &entry.briefing.article;
    let archive = here.desk.archive;
    let outlet = entry.outlet.map(|outlet| archive.outlets[outlet as usize].name.as_str());
    row(&[
        Cell::Text(&entry.id),
        Cell::Text(&here.article(index)),
        Cell::Text(entry.headline()),
        article.published.when.as_ref().into(),
        Cell::Text(article.published.basis_word()),
        outlet.into(),
        article.agency.as_ref().map(|field| field.value.as_str()).into(),
        Cell::List(article.byline.iter().map(|field| field.value.as_str()).collect()),
        article.language.as_ref().map(|field| field.value.as_str()).into(),
        article.url.as_ref().map(|field| field.value.as_str()).into(),
        Cell::List(
            entry.tags.iter().map(|tag| archive.tags[*tag as usize].name.as_str()).collect(),
        ),
        Cell::List(entry.named.iter().map(|(actor, _)| &*here.dossier(*actor).id).collect()),
        Cell::Number(entry.briefing.reading.statements.len()),
    ]);
}

fn actor(here: Here<'_>, index: u32, mut row: impl FnMut(&[Cell<'_>])) {
    let dossier = here.dossier(index);
    let known = here.desk.register.actor(&dossier.id);
    let day = |day: Option<Day>| day.map_or(Cell::Nothing, Cell::Day);
    row(&[
        Cell::Text(&dossier.id),
        Cell::Text(&here.actor(index)),
        Cell::Text(&dossier.name),
        Cell::Text(kind_word(dossier.kind)),
        Cell::Text(match dossier.origin {
            Origin::Register => "register",
            Origin::BuiltIn => "built-in",
            Origin::Discovered => "discovered",
        }),
        known.and_then(|actor| actor.wikidata.as_deref()).into(),
        Cell::Number(dossier.appearances.len()),
        Cell::Number(dossier.n_mentions),
        Cell::Number(dossier.statements.len()),
        day(dossier.range.map(|(first, _)| first)),
        day(dossier.range.map(|(_, last)| last)),
    ]);
}

/// The kind as the files have it, in every language of the pages.
fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::State => "state",
        Kind::Mission => "mission",
        Kind::Group => "group",
        Kind::Place => "place",
    }
}

fn statements(here: Here<'_>, index: u32, mut row: impl FnMut(&[Cell<'_>])) {
    let entry = here.entry(index);
    let briefing = &entry.briefing;
    for statement in &briefing.reading.statements {
        let speaker = statement.speaker.as_ref();
        let actor = speaker.and_then(|speaker| speaker.actor);
        let actor = actor.and_then(|own| entry.actors.get(own as usize).copied().flatten());
        row(&[
            Cell::Text(&entry.id),
            Cell::Text(&here.paragraph(index, statement.sentence)),
            briefing.article.published.when.as_ref().into(),
            actor.map(|actor| &*here.dossier(actor).id).into(),
            speaker.and_then(|speaker| speaker.name.as_deref()).into(),
            speaker.map_or(Cell::Nothing, |speaker| Cell::Truth(speaker.certain)),
            Cell::Text(match statement.kind {
                Speech::Direct => "direct",
                Speech::Mixed => "mixed",
                Speech::Indirect => "indirect",
            }),
            statement.cue.as_deref().into(),
            Cell::Text(statement.span.of(&briefing.prose.text)),
        ]);
    }
}

/// Renders the page that lists the files and says what each column holds.
pub(super) fn page(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let says = here.say(word::DATA_DESCRIPTION);
    let chrome = Chrome::new(here.desk, address, here.say(word::SECTION_DATA), says, Section::Data);
    let tables = Table::ALL
        .map(|table| DataTable {
            id: table.name(),
            heading: here.say(match table {
                Table::Articles => word::DATA_ARTICLES,
                Table::Actors => word::DATA_ACTORS,
                Table::Statements => word::DATA_STATEMENTS,
            }),
            n: table.rows(here.desk.archive),
            files: files(&here.desk)
                .into_iter()
                .filter(|(_, own, ..)| *own == table)
                .map(|(file, ..)| {
                    let name = file.as_str().rsplit('/').next().unwrap_or_default().to_owned();
                    DataFile { href: here.to(file.as_str()), name }
                })
                .collect(),
            columns: table
                .columns()
                .iter()
                .map(|column| DataColumn { name: column.name, says: here.say(column.says) })
                .collect(),
        })
        .into();
    let context = DataPage { frame: chrome.frame(), tables, timeline: timeline::data(here) };
    here.desk.theme.render("data.html", &context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_pieces_is_the_text_at_once() {
        for n in [0usize, 1, 31, 32, 33, 511, 512, 1300] {
            let items: Vec<usize> = (0..n).collect();
            let all = |items: &[usize]| -> String {
                items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
            };
            let mut pieces = String::from("[");
            push_pieces(&mut pieces, &items, ",", all);
            assert_eq!(pieces, format!("[{}", all(&items)), "{n}");
        }
        let mut out = String::new();
        let short = |items: &[usize]| {
            if items.len() == 1 { items.len().to_string() } else { String::new() }
        };
        push_pieces(&mut out, &(0..33).collect::<Vec<_>>(), ",", short);
        assert_eq!(out, "1", "a piece without anything has no separator");
    }
}
