//! Text as bytes, as code points and as words.
//!
//! Everything above speaks of text in byte [`Span`]s; what leaves the program
//! counts Unicode code points ([`CodePoints`]). Matching folds case and
//! diacritics ([`fold`]); addresses are made from one alphabet ([`slug`]).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

mod digest;
mod markdown;
mod short;

use digest::may_have_gaps;
pub use digest::{digits, hash, hash_two, read_digits, short_hash};
pub use markdown::{Unescaped, escape_markdown, push_markdown, unescaped};
pub use short::Short;

/// A range of bytes of some text: `start` included, `end` not. Always on
/// character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    ///
    /// # Panics
    ///
    /// Beyond 4 GiB; `source` refuses clippings of that size.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |n: usize| u32::try_from(n).expect("a clipping is smaller than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The bytes as a range, for slicing.
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` that the span covers.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether `other` lies wholly inside.
    #[inline]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[inline]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// Translates byte offsets of one text into code-point offsets.
///
/// ```
/// use annals::text::CodePoints;
///
/// let points = CodePoints::new("Vučić said");
/// assert_eq!(points.at(7), 5); // "Vučić" is seven bytes, five code points
/// ```
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before every [`STEP`]th byte; empty for ASCII text.
    marks: Vec<u32>,
}

/// Bytes between two counts.
const STEP: usize = 16;

impl<'a> CodePoints<'a> {
    /// Prepares `text`; ASCII text costs nothing.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let (steps, _) = text.as_bytes().as_chunks::<STEP>();
            marks.reserve_exact(steps.len() + 1);
            let mut count = 0;
            for step in steps {
                marks.push(count);
                count += heads(step);
            }
            marks.push(count);
        }
        Self { text, marks }
    }

    /// Code points before byte `offset` (which may be the end of the text).
    pub fn at(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        if self.marks.is_empty() {
            return u32::try_from(offset).unwrap_or(u32::MAX);
        }
        let index = (offset / STEP).min(self.marks.len() - 1);
        self.marks[index] + heads(&self.text.as_bytes()[index * STEP..offset])
    }
}

/// Counts the bytes that begin a code point, among at most 255: their number is a byte too,
/// so that all are counted side by side.
fn heads(bytes: &[u8]) -> u32 {
    let n = bytes.iter().fold(0, |n: u8, byte| n.wrapping_add(u8::from(byte & 0xC0 != 0x80)));
    n.into()
}

/// Lower case without diacritics, for comparing names: `Đurić` and `DURIC` fold
/// to `duric`. ASCII lower-case text is borrowed.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut folded);
    }
    Cow::Owned(folded)
}

/// Appends the fold of one character.
pub fn fold_char(c: char, into: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'đ' | 'Đ' | 'ð' | 'Ð' => into.push('d'),
        'ø' | 'Ø' => into.push('o'),
        'ł' | 'Ł' => into.push('l'),
        'ı' | 'İ' => into.push('i'),
        'ß' | 'ẞ' => into.push_str("ss"),
        'æ' | 'Æ' => into.push_str("ae"),
        'œ' | 'Œ' => into.push_str("oe"),
        'þ' | 'Þ' => into.push_str("th"),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => into.push('\''),
        '\u{2010}' | '\u{2011}' => into.push('-'),
        '\u{00A0}' | '\u{202F}' => into.push(' '),
        _ => {
            for lower in c.to_lowercase() {
                into.extend(lower.nfd().filter(|part| !is_combining_mark(*part)));
            }
        }
    }
}

