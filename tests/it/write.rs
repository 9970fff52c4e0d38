//! What a build leaves on disk.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests make and look at files")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use annals::diagnostic::Diagnostic;
use annals::site::{Address, Output, StaticFile, WriteReport, write};
use tempfile::TempDir;

fn archive() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["content", "templates", "static"] {
        fs::create_dir(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("content/talks.txt"), "Talks").unwrap();
    root
}

/// Writes these pages into `output`, a path under the archive.
fn build_into(
    root: &TempDir,
    output: &str,
    pages: &[(&str, &str)],
) -> Result<WriteReport, Diagnostic> {
    build_with(root, output, pages, &[])
}

fn build_with(
    root: &TempDir,
    output: &str,
    pages: &[(&str, &str)],
    statics: &[&str],
) -> Result<WriteReport, Diagnostic> {
    let pages: BTreeMap<Address, &str> =
        pages.iter().map(|(address, text)| (Address::parse(address).unwrap(), *text)).collect();
    let addresses: Vec<&Address> = pages.keys().collect();
    let root = root.path();
    let sources = ["content", "templates", "static"].map(|name| root.join(name));
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    let folder = root.join(output);
    let output = Output { folder: &folder, archive: root, sources: &sources, record: None };
    let statics: Vec<StaticFile> = statics
        .iter()
        .map(|path| StaticFile {
            address: Address::of_static(path).unwrap(),
            file: root.join("static").join(path),
        })
        .collect();
    write(&output, &addresses, |page| Ok(Cow::Borrowed(pages[page].as_bytes())), &statics)
}

fn counts(report: &WriteReport) -> [usize; 4] {
    [report.added, report.changed, report.unchanged, report.removed]
}

/// Every path under the archive, and the text of every file.
fn snapshot(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .min_depth(1)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let text = if entry.file_type().is_file() {
                fs::read_to_string(entry.path()).unwrap()
            } else {
                String::new()
            };
            (path, text)
        })
        .collect()
}

const SITE: [(&str, &str); 3] =
    [("/", "home"), ("/briefings/talks/", "talks"), ("/atom.xml", "<feed/>")];

#[test]
fn a_site_becomes_a_folder_and_nothing_else() {
    let root = archive();
    let report = build_into(&root, "public", &SITE).unwrap();
    assert_eq!(counts(&report), [3, 0, 0, 0]);
    assert_eq!(report.diagnostics, []);
    let paths: Vec<String> = snapshot(root.path()).into_keys().collect();
    assert_eq!(
        paths,
        [
            "content",
            "content/talks.txt",
            "public",
            "public/.build-manifest.json",
            "public/atom.xml",
            "public/briefings",
            "public/briefings/talks",
            "public/briefings/talks/index.html",
            "public/index.html",
            "static",
            "templates",
        ]
    );
}

#[test]
fn a_rebuild_says_what_changed_and_removes_what_is_gone() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    let report = build_into(
        &root,
        "public",
        &[("/", "new home"), ("/atom.xml", "<feed/>"), ("/tags/", "t")],
    )
    .unwrap();
    assert_eq!(counts(&report), [1, 1, 1, 1]);
    assert!(!root.path().join("public/briefings").exists(), "not even the folder is left");
    assert_eq!(fs::read_to_string(root.path().join("public/index.html")).unwrap(), "new home");
}

#[cfg(unix)]
#[test]
fn what_did_not_change_is_not_written_again() {
    use std::os::unix::fs::MetadataExt;
    let root = archive();
    let inode = |path: &str| root.path().join(path).metadata().unwrap().ino();
    build_into(&root, "public", &SITE).unwrap();
    let (folder, feed) = (inode("public"), inode("public/atom.xml"));
    build_into(&root, "public", &SITE).unwrap();
    assert_eq!(inode("public"), folder, "nothing is exchanged where nothing changed");
    build_into(&root, "public", &[("/", "other"), ("/atom.xml", "<feed/>")]).unwrap();
    assert_eq!(inode("public/atom.xml"), feed, "the same file under a second name");
}

