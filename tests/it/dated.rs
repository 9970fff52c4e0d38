//! When a clipping was published, and what does not fit about its dates.

use std::sync::Arc;

use annals::pipeline::Build;

use crate::support::Shelf;

/// Date, basis and clues of the clipping at `path`.
fn published(build: &Arc<Build>, path: &str) -> String {
    let entries = &build.archive().entries;
    let entry = entries.iter().find(|entry| entry.briefing.article.path == path).unwrap();
    let published = &entry.briefing.article.published;
    let when = published.when.as_ref().map_or("-".to_owned(), ToString::to_string);
    format!("{when} {}: {}", published.basis_word(), published.clues.join("; "))
}

/// Every diagnostic about dates, as `code file:line message | help`.
fn doubts(build: &Arc<Build>) -> Vec<String> {
    let codes = ["undated", "date-inferred", "weekday", "published-before-event"];
    let undated = build.archive().entries.iter();
    let undated = undated.filter_map(|entry| annals::briefing::undated(&entry.briefing));
    build
        .diagnostics
        .iter()
        .cloned()
        .chain(undated)
        .filter(|diagnostic| codes.contains(&&*diagnostic.code))
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().unwrap();
            let line = place.line.map_or(String::new(), |line| format!(":{line}"));
            let column = place.column.map_or(String::new(), |column| format!(":{column}"));
            let help = diagnostic.help.as_deref().unwrap_or_default();
            format!(
                "{} {}{line}{column} {} | {help}",
                diagnostic.code, place.file, diagnostic.message
            )
        })
        .collect()
}

const CALL: &str = "Envoys talk by phone\n\n\
    Mara Lindqvist and Aleksandar Vucic spoke by phone on November 7 about the licence plates in the north.\n\n\
    Mara Lindqvist said afterwards that the plates were a matter for both sides.\n";

#[test]
fn the_name_of_the_file_or_its_folder_states_a_date() {
    let build = Shelf::default()
        .clipping("2022-11-08 call.txt", CALL)
        .clipping("2021/11/talk.txt", CALL.replace("phone", "radio"))
        .clipping("2020/meeting.txt", CALL.replace("phone", "letter"))
        .clipping("2020/letter.txt", CALL.replace("on November", "on Saturday, November"))
        .build();
    let about = |path| published(&build, path);
    assert_eq!(
        about("2022-11-08 call.txt"),
        "2022-11-08 stated: the name of the file, `2022-11-08 call.txt`"
    );
    assert_eq!(about("2021/11/talk.txt"), "2021-11 stated: the folder `2021/11`");
    // Written in the spring of 2020, it would mean the November before.
    assert_eq!(about("2020/meeting.txt"), "2020 stated: the folder `2020`");
    assert_eq!(
        about("2020/letter.txt"),
        "2020-11-07?/2020-12-31? inferred: in 2020: the folder `2020`; \
         `Saturday, November 7` lies in 2020, the only year that fits"
    );
}

#[test]
fn another_clipping_that_tells_the_same_dates_an_undated_one() {
    let other = "---\ntitle: Vucic and Lindqvist discuss plates\npublished: 2022-11-09\n---\n\n\
        The licence plates of the north were discussed when Aleksandar Vucic spoke with Mara Lindqvist by phone on Monday.\n";
    let unlike = "---\ntitle: Vucic opens a factory\npublished: 2021-11-09\n---\n\n\
        Aleksandar Vucic opened a factory for tractors with his minister on November 7 in Nis.\n";
    let build = Shelf::default()
        .clipping("call.txt", CALL)
        .clipping("other.md", other)
        .clipping("unlike.md", unlike)
        .build();
    assert_eq!(
        published(&build, "call.txt"),
        "2022-11-07?/2022-11-16? inferred: `Vucic and Lindqvist discuss plates`, published 9 November 2022, \
         tells the same of 7 November 2022; `November 7` lies in 2022, the only year that fits"
    );
    let event = &build.archive().events.iter().find(|event| event.tellings.len() == 2);
    assert_eq!(event.map(|event| event.when.to_string()).as_deref(), Some("2022-11-07"));
}

