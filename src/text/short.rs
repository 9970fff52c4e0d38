//! Short texts of letters and figures, put together in place.
//!
//! Dates, anchors and the ids of events: an archive writes millions of them, and each
//! would be a piece of memory of its own, or go through the machinery of formatting.

use serde::{Serialize, Serializer};

/// At most sixteen bytes of ASCII.
///
/// They stand where words of the machine do, and what is not written is zeros: so that
/// they are text is seen at two looks, not byte by byte.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(16))]
pub struct Short {
    bytes: [u8; 16],
    length: usize,
}

impl Short {
    /// The first `length` of `bytes`; zeros should follow.
    pub fn new(bytes: [u8; 16], length: usize) -> Self {
        Self { bytes, length }
    }

    /// Appends ASCII.
    ///
    /// # Panics
    ///
    /// Beyond sixteen bytes.
    pub fn push(&mut self, ascii: &[u8]) {
        self.bytes[self.length..self.length + ascii.len()].copy_from_slice(ascii);
        self.length += ascii.len();
    }

    /// What was put together; nothing, if that is not text.
    pub fn as_str(&self) -> &str {
        let all = std::str::from_utf8(&self.bytes).unwrap_or_default();
        all.get(..self.length).unwrap_or_default()
    }
}

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
