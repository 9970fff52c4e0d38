//! All that is listed of a word, found by one look.
//!
//! The rooms of a reading list words for ends of their own: [`mention`] by what they
//! say about a name, [`statement`] by what they do in a sentence, [`time`] by what a
//! date makes of them. Here the three lists are one table, for looking a word up costs
//! more than what is done with it afterwards: a [`Grain`](super::grain::Grain) is looked
//! up once, and each room asks the [`Entry`] for its part. What the words mean stays
//! with the room that lists them.
//!
//! Entry point: [`lexicon`].
//!
//! [`mention`]: super::mention
//! [`statement`]: super::statement
//! [`time`]: super::time

use std::sync::LazyLock;

use super::{mention, statement, time};
use crate::vocabulary::{Plain, Vocabulary};

/// What the rooms list of one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// What it says about a name.
    pub(super) classes: mention::lexicon::Classes,
    /// What it does in a sentence.
    pub(super) class: statement::lexicon::Class,
    /// What it is to the grammar of dates.
    pub(super) cue: time::token::Word,
}

/// Which entry a word has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Listed(u16);

impl Listed {
    /// The entry of a word that nobody lists.
    pub(super) const NOWHERE: Self = Self(0);
    /// The same of one that ends as a verb in the past does.
    const PAST: Self = Self(1);
}

/// The words that are listed.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: Vocabulary<Listed>,
    entries: Vec<Entry>,
}

/// The only one: it is made when first asked for.
#[inline]
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);
    &LEXICON
}

impl Lexicon {
    fn new() -> Self {
        let entries = vec![Entry::of_form(""), Entry::of_form("listed")];
        let mut lexicon = Self { words: Vocabulary::default(), entries };
        mention::lexicon::list(&mut lexicon);
        statement::lexicon::list(&mut lexicon);
        time::lexicon::list(&mut lexicon);
        lexicon
    }

    /// The entry of `word`, in lower case, for setting it.
    pub(super) fn entry(&mut self, word: &str) -> &mut Entry {
        let slot = self.words.slot(word);
        if *slot == Listed::NOWHERE {
            *slot = Listed(u16::try_from(self.entries.len()).expect("we list fewer words"));
            self.entries.push(Entry::of_form(word));
        }
        &mut self.entries[usize::from(slot.0)]
    }

    /// Which entry `word` has, whatever its ASCII capitals.
    #[inline]
    pub(super) fn find(&self, word: &str) -> Listed {
        match self.words.get(word) {
            Listed::NOWHERE if time::lexicon::is_past_form(word.as_bytes()) => Listed::PAST,
            listed => listed,
        }
    }

    /// The plain word at byte `at` of `text`, with its entry.
    #[inline]
    pub(super) fn find_plain(&self, text: &str, at: usize) -> Plain<Listed> {
        let mut found = self.words.get_plain(text, at);
        if found.meaning == Listed::NOWHERE
            && time::lexicon::is_past_form(&text.as_bytes()[at..at + found.length as usize])
        {
            found.meaning = Listed::PAST;
        }
        found
    }

    /// What is listed of a word.
    #[inline]
    pub(super) fn at(&self, listed: Listed) -> &Entry {
        &self.entries[usize::from(listed.0)]
    }

    /// The same of `word`, whatever its ASCII capitals.
    #[inline]
    pub(super) fn of(&self, word: &str) -> &Entry {
        self.at(self.words.get(word))
    }
}

impl Entry {
    /// That of a word that is known by its ending only.
    fn of_form(word: &str) -> Self {
        Self {
            classes: mention::lexicon::Classes::NONE,
            class: statement::lexicon::Class::Unknown,
            cue: time::lexicon::by_form(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::statement::lexicon::Class;
    use crate::reading::time::token::{Unit, Verb, Word};

    #[test]
    fn a_word_has_what_every_room_lists_of_it() {
        let entry = lexicon().of("Week");
        assert_eq!(entry.class, Class::Time);
        assert_eq!(entry.cue, Word::Unit { unit: Unit::Week, plural: false });
    }

    #[test]
    fn a_word_that_is_listed_for_one_end_keeps_its_form_for_another() {
        for (word, cue) in [
            ("accused", Word::Verb(Verb::Past)),
            ("zigzagged", Word::Verb(Verb::Past)),
            ("ministry", Word::Other),
            ("zigzag", Word::Other),
            ("indeed", Word::Other),
            ("", Word::Other),
        ] {
            let lexicon = lexicon();
            assert_eq!(lexicon.at(lexicon.find(word)).cue, cue, "{word:?}");
        }
    }
}
