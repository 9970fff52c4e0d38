//! The plain calendar day that everything is compared by, and the time of day.
//!
//! A [`Day`] holds its figures, as they are asked for far more often than the days
//! between two of them are; `chrono` does what needs the calendar.

use std::fmt;
use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::narrow;
use super::short;
use crate::text::Short;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(
    /// The year, then a byte for the month, then one for the day.
    NonZeroU32,
);

impl Day {
    /// The day, or `None` where the calendar has none (30 February).
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day > 0
            && (day <= 28 || day <= days_in_month(year, month));
        real.then(|| Self::packed(year, month, day))?
    }

    /// The day of figures that are known to be one.
    fn packed(year: i32, month: u32, day: u32) -> Option<Self> {
        NonZeroU32::new((year.cast_unsigned() << 16) | (month << 8) | day).map(Self)
    }

    /// The day of `date`; `None` outside years 1 to 9999.
    fn of(date: NaiveDate) -> Option<Self> {
        let year = date.year();
        (1..=9999).contains(&year).then(|| Self::packed(year, date.month(), date.day()))?
    }

    /// The same day, for reckoning.
    fn date(self) -> NaiveDate {
        // It was checked when it was made.
        NaiveDate::from_ymd_opt(self.year(), self.month(), self.day()).unwrap_or_default()
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

    /// As `YYYY-MM-DD`: what `to_string` gives, at less cost.
    pub fn edtf(self) -> String {
        self.text().as_str().to_owned()
    }

    /// The same, put together in place.
    pub fn text(self) -> Short {
        let year = u16::try_from(self.year()).unwrap_or_default();
        short::day(year, narrow(self.month()), narrow(self.day()))
    }

    /// The year.
    pub fn year(self) -> i32 {
        (self.0.get() >> 16).cast_signed()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        (self.0.get() >> 8) & 0xFF
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.get() & 0xFF
    }

    /// Days since Monday: 0 to 6.
    pub fn weekday(self) -> u32 {
        self.date().weekday().num_days_from_monday()
    }

    /// `days` later (earlier where negative); `None` outside years 1 to 9999.
    pub fn plus(self, days: i64) -> Option<Self> {
        Self::of(self.date().checked_add_signed(chrono::Duration::try_days(days)?)?)
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
        self.month().cast_signed() - 1
    }

    /// The ISO year and week, for `2022-W44`.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.date().iso_week();
        (week.year(), week.week())
    }

    /// The Monday of ISO week `week` of `year`; `None` where the year has no such
    /// week.
    pub fn of_iso_week(year: i32, week: u32) -> Option<Self> {
        let monday = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
        Self::of(monday)
    }

    /// Days from `other` to this day; negative where `other` is later.
    pub fn since(self, other: Self) -> i64 {
        if self == other { 0 } else { (self.date() - other.date()).num_days() }
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

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text().serialize(serializer)
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
