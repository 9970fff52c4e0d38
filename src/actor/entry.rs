//! The owner's file, entry by entry.
//!
//! In comes the text of `actors.toml`, out come its entries with the place of
//! every value that may have to be pointed at. Values are read one by one from
//! the parsed document, not through a derived deserialiser: that would stop at
//! the first mistake and lose everything after it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Actor, Alias, Kind, Report, Role};
use crate::diagnostic::Diagnostic;
use crate::text::{fold, slug};
use crate::when::When;

/// Keys of the file itself.
const TOP: &[&str] = &["actor", "ignore"];
/// Keys of an actor.
const ACTOR: &[&str] = &[
    "id", "name", "kind", "aliases", "wikidata", "website", "note", "of", "parent", "roles", "not",
    "demonyms",
];
/// Keys of a role.
const ROLE: &[&str] = &["title", "of", "from", "to", "evidence"];
/// Keys of an alias with dates.
const ALIAS: &[&str] = &["name", "from", "to"];

/// Words that stand in every text and so name nobody.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have",
    "he", "her", "him", "his", "i", "if", "in", "is", "it", "its", "me", "my", "no", "not", "of",
    "on", "or", "our", "she", "so", "that", "the", "their", "them", "they", "this", "those", "to",
    "us", "was", "we", "were", "what", "when", "which", "who", "will", "with", "you", "your",
];

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Entries that can be used, in order; ids are unique.
    pub(super) entries: Vec<Entry>,
    /// Names that must never be suggested.
    pub(super) ignored: Vec<String>,
    /// Whether some of it is not TOML, so that entries may be there by half.
    pub(super) is_broken: bool,
}

/// One `[[actor]]`.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: Arc<str>,
    /// Where the entry, or its id, stands.
    pub(super) span: Range<usize>,
    /// Where its parent is named.
    pub(super) parent_span: Option<Range<usize>>,
    name: Option<(Arc<str>, Range<usize>)>,
    kind: Option<Kind>,
    aliases: Vec<(Alias, Range<usize>)>,
    not: Vec<Arc<str>>,
    demonyms: Vec<Arc<str>>,
    roles: Vec<(Role, Range<usize>)>,
    parent: Option<Arc<str>>,
    wikidata: Option<Arc<str>>,
    website: Option<Arc<str>>,
    note: Option<Arc<str>>,
}

impl Entry {
    /// The name and kind of an actor that is not built in; says so where either
    /// had to be made up.
    pub(super) fn name_and_kind(
        &self,
        file: &str,
        text: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Arc<str>, Kind) {
        let report = Report { file, text };
        let mut missing = |key: &str, taken: &str, help: &str| {
            let message = format!("`{}` has no {key}; taken as {taken}", self.id);
            diagnostics
                .push(report.warning("register-missing", self.span.clone(), message).help(help));
        };
        let name = self.name.as_ref().map_or_else(
            || {
                missing("name", &format!("`{}`", self.id), "add `name = \"…\"`");
                self.id.clone()
            },
            |(name, _)| name.clone(),
        );
        let kind = self.kind.unwrap_or_else(|| {
            missing("kind", "a person", "add `kind = \"person\"`, or another kind");
            Kind::Person
        });
        (name, kind)
    }

    /// Writes what the entry says over `actor`; lists are added to.
    pub(super) fn apply(&self, actor: &mut Actor) {
        actor.registered = true;
        if let Some((name, _)) = &self.name
            && *name != actor.name
        {
            let former = std::mem::replace(&mut actor.name, name.clone());
            actor.aliases.retain(|alias| alias.name != *name);
            actor.add_alias(Alias::always(former));
        }
        if let Some(kind) = self.kind {
            actor.kind = kind;
        }
        for (alias, _) in &self.aliases {
            actor.add_alias(alias.clone());
        }
        actor.not.extend_from_slice(&self.not);
        actor.demonyms.extend_from_slice(&self.demonyms);
        actor.roles.extend(self.roles.iter().map(|(role, _)| role.clone()));
        for (field, value) in [
            (&mut actor.parent, &self.parent),
            (&mut actor.wikidata, &self.wikidata),
            (&mut actor.website, &self.website),
            (&mut actor.note, &self.note),
        ] {
            if value.is_some() {
                field.clone_from(value);
            }
        }
    }

