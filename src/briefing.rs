//! One clipping, cleaned and read: what the archive is joined from.
//!
//! A [`Briefing`] keeps what later stages show and nothing else: of the original
//! only the lines that cleaning took away or mended, so that an archive of a
//! hundred thousand clippings fits in memory.

use std::borrow::Cow;
use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::actor::Kind;
use crate::article::{Article, Fate, is_private};
use crate::diagnostic::Diagnostic;
use crate::fit;
use crate::markup::{self, Anchor};
use crate::reading::{Prose, Reading, Zone};
use crate::text::{Span, fold, hash, is_ascii_word};
use crate::vocabulary::Vocabulary;
use crate::when::When;
use crate::words::Words;

mod body;
mod doubt;

pub use body::Body;
pub use doubt::{find as doubts, undated};

/// One clipping, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Briefing {
    /// The clipping's path under the archive, as diagnostics name it.
    pub file: String,
    /// Whether the article is only the beginning of the clipping's text.
    pub is_beginning: bool,
    /// Fields, blocks and ledger; the body's text is in `body`.
    pub article: Article,
    /// The cleaned Markdown of the body: see [`Briefing::markdown`].
    pub body: Body,
    /// Headline, standfirst, captions and body as their reader sees them.
    pub prose: Prose,
    /// Index into the prose's blocks where the body begins.
    pub body_block: usize,
    /// Byte of the prose where the body begins.
    pub body_start: u32,
    /// One anchor for every block of the body.
    pub anchors: Vec<Anchor>,
    /// Hashes of the body's longer sentences, letters and digits only: what
    /// two printings of one story share.
    pub prints: Vec<u64>,
    /// Mentions, statements, dates and events of the prose.
    pub reading: Reading,
    /// For every event of the reading a hash of its date and its sentence, by which
    /// the same happening, printed twice, is known.
    pub event_prints: Vec<u64>,
    /// For every event of the reading the content words of its sentence, hashed, sorted
    /// and each once: by these the same happening in other words is known.
    pub event_words: Vec<Box<[u32]>>,
    /// The words of the prose, for search.
    pub words: Words,
    /// The original's lines that were taken away or mended, by line number from 1.
    pub originals: Vec<(u32, String)>,
    /// Everything the author should know, decoding to reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// The text to read of an article: headline, standfirst and captions, then the
/// body. Also gives the index of the body's first block.
pub fn prose(article: &Article) -> (Prose, usize) {
    let mut prose = Prose::default();
    prose.push(&article.headline.value, Zone::Headline);
    if let Some(standfirst) = article.standfirst_apart() {
        prose.push(&standfirst.value, Zone::Standfirst);
    }
    for caption in &article.captions {
        prose.push(&caption.value, Zone::Caption);
    }
    let body_block = prose.blocks.len();
    let body = markup::parse(&article.body).prose;
    if !body.text.is_empty() {
        if !prose.text.is_empty() {
            prose.text.push_str("\n\n");
        }
        let start = Span::new(0, prose.text.len()).end;
        prose.text.push_str(&body.text);
        prose.blocks.extend(body.blocks.iter().map(|block| {
            let mut block = *block;
            block.span = block.span.shifted(start);
            block
        }));
    }
    (prose, body_block)
}

/// The anchors of the body's blocks.
pub fn anchors(prose: &Prose, body_block: usize) -> Vec<Anchor> {
    let body = prose.blocks.get(body_block..).unwrap_or_default();
    markup::anchors(body.iter().map(|block| block.span.of(&prose.text)))
}

/// Hashes of the body's sentences of forty bytes and more.
pub fn prints(prose: &Prose, body_block: usize, sentences: &[Span]) -> Vec<u64> {
    const SENTENCE: usize = 40;
    let body = prose.blocks.get(body_block..).unwrap_or_default();
    let told = body.iter().filter(|block| matches!(block.zone, Zone::Body | Zone::Quote));
    let prints = told
        .flat_map(|block| {
            let at = sentences.partition_point(|sentence| sentence.end <= block.span.start);
            sentences[at..].iter().take_while(|sentence| sentence.start < block.span.end)
        })
        .map(|sentence| sentence.of(&prose.text))
        .filter(|sentence| sentence.len() >= SENTENCE)
        .map(|sentence| FxBuildHasher.hash_one(sentence));
    let mut prints = prints.collect();
    fit::list(&mut prints);
    prints
}

