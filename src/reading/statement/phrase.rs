//! Phrases: what belongs to a noun, and where it begins and ends.
//!
//! A chunk is a noun with what stands before it; a [`Phrase`] adds what follows:
//! "the head", "of the harbour", "in Oslo". Appositions between commas are passed
//! over, so that a verb finds its subject behind them.
//!
//! Entry points: [`Clause::phrase_before`], [`Clause::phrase_after`],
//! [`Clause::subject`].

use super::chunk::{Chunk, Kind};
use super::lexicon::{Class, Form};
use super::token::Token;

/// A noun phrase with all that belongs to it, or a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its first and last chunk.
    pub first: usize,
    pub last: usize,
    /// Whether several are joined by "and".
    pub joined: bool,
    /// The chunk that follows as an apposition and is a name, perhaps.
    pub beside: Option<usize>,
}

impl Phrase {
    /// A phrase of one chunk.
    pub(super) fn single(at: usize) -> Self {
        Self { first: at, last: at, joined: false, beside: None }
    }
}

/// How far a phrase or an adjunct is followed, in chunks: longer ones are lists.
pub(super) const REACH: usize = 40;

/// The chunks of one unit, for asking what stands where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause<'a> {
    /// The unit's chunks; indices count from its first one.
    pub chunks: &'a [Chunk],
    /// All tokens of the prose.
    pub tokens: &'a [Token],
    /// The prose.
    pub text: &'a str,
    /// For every chunk, whether it is a quotation that a cue may follow: it ends
    /// with a comma or a stop, or is long enough to be no part of a phrase.
    pub ends: &'a [bool],
}

