//! A date in figures, put together in place. `9999-99-99%` is the longest there is.

use crate::text::Short;

/// `2022-11-07`
pub(super) fn day(year: u16, month: u8, day: u8) -> Short {
    let mut bytes = *b"0000-00-00\0\0\0\0\0\0";
    bytes[..4].copy_from_slice(&digits_of(year));
    bytes[5..7].copy_from_slice(&two_of(month));
    bytes[8..10].copy_from_slice(&two_of(day));
    Short::new(bytes, 10)
}

/// Appends what follows the year: a hyphen and two digits.
pub(super) fn push_part(text: &mut Short, number: u8) {
    let [tens, ones] = two_of(number);
    text.push(&[b'-', tens, ones]);
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
