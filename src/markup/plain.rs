//! Bodies without any markup, read without a parser.
//!
//! In: Markdown. Out: its [`Block`]s, where these can be told from the bytes alone:
//! paragraphs and subheadings with an empty line between, which is what most articles are;
//! `None` for all else. Of these, what the parser would make of it: the [`Document`], or
//! its HTML at once.
//!
//! The decision to question: this knows a part of Markdown a second time. It asks for
//! less than the grammar allows wherever a byte could mean something, so a body that it
//! takes has one reading only; a test holds it to the parser's on texts made of all the
//! bytes that matter.

use memchr::{memchr, memchr_iter};
use pulldown_cmark::{CowStr, HeadingLevel, Tag, TagEnd};

use super::{Anchor, Builder, Document, Labels, TextLink, Weaver};
use crate::reading::Zone;

/// Bytes that are looked at together.
const STRETCH: usize = 32;

/// A paragraph or a subheading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// Of a subheading.
    level: Option<HeadingLevel>,
    /// Never empty.
    text: &'a str,
}

/// The blocks of a body that is plain; `None` where only the parser can tell.
pub(super) fn blocks(markdown: &str) -> Option<Vec<Block<'_>>> {
    let body = markdown.trim_matches('\n');
    if body.is_empty() || has_markup(body.as_bytes()) {
        return None;
    }
    parted(body).map(block).collect()
}

/// The blocks of a body that its reader sees as it is written, as `prose` says: it has no
/// mark that the parser took for one, so they are paragraphs all. HTML, which is seen as it
/// is written too, is left to the parser.
pub(super) fn as_written<'a>(markdown: &'a str, prose: &str) -> Option<Vec<Block<'a>>> {
    let body = markdown.trim_matches('\n');
    let is_so = !body.is_empty() && body == prose && memchr(b'<', body.as_bytes()).is_none();
    is_so.then(|| parted(body).map(|text| Block { level: None, text }).collect())
}

/// What stands between empty lines.
fn parted(body: &str) -> impl Iterator<Item = &str> {
    let mut ahead = Some(body);
    std::iter::from_fn(move || {
        let rest = ahead?;
        let bytes = rest.as_bytes();
        let mut ends = memchr_iter(b'\n', bytes);
        let end = ends.find(|end| bytes.get(end + 1) == Some(&b'\n'));
        ahead = end.map(|end| &rest[end + 2..]);
        Some(&rest[..end.unwrap_or(rest.len())])
    })
}

/// The document that is made of `blocks`.
pub(super) fn document<'a>(blocks: &[Block<'a>]) -> Document<'a> {
    let mut builder = Builder::default();
    builder.prose.text.reserve(blocks.iter().map(|block| block.text.len() + 2).sum());
    builder.prose.blocks.reserve_exact(blocks.len());
    builder.pieces.reserve(blocks.len() * 3);
    for Block { level, text } in blocks {
        let (tag, end, zone) = match *level {
            Some(level) => {
                let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
                (tag, TagEnd::Heading(level), Zone::Heading)
            }
            None => (Tag::Paragraph, TagEnd::Paragraph, Zone::Body),
        };
        builder.begin(tag, zone);
        for piece in pieces(text) {
            builder.text(CowStr::Borrowed(piece));
        }
        builder.end(end);
    }
    builder.document()
}

/// What [`Document::html`] makes of `blocks`, without a document between.
pub(super) fn html(
    blocks: &[Block<'_>],
    anchors: &[Anchor],
    links: &[TextLink],
    labels: Labels<'_>,
) -> String {
    let length: usize = blocks.iter().map(|block| block.text.len() + 128).sum();
    let mut weaver = Weaver::new(links, labels, length + links.len() * 128);
    // Where a piece stands in the prose, whose blocks have two line breaks between.
    let mut start = 0;
    for (at, Block { level, text }) in blocks.iter().enumerate() {
        let anchor = anchors.get(at).copied();
        match *level {
            Some(level) => weaver.open_heading(level, anchor),
            None => weaver.element("p", anchor, ""),
        }
        for piece in pieces(text) {
            weaver.text(start, piece);
            start += piece.len();
        }
        match level {
            Some(_) => weaver.close_heading(),
            None => weaver.close_paragraph(anchor),
        }
        start += 2;
    }
    weaver.ready
}

/// Lines and what stands between them, one after another, as the parser has them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let between = std::iter::once("").chain(std::iter::repeat("\n"));
    between.zip(lines(text)).flat_map(<[&str; 2]>::from).filter(|piece| !piece.is_empty())
}

