//! The published branch, served as GitHub Pages serves it.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use crate::publish::{annals, archive, git};

/// The path under which a project's site stands.
const BASE: &str = "/desk";

/// Serves `root` under [`BASE`] on a port of this machine, as long as the test runs.
///
/// Source: GitHub documentation, on custom 404 pages and on what Pages serves.
fn host(root: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap();
            let path = head.split(' ').nth(1).unwrap();
            let file = path.strip_prefix(BASE).map(|path| root.join(path.trim_start_matches('/')));
            let file =
                file.map(|file| if path.ends_with('/') { file.join("index.html") } else { file });
            let (status, bytes) = match file {
                Some(file) if file.is_dir() => {
                    (format!("301 Moved\r\nLocation: {path}/"), Vec::new())
                }
                Some(file) if file.is_file() => ("200 OK".to_owned(), std::fs::read(file).unwrap()),
                _ => ("404 Not Found".to_owned(), std::fs::read(root.join("404.html")).unwrap()),
            };
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", bytes.len()).unwrap();
            stream.write_all(&bytes).unwrap();
        }
    });
    address
}

/// The head and the text that the host answers.
fn get(host: &str, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, text) = text.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), text.to_owned())
}

/// The paths that the page at `from` links to on this host.
fn links(from: &str, html: &str) -> Vec<String> {
    let values = [" href=\"", " src=\""].into_iter().flat_map(|start| html.split(start).skip(1));
    let values = values.filter_map(|rest| rest.split('"').next());
    let outward = |value: &&str| value.contains("://") || value.starts_with("data:");
    values
        .filter(|value| !outward(value))
        .filter_map(|value| value.split(['#', '?']).next().filter(|path| !path.is_empty()))
        .map(|path| {
            if path.starts_with('/') {
                return path.to_owned();
            }
            let mut parts: Vec<&str> = from.split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()),
                    _ => parts.push(part),
                }
            }
            parts.join("/")
        })
        .collect()
}

/// The site of a new archive, as it stands on the branch.
fn published(folder: &Path) -> PathBuf {
    let base_url = format!("https://me.github.io{BASE}/");
    annals(&folder.join("desk")).args(["publish", "--base-url", &base_url]).assert().success();
    git(folder, &["clone", "--quiet", "--branch", "gh-pages", "remote.git", "site"]);
    folder.join("site")
}

#[test]
fn every_page_of_the_branch_is_reached_under_its_sub_path() {
    let folder = archive();
    let host = host(published(folder.path()));
    let mut seen = BTreeSet::from([format!("{BASE}/")]);
    let mut open: Vec<String> = seen.iter().cloned().collect();
    while let Some(path) = open.pop() {
        let (head, html) = get(&host, &path);
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
        if html.starts_with("<!") {
            let new = links(&path, &html).into_iter().filter(|link| seen.insert(link.clone()));
            open.extend(new.collect::<Vec<_>>());
        }
    }
    assert!(seen.iter().any(|path| path.starts_with("/desk/briefings/")), "{seen:?}");
}

#[test]
fn a_folder_without_its_slash_leads_to_it_and_what_is_missing_says_so() {
    let folder = archive();
    let host = host(published(folder.path()));
    let (head, _) = get(&host, "/desk/timeline");
    assert!(head.contains("301") && head.contains("Location: /desk/timeline/"), "{head}");
    assert!(get(&host, "/desk/timeline/").0.starts_with("HTTP/1.1 200 "));
    // The page for what is missing stands at any depth, and its links lead out of there.
    let missing = "/desk/no/such/page";
    let (head, html) = get(&host, missing);
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    let links = links(missing, &html);
    assert!(!links.is_empty());
    for link in links {
        assert!(get(&host, &link).0.starts_with("HTTP/1.1 200 "), "{link} on the 404 page");
    }
}
