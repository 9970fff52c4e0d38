//! A saved page made fit to be parsed: one linear pass over its characters.
//!
//! Source goes in, smaller markup comes out ([`tidy`]): well nested, nowhere deeper
//! than [`DEEPEST`], without scripts, styles, comments, drawings and inline data,
//! with none but the attributes that are read later. Every start tag carries the
//! number under which [`Tidy::lines`] knows the line it stands on.
//!
//! Of a page that has more markup than is parsed at once, the pass gives one section after
//! the other ([`section`]), each with the elements around it.
//!
//! A reader may question a pass of our own in front of a parser that knows HTML.
//! The parser's time grows with the square of the nesting and of the attributes of
//! one tag, and it forgets where things stood; a page is a stranger's, may be
//! 64 MiB long, and every line of it must have a fate. Here both are settled before
//! the parser sees anything, and most of a page's bytes never reach it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::piece::is_inline;

mod tag;

use tag::{attributes, content, known, saved_from, tag_name};

/// How deep elements may stand in each other. What is nested deeper keeps its text
/// and loses its tags. Articles stay below 40.
pub(super) const DEEPEST: usize = 120;

/// How much is parsed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Limits {
    /// Bytes of markup.
    markup: usize,
    elements: usize,
}

/// A page that has more is parsed in sections: five times the longest page we know, and
/// three times the elements of the longest live blogs.
const PAGE: Limits = Limits { markup: 4 * 1024 * 1024, elements: 100_000 };

/// What a section ends behind, at the end of a paragraph where one is near.
const SECTION: Limits = Limits { markup: 256 * 1024, elements: 4000 };

/// The attribute that carries an element's number.
pub(super) const NUMBER: &str = "data-n";

/// A page, ready to be parsed.
#[derive(Debug, Default)]
pub(super) struct Tidy {
    /// The markup.
    pub(super) html: String,
    /// For every number, the line (from 1) on which that element's content begins.
    pub(super) lines: Vec<u32>,
    /// The scripts of type `application/ld+json`, with the line each begins on.
    pub(super) linked_data: Vec<(u32, String)>,
    /// The address that the program which saved the page wrote into it.
    pub(super) saved_from: Option<String>,
    /// Whether elements were nested deeper than [`DEEPEST`].
    pub(super) is_too_deep: bool,
    /// The line at which parsing ends, where more follows.
    pub(super) cut_at: Option<u32>,
    /// The line on which it begins.
    pub(super) first_line: u32,
    /// Scripts and styles that were passed over.
    pub(super) n_scripts: usize,
}

/// Makes the markup from byte `from` of `source` on fit to be parsed.
pub(super) fn tidy(source: &str, from: usize) -> Tidy {
    let from = source.ceil_char_boundary(from.min(source.len()));
    let line = 1 + memchr::memchr_iter(b'\n', &source.as_bytes()[..from]).count();
    let left = Left::at(u32::try_from(line).unwrap_or(u32::MAX));
    let mut pass = Pass::new(source, from, left, Extent::Page);
    pass.run();
    Tidy { first_line: 1, ..pass.end() }
}

/// What a section leaves to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Left {
    /// The line on which the next one begins.
    pub(super) line: u32,
    /// Whether it ended inside a paragraph, which goes on.
    pub(super) inside: Option<Joint>,
    /// The start tags of the open elements: name and attributes.
    open: Vec<(&'static str, String)>,
    unclosed: Vec<&'static str>,
}

impl Left {
    /// Where nothing is open, on `line`.
    pub(super) fn at(line: u32) -> Self {
        Self { line, ..Self::default() }
    }
}

/// What stands between the two halves of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Nothing,
    Space,
}

/// A section of a page.
pub(super) struct Section {
    pub(super) tidy: Tidy,
    pub(super) left: Left,
    /// The bytes of the source that it took.
    pub(super) length: usize,
}

/// Makes the next section of a page fit to be parsed; `left` is what the one before left.
/// `None` where `source`, which is not the page's last part, is too little of it.
pub(super) fn section(source: &str, left: Left, is_last: bool) -> Option<Section> {
    let first_line = left.line;
    let extent = if is_last { Extent::Last } else { Extent::Section };
    let mut pass = Pass::new(source, 0, left, extent);
    pass.run();
    if pass.stop == Some(Stop::Starved) {
        return None;
    }
    let (length, left) = (pass.at, pass.left());
    Some(Section { tidy: Tidy { first_line, ..pass.end() }, left, length })
}

