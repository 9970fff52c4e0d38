//! Links that last: every address and anchor ever published leads to its text.

use std::collections::{BTreeMap, BTreeSet};

use annals::diagnostic::Severity;
use annals::pipeline::Build;

use crate::support::{Shelf, page, pages};

/// The page that a reader ends on who follows `address`, however often sent on.
fn follow<'a>(site: &'a BTreeMap<String, String>, address: &str) -> Option<(String, &'a str)> {
    let mut at = address.to_owned();
    for _ in 0..4 {
        let html = site.get(&at)?;
        let Some((_, rest)) = html.split_once("http-equiv=\"refresh\" content=\"0; url=") else {
            return Some((at, html));
        };
        let to = rest.split('"').next().unwrap();
        assert!(html.contains(&format!("<a href=\"{to}\">")), "{at} has a link to {to}");
        assert!(html.contains("<link rel=\"canonical\" href=\""), "{at} names its successor");
        let up = to.matches("../").count();
        let rest = to.trim_start_matches("../").trim_start_matches("./");
        let base: Vec<&str> = at.split('/').skip(1).collect();
        let kept = &base[..base.len().saturating_sub(1 + up)];
        at = format!("/{}", [kept, &[rest][..]].concat().join("/"));
    }
    panic!("{address} is sent on without end");
}

fn site(build: &Build) -> BTreeMap<String, String> {
    pages(build)
        .into_iter()
        .map(|(address, bytes)| (address, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

/// Every anchor of paragraphs and events in `html`.
fn anchors(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"").skip(1).filter_map(|rest| {
        let id = rest.split('"').next()?;
        (id.starts_with("p-") || id.starts_with("e-")).then_some(id)
    })
}

/// The words of the paragraph at `anchor`, which stands on it or inside it.
fn words<'a>(html: &'a str, anchor: &str) -> BTreeSet<&'a str> {
    let at = html.find(&format!(" id=\"{anchor}\"")).unwrap();
    let rest = &html[at..];
    let end = rest.find("</p>").unwrap_or(rest.len());
    let text = rest[..end].split('<').filter_map(|part| part.split_once('>'));
    text.flat_map(|(_, text)| text.split_whitespace()).collect()
}

/// Every address and anchor of `before` that in `after` leads nowhere, or to another text.
fn lost(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let mut lost = Vec::new();
    let mut ids: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (address, html) in before.iter().filter(|(address, _)| !address.starts_with("/assets/")) {
        let Some((end, found)) = follow(after, address) else {
            lost.push(address.clone());
            continue;
        };
        let there = ids.entry(end).or_insert_with(|| anchors(found).collect());
        let is_lost = |anchor: &&str| {
            if !there.contains(anchor) {
                return true;
            }
            // An edited paragraph keeps most of its words, a joined one has all.
            let (was, is) = (words(html, anchor), words(found, anchor));
            anchor.starts_with("p-") && was.intersection(&is).count() * 3 < was.len() * 2
        };
        lost.extend(anchors(html).filter(is_lost).map(|anchor| format!("{address}#{anchor}")));
    }
    lost
}

fn story(n: usize) -> String {
    format!(
        "Harbour vote number {n} ends in a draw\n\nThe council of ward {n} met on Monday to settle the matter of quay {n}.\n\nMara Lindqvist{n} said that pier {n} would be closed on 3 May 2022.\n\n“Nobody wins at number {n},” she said.\n\nThe dockers of quay {n} go home in June.\n"
    )
}

fn sidecar(day: usize) -> String {
    format!(
        "published = 2022-{:02}-{:02}\noutlet = \"The Gazette\"\n",
        day / 28 % 12 + 1,
        day % 28 + 1
    )
}

