//! The words by which texts are compared: those of four letters and more, hashed.
//!
//! A text goes in, a hash for each of its words comes out, the same whatever the
//! word's case and whether it stands in the plural. This is asked of every text, and
//! more than once: a word is read eight bytes at a time, and only what is not ASCII is
//! looked at letter by letter.
//!
//! Entry point: [`long_words`].

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashTable;

use super::scan::{Block, SMALL, eight_at, lowest};

/// Hashes of the words of four letters and more, without a plural ending.
pub(in crate::clean) fn long_words(text: &str) -> LongWords<'_> {
    LongWords { text, start: 0, next: 0, signs: 0, heads: 0, is_ascii: true }
}

/// The words of a text that are left.
pub(in crate::clean) struct LongWords<'a> {
    text: &'a str,
    /// The first of the bytes that are looked at, and the first behind them.
    start: usize,
    next: usize,
    /// Those that belong to words, from the lowest bit.
    signs: u64,
    /// The first bytes of the long words that are left.
    heads: u64,
    is_ascii: bool,
}

impl LongWords<'_> {
    /// Looks at the next bytes, up to a word that goes on behind them; gives the end of
    /// a word that is longer than that.
    fn go_on(&mut self) -> Option<usize> {
        self.start = self.next;
        let (block, is_ascii) = Block::words_at(self.text, self.start)?;
        (self.signs, self.is_ascii) = (block.signs | block.numerals, is_ascii);
        self.next += block.length;
        if self.next < self.text.len() {
            let open = (self.signs << (64 - block.length)).leading_ones() as usize;
            if open >= block.length {
                return Some(self.end_of_longest());
            }
            self.next -= open;
            self.signs &= u64::MAX >> (64 - block.length + open);
        }
        let long = self.signs & self.signs >> 1 & self.signs >> 2 & self.signs >> 3;
        self.heads = long & !(long << 1);
        None
    }

    /// The end of a word that fills all the bytes looked at.
    fn end_of_longest(&mut self) -> usize {
        while let Some((block, is_ascii)) = Block::words_at(self.text, self.next) {
            let more = (block.signs | block.numerals).trailing_ones() as usize;
            self.is_ascii &= is_ascii;
            self.next += more.min(block.length);
            if more < block.length {
                break;
            }
        }
        self.next
    }

    #[inline]
    fn hash(&self, start: usize, end: usize) -> u64 {
        let bytes = self.text.as_bytes();
        // the plural
        let end = end - usize::from(bytes[end - 1] == b's');
        if self.is_ascii { of_ascii(bytes, start, end) } else { of_any(&self.text[start..end]) }
    }
}

impl Iterator for LongWords<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        while self.heads == 0 {
            if self.next >= self.text.len() {
                return None;
            }
            if let Some(end) = self.go_on() {
                return Some(self.hash(self.start, end));
            }
        }
        let head = self.heads.trailing_zeros() as usize;
        self.heads &= self.heads - 1;
        let length = (!(self.signs >> head)).trailing_zeros() as usize;
        Some(self.hash(self.start + head, self.start + head + length))
    }
}

const START: u64 = 0x243f_6a88_85a3_08d3;

/// The hash of the letters and digits of ASCII from `start` to `end`, capitals read as
/// small letters.
#[inline]
fn of_ascii(text: &[u8], start: usize, end: usize) -> u64 {
    let (mut hash, mut at) = (START, start);
    while at < end {
        hash = mixed(hash, (eight_at(text, at) | SMALL) & lowest(end - at));
        at += 8;
    }
    hash
}

/// The hash of any letters and digits, capitals read as small letters: the same as
/// [`of_ascii`] gives where they are ASCII.
fn of_any(word: &str) -> u64 {
    let lower: String = word.chars().flat_map(char::to_lowercase).collect();
    let at = |at| eight_at(lower.as_bytes(), at);
    (0..lower.len()).step_by(8).fold(START, |hash, start| mixed(hash, at(start)))
}

/// A hash with eight more bytes in it.
#[inline]
pub(super) fn mixed(hash: u64, eight: u64) -> u64 {
    let product = u128::from(hash ^ eight) * 0x9e37_79b9_7f4a_7c15;
    // both halves count
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

/// Hashes of words in a set or map that does not hash them again.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::clean) struct Hashed(u64);

impl Hasher for Hashed {
    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }

    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    #[inline]
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A set of word hashes.
pub(in crate::clean) type WordSet = HashSet<u64, BuildHasherDefault<Hashed>>;

/// What is known of each word hash.
pub(in crate::clean) type WordMap<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// What is known of words, found by the hash that they are: a map would hash it again.
#[derive(Debug, Default)]
pub(in crate::clean) struct WordTable<T>(HashTable<(u64, T)>);

impl<T> WordTable<T> {
    /// With room for as many different words.
    pub(in crate::clean) fn with_capacity(words: usize) -> Self {
        Self(HashTable::with_capacity(words))
    }

    /// What is known of `word`: `first`, where nothing was.
    #[inline]
    pub(in crate::clean) fn entry(&mut self, word: u64, first: T) -> &mut T {
        let entry = self.0.entry(word, |(known, _)| *known == word, |(known, _)| *known);
        &mut entry.or_insert((word, first)).into_mut().1
    }

    /// What is known of `word`.
    #[inline]
    pub(in crate::clean) fn get(&self, word: u64) -> Option<&T> {
        self.0.find(word, |(known, _)| *known == word).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_the_same_whatever_their_case_and_number() {
        let same = |one: &str, other: &str| {
            assert_eq!(
                long_words(one).collect::<Vec<_>>(),
                long_words(other).collect::<Vec<_>>(),
                "{one:?} {other:?}"
            );
        };
        same("Ferries, and a crane’s ÉCOLE", "ferries crane école");
        same("the a of", "");
        same("GULL Gulls", "gull gull");
        same("port", "ports");
        assert_eq!(long_words("—Küste— ÜBERALL…").count(), 2);
    }

    #[test]
    fn a_word_is_the_same_however_its_letters_are_read() {
        for (one, other) in [
            ("KELVINs-kelvinwards", "\u{212a}elvins-\u{212a}elvinwards"),
            ("a harbourmaster without ferry", "A HARBOURMASTER WITHOUT FERRY"),
        ] {
            assert_eq!(
                long_words(one).collect::<Vec<_>>(),
                long_words(other).collect::<Vec<_>>(),
                "{one:?} {other:?}"
            );
        }
        let all: WordSet = long_words("čest ćest chest chests1 chest1s").collect();
        assert_eq!(all.len(), 5);
    }
}
