//! A map of pages becomes a folder, as one step.
//!
//! The order of things is the whole point:
//!
//! 1. Resolve the folders and refuse to touch a source ([`Place::resolve`]).
//! 2. Lock, so that two builds never mix.
//! 3. Mend what an interrupted build left ([`recover`]).
//! 4. Refuse a folder that holds files but no manifest of ours.
//! 5. Write what is new into a sibling folder; what did not change, and what is
//!    not ours, gets a second name there.
//! 6. Settle it on disk, exchange the two folders, settle the exchange.
//! 7. Delete the old tree.
//!
//! Up to the exchange the old site has not been touched, after it the new one is
//! complete and durable. Nothing is ever opened for writing in place: that also
//! makes second names safe. On Linux the settling is one `syncfs` instead of an
//! `fsync` for each of tens of thousands of files, and a large site is settled piece by
//! piece while pages are still being made: the disk has its work then, too.
//!
//! Where nothing changed, nothing is exchanged.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, mpsc};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::disk::{Disk, Kind, Machine};
use super::manifest::{self, Manifest, Print};
use super::place::{Lock, Output, Place};
use super::plant::replace;
use super::{Address, report};
use crate::diagnostic::Diagnostic;

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Where it stands in the site.
    pub address: Address,
    /// Where it is read from.
    pub file: PathBuf,
}

impl StaticFile {
    /// Its bytes on disk; 0 where it is gone.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.file).map_or(0, |metadata| metadata.len())
    }
}

/// What a build did to the site, in files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Not there before.
    pub added: usize,
    /// There before with other bytes.
    pub changed: usize,
    /// There before with the same bytes.
    pub unchanged: usize,
    /// There before and no longer part of the site.
    pub removed: usize,
    /// What the author should know.
    pub diagnostics: Vec<Diagnostic>,
    /// By which [`is_whole`] knows the site again.
    pub seal: Seal,
}

/// A hash of the names, the hashes and the sizes of all files of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal(u128);

impl Seal {
    /// Of files in the order of their paths: path, hash, size.
    fn of<'a>(files: impl Iterator<Item = (&'a String, Print, u64)>) -> Self {
        let mut hasher = Xxh3::new();
        for (path, hash, size) in files {
            for part in [path.as_bytes(), b"\0", &hash.to_bytes(), &size.to_le_bytes()] {
                hasher.update(part);
            }
        }
        Self(hasher.digest128())
    }
}

/// Whether `output` holds the site that a [`WriteReport`] with this `seal` was about,
/// as far as names and sizes tell, with these static files: then the same pages need
/// not be written again. Files of others do not matter.
pub fn is_whole(output: &Output<'_>, static_files: &[StaticFile], seal: Seal) -> bool {
    let disk = &Machine;
    let Ok(place) = Place::resolve(output) else { return false };
    let is_absent = |path: &Path| matches!(disk.look(path), Ok(None));
    let Ok(Some(manifest)) = old_manifest(disk, &place) else { return false };
    let sizes: Vec<Option<u64>> = manifest
        .files
        .par_iter()
        .map(|(path, _)| match disk.look(&place.folder.join(path)) {
            Ok(Some(Kind::File(size))) => Some(size),
            _ => None,
        })
        .collect();
    let Some(sizes) = sizes.into_iter().collect::<Option<Vec<u64>>>() else { return false };
    let files = manifest.files.iter().zip(sizes).map(|((path, hash), size)| (path, *hash, size));
    let is_unchanged = |file: &StaticFile| {
        let known = manifest.files.get(&file.address.file_path());
        disk.hash(&file.file).is_ok_and(|(hash, _)| known == Some(&hash))
    };
    is_absent(&place.staging)
        && is_absent(&place.aside)
        && Seal::of(files) == seal
        && static_files.par_iter().all(is_unchanged)
}

