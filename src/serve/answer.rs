//! A request becomes an answer.
//!
//! Pure, so that everything a stranger may try is a line in a test: who asks (host,
//! origin), how (method), for what. Every web page that a person has open can send
//! requests to a server on their machine, by the name of any host (DNS rebinding);
//! therefore a request must name us, must not come from elsewhere, and gets nothing
//! that other origins may read.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::{Asked, Draw, Early, Shown, Site};
use crate::site::Address;

/// The folder of our own files, below the site's own path.
const OWN: &str = "/__annals/";
const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

/// Who asks, and for what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    /// As the request line spells it: a path with its query, or a whole address.
    pub(super) target: &'a str,
    /// Every `Host` field.
    pub(super) hosts: &'a [&'a str],
    pub(super) origin: Option<&'a str>,
    pub(super) has_body: bool,
}

/// What to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// A page, a file, a refusal.
    Whole { status: u16, kind: &'static str, body: Vec<u8> },
    /// The page is elsewhere on this server.
    Elsewhere(String),
    /// The stream of events.
    Events,
}

impl Answer {
    fn refusal(status: u16, words: &str) -> Self {
        Self::Whole { status, kind: "text/plain; charset=utf-8", body: words.as_bytes().to_vec() }
    }

    fn html(status: u16, body: Vec<u8>) -> Self {
        Self::Whole { status, kind: "text/html; charset=utf-8", body }
    }
}

/// The names that this server answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hosts {
    port: u16,
    bound: IpAddr,
}

impl Hosts {
    /// Of a server at `address`.
    pub(super) fn of(address: SocketAddr) -> Self {
        Self { port: address.port(), bound: address.ip() }
    }

    /// Whether `host`, with its port, means us. A name that someone else could let
    /// point here never does, except `localhost`.
    fn know(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        let ip = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(name)
            .parse::<IpAddr>();
        let is_us = match ip {
            Ok(ip) => ip.is_loopback() || ip == self.bound || self.bound.is_unspecified(),
            Err(_) => name.eq_ignore_ascii_case("localhost"),
        };
        is_us && port == Some(self.port)
    }
}

/// Answers `request` from what is `shown`, and notes which page was `asked` for. `file`
/// reads a static file; `draw` turns a diagnostic into text.
pub(super) fn answer(
    request: Request<'_>,
    hosts: &Hosts,
    shown: &Shown,
    asked: &Asked,
    file: impl Fn(&std::path::Path) -> Option<Vec<u8>>,
    draw: Draw,
) -> Answer {
    let [host] = request.hosts else {
        return Answer::refusal(400, "one Host, please\n");
    };
    let from_us =
        |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| hosts.know(origin));
    if !hosts.know(host) {
        return Answer::refusal(421, "this server goes by another name\n");
    }
    if request.origin.is_some_and(|origin| !from_us(origin)) {
        return Answer::refusal(403, "not for other sites\n");
    }
    if !matches!(request.method, "GET" | "HEAD") {
        return Answer::refusal(405, "GET and HEAD only\n");
    }
    if request.has_body {
        return Answer::refusal(413, "no body, please\n");
    }
    let Some(path) = path_of(request.target) else {
        return Answer::refusal(400, "no address of this site\n");
    };
    if let Some((answer, address)) = early(request.target, shown) {
        if let Some(address) = &address {
            asked.add(address);
        }
        return answer;
    }
    let base = shown.site.as_ref().map_or("", |site| site.build.base_path());
    // Until there is a site, nobody knows where it stands.
    let below = match (&shown.site, path.strip_prefix(base)) {
        (None, _) => path.find(OWN).map_or(path.as_str(), |at| &path[at..]),
        (Some(_), Some(below)) if below.starts_with('/') => below,
        _ => return Answer::Elsewhere(format!("{base}/")),
    };
    if let Some(own) = below.strip_prefix(OWN) {
        return ours(own, shown);
    }
    let Some(site) = &shown.site else {
        let problem = shown.problem.as_deref().unwrap_or_default();
        return Answer::html(503, with_script(problem_page(problem), base, shown.version));
    };
    match find(site, below) {
        Found::Page(address) => {
            asked.add(&address);
            page(site, &address, 200, base, shown.version, &file, draw)
        }
        Found::Elsewhere(address) => {
            Answer::Elsewhere(format!("{base}{}", encoded(address.as_str())))
        }
        Found::Nothing => match Address::parse("/404.html") {
            Some(missing) => page(site, &missing, 404, base, shown.version, &file, draw),
            None => Answer::refusal(404, "not here\n"),
        },
    }
}

/// What can be said of `target` before there is a site, and the page that it is: pages of
/// an earlier run and our own files.
pub(super) fn early(target: &str, shown: &Shown) -> Option<(Answer, Option<Address>)> {
    let Early { base_path, pages } = &shown.early;
    if pages.is_empty() || shown.site.is_some() || shown.problem.is_some() {
        return None;
    }
    let path = path_of(target)?;
    let below = path.strip_prefix(base_path.as_str()).filter(|below| below.starts_with('/'));
    let Some(below) = below else {
        return Some((Answer::Elsewhere(format!("{base_path}/")), None));
    };
    if let Some(own) = below.strip_prefix(OWN) {
        return Some((ours(own, shown), None));
    }
    let address = match below.strip_prefix('/') {
        Some(bare) if !below.ends_with('/') => Address::of_static(bare),
        _ => Address::parse(below),
    }?;
    let bytes = pages.get(&address)?.clone();
    let kind = kind_of(&address);
    let answer = if kind.starts_with("text/html") {
        Answer::html(200, with_script(bytes, base_path, shown.version))
    } else {
        Answer::Whole { status: 200, kind, body: bytes }
    };
    Some((answer, Some(address)))
}

