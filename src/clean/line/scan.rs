//! What the bytes of a text are: a bit for each, sixty-four at a time.
//!
//! Letters, capitals, digits and spaces are told from each other for eight bytes at
//! once, by arithmetic on the words they make; only what is not ASCII is looked at
//! character by character. Lines are counted and their words are hashed by these bits:
//! both are asked of every byte of an archive.
//!
//! Source: H. S. Warren, Hacker's Delight (2nd edition, 2012), chapters 2 and 6.
//!
//! Entry point: [`Block::at`].

/// What some bytes of a text are; bit `i` speaks of byte `start + i`.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Block {
    /// How many bytes it speaks of, at most 64: it ends with a character.
    pub(super) length: usize,
    /// All bytes of letters, and digits of ASCII.
    pub(super) signs: u64,
    /// The bytes of a letter behind its first.
    pub(super) tails: u64,
    /// First bytes of capital letters.
    pub(super) capitals: u64,
    /// Digits of ASCII.
    pub(super) digits: u64,
    /// Spaces, and the first bytes of white space that is not ASCII.
    pub(super) spaces: u64,
    /// All bytes of letters that are not ASCII.
    pub(super) foreign: u64,
    /// All bytes of numbers that are not ASCII.
    pub(super) numerals: u64,
    /// First bytes of ideographs and kana.
    pub(super) ideographs: u64,
}

impl Block {
    /// The bytes of `text` from `start`, which is a character's first; `None` at its end.
    #[inline]
    pub(super) fn at(text: &str, start: usize) -> Option<Self> {
        let mut block = Self::default();
        let beyond;
        (block.length, beyond) = eights(text, start, |eight, at| block.add(eight, at))?;
        if beyond != 0 {
            block.add_beyond_ascii(text, start, beyond);
        }
        Some(block)
    }

    /// The same, but only `length`, `signs` and `numerals`; and whether all of these are
    /// ASCII.
    #[inline]
    pub(super) fn words_at(text: &str, start: usize) -> Option<(Self, bool)> {
        let mut block = Self::default();
        let beyond;
        (block.length, beyond) = eights(text, start, |eight, at| {
            block.signs |= bits(letters_in(eight) | digits_in(eight)) << at;
        })?;
        if beyond != 0 {
            block.add_beyond_ascii(text, start, beyond);
        }
        Some((block, block.foreign | block.numerals == 0))
    }

    /// Adds eight bytes that stand at byte `at`.
    #[inline]
    fn add(&mut self, eight: u64, at: usize) {
        let (letters, digits) = (letters_in(eight), digits_in(eight));
        // the bit of small letters, moved to where the others are told
        let capitals = letters & !((eight & SMALL) << 2);
        let spaces = within::<b' ', b' '>(eight & SEVEN) & !eight;
        self.signs |= bits(letters | digits) << at;
        self.capitals |= bits(capitals) << at;
        self.digits |= bits(digits) << at;
        self.spaces |= bits(spaces) << at;
    }

    /// Adds the characters whose bytes are `beyond` ASCII.
    #[cold]
    fn add_beyond_ascii(&mut self, text: &str, start: usize, mut beyond: u64) {
        while beyond != 0 {
            let at = beyond.trailing_zeros() as usize;
            let c = text[start + at..].chars().next().unwrap_or(' ');
            let length = c.len_utf8();
            if at + length > 64 {
                self.length = at;
                break;
            }
            let (first, all) = (1 << at, ((1 << length) - 1) << at);
            beyond &= !all;
            if is_mark(c) {
                continue;
            }
            if c.is_alphabetic() {
                self.signs |= all;
                self.foreign |= all;
                self.tails |= all & !first;
                self.capitals |= if c.to_lowercase().next() == Some(c) { 0 } else { first };
                let kana = matches!(u32::from(c), 0x3040..=0x9FFF);
                self.ideographs |= if kana { first } else { 0 };
            } else if c.is_whitespace() {
                self.spaces |= first;
            } else if c.is_numeric() {
                self.numerals |= all;
            }
        }
    }
}

/// Whether `c` is a dash, a quotation mark or three dots, which is quicker to ask than
/// whether it is a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

const HIGHEST: u64 = every::<0x80>();

/// What small letters and digits of ASCII have and capitals lack.
pub(super) const SMALL: u64 = every::<0x20>();

/// Eight times the same byte.
#[inline]
const fn every<const BYTE: u8>() -> u64 {
    u64::from_le_bytes([BYTE; 8])
}

/// All but the highest bits of eight bytes.
const SEVEN: u64 = every::<0x7F>();

/// Which of eight bytes of seven bits lie from `FIRST` to `LAST`, by their highest bits.
#[inline]
fn within<const FIRST: u8, const LAST: u8>(bytes: u64) -> u64 {
    let reaches = bytes + const { 0x0101_0101_0101_0101 * (0x80 - FIRST) as u64 };
    let exceeds = bytes + const { 0x0101_0101_0101_0101 * (0x7F - LAST) as u64 };
    reaches & !exceeds & HIGHEST
}

