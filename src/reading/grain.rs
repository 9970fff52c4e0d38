//! The text in its smallest pieces: runs of letters, runs of digits, single marks.
//!
//! Prose comes in; out come its [`Grains`], each with what its bytes and its
//! neighbours say at once and with its place in the `lexicon`. What is a word differs
//! from room to room: `NATO-led` is one to `mention`, `a.m.` to `statement`, and the
//! grammar of dates parts both. But every word of every room begins where a grain
//! does, and nearly every one is a single grain. So the text is read and its words are
//! looked up here, once; the rooms walk the grains, and only where a grain says that
//! its neighbours may belong to it does a room read the bytes again.
//!
//! Entry point: [`Grains::of`].

use super::lexicon::{Lexicon, Listed, lexicon};
use super::{Prose, Zone};
use crate::actor::names::Opening;
use crate::text::{Span, is_punctuation, n_letters};
use crate::vocabulary::Spelling;

/// The grains of all blocks of some prose, in order; code has none.
#[derive(Debug)]
pub struct Grains {
    all: Vec<Grain>,
    /// One past the last grain of each block, and of every block before it.
    ends: Vec<usize>,
}

impl Grains {
    /// Those of `prose`.
    pub fn of(prose: &Prose) -> Self {
        let mut all = Vec::with_capacity(prose.text.len() / 4);
        let lexicon = lexicon();
        let append = |block: &super::ProseBlock| {
            if block.zone != Zone::Code {
                append(&prose.text, block.span, lexicon, &mut all);
            }
            all.len()
        };
        let ends = prose.blocks.iter().map(append).collect();
        Self { all, ends }
    }

    /// All of them.
    #[inline]
    pub(super) fn all(&self) -> &[Grain] {
        &self.all
    }

    /// Those of the block of this index.
    pub(super) fn of_block(&self, index: usize) -> &[Grain] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[index]]
    }
}

/// The grains of `span`, a part of one block.
pub(super) fn within(text: &str, span: Span) -> Vec<Grain> {
    let mut all = Vec::new();
    append(text, span, lexicon(), &mut all);
    all
}

/// A run of letters, a run of digits, or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grain {
    /// Its first byte.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// What is listed of it; of letters that begin with one of ASCII only.
    pub(super) listed: Listed,
    /// How it is spelt; of marks and numbers the first byte.
    pub(super) spelling: Spelling,
    /// What it is.
    pub(super) sort: Sort,
    traits: u8,
}

/// What a grain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Letters, all of ASCII, and none but the first a capital.
    Plain,
    /// Other letters of which the first is of ASCII.
    Letters,
    /// Letters of which the first is not of ASCII.
    Wide,
    /// Digits from 0 to 9.
    Digits,
    /// Any other character that is no white space.
    Mark,
}

/// No white space stands before it.
const GLUED: u8 = 1;
/// At most one space does, and no line ends there.
const FOLLOWS: u8 = 1 << 1;
/// A line ends before it.
const LINE: u8 = 1 << 2;
/// It begins with a capital.
const CAPITAL: u8 = 1 << 3;
/// Nothing stands behind it that could make it a longer name.
const NAME: u8 = 1 << 4;
/// Nothing stands behind it that could make it a longer word of a sentence.
const WORD: u8 = 1 << 5;
/// A capital stands behind it, or what is not ASCII: perhaps one more of its letters. Told
/// of no grain.
const LETTER: u8 = 1 << 6;
/// A character that is not ASCII, and may fold to any letters, stands in it or right behind.
const WIDE: u8 = 1 << 7;

impl Grain {
    /// Its bytes.
    #[inline]
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    #[inline]
    fn has(&self, some: u8) -> bool {
        self.traits & some != 0
    }

    /// Whether no white space stands before it in its block.
    #[inline]
    pub(super) fn is_glued(&self) -> bool {
        self.has(GLUED)
    }

    /// Whether at most one space stands between it and the grain before.
    #[inline]
    pub(super) fn follows(&self) -> bool {
        self.has(FOLLOWS)
    }

    /// Whether a line ends between it and the grain before.
    #[inline]
    pub(super) fn begins_line(&self) -> bool {
        self.has(LINE)
    }

    /// Whether it is a word of one grain within a line, and written small: most grains are.
    #[inline]
    pub(super) fn is_small_word(&self) -> bool {
        self.sort == Sort::Plain && self.traits & (FOLLOWS | NAME | CAPITAL) == FOLLOWS | NAME
    }

    /// What a name may begin with.
    #[inline]
    pub(super) fn opening(&self) -> Opening {
        let Self { start, end, spelling, .. } = *self;
        Opening { start, end, spelling, wide: self.has(WIDE), capital: self.is_capital() }
    }

    /// Whether it begins with a capital.
    #[inline]
    pub(super) fn is_capital(&self) -> bool {
        self.has(CAPITAL)
    }

