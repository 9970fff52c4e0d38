//! The dateline at the head of a story: place, day and agency.
//!
//! The first paragraph goes in; the dateline and where the text behind it begins
//! come out. Houses write it in many ways (`KOTOR, Montenegro (AP) — `, `KOTOR,
//! March 3 (Xinhua) -- `, `KOTOR, March 3. /TASS/. `, `Kotor (dpa) - `), but it is
//! always a place and then an agency, a dash, or both. Without an agency the place
//! must be in capitals, and the text behind the dash must begin like a sentence:
//! `NATO — the alliance that …` opens no story.
//!
//! Entry point: [`read`].

use memchr::memmem;

use super::{agency, stamp};
use crate::article::Dateline;

/// How far a dateline may reach.
const REACH: usize = 110;

/// A dateline and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Place and agency.
    pub(super) dateline: Dateline,
    /// The byte at which the story begins.
    pub(super) length: usize,
    /// The full date in it, where it has one.
    pub(super) day: Option<stamp::Reading>,
}

/// Reads the dateline that `text` begins with, if any.
pub(super) fn read(text: &str) -> Option<Found> {
    if !text.starts_with(|c: char| c.is_uppercase() || c == '(') || text.starts_with("By ") {
        return None;
    }
    bracketed(text).or_else(|| slashed(text)).or_else(|| bare(text))
}

/// `PLACE (AGENCY) — `, `(AGENCY) — `, `PLACE [Country], March 3 (ANI): `.
fn bracketed(text: &str) -> Option<Found> {
    let head = &text[..text.floor_char_boundary(REACH)];
    let open = memchr::memchr(b'(', head.as_bytes())?;
    let close = open + head[open..].find(')')?;
    let inside = head[open + 1..close].trim();
    let before = head[..open].trim();
    let known = agency_in(inside);
    let station =
        (2..=6).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_uppercase());
    if known.is_none() && !(station && (before.is_empty() || is_capital_place(before))) {
        return None;
    }
    if before.split_whitespace().count() > 9 || before.contains(['“', '"', '”', ';']) {
        return None;
    }
    let length = close + 1 + separator(&text[close + 1..])?;
    // `(ANSA) - KOTOR, 03 MAR - `: the place behind the agency
    if before.is_empty()
        && known.is_some()
        && let Some(place) = bare(&text[length..])
    {
        return found(text, &place.dateline.place, known, length + place.length);
    }
    starts_story(&text[length..]).then_some(())?;
    found(text, before, known, length)
}

/// `PLACE, March 3. /TASS/. `, `PLACE, 3 mar – RIA Novosti. `.
fn slashed(text: &str) -> Option<Found> {
    let head = &text[..text.floor_char_boundary(REACH)];
    let (before, known, length) = if let Some(open) = memchr::memchr(b'/', head.as_bytes()) {
        let close = open + 1 + head[open + 1..].find('/')?;
        let known = agency_in(&head[open + 1..close])?;
        let rest = &text[close + 1..];
        let mark = rest.len() - rest.trim_start_matches(['.', ' ', '-', '–', '—', ':']).len();
        (&head[..open], known, close + 1 + mark)
    } else {
        // a byte of each dash, for most lines have none
        memchr::memchr2(b'-', 0xE2, head.as_bytes())?;
        let dash = head.find(" – ").or_else(|| head.find(" - "))?;
        let after = dash + head[dash..].find(|c: char| c.is_alphabetic())?;
        let stop = after + head[after..].find(". ")?;
        (&head[..dash], agency_in(&head[after..stop])?, stop + 2)
    };
    (is_capital_place(before.trim()) && starts_story(&text[length..])).then_some(())?;
    found(text, before.trim().trim_end_matches('.'), Some(known), length)
}

