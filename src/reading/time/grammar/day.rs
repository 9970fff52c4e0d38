//! Days: by date, by weekday, counted from today, in numbers.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Calendar, Meaning, TimeOfDay};
use crate::reading::time::token::{DayPart, Part, Preposition, Unit, Verb, Which, Word};

impl Grammar<'_> {
    /// A date as precise as a day.
    pub(super) fn day(&self, at: usize) -> Read<Meaning> {
        let holiday = || {
            let holiday = self.holiday(at)?;
            self.weekend_of(&holiday).or(Some(holiday))
        };
        // Which of them it may be, its first word tells.
        match self.word(at) {
            Word::Deictic(_) | Word::Tonight => self.deictic(at),
            Word::Article => self.deictic(at).or_else(|| match self.word(self.skip_the(at)) {
                Word::Which(_) => self.with_weekday(at),
                Word::Number { .. } => self.written_date(at).or_else(|| self.day_of_month(at)),
                Word::Ordinal(_) | Word::Cardinal(_) | Word::Unit { .. } => self.written_date(at),
                _ => None,
            }),
            Word::Which(_) => holiday().or_else(|| self.with_weekday(at)),
            Word::Holiday => holiday(),
            Word::Month { .. } => holiday().or_else(|| self.written_date(at)),
            Word::Weekday { .. } => self.with_weekday(at),
            Word::Number { .. } => self.written_date(at).or_else(|| self.numeric_date(at)),
            Word::Ordinal(_) | Word::Cardinal(_) | Word::Unit { .. } => self.written_date(at),
            _ => None,
        }
    }

    /// "today", "tomorrow, Thursday", "the day before yesterday".
    pub(super) fn deictic(&self, at: usize) -> Read<Meaning> {
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
            Which::Same | Which::Previous => Meaning::Unit { unit: Unit::Day, which },
            Which::Next | Which::Coming | Which::Following => {
                Meaning::Unit { unit: Unit::Day, which: Which::Following }
            }
            Which::Last | Which::This => return None,
        };
        Some((meaning, from + 2))
    }

    /// "the night" of "the night of May 4", "the morning" of "in the morning".
    pub(super) fn part_of_date(&self, at: usize) -> Read<TimeOfDay> {
        let from = self.skip_the(at);
        let from = from + usize::from(self.word(from) == Word::Part(Part::Adjective) && from > at);
        let Word::DayPart { part, plural: false } = self.word(from) else { return None };
        let of = self.preposition(from + 1, Preposition::Of)
            || self.preposition(from + 1, Preposition::On);
        (from > at && of).then_some((TimeOfDay::Part(part), from + 1))
    }

    /// "Friday", "last Friday", "Monday, September 17", "Tuesday of last week".
    pub(super) fn with_weekday(&self, at: usize) -> Read<Meaning> {
        if let Some((week, next)) = self.relative_week(at) {
            // "next week on Tuesday", "this week's Monday"
            let from = match self.word(next) {
                Word::Mark(',') | Word::Preposition(Preposition::On) => next + 1,
                _ => next,
            };
            let weekday = self.weekday_word(from)?;
            return Some((Meaning::WeekdayOf { weekday, week }, from + 1));
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
        let coming = from > at && (self.is(from - 1, "coming") || self.is(from - 1, "upcoming"));
        let which = if coming { Some(Which::Coming) } else { which };
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
    pub(super) fn date_beside_weekday(&self, at: usize) -> Read<Calendar> {
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
    pub(super) fn relative_week(&self, at: usize) -> Read<Which> {
        let from = self.skip_the(at);
        match (self.word(from), self.word(from + 1)) {
            (Word::Which(which), Word::Unit { unit: Unit::Week, plural: false }) => {
                Some((which, from + 2))
            }
            _ => None,
        }
    }

    pub(super) fn weekday_word(&self, at: usize) -> Option<u8> {
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
    pub(super) fn weekday_may_stand(&self, start: usize, at: usize) -> bool {
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
        !adjective_before && !name_after && !thing_after
    }

    /// "21 November 2023", "Nov. 21, 2023", "the 3rd of August", "2 Sept".
    pub(super) fn written_date(&self, at: usize) -> Read<Meaning> {
        let date = self.day_first(at).or_else(|| self.month_first(at));
        date.map(|(date, next)| (Meaning::Calendar(date), next))
    }

    pub(super) fn day_first(&self, at: usize) -> Read<Calendar> {
        let start = self.skip_the(at);
        let spoken = || self.spoken_day_before_month(start);
        let (day, next) = self.day_number(start).or_else(spoken)?;
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
        Some((Calendar { year, month: Some(month), day: Some(day), ..Calendar::NONE }, next))
    }

    /// "3" of "between 3 and 5 May", "18" of "18, 19 and 20 June": a day whose
    /// month is named with a later one.
    pub(super) fn day_before_another(&self, day: u8, at: usize) -> Option<Calendar> {
        let joint = matches!(
            self.word(at),
            Word::And
                | Word::Or
                | Word::Mark('-' | '–')
                | Word::Preposition(Preposition::To | Preposition::Through | Preposition::Until)
        );
        if !joint {
            return None;
        }
        let start = self.skip_the(at + 1);
        let (_, next) = self.day_number(start)?;
        let (month, next) = self.month_word(self.skip(next, Preposition::Of))?;
        let (year, _) = self.year_after(next);
        Some(Calendar { year, month: Some(month), day: Some(day), ..Calendar::NONE })
    }

    pub(super) fn month_first(&self, at: usize) -> Read<Calendar> {
        let (month, next) = self.month_word(at)?;
        let hyphen = matches!(self.word(next), Word::Mark('-' | '/'))
            && self.glued(next)
            && self.glued(next + 1);
        let from = self.skip_the(next + usize::from(hyphen));
        let from =
            if self.mark(from, ',') && (self.nth(from + 1).is_some() || self.mark(from + 2, ',')) {
                from + 1
            } else {
                from
            };
        let (day, next) = self.day_number(from).or_else(|| self.spoken_day(from))?;
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

    /// "on the 15th": a day of a month named before.
    pub(super) fn day_of_month(&self, at: usize) -> Read<Meaning> {
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
            Word::Verb(verb) => verb != Verb::Plan,
            Word::Preposition(_)
            | Word::And
            | Word::Or
            | Word::Conjunction
            | Word::Pronoun
            | Word::DayPart { .. }
            | Word::Later
            | Word::Earlier => true,
            Word::Other => at >= self.tokens.len(),
            _ => false,
        }
    }
}
