//! The page as its reader meets it: one piece after the other.
//!
//! A parsed page goes in, [`Piece`]s come out: paragraphs, headings, list items,
//! tables, code and pictures in their order, each with its plain text, its
//! Markdown, its lines in the original and where in the page it stands. Nothing is
//! judged here, and nothing that can be read is left out.
//!
//! Start at [`read`].

use dom_query::{Document, NodeRef};

use super::inline::{Inline, Style};
use super::tidy::{NUMBER, Tidy};
use crate::clean::reason::{self, Reason};

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// The first piece of a list's item: its number in an ordered list.
    Item(Option<u32>),
    /// A further piece of a list's item.
    MoreItem,
    /// Preformatted text, with its language where one is named.
    Code(String),
    /// A table, written as Markdown.
    Table,
    /// A picture: its Markdown is a link, its text what stands in for it.
    Picture,
}

/// Where in the page a piece stands, by the elements around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// In a `nav`, `footer`, `aside`, `dialog`, `button` or `form`, or in a place
    /// with their role.
    pub(super) outside: bool,
    /// Under a picture.
    pub(super) caption: bool,
    /// Not shown by a browser.
    pub(super) hidden: bool,
    /// In a place whose name says that it is none of the article.
    pub(super) named_outside: Option<Reason>,
    /// How many quotations it stands in.
    pub(super) quotes: u8,
    /// How many lists it stands in.
    pub(super) lists: u8,
    /// Hash of the elements around it: equal for the paragraphs of one text.
    pub(super) path: u64,
}

/// Something on the page that stands by itself.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: Kind,
    /// Its text as read, on one line (code and tables aside).
    pub(super) text: String,
    /// Its text as Markdown.
    pub(super) markdown: String,
    /// First and last line of the original, from 1.
    pub(super) lines: (u32, u32),
    /// Where it stands.
    pub(super) place: Place,
    /// Bytes of the text that are links.
    pub(super) linked: usize,
    /// The numbers of the elements that hold its text, with the bytes they hold.
    pub(super) holders: Vec<(u32, usize)>,
}

/// Reads the body of `document`. `base` is the page's own address, for links that
/// are relative to it.
pub(super) fn read(document: &Document, tidy: &Tidy, base: Option<&str>) -> Vec<Piece> {
    let Some(body) = document.body() else { return Vec::new() };
    let mut walk = Walk {
        tidy,
        base,
        pieces: Vec::new(),
        open: Open::default(),
        place: Place::default(),
        item: None,
        heading: None,
        line: tidy.first_line,
    };
    walk.children(&body, 0, Style::default());
    walk.close();
    walk.pieces
}

/// The paragraph that is being read.
#[derive(Default)]
struct Open {
    inline: Inline,
    lines: Option<(u32, u32)>,
    holders: Vec<(u32, usize)>,
    /// Line breaks since the last text.
    breaks: u32,
}

struct Walk<'a> {
    tidy: &'a Tidy,
    base: Option<&'a str>,
    pieces: Vec<Piece>,
    open: Open,
    place: Place,
    /// What an item that begins here is written as.
    item: Option<Kind>,
    heading: Option<u8>,
    line: u32,
}

/// The list that is being read.
#[derive(Debug, Clone, Copy)]
struct List {
    next: Option<u32>,
}

