//! Stamps: the dates a page prints about itself.
//!
//! A short line goes in (`Posted March 3, 2021 7:46 am.`, `Mi., 3. März 2021, 9:04
//! Uhr`, `Jane RoePublished: 3 Mar 2021`); its dates with their labels and times
//! come out, together with the words that are neither, which may be a name or an
//! outlet. A line whose other words make a sentence is no stamp.
//!
//! A date of digits alone that could be read day first or month first is kept as
//! both ([`Reading::Either`]); the header decides, or says that it cannot.
//!
//! The words stand in [`words`], the cutting in [`tokens`]. Entry point: [`read`].

use std::ops::Range;

use crate::text::fold;
use crate::when::{Clock, Day};

mod tokens;
mod words;

use tokens::{Kind, Token, tokens};
pub(super) use words::month;
use words::{is_link, is_weekday, is_zone, label_of};

/// What a stamp is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The first publication.
    Published,
    /// A later change.
    Updated,
}

/// How a date can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// One way.
    Day(Day),
    /// Day first, or month first.
    Either(Day, Day),
    /// A month of a year.
    Month(i32, u32),
}

/// A date in a stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The day.
    pub(super) reading: Reading,
    /// The time of day beside it.
    pub(super) time: Option<Clock>,
    /// What it is said to be.
    pub(super) label: Option<Label>,
}

/// A line that says when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp<'a> {
    /// Its dates, in order; empty for a time of day alone.
    pub(super) dates: Vec<Found>,
    /// What else stands in the line, in order.
    pub(super) rest: Vec<&'a str>,
}

impl Stamp<'_> {
    /// Whether `text`, the line of the stamp, is the day that a masthead prints: a
    /// weekday and a date, and nothing that says what happened on it.
    pub(super) fn is_of_printing(&self, text: &str) -> bool {
        let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
        let is_bare = |found: &Found| found.label.is_none() && found.time.is_none();
        self.rest.is_empty() && self.dates.iter().all(is_bare) && is_weekday(&fold(&word))
    }
}

/// Reads `text` as a stamp; `None` where it is none.
pub(super) fn read(text: &str) -> Option<Stamp<'_>> {
    const LONGEST: usize = 200;
    const MOST_SMALL: usize = 10;
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // a forecast has days and hours too, a sentence many small words
    if text.contains('°') || small_words(text) > MOST_SMALL {
        return None;
    }
    let mut reader = Reader { text, tokens: tokens(text), at: 0, dates: Vec::new(), times: 0 };
    let rest = reader.run();
    let words: usize = rest.iter().map(|part| part.split_whitespace().count()).sum();
    let sentence = is_running_text(&rest);
    // `The best ferries of March 2021` names a month and is no stamp
    let titled = words > 2;
    reader.dates.retain(|found| {
        !(titled && found.label.is_none() && matches!(found.reading, Reading::Month(..)))
    });
    let any = !reader.dates.is_empty() || reader.times > 0;
    let most = if text.starts_with("By ") { 14 } else { 9 };
    (any && words <= most && !sentence).then_some(Stamp { dates: reader.dates, rest })
}

/// Words that begin with a small letter from A to Z.
fn small_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let after_gap = bytes.windows(2).filter(|pair| pair[0] == b' ' && pair[1].is_ascii_lowercase());
    after_gap.count()
}

/// The label that a whole line is: `Published`, `Last updated on:`.
pub(super) fn label_alone(text: &str) -> Option<Label> {
    if text.len() > 40 || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut label = None;
    for token in tokens(text) {
        match token.kind {
            Kind::Word => {
                let word = fold(&text[token.span]).into_owned();
                label = Some(match (label_of(&word), label) {
                    (Some(Label::Updated), _) | (None, Some(Label::Updated))
                        if !is_link(&word) || label.is_some() =>
                    {
                        Label::Updated
                    }
                    (Some(found), _) => found,
                    (None, Some(found)) if is_link(&word) => found,
                    (None, None) if is_link(&word) => continue,
                    (None, _) => return None,
                });
            }
            Kind::Mark => {}
            Kind::Number => return None,
        }
    }
    label
}

