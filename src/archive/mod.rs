//! All readings joined.
