//! Names of the register and the built-in list, and what they mean where they
//! stand.
//!
//! `Belgrade` is a place or a government, `Turkey` a state or a bird, `EU` in
//! `EU-mediated` nobody who acts. Every rule looks at the words right beside the
//! name and at nothing else, so that a reader can check it with one glance.

use super::lexicon::{self, Classes};
use super::token::{Position, Shape, Token};
use crate::actor::names::Sense;
use crate::actor::{Kind, Register};
use crate::reading::grain::{Grain, Grains};
use crate::text::Span;
use crate::when::When;

/// A known name that stands in the text and counts.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Its bytes.
    pub(super) span: Span,
    /// What it means here.
    pub(super) meaning: Meaning,
    /// Its first token.
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    /// Whether its capitals prove nothing, so that another mention must.
    pub(super) doubtful: bool,
}

/// What a known name means at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The actor of this index.
    Actor(u32),
    /// One of these; the article decides.
    OneOf(Vec<u32>),
    /// The government that sits there.
    Government(u32),
    /// A seat of government as a place.
    Place,
    /// A part of a state, which is a place: "Eastern Freedonia".
    Region,
    /// A news agency named in running text.
    Agency,
    /// Part of an attribute, a document, a dateline or a credit: nothing may be
    /// made of it.
    Silent,
    /// Not the actor, but perhaps the longer name of somebody else.
    Nobody,
}

/// Verbs and nouns before a seat whose object or partner has a will.
const ADDRESSED: &[&str] = &[
    "accuse",
    "accused",
    "accuses",
    "accusing",
    "against",
    "alarmed",
    "angered",
    "blame",
    "blamed",
    "blames",
    "blaming",
    "by",
    "condemned",
    "condemning",
    "convince",
    "convinced",
    "criticised",
    "criticized",
    "force",
    "forced",
    "forcing",
    "irked",
    "persuade",
    "pressed",
    "pressure",
    "pressured",
    "reminded",
    "sanctioned",
    "told",
    "urge",
    "urged",
    "urges",
    "urging",
    "warned",
    "with",
];
/// Nouns of a document that is named after the place of its signing.
const DOCUMENTS: &[&str] = &[
    "accord",
    "accords",
    "agreement",
    "agreements",
    "charter",
    "communique",
    "convention",
    "conventions",
    "declaration",
    "memorandum",
    "pact",
    "protocol",
    "protocols",
    "treaty",
];
/// Modal and plain verbs that make the subject before them act.
const WILL: &[&str] = &[
    "also",
    "bars",
    "can",
    "could",
    "did",
    "does",
    "fears",
    "had",
    "has",
    "hopes",
    "is",
    "lacks",
    "may",
    "might",
    "must",
    "need",
    "needs",
    "never",
    "no",
    "not",
    "now",
    "repeatedly",
    "seeks",
    "should",
    "showed",
    "shows",
    "still",
    "summoned",
    "threatened",
    "tries",
    "wants",
    "was",
    "will",
    "would",
    "wanted",
    "continues",
    "considers",
    "sees",
    "hits",
    "backs",
    "backed",
    "prevented",
    "imposed",
    "signed",
    "sent",
    "expelled",
    "opposes",
    "blamed",
    "blames",
    "vetoed",
    "supports",
    "supported",
    "recognises",
    "recognizes",
    "and",
];