/// Makes `output` hold `pages` and `static_files`, and the files of others that
/// it held before.
///
/// `render` gives the bytes of one page; it is called once for each, from many
/// threads, in no order. A static file wins over a page at the same address.
///
/// # Errors
///
/// The first error of `render` in the order of the addresses; an output folder
/// that overlaps with a source, is being written by another build or holds files
/// that are not ours; a file that cannot be written, with the reason the system
/// gives. The old site is untouched after each of them, with one exception: when
/// the last step, making the exchange durable, fails, the new one stands.
pub fn write<'p, R>(
    output: &Output<'_>,
    pages: &[&Address],
    render: R,
    static_files: &[StaticFile],
) -> Result<WriteReport, Diagnostic>
where
    R: Fn(&Address) -> Result<Cow<'p, [u8]>, Diagnostic> + Sync,
{
    write_on(&Machine, output, pages, render, static_files)
}

/// [`write()`] on any disk.
fn write_on<'p, R>(
    disk: &impl Disk,
    output: &Output<'_>,
    pages: &[&Address],
    render: R,
    static_files: &[StaticFile],
) -> Result<WriteReport, Diagnostic>
where
    R: Fn(&Address) -> Result<Cow<'p, [u8]>, Diagnostic> + Sync,
{
    let place = Place::resolve(output)?;
    let _lock = Lock::take(&place)?;
    recover(disk, &place)?;
    let old = old_manifest(disk, &place)?;
    let (plan, mut diagnostics) = plan(pages, static_files)?;

    let started = OnceLock::new();
    let staging = Staging { disk, place: &place, plan: &plan, started, written: AtomicU64::new(0) };
    let fill = |ask: &(dyn Fn() + Sync)| staging.fill(old.as_ref(), render, ask);
    let result = settling_beside(disk, &place.staging, fill).and_then(|filled| {
        let mut report = filled.count(old.as_ref());
        report.seal =
            Seal::of(filled.files.iter().map(|(path, made)| (*path, made.hash, made.size)));
        report.diagnostics = filled.diagnostics;
        let listed = || filled.files.iter().map(|(path, made)| (*path, made.hash));
        let is_new = old.as_ref().is_none_or(|old| !old.lists(listed())) || report.changed > 0;
        if is_new {
            staging.complete(&filled.files, old.as_ref())?;
        }
        // Before the exchange: an address that is recorded and not yet published
        // does no harm, one that is published and not recorded would be forgotten.
        if let Some((file, text)) = output.record {
            replace(file, text)?;
        }
        if is_new {
            report.diagnostics.extend(swap(disk, &place, old.is_some())?);
        }
        Ok(report)
    });
    match result {
        Ok(mut report) => {
            diagnostics.append(&mut report.diagnostics);
            report.diagnostics = diagnostics;
            Ok(report)
        }
        Err(error) => {
            // What cannot be removed now is removed at the next start.
            let _ = disk.remove_tree(&place.staging);
            Err(error)
        }
    }
}

/// Brings back the old site where an interrupted build had put it aside, and
/// removes what it had begun.
fn recover(disk: &impl Disk, place: &Place) -> Result<(), Diagnostic> {
    let failed = |error: io::Error| {
        report::failed("clear what an interrupted build left beside", &place.shown, &error)
    };
    let look = |path: &Path| disk.look(path).map_err(failed);
    if look(&place.aside)?.is_some() {
        if look(&place.folder)?.is_none() {
            disk.rename(&place.aside, &place.folder).map_err(failed)?;
        } else {
            disk.remove_tree(&place.aside).map_err(failed)?;
        }
    }
    if look(&place.staging)?.is_some() {
        disk.remove_tree(&place.staging).map_err(failed)?;
    }
    Ok(())
}

