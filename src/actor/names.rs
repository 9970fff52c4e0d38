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
use crate::text::{Span, fold, fold_char, is_punctuation, n_letters};
use crate::vocabulary::Spelling;
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
            openings.add(pattern, !name.text.starts_with(char::is_uppercase));
        }
        Self { automaton, all: by_pattern.into_values().collect(), openings }
    }

    /// The name that [`Found::name`] points at.
    pub(crate) fn name(&self, index: u32) -> &Name {
        &self.all[index as usize]
    }

    /// The names that stand in `text`, in order, without overlap; of those that
    /// do overlap the first, of those that begin together the longest. A name is looked
    /// for at each of `openings`, which are in order: wherever a word may begin.
    pub(crate) fn find(
        &self,
        text: &str,
        mut openings: impl Iterator<Item = Opening> + Clone,
    ) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut free = 0;
        while let Some(opening) = openings.next() {
            // Most words are dismissed by how they are spelt.
            if !self.openings.may_begin(&opening) || opening.start < free {
                continue;
            }
            let next = || openings.clone().next().filter(|next| next.start == opening.end + 1);
            if self.openings.has(&opening, next)
                && let Some(longest) = self.longest(text, opening.start as usize)
            {
                free = longest.span.end;
                found.push(longest);
            }
        }
        found
    }

    /// The longest name that stands at byte `place`.
    pub(crate) fn longest(&self, text: &str, place: usize) -> Option<Found> {
        let automaton = self.automaton.as_ref()?;
        let mut state = automaton.start_state(Anchored::Yes).ok()?;
        let bytes = text.as_bytes();
        let mut longest = None;
        let mut folded = String::new();
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
                    longest = Some(Found { span: Span::new(place, end), name: pattern.as_u32() });
                }
            }
        }
        longest
    }
}

/// Where a name may begin: a word of a text, or a mark, and how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening {
    /// Its first byte.
    pub(crate) start: u32,
    /// One past its last byte: of its letters or digits, or of the mark.
    pub(crate) end: u32,
    /// How it is spelt.
    pub(crate) spelling: Spelling,
    /// Whether a character that is not ASCII is part of it, or stands right behind: it may
    /// fold to any letters.
    pub(crate) wide: bool,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
}

impl Opening {
    /// The one at byte `start` of `text`; `None` at its end.
    pub(super) fn of(text: &str, start: usize) -> Option<Self> {
        let bytes = &text.as_bytes()[start..];
        let first = *bytes.first()?;
        let letters = n_letters(bytes);
        let spelling = match letters {
            0 => Spelling::of_first(first),
            _ => Spelling::of(&text[start..start + letters]),
        };
        let end = letters.max(1);
        let behind = &bytes[end..];
        let wide = !first.is_ascii()
            || behind.first().is_some_and(|byte| !byte.is_ascii() && !is_punctuation(behind));
        let Span { start, end } = Span::new(start, start + end);
        Some(Self { start, end, spelling, wide, capital: first.is_ascii_uppercase() })
    }

    /// The word behind this one, where that is a short one and one space parts the two.
    fn next(&self, text: &str) -> Option<Self> {
        let space = text.as_bytes().get(self.end as usize) == Some(&b' ');
        (space && self.is_short()).then(|| Self::of(text, self.end as usize + 1)).flatten()
    }

    /// Whether many names may begin with it.
    fn is_short(&self) -> bool {
        self.end - self.start <= 3
    }
}

/// How every name begins.
#[derive(Debug)]
struct Openings {
    /// A bit for the spelling of every first word, and of those with a capital behind all
    /// others.
    words: Box<[u64; 2 << 10]>,
    /// A bit for the spelling of every first word; where that is a short one and others
    /// follow, for the first two.
    pairs: Box<[u64; 1 << 10]>,
}

impl Openings {
    /// No name at all.
    fn new() -> Self {
        Self { words: Box::new([0; 2 << 10]), pairs: Box::new([0; 1 << 10]) }
    }

