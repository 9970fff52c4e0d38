//! How large the site is, against what readers and GitHub take.

use std::collections::BTreeMap;

use indicatif::HumanBytes;
use rayon::prelude::*;

use crate::cli::build::count;
use crate::diagnostic::Diagnostic;
use crate::pipeline::Build;
use crate::site::{Address, StaticFile};

/// What GitHub Pages takes, in bytes, and the largest file that GitHub does.
/// Source: GitHub documentation, limits of GitHub Pages; about large files.
pub(in crate::cli) const SITE: u64 = 1_000_000_000;
pub(in crate::cli) const FILE: u64 = 100 * 1024 * 1024;

/// Bytes of HTML beyond which a page is slow to come on a telephone.
const PAGE: u64 = 250_000;

/// Bytes of every file of the site, by its path below the output folder; `pages` are
/// those that are known already.
pub(super) fn all(
    build: &Build,
    pages: BTreeMap<String, u64>,
    static_files: &[StaticFile],
) -> BTreeMap<String, u64> {
    let others: Vec<&Address> =
        build.addresses().filter(|address| !pages.contains_key(&address.file_path())).collect();
    let others: Vec<(String, u64)> = others
        .into_par_iter()
        .filter_map(|address| {
            // A template that fails is said where links are followed.
            let bytes = build.render(address)?.ok()?;
            Some((address.file_path(), bytes.len() as u64))
        })
        .collect();
    let mut sizes = pages;
    sizes.extend(others);
    // A static file takes the place of a page.
    sizes.extend(static_files.iter().map(|file| (file.address.file_path(), file.size())));
    sizes
}

/// What is too large, by file.
pub(super) fn judge(sizes: &BTreeMap<String, u64>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let is_page = |path: &str| {
        std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
    };
    let heavy = || sizes.iter().filter(|(path, size)| **size > PAGE && is_page(path));
    if let Some((path, size)) = heavy().max_by_key(|(_, size)| **size) {
        let message = format!(
            "{} of more than {} of HTML; the largest is `{path}` with {}",
            count(heavy().count(), "page"),
            HumanBytes(PAGE),
            HumanBytes(*size)
        );
        diagnostics.push(
            Diagnostic::note("size-page", message)
                .help("such a page is slow on a telephone; a clipping may be several in one file"),
        );
    }
    diagnostics.extend(sizes.iter().filter(|(_, size)| **size > FILE).map(|(path, _)| {
        Diagnostic::warning(
            "size-file",
            format!("`{path}` is over 100 MiB, which GitHub takes in no file"),
        )
        .help("make it smaller, or keep it elsewhere and link to it")
    }));
    let total: u64 = sizes.values().sum();
    if total > SITE {
        let message = format!(
            "the site has {} in {}: more than the 1 GB that GitHub Pages takes",
            HumanBytes(total),
            count(sizes.len(), "file")
        );
        diagnostics.push(
            Diagnostic::warning("size-site", message)
                .help("keep large files elsewhere, or publish the archive in parts"),
        );
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_said_once_for_pages_and_for_each_file() {
        for (sizes, expected) in [
            (&[("index.html", PAGE)][..], &[][..]),
            (&[("a/index.html", PAGE + 1), ("b/index.html", PAGE + 9)], &["size-page"]),
            (&[("data.json", PAGE + 1)], &[]),
            (&[("film.mp4", FILE)], &[]),
            (&[("film.mp4", FILE + 1), ("b.mp4", FILE + 1)], &["size-file", "size-file"]),
            (&[("film.mp4", SITE + 1)], &["size-file", "size-site"]),
        ] {
            let sizes = sizes.iter().map(|(path, size)| ((*path).to_owned(), *size)).collect();
            let said = judge(&sizes);
            let codes: Vec<&str> = said.iter().map(|said| said.code.as_str()).collect();
            assert_eq!(codes, expected, "{sizes:?}");
        }
    }
}
