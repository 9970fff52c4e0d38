//! Quotation marks, paired.
//!
//! Blocks come in, quotations go out. A mark opens or closes by where it stands,
//! not by its shape: clippings are full of closing marks that open (`”We wait,”`)
//! and of straight ones. Every block is paired for itself, so that one forgotten
//! mark spoils one paragraph. Whether a quotation is anyone's speech is not
//! decided here.

use memchr::{memchr2, memchr3_iter};

use crate::reading::{Prose, Zone};
use crate::text::Span;

/// Text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// With the marks.
    pub outer: Span,
    /// Without the marks and the space inside them. Never empty.
    pub inner: Span,
    /// Whether a mark closes it; else it runs to the end of its block.
    pub closed: bool,
    /// Whether it goes on from the block before, which did not close either.
    pub continues: bool,
}

/// A quotation mark where it stands.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    /// Whether its shape opens in most languages: `“`, `„`, `«`.
    leans_open: bool,
    /// The characters beside it, `None` at the ends of the block.
    before: Option<char>,
    after: Option<char>,
}

/// All quotations of `prose`, in order, without overlap; code has none.
///
/// Single marks count only in blocks without double ones: elsewhere they are
/// quotations inside quotations, or apostrophes.
pub(super) fn find(prose: &Prose) -> Vec<Quotation> {
    let mut quotations: Vec<Quotation> = Vec::new();
    let mut marks = Vec::new();
    let mut unclosed = false;
    for block in prose.blocks.iter().filter(|block| block.zone != Zone::Code) {
        let range = block.span.range();
        let text = &prose.text[..range.end];
        marks.clear();
        double_marks(text, range.start, &mut marks);
        let first = quotations.len();
        if marks.is_empty() {
            single_quotations(text, range.start, &mut quotations);
        } else {
            pair(text, &marks, &mut quotations);
        }
        if let Some(quotation) = quotations.get_mut(first) {
            quotation.continues = unclosed && quotation.outer.start == block.span.start;
        }
        unclosed =
            quotations.get(first..).is_some_and(|new| new.last().is_some_and(|last| !last.closed));
    }
    quotations
}

/// Collects the double marks of `text` from byte `from`.
fn double_marks(text: &str, from: usize, marks: &mut Vec<Mark>) {
    let bytes = &text.as_bytes()[from..];
    for at in memchr3_iter(b'"', 0xE2, 0xC2, bytes) {
        let (length, leans_open) = match bytes[at..] {
            [b'"', ..] => (1, false),
            [0xE2, 0x80, 0x9C | 0x9E | 0x9F, ..] => (3, true), // “ „ ‟
            [0xE2, 0x80, 0x9D, ..] => (3, false),              // ”
            [0xC2, 0xAB, ..] => (2, true),                     // «
            [0xC2, 0xBB, ..] => (2, false),                    // »
            _ => continue,
        };
        let (start, end) = (from + at, from + at + length);
        marks.push(Mark {
            start,
            end,
            leans_open,
            before: text[from..start].chars().next_back(),
            after: text[end..].chars().next(),
        });
    }
}

/// Pairs the marks of one block, which ends with `text`.
fn pair(text: &str, marks: &[Mark], quotations: &mut Vec<Quotation>) {
    let mut open: Option<Mark> = None;
    for (index, mark) in marks.iter().enumerate() {
        match open {
            None if mark.opens(text, index + 1 < marks.len()) => open = Some(*mark),
            None => {}
            // the mark before was never closed: where its quotation ends is anyone's guess
            Some(_) if mark.only_opens() => open = Some(*mark),
            Some(_) if mark.is_inches(text) => {}
            Some(opener) => {
                push(text, opener.start, opener.end..mark.start, mark.end, true, quotations);
                open = None;
            }
        }
    }
    if let Some(opener) = open {
        push(text, opener.start, opener.end..text.len(), text.len(), false, quotations);
    }
}

impl Mark {
    /// Whether it opens a quotation when none is open; `more` says that other
    /// marks follow in the block.
    fn opens(&self, text: &str, more: bool) -> bool {
        let stands_off = self.after.is_none_or(char::is_whitespace);
        if stands_off {
            // French marks stand off from their text; so does a mark that slipped
            // to the word before it: `he said," We wait."`
            let slipped = more
                && matches!(self.before, Some(',' | ':'))
                && text[self.end..].trim_start().starts_with(char::is_uppercase);
            return self.after.is_some() && (slipped || self.leans_open && self.follows_gap());
        }
        self.follows_gap() || self.leans_open
    }

    /// Whether it can open and cannot close.
    fn only_opens(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
            && self.after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | '‘' | '\''))
    }

    fn follows_gap(&self) -> bool {
        self.before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '–' | '—' | '-' | '/' | '‘' | '\'' | '…')
        })
    }

    /// Whether it stands for inches, as in 5'10".
    fn is_inches(&self, text: &str) -> bool {
        if !self.before.is_some_and(|c| c.is_ascii_digit()) {
            return false;
        }
        let feet = text[..self.start].trim_end_matches(|c: char| c.is_ascii_digit());
        feet.len() + 2 >= self.start && feet.ends_with(['\'', '’', '′'])
    }
}

