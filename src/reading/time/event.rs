//! Dated sentences with a happening.
use crate::reading::{Anchor, Event, Mention, Prose, TimeExpression};
use crate::text::Span;

/// The events of `prose`, in order.
pub fn find(
    prose: &Prose,
    sentences: &[Span],
    anchor: Anchor<'_>,
    dates: &[TimeExpression],
    mentions: &[Mention],
) -> Vec<Event> {
    let _ = (prose, sentences, anchor, dates, mentions);
    Vec::new()
}