/// What the last build wrote; `None` where there is no site yet.
fn old_manifest(disk: &impl Disk, place: &Place) -> Result<Option<Manifest>, Diagnostic> {
    /// What a repository keeps in a folder whose content it does not.
    const NO_CONTENT: [&str; 7] =
        [".git", ".gitignore", ".gitkeep", ".keep", ".gitattributes", "CNAME", ".nojekyll"];
    let failed = |error: io::Error| report::failed("read", &place.shown, &error);
    match disk.look(&place.folder).map_err(failed)? {
        None => return Ok(None),
        Some(Kind::Folder) => {}
        Some(_) => return Err(report::not_a_folder(&place.shown)),
    }
    let names = disk.list(&place.folder).map_err(failed)?;
    if names.iter().any(|(name, _)| name == manifest::NAME) {
        let bytes = disk.read(&place.folder.join(manifest::NAME)).map_err(failed)?;
        return match Manifest::read(&bytes) {
            Some(manifest) => Ok(Some(manifest)),
            None => Err(report::damaged_manifest(&place.shown)),
        };
    }
    let foreign = names
        .iter()
        .filter_map(|(name, _)| {
            let name = name.to_string_lossy();
            (!NO_CONTENT.contains(&name.as_ref())).then(|| name.into_owned())
        })
        .min();
    match foreign {
        Some(name) => Err(report::not_ours(&place.shown, &name)),
        None => Ok(None),
    }
}

/// Where a file of the site comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    Page(&'a Address),
    Static(&'a Path),
}

/// Every file of the site by its path, and every folder they need.
struct Plan<'a> {
    files: BTreeMap<String, Origin<'a>>,
    /// Parents before children.
    folders: BTreeSet<String>,
}

impl Plan<'_> {
    /// The folders that hold folders, parents before children.
    fn holders(&self) -> BTreeSet<&str> {
        self.folders.iter().filter_map(|folder| Some(folder.rsplit_once('/')?.0)).collect()
    }
}

/// Decides what stands where.
fn plan<'a>(
    pages: &[&'a Address],
    static_files: &'a [StaticFile],
) -> Result<(Plan<'a>, Vec<Diagnostic>), Diagnostic> {
    let mut diagnostics = Vec::new();
    // A map of what is in order is made in one go.
    let mut in_order: Vec<(String, Origin<'a>)> =
        pages.par_iter().map(|page| (page.file_path(), Origin::Page(page))).collect();
    in_order.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let mut files: BTreeMap<String, Origin<'a>> = in_order.into_iter().collect();
    for StaticFile { address, file } in static_files {
        let path = address.file_path();
        if path == manifest::NAME {
            diagnostics.push(report::own_name(&path));
            continue;
        }
        let lower = path.to_lowercase();
        if lower != path && files.contains_key(&lower) {
            diagnostics.push(report::differs_in_case(&path, &lower));
        }
        if let Some(Origin::Page(page)) = files.insert(path, Origin::Static(file)) {
            diagnostics.push(report::overridden(page));
        }
    }
    let folders = folders_of(files.keys());
    let mut paths = files.keys().peekable();
    let is_file = |folder: &&String| {
        while paths.next_if(|path| path < folder).is_some() {}
        paths.peek() == Some(folder)
    };
    if let Some(folder) = folders.iter().find(is_file) {
        return Err(report::file_and_folder(folder));
    }
    Ok((Plan { files, folders }, diagnostics))
}

/// The folders that hold `paths`, which are in order, and those that hold them.
fn folders_of<'a>(paths: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    let mut folders = Vec::new();
    let mut last = "";
    for path in paths {
        // What one folder holds follows each other: those of the path before are known.
        let same = path.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        let slashes = path.bytes().enumerate().skip(same).filter(|(_, byte)| *byte == b'/');
        folders.extend(slashes.map(|(end, _)| path[..end].to_owned()));
        last = path;
    }
    folders.into_iter().collect()
}

/// What became of one file of the plan.
struct Made {
    hash: Print,
    size: u64,
    /// Whether it was written; else the old file serves.
    written: bool,
}

/// What became of all of them.
struct Filled<'a> {
    /// In the order of their paths.
    files: Vec<(&'a String, Made)>,
    diagnostics: Vec<Diagnostic>,
}

