//! Plain text as Markdown, and back.
//!
//! What a clipping says in plain text is escaped so that no reader of Markdown takes it for
//! markup ([`escape_markdown`]); a line without markup is read back without one
//! ([`unescaped`]).

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// The bytes that may be markup wherever they stand.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b"\\`*_[]<&~|^$";
    let mut at = 0;
    while at < bytes.len() {
        special[bytes[at] as usize] = true;
        at += 1;
    }
    special
};

/// Writes plain text so that a Markdown reader gives back that very text.
///
/// Only what could turn into markup is escaped, so that the Markdown stays
/// pleasant to read: emphasis, code, links, tags, entities anywhere; headings,
/// lists, quotes, rules and tables at the start of a line.
pub fn escape_markdown(text: &str) -> Cow<'_, str> {
    if !needs_escapes(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(text, &mut out);
    Cow::Owned(out)
}

/// Adds what [`escape_markdown`] gives of `text`.
pub fn push_markdown(text: &str, out: &mut String) {
    if needs_escapes(text) {
        push_escaped(text, out);
    } else {
        out.push_str(text);
    }
}

/// The text that [`escape_markdown`] made this line of Markdown of; `None` where it has
/// markup, or may have.
///
/// ```
/// use annals::text::unescaped;
///
/// assert_eq!(unescaped("1\\. of \\*five*").map(|text| text.to_string()), None);
/// assert_eq!(unescaped("1\\. of \\*five\\*").unwrap().to_string(), "1. of *five*");
/// ```
pub fn unescaped(markdown: &str) -> Option<Unescaped<'_>> {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let trimmed = is_space(markdown.chars().next()) || is_space(markdown.chars().next_back());
    let bytes = markdown.as_bytes();
    if trimmed
        || line_starts_markup(markdown).is_some()
        || memchr::memchr2(b'\n', 0, bytes).is_some()
    {
        return None;
    }
    if !may_have_special(bytes) {
        return Some(Unescaped(markdown));
    }
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
        at += next;
        let then = bytes.get(at + 1).copied().unwrap_or(b' ');
        let before = || markdown[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let behind = || markdown[at + 1..].chars().next().is_some_and(char::is_alphanumeric);
        at += match bytes[at] {
            b'\\' if then.is_ascii_punctuation() => 2,
            b'_' if before() && behind() => 1,
            b'&' if then.is_ascii() && then != b'#' && !then.is_ascii_alphabetic() => 1,
            b'<' if then == b' ' || then.is_ascii_digit() => 1,
            _ => return None,
        };
    }
    Some(Unescaped(markdown))
}

/// A line of text behind the escapes of Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Unescaped<'a>(&'a str);

impl fmt::Display for Unescaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
            out.write_str(&rest[..at])?;
            let escaped = rest[at + 1..].chars().next();
            rest = &rest[at + 1..];
            if let Some(c) = escaped {
                out.write_char(c)?;
                rest = &rest[c.len_utf8()..];
            }
        }
        out.write_str(rest)
    }
}

/// Whether any of `bytes` may be one of [`SPECIAL`]: few others are taken for them.
fn may_have_special(bytes: &[u8]) -> bool {
    // without branches, many bytes at a time, and bytes that differ in a bit together:
    // `[`, `\`, `]`, `^`, `_`, `|`, `~`, and braces and DEL, which are rare; `$`, `&`
    let is_special = |byte: u8| {
        (byte | 0x20).cast_signed() >= b'{'.cast_signed()
            || byte | 2 == b'&'
            || matches!(byte, b'*' | b'<' | b'`')
    };
    let (chunks, rest) = bytes.as_chunks::<64>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is_special(*byte));
    chunks.iter().any(|chunk| any(chunk)) || any(rest)
}

/// Whether anything in `text` may be markup.
fn needs_escapes(text: &str) -> bool {
    let bytes = text.as_bytes();
    if may_have_special(bytes) {
        return true;
    }
    match memchr::memchr(b'\n', bytes) {
        None => line_starts_markup(text).is_some(),
        Some(_) => text.lines().any(|line| line_starts_markup(line).is_some()),
    }
}

fn push_escaped(text: &str, out: &mut String) {
    let special = |c: char| c.is_ascii() && SPECIAL[c as usize];
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let care = line_starts_markup(line);
        let mut previous = ' ';
        for (at, c) in line.char_indices() {
            let next = line[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let escape = Some(at) == care
                || match c {
                    '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
                    '&' => next == '#' || next.is_ascii_alphabetic(),
                    '<' => !next.is_whitespace() && !next.is_ascii_digit(),
                    _ => special(c),
                };
            if escape {
                out.push('\\');
            }
            out.push(c);
            previous = c;
        }
    }
}

/// The byte of `line` that would make it a heading, list item, quote, rule,
/// table or fence, if any.
fn line_starts_markup(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let first = rest.chars().next()?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) {
        let after = rest.as_bytes().get(digits)?;
        let then = rest.as_bytes().get(digits + 1);
        let ends = then.is_none_or(u8::is_ascii_whitespace);
        return (matches!(after, b'.' | b')') && ends).then_some(indent + digits);
    }
    match first {
        '#' | '>' | '+' | '-' | '=' | '~' | ':' => Some(indent),
        _ => None,
    }
}
