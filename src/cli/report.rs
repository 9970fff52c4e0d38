//! Diagnostics as people, programs and GitHub read them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Severity};

/// A diagnostic drawn under the line it is about; ends with a newline.
pub(super) fn text(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        level.primary_title(diagnostic.message.as_str()).elements(std::iter::empty::<Origin>());
    if let Some(place) = &diagnostic.place {
        group = match (&place.excerpt, place.line) {
            (Some(excerpt), Some(line)) => {
                let label = (!place.label.is_empty()).then_some(place.label.as_str());
                let annotation = AnnotationKind::Primary.span(bytes(place, excerpt)).label(label);
                let snippet = Snippet::source(excerpt.as_str())
                    .line_start(line as usize)
                    .path(place.file.as_str());
                group.element(snippet.annotation(annotation))
            }
            (None, Some(line)) => {
                group.element(Origin::path(place.file.as_str()).line(line as usize))
            }
            _ => group.element(Origin::path(place.file.as_str())),
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut text = Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group]);
    text.push('\n');
    text
}

/// The bytes of `excerpt` that are meant.
fn bytes(place: &Place, excerpt: &str) -> std::ops::Range<usize> {
    let at = |n: usize| excerpt.char_indices().nth(n).map_or(excerpt.len(), |(at, _)| at);
    match place.column {
        Some(column) => {
            let start = (column as usize).saturating_sub(1);
            at(start)..at(start + place.width as usize)
        }
        None => 0..excerpt.len(),
    }
}

/// A diagnostic as one line of JSON.
pub(super) fn json(diagnostic: &Diagnostic) -> String {
    let mut line = crate::record::to_json(diagnostic);
    line.push('\n');
    line
}

/// A diagnostic as a workflow command of GitHub Actions.
///
/// Source: GitHub documentation, workflow commands for Actions.
pub(super) fn github(diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", property(&place.file)));
        properties.extend(place.line.map(|line| format!("line={line}")));
        properties.extend(place.column.map(|column| format!("col={column}")));
    }
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("\n{help}"));
    format!(
        "::{command} {}::{}\n",
        properties.join(","),
        escape(&format!("{}{help}", diagnostic.message))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Diagnostic {
        Diagnostic::warning("date", "`2022-02-30` is no date")
            .at("content/a.txt", "title: x\ndate: 2022-02-30\n", 15..25, "there is no such day")
            .help("write the day as YYYY-MM-DD")
    }

    #[test]
    fn a_diagnostic_shows_the_line_and_what_to_do() {
        insta::assert_snapshot!(anstream::adapter::strip_str(&text(&sample())), @r"
        warning: `2022-02-30` is no date
         --> content/a.txt:2:7
          |
        2 | date: 2022-02-30
          |       ^^^^^^^^^^ there is no such day
          |
          = help: write the day as YYYY-MM-DD
        ");
    }

    #[test]
    fn github_gets_file_and_line() {
        insta::assert_snapshot!(github(&sample()), @"::warning file=content/a.txt,line=2,col=7::`2022-02-30` is no date%0Awrite the day as YYYY-MM-DD");
    }
}
