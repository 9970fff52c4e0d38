//! Whole clippings, the five real ones where they are at hand, and the laws.

use std::path::PathBuf;

use proptest::prelude::*;

use super::mend::Mending;
use super::*;
use crate::article::BlockKind;
use crate::when::When;

fn document(text: &str, format: Format) -> RawDocument {
    RawDocument {
        path: "bay/harbour.txt".to_owned(),
        file: "content/bay/harbour.txt".to_owned(),
        format,
        text: text.to_owned(),
        encoding: "UTF-8",
        front_matter_lines: 0,
        metadata: Metadata::default(),
        diagnostics: Vec::new(),
    }
}

pub(super) fn text(text: &str) -> Article {
    clean(&document(text, Format::Text))
}

/// The document that `to_markdown` describes, as `source` would read it.
fn written(article: &Article) -> RawDocument {
    let markdown = to_markdown(article, &article.body, None);
    let front = markdown.lines().skip(1).position(|line| line == "---").unwrap() + 2;
    let mut back = document(&markdown, Format::Markdown);
    back.front_matter_lines = u32::try_from(front).unwrap();
    let stated = |value: &String| Stated { value: value.clone(), sidecar: false, line: None };
    let metadata = &mut back.metadata;
    metadata.title = Some(stated(&article.headline.value));
    metadata.standfirst = article.standfirst.as_ref().map(|field| stated(&field.value));
    metadata.outlet = article.outlet.as_ref().map(|field| stated(&field.value));
    metadata.agency = article.agency.as_ref().map(|field| stated(&field.value));
    metadata.authors = article.byline.iter().map(|field| stated(&field.value)).collect();
    back
}

fn rules(article: &Article) -> Vec<(u32, &str)> {
    let removed = article.ledger.entries().filter(|entry| entry.fate == Fate::Removed);
    removed.map(|entry| (entry.line, entry.rule.unwrap_or(""))).collect()
}

/// Every line of the document once, in order, and repairs inside their line.
fn check_ledger(article: &Article, text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(article.ledger.len(), lines.len());
    for (index, (entry, line)) in article.ledger.entries().zip(&lines).enumerate() {
        assert_eq!(entry.line as usize, index + 1);
        let mut at = 0;
        for repair in entry.repairs() {
            assert!(repair.span.start >= at && repair.span.end as usize <= line.len(), "{entry:?}");
            assert!(line.get(repair.span.range()).is_some(), "off a character: {entry:?} {line:?}");
            at = repair.span.end;
        }
    }
    for block in &article.blocks {
        assert!(article.body.get(block.span.range()).is_some_and(|text| !text.is_empty()));
    }
}

const CLIPPING: &str = " date 2021-03-04 Harbour opens after a winter of repairs

Ships wait outside Kotor, Montenegro, Wednesday, March 3, 2021. (AP Photo/Mira Kolar)

By Jane Roe

Posted March 4, 2021 7:46 am.

Last Updated March 4, 2021 7:56 am.

KOTOR, Montenegro (AP) — The harbour of Kotor opened on Thursday after a winter in which two cranes were rebuilt.

”We are back,” said the port master, who had waited for this day since October.

What it cost

The repairs took four months and eleven million euros, the port authority said in a report.

ADVERTISEMENT

Ferries to Bari will sail again from the middle of the month, twice a week at first.

The Associated Press

Top Stories

Two cats found on a lighthouse
Two cats found on a lighthouse

The keeper fed them for a week before anyone came, and nobody knows how they had got there,...

16m ago
";

#[test]
fn a_stamp_among_the_paragraphs_counts_where_it_is_the_story_s_own() {
    for (stamp, dated) in [
        ("Published December 19, 2023", Some("2023-12-19")),
        ("Written by Jane Roe Dec. 19, 2023 at 4:00 a.m. PT", Some("2023-12-19")),
        ("Dec. 19, 2023\n5 min read", Some("2023-12-19")),
        // That of a story which is linked there, for all we know.
        ("December 19, 2023", None),
    ] {
        let paragraph = |what: &str| {
            format!("The {what} of Port Alder met on the quay and said that talks would go on.\n\n")
        };
        let above: String = ["mayor", "council", "union"].map(paragraph).concat();
        let below: String = ["pilots", "dockers", "owners"].map(paragraph).concat();
        let article = text(&format!("Harbour talks to go on\n\n{above}{stamp}\n\n{below}"));
        let when = article.published.when.map(|when| when.to_string());
        assert_eq!(when.as_deref(), dated, "{stamp}");
    }
}

