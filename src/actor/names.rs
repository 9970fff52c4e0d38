//! All names of all actors, found in one pass.
//!
//! One automaton over the folded names is set on the text wherever a word begins as a
//! name may, is fed the folds of its characters, and reports every name that begins
//! there. Boundaries and capitals are checked on the text as it was written, and only then does the longest name win: choosing the
//! longest first would let `North Korea` in `North Koreans` hide a shorter name
//! that does stand there. The work is linear in the text; a register of 10,000
//! actors makes the automaton larger, not slower by more than its cache misses.
//!
//! What a name means at its place is not decided here: [`Sense`] says what it can
//! mean, `reading::mention` looks around it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use rustc_hash::FxHashSet;

use super::{Actor, Alias, Kind, number};
use crate::text::{Span, fold, fold_char, not_lower};
use crate::when::When;

/// What a name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Names of actors, by index; more than one where they share the name.
    Actors(Vec<u32>),
    /// The seat of a state's government: the place, or the state that acts.
    Seat(u32),
    /// A news agency: the source of a text, not someone in it.
    Agency,
    /// A longer name that is none of the actors whose names it contains.
    Nobody,
}

/// One name.
#[derive(Debug)]
pub(crate) struct Name {
    /// As it is printed.
    pub(crate) text: Arc<str>,
    /// What it can mean.
    pub(crate) sense: Sense,
    /// Whether it is also an ordinary word or another name.
    pub(crate) caution: bool,
    /// Which letters must be capitals.
    capitals: Capitals,
    /// The actors that go by it for a time only, with that time.
    periods: Vec<(u32, Alias)>,
}

/// How a name must be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Letter by letter as in the register: `US`, `WHO`.
    All,
    /// Each word that begins with a capital there begins with one here.
    Initial,
    /// Any way: the name itself is in lower case.
    None,
}

/// A name at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes.
    pub(crate) span: Span,
    /// Index, for [`Names::name`].
    pub(crate) name: u32,
}

/// Every name, and what finds them.
#[derive(Debug)]
pub(crate) struct Names {
    automaton: Option<NFA>,
    all: Vec<Name>,
    /// How names may begin in a folded text: most words are dismissed by it.
    openings: Openings,
}

impl Names {
    /// Gathers the names of `actors`. A name of an actor wins over a seat of the
    /// same spelling, a seat over an agency; what the owner ignores is left out.
    pub(super) fn new(
        actors: &[Actor],
        agencies: &[Arc<str>],
        ignored: &FxHashSet<String>,
    ) -> Self {
        // By folded pattern, so that the automaton is the same for the same file.
        let mut by_pattern: BTreeMap<String, Name> = BTreeMap::new();
        for (index, actor) in actors.iter().enumerate() {
            let index = number(index);
            let shown = Alias::always(actor.name.clone());
            for alias in std::iter::once(&shown).chain(&actor.aliases) {
                for spelling in spellings(&alias.name) {
                    let caution = actor.caution && *spelling == *actor.name;
                    by_pattern
                        .entry(fold(&spelling).into_owned())
                        .or_insert_with(|| Name::new(spelling, Sense::Actors(Vec::new()), caution))
                        .claim(index, alias);
                }
            }
        }
        for (index, actor) in actors.iter().enumerate() {
            for text in &actor.not {
                let pattern = fold(text).into_owned();
                by_pattern
                    .entry(pattern)
                    .or_insert_with(|| Name::new(text.clone(), Sense::Nobody, false));
            }
            if actor.kind == Kind::State {
                for text in &actor.seats {
                    let seat =
                        || Name::new(text.clone(), Sense::Seat(number(index)), actor.seat_caution);
                    by_pattern.entry(fold(text).into_owned()).or_insert_with(seat);
                }
            }
        }
        for text in agencies {
            by_pattern
                .entry(fold(text).into_owned())
                .or_insert_with(|| Name::new(text.clone(), Sense::Agency, false));
        }
        by_pattern.retain(|pattern, _| !pattern.is_empty() && !ignored.contains(pattern));
        // Folding writes ASCII in lower case and the automaton reads it in either:
        // ASCII text then needs no folding at all.
        let automaton = NFA::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(by_pattern.keys())
            .ok();
        let mut openings = Openings::new();
        for (pattern, name) in &by_pattern {
            // A name in capitals never begins in lower case.
            openings.add(pattern.as_bytes(), !name.text.starts_with(char::is_uppercase));
        }
        Self { automaton, all: by_pattern.into_values().collect(), openings }
    }

