//! The files of an archive, read in a fixed order.
//!
//! Everything under `content/` has a fate that someone can see: it is a clipping,
//! a sidecar of one, not published because its name begins with `_` or `.`, or
//! named in a diagnostic. Links are followed to files inside the folder and
//! nowhere else, so no name in an archive makes a build read what lies outside.
//!
//! The order is that of the paths' bytes in NFC, whatever order and whichever
//! form of letters the file system keeps.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use walkdir::{DirEntry, WalkDir};

use super::Clipping;
use super::decode::sidecar_of;
use crate::diagnostic::Diagnostic;
use crate::site::{Address, StaticFile};

/// Clippings above this size are refused: nobody pastes an article this long, and
/// offsets stay small.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Files of the archive's root above this size are refused: the lock grows with the
/// archive.
const LARGEST_SETTING: u64 = 1024 * 1024 * 1024;

/// What an archive's folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Under `content/`, by path.
    pub clippings: Vec<Clipping>,
    /// Under `static/`, by address.
    pub static_files: Vec<StaticFile>,
    /// Under `templates/`: path there, with `/`, and text. By path.
    pub templates: Vec<(String, String)>,
    /// The text of `annals.toml`.
    pub config: Option<String>,
    /// The text of `actors.toml`.
    pub register: Option<String>,
    /// The text of `annals.lock`.
    pub lock: Option<String>,
    /// Whether it is a folder of clippings and nothing else.
    pub is_bare: bool,
    /// The folders that were read, whether or not they exist: an output may not
    /// overlap with them. Without `content/`, where the archive's own folder
    /// stands in for it.
    pub folders: Vec<PathBuf>,
    /// What was not read, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the archive in `root`.
///
/// A folder with neither `content/` nor `annals.toml` that holds clippings is
/// itself taken for the content. `exclude` names folders that are never content,
/// such as the output.
///
/// # Errors
///
/// `root` is no folder or no archive. Anything else that cannot be read is in the
/// diagnostics: as an error for configuration, register and templates, as a
/// warning for content and static files.
pub fn read_archive(root: &Path, exclude: &[PathBuf]) -> Result<Found, Diagnostic> {
    if !root.is_dir() {
        return Err(report::no_folder(root));
    }
    let mut found = Found::default();
    found.config = read_text(root, "annals.toml", &mut found.diagnostics);
    found.register = read_text(root, "actors.toml", &mut found.diagnostics);
    found.lock = read_text(root, "annals.lock", &mut found.diagnostics);

    let content = root.join("content");
    let is_bare = !content.is_dir() && found.config.is_none() && !has_errors(&found);
    found.is_bare = is_bare;
    if is_bare {
        let aside = ["static", "templates", "public", "target", "node_modules"];
        let aside = aside.iter().map(|name| root.join(name));
        let exclude: Vec<PathBuf> = exclude.iter().cloned().chain(aside).collect();
        let walk = Walk::of(root, "", &exclude, is_private, &mut found.diagnostics);
        found.clippings = read_content(walk, &mut found.diagnostics);
        if found.clippings.is_empty() {
            return Err(report::no_archive(root));
        }
        found.diagnostics.push(report::bare(found.clippings.len()));
    } else if content.is_dir() {
        let walk = Walk::of(&content, "content/", exclude, is_private, &mut found.diagnostics);
        found.clippings = read_content(walk, &mut found.diagnostics);
        found.folders.push(content);
    } else {
        found.diagnostics.push(report::no_content());
        found.folders.push(content);
    }
    read_static(root, &mut found);
    read_templates(root, &mut found);
    Ok(found)
}

/// Reads one clipping with the sidecar beside it, as a command that is given a
/// file does.
///
/// # Errors
///
/// The file cannot be read or is over 64 MiB, or its sidecar cannot be read.
pub fn read_clipping(file: &Path) -> Result<Clipping, Diagnostic> {
    let shown = file.to_string_lossy().replace('\\', "/");
    let name =
        file.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let bytes = read_file(file).map_err(|error| report::unreadable(&shown, &error))?;
    let beside = file.with_extension("toml");
    let sidecar = match read_file(&beside) {
        Ok(bytes) if beside != file => Some(bytes),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(report::unreadable_sidecar(&sidecar_of(&shown), &error));
        }
        _ => None,
    };
    Ok(Clipping { path: name.nfc().collect(), file: shown, bytes, sidecar })
}