    /// Whether nothing stands behind it that may belong to the same name: a letter, a
    /// hyphen, an apostrophe, the point of an initial.
    #[inline]
    pub(super) fn ends_name(&self) -> bool {
        self.has(NAME)
    }

    /// Whether nothing stands behind it that may belong to the same word of a sentence:
    /// what may belong to a name, a stroke, a point inside a word.
    #[inline]
    pub(super) fn ends_word(&self) -> bool {
        self.has(WORD)
    }

    /// Whether it is a mark and surely no numeral: one of ASCII, or one that prose is full
    /// of.
    #[inline]
    pub(super) fn is_mark(&self, text: &str) -> bool {
        let rest = &text.as_bytes()[self.start as usize..];
        self.sort == Sort::Mark && (rest[0].is_ascii() || is_punctuation(rest))
    }

    /// The mark, or the first letter or digit.
    #[inline]
    pub(super) fn first(&self, text: &str) -> char {
        let at = self.start as usize;
        match text.as_bytes()[at] {
            byte if byte.is_ascii() => char::from(byte),
            _ => text[at..].chars().next().unwrap_or(' '),
        }
    }
}

/// What a grain may begin with: a look for each byte that one does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Space,
    Letter,
    Digit,
    Mark,
    /// Of a character that is not ASCII.
    Wide,
}

const LEADS: [Lead; 256] = {
    let mut leads = [Lead::Wide; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        leads[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => Lead::Space,
            b if b.is_ascii_alphabetic() => Lead::Letter,
            b if b.is_ascii_digit() => Lead::Digit,
            _ => Lead::Mark,
        };
        byte += 1;
    }
    leads
};

/// What a letter or digit is, by the byte behind it.
const ENDINGS: [u8; 256] = {
    let mut endings = [LETTER; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        endings[byte as usize] = match byte {
            b if b.is_ascii_uppercase() => LETTER,
            b if b.is_ascii_alphanumeric() => 0,
            b'-' | b'&' | b'\'' => 0,
            b'/' | b'_' | b'@' => NAME,
            _ => NAME | WORD,
        };
        byte += 1;
    }
    endings
};

/// What the bytes from `end` on say of the letters or digits before, `length` of them.
#[inline]
fn ending(bytes: &[u8], end: u32, length: u32) -> u8 {
    let end = end as usize;
    let Some(byte) = bytes.get(end) else { return NAME | WORD };
    if *byte != b'.' {
        return ENDINGS[usize::from(*byte)];
    }
    let next = bytes.get(end + 1);
    let point = next.is_some_and(|next| !next.is_ascii() || next.is_ascii_alphanumeric());
    (if length == 1 { 0 } else { NAME }) | (if point { 0 } else { WORD })
}

/// Appends the grains of `span` to `grains`, with their bytes in `text`.
fn append(text: &str, span: Span, lexicon: &Lexicon, grains: &mut Vec<Grain>) {
    let text = &text[..span.end as usize];
    let bytes = text.as_bytes();
    let mut at = span.start;
    // Of the white space before the next grain; a block begins a line.
    let mut before = 0;
    while let Some(&byte) = bytes.get(at as usize) {
        let mut grain = match LEADS[usize::from(byte)] {
            Lead::Letter => letters(text, at, byte, lexicon),
            Lead::Space => {
                at += 1;
                before = after_space(before, byte == b'\n');
                continue;
            }
            Lead::Mark => Grain::mark(at, byte, 1),
            Lead::Digit => {
                let digits = bytes[at as usize..].iter().take_while(|byte| byte.is_ascii_digit());
                let length = u32::try_from(digits.count()).unwrap_or(u32::MAX);
                let traits = ending(bytes, at + length, length) & !LETTER;
                Grain { sort: Sort::Digits, traits, ..Grain::mark(at, byte, length) }
            }
            Lead::Wide if is_punctuation(&bytes[at as usize..]) => {
                Grain { traits: WIDE, ..Grain::mark(at, byte, 3) }
            }
            Lead::Wide => {
                let c = text[at as usize..].chars().next().unwrap_or(' ');
                let end = at as usize + c.len_utf8();
                if c.is_whitespace() {
                    at = Span::new(0, end).end;
                    before = after_space(before, false);
                    continue;
                }
                let (sort, end) = if c.is_alphabetic() {
                    (Sort::Wide, letters_end(text, end))
                } else {
                    (Sort::Mark, end)
                };
                let Span { start, end } = Span::new(at as usize, end);
                let traits = if c.is_uppercase() { CAPITAL | WIDE } else { WIDE };
                Grain { sort, traits, ..Grain::mark(start, byte, end - start) }
            }
        };
        at = grain.end;
        grain.traits |= before;
        grains.push(grain);
        before = GLUED | FOLLOWS;
        // A space stands behind most words.
        if bytes.get(at as usize) == Some(&b' ') {
            at += 1;
            before = FOLLOWS;
        }
    }
}

