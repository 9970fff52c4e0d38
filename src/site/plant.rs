//! Files outside the site: a new archive's first ones, and the one that a build
//! keeps its addresses in.

use std::path::Path;

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
pub(super) fn replace(file: &Path, text: &str) -> Result<(), Diagnostic> {
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
}
