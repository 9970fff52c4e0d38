//! An article as those who cite it take it along: the tags in the head of its page, and
//! the citation as files.
//!
//! In: what the page says, and the [`Citation`]. Out: ready HTML.
//!
//! The decision to question: the files are part of the page, as `data:` addresses. Of
//! their own they would be thousands of small files more, and cost every build and every
//! copy of the site a third of its time.

use percent_encoding::percent_encode_byte;

use super::context::{ArticlePage, Html};
use super::entry::entries;
use crate::citation::{Citation, File};
use crate::markup::push_escaped;

/// What reference managers read in the head of `page`: a tag a line.
pub(super) fn tags(page: &ArticlePage<'_>) -> Html {
    let mut out = String::with_capacity(1024);
    push_tag(&mut out, "name=\"citation_title", page.headline);
    for name in &page.byline {
        push_tag(&mut out, "name=\"citation_author", name);
    }
    let date = &*page.published.datetime;
    // A date we inferred must not reach a reference manager as if the article stated it.
    if page.published.basis == "stated" && !date.is_empty() {
        push_tag(&mut out, "name=\"citation_publication_date", date);
        push_tag(&mut out, "name=\"DC.date", date);
        push_tag(&mut out, "property=\"article:published_time", date);
    }
    if let Some(outlet) = &page.outlet {
        push_tag(&mut out, "name=\"citation_journal_title", outlet.text);
        push_tag(&mut out, "name=\"DC.publisher", outlet.text);
    }
    push_tag(&mut out, "name=\"citation_language", page.language);
    push_tag(&mut out, "name=\"DC.title", page.headline);
    push_tag(&mut out, "name=\"DC.type", "newspaperArticle");
    if let Some(url) = page.url {
        push_tag(&mut out, "name=\"DC.source", url);
    }
    for tag in &page.tags {
        push_tag(&mut out, "property=\"article:tag", tag.text);
    }
    Html(out)
}

/// Appends a tag; `attribute` is what names it, up to the quotation mark at its end.
fn push_tag(out: &mut String, attribute: &str, content: &str) {
    out.extend(["<meta ", attribute, "\" content=\""]);
    push_escaped(out, content);
    out.push_str("\">\n");
}

/// The citation as files to take along, each a link.
pub(super) fn files(citation: Citation<'_>) -> Html {
    entries(citation.files().iter(), |out, File { format, name, text }| {
        out.extend(["<li><a download=\"", name, "\" href=\"data:", format.media_type()]);
        out.push_str(";charset=utf-8,");
        push_in_address(out, text);
        out.extend(["\">", format.name(), "</a></li>\n"]);
    })
}

/// Appends `text` as a part of a `data:` address, which stands in an attribute.
///
/// Source: RFC 2397, RFC 3986.
fn push_in_address(out: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !IS_PLAIN[usize::from(byte)] {
            // Inside a character that is not ASCII nothing is plain.
            out.push_str(text.get(plain..at).unwrap_or_default());
            out.push_str(percent_encode_byte(byte));
            plain = at + 1;
        }
    }
    out.push_str(text.get(plain..).unwrap_or_default());
}

/// Which bytes may stand in an address as they are: a citation has a thousand, and a table
/// tells them at once.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        let marks = matches!(byte, b'"' | b'#' | b'%' | b'&' | b'\'' | b'<' | b'>');
        is_plain[byte as usize] = !marks;
        byte += 1;
    }
    is_plain
};

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;

    use super::*;

    #[test]
    fn an_address_holds_no_byte_that_ends_it_and_loses_none() {
        let every: String = (0..=255).map(char::from).collect();
        for text in [&*every, "", "é", "a\u{2028}b", "plain", "\"'<&%#>\r\n\t end"] {
            let mut address = String::new();
            push_in_address(&mut address, text);
            let is_plain = |c: char| c.is_ascii_graphic() && !"\"#&'<>".contains(c);
            assert!(address.chars().all(is_plain), "{address}");
            assert_eq!(percent_decode_str(&address).decode_utf8().unwrap(), text);
        }
    }
}
