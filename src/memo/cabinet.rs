//! Values by key in a folder, from one run of the program to the next.
//!
//! The folder is a cache and nothing but a cache: whatever is wrong with it (gone,
//! damaged, written by another version, on a full or read-only disk) is as if the
//! value had never been kept. So reading has no errors, and nobody needs to care
//! about those of writing.
//!
//! Values lie in 256 drawers by the first byte of their key, so that a changed value
//! costs the rewriting of one drawer. A drawer begins with a stamp (whose values
//! these are) and the hash of everything behind it, and is replaced by renaming. It
//! holds what the last build asked for, so the folder grows with the archive and
//! not with its history.
//!
//! Values are written with `postcard`: small, quick, and able to read what serde
//! already derives. That it knows no names is no loss here, since every version of
//! the program has a stamp of its own.
#![expect(clippy::disallowed_methods, reason = "the cache is read and written here")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Key, Memo};

/// A folder of values.
#[derive(Debug)]
pub struct Cabinet {
    folder: PathBuf,
    stamp: Key,
    /// The keys in each drawer as it stands on disk, in order; empty where it has to
    /// be written anew in any case.
    drawers: Vec<Vec<Key>>,
}

/// What is in a drawer, in the order of the keys.
type Values<V> = Vec<(Key, Arc<V>)>;

/// How many drawers there are.
const DRAWERS: usize = 256;
/// Bytes before the values of a drawer: the stamp and the hash.
const HEAD: usize = 64;

impl Cabinet {
    /// The cabinet in `folder`, which need not exist. `stamp` is the hash of what all
    /// values depend on; those under another stamp are not there.
    pub fn new(folder: PathBuf, stamp: Key) -> Self {
        Self { folder, stamp, drawers: vec![Vec::new(); DRAWERS] }
    }

    /// Puts every value of the cabinet into `memo`.
    pub fn open<V>(&mut self, memo: &Memo<Key, V>)
    where
        V: DeserializeOwned + Send + Sync,
    {
        self.drawers = (0..DRAWERS)
            .into_par_iter()
            .map(|number| {
                let Some(values) = self.read_drawer(&self.drawer(number)) else {
                    return Vec::new();
                };
                let mut keys: Vec<Key> = values.iter().map(|(key, _)| *key).collect();
                keys.sort_unstable();
                for (key, value) in values {
                    memo.insert(key, value);
                }
                keys
            })
            .collect();
    }

    /// Makes the cabinet hold what `memo` holds; only drawers whose keys are others
    /// than before are written.
    ///
    /// # Errors
    ///
    /// The first that the system gives. The drawers that were written are whole, and
    /// so are the others.
    pub fn close<V>(&mut self, memo: &Memo<Key, V>) -> io::Result<()>
    where
        V: Serialize + Send + Sync,
    {
        let mut wanted: BTreeMap<usize, Values<V>> = BTreeMap::new();
        for (key, value) in memo.values() {
            wanted.entry(usize::from(key.0[0])).or_default().push((key, value));
        }
        for values in wanted.values_mut() {
            values.sort_unstable_by_key(|(key, _)| *key);
        }
        let changed: Vec<(usize, Values<V>)> = (0..DRAWERS)
            .map(|number| (number, wanted.remove(&number).unwrap_or_default()))
            .filter(|(number, values)| {
                let known = &self.drawers[*number];
                !values.iter().map(|(key, _)| key).eq(known)
            })
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        self.make_folder()?;
        let Some(_lock) = self.lock()? else { return Ok(()) };
        let written: Vec<io::Result<(usize, Vec<Key>)>> = changed
            .into_par_iter()
            .map(|(number, values)| {
                self.write_drawer(&self.drawer(number), &values)?;
                Ok((number, values.into_iter().map(|(key, _)| key).collect()))
            })
            .collect();
        for result in written {
            let (number, keys) = result?;
            self.drawers[number] = keys;
        }
        Ok(())
    }

    /// The value called `name`, if it was kept under the same stamp.
    pub fn get<V: DeserializeOwned>(&self, name: &str) -> Option<V> {
        let bytes = self.read(&self.folder.join(name))?;
        postcard::from_bytes(&bytes[HEAD..]).ok()
    }

