//! What a person may rely on at a terminal: interruptions, silence, help.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::support::tree;

fn annals(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("annals").unwrap();
    command.current_dir(folder);
    command
}

fn said(command: &mut Command) -> (String, String) {
    let run = command.assert().success();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&run.get_output().stdout), text(&run.get_output().stderr))
}

/// An archive with `n` clippings.
fn archive(n: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    fs::write(root.path().join("annals.toml"), "title = \"Desk\"\n").unwrap();
    for n in 0..n {
        write(root.path(), n, "first");
    }
    root
}

fn write(root: &Path, n: usize, word: &str) {
    let day = n % 27 + 1;
    let text = format!(
        "Talks number {n} resume\n\n{day} March 2022\n\nThe {word} round of talks number {n} was held in Port Alder on {day} March 2022, and Mara Lindqvist said that it would go on.\n"
    );
    fs::write(root.join(format!("content/{n}.txt")), text).unwrap();
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_the_old_site_or_the_new_one() {
    use std::process::{Command, Stdio};

    let root = archive(150);
    let public = root.path().join("public");
    annals(root.path()).arg("build").assert().success();
    let old = tree(&public);
    for n in 0..150 {
        write(root.path(), n, "second");
    }
    annals(root.path()).args(["build", "--output", "new", "--no-cache"]).assert().success();
    let new = tree(&root.path().join("new"));
    fs::remove_dir_all(root.path().join("new")).unwrap();
    let mut n_interrupted = 0;
    for wait in 0..12u64 {
        let mut build = Command::new(env!("CARGO_BIN_EXE_annals"))
            .arg("build")
            .current_dir(root.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 40));
        let sent = Command::new("kill").args(["-INT", &build.id().to_string()]).status();
        if sent.is_err() {
            build.kill().unwrap();
        }
        let ended = build.wait().unwrap();
        n_interrupted += usize::from(!ended.success());
        let now = tree(&public);
        assert!(now == old || now == new, "after {} ms", wait * 40);
    }
    assert!(n_interrupted > 0, "no build was slow enough to be interrupted");
    annals(root.path()).arg("build").assert().success();
    assert!(tree(&public) == new);
    let left: Vec<String> = fs::read_dir(root.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("annals-"))
        .collect();
    assert_eq!(left, [""; 0], "nothing is left over");
}

/// The build opens no socket, whatever the clippings name.
#[cfg(target_os = "linux")]
#[test]
fn a_build_opens_no_socket() {
    use std::process::Command;

    let root = archive(3);
    fs::write(
        root.path().join("content/far.md"),
        "---\ntitle: Far away\nsource: https://far.example/a\n---\n\n![A map](https://far.example/map.png) and [more](https://far.example/).\n",
    )
    .unwrap();
    let log = root.path().join("strace.log");
    let traced = Command::new("strace")
        .args(["-f", "-e", "trace=%network", "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_annals"))
        .args(["build", "--quiet"])
        .current_dir(root.path())
        .output();
    match traced {
        Ok(run) if run.status.success() => {
            let log = fs::read_to_string(log).unwrap();
            let calls: Vec<&str> =
                log.lines().filter(|line| line.contains('(') && !line.contains("---")).collect();
            assert_eq!(calls, [""; 0]);
        }
        _ => eprintln!("skipped: strace is not at hand, or may not trace"),
    }
}

