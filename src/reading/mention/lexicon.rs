//! What single words say about a name.
//!
//! The words stand in `lexicon.txt`, by class. A word may have several: `May` is a
//! month, a given name, a surname and a verb, and only its neighbours decide.

use crate::reading::lexicon::{Lexicon, lexicon};
use crate::text::fold;

/// The classes of a word, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::reading) struct Classes(u32);

/// The sections of `lexicon.txt`, in the order of the constants below.
const SECTIONS: [&str; 20] = [
    "given",
    "family",
    "title",
    "field",
    "body",
    "tail",
    "landform",
    "landform-before",
    "direction",
    "work",
    "people",
    "calendar",
    "noise",
    "speech",
    "verb",
    "place-preposition",
    "common",
    "function",
    "particle",
    "company",
];

impl Classes {
    /// No class at all.
    pub(in crate::reading) const NONE: Self = Self(0);
    /// A given name.
    pub(super) const GIVEN: Self = Self(1);
    /// A frequent surname.
    pub(super) const FAMILY: Self = Self(1 << 1);
    /// A title, rank or role that stands before a name.
    pub(super) const TITLE: Self = Self(1 << 2);
    /// A word that belongs to a title: `Prime`, `Foreign`.
    pub(super) const FIELD: Self = Self(1 << 3);
    /// The head of an organisation's name.
    pub(super) const BODY: Self = Self(1 << 4);
    /// The legal form of a company.
    pub(super) const TAIL: Self = Self(1 << 5);
    /// The head of a place's name, at its end.
    pub(super) const LANDFORM: Self = Self(1 << 6);
    /// The head of a place's name, at its beginning.
    pub(super) const LANDFORM_BEFORE: Self = Self(1 << 7);
    /// A point of the compass.
    pub(super) const DIRECTION: Self = Self(1 << 8);
    /// The head of the name of a document, event or work.
    pub(super) const WORK: Self = Self(1 << 9);
    /// A people, language or belief.
    pub(super) const PEOPLE: Self = Self(1 << 10);
    /// A word of the calendar.
    pub(super) const CALENDAR: Self = Self(1 << 11);
    /// Capitals that name nobody.
    pub(super) const NOISE: Self = Self(1 << 12);
    /// A verb of speech.
    pub(super) const SPEECH: Self = Self(1 << 13);
    /// A verb whose subject is often a name.
    pub(super) const VERB: Self = Self(1 << 14);
    /// A preposition that places stand after.
    pub(super) const PLACE_PREPOSITION: Self = Self(1 << 15);
    /// A common word, in capitals at the start of a sentence only.
    pub(super) const COMMON: Self = Self(1 << 16);
    /// A word that no name begins with.
    pub(super) const FUNCTION: Self = Self(1 << 17);
    /// A word in lower case inside a person's name.
    pub(super) const PARTICLE: Self = Self(1 << 18);
    /// A company, paper or body that goes by one word.
    pub(super) const COMPANY: Self = Self(1 << 19);
    /// A place of the list.
    pub(super) const PLACE: Self = Self(1 << 20);
    /// The first word of a place of several words.
    pub(super) const PLACE_FIRST: Self = Self(1 << 21);

    /// Whether the word is in any class of `other`.
    #[inline]
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The names of the classes in the set, as `lexicon.txt` has them.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            match bit.checked_sub(SECTIONS.len()) {
                None => Some(SECTIONS[bit]),
                Some(past) => ["place", "place-first"].get(past).copied(),
            }
        })
    }

    /// The classes of either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The classes of `word`, whatever its capitals.
pub(super) fn classes(word: &str) -> Classes {
    if word.is_ascii() { lexicon().of(word).classes } else { lexicon().of(&fold(word)).classes }
}

/// Gives `lexicon` the words that say something about a name.
pub(in crate::reading) fn list(lexicon: &mut Lexicon) {
    let mut add = |word: &str, class: Classes| {
        let entry = lexicon.entry(&fold(word));
        entry.classes = entry.classes.or(class);
    };
    for section in include_str!("lexicon.txt").split("\n[").skip(1) {
        let Some((title, words)) = section.split_once("]\n") else { continue };
        if title == "place" {
            for name in words.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
                add(name, Classes::PLACE);
                if let Some((first, _)) = name.split_once(' ') {
                    add(first, Classes::PLACE_FIRST);
                }
            }
        } else if let Some(bit) = SECTIONS.iter().position(|name| *name == title) {
            for word in words.split_ascii_whitespace() {
                add(word, Classes(1 << bit));
            }
        }
    }
}
