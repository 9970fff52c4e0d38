//! Texts as numbers, and numbers as short names.
//!
//! Anchors and short addresses are made from the hash of a text; they stand in links of
//! others, so neither the hash nor its digits may ever change.

use super::Short;

/// A short name for a text that survives edits elsewhere: `digits` lower-case
/// base-32 digits (at most 12) of its [`hash`].
pub fn short_hash(text: &str, digits: usize) -> String {
    self::digits("", hash(text), digits).as_str().to_owned()
}

/// A text's hash, the same on every machine and for ever; white space is folded.
/// Not for secrets: whoever wants two texts with one hash can find them.
///
/// Source: FNV-1a, 64 bits (RFC 9923), with the finaliser of `SplitMix64`, so that
/// every part of it is as good as the whole.
pub fn hash(text: &str) -> u64 {
    let text = text.trim_ascii().as_bytes();
    if !may_have_gaps(text) {
        return finish(text.iter().fold(BASIS, |hash, byte| step(hash, *byte)));
    }
    let mut hash = BASIS;
    let mut follows_gap = false;
    for byte in text {
        let is_gap = byte.is_ascii_whitespace();
        if !(is_gap && follows_gap) {
            hash = step(hash, if is_gap { b' ' } else { *byte });
        }
        follows_gap = is_gap;
    }
    finish(hash)
}

/// The [`hash`] of each of two texts. Every step of one waits for the step before: those of
/// two are done at once.
pub fn hash_two(a: &str, b: &str) -> (u64, u64) {
    let (one, other) = (a.trim_ascii().as_bytes(), b.trim_ascii().as_bytes());
    if may_have_gaps(one) || may_have_gaps(other) {
        return (hash(a), hash(b));
    }
    let n = one.len().min(other.len());
    let mut hashes = (BASIS, BASIS);
    for (byte, beside) in one[..n].iter().zip(&other[..n]) {
        hashes = (step(hashes.0, *byte), step(hashes.1, *beside));
    }
    let rest = |hash, text: &[u8]| text[n..].iter().fold(hash, |hash, byte| step(hash, *byte));
    (finish(rest(hashes.0, one)), finish(rest(hashes.1, other)))
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Whether there may be white space but for single spaces: hardly any text has it, and this
/// is told of many bytes at once.
pub(super) fn may_have_gaps(text: &[u8]) -> bool {
    let Some((_, behind)) = text.split_first() else { return false };
    let is_gap = |a: u8, b: u8| u8::from(b < b' ') | u8::from((a | b) == b' ');
    text.iter().zip(behind).fold(0, |any, (a, b)| any | is_gap(*a, *b)) != 0
}

/// `prefix` and the lowest `digits` base-32 digits of `number`, at most 12, lowest first.
/// The prefix is ASCII and leaves room for them.
pub fn digits(prefix: &str, number: u64, digits: usize) -> Short {
    const ALPHABET: [u8; 32] = *b"abcdefghijklmnopqrstuvwxyz234567";
    let mut name = Short::default();
    name.push(prefix.as_bytes());
    for digit in 0..digits.min(12) {
        name.push(&[ALPHABET[(number >> (5 * digit) & 31) as usize]]);
    }
    name
}

/// Reads what [`digits`] wrote: at most 12 base-32 digits. `None` for
/// anything else.
pub fn read_digits(digits: &str) -> Option<u64> {
    if digits.is_empty() || digits.len() > 12 {
        return None;
    }
    digits.bytes().rev().try_fold(0, |number, digit| {
        let value = match digit {
            b'a'..=b'z' => digit - b'a',
            b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        Some(number << 5 | u64::from(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_folds_white_space_and_is_the_same_beside_another() {
        let texts = ["", "a", "Mara Lindqvist resigned.", "a b c", "x y\u{a0} z\u{1}!"];
        for (text, same) in [("a b c", " a  b\n\tc "), ("a b c", "a\tb c\r\n"), ("", " \n")] {
            assert_eq!(hash(text), hash(same), "{same:?}");
        }
        assert_eq!(hash("a b c"), 0x0a12_0dbc_a75f_f1ce);
        for one in texts {
            for other in texts.into_iter().chain(["a  b", " c\n"]) {
                assert_eq!(hash_two(one, other), (hash(one), hash(other)), "{one:?} {other:?}");
            }
        }
    }
}
