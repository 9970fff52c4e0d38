//! Ready HTML for what lists repeat by the thousand: dates, sentences, sources.
//!
//! An entry of a dossier prints a date, a sentence and who tells it. Handed over
//! as values and put together by components, these three cost most of rendering;
//! written here they cost next to nothing, and a template still decides where
//! each of them stands. Their elements and classes are part of the theme contract.

use super::card::{Here, direction};
use super::context::Html;
use crate::archive::Entry;
use crate::markup::{Anchor, push_escaped, push_text};
use crate::text::Span;
use crate::when::{Clock, Names, When};

/// How an article is named wherever something is taken from it, from the end of its
/// address on: made once for each article, as there are dozens of such places for each.
#[derive(Debug, Clone, Default)]
pub(super) struct Naming {
    /// `" lang="sr">HEADLINE</a>, OUTLET, DATE`.
    html: String,
    /// Where the link ends.
    link_end: usize,
    /// Where the date begins.
    date: usize,
    /// The article's language where it is not the pages'.
    other: Option<Box<str>>,
}

impl Naming {
    /// Of the article of `entry`, whose language `other` is where it is not the pages'.
    pub(super) fn of(entry: &Entry, other: Option<&str>, names: &Names) -> Self {
        let article = &entry.briefing.article;
        let mut html = String::with_capacity(entry.headline().len() + 112);
        html.push('"');
        push_language(&mut html, other);
        html.push('>');
        push_escaped(&mut html, entry.headline());
        html.push_str("</a>");
        let link_end = html.len();
        if let Some(outlet) = article.outlet.as_ref().or(article.agency.as_ref()) {
            html.push_str(", ");
            push_escaped(&mut html, &outlet.value);
        }
        html.push_str(", ");
        let date = html.len();
        let published = &article.published;
        let inferred = published.basis_word() == "inferred";
        let (when, time) = (published.when.as_ref(), published.time.as_ref());
        push_date(&mut html, when, time, inferred, names);
        html.shrink_to_fit();
        Self { html, link_end, date, other: other.map(Box::from) }
    }

    /// The code of the article's language where it is not that of the pages.
    pub(super) fn other_language(&self) -> Option<&str> {
        self.other.as_deref()
    }

    /// What ends a link to the article, from the end of its address on.
    pub(super) fn link(&self) -> &str {
        &self.html[..self.link_end]
    }

    /// When it was published, with its time and its doubt in words.
    pub(super) fn published(&self) -> &str {
        &self.html[self.date..]
    }
}

/// Appends the attributes of words in another language than that of the pages.
pub(super) fn push_language(out: &mut String, other: Option<&str>) {
    if let Some(language) = other {
        // Of a clipping's own words: it could hold anything.
        out.push_str(" lang=\"");
        push_escaped(out, language);
        out.extend(["\" dir=\"", direction(Some(language)), "\""]);
    }
}

impl Here<'_> {
    /// A paragraph as evidence: the article's headline as a link to it, who printed
    /// it, and when.
    pub(super) fn source(self, index: u32, span: Span) -> Html {
        let mut out = String::with_capacity(320);
        self.push_source(&mut out, index, span);
        Html(out)
    }

    /// Appends [`Here::source`].
    pub(super) fn push_source(self, out: &mut String, index: u32, span: Span) {
        self.push_source_at(out, index, self.entry(index).briefing.anchor(span));
    }

    /// Appends [`Here::source`], whose paragraph has this anchor.
    pub(super) fn push_source_at(self, out: &mut String, index: u32, anchor: Option<Anchor>) {
        out.push_str("<a href=\"");
        self.push_article_at(out, index, anchor);
        out.push_str(&self.naming(index).html);
    }

    /// Appends a date.
    pub(super) fn push_when(self, out: &mut String, when: &When) {
        push_date(out, Some(when), None, false, self.wording().dates());
    }
}

