//! Behaviour tests.

mod theme;
