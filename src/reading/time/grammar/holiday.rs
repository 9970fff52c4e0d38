//! Holidays whose day follows from the year.

use super::{Grammar, Read};
use crate::reading::time::meaning::{Holiday, Meaning};
use crate::reading::time::token::Word;

const fn fixed(month: u8, day: u8) -> Holiday {
    Holiday::Fixed { month, day }
}

const fn easter(days: i8) -> Holiday {
    Holiday::Easter { days, orthodox: false }
}

/// Names in lower case, words parted by spaces; of two that begin alike the longer
/// stands first. `new year's eve` is read without its apostrophe.
const HOLIDAYS: &[(&[&str], Holiday)] = &[
    (&["christmas", "eve"], fixed(12, 24)),
    (&["christmas", "day"], fixed(12, 25)),
    (&["christmas"], fixed(12, 25)),
    (&["boxing", "day"], fixed(12, 26)),
    (&["new", "year", "s", "eve"], fixed(12, 31)),
    (&["new", "year", "s", "day"], fixed(1, 1)),
    (&["new", "year", "s"], fixed(1, 1)),
    (&["epiphany"], fixed(1, 6)),
    (&["valentine", "s", "day"], fixed(2, 14)),
    (&["juneteenth"], fixed(6, 19)),
    (&["halloween"], fixed(10, 31)),
    (&["veterans", "day"], fixed(11, 11)),
    (&["orthodox", "christmas"], fixed(1, 7)),
    (&["orthodox", "easter"], Holiday::Easter { days: 0, orthodox: true }),
    (&["good", "friday"], easter(-2)),
    (&["palm", "sunday"], easter(-7)),
    (&["ash", "wednesday"], easter(-46)),
    (&["easter", "sunday"], easter(0)),
    (&["easter", "monday"], easter(1)),
    (&["easter"], easter(0)),
    (&["black", "friday"], Holiday::Nth { nth: 4, weekday: 4, month: 11, days: 1 }),
    (&["thanksgiving", "day"], Holiday::Nth { nth: 4, weekday: 4, month: 11, days: 0 }),
    (&["thanksgiving"], Holiday::Nth { nth: 4, weekday: 4, month: 11, days: 0 }),
    (&["labor", "day"], Holiday::Nth { nth: 1, weekday: 1, month: 9, days: 0 }),
    (&["labour", "day"], fixed(5, 1)),
    (&["memorial", "day"], Holiday::Nth { nth: -1, weekday: 1, month: 5, days: 0 }),
    (&["may", "day"], fixed(5, 1)),
    (&["earth", "day"], fixed(4, 22)),
];

impl Grammar<'_> {
    /// "Christmas Eve", "New Year's Day 2020", "last Easter".
    pub(super) fn holiday(&self, at: usize) -> Read<Meaning> {
        let (which, from) = match self.word(at) {
            Word::Which(which) if !self.is(at, "that") => (Some(which), at + 1),
            _ => (None, at),
        };
        let may_open = matches!(self.word(from), Word::Holiday | Word::Month { month: 5, .. });
        if !may_open || !self.may_open_holiday(from) {
            return None;
        }
        let (holiday, next) = HOLIDAYS.iter().find_map(|(name, holiday)| {
            let mut next = from;
            for word in *name {
                if matches!(self.word(next), Word::Mark('\'' | '’')) && self.glued(next) {
                    next += 1;
                }
                if !self.is(next, word) {
                    return None;
                }
                next += 1;
            }
            Some((*holiday, next))
        })?;
        // "Easter Island", "Christmas Day Parade Committee"
        let name_after = self.capital(next) && self.word(next) == Word::Other;
        if name_after {
            return None;
        }
        let (year, next) = self.year_after(next);
        Some((Meaning::Holiday { holiday, year, which }, next))
    }

    /// Whether the word at `at`, one that opens a holiday's name, is written as one.
    pub(super) fn may_open_holiday(&self, at: usize) -> bool {
        // Only these are nothing else in small letters, with what follows them.
        let small = ["christmas", "easter", "thanksgiving", "halloween", "black", "earth"];
        self.capital(at) || small.iter().any(|word| self.is(at, word))
    }
}