impl Walk<'_> {
    fn children(&mut self, node: &NodeRef<'_>, number: u32, style: Style) {
        let mut list = list_of(node);
        let mut child = node.first_child();
        let mut number = number;
        while let Some(node) = child {
            if node.is_text() {
                let text = node.text();
                self.text(&text, number, style);
            } else if node.is_element() {
                // text behind an element that ended has the number of a mark
                if let Some(mark) = self.mark(&node) {
                    number = mark;
                } else {
                    self.element(&node, style, &mut list);
                }
            }
            child = node.next_sibling();
        }
    }

    /// The number of a mark that was put in front of a text.
    fn mark(&mut self, node: &NodeRef<'_>) -> Option<u32> {
        if !node.has_name("wbr") {
            return None;
        }
        Some(self.enter(node))
    }

    /// Notes the line on which `node` begins and gives its number.
    fn enter(&mut self, node: &NodeRef<'_>) -> u32 {
        let number = node.attr(NUMBER).and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
        if let Some(line) = self.tidy.lines.get(number as usize) {
            self.line = (*line).max(self.line);
        }
        number
    }

    fn text(&mut self, text: &str, number: u32, style: Style) {
        let newlines = |text: &str| {
            u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(0)
        };
        let head = text.len() - text.trim_ascii_start().len();
        let first = self.line + newlines(&text[..head]);
        let bare = text.trim_ascii();
        let last = first + newlines(bare);
        self.line += newlines(text);
        if bare.is_empty() {
            if self.open.breaks == 0 {
                self.open.inline.space();
            }
            return;
        }
        match std::mem::take(&mut self.open.breaks) {
            0 => {}
            1 => self.open.inline.line_break(),
            _ => self.close(),
        }
        self.open.lines = Some((self.open.lines.map_or(first, |(first, _)| first), last));
        self.open.holders.push((number, bare.len()));
        self.open.inline.text(text, style);
    }

    fn element(&mut self, node: &NodeRef<'_>, style: Style, list: &mut List) {
        let number = self.enter(node);
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        match name {
            "br" => {
                self.open.breaks += 1;
                return;
            }
            "hr" => {
                self.close();
                return;
            }
            "img" => {
                self.picture(node);
                return;
            }
            "input" | "link" | "meta" | "title" | "source" | "embed" | "area" | "head" => return,
            "pre" => {
                self.close();
                self.code(node, number);
                return;
            }
            "table" if is_data(node) => {
                self.close();
                self.table(node);
                return;
            }
            _ => {}
        }
        if is_inline(name) {
            let style = self.styled(node, name, style);
            self.children(node, number, style);
            return;
        }
        self.close();
        let (place, heading, had_item) = (self.place, self.heading, self.item.is_some());
        self.place = placed(place, node, name);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = Some(name.as_bytes()[1] - b'0');
            }
            "ul" | "ol" | "menu" => self.place.lists = self.place.lists.saturating_add(1),
            "li" => {
                self.item = Some(Kind::Item(list.next));
                list.next = list.next.map(|next| next.saturating_add(1));
            }
            _ => {}
        }
        self.children(node, number, Style::default());
        self.close();
        (self.place, self.heading) = (place, heading);
        // an item that held nothing leaves no mark for what follows it
        if name == "li" || !had_item {
            self.item = None;
        }
    }

    /// The style of text inside an inline element.
    fn styled(&mut self, node: &NodeRef<'_>, name: &str, mut style: Style) -> Style {
        match name {
            "b" | "strong" => style.strong = true,
            "i" | "em" | "cite" | "dfn" | "var" => style.emphasis = true,
            "code" | "kbd" | "samp" | "tt" => style.code = true,
            "a" => {
                let target = node.attr("href").and_then(|href| resolve(&href, self.base));
                style.link = Some(self.open.inline.link(target));
            }
            _ => {}
        }
        style
    }

    /// Ends the paragraph that is being read.
    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let Some(lines) = open.lines else { return };
        let Some((text, markdown, linked)) = open.inline.finish() else { return };
        let kind = match (self.heading, self.item.take()) {
            (Some(level), _) => Kind::Heading(level),
            (None, Some(item)) => item,
            (None, None) if self.place.lists > 0 => Kind::MoreItem,
            (None, None) => Kind::Paragraph,
        };
        let (place, holders) = (self.place, open.holders);
        self.pieces.push(Piece { kind, text, markdown, lines, place, linked, holders });
    }

    /// A picture stays as a link, where it has an address of its own.
    fn picture(&mut self, node: &NodeRef<'_>) {
        const SMALLEST: u32 = 100;
        let size = |name: &str| {
            node.attr(name).and_then(|size| size.trim_end_matches("px").parse::<u32>().ok())
        };
        let is_small = [size("width"), size("height")].into_iter().flatten().any(|n| n < SMALLEST);
        let source = ["src", "data-src", "data-original"]
            .iter()
            .find_map(|name| node.attr(name).and_then(|source| resolve(&source, self.base)));
        let Some(source) = source.filter(|_| !is_small) else { return };
        self.close();
        let alt = node.attr("alt").map(|alt| super::inline::plain(&alt)).unwrap_or_default();
        let markdown = format!("![Picture]({source})");
        self.pieces.push(Piece {
            kind: Kind::Picture,
            text: alt,
            markdown,
            lines: (self.line, self.line),
            place: self.place,
            linked: 0,
            holders: Vec::new(),
        });
    }

    fn code(&mut self, node: &NodeRef<'_>, number: u32) {
        let first = self.line;
        let text = node.text();
        let text = text.trim_matches('\n').trim_end();
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        self.line += u32::try_from(newlines).unwrap_or(0);
        if text.is_empty() {
            return;
        }
        let inner = node.first_element_child().filter(|child| child.has_name("code"));
        let named = [inner.as_ref(), Some(node)].into_iter().flatten().find_map(|node| {
            let class = node.class()?;
            let mut names = class.split_ascii_whitespace();
            let name = names.find_map(|name| name.strip_prefix("language-"))?;
            name.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| name.to_owned())
        });
        let language = named.unwrap_or_default();
        let fence = "`".repeat(3.max(1 + longest_run(text, '`')));
        self.pieces.push(Piece {
            markdown: format!("{fence}{language}\n{text}\n{fence}"),
            kind: Kind::Code(language),
            text: text.to_owned(),
            lines: (first, self.line),
            place: self.place,
            linked: 0,
            holders: vec![(number, text.len())],
        });
    }

    fn table(&mut self, node: &NodeRef<'_>) {
        let first = self.line;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut holders = Vec::new();
        let mut text = String::new();
        for row in node.descendants_it().filter(|node| node.has_name("tr")) {
            let mut cells = Vec::new();
            for cell in row.children_it(false).filter(|node| is_cell(node)) {
                let number = self.enter(&cell);
                let plain = super::inline::plain(&cell.text());
                holders.push((number, plain.len().max(1)));
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&plain);
                cells.push(crate::text::escape_markdown(&plain).into_owned());
            }
            rows.push(cells);
        }
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            kind: Kind::Table,
            markdown: written(&rows),
            text,
            lines: (first, self.line),
            place: self.place,
            linked: 0,
            holders,
        });
    }
}

