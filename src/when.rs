//! Dates as certain as the clipping makes them.
//!
//! A [`When`] keeps exactly what was said and no more, and writes itself as EDTF
//! (ISO 8601-2): a day, a month, a year, a season, an interval, each with a
//! possible `~` for "about" or `?` for "perhaps". [`Day`] is the plain calendar
//! day that everything is compared by. `chrono` stays in this room.
//!
//! Entry points: [`When::parse`], [`When::day`], [`When::first`], [`When::last`].

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day, or `None` where the calendar has none (30 February).
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Days since Monday: 0 to 6.
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// `days` later (earlier where negative); `None` outside years 1 to 9999.
    pub fn plus(self, days: i64) -> Option<Self> {
        let day = self.0.checked_add_signed(chrono::Duration::try_days(days)?)?;
        (1..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// Days from `other` to this day; negative where `other` is later.
    pub fn since(self, other: Self) -> i64 {
        (self.0 - other.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a day is written YYYY-MM-DD"))
    }
}

/// A time of day as it was written, with its zone where one was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// `Z`, `+01:00`, `EST`…, as written; never converted.
    pub zone: Option<String>,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        match self.zone.as_deref() {
            Some(zone) if zone == "Z" || zone.starts_with(['+', '-']) => write!(f, "{zone}"),
            Some(zone) => write!(f, " {zone}"),
            None => Ok(()),
        }
    }
}

/// A date in EDTF, as certain as its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    edtf: String,
    first: Day,
    last: Day,
}

impl When {
    /// One calendar day.
    pub fn day(day: Day) -> Self {
        Self { edtf: day.to_string(), first: day, last: day }
    }

    /// Reads an EDTF date; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Day::parse(text).map(Self::day)
    }

    /// The first day it can mean; `None` for an open start.
    pub fn first(&self) -> Option<Day> {
        Some(self.first)
    }

    /// The last day it can mean; `None` for an open end.
    pub fn last(&self) -> Option<Day> {
        Some(self.last)
    }

    /// The day, where it is exactly one, stated without doubt.
    pub fn as_day(&self) -> Option<Day> {
        (self.edtf.len() == 10).then_some(self.first)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)
    }
}

impl Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an EDTF date"))
    }
}
