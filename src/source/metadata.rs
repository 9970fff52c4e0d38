//! Keys with values become the fields of [`Metadata`].
//!
//! Every field has several names, because clippers and generators do not agree:
//! Obsidian Web Clipper, MarkDownload, Hugo and Zola were looked at. Names are
//! compared without case, `_`, `-` and spaces. The sidecar is asked first, field
//! by field; a value that cannot be read is reported and the next one is asked.
//!
//! `created` is the day of clipping and never a publication date.
//!
//! What says that a clipping stays private is read the other way round: the first
//! statement decides, and one that cannot be understood counts as "no".

use std::collections::BTreeSet;

use super::front_matter::{Entry, Value};
use super::{Metadata, Stated, date};
use crate::config::{Tlp, nearest};
use crate::diagnostic::Diagnostic;
use crate::when::{Clock, Day, When};

const TITLE: &[&str] = &["title", "headline"];
const KICKER: &[&str] = &["kicker"];
const STANDFIRST: &[&str] = &["standfirst", "subtitle", "description", "summary", "excerpt"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "by"];
const OUTLET: &[&str] = &["outlet", "publisher", "site", "site_name", "publication"];
const AGENCY: &[&str] = &["agency"];
const URL: &[&str] = &["url", "source_url", "link", "canonical", "canonical_url"];
const SOURCE: &[&str] = &["source"];
const PUBLISHED: &[&str] =
    &["published", "date_published", "publish_date", "publication_date", "pub_date", "date"];
const UPDATED: &[&str] = &["updated", "lastmod", "modified", "date_modified", "last_updated"];
const LANGUAGE: &[&str] = &["language", "lang"];
const TAGS: &[&str] = &["tags", "tag", "keywords"];
const TLP: &[&str] = &["tlp"];
const NOTE: &[&str] = &["note"];
const ID: &[&str] = &["id"];
const DRAFT: &[&str] = &["draft"];
const PUBLISH: &[&str] = &["publish"];
const FULL_TEXT: &[&str] = &["full_text"];
const EMBARGO: &[&str] = &["publish_after", "embargo"];
/// Known, and of no use here.
const PASSED_OVER: &[&str] = &["created", "retrieved", "slug", "aliases"];

/// Every name of every field, as the documentation spells it.
const KNOWN: [&[&str]; 20] = [
    TITLE,
    KICKER,
    STANDFIRST,
    AUTHORS,
    OUTLET,
    AGENCY,
    URL,
    SOURCE,
    PUBLISHED,
    UPDATED,
    LANGUAGE,
    TAGS,
    TLP,
    NOTE,
    ID,
    DRAFT,
    PUBLISH,
    EMBARGO,
    FULL_TEXT,
    PASSED_OVER,
];

/// Tables that other generators put fields into.
const NESTED: [&str; 3] = ["extra", "params", "taxonomies"];

/// One file's word on a clipping.
pub(super) struct Statement<'a> {
    /// As diagnostics name it.
    pub(super) file: &'a str,
    /// The whole text of the file, for the line a diagnostic shows.
    pub(super) text: &'a str,
    /// Lines of the file before the first one that was read.
    pub(super) lines_before: u32,
    pub(super) is_sidecar: bool,
    pub(super) entries: Vec<Entry>,
}

/// Reads what `statements` say, the strongest first.
pub(super) fn read(statements: Vec<Statement<'_>>) -> (Metadata, Vec<Diagnostic>) {
    let sources = statements.into_iter().map(Source::new).collect();
    let mut reader = Reader { sources, diagnostics: Vec::new() };
    reader.check_names();
    let metadata = reader.metadata();
    (metadata, reader.diagnostics)
}

/// A statement whose entries lie in one list, names folded.
struct Source<'a> {
    statement: Statement<'a>,
    entries: Vec<(String, Entry)>,
}

impl<'a> Source<'a> {
    fn new(mut statement: Statement<'a>) -> Self {
        let mut entries = Vec::new();
        let mut nested = Vec::new();
        for entry in std::mem::take(&mut statement.entries) {
            let name = folded(&entry.key);
            match entry.value {
                Value::Table(inner) if NESTED.contains(&name.as_str()) => nested.extend(inner),
                _ => entries.push((name, entry)),
            }
        }
        // What stands at the top is meant for us more than what stands in a table.
        entries.extend(nested.into_iter().map(|entry| (folded(&entry.key), entry)));
        Self { statement, entries }
    }
}

/// A name without what spellings of it differ in.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Where a value was found.
#[derive(Clone, Copy)]
struct At {
    source: usize,
    entry: usize,
}

