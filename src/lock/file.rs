//! The lock as text, and back.
//!
//! It is TOML, one value a line, and is read line by line: so a file with an
//! unfinished merge in it can still be read, keeping both sides, and the next
//! build writes what they come to. What was stated twice of one clipping is
//! joined: the first address is its own and the others are former ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Lock, Record, Told};
use crate::diagnostic::Diagnostic;
use crate::markup::Anchor;
use crate::text::{digits, hash, read_digits};

/// Of this form; raised when the meaning of the rest changes.
const VERSION: &str = "1";

const HEADER: &str = "# Every address this archive ever published, and whose it is.\n\
    # Written by `annals build`; commit it with the content. After a merge keep both\n\
    # sides and build again.\n";

/// Digits of a paragraph's anchor.
const DIGITS: usize = 6;

/// Digits of an event's anchor.
const EVENT_DIGITS: usize = 8;

/// Where in the file a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Top,
    Clipping,
    Actors,
    Lists,
    Moved,
}

impl Lock {
    /// Reads the text of `annals.lock`; `file` is its name in diagnostics.
    ///
    /// # Errors
    ///
    /// Every line that cannot be read, with its place: to pass over one would lose
    /// an address.
    pub fn read(file: &str, text: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut reader = Reader {
            lock: Self { print: hash(text), ..Self::default() },
            section: Section::Top,
            is_merging: false,
        };
        let mut errors = Vec::new();
        let mut in_base = false;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            let is_marker = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
                .iter()
                .any(|marker| line.starts_with(marker));
            if is_marker {
                reader.is_merging = true;
                // What both sides came from says nothing that neither side says.
                in_base = line.starts_with('|');
            } else if !in_base && let Err(problem) = reader.line(line) {
                errors.push(report::unreadable(file, number, line, problem));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // A merge may leave a heading with nothing below it.
        reader.lock.records.retain(|record| *record != Record::default());
        reader.lock.join_twins();
        let is_torn = |record: &&Record| {
            record.id.is_empty() || record.key.is_empty() || record.paths.is_empty()
        };
        let torn = reader.lock.records.iter().filter(is_torn);
        let errors: Vec<Diagnostic> = torn.map(|record| report::torn(file, record)).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let diagnostics = if reader.is_merging { vec![report::merging(file)] } else { Vec::new() };
        Ok((reader.lock, diagnostics))
    }

    /// Sorts the records and joins those of one clipping.
    fn join_twins(&mut self) {
        self.records.sort_by(|a, b| a.id.cmp(&b.id));
        self.records.dedup_by(|twin, first| {
            let is_twin = twin.id == first.id;
            if is_twin {
                first.join(std::mem::take(twin));
            }
            is_twin
        });
    }

    /// The text of `annals.lock`.
    pub fn to_text(&self) -> String {
        let mut out = String::with_capacity(512 + self.records.len() * 384);
        let _ = writeln!(out, "{HEADER}\nversion = {VERSION}");
        for record in &self.records {
            write_record(record, &mut out);
        }
        write_table("actors", self.actors.iter().map(|(id, name)| (id, quoted(name))), &mut out);
        let lists = self.lists.iter().map(|(address, pages)| (address, pages.to_string()));
        write_table("lists", lists, &mut out);
        write_table("moved", self.moved.iter().map(|(from, to)| (from, quoted(to))), &mut out);
        out
    }
}

fn write_record(record: &Record, out: &mut String) {
    let _ = writeln!(out, "\n[[clipping]]\nid = \"{}\"", record.id);
    for path in &record.paths {
        let _ = writeln!(out, "path = {}", quoted(path));
    }
    if let Some(name) = &record.name {
        let _ = writeln!(out, "name = {}", quoted(name));
    }
    let _ = writeln!(out, "address = \"{}\"", record.key);
    if !record.formerly.is_empty() {
        let _ = writeln!(out, "formerly = \"{}\"", record.formerly.join(" "));
    }
    if let Some(into) = &record.into {
        let _ = writeln!(out, "into = \"{into}\"");
    }
    if record.withdrawn {
        out.push_str("withdrawn = true\n");
    }
    write_told(&record.told, out);
    if record.anchors.is_empty() && record.traces.is_empty() {
        return;
    }
    out.push_str("anchors = \"");
    let mut traces = record.traces.iter().peekable();
    for (index, anchor) in record.anchors.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        write_anchor(*anchor, out);
        while let Some((former, _)) = traces.next_if(|(_, later)| later == anchor) {
            out.push('=');
            write_anchor(*former, out);
        }
    }
    // Anchors of an article that has no body any more.
    for (former, _) in traces {
        out.push_str(" =");
        write_anchor(*former, out);
    }
    out.push_str("\"\n");
}

