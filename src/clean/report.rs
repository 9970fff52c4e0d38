//! Every diagnostic of cleaning, one function each.

use super::publication::Open;
use crate::diagnostic::Diagnostic;
use crate::when::Day;

pub(super) fn nothing_but_furniture(file: &str) -> Diagnostic {
    Diagnostic::warning("no-article", "nothing in this clipping reads like an article")
        .in_file(file)
        .help("paste the article's text, or take the file out of `content/`")
}

pub(super) fn empty(file: &str) -> Diagnostic {
    Diagnostic::warning("empty-clipping", "the clipping is empty")
        .in_file(file)
        .help("paste the article's text, or take the file out of `content/`")
}

pub(super) fn no_headline(file: &str, name: &str) -> Diagnostic {
    Diagnostic::warning("no-headline", format!("no line reads like a headline; `{name}` stands in"))
        .in_file(file)
        .help("write `title = \"…\"` in the sidecar")
}

pub(super) fn ambiguous_day(file: &str, open: &Open, read: Option<Day>) -> Diagnostic {
    let label = read.map_or_else(|| "left open".to_owned(), |day| format!("read as {day}"));
    Diagnostic::warning("ambiguous-date", "the date can be read day first or month first")
        .at_line(file, open.line, &open.text, &label)
        .help("write `published = YYYY-MM-DD` in the sidecar to settle it")
}

pub(super) fn dates_disagree(file: &str, line: u32, text: &str, day: &str) -> Diagnostic {
    Diagnostic::warning(
        "dates-disagree",
        format!("the stamp is far from {day}, the date of publication"),
    )
    .at_line(file, line, text, "")
    .help("write `published = YYYY-MM-DD` in the sidecar to settle it")
}

pub(super) fn kept_doubtful(file: &str, words: usize) -> Diagnostic {
    Diagnostic::warning(
        "doubtful-lines-kept",
        format!("{words} words inside the article look like page furniture and were kept"),
    )
    .in_file(file)
    .help("see `annals clean --explain`, and delete in a copy what does not belong")
}

/// Whether a diagnostic is [`kept_doubtful`].
pub(super) fn is_kept_doubtful(found: &Diagnostic) -> bool {
    found.code == "doubtful-lines-kept"
}

/// Says from which line to which the text was kept in doubt.
pub(super) fn add_lines(found: &mut Diagnostic, first: u32, last: Option<u32>) {
    let lines = match last {
        Some(last) => format!(" (lines {first} to {last})"),
        None => format!(" (line {first})"),
    };
    found.message.push_str(&lines);
}

pub(super) fn left_out(file: &str, words: usize) -> Diagnostic {
    Diagnostic::warning(
        "text-left-out",
        format!("{words} words behind the article speak of the same and were left out"),
    )
    .in_file(file)
    .help("see `annals clean --explain`, and move in a copy what belongs to the article")
}

pub(super) fn nested(file: &str, deepest: usize) -> Diagnostic {
    let message = format!("elements are nested over {deepest} deep: the deeper ones are read flat");
    Diagnostic::warning("page-nested", message)
        .in_file(file)
        .help("see `annals clean --explain`, and save the page anew if text is missing")
}

pub(super) fn large_page(file: &str, line: u32) -> Diagnostic {
    let message = format!(
        "the page has more markup than is read at once (up to line {line}): it is read in sections"
    );
    Diagnostic::warning("page-large", message)
        .in_file(file)
        .help("see `annals clean --explain`; save the article alone if text of others is in it")
}

pub(super) fn no_article_page(file: &str, what: &str, requested: bool) -> Diagnostic {
    if requested {
        let message = format!("this is {what} and no article: it is published as `publish` asks");
        return Diagnostic::note("page-requested", message).in_file(file);
    }
    let message = format!("this is {what} and no article: it is not published");
    Diagnostic::warning("not-an-article", message).in_file(file).help(
        "save the article itself, take the file out of `content/`, or write `publish = true` in the sidecar",
    )
}

pub(super) fn very_long(file: &str, bytes: usize) -> Diagnostic {
    Diagnostic::warning("very-long", format!("the body has {} MiB", bytes / (1024 * 1024)))
        .in_file(file)
        .help("split the clipping: one article a file")
}
