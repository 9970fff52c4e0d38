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
    /// Looks at the next bytes, up to a word that goes on behind them; gives the hash of
    /// a word that is longer than that.
    fn go_on(&mut self) -> Option<u64> {
        self.start = self.next;
        let (block, is_ascii) = Block::words_at(self.text, self.start)?;
        (self.signs, self.is_ascii) = (block.signs | block.numerals, is_ascii);
        self.next += block.length;
        if self.next < self.text.len() {
            let open = (self.signs << (64 - block.length)).leading_ones() as usize;
            if open >= block.length {
                return Some(self.longest());
            }
            self.next -= open;
            self.signs &= u64::MAX >> (64 - block.length + open);
        }
        let long = self.signs & self.signs >> 1 & self.signs >> 2 & self.signs >> 3;
        self.heads = long & !(long << 1);
        None
    }

    /// The hash of a word that fills all the bytes looked at, up to its end.
    #[cold]
    fn longest(&mut self) -> u64 {
        while let Some((block, _)) = Block::words_at(self.text, self.next) {
            let more = (block.signs | block.numerals).trailing_ones() as usize;
            self.next += more.min(block.length);
            if more < block.length {
                break;
            }
        }
        let word = &self.text[self.start..self.next];
        of_any(word.strip_suffix('s').unwrap_or(word))
    }

    #[inline]
    fn hash(&self, start: usize, end: usize) -> u64 {
        let bytes = self.text.as_bytes();
        // the plural
        let end = end - usize::from(bytes[end - 1] == b's');
        match bytes.get(start..).and_then(<[u8]>::first_chunk::<8>) {
            // most words are that short
            Some(eight) if self.is_ascii && end - start <= 8 => {
                let unwanted = (8 - (end - start)) * 8;
                mixed(START, (u64::from_le_bytes(*eight) | SMALL) << unwanted >> unwanted)
            }
            _ if self.is_ascii => of_ascii(bytes, start, end),
            _ => of_any(&self.text[start..end]),
        }
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
            if let Some(longest) = self.go_on() {
                return Some(longest);
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
#[cold]
fn of_any(word: &str) -> u64 {
    let lower: String = word.chars().flat_map(char::to_lowercase).collect();
    let at = |at| eight_at(lower.as_bytes(), at);
    (0..lower.len()).step_by(8).fold(START, |hash, start| mixed(hash, at(start)))
}

/// A hash with eight more bytes in it.
#[inline]
pub(in crate::clean) fn mixed(hash: u64, eight: u64) -> u64 {
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

/// Numbers of hashes, from 0 in the order in which they came first.
///
/// At least half of the places are free, so that a hash stands where it says or close
/// behind: a table of groups, as `hashbrown` has, costs thrice as much for each word.
#[derive(Debug)]
pub(in crate::clean) struct Numbers {
    places: Vec<(u64, u32)>,
    count: u32,
}

impl Numbers {
    const FREE: (u64, u32) = (0, u32::MAX);

    /// With room for as many different hashes.
    pub(in crate::clean) fn with_capacity(hashes: usize) -> Self {
        Self { places: vec![Self::FREE; (2 * hashes + 2).next_power_of_two()], count: 0 }
    }

    /// How many there are.
    pub(in crate::clean) fn count(&self) -> usize {
        self.count as usize
    }

    /// The number of `hash`.
    #[inline]
    pub(in crate::clean) fn of(&mut self, hash: u64) -> u32 {
        let mut place = self.place(hash);
        if self.places[place].1 == Self::FREE.1 {
            if self.count() * 2 >= self.places.len() {
                self.grow();
                place = self.place(hash);
            }
            self.places[place] = (hash, self.count);
            self.count += 1;
        }
        self.places[place].1
    }

    /// Where `hash` stands, or would.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let most = self.places.len() - 1;
        let mut place = usize::try_from(hash & most as u64).unwrap_or(0);
        loop {
            let (known, number) = self.places[place];
            if known == hash || number == Self::FREE.1 {
                return place;
            }
            place = (place + 1) & most;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let doubled = vec![Self::FREE; self.places.len() * 2];
        let known = std::mem::replace(&mut self.places, doubled);
        for (hash, number) in known.into_iter().filter(|(_, number)| *number != Self::FREE.1) {
            let place = self.place(hash);
            self.places[place] = (hash, number);
        }
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
    fn hashes_are_numbered_in_the_order_in_which_they_came_first() {
        let mut numbers = Numbers::with_capacity(0);
        // many of them would stand in the same place, and one is that of a free place
        let hashes: Vec<u64> = (0..300).map(|hash| (hash % 100) << (hash % 3 * 20)).collect();
        let found: Vec<u32> = hashes.iter().map(|hash| numbers.of(*hash)).collect();
        let mut known: Vec<u64> = Vec::new();
        for (hash, found) in hashes.iter().zip(found) {
            let expected = known.iter().position(|known| known == hash).unwrap_or_else(|| {
                known.push(*hash);
                known.len() - 1
            });
            assert_eq!(found as usize, expected, "{hash:x}");
        }
        assert_eq!(numbers.count(), known.len());
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