impl Filled<'_> {
    fn count(&self, old: Option<&Manifest>) -> WriteReport {
        let known = |path: &str| old.is_some_and(|old| old.files.contains_key(path));
        let mut report = WriteReport::default();
        for (path, made) in &self.files {
            match (made.written, known(path)) {
                (true, false) => report.added += 1,
                (true, true) => report.changed += 1,
                (false, _) => report.unchanged += 1,
            }
        }
        let before = old.map_or(0, |old| old.files.len());
        report.removed = before - report.changed - report.unchanged;
        report
    }
}

/// Does `work`, and beside it settles `folder` on disk whenever `work` asks for it: what
/// has been settled need not be waited for at the end.
fn settling_beside<T>(
    disk: &impl Disk,
    folder: &Path,
    work: impl FnOnce(&(dyn Fn() + Sync)) -> T,
) -> T {
    let (ask, asked) = mpsc::sync_channel(1);
    std::thread::scope(|scope| {
        // A disk that fails will do so at the end, too, where it is said.
        scope.spawn(move || {
            for () in asked {
                let _ = disk.sync_tree(folder);
            }
        });
        // Who is asked already need not be asked again.
        let done = work(&|| {
            let _ = ask.try_send(());
        });
        drop(ask);
        done
    })
}

/// The tree that is being written beside the old site.
struct Staging<'a, D> {
    disk: &'a D,
    place: &'a Place,
    plan: &'a Plan<'a>,
    /// Its folders exist; created when the first file needs them, so that a build
    /// that changes nothing creates nothing.
    started: OnceLock<Result<(), Diagnostic>>,
    /// Bytes so far.
    written: AtomicU64,
}

