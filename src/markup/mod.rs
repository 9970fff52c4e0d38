//! Markdown as prose and as HTML; `pulldown-cmark` lives here, `syntect` next door.
//!
//! In: the cleaned Markdown of an article's body. Out: [`Document::prose`], the
//! text as a reader sees it, and [`Document::html`], the same text marked up. One
//! parse gives both, so a byte of the prose is always the same letter on the
//! page; that is what lets a mention, found in the prose, become a link.
//!
//! Content is hostile until shown otherwise: raw HTML is text, images are links,
//! only http, https and mailto may be linked, and nesting has an end.

use std::ops::Range;

use pulldown_cmark::utils::TextMergeStream;
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use crate::reading::{Prose, Zone};
use crate::text::{Span, short_hash};

mod anchor;
mod escape;
mod highlight;
mod plain;

pub use anchor::{Anchor, anchors};
pub use escape::{escape_html, push_escaped, push_text};

/// How deep lists and quotations may nest before the rest is flattened.
const DEPTH: usize = 32;

/// The parse of one body.
#[derive(Debug)]
pub struct Document<'a> {
    pieces: Vec<Piece<'a>>,
    /// The body as its reader sees it.
    pub prose: Prose,
    /// Whether a block is code, so that the page needs the highlight style.
    pub has_code: bool,
}

/// One step of the document: what Markdown says, with its place in the prose.
#[derive(Debug)]
enum Piece<'a> {
    /// Markup that carries no text.
    Markup(Event<'a>),
    /// A block begins: its tag and, where it has text, its index in the prose.
    Open { tag: Tag<'a>, block: Option<usize> },
    /// Text at this byte of the prose.
    Text { start: usize, text: CowStr<'a> },
    /// Inline code.
    Code(CowStr<'a>),
    /// A whole code block.
    CodeBlock { language: CowStr<'a>, block: usize },
}

/// A stretch of prose that the page links somewhere.
#[derive(Debug, Clone)]
pub struct TextLink {
    /// The bytes of the body's prose. Links are given in order, without overlap.
    pub span: Span,
    /// `actor` or `date`: the class of the link.
    pub class: &'static str,
    /// Where it leads, relative to the page.
    pub href: String,
    /// What to say about it on hover or focus; empty for nothing.
    pub title: String,
}

/// Parses the cleaned Markdown of a body: tables, footnotes and strikethrough on
/// top of CommonMark.
///
/// Source: CommonMark 0.31; GitHub Flavored Markdown for the three extensions.
pub fn parse(markdown: &str) -> Document<'_> {
    match plain::blocks(markdown) {
        Some(blocks) => plain::document(&blocks),
        None => parse_all(markdown),
    }
}

/// What [`Document::html`] gives of a body, for those who want nothing else of it, and
/// [`Document::has_code`]. `prose` is what an earlier [`parse`] found its text to be.
pub fn html(
    markdown: &str,
    prose: &str,
    anchors: &[Anchor],
    links: &[TextLink],
    labels: Labels<'_>,
) -> (String, bool) {
    let as_written = plain::as_written(markdown, prose);
    if let Some(blocks) = as_written.or_else(|| plain::blocks(markdown)) {
        return (plain::html(&blocks, anchors, links, labels), false);
    }
    let document = parse_all(markdown);
    (document.html(anchors, links, labels), document.has_code)
}

/// The same for every Markdown, by the library's parser.
fn parse_all(markdown: &str) -> Document<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder::default();
    let mut events =
        TextMergeStream::new(Parser::new_ext(markdown, options).map(harmless)).peekable();
    while let Some(event) = events.next() {
        let tight = matches!(event, Event::Start(Tag::Item))
            && events.peek().is_some_and(|next| {
                matches!(next, Event::Text(_) | Event::Code(_)) || is_inline_start(next)
            });
        builder.take(event, tight);
    }
    builder.close_block();
    builder.document()
}

/// Turns raw HTML into the text it is written as.
fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    }
}

fn is_inline_start(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        )
    )
}

