//! Which files changed.
//!
//! Events of the system, gathered until they pause: an editor that saves by writing a
//! second file and renaming it makes four, and one page. Where the system has none
//! for a folder (a share, some containers) files are looked at every second.
//!
//! Reading a file is an event too, on Linux; those and changed permissions are passed
//! over, and so is everything in the folders that we write. What an event means is
//! found by looking: what has the same bytes as before makes no new page.
//!
//! The gathering is our own twenty lines over `notify`: its small debouncer does not
//! tell reading from writing, the large one walks the tree for identities that nobody
//! here needs, and both wait for a tick.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{MetadataKind, ModifyKind};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// So long nothing must happen for a save to be over.
const PAUSE: Duration = Duration::from_millis(8);
/// So many pauses are waited for where something keeps happening.
const PAUSES: usize = 25;
/// How often files are looked at where there are no events.
const EVERY: Duration = Duration::from_secs(1);

/// Folders of an archive that are watched.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

type Events = Receiver<notify::Result<Event>>;

/// Watches an archive.
pub struct Watch {
    root: PathBuf,
    /// Folders in which nothing is of interest.
    outside: Vec<PathBuf>,
    watcher: Box<dyn Watcher + Send>,
    events: Events,
    /// Folders that are watched.
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches the archive in `root`, but for what lies in `outside`. With `poll`
    /// files are looked at every second; else only where the system tells of none.
    ///
    /// # Errors
    ///
    /// What the system says where it lets nobody watch the folder in any way.
    pub fn new(root: &Path, outside: &[PathBuf], poll: bool) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let outside = outside
            .iter()
            .map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.clone()))
            .flat_map(|folder| [folder.canonicalize().unwrap_or_else(|_| folder.clone()), folder])
            .collect();
        let (watcher, events) = match (!poll).then(by_events).and_then(Result::ok) {
            Some(watcher) => watcher,
            None => by_polling()?,
        };
        let mut watch = Self { root, outside, watcher, events, watched: BTreeSet::new() };
        if watch.watch_all().is_err() {
            // No events for this folder, or no more of them on this machine.
            (watch.watcher, watch.events) = by_polling()?;
            watch.watched.clear();
            watch.watch_all().map_err(|error| error.to_string())?;
        }
        Ok(watch)
    }

    /// Waits for the next change and gives the files that it touches, in order; they
    /// need not exist any more. `None` when nothing can be watched any more.
    pub fn wait(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            let mut files = BTreeSet::new();
            self.take(self.events.recv().ok()?, &mut files);
            for _ in 0..PAUSES {
                match self.events.recv_timeout(PAUSE) {
                    Ok(event) => self.take(event, &mut files),
                    Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
                }
            }
            // A folder that was made just now has had files put into it since.
            let before = self.watched.len();
            let _ = self.watch_all();
            if self.watched.len() > before {
                files.insert(self.root.clone());
            }
            if !files.is_empty() {
                return Some(files.into_iter().collect());
            }
        }
    }

    /// Watches the root for itself and those of its folders that are there; all of it
    /// where it has no `content/`.
    fn watch_all(&mut self) -> notify::Result<()> {
        let is_bare = !self.root.join(FOLDERS[0]).is_dir();
        let mode = if is_bare { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        if self.watched.insert(self.root.clone()) {
            self.watcher.watch(&self.root, mode)?;
        }
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if !folder.is_dir() {
                self.watched.remove(&folder);
            } else if !is_bare && self.watched.insert(folder.clone()) {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    fn take(&self, event: notify::Result<Event>, files: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else {
            // Something was missed: everything is looked at.
            files.insert(self.root.clone());
            return;
        };
        if event.need_rescan() {
            files.insert(self.root.clone());
        }
        match event.kind {
            // How polling tells of an edit.
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime)) => {}
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => return,
            _ => {}
        }
        let is_ours = |file: &Path| self.outside.iter().any(|folder| file.starts_with(folder));
        files.extend(event.paths.into_iter().filter(|file| !is_ours(file) && !self.is_aside(file)));
    }

    /// Whether `file` stands in the root and is none of the files that we read there.
    fn is_aside(&self, file: &Path) -> bool {
        const READ: [&str; 3] = ["annals.toml", "actors.toml", "annals.lock"];
        let is_bare = !self.root.join(FOLDERS[0]).is_dir();
        let named = |names: &[&str]| names.iter().any(|name| file == self.root.join(name));
        !is_bare && file.parent() == Some(&self.root) && !named(&READ) && !named(&FOLDERS)
    }
}

type Sending = Sender<notify::Result<Event>>;

fn by_events() -> Result<(Box<dyn Watcher + Send>, Events), String> {
    let (sender, events): (Sending, Events) = channel();
    let watcher = RecommendedWatcher::new(sender, Config::default());
    Ok((Box::new(watcher.map_err(|error| error.to_string())?), events))
}

fn by_polling() -> Result<(Box<dyn Watcher + Send>, Events), String> {
    let (sender, events): (Sending, Events) = channel();
    let watcher = PollWatcher::new(sender, Config::default().with_poll_interval(EVERY));
    Ok((Box::new(watcher.map_err(|error| error.to_string())?), events))
}
