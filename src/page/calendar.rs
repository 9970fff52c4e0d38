//! The timeline as a calendar of all-day events (RFC 5545).
//!
//! In: events with their records, one by one. Out: lines, appended to a text. A plan is
//! tentative, and so is what hangs on an inferred date; the words beside every event say
//! how it is dated.
//!
//! The decision to question: lines are written here and by no crate. Ten thousand events
//! cost `ics` more than the pages of a thousand articles, it folds a line a byte too late,
//! and `icalendar` would bring a clock in through chrono; all that a calendar of such
//! events needs of the standard is how a line is folded (section 3.1) and how a text is
//! escaped (section 3.3.11).
//!
//! Order: [`begin`], [`event`] for each, [`end`].

use super::card::Desk;
use super::export::EventRecord;
use crate::archive::TimelineEvent;
use crate::reading::EventKind;
use crate::text::shorten;
use crate::when::Day;

/// Days of the longest event of a calendar: a season.
const SEASON: i64 = 92;
/// Octets of a line, without its end.
const LONGEST: usize = 75;
/// Code points of a summary.
const SUMMARY: usize = 120;

/// Appends the head of a calendar called `title`.
pub(super) fn begin(out: &mut String, title: &str) {
    out.push_str("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//annals//timeline//EN\r\n");
    let mut line = String::from("X-WR-CALNAME:");
    push_text(&mut line, title);
    push_line(out, &line);
}

/// Appends the foot.
pub(super) fn end(out: &mut String) {
    out.push_str("END:VCALENDAR\r\n");
}

/// Appends an event, from its first day up to the day after its last; nothing for one that
/// has no such days, or is longer than a season. Its stamp is the day on which it was last
/// told, so that the same archive gives the same calendar.
pub(super) fn event(
    out: &mut String,
    desk: &Desk<'_>,
    event: &TimelineEvent,
    record: &EventRecord<'_>,
) {
    let (Some(first), Some(last)) = (event.when.first(), event.when.last()) else { return };
    let Some(after) = last.plus(1).filter(|_| last.since(first) < SEASON) else { return };
    let entries = event.tellings.iter();
    let told =
        entries.filter_map(|telling| desk.archive.entries[telling.entry as usize].day()).max();
    out.push_str("BEGIN:VEVENT\r\nUID:");
    event.id.push(out);
    out.push_str("@annals\r\nDTSTAMP:");
    push_day(out, told.unwrap_or(first));
    out.push_str("T000000Z\r\nDTSTART;VALUE=DATE:");
    push_day(out, first);
    out.push_str("\r\nDTEND;VALUE=DATE:");
    push_day(out, after);
    out.push_str("\r\n");

    let in_doubt = event.when.is_uncertain();
    let mut line = String::with_capacity(1024);
    line.push_str("SUMMARY:");
    line.push_str(if in_doubt { "date inferred: " } else { "" });
    line.push_str(match event.kind {
        EventKind::Planned => "planned: ",
        EventKind::Limit => "deadline: ",
        EventKind::Happened | EventKind::Background => "",
    });
    push_text(&mut line, &shorten(record.sentence, SUMMARY));
    push_line(out, &line);

    line.clear();
    line.push_str("DESCRIPTION:");
    push_text(&mut line, record.sentence);
    line.push_str("\\n");
    push_text(&mut line, &event.when.label());
    line.push_str(": ");
    push_text(&mut line, record.words);
    line.push_str(" (");
    push_text(&mut line, record.rule);
    line.push(')');
    for telling in &record.tellings {
        line.push_str("\\n");
        push_text(&mut line, telling.headline);
        if let Some(outlet) = telling.outlet {
            line.push_str("\\, ");
            push_text(&mut line, outlet);
        }
        line.push(' ');
        push_text(&mut line, &telling.url);
    }
    push_line(out, &line);

    out.push_str(match event.kind {
        EventKind::Planned | EventKind::Limit => "STATUS:TENTATIVE\r\n",
        EventKind::Happened | EventKind::Background if in_doubt => "STATUS:TENTATIVE\r\n",
        EventKind::Happened | EventKind::Background => "STATUS:CONFIRMED\r\n",
    });
    // It takes nobody's time.
    out.push_str("TRANSP:TRANSPARENT\r\n");
    for (at, actor) in record.actors.iter().enumerate() {
        if at == 0 {
            line.clear();
            line.push_str("CATEGORIES:");
        } else {
            line.push(',');
        }
        push_text(&mut line, actor.name);
    }
    if !record.actors.is_empty() {
        push_line(out, &line);
    }
    if record.url.starts_with("http") {
        line.clear();
        line.extend(["URL:", &*record.url]);
        push_line(out, &line);
    }
    out.push_str("END:VEVENT\r\n");
}

/// Appends a day as eight digits.
fn push_day(out: &mut String, day: Day) {
    out.extend(day.edtf().split('-'));
}

/// Appends a line, folded where it is too long.
fn push_line(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LONGEST;
    while rest.len() > room {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
        out.extend([head, "\r\n "]);
        (rest, room) = (tail, LONGEST - 1);
    }
    out.extend([rest, "\r\n"]);
}

/// Appends a text; line ends of any kind are one.
fn push_text(line: &mut String, text: &str) {
    let mut rest = text;
    let is_mark = |byte: &u8| matches!(byte, b',' | b';' | b'\\' | b'\r' | b'\n');
    while let Some(at) = rest.as_bytes().iter().position(is_mark) {
        let (plain, marked) = rest.split_at(at);
        rest = &marked[1..];
        line.push_str(plain);
        line.push_str(match marked.as_bytes()[0] {
            b',' => "\\,",
            b';' => "\\;",
            b'\\' => "\\\\",
            b'\r' if rest.starts_with('\n') => "",
            _ => "\\n",
        });
    }
    line.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_between_characters_so_that_none_is_too_long() {
        for (line, expected) in [
            ("A:b".to_owned(), vec![3]),
            ("a".repeat(75), vec![75]),
            ("a".repeat(76), vec![75, 2]),
            ("a".repeat(75 + 74 + 1), vec![75, 75, 2]),
            // Two bytes each: the 75th is half a letter.
            ("é".repeat(40), vec![74, 7]),
        ] {
            let mut out = String::new();
            push_line(&mut out, &line);
            let lengths: Vec<usize> = out.split_terminator("\r\n").map(str::len).collect();
            assert_eq!(lengths, expected);
            assert_eq!(out.replace("\r\n ", "").trim_end(), line);
        }
    }

    #[test]
    fn what_a_calendar_reads_as_a_mark_is_escaped() {
        for (text, expected) in [
            ("plain: no mark", "plain: no mark"),
            ("a, b; c\\d", "a\\, b\\; c\\\\d"),
            ("one\ntwo\r\nthree\rfour\r", "one\\ntwo\\nthree\\nfour\\n"),
        ] {
            let mut line = String::new();
            push_text(&mut line, text);
            assert_eq!(line, expected, "{text:?}");
        }
    }
}
