//! A date of the calendar that knows both its spellings: TIMEX3 and EDTF.

use super::token::Unit;
use crate::when::{Day, Season, When, days_in_month};

/// A resolved date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    Day(Day),
    /// By its Monday.
    Week(Day),
    /// By its Saturday.
    Weekend(Day),
    Month(i32, u8),
    /// 0 is spring.
    Season(i32, u8),
    Quarter(i32, u8),
    Half(i32, u8),
    Year(i32),
    Decade(i32),
    Century(i32),
    /// Month and day of a year that is not known.
    Yearless(u8, Option<u8>),
    /// A weekday of a week that is not known.
    Weekday(u8),
    /// Before Christ: year, month.
    BeforeChrist(i32, Option<u8>),
    /// A business year.
    Fiscal(i32),
}

impl Dated {
    /// The day of month and year, or nothing where the calendar lacks it.
    pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        Day::new(year, month.into(), day.into()).map(Self::Day)
    }

    /// `unit` as it holds `day`.
    pub(super) fn around(day: Day, unit: Unit) -> Self {
        let month = u8::try_from(day.month()).unwrap_or(1);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day).plus(5).unwrap_or(day)),
            Unit::Month => Self::Month(day.year(), month),
            Unit::Quarter => Self::Quarter(day.year(), (month - 1) / 3 + 1),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year() / 10 * 10),
            Unit::Century => Self::Century(day.year() / 100 * 100),
        }
    }

    /// The first and the last day; `None` where the year is not known.
    pub(super) fn span(self) -> Option<(Day, Day)> {
        let months = |year: i32, first: u8, last: u8| {
            let (first, last) = (u32::from(first), u32::from(last));
            Some((Day::new(year, first, 1)?, Day::new(year, last, days_in_month(year, last))?))
        };
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Week(monday) => Some((monday, monday.plus(6)?)),
            Self::Weekend(saturday) => Some((saturday, saturday.plus(1)?)),
            Self::Month(year, month) => months(year, month, month),
            Self::Quarter(year, number) => months(year, number * 3 - 2, number * 3),
            Self::Half(year, number) => months(year, number * 6 - 5, number * 6),
            Self::Season(..) | Self::Year(_) | Self::Decade(_) | Self::Century(_) => {
                let when = self.when()?;
                Some((when.first()?, when.last()?))
            }
            Self::Yearless(..) | Self::Weekday(_) | Self::BeforeChrist(..) | Self::Fiscal(_) => {
                None
            }
        }
    }

    /// How fine it is: that of the unit it holds.
    pub(super) fn grain(self) -> Unit {
        match self {
            Self::Day(_) | Self::Weekday(_) | Self::Yearless(_, Some(_)) => Unit::Day,
            Self::Week(_) | Self::Weekend(_) => Unit::Week,
            Self::Month(..) | Self::Yearless(_, None) => Unit::Month,
            Self::Season(..) | Self::Quarter(..) | Self::Half(..) => Unit::Quarter,
            Self::Year(_) | Self::BeforeChrist(..) | Self::Fiscal(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    /// The EDTF date; `None` where there is none.
    pub(super) fn when(self) -> Option<When> {
        let months = |year: i32, first: u8, last: u8| {
            let (first, last) = (When::month(year, first.into())?, When::month(year, last.into())?);
            When::interval(Some(&first), Some(&last))
        };
        match self {
            Self::Day(day) => Some(When::day(day)),
            Self::Week(_) | Self::Weekend(_) => {
                let (first, last) = self.span()?;
                When::interval(Some(&When::day(first)), Some(&When::day(last)))
            }
            Self::Month(year, month) => When::month(year, month.into()),
            Self::Season(year, season) => When::season(year, season_of(season)),
            Self::Quarter(year, number) => months(year, number * 3 - 2, number * 3),
            Self::Half(year, number) => months(year, number * 6 - 5, number * 6),
            Self::Year(year) => When::year(year),
            Self::Decade(first) => When::decade(first),
            Self::Century(first) => When::century(first),
            Self::Yearless(month, day) => When::yearless(month.into(), day.map(u32::from)),
            Self::Weekday(_) | Self::BeforeChrist(..) | Self::Fiscal(_) => None,
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) => day.edtf(),
            Self::Week(monday) => {
                let (year, week) = monday.iso_week();
                joined(year, "-W", week)
            }
            Self::Weekend(saturday) => {
                let (year, week) = saturday.iso_week();
                joined(year, "-W", week) + "-WE"
            }
            Self::Month(year, month) => joined(year, "-", month.into()),
            Self::Season(year, season) => {
                let name = ["SP", "SU", "FA", "WI"].get(usize::from(season)).copied();
                format!("{year:04}-{}", name.unwrap_or_default())
            }
            Self::Quarter(year, number) => format!("{year:04}-Q{number}"),
            Self::Half(year, number) => format!("{year:04}-H{number}"),
            Self::Year(year) => in_four_digits(year),
            Self::Decade(first) => format!("{:03}", first / 10),
            Self::Century(first) => format!("{:02}", first / 100),
            Self::Yearless(month, Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            Self::Yearless(month, None) => format!("XXXX-{month:02}"),
            Self::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
            Self::BeforeChrist(year, Some(month)) => format!("BC{year:04}-{month:02}"),
            Self::BeforeChrist(year, None) => format!("BC{year:04}"),
            Self::Fiscal(year) => format!("FY{year:04}"),
        }
    }
}

/// A year, as nearly all are, in four digits: formatting would cost more than all else here.
fn in_four_digits(year: i32) -> String {
    if (1000..10_000).contains(&year) { year.to_string() } else { format!("{year:04}") }
}

/// The year in four digits, and the number behind `joint` in two.
fn joined(year: i32, joint: &str, number: u32) -> String {
    let zero = if number < 10 { "0" } else { "" };
    [&in_four_digits(year), joint, zero, &number.to_string()].concat()
}

/// The Monday of the week that holds `day`; the day itself in the first week of
/// the year 1.
pub(super) fn monday(day: Day) -> Day {
    day.plus(-i64::from(day.weekday())).unwrap_or(day)
}

fn season_of(number: u8) -> Season {
    match number {
        0 => Season::Spring,
        1 => Season::Summer,
        2 => Season::Autumn,
        _ => Season::Winter,
    }
}
