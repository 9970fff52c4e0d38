//! What an article links, and how that is switched off.

use crate::support::{Shelf, page};

const ARTICLE: &str = "---\ntitle: Talks on the harbour\npublished: 2022-08-17\n---\n\n\
    Mara Lindqvist came to Port Alder on 3 May 2022. The envoy Tomas Berg met her. Mara Lindqvist said \
    that the harbour would stay open.\n\n\
    Lindqvist and Tomas Berg left. Oslo accused Denmark of nothing.\n\n\
    ## What comes next\n\n\
    Lindqvist said that Mara Lindqvist would say no more.\n";
const REGISTER: &str = "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
    roles = [\n\
    { title = \"Chair\", of = \"norway\", from = 2020, to = 2023 },\n\
    { title = \"Minister\", of = \"norway\", from = 2024 }]\n";

/// The words that are linked to actors or dates, with what the link says of them.
fn linked(settings: &str) -> Vec<(String, String)> {
    let build =
        Shelf::default().clipping("talks.md", ARTICLE).register(REGISTER).config(settings).build();
    let html = page(&build, "/briefings/2022-08-17-talks-on-the-harbour/");
    let body = html.split("<div class=\"body\"").nth(1).unwrap();
    let body = body.split("<div class=\"beside\">").next().unwrap();
    body.split("<a class=\"")
        .skip(1)
        .filter(|link| link.starts_with("actor\"") || link.starts_with("date\""))
        .map(|link| {
            let (tag, rest) = link.split_once('>').unwrap();
            let title = tag.split_once("title=\"").map_or("", |(_, title)| title);
            let words = rest.split_once("</a>").unwrap().0;
            (words.to_owned(), title.trim_end_matches('"').to_owned())
        })
        .collect()
}

fn words(settings: &str) -> Vec<String> {
    linked(settings).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn the_first_mention_in_every_section_is_linked_with_kind_and_office() {
    let links = linked("");
    let words: Vec<&str> = links.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(
        words,
        ["Mara Lindqvist", "3 May 2022", "Tomas Berg", "Oslo", "Denmark", "Lindqvist"]
    );
    assert_eq!(links[0].1, "Mara Lindqvist (person), Chair of Norway", "the office of that day");
    assert_eq!(
        links[2].1, "Tomas Berg (person, found in the text), envoy",
        "the office of this article"
    );
}

#[test]
fn every_rule_of_linking_can_be_switched_off() {
    for (settings, expected) in [
        ("actors = \"never\"", &["3 May 2022"][..]),
        (
            "actors = \"paragraph\"",
            &[
                "Mara Lindqvist",
                "3 May 2022",
                "Tomas Berg",
                "Lindqvist",
                "Tomas Berg",
                "Oslo",
                "Denmark",
                "Lindqvist",
            ],
        ),
        ("off = [\"dates\"]", &["Mara Lindqvist", "Tomas Berg", "Oslo", "Denmark", "Lindqvist"]),
        ("off = [\"register\"]", &["3 May 2022", "Tomas Berg", "Oslo", "Denmark"]),
        ("off = [\"built-in\"]", &["Mara Lindqvist", "3 May 2022", "Tomas Berg", "Lindqvist"]),
        (
            "off = [\"discovered\"]",
            &["Mara Lindqvist", "3 May 2022", "Oslo", "Denmark", "Lindqvist"],
        ),
        (
            "off = [\"seats\"]",
            &["Mara Lindqvist", "3 May 2022", "Tomas Berg", "Denmark", "Lindqvist"],
        ),
        (
            "off = [\"parts\"]",
            &["Mara Lindqvist", "3 May 2022", "Tomas Berg", "Oslo", "Denmark", "Mara Lindqvist"],
        ),
    ] {
        assert_eq!(words(&format!("[links]\n{settings}\n")), expected, "{settings}");
    }
    let n = words("[links]\nactors = \"mention\"\n").len();
    assert!(n > words("[links]\nactors = \"paragraph\"\n").len(), "every mention: {n}");
    for (_, title) in linked("[links]\noff = [\"about\", \"dates\"]\n") {
        assert_eq!(title, "");
    }
}