/// Reads a clipping of the archive in `root` once more; `None` where it, or what
/// speaks for it, cannot be read as before: then the archive is to be read again.
pub fn read_again(root: &Path, clipping: &Clipping) -> Option<Clipping> {
    let file = root.join(&clipping.file);
    if !file.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let bytes = read_file(&file).ok()?;
    let beside = root.join(sidecar_of(&clipping.file));
    let sidecar = match (&clipping.sidecar, read_file(&beside)) {
        (Some(_), Ok(bytes)) => Some(bytes),
        (None, Err(error)) if error.kind() == io::ErrorKind::NotFound => None,
        _ => return None,
    };
    Some(Clipping { bytes, sidecar, ..clipping.clone() })
}

/// The bytes of a static file.
///
/// # Errors
///
/// It cannot be read, is no plain file, or is over 64 MiB.
pub fn static_bytes(file: &Path) -> io::Result<Vec<u8>> {
    read_file(file)
}

fn has_errors(found: &Found) -> bool {
    found.diagnostics.iter().any(|found| found.severity == crate::diagnostic::Severity::Error)
}

/// A file of the archive's root: text that the owner wrote for us.
fn read_text(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes = match read_up_to(LARGEST_SETTING, &root.join(name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            diagnostics.push(report::unreadable_setting(name, &error.to_string()));
            return None;
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        diagnostics.push(report::unreadable_setting(name, "it is not UTF-8"));
        return None;
    };
    Some(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// Above this a file is read with room to grow.
const LONG: usize = 1024 * 1024;

/// The whole file, unless it is too large or no plain file (a pipe would make the
/// build wait for ever).
fn read_file(file: &Path) -> io::Result<Vec<u8>> {
    read_up_to(LARGEST, file)
}

fn read_up_to(largest: u64, file: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(file)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a plain file"));
    }
    let too_large = || {
        let message = format!("it is over {} MiB", largest / (1024 * 1024));
        io::Error::new(io::ErrorKind::FileTooLarge, message)
    };
    if metadata.len() > largest {
        return Err(too_large());
    }
    let length = usize::try_from(metadata.len()).unwrap_or(0);
    // One byte more than it is said to hold, so that the end is seen at once; and where the
    // body of a long text takes its place, it may be longer. Room that nobody uses is free.
    let room = if length > LONG { length / 8 } else { 1 };
    let mut bytes = Vec::with_capacity(length + room);
    File::open(file)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// A file that may be read.
struct Item {
    /// Under the folder that was walked, with `/`, in NFC.
    path: String,
    /// Whether the file system spells it otherwise: not in NFC, or not in UTF-8.
    is_respelt: bool,
    on_disk: PathBuf,
}

/// The files of one folder.
struct Walk {
    /// What stands before a path in diagnostics: `content/`, or nothing.
    prefix: &'static str,
    items: Vec<Item>,
}

impl Walk {
    /// Finds every plain file under `folder`, apart from what `is_skipped` says by
    /// its name, in the order of the paths.
    fn of(
        folder: &Path,
        prefix: &'static str,
        exclude: &[PathBuf],
        is_skipped: fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let real_root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let exclude: Vec<PathBuf> =
            exclude.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
        let shown = |path: &Path| {
            let path = path.strip_prefix(&real_root).unwrap_or(path).to_string_lossy();
            format!("{prefix}{}", path.replace('\\', "/"))
        };
        let is_wanted = |entry: &DirEntry| {
            entry.depth() == 0
                || !(is_skipped(&entry.file_name().to_string_lossy())
                    || exclude.iter().any(|folder| folder == entry.path())
                    || is_site(entry)
                    || is_beside_page(entry))
        };
        let mut items = Vec::new();
        // In one folder the whole path is in the order of the names, and costs less to compare.
        let by_name = |a: &DirEntry, b: &DirEntry| a.path().as_os_str().cmp(b.path().as_os_str());
        let walk = WalkDir::new(&real_root).sort_by(by_name).into_iter();
        for entry in walk.filter_entry(is_wanted) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or_else(|| prefix.to_owned(), &shown);
                    let reason = error.io_error().map_or_else(String::new, ToString::to_string);
                    diagnostics.push(report::unreadable_folder(&path, &reason));
                    continue;
                }
            };
            let (kind, path) = (entry.file_type(), entry.path());
            if kind.is_dir() {
                if entry.depth() > 0
                    && Role::of(&entry.file_name().to_string_lossy()) == Role::Clipping
                {
                    diagnostics.push(report::folder_named_like_a_file(&shown(path)));
                }
                continue;
            }
            let problem = if kind.is_symlink() {
                link_problem(path, &real_root, is_skipped)
            } else if kind.is_file() {
                None
            } else {
                Some(kind_name(kind))
            };
            if let Some(problem) = problem {
                diagnostics.push(report::not_read(&shown(path), problem));
                continue;
            }
            let path = path.strip_prefix(&real_root).unwrap_or(path);
            let spelt = path.to_string_lossy();
            let is_respelt = path.to_str().is_none() || !(spelt.is_ascii() || is_nfc(&spelt));
            let path = spelt.replace('\\', "/");
            let path = if path.is_ascii() { path } else { path.nfc().collect() };
            items.push(Item { path, is_respelt, on_disk: entry.into_path() });
        }
        settle_names(&mut items);
        Self { prefix, items }
    }
}