/// The path of a request, decoded once; `None` for one that no address of a site has.
fn path_of(target: &str) -> Option<String> {
    let path = match target.strip_prefix("http://") {
        // The whole-address form; its host counts less than the field.
        Some(rest) => &rest[rest.find('/')?..],
        None => target,
    };
    let path = path.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    let parts = path.strip_prefix('/')?;
    let parts = parts.strip_suffix('/').unwrap_or(parts);
    let is_harmless = |part: &str| {
        !matches!(part, "" | "." | "..")
            && !part.contains(|c: char| matches!(c, '\\' | ':') || c.is_control())
    };
    (parts.is_empty() || parts.split('/').all(is_harmless)).then_some(path)
}

/// Our own files.
fn ours(name: &str, shown: &Shown) -> Answer {
    let whole =
        |kind, text: &str| Answer::Whole { status: 200, kind, body: text.as_bytes().to_vec() };
    match name {
        "live.js" => whole("text/javascript; charset=utf-8", SCRIPT),
        "live.css" => whole("text/css; charset=utf-8", STYLE),
        "problem" => {
            whole("text/plain; charset=utf-8", shown.problem.as_deref().unwrap_or_default())
        }
        "events" => Answer::Events,
        _ => Answer::refusal(404, "not here\n"),
    }
}

enum Found {
    Page(Address),
    Elsewhere(Address),
    Nothing,
}

/// What GitHub Pages would answer with: the file; a page without its slash sends to
/// the page; `name` stands for `name.html`.
fn find(site: &Site, path: &str) -> Found {
    let is_there =
        |address: &Address| site.static_files.contains_key(address) || site.build.contains(address);
    let bare = path.strip_prefix('/').unwrap_or(path);
    if path.ends_with('/') {
        return match Address::parse(path).filter(is_there) {
            Some(address) => Found::Page(address),
            None => Found::Nothing,
        };
    }
    if let Some(address) = Address::of_static(bare).filter(is_there) {
        return Found::Page(address);
    }
    if let Some(address) = Address::parse(&format!("{path}/")).filter(is_there) {
        return Found::Elsewhere(address);
    }
    match Address::of_static(&format!("{bare}.html")).filter(is_there) {
        Some(address) => Found::Page(address),
        None => Found::Nothing,
    }
}

/// The page or file at `address`, which is there.
fn page(
    site: &Site,
    address: &Address,
    status: u16,
    base: &str,
    version: u64,
    file: &impl Fn(&std::path::Path) -> Option<Vec<u8>>,
    draw: Draw,
) -> Answer {
    let bytes = match site.static_files.get(address) {
        Some(path) => file(path).map(|bytes| Ok(Cow::Owned(bytes))),
        None => site.build.render(address),
    };
    let kind = kind_of(address);
    match bytes {
        Some(Ok(bytes)) if kind.starts_with("text/html") => {
            Answer::html(status, with_script(bytes.into_owned(), base, version))
        }
        Some(Ok(bytes)) => Answer::Whole { status, kind, body: bytes.into_owned() },
        Some(Err(error)) => {
            Answer::html(500, with_script(problem_page(&draw(&error)), base, version))
        }
        None => Answer::refusal(404, "not here\n"),
    }
}

/// The media type of a file, by its ending.
fn kind_of(address: &Address) -> &'static str {
    let path = address.as_str();
    let ending = if address.is_page() {
        "html".to_owned()
    } else {
        path.rsplit('/')
            .next()
            .and_then(|name| name.rsplit_once('.'))
            .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
    };
    match ending.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "txt" | "md" | "bib" | "ris" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// The page with the script that reloads it: the one thing that is not published.
fn with_script(mut html: Vec<u8>, base: &str, version: u64) -> Vec<u8> {
    let tags = format!(
        "<link rel=\"stylesheet\" href=\"{base}{OWN}live.css\"><script src=\"{base}{OWN}live.js\" data-version=\"{version}\" defer></script>"
    );
    let at = memchr::memmem::rfind(&html, b"</body>").unwrap_or(html.len());
    html.splice(at..at, tags.into_bytes());
    html
}

/// A page about what is wrong, where there is no other to show.
fn problem_page(problem: &str) -> Vec<u8> {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Something is wrong</title><body class=\"annals-problem-page\"><section id=\"annals-problem\" role=\"alert\"><pre>{}</pre></section></body></html>",
        escaped(problem)
    )
    .into_bytes()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An address as a `Location` field spells it.
fn encoded(path: &str) -> String {
    const PLAIN: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'%').add(b'?').add(b'#');
    utf8_percent_encode(path, PLAIN).to_string()
}

#[cfg(test)]
mod tests;
