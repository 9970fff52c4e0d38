//! `annals build`.

use std::time::Instant;

use super::load::{Loaded, load, verdict};
use super::{BuildArguments, Failure, Terminal};
use crate::pipeline::{self, Memory};
use crate::site::{self, Address, Output};

pub(super) fn run(arguments: &BuildArguments, terminal: &Terminal) -> Result<(), Failure> {
    #[expect(clippy::disallowed_methods, reason = "the last line says how long it took")]
    let start = Instant::now();
    let folder =
        arguments.output.clone().unwrap_or_else(|| arguments.archive.archive.join("public"));
    let Loaded { input, static_files, sources, lock, mut diagnostics } =
        load(&arguments.archive, &folder, terminal)?;

    let bar = terminal.bar("reading", input.clippings.len());
    let build = pipeline::build(input, &Memory::default(), &|| bar.inc(1));
    bar.finish_and_clear();
    diagnostics.extend(build.diagnostics.iter().cloned());

    let record = match lock.next(build.lock(), arguments.locked) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(error);
            terminal.diagnostics(&diagnostics);
            return Err(Failure::Archive);
        }
    };

    let addresses: Vec<Address> = build.addresses().cloned().collect();
    let sources: Vec<&std::path::Path> = sources.iter().map(std::path::PathBuf::as_path).collect();
    let output = Output {
        folder: &folder,
        archive: &arguments.archive.archive,
        sources: &sources,
        record: record.as_deref().map(|text| (lock.file.as_path(), text)),
    };
    let bar = terminal.bar("writing", addresses.len());
    let render = |address: &Address| {
        bar.inc(1);
        build.render(address).unwrap_or(Ok(std::borrow::Cow::Borrowed(&[])))
    };
    let written = site::write(&output, &addresses, render, &static_files);
    bar.finish_and_clear();
    match written {
        Ok(report) => {
            diagnostics.extend(report.diagnostics);
            terminal.diagnostics(&diagnostics);
            let archive = build.archive();
            let withheld = if build.n_withheld == 0 {
                String::new()
            } else {
                format!(", {} withheld", build.n_withheld)
            };
            terminal.say(&format!(
                "{}{withheld}, {}, {}; {} in {} ({} added, {} changed, {} removed) in {:.2} s\n",
                count(archive.entries.len(), "article"),
                count(archive.actors.len(), "actor"),
                count(archive.events.len(), "event"),
                count(report.added + report.changed + report.unchanged, "file"),
                folder.display(),
                report.added,
                report.changed,
                report.removed,
                start.elapsed().as_secs_f64(),
            ));
            let verdict = verdict(&diagnostics, arguments.archive.strict);
            // The process ends here: to free a large archive piece by piece would take
            // a tenth of the time it took to build.
            std::mem::forget(build);
            verdict
        }
        Err(error) => {
            diagnostics.push(error);
            terminal.diagnostics(&diagnostics);
            Err(Failure::Archive)
        }
    }
}

/// `1 article`, `2,000 articles`.
pub(super) fn count(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", indicatif::HumanCount(n as u64))
}
