//! Years, decades and centuries, and what is none: counts, codes, prices.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Calendar, Meaning, Phrase, YearOf};
use crate::reading::time::token::{Preposition, Unit, Word};

impl Grammar<'_> {
    /// The year that follows a day or a month, where there is one.
    pub(super) fn year_after(&self, at: usize) -> (YearOf, usize) {
        let from = match self.word(at) {
            Word::Mark(',') => at + 1,
            Word::Preposition(Preposition::Of | Preposition::In) => {
                // "March of that year", "June in 2017"; "May in London" ends before.
                at + 1
            }
            _ => at,
        };
        match self.year(from) {
            Some(read) => read,
            None => (YearOf::Open, at),
        }
    }

    /// A year beside a date: "2023", "480 BC", "last year", "of that year".
    pub(super) fn year(&self, at: usize) -> Read<YearOf> {
        match self.word(at) {
            Word::Number { value, digits, grouped: false } => {
                let year = i32::try_from(value).ok()?;
                if let Some(next) = self.before_christ(at + 1) {
                    return (digits <= 4).then_some((YearOf::Stated(-year), next));
                }
                let real = digits == 4 && (1000..3000).contains(&value);
                (real && self.free_number(at) && self.word(at + 1) != Word::Counted)
                    .then_some((YearOf::Stated(year), at + 1))
            }
            Word::Cardinal(_) => {
                self.spoken_year(at).map(|(year, next)| (YearOf::Stated(year), next))
            }
            // "'99"
            Word::Mark('\'' | '’') if self.glued(at + 1) && !self.glued(at) => {
                match self.word(at + 1) {
                    Word::Number { value, digits: 2, .. } => {
                        let year = i32::try_from(value).ok()?;
                        let plural = self.glued(at + 2) && self.is(at + 2, "s");
                        (!plural).then(|| (YearOf::Stated(century_of_short(year) + year), at + 2))
                    }
                    _ => None,
                }
            }
            Word::Which(_) | Word::Article => {
                let from = self.skip_the(at);
                match (self.word(from), self.word(from + 1)) {
                    (Word::Which(which), Word::Unit { unit: Unit::Year, plural: false }) => {
                        Some((YearOf::Relative(which), from + 2))
                    }
                    (Word::Unit { unit: Unit::Year, plural: false }, Word::Number { .. }) => {
                        self.year(from + 1)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The index after "BC" or "B.C."
    pub(super) fn before_christ(&self, at: usize) -> Option<usize> {
        if self.word(at) == Word::BeforeChrist
            && self.text(at).bytes().all(|byte| byte.is_ascii_uppercase())
        {
            return Some(at + 1);
        }
        let dotted = self.is(at, "b") && self.mark(at + 1, '.') && self.is(at + 2, "c");
        dotted.then(|| at + 3 + usize::from(self.mark(at + 3, '.') && self.glued(at + 3)))
    }

    /// Whether the number at `at` is whole and stands by itself: no decimals, no
    /// sum of money, no part of a longer code.
    pub(super) fn free_number(&self, at: usize) -> bool {
        let digit = |at: usize| matches!(self.word(at), Word::Number { .. });
        if matches!(self.word(at), Word::Number { grouped: true, .. }) {
            return false;
        }
        let follows = self.glued(at) && at > 0;
        let money = at > 0 && matches!(self.word(at - 1), Word::Mark('$' | '€' | '£' | '#' | '+'));
        let coded = follows
            && (matches!(self.word(at - 1), Word::Mark('.' | '/' | '_' | '&' | '=' | ':' | ','))
                && at > 1
                && (digit(at - 2) || !self.glued(at - 1))
                || !matches!(self.word(at - 1), Word::Mark(_)));
        let decimals =
            self.mark(at + 1, '.') && self.glued(at + 1) && self.glued(at + 2) && digit(at + 2);
        let share = self.mark(at + 1, '%')
            || (self.mark(at + 1, ':')
                && self.glued(at + 1)
                && self.glued(at + 2)
                && digit(at + 2));
        let word_after = self.glued(at + 1)
            && !matches!(self.word(at + 1), Word::Mark(_))
            && self.nth(at).is_none();
        !(money || coded || decimals || share || word_after)
    }

    /// A year that stands alone: "in 2008", "the 2020 election". Not a count, a
    /// number of a thing, a time or a price.
    pub(super) fn year_alone(&self, at: usize, last: Option<&Phrase>) -> Read<Phrase> {
        let (year, next) = match self.word(at) {
            Word::Number { .. } | Word::Mark('\'' | '’') => self.year(at)?,
            _ => return None,
        };
        let YearOf::Stated(number) = year else { return None };
        let phrase = || {
            let date = Calendar { year, ..Calendar::NONE };
            (Phrase::new(at..next, Meaning::Calendar(date)), next)
        };
        if number < 0 || matches!(self.word(at), Word::Mark(_)) {
            return Some(phrase());
        }
        let before = self.before(at);
        let capital_before = at > 0
            && self.capital(at - 1)
            && matches!(before, Word::Other | Word::Counted | Word::Title);
        let named = before == Word::Numbered || (capital_before && !self.opens(at - 1));
        let after = self.text(next);
        let listed = last.is_some_and(|last| {
            last.tokens.end + 1 == at && matches!(last.meaning, Meaning::Calendar(_))
        });
        let timed =
            self.word(next) == Word::Zone || self.is(next, "hours") || self.is(next, "local");
        if named || timed || self.word(next) == Word::Hundred || self.word(next) == Word::Thousand {
            return None;
        }
        let lower_plural = self.word(next) == Word::Other
            && !self.capital(next)
            && !self.glued(next)
            && after.len() > 3
            && after.ends_with('s')
            && !after.ends_with("ss")
            && !after.ends_with("us");
        let counts = self.word(next) == Word::Counted
            || matches!(self.word(next), Word::Unit { plural: true, .. });
        let leads = match before {
            Word::Preposition(
                Preposition::In
                | Preposition::Since
                | Preposition::During
                | Preposition::Until
                | Preposition::By
                | Preposition::Of
                | Preposition::From
                | Preposition::Before
                | Preposition::After
                | Preposition::Through
                | Preposition::Between,
            ) => !counts && (!lower_plural || number % 100 != 0 && (1900..2100).contains(&number)),
            Word::Article | Word::One | Word::Which(_) | Word::Part(_) => {
                !counts && (1500..2100).contains(&number) && (number >= 1900 || number % 100 != 0)
            }
            Word::Mark('(' | '[') => !counts && !lower_plural,
            Word::Mark('-' | '–' | '—')
            | Word::Preposition(Preposition::To)
            | Word::And
            | Word::Or => {
                let back = self.is(at.wrapping_sub(2), "back") && number >= 1500;
                let code = self.glued(at) && self.dash(at - 1);
                let modern = (1900..2100).contains(&number) && !code;
                listed || (modern || back) && !counts && !lower_plural
            }
            Word::Conjunction if self.is(at - 1, "as") => !counts && !lower_plural,
            _ => {
                let modern = (1900..2100).contains(&number);
                let free = modern && (listed || self.calm(at, next));
                self.opens_range(at) || free && !counts && !lower_plural
            }
        };
        leads.then(phrase)
    }

    /// Whether a later year follows behind a dash: "1861-1863".
    pub(super) fn opens_range(&self, at: usize) -> bool {
        let (
            Word::Number { value: first, digits: 4, .. },
            Word::Number { value: last, digits: 4, .. },
        ) = (self.word(at), self.word(at + 2))
        else {
            return false;
        };
        let joined = self.dash(at + 1) && self.glued(at + 1) && self.glued(at + 2);
        let more = (self.dash(at + 3) && self.glued(at + 3))
            || (self.glued(at) && self.dash(at.wrapping_sub(1)));
        joined && !more && (1000..last.min(2100)).contains(&first) && last - first < 200
    }

    /// Whether a number with no word that leads to it may be a year: it ends a
    /// phrase or stands before a noun, and no dash or sign makes a code of it.
    pub(super) fn calm(&self, at: usize, next: usize) -> bool {
        let before = matches!(self.before(at), Word::Mark('-' | '–' | '/' | '_' | '*' | '@' | '='))
            && self.glued(at);
        let after =
            matches!(self.word(next), Word::Mark('-' | '/' | '_' | '=')) && self.glued(next);
        !before && !after && !matches!(self.before(at), Word::Number { .. } | Word::Cardinal(_))
    }

    /// "the year 2008", "fiscal 2014", "fiscal year 2014".
    pub(super) fn labelled_year(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        match (self.word(from), self.word(from + 1)) {
            (Word::Fiscal, _) => {
                let unit = usize::from(self.is(from + 1, "year"));
                let (year, next) = self.year(from + 1 + unit)?;
                Some((Meaning::Fiscal(year), next))
            }
            (Word::Which(which), Word::Fiscal) if self.is(from + 2, "year") => {
                Some((Meaning::Fiscal(YearOf::Relative(which)), from + 3))
            }
            (Word::Unit { unit: Unit::Year, plural: false }, _) => {
                let number = self.skip(from + 1, Preposition::Of);
                match self.word(number) {
                    Word::Number { .. } => {
                        let (year, next) = self.year(number)?;
                        Some((Meaning::Calendar(Calendar { year, ..Calendar::NONE }), next))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "the 20th century", "eighteenth-century".
    pub(super) fn century(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let (number, next) = self.nth(from)?;
        let next = self.skip_hyphen(next);
        let named = matches!(self.word(next), Word::Unit { unit: Unit::Century, plural: false });
        let first = i32::try_from(number).ok().filter(|number| (1..=30).contains(number))?;
        (named && self.before_christ(next + 1).is_none())
            .then_some((Meaning::Century((first - 1) * 100), next + 1))
    }

    /// "the 1990s", "the '60s", "the 60s".
    pub(super) fn decade(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let apostrophe = usize::from(
            matches!(self.word(from), Word::Mark('\'' | '’' | '‘')) && self.glued(from + 1),
        );
        let number = from + apostrophe;
        let Word::Number { value, digits, grouped: false } = self.word(number) else { return None };
        let plural = match self.text(number + 1) {
            "s" => 1,
            "'" | "’" if self.is(number + 2, "s") && digits == 4 => 2,
            _ => return None,
        };
        let first = i32::try_from(value).ok()?;
        let first = match digits {
            4 if (1000..2100).contains(&value) && apostrophe == 0 => first,
            // "in his 60s" is an age; "the 60s" is not.
            2 if value >= 20 || apostrophe == 1 => {
                let led = from > at
                    || apostrophe == 1
                    || matches!(self.before(at), Word::Part(_))
                    || self.is(at.wrapping_sub(1), "the");
                led.then(|| century_of_short(first) + first)?
            }
            _ => return None,
        };
        // "the 1800s" are a hundred years, "the 2000s" ten.
        let meaning = if first % 100 == 0 && first < 2000 {
            Meaning::Century(first)
        } else {
            Meaning::Decade(first)
        };
        (first % 10 == 0 && self.glued(number + plural)).then_some((meaning, number + plural + 1))
    }
}

/// The century of a year written with two digits: '60 is 1960, '15 is 2015.
pub(super) fn century_of_short(year: i32) -> i32 {
    if year >= 30 { 1900 } else { 2000 }
}
