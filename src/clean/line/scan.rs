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
        let is_ascii;
        (block.length, is_ascii) =
            eights(text.as_bytes(), start, |eight, at| block.add(eight, at))?;
        if !is_ascii {
            block.add_beyond_ascii(text, start);
        }
        Some(block)
    }

    /// The same, but only `length`, `signs` and `numerals`; and whether all of these are
    /// ASCII.
    #[inline]
    pub(super) fn words_at(text: &str, start: usize) -> Option<(Self, bool)> {
        let mut block = Self::default();
        let is_ascii;
        (block.length, is_ascii) = eights(text.as_bytes(), start, |eight, at| {
            block.signs |= bits((letters_in(eight) | digits_in(eight)) & ascii_in(eight)) << at;
        })?;
        if !is_ascii {
            block.add_beyond_ascii(text, start);
        }
        Some((block, block.foreign | block.numerals == 0))
    }

    /// Adds eight bytes that stand at byte `at`.
    #[inline]
    fn add(&mut self, eight: u64, at: usize) {
        let ascii = ascii_in(eight);
        let (letters, digits) = (letters_in(eight) & ascii, digits_in(eight) & ascii);
        // the bit of small letters, moved to where the others are told
        let capitals = letters & !(eight << 2);
        let spaces = within::<b' ', b' '>(eight & SEVEN) & ascii;
        self.signs |= bits(letters | digits) << at;
        self.capitals |= bits(capitals) << at;
        self.digits |= bits(digits) << at;
        self.spaces |= bits(spaces) << at;
    }

    /// Adds the characters that are not ASCII.
    #[cold]
    fn add_beyond_ascii(&mut self, text: &str, start: usize) {
        let mut beyond = 0;
        eights(text.as_bytes(), start, |eight, at| beyond |= bits(eight & HIGHEST) << at);
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

/// Eight bytes, letters of ASCII among them as small letters; what is neither such a letter
/// nor a digit is not to be asked of, unless it is not ASCII.
#[inline]
pub(super) fn in_lower_case(eight: u64) -> u64 {
    eight | SMALL & !((eight & HIGHEST) >> 2)
}

/// Eight times the same byte.
#[inline]
const fn every<const BYTE: u8>() -> u64 {
    u64::from_le_bytes([BYTE; 8])
}

/// All but the highest bits of eight bytes.
const SEVEN: u64 = every::<0x7F>();

/// Which of eight bytes of seven bits lie from `FIRST` to `LAST`, by their highest bits;
/// the others mean nothing.
#[inline]
fn within<const FIRST: u8, const LAST: u8>(bytes: u64) -> u64 {
    let reaches = bytes + const { 0x0101_0101_0101_0101 * (0x80 - FIRST) as u64 };
    let exceeds = bytes + const { 0x0101_0101_0101_0101 * (0x7F - LAST) as u64 };
    reaches & !exceeds
}

/// The bytes of ASCII among eight, by their highest bits.
#[inline]
fn ascii_in(eight: u64) -> u64 {
    !eight & HIGHEST
}

/// The letters of ASCII among eight bytes that are [ASCII](ascii_in), by their highest bits.
#[inline]
fn letters_in(eight: u64) -> u64 {
    within::<b'a', b'z'>(eight & SEVEN | SMALL)
}

/// The digits of ASCII among eight bytes that are [ASCII](ascii_in), by their highest bits.
#[inline]
fn digits_in(eight: u64) -> u64 {
    within::<b'0', b'9'>(eight & SEVEN)
}

/// Tells of the place of every white space of ASCII in `text`, in order.
#[inline]
pub(in crate::clean) fn each_gap(text: &str, mut gap: impl FnMut(usize)) {
    let (bytes, mut start) = (text.as_bytes(), 0);
    loop {
        let mut left = 0_u64;
        let read = eights(bytes, start, |eight, at| {
            left |= bits(within::<0, b' '>(eight & SEVEN) & ascii_in(eight)) << at;
        });
        let Some((length, _)) = read else { break };
        while left != 0 {
            let at = start + left.trailing_zeros() as usize;
            left &= left - 1;
            // not a control character, nor behind the end
            if bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                gap(at);
            }
        }
        start += length;
    }
}

