//! When an article was written that does not say so.
//!
//! What flows in is the reading of an article without a day of publication, and the
//! [`Bound`]s that others set: its folder, the terms of office of those it names,
//! another clipping that tells the same. What comes out is the span or the few days
//! that meet every constraint, with the constraints in words. Dated happenings lie
//! behind the day of writing, limits and plans before it, "tomorrow, Thursday" fixes
//! its weekday, and a month and day without a year lies in the only year that fits.
//!
//! The decision to question: nothing is ranked. In news the last day told of is the
//! day of writing only half of the time, so a best guess would be wrong as often as
//! right. All days that remain are given, marked as uncertain, or none.
//!
//! Start at [`infer`]; [`terms_of_office`] makes bounds of the register.

use super::{Event, EventKind, Prose, Reading, TimeExpression};
use crate::actor::{Actor, Register, Role};
use crate::text::fold;
use crate::when::{Day, Precision, When};

/// Constraints further apart than this say nothing worth showing.
const LONGEST: i64 = 200;

/// A longer span is told in words only.
const SHOWN: i64 = 366;

/// So many days are listed one by one; more are given from first to last.
const LISTED: usize = 5;

/// A month and day without a year lies at most so many days behind the day of
/// writing: in news the nearest such day is meant in 94 of 100 cases.
const YEARLESS: i64 = 200;

/// More years than this are not tried for a month and day.
const YEARS: i32 = 60;

/// What something beside the text says of the day of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The first day it allows.
    pub first: Option<Day>,
    /// The last day it allows.
    pub last: Option<Day>,
    /// Why, in words.
    pub clue: String,
}

/// What is known of a day of writing that nothing states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inferred {
    /// A day, a set of days or an interval, marked `?`; `None` where the constraints
    /// leave more than some months.
    pub when: Option<When>,
    /// The constraints, in words; there may be some without a date.
    pub clues: Vec<String>,
}

/// The days on which the article may have been written, and why, in words.
///
/// `dates` and `events` are what was read of `prose` without an anchor.
pub fn infer(
    prose: &Prose,
    dates: &[TimeExpression],
    events: &[Event],
    bounds: &[Bound],
) -> Inferred {
    let words = |date: &TimeExpression| date.span.of(&prose.text).to_owned();
    let mut clues: Vec<String> = bounds.iter().map(|bound| bound.clue.clone()).collect();
    let mut floor = bounds.iter().filter_map(|bound| bound.first).max();
    // The first day that is too late.
    let mut ceiling =
        bounds.iter().filter_map(|bound| bound.last).min().and_then(|last| last.plus(1));

    let told = |kind| matches!(kind, EventKind::Happened | EventKind::Background);
    let past = dated(dates, events, told)
        .filter_map(|date| Some((date.when.as_ref()?.first()?, date)))
        .max_by_key(|(day, _)| *day)
        // The year of an old fact bounds nothing.
        .filter(|(_, date)| {
            date.when.as_ref().is_some_and(|when| when.precision() <= Precision::Month)
        });
    if let Some((day, date)) = past {
        clues.push(format!("not before `{}`, which it tells of", words(date)));
        floor = floor.max(Some(day));
    }
    for date in dated(dates, events, |kind| kind == EventKind::Happened) {
        let years = (floor, ceiling);
        let Some(day) = only_year(&words(date), date, years) else { continue };
        clues.push(format!("`{}` lies in {}, the only year that fits", words(date), day.year()));
        floor = floor.max(Some(day));
        let last = day.plus(YEARLESS);
        ceiling = ceiling.into_iter().chain(last).min();
    }
    if let Some(from) = floor {
        let ahead = |kind| matches!(kind, EventKind::Planned | EventKind::Limit);
        let next = dated(dates, events, ahead)
            .filter_map(|date| Some((next_after(date.when.as_ref()?, from)?, date)))
            .min_by_key(|(day, _)| *day)
            .filter(|(day, _)| day.since(from) <= LONGEST);
        if let Some((day, date)) = next {
            clues.push(format!("before `{}`, which lies ahead of it", words(date)));
            ceiling = ceiling.into_iter().chain([day]).min();
        }
    }
    let weekday =
        dates.iter().find_map(|date| Some((weekday_of_writing(&words(date), date)?, date)));
    if let Some((weekday, date)) = weekday {
        clues.push(format!("on a {}, for it says `{}`", WEEKDAYS[weekday], words(date)));
    }
    let (Some(floor), Some(ceiling)) = (floor, ceiling) else {
        clues.extend(yearless(prose, dates, events));
        return Inferred { when: None, clues };
    };
    if ceiling.since(floor) > SHOWN {
        clues.extend(yearless(prose, dates, events));
        return Inferred { when: None, clues };
    }
    let days: Vec<When> = (0..ceiling.since(floor))
        .filter_map(|days| floor.plus(days))
        .filter(|day| weekday.is_none_or(|(weekday, _)| weekday == day.weekday() as usize))
        .map(When::day)
        .collect();
    let when = match days.as_slice() {
        [] => None,
        days if days.len() <= LISTED => When::one_of(days),
        [first, .., last] => When::interval(Some(first), Some(last)),
        [day] => Some(day.clone()),
    };
    Inferred { when: when.map(When::uncertain), clues }
}

/// What it tells of without a year: all that is known where nothing says the year.
fn yearless(prose: &Prose, dates: &[TimeExpression], events: &[Event]) -> Vec<String> {
    const NAMED: usize = 3;
    let told = |kind| matches!(kind, EventKind::Happened | EventKind::Planned | EventKind::Limit);
    let mut named: Vec<&str> = Vec::new();
    for date in dated(dates, events, told).filter(|date| date.value.starts_with("XXXX-")) {
        let words = date.span.of(&prose.text);
        if named.len() < NAMED && !named.contains(&words) {
            named.push(words);
        }
    }
    named.iter().map(|words| format!("it tells of `{words}` and not of which year")).collect()
}

