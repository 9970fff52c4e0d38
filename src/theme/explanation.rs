//! What the records say in English, said in the language of the pages.
//!
//! A ledger names its rules in English, and so does a date its clues, because records
//! read the same whatever language the pages have. In comes such a sentence, out comes
//! the same one in the words of a [`Wording`]: `[rule]`, `[clue]` and `[naming]` of
//! `templates/strings/en.toml` hold every sentence there is, with names in braces where
//! it takes something from the clipping.
//!
//! The decision to question: a sentence is recognised by its words, and not carried as a
//! value that is put into words here. Records, the cache and messages want the words,
//! and values would pass through four rooms for the sake of one page.
//!
//! Start at [`Wording::explain`].

use std::borrow::Cow;

use super::wording::{Piece, Word, Wording, pieces};
use crate::when::{Day, Names, When};

/// What a sentence explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explains {
    /// Why a line went, or was mended.
    Rule,
    /// What dates an article.
    Clue,
    /// Why a name is taken for an actor.
    Naming,
}

impl Explains {
    pub(super) const ALL: [Self; 3] = [Self::Rule, Self::Clue, Self::Naming];

    fn group(self) -> &'static str {
        match self {
            Self::Rule => "rule.",
            Self::Clue => "clue.",
            Self::Naming => "naming.",
        }
    }

    fn words(self) -> impl Iterator<Item = Word> {
        Word::group(self.group())
    }
}

impl Wording {
    /// The English sentence `said` in the language of the pages, and as it is where no
    /// word of the group has its form.
    pub fn explain<'a>(&self, what: Explains, said: &'a str) -> Cow<'a, str> {
        if self.says_as_records {
            return Cow::Borrowed(said);
        }
        if let Some(word) = what.words().find(|word| word.english() == said) {
            return Cow::Owned(self.say(word).to_owned());
        }
        // Of several that fit, the one that says most of it.
        let fits = |word: Word| {
            let pattern = word.english();
            Some((literal(pattern), word, values(pattern, said)?))
        };
        let best = what.words().filter_map(fits).max_by_key(|(literal, ..)| *literal);
        let Some((_, word, values)) = best else { return Cow::Borrowed(said) };
        let values: Vec<(&str, Cow<'_, str>)> =
            values.into_iter().map(|(name, value)| (name, self.value(what, name, value))).collect();
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, value)| (*name, &**value)).collect();
        Cow::Owned(self.fill(word, &values))
    }

    /// Whether the words that explain `what` are the English ones.
    pub(super) fn is_english(&self, what: Explains) -> bool {
        what.words().all(|word| self.say(word) == word.english())
    }

    /// What stands in the place called `name`, in the language of the pages.
    fn value<'a>(&self, what: Explains, name: &str, value: &'a str) -> Cow<'a, str> {
        let other = match name {
            "date" | "day" | "from" | "to" => {
                date(value).map(|date| Cow::Owned(date.label_in(self.dates())))
            }
            "weekday" => {
                let mut days = Word::group("weekday.");
                let day = days.find(|day| day.english() == value);
                day.map(|day| Cow::Owned(self.say(day).to_owned()))
            }
            // Shorter than the sentence it stands in, so this ends.
            "clue" => Some(self.explain(what, value)),
            _ => None,
        };
        other.unwrap_or(Cow::Borrowed(value))
    }
}

/// Bytes of `pattern` outside its places.
fn literal(pattern: &str) -> usize {
    let text = |piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Place(_) => 0,
    };
    pieces(pattern).map(text).sum()
}

/// What stands in the places of `pattern`, if `said` has its form.
fn values<'p, 's>(pattern: &'p str, said: &'s str) -> Option<Vec<(&'p str, &'s str)>> {
    let mut pieces = pieces(pattern).peekable();
    let mut rest = said;
    let mut values = Vec::new();
    let mut open: Option<&str> = None;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Place(name) => open = Some(name),
            Piece::Text(text) => {
                let is_last = pieces.peek().is_none();
                let at = match open {
                    None => rest.starts_with(text).then_some(0)?,
                    Some(_) if is_last => rest.strip_suffix(text)?.len(),
                    Some(_) => rest.find(text)?,
                };
                if let Some(name) = open.take() {
                    values.push((name, rest.get(..at).filter(|value| !value.is_empty())?));
                }
                rest = &rest[at + text.len()..];
            }
        }
    }
    rest.is_empty().then_some(values)
}

