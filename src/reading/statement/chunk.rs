//! Words and phrases of a stretch of prose, quotations set aside.
//!
//! A [`Unit`] is one sentence, or several where a quotation runs across their
//! ends, for who speaks is said once. Its words become chunks: noun phrases,
//! verbs of saying, marks, and one chunk for every quotation, so that grammar is
//! read outside quotation marks only. There is no dictionary of nouns: what the
//! lexicon does not know is part of a noun phrase unless its ending or its place
//! after a name makes it a verb.
//!
//! Entry points: [`units`], [`read`].

use std::ops::Range;

use super::lexicon::{Class, Form, Pronoun, Verb};
use super::mark::Quotation;
use super::token::{Ending, Token, plain_word, word, word_end};
use crate::reading::Prose;
use crate::reading::grain::{Grain, Sort};
use crate::reading::lexicon::lexicon;
use crate::text::Span;

/// Sentences that one grammar spans.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// From the first sentence's start to the last one's end.
    pub span: Span,
    /// Index into the prose's blocks.
    pub block: usize,
    /// Its quotations, by index.
    pub quotations: Range<usize>,
    /// Its chunks, by index.
    pub chunks: Range<usize>,
}

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A noun phrase without what `of` or other prepositions add.
    Noun,
    /// A pronoun that can be a subject.
    Pronoun(Pronoun),
    /// `him`, `them`.
    Object,
    /// `who`, `which`.
    Relative,
    /// A verb of saying.
    Report(Verb),
    /// Forms of "be".
    Be,
    /// Forms of "have" and "do".
    Have,
    /// `will`, `could`.
    Modal,
    /// Any other verb, as far as one can tell.
    Finite,
    /// A form in -ing of another verb.
    Gerund,
    /// `of`
    Of,
    /// `to`
    To,
    /// Other prepositions.
    Preposition,
    /// `and`, `or`, `but`
    And,
    /// `because`, `while`
    Subordinator,
    /// `that`
    That,
    /// `not`
    Negation,
    /// `also`
    Adverb,
    /// `Tuesday`, `last week`
    Time,
    /// `according`
    According,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash that stands free.
    Dash,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `?` or `!` inside the unit.
    Stop,
    /// A quotation, by index.
    Quote(u32),
}

/// A word group of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
    /// Its tokens: first and one past the last. Empty for marks and quotations.
    pub tokens: (u32, u32),
}

impl Chunk {
    /// Its tokens.
    #[inline]
    pub(super) fn tokens<'a>(&self, all: &'a [Token]) -> &'a [Token] {
        &all[self.tokens.0 as usize..self.tokens.1 as usize]
    }
}

/// Joins sentences that a quotation straddles.
pub(super) fn units(prose: &Prose, sentences: &[Span], quotations: &[Quotation]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(sentences.len());
    let (mut block, mut quotation) = (0, 0);
    for sentence in sentences {
        while prose.blocks.get(block + 1).is_some_and(|next| next.span.start <= sentence.start) {
            block += 1;
        }
        let first = quotation;
        while quotations.get(quotation).is_some_and(|found| found.outer.start < sentence.end) {
            quotation += 1;
        }
        let straddled = first > 0 && quotations[first - 1].outer.end > sentence.start;
        match units.last_mut().filter(|last| straddled && last.block == block) {
            Some(last) => {
                last.span.end = sentence.end;
                last.quotations.end = quotation;
            }
            None => units.push(Unit {
                span: *sentence,
                block,
                quotations: first..quotation,
                chunks: 0..0,
            }),
        }
    }
    units
}

/// The words of a text, and the groups that they form.
#[derive(Debug)]
pub(super) struct Grouped {
    /// The words outside quotations.
    pub tokens: Vec<Token>,
    /// The chunks of all units.
    pub chunks: Vec<Chunk>,
    /// Which chunks are noun phrases that hold a word of a name.
    pub names: Vec<u32>,
}

/// Reads the words and chunks of all `units` of a text, which `grains` are of.
pub(super) fn read(
    text: &str,
    grains: &[Grain],
    units: &mut [Unit],
    quotations: &[Quotation],
) -> Grouped {
    let mut tokens = Vec::with_capacity(grains.len());
    let mut groups = Groups {
        text,
        chunks: Vec::with_capacity(text.len() / 6),
        names: Vec::with_capacity(text.len() / 64),
    };
    let mut marks = Vec::new();
    let mut next = 0;
    for unit in units {
        marks.clear();
        let (word, chunk) = (tokens.len(), groups.chunks.len());
        tokenize(text, unit, quotations, (grains, &mut next), &mut tokens, &mut marks);
        groups.add(&tokens, word, &marks);
        unit.chunks = chunk..groups.chunks.len();
    }
    Grouped { tokens, chunks: groups.chunks, names: groups.names }
}