/// The letters and digits among some bytes of a line, whatever its encoding; bit `i`
/// speaks of byte `start + i`.
pub(in crate::clean) struct Signs {
    /// How many bytes it speaks of, at most 64.
    pub(in crate::clean) length: usize,
    /// Letters of ASCII, and all bytes that are not ASCII.
    pub(in crate::clean) letters: u64,
    pub(in crate::clean) digits: u64,
}

impl Signs {
    /// Those of `line` from `start`; `None` at its end.
    #[inline]
    pub(in crate::clean) fn at(line: &[u8], start: usize) -> Option<Self> {
        let (mut letters, mut digits) = (0, 0);
        let (length, _) = eights(line, start, |eight, at| {
            letters |= bits((letters_in(eight) | eight) & HIGHEST) << at;
            digits |= bits(digits_in(eight) & ascii_in(eight)) << at;
        })?;
        Some(Self { length, letters, digits })
    }
}

/// Gives the bytes of `text` from `start`, eight at a time and with the place of the
/// first; how many there were, at most 64, and whether all of them are ASCII.
#[inline]
fn eights(text: &[u8], start: usize, mut each: impl FnMut(u64, usize)) -> Option<(usize, bool)> {
    const MOST: usize = 64;
    let bytes = text.get(start..).filter(|bytes| !bytes.is_empty())?;
    let bytes = &bytes[..bytes.len().min(MOST)];
    let mut any = 0;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        any |= eight;
        each(eight, index * 8);
    }
    if !rest.is_empty() {
        let at = eights.len() * 8;
        let eight = eight_at(text, start + at);
        any |= eight;
        each(eight, at);
    }
    Some((bytes.len(), any & HIGHEST == 0))
}

/// Hands over the first bit and the number of bits of each run of bits, from the lowest.
#[inline]
pub(in crate::clean) fn each_run(mut left: u64, mut run: impl FnMut(usize, usize)) {
    while left != 0 {
        let head = left.trailing_zeros();
        let length = (!(left >> head)).trailing_zeros();
        // what is added to the first of a run carries behind it
        left &= left.wrapping_add(1 << head);
        run(head as usize, length as usize);
    }
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
    if let Some(last) = text.last_chunk::<8>() {
        // in two steps, for nothing may be left
        return u64::from_le_bytes(*last) >> 8 >> (56 - rest.len() * 8);
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
    fn runs_of_bits_are_told_from_the_lowest() {
        for (bits, expected) in [
            (0, vec![]),
            (0b1_0110, vec![(1, 2), (4, 1)]),
            (u64::MAX, vec![(0, 64)]),
            (1 << 63 | 1, vec![(0, 1), (63, 1)]),
        ] {
            let mut runs = Vec::new();
            each_run(bits, |start, length| runs.push((start, length)));
            assert_eq!(runs, expected, "{bits:b}");
        }
    }

    #[test]
    fn letters_and_digits_of_a_line_are_told_in_any_encoding() {
        let line: Vec<u8> = (0..=255).collect();
        for (start, length) in [(0, 64), (64, 64), (128, 64), (250, 6)] {
            let signs = Signs::at(&line, start).unwrap();
            assert_eq!(signs.length, length);
            for (at, byte) in line[start..start + length].iter().enumerate() {
                let is = |mask: u64| mask >> at & 1 == 1;
                let is_letter = byte.is_ascii_alphabetic() || !byte.is_ascii();
                assert_eq!(
                    [is(signs.letters), is(signs.digits)],
                    [is_letter, byte.is_ascii_digit()]
                );
            }
        }
        assert!(Signs::at(&line, 256).is_none());
    }

    #[test]
    fn eight_bytes_are_read_up_to_the_end_and_beyond() {
        let text = b"0123456789";
        assert_eq!(eight_at(text, 1).to_le_bytes(), *b"12345678");
        assert_eq!(eight_at(text, 7).to_le_bytes(), *b"789\0\0\0\0\0");
        assert_eq!([eight_at(text, 10), eight_at(text, 12)], [0, 0]);
        assert_eq!(eight_at(b"012", 1).to_le_bytes(), *b"12\0\0\0\0\0\0");
        assert_eq!([lowest(0), lowest(1), lowest(8)], [0, 0xFF, u64::MAX]);
    }
}
