//! Numbers as text that stands in a script as it is and compresses well.
//!
//! A digit is one of ninety printable ASCII characters; the lower half ends a
//! number, the upper half says that another digit follows. Small numbers, which
//! is what differences are, take one character, and equal numbers look equal
//! wherever they stand, which is what a compressor wants: base 64 over bytes
//! gives both away.

/// Printable ASCII but for the space and the four characters that a string of a
/// script and the records of a file are made with: `"`, `\`, `|` and `~`.
const DIGITS: [u8; 90] =
    *b"!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{}";
/// How many digits end a number.
const HALF: u32 = 45;

/// Ends a record.
pub(super) const RECORD: char = '~';
/// Ends a part of a record.
pub(super) const PART: char = '|';

/// Appends `number`, its lowest digit first.
pub(super) fn push(mut number: u32, into: &mut String) {
    while number >= HALF {
        into.push(digit(HALF + number % HALF));
        number /= HALF;
    }
    into.push(digit(number));
}

/// A number below ninety as one character.
pub(super) fn digit(number: u32) -> char {
    char::from(DIGITS[number as usize % DIGITS.len()])
}

/// Appends an ascending list without repetition as differences, less one.
pub(super) fn push_list(numbers: impl IntoIterator<Item = u32>, into: &mut String) {
    let mut next = 0;
    for number in numbers {
        push(number - next, into);
        next = number + 1;
    }
}

/// Begins a list that is written in another way than most: no digit.
pub(super) const MARK: char = ' ';
/// The highest digit.
pub(super) const MOST: u32 = 89;
/// Bits in a character.
const SIX: u32 = 6;

/// Appends an ascending list of numbers below `n` without repetition: as
/// [`push_list`] does, or, of more than every fourth number, as one bit for each
/// number below `n`, which is as short as such a list can be.
pub(super) fn push_set(numbers: impl ExactSizeIterator<Item = u32>, n: usize, into: &mut String) {
    if numbers.len() <= n / 4 {
        return push_list(numbers, into);
    }
    into.push(MARK);
    let (mut bits, mut from) = (0, 0);
    for number in numbers {
        while number >= from + SIX {
            into.push(digit(bits));
            (bits, from) = (0, from + SIX);
        }
        bits |= 1 << (number - from);
    }
    into.push(digit(bits));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads what [`push`] wrote, as the script does.
    fn numbers(text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let (mut number, mut unit) = (0, 1);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte).unwrap();
            let digit = u32::try_from(digit).unwrap();
            number += (digit % HALF) * unit;
            if digit < HALF {
                numbers.push(number);
                (number, unit) = (0, 1);
            } else {
                unit *= HALF;
            }
        }
        numbers
    }

    #[test]
    fn what_is_written_is_read_back() {
        let all = [0, 1, 44, 45, 46, 2024, 2025, 2026, 91_125, 1_000_000, u32::MAX / 2];
        let mut text = String::new();
        for number in all {
            push(number, &mut text);
        }
        assert_eq!(numbers(&text), all);
        let mut list = String::new();
        push_list([3, 4, 10], &mut list);
        assert_eq!(numbers(&list), [3, 0, 5]);
    }

    #[test]
    fn a_list_of_every_fourth_number_and_more_is_bits() {
        let text = |numbers: &[u32], n| {
            let mut text = String::new();
            push_set(numbers.iter().copied(), n, &mut text);
            text
        };
        assert_eq!(text(&[3, 4, 10], 20), "%!'", "as differences");
        for numbers in [&[0, 1, 2, 3][..], &[5, 6, 11, 14], &[0, 7, 9, 12, 13]] {
            let written = text(numbers, 15);
            let bits = written.strip_prefix(MARK).unwrap();
            let value = |byte| DIGITS.iter().position(|digit| *digit == byte).unwrap();
            let read: Vec<u32> = (0..18)
                .filter(|n| {
                    bits.as_bytes().get(n / 6).is_some_and(|at| value(*at) >> (n % 6) & 1 == 1)
                })
                .map(|n| u32::try_from(n).unwrap())
                .collect();
            assert_eq!(read, numbers);
        }
    }

    #[test]
    fn no_digit_needs_escaping() {
        let mut digits = DIGITS.to_vec();
        digits.sort_unstable();
        digits.dedup();
        assert_eq!(digits.len(), DIGITS.len());
        assert!(!DIGITS.iter().any(|digit| b" \"\\|~".contains(digit)), "nor is one a mark");
    }
}
