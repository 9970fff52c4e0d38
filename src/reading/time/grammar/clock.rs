//! Times of day: "6:40 a.m.", "21:30 local time", "1430 UTC", "noon".

use super::{Grammar, Read};
use crate::reading::time::meaning::TimeOfDay;
use crate::reading::time::token::{DayPart, Preposition, Word};

impl Grammar<'_> {
    /// A time of day that begins at `at`, with its zone.
    pub(super) fn clock(&self, at: usize) -> Read<TimeOfDay> {
        match self.word(at) {
            Word::DayPart { part: part @ (DayPart::Noon | DayPart::Midnight), .. } => {
                let led = matches!(
                    self.before(at),
                    Word::Preposition(
                        Preposition::At
                            | Preposition::By
                            | Preposition::Until
                            | Preposition::Before
                            | Preposition::After
                            | Preposition::Around
                            | Preposition::From
                            | Preposition::To
                            | Preposition::Since
                    )
                ) || matches!(self.before(at), Word::Number { value: 12, .. });
                let hour = if part == DayPart::Noon { 12 } else { 0 };
                // "Chimes at Midnight" is a title.
                let word = !self.capital(at) || self.opens(at);
                (led && word).then_some((TimeOfDay::Clock { hour, minute: 0 }, self.zone(at + 1)))
            }
            Word::Preposition(Preposition::Around) => {
                let (time, next) = self.clock_number(at + 1)?;
                Some((time, next))
            }
            _ => self.clock_number(at),
        }
    }

    fn clock_number(&self, at: usize) -> Read<TimeOfDay> {
        let (value, digits) = match self.word(at) {
            Word::Number { value, digits, grouped: false } => (value, digits),
            Word::Cardinal(number @ 1..=12) => (u32::from(number), 0),
            _ => return None,
        };
        if self.glued(at)
            && matches!(self.before(at), Word::Mark('.' | ':' | '/' | '$' | '€' | '£'))
        {
            return None;
        }
        if self.glued(at)
            && matches!(self.before(at), Word::Mark('~' | '=' | '&' | '_' | '@' | '#'))
        {
            return None;
        }
        // "UTC−03:00" is an offset.
        if at > 1 && self.dash(at - 1) && self.word(at - 2) == Word::Zone {
            return None;
        }
        let (hour, minute, next) = match self.minutes(at + 1) {
            Some((minute, next)) if digits > 0 && digits <= 2 => (value, Some(minute), next),
            _ => (value, None, at + 1),
        };
        if let Some((pm, next)) = self.meridiem(next) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            let hour = hour % 12 + if pm { 12 } else { 0 };
            return time(hour, minute.unwrap_or(0)).map(|time| (time, self.zone(next)));
        }
        let zoned = self.zone(next);
        let colon = self.mark(at + 1, ':');
        let led = matches!(
            self.before(at),
            Word::Preposition(
                Preposition::At
                    | Preposition::By
                    | Preposition::Around
                    | Preposition::Until
                    | Preposition::From
                    | Preposition::To
                    | Preposition::Before
                    | Preposition::After
                    | Preposition::Since
                    | Preposition::Between
            ) | Word::Mark(',')
                | Word::And
        );
        match minute {
            // "15:00", but not the odds "3:1" or a verse without a word before it
            Some(minute) if colon && (led || zoned > next || digits == 2) => {
                time(hour, minute).map(|time| (time, zoned))
            }
            // "1430 UTC"
            None if digits == 4 && zoned > next => {
                time(value / 100, value % 100).map(|time| (time, zoned))
            }
            // "7 o'clock"
            None if self.is(next, "o") && self.is(next + 2, "clock") => {
                time(hour, 0).map(|time| (time, next + 3))
            }
            _ => None,
        }
    }

    /// ":40" or ".30", perhaps with seconds, after an hour.
    fn minutes(&self, at: usize) -> Read<u32> {
        let number = |at: usize| match self.word(at) {
            Word::Number { value: value @ 0..=59, digits: 2, .. } if self.glued(at) => Some(value),
            _ => None,
        };
        let joint = matches!(self.word(at), Word::Mark(':' | '.')) && self.glued(at);
        let minute = joint.then(|| number(at + 1)).flatten()?;
        if self.mark(at, ':') && self.mark(at + 2, ':') && number(at + 3).is_some() {
            return Some((minute, at + 4));
        }
        Some((minute, at + 2))
    }

    /// "am", "p.m.", "P. M."; `true` for the afternoon.
    fn meridiem(&self, at: usize) -> Read<bool> {
        if let Word::Meridiem { pm } = self.word(at) {
            // "I am" never follows a number; "10 AM" and "10am" do.
            return Some((pm, at + 1));
        }
        let pm = match self.text(at) {
            "p" | "P" => true,
            "a" | "A" => false,
            _ => return None,
        };
        let dotted = self.mark(at + 1, '.') && (self.is(at + 2, "m"));
        dotted.then(|| (pm, at + 3 + usize::from(self.mark(at + 3, '.') && self.glued(at + 3))))
    }

    /// The index after a zone, or `at` where there is none.
    fn zone(&self, at: usize) -> usize {
        let bracket = usize::from(
            self.mark(at, '(') && self.word(at + 1) == Word::Zone && self.mark(at + 2, ')'),
        );
        if self.word(at + bracket) == Word::Zone && self.capital(at + bracket) {
            return at + 1 + 2 * bracket;
        }
        if self.is(at, "local") && self.is(at + 1, "time") {
            return at + 2;
        }
        at
    }
}

fn time(hour: u32, minute: u32) -> Option<TimeOfDay> {
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    (hour < 24 && minute < 60).then_some(TimeOfDay::Clock { hour, minute })
}
