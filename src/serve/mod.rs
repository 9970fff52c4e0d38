//! The site, shown while it is being written.
//!
//! In: a function that gives the archive as it stands, and the folders to watch. Out:
//! pages on a loopback address, rendered when a browser asks, by the function that
//! `build` uses; the reload script is put in on the way out (`answer`). Nothing is
//! written anywhere.
//!
//! One thread waits for edits and builds ([`run`]); another answers (`listen`). All
//! they share is what is to be [`Shown`], replaced as a whole. A request never makes a
//! path: what a browser asks for is looked up among the addresses of the site.
//!
//! Why `hyper` on `tokio`: it is the HTTP of most of the ecosystem, maintained, and
//! bounds the head of a request in bytes, fields and time. `axum` adds routes, of
//! which there is one here; `tiny_http` has no limits of time and rests since 2022.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch as channel;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
use crate::site::Address;

mod answer;
mod listen;
mod watch;

pub use listen::Door;
pub use watch::Watch;

/// What a browser is answered from.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Counts up whenever a page may look different.
    pub version: u64,
    /// The last good site; `None` before there is one.
    pub site: Option<Site>,
    /// Some of its pages, as they were made in an earlier run: until there is a site.
    pub early: Early,
    /// What keeps the archive, as it stands now, from being shown, as text.
    pub problem: Option<String>,
    /// Whether only style sheets are others than in the version before.
    pub is_style: bool,
}

/// Pages of a site that is not built yet, from an earlier run that built it from the very
/// same: they have the bytes that the site will have.
#[derive(Debug, Clone, Default)]
pub struct Early {
    /// The path the site stands under, without the slash at its end.
    pub base_path: String,
    /// Some of its pages and files.
    pub pages: Arc<BTreeMap<Address, Vec<u8>>>,
}

/// A site to answer from.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its pages.
    pub build: Arc<Build>,
    /// Where its static files are read from.
    pub static_files: Arc<BTreeMap<Address, PathBuf>>,
}

/// Turns a diagnostic into text.
pub type Draw = fn(&Diagnostic) -> String;

/// What came of looking at the archive again.
#[derive(Debug)]
pub enum Look {
    /// The site as it is now.
    Site(Site),
    /// Why there is none.
    Problem(Vec<Diagnostic>),
}

/// Builds and shows, until the process ends.
///
/// `look` gives the site after these files have changed (none: the first time), and may
/// show pages of it before; `draw` turns a diagnostic into text; `done` is called after
/// each look, when its result is shown already, with the addresses that were asked for.
///
/// # Errors
///
/// What the system says about answering requests.
pub fn run(
    door: Door,
    mut watch: Watch,
    mut look: impl FnMut(&[PathBuf], &dyn Fn(Early)) -> Look + Send,
    draw: Draw,
    mut done: impl FnMut(&BTreeSet<Address>) + Send,
) -> Result<(), std::io::Error> {
    let (sender, receiver) = channel::channel(Arc::new(Shown::default()));
    let asked = Asked::default();
    std::thread::scope(|scope| {
        let by_whom = asked.clone();
        scope.spawn(move || {
            let mut changed = Vec::new();
            let show = |early| {
                let version = sender.borrow().version + 1;
                sender.send_replace(Arc::new(Shown { version, early, ..Shown::default() }));
            };
            loop {
                let seen = look(&changed, &show);
                let before = sender.borrow().clone();
                let next = next(&before, seen, &changed, draw);
                // The old site is let go of after the new one is there to be asked for.
                let replaced = next.map(|next| sender.send_replace(Arc::new(next)));
                drop((before, replaced));
                done(&asked.addresses());
                match watch.wait() {
                    Some(files) => changed = files,
                    None => break,
                }
            }
        });
        listen::answer_all(door, &receiver, by_whom, draw)
    })
}

/// The pages that browsers asked for, as many as are worth being kept for the next run.
#[derive(Debug, Clone, Default)]
struct Asked(Arc<Mutex<BTreeSet<Address>>>);

impl Asked {
    fn add(&self, address: &Address) {
        /// An open page with its style, script and pictures, some times over.
        const MOST: usize = 32;
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() < MOST && !asked.contains(address) {
            asked.insert(address.clone());
        }
    }

    fn addresses(&self) -> BTreeSet<Address> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What is shown after a look; `None` where nothing is other than `before`.
fn next(before: &Shown, look: Look, changed: &[PathBuf], draw: Draw) -> Option<Shown> {
    let version = before.version + 1;
    match look {
        Look::Problem(diagnostics) => {
            let problem: String = diagnostics.iter().map(draw).collect();
            Some(Shown { version, problem: Some(problem), is_style: false, ..before.clone() })
        }
        Look::Site(site) => {
            let is_same = before.site.as_ref().is_some_and(|old| {
                Arc::ptr_eq(&old.build, &site.build) && old.static_files == site.static_files
            });
            let touches_static =
                changed.iter().any(|file| site.static_files.values().any(|known| known == file));
            if is_same && before.problem.is_none() && !touches_static {
                return None;
            }
            let is_sheet = |file: &PathBuf| file.extension().is_some_and(|kind| kind == "css");
            let is_style = before.problem.is_none() && changed.iter().all(is_sheet);
            // What was shown early is this very site.
            let is_shown = before.site.is_none() && !before.early.pages.is_empty();
            let version = if is_shown { before.version } else { version };
            Some(Shown {
                version,
                site: Some(site),
                early: Early::default(),
                problem: None,
                is_style,
            })
        }
    }
}

/// Where a site under `base_path` is found behind `address`.
pub fn url(address: SocketAddr, base_path: &str) -> String {
    format!("http://{address}{base_path}/")
}
