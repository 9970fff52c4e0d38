//! Words given to a speaker.
use super::{ActorSeen, Mention, Prose, Statement};
use crate::text::Span;

/// The statements of `prose`, in order.
pub fn find(
    prose: &Prose,
    sentences: &[Span],
    actors: &[ActorSeen],
    mentions: &[Mention],
) -> Vec<Statement> {
    let _ = (prose, sentences, actors, mentions);
    Vec::new()
}