/// The lines of `text`, without what ends them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes())
        .chain([text.len()])
        .map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

/// Whether a byte means something in Markdown wherever it stands, or is no text.
fn has_markup(bytes: &[u8]) -> bool {
    let (stretches, rest) = bytes.as_chunks();
    let mut last = [b' '; STRETCH];
    last[..rest.len()].copy_from_slice(rest);
    stretches.iter().chain([&last]).any(|stretch: &[u8; STRETCH]| {
        let any = stretch.iter().fold(0, |any, byte| {
            let is = |mark: u8| u8::from(*byte == mark);
            // `[`, `\`, `_`, `|`, `~`, and `]`, `^`, braces and DEL, which are rare
            let marks = u8::from((byte | 0x20).cast_signed() >= b'{'.cast_signed());
            let others = is(b'*') | is(b'`') | is(b'<') | is(b'&');
            any | marks | others | (u8::from(*byte < b' ') & u8::from(*byte != b'\n'))
        });
        any != 0
    })
}

/// A paragraph or a subheading; `None` where a line of it may be something else.
fn block(text: &str) -> Option<Block<'_>> {
    if text.starts_with('#') {
        let (signs, text) = text.split_once(' ')?;
        let is_heading = signs.bytes().all(|byte| byte == b'#') && !text.contains('\n');
        // Signs at the end of a heading may close it.
        if !is_heading || text.starts_with(' ') || text.ends_with([' ', '#']) || text.is_empty() {
            return None;
        }
        return Some(Block { level: Some(HeadingLevel::try_from(signs.len()).ok()?), text });
    }
    lines(text).all(is_text).then_some(Block { level: None, text })
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

    use super::super::parse_all;
    use super::*;
    use crate::text::Span;

    /// What a page is made of: prose, blocks, and HTML with a link in the middle of it.
    fn made(document: &Document<'_>) -> (String, String, String) {
        let (anchors, links) = around(&document.prose.text);
        let html = document.html(&anchors, &links, Labels::default());
        (document.prose.text.clone(), format!("{:?}", document.prose.blocks), html)
    }

    /// Anchors enough for `text`, and a link in the middle of it.
    fn around(text: &str) -> (Vec<Anchor>, [TextLink; 1]) {
        let anchors = (0..8).filter_map(|number| Anchor::from_number(number * 7)).collect();
        let last = text.len().saturating_sub(1);
        let (start, end) = (text.ceil_char_boundary(1), text.floor_char_boundary(last));
        let link = TextLink {
            span: Span::new(start, end.max(start)),
            class: "actor",
            href: "../a/".to_owned(),
            title: String::new(),
        };
        (anchors, [link])
    }

    /// Whether a body is plain; if so, the parser makes the same of it.
    fn is_plain(markdown: &str) -> bool {
        let parsed = parse_all(markdown);
        let (anchors, links) = around(&parsed.prose.text);
        let at_once = |blocks: &[Block<'_>]| html(blocks, &anchors, &links, Labels::default());
        let expected = made(&parsed);
        if let Some(blocks) = as_written(markdown, &parsed.prose.text) {
            assert_eq!(at_once(&blocks), expected.2, "{markdown:?}");
        }
        let Some(blocks) = blocks(markdown) else { return false };
        assert_eq!(at_once(&blocks), expected.2, "{markdown:?}");
        assert_eq!(made(&document(&blocks)), expected, "{markdown:?}");
        true
    }

    #[test]
    fn most_bodies_are_plain_and_others_are_left_to_the_parser() {
        for (markdown, expected) in [
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
            assert_eq!(is_plain(markdown), expected, "{markdown:?}");
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
                    ">", ",", ";", "?", "“", "é\u{301}", "*", "_", "~~", "`", "[", "](", "<b>", "&",
                    "&amp;", "\\", "|", "|-|", "[^1]", "<div>",
                ]),
                1..14,
            )
        ) {
            is_plain(&parts.concat());
        }
    }
}
