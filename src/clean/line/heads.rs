//! The long words of the units of a clipping, read once and numbered.
//!
//! Units go in; for each of them the numbers of its long words come out, in the order of
//! the text, equal for equal words. What units have in common is then counted in plain
//! lists with a place for each number: no word is hashed or looked up twice, however
//! often it is asked for.
//!
//! Some ask for the beginning of a text only, and a cut may fall into a word, whose
//! beginning then is a word of its own: each [`Section`] holds that apart.
//!
//! Entry point: [`UnitWords::of`].

use super::Unit;
use super::words::{Numbers, each_long_word};

/// How much of a text is asked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::clean) enum Reach {
    /// 400 bytes.
    Head,
    /// 600 bytes.
    Paragraph,
    /// 6000 bytes.
    Text,
}

impl Reach {
    const ALL: [Self; 3] = [Self::Head, Self::Paragraph, Self::Text];

    /// So many bytes are read of a text at most.
    pub(in crate::clean) const MOST: usize = Self::Text.bytes();

    const fn bytes(self) -> usize {
        match self {
            Self::Head => 400,
            Self::Paragraph => 600,
            Self::Text => 6000,
        }
    }
}

/// The long words of units, by number.
#[derive(Debug)]
pub(in crate::clean) struct UnitWords {
    /// Of one section after the other.
    words: Vec<u32>,
    /// Of one unit after the other.
    sections: Vec<Section>,
    /// One past the last section of each unit.
    ends: Vec<usize>,
    /// How many different words there are; their numbers are smaller.
    n_different: usize,
}

/// What one reach adds to the one before, as places among the words.
#[derive(Debug, Clone, Copy)]
struct Section {
    start: usize,
    /// One past the last word that ends within reach.
    whole: usize,
    /// One past the word that is cut.
    end: usize,
}

impl UnitWords {
    /// Those of `units`.
    pub(in crate::clean) fn of(units: &[Unit<'_>]) -> Self {
        /// Bytes of a text for each of its long words.
        const BYTES: usize = 8;
        let n_bytes: usize = units.iter().map(|unit| unit.text.len().min(Reach::MOST)).sum();
        let mut read = Self {
            words: Vec::with_capacity(n_bytes / BYTES),
            sections: Vec::with_capacity(units.len()),
            ends: Vec::with_capacity(units.len()),
            n_different: 0,
        };
        // about every second one is used again
        let mut numbers = Numbers::with_capacity(n_bytes / BYTES / 2);
        for unit in units {
            read.add(&unit.text, &mut numbers);
            read.ends.push(read.sections.len());
        }
        read.n_different = numbers.count();
        read
    }

    fn add(&mut self, text: &str, numbers: &mut Numbers) {
        /// Bytes of the shortest long word.
        const SHORTEST: usize = 4;
        let mut from = 0;
        for reach in Reach::ALL {
            let start = self.words.len();
            let cut = text.floor_char_boundary(reach.bytes());
            each_long_word(&text[from..cut], |word| self.words.push(numbers.of(word)));
            let end = self.words.len();
            let cut_off = cut_off(&text[from..], cut - from);
            let whole = end - usize::from(cut_off >= SHORTEST);
            self.sections.push(Section { start, whole, end });
            if cut == text.len() {
                break;
            }
            from = cut - cut_off;
        }
    }

    /// How many different words there are; the number of each is smaller.
    pub(in crate::clean) fn n_different(&self) -> usize {
        self.n_different
    }

    /// Those at the head of the unit at `at`.
    pub(in crate::clean) fn head(&self, at: usize) -> &[u32] {
        let head = self.sections(at)[0];
        &self.words[head.start..head.end]
    }

    /// Hands over those of the unit at `at` within `reach`.
    pub(in crate::clean) fn each(&self, at: usize, reach: Reach, mut word: impl FnMut(u32)) {
        let sections = self.sections(at);
        let last = (reach as usize).min(sections.len() - 1);
        for (index, section) in sections[..=last].iter().enumerate() {
            let end = if index == last { section.end } else { section.whole };
            self.words[section.start..end].iter().for_each(|number| word(*number));
        }
    }

    /// The sections of the unit at `at`: one at least.
    fn sections(&self, at: usize) -> &[Section] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.sections[start..self.ends[at]]
    }
}

