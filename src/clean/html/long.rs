//! A page with more markup than is parsed at once, cleaned section by section.
//!
//! A tree takes many times what it is parsed from. So such a page is made fit to be parsed
//! piece by piece ([`tidy::section`]), each section with the elements around it, and what
//! is written takes the place of what was read. Headline and fields come from the first
//! section, the data that the page has for machines from its first megabytes. Which pieces
//! are the article's is asked of every section by itself; a paragraph that goes on in the
//! next section stays one.
//!
//! A reader may question that a page is read on whose length no article has. Where it ends
//! nobody knows before it is read, and what is not read is lost without a word.
//!
//! Entry point: [`clean`].

use super::tidy::{self, Joint, Left, Section, Tidy};
use super::{Part, blank_lines, head, lines, rank, section};
use crate::article::{Article, Block, BlockKind, LedgerWriter, LineFate};
use crate::clean::long::Place;
use crate::clean::recurrence::Recurrence;
use crate::clean::report;
use crate::clean::rule::Rules;
use crate::source::RawDocument;

/// The bytes of the source that are looked at first for a section.
const AHEAD: usize = 1024 * 1024;

/// Cleans `text`, which is that of `document` (whose own is not looked at); `first` is what
/// would be parsed of it at once.
pub(super) fn clean(
    document: &RawDocument,
    text: String,
    first: Tidy,
    recurrence: &Recurrence,
    rules: &Rules,
) -> Article {
    let mut article = super::super::blank_article(document);
    let cut_at = first.cut_at.unwrap_or(1);
    let (linked_data, saved_from) = (first.linked_data, first.saved_from);
    drop(first.html);
    let mut long = Long {
        rest: Place::new(text),
        left: Left::at(document.front_matter_lines + 1),
        ledger: LedgerWriter::default(),
        last: None,
        doubtful: 0,
    };
    long.front_matter(document.front_matter_lines);
    let mut base = None;
    let mut is_first = true;
    while long.rest.left() > 0 {
        let joint = long.left.inside;
        let (mut tidy, fates) = long.take();
        let part = if is_first {
            (tidy.linked_data, tidy.saved_from) = (linked_data.clone(), saved_from.clone());
            let found = head(document, &tidy, false, recurrence, rules, &mut article);
            base = found.1;
            found.0
        } else {
            section(&tidy, base.as_deref(), recurrence, rules, &mut article)
        };
        long.add(&part, joint.filter(|_| !is_first), tidy.first_line, fates, &mut article);
        is_first = false;
    }
    long.finish(document, cut_at, article)
}

/// A page of which a part is cleaned.
struct Long {
    /// What is written of the body, and what is left of the source.
    rest: Place,
    left: Left,
    /// Of all lines but the last.
    ledger: LedgerWriter,
    /// The last line, which may go on; `None` where nothing of it was read.
    last: Option<LineFate>,
    doubtful: usize,
}

impl Long {
    /// Passes over the front matter, of so many lines.
    fn front_matter(&mut self, n_lines: u32) {
        let ahead = self.rest.ahead(AHEAD);
        let mut ends = memchr::memchr_iter(b'\n', ahead.as_bytes());
        let end = ends.nth((n_lines as usize).saturating_sub(1)).filter(|_| n_lines > 0);
        let length = end.map_or(0, |end| end + 1);
        let blank = blank_lines(&ahead[..length]);
        self.ledger.add(lines(n_lines as usize, &blank).into_iter());
        self.rest.skip(length);
    }

    /// Takes the next section, with a fate for each of its lines.
    fn take(&mut self) -> (Tidy, Vec<LineFate>) {
        let mut most = AHEAD;
        loop {
            let ahead = self.rest.ahead(most);
            let is_last = ahead.len() == self.rest.left();
            let Some(found) = tidy::section(ahead, self.left.clone(), is_last) else {
                most *= 2;
                continue;
            };
            let Section { tidy, left, length } = found;
            let own = &ahead[..length];
            let blank: Vec<bool> = own.split('\n').map(|line| line.trim().is_empty()).collect();
            let fates = lines(0, &blank);
            let ends_line = own.ends_with('\n');
            self.rest.skip(length);
            self.left = left;
            let mut fates = fates;
            if let Some(before) = self.last.take()
                && let Some(first) = fates.first_mut()
            {
                *first = greater(before, first.clone());
            }
            if ends_line && self.rest.left() == 0 {
                // no line begins behind the last line end
                fates.pop();
            }
            return (tidy, fates);
        }
    }