impl Grain {
    /// The mark that begins with `byte`, in so many bytes.
    #[inline]
    fn mark(start: u32, byte: u8, length: u32) -> Self {
        let (listed, spelling) = (Listed::NOWHERE, Spelling::of_first(byte));
        Self { start, end: start + length, listed, spelling, sort: Sort::Mark, traits: 0 }
    }
}

/// The letters at byte `start`, the first of which is `byte`, one of ASCII.
#[inline]
fn letters(text: &str, start: u32, byte: u8, lexicon: &Lexicon) -> Grain {
    let bytes = text.as_bytes();
    let plain = lexicon.find_plain(text, start as usize);
    let mut grain = Grain {
        start,
        end: start + plain.length,
        listed: plain.meaning,
        spelling: plain.spelling,
        sort: Sort::Plain,
        traits: if byte.is_ascii_uppercase() { CAPITAL } else { 0 },
    };
    let mut more = ending(bytes, grain.end, plain.length);
    // Most words end here.
    if more & LETTER != 0 {
        let all = Span::new(start as usize, letters_end(text, grain.end as usize));
        if all.end > grain.end {
            grain.end = all.end;
            grain.sort = Sort::Letters;
            grain.listed = lexicon.find(all.of(text));
            grain.spelling = Spelling::of(all.of(text));
        }
        let rest = &bytes[grain.end as usize..];
        let wide = !all.of(text).is_ascii()
            || rest.first().is_some_and(|byte| !byte.is_ascii() && !is_punctuation(rest));
        more = ending(bytes, all.end, all.end - start) & !LETTER | if wide { WIDE } else { 0 };
    }
    grain.traits |= more;
    grain
}

/// What is said of the next grain once a space more, or the end of a line, is read.
#[inline]
fn after_space(before: u8, line: bool) -> u8 {
    match before {
        _ if line => LINE,
        before if before & GLUED != 0 => FOLLOWS,
        before => before & LINE,
    }
}

/// Where the letters end that begin at byte `at`, if any do.
fn letters_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let end = at + n_letters(&bytes[at..]);
    if bytes.get(end).is_none_or(u8::is_ascii) || is_punctuation(&bytes[end..]) {
        return end;
    }
    let more = &text[end..];
    end + more.find(|c: char| !c.is_alphabetic()).unwrap_or(more.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each grain with the initials of what is said of it.
    fn check(text: &str, expected: &[&str]) {
        let mut prose = Prose::default();
        prose.push(text, Zone::Body);
        let grains = Grains::of(&prose);
        let told = |grain: &Grain| {
            let sort = match grain.sort {
                Sort::Plain => 'p',
                Sort::Letters => 'l',
                Sort::Wide => 'w',
                Sort::Digits => 'd',
                Sort::Mark => 'm',
            };
            let mut told = format!("{} {sort}", grain.span().of(text));
            for (is, initial) in [
                (grain.is_glued(), 'g'),
                (grain.follows(), 'f'),
                (grain.begins_line(), 'l'),
                (grain.is_capital(), 'c'),
                (grain.ends_name(), 'n'),
                (grain.ends_word(), 'w'),
            ] {
                told.extend(is.then_some(initial));
            }
            told
        };
        let found: Vec<String> = grains.all().iter().map(told).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn letters_digits_and_marks_are_parted() {
        check("Ann is 54.", &["Ann pcnw", "is pfnw", "54 dfnw", ". mgf"]);
        check("3rd NATO", &["3 d", "rd pgfnw", "NATO lfcnw"]);
        check("Élan café naïve’s", &["Élan wc", "café lfnw", "naïve lf", "’ mgf", "s pgfnw"]);
        check("e\u{301}a", &["e p", "\u{301} mgf", "a pgfnw"]);
    }

    #[test]
    fn what_may_belong_to_a_word_is_told() {
        check("a.m. J.K", &["a p", ". mgf", "m pgfw", ". mgf", "J pfc", ". mgf", "K pgfcnw"]);
        check("and/or", &["and pn", "/ mgf", "or pgfnw"]);
        check("end.Next", &["end pn", ". mgf", "Next pgfcnw"]);
    }

    #[test]
    fn white_space_is_told() {
        check("a b  c\u{A0}d", &["a pnw", "b pfnw", "c p", "d pfnw"]);
        check("a\nb \n c\r\nd", &["a pnw", "b plnw", "c plnw", "d plnw"]);
    }

    #[test]
    fn code_has_none_and_each_block_its_own() {
        let mut prose = Prose::default();
        prose.push("one two", Zone::Body);
        prose.push("let three", Zone::Code);
        prose.push("four", Zone::Body);
        let grains = Grains::of(&prose);
        let counts = [0, 1, 2].map(|block| grains.of_block(block).len());
        assert_eq!((counts, grains.all().len()), ([2, 0, 1], 3));
    }
}
