//! The stable records of `annals clean` and `annals read`.
