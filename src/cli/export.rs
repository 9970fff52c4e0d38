//! `annals export`: what the archive holds, for other programs.
//!
//! The archive is read as `build` reads it and nothing is written; data goes to
//! standard output.

use super::{ExportArguments, ExportCommand, ExportFormat, Failure, Terminal, actors};
use crate::page::{Form, Selection};
use crate::when::When;

pub(super) fn run(arguments: &ExportArguments, terminal: &Terminal) -> Result<(), Failure> {
    let ExportCommand::Timeline { archive, format, actor, from, to } = &arguments.command;
    let build = actors::read(archive, terminal)?;
    let actor = match actor {
        Some(name) => Some(actors::find(build.archive(), name).map_err(|error| {
            terminal.diagnostics(&[error]);
            Failure::Archive
        })?),
        None => None,
    };
    let selection = Selection {
        actor,
        from: from.as_ref().and_then(When::first),
        to: to.as_ref().and_then(When::last),
        most: None,
    };
    let form = match format {
        ExportFormat::Csv => Form::Csv,
        ExportFormat::Json => Form::Json,
        ExportFormat::Ics => Form::Calendar,
    };
    terminal.data(&build.export_timeline(form, &selection));
    Ok(())
}
