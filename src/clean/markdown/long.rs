//! Markdown longer than any article, cleaned section by section in its own place.
//!
//! The first section says what the article says of itself; in every other one furniture and
//! notes go, and what blocks, comments and code are open is told to the next. So the body
//! is what cleaning at once would give, line for line. What is looked for in the whole text
//! there is looked for in one section here: whether the sentences that would go for no sure
//! reason are too many, and whether the place of a dateline is named again. A line longer
//! than a section is read in parts, cut between words: a note that begins in one part and
//! ends in another stays.
//!
//! Entry point: [`clean`].

use std::borrow::Cow;

use super::notes::{self, Part};
use super::{Beginning, MENDING, Open, Section, beginning};
use crate::article::{Article, Fate, LedgerWriter, Repair};
use crate::clean::long::{More, Place, Tail, cut_behind, in_points, more_of, read_on, take_head};
use crate::clean::{block, mend, warn};
use crate::source::RawDocument;
use crate::text::Span;

/// Cleans `text`, which is that of `document` (whose own is not looked at). Gives for
/// every repair of the ledger, too, where it stands in code points of its line.
pub(in crate::clean) fn clean(document: &RawDocument, text: String) -> (Article, Vec<Span>) {
    let mut rest = Place::new(text);
    let (head, goes_on) = take_head(document, &mut rest);
    let Beginning { article, section, rows, doubtful, open, is_cleaned } =
        beginning(&head, goes_on);
    let mut long = Long {
        rest,
        rows,
        ledger: LedgerWriter::default(),
        article,
        points: Vec::new(),
        doubtful,
        open,
        is_cleaned,
        is_blank: true,
        last: None,
    };
    long.add(section);
    let more = |n: usize| more_of(n, head.text.len(), long.rest.left());
    let (n_lines, n_blocks) = (more(long.ledger.len()), more(long.rows.len()));
    long.ledger.reserve(n_lines);
    long.rows.reserve(n_blocks);
    while long.rest.left() > 0 {
        if long.last.is_some() {
            long.go_on();
        } else {
            long.section();
        }
    }
    long.finish(document)
}

/// A text of which a part is cleaned.
struct Long {
    /// What is written of the body, and what is left of the text.
    rest: Place,
    rows: block::Lines,
    ledger: LedgerWriter,
    /// All but body, blocks and ledger.
    article: Article,
    points: Vec<Span>,
    doubtful: usize,
    open: Open,
    is_cleaned: bool,
    /// Whether nothing but white space has been read.
    is_blank: bool,
    /// What was read of the last line, where it goes on.
    last: Option<Tail>,
}

impl Long {
    /// Cleans the next section.
    fn section(&mut self) {
        let cut = cut_behind(&self.rest, 0);
        let own = self.rest.take(cut.length);
        let mut section = Section::of(&own, 0, self.ledger.len());
        section.goes_on = cut.inside;
        if !self.is_cleaned {
            section.take_notes(&mut self.open.notes);
            let plain = section.plain(&mut self.open.fence);
            let decisions = section.furniture(&plain, &mut self.article);
            self.doubtful += section.keep_in_doubt(&plain, &decisions);
        }
        self.add(section);
    }

    /// Adds a section of which everything is decided.
    fn add(&mut self, section: Section<'_>) {
        section.write(&mut self.rows);
        self.rest.write(&self.rows.take());
        self.points.extend(section.points());
        self.is_blank &= section.is_blank();
        let last = section.lines.last().filter(|_| section.goes_on);
        self.last = last.and_then(|line| Tail::of(line.raw));
        self.ledger.add(section.fates.into_iter());
    }

    /// Reads on in a line that is longer than a section: it stays what its beginning is.
    fn go_on(&mut self) {
        let Some(tail) = self.last.take() else { return };
        let More { taken, ends } = read_on(&mut self.rest);
        let raw = taken.strip_suffix('\n').unwrap_or(&taken);
        let (text, repairs) = self.mended(raw, ends);
        if self.ledger.last() == Some(Fate::Body) {
            self.rows.more(if ends { text.trim_end() } else { &text });
            self.rest.write(&self.rows.take());
        }
        self.points.extend(in_points(raw, &repairs).map(|span| span.shifted(tail.points)));
        self.ledger.mend(tail.shifted(repairs));
        self.is_blank &= raw.trim().is_empty();
        self.last = tail.behind(raw).filter(|_| !ends);
    }

