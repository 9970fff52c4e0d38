//! `annals clean` and `annals read`: one clipping at a time, without an archive.

use std::fmt::Write as _;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::load::verdict;
use super::{CleanArguments, CleanFormat, Failure, ReadArguments, Terminal};
use crate::actor::Register;
use crate::article::{Article, Basis, Fate, Published};
use crate::clean::{Cleaned, Rules};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::reading::{self, Prose};
use crate::record::{self, ReadError, ReadRequest, Source};
use crate::source::{self, Clipping, Format, RawDocument};
use crate::when::When;
use crate::{clean, pipeline};

/// The bytes of standard input that there is room for at once.
const LONGEST: usize = 64 * 1024 * 1024;

/// Records of a stream that are read together.
const BATCH: usize = 512;

pub(super) fn clean(arguments: &CleanArguments, terminal: &Terminal) -> Result<(), Failure> {
    let rules = read_rules(terminal)?;
    let mut failed = false;
    for file in &arguments.files {
        let name = file.to_string_lossy();
        let Some(document) = read_document(file, terminal) else {
            failed = true;
            continue;
        };
        let shown = if arguments.explain {
            let article = clean::clean_by(&document, &rules);
            failed |= is_wrong(&article, terminal);
            terminal.data(&if document.format == Format::Html {
                explain_page(&name, &article)
            } else {
                explain(&name, &document, &article)
            })
        } else {
            let cleaned = clean::clean_owned(document, &rules);
            failed |= is_wrong(&cleaned.article, terminal);
            print(&name, &cleaned, arguments.format, terminal)
        };
        if !shown {
            break;
        }
    }
    if failed { Err(Failure::Archive) } else { Ok(()) }
}

/// Says what is to be known of an article, and whether it has errors.
fn is_wrong(article: &Article, terminal: &Terminal) -> bool {
    terminal.diagnostics(&article.diagnostics);
    verdict(&article.diagnostics, false).is_err()
}

/// Prints a cleaned clipping piece by piece: the longest ones are not held twice. `false`
/// where nobody reads any more.
fn print(name: &str, cleaned: &Cleaned, format: CleanFormat, terminal: &Terminal) -> bool {
    let Cleaned { article, metadata, original } = cleaned;
    terminal.stream(|out| match format {
        CleanFormat::Markdown => clean::write_markdown(article, Some(metadata), out),
        CleanFormat::Json => {
            record::write_json(&record::clean(name, article, original), out)?;
            out.write_all(b"\n")
        }
    })
}

pub(super) fn read(arguments: &ReadArguments, terminal: &Terminal) -> Result<(), Failure> {
    let register = read_register(arguments.register.as_deref(), terminal)?;
    if arguments.jsonl {
        return stream(&register, terminal);
    }
    let rules = read_rules(terminal)?;
    let mut failed = false;
    for file in &arguments.files {
        let Some(document) = read_document(file, terminal) else {
            failed = true;
            continue;
        };
        let (article, prose, _, reading) = pipeline::read(&document, &register, &rules);
        terminal.diagnostics(&article.diagnostics);
        let name = file.to_string_lossy();
        let source = Source::Clipping { file: &name, text: &prose.text };
        if !terminal.data(&(record::to_json(&record::read(source, &prose, &reading)) + "\n")) {
            break;
        }
    }
    if failed { Err(Failure::Archive) } else { Ok(()) }
}

