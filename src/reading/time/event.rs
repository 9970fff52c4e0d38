//! Dated sentences with a happening.
//!
//! What flows in are the time expressions of an article; every sentence that tells
//! something on a date of the calendar comes out as an [`Event`], once for each
//! distinct date. Stretches, recurring times and lone times of day date nothing.
//!
//! The decision to question: a year, decade or century well before the article is
//! [`EventKind::Background`], whatever the verb. Reports recall old facts by their
//! year; what they report they date by the day.
//!
//! Start at [`find`].

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::tense::Tense;
use super::token::{self, Preposition, Token, Word};
use super::{Tokens, is_attribute, is_limit, tense, tokens_of};
use crate::reading::grain;
use crate::reading::{Anchor, Event, EventKind, Mention, Prose, TimeExpression, TimeKind, Zone};
use crate::text::Span;
use crate::when::{Day, Precision, When};

/// A happening needs this many words besides its date.
const WORDS: usize = 3;

/// A sentence of more dates is a list; the first ones stand for it.
const DATES: usize = 12;

/// The events of `prose`, which `tokens` are of, in order. Headlines, subheadings,
/// captions and code tell none.
pub fn find(
    prose: &Prose,
    tokens: &Tokens,
    sentences: &[Span],
    anchor: Anchor<'_>,
    dates: &[TimeExpression],
    mentions: &[Mention],
) -> Vec<Event> {
    // An article that leaves the year open recalls what it dates by one.
    let open = anchor.is_none() && dates.iter().any(|date| date.value.starts_with("XXXX"));
    let today = anchor.and_then(When::last);
    let written = anchor.and_then(|anchor| anchor.first().zip(anchor.last()));
    let mut events = Vec::new();
    let (mut block, mut date, mut mention) = (0, 0, 0);
    for sentence in sentences {
        while prose.blocks.get(block).is_some_and(|block| block.span.end <= sentence.start) {
            block += 1;
        }
        let told = prose
            .blocks
            .get(block)
            .is_some_and(|block| matches!(block.zone, Zone::Body | Zone::Standfirst | Zone::Quote));
        let told_on = within(&mut date, *sentence, |at| dates.get(at).map(|date| date.span));
        let named = within(&mut mention, *sentence, |at| mentions.get(at).map(|seen| seen.span));
        if !told || !dates[told_on.clone()].iter().any(is_calendar) {
            continue;
        }
        let tokens = tokens.within(*sentence);
        if words_beside(tokens, &dates[told_on.clone()]) < WORDS {
            continue;
        }
        let actors = once_each(&mentions[named]);
        let mut seen: Vec<&When> = Vec::new();
        for index in told_on {
            let expression = &dates[index];
            let Some(when) = expression.when.as_ref().filter(|_| is_calendar(expression)) else {
                continue;
            };
            let place = tokens_of(tokens, expression.span);
            if seen.contains(&when) || is_measure(&prose.text, tokens, &place) {
                continue;
            }
            let tense = tense::tense(&prose.text, tokens, &place, *sentence);
            let thing = before_is_of(tokens, &place);
            let recalled =
                (is_coarse(when) && open) || (is_old(when, today) && (is_coarse(when) || thing));
            events.push(Event {
                sentence: *sentence,
                date: u32::try_from(index).unwrap_or(u32::MAX),
                kind: kind(tokens, &place, tense, when, recalled, written),
                actors: actors.clone(),
            });
            seen.push(when);
            if seen.len() == DATES {
                break;
            }
        }
    }
    events
}

/// Whether `sentence` tells what stands at `date`, one of its parts, as past.
pub fn is_told_as_past(prose: &Prose, sentence: Span, date: Span) -> bool {
    let mut tokens = Vec::new();
    token::append(&prose.text, &grain::within(&prose.text, sentence), &mut tokens);
    let place = tokens_of(&tokens, date);
    tense::tense(&prose.text, &tokens, &place, sentence) == Tense::Past
        && !is_limit(&tokens, &place, Tense::Past)
        && !is_attribute(&tokens, &place)
        && place.start.checked_sub(1).map(|at| tokens[at].word)
            != Some(Word::Preposition(Preposition::For))
}

/// The indices, from `next` on, of what begins in `sentence`; `next` moves behind
/// them.
fn within(next: &mut usize, sentence: Span, span: impl Fn(usize) -> Option<Span>) -> Range<usize> {
    while span(*next).is_some_and(|span| span.start < sentence.start) {
        *next += 1;
    }
    let start = *next;
    while span(*next).is_some_and(|span| span.start < sentence.end) {
        *next += 1;
    }
    start..*next
}

/// The actors of `mentions`, in order of first mention.
fn once_each(mentions: &[Mention]) -> Box<[u32]> {
    let mut actors: Vec<u32> = mentions.iter().map(|mention| mention.actor).collect();
    if actors.len() > 1 {
        let mut seen = FxHashSet::default();
        actors.retain(|actor| seen.insert(*actor));
    }
    actors.into_boxed_slice()
}

fn is_calendar(date: &TimeExpression) -> bool {
    date.when.is_some() && matches!(date.kind, TimeKind::Date | TimeKind::Time)
}

