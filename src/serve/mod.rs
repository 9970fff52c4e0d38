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

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// What keeps the archive, as it stands now, from being shown, as text.
    pub problem: Option<String>,
    /// Whether only style sheets are others than in the version before.
    pub is_style: bool,
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
/// `look` gives the site after these files have changed (none: the first time); `draw`
/// turns a diagnostic into text; `done` is called after each look, when its result is
/// shown already.
///
/// # Errors
///
/// What the system says about answering requests.
pub fn run(
    door: Door,
    mut watch: Watch,
    mut look: impl FnMut(&[PathBuf]) -> Look + Send,
    draw: Draw,
    mut done: impl FnMut() + Send,
) -> Result<(), std::io::Error> {
    let (sender, receiver) = channel::channel(Arc::new(Shown::default()));
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut changed = Vec::new();
            loop {
                let seen = look(&changed);
                let before = sender.borrow().clone();
                let next = next(&before, seen, &changed, draw);
                // The old site is let go of after the new one is there to be asked for.
                let replaced = next.map(|next| sender.send_replace(Arc::new(next)));
                drop((before, replaced));
                done();
                match watch.wait() {
                    Some(files) => changed = files,
                    None => break,
                }
            }
        });
        listen::answer_all(door, &receiver, draw)
    })
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
            Some(Shown { version, site: Some(site), problem: None, is_style })
        }
    }
}

/// Where a site under `base_path` is found behind `address`.
pub fn url(address: SocketAddr, base_path: &str) -> String {
    format!("http://{address}{base_path}/")
}
