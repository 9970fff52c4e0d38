//! Dates as owners and clippers write them into a field: EDTF, or a day with a
//! time of day behind it.

use crate::when::{Clock, Day, When};

/// Why a field holds no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Written like a date, but no calendar has it: 30 February.
    NoSuchDay,
    /// Not written like a date.
    Unreadable,
}

/// Reads `2024-03-20`, `2024-03`, any other EDTF, `2024/03/20`, and a day with a
/// time: `2024-03-20T10:15:30+01:00`, `2024-03-20 10:15`, `… 10:15 (UTC +01:00)`.
pub(crate) fn read(text: &str) -> Result<(When, Option<Clock>), Problem> {
    let text = text.trim();
    if let Some(when) = When::parse(text) {
        return Ok((when, None));
    }
    let Some((day, rest)) = split_day(text) else {
        return Err(if looks_like_month(text) { Problem::NoSuchDay } else { Problem::Unreadable });
    };
    let clock = match rest.trim() {
        "" => None,
        time => Some(clock(time).ok_or(Problem::Unreadable)?),
    };
    let day = Day::parse(&day).ok_or(Problem::NoSuchDay)?;
    Ok((When::day(day), clock))
}

/// `YYYY-MM-DD` (also written with `/` or `.`) and what follows it, the `T` apart.
fn split_day(text: &str) -> Option<(String, &str)> {
    let (head, rest) = text.split_at_checked(10)?;
    let bytes = head.as_bytes();
    let separator = bytes[4];
    let is_day = bytes.iter().enumerate().all(|(index, byte)| match index {
        4 | 7 => *byte == separator && matches!(separator, b'-' | b'/' | b'.'),
        _ => byte.is_ascii_digit(),
    });
    let rest = match rest.chars().next() {
        None => rest,
        Some('T' | 't' | ' ' | ',') => &rest[1..],
        Some(_) => return None,
    };
    is_day.then(|| (head.replace(['/', '.'], "-"), rest))
}

fn looks_like_month(text: &str) -> bool {
    matches!(text.as_bytes(), [y @ .., b'-', m1, m2]
        if y.len() == 4 && y.iter().chain([m1, m2]).all(u8::is_ascii_digit))
}

/// `HH:MM`, seconds dropped, with the zone as written.
fn clock(text: &str) -> Option<Clock> {
    let (hour, rest) = two_digits(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':')?)?;
    let rest = match rest.strip_prefix(':').and_then(two_digits) {
        Some((_, rest)) => match rest.strip_prefix(['.', ',']) {
            Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
            None => rest,
        },
        None => rest,
    };
    (hour <= 23 && minute <= 59).then_some(())?;
    Some(Clock { hour, minute, zone: zone(rest)? })
}

/// The zone, or `Some(None)` where none is written; `None` for anything else.
#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
fn zone(text: &str) -> Option<Option<String>> {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')').trim();
    let offset =
        text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text).trim();
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") {
        return Some(Some("Z".to_owned()));
    }
    if let [sign @ (b'+' | b'-'), rest @ ..] = offset.as_bytes() {
        let is_plain = rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b':');
        let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
        let digits = if digits.len() == 2 { digits + "00" } else { digits };
        return (is_plain && digits.len() == 4)
            .then(|| Some(format!("{}{}:{}", char::from(*sign), &digits[..2], &digits[2..])));
    }
    let is_name = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then(|| Some(text.to_ascii_uppercase()))
}

fn two_digits(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?.map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_carry_a_time() {
        for (text, expected) in [
            ("2024-03-20", "2024-03-20"),
            ("2024/03/20", "2024-03-20"),
            ("2024-03-20T10:15:30+01:00", "2024-03-20 10:15+01:00"),
            ("2024-03-20T10:15:30.123Z", "2024-03-20 10:15Z"),
            ("2024-03-20 10:15", "2024-03-20 10:15"),
            ("2024-03-20 10:15:30 -0500", "2024-03-20 10:15-05:00"),
            ("2024-03-20T10:15:30 (UTC +01:00)", "2024-03-20 10:15+01:00"),
            ("2024-03-20 10:15 EST", "2024-03-20 10:15 EST"),
        ] {
            let (when, clock) = read(text).unwrap();
            let actual = match clock {
                Some(clock) => format!("{when} {clock}"),
                None => when.to_string(),
            };
            assert_eq!(actual, expected, "{text:?}");
        }
    }

    #[test]
    fn a_missing_day_is_told_from_other_text() {
        for (text, expected) in [
            ("2024-02-30", Problem::NoSuchDay),
            ("2023-02-29T10:00", Problem::NoSuchDay),
            ("2024-13-01 10:00", Problem::NoSuchDay),
            ("2024-03-20T25:00", Problem::Unreadable),
            ("2024-03-20 at noon, more or less", Problem::Unreadable),
            ("last week", Problem::Unreadable),
            ("20.03.2024", Problem::Unreadable),
            ("日本語日本語", Problem::Unreadable),
            ("", Problem::Unreadable),
        ] {
            assert_eq!(read(text), Err(expected), "{text:?}");
        }
    }
}