/// Whether a folder is the output of a build.
fn is_site(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(".build-manifest.json").exists()
}

/// Whether a folder holds the pictures and scripts that a browser saved beside a page:
/// `NAME_files` beside `NAME.html`.
fn is_beside_page(entry: &DirEntry) -> bool {
    if !entry.file_type().is_dir() {
        return false;
    }
    let Some(name) = entry.file_name().to_str().and_then(|name| name.strip_suffix("_files")) else {
        return false;
    };
    ["html", "htm"]
        .iter()
        .any(|kind| entry.path().with_file_name(format!("{name}.{kind}")).is_file())
}

/// Brings the files in order and gives each a path of its own. Where two names
/// become one, the file that was spelt so keeps it.
fn settle_names(items: &mut [Item]) {
    let mut taken = HashSet::new();
    if items.iter().any(|item| item.is_respelt) {
        let spelt = items.iter().filter(|item| !item.is_respelt);
        taken.extend(spelt.map(|item| item.path.clone()));
    }
    for item in items.iter_mut().filter(|item| item.is_respelt) {
        let (stem, extension) = item.path.rsplit_once('.').unwrap_or((&item.path, ""));
        let (stem, extension) = (stem.to_owned(), extension.to_owned());
        let mut number = 2;
        while !taken.insert(item.path.clone()) {
            item.path = format!("{stem}~{number}.{extension}");
            number += 1;
        }
    }
    items.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Why a link is not followed; `None` where it leads to a plain file inside.
fn link_problem(link: &Path, root: &Path, is_skipped: fn(&str) -> bool) -> Option<&'static str> {
    let Ok(target) = link.canonicalize() else { return Some("a link that leads nowhere") };
    let Ok(inside) = target.strip_prefix(root) else {
        return Some("a link that leaves the folder");
    };
    if inside.components().any(|part| is_skipped(&part.as_os_str().to_string_lossy())) {
        return Some("a link to what is not published");
    }
    match target.metadata() {
        Ok(found) if found.is_file() => None,
        Ok(found) if found.is_dir() => Some("a link to a folder"),
        _ => Some("a link to something that is not a plain file"),
    }
}

#[cfg(unix)]
fn kind_name(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind_name(_: FileType) -> &'static str {
    "not a plain file"
}

/// Names that keep a file of `content/` from being published.
fn is_private(name: &str) -> bool {
    name.starts_with(['_', '.'])
}

