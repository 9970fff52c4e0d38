//! A line of a stamp cut into words, numbers and marks, however pages glue them.

use std::ops::Range;

use super::words::month;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    /// Whether white space stands before it.
    pub(super) gap: bool,
}

/// Cuts `text` where letters, digits and marks meet, and where a capital follows
/// a small letter: pages glue `RoePublished` and `2021Updated` together.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = true;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            gap = true;
            previous = c;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            Kind::Number
        } else if c.is_alphabetic() || is_combining(c) {
            Kind::Word
        } else {
            Kind::Mark
        };
        let end = at + c.len_utf8();
        let glued = previous.is_lowercase() && c.is_uppercase();
        match tokens.last_mut() {
            Some(last) if !gap && last.kind == kind && kind != Kind::Mark && !glued => {
                last.span.end = end;
            }
            _ => tokens.push(Token { span: at..end, kind, gap }),
        }
        gap = false;
        previous = c;
    }
    split_glued_days(text, tokens)
}

fn is_combining(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F)
}

/// Cuts `20213` before a month into the year and the day, and `20235` behind one
/// into the year and what was glued to it.
fn split_glued_days(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if token.kind != Kind::Number || token.span.len() <= 4 {
            out.push(token);
            continue;
        }
        let mut after = tokens.clone();
        after.next_if(|next| next.kind == Kind::Mark && &text[next.span.clone()] == ".");
        let month_next = after.peek().is_some_and(|next| {
            next.kind == Kind::Word && month(&text[next.span.clone()]).is_some()
        });
        let number = &text[token.span.clone()];
        let year = number.starts_with("20") || number.starts_with("19");
        let month_before = out.iter().rev().take(4).any(|before: &Token| {
            before.kind == Kind::Word && month(&text[before.span.clone()]).is_some()
        });
        // `30.01.202430. Januar 2024`: a whole date stands before the year's end
        let is_digital = matches!(&*out, [.., day, dot, month, mark]
            if [day.kind, month.kind] == [Kind::Number; 2]
                && text[dot.span.clone()] == text[mark.span.clone()]);
        let is_glued = matches!(token.span.len(), 5 | 6) && month_next;
        if is_glued || year && (month_before || is_digital) {
            let cut = token.span.start + 4;
            out.push(Token { span: token.span.start..cut, kind: Kind::Number, gap: token.gap });
            out.push(Token { span: cut..token.span.end, kind: Kind::Number, gap: false });
        } else {
            out.push(token);
        }
    }
    out
}