#[test]
fn a_list_that_is_the_article_is_kept_whole() {
    let songs = ["Tide Song", "Old Crane", "North of the Quay", "Rain", "Nets and Ropes"];
    let mut list = String::from("Harbour prizes 2024: all the winners\n\n3 March 2024\n\n");
    for class in ["Best song of the year", "Best song of a newcomer", "Best song of a group"] {
        list.extend([class, "\n\nBlur\n\n"]);
        list.extend(songs.iter().map(|song| format!("Ana Ruiz and the Gulls, {song}\n\n")));
    }
    let article = text(&list);
    for line in ["of the year", "of a newcomer", "of a group"].iter().chain(&songs) {
        assert!(article.body.contains(line), "{line} is not in\n{}", article.body);
    }
}

#[test]
fn a_list_with_numbers_goes_on_where_the_body_ends() {
    for (line, expected) in [("per cent off ropes and nets", 40), ("Ropes and nets", 12)] {
        let list: String = (10..50)
            .map(|number| match expected {
                40 => format!("{number} {line}\n\n"),
                _ => format!("{line} of kind {number}\n\n"),
            })
            .collect();
        let page = format!("{list}Follow us on Facebook\n");
        let lines = line::split(&page, Mending { plain: true, quotes: true });
        let units = line::units(&lines, 0);
        let forms: Vec<Form<'_>> = units.iter().map(form::recognise).collect();
        assert_eq!(body::numbered_end(&units, &forms, &(0..12)), expected, "{line}");
    }
}

#[test]
fn a_clipping_is_read_into_fields_and_body() {
    let article = text(CLIPPING);
    assert_eq!(article.headline.value, "Harbour opens after a winter of repairs");
    assert_eq!(article.byline[0].value, "Jane Roe");
    assert_eq!(article.agency.as_ref().unwrap().value, "Associated Press");
    assert_eq!(article.dateline.as_ref().unwrap().place, "KOTOR, Montenegro");
    assert_eq!(article.published.when, When::parse("2021-03-04"));
    assert_eq!(article.published.time.as_ref().unwrap().to_string(), "07:46");
    assert_eq!(article.updated.as_ref().unwrap().value.1.as_ref().unwrap().to_string(), "07:56");
    assert_eq!(article.credits[0].value, "(AP Photo/Mira Kolar)");
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(format!("{kinds:?}"), "[Paragraph, Paragraph, Heading, Paragraph, Paragraph]");
    assert!(article.body.starts_with("The harbour of Kotor"), "{}", article.body);
    assert!(article.body.contains("“We are back,”"), "{}", article.body);
    assert!(article.body.ends_with("at first."), "{}", article.body);
    check_ledger(&article, CLIPPING);
}

#[test]
fn every_removed_line_says_why() {
    let article = text(CLIPPING);
    let rules = rules(&article);
    assert!(rules.contains(&(19, "advert marker")), "{rules:?}");
    assert!(rules.contains(&(23, "agency sign-off")), "{rules:?}");
    assert!(rules.iter().all(|(_, rule)| !rule.is_empty()), "{rules:?}");
}

#[test]
fn what_the_owner_states_wins() {
    let mut raw = document(CLIPPING, Format::Text);
    raw.metadata.title = Some(Stated {
        value: "Harbour opens after a winter of repairs".to_owned(),
        sidecar: true,
        line: Some(1),
    });
    raw.metadata.published = Some(Stated {
        value: (When::parse("2021-03-05").unwrap(), None),
        sidecar: true,
        line: Some(2),
    });
    let article = clean(&raw);
    assert_eq!(article.headline.basis, Basis::Sidecar);
    assert_eq!(article.ledger.get(0).unwrap().fate, Fate::Title);
    assert_eq!(article.published.when, When::parse("2021-03-05"));
    assert_eq!(article.published.basis, Basis::Sidecar);
}

#[test]
fn a_date_that_reads_two_ways_is_left_open_and_reported() {
    let body = "The harbour of Kotor opened on Thursday after a winter of long repairs.";
    let article =
        text(&format!("Harbour opens after repairs\n3/4/2021\n\n{body}\n\n{body} It rained.\n"));
    assert_eq!(article.published.when, None);
    assert!(article.diagnostics.iter().any(|found| found.code == "ambiguous-date"));
    let settled = text(&format!("Harbour opens after repairs\n3/4/2021 10:00 AM ET\n\n{body}\n"));
    assert_eq!(settled.published.when, When::parse("2021-03-04"));
}