/// `2022 abcdefgh ijklmnop 2022/2 qrstuvwx`: pages, each with its events.
fn write_told(told: &[Told], out: &mut String) {
    let mut page = None;
    for told in told {
        out.push_str(if page.is_none() { "events = \"" } else { " " });
        if page != Some((told.year, told.page)) {
            page = Some((told.year, told.page));
            let _ = match told.page {
                1 => write!(out, "{} ", told.year),
                _ => write!(out, "{}/{} ", told.year, told.page),
            };
        }
        out.push_str(digits("", told.event, EVENT_DIGITS).as_str());
    }
    if page.is_some() {
        out.push_str("\"\n");
    }
}

fn write_anchor(anchor: Anchor, out: &mut String) {
    out.push_str(digits("", u64::from(anchor.number()), DIGITS).as_str());
}

fn write_table<'a>(
    name: &str,
    entries: impl Iterator<Item = (&'a String, String)>,
    out: &mut String,
) {
    for (index, (key, value)) in entries.enumerate() {
        if index == 0 {
            let _ = writeln!(out, "\n[{name}]");
        }
        let _ = writeln!(out, "{} = {value}", quoted(key));
    }
}

/// A basic string of TOML 1.0.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The lock in the making.
struct Reader {
    lock: Lock,
    section: Section,
    is_merging: bool,
}

impl Reader {
    /// Reads one line; the problem as the end of a sentence where it cannot.
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if line.starts_with('[') {
            self.section = match line {
                "[[clipping]]" => Section::Clipping,
                "[actors]" => Section::Actors,
                "[lists]" => Section::Lists,
                "[moved]" => Section::Moved,
                _ => return Err("is no part of a lock"),
            };
            if self.section == Section::Clipping {
                self.lock.records.push(Record::default());
            }
            return Ok(());
        }
        let (key, value) = split(line).ok_or("is neither a table nor a value")?;
        match self.section {
            Section::Top if key == "version" && value == VERSION => Ok(()),
            Section::Top if key == "version" => Err("names a later version of the file"),
            Section::Top => Err("stands before every table"),
            Section::Clipping => self.clipping(&key, value),
            Section::Actors => {
                let name = text(value).ok_or("gives no text")?;
                self.lock.actors.entry(key).or_insert(name);
                Ok(())
            }
            Section::Lists => {
                let pages = value.parse().map_err(|_| "gives no number")?;
                let most = self.lock.lists.entry(key).or_insert(pages);
                *most = pages.max(*most);
                Ok(())
            }
            Section::Moved => {
                let to = text(value).ok_or("gives no text")?;
                self.lock.moved.entry(key).or_insert(to);
                Ok(())
            }
        }
    }

    fn clipping(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        let records = &mut self.lock.records;
        let Some(record) = records.last_mut() else { return Err("stands before every table") };
        if key == "withdrawn" {
            record.withdrawn |= value == "true";
            return Ok(());
        }
        let said = text(value).ok_or("gives no text")?;
        match key {
            "id" if !is_key(&said) => return Err("gives no id"),
            // Two blocks that a merge left under one heading.
            "id" if !record.id.is_empty() && record.id != said => {
                records.push(Record { id: said, ..Record::default() });
            }
            "id" => record.id = said,
            "path" if !record.paths.contains(&said) => record.paths.push(said),
            "path" => {}
            "name" => record.name = Some(said),
            "address" if !is_key(&said) => return Err("gives no part of an address"),
            "address" if record.key.is_empty() => record.key = said,
            "address" => record.add_former(said),
            "formerly" => {
                for former in said.split(' ') {
                    if !is_key(former) {
                        return Err("gives no part of an address");
                    }
                    record.add_former(former.to_owned());
                }
            }
            "into" => record.into = Some(said),
            "anchors" => {
                let (anchors, traces) = anchors(&said).ok_or("gives no anchors")?;
                record.add_anchors(anchors, traces);
            }
            "events" => {
                let told = told(&said).ok_or("gives no events")?;
                record.told.extend(told);
                record.told.sort_unstable();
                record.told.dedup();
            }
            _ => return Err("is no part of a lock"),
        }
        Ok(())
    }
}

impl Record {
    fn add_former(&mut self, key: String) {
        if key != self.key && !self.formerly.contains(&key) {
            self.formerly.push(key);
        }
    }

