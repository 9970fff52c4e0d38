//! What was computed before.
