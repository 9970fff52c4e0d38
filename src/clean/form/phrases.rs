//! The words of page furniture, by what they are for: `phrases.txt` as tables.
//!
//! The file is part of the program and read once. Whole lines are looked up, the
//! beginnings of lines by their first word, and words that may stand anywhere are
//! one automaton.
//!
//! Entry point: [`TABLES`].

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Rule;

const FILE: &str = include_str!("phrases.txt");

/// The phrases, ready to be looked up.
pub(super) struct Tables {
    whole: HashMap<&'static str, Rule>,
    /// By first word, in the order of the file.
    openings: HashMap<&'static str, Vec<(String, Rule)>>,
    anywhere: AhoCorasick,
    anywhere_rules: Vec<Rule>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut whole = HashMap::new();
    let mut openings: HashMap<&str, Vec<(String, Rule)>> = HashMap::new();
    let mut patterns = Vec::new();
    let mut anywhere_rules = Vec::new();
    for (place, rule, phrase) in entries(FILE) {
        match place {
            "whole" => {
                whole.entry(phrase).or_insert(rule);
            }
            "opening" => {
                openings.entry(first_word(phrase)).or_default().push((spaced(phrase), rule));
            }
            _ => {
                patterns.push(spaced(phrase));
                anywhere_rules.push(rule);
            }
        }
    }
    let anywhere = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(patterns)
        .expect("a hundred short patterns fit any automaton");
    Tables { whole, openings, anywhere, anywhere_rules }
});

impl Tables {
    /// The rule of a folded line that is one of the phrases.
    pub(super) fn whole(&self, key: &str) -> Option<Rule> {
        self.whole.get(key).copied()
    }

    /// The rule of a folded line that begins with one of the phrases.
    pub(super) fn opening(&self, key: &str) -> Option<Rule> {
        let entries = self.openings.get(first_word(key))?;
        entries.iter().find(|(phrase, _)| opens_with(key, phrase)).map(|(_, rule)| *rule)
    }

    /// The rule of a line that holds one of the phrases.
    pub(super) fn anywhere(&self, text: &str) -> Option<Rule> {
        let found = self.anywhere.find(text)?;
        Some(self.anywhere_rules[found.pattern().as_usize()])
    }
}

fn first_word(text: &str) -> &str {
    text.split([' ', '_', ':', '|', '.']).next().unwrap_or("")
}

fn opens_with(key: &str, phrase: &str) -> bool {
    key.strip_prefix(phrase).is_some_and(|rest| {
        rest.is_empty()
            || !phrase.ends_with(char::is_alphanumeric)
            || !rest.starts_with(char::is_alphanumeric)
    })
}

/// The phrase with the space that an editor would cut off its end.
fn spaced(phrase: &str) -> String {
    phrase.strip_suffix('_').map_or_else(|| phrase.to_owned(), |bare| format!("{bare} "))
}

/// The entries of the file: where in a line, the rule, the phrase.
fn entries(file: &str) -> impl Iterator<Item = (&str, Rule, &str)> {
    let mut section = None;
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(move |line| {
        let head = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some((place, rule)) = head.and_then(|head| head.split_once(' ')) {
            section = named(rule).map(|rule| (place, rule));
            return None;
        }
        section.map(|(place, rule)| (place, rule, line))
    })
}

fn named(rule: &str) -> Option<Rule> {
    Some(match rule {
        "share" => Rule::Share,
        "advert" => Rule::Advert,
        "navigation" => Rule::Navigation,
        "sign-in" => Rule::SignIn,
        "newsletter" => Rule::Newsletter,
        "footer" => Rule::Footer,
        "consent" => Rule::Consent,
        "comments" => Rule::Comments,
        "related" => Rule::Related,
        "read-more" => Rule::ReadMore,
        "tags" => Rule::Tags,
        "player" => Rule::Player,
        "shop" => Rule::Shop,
        "author-note" => Rule::AuthorNote,
        "copyright" => Rule::Copyright,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_section_names_a_place_and_a_rule() {
        let heads = FILE.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        for head in heads {
            let (place, rule) = head.split_once(' ').unwrap();
            assert!(matches!(place, "whole" | "opening" | "anywhere"), "{head:?}");
            assert!(named(rule).is_some(), "{head:?}");
        }
    }

    #[test]
    fn every_phrase_is_folded_and_stands_alone() {
        for (_, _, phrase) in entries(FILE) {
            assert_eq!(fold(phrase), phrase);
            assert_eq!(phrase.trim(), phrase);
        }
    }

    #[test]
    fn phrases_are_found_where_they_may_stand() {
        assert_eq!(TABLES.whole("copy link"), Some(Rule::Share));
        assert_eq!(TABLES.whole("copy link to the harbour"), None);
        assert_eq!(TABLES.opening("filed under harbour"), Some(Rule::Tags));
        assert_eq!(TABLES.opening("filed underwater"), None);
        assert_eq!(TABLES.anywhere("© Bay Post. All rights reserved."), Some(Rule::Copyright));
    }
}