    /// The name that [`Found::name`] points at.
    pub(crate) fn name(&self, index: u32) -> &Name {
        &self.all[index as usize]
    }

    /// The names that stand in `text`, in order, without overlap; of those that
    /// do overlap the first, of those that begin together the longest. A name is looked
    /// for at each of `places`, which are in order: wherever a word may begin.
    pub(crate) fn find(&self, text: &str, places: impl Iterator<Item = usize>) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let Ok(start) = automaton.start_state(Anchored::Yes) else { return Vec::new() };
        let mut found = Vec::new();
        let mut folded = String::new();
        let bytes = text.as_bytes();
        for place in places {
            // Most words are dismissed by their first two letters, small ones.
            let rest = &bytes[place..];
            if !self.openings.has_head(rest) || !self.openings.may_begin(rest) {
                continue;
            }
            let mut state = start;
            let mut length = 0;
            let mut end = place;
            while let Some(&byte) = bytes.get(end) {
                if byte.is_ascii() {
                    state = automaton.next_state(Anchored::Yes, state, byte);
                    length += 1;
                    end += 1;
                } else {
                    let Some(c) = text[end..].chars().next() else { break };
                    folded.clear();
                    fold_char(c, &mut folded);
                    for byte in folded.bytes() {
                        state = automaton.next_state(Anchored::Yes, state, byte);
                    }
                    length += folded.len();
                    end += c.len_utf8();
                }
                // A mark that belongs to the letter before begins no name.
                if automaton.is_dead(state) || length == 0 {
                    break;
                }
                if !automaton.is_match(state) {
                    continue;
                }
                for index in 0..automaton.match_len(state) {
                    let pattern = automaton.match_pattern(state, index);
                    // Others end here, too, and began later.
                    if automaton.pattern_len(pattern) == length
                        && is_apart(text, place, end)
                        && self.all[pattern.as_usize()].is_written(&text[place..end])
                    {
                        let span = Span::new(place, end);
                        found.push(Found { span, name: pattern.as_u32() });
                    }
                }
            }
        }
        found.sort_unstable_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        let mut end = 0;
        found.retain(|hit| {
            let free = hit.span.start >= end;
            if free {
                end = hit.span.end;
            }
            free
        });
        found
    }
}

/// The first two bytes and the first words of every name.
#[derive(Debug)]
struct Openings {
    /// A bit for every two bytes that a name may begin with, the first the lowest, and for
    /// all with one of no ASCII, which may fold to any.
    heads: Box<[u64]>,
    /// A bit for the [`opening`] of every name; where that is a short word and others
    /// follow, for the first two words.
    words: Box<[u64]>,
}

impl Openings {
    /// No name at all.
    fn new() -> Self {
        let mut openings = Self { heads: vec![0; 1 << 10].into(), words: vec![0; 1 << 10].into() };
        for wide in 0x80..=0xFF {
            for byte in 0..=0xFF {
                openings.add_head([wide, byte]);
                openings.add_head([byte, wide]);
            }
        }
        openings
    }

    fn add_head(&mut self, head: [u8; 2]) {
        let bit = usize::from(u16::from_le_bytes(head));
        self.heads[bit >> 6] |= 1 << (bit & 63);
    }

    /// Adds a folded name that begins with a capital or, if `lower`, in lower case.
    fn add(&mut self, pattern: &[u8], lower: bool) {
        let Some(first) = pattern.first() else { return };
        let capital = first.to_ascii_uppercase();
        for first in [capital, if lower { *first } else { capital }] {
            match pattern.get(1) {
                Some(second) => {
                    self.add_head([first, *second]);
                    self.add_head([first, second.to_ascii_uppercase()]);
                }
                None => (0..=0xFF).for_each(|second| self.add_head([first, second])),
            }
        }
        let words = opening(pattern).and_then(|word| match second_word(pattern, word) {
            Some(second) => opening(second).map(|second| word.and(second)),
            None => Some(word),
        });
        if let Some(Opening { bit, .. }) = words {
            self.words[bit >> 6] |= 1 << (bit & 63);
        }
    }

