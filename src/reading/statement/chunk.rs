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
use super::token::{Ending, Token, capital_word, plain_word, word, word_end};
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
    /// Those of them that [`Grouped::cues`] lists, by their index there.
    pub cues: Range<usize>,
}

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
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
    /// A quotation.
    Quote,
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
    /// The index of the quotation that it is; 0 where it is none.
    pub quotation: u32,
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
                cues: 0..0,
            }),
        }
    }
    units
}

/// The words of a text, and the groups that they form.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    /// The words outside quotations.
    pub tokens: Vec<Token>,
    /// The chunks of all units.
    pub chunks: Vec<Chunk>,
    /// Which chunks are noun phrases that hold a word of a name.
    pub names: Vec<u32>,
    /// Which chunks can make a cue: verbs of saying, `according`, `of`.
    pub cues: Vec<u32>,
}

/// Reads the words and chunks of all `units` of a text, which `grains` are of.
pub(super) fn read(
    text: &str,
    grains: &[Grain],
    units: &mut [Unit],
    quotations: &[Quotation],
) -> Grouped {
    let grouped = Grouped {
        tokens: Vec::with_capacity(grains.len()),
        chunks: Vec::with_capacity(text.len() / 6),
        names: Vec::with_capacity(text.len() / 64),
        cues: Vec::with_capacity(text.len() / 64),
    };
    let mut reader = Reader { text, grains, marks: Vec::new(), days: false, grouped };
    for unit in units {
        let Grouped { tokens, chunks, cues, .. } = &reader.grouped;
        let (token, chunk, cue) = (tokens.len(), chunks.len(), cues.len());
        reader.tokenize(unit, quotations);
        if reader.days {
            name_days(&mut reader.grouped.tokens[token..], text);
        }
        reader.group(token);
        unit.chunks = chunk..reader.grouped.chunks.len();
        unit.cues = cue..reader.grouped.cues.len();
    }
    reader.grouped
}

/// A mark or a quotation between the words of a unit.
#[derive(Debug, Clone, Copy)]
struct Mark {
    kind: Kind,
    span: Span,
    /// The index of the quotation that it is; 0 where it is none.
    quotation: u32,
    /// The token that it stands before.
    before: usize,
}

/// The words and chunks so far.
struct Reader<'a> {
    text: &'a str,
    /// Those that no unit before has.
    grains: &'a [Grain],
    /// Those of the unit that is read.
    marks: Vec<Mark>,
    /// Whether a month or day may be among its words.
    days: bool,
    grouped: Grouped,
}

impl Reader<'_> {
    /// Reads the words and marks of one unit.
    fn tokenize(&mut self, unit: &Unit, quotations: &[Quotation]) {
        let (text, end) = (self.text, unit.span.end);
        let mut ahead = &quotations[unit.quotations.clone()];
        let mut grains = from(self.grains, unit.span.start);
        let mut opens = true;
        self.marks.clear();
        self.days = false;
        loop {
            let quoted_from = ahead.first().map_or(u32::MAX, |quotation| quotation.outer.start);
            let bound = end.min(quoted_from.saturating_add(1));
            let n_plain = grains.iter().take_while(|grain| is_plain(grain, bound)).count();
            let (plain, behind) = grains.split_at(n_plain);
            if !plain.is_empty() {
                self.add_plain(plain, opens);
                opens = false;
            }
            grains = behind;
            let Some((grain, rest)) = grains.split_first() else { break };
            let start = grain.start;
            if start >= end {
                break;
            }
            if start >= quoted_from
                && let Some((quotation, behind)) = ahead.split_first()
            {
                let span = quotation.outer;
                self.mark(Kind::Quote, span, short(unit.quotations.end - ahead.len()));
                grains = &rest[rest.partition_point(|grain| grain.start < span.end)..];
                ahead = behind;
                opens = false;
                continue;
            }
            let c = grain.first(text);
            if !c.is_alphanumeric() && !matches!(c, '@' | '#' | '$' | '€' | '£') {
                if let Some(kind) = kind_of_mark(c, &text[grain.end as usize..]) {
                    opens = matches!(kind, Kind::Colon | Kind::Dash | Kind::Stop);
                    self.mark(kind, grain.span(), 0);
                }
                grains = rest;
                continue;
            }
            let whole = Span::new(start as usize, word_end(&text[..end as usize], start as usize));
            let word = word(text, whole, opens);
            self.days |= is_day(&word);
            self.grouped.tokens.push(word);
            grains = from(rest, whole.end);
            opens = false;
        }
        self.grains = grains;
    }

    /// Appends words that are one grain each; `opens` says whether the first of them
    /// stands where any word has a capital.
    fn add_plain(&mut self, words: &[Grain], mut opens: bool) {
        let lexicon = lexicon();
        self.grouped.tokens.extend(words.iter().map(|grain| {
            let class = lexicon.at(grain.listed).class;
            let opens = std::mem::take(&mut opens);
            if grain.is_capital() {
                let word = capital_word(self.text, grain.span(), class, opens);
                self.days |= is_day(&word);
                word
            } else {
                plain_word(grain.span(), class, opens)
            }
        }));
    }

    /// Appends a mark or quotation behind the words so far.
    fn mark(&mut self, kind: Kind, span: Span, quotation: u32) {
        self.marks.push(Mark { kind, span, quotation, before: self.grouped.tokens.len() });
    }

    /// Groups the words and marks of one unit, whose words are the last ones from `token`
    /// on.
    fn group(&mut self, mut token: usize) {
        for Mark { kind, span, quotation, before } in &self.marks {
            group_run(self.text, token..*before, &mut self.grouped);
            let (kind, span, quotation) = (*kind, *span, *quotation);
            self.grouped.chunks.push(Chunk { kind, span, tokens: (0, 0), quotation });
            token = *before;
        }
        let end = self.grouped.tokens.len();
        group_run(self.text, token..end, &mut self.grouped);
    }
}

