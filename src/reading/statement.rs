//! Words given to a speaker.
//!
//! Prose with its sentences and mentions comes in; out come statements, direct,
//! mixed and indirect, each with the words that carry it and, where the text
//! says so, its speaker. A speaker is found by grammar, never by nearness: the
//! name next to a quotation is the wrong one half of the time, and a quotation
//! under the wrong name is worse than one under none. So what stays open is
//! given without a speaker, or not at all.
//!
//! Entry point: [`find`]. It pairs the marks (`mark`), groups the words outside
//! quotations (`chunk` and `phrase`, with the words of `lexicon`), finds the cues
//! with their speakers (`cue`) and what they tell (`frame`), and asks who a
//! speaker is (`speaker`).

mod chunk;
mod cue;
mod frame;
pub(super) mod lexicon;
mod mark;
mod phrase;
mod speaker;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

use self::chunk::{Chunk, Grouped, Kind, Unit};
use self::cue::{Cue, Source};
use self::frame::Frame;
use self::lexicon::Class;
use self::mark::Quotation;
use self::phrase::{Clause, Phrase};
use self::speaker::{Cast, Voice};
use self::token::Token;
use super::grain::Grains;
use super::{ActorSeen, Mention, Prose, Speech, Statement, Text, Zone};
use crate::text::Span;

/// The statements of `prose`, which `grains` are of, in order of what was said.
///
/// `sentences` are those of [`super::sentence::split`]; `mentions` index into
/// `actors` and may be empty: names are then read off their shape. A quotation
/// belongs to one statement at most. Quotations that are nobody's speech (titles,
/// nicknames, a writer's own distance) are left out.
pub fn find(
    prose: &Prose,
    grains: &Grains,
    sentences: &[Span],
    actors: &[ActorSeen],
    mentions: &[Mention],
) -> Vec<Statement> {
    find_each(&[Text { prose, grains, sentences }], &[(actors, mentions)]).swap_remove(0)
}

/// Who is named in a text, and where.
pub(super) type Names<'a> = (&'a [ActorSeen], &'a [Mention]);

/// [`find`] for each of `texts`, step by step; `names` has those of each.
pub(super) fn find_each(texts: &[Text<'_>], names: &[Names<'_>]) -> Vec<Vec<Statement>> {
    let quotations: Vec<Vec<Quotation>> = texts.iter().map(|text| mark::find(text.prose)).collect();
    let group = |(text, quotations): (&Text<'_>, &Vec<Quotation>)| {
        let mut units = chunk::units(text.prose, text.sentences, quotations);
        let grains = text.grains.all();
        let grouped = chunk::read(&text.prose.text, grains, &mut units, quotations);
        (units, grouped)
    };
    let grouped: Vec<(Vec<Unit>, Grouped)> = texts.iter().zip(&quotations).map(group).collect();
    let search = |at: usize| {
        let (units, grouped) = &grouped[at];
        search(texts[at].prose, &quotations[at], units, grouped, names[at])
    };
    (0..texts.len()).map(search).collect()
}

/// The statements of prose whose words are grouped.
fn search(
    prose: &Prose,
    quotations: &[Quotation],
    units: &[Unit],
    grouped: &Grouped,
    (actors, mentions): Names<'_>,
) -> Vec<Statement> {
    let mut search = Search {
        prose,
        quotations,
        tokens: &grouped.tokens,
        chunks: &grouped.chunks,
        verbs: &grouped.cues,
        cast: Cast::new(&prose.text, grouped, actors, mentions),
        claimed: vec![false; quotations.len()],
        statements: Vec::new(),
        last: None,
        chain: Vec::new(),
        cues: Vec::new(),
    };
    let mut previous: Option<&Unit> = None;
    let mut room = Room::default();
    for unit in units {
        search.unit(unit, previous, &mut room);
        previous = Some(unit);
    }
    let mut statements = search.statements;
    statements.sort_by_key(|statement| (statement.span.start, statement.span.end));
    statements
}

/// The quotation that a chunk is.
fn quote(chunk: &Chunk) -> Option<usize> {
    (chunk.kind == Kind::Quote).then_some(chunk.quotation as usize)
}

