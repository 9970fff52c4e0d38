//! What does not fit about the dates of a clipping: an event of a later day told as
//! past, a weekday that is not that of its day; and that nothing says when it was
//! published.
//!
//! In: a briefing and the text it was read from. Out: one diagnostic for each, with
//! the line and both readings. The text itself is never changed by it.
//!
//! Start at [`find`].

use super::Briefing;
use crate::diagnostic::Diagnostic;
use crate::reading::time;
use crate::text::Span;
use crate::when::{Day, When};

/// The doubts about `briefing`; `text` is the whole clipping, where it is at hand.
pub fn find(briefing: &Briefing, text: Option<&str>) -> Vec<Diagnostic> {
    let mut doubts = Vec::new();
    let published = &briefing.article.published;
    let written = published.when.as_ref().and_then(When::last);
    let reading = &briefing.reading;
    for date in &reading.dates {
        let Some(day) = date.when.as_ref().and_then(When::as_day) else { continue };
        if date.rule.is_against_weekday() {
            let words = date.span.of(&briefing.prose.text);
            doubts.push(place(briefing, text, date.span, report::weekday(words, day)));
        }
    }
    for event in &reading.events {
        let Some(date) = reading.dates.get(event.date as usize) else { continue };
        let Some((first, written)) = date.when.as_ref().and_then(When::first).zip(written) else {
            continue;
        };
        let stated = !date.relative && date.rule.is_as_written();
        if first > written
            && stated
            && time::event::is_told_as_past(&briefing.prose, event.sentence, date.span)
        {
            let words = date.span.of(&briefing.prose.text);
            let label = published.when.as_ref().map(When::label).unwrap_or_default();
            doubts.push(place(briefing, text, date.span, report::early(words, &label)));
        }
    }
    doubts
}

/// What is known of the day of publication of a clipping that states none. Not among
/// its diagnostics: an archive may hold many, and only who asks wants the list.
pub fn undated(briefing: &Briefing) -> Option<Diagnostic> {
    let published = &briefing.article.published;
    let known = published.clues.join("; ");
    match published.basis_word() {
        "unknown" => Some(report::undated(&briefing.file, &known)),
        "inferred" => {
            let label = published.when.as_ref().map(When::label).unwrap_or_default();
            Some(report::inferred(&briefing.file, &label, &known))
        }
        _ => None,
    }
}

/// Names the place of `span` in the original, as exactly as it can be found.
fn place(
    briefing: &Briefing,
    text: Option<&str>,
    span: Span,
    diagnostic: Diagnostic,
) -> Diagnostic {
    let number = briefing.block(span).checked_sub(briefing.body_block);
    let Some(block) = number.and_then(|number| briefing.article.blocks.get(number)) else {
        return diagnostic.in_file(&briefing.file);
    };
    let (first, last) = block.lines;
    let words = span.of(&briefing.prose.text);
    let sentence = briefing.sentence(span).of(&briefing.prose.text);
    let found = text.and_then(|text| {
        let (start, end) = (line_start(text, first), line_start(text, last + 1));
        let lines = text.get(start..end)?;
        // The words may stand twice in a block; those of this sentence are meant.
        let from = lines.find(sentence).unwrap_or(0);
        let at = start + from + lines.get(from..)?.find(words)?;
        Some((text, at..at + words.len()))
    });
    match found {
        Some((text, bytes)) => diagnostic.at(&briefing.file, text, bytes, ""),
        None => diagnostic.at_line(&briefing.file, first, sentence, ""),
    }
}

/// Where line `number`, from 1, begins in `text`; its end for a line behind it.
fn line_start(text: &str, number: u32) -> usize {
    let skipped = (number as usize).saturating_sub(1);
    let mut starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1);
    match skipped.checked_sub(1) {
        None => 0,
        Some(newline) => starts.nth(newline).unwrap_or(text.len()),
    }
}

/// Every diagnostic of this stage, one function each.
mod report {
    use super::{Day, Diagnostic};

    const WEEKDAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const SETTLE: &str = "write `published = YYYY-MM-DD` in the sidecar to settle it";

    pub(super) fn undated(file: &str, known: &str) -> Diagnostic {
        let known = if known.is_empty() {
            "nothing in it narrows the day".to_owned()
        } else {
            format!("known: {known}")
        };
        Diagnostic::note("undated", "nothing says when this was published")
            .in_file(file)
            .help(format!("{known}; {SETTLE}"))
    }

    pub(super) fn inferred(file: &str, label: &str, known: &str) -> Diagnostic {
        Diagnostic::note(
            "date-inferred",
            format!("nothing says when this was published; inferred: {label}"),
        )
        .in_file(file)
        .help(format!("known: {known}; {SETTLE}"))
    }

    pub(super) fn weekday(words: &str, day: Day) -> Diagnostic {
        let weekday = WEEKDAYS[day.weekday() as usize];
        let named = WEEKDAYS.iter().position(|name| words.contains(&name[..3]));
        let other = named.and_then(|named| {
            // The nearest such weekday: three days away at most.
            let away =
                (i64::try_from(named).ok()? - i64::from(day.weekday()) + 3).rem_euclid(7) - 3;
            Some(format!("; the {} beside it is {}", WEEKDAYS[named], day.plus(away)?))
        });
        Diagnostic::note(
            "weekday",
            format!("`{words}` does not fit: {day} is a {weekday}{}", other.unwrap_or_default()),
        )
        .help(format!("read as {day}; if the day of publication is wrong, {SETTLE}"))
    }

    pub(super) fn early(words: &str, published: &str) -> Diagnostic {
        Diagnostic::warning(
            "published-before-event",
            format!("published {published}, and yet it tells of `{words}` as past"),
        )
        .help(format!("one of the two is wrong; if it is the day of publication, {SETTLE}"))
    }
}