/// Every known name in the text, in order, without overlap. `published` decides
/// about names that an actor goes by for a time only.
pub(super) fn find(
    text: &str,
    grains: &Grains,
    tokens: &[Token],
    published: Option<&When>,
    register: &Register,
) -> Vec<Known> {
    let names = register.names();
    let mut known = Vec::new();
    let mut at = 0;
    for found in names.find(text, grains.all().iter().map(Grain::opening)) {
        at += tokens[at..].partition_point(|token| token.span.end <= found.span.start);
        let first = at;
        let inside =
            tokens[first..].iter().take_while(|token| token.span.start < found.span.end).count();
        // Nothing inside: the name stands in a block that is not read.
        let Some(last) = (first + inside).checked_sub(1).filter(|last| *last >= first) else {
            continue;
        };
        let place = Place { text, tokens, first, last };
        let name = names.name(found.name);
        let meaning = match &name.sense {
            _ if tokens[first].position == Position::Credit => Meaning::Silent,
            Sense::Nobody => Meaning::Nobody,
            _ if place.is_attribute(found.span)
                || place.is_document()
                || place.is_half_of_event(found.span) =>
            {
                Meaning::Silent
            }
            Sense::Agency if place.is_credit() => Meaning::Silent,
            Sense::Agency => Meaning::Agency,
            Sense::Actors(actors) => match &*name.claimed(actors, published) {
                [] => Meaning::Nobody,
                [actor] => Meaning::Actor(*actor),
                several => Meaning::OneOf(several.to_vec()),
            },
            Sense::Seat(state) if !name.caution && place.acts() => Meaning::Government(*state),
            Sense::Seat(_) => Meaning::Place,
        };
        let (first, last, span, meaning) = match meaning {
            Meaning::Actor(actor) if register.actors()[actor as usize].kind == Kind::State => {
                place.part_or_government(found.span, actor)
            }
            meaning => (first, last, found.span, meaning),
        };
        let opening = &tokens[first];
        let plain_word = first == last
            && opening.shape != Shape::Upper
            && opening.classes.any(Classes::COMMON.or(Classes::GIVEN).or(Classes::CALENDAR));
        let doubtful = opening.position != Position::Inside && (name.caution || plain_word);
        known.push(Known { span, meaning, first, last, doubtful });
    }
    known
}

/// A known name among its neighbours.
struct Place<'a> {
    text: &'a str,
    tokens: &'a [Token],
    first: usize,
    last: usize,
}