/// The quotations that begin a stretch, with nothing but marks between them.
fn leading_quotes(chunks: &[Chunk], from: usize, to: usize) -> Vec<usize> {
    chunks[from.min(to)..to]
        .iter()
        .take_while(|chunk| matches!(chunk.kind, Kind::Quote | Kind::Comma | Kind::Colon))
        .filter_map(quote)
        .collect()
}

/// Whether a unit has no words outside quotations but in brackets.
fn stands_alone(chunks: &[Chunk]) -> bool {
    let mut depth = 0_u32;
    chunks.iter().all(|chunk| {
        match chunk.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || chunk.tokens.0 == chunk.tokens.1
    })
}

/// Who spoke last, and where.
#[derive(Debug, Clone, Copy)]
struct Said {
    voice: Voice,
    /// The block and the end of the unit.
    block: usize,
    end: u32,
}

struct Search<'a> {
    prose: &'a Prose,
    quotations: &'a [Quotation],
    tokens: &'a [Token],
    chunks: &'a [Chunk],
    /// The chunks that can make a cue.
    verbs: &'a [u32],
    cast: Cast<'a>,
    /// Which quotations already belong to a statement.
    claimed: Vec<bool>,
    statements: Vec<Statement>,
    last: Option<Said>,
    /// Open statements of a quotation that runs on over the paragraphs.
    chain: Vec<usize>,
    /// The cues so far, once each: an article says "said" many times.
    cues: Vec<Arc<str>>,
}

/// What a statement is made of, in chunks of its unit.
#[derive(Debug, Clone, Copy)]
struct Content {
    from: usize,
    to: usize,
}

/// Lists that every unit fills anew.
#[derive(Default)]
struct Room {
    cues: Vec<Cue>,
    frames: Vec<Frame>,
}