/// How many bytes before `cut` belong to a word that goes on behind it.
fn cut_off(text: &str, cut: usize) -> usize {
    if !text[cut..].starts_with(char::is_alphanumeric) {
        return 0;
    }
    cut - text[..cut].trim_end_matches(char::is_alphanumeric).len()
}

/// Which units hold a word: one of them, or several.
#[derive(Debug)]
pub(in crate::clean) struct WordHolders(Vec<u32>);

impl WordHolders {
    const NONE: u32 = u32::MAX;
    const SEVERAL: u32 = u32::MAX - 1;

    /// Nobody holds any of `words`.
    pub(in crate::clean) fn new(words: &UnitWords) -> Self {
        Self(vec![Self::NONE; words.n_different()])
    }

    /// Notes that `unit` holds `word`.
    #[inline]
    pub(in crate::clean) fn add(&mut self, word: u32, unit: usize) {
        let unit = u32::try_from(unit).unwrap_or(Self::SEVERAL);
        let holder = &mut self.0[word as usize];
        *holder = if *holder == unit || *holder == Self::NONE { unit } else { Self::SEVERAL };
    }

    /// Whether a unit other than `unit` holds `word`: no line speaks for itself.
    #[inline]
    pub(in crate::clean) fn hold(&self, word: u32, unit: usize) -> bool {
        let holder = self.0[word as usize];
        holder != Self::NONE && holder as usize != unit
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::mend::Mending;
    use super::super::{split, units};
    use super::*;

    /// The words that `texts` make as units, and those texts.
    fn with_words(texts: &[String], look: impl FnOnce(&UnitWords, &[String])) {
        let text = texts.join("\n\n");
        let lines = split(&text, Mending { plain: true, quotes: true });
        let units = units(&lines, 0);
        look(&UnitWords::of(&units), texts);
    }

    #[test]
    fn equal_words_have_equal_numbers_within_any_reach() {
        // cuts fall behind, before and into words, and into characters of two bytes
        let texts: Vec<String> =
            ["Ferry ", "ferries and cranes ", "é", "überall ", "harbourmaster"]
                .into_iter()
                .flat_map(|word| {
                    [word.to_owned(), word.repeat(57), word.repeat(640), word.repeat(900)]
                })
                .map(|text| text.trim().to_owned())
                .collect();
        with_words(&texts, |words, texts| {
            let mut known: Vec<Option<u64>> = vec![None; words.n_different()];
            for (at, text) in texts.iter().enumerate() {
                for reach in Reach::ALL {
                    let head = &text[..text.floor_char_boundary(reach.bytes())];
                    let mut expected = Vec::new();
                    each_long_word(head, |word| expected.push(word));
                    let mut expected = expected.into_iter();
                    words.each(at, reach, |number| {
                        let word = expected.next().unwrap();
                        let known = known[number as usize].get_or_insert(word);
                        assert_eq!(*known, word, "{reach:?} of {text:?}");
                    });
                    assert_eq!(expected.next(), None, "{reach:?} of {text:?}");
                }
                let mut n_head = 0;
                let head = &text[..text.floor_char_boundary(Reach::Head.bytes())];
                each_long_word(head, |_| n_head += 1);
                assert_eq!(words.head(at).len(), n_head);
            }
            let mut different = known.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), known.len());
        });
    }

    #[test]
    fn a_word_that_two_units_hold_is_held_by_another_than_each() {
        let texts = ["crane ferry".to_owned(), "ferry".to_owned(), "ferry gulls gulls".to_owned()];
        with_words(&texts, |words, _| {
            let [crane, ferry, _, _, gulls, _] = words.words[..] else { unreachable!() };
            let mut holders = WordHolders::new(words);
            for (word, unit) in [(crane, 0), (ferry, 0), (ferry, 1), (ferry, 2), (gulls, 2)] {
                holders.add(word, unit);
                holders.add(word, unit);
            }
            assert_eq!([holders.hold(crane, 0), holders.hold(crane, 1)], [false, true]);
            assert_eq!([holders.hold(ferry, 0), holders.hold(ferry, 1)], [true, true]);
            assert_eq!([holders.hold(gulls, 2), holders.hold(gulls, 0)], [false, true]);
            assert!(!WordHolders::new(words).hold(crane, 0));
        });
    }
}