/// The day that a month and day without a year can only be, between a first day and
/// one that is too late: every other year breaks its weekday, or lies too far away.
fn only_year(
    words: &str,
    date: &TimeExpression,
    (floor, ceiling): (Option<Day>, Option<Day>),
) -> Option<Day> {
    let rest = date.value.strip_prefix("XXXX-").filter(|rest| rest.len() == 5)?;
    let (floor, ceiling) = (floor?, ceiling?);
    if ceiling.year() - floor.year() > YEARS {
        return None;
    }
    let weekday = WEEKDAYS.iter().position(|weekday| words.starts_with(weekday));
    let mut fitting = (floor.year() - 1..=ceiling.year())
        .filter_map(|year| Day::parse(&format!("{year:04}-{rest}")))
        .filter(|day| weekday.is_none_or(|weekday| weekday == day.weekday() as usize))
        .filter(|day| *day < ceiling && day.plus(YEARLESS).is_some_and(|last| last >= floor));
    match (fitting.next(), fitting.next()) {
        (Some(day), None) => Some(day),
        _ => None,
    }
}

/// What the terms of office in `register` say: who is named by a title held from one
/// day to another is named between the two.
pub fn terms_of_office(prose: &Prose, reading: &Reading, register: &Register) -> Vec<Bound> {
    let mut bounds: Vec<Bound> = Vec::new();
    for mention in &reading.mentions {
        let actor = reading.actors.get(mention.actor as usize);
        let Some(actor) = actor.and_then(|seen| register.actor(&seen.id)) else { continue };
        for role in actor.roles.iter().filter(|role| role.from.is_some() || role.to.is_some()) {
            let before = &prose.text[..mention.span.start as usize];
            if !is_named_by(before, &role.title) {
                continue;
            }
            let bound = term(actor, role);
            if !bounds.contains(&bound) {
                bounds.push(bound);
            }
        }
    }
    bounds
}

fn term(actor: &Actor, role: &Role) -> Bound {
    let first = role.from.as_ref().and_then(When::first);
    let last = role.to.as_ref().and_then(When::last);
    let term = match (&role.from, &role.to) {
        (Some(from), Some(to)) => format!("from {} to {}", from.label(), to.label()),
        (Some(from), None) => format!("since {}", from.label()),
        (None, Some(to)) => format!("until {}", to.label()),
        (None, None) => String::new(),
    };
    let clue = format!("it calls {} {}, in office {term}", actor.name, role.title);
    Bound { first, last, clue }
}

/// Whether `before`, the text in front of a name, ends with `title`, and not with
/// that of somebody who held it once.
fn is_named_by(before: &str, title: &str) -> bool {
    const REACH: usize = 80;
    let start = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let plain = |text: &str| fold(text).replace('-', " ");
    let (near, title) = (plain(before[start..].trim_end()), plain(title));
    let Some(rest) = near.strip_suffix(&*title) else { return false };
    let Some(word) = rest.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next() else {
        return true;
    };
    let held = ["former", "ex", "then", "late", "incoming", "next", "future"];
    !rest.ends_with(char::is_alphanumeric) && !held.contains(&word) && {
        // "former NATO Secretary General"
        let mut words = rest.split_whitespace().rev().skip(1);
        !words.next().is_some_and(|word| held.contains(&word))
    }
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
        check_within(text, &[], expected);
    }

    fn check_within(text: &str, bounds: &[Bound], expected: Option<(&str, &[&str])>) {
        let prose = Prose::plain(text);
        let sentences: Vec<Span> = prose.blocks.iter().map(|block| block.span).collect();
        let tokens = time::Tokens::of(&prose, &crate::reading::grain::Grains::of(&prose));
        let dates = time::find(&prose, &tokens, &sentences, None, &[]);
        let events = time::event::find(&prose, &tokens, &sentences, None, &dates, &[]);
        let Inferred { when, clues } = infer(&prose, &dates, &events, bounds);
        let actual = when
            .as_ref()
            .map(|when| (when.to_string(), clues.iter().map(String::as_str).collect::<Vec<_>>()));
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

    #[test]
    fn a_month_and_day_lies_in_the_only_year_that_fits() {
        let term = |first, last| {
            let clue = "it calls Mara Lindqvist Envoy".to_owned();
            [Bound { first: Day::parse(first), last: Day::parse(last), clue }]
        };
        check_within(
            "They spoke by phone on Monday, November 7 about it.",
            &term("2018-01-01", "2024-12-31"),
            Some((
                "2022-11-07?/2023-05-25?",
                &[
                    "it calls Mara Lindqvist Envoy",
                    "`Monday, November 7` lies in 2022, the only year that fits",
                ],
            )),
        );
        // Two years are left; one is not chosen.
        check_within(
            "They spoke by phone on Monday, November 7 about it.",
            &term("2014-10-01", "2024-10-01"),
            None,
        );
    }

    #[test]
    fn a_title_says_when_where_the_register_knows_its_term() {
        for (before, expected) in [
            ("NATO Secretary-General ", true),
            ("said secretary general ", true),
            ("the former Secretary General ", false),
            ("the former NATO Secretary General ", false),
            ("ex-Secretary General ", false),
            ("the Undersecretary General ", false),
            ("the envoy ", false),
            ("", false),
        ] {
            assert_eq!(is_named_by(before, "Secretary General"), expected, "{before:?}");
        }
    }
}
