//! Actors named in prose.
//!
//! In come the prose, its sentences and the register; out come everyone named and
//! every place where a name stands. Three steps:
//!
//! 1. `known`: names of the register and the built-in list, one pass of one
//!    automaton, then a look at the neighbours of each.
//! 2. `discover` and `settle`: runs of capitals that are no known name, with a
//!    guess what each is.
//! 3. `join`: which names mean one actor within this article.
//!
//! A reader may ask why no tagger of the usual kind does all of it. Rules can be
//! shown to the owner beside each mention ([`Mention::rule`]) and cost little; only
//! what no rule is sure of is put to a small model with readable weights
//! (`weigh`). Nothing is remembered from one article to the next; discovered actors of
//! several articles meet by their id, the slug of the full name.

use super::grain::Grains;
use super::{ActorSeen, Mention, Prose, Text};
use crate::actor::Register;
use crate::text::Span;
use crate::when::When;

mod discover;
mod join;
mod known;
pub(super) mod lexicon;
pub mod role;
mod settle;
#[cfg(test)]
mod tests;
mod token;
mod weigh;

/// Who is named in a text, where, and every word of it.
pub type Named = (Vec<ActorSeen>, Vec<Mention>, Vec<Span>);

/// Everyone named in `prose`, which `grains` are of, in order of first mention, every
/// mention, and every word of the text, possessive endings left out.
///
/// Descriptions ("the alliance") and pronouns are no mentions; who they stand for
/// is a question of who speaks. Code is not read. `published` is the day of the
/// article, for names that are used for a time. Linear in the text.
pub fn find(
    prose: &Prose,
    grains: &Grains,
    sentences: &[Span],
    published: Option<&When>,
    register: &Register,
) -> Named {
    let text = [Text { prose, grains, sentences }];
    find_each(&text, &[published], register).swap_remove(0)
}

/// [`find`] for each of `texts`, step by step; `published` has a day for each.
pub(super) fn find_each(
    texts: &[Text<'_>],
    published: &[Option<&When>],
    register: &Register,
) -> Vec<Named> {
    let all = 0..texts.len();
    let prose = |at: usize| texts[at].prose.text.as_str();
    let (tokens, words): (Vec<_>, Vec<_>) = texts
        .iter()
        .map(|Text { prose, grains, sentences }| token::tokens(prose, grains, sentences))
        .unzip();
    let find_known =
        |at: usize| known::find(prose(at), texts[at].grains, &tokens[at], published[at], register);
    let known: Vec<_> = all.clone().map(find_known).collect();
    let cut = |at: usize| discover::pieces(prose(at), &tokens[at], &known[at], register);
    let mut pieces: Vec<_> = all.clone().map(cut).collect();
    for (at, pieces) in pieces.iter_mut().enumerate() {
        settle::settle(prose(at), &tokens[at], &known[at], register, pieces);
        settle::echo(prose(at), &tokens[at], &known[at], pieces);
    }
    let join = |at: usize| join::join(prose(at), &known[at], &pieces[at], register);
    let joined = all.map(join).zip(words);
    joined.map(|((actors, mentions), words)| (actors, mentions, words)).collect()
}
