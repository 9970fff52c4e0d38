//! The words by which texts are compared: those of four letters and more, hashed.
//!
//! A text goes in, a hash for each of its words comes out, the same whatever the
//! word's case and whether it stands in the plural. This is asked of every text, and
//! more than once: a word is read eight bytes at a time, and only what is not ASCII is
//! looked at letter by letter.
//!
//! Entry point: [`each_long_word`].

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::scan::{LOWEST, SMALL, eight_at, words_at};

/// Tells the hash of each word of four letters and more, without a plural ending, in the
/// order of the text.
#[inline]
pub(in crate::clean) fn each_long_word(text: &str, mut tell: impl FnMut(u64)) {
    let mut start = 0;
    while let Some((mut signs, n_bytes, is_ascii)) = words_at(text, start) {
        let mut end = start + n_bytes;
        if end < text.len() {
            // up to a word that goes on behind these bytes
            let open = (signs << (64 - n_bytes)).leading_ones() as usize;
            if open >= n_bytes {
                end = longest_end(text, end);
                let word = &text[start..end];
                tell(of_any(word.strip_suffix('s').unwrap_or(word)));
                start = end;
                continue;
            }
            end -= open;
            signs &= u64::MAX >> (64 - n_bytes + open);
        }
        let long = signs & signs >> 1 & signs >> 2 & signs >> 3;
        let mut heads = long & !(long << 1);
        while heads != 0 {
            let head = heads.trailing_zeros() as usize;
            heads &= heads - 1;
            let length = (!(signs >> head)).trailing_zeros() as usize;
            tell(of_word(text, start + head, start + head + length, is_ascii));
        }
        start = end;
    }
}

/// Where a word ends that goes on at `at` and fills all the bytes before it.
#[cold]
fn longest_end(text: &str, mut at: usize) -> usize {
    while let Some((signs, n_bytes, _)) = words_at(text, at) {
        let more = signs.trailing_ones() as usize;
        at += more.min(n_bytes);
        if more < n_bytes {
            break;
        }
    }
    at
}

/// The hash of the word from `start` to `end`; `is_ascii` where it surely is.
#[inline]
fn of_word(text: &str, start: usize, end: usize, is_ascii: bool) -> u64 {
    let length = end - start;
    match text.as_bytes().get(start..).and_then(<[u8]>::first_chunk::<8>) {
        // most words are that short
        Some(eight) if is_ascii && length <= 8 => {
            let length = length - usize::from(eight[length - 1] == b's');
            mixed(START, (u64::from_le_bytes(*eight) | SMALL) & LOWEST[length])
        }
        _ => of_other_word(text, start, end, is_ascii),
    }
}

/// The same of a word that is longer, at the end of the text or not ASCII.
#[inline(never)]
fn of_other_word(text: &str, start: usize, end: usize, is_ascii: bool) -> u64 {
    let bytes = text.as_bytes();
    // the plural
    let end = end - usize::from(bytes[end - 1] == b's');
    if is_ascii { of_ascii(bytes, start, end) } else { of_any(&text[start..end]) }
}

const START: u64 = 0x243f_6a88_85a3_08d3;

/// The hash of the letters and digits of ASCII from `start` to `end`, capitals read as
/// small letters.
fn of_ascii(text: &[u8], start: usize, end: usize) -> u64 {
    let (mut hash, mut at) = (START, start);
    while at < end {
        hash = mixed(hash, (eight_at(text, at) | SMALL) & LOWEST[(end - at).min(8)]);
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

/// Hashes of words in a set that does not hash them again.
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

    /// Adds `hash`; whether it is a new one.
    pub(in crate::clean) fn add(&mut self, hash: u64) -> bool {
        let known = self.count;
        self.of(hash) == known
    }

    /// The number of `hash`.
    #[inline]
    pub(in crate::clean) fn of(&mut self, hash: u64) -> u32 {
        let n_places = self.places.len();
        let place = self.place(hash);
        let found = &mut self.places[place];
        if found.1 == Self::FREE.1 {
            if self.count as usize * 2 >= n_places {
                self.grow();
                return self.of(hash);
            }
            *found = (hash, self.count);
            self.count += 1;
        }
        found.1
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

    fn long_words(text: &str) -> Vec<u64> {
        let mut words = Vec::new();
        each_long_word(text, |word| words.push(word));
        words
    }

    #[test]
    fn long_words_are_the_same_whatever_their_case_and_number() {
        let same = |one: &str, other: &str| {
            assert_eq!(long_words(one), long_words(other), "{one:?} {other:?}");
        };
        same("Ferries, and a crane’s ÉCOLE", "ferries crane école");
        same("the a of", "");
        same("GULL Gulls", "gull gull");
        same("port", "ports");
        assert_eq!(long_words("—Küste— ÜBERALL…").len(), 2);
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
            assert_eq!(long_words(one), long_words(other), "{one:?} {other:?}");
        }
        let all: WordSet = long_words("čest ćest chest chests1 chest1s").into_iter().collect();
        assert_eq!(all.len(), 5);
    }
}
