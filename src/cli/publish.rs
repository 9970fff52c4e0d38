//! `annals publish`: the site goes to a branch for GitHub Pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;

use super::check::size::{FILE, SITE};
use super::keep::Keep;
use super::load::{Loaded, load, verdict};
use super::{Failure, PublishArguments, Terminal, build, check};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Build, Memory};
use crate::publish::{Branch, Changes, Repository, Tree};
use crate::site::{self, Address, StaticFile};
use crate::source;

/// Most paths of one kind that a dry run lists.
const LISTED: usize = 30;

/// Pages that are made together.
const BATCH: usize = 1024;

pub(super) fn run(arguments: &PublishArguments, terminal: &Terminal) -> Result<(), Failure> {
    let folder = &arguments.archive.archive;
    let Loaded { input, static_files, lock, mut diagnostics, .. } =
        load(&arguments.archive, &folder.join("public"), terminal)?;
    let memory = Memory::default();
    let mut keep = Keep::of(folder, arguments.archive.no_cache, &input);
    keep.open(&memory);
    let bar = terminal.bar("reading", input.clippings.len());
    let build = pipeline::build(input, &memory, &|| bar.inc(1));
    bar.finish_and_clear();
    keep.close(&memory, terminal);
    let statics: BTreeSet<String> =
        static_files.iter().map(|file| file.address.as_str().to_owned()).collect();
    diagnostics.extend(build.diagnostics.iter().cloned());
    diagnostics.extend(check::survey(&build, &statics).diagnostics);
    let stop = |mut diagnostics: Vec<Diagnostic>, error: Option<Diagnostic>| {
        diagnostics.extend(error);
        terminal.diagnostics(&diagnostics);
        Err(Failure::Archive)
    };
    if verdict(&diagnostics, arguments.archive.strict).is_err() {
        return stop(diagnostics, None);
    }
    let record = match lock.next(build.lock(), arguments.locked) {
        Ok(record) => record,
        Err(error) => return stop(diagnostics, Some(error)),
    };
    let branch = Branch { remote: &arguments.remote, name: &arguments.branch };
    let sent = send(arguments, branch, &build, &static_files, || match &record {
        Some(text) => site::replace(&lock.file, text),
        None => Ok(()),
    });
    match sent {
        Ok(told) => {
            terminal.diagnostics(&diagnostics);
            terminal.data(&told);
            Ok(())
        }
        Err(error) => stop(diagnostics, Some(error)),
    }
}

/// Makes the commit and sends it, unless this is a dry run; gives what there is to
/// say. `settle` is called before anything is sent.
fn send(
    arguments: &PublishArguments,
    branch: Branch<'_>,
    build: &Build,
    static_files: &[StaticFile],
    settle: impl FnOnce() -> Result<(), Diagnostic>,
) -> Result<String, Diagnostic> {
    let repository = Repository::open(&arguments.archive.archive)?;
    let tip = repository.look(branch)?;
    let n = build.archive().entries.len();
    let message = format!("Publish {}", build::count(n, "article"));
    let mut sizes = BTreeMap::new();
    let (commit, changes) = repository.commit(tip.as_ref(), &message, |tree| {
        fill(tree, build, static_files)?;
        if let Some(cname) = tip.as_ref().and_then(|tip| tip.cname.as_ref())
            && !tree.has("CNAME")
        {
            tree.put("CNAME", cname)?;
        }
        sizes.clone_from(tree.sizes());
        Ok(())
    })?;
    if let Some((path, _)) = sizes.iter().find(|(_, size)| **size > FILE) {
        let message = format!("`{path}` is over 100 MiB, which GitHub takes in no file");
        return Err(Diagnostic::error("publish-size", message)
            .help("make it smaller, or keep it elsewhere: nothing was published"));
    }
    let total: u64 = sizes.values().sum();
    let mut told = tell(&changes, build, arguments.dry_run);
    let share = indicatif::HumanBytes(total);
    let _ = writeln!(
        told,
        "{} in {}, of the 1 GB that GitHub Pages takes; a deployment there may take 10 minutes",
        share,
        build::count(sizes.len(), "file")
    );
    if total > SITE {
        told += "warning: the site is larger than GitHub Pages takes\n";
    }
    if arguments.dry_run {
        told += "nothing was sent\n";
        return Ok(told);
    }
    settle()?;
    if changes.is_empty() && tip.is_some() {
        told += "the branch holds this very site already\n";
        return Ok(told);
    }
    repository.send(branch, tip.as_ref(), &commit)?;
    let _ = writeln!(told, "published on `{}` of `{}`", branch.name, branch.remote);
    Ok(told)
}

/// Puts every page and every static file into the tree.
fn fill(tree: &mut Tree, build: &Build, static_files: &[StaticFile]) -> Result<(), Diagnostic> {
    let statics: BTreeMap<String, &StaticFile> =
        static_files.iter().map(|file| (file.address.file_path(), file)).collect();
    let addresses: Vec<&Address> =
        build.addresses().filter(|address| !statics.contains_key(&address.file_path())).collect();
    for batch in addresses.chunks(BATCH) {
        let pages: Vec<_> = batch.par_iter().map(|address| build.render(address)).collect();
        for (address, page) in batch.iter().zip(pages) {
            if let Some(bytes) = page.transpose()? {
                tree.put(&address.file_path(), &bytes)?;
            }
        }
    }
    for (path, file) in statics {
        let bytes = source::static_bytes(&file.file).map_err(|error| {
            Diagnostic::error("unreadable-file", format!("`static/{path}` cannot be read: {error}"))
                .help("nothing was published")
        })?;
        tree.put(&path, &bytes)?;
    }
    Ok(())
}

/// What changes, and what stays behind.
fn tell(changes: &Changes, build: &Build, with_paths: bool) -> String {
    let is_page =
        |path: &&String| std::path::Path::new(path).extension().is_some_and(|it| it == "html");
    let moved: BTreeSet<String> = build.moved().map(Address::file_path).collect();
    let redirected: Vec<&String> = changes
        .added
        .iter()
        .chain(&changes.changed)
        .filter(|path| moved.contains(path.as_str()))
        .collect();
    let rest = |paths: &'_ Vec<String>| -> Vec<String> {
        paths
            .iter()
            .filter(is_page)
            .filter(|path| !moved.contains(path.as_str()))
            .cloned()
            .collect()
    };
    let redirected: Vec<String> = redirected.into_iter().cloned().collect();
    let withheld: Vec<String> =
        build.withheld().iter().map(|(file, why)| format!("{file} ({why})")).collect();
    let mut told = String::new();
    for (what, paths) in [
        ("added", rest(&changes.added)),
        ("changed", rest(&changes.changed)),
        ("redirected", redirected),
        ("gone", rest(&changes.gone)),
    ] {
        let _ = writeln!(told, "{} {what}", build::count(paths.len(), "page"));
        list(&mut told, &paths, with_paths);
    }
    if !withheld.is_empty() {
        let _ = writeln!(told, "{} behind", build::count(withheld.len(), "clipping"));
        list(&mut told, &withheld, with_paths);
    }
    told
}

fn list(told: &mut String, lines: &[String], is_wanted: bool) {
    if !is_wanted {
        return;
    }
    for line in lines.iter().take(LISTED) {
        let _ = writeln!(told, "  {line}");
    }
    if lines.len() > LISTED {
        let _ = writeln!(told, "  … and {} more", lines.len() - LISTED);
    }
}
