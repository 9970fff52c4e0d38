//! The file operations that a site is written with.
//!
//! They stand behind one small trait so that a test can let the first, the
//! second, the n-th of them fail and look what is left (`write`).
#![expect(clippy::disallowed_methods, reason = "the room that writes files")]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::manifest::Print;

/// What a path holds, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A plain file and its size in bytes.
    File(u64),
    /// A link, a pipe, a device.
    Other,
}

/// What the room asks of a file system. No operation follows a link at
/// the end of its path.
pub(super) trait Disk: Sync {
    /// What stands at `path`; `None` for nothing.
    fn look(&self, path: &Path) -> io::Result<Option<Kind>>;
    /// Names and kinds in a folder, in no order. Sizes are not asked for: 0.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>>;
    /// The whole file.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;
    /// Hash and size of a file, without holding it in memory.
    fn hash(&self, file: &Path) -> io::Result<(Print, u64)>;
    /// A new folder, with the permissions of `like` where one is named.
    fn create_folder(&self, folder: &Path, like: Option<&Path>) -> io::Result<()>;
    /// A new file.
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()>;
    /// A new file with the bytes of another.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// A second name for what stands at `from`; its bytes again where the file
    /// system has no second names.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two folders change places in one instant; `Unsupported` where they cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Everything written under `folder` so far survives a power cut.
    fn sync_tree(&self, folder: &Path) -> io::Result<()>;
    /// Names given in `folder` so far survive a power cut.
    fn sync_names(&self, folder: &Path) -> io::Result<()>;
    /// Nothing stands at `folder` any more.
    fn remove_tree(&self, folder: &Path) -> io::Result<()>;
}

/// The machine's own file system.
pub(super) struct Machine;

impl Disk for Machine {
    fn look(&self, path: &Path) -> io::Result<Option<Kind>> {
        match path.symlink_metadata() {
            Ok(found) if found.is_file() => Ok(Some(Kind::File(found.len()))),
            Ok(found) if found.is_dir() => Ok(Some(Kind::Folder)),
            Ok(_) => Ok(Some(Kind::Other)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                let kind = entry.file_type()?;
                let kind = if kind.is_dir() {
                    Kind::Folder
                } else if kind.is_file() {
                    Kind::File(0)
                } else {
                    Kind::Other
                };
                Ok((entry.file_name(), kind))
            })
            .collect()
    }

    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        fs::read(file)
    }

    fn hash(&self, file: &Path) -> io::Result<(Print, u64)> {
        Print::of_file(File::open(file)?)
    }

    fn create_folder(&self, folder: &Path, like: Option<&Path>) -> io::Result<()> {
        fs::create_dir(folder)?;
        match like {
            Some(like) => fs::set_permissions(folder, like.metadata()?.permissions()),
            None => Ok(()),
        }
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(file)?;
        file.write_all(bytes)?;
        settle(&file)
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::copy(from, to)?;
        settle(&File::open(to)?)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
        if is_absent(&error) || error.kind() == io::ErrorKind::AlreadyExists {
            return Err(error);
        }
        // Some file systems have no second names, others a highest number of them.
        if from.is_symlink() { relink(from, to) } else { self.copy(from, to) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        exchange(one, other)
    }

    fn sync_tree(&self, folder: &Path) -> io::Result<()> {
        sync_file_system(folder)
    }

    fn sync_names(&self, folder: &Path) -> io::Result<()> {
        // Windows opens no folders and keeps names in a journal of its own.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn remove_tree(&self, folder: &Path) -> io::Result<()> {
        const MANY: usize = 64;
        if self.look(folder)? == Some(Kind::Folder) {
            let inner = self.inner_folders(folder)?;
            if inner.len() >= MANY {
                remove_all(folder, &inner)?;
            }
        }
        match fs::remove_dir_all(folder) {
            Err(error) if is_absent(&error) => Ok(()),
            result => result,
        }
    }
}

