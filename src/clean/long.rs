//! Pasted texts longer than any article, cleaned section by section in their own place.
//!
//! What is known of a line while it is judged takes several times its length. So a text
//! of megabytes is cut where lines end; the first section is cleaned as a clipping of its
//! own, whose article goes on, and in every other one the lines are judged with those
//! around it in view. What is written takes the place of what was read ([`place`]): a text
//! of any length costs its own size, its ledger and one section more.
//!
//! A reader may question that the sections do not know each other. An article has a
//! thousandth of their length: here nobody asks where it ends, only which lines among
//! sentences are furniture, and that their neighbours tell. A line that is longer than a
//! section is judged by its beginning.
//!
//! Entry point: [`clean`].

use super::body::Decision;
use super::draft::{self, Knowledge};
use super::form::{self, Form};
use super::line::{self, Line};
use super::mend::{self, Mending};
use super::pasted::{self, Extent, Pasted, Piece};
use super::recurrence::Recurrence;
use super::weigh::table::Weights;
use super::{body_of, doubtful, fates_of, front_matter_end, language};
use super::{pictures_and_notes, warn};
use crate::article::{Article, Block, BlockKind, Fate, LedgerWriter, Repair};
use crate::source::RawDocument;
use crate::text::{CodePoints, Span, push_markdown};

mod place;

pub(super) use place::Place;

/// Above this a text is cleaned in sections.
const LONG: usize = 4 * 1024 * 1024;

/// The bytes of a section.
const SECTION: usize = 128 * 1024;

/// The bytes before and behind a section that are looked at.
const MARGIN: usize = 4 * 1024;

/// Whether `text` is longer than any article.
pub(super) fn is_long(text: &str) -> bool {
    text.len() > LONG
}

/// Cleans `text`, which is that of `document` (whose own is not looked at). Gives for
/// every repair of the ledger, too, where it stands in code points of its line.
pub(super) fn clean(
    document: &RawDocument,
    text: String,
    weights: &Weights,
    recurrence: &Recurrence,
) -> (Article, Vec<Span>) {
    let mut rest = Place::new(text);
    let (head, goes_on) = take_head(document, &mut rest);
    let language = language::language_of(&head.text, front_matter_end(&head));
    let Piece { mut article, points, doubtful } =
        pasted::clean(Pasted { document: &head, recurrence }, weights, Extent::Beginning);
    rest.write(&std::mem::take(&mut article.body));
    let mut long = Long {
        rest,
        ledger: LedgerWriter::from(std::mem::take(&mut article.ledger)),
        article,
        points,
        doubtful,
        mending: Mending::of(language),
        last: Some(head.text.as_str()).filter(|_| goes_on).and_then(Tail::of),
    };
    let more = |n: usize| more_of(n, head.text.len(), long.rest.left());
    let (n_lines, n_blocks) = (more(long.ledger.len()), more(long.article.blocks.len()));
    long.ledger.reserve(n_lines);
    long.article.blocks.reserve(n_blocks);
    let mut before = last_lines(&head.text).to_owned();
    while long.rest.left() > 0 {
        if long.last.is_some() {
            long.go_on();
            before.clear();
        } else {
            let knowledge = Knowledge { weights, recurrence, language, goes_on: true };
            before = long.section(&before, knowledge);
        }
    }
    long.finish(document)
}

/// A text of which a part is cleaned.
struct Long {
    /// What is written of the body, and what is left of the text.
    rest: Place,
    ledger: LedgerWriter,
    /// All but body and ledger.
    article: Article,
    points: Vec<Span>,
    doubtful: usize,
    mending: Mending,
    /// What was read of the last line, where it goes on.
    last: Option<Tail>,
}

/// How much of a line was read.
pub(super) struct Tail {
    bytes: usize,
    /// Its code points.
    pub(super) points: u32,
}

impl Tail {
    /// Of the last line of `text`.
    pub(super) fn of(text: &str) -> Option<Self> {
        let raw = text.lines().next_back()?;
        let end = u32::try_from(raw.len()).unwrap_or(u32::MAX);
        Some(Self { bytes: raw.len(), points: CodePoints::new(raw).at(end) })
    }

    /// Behind `more` of the line.
    pub(super) fn behind(&self, more: &str) -> Option<Self> {
        let read = Self::of(more)?;
        Some(Self { bytes: self.bytes + read.bytes, points: self.points + read.points })
    }