/// Collects pieces and prose from the parser's events.
#[derive(Default)]
struct Builder<'a> {
    pieces: Vec<Piece<'a>>,
    prose: Prose,
    /// Where the open block began in the prose, and its zone.
    open: Option<(usize, Zone)>,
    /// Index of the piece that opened it.
    opened: Option<usize>,
    /// One entry for every list, item or quotation around: whether it was kept.
    containers: Vec<bool>,
    quotes: usize,
    /// For every open link: whether it was kept.
    links: Vec<bool>,
    code: Option<CowStr<'a>>,
    has_code: bool,
    in_html: bool,
}

impl<'a> Builder<'a> {
    fn document(self) -> Document<'a> {
        Document { pieces: self.pieces, prose: self.prose, has_code: self.has_code }
    }

    fn take(&mut self, event: Event<'a>, tight: bool) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.in_html = true;
                self.begin(Tag::Paragraph, self.text_zone());
            }
            Event::End(TagEnd::HtmlBlock) => {
                self.in_html = false;
                self.end(TagEnd::Paragraph);
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language,
                    CodeBlockKind::Indented => CowStr::Borrowed(""),
                };
                self.open_block(Zone::Code);
                self.code = Some(language);
                self.has_code = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                let block = self.prose.blocks.len();
                self.close_block();
                let language = self.code.take().filter(|_| self.prose.blocks.len() > block);
                if let Some(language) = language {
                    self.pieces.push(Piece::CodeBlock { language, block });
                }
            }
            Event::Start(tag @ (Tag::Paragraph | Tag::TableCell)) => {
                self.begin(tag, self.text_zone());
            }
            Event::Start(tag @ Tag::Heading { .. }) => {
                let plain = match tag {
                    Tag::Heading { level, .. } => {
                        Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
                    }
                    other => other,
                };
                self.begin(plain, Zone::Heading);
            }
            Event::End(end @ (TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell)) => {
                self.end(end);
            }
            Event::Start(
                tag @ (Tag::List(_) | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)),
            ) => {
                self.open_container(tag, tight);
            }
            Event::End(
                end @ (TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition),
            ) => {
                self.close_container(end);
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.open_link(&dest_url);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if self.links.pop() == Some(true) {
                    self.pieces.push(Piece::Markup(Event::End(TagEnd::Link)));
                }
            }
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.prose.text.push_str(&text);
                self.pieces.push(Piece::Code(text));
            }
            Event::SoftBreak => self.text(CowStr::Borrowed("\n")),
            Event::HardBreak => {
                self.prose.text.push('\n');
                self.pieces.push(Piece::Markup(Event::HardBreak));
            }
            Event::FootnoteReference(label) => {
                self.pieces.push(Piece::Markup(Event::FootnoteReference(footnote(&label))));
            }
            other => self.pieces.push(Piece::Markup(other)),
        }
    }

    fn text_zone(&self) -> Zone {
        if self.quotes > 0 { Zone::Quote } else { Zone::Body }
    }

    fn open_block(&mut self, zone: Zone) {
        self.close_block();
        if !self.prose.text.is_empty() {
            self.prose.text.push_str("\n\n");
        }
        self.open = Some((self.prose.text.len(), zone));
    }

    /// Ends the open block; one without text leaves no trace in the prose.
    fn close_block(&mut self) {
        let opened = self.opened.take();
        if let Some((start, zone)) = self.open.take() {
            if self.prose.text.len() > start {
                let span = Span::new(start, self.prose.text.len());
                self.prose.blocks.push(crate::reading::ProseBlock { span, zone });
            } else {
                if let Some(Piece::Open { block, .. }) =
                    opened.and_then(|at| self.pieces.get_mut(at))
                {
                    *block = None;
                }
                self.prose.text.truncate(start.saturating_sub(2));
            }
        }
    }

    fn begin(&mut self, tag: Tag<'a>, zone: Zone) {
        self.open_block(zone);
        self.opened = Some(self.pieces.len());
        self.pieces.push(Piece::Open { tag, block: Some(self.prose.blocks.len()) });
    }

    fn end(&mut self, end: TagEnd) {
        self.close_block();
        self.pieces.push(Piece::Markup(Event::End(end)));
    }

    fn open_container(&mut self, tag: Tag<'a>, tight: bool) {
        self.close_block();
        let kept = self.containers.len() < DEPTH;
        self.containers.push(kept);
        self.quotes += usize::from(matches!(tag, Tag::BlockQuote(_)));
        let zone = self.text_zone();
        match tag {
            _ if !kept => {
                if tight {
                    self.begin(Tag::Paragraph, zone);
                }
            }
            Tag::Item if tight => self.begin(Tag::Item, zone),
            Tag::FootnoteDefinition(label) => {
                self.pieces
                    .push(Piece::Markup(Event::Start(Tag::FootnoteDefinition(footnote(&label)))));
            }
            other => self.pieces.push(Piece::Markup(Event::Start(other))),
        }
    }

    fn close_container(&mut self, end: TagEnd) {
        let tight = self.open.is_some();
        self.close_block();
        self.quotes -= usize::from(matches!(end, TagEnd::BlockQuote(_)));
        if self.containers.pop() == Some(true) {
            self.pieces.push(Piece::Markup(Event::End(end)));
        } else if tight {
            self.pieces.push(Piece::Markup(Event::End(TagEnd::Paragraph)));
        }
    }

    fn open_link(&mut self, destination: &str) {
        let safe = self.links.iter().all(|kept| !kept).then(|| safe_url(destination)).flatten();
        self.links.push(safe.is_some());
        if let Some(url) = safe {
            let tag =
                format!("<a href=\"{}\" rel=\"external noopener noreferrer\">", escape_html(url));
            self.pieces.push(Piece::Markup(Event::InlineHtml(tag.into())));
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        let text =
            if self.in_html { CowStr::from(text.trim_end_matches('\n').to_owned()) } else { text };
        if self.open.is_none() && self.code.is_none() {
            // Text right after a nested list: a paragraph of its own.
            if text.trim().is_empty() {
                return;
            }
            self.begin(Tag::Paragraph, self.text_zone());
            let start = self.prose.text.len();
            self.prose.text.push_str(&text);
            self.pieces.push(Piece::Text { start, text });
            self.end(TagEnd::Paragraph);
            return;
        }
        let start = self.prose.text.len();
        if self.code.is_some() {
            self.prose.text.push_str(&text);
            return;
        }
        self.prose.text.push_str(&text);
        self.pieces.push(Piece::Text { start, text });
    }
}

