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
use super::{ActorSeen, Mention, Prose};
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

/// Everyone named in `prose`, which `grains` are of, in order of first mention, every mention, and every
/// word of the text, possessive endings left out.
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
) -> (Vec<ActorSeen>, Vec<Mention>, Vec<Span>) {
    let (tokens, words) = token::tokens(prose, grains, sentences);
    let known = known::find(&prose.text, grains, &tokens, published, register);
    let pieces = discover::find(&prose.text, &tokens, &known, register);
    let (actors, mentions) = join::join(&prose.text, &known, &pieces, register);
    (actors, mentions, words)
}
