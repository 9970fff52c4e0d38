//! Behaviour tests.

mod source;
mod write;
