//! The timeline: what is told together, by whom, and when.

use std::sync::Arc;

use annals::pipeline::Build;

use crate::support::Shelf;

/// An article of one paragraph by `outlet`, published on `day`.
fn clipping(shelf: Shelf, name: &str, day: &str, outlet: &str, body: &str) -> Shelf {
    let text =
        format!("---\ntitle: Report {name}\npublished: {day}\noutlet: {outlet}\n---\n\n{body}\n");
    shelf.clipping(&format!("{name}.md"), text)
}

/// Every event as `date kind: sources/tellings`.
fn summary(build: &Arc<Build>) -> Vec<String> {
    build
        .archive()
        .events
        .iter()
        .map(|event| {
            format!("{} {:?}: {}/{}", event.when, event.kind, event.n_sources, event.tellings.len())
                .to_lowercase()
        })
        .collect()
}

fn told(first: (&str, &str), second: (&str, &str)) -> Vec<String> {
    let shelf = clipping(Shelf::default(), "one", first.0, "The Kestrel", first.1);
    summary(&clipping(shelf, "two", second.0, "Millrace Herald", second.1).build())
}

#[test]
fn one_happening_in_other_words_is_one_event_with_two_sources() {
    for (first, second) in [
        (
            "Serbian President Aleksandar Vucic met Jens Stoltenberg in Brussels on Wednesday to discuss the barricades.",
            "Jens Stoltenberg received Aleksandar Vucic in Brussels on August 17, and the barricades were discussed for an hour.",
        ),
        (
            "NATO sent 700 more soldiers to northern Kosovo on Wednesday after clashes in Zvecan.",
            "After the clashes of Zvecan, 700 additional soldiers were sent by NATO to the north of Kosovo on Wednesday.",
        ),
        (
            "On Wednesday Kosovo postponed the licence plate rule by a month.",
            "The rule on licence plates was postponed in Kosovo on August 17, 2022, officials said.",
        ),
    ] {
        let told = told(("2022-08-17", first), ("2022-08-18", second));
        assert_eq!(told, ["2022-08-17 happened: 2/2"], "{first}\n{second}");
    }
}

#[test]
fn what_only_looks_alike_stays_two_events() {
    for (first, second, why) in [
        (
            "Aleksandar Vucic met Jens Stoltenberg in Brussels on Wednesday to discuss the barricades.",
            "Aleksandar Vucic met Jens Stoltenberg in Brussels on Thursday to discuss the barricades.",
            "another day",
        ),
        (
            "Aleksandar Vucic opened a factory for tractors in Nis on Wednesday.",
            "Aleksandar Vucic received a delegation of farmers in Belgrade on Wednesday.",
            "the same actor and day, another happening",
        ),
        (
            "Serbia opened a border crossing for lorries at Merdare on Wednesday.",
            "Hungary opened a border crossing for lorries at Roszke on Wednesday.",
            "other actors",
        ),
        (
            "The council of Kosovo will vote on the budget in Pristina on Friday.",
            "The council of Kosovo voted on the budget in Pristina on Friday.",
            "a plan and what came of it",
        ),
    ] {
        assert_eq!(told(("2022-08-18", first), ("2022-08-20", second)).len(), 2, "{why}");
    }
}

#[test]
fn a_wire_text_printed_twice_is_one_source() {
    let body = "PORT ALDER (AP) - Aleksandar Vucic met Jens Stoltenberg in Brussels on Wednesday to discuss the barricades.\n\n\
        The two spoke for an hour about the roads in the north and the police.\n\n\
        Nobody would say afterwards whether the barricades are to be taken down.";
    let edited = body.replace("to discuss the barricades", "to talk about the barricades");
    assert_eq!(told(("2022-08-17", body), ("2022-08-18", body)), ["2022-08-17 happened: 1/2"]);
    assert_eq!(told(("2022-08-17", body), ("2022-08-18", &edited)), ["2022-08-17 happened: 1/2"]);
}

#[test]
fn two_sentences_of_one_article_are_two_events() {
    let shelf = clipping(
        Shelf::default(),
        "one",
        "2022-08-18",
        "The Kestrel",
        "Aleksandar Vucic met Jens Stoltenberg in Brussels on Wednesday.\n\n\
         On Wednesday Aleksandar Vucic also met Jens Stoltenberg in Brussels alone.",
    );
    assert_eq!(summary(&shelf.build()).len(), 2);
}

#[test]
fn a_merged_event_keeps_the_ids_that_were_linked_before() {
    let one =
        "Aleksandar Vucic met Jens Stoltenberg in Brussels on Wednesday to discuss the barricades.";
    let two = "Jens Stoltenberg received Aleksandar Vucic in Brussels on August 17, and the barricades were discussed.";
    let alone = clipping(Shelf::default(), "two", "2022-08-18", "Millrace Herald", two).build();
    let id = alone.archive().events[0].id;
    let shelf = clipping(Shelf::default(), "one", "2022-08-17", "The Kestrel", one);
    let both = clipping(shelf, "two", "2022-08-18", "Millrace Herald", two).build();
    let event = &both.archive().events[0];
    assert!(event.id == id || event.other_ids.contains(&id));
}