/// What file managers and version control leave behind.
fn is_litter(name: &str) -> bool {
    matches!(name, ".git" | ".gitkeep" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What a file under `content/` is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Clipping,
    Sidecar,
    Other,
}

impl Role {
    fn of(name: &str) -> Self {
        let (_, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "md" | "markdown" | "html" | "htm" => Self::Clipping,
            "toml" => Self::Sidecar,
            _ => Self::Other,
        }
    }
}

/// Sorts the files of `content/` by what they are and reads the clippings.
fn read_content(walk: Walk, diagnostics: &mut Vec<Diagnostic>) -> Vec<Clipping> {
    let prefix = walk.prefix;
    let mut clippings = Vec::new();
    let mut sidecars: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut others: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for item in walk.items {
        match Role::of(&item.path) {
            Role::Clipping => clippings.push(item),
            Role::Sidecar => {
                sidecars.insert(sidecar_of(&item.path), item.on_disk);
            }
            Role::Other => {
                let (_, name) = item.path.rsplit_once('/').unwrap_or(("", &item.path));
                let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
                let entry =
                    others.entry(extension.to_lowercase()).or_insert((0, item.path.clone()));
                entry.0 += 1;
            }
        }
    }
    for (extension, (count, first)) in &others {
        diagnostics.push(report::unknown_kind(extension, *count, &format!("{prefix}{first}")));
    }
    diagnostics.extend(differing_in_case(prefix, &clippings));

    let pairs: Vec<(Item, Option<PathBuf>)> = clippings
        .into_iter()
        .map(|item| {
            let sidecar = sidecars.get(&sidecar_of(&item.path)).cloned();
            (item, sidecar)
        })
        .collect();
    let with_one = pairs.iter().filter(|(_, sidecar)| sidecar.is_some());
    let spoken_for: HashSet<String> = with_one.map(|(item, _)| sidecar_of(&item.path)).collect();
    for sidecar in sidecars.keys().filter(|sidecar| !spoken_for.contains(*sidecar)) {
        diagnostics.push(report::orphan_sidecar(&format!("{prefix}{sidecar}")));
    }

    let read: Vec<Result<Clipping, Diagnostic>> =
        pairs.into_par_iter().map(|(item, sidecar)| read_pair(prefix, item, sidecar)).collect();
    let mut clippings = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(clipping) => clippings.push(clipping),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    clippings
}

fn read_pair(prefix: &str, item: Item, sidecar: Option<PathBuf>) -> Result<Clipping, Diagnostic> {
    let file = format!("{prefix}{}", item.path);
    let bytes = read_file(&item.on_disk).map_err(|error| report::unreadable(&file, &error))?;
    let sidecar = sidecar
        .map(|sidecar| read_file(&sidecar))
        .transpose()
        .map_err(|error| report::unreadable_sidecar(&sidecar_of(&file), &error))?;
    Ok(Clipping { path: item.path, file, bytes, sidecar })
}

/// Names that are one and the same on the file systems of macOS and Windows.
fn differing_in_case(prefix: &str, clippings: &[Item]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &str> = HashMap::with_capacity(clippings.len());
    let mut found = Vec::new();
    for item in clippings {
        match first.entry(item.path.to_lowercase()) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(&item.path);
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let (file, other) = (format!("{prefix}{}", item.path), entry.get());
                found.push(report::differs_in_case(&file, &format!("{prefix}{other}")));
            }
        }
    }
    found
}

fn read_static(root: &Path, found: &mut Found) {
    let folder = root.join("static");
    if folder.is_dir() {
        let walk = Walk::of(&folder, "static/", &[], is_litter, &mut found.diagnostics);
        for item in walk.items {
            match Address::of_static(&item.path) {
                Some(address) => {
                    found.static_files.push(StaticFile { address, file: item.on_disk });
                }
                None => found.diagnostics.push(report::odd_static_name(&item.path)),
            }
        }
    }
    found.folders.push(folder);
}

fn read_templates(root: &Path, found: &mut Found) {
    let folder = root.join("templates");
    if folder.is_dir() {
        let is_hidden = |name: &str| name.starts_with('.');
        let walk = Walk::of(&folder, "templates/", &[], is_hidden, &mut found.diagnostics);
        for item in walk.items {
            let name = format!("templates/{}", item.path);
            if let Some(text) = read_text(root, &name, &mut found.diagnostics) {
                found.templates.push((item.path, text));
            }
        }
    }
    found.folders.push(folder);
}

/// Every diagnostic of this stage, one function each.
mod report {
    use std::io;
    use std::path::Path;

    use crate::diagnostic::Diagnostic;

    pub(super) fn no_folder(root: &Path) -> Diagnostic {
        Diagnostic::error("no-folder", format!("there is no folder `{}`", root.display()))
            .help("name the archive's folder, or make one with `annals init`")
    }

    pub(super) fn no_archive(root: &Path) -> Diagnostic {
        let message = format!("`{}` holds neither `content/` nor any clipping", root.display());
        Diagnostic::error("no-archive", message).help(
            "put articles into it as `.txt`, `.md` or `.html` files, or begin with `annals init`",
        )
    }

