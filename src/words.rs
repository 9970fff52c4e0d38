//! The words of one article, as search knows them.
//!
//! In come the prose and the words that reading found in it; out come each word
//! once, folded, with a weight, and every pair of neighbours as a number, by which
//! phrases are found. Nothing is read again: the index of the whole archive is
//! joined from these lists.
//!
//! A reader may ask why words are not stemmed here. The forms of a word are kept
//! apart until the whole archive is known: then those that belong together are
//! listed together, and the search page needs no grammar of its own.
//!
//! Start at [`Words::of`]. The script of the search page folds and parts a query
//! by the same rules: what changes here changes there.

use serde::{Deserialize, Serialize};

use crate::reading::{Prose, Zone};
use crate::text::{Span, fold_char, is_ascii_word, sorted_evenly};

/// What a word of the headline weighs, in words of the body.
const HEADLINE: u8 = 6;
/// Bit of a weight that says the word stands in the headline.
const IN_HEADLINE: u8 = 0x80;
/// Places that the pairs of an article are spread over: about as many as most have.
const PLACES: usize = 512;

/// Each word of an article once, and its pairs of neighbours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// In order of first use, parted by single spaces.
    text: String,
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
        // Nearly every word is plain ASCII and stands where it stood; the others follow, so
        // that counting allocates nothing.
        let mut count = Count::of(prose.text.to_ascii_lowercase(), tokens.len());
        let start = |number: usize| {
            let block = prose.blocks.get(number);
            let end = block.map_or(u32::MAX, |block| block.span.end);
            let in_headline = block.is_some_and(|block| block.zone == Zone::Headline);
            Place { block: number, end, in_headline }
        };
        let mut place = start(0);
        let mut odd = Vec::new();
        for token in tokens {
            while place.end <= token.start {
                place = start(place.block + 1);
            }
            let word = &count.folded.as_bytes()[token.range()];
            if is_joining(word) {
                continue;
            }
            if let Some(hashes) = plain_hashes(word, count.before) {
                count.add(*token, hashes, place);
            } else {
                fold_words(token.of(&prose.text), &mut count.folded, |span| odd.push(span));
                for span in odd.drain(..) {
                    count.add_odd(span, place);
                }
            }
        }
        count.finish()
    }

    /// Each word once.
    pub fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        // Words are short: to look for the next space byte by byte beats a search made ready
        // for long stretches.
        let mut rest = self.text.as_str();
        self.weights().map(move |(weight, in_headline)| {
            let end = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
            let (text, others) = rest.split_at(end);
            rest = others.get(1..).unwrap_or_default();
            Word { text, weight, in_headline }
        })
    }

    /// Of each word what [`Word`] says of it beside its text, in the same order.
    pub fn weights(&self) -> impl Iterator<Item = (u8, bool)> {
        self.weights.iter().map(|weight| (weight & !IN_HEADLINE, weight & IN_HEADLINE != 0))
    }

    /// A hash of every two words that stand side by side in one block, joining
    /// words passed over; in order, each once.
    ///
    /// Source: FNV-1a, 32 bits (RFC 9923), over the UTF-16 code units of both words
    /// with a space between them, as scripts count them.
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
    in_headline: bool,
}

/// The words of an article, being counted.
struct Count {
    /// All that words are made of.
    folded: String,
    /// Of each word where it stands in `folded`, its own hash, and its weight.
    spans: Vec<Span>,
    hashes: Vec<u32>,
    weights: Vec<u8>,
    /// The numbers of the words, from 1, each at the first free slot from its hash on; 0
    /// where none is. A power of two in number, and at most half of them taken.
    slots: Vec<u32>,
    pairs: Vec<u32>,
    length: u32,
    /// The hash of the last word with a space, which the next word's pair goes on from: the
    /// words before do not matter to it.
    before: u32,
    /// The block of the last word.
    block: Option<usize>,
}

impl Count {
    /// Counts nothing yet; there is room for `n` words.
    fn of(folded: String, n: usize) -> Self {
        Self {
            folded,
            spans: Vec::with_capacity(n / 2),
            hashes: Vec::with_capacity(n / 2),
            weights: Vec::with_capacity(n / 2),
            slots: vec![0; n.next_power_of_two()],
            pairs: Vec::with_capacity(n),
            length: 0,
            before: FIRST,
            block: None,
        }
    }

    /// Counts a folded word that joins no others, with its hash alone and after the last.
    #[inline]
    fn add(&mut self, word: Span, (own, pair): (u32, u32), place: Place) {
        if self.block == Some(place.block) {
            self.pairs.push(pair);
        }
        self.block = Some(place.block);
        self.before = step(own, u16::from(b' '));
        self.length += 1;

        let number = self.number_of(word, own);
        let weight = &mut self.weights[number];
        let (count, flag) = (*weight & !IN_HEADLINE, *weight & IN_HEADLINE);
        let (more, flag) = if place.in_headline { (HEADLINE, IN_HEADLINE) } else { (1, flag) };
        *weight = (count + more).min(!IN_HEADLINE) | flag;
    }

