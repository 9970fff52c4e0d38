//! Single tags of a page's source: their names, their attributes, where their content ends.
//!
//! In goes the source from some byte on; nothing here knows what is open around it.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Attributes that are read later.
#[rustfmt::skip]
const ATTRIBUTES: [&str; 28] = [
    "alt", "aria-hidden", "aria-label", "charset", "class", "content", "data-original",
    "data-src", "datetime", "dir", "height", "hidden", "href", "id", "itemprop", "itemtype",
    "lang", "name", "property", "rel", "role", "src", "srcset", "start", "style", "title", "type",
    "width",
];

/// The name at the head of a tag, in lower case.
pub(super) fn tag_name(rest: &str) -> Cow<'_, str> {
    const LONGEST: usize = 64;
    let end = rest
        .bytes()
        .take(LONGEST)
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        .unwrap_or(rest.len().min(LONGEST));
    let name = &rest[..rest.floor_char_boundary(end)];
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The elements that are parsed under their own name.
pub(super) fn known(name: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const NAMES: [&str; 88] = [
        "a", "abbr", "acronym", "address", "area", "article", "aside", "b", "base", "bdi", "bdo",
        "big", "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col",
        "colgroup", "data", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em",
        "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "input", "ins", "kbd",
        "label", "legend", "li", "link", "main", "mark", "meta", "nav", "ol", "optgroup",
        "option", "p", "picture", "pre", "q", "s", "samp", "section", "small", "source", "span",
        "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
        "thead", "time", "tr",
    ];
    #[rustfmt::skip]
    const MORE: [&str; 12] = [
        "tt", "u", "ul", "var", "wbr", "hgroup", "menu", "output", "param", "rp", "title",
        "track",
    ];
    match NAMES.binary_search(&name) {
        Ok(at) => Some(NAMES[at]),
        Err(_) => MORE.iter().find(|known| **known == name).copied(),
    }
}

/// The attributes of a tag that are read later, quoted for writing, and the byte
/// behind the tag; `None` where the file ends inside it.
pub(super) fn attributes(
    source: &str,
    start: usize,
) -> (Vec<(&'static str, Cow<'_, str>)>, Option<usize>) {
    const LONGEST: usize = 16 * 1024;
    let bytes = source.as_bytes();
    let mut found: Vec<(&'static str, Cow<'_, str>)> = Vec::new();
    let mut at = start;
    loop {
        while at < bytes.len() && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return (found, None),
            Some(b'>') => return (found, Some(at + 1)),
            Some(_) => {}
        }
        let from = at;
        // a name may begin with any character, `=` too
        at += 1;
        while at < bytes.len()
            && !bytes[at].is_ascii_whitespace()
            && !matches!(bytes[at], b'=' | b'>' | b'/')
        {
            at += 1;
        }
        let name = &bytes[from..at];
        let mut value = "";
        let mut next = at;
        while next < bytes.len() && bytes[next].is_ascii_whitespace() {
            next += 1;
        }
        if bytes.get(next) == Some(&b'=') {
            next += 1;
            while next < bytes.len() && bytes[next].is_ascii_whitespace() {
                next += 1;
            }
            let span = if let Some(quote @ (b'"' | b'\'')) = bytes.get(next) {
                let Some(length) = memchr(*quote, &bytes[next + 1..]) else {
                    return (found, None);
                };
                at = next + length + 2;
                next + 1..next + 1 + length
            } else {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                let rest = &bytes[next..];
                at = next + rest.iter().position(ends).unwrap_or(rest.len());
                next..at
            };
            value = &source[span];
        }
        let wanted = ATTRIBUTES
            .iter()
            .find(|wanted| wanted.as_bytes().eq_ignore_ascii_case(name))
            .filter(|_| value.len() <= LONGEST && !is_inline_data(value));
        if let Some(wanted) = wanted
            && !found.iter().any(|(name, _)| name == wanted)
        {
            let value = match memchr2(b'"', 0, value.as_bytes()) {
                Some(_) => Cow::Owned(value.replace('"', "&quot;").replace('\0', "")),
                None => Cow::Borrowed(value),
            };
            found.push((wanted, value));
        }
    }
}

fn is_inline_data(value: &str) -> bool {
    value.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The content of an element that begins at `at`, and the byte behind its end tag.
pub(super) fn content<'a>(source: &'a str, at: usize, name: &str) -> Option<(&'a str, usize)> {
    let bytes = source.as_bytes();
    let mut from = at;
    while let Some(found) = memchr(b'<', &bytes[from..]) {
        let tag = from + found;
        let after = tag + 2 + name.len();
        let is_end = bytes.get(tag + 1) == Some(&b'/')
            && bytes
                .get(tag + 2..after)
                .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(after).is_none_or(|next| !next.is_ascii_alphanumeric());
        if is_end {
            let end = memchr(b'>', &bytes[after..]).map_or(bytes.len(), |end| after + end + 1);
            return Some((&source[at..tag], end));
        }
        from = tag + 1;
    }
    None
}

/// The address in `<!-- saved from url=(0031)https://… -->` and in the comment of
/// SingleFile, whose second line is `url: https://…`.
pub(super) fn saved_from(comment: &str) -> Option<String> {
    let head = &comment[..comment.floor_char_boundary(4096)];
    let rest = if let Some((_, rest)) = head.split_once("saved from url=(") {
        rest.split_once(')')?.1
    } else if head.contains("Page saved with SingleFile") {
        head.split_once("url:")?.1.trim_start()
    } else {
        return None;
    };
    let address = rest.split_whitespace().next()?;
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")).then(|| address.to_owned())
}