/// Finds quotations in single marks in a block without double ones.
///
/// The closing mark is an apostrophe far more often than not, so the first one
/// after a comma or full stop is preferred to the first that could close.
fn single_quotations(text: &str, from: usize, quotations: &mut Vec<Quotation>) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut open: Option<(usize, usize)> = None;
    let mut candidate: Option<(usize, usize)> = None;
    let mut plural: Option<(usize, usize)> = None; // after an s: the last resort
    while let Some(found) = memchr2(b'\'', 0xE2, &bytes[at..]) {
        let start = at + found;
        let end = match bytes[start..] {
            [b'\'', ..] => start + 1,
            [0xE2, 0x80, 0x98 | 0x99, ..] => start + 3,
            _ => {
                at = start + 1;
                while !text.is_char_boundary(at) {
                    at += 1;
                }
                continue;
            }
        };
        at = end;
        let before = text[from..start].chars().next_back();
        let after = text[end..].chars().next();
        let gap_before = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—'));
        let word_after = after.is_some_and(char::is_alphabetic);
        if gap_before && word_after {
            if let (Some(opener), Some(close)) = (open, candidate.or(plural)) {
                push(text, opener.0, opener.1..close.0, close.1, true, quotations);
            }
            (candidate, plural) = (None, None);
            open = Some((start, end));
        } else if let Some(opener) =
            open.filter(|_| !gap_before && !after.is_some_and(char::is_alphanumeric))
        {
            if matches!(before, Some(',' | '.' | '?' | '!')) {
                push(text, opener.0, opener.1..start, end, true, quotations);
                (open, candidate, plural) = (None, None, None);
            } else if before == Some('s') {
                plural.get_or_insert((start, end));
            } else {
                candidate.get_or_insert((start, end));
            }
        }
    }
    if let (Some(opener), Some(close)) = (open, candidate.or(plural)) {
        push(text, opener.0, opener.1..close.0, close.1, true, quotations);
    }
}

/// Adds the quotation from `start` to `end` with `inner` between its marks,
/// unless there is nothing in it.
fn push(
    text: &str,
    start: usize,
    inner: std::ops::Range<usize>,
    end: usize,
    closed: bool,
    quotations: &mut Vec<Quotation>,
) {
    let words = text[inner.clone()].trim();
    if words.is_empty() {
        return;
    }
    let from = inner.start + (text[inner.clone()].len() - text[inner].trim_start().len());
    quotations.push(Quotation {
        outer: Span::new(start, end),
        inner: Span::new(from, from + words.len()),
        closed,
        continues: false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quotations of one paragraph, or of several parted by `¶`.
    fn check(text: &str, expected: &[&str]) {
        let mut prose = Prose::default();
        for paragraph in text.split('¶') {
            prose.push(paragraph, Zone::Body);
        }
        let found = find(&prose);
        let inner: Vec<&str> =
            found.iter().map(|quotation| quotation.inner.of(&prose.text)).collect();
        assert_eq!(inner, expected, "{text}");
    }

    #[test]
    fn marks_open_and_close_by_where_they_stand() {
        for text in [
            "\"We wait,\" she said.",
            "“We wait,” she said.",
            "”We wait,” she said.",
            "“We wait,“ she said.",
            "„We wait,“ she said.",
            "«We wait,» she said.",
            "« We wait, » she said.",
            "»We wait,« she said.",
            "“We wait,\" she said.",
            "She said:“We wait,” and left.",
            "she said,\" We wait,\" and left.",
        ] {
            check(text, &["We wait,"]);
        }
    }

    #[test]
    fn one_forgotten_mark_spoils_one_paragraph() {
        check("“We wait, she said.¶“They go,” he said.", &["We wait, she said.", "They go,"]);
        check("We wait,” she said. “They go,” he said.", &["They go,"]);
        check("“We wait, she said. “They go,” he said.", &["They go,"]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let mut prose = Prose::default();
        prose.push("“We wait.", Zone::Body);
        prose.push("“We go.”", Zone::Body);
        prose.push("“We stay.”", Zone::Body);
        let found: Vec<(bool, bool)> =
            find(&prose).iter().map(|quotation| (quotation.closed, quotation.continues)).collect();
        assert_eq!(found, [(false, false), (true, true), (true, false)]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        check("In the ’90s the workers' hall was 5'10\" high.", &[]);
        check("\"It is 5'10\" high,\" she said.", &["It is 5'10\" high,"]);
        check("“He said ‘never’ to me,” she said.", &["He said ‘never’ to me,"]);
    }

    #[test]
    fn single_marks_quote_where_there_are_no_double_ones() {
        check("‘We don’t wait,’ she said.", &["We don’t wait,"]);
        check("The 'northern pier' stays closed.", &["northern pier"]);
        check("It was ‘playing politics’ with ships.", &["playing politics"]);
        check("‘The workers’ hall is ours,’ she said.", &["The workers’ hall is ours,"]);
    }

    #[test]
    fn hostile_marks_are_paired_in_one_pass() {
        for piece in ["\"", "“", "“a ", "'a ", "'", "a\"", "“”", "é’", "\"a\" ", "5'1\""]
        {
            let mut prose = Prose::default();
            prose.push(&piece.repeat(30_000), Zone::Body);
            let found = find(&prose);
            assert!(
                found.windows(2).all(|pair| pair[0].outer.end <= pair[1].outer.start),
                "{piece:?}"
            );
        }
    }
}