struct Reader<'a> {
    sources: Vec<Source<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn metadata(&mut self) -> Metadata {
        let source = self.address(SOURCE, false);
        let mut metadata = Metadata {
            title: self.text(TITLE),
            kicker: self.text(KICKER),
            standfirst: self.text(STANDFIRST),
            authors: self.authors(),
            outlet: self.text(OUTLET),
            agency: self.text(AGENCY),
            url: self.address(URL, true).or(source),
            published: self.date(PUBLISHED),
            updated: self.date(UPDATED),
            language: self.language(),
            tags: self.tags(),
            tlp: None,
            note: self.text(NOTE),
            id: self.text(ID),
            full_text: None,
            withheld: None,
            requested: false,
            embargo: None,
        };
        if metadata.outlet.is_none() && metadata.url.is_none() {
            metadata.outlet = self.text(SOURCE).filter(|name| !name.value.contains("://"));
        }
        self.publication(&mut metadata);
        metadata
    }

    /// Places of the fields with one of `names` that say anything, the strongest
    /// first; one for each name of each file, however often it is repeated.
    fn stated(&self, names: &[&str]) -> Vec<At> {
        let mut places = Vec::new();
        for (source, found) in self.sources.iter().enumerate() {
            for name in names {
                let name = folded(name);
                let says =
                    |(key, said): &(String, Entry)| *key == name && said.value != Value::Empty;
                if let Some(entry) = found.entries.iter().position(says) {
                    places.push(At { source, entry });
                }
            }
        }
        places
    }

    fn entry(&self, at: At) -> &Entry {
        &self.sources[at.source].entries[at.entry].1
    }

    /// The value with the line of the file it stands on; `line` 0 is the entry's.
    fn say<T>(&self, at: At, line: u32, value: T) -> Stated<T> {
        let statement = &self.sources[at.source].statement;
        let line = if line == 0 { self.entry(at).line } else { line };
        Stated { value, sidecar: statement.is_sidecar, line: Some(line + statement.lines_before) }
    }

    fn warn(&mut self, at: At, code: &str, message: String, help: &str) {
        let statement = &self.sources[at.source].statement;
        let line = self.entry(at).line + statement.lines_before;
        let said = statement.text.split('\n').nth(line as usize - 1).unwrap_or("");
        self.diagnostics.push(
            Diagnostic::warning(code, message).at_line(statement.file, line, said, "").help(help),
        );
    }

    fn warn_type(&mut self, at: At, expected: &str) {
        let message = format!("`{}` is not {expected}, so it is passed over", self.entry(at).key);
        self.warn(at, "metadata-type", message, "mend the value, or remove the line");
    }

    /// The one piece of text a value holds.
    fn scalar(&self, at: At) -> Option<String> {
        let mut value = &self.entry(at).value;
        loop {
            match value {
                Value::Scalar(text) => return Some(plain(text)).filter(|text| !text.is_empty()),
                Value::List(items) if items.len() == 1 => value = &items[0].1,
                _ => return None,
            }
        }
    }

    fn text(&mut self, names: &[&str]) -> Option<Stated<String>> {
        for at in self.stated(names) {
            match self.scalar(at) {
                Some(text) => return Some(self.say(at, 0, text)),
                None => self.warn_type(at, "a piece of text"),
            }
        }
        None
    }

    /// The items of a list, however deep, or of one piece of text by `split`.
    fn items(&mut self, at: At, split: fn(&str) -> Vec<String>) -> Vec<Stated<String>> {
        let mut found = Vec::new();
        let mut is_list_of_text = true;
        match &self.entry(at).value {
            Value::Scalar(text) => found.extend(split(text).into_iter().map(|item| (0, item))),
            Value::List(items) => {
                let mut open: Vec<&(u32, Value)> = items.iter().rev().collect();
                while let Some((line, value)) = open.pop() {
                    match value {
                        Value::Scalar(text) => found.push((*line, plain(text))),
                        Value::List(items) => open.extend(items.iter().rev()),
                        Value::Empty => {}
                        Value::Table(_) => is_list_of_text = false,
                    }
                }
            }
            _ => is_list_of_text = false,
        }
        if !is_list_of_text {
            self.warn_type(at, "a list of names");
        }
        found
            .into_iter()
            .filter(|(_, item)| !item.is_empty())
            .map(|(line, item)| self.say(at, line, item))
            .collect()
    }

    fn authors(&mut self) -> Vec<Stated<String>> {
        for at in self.stated(AUTHORS) {
            let authors = self.items(at, split_names);
            if !authors.is_empty() {
                return authors;
            }
        }
        Vec::new()
    }

    fn tags(&mut self) -> Vec<Stated<String>> {
        let mut seen = BTreeSet::new();
        for at in self.stated(TAGS) {
            let mut tags = self.items(at, split_tags);
            for tag in &mut tags {
                tag.value = tag.value.trim_start_matches('#').to_owned();
            }
            tags.retain(|tag| {
                let name = tag.value.to_lowercase();
                !name.is_empty() && name != "clippings" && seen.insert(name)
            });
            if !tags.is_empty() {
                return tags;
            }
        }
        Vec::new()
    }

    /// An http or https address. `source` may also be a name: then `is_address`
    /// is `false`, and what does not look like an address is left alone.
    fn address(&mut self, names: &[&str], is_address: bool) -> Option<Stated<String>> {
        for at in self.stated(names) {
            let text = self.scalar(at);
            let looks_like_one = text.as_deref().is_some_and(|text| text.contains("://"));
            match text.as_deref().and_then(http_address) {
                Some(url) => return Some(self.say(at, 0, url)),
                None if is_address || looks_like_one => {
                    self.warn_type(at, "an address that begins with `https://` or `http://`");
                }
                None => {}
            }
        }
        None
    }

    fn date(&mut self, names: &[&str]) -> Option<Stated<(When, Option<Clock>)>> {
        for at in self.stated(names) {
            let text = self.scalar(at);
            // Jekyll's `published: true` is no date, and its `false` no mistake.
            if text.as_deref().and_then(truth).is_some() {
                continue;
            }
            match text.as_deref().map_or(Err(date::Problem::Unreadable), date::read) {
                Ok(date) => return Some(self.say(at, 0, date)),
                Err(problem) => self.warn_date(at, problem),
            }
        }
        None
    }

    fn warn_date(&mut self, at: At, problem: date::Problem) {
        let said = self.scalar(at).unwrap_or_default();
        let message = match problem {
            date::Problem::NoSuchDay => format!("`{said}` is a date that does not exist"),
            date::Problem::Unreadable => format!("`{}` is not a date", self.entry(at).key),
        };
        let help = "write the date as `2024-03-20`; `2024-03` and `2024` do where no more is known";
        self.warn(at, "metadata-date", message, help);
    }

    fn language(&mut self) -> Option<Stated<String>> {
        for at in self.stated(LANGUAGE) {
            let code = self.scalar(at).unwrap_or_default().to_ascii_lowercase();
            let primary = code.split(['-', '_']).next().unwrap_or("");
            if matches!(primary.len(), 2 | 3)
                && primary.bytes().all(|byte| byte.is_ascii_lowercase())
            {
                return Some(self.say(at, 0, primary.to_owned()));
            }
            self.warn_type(at, "a language code such as `en`");
        }
        None
    }

    /// Marking, draft, embargo: whether and when the clipping may leave.
    fn publication(&mut self, metadata: &mut Metadata) {
        let mut reasons = Vec::new();
        for (names, private) in [(DRAFT, true), (PUBLISH, false)] {
            match self.decision(names, "`true` or `false`", truth) {
                Ok(Some((key, said))) if said.value == private => {
                    reasons.push(format!("`{key}` is {private}"));
                }
                Ok(Some(_)) if !private => metadata.requested = true,
                Ok(_) => {}
                Err(reason) => reasons.push(reason),
            }
        }
        for at in self.stated(&["published"]) {
            if self.scalar(at).as_deref().and_then(truth) == Some(false) {
                reasons.push("`published` is false".to_owned());
            }
        }
        let markings = "`clear`, `green`, `amber`, `amber+strict` or `red`";
        match self.decision(TLP, markings, Tlp::parse) {
            Ok(found) => metadata.tlp = found.map(|(_, tlp)| tlp),
            Err(reason) => reasons.push(reason),
        }
        match self.decision(EMBARGO, "a day such as `2024-03-20`", last_day) {
            Ok(found) => metadata.embargo = found.map(|(_, day)| day.value),
            Err(reason) => reasons.push(reason),
        }
        match self.decision(FULL_TEXT, "`true` or `false`", truth) {
            Ok(found) => metadata.full_text = found.map(|(_, full)| full),
            Err(reason) => reasons.push(reason),
        }
        metadata.withheld = reasons.into_iter().next();
    }

    /// The first statement about one of `names`, with its key as written; the
    /// reason to withhold the clipping where it cannot be read.
    fn decision<T>(
        &mut self,
        names: &[&str],
        expected: &str,
        read: fn(&str) -> Option<T>,
    ) -> Result<Option<(String, Stated<T>)>, String> {
        let Some(at) = self.stated(names).first().copied() else { return Ok(None) };
        let key = self.entry(at).key.clone();
        if let Some(value) = self.scalar(at).as_deref().and_then(read) {
            return Ok(Some((key, self.say(at, 0, value))));
        }
        let message = format!("`{key}` cannot be read, so the clipping is not published");
        self.warn(at, "metadata-private", message, &format!("write {expected}"));
        Err(format!("`{key}` cannot be read"))
    }

    /// Names that mean nothing, in sidecars: these are written for us, so an
    /// unknown name is a mistake there, while front matter serves other programs.
    fn check_names(&mut self) {
        const MOST: usize = 20;
        const COMMON: &str = "known are `title`, `published`, `outlet`, `url`, `authors`, `tags`, \
                              `tlp`, `note`, `id` and others";
        if !self.sources.iter().any(|found| found.statement.is_sidecar) {
            return;
        }
        let known: Vec<&str> = KNOWN.iter().flat_map(|names| names.iter().copied()).collect();
        let folded_known: BTreeSet<String> = known.iter().map(|name| folded(name)).collect();
        let mut unknown = Vec::new();
        for (source, found) in self.sources.iter().enumerate() {
            if !found.statement.is_sidecar {
                continue;
            }
            for (entry, (name, _)) in found.entries.iter().enumerate() {
                if !folded_known.contains(name) {
                    unknown.push(At { source, entry });
                }
            }
        }
        for at in unknown.into_iter().take(MOST) {
            let key = self.entry(at).key.clone();
            let help = match nearest(&key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => COMMON.to_owned(),
            };
            self.warn(at, "sidecar-unknown-key", format!("there is no field `{key}`"), &help);
        }
    }
}

