//! When it was published, where no stamp of the story itself says so.
//!
//! Units, their forms, the headline and the body go in; a day comes out, with the
//! words that say how it was inferred. Asked only of clippings that would otherwise
//! have no date, and never stated as certain: a date some way above the headline, the
//! newest date of a page whose own stamp only says `3 hours ago`, and `4/3/2021` read
//! in the order in which the text itself writes its dates.
//!
//! Entry point: [`infer`].

use std::ops::Range;

use super::form::{self, Form, Rule};
use super::line::Unit;
use super::stamp::{self, Reading};
use crate::text::fold;
use crate::when::Day;

/// A day with what it was inferred from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Inferred {
    /// The day.
    pub(super) day: Day,
    /// The unit that states it.
    pub(super) unit: usize,
    /// Why it is the story's; follows the text of the unit in a sentence.
    pub(super) why: &'static str,
}

/// The day on which the story was most likely published. `ambiguous` are the unit and
/// the two readings of a stamp of its own that was left open.
pub(super) fn infer(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: &Range<usize>,
    ambiguous: Option<(usize, Reading)>,
) -> Option<Inferred> {
    if let Some((unit, Reading::Either(day, other))) = ambiguous
        && let Some(day_first) = writes_day_first(units)
    {
        let day = if day_first { day } else { other };
        return Some(Inferred {
            day,
            unit,
            why: "the stamp, read in the order of the dates in the text",
        });
    }
    if let Some((unit, day)) = headline.and_then(|headline| above(forms, headline)) {
        return Some(Inferred { day, unit, why: "the nearest date above the headline" });
    }
    let has_age = says_only_its_age(units, forms, headline, body);
    let (unit, day) = if has_age { newest(forms) } else { None }?;
    Some(Inferred { day, unit, why: "the newest date of a page whose story is hours old" })
}

/// The days of a unit that is a stamp.
fn days<'a>(form: &'a Form<'_>) -> impl Iterator<Item = Day> + 'a {
    let stamp = if let Form::Stamp(stamp) = form { Some(stamp) } else { None };
    stamp.into_iter().flat_map(|stamp| &stamp.dates).filter_map(|found| match found.reading {
        Reading::Day(day) => Some(day),
        _ => None,
    })
}

