//! Front matter and sidecars as keys with values and lines.
//!
//! YAML and TOML become one small tree of [`Entry`]s in which every scalar keeps
//! its spelling: what a value means is the field's decision, so `id: 007` stays
//! `007` and a date needs no type of its own.
//!
//! YAML is read from the parser's events and not through serde, which would lose
//! spelling and lines. Aliases are refused and nesting is bounded, so nothing can
//! be expanded. What is neither YAML nor TOML, such as the unquoted colons that
//! some clippers write, is read line by line ([`read_lines`]).

use std::borrow::Cow;

use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// More than any clipper writes; bounds what a hostile file can cost.
const LARGEST: usize = 64 * 1024;
const DEEPEST: usize = 16;

/// Which of the two languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
}

impl Language {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
        }
    }

    pub(super) fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }
}

/// A key, its value and the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    /// From 1, in the text that was read.
    pub(super) line: u32,
    pub(super) value: Value,
}

/// A value as it was spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A key with nothing behind it, or YAML's `null`.
    Empty,
    /// Text, number, date, truth value: quotes and escapes undone.
    Scalar(String),
    /// Items with their lines.
    List(Vec<(u32, Value)>),
    Table(Vec<Entry>),
}

/// Why a text is not the language it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// From 1, in the text that was read.
    pub(super) line: u32,
    pub(super) message: String,
}

/// What stands at the head of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head<'a> {
    /// No front matter.
    Plain,
    /// Front matter between its fences; `lines` counts these too.
    Closed { language: Language, inner: &'a str, lines: u32 },
    /// A fence, keys, and no second fence in reach.
    Open { language: Language, inner: &'a str },
}

/// Finds the front matter of a text. A rule of dashes over running text is none.
pub(super) fn head(text: &str) -> Head<'_> {
    let Some((first, rest)) = text.split_once('\n') else { return Head::Plain };
    let language = match first.trim_end() {
        "---" => Language::Yaml,
        "+++" => Language::Toml,
        _ => return Head::Plain,
    };
    let rest = &rest[..rest.floor_char_boundary(LARGEST)];
    let closes =
        |line: &str| line == language.fence() || (language == Language::Yaml && line == "...");
    let said = rest
        .split('\n')
        .map(str::trim_end)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .unwrap_or("");
    let begins = closes(said)
        || key_and_rest(said, language).is_some()
        || (language == Language::Toml && said.starts_with('['));
    if !begins {
        return Head::Plain;
    }
    let mut at = 0;
    for (index, line) in (2..).zip(rest.split('\n')) {
        if closes(line.trim_end()) {
            return Head::Closed { language, inner: &rest[..at], lines: index };
        }
        at += line.len() + 1;
    }
    Head::Open { language, inner: rest }
}

/// Reads a text in its language.
pub(super) fn read(language: Language, text: &str) -> Result<Vec<Entry>, Problem> {
    match language {
        Language::Yaml => read_yaml(text),
        Language::Toml => read_toml(text),
    }
}

/// Reads `key: value` or `key = value` from every line that has that form, with
/// items `- value` under a key. The second value says whether every line had one
/// of the forms that front matter has.
pub(super) fn read_lines(language: Language, text: &str) -> (Vec<Entry>, bool) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut is_whole = true;
    for (number, line) in (1..).zip(text.split('\n')) {
        let said = line.trim();
        let is_aside = said.is_empty() || said.starts_with('#');
        if is_aside || (language == Language::Toml && said.starts_with('[')) {
            continue;
        }
        if let (Some(item), Some(last)) = (said.strip_prefix("- "), entries.last_mut()) {
            match &mut last.value {
                Value::List(items) => items.push((number, plain_value(item))),
                value @ Value::Empty => *value = Value::List(vec![(number, plain_value(item))]),
                _ => {}
            }
        } else if line.starts_with([' ', '\t']) && !entries.is_empty() {
            // The rest of a value that takes several lines: its first one will do.
        } else if let Some((key, rest)) = key_and_rest(line, language) {
            entries.push(Entry { key: key.to_owned(), line: number, value: plain_value(rest) });
        } else {
            is_whole = false;
        }
    }
    (entries, is_whole)
}

/// A line's key and what follows the separator.
fn key_and_rest(line: &str, language: Language) -> Option<(&str, &str)> {
    const LONGEST_KEY: usize = 60;
    let separator = if language == Language::Yaml { ':' } else { '=' };
    let (key, rest) = line.split_once(separator)?;
    if language == Language::Yaml && !rest.is_empty() && !rest.starts_with([' ', '\t', '\r']) {
        return None;
    }
    let key = unquoted(key.trim());
    let is_key = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        && key.split(' ').count() <= 3;
    is_key.then_some((key, rest))
}