/// A value's text on one line, without control characters, unwrapped where it is
/// one wikilink.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let text = words.join(" ");
    match text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        Some(inner) if !inner.contains("[[") => {
            inner.rsplit_once('|').map_or(inner, |(_, label)| label).trim().to_owned()
        }
        _ => text,
    }
}

/// The names in a byline of one line: `A and B`, `A, B & C`, `[[A]], [[B]]`.
fn split_names(text: &str) -> Vec<String> {
    /// What follows a comma without being a name.
    const SUFFIXES: [&str; 8] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "phd", "md"];
    let line = plain(text);
    let line = line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).unwrap_or(&line);
    let mut names: Vec<String> = Vec::new();
    for part in line.split([',', ';', '&']).flat_map(|part| part.split(" and ")) {
        let part = part.trim();
        // "A, B, and C" leaves the word at the head of the last part.
        let name = plain(without_remark(part.strip_prefix("and ").unwrap_or(part)));
        match names.last_mut() {
            Some(last) if SUFFIXES.contains(&name.to_lowercase().as_str()) => {
                last.push_str(", ");
                last.push_str(&name);
            }
            _ if name.is_empty() => {}
            _ => names.push(name),
        }
    }
    names
}

/// The name without the desk or place in brackets behind it.
fn without_remark(name: &str) -> &str {
    let bare = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    bare.map_or(name, |(name, _)| name)
}