    #[inline]
    fn has(&self, Opening { bit, .. }: Opening) -> bool {
        self.words[bit >> 6] >> (bit & 63) & 1 == 1
    }

    /// Whether the first two bytes of a name may be those of `rest`.
    #[inline]
    fn has_head(&self, rest: &[u8]) -> bool {
        let Some(head) = rest.first_chunk::<2>() else { return true };
        let bit = usize::from(u16::from_le_bytes(*head));
        self.heads[bit >> 6] >> (bit & 63) & 1 == 1
    }

    /// Whether the first words of a name may be those of `rest`.
    #[inline]
    fn may_begin(&self, rest: &[u8]) -> bool {
        let Some(word) = opening(rest) else { return true };
        // "the" begins names, and is itself none.
        self.has(word)
            || second_word(rest, word)
                .is_some_and(|rest| opening(rest).is_none_or(|second| self.has(word.and(second))))
    }
}

/// How a text begins: its first word, or its first two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Opening {
    /// A number of sixteen bits.
    bit: usize,
    /// Letters of the first word, eight at most.
    length: u32,
}

impl Opening {
    /// Both words, this one first.
    fn and(self, second: Self) -> Self {
        Self { bit: (self.bit << 5 | self.bit >> 11) & 0xFFFF ^ second.bit, ..self }
    }
}

/// What follows the first word of `text`, a short one, and one space, if anything does.
#[inline]
fn second_word(text: &[u8], first: Opening) -> Option<&[u8]> {
    const SHORT: u32 = 3;
    let rest = text.get(first.length as usize..).filter(|_| first.length <= SHORT)?;
    rest.strip_prefix(b" ").filter(|rest| !rest.is_empty())
}

/// The first word of `text`, whatever its capitals: its letters of ASCII, or the first
/// eight. A name ends where a word does, so it begins nowhere but where the word has the
/// number of its own. `None` if a character that is not ASCII stands among them.
#[inline]
fn opening(text: &[u8]) -> Option<Opening> {
    const SMALL: u64 = u64::from_ne_bytes([0x20; 8]);
    let word = text.first_chunk::<8>().copied().unwrap_or_else(|| {
        let mut word = [0; 8];
        word[..text.len()].copy_from_slice(text);
        word
    });
    let word = u64::from_le_bytes(word);
    let small = word | SMALL;
    let others = not_lower(small);
    // The top bit of the first byte that is no letter, and the bits of the letters before.
    let end = others & others.wrapping_neg();
    let letters = if end == 0 { u64::MAX } else { (end - 1) >> 7 };
    if word & end != 0 {
        return None;
    }
    let hash = (small & letters).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
    Some(Opening { bit: usize::try_from(hash).ok()?, length: end.trailing_zeros() / 8 })
}

impl Name {
    fn new(text: Arc<str>, sense: Sense, caution: bool) -> Self {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = if text.chars().any(char::is_lowercase) {
            if text.chars().any(char::is_uppercase) { Capitals::Initial } else { Capitals::None }
        } else if letters <= 3 {
            Capitals::All
        } else {
            Capitals::Initial
        };
        Self { text, sense, caution, capitals, periods: Vec::new() }
    }

    /// Makes it a name of `actor` for the time of `alias`.
    fn claim(&mut self, actor: u32, alias: &Alias) {
        let Sense::Actors(claims) = &mut self.sense else { return };
        let known = claims.contains(&actor);
        if !known {
            claims.push(actor);
        }
        let bounded = alias.from.is_some() || alias.to.is_some();
        let always = known && self.periods.iter().all(|(other, _)| *other != actor);
        if bounded && !always {
            self.periods.push((actor, alias.clone()));
        } else {
            self.periods.retain(|(other, _)| *other != actor);
        }
    }