/// Appends a date; what stands beside it is held together with it.
pub(super) fn push_date(
    out: &mut String,
    when: Option<&When>,
    time: Option<&Clock>,
    inferred: bool,
    names: &Names,
) {
    let is_alone = time.is_none() && !inferred;
    out.push_str(if is_alone { "" } else { "<span class=\"dated\">" });
    match when.map(|when| (when, when.datetime())) {
        Some((when, Some(datetime))) => {
            out.extend(["<time datetime=\"", datetime.as_str(), "\">"]);
            when.push_label_in(out, names);
            out.push_str("</time>");
        }
        Some((when, None)) => {
            let class = if when.is_doubtful() { "undated perhaps" } else { "undated" };
            out.extend(["<span class=\"", class, "\">"]);
            when.push_label_in(out, names);
            out.push_str("</span>");
        }
        None => out.extend(["<span class=\"undated\">", &*names.undated, "</span>"]),
    }
    if let Some(time) = time {
        out.push_str(", ");
        push_escaped(out, &time.to_string());
    }
    if inferred {
        out.extend([" <span class=\"doubt\">", &*names.inferred, "</span>"]);
    }
    out.push_str(if is_alone { "" } else { "</span>" });
}

/// Appends words with names in backticks, as diagnostics and clues are written: the names
/// become code.
pub(super) fn push_words(out: &mut String, words: &str) {
    for (at, part) in words.split('`').enumerate() {
        let is_code = at % 2 == 1;
        out.push_str(if is_code { "<code>" } else { "" });
        push_escaped(out, part);
        out.push_str(if is_code { "</code>" } else { "" });
    }
}

/// Appends a number, without the machinery of formatting: a page has hundreds.
pub(super) fn push_number(out: &mut String, number: usize) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Appends how many of something there are, at the end of an entry: `unit` says of what to
/// those who hear the page.
pub(super) fn push_count(out: &mut String, n: usize, unit: &str) {
    out.push_str(" <span class=\"count\">");
    push_number(out, n);
    out.extend(["<span class=\"hidden\"> ", unit, "</span></span>"]);
}

/// Appends `within`, with a span around each of `marks` that lies inside; they are in
/// order and without overlap.
pub(super) fn push_sentence(out: &mut String, text: &str, within: Span, marks: &[(Span, &str)]) {
    let mut at = within.start;
    for (span, mark) in marks {
        let (start, end) = (span.start.max(at), span.end.min(within.end));
        if start < end {
            push_text(out, Span { start: at, end: start }.of(text));
            out.push_str("<span class=\"");
            out.push_str(mark);
            out.push_str("\">");
            push_text(out, Span { start, end }.of(text));
            out.push_str("</span>");
            at = end;
        }
    }
    push_text(out, Span { start: at.min(within.end), end: within.end }.of(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    #[test]
    fn marks_stand_where_they_lie_inside_the_sentence() {
        let text = "A <b> said “no” & left. Next";
        for (marks, expected) in [
            (vec![], "A &lt;b&gt; said “no” &amp; left."),
            (
                vec![(span(2, 5), "name")],
                "A <span class=\"name\">&lt;b&gt;</span> said “no” &amp; left.",
            ),
            // Beyond the sentence, or over one another: only what is inside and free.
            (
                vec![(span(0, 5), "name"), (span(2, 7), "date"), (span(23, 40), "quote")],
                "<span class=\"name\">A &lt;b&gt;</span><span class=\"date\"> s</span>aid “no” \
                 &amp; l<span class=\"quote\">eft.</span>",
            ),
        ] {
            let end = u32::try_from(text.find(" Next").unwrap()).unwrap();
            let mut said = String::new();
            push_sentence(&mut said, text, span(0, end), &marks);
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_date_says_what_it_does_not_know() {
        for (edtf, expected) in [
            ("2022-11-07", "<time datetime=\"2022-11-07\">7 November 2022</time>"),
            ("1998~", "<span class=\"undated perhaps\">about 1998</span>"),
            ("2022-22", "<span class=\"undated\">summer 2022</span>"),
        ] {
            let mut said = String::new();
            push_date(&mut said, When::parse(edtf).as_ref(), None, false, Names::english());
            assert_eq!(said, expected);
        }
        let mut said = String::new();
        push_date(&mut said, When::parse("1998").as_ref(), None, true, Names::english());
        assert_eq!(
            said,
            "<span class=\"dated\"><time datetime=\"1998\">1998</time> <span \
             class=\"doubt\">inferred</span></span>"
        );
    }
}