#[test]
fn a_clipping_without_an_article_says_so() {
    for raw in ["", "\n\n", "Accept all cookies\nReject all\nPrivacy Policy\n"] {
        let article = text(raw);
        assert_eq!(article.body, "", "{raw:?}");
        assert_eq!(article.headline.value, "harbour");
        assert!(!article.diagnostics.is_empty(), "{raw:?}");
        check_ledger(&article, raw);
    }
}

#[test]
fn pasted_text_cannot_become_markup() {
    let raw = "Harbour opens again after repairs\n\n\
        The *harbour* of Kotor opened <script>alert(1)</script> on Thursday after repairs.\n\n\
        # This line is no heading, although it begins like one in this format.\n\n\
        1. It was the first item of nothing at all, and a sentence of its own.\n";
    let article = text(raw);
    assert!(article.body.contains("\\*harbour\\*") && article.body.contains("\\<script>"));
    assert!(article.body.contains("\\# This line"), "{}", article.body);
    assert!(article.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
}

#[test]
fn rows_with_tabs_become_a_table_and_bullets_a_list() {
    let prose = "The harbour of Kotor handled more freight in each of the past two years.";
    let article = text(&format!(
        "Harbour handles more freight\n\n{prose}\n\nYear\tTonnes\n2020\t12\n2021\t14\n\n{prose} Still.\n\n\
         • two cranes were rebuilt\n• one pier is new\n\n{prose} Again.\n"
    ));
    assert!(
        article.body.contains("| Year | Tonnes |\n| --- | --- |\n| 2020 | 12 |"),
        "{}",
        article.body
    );
    assert!(
        article.body.contains("- two cranes were rebuilt\n- one pier is new"),
        "{}",
        article.body
    );
}

#[test]
fn markdown_of_a_web_clipper_loses_its_notes_and_keeps_its_markup() {
    let raw = "# Harbour opens | The Evening Dispatch\n\n> ## Excerpt\n> Ships return.\n\n---\n\n\
        The **harbour** opened ==today== in [[Kotor|the bay]]. ^block-1\n\n%%call Jane%%\n\n\
        Advertisement\n\n- one\n- two\n";
    let article = clean(&document(raw, Format::Markdown));
    assert_eq!(article.headline.value, "Harbour opens");
    assert_eq!(article.standfirst.as_ref().unwrap().value, "Ships return.");
    assert_eq!(article.body, "The **harbour** opened today in the bay.\n\n- one\n- two");
    check_ledger(&article, raw);
}

#[test]
fn the_headline_of_a_short_clipping_is_not_its_only_sentence() {
    for (raw, expected) in [
        (
            "Ferries return\n\nThe harbour said that ferries would sail again before the winter.\n",
            "Ferries return",
        ),
        ("A quiet week\n\nThe envoy said on 3 May 2022 that all was well.\n", "A quiet week"),
        (
            "Ferries return\n\nBy Jane Roe\n\nPosted March 3, 2021 7:46 am.\n\n\
             KOTOR (Reuters) - The harbour said on Monday that ferries would sail again.\n\nShare\nTweet\n",
            "Ferries return",
        ),
    ] {
        let article = text(raw);
        assert_eq!(article.headline.value, expected, "{raw:?}");
        assert_eq!(article.blocks.len(), 1, "{raw:?}");
    }
}

const PARAGRAPH: &str =
    "The harbour of Kotor opened on Thursday after a winter in which two cranes were rebuilt.";

#[test]
fn a_line_of_outlet_and_section_is_no_headline() {
    for line in ["The Bay Post | South", "Home > World > Adriatic", "Home / World"] {
        let article = text(&format!(
            "{line}\n06.01.2024 11:30 | Jane Roe\nCranes turn again: harbour of Kotor opens after repairs\n\n\
             {PARAGRAPH}\n\nIt had been closed since October, said the port master of Kotor.\n"
        ));
        assert_eq!(
            article.headline.value, "Cranes turn again: harbour of Kotor opens after repairs",
            "{line:?}"
        );
        assert_eq!(article.byline[0].value, "Jane Roe", "{line:?}");
    }
}

#[test]
fn sentences_above_the_dateline_belong_to_pictures() {
    let article = text(&format!(
        "Harbour opens after a winter of repairs\n\nBy Jane Roe\nMarch 7, 2024, 6:12 PM ET\n\n\
         Jens Berg opens the harbour of Kotor on Thursday with his daughter. (Pool photo by Ana Ruiz)\n\n\
         The new cranes of Kotor stand on the old pier.\n\nKOTOR (AP) — {PARAGRAPH}\n\n{PARAGRAPH} Again.\n"
    ));
    assert!(article.body.starts_with("The harbour of Kotor"), "{}", article.body);
    assert_eq!(article.dateline.unwrap().place, "KOTOR");
    assert_eq!(article.captions.len(), 2);
    assert_eq!(article.credits[0].value, "(Pool photo by Ana Ruiz)");
}

#[test]
fn an_acronym_before_a_dash_is_no_place() {
    let article = text(&format!(
        "Harbour watch grows\n\nADRIO — The watch of the bay grows.\n\n{PARAGRAPH} ADRIO was there.\n"
    ));
    assert_eq!(article.dateline, None);
    let place =
        text(&format!("Harbour watch grows\n\nNORTH BAY — {PARAGRAPH}\n\n{PARAGRAPH} Yes.\n"));
    assert_eq!(place.dateline.unwrap().place, "NORTH BAY");
}

#[test]
fn tags_that_the_page_states_become_tags() {
    let story = format!(
        "Harbour opens after repairs\n\n{PARAGRAPH}\n\n{PARAGRAPH} It rained all day in Kotor.\n\n"
    );
    for (tail, expected) in [
        ("Tags:\nHarbour\nKotor\n3 comments\nNice work\n", vec!["Harbour", "Kotor"]),
        (
            "Topics\nHarbour\nThe old pier\n\nMost read\nTwo cats found on a lighthouse\n",
            vec!["Harbour", "The old pier"],
        ),
        ("Filed under: Harbour, #cranes\n", vec!["Harbour", "cranes"]),
        ("Tags:\nThe harbour opened on a day of rain and nobody was there.\n", vec![]),
        ("Tags:\na1\nb2\nc3\nd4\ne5\nf6\ng7\nh8\ni9\n", vec![]),
    ] {
        let raw = format!("{story}{tail}");
        let article = text(&raw);
        let tags: Vec<&str> = article.tags.iter().map(|tag| tag.value.as_str()).collect();
        assert_eq!(tags, expected, "{tail:?}");
        check_ledger(&article, &raw);
    }
}

#[test]
fn the_head_of_a_markdown_clipping_is_read_like_text() {
    let raw = format!(
        "# Harbour opens | The Bay Post\n\nBy Jane Roe\n\nAugust 27, 2022 20:05\n\n**KOTOR** — {PARAGRAPH}\n\n{PARAGRAPH} Again.\n"
    );
    let article = clean(&document(&raw, Format::Markdown));
    assert_eq!(article.headline.value, "Harbour opens");
    assert_eq!(article.outlet.as_ref().unwrap().value, "The Bay Post");
    assert_eq!(article.byline[0].value, "Jane Roe");
    assert_eq!(article.published.when, When::parse("2022-08-27"));
    assert_eq!(article.published.basis, Basis::Stated);
    assert_eq!(article.dateline.as_ref().unwrap().place, "KOTOR");
    assert!(article.body.starts_with("The harbour of Kotor"), "{}", article.body);
    check_ledger(&article, &raw);
}

#[test]
fn an_outlet_needs_two_signs_that_agree() {
    let story = format!(
        "{PARAGRAPH}\n\nThe port master told Bay Wire that it had rained all day in Kotor.\n\n"
    );
    for (head, tail, expected) in [
        ("The Bay Post\nWorld\n", "© 2021 The Bay Post\n", Some("The Bay Post")),
        ("The Bay Post | South\n", "Share\n", Some("The Bay Post")),
        ("", "Share\n© 2021 The Bay Post. All rights reserved.\n", Some("The Bay Post")),
        ("", "The Bay Post\nRelated\nCats found\n", Some("The Bay Post")),
        ("", "Follow Bay Wire on Telegram\n", Some("Bay Wire")),
        ("", "© 2021 AFP\n", None),
        ("Adriatic\n", "Share\n", None),
        ("", "Follow Cat Club on Telegram\n", None),
        ("", "Share\n", None),
    ] {
        let raw = format!(
            "{head}Cranes turn again in the harbour of Kotor\n3 March 2021\n\n{story}{tail}"
        );
        let outlet = text(&raw).outlet.map(|outlet| outlet.value);
        assert_eq!(outlet.as_deref(), expected, "{head:?} {tail:?}");
    }
}

#[test]
fn the_five_real_clippings_come_out_right() {
    let Some(seeds) = seeds() else {
        println!("skipped: the real clippings are not at hand");
        return;
    };
    let blocks = [14, 6, 13, 15, 8];
    let first = [
        "NATO Secretary-General",
        "With active mediation",
        "NATO urged all",
        "NATO Secretary General Jens Stoltenberg said",
        "NATO Secretary General Jens Stoltenberg has",
    ];
    let last = [
        "against Ukraine.",
        "to exercise restraint.",
        "escalation in tensions.",
        "on Kosovo.",
        "rest of the continent.",
    ];
    let published = [None, None, None, Some("2023-11-21 07:46"), Some("2022-08-17 14:09")];
    for (index, seed) in seeds.iter().enumerate() {
        let article = text(seed);
        check_ledger(&article, seed);
        assert_eq!(article.blocks.len(), blocks[index], "{}", article.body);
        assert!(article.body.starts_with(first[index]), "{index}");
        let end = article.blocks.last().unwrap();
        let final_block = end.span.of(&article.body);
        assert!(index == 4 || final_block.ends_with(last[index]), "{final_block}");
        let when = article
            .published
            .when
            .as_ref()
            .map(|when| format!("{when} {}", article.published.time.as_ref().unwrap()));
        assert_eq!(when.as_deref(), published[index]);
    }
    let third = text(&seeds[3]);
    assert!(third.byline.is_empty());
    assert_eq!(third.captions.len(), 1);
    assert_eq!(text(&seeds[0]).captions.len(), 1);
    assert_eq!(text(&seeds[2]).blocks[7].kind, BlockKind::Heading);
    assert!(text(&seeds[4]).headline.value.starts_with("NATO ready"));
    assert!(text(&seeds[4]).standfirst.is_some());
}

fn seeds() -> Option<Vec<String>> {
    let shared = std::env::var_os("ANNALS_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = walkdir::WalkDir::new(shared.join("seeds")).sort_by_file_name();
    let files = folder
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "txt"));
    let texts: Vec<String> = files.filter_map(|entry| read(entry.path())).collect();
    (texts.len() == 5).then_some(texts)
}

