//! What we wrote into the output folder: by this list the next build tells our
//! files from those of others, and the changed ones from the rest.
//!
//! Kept inside the folder, so that both are always exchanged together. Sorted,
//! and without a time stamp: the same site gives the same bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read};

use rayon::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
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

    /// As a number of bytes that is hashed with others.
    pub(super) fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

/// As the manifest lists it: 32 hexadecimal digits.
impl Serialize for Print {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: [u8; 16] = *b"0123456789abcdef";
        let mut hex = [0; 32];
        for (pair, byte) in hex.as_chunks_mut().0.iter_mut().zip(self.0.to_be_bytes()) {
            *pair = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
        }
        // The digits are ASCII.
        serializer.serialize_str(std::str::from_utf8(&hex).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Print {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = <Cow<'de, str>>::deserialize(deserializer)?;
        let is_hex = hex.len() == 32 && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u128::from_str_radix(&hex, 16).ok().filter(|_| is_hex);
        number.map(Self).ok_or_else(|| de::Error::custom("not 32 hexadecimal digits"))
    }
}

/// The files of a site by their path from its root, with the [`Print`] of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Manifest {
    /// Of this form; raised when the meaning of the rest changes.
    version: u32,
    /// Path, with `/`, to hash.
    pub(super) files: BTreeMap<String, Print>,
}

impl Manifest {
    const VERSION: u32 = 1;

    /// Reads a manifest; `None` where it is damaged or from a later version.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes)
            .ok()
            .filter(|manifest: &Self| manifest.version == Self::VERSION)
    }

    /// Whether it lists `files`, which are in the order of their paths, and no others.
    pub(super) fn lists<'a>(
        &self,
        files: impl ExactSizeIterator<Item = (&'a String, Print)>,
    ) -> bool {
        self.files.len() == files.len()
            && self.files.iter().zip(files).all(|((path, hash), listed)| (path, *hash) == listed)
    }
}

/// The text of the manifest of `files`, which are in the order of their paths; `listed` gives
/// path and hash of one. One file a line, so that a deployment branch shows small differences.
pub(super) fn text_of<T: Sync>(
    files: &[T],
    listed: impl Fn(&T) -> (&str, Print) + Sync,
) -> Vec<u8> {
    /// Files whose lines are written by one thread.
    const AT_ONCE: usize = 4096;
    /// Beside the path: the hash, marks and spaces.
    const REST: usize = 48;
    let lines = |files: &[T]| {
        let size = files.iter().map(|file| listed(file).0.len() + REST).sum();
        let mut lines = Vec::with_capacity(size);
        for file in files {
            let (path, hash) = listed(file);
            lines.extend_from_slice(b",\n    ");
            // Strings, into memory: serde_json has no way to fail.
            let _ = serde_json::to_writer(&mut lines, path);
            lines.extend_from_slice(b": ");
            let _ = serde_json::to_writer(&mut lines, &hash);
        }
        lines
    };
    let lines: Vec<Vec<u8>> = files.par_chunks(AT_ONCE).map(lines).collect();
    let lines = lines.concat();
    // What parts a line from the one before parts the first from nothing.
    let (first, end) = if lines.is_empty() { (0, "") } else { (1, "\n  ") };
    let head = format!("{{\n  \"version\": {},\n  \"files\": {{", Manifest::VERSION);
    [head.as_bytes(), &lines[first..], end.as_bytes(), b"}\n}\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back() {
        let (one, other) = ("a \"b\".html".to_owned(), "index.html".to_owned());
        let files = [(&one, Print(1)), (&other, Print(0xff))];
        for n in 0..=files.len() {
            let files = &files[..n];
            let manifest =
                Manifest::read(&text_of(files, |(path, hash)| (path.as_str(), *hash))).unwrap();
            assert!(manifest.lists(files.iter().copied()));
            assert!(n == 0 || !manifest.lists(files[1..].iter().copied()));
        }
        let text =
            String::from_utf8(text_of(&files, |(path, hash)| (path.as_str(), *hash))).unwrap();
        assert_eq!(
            text,
            "{\n  \"version\": 1,\n  \"files\": {\n    \
             \"a \\\"b\\\".html\": \"00000000000000000000000000000001\",\n    \
             \"index.html\": \"000000000000000000000000000000ff\"\n  }\n}\n"
        );
        for damaged in
            ["\"000000000000000000000000000000f\"", "\"+00000000000000000000000000000ff\""]
        {
            let text = text.replace("\"000000000000000000000000000000ff\"", damaged);
            assert_eq!(Manifest::read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_file_has_the_print_of_its_bytes() {
        for size in [0, 1, 200, 300_000] {
            let bytes: Vec<u8> = (0..size).map(|n: u32| n.to_le_bytes()[1]).collect();
            let streamed = Print::of_file(&*bytes).unwrap();
            assert_eq!(streamed, (Print::of(&bytes), u64::from(size)));
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