/// Reads records from standard input and writes one reading a line, in order. A
/// bad line gives a line that says so, and the stream goes on.
fn stream(register: &Register, terminal: &Terminal) -> Result<(), Failure> {
    let mut input = std::io::stdin().lock();
    let mut number = 0;
    loop {
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::with_capacity(BATCH);
        while lines.len() < BATCH {
            let mut line = Vec::new();
            match input.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => number += 1,
                Err(error) => {
                    return Err(Failure::Use(format!("standard input cannot be read: {error}")));
                }
            }
            if !line.trim_ascii().is_empty() {
                lines.push((number, line));
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        let records: Vec<String> =
            lines.par_iter().map(|(number, line)| stream_line(*number, line, register)).collect();
        if !terminal.data(&records.concat()) {
            return Ok(());
        }
    }
}

fn stream_line(number: usize, line: &[u8], register: &Register) -> String {
    let request: ReadRequest = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => {
            let id = serde_json::from_slice::<serde_json::Value>(line)
                .ok()
                .and_then(|value| value.get("id").cloned());
            let place = if id.is_none() { Some(number) } else { None };
            let error = ReadError { id: id.as_ref(), line: place, error: error.to_string() };
            return record::to_json(&error) + "\n";
        }
    };
    let mut published = Published::unknown();
    if let Some(date) = request.date.as_deref().filter(|date| !date.trim().is_empty()) {
        let Some(when) = When::parse(date.trim()) else {
            let error = format!("`date`: `{date}` is no EDTF date such as 2022-08-17");
            let error = ReadError { id: Some(&request.id), line: None, error };
            return record::to_json(&error) + "\n";
        };
        published = Published { when: Some(when), basis: Basis::Stated, ..published };
    }
    let prose = Prose::plain(&request.text);
    let reading = reading::read(&prose, &published, register);
    record::to_json(&record::read(Source::Stream { id: &request.id }, &prose, &reading)) + "\n"
}

/// The rules for outlets in `annals.toml` of this folder, where there is one.
fn read_rules(terminal: &Terminal) -> Result<Rules, Failure> {
    const FILE: &str = "annals.toml";
    let Ok(clipping) = source::read_clipping(Path::new(FILE)) else { return Ok(Rules::default()) };
    let text = String::from_utf8_lossy(&clipping.bytes);
    let (config, _) = Config::read(FILE, &text).map_err(|errors| {
        terminal.diagnostics(&errors);
        Failure::Archive
    })?;
    let (rules, wrong) = Rules::new(FILE, &text, &config.outlet);
    terminal.diagnostics(&wrong);
    if wrong.is_empty() { Ok(rules) } else { Err(Failure::Archive) }
}

/// The register named, or `actors.toml` of this folder where there is one.
fn read_register(file: Option<&Path>, terminal: &Terminal) -> Result<Register, Failure> {
    let (path, named) =
        file.map_or_else(|| (PathBuf::from("actors.toml"), false), |file| (file.to_owned(), true));
    let text = match source::read_clipping(&path) {
        Ok(clipping) => String::from_utf8_lossy(&clipping.bytes).into_owned(),
        Err(error) if named => {
            terminal.diagnostics(&[error]);
            return Err(Failure::Archive);
        }
        Err(_) => String::new(),
    };
    let (register, diagnostics) = Register::read(&path.to_string_lossy(), &text);
    terminal.diagnostics(&diagnostics);
    Ok(register)
}

/// A clipping with its sidecar; `None` where it cannot be read, which is said.
fn read_document(file: &Path, terminal: &Terminal) -> Option<RawDocument> {
    let clipping = if file == Path::new("-") {
        // as long as a file may be: room that nobody uses is free, and growing holds it twice
        let mut bytes = Vec::with_capacity(LONGEST);
        match std::io::stdin().lock().read_to_end(&mut bytes) {
            // What is piped in was pasted: text, unless front matter says otherwise.
            Ok(_) => Ok(Clipping {
                path: "standard-input.txt".to_owned(),
                file: "-".to_owned(),
                bytes,
                sidecar: None,
            }),
            Err(error) => Err(Diagnostic::error(
                "unreadable",
                format!("standard input cannot be read: {error}"),
            )),
        }
    } else {
        source::read_clipping(file)
    };
    match clipping {
        Ok(clipping) => Some(source::decode_owned(clipping)),
        Err(error) => {
            terminal.diagnostics(&[error]);
            None
        }
    }
}

