//! What a person at a terminal sees.

use std::path::Path;

use assert_cmd::Command;

fn annals(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("annals").unwrap();
    command.current_dir(folder);
    command
}

fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn a_new_archive_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "desk", "--title", "Harbour \"desk\""]).assert().success();
    let desk = folder.path().join("desk");
    let built = annals(&desk).args(["build", "--strict"]).assert().success();
    assert!(stderr(&built).starts_with("2 articles, "), "{}", stderr(&built));
    let home = std::fs::read_to_string(desk.join("public/index.html")).unwrap();
    assert!(
        home.contains("Harbour &quot;desk&quot;") || home.contains("Harbour \"desk\""),
        "the title is on the page"
    );
    for file in [
        "404.html",
        ".nojekyll",
        "robots.txt",
        "timeline/index.html",
        "actors/mara-lindqvist/index.html",
    ] {
        assert!(desk.join("public").join(file).exists(), "{file}");
    }
    annals(&desk).args(["check", "--strict"]).assert().success();
    let again = annals(&desk).args(["build"]).assert().success();
    assert!(stderr(&again).contains("(0 added, 0 changed, 0 removed)"), "{}", stderr(&again));
}

#[test]
fn init_refuses_a_folder_that_holds_something() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let refused = annals(folder.path()).arg("init").assert().code(1);
    assert!(stderr(&refused).contains("`mine.txt`"), "{}", stderr(&refused));
}

#[test]
fn a_plain_folder_of_clippings_is_an_archive() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("clippings");
    std::fs::create_dir(&folder).unwrap();
    let text =
        "Talks resume\n\nThe envoy said that talks would go on for as long as they had to.\n";
    std::fs::write(folder.join("talks.txt"), text).unwrap();
    annals(&folder).args(["build", ".", "--output", "../site"]).assert().success();
    let site = above.path().join("site");
    assert!(site.join("briefings/talks-resume/index.html").exists());
}

#[test]
fn a_template_of_the_user_replaces_ours() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    std::fs::create_dir(folder.path().join("templates")).unwrap();
    std::fs::write(
        folder.path().join("templates/404.html"),
        "<p>Nobody is here, says {{ frame.site_title }}.</p>",
    )
    .unwrap();
    annals(folder.path()).arg("build").assert().success();
    let page = std::fs::read_to_string(folder.path().join("public/404.html")).unwrap();
    assert!(page.starts_with("<p>Nobody is here, says "), "{page}");
}

#[test]
fn a_broken_template_names_itself_its_line_and_the_names_there_are() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    std::fs::create_dir(folder.path().join("templates")).unwrap();
    let template = folder.path().join("templates/404.html");
    std::fs::write(&template, "<p>fine</p>\n<p>{{ frame.site_titel }}</p>\n").unwrap();
    let refused = annals(folder.path()).arg("build").assert().code(1);
    let said = stderr(&refused);
    for expected in ["404.html:2", "site_titel", "site_title"] {
        assert!(said.contains(expected), "{expected:?} is not in\n{said}");
    }
    assert!(!folder.path().join("public").exists(), "nothing half-built is left");
}

#[test]
fn a_misspelt_setting_names_the_line_and_the_nearest_key() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    std::fs::write(
        folder.path().join("annals.toml"),
        "title = \"x\"\nbase_ulr = \"https://a.example/\"\n",
    )
    .unwrap();
    let refused = annals(folder.path()).arg("build").assert().code(1);
    let said = stderr(&refused);
    for expected in ["annals.toml:2", "base_ulr", "base_url"] {
        assert!(said.contains(expected), "{expected:?} is not in\n{said}");
    }
}

#[test]
fn strict_makes_warnings_fail() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    std::fs::write(folder.path().join("content/empty.txt"), "").unwrap();
    annals(folder.path()).arg("build").assert().success();
    annals(folder.path()).args(["build", "--strict"]).assert().code(1);
    let check = annals(folder.path()).args(["check", "--format", "github"]).assert().success();
    let said = String::from_utf8(check.get_output().stdout.clone()).unwrap();
    assert!(said.contains("::warning file=content/empty.txt"), "{said}");
}

#[test]
fn wrong_use_is_code_2() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).arg("bild").assert().code(2);
    annals(folder.path()).args(["build", "--base-url", "ftp://x"]).assert().code(2);
}

#[test]
fn what_is_piped_in_is_pasted_text() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Talks resume\n\nBy Jonas Vey\n\nPORT ALDER (Reuters) - The envoy said that talks would go on for as long as they had to.\n\nShare\n";
    let run = annals(folder.path()).args(["clean", "-"]).write_stdin(text).assert().success();
    let markdown = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(markdown.contains("# Talks resume\n"), "{markdown}");
    assert!(
        markdown.ends_with("\nThe envoy said that talks would go on for as long as they had to.\n"),
        "{markdown}"
    );
}

#[test]
fn a_locked_build_changes_no_address() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "."]).assert().success();
    annals(folder.path()).arg("build").assert().success();
    let lock = folder.path().join("annals.lock");
    let written = std::fs::read_to_string(&lock).unwrap();
    assert!(written.contains("path = \"2024/harbour-talks.txt\""), "{written}");
    annals(folder.path()).args(["build", "--locked"]).assert().success();

    std::fs::write(folder.path().join("content/new.txt"), "New quay\n\nIt opens today.\n").unwrap();
    let refused = annals(folder.path()).args(["build", "--locked"]).assert().code(1);
    let said = stderr(&refused);
    for expected in ["annals.lock is not up to date", "new-quay", "without `--locked`"] {
        assert!(said.contains(expected), "{expected:?} is not in\n{said}");
    }
    assert!(!folder.path().join("public/briefings/new-quay").exists(), "nothing was written");
    assert_eq!(std::fs::read_to_string(&lock).unwrap(), written);
    // What the next build will not publish is not recorded either.
    std::fs::write(
        folder.path().join("content/d.txt"),
        "---\ndraft: true\n---\nDraft\n\nSecret.\n",
    )
    .unwrap();
    annals(folder.path()).args(["build", "--drafts"]).assert().success();
    assert_eq!(std::fs::read_to_string(&lock).unwrap(), written);
}