    /// The names that the owner gives it, the shown one first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(|(alias, _)| &*alias.name);
        self.name.iter().map(|(name, _)| &**name).chain(aliases)
    }

    /// Where the role of this index stands in the file; the entry's own place where
    /// it has none.
    pub(super) fn span_of_role(&self, index: usize) -> Range<usize> {
        self.roles.get(index).map_or_else(|| self.span.clone(), |(_, span)| span.clone())
    }

    /// Where `name` stands in the file; the entry's own place where it does not.
    pub(super) fn span_of_name(&self, name: &str) -> Range<usize> {
        self.aliases
            .iter()
            .map(|(alias, span)| (&alias.name, span))
            .chain(self.name.iter().map(|(name, span)| (name, span)))
            .find(|(candidate, _)| &***candidate == name)
            .map_or_else(|| self.span.clone(), |(_, span)| span.clone())
    }
}

/// Reads `text`, the whole of `file`.
pub(super) fn read(file: &str, text: &str) -> (Document, Vec<Diagnostic>) {
    let mut reader = Reader { report: Report { file, text }, diagnostics: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let message = format!("this is not TOML: {}", error.message());
        reader.diagnostics.push(Diagnostic::error("register-toml", message).at(file, text, at, ""));
    }
    // What follows a mistake on its line follows from it.
    let line = |diagnostic: &Diagnostic| diagnostic.place.as_ref().and_then(|place| place.line);
    reader.diagnostics.dedup_by_key(|diagnostic| line(diagnostic));
    let told = reader.diagnostics.len();
    let mut document = reader.document(table.get_ref());
    if told > 0 {
        // What is missing behind a broken line is missing for that line's sake.
        document.is_broken = true;
        reader.diagnostics.truncate(told);
    }
    (document, reader.diagnostics)
}

/// An entry as [`read`] understands it, ready to be pasted into the file.
pub(super) fn write(id: &str, name: &str, kind: Kind, aliases: &[String]) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    let mut lines = vec![
        "[[actor]]".to_owned(),
        format!("id = {}", text(id)),
        format!("name = {}", text(name)),
        format!("kind = {}", text(kind.word())),
    ];
    if !aliases.is_empty() {
        let aliases: Vec<String> = aliases.iter().map(|alias| text(alias)).collect();
        lines.push(format!("aliases = [{}]", aliases.join(", ")));
    }
    lines.join("\n") + "\n"
}

/// The key or name that `word` most likely stands for.
pub(super) fn nearest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    among
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

struct Reader<'a> {
    report: Report<'a>,
    diagnostics: Vec<Diagnostic>,
}