/// A part of an address: lower-case ASCII letters, digits and single hyphens, at
/// most 80 bytes, cut at a word where it can be. Empty when nothing can be said
/// in that alphabet.
///
/// ```
/// use annals::text::slug;
///
/// assert_eq!(slug("Harbour talks resume – Lindqvist"), "harbour-talks-resume-lindqvist");
/// assert_eq!(slug("../../etc/passwd"), "etc-passwd");
/// ```
pub fn slug(text: &str) -> String {
    const LIMIT: usize = 80;
    let mut slug = String::with_capacity(text.len().min(LIMIT + 8));
    let mut gap = false;
    let ascii = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(deunicode::deunicode_with_tofu(text, " "))
    };
    let mut rest = &*ascii;
    while let (Some(first), ..=LIMIT) = (rest.bytes().next(), slug.len()) {
        let word = rest.bytes().take(LIMIT + 1).take_while(u8::is_ascii_alphanumeric).count();
        if word > 0 {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push_str(&rest[..word]);
        } else {
            gap |= first != b'\'';
        }
        rest = &rest[word.max(1)..];
    }
    slug.make_ascii_lowercase();
    if slug.len() > LIMIT {
        let cut = slug[..=LIMIT].rfind('-').filter(|cut| *cut >= LIMIT / 2);
        slug.truncate(cut.unwrap_or(LIMIT));
    }
    slug
}

/// At most `limit` code points, cut between words.
pub fn shorten(text: &str, limit: usize) -> String {
    let text = text.trim();
    let mut points = text.chars();
    let is_longer = limit > 0 && points.nth(limit - 1).is_some();
    let head = if is_longer { text.len() - points.as_str().len() } else { text.len() };
    let head = &text[..head];
    let is_even = !may_have_gaps(head.as_bytes())
        && (head.is_ascii() || !head.contains(|c: char| !c.is_ascii() && c.is_whitespace()));
    if limit == 0 || !is_even {
        return shorten_by_words(text, limit);
    }
    if !is_longer {
        return head.to_owned();
    }
    let kept = &head[..head.rfind(' ').unwrap_or_default()];
    let mut short = String::with_capacity(kept.len() + '…'.len_utf8());
    short.push_str(kept);
    short.push('…');
    short
}

/// The same for a text with more between its words than single spaces.
fn shorten_by_words(text: &str, limit: usize) -> String {
    let mut short = String::with_capacity(limit.min(text.len()) + 4);
    let (mut at, mut n) = (0, 0);
    loop {
        let (start, _) = run(text, at, true);
        let (end, length) = run(text, start, false);
        if length == 0 {
            return short;
        }
        if n + length >= limit {
            short.push('…');
            return short;
        }
        if n > 0 {
            short.push(' ');
        }
        short.push_str(&text[start..end]);
        n += length + 1;
        at = end;
    }
}

/// Where a run of white space, or of anything else, ends that begins at `start`, and how
/// many code points it has. ASCII is told by its bytes.
fn run(text: &str, start: usize, of_space: bool) -> (usize, usize) {
    let (mut at, mut n) = (start, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        let (is_space, width) = match byte {
            b' ' | b'\t'..=b'\r' => (true, 1),
            0..=0x7f => (false, 1),
            _ => {
                text[at..].chars().next().map_or((false, 1), |c| (c.is_whitespace(), c.len_utf8()))
            }
        };
        if is_space != of_space {
            break;
        }
        at += width;
        n += 1;
    }
    (at, n)
}

/// Whether it is a letter or digit of ASCII: one look, for what is asked of every byte.
#[inline]
pub(crate) fn is_ascii_word(byte: u8) -> bool {
    static WORD: [bool; 256] = {
        let mut word = [false; 256];
        let mut byte = 0_u8;
        while byte.is_ascii() {
            word[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        word
    };
    WORD[usize::from(byte)]
}

/// How many letters from `a` to `z` stand at the head of `bytes`.
///
/// Eight bytes are looked at together: where words begin and end is asked of every word
/// of every article, several times.
#[inline]
pub(crate) fn n_lower(bytes: &[u8]) -> usize {
    n_letters_of::<0>(bytes)
}

/// The same of letters from `A` to `Z` and from `a` to `z`.
#[inline]
pub(crate) fn n_letters(bytes: &[u8]) -> usize {
    n_letters_of::<0x20>(bytes)
}

/// Whether a quotation mark, an apostrophe, a dash, a bullet or an ellipsis that is not
/// of ASCII stands at the head of `bytes`: most of what is neither that nor a letter. None of
/// them folds to a letter.
#[inline]
pub(crate) fn is_punctuation(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x90..=0xA7, ..])
}