/// The nearest stamp above the headline, where no text of another story parts them.
fn above(forms: &[Form<'_>], headline: usize) -> Option<(usize, Day)> {
    const REACH: usize = 24;
    let near = (headline.saturating_sub(REACH)..headline).rev();
    near.into_iter().find_map(|at| Some((at, days(&forms[at]).next()?)))
}

/// The newest day of all stamps.
fn newest(forms: &[Form<'_>]) -> Option<(usize, Day)> {
    let all = forms.iter().enumerate().flat_map(|(at, form)| days(form).map(move |day| (at, day)));
    all.max_by_key(|(at, day)| (*day, std::cmp::Reverse(*at)))
}

/// Whether a line beside the headline says how old the story is: `Published 5 hours
/// ago`, `Publié il y a 3 heures`.
fn says_only_its_age(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: &Range<usize>,
) -> bool {
    const ABOVE: usize = 3;
    const BELOW: usize = 12;
    let Some(headline) = headline else { return false };
    let last = body.start.clamp(headline, headline + BELOW).min(units.len());
    (headline.saturating_sub(ABOVE)..last).any(|at| {
        // a time of day alone is of the day of printing
        matches!(&forms[at], Form::Stamp(stamp) if stamp.dates.is_empty() && at > headline)
            || forms[at] == Form::Furniture(Rule::Age)
            || at > headline && units[at].shape.digits > 0 && has_age(&units[at].text)
    })
}

/// Whether the last or first words of a part of `text` are an age in hours or minutes.
fn has_age(text: &str) -> bool {
    const LONGEST: usize = 160;
    if text.len() > LONGEST {
        return false;
    }
    let folded = fold(text);
    folded.split(['|', ',', '•', '·', '/', ';', '(']).any(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (2..=5).any(|length| {
            words.windows(length).any(|run| form::is_age(&run.join(" ")) && is_short_time(run))
        })
    })
}

/// Whether an age is one of hours or less: the day of the page is then the story's.
fn is_short_time(words: &[&str]) -> bool {
    words.iter().any(|word| {
        ["h", "hr", "hrs", "std", "sata", "sati", "ore", "ora", "uur", "timmar", "timer"]
            .contains(&word.trim_end_matches('.'))
            || ["hour", "heure", "hora", "stunde", "min", "sec", "sek"]
                .iter()
                .any(|unit| word.starts_with(unit))
    })
}

/// Whether the text writes the day before the month (`3 March`), or the month first;
/// `None` where it writes neither or both.
fn writes_day_first(units: &[Unit<'_>]) -> Option<bool> {
    let (mut day_first, mut month_first) = (0, 0);
    for unit in units.iter().filter(|unit| unit.shape.digits > 0) {
        let mut words = unit.text.split_whitespace().peekable();
        let mut before = false;
        while let Some(word) = words.next() {
            if is_month(word) {
                let after = words.peek().is_some_and(|next| is_day(next));
                day_first += u32::from(before);
                month_first += u32::from(after && !before);
            }
            before = is_day(word);
        }
    }
    match (day_first, month_first) {
        (1.., 0) => Some(true),
        (0, 1..) => Some(false),
        _ => None,
    }
}

/// Whether a word is a month, with a capital: `March`, `Sept.`.
fn is_month(word: &str) -> bool {
    // most words have no capital
    if !word.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        return false;
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with(char::is_uppercase) && stamp::month(bare).is_some()
}

/// Whether a word is a day of a month: `3`, `3rd`, `31,`.
fn is_day(word: &str) -> bool {
    // most words have no digit
    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let number = bare.trim_end_matches(char::is_alphabetic);
    number.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
        && matches!(&bare[number.len()..], "" | "st" | "nd" | "rd" | "th")
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::text as cleaned;

    /// Enough of a story for a body.
    const STORY: &str = "The old crane at the north quay turned on Monday for the first time in \
        nine years, and the harbour office was there to see it.\n\n\
        Volunteers had painted the jib of the crane over the winter, and the town paid for the \
        new cable that the harbour office had asked for.\n\n\
        The office said that the crane would lift its first load in May.\n";

    #[test]
    fn a_day_is_inferred_where_no_stamp_of_the_story_states_one() {
        let page = |above: &str, below: &str, end: &str| {
            format!("{above}Old crane at the north quay turns again\n\n{below}{STORY}\n{end}")
        };
        let far =
            "December 5, 2023\n\nFact checked\n\nProofread\n\nHarbour\n\nTown\n\nQuay\n\nPier\n\n";
        let others = "Related stories\n\nFerry sails again\n\nMarch 3, 2021\n\nPilot boat sold\n\nMarch 4, 2021\n";
        for (text, expected) in [
            (page(far, "", ""), "2023-12-05, above"),
            (page("", "Jane Roe | Published 5 hours ago\n\n", others), "2021-03-04, hours"),
            (
                page("", "Publié il y a 3 heures, mis à jour à 9h42\n\n", others),
                "2021-03-04, hours",
            ),
            (page("", "Published 5 days ago\n\n", others), "none"),
            (page("", "", others), "none"),
            (
                page("", "By Jane Roe • 12/11/23 4:23pm\n\n", "The next was built on May 3.\n"),
                "2023-12-11, order",
            ),
            (page("", "By Jane Roe • 12/11/23 4:23pm\n\n", ""), "none"),
        ] {
            let published = cleaned(&text).published;
            let clue = published.clues.first().map_or("", String::as_str);
            let word = ["above", "hours", "order"].into_iter().find(|word| clue.contains(word));
            let told = published.when.map_or_else(
                || "none".to_owned(),
                |when| format!("{when}, {}", word.unwrap_or(clue)),
            );
            assert_eq!(told, expected, "{text}");
        }
    }
}
