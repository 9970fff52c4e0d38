//! When an article was written that does not say so.
//!
//! What flows in is the reading of an article without a day of publication; what
//! comes out is the span or the few days that meet every constraint its text sets,
//! with the constraints in words. Dated happenings lie behind the day of writing,
//! limits and plans before it, and "tomorrow, Thursday" fixes its weekday.
//!
//! The decision to question: nothing is ranked. In news the last day told of is the
//! day of writing only half of the time, so a best guess would be wrong as often as
//! right. All days that remain are given, marked as uncertain, or none.
//!
//! Start at [`infer`].

use super::{Event, EventKind, Prose, TimeExpression};
use crate::when::{Day, Precision, When};

/// Constraints further apart than this say nothing worth showing.
const LONGEST: i64 = 200;

/// So many days are listed one by one; more are given from first to last.
const LISTED: usize = 5;

/// The days on which the article may have been written, and why, in words.
///
/// `dates` and `events` are what was read of `prose` without an anchor. The date is
/// a set or an interval, marked `?`; `None` unless the text bounds it on both sides
/// within some months.
pub fn infer(
    prose: &Prose,
    dates: &[TimeExpression],
    events: &[Event],
) -> Option<(When, Vec<String>)> {
    let words = |date: &TimeExpression| date.span.of(&prose.text).to_owned();
    let (floor, past) =
        dated(dates, events, |kind| matches!(kind, EventKind::Happened | EventKind::Background))
            .filter_map(|date| Some((date.when.as_ref()?.first()?, date)))
            .max_by_key(|(day, _)| *day)
            // The year of an old fact bounds nothing.
            .filter(|(_, date)| {
                date.when.as_ref().is_some_and(|when| when.precision() <= Precision::Month)
            })?;
    let (ceiling, ahead) =
        dated(dates, events, |kind| matches!(kind, EventKind::Planned | EventKind::Limit))
            .filter_map(|date| Some((next_after(date.when.as_ref()?, floor)?, date)))
            .min_by_key(|(day, _)| *day)
            .filter(|(day, _)| day.since(floor) <= LONGEST)?;
    let mut clues = vec![
        format!("not before `{}`, which it tells of", words(past)),
        format!("before `{}`, which lies ahead of it", words(ahead)),
    ];
    let weekday =
        dates.iter().find_map(|date| Some((weekday_of_writing(&words(date), date)?, date)));
    if let Some((weekday, date)) = weekday {
        clues.push(format!("on a {}, for it says `{}`", WEEKDAYS[weekday], words(date)));
    }
    let days: Vec<When> = (0..ceiling.since(floor))
        .filter_map(|days| floor.plus(days))
        .filter(|day| weekday.is_none_or(|(weekday, _)| weekday == day.weekday() as usize))
        .map(When::day)
        .collect();
    let when = match days.as_slice() {
        [] => return None,
        days if days.len() <= LISTED => When::one_of(days)?,
        [first, .., last] => When::interval(Some(first), Some(last))?,
        [day] => day.clone(),
    };
    Some((when.uncertain(), clues))
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The dates of the events of some kinds.
fn dated<'a>(
    dates: &'a [TimeExpression],
    events: &'a [Event],
    wanted: impl Fn(EventKind) -> bool + 'a,
) -> impl Iterator<Item = &'a TimeExpression> {
    events
        .iter()
        .filter(move |event| wanted(event.kind))
        .filter_map(|event| dates.get(event.date as usize))
}

/// The first day of `when` after `floor`; that of the nearest year where none is
/// known.
fn next_after(when: &When, floor: Day) -> Option<Day> {
    if let Some(first) = when.first() {
        return (first > floor).then_some(first);
    }
    (floor.year()..=floor.year() + 1).find_map(|year| {
        let text = when.to_string();
        let day = When::parse(&format!("{year:04}{}", text.strip_prefix("XXXX")?))?.first()?;
        (day > floor).then_some(day)
    })
}

/// The weekday of writing, from Monday as 0, where a word for a day stands beside a
/// weekday: "tomorrow, Thursday".
fn weekday_of_writing(words: &str, date: &TimeExpression) -> Option<usize> {
    let named: usize = date.value.strip_prefix("XXXX-WXX-")?.get(..1)?.parse().ok()?;
    let ahead = match words.split(|c: char| !c.is_alphabetic()).next()? {
        word if word.eq_ignore_ascii_case("today") => 0,
        word if word.eq_ignore_ascii_case("tomorrow") => 1,
        word if word.eq_ignore_ascii_case("yesterday") => 6,
        _ => return None,
    };
    Some((named + 13 - ahead) % 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::time;
    use crate::text::Span;

    fn check(text: &str, expected: Option<(&str, &[&str])>) {
        let prose = Prose::plain(text);
        let sentences: Vec<Span> = prose.blocks.iter().map(|block| block.span).collect();
        let dates = time::find(&prose, &sentences, None, &[]);
        let events = time::event::find(&prose, &sentences, None, &dates, &[]);
        let actual = infer(&prose, &dates, &events);
        let actual = actual.as_ref().map(|(when, clues)| {
            (when.to_string(), clues.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let expected = expected.map(|(when, clues)| (when.to_owned(), clues.to_vec()));
        assert_eq!(actual, expected, "{text:?}");
    }

    #[test]
    fn every_day_that_meets_all_constraints_is_given() {
        check(
            "The port closed on 18 July 2022.\nEnvoys meet again tomorrow, Thursday, in Bonn.\n\
             They agreed to delay the census until August 10.",
            Some((
                "[2022-07-20?,2022-07-27?,2022-08-03?]",
                &[
                    "not before `18 July 2022`, which it tells of",
                    "before `August 10`, which lies ahead of it",
                    "on a Wednesday, for it says `tomorrow, Thursday`",
                ],
            )),
        );
        check(
            "The port closed in June 2022.\nIt will reopen on September 1.",
            Some((
                "2022-06-01?/2022-08-31?",
                &[
                    "not before `June 2022`, which it tells of",
                    "before `September 1`, which lies ahead of it",
                ],
            )),
        );
    }

    #[test]
    fn too_little_said_gives_no_date() {
        for text in [
            "They spoke by phone on November 7.",
            "The province broke away in 2008, and will vote on Dec. 18.",
            "The port closed on 18 July 2022 after a strike.",
            "",
        ] {
            check(text, None);
        }
    }
}
