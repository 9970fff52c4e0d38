//! What the bytes of a text are: a bit for each, sixty-four at a time.
//!
//! What is asked of every byte of an archive is asked of many at once, without branches;
//! the bits that come out lead to the few places that matter. Only what is not ASCII is
//! looked at character by character. Lines are counted and their words are hashed by
//! these bits.
//!
//! Entry points: [`Block::at`], [`each_place`].

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
        let mut room = [0; ROOM];
        let (window, length) = window_at(text.as_bytes(), start, &mut room)?;
        let mut block = Self {
            length,
            signs: told(window, |[byte, _]| byte.is_ascii_alphanumeric()),
            capitals: told(window, |[byte, _]| byte.is_ascii_uppercase()),
            digits: told(window, |[byte, _]| byte.is_ascii_digit()),
            spaces: told(window, |[byte, _]| byte == b' '),
            ..Self::default()
        };
        if !window.is_ascii() {
            block.add_beyond_ascii(text, start, window);
        }
        Some(block)
    }

    /// Adds the characters that are not ASCII.
    #[cold]
    fn add_beyond_ascii(&mut self, text: &str, start: usize, window: &[u8; ROOM]) {
        let mut beyond = told(window, |[byte, _]| !byte.is_ascii());
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

/// Which bytes of `text` from `start`, a character's first, belong to words: a bit for each
/// letter, digit and number, how many bytes that speaks of, and whether those of words are
/// all ASCII; `None` at its end.
#[inline]
pub(super) fn words_at(text: &str, start: usize) -> Option<(u64, usize, bool)> {
    let mut room = [0; ROOM];
    let (window, length) = window_at(text.as_bytes(), start, &mut room)?;
    if window.is_ascii() {
        return Some((told(window, |[byte, _]| byte.is_ascii_alphanumeric()), length, true));
    }
    let Block { length, signs, foreign, numerals, .. } = Block::at(text, start)?;
    Some((signs | numerals, length, foreign | numerals == 0))
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
    /// Counts what `text` has from `start` and says how many bytes it looked at; `None` at
    /// the end, and where this is no plain text. `gap` says whether a space stands before
    /// the next letter or digit, here and then behind these bytes.
    #[inline]
    pub(super) fn at(text: &str, start: usize, gap: &mut bool) -> Option<(Self, usize)> {
        let rest = text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        let mut window = [b' '; SIZE + 1];
        let length = rest.len().min(SIZE);
        window[0] = if *gap { b' ' } else { 0 };
        match rest.first_chunk::<{ SIZE }>() {
            Some(whole) => window[1..].copy_from_slice(whole),
            None => window[1..=length].copy_from_slice(rest),
        }
        let counts = Self::of(&window)?;
        *gap = window[length] == b' ';
        Some((counts, length))
    }

    /// Counts all bytes but the first, which only stands before them.
    #[inline]
    fn of(window: &[u8; SIZE + 1]) -> Option<Self> {
        let (mut counts, mut odd, mut any) = (Self::default(), 0, 0_u8);
        // without branches, so that many bytes are counted at once
        for at in 0..SIZE {
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

/// Bytes that are looked at together.
const SIZE: usize = 64;

/// The same with one more, which is only looked at beside the one before it.
const ROOM: usize = SIZE + 1;

/// The bytes of `text` from `start`, zeros behind its end, and how many there are up to
/// [`SIZE`]. `room` is where the last of them are put.
#[inline]
fn window_at<'a>(
    text: &'a [u8],
    start: usize,
    room: &'a mut [u8; ROOM],
) -> Option<(&'a [u8; ROOM], usize)> {
    let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
    if let Some(window) = rest.first_chunk() {
        return Some((window, SIZE));
    }
    *room = [0; ROOM];
    room[..rest.len()].copy_from_slice(rest);
    Some((room, rest.len().min(SIZE)))
}

/// A bit for each byte of which `is` is true, by it and the one behind it.
#[inline]
fn told(window: &[u8; ROOM], is: impl Fn([u8; 2]) -> bool) -> u64 {
    // without branches, many bytes at a time
    let bytes: [u8; SIZE] = std::array::from_fn(|at| u8::from(is([window[at], window[at + 1]])));
    let (eights, _) = bytes.as_chunks::<8>();
    // the product has the lowest bits of all eight bytes in its highest byte
    let bits =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight))
}

/// Tells, in order, of every place in `text` of whose byte and the one behind it `is` is
/// true. Behind the end there is a zero.
#[inline]
pub(in crate::clean) fn each_place(
    text: &[u8],
    is: impl Fn([u8; 2]) -> bool,
    mut tell: impl FnMut(usize),
) {
    let (mut start, mut room) = (0, [0; ROOM]);
    while let Some((window, length)) = window_at(text, start, &mut room) {
        let mut left = told(window, &is) & u64::MAX >> (SIZE - length);
        while left != 0 {
            tell(start + left.trailing_zeros() as usize);
            left &= left - 1;
        }
        start += length;
    }
}

/// What small letters and digits of ASCII have and capitals lack.
pub(super) const SMALL: u64 = u64::from_le_bytes([0x20; 8]);

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

/// The lowest bytes of eight, by how many they are.
pub(super) static LOWEST: [u64; 9] = {
    let (mut lowest, mut length) = ([0; 9], 1);
    while length < 9 {
        lowest[length] = lowest[length - 1] << 8 | 0xFF;
        length += 1;
    }
    lowest
};

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
    fn places_are_told_by_their_bytes_and_those_behind_them() {
        let is = |[byte, next]: [u8; 2]| byte == b'a' && next != b'b';
        for text in ["", "a", "ab", "aab", "aba"] {
            for n in 0..70 {
                let text = [&"-".repeat(n), text, &"a".repeat(n)].concat();
                let bytes = [text.as_bytes(), &[0]].concat();
                let mut expected: Vec<usize> = (0..text.len()).collect();
                expected.retain(|at| is([bytes[*at], bytes[at + 1]]));
                let mut found = Vec::new();
                each_place(text.as_bytes(), is, |at| found.push(at));
                assert_eq!(found, expected, "{text:?}");
            }
        }
    }

    #[test]
    fn eight_bytes_are_read_up_to_the_end_and_beyond() {
        let text = b"0123456789";
        assert_eq!(eight_at(text, 1).to_le_bytes(), *b"12345678");
        assert_eq!(eight_at(text, 7).to_le_bytes(), *b"789\0\0\0\0\0");
        assert_eq!([eight_at(text, 10), eight_at(text, 12)], [0, 0]);
        assert_eq!(eight_at(b"012", 1).to_le_bytes(), *b"12\0\0\0\0\0\0");
        assert_eq!([LOWEST[0], LOWEST[1], LOWEST[8]], [0, 0xFF, u64::MAX]);
    }
}
