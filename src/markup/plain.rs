//! Bodies without any markup, read without a parser.
//!
//! In: Markdown. Out: the [`Document`] that the parser would make of it, where that can
//! be told from the bytes alone: paragraphs and subheadings with an empty line between,
//! which is what most articles are. `None` for all else.
//!
//! The decision to question: this knows a part of Markdown a second time. It asks for
//! less than the grammar allows wherever a byte could mean something, so a body that it
//! takes has one reading only; a test holds it to the parser's on texts made of all the
//! bytes that matter.

use memchr::memchr_iter;
use pulldown_cmark::{CowStr, HeadingLevel, Tag, TagEnd};

use super::{Builder, Document};
use crate::reading::Zone;

/// Bytes that are looked at together.
const STRETCH: usize = 32;

/// The document of a body that is plain; `None` where only the parser can tell.
pub(super) fn document(markdown: &str) -> Option<Document<'_>> {
    let body = markdown.trim_matches('\n');
    if body.is_empty() || has_markup(body.as_bytes()) {
        return None;
    }
    let mut builder = Builder::default();
    builder.prose.text.reserve(body.len());
    builder.pieces.reserve(body.len() / 128);
    let mut rest = body;
    loop {
        let bytes = rest.as_bytes();
        let mut ends = memchr_iter(b'\n', bytes);
        let Some(end) = ends.find(|end| bytes.get(end + 1) == Some(&b'\n')) else {
            append(&mut builder, rest)?;
            return Some(builder.document());
        };
        append(&mut builder, &rest[..end])?;
        rest = &rest[end + 2..];
    }
}

/// Whether a byte means something in Markdown wherever it stands, or is no text.
fn has_markup(bytes: &[u8]) -> bool {
    let (stretches, rest) = bytes.as_chunks();
    let mut last = [b' '; STRETCH];
    last[..rest.len()].copy_from_slice(rest);
    stretches.iter().chain([&last]).any(|stretch: &[u8; STRETCH]| {
        let any = stretch.iter().fold(0, |any, byte| {
            let is = |mark: u8| u8::from(*byte == mark);
            let marks = is(b'*') | is(b'_') | is(b'~') | is(b'`') | is(b'[');
            let others = is(b'<') | is(b'&') | is(b'\\') | is(b'|');
            any | marks | others | (u8::from(*byte < b' ') & u8::from(*byte != b'\n'))
        });
        any != 0
    })
}

/// Appends a paragraph or a subheading; `None` where a line of it may be something else.
fn append<'a>(builder: &mut Builder<'a>, block: &'a str) -> Option<()> {
    if block.starts_with('#') {
        let (signs, text) = block.split_once(' ')?;
        let is_heading = signs.bytes().all(|byte| byte == b'#') && !text.contains('\n');
        // Signs at the end of a heading may close it.
        if !is_heading || text.starts_with(' ') || text.ends_with([' ', '#']) || text.is_empty() {
            return None;
        }
        let level = HeadingLevel::try_from(signs.len()).ok()?;
        let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
        builder.begin(tag, Zone::Heading);
        builder.text(CowStr::Borrowed(text));
        builder.end(TagEnd::Heading(level));
        return Some(());
    }
    builder.begin(Tag::Paragraph, Zone::Body);
    let mut start = 0;
    for end in memchr_iter(b'\n', block.as_bytes()).chain([block.len()]) {
        let line = &block[start..end];
        if !is_text(line) {
            return None;
        }
        if start > 0 {
            builder.text(CowStr::Borrowed("\n"));
        }
        builder.text(CowStr::Borrowed(line));
        start = end + 1;
    }
    builder.end(TagEnd::Paragraph);
    Some(())
}

/// Whether a line without marks is text as it stands, wherever in a paragraph.
fn is_text(line: &str) -> bool {
    match line.as_bytes() {
        // Headings, quotations, lists, rules and the lines under headings and table heads.
        [] | [.., b' '] | [b' ' | b'#' | b'>' | b'-' | b'+' | b'=' | b':', ..] => false,
        [b'0'..=b'9', ..] => !is_numbered(line),
        _ => true,
    }
}

/// Whether the line may be an item of a numbered list.
fn is_numbered(line: &str) -> bool {
    line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Anchor, Labels, TextLink, parse_all};
    use super::*;
    use crate::text::Span;

    /// What a page is made of: prose, blocks and HTML, with a link in the middle of it.
    fn made(document: &Document<'_>) -> (String, String, String) {
        let text = &document.prose.text;
        let anchors: Vec<Anchor> =
            (0..8).filter_map(|number| Anchor::from_number(number * 7)).collect();
        let (start, end) = (text.ceil_char_boundary(1), text.floor_char_boundary(text.len() - 1));
        let link = TextLink {
            span: Span::new(start, end.max(start)),
            class: "actor",
            href: "../a/".to_owned(),
            title: String::new(),
        };
        let html = document.html(&anchors, &[link], Labels::default());
        (text.clone(), format!("{:?}", document.prose.blocks), html)
    }

    #[test]
    fn most_bodies_are_plain_and_others_are_left_to_the_parser() {
        for (markdown, is_plain) in [
            ("One.\n\nTwo, and “more” (of it).\n", true),
            (
                "## Talks stall\n\nIn Oslo\nand Rome. 2022 was the year; see https://example.org/a",
                true,
            ),
            ("1. A list", false),
            ("1990. That was the year.", false),
            ("## Closed ##", false),
            ("One.\n\n\nTwo.", false),
            ("A line \nthat ends in space", false),
            ("Over\n---", false),
            ("a *b* c", false),
            ("AT&amp;T", false),
            ("", false),
        ] {
            let plain = document(markdown);
            assert_eq!(plain.is_some(), is_plain, "{markdown:?}");
            if let Some(plain) = plain {
                assert_eq!(made(&plain), made(&parse_all(markdown)), "{markdown:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_plain_body_is_what_the_parser_makes_of_it(
            parts in proptest::collection::vec(
                prop::sample::select(vec![
                    "a", "b c", "Über", "\n", "\n", "\n\n", "\n\n", " ", "  ", "    ", "\t", "#", "## ",
                    "####### ", "-", "---", "+ ", "=", "==", ":", ": ", ":-", "1", "1.", "2)", "12",
                    ".", ")", "(", "!", "]", "]:", "{", "}", "^", "$", "$$", "\"", "'", "%", "@", "/",
                    "http://x.org", "\u{a0}", "\u{85}", "\u{2028}", "\u{3000}", "\u{200b}", "\u{feff}",
                    ">", ",", ";", "?", "“", "é\u{301}",
                ]),
                1..14,
            )
        ) {
            let markdown = parts.concat();
            if let Some(plain) = document(&markdown) {
                prop_assert_eq!(made(&plain), made(&parse_all(&markdown)));
            }
        }
    }
}
