//! A bad clipping is named, and the rest is built.

use std::path::Path;

use assert_cmd::Command;

/// Builds an archive with one good clipping and `bad`, and gives what was said
/// of the bad one as JSON lines.
fn check(bad: impl FnOnce(&Path)) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    std::fs::write(
        content.join("good.txt"),
        "A good headline\n\nThe envoy said on 3 May 2022 that all was well.\n",
    )
    .unwrap();
    bad(&content);
    let run = |arguments: &[&str]| {
        Command::cargo_bin("annals").unwrap().current_dir(folder.path()).args(arguments).assert()
    };
    run(&["build", "--quiet"]).success();
    assert!(
        folder.path().join("public/briefings/a-good-headline/index.html").exists(),
        "the rest is built"
    );
    let said = run(&["check", "--format", "json"]).success().get_output().stdout.clone();
    (String::from_utf8(said).unwrap(), folder)
}

/// Exactly one diagnostic names `file`, and it says `words` and what to do; that none
/// of these clippings says when it was published does not count.
fn one(said: &str, file: &str, words: &str) {
    let undated = |line: &&str| line.contains("\"code\":\"undated\"");
    let about: Vec<&str> =
        said.lines().filter(|line| line.contains(file) && !undated(line)).collect();
    assert_eq!(about.len(), 1, "{file}:\n{said}");
    assert!(about[0].contains(words), "{words:?} is not in {}", about[0]);
    assert!(about[0].contains("\"help\":\""), "it says what to do: {}", about[0]);
}

#[test]
fn an_empty_file() {
    let (said, _folder) = check(|content| std::fs::write(content.join("empty.txt"), "").unwrap());
    one(&said, "content/empty.txt", "empty");
}

#[test]
fn nul_bytes() {
    let (said, _folder) =
        check(|content| std::fs::write(content.join("nul.txt"), [0u8; 4096]).unwrap());
    one(&said, "content/nul.txt", "");
}

#[test]
fn invalid_utf_8_is_read_as_what_it_most_likely_is() {
    let (said, folder) = check(|content| {
        std::fs::write(content.join("latin.txt"), b"A caf\xe9 reopens\n\nThe owner said that the caf\xe9 would stay open all summer long.\n").unwrap();
    });
    one(&said, "content/latin.txt", "windows-1252");
    let page =
        std::fs::read_to_string(folder.path().join("public/briefings/a-cafe-reopens/index.html"))
            .unwrap();
    assert!(page.contains("A café reopens"));
}

#[test]
fn front_matter_that_does_not_close() {
    let (said, _folder) = check(|content| {
        std::fs::write(
            content.join("open.md"),
            "---\ntitle: never closed\n\nThe body goes on and on, and says so.\n",
        )
        .unwrap();
    });
    one(&said, "content/open.md", "\"line\":1");
}

#[test]
fn wrong_types_in_front_matter() {
    let (said, _folder) = check(|content| {
        std::fs::write(
            content.join("types.md"),
            "---\ntitle: [a, b]\n---\n\n# A headline\n\nThe body goes on and on, and says so.\n",
        )
        .unwrap();
    });
    one(&said, "content/types.md", "\"line\":2");
}

#[test]
fn a_date_that_does_not_exist() {
    let (said, _folder) = check(|content| {
        let text = "---\ntitle: A day\npublished: 2022-02-30\n---\n\nThe body goes on and on, and says so.\n";
        std::fs::write(content.join("date.md"), text).unwrap();
    });
    one(&said, "content/date.md", "\"line\":3");
}

#[test]
fn a_title_that_is_a_path() {
    let (said, folder) = check(|content| {
        let text =
            "---\ntitle: ../../../etc/passwd\n---\n\nThe body goes on and on, and says so.\n";
        std::fs::write(content.join("path.md"), text).unwrap();
    });
    one(&said, "content/path.md", "is a path");
    assert!(folder.path().join("public/briefings/etc-passwd/index.html").exists());
}

#[test]
fn two_clippings_with_one_title_are_both_published() {
    let (said, folder) = check(|content| {
        let text =
            "A good headline\n\nAnother body, which says something else about the same thing.\n";
        std::fs::write(content.join("zz.txt"), text).unwrap();
    });
    one(&said, "content/zz.txt", "content/good.txt");
    let pages = std::fs::read_dir(folder.path().join("public/briefings")).unwrap();
    let names: Vec<String> =
        pages.map(|page| page.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(
        names.iter().filter(|name| name.starts_with("a-good-headline")).count(),
        2,
        "{names:?}"
    );
}

#[test]
fn names_that_differ_only_in_case_are_both_published() {
    let (said, folder) = check(|content| {
        std::fs::write(
            content.join("twin.txt"),
            "First twin\n\nThe first body says what the first body has to say.\n",
        )
        .unwrap();
        std::fs::write(
            content.join("Twin.txt"),
            "Second twin\n\nThe second body says what the second body has to say.\n",
        )
        .unwrap();
    });
    one(&said, "only in case", "win.txt");
    for page in ["first-twin", "second-twin"] {
        assert!(
            folder.path().join(format!("public/briefings/{page}/index.html")).exists(),
            "{page}"
        );
    }
}

#[test]
fn a_folder_that_looks_like_a_clipping() {
    let (said, _folder) = check(|content| std::fs::create_dir(content.join("x.md")).unwrap());
    one(&said, "content/x.md", "folder");
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hang_the_build() {
    let (said, _folder) = check(|content| {
        let made =
            std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status().unwrap();
        assert!(made.success());
    });
    one(&said, "content/pipe.md", "");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_archive_is_not_followed() {
    let secret = tempfile::NamedTempFile::with_suffix(".txt").unwrap();
    std::fs::write(
        secret.path(),
        "A secret headline\n\nNobody should ever read this sentence on a page.\n",
    )
    .unwrap();
    let (said, folder) = check(|content| {
        std::os::unix::fs::symlink(secret.path(), content.join("out.txt")).unwrap();
    });
    one(&said, "content/out.txt", "");
    assert!(!folder.path().join("public/briefings/a-secret-headline").exists());
}

#[test]
fn a_line_of_a_megabyte() {
    let (_, folder) = check(|content| {
        let text =
            format!("A long line\n\n{}\n", "The envoy said that all was well. ".repeat(32_000));
        std::fs::write(content.join("line.txt"), text).unwrap();
    });
    assert!(folder.path().join("public/briefings/a-long-line/index.html").exists());
}
