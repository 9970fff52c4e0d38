//! Dates in numbers: "2013-04-22", "19.04.2013", "02/03/2020", "2019-Aug-01".
//!
//! Day and month in an order that the numbers do not tell stay open here.

use super::year::century_of_short;
use super::{Grammar, Read};
use crate::reading::time::dated::Dated;
use crate::reading::time::meaning::{Calendar, Meaning, YearOf};
use crate::reading::time::token::{Preposition, Word};

/// A number with its count of digits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Digits {
    value: u32,
    digits: u8,
}

impl Digits {
    /// The number as a day or month, where it is written as one.
    fn part(self) -> Option<u8> {
        u8::try_from(self.value).ok().filter(|part| (1..=31).contains(part) && self.digits <= 2)
    }

    /// The number as a year of four digits.
    fn year(self) -> Option<YearOf> {
        let year = i32::try_from(self.value).ok().filter(|_| self.digits == 4)?;
        Some(YearOf::Stated(year))
    }
}

impl Grammar<'_> {
    /// A date written in numbers that begins at `at`.
    pub(super) fn numeric_date(&self, at: usize) -> Read<Meaning> {
        let first = self.digits(at)?;
        if let Some(date) = self.compact(at, first) {
            return Some((date, at + 1));
        }
        let Word::Mark(joint @ ('-' | '/' | '.')) = self.word(at + 1) else { return None };
        let joined = self.glued(at + 1) && self.glued(at + 2);
        if !joined || self.continues_code(at) {
            return None;
        }
        if self.is(at, "9") && joint == '/' && self.is(at + 2, "11") && !self.glued(at + 3) {
            return Some((Meaning::Known(2001, 9, 11), at + 3));
        }
        let third = (self.mark(at + 3, joint) && self.glued(at + 3) && self.glued(at + 4))
            .then(|| self.digits(at + 4))
            .flatten();
        match (self.digits(at + 2), third) {
            (Some(second), Some(third)) if !self.code_goes_on(at + 5) => {
                Some((three(first, second, third, joint)?, at + 5))
            }
            (Some(second), None) if !self.code_goes_on(at + 3) => {
                self.two(at, first, second, joint).map(|meaning| (meaning, at + 3))
            }
            (None, Some(day)) => {
                let Word::Month { month, .. } = self.word(at + 2) else { return None };
                let (year, month, day) = (first.year()?, Some(month), Some(day.part()?));
                Some((Meaning::Calendar(Calendar { year, month, day, ..Calendar::NONE }), at + 5))
            }
            _ => None,
        }
    }

    /// "20161016", the basic form of ISO 8601.
    fn compact(&self, at: usize, number: Digits) -> Option<Meaning> {
        let year = i32::try_from(number.value / 10_000).ok()?;
        let month = u8::try_from(number.value / 100 % 100).ok()?;
        let day = u8::try_from(number.value % 100).ok()?;
        let real = number.digits == 8
            && (1900..2100).contains(&year)
            && Dated::day(year, month, day).is_some()
            && self.before(at) != Word::Numbered
            && self.free_number(at);
        let (year, month, day) = (YearOf::Stated(year), Some(month), Some(day));
        real.then_some(Meaning::Calendar(Calendar { year, month, day, ..Calendar::NONE }))
    }

    fn digits(&self, at: usize) -> Option<Digits> {
        match self.word(at) {
            Word::Number { value, digits, grouped: false } => Some(Digits { value, digits }),
            _ => None,
        }
    }

    /// Whether the number at `at` is a later part of a code or sum: "report-2002"
    /// begins a date, "133-03" does not.
    fn continues_code(&self, at: usize) -> bool {
        let after = match self.before(at) {
            Word::Mark('/' | '.' | ':' | '$' | '€' | '£') => true,
            Word::Mark('-') => at > 1 && self.digits(at - 2).is_some(),
            _ => false,
        };
        after && self.glued(at)
    }

    /// Whether yet another number is joined at `at`.
    fn code_goes_on(&self, at: usize) -> bool {
        matches!(self.word(at), Word::Mark('-' | '/' | '.' | ':'))
            && self.glued(at)
            && self.glued(at + 1)
            && self.digits(at + 1).is_some()
    }

    /// "2022-11", a month, and "on 11/20", a day without a year.
    fn two(&self, at: usize, first: Digits, second: Digits, joint: char) -> Option<Meaning> {
        if joint == '/' && self.word_before_day(at) && self.noun_free(at + 3) {
            let (first, second) = (first.part()?, second.part()?);
            let year = YearOf::Open;
            return (first <= 12 || second <= 12).then_some(Meaning::Numeric {
                first,
                second,
                year,
            });
        }
        // "12/2015"
        if let (Some(month @ 1..=12), Some(year), '-' | '/') =
            (first.part(), second.year().filter(|_| (1900..2100).contains(&second.value)), joint)
        {
            let month = Some(month);
            return Some(Meaning::Calendar(Calendar { year, month, ..Calendar::NONE }));
        }
        // "2003-04" is a season of sport, "2022-11" a month.
        let month = second.part().filter(|month| *month <= 12 && second.digits == 2);
        let real = joint == '-'
            && (1900..2100).contains(&first.value)
            && second.value <= first.value % 100;
        let (year, month) = (first.year().filter(|_| real)?, Some(month?));
        Some(Meaning::Calendar(Calendar { year, month, ..Calendar::NONE }))
    }

    /// Whether "on", "from" or a weekday leads to a day written in numbers.
    fn word_before_day(&self, at: usize) -> bool {
        matches!(
            self.before(at),
            Word::Preposition(
                Preposition::On
                    | Preposition::From
                    | Preposition::Since
                    | Preposition::Until
                    | Preposition::To
            ) | Word::Weekday { .. }
        )
    }
}

/// A year with month and day, in any order that is written.
fn three(first: Digits, second: Digits, third: Digits, joint: char) -> Option<Meaning> {
    let date = |year: YearOf, month: u8, day: u8| {
        let (month, day) = (Some(month), Some(day));
        (month <= Some(12)).then_some(Meaning::Calendar(Calendar {
            year,
            month,
            day,
            ..Calendar::NONE
        }))
    };
    if let Some(year) = first.year() {
        return date(year, second.part()?, third.part()?);
    }
    let year = match third.digits {
        4 => third.year()?,
        2 if joint != '.' || first.digits == 2 => {
            let year = i32::try_from(third.value).ok()?;
            YearOf::Stated(century_of_short(year) + year)
        }
        _ => return None,
    };
    let (first, second) = (first.part()?, second.part()?);
    // With full stops the day comes first wherever dates are so written.
    match (first > 12 || joint == '.', second > 12) {
        (true, true) => None,
        (true, false) => date(year, second, first),
        (false, true) => date(year, first, second),
        (false, false) if first == second => date(year, first, second),
        (false, false) => Some(Meaning::Numeric { first, second, year }),
    }
}
