//! Dates in words, for people, in the language that [`Names`] are of.
//!
//! The order of the parts is the same in every language that has a file of words:
//! day, month, year. What differs are the words and what stands around them, so a
//! language is a set of patterns and no code.

use std::sync::LazyLock;

use super::short::digits_of;
use super::{Form, Mark, Point, Season, Within, Year};

/// English month names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of a language for dates. In a pattern, a name in braces stands for what
/// is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// January first.
    pub months: [String; 12],
    /// Spring first.
    pub seasons: [String; 4],
    /// A day before its month: `{day}`.
    pub day: String,
    /// The first day of a month.
    pub first_day: String,
    /// `about {date}`.
    pub about: String,
    /// `perhaps {date}`.
    pub perhaps: String,
    /// `perhaps about {date}`.
    pub perhaps_about: String,
    /// `since {date}`.
    pub since: String,
    /// `until {date}`, before a month or a year.
    pub until: String,
    /// The same before a day.
    pub until_day: String,
    /// For an interval without ends.
    pub any_time: String,
    /// Between two dates of which one is meant, with its spaces.
    pub or: String,
    /// `year unknown`.
    pub year_unknown: String,
    /// `month unknown`.
    pub month_unknown: String,
    /// `day unknown`.
    pub day_unknown: String,
    /// `the {year}s`.
    pub decade: String,
    /// `the {ordinal} century`.
    pub century: String,
    /// `{n}st`, `{n}nd`, `{n}rd`, and for all other numbers `{n}th`.
    pub ordinals: [String; 4],
    /// For what has no date.
    pub undated: String,
    /// Beside a date that nothing states.
    pub inferred: String,
    /// Before the last of several names, with its spaces.
    pub and: String,
}

impl Names {
    /// The English ones.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Names> = LazyLock::new(|| Names {
            months: MONTHS.map(str::to_owned),
            seasons: ["spring", "summer", "autumn", "winter"].map(str::to_owned),
            day: "{day}".to_owned(),
            first_day: "{day}".to_owned(),
            about: "about {date}".to_owned(),
            perhaps: "perhaps {date}".to_owned(),
            perhaps_about: "perhaps about {date}".to_owned(),
            since: "since {date}".to_owned(),
            until: "until {date}".to_owned(),
            until_day: "until {date}".to_owned(),
            any_time: "at any time".to_owned(),
            or: " or ".to_owned(),
            year_unknown: "year unknown".to_owned(),
            month_unknown: "month unknown".to_owned(),
            day_unknown: "day unknown".to_owned(),
            decade: "the {year}s".to_owned(),
            century: "the {ordinal} century".to_owned(),
            ordinals: ["{n}st", "{n}nd", "{n}rd", "{n}th"].map(str::to_owned),
            undated: "undated".to_owned(),
            inferred: "inferred".to_owned(),
            and: " and ".to_owned(),
        });
        &ENGLISH
    }

    /// The month's name, by its number from 1; empty for any other number.
    pub fn month(&self, of_year: u32) -> &str {
        let at = usize::try_from(of_year).unwrap_or(0).wrapping_sub(1);
        self.months.get(at).map_or("", String::as_str)
    }

    /// `since {date}`, with the date in.
    pub fn since(&self, date: &str) -> String {
        put(&self.since, "{date}", date)
    }

    /// `until {date}`, with the date in; `is_day` where it names a day.
    pub fn until(&self, date: &str, is_day: bool) -> String {
        put(if is_day { &self.until_day } else { &self.until }, "{date}", date)
    }
}

/// `pattern` with `value` in the place of `name`.
fn put(pattern: &str, name: &str, value: &str) -> String {
    match around(pattern, name) {
        Some((before, after)) => [before, value, after].concat(),
        None => pattern.to_owned(),
    }
}

/// What stands before and after `name`, which begins with a brace: looked for by that, as
/// there are millions of dates and a search for a word takes longer to set up than to do.
fn around<'a>(pattern: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let braces = pattern.bytes().enumerate().filter(|(_, byte)| *byte == b'{');
    braces.map(|(at, _)| pattern.split_at(at)).find_map(|(before, rest)| {
        let after = rest.strip_prefix(name)?;
        Some((before, after))
    })
}

/// Appends the date in words.
pub(super) fn push(out: &mut String, form: &Form, names: &Names) {
    match form {
        Form::Point(Point {
            year: Year::Stated(year),
            within: Within::Day(of_year, of_month),
            mark: Mark::Plain,
        }) => push_full_day(out, *year, *of_year, *of_month, names),
        Form::Point(Point {
            year: Year::Stated(year),
            within: Within::Month(of_year),
            mark: Mark::Plain,
        }) => push_full_month(out, *year, *of_year, names),
        other => out.push_str(&of(other, names)),
    }
}

fn of(form: &Form, names: &Names) -> String {
    match form {
        Form::Point(date) => point(*date, names),
        Form::Interval(Some(first), Some(last)) => interval(*first, *last, names),
        Form::Interval(Some(first), None) => names.since(&point(*first, names)),
        Form::Interval(None, Some(last)) => {
            names.until(&point(*last, names), matches!(last.within, Within::Day(..)))
        }
        // No constructor leaves both ends open.
        Form::Interval(None, None) => names.any_time.clone(),
        Form::Set(dates) => {
            let (mark, dates) = common(dates);
            let labels: Vec<String> = dates.into_iter().map(|date| point(date, names)).collect();
            match labels.split_last() {
                Some((last, [])) => doubted(mark, last.clone(), names),
                Some((last, others)) => {
                    doubted(mark, [&*others.join(", "), &*names.or, last].concat(), names)
                }
                None => String::new(),
            }
        }
    }
}