    /// Repairs of what follows, as bytes of the whole line.
    pub(super) fn shifted(&self, repairs: Vec<Repair>) -> Vec<Repair> {
        let start = u32::try_from(self.bytes).unwrap_or(u32::MAX);
        let shifted = |repair: Repair| Repair { span: repair.span.shifted(start), ..repair };
        repairs.into_iter().map(shifted).collect()
    }
}

/// More of a line that is longer than a section.
pub(super) struct More {
    /// As it was, with its line end.
    pub(super) taken: String,
    /// Whether the line ends with it.
    pub(super) ends: bool,
}

/// Takes more of a line: up to its end, or a section of it.
pub(super) fn read_on(rest: &mut Place) -> More {
    let ahead = rest.ahead(SECTION);
    let end = memchr::memchr(b'\n', ahead.as_bytes());
    let is_last = ahead.len() == rest.left();
    let length = match end {
        Some(end) => end + 1,
        None if is_last => ahead.len(),
        None => seam(ahead),
    };
    let taken = rest.take(length);
    More { taken, ends: end.is_some() || rest.left() == 0 }
}

impl Long {
    /// Cleans the next section; `before` are the lines above it. Gives its last lines.
    fn section(&mut self, before: &str, knowledge: Knowledge<'_>) -> String {
        let cut = cut_behind(&self.rest, 0);
        let own = self.rest.take(cut.length);
        let after = if cut.inside { "" } else { first_lines(self.rest.ahead(MARGIN)) };
        let knowledge = Knowledge { goes_on: self.rest.left() > 0, ..knowledge };
        let (above, inside) = (before.lines().count(), own.lines().count());
        let window = [before, &own, after].concat();

        let mut lines = line::split(&window, self.mending);
        let (broken, fates) = {
            let mut units = line::joined(&lines[..above], 0);
            let first = units.len();
            units.extend(line::joined(&lines[..above + inside], above));
            let last = units.len();
            units.extend(line::joined(&lines, above + inside));
            line::tell_apart(&mut units);
            let forms: Vec<Form<'_>> = units.iter().map(form::recognise).collect();
            let decisions = draft::inside(&lines, &units, &forms, first..last, knowledge);
            let before = self.ledger.len() - above;
            let own = &units[first..last];
            let of_own = &forms[first..last];
            pictures_and_notes(own, of_own, &decisions[first..last], before, &mut self.article);
            self.doubtful += doubtful(&units, first..last, &decisions);
            let stays: Vec<usize> =
                (first..last).filter(|at| decisions[*at].fate == Fate::Body).collect();
            let (body, blocks) = body_of(&units, &stays, None, self.rest.written() == 0);
            self.write(&body, &blocks, before);
            let broken = line::broken(&lines, own);
            let fates: Vec<(_, Decision)> =
                units.iter().map(|unit| unit.lines.clone()).zip(decisions).collect();
            (broken, fates)
        };
        for at in broken {
            lines[at].take_hyphen();
        }
        self.points.extend(points_of(&lines[above..above + inside]));
        self.ledger.add(fates_of(lines, fates, 0).skip(above).take(inside));
        if cut.inside {
            self.last = Tail::of(&own);
        }
        last_lines(&own).to_owned()
    }

    /// Adds the body of a section.
    fn write(&mut self, body: &str, blocks: &[Block], lines_before: usize) {
        if body.is_empty() {
            return;
        }
        if self.rest.written() > 0 {
            self.rest.write("\n\n");
        }
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, lines) = (number(self.rest.written()), number(lines_before));
        self.rest.write(body);
        self.article.blocks.extend(blocks.iter().map(|block| Block {
            kind: block.kind,
            span: block.span.shifted(start),
            lines: (block.lines.0 + lines, block.lines.1 + lines),
        }));
    }

    /// Reads on in a line that is longer than a section: it stays what its beginning is.
    fn go_on(&mut self) {
        let Some(tail) = self.last.take() else { return };
        let More { taken, ends } = read_on(&mut self.rest);
        let raw = taken.strip_suffix('\n').unwrap_or(&taken);
        let (text, repairs) = mend::mend(raw, self.mending);
        if self.ledger.last() == Some(Fate::Body)
            && let Some(block) = self.article.blocks.last_mut()
        {
            let text = if ends { text.trim_end() } else { &text };
            if block.kind == BlockKind::Code {
                self.rest.write(text);
            } else {
                let mut escaped = String::with_capacity(text.len());
                push_markdown(text, &mut escaped);
                self.rest.write(&escaped);
            }
            block.span = Span::new(block.span.start as usize, self.rest.written());
        }
        self.points.extend(in_points(raw, &repairs).map(|span| span.shifted(tail.points)));
        self.ledger.mend(tail.shifted(repairs));
        self.last = tail.behind(raw).filter(|_| !ends);
    }

    fn finish(self, document: &RawDocument) -> (Article, Vec<Span>) {
        let mut article = self.article;
        article.body = self.rest.finish();
        article.ledger = self.ledger.finish();
        warn(document, false, self.doubtful, &mut article);
        (article, self.points)
    }
}

