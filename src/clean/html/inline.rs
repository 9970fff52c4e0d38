//! The text inside a paragraph, with its emphasis and links, as Markdown.
//!
//! Text comes in run by run, each in a [`Style`]; [`Inline::finish`] gives the plain
//! text and the Markdown of the same. Marks that a Markdown reader would take for
//! letters where they stand (`**` between a full stop and a letter) are left out:
//! plain text is better than stray asterisks.

use crate::text::escape_markdown;

/// How a run of text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
    /// Index of a link of the paragraph.
    pub(super) link: Option<usize>,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Inline {
    runs: Vec<(String, Style)>,
    links: Vec<Option<String>>,
    space: bool,
}

/// The mark of a line break inside a run; white space never reaches one otherwise.
const BREAK: char = '\n';

impl Inline {
    /// Adds a link to `target` (`None`: to nowhere that may be linked, which counts as a
    /// link and is written as text); gives its index.
    pub(super) fn link(&mut self, target: Option<String>) -> usize {
        self.links.push(target);
        self.links.len() - 1
    }

    /// Adds white space, which counts once and only between words.
    pub(super) fn space(&mut self) {
        self.space = !self.runs.is_empty();
    }

    /// Ends a line inside the paragraph.
    pub(super) fn line_break(&mut self) {
        self.space = false;
        if let Some((last, _)) = self.runs.last_mut() {
            last.push(BREAK);
        }
    }

    /// Adds text, its white space counted once.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        for c in text.chars() {
            if is_space(c) {
                self.space();
            } else if !is_invisible(c) {
                self.push(c, style);
            }
        }
    }

    fn push(&mut self, c: char, style: Style) {
        let space = std::mem::take(&mut self.space);
        if let Some((last, previous)) = self.runs.last_mut() {
            if space && !last.ends_with(BREAK) {
                last.push(' ');
            }
            if *previous == style {
                last.push(c);
                return;
            }
        }
        self.runs.push((c.into(), style));
    }

    /// The plain text on one line, the Markdown, and how many bytes of the text are
    /// links; `None` where there is no text.
    pub(super) fn finish(self) -> Option<(String, String, usize)> {
        let text: String = self.runs.iter().map(|(text, _)| text.as_str()).collect();
        let text = text.replace(BREAK, " ");
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let linked =
            self.runs.iter().filter(|(_, style)| style.link.is_some()).map(|(text, _)| text.len());
        Some((text.to_owned(), self.markdown(), linked.sum()))
    }

    fn markdown(&self) -> String {
        let mut out = String::new();
        let mut at = 0;
        while at < self.runs.len() {
            let link = self.runs[at].1.link;
            let same = self.runs[at..].iter().take_while(|(_, style)| style.link == link).count();
            let runs = &self.runs[at..at + same];
            let next = self.runs.get(at + same).and_then(|(text, _)| text.chars().next());
            match link.and_then(|link| self.links.get(link)?.as_deref()) {
                Some(target) => {
                    let mut label = String::new();
                    written(runs, None, &mut label);
                    let bare = label.trim();
                    let (head, tail) = label.split_at(label.trim_end().len());
                    let start = head.len() - head.trim_start().len();
                    out.push_str(&head[..start]);
                    if !bare.is_empty() {
                        out.push('[');
                        out.push_str(bare);
                        out.push_str("](");
                        out.push_str(target);
                        out.push(')');
                    }
                    out.push_str(tail);
                }
                None => written(runs, next, &mut out),
            }
            at += same;
        }
        let out = out.trim();
        let lines: Vec<&str> = out.split(BREAK).map(str::trim).filter(|s| !s.is_empty()).collect();
        lines.join("\\\n")
    }
}

/// Writes runs of one link, or outside of links; `next` follows them.
fn written(runs: &[(String, Style)], next: Option<char>, out: &mut String) {
    for (index, (text, style)) in runs.iter().enumerate() {
        let after = runs.get(index + 1).map_or(next, |(text, _)| text.chars().next());
        let core = text.trim_matches([' ', BREAK]);
        let start = text.len() - text.trim_start_matches([' ', BREAK]).len();
        let (head, tail) = if core.is_empty() {
            (text.as_str(), "")
        } else {
            (&text[..start], &text[start + core.len()..])
        };
        let before = if head.is_empty() { out.chars().next_back() } else { Some(' ') };
        let after = if tail.is_empty() { after } else { Some(' ') };
        let marks = match style {
            Style { code: true, .. } if !core.contains(['`', BREAK]) => "`",
            Style { strong: true, emphasis: true, .. } => "***",
            Style { strong: true, .. } => "**",
            Style { emphasis: true, .. } => "*",
            _ => "",
        };
        let marks = if marks.is_empty() || !may_stand(core, before, after) { "" } else { marks };
        out.push_str(head);
        out.push_str(marks);
        if marks == "`" {
            out.push_str(core);
        } else {
            out.push_str(&escape_markdown(core));
        }
        out.push_str(marks);
        out.push_str(tail);
    }
}

/// Whether marks around `core` open and close there, by the rules of CommonMark for
/// what stands on their two sides.
fn may_stand(core: &str, before: Option<char>, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mark = |c: Option<char>| c.is_some_and(|c| matches!(c, '*' | '`' | '_'));
    let (first, last) = (core.chars().next(), core.chars().next_back());
    !core.is_empty()
        && !core.contains(BREAK)
        && !mark(before)
        && !mark(after)
        && (word(first) || !word(before))
        && (word(last) || !word(after))
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{feff}')
}

/// What a page puts into words to say where they may break.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}') || c.is_control()
}

/// The text on one line, white space counted once.
pub(super) fn plain(text: &str) -> String {
    let mut inline = Inline::default();
    inline.text(text, Style::default());
    inline.finish().map(|(text, ..)| text).unwrap_or_default()
}
