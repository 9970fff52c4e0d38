//! Text made safe for HTML.
//!
//! In: any text. Out: the same with nothing in it that a browser takes for markup,
//! between tags or inside a quoted attribute. Every page is full of such texts, most of
//! them short and nearly all without anything to escape: so bytes are looked at
//! [`STRETCH`] at a time, and the last of them in a block of their own.

/// Text for HTML, between tags or inside a quoted attribute.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// Appends `text`, escaped as [`escape_html`] does.
pub fn push_escaped(out: &mut String, text: &str) {
    push(out, text, [b'&', b'<', b'>', b'"', b'\'', 0]);
}

/// Appends `text` as it may stand between tags, where quotation marks mean nothing.
pub fn push_text(out: &mut String, text: &str) {
    push(out, text, [b'&', b'<', b'>', 0]);
}

#[inline]
fn push<const N: usize>(out: &mut String, text: &str, marks: [u8; N]) {
    let mut plain = 0;
    while let Some(at) = next_mark(text.as_bytes(), plain, marks) {
        out.push_str(&text[plain..at]);
        out.push_str(escaped(text.as_bytes()[at]));
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}

/// The first of `marks` from `start` on.
#[inline]
fn next_mark<const N: usize>(bytes: &[u8], start: usize, marks: [u8; N]) -> Option<usize> {
    let mut at = start;
    loop {
        let rest = &bytes[at..];
        let mut last = [b' '; STRETCH];
        let stretch = rest.first_chunk().unwrap_or_else(|| {
            last[..rest.len()].copy_from_slice(rest);
            &last
        });
        if has_mark(stretch, marks) {
            return stretch.iter().position(|byte| marks.contains(byte)).map(|index| at + index);
        }
        if rest.len() <= STRETCH {
            return None;
        }
        at += STRETCH;
    }
}

/// What stands in the place of a mark.
fn escaped(mark: u8) -> &'static str {
    match mark {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        b'\'' => "&#39;",
        _ => "",
    }
}

/// Bytes that are looked at together: most of them hold nothing to escape.
const STRETCH: usize = 32;

/// Whether something is to be escaped. Written so that the compiler compares all bytes at
/// once: no way out of the loop, and no pattern, which it would make a jump of.
#[inline]
fn has_mark<const N: usize>(bytes: &[u8; STRETCH], marks: [u8; N]) -> bool {
    let is_mark = |mark: u8| bytes.iter().fold(0, |any, byte| any | u8::from(*byte == mark));
    marks.into_iter().fold(0, |any, mark| any | is_mark(mark)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_escaped_wherever_it_stands() {
        for length in 0..3 * STRETCH {
            for at in 0..length {
                let mut text = "é".repeat(length / 2) + &"x".repeat(length % 2);
                let at = text.floor_char_boundary(at);
                text.insert_str(at, "<&");
                let expected = [&text[..at], "&lt;&amp;", &text[at + 2..]].concat();
                assert_eq!(escape_html(&text), expected);
            }
        }
        let mut text = String::new();
        push_text(&mut text, "\"a\" & 'b' > c");
        assert_eq!(text, "\"a\" &amp; 'b' &gt; c");
        assert_eq!(escape_html("\"a\" 'b' > \0c"), "&quot;a&quot; &#39;b&#39; &gt; c");
    }
}
