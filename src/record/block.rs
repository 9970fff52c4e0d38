//! The text of a block of the body, as its reader sees it.
//!
//! Markdown goes in, the text behind it comes out while a record is written. A paragraph
//! without markup is only unescaped. One of megabytes is parsed in parts, since a parser
//! holds many times what it reads; emphasis over a seam keeps its marks there.
//!
//! Entry point: [`BlockText::of`].

use std::fmt;

use serde::{Serialize, Serializer};

use crate::article::BlockKind;
use crate::markup;
use crate::text::{Unescaped, unescaped};

/// Above this a paragraph is parsed in parts.
const LONG: usize = 1024 * 1024;

/// The bytes of a part, and how many before its end a seam is looked for.
const PART: usize = 128 * 1024;
const NEAR: usize = 4 * 1024;

/// The text of a block.
#[derive(Debug)]
pub(super) enum BlockText<'a> {
    /// Behind escapes: a paragraph without markup, however long, is not held again.
    Plain(Unescaped<'a>),
    /// List items and table cells stand on lines of their own.
    Parsed(String),
    /// A paragraph that is parsed part by part, while it is written.
    Long(Long<'a>),
}

impl<'a> BlockText<'a> {
    /// The text of a block of `markdown`.
    pub(super) fn of(kind: BlockKind, markdown: &'a str) -> Self {
        if let Some(plain) = unescaped(markdown) {
            Self::Plain(plain)
        } else if kind == BlockKind::Paragraph && markdown.len() > LONG {
            Self::Long(Long(markdown))
        } else {
            Self::Parsed(text(markdown))
        }
    }
}

impl Serialize for BlockText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.collect_str(text),
            Self::Parsed(text) => serializer.serialize_str(text),
            Self::Long(text) => serializer.collect_str(text),
        }
    }
}

/// The Markdown of a paragraph of megabytes; shown, it is its text.
#[derive(Debug)]
pub(super) struct Long<'a>(&'a str);

impl fmt::Display for Long<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = seam(rest) {
            out.write_str(&text(&rest[..at]))?;
            // what parts them: a space or the end of a line
            out.write_str(&rest[at..=at])?;
            rest = &rest[at + 1..];
        }
        out.write_str(&text(rest))
    }
}

fn text(markdown: &str) -> String {
    markup::parse(markdown).prose.text.replace("\n\n", "\n")
}

/// Where a part ends, before the one character between two words of which none is a mark;
/// `None` where what is left is one part.
fn seam(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let last = PART.min(bytes.len().checked_sub(PART)?);
    let is_seam = |at: &usize| {
        bytes[at - 1].is_ascii_alphabetic()
            && matches!(bytes[*at], b' ' | b'\n')
            && bytes[at + 1].is_ascii_alphabetic()
    };
    let before = (last.saturating_sub(NEAR).max(1)..last).rev().find(is_seam);
    // a stretch without words is parsed with what precedes it
    before.or_else(|| (last.max(1)..bytes.len() - 1).find(is_seam))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_plain(markdown: &str) -> bool {
        matches!(BlockText::of(BlockKind::Paragraph, markdown), BlockText::Plain(_))
    }

    #[test]
    fn a_paragraph_without_markup_is_not_parsed() {
        for (markdown, plain) in [
            ("Two cranes, 300 cars.", true),
            ("1\\. of \\*five\\* at half_past & <5", true),
            ("1. of five", false),
            ("of *five*", false),
            ("AT&T and &amp;", false),
            ("of\nfive", false),
            ("of five  ", false),
        ] {
            assert_eq!(is_plain(markdown), plain, "{markdown:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_block_reads_the_same_parsed_or_not(
            markdown in "[ -~]{0,6}[a-z0-9é &;#*_\\\\.)(<>~^$|`\\[\\]!+=:-]{0,24}",
        ) {
            let parsed = markup::parse(&markdown).prose.text;
            if let BlockText::Plain(text) = BlockText::of(BlockKind::Paragraph, &markdown) {
                proptest::prop_assert_eq!(text.to_string(), parsed);
            }
        }

        #[test]
        fn escaped_text_is_read_without_parsing(text in "[a-z][!-~]{0,12}( [!-~]{1,6}){0,6}") {
            let markdown = crate::text::escape_markdown(&text);
            proptest::prop_assert!(is_plain(&markdown), "{}", markdown);
        }
    }

    #[test]
    fn a_paragraph_of_megabytes_reads_as_if_it_were_parsed_at_once() {
        let line = "The *envoys* spoke of [tolls](https://port.example/tolls) and quays; 9 of";
        for gap in [" ", "\n"] {
            let markdown = [line, "5 cranes & a **ship** came"].join(gap);
            let markdown = vec![markdown; LONG / 90].join(gap);
            let text = BlockText::of(BlockKind::Paragraph, &markdown);
            let BlockText::Long(long) = text else { panic!("parsed at once") };
            assert!(long.to_string() == markup::parse(&markdown).prose.text);
        }
    }
}
