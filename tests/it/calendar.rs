//! The calendar, read as strictly as RFC 5545 is written.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals::pipeline::Build;

use crate::support::{Shelf, page};

/// A content line: its name, its parameters and its value, still escaped.
type Line = (String, Vec<(String, String)>, String);

/// Reads a calendar by the grammar of RFC 5545, section 3.1, and fails on whatever that
/// does not allow: a line of more than 75 octets, a bare line feed, a control character,
/// a comma, semicolon or backslash in a text that is not escaped.
fn lines(calendar: &str) -> Vec<Line> {
    assert!(calendar.ends_with("\r\n"), "the last line ends, too");
    assert_eq!(calendar.replace("\r\n", "").find(['\r', '\n']), None, "a bare line end");
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
    }
    let whole = calendar.replace("\r\n ", "").replace("\r\n\t", "");
    whole.split_terminator("\r\n").map(line).collect()
}

fn line(line: &str) -> Line {
    assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "a control character: {line:?}");
    let (head, value) = line.split_once(':').unwrap_or_else(|| panic!("no colon: {line:?}"));
    let mut parts = head.split(';');
    let name = parts.next().unwrap();
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    };
    assert!(is_token(name), "{line:?}");
    let parameters = parts.map(|part| {
        let (key, value) = part.split_once('=').unwrap_or_else(|| panic!("{line:?}"));
        assert!(is_token(key) && !value.contains(['"', ',']), "{line:?}");
        (key.to_owned(), value.to_owned())
    });
    (name.to_owned(), parameters.collect(), value.to_owned())
}

/// A TEXT value without its escapes; commas part the values of a list.
fn text(value: &str, list: bool) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for c in value.chars() {
        match (escaped, c) {
            (true, '\\' | ',' | ';') => out.push(c),
            (true, 'n' | 'N') => out.push('\n'),
            (true, _) => panic!("no such escape: \\{c} in {value:?}"),
            (false, '\\') => {}
            (false, ',') if list => out.push('|'),
            (false, ',' | ';') => panic!("not escaped: {c} in {value:?}"),
            (false, _) => out.push(c),
        }
        escaped = !escaped && c == '\\';
    }
    out
}

/// Every event of a calendar that is right in all its parts, as
/// `first..after status summary | categories`.
fn events(calendar: &str) -> Vec<String> {
    let mut lines = lines(calendar).into_iter().map(|(name, parameters, value)| {
        let parameters: Vec<String> =
            parameters.iter().map(|(key, value)| format!("{key}={value}")).collect();
        (name, parameters.join(";"), value)
    });
    let plain = |name: &str, value: &str| (name.to_owned(), String::new(), value.to_owned());
    assert_eq!(lines.next().unwrap(), plain("BEGIN", "VCALENDAR"));
    assert_eq!(lines.next().unwrap(), plain("VERSION", "2.0"));
    assert_eq!(lines.next().unwrap().0, "PRODID");
    let (name, _, title) = lines.next().unwrap();
    assert_eq!((&*name, &*text(&title, false)), ("X-WR-CALNAME", "Desk, north; \\ south"));
    let mut seen = BTreeSet::new();
    let mut events = Vec::new();
    loop {
        let (name, _, value) = lines.next().unwrap();
        if (&*name, &*value) == ("END", "VCALENDAR") {
            assert_eq!(lines.next(), None);
            return events;
        }
        assert_eq!((&*name, &*value), ("BEGIN", "VEVENT"));
        let (mut summary, mut categories) = Default::default();
        let (mut first, mut after, mut status) = (String::new(), String::new(), String::new());
        let mut names = Vec::new();
        loop {
            let (name, parameters, value) = lines.next().unwrap();
            match (&*name, &*parameters) {
                ("UID", "") => {
                    assert!(value.ends_with("@annals") && seen.insert(value.clone()), "{value}");
                }
                ("DTSTAMP", "") => {
                    let (day, time) = value.split_once('T').unwrap();
                    assert!(is_day(day) && time == "000000Z", "{value}");
                }
                ("DTSTART", "VALUE=DATE") => first.clone_from(&value),
                ("DTEND", "VALUE=DATE") => after.clone_from(&value),
                ("SUMMARY", "") => summary = text(&value, false),
                ("DESCRIPTION", "") => _ = text(&value, false),
                ("CATEGORIES", "") => categories = text(&value, true),
                ("STATUS", "") => status.clone_from(&value),
                ("TRANSP", "") => assert_eq!(value, "TRANSPARENT"),
                ("URL", "") => assert!(value.starts_with("https://a.example/"), "{value}"),
                ("END", "") => break,
                _ => panic!("{name};{parameters}"),
            }
            names.push(name);
        }
        let required = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"];
        assert!(required.iter().all(|name| names.iter().filter(|own| own == name).count() == 1));
        assert!(is_day(&first) && is_day(&after) && first < after, "{first} to {after}");
        assert!(["CONFIRMED", "TENTATIVE"].contains(&&*status), "{status}");
        events.push(format!("{first}..{after} {status} {summary} | {categories}"));
    }
}

