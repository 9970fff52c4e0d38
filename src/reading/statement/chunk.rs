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

/// Reads the words and chunks of all `units` of a text, which `grains` are of.
pub(super) fn read(
    text: &str,
    grains: &[Grain],
    units: &mut [Unit],
    quotations: &[Quotation],
) -> (Vec<Token>, Vec<Chunk>) {
    let mut tokens = Vec::with_capacity(grains.len());
    let mut chunks = Vec::with_capacity(text.len() / 6);
    let mut marks = Vec::new();
    let mut next = 0;
    for unit in units {
        marks.clear();
        let (word, chunk) = (tokens.len(), chunks.len());
        tokenize(text, unit, quotations, (grains, &mut next), &mut tokens, &mut marks);
        group(&tokens, word, &marks, text, &mut chunks);
        unit.chunks = chunk..chunks.len();
    }
    (tokens, chunks)
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
    // Where what was read ends.
    let mut read = unit.span.start;
    let quotations = &quotations[..unit.quotations.end];
    let begins =
        |index: usize| quotations.get(index).map_or(u32::MAX, |quotation| quotation.outer.start);
    let mut quotation = unit.quotations.start;
    let mut quoted_from = begins(quotation);
    let mut opens = true;
    let lexicon = lexicon();
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
        *next += 1;
        let token = if grain.sort == Sort::Plain && grain.ends_word() && grain.end < end {
            read = grain.end;
            plain_word(text, lexicon, grain, opens)
        } else {
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
            word(text, whole, opens)
        };
        name_the_day(tokens, &token, text);
        tokens.push(token);
        opens = false;
    }
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

