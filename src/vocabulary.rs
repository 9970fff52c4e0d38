//! Words that we list, found for words of a text in any case.
//!
//! Every word of every article is looked up several times over, so a word of up
//! to sixteen bytes is packed into one number: it is compared and hashed at once,
//! and nothing is allocated. A reader may ask why there is a table of our own: most
//! words of a text are not listed, and here that is known after one look in a
//! table that is half empty, at a third of what a general map costs. The keys are
//! ours, which is why a plain hash is safe: no one can choose them to collide. A byte for
//! each place stands apart from the words: so few bytes stay close to the processor, and
//! most words that are not listed are dismissed there.

use rustc_hash::FxHashMap;

use crate::text::{n_lower, not_lower};

/// Bytes that fit into a packed word.
const PACKED: usize = 16;

/// A short word in lower case as two numbers: its first eight bytes, the first lowest,
/// and the rest. Nothing but the empty word, or one of NUL bytes, is zero.
type Packed = (u64, u64);

/// A number for a word, whatever its ASCII capitals, that few others share: a bit table over
/// it dismisses most words that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling(u16);

impl Spelling {
    /// That of `word`; one and the same for all words of more than sixteen bytes.
    #[inline]
    pub(crate) fn of(word: &str) -> Self {
        pack(word.as_bytes()).map_or(Self(0), |key| Self::of_hash(hash(key)))
    }

    /// That of a mark or number, by its first byte.
    #[inline]
    pub(crate) fn of_first(byte: u8) -> Self {
        Self(byte.into())
    }

    #[inline]
    fn of_hash(hash: usize) -> Self {
        Self(u16::try_from(hash & 0xFFFF).unwrap_or(0))
    }

    /// The number.
    #[inline]
    pub(crate) fn number(self) -> u16 {
        self.0
    }
}

/// A plain word of a text: a letter of ASCII, and all letters from `a` to `z` that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plain<V> {
    /// How many letters it has.
    pub(crate) length: u32,
    /// How it is spelt.
    pub(crate) spelling: Spelling,
    /// What it means; the default where it is not listed.
    pub(crate) meaning: V,
}

/// What each of some listed words means.
#[derive(Debug)]
pub(crate) struct Vocabulary<V> {
    /// Short words with their meaning, each at the first free place from its hash on.
    /// A power of two in number, and at most half of them taken.
    short: Vec<(Packed, V)>,
    /// For each place the [`tag`] of the word there, 0 where none is.
    tags: Vec<u8>,
    /// How many places are taken.
    taken: usize,
    long: FxHashMap<String, V>,
    /// Bytes of the longest word.
    longest: usize,
}

impl<V: Copy + Default> Default for Vocabulary<V> {
    fn default() -> Self {
        let short = vec![Default::default(); 2];
        Self { short, tags: vec![0; 2], taken: 0, long: FxHashMap::default(), longest: 0 }
    }
}

impl<V: Copy + Default> Vocabulary<V> {
    /// The meaning of `word`, for setting it. ASCII capitals count as lower case.
    pub(crate) fn slot(&mut self, word: &str) -> &mut V {
        self.longest = self.longest.max(word.len());
        let Some(key) = pack(word.as_bytes()).filter(|key| *key != (0, 0)) else {
            return self.long.entry(word.to_ascii_lowercase()).or_default();
        };
        let mut at = self.place(key);
        if self.tags[at] == 0 {
            self.taken += 1;
            if 2 * self.taken > self.short.len() {
                self.grow();
                at = self.place(key);
            }
            self.short[at].0 = key;
            self.tags[at] = tag(hash(key));
        }
        &mut self.short[at].1
    }

    /// The meaning of `word`, whatever its ASCII capitals; the default where it is
    /// not listed.
    #[inline]
    pub(crate) fn get(&self, word: &str) -> V {
        match pack(word.as_bytes()) {
            Some(key) => self.meaning(key, hash(key)),
            None if word.len() <= self.longest => {
                self.long.get(&word.to_ascii_lowercase()).copied().unwrap_or_default()
            }
            None => V::default(),
        }
    }

    /// The plain word at byte `at` of `text`, where a letter of ASCII stands.
    ///
    /// Most words are shorter than eight letters: the bytes that are read to see where
    /// such a word ends are its packed form, too.
    #[inline]
    pub(crate) fn get_plain(&self, text: &str, at: usize) -> Plain<V> {
        const SMALL: u64 = 0x20;
        let bytes = &text.as_bytes()[at..];
        if let Some(head) = bytes.first_chunk::<8>() {
            let head = u64::from_le_bytes(*head) | SMALL;
            let others = not_lower(head);
            // The top bit of the first byte that is no letter of the word.
            let end = others & others.wrapping_neg();
            if end != 0 {
                let word = head & (end - 1) >> 7;
                return self.plain(end.trailing_zeros() / 8, (word, 0));
            }
            let length = 8 + n_lower(&bytes[8..]);
            if let Some(spare) = PACKED.checked_sub(length)
                && let Some(last) = bytes[..length].last_chunk::<8>()
            {
                let spare = u32::try_from(8 * spare).unwrap_or(0);
                let rest = u64::from_le_bytes(*last).checked_shr(spare).unwrap_or(0);
                return self.plain(narrow(length), (head, rest));
            }
        }
        let length = 1 + n_lower(&bytes[1..]);
        let word = &text[at..at + length];
        Plain { length: narrow(length), spelling: Spelling::of(word), meaning: self.get(word) }
    }

