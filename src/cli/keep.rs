//! What one run leaves for the next, in `.annals/`.
//!
//! Nothing here can fail: what cannot be read was never kept, and what cannot be
//! written is made again next time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Terminal;
use crate::config::Preview;
use crate::diagnostic::Diagnostic;
use crate::memo::{Cabinet, Key};
use crate::pipeline::{self, Build, Input, Memory};
use crate::site::{Address, Seal, StaticFile, WriteReport};

/// The cache of an archive; empty, and kept so, with `--no-cache`.
pub(super) struct Keep {
    cabinet: Option<Cabinet>,
    stamp: Key,
    /// The pictures of articles, where these are wanted.
    previews: Option<Cabinet>,
}

/// What the last build of an archive wrote, and said.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Last {
    /// Of everything the site was made from.
    key: Key,
    pub(super) seal: Seal,
    pub(super) summary: Summary,
    /// What `pipeline` and `site` had to say.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The name of [`Pages`] in the cache.
const PAGES: &str = "pages";

/// Some pages of a site: address and bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Pages {
    /// Of everything the site was made from.
    key: Key,
    pages: Vec<(String, Vec<u8>)>,
}

/// What the closing line counts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Summary {
    pub(super) articles: usize,
    pub(super) withheld: usize,
    pub(super) actors: usize,
    pub(super) events: usize,
    pub(super) pages: usize,
    pub(super) files: usize,
}

impl Summary {
    /// Of a site of so many `files`, the addresses given.
    pub(super) fn of(build: &Build, addresses: &[&Address], files: usize) -> Self {
        let archive = build.archive();
        Self {
            articles: archive.entries.len(),
            withheld: build.n_withheld,
            actors: archive.actors.len(),
            events: archive.events.len(),
            pages: addresses.iter().filter(|address| address.is_page()).count(),
            files,
        }
    }
}

impl Keep {
    /// The cache of the archive in `folder`, for what `input` needs.
    pub(super) fn of(folder: &Path, is_off: bool, input: &Input) -> Self {
        let stamp = pipeline::stamp(input);
        let cabinet = |folder| Cabinet::new(folder, stamp);
        let folder = folder.join(".annals");
        let wants_previews = input.config.publish.preview == Preview::Pages;
        Self {
            stamp,
            previews: (!is_off && wants_previews).then(|| cabinet(folder.join("previews"))),
            cabinet: (!is_off).then(|| cabinet(folder)),
        }
    }

    /// Takes up what earlier runs understood.
    pub(super) fn open(&mut self, memory: &Memory) {
        if let Some(cabinet) = &mut self.cabinet {
            cabinet.open(memory.clippings());
        }
        if let Some(previews) = &mut self.previews {
            previews.open(memory.previews());
        }
    }

    /// Keeps what this run understood.
    pub(super) fn close(&mut self, memory: &Memory, terminal: &Terminal) {
        // Those of articles that are gone.
        memory.previews().forget_unused();
        let previews = self.previews.as_mut().map(|previews| previews.close(memory.previews()));
        if let Some(Err(error)) = previews {
            terminal.detail(&format!("the pictures could not be kept: {error}\n"));
        }
        if let Some(Err(error)) =
            self.cabinet.as_mut().map(|cabinet| cabinet.close(memory.clippings()))
        {
            terminal.detail(&format!("what was understood could not be kept: {error}\n"));
        }
    }

    /// Whether it is the cache for what `input` needs.
    pub(super) fn is_for(&self, input: &Input) -> bool {
        let wants_previews = input.config.publish.preview == Preview::Pages;
        self.stamp == pipeline::stamp(input)
            && (self.cabinet.is_none() || self.previews.is_some() == wants_previews)
    }

    /// Pages of the site that is made from what has this `key`, if they were kept.
    pub(super) fn pages(&self, key: Key) -> BTreeMap<Address, Vec<u8>> {
        let kept = self.cabinet.as_ref().and_then(|cabinet| cabinet.get(PAGES));
        let Some(Pages { pages, .. }) = kept.filter(|kept: &Pages| kept.key == key) else {
            return BTreeMap::new();
        };
        pages
            .into_iter()
            .filter_map(|(path, bytes)| Some((Address::parse(&path)?, bytes)))
            .collect()
    }

    /// Keeps the first pages of `build`, and those at `asked`, under `key`: the next
    /// preview shows them before it can make them.
    pub(super) fn put_pages(
        &self,
        key: Key,
        build: &Build,
        asked: &BTreeSet<Address>,
        terminal: &Terminal,
    ) {
        /// Bytes of all pages: what is read in a moment.
        const MOST: usize = 8 * 1024 * 1024;
        let Some(cabinet) = &self.cabinet else { return };
        let mut room = MOST;
        let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
        for address in build.first().chain(asked) {
            let Some(Ok(bytes)) = build.render(address) else { continue };
            if bytes.len() <= room {
                room -= bytes.len();
                pages.push((address.as_str().to_owned(), bytes.into_owned()));
            }
        }
        if let Err(error) = cabinet.put(PAGES, &Pages { key, pages }) {
            terminal.detail(&format!("what was shown could not be kept: {error}\n"));
        }
    }

    /// What the last build wrote, if it was made from the same.
    pub(super) fn last(&self, key: Key) -> Option<Last> {
        self.cabinet.as_ref()?.get("last").filter(|last: &Last| last.key == key)
    }

    /// Keeps what this build wrote.
    pub(super) fn put_last(
        &self,
        key: Key,
        summary: Summary,
        report: &WriteReport,
        diagnostics: &[Diagnostic],
        terminal: &Terminal,
    ) {
        let Some(cabinet) = &self.cabinet else { return };
        let last = Last { key, seal: report.seal, summary, diagnostics: diagnostics.to_vec() };
        if let Err(error) = cabinet.put("last", &last) {
            terminal.detail(&format!("what was built could not be kept: {error}\n"));
        }
    }
}

/// The hash of everything the site in `output` is made from, but for the bytes of
/// static files: `build` without the lock, and the lock.
pub(super) fn site_key(
    build: Key,
    lock_print: u64,
    output: &Path,
    static_files: &[StaticFile],
) -> Key {
    let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let output = output.to_string_lossy();
    let lock = lock_print.to_le_bytes();
    let statics = static_files.iter().map(|file| file.address.as_str().as_bytes());
    let parts: Vec<&[u8]> =
        [build.as_bytes(), &lock, output.as_bytes()].into_iter().chain(statics).collect();
    Key::of("site", 1, &parts)
}