/// A footnote's label as an id that cannot meet one of ours.
fn footnote<'a>(label: &str) -> CowStr<'a> {
    format!("fn-{}", short_hash(label, 6)).into()
}

/// The address, where it may be linked: http, https or mailto, judged after white
/// space and control characters, which browsers pass over, are gone.
pub fn safe_url(url: &str) -> Option<&str> {
    let url = url.trim();
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let (scheme, rest) = url.split_once(':')?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let known =
        (web && rest.starts_with("//") && rest.len() > 2) || scheme.eq_ignore_ascii_case("mailto");
    known.then_some(url)
}

/// What is said beside the text, to those who hear the page: words that need no escaping.
#[derive(Debug, Clone, Copy, Default)]
pub struct Labels<'a> {
    /// Of the link that a paragraph has to itself.
    pub paragraph: &'a str,
    /// Of a table, which may be wider than the page.
    pub table: &'a str,
}

impl Document<'_> {
    /// The body as HTML. `anchors` names its blocks (as [`anchors`] makes them),
    /// `links` are woven into the text; inside links and code the text stays as
    /// it is.
    pub fn html(&self, anchors: &[Anchor], links: &[TextLink], labels: Labels<'_>) -> String {
        let length = self.prose.text.len() + links.len() * 128 + self.pieces.len() * 40;
        let mut weaver = Weaver::new(links, labels, length);
        let mut anchor = None;
        for piece in &self.pieces {
            match piece {
                Piece::Open { tag, block } => {
                    anchor = block.and_then(|block| anchors.get(block)).copied();
                    weaver.open(tag, anchor);
                }
                Piece::Text { start, text } => weaver.text(*start, text),
                Piece::Code(text) => weaver.event(Event::Code(text.as_ref().into())),
                Piece::CodeBlock { language, block } => {
                    let text = self
                        .prose
                        .blocks
                        .get(*block)
                        .map_or("", |block| block.span.of(&self.prose.text));
                    weaver.code_block(language, text, anchors.get(*block).copied());
                }
                Piece::Markup(event) => weaver.markup(event, &mut anchor),
            }
        }
        let Weaver { threads, ready, .. } = weaver;
        if let [Thread::Ready(_)] = &*threads {
            return ready;
        }
        let mut out = String::with_capacity(ready.len() + ready.len() / 8);
        let events = threads.into_iter().map(|thread| match thread {
            Thread::Ready(range) => Event::Html(ready[range].into()),
            Thread::Event(event) => event,
        });
        pulldown_cmark::html::push_html(&mut out, events);
        out
    }
}

