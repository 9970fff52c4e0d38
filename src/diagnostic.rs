//! What the author of an archive should know: a sentence, a place in their own
//! file, a way out.
//!
//! A [`Diagnostic`] is plain data, made by the stages and kept beside the value
//! that it belongs to, so that a remembered value warns as loudly as a fresh
//! one. The terminal draws it; nothing here prints.

use serde::{Deserialize, Serialize};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Keeps the site from being written.
    Error,
    /// The site is written; something in it is not what the author meant.
    Warning,
    /// Worth knowing, nothing to mend.
    Note,
}

/// A line of one of the author's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the archive, with `/`.
    pub file: String,
    /// From 1; `None` when the whole file is meant.
    pub line: Option<u32>,
    /// Code points from 1 to the first one meant; `None` when the whole line is.
    pub column: Option<u32>,
    /// How many code points are meant; at least 1 where `column` is given.
    pub width: u32,
    /// The line itself, cut to 200 code points.
    pub excerpt: Option<String>,
    /// What to say right under the excerpt; may be empty.
    pub label: String,
}

/// One thing the author should know.
///
/// Messages are sentences without a full stop, begin in lower case and quote
/// names in backticks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable short name, as `annals check --format json` prints it.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Where, in the author's own file.
    pub place: Option<Place>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// What keeps the site from being written.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// What the author did not mean.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    /// What is worth knowing.
    pub fn note(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message.into())
    }

    fn new(severity: Severity, code: &str, message: String) -> Self {
        Self { severity, code: code.to_owned(), message, place: None, help: None }
    }

    /// Names the file as a whole.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.place = Some(Place {
            file: file.to_owned(),
            line: None,
            column: None,
            width: 0,
            excerpt: None,
            label: String::new(),
        });
        self
    }

    /// Names bytes of `text`, the whole of `file` (or its beginning). `label`
    /// stands right under them and may be empty.
    #[must_use]
    pub fn at(
        mut self,
        file: &str,
        text: &str,
        bytes: std::ops::Range<usize>,
        label: &str,
    ) -> Self {
        const EXCERPT: usize = 200;
        let start = floor(text, bytes.start);
        let end = floor(text, bytes.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or("");
        let number = memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        let within = end.min(line_start + line.len()).max(start);
        let width = text[start..within].chars().count().max(1);
        self.place = Some(Place {
            file: file.to_owned(),
            line: u32::try_from(number).ok(),
            column: u32::try_from(column).ok(),
            width: u32::try_from(width).unwrap_or(1),
            excerpt: Some(line.chars().take(EXCERPT).collect()),
            label: label.to_owned(),
        });
        self
    }

    /// Names a whole line, from 1, with its text.
    #[must_use]
    pub fn at_line(mut self, file: &str, line: u32, text: &str, label: &str) -> Self {
        self.place = Some(Place {
            file: file.to_owned(),
            line: Some(line),
            column: None,
            width: 0,
            excerpt: Some(text.chars().take(200).collect()),
            label: label.to_owned(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}