    /// Keeps `value` under `name`.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn put(&self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.make_folder()?;
        let Some(_lock) = self.lock()? else { return Ok(()) };
        let bytes = postcard::to_extend(value, vec![0; HEAD]).map_err(io::Error::other)?;
        self.write(&self.folder.join(name), bytes)
    }

    fn drawer(&self, number: usize) -> PathBuf {
        self.folder.join("drawers").join(format!("{number:02x}"))
    }

    fn read_drawer<V: DeserializeOwned>(&self, file: &Path) -> Option<Vec<(Key, V)>> {
        let bytes = self.read(file)?;
        let mut rest = &bytes[HEAD..];
        let mut values = Vec::new();
        while !rest.is_empty() {
            let (value, behind) = postcard::take_from_bytes(rest).ok()?;
            values.push(value);
            rest = behind;
        }
        Some(values)
    }

    fn write_drawer<V: Serialize>(&self, file: &Path, values: &[(Key, Arc<V>)]) -> io::Result<()> {
        if values.is_empty() {
            return fs::remove_file(file);
        }
        let mut bytes = vec![0; HEAD];
        for (key, value) in values {
            bytes = postcard::to_extend(&(key, &**value), bytes).map_err(io::Error::other)?;
        }
        self.write(file, bytes)
    }

    /// A whole file with its head; `None` where it is not there, not ours or damaged.
    fn read(&self, file: &Path) -> Option<Vec<u8>> {
        let bytes = fs::read(file).ok()?;
        let (head, body) = bytes.split_at_checked(HEAD)?;
        let whole = head[..32] == self.stamp.0 && head[32..] == blake3::hash(body).as_bytes()[..];
        whole.then_some(bytes)
    }

    /// Fills in the head of `bytes` and replaces the file.
    fn write(&self, file: &Path, mut bytes: Vec<u8>) -> io::Result<()> {
        let hash = blake3::hash(&bytes[HEAD..]);
        bytes[..32].copy_from_slice(&self.stamp.0);
        bytes[32..HEAD].copy_from_slice(hash.as_bytes());
        let beside = file.with_extension("new");
        let result = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, file));
        if result.is_err() {
            // On a full disk half a file is worse than none.
            let _ = fs::remove_file(&beside);
        }
        result
    }

    /// The folder, with a word to programs for version control and backups that
    /// nothing in it is worth keeping.
    ///
    /// Source: Cache Directory Tagging Specification 0.6.
    fn make_folder(&self) -> io::Result<()> {
        const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of Annals: may be deleted at any time.\n";
        fs::create_dir_all(self.folder.join("drawers"))?;
        for (name, text) in [(".gitignore", "*\n"), ("CACHEDIR.TAG", TAG)] {
            let file = self.folder.join(name);
            if !file.exists() {
                fs::write(file, text)?;
            }
        }
        Ok(())
    }

    /// Keeps other runs of the program from writing at the same time; `None` where one
    /// does, which then keeps as good a cache as this one would.
    fn lock(&self) -> io::Result<Option<File>> {
        let file = File::create(self.folder.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u32) -> Key {
        Key::of("test", 1, &[&n.to_le_bytes()])
    }

    fn stamp(text: &str) -> Key {
        Key::of("stamp", 1, &[text.as_bytes()])
    }

    /// A cabinet in `folder` that holds `n` values.
    fn filled(folder: &Path, n: u32) -> Cabinet {
        let memo = Memo::default();
        for n in 0..n {
            memo.insert(key(n), format!("value {n}"));
        }
        let mut cabinet = Cabinet::new(folder.to_owned(), stamp("one"));
        cabinet.close(&memo).unwrap();
        cabinet
    }

    fn held(folder: &Path, stamp: Key) -> Vec<String> {
        let memo: Memo<Key, String> = Memo::default();
        Cabinet::new(folder.to_owned(), stamp).open(&memo);
        let mut values: Vec<String> =
            memo.values().into_iter().map(|(_, value)| (*value).clone()).collect();
        values.sort();
        values
    }

    #[test]
    fn what_was_kept_is_there_in_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path(), 1000);
        assert_eq!(held(folder.path(), stamp("one")).len(), 1000);
        assert_eq!(held(folder.path(), stamp("two")), [""; 0], "under another stamp");
    }

    #[test]
    fn what_nobody_asked_for_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path(), 1000);
        let memo: Memo<Key, String> = Memo::default();
        let mut cabinet = Cabinet::new(folder.path().to_owned(), stamp("one"));
        cabinet.open(&memo);
        memo.get_or_make(key(3), || unreachable!("it was kept"));
        memo.forget_unused();
        cabinet.close(&memo).unwrap();
        assert_eq!(held(folder.path(), stamp("one")), ["value 3"]);
    }

    #[test]
    fn a_damaged_drawer_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path(), 1000);
        let drawer = folder.path().join("drawers/07");
        let whole = fs::read(&drawer).unwrap();
        let n_inside = (0..1000).filter(|n| key(*n).0[0] == 7).count();
        assert!(n_inside > 0);
        for at in (0..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 4;
            fs::write(&drawer, &bytes).unwrap();
            assert_eq!(held(folder.path(), stamp("one")).len(), 1000 - n_inside, "byte {at}");
            fs::write(&drawer, &whole[..at]).unwrap();
            assert_eq!(held(folder.path(), stamp("one")).len(), 1000 - n_inside, "cut at {at}");
        }
    }

    #[test]
    fn only_drawers_that_changed_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let memo = Memo::default();
        for n in 0..1000 {
            memo.insert(key(n), format!("value {n}"));
        }
        let mut cabinet = Cabinet::new(folder.path().to_owned(), stamp("one"));
        cabinet.close(&memo).unwrap();
        for number in 0..DRAWERS {
            fs::remove_file(cabinet.drawer(number)).unwrap_or_default();
        }
        memo.insert(key(1000), "one more".to_owned());
        cabinet.close(&memo).unwrap();
        let written = fs::read_dir(folder.path().join("drawers")).unwrap().count();
        assert_eq!(written, 1);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "no folder").unwrap();
        let memo: Memo<Key, String> = Memo::default();
        memo.insert(key(1), "one".to_owned());
        let mut cabinet = Cabinet::new(file.clone(), stamp("one"));
        cabinet.open(&memo);
        assert!(cabinet.close(&memo).is_err() && cabinet.put("last", &1).is_err());
        assert_eq!(cabinet.get::<u32>("last"), None);
        assert_eq!(fs::read(file).unwrap(), b"no folder");
    }

    #[test]
    fn a_named_value_reads_back_under_its_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let cabinet = filled(folder.path(), 0);
        assert_eq!(cabinet.get::<String>("last"), None);
        cabinet.put("last", &"seen").unwrap();
        assert_eq!(cabinet.get("last"), Some("seen".to_owned()));
        assert_eq!(
            Cabinet::new(folder.path().to_owned(), stamp("two")).get::<String>("last"),
            None
        );
    }
}
