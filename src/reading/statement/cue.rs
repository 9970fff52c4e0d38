//! Cues: the words that say that somebody said something, with their speaker.
//!
//! The forms are those of news English: speaker and verb, verb and speaker turned
//! round (`said Okoro`), participles (`, adding that`), agents of the passive
//! (`was warned by`), `according to`. What was not said, may be said or is said
//! of somebody gives no cue.
//!
//! Entry point: [`Clause::cue`].

use super::chunk::Kind;
use super::lexicon::{Class, Form, Frame as Takes, Pronoun, Verb};
use super::phrase::{Clause, Phrase};
use crate::text::Span;

/// Where a frame's speaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Here.
    Phrase(Phrase),
    /// With the verb before, or as the subject of the unit.
    Shared,
}

/// A frame before its content is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// The verb or phrase.
    pub span: Span,
    /// Who.
    pub source: Source,
    /// The first chunk of the cue or of the speaker before it.
    pub start: usize,
    /// The first chunk after the cue and what belongs to it.
    pub resume: usize,
    /// What may follow.
    pub takes: Takes,
    /// The cue is "according to" or the like: its content may stand around it.
    pub prefixed: bool,
    /// The cue belongs to a clause with "who", or to a passive: nothing before it
    /// was said.
    pub relative: bool,
    /// The chunk of the verb.
    pub verb: usize,
}

