//! Dates as certain as the clipping makes them.
//!
//! A wire story says "November 7", a magazine "summer 2022", a memoir "around
//! 1943". A [`When`] keeps exactly what was said and no more, and writes itself as
//! EDTF (ISO 8601-2): levels 0 and 1, and the sets `[a,b]` and the unknown year of
//! level 2. [`Day`] is the plain calendar day that everything is compared by.
//! `chrono` stays in this room.
//!
//! The decision to question: years run from 1 to 9999 only. News needs no others,
//! and every date that has a first day then has one that can be printed.
//!
//! Entry points: [`When::parse`], [`When::day`], [`When::first`], [`When::label`].

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

mod day;
mod label;
mod short;

pub use day::{Clock, Day, days_in_month};
pub use label::{MONTHS, Names};
use short::digits_of;

use crate::text::Short;

/// A season, as EDTF numbers them. News is read as from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February of the year after.
    Winter,
}

impl Season {
    /// The number that stands in the place of the month: 21 to 24.
    fn code(self) -> u8 {
        21 + self as u8
    }

    /// Its first month.
    pub fn first_month(self) -> u8 {
        3 + 3 * self as u8
    }
}

/// How narrow a [`When`] is, narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day, its year perhaps unknown.
    Day,
    /// A month, its year perhaps unknown.
    Month,
    /// A season of a year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one date to another, or open at one end.
    Interval,
    /// One of several dates.
    Set,
}

/// How sure a date is of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mark {
    /// As stated.
    Plain,
    /// `~`: about.
    About,
    /// `?`: perhaps.
    Perhaps,
    /// `%`: perhaps about.
    Both,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Year {
    Stated(u16),
    /// The first three digits: `199X`.
    Decade(u16),
    /// The first two digits: `19XX`.
    Century(u16),
    /// `XXXX`.
    Unknown,
}

/// What follows the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Within {
    Whole,
    /// `-XX`.
    SomeMonth,
    /// `-XX-XX`.
    SomeDay,
    Season(Season),
    Month(u8),
    /// `-11-XX`.
    SomeDayOf(u8),
    Day(u8, u8),
}

/// A date that is not made of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Point {
    year: Year,
    within: Within,
    mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Form {
    Point(Point),
    /// `None` for an open end; never at both.
    Interval(Option<Point>, Option<Point>),
    /// Two or more.
    Set(Vec<Point>),
}

/// A date in EDTF, as certain as its source.
///
/// Ordered by the first day it can mean, those without one (`../2022`,
/// `XXXX-11-07`) last; then the more precise date first, so that a timeline reads
/// from the top down without surprises; then as written.
///
/// ```
/// use annals::when::When;
///
/// assert_eq!(When::parse("1998-04~").unwrap().label(), "about April 1998");
/// assert_eq!(When::parse("1998-02-30"), None);
/// ```
///
/// Source: Library of Congress, EDTF specification (4 February 2019).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When(Form);

impl When {
    /// One calendar day.
    pub fn day(day: Day) -> Self {
        let (month, of_month) = (narrow(day.month()), narrow(day.day()));
        Self::point(day.year(), Within::Day(month, of_month))
    }

