//! Every diagnostic of this room, one function each.

use std::fmt::Display;
use std::io;
use std::path::Path;

use super::{Address, manifest};
use crate::diagnostic::Diagnostic;

pub(super) fn failed(verb: &str, path: &impl Display, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and build again; the old site is untouched"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder you may write to, with `--output`; the old site is untouched"
        }
        _ => "the old site is untouched; mend the cause and build again",
    };
    Diagnostic::error("output-failed", format!("cannot {verb} `{path}`: {error}")).help(help)
}

pub(super) fn overlap(output: &str, source: &Path) -> Diagnostic {
    let source = source.display();
    Diagnostic::error(
        "output-overlap",
        format!("the output folder `{output}` overlaps with `{source}`, which the build reads"),
    )
    .help("choose one that is neither inside nor around a source, such as `public`")
}

pub(super) fn busy(output: &str) -> Diagnostic {
    Diagnostic::error("output-busy", format!("another build is writing `{output}`"))
        .help("wait until it is done, then build again")
}

pub(super) fn not_a_folder(output: &str) -> Diagnostic {
    Diagnostic::error("output-not-a-folder", format!("the output `{output}` is not a folder"))
        .help("move it away, or choose another with `--output`")
}

pub(super) fn not_ours(output: &str, name: &str) -> Diagnostic {
    Diagnostic::error(
        "output-not-ours",
        format!("the output folder `{output}` holds files that no build made, such as `{name}`"),
    )
    .help("empty it, or choose another with `--output`: nothing in it was changed")
}

pub(super) fn damaged_manifest(output: &str) -> Diagnostic {
    Diagnostic::error(
        "output-manifest",
        format!(
            "`{output}/{}` cannot be read, so our files cannot be told from yours",
            manifest::NAME
        ),
    )
    .help("move your own files out, delete the folder and build again: nothing in it was changed")
}

pub(super) fn in_the_way(path: &str) -> Diagnostic {
    Diagnostic::error(
        "output-in-the-way",
        format!("`{path}` was not made by a build and stands where a page goes"),
    )
    .help("move it into `static/` to publish it, or out of the output folder")
}

pub(super) fn own_name(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "static-own-name",
        format!("`static/{path}` is not published: the build keeps a file of that name"),
    )
    .help("give it another name")
}

pub(super) fn overridden(page: &Address) -> Diagnostic {
    Diagnostic::note(
        "static-overrides",
        format!("a file under `static/` takes the place of the page `{page}`"),
    )
}

pub(super) fn differs_in_case(path: &str, other: &str) -> Diagnostic {
    Diagnostic::warning(
        "static-case",
        format!("`static/{path}` and `{other}` differ only in case: on macOS and Windows they are one file"),
    )
    .help("give it another name")
}

pub(super) fn file_and_folder(path: &str) -> Diagnostic {
    Diagnostic::error(
        "static-file-and-folder",
        format!("`static/{path}` is a file where the site needs a folder"),
    )
    .help("give it another name")
}

pub(super) fn vanished(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "static-vanished",
        format!("`static/{path}` was removed during the build and is not published"),
    )
}

pub(super) fn old_tree_left(output: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::warning(
        "output-old-tree",
        format!("the old tree of `{output}` could not be removed: {error}"),
    )
    .help("the new site is in place; the next build tries again")
}