    /// Those of `claims` who go by the name in an article of `when`.
    pub(crate) fn claimed<'a>(&self, claims: &'a [u32], when: Option<&When>) -> Cow<'a, [u32]> {
        if self.periods.is_empty() {
            return Cow::Borrowed(claims);
        }
        let goes_by_it = |actor: &u32| {
            let mut own = self.periods.iter().filter(|(other, _)| other == actor).peekable();
            own.peek().is_none() || own.any(|(_, alias)| alias.is_used(when))
        };
        claims.iter().copied().filter(goes_by_it).collect()
    }

    /// Whether `written` has the capitals that the name asks for.
    fn is_written(&self, written: &str) -> bool {
        match self.capitals {
            Capitals::None => true,
            Capitals::All => !has_lower(written),
            Capitals::Initial => {
                let acronym = !has_lower(&self.text);
                // An acronym is printed as one word in capitals or, as some
                // papers do, like a name: NATO, Nato.
                if acronym || !has_lower(written) {
                    return initials(written).all(char::is_uppercase)
                        || self.text.starts_with("the ");
                }
                let mut wanted = initials(&self.text);
                initials(written)
                    .all(|c| !wanted.next().is_some_and(char::is_uppercase) || !c.is_lowercase())
                    || self.text.starts_with("the ")
                        && initials(written).skip(1).all(char::is_uppercase)
            }
        }
    }
}

/// Whether a letter in lower case stands in `text`.
fn has_lower(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_lowercase())
        || !text.is_ascii() && text.chars().any(char::is_lowercase)
}

/// The first letters of the words.
fn initials(text: &str) -> impl Iterator<Item = char> {
    let mut begins = true;
    text.chars().filter(move |c| {
        let joint = matches!(c, ' ' | '-' | '\u{2011}' | '\u{A0}');
        std::mem::replace(&mut begins, joint) && !joint
    })
}

/// A name as it is printed and, for a short acronym, with points: `US`, `U.S.`
fn spellings(name: &str) -> Vec<Arc<str>> {
    let mut spellings = vec![Arc::from(name)];
    if (2..=4).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let dotted: String = name.chars().flat_map(|c| [c, '.']).collect();
        spellings.push(dotted.into());
    }
    spellings
}

/// Whether no letter or digit touches the bytes on either side.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    use unicode_normalization::char::is_combining_mark;
    if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return false;
    }
    let part_of_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    !text[end..].chars().next().is_some_and(part_of_word)
        && !text[..start].chars().next_back().is_some_and(part_of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_text_that_has_it_open_alike() {
        for (name, texts) in [
            ("serbia", ["Serbia", "SERBIA's", "Serbia-led talks"]),
            ("u.s.", ["U.S.", "u.s", "U 235"]),
            ("10 downing street", ["10 Downing Street", "11 of them", "\"10"]),
            ("montenegro", ["Montenegro", "MONTENEGRIN", "montenegr"]),
        ] {
            for text in texts {
                assert_eq!(opening(name.as_bytes()), opening(text.as_bytes()), "{name} {text}");
            }
        }
        for (name, text) in [("serbia", "Serbian"), ("un", "Under"), ("the west", "This")] {
            assert_ne!(opening(name.as_bytes()), opening(text.as_bytes()), "{name} {text}");
        }
    }

    #[test]
    fn a_short_word_opens_a_name_with_the_word_behind_it() {
        let mut openings = Openings::new();
        for name in ["the hague", "un", "al jazira", "the 9/11 commission"] {
            openings.add(name.as_bytes(), false);
        }
        for (text, expected) in [
            ("The Hague", true),
            ("the Hague's", true),
            ("The Hâgue", true),
            ("The\u{A0}Hague", true),
            ("The 9/11 Commission", true),
            ("UN", true),
            ("UN Security Council", true),
            ("Al Jazira", true),
            ("The harbour", false),
            ("The", false),
            ("Al", false),
            ("Hague", false),
        ] {
            assert_eq!(openings.may_begin(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_ascii_may_open_any_name() {
        for text in ["Évora", "Côte d'Ivoire", "Türkiye", "Serbia’s", "İ"] {
            assert_eq!(opening(text.as_bytes()), None, "{text}");
        }
        // Beyond a mark, and beyond eight letters, it says nothing of the first word.
        for text in ["Al Ḥudayda", "Herzegovina’s"] {
            assert!(opening(text.as_bytes()).is_some(), "{text}");
        }
    }
}
