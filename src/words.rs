//! The words of one article, as search knows them.
//!
//! In come the prose and the words that reading found in it; out come each word
//! once, as a place of the prose, with a weight, and every pair of neighbours as a
//! number, by which phrases are found. Nothing is read again: the index of the whole
//! archive is joined from these lists.
//!
//! A reader may ask why words are not stemmed here. The forms of a word are kept
//! apart until the whole archive is known: then those that belong together are
//! listed together, and the search page needs no grammar of its own.
//!
//! Start at [`Words::of`]. The script of the search page folds and parts a query
//! by the same rules: what changes here changes there.

use serde::{Deserialize, Serialize};

use crate::fit;
use crate::reading::{Prose, Zone};
use crate::text::{Span, fold_char, is_ascii_word, sorted_evenly};

mod number;
mod spelling;

pub(crate) use number::Numbers;
use number::{SHORT, Short, short};
use spelling::Spellings;

/// What a word of the headline weighs, in words of the body.
const HEADLINE: u8 = 6;
/// Bit of a weight that says the word stands in the headline.
const IN_HEADLINE: u8 = 0x80;
/// Places that the pairs of an article are spread over: about as many as most have.
const PLACES: usize = 512;

/// Each word of an article once, and its pairs of neighbours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// In order of first use.
    spellings: Spellings,
    /// For each word how often it is used, those of the headline counted
    /// several times; the highest bit is set where it stands there.
    weights: Vec<u8>,
    /// A hash of every two words that stand side by side, in order, each once.
    pairs: Vec<u32>,
    /// Words in all.
    length: u32,
}

/// A word of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Lower case, without diacritics.
    pub text: &'a str,
    /// How often it is used, at most 127; the headline counts several times.
    pub weight: u8,
    /// Whether it stands in the headline.
    pub in_headline: bool,
}

impl Words {
    /// The words of `prose` that stand at `tokens`, which are in order.
    pub fn of(prose: &Prose, tokens: &[Span]) -> Self {
        // Nearly every word is plain ASCII and stands where it stood in lower case.
        let folded = prose.text.to_ascii_lowercase();
        let mut count = Count::of(tokens.len());
        let mut place = Place::of(prose, 0);
        let (mut parts, mut spans) = (String::new(), Vec::new());
        for token in tokens {
            while place.end <= token.start {
                place = Place::of(prose, place.block + 1);
            }
            let mut hash = None;
            let number = count.numbers.number_plain(&folded, *token, |word| {
                hash = plain_hash(word);
                hash.is_some()
            });
            if let Some(number) = number {
                if let Some(hash) = hash {
                    count.spellings.add(&prose.text, *token);
                    count.begin(hash);
                }
                count.add(number, place);
            } else {
                parts.clear();
                fold_words(token.of(&prose.text), &mut parts, |span| spans.push(span));
                for span in spans.drain(..) {
                    count.add_odd(&parts, span, place);
                }
            }
        }
        count.finish()
    }

    /// Writes into `text` what all words are places of, folded. `prose` is that of the
    /// article.
    pub fn fold(&self, prose: &Prose, text: &mut String) {
        self.spellings.fold(&prose.text, text);
    }

    /// Each word once, of what [`fold`](Self::fold) wrote.
    pub fn iter<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Word<'a>> {
        self.spans(folded).zip(self.weights()).map(|(span, (weight, in_headline))| Word {
            text: span.of(folded),
            weight,
            in_headline,
        })
    }

    /// Where each word stands in what [`fold`](Self::fold) wrote, in the same order.
    pub(crate) fn spans(&self, folded: &str) -> impl Iterator<Item = Span> {
        self.spellings.spans(folded)
    }

    /// Of each word what [`Word`] says of it beside its text, in the same order.
    pub fn weights(&self) -> impl Iterator<Item = (u8, bool)> {
        self.weights.iter().map(|weight| (weight & !IN_HEADLINE, weight & IN_HEADLINE != 0))
    }

    /// A hash of every two words that stand side by side in one block, joining
    /// words passed over; in order, each once.
    ///
    /// Source: FNV-1a, 32 bits (RFC 9923), over the UTF-16 code units of each word, as
    /// scripts count them, and then over the two hashes as if they were such units.
    pub fn pairs(&self) -> &[u32] {
        &self.pairs
    }

    /// How many different words it has.
    pub fn n_different(&self) -> usize {
        self.weights.len()
    }

    /// How many words the article has, joining words left out.
    pub fn length(&self) -> u32 {
        self.length
    }
}

/// Where in the prose a word stands.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    /// Where the block ends.
    end: u32,
    /// What a word weighs there, and the bit of its weight that says where it stands.
    weight: u8,
    flag: u8,
}

