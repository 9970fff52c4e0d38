//! The date under which the owner filed a clipping: in the file's name or in the
//! names of its folders.
//!
//! What flows in is the path under `content/`; what comes out is a day, a month or a
//! year. Only what is written as a date and nothing else counts: `2022-11-07 talks`,
//! `talks_20221107`, `2022/11/07/talks`, `2022-11/talks`. A number inside a title is
//! none.
//!
//! Start at [`date`].

use crate::when::{Day, When};

/// Years that a folder is named by.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// The date that `path` carries, and where, in words. The file's name is asked
/// first, then its folders from the inside out.
pub(super) fn date(path: &str) -> Option<(When, String)> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let named = at_start(stem).or_else(|| at_end(stem));
    if let Some(when) = named {
        return Some((when, format!("the name of the file, `{file}`")));
    }
    let folders: Vec<&str> = folders.split('/').collect();
    (0..folders.len()).rev().find_map(|at| {
        let when = folder_date(&folders[..=at])?;
        Some((when, format!("the folder `{}`", folders[..=at].join("/"))))
    })
}

/// The date that the last of `folders` ends: `2022/11/07`, `2022/11`, `2022`,
/// `2022-11`.
fn folder_date(folders: &[&str]) -> Option<When> {
    let number = |at: usize, digits: usize| -> Option<u32> {
        let name = folders.get(at)?;
        let plain = name.len() == digits && name.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| name.parse().ok()).flatten()
    };
    let year = |at: usize| i32::try_from(number(at, 4)?).ok().filter(|year| YEARS.contains(year));
    let last = folders.len().checked_sub(1)?;
    let day = || {
        let (year, month) = (year(last.checked_sub(2)?)?, number(last - 1, 2)?);
        Day::new(year, month, number(last, 2)?).map(When::day)
    };
    let month = || When::month(year(last.checked_sub(1)?)?, number(last, 2)?);
    day()
        .or_else(month)
        .or_else(|| year(last).and_then(When::year))
        .or_else(|| at_start(folders[last]).filter(|_| folders[last].len() <= 10))
}

/// The date that `name` begins with.
fn at_start(name: &str) -> Option<When> {
    [10, 8, 7].into_iter().find_map(|length| {
        let (head, rest) = name.split_at_checked(length)?;
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
        // A month is no beginning of a day that no calendar has.
        let month = length == 7 && digits_after_mark(rest);
        (ends && !month).then(|| written(head)).flatten()
    })
}

/// The date that `name` ends with.
fn at_end(name: &str) -> Option<When> {
    [10, 8].into_iter().find_map(|length| {
        let (rest, tail) = name.split_at_checked(name.len().checked_sub(length)?)?;
        let begins = !rest.ends_with(|c: char| c.is_alphanumeric());
        begins.then(|| written(tail)).flatten()
    })
}

fn digits_after_mark(rest: &str) -> bool {
    rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
}

/// `2022-11-07`, `2022_11_07`, `2022.11.07`, `20221107` or `2022-11`.
fn written(text: &str) -> Option<When> {
    let bytes = text.as_bytes();
    let mark = bytes.get(4).filter(|mark| matches!(mark, b'-' | b'_' | b'.'));
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let year = i32::try_from(digits(0..4)?).ok().filter(|year| YEARS.contains(year))?;
    match (bytes.len(), mark) {
        (10, Some(mark)) if bytes.get(7) == Some(mark) => {
            Day::new(year, digits(5..7)?, digits(8..10)?).map(When::day)
        }
        (8, None) => Day::new(year, digits(4..6)?, digits(6..8)?).map(When::day),
        (7, Some(_)) => When::month(year, digits(5..7)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_carries_a_date_where_it_is_written_as_one() {
        for (path, expected) in [
            ("2022-11-07 talks.txt", Some("2022-11-07")),
            ("desk/2022_11_07-talks.md", Some("2022-11-07")),
            ("talks_20221107.txt", Some("2022-11-07")),
            ("talks-2022-11-07.txt", Some("2022-11-07")),
            ("2022/11/07/talks.txt", Some("2022-11-07")),
            ("news/2022/11/talks.txt", Some("2022-11")),
            ("2022-11/talks.txt", Some("2022-11")),
            ("2022/serbia/talks.txt", Some("2022")),
            ("2022-11-talks.txt", Some("2022-11")),
            ("2022-02-30.txt", None),
            ("resolution-1244/talks.txt", None),
            ("2022-elections/talks.txt", None),
            ("000_c356300bb33d8386.txt", None),
            ("99991231.txt", None),
            ("talks.txt", None),
            ("日本/日本語.txt", None),
            ("", None),
        ] {
            let actual = date(path).map(|(when, _)| when.to_string());
            assert_eq!(actual.as_deref(), expected, "{path}");
        }
    }
}