/// The letters of ASCII among eight bytes, by their highest bits.
#[inline]
fn letters_in(eight: u64) -> u64 {
    within::<b'a', b'z'>(eight & SEVEN | SMALL) & !eight
}

/// The digits of ASCII among eight bytes, by their highest bits.
#[inline]
fn digits_in(eight: u64) -> u64 {
    within::<b'0', b'9'>(eight & SEVEN) & !eight
}

/// The white space of ASCII among eight bytes, by their highest bits.
#[inline]
fn gaps_in(eight: u64) -> u64 {
    let seven = eight & SEVEN;
    let control = within::<b'\t', b'\r'>(seven) & !within::<0x0B, 0x0B>(seven);
    (within::<b' ', b' '>(seven) | control) & !eight
}

/// Tells of the place of every white space of ASCII in `text`, in order.
#[inline]
pub(in crate::clean) fn each_gap(text: &str, mut gap: impl FnMut(usize)) {
    let mut start = 0;
    loop {
        let mut left = 0_u64;
        let read = eights(text, start, |eight, at| left |= bits(gaps_in(eight)) << at);
        let Some((length, _)) = read else { break };
        while left != 0 {
            gap(start + left.trailing_zeros() as usize);
            left &= left - 1;
        }
        start += length;
    }
}

/// Gives the bytes of `text` from `start`, eight at a time and with the place of the
/// first; how many there were, at most 64, and which of them are not ASCII.
#[inline]
fn eights(text: &str, start: usize, mut each: impl FnMut(u64, usize)) -> Option<(usize, u64)> {
    const MOST: usize = 64;
    let bytes = text.as_bytes().get(start..).filter(|bytes| !bytes.is_empty())?;
    let bytes = &bytes[..bytes.len().min(MOST)];
    let mut beyond = 0;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        beyond |= bits(eight & HIGHEST) << (index * 8);
        each(eight, index * 8);
    }
    if !rest.is_empty() {
        let at = eights.len() * 8;
        let eight = eight_at(text.as_bytes(), start + at);
        beyond |= bits(eight & HIGHEST) << at;
        each(eight, at);
    }
    Some((bytes.len(), beyond))
}

/// The highest bits of eight bytes, the first byte's lowest; all others are unset.
#[inline]
fn bits(highest: u64) -> u64 {
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Eight bytes of `text` from `at`; what lies behind its end is zero.
#[inline]
pub(super) fn eight_at(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(eight) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte))
}

/// The lowest `length` bytes of eight, at most all of them.
#[inline]
pub(super) fn lowest(length: usize) -> u64 {
    if length >= 8 { u64::MAX } else { (1 << (length * 8)) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_as_the_standard_library_tells_it() {
        let ascii: String = (0..128_u8).map(char::from).collect();
        let other = "é ß\u{a0}Ж²漢カ’…—٣\u{2009}😀ǅ";
        for text in [ascii.clone(), format!("{other}{ascii}{other}{other}"), other.repeat(9)] {
            let mut at = 0;
            while let Some(block) = Block::at(&text, at) {
                let piece = &text[at..at + block.length];
                for (index, c) in piece.char_indices() {
                    let is = |mask: u64| mask >> index & 1 == 1;
                    let sign = c.is_alphabetic() || c.is_ascii_digit();
                    assert_eq!(is(block.signs), sign, "{c:?}");
                    assert_eq!(is(block.digits), c.is_ascii_digit(), "{c:?}");
                    let capital = c.is_alphabetic() && c.to_lowercase().next() != Some(c);
                    assert_eq!(is(block.capitals), capital, "{c:?}");
                    let space = c == ' ' || !c.is_ascii() && c.is_whitespace();
                    assert_eq!(is(block.spaces), space, "{c:?}");
                    assert_eq!(is(block.signs | block.numerals), c.is_alphanumeric(), "{c:?}");
                    assert!(!is(block.tails), "{c:?}");
                }
                at += block.length;
            }
            assert_eq!(at, text.len());
        }
    }

    #[test]
    fn gaps_are_the_white_space_of_ascii() {
        let ascii: String = (0..128_u8).map(char::from).collect();
        for text in ["", " ", "a b", &ascii, &format!("\u{a0}\u{2009}{ascii}é {ascii}\u{a0}")] {
            let expected = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_whitespace());
            let expected: Vec<usize> = expected.map(|(at, _)| at).collect();
            let mut found = Vec::new();
            each_gap(text, |at| found.push(at));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn eight_bytes_are_read_up_to_the_end_and_beyond() {
        let text = b"0123456789";
        assert_eq!(eight_at(text, 1).to_le_bytes(), *b"12345678");
        assert_eq!(eight_at(text, 7).to_le_bytes(), *b"789\0\0\0\0\0");
        assert_eq!(eight_at(text, 12), 0);
        assert_eq!([lowest(0), lowest(1), lowest(8)], [0, 0xFF, u64::MAX]);
    }
}