impl Place {
    fn of(prose: &Prose, number: usize) -> Self {
        let block = prose.blocks.get(number);
        let end = block.map_or(u32::MAX, |block| block.span.end);
        let in_headline = block.is_some_and(|block| block.zone == Zone::Headline);
        let (weight, flag) = if in_headline { (HEADLINE, IN_HEADLINE) } else { (1, 0) };
        Self { block: number, end, weight, flag }
    }
}

/// The words of an article, being counted.
struct Count {
    /// Of joining words, then of all others.
    numbers: Numbers,
    spellings: spelling::Writer,
    /// Of each word that joins no others its hash and its weight.
    hashes: Vec<u32>,
    weights: Vec<u8>,
    pairs: Vec<u32>,
    length: u32,
    /// The hash of the last word.
    before: u32,
    /// The block of the last word.
    block: Option<usize>,
}

impl Count {
    /// Counts nothing yet; there is room for `n` words.
    fn of(n: usize) -> Self {
        let n_different = n / 2;
        let mut numbers = Numbers::new(JOINING.len() + n_different);
        for word in JOINING {
            numbers.number_short(word);
        }
        Self {
            numbers,
            spellings: spelling::Writer::with_room(n_different),
            hashes: Vec::with_capacity(n_different),
            weights: Vec::with_capacity(n_different),
            pairs: Vec::with_capacity(n),
            length: 0,
            before: 0,
            block: None,
        }
    }

    /// Counts a word by its number, unless it joins others.
    #[inline]
    fn add(&mut self, number: u32, place: Place) {
        let Some(number) = (number as usize).checked_sub(JOINING.len()) else { return };
        let own = self.hashes[number];
        if self.block == Some(place.block) {
            self.pairs.push(pair(self.before, own));
        }
        (self.before, self.block) = (own, Some(place.block));
        self.length += 1;
        let weight = &mut self.weights[number];
        let count = (*weight & !IN_HEADLINE) + place.weight;
        *weight = count.min(!IN_HEADLINE) | *weight & IN_HEADLINE | place.flag;
    }

    /// Counts a word that did not stand as it is in the prose.
    fn add_odd(&mut self, text: &str, word: Span, place: Place) {
        let number = self.numbers.number(text, word);
        if number as usize == JOINING.len() + self.weights.len() {
            let word = word.of(text);
            self.spellings.add_odd(word);
            self.begin(hash(word));
        }
        self.add(number, place);
    }

    /// Takes up a word that was given a new number.
    fn begin(&mut self, hash: u32) {
        self.hashes.push(hash);
        self.weights.push(0);
    }

    fn finish(self) -> Words {
        let Self { spellings, mut weights, pairs, length, .. } = self;
        fit::list(&mut weights);
        let place = |pair: &u32| (pair >> (u32::BITS - PLACES.ilog2())) as usize;
        let mut pairs = sorted_evenly(|| pairs.iter().copied(), PLACES, place);
        pairs.dedup();
        fit::list(&mut pairs);
        Words { spellings: spellings.finish(), weights, pairs, length }
    }
}

/// Hands over each word of `text`, folded: a name, a headline.
pub fn each(text: &str, mut word: impl FnMut(&str)) {
    let mut folded = String::new();
    let mut ranges = Vec::new();
    for part in text.split_whitespace() {
        fold_words(part, &mut folded, |range| ranges.push(range));
    }
    for range in ranges {
        let found = range.of(&folded);
        let joins = found.len() <= SHORT && JOINING.contains(&short(found));
        if !joins {
            word(found);
        }
    }
}

/// Appends the words of `token` to `folded` and tells of each where it stands.
/// Marks part words, but for apostrophes and the points of `U.S.`
fn fold_words(token: &str, folded: &mut String, mut word: impl FnMut(Span)) {
    let mut start = folded.len();
    if is_plain(token) {
        folded.push_str(token);
        folded[start..].make_ascii_lowercase();
        word(Span::new(start, folded.len()));
        return;
    }
    let mut end = |folded: &mut String, start: &mut usize| {
        if *start < folded.len() {
            word(Span::new(*start, folded.len()));
        }
        *start = folded.len();
    };
    let mut chars = token.chars().peekable();
    while let Some(c) = chars.next() {
        let single = folded[start..].chars().count() == 1;
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' => {}
            '.' if single && chars.peek().is_none_or(|next| next.is_uppercase()) => {
                // The next letter of `U.S.` begins no word of its own.
                if let Some(next) = chars.next() {
                    fold_char(next, folded);
                    while chars.next_if_eq(&'.').is_some() {
                        chars.next().into_iter().for_each(|next| fold_char(next, folded));
                    }
                }
            }
            _ if is_ideograph(c) => {
                end(folded, &mut start);
                folded.push(c);
                end(folded, &mut start);
            }
            _ if c.is_alphanumeric() || is_mark(c) => fold_char(c, folded),
            _ => end(folded, &mut start),
        }
    }
    end(folded, &mut start);
}

