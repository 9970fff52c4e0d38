//! The texts of a saved page, before it is parsed.
//!
//! Bytes go in, the text of each block comes out, tags and scripts taken out. It need
//! not be what a parser would find, only the same for the same page: what differs is
//! not counted.
//!
//! Entry points: [`texts`] and [`host`].

use memchr::{memchr, memmem};

/// Elements that part no text from the text beside it.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"cite", b"code", b"em", b"font", b"i", b"label", b"mark", b"q", b"s",
    b"small", b"span", b"strong", b"sub", b"sup", b"time", b"u", b"wbr",
];

/// Elements whose content is no text.
const SILENT: [&[u8]; 4] = [b"script", b"style", b"noscript", b"svg"];

/// Gives the text of every block of the page to `see`.
pub(super) fn texts(html: &[u8], see: &mut impl FnMut(&[u8])) {
    let mut text: Vec<u8> = Vec::new();
    let mut rest = html;
    while let Some(open) = memchr(b'<', rest) {
        push(&rest[..open], &mut text);
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = memmem::find(comment, b"-->").map_or(&[][..], |end| &comment[end + 3..]);
            continue;
        }
        let Some(close) = memchr(b'>', rest) else { break };
        let tag = &rest[..close];
        rest = &rest[close + 1..];
        let is_end = tag.first() == Some(&b'/');
        let name = &tag[usize::from(is_end)..];
        let length = name.iter().position(|byte| !byte.is_ascii_alphanumeric());
        let name = &name[..length.unwrap_or(name.len())];
        let is = |known: &&[u8]| name.eq_ignore_ascii_case(known);
        if !is_end && SILENT.iter().any(&is) {
            rest = after_end(rest, name);
        }
        if !INLINE.iter().any(is) {
            see(&text);
            text.clear();
        }
    }
    push(rest, &mut text);
    see(&text);
}

/// Adds text without its character references, whose spelling is the page's choice.
fn push(run: &[u8], text: &mut Vec<u8>) {
    const LONGEST: usize = 10;
    let mut rest = run;
    while let Some(at) = memchr(b'&', rest) {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let end = memchr(b';', &rest[..rest.len().min(LONGEST)]).map_or(1, |end| end + 1);
        rest = &rest[end..];
    }
    text.extend_from_slice(rest);
}

/// What follows the end tag of the element `name`; nothing where it has none.
fn after_end<'a>(html: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut rest = html;
    while let Some(at) = memmem::find(rest, b"</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return memchr(b'>', rest).map_or(&[][..], |close| &rest[close + 1..]);
        }
    }
    &[]
}

/// The host that the head of a page says is its own: its canonical address, or what
/// the program that saved it wrote.
pub(super) fn host(head: &[u8]) -> Option<&[u8]> {
    const SIGNS: [&[u8]; 4] = [b"canonical", b"og:url", b"saved from url", b"Page saved with"];
    /// How far behind a sign the address stands.
    const NEAR: usize = 200;
    SIGNS.iter().find_map(|sign| {
        let at = memmem::find(head, sign)?;
        super::host(&head[at..head.len().min(at + NEAR)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let mut all = Vec::new();
        texts(html.as_bytes(), &mut |text| {
            let text = String::from_utf8_lossy(text).trim().to_owned();
            all.extend(Some(text).filter(|text| !text.is_empty()));
        });
        all
    }

    #[test]
    fn blocks_part_texts_and_scripts_have_none() {
        for (html, expected) in [
            ("<p>One <b>ferry</b></p><p>Two</p>", vec!["One ferry", "Two"]),
            ("<SCRIPT>if (a < b) { '</p>' }</SCRIPT>Three", vec!["Three"]),
            ("<!-- <p>none --><div>Fo&uuml;ur<br>Five", vec!["Four", "Five"]),
            ("<script>never ends", vec![]),
            ("a < b & c", vec!["a  b  c"]),
        ] {
            assert_eq!(told(html), expected, "{html:?}");
        }
    }

    #[test]
    fn a_page_says_whose_it_is() {
        for (head, expected) in [
            ("<link rel=\"canonical\" href=\"https://www.baypost.example/a\">", "baypost.example"),
            ("<!-- saved from url=(0030)https://wire.example/b -->", "wire.example"),
            ("<meta property=og:url content=http://dispatch.example>", "dispatch.example"),
        ] {
            let found = host(head.as_bytes()).map(String::from_utf8_lossy);
            assert_eq!(found.as_deref(), Some(expected), "{head}");
        }
        assert_eq!(host(b"<title>canonical</title>"), None);
    }
}