/// A value where it stands.
type Value<'t, 'i> = &'t Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn warn(&mut self, code: &str, at: Range<usize>, message: String, help: &str) {
        self.diagnostics.push(self.report.warning(code, at, message).help(help));
    }

    fn document(&mut self, table: &DeTable) -> Document {
        self.check_keys(table, TOP, "the register");
        let ignored =
            table.get("ignore").map_or_else(Vec::new, |value| self.strings("ignore", value));
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: std::collections::HashMap<Arc<str>, Range<usize>> =
            std::collections::HashMap::new();
        let list = match table.get("actor") {
            Some(value) => match value.get_ref() {
                DeValue::Array(list) => list.iter().collect(),
                DeValue::Table(_) => vec![value],
                other => {
                    self.wrong_type("actor", "a list of tables", other, value.span());
                    Vec::new()
                }
            },
            None => Vec::new(),
        };
        for value in list {
            let Some(entry) = self.entry(value) else { continue };
            if let Some(first) = seen.get(&entry.id) {
                let line = self.report.text[..first.start].matches('\n').count() + 1;
                self.warn(
                    "register-id",
                    entry.span.clone(),
                    format!("`{}` stands twice; this entry is left out", entry.id),
                    &format!("the first one is in line {line}: put both into one entry"),
                );
                continue;
            }
            seen.insert(entry.id.clone(), entry.span.clone());
            entries.push(entry);
        }
        let ignored = ignored.iter().map(|name| (**name).to_owned()).collect();
        Document { entries, ignored, is_broken: false }
    }

    fn entry(&mut self, value: Value) -> Option<Entry> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type("actor", "a table", value.get_ref(), value.span());
            return None;
        };
        self.check_keys(table, ACTOR, "an actor");
        let name = self.string(table, "name");
        let id = self.id(table, name.as_ref(), value.span())?;
        let span = table.get("id").map_or_else(
            || name.as_ref().map_or_else(|| value.span(), |(_, span)| span.clone()),
            Spanned::span,
        );
        let kind = self.string(table, "kind").and_then(|(word, span)| self.kind(&word, span));
        let parent = self.string(table, "of").or_else(|| self.string(table, "parent"));
        let text = |pair: Option<(Arc<str>, Range<usize>)>| pair.map(|(text, _)| text);
        Some(Entry {
            id,
            span,
            parent_span: parent.as_ref().map(|(_, span)| span.clone()),
            parent: text(parent),
            kind,
            aliases: self.list(table, "aliases", Self::alias),
            roles: self.list(table, "roles", Self::role),
            not: self.string_list(table, "not"),
            demonyms: self.string_list(table, "demonyms"),
            wikidata: text(self.string(table, "wikidata")),
            website: text(self.string(table, "website")),
            note: text(self.string(table, "note")),
            name,
        })
    }

    /// The id as it is written, or made from the name.
    fn id(
        &mut self,
        table: &DeTable,
        name: Option<&(Arc<str>, Range<usize>)>,
        entry: Range<usize>,
    ) -> Option<Arc<str>> {
        let (written, span) = match (self.string(table, "id"), name) {
            (Some(written), _) => written,
            (None, Some((name, span))) => (slug(name).into(), span.clone()),
            (None, None) => {
                self.warn(
                    "register-missing",
                    entry,
                    "an actor without id and name is left out".to_owned(),
                    "add `id = \"…\"` and `name = \"…\"`",
                );
                return None;
            }
        };
        let proper: Arc<str> = slug(&written).into();
        if proper.is_empty() {
            self.warn(
                "register-id",
                span,
                format!("`{written}` cannot be an address; the entry is left out"),
                "write an `id` of lower-case letters, digits and hyphens",
            );
            return None;
        }
        if proper != written {
            self.warn(
                "register-id",
                span,
                format!("`{written}` is no address; taken as `{proper}`"),
                "an id has lower-case letters, digits and hyphens",
            );
        }
        Some(proper)
    }

    fn kind(&mut self, word: &str, span: Range<usize>) -> Option<Kind> {
        let lower = word.to_ascii_lowercase().replace("organization", "organisation");
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == lower) {
            return Some(kind);
        }
        let names = Kind::ALL.map(Kind::word);
        let help = nearest(&lower, names.iter().copied()).map_or_else(
            || format!("one of {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        self.warn("register-kind", span, format!("`{word}` is no kind of actor"), &help);
        None
    }

    fn alias(&mut self, value: Value) -> Option<Alias> {
        let (name, from, to) = match value.get_ref() {
            DeValue::String(name) => (Arc::from(name.trim()), None, None),
            DeValue::Table(table) => {
                self.check_keys(table, ALIAS, "an alias");
                let (name, _) = self.string(table, "name").or_else(|| {
                    self.warn(
                        "register-alias",
                        value.span(),
                        "an alias without a name".to_owned(),
                        "add `name = \"…\"`",
                    );
                    None
                })?;
                let (from, to) = self.period(table, value.span());
                (name, from, to)
            }
            other => {
                self.wrong_type("aliases", "a name or a table", other, value.span());
                return None;
            }
        };
        let folded = fold(&name);
        if !folded.chars().any(char::is_alphanumeric) {
            self.warn(
                "register-alias",
                value.span(),
                "an empty alias is left out".to_owned(),
                "write the name, or remove the alias",
            );
            return None;
        }
        // "US" and "WHO" are names, but only in capitals.
        let shouted = name.len() > 1 && name.chars().all(|c| !c.is_lowercase());
        if STOP_WORDS.contains(&&*folded) && !shouted {
            self.warn(
                "register-alias",
                value.span(),
                format!("`{name}` stands in every text and is left out"),
                "an alias that is a common word counts only in capitals: write it so",
            );
            return None;
        }
        Some(Alias { name, from, to })
    }

    fn role(&mut self, value: Value) -> Option<Role> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type("roles", "a table", value.get_ref(), value.span());
            return None;
        };
        self.check_keys(table, ROLE, "a role");
        let Some((title, _)) = self.string(table, "title") else {
            self.warn(
                "register-role",
                value.span(),
                "a role without a title is left out".to_owned(),
                "add `title = \"…\"`",
            );
            return None;
        };
        let of = self.string(table, "of").map(|(of, _)| of);
        let (from, to) = self.period(table, value.span());
        let evidence = self.string(table, "evidence").map(|(evidence, _)| evidence);
        Some(Role { title, of, from, to, evidence })
    }

    /// `from` and `to`; both are dropped where they run backwards.
    fn period(&mut self, table: &DeTable, whole: Range<usize>) -> (Option<When>, Option<When>) {
        let from = self.date(table, "from");
        let to = self.date(table, "to");
        let backwards = from
            .as_ref()
            .and_then(When::first)
            .zip(to.as_ref().and_then(When::last))
            .is_some_and(|(first, last)| last < first);
        if backwards {
            let span = table.get("to").map_or(whole, Spanned::span);
            self.warn(
                "register-date",
                span,
                "it ends before it begins; both dates are left out".to_owned(),
                "swap `from` and `to`",
            );
            return (None, None);
        }
        (from, to)
    }

    /// A date as a string, as a TOML date or as a year.
    fn date(&mut self, table: &DeTable, key: &str) -> Option<When> {
        let value = table.get(key)?;
        let written = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => format!("{:0>4}", year.as_str()),
            other => {
                self.wrong_type(key, "a date", other, value.span());
                return None;
            }
        };
        let when = When::parse(&written);
        if when.is_none() {
            self.warn(
                "register-date",
                value.span(),
                format!("`{written}` is no date"),
                "write it as `2014-10-01`, `2014-10` or `2014`",
            );
        }
        when
    }

    fn string(&mut self, table: &DeTable, key: &str) -> Option<(Arc<str>, Range<usize>)> {
        let value = table.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, "a string", value.get_ref(), value.span());
            return None;
        };
        let text = text.trim();
        (!text.is_empty()).then(|| (Arc::from(text), value.span()))
    }

    fn string_list(&mut self, table: &DeTable, key: &str) -> Vec<Arc<str>> {
        table.get(key).map_or_else(Vec::new, |value| self.strings(key, value))
    }

    /// A list of strings; a single string counts as a list of one.
    fn strings(&mut self, key: &str, value: Value) -> Vec<Arc<str>> {
        let mut strings = Vec::new();
        for item in items(value) {
            match item.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => strings.push(Arc::from(text)),
                Some(_) => {}
                None => self.wrong_type(key, "a string", item.get_ref(), item.span()),
            }
        }
        strings
    }

    /// A list whose items `read` understands, each with its place.
    fn list<T>(
        &mut self,
        table: &DeTable,
        key: &str,
        read: impl Fn(&mut Self, Value) -> Option<T>,
    ) -> Vec<(T, Range<usize>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        items(value).into_iter().filter_map(|item| Some((read(self, item)?, item.span()))).collect()
    }

    fn check_keys(&mut self, table: &DeTable, known: &[&str], what: &str) {
        for key in table.keys() {
            let word = key.get_ref();
            if known.contains(&&**word) {
                continue;
            }
            let help = nearest(word, known.iter().copied()).map_or_else(
                || format!("{what} has the keys {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.warn("register-key", key.span(), format!("{what} has no key `{word}`"), &help);
        }
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, found: &DeValue, at: Range<usize>) {
        let message = format!(
            "`{key}` wants {wanted}, not {} {}",
            article(found.type_str()),
            found.type_str()
        );
        let help = match wanted {
            "a list of tables" | "a table" if key == "actor" => "begin each actor with `[[actor]]`",
            "a table" => "write `{ title = \"…\", of = \"…\" }`",
            "a date" => "write it as `2014-10-01`, `2014-10` or `2014`",
            _ => "write it between double quotes",
        };
        self.warn("register-type", at, message, help);
    }
}

/// The items of a list; a lone value counts as a list of one.
fn items<'t, 'i>(value: Value<'t, 'i>) -> Vec<Value<'t, 'i>> {
    match value.get_ref() {
        DeValue::Array(list) => list.iter().collect(),
        _ => vec![value],
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_schema_for_editors_knows_the_same_keys() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../docs/actors.schema.json")).unwrap();
        for (at, known) in
            [("", TOP), ("/$defs/Actor", ACTOR), ("/$defs/Role", ROLE), ("/$defs/Alias", ALIAS)]
        {
            let properties = schema.pointer(&format!("{at}/properties")).unwrap();
            let keys: BTreeSet<&str> =
                properties.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, known.iter().copied().collect(), "{at}");
        }
    }
}
