//! Actors named in prose.
use super::{ActorSeen, Mention, Prose};
use crate::actor::Register;
use crate::text::Span;

/// Everyone named in `prose`, in order of first mention, and every mention.
pub fn find(
    prose: &Prose,
    sentences: &[Span],
    register: &Register,
) -> (Vec<ActorSeen>, Vec<Mention>) {
    let _ = (prose, sentences, register);
    (Vec::new(), Vec::new())
}
