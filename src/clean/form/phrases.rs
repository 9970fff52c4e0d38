//! The words of page furniture, by what they are for: a file for each language under
//! `phrases/`, as tables.
//!
//! The files are part of the program and read once. Whole lines are looked up, the
//! beginnings of lines by their first word, and words that may stand anywhere are
//! one automaton. A page need not keep to its language (a German page has `Newsletter`
//! and `Login`), so the words of all languages count for every page. To add a
//! language, add its file to [`FILES`].
//!
//! Entry point: [`TABLES`].

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::{Rule, picture};

/// The words, by language; where two name another rule for a line, the first counts.
const FILES: [&str; 8] = [
    include_str!("phrases/en.txt"),
    include_str!("phrases/de.txt"),
    include_str!("phrases/fr.txt"),
    include_str!("phrases/es.txt"),
    include_str!("phrases/it.txt"),
    include_str!("phrases/sr.txt"),
    include_str!("phrases/sq.txt"),
    include_str!("phrases/other.txt"),
];

/// The phrases, ready to be looked up.
pub(super) struct Tables {
    whole: FxHashMap<&'static str, Rule>,
    /// By first word, in the order of the files.
    openings: FxHashMap<&'static str, Vec<(String, Rule)>>,
    /// Those that may stand anywhere, and behind them what texts of pictures hold.
    anywhere: AhoCorasick,
    anywhere_rules: Vec<Rule>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut whole = FxHashMap::default();
    let mut openings: FxHashMap<&str, Vec<(String, Rule)>> = FxHashMap::default();
    let mut patterns = Vec::new();
    let mut anywhere_rules = Vec::new();
    for (place, rule, phrase) in FILES.into_iter().flat_map(entries) {
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
        .build(patterns.into_iter().chain(picture::hints().map(str::to_owned)))
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

    /// Whether a line may hold one of the phrases, or what texts of pictures hold: few do,
    /// and one look tells both.
    pub(super) fn mark(&self, text: &str) -> bool {
        self.anywhere.is_match(text)
    }

    /// The rule of a line that holds one of the phrases.
    pub(super) fn anywhere(&self, text: &str) -> Option<Rule> {
        let mut found = self.anywhere.find_overlapping_iter(text);
        found.find_map(|found| self.anywhere_rules.get(found.pattern().as_usize()).copied())
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
        let lines = FILES.iter().flat_map(|file| file.lines());
        for head in lines.filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
            let (place, rule) = head.split_once(' ').unwrap();
            assert!(matches!(place, "whole" | "opening" | "anywhere"), "{head:?}");
            assert!(named(rule).is_some(), "{head:?}");
        }
    }

    #[test]
    fn every_phrase_is_folded_and_stands_alone() {
        for (_, _, phrase) in FILES.into_iter().flat_map(entries) {
            assert_eq!(fold(phrase), phrase);
            assert_eq!(phrase.trim(), phrase);
        }
    }

    #[test]
    fn no_language_says_otherwise_of_a_whole_line_than_another() {
        let mut rules: FxHashMap<&str, Rule> = FxHashMap::default();
        let whole = FILES.into_iter().flat_map(entries).filter(|(place, ..)| *place == "whole");
        for (_, rule, phrase) in whole {
            assert_eq!(*rules.entry(phrase).or_insert(rule), rule, "{phrase:?}");
        }
    }

    #[test]
    fn furniture_of_many_languages_is_known() {
        for (line, expected) in [
            ("Das könnte Sie auch interessieren", Rule::Related),
            ("Alle ablehnen", Rule::Consent),
            ("À lire aussi", Rule::Related),
            ("Contenu sponsorisé", Rule::Advert),
            ("Más información", Rule::Related),
            ("Aceptar y continuar", Rule::Consent),
            ("Condividi su Facebook", Rule::Share),
            ("I più letti", Rule::Related),
            ("Pročitajte još", Rule::Related),
            ("Прочитајте још", Rule::Related),
            ("Ostavi komentar", Rule::Comments),
            ("Lajme të ngjashme", Rule::Related),
            ("Politika e privatësisë", Rule::Footer),
            ("Shpërndaje", Rule::Share),
        ] {
            assert_eq!(TABLES.whole(&fold(line)), Some(expected), "{line:?}");
        }
        for (line, expected) in [
            ("Lexo edhe: Kriza në veri", Rule::ReadMore),
            ("Pročitajte i: Traget ponovo plovi", Rule::ReadMore),
            ("Lea también: El puerto reabre", Rule::ReadMore),
        ] {
            assert_eq!(TABLES.opening(&fold(line)), Some(expected), "{line:?}");
        }
        assert_eq!(TABLES.anywhere("© Luka. Sva prava zadržana."), Some(Rule::Copyright));
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