/// A hash of the date and the sentence of every event of `reading`. Doubt about the
/// date is no part of it: an owner who takes it away breaks no link to the event.
pub fn event_prints(prose: &Prose, reading: &Reading) -> Vec<u64> {
    let when = |date: u32| reading.dates.get(date as usize).and_then(|date| date.when.as_ref());
    // A sentence may tell of several events.
    let mut last = None;
    let mut of_sentence = |sentence: Span| match last {
        Some((known, print)) if known == sentence => print,
        _ => last.insert((sentence, hash(sentence.of(&prose.text)))).1,
    };
    reading
        .events
        .iter()
        .map(|event| {
            let date = when(event.date).map_or(String::new(), When::edtf);
            let date = if date.contains('?') { date.replace('?', "") } else { date };
            of_sentence(event.sentence) ^ hash(&date).rotate_left(1)
        })
        .collect()
}

/// Words of three letters and more that say nothing of what happened: those of
/// speech, time and grammar.
static EMPTY: LazyLock<Vocabulary<bool>> = LazyLock::new(|| {
    const WORDS: &str = "\
        about according added after again against ahead all along already also although \
        among and announced another any april are around august because been before being \
        between both but called can could day days december did during each earlier early \
        end even evening ever every february first following for former friday from further \
        get got had has have having her here him his how however into its january july june \
        just last late later less let like made make many march may monday month months more \
        morning most much must near never next night nor not november now october off old \
        once one only other our out over own part people per said same saturday say says \
        september she should since some still such sunday than that the their them then \
        there these they this those through thursday today told tomorrow too tuesday two \
        under until upon used very via was way wednesday week weeks well went were what when \
        where which while who why will with within without would year years yesterday yet \
        you your";
    let mut empty = Vocabulary::default();
    for word in WORDS.split(' ') {
        *empty.slot(word) = true;
    }
    empty
});

/// The content words of the sentence of every event of `reading`.
///
/// A word counts by its first five letters in lower case, so that `resigned` and
/// `resignation` are one; numbers count whole. Dates and actors do not: they are
/// compared by themselves. Names of places do, for places rarely have a page.
///
/// Cutting words off instead of stemming them: `McNamee` and Mayfield, Character n-gram
/// tokenization for European language text retrieval (2004), found it as good.
pub fn event_words(prose: &Prose, reading: &Reading) -> Vec<Box<[u32]>> {
    let mut all: Vec<Box<[u32]>> = Vec::with_capacity(reading.events.len());
    let (mut apart, mut words) = (Vec::new(), Vec::new());
    let mut last = None;
    for event in &reading.events {
        if last.replace(event.sentence) == Some(event.sentence) {
            all.extend(all.last().cloned());
            continue;
        }
        let within = |span: Span| span.overlaps(event.sentence);
        let at = reading.mentions.partition_point(|seen| seen.span.end <= event.sentence.start);
        let actors = reading.mentions[at..]
            .iter()
            .take_while(|seen| within(seen.span))
            .filter(|seen| {
                let actor = reading.actors.get(seen.actor as usize);
                actor.is_some_and(|actor| actor.kind != Kind::Place)
            })
            .map(|seen| seen.span);
        let at = reading.dates.partition_point(|date| date.span.end <= event.sentence.start);
        let dates =
            reading.dates[at..].iter().map(|date| date.span).take_while(|span| within(*span));
        apart.clear();
        apart.extend(actors.chain(dates));
        words.clear();
        content_words(&prose.text, event.sentence, &apart, &mut words);
        words.sort_unstable();
        words.dedup();
        all.push(words.as_slice().into());
    }
    all
}

/// Appends the content words of `sentence` outside the spans of `apart`.
fn content_words(text: &str, sentence: Span, apart: &[Span], words: &mut Vec<u32>) {
    const LETTERS: usize = 5;
    let end = sentence.end as usize;
    let mut rest = &text[sentence.start as usize..end];
    while !rest.is_empty() {
        let (word, is_ascii) = first_word(rest);
        let start = end - rest.len();
        let after = word.len() + rest[word.len()..].chars().next().map_or(0, char::len_utf8);
        rest = &rest[after..];
        let number = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit());
        if !(word.len() > 2 || number) {
            continue;
        }
        let span = Span::new(start, start + word.len());
        if apart.iter().any(|other| other.overlaps(span)) || EMPTY.get(word) {
            continue;
        }
        words.push(if is_ascii {
            let letters = if number { word.len() } else { word.len().min(LETTERS) };
            // Of letters this bit makes small ones, and digits have it.
            stem(word.as_bytes()[..letters].iter().map(|byte| byte | 0x20))
        } else {
            let folded = fold(word);
            let end = folded.char_indices().nth(LETTERS).map_or(folded.len(), |(at, _)| at);
            stem(folded[..end].bytes().map(|byte| byte.to_ascii_lowercase()))
        });
    }
}

