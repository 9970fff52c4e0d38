//! Different words, each by a number.
//!
//! In come the words of a text, one after another; each is given the number that it was
//! given before, or the next one. A reader may ask why there is a table of our own beside
//! `vocabulary`: there a fixed list is looked up that knows the words of a text in any
//! case; here every word is kept, and a text that has only been folded need not be read
//! word by word: sixteen bytes from a word's first on are one number, of which those
//! behind the word are cut off.
//!
//! Start at [`Numbers::number`].

use rustc_hash::FxHashMap;

use crate::text::Span;

/// Bytes of the longest word that is compared as a number.
pub(super) const SHORT: usize = 16;

/// A word of at most sixteen bytes, the first byte lowest. No word is 0.
pub(super) type Short = u128;

/// The words of a text, each with a number from 0, in order of first use.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// By number; 0 for a long word.
    words: Vec<Short>,
    /// One more than the number of each short word, at the first free slot from its hash on;
    /// 0 where none is. A power of two, and at most half of them taken.
    slots: Vec<u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Numbers {
    /// None yet; there is room for `n`.
    pub(crate) fn new(n: usize) -> Self {
        let slots = vec![0; (2 * n).next_power_of_two()];
        Self { words: Vec::with_capacity(n), slots, long: FxHashMap::default() }
    }

    /// The number of a word that is known beforehand.
    pub(super) fn number_short(&mut self, short: Short) -> u32 {
        let slot = self.slot(short);
        self.slots[slot].checked_sub(1).unwrap_or_else(|| self.put(short, slot))
    }

    /// Gives the next number to a short word whose slot is free.
    fn put(&mut self, short: Short, slot: usize) -> u32 {
        let number = self.next(short);
        self.slots[slot] = number + 1;
        if 2 * self.words.len() > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The number of the word that stands at `word` in `text`: the next one for a new word.
    #[inline]
    pub(crate) fn number(&mut self, text: &str, word: Span) -> u32 {
        match short_at(text.as_bytes(), word) {
            Some(short) => self.number_short(short),
            None => self.number_long(word.of(text)),
        }
    }

    /// The same of a word that is short and of ASCII, where it has a number already or
    /// `is_word` says that it may be given one; else `None`.
    #[inline]
    pub(super) fn number_plain(
        &mut self,
        text: &str,
        word: Span,
        is_word: impl FnOnce(&str) -> bool,
    ) -> Option<u32> {
        const TOPS: Short = Short::from_ne_bytes([0x80; SHORT]);
        let short = short_at(text.as_bytes(), word).filter(|short| short & TOPS == 0)?;
        let slot = self.slot(short);
        let known = self.slots[slot].checked_sub(1);
        known.or_else(|| is_word(word.of(text)).then(|| self.put(short, slot)))
    }

    fn number_long(&mut self, word: &str) -> u32 {
        if let Some(number) = self.long.get(word) {
            return *number;
        }
        let number = self.next(0);
        self.long.insert(word.into(), number);
        number
    }

    fn next(&mut self, short: Short) -> u32 {
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(short);
        number
    }

    /// Where a short word is, or where it would be.
    #[inline]
    fn slot(&self, short: Short) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = hash(short) & last;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            if self.words[number as usize] == short {
                break;
            }
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; 2 * self.slots.len()];
        for number in 0..self.words.len() {
            let short = self.words[number];
            if short != 0 {
                let slot = self.slot(short);
                self.slots[slot] = u32::try_from(number + 1).unwrap_or(u32::MAX);
            }
        }
    }
}

/// A word as a number.
///
/// # Panics
///
/// Where it has no byte or more than sixteen.
pub(super) const fn short(word: &str) -> Short {
    let bytes = word.as_bytes();
    assert!(!bytes.is_empty() && bytes.len() <= SHORT);
    let mut short = 0;
    let mut at = bytes.len();
    while at > 0 {
        at -= 1;
        short = short << 8 | bytes[at] as Short;
    }
    short
}

/// The word at `word`; `None` where it is longer than sixteen bytes.
#[inline]
fn short_at(text: &[u8], word: Span) -> Option<Short> {
    /// By length: all bits of so many bytes.
    const LOWEST: [Short; SHORT + 1] = {
        let mut lowest = [0; SHORT + 1];
        let mut length = 1;
        while length <= SHORT {
            lowest[length] = lowest[length - 1] << 8 | 0xFF;
            length += 1;
        }
        lowest
    };
    let lowest = LOWEST.get(word.range().len())?;
    let rest = &text[word.start as usize..];
    let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; SHORT];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    });
    Some(Short::from_le_bytes(bytes) & lowest)
}

/// A number that hardly any two words share.
///
/// Source: the multiplication of both halves is that of `wyhash` (Wang Yi, 2019).
#[inline]
fn hash(short: Short) -> usize {
    const EIGHT: Short = u64::MAX as Short;
    let (head, tail) = (short & EIGHT, short >> 64);
    let product = (head ^ 0xa076_1d64_78bd_642f) * (tail ^ 0xe703_7ed1_a0b4_28db);
    usize::try_from((product ^ product >> 64) & EIGHT).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number() {
        let mut numbers = Numbers::new(1);
        numbers.number_short(short("the"));
        let words = ["a", "the", "sixteen-letters-", "seventeen-letters", "東", "an", "a"];
        let text = words.join(" ");
        for _ in 0..2 {
            let mut at = 0;
            let found = words.map(|word| {
                let span = Span::new(at, at + word.len());
                at = span.range().end + 1;
                numbers.number(&text, span)
            });
            assert_eq!(found, [1, 0, 2, 3, 4, 5, 1]);
        }
        let mut plain = |start, end| numbers.number_plain(&text, Span { start, end }, |_| false);
        assert_eq!([plain(0, 1), plain(2, 5), plain(0, 5)], [Some(1), Some(0), None]);
        let long = text.find("seventeen").unwrap();
        let long = Span::new(long, long + words[3].len());
        assert_eq!(numbers.number_plain(&text, long, |_| true), None);
    }

    #[test]
    fn many_words_have_each_their_own() {
        let text: Vec<String> = (0..5_000).map(|n| format!("word{n}")).collect();
        let mut numbers = Numbers::new(4);
        for _ in 0..2 {
            for (n, word) in (0..).zip(&text) {
                assert_eq!(numbers.number(word, Span::new(0, word.len())), n);
            }
        }
    }
}
