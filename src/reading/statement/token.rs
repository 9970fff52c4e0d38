//! A word of a sentence outside quotations: where it ends, what it does, how it is
//! written.
//!
//! A text and the byte where a word begins go in, or the grain that it is; its end, or the
//! word as a [`Token`], comes out. Whether a capital makes a name is decided here, by what stands around it;
//! which words belong together is for the chunks to say.
//!
//! Entry points: [`plain_word`], [`word_end`] and [`word`].

use std::ops::Range;

use super::lexicon::{self, Class};
use crate::text::Span;

/// A word outside quotations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its bytes, without a possessive ending.
    pub span: Span,
    /// What it does.
    pub class: Class,
    traits: u8,
}

/// It is part of a name.
const NAME: u8 = 1;
/// It begins with a capital.
const CAPITAL: u8 = 1 << 1;
/// `'s` was cut off.
const POSSESSIVE: u8 = 1 << 2;
/// It stands where any word has a capital.
const INITIAL: u8 = 1 << 3;

impl Token {
    /// Whether it is part of a name, as far as capitals tell.
    #[inline]
    pub(super) fn is_name(&self) -> bool {
        self.traits & NAME != 0
    }

    /// Whether it begins with a capital.
    #[inline]
    pub(super) fn is_capital(&self) -> bool {
        self.traits & CAPITAL != 0
    }

    /// Whether `'s` was cut off.
    #[inline]
    pub(super) fn is_possessive(&self) -> bool {
        self.traits & POSSESSIVE != 0
    }

    /// Whether it stands where any word has a capital.
    #[inline]
    pub(super) fn is_initial(&self) -> bool {
        self.traits & INITIAL != 0
    }

    /// How it ends; few words are asked.
    #[inline]
    pub(super) fn ending(&self, text: &str) -> Ending {
        Ending::of(&text.as_bytes()[self.span.range()])
    }

    /// Makes a word with a capital part of a name.
    pub(super) fn make_name(&mut self) {
        self.class = class_of_name(self.class);
        self.traits |= NAME;
    }
}

/// The endings that tell verbs and adverbs from nouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// `-ed`
    Ed,
    /// `-ing`
    Ing,
    /// `-ly`
    Ly,
    /// Any other.
    Other,
}

impl Ending {
    #[inline]
    fn of(word: &[u8]) -> Self {
        match word {
            [.., b'e', b'd'] => Self::Ed,
            [.., b'i', b'n', b'g'] => Self::Ing,
            [.., b'l', b'y'] => Self::Ly,
            _ => Self::Other,
        }
    }
}

/// The character at byte `at`; a space at the end.
fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Where the word that begins at byte `at` ends: letters and digits, with
/// hyphens, apostrophes and points between them.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // Most words are letters and no more.
    let plain = at + 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let goes_on = |byte: &u8| {
        !byte.is_ascii() || matches!(byte, b'-' | b'\'' | b'.' | b'&' | b'/' | b'_' | b'@')
    };
    if bytes[at].is_ascii() && !bytes.get(plain).is_some_and(goes_on) {
        return plain;
    }
    let mut end = at;
    let mut joined = false; // the last byte was a joint that needs a letter behind it
    let mut last = at;
    while end < bytes.len() {
        let byte = bytes[end];
        let (width, inner, joint) = if byte.is_ascii() {
            let inner = byte.is_ascii_alphanumeric() || end == at;
            (1, inner, matches!(byte, b'-' | b'\'' | b'.' | b'&' | b'/' | b'_' | b'@'))
        } else {
            let c = char_at(text, end);
            (
                c.len_utf8(),
                c.is_alphanumeric() || end == at,
                matches!(c, '’' | '\u{2010}' | '\u{2011}'),
            )
        };
        if !inner && (!joint || joined) {
            break;
        }
        joined = !inner;
        end += width;
        if inner {
            last = end;
        }
    }
    last
}

/// The word at `span` that does what `class` says: letters with no capital, and nothing
/// behind them that might belong to it. `opens` says that a capital would be no evidence.
#[inline]
pub(super) fn plain_word(span: Span, class: Class, opens: bool) -> Token {
    Token { span, class, traits: if opens { INITIAL } else { 0 } }
}

/// The same of a word of which the first letter is a capital.
pub(super) fn capital_word(text: &str, span: Span, class: Class, opens: bool) -> Token {
    let mut token = plain_word(span, class, opens);
    token.traits |= CAPITAL;
    if is_name(text, span.end as usize, class, opens) {
        token.make_name();
    }
    token
}

/// The word that stands at `whole`, with a possessive ending perhaps; `opens` says that
/// a capital there is no evidence.
pub(super) fn word(text: &str, whole: Span, opens: bool) -> Token {
    let Range { start, end } = whole.range();
    let whole = &text[start..end];
    let possessive = match whole.as_bytes() {
        [_, .., b'\'', b's'] => 2,
        [_, .., 0xE2, 0x80, 0x99, b's'] => 4,
        _ => 0,
    };
    let spelling = &whole[..whole.len() - possessive];
    let cut = spelling.len() < whole.len();
    let bare = spelling.ends_with('s') && text[end..].starts_with(['\'', '’']);
    let first = char_at(text, start);
    let article = matches!(spelling.as_bytes(), [b'a' | b'e', b'l', b'-', ..]);
    let capital = first.is_uppercase() || article;
    let mut class = class(spelling);
    if first.is_ascii_digit() || matches!(first, '$' | '€' | '£') {
        class = Class::Determiner;
    }
    let shouted = spelling.len() > 1 && spelling.bytes().all(|byte| byte.is_ascii_uppercase());
    let shouted = shouted && !matches!(class, Class::Role | Class::Time);
    let of = |holds: bool, some: u8| if holds { some } else { 0 };
    let traits = of(capital, CAPITAL) | of(cut || bare, POSSESSIVE) | of(opens, INITIAL);
    let mut token = Token { span: Span::new(start, start + spelling.len()), class, traits };
    if capital && (shouted || is_name(text, end, class, opens)) {
        token.make_name();
    }
    token
}

/// Whether a word with a capital, which ends at byte `end`, is part of a name.
fn is_name(text: &str, end: usize, class: Class, opens: bool) -> bool {
    match class {
        // "Police said": a capital that any word would have there
        Class::Body | Class::Document | Class::Collective if opens => {
            goes_on_as_name(&text[end..], class)
        }
        Class::Unknown | Class::Body | Class::Document | Class::Collective => true,
        Class::Definite | Class::Time | Class::Role | Class::Pronoun(_) => false,
        _ => !opens,
    }
}

/// What a word of this class is as part of a name.
fn class_of_name(class: Class) -> Class {
    match class {
        Class::Body | Class::Collective | Class::Document => class,
        _ => Class::Unknown,
    }
}

/// Whether the text behind a word goes on like a name: with a capital, or as in
/// "Ministry of".
fn goes_on_as_name(text: &str, class: Class) -> bool {
    let next = text.strip_prefix(' ').unwrap_or_default();
    next.starts_with(char::is_uppercase) || class == Class::Body && next.starts_with("of ")
}

/// The class of a word in any case.
fn class(spelling: &str) -> Class {
    if spelling.is_ascii() {
        return lexicon::class(spelling);
    }
    // "don’t"
    let apostrophe = spelling.contains('’');
    let plain = || lexicon::class(&spelling.replace('’', "'"));
    if apostrophe { plain() } else { Class::Unknown }
}
