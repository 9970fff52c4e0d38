//! `annals build`.
//!
//! Where nothing that a site is made from has changed and the site stands as it was
//! written, there is nothing to do but to say again what was said.

use std::path::Path;
use std::time::Instant;

use super::keep::{Keep, Summary, site_key};
use super::load::{Loaded, load, verdict};
use super::{BuildArguments, Failure, Terminal};
use crate::pipeline::{self, Asked, Keys, Memory};
use crate::site::{self, Address, Output, WriteReport};
use crate::text;

pub(super) fn run(arguments: &BuildArguments, terminal: &Terminal) -> Result<(), Failure> {
    #[expect(clippy::disallowed_methods, reason = "the last line says how long it took")]
    let start = Instant::now();
    let archive = arguments.archive.archive.as_path();
    let folder = arguments.output.clone().unwrap_or_else(|| archive.join("public"));
    let Loaded { input, static_files, sources, lock, mut diagnostics } =
        load(&arguments.archive, &folder, terminal)?;
    let sources: Vec<&Path> = sources.iter().map(std::path::PathBuf::as_path).collect();
    let output = Output { folder: &folder, archive, sources: &sources, record: None };
    let mut keep = Keep::of(archive, arguments.archive.no_cache, &input);
    let lock_print = input.lock.print;
    let keys = Keys::of(&input);
    let key = keys.build;
    let site_key = |print: u64| site_key(key, print, &folder, &static_files);
    let closing = |summary: Summary, report: &WriteReport| {
        terminal.say(&line(summary, report, &folder, start.elapsed().as_secs_f64()));
    };

    let last = keep.last(site_key(lock_print));
    if let Some(last) = last.filter(|last| site::is_whole(&output, &static_files, last.seal)) {
        terminal.detail("nothing has changed since the last build\n");
        diagnostics.extend(last.diagnostics);
        terminal.diagnostics(&diagnostics);
        closing(last.summary, &WriteReport::default());
        return verdict(&diagnostics, arguments.archive.strict);
    }

    let memory = Memory::default();
    keep.open(&memory);
    let n_known = memory.clippings().len();
    let n_clippings = input.clippings.len();
    let bar = terminal.bar("reading", n_clippings);
    let build = pipeline::build_known(input, keys, &memory, Asked::All, &|| bar.inc(1));
    bar.finish_and_clear();
    terminal.detail(&format!(
        "{} read, {n_known} known from earlier, after {:.2} s\n",
        count(n_clippings, "clipping"),
        start.elapsed().as_secs_f64()
    ));

    // The lock's text beside what all pages need.
    let (record, addresses) = rayon::join(
        || lock.next(build.lock(), arguments.locked),
        || build.addresses().collect::<Vec<&Address>>(),
    );
    let record = match record {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(error);
            terminal.diagnostics(&diagnostics);
            return Err(Failure::Archive);
        }
    };

    let output =
        Output { record: record.as_deref().map(|text| (lock.file.as_path(), text)), ..output };
    let bar = terminal.bar("writing", addresses.len());
    let render = |address: &Address| {
        bar.inc(1);
        build.render(address).unwrap_or(Ok(std::borrow::Cow::Borrowed(&[])))
    };
    let written = site::write(&output, &addresses, render, &static_files);
    bar.finish_and_clear();
    // What was understood is worth keeping even where a template is wrong.
    keep.close(&memory, terminal);
    match written {
        Ok(mut report) => {
            let mut said = build.diagnostics.clone();
            said.append(&mut report.diagnostics);
            let n_files = report.added + report.changed + report.unchanged;
            let summary = Summary::of(&build, &addresses, n_files);
            // The next build starts from the lock that this one wrote.
            let print = record.as_deref().map_or(lock_print, text::hash);
            keep.put_last(site_key(print), summary, &report, &said, terminal);
            let asked = std::collections::BTreeSet::new();
            keep.put_pages(pipeline::with_lock(key, print), &build, &asked, terminal);
            diagnostics.append(&mut said);
            terminal.diagnostics(&diagnostics);
            closing(summary, &report);
            // The process ends here: to free a large archive piece by piece would take
            // a tenth of the time it took to build.
            std::mem::forget((build, memory));
            verdict(&diagnostics, arguments.archive.strict)
        }
        Err(error) => {
            diagnostics.extend(build.diagnostics.iter().cloned());
            diagnostics.push(error);
            terminal.diagnostics(&diagnostics);
            Err(Failure::Archive)
        }
    }
}

/// The line a build ends with.
fn line(summary: Summary, report: &WriteReport, folder: &Path, seconds: f64) -> String {
    let withheld = match summary.withheld {
        0 => String::new(),
        n => format!(", {n} withheld"),
    };
    format!(
        "{}{withheld}, {}, {}, {}; {} in {} ({} added, {} changed, {} removed) in {seconds:.2} s\n",
        count(summary.articles, "article"),
        count(summary.actors, "actor"),
        count(summary.events, "event"),
        count(summary.pages, "page"),
        count(summary.files, "file"),
        folder.display(),
        report.added,
        report.changed,
        report.removed,
    )
}

/// `1 article`, `2,000 articles`.
pub(super) fn count(n: usize, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {what}{plural}", indicatif::HumanCount(n as u64))
}
