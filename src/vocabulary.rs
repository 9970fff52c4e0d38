//! Words that we list, found for words of a text in any case.
//!
//! Every word of every article is looked up several times over, so a word of up
//! to sixteen bytes is packed into one number: it is compared and hashed at once,
//! and nothing is allocated. The keys are our own, which is why a plain hash is
//! safe: no one can choose them to collide.

use rustc_hash::FxHashMap;

/// Bytes that fit into a packed word.
const PACKED: usize = 16;

/// What each of some listed words means.
#[derive(Debug)]
pub(crate) struct Vocabulary<V> {
    short: FxHashMap<u128, V>,
    long: FxHashMap<String, V>,
    /// Bytes of the longest word.
    longest: usize,
}

impl<V> Default for Vocabulary<V> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default(), longest: 0 }
    }
}

impl<V: Copy + Default> Vocabulary<V> {
    /// The meaning of `word`, for setting it. ASCII capitals count as lower case.
    pub(crate) fn slot(&mut self, word: &str) -> &mut V {
        self.longest = self.longest.max(word.len());
        match pack(word.as_bytes()) {
            Some(key) => self.short.entry(key).or_default(),
            None => self.long.entry(word.to_ascii_lowercase()).or_default(),
        }
    }

    /// The meaning of `word`, whatever its ASCII capitals; the default where it is
    /// not listed.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> V {
        let found = match pack(word.as_bytes()) {
            Some(key) => self.short.get(&key),
            None if word.len() <= self.longest => self.long.get(&word.to_ascii_lowercase()),
            None => None,
        };
        found.copied().unwrap_or_default()
    }
}

/// The bytes of a short word in lower case as one number, the first byte lowest.
///
/// Both ends are read at a fixed width and pushed together: copying so few bytes
/// costs more than all the rest.
#[inline]
fn pack(word: &[u8]) -> Option<u128> {
    let spare = PACKED.checked_sub(word.len())?;
    let ends = word.first_chunk::<8>().zip(word.last_chunk::<8>());
    let packed = if let Some((first, last)) = ends {
        let (low, high) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        u128::from(low) | u128::from(high) >> (8 * spare) << 64
    } else if let Some((first, last)) = word.first_chunk::<4>().zip(word.last_chunk::<4>()) {
        let (low, high) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        u128::from(u64::from(low) | u64::from(high) >> (8 * (spare - 8)) << 32)
    } else {
        word.iter().rev().fold(0, |packed, byte| packed << 8 | u128::from(*byte))
    };
    Some(in_lower_case(packed))
}

/// `word` with every byte from `A` to `Z` in lower case, all at once: adding
/// carries into the top bit of each byte that is no less than a bound.
#[inline]
fn in_lower_case(word: u128) -> u128 {
    const ONES: u128 = u128::from_ne_bytes([1; PACKED]);
    const TOPS: u128 = ONES * 0x80;
    let seven = word & !TOPS;
    let from_a = seven + ONES * u128::from(0x80 - b'A');
    let past_z = seven + ONES * u128::from(0x7F - b'Z');
    let capitals = from_a & !past_z & !word & TOPS;
    word | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_word_is_its_bytes_in_lower_case() {
        for length in 0..=PACKED {
            let word = &b"The-Quick-Brown\xC4"[..length];
            let mut bytes = [0; PACKED];
            bytes[..length].copy_from_slice(word);
            bytes.make_ascii_lowercase();
            assert_eq!(pack(word), Some(u128::from_le_bytes(bytes)), "{length}");
        }
        assert_eq!(pack(&[b'a'; PACKED + 1]), None);
    }

    #[test]
    fn a_word_is_found_in_any_case_and_length() {
        let mut vocabulary = Vocabulary::default();
        for (value, word) in (1_u8..).zip(["a", "sixteen-letters-", "seventeen-letters", "đuro"]) {
            *vocabulary.slot(word) = value;
            assert_eq!(vocabulary.get(word), value, "{word}");
            assert_eq!(vocabulary.get(&word.to_ascii_uppercase()), value, "{word}");
        }
        for word in ["", "b", "ab", "seventeen-letterz", "Đuro"] {
            assert_eq!(vocabulary.get(word), 0, "{word}");
        }
        assert_eq!(vocabulary.get(&"a".repeat(100_000)), 0);
    }
}