/// Whether a grain is a whole word by itself, as most are, which ends before byte `bound`.
#[inline]
fn is_plain(grain: &Grain, bound: u32) -> bool {
    grain.sort == Sort::Plain && grain.ends_word() && grain.end < bound
}

/// The grains that do not begin before byte `start`, of which few do.
fn from(grains: &[Grain], start: u32) -> &[Grain] {
    let before = grains.iter().take_while(|grain| grain.start < start).count();
    &grains[before..]
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

/// Makes a month or day part of the name that the next word goes on: "Jan Nowak", "the
/// Harbour Morning Post".
fn name_days(tokens: &mut [Token], text: &str) {
    let adjacent = |one: &Token, two: &Token| one.span.end + 1 == two.span.start;
    for at in 0..tokens.len() {
        let day = &tokens[at];
        let goes_on =
            || tokens.get(at + 1).is_some_and(|next| next.is_name() && adjacent(day, next));
        if !is_day(day) || !goes_on() {
            continue;
        }
        let before = tokens[..at].last().filter(|before| adjacent(before, day));
        let inside = before.is_some_and(Token::is_name);
        let first = || {
            matches!(day.span.of(text), "Jan" | "April" | "June")
                && before.is_none_or(|before| before.class != Class::Preposition)
        };
        if inside || first() {
            tokens[at].make_name();
        }
    }
}

/// Whether a word is a month or a day by its name, with a capital.
fn is_day(token: &Token) -> bool {
    token.is_capital() && matches!(token.class, Class::Time)
}

/// Groups the words of this range, with no mark between them.
fn group_run(text: &str, words: Range<usize>, grouped: &mut Grouped) {
    let Grouped { tokens, chunks, names, cues } = grouped;
    let mut at = short(words.start);
    let mut run = &tokens[words];
    while let Some((first, behind)) = run.split_first() {
        if let Some(kind) = kind_alone(first.class) {
            if matches!(kind, Kind::Of | Kind::According) {
                cues.push(short(chunks.len()));
            }
            chunks.push(Chunk { kind, span: first.span, tokens: (at, at + 1), quotation: 0 });
            at += 1;
            run = behind;
            continue;
        }
        let is_time = first.class == Class::Time;
        let (length, has_name) = if is_time { (0, false) } else { noun_length(run, text) };
        let kind = match length {
            0 if is_time => Kind::Time,
            0 => kind(first, text),
            _ => Kind::Noun,
        };
        let (members, rest) = run.split_at(length.max(1));
        let last = members.last().unwrap_or(first);
        let span = Span { start: first.span.start, end: last.span.end };
        let from = at;
        at += short(members.len());
        run = rest;
        if let Some(previous) = chunks.last_mut()
            && is_time_on(previous, kind, span, members, tokens)
            && is_in_line(text, previous.span.end, span.start)
        {
            previous.kind = Kind::Time;
            previous.span.end = span.end;
            previous.tokens.1 = at;
            continue;
        }
        if has_name {
            names.push(short(chunks.len()));
        } else if matches!(kind, Kind::Report(_)) {
            cues.push(short(chunks.len()));
        }
        chunks.push(Chunk { kind, span, tokens: (from, at), quotation: 0 });
    }
}

/// Whether no line ends between two places of `text`: no time goes on in the next paragraph.
fn is_in_line(text: &str, end: u32, start: u32) -> bool {
    text.get(end as usize..start as usize).is_some_and(|gap| !gap.contains('\n'))
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

/// The kind of a word of a class that no noun phrase and no time holds, wherever it
/// stands.
fn kind_alone(class: Class) -> Option<Kind> {
    // By itself, so that the others are one table.
    if let Class::Pronoun(pronoun) = class {
        return Some(Kind::Pronoun(pronoun));
    }
    match class {
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
        Class::According => Some(Kind::According),
        _ => None,
    }
}

/// The kind of any other word that is no part of a noun phrase.
fn kind(token: &Token, text: &str) -> Kind {
    if let Class::Report(verb) = token.class {
        return Kind::Report(verb);
    }
    match token.ending(text) {
        Ending::Ing => Kind::Gerund,
        Ending::Ly => Kind::Adverb,
        Ending::Ed | Ending::Other => Kind::Finite,
    }
}

/// How long a noun phrase can be, in words: longer ones are lists or no language.
const LONGEST: usize = 24;

/// How many of the words at the head of `run`, between two marks, form a noun phrase,
/// 0 when none; and whether one of them belongs to a name.
fn noun_length(run: &[Token], text: &str) -> (usize, bool) {
    let (mut length, mut named) = (0, false);
    let mut before = None;
    let mut words = run.iter();
    while length < LONGEST
        && let Some(current) = words.next()
        && extends(&run[0], before, current, words.as_slice().first(), text)
    {
        length += 1;
        named |= current.is_name();
        before = Some(current);
    }
    (length, named)
}

/// Whether `current` goes on the noun phrase that `first` begins and `before` is the last
/// word of so far, or begins one where there is none; `after` is the next word.
#[inline]
fn extends(
    first: &Token,
    before: Option<&Token>,
    current: &Token,
    after: Option<&Token>,
    text: &str,
) -> bool {
    // what stands before an attribute rather than after a noun
    let modified = || {
        before.is_some_and(|before| {
            before.is_possessive()
                || matches!(before.class, Class::Definite | Class::Determiner | Class::Possessive)
        })
    };
    let after_name = || before.is_some_and(|before| before.is_name() && !before.is_possessive());
    if current.is_name() {
        // "Allegedly", "Meeting reporters": no name but for what follows
        return !(before.is_none() && current.is_initial() && is_inflected(current, text))
            || current.is_possessive()
            || after.is_some_and(|after| after.is_name() || is_predicate(after));
    }
    if matches!(current.class, Class::Unknown) {
        let word = || current.span.of(text);
        match current.ending(text) {
            Ending::Ed if word().len() > 4 => return modified() && after.is_some_and(starts_noun),
            Ending::Ly if !ADJECTIVES_IN_LY.contains(&word()) => {
                return modified() && after.is_some_and(starts_noun);
            }
            Ending::Ing if word().len() > 5 && !NOUNS_IN_ING.contains(&word()) => {
                return modified() || (before.is_some() && !after_name());
            }
            _ => {}
        }
        // after a name a word is a verb unless what follows makes it a noun
        return !after_name()
            || after.is_some_and(|after| {
                after.is_possessive()
                    || after.is_name() && is_agent(word())
                    || matches!(
                        after.class,
                        Class::Role
                            | Class::Of
                            | Class::Report(_)
                            | Class::Be
                            | Class::Have
                            | Class::Modal
                    )
            });
    }
    match current.class {
        Class::Role | Class::Collective | Class::Body | Class::Document | Class::Determiner => true,
        Class::Label => before.is_some() || current.ending(text) != Ending::Ed,
        Class::Definite => before.is_none_or(|before| before.class == Class::Determiner),
        // "her" may be an object: it needs a noun behind it
        Class::Possessive => before.is_none() && after.is_some_and(starts_noun),
        Class::Report(verb) if verb.noun => {
            // "a call that": one of them cannot be the subject of "call"
            if verb.form == Form::Base && matches!(first.span.of(text), "a" | "an" | "A" | "An") {
                return true;
            }
            let verbal = || {
                after.is_some_and(|after| {
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
            match before {
                None => after.is_some_and(|after| {
                    matches!(after.class, Class::Be | Class::Have | Class::Modal | Class::Report(_))
                }),
                Some(before) => {
                    modified() || !verbal() && !after_name() && before.class != Class::Collective
                }
            }
        }
        Class::Report(verb) => {
            verb.form == Form::Past && modified() && after.is_some_and(starts_noun)
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
fn is_inflected(token: &Token, text: &str) -> bool {
    token.span.end - token.span.start > 5 && token.ending(text) != Ending::Other
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
    token.is_name()
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
