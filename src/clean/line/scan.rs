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

/// How much there is of up to 64 bytes of plain text: of ASCII, in which no mark stands
/// between a space and the word behind it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    /// Words.
    pub(super) words: u8,
    /// Words that begin with a capital.
    pub(super) capitalised: u8,
    pub(super) letters: u8,
    pub(super) capitals: u8,
    pub(super) digits: u8,
}

impl Counts {
    /// Bytes that are counted together.
    const SIZE: usize = 64;

    /// Counts what `text` has from `start` and says how many bytes it looked at; `None` at
    /// the end, and where this is no plain text. `gap` says whether a space stands before
    /// the next letter or digit, here and then behind these bytes.
    #[inline]
    pub(super) fn at(text: &str, start: usize, gap: &mut bool) -> Option<(Self, usize)> {
        let rest = text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        let mut window = [b' '; Self::SIZE + 1];
        let length = rest.len().min(Self::SIZE);
        window[0] = if *gap { b' ' } else { 0 };
        match rest.first_chunk::<{ Self::SIZE }>() {
            Some(whole) => window[1..].copy_from_slice(whole),
            None => window[1..=length].copy_from_slice(rest),
        }
        let counts = Self::of(&window)?;
        *gap = window[length] == b' ';
        Some((counts, length))
    }

    /// Counts all bytes but the first, which only stands before them.
    #[inline]
    fn of(window: &[u8; Self::SIZE + 1]) -> Option<Self> {
        let (mut counts, mut odd, mut any) = (Self::default(), 0, 0_u8);
        // without branches, so that many bytes are counted at once
        for at in 0..Self::SIZE {
            let (before, byte) = (window[at], window[at + 1]);
            let (gap, space) = (u8::from(before == b' '), u8::from(byte == b' '));
            let letter = u8::from(byte.is_ascii_alphabetic());
            let capital = u8::from(byte.is_ascii_uppercase());
            let digit = u8::from(byte.is_ascii_digit());
            counts.words += gap & (letter | digit);
            counts.capitalised += gap & capital;
            counts.letters += letter;
            counts.capitals += capital;
            counts.digits += digit;
            odd |= gap & !(letter | digit | space);
            any |= byte;
        }
        (odd == 0 && any.is_ascii()).then_some(counts)
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

/// The highest bits of eight bytes, the first byte's lowest; all others are unset.
#[inline]
fn bits(highest: u64) -> u64 {
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Eight bytes of `text` from `at`; what lies behind its end is zero.
#[inline]
pub(super) fn eight_at(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last_at(text, at),
    }
}

/// The same where less than eight bytes are left.
fn last_at(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match text.last_chunk::<8>() {
        // in two steps, for nothing may be left
        Some(last) => u64::from_le_bytes(*last) >> 8 >> (56 - rest.len() * 8),
        None => rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    }
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
    fn plain_text_is_counted_up_to_the_first_mark_behind_a_space() {
        let counts = |text: &str, mut gap: bool| {
            let found = Counts::at(text, 0, &mut gap);
            found.map(|(found, length)| {
                let Counts { words, capitalised, letters, capitals, digits } = found;
                ([words, capitalised, letters, capitals, digits], length, gap)
            })
        };
        for (text, gap, expected) in [
            ("Two ferries, 300 cars. ", true, Some(([4, 1, 14, 1, 3], 23, true))),
            ("s gone; NATO-led", false, Some(([2, 1, 12, 4, 0], 16, false))),
            (
                "a ferry of the harbour office which sails at night, and not by day",
                true,
                Some(([14, 0, 50, 0, 0], 64, false)),
            ),
            ("the (last) ferry", true, None),
            ("(the last) ferry", true, None),
            ("(the last) ferry", false, Some(([2, 0, 12, 0, 0], 16, false))),
            ("the é", true, None),
            ("", true, None),
        ] {
            assert_eq!(counts(text, gap), expected, "{text:?}");
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
        assert_eq!([eight_at(text, 10), eight_at(text, 12)], [0, 0]);
        assert_eq!(eight_at(b"012", 1).to_le_bytes(), *b"12\0\0\0\0\0\0");
        assert_eq!([lowest(0), lowest(1), lowest(8)], [0, 0xFF, u64::MAX]);
    }
}