/// Whether it is one word that needs nothing but lower case.
fn is_plain(token: &str) -> bool {
    // All of it is looked at: most words are, and short.
    token.bytes().fold(!token.is_empty(), |all, byte| all & is_ascii_word(byte))
}

/// Whether it belongs to the letter before it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Scripts that write no space between words: every character is one.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Words that join others and say nothing alone; a search passes over them, and they do
/// not part the words of a phrase.
const JOINING: [Short; 38] = [
    short("a"),
    short("s"),
    short("an"),
    short("as"),
    short("at"),
    short("be"),
    short("by"),
    short("he"),
    short("in"),
    short("is"),
    short("it"),
    short("of"),
    short("on"),
    short("or"),
    short("to"),
    short("and"),
    short("are"),
    short("but"),
    short("for"),
    short("had"),
    short("has"),
    short("her"),
    short("his"),
    short("its"),
    short("she"),
    short("the"),
    short("was"),
    short("been"),
    short("from"),
    short("have"),
    short("that"),
    short("they"),
    short("this"),
    short("were"),
    short("with"),
    short("their"),
    short("which"),
    short("would"),
];

/// FNV-1a's offset basis.
const FIRST: u32 = 0x811c_9dc5;

/// The hash of `word`: over its UTF-16 code units, as scripts count them.
fn hash(word: &str) -> u32 {
    word.encode_utf16().fold(FIRST, |hash, unit| step(hash, unit.into()))
}

/// The same of a word that needs nothing but lower case ([`is_plain`]), at one look at its
/// bytes; `None` of another.
fn plain_hash(word: &str) -> Option<u32> {
    let (hash, is_plain) = word.bytes().fold((FIRST, true), |(hash, is_plain), byte| {
        (step(hash, byte.into()), is_plain & is_ascii_word(byte))
    });
    (is_plain && !word.is_empty()).then_some(hash)
}

/// The hash of two words that stand side by side, by theirs.
fn pair(first: u32, second: u32) -> u32 {
    step(step(FIRST, first), second)
}

fn step(hash: u32, unit: u32) -> u32 {
    (hash ^ unit).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_folded_and_parted() {
        for (text, expected) in [
            ("Kosovó Vučić ĐURIĆ", "kosovo vucic duric"),
            ("NATO-led", "nato led"),
            ("the U.S. J.K. Rowling", "us jk rowling"),
            ("O’Brien don't", "obrien dont"),
            ("4,000 3.1", "4 000 3 1"),
            ("東京 1 a", "東 京 1"),
            ("… — .", ""),
        ] {
            assert_eq!(folded(text).join(" "), expected, "{text:?}");
        }
    }

    #[test]
    fn joining_words_are_passed_over() {
        let text = "a an and are as at be been but by for from had has have he her his in is it its \
                    of on or s she that the their they this to was were which with would";
        assert_eq!(folded(text), [""; 0]);
        assert_eq!(folded("us so we then who ask"), ["us", "so", "we", "then", "who", "ask"]);
    }

    #[test]
    fn each_word_is_counted_once_and_the_headline_more() {
        let mut prose = Prose::default();
        prose.push("Harbour talks", Zone::Headline);
        prose.push("Talks on the talks", Zone::Body);
        let tokens: Vec<Span> = [(0, 7), (8, 13), (15, 20), (21, 23), (24, 27), (28, 33)]
            .map(|(start, end)| Span { start, end })
            .to_vec();
        let words = Words::of(&prose, &tokens);
        let mut folded = String::new();
        words.fold(&prose, &mut folded);
        let found: Vec<(&str, u8, bool)> =
            words.iter(&folded).map(|word| (word.text, word.weight, word.in_headline)).collect();
        assert_eq!(found, [("harbour", 6, true), ("talks", 8, true)]);
        assert_eq!(words.length(), 4);
        // "harbour talks" and, over the joining words, "talks talks"; none across blocks.
        let of = |a: &str, b: &str| pair(hash(a), hash(b));
        let mut pairs = [of("harbour", "talks"), of("talks", "talks")];
        pairs.sort_unstable();
        assert_eq!(words.pairs(), pairs);
    }

    #[test]
    fn a_token_of_many_words_counts_them_all() {
        let mut prose = Prose::default();
        let text: Vec<String> = (0..100).map(|n| format!("{n}-{n}")).collect();
        prose.push(&text.join("/"), Zone::Body);
        let words = Words::of(&prose, &[Span::new(0, prose.text.len())]);
        assert_eq!((words.n_different(), words.length()), (100, 200));
        assert!(words.weights().all(|(weight, _)| weight == 2));
        let mut folded = String::new();
        words.fold(&prose, &mut folded);
        let texts = words.iter(&folded).map(|word| word.text.to_owned());
        assert!(texts.eq((0..100).map(|n: u32| n.to_string())));
    }
}