impl<'a, D: Disk> Staging<'a, D> {
    /// Makes every file and writes those that are not in the old site already; asks now
    /// and then that what is written be settled.
    fn fill<'p, R>(
        &self,
        old: Option<&Manifest>,
        render: R,
        ask: &(dyn Fn() + Sync),
    ) -> Result<Filled<'a>, Diagnostic>
    where
        R: Fn(&Address) -> Result<Cow<'p, [u8]>, Diagnostic> + Sync,
    {
        /// Files that a thread takes at once. Left to itself rayon cuts a list for two
        /// threads into a few stretches, and one of them waits at the end while the other
        /// writes thousands of files.
        const AT_ONCE: usize = 32;
        let entries: Vec<(&'a String, &Origin<'_>)> = self.plan.files.iter().collect();
        let folder = |at: usize| Path::new(entries[at].0).parent();
        // A diagnostic takes four times what is said of a file, and there is hardly one.
        let made: Vec<Result<Option<Made>, Box<Diagnostic>>> = entries
            .par_iter()
            .with_max_len(AT_ONCE)
            .enumerate()
            .map(|(at, (path, origin))| match origin {
                Origin::Page(page) => {
                    let bytes = render(page)?;
                    // In their order the files of a folder stand together.
                    let is_first = at.checked_sub(1).map(folder) != Some(folder(at));
                    let made = self.page(path, &bytes, is_first, old)?;
                    if made.written && self.is_much(made.size) {
                        ask();
                    }
                    Ok(Some(made))
                }
                Origin::Static(file) => Ok(self.static_file(path, file, old)?),
            })
            .collect();
        let mut filled = Filled { files: Vec::with_capacity(made.len()), diagnostics: Vec::new() };
        // All are made before the first error is looked for, so that the same
        // mistake is reported whichever thread met it first.
        for ((path, _), made) in entries.into_iter().zip(made) {
            match made.map_err(|error| *error)? {
                Some(made) => filled.files.push((path, made)),
                None => filled.diagnostics.push(report::vanished(path)),
            }
        }
        Ok(filled)
    }

    /// Whether with `size` bytes more enough is written to settle it.
    fn is_much(&self, size: u64) -> bool {
        const MUCH: u64 = 64 * 1024 * 1024;
        let before = self.written.fetch_add(size, Ordering::Relaxed);
        before / MUCH < (before + size) / MUCH
    }

    /// `is_first` where no file before it goes into its folder.
    fn page(
        &self,
        path: &str,
        bytes: &[u8],
        is_first: bool,
        old: Option<&Manifest>,
    ) -> Result<Made, Diagnostic> {
        let hash = Print::of(bytes);
        let size = bytes.len() as u64;
        let written = !self.is_kept(path, hash, size, old)?;
        if written {
            self.start()?;
            let to = self.place.staging.join(path);
            let made = if is_first { self.make_folder(Path::new(path)) } else { Ok(()) };
            made.and_then(|()| self.in_folder(Path::new(path), || self.disk.write(&to, bytes)))
                .map_err(|error| report::failed("write", &self.place.show(path), &error))?;
        }
        Ok(Made { hash, size, written })
    }

    /// `None` where the file is gone since the folder was listed.
    fn static_file(
        &self,
        path: &str,
        file: &Path,
        old: Option<&Manifest>,
    ) -> Result<Option<Made>, Diagnostic> {
        let (hash, size) = match self.disk.hash(file) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(report::failed("read", &file.display(), &error)),
        };
        let written = !self.is_kept(path, hash, size, old)?;
        if written {
            self.start()?;
            let to = self.place.staging.join(path);
            self.in_folder(Path::new(path), || self.disk.copy(file, &to))
                .map_err(|error| report::failed("write", &self.place.show(path), &error))?;
        }
        Ok(Some(Made { hash, size, written }))
    }

    /// Whether the old site holds the file already. The size is looked at again,
    /// so that a file someone emptied is mended.
    fn is_kept(
        &self,
        path: &str,
        hash: Print,
        size: u64,
        old: Option<&Manifest>,
    ) -> Result<bool, Diagnostic> {
        let listed = old.and_then(|old| old.files.get(path)) == Some(&hash);
        if !listed {
            return Ok(false);
        }
        let found = self
            .disk
            .look(&self.place.folder.join(path))
            .map_err(|error| report::failed("read", &self.place.show(path), &error))?;
        Ok(found == Some(Kind::File(size)))
    }

    /// Creates the folders that hold others, once, whichever thread comes first.
    fn start(&self) -> Result<(), Diagnostic> {
        self.started
            .get_or_init(|| {
                let failed = |error: io::Error| report::failed("create", &self.place.shown, &error);
                let before = self.disk.look(&self.place.folder).map_err(failed)?;
                let like = before.map(|_| self.place.folder.as_path());
                self.disk.create_folder(&self.place.staging, like).map_err(failed)?;
                for folder in self.plan.holders() {
                    self.disk.create_folder(&self.place.staging.join(folder), None).map_err(
                        |error| report::failed("create", &self.place.show(folder), &error),
                    )?;
                }
                Ok(())
            })
            .clone()
    }

    /// Does what puts `path` into its folder, and creates that folder where it is missing.
    /// There are ten thousand of them: whoever comes first to each makes it, so that they
    /// are made on all cores.
    fn in_folder(&self, path: &Path, put: impl Fn() -> io::Result<()>) -> io::Result<()> {
        match put() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_folder(path).and_then(|()| put())
            }
            result => result,
        }
    }

    /// Creates the folder of `path`, unless somebody else has.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new(""));
        match self.disk.create_folder(&self.place.staging.join(folder), None) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result,
        }
    }

    /// Adds what the old site has and the new one keeps: unchanged files, files of
    /// others; and the manifest.
    fn complete(
        &self,
        files: &[(&String, Made)],
        old: Option<&Manifest>,
    ) -> Result<(), Diagnostic> {
        self.start()?;
        let (from, to) = (&self.place.folder, &self.place.staging);
        let link = |path: &Path| {
            self.in_folder(path, || self.disk.link(&from.join(path), &to.join(path))).map_err(
                |error| report::failed("keep", &self.place.show(&path.to_string_lossy()), &error),
            )
        };
        files
            .par_iter()
            .filter(|(_, made)| !made.written)
            .try_for_each(|(path, _)| link(Path::new(path)))?;

        let foreign = foreign(self.disk, self.place, old)?;
        for folder in &foreign.folders {
            let is_planned = folder.to_str().is_some_and(|path| self.plan.folders.contains(path));
            if !is_planned {
                self.disk.create_folder(&to.join(folder), Some(&from.join(folder))).map_err(
                    |error| {
                        report::failed("keep", &self.place.show(&folder.to_string_lossy()), &error)
                    },
                )?;
            }
        }
        for file in &foreign.files {
            match file.to_str() {
                Some(path) if self.plan.files.contains_key(path) => {
                    if !matches!(path, "CNAME" | ".nojekyll") {
                        return Err(report::in_the_way(&self.place.show(path)));
                    }
                }
                Some(path) if self.plan.folders.contains(path) => {
                    return Err(report::in_the_way(&self.place.show(path)));
                }
                _ => link(file)?,
            }
        }
        let manifest = manifest::text_of(files, |(path, made)| (path.as_str(), made.hash));
        self.disk
            .write(&to.join(manifest::NAME), &manifest)
            .map_err(|error| report::failed("write", &self.place.show(manifest::NAME), &error))
    }
}