/// A value of a line, quotes and brackets undone.
fn plain_value(text: &str) -> Value {
    let text = text.trim();
    if is_null(text) {
        return Value::Empty;
    }
    let list = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match list.filter(|inner| !inner.starts_with('[')) {
        Some("") => Value::List(Vec::new()),
        Some(inner) => Value::List(inner.split(',').map(|item| (0, plain_scalar(item))).collect()),
        None => plain_scalar(text),
    }
}

fn plain_scalar(text: &str) -> Value {
    match unquoted(text.trim()) {
        "" => Value::Empty,
        text => Value::Scalar(text.to_owned()),
    }
}

fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn read_yaml(text: &str) -> Result<Vec<Entry>, Problem> {
    let options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut events = Events { parser: Parser::new_from_str_with_options(text, options) };
    loop {
        match events.next()? {
            (Event::StreamStart | Event::DocumentStart(..) | Event::Comment(..), _) => {}
            (Event::MappingStart(..), _) => {
                let entries = events.mapping()?;
                return events.end().map(|()| entries);
            }
            (Event::Scalar(text, ..), _) if is_null(&text) => return Ok(Vec::new()),
            (Event::DocumentEnd | Event::StreamEnd, _) => return Ok(Vec::new()),
            (_, line) => return Err(problem(line, "keys with values were expected")),
        }
    }
}

fn problem(line: u32, message: &str) -> Problem {
    Problem { line, message: message.to_owned() }
}

/// The YAML parser's events, comments left out.
struct Events<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
}

impl<'a> Events<'a> {
    fn next(&mut self) -> Result<(Event<'a>, u32), Problem> {
        loop {
            match self.parser.next_event() {
                Some(Ok((Event::Comment(..), _))) => {}
                Some(Ok((event, span))) => return Ok((event, line_of(span.start.line()))),
                Some(Err(error)) => {
                    return Err(problem(line_of(error.marker().line()), &error.info()));
                }
                None => return Ok((Event::StreamEnd, 1)),
            }
        }
    }

    /// The entries up to the end of a mapping that has begun.
    fn mapping(&mut self) -> Result<Vec<Entry>, Problem> {
        let mut entries = Vec::new();
        loop {
            let (key, line) = self.next()?;
            let key = match key {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(problem(line, "a key is a word")),
            };
            let (event, _) = self.next()?;
            entries.push(Entry { key, line, value: self.value(event, line)? });
        }
    }

    /// The value that begins with `event`. Recursion ends at the parser's own
    /// limit of nesting.
    fn value(&mut self, event: Event<'a>, line: u32) -> Result<Value, Problem> {
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if is_null(&text) => Ok(Value::Empty),
            Event::Scalar(text, ..) if text.is_empty() => Ok(Value::Empty),
            Event::Scalar(text, ..) => Ok(Value::Scalar(text.into_owned())),
            Event::MappingStart(..) => self.mapping().map(Value::Table),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                        (event, line) => items.push((line, self.value(event, line)?)),
                    }
                }
            }
            Event::Alias(..) => Err(problem(line, "aliases are not followed")),
            _ => Err(problem(line, "a value was expected")),
        }
    }

    /// Reads on, so that a mistake after the last key is not passed over.
    fn end(&mut self) -> Result<(), Problem> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentEnd, _) => {}
                (_, line) => return Err(problem(line, "one document was expected")),
            }
        }
    }
}

fn line_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).max(1)
}

fn read_toml(text: &str) -> Result<Vec<Entry>, Problem> {
    let lines = Lines::new(text);
    let table = DeTable::parse(text).map_err(|error| Problem {
        line: lines.at(error.span().map_or(0, |span| span.start)),
        message: error.message().replace('\n', ", "),
    })?;
    Ok(toml_entries(text, &lines, table.get_ref()))
}

