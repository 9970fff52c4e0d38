//! Quantities of time: distances, durations and what recurs.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Amount, Meaning, Phrase, TimeOfDay, Toward};
use crate::reading::time::resolve::duration_value;
use crate::reading::time::token::{Preposition, Unit, Which, Word};

/// Words between an amount and its unit: "two more weeks", "ten straight days".
pub(super) const FILLERS: [&str; 7] =
    ["more", "full", "straight", "consecutive", "long", "whole", "additional"];

impl Grammar<'_> {
    /// What recurs: "every Thursday", "daily", "twice a month". Never a date.
    pub(super) fn set(&self, at: usize) -> Read<Phrase> {
        let (value, next) = match self.word(at) {
            Word::Every => self.recurring(at + 1)?,
            Word::Weekdays(weekday) => {
                let next = at + 1 + usize::from(matches!(self.word(at + 1), Word::DayPart { .. }));
                (format!("XXXX-WXX-{weekday}"), next)
            }
            Word::Weekday { weekday, .. }
                if matches!(self.word(at + 1), Word::DayPart { plural: true, .. }) =>
            {
                (format!("XXXX-WXX-{weekday}"), at + 2)
            }
            Word::Recurring(unit) => {
                // "the Daily Herald"
                if self.capital(at) && (!self.opens(at) || self.capital(at + 1)) {
                    return None;
                }
                (duration_value(Amount::Whole(1), unit), at + 1)
            }
            Word::Times => match (self.word(at + 1), self.word(at + 2)) {
                (Word::One | Word::Per | Word::Every, Word::Unit { unit, plural: false }) => {
                    (duration_value(Amount::Whole(1), unit), at + 3)
                }
                _ => return None,
            },
            Word::Per => match self.word(at + 1) {
                Word::Unit { unit, plural: false }
                    if !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) =>
                {
                    (duration_value(Amount::Whole(1), unit), at + 2)
                }
                _ => return None,
            },
            _ => return None,
        };
        Some((Phrase::new(at..next, Meaning::Set(value)), next))
    }

    /// What follows "every".
    fn recurring(&self, at: usize) -> Read<String> {
        if self.is(at, "other") {
            return match self.word(at + 1) {
                Word::Unit { unit, .. } => Some((duration_value(Amount::Whole(2), unit), at + 2)),
                Word::Weekday { weekday, .. } => Some((format!("XXXX-WXX-{weekday}"), at + 2)),
                _ => None,
            };
        }
        match self.word(at) {
            Word::Unit { unit, plural: false } => {
                Some((duration_value(Amount::Whole(1), unit), at + 1))
            }
            Word::Weekday { weekday, full: true } => {
                let part = usize::from(matches!(self.word(at + 1), Word::DayPart { .. }));
                Some((format!("XXXX-WXX-{weekday}"), at + 1 + part))
            }
            Word::DayPart { part, plural: false } => {
                Some((format!("XXXX-XX-XX{}", TimeOfDay::Part(part).suffix()), at + 1))
            }
            Word::Month { month, .. } => Some((format!("XXXX-{month:02}"), at + 1)),
            Word::Season(_) => Some(("P1Y".to_owned(), at + 1)),
            _ => {
                let (amount, next) = self.amount(at)?;
                let Word::Unit { unit, .. } = self.word(next) else { return None };
                Some((duration_value(amount, unit), next + 1))
            }
        }
    }

    /// "two days ago", "three weeks", "the last few months", "days later".
    pub(super) fn quantity(&self, at: usize) -> Read<Phrase> {
        self.pointed_stretch(at).or_else(|| self.counted(at)).or_else(|| self.bare_plural(at))
    }

    /// "the past decade", "the next three weeks": a stretch that begins or ends
    /// today, and is a duration all the same.
    fn pointed_stretch(&self, at: usize) -> Read<Phrase> {
        let from = self.skip_the(at);
        let article = from > at || self.word(at) == Word::Article;
        let from = if self.word(at) == Word::Article { at + 1 } else { from };
        let Word::Which(which) = self.word(from) else { return None };
        if which == Which::Same {
            return None;
        }
        let (amount, next) = self.amount(from + 1).unwrap_or((Amount::Whole(1), from + 1));
        let Word::Unit { unit, plural } = self.word(next) else { return None };
        let amount = if plural && next == from + 1 { Amount::Some } else { amount };
        let single = next == from + 1 && !plural;
        let stretch = !single || self.is(from, "past") || (article && which == Which::Last);
        if !stretch || (single && matches!(unit, Unit::Second | Unit::Quarter)) {
            return None;
        }
        let meaning = Meaning::Duration { amount, unit, maybe_hence: false };
        Some((Phrase::new(at..next + 1, meaning), next + 1))
    }

    /// An amount of a unit, and whether it leads somewhere.
    fn counted(&self, at: usize) -> Read<Phrase> {
        let from = at + usize::from(self.preposition(at, Preposition::Around));
        let (mut amount, next) = self.amount(from)?;
        let next = next + usize::from(FILLERS.iter().any(|word| self.is(next, word)));
        let next = self.skip_hyphen(next);
        let Word::Unit { unit, plural } = self.word(next) else { return None };
        let single = self.word(from) == Word::One;
        // "a second term"; "one second" is a duration.
        if unit == Unit::Second && (single || self.glued(next) || amount == Amount::Half) {
            return None;
        }
        // "about a quarter of them"
        if unit == Unit::Quarter && !plural {
            return None;
        }
        let mut end = next + 1;
        // "45-year-old", "72 years old", "aged 30 years", "years of age"
        let aged = self.is(self.skip_hyphen(end), "old")
            || self.preposition(end, Preposition::Of) && self.is(end + 1, "age")
            || at > 0 && self.is(at - 1, "aged");
        if aged {
            return None;
        }
        // "an hour and a half"
        if self.word(end) == Word::And
            && self.word(end + 1) == Word::One
            && self.word(end + 2) == Word::Half
        {
            if let Amount::Whole(whole) = amount {
                amount = Amount::Decimal(whole, 50);
            }
            end += 3;
        }
        if let Some((meaning, after)) = self.counted_from(amount, unit, end) {
            return Some((Phrase::new(at..after, meaning), after));
        }
        if let Some((toward, after)) = self.direction(end) {
            let meaning = Meaning::Distance { amount, unit, toward };
            return Some((Phrase::new(at..after, meaning), after));
        }
        let before = self.before(at);
        if single && !plural && amount == Amount::Whole(1) {
            // "a week" is a stretch after these; in "a day of mourning" or "a year
            // book" it is a thing.
            let led = matches!(
                before,
                Word::Preposition(
                    Preposition::For
                        | Preposition::In
                        | Preposition::Within
                        | Preposition::After
                        | Preposition::Over
                        | Preposition::Around
                        | Preposition::During
                )
            ) || ["than", "least", "lasted", "half", "another", "once"]
                .iter()
                .any(|word| self.is(at.wrapping_sub(1), word));
            if !led || self.dash(end) && self.glued(end) {
                return None;
            }
        }
        // A thing's own measure: "a 2,000-year history" is none the less a duration.
        let maybe_hence = before == Word::Preposition(Preposition::In);
        let possessive = matches!(self.word(end), Word::Mark('\'' | '’'))
            && self.is(self.skip_hyphen(end + 1 + usize::from(self.is(end + 1, "s"))), "time");
        let meaning = if possessive && maybe_hence {
            end += 2 + usize::from(self.is(end + 1, "s"));
            Meaning::Distance { amount, unit, toward: Toward::Hence }
        } else {
            Meaning::Duration { amount, unit, maybe_hence }
        };
        Some((Phrase::new(at..end, meaning), end))
    }

    /// "after January 12th", "before Christmas": the date an amount is counted from.
    fn counted_from(&self, amount: Amount, unit: Unit, at: usize) -> Read<Meaning> {
        let back = match self.word(at) {
            Word::Preposition(Preposition::Before) => true,
            Word::Preposition(Preposition::After | Preposition::From) => false,
            _ => return None,
        };
        let Amount::Whole(amount) = amount else { return None };
        // "a week after the Feb. 2 raid"
        let start = self.skip_the(at + 1);
        let month = matches!(self.word(start), Word::Month { .. });
        let (from, next) = self.day(if month { start } else { at + 1 })?;
        let from = Box::new(from);
        (!self.is(at + 1, "now")).then_some((Meaning::From { amount, unit, back, from }, next))
    }

    /// "days later", "for months": a plural without an amount.
    fn bare_plural(&self, at: usize) -> Read<Phrase> {
        let Word::Unit { unit, plural: true } = self.word(at) else { return None };
        if let Some((toward, next)) = self.direction(at + 1) {
            let meaning = Meaning::Distance { amount: Amount::Some, unit, toward };
            return Some((Phrase::new(at..next, meaning), next));
        }
        let led = matches!(
            self.before(at),
            Word::Preposition(Preposition::For | Preposition::Within | Preposition::After)
        );
        let meaning = Meaning::Duration { amount: Amount::Some, unit, maybe_hence: false };
        (led && unit != Unit::Second).then(|| (Phrase::new(at..at + 1, meaning), at + 1))
    }

    /// "ago", "later", "from now", "before" at the end of a clause.
    fn direction(&self, at: usize) -> Read<Toward> {
        match self.word(at) {
            Word::Ago => Some((Toward::Ago, at + 1)),
            Word::Later => Some((Toward::Later, at + 1)),
            Word::Earlier => Some((Toward::Earlier, at + 1)),
            Word::Preposition(Preposition::From)
                if self.is(at + 1, "now") || self.is(at + 1, "today") =>
            {
                Some((Toward::Hence, at + 2))
            }
            Word::Preposition(preposition @ (Preposition::Before | Preposition::After)) => {
                let ends = matches!(self.word(at + 1), Word::Mark(',' | '.' | ';' | ')'));
                let toward =
                    if preposition == Preposition::After { Toward::Later } else { Toward::Earlier };
                ends.then_some((toward, at + 1))
            }
            _ => None,
        }
    }

    /// How many: "3", "twenty-five", "1.5", "a", "half a", "a few", "two and a half".
    fn amount(&self, at: usize) -> Read<Amount> {
        match self.word(at) {
            Word::Number { value, .. } => {
                if self.glued(at)
                    && matches!(self.before(at), Word::Mark('.' | '/' | ':' | '$' | '€' | '£'))
                {
                    return None;
                }
                match self.word(at + 2) {
                    Word::Number { value: hundredths, digits, .. }
                        if self.mark(at + 1, '.')
                            && self.glued(at + 1)
                            && self.glued(at + 2)
                            && digits <= 2 =>
                    {
                        let hundredths = if digits == 1 { hundredths * 10 } else { hundredths };
                        Some((Amount::Decimal(value, hundredths), at + 3))
                    }
                    _ => Some(self.and_a_half(value, at + 1)),
                }
            }
            Word::Cardinal(_) | Word::Hundred => {
                let (value, next) = self.number_in_words(at)?;
                Some(self.and_a_half(value, next))
            }
            Word::Half => {
                Some((Amount::Half, at + 1 + usize::from(self.word(at + 1) == Word::One)))
            }
            Word::One => match self.word(at + 1) {
                Word::Some => {
                    let of = usize::from(self.preposition(at + 2, Preposition::Of));
                    Some((Amount::Some, at + 2 + of))
                }
                Word::Half => Some((Amount::Half, at + 2)),
                Word::Hundred => Some((Amount::Whole(100), at + 2)),
                _ => Some((Amount::Whole(1), at + 1)),
            },
            Word::Some => Some((Amount::Some, at + 1)),
            _ => None,
        }
    }

    fn and_a_half(&self, value: u32, at: usize) -> (Amount, usize) {
        if self.word(at) == Word::And
            && self.word(at + 1) == Word::One
            && self.word(at + 2) == Word::Half
        {
            return (Amount::Decimal(value, 50), at + 3);
        }
        (Amount::Whole(value), at)
    }

    /// "twenty-five", "one hundred", "three hundred and ten".
    fn number_in_words(&self, at: usize) -> Read<u32> {
        let below_hundred = |at: usize| match self.word(at) {
            Word::Cardinal(tens @ 20..) => {
                let ones = self.skip_hyphen(at + 1);
                match self.word(ones) {
                    Word::Cardinal(number @ 1..=9) => Some((u32::from(tens + number), ones + 1)),
                    _ => Some((u32::from(tens), at + 1)),
                }
            }
            Word::Cardinal(number) => Some((u32::from(number), at + 1)),
            _ => None,
        };
        let (value, next) = below_hundred(at).unwrap_or((1, at));
        if self.word(next) != Word::Hundred {
            return (next > at).then_some((value, next));
        }
        let rest = next + 1 + usize::from(self.word(next + 1) == Word::And);
        let (more, next) = below_hundred(rest).unwrap_or((0, next + 1));
        Some((value * 100 + more, next))
    }
}
