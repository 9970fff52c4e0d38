//! Input → Build.