fn is_day(day: &str) -> bool {
    let dashed = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    annals::when::Day::parse(&dashed).is_some()
}

const CONFIG: &str = "base_url = \"https://a.example/desk/\"\ntitle = 'Desk, north; \\ south'\n";

fn shelf() -> Shelf {
    Shelf::default()
        .config(CONFIG)
        .clipping(
            "talks.md",
            "---\ntitle: \"Talks; and, \\\\ more\"\npublished: 2022-08-18\noutlet: The Kestrel\n---\n\n\
             NATO, Serbia and Kosovo met in Brussels on Wednesday; “žluťoučký kůň, 🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎” was \
             sung, and C:\\\\depot was locked.\n\n\
             Serbia will send 20 lorries to Kosovo on August 25.\n\n\
             Serbia declared in July that it wants no tolls; Kosovo has had a fair since the 1990s.\n",
        )
        .clipping(
            "2020/letter.txt",
            "Envoys talk by letter\n\n\
             Mara Lindqvist wrote to the council on Saturday, November 7 about the plates.\n",
        )
}

#[test]
fn the_calendar_keeps_to_the_letter_of_its_standard() {
    insta::assert_snapshot!(events(&page(&shelf().build(), "/timeline.ics")).join("\n"), @r"
    20201107..20201108 TENTATIVE date inferred: Mara Lindqvist wrote to the council on Saturday, November 7 about the plates. | 
    20220701..20220801 CONFIRMED Serbia declared in July that it wants no tolls; Kosovo has had a fair since the 1990s. | Serbia|Kosovo
    20220817..20220818 CONFIRMED NATO, Serbia and Kosovo met in Brussels on Wednesday; “žluťoučký kůň, 🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎” was sung, and C:\depot was locked. | NATO|Serbia|Kosovo
    20220825..20220826 TENTATIVE planned: Serbia will send 20 lorries to Kosovo on August 25. | Serbia|Kosovo
    ");
}

#[test]
fn an_event_keeps_its_uid_whatever_is_added_beside_it() {
    let uids = |build: &Arc<Build>| -> BTreeSet<String> {
        let calendar = page(build, "/timeline.ics");
        lines(&calendar).into_iter().filter(|line| line.0 == "UID").map(|line| line.2).collect()
    };
    let before = uids(&shelf().build());
    let more = "---\ntitle: More\npublished: 2022-08-19\n---\n\n\
        The council of Port Alder closed the harbour on August 2. Serbia will send 20 lorries to Kosovo on August 25.\n";
    let after = uids(&shelf().clipping("a.md", more).build());
    assert_eq!(before.difference(&after).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(after.len(), before.len() + 1);
}