impl Place<'_> {
    fn before(&self, steps: usize) -> Option<&Token> {
        self.tokens[..self.first].iter().rev().nth(steps - 1)
    }

    fn after(&self, steps: usize) -> Option<&Token> {
        self.tokens.get(self.last + steps)
    }

    /// The name of a state with what makes it longer: "Eastern Freedonia", a place;
    /// "Government of Freedonia" and "Freedonia Government", the state that acts.
    fn part_or_government(&self, span: Span, state: u32) -> (usize, usize, Span, Meaning) {
        let is = |token: Option<&Token>, word: &str| {
            token.is_some_and(|token| token.of(self.text) == word)
        };
        let from = |first: usize| Span { start: self.tokens[first].span.start, end: span.end };
        let part = self.before(1).is_some_and(|token| {
            token.shape == Shape::Capital
                && token.position == Position::Inside
                && token.classes.any(Classes::DIRECTION)
                && !token.possessive
        });
        if part && self.tokens[self.first].follows {
            return (self.first - 1, self.last, from(self.first - 1), Meaning::Region);
        }
        let meaning = Meaning::Actor(state);
        let the = usize::from(is(self.before(1), "the"));
        let of = is(self.before(1 + the), "of") && is(self.before(2 + the), "Government");
        if let Some(first) = self.first.checked_sub(2 + the).filter(|_| of) {
            return (first, self.last, from(first), meaning);
        }
        let after = self.after(1).filter(|token| token.follows && is(Some(token), "Government"));
        match after.filter(|_| !self.tokens[self.last].possessive) {
            Some(token) => {
                let span = Span { start: span.start, end: token.span.end };
                (self.first, self.last + 1, span, meaning)
            }
            None => (self.first, self.last, span, meaning),
        }
    }

    /// `EU-mediated`, `anti-NATO`: the name is part of a compound in lower case.
    fn is_attribute(&self, span: Span) -> bool {
        let dash = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        let after = &self.text[span.end as usize..];
        let compound_after = after.strip_prefix(dash).is_some_and(|rest| {
            let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let lower = word.chars().next().is_some_and(char::is_lowercase);
            lower || lexicon::classes(word).any(Classes::PEOPLE)
        });
        let before = &self.text[..span.start as usize];
        let compound_before = before.strip_suffix(dash).is_some_and(|rest| {
            let word = rest.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            word.chars().next().is_some_and(char::is_lowercase)
        });
        compound_after || compound_before
    }

    /// "the Freedonia-Sylvania War": two names that name an event together.
    fn is_half_of_event(&self, span: Span) -> bool {
        let dash = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
        let before = self.text[..span.start as usize].ends_with(dash);
        let after = self.text[span.end as usize..].starts_with(dash);
        // A hyphen joins both in one token, a dash stands between two.
        let apart =
            self.after(1).is_some_and(|token| matches!(token.shape, Shape::Mark(c) if dash(c)));
        let steps = if after && apart { 3 } else { 1 };
        (before || after)
            && self.after(steps).is_some_and(|token| {
                token.follows && token.is_capital() && token.classes.any(Classes::WORK)
            })
    }

    /// An agency in a byline, sign-off or bracket: no word in lower case beside it.
    fn is_credit(&self) -> bool {
        let lower = |token: Option<&Token>| {
            token.is_some_and(|token| token.shape == Shape::Lower && token.of(self.text) != "via")
        };
        let close = lower(self.after(1)) || lower(self.before(1)) || lower(self.before(2));
        !close || self.before(1).is_some_and(|token| token.shape == Shape::Mark('('))
    }

    /// `UN Resolution 1244`, `Brussels agreement`, `Treaty of Rome`.
    fn is_document(&self) -> bool {
        let Some(next) = self.after(1).filter(|_| !self.tokens[self.last].possessive) else {
            return self.is_after_document();
        };
        // The organ may stand between: UN Security Council Resolution 1244.
        let resolution = (1..=4)
            .take_while(|steps| *steps == 1 || self.after(steps - 1).is_some_and(Token::is_capital))
            .filter_map(|steps| Some((self.after(steps)?, self.after(steps + 1))))
            .find(|(token, _)| token.of(self.text).eq_ignore_ascii_case("resolution"));
        if let Some((token, number)) = resolution {
            return token.is_capital() || number.is_some_and(|token| token.shape == Shape::Number);
        }
        let one_word = self.first == self.last && self.tokens[self.first].shape != Shape::Upper;
        one_word && is_one_of(DOCUMENTS, next.of(self.text)) || self.is_after_document()
    }

    fn is_after_document(&self) -> bool {
        let of = self.before(1).is_some_and(|token| token.of(self.text) == "of");
        of && self
            .before(2)
            .is_some_and(|token| token.is_capital() && is_one_of(DOCUMENTS, token.of(self.text)))
    }

    /// Whether a seat of government stands for those who govern from it.
    fn acts(&self) -> bool {
        // In "Washington and Brussels" both are read as what stands around the pair.
        let before = self.before(1).filter(|token| !token.shape.is_break());
        let mut word = before.map_or("", |token| token.of(self.text));
        if word.eq_ignore_ascii_case("and") {
            let partner = self.before(2).filter(|token| token.is_capital());
            let around = partner.and_then(|_| self.before(3)).filter(|t| t.shape == Shape::Lower);
            word = around.map_or("", |token| token.of(self.text));
        }
        if word.eq_ignore_ascii_case("capital") || word.eq_ignore_ascii_case("city") || word == "of"
        {
            return false;
        }
        if lexicon::classes(word).any(Classes::PLACE_PREPOSITION) {
            return false;
        }
        if self.tokens[self.last].possessive {
            return true;
        }
        let after = self.after(1);
        if after.is_some_and(|token| token.shape == Shape::Mark(','))
            && self.after(2).is_some_and(Token::is_capital)
        {
            return false;
        }
        if word.eq_ignore_ascii_case("between") || is_one_of(ADDRESSED, word) {
            return true;
        }
        let mut next = after;
        if next.is_some_and(|token| token.of(self.text) == "and")
            && self.after(2).is_some_and(Token::is_capital)
        {
            next = self.after(3);
        }
        let next = next
            .filter(|token| token.shape == Shape::Lower)
            .map_or("", |token| token.of(self.text));
        WILL.contains(&next) && next != "and" || lexicon::classes(next).any(Classes::SPEECH)
    }
}

/// Whether `word` stands in `list`, whatever its capitals.
fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

impl Shape {
    /// Whether a sentence or clause ends here.
    fn is_break(self) -> bool {
        matches!(self, Self::Mark('.' | '!' | '?' | ';' | ':'))
    }
}
