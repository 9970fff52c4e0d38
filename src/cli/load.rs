//! From a folder to the input of a build.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{ArchiveArguments, Failure, Terminal};
use crate::actor::Register;
use crate::clean::Rules;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lock::Lock;
use crate::pipeline::{AT_ONCE, Clearance, Hashed, Input};
use crate::site::StaticFile;
use crate::source;
use crate::theme::{Theme, look};
use crate::when::Day;

/// An archive as read from disk, ready to build.
pub(super) struct Loaded {
    pub(super) input: Input,
    pub(super) static_files: Vec<StaticFile>,
    /// Folders that hold what the owner wrote.
    pub(super) sources: Vec<PathBuf>,
    /// The text of `annals.lock` as it stands.
    pub(super) lock: LockFile,
    /// What was noticed on the way.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// `annals.lock` as it stands.
pub(super) struct LockFile {
    /// Where it is.
    pub(super) file: PathBuf,
    /// What is in it; empty where there is none.
    text: String,
    /// Whether this build may go on with it: not one that publishes what the next
    /// will not, and not a folder of clippings that nobody made an archive of.
    is_kept: bool,
}

impl LockFile {
    /// Whether an earlier build has left one.
    pub(super) fn is_there(&self) -> bool {
        !self.text.is_empty()
    }

    /// Its new text, where a build that ends with `lock` is to write it.
    ///
    /// # Errors
    ///
    /// It would change and `is_locked` forbids that.
    pub(super) fn next(&self, lock: &Lock, is_locked: bool) -> Result<Option<String>, Diagnostic> {
        if !self.is_kept {
            return Ok(None);
        }
        let text = lock.to_text();
        if is_locked && text != self.text {
            return Err(self.changed(&text));
        }
        Ok(Some(text))
    }