/// How many words of the sentence belong to none of its dates.
fn words_beside(tokens: &[Token], dates: &[TimeExpression]) -> usize {
    let mut dates = dates.iter().peekable();
    tokens
        .iter()
        .filter(|token| {
            while dates.next_if(|date| date.span.end <= token.start).is_some() {}
            let inside = dates.peek().is_some_and(|date| date.span.overlaps(token.span()));
            !inside && !matches!(token.word, Word::Mark(_) | Word::Number { .. })
        })
        .take(WORDS)
        .count()
}

/// Whether the date measures a thing and tells nothing of it: "plates that date
/// before 1999", "a 2019-built ship".
fn is_measure(text: &str, tokens: &[Token], place: &Range<usize>) -> bool {
    let hyphen = tokens.get(place.end).is_some_and(|after| after.glued && after.is_dash())
        && tokens
            .get(place.end + 1)
            .is_some_and(|after| after.glued && after.word == Word::Verb(token::Verb::Past));
    let dates = tokens[place.start.saturating_sub(3)..place.start]
        .iter()
        .any(|token| ["date", "dates", "dated", "dating"].contains(&token.span().of(text)));
    hyphen || dates
}

/// What the date is to its sentence; `recalled` for an old year.
fn kind(
    tokens: &[Token],
    place: &Range<usize>,
    tense: Tense,
    when: &When,
    recalled: bool,
    written: Option<(Day, Day)>,
) -> EventKind {
    let before = place.start.checked_sub(1).map(|at| tokens[at].word);
    let lies_ahead = written.zip(when.first()).is_some_and(|((_, written), first)| first > written);
    let over = written.zip(when.last()).is_some_and(|((written, _), last)| last < written);
    let day = when.precision() == Precision::Day;
    // "They flew patrols until May 2002": a limit that has passed lies behind the story.
    if is_limit(tokens, place, tense) {
        return if over { EventKind::Background } else { EventKind::Limit };
    }
    if recalled || is_attribute(tokens, place) {
        return EventKind::Background;
    }
    if lies_ahead || (day && before == Some(Word::Preposition(Preposition::For))) {
        return EventKind::Planned;
    }
    match tense {
        Tense::Ahead if !over => EventKind::Planned,
        _ => EventKind::Happened,
    }
}

/// "the declaration of 17 February 2008" is a thing with a date.
fn before_is_of(tokens: &[Token], place: &Range<usize>) -> bool {
    let before = place.start.checked_sub(1).map(|at| tokens[at].word);
    before == Some(Word::Preposition(Preposition::Of))
}

fn is_coarse(when: &When) -> bool {
    matches!(
        when.precision(),
        Precision::Year | Precision::Decade | Precision::Century | Precision::Season
    )
}

/// "in 2008", told in 2022; last year is still news.
fn is_old(when: &When, today: Option<Day>) -> bool {
    today.zip(when.last()).is_some_and(|(today, last)| last.year() < today.year() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::time;

    /// The events of one sentence, as `kind date`.
    fn check(written: Option<&str>, text: &str, expected: &[&str]) {
        let anchor = written.and_then(When::parse);
        let prose = Prose::plain(text);
        let sentences: Vec<Span> = prose.blocks.iter().map(|block| block.span).collect();
        let tokens = Tokens::of(&prose, &grain::Grains::of(&prose));
        let dates = time::find(&prose, &tokens, &sentences, anchor.as_ref(), &[]);
        let actual: Vec<String> = find(&prose, &tokens, &sentences, anchor.as_ref(), &dates, &[])
            .iter()
            .map(|event| {
                let when = dates[event.date as usize].when.as_ref().unwrap();
                format!("{:?} {when}", event.kind).to_lowercase()
            })
            .collect();
        assert_eq!(actual, expected, "{text:?}");
    }

    #[test]
    fn a_dated_sentence_becomes_an_event_of_its_kind() {
        for (text, expected) in [
            ("The two envoys met in Oslo on Tuesday.", &["happened 2024-03-12"][..]),
            ("The council will vote on Friday.", &["planned 2024-03-15"]),
            ("They agreed to postpone the census until September 1.", &["limit 2024-09-01"]),
            ("They flew patrols over the sea until May 2002.", &["background 2002-05"]),
            ("The report is due by the end of March.", &["limit 2024-03"]),
            ("The province declared independence in 2008.", &["background 2008"]),
            ("The bridge fell last year after a flood.", &["happened 2023"]),
            ("The 2020 election was close.", &["background 2020"]),
            ("It met on Monday and again on Monday evening.", &["happened 2024-03-11"]),
        ] {
            check(Some("2024-03-13"), text, expected);
        }
    }

    #[test]
    fn what_dates_nothing_is_no_event() {
        for text in [
            "The talks lasted three weeks and met every Thursday.",
            "Polls open at 7 a.m. and close late.",
            "Wednesday, March 13, 2024",
            "The plates that date before 1999 stay valid.",
            "The committee recently met for the first time.",
            "A 45-year-old man was charged on 31 April.",
        ] {
            check(Some("2024-03-13"), text, &[]);
        }
    }

    #[test]
    fn an_undated_article_still_tells_of_days() {
        check(None, "The envoy spoke by phone on November 7 with both.", &["happened xxxx-11-07"]);
    }
}