    /// More of a line without notes, mended, and what was.
    fn mended<'a>(&mut self, raw: &'a str, ends: bool) -> (Cow<'a, str>, Vec<Repair>) {
        let part = Part { begins: false, ends };
        if !self.is_cleaned
            && let Some((text, repairs)) = notes::take(raw, part, &mut self.open.notes)
        {
            return (Cow::Owned(text), repairs);
        }
        mend::mend(raw, MENDING)
    }

    fn finish(self, document: &RawDocument) -> (Article, Vec<Span>) {
        let mut article = self.article;
        article.body = self.rest.finish();
        article.blocks = self.rows.finish().1;
        article.ledger = self.ledger.finish();
        warn(document, self.is_blank, self.doubtful, &mut article);
        (article, self.points)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::article::Ledger;
    use crate::source::{Clipping, decode_owned};

    fn document(text: &str) -> RawDocument {
        let bytes = text.as_bytes().to_vec();
        let name = || "2022/talks.md".to_owned();
        decode_owned(Clipping { path: name(), file: name(), bytes, sidecar: None })
    }

    /// What cleaning at once gives.
    fn at_once(document: &RawDocument) -> (Article, Vec<Span>) {
        let Beginning { mut article, section, mut rows, doubtful, .. } = beginning(document, false);
        section.write(&mut rows);
        (article.body, article.blocks) = rows.finish();
        let (points, is_blank) = (section.points().collect(), section.is_blank());
        article.ledger = Ledger::of(section.fates);
        warn(document, is_blank, doubtful, &mut article);
        (article, points)
    }

    fn check(text: &str) -> Article {
        let document = document(text);
        let (whole, points) = at_once(&document);
        let (article, found) = clean(&document, document.text.clone());
        assert!(article.body == whole.body && article.blocks == whole.blocks);
        assert!(article.ledger == whole.ledger && found == points);
        assert_eq!(article.headline, whole.headline);
        assert_eq!(article.diagnostics, whole.diagnostics);
        article
    }

    #[test]
    fn a_long_text_is_cleaned_in_sections_as_it_would_be_at_once() {
        let mut text = "# Talks resume in Port Alder\n\nBy Jonas Vey\n\n".to_owned();
        for number in 0..9000 {
            let _ = writeln!(
                text,
                "The envoys met for the **{number}th** time in the [[hall|great hall]] above the \
                 harbour and\u{a0}spoke of tolls."
            );
            text.push_str(match number % 9 {
                0 => "\nShare this article\n\n",
                1 => "\n- cranes\n- quays\n\n- tolls\n\n",
                2 => "%%mine\n",
                3 => "not yours%%\n\n",
                4 => "\n```\nShare this article\n\n",
                5 => "```\n\n> quoted\n",
                6 => "| a | b |\n| - | - |\n",
                _ => "",
            });
        }
        let article = check(&text);
        assert_eq!(article.headline.value, "Talks resume in Port Alder");
        assert!(!article.body.contains("mine") && article.body.contains("the great hall"));
    }

    #[test]
    fn a_block_longer_than_any_section_is_one_block() {
        let lines = "Harbour tolls of the quay went up\n".repeat(9000);
        assert_eq!(check(&format!("# Tolls rise at the quay\n\n{lines}")).blocks.len(), 1);
        assert_eq!(check(&format!("```\n{lines}```\n\nSo it was.\n")).blocks.len(), 2);
    }

    #[test]
    fn a_line_longer_than_any_section_is_one_paragraph() {
        let sentence = "The envoys spoke of\u{a0}*tolls* and quays, and nobody left. ";
        let line = sentence.repeat(9000);
        let article = check(&format!("# Tolls rise at the quay\n\n{line}\n\nThey meet again.\n"));
        assert_eq!(article.blocks.len(), 2);
        // a headline that long is none
        let document = document(&format!("# {line}\n"));
        let (article, _) = clean(&document, document.text.clone());
        assert!(article.body.contains("tolls") && article.body.len() > line.len() - 9 * 9000);
    }

    #[test]
    fn front_matter_is_part_of_the_first_section() {
        let note = "  a\n".repeat(9000);
        let text = format!("---\ntitle: Tolls\nnote: |\n{note}---\n{}", "Text.\n\n".repeat(30_000));
        assert_eq!(check(&text).headline.value, "Tolls");
    }
}
