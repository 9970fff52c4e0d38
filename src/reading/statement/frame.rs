//! Who says, with which words, and which part of the unit is what was said.
//!
//! A [`Frame`] is one act of saying: a cue (`said`, `according to`), the phrase
//! that names its speaker, and the place of its content. The forms are those of
//! news English: speaker and verb before, after or around what was said, verb and
//! speaker turned round (`said Okoro`), participles (`, adding that`), agents of
//! the passive (`was warned by`), `according to`.
//!
//! Entry point: [`frames`].

use super::chunk::{Chunk, Kind, Token};
use super::lexicon::{Class, Form, Frame as Takes, Pronoun, Verb};
use crate::text::Span;

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

/// Where a frame's speaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Here.
    Phrase(Phrase),
    /// With the verb before, or as the subject of the unit.
    Shared,
}

/// One act of saying.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The verb or phrase.
    pub cue: Span,
    /// Who.
    pub source: Source,
    /// The first chunk of the cue or of the speaker before it.
    pub start: usize,
    /// What was said: chunks from, and one past the last.
    pub content: (usize, usize),
    /// What was said after the cue where the content stands around it.
    pub second: Option<(usize, usize)>,
    /// Whether the verb says as much of inanimate things: `the move suggests`.
    pub weak: bool,
}

/// A frame before its content is known.
#[derive(Debug, Clone, Copy)]
struct Cue {
    span: Span,
    source: Source,
    start: usize,
    /// The first chunk after the cue and what belongs to it.
    resume: usize,
    takes: Takes,
    /// The cue is "according to" or the like: its content may stand around it.
    prefixed: bool,
    relative: bool,
    verb: usize,
}

/// How far a phrase or an adjunct is followed, in chunks: longer ones are lists.
const REACH: usize = 40;

/// The acts of saying in the chunks of one unit, in order. Indices count from the
/// unit's first chunk.
pub(super) fn frames(chunks: &[Chunk], tokens: &[Token], text: &str, ends: &[bool]) -> Vec<Frame> {
    let reading = Reading { chunks, tokens, text, ends };
    let cues: Vec<Cue> = (0..chunks.len()).filter_map(|at| reading.cue(at)).collect();
    let mut frames: Vec<Frame> = Vec::with_capacity(cues.len());
    let mut low = 0;
    for (index, cue) in cues.iter().enumerate() {
        let next = cues.get(index + 1..).unwrap_or(&[]);
        if let Some(frame) = reading.frame(cue, low, next) {
            low = if frame.content.0 >= cue.resume { frame.content.1 } else { cue.resume };
            frames.push(frame);
        }
    }
    frames
}

/// The subject of a unit: the first phrase that a verb can follow.
pub(super) fn subject(chunks: &[Chunk], tokens: &[Token], text: &str) -> Option<Phrase> {
    let reading = Reading { chunks, tokens, text, ends: &[] };
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
        at += chunks.iter().skip(at).take(REACH).position(|chunk| chunk.kind == Kind::Comma)? + 1;
        while chunks
            .get(at)
            .is_some_and(|chunk| matches!(chunk.kind, Kind::Adverb | Kind::Time | Kind::Comma))
        {
            at += 1;
        }
    }
    match chunks.get(at)?.kind {
        Kind::Noun => Some(reading.phrase_after(at)),
        Kind::Pronoun(_) => Some(Phrase { first: at, last: at, joined: false, beside: None }),
        _ => None,
    }
}

struct Reading<'a> {
    chunks: &'a [Chunk],
    tokens: &'a [Token],
    text: &'a str,
    /// For every chunk, whether it is a quotation that a cue may follow: it ends
    /// with a comma or a stop, or is long enough to be no part of a phrase.
    ends: &'a [bool],
}