/// The letters and digits that `text` begins with, and whether they are all of ASCII.
fn first_word(text: &str) -> (&str, bool) {
    // Nearly every character is one byte: the others are read as what they are.
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| !is_ascii_word(*byte)).unwrap_or(bytes.len());
    if bytes.get(at).is_none_or(u8::is_ascii) {
        return (&text[..at], true);
    }
    let length = text[at..].find(|c: char| !c.is_alphanumeric());
    let word = &text[..length.map_or(text.len(), |length| at + length)];
    (word, word.len() == at)
}

/// The hash of a beginning of a word, in lower case.
///
/// Source: FNV-1a, 32 bits (RFC 9923).
fn stem(beginning: impl Iterator<Item = u8>) -> u32 {
    beginning.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Keeps the lines of `text` that `article` took away or mended, but for the
/// owner's private comments.
pub fn originals(article: &Article, text: &str) -> Vec<(u32, String)> {
    let mut kept = Vec::new();
    if !article.removed.is_empty() {
        return kept;
    }
    let mut rest = text;
    for fate in article.ledger.entries() {
        if rest.is_empty() {
            break;
        }
        let line = first_line(&mut rest);
        let in_doubt = fate.fate == Fate::Body && fate.rule.is_some();
        if fate.fate == Fate::Removed || in_doubt || fate.repairs().len() > 0 {
            let private = fate.repairs().map(|repair| repair.rule).chain(fate.rule).any(is_private);
            if !private {
                kept.push((fate.line, line.to_owned()));
            }
        }
    }
    kept
}

/// Takes the first line of `rest`, without what ends it.
fn first_line<'a>(rest: &mut &'a str) -> &'a str {
    let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else { return std::mem::take(rest) };
    let line = &rest[..end];
    *rest = &rest[end + 1..];
    line.strip_suffix('\r').unwrap_or(line)
}

impl Briefing {
    /// The text of the body, as its reader sees it.
    pub fn body_prose(&self) -> &str {
        self.prose.text.get(self.body_start as usize..).unwrap_or_default()
    }

    /// The cleaned Markdown of the body.
    pub fn markdown(&self) -> Cow<'_, str> {
        self.body.markdown(self.body_prose())
    }

    /// The standfirst, unless the body opens with it: as the prose has it.
    pub fn standfirst_apart(&self) -> Option<&str> {
        let mut blocks = self.prose.blocks.iter();
        let block = blocks.find(|block| block.zone == Zone::Standfirst)?;
        Some(block.span.of(&self.prose.text))
    }

    /// The anchor of the paragraph that holds `span` of the prose; `None` for the
    /// headline, the standfirst and captions.
    pub fn anchor(&self, span: Span) -> Option<Anchor> {
        self.anchors.get(self.block(span).checked_sub(self.body_block)?).copied()
    }

    /// The sentence that holds the beginning of `span`.
    pub fn sentence(&self, span: Span) -> Span {
        let sentences = &self.reading.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= span.start);
        sentences.get(at).copied().unwrap_or(span)
    }

    /// Index of the prose block that holds `span`.
    pub fn block(&self, span: Span) -> usize {
        self.prose.blocks.partition_point(|block| block.span.end <= span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_known_by_the_beginnings_of_its_content_words() {
        let words = |text: &str, apart: &[Span]| {
            let mut words = Vec::new();
            content_words(text, Span::new(0, text.len()), apart, &mut words);
            words.sort_unstable();
            words
        };
        let one = words("Mara Lindqvist resigned over 19 weirs.", &[Span::new(0, 14)]);
        assert_eq!(one.len(), 3);
        for (same, apart) in [
            ("The RESIGNATION, and 19 weirs", &[][..]),
            ("19–weirs…resigning", &[]),
            ("her resigned “weirs” are 19", &[]),
            ("Ørsted: 19 weirs resign to Åse", &[Span::new(0, 7), Span::new(27, 31)]),
        ] {
            assert_eq!(words(same, apart), one, "{same:?}");
        }
        assert_eq!(words("Đurić", &[]), words("DURICS", &[])); // five letters, folded
        assert_eq!(words("", &[]), words(" — a 7 of", &[]));
    }

    #[test]
    fn lines_end_as_they_do_everywhere() {
        for text in ["", "\n", "a", "a\nb\r\n", "a\r\n\nb\r", "\r\n\r\n"] {
            let mut rest = text;
            let mut lines = Vec::new();
            while !rest.is_empty() {
                lines.push(first_line(&mut rest));
            }
            assert_eq!(lines, text.lines().collect::<Vec<_>>(), "{text:?}");
        }
    }
}