    /// Adds a section that begins on line `first_line`, where nothing is undecided.
    fn add(
        &mut self,
        part: &Part,
        joint: Option<Joint>,
        first_line: u32,
        mut fates: Vec<LineFate>,
        article: &mut Article,
    ) {
        part.tell(&mut fates, (first_line as usize).saturating_sub(1));
        if self.rest.left() > 0 {
            self.last = fates.pop();
        }
        self.ledger.add(fates.into_iter());
        article.removed.extend(part.removed());
        self.doubtful += part.doubtful;
        let (body, blocks, doubts) = part.write();
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let goes_on = match (joint, article.blocks.last_mut(), blocks.first()) {
            (Some(joint), Some(last), Some(first))
                if part.begins_with_body()
                    && (last.kind, first.kind) == (BlockKind::Paragraph, BlockKind::Paragraph) =>
            {
                let space = if joint == Joint::Space { " " } else { "" };
                self.rest.write(space);
                last.span.end = number(self.rest.written() + first.span.range().len());
                last.lines.1 = first.lines.1;
                true
            }
            _ => false,
        };
        if !goes_on && !body.is_empty() && self.rest.written() > 0 {
            self.rest.write("\n\n");
        }
        let before = number(article.blocks.len() - usize::from(goes_on));
        article.doubts.extend(doubts.into_iter().map(|mut doubt| {
            doubt.block += before;
            doubt
        }));
        let start = number(self.rest.written());
        self.rest.write(&body);
        let further = blocks.into_iter().skip(usize::from(goes_on));
        let shifted = |block: Block| Block { span: block.span.shifted(start), ..block };
        article.blocks.extend(further.map(shifted));
    }

    fn finish(self, document: &RawDocument, cut_at: u32, mut article: Article) -> Article {
        let mut ledger = self.ledger;
        ledger.add(self.last.into_iter());
        article.body = self.rest.finish();
        article.ledger = ledger.finish();
        article.diagnostics.push(report::large_page(&document.file, cut_at));
        if self.doubtful > 0 {
            article.diagnostics.push(report::kept_doubtful(&document.file, self.doubtful));
        }
        article
    }
}

/// Which of the fates of the two halves of a line is that of the line.
fn greater(before: LineFate, behind: LineFate) -> LineFate {
    let rank = |line: &LineFate| rank(line.fate, line.rule.as_deref());
    if rank(&before) >= rank(&behind) { before } else { behind }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::tidy::tidy;
    use super::*;
    use crate::clean;
    use crate::source::{Clipping, decode_owned};

    fn document(text: &str) -> RawDocument {
        let bytes = text.as_bytes().to_vec();
        let name = || "2022/talks.html".to_owned();
        decode_owned(Clipping { path: name(), file: name(), bytes, sidecar: None })
    }

    /// A page of the source `inside` its article.
    fn page(inside: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<html><head><title>Talks resume in Port Alder</title></head>\n<body>\
             <nav><a href=\"/tolls\">Tolls of the harbour</a></nav><div class=\"wide\"><article>\
             <h1>Talks resume in Port Alder</h1>\n{inside}</article></div>\n\
             <footer>Read the terms of the harbour before you land.</footer></body></html>\n"
        )
    }

    fn sentence(number: usize) -> String {
        format!(
            "The envoys met for the {number}th time in the hall above the harbour, spoke of cranes, \
             quays and tolls until it was dark, and left as they had come."
        )
    }

    /// Cleans `source` in sections, which gives what cleaning at once does.
    fn check(source: &str) -> Article {
        let document = document(source);
        let whole = clean::clean(&document);
        let (text, first) = (document.text.clone(), tidy(&document.text, 0));
        assert_eq!(first.cut_at, None);
        let article = clean(&document, text, first, &Recurrence::default(), &Rules::default());
        assert!(article.ledger == whole.ledger, "{}", article.ledger.len());
        assert!(article.body == whole.body && article.blocks == whole.blocks);
        assert!(article.removed == whole.removed && article.doubts == whole.doubts);
        assert_eq!(article.headline, whole.headline);
        article
    }

    /// Paragraphs for several sections.
    const MANY: usize = 9000;

    #[test]
    fn a_page_in_sections_is_cleaned_as_it_would_be_at_once() {
        let mut inside = String::new();
        for number in 0..MANY {
            let gap = if number % 7 == 0 { "\n\n" } else { "" };
            let _ = write!(inside, "<p class=\"text\">{}</p>{gap}", sentence(number));
            if number % 1000 == 5 {
                let data = "QUJD".repeat(80_000);
                let _ = writeln!(inside, "<img src=\"data:image/png;base64,{data}\">");
                let _ = writeln!(inside, "<!-- {data} --><script>{data}\n</script><svg>");
                let _ = writeln!(inside, "<aside><p>Ferries sail again.</p></aside>");
            }
        }
        let article = check(&page(&inside));
        assert_eq!(article.blocks.len(), MANY);
        assert!(article.removed.iter().any(|passage| passage.text.starts_with("Read the terms")));
    }

    #[test]
    fn a_paragraph_longer_than_any_section_is_one() {
        let body: Vec<String> = (0..MANY).map(sentence).collect();
        for parted in [" ", " <b></b>", "<b></b> "] {
            let article = check(&page(&format!("<p>{}</p>", body.join(parted))));
            assert_eq!(article.blocks.len(), 1);
        }
    }

    #[test]
    fn a_page_longer_than_is_parsed_at_once_says_so() {
        let inside: String = (0..MANY * 4).map(|number| sentence(number) + "<br>").collect();
        let article = clean::clean(&document(&page(&inside)));
        let codes: Vec<&str> = article.diagnostics.iter().map(|found| &*found.code).collect();
        assert!(codes.contains(&"page-large"), "{codes:?}");
        assert!(article.body.contains(&sentence(MANY * 4 - 1)));
    }
}