/// Tags in one piece of text: by commas, or by spaces where each has its `#`.
fn split_tags(text: &str) -> Vec<String> {
    let text = plain(text);
    let is_hashed = !text.contains(',') && text.split(' ').all(|word| word.starts_with('#'));
    text.split(if is_hashed { ' ' } else { ',' }).map(|tag| tag.trim().to_owned()).collect()
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The last day a date can mean: an embargo that names a month holds through it.
fn last_day(text: &str) -> Option<Day> {
    date::read(text).ok()?.0.last()
}

/// The http or https address in a field that holds one: bare, as an autolink or
/// as a Markdown link.
fn http_address(text: &str) -> Option<String> {
    let text = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    let link = text.strip_suffix(')').and_then(|rest| rest.split_once("](")).map(|(_, url)| url);
    let text = link.unwrap_or(text);
    let (scheme, rest) = text.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let is_whole = !rest.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    (is_web && is_whole && host.contains(|c: char| c.is_alphanumeric()))
        .then(|| without_tracking(text))
}

/// The address without the parameters that only tell where a reader came from.
fn without_tracking(url: &str) -> String {
    const NAMES: [&str; 9] =
        ["fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "twclid"];
    let (address, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let Some((path, query)) = address.split_once('?') else { return url.to_owned() };
    let mut kept = path.to_owned();
    for parameter in query.split('&') {
        let name = parameter.split('=').next().unwrap_or("");
        if name.starts_with("utm_") || NAMES.contains(&name) {
            continue;
        }
        kept.push(if kept.len() == path.len() { '?' } else { '&' });
        kept.push_str(parameter);
    }
    kept.push_str(fragment);
    kept
}

#[cfg(test)]
mod tests;
