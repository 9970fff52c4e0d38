//! When it was published, from everything that says so.
//!
//! Ranked: what the owner states, the date a crawler wrote before the first line,
//! a stamp that says `published`, a bare stamp near the headline, a date beside a
//! place, a dateline with a year, and last the name of the file or of its folder. A stamp that only says `updated` gives the update
//! as stated and the publication as inferred. Nothing is guessed silently: a date
//! that reads two ways is settled by another date of the clipping or left open.

use std::borrow::Cow;

use super::stamp::{Found, Label, Reading};
use crate::article::{Basis, Field, Published};
use crate::when::{Clock, Day, When};

/// A date with the line that states it, from 1, and that line's text.
#[derive(Debug, Clone)]
pub(super) struct Dated<'a> {
    pub(super) found: Found,
    pub(super) line: u32,
    pub(super) text: Cow<'a, str>,
}

/// What the clipping says of its dates.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) published: Published,
    pub(super) updated: Option<Field<(When, Option<Clock>)>>,
    /// A date that can be read two ways and was left open.
    pub(super) ambiguous: Option<Open>,
}

/// A date left open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) reading: Reading,
}

/// Decides. `prefix` is the crawler's date on the first line, `day_first` whether
/// the language writes the day first, `dateline` the day in the dateline.
pub(super) fn decide(
    dates: &[Dated<'_>],
    prefix: Option<(Day, u32)>,
    dateline: Option<(Reading, u32)>,
    day_first: bool,
) -> Outcome {
    let hints: Vec<Day> = dates
        .iter()
        .filter_map(|dated| match dated.found.reading {
            Reading::Day(day) => Some(day),
            _ => None,
        })
        .chain(prefix.map(|(day, _)| day))
        .collect();
    let american = is_american(dates);
    let day_first = day_first || !american && is_of_day_first(dates);
    let mut ambiguous = None;
    let mut settle = |reading: Reading, line: u32, text: &str| -> Option<When> {
        match reading {
            Reading::Day(day) => Some(When::day(day)),
            Reading::Month(year, month) => When::parse(&format!("{year:04}-{month:02}")),
            Reading::Either(day, _) if day_first => Some(When::day(day)),
            // a clock of the United States
            Reading::Either(_, other) if american => Some(When::day(other)),
            Reading::Either(day, other) => {
                let near = |day: Day| hints.iter().any(|hint| hint.since(day).abs() <= 3);
                match (near(day), near(other)) {
                    (true, false) => Some(When::day(day)),
                    (false, true) => Some(When::day(other)),
                    _ => {
                        let text = text.to_owned();
                        ambiguous.get_or_insert(Open { line, text, reading });
                        None
                    }
                }
            }
        }
    };
    let mut published = Published::unknown();
    let mut updated = None;
    let labelled = dates.iter().filter(|dated| dated.found.label == Some(Label::Published));
    let bare = dates.iter().filter(|dated| dated.found.label.is_none());
    for dated in labelled.chain(bare) {
        if let Some(when) = settle(dated.found.reading, dated.line, &dated.text) {
            published = Published {
                when: Some(when),
                time: dated.found.time.clone(),
                basis: Basis::Stated,
                clues: vec![format!("the stamp `{}` on line {}", excerpt(&dated.text), dated.line)],
                line: Some(dated.line),
            };
            break;
        }
    }
    if let Some((day, line)) = prefix {
        let same = published.when.as_ref().and_then(When::as_day) == Some(day);
        let clue = format!("the date {day} that a crawler wrote before line {line}");
        if same {
            published.clues.push(clue);
        } else {
            published = Published {
                when: Some(When::day(day)),
                time: None,
                basis: Basis::Stated,
                clues: vec![clue],
                line: Some(line),
            };
        }
    }
    for dated in dates.iter().filter(|dated| dated.found.label == Some(Label::Updated)) {
        if let Some(when) = settle(dated.found.reading, dated.line, &dated.text) {
            updated =
                Some(Field::new((when, dated.found.time.clone()), Basis::Stated, Some(dated.line)));
            break;
        }
    }
    if published.when.is_none()
        && let Some((reading, line)) = dateline
        && let Some(when) = settle(reading, line, "")
    {
        published = Published {
            when: Some(when),
            time: None,
            basis: Basis::Stated,
            clues: vec![format!("the dateline on line {line}")],
            line: Some(line),
        };
    }
    if published.when.is_none()
        && let Some(field) = &updated
    {
        published = Published {
            when: Some(field.value.0.clone()),
            time: None,
            basis: Basis::Inferred,
            clues: vec![format!(
                "the stamp of the last change on line {}, the only date near the headline",
                field.line.unwrap_or(0)
            )],
            line: field.line,
        };
    }
    if published.when.is_some() {
        ambiguous = None;
    }
    Outcome { published, updated, ambiguous }
}

/// Whether a time of day is given in a zone of the United States, whose dates put
/// the month first.
fn is_american(dates: &[Dated<'_>]) -> bool {
    const ZONES: [&str; 10] = ["ET", "EST", "EDT", "CT", "CDT", "MT", "MDT", "PT", "PST", "PDT"];
    let zones = dates.iter().filter_map(|dated| dated.found.time.as_ref()?.zone.as_deref());
    zones.into_iter().any(|zone| ZONES.contains(&zone))
}

/// Whether a time of day is written as the United States do not: in a zone of other
/// countries, or to 24 hours.
fn is_of_day_first(dates: &[Dated<'_>]) -> bool {
    dates.iter().any(|dated| {
        let Some(time) = &dated.found.time else { return false };
        let zone = time.zone.as_deref().is_some_and(|zone| zone != "Z" && zone != "UTC");
        let halved = || {
            let text = dated.text.to_ascii_lowercase();
            text.contains("pm") || text.contains("p.m") || text.contains("p m")
        };
        zone || time.hour > 12 && !halved()
    })
}

fn excerpt(text: &str) -> &str {
    &text[..text.floor_char_boundary(80)]
}