#[test]
fn a_damaged_page_is_mended() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    let clean = snapshot(root.path());
    fs::write(root.path().join("public/index.html"), "").unwrap();
    fs::remove_file(root.path().join("public/atom.xml")).unwrap();
    assert_eq!(counts(&build_into(&root, "public", &SITE).unwrap()), [0, 2, 1, 0]);
    assert_eq!(snapshot(root.path()), clean);
}

#[test]
fn files_of_others_stay() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    for (path, text) in [
        ("public/.git/HEAD", "ref"),
        ("public/.git/refs/heads/main", "abc"),
        ("public/CNAME", "harbour.example"),
        ("public/briefings/talks/mine.txt", "mine"),
        ("public/verify/token.html", "token"),
    ] {
        let file = root.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    fs::create_dir_all(root.path().join("public/.git/objects/info")).unwrap();
    let before = snapshot(&root.path().join("public/.git"));
    build_into(&root, "public", &[("/", "other")]).unwrap();
    assert_eq!(snapshot(&root.path().join("public/.git")), before);
    for (path, text) in [
        ("public/CNAME", "harbour.example"),
        ("public/briefings/talks/mine.txt", "mine"),
        ("public/verify/token.html", "token"),
        ("public/index.html", "other"),
    ] {
        assert_eq!(fs::read_to_string(root.path().join(path)).unwrap(), text);
    }
    assert!(!root.path().join("public/briefings/talks/index.html").exists());
}

#[test]
fn a_page_never_takes_the_place_of_someone_elses_file() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    fs::create_dir(root.path().join("public/about")).unwrap();
    fs::write(root.path().join("public/about/index.html"), "mine").unwrap();
    let before = snapshot(root.path());
    let error = build_into(&root, "public", &[("/", "new"), ("/about/", "ours")]).unwrap_err();
    assert_eq!(error.code, "output-in-the-way");
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let root = archive();
    fs::create_dir(root.path().join("public")).unwrap();
    for (name, is_fine) in [
        (".gitignore", true),
        (".gitkeep", true),
        (".nojekyll", true),
        ("CNAME", true),
        ("thesis.doc", false),
    ] {
        fs::write(root.path().join("public").join(name), "x").unwrap();
        let before = snapshot(root.path());
        let result = build_into(&root, "public", &SITE);
        assert_eq!(result.is_ok(), is_fine, "{name}");
        if is_fine {
            fs::remove_dir_all(root.path().join("public")).unwrap();
            fs::create_dir(root.path().join("public")).unwrap();
        } else {
            let error = result.unwrap_err();
            assert_eq!(error.code, "output-not-ours");
            assert!(error.message.contains("thesis.doc"));
            assert_eq!(snapshot(root.path()), before);
        }
    }
}

#[test]
fn a_manifest_that_cannot_be_read_stops_the_build() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    fs::write(root.path().join("public/.build-manifest.json"), "{").unwrap();
    let before = snapshot(root.path());
    assert_eq!(build_into(&root, "public", &SITE).unwrap_err().code, "output-manifest");
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn an_output_that_overlaps_with_a_source_is_refused() {
    let root = archive();
    let before = snapshot(root.path());
    for output in [
        "",
        ".",
        "..",
        "content",
        "content/public",
        "templates",
        "static/x/..",
        "public/../content",
        "nowhere/../content/x",
    ] {
        let error = build_into(&root, output, &SITE).unwrap_err();
        assert_eq!(error.code, "output-overlap", "{output:?}: {error:?}");
        assert_eq!(snapshot(root.path()), before, "{output:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_is_resolved_first() {
    use std::os::unix::fs::symlink;
    let root = archive();
    symlink("content", root.path().join("public")).unwrap();
    assert_eq!(build_into(&root, "public", &SITE).unwrap_err().code, "output-overlap");
    fs::remove_file(root.path().join("public")).unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(elsewhere.path().join("site")).unwrap();
    symlink(elsewhere.path().join("site"), root.path().join("public")).unwrap();
    build_into(&root, "public", &SITE).unwrap();
    assert!(root.path().join("public").is_symlink(), "the link itself stays");
    assert!(elsewhere.path().join("site/index.html").exists());
}

#[test]
fn a_second_build_of_the_same_folder_is_refused_while_the_first_writes() {
    let root = archive();
    let folder = root.path().join("public");
    let output = Output { folder: &folder, archive: root.path(), sources: &[], record: None };
    let home = Address::home();
    let inner = |_: &Address| {
        let error = build_into(&root, "public", &SITE).unwrap_err();
        assert_eq!(error.code, "output-busy");
        Ok(Cow::Borrowed(&b"first"[..]))
    };
    write(&output, &[&home], inner, &[]).unwrap();
    assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "first");
    build_into(&root, "public", &SITE).unwrap();
}

#[test]
fn leftovers_of_an_interrupted_build_are_cleared() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    let clean = snapshot(root.path());
    fs::create_dir(root.path().join(".public.annals-new")).unwrap();
    fs::write(root.path().join(".public.annals-new/index.html"), "half").unwrap();
    fs::write(root.path().join(".public.annals-lock"), "").unwrap();
    fs::rename(root.path().join("public"), root.path().join(".public.annals-old")).unwrap();
    assert_eq!(counts(&build_into(&root, "public", &SITE).unwrap()), [0, 0, 3, 0]);
    assert_eq!(snapshot(root.path()), clean);
}

