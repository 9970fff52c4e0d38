//! The preview: a site that follows its files, and answers nobody else.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::browser::Browser;

/// As long as a test waits for anything.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running preview of an archive.
struct Preview {
    root: TempDir,
    process: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn archive() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["content", "templates", "static"] {
        fs::create_dir(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("annals.toml"), "base_url = \"https://a.example/desk/\"\n").unwrap();
    fs::write(root.path().join("content/talks.txt"), story("first")).unwrap();
    fs::write(root.path().join("static/port.svg"), "<svg/>").unwrap();
    root
}

fn story(word: &str) -> String {
    format!("Talks resume\n\n14 March 2024\n\nThe envoy said that the {word} round would go on.\n")
}

impl Preview {
    fn of(root: TempDir, arguments: &[&str]) -> Self {
        Self::with(root, arguments, &[])
    }

    fn with(root: TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(["serve", "--port", "0"])
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(root.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("http://") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the preview has ended");
        }
        let port = line.split([':', '/']).nth(4).unwrap().parse().unwrap();
        // Somebody has to listen, or the preview would wait to be heard.
        std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
        Self { root, process, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes as they are and gives the answer, until the end.
    fn send(&self, bytes: &str) -> String {
        let mut stream = self.connect();
        // The server may have answered and gone before all of it is sent.
        let _ = stream.write_all(bytes.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let port = self.port;
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        ))
    }

    fn events(&self) -> Events {
        let mut stream = self.connect();
        let port = self.port;
        let request =
            format!("GET /desk/__annals/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Events(BufReader::new(stream));
        assert_eq!(events.next(), "hello");
        events
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.root.path().join(file), text).unwrap();
    }
}

/// What a page hears.
struct Events(BufReader<TcpStream>);

impl Events {
    fn next(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream has ended");
            if let Some(name) = line.strip_prefix("event: ") {
                return name.trim().to_owned();
            }
        }
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

const PAGE: &str = "/desk/briefings/2024-03-14-talks-resume/";

#[test]
fn a_saved_clipping_is_the_page() {
    let preview = Preview::of(archive(), &[]);
    assert!(preview.get(PAGE).contains("the first round"));
    let mut events = preview.events();
    preview.write("content/talks.txt", &story("second"));
    assert_eq!(events.next(), "reload");
    assert!(preview.get(PAGE).contains("the second round"));

    // As editors save: another file that takes the name.
    preview.write("content/.talks.txt.swp", "not finished");
    preview.write("content/4913", &story("third"));
    let folder = preview.root.path().join("content");
    fs::rename(folder.join("4913"), folder.join("talks.txt")).unwrap();
    assert_eq!(events.next(), "reload");
    assert!(preview.get(PAGE).contains("the third round"));

    preview.write("content/talks.toml", "title = \"Talks, again\"\n");
    assert_eq!(events.next(), "reload");
    assert!(preview.get("/desk/briefings/2024-03-14-talks-again/").contains("Talks, again"));

    fs::remove_file(folder.join("talks.toml")).unwrap();
    assert_eq!(events.next(), "reload");
    fs::rename(folder.join("talks.txt"), folder.join("other.txt")).unwrap();
    assert_eq!(events.next(), "reload");
    assert!(preview.get(PAGE).contains("the third round"));
    assert!(!preview.root.path().join("public").exists(), "nothing is written");
    assert!(!preview.root.path().join("annals.lock").exists(), "nothing is written");
}

#[test]
fn a_second_preview_shows_the_pages_of_the_first_as_they_are() {
    let mut preview = Preview::of(archive(), &[]);
    let pages = ["/desk/", PAGE].map(|path| preview.get(path));
    // What was shown is kept when there is nothing else to do.
    let kept = preview.root.path().join(".annals/pages");
    let deadline = Instant::now() + PATIENCE;
    let mut events = preview.events();
    preview.write("content/talks.txt", &story("second"));
    assert_eq!(events.next(), "reload");
    preview.write("content/talks.txt", &story("first"));
    assert_eq!(events.next(), "reload");
    while !holds(&kept, "the first round") {
        assert!(Instant::now() < deadline, "nothing was kept");
        std::thread::sleep(Duration::from_millis(20));
    }
    let root = std::mem::replace(&mut preview.root, tempfile::tempdir().unwrap());
    drop(preview);

    let again = Preview::of(root, &[]);
    let body = |answer: &str| {
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        body.split("data-version").next().unwrap().to_owned()
    };
    for (path, before) in ["/desk/", PAGE].iter().zip(&pages) {
        assert_eq!(body(&again.get(path)), body(before), "{path}");
    }
    let mut events = again.events();
    again.write("content/talks.txt", &story("third"));
    // Not for what was shown early and is built now: for the save.
    while events.next() == "hello" {}
    assert!(again.get(PAGE).contains("the third round"));
}

/// Whether a file is there that holds these words.
fn holds(file: &Path, words: &str) -> bool {
    let bytes = fs::read(file).unwrap_or_default();
    bytes.windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn what_is_wrong_is_shown_until_it_is_mended_and_the_last_good_site_stays() {
    let preview = Preview::of(archive(), &[]);
    let mut events = preview.events();
    preview.write("annals.toml", "titel = \"Desk\"\nbase_url = \"https://a.example/desk/\"\n");
    assert_eq!(events.next(), "problem");
    let problem = preview.get("/desk/__annals/problem");
    for expected in ["annals.toml:1", "titel", "did you mean `title`?"] {
        assert!(problem.contains(expected), "{expected:?} is not in {problem}");
    }
    assert!(preview.get(PAGE).contains("the first round"));
    preview.write("annals.toml", "title = \"Desk\"\nbase_url = \"https://a.example/desk/\"\n");
    assert_eq!(events.next(), "reload");
    assert!(!preview.get("/desk/__annals/problem").contains("titel"));

    preview.write("templates/404.html", "{{ frame.site_titel }}");
    assert_eq!(events.next(), "reload");
    let page = preview.get("/desk/nothing/");
    assert_eq!(status(&page), "500");
    assert!(page.contains("site_titel") && page.contains("404.html:1"), "{page}");
    preview.write("templates/404.html", "{{ frame.site_title }");
    assert_eq!(events.next(), "problem");
    fs::remove_file(preview.root.path().join("templates/404.html")).unwrap();
    assert_eq!(events.next(), "reload");
    assert_eq!(status(&preview.get("/desk/nothing/")), "404");
}

#[test]
fn an_archive_that_is_wrong_from_the_start_says_so_in_the_browser() {
    let root = archive();
    fs::write(root.path().join("annals.toml"), "titel = 1\n").unwrap();
    let preview = Preview::of(root, &[]);
    let page = preview.get("/");
    assert_eq!(status(&page), "503");
    assert!(page.contains("annals.toml:1") && page.contains("/__annals/live.js"), "{page}");
    let mut events = preview.events();
    assert_eq!(events.next(), "problem");
    preview.write("annals.toml", "base_url = \"https://a.example/desk/\"\n");
    assert_eq!(events.next(), "reload");
    assert!(preview.get(PAGE).contains("the first round"));
}

#[test]
fn a_style_sheet_changes_without_a_reload() {
    let root = archive();
    fs::create_dir(root.path().join("templates/assets")).unwrap();
    fs::write(root.path().join("templates/assets/style.css"), "p { margin: 0 }").unwrap();
    let preview = Preview::of(root, &[]);
    let mut events = preview.events();
    preview.write("templates/assets/style.css", "p { margin: 1px }");
    assert_eq!(events.next(), "style");
    preview.write("static/port.svg", "<svg></svg>");
    assert_eq!(events.next(), "reload");
    assert!(preview.get("/desk/port.svg").ends_with("<svg></svg>"));
}

#[test]
fn its_own_output_and_an_unchanged_save_make_no_new_page() {
    let preview = Preview::of(archive(), &[]);
    let mut events = preview.events();
    preview.write("content/talks.txt", &story("first"));
    fs::create_dir_all(preview.root.path().join("public")).unwrap();
    preview.write("public/index.html", "somebody builds");
    preview.write("notes.txt", "beside the content");
    preview.write("content/talks.txt", &story("second"));
    // The first thing heard is the last that was done.
    assert_eq!(events.next(), "reload");
    assert!(preview.get(PAGE).contains("the second round"));
    assert!(preview.get("/desk/").contains("data-version=\"2\""), "one change, one version");
}

#[test]
fn drafts_are_there_only_when_asked_for() {
    let with_draft = || {
        let root = archive();
        fs::write(root.path().join("content/talks.toml"), "draft = true\n").unwrap();
        root
    };
    assert_eq!(status(&Preview::of(with_draft(), &[]).get(PAGE)), "404");
    let page = Preview::of(with_draft(), &["--drafts"]).get(PAGE);
    assert_eq!(status(&page), "200");
    assert!(page.contains("Draft"), "it is marked: {page}");
}

#[test]
fn a_port_that_is_taken_is_not_asked_for_again() {
    let first = Preview::of(archive(), &[]);
    let port = first.port.to_string();
    let root = archive();
    let mut process = Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["serve", "--port", &port])
        .current_dir(root.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(process.stderr.take().unwrap());
    while !line.starts_with("http://") {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0);
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(!line.contains(&format!(":{port}/")), "{line}");
}

#[test]
fn files_by_polling() {
    let preview = Preview::of(archive(), &["--poll"]);
    let mut events = preview.events();
    preview.write("content/talks.txt", &story("second"));
    // Polling tells times apart by the second.
    let file = fs::File::open(preview.root.path().join("content/talks.txt")).unwrap();
    let later = file.metadata().unwrap().modified().unwrap() + Duration::from_secs(5);
    file.set_modified(later).unwrap();
    assert_eq!(events.next(), "reload");
}

#[test]
fn only_who_names_us_gets_in_and_nobody_else_may_read() {
    let preview = Preview::of(archive(), &[]);
    let port = preview.port;
    for (head, expected) in [
        (format!("Host: localhost:{port}"), "200"),
        (format!("Host: 127.0.0.1:{port}"), "200"),
        (format!("Host: evil.example:{port}"), "421"),
        ("Host: localhost".to_owned(), "421"),
        ("X: y".to_owned(), "400"),
        (format!("Host: localhost:{port}\r\nHost: localhost:{port}"), "400"),
        (format!("Host: localhost:{port}\r\nOrigin: http://evil.example"), "403"),
        (format!("Host: localhost:{port}\r\nOrigin: null"), "403"),
        (format!("Host: localhost:{port}\r\nContent-Length: 3"), "413"),
    ] {
        for path in ["/desk/", "/desk/__annals/live.js"] {
            let answer = preview
                .send(&format!("GET {path} HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n"));
            assert_eq!(status(&answer), expected, "{head} {path}: {answer}");
            let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
            assert!(!head.contains("access-control"), "{head}");
            assert!(head.contains("x-content-type-options: nosniff"), "{head}");
            assert!(head.contains("cache-control: no-store"), "{head}");
            assert!(head.contains("frame-ancestors 'none'") && !head.contains("server:"), "{head}");
        }
    }
    let forged =
        "GET http://evil.example/desk/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(status(&preview.send(forged)), "421");
    let sent =
        format!("POST /desk/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&preview.send(&sent)), "405");
}

#[test]
fn no_path_leads_out_of_the_site() {
    let root = archive();
    let secret = root.path().join("annals.toml");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&secret, root.path().join("static/link.toml")).unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("static/folder")).unwrap();
    }
    let preview = Preview::of(root, &[]);
    for path in [
        "/desk/../annals.toml",
        "/desk/%2e%2e/annals.toml",
        "/desk/..%2fannals.toml",
        "/desk/%252e%252e/annals.toml",
        "/desk/..\\annals.toml",
        "/../../../../etc/passwd",
        "/desk/static/../annals.toml",
        "/desk/link.toml",
        "/desk/folder/annals.toml",
        "/desk/content/talks.txt",
        "/desk/.annals/last",
        "/desk/.git/config",
        "/desk/port.svg/",
        "//etc/passwd",
    ] {
        let answer = preview.get(path);
        assert!(matches!(status(&answer), "400" | "404" | "302"), "{path}: {answer}");
        assert!(!answer.contains("base_url") && !answer.contains("root:"), "{path}: {answer}");
    }
    assert!(secret.exists());
}

#[test]
fn who_asks_too_much_or_too_slowly_gets_nothing() {
    let preview = Preview::of(archive(), &[]);
    let host = format!("Host: localhost:{}", preview.port);
    let long = "x".repeat(40_000);
    for request in [
        format!("GET /desk/?{long} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET /desk/ HTTP/1.1\r\n{host}\r\nX: {long}\r\n\r\n"),
        format!("GET /desk/ HTTP/1.1\r\n{host}\r\n{}\r\n", "A: b\r\n".repeat(200)),
    ] {
        let answer = preview.send(&request);
        assert!(matches!(status(&answer), "431" | "414" | "400" | "none"), "{answer}");
    }
    // Heads that never end are let go of, and do not keep others out meanwhile.
    let mut slow: Vec<TcpStream> = (0..50).map(|_| preview.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET /desk/ HTTP/1.1\r\nHost: loc").unwrap();
    }
    assert_eq!(status(&preview.get("/desk/")), "200");
    let mut left = Vec::new();
    let ended = slow[0].read_to_end(&mut left);
    assert!(ended.is_ok() && !String::from_utf8_lossy(&left).contains(" 200 "), "{left:?}");
    for stream in slow {
        let _ = stream.shutdown(Shutdown::Both);
    }
    assert_eq!(status(&preview.get("/desk/")), "200");
}

#[test]
fn loopback_is_the_only_door() {
    let preview = Preview::of(archive(), &[]);
    let table = Path::new("/proc/net/tcp");
    let Ok(table) = fs::read_to_string(table) else { return };
    let port = format!(":{:04X} ", preview.port);
    let listening: Vec<&str> = table
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .filter(|local| format!("{local} ").ends_with(&port))
        .collect();
    assert!(!listening.is_empty());
    assert!(listening.iter().all(|local| local.starts_with("0100007F:")), "{listening:?}");
}

#[test]
fn no_more_connections_than_are_served_and_no_more_streams() {
    let preview = Preview::of(archive(), &[]);
    let streams: Vec<Events> = (0..32).map(|_| preview.events()).collect();
    let port = preview.port;
    let one_more = preview.send(&format!(
        "GET /desk/__annals/events HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(status(&one_more), "503");
    // More than there is room for: whoever came later waits until one of these goes.
    let mute: Vec<TcpStream> = (0..80).map(|_| preview.connect()).collect();
    assert_eq!(status(&preview.get("/desk/")), "200");
    drop((mute, streams));
    assert_eq!(status(&preview.get("/desk/")), "200");
}

#[test]
fn drafts_and_what_is_not_due_are_marked_on_their_pages_and_in_lists() {
    let root = archive();
    fs::write(root.path().join("content/talks.toml"), "publish_after = 2999-01-01\n").unwrap();
    let votes =
        "---\ntitle: Votes resume\ndate: 2024-03-14\ndraft: true\n---\n\nThe council will vote.\n";
    fs::write(root.path().join("content/votes.md"), votes).unwrap();
    let plain = "Quay opens\n\n15 March 2024\n\nThe quay was opened by the mayor.\n";
    fs::write(root.path().join("content/quay.txt"), plain).unwrap();
    let preview = Preview::of(root, &["--drafts"]);
    let marks = |path: &str| preview.get(path).matches("<strong>Draft").count();
    assert_eq!(marks(PAGE), 1, "an embargoed one");
    assert_eq!(marks("/desk/briefings/2024-03-14-votes-resume/"), 1, "a draft");
    assert_eq!(marks("/desk/briefings/2024-03-15-quay-opens/"), 0, "neither");
    for list in ["/desk/", "/desk/briefings/", "/desk/briefings/2024/"] {
        assert_eq!(marks(list), 2, "{list}");
    }
}

#[cfg(unix)]
#[test]
fn open_hands_the_address_to_the_browser() {
    use std::os::unix::fs::PermissionsExt;

    let tools = tempfile::tempdir().unwrap();
    let (browser, opened) = (tools.path().join("xdg-open"), tools.path().join("opened"));
    let script = format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display());
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", tools.path().display());
    let preview = Preview::with(archive(), &["--open"], &[("PATH", &path)]);
    let expected = format!("http://127.0.0.1:{}/desk/\n", preview.port);
    let deadline = Instant::now() + PATIENCE;
    while fs::read_to_string(&opened).unwrap_or_default() != expected {
        assert!(Instant::now() < deadline, "no browser was asked for {expected}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What the script in the page does, in a browser.
#[test]
fn an_open_page_follows_its_files() {
    let Some(mut browser) = Browser::start() else { return };
    let root = archive();
    let long = "Nobody came to the quay that day.\n\n".repeat(200);
    fs::write(root.path().join("content/talks.txt"), story("first") + "\n" + &long).unwrap();
    fs::create_dir_all(root.path().join("templates/assets")).unwrap();
    let sheet = root.path().join("templates/assets/style.css");
    fs::write(&sheet, "p { margin: 3px }").unwrap();
    let preview = Preview::of(root, &[]);
    browser.open(&format!("http://localhost:{}{PAGE}", preview.port));
    browser.value("window.scrollTo(0, 900)");
    browser.wait("window.scrollY === 900");

    preview.write("content/talks.txt", &(story("second") + "\n" + &long));
    browser.wait("document.body?.textContent.includes('the second round')");
    // What the page's own script shows above it comes a moment later.
    browser.wait("window.scrollY === 900");

    browser.value("window.stays = true");
    fs::write(&sheet, "p { margin: 7px }").unwrap();
    let margin = "getComputedStyle(document.querySelector('main p')).marginTop";
    browser.wait(&format!("{margin} === '7px'"));
    assert_eq!(browser.value("window.stays"), true, "a style sheet changes without a reload");

    preview.write("annals.toml", "titel = \"Desk\"\nbase_url = \"https://a.example/desk/\"\n");
    let told = "document.getElementById('annals-problem')?.textContent";
    let told = browser.wait(told).as_str().unwrap().to_owned();
    for expected in ["annals.toml:1", "titel", "did you mean `title`?"] {
        assert!(told.contains(expected), "{expected:?} is not in {told}");
    }
    assert_eq!(browser.value("document.body.textContent.includes('the second round')"), true);
    preview.write("annals.toml", "title = \"Desk\"\nbase_url = \"https://a.example/desk/\"\n");
    browser.wait("!document.getElementById('annals-problem') && document.title.includes('Desk')");
    assert_eq!(browser.errors, [""; 0]);
}