/// Whether what is left of a line reads like parts of a sentence.
fn is_running_text(rest: &[&str]) -> bool {
    const SMALL: [&str; 20] = [
        "de", "of", "the", "and", "by", "van", "von", "der", "in", "und", "for", "to", "et", "al",
        "min", "par", "di", "da", "del", "min.",
    ];
    let words = || rest.iter().flat_map(|part| part.split_whitespace());
    let small = words()
        .filter(|word| word.starts_with(char::is_lowercase) && !SMALL.contains(word))
        .count();
    small >= 3 || small >= 1 && words().count() >= 5
}

struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    dates: Vec<Found>,
    times: usize,
}

impl<'a> Reader<'a> {
    /// Reads every token; gives the parts that are no date, time or label.
    fn run(&mut self) -> Vec<&'a str> {
        let mut rest: Vec<Range<usize>> = Vec::new();
        let mut label = None;
        let mut waiting: Option<Clock> = None;
        while self.at < self.tokens.len() {
            let from = self.at;
            if let Some((next, reading)) = self.date(from) {
                self.at = next;
                self.dates.push(Found { reading, time: waiting.take(), label });
                continue;
            }
            if let Some((next, clock)) = self.clock(from) {
                self.at = next;
                self.times += 1;
                match self.dates.last_mut() {
                    Some(found) if found.time.is_none() && found.label == label => {
                        found.time = Some(clock);
                    }
                    _ => waiting = Some(clock),
                }
                continue;
            }
            if let Some(next) = self.reading_time(from) {
                self.at = next;
                continue;
            }
            let token = &self.tokens[from];
            self.at += 1;
            match token.kind {
                Kind::Word => {
                    let word = fold(&self.text[token.span.clone()]);
                    // `First published`, `Last updated`: the last label word counts
                    if let Some(found) = label_of(&word) {
                        label = Some(found);
                        continue;
                    }
                    let link = is_link(&word) && !continues_name(&rest, token, self.text);
                    if link
                        || is_weekday(&word)
                        || (is_zone(&self.text[token.span.clone()]) && self.times > 0)
                    {
                        continue;
                    }
                    extend(&mut rest, token, self.text);
                }
                Kind::Number => extend(&mut rest, token, self.text),
                Kind::Mark => {
                    let mark = &self.text[token.span.clone()];
                    let inside = matches!(mark, "." | "-" | "'" | "’" | "&" | "/" | "@")
                        && rest.last().is_some_and(|last| last.end == token.span.start);
                    if inside {
                        extend(&mut rest, token, self.text);
                    }
                }
            }
        }
        let trimmed = rest.into_iter().map(|span| {
            self.text[span].trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')'))
        });
        trimmed.filter(|part| !part.is_empty()).collect()
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        self.tokens
            .get(at)
            .filter(|token| token.kind == Kind::Word)
            .map(|token| &self.text[token.span.clone()])
    }

    fn mark(&self, at: usize) -> Option<&'a str> {
        self.tokens
            .get(at)
            .filter(|token| token.kind == Kind::Mark)
            .map(|token| &self.text[token.span.clone()])
    }

    /// The number at `at` with its count of digits.
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
        let digits = token.span.len();
        (digits <= 4).then(|| self.text[token.span.clone()].parse().ok().map(|n| (n, digits)))?
    }

    fn month(&self, at: usize) -> Option<u32> {
        self.word(at).and_then(month)
    }

    fn year(&self, at: usize) -> Option<i32> {
        let (year, digits) = self.number(at)?;
        (digits == 4 && (1800..=2100).contains(&year)).then_some(())?;
        i32::try_from(year).ok()
    }

    /// Steps over marks and small words that join the parts of a date.
    fn joint(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let text = &self.text[token.span.clone()];
            let skip = match token.kind {
                Kind::Mark => matches!(text, "." | "," | "º" | "°" | "ª"),
                Kind::Word => {
                    matches!(text, "de" | "del" | "of" | "st" | "nd" | "rd" | "th" | "er")
                }
                Kind::Number => false,
            };
            if !skip {
                break;
            }
            at += 1;
        }
        at
    }

    /// The date that begins at token `at`, and the token after it.
    fn date(&self, at: usize) -> Option<(usize, Reading)> {
        self.day_month_year(at)
            .or_else(|| self.month_day_year(at))
            .or_else(|| self.digits(at))
            .or_else(|| self.ideographs(at))
    }

    fn day_month_year(&self, at: usize) -> Option<(usize, Reading)> {
        let (day, digits) = self.number(at)?;
        if digits > 2 {
            return None;
        }
        let mut next = self.joint(at + 1);
        if self.mark(next) == Some("-") {
            next += 1;
        }
        let month = self.month(next)?;
        next = self.joint(next + 1);
        if matches!(self.mark(next), Some("-" | "’" | "'")) {
            next += 1;
        }
        let year = self.year(next).or_else(|| {
            // `3-Mar-21`
            let (short, digits) = self.number(next)?;
            (digits == 2 && self.mark(next - 1) == Some("-")).then_some(())?;
            i32::try_from(2000 + short).ok()
        })?;
        Some((next + 1, Reading::Day(Day::new(year, month, day)?)))
    }

    fn month_day_year(&self, at: usize) -> Option<(usize, Reading)> {
        let month = self.month(at)?;
        let mut next = self.joint(at + 1);
        if let Some(year) = self.year(next) {
            return Some((next + 1, Reading::Month(year, month)));
        }
        let (day, digits) = self.number(next)?;
        if digits > 2 {
            return None;
        }
        next = self.joint(next + 1);
        let year = self.year(next)?;
        Some((next + 1, Reading::Day(Day::new(year, month, day)?)))
    }

    fn digits(&self, at: usize) -> Option<(usize, Reading)> {
        let (first, first_digits) = self.number(at)?;
        let mark = self.mark(at + 1)?;
        if !matches!(mark, "-" | "/" | ".") || self.mark(at + 3) != Some(mark) {
            return None;
        }
        let (second, second_digits) = self.number(at + 2)?;
        let (third, third_digits) = self.number(at + 4)?;
        if second_digits > 2 {
            return None;
        }
        let reading = if first_digits == 4 && third_digits <= 2 {
            Reading::Day(Day::new(i32::try_from(first).ok()?, second, third)?)
        } else if first_digits <= 2
            && (third_digits == 4
                || third_digits == 2
                    && (mark != "-" || self.tokens.len() == 5 && first_digits == 2))
        {
            let year = i32::try_from(if third_digits == 2 { 2000 + third } else { third }).ok()?;
            match (Day::new(year, second, first), Day::new(year, first, second)) {
                (Some(day), Some(other)) if day != other && mark != "." => {
                    Reading::Either(day, other)
                }
                (Some(day), _) | (None, Some(day)) => Reading::Day(day),
                (None, None) => return None,
            }
        } else {
            return None;
        };
        // the `T` between an ISO date and its time
        let next = at + 5;
        let time = self.word(next) == Some("T") && self.number(next + 1).is_some();
        Some((next + usize::from(time), reading))
    }

    /// `2021年3月4日`.
    fn ideographs(&self, at: usize) -> Option<(usize, Reading)> {
        let year = self.year(at)?;
        (self.word(at + 1)? == "年").then_some(())?;
        let (month, _) = self.number(at + 2)?;
        (self.word(at + 3)? == "月").then_some(())?;
        let (day, _) = self.number(at + 4)?;
        self.word(at + 5)?.starts_with('日').then_some(())?;
        Some((at + 6, Reading::Day(Day::new(year, month, day)?)))
    }

    /// The time of day that begins at token `at`, and the token after it.
    fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let (mut hour, digits) = self.number(at)?;
        if digits > 2 || hour > 24 {
            return None;
        }
        let mut next = at + 1;
        let mut minute = 0;
        let mut written = false;
        let parted = matches!(self.mark(next), Some(":" | "."))
            || matches!(self.word(next), Some("h" | "H"));
        if parted
            && let Some((found, 2)) = self.number(next + 1)
            && found < 60
            && self.tokens.get(next + 1).is_some_and(|token| !token.gap)
        {
            // `9.04` needs a word that says it is a time
            written = self.mark(next) != Some(".");
            minute = found;
            next += 2;
            if self.mark(next) == Some(":") && self.number(next + 1).is_some() {
                next += 2;
                if self.mark(next) == Some(".") && self.number(next + 1).is_some() {
                    next += 2;
                }
            }
        }
        if let Some((after, noon)) = self.half_of_day(next) {
            next = after;
            written = true;
            hour = match (hour, noon) {
                (12, false) => 0,
                (1..=11, true) => hour + 12,
                _ => hour,
            };
        } else if self.word(next).is_some_and(|word| matches!(word, "Uhr" | "hrs" | "uur" | "h")) {
            next += 1;
            written = true;
        }
        let (next, zone) = self.zone(next);
        if !(written || parted && zone.is_some() && next > at + 3) || hour > 24 {
            return None;
        }
        let hour = u8::try_from(hour % 24).ok()?;
        Some((next, Clock { hour, minute: u8::try_from(minute).ok()?, zone }))
    }

    /// `am`, `p.m.`: the token after it, and whether it is the second half.
    fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        let word = self.word(at)?;
        match word {
            "am" | "AM" | "Am" | "A" | "a" | "pm" | "PM" | "Pm" | "P" | "p" => {}
            _ => return None,
        }
        let noon = word.starts_with(['p', 'P']);
        if word.len() == 2 {
            return Some((at + 1 + usize::from(self.mark(at + 1) == Some(".")), noon));
        }
        let m = at + 1 + usize::from(self.mark(at + 1) == Some("."));
        matches!(self.word(m), Some("m" | "M")).then_some(())?;
        Some((m + 1 + usize::from(self.mark(m + 1) == Some(".")), noon))
    }

    fn zone(&self, at: usize) -> (usize, Option<String>) {
        if self.word(at) == Some("Z") {
            return (at + 1, Some("Z".to_owned()));
        }
        let bracket = usize::from(self.mark(at) == Some("("));
        let word = self.word(at + bracket).filter(|word| is_zone(word));
        let mut next = at + bracket + usize::from(word.is_some());
        if let Some(sign) = self.mark(next).filter(|mark| matches!(*mark, "+" | "-"))
            && let Some((_, digits)) = self.number(next + 1)
            && (word.is_some()
                || self.tokens.get(next + 1).is_some_and(|token| !token.gap)
                    && (digits == 4 || self.mark(next + 2) == Some(":")))
        {
            let start = self.tokens[next].span.start;
            next += 2;
            if self.mark(next) == Some(":") && self.number(next + 1).is_some() {
                next += 2;
            }
            let end = self.tokens[next - 1].span.end;
            let offset = self.text[start + sign.len()..end].replace(':', "");
            let (hours, minutes) = offset.split_at(offset.len().min(2));
            let minutes = if minutes.is_empty() { "00" } else { minutes };
            return (next + bracket, Some(format!("{sign}{hours:0>2}:{minutes}")));
        }
        match word {
            Some(word) => (
                next + usize::from(bracket == 1 && self.mark(next) == Some(")")),
                Some(word.to_owned()),
            ),
            None => (at, None),
        }
    }

    /// `5 min read`, `Lesezeit: 4 Minuten`: the token after it.
    fn reading_time(&self, at: usize) -> Option<usize> {
        self.number(at)?;
        let mut next = at + 1 + usize::from(self.mark(at + 1) == Some("-"));
        let unit = fold(self.word(next)?);
        matches!(&*unit, "min" | "mins" | "minute" | "minutes" | "minuten" | "minuti" | "minutos")
            .then_some(())?;
        next += 1 + usize::from(matches!(self.mark(next + 1), Some("." | "-")));
        if self.word(next).is_some_and(|word| {
            matches!(&*fold(word), "read" | "lesezeit" | "lettura" | "de" | "leestijd" | "reading")
        }) {
            next += 1;
            if self.word(next).is_some_and(|word| {
                matches!(&*fold(word), "lecture" | "lectura" | "leitura" | "time")
            }) {
                next += 1;
            }
        }
        Some(next)
    }
}

