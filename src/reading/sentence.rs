//! Sentences of prose.
use super::Prose;
use crate::text::Span;

/// The sentences of every block, in order. A sentence never crosses a block.
pub fn split(prose: &Prose) -> Vec<Span> {
    prose.blocks.iter().map(|block| block.span).collect()
}
