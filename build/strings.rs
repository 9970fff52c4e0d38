//! The words of the pages as tables: `word.rs` with a constant for each, `wording.rs`
//! with the words of every language in one order.
//!
//! A language that lacks a word, has one that English has not, or has one form where
//! English has two fails the compile with the name of the word.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Where the files are, below the templates.
pub(super) const FOLDER: &str = "strings/";

/// Reads the files called `names` below `templates` and writes both tables to `out`.
pub(super) fn write(templates: &Path, names: &[String], out: &Path) -> Result<(), Box<dyn Error>> {
    let mut languages = Vec::new();
    for name in names {
        let code = name.trim_start_matches(FOLDER).trim_end_matches(".toml").to_owned();
        let table: toml::Table = fs::read_to_string(templates.join(name))?.parse()?;
        let mut words = BTreeMap::new();
        flatten("", &table, &mut words);
        languages.push((code, words));
    }
    // English first: the others are measured by it, and it stands in for them.
    languages.sort_by_key(|(code, _)| (code != "en", code.clone()));
    let (_, english) = languages.first().ok_or("there are no words")?;
    for (code, words) in &languages {
        for name in english.keys().filter(|name| !words.contains_key(*name)) {
            println!("cargo::error={FOLDER}{code}.toml lacks the word `{name}`");
        }
        for name in words.keys().filter(|name| !english.contains_key(*name)) {
            println!("cargo::error={FOLDER}{code}.toml: English has no word `{name}`");
        }
    }

    let mut constants = String::new();
    for (at, (name, word)) in english.iter().enumerate() {
        let constant = name.replace(['.', '-'], "_").to_uppercase();
        writeln!(constants, "#[doc = {word:?}]\npub const {constant}: Word = Word({at});")?;
    }
    let n = english.len();
    let mut table = format!("pub(super) static NAMES: [&str; {n}] = [\n");
    for name in english.keys() {
        writeln!(table, "{name:?},")?;
    }
    let count = languages.len();
    writeln!(table, "];\npub(super) static LANGUAGES: [(&str, [&str; {n}]); {count}] = [")?;
    for (code, words) in &languages {
        writeln!(table, "({code:?}, [")?;
        for name in english.keys() {
            writeln!(table, "{:?},", words.get(name).map_or("", String::as_str))?;
        }
        table.push_str("]),\n");
    }
    table.push_str("];\n");
    fs::write(out.join("word.rs"), constants)?;
    fs::write(out.join("wording.rs"), table)?;
    Ok(())
}

/// Every text of `table` by its path: `home.newest`.
fn flatten(prefix: &str, table: &toml::Table, words: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => flatten(&format!("{prefix}{key}."), inner, words),
            toml::Value::String(word) => {
                words.insert(format!("{prefix}{key}"), word.clone());
            }
            other => println!("cargo::error={FOLDER}: `{prefix}{key}` is no text but {other}"),
        }
    }
}
