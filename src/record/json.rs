//! Records as JSON that may stand anywhere, even in a script element.
//!
//! In go records, as `serde` describes them; out come objects in which `<`, `>`, `&` and
//! the line separators of Unicode are escapes, so that no text can end a script element.
//!
//! A reader may ask why `serde_json` does not write them. A build writes a tenth of a
//! gigabyte of records, nearly all of it prose. The library looks at that byte by byte and
//! knows nothing of the five characters, so that all of it had to be looked at, and
//! copied, once more. Here a text is looked at once, thirty-two bytes at a time, and what
//! is written is text from the beginning. A test holds the two to the same output.
//!
//! Entry points: [`to_json`] and, for a record longer than all else that is known of a
//! clipping, [`write_json`].

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

mod serializer;

/// The same object as [`to_json`] gives, written piece by piece: that of a long clipping
/// is longer than all else that is known of it.
///
/// # Errors
///
/// Those of `out`.
pub fn write_json(record: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer { text: String::with_capacity(2 * PIECE), out: Some(out) };
    let written = record.serialize(&mut writer).and_then(|()| writer.hand_over());
    written.map_err(|fault| match fault {
        Fault::Output(error) => error,
        Fault::Record(what) => io::Error::other(what),
    })
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
    let mut list = JsonList::new(separator);
    for record in records {
        list.add(&record);
    }
    list.finish()
}

/// Several objects as [`to_json`] gives them, one after another.
pub struct JsonList {
    writer: Writer<'static>,
    separator: &'static str,
}

impl JsonList {
    /// None yet; `separator` will stand between them.
    pub fn new(separator: &'static str) -> Self {
        // An article's record is no longer; growing to that in steps costs as much as filling it.
        Self { writer: Writer { text: String::with_capacity(16 * 1024), out: None }, separator }
    }

    /// Appends one.
    pub fn add(&mut self, record: &impl Serialize) {
        let writer = &mut self.writer;
        if !writer.text.is_empty() {
            writer.text.push_str(self.separator);
        }
        let begun = writer.text.len();
        if let Err(error) = record.serialize(&mut *writer) {
            writer.text.truncate(begun);
            writer.text.push_str("{\"error\":\"");
            push_text(&mut writer.text, &error.to_string());
            writer.text.push_str("\"}");
        }
    }

    /// All of them.
    pub fn finish(self) -> String {
        self.writer.text
    }
}

/// Bytes that are handed over at once.
const PIECE: usize = 64 * 1024;

/// Where a record is written to.
struct Writer<'a> {
    /// What is not handed over yet.
    text: String,
    /// Who gets it, piece by piece; `None` where it stays together.
    out: Option<&'a mut dyn Write>,
}

/// Why a record was not written.
#[derive(Debug)]
enum Fault {
    Output(io::Error),
    Record(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::Record(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self::Record(what.to_string())
    }
}

impl Writer<'_> {
    /// Appends a name of ours, which holds nothing to escape, between quotation marks.
    fn name(&mut self, name: &str) {
        self.text.reserve(name.len() + 2);
        self.text.push('"');
        self.text.push_str(name);
        self.text.push('"');
    }

    /// Appends a text between quotation marks.
    fn quote(&mut self, text: &str) -> Result<(), Fault> {
        self.text.push('"');
        self.push(text)?;
        self.text.push('"');
        Ok(())
    }

    /// Appends a text, escaped.
    fn push(&mut self, mut text: &str) -> Result<(), Fault> {
        while self.out.is_some() && text.len() > PIECE {
            let (first, rest) = text.split_at(text.floor_char_boundary(PIECE));
            push_text(&mut self.text, first);
            self.hand_over()?;
            text = rest;
        }
        push_text(&mut self.text, text);
        Ok(())
    }

    /// Hands over what is written, where that is much.
    fn settle(&mut self) -> Result<(), Fault> {
        if self.out.is_some() && self.text.len() > PIECE { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<(), Fault> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(self.text.as_bytes()).map_err(Fault::Output)?;
        self.text.clear();
        Ok(())
    }
}

/// Bytes that are looked at together: most of them hold nothing to escape.
const STRETCH: usize = 32;

/// Appends `text` as it stands inside a JSON string.
///
/// Source: RFC 8259, section 7.
fn push_text(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let (stretches, rest) = bytes.as_chunks::<STRETCH>();
    let mut plain = 0;
    for (stretch, at) in stretches.iter().zip((0..).step_by(STRETCH)) {
        if has_mark(stretch) {
            plain = push_escaped(out, text, plain, at..at + STRETCH);
        }
    }
    if rest_has_mark(bytes, rest.len()) {
        plain = push_escaped(out, text, plain, bytes.len() - rest.len()..bytes.len());
    }
    out.push_str(&text[plain..]);
}

/// Appends `text` from `plain` to the last character of `range` that is to be escaped, and
/// tells where it ends.
fn push_escaped(out: &mut String, text: &str, mut plain: usize, range: Range<usize>) -> usize {
    let bytes = text.as_bytes();
    for at in range {
        if is_mark(bytes[at]) {
            // The separators are `E2 80 A8` and `E2 80 A9`: most of what ends so is not.
            let length = if bytes[at] < 0x80 { 1 } else { 3 };
            if length == 1 || bytes[..at].ends_with(&[0xE2, 0x80]) {
                out.push_str(&text[plain..at + 1 - length]);
                push_escape(out, bytes[at]);
                plain = at + 1;
            }
        }
    }
    plain
}

/// Appends the escape of the character that ends with the byte `mark`.
fn push_escape(out: &mut String, mark: u8) {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let escape = match mark {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        b'\n' => "\\n",
        b'\r' => "\\r",
        b'\t' => "\\t",
        0x08 => "\\b",
        0x0C => "\\f",
        0xA8 => "\\u2028",
        0xA9 => "\\u2029",
        _ => {
            let digit = |number: u8| char::from(DIGITS[usize::from(number)]);
            out.push_str("\\u00");
            out.extend([digit(mark >> 4), digit(mark & 0xF)]);
            return;
        }
    };
    out.push_str(escape);
}

/// Whether a character that is to be escaped may end with this byte. Without a pattern, which
/// the compiler would make a jump of: of many bytes at once it is asked by comparing them all.
fn is_mark(byte: u8) -> bool {
    let tag = byte | 2 == b'>';
    let separator = byte & 0xFE == 0xA8;
    byte < b' ' || byte == b'"' || byte == b'\\' || byte == b'&' || tag || separator
}

/// Whether such a byte stands in `bytes`: all of them are compared, without a way out.
fn has_mark(bytes: &[u8; STRETCH]) -> bool {
    bytes.iter().fold(0, |any, byte| any | u8::from(is_mark(*byte))) != 0
}

/// Whether such a byte stands among the last `length` of `bytes`, fewer than a stretch: most
/// texts are no longer than that. So that a stretch is full, the bytes before them are looked
/// at again, or spaces stand in for them.
fn rest_has_mark(bytes: &[u8], length: usize) -> bool {
    if length == 0 {
        return false;
    }
    bytes.last_chunk().map_or_else(
        || {
            let mut few = [b' '; STRETCH];
            few[..bytes.len()].copy_from_slice(bytes);
            has_mark(&few)
        },
        has_mark,
    )
}

#[cfg(test)]
mod tests;
