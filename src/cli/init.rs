//! `annals init`: a small archive that builds at once.

use std::path::Path;

use super::{Failure, InitArguments, Terminal};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::site;

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
    let files: Vec<(&str, String)> = FILES
        .iter()
        .map(|(path, text)| {
            let filled = text
                .replace("{title}", &toml_text(&title))
                .replace("{base_url}", &toml_text(&base_url));
            (*path, filled)
        })
        .collect();
    site::plant(folder, &files).map_err(|error: Diagnostic| {
        terminal.diagnostics(&[error]);
        Failure::Archive
    })?;
    let at = folder.display();
    terminal.say(&format!(
        "A new archive stands in {at}.\n\n  cd {at}\n  annals build          content/ becomes public/\n\nDrop clippings into content/, say whom you follow in actors.toml.\n"
    ));
    Ok(())
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

/// Text for the inside of a quoted TOML string (and of a Markdown heading).
fn toml_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
