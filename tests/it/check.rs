//! `annals check`: what it says beyond what a build says.

use std::path::Path;

fn annals(folder: &Path) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("annals").unwrap();
    command.current_dir(folder);
    command
}

/// Severity, code and file of everything that `check` says.
fn check(folder: &Path) -> Vec<String> {
    let run = annals(folder).args(["check", "--format", "json"]).assert().success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    said.lines()
        .map(|line| {
            let said: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let file = text(&said["place"]["file"]);
            format!("{} {} {file}", text(&said["severity"]), text(&said["code"]))
        })
        .collect()
}

/// A new archive, built once.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    annals(folder.path()).arg("build").assert().success();
    folder
}

#[test]
fn an_archive_as_it_should_be_gets_no_warning() {
    let folder = archive();
    annals(folder.path()).args(["check", "--strict"]).assert().success();
}

#[test]
fn a_lock_that_is_behind_is_said_until_the_next_build() {
    let folder = archive();
    let stale = "warning lock-changed annals.lock".to_owned();
    assert!(!check(folder.path()).contains(&stale));
    std::fs::write(folder.path().join("content/new.txt"), "New quay\n\nIt opens today.\n").unwrap();
    let before = std::fs::read(folder.path().join("annals.lock")).unwrap();
    assert!(check(folder.path()).contains(&stale));
    assert_eq!(std::fs::read(folder.path().join("annals.lock")).unwrap(), before, "only looked at");
    annals(folder.path()).arg("build").assert().success();
    assert!(!check(folder.path()).contains(&stale));
}

#[test]
fn what_stays_behind_is_noted_with_its_reason() {
    let folder = archive();
    let content = folder.path().join("content");
    for (name, said) in
        [("red", "tlp: red"), ("draft", "draft: true"), ("later", "publish_after: 2999-01-01")]
    {
        let text = format!("---\n{said}\n---\n\n# Pier {name}\n\nThe pier stays as it is.\n");
        std::fs::write(content.join(format!("{name}.md")), text).unwrap();
    }
    let said = check(folder.path());
    for name in ["red", "draft", "later"] {
        let expected = format!("note withheld content/{name}.md");
        assert!(said.contains(&expected), "{expected} is not in {said:?}");
    }
    let run = annals(folder.path()).arg("check").assert().success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    for reason in ["stays behind: tlp red", ": draft", ": not before 2999-01-01"] {
        assert!(text.contains(reason), "{reason:?} is not in\n{text}");
    }
}

#[test]
fn a_template_and_a_sidecar_that_nothing_comes_to_are_said() {
    let folder = archive();
    std::fs::create_dir_all(folder.path().join("templates")).unwrap();
    let extends = "{% extends \"built-in/article.html\" %}";
    std::fs::write(folder.path().join("templates/artcle.html"), extends).unwrap();
    std::fs::write(folder.path().join("content/alone.toml"), "title = \"x\"\n").unwrap();
    let said = check(folder.path());
    for expected in [
        "warning template-unused templates/artcle.html",
        "warning orphan-sidecar content/alone.toml",
    ] {
        assert!(said.iter().any(|said| said == expected), "{expected} is not in {said:?}");
    }
}

#[test]
fn a_heavy_page_is_noted() {
    let folder = archive();
    let paragraph = "The harbour board met on the quay and spoke about the price of rope.\n\n";
    let text = format!("Rope\n\n{}", paragraph.repeat(6000));
    std::fs::write(folder.path().join("content/rope.txt"), text).unwrap();
    annals(folder.path()).arg("build").assert().success();
    assert!(check(folder.path()).contains(&"note size-page ".to_owned()));
}
