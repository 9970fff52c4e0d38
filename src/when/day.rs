//! The plain calendar day that everything is compared by, and the time of day.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::narrow;
use super::short::Short;

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

    /// `months` later (earlier where negative), on the same day of the month or
    /// the last one that month has; `None` outside years 1 to 9999.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let index = self.year().checked_mul(12)?.checked_add(self.month0())?.checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12).unsigned_abs() + 1);
        (1..=9999).contains(&year).then_some(())?;
        Self::new(year, month, self.day().min(days_in_month(year, month)))
    }

    /// The month counted from 0.
    fn month0(self) -> i32 {
        self.0.month0().cast_signed()
    }

    /// The ISO year and week, for `2022-W44`.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.0.iso_week();
        (week.year(), week.week())
    }

    /// The Monday of ISO week `week` of `year`; `None` where the year has no such
    /// week.
    pub fn of_iso_week(year: i32, week: u32) -> Option<Self> {
        let monday = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
        (1..=9999).contains(&monday.year()).then_some(Self(monday))
    }

    /// Days from `other` to this day; negative where `other` is later.
    pub fn since(self, other: Self) -> i64 {
        (self.0 - other.0).num_days()
    }
}

/// How many days `month` (1 to 12) has in `year`.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Short::default();
        text.year(u16::try_from(self.year()).unwrap_or_default());
        text.part(narrow(self.month()));
        text.part(narrow(self.day()));
        f.write_str(text.as_str())
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
