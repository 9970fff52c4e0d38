//! What a line looks like, whatever it says.
//!
//! A text goes in; how many words, letters, capitals and digits it has and how it ends
//! come out. One pass over its bytes: this is asked of every line. The print by which a
//! line is known again costs another, and few lines need it ([`print`]).
//!
//! Entry point: [`Shape::of`].

use super::scan::{Block, Counts, SMALL, eight_at};
use super::words::mixed;

/// How a unit of text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean) enum Ending {
    /// With a full stop, a question or exclamation mark, perhaps quoted.
    Sentence,
    /// With three dots.
    Ellipsis,
    /// With a colon.
    Colon,
    /// Any other way.
    Open,
}

/// What a line looks like, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean) struct Shape {
    /// Words; two ideographs count as one.
    pub(in crate::clean) words: usize,
    /// Words that begin with a capital.
    pub(in crate::clean) capitalised: usize,
    /// Letters.
    pub(in crate::clean) letters: usize,
    /// Capital letters.
    pub(in crate::clean) capitals: usize,
    /// Digits.
    pub(in crate::clean) digits: usize,
    /// How it ends.
    pub(in crate::clean) ending: Ending,
}

impl Shape {
    /// Whether it is long enough to be prose and ends as a sentence does.
    pub(in crate::clean) fn is_prose(&self) -> bool {
        self.words >= 8 && self.ending == Ending::Sentence
    }

    /// What `text` looks like.
    pub(in crate::clean) fn of(text: &str) -> Self {
        let mut shape = Self {
            words: 0,
            capitalised: 0,
            letters: 0,
            capitals: 0,
            digits: 0,
            ending: ending(text),
        };
        let count = |bits: u64| bits.count_ones() as usize;
        let (mut start, mut gap, mut ideographs) = (0, true, 0);
        loop {
            if let Some((counts, length)) = Counts::at(text, start, &mut gap) {
                shape.words += usize::from(counts.words);
                shape.capitalised += usize::from(counts.capitalised);
                shape.letters += usize::from(counts.letters);
                shape.capitals += usize::from(counts.capitals);
                shape.digits += usize::from(counts.digits);
                start += length;
                continue;
            }
            let Some(block) = Block::at(text, start) else { break };
            // A space carries over to the next letter or digit: a mark before the word
            // does not hide its capital. Behind the block it carries into the next one.
            let (sum, carried) = (!block.signs).carrying_add(block.spaces, gap);
            gap = carried;
            let heads = sum & block.signs & !block.tails;
            shape.words += count(heads);
            shape.capitalised += count(heads & block.capitals);
            shape.letters += count(block.signs & !block.tails & !block.digits);
            shape.capitals += count(block.capitals);
            shape.digits += count(block.digits);
            ideographs += count(block.ideographs);
            start += block.length;
        }
        shape.words += ideographs / 2;
        shape
    }
}

/// A hash of the letters and digits of `text` in lower case: equal for repeated lines.
pub(super) fn print(text: &str) -> u64 {
    let mut print = Print::default();
    let mut start = 0;
    while let Some(block) = Block::at(text, start) {
        print.add(text, start, &block);
        start += block.length;
    }
    print.finish()
}

/// A hash of letters and digits in lower case, whatever stands between them.
struct Print {
    hash: u64,
    /// Bytes that are not hashed yet, the first lowest, and how many.
    eight: u64,
    length: usize,
}

impl Default for Print {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, eight: 0, length: 0 }
    }
}

impl Print {
    /// Adds the letters and digits of a block that stands at `start`.
    #[inline]
    fn add(&mut self, text: &str, start: usize, block: &Block) {
        let bytes = text.as_bytes();
        let mut left = block.signs;
        while left != 0 {
            let head = left.trailing_zeros() as usize;
            let length = (!(left >> head)).trailing_zeros() as usize;
            // what is added to the first of a run carries behind it
            let others = left & left.wrapping_add(1 << head);
            let run = std::mem::replace(&mut left, others) ^ others;
            let (mut at, end) = (start + head, start + head + length);
            if run & block.foreign == 0 {
                while at < end {
                    self.push(eight_at(bytes, at) | SMALL, (end - at).min(8));
                    at += 8;
                }
            } else {
                for c in text[at..end].chars() {
                    let mut lower = [0; 8];
                    let c = c.to_lowercase().next().unwrap_or(c);
                    let length = c.encode_utf8(&mut lower).len();
                    self.push(u64::from_le_bytes(lower), length);
                }
            }
        }
    }

    /// Adds the lowest `length` bytes of `eight`, from one to all of them.
    #[inline]
    fn push(&mut self, eight: u64, length: usize) {
        let eight = eight << ((8 - length) * 8) >> ((8 - length) * 8);
        let bits = self.length * 8;
        self.eight |= eight << bits;
        self.length += length;
        if self.length >= 8 {
            self.hash = mixed(self.hash, self.eight);
            self.length -= 8;
            // what had no room; in two steps, for it may be nothing
            self.eight = eight >> 1 >> (63 - bits);
        }
    }

    fn finish(self) -> u64 {
        mixed(mixed(self.hash, self.eight), self.length as u64)
    }
}

/// How `text` ends, closing marks aside.
pub(super) fn ending(text: &str) -> Ending {
    let bare = text.trim_end_matches(['"', '\'', '’', '”', '“', '»', '«', ')', ']', ' ', '*', '_']);
    if bare.ends_with("...") || bare.ends_with('…') {
        return Ending::Ellipsis;
    }
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।') => Ending::Sentence,
        Some(':') => Ending::Colon,
        _ if text.ends_with(['"', '”', '»', '“']) => Ending::Sentence,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_see_through_closing_marks() {
        for (text, expected) in [
            ("He left.", Ending::Sentence),
            ("“He left.”", Ending::Sentence),
            ("and then...", Ending::Ellipsis),
            ("Among them:", Ending::Colon),
            ("Top stories", Ending::Open),
        ] {
            assert_eq!(ending(text), expected, "{text:?}");
        }
    }

    #[test]
    fn words_and_letters_are_counted_in_any_script() {
        for (text, words, capitalised, letters, capitals, digits) in [
            ("Two ferries, 300 cars.", 4, 1, 14, 1, 3),
            ("(“The quay’s crane”)", 3, 1, 13, 1, 0),
            ("ÜBER Đurđevac", 2, 2, 12, 5, 0),
            ("渡船が港に着いた", 5, 0, 8, 0, 0),
            ("— … —", 0, 0, 0, 0, 0),
        ] {
            let shape = Shape::of(text);
            let found =
                (shape.words, shape.capitalised, shape.letters, shape.capitals, shape.digits);
            assert_eq!(found, (words, capitalised, letters, capitals, digits), "{text:?}");
        }
    }

    #[test]
    fn a_print_is_of_letters_and_digits_whatever_their_case() {
        assert_eq!(print("The Ferry – of 9 o’clock"), print("the ferry of: 9 O'CLOCK!"));
        assert_eq!(print("e-mail"), print("Email"));
        assert_ne!(print("The ferry of 9"), print("The ferry of 8"));
        assert_ne!(print("abcdefgh"), print("abcdefghi"));
        // what differs at its end alone is not repeated, however long it is
        let long = "The ferry to the islands sails again. ".repeat(9);
        assert_ne!(print(&format!("{long} on 3 May")), print(&format!("{long} on 4 May")));
    }
}
