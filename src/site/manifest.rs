//! What we wrote into the output folder: by this list the next build tells our
//! files from those of others, and the changed ones from the rest.
//!
//! Kept inside the folder, so that both are always exchanged together. Sorted,
//! and without a time stamp: the same site gives the same bytes.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".build-manifest.json";

/// A hash of a file's bytes: tells a changed file from the same one. Whoever could
/// make two files with one hash can write into the folder anyway.
///
/// Source: XXH3, 128 bits, of xxHash 0.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print(u128);

impl Print {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Of all that `file` still holds, and how many bytes that is.
    pub(super) fn of_file(mut file: impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = Xxh3::new();
        let mut chunk = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            match file.read(&mut chunk) {
                Ok(0) => return Ok((Self(hasher.digest128()), size)),
                Ok(n) => {
                    hasher.update(&chunk[..n]);
                    size += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// As the manifest lists it: 32 hexadecimal digits.
    pub(super) fn to_hex(self) -> String {
        format!("{:032x}", self.0)
    }
}

/// The files of a site by their path from its root, with the [`Print`] of each in
/// hexadecimal.
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
    fn a_file_has_the_print_of_its_bytes() {
        for size in [0, 1, 200, 300_000] {
            let bytes: Vec<u8> = (0..size).map(|n: u32| n.to_le_bytes()[1]).collect();
            let streamed = Print::of_file(&*bytes).unwrap();
            assert_eq!(streamed, (Print::of(&bytes), u64::from(size)));
            assert_eq!(streamed.0.to_hex().len(), 32);
        }
        assert_ne!(Print::of(b"one"), Print::of(b"two"));
    }

    #[test]
    fn a_damaged_manifest_is_none() {
        for bytes in [&b""[..], b"{", b"{\"version\":2,\"files\":{}}", b"[]", b"\xff"] {
            assert_eq!(Manifest::read(bytes), None);
        }
    }
}
