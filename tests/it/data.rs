//! Feeds and tables: what other programs fetch from the site.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Shelf, page, pages};

const REGISTER: &str = r#"
[[actor]]
id = "mara-lindqvist"
name = "Mara Lindqvist"
kind = "person"
aliases = ["Lindqvist"]
"#;

fn shelf() -> Shelf {
    Shelf::default()
        .register(REGISTER)
        .config("title = \"Harbour desk\"\nbase_url = \"https://a.example/repo/\"\n")
        .clipping_with(
            "talks.txt",
            "Talks on the harbour resume\n\nMara Lindqvist met the dockers on 3 May 2022.\n\n“We are nearly there,” Lindqvist said.\n",
            "published = 2022-05-07\noutlet = \"The Gazette\"\ntags = [\"harbour\", \"port\"]\n",
        )
        .clipping_with(
            "sum.txt",
            "=SUM(A1) is no headline\n\nNobody came.\n",
            "published = 2022-04-07\noutlet = \"The Gazette\"\n",
        )
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn an_article_has_one_id_in_every_feed_whatever_its_address() {
    let before = shelf().build();
    let after = shelf()
        .config("title = \"Harbour desk\"\nbase_url = \"https://a.example/repo/\"\n")
        .clipping("more.txt", "A third one\n\nLindqvist came again.\n")
        .build();
    let ids = |feed: &str, build| -> Vec<String> {
        let feed = json(&page(build, feed));
        let items = feed["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let site = ids("/feed.json", &before);
    assert_eq!(site.len(), 2);
    assert_eq!(ids("/outlets/the-gazette/feed.json", &before), site);
    assert_eq!(ids("/actors/mara-lindqvist/feed.json", &before), site[..1]);
    assert!(ids("/actors/mara-lindqvist/feed.json", &after).contains(&site[0]));
    for feed in ["/atom.xml", "/outlets/the-gazette/atom.xml", "/actors/mara-lindqvist/atom.xml"] {
        assert!(page(&before, feed).contains(&format!("<id>{}</id>", site[0])), "{feed}");
    }
}

#[test]
fn a_moved_article_keeps_its_id_in_every_feed() {
    let before = shelf().build();
    let after = Shelf::default()
        .register(REGISTER)
        .config("title = \"Harbour desk\"\nbase_url = \"https://a.example/repo/\"\n")
        .clipping_with(
            "2022/may/dockers.txt",
            "Dockers and harbour speak again\n\nMara Lindqvist met the dockers on 3 May 2022.\n\n“We are nearly there,” Lindqvist said.\n",
            "published = 2022-05-08\noutlet = \"The Gazette\"\ntags = [\"harbour\", \"port\"]\n",
        )
        .after(&before)
        .build();
    let item = |build, feed: &str| -> (String, String) {
        let feed = json(&page(build, feed));
        let item = &feed["items"][0];
        (item["id"].as_str().unwrap().to_owned(), item["url"].as_str().unwrap().to_owned())
    };
    for feed in ["/feed.json", "/outlets/the-gazette/feed.json", "/actors/mara-lindqvist/feed.json"]
    {
        let ((id, url), (same, other)) = (item(&before, feed), item(&after, feed));
        assert_eq!(id, same, "{feed}");
        assert_ne!(url, other, "title, day and file are others now");
        assert!(
            page(&after, &feed.replace("feed.json", "atom.xml"))
                .contains(&format!("<id>{id}</id>"))
        );
    }
}

#[test]
fn the_data_page_leads_to_every_file() {
    let build = shelf().build();
    let html = page(&build, "/data/");
    for (address, _) in pages(&build).iter().filter(|(address, _)| {
        (address.starts_with("/data/") && !address.ends_with('/')) || address == "/timeline.ics"
    }) {
        assert!(html.contains(&format!("href=\"..{address}\"")), "{address} is not in {html}");
    }
}

#[test]
fn a_feed_names_itself_its_page_and_its_articles() {
    let build = shelf().build();
    let feed = json(&page(&build, "/actors/mara-lindqvist/feed.json"));
    for (key, expected) in [
        ("version", "https://jsonfeed.org/version/1.1"),
        ("title", "Mara Lindqvist – Harbour desk"),
        ("home_page_url", "https://a.example/repo/actors/mara-lindqvist/"),
        ("feed_url", "https://a.example/repo/actors/mara-lindqvist/feed.json"),
    ] {
        assert_eq!(feed[key], expected, "{key}");
    }
    let item = &feed["items"][0];
    assert_eq!(
        item["url"],
        "https://a.example/repo/briefings/2022-05-07-talks-on-the-harbour-resume/"
    );
    assert_eq!(item["date_published"], "2022-05-07T00:00:00Z");
    assert_eq!(item["authors"][0]["name"], "The Gazette");
    let html = page(&build, "/actors/mara-lindqvist/");
    assert!(
        html.contains(
            "type=\"application/feed+json\" href=\"../../actors/mara-lindqvist/feed.json\""
        )
    );
    let without = Shelf::default().clipping("a.txt", "A headline\n\nSome text.\n").build();
    assert!(without.addresses().all(|address| !address.as_str().contains("feed.json")));
}

/// The cells of a CSV file, row by row.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_says_the_same_as_json_and_as_csv_and_the_dictionary_knows_every_column() {
    let build = shelf().build();
    let dictionary = page(&build, "/data/");
    for table in ["articles", "actors", "statements"] {
        let rows = json(&page(&build, &format!("/data/{table}.json")));
        let rows = rows.as_array().unwrap();
        let csv = cells(&page(&build, &format!("/data/{table}.csv")));
        assert_eq!(csv.len(), rows.len() + 1, "{table}: head and rows");
        assert!(!rows.is_empty(), "{table}");
        let keys: BTreeSet<&str> =
            rows[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, csv[0].iter().map(String::as_str).collect(), "{table}");
        for key in keys {
            assert!(dictionary.contains(&format!("<code>{key}</code>")), "{table}: {key}");
        }
    }
    let articles = json(&page(&build, "/data/articles.json"));
    assert_eq!(articles[0]["actors"][0], "mara-lindqvist");
    assert_eq!(articles[0]["tags"], serde_json::json!(["harbour", "port"]));
    let statements = json(&page(&build, "/data/statements.json"));
    assert_eq!(statements[0]["speaker"], "mara-lindqvist");
    assert_eq!(statements[0]["article"], articles[0]["id"]);
    let url = statements[0]["url"].as_str().unwrap();
    let (address, anchor) = url.split_once('#').unwrap();
    let path = address.strip_prefix("https://a.example/repo").unwrap();
    assert!(page(&build, path).contains(&format!("id=\"{anchor}\"")), "{url}");
}

#[test]
fn no_text_of_a_clipping_is_a_formula() {
    let build = shelf().build();
    let csv = cells(&page(&build, "/data/articles.csv"));
    let title = csv[0].iter().position(|name| name == "title").unwrap();
    assert!(csv.iter().any(|row| row[title] == "'=SUM(A1) is no headline"), "{csv:?}");
    for (path, bytes) in pages(&build) {
        if path.starts_with("/data/") && path.contains(".csv") {
            for row in cells(&String::from_utf8(bytes).unwrap()) {
                let formula = row.iter().find(|cell| cell.starts_with(['=', '+', '-', '@']));
                assert_eq!(formula, None, "{path}");
            }
        }
    }
}
