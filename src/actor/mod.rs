//! Who is followed, and under which names.
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One human being.
    Person,
    /// A body with a name.
    Organisation,
    /// A state, or a territory treated as one.
    State,
    /// A mission of a body.
    Mission,
    /// People acting together.
    Group,
    /// A place.
    Place,
}

/// Everyone known by name: the owner's register and the built-in list.
#[derive(Debug, Default)]
pub struct Register {}

impl Register {
    /// Reads `actors.toml` (`file` names it in diagnostics; empty text for none)
    /// on top of the built-in list.
    pub fn read(file: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let _ = (file, text);
        (Self::default(), Vec::new())
    }
}
