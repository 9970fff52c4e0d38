//! A date in figures, put together in place.

/// A date as it is written, put together without the machinery of formatting: an
/// archive writes millions of them.
///
/// Its bytes stand where words of the machine do, and what is not written is zeros: so
/// that they are text is seen at two looks, not byte by byte.
#[derive(Debug, Default)]
#[repr(align(16))]
pub(super) struct Short {
    bytes: [u8; 16],
    length: usize,
}

impl Short {
    /// `2022-11-07`
    pub(super) fn day(year: u16, month: u8, day: u8) -> Self {
        let mut bytes = *b"0000-00-00\0\0\0\0\0\0";
        bytes[..4].copy_from_slice(&digits_of(year));
        bytes[5..7].copy_from_slice(&two_of(month));
        bytes[8..10].copy_from_slice(&two_of(day));
        Self { bytes, length: 10 }
    }

    /// Appends ASCII; `9999-99-99%` is the longest there is.
    pub(super) fn push(&mut self, ascii: &[u8]) {
        self.bytes[self.length..self.length + ascii.len()].copy_from_slice(ascii);
        self.length += ascii.len();
    }

    /// Appends a year: four digits.
    pub(super) fn year(&mut self, year: u16) {
        self.push(&digits_of(year));
    }

    /// Appends what follows the year: a hyphen and two digits.
    pub(super) fn part(&mut self, number: u8) {
        let [tens, ones] = two_of(number);
        self.push(&[b'-', tens, ones]);
    }

    pub(super) fn as_str(&self) -> &str {
        // Only ASCII was pushed.
        let all = std::str::from_utf8(&self.bytes).unwrap_or_default();
        all.get(..self.length).unwrap_or_default()
    }
}

/// The digits of every number below a hundred.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut number = 0;
    while number < 100_u8 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

/// The last two decimal digits.
fn two_of(number: u8) -> [u8; 2] {
    PAIRS[usize::from(number % 100)]
}

/// The last four decimal digits.
pub(super) fn digits_of(number: u16) -> [u8; 4] {
    let [low, high] = [number % 100, number / 100 % 100].map(|pair| PAIRS[usize::from(pair)]);
    [high[0], high[1], low[0], low[1]]
}
