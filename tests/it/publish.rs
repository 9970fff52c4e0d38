//! `annals publish` and `annals link`: the site online, and the way to a page.

use std::path::Path;
use std::process::Command;

use assert_cmd::assert::Assert;

pub(crate) fn annals(folder: &Path) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("annals").unwrap();
    command.current_dir(folder).env("NO_COLOR", "1");
    for (name, value) in IDENTITY {
        command.env(name, value);
    }
    command
}

const IDENTITY: [(&str, &str); 6] = [
    ("GIT_AUTHOR_NAME", "Desk"),
    ("GIT_AUTHOR_EMAIL", "desk@a.example"),
    ("GIT_COMMITTER_NAME", "Desk"),
    ("GIT_COMMITTER_EMAIL", "desk@a.example"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
];

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    let done = command.current_dir(folder).args(arguments).envs(IDENTITY).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn out(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn err(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// A new archive in a repository with a bare one as its remote.
pub(crate) fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--bare", "remote.git"]);
    annals(folder.path()).args(["init", "desk"]).assert().success();
    let desk = folder.path().join("desk");
    git(&desk, &["init", "--quiet"]);
    git(&desk, &["remote", "add", "origin", "../remote.git"]);
    folder
}

#[test]
fn the_site_is_a_commit_of_its_own_and_the_repository_stays_as_it_is() {
    let folder = archive();
    let (desk, remote) = (folder.path().join("desk"), folder.path().join("remote.git"));
    let before = git(&desk, &["status", "--porcelain"]);
    let lock = std::fs::read(desk.join("annals.lock")).ok();
    let told = out(&annals(&desk).args(["publish", "--dry-run"]).assert().success());
    assert!(told.contains("index.html") && told.contains("nothing was sent"), "{told}");
    assert_eq!(git(&remote, &["for-each-ref"]), "", "a dry run sends nothing");
    assert_eq!(std::fs::read(desk.join("annals.lock")).ok(), lock, "and writes nothing");

    annals(&desk).arg("publish").assert().success();
    let files = git(&remote, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    for expected in ["index.html", "404.html", ".nojekyll", "robots.txt"] {
        assert!(files.lines().any(|file| file == expected), "{expected} is not in\n{files}");
    }
    annals(&desk).args(["build", "--locked"]).assert().success();
    for file in files.lines() {
        let sent = git(&remote, &["rev-parse", &format!("gh-pages:{file}")]);
        let built = git(&desk, &["hash-object", "--no-filters", &format!("public/{file}")]);
        assert_eq!(sent, built, "{file} is what `build` writes");
    }
    let after = git(&desk, &["status", "--porcelain"]);
    assert_eq!(after, before, "neither work tree nor index was touched");
    assert_eq!(git(&desk, &["for-each-ref"]), "", "no branch was made here");

    // Again, with a change: still one commit; and a CNAME of GitHub's is kept.
    std::fs::write(desk.join("content/new.txt"), "New quay\n\nIt opens today.\n").unwrap();
    annals(&desk).args(["publish", "--locked"]).assert().code(1);
    annals(&desk).arg("publish").assert().success();
    assert_eq!(git(&remote, &["rev-list", "--count", "gh-pages"]).trim(), "1");
    let clone = folder.path().join("clone");
    git(folder.path(), &["clone", "--quiet", "--branch", "gh-pages", "remote.git", "clone"]);
    std::fs::write(clone.join("CNAME"), "desk.example\n").unwrap();
    git(&clone, &["add", "CNAME"]);
    git(&clone, &["commit", "--quiet", "-m", "Create CNAME"]);
    git(&clone, &["push", "--quiet"]);
    std::fs::remove_file(desk.join("content/new.txt")).unwrap();
    let told = out(&annals(&desk).arg("publish").assert().success());
    assert!(told.contains("gone") && told.contains("published on `gh-pages`"), "{told}");
    assert_eq!(git(&remote, &["show", "gh-pages:CNAME"]), "desk.example\n");
    assert_eq!(
        git(&remote, &["rev-list", "--count", "gh-pages"]).trim(),
        "3",
        "nothing was forced"
    );
}

#[test]
fn a_branch_of_others_is_left_alone() {
    let folder = archive();
    let desk = folder.path().join("desk");
    git(folder.path(), &["clone", "--quiet", "remote.git", "other"]);
    let other = folder.path().join("other");
    std::fs::write(other.join("index.html"), "mine").unwrap();
    git(&other, &["checkout", "--quiet", "-b", "gh-pages"]);
    git(&other, &["add", "."]);
    git(&other, &["commit", "--quiet", "-m", "By hand"]);
    git(&other, &["push", "--quiet", "origin", "gh-pages"]);
    let refused = annals(&desk).arg("publish").assert().code(1);
    assert!(err(&refused).contains("no `annals publish` made"), "{}", err(&refused));
    let stands = git(&folder.path().join("remote.git"), &["show", "gh-pages:index.html"]);
    assert_eq!(stands, "mine");
}

#[test]
fn what_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    annals(folder.path()).args(["init", "desk"]).assert().success();
    let desk = folder.path().join("desk");
    let refused = annals(&desk).arg("publish").assert().code(1);
    assert!(err(&refused).contains("in no git repository"), "{}", err(&refused));
    git(&desk, &["init", "--quiet"]);
    let refused = annals(&desk).arg("publish").assert().code(1);
    assert!(err(&refused).contains("cannot be reached"), "{}", err(&refused));
}

#[test]
fn an_archive_with_errors_is_not_published() {
    let folder = archive();
    let desk = folder.path().join("desk");
    std::fs::create_dir_all(desk.join("templates")).unwrap();
    std::fs::write(desk.join("templates/404.html"), "{{ frame.site_titel }}").unwrap();
    let refused = annals(&desk).arg("publish").assert().code(1);
    assert!(err(&refused).contains("site_titel"), "{}", err(&refused));
    assert_eq!(git(&folder.path().join("remote.git"), &["for-each-ref"]), "", "nothing was sent");
}

#[test]
fn a_dry_run_says_what_stays_behind_and_what_it_weighs() {
    let folder = archive();
    let desk = folder.path().join("desk");
    for (name, mark) in [("red", "tlp = \"red\""), ("draft", "draft = true")] {
        let text = format!("Quay of {name}\n\nThe quay of {name} opens today.\n");
        std::fs::write(desk.join(format!("content/{name}.txt")), text).unwrap();
        std::fs::write(desk.join(format!("content/{name}.toml")), mark).unwrap();
    }
    let told = out(&annals(&desk).args(["publish", "--dry-run"]).assert().success());
    for expected in
        ["2 clippings behind", "content/red.txt (tlp red)", "content/draft.txt (draft)", "1 GB"]
    {
        assert!(told.contains(expected), "{expected:?} is not in\n{told}");
    }
    assert!(!told.contains("quay-of"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_remote_that_takes_nothing_and_a_machine_without_git_are_told_in_words() {
    use std::os::unix::fs::PermissionsExt;

    let folder = archive();
    let (desk, remote) = (folder.path().join("desk"), folder.path().join("remote.git"));
    let hook = remote.join("hooks/pre-receive");
    std::fs::create_dir_all(remote.join("hooks")).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho 'you may not write here' >&2\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let refused = annals(&desk).arg("publish").assert().code(1);
    assert!(err(&refused).contains("see whether you may write there"), "{}", err(&refused));
    assert_eq!(git(&remote, &["for-each-ref"]), "");
    let alone = annals(&desk).arg("publish").env("PATH", folder.path()).assert().code(1);
    assert!(err(&alone).contains("git"), "{}", err(&alone));
    annals(&desk).args(["publish", "--remote", "nobody"]).assert().code(1);
}

#[test]
fn an_article_is_found_by_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let init = ["init", ".", "--base-url", "https://a.example/desk/"];
    annals(folder.path()).args(init).assert().success();
    let link = |arguments: &[&str]| {
        let mut command = annals(folder.path());
        out(&command.arg("link").args(arguments).assert().success())
    };
    let address = link(&["harbour-vote"]);
    assert!(address.starts_with("https://a.example/desk/briefings/"), "{address}");
    assert_eq!(address.lines().count(), 1, "{address}");
    let short = link(&["harbour-vote", "--short"]);
    assert!(
        short.starts_with("https://a.example/desk/s/") && short.ends_with(".html\n"),
        "{short}"
    );
    annals(folder.path()).args(["link", "zeppelin"]).assert().code(2);
    for (form, part) in
        [("bibtex", "@article{"), ("ris", "TY  - NEWS"), ("csl", "[{\"id\""), ("text", "”, ")]
    {
        let cited = link(&["harbour-vote", "--cite", form]);
        assert!(cited.contains(part) && cited.contains("/desk/s/"), "{form}: {cited}");
    }
}