    /// Adds a folded name that begins with a capital or, if `lower`, in lower case.
    fn add(&mut self, pattern: &str, lower: bool) {
        // What is not ASCII is looked for wherever it stands.
        let Some(first) = Opening::of(pattern, 0).filter(|first| !first.wide) else { return };
        set(&mut self.words, Self::word(Opening { capital: true, ..first }));
        if lower {
            set(&mut self.words, Self::word(first));
        }
        match first.next(pattern) {
            Some(second) if second.wide => {}
            Some(second) => set(&mut self.pairs, Self::pair(&first, &second)),
            None => set(&mut self.pairs, first.spelling.number().into()),
        }
    }

    #[inline]
    fn word(first: Opening) -> usize {
        usize::from(first.spelling.number()) | usize::from(first.capital) << 16
    }

    fn pair(first: &Opening, second: &Opening) -> usize {
        usize::from(first.spelling.number().rotate_left(5) ^ second.spelling.number())
    }

    /// Whether a name may begin with this word.
    #[inline]
    fn may_begin(&self, first: &Opening) -> bool {
        first.wide || has(&self.words, Self::word(*first))
    }

    /// The same of a word that a name may begin with, and of the `next` one.
    fn has(&self, first: &Opening, next: impl FnOnce() -> Option<Opening>) -> bool {
        // "the" begins names, and is itself none.
        first.wide
            || has(&self.pairs, first.spelling.number().into())
            || first.is_short()
                && next().is_some_and(|second| {
                    second.wide || has(&self.pairs, Self::pair(first, &second))
                })
    }
}

fn set<const N: usize>(bits: &mut [u64; N], bit: usize) {
    bits[bit >> 6] |= 1 << (bit & 63);
}

#[inline]
fn has<const N: usize>(bits: &[u64; N], bit: usize) -> bool {
    bits[bit >> 6] >> (bit & 63) & 1 == 1
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
        let alike = |name: &str, text: &str| {
            let [name, text] = [name, text].map(|text| Opening::of(text, 0).unwrap());
            (name.wide, text.wide) == (false, false) && name.spelling == text.spelling
        };
        for (name, texts) in [
            ("serbia", ["Serbia", "SERBIA's", "Serbia-led talks", "Serbia’s"]),
            ("u.s.", ["U.S.", "u.s", "U 235", "u"]),
            ("10 downing street", ["10 Downing Street", "11 of them", "10", "1"]),
            ("montenegro", ["Montenegro", "MONTENEGRO", "montenegro.", "Montenegro –"]),
        ] {
            for text in texts {
                assert!(alike(name, text), "{name} {text}");
            }
        }
        for (name, text) in [("serbia", "Serbian"), ("un", "Under"), ("the west", "This")] {
            assert!(!alike(name, text), "{name} {text}");
        }
    }

    #[test]
    fn a_short_word_opens_a_name_with_the_word_behind_it() {
        let mut openings = Openings::new();
        for name in ["the hague", "un", "al jazira", "the 9/11 commission"] {
            openings.add(name, name == "the hague");
        }
        for (text, expected) in [
            ("The Hague", true),
            ("the Hague's", true),
            ("The Hâgue", true),
            ("The\u{A0}Hague", true),
            ("The 9/11 Commission", true),
            ("UN", true),
            ("UN Security Council", true),
            ("un", false),
            ("Al Jazira", true),
            ("al Jazira", false),
            ("The harbour", false),
            ("The", false),
            ("Al", false),
            ("Hague", false),
        ] {
            let first = Opening::of(text, 0).unwrap();
            let second = first.next(text);
            let opens = openings.may_begin(&first) && openings.has(&first, || second);
            assert_eq!(opens, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_ascii_may_open_any_name() {
        for (text, expected) in [
            ("Évora", true),
            ("Côte d'Ivoire", true),
            ("Türkiye", true),
            ("E\u{301}vora", true),
            ("İ", true),
            ("“Serbia”", true),
            ("Serbia’s", false),
            ("Al Ḥudayda", false),
        ] {
            assert_eq!(Opening::of(text, 0).unwrap().wide, expected, "{text}");
        }
    }
}
