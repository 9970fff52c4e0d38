//! Dates in words, for people: day before month, as the pages print them.

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

pub(super) fn of(form: &Form) -> String {
    match form {
        Form::Point(date) => point(*date),
        Form::Interval(Some(first), Some(last)) => interval(*first, *last),
        Form::Interval(Some(first), None) => format!("since {}", point(*first)),
        Form::Interval(None, Some(last)) => format!("until {}", point(*last)),
        // No constructor leaves both ends open.
        Form::Interval(None, None) => "at any time".to_owned(),
        Form::Set(dates) => {
            let (word, dates) = common(dates);
            let labels: Vec<String> = dates.into_iter().map(point).collect();
            match labels.split_last() {
                Some((last, [])) => format!("{word}{last}"),
                Some((last, others)) => format!("{word}{} or {last}", others.join(", ")),
                None => String::new(),
            }
        }
    }
}

/// The doubt that all of `dates` share, said once, and the dates without it.
fn common(dates: &[Point]) -> (&'static str, Vec<Point>) {
    match dates.first() {
        Some(first) if dates.iter().all(|date| date.mark == first.mark) => {
            let plain = dates.iter().map(|date| Point { mark: Mark::Plain, ..*date }).collect();
            (doubt(first.mark), plain)
        }
        _ => ("", dates.to_vec()),
    }
}

fn doubt(mark: Mark) -> &'static str {
    match mark {
        Mark::Plain => "",
        Mark::About => "about ",
        Mark::Perhaps => "perhaps ",
        Mark::Both => "perhaps about ",
    }
}

fn point(date: Point) -> String {
    let certainty = doubt(date.mark);
    let year = year(date.year);
    let unknown = date.year == Year::Unknown;
    match within(date.within) {
        None if unknown => "year unknown".to_owned(),
        None => match date.within {
            Within::SomeMonth => format!("{certainty}{year}, month unknown"),
            Within::SomeDay => format!("{certainty}{year}, day unknown"),
            _ => format!("{certainty}{year}"),
        },
        Some(part) if unknown => format!("{certainty}{part}, year unknown"),
        Some(part) => match date.within {
            Within::SomeDayOf(_) => format!("{certainty}{part} {year}, day unknown"),
            _ => format!("{certainty}{part} {year}"),
        },
    }
}

fn year(year: Year) -> String {
    match year {
        Year::Stated(year) => year.to_string(),
        Year::Decade(digits) => format!("the {digits}0s"),
        Year::Century(digits) => format!("the {} century", ordinal(digits + 1)),
        Year::Unknown => String::new(),
    }
}

fn within(part: Within) -> Option<String> {
    match part {
        Within::Whole | Within::SomeMonth | Within::SomeDay => None,
        Within::Season(season) => Some(
            match season {
                Season::Spring => "spring",
                Season::Summer => "summer",
                Season::Autumn => "autumn",
                Season::Winter => "winter",
            }
            .to_owned(),
        ),
        Within::Month(of_year) | Within::SomeDayOf(of_year) => Some(month(of_year).to_owned()),
        Within::Day(of_year, day) => Some(format!("{day} {}", month(of_year))),
    }
}

fn month(of_year: u8) -> &'static str {
    MONTHS.get(usize::from(of_year).wrapping_sub(1)).copied().unwrap_or_default()
}

/// Both ends, with what they share said once: `3–5 June 2022`,
/// `31 October – 6 November 2022`, `1992–1995`, `perhaps 1 March – 8 July 2022`.
fn interval(first: Point, last: Point) -> String {
    if first.mark != Mark::Plain && first.mark == last.mark {
        let plain = |date: Point| Point { mark: Mark::Plain, ..date };
        return format!("{}{}", doubt(first.mark), interval(plain(first), plain(last)));
    }
    let plain = first.mark == Mark::Plain && last.mark == Mark::Plain;
    if plain && first.year == last.year && first.year != Year::Unknown {
        match (first.within, last.within) {
            (Within::Day(month, day), Within::Day(other, _)) if month == other => {
                return format!("{day}–{}", point(last));
            }
            (from, Within::Day(..) | Within::Month(_)) => {
                if let Some(part) = within(from) {
                    return format!("{part} – {}", point(last));
                }
            }
            _ => {}
        }
    }
    match (first.within, last.within) {
        (Within::Whole, Within::Whole) if plain => format!("{}–{}", point(first), point(last)),
        _ => format!("{} – {}", point(first), point(last)),
    }
}

fn ordinal(number: u16) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