/// Writes pieces as events of `pulldown-cmark`, whose writer knows HTML.
struct Weaver<'a> {
    links: &'a [TextLink],
    labels: Labels<'a>,
    threads: Vec<Thread<'a>>,
    /// All HTML that is ours, one piece after another.
    ready: String,
    in_link: usize,
    /// Level of the heading before; the headline is level 1.
    heading: usize,
    table: Table,
}

/// What the page is woven of.
enum Thread<'a> {
    /// These bytes of what is ready.
    Ready(Range<usize>),
    /// What the library writes.
    Event(Event<'a>),
}

/// Elements of headings, by level.
const HEADINGS: [&str; 7] = ["", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Where in a table the weaver stands. The library's own writer aligns cells by
/// inline style, which the pages' security policy forbids.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    column: usize,
}

impl<'a> Weaver<'a> {
    /// For about `length` bytes of HTML.
    fn new(links: &'a [TextLink], labels: Labels<'a>, length: usize) -> Self {
        Self {
            links,
            labels,
            threads: Vec::new(),
            ready: String::with_capacity(length),
            in_link: 0,
            heading: 1,
            table: Table::default(),
        }
    }

    fn event(&mut self, event: Event<'a>) {
        self.threads.push(Thread::Event(event));
    }

    /// HTML of ours, as `push` appends it to what is ready.
    fn ready(&mut self, push: impl FnOnce(&mut String)) {
        let start = self.ready.len();
        push(&mut self.ready);
        let end = self.ready.len();
        match self.threads.last_mut() {
            Some(Thread::Ready(last)) => last.end = end,
            _ => self.threads.push(Thread::Ready(start..end)),
        }
    }

    fn raw(&mut self, html: &str) {
        self.ready(|out| out.push_str(html));
    }

    /// The beginning of an element, with its anchor and what else it says.
    fn element(&mut self, name: &str, anchor: Option<Anchor>, more: &str) {
        self.ready(|out| {
            out.extend(["<", name]);
            if let Some(anchor) = anchor {
                out.push_str(" id=\"");
                anchor.push(out);
                out.push('"');
            }
            out.extend([more, ">"]);
        });
    }

