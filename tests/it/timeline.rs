//! The timeline: what is told together, by whom, and when.

use std::sync::Arc;

use annals::pipeline::Build;

use crate::browser::{Browser, Host};
use crate::support::{Shelf, page};

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

fn archive() -> Arc<Build> {
    let shelf = Shelf::default().config("base_url = \"https://a.example/desk/\"\n");
    let shelf = clipping(
        shelf,
        "one",
        "2022-08-18",
        "The Kestrel",
        "Jens Stoltenberg met Aleksandar Vucic in Brussels on Wednesday, \"for an hour\".\n\n\
         Serbia closed the border in July. NATO will send soldiers to Kosovo on August 25.\n\n\
         Kosovo declared its independence from Serbia in 2008.\n\n\
         NATO opened an office in Kosovo on August 3, and NATO closed it in Kosovo on August 9.",
    );
    clipping(
        shelf,
        "two",
        "2022-08-19",
        "Millrace Herald",
        "In Brussels, Aleksandar Vucic met with Jens Stoltenberg on August 17 for an hour.",
    )
    .build()
}

#[test]
fn the_timeline_is_there_for_other_programs() {
    let build = archive();
    let csv = page(&build, "/data/timeline.csv");
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("id,edtf,first,last,precision,kind,words"));
    assert_eq!(rows.len(), build.archive().events.len() + 1);
    let met = rows.iter().find(|row| row.contains("2022-08-17")).unwrap();
    assert!(met.contains(",2,Millrace Herald; The Kestrel,"), "{met}");
    assert!(met.contains("https://a.example/desk/timeline/2022/#e-"), "{met}");

    let json: serde_json::Value =
        serde_json::from_str(&page(&build, "/data/timeline.json")).unwrap();
    let events = json.as_array().unwrap();
    assert_eq!(events.len(), rows.len() - 1);
    let met = events.iter().find(|event| event["edtf"] == "2022-08-17").unwrap();
    assert_eq!(met["kind"], "happened");
    assert_eq!(met["n_sources"], 2);
    assert_eq!(met["tellings"][0]["outlet"], "Millrace Herald");
    let month = events.iter().find(|event| event["edtf"] == "2022-07").unwrap();
    assert_eq!((&month["first"], &month["last"]), (&"2022-07-01".into(), &"2022-07-31".into()));
}

#[test]
fn the_calendar_is_valid_and_says_what_is_only_planned() {
    let build = archive();
    let calendar = page(&build, "/timeline.ics");
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.lines().all(|line| line.len() <= 75), "lines are folded");
    let whole = calendar.replace("\r\n ", "");
    let entries: Vec<&str> = whole.split("BEGIN:VEVENT").skip(1).collect();
    // The year of 2008 is too long for a calendar.
    assert_eq!(entries.len(), build.archive().events.len() - 1);
    let of = |date: &str| {
        let start = format!("DTSTART;VALUE=DATE:{date}\r\n");
        *entries.iter().find(|entry| entry.contains(&start)).unwrap()
    };
    let met = of("20220817");
    assert!(met.contains("DTEND;VALUE=DATE:20220818\r\n"), "{met}");
    assert!(met.contains("STATUS:CONFIRMED") && met.contains("DTSTAMP:20220819T000000Z"), "{met}");
    assert!(met.contains(&format!(
            "UID:{}@annals\r\n",
            build
                .archive()
                .events
                .iter()
                .find(|event| event.when.to_string() == "2022-08-17")
                .unwrap()
                .id
        )));
    assert!(of("20220825").contains("STATUS:TENTATIVE"));
    assert!(of("20220701").contains("DTEND;VALUE=DATE:20220801\r\n"), "a month is a month");
}

#[test]
fn the_pages_show_doubt_sources_and_what_to_filter_by() {
    let build = archive();
    let year = page(&build, "/timeline/2022/");
    assert!(year.contains("<span class=\"kind\">2 sources</span>"));
    assert!(year.contains("<span class=\"kind\">planned</span>"));
    assert!(year.contains("data-outlet=\"millrace-herald the-kestrel\""));
    assert!(year.contains("<h2 id=\"m-2022-07\">July 2022</h2>"));
    assert!(year.contains("href=\"../../timeline/2022/nato/\""), "a page without a script");
    assert!(page(&build, "/timeline/2008/").contains("<h2 id=\"m-2008\">2008, no month</h2>"));

    let nato = page(&build, "/timeline/2022/nato/");
    assert!(nato.contains("<h1>NATO in 2022</h1>"));
    assert!(!nato.contains("Jens Stoltenberg met"), "only its own events");
    assert!(nato.contains("href=\"../../../timeline/2022/#e-"), "the anchor stands in the year");
}

#[test]
fn an_article_and_a_dossier_have_their_own_strip_of_the_timeline() {
    let build = archive();
    let key = &build.archive().entries[1].key;
    let article = page(&build, &format!("/briefings/{key}/"));
    let dossier = page(&build, "/actors/nato/");
    for (html, label, row) in [
        (&article, "Dates, 2008 to 2022", "<tr><th scope=\"row\">2008</th><td>1</td>"),
        (&article, "Dates, 2008 to 2022", "<tr><th scope=\"row\">2022</th><td>5</td>"),
    ] {
        assert!(html.contains(&format!("role=\"img\" aria-label=\"{label}\"")), "{html}");
        assert!(html.contains(row), "{html}");
    }
    // All of NATO's lie in one month: nothing to draw.
    assert!(!dossier.contains("class=\"chart\""), "{dossier}");
    let serbia = page(&build, "/actors/serbia/");
    assert!(serbia.contains("aria-label=\"Events, 2008 to 2022\""), "{serbia}");
}

