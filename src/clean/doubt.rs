//! Sentences of the article that are kept because nothing sure speaks against them.
//!
//! What the sentences between the head and the end of an article are, and why some of
//! them would go, comes in; those that stay in doubt come out. A sentence may go for a
//! sure reason: a phrase or a form that no journalist writes, a credit, a repeat, a
//! line that recurs, the markup of a page ([`super::reason::UNSURE`] lists all others). What
//! goes for any other reason, the learnt odds foremost, is never more than a twentieth
//! of the sentences: beyond that the likeliest stay, with a warning. A paragraph too
//! much is seen and cut; one too few is never missed.
//!
//! Entry point: [`keep`].

use super::body::Decision;
use super::reason;
use crate::article::Fate;

/// At most one word in so many goes for a reason that is not sure.
const MOST: usize = 20;

/// A sentence or more between the head and the end of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    /// Its index among the decisions.
    pub(super) at: usize,
    pub(super) words: usize,
    /// How much it reads like the article; the greater, the more.
    pub(super) odds: i32,
}

/// Keeps in doubt those of `sentences` that are likeliest the article's, until not more
/// than a twentieth of their words goes for reasons that are not sure. Gives the first
/// that was kept so.
pub(super) fn keep(
    sentences: impl Iterator<Item = Sentence>,
    decisions: &mut [Decision],
) -> Option<usize> {
    let (mut doubtful, mut kept) = (Vec::new(), 0);
    for sentence in sentences {
        let decision = decisions[sentence.at];
        if decision.fate == Fate::Body {
            kept += sentence.words;
        } else if is_unsure(decision) {
            doubtful.push(sentence);
        }
    }
    let mut gone: usize = doubtful.iter().map(|sentence| sentence.words).sum();
    let all = kept + gone;
    if gone * MOST <= all {
        return None;
    }
    let mut first = None;
    doubtful.sort_by_key(|sentence| std::cmp::Reverse(sentence.odds));
    for sentence in doubtful {
        if gone * MOST <= all {
            break;
        }
        decisions[sentence.at] = Decision::because(Fate::Body, reason::DOUBTFUL);
        gone -= sentence.words;
        first = Some(first.unwrap_or(sentence.at).min(sentence.at));
    }
    first
}

/// Whether a line that is not the body's is out of it for no sure reason.
pub(super) fn is_unsure(decision: Decision) -> bool {
    matches!(decision.fate, Fate::Removed | Fate::Caption)
        && decision.rule.is_some_and(|rule| reason::UNSURE.contains(&rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNLIKE: Decision = Decision { fate: Fate::Removed, rule: Some(reason::UNLIKE) };
    const REPEAT: Decision = Decision { fate: Fate::Removed, rule: Some(reason::REPEAT) };

    /// The fates of sentences of ten words each, given as what was decided and the odds.
    fn check(decided: &[(Decision, i32)], expected: &str) {
        let sentences = decided.iter().enumerate();
        let sentences = sentences.map(|(at, (_, odds))| Sentence { at, words: 10, odds: *odds });
        let mut decisions: Vec<Decision> = decided.iter().map(|(decision, _)| *decision).collect();
        keep(sentences, &mut decisions);
        let letter = |decision: &Decision| match (decision.fate, decision.rule) {
            (Fate::Body, None) => 'b',
            (Fate::Body, _) => 'd',
            _ => '-',
        };
        assert_eq!(decisions.iter().map(letter).collect::<String>(), expected);
    }

    #[test]
    fn a_twentieth_may_go_for_an_unsure_reason_and_no_more() {
        let body = [(Decision::BODY, 0); 19];
        let with = |more: &[(Decision, i32)]| [&body[..], more].concat();
        check(&with(&[(UNLIKE, -300)]), "bbbbbbbbbbbbbbbbbbb-");
        check(&with(&[(UNLIKE, -300), (UNLIKE, -250)]), "bbbbbbbbbbbbbbbbbbb-d");
        check(&with(&[(UNLIKE, -300), (REPEAT, -250)]), "bbbbbbbbbbbbbbbbbbb--");
    }

    #[test]
    fn what_is_sure_goes_however_much_it_is() {
        check(&[(Decision::BODY, 0), (REPEAT, 0), (REPEAT, 0)], "b--");
    }

    #[test]
    fn the_likeliest_stay() {
        check(&[(Decision::BODY, 9), (UNLIKE, -300), (UNLIKE, -201), (UNLIKE, -500)], "bddd");
    }
}
