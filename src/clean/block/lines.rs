//! The blocks of a Markdown text, line after line.
//!
//! Lines go in as they are read, the body and its blocks come out. What a line is depends
//! on those before it alone, so a text of any length is written as it comes, and what was
//! written can be taken away before the next line.
//!
//! Entry point: [`Lines`].

use crate::article::{Block, BlockKind};
use crate::text::Span;

/// Writes a Markdown text line after line and tells its blocks apart.
#[derive(Debug, Default)]
pub(in crate::clean) struct Lines {
    /// What was written since it was last taken.
    written: String,
    /// The bytes that were taken.
    taken: usize,
    blocks: Vec<Block>,
    open: Option<Open>,
}

/// The block that may go on.
#[derive(Debug)]
struct Open {
    form: Form,
    /// Blank lines since its last line.
    blanks: usize,
}

/// What a block is, by its first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Code up to the line that begins with this.
    Fenced(&'static str),
    Indented,
    Heading,
    Quote,
    Table,
    List,
    Paragraph,
}

/// A line of the original.
#[derive(Debug, Clone, Copy)]
pub(in crate::clean) struct Row<'a> {
    /// Its text, or the beginning of it.
    pub(in crate::clean) text: &'a str,
    /// Its number, from 1.
    pub(in crate::clean) number: u32,
    /// Whether more of it follows ([`Lines::more`]).
    pub(in crate::clean) goes_on: bool,
}

impl Lines {
    /// Makes room for so many more blocks.
    pub(in crate::clean) fn reserve(&mut self, blocks: usize) {
        self.blocks.reserve(blocks);
    }

    /// How many blocks there are.
    pub(in crate::clean) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Adds a line.
    pub(in crate::clean) fn push(&mut self, row: Row<'_>) {
        let is_blank = row.text.trim().is_empty();
        if let Some(open) = &mut self.open {
            if is_blank && open.form.spans_blanks() {
                open.blanks += 1;
                return;
            }
            if !is_blank && open.form.takes(row.text, open.blanks > 0) {
                let gap = open.blanks + 1;
                open.blanks = 0;
                if matches!(open.form, Form::Fenced(mark) if row.text.trim().starts_with(mark)) {
                    self.open = None;
                }
                self.written.extend(std::iter::repeat_n('\n', gap));
                self.write(row);
                return;
            }
            self.open = None;
        }
        if is_blank {
            return;
        }
        if self.end() > 0 {
            self.written.push_str("\n\n");
        }
        let form = Form::of(row.text);
        let span = Span::new(self.end(), self.end());
        self.blocks.push(Block { kind: form.kind(), span, lines: (row.number, row.number) });
        self.open = Some(Open { form, blanks: 0 });
        self.write(row);
    }

    /// Adds more of the last line.
    pub(in crate::clean) fn more(&mut self, text: &str) {
        self.written.push_str(text);
        let end = self.end();
        if let Some(block) = self.blocks.last_mut() {
            block.span = Span::new(block.span.start as usize, end);
        }
    }

    /// Takes what was written since the last time.
    pub(in crate::clean) fn take(&mut self) -> String {
        self.taken += self.written.len();
        std::mem::take(&mut self.written)
    }

    /// What was written and not taken, and all blocks.
    pub(in crate::clean) fn finish(self) -> (String, Vec<Block>) {
        (self.written, self.blocks)
    }

    fn write(&mut self, row: Row<'_>) {
        if let Some(block) = self.blocks.last_mut() {
            block.lines.1 = row.number;
        }
        self.more(if row.goes_on { row.text } else { row.text.trim_end() });
    }

    fn end(&self) -> usize {
        self.taken + self.written.len()
    }
}

const FENCES: [&str; 2] = ["```", "~~~"];

impl Form {
    /// What block begins with `line`.
    fn of(line: &str) -> Self {
        let text = line.trim_start();
        if let Some(mark) = FENCES.into_iter().find(|mark| text.starts_with(mark)) {
            Self::Fenced(mark)
        } else if is_heading(text) {
            Self::Heading
        } else if text.starts_with('>') {
            Self::Quote
        } else if text.starts_with('|') {
            Self::Table
        } else if is_indented(line) {
            Self::Indented
        } else if is_item(text) {
            Self::List
        } else {
            Self::Paragraph
        }
    }

