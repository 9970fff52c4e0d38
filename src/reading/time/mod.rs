//! Time expressions of prose, resolved.
use super::{Anchor, Prose, Statement, TimeExpression};
use crate::text::Span;

pub mod event;

/// The time expressions of `prose`, in order, resolved against `anchor`.
pub fn find(
    prose: &Prose,
    sentences: &[Span],
    anchor: Anchor<'_>,
    statements: &[Statement],
) -> Vec<TimeExpression> {
    let _ = (prose, sentences, anchor, statements);
    Vec::new()
}