    /// Adds what another branch says; where both name the paragraphs, the first
    /// decides their order and those of the other become former ones.
    fn add_anchors(&mut self, anchors: Vec<Anchor>, traces: Vec<(Anchor, Anchor)>) {
        if self.anchors.is_empty() {
            self.anchors = anchors;
            self.traces.extend(traces);
        } else {
            let led = super::trace::trace(&anchors, &traces, &self.anchors);
            self.trace(&led);
        }
    }

    fn join(&mut self, twin: Self) {
        for path in twin.paths {
            if !self.paths.contains(&path) {
                self.paths.push(path);
            }
        }
        self.name = self.name.take().or(twin.name);
        if self.key.is_empty() {
            self.key = twin.key;
        } else {
            self.add_former(twin.key);
        }
        for former in twin.formerly {
            self.add_former(former);
        }
        // What one side still has is not gone.
        self.withdrawn &= twin.withdrawn;
        self.into = self.into.take().filter(|_| twin.into.is_some());
        self.add_anchors(twin.anchors, twin.traces);
        self.told.extend(twin.told);
        self.told.sort_unstable();
        self.told.dedup();
    }
}

/// Key and value of a line.
fn split(line: &str) -> Option<(String, &str)> {
    let end = match line.strip_prefix('"') {
        Some(rest) => {
            let mut is_escaped = false;
            let end = rest.bytes().position(|byte| {
                let is_end = byte == b'"' && !is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                is_end
            })?;
            end + 2
        }
        None => line.find([' ', '='])?,
    };
    let (key, rest) = line.split_at(end);
    let value = rest.trim_start().strip_prefix('=')?.trim();
    let key = if key.starts_with('"') { text(key)? } else { key.to_owned() };
    Some((key, value))
}

/// The text that a TOML value is.
fn text(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"').filter(|_| value.len() > 1)?;
    if !inner.contains(['\\', '"']) {
        return Some(inner.to_owned());
    }
    let table: BTreeMap<String, String> = toml::from_str(&format!("value = {value}")).ok()?;
    table.into_values().next()
}

/// Whether it is written in the alphabet of addresses.
fn is_key(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Reads what [`write_told`] writes.
fn told(text: &str) -> Option<Vec<Told>> {
    let mut at = None;
    let mut told = Vec::new();
    for word in text.split_ascii_whitespace() {
        if word.len() == EVENT_DIGITS && !word.contains('/') {
            let (year, page) = at?;
            told.push(Told { year, page, event: read_digits(word)? });
        } else {
            let (year, page) = word.split_once('/').unwrap_or((word, "1"));
            at = Some((year.parse().ok()?, page.parse().ok()?));
        }
    }
    Some(told)
}

/// Reads `abcdef ghijkl=mnopqr`: anchors in order, each with those it took the
/// place of.
#[expect(clippy::type_complexity, reason = "the two halves of a record, once")]
fn anchors(text: &str) -> Option<(Vec<Anchor>, Vec<(Anchor, Anchor)>)> {
    let (mut anchors, mut traces) = (Vec::new(), Vec::new());
    for word in text.split_ascii_whitespace() {
        let mut names = word.split('=').map(|digits| {
            if digits.is_empty() {
                return Some(None);
            }
            let number = read_digits(digits).filter(|_| digits.len() == DIGITS)?;
            Anchor::from_number(u32::try_from(number).ok()?).map(Some)
        });
        let later = names.next()??;
        anchors.extend(later);
        for former in names {
            let former = former??;
            traces.push((former, later.unwrap_or(former)));
        }
    }
    Some((anchors, traces))
}

/// Every diagnostic of this file.
mod report {
    use super::Record;
    use crate::diagnostic::Diagnostic;

    pub(super) fn torn(file: &str, record: &Record) -> Diagnostic {
        let names = [&record.id, &record.key].into_iter().chain(&record.paths);
        let name = names.into_iter().find(|name| !name.is_empty()).map_or("", String::as_str);
        let message = format!("the block of `{name}` has no `id`, no `path` or no `address`");
        Diagnostic::error("lock-syntax", message)
            .in_file(file)
            .help("mend the block, or take the file of the last commit and build again")
    }

    pub(super) fn unreadable(file: &str, number: u32, line: &str, problem: &str) -> Diagnostic {
        Diagnostic::error("lock-syntax", format!("this line {problem}"))
            .at_line(file, number, line, "")
            .help("mend the line, or take the file of the last commit and build again")
    }

    pub(super) fn merging(file: &str) -> Diagnostic {
        Diagnostic::note("lock-merge", "an unfinished merge: both sides are kept")
            .in_file(file)
            .help("`annals build` writes the file anew; commit it then")
    }
}