/// The doubt that all of `dates` share, and the dates without it.
fn common(dates: &[Point]) -> (Mark, Vec<Point>) {
    match dates.first() {
        Some(first) if dates.iter().all(|date| date.mark == first.mark) => {
            let plain = dates.iter().map(|date| Point { mark: Mark::Plain, ..*date }).collect();
            (first.mark, plain)
        }
        _ => (Mark::Plain, dates.to_vec()),
    }
}

/// `date` with the words for its doubt.
fn doubted(mark: Mark, date: String, names: &Names) -> String {
    let pattern = match mark {
        Mark::Plain => return date,
        Mark::About => &names.about,
        Mark::Perhaps => &names.perhaps,
        Mark::Both => &names.perhaps_about,
    };
    put(pattern, "{date}", &date)
}

fn point(date: Point, names: &Names) -> String {
    let is_unknown = date.year == Year::Unknown && within(date.within, names).is_none();
    let mark = if is_unknown { Mark::Plain } else { date.mark };
    doubted(mark, plain(date, names), names)
}

/// The date without its mark.
fn plain(date: Point, names: &Names) -> String {
    let year = year(date.year, names);
    let unknown = date.year == Year::Unknown;
    match within(date.within, names) {
        None if unknown => names.year_unknown.clone(),
        None => match date.within {
            Within::SomeMonth => format!("{year}, {}", names.month_unknown),
            Within::SomeDay => format!("{year}, {}", names.day_unknown),
            _ => year,
        },
        Some(part) if unknown => format!("{part}, {}", names.year_unknown),
        Some(part) => match date.within {
            Within::SomeDayOf(_) => format!("{part} {year}, {}", names.day_unknown),
            _ => format!("{part} {year}"),
        },
    }
}

fn year(year: Year, names: &Names) -> String {
    match year {
        Year::Stated(year) => year.to_string(),
        Year::Decade(digits) => put(&names.decade, "{year}", &format!("{digits}0")),
        Year::Century(digits) => put(&names.century, "{ordinal}", &ordinal(digits + 1, names)),
        Year::Unknown => String::new(),
    }
}

fn within(part: Within, names: &Names) -> Option<String> {
    match part {
        Within::Whole | Within::SomeMonth | Within::SomeDay => None,
        Within::Season(season) => {
            let at = match season {
                Season::Spring => 0,
                Season::Summer => 1,
                Season::Autumn => 2,
                Season::Winter => 3,
            };
            Some(names.seasons[at].clone())
        }
        Within::Month(of_year) | Within::SomeDayOf(of_year) => {
            Some(names.month(of_year.into()).to_owned())
        }
        Within::Day(of_year, of_month) => {
            Some([&*day(of_month, names), " ", names.month(of_year.into())].concat())
        }
    }
}

/// `7 November 2022`: what nearly every date is, put together in place.
fn push_full_day(out: &mut String, year: u16, of_year: u8, of_month: u8, names: &Names) {
    let pattern = if of_month == 1 { &names.first_day } else { &names.day };
    match around(pattern, "{day}") {
        Some((before, after)) => {
            out.push_str(before);
            push_digits(out, &digits_of(of_month.into()));
            out.push_str(after);
        }
        None => out.push_str(pattern),
    }
    out.push(' ');
    push_full_month(out, year, of_year, names);
}

/// `November 2022`, in the same way.
fn push_full_month(out: &mut String, year: u16, of_year: u8, names: &Names) {
    out.push_str(names.month(of_year.into()));
    out.push(' ');
    push_digits(out, &digits_of(year));
}

/// Appends digits without zeros before them.
fn push_digits(out: &mut String, digits: &[u8]) {
    let zeros = digits.iter().take(digits.len() - 1).take_while(|digit| **digit == b'0').count();
    out.extend(digits[zeros..].iter().map(|digit| char::from(*digit)));
}

fn day(of_month: u8, names: &Names) -> String {
    let pattern = if of_month == 1 { &names.first_day } else { &names.day };
    put(pattern, "{day}", &of_month.to_string())
}

/// Both ends, with what they share said once: `3–5 June 2022`,
/// `31 October – 6 November 2022`, `1992–1995`, `perhaps 1 March – 8 July 2022`.
fn interval(first: Point, last: Point, names: &Names) -> String {
    if first.mark != Mark::Plain && first.mark == last.mark {
        let plain = |date: Point| Point { mark: Mark::Plain, ..date };
        return doubted(first.mark, interval(plain(first), plain(last), names), names);
    }
    let plain = first.mark == Mark::Plain && last.mark == Mark::Plain;
    if plain && first.year == last.year && first.year != Year::Unknown {
        match (first.within, last.within) {
            (Within::Day(month, from), Within::Day(other, _)) if month == other => {
                return format!("{}–{}", day(from, names), point(last, names));
            }
            (from, Within::Day(..) | Within::Month(_)) => {
                if let Some(part) = within(from, names) {
                    return format!("{part} – {}", point(last, names));
                }
            }
            _ => {}
        }
    }
    let dash = match (first.within, last.within) {
        (Within::Whole, Within::Whole) if plain => "–",
        _ => " – ",
    };
    [&*point(first, names), dash, &*point(last, names)].concat()
}

fn ordinal(number: u16, names: &Names) -> String {
    let at = match (number % 100, number % 10) {
        (11..=13, _) => 3,
        (_, 1) => 0,
        (_, 2) => 1,
        (_, 3) => 2,
        _ => 3,
    };
    put(&names.ordinals[at], "{n}", &number.to_string())
}