/// The top bit of each of eight bytes that is no letter from `a` to `z`.
#[inline]
pub(crate) fn not_lower(eight: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = ONES * 0x80;
    // Adding carries into the top bit of each byte that is no less than a bound.
    let seven = eight & !TOPS;
    let from_a = seven + ONES * u64::from(0x80 - b'a');
    let past_z = seven + ONES * u64::from(0x7F - b'z');
    !(from_a & !past_z & !eight) & TOPS
}

/// The letters from `a` to `z` at the head of `bytes`, once the bits of `FOLD` are set in
/// each: 32 makes small letters of capitals, and letters of nothing else.
#[inline]
fn n_letters_of<const FOLD: u8>(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let mut n = 0;
    while let Some(eight) = bytes[n..].first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight) | (ONES * u64::from(FOLD));
        let others = not_lower(eight);
        if others != 0 {
            return n + others.trailing_zeros() as usize / 8;
        }
        n += 8;
    }
    n + bytes[n..].iter().take_while(|byte| (**byte | FOLD).is_ascii_lowercase()).count()
}

/// Which numbers may come twice: all that do, and few others. What comes once, as most
/// lines of an archive do, is found in two bits instead of a table.
#[derive(Debug)]
pub struct Repeated {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl Repeated {
    /// Of the numbers that an iterator gives, whenever it is asked for.
    pub fn of<I: Iterator<Item = u64>>(numbers: impl Fn() -> I) -> Self {
        /// Bits for each number: one of so many is mistaken for another.
        const ROOM: usize = 8;
        let words = (numbers().count() * ROOM).next_power_of_two().max(64) / 64;
        let mut repeated = Self { once: vec![0; words], twice: vec![0; words] };
        for number in numbers() {
            let (word, bit) = repeated.place(number);
            repeated.twice[word] |= repeated.once[word] & bit;
            repeated.once[word] |= bit;
        }
        repeated
    }

    /// Whether `number` may be one of those that come twice.
    pub fn may_hold(&self, number: u64) -> bool {
        let (word, bit) = self.place(number);
        self.twice[word] & bit != 0
    }