/// `PLACE — `, `PLACE, Ohio — `, `PLACE -- `: no agency.
fn bare(text: &str) -> Option<Found> {
    const SPACED: [&str; 5] = [" — ", " – ", " -- ", " - ", " ― "];
    let head = &text[..text.floor_char_boundary(REACH.min(70))];
    // a byte of each dash
    let dash = memchr::memchr2_iter(b'-', 0xE2, head.as_bytes()).find_map(|at| {
        let with = |start: usize, mark: &str| {
            head[start..].starts_with(mark).then(|| (start, start + mark.len()))
        };
        let space = head[..at].strip_suffix(' ').map(str::len);
        let spaced = space.and_then(|space| SPACED.iter().find_map(|mark| with(space, mark)));
        spaced.or_else(|| with(at, "—"))
    })?;
    let before = head[..dash.0].trim();
    (is_capital_place(before) && starts_story(&text[dash.1..])).then_some(())?;
    found(text, before, None, dash.1)
}

fn found(
    text: &str,
    before: &str,
    known: Option<&'static agency::Agency>,
    length: usize,
) -> Option<Found> {
    let (place, day) = without_day(before);
    if place.is_empty() && known.is_none() && before.len() > 12 {
        return None;
    }
    let dateline = Dateline {
        place,
        agency: known.map(|agency| agency.name.to_owned()),
        text: text[..length].trim().to_owned(),
    };
    Some(Found { dateline, length, day })
}

/// The agency that the brackets name; the first of several.
fn agency_in(inside: &str) -> Option<&'static agency::Agency> {
    inside.split(['/', ',', ';', '|']).find_map(agency::named).or_else(|| agency::named(inside))
}

/// Bytes of the mark that parts the dateline from the story.
fn separator(rest: &str) -> Option<usize> {
    let marks = rest.trim_start_matches(['.', ' ', '\u{a0}']);
    let story = marks.trim_start_matches(['-', '–', '—', '―', ':', '\u{ad}']);
    let after = story.trim_start();
    (story.len() < marks.len()).then_some(rest.len() - after.len())
}

/// Whether `text` begins as a sentence does.
fn starts_story(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '"', '„', '«', '‘', '\'', '”', ' ', '(']);
    text.chars().next().is_some_and(|c| {
        c.is_uppercase() || c.is_ascii_digit() || c.is_alphabetic() && !c.is_lowercase()
    })
}

/// Whether `text` is a place in capitals, perhaps with a region and a day.
fn is_capital_place(text: &str) -> bool {
    let mut parts = text.split([',', '[', '.']);
    let place = parts.next().unwrap_or("").trim();
    let rest = text[place.len()..].split_whitespace().count();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && rest <= 5
        && place.split_whitespace().count() <= 4
        && !place.contains(['"', '“', '”', '!', '?', ':'])
        && !place.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
        && !is_abbreviation(place)
}

/// Bodies that news writes in capitals and that are no places.
fn is_abbreviation(text: &str) -> bool {
    matches!(
        text,
        "NATO"
            | "OSCE"
            | "UEFA"
            | "FIFA"
            | "OPEC"
            | "UNICEF"
            | "UNESCO"
            | "KFOR"
            | "EULEX"
            | "ASEAN"
            | "BREAKING"
            | "WATCH"
            | "UPDATE"
            | "EXCLUSIVE"
            | "OPINION"
            | "ANALYSIS"
            | "LIVE"
            | "READ"
            | "VIDEO"
            | "NASA"
            | "BBC"
            | "CNN"
            | "FILE"
            | "MORE"
            | "PHOTO"
            | "PHOTOS"
            | "CAPTION"
            | "CORRECTION"
            | "NOTE"
            | "RELATED"
            | "COVID"
            | "NFL"
            | "NBA"
            | "SPOILER"
    )
}

/// Whether the only sign of a dateline is one word in capitals that the text goes
/// on to write in capitals: an acronym (`KFOR — The mission …`). A place goes on
/// as `Kotor`.
pub(super) fn is_acronym<'a>(dateline: &Dateline, text: impl IntoIterator<Item = &'a str>) -> bool {
    const LONGEST: usize = 8;
    let place = dateline.place.as_str();
    if dateline.agency.is_some() || place.len() > LONGEST || place.contains([' ', ',']) {
        return false;
    }
    text.into_iter().any(|text| {
        memmem::find(text.as_bytes(), place.as_bytes())
            .is_some_and(|at| !text[at + place.len()..].starts_with(char::is_alphanumeric))
    })
}