/// `n` clippings, every tenth of them as `change` makes it: path, text, sidecar.
fn archive(n: usize, change: impl Fn(usize) -> Option<(String, String, String)>) -> Shelf {
    (0..n).fold(Shelf::default(), |shelf, n| {
        match if n % 10 == 3 { change(n) } else { Some(unchanged(n)) } {
            Some((path, text, sidecar)) => shelf.clipping_with(&path, text, &sidecar),
            None => shelf,
        }
    })
}

fn unchanged(n: usize) -> (String, String, String) {
    (format!("{}/c{n}.txt", n % 7), story(n), sidecar(n))
}

/// What became of a clipping, by the way it is told.
fn changed(n: usize) -> Option<(String, String, String)> {
    let (path, text, beside) = unchanged(n);
    Some(match n / 10 % 8 {
        0 => (format!("moved/{n}.txt"), text, beside),
        1 => (path, text, sidecar(n + 100)),
        2 => (path, text.replace("ends in a draw", "is lost"), beside),
        3 => (path, text.replace("met on Monday", "met early on Monday"), beside),
        4 => (format!("moved/{n}.md"), text.replace("\n\nThe dockers", " The dockers"), beside),
        // Two that change names.
        5 => (format!("{}/c{}.txt", (n + 10) % 7, n + 10), text, sidecar(n)),
        6 => (format!("{}/c{}.txt", (n - 10) % 7, n - 10), text, sidecar(n)),
        // One whose text went into another.
        _ => return None,
    })
}

#[test]
fn a_tenth_of_an_archive_changes_and_every_link_still_leads_to_its_text() {
    let first = archive(1000, |n| Some(unchanged(n))).build();
    let second = (0..1000).filter(|n| n % 10 == 3 && changed(*n).is_none()).fold(
        archive(1000, changed).after(&first),
        |shelf, n| {
            // Both stories in one file.
            let (_, body) =
                story(n).split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            let other = format!("{}\n{body}", story(n + 1));
            shelf.clipping_with(&format!("{}/c{}.txt", (n + 1) % 7, n + 1), other, &sidecar(n + 1))
        },
    );
    let second = second.build();
    let (before, after) = (site(&first), site(&second));
    assert_eq!(lost(&before, &after), [""; 0]);
}

/// A clipping with a headline and four paragraphs.
fn told(headline: &str) -> String {
    story(1).replace("Harbour vote number 1 ends in a draw", headline)
}

const STATED: &str = "published = 2022-05-07\n";

#[test]
fn a_changed_title_leaves_a_page_that_sends_on() {
    let first = Shelf::default().clipping_with("a.txt", told("Quay four is closed"), STATED);
    let second = Shelf::default().clipping_with("a.txt", told("Quay four stays open"), STATED);
    let second = second.after(&first.build());
    let build = second.build();
    let former = page(&build, "/briefings/2022-05-07-quay-four-is-closed/");
    for expected in [
        "<meta http-equiv=\"refresh\" content=\"0; url=../../briefings/2022-05-07-quay-four-stays-open/\">",
        "<link rel=\"canonical\" href=\"../../briefings/2022-05-07-quay-four-stays-open/\">",
        "<a href=\"../../briefings/2022-05-07-quay-four-stays-open/\">Quay four stays open</a>",
        "default-src 'self'",
    ] {
        assert!(former.contains(expected), "{expected:?} is not in\n{former}");
    }
    let markdown = page(&build, "/briefings/2022-05-07-quay-four-is-closed/index.md");
    assert!(markdown.contains("Quay four stays open"), "the text stays beside it, too");
    let map = site(&second.config("base_url = \"https://a.example/\"").build());
    assert!(!map["/sitemap.xml"].contains("is-closed"), "what has moved is not to be found");
}

