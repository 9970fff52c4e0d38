//! What reading an archive finds, and what it says about the rest.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests make and look at files")]

use std::fs;
use std::path::Path;

use annals::diagnostic::{Diagnostic, Severity};
use annals::source::{Found, decode, read_archive, read_clipping};
use tempfile::TempDir;

/// An archive with these files; a path that ends in `/` is a folder.
fn archive(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        put(root.path(), path, text.as_bytes());
    }
    root
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    if path.ends_with('/') {
        fs::create_dir_all(file).unwrap();
    } else {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

fn read(root: &TempDir) -> Found {
    read_archive(root.path(), &[]).unwrap()
}

fn paths(found: &Found) -> Vec<&str> {
    found.clippings.iter().map(|clipping| clipping.path.as_str()).collect()
}

/// Severity, code and file of each diagnostic.
fn said(diagnostics: &[Diagnostic]) -> Vec<(Severity, &str, &str)> {
    diagnostics
        .iter()
        .map(|found| {
            let file = found.place.as_ref().map_or("", |place| place.file.as_str());
            (found.severity, found.code.as_str(), file)
        })
        .collect()
}

#[test]
fn clippings_are_found_in_one_order_whatever_the_folders() {
    let root = archive(&[
        ("content/b.md", ""),
        ("content/B.txt", ""),
        ("content/a/z.markdown", ""),
        ("content/a.txt", ""),
        ("content/é.txt", ""),
        ("content/a-b.txt", ""),
    ]);
    let found = read(&root);
    assert_eq!(paths(&found), ["B.txt", "a-b.txt", "a.txt", "a/z.markdown", "b.md", "é.txt"]);
    assert_eq!(found.clippings[2].file, "content/a.txt");
    assert_eq!(said(&found.diagnostics), []);
}

#[test]
fn names_with_an_underscore_or_a_dot_are_not_published() {
    let root = archive(&[
        ("content/a.txt", ""),
        ("content/_b.txt", ""),
        ("content/.c.txt", ""),
        ("content/_drafts/d.txt", ""),
        ("content/.obsidian/e.md", ""),
    ]);
    let found = read(&root);
    assert_eq!(paths(&found), ["a.txt"]);
    assert_eq!(said(&found.diagnostics), []);
}

#[test]
fn decomposed_names_become_composed_and_none_is_lost() {
    let root = archive(&[("content/cafe\u{301}.txt", "one"), ("content/caf\u{e9}.txt", "two")]);
    let found = read(&root);
    assert_eq!(paths(&found), ["café.txt", "café~2.txt"]);
    assert_eq!(found.clippings[0].bytes, b"two", "who is spelt in NFC keeps the name");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_read_too() {
    use std::os::unix::ffi::OsStrExt;
    let root = archive(&[("content/a.txt", "")]);
    for name in [&b"caf\xe9.txt"[..], b"caf\xe8.txt"] {
        let name = std::ffi::OsStr::from_bytes(name);
        fs::write(root.path().join("content").join(name), "text").unwrap();
    }
    assert_eq!(paths(&read(&root)), ["a.txt", "caf\u{FFFD}.txt", "caf\u{FFFD}~2.txt"]);
}

#[test]
fn everything_else_is_named_with_what_to_do() {
    let root = archive(&[
        ("content/a.txt", ""),
        ("content/a.toml", ""),
        ("content/b.toml", ""),
        ("content/x.jpg", ""),
        ("content/y.JPG", ""),
        ("content/saved.eml", ""),
        ("content/folder.md/inner.txt", ""),
        ("content/Twin.txt", ""),
        ("content/twin.txt", ""),
    ]);
    let found = read(&root);
    assert_eq!(paths(&found), ["Twin.txt", "a.txt", "folder.md/inner.txt", "twin.txt"]);
    assert_eq!(
        said(&found.diagnostics),
        [
            (Severity::Note, "folder-named-like-a-file", "content/folder.md"),
            (Severity::Note, "unknown-kind", "content/saved.eml"),
            (Severity::Note, "unknown-kind", "content/x.jpg"),
            (Severity::Warning, "name-case", "content/twin.txt"),
            (Severity::Warning, "orphan-sidecar", "content/b.toml"),
        ]
    );
    assert!(found.diagnostics.iter().all(|found| found.help.is_some()));
    assert!(found.clippings[1].sidecar.is_some());
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_and_nowhere_else() {
    use std::os::unix::fs::symlink;
    let root = archive(&[
        ("content/a.txt", "inside"),
        ("content/_hidden.txt", "private"),
        ("content/folder/b.txt", ""),
        ("outside.txt", "secret"),
    ]);
    let link =
        |target: &str, name: &str| symlink(target, root.path().join("content").join(name)).unwrap();
    link("a.txt", "good.txt");
    link("../outside.txt", "leak.txt");
    link("/etc/passwd", "passwd.txt");
    link("folder", "again");
    link(".", "loop");
    link("_hidden.txt", "shown.txt");
    link("nowhere.txt", "broken.txt");
    let found = read(&root);
    assert_eq!(paths(&found), ["a.txt", "folder/b.txt", "good.txt"]);
    let named: Vec<&str> = said(&found.diagnostics).into_iter().map(|(_, _, file)| file).collect();
    assert_eq!(
        named,
        [
            "content/again",
            "content/broken.txt",
            "content/leak.txt",
            "content/loop",
            "content/passwd.txt",
            "content/shown.txt",
        ]
    );
    assert!(found.diagnostics[2].message.contains("leaves the folder"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_named_and_not_waited_for() {
    let root = archive(&[("content/a.txt", "")]);
    let pipe = root.path().join("content/x.md");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .unwrap();
    let found = read(&root);
    assert_eq!(paths(&found), ["a.txt"]);
    assert_eq!(said(&found.diagnostics), [(Severity::Warning, "not-read", "content/x.md")]);
    assert!(found.diagnostics[0].message.contains("named pipe"));
}

#[test]
fn a_large_clipping_is_read_and_a_huge_one_refused() {
    let root = archive(&[("content/line.txt", &"word ".repeat(200_000))]);
    put(root.path(), "content/large.txt", &b"A sentence of a long book.\n".repeat(1_900_000));
    let huge = fs::File::create(root.path().join("content/huge.txt")).unwrap();
    huge.set_len(65 * 1024 * 1024).unwrap();
    let found = read(&root);
    assert_eq!(paths(&found), ["large.txt", "line.txt"]);
    assert_eq!(
        said(&found.diagnostics),
        [(Severity::Warning, "unreadable-clipping", "content/huge.txt")]
    );
    for clipping in &found.clippings {
        let document = decode(clipping);
        assert_eq!((document.text.len(), document.diagnostics.len()), (clipping.bytes.len(), 0));
    }
}

#[test]
fn a_folder_of_pasted_articles_is_an_archive_already() {
    let root = archive(&[
        ("talks.txt", "Talks"),
        ("2022/ferry.md", "Ferry"),
        ("public/index.md", "built"),
        ("out/notes.txt", "built"),
    ]);
    let found = read_archive(root.path(), &[root.path().join("out")]).unwrap();
    assert_eq!(paths(&found), ["2022/ferry.md", "talks.txt"]);
    assert_eq!(found.clippings[0].file, "2022/ferry.md");
    assert_eq!(said(&found.diagnostics), [(Severity::Note, "bare-folder", "")]);
}

#[test]
fn a_folder_that_is_no_archive_is_refused() {
    let root = archive(&[("notes.pdf", "")]);
    assert_eq!(read_archive(root.path(), &[]).unwrap_err().code, "no-archive");
    assert_eq!(read_archive(&root.path().join("nowhere"), &[]).unwrap_err().code, "no-folder");
    let root = archive(&[("annals.toml", "")]);
    assert_eq!(said(&read(&root).diagnostics), [(Severity::Warning, "no-content", "")]);
}

#[test]
fn settings_static_files_and_templates_come_along() {
    let root = archive(&[
        ("content/", ""),
        ("annals.toml", "\u{FEFF}title = \"Harbour\""),
        ("actors.toml", "# nobody yet"),
        ("static/CNAME", "harbour.example"),
        ("static/.well-known/security.txt", ""),
        ("static/.DS_Store", ""),
        ("static/a:b.txt", ""),
        ("templates/partials/head.html", "<head>"),
        ("templates/article.html", "<html>"),
    ]);
    put(root.path(), "templates/broken.html", b"\xFF");
    let found = read(&root);
    assert_eq!(found.config.as_deref(), Some("title = \"Harbour\""));
    assert_eq!(found.register.as_deref(), Some("# nobody yet"));
    let addresses: Vec<&str> =
        found.static_files.iter().map(|file| file.address.as_str()).collect();
    assert_eq!(addresses, ["/.well-known/security.txt", "/CNAME"]);
    let templates: Vec<&str> = found.templates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(templates, ["article.html", "partials/head.html"]);
    assert_eq!(
        said(&found.diagnostics),
        [
            (Severity::Warning, "static-name", "static/a:b.txt"),
            (Severity::Error, "unreadable-file", "templates/broken.html"),
        ]
    );
}

#[test]
fn a_single_file_brings_its_sidecar() {
    let root = archive(&[("talks.txt", "Talks"), ("talks.toml", "title = \"T\"")]);
    let clipping = read_clipping(&root.path().join("talks.txt")).unwrap();
    assert_eq!(clipping.path, "talks.txt");
    assert_eq!(decode(&clipping).metadata.title.unwrap().value, "T");
    assert_eq!(read_clipping(&root.path().join("x.txt")).unwrap_err().code, "unreadable-clipping");
}

/// The list of what people put into folders: one sentence about each, and the
/// rest is read.
#[test]
fn bad_clippings_are_named_once_and_stop_nothing() {
    let root = archive(&[
        ("content/empty.txt", ""),
        ("content/open.md", "---\ntitle: Talks\n\nThe ferry left."),
        ("content/types.md", "---\ntitle: [a, b]\n---\nThe ferry left."),
        ("content/day.md", "---\npublished: 2024-02-30\n---\nThe ferry left."),
        ("content/path.md", "---\ntitle: ../../etc/passwd\n---\nThe ferry left."),
        ("content/good.txt", "The ferry left."),
    ]);
    put(root.path(), "content/nul.txt", b"The ferry\0 left.");
    put(root.path(), "content/picture.txt", &[0x89, b'P', b'N', b'G', 0, 0, 0, 1].repeat(100));
    put(
        root.path(),
        "content/broken.txt",
        "Überfahrt für Zoë \u{e9}\n"
            .as_bytes()
            .split_last()
            .map(|(_, rest)| &rest[..rest.len() - 1])
            .unwrap(),
    );
    let found = read(&root);
    assert_eq!(found.clippings.len(), 9);
    let documents: Vec<_> = found.clippings.iter().map(decode).collect();
    let diagnostics: Vec<Diagnostic> =
        documents.iter().flat_map(|document| document.diagnostics.clone()).collect();
    assert_eq!(
        said(&diagnostics),
        [
            (Severity::Warning, "bytes-replaced", "content/broken.txt"),
            (Severity::Warning, "metadata-date", "content/day.md"),
            (Severity::Warning, "empty-clipping", "content/empty.txt"),
            (Severity::Warning, "front-matter-open", "content/open.md"),
            (Severity::Warning, "not-text", "content/picture.txt"),
            (Severity::Warning, "metadata-type", "content/types.md"),
        ]
    );
    assert!(diagnostics.iter().all(|found| found.help.is_some()));
}

#[test]
fn the_same_folder_gives_the_same_value() {
    let files: Vec<(String, String)> =
        (0..50).map(|n| (format!("content/{}/{n}.txt", n % 7), format!("Text {n}"))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let root = archive(&files);
    assert_eq!(read(&root), read(&root));
}