impl Search<'_> {
    /// Finds the statements of one unit, with `room` to work in.
    fn unit(&mut self, unit: &Unit, previous: Option<&Unit>, room: &mut Room) {
        let chunks = &self.chunks[unit.chunks.clone()];
        let text = &self.prose.text;
        let quoted = if unit.quotations.is_empty() { &[][..] } else { chunks };
        let ends: Vec<bool> = quoted.iter().map(|chunk| self.ends_speech(chunk)).collect();
        let clause = Clause { chunks, tokens: self.tokens, text, ends: &ends };
        let verbs = self.verbs[unit.cues.clone()].iter().map(|at| *at as usize - unit.chunks.start);
        frame::frames(clause, verbs, &mut room.cues, &mut room.frames);
        let subject = clause.subject().and_then(|phrase| self.cast.resolve(chunks, phrase));
        if let Some(subject) = subject {
            self.cast.note_subject(subject);
        }
        let zone = self.prose.blocks.get(unit.block).map(|block| block.zone);
        if zone == Some(Zone::Headline) && self.is_repeated(unit) {
            return;
        }
        if zone == Some(Zone::Quote)
            && unit.quotations.is_empty()
            && self.block_quotation(unit, previous)
        {
            return;
        }
        let mut shared = subject;
        let mut said = None;
        for frame in &room.frames {
            let voice = match frame.source {
                Source::Phrase(phrase) => self.cast.resolve(chunks, phrase),
                Source::Shared => shared,
            };
            let Some(voice) = voice else { continue };
            if frame.weak && !self.cast.is_animate(voice) {
                continue;
            }
            if self.tell(unit, chunks, frame, voice) {
                self.cast.note(voice);
                shared = Some(voice);
                said.get_or_insert(voice);
            }
        }
        if said.is_none() {
            said = self.signed(unit, chunks);
        }
        self.leftovers(unit, chunks, subject, previous);
        let announces = chunks.last().is_some_and(|chunk| chunk.kind == Kind::Colon);
        if let Some(voice) = said.or(subject.filter(|_| announces)) {
            self.last = Some(Said { voice, block: unit.block, end: unit.span.end });
        }
    }

    /// Whether a quotation of a headline stands below it, too: it is told there.
    fn is_repeated(&self, unit: &Unit) -> bool {
        let below = &self.prose.text[unit.span.end as usize..];
        self.quotations[unit.quotations.clone()]
            .iter()
            .take(4)
            .any(|quotation| below.contains(quotation.inner.of(&self.prose.text)))
    }

    /// Gives a block quotation without marks to whoever the sentence before it
    /// names; says whether it did.
    fn block_quotation(&mut self, unit: &Unit, previous: Option<&Unit>) -> bool {
        let adjacent = previous.map(|before| before.span.end);
        let Some(last) = self.last.filter(|last| Some(last.end) == adjacent) else { return false };
        self.statements.push(Statement {
            span: unit.span,
            sentence: unit.span,
            kind: Speech::Direct,
            quotes: [unit.span].into(),
            speaker: Some(self.cast.speaker(last.voice, true)),
            cue: None,
        });
        self.last = Some(Said { voice: last.voice, block: unit.block, end: unit.span.end });
        true
    }

    /// Whether a chunk is a quotation that a cue may follow.
    fn ends_speech(&self, chunk: &Chunk) -> bool {
        let Some(index) = quote(chunk) else { return false };
        let quotation = &self.quotations[index];
        let words = quotation.inner.of(&self.prose.text);
        words.ends_with([',', '.', '?', '!', '…', '-', '–', '—', ']'])
            || words.split_whitespace().nth(3).is_some()
    }

    /// Makes the statement of a frame; says whether there was one.
    fn tell(&mut self, unit: &Unit, chunks: &[Chunk], frame: &Frame, voice: Voice) -> bool {
        let Some(content) = self.trim(chunks, frame) else { return false };
        let quotes = self.quotes(chunks, content);
        let second =
            frame.second.map(|(from, to)| leading_quotes(chunks, from, to)).unwrap_or_default();
        let taken = quotes.iter().chain(&second).any(|index| self.claimed[*index]);
        if taken {
            return false;
        }
        let words =
            chunks[content.from..content.to].iter().any(|chunk| chunk.tokens.0 < chunk.tokens.1);
        let text = &self.prose.text;
        let (kind, span) = if words {
            let from = self.edge(
                &chunks[content.from],
                |quotation| quotation.inner.start,
                |span| span.start,
            );
            let to = self.edge(
                &chunks[content.to - 1],
                |quotation| quotation.inner.end,
                |span| span.end,
            );
            let after = second.last().map_or(to, |index| self.quotations[*index].inner.end);
            let span = Span { start: from, end: to.max(after) };
            if quotes.is_empty() && !span.of(text).contains(char::is_whitespace) {
                return false;
            }
            (
                if quotes.is_empty() && second.is_empty() {
                    Speech::Indirect
                } else {
                    Speech::Mixed
                },
                span,
            )
        } else {
            let (Some(first), Some(last)) = (quotes.first(), second.last().or(quotes.last()))
            else {
                return false;
            };
            let span = Span {
                start: self.quotations[*first].inner.start,
                end: self.quotations[*last].inner.end,
            };
            (Speech::Direct, span)
        };
        let all: Vec<usize> = quotes.into_iter().chain(second).collect();
        let cue = self.cue(frame.cue);
        self.add(unit, kind, span, &all, Some((voice, false)), Some(cue));
        true
    }

    /// The words of a cue in lower case.
    fn cue(&mut self, span: Span) -> Arc<str> {
        let words = span.of(&self.prose.text);
        // Nearly all are in lower case.
        let same = |cue: &&Arc<str>| &***cue == words || cue.eq_ignore_ascii_case(words);
        if let Some(cue) = self.cues.iter().find(same) {
            return cue.clone();
        }
        let cue: Arc<str> = words.to_lowercase().into();
        self.cues.push(cue.clone());
        cue
    }

    /// The content of a frame without the marks at its ends, and without the
    /// adjuncts after a whole quotation.
    fn trim(&self, chunks: &[Chunk], frame: &Frame) -> Option<Content> {
        let (mut from, mut to) = frame.content;
        let is_mark = |kind| {
            matches!(kind, Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon | Kind::Stop)
        };
        while from < to && is_mark(chunks[from].kind) {
            from += 1;
        }
        let follows = frame.content.0 > frame.start;
        // "Ships left “The pier is closed,” she said": a stop went missing
        if !follows && frame.content.1 > from && self.is_whole(&chunks[frame.content.1 - 1]) {
            let quotes = |chunk: &&Chunk| matches!(chunk.kind, Kind::Quote | Kind::Comma);
            let run = chunks[from..frame.content.1].iter().rev().take_while(quotes).count();
            from = frame.content.1 - run;
        }
        if follows && self.is_whole(chunks.get(from)?) {
            let adjunct = |kind| {
                matches!(
                    kind,
                    Kind::Comma
                        | Kind::Preposition
                        | Kind::Subordinator
                        | Kind::And
                        | Kind::Time
                        | Kind::Open
                        | Kind::Dash
                        | Kind::Semicolon
                )
            };
            if chunks.get(from + 1).is_none_or(|next| adjunct(next.kind)) {
                let joined = chunks[from..to]
                    .iter()
                    .take_while(|chunk| matches!(chunk.kind, Kind::Quote | Kind::Comma));
                to = from + joined.count();
            }
        }
        while to > from && is_mark(chunks[to - 1].kind) {
            to -= 1;
        }
        (from < to).then_some(Content { from, to })
    }

    /// Whether a chunk is a quotation that reads as a sentence: it begins with a
    /// capital or is long.
    fn is_whole(&self, chunk: &Chunk) -> bool {
        let Some(index) = quote(chunk) else { return false };
        let words = self.quotations[index].inner.of(&self.prose.text);
        let several = words.split_whitespace().nth(2).is_some();
        several
            && (words.starts_with(|c: char| c.is_uppercase() || c == '[')
                || words.split_whitespace().nth(7).is_some())
    }

    /// The quotations in `content` that are speech.
    fn quotes(&self, chunks: &[Chunk], content: Content) -> Vec<usize> {
        (content.from..content.to)
            .filter_map(|at| quote(&chunks[at]).filter(|_| !self.is_label(chunks, at)))
            .collect()
    }

    /// Whether the quotation at `at` is a title or a nickname: the word before
    /// says so.
    fn is_label(&self, chunks: &[Chunk], at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|before| chunks[before].tokens(self.tokens).last())
            .is_some_and(|token| token.class == Class::Label)
    }

    fn edge(
        &self,
        chunk: &Chunk,
        inner: impl Fn(&Quotation) -> u32,
        outer: impl Fn(Span) -> u32,
    ) -> u32 {
        quote(chunk).map_or_else(|| outer(chunk.span), |index| inner(&self.quotations[index]))
    }

    /// The speaker set after a dash at the end of a line, or before a colon at its
    /// head: "Pier to close – Okoro".
    fn signed(&mut self, unit: &Unit, chunks: &[Chunk]) -> Option<Voice> {
        let last = chunks.len().checked_sub(1).filter(|last| *last >= 2)?;
        let bare = |at: usize| Phrase::single(at);
        let (phrase, from, to) =
            if chunks[last].kind == Kind::Noun && chunks[last - 1].kind == Kind::Dash {
                (bare(last), 0, last - 1)
            } else if chunks[0].kind == Kind::Noun && chunks[1].kind == Kind::Colon {
                (bare(0), 2, chunks.len())
            } else {
                return None;
            };
        let block = self.prose.blocks.get(unit.block)?.span;
        let (start, end) = (unit.span.start as usize, unit.span.end as usize);
        let before = self.prose.text[block.start as usize..start].trim_end_matches([' ', '\t']);
        let behind = self.prose.text[end..block.end as usize].trim_start_matches([' ', '\t']);
        let line = (before.is_empty() || before.ends_with('\n'))
            && (behind.is_empty() || behind.starts_with(['\n', '\r']));
        let text = unit.span.of(&self.prose.text);
        if !line || text.ends_with(['.', '?', '!', ':']) {
            return None;
        }
        let short = chunks[phrase.first].tokens(self.tokens).len() <= 5;
        let voice = self
            .cast
            .resolve(chunks, phrase)
            .filter(|voice| short && self.cast.is_known(*voice))?;
        let content = Content { from, to };
        let quotes = self.quotes(chunks, content);
        if quotes.iter().any(|index| self.claimed[*index]) || to - from < 2 && quotes.is_empty() {
            return None;
        }
        let words = chunks[from..to].iter().any(|chunk| chunk.tokens.0 < chunk.tokens.1);
        let kind = match (words, quotes.is_empty()) {
            (false, _) => Speech::Direct,
            (true, false) => Speech::Mixed,
            (true, true) => Speech::Indirect,
        };
        let start = self.edge(&chunks[from], |quotation| quotation.inner.start, |span| span.start);
        let end = self.edge(&chunks[to - 1], |quotation| quotation.inner.end, |span| span.end);
        self.add(unit, kind, Span { start, end }, &quotes, Some((voice, false)), None);
        Some(voice)
    }

    /// Gives speakers to the quotations of a unit that no frame took.
    fn leftovers(
        &mut self,
        unit: &Unit,
        chunks: &[Chunk],
        subject: Option<Voice>,
        previous: Option<&Unit>,
    ) {
        if unit.quotations.is_empty() {
            return;
        }
        let alone = stands_alone(chunks);
        for at in 0..chunks.len() {
            let Some(index) = quote(&chunks[at]).filter(|index| !self.claimed[*index]) else {
                continue;
            };
            let quotation = self.quotations[index];
            let several = quotation.inner.of(&self.prose.text).split_whitespace().nth(2).is_some();
            let closed = alone && quotation.inner.of(&self.prose.text).ends_with(['.', '?', '!']);
            if !(several || closed) || self.is_label(chunks, at) {
                continue;
            }
            let found =
                self.introduced(chunks, at, subject).map(|voice| (voice, false)).or_else(|| {
                    let carried =
                        alone.then(|| self.carried(unit, &quotation, previous)).flatten()?;
                    Some((carried, true))
                });
            let utterance = alone && self.ends_speech(&chunks[at]) && self.is_whole(&chunks[at]);
            if found.is_none() && !utterance {
                continue;
            }
            self.add(unit, Speech::Direct, quotation.inner, &[index], found, None);
            if let Some((voice, _)) = found {
                self.last = Some(Said { voice, block: unit.block, end: unit.span.end });
            }
        }
    }

    /// The speaker of a quotation after a colon or before a dash.
    fn introduced(&mut self, chunks: &[Chunk], at: usize, subject: Option<Voice>) -> Option<Voice> {
        if at > 0 && chunks[at - 1].kind == Kind::Colon {
            return subject.filter(|voice| self.cast.is_animate(*voice));
        }
        let named = chunks.get(at + 2).is_some_and(|chunk| {
            chunk.kind == Kind::Noun && chunk.tokens(self.tokens).last().is_some_and(Token::is_name)
        });
        if chunks.get(at + 1)?.kind != Kind::Dash || !named {
            return None;
        }
        // a date behind the name would make it a source list
        let ends = chunks.get(at + 3).is_none();
        let phrase = Phrase::single(at + 2);
        ends.then(|| self.cast.resolve(chunks, phrase)).flatten()
    }

    /// The speaker of a quotation that stands alone: whoever spoke before.
    fn carried(
        &self,
        unit: &Unit,
        quotation: &Quotation,
        previous: Option<&Unit>,
    ) -> Option<Voice> {
        let last = self.last?;
        if last.block == unit.block {
            return Some(last.voice);
        }
        // across paragraphs only from the sentence just before
        let adjacent = previous.is_some_and(|before| before.span.end == last.end);
        let opens = self
            .prose
            .blocks
            .get(unit.block)
            .is_some_and(|block| block.span.start == quotation.outer.start);
        (adjacent && opens && unit.block == last.block + 1).then_some(last.voice)
    }

    /// Adds a statement and claims its quotations.
    fn add(
        &mut self,
        unit: &Unit,
        kind: Speech,
        span: Span,
        quotes: &[usize],
        speaker: Option<(Voice, bool)>,
        cue: Option<Arc<str>>,
    ) {
        for index in quotes {
            self.claimed[*index] = true;
        }
        if let Some(first) = quotes.first() {
            self.run_on(*first, speaker.map(|(voice, _)| voice));
        }
        self.statements.push(Statement {
            span,
            sentence: unit.span,
            kind,
            quotes: quotes.iter().map(|index| self.quotations[*index].inner).collect(),
            speaker: speaker.map(|(voice, carried)| self.cast.speaker(voice, carried)),
            cue,
        });
    }

    /// Keeps the paragraphs of one long quotation together: who is named after the
    /// last of them spoke them all.
    fn run_on(&mut self, index: usize, voice: Option<Voice>) {
        let quotation = &self.quotations[index];
        if !quotation.continues {
            self.chain.clear();
        }
        match voice {
            None if !quotation.closed => self.chain.push(self.statements.len()),
            None => {}
            Some(voice) => {
                for open in self.chain.drain(..) {
                    self.statements[open].speaker = Some(self.cast.speaker(voice, true));
                }
            }
        }
    }
}