    /// A month; `None` outside January to December and years 1 to 9999.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        let first = Day::new(year, month, 1)?;
        Some(Self::point(first.year(), Within::Month(narrow(first.month()))))
    }

    /// A year; `None` outside 1 to 9999.
    pub fn year(year: i32) -> Option<Self> {
        (1..=9999).contains(&year).then(|| Self::point(year, Within::Whole))
    }

    /// A season; `None` outside years 1 to 9999.
    pub fn season(year: i32, season: Season) -> Option<Self> {
        (1..=9999).contains(&year).then(|| Self::point(year, Within::Season(season)))
    }

    /// The ten years that begin with `first`: 1990 for `199X`. `None` unless a
    /// decade of the years 1 to 9999 begins there.
    pub fn decade(first: i32) -> Option<Self> {
        let digits = u16::try_from(first / 10).ok()?;
        (first % 10 == 0 && digits <= 999).then(|| {
            let year = Year::Decade(digits);
            Self(Form::Point(Point { year, within: Within::Whole, mark: Mark::Plain }))
        })
    }

    /// The hundred years that begin with `first`: 1900 for `19XX`. `None` unless
    /// such a hundred begins there.
    pub fn century(first: i32) -> Option<Self> {
        let digits = u16::try_from(first / 100).ok()?;
        (first % 100 == 0 && digits <= 99).then(|| {
            let year = Year::Century(digits);
            Self(Form::Point(Point { year, within: Within::Whole, mark: Mark::Plain }))
        })
    }

    /// A day or month of a year that is not known: `XXXX-11-07`. `None` where no
    /// year has such a day.
    pub fn yearless(month: u32, day: Option<u32>) -> Option<Self> {
        // A leap year has every day that any year has.
        let within = match day {
            Some(day) => Day::new(2000, month, day)
                .map(|day| Within::Day(narrow(day.month()), narrow(day.day())))?,
            None => Day::new(2000, month, 1).map(|day| Within::Month(narrow(day.month())))?,
        };
        Some(Self(Form::Point(Point { year: Year::Unknown, within, mark: Mark::Plain })))
    }

    /// From `first` to `last`, `None` for an open end. `None` when both ends are
    /// open, an end is itself an interval or a set, or it would end before it
    /// begins. An interval from a date to the same date is that date.
    pub fn interval(first: Option<&Self>, last: Option<&Self>) -> Option<Self> {
        let end = |when: Option<&Self>| match when.map(|when| &when.0) {
            None => Some(None),
            Some(Form::Point(point)) => Some(Some(*point)),
            Some(_) => None,
        };
        match (end(first)?, end(last)?) {
            (None, None) => None,
            (Some(first), Some(last)) if first == last => Some(Self(Form::Point(first))),
            (first, last) => {
                let starts = first.and_then(Point::days).map(|days| days.0);
                let ends = last.and_then(Point::days).map(|days| days.1);
                let backwards = starts.zip(ends).is_some_and(|(starts, ends)| ends < starts);
                (!backwards).then_some(Self(Form::Interval(first, last)))
            }
        }
    }

    /// One of `dates`: sorted, each once. `None` for none, or where one is itself
    /// an interval or a set; a single date stands for itself.
    pub fn one_of(dates: &[Self]) -> Option<Self> {
        let mut sorted: Vec<&Self> = dates.iter().collect();
        sorted.sort();
        sorted.dedup();
        let points: Option<Vec<Point>> = sorted
            .iter()
            .map(|date| match date.0 {
                Form::Point(point) => Some(point),
                _ => None,
            })
            .collect();
        match points?.as_slice() {
            [] => None,
            [point] => Some(Self(Form::Point(*point))),
            points => Some(Self(Form::Set(points.to_vec()))),
        }
    }

    /// The same date, marked as "about"; intervals and sets at every date.
    #[must_use]
    pub fn approximate(mut self) -> Self {
        let soften = |point: &mut Point| {
            point.mark = match point.mark {
                Mark::Plain | Mark::About => Mark::About,
                Mark::Perhaps | Mark::Both => Mark::Both,
            };
        };
        self.each_point(soften);
        self
    }

    /// The same date, marked as "perhaps"; intervals and sets at every date.
    #[must_use]
    pub fn uncertain(mut self) -> Self {
        let doubt = |point: &mut Point| {
            point.mark = match point.mark {
                Mark::Plain | Mark::Perhaps => Mark::Perhaps,
                Mark::About | Mark::Both => Mark::Both,
            };
        };
        self.each_point(doubt);
        self
    }

    /// Whether a date in it is marked `?`: nothing vouches for it.
    pub fn is_uncertain(&self) -> bool {
        self.any_mark(|mark| matches!(mark, Mark::Perhaps | Mark::Both))
    }

    /// Whether a date in it is marked at all, as `?` or as `~`.
    pub fn is_doubtful(&self) -> bool {
        self.any_mark(|mark| mark != Mark::Plain)
    }

    /// Reads an EDTF date: the whole expression, without surrounding space.
    ///
    /// Years have four digits, 0001 to 9999. Returns `None` for anything else,
    /// days that no calendar has and intervals that end before they begin
    /// included; the caller knows the file and makes the diagnostic.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(list) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let points: Option<Vec<Point>> = list.split(',').map(Point::parse).collect();
            let points = points.filter(|points| points.len() > 1)?;
            return Some(Self(Form::Set(points)));
        }
        if let Some((first, last)) = text.split_once('/') {
            let end = |text: &str| match text {
                ".." => Some(None),
                text => Point::parse(text).map(|point| Some(Self(Form::Point(point)))),
            };
            let (first, last) = (end(first)?, end(last)?);
            let when = Self::interval(first.as_ref(), last.as_ref())?;
            return matches!(when.0, Form::Interval(..)).then_some(when);
        }
        Point::parse(text).map(|point| Self(Form::Point(point)))
    }

    /// The first day it can mean; `None` for an open start or an unknown year.
    pub fn first(&self) -> Option<Day> {
        match &self.0 {
            Form::Point(point) => point.days().map(|days| days.0),
            Form::Interval(first, _) => first.and_then(Point::days).map(|days| days.0),
            Form::Set(points) => {
                let days: Option<Vec<_>> = points.iter().copied().map(Point::days).collect();
                days?.iter().map(|days| days.0).min()
            }
        }
    }

    /// The last day it can mean; `None` for an open end or an unknown year.
    pub fn last(&self) -> Option<Day> {
        match &self.0 {
            Form::Point(point) => point.days().map(|days| days.1),
            Form::Interval(_, last) => last.and_then(Point::days).map(|days| days.1),
            Form::Set(points) => {
                let days: Option<Vec<_>> = points.iter().copied().map(Point::days).collect();
                days?.iter().map(|days| days.1).max()
            }
        }
    }

    /// The year and month it is filed under: those of its first day, where it means
    /// no more than a month's worth of days. A week that crosses into the next month
    /// belongs to the month it begins in; a season, a year or an open interval has
    /// no month.
    pub fn month_of(&self) -> Option<(i32, u32)> {
        let (first, last) = (self.first()?, self.last()?);
        (last.since(first) <= 31).then(|| (first.year(), first.month()))
    }

    /// The day, where it is exactly one, stated without doubt.
    pub fn as_day(&self) -> Option<Day> {
        match self.0 {
            Form::Point(Point {
                year: Year::Stated(year),
                within: Within::Day(month, day),
                mark: Mark::Plain,
            }) => Day::new(year.into(), month.into(), day.into()),
            _ => None,
        }
    }

    /// How narrow it is.
    pub fn precision(&self) -> Precision {
        match &self.0 {
            Form::Interval(..) => Precision::Interval,
            Form::Set(_) => Precision::Set,
            Form::Point(point) => match (point.year, point.within) {
                (_, Within::Day(..)) => Precision::Day,
                (_, Within::Month(_) | Within::SomeDayOf(_)) => Precision::Month,
                (_, Within::Season(_)) => Precision::Season,
                (Year::Decade(_), _) => Precision::Decade,
                (Year::Century(_), _) => Precision::Century,
                (Year::Stated(_) | Year::Unknown, _) => Precision::Year,
            },
        }
    }

    /// The value of HTML's `datetime` attribute: a day, month or year without any
    /// doubt. `None` for the rest, which the attribute cannot say.
    pub fn datetime(&self) -> Option<Short> {
        match self.0 {
            Form::Point(point @ Point { year: Year::Stated(_), within, mark: Mark::Plain }) => {
                matches!(within, Within::Whole | Within::Month(_) | Within::Day(..))
                    .then(|| point.short())
            }
            _ => None,
        }
    }

    /// As EDTF: what `to_string` gives, at less cost, for there are millions of them.
    pub fn edtf(&self) -> String {
        match &self.0 {
            Form::Point(point) => point.short().as_str().to_owned(),
            Form::Interval(..) | Form::Set(_) => self.to_string(),
        }
    }

    /// The date in words, for people: `7 November 2022`, `since 1 November 2022`.
    pub fn label(&self) -> String {
        self.label_in(Names::english())
    }

    /// The same in the language of `names`.
    pub fn label_in(&self, names: &Names) -> String {
        let mut label = String::with_capacity(24);
        self.push_label_in(&mut label, names);
        label
    }

    /// Appends [`When::label_in`].
    pub fn push_label_in(&self, out: &mut String, names: &Names) {
        label::push(out, &self.0, names);
    }

    /// A date of `year` that bears no mark. The year is known to be in range.
    fn point(year: i32, within: Within) -> Self {
        let year = Year::Stated(u16::try_from(year).unwrap_or(u16::MAX));
        Self(Form::Point(Point { year, within, mark: Mark::Plain }))
    }

    fn any_mark(&self, is: impl Fn(Mark) -> bool) -> bool {
        match &self.0 {
            Form::Point(point) => is(point.mark),
            Form::Interval(first, last) => first.iter().chain(last).any(|point| is(point.mark)),
            Form::Set(points) => points.iter().any(|point| is(point.mark)),
        }
    }

    fn each_point(&mut self, change: impl Fn(&mut Point)) {
        match &mut self.0 {
            Form::Point(point) => change(point),
            Form::Interval(first, last) => {
                first.iter_mut().for_each(&change);
                last.iter_mut().for_each(&change);
            }
            Form::Set(points) => points.iter_mut().for_each(change),
        }
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |when: &Self| {
            let (first, last) = (when.first(), when.last());
            let length = first.zip(last).map(|(first, last)| last.since(first));
            // `None` sorts before `Some`: the flags put what is missing last.
            (first.is_none(), first, length.is_none(), length)
        };
        key(self).cmp(&key(other)).then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        let (text, mark) = match text.as_bytes().last()? {
            b'~' => (&text[..text.len() - 1], Mark::About),
            b'?' => (&text[..text.len() - 1], Mark::Perhaps),
            b'%' => (&text[..text.len() - 1], Mark::Both),
            _ => (text, Mark::Plain),
        };
        let mut parts = text.split('-');
        let year = Year::parse(parts.next()?)?;
        let within = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Within::Whole,
            (Some("XX"), None, _) => Within::SomeMonth,
            (Some("XX"), Some("XX"), None) => Within::SomeDay,
            (Some(month), None, _) => match two_digits(month)? {
                21 => Within::Season(Season::Spring),
                22 => Within::Season(Season::Summer),
                23 => Within::Season(Season::Autumn),
                24 => Within::Season(Season::Winter),
                month => Within::Month(month),
            },
            (Some(month), Some("XX"), None) => Within::SomeDayOf(two_digits(month)?),
            (Some(month), Some(day), None) => Within::Day(two_digits(month)?, two_digits(day)?),
            _ => return None,
        };
        let point = Self { year, within, mark };
        let real = match (year, within) {
            (Year::Stated(year), Within::Day(month, day)) => {
                Day::new(year.into(), month.into(), day.into()).is_some()
            }
            (Year::Unknown, Within::Day(month, day)) => {
                Day::new(2000, month.into(), day.into()).is_some()
            }
            (Year::Stated(_) | Year::Unknown, Within::Month(month) | Within::SomeDayOf(month)) => {
                (1..=12).contains(&month)
            }
            (Year::Stated(_) | Year::Unknown, _) => true,
            (Year::Decade(_) | Year::Century(_), within) => within == Within::Whole,
        };
        real.then_some(point)
    }

    /// As EDTF.
    fn short(self) -> Short {
        // What nearly every date is.
        if let Self {
            year: Year::Stated(year),
            within: Within::Day(month, day),
            mark: Mark::Plain,
        } = self
        {
            return short::day(year, month, day);
        }
        let mut text = Short::default();
        match self.year {
            Year::Stated(year) => text.push(&digits_of(year)),
            Year::Decade(digits) => {
                let [_, hundreds, tens, ones] = digits_of(digits);
                text.push(&[hundreds, tens, ones, b'X']);
            }
            Year::Century(digits) => {
                let [.., tens, ones] = digits_of(digits);
                text.push(&[tens, ones, b'X', b'X']);
            }
            Year::Unknown => text.push(b"XXXX"),
        }
        match self.within {
            Within::Whole => {}
            Within::SomeMonth => text.push(b"-XX"),
            Within::SomeDay => text.push(b"-XX-XX"),
            Within::Season(season) => short::push_part(&mut text, season.code()),
            Within::Month(month) => short::push_part(&mut text, month),
            Within::SomeDayOf(month) => {
                short::push_part(&mut text, month);
                text.push(b"-XX");
            }
            Within::Day(month, day) => {
                short::push_part(&mut text, month);
                short::push_part(&mut text, day);
            }
        }
        text.push(match self.mark {
            Mark::Plain => b"",
            Mark::About => b"~",
            Mark::Perhaps => b"?",
            Mark::Both => b"%",
        });
        text
    }

    /// The first and the last day it can mean.
    fn days(self) -> Option<(Day, Day)> {
        let (first, last) = match self.year {
            Year::Stated(year) => (i32::from(year), i32::from(year)),
            Year::Decade(digits) => (i32::from(digits) * 10, i32::from(digits) * 10 + 9),
            Year::Century(digits) => (i32::from(digits) * 100, i32::from(digits) * 100 + 99),
            Year::Unknown => return None,
        };
        let month_of = |year: i32, month: u8| {
            let month = u32::from(month);
            Some((Day::new(year, month, 1)?, Day::new(year, month, days_in_month(year, month))?))
        };
        match self.within {
            Within::Whole | Within::SomeMonth | Within::SomeDay => {
                // The first decade and century lack the year 0.
                Some((Day::new(first.max(1), 1, 1)?, Day::new(last, 12, 31)?))
            }
            Within::Season(season) => {
                let starts = Day::new(first, u32::from(season.first_month()), 1)?;
                let ends = starts.plus_months(3).and_then(|day| day.plus(-1));
                Some((starts, ends.or_else(|| Day::new(9999, 12, 31))?))
            }
            Within::Month(month) | Within::SomeDayOf(month) => month_of(first, month),
            Within::Day(month, day) => {
                let day = Day::new(first, month.into(), day.into())?;
                Some((day, day))
            }
        }
    }
}

impl Year {
    fn parse(text: &str) -> Option<Self> {
        if text.len() != 4 || !text.is_ascii() {
            return None;
        }
        let number = |digits: &str| {
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        match text.trim_end_matches('X') {
            "" => Some(Self::Unknown),
            digits => match digits.len() {
                4 => number(digits).filter(|year| *year > 0).map(Self::Stated),
                3 => number(digits).map(Self::Decade),
                2 => number(digits).map(Self::Century),
                _ => None,
            },
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short().as_str())
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, point: &Option<Point>| match point {
            Some(point) => point.fmt(f),
            None => f.write_str(".."),
        };
        match &self.0 {
            Form::Point(point) => point.fmt(f),
            Form::Interval(first, last) => {
                end(f, first)?;
                f.write_str("/")?;
                end(f, last)
            }
            Form::Set(points) => {
                for (index, point) in points.iter().enumerate() {
                    f.write_str(if index == 0 { "[" } else { "," })?;
                    point.fmt(f)?;
                }
                f.write_str("]")
            }
        }
    }
}

impl Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Point(point) => point.short().serialize(serializer),
            Form::Interval(..) | Form::Set(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an EDTF date"))
    }
}

/// A month or a day of one, which a byte holds.
fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn two_digits(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
