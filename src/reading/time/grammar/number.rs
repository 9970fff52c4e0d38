//! Numbers in words that stand in dates: "nineteen eighty-six", "May twenty-nine".

use super::{Grammar, Read};
use crate::reading::time::meaning::{Calendar, Meaning, Phrase, YearOf};
use crate::reading::time::token::{Preposition, Word};

impl Grammar<'_> {
    /// A year in words: "nineteen eighty-six", "seventeen hundred and five", "two
    /// thousand and fifteen", "twenty twenty-four". Not a count of what follows.
    pub(super) fn spoken_year(&self, at: usize) -> Read<i32> {
        let Word::Cardinal(first) = self.word(at) else { return None };
        let first = i32::from(first);
        let (hundreds, rest) = match self.word(at + 1) {
            Word::Thousand if first == 2 => (20, at + 2),
            Word::Hundred if (11..=20).contains(&first) => (first, at + 2),
            Word::Cardinal(10..) if (15..=20).contains(&first) => (first, at + 1),
            _ => return None,
        };
        let named = self.below_hundred(rest).or_else(|| {
            let joined = rest > at + 1 && self.word(rest) == Word::And;
            joined.then(|| self.below_hundred(rest + 1)).flatten()
        });
        let (ones, next) = named.unwrap_or((0, rest));
        self.noun_free(next).then_some((hundreds * 100 + i32::from(ones), next))
    }

    /// A year in words that stands alone: "in nineteen eighty-six".
    pub(super) fn spoken_year_alone(&self, at: usize) -> Read<Phrase> {
        let leads = matches!(
            self.before(at),
            Word::Preposition(
                Preposition::In | Preposition::Since | Preposition::Until | Preposition::By
            )
        );
        let (year, next) = leads.then(|| self.spoken_year(at)).flatten()?;
        // "In two thousand, …" may count what was named before.
        let date = Calendar { year: YearOf::Stated(year), ..Calendar::NONE };
        (year % 100 != 0).then(|| (Phrase::new(at..next, Meaning::Calendar(date)), next))
    }

    /// The day of a month in words, where a month stands before it: "twenty-nine",
    /// or "five" with a year behind it.
    pub(super) fn spoken_day(&self, at: usize) -> Read<u8> {
        let (day, next) = self.below_hundred(at)?;
        let counts = matches!(self.word(next), Word::Verb(_)) || !self.noun_free(next);
        let dated = matches!(self.year_after(next).0, YearOf::Stated(_));
        let stands = dated || (next > at + 1 && !counts);
        (stands && (1..=31).contains(&day)).then_some((day, next))
    }

    /// The same before a month that has its year: "fifteen August nineteen ninety".
    pub(super) fn spoken_day_before_month(&self, at: usize) -> Read<u8> {
        let (day, next) = self.below_hundred(at).filter(|(day, _)| (1..=31).contains(day))?;
        let (_, after) = self.month_word(self.skip(next, Preposition::Of))?;
        matches!(self.year_after(after).0, YearOf::Stated(_)).then_some((day, next))
    }

    /// A whole number from 1 to 99.
    fn below_hundred(&self, at: usize) -> Read<u8> {
        let Word::Cardinal(first) = self.word(at) else { return None };
        let first = u8::try_from(first).ok()?;
        let ones = at + 1 + usize::from(self.dash(at + 1));
        match self.word(ones) {
            Word::Cardinal(number @ 1..=9) if first >= 20 && first % 10 == 0 => {
                Some((first + u8::try_from(number).ok()?, ones + 1))
            }
            _ => Some((first, at + 1)),
        }
    }
}