/// Whether a joining word stands inside a name (`Bank of Kotor`).
fn continues_name(rest: &[Range<usize>], token: &Token, text: &str) -> bool {
    let before = rest.last().is_some_and(|last| text[last.end..token.span.start].trim().is_empty());
    let after = text[token.span.end..].trim_start();
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    before
        && after.starts_with(char::is_uppercase)
        && month(word).is_none()
        && !is_weekday(&fold(word))
}

/// Adds a token to the last part of the rest, or begins a new one where a mark,
/// a date or a label stands between.
fn extend(rest: &mut Vec<Range<usize>>, token: &Token, text: &str) {
    if let Some(last) = rest.last_mut()
        && text[last.end..token.span.start].chars().all(char::is_whitespace)
    {
        last.end = token.span.end;
    } else {
        rest.push(token.span.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line of a stamp: `label date time | date … | rest`.
    fn told(text: &str) -> String {
        let Some(stamp) = read(text) else { return "none".to_owned() };
        let mut parts: Vec<String> = Vec::new();
        for found in &stamp.dates {
            let day = match found.reading {
                Reading::Day(day) => day.to_string(),
                Reading::Either(day, other) => format!("{day} or {other}"),
                Reading::Month(year, month) => format!("{year}-{month:02}"),
            };
            let label = match found.label {
                Some(Label::Published) => "published ",
                Some(Label::Updated) => "updated ",
                None => "",
            };
            let time = found.time.as_ref().map_or(String::new(), |time| format!(" {time}"));
            parts.push(format!("{label}{day}{time}"));
        }
        parts.extend(stamp.rest.iter().map(|part| format!("[{part}]")));
        parts.join(" | ")
    }

    #[test]
    fn stamps_are_read_in_the_shapes_that_pages_print() {
        for (text, expected) in [
            ("March 3, 2021", "2021-03-03"),
            ("Mar 3rd 2021", "2021-03-03"),
            ("3 March 2021", "2021-03-03"),
            ("17 Aug, 2022 14:09", "2022-08-17 14:09"),
            ("10:04, 3 Mar 2021", "2021-03-03 10:04"),
            ("Wed, Mar 3, 2021, 9:04 PM", "2021-03-03 21:04"),
            ("Posted March 3, 2021 7:46 am.", "published 2021-03-03 07:46"),
            ("Last Updated March 3, 2021 7:56 am.", "updated 2021-03-03 07:56"),
            ("Published: 9:04 AM PST, March 3, 2021", "published 2021-03-03 09:04 PST"),
            ("First published on March 3, 2021 / 9:04 PM EST", "published 2021-03-03 21:04 EST"),
            ("2021-03-03T09:04:05Z", "2021-03-03 09:04Z"),
            ("2021-03-03T09:04:05+02:00", "2021-03-03 09:04+02:00"),
            ("March 3, 2021 • 5 min read", "2021-03-03"),
            ("Wed, Mar 3, 2021, 9:04 PM·5 min read", "2021-03-03 21:04"),
            ("Published On 3 Mar 20213 Mar 2021", "published 2021-03-03 | published 2021-03-03"),
            (
                "10:04, 3 Mar 2021Updated 11:00, 3 Mar 2021",
                "2021-03-03 10:04 | updated 2021-03-03 11:00",
            ),
            ("25/3/2021", "2021-03-25"),
            ("3/4/2021", "2021-04-03 or 2021-03-04"),
            ("03.04.2021, 17:06 Uhr", "2021-04-03 17:06"),
            ("Stand: 3. März 2021, 9.04 Uhr", "updated 2021-03-03 09:04"),
            (
                "Publié le 30 août 2023 à 14h52, modifié le 30 août 2023 à 15h54",
                "published 2023-08-30 14:52 | updated 2023-08-30 15:54",
            ),
            ("Objavljeno: 3. mart 2021.", "published 2021-03-03"),
            ("2021年3月4日", "2021-03-04"),
            ("9/26/2023 8:59 AM PT", "2023-09-26 08:59 PT"),
            ("December 22, 20235:00 AM ET", "2023-12-22 05:00 ET"),
            ("30.01.202430. Januar 2024", "2024-01-30 | 2024-01-30"),
            ("30.01.202409.04 Uhr", "2024-01-30 09:04"),
            ("Fri 22 Dec 2023 18.08 CET", "2023-12-22 18:08 CET"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_over() {
        for (text, expected) in [
            ("By Jane RoeMar 3, 2021", "2021-03-03 | [By Jane Roe]"),
            ("Jane RoePublished: March 3, 2021", "published 2021-03-03 | [Jane Roe]"),
            ("By Jane Roe on March 3, 2021 at 3:53PM", "2021-03-03 15:53 | [By Jane Roe]"),
            ("Harbour Wire | 3 March 2021", "2021-03-03 | [Harbour Wire]"),
            (
                "Published 3 March 2021, The Evening Dispatch",
                "published 2021-03-03 | [The Evening Dispatch]",
            ),
            ("KOTOR, 3 March 2021", "2021-03-03 | [KOTOR]"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_sentence_with_a_date_is_no_stamp() {
        for text in [
            "On March 3, 2021, the council voted to close the port for good.",
            "He was born on 3 March 1971 in a village near the coast.",
            "5 reasons to stay",
            "It rained.",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_label_may_stand_alone() {
        for (text, expected) in [
            ("Published", Some(Label::Published)),
            ("Last updated on", Some(Label::Updated)),
            ("Published accounts", None),
            ("Story", None),
        ] {
            assert_eq!(label_alone(text), expected, "{text:?}");
        }
    }
}