impl Machine {
    /// The folders two levels down, where a site has its thousands.
    fn inner_folders(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let folders_in = |folder: &Path| -> io::Result<Vec<PathBuf>> {
            let names = self.list(folder)?.into_iter();
            let folders = names.filter(|(_, kind)| *kind == Kind::Folder);
            Ok(folders.map(|(name, _)| folder.join(name)).collect())
        };
        let mut inner = Vec::new();
        for folder in folders_in(folder)? {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            if !name.starts_with(OWN_PLACE) {
                inner.append(&mut folders_in(&folder)?);
            }
        }
        Ok(inner)
    }
}

/// Names of the places that the threads of [`remove_all`] take folders to.
const OWN_PLACE: &str = ".annals-removing-";

/// Removes many folders of a tree at once; the rest of the tree stays.
///
/// The threads wait for the disk and not for the processor. Each takes a folder
/// to a place of its own first, because systems remove one folder at a time from
/// each parent. Where freed blocks are discarded one by one, that makes a second
/// of what would take half a minute.
fn remove_all(tree: &Path, folders: &[PathBuf]) -> io::Result<()> {
    const THREADS: usize = 16;
    let next = AtomicUsize::new(0);
    let work = &|number: usize| -> io::Result<()> {
        let own = tree.join(format!("{OWN_PLACE}{number}"));
        // An interrupted removal may have left it, with what it was removing.
        match fs::remove_dir_all(&own) {
            Err(error) if !is_absent(&error) => return Err(error),
            _ => fs::create_dir(&own)?,
        }
        let doomed = own.join("doomed");
        while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
            fs::rename(folder, &doomed)?;
            fs::remove_dir_all(&doomed)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|number| scope.spawn(move || work(number))).collect();
        threads.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread ended early")))
        })
    })
}

/// Whether the error says that nothing stands there.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// One call for the whole file system: thirty thousand small files are on disk in
/// a fraction of the time that a call for each would take.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn sync_file_system(folder: &Path) -> io::Result<()> {
    rustix::fs::syncfs(File::open(folder)?).map_err(Into::into)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[expect(clippy::unnecessary_wraps, reason = "other systems do their work here")]
fn settle(_: &File) -> io::Result<()> {
    Ok(())
}

/// Files were settled one by one; what remains is the names of the top folder.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn sync_file_system(folder: &Path) -> io::Result<()> {
    Machine.sync_names(folder)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn settle(file: &File) -> io::Result<()> {
    file.sync_all()
}

#[cfg(unix)]
fn relink(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn relink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_of_many_folders_is_removed_with_what_an_earlier_try_left() {
        let root = tempfile::tempdir().unwrap();
        let tree = root.path().join("tree");
        for number in 0..500 {
            fs::create_dir_all(tree.join(format!("briefings/{number}/deep"))).unwrap();
        }
        fs::create_dir_all(tree.join(format!("{OWN_PLACE}3/doomed/deep"))).unwrap();
        fs::write(tree.join("index.html"), "home").unwrap();
        Machine.remove_tree(&tree).unwrap();
        assert_eq!(Machine.look(&tree).unwrap(), None);
        Machine.remove_tree(&tree).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_not_removed() {
        let root = tempfile::tempdir().unwrap();
        let (tree, outside) = (root.path().join("tree"), root.path().join("outside"));
        fs::create_dir_all(outside.join("kept")).unwrap();
        fs::create_dir_all(tree.join("a")).unwrap();
        for number in 0..100 {
            fs::create_dir_all(tree.join(format!("a/{number}"))).unwrap();
        }
        std::os::unix::fs::symlink(&outside, tree.join("link")).unwrap();
        std::os::unix::fs::symlink(&outside, tree.join("a/link")).unwrap();
        Machine.remove_tree(&tree).unwrap();
        assert!(outside.join("kept").exists() && !tree.exists());
    }
}
