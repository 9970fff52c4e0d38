//! `annals serve`: the archive as files on disk, for a preview that goes on.
//!
//! The first look reads everything. After it a saved clipping is read alone, and
//! anything else (a file that is new or gone, a template, the settings) has everything
//! read again: what was understood is in the memory either way, and there is one
//! build for both.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::keep::Keep;
use super::load::{Loaded, Refusal, try_load};
use super::{Failure, ServeArguments, Terminal, report};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Build, Hashed, Input, Memory};
use crate::serve::{self, Door, Early, Look, Site, Watch};
use crate::site::Address;
use crate::source;

pub(super) fn run(arguments: &ServeArguments, terminal: &Terminal) -> Result<(), Failure> {
    let root = arguments.archive.archive.as_path();
    let output = root.join("public");
    let watch = Watch::new(root, &[output.clone(), root.join(".annals")], arguments.poll)
        .map_err(|why| Failure::Use(format!("`{}` cannot be watched: {why}", root.display())))?;
    let door = Door::open(arguments.host, arguments.port).map_err(|error| {
        Failure::Use(format!("nothing can listen on {}: {error}", arguments.host))
    })?;
    let address = door.address();
    if !address.ip().is_loopback() {
        terminal.error(&format!("everyone who reaches {} can read the preview", address.ip()));
    }
    let preview = Mutex::new(Preview {
        arguments,
        terminal,
        output,
        root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
        memory: Memory::default(),
        held: None,
        built: None,
        address: Some(address),
    });
    // One thread looks and rests in turn: nobody ever waits.
    let look = |changed: &[PathBuf], show: &dyn Fn(Early)| held(&preview).look(changed, show);
    let done = |asked: &BTreeSet<Address>| held(&preview).rest(asked);
    serve::run(door, watch, look, plain_text, done)
        .map_err(|error| Failure::Use(format!("the preview has ended: {error}")))
}

fn held<'a, 'b>(preview: &'a Mutex<Preview<'b>>) -> MutexGuard<'a, Preview<'b>> {
    preview.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A diagnostic as text without colours.
fn plain_text(diagnostic: &Diagnostic) -> String {
    anstream::adapter::strip_str(&report::text(diagnostic)).to_string()
}

/// An archive that is looked at again and again.
struct Preview<'a> {
    arguments: &'a ServeArguments,
    terminal: &'a Terminal,
    output: PathBuf,
    root: PathBuf,
    memory: Memory,
    held: Option<Held>,
    /// What was built since the last rest.
    built: Option<Arc<Build>>,
    /// Where the site is shown, until that has been said.
    address: Option<SocketAddr>,
}

/// The archive as it was when it was last looked at.
struct Held {
    input: Input,
    /// Where each clipping stands among those of the input, by its file.
    places: HashMap<String, usize>,
    static_files: Arc<BTreeMap<Address, PathBuf>>,
    keep: Keep,
}

