#![expect(clippy::disallowed_methods, reason = "tests make and look at files")]

use std::ffi::OsString;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

/// A disk whose `fails_at`-th call fails, half done; `for_good` lets every later
/// one fail too, as if the process had been killed there.
struct Failing {
    calls: AtomicUsize,
    fails_at: usize,
    for_good: bool,
    /// Whether folders can change places.
    exchanges: bool,
    error: io::ErrorKind,
}

impl Failing {
    fn call(&self) -> io::Result<()> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let fails = call == self.fails_at || (self.for_good && call > self.fails_at);
        if fails { Err(self.error.into()) } else { Ok(()) }
    }

    fn failed(&self) -> bool {
        self.calls.load(Ordering::SeqCst) >= self.fails_at
    }
}

impl Disk for Failing {
    fn look(&self, path: &Path) -> io::Result<Option<Kind>> {
        self.call()?;
        Machine.look(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        self.call()?;
        Machine.list(folder)
    }
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        self.call()?;
        Machine.read(file)
    }
    fn hash(&self, file: &Path) -> io::Result<(Print, u64)> {
        self.call()?;
        Machine.hash(file)
    }
    fn create_folder(&self, folder: &Path, like: Option<&Path>) -> io::Result<()> {
        self.call()?;
        Machine.create_folder(folder, like)
    }
    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.call() {
            Machine.write(file, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        Machine.write(file, bytes)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        Machine.copy(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        Machine.link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        Machine.rename(from, to)
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.call()?;
        if self.exchanges {
            Machine.exchange(one, other)
        } else {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
    fn sync_tree(&self, _: &Path) -> io::Result<()> {
        self.call()
    }
    fn sync_names(&self, _: &Path) -> io::Result<()> {
        self.call()
    }
    fn remove_tree(&self, folder: &Path) -> io::Result<()> {
        if let Err(error) = self.call() {
            // Half done: one file is gone already.
            if let Some((name, _)) =
                Machine.list(folder)?.into_iter().find(|(_, kind)| *kind != Kind::Folder)
            {
                std::fs::remove_file(folder.join(name))?;
            }
            return Err(error);
        }
        Machine.remove_tree(folder)
    }
}

const OLD: [(&str, &str); 4] =
    [("", "old home"), ("same", "unchanged"), ("edited", "before"), ("gone", "removed later")];
const NEW: [(&str, &str); 4] =
    [("", "new home"), ("same", "unchanged"), ("edited", "after it"), ("fresh", "added")];

fn pages(of: &[(&str, &str)]) -> BTreeMap<Address, Vec<u8>> {
    of.iter()
        .map(|(name, text)| {
            let page = if name.is_empty() { Address::home() } else { Address::page(&["a", name]) };
            (page, text.as_bytes().to_vec())
        })
        .collect()
}

fn build(disk: &impl Disk, root: &Path, of: &[(&str, &str)]) -> Result<WriteReport, Diagnostic> {
    let pages = pages(of);
    let addresses: Vec<&Address> = pages.keys().collect();
    let (folder, content, file) =
        (root.join("public"), root.join("content"), root.join("static/logo.svg"));
    let output = Output { folder: &folder, archive: root, sources: &[&content], record: None };
    let logo = StaticFile { address: Address::of_static("logo.svg").unwrap(), file };
    write_on(disk, &output, &addresses, |page| Ok(Cow::Borrowed(&pages[page])), &[logo])
}

/// The files under the output, manifest and foreign files apart.
fn tree(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root.join("public"))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root.join("public")).unwrap();
            (path.to_str().unwrap().to_owned(), std::fs::read_to_string(entry.path()).unwrap())
        })
        .filter(|(path, _)| path != manifest::NAME)
        .collect()
}

fn expected(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = pages(of)
        .into_iter()
        .map(|(page, bytes)| (page.file_path(), String::from_utf8(bytes).unwrap()))
        .collect();
    files.insert("logo.svg".to_owned(), "<svg/>".to_owned());
    files.insert("CNAME".to_owned(), "harbour.example".to_owned());
    files.insert("a/same/notes.txt".to_owned(), "mine".to_owned());
    files
}

/// An archive with the old site and files of others in it.
fn archive() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("static")).unwrap();
    std::fs::write(root.path().join("static/logo.svg"), "<svg/>").unwrap();
    build(&Machine, root.path(), &OLD).unwrap();
    std::fs::write(root.path().join("public/CNAME"), "harbour.example").unwrap();
    std::fs::write(root.path().join("public/a/same/notes.txt"), "mine").unwrap();
    root
}

fn names(root: &Path) -> Vec<String> {
    let mut names: Vec<String> = Machine
        .list(root)
        .unwrap()
        .into_iter()
        .map(|(name, _)| name.into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Lets the first call fail, then the second, until a build comes through.
fn check_every_failure(for_good: bool, exchanges: bool, error: io::ErrorKind) {
    for fails_at in 1.. {
        let root = archive();
        let disk = Failing { calls: AtomicUsize::new(0), fails_at, for_good, exchanges, error };
        let result = build(&disk, root.path(), &NEW);
        let context = format!("call {fails_at}, for good: {for_good}, exchanges: {exchanges}");

        let stands = root.path().join("public").exists();
        assert!(stands || (for_good && !exchanges), "{context}: no site");
        if stands {
            let actual = tree(root.path());
            let is_new = actual == expected(&NEW);
            assert!(is_new || actual == expected(&OLD), "{context}: a mixed tree {actual:#?}");
            assert!(is_new || result.is_err(), "{context}: success without the new site");
        }

        build(&Machine, root.path(), &NEW).unwrap();
        assert_eq!(tree(root.path()), expected(&NEW), "{context}: not recovered");
        assert_eq!(names(root.path()), ["public", "static"], "{context}: leftovers");
        if !disk.failed() {
            assert!(fails_at > 20, "{context}: the loop saw every call");
            return;
        }
    }
}

#[test]
fn a_disk_that_fails_once_leaves_the_old_site_or_the_new_one() {
    check_every_failure(false, true, io::ErrorKind::StorageFull);
    check_every_failure(false, false, io::ErrorKind::Other);
}

#[test]
fn a_build_killed_anywhere_leaves_the_old_site_or_the_new_one() {
    check_every_failure(true, true, io::ErrorKind::Other);
}

#[test]
fn where_folders_cannot_change_places_the_next_build_mends_the_gap() {
    check_every_failure(true, false, io::ErrorKind::Other);
}

#[test]
fn the_disk_has_begun_before_all_pages_are_made() {
    let root = tempfile::tempdir().unwrap();
    let disk = Failing {
        calls: AtomicUsize::new(0),
        fails_at: usize::MAX,
        for_good: false,
        exchanges: true,
        error: io::ErrorKind::Other,
    };
    let has_begun = settling_beside(&disk, root.path(), |ask| {
        ask();
        (0..10_000).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(1));
            disk.calls.load(Ordering::SeqCst) > 0
        })
    });
    assert!(has_begun);
}