#[test]
fn a_page_that_cannot_be_rendered_leaves_the_old_site() {
    let root = archive();
    build_into(&root, "public", &SITE).unwrap();
    let before = snapshot(root.path());
    let folder = root.path().join("public");
    let output = Output { folder: &folder, archive: root.path(), sources: &[], record: None };
    let pages: Vec<Address> = (0..100).map(|n| Address::page(&[&format!("p{n:02}")])).collect();
    let render = |page: &Address| match page.as_str() {
        "/p42/" | "/p77/" => Err(Diagnostic::error("template", format!("cannot render {page}"))),
        _ => Ok(Cow::Borrowed(&b"page"[..])),
    };
    let pages: Vec<&Address> = pages.iter().collect();
    let error = write(&output, &pages, render, &[]).unwrap_err();
    assert_eq!(error.message, "cannot render /p42/", "the first, whichever thread met it");
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn static_files_are_copied_and_win() {
    let root = archive();
    fs::create_dir(root.path().join("static/images")).unwrap();
    fs::write(root.path().join("static/images/Grey Harbour.svg"), "<svg/>").unwrap();
    fs::write(root.path().join("static/robots.txt"), "mine").unwrap();
    let statics = ["images/Grey Harbour.svg", "robots.txt"];
    let pages = [("/", "home"), ("/robots.txt", "ours")];
    let report = build_with(&root, "public", &pages, &statics).unwrap();
    assert_eq!(counts(&report), [3, 0, 0, 0]);
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(fs::read_to_string(root.path().join("public/robots.txt")).unwrap(), "mine");
    assert_eq!(counts(&build_with(&root, "public", &pages, &statics).unwrap()), [0, 0, 3, 0]);
    fs::write(root.path().join("static/robots.txt"), "more").unwrap();
    assert_eq!(counts(&build_with(&root, "public", &pages, &statics).unwrap()), [0, 1, 2, 0]);
    assert_eq!(fs::read_to_string(root.path().join("public/robots.txt")).unwrap(), "more");

    fs::create_dir(root.path().join("static/x")).unwrap();
    fs::write(root.path().join("static/briefings"), "a file").unwrap();
    let error = build_with(&root, "public", &SITE, &["briefings"]).unwrap_err();
    assert_eq!(error.code, "static-file-and-folder");
}

#[test]
fn the_same_site_gives_the_same_bytes_wherever_it_was_before() {
    let (one, other) = (archive(), archive());
    build_into(&one, "public", &SITE).unwrap();
    build_into(&other, "public", &[("/", "first"), ("/gone/", "x")]).unwrap();
    build_into(&other, "public", &SITE).unwrap();
    assert_eq!(snapshot(one.path()), snapshot(other.path()));
}

#[test]
fn an_empty_site_is_a_folder_too() {
    let root = archive();
    build_into(&root, "deep/er/public", &[]).unwrap();
    assert!(root.path().join("deep/er/public/.build-manifest.json").exists());
}
