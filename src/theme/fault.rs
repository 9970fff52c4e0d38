//! What is wrong with a template, taken out of `tera`'s errors.
//!
//! In comes an error of `tera`, out come [`Fault`]s with template, place and
//! reason. A syntax error and an error while rendering carry their place; what is
//! found while templates are tied together (an unknown filter, a missing block)
//! arrives as finished text, several reports in one string, and is read back
//! here. The build script includes this file too, so that a fault of ours reads
//! like one of an archive's author.

use std::fmt;
use std::ops::Range;

use tera::{Error, ErrorKind};

/// One thing that is wrong with a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where; `None` when the error names no template.
    pub(super) place: Option<Spot>,
    /// What, in `tera`'s words, without a full stop.
    pub(super) message: String,
    /// The names there are instead, as `tera` lists them; may be empty.
    pub(super) names: String,
}

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Name of the template.
    pub(super) template: String,
    /// From 1; `None` when the whole template is meant.
    pub(super) line: Option<usize>,
    /// Code points of that line, from 0.
    pub(super) columns: Range<usize>,
}

impl fmt::Display for Fault {
    /// `actor.html:12:5: Unknown filter …`, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Spot { template, line, columns }) = &self.place {
            write!(f, "{template}:")?;
            if let Some(line) = line {
                write!(f, "{line}:{}:", columns.start + 1)?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message.replace('\n', " "))?;
        if !self.names.is_empty() {
            write!(f, " (there are: {})", self.names)?;
        }
        Ok(())
    }
}

/// Everything `error` says, at least one fault.
pub(super) fn faults(error: &Error) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let width = if span.end_line == span.start_line {
                span.end_col.saturating_sub(span.start_col)
            } else {
                1
            };
            vec![fault(
                report.message(),
                Some(Spot {
                    template: report.filename().to_owned(),
                    line: Some(span.start_line),
                    columns: span.start_col..span.start_col + width.max(1),
                }),
            )]
        }
        ErrorKind::MissingParent { current: template, .. }
        | ErrorKind::CircularExtend { tpl: template, .. }
        | ErrorKind::CircularInclude { tpl: template, .. } => {
            let place = Spot { template: template.clone(), line: None, columns: 0..0 };
            vec![fault(&error.to_string(), Some(place))]
        }
        ErrorKind::Msg(reports) => reports.split("\n\n").map(read_report).collect(),
        _ => vec![fault(&error.to_string(), None)],
    }
}

/// Parts a message from the names it lists.
fn fault(message: &str, place: Option<Spot>) -> Fault {
    let (message, names) = message
        .split_once(" Available variables: ")
        .or_else(|| message.split_once(" Available fields: "))
        .unwrap_or((message, ""));
    Fault { place, message: message.trim_end_matches('.').to_owned(), names: names.to_owned() }
}

/// Reads one finished report; text of any other shape is the message as it is.
fn read_report(report: &str) -> Fault {
    let mut lines = report.lines();
    let message = lines.next().and_then(|line| line.strip_prefix("error: "));
    let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
    match (message, place.and_then(read_place)) {
        (Some(message), Some(mut spot)) => {
            let width = report.lines().last().map_or(1, |line| line.matches('^').count());
            spot.columns.end = spot.columns.start + width.max(1);
            fault(message, Some(spot))
        }
        _ => fault(report, None),
    }
}

/// Reads `actor.html:12:5`, columns from 1.
fn read_place(place: &str) -> Option<Spot> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let start = column.checked_sub(1)?;
    Some(Spot { template: parts.next()?.to_owned(), line: Some(line), columns: start..start })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_template_line_column_and_the_names_there_are() {
        for (template, expected) in [
            (
                "one\n{{ name | shout }}{{ ask() }}",
                "a.html:2:11: Unknown filter `shout`|a.html:2:22: Unknown function `ask`",
            ),
            ("{% if name %}", "a.html:1:14: Unexpected end of input"),
            (
                "{% extends \"z.html\" %}",
                "a.html: Template 'a.html' is inheriting from 'z.html', which doesn't exist or isn't loaded",
            ),
            ("{{ nam }}", "a.html:1:4: Variable `nam` is not defined (there are: name, story)"),
            ("ä {{ story.titel }}", "a.html:1:12: Field `titel` is not defined (there are: title)"),
        ] {
            let mut tera = tera::Tera::new();
            let error = tera.add_raw_template("a.html", template).and_then(|()| {
                let mut context = tera::Context::new();
                context.insert("name", "Mara");
                context.insert("story", &std::collections::BTreeMap::from([("title", "Talks")]));
                tera.render("a.html", &context).map(drop)
            });
            let faults = faults(&error.expect_err(template));
            let actual: Vec<String> = faults.iter().map(Fault::to_string).collect();
            assert_eq!(actual.join("|"), expected, "{template:?}");
        }
    }

    #[test]
    fn text_of_another_shape_is_shown_as_it_is() {
        let error = Error::message("component `card` is defined twice");
        assert_eq!(
            faults(&error),
            [Fault {
                place: None,
                message: "component `card` is defined twice".to_owned(),
                names: String::new()
            }]
        );
    }
}