/// A mark or a quotation between the words of a unit.
#[derive(Debug, Clone, Copy)]
struct Mark {
    kind: Kind,
    span: Span,
    /// The token that it stands before.
    before: usize,
}

/// Reads the words and marks of one unit: `grains` are those of the text, and `next` is
/// the first that no unit before has.
fn tokenize(
    text: &str,
    unit: &Unit,
    quotations: &[Quotation],
    (grains, next): (&[Grain], &mut usize),
    tokens: &mut Vec<Token>,
    marks: &mut Vec<Mark>,
) {
    let end = unit.span.end;
    // Grains before it are part of what was read.
    let mut read = unit.span.start;
    let quotations = &quotations[..unit.quotations.end];
    let begins =
        |index: usize| quotations.get(index).map_or(u32::MAX, |quotation| quotation.outer.start);
    let mut quotation = unit.quotations.start;
    let mut quoted_from = begins(quotation);
    let mut opens = true;
    while let Some(grain) = grains.get(*next).filter(|grain| grain.start < end) {
        let start = grain.start;
        if start < read {
            *next += 1;
            continue;
        }
        if start >= quoted_from {
            let found = quotations[quotation];
            let index = u32::try_from(quotation).unwrap_or(u32::MAX);
            let kind = Kind::Quote(index);
            marks.push(Mark { kind, span: found.outer, before: tokens.len() });
            read = found.outer.end;
            *next += grains[*next..].partition_point(|grain| grain.start < read);
            quotation += 1;
            quoted_from = begins(quotation);
            opens = false;
            continue;
        }
        let bound = end.min(quoted_from.saturating_add(1));
        let plain = add_plain(text, &grains[*next..], bound, opens, tokens);
        if plain > 0 {
            *next += plain;
            opens = false;
            continue;
        }
        *next += 1;
        let c = grain.first(text);
        if !c.is_alphanumeric() && !matches!(c, '@' | '#' | '$' | '€' | '£') {
            if let Some(kind) = kind_of_mark(c, &text[grain.end as usize..]) {
                opens = matches!(kind, Kind::Colon | Kind::Dash | Kind::Stop);
                marks.push(Mark { kind, span: grain.span(), before: tokens.len() });
            }
            continue;
        }
        let whole = Span::new(start as usize, word_end(&text[..end as usize], start as usize));
        read = whole.end;
        add(tokens, word(text, whole, opens), text);
        opens = false;
    }
}

/// Appends the words at the head of `grains` that are one grain each, as most are, and
/// says how many there are: those that end before byte `bound`.
fn add_plain(
    text: &str,
    grains: &[Grain],
    bound: u32,
    opens: bool,
    tokens: &mut Vec<Token>,
) -> usize {
    let lexicon = lexicon();
    let is_word =
        |grain: &&Grain| grain.sort == Sort::Plain && grain.ends_word() && grain.end < bound;
    let before = tokens.len();
    for grain in grains.iter().take_while(is_word) {
        let opens = opens && tokens.len() == before;
        add(tokens, plain_word(text, lexicon, grain, opens), text);
    }
    tokens.len() - before
}

/// Appends a word.
#[inline]
fn add(tokens: &mut Vec<Token>, token: Token, text: &str) {
    if token.name {
        name_the_day(tokens, &token, text);
    }
    tokens.push(token);
}

/// What a mark is to a sentence that goes on with `rest`; most are nothing.
fn kind_of_mark(mark: char, rest: &str) -> Option<Kind> {
    match mark {
        ',' => Some(Kind::Comma),
        ':' => Some(Kind::Colon),
        ';' => Some(Kind::Semicolon),
        '–' | '—' | '―' => Some(Kind::Dash),
        '-' if rest.starts_with(char::is_whitespace) => Some(Kind::Dash),
        '(' | '[' => Some(Kind::Open),
        ')' | ']' => Some(Kind::Close),
        '?' | '!' => Some(Kind::Stop),
        _ => None,
    }
}

/// Makes a month or day part of the name that `next`, a word of one, goes on: "Jan
/// Nowak", "the Harbour Morning Post".
fn name_the_day(tokens: &mut [Token], next: &Token, text: &str) {
    let [earlier @ .., day] = tokens else { return };
    let adjacent = |one: &Token, two: &Token| one.span.end + 1 == two.span.start;
    if day.class != Class::Time || !day.capital || !adjacent(day, next) {
        return;
    }
    let before = earlier.last().filter(|before| adjacent(before, day));
    let inside = before.is_some_and(|before| before.name);
    let first = matches!(day.span.of(text), "Jan" | "April" | "June")
        && before.is_none_or(|before| before.class != Class::Preposition);
    if inside || first {
        (day.name, day.class) = (true, Class::Unknown);
    }
}