fn read(path: &std::path::Path) -> Option<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

proptest! {
    #[test]
    fn any_text_has_a_whole_ledger(raw in "(?s).{0,400}") {
        for format in [Format::Text, Format::Markdown] {
            check_ledger(&clean(&document(&raw, format)), &raw);
        }
    }

    #[test]
    fn pieces_of_clippings_have_a_whole_ledger_and_clean_to_themselves(
        pieces in proptest::collection::vec(piece(), 0..25)
    ) {
        let raw = pieces.join("\n");
        let article = text(&raw);
        check_ledger(&article, &raw);
        let again = clean(&written(&article));
        prop_assert_eq!(&again.body, &article.body);
        prop_assert_eq!(&again.headline.value, &article.headline.value);
        prop_assert_eq!(again.blocks.len(), article.blocks.len());
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(
            "The harbour opened on Monday after a long winter of repairs to its cranes.".to_owned()
        ),
        Just(
            "KOTOR, Montenegro\u{a0}(AP) — ”We are back,” said the port master on Monday morning."
                .to_owned()
        ),
        Just("Related".to_owned()),
        Just("By Jane Roe".to_owned()),
        Just("Posted March 3, 2021 7:46 am.".to_owned()),
        Just("• one item\n• another item".to_owned()),
        Just("```\ncode\n```".to_owned()),
        Just("Year\tTonnes\n2020\t12\n2021\t14".to_owned()),
        Just("Share".to_owned()),
        Just("A short line".to_owned()),
        "[ -~]{0,60}",
        "[A-Za-z“”é .,—]{0,90}",
    ]
}

#[test]
fn a_byline_at_the_head_of_markdown_is_no_headline() {
    let text =
        "By Jonas Vey\n\nThe envoy said that talks would go on for as long as they had to.\n";
    let article = clean(&document(text, Format::Markdown));
    assert_eq!(article.headline.basis, Basis::Inferred);
    let people: Vec<&str> = article.byline.iter().map(|name| name.value.as_str()).collect();
    assert_eq!(people, ["Jonas Vey"]);
}
