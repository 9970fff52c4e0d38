//! Files outside the site: a new archive's first ones, those that a command adds
//! later, and the one that a build keeps its addresses in.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Writes `files` (path with `/`, text) into `folder`, which is made where it is
/// missing.
///
/// # Errors
///
/// A folder that holds anything but `.git`: nothing is written then. A file that
/// cannot be written, with the reason the system gives.
#[expect(clippy::disallowed_methods, reason = "`site` writes")]
pub fn plant(folder: &Path, files: &[(&str, String)]) -> Result<(), Diagnostic> {
    let failed = |path: &Path, error: std::io::Error| {
        Diagnostic::error("write", format!("`{}` cannot be written: {error}", path.display()))
    };
    if folder.exists() {
        let held = std::fs::read_dir(folder)
            .map_err(|error| failed(folder, error))?
            .filter_map(Result::ok)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name != ".git")
            .min();
        if let Some(name) = held {
            let message = format!("`{}` holds something already: `{name}`", folder.display());
            return Err(Diagnostic::error("not-empty", message)
                .help("name a folder that is empty or does not exist"));
        }
    }
    for (path, text) in files {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        std::fs::write(&file, text).map_err(|error| failed(&file, error))?;
    }
    Ok(())
}

/// Makes `text` what stands in `file`, in one step. A file that holds it already is
/// left alone.
///
/// # Errors
///
/// A file that cannot be written, with the reason the system gives; the old text
/// stays.
#[expect(clippy::disallowed_methods, reason = "`site` writes")]
pub fn replace(file: &Path, text: &str) -> Result<(), Diagnostic> {
    if std::fs::read(file).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    let write = || -> std::io::Result<()> {
        std::fs::write(&beside, text)?;
        std::fs::File::open(&beside)?.sync_all()?;
        std::fs::rename(&beside, file)
    };
    write().map_err(|error| {
        // What cannot be removed now is written over the next time.
        let _ = std::fs::remove_file(&beside);
        super::report::failed("write", &file.display(), &error)
    })
}

/// Writes `files` (ending and bytes) into `folder` under the name `stem`, or `stem-2`
/// and so on where a clipping has that name. Gives the path of the first.
///
/// # Errors
///
/// A file that cannot be written, with the reason the system gives. What stood there
/// before is never written over.
#[expect(clippy::disallowed_methods, reason = "`site` writes")]
pub fn add(folder: &Path, stem: &str, files: &[(&str, Vec<u8>)]) -> Result<PathBuf, Diagnostic> {
    const TAKEN: [&str; 6] = ["txt", "md", "markdown", "html", "toml", "pdf"];
    let failed = |path: &Path, error: std::io::Error| {
        Diagnostic::error("write", format!("`{}` cannot be written: {error}", path.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut name = stem.to_owned();
    let mut number = 2;
    while TAKEN.iter().any(|ending| folder.join(format!("{name}.{ending}")).exists()) {
        name = format!("{stem}-{number}");
        number += 1;
    }
    let path = |ending: &str| folder.join(format!("{name}.{ending}"));
    for (ending, bytes) in files {
        let path = path(ending);
        std::fs::File::create_new(&path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| failed(&path, error))?;
    }
    Ok(files.first().map_or_else(|| folder.to_owned(), |(ending, _)| path(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_something_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("content/a.txt", "A\n".to_owned())];
        plant(folder.path(), &files).unwrap();
        let refused = plant(folder.path(), &[("b.txt", "B\n".to_owned())]).unwrap_err();
        assert!(refused.message.contains("`content`"), "{}", refused.message);
        assert!(!folder.path().join("b.txt").exists());
    }

    #[test]
    fn a_clipping_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let text = |text: &str| [("txt", text.as_bytes().to_vec())];
        let first = add(folder.path(), "talks", &text("one")).unwrap();
        let second = add(folder.path(), "talks", &text("another")).unwrap();
        assert_eq!(first, folder.path().join("talks.txt"));
        assert_eq!(second, folder.path().join("talks-2.txt"));
        assert_eq!(first.metadata().unwrap().len(), 3);
    }
}