/// The chunks so far.
struct Groups<'a> {
    text: &'a str,
    chunks: Vec<Chunk>,
    names: Vec<u32>,
}

impl Groups<'_> {
    /// Groups the words and marks of one unit, whose words are the last ones from `word`
    /// on.
    fn add(&mut self, tokens: &[Token], mut word: usize, marks: &[Mark]) {
        for Mark { kind, span, before } in marks {
            self.add_run(tokens, word..*before);
            self.chunks.push(Chunk { kind: *kind, span: *span, tokens: (0, 0) });
            word = *before;
        }
        self.add_run(tokens, word..tokens.len());
    }

    /// The same of words with no mark between them.
    fn add_run(&mut self, tokens: &[Token], words: Range<usize>) {
        let mut at = words.start;
        while let [first, rest @ ..] = &tokens[at..words.end] {
            let alone = kind_alone(first.class);
            if let Some(kind) = alone.filter(|kind| *kind != Kind::Time) {
                let members = (short(at), short(at + 1));
                self.chunks.push(Chunk { kind, span: first.span, tokens: members });
                at += 1;
                continue;
            }
            let (length, named) = match alone {
                Some(_) => (0, false),
                None => noun_length(&tokens[at..words.end], self.text),
            };
            let kind = if length > 0 { Kind::Noun } else { alone.unwrap_or_else(|| kind(first)) };
            let last = length.checked_sub(2).map_or(first, |last| &rest[last]);
            let span = Span { start: first.span.start, end: last.span.end };
            let from = at;
            at += length.max(1);
            let members = (short(from), short(at));
            if self
                .chunks
                .last()
                .is_some_and(|previous| is_time_on(previous, kind, span, &tokens[from..at], tokens))
                && let Some(previous) = self.chunks.last_mut()
            {
                previous.kind = Kind::Time;
                previous.span.end = span.end;
                previous.tokens.1 = members.1;
                continue;
            }
            if named {
                self.names.push(short(self.chunks.len()));
            }
            self.chunks.push(Chunk { kind, span, tokens: members });
        }
    }
}

/// Whether a group of `kind` is one time with the chunk before it: "last week",
/// "November 7". No actor is.
fn is_time_on(
    previous: &Chunk,
    kind: Kind,
    span: Span,
    members: &[Token],
    tokens: &[Token],
) -> bool {
    let pointing = |members: &[Token]| {
        members.iter().all(|token| matches!(token.class, Class::Determiner | Class::Definite))
    };
    match (previous.kind, kind) {
        (Kind::Time, Kind::Time) => previous.span.end + 2 >= span.start,
        (Kind::Time, Kind::Noun) => previous.span.end + 2 >= span.start && pointing(members),
        (Kind::Noun, Kind::Time) => pointing(previous.tokens(tokens)),
        _ => false,
    }
}

/// An index as chunks keep it.
fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The kind of a word of a class that no noun phrase begins with, wherever it stands.
fn kind_alone(class: Class) -> Option<Kind> {
    match class {
        Class::Pronoun(pronoun) => Some(Kind::Pronoun(pronoun)),
        Class::Object => Some(Kind::Object),
        Class::Relative => Some(Kind::Relative),
        Class::Be => Some(Kind::Be),
        Class::Have => Some(Kind::Have),
        Class::Modal => Some(Kind::Modal),
        Class::Of => Some(Kind::Of),
        Class::To => Some(Kind::To),
        Class::Preposition => Some(Kind::Preposition),
        Class::And => Some(Kind::And),
        Class::Subordinator => Some(Kind::Subordinator),
        Class::That => Some(Kind::That),
        Class::Negation => Some(Kind::Negation),
        Class::Adverb => Some(Kind::Adverb),
        Class::Time => Some(Kind::Time),
        Class::According => Some(Kind::According),
        _ => None,
    }
}

/// The kind of any other word that is no part of a noun phrase.
fn kind(token: &Token) -> Kind {
    match (token.class, token.ending) {
        (Class::Report(verb), _) => Kind::Report(verb),
        (_, Ending::Ing) => Kind::Gerund,
        (_, Ending::Ly) => Kind::Adverb,
        (_, Ending::Ed | Ending::Other) => Kind::Finite,
    }
}

/// How long a noun phrase can be, in words: longer ones are lists or no language.
const LONGEST: usize = 24;

/// How many of the words at the head of `run`, between two marks, form a noun phrase,
/// 0 when none; and whether one of them belongs to a name.
fn noun_length(run: &[Token], text: &str) -> (usize, bool) {
    let mut named = false;
    for (length, current) in run.iter().enumerate().take(LONGEST) {
        if !extends(run, length, text) {
            return (length, named);
        }
        named |= current.name;
    }
    (run.len().min(LONGEST), named)
}

