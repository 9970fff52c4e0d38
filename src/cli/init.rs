//! `annals init`: a small archive that builds at once.

use std::path::Path;
use std::sync::Arc;

use super::{Failure, InitArguments, Terminal};
use crate::actor::Register;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::lock::Lock;
use crate::pipeline::{self, Clearance, Input, Memory};
use crate::site;
use crate::source::Clipping;
use crate::theme::Theme;

/// The files of a new archive: path and text. `{title}` and `{base_url}` are
/// filled in.
const FILES: [(&str, &str); 8] = [
    ("annals.toml", include_str!("init/annals.toml")),
    ("actors.toml", include_str!("init/actors.toml")),
    ("README.md", include_str!("init/README.md")),
    (".gitignore", "/public/\n/.annals/\n"),
    (".github/workflows/pages.yml", include_str!("init/pages.yml")),
    ("content/2024/harbour-talks.txt", include_str!("init/harbour-talks.txt")),
    ("content/2024/harbour-vote.md", include_str!("init/harbour-vote.md")),
    ("static/.gitkeep", ""),
];

pub(super) fn run(arguments: &InitArguments, terminal: &Terminal) -> Result<(), Failure> {
    let folder = &arguments.folder;
    let title = arguments.title.clone().unwrap_or_else(|| title_of(folder));
    let base_url = match &arguments.base_url {
        Some(url) => config::base_url(url)
            .map_err(|why| Failure::Use(format!("`--base-url {url}`: {why}")))?,
        None => String::new(),
    };
    let mut files: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| {
            let filled = text
                .replace("{version}", env!("CARGO_PKG_VERSION"))
                .replace("{title}", &quoted(&title))
                .replace("{base_url}", &quoted(&base_url));
            (*path, filled)
        })
        .collect();
    files.push(("annals.lock", lock_of(&files)));
    site::plant(folder, &files).map_err(|error: Diagnostic| {
        terminal.diagnostics(&[error]);
        Failure::Archive
    })?;
    let at = folder.display();
    terminal.say(&format!(
        "A new archive stands in {at}.\n\n  cd {at}\n  annals serve          a preview that follows every edit\n  annals build          content/ becomes public/\n\nDrop clippings into content/, say whom you follow in actors.toml.\n"
    ));
    Ok(())
}

/// The lock of a new archive, so that it can be pushed as it is.
fn lock_of(files: &[(&str, String)]) -> String {
    let text = |name: &str| {
        files.iter().find(|(path, _)| *path == name).map_or("", |(_, text)| text.as_str())
    };
    let clippings = files.iter().filter_map(|(path, text)| {
        let below = path.strip_prefix("content/")?;
        let clipping = Clipping {
            path: below.to_owned(),
            file: (*path).to_owned(),
            bytes: text.clone().into_bytes(),
            sidecar: None,
        };
        Some(Arc::new(clipping.into()))
    });
    let config = Config::read("annals.toml", text("annals.toml")).unwrap_or_default().0;
    let clearance = Clearance { max_tlp: config.publish.max_tlp, drafts: false, today: None };
    let Ok(theme) = Theme::new(&[], &Config::default()) else { return String::new() };
    let input = Input {
        config,
        register: Arc::new(Register::read("actors.toml", text("actors.toml")).0),
        fingerprint: String::new(),
        theme: Arc::new(theme),
        clippings: clippings.collect(),
        lock: Lock::default(),
        clearance,
    };
    pipeline::build(input, &Memory::default(), &|| {}).lock().to_text()
}

/// The folder's name as a title: `harbour-desk` → `Harbour desk`.
fn title_of(folder: &Path) -> String {
    let resolved = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = resolved
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().replace(['-', '_'], " "));
    let mut letters = name.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Briefing archive".to_owned(),
    }
}

/// Text for the inside of a quoted string of TOML or YAML (and of a Markdown heading).
pub(super) fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " ")
}
