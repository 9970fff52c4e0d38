//! What was said: where the content of a cue begins and ends.
//!
//! The content stands before the cue, after it, or around it; behind an adjunct
//! ("said on Tuesday in Oslo that"), behind the person spoken to, without "that".
//! It ends before the next act of saying that is no part of it.
//!
//! Entry point: [`frames`].

use super::chunk::Kind;
use super::cue::{Cue, Source};
use super::lexicon::Frame as Takes;
use super::phrase::{Clause, REACH};
use crate::text::Span;

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

/// Beginnings of verbs that are said of facts and things as well.
const WEAK: &[&str] = &[
    "agree",
    "answer",
    "ask",
    "continu",
    "counter",
    "expect",
    "fear",
    "hope",
    "hoping",
    "impl",
    "indicat",
    "show",
    "signal",
    "suggest",
    "threaten",
    "underlin",
    "underscor",
];

/// How long content may be, in chunks: sentences without end are lists or worse.
const LONGEST: usize = 256;

/// What is asked of a clause without "that" for it to be what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// It does not count.
    Never,
    /// A verb right after its subject.
    Strict,
    /// A verb anywhere.
    Lax,
}

/// The acts of saying in the chunks of one unit, in order, in the place of what `frames`
/// holds; `verbs` are those that can make a cue, and `cues` is room to work in. Indices
/// count from the unit's first chunk.
pub(super) fn frames(
    clause: Clause<'_>,
    verbs: impl Iterator<Item = usize>,
    cues: &mut Vec<Cue>,
    frames: &mut Vec<Frame>,
) {
    cues.clear();
    frames.clear();
    cues.extend(verbs.filter_map(|at| clause.cue(at)));
    let mut low = 0;
    for (index, cue) in cues.iter().enumerate() {
        let next = cues.get(index + 1..).unwrap_or(&[]);
        if let Some(frame) = clause.frame(cue, low, next) {
            low = if frame.content.0 >= cue.resume { frame.content.1 } else { cue.resume };
            frames.push(frame);
        }
    }
}