impl Preview<'_> {
    /// The site after `changed` have changed; the first time, pages that were kept are
    /// shown at once.
    fn look(&mut self, changed: &[PathBuf], show: &dyn Fn(Early)) -> Look {
        #[expect(clippy::disallowed_methods, reason = "says how long a change took")]
        let start = Instant::now();
        let is_first = self.address.is_some();
        let edited = self.held.as_mut().and_then(|held| held.edited(&self.root, changed));
        if edited.is_none()
            && let Err(diagnostics) = self.read()
        {
            self.terminal.diagnostics(&diagnostics);
            if let Some(address) = self.address {
                self.terminal.say(&format!("{}  (Ctrl+C ends)\n", serve::url(address, "")));
            }
            return Look::Problem(diagnostics);
        }
        let Some(held) = &mut self.held else { return Look::Problem(Vec::new()) };
        if let Some(address) = self.address.take() {
            let url = serve::url(address, held.input.config.base_path());
            self.terminal.say(&format!("{url}  (Ctrl+C ends)\n"));
            if self.arguments.open && open::that_detached(&url).is_err() {
                self.terminal.say("no browser could be opened\n");
            }
        }
        if is_first {
            let key = pipeline::with_lock(pipeline::key(&held.input), held.input.lock.print);
            let mut pages = held.keep.pages(key);
            // A static file wins over a page, and is read when it is asked for.
            pages.retain(|address, _| !held.static_files.contains_key(address));
            if !pages.is_empty() {
                let base_path = held.input.config.base_path().to_owned();
                show(Early { base_path, pages: Arc::new(pages) });
            }
            held.keep.open(&self.memory);
        }
        let bar =
            self.terminal.bar("reading", if is_first { held.input.clippings.len() } else { 0 });
        let build = pipeline::build(held.input.clone(), &self.memory, &|| bar.inc(1));
        bar.finish_and_clear();
        let touched: Vec<Diagnostic> = build
            .diagnostics
            .iter()
            .filter(|diagnostic| {
                let file = diagnostic.place.as_ref().map(|place| self.root.join(&place.file));
                is_first || file.is_some_and(|file| changed.contains(&file))
            })
            .cloned()
            .collect();
        self.terminal.diagnostics(&touched);
        if !is_first {
            let what = changed
                .first()
                .map_or(Path::new(""), |file| file.strip_prefix(&self.root).unwrap_or(file));
            let more = if changed.len() > 1 { " and others" } else { "" };
            let took = start.elapsed().as_millis();
            self.terminal.say(&format!("{}{more}: {took} ms\n", what.display()));
        }
        self.built = Some(Arc::clone(&build));
        Look::Site(Site { build, static_files: Arc::clone(&held.static_files) })
    }

    /// Reads the whole archive.
    fn read(&mut self) -> Result<(), Vec<Diagnostic>> {
        let archive = &self.arguments.archive;
        let Loaded { input, static_files, diagnostics, .. } = try_load(archive, &self.output)
            .map_err(|refusal| match refusal {
                Refusal::Archive(diagnostics) => diagnostics,
                Refusal::Use(why) => vec![Diagnostic::error("use", why)],
            })?;
        self.terminal.diagnostics(&diagnostics);
        let places = input.clippings.iter().enumerate();
        let places = places.map(|(at, hashed)| (hashed.clipping().file.clone(), at)).collect();
        let static_files = static_files.into_iter().map(|file| (file.address, file.file)).collect();
        let keep = self.held.take().map(|held| held.keep).filter(|keep| keep.is_for(&input));
        let keep = keep.unwrap_or_else(|| Keep::of(&archive.archive, archive.no_cache, &input));
        self.held = Some(Held { input, places, static_files: Arc::new(static_files), keep });
        Ok(())
    }

    /// Keeps what was understood, and the pages that were `asked` for, now that they are
    /// shown.
    fn rest(&mut self, asked: &BTreeSet<Address>) {
        let (Some(held), Some(build)) = (&mut self.held, self.built.take()) else { return };
        held.keep.close(&self.memory, self.terminal);
        held.keep.put_pages(build.key(), &build, asked, self.terminal);
    }
}

impl Held {
    /// Reads the clippings among `changed` again; `None` where anything else changed.
    fn edited(&mut self, root: &Path, changed: &[PathBuf]) -> Option<()> {
        let mut fresh: Vec<(usize, Hashed)> = Vec::new();
        for file in changed {
            let name = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            if is_fleeting(&name) && !file.exists() {
                continue;
            }
            let at = *self.places.get(&name)?;
            let known = self.input.clippings.get(at)?.clipping();
            fresh.push((at, source::read_again(root, known)?.into()));
        }
        for (at, hashed) in fresh {
            self.input.clippings[at] = Arc::new(hashed);
        }
        Some(())
    }
}

/// Whether a name is one that editors give to what they are about to rename.
fn is_fleeting(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.starts_with('.') || name.ends_with('~') || name.bytes().all(|byte| byte.is_ascii_digit())
}
