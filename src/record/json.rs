//! Records as JSON that may stand anywhere, even in a script element.
//!
//! Entry points: [`to_json`] and, for a record longer than all else that is known of a
//! clipping, [`write_json`].

use std::io::{self, Write};

use serde::Serialize;

/// The same object as [`to_json`] gives, written piece by piece: that of a long clipping
/// is longer than all else that is known of it.
///
/// # Errors
///
/// Those of `out`.
pub fn write_json(record: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(Escaping(out), record).map_err(io::Error::from)
}

/// Escapes what passes through as [`to_json`] does. Each piece is whole characters, as
/// `serde_json` writes them.
struct Escaping<'a>(&'a mut dyn Write);

impl Write for Escaping<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let escape = |rest: &[u8]| match rest {
            [b'<', ..] => Some((1, "\\u003c")),
            [b'>', ..] => Some((1, "\\u003e")),
            [b'&', ..] => Some((1, "\\u0026")),
            [0xE2, 0x80, 0xA8, ..] => Some((3, "\\u2028")),
            [0xE2, 0x80, 0xA9, ..] => Some((3, "\\u2029")),
            _ => None,
        };
        let mut done = 0;
        for at in 0..piece.len() {
            if let Some((length, escape)) = escape(&piece[at..]) {
                self.0.write_all(&piece[done..at])?;
                self.0.write_all(escape.as_bytes())?;
                done = at + length;
            }
        }
        self.0.write_all(&piece[done..])?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// One JSON object, safe to stand anywhere: `<`, `>`, `&` and the line separators
/// of Unicode are written as escapes, so that no text can end a script element.
pub fn to_json(record: &impl Serialize) -> String {
    to_json_list(std::iter::once(record), "")
}

/// Several objects as [`to_json`] gives them, with `separator` between.
pub fn to_json_list<T: Serialize>(
    records: impl IntoIterator<Item = T>,
    separator: &'static str,
) -> String {
    // An article's record is no longer; growing to that in steps costs as much as filling it.
    let mut bytes = Vec::with_capacity(16 * 1024);
    for record in records {
        if !bytes.is_empty() {
            bytes.extend_from_slice(separator.as_bytes());
        }
        let begun = bytes.len();
        if let Err(error) = serde_json::to_writer(&mut bytes, &record) {
            bytes.truncate(begun);
            bytes.extend_from_slice(format!("{{\"error\":\"{error}\"}}").as_bytes());
        }
    }
    // It writes text.
    let mut safe = String::from_utf8(bytes).unwrap_or_default();
    for (separator, escape) in [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if memchr::memmem::find(safe.as_bytes(), separator.as_bytes()).is_some() {
            safe = safe.replace(separator, escape);
        }
    }
    let mut tags = memchr::memchr3_iter(b'<', b'>', b'&', safe.as_bytes()).peekable();
    if tags.peek().is_none() {
        return safe;
    }
    let mut escaped = String::with_capacity(safe.len() + 64);
    let mut done = 0;
    for at in tags {
        escaped.push_str(&safe[done..at]);
        escaped.push_str(match safe.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        done = at + 1;
    }
    escaped.push_str(&safe[done..]);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_a_list_are_parted() {
        let record = |rule: &'static str| ("<", rule);
        let one = to_json(&record("a"));
        let both = to_json_list([record("a"), record("b")], ",\n");
        assert_eq!(both, [one, to_json(&record("b"))].join(",\n"));
        assert_eq!(to_json_list(std::iter::empty::<()>(), ","), "");
    }

    #[test]
    fn a_record_in_pieces_is_the_record_at_once() {
        let text = "a <b> & c\u{2028}d\u{2029}é“—<\n\"";
        let record = (text, "&");
        let mut pieces = Vec::new();
        write_json(&record, &mut pieces).unwrap();
        assert_eq!(String::from_utf8(pieces).unwrap(), to_json(&record));
    }
}