/// Takes the first section of `text`, which is that of `document`, as a document of its
/// own. Says whether its last line goes on behind it.
pub(super) fn take_head(document: &RawDocument, text: &mut Place) -> (RawDocument, bool) {
    let cut = cut_behind(text, front_matter(text, document.front_matter_lines));
    let head = RawDocument {
        path: document.path.clone(),
        file: document.file.clone(),
        format: document.format,
        text: text.take(cut.length),
        encoding: document.encoding,
        front_matter_lines: document.front_matter_lines,
        metadata: document.metadata.clone(),
        diagnostics: document.diagnostics.clone(),
    };
    (head, cut.inside)
}

/// Room that a text of which `read` bytes gave `n` things needs for those of the bytes
/// that are left. Room that is not needed is never touched, but what is full is held twice
/// to grow.
pub(super) fn more_of(n: usize, read: usize, left: usize) -> usize {
    (n * (left / read.max(1))).saturating_mul(5) / 4
}

/// Where a section ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The bytes before it.
    pub(super) length: usize,
    /// Whether it is inside a line, which is too long to go with one section.
    pub(super) inside: bool,
}

/// Where the next section ends, which has at least `least` bytes: behind a blank line, if
/// there is one in its second half, or else behind a line.
pub(super) fn cut_behind(rest: &Place, least: usize) -> Cut {
    let most = least + SECTION;
    if rest.left() <= most {
        return Cut { length: rest.left(), inside: false };
    }
    let ahead = rest.ahead(most);
    let from = least + SECTION / 2;
    let half = &ahead.as_bytes()[from..];
    let blank = memchr::memmem::rfind(half, b"\n\n").map(|at| from + at + 2);
    let line = || memchr::memrchr(b'\n', half).map(|at| from + at + 1);
    match blank.or_else(line) {
        Some(length) => Cut { length, inside: false },
        None => Cut { length: seam(ahead), inside: true },
    }
}

/// Where a line is cut in two at or near the end of `text`: before a space that parts two
/// words, so that each half is mended as it would be in the whole.
fn seam(text: &str) -> usize {
    const NEAR: usize = 4096;
    let bytes = text.as_bytes();
    let is_seam = |at: &usize| {
        bytes[at - 1].is_ascii_graphic()
            && bytes[*at] == b' '
            && bytes[at + 1].is_ascii_alphabetic()
    };
    let last = bytes.len().saturating_sub(1);
    (last.saturating_sub(NEAR).max(1)..last).rev().find(is_seam).unwrap_or(bytes.len())
}

/// The bytes of the front matter, of so many lines.
fn front_matter(text: &Place, lines: u32) -> usize {
    // of this length it is read at most
    let ahead = text.ahead(LONG).as_bytes();
    memchr::memchr_iter(b'\n', ahead).take(lines as usize).last().map_or(0, |at| at + 1)
}

/// The whole lines at the end of `text` that a section behind it sees.
fn last_lines(text: &str) -> &str {
    let near = &text[text.floor_char_boundary(text.len().saturating_sub(MARGIN))..];
    near.split_once('\n').map_or("", |(_, lines)| lines)
}

/// The whole lines at the beginning of `text`.
fn first_lines(text: &str) -> &str {
    text.rfind('\n').map_or("", |at| &text[..=at])
}

/// Where the repairs of `lines` stand, in code points of each line.
pub(super) fn points_of(lines: &[Line<'_>]) -> Vec<Span> {
    lines.iter().flat_map(|line| in_points(line.raw, &line.repairs)).collect()
}

pub(super) fn in_points(raw: &str, repairs: &[Repair]) -> impl Iterator<Item = Span> {
    let points = (!repairs.is_empty()).then(|| CodePoints::new(raw));
    repairs.iter().filter_map(move |repair| {
        let at = |byte| points.as_ref().map(|points| points.at(byte));
        Some(Span { start: at(repair.span.start)?, end: at(repair.span.end)? })
    })
}

#[cfg(test)]
mod tests;
