//! Dates: days, months, seasons, years, and the units counted from today.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Calendar, Meaning, Phrase, YearOf};
use crate::reading::time::token::{DayPart, Part, Preposition, Unit, Verb, Which, Word};

impl Grammar<'_> {
    /// A date as precise as a day.
    pub(super) fn day(&self, at: usize) -> Read<Meaning> {
        self.deictic(at)
            .or_else(|| self.holiday(at))
            .or_else(|| self.with_weekday(at))
            .or_else(|| self.written_date(at))
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.day_of_month(at))
    }

    /// A date less precise than a day.
    pub(super) fn longer_date(&self, at: usize) -> Read<Meaning> {
        self.week_in(at)
            .or_else(|| self.month(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.century(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.season(at))
            .or_else(|| self.relative_unit(at))
            .or_else(|| self.labelled_year(at))
            .or_else(|| self.week_of(at))
    }

    /// "today", "tomorrow, Thursday", "the day before yesterday".
    fn deictic(&self, at: usize) -> Read<Meaning> {
        match self.word(at) {
            Word::Deictic(days) => {
                // "today's world" speaks of the present, "USA Today" is a name.
                if self.capital(at) && !self.opens(at) && self.capital(at - 1) {
                    return None;
                }
                let inside = match self.word(at + 1) {
                    Word::Mark(',' | '(') => at + 2,
                    _ => at + 1,
                };
                match self.word(inside) {
                    Word::Weekday { weekday, full: true } if inside > at + 1 => {
                        let next = self.skip_mark(inside + 1, ')');
                        Some((Meaning::Deictic { days, weekday: Some(weekday) }, next))
                    }
                    _ => Some((Meaning::Deictic { days, weekday: None }, at + 1)),
                }
            }
            Word::Tonight => Some((Meaning::Deictic { days: 0, weekday: None }, at + 1)),
            Word::Article if self.is(at + 1, "day") => {
                let direction = match self.word(at + 2) {
                    Word::Preposition(Preposition::Before) => -1,
                    Word::Preposition(Preposition::After) => 1,
                    _ => return None,
                };
                match self.word(at + 3) {
                    Word::Deictic(days) if days == direction => {
                        Some((Meaning::Deictic { days: 2 * days, weekday: None }, at + 4))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "last night", "this morning", "the next evening".
    pub(super) fn part_of_deictic_day(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let Word::Which(which) = self.word(from) else { return None };
        let Word::DayPart { part, plural: false } = self.word(from + 1) else { return None };
        if matches!(part, DayPart::Noon | DayPart::Midnight) {
            return None;
        }
        let meaning = match which {
            Which::Last if from == at => Meaning::Deictic { days: -1, weekday: None },
            Which::This if !self.is(from, "current") => Meaning::Deictic { days: 0, weekday: None },
            Which::Same => Meaning::Unit { unit: Unit::Day, which },
            Which::Next | Which::Following => {
                Meaning::Unit { unit: Unit::Day, which: Which::Following }
            }
            Which::Previous => Meaning::Unit { unit: Unit::Day, which },
            Which::Last | Which::This => return None,
        };
        Some((meaning, from + 2))
    }

    /// "Friday", "last Friday", "Monday, September 17", "Tuesday of last week".
    fn with_weekday(&self, at: usize) -> Read<Meaning> {
        if let Some((week, next)) = self.relative_week(at) {
            // "next week on Tuesday", "this week's Monday"
            let from = match self.word(next) {
                Word::Mark(',') | Word::Preposition(Preposition::On) => next + 1,
                _ => next,
            };
            return match self.weekday_word(from) {
                Some(weekday) => Some((Meaning::WeekdayOf { weekday, week }, from + 1)),
                None => None,
            };
        }
        let (which, from) = match self.word(at) {
            // "this past Wednesday", "this coming Friday"
            Word::Which(Which::This) => match self.word(at + 1) {
                Word::Which(which @ (Which::Last | Which::Next)) => (Some(which), at + 2),
                _ => (Some(Which::This), at + 1),
            },
            // "said that Monday was" names no special Monday.
            Word::Which(Which::Same) if self.is(at, "that") => return None,
            Word::Which(which) => (Some(which), at + 1),
            Word::Article if self.is(at, "the") => match self.word(at + 1) {
                Word::Which(which) if which != Which::Same || self.is(at + 1, "same") => {
                    (Some(which), at + 2)
                }
                _ => return None,
            },
            _ => (None, at),
        };
        let weekday = self.weekday_word(from)?;
        let after = self.after_abbreviation(from);
        let named = Calendar { weekday: Some(weekday), which, ..Calendar::NONE };
        if let Some((date, next)) = self.date_beside_weekday(after) {
            return Some((Meaning::Calendar(Calendar { weekday: Some(weekday), ..date }), next));
        }
        if let Some((week, next)) = self.relative_week(self.skip(after, Preposition::Of))
            && which.is_none()
        {
            return Some((Meaning::WeekdayOf { weekday, week }, next));
        }
        self.weekday_may_stand(at, from).then_some((Meaning::Calendar(named), after))
    }

    /// The date that follows a weekday: ", September 17", "17 September", "the 17th".
    fn date_beside_weekday(&self, at: usize) -> Read<Calendar> {
        let from = match self.word(at) {
            Word::Mark(',' | '(') => at + 1,
            _ => self.skip_hyphen(at),
        };
        let read = self.written_date(from).or_else(|| self.numeric_date(from));
        if let Some((Meaning::Calendar(date), next)) = read {
            let next = if self.mark(at, '(') { self.skip_mark(next, ')') } else { next };
            return date.day.is_some().then_some((date, next));
        }
        let start = self.skip_the(from);
        let (day, next) = self.day_number(start)?;
        let ordinal = next > start + 1 || matches!(self.word(start), Word::Ordinal(_));
        (ordinal && from == at && self.noun_free(next))
            .then_some((Calendar { day: Some(day), ..Calendar::NONE }, next))
    }

    /// "last week", "of the following week": a week, and which.
    fn relative_week(&self, at: usize) -> Read<Which> {
        let from = self.skip_the(at);
        match (self.word(from), self.word(from + 1)) {
            (Word::Which(which), Word::Unit { unit: Unit::Week, plural: false }) => {
                Some((which, from + 2))
            }
            _ => None,
        }
    }

    fn weekday_word(&self, at: usize) -> Option<u8> {
        match self.word(at) {
            Word::Weekday { weekday, full } => {
                // "sat", "sun" and "wed" are words; as days they are written "Sat."
                let short = full
                    || (self.capital(at)
                        && self.before(at) != Word::Article
                        && (self.mark(at + 1, '.') && self.glued(at + 1)
                            || matches!(self.word(at + 1), Word::Mark(',') | Word::Number { .. })
                            || matches!(self.word(at + 1), Word::Month { .. })
                            || (weekday != 7
                                && self.preposition(at.wrapping_sub(1), Preposition::On))));
                short.then_some(weekday)
            }
            _ => None,
        }
    }

    /// Whether a weekday without a date is one: not "Black Friday", "Tuesday Weld"
    /// or "the Friday Mosque".
    fn weekday_may_stand(&self, start: usize, at: usize) -> bool {
        let name_before = start.checked_sub(1).is_some_and(|before| {
            self.capital(before) && self.word(before) == Word::Other && !self.opens(before)
        });
        let adjective_before = start > 0
            && [
                "black", "bloody", "good", "palm", "super", "ash", "holy", "fat", "cyber", "easter",
            ]
            .iter()
            .any(|word| self.is(start - 1, word) && self.capital(start - 1));
        let name_after = self.capital(at + 1)
            && self.word(at + 1) == Word::Other
            && self.before(start) == Word::Article;
        let thing_after = ["mosque", "weld", "times", "club", "herald"]
            .iter()
            .any(|word| self.is(at + 1, word) && self.capital(at + 1));
        // "in Kosovo Friday" has a name before it and is a day all the same.
        let _ = name_before;
        !adjective_before && !name_after && !thing_after
    }

    /// "21 November 2023", "Nov. 21, 2023", "the 3rd of August", "2 Sept".
    pub(super) fn written_date(&self, at: usize) -> Read<Meaning> {
        let date = self.day_first(at).or_else(|| self.month_first(at));
        date.map(|(date, next)| (Meaning::Calendar(date), next))
    }

    fn day_first(&self, at: usize) -> Read<Calendar> {
        let start = self.skip_the(at);
        let (day, next) = self.day_number(start)?;
        if let Some(phrase) = self.day_before_another(day, next) {
            return Some((phrase, next));
        }
        let next = match self.word(next) {
            // "the twenty-third day of September"
            Word::Unit { unit: Unit::Day, plural: false } => next + 1,
            Word::Mark('-' | '/') if self.glued(next) && self.glued(next + 1) => next + 1,
            _ => next,
        };
        let next = self.skip(next, Preposition::Of);
        let (month, next) = self.month_word(next)?;
        if !self.free_number(start) {
            return None;
        }
        let next = match self.word(next) {
            Word::Mark('-' | '/') if self.glued(next) && self.glued(next + 1) => next + 1,
            _ => next,
        };
        let (year, next) = self.year_after(next);
        Some((Calendar { year, month: Some(month), day: Some(day), ..Calendar::NONE }, next))
    }

    /// "3" of "between 3 and 5 May", "18" of "18, 19 and 20 June": a day whose
    /// month is named with a later one.
    fn day_before_another(&self, day: u8, at: usize) -> Option<Calendar> {
        let joint = match self.word(at) {
            Word::And | Word::Or => true,
            Word::Preposition(Preposition::To | Preposition::Through | Preposition::Until) => true,
            Word::Mark('-' | '–') => true,
            Word::Mark(',') => {
                // One level only: the next number must itself be joined to a date.
                return None;
            }
            _ => false,
        };
        if !joint {
            return None;
        }
        let start = self.skip_the(at + 1);
        let (_, next) = self.day_number(start)?;
        let (month, next) = self.month_word(self.skip(next, Preposition::Of))?;
        let (year, _) = self.year_after(next);
        Some(Calendar { year, month: Some(month), day: Some(day), ..Calendar::NONE })
    }

    fn month_first(&self, at: usize) -> Read<Calendar> {
        let (month, next) = self.month_word(at)?;
        let hyphen = matches!(self.word(next), Word::Mark('-' | '/'))
            && self.glued(next)
            && self.glued(next + 1);
        let from = self.skip_the(next + usize::from(hyphen));
        let from =
            if self.mark(from, ',') && self.nth(from + 1).is_some() { from + 1 } else { from };
        let (day, next) = self.day_number(from)?;
        // "in May 20 soldiers", "May 10:30", "June 3.5"
        let counted = self.word(next) == Word::Counted
            && self.before(at) == Word::Preposition(Preposition::In);
        let clock = matches!(self.word(next), Word::Mark(':'))
            && self.glued(next)
            && matches!(self.word(next + 1), Word::Number { .. });
        if counted || clock || matches!(self.word(next), Word::Meridiem { .. }) {
            return None;
        }
        let next = if hyphen && self.dash(next) && self.glued(next) { next + 1 } else { next };
        let (year, next) = self.year_after(next);
        Some((Calendar { year, month: Some(month), day: Some(day), ..Calendar::NONE }, next))
    }

    /// A day of the month: "3", "3rd", "third", "twenty-first". 1 to 31.
    pub(super) fn day_number(&self, at: usize) -> Read<u8> {
        if let Some((day, next)) = self.nth(at) {
            return (1..=31).contains(&day).then(|| (u8::try_from(day).unwrap_or(0), next));
        }
        match self.word(at) {
            Word::Number { value: value @ 1..=31, digits: 1..=2, .. } => {
                u8::try_from(value).ok().map(|day| (day, at + 1))
            }
            _ => None,
        }
    }

    /// "3rd", "third", "twenty-first": an ordinal number.
    pub(super) fn nth(&self, at: usize) -> Read<u32> {
        match self.word(at) {
            Word::Number { value, .. }
                if self.glued(at + 1)
                    && ["st", "nd", "rd", "th"].iter().any(|ending| self.is(at + 1, ending)) =>
            {
                Some((value, at + 2))
            }
            Word::Ordinal(number) => Some((number.into(), at + 1)),
            Word::Unit { unit: Unit::Second, plural: false } => Some((2, at + 1)),
            Word::Cardinal(tens @ (20 | 30)) => {
                let ones = at + 1 + usize::from(self.dash(at + 1));
                match self.word(ones) {
                    Word::Ordinal(number @ 1..=9) => {
                        Some((u32::from(tens) + u32::from(number), ones + 1))
                    }
                    Word::Unit { unit: Unit::Second, plural: false } => {
                        Some((u32::from(tens) + 2, ones + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A month's name, with the full stop of its abbreviation. Not the verbs `may`
    /// and `march`, nor a first or family name.
    pub(super) fn month_word(&self, at: usize) -> Read<u8> {
        let Word::Month { month, clear } = self.word(at) else { return None };
        let next = self.after_abbreviation(at);
        let number =
            |at: usize| matches!(self.word(at), Word::Number { .. }) || self.nth(at).is_some();
        let number_beside = number(next)
            || (self.mark(next, ',')
                && matches!(self.word(next + 1), Word::Number { digits: 4, .. }))
            || (at > 0
                && (matches!(self.word(at - 1), Word::Number { .. }) || self.ends_ordinal(at)));
        if number_beside
            && (self.capital(at) || clear || !matches!(month, 3 | 5) || self.nth(next).is_some())
        {
            return Some((month, next));
        }
        let joint = self.dash(at + 1)
            || matches!(
                self.word(at + 1),
                Word::And
                    | Word::Or
                    | Word::Preposition(
                        Preposition::To | Preposition::Through | Preposition::Until
                    )
            );
        let joined = (self.dash(at + 1) && matches!(self.word(at + 2), Word::Number { .. }))
            || joint && matches!(self.word(at + 2), Word::Month { .. }) && self.capital(at + 2);
        let leads = match self.before(at) {
            Word::Preposition(preposition) => {
                !matches!(preposition, Preposition::At | Preposition::Around) || clear
            }
            Word::Which(_) | Word::Part(_) | Word::Later | Word::Earlier => true,
            Word::And | Word::Or => self.capital(at) || clear,
            Word::Mark('-' | '–' | '/') => true,
            _ => false,
        };
        let full = self.text(at).len() > 4
            || month == 5
            || matches!(month, 6 | 7) && self.text(at).len() == 4;
        if !self.capital(at) {
            // "in may", "last september"
            let verb = matches!(month, 3 | 5)
                && !matches!(
                    self.before(at),
                    Word::Preposition(
                        Preposition::In | Preposition::Since | Preposition::Until | Preposition::By
                    ) | Word::Which(Which::Last | Which::Next)
                        | Word::Part(_)
                );
            return (leads && (clear || full) && !verb && !self.verb(next))
                .then_some((month, next));
        }
        let name_after =
            self.capital(next) && self.word(next) == Word::Other && !self.mark(at + 1, '.');
        let name_before = at > 0
            && (self.before(at) == Word::Title
                || (self.mark(at - 1, '.') && at > 1 && self.word(at - 2) == Word::Title)
                || (self.capital(at - 1)
                    && self.word(at - 1) == Word::Other
                    && !self.opens(at - 1)));
        let taken = if leads || joined {
            // "in April O'Neil's words", "for May's government"
            let person = matches!(month, 3..=6 | 8)
                && name_after
                && !self.preposition(at - 1, Preposition::Of);
            person && !self.preposition(at.wrapping_sub(1), Preposition::In)
        } else if clear && full {
            name_before && matches!(month, 4 | 6 | 8) || name_after && matches!(month, 4 | 6 | 8)
        } else {
            // "May", "March" and "Sept." alone: only with a word that leads to them.
            let possessive = self.is(at + 2, "s") && self.mark(at + 1, '\'');
            !(clear || full && month == 3 && possessive && self.opens(at))
        };
        (!taken).then_some((month, next))
    }

    /// Whether the word before `at` ends an ordinal, perhaps with `of` between.
    fn ends_ordinal(&self, at: usize) -> bool {
        let last = match self.before(at) {
            Word::Preposition(Preposition::Of) => at.saturating_sub(2),
            _ => at.saturating_sub(1),
        };
        match self.word(last) {
            Word::Ordinal(_) | Word::Number { .. } => true,
            _ => {
                self.glued(last)
                    && last > 0
                    && self.nth(last - 1).is_some_and(|(_, next)| next == last + 1)
            }
        }
    }

    /// The index after the word at `at` and the full stop of its abbreviation.
    fn after_abbreviation(&self, at: usize) -> usize {
        let short = self.text(at).len() <= 4 && !matches!(self.text(at), "May" | "June" | "July");
        at + 1 + usize::from(short && self.mark(at + 1, '.') && self.glued(at + 1))
    }

    /// The year that follows a day or a month, where there is one.
    fn year_after(&self, at: usize) -> (YearOf, usize) {
        let from = match self.word(at) {
            Word::Mark(',') => at + 1,
            Word::Preposition(Preposition::Of | Preposition::In) => {
                // "March of that year", "June in 2017"; "May in London" ends before.
                at + 1
            }
            _ => at,
        };
        match self.year(from) {
            Some((YearOf::Stated(year), next)) if year.abs() < 1000 && year > 0 => {
                let _ = next;
                (YearOf::Open, at)
            }
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
    fn before_christ(&self, at: usize) -> Option<usize> {
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
    fn opens_range(&self, at: usize) -> bool {
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
    fn calm(&self, at: usize, next: usize) -> bool {
        let before = matches!(self.before(at), Word::Mark('-' | '–' | '/' | '_' | '*' | '@' | '='))
            && self.glued(at);
        let after =
            matches!(self.word(next), Word::Mark('-' | '/' | '_' | '=')) && self.glued(next);
        !before && !after && !matches!(self.before(at), Word::Number { .. } | Word::Cardinal(_))
    }

    /// "the year 2008", "fiscal 2014", "fiscal year 2014".
    fn labelled_year(&self, at: usize) -> Read<Meaning> {
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

    /// "May", "May 2020", "last May", "October last year", "the following June".
    fn month(&self, at: usize) -> Read<Meaning> {
        let (which, from) = self.which(at);
        if which.is_some()
            && from == at + 1
            && self.is(at, "that")
            && self.word(from) != Word::Other
        {
            // "said that May" or "that October": only an opening word decides, so
            // the month alone is read.
            let (month, _) = self.month_word(from)?;
            let _ = month;
            return None;
        }
        let (month, next) = self.month_word(from)?;
        let next = match self.word(next) {
            Word::Mark('-' | '/')
                if self.glued(next)
                    && self.glued(next + 1)
                    && matches!(self.word(next + 1), Word::Number { digits: 4, .. }) =>
            {
                next + 1
            }
            _ => next,
        };
        let (year, next) = self.year_after(next);
        Some((
            Meaning::Calendar(Calendar { year, month: Some(month), which, ..Calendar::NONE }),
            next,
        ))
    }

    /// An optional "last", "this", "the following" before what it points at.
    fn which(&self, at: usize) -> (Option<Which>, usize) {
        let from = self.skip_the(at);
        match self.word(from) {
            Word::Which(Which::This) => match self.word(from + 1) {
                Word::Which(which @ (Which::Last | Which::Next)) => (Some(which), from + 2),
                _ => (Some(Which::This), from + 1),
            },
            Word::Which(Which::Next) if from > at => (Some(Which::Following), from + 1),
            Word::Which(which) => (Some(which), from + 1),
            _ => (None, at),
        }
    }

    /// "the first quarter of 2017", "third-quarter", "Q1 2019", "the second half
    /// of last year".
    fn quarter(&self, at: usize) -> Read<Meaning> {
        if let Some(read) = self.short_quarter(at) {
            return Some(read);
        }
        let from = self.skip_the(at);
        let (number, next) = self.nth(from)?;
        let next = self.skip_hyphen(next);
        let number = u8::try_from(number).ok()?;
        match self.word(next) {
            Word::Unit { unit: Unit::Quarter, plural: false } if (1..=4).contains(&number) => {
                let (year, next) = self.year_of_part(next + 1).unwrap_or((YearOf::Open, next + 1));
                Some((Meaning::Quarter { number, year }, next))
            }
            Word::Half if (1..=2).contains(&number) => {
                let (year, next) = self.year_of_part(next + 1)?;
                Some((Meaning::Half { number, year }, next))
            }
            _ => None,
        }
    }

    /// The year after "quarter" or "half": "of 2017", "2017", "of the year".
    fn year_of_part(&self, at: usize) -> Read<YearOf> {
        let from = self.skip(self.skip_mark(at, ','), Preposition::Of);
        if self.is(from, "the")
            && self.is(from + 1, "year")
            && !matches!(self.word(from + 2), Word::Number { .. })
        {
            return Some((YearOf::Relative(Which::This), from + 2));
        }
        self.year(from)
    }

    /// "Q1 2019", "2019 Q1".
    fn short_quarter(&self, at: usize) -> Read<Meaning> {
        let label = |at: usize| match self.word(at + 1) {
            Word::Number { value: value @ 1..=4, digits: 1, .. } if self.glued(at + 1) => {
                let half = self.is(at, "h") && value < 3;
                (self.is(at, "q") || half).then(|| (half, u8::try_from(value).unwrap_or(1)))
            }
            _ => None,
        };
        let of = |(half, number): (bool, u8), year| {
            if half { Meaning::Half { number, year } } else { Meaning::Quarter { number, year } }
        };
        if let Some(found) = label(at) {
            let from = self.skip_hyphen(self.skip(at + 2, Preposition::Of));
            return match self.year(from) {
                Some((year, next)) => Some((of(found, year), next)),
                None if !found.0 && self.capital(at) => Some((of(found, YearOf::Open), at + 2)),
                None => None,
            };
        }
        let Word::Number { digits: 4, .. } = self.word(at) else { return None };
        let from = self.skip_hyphen(at + 1);
        let found = label(from)?;
        let Word::Number { value, .. } = self.word(at) else { return None };
        let year = i32::try_from(value).ok().filter(|year| (1900..2100).contains(year))?;
        Some((of(found, YearOf::Stated(year)), from + 2))
    }

    /// "the 20th century", "eighteenth-century".
    fn century(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let (number, next) = self.nth(from)?;
        let next = self.skip_hyphen(next);
        let named = matches!(self.word(next), Word::Unit { unit: Unit::Century, plural: false });
        let first = i32::try_from(number).ok().filter(|number| (1..=30).contains(number))?;
        if let Some(after) = self.before_christ(next + 1).filter(|_| named) {
            let _ = after;
            return None;
        }
        named.then_some((Meaning::Century((first - 1) * 100), next + 1))
    }

    /// "the 1990s", "the '60s", "the 60s".
    fn decade(&self, at: usize) -> Read<Meaning> {
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
        (first % 10 == 0 && self.glued(number + plural))
            .then_some((Meaning::Decade(first), number + plural + 1))
    }

    /// "this summer", "the summer of 1995", "in spring 2012".
    fn season(&self, at: usize) -> Read<Meaning> {
        let (which, from) = self.which(at);
        let from = if which.is_none() { self.skip_the(at) } else { from };
        let Word::Season(season) = self.word(from) else { return None };
        let (year, next) = self.year_of_part(from + 1).unwrap_or((YearOf::Open, from + 1));
        let led = matches!(
            self.before(at),
            Word::Preposition(
                Preposition::In
                    | Preposition::During
                    | Preposition::Since
                    | Preposition::Until
                    | Preposition::By
                    | Preposition::Over
                    | Preposition::Of
            ) | Word::Part(_)
        );
        let led = led
            || (from > at && which.is_none() && !self.is(from, "fall") && self.noun_free(from + 1));
        // "the fall of the wall" and "spring into action" are no seasons.
        let joined = self.preposition(from + 1, Preposition::Of) && year == YearOf::Open;
        let verb = from == at && !led;
        let stands = year != YearOf::Open
            || which.is_some() && which != Some(Which::Same)
            || (led && !joined && !verb);
        let name =
            self.capital(from) && self.capital(from + 1) && self.word(from + 1) == Word::Other;
        (stands && !name).then_some((Meaning::Season { season, year, which }, next))
    }

    /// "last week", "the same day", "that year", "the day before", "the week prior".
    pub(super) fn relative_unit(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        if let Word::Which(which) = self.word(from) {
            // "that same day", "this past week"
            let inner = match (which, self.word(from + 1)) {
                (Which::Same | Which::This, Word::Which(inner)) => Some(inner),
                _ => None,
            };
            let (which, next) = inner.map_or((which, from + 1), |inner| (inner, from + 2));
            let Word::Unit { unit, plural: false } = self.word(next) else { return None };
            return self.unit_that(at, from, which, unit, next + 1);
        }
        // "the day before", "the week prior"; also "a day earlier", a distance.
        let Word::Unit { unit, plural: false } = self.word(from) else { return None };
        let which = match self.word(from + 1) {
            Word::Preposition(Preposition::Before) => Which::Previous,
            Word::Preposition(Preposition::After) => Which::Following,
            Word::Earlier => Which::Previous,
            Word::Which(which @ (Which::Previous | Which::Following)) => which,
            // "over the weekend", "at the weekend"
            _ if unit == Unit::Weekend && from > at => {
                let meaning = Meaning::Unit { unit, which: Which::This };
                return (!self.preposition(from + 1, Preposition::Of))
                    .then_some((meaning, from + 1));
            }
            _ => return None,
        };
        let long = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        (from > at && long && self.noun_free(from + 2) && !self.capital(from + 2))
            .then_some((Meaning::Unit { unit, which }, from + 2))
    }

    /// A unit with the word that says which, where the two name a date and not a
    /// stretch: "last year" and "the next day", but not "the past year".
    fn unit_that(
        &self,
        at: usize,
        from: usize,
        which: Which,
        unit: Unit,
        next: usize,
    ) -> Read<Meaning> {
        let article = from > at;
        let which = match which {
            Which::Last if article || self.is(next - 2, "past") => return None,
            Which::Next if article => Which::Following,
            Which::Next if unit == Unit::Day => Which::Following,
            Which::Same if self.is(from, "that") && unit == Unit::Quarter => return None,
            which => which,
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight => return None,
            Unit::Day if matches!(which, Which::Last | Which::This) => {
                // "last day", "this day and age"
                if which == Which::Last || self.is(next, "and") {
                    return None;
                }
            }
            _ => {}
        }
        Some((Meaning::Unit { unit, which }, next))
    }

    /// "the week of April 10", "the weekend of May 4".
    fn week_of(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let weekend = match self.word(from) {
            Word::Unit { unit: Unit::Week, plural: false } => false,
            Word::Unit { unit: Unit::Weekend, plural: false } => true,
            _ => return None,
        };
        let joint = self.preposition(from + 1, Preposition::Of)
            || ["beginning", "starting", "commencing", "ending"]
                .iter()
                .any(|word| self.is(from + 1, word));
        let day = self.skip(from + 2, Preposition::On);
        match joint.then(|| self.written_date(day)).flatten()? {
            (Meaning::Calendar(calendar), next) if calendar.day.is_some() => {
                Some((Meaning::WeekOf { calendar, weekend }, next))
            }
            _ => None,
        }
    }

    /// "the first week of July", "the last week of 2016".
    fn week_in(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let (nth, next) = match self.word(from) {
            Word::Which(Which::Last) if !self.is(from, "past") => (-1, from + 1),
            _ => {
                let (nth, next) = self.nth(from)?;
                (i8::try_from(nth).ok().filter(|nth| (1..=5).contains(nth))?, next)
            }
        };
        let week = matches!(self.word(next), Word::Unit { unit: Unit::Week, plural: false });
        if !week || !self.preposition(next + 1, Preposition::Of) {
            return None;
        }
        let (calendar, next) = match self.month(next + 2) {
            Some((Meaning::Calendar(calendar), next)) => (calendar, next),
            _ => {
                let (year, next) = self.year(next + 2)?;
                (Calendar { year, ..Calendar::NONE }, next)
            }
        };
        Some((Meaning::WeekIn { nth, calendar }, next))
    }

    /// "2013-04-22", "19.04.2013", "02/03/2020".
    fn numeric_date(&self, at: usize) -> Read<Meaning> {
        let number = |at: usize| match self.word(at) {
            Word::Number { value, digits, grouped: false } => Some((value, digits)),
            _ => None,
        };
        let (first, digits) = number(at)?;
        let Word::Mark(joint @ ('-' | '/' | '.')) = self.word(at + 1) else { return None };
        let glued = (at + 1..=at + 2).all(|at| self.glued(at));
        let free = !(self.glued(at)
            && at > 0
            && matches!(self.before(at), Word::Mark('-' | '/' | '.' | ':' | '$' | '€' | '£')));
        if !glued || !free {
            return None;
        }
        if first == 9 && joint == '/' && number(at + 2) == Some((11, 2)) && !self.glued(at + 3) {
            return Some((Meaning::Known(2001, 9, 11), at + 3));
        }
        let (second, second_digits) = number(at + 2)?;
        let third = (self.mark(at + 3, joint) && self.glued(at + 3) && self.glued(at + 4))
            .then(|| number(at + 4))
            .flatten();
        let next = at + 5;
        let small = |value: u32, digits: u8| (1..=31).contains(&value) && digits <= 2;
        let byte = |value: u32| u8::try_from(value).unwrap_or(0);
        let more = |at: usize| {
            matches!(self.word(at), Word::Mark('-' | '/' | '.' | ':'))
                && self.glued(at)
                && self.glued(at + 1)
                && number(at + 1).is_some()
        };
        match third {
            Some((third, third_digits)) if !more(next) => {
                if digits == 4 && small(second, second_digits) && small(third, third_digits) {
                    let year = YearOf::Stated(i32::try_from(first).ok()?);
                    let date = Calendar {
                        year,
                        month: Some(byte(second)),
                        day: Some(byte(third)),
                        ..Calendar::NONE
                    };
                    return (second <= 12).then_some((Meaning::Calendar(date), next));
                }
                let year = match third_digits {
                    4 => i32::try_from(third).ok()?,
                    2 if joint != '.' || digits == 2 => i32::try_from(third).ok()? + 2000,
                    _ => return None,
                };
                if !small(first, digits)
                    || !small(second, second_digits)
                    || (first > 12 && second > 12)
                {
                    return None;
                }
                let year = YearOf::Stated(year);
                let date = |month: u32, day: u32| {
                    let (month, day) = (Some(byte(month)), Some(byte(day)));
                    Meaning::Calendar(Calendar { year, month, day, ..Calendar::NONE })
                };
                // With full stops the day comes first wherever dates are so written.
                let meaning = match (first > 12 || joint == '.', second > 12) {
                    (true, false) => date(second, first),
                    (false, true) => date(first, second),
                    _ if first == second => date(first, second),
                    _ => Meaning::Numeric { first: byte(first), second: byte(second), year },
                };
                Some((meaning, next))
            }
            None if joint == '/' && self.word_before_day(at) && !more(at + 3) => {
                let fits = small(first, digits)
                    && small(second, second_digits)
                    && (first <= 12 || second <= 12);
                let meaning = Meaning::Numeric {
                    first: byte(first),
                    second: byte(second),
                    year: YearOf::Open,
                };
                (fits && self.noun_free(at + 3)).then_some((meaning, at + 3))
            }
            None if digits == 4
                && second_digits == 2
                && (1..=12).contains(&second)
                && joint == '-'
                && !more(at + 3)
                && (1900..2100).contains(&first)
                && second <= first % 100 =>
            {
                let year = YearOf::Stated(i32::try_from(first).ok()?);
                Some((
                    Meaning::Calendar(Calendar {
                        year,
                        month: Some(byte(second)),
                        ..Calendar::NONE
                    }),
                    at + 3,
                ))
            }
            _ => None,
        }
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

    /// "on the 15th": a day of a month named before.
    fn day_of_month(&self, at: usize) -> Read<Meaning> {
        let led = matches!(
            self.before(at),
            Word::Preposition(
                Preposition::On
                    | Preposition::By
                    | Preposition::Until
                    | Preposition::Since
                    | Preposition::Before
                    | Preposition::After
                    | Preposition::From
            )
        );
        if !led || !self.is(at, "the") || !matches!(self.word(at + 1), Word::Number { .. }) {
            return None;
        }
        let (day, next) = self.nth(at + 1)?;
        let day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
        let month_of = self.preposition(next, Preposition::Of);
        (self.noun_free(next) && !month_of)
            .then_some((Meaning::Calendar(Calendar { day: Some(day), ..Calendar::NONE }), next))
    }

    /// Whether no noun follows: the end, a mark, a preposition, a verb, a joint.
    pub(super) fn noun_free(&self, at: usize) -> bool {
        match self.word(at) {
            Word::Mark(_) => !self.glued(at) || !self.dash(at),
            Word::Preposition(_) | Word::And | Word::Or | Word::Conjunction | Word::Pronoun => true,
            Word::Verb(verb) => verb != Verb::Plan,
            Word::DayPart { .. } | Word::Later | Word::Earlier => true,
            Word::Other => at >= self.tokens.len(),
            _ => false,
        }
    }

    /// "the night" of "the night of May 4", "the morning" of "in the morning".
    pub(super) fn part_of_date(&self, at: usize) -> Read<crate::reading::time::meaning::TimeOfDay> {
        let from = self.skip_the(at);
        let from = from + usize::from(self.word(from) == Word::Part(Part::Adjective) && from > at);
        let Word::DayPart { part, plural: false } = self.word(from) else { return None };
        let of = self.preposition(from + 1, Preposition::Of)
            || self.preposition(from + 1, Preposition::On);
        (from > at && of)
            .then_some((crate::reading::time::meaning::TimeOfDay::Part(part), from + 1))
    }
}

/// The century of a year written with two digits: '60 is 1960, '15 is 2015.
fn century_of_short(year: i32) -> i32 {
    if year >= 30 { 1900 } else { 2000 }
}
