use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::actor::Register;
use crate::config::{Config, Tlp};
use crate::pipeline::{self, Clearance, Input, Memory};
use crate::source::Clipping;
use crate::theme::Theme;

const HERE: &str = "127.0.0.1:1111";

fn hosts() -> Hosts {
    Hosts::of("127.0.0.1:1111".parse().unwrap())
}

/// A site under `/desk` with one article and one static file.
fn shown() -> Shown {
    let (config, _) =
        Config::read("annals.toml", "base_url = \"https://a.example/desk/\"").unwrap();
    let clipping = Clipping {
        path: "talks.txt".to_owned(),
        file: "content/talks.txt".to_owned(),
        bytes: b"Talks resume\n\nThe envoy said that talks would go on.\n".to_vec(),
        sidecar: None,
    };
    let input = Input {
        config,
        register: Arc::new(Register::read("actors.toml", "").0),
        fingerprint: String::new(),
        theme: Arc::new(Theme::new(&[], &Config::default()).unwrap()),
        clippings: vec![Arc::new(clipping.into())],
        lock: crate::lock::Lock::default(),
        clearance: Clearance { max_tlp: Tlp::Clear, drafts: false, today: None },
    };
    let build = pipeline::build(input, &Memory::default(), &|| {});
    let statics = [("/maps/port.svg", "/disk/port.svg"), ("/über uns.html", "/disk/about.html")];
    let statics = statics.map(|(address, file)| (Address::parse(address).unwrap(), file.into()));
    let static_files = Arc::new(BTreeMap::from(statics));
    Shown { version: 7, site: Some(Site { build, static_files }), ..Shown::default() }
}

fn ask(request: Request<'_>, shown: &Shown) -> Answer {
    let file = |file: &Path| {
        assert!(file.starts_with("/disk/"), "{} is no file of the site", file.display());
        Some(b"<svg/>".to_vec())
    };
    answer(request, &hosts(), shown, &Asked::default(), file, |diagnostic| {
        diagnostic.message.clone()
    })
}

fn get(target: &str) -> Request<'_> {
    Request { method: "GET", target, hosts: &[HERE], origin: None, has_body: false }
}

fn status(answer: &Answer) -> u16 {
    match answer {
        Answer::Whole { status, .. } => *status,
        Answer::Elsewhere(_) => 302,
        Answer::Events => 200,
    }
}

#[test]
fn only_who_names_us_is_answered() {
    let shown = shown();
    for (given, expected) in [
        (&["127.0.0.1:1111"][..], 200),
        (&["localhost:1111"], 200),
        (&["LOCALHOST:1111"], 200),
        (&["[::1]:1111"], 200),
        (&[], 400),
        (&["127.0.0.1:1111", "127.0.0.1:1111"], 400),
        (&["127.0.0.1"], 421),
        (&["127.0.0.1:1112"], 421),
        (&["evil.example:1111"], 421),
        (&["localhost.evil.example:1111"], 421),
        (&["127.0.0.1.evil.example:1111"], 421),
        (&["192.168.1.7:1111"], 421),
        (&["localhost:1111@evil.example"], 421),
        (&[""], 421),
        (&["[::1]"], 421),
    ] {
        let request = Request { hosts: given, ..get("/desk/") };
        assert_eq!(status(&ask(request, &shown)), expected, "{given:?}");
    }
    let request = Request { hosts: &["evil.example"], ..get("http://127.0.0.1:1111/desk/") };
    assert_eq!(status(&ask(request, &shown)), 421, "the field decides");
}

#[test]
fn other_sites_get_nothing() {
    let shown = shown();
    for (origin, expected) in [
        (None, 200),
        (Some("http://127.0.0.1:1111"), 200),
        (Some("http://localhost:1111"), 200),
        (Some("https://127.0.0.1:1111"), 403),
        (Some("http://127.0.0.1:8080"), 403),
        (Some("http://evil.example"), 403),
        (Some("null"), 403),
    ] {
        for target in ["/desk/", "/desk/__annals/events"] {
            let request = Request { origin, ..get(target) };
            assert_eq!(status(&ask(request, &shown)), expected, "{origin:?} {target}");
        }
    }
}

#[test]
fn nothing_can_be_sent() {
    let shown = shown();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get"] {
        let request = Request { method, ..get("/desk/") };
        assert_eq!(status(&ask(request, &shown)), 405, "{method}");
    }
    assert_eq!(status(&ask(Request { has_body: true, ..get("/desk/") }, &shown)), 413);
}

#[test]
fn no_request_makes_a_path() {
    let shown = shown();
    let ways = [
        "..",
        ".",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252e",
        "..;",
        "..%2f",
        "..%5c",
        "..\\",
        "%2e%2e%2f",
        "....//",
        "%c0%ae%c0%ae",
        "..%00",
        "%00",
        "%ff",
    ];
    let goals = ["etc/passwd", "Cargo.toml", "annals.toml", "content/talks.txt", ".git/config"];
    for base in ["", "/desk", "/desk/maps", "/desk/briefings"] {
        for way in ways {
            for goal in goals {
                for depth in 1..6 {
                    let target = format!("{base}/{}{goal}", format!("{way}/").repeat(depth));
                    let answer = ask(get(&target), &shown);
                    assert!(matches!(status(&answer), 400 | 404 | 302), "{target}: {answer:?}");
                    if let Answer::Elsewhere(to) = answer {
                        assert_eq!(to, "/desk/", "{target}");
                    }
                }
            }
        }
    }
    for target in ["/desk//", "/desk//etc", "/desk/C:/x", "*", "", "desk/", "/desk/\u{7f}"] {
        assert!(matches!(status(&ask(get(target), &shown)), 400 | 404 | 302), "{target:?}");
    }
}