/// The place without the day in it, and the day if it has a year.
fn without_day(before: &str) -> (String, Option<stamp::Reading>) {
    let before = before.trim().trim_matches([',', ' ']);
    let day = stamp::read(before).and_then(|stamp| stamp.dates.first().map(|found| found.reading));
    let mut place = String::new();
    for part in before.split(',') {
        let dated = |part: &str| {
            let month = |word: &str| stamp::month(word.trim_matches(['.', ','])).is_some();
            part.bytes().any(|byte| byte.is_ascii_digit()) && part.split_whitespace().any(month)
        };
        // `KOTOR. March 3`: the day behind a full stop
        let part = match part.split_once(". ") {
            Some((head, tail)) if dated(tail) => head,
            _ => part,
        };
        // an abbreviated region keeps its full stop: `Ill.`
        let part = part.trim();
        let part = if part.len() <= 6 { part } else { part.trim_end_matches('.') };
        let number = part.bytes().all(|byte| byte.is_ascii_digit());
        let weekday = part.ends_with("day") && part.starts_with(['M', 'T', 'W', 'F', 'S']);
        if dated(part) || number || weekday {
            continue;
        }
        if !place.is_empty() {
            place.push_str(", ");
        }
        place.push_str(part);
    }
    (place, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        read(text).map_or("none".to_owned(), |found| {
            format!(
                "{} | {} | {}",
                found.dateline.place,
                found.dateline.agency.as_deref().unwrap_or("-"),
                &text[found.length..]
            )
        })
    }

    #[test]
    fn datelines_of_many_houses_are_read() {
        for (text, expected) in [
            (
                "KOTOR, Montenegro (AP) — Talks began.",
                "KOTOR, Montenegro | Associated Press | Talks began.",
            ),
            ("KOTOR, March 3 (Reuters) - Talks began.", "KOTOR | Reuters | Talks began."),
            (
                "KOTOR, Montenegro, March 3, 2021 (AFP) - Talks.",
                "KOTOR, Montenegro | Agence France-Presse | Talks.",
            ),
            ("KOTOR (AA) – Talks began.", "KOTOR | Anadolu Agency | Talks began."),
            ("KOTOR, March 3 (Xinhua) -- Talks.", "KOTOR | Xinhua | Talks."),
            ("KOTOR, March 3. /TASS/. Talks.", "KOTOR | TASS | Talks."),
            ("KOTOR, Mar 3 – RIA Novosti. Talks.", "KOTOR | RIA Novosti | Talks."),
            ("KOTOR. March 3 (Interfax) - Talks.", "KOTOR | Interfax | Talks."),
            ("Kotor (dpa) - Talks.", "Kotor | Deutsche Presse-Agentur | Talks."),
            ("Kotor (dpa/lno) - Talks.", "Kotor | Deutsche Presse-Agentur | Talks."),
            ("(ANSA) - KOTOR, 03 MAR - Talks.", "KOTOR | ANSA | Talks."),
            ("Kotor, 3 mar (EFE).- Talks.", "Kotor | EFE | Talks."),
            (
                "Kotor [Montenegro], March 3 (ANI): Talks.",
                "Kotor [Montenegro] | Asian News International | Talks.",
            ),
            ("KOTOR, Ohio — Talks.", "KOTOR, Ohio | - | Talks."),
            ("KOTOR, Ill. (AP) — Talks.", "KOTOR, Ill. | Associated Press | Talks."),
            ("KOTOR -- “Talks,” he said.", "KOTOR | - | “Talks,” he said."),
            ("(CNN) — Talks.", " | - | Talks."),
            ("KOTOR (KXYZ) — Talks.", "KOTOR | - | Talks."),
            ("KOTOR/BAR — Talks.", "KOTOR/BAR | - | Talks."),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_sentence_that_only_looks_like_one_stays_whole() {
        for text in [
            "NATO — the alliance that guards the strait — met.",
            "FOR YEARS, villagers have waited - and waited.",
            "The European Union (EU) - which pays for it - agreed.",
            "Im Kreis Somewhere (Kreis X): Die Straße ist zu.",
            "A port (AP) opened.",
            "",
        ] {
            assert_eq!(told(text), "none", "{text:?}");
        }
    }
}