/// Elements that have no content.
#[rustfmt::skip]
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end tag may be left out: the parser closes them by itself, so
/// they do not nest without others between them.
#[rustfmt::skip]
const SELF_CLOSING: [&str; 18] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup",
    "option", "optgroup", "html", "head", "body", "rp",
];

/// Elements whose content is none of the page's text.
#[rustfmt::skip]
const PASSED_OVER: [&str; 15] = [
    "script", "style", "noscript", "iframe", "svg", "template", "select", "textarea", "object",
    "canvas", "noframes", "noembed", "xmp", "audio", "video",
];

/// Elements that only the oldest pages have and that change how all the rest is
/// parsed: their tags are dropped.
#[rustfmt::skip]
const DROPPED: [&str; 6] = [
    "plaintext", "frameset", "frame", "math", "image", "isindex",
];

struct Pass<'a> {
    source: &'a str,
    at: usize,
    limits: Limits,
    extent: Extent,
    /// Why it ends before its source.
    stop: Option<Stop>,
    /// The byte up to which `line` has counted.
    counted: usize,
    line: u32,
    /// The open elements that need an end tag.
    open: Vec<Element>,
    /// The attributes of the open paragraph.
    paragraph: Option<Range<usize>>,
    /// Elements whose end tag does not come any more.
    unclosed: Vec<&'static str>,
    /// Whether an element has ended since the last number: the text that follows
    /// needs one of its own.
    text_needs_number: bool,
    out: Tidy,
}

/// What of a page a pass reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All that is parsed at once.
    Page,
    /// A section, behind whose source more follows.
    Section,
    /// A section, whose source is the page's last.
    Last,
}

/// Why a pass ends before its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// What began in the source ends behind it.
    Starved,
    /// The text that was taken up goes on in the next section.
    InText,
}

/// An element that is open.
#[derive(Debug)]
struct Element {
    name: &'static str,
    /// The bytes of the markup that are its attributes.
    attributes: Range<usize>,
}

impl<'a> Pass<'a> {
    /// A pass over `source` from byte `at` on, behind what was `left`.
    fn new(source: &'a str, at: usize, left: Left, extent: Extent) -> Self {
        let mut pass = Self {
            source,
            at,
            limits: if extent == Extent::Page { PAGE } else { SECTION },
            extent,
            stop: None,
            counted: at,
            line: left.line,
            open: Vec::new(),
            paragraph: None,
            unclosed: left.unclosed,
            text_needs_number: extent != Extent::Page,
            out: Tidy::default(),
        };
        pass.out.html.push_str("<!DOCTYPE html>");
        for (name, attributes) in left.open {
            pass.numbered(name);
            let start = pass.out.html.len();
            pass.out.html.push_str(&attributes);
            let attributes = start..pass.out.html.len();
            pass.out.html.push('>');
            if name == "p" {
                pass.paragraph = Some(attributes);
            } else {
                pass.open.push(Element { name, attributes });
            }
        }
        // what is open counts for nothing, so that every section gets ahead
        pass.limits.markup += pass.out.html.len();
        pass.limits.elements += pass.out.lines.len();
        pass
    }

    /// What it leaves to the next section.
    fn left(&mut self) -> Left {
        const LONGEST: usize = 1024;
        let line = self.line_here();
        let parted = is_parted(&self.out.html, &self.source[self.at..]);
        let is_inside = self.stop == Some(Stop::InText) || self.paragraph.is_some();
        let inside = is_inside.then_some(if parted { Joint::Space } else { Joint::Nothing });
        let written = |attributes: &Range<usize>| {
            let attributes = attributes.clone();
            let attributes = if attributes.len() > LONGEST { 0..0 } else { attributes };
            self.out.html[attributes].to_owned()
        };
        let paragraph = self.paragraph.iter().map(|attributes| ("p", written(attributes)));
        let open = self.open.iter().map(|open| (open.name, written(&open.attributes)));
        let open = open.chain(paragraph).collect();
        Left { line, inside, open, unclosed: std::mem::take(&mut self.unclosed) }
    }

    /// The markup, all of it closed.
    fn end(mut self) -> Tidy {
        while let Some(element) = self.open.pop() {
            self.write_end(element.name);
        }
        self.out
    }

    /// Whether what was written is as much as is parsed at once. A section goes on to the
    /// end of its paragraph, unless that is far.
    fn is_full(&self) -> bool {
        let over = |times: usize| {
            self.out.html.len() > times * self.limits.markup
                || self.out.lines.len() > times * self.limits.elements
        };
        over(1) && (self.extent == Extent::Page || self.paragraph.is_none() || over(2))
    }