    fn place(&self, number: u64) -> (usize, u64) {
        // The highest bits of a product are the best mixed.
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
        let word = usize::try_from(mixed >> 6).unwrap_or(0) & (self.once.len() - 1);
        (word, 1 << (mixed & 63))
    }
}

/// What an iterator gives, whenever it is asked for, in order; `place` gives each one of
/// `n_places` that are in the same order. Of hashes, which lie evenly over their places, most
/// stand alone there, and hardly anything is compared.
pub(crate) fn sorted_evenly<T, I>(
    items: impl Fn() -> I,
    n_places: usize,
    place: impl Fn(&T) -> usize,
) -> Vec<T>
where
    T: Copy + Default + Ord,
    I: Iterator<Item = T>,
{
    let mut starts = vec![0_u32; n_places + 1];
    let mut n = 0;
    for item in items() {
        starts[place(&item) + 1] += 1;
        n += 1;
    }
    let mut before = 0;
    for start in &mut starts {
        before += *start;
        *start = before;
    }
    let mut sorted = vec![T::default(); n];
    for item in items() {
        let free = &mut starts[place(&item)];
        sorted[*free as usize] = item;
        *free += 1;
    }
    // Where the items of a place began, the next free one stands behind them now.
    let mut start = 0;
    for end in starts {
        if end - start > 1 {
            sorted[start as usize..end as usize].sort_unstable();
        }
        start = end;
    }
    sorted
}

#[cfg(test)]
pub(crate) use tests::documented;

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a file of the documentation with what it should hold. With `UPDATE_DOCS` set
    /// it is written instead.
    #[expect(clippy::disallowed_methods, reason = "a test that keeps the documentation true")]
    pub(crate) fn documented(file: &str, expected: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, expected).unwrap();
        }
        let actual = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(actual == expected, "{file} is behind: run the tests with UPDATE_DOCS=1");
    }

    #[test]
    fn folding_makes_spellings_of_one_name_equal() {
        for (text, folded) in [
            ("Vučić", "vucic"),
            ("Đurić", "duric"),
            ("ERDOĞAN", "erdogan"),
            ("İstanbul", "istanbul"),
            ("O’Neil", "o'neil"),
            ("plain", "plain"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_cut_between_words() {
        for (text, limit, short) in [
            ("", 5, ""),
            ("one two", 8, "one two"),
            ("one two", 7, "one…"),
            ("  one\n\u{a0}two  ", 20, "one two"),
            ("né ça", 6, "né ça"),
            ("né ça va", 6, "né ça…"),
            ("longer", 4, "…"),
        ] {
            assert_eq!(shorten(text, limit), short, "{text:?}");
        }
        for text in ["one two, “three” né.", " a  b", "é é é", "x\u{a0}y z", "a\tb c", "word"]
        {
            for limit in 0..30 {
                assert_eq!(shorten(text, limit), shorten_by_words(text, limit), "{text:?} {limit}");
            }
        }
    }

    #[test]
    fn a_slug_has_one_alphabet_and_an_end() {
        for (text, expected) in [
            ("Harbour talks resume – Lindqvist", "harbour-talks-resume-lindqvist"),
            ("Vučić: “No”", "vucic-no"),
            ("../../etc/passwd", "etc-passwd"),
            ("Serbia's turn", "serbias-turn"),
            ("???", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
        let long = slug(&"word ".repeat(50));
        assert!(long.len() <= 80 && long.ends_with("word"), "{long}");
    }

    #[test]
    fn letters_are_counted_up_to_the_first_other_byte() {
        for end in 0..=u8::MAX {
            for length in 0..20 {
                let mut bytes = b"azbyazbyazbyazbyazbyazbyazby"[..length].to_vec();
                bytes.push(end);
                bytes.extend([b' '; 3]);
                let more = usize::from(end.is_ascii_lowercase());
                assert_eq!(n_lower(&bytes), length + more, "{length} and {end}");
                bytes[..length].make_ascii_uppercase();
                let more = usize::from(end.is_ascii_alphabetic());
                assert_eq!(n_letters(&bytes), length + more, "{length} and {end}");
            }
        }
    }

    #[test]
    fn code_points_are_counted_across_marks() {
        let text = "é".repeat(100) + "abc";
        let points = CodePoints::new(&text);
        for (offset, expected) in [(0, 0), (2, 1), (128, 64), (200, 100), (203, 103)] {
            assert_eq!(points.at(offset), expected, "at {offset}");
        }
    }

    #[test]
    fn numbers_are_put_in_order_by_their_places_first() {
        let spread = |n: u32| n.wrapping_mul(0x9e37_79b9);
        for numbers in [vec![], vec![7, 7], (0..900).map(spread).collect(), vec![u32::MAX, 1, 0]] {
            let mut expected = numbers.clone();
            expected.sort_unstable();
            let place = |n: &u32| (n >> 26) as usize;
            assert_eq!(sorted_evenly(|| numbers.iter().copied(), 64, place), expected);
        }
    }

    #[test]
    fn what_comes_twice_is_told_from_most_of_what_comes_once() {
        let numbers = || (0..1000u64).chain(500..600);
        let repeated = Repeated::of(numbers);
        assert!((500..600).all(|number| repeated.may_hold(number)));
        let mistaken = (0..500u64).filter(|number| repeated.may_hold(*number)).count();
        assert!(mistaken < 100, "{mistaken}");
    }
}