impl Clause<'_> {
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
            return self.around(cue, low, end).map(|content| frame(content, None, cue.span));
        }
        let (after, span) = self.content_after(cue, end);
        if let Some(stop) = self.quoted_before(cue, low) {
            let linked = |at: &usize| {
                matches!(
                    self.chunks[*at].kind,
                    Kind::Comma | Kind::Semicolon | Kind::And | Kind::Adverb | Kind::Time
                )
            };
            let next = (cue.resume..end).find(|at| !linked(at));
            let second = after.or(next).filter(|from| self.is_quote(*from)).map(|from| (from, end));
            return Some(frame((self.strip(low, stop), stop), second, span));
        }
        if let Some(from) = after {
            return (from < end).then(|| frame((from, end), None, span));
        }
        let plain = !cue.relative
            && cue.source != Source::Shared
            && matches!(cue.takes, Takes::Say | Takes::Announce | Takes::Tell);
        let before = cue.start.checked_sub(1).filter(|_| plain)?;
        match self.kind(before)? {
            // "As she told the council, the pier is closed"
            Kind::Subordinator if self.word(before).eq_ignore_ascii_case("as") => {
                let comma = (cue.resume..end).find(|at| self.chunks[*at].kind == Kind::Comma)?;
                let stated = self.has_predicate(comma + 1, end);
                stated.then(|| frame((comma + 1, end), None, span))
            }
            // "The pier is closed, she said."
            Kind::Comma => {
                let from = self.strip(low, before);
                let stated =
                    from < before && !self.is_fronted(from) && self.has_predicate(from, before);
                stated.then(|| frame((from, before), None, span))
            }
            _ => None,
        }
    }

    /// The content of "according to X": before it, behind it, or around it.
    fn around(&self, cue: &Cue, low: usize, end: usize) -> Option<(usize, usize)> {
        let near = end.min(cue.resume + 6);
        let quoted = (cue.resume..near).find(|at| self.is_quote(*at)).filter(|quote| {
            let mut between = self.chunks[cue.resume..*quote].iter();
            between.all(|chunk| matches!(chunk.kind, Kind::Comma | Kind::Noun | Kind::Colon))
        });
        if let Some(from) = quoted {
            return Some((from, end));
        }
        let head = cue.start.checked_sub(1).filter(|_| cue.start > low);
        if let Some(head) = head {
            let comma = self.kind(head) == Some(Kind::Comma);
            if self.has_predicate(low, cue.start)
                || self.is_quote(head - usize::from(comma && head > 0))
            {
                return Some((low, if comma { head } else { head + 1 }));
            }
            // "The pier, according to Okoro, is closed"
            if comma {
                return Some((self.strip(low, cue.start), end));
            }
        }
        let comma = |from: usize| (from..end).find(|at| self.chunks[*at].kind == Kind::Comma);
        let first = comma(cue.resume)?;
        // "according to the agency, quoting the ministry, the pier is closed"
        let aside = matches!(self.kind(first + 1), Some(Kind::Report(_) | Kind::Relative));
        let close = comma(first + 1).filter(|close| aside && self.is_aside(first + 1, *close));
        let from = close.unwrap_or(first) + 1;
        (from < end).then_some((from, end))
    }

    /// Whether a clause that begins with chunk `at` belongs to the one after it:
    /// "Asked about the pier, she said".
    fn is_fronted(&self, at: usize) -> bool {
        matches!(
            self.chunks[at].kind,
            Kind::Report(_) | Kind::Gerund | Kind::Finite | Kind::To | Kind::Subordinator
        )
    }

    /// Passes over what links a clause to the one before.
    fn strip(&self, mut from: usize, to: usize) -> usize {
        let to = to.min(from + REACH);
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
            Kind::Quote if self.ends_speech(last) => Some(last + 1),
            Kind::Comma | Kind::Dash if last > low && self.is_quote(last - 1) => Some(last),
            _ => None,
        }
    }

    /// Where the content of `cue` ends at the latest: before the next act of
    /// saying that is no part of it.
    fn content_end(&self, cue: &Cue, next: &[Cue]) -> usize {
        let limit = (cue.resume + LONGEST).min(self.chunks.len());
        let linked = |at: usize, by: usize| at.checked_sub(by).and_then(|at| self.kind(at));
        for other in next.iter().take(8).filter(|other| other.start > cue.resume) {
            if other.source == Source::Shared {
                return other.start.min(limit);
            }
            match (linked(other.start, 2), linked(other.start, 1)) {
                _ if other.relative => {}
                (_, Some(Kind::Semicolon)) => return (other.start - 1).min(limit),
                (Some(Kind::Comma), Some(Kind::Subordinator | Kind::And)) => {
                    return (other.start - 2).min(limit);
                }
                _ => {}
            }
        }
        let rest = cue.resume..limit;
        let comma = |at: &usize| self.chunks[*at].kind == Kind::Comma;
        match cue.takes {
            // "…, who called it a gift, left"
            _ if cue.relative => rest
                .clone()
                .find(comma)
                .filter(|at| self.kind(at + 1).is_some() && !self.is_quote(at + 1))
                .unwrap_or(limit),
            // "which she called “a gift”, was dropped"
            Takes::Call if self.is_quote(cue.resume) => cue.resume + 1,
            // "called the plan a gift and left"
            Takes::Target | Takes::Call => rest
                .clone()
                .find(|at| self.chunks[*at].kind == Kind::And && self.verb_at(at + 1))
                .unwrap_or(limit),
            _ => limit,
        }
    }

    /// Where content after the cue begins, and the cue with the preposition that
    /// belongs to it.
    fn content_after(&self, cue: &Cue, end: usize) -> (Option<usize>, Span) {
        let from = cue.resume;
        let mut span = cue.span;
        let inverted = from > cue.verb + 1;
        let bare = match (inverted, cue.takes) {
            (true, _) => Bare::Never,
            (false, Takes::Tell) => Bare::Lax,
            (false, _) if self.word(cue.verb).starts_with("sa") => Bare::Lax,
            (false, _) => Bare::Strict,
        };
        let start = match cue.takes {
            Takes::Tell if !inverted => {
                let told = matches!(self.kind(from), Some(Kind::Noun | Kind::Object));
                let addressed = told && !self.verb_at(from + 1);
                let resume = if addressed { self.after_addressee(from) } else { from };
                self.clause(resume, end, bare)
            }
            Takes::Tell | Takes::Say | Takes::Announce => self.clause(from, end, bare),
            Takes::Quote => self.clause(from, end, Bare::Never).filter(|at| self.is_quote(*at)),
            Takes::Target => {
                let direct = self
                    .clause(from, end, Bare::Never)
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
                            | Kind::Quote
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
                    // "a band called “Tide”" has its name there, "what she called
                    // “a gift”" her words
                    let named = self.is_quote(from)
                        && cue.start.checked_sub(1).is_none_or(|before| {
                            !matches!(self.chunks[before].kind, Kind::Relative | Kind::Subordinator)
                        });
                    let quoted = (from..end).any(|at| self.is_quote(at));
                    (quoted && !named && !inverted).then_some(from)
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
    fn clause(&self, from: usize, end: usize, bare: Bare) -> Option<usize> {
        let mut at = from;
        while at < end {
            match self.chunks[at].kind {
                Kind::That | Kind::Colon if at + 1 < end => return Some(at + 1),
                Kind::Quote => return Some(at),
                Kind::Adverb | Kind::Time => at += 1,
                Kind::Comma if self.is_quote(at + 1) => return Some(at + 1),
                Kind::Comma => {
                    // "said, after the meeting, that"
                    let high = (at + 1 + REACH / 2).min(end);
                    let close = (at + 1..high).find(|at| self.kind(*at) == Some(Kind::Comma))?;
                    let goes_on = matches!(self.kind(close + 1), Some(Kind::That | Kind::Quote));
                    if !goes_on || close + 1 >= end {
                        return None;
                    }
                    at = close + 1;
                }
                Kind::Subordinator
                    if bare != Bare::Never
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
                        _ => return self.is_clause(at, end, bare).then_some(at),
                    }
                }
                Kind::Object if matches!(self.kind(at + 1), Some(Kind::That)) => at += 1,
                Kind::Pronoun(_) | Kind::Gerund | Kind::Report(_) => {
                    return (bare != Bare::Never && self.has_predicate(at + 1, end)).then_some(at);
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

    /// Whether the noun phrase at `at` is the subject of a clause.
    fn is_clause(&self, at: usize, end: usize, bare: Bare) -> bool {
        if bare != Bare::Strict {
            return bare == Bare::Lax && self.has_predicate(at, end);
        }
        let mut next = self.phrase_after(at).last + 1;
        while next < end {
            match self.chunks[next].kind {
                Kind::Adverb | Kind::Time | Kind::Negation => next += 1,
                Kind::Preposition | Kind::Of | Kind::And
                    if matches!(
                        self.kind(next + 1),
                        Some(Kind::Noun | Kind::Time | Kind::Object)
                    ) =>
                {
                    next += 2;
                }
                Kind::Quote => return self.ends_speech(next),
                _ => return self.verb_at(next),
            }
        }
        false
    }

    /// Whether the verb at `at` is said of facts and things as well.
    fn is_weak(&self, at: usize) -> bool {
        let word = self.word(at);
        WEAK.iter().any(|stem| word.starts_with(stem))
    }
}
