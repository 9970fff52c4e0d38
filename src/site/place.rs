//! Where a site is written, and who may write there.
//!
//! [`Place::resolve`] follows every link first and then refuses an output that
//! would harm what the build reads; [`Lock`] keeps two builds of one folder apart.
#![expect(clippy::disallowed_methods, reason = "the room that writes files")]

use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::report;
use crate::diagnostic::Diagnostic;

/// Where a site is written, and what must not be harmed by that.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The folder that becomes the site; need not exist.
    pub folder: &'a Path,
    /// The archive's own folder: the output may lie inside, but neither be it nor
    /// hold it.
    pub archive: &'a Path,
    /// Folders of content, templates and static files: neither may lie in the
    /// other. They need not exist.
    pub sources: &'a [&'a Path],
    /// A file outside the site that changes in the same step, and its new text.
    pub record: Option<(&'a Path, &'a str)>,
}

/// The folders that writing has to do with, links resolved.
pub(super) struct Place {
    /// The output as the author named it.
    pub(super) shown: String,
    pub(super) folder: PathBuf,
    /// Beside the output: the tree that is being written; after the exchange the
    /// old site.
    pub(super) staging: PathBuf,
    /// Beside the output: the old site, where folders cannot be exchanged.
    pub(super) aside: PathBuf,
    lock: PathBuf,
}

impl Place {
    pub(super) fn resolve(output: &Output<'_>) -> Result<Self, Diagnostic> {
        let shown = output.folder.display().to_string();
        let resolved = |path: &Path| {
            resolve(path).map_err(|error| report::failed("resolve", &path.display(), &error))
        };
        let folder = resolved(output.folder)?;
        if resolved(output.archive)?.starts_with(&folder) {
            return Err(report::overlap(&shown, output.archive));
        }
        for source in output.sources {
            let path = resolved(source)?;
            if path.starts_with(&folder) || folder.starts_with(&path) {
                return Err(report::overlap(&shown, source));
            }
        }
        let Some(name) = folder.file_name() else {
            return Err(report::overlap(&shown, output.archive));
        };
        let beside = |suffix: &str| {
            let mut beside = std::ffi::OsString::from(".");
            beside.push(name);
            beside.push(suffix);
            folder.with_file_name(beside)
        };
        Ok(Self {
            shown,
            staging: beside(".annals-new"),
            aside: beside(".annals-old"),
            lock: beside(".annals-lock"),
            folder,
        })
    }

    pub(super) fn parent(&self) -> &Path {
        // `resolve` refuses an output without a name, so it has a parent.
        self.folder.parent().unwrap_or(&self.folder)
    }

    /// A path of the site as the author would name it.
    pub(super) fn show(&self, path: &str) -> String {
        format!("{}/{path}", self.shown.trim_end_matches('/'))
    }
}

/// A path without links and `..`, whether or not its end exists.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            part => {
                resolved.push(part);
                match resolved.canonicalize() {
                    Ok(real) => resolved = real,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(resolved)
}

/// Held while one build writes; other builds of the same folder are refused. The
/// system lets go of it however the process ends.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    pub(super) fn take(place: &Place) -> Result<Self, Diagnostic> {
        std::fs::create_dir_all(place.parent())
            .map_err(|error| report::failed("create", &place.parent().display(), &error))?;
        let failed = |error| report::failed("lock", &place.lock.display(), &error);
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&place.lock)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(std::fs::TryLockError::WouldBlock) => return Err(report::busy(&place.shown)),
                Err(std::fs::TryLockError::Error(error)) => return Err(failed(error)),
            }
            // Its last holder may have deleted the file between our two calls; a
            // lock on a deleted file keeps nobody out.
            if is_same_file(&file, &place.lock) {
                return Ok(Self { path: place.lock.clone(), _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Deleted while still held. One left behind does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.metadata()) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Other systems do not delete a file that someone holds open.
#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
