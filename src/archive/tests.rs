use super::*;
use crate::article::{Article, Basis, Field, Published};
use crate::briefing::Body;
use crate::reading::{Prose, Reading};
use crate::words::Words;

/// A briefing that says nothing but when it was published.
fn briefing(path: &str, edtf: &str) -> Arc<Briefing> {
    let published =
        Published { when: When::parse(edtf), basis: Basis::Stated, ..Published::unknown() };
    let headline = Field::new(format!("Headline of {path}"), Basis::Stated, None);
    let article = Article { published, ..Article::blank(path.to_owned(), headline) };
    Arc::new(Briefing {
        file: format!("content/{path}"),
        is_beginning: false,
        article,
        body: Body::of("", ""),
        prose: Prose::default(),
        body_block: 0,
        body_start: 0,
        anchors: Vec::new(),
        prints: Vec::new(),
        reading: Reading::default(),
        event_prints: Vec::new(),
        event_words: Vec::new(),
        words: Words::default(),
        originals: Vec::new(),
        diagnostics: Vec::new(),
    })
}

/// The archive of `briefings`, none of which was ever published.
fn joined(briefings: Vec<Arc<Briefing>>, before: Option<&Archive>) -> Archive {
    join(briefings, &[], Lock::default(), &Register::default(), before, |_| ()).0
}

fn paths(archive: &Archive) -> Vec<&str> {
    archive.entries.iter().map(|entry| entry.briefing.article.path.as_str()).collect()
}

#[test]
fn the_newest_come_first_and_what_is_vaguer_after_its_year() {
    let briefings = [
        ("e", "2021-12-31"),
        ("f", ""),
        ("d", "2022"),
        ("c", "2022-01-01"),
        ("a", "2022-11-05"),
        ("b", "2022-11"),
    ];
    let briefings = briefings.map(|(path, edtf)| briefing(path, edtf)).to_vec();
    let archive = joined(briefings, None);
    assert_eq!(paths(&archive), ["a", "b", "c", "d", "e", "f"]);
    let years: Vec<_> =
        archive.years.iter().map(|(year, entries)| (*year, entries.len())).collect();
    assert_eq!(years, [(Some(2022), 4), (Some(2021), 1), (None, 1)]);
}

#[test]
fn a_key_is_made_of_what_is_stated() {
    let archive = joined(
        vec![briefing("a", "2022-11-05"), briefing("b", "2022-11"), briefing("c", "")],
        None,
    );
    let keys: Vec<&str> = archive.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["2022-11-05-headline-of-a", "headline-of-b", "headline-of-c"]);
}

#[test]
fn a_discovered_actor_needs_more_than_a_mention_for_a_page() {
    for (kind, articles, mentions, statements, page) in [
        (Kind::Person, 1, 1, 0, false),
        (Kind::Person, 1, 1, 1, true),
        (Kind::Person, 1, 2, 0, true),
        (Kind::Organisation, 1, 2, 0, false),
        (Kind::Organisation, 2, 2, 0, true),
        (Kind::Place, 9, 99, 0, false),
    ] {
        assert_eq!(
            is_salient(Origin::Discovered, kind, articles, mentions, statements),
            page,
            "{kind:?} {articles} {mentions}"
        );
        assert!(is_salient(Origin::Register, kind, articles, mentions, statements));
    }
}

/// A briefing of that day whose text is `text`, read with nobody registered.
fn told(path: &str, edtf: &str, text: &str) -> Arc<Briefing> {
    let mut briefing = Arc::unwrap_or_clone(briefing(path, edtf));
    briefing.prose = Prose::plain(text);
    briefing.reading =
        crate::reading::read(&briefing.prose, &briefing.article.published, &Register::default());
    briefing.event_prints = crate::briefing::event_prints(&briefing.prose, &briefing.reading);
    briefing.event_words = crate::briefing::event_words(&briefing.prose, &briefing.reading);
    Arc::new(briefing)
}

#[test]
fn an_office_is_one_line_with_its_first_and_last_sighting() {
    let archive = joined(
        vec![
            told("a", "2021-03-01", "Norwegian envoy Anna Holm spoke. Holm left."),
            told("b", "2022-05-02", "Norway's Envoy Anna Holm spoke. Holm left."),
            told("c", "2022-06-03", "They met envoy Anna Holm. Holm left."),
            told("d", "2023-07-04", "Former Norwegian envoy Anna Holm spoke. Holm left."),
        ],
        None,
    );
    let holm = archive.actors.iter().find(|actor| &*actor.id == "anna-holm").unwrap();
    let offices: Vec<String> = holm
        .offices
        .iter()
        .map(|office| {
            let (first, last) = office.seen.unwrap();
            let of = office.of.as_ref().map_or("-", |body| &*body.name);
            let n = office.tellings.len();
            format!("{} / {of}, former {}: {first} to {last}, {n}", office.title, office.former)
        })
        .collect();
    assert_eq!(
        offices,
        [
            "envoy / Norway, former true: 2023-07-04 to 2023-07-04, 1",
            "envoy / Norway, former false: 2021-03-01 to 2022-06-03, 3",
        ]
    );
}

#[test]
fn transliterations_of_one_name_are_one_person_unless_an_article_names_both() {
    let article = |name: &str| format!("Envoy {name} spoke in Oslo. The envoy left.");
    let ids = |texts: &[String]| -> Vec<String> {
        let briefings = texts
            .iter()
            .zip("abcdef".chars())
            .map(|(text, path)| told(&path.to_string(), "2021-03-01", text));
        let archive = joined(briefings.collect(), None);
        let people = archive.actors.iter().filter(|actor| actor.kind == Kind::Person);
        people.map(|actor| format!("{} {}", actor.id, actor.appearances.len())).collect()
    };
    let mut texts: Vec<String> =
        ["Petr Kolensky", "Petr Kolenskiy", "Petr Kolensky"].map(article).to_vec();
    assert_eq!(ids(&texts), ["petr-kolensky 3"]);
    texts.push("Envoy Petr Kolensky met Envoy Petr Kolenskiy in Oslo.".to_owned());
    assert_eq!(ids(&texts), ["petr-kolenskiy 2", "petr-kolensky 3"]);
}

#[test]
fn an_archive_takes_over_what_an_edit_does_not_touch() {
    const HOLM: &str = "Norwegian envoy Anna Holm spoke on 3 March 2021. Holm left.";
    const VEY: &str = "The German minister Jonas Vey came to Oslo on 4 March 2021. Vey spoke.";
    let (holm, vey) = (told("a", "2021-03-05", HOLM), told("b", "2021-03-06", VEY));
    let joined = |vey: &Arc<Briefing>, before: Option<&Archive>| {
        joined(vec![Arc::clone(&holm), Arc::clone(vey)], before)
    };
    let before = joined(&vey, None);
    assert!(before.dossier("anna-holm").is_some() && !before.events.is_empty());
    let mended = told("b", "2021-03-06", &format!("{VEY} Nobody minded."));
    let after = joined(&mended, Some(&before));
    assert!(Arc::ptr_eq(&before.events, &after.events), "no event is another one");
    let anew = joined(&mended, None);
    assert_eq!(after.actors, anew.actors);
    let moved = told("b", "2021-03-06", &VEY.replace("4 March", "2 March"));
    let after = joined(&moved, Some(&before));
    assert!(!Arc::ptr_eq(&before.events, &after.events));
    assert_eq!(after.events, joined(&moved, None).events);
}