    pub(super) fn bare(count: usize) -> Diagnostic {
        let files = if count == 1 { "file" } else { "files" };
        Diagnostic::note(
            "bare-folder",
            format!("there is no `content/`: the {count} {files} of this folder are the clippings"),
        )
        .help("`annals init` makes an archive with a `content/` of its own")
    }

    pub(super) fn no_content() -> Diagnostic {
        Diagnostic::warning("no-content", "there is no `content/`: the archive is empty")
            .help("make the folder and put articles into it as `.txt`, `.md` or `.html` files")
    }

    pub(super) fn unreadable_setting(file: &str, reason: &str) -> Diagnostic {
        Diagnostic::error("unreadable-file", format!("`{file}` cannot be read: {reason}"))
            .in_file(file)
            .help("save it as a plain text file in UTF-8 that you may read")
    }

    pub(super) fn unreadable(file: &str, error: &io::Error) -> Diagnostic {
        let help = match error.kind() {
            io::ErrorKind::FileTooLarge => "split it into one file for each article",
            io::ErrorKind::NotFound => "there is no such file (any more)",
            _ => "check that you may read it",
        };
        Diagnostic::warning("unreadable-clipping", format!("the clipping cannot be read: {error}"))
            .in_file(file)
            .help(help)
    }

    pub(super) fn unreadable_sidecar(file: &str, error: &io::Error) -> Diagnostic {
        let message =
            format!("the sidecar cannot be read, so its clipping is not published: {error}");
        Diagnostic::warning("unreadable-sidecar", message)
            .in_file(file)
            .help("check that you may read it, and that it is a file")
    }

    pub(super) fn unreadable_folder(file: &str, reason: &str) -> Diagnostic {
        Diagnostic::warning("unreadable-folder", format!("the folder cannot be read: {reason}"))
            .in_file(file)
            .help("check that you may read it: nothing in it is published")
    }

    pub(super) fn folder_named_like_a_file(file: &str) -> Diagnostic {
        Diagnostic::note("folder-named-like-a-file", "this is a folder: the files in it are read")
            .in_file(file)
            .help("give it a name without the ending of a clipping")
    }

    pub(super) fn not_read(file: &str, problem: &str) -> Diagnostic {
        Diagnostic::warning("not-read", format!("this is {problem}: it is not read"))
            .in_file(file)
            .help("put the file itself here, or remove it")
    }

    pub(super) fn unknown_kind(extension: &str, count: usize, first: &str) -> Diagnostic {
        let kind = if extension.is_empty() {
            "no ending".to_owned()
        } else {
            format!("the ending `.{extension}`")
        };
        let message = match count {
            1 => format!("a file with {kind} is not a clipping and is not published"),
            _ => format!(
                "{count} files with {kind} are not clippings and are not published; the first is this"
            ),
        };
        let is_importable = matches!(
            extension,
            "mht"
                | "mhtml"
                | "eml"
                | "mbox"
                | "json"
                | "jsonl"
                | "docx"
                | "rtf"
                | "pdf"
                | "xml"
                | "csv"
        );
        let help = if is_importable {
            "save the article as `.txt`, `.md` or `.html` to publish it"
        } else {
            "pictures and other files are published from `static/`"
        };
        Diagnostic::note("unknown-kind", message).in_file(first).help(help)
    }

    pub(super) fn orphan_sidecar(file: &str) -> Diagnostic {
        Diagnostic::warning("orphan-sidecar", "no clipping stands beside this sidecar")
            .in_file(file)
            .help("a sidecar has the name of its clipping: `talks.toml` speaks for `talks.txt`")
    }

    pub(super) fn differs_in_case(file: &str, other: &str) -> Diagnostic {
        let message = format!(
            "the name differs from `{other}` only in case: both are published, but macOS and Windows keep only one of them"
        );
        Diagnostic::warning("name-case", message)
            .in_file(file)
            .help("give one of them another name")
    }

    pub(super) fn odd_static_name(path: &str) -> Diagnostic {
        Diagnostic::warning(
            "static-name",
            "the name cannot be part of an address: the file is not published",
        )
        .in_file(&format!("static/{path}"))
        .help("use a name without `:`, `\\` and control characters")
    }
}
