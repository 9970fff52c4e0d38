//! An article as a Markdown file: front matter, headline, body.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::article::Article;
use crate::source::Metadata;
use crate::text::escape_markdown;

/// Writes `article`, whose body is `body`, as Markdown with YAML front matter.
///
/// Reading that file again gives the same fields and the same body: the key
/// `cleaned: true` says that nothing in it is furniture any more. A date that was
/// inferred is not written; it would come back as stated. With `metadata` the file
/// keeps what the owner said about publishing it.
pub fn to_markdown(article: &Article, body: &str, metadata: Option<&Metadata>) -> String {
    let mut out = head(article, metadata);
    if !body.is_empty() {
        out.push('\n');
        out.push_str(body);
        out.push('\n');
    }
    out
}

/// The same with the body that the article has, written piece by piece: a long one is not
/// held twice.
///
/// # Errors
///
/// Those of `out`.
pub fn write_markdown(
    article: &Article,
    metadata: Option<&Metadata>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(head(article, metadata).as_bytes())?;
    if !article.body.is_empty() {
        for piece in ["\n", &article.body, "\n"] {
            out.write_all(piece.as_bytes())?;
        }
    }
    Ok(())
}

/// Front matter and headline.
fn head(article: &Article, metadata: Option<&Metadata>) -> String {
    let mut out = String::from("---\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "{key}: {}", quoted(value));
    };
    line("title", &article.headline.value);
    if let Some(kicker) = &article.kicker {
        line("kicker", &kicker.value);
    }
    if let Some(standfirst) = &article.standfirst {
        line("standfirst", &standfirst.value);
    }
    if let Some(outlet) = &article.outlet {
        line("outlet", &outlet.value);
    }
    if let Some(agency) = &article.agency {
        line("agency", &agency.value);
    }
    if let Some(dateline) = &article.dateline {
        line("dateline", &dateline.place);
    }
    if let Some(url) = &article.url {
        line("url", &url.value);
    }
    if let Some(language) = &article.language {
        line("language", &language.value);
    }
    if let Some(id) = &article.id {
        line("id", &id.value);
    }
    if let Some(remark) = &article.remark {
        line("note", &remark.value);
    }
    if let Some(when) = &article.published.when
        && article.published.basis_word() == "stated"
    {
        line("published", &with_time(&when.to_string(), article.published.time.as_ref()));
    }
    if let Some(updated) = &article.updated {
        line("updated", &with_time(&updated.value.0.to_string(), updated.value.1.as_ref()));
    }
    if let Some(metadata) = metadata {
        if let Some(tlp) = &metadata.tlp {
            line("tlp", tlp.value.name());
        }
        if let Some(embargo) = &metadata.embargo {
            line("publish_after", &embargo.to_string());
        }
        if metadata.withheld.is_some() {
            out.push_str("draft: true\n");
        }
    }
    for (key, values) in [("authors", &article.byline), ("tags", &article.tags)] {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|field| quoted(&field.value)).collect();
            let _ = writeln!(out, "{key}: [{}]", values.join(", "));
        }
    }
    out.push_str("cleaned: true\n---\n\n# ");
    out.push_str(&escape_markdown(&article.headline.value));
    out.push('\n');
    out
}

/// A date with its time, as ISO 8601 writes both.
fn with_time(date: &str, time: Option<&crate::when::Clock>) -> String {
    time.map_or_else(|| date.to_owned(), |time| format!("{date}T{time}"))
}

/// A YAML string in double quotes, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c) & 0xFF);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