/// Whether the word at `length` goes on the noun phrase of all words of `run` before it,
/// or begins one where there are none.
fn extends(run: &[Token], length: usize, text: &str) -> bool {
    let current = &run[length];
    let next = || run.get(length + 1);
    let previous = || length.checked_sub(1).map(|before| &run[before]);
    // what stands before an attribute rather than after a noun
    let modified = || {
        previous().is_some_and(|before| {
            before.possessive
                || matches!(before.class, Class::Definite | Class::Determiner | Class::Possessive)
        })
    };
    let after_name = || previous().is_some_and(|before| before.name && !before.possessive);
    if current.name {
        // "Allegedly", "Meeting reporters": no name but for what follows
        return !(length == 0 && current.initial && is_inflected(current))
            || current.possessive
            || next().is_some_and(|after| after.name || is_predicate(after));
    }
    match current.class {
        Class::Unknown => {
            let word = || current.span.of(text);
            let verbal = match current.ending {
                Ending::Ed => word().len() > 4,
                Ending::Ly => !ADJECTIVES_IN_LY.contains(&word()),
                Ending::Ing | Ending::Other => false,
            };
            if verbal {
                return modified() && next().is_some_and(starts_noun);
            }
            if current.ending == Ending::Ing && word().len() > 5 && !NOUNS_IN_ING.contains(&word())
            {
                return modified() || (length > 0 && !after_name());
            }
            // after a name a word is a verb unless what follows makes it a noun
            !after_name()
                || next().is_some_and(|after| {
                    after.possessive
                        || after.name && is_agent(word())
                        || matches!(
                            after.class,
                            Class::Role
                                | Class::Of
                                | Class::Report(_)
                                | Class::Be
                                | Class::Have
                                | Class::Modal
                        )
                })
        }
        Class::Role | Class::Collective | Class::Body | Class::Document | Class::Determiner => true,
        Class::Label => length > 0 || current.ending != Ending::Ed,
        Class::Definite => previous().is_none_or(|before| before.class == Class::Determiner),
        // "her" may be an object: it needs a noun behind it
        Class::Possessive => length == 0 && next().is_some_and(starts_noun),
        Class::Report(verb) if verb.noun => {
            // "a call that": one of them cannot be the subject of "call"
            if verb.form == Form::Base && matches!(run[0].span.of(text), "a" | "an" | "A" | "An") {
                return true;
            }
            let verbal = || {
                next().is_some_and(|after| {
                    matches!(
                        after.class,
                        Class::That
                            | Class::Pronoun(_)
                            | Class::Definite
                            | Class::Possessive
                            | Class::Object
                    )
                })
            };
            match previous() {
                None => next().is_some_and(|after| {
                    matches!(after.class, Class::Be | Class::Have | Class::Modal | Class::Report(_))
                }),
                Some(before) => {
                    modified() || !verbal() && !after_name() && before.class != Class::Collective
                }
            }
        }
        Class::Report(verb) => {
            verb.form == Form::Past && modified() && next().is_some_and(starts_noun)
        }
        _ => false,
    }
}

/// Whether a word has an ending of those who do something: "pollster", "geologist".
fn is_agent(word: &str) -> bool {
    ["er", "or", "ist", "ian", "ant", "ent", "man", "woman", "eer"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// Whether a word has an ending that names seldom have.
fn is_inflected(token: &Token) -> bool {
    token.span.end - token.span.start > 5 && token.ending != Ending::Other
}

/// Whether a token can be the verb of the noun before it.
fn is_predicate(token: &Token) -> bool {
    matches!(token.class, Class::Be | Class::Have | Class::Modal | Class::Report(_) | Class::Finite)
}

/// Words in -ly that are adjectives or nouns.
const ADJECTIVES_IN_LY: &[&str] = &[
    "friendly",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "family",
    "elderly",
    "deadly",
    "costly",
    "likely",
    "unlikely",
    "lonely",
    "lovely",
    "assembly",
    "orderly",
    "monopoly",
    "supply",
    "reply",
    "anomaly",
    "bodily",
    "timely",
    "unfriendly",
    "quarterly",
];

/// Words in -ing that are nouns.
const NOUNS_IN_ING: &[&str] = &[
    "meeting",
    "building",
    "briefing",
    "hearing",
    "training",
    "filing",
    "housing",
    "nothing",
    "something",
    "anything",
    "everything",
    "morning",
    "evening",
    "wedding",
    "funding",
    "shooting",
];

/// Whether a noun phrase can go on with `token` after an attribute.
fn starts_noun(token: &Token) -> bool {
    token.name
        || matches!(
            token.class,
            Class::Unknown
                | Class::Role
                | Class::Collective
                | Class::Body
                | Class::Document
                | Class::Determiner
        )
        || matches!(token.class, Class::Report(verb) if verb.noun)
}