    /// Says what would change.
    fn changed(&self, text: &str) -> Diagnostic {
        let lines = |text: &str| -> std::collections::BTreeSet<String> {
            let telling = |line: &&str| line.starts_with("address") || line.starts_with("path");
            text.lines().filter(telling).map(str::to_owned).collect()
        };
        let (old, new) = (lines(&self.text), lines(text));
        let first = new.difference(&old).chain(old.difference(&new)).next();
        let first = first.map_or(String::new(), |line| format!(", such as `{line}`"));
        Diagnostic::error("lock-changed", format!("annals.lock is not up to date{first}"))
            .in_file("annals.lock")
            .help("run `annals build` without `--locked` and commit annals.lock with the content")
    }
}

/// Why an archive could not be loaded.
pub(super) enum Refusal {
    /// What is wrong with it.
    Archive(Vec<Diagnostic>),
    /// What is wrong with the arguments.
    Use(String),
}

/// Reads the archive. What keeps it from being built is said here.
///
/// `output` is the folder of the site, which is no content wherever it lies.
pub(super) fn load(
    arguments: &ArchiveArguments,
    output: &Path,
    terminal: &Terminal,
) -> Result<Loaded, Failure> {
    try_load(arguments, output).map_err(|refusal| match refusal {
        Refusal::Archive(diagnostics) => {
            terminal.diagnostics(&diagnostics);
            Failure::Archive
        }
        Refusal::Use(why) => Failure::Use(why),
    })
}

/// [`load`], without a word.
pub(super) fn try_load(arguments: &ArchiveArguments, output: &Path) -> Result<Loaded, Refusal> {
    let base_url = match &arguments.base_url {
        Some(url) => Some(
            config::base_url(url)
                .map_err(|why| Refusal::Use(format!("`--base-url {url}`: {why}")))?,
        ),
        None => None,
    };
    let found = source::read_archive(&arguments.archive, &[output.to_owned()])
        .map_err(|error| Refusal::Archive(vec![error]))?;
    let mut diagnostics = found.diagnostics;
    if verdict(&diagnostics, false).is_err() {
        return Err(Refusal::Archive(diagnostics));
    }
    let (mut config, warnings) =
        Config::read("annals.toml", found.config.as_deref().unwrap_or_default())
            .map_err(Refusal::Archive)?;
    diagnostics.extend(warnings);
    let config_text = found.config.as_deref().unwrap_or_default();
    diagnostics.extend(Rules::new("annals.toml", config_text, &config.outlet).1);
    if let Some(base_url) = base_url {
        config.base_url = base_url;
    }
    let register_text = found.register.unwrap_or_default();
    let ((register, complaints), clippings): (_, Vec<Arc<Hashed>>) = rayon::join(
        || Register::read("actors.toml", &register_text),
        || {
            let clippings = found.clippings.into_par_iter().with_max_len(AT_ONCE);
            clippings.map(|clipping| Arc::new(clipping.into())).collect()
        },
    );
    diagnostics.extend(complaints);
    if verdict(&diagnostics, false).is_err() {
        return Err(Refusal::Archive(diagnostics));
    }
    let lock_text = found.lock.unwrap_or_default();
    let lock = match Lock::read("annals.lock", &lock_text) {
        Ok((lock, notes)) => {
            diagnostics.extend(notes);
            lock
        }
        Err(errors) => {
            diagnostics.extend(errors);
            return Err(Refusal::Archive(diagnostics));
        }
    };
    let paths = || clippings.iter().map(|clipping| clipping.clipping().path.as_str());
    let unused = config.folder.iter().filter(|folder| !paths().any(|path| folder.holds(path)));
    // A misspelt folder would publish what should stay in.
    let unused: Vec<Diagnostic> = unused.map(|folder| unused_folder(&folder.path)).collect();
    if !unused.is_empty() {
        return Err(Refusal::Archive(unused));
    }
    let theme = Theme::new(&found.templates, &config).map_err(Refusal::Archive)?;
    diagnostics.extend(look::too_faint(&config.theme));
    if theme.wording().language() != config.language {
        diagnostics.push(without_words(&config.language));
    }
    let clearance = Clearance {
        max_tlp: arguments.max_tlp.unwrap_or(config.publish.max_tlp),
        drafts: arguments.drafts,
        today: today(),
    };
    let is_like_the_next = !clearance.drafts && clearance.max_tlp <= config.publish.max_tlp;
    let file = LockFile {
        file: arguments.archive.join("annals.lock"),
        text: lock_text,
        is_kept: is_like_the_next && !found.is_bare,
    };
    let known = (&config.language, &config.outlet, &config.folder, config.publish.full_text);
    let fingerprint = format!("{known:?}\n{register_text}");
    let (register, theme) = (Arc::new(register), Arc::new(theme));
    let input = Input { config, register, fingerprint, theme, clippings, lock, clearance };
    let (static_files, sources) = (found.static_files, found.folders);
    Ok(Loaded { input, static_files, sources, lock: file, diagnostics })
}

fn without_words(language: &str) -> Diagnostic {
    let message = format!("there are no words in `{language}`: the pages are in English");
    Diagnostic::note("config-language", message)
        .in_file("annals.toml")
        .help(format!("bring them in `templates/strings/{language}.toml`"))
}

fn unused_folder(path: &str) -> Diagnostic {
    Diagnostic::error("config-folder", format!("no clipping lies in the folder `{path}`"))
        .in_file("annals.toml")
        .help("mend the `path` of this `[[folder]]`, or remove it")
}

/// Says `diagnostics` and fails where they must stop the command.
pub(super) fn verdict(diagnostics: &[Diagnostic], strict: bool) -> Result<(), Failure> {
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
    match worst {
        Some(Severity::Error) => Err(Failure::Archive),
        Some(Severity::Warning) if strict => Err(Failure::Archive),
        _ => Ok(()),
    }
}

/// The day by UTC, for embargoes: the one thing about a build that time decides.
fn today() -> Option<Day> {
    #[expect(
        clippy::disallowed_methods,
        reason = "an embargo ends on a day of the calendar; the terminal reads it once"
    )]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let days = i64::try_from(now.as_secs() / 86_400).ok()?;
    Day::new(1970, 1, 1)?.plus(days)
}