fn toml_entries(text: &str, lines: &Lines, table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let at = key.span().start;
            let key = Cow::clone(key.get_ref()).into_owned();
            (at, Entry { key, line: lines.at(at), value: toml_value(text, lines, value) })
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn toml_value(text: &str, lines: &Lines, value: &Spanned<DeValue<'_>>) -> Value {
    match value.get_ref() {
        DeValue::String(text) if text.is_empty() => Value::Empty,
        DeValue::String(text) => Value::Scalar(text.clone().into_owned()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| (lines.at(item.span().start), toml_value(text, lines, item)))
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(toml_entries(text, lines, table)),
        // Numbers, dates and truth values as they are written.
        _ => Value::Scalar(text.get(value.span()).unwrap_or("").to_owned()),
    }
}

/// Line numbers from byte offsets.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        Self { starts: std::iter::once(0).chain(newlines.map(|at| at + 1)).collect() }
    }

    /// From 1.
    fn at(&self, offset: usize) -> u32 {
        line_of(self.starts.partition_point(|start| *start <= offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(text: &str) -> Value {
        Value::Scalar(text.to_owned())
    }

    fn entry(key: &str, line: u32, value: Value) -> Entry {
        Entry { key: key.to_owned(), line, value }
    }

    #[test]
    fn yaml_and_toml_give_the_same_tree() {
        let yaml = "title: \"Talks: resumed\"\nid: 007\ntags:\n  - harbour\n  - trade\nextra:\n  day: 2024-03-20\nempty:\n";
        let toml = "title = \"Talks: resumed\"\nid = 7\ntags = [\n  \"harbour\",\n  \"trade\"]\n[extra]\nday = 2024-03-20\n";
        let tree = |id: &str, tags: u32| {
            vec![
                entry("title", 1, scalar("Talks: resumed")),
                entry("id", 2, scalar(id)),
                entry(
                    "tags",
                    3,
                    Value::List(vec![(tags, scalar("harbour")), (tags + 1, scalar("trade"))]),
                ),
                entry("extra", 6, Value::Table(vec![entry("day", 7, scalar("2024-03-20"))])),
            ]
        };
        let mut expected = tree("007", 4);
        expected.push(entry("empty", 8, Value::Empty));
        assert_eq!(read(Language::Yaml, yaml), Ok(expected));
        assert_eq!(read(Language::Toml, toml), Ok(tree("7", 4)));
    }

    #[test]
    fn front_matter_is_told_from_a_rule() {
        for (text, expected) in [
            ("---\ntitle: a\n---\nBody", Some((true, 3))),
            ("---\n\n# remark\ntitle: a\n...\nBody", Some((true, 5))),
            ("---\n---\nBody", Some((true, 2))),
            ("+++\ntitle = \"a\"\n+++\n", Some((true, 3))),
            ("+++\n[extra]\n+++\n", Some((true, 3))),
            ("---\ntitle: a\nBody", Some((false, 0))),
            ("---\nThe ferry left at nine.\n---\nMore", None),
            ("---\nAt 10:15 the ferry left\n---\n", None),
            ("Body\n---\ntitle: a\n---\n", None),
            ("---", None),
            ("", None),
        ] {
            let actual = match head(text) {
                Head::Plain => None,
                Head::Closed { lines, .. } => Some((true, lines)),
                Head::Open { .. } => Some((false, 0)),
            };
            assert_eq!(actual, expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_read_where_the_language_is_broken() {
        let text = "created: 2024-03-20T10:15:30 (UTC +01:00)\ntags: [a, b]\nauthor: Jo Bell: the #1 desk\ntitle: \"A \"quiet\" day\"\nlist:\n- one\n";
        assert!(read(Language::Yaml, text).is_err());
        let (entries, is_whole) = read_lines(Language::Yaml, text);
        assert!(is_whole);
        let values: Vec<Value> = entries.into_iter().map(|entry| entry.value).collect();
        assert_eq!(
            values,
            [
                scalar("2024-03-20T10:15:30 (UTC +01:00)"),
                Value::List(vec![(0, scalar("a")), (0, scalar("b"))]),
                scalar("Jo Bell: the #1 desk"),
                scalar("A \"quiet\" day"),
                Value::List(vec![(6, scalar("one"))]),
            ]
        );
        assert!(!read_lines(Language::Yaml, "title: a\nAnd then the ferry left.").1);
    }

    #[test]
    fn hostile_yaml_is_refused_in_bounded_time() {
        let bomb = "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n";
        assert!(read(Language::Yaml, bomb).is_err(), "aliases");
        for nest in ["[", "{a: ", "- ", "? "] {
            let deep = format!("a: {}", nest.repeat(LARGEST / nest.len()));
            assert!(read(Language::Yaml, &deep).is_err(), "{nest:?}");
            let block = format!("a:\n{}", nest.repeat(LARGEST / nest.len()));
            assert!(read(Language::Yaml, &block).is_err(), "{nest:?} in a block");
        }
        assert!(read(Language::Toml, &format!("a = {}", "[".repeat(LARGEST))).is_err());
    }
}
