//! What a note-taking program adds to a text for its owner: comments, marks on paragraphs,
//! files shown, links between notes, highlights.
//!
//! Lines go in, and the same without all that come out, with what was taken. Code is left
//! alone. A comment may span lines: what one leaves open, the next is told ([`Open`]).
//!
//! Entry point: [`take`].

use std::borrow::Cow;

use crate::article::Repair;
use crate::clean::reason::{self, Reason};
use crate::text::Span;

/// What is open where a line begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Open {
    fence: bool,
    comment: bool,
}

/// How much of a line is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Whether the line begins with it.
    pub(super) begins: bool,
    /// Whether the line ends with it.
    pub(super) ends: bool,
}

/// A line without what was added for its owner, and what that was; `None` where nothing was.
pub(super) fn take(raw: &str, part: Part, open: &mut Open) -> Option<(String, Vec<Repair>)> {
    if part.begins && raw.trim_start().starts_with("```") {
        open.fence = !open.fence;
    }
    if open.fence && !open.comment {
        return None;
    }
    let (text, repairs, comment) = without_notes(raw, open.comment, part.ends);
    open.comment = comment;
    (!repairs.is_empty()).then_some((text, repairs))
}

/// The text without notes, what was taken out, and whether a comment goes on. Only where
/// it `ends` its line, a mark may stand at its end.
fn without_notes(raw: &str, mut comment: bool, ends: bool) -> (String, Vec<Repair>, bool) {
    let mut text = String::with_capacity(raw.len());
    let mut repairs: Vec<Repair> = Vec::new();
    let mut take = |start: usize, end: usize, now: &str, rule: Reason| {
        repairs.push(Repair {
            span: Span::new(start, end),
            now: Cow::Owned(now.to_owned()),
            rule: Cow::Borrowed(rule.text()),
        });
    };
    // what does not close once does not close further on
    let (mut closes_link, mut closes_highlight) = (true, true);
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        if comment {
            let end = rest.find("%%").map_or(raw.len(), |end| at + end + 2);
            comment = !raw[at..end].ends_with("%%") || end - at < 2;
            take(at, end, "", reason::PRIVATE_COMMENT);
            at = end;
        } else if let Some(inside) = rest.strip_prefix("%%") {
            let close = inside.find("%%");
            let end = close.map_or(raw.len(), |close| at + close + 4);
            comment = close.is_none();
            take(at, end, "", reason::PRIVATE_COMMENT);
            at = end;
        } else if rest.starts_with("![[")
            && let Some(close) = found(rest, "]]", &mut closes_link)
        {
            take(at, at + close + 2, "", reason::SHOWN_FILE);
            at += close + 2;
        } else if rest.starts_with("[[")
            && let Some(close) = found(rest, "]]", &mut closes_link)
        {
            let inside = &rest[2..close];
            let label = inside.split_once('|').map_or(inside, |(_, label)| label);
            take(at, at + close + 2, label, reason::NOTE_LINK);
            text.push_str(label);
            at += close + 2;
        } else if rest.starts_with("==")
            && !rest[2..].starts_with('=')
            && let Some(close) = found(&rest[2..], "==", &mut closes_highlight)
        {
            take(at, at + 2, "", reason::HIGHLIGHT);
            text.push_str(&rest[2..2 + close]);
            take(at + 2 + close, at + 4 + close, "", reason::HIGHLIGHT);
            at += close + 4;
        } else if ends
            && rest.starts_with(" ^")
            && rest.len() > 2
            && rest[2..].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            take(at, raw.len(), "", reason::PRIVATE_MARK);
            at = raw.len();
        } else {
            // copy up to the next byte that could begin something
            let next =
                rest.char_indices().skip(1).find(|(_, c)| matches!(c, '%' | '!' | '[' | '=' | ' '));
            let end = next.map_or(raw.len(), |(next, _)| at + next);
            text.push_str(&raw[at..end]);
            at = end;
        }
    }
    (text, repairs, comment)
}

/// Where `mark` stands in `text`, unless it is known that it does not.
fn found(text: &str, mark: &str, is_there: &mut bool) -> Option<usize> {
    let at = if *is_there { text.find(mark) } else { None };
    *is_there = at.is_some();
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Part = Part { begins: true, ends: true };

    #[test]
    fn what_was_added_goes_and_the_rest_stays() {
        for (raw, expected) in [
            ("see [[Quays|the quays]] and ![[map.png]]", "see the quays and "),
            ("==tolls== rise ^a1-b", "tolls rise"),
            ("=== a", "=== a"),
            ("a == b", "a == b"),
            ("%%mine%%theirs", "theirs"),
            ("[[ [[ [[", "[[ [[ [["),
        ] {
            let mut open = Open::default();
            let found = take(raw, WHOLE, &mut open);
            assert_eq!(found.map_or(raw.to_owned(), |(text, _)| text), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_comment_spans_lines_and_code_is_left_alone() {
        let mut open = Open::default();
        let texts = ["a %%b", "c", "d%% e", "```", "%%f%%", "```", "%%g%%"]
            .map(|raw| take(raw, WHOLE, &mut open).map_or(raw.to_owned(), |(text, _)| text));
        assert_eq!(texts, ["a ", "", " e", "```", "%%f%%", "```", ""]);
    }

    #[test]
    fn a_line_of_marks_that_nothing_closes_takes_linear_time() {
        let text = "[[![[ ".repeat(200_000) + "==";
        assert_eq!(take(&text, WHOLE, &mut Open::default()), None);
    }
}
