//! `annals check`: what it says beyond what a build says.

use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use annals::external::{self, Answer, Known, Limits};

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

/// A server on this machine that answers `n` questions, each by the path asked for;
/// gives its address and, when it is done, the heads of what it was asked.
fn server(n: usize) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for stream in listener.incoming().take(n) {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                if stream.read(&mut byte).unwrap() == 0 {
                    break;
                }
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap();
            let answer = match head.split(' ').nth(1).unwrap() {
                "/good" => "200 OK",
                "/moved" => "301 Moved\r\nLocation: /good",
                "/round" => "302 Found\r\nLocation: /round",
                "/no-heads" if head.starts_with("GET") => "200 OK",
                "/no-heads" => "405 Method Not Allowed",
                "/refused" => "429 Too Many Requests",
                _ => "404 Not Found",
            };
            let answer =
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).unwrap();
            asked.push(head);
        }
        asked
    });
    (address, served)
}

#[test]
fn addresses_outside_are_asked_politely_and_once() {
    // good 1, moved 2, no-heads 2, gone 2, round 6, refused 1
    let (root, served) = server(14);
    let paths = ["good", "moved", "no-heads", "gone", "round", "refused"];
    let addresses: Vec<String> = paths.iter().map(|path| format!("{root}/{path}")).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let pause = Duration::from_millis(5);
    let limits = Limits { pause, near: true, ..Limits::default() };
    let mut known = Known::new();
    assert_eq!(external::look(&addresses, &limits, 100, &mut known, &|| ()), 0);
    for (address, expected) in [
        ("good", Answer::Good),
        ("moved", Answer::Good),
        ("no-heads", Answer::Good),
        ("gone", Answer::Gone(404)),
        ("round", Answer::Unclear("it redirects more than 5 times".to_owned())),
        ("refused", Answer::Unclear("it answers 429".to_owned())),
    ] {
        assert_eq!(known[&format!("{root}/{address}")], (100, expected), "{address}");
    }
    let asked = served.join().unwrap();
    assert_eq!(asked.len(), 14);
    for head in asked {
        assert!(head.to_lowercase().contains("user-agent: annals/"), "{head}");
    }
    // The server is gone: what was good is known still, the rest is asked anew.
    external::look(&addresses, &limits, 129, &mut known, &|| ());
    assert_eq!(known[addresses[0]], (100, Answer::Good));
    assert!(matches!(known[addresses[3]], (129, Answer::Unreachable(_))), "{known:?}");
    // What is over the number waits; what nobody links to any more is forgotten.
    let few = Limits { number: 0, ..limits };
    assert_eq!(external::look(&addresses[..4], &few, 131, &mut known, &|| ()), 4);
    assert!(known.is_empty(), "{known:?}");
}

#[test]
fn only_when_asked_and_never_at_home() {
    let folder = archive();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let text = format!(
        "---\nurl: http://{}/rope\n---\n\n# Rope\n\nThe board met.\n",
        listener.local_addr().unwrap()
    );
    std::fs::write(folder.path().join("content/rope.md"), text).unwrap();
    // The one clipping of a new archive that names an address.
    std::fs::remove_file(folder.path().join("content/2024/harbour-vote.md")).unwrap();
    let unclear = "note external-unclear ".to_owned();
    assert!(!check(folder.path()).contains(&unclear));
    let run = annals(folder.path()).args(["check", "--external"]).assert().success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(said.contains("leads to this machine or its network"), "{said}");
    assert!(listener.accept().is_err(), "nobody came");
}
