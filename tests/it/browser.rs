//! A real browser, driven through its own pipe (the `DevTools` protocol), and a site
//! it can visit: from a server of this test, below a sub-path as on a project's
//! page, or from a folder.
//!
//! No crate stands between: a pipe, JSON and a handful of commands are all it takes.
//! Where no browser is installed a test says so and passes. `ANNALS_BROWSER` names one.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use annals::pipeline::Build;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::pages;

/// Where the site stands on its host.
const BELOW: &str = "/repo";

/// A browser with one page open.
pub(crate) struct Browser {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    session: String,
    last: u64,
    /// What the page complained of: exceptions, refused requests, console errors.
    pub(crate) errors: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts the first browser that is installed; `None`, said aloud, without one.
    #[expect(clippy::print_stderr, reason = "a test that skips says so")]
    pub(crate) fn start() -> Option<Self> {
        let named = std::env::var("ANNALS_BROWSER").ok();
        let known = ["chromium", "chromium-browser", "google-chrome", "chrome"].map(str::to_owned);
        let installed = |program: &String| {
            let asked = Command::new(program).arg("--version").output();
            asked.is_ok_and(|output| output.status.success())
        };
        let Some(program) = named.into_iter().chain(known).find(installed) else {
            eprintln!(
                "skipped: no Chromium is installed (`apt-get install chromium`, or name one in ANNALS_BROWSER)"
            );
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new("sh")
            .arg("-c")
            .arg("exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1")
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
            .args(["--disable-background-networking", "--no-first-run", "--disable-dev-shm-usage"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut browser = Self {
            child,
            commands,
            answers,
            session: String::new(),
            last: 0,
            errors: Vec::new(),
            _profile: profile,
        };
        let target = browser.command("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.command("Target.attachToTarget", &attach);
        attached["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page", "Runtime", "Log"] {
            browser.command(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Opens `url` and waits until it is loaded.
    pub(crate) fn open(&mut self, url: &str) {
        // The same page with another fragment or query is opened anew.
        self.visit("about:blank");
        self.visit(url);
    }

    fn visit(&mut self, url: &str) {
        self.command("Page.navigate", &json!({ "url": url }));
        loop {
            let event = self.next();
            if event["method"] == "Page.loadEventFired" {
                return;
            }
        }
    }

    /// The value of a JavaScript expression in the page; promises are waited for.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let asked =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.command("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// The value of `expression` as soon as it is neither empty nor false.
    pub(crate) fn wait(&mut self, expression: &str) -> Value {
        let expression = &format!(
            "new Promise((done, fail) => {{ let left = 1000; (function look() {{ \
             const value = {expression}; if (value) done(value); \
             else if (left--) setTimeout(look, 20); else fail(new Error('never')); }})() }})"
        );
        let asked =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        // A page that leaves for another answers with an error; the next one is asked anew.
        for _ in 0..20 {
            if let Ok(answer) = self.ask("Runtime.evaluate", &asked) {
                assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
                return answer["result"]["value"].clone();
            }
        }
        panic!("the page never stands still: {expression}");
    }

    /// Presses a key; `modifiers` as the protocol counts them: 2 is Ctrl.
    pub(crate) fn press(&mut self, key: &str, code: &str, modifiers: u32) {
        let (kind, text, number) =
            if key == "Enter" { ("keyDown", "\r", 13) } else { ("rawKeyDown", "", 0) };
        for (kind, text) in [(kind, text), ("keyUp", "")] {
            let event = json!({ "type": kind, "key": key, "code": code, "modifiers": modifiers,
                "windowsVirtualKeyCode": number, "text": text });
            self.command("Input.dispatchKeyEvent", &event);
        }
    }

    /// Types into what has the focus.
    pub(crate) fn write(&mut self, text: &str) {
        self.command("Input.insertText", &json!({ "text": text }));
    }

    /// Sends a command and gives its result.
    pub(crate) fn command(&mut self, method: &str, parameters: &Value) -> Value {
        self.ask(method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Result<Value, Value> {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = self.session.clone().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        loop {
            let mut answer = self.next();
            if answer["id"] == self.last {
                return match answer.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(answer["result"].take()),
                };
            }
        }
    }

    /// The next answer or event.
    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.answers.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser ended");
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        let parameters = &message["params"];
        match message["method"].as_str() {
            Some("Runtime.exceptionThrown") => self.errors.push(parameters.to_string()),
            Some("Log.entryAdded") if parameters["entry"]["level"] == "error" => {
                self.errors.push(parameters["entry"].to_string());
            }
            Some("Runtime.consoleAPICalled") if parameters["type"] == "error" => {
                self.errors.push(parameters["args"].to_string());
            }
            _ => {}
        }
        message
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It is gone already where the test failed because of that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A host that serves one site below `/repo/`, compressed, and counts its answers.
pub(crate) struct Host {
    /// The address of the home page.
    pub(crate) home: String,
    sent: Arc<Mutex<Vec<(String, usize)>>>,
}

impl Host {
    /// Serves every page of `build` until the test ends.
    pub(crate) fn of(build: &Build) -> Self {
        Self::of_pages(pages(build))
    }

    /// Serves these pages.
    pub(crate) fn of_pages(pages: Vec<(String, Vec<u8>)>) -> Self {
        let site: BTreeMap<String, Vec<u8>> = pages.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let home = format!("http://{}{BELOW}/", listener.local_addr().unwrap());
        let sent = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&sent);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser that hangs up is nobody's fault.
                let _ = answer(&stream, &site, &log);
            }
        });
        Self { home, sent }
    }

    /// The paths asked for since the last call with their bytes over the wire.
    pub(crate) fn sent(&self) -> Vec<(String, usize)> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

fn answer(
    mut stream: &TcpStream,
    site: &BTreeMap<String, Vec<u8>>,
    log: &Mutex<Vec<(String, usize)>>,
) -> std::io::Result<()> {
    let mut request = BufReader::new(stream);
    let mut first = String::new();
    request.by_ref().take(8_192).read_line(&mut first)?;
    let mut line = String::new();
    while request.by_ref().take(8_192).read_line(&mut line)? > 2 {
        line.clear();
    }
    let target = first.split(' ').nth(1).unwrap_or("/");
    let path = target.split('?').next().unwrap_or(target);
    let found = path.strip_prefix(BELOW).and_then(|path| site.get(path));
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("md") => "text/markdown",
        Some("xml") => "application/xml",
        _ => "text/html; charset=utf-8",
    };
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(found.map_or(b"", Vec::as_slice))?;
    let body = gzip.finish()?;
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    log.lock().unwrap().push((path.to_owned(), body.len()));
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

/// Writes the site into a folder, as a reader keeps it, and gives the folder's address.
pub(crate) fn folder(build: &Build) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    for (address, bytes) in pages(build) {
        let path = address.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let address = format!("file://{}/", folder.path().display());
    (folder, address)
}