/// Rows as a Markdown table, the first as its head.
fn written(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut table = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            table.push('\n');
        }
        table.push('|');
        for column in 0..columns {
            table.push(' ');
            table.push_str(row.get(column).map_or("", String::as_str));
            table.push_str(" |");
        }
        if index == 0 {
            table.push_str("\n|");
            table.push_str(&" --- |".repeat(columns));
        }
    }
    table
}

fn list_of(node: &NodeRef<'_>) -> List {
    let ordered = node.has_name("ol");
    let start = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List { next: ordered.then_some(start) }
}

fn is_cell(node: &NodeRef<'_>) -> bool {
    node.has_name("td") || node.has_name("th")
}

/// Whether a table holds data: several rows of several short cells, and neither
/// paragraphs nor tables in them.
fn is_data(node: &NodeRef<'_>) -> bool {
    const MOST_CELLS: usize = 5000;
    const LONGEST: usize = 300;
    let (mut rows, mut wide) = (0, 0);
    for node in node.descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "table" | "div" | "p" | "ul" | "ol" | "h1" | "h2" | "h3" | "figure" | "article" => {
                return false;
            }
            "tr" => {
                rows += 1;
                let cells: Vec<_> = node.children_it(false).filter(is_cell).collect();
                wide += usize::from(cells.len() >= 2);
                if cells.iter().any(|cell| cell.normalized_char_count() > LONGEST) {
                    return false;
                }
            }
            _ => {}
        }
        if rows > MOST_CELLS {
            return false;
        }
    }
    rows >= 2 && wide * 2 > rows
}

/// Elements that stand inside a paragraph.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "picture"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "output"
    )
}

