//! The body as Markdown, block by block.
//!
//! Units that stay go in; Markdown and the blocks in it come out. Text is escaped
//! so that nothing pasted turns into markup: the only markup here is ours.
//!
//! Entry point: [`Writer`]; of a text that is Markdown already, [`Lines`].

use super::form;
use super::line::Unit;
use super::mend::{self, Mending};
use crate::article::{Block, BlockKind};
use crate::text::{Span, escape_markdown, push_markdown};

mod lines;

pub(super) use lines::{Lines, Row};

/// Writes blocks one after the other, parted by blank lines.
#[derive(Debug, Default)]
pub(super) struct Writer {
    body: String,
    blocks: Vec<Block>,
}

impl Writer {
    /// With room for a body of `n_bytes`.
    fn with_capacity(n_bytes: usize, n_blocks: usize) -> Self {
        Self { body: String::with_capacity(n_bytes), blocks: Vec::with_capacity(n_blocks) }
    }

    /// Adds a block of plain text behind the `mark` that says what it is.
    fn push_text(&mut self, kind: BlockKind, mark: &str, text: &str, lines: (u32, u32)) {
        self.begin();
        let start = self.body.len();
        self.body.push_str(mark);
        push_markdown(text, &mut self.body);
        self.blocks.push(Block { kind, span: Span::new(start, self.body.len()), lines });
    }

    fn begin(&mut self) {
        if !self.body.is_empty() {
            self.body.push_str("\n\n");
        }
    }

    /// Adds a block of Markdown that stands in `lines` (from 1, both included).
    pub(super) fn push(&mut self, kind: BlockKind, markdown: &str, lines: (u32, u32)) {
        self.begin();
        let start = self.body.len();
        self.body.push_str(markdown);
        self.blocks.push(Block { kind, span: Span::new(start, self.body.len()), lines });
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The body and its blocks.
    pub(super) fn finish(self) -> (String, Vec<Block>) {
        (self.body, self.blocks)
    }
}

/// A unit that stays in the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept<'a> {
    /// The unit.
    pub(super) unit: &'a Unit<'a>,
    /// Its text, without a dateline.
    pub(super) text: &'a str,
    /// Whether it reads like a subheading.
    pub(super) heading: bool,
    /// Whether it stands indented among lines that do not.
    pub(super) indented: bool,
    /// Whether it is a row of a pasted table.
    pub(super) row: bool,
}

/// Writes the units of a pasted text.
pub(super) fn write(kept: &[Kept<'_>]) -> (String, Vec<Block>) {
    // what is escaped is little
    let room = kept.iter().map(|kept| kept.text.len() + 2).sum::<usize>();
    let mut writer = Writer::with_capacity(room + room / 256, kept.len());
    let mut at = 0;
    while at < kept.len() {
        let first = kept[at];
        let run =
            |same: fn(&Kept<'_>) -> bool| kept[at..].iter().take_while(|next| same(next)).count();
        let items = run(|next| form::is_item(next.text) && !next.unit.code);
        let rows = run(|next| next.row);
        if rows >= 2 {
            let table = &kept[at..at + rows];
            if let Some(markdown) = table_of(table) {
                writer.push(BlockKind::Table, &markdown, lines_of(table));
                at += rows;
                continue;
            }
        }
        if items >= 2 {
            let list = &kept[at..at + items];
            writer.push(BlockKind::List, &list_of(list), lines_of(list));
            at += items;
            continue;
        }
        let lines = lines_of(&kept[at..=at]);
        if first.unit.code {
            writer.push(BlockKind::Code, first.text, lines);
        } else if first.heading {
            writer.push_text(BlockKind::Heading, "## ", first.text, lines);
        } else if first.indented {
            writer.push_text(BlockKind::Quote, "> ", first.text, lines);
        } else {
            writer.push_text(BlockKind::Paragraph, "", first.text, lines);
        }
        at += 1;
    }
    writer.finish()
}

fn list_of(items: &[Kept<'_>]) -> String {
    let numbered =
        items.iter().all(|item| form::bullet(item.text).is_some_and(|(_, number)| number));
    let mut list = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            list.push('\n');
        }
        let (mark, number) = form::bullet(item.text).unwrap_or((0, false));
        if numbered {
            list.push_str(&item.text[..mark]);
        } else {
            list.push_str("- ");
        }
        let text = if number && !numbered { item.text } else { &item.text[mark..] };
        list.push_str(&escape_markdown(text.trim_start()));
    }
    list
}

/// A table of rows with tabs, where all rows have as many cells as the first.
fn table_of(rows: &[Kept<'_>]) -> Option<String> {
    let columns = rows.first()?.unit.raw.split('\t').count();
    if columns < 2 || rows.iter().any(|row| row.unit.raw.split('\t').count() != columns) {
        return None;
    }
    let mending = Mending { plain: true, quotes: true };
    let mut table = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            table.push('\n');
        }
        table.push('|');
        for cell in row.unit.raw.split('\t') {
            table.push(' ');
            table.push_str(&escape_markdown(mend::mend(cell, mending).0.trim()));
            table.push_str(" |");
        }
        if index == 0 {
            table.push_str("\n|");
            table.push_str(&" --- |".repeat(columns));
        }
    }
    Some(table)
}

fn lines_of(kept: &[Kept<'_>]) -> (u32, u32) {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    match (kept.first(), kept.last()) {
        (Some(first), Some(last)) => {
            (number(first.unit.lines.start + 1), number(last.unit.lines.end))
        }
        _ => (0, 0),
    }
}