    fn open(&mut self, tag: &Tag<'a>, anchor: Option<Anchor>) {
        match tag {
            Tag::Paragraph => self.element("p", anchor, ""),
            Tag::Item => self.element("li", anchor, ""),
            Tag::Heading { level, .. } => self.open_heading(*level, anchor),
            Tag::TableCell => {
                let class = match self.table.alignments.get(self.table.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                self.table.column += 1;
                let cell = if self.table.in_head { "th scope=\"col\"" } else { "td" };
                self.element(cell, anchor, class);
            }
            other => self.event(Event::Start(other.clone())),
        }
    }

    fn open_heading(&mut self, level: HeadingLevel, anchor: Option<Anchor>) {
        // No level is skipped on the way down: screen readers count.
        self.heading = (level as usize + 1).clamp(2, 6).min(self.heading + 1).max(2);
        self.element(HEADINGS[self.heading], anchor, "");
    }

    fn close_heading(&mut self) {
        let name = HEADINGS[self.heading];
        self.ready(|out| out.extend(["</", name, ">\n"]));
    }

    /// Ends a paragraph, with the link that it has to itself.
    fn close_paragraph(&mut self, anchor: Option<Anchor>) {
        let label = self.labels.paragraph;
        self.ready(|out| {
            if let Some(anchor) = anchor {
                out.push_str("<a class=\"anchor\" href=\"#");
                anchor.push(out);
                out.extend(["\" aria-label=\"", label, "\">¶</a>"]);
            }
            out.push_str("</p>\n");
        });
    }

    fn code_block(&mut self, language: &str, text: &str, anchor: Option<Anchor>) {
        let code = highlight::html(language, text);
        let name = language.split([' ', ',', '{']).next().unwrap_or("");
        self.ready(|out| {
            out.push_str("<pre id=\"");
            if let Some(anchor) = anchor {
                anchor.push(out);
            }
            out.push_str("\" class=\"h-code\" data-language=\"");
            push_escaped(out, name);
            out.extend(["\" tabindex=\"0\"><code>", &code, "</code></pre>\n"]);
        });
    }

    fn markup(&mut self, event: &Event<'a>, anchor: &mut Option<Anchor>) {
        match event {
            Event::End(TagEnd::Paragraph) => self.close_paragraph(anchor.take()),
            Event::Start(Tag::Table(alignments)) => {
                self.table.alignments.clone_from(alignments);
                let table = self.labels.table;
                self.ready(|out| {
                    let around =
                        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"";
                    out.extend([around, table, "\"><table>\n"]);
                });
            }
            Event::Start(Tag::TableHead) => {
                self.table.in_head = true;
                self.table.column = 0;
                self.raw("<thead><tr>");
            }
            Event::End(TagEnd::TableHead) => {
                self.table.in_head = false;
                self.raw("</tr></thead>\n<tbody>\n");
            }
            Event::Start(Tag::TableRow) => {
                self.table.column = 0;
                self.raw("<tr>");
            }
            Event::End(TagEnd::TableRow) => self.raw("</tr>\n"),
            Event::End(TagEnd::TableCell) => {
                self.raw(if self.table.in_head { "</th>" } else { "</td>" });
            }
            Event::End(TagEnd::Table) => self.raw("</tbody></table></div>\n"),
            Event::End(TagEnd::Heading(_)) => self.close_heading(),
            Event::InlineHtml(html) => {
                self.in_link += 1;
                self.raw(html);
            }
            Event::End(TagEnd::Link) => {
                self.in_link = self.in_link.saturating_sub(1);
                self.raw("</a>");
            }
            other => self.event(other.clone()),
        }
    }

    /// Text with the links that lie in it; a link that began in an earlier piece
    /// goes on here.
    fn text(&mut self, start: usize, text: &str) {
        let end = start + text.len();
        let mut at = start;
        while let Some(link) = self.links.first() {
            let (from, to) = (link.span.start as usize, link.span.end as usize);
            if to <= at {
                self.links = &self.links[1..];
                continue;
            }
            if from >= end {
                break;
            }
            let (from, upto) = (from.max(at), to.min(end));
            if self.in_link > 0 {
                at = at.max(start);
                if to > end {
                    break;
                }
                self.links = &self.links[1..];
                continue;
            }
            self.plain(&text[at - start..from - start]);
            self.ready(|out| {
                out.extend(["<a class=\"", link.class, "\" href=\""]);
                push_escaped(out, &link.href);
                if !link.title.is_empty() {
                    out.push_str("\" title=\"");
                    push_escaped(out, &link.title);
                }
                out.push_str("\">");
            });
            self.plain(&text[from - start..upto - start]);
            self.raw("</a>");
            at = upto;
            if to > end {
                break;
            }
        }
        self.plain(&text[at.min(end) - start..]);
    }

    /// Text without a link. Most of a body is that: it is not handed to the library, whose
    /// writer would do no more with it.
    fn plain(&mut self, text: &str) {
        if !text.is_empty() {
            self.ready(|out| push_text(out, text));
        }
    }
}

#[cfg(test)]
mod tests;
