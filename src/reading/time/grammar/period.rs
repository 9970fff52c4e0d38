//! Months, quarters, seasons, and the units counted from today.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Calendar, Meaning, YearOf};
use crate::reading::time::token::{Preposition, Unit, Which, Word};

impl Grammar<'_> {
    /// A date less precise than a day.
    pub(super) fn longer_date(&self, at: usize) -> Read<Meaning> {
        // Which of them it may be, its first word tells.
        let first = self.skip_the(at);
        match self.word(first) {
            Word::Which(_) => self
                .week_in(at)
                .or_else(|| self.month(at))
                .or_else(|| self.quarter(at))
                .or_else(|| self.season(at))
                .or_else(|| self.relative_unit(at))
                .or_else(|| self.labelled_year(at)),
            Word::Number { .. } | Word::Ordinal(_) | Word::Cardinal(_) => {
                let counts = self.nth(first).is_some();
                let counted = || self.week_in(at).or_else(|| self.nth_in(at));
                counts
                    .then(counted)
                    .flatten()
                    .or_else(|| self.year_first(at))
                    .or_else(|| if counts { self.quarter(at) } else { self.short_quarter(at) })
                    .or_else(|| counts.then(|| self.century(at)).flatten())
                    .or_else(|| self.decade(at))
            }
            Word::Unit { .. } => self
                .week_in(at)
                .or_else(|| self.week_after_next(at))
                .or_else(|| self.nth_in(at))
                .or_else(|| self.week_number(at))
                .or_else(|| self.quarter(at))
                .or_else(|| self.century(at))
                .or_else(|| self.relative_unit(at))
                .or_else(|| self.labelled_year(at))
                .or_else(|| self.week_of(at)),
            Word::Month { .. } => self.month(at),
            Word::Season(_) => self.season(at),
            Word::Fiscal => self.labelled_year(at),
            Word::Label => self.short_quarter(at),
            Word::Mark('\'' | '’' | '‘') => self.decade(at),
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
            || (self.preposition(next, Preposition::Of)
                && matches!(self.word(next + 1), Word::Number { digits: 4, .. }))
            || (self.mark(next, ',')
                && matches!(self.word(next + 1), Word::Number { digits: 4, .. }))
            // "Oct/2"
            || (self.mark(next, '/')
                && self.glued(next)
                && matches!(self.word(next + 1), Word::Number { value: 1..=31, .. })
                && self.noun_free(next + 2))
            // "May twenty-nine"
            || (matches!(self.word(next), Word::Cardinal(20 | 30))
                && self.spoken_day(next).is_some())
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
            Word::Which(_)
            | Word::Part(_)
            | Word::Later
            | Word::Earlier
            | Word::Mark('-' | '–' | '/') => true,
            Word::And | Word::Or => self.capital(at) || clear,
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
    pub(super) fn ends_ordinal(&self, at: usize) -> bool {
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
    pub(super) fn after_abbreviation(&self, at: usize) -> usize {
        let short = self.text(at).len() <= 4 && !matches!(self.text(at), "May" | "June" | "July");
        at + 1 + usize::from(short && self.mark(at + 1, '.') && self.glued(at + 1))
    }

    /// "May", "May 2020", "last May", "October last year", "the following June".
    pub(super) fn month(&self, at: usize) -> Read<Meaning> {
        let (which, from) = self.which(at);
        // "said that May was" and "that October": the month is read alone.
        if self.is(at, "that") {
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
    pub(super) fn which(&self, at: usize) -> (Option<Which>, usize) {
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
    pub(super) fn quarter(&self, at: usize) -> Read<Meaning> {
        if let Some(read) = self.short_quarter(at) {
            return Some(read);
        }
        let from = self.skip_the(at);
        let last = self.word(from) == Word::Which(Which::Last)
            && self.is(from + 1, "quarter")
            && self.preposition(from + 2, Preposition::Of);
        let (number, next) = if last { (4, from + 1) } else { self.nth(from)? };
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
    pub(super) fn year_of_part(&self, at: usize) -> Read<YearOf> {
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
    pub(super) fn short_quarter(&self, at: usize) -> Read<Meaning> {
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

    /// "this summer", "the summer of 1995", "in spring 2012".
    pub(super) fn season(&self, at: usize) -> Read<Meaning> {
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
                (Which::Last | Which::This | Which::Next, _) if self.is(from + 1, "calendar") => {
                    Some(which)
                }
                _ => None,
            };
            let (which, next) = inner.map_or((which, from + 1), |inner| (inner, from + 2));
            let Word::Unit { unit, plural: false } = self.word(next) else { return None };
            return self.unit_that(at, from, which, unit, next + 1);
        }
        // "the day before", "the week prior"; also "a day earlier", a distance.
        let Word::Unit { unit, plural: false } = self.word(from) else { return None };
        let which = match self.word(from + 1) {
            Word::Preposition(Preposition::Before) | Word::Earlier => Which::Previous,
            Word::Preposition(Preposition::After) => Which::Following,
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
    pub(super) fn unit_that(
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
            // "last day", "this day and age"
            Unit::Day if which == Which::Last => return None,
            Unit::Day if which == Which::This && self.is(next, "and") => return None,
            _ => {}
        }
        Some((Meaning::Unit { unit, which }, next))
    }

    /// "the week of April 10", "the weekend of May 4".
    pub(super) fn week_of(&self, at: usize) -> Read<Meaning> {
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
        let (meaning, next) = joint.then(|| self.day_of_week_of(day)).flatten()?;
        Some((Meaning::WeekOf { day: Box::new(meaning), weekend }, next))
    }

    /// The day that a week is named by: "April 10", "Easter", "the 18th".
    fn day_of_week_of(&self, at: usize) -> Read<Meaning> {
        if let Some(holiday) = self.holiday(at) {
            return Some(holiday);
        }
        if let Some((Meaning::Calendar(date), next)) = self.written_date(at) {
            return date.day.is_some().then_some((Meaning::Calendar(date), next));
        }
        let (day, next) = self.day_number(self.skip_the(at)).filter(|_| self.is(at, "the"))?;
        let date = Calendar { day: Some(day), ..Calendar::NONE };
        self.noun_free(next).then_some((Meaning::Calendar(date), next))
    }

    /// "Easter weekend", "Halloween weekend 2021": the weekend of a holiday that was
    /// read.
    pub(super) fn weekend_of(&self, holiday: &(Meaning, usize)) -> Read<Meaning> {
        let (Meaning::Holiday { holiday, year, which }, next) = *holiday else { return None };
        let Word::Unit { unit: Unit::Weekend, plural: false } = self.word(next) else {
            return None;
        };
        let (stated, after) = self.year_after(next + 1);
        let year = if stated == YearOf::Open { year } else { stated };
        let day = Box::new(Meaning::Holiday { holiday, year, which });
        Some((Meaning::WeekOf { day, weekend: true }, after))
    }

    /// "the first week of July", "the last week of 2016".
    pub(super) fn week_in(&self, at: usize) -> Read<Meaning> {
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
        let (whole, next) = self.month(next + 2).or_else(|| self.whole(next + 2))?;
        Some((Meaning::WeekIn { nth, whole: Box::new(whole) }, next))
    }

    /// "2016", "last year", "this month": what a week or a month is counted in.
    fn whole(&self, at: usize) -> Read<Meaning> {
        if let Some((which, next)) = self.relative_month(at) {
            return Some((Meaning::Unit { unit: Unit::Month, which }, next));
        }
        let (year, next) = self.year(at)?;
        Some((Meaning::Calendar(Calendar { year, ..Calendar::NONE }), next))
    }

    /// "next month", "the same month": a month, and which.
    fn relative_month(&self, at: usize) -> Read<Which> {
        let from = self.skip_the(at);
        match (self.word(from), self.word(from + 1)) {
            (Word::Which(which), Word::Unit { unit: Unit::Month, plural: false }) => {
                Some((which, from + 2))
            }
            _ => None,
        }
    }

    /// "the week after next".
    fn week_after_next(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let Word::Unit { unit, plural: false } = self.word(from) else { return None };
        let long = matches!(unit, Unit::Week | Unit::Month | Unit::Year);
        let after = self.preposition(from + 1, Preposition::After)
            && self.is(from + 2, "next")
            && self.noun_free(from + 3);
        let next = Box::new(Meaning::Unit { unit, which: Which::Next });
        (long && after && from > at)
            .then_some((Meaning::From { amount: 1, unit, back: false, from: next }, from + 3))
    }

    /// "the third month of 2021", "the 15th day of next month", "the 5th of this
    /// month".
    fn nth_in(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let (number, next) = self.nth(from)?;
        let number = u8::try_from(number).ok()?;
        let of = |at: usize| self.preposition(at, Preposition::Of);
        match self.word(next) {
            Word::Unit { unit: Unit::Month, plural: false }
                if of(next + 1) && (1..=12).contains(&number) =>
            {
                let (year, next) = self.year(next + 2)?;
                let month = Some(number);
                Some((Meaning::Calendar(Calendar { year, month, ..Calendar::NONE }), next))
            }
            word => {
                let counted = matches!(word, Word::Unit { unit: Unit::Day, plural: false });
                let joint = next + usize::from(counted);
                let (month, next) = self.relative_month(self.skip(joint, Preposition::Of))?;
                let date = (from > at && (1..=31).contains(&number)) && (of(joint) || !counted);
                date.then_some((Meaning::DayIn { day: number, month }, next))
            }
        }
    }

    /// "week 3 of 2027", "in week 31".
    fn week_number(&self, at: usize) -> Read<Meaning> {
        let from = self.skip_the(at);
        let (Word::Unit { unit: Unit::Week, plural: false }, Word::Number { value, digits, .. }) =
            (self.word(from), self.word(from + 1))
        else {
            return None;
        };
        let number = u8::try_from(value).ok().filter(|week| (1..=53).contains(week))?;
        if digits > 2 || self.capital(from) || !self.free_number(from + 1) {
            return None;
        }
        if let Some((year, next)) = self.year(self.skip(from + 2, Preposition::Of)) {
            return Some((Meaning::WeekNumber { number, year }, next));
        }
        // "in week 4 of the war"
        let led = from > at || self.preposition(at.wrapping_sub(1), Preposition::In);
        let stands =
            led && !self.preposition(from + 2, Preposition::Of) && self.noun_free(from + 2);
        stands.then_some((Meaning::WeekNumber { number, year: YearOf::Open }, from + 2))
    }

    /// "2017 April".
    fn year_first(&self, at: usize) -> Read<Meaning> {
        let Word::Number { value: 1900..2100, digits: 4, .. } = self.word(at) else { return None };
        let Word::Month { month, .. } = self.word(at + 1) else { return None };
        let full = self.text(at + 1).len() > 3 || self.mark(at + 2, '.');
        let next = self.after_abbreviation(at + 1);
        let (year, _) = self.year(at)?;
        let stands = full && self.noun_free(next) && !self.verb(next);
        let date = Calendar { year, month: Some(month), ..Calendar::NONE };
        (stands && !self.glued(at + 1)).then_some((Meaning::Calendar(date), next))
    }
}