impl Clause<'_> {
    /// The subject of a unit: the first phrase that a verb can follow.
    pub(super) fn subject(&self) -> Option<Phrase> {
        let chunks = self.chunks;
        let mut at = 0;
        while chunks.get(at).is_some_and(|chunk| {
            matches!(chunk.kind, Kind::And | Kind::Adverb | Kind::Time | Kind::Comma)
        }) {
            at += 1;
        }
        let fronted = chunks.get(at).is_some_and(|chunk| {
            matches!(
                chunk.kind,
                Kind::Preposition
                    | Kind::Subordinator
                    | Kind::Gerund
                    | Kind::Report(_)
                    | Kind::Finite
                    | Kind::According
                    | Kind::To
            )
        });
        if fronted {
            at +=
                chunks.iter().skip(at).take(REACH).position(|chunk| chunk.kind == Kind::Comma)? + 1;
            while chunks
                .get(at)
                .is_some_and(|chunk| matches!(chunk.kind, Kind::Adverb | Kind::Time | Kind::Comma))
            {
                at += 1;
            }
        }
        match chunks.get(at)?.kind {
            Kind::Noun => Some(self.phrase_after(at)),
            Kind::Pronoun(_) => Some(Phrase::single(at)),
            _ => None,
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.chunks.get(at).map(|chunk| chunk.kind)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.chunks.get(at).map_or("", |chunk| chunk.span.of(self.text))
    }

    pub(super) fn last_token(&self, at: usize) -> Option<&Token> {
        self.chunks.get(at)?.tokens(self.tokens).last()
    }

    pub(super) fn is_quote(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Quote))
    }

    pub(super) fn ends_speech(&self, at: usize) -> bool {
        self.ends.get(at).copied().unwrap_or(false)
    }

    pub(super) fn verb_at(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(Kind::Report(_) | Kind::Be | Kind::Have | Kind::Modal | Kind::Finite)
        )
    }

    /// Whether the chunks hold a verb, or a quotation long enough to.
    pub(super) fn has_predicate(&self, from: usize, to: usize) -> bool {
        let to = to.min(self.chunks.len()).min(from + REACH);
        (from..to).any(|at| match self.chunks[at].kind {
            Kind::Be | Kind::Have | Kind::Modal | Kind::Finite | Kind::Report(_) => true,
            Kind::Quote => self.ends_speech(at),
            _ => false,
        })
    }

    /// The phrase that ends just before chunk `end`.
    pub(super) fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let mut last = end.checked_sub(1)?;
        match self.chunks[last].kind {
            Kind::Pronoun(_) => {
                return Some(Phrase::single(last));
            }
            Kind::Comma => return self.apposed(last),
            Kind::Close => {
                let low = last.saturating_sub(REACH);
                last = (low..last)
                    .rev()
                    .find(|at| self.kind(*at) == Some(Kind::Open))?
                    .checked_sub(1)?;
            }
            _ => {}
        }
        if self.chunks[last].kind != Kind::Noun {
            return None;
        }
        let mut first = self.chain_start(last);
        // "the results of the survey published in May": a participle, for the
        // verb that this phrase is the subject of is still to come
        if first >= 3
            && self.chunks[first - 1].kind == Kind::Preposition
            && self.chunks[first - 2].kind == Kind::Finite
            && self.chunks[first - 3].kind == Kind::Noun
        {
            first = self.chain_start(first - 3);
        }
        let preceding = first.checked_sub(1).and_then(|before| self.kind(before));
        match preceding {
            Some(Kind::Preposition | Kind::To | Kind::Of) => None,
            Some(Kind::And) if first >= 2 && self.chunks[first - 2].kind == Kind::Noun => {
                let left = self.chain_start(first - 2);
                let free =
                    left.checked_sub(1).and_then(|before| self.kind(before)).is_none_or(|kind| {
                        matches!(
                            kind,
                            Kind::Comma
                                | Kind::Subordinator
                                | Kind::That
                                | Kind::Quote
                                | Kind::Dash
                                | Kind::Semicolon
                                | Kind::Adverb
                        )
                    });
                let (first, joined) = if free { (left, true) } else { (first, false) };
                Some(Phrase { first, last, joined, beside: None })
            }
            _ => Some(Phrase { first, last, joined: false, beside: None }),
        }
    }

    /// The first chunk of the chain "X of Y in Z" that ends with `last`.
    pub(super) fn chain_start(&self, last: usize) -> usize {
        let mut first = last;
        while first >= 2
            && last - first < REACH
            && matches!(self.chunks[first - 1].kind, Kind::Of | Kind::Preposition | Kind::To)
            && self.chunks[first - 2].kind == Kind::Noun
        {
            first -= 2;
        }
        first
    }

    /// The phrase before an apposition that ends with the comma at `comma`:
    /// "Okoro, the mayor," or "Okoro, who leads the council,".
    pub(super) fn apposed(&self, comma: usize) -> Option<Phrase> {
        let low = comma.saturating_sub(REACH);
        for at in (low..comma).rev() {
            match self.chunks[at].kind {
                Kind::Comma => {}
                Kind::Quote | Kind::Colon | Kind::Semicolon | Kind::Stop => return None,
                _ => continue,
            }
            if at == 0 || self.chunks[at - 1].kind == Kind::Comma {
                continue;
            }
            let Some(phrase) = self.phrase_before(at) else { continue };
            // "one fisher, Ann Okoro,": either may be the name
            let beside = Phrase::single(at + 1);
            let named =
                self.names(phrase) || self.kind(at + 1) == Some(Kind::Noun) && self.names(beside);
            if !named || !self.is_aside(at + 1, comma) {
                continue;
            }
            // "Okoro, 54, the mayor," has its name before the first comma
            let head = self.heading(phrase).unwrap_or((phrase, at));
            let beside = (self.kind(head.1 + 1) == Some(Kind::Noun)).then_some(head.1 + 1);
            return Some(Phrase { beside, ..head.0 });
        }
        None
    }

    /// The phrase that `phrase` itself is an apposition of, with the comma behind
    /// it, if one begins the clause.
    fn heading(&self, phrase: Phrase) -> Option<(Phrase, usize)> {
        let mut inner = phrase;
        for _ in 0..4 {
            let comma = inner.first.checked_sub(2).map(|noun| noun + 1)?;
            if self.chunks[comma].kind != Kind::Comma || self.chunks[comma - 1].kind != Kind::Noun {
                return None;
            }
            inner = self.phrase_before(comma)?;
            let before = inner.first.checked_sub(1).and_then(|before| self.kind(before));
            match before {
                None
                | Some(Kind::Quote | Kind::And | Kind::That | Kind::Subordinator | Kind::Dash) => {
                    return Some((inner, comma));
                }
                Some(Kind::Comma) => {}
                Some(_) => return None,
            }
        }
        None
    }

    /// Whether a phrase holds a name, or says what somebody is.
    fn names(&self, phrase: Phrase) -> bool {
        self.chunks[phrase.first..=phrase.last]
            .iter()
            .flat_map(|chunk| chunk.tokens(self.tokens))
            .any(|token| {
                token.is_name()
                    || matches!(token.class, Class::Role | Class::Body | Class::Collective)
            })
    }

    /// Whether the chunks from `from` to `to` can be an aside between commas.
    pub(super) fn is_aside(&self, from: usize, to: usize) -> bool {
        match self.kind(from) {
            Some(
                Kind::Relative
                | Kind::Gerund
                | Kind::Preposition
                | Kind::Subordinator
                | Kind::Of
                | Kind::Time
                | Kind::Adverb,
            ) => true,
            Some(Kind::Report(verb)) => verb.form == Form::Ing,
            Some(Kind::Noun | Kind::Finite) => {
                let first = usize::from(self.kind(from) == Some(Kind::Finite));
                !(from + first..to)
                    .any(|at| matches!(self.chunks[at].kind, Kind::Be | Kind::Have | Kind::Modal))
                    || (from..to).any(|at| self.chunks[at].kind == Kind::Relative)
            }
            _ => false,
        }
    }

    /// The phrase that begins with chunk `at`.
    pub(super) fn phrase_after(&self, at: usize) -> Phrase {
        let mut last = at;
        let mut joined = false;
        if self.kind(at) == Some(Kind::Noun) {
            loop {
                let described = self.last_token(last).is_none_or(|token| {
                    !token.is_name() && token.class != Class::Role || !token.is_capital()
                });
                match (self.kind(last + 1), self.kind(last + 2)) {
                    (Some(Kind::Of), Some(Kind::Noun)) => last += 2,
                    (Some(Kind::Preposition), Some(Kind::Noun))
                        if described
                            && matches!(
                                self.word(last + 1),
                                "for" | "at" | "from" | "with" | "in"
                            ) =>
                    {
                        last += 2;
                    }
                    (Some(Kind::And), Some(Kind::Noun))
                        if !joined
                            && self.last_token(last + 2).is_some_and(Token::is_name)
                            && !self.verb_at(last + 3) =>
                    {
                        last += 2;
                        joined = true;
                    }
                    _ => break,
                }
                if last - at > REACH {
                    break;
                }
            }
        }
        let beside = (self.kind(last + 1) == Some(Kind::Comma)
            && self.kind(last + 2) == Some(Kind::Noun))
        .then_some(last + 2);
        Phrase { first: at, last, joined, beside }
    }

    /// The first chunk after a phrase and its apposition in commas.
    pub(super) fn after_phrase(&self, phrase: Phrase) -> usize {
        let end = phrase.last + 1;
        let is_name = |at: usize| self.last_token(at).is_some_and(Token::is_name);
        // two names are no apposition: the second begins what was said
        if self.kind(end) != Some(Kind::Comma) || is_name(phrase.last) && is_name(end + 1) {
            return end;
        }
        let high = (end + 1 + REACH).min(self.chunks.len());
        let close = (end + 1..high).find(|at| {
            matches!(
                self.chunks[*at].kind,
                Kind::Comma | Kind::Quote | Kind::Colon | Kind::Semicolon | Kind::Report(_)
            )
        });
        match close {
            Some(close)
                if self.chunks[close].kind == Kind::Comma
                    && self.is_aside(end + 1, close)
                    && self.kind(end + 1) == Some(Kind::Noun) =>
            {
                close
            }
            _ => end,
        }
    }
}