/// Makes a month or day part of the name that `next` goes on: "Jan Nowak", "the
/// Harbour Morning Post".
fn name_the_day(tokens: &mut [Token], next: &Token, text: &str) {
    let [earlier @ .., day] = tokens else { return };
    let adjacent = |one: &Token, two: &Token| one.span.end + 1 == two.span.start;
    if day.class != Class::Time || !day.capital || !next.name || !adjacent(day, next) {
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

/// Groups the words and marks of one unit, whose words are the last ones from `word` on,
/// into chunks.
fn group(tokens: &[Token], mut word: usize, marks: &[Mark], text: &str, chunks: &mut Vec<Chunk>) {
    for Mark { kind, span, before } in marks {
        group_run(tokens, word..*before, text, chunks);
        chunks.push(Chunk { kind: *kind, span: *span, tokens: (0, 0) });
        word = *before;
    }
    group_run(tokens, word..tokens.len(), text, chunks);
}

/// The same of words with no mark between them.
fn group_run(tokens: &[Token], words: Range<usize>, text: &str, chunks: &mut Vec<Chunk>) {
    let mut at = words.start;
    while at < words.end {
        let run = &tokens[at..words.end];
        let length = noun_length(run, text);
        let members = &run[..length.max(1)];
        let span = Span { start: members[0].span.start, end: members[members.len() - 1].span.end };
        let kind = if length > 0 { Kind::Noun } else { kind(&members[0]) };
        let index = u32::try_from(at).unwrap_or(u32::MAX);
        at += members.len();
        let last = u32::try_from(at).unwrap_or(u32::MAX);
        // "last week", "November 7": time, not an actor
        let time = match kind {
            Kind::Time => true,
            Kind::Noun => members
                .iter()
                .all(|token| matches!(token.class, Class::Determiner | Class::Definite)),
            _ => false,
        };
        if let Some(previous) = chunks.last_mut().filter(|_| time) {
            let joins = match (previous.kind, kind) {
                (Kind::Time, _) => previous.span.end + 2 >= span.start,
                (Kind::Noun, Kind::Time) => previous
                    .tokens(tokens)
                    .iter()
                    .all(|token| matches!(token.class, Class::Determiner | Class::Definite)),
                _ => false,
            };
            if joins {
                previous.kind = Kind::Time;
                previous.span.end = span.end;
                previous.tokens.1 = last;
                continue;
            }
        }
        chunks.push(Chunk { kind, span, tokens: (index, last) });
    }
}

/// The kind of a word that is no part of a noun phrase.
fn kind(token: &Token) -> Kind {
    match token.class {
        Class::Pronoun(pronoun) => Kind::Pronoun(pronoun),
        Class::Object => Kind::Object,
        Class::Relative => Kind::Relative,
        Class::Report(verb) => Kind::Report(verb),
        Class::Be => Kind::Be,
        Class::Have => Kind::Have,
        Class::Modal => Kind::Modal,
        Class::Of => Kind::Of,
        Class::To => Kind::To,
        Class::Preposition => Kind::Preposition,
        Class::And => Kind::And,
        Class::Subordinator => Kind::Subordinator,
        Class::That => Kind::That,
        Class::Negation => Kind::Negation,
        Class::Adverb => Kind::Adverb,
        Class::Time => Kind::Time,
        Class::According => Kind::According,
        _ => match token.ending {
            Ending::Ing => Kind::Gerund,
            Ending::Ly => Kind::Adverb,
            Ending::Ed | Ending::Other => Kind::Finite,
        },
    }
}

/// How long a noun phrase can be, in words: longer ones are lists or no language.
const LONGEST: usize = 24;

/// How many of the words at the head of `run`, between two marks, form a noun phrase;
/// 0 when none.
fn noun_length(run: &[Token], text: &str) -> usize {
    // "a call that": one of them cannot be the subject of "call"
    let single =
        || run.first().is_some_and(|first| matches!(first.span.of(text), "a" | "an" | "A" | "An"));
    let mut previous = None;
    for (length, current) in run.iter().enumerate().take(LONGEST) {
        let noun =
            matches!(current.class, Class::Report(verb) if verb.noun && verb.form == Form::Base);
        let goes_on = || extends(previous, current, run.get(length + 1), length, text);
        if !(noun && single() || goes_on()) {
            return length;
        }
        previous = Some(current);
    }
    run.len().min(LONGEST)
}

/// Whether `current` goes on the noun phrase that ends with `previous`, or
/// begins one where there is none.
fn extends(
    previous: Option<&Token>,
    current: &Token,
    next: Option<&Token>,
    length: usize,
    text: &str,
) -> bool {
    // what stands before an attribute rather than after a noun
    let modified = previous.is_some_and(|before| {
        before.possessive
            || matches!(before.class, Class::Definite | Class::Determiner | Class::Possessive)
    });
    let after_name = previous.is_some_and(|before| before.name && !before.possessive);
    match current.class {
        // "Allegedly", "Meeting reporters": no name but for what follows
        _ if current.name && current.initial && previous.is_none() && is_inflected(current) => {
            current.possessive || next.is_some_and(|after| after.name || is_predicate(after))
        }
        _ if current.name => true,
        Class::Role | Class::Collective | Class::Body | Class::Document | Class::Label => {
            !(current.class == Class::Label && previous.is_none() && current.ending == Ending::Ed)
        }
        Class::Definite => {
            length == 0 || previous.is_some_and(|before| before.class == Class::Determiner)
        }
        Class::Determiner => true,
        // "her" may be an object: it needs a noun behind it
        Class::Possessive => length == 0 && next.is_some_and(starts_noun),
        Class::Report(verb) if verb.noun => {
            let verbal = next.is_some_and(|after| {
                matches!(
                    after.class,
                    Class::That
                        | Class::Pronoun(_)
                        | Class::Definite
                        | Class::Possessive
                        | Class::Object
                )
            });
            let predicate = next.is_some_and(|after| {
                matches!(after.class, Class::Be | Class::Have | Class::Modal | Class::Report(_))
            });
            modified
                || (length > 0
                    && !verbal
                    && !after_name
                    && previous.is_some_and(|before| !matches!(before.class, Class::Collective)))
                || (length == 0 && predicate)
        }
        Class::Report(verb) => verb.form == Form::Past && modified && next.is_some_and(starts_noun),
        Class::Unknown => {
            let word = current.span.of(text);
            let verbal = match current.ending {
                Ending::Ed => word.len() > 4,
                Ending::Ly => !ADJECTIVES_IN_LY.contains(&word),
                Ending::Ing | Ending::Other => false,
            };
            if verbal {
                return modified && next.is_some_and(starts_noun);
            }
            if word.len() > 5 && current.ending == Ending::Ing && !NOUNS_IN_ING.contains(&word) {
                return modified || (length > 0 && !after_name);
            }
            if !after_name {
                return true;
            }
            // after a name a word is a verb unless what follows makes it a noun
            next.is_some_and(|after| {
                after.possessive
                    || after.name && is_agent(word)
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