/// A day, a month or a year as English labels write it: `7 November 2022`.
fn date(label: &str) -> Option<When> {
    let mut words = label.rsplit(' ');
    let year: i32 = words.next()?.parse().ok()?;
    let Some(month) = words.next() else { return When::year(year) };
    let month = Names::english().months.iter().position(|name| name == month)?;
    let month = u32::try_from(month + 1).ok()?;
    match (words.next(), words.next()) {
        (None, _) => When::month(year, month),
        (Some(day), None) => Day::new(year, month, day.parse().ok()?).map(When::day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::reason;
    use crate::reading;

    fn wordings() -> [Wording; 2] {
        ["de", "fr"].map(|language| Wording::new(language, &[]).unwrap())
    }

    #[test]
    fn every_reason_of_a_ledger_has_words_and_no_others_have() {
        let mut known: Vec<&str> = Explains::Rule.words().map(Word::english).collect();
        known.retain(|word| !word.contains('{'));
        known.sort_unstable();
        let mut reasons = reason::ALL.to_vec();
        reasons.sort_unstable();
        assert_eq!(known, reasons);
    }

    #[test]
    fn every_rule_that_takes_a_name_for_an_actor_has_words() {
        let known: Vec<&str> = Explains::Naming.words().map(Word::english).collect();
        for rule in reading::Naming::ALL {
            assert!(known.contains(&rule.text()), "{}", rule.text());
        }
    }

    #[test]
    fn a_sentence_is_said_in_each_language() {
        use Explains::{Clue, Naming, Rule};
        for (what, english, german, french) in [
            (Rule, "share row", "Zeile zum Teilen", "ligne de partage"),
            (
                Rule,
                "rule of The Port Post: drop `^Follow us`",
                "Regel für The Port Post: drop `^Follow us`",
                "règle pour The Port Post : drop `^Follow us`",
            ),
            (
                Clue,
                "the stamp `12 May 2022` on line 3",
                "die Zeitangabe `12 May 2022` in Zeile 3",
                "l’horodatage `12 May 2022` à la ligne 3",
            ),
            (
                Clue,
                "in 2022: the folder `2022`",
                "im Jahr 2022: der Ordner `2022`",
                "en 2022 : le dossier `2022`",
            ),
            (
                Clue,
                "on a Thursday, for it says `Thursday`",
                "an einem Donnerstag, denn dort steht `Thursday`",
                "un jeudi, car on y lit `Thursday`",
            ),
            (
                Clue,
                "it calls Ana Brink Harbour Master, in office from May 2019 to 1 June 2021",
                "er nennt Ana Brink Harbour Master, im Amt von Mai 2019 bis 1. Juni 2021",
                "il nomme Ana Brink Harbour Master, en fonction du mai 2019 au 1er juin 2021",
            ),
            (
                Clue,
                "`Pier closed`, published 7 November 2022, tells the same of 6 November 2022",
                "`Pier closed`, veröffentlicht 7. November 2022, berichtet dasselbe vom 6. November 2022",
                "`Pier closed`, publié : 7 novembre 2022, raconte la même chose du 6 novembre 2022",
            ),
            // A clipping's own words are not taken for ours.
            (
                Clue,
                "the stamp `2 on line 4` on line 3",
                "die Zeitangabe `2 on line 4` in Zeile 3",
                "l’horodatage `2 on line 4` à la ligne 3",
            ),
            (Naming, "built-in name", "mitgelieferter Name", "nom intégré"),
            (Naming, "told by a stranger", "told by a stranger", "told by a stranger"),
        ] {
            let said = wordings().map(|wording| wording.explain(what, english).into_owned());
            assert_eq!(said, [german, french], "{english}");
            assert_eq!(Wording::default().explain(what, english), english);
        }
    }

    #[test]
    fn an_archive_may_say_it_in_other_words() {
        let own = [("strings/en.toml".to_owned(), "[rule]\nshare = \"buttons\"\n".to_owned())];
        let wording = Wording::new("en", &own).unwrap();
        assert_eq!(wording.explain(Explains::Rule, "share row"), "buttons");
        assert_eq!(wording.explain(Explains::Rule, "counter"), "counter");
    }
}