/// The place inside `node`.
fn placed(mut place: Place, node: &NodeRef<'_>, name: &str) -> Place {
    let class = node.class().unwrap_or_default();
    let id = node.id_attr().unwrap_or_default();
    let role = node.attr("role").unwrap_or_default();
    place.outside |= matches!(name, "nav" | "footer" | "aside" | "dialog" | "button" | "form")
        || matches!(
            &*role,
            "navigation"
                | "complementary"
                | "contentinfo"
                | "dialog"
                | "alertdialog"
                | "banner"
                | "menu"
                | "search"
                | "toolbar"
        );
    place.caption |= name == "figcaption" || is_caption_name(&class);
    place.hidden |= node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.split_ascii_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        });
    if place.named_outside.is_none() && !matches!(name, "body" | "html" | "article" | "main") {
        place.named_outside = named_outside(&class).or_else(|| named_outside(&id));
    }
    place.quotes = place.quotes.saturating_add(u8::from(name == "blockquote"));
    place.path = crate::text::hash(&format!("{:x} {name} {class}", place.path));
    place
}

fn is_caption_name(class: &str) -> bool {
    class.split_ascii_whitespace().any(|name| {
        let name = name.to_ascii_lowercase();
        name.contains("caption") || name.contains("credit") && !name.contains("accredit")
    })
}

/// What a place says it is by one of its names, where that is none of the article.
fn named_outside(names: &str) -> Option<Reason> {
    const LONGEST: usize = 300;
    const PARTS: [(&str, Reason); 27] = [
        ("related", reason::RELATED),
        ("recommend", reason::RELATED),
        ("readmore", reason::READ_MORE),
        ("read-more", reason::READ_MORE),
        ("most-read", reason::RELATED),
        ("trending", reason::RELATED),
        ("teaser", reason::RELATED),
        ("outbrain", reason::RELATED),
        ("taboola", reason::RELATED),
        ("newsletter", reason::NEWSLETTER),
        ("signup", reason::NEWSLETTER),
        ("sign-up", reason::NEWSLETTER),
        ("subscribe", reason::SIGN_IN),
        ("paywall", reason::SIGN_IN),
        ("comments", reason::COMMENTS),
        ("disqus", reason::COMMENTS),
        ("cookie", reason::CONSENT),
        ("consent", reason::CONSENT),
        ("gdpr", reason::CONSENT),
        ("social-share", reason::SHARE),
        ("share-bar", reason::SHARE),
        ("sharing", reason::SHARE),
        ("breadcrumb", reason::BREADCRUMB),
        ("advert", reason::ADVERT),
        ("promo", reason::ADVERT),
        ("sponsor", reason::ADVERT),
        ("author-bio", reason::AUTHOR_NOTE),
    ];
    let names = names[..names.floor_char_boundary(LONGEST)].to_ascii_lowercase();
    PARTS.iter().find(|(part, _)| names.contains(part)).map(|(_, rule)| *rule)
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// The address a link leads to: web and mail addresses only, relative ones made
/// whole by `base`; `None` for places on the page itself and for anything else.
pub(super) fn resolve(href: &str, base: Option<&str>) -> Option<String> {
    const LONGEST: usize = 2000;
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    if href.is_empty() || href.starts_with('#') || href.len() > LONGEST {
        return None;
    }
    let has_scheme = href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    let whole = if has_scheme {
        href
    } else {
        let (scheme, rest) = base?.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(rest) = href.strip_prefix("//") {
            format!("{scheme}://{rest}")
        } else if href.starts_with('/') {
            format!("{scheme}://{host}{href}")
        } else {
            let path = path.split(['?', '#']).next().unwrap_or("");
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let slash = if folder.is_empty() { "" } else { "/" };
            format!("{scheme}://{host}/{folder}{slash}{href}")
        }
    };
    let address: String = whole
        .chars()
        .flat_map(|c| match c {
            ' ' => ['%', '2', '0'].into_iter().take(3),
            '(' => ['%', '2', '8'].into_iter().take(3),
            ')' => ['%', '2', '9'].into_iter().take(3),
            '<' => ['%', '3', 'C'].into_iter().take(3),
            '>' => ['%', '3', 'E'].into_iter().take(3),
            '\\' => ['%', '5', 'C'].into_iter().take(3),
            c => [c, ' ', ' '].into_iter().take(1),
        })
        .collect();
    crate::markup::safe_url(&address).map(str::to_owned)
}
