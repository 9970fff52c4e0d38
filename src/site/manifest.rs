//! What we wrote into the output folder: by this list the next build tells our
//! files from those of others, and the changed ones from the rest.
//!
//! Kept inside the folder, so that both are always exchanged together. Sorted,
//! and without a time stamp: the same site gives the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".build-manifest.json";

/// The files of a site by their path from its root, with the BLAKE3 hash of each
/// in hexadecimal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Of this form; raised when the meaning of the rest changes.
    version: u32,
    /// Path, with `/`, to hash.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    const VERSION: u32 = 1;

    pub(super) fn new(files: BTreeMap<String, String>) -> Self {
        Self { version: Self::VERSION, files }
    }

    /// Reads a manifest; `None` where it is damaged or from a later version.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes)
            .ok()
            .filter(|manifest: &Self| manifest.version == Self::VERSION)
    }

    /// One file a line, so that a deployment branch shows small differences.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Strings and a number by string keys: serde_json has no way to fail.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back() {
        let files = [("index.html".to_owned(), "00ff".to_owned())].into();
        let manifest = Manifest::new(files);
        assert_eq!(Manifest::read(&manifest.to_bytes()), Some(manifest));
    }

    #[test]
    fn a_damaged_manifest_is_none() {
        for bytes in [&b""[..], b"{", b"{\"version\":2,\"files\":{}}", b"[]", b"\xff"] {
            assert_eq!(Manifest::read(bytes), None);
        }
    }
}