#[test]
fn quiet_says_nothing_and_verbose_everything() {
    let root = archive(1);
    for n in 0..5 {
        fs::write(root.path().join(format!("content/empty{n}.txt")), "").unwrap();
    }
    let build = |argument: &str| said(annals(root.path()).args(["build", argument]));
    assert_eq!(build("--quiet"), (String::new(), String::new()));
    let (out, normal) = build("--no-cache");
    assert_eq!(out, "", "what is said to people is no data");
    assert!(normal.contains("… and 2 more of this kind"), "{normal}");
    let line = normal.lines().last().unwrap();
    for expected in ["1 article, ", " actor", " event", " pages; ", " s"] {
        assert!(line.contains(expected), "{expected:?} is not in {line}");
    }
    let (_, verbose) = build("--verbose");
    assert!(!verbose.contains("more of this kind"), "{verbose}");
    assert!(verbose.matches("warning").count() > normal.matches("warning").count(), "{verbose}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let root = archive(0);
    fs::write(root.path().join("content/empty.txt"), "").unwrap();
    let escapes = |command: &mut Command| said(command).1.contains('\u{1b}');
    assert!(!escapes(annals(root.path()).arg("build")));
    assert!(escapes(annals(root.path()).args(["build", "--color", "always"])));
    assert!(!escapes(annals(root.path()).arg("build").env("NO_COLOR", "1")));
}

/// On a terminal a build shows how far it is; elsewhere it does not.
#[cfg(unix)]
#[test]
fn a_terminal_sees_progress() {
    use std::process::{Command, Stdio};

    let root = archive(400);
    let built = format!("{} build --no-cache", env!("CARGO_BIN_EXE_annals"));
    let run = Command::new("script")
        .args(["--quiet", "--return", "--command", &built, "/dev/null"])
        .current_dir(root.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output();
    let Ok(run) = run.map(|run| String::from_utf8_lossy(&run.stdout).into_owned()) else {
        eprintln!("skipped: `script`, which makes a terminal, is not at hand");
        return;
    };
    for expected in ["reading", "writing", "400 articles", "\u{1b}["] {
        assert!(run.contains(expected), "{expected:?} is not in {run:?}");
    }
    let (_, elsewhere) = said(annals(root.path()).args(["build", "--no-cache"]));
    assert!(!elsewhere.contains("reading") && !elsewhere.contains('\u{1b}'), "{elsewhere}");
}

#[test]
fn every_shell_has_completions_and_man_a_page() {
    let root = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (script, _) = said(annals(root.path()).args(["completions", shell]));
        assert!(script.contains("annals") && script.contains("serve"), "{shell}");
    }
    let (page, _) = said(annals(root.path()).arg("man"));
    for expected in [".TH annals", "annals build", "no\\-cache"] {
        assert!(page.contains(expected), "{expected:?} is not in the manual");
    }
}

#[test]
fn a_new_clipping_is_named_by_its_title_and_writes_over_nothing() {
    let root = archive(0);
    let new = |arguments: &[&str], text: &str| {
        said(annals(root.path()).arg("new").args(arguments).write_stdin(text)).0
    };
    assert_eq!(new(&["Harbour \"talks\" resume"], ""), "./content/harbour-talks-resume.md\n");
    let text = fs::read_to_string(root.path().join("content/harbour-talks-resume.md")).unwrap();
    assert!(text.starts_with("---\ntitle: \"Harbour \\\"talks\\\" resume\"\n"), "{text}");
    assert_eq!(new(&["Harbour talks: resume"], ""), "./content/harbour-talks-resume-2.md\n");

    let pasted = "Council votes for the quay\n\nBy Jonas Vey\n\n3 May 2024\n\nThe council voted on Friday.\n";
    assert_eq!(new(&["--paste"], pasted), "./content/council-votes-for-the-quay.txt\n");
    let kept = fs::read_to_string(root.path().join("content/council-votes-for-the-quay.txt"));
    assert_eq!(kept.unwrap(), pasted);
    let named = new(&["--paste", "A title", "--folder", "2024"], pasted);
    assert_eq!(named, "./content/2024/a-title.txt\n");
    let sidecar = fs::read_to_string(root.path().join("content/2024/a-title.toml")).unwrap();
    assert_eq!(sidecar, "title = \"A title\"\n");
    annals(root.path()).args(["new", "x", "--folder", "../.."]).assert().code(2);
    annals(root.path()).args(["new", "--paste"]).write_stdin(" \n").assert().code(2);
    annals(root.path()).arg("new").assert().code(2);
}

#[test]
fn a_new_archive_can_be_pushed_as_it_is() {
    let root = tempfile::tempdir().unwrap();
    let desk = root.path().join("desk");
    let arguments = ["init", "desk", "--base-url", "https://me.example/desk/"];
    annals(root.path()).args(arguments).assert().success();
    annals(&desk).args(["build", "--locked", "--strict"]).assert().success();
    let workflow = fs::read_to_string(desk.join(".github/workflows/pages.yml")).unwrap();
    for line in workflow.lines().filter(|line| line.contains("uses:")) {
        let commit = line.split('@').nth(1).unwrap().split(' ').next().unwrap();
        assert!(
            commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{line}"
        );
    }
    for expected in
        ["contents: read", "pages: write", "id-token: write", "--locked", "actions/cache"]
    {
        assert!(workflow.contains(expected), "{expected:?}");
    }
    assert!(!workflow.contains("{version}"), "{workflow}");
    let ignored = fs::read_to_string(desk.join(".gitignore")).unwrap();
    assert!(ignored.contains("/public/") && ignored.contains("/.annals/"), "{ignored}");
}
