//! What a reader of the site sees.

use std::fmt::Write as _;

use crate::support::{Shelf, page, pages};

const REGISTER: &str = r#"
[[actor]]
id = "mara-lindqvist"
name = "Mara Lindqvist"
kind = "person"
aliases = ["Lindqvist"]
wikidata = "Q42"
roles = [{ title = "Chair", of = "harbour-authority", from = "2021-01-01", to = "2023-06-30" }]

[[actor]]
id = "harbour-authority"
name = "Harbour Authority"
kind = "organisation"
"#;

fn shelf() -> Shelf {
    Shelf::default()
        .register(REGISTER)
        .config("base_url = \"https://a.example/repo/\"\n")
        .clipping_with(
            "talks.txt",
            "Talks on the harbour resume\n\nMara Lindqvist of the Harbour Authority met the dockers on 3 May 2022.\n\n“We are nearly there,” Lindqvist said on Friday. NATO was not there.\n",
            "published = 2022-05-07\noutlet = \"The Gazette\"\ntags = [\"harbour\"]\n",
        )
        .clipping_with(
            "vote.txt",
            "Council votes for the breakwater\n\nThe council of Port Alder voted on Monday to pay half of the breakwater.\n\nMara Lindqvist called it the end of a long winter.\n",
            "published = 2022-09-06\noutlet = \"The Gazette\"\n",
        )
}

/// The value of the first `attribute` in `html` after `words`.
fn after<'a>(html: &'a str, words: &str, attribute: &str) -> &'a str {
    let from = html.find(words).unwrap_or_else(|| panic!("{words:?} is not there"));
    let rest = &html[from..];
    let start = rest.find(attribute).unwrap() + attribute.len();
    rest[start..].split('"').next().unwrap()
}

#[test]
fn a_mention_leads_to_the_actor_and_a_date_to_the_timeline() {
    let build = shelf().build();
    let html = page(&build, "/briefings/2022-05-07-talks-on-the-harbour-resume/");
    assert_eq!(
        after(&html, "<p id=\"p-", "class=\"actor\" href=\""),
        "../../actors/mara-lindqvist/"
    );
    let date = after(&html, "<p id=\"p-", "class=\"date\" href=\"");
    let (path, anchor) = date.split_once('#').unwrap();
    assert_eq!(path, "../../timeline/2022/");
    let timeline = page(&build, "/timeline/2022/");
    assert!(
        timeline.contains(&format!("id=\"{anchor}\"")),
        "the event {anchor} is on the timeline"
    );
    assert!(timeline.contains("met the dockers on "), "with its sentence");
}

#[test]
fn every_entry_of_a_dossier_leads_to_its_paragraph() {
    let build = shelf().build();
    let dossier = page(&build, "/actors/mara-lindqvist/");
    for words in
        ["Chair", "1 January 2021 – 30 June 2023", "We are nearly there,", "met the dockers on "]
    {
        assert!(dossier.contains(words), "{words:?} is not on the dossier");
    }
    assert!(
        !dossier.contains("found in the text") && !dossier.contains("guess"),
        "the register is no guess"
    );
    let article = page(&build, "/briefings/2022-05-07-talks-on-the-harbour-resume/");
    let mut anchors = 0;
    for link in dossier.split("resume/#").skip(1) {
        let anchor = link.split('"').next().unwrap();
        assert!(article.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        anchors += 1;
    }
    assert!(anchors >= 3, "statement, event and appearance: {anchors}");
}

#[test]
fn the_lists_lead_to_every_article() {
    let build = shelf().build();
    for (list, n) in [
        ("/briefings/", 2),
        ("/briefings/2022/", 2),
        ("/outlets/the-gazette/", 2),
        ("/tags/harbour/", 1),
        ("/", 2),
    ] {
        let html = page(&build, list);
        let found = ["talks-on-the-harbour-resume/", "council-votes-for-the-breakwater/"];
        assert_eq!(found.iter().filter(|key| html.contains(*key)).count(), n, "{list}");
    }
    for (file, words) in [
        ("/sitemap.xml", "<loc>https://a.example/repo/actors/mara-lindqvist/</loc>"),
        (
            "/atom.xml",
            "https://a.example/repo/briefings/2022-09-06-council-votes-for-the-breakwater/",
        ),
        ("/robots.txt", "Sitemap: https://a.example/repo/sitemap.xml"),
        ("/404.html", "href=\"/repo/actors/\""),
    ] {
        assert!(page(&build, file).contains(words), "{words:?} is not in {file}");
    }
}

#[test]
fn two_clippings_that_want_one_address_both_have_one() {
    let text = "The same headline\n\nThe council of Port Alder voted on Monday to pay half of the breakwater.\n";
    let one = Shelf::default().clipping("a.txt", text).clipping("b.txt", text).build();
    let other = Shelf::default().clipping("b.txt", text).clipping("a.txt", text).build();
    let keys = |build: &annals::pipeline::Build| -> Vec<(String, String)> {
        let entries = build.archive().entries.iter();
        entries.map(|entry| (entry.briefing.article.path.clone(), entry.key.clone())).collect()
    };
    assert_eq!(keys(&one), keys(&other), "whatever the order");
    assert_eq!(keys(&one)[0], ("a.txt".to_owned(), "the-same-headline".to_owned()));
    assert!(keys(&one)[1].1.starts_with("the-same-headline-"));
}

/// What half the outlets report of half the world, every day of a year.
#[test]
fn no_page_is_heavier_than_a_phone_should_carry() {
    const MOST: usize = 250_000;
    let states = "Albania, Belgium, Canada, Denmark, Estonia, Finland, Greece, Hungary, Iceland, \
                  Kosovo, Latvia, Mexico, Norway, Oman, Poland, Qatar, Romania, Serbia, Turkey";
    let mut shelf = Shelf::default().config("base_url = \"https://a.example/\"\n");
    for outlet in 0..12 {
        let mut text = format!("The year of the Envoys’ Conference as paper {outlet} saw it\n");
        for month in ["January", "February", "March", "April", "May", "June"] {
            for day in 1..=25 {
                let _ = write!(
                    text,
                    "\nThe envoys of {states} met in Port Alder on {day} {month} 2022.\n"
                );
            }
        }
        let sidecar = format!(
            "published = 2022-07-{:02}\noutlet = \"The Long-Winded Gazette of Port {outlet}\"\n",
            outlet + 1
        );
        shelf = shelf.clipping_with(&format!("{outlet}.txt"), text, &sidecar);
    }
    let build = shelf.build();
    let heaviest = pages(&build)
        .into_iter()
        .filter(|(address, _)| address.starts_with("/timeline/") || address == "/")
        .max_by_key(|(_, bytes)| bytes.len())
        .map(|(address, bytes)| (address, bytes.len()));
    let (address, size) = heaviest.unwrap();
    assert!((100_000..MOST).contains(&size), "{address}: {size} bytes");
}
