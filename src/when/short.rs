//! A date in figures, put together in place.

/// A date as it is written, put together without the machinery of formatting: an
/// archive writes millions of them.
#[derive(Debug, Default)]
pub(super) struct Short {
    bytes: [u8; 12],
    length: usize,
}

impl Short {
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
        let [.., tens, ones] = digits_of(number.into());
        self.push(&[b'-', tens, ones]);
    }

    pub(super) fn as_str(&self) -> &str {
        // Only ASCII was pushed.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// The last four decimal digits.
pub(super) fn digits_of(number: u16) -> [u8; 4] {
    let [low, high] = [number % 100, number / 100 % 100];
    [high / 10, high % 10, low / 10, low % 10].map(|digit| b'0' + digit.to_le_bytes()[0])
}