    fn kind(self) -> BlockKind {
        match self {
            Self::Fenced(_) | Self::Indented => BlockKind::Code,
            Self::Heading => BlockKind::Heading,
            Self::Quote => BlockKind::Quote,
            Self::Table => BlockKind::Table,
            Self::List => BlockKind::List,
            Self::Paragraph => BlockKind::Paragraph,
        }
    }

    /// Whether it may go on behind blank lines.
    fn spans_blanks(self) -> bool {
        matches!(self, Self::Fenced(_) | Self::Indented | Self::List)
    }

    /// Whether it goes on with `line`, which is not blank.
    fn takes(self, line: &str, behind_blank: bool) -> bool {
        let text = line.trim_start();
        match self {
            Self::Fenced(_) | Self::Quote => true,
            Self::Indented => is_indented(line),
            Self::Heading => false,
            Self::Table => text.starts_with('|'),
            Self::List => {
                !behind_blank || line.starts_with("  ") || line.starts_with('\t') || is_item(line)
            }
            Self::Paragraph => {
                let is_fence = FENCES.into_iter().any(|mark| text.starts_with(mark));
                !is_fence && !text.starts_with('>') && !is_heading(text)
            }
        }
    }
}

fn is_heading(text: &str) -> bool {
    text.starts_with('#') && text.trim_start_matches('#').starts_with(' ')
}

fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 {
        return digits <= 9 && (rest.starts_with(". ") || rest.starts_with(") "));
    }
    rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Body and blocks of `text`; where `step` is given, taken after so many lines.
    fn blocks(text: &str, step: usize) -> (String, Vec<Block>) {
        let (mut lines, mut body) = (Lines::default(), String::new());
        for (number, text) in (1..).zip(text.lines()) {
            lines.push(Row { text, number, goes_on: false });
            if (number as usize).is_multiple_of(step) {
                body.push_str(&lines.take());
            }
        }
        let (rest, blocks) = lines.finish();
        (body + &rest, blocks)
    }

    #[test]
    fn every_line_belongs_to_its_block() {
        use BlockKind::{Code, Heading, List, Paragraph, Quote, Table};
        for (text, expected) in [
            ("one\ntwo\n\nthree", vec![(Paragraph, (1, 2)), (Paragraph, (4, 4))]),
            ("# head\ntext", vec![(Heading, (1, 1)), (Paragraph, (2, 2))]),
            ("text\n## head", vec![(Paragraph, (1, 1)), (Heading, (2, 2))]),
            ("```\na\n\nb\n```\n\nc", vec![(Code, (1, 5)), (Paragraph, (7, 7))]),
            ("```\na\n\n\n", vec![(Code, (1, 2))]),
            ("    a\n\n    b\n\nc", vec![(Code, (1, 3)), (Paragraph, (5, 5))]),
            ("- a\n\n- b\nlazy\n\nc", vec![(List, (1, 4)), (Paragraph, (6, 6))]),
            ("> a\nlazy\n\n> b", vec![(Quote, (1, 2)), (Quote, (4, 4))]),
            ("| a |\n| - |\nb", vec![(Table, (1, 2)), (Paragraph, (3, 3))]),
            ("a\n> b", vec![(Paragraph, (1, 1)), (Quote, (2, 2))]),
            ("\n\n", vec![]),
        ] {
            let (body, blocks) = blocks(text, usize::MAX);
            let found: Vec<_> = blocks.iter().map(|block| (block.kind, block.lines)).collect();
            assert_eq!(found, expected, "{text:?}");
            let lines: Vec<&str> = text.lines().collect();
            for block in blocks {
                let own = &lines[block.lines.0 as usize - 1..block.lines.1 as usize];
                assert_eq!(block.span.of(&body), own.join("\n"), "{text:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_taken_on_the_way_changes_nothing(
            text in "([-#>|`] ?|```|    |[ab\n]){0,40}",
            step in 1..4_usize,
        ) {
            proptest::prop_assert_eq!(blocks(&text, step), blocks(&text, usize::MAX));
        }
    }
}