/// Events of a year on two pages: NATO's on the first, Serbia's on both.
fn long_year() -> Arc<Build> {
    let days = |month: u32| (1..=28).map(move |day| format!("2022-{month:02}-{day:02}"));
    let mut shelf = Shelf::default();
    for (number, day) in (1..=9).flat_map(days).enumerate() {
        let (outlet, who) =
            if number < 20 { ("The Kestrel", "NATO") } else { ("Millrace Herald", "Serbia") };
        let (verb, written) =
            if number % 5 == 0 { ("will open", "2021-12-31") } else { ("opened", "2022-12-31") };
        let body = format!("{who} {verb} depot {number} in Port Alder on {day}.");
        shelf = clipping(shelf, &format!("depot-{number}"), written, outlet, &body);
    }
    shelf.build()
}

/// The number of events to be seen, and what is said about it.
fn seen(browser: &mut Browser) -> (u64, String) {
    let n = browser.value("document.querySelectorAll('.event:not([hidden])').length");
    let said = browser.value("document.querySelector('.filter output').textContent");
    (n.as_u64().unwrap(), said.as_str().unwrap().to_owned())
}

#[test]
fn a_choice_of_events_stands_in_the_address_and_works_from_it() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&long_year());
    for (query, expected) in [
        ("", (100, "")),
        ("?actor=nato", (20, "20 of 100 on this page")),
        ("?outlet=the-kestrel&kind=planned", (4, "4 of 100 on this page")),
        ("?kind=happened&kind=planned", (100, "")),
        ("?actor=nato&outlet=millrace-herald", (0, "0 of 100 on this page")),
        ("?actor=nobody", (0, "0 of 100 on this page")),
        ("?actor=%3Cb%3E", (0, "0 of 100 on this page")),
    ] {
        browser.open(&format!("{}timeline/2022/{query}", host.home));
        let (n, said) = seen(&mut browser);
        assert_eq!((n, &*said), expected, "{query}");
    }

    browser.open(&format!("{}timeline/2022/", host.home));
    browser.value(
        "(() => { const choose = document.querySelector('select[name=actor]'); choose.value = 'serbia'; \
         choose.dispatchEvent(new Event('change', { bubbles: true })); \
         document.querySelector('input[value=planned]').click(); })()",
    );
    assert_eq!(browser.value("location.search"), "?actor=serbia&kind=happened");
    let (chosen, _) = seen(&mut browser);
    assert!((1..100).contains(&chosen), "{chosen}");
    let next = browser.value("document.querySelector('.pager [rel=next]').href");
    let next = next.as_str().unwrap();
    assert!(next.ends_with("/timeline/2022/page-2/?actor=serbia&kind=happened"), "{next}");
    browser.open(next);
    assert!(seen(&mut browser).1.ends_with(" on this page"));

    // A link to an event that the choice leaves out leads to it all the same.
    browser.open(&format!("{}timeline/2022/", host.home));
    let id = browser.value("document.querySelector('.event[data-actor=serbia]').id");
    let id = id.as_str().unwrap();
    browser.open(&format!("{}timeline/2022/?actor=nato#{id}", host.home));
    assert_eq!(browser.value(&format!("document.getElementById('{id}').hidden")), false);
    let month = "document.querySelector(':target').closest('.month').hidden";
    assert_eq!(browser.value(month), false);

    browser.open(&format!("{}timeline/?kind=planned", host.home));
    let (planned, _) = seen(&mut browser);
    assert!((1..60).contains(&planned), "{planned}");
    browser.open(&format!("{}timeline/?actor=serbia", host.home));
    assert_eq!(seen(&mut browser).0, 60);
    assert_eq!(browser.errors, [""; 0]);
}

#[test]
fn a_day_that_hangs_on_an_inferred_publication_is_in_doubt_itself() {
    let shelf = Shelf::default().clipping(
        "2020/letter.txt",
        "Envoys talk by letter\n\n\
         Mara Lindqvist and Aleksandar Vucic wrote to each other on Saturday, November 7 about the plates.\n\n\
         Aleksandar Vucic opened a road in Nis on 3 May 2019, and another one in the summer of 2019.\n",
    );
    let build = shelf.build();
    let days: Vec<String> =
        build.archive().events.iter().map(|event| event.when.to_string()).collect();
    assert_eq!(days, ["2019-22", "2019-05-03", "2020-11-07?"]);
    let html = page(&build, "/timeline/2020/");
    assert!(
        html.contains("<span class=\"undated perhaps\">perhaps 7 November 2020</span>"),
        "{html}"
    );
    let id = build.archive().events[2].id;

    // Whoever settles it breaks no link.
    let settled = Shelf::default().clipping_with(
        "2020/letter.txt",
        "Envoys talk by letter\n\n\
         Mara Lindqvist and Aleksandar Vucic wrote to each other on Saturday, November 7 about the plates.\n",
        "published = 2020-11-09\n",
    );
    let build = settled.build();
    let event = &build.archive().events[0];
    assert_eq!((event.when.to_string(), event.id), ("2020-11-07".to_owned(), id));
}

#[test]
fn an_event_stays_small_however_many_tell_it_and_at_what_length() {
    let long = "and of a road that went on and on and on, ".repeat(200);
    let body = format!("On 3 May 2022 NATO and Serbia heard in Port Alder of the harbour {long}.");
    let shelf = (0..200).fold(Shelf::default(), |shelf, number| {
        clipping(shelf, &format!("n-{number}"), "2022-05-04", "The Kestrel", &body)
    });
    let html = page(&shelf.build(), "/timeline/2022/");
    assert!(html.contains("<li>and 197 more</li>"), "{html}");
    assert!(html.contains("of the harbour and of a road") && html.len() < 12_000, "{html}");
}