    /// Counts a folded word, unless it joins others.
    fn add_odd(&mut self, word: Span, place: Place) {
        let text = word.of(&self.folded);
        if !is_joining(text.as_bytes()) {
            let hashes = hashes(text, self.before);
            self.add(word, hashes, place);
        }
    }

    /// The number of a word whose hash is `own`, from 0: a new one the first time.
    #[inline]
    fn number_of(&mut self, word: Span, own: u32) -> usize {
        let folded = self.folded.as_bytes();
        let text = &folded[word.range()];
        let last = self.slots.len() - 1;
        let mut slot = first_slot(own) & last;
        while let Some(number) = (self.slots[slot] as usize).checked_sub(1) {
            if self.hashes[number] == own && folded[self.spans[number].range()] == *text {
                return number;
            }
            slot = (slot + 1) & last;
        }
        self.spans.push(word);
        self.hashes.push(own);
        self.weights.push(0);
        self.slots[slot] = u32::try_from(self.spans.len()).unwrap_or(u32::MAX);
        if self.spans.len() * 2 > self.slots.len() {
            self.grow();
        }
        self.spans.len() - 1
    }

    fn grow(&mut self) {
        let mut slots = vec![0; 2 * self.slots.len()];
        let last = slots.len() - 1;
        for (number, hash) in (1..).zip(&self.hashes) {
            let mut slot = first_slot(*hash) & last;
            while slots[slot] != 0 {
                slot = (slot + 1) & last;
            }
            slots[slot] = number;
        }
        self.slots = slots;
    }

    fn finish(self) -> Words {
        let Self { folded, spans, mut weights, pairs, length, .. } = self;
        let n_bytes: usize = spans.iter().map(|span| span.range().len() + 1).sum();
        let mut text = String::with_capacity(n_bytes);
        for span in &spans {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(span.of(&folded));
        }
        weights.shrink_to_fit();
        let place = |pair: &u32| (pair >> (u32::BITS - PLACES.ilog2())) as usize;
        let mut pairs = sorted_evenly(|| pairs.iter().copied(), PLACES, place);
        pairs.dedup();
        pairs.shrink_to_fit();
        Words { text, weights, pairs, length }
    }
}

/// The slot from which on a word of this hash stands, before it is cut to those there are.
fn first_slot(hash: u32) -> usize {
    // The highest bits of a product are the best mixed.
    let mixed = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    usize::try_from(mixed).unwrap_or(0)
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
        if !is_joining(found.as_bytes()) {
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

/// Whether a word joins others and says nothing alone; a search passes over it, and
/// it does not part the words of a phrase.
fn is_joining(word: &[u8]) -> bool {
    // By length and letter: this is asked of every word of the archive.
    matches!(
        word,
        b"a" | b"s"
            | b"an"
            | b"as"
            | b"at"
            | b"be"
            | b"by"
            | b"he"
            | b"in"
            | b"is"
            | b"it"
            | b"of"
            | b"on"
            | b"or"
            | b"to"
            | b"and"
            | b"are"
            | b"but"
            | b"for"
            | b"had"
            | b"has"
            | b"her"
            | b"his"
            | b"its"
            | b"she"
            | b"the"
            | b"was"
            | b"been"
            | b"from"
            | b"have"
            | b"that"
            | b"they"
            | b"this"
            | b"were"
            | b"with"
            | b"their"
            | b"which"
            | b"would"
    )
}

/// FNV-1a's offset basis.
const FIRST: u32 = 0x811c_9dc5;

/// The hash of `word` alone, and after what was hashed to `before`: over its UTF-16 code
/// units, as scripts count them.
fn hashes(word: &str, before: u32) -> (u32, u32) {
    let both = |(own, pair), unit| (step(own, unit), step(pair, unit));
    word.encode_utf16().fold((FIRST, before), both)
}

/// The same of a word that is plain ([`is_plain`]); `None` of another. Both are found by one
/// look at its bytes.
fn plain_hashes(word: &[u8], before: u32) -> Option<(u32, u32)> {
    let (mut own, mut pair, mut plain) = (FIRST, before, !word.is_empty());
    for byte in word {
        plain &= is_ascii_word(*byte);
        own = step(own, u16::from(*byte));
        pair = step(pair, u16::from(*byte));
    }
    plain.then_some((own, pair))
}

fn step(hash: u32, unit: u16) -> u32 {
    (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
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
        let found: Vec<(&str, u8, bool)> =
            words.iter().map(|word| (word.text, word.weight, word.in_headline)).collect();
        assert_eq!(found, [("harbour", 6, true), ("talks", 8, true)]);
        assert_eq!(words.length(), 4);
        // "harbour talks" and, over the joining words, "talks talks"; none across blocks.
        let pair = |a: &str, b: &str| format!("{a} {b}").encode_utf16().fold(FIRST, step);
        let mut pairs = [pair("harbour", "talks"), pair("talks", "talks")];
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
        assert!(words.iter().all(|word| word.weight == 2));
    }
}