#[test]
fn the_short_address_stays_whatever_changes() {
    let first =
        Shelf::default().clipping_with("a.txt", told("Quay four is closed"), STATED).build();
    let short = pages(&first).into_iter().map(|(address, _)| address);
    let short = short.filter(|address| address.starts_with("/s/")).collect::<Vec<_>>();
    let [short] = short.as_slice() else { panic!("{short:?}") };
    let second = Shelf::default()
        .clipping_with("2022/b.md", told("Quay four stays open"), "published = 2022-06-01\n")
        .after(&first)
        .build();
    let after = site(&second);
    let (end, html) = follow(&after, short).unwrap();
    assert_eq!(end, "/briefings/2022-06-01-quay-four-stays-open/");
    assert!(html.contains(&format!("../..{short}")), "the article names its short address");
}

#[test]
fn an_address_stays_with_the_clipping_that_had_it_first() {
    let shelf = |a: &str, b: &str| {
        let title = |title: &str| format!("{STATED}title = \"{title}\"\n");
        Shelf::default().clipping_with("a.txt", story(1), &title(a)).clipping_with(
            "b.txt",
            story(2),
            &title(b),
        )
    };
    let first = shelf("Quay four is closed", "Ferry late again").build();
    let swapped = shelf("Ferry late again", "Quay four is closed").after(&first).build();
    let html = page(&swapped, "/briefings/2022-05-07-quay-four-is-closed/");
    assert!(html.contains("<h1") && html.contains("pier 1 "), "{html}");
    // A newcomer does not take the address of one that stands.
    let third = Shelf::default()
        .clipping_with("0.txt", story(9), &format!("{STATED}title = \"Quay four is closed\"\n"))
        .clipping_with("a.txt", told("Quay four is closed"), STATED)
        .after(&first)
        .build();
    assert!(page(&third, "/briefings/2022-05-07-quay-four-is-closed/").contains("pier 1 "));
}

#[test]
fn an_edited_paragraph_keeps_its_anchor() {
    let first = Shelf::default().clipping_with("a.txt", story(1), STATED).build();
    let address = "/briefings/2022-05-07-harbour-vote-number-1-ends-in-a-draw/";
    let before = page(&first, address);
    let third = before.split("<p id=\"").nth(2).unwrap().split('"').next().unwrap();
    let edited = story(1).replace("said that pier", "said at last that pier");
    let shelf = Shelf::default().clipping_with("a.txt", edited.clone(), STATED).after(&first);
    let second = shelf.build();
    let html = page(&second, address);
    let (_, rest) = html.split_once(&format!("<span id=\"{third}\"></span>")).unwrap();
    assert!(rest.trim_start_matches(|c| c != '>').contains("said at last that pier"), "{html}");
    let again = Shelf::default()
        .clipping_with("a.txt", edited.replace("at last", "at long last"), STATED)
        .after(&second)
        .build();
    assert!(page(&again, address).contains(&format!("<span id=\"{third}\"></span>")));
}

#[test]
fn a_clipping_that_is_gone_says_so_and_may_come_back() {
    let both = Shelf::default()
        .clipping_with("a.txt", told("Quay four is closed"), STATED)
        .clipping_with("b.txt", story(2), STATED);
    let first = both.build();
    let one = Shelf::default().clipping_with("b.txt", story(2), STATED).after(&first);
    let second = one.build();
    let gone = "/briefings/2022-05-07-quay-four-is-closed/";
    assert!(page(&second, gone).contains("This article was withdrawn"));
    let said: Vec<&str> = second
        .diagnostics
        .iter()
        .filter(|said| said.severity == Severity::Warning)
        .map(|said| said.message.as_str())
        .collect();
    assert!(said.iter().any(|said| said.contains("`a.txt` is gone")), "{said:?}");
    let third = one.clone().after(&second).build();
    assert!(third.diagnostics.iter().all(|said| !said.message.contains("is gone")), "said once");
    let silent = one.config("[publish]\nwithdrawn = \"missing\"\n").build();
    assert!(!site(&silent).contains_key(gone));
    let back = both.after(&third).build();
    assert!(page(&back, gone).contains("<h1"));
}