impl Reading<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.chunks.get(at).map(|chunk| chunk.kind)
    }

    fn word(&self, at: usize) -> &str {
        self.chunks.get(at).map_or("", |chunk| chunk.span.of(self.text))
    }

    fn last_token(&self, at: usize) -> Option<&Token> {
        self.chunks.get(at)?.tokens(self.tokens).last()
    }

    /// The cue that the chunk at `at` is the verb of.
    fn cue(&self, at: usize) -> Option<Cue> {
        match self.kind(at)? {
            Kind::According if self.kind(at + 1) == Some(Kind::To) => self.prefixed(at, at, at + 2),
            Kind::Noun if self.word(at) == "the words" && self.kind(at + 1) == Some(Kind::Of) => {
                let start = at
                    .checked_sub(1)
                    .filter(|before| self.word(*before).eq_ignore_ascii_case("in"))?;
                self.prefixed(start, at, at + 2)
            }
            Kind::Report(verb) => self.verb_cue(at, verb),
            _ => None,
        }
    }

    /// A cue of the form "according to X".
    fn prefixed(&self, start: usize, last: usize, speaker: usize) -> Option<Cue> {
        matches!(self.kind(speaker)?, Kind::Noun | Kind::Pronoun(_)).then(|| {
            let phrase = self.phrase_after(speaker);
            let span =
                Span { start: self.chunks[start].span.start, end: self.chunks[last + 1].span.end };
            Cue {
                span,
                source: Source::Phrase(phrase),
                start,
                resume: self.after_phrase(phrase),
                takes: Takes::Say,
                prefixed: true,
                relative: false,
                verb: start,
            }
        })
    }

    /// The cue whose verb is at `at`, with its subject.
    fn verb_cue(&self, at: usize, verb: Verb) -> Option<Cue> {
        let (mut left, mut passive) = (at, false);
        while left > 0 {
            match self.chunks[left - 1].kind {
                Kind::Adverb | Kind::Have => {}
                Kind::Be => passive = verb.form == Form::Past,
                // what was not said, and what may be said one day
                Kind::Negation | Kind::Modal | Kind::To => return None,
                _ => break,
            }
            left -= 1;
        }
        // "Okoro on Monday said"
        if left >= 3
            && self.chunks[left - 1].kind == Kind::Time
            && matches!(self.chunks[left - 2].kind, Kind::Preposition)
            && self.chunks[left - 3].kind == Kind::Noun
        {
            left -= 2;
        } else if left >= 2
            && self.chunks[left - 1].kind == Kind::Time
            && self.chunks[left - 2].kind == Kind::Noun
        {
            left -= 1;
        }
        let mut cue = Cue {
            span: self.chunks[at].span,
            source: Source::Shared,
            start: left,
            resume: at + 1,
            takes: verb.frame,
            prefixed: false,
            relative: false,
            verb: at,
        };
        if passive {
            return self.agent(cue);
        }
        let before = left.checked_sub(1)?;
        let after = self.kind(at + 1);
        let speaker_follows = matches!(
            after,
            Some(Kind::Noun | Kind::Pronoun(Pronoun::Person | Pronoun::They | Pronoun::It))
        );
        match self.chunks[before].kind {
            Kind::Noun | Kind::Pronoun(_) | Kind::Close => {
                // "a man accused of", "a plan announced by"
                if verb.form == Form::Past
                    && matches!(verb.frame, Takes::Target | Takes::Announce)
                    && left == at
                    && matches!(after, Some(Kind::Of))
                    || self.word(at + 1) == "by" && verb.form == Form::Past && left == at
                {
                    return None;
                }
                let phrase = self.phrase_before(left)?;
                if verb.form == Form::Ing && left == at {
                    return self.participle(cue, phrase);
                }
                cue.source = Source::Phrase(phrase);
                cue.start = phrase.first;
            }
            Kind::Relative => {
                let end = if self.kind(before.checked_sub(1)?) == Some(Kind::Comma) {
                    before - 1
                } else {
                    before
                };
                let phrase = self.phrase_before(end)?;
                cue.source = Source::Phrase(phrase);
                cue.start = before;
                cue.relative = true;
            }
            Kind::Quote(_) if speaker_follows && self.ends_speech(before) => self.invert(&mut cue),
            Kind::Quote(_) => return None,
            Kind::Comma | Kind::Dash => {
                let quoted = before > 0 && self.is_quote(before - 1);
                if verb.form == Form::Ing {
                    cue.start = before;
                } else if quoted && speaker_follows {
                    self.invert(&mut cue);
                } else if let Some(phrase) = self.apposed(before) {
                    cue.source = Source::Phrase(phrase);
                    cue.start = phrase.first;
                } else if speaker_follows && verb.form != Form::Base && self.short_tail(at + 1) {
                    self.invert(&mut cue);
                    cue.start = at;
                } else {
                    return None;
                }
            }
            Kind::And => cue.start = before,
            Kind::Subordinator | Kind::Preposition | Kind::Finite if verb.form == Form::Ing => {
                cue.start = before
            }
            _ => return None,
        }
        Some(cue)
    }

    /// The speaker of a passive: "was warned by X that".
    fn agent(&self, mut cue: Cue) -> Option<Cue> {
        let by = (cue.resume..cue.resume + 3).find(|at| self.word(*at) == "by")?;
        matches!(self.kind(by + 1)?, Kind::Noun).then(|| {
            let phrase = self.phrase_after(by + 1);
            cue.source = Source::Phrase(phrase);
            cue.resume = self.after_phrase(phrase);
            cue.takes = Takes::Say;
            cue.relative = true;
            cue
        })
    }

    /// The speaker of a participle that follows a phrase: "with Okoro saying",
    /// "in a letter saying".
    fn participle(&self, mut cue: Cue, phrase: Phrase) -> Option<Cue> {
        let written =
            self.last_token(phrase.first).is_some_and(|token| token.class == Class::Document);
        if written {
            cue.start = cue.verb;
            return Some(cue);
        }
        let with = phrase.first.checked_sub(1).is_some_and(|before| self.word(before) == "with");
        with.then(|| {
            cue.source = Source::Phrase(phrase);
            cue.start = phrase.first - 1;
            cue
        })
    }

    /// Takes the phrase after the verb for the speaker.
    fn invert(&self, cue: &mut Cue) {
        let phrase = self.phrase_after(cue.verb + 1);
        cue.source = Source::Phrase(phrase);
        cue.resume = self.after_phrase(phrase);
    }

    /// Whether nothing but a phrase, a mark and an adjunct stands between `at`
    /// and the end: the speaker of ", said X".
    fn short_tail(&self, at: usize) -> bool {
        let end = self.phrase_after(at).last + 1;
        match self.kind(end) {
            None | Some(Kind::Comma | Kind::Stop | Kind::Time | Kind::Dash | Kind::Semicolon) => {
                true
            }
            Some(Kind::Preposition) => !self.has_predicate(end, self.chunks.len()),
            _ => false,
        }
    }

    fn is_quote(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Quote(_)))
    }

    fn ends_speech(&self, at: usize) -> bool {
        self.ends.get(at).copied().unwrap_or(false)
    }

    /// The phrase that ends just before chunk `end`.
    fn phrase_before(&self, end: usize) -> Option<Phrase> {
        let mut last = end.checked_sub(1)?;
        match self.chunks[last].kind {
            Kind::Pronoun(_) => {
                return Some(Phrase { first: last, last, joined: false, beside: None });
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
        let first = self.chain_start(last);
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
                                | Kind::Quote(_)
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
    fn chain_start(&self, last: usize) -> usize {
        let mut first = last;
        while first >= 2
            && last - first < REACH
            && matches!(self.chunks[first - 1].kind, Kind::Of | Kind::Preposition)
            && self.chunks[first - 2].kind == Kind::Noun
        {
            first -= 2;
        }
        first
    }

    /// The phrase before an apposition that ends with the comma at `comma`:
    /// "Okoro, the mayor," or "Okoro, who leads the council,".
    fn apposed(&self, comma: usize) -> Option<Phrase> {
        let low = comma.saturating_sub(REACH);
        for at in (low..comma).rev() {
            match self.chunks[at].kind {
                Kind::Comma => {}
                Kind::Quote(_) | Kind::Colon | Kind::Semicolon | Kind::Stop => return None,
                _ => continue,
            }
            let Some(phrase) = self
                .phrase_before(at)
                .filter(|_| at > 0 && self.chunks[at - 1].kind != Kind::Comma)
            else {
                continue;
            };
            let named = self.chunks[phrase.first..=phrase.last]
                .iter()
                .flat_map(|chunk| chunk.tokens(self.tokens))
                .any(|token| {
                    token.name
                        || matches!(token.class, Class::Role | Class::Body | Class::Collective)
                });
            if !named || !self.is_aside(at + 1, comma) {
                continue;
            }
            let beside = (self.kind(at + 1) == Some(Kind::Noun)).then_some(at + 1);
            return Some(Phrase { beside, ..phrase });
        }
        None
    }

    /// Whether the chunks from `from` to `to` can be an aside between commas.
    fn is_aside(&self, from: usize, to: usize) -> bool {
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
    fn phrase_after(&self, at: usize) -> Phrase {
        let mut last = at;
        let mut joined = false;
        if self.kind(at) == Some(Kind::Noun) {
            loop {
                let described = self.last_token(last).is_none_or(|token| {
                    !token.name && token.class != Class::Role || !token.capital
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
                            && self.last_token(last + 2).is_some_and(|token| token.name)
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

    fn verb_at(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(Kind::Report(_) | Kind::Be | Kind::Have | Kind::Modal | Kind::Finite)
        )
    }

    /// The first chunk after a phrase and its apposition in commas.
    fn after_phrase(&self, phrase: Phrase) -> usize {
        let end = phrase.last + 1;
        if self.kind(end) != Some(Kind::Comma) {
            return end;
        }
        let high = (end + 1 + REACH).min(self.chunks.len());
        let close = (end + 1..high).find(|at| {
            matches!(
                self.chunks[*at].kind,
                Kind::Comma | Kind::Quote(_) | Kind::Colon | Kind::Semicolon | Kind::Report(_)
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

    /// Completes a cue with its content; `low` is where the content of the cues
    /// before it ends.
    fn frame(&self, cue: &Cue, low: usize, next: &[Cue]) -> Option<Frame> {
        let frame = |content, second, span| Frame {
            cue: span,
            source: cue.source,
            start: cue.start,
            content,
            second,
            weak: self.is_weak(cue.verb),
        };
        let end = self.content_end(cue, next);
        if cue.prefixed {
            let head = cue.start.checked_sub(1).filter(|_| cue.start > low);
            let clause = head.filter(|_| {
                self.has_predicate(low, cue.start) || (low..cue.start).any(|at| self.is_quote(at))
            });
            return match clause {
                Some(head) => {
                    let stop = if self.kind(head) == Some(Kind::Comma) { head } else { head + 1 };
                    Some(frame((low, stop), None, cue.span))
                }
                None => {
                    let from =
                        (cue.resume..end).find(|at| self.kind(*at) == Some(Kind::Comma))? + 1;
                    (from < end).then(|| frame((from, end), None, cue.span))
                }
            };
        }
        let (after, span) = self.content_after(cue, end);
        if let Some(stop) = self.quoted_before(cue, low) {
            let second = after.filter(|from| self.is_quote(*from)).map(|from| (from, end));
            return Some(frame((self.strip(low, stop), stop), second, span));
        }
        if let Some(from) = after {
            return (from < end).then(|| frame((from, end), None, span));
        }
        // "The pier is closed, she said."
        let comma = cue.start.checked_sub(1).filter(|at| self.kind(*at) == Some(Kind::Comma))?;
        let plain =
            matches!(cue.takes, Takes::Say | Takes::Announce | Takes::Tell) && !cue.relative;
        let from = self.strip(low, comma);
        (plain && cue.source != Source::Shared && comma > from && self.has_predicate(from, comma))
            .then(|| frame((from, comma), None, span))
    }

    /// Passes over what links a clause to the one before.
    fn strip(&self, mut from: usize, to: usize) -> usize {
        while from < to
            && matches!(
                self.chunks[from].kind,
                Kind::And | Kind::Comma | Kind::Semicolon | Kind::Dash
            )
        {
            from += 1;
        }
        from
    }

    /// Where content before the cue ends, if it ends with a quotation.
    fn quoted_before(&self, cue: &Cue, low: usize) -> Option<usize> {
        if cue.relative {
            return None;
        }
        let shared = cue.source == Source::Shared;
        let last = cue.start.checked_sub(1).filter(|last| *last >= low && !shared)?;
        match self.kind(last)? {
            Kind::Quote(_) if self.ends_speech(last) => Some(last + 1),
            Kind::Comma | Kind::Dash if last > low && self.is_quote(last - 1) => Some(last),
            _ => None,
        }
    }

    /// Where the content of `cue` ends at the latest: before the next act of
    /// saying that is no part of it.
    fn content_end(&self, cue: &Cue, next: &[Cue]) -> usize {
        for other in next.iter().take(8) {
            let before = other.start.checked_sub(1);
            let linked = before.and_then(|at| self.kind(at));
            match other.source {
                Source::Shared if other.start > cue.resume => return other.start,
                Source::Phrase(_) if !other.relative && other.start > cue.resume + 1 => {
                    match linked {
                        Some(Kind::Semicolon) => return other.start - 1,
                        Some(Kind::Subordinator | Kind::And)
                            if other.start >= 2
                                && self.kind(other.start - 2) == Some(Kind::Comma) =>
                        {
                            return other.start - 2;
                        }
                        // the next quotation is the next speaker's
                        Some(Kind::Quote(_))
                            if other.start >= 2
                                && !matches!(
                                    self.kind(other.start - 2),
                                    Some(Kind::Comma | Kind::Colon | Kind::That)
                                ) => {}
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if cue.relative {
            let high = (cue.resume + REACH).min(self.chunks.len());
            let close = (cue.resume..high).find(|at| self.kind(*at) == Some(Kind::Comma));
            return close
                .filter(|at| self.kind(at + 1).is_some() && !self.is_quote(at + 1))
                .unwrap_or(self.chunks.len());
        }
        self.chunks.len()
    }

    /// Where content after the cue begins, and the cue with the preposition that
    /// belongs to it.
    fn content_after(&self, cue: &Cue, end: usize) -> (Option<usize>, Span) {
        let from = cue.resume;
        let mut span = cue.span;
        let inverted = from > cue.verb + 1;
        let start = match cue.takes {
            Takes::Tell if !inverted => {
                let told = matches!(self.kind(from), Some(Kind::Noun | Kind::Object));
                let resume =
                    if told && !self.verb_at(from + 1) { self.after_addressee(from) } else { from };
                self.clause(resume, end, true)
            }
            Takes::Tell | Takes::Say => self.clause(from, end, !inverted),
            Takes::Announce => self.clause(from, end, !inverted),
            Takes::Quote => self.clause(from, end, false).filter(|at| self.is_quote(*at)),
            Takes::Target => {
                let direct = self
                    .clause(from, end, false)
                    .filter(|at| self.is_quote(*at) || self.kind(at - 1) == Some(Kind::That));
                let object = matches!(
                    self.kind(from),
                    Some(
                        Kind::Noun
                            | Kind::Object
                            | Kind::Gerund
                            | Kind::Preposition
                            | Kind::To
                            | Kind::Pronoun(_)
                            | Kind::Quote(_)
                    )
                );
                direct.or_else(|| (object && !inverted && from + 1 < end).then_some(from))
            }
            Takes::Call => {
                let particle = matches!(self.word(from), "on" | "for" | "upon" | "to");
                if particle && from + 1 < end {
                    span.end = self.chunks[from].span.end;
                    Some(from + 1)
                } else {
                    let quoted = (from..end).any(|at| self.is_quote(at));
                    (quoted && !inverted).then_some(from)
                }
            }
        };
        (start.filter(|at| *at < end), span)
    }

    /// The first chunk after the person spoken to.
    fn after_addressee(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.kind(end) == Some(Kind::Of) && self.kind(end + 1) == Some(Kind::Noun) {
            end += 2;
        }
        end
    }

    /// Where the clause or quotation begins that the verb before `from` takes,
    /// past adjuncts: "said on Tuesday in Oslo that". `bare` allows a clause
    /// without a sign, if it has a verb.
    fn clause(&self, from: usize, end: usize, bare: bool) -> Option<usize> {
        let mut at = from;
        while at < end {
            match self.chunks[at].kind {
                Kind::That if at + 1 < end => return Some(at + 1),
                Kind::Colon if at + 1 < end => return Some(at + 1),
                Kind::Quote(_) => return Some(at),
                Kind::Adverb | Kind::Time => at += 1,
                Kind::Comma if self.is_quote(at + 1) => return Some(at + 1),
                Kind::Comma => {
                    // "said, after the meeting, that"
                    let high = (at + 1 + REACH / 2).min(end);
                    let close = (at + 1..high).find(|at| self.kind(*at) == Some(Kind::Comma))?;
                    let goes_on = matches!(self.kind(close + 1), Some(Kind::That | Kind::Quote(_)));
                    if !goes_on || close + 1 >= end {
                        return None;
                    }
                    at = close + 1;
                }
                Kind::Subordinator
                    if bare
                        && !matches!(
                            self.word(at),
                            "after" | "before" | "as" | "since" | "until" | "while" | "when"
                        ) =>
                {
                    return self.has_predicate(at, end).then_some(at);
                }
                Kind::Preposition | Kind::To | Kind::Of | Kind::Subordinator => {
                    // an adjunct, unless a clause with a fronted adjunct begins here
                    match self.kind(at + 1)? {
                        Kind::Noun => at = self.phrase_after(at + 1).last.max(at + 1) + 1,
                        Kind::Time | Kind::Gerund | Kind::Object | Kind::Pronoun(_) => at += 2,
                        _ => return None,
                    }
                }
                Kind::Noun => {
                    let last = self.phrase_after(at).last;
                    match self.kind(last + 1) {
                        // "warned Okoro that"
                        Some(Kind::That) if last + 2 < end => return Some(last + 2),
                        Some(Kind::Colon) if self.is_quote(last + 2) && last + 2 < end => {
                            return Some(last + 2);
                        }
                        _ => return (bare && self.has_predicate(at, end)).then_some(at),
                    }
                }
                Kind::Object if matches!(self.kind(at + 1), Some(Kind::That)) => at += 1,
                Kind::Pronoun(_) | Kind::Gerund | Kind::Object => {
                    return (bare && self.has_predicate(at, end)).then_some(at);
                }
                Kind::Open => {
                    let high = (at + REACH / 2).min(end);
                    at = (at..high).find(|at| self.kind(*at) == Some(Kind::Close))? + 1;
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether the chunks hold a verb or a quotation.
    fn has_predicate(&self, from: usize, to: usize) -> bool {
        self.chunks[from..to.min(self.chunks.len())].iter().take(REACH).any(|chunk| {
            matches!(
                chunk.kind,
                Kind::Be
                    | Kind::Have
                    | Kind::Modal
                    | Kind::Finite
                    | Kind::Report(_)
                    | Kind::Quote(_)
            )
        })
    }

    /// Whether the verb at `at` is said of facts and things as well.
    fn is_weak(&self, at: usize) -> bool {
        let word = self.word(at);
        [
            "suggest",
            "show",
            "indicat",
            "impl",
            "fear",
            "hope",
            "hoping",
            "expect",
            "agree",
            "underscor",
            "underlin",
            "signal",
            "continu",
            "answer",
            "counter",
            "hold",
            "threaten",
            "ask",
            "encourag",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    }
}