    /// Ends for want of source, where more of it follows.
    fn starve(&mut self) {
        if self.extent == Extent::Section {
            self.stop = Some(Stop::Starved);
        }
    }

    fn run(&mut self) {
        while self.at < self.source.len() && self.stop.is_none() {
            if self.is_full() {
                self.out.cut_at = Some(self.line_here());
                return;
            }
            let rest = &self.source[self.at..];
            let Some(tag) = memchr(b'<', rest.as_bytes()) else {
                self.text(rest.len());
                break;
            };
            self.text(tag);
            if self.stop.is_some() {
                return;
            }
            let rest = &self.source[self.at..];
            let next = rest.as_bytes().get(1).copied().unwrap_or(0);
            match next {
                b'!' if rest.starts_with("<!--") => self.comment(),
                b'/' if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.end_tag();
                }
                b'!' | b'?' | b'/' => self.skip_to(b'>'),
                _ if next.is_ascii_alphabetic() => self.start_tag(),
                _ => {
                    self.out.html.push_str("&lt;");
                    self.at += 1;
                }
            }
        }
        if self.stop.is_none() {
            self.starve();
        }
    }

    /// The line at which the pass stands.
    fn line_here(&mut self) -> u32 {
        let between = &self.source.as_bytes()[self.counted..self.at];
        let newlines = memchr::memchr_iter(b'\n', between).count();
        self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        self.counted = self.at;
        self.line
    }

    /// Takes up the next `length` bytes as text.
    fn text(&mut self, length: usize) {
        let mut text = &self.source[self.at..self.at + length];
        if self.extent != Extent::Page && length > self.limits.markup {
            text = &text[..seam(text, SECTION.markup)];
            self.stop = Some(Stop::InText);
        }
        if self.text_needs_number && !text.trim_ascii().is_empty() {
            self.numbered("wbr");
            self.out.html.push('>');
            self.text_needs_number = false;
        }
        let kept = &text[..text.floor_char_boundary(PAGE.markup)];
        if kept.len() < text.len() {
            self.out.cut_at = Some(self.line_here());
        }
        if memchr(0, kept.as_bytes()).is_some() {
            self.out.html.extend(kept.chars().filter(|c| *c != '\0'));
        } else {
            self.out.html.push_str(kept);
        }
        self.at += text.len();
    }

    /// Passes over everything up to and including the next `end`.
    fn skip_to(&mut self, end: u8) {
        let rest = &self.source.as_bytes()[self.at..];
        self.at += memchr(end, rest).map_or(rest.len(), |found| found + 1);
    }

    /// Passes over a comment; reads the address in those of programs that save pages.
    fn comment(&mut self) {
        let rest = &self.source[self.at..];
        let end = memchr::memmem::find(rest.as_bytes(), b"-->");
        let comment = &rest[..end.unwrap_or(rest.len())];
        if self.out.saved_from.is_none() {
            self.out.saved_from = saved_from(comment);
        }
        self.at += end.map_or(rest.len(), |end| end + 3);
    }

    fn end_tag(&mut self) {
        let rest = &self.source[self.at + 2..];
        let name = tag_name(rest);
        let known = known(&name);
        self.skip_to(b'>');
        let Some(known) = known else {
            self.text_needs_number = true;
            return;
        };
        match known {
            "br" => self.out.html.push_str("<br>"),
            // what stands behind them belongs into the page too
            "html" | "head" | "body" => {}
            _ if SELF_CLOSING.contains(&known) => {
                self.write_end(known);
                self.text_needs_number = true;
            }
            _ => {
                let Some(depth) = self.depth_of(known) else { return };
                for element in self.open.split_off(depth).into_iter().rev() {
                    self.write_end(element.name);
                }
                self.text_needs_number = true;
            }
        }
    }

    /// How many elements are open around the innermost `name`; `None` where none is
    /// open in this table.
    fn depth_of(&self, name: &str) -> Option<usize> {
        let mut depth = self.open.len();
        for open in self.open.iter().rev() {
            depth -= 1;
            if open.name == name {
                return Some(depth);
            }
            if open.name == "table" {
                return None;
            }
        }
        None
    }

    fn write_end(&mut self, name: &str) {
        if !is_inline(name) {
            self.paragraph = None;
        }
        self.out.html.push_str("</");
        self.out.html.push_str(name);
        self.out.html.push('>');
    }

    /// Writes the head of a start tag with the number of its line.
    fn numbered(&mut self, name: &str) {
        let line = self.line_here();
        let number = self.out.lines.len();
        self.out.lines.push(line);
        self.out.html.push('<');
        self.out.html.push_str(name);
        self.out.html.push_str(" data-n=\"");
        push_number(&mut self.out.html, number);
        self.out.html.push('"');
    }

    fn start_tag(&mut self) {
        let rest = &self.source[self.at + 1..];
        let name = tag_name(rest);
        let start = self.at + 1 + name.len();
        let (attributes, end) = attributes(self.source, start);
        let Some(end) = end else {
            // a tag that the file breaks off in
            self.at = self.source.len();
            return;
        };
        self.at = end;
        if let Some(over) = PASSED_OVER.iter().find(|over| **over == name) {
            self.pass_over(over, &attributes);
            return;
        }
        if name == "title" {
            self.title();
            return;
        }
        if DROPPED.contains(&&*name) {
            self.text_needs_number = true;
            return;
        }
        let is_void = VOID.contains(&&*name);
        let Some(known) = known(&name) else {
            // an element of the page's own making holds what a `div` would
            self.text_needs_number = true;
            return;
        };
        if !is_void && known != "p" && self.open.len() >= DEEPEST {
            self.out.is_too_deep = true;
            if !self.out.html.ends_with("<br>") {
                self.out.html.push_str("<br><br>");
            }
            self.text_needs_number = true;
            return;
        }
        if !is_inline(known) && !is_void {
            self.paragraph = None;
        }
        self.numbered(known);
        let start = self.out.html.len();
        for (name, value) in &attributes {
            self.out.html.push(' ');
            self.out.html.push_str(name);
            self.out.html.push_str("=\"");
            self.out.html.push_str(value);
            self.out.html.push('"');
        }
        let attributes = start..self.out.html.len();
        if known == "p" {
            self.paragraph = Some(attributes);
        } else if !is_void && !SELF_CLOSING.contains(&known) {
            self.open.push(Element { name: known, attributes });
        }
        self.out.html.push('>');
        self.text_needs_number = is_void;
    }

    /// The page's title: text, whatever it looks like.
    fn title(&mut self) {
        if self.unclosed.contains(&"title") {
            return;
        }
        let Some((text, end)) = content(self.source, self.at, "title") else {
            self.unclosed.push("title");
            self.starve();
            return;
        };
        self.numbered("title");
        self.out.html.push('>');
        self.out.html.push_str(&text.replace('<', "&lt;"));
        self.out.html.push_str("</title>");
        self.at = end;
    }

    /// Passes over an element with all its content, where its end is to be found.
    fn pass_over(&mut self, name: &'static str, attributes: &[(&'static str, Cow<'a, str>)]) {
        self.text_needs_number = true;
        if self.unclosed.contains(&name) {
            return;
        }
        let Some((text, end)) = content(self.source, self.at, name) else {
            self.unclosed.push(name);
            self.starve();
            if matches!(name, "script" | "style") {
                self.at = self.source.len();
            }
            return;
        };
        if name == "script" {
            const LONGEST: usize = 1024 * 1024;
            let is_linked_data =
                attributes.iter().any(|(name, value)| *name == "type" && value.contains("ld+json"));
            if is_linked_data && text.len() <= LONGEST {
                let line = self.line_here();
                self.out.linked_data.push((line, text.to_owned()));
            } else {
                self.out.n_scripts += 1;
            }
        }
        self.at = end;
    }
}

/// Whether white space stands between the text of two halves, whatever tags do.
fn is_parted(mut before: &str, mut behind: &str) -> bool {
    while let Some(start) = before.strip_suffix('>').and_then(|tag| tag.rfind('<')) {
        before = &before[..start];
    }
    while let Some(end) = behind.strip_prefix('<').and_then(|tag| tag.find('>')) {
        behind = &behind[end + 2..];
    }
    before.ends_with(|c: char| c.is_ascii_whitespace())
        || behind.starts_with(|c: char| c.is_ascii_whitespace())
}

/// Where a text is cut in two at or near byte `at`: before a space, if one is near.
fn seam(text: &str, at: usize) -> usize {
    const NEAR: usize = 4 * 1024;
    let at = text.floor_char_boundary(at);
    let near = &text.as_bytes()[at.saturating_sub(NEAR)..at];
    let space = near.iter().rposition(u8::is_ascii_whitespace);
    space.map_or(at, |space| at.saturating_sub(NEAR) + space).max(1)
}

fn push_number(html: &mut String, number: usize) {
    use std::fmt::Write as _;
    let _ = write!(html, "{number}");
}