#[test]
fn pages_stand_where_they_will_stand() {
    let shown = shown();
    for (target, expected) in [
        ("/", "-> /desk/"),
        ("/desk", "-> /desk/"),
        ("/elsewhere/", "-> /desk/"),
        ("/desk/?q=1#x", "200 text/html; charset=utf-8"),
        ("/desk/briefings", "-> /desk/briefings/"),
        ("/desk/briefings/talks-resume/", "200 text/html; charset=utf-8"),
        ("/desk/briefings/talks-resume/index.html", "200 text/html; charset=utf-8"),
        ("/desk/briefings/talks-resume/index.json", "200 application/json"),
        ("/desk/%62riefings/", "200 text/html; charset=utf-8"),
        ("/desk/maps/port.svg", "200 image/svg+xml"),
        ("/desk/maps/", "404 text/html; charset=utf-8"),
        ("/desk/%C3%BCber%20uns", "200 text/html; charset=utf-8"),
        ("/desk/404", "200 text/html; charset=utf-8"),
        ("/desk/.nojekyll", "200 application/octet-stream"),
        ("/desk/nothing/", "404 text/html; charset=utf-8"),
        ("/desk/__annals/live.js", "200 text/javascript; charset=utf-8"),
        ("/desk/__annals/other", "404 text/plain; charset=utf-8"),
    ] {
        let actual = match ask(get(target), &shown) {
            Answer::Whole { status, kind, .. } => format!("{status} {kind}"),
            Answer::Elsewhere(to) => format!("-> {to}"),
            Answer::Events => "events".to_owned(),
        };
        assert_eq!(actual, expected, "{target}");
    }
    assert_eq!(ask(get("/desk/__annals/events"), &shown), Answer::Events);
}

#[test]
fn a_page_is_the_published_one_and_a_script() {
    let shown = shown();
    let address = Address::parse("/briefings/talks-resume/").unwrap();
    let published = shown.site.as_ref().unwrap().build.render(&address).unwrap().unwrap();
    let published = String::from_utf8(published.into_owned()).unwrap();
    let Answer::Whole { body, .. } = ask(get("/desk/briefings/talks-resume/"), &shown) else {
        panic!("a page")
    };
    let preview = String::from_utf8(body).unwrap();
    let tags = "<link rel=\"stylesheet\" href=\"/desk/__annals/live.css\"><script src=\"/desk/__annals/live.js\" data-version=\"7\" defer></script>";
    assert_eq!(preview.matches(tags).count(), 1);
    assert_eq!(preview.replace(tags, ""), published);
}

#[test]
fn a_missing_address_is_not_repeated() {
    let Answer::Whole { status, body, .. } =
        ask(get("/desk/%3Cscript%3Ealert(1)%3C/script%3E"), &shown())
    else {
        panic!("a page")
    };
    assert_eq!(status, 404);
    assert!(!String::from_utf8(body).unwrap().contains("alert(1)"));
}

#[test]
fn without_a_site_the_problem_is_the_page() {
    let shown = Shown { version: 3, problem: Some("<b> is wrong".to_owned()), ..Shown::default() };
    let Answer::Whole { status, body, .. } = ask(get("/desk/"), &shown) else { panic!("a page") };
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, 503);
    assert!(body.contains("&lt;b&gt; is wrong") && body.contains("/__annals/live.js"), "{body}");
    for target in ["/__annals/live.js", "/desk/__annals/problem"] {
        assert_eq!(self::status(&ask(get(target), &shown)), 200, "{target}");
    }
}

#[test]
fn pages_of_an_earlier_run_are_there_before_the_site_and_nothing_else_is() {
    let page = |path: &str| (Address::parse(path).unwrap(), b"<body>early</body>".to_vec());
    let pages = Arc::new(BTreeMap::from([page("/"), page("/talks/")]));
    let early = Early { base_path: "/desk".to_owned(), pages };
    let shown = Shown { version: 1, early, ..Shown::default() };
    for (target, expected) in [
        ("/desk/", Some(200)),
        ("/desk/talks/?q=1", Some(200)),
        ("/desk/__annals/live.js", Some(200)),
        ("/desk/__annals/events", Some(200)),
        ("/", Some(302)),
        ("/desk/other/", None),
        ("/desk/talks", None),
        ("/desk/../talks/", None),
    ] {
        let found = early_of(target, &shown);
        assert_eq!(found.as_ref().map(status), expected, "{target}");
    }
    let Some(Answer::Whole { body, .. }) = early_of("/desk/", &shown) else { panic!("no page") };
    let page = String::from_utf8(body).unwrap();
    assert!(page.contains("early") && page.contains("data-version=\"1\""), "{page}");
    let forged = Request { hosts: &["evil.example:1111"], ..get("/desk/") };
    assert_eq!(status(&ask(forged, &shown)), 421);
}

fn early_of(target: &str, shown: &Shown) -> Option<Answer> {
    early(target, shown).map(|(answer, _)| answer)
}
