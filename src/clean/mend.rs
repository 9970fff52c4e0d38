//! Damage of pasted text, mended so that every change can be undone.
//!
//! A raw line goes in; the text a reader should see and the list of [`Repair`]s
//! come out. Nothing is mended silently: undoing the repairs gives the raw line
//! back, white space at its two ends aside.
//!
//! Entry point: [`mend`].

use std::borrow::Cow;

use super::line;
use super::reason::{self, Reason};
use crate::article::Repair;
use crate::text::Span;

/// What may be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mending {
    /// Whether character references (`&amp;`) are decoded and doubled spaces
    /// taken out; Markdown gives both a meaning of its own.
    pub(super) plain: bool,
    /// Whether a closing quotation mark before a word is taken for an opening
    /// one. Swedish and Finnish open with it.
    pub(super) quotes: bool,
}

impl Mending {
    /// What may be mended in a pasted text of this language.
    pub(super) fn of(language: Option<&str>) -> Self {
        Self { plain: true, quotes: !matches!(language, Some("sv" | "fi")) }
    }
}

/// Mends the line `raw`; `spans` of the repairs are bytes of `raw`.
///
/// White space at both ends is kept: the caller trims.
pub(super) fn mend(raw: &str, mending: Mending) -> (Cow<'_, str>, Vec<Repair>) {
    let Some(first) = first_look(raw.as_bytes(), mending) else {
        return (Cow::Borrowed(raw), Vec::new());
    };
    let mut at = raw.floor_char_boundary(first);
    let mut repairs = Vec::new();
    let mut text = String::new();
    let mut copied = 0;
    let mut previous = raw[..at].chars().next_back().unwrap_or(' ');
    loop {
        let quiet = raw.as_bytes()[at..].iter().take_while(|byte| is_quiet(**byte)).count();
        // a character may begin with such a byte and go on with another
        let next = raw.floor_char_boundary(at + quiet);
        if next > at {
            at = next;
            previous = raw[..at].chars().next_back().unwrap_or(previous);
        }
        let Some(c) = raw[at..].chars().next() else { break };
        let rest = &raw[at + c.len_utf8()..];
        let mended: Option<(usize, &'static str, Reason)> =
            match c {
                '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\t' if mending.plain => {
                    Some((c.len_utf8(), " ", reason::UNBROKEN_SPACE))
                        .filter(|_| c != '\t')
                        .or(Some((1, " ", reason::TAB)))
                }
                '\u{a0}' => Some((c.len_utf8(), " ", reason::UNBROKEN_SPACE)),
                '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{200e}'
                | '\u{200f}'
                    if !joins(previous, rest) =>
                {
                    Some((c.len_utf8(), "", reason::WIDTHLESS))
                }
                '\u{ad}' => Some((2, "", reason::SOFT_HYPHEN)),
                '\u{2028}' | '\u{2029}' => Some((3, " ", reason::LINE_SEPARATOR)),
                '\u{fffc}' => Some((3, "", reason::OBJECT)),
                c if c.is_control() && c != '\t' => Some((c.len_utf8(), "", reason::CONTROL)),
                '&' if mending.plain => {
                    reference(&raw[at..]).map(|(length, now)| (length, now, reason::REFERENCE))
                }
                '”' if mending.quotes && opens(previous, rest) => {
                    Some((c.len_utf8(), "“", reason::QUOTE_OPENS))
                }
                _ => None,
            };
        let doubled = |now: &str| mending.plain && now == " " && (previous == ' ');
        if let Some((length, now, rule)) = mended {
            let now = if doubled(now) { "" } else { now };
            push(&mut repairs, at, length, now, rule);
            text.push_str(&raw[copied..at]);
            text.push_str(now);
            copied = at + length;
            at = copied;
            previous = now.chars().last().unwrap_or(previous);
        } else if c == ' ' && doubled(" ") && !text_is_indent(raw, at) {
            push(&mut repairs, at, 1, "", reason::DOUBLED_SPACE);
            text.push_str(&raw[copied..at]);
            at += 1;
            copied = at;
        } else {
            previous = c;
            at += c.len_utf8();
        }
    }
    if repairs.is_empty() {
        return (Cow::Borrowed(raw), repairs);
    }
    text.push_str(&raw[copied..]);
    (Cow::Owned(text), repairs)
}

/// Adds a repair; one that continues the last with the same rule widens it, so
/// that a run of damage is one entry.
fn push(repairs: &mut Vec<Repair>, at: usize, length: usize, now: &'static str, rule: Reason) {
    if let Some(last) = repairs.last_mut()
        && last.span.end as usize == at
        && last.rule == rule.text()
        && now.is_empty()
    {
        last.span = Span::new(last.span.start as usize, at + length);
        return;
    }
    repairs.push(Repair {
        span: Span::new(at, at + length),
        now: Cow::Borrowed(now),
        rule: Cow::Borrowed(rule.text()),
    });
}

/// The first byte that could need mending; most lines have none.
fn first_look(bytes: &[u8], mending: Mending) -> Option<usize> {
    let needs_look = |at: usize| {
        let previous = at.checked_sub(1).map_or(0, |before| bytes[before]);
        match LOOKS[usize::from(bytes[at])] {
            Look::Never => false,
            Look::Always => true,
            Look::Plain => mending.plain,
            Look::Space => mending.plain && previous == b' ',
            // the quotation marks and dashes of a clean text begin with E2 80 too
            Look::Behind80 => previous == 0x80,
            Look::Quote => previous == 0x80 && mending.quotes && may_open(bytes, at),
        }
    };
    if bytes.len() <= SHORT {
        return (0..bytes.len()).find(|at| needs_look(*at));
    }
    let mut first = None;
    line::each_place(bytes, is_odd, |at| {
        // of two spaces the second is looked at
        let at = at + usize::from(bytes[at] == b' ' && at + 1 < bytes.len());
        if first.is_none() && needs_look(at) {
            first = Some(at);
        }
    });
    first
}

/// Bytes of a line that are looked at one by one: many lines are blank.
const SHORT: usize = 8;

/// Whether a byte, or the one behind it, may need a look: plain text has next to none of
/// those.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "no branch may part bytes that are asked at once")]
fn is_odd([byte, next]: [u8; 2]) -> bool {
    !matches!(byte, b' '..0x7F) | (byte == b'&') | (byte | next == b' ')
}

/// Whether the quotation mark whose last byte is at `at` may open, by the byte before it:
/// most close, behind a letter or a full stop.
fn may_open(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(3).map_or(b' ', |before| bytes[before]);
    !before.is_ascii() || before.is_ascii_whitespace() || matches!(before, b'(' | b'[' | 0x0B)
}

/// Whether a byte never needs a look.
fn is_quiet(byte: u8) -> bool {
    matches!(LOOKS[usize::from(byte)], Look::Never)
}

/// When a byte needs a look.
#[derive(Clone, Copy)]
enum Look {
    Never,
    Always,
    /// Where the text is no Markdown.
    Plain,
    /// The same, behind another space.
    Space,
    /// Behind 80, which begins most marks beyond ASCII.
    Behind80,
    /// The same, where a closing quotation mark may stand for an opening one.
    Quote,
}

static LOOKS: [Look; 256] = {
    let mut looks = [Look::Never; 256];
    let mut byte = 0;
    while byte < 256 {
        looks[byte] = match byte {
            0x26 | 0x09 => Look::Plain,
            0x20 => Look::Space,
            0..=8 | 11..=31 | 127 | 0xA0 | 0xBC | 0xC2 | 0xEF => Look::Always,
            0x9D => Look::Quote,
            0x80..=0x8F | 0xA8 | 0xA9 | 0xAF => Look::Behind80,
            _ => Look::Never,
        };
        byte += 1;
    }
    looks
};

/// Whether a joiner stands inside an emoji or a script that needs it.
fn joins(previous: char, rest: &str) -> bool {
    let complex = |c: char| u32::from(c) >= 0x0590 && !matches!(u32::from(c), 0x1E00..=0x2BFF);
    complex(previous) && rest.chars().next().is_some_and(complex)
}

/// Whether a quotation mark after `previous` and before `rest` opens.
fn opens(previous: char, rest: &str) -> bool {
    (previous.is_whitespace() || matches!(previous, '(' | '['))
        && rest.chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether only white space stands before `at`: an indent, not a doubled space.
fn text_is_indent(raw: &str, at: usize) -> bool {
    raw.as_bytes()[..at].iter().rev().take(64).all(|byte| *byte == b' ') && at < 64
}

/// The character reference that `text` begins with: its length and what it means.
fn reference(text: &str) -> Option<(usize, &'static str)> {
    const KNOWN: [(&str, &str); 44] = [
        ("&amp;#8216;", "‘"),
        ("&amp;#8217;", "’"),
        ("&amp;#8220;", "“"),
        ("&amp;#8221;", "”"),
        ("&amp;nbsp;", " "),
        ("&amp;quot;", "\""),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&bdquo;", "„"),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&hellip;", "…"),
        ("&euro;", "€"),
        ("&pound;", "£"),
        ("&copy;", "©"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&shy;", ""),
        ("&auml;", "ä"),
        ("&ouml;", "ö"),
        ("&uuml;", "ü"),
        ("&Auml;", "Ä"),
        ("&Ouml;", "Ö"),
        ("&Uuml;", "Ü"),
        ("&szlig;", "ß"),
        ("&eacute;", "é"),
        ("&egrave;", "è"),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#34;", "\""),
        ("&#160;", " "),
        ("&#8211;", "–"),
        ("&#8217;", "’"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
    ];
    KNOWN.iter().find(|(from, _)| text.starts_with(from)).map(|(from, to)| (from.len(), *to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Mending = Mending { plain: true, quotes: true };

    fn undo(text: &str, repairs: &[Repair], raw: &str) -> String {
        let mut kept = String::new();
        let mut at = 0;
        for repair in repairs {
            kept.push_str(&raw[at..repair.span.start as usize]);
            kept.push_str(&repair.now);
            at = repair.span.end as usize;
        }
        kept.push_str(&raw[at..]);
        assert_eq!(kept, text);
        kept
    }

    #[test]
    fn damage_is_mended_and_every_change_is_recorded() {
        for (raw, expected) in [
            ("”We stay,” he said.", "“We stay,” he said."),
            ("he said ”we stay”", "he said “we stay”"),
            ("it grew by 3\u{a0}per cent", "it grew by 3 per cent"),
            ("down \u{a0}from", "down from"),
            ("two  words", "two words"),
            ("&ldquo;Yes&rdquo; &amp; no", "“Yes” & no"),
            ("AT&T stays", "AT&T stays"),
            ("co\u{ad}operate\u{200b}", "cooperate"),
            ("a\u{0}b\u{7}", "ab"),
            ("plain text", "plain text"),
        ] {
            let (text, repairs) = mend(raw, PLAIN);
            assert_eq!(text, expected, "{raw:?}");
            undo(&text, &repairs, raw);
        }
    }

    #[test]
    fn a_language_that_opens_with_that_mark_keeps_it() {
        let mending = Mending { plain: true, quotes: false };
        assert_eq!(mend("”Vi stannar”, sade hon.", mending).0, "”Vi stannar”, sade hon.");
    }

    proptest::proptest! {
        #[test]
        fn repairs_lie_in_order_and_lead_from_the_raw_line_to_the_text(raw in "[ -~\\t\u{a0}”“é&;#\u{200b}\u{ad}\u{0}]{0,60}") {
            let (text, repairs) = mend(&raw, PLAIN);
            undo(&text, &repairs, &raw);
        }
    }
}