#[test]
fn an_actor_that_is_renamed_or_merged_leads_on() {
    let text = "Port talks go on\n\nJonas Ekdahl of the Harbour Guild spoke on Monday. “We stay,” Ekdahl said.\n\nThe Harbour Guild was pleased. The Harbour Guild met again.\n";
    let register = |id: &str, aliases: &str| {
        format!(
            "[[actor]]\nid = \"{id}\"\nname = \"Jonas Ekdahl\"\nkind = \"person\"\naliases = [{aliases}]\n"
        )
    };
    let shelf = Shelf::default().clipping_with("a.txt", text, STATED);
    let first = shelf.clone().register(&register("j-ekdahl", "\"Ekdahl\"")).build();
    let second = shelf
        .clone()
        .register(&register("jonas-ekdahl", "\"Ekdahl\", \"Harbour Guild\", \"The Harbour Guild\""))
        .after(&first)
        .build();
    let after = site(&second);
    for former in ["/actors/j-ekdahl/", "/actors/harbour-guild/"] {
        assert!(site(&first).contains_key(former), "{former} was there");
        let (end, _) = follow(&after, former).unwrap();
        assert_eq!(end, "/actors/jonas-ekdahl/", "{former}");
    }
    let third = shelf.register(&register("ekdahl", "\"Ekdahl\"")).after(&second).build();
    let third = site(&third);
    assert_eq!(follow(&third, "/actors/j-ekdahl/").unwrap().0, "/actors/ekdahl/", "twice renamed");
}

#[test]
fn what_became_private_leaves_no_address_behind() {
    let shelf =
        |beside: &str| {
            Shelf::default()
                .clipping_with("a.txt", told("Quay four is closed"), beside)
                .clipping_with("b.txt", story(2), STATED)
        };
    let tags = "tags = [\"Quillfeather\"]\noutlet = \"Quillfeather Post\"\n";
    let first = shelf(&format!("{STATED}{tags}")).build();
    let second = shelf(&format!("{STATED}{tags}tlp = \"red\"\n")).after(&first).build();
    for (address, bytes) in pages(&second) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for trace in ["quay-four", "quay four", "quillfeather", "lindqvist1"] {
            assert!(!address.contains(trace), "{address}");
            assert!(!text.contains(trace), "{trace} is in {address}");
        }
    }
    let third = shelf(STATED).after(&second).build();
    assert!(page(&third, "/briefings/2022-05-07-quay-four-is-closed/").contains("pier 1 "));
}

#[test]
fn a_merge_of_two_branches_is_settled_by_building_again() {
    let base = Shelf::default().clipping_with("a.txt", told("Quay four is closed"), STATED);
    let first = base.build();
    let ours = Shelf::default()
        .clipping_with("a.txt", told("Quay four is shut"), STATED)
        .after(&first)
        .build();
    let theirs = base.clone().clipping_with("b.txt", story(2), STATED).after(&first).build();
    let (ours, theirs) = (ours.lock().to_text(), theirs.lock().to_text());
    let conflict = format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n");
    let merged = Shelf::default()
        .clipping_with("a.txt", told("Quay four is shut"), STATED)
        .clipping_with("b.txt", story(2), STATED)
        .lock(&conflict)
        .build();
    let after = site(&merged);
    for address in [
        "/briefings/2022-05-07-quay-four-is-closed/",
        "/briefings/2022-05-07-quay-four-is-shut/",
        "/briefings/2022-05-07-harbour-vote-number-2-ends-in-a-draw/",
    ] {
        assert!(follow(&after, address).is_some(), "{address}");
    }
    let text = merged.lock().to_text();
    assert!(!text.contains("<<<<") && text.parse::<toml::Table>().is_ok(), "{text}");
}

#[test]
fn the_lock_depends_on_nothing_but_the_archive() {
    let first = archive(40, |n| Some(unchanged(n))).build();
    let settled = archive(40, changed).after(&first);
    let again = settled.clone().after(&settled.build());
    assert_eq!(settled.build().lock().to_text(), again.build().lock().to_text());
}