    #[inline]
    fn plain(&self, length: u32, key: Packed) -> Plain<V> {
        let hash = hash(key);
        let meaning = self.meaning(key, hash);
        Plain { length, spelling: Spelling::of_hash(hash), meaning }
    }

    #[inline]
    fn meaning(&self, key: Packed, hash: usize) -> V {
        let last = self.tags.len() - 1;
        let tag = tag(hash);
        let mut at = hash & last;
        loop {
            match self.tags[at] {
                0 => return V::default(),
                found if found == tag && self.short[at].0 == key => return self.short[at].1,
                _ => at = (at + 1) & last,
            }
        }
    }

    /// Where a packed word is, or where it would be.
    #[inline]
    fn place(&self, key: Packed) -> usize {
        let last = self.tags.len() - 1;
        let hash = hash(key);
        let mut at = hash & last;
        while self.tags[at] != 0 && (self.tags[at] != tag(hash) || self.short[at].0 != key) {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        let larger = vec![Default::default(); 2 * self.short.len()];
        let smaller = std::mem::replace(&mut self.short, larger);
        let tags = std::mem::replace(&mut self.tags, vec![0; self.short.len()]);
        for ((key, value), _) in smaller.into_iter().zip(tags).filter(|(_, tag)| *tag != 0) {
            let at = self.place(key);
            self.short[at] = (key, value);
            self.tags[at] = tag(hash(key));
        }
    }
}

/// The length of a word, for texts that are kept by offsets of 32 bits.
#[inline]
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A number that hardly any two listed words share.
#[inline]
fn hash((first, rest): Packed) -> usize {
    // The highest bits of a product are the best mixed.
    let mixed = (first ^ rest.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    usize::try_from(mixed).unwrap_or(0)
}

/// What is kept of a hash beside its word: never 0.
#[inline]
fn tag(hash: usize) -> u8 {
    const TAKEN: u8 = 1 << 7;
    // The lower bits are those that place the word.
    (hash >> 17).to_le_bytes()[0] | TAKEN
}

/// Packs a word; `None` where it is too long.
///
/// Both ends are read at a fixed width and laid over each other: copying so few bytes
/// costs more than all the rest.
#[inline]
fn pack(word: &[u8]) -> Option<Packed> {
    let length = word.len();
    if let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        let spare = u32::try_from(8 * PACKED.checked_sub(length)?).unwrap_or(0);
        let rest = u64::from_le_bytes(*last).checked_shr(spare).unwrap_or(0);
        return Some((in_lower_case(u64::from_le_bytes(*first)), in_lower_case(rest)));
    }
    let packed =
        if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) | u64::from(last) << (8 * (length - 4))
        } else {
            match word {
                [] => 0,
                [one] => u64::from(*one),
                [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
                [one, two, three, ..] => u64::from(u32::from_le_bytes([*one, *two, *three, 0])),
            }
        };
    Some((in_lower_case(packed), 0))
}

/// `word` with every byte from `A` to `Z` in lower case, all at once: adding
/// carries into the top bit of each byte that is no less than a bound.
#[inline]
fn in_lower_case(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = ONES * 0x80;
    let seven = word & !TOPS;
    let from_a = seven + ONES * u64::from(0x80 - b'A');
    let past_z = seven + ONES * u64::from(0x7F - b'Z');
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
            let (first, rest) = bytes.split_at(8);
            let half = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap());
            assert_eq!(pack(word), Some((half(first), half(rest))), "{length}");
        }
        assert_eq!(pack(&[b'a'; PACKED + 1]), None);
    }

    #[test]
    fn a_plain_word_is_found_with_its_end() {
        let mut vocabulary = Vocabulary::default();
        let letters = "abcdefghijklmnopqrstuvwxyz";
        for length in (1..letters.len()).step_by(2) {
            *vocabulary.slot(&letters[..length]) = length;
        }
        for length in 1..letters.len() {
            let meaning = if length % 2 == 1 { length } else { 0 };
            for end in ["", " ", "-led and more", "Words", "ćwords", "1", "\0\0\0\0\0\0\0\0"] {
                for first in ["a", "A"] {
                    let text = format!("Ó{first}{}{end}", &letters[1..length]);
                    let spelling = Spelling::of(&letters[..length]);
                    let plain = Plain { length: narrow(length), spelling, meaning };
                    assert_eq!(vocabulary.get_plain(&text, 2), plain, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn many_words_are_each_found_and_no_other() {
        let mut vocabulary = Vocabulary::default();
        for number in 0..5000_u32 {
            *vocabulary.slot(&format!("word{number}")) = number + 1;
        }
        for number in 0..5000 {
            assert_eq!(vocabulary.get(&format!("word{number}")), number + 1);
            assert_eq!(vocabulary.get(&format!("ward{number}")), 0);
        }
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
