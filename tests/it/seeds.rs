//! Five real clippings, as they were found.
//!
//! They are other people's articles and not part of this repository; the tests
//! skip where they are not at hand. What is expected here we read ourselves.

use std::sync::Arc;

use annals::article::Fate;
use annals::pipeline::Build;
use annals::reading::Origin;

use crate::support::{Shelf, page, pages, shared};

fn seeds() -> Option<Arc<Build>> {
    let folder = shared("seeds")?;
    let mut shelf = Shelf::default();
    for name in NAMES {
        let text = std::fs::read(folder.join(name)).expect("the seed is readable");
        shelf = shelf.clipping(name, text);
    }
    Some(shelf.build())
}

const NAMES: [&str; 5] = [
    "000_c356300bb33d8386.txt",
    "001_d7abf4cea0ed4c53.txt",
    "002_a6c6d40b84b9ece9.txt",
    "003_c08e93152ca700ed.txt",
    "004_53f0ef94c630c451.txt",
];

/// One line a seed: headline, outlet, agency, dateline, publication date with
/// time and basis, number of captions and credits, number of body blocks.
#[test]
fn every_field_is_right() {
    let Some(build) = seeds() else { return };
    let mut entries: Vec<_> = build.archive().entries.iter().collect();
    entries.sort_by(|a, b| a.briefing.article.path.cmp(&b.briefing.article.path));
    let summary: Vec<String> = entries
        .iter()
        .map(|entry| {
            let article = &entry.briefing.article;
            let words: Vec<&str> = article.headline.value.split_whitespace().collect();
            format!(
                "{} | {}…{} | {} | {} | {} | {} {} {} | {} captions {} credits | {} blocks",
                &article.path[..3],
                words[..2].join(" "),
                words[words.len() - 1],
                article.outlet.as_ref().map_or("-", |field| field.value.as_str()),
                article.agency.as_ref().map_or("-", |field| field.value.as_str()),
                article.dateline.as_ref().map_or("-", |dateline| dateline.place.as_str()),
                article.published.when.as_ref().map_or("-".to_owned(), ToString::to_string),
                article.published.time.as_ref().map_or("-".to_owned(), ToString::to_string),
                article.published.basis_word(),
                article.captions.len(),
                article.credits.len(),
                article.blocks.len(),
            )
        })
        .collect();
    insta::assert_snapshot!(summary.join("\n"), @r#"
    000 | NATO Chief…Plates | - | - | - | - - unknown | 1 captions 0 credits | 14 blocks
    001 | "Disagreed on…ready | - | - | - | 2022-06-01?/2022-08-31? - inferred | 0 captions 0 credits | 6 blocks
    002 | NATO urges…security | - | Anadolu Agency | BELGRADE, Serbia | - - unknown | 0 captions 0 credits | 13 blocks
    003 | NATO head…Serbia | - | Associated Press | BELGRADE, Serbia | 2023-11-21 07:46 stated | 1 captions 1 credits | 15 blocks
    004 | NATO ready…Stoltenberg | - | - | - | 2022-08-17 14:09 stated | 1 captions 1 credits | 8 blocks
    "#);
}

#[test]
fn not_a_line_of_furniture_is_in_a_body() {
    let Some(build) = seeds() else { return };
    for entry in &build.archive().entries {
        let body = &entry.briefing.markdown();
        for furniture in [
            "icon",
            "Top Stories",
            "m ago",
            "Caledon",
            "Posted",
            "Updated",
            "Photo",
            "Getty",
            "breaking",
        ] {
            assert!(
                !body.contains(furniture),
                "{furniture:?} in the body of {}",
                entry.briefing.article.path
            );
        }
    }
}

#[test]
fn every_line_is_kept_or_accounted_for() {
    let Some(build) = seeds() else { return };
    let folder = shared("seeds").expect("it was there a moment ago");
    for entry in &build.archive().entries {
        let article = &entry.briefing.article;
        let raw =
            std::fs::read_to_string(folder.join(&article.path)).expect("the seed is readable");
        let lines: Vec<u32> = article.ledger.entries().map(|line| line.line).collect();
        assert_eq!(
            lines,
            (1..).take(raw.lines().count()).collect::<Vec<u32>>(),
            "{}",
            article.path
        );
        for line in article.ledger.entries() {
            assert!(
                line.fate != Fate::Removed || line.rule.is_some(),
                "a removal has a reason: {line:?}"
            );
        }
    }
}

#[test]
fn a_date_is_stated_or_it_is_not_there() {
    let Some(build) = seeds() else { return };
    for entry in &build.archive().entries {
        let published = &entry.briefing.article.published;
        match &entry.briefing.article.path[..3] {
            "003" => assert_eq!(
                published.when.as_ref().map(ToString::to_string).as_deref(),
                Some("2023-11-21")
            ),
            "004" => assert_eq!(
                published.when.as_ref().map(ToString::to_string).as_deref(),
                Some("2022-08-17")
            ),
            // Nothing in the others says which year it is.
            name => assert_eq!(
                published.when.as_ref().and_then(annals::when::When::as_day),
                None,
                "{name}"
            ),
        }
    }
}

#[test]
fn every_actor_is_one_actor_with_one_page() {
    let Some(build) = seeds() else { return };
    let archive = build.archive();
    for (id, name) in [
        ("jens-stoltenberg", "Stoltenberg"),
        ("aleksandar-vucic", "Vucic"),
        ("albin-kurti", "Kurti"),
        ("nenad-djuric", "Djuric"),
        ("dejan-pantic", "Pantic"),
        ("nato", "NATO"),
        ("kfor", "KFOR"),
        ("european-union", "European Union"),
        ("serbia", "Serbia"),
        ("kosovo", "Kosovo"),
        ("russia", "Russia"),
    ] {
        let same: Vec<&str> = archive
            .actors
            .iter()
            .filter(|actor| actor.name.contains(name))
            .map(|actor| &*actor.id)
            .collect();
        assert_eq!(same, [id], "{name}");
        assert!(page(&build, &format!("/actors/{id}/")).contains(name));
    }
    let strangers: Vec<&str> = archive
        .actors
        .iter()
        .filter(|actor| actor.origin == Origin::Discovered)
        .map(|actor| &*actor.name)
        .collect();
    insta::assert_snapshot!(strangers.join("\n"), @r"
    Albin Kurti
    Aleksandar Vucic
    Dejan Pantic
    Jens Stoltenberg
    Nenad Djuric
    ");
}

/// Who says what: the first words of each quotation with its speaker.
#[test]
fn quotations_have_the_right_speaker() {
    let Some(build) = seeds() else { return };
    let mut said = Vec::new();
    for entry in &build.archive().entries {
        let briefing = &entry.briefing;
        for statement in &briefing.reading.statements {
            let speaker = statement
                .speaker
                .as_ref()
                .and_then(|speaker| speaker.name.as_deref())
                .unwrap_or("?");
            for quote in &statement.quotes {
                let words: Vec<&str> =
                    quote.of(&briefing.prose.text).split_whitespace().take(3).collect();
                said.push(format!(
                    "{} {speaker}: {}",
                    &briefing.article.path[..3],
                    words.join(" ")
                ));
            }
        }
    }
    said.sort();
    insta::assert_snapshot!(said.join("\n"), @r"
    000 Aleksandar Vucic: Despite this, Serbia
    000 Aleksandar Vucic: Pristina is brutally
    000 Aleksandar Vucic: illegitimately
    000 Jens Stoltenberg: remains vigilant.
    000 Russian Foreign Ministry: constructive approach
    000 Russian Foreign Ministry: extremists
    000 Russian Foreign Ministry: pushing the situation
    001 Aleksandar Vucic: We don't agree
    001 Jens Stoltenberg: I call on
    001 Jens Stoltenberg: The situation on
    002 NATO: We are closely
    002 NATO: We urge all
    003 Aleksandar Vucic: are under threat
    003 Jens Stoltenberg: I count on
    003 Jens Stoltenberg: I welcome that
    003 Jens Stoltenberg: This is unacceptable,
    003 Jens Stoltenberg: constructively
    003 Jens Stoltenberg: life-changing injuries.
    004 Jens Stoltenberg: Should stability be
    004 Jens Stoltenberg: all sides
    004 Jens Stoltenberg: show restraint and
    004 Jens Stoltenberg: stability
    004 Jens Stoltenberg: stability
    ");
}

/// A seed that bears no date: with its day stated beside it, what it plans and until
/// when it waits are in the right years.
#[test]
fn a_seed_whose_day_is_stated_has_its_plan_and_its_limit() {
    let Some(folder) = shared("seeds") else { return };
    let text = std::fs::read(folder.join(NAMES[2])).expect("the seed is readable");
    let build =
        Shelf::default().clipping_with(NAMES[2], text, "published = \"2022-12-16\"").build();
    let told: Vec<String> = build
        .archive()
        .events
        .iter()
        .map(|event| format!("{} {:?}", event.when, event.kind))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    1999 Background
    2008 Background
    2022-11 Happened
    2022-11 Happened
    2022-12-05/2022-12-11 Happened
    2022-12-15 Happened
    2022-12-15 Happened
    2022-12-16 Happened
    2022-12-18 Planned
    2023-04 Limit
    ");
}

/// The timeline of the five seeds; a happening that several tell stands there once.
#[test]
fn the_timeline_has_the_right_days() {
    let Some(build) = seeds() else { return };
    let archive = build.archive();
    let told: Vec<String> = archive
        .events
        .iter()
        .map(|event| {
            let telling = event.tellings[0];
            let briefing = &archive.entries[telling.entry as usize].briefing;
            let own = &briefing.reading.events[telling.event as usize];
            let date = briefing.reading.dates[own.date as usize].span.of(&briefing.prose.text);
            let sources: Vec<&str> = event
                .tellings
                .iter()
                .map(|told| &archive.entries[told.entry as usize].briefing.article.path[..3])
                .collect();
            format!("{} {} {:?} ({date})", sources.join("+"), event.when, event.kind)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    003 199X Background (the 1990s)
    002 1999 Background (1999)
    003+001+002 2008 Background (2008)
    001 2022-22? Happened (this summer)
    001 2022-06 Happened (the end of June 2022)
    004 2022-07-25/2022-07-31 Happened (the previous week)
    004 2022-08-03 Happened (August 3)
    004 2022-08-17 Happened (Wednesday)
    004 2022-08-17 Planned (Wednesday)
    004 2022-08-18 Planned (Thursday)
    001 2022-09-01? Limit (September 1st)
    003 2023-05 Happened (May)
    003 2023-05 Happened (May)
    003 2023-09 Background (September)
    003 2023-09 Happened (September)
    003 2023-09 Happened (September)
    003 2023-11-20 Happened (Monday)
    003 2023-11-21 Happened (Tuesday)
    ");
}

#[test]
fn no_page_shows_furniture_outside_what_was_removed() {
    let Some(build) = seeds() else { return };
    for (address, bytes) in pages(&build) {
        let listed =
            address.starts_with("/timeline/") || address.starts_with("/actors/") || address == "/";
        let html = String::from_utf8_lossy(&bytes);
        assert!(!listed || !html.contains("Caledon"), "{address}");
    }
}

/// The actors of the five seeds, as an owner would list them.
const REGISTER: &str = r#"
actor = [
    { id = "jens-stoltenberg", name = "Jens Stoltenberg", kind = "person", aliases = ["Stoltenberg"] },
    { id = "aleksandar-vucic", name = "Aleksandar Vučić", kind = "person", aliases = ["Vučić"] },
    { id = "albin-kurti", name = "Albin Kurti", kind = "person", aliases = ["Kurti"] },
    { id = "nenad-djuric", name = "Nenad Đurić", kind = "person", aliases = ["Nenad Djuric", "Djuric"] },
    { id = "dejan-pantic", name = "Dejan Pantić", kind = "person", aliases = ["Pantić"] },
    { id = "nato" },
    { id = "kfor" },
    { id = "european-union" },
    { id = "serbia" },
    { id = "kosovo" },
    { id = "russia" },
]
"#;

/// How often each seed names each actor, counted by hand.
///
/// Counted are names, possessives too, in headline, captions and text. Not counted:
/// adjectives (`Serbian`), attributes (`EU-mediated`, `NATO-led`, `Pristina-issued`),
/// documents, datelines, credits, capitals as places. A capital that acts is its state.
#[test]
fn with_a_register_every_mention_is_counted_right() {
    let Some(folder) = shared("seeds") else { return };
    let mut shelf = Shelf::default().register(REGISTER);
    for name in NAMES {
        let text = std::fs::read(folder.join(name)).expect("the seed is readable");
        shelf = shelf.clipping(name, text);
    }
    let build = shelf.build();
    let mut counted: Vec<String> = Vec::new();
    for entry in &build.archive().entries {
        let reading = &entry.briefing.reading;
        for (index, actor) in (0u32..).zip(&reading.actors) {
            let n = reading.mentions.iter().filter(|mention| mention.actor == index).count();
            if actor.origin == Origin::Register {
                counted.push(format!("{} {} {n}", &entry.briefing.article.path[..3], actor.id));
            }
        }
    }
    counted.sort();
    insta::assert_snapshot!(counted.join("\n"), @r"
    000 albin-kurti 2
    000 aleksandar-vucic 3
    000 european-union 2
    000 jens-stoltenberg 3
    000 kfor 1
    000 kosovo 16
    000 nato 4
    000 nenad-djuric 2
    000 russia 1
    000 serbia 7
    001 albin-kurti 2
    001 aleksandar-vucic 2
    001 european-union 5
    001 jens-stoltenberg 3
    001 kosovo 10
    001 nato 4
    001 russia 1
    001 serbia 9
    002 aleksandar-vucic 1
    002 dejan-pantic 2
    002 kfor 4
    002 kosovo 15
    002 nato 3
    002 serbia 5
    003 aleksandar-vucic 3
    003 european-union 2
    003 jens-stoltenberg 9
    003 kosovo 15
    003 nato 8
    003 russia 3
    003 serbia 14
    004 albin-kurti 3
    004 aleksandar-vucic 4
    004 jens-stoltenberg 5
    004 kfor 1
    004 kosovo 10
    004 nato 6
    004 russia 3
    004 serbia 3
    ");
}
