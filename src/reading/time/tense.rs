//! Whether a sentence looks back or ahead from where a date stands in it.
//!
//! There is no parser here: the nearest verb before the date decides, else the
//! first one after it. That is right wherever a date belongs to the verb it
//! follows, which in news is nearly always.

use std::ops::Range;

use super::token::{Preposition, Token, Verb, Word};
use crate::text::Span;

/// Where a sentence looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Ahead,
    /// `is`, `are`, without a word that looks ahead.
    Present,
    /// No verb that says so.
    Open,
}

/// How many tokens a verb may stand away from its date.
const REACH: usize = 40;

/// Where the sentence looks at `date`, a range of `tokens`. `sentence` bounds the
/// search, as full stops do that end a sentence.
pub(super) fn tense(text: &str, tokens: &[Token], date: &Range<usize>, sentence: Span) -> Tense {
    let word = |at: usize| tokens.get(at).map_or(Word::Mark('\n'), |token| token.word);
    let inside = |at: usize| tokens.get(at).is_some_and(|token| sentence.contains(token.span()));
    let start = date.start.saturating_sub(REACH);
    let mut infinitive = false;
    for at in (start..date.start).rev() {
        if !inside(at) || ends_sentence(text, tokens, at) {
            break;
        }
        match word(at) {
            Word::Mark(';' | '“' | '”' | '"') | Word::Conjunction => break,
            Word::Preposition(Preposition::To) => infinitive = true,
            // The verb "may"; the month has a capital.
            Word::Month { month: 5, .. } if !tokens[at].capital => return Tense::Ahead,
            Word::Verb(verb) => {
                let near = date.start - at <= 3;
                if let Some(tense) = looking(verb, at, infinitive, near, &word) {
                    return tense;
                }
            }
            _ => {}
        }
    }
    for at in date.end..(date.end + REACH).min(tokens.len()) {
        if !inside(at) || matches!(word(at), Word::Mark(';')) {
            break;
        }
        if let Word::Verb(verb) = word(at) {
            // "on Monday they agreed to meet": what they agreed to comes later.
            if let Some(tense) = looking(verb, at, false, false, &word) {
                return tense;
            }
        }
        if ends_sentence(text, tokens, at) {
            break;
        }
    }
    Tense::Open
}

/// Whether the verb before `date` looks back from what the text is telling: "had
/// been elected on *May 3*".
pub(super) fn is_recalled(
    text: &str,
    tokens: &[Token],
    date: &Range<usize>,
    sentence: Span,
) -> bool {
    for at in (date.start.saturating_sub(REACH)..date.start).rev() {
        let token = &tokens[at];
        if !sentence.contains(token.span()) || ends_sentence(text, tokens, at) {
            return false;
        }
        match token.word {
            Word::Verb(Verb::Has) => return token.span().of(text).eq_ignore_ascii_case("had"),
            Word::Verb(Verb::Past | Verb::Be | Verb::Lasted | Verb::Intend | Verb::Plan)
            | Word::Not => {}
            Word::Verb(_) | Word::Conjunction | Word::Mark(';') => return false,
            _ => {}
        }
    }
    false
}

/// What the verb at `at` says; `None` to look further.
fn looking(
    verb: Verb,
    at: usize,
    infinitive: bool,
    near: bool,
    word: &impl Fn(usize) -> Word,
) -> Option<Tense> {
    let to = |at: usize| word(at) == Word::Preposition(Preposition::To);
    let before = at.checked_sub(1).map_or(Word::Mark('\n'), word);
    // The form alone does not tell "will hit" from "hit".
    let bare = to(at.wrapping_sub(1)) || matches!(before, Word::Verb(Verb::Ahead | Verb::Modal));
    match verb {
        Verb::Ahead | Verb::Modal => Some(Tense::Ahead),
        Verb::Plan => (infinitive || near).then_some(Tense::Ahead),
        // "should be ready by April": the verb it leans on decides.
        Verb::Intend
            if !infinitive && matches!(before, Word::Verb(Verb::Be | Verb::Is | Verb::Was)) =>
        {
            None
        }
        Verb::Intend => Some(if infinitive { Tense::Ahead } else { Tense::Past }),
        Verb::Is | Verb::Was | Verb::Has if to(at + 1) => Some(Tense::Ahead),
        Verb::Is if matches!(word(at + 1), Word::Verb(Verb::Plan)) => Some(Tense::Ahead),
        Verb::Opens => (before != Word::Article).then_some(Tense::Ahead),
        Verb::Open => (before == Word::Other).then_some(Tense::Ahead),
        // "the vote is on Friday"
        Verb::Is if near && matches!(word(at + 1), Word::Preposition(_)) => Some(Tense::Ahead),
        Verb::Is => Some(Tense::Present),
        Verb::Was if matches!(word(at + 1), Word::Verb(Verb::Plan)) => Some(Tense::Open),
        Verb::Was | Verb::Has | Verb::Lasted => Some(Tense::Past),
        Verb::Be => None,
        Verb::Past if bare => None,
        Verb::Past => match before {
            // A participle: the verb it leans on decides.
            Word::Verb(Verb::Be | Verb::Is | Verb::Was | Verb::Has) => None,
            // "the proposed law", "to wounded soldiers"
            Word::Article | Word::One | Word::Preposition(_) if word(at + 1) == Word::Other => None,
            _ => Some(Tense::Past),
        },
    }
}

/// Whether the token at `at` is a mark that ends a sentence, and not the full stop
/// of an abbreviation.
pub(super) fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    match token.word {
        Word::Mark('!' | '?') => true,
        Word::Mark('.') => {
            let Some(next) = tokens.get(at + 1) else { return true };
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let short = before.is_some_and(|before| {
                matches!(before.word, Word::Month { .. } | Word::Weekday { .. } | Word::Title)
                    && before.end - before.start <= 4
                    || before.span().of(text).chars().count() == 1
            });
            !next.glued && next.capital && !short
        }
        _ => false,
    }
}