/// What the output folder holds beside our files, by paths from its root.
#[derive(Default)]
struct Foreign {
    /// Parents before children; those of ours too that hold a file of others, for
    /// the next site may have no page there.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

fn foreign(disk: &impl Disk, place: &Place, old: Option<&Manifest>) -> Result<Foreign, Diagnostic> {
    let mut foreign = Foreign::default();
    let none = BTreeMap::new();
    let ours = old.map_or(&none, |old| &old.files);
    let our_folders = folders_of(ours.keys());
    if disk
        .look(&place.folder)
        .map_err(|error| report::failed("read", &place.shown, &error))?
        .is_none()
    {
        return Ok(foreign);
    }
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let names = disk.list(&place.folder.join(&folder)).map_err(|error| {
            report::failed("read", &place.show(&folder.to_string_lossy()), &error)
        })?;
        for (name, kind) in names {
            let path = folder.join(name);
            if kind == Kind::Folder {
                if !path.to_str().is_some_and(|path| our_folders.contains(path)) {
                    foreign.folders.push(path.clone());
                }
                open.push(path);
            } else {
                let is_ours = path
                    .to_str()
                    .is_some_and(|path| path == manifest::NAME || ours.contains_key(path));
                if !is_ours {
                    foreign.files.push(path);
                }
            }
        }
    }
    let kept = foreign.files.iter().chain(&foreign.folders);
    let around = kept.flat_map(|path| path.ancestors().skip(1));
    let around: BTreeSet<PathBuf> =
        around.filter(|path| !path.as_os_str().is_empty()).map(Path::to_owned).collect();
    foreign.folders.extend(around);
    foreign.folders.sort();
    foreign.folders.dedup();
    foreign.files.sort();
    Ok(foreign)
}

/// Makes the written tree the site. Gives a warning where the old tree cannot be
/// removed.
fn swap(disk: &impl Disk, place: &Place, had_site: bool) -> Result<Vec<Diagnostic>, Diagnostic> {
    let failed = |error: io::Error| report::failed("replace", &place.shown, &error);
    disk.sync_tree(&place.staging).map_err(failed)?;
    let stands = had_site || disk.look(&place.folder).map_err(failed)?.is_some();
    let mut old_tree = None;
    if stands {
        match disk.exchange(&place.staging, &place.folder) {
            Ok(()) => old_tree = Some(&place.staging),
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                disk.rename(&place.folder, &place.aside).map_err(failed)?;
                if let Err(error) = disk.rename(&place.staging, &place.folder) {
                    // The next start does it where this fails too.
                    let _ = disk.rename(&place.aside, &place.folder);
                    return Err(failed(error));
                }
                old_tree = Some(&place.aside);
            }
            Err(error) => return Err(failed(error)),
        }
    } else {
        disk.rename(&place.staging, &place.folder).map_err(failed)?;
    }
    disk.sync_names(place.parent()).map_err(failed)?;
    let left = old_tree.and_then(|tree| disk.remove_tree(tree).err());
    Ok(left.map(|error| report::old_tree_left(&place.shown, &error)).into_iter().collect())
}

#[cfg(test)]
mod tests;