/// Every text of a saved page with what became of it, in the order of the page's
/// lines: its source is markup that nobody reads.
fn explain_page(name: &str, article: &Article) -> String {
    let fields = [
        ("title", Some(&article.headline)),
        ("standfirst", article.standfirst.as_ref()),
        ("outlet", article.outlet.as_ref()),
        ("url", article.url.as_ref()),
    ];
    let mut rows: Vec<(u32, &str, &str, Option<&str>)> = fields
        .into_iter()
        .filter_map(|(word, field)| field.map(|field| (word, field)))
        .chain(article.byline.iter().map(|field| ("byline", field)))
        .chain(article.captions.iter().map(|field| ("caption", field)))
        .chain(article.credits.iter().map(|field| ("credit", field)))
        .map(|(word, field)| (field.line.unwrap_or(0), word, field.value.as_str(), None))
        .collect();
    rows.extend(
        article
            .published
            .clues
            .first()
            .map(|clue| (article.published.line.unwrap_or(0), "published", clue.as_str(), None)),
    );
    let mut doubts = article.doubts.iter().map(|doubt| doubt.block).peekable();
    rows.extend((0..).zip(&article.blocks).map(|(at, block)| {
        let mut in_doubt = None;
        while doubts.next_if_eq(&at).is_some() {
            in_doubt = Some(clean::IN_DOUBT);
        }
        (block.lines.0, "body", block.span.of(&article.body), in_doubt)
    }));
    let removed = article.removed.iter();
    rows.extend(
        removed.map(|passage| {
            (passage.lines.0, "removed", passage.text.as_str(), Some(&*passage.rule))
        }),
    );
    rows.sort_by_key(|(line, ..)| *line);
    let mut text = format!("{BOLD}{name}{PLAIN}\n");
    for (line, word, shown, rule) in rows {
        let color = match word {
            "removed" => RED,
            "body" => GREEN,
            _ => CYAN,
        };
        let strike = if word == "removed" { DIM } else { "" };
        let shown: String = shown
            .chars()
            .map(|c| if c == '\n' { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        let _ =
            write!(text, "{DIM}{line:>5}{PLAIN} {color}{word:<10}{PLAIN} {strike}{shown}{PLAIN}");
        if let Some(rule) = rule {
            let _ = write!(text, "  {DIM}← {rule}{PLAIN}");
        }
        text.push('\n');
    }
    let (kept, removed) = (article.blocks.len(), article.removed.len());
    let _ = writeln!(text, "{DIM}{kept} blocks kept, {removed} texts removed{PLAIN}");
    text
}

const DIM: &str = "\x1b[2m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Each line of the original with its fate, the rule that decided it, and what
/// was mended inside it.
fn explain(name: &str, document: &RawDocument, article: &Article) -> String {
    let mut text = format!("{BOLD}{name}{PLAIN}\n");
    for (line, fate) in document.text.lines().zip(article.ledger.entries()) {
        let (color, word) = match fate.fate {
            Fate::Removed => (RED, "removed"),
            Fate::Body => (GREEN, "body"),
            Fate::Blank => (DIM, ""),
            other => (CYAN, fate_word(other)),
        };
        let shown: String = line.chars().filter(|c| !c.is_control()).collect();
        let strike = if fate.fate == Fate::Removed { DIM } else { "" };
        let _ = write!(
            text,
            "{DIM}{:>5}{PLAIN} {color}{word:<10}{PLAIN} {strike}{shown}{PLAIN}",
            fate.line
        );
        if let Some(rule) = fate.rule {
            let _ = write!(text, "  {DIM}← {rule}{PLAIN}");
        }
        text.push('\n');
        for repair in fate.repairs() {
            let was: String = line
                .get(repair.span.range())
                .unwrap_or("")
                .chars()
                .filter(|c| !c.is_control())
                .collect();
            let _ = writeln!(
                text,
                "      {DIM}           {} → {}  ← {}{PLAIN}",
                quoted(&was),
                quoted(repair.now),
                repair.rule
            );
        }
    }
    let removed = article.ledger.entries().filter(|line| line.fate == Fate::Removed).count();
    let lines = article.ledger.entries().filter(|line| line.fate != Fate::Blank).count();
    let _ =
        writeln!(text, "{DIM}{lines} lines, {} kept, {removed} removed{PLAIN}", lines - removed);
    text
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") }
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Title => "title",
        Fate::Kicker => "kicker",
        Fate::Standfirst => "standfirst",
        Fate::Byline => "byline",
        Fate::Stamp => "stamp",
        Fate::Outlet => "outlet",
        Fate::Dateline => "dateline",
        Fate::Caption => "caption",
        Fate::Credit => "credit",
        Fate::Note => "note",
        Fate::Tags => "tags",
        Fate::Metadata => "metadata",
        Fate::Body => "body",
        Fate::Blank => "",
        Fate::Removed => "removed",
    }
}