impl Clause<'_> {
    /// The cue that the chunk at `at` is the verb of, or the last word.
    pub(super) fn cue(&self, at: usize) -> Option<Cue> {
        match self.kind(at)? {
            Kind::According if self.kind(at + 1) == Some(Kind::To) => self.prefixed(at, at, at + 2),
            // "in the words of"
            Kind::Of => {
                let start = at.checked_sub(2)?;
                let is_cue = self.word(at - 1) == "the words"
                    && self.kind(at - 1) == Some(Kind::Noun)
                    && self.word(start).eq_ignore_ascii_case("in");
                if is_cue { self.prefixed(start, at - 1, at + 1) } else { None }
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
        let (left, passive) = self.verb_group(at, verb.form)?;
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
        let participle = verb.form == Form::Ing;
        match self.chunks[before].kind {
            Kind::Noun | Kind::Pronoun(_) | Kind::Close => return self.after_subject(cue, verb),
            Kind::Relative => return self.after_relative(cue),
            Kind::Quote if !self.ends_speech(before) => return None,
            Kind::Quote | Kind::Comma | Kind::Dash => return self.after_mark(cue, verb),
            // "to go and suggest" is none
            Kind::And if verb.form != Form::Base => cue.start = before,
            Kind::Subordinator if participle => cue.start = before,
            // "went on saying", "by announcing that", but not "by proposing a tax"
            Kind::Preposition | Kind::Finite
                if participle && !matches!(verb.frame, Takes::Target | Takes::Call) =>
            {
                cue.start = before;
            }
            _ => return None,
        }
        Some(cue)
    }

    /// Where the words before the verb at `at` begin that belong to it, and
    /// whether they make it passive. `None` for what was not said, or may be.
    fn verb_group(&self, at: usize, form: Form) -> Option<(usize, bool)> {
        let (mut left, mut passive) = (at, false);
        while left > 0 {
            match self.chunks[left - 1].kind {
                Kind::Adverb | Kind::Have => {}
                // "was welcome" is no verb
                Kind::Be if !matches!(form, Form::Past | Form::Ing) => return None,
                Kind::Be => passive = form == Form::Past,
                Kind::Negation | Kind::Modal | Kind::To => return None,
                _ => break,
            }
            left -= 1;
        }
        // "Okoro on Monday said", "Okoro Monday said"
        let back = |by: usize| left.checked_sub(by).map(|at| self.chunks[at].kind);
        if back(1) == Some(Kind::Time) {
            match (back(2), back(3)) {
                (Some(Kind::Preposition), Some(Kind::Noun)) => left -= 2,
                (Some(Kind::Noun), _) => left -= 1,
                _ => {}
            }
        }
        Some((left, passive))
    }

    /// Completes the cue of a verb that a subject, or what looks like one, stands
    /// before.
    fn after_subject(&self, mut cue: Cue, verb: Verb) -> Option<Cue> {
        let before = cue.start.checked_sub(1)?;
        let bare = cue.start == cue.verb;
        let quoted = self.phrase_before(cue.start).is_some_and(|phrase| {
            (1..=2).any(|by| phrase.first.checked_sub(by).is_some_and(|at| self.is_quote(at)))
        });
        let reduced = bare && verb.form == Form::Past && !quoted;
        if reduced && self.is_passive_tail(cue.resume, verb.frame) {
            return None;
        }
        // "with Okoro saying"
        if bare && verb.form == Form::Ing && before > 0 && self.word(before - 1) == "with" {
            cue.source = Source::Phrase(Phrase::single(before));
            cue.start = before - 1;
            return Some(cue);
        }
        let phrase = self.phrase_before(cue.start)?;
        // "a tweet to", "the hope of": a noun unless several do it
        if verb.noun && verb.form == Form::Base && !self.is_plural(phrase) {
            return None;
        }
        if bare && verb.form == Form::Ing {
            // what is written speaks for its writer: "in a letter saying"
            let written =
                self.last_token(phrase.first).is_some_and(|token| token.class == Class::Document);
            return written.then_some(cue);
        }
        cue.source = Source::Phrase(phrase);
        cue.start = phrase.first;
        Some(cue)
    }

    /// Completes the cue of a verb after "who".
    fn after_relative(&self, mut cue: Cue) -> Option<Cue> {
        let relative = cue.start.checked_sub(1)?;
        let comma = relative.checked_sub(1).filter(|at| self.kind(*at) == Some(Kind::Comma));
        cue.source = Source::Phrase(self.phrase_before(comma.unwrap_or(relative))?);
        cue.start = relative;
        cue.relative = true;
        Some(cue)
    }

    /// Completes the cue of a verb after a quotation, a comma or a dash: its
    /// speaker stands behind it, or before an apposition.
    fn after_mark(&self, mut cue: Cue, verb: Verb) -> Option<Cue> {
        let before = cue.start.checked_sub(1)?;
        let quote = self.is_quote(before);
        let quoted = quote || before > 0 && self.is_quote(before - 1);
        let speaker_follows = matches!(
            self.kind(cue.resume),
            Some(Kind::Noun | Kind::Pronoun(Pronoun::Person | Pronoun::They | Pronoun::It))
        );
        if verb.form == Form::Ing {
            cue.start = if quote { cue.start } else { before };
            return Some(cue);
        }
        if quoted && speaker_follows {
            self.invert(&mut cue);
            return Some(cue);
        }
        if quote {
            return None;
        }
        // a comma too many: "Ann Okoro for the harbour, says"
        let headed = || {
            let comma = self.kind(before) == Some(Kind::Comma);
            self.phrase_before(before).filter(|phrase| comma && phrase.first == 0)
        };
        if let Some(phrase) = self.apposed(before).or_else(headed) {
            cue.source = Source::Phrase(phrase);
            cue.start = phrase.first;
            return Some(cue);
        }
        // "The pier is closed, said Okoro."
        let inverted = speaker_follows && verb.form != Form::Base && self.short_tail(cue.resume);
        inverted.then(|| {
            self.invert(&mut cue);
            cue.start = cue.verb;
            cue
        })
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

    /// Whether what follows a participle makes it passive: "a man accused of", "a
    /// plan announced by", "the sum requested in May".
    fn is_passive_tail(&self, at: usize, takes: Takes) -> bool {
        match self.kind(at) {
            Some(Kind::Of) => matches!(takes, Takes::Target | Takes::Announce),
            Some(Kind::Preposition) => {
                let timed = self.kind(at + 1) == Some(Kind::Time);
                self.word(at) == "by" || takes == Takes::Target && self.word(at) != "for" && !timed
            }
            _ => false,
        }
    }

    /// Whether a plural verb can follow a phrase.
    fn is_plural(&self, phrase: Phrase) -> bool {
        phrase.joined
            || self.last_token(phrase.first).is_some_and(|token| {
                matches!(token.class, Class::Collective | Class::Pronoun(_))
                    || !token.is_name() && token.span.of(self.text).ends_with('s')
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
}