#[test]
fn a_term_of_office_bounds_the_day_of_writing() {
    let register = "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
        roles = [{ title = \"Special Envoy\", from = \"2022-09-01\", to = \"2023-02-28\" }]\n";
    let text = CALL.replacen("Mara Lindqvist and", "Special Envoy Mara Lindqvist and", 1);
    let build = Shelf::default().register(register).clipping("call.txt", text.clone()).build();
    assert_eq!(
        published(&build, "call.txt"),
        "2022-11-07?/2023-02-28? inferred: it calls Mara Lindqvist Special Envoy, in office from 1 September 2022 to \
         28 February 2023; `November 7` lies in 2022, the only year that fits"
    );
    let former = text.replace("Special Envoy Mara", "Former Special Envoy Mara");
    let build = Shelf::default().register(register).clipping("call.txt", former).build();
    assert_eq!(
        published(&build, "call.txt"),
        "- unknown: it tells of `November 7` and not of which year"
    );
}

#[test]
fn check_says_what_is_known_of_undated_clippings_and_what_does_not_fit() {
    let late = "---\ntitle: The bridge\npublished: 2022-08-17\n---\n\nMara Lindqvist opened the new road.\n\n\
        The old bridge in the valley was closed on 21 November 2023 after the flood.\n\n\
        The council met on Tuesday, August 10, 2022, and talked about the road.\n\n\
        The new bridge will be opened on 3 May 2024 by the council.\n";
    let build = Shelf::default().clipping("call.txt", CALL).clipping("late.md", late).build();
    insta::assert_snapshot!(doubts(&build).join("\n"), @r"
    published-before-event content/late.md:8:44 published 17 August 2022, and yet it tells of `21 November 2023` as past | one of the two is wrong; if it is the day of publication, write `published = YYYY-MM-DD` in the sidecar to settle it
    weekday content/late.md:10:20 `Tuesday, August 10, 2022` does not fit: 2022-08-10 is a Wednesday; the Tuesday beside it is 2022-08-09 | read as 2022-08-10; if the day of publication is wrong, write `published = YYYY-MM-DD` in the sidecar to settle it
    undated content/call.txt nothing says when this was published | known: it tells of `November 7` and not of which year; write `published = YYYY-MM-DD` in the sidecar to settle it
    ");
}

#[test]
fn what_no_calendar_has_is_no_event_and_nobodys_mistake() {
    let digits = "4".repeat(1_000_000);
    for what in [
        "on 30 February 2022",
        "on February 30, 2022",
        "on 31 April 2022",
        "on 2022-02-30",
        "in the year 99999",
        "on 3 May 99999",
        "on 45.13.2022",
        "on 2022-13-45T99:99:99",
        "in room 00000-00-00",
        "on 17 Muharram 1444",
        "on 5 Tishri 5783",
        "am 17. Mai des Jahres",
        "le 30 f\u{e9}vrier",
        "2022\u{5e74}2\u{6708}30\u{65e5}",
        &digits,
        &format!("on {digits} May 2022{digits}"),
    ] {
        let text = format!(
            "---\ntitle: The council\npublished: 2022-08-17\n---\n\n\
             Mara Lindqvist closed the old bridge in Port Alder {what} and opened the new one.\n"
        );
        let build = Shelf::default().clipping("council.md", text).build();
        let shown = what.get(..40).unwrap_or(what);
        let days: Vec<String> =
            build.archive().events.iter().map(|event| event.when.to_string()).collect();
        assert_eq!(days, [""; 0], "{shown}");
        assert_eq!(doubts(&build), [""; 0], "{shown}");
    }
}

#[test]
fn a_stretch_that_ends_before_it_begins_has_two_days_and_no_length() {
    let text = "---\ntitle: The council\npublished: 2022-08-17\n---\n\n\
        The council of Port Alder met in the harbour from 9 May to 3 May 2022.\n";
    let build = Shelf::default().clipping("council.md", text).build();
    for event in build.archive().events.iter() {
        assert!(event.when.first() <= event.when.last(), "{}", event.when);
    }
}
