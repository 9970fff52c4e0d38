//! What tells a saved page before it is text.
//!
//! Bytes go in. Pages are known by their ending; one that was saved as `.txt` is known
//! by how it begins, and only if it begins as nothing else does.

/// How much of a page is looked at for what it says of itself.
const HEAD: usize = 4096;

/// Whether the bytes are plainly an HTML page: they begin with its document type or
/// its first element, comments aside, and elements end in them.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    while let Some(comment) = rest.strip_prefix(b"<!--") {
        let Some(end) = memchr::memmem::find(comment, b"-->") else { return false };
        rest = comment[end + 3..].trim_ascii_start();
    }
    let begins = |with: &[u8]| {
        let after = rest.get(with.len()).copied().unwrap_or(0);
        rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
            && (after.is_ascii_whitespace() || after == b'>')
    };
    (begins(b"<!doctype html") || begins(b"<html")) && memchr::memmem::find(rest, b"</").is_some()
}

/// The encoding that the head of a page names, as it is written there: in
/// `<meta charset="…">`, `<meta http-equiv=… content="…; charset=…">` or an XML
/// declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let lower = head.to_ascii_lowercase();
    let named = [&b"charset="[..], b"encoding="]
        .into_iter()
        .find_map(|key| memchr::memmem::find(&lower, key).map(|at| &lower[at + key.len()..]))?;
    let named = named.trim_ascii_start();
    let named = named.strip_prefix(b"\"").or_else(|| named.strip_prefix(b"'")).unwrap_or(named);
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let label: Vec<u8> = named.iter().copied().take_while(is_label).take(40).collect();
    String::from_utf8(label).ok().filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_how_it_begins() {
        for (text, expected) in [
            ("<!DOCTYPE html><html><p>Ferries</p>", true),
            ("\u{FEFF}\n<!doctype HTML>\n<title>a</title>", true),
            ("<!-- saved --> <HTML lang=en><body>a</body>", true),
            ("<html>", false),
            ("<htmlish>a</htmlish>", false),
            ("The tag <html> opens a page, </html> ends it.", false),
            ("<p>One paragraph</p>", false),
            ("", false),
        ] {
            assert_eq!(is_page(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn the_declared_encoding_is_read_as_written() {
        for (text, expected) in [
            ("<meta charset=\"Windows-1252\">", Some("windows-1252")),
            (
                "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>",
                Some("iso-8859-2"),
            ),
            ("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Some("utf-8")),
            ("<meta charset=\"\">", None),
            ("<p>no word of it", None),
        ] {
            assert_eq!(declared(text.as_bytes()).as_deref(), expected, "{text:?}");
        }
    }
}
