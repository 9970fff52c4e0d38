//! `annals check`: everything that is not as it should be, without writing.
//!
//! The site is rendered as `build` would render it, and every link from one page
//! to another is followed, anchors included.

use std::collections::BTreeSet;

use super::keep::Keep;
use super::load::{Loaded, load, verdict};
use super::{CheckArguments, CheckFormat, Failure, Terminal, build, report};
use crate::briefing;
use crate::clean::Rules;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{self, Build, Memory};

mod links;
mod outward;
pub(super) mod size;

pub(super) use links::survey;

pub(super) fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<(), Failure> {
    let output = arguments.archive.archive.join("public");
    let Loaded { input, static_files, lock, mut diagnostics, .. } =
        load(&arguments.archive, &output, terminal)?;
    diagnostics.extend(input.theme.unused());
    let (base_url, today) = (input.config.base_url.clone(), input.clearance.today);
    let memory = Memory::default();
    let (rules, _) = Rules::new("annals.toml", "", &input.config.outlet);
    let mut keep = Keep::of(&arguments.archive.archive, arguments.archive.no_cache, &input);
    keep.open(&memory);
    let bar = terminal.bar("reading", input.clippings.len());
    let build = pipeline::build(input, &memory, &|| bar.inc(1));
    bar.finish_and_clear();
    keep.close(&memory, terminal);
    diagnostics.extend(build.diagnostics.iter().cloned());
    diagnostics.extend(build.archive().audit(build.register()));
    let entries = build.archive().entries.iter();
    diagnostics.extend(entries.clone().filter_map(|entry| briefing::undated(&entry.briefing)));
    diagnostics.extend(rules.unused("annals.toml", entries.map(|entry| &entry.briefing.article)));
    let statics: BTreeSet<String> =
        static_files.iter().map(|file| file.address.as_str().to_owned()).collect();
    if lock.is_there() {
        diagnostics.extend(lock.next(build.lock(), true).err().map(stale));
    }
    diagnostics.extend(behind(&build));
    let survey = survey(&build, &statics);
    diagnostics.extend(survey.diagnostics);
    if arguments.external {
        let cache = arguments.archive.archive.join(".annals");
        let cache = (!arguments.archive.no_cache).then_some(cache.as_path());
        diagnostics.extend(outward::ask(&survey.outward, &base_url, cache, today, terminal));
    }
    diagnostics.extend(size::judge(&size::all(&build, survey.sizes, &static_files)));

    match arguments.format {
        CheckFormat::Text => {
            for diagnostic in &diagnostics {
                if !terminal.data(&report::text(diagnostic)) {
                    break;
                }
            }
            let n = |severity| {
                diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
            };
            terminal.say(&format!(
                "{}, {}, {}\n",
                build::count(n(Severity::Error), "error"),
                build::count(n(Severity::Warning), "warning"),
                build::count(n(Severity::Note), "note"),
            ));
        }
        CheckFormat::Json => {
            terminal.data(&diagnostics.iter().map(report::json).collect::<String>());
        }
        CheckFormat::Github => {
            terminal.data(&diagnostics.iter().map(report::github).collect::<String>());
        }
    }
    verdict(&diagnostics, arguments.archive.strict)
}

/// A lock that is behind keeps nothing from being built: the next build writes it.
fn stale(error: Diagnostic) -> Diagnostic {
    let help = "run `annals build` and commit annals.lock with the content";
    Diagnostic { severity: Severity::Warning, ..error.help(help) }
}

/// What is not published, and why.
fn behind(build: &Build) -> impl Iterator<Item = Diagnostic> {
    let said_already = |why: &str| why == pipeline::EMPTY;
    build.withheld().iter().filter(move |(_, why)| !said_already(why)).map(|(file, why)| {
        Diagnostic::note("withheld", format!("this clipping stays behind: {why}")).in_file(file)
    })
}
