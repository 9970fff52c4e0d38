//! The days of holidays.

use crate::reading::time::meaning::Holiday;
use crate::when::Day;

impl Holiday {
    /// Its day in `year`.
    pub(super) fn day(self, year: i32) -> Option<Day> {
        match self {
            Self::Fixed { month, day } => Day::new(year, month.into(), day.into()),
            Self::Easter { days, orthodox } => {
                let sunday = if orthodox { orthodox_easter(year) } else { easter(year) };
                sunday?.plus(days.into())
            }
            Self::Nth { nth, weekday, month, days } => {
                let first = Day::new(year, month.into(), 1)?;
                let to_weekday =
                    (i64::from(weekday) - 1 - i64::from(first.weekday())).rem_euclid(7);
                let day = if nth > 0 {
                    first.plus(to_weekday + (i64::from(nth) - 1) * 7)?
                } else {
                    let next = first.plus_months(1)?;
                    let back = (i64::from(next.weekday()) + 1 - i64::from(weekday)).rem_euclid(7);
                    next.plus(-if back == 0 { 7 } else { back })?
                };
                day.plus(days.into())
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher
/// (Meeus, Astronomical Algorithms, chapter 8), whose letters are kept.
#[expect(clippy::many_single_char_names, reason = "the letters of the published rule")]
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    Day::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Easter Sunday of the Julian calendar, as a Gregorian day (the same chapter).
#[expect(clippy::many_single_char_names, reason = "the letters of the published rule")]
fn orthodox_easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    let julian = Day::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    julian.plus(i64::from(year / 100 - year / 400 - 2))
}
