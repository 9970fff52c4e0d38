//! Archives for tests: in memory, or read from the folders beside the project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annals::actor::Register;
use annals::config::{Config, Tlp};
use annals::lock::Lock;
use annals::pipeline::{self, Build, Clearance, Input, Memory};
use annals::site::Address;
use annals::source::Clipping;
use annals::theme::Theme;

/// An archive in memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    clippings: Vec<(String, Vec<u8>, Option<Vec<u8>>)>,
    register: String,
    config: String,
    lock: String,
    drafts: bool,
}

impl Shelf {
    /// With a clipping at `path` under `content/`.
    pub(crate) fn clipping(mut self, path: &str, text: impl Into<Vec<u8>>) -> Self {
        self.clippings.push((path.to_owned(), text.into(), None));
        self
    }

    /// With a clipping and its sidecar.
    pub(crate) fn clipping_with(
        mut self,
        path: &str,
        text: impl Into<Vec<u8>>,
        sidecar: &str,
    ) -> Self {
        self.clippings.push((path.to_owned(), text.into(), Some(sidecar.into())));
        self
    }

    /// With this `actors.toml`.
    pub(crate) fn register(mut self, toml: &str) -> Self {
        toml.clone_into(&mut self.register);
        self
    }

    /// With this `annals.toml`.
    pub(crate) fn config(mut self, toml: &str) -> Self {
        toml.clone_into(&mut self.config);
        self
    }

    /// With the `annals.lock` that `build` left.
    pub(crate) fn after(mut self, build: &Build) -> Self {
        self.lock = build.lock().to_text();
        self
    }

    /// With this `annals.lock`.
    pub(crate) fn lock(mut self, text: &str) -> Self {
        text.clone_into(&mut self.lock);
        self
    }

    /// With drafts published.
    pub(crate) fn drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// Builds with an empty memo.
    pub(crate) fn build(&self) -> Arc<Build> {
        self.build_with(&Memory::default())
    }

    /// Builds with what `memory` holds.
    pub(crate) fn build_with(&self, memory: &Memory) -> Arc<Build> {
        let (config, _) =
            Config::read("annals.toml", &self.config).expect("the test's settings are right");
        let (register, _) = Register::read("actors.toml", &self.register);
        let clippings = self
            .clippings
            .iter()
            .map(|(path, bytes, sidecar)| Clipping {
                path: path.clone(),
                file: format!("content/{path}"),
                bytes: bytes.clone(),
                sidecar: sidecar.clone(),
            })
            .map(|clipping| Arc::new(clipping.into()))
            .collect();
        let theme = Theme::new(&[], &config).expect("the built-in theme is right");
        let input = Input {
            config,
            register: Arc::new(register),
            fingerprint: self.register.clone(),
            theme: Arc::new(theme),
            clippings,
            lock: Lock::read("annals.lock", &self.lock).expect("the lock can be read").0,
            clearance: Clearance { max_tlp: Tlp::Clear, drafts: self.drafts, today: None },
        };
        pipeline::build(input, memory, &|| {})
    }
}

/// The page or file at `address`.
pub(crate) fn page(build: &Build, address: &str) -> String {
    let address = Address::parse(address).expect("an address");
    let bytes = build
        .render(&address)
        .unwrap_or_else(|| panic!("no page at {address}"))
        .expect("the template renders");
    String::from_utf8(bytes.into_owned()).expect("pages are UTF-8")
}

/// Every address with its bytes.
pub(crate) fn pages(build: &Build) -> Vec<(String, Vec<u8>)> {
    build
        .addresses()
        .map(|address| {
            let bytes = build.render(address).expect("planned").expect("renders").into_owned();
            (address.as_str().to_owned(), bytes)
        })
        .collect()
}

/// Every file below `folder` with its bytes, by its path from there.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The folder with seeds and corpora that stands beside a developer's checkout;
/// `None`, said aloud, where it is not there.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let root = std::env::var_os("ANNALS_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(what);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {what} is not at hand (set ANNALS_SHARED to the folder that holds it)");
    None
}
