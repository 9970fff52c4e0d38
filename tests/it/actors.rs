//! Who acts in an archive, and why the program thinks so.

use annals::actor::Kind;
use annals::archive::{Change, Dossier};
use annals::pipeline::Build;
use assert_cmd::Command;

use crate::support::{Shelf, page};

const RESUME: &str = "---\ntitle: Talks on the harbour resume\npublished: 2022-08-17\n---\n\n\
    President Mara Lindqvist met the envoy Tomas Berg in Port Alder on Wednesday. Lindqvist said that \
    the harbour would stay open.\n\n\
    Berg accused Lindqvist of closing the eyes of the council. NATO was not in the room.\n";
const STALL: &str = "---\ntitle: Talks stall\npublished: 2022-09-02\n---\n\n\
    President Mara Lindqvist left the room before noon, Tomas Berg said. Mr Lindqvist was tired, he added.\n";
const OTHER: &str = "---\ntitle: A painter returns\npublished: 2023-01-05\n---\n\n\
    The painter Jonas Lindqvist came home on Monday. Jonas Lindqvist said that he would paint the harbour.\n";

fn shelf() -> Shelf {
    Shelf::default()
        .clipping("resume.md", RESUME)
        .clipping("stall.md", STALL)
        .clipping("other.md", OTHER)
}

fn dossier<'a>(build: &'a Build, id: &str) -> &'a Dossier {
    build.archive().dossier(id).unwrap_or_else(|| panic!("{id} has a dossier"))
}

#[test]
fn every_spelling_names_the_rule_that_took_it() {
    let build = shelf().build();
    let mara = dossier(&build, "mara-lindqvist");
    let n_mentions: u32 = mara.decisions.iter().map(|decision| decision.n).sum();
    assert_eq!(n_mentions as usize, mara.n_mentions, "no mention is without a reason");
    let bare: Vec<&str> = mara
        .decisions
        .iter()
        .filter(|decision| decision.written == "Lindqvist")
        .map(|decision| decision.rule.as_str())
        .collect();
    assert_eq!(bare, ["part of a full name before"]);
    for decision in &mara.decisions {
        let prose = &build.archive().entries[decision.entry as usize].briefing.prose;
        assert_eq!(decision.span.of(&prose.text), decision.written);
    }
}

#[test]
fn two_people_with_one_surname_stay_two_and_know_of_each_other() {
    let build = shelf().build();
    for (own, other) in
        [("mara-lindqvist", "jonas-lindqvist"), ("jonas-lindqvist", "mara-lindqvist")]
    {
        let namesakes: Vec<&str> = dossier(&build, own)
            .namesakes
            .iter()
            .map(|index| &*build.archive().actors[*index as usize].id)
            .collect();
        assert_eq!(namesakes, [other], "{own}");
    }
}

#[test]
fn what_is_said_about_an_actor_is_not_what_it_said() {
    let build = shelf().build();
    let sentences = |statements: &[(u32, u32)]| -> Vec<String> {
        let text = |(entry, index): &(u32, u32)| {
            let briefing = &build.archive().entries[*entry as usize].briefing;
            let statement = &briefing.reading.statements[*index as usize];
            statement.sentence.of(&briefing.prose.text).to_owned()
        };
        statements.iter().map(text).collect()
    };
    let mara = dossier(&build, "mara-lindqvist");
    let about = sentences(&mara.about);
    assert!(about.iter().any(|sentence| sentence.starts_with("Berg accused")), "{about:?}");
    assert!(about.iter().all(|sentence| !sentence.contains("would stay open")), "{about:?}");
    assert!(mara.about.iter().all(|said| !mara.statements.contains(said)));
}

#[test]
fn a_sentence_stands_once_on_a_dossier_whatever_is_said_in_it() {
    let build = shelf()
        .clipping(
            "both.md",
            "---\ntitle: Envoys\npublished: 2022-09-03\n---\n\n\
             Tomas Berg said that Mara Lindqvist was right, and Mara Lindqvist said that Tomas Berg was late.\n\n\
             \u{201c}We sleep,\u{201d} Mara Lindqvist said, and added: \u{201c}We wait.\u{201d}\n",
        )
        .build();
    let archive = build.archive();
    for actor in &archive.actors {
        let mut listed: Vec<_> = actor
            .statements
            .iter()
            .chain(&actor.about)
            .map(|(entry, index)| {
                let reading = &archive.entries[*entry as usize].briefing.reading;
                (*entry, reading.statements[*index as usize].sentence)
            })
            .collect();
        let n = listed.len();
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(listed.len(), n, "{}", actor.id);
    }
}

#[test]
fn the_circle_holds_the_closest_and_the_ties_among_them() {
    let build = shelf().build();
    let archive = build.archive();
    let at = archive.actors.iter().position(|actor| &*actor.id == "mara-lindqvist").unwrap();
    let circle = archive.circle(u32::try_from(at).unwrap(), 2);
    let names: Vec<(&str, u32)> = circle
        .members
        .iter()
        .map(|(actor, n)| (&*archive.actors[*actor as usize].id, *n))
        .collect();
    assert_eq!(names, [("tomas-berg", 3), ("nato", 1)]);
    assert_eq!(circle.ties, [(0, 1, 1)], "NATO and the envoy share a paragraph");
}

#[test]
fn a_suggestion_says_what_it_would_join() {
    let bare = "---\ntitle: A letter\npublished: 2023-02-01\n---\n\n\
        Mr Lindqvist wrote a letter to the council. Lindqvist said that the harbour was closed.\n";
    let build = shelf().clipping("bare.md", bare).build();
    let archive = build.archive();
    let suggestions = archive.suggest(build.register(), 10);
    let ids: Vec<&str> =
        suggestions.iter().map(|found| &*archive.actors[found.actor as usize].id).collect();
    assert_eq!(ids.first(), Some(&"mara-lindqvist"), "most articles first");
    let mara = &suggestions[ids.iter().position(|id| *id == "mara-lindqvist").unwrap()];
    assert!(mara.toml.contains("aliases = [\"Lindqvist\"]"), "{}", mara.toml);
    let (_, told) = annals::actor::Register::read("actors.toml", &mara.toml);
    assert_eq!(told, vec![], "what is to be pasted is right");
    let joins: Vec<(&Change, usize)> =
        mara.effects.iter().map(|effect| (&effect.change, effect.n)).collect();
    assert!(joins.contains(&(&Change::Join("lindqvist".to_owned()), 2)), "{joins:?}");
    assert!(!ids.contains(&"lindqvist"), "the bare surname is no suggestion of its own: {ids:?}");
    assert!(!ids.contains(&"nato"), "who is known needs no suggestion");
    assert_eq!(mara.sentences.len(), 2, "one for each article, three at most");
}

#[test]
fn the_audit_tells_aliases_that_never_match_and_surnames_that_two_have() {
    let build = shelf()
        .register(
            "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
             aliases = [\"Lindqvist\",\n\"Madame Mara\"]\n\
             [[actor]]\nid = \"nobody-here\"\nname = \"Nobody Here\"\nkind = \"group\"\n",
        )
        .build();
    let told: Vec<(Option<u32>, String)> = build
        .archive()
        .audit(build.register())
        .into_iter()
        .inspect(|note| assert!(note.help.is_some(), "{note:?}"))
        .map(|note| (note.place.and_then(|place| place.line), note.message))
        .collect();
    assert_eq!(
        told,
        [
            (Some(6), "no article writes `Mara Lindqvist` as `Madame Mara`".to_owned()),
            (
                Some(5),
                "`Lindqvist` means `Mara Lindqvist`, and 1 article names `Jonas Lindqvist`"
                    .to_owned()
            ),
            (Some(9), "no article names `Nobody Here`".to_owned()),
        ]
    );
}

#[test]
fn an_office_that_articles_tell_otherwise_is_a_note_at_its_line() {
    let register = |period: &str| {
        format!(
            "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
             roles = [\n{{ title = \"President\", of = \"norway\", {period} }}]\n"
        )
    };
    for (title, period, expected) in [
        ("Norwegian President", "from = 2020, to = 2023", None),
        ("Norwegian President", "from = 2023", Some("President, which the register has otherwise")),
        ("Former Norwegian President", "from = 2020, to = 2023", Some("former President, which")),
        ("Former Norwegian President", "from = 2020, to = 2022-03-01", None),
        ("Swedish President", "from = 2023", None),
    ] {
        let text = format!(
            "---\ntitle: A visit\npublished: 2022-08-17\n---\n\n\
             {title} Mara Lindqvist came to Port Alder on Monday. Mara Lindqvist said that she would stay.\n"
        );
        let build = Shelf::default().clipping("visit.md", text).register(&register(period)).build();
        let told: Vec<_> = build
            .archive()
            .audit(build.register())
            .into_iter()
            .filter(|note| note.code == "register-role")
            .collect();
        let lines: Vec<_> =
            told.iter().map(|note| note.place.as_ref().and_then(|place| place.line)).collect();
        assert_eq!(lines, vec![Some(6); usize::from(expected.is_some())], "{title}, {period}");
        if let Some(expected) = expected {
            assert!(told[0].message.contains(expected), "{}", told[0].message);
            assert!(told[0].message.contains("2022-08-17"), "{}", told[0].message);
        }
    }
}

#[test]
fn an_office_that_articles_give_to_somebody_else_is_a_note_at_its_line() {
    for (title, period, text, expected) in [
        ("President", "from = 2020", "Norwegian President Tomas Berg", true),
        ("President", "from = 2020, to = 2021", "Norwegian President Tomas Berg", false),
        ("President", "from = 2020", "Swedish President Tomas Berg", false),
        ("President", "from = 2020", "former Norwegian President Tomas Berg", false),
        ("President", "from = 2020", "Norwegian Foreign Minister Tomas Berg", false),
        ("Secretary General", "from = 2020", "NATO Secretary-General Tomas Berg", true),
        // Many hold such an office at one time.
        ("Ambassador", "from = 2020", "Norwegian Ambassador Tomas Berg", false),
    ] {
        let of = if title == "Secretary General" { "nato" } else { "norway" };
        let register = format!(
            "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
             roles = [\n{{ title = \"{title}\", of = \"{of}\", {period} }}]\n"
        );
        let text = format!(
            "---\ntitle: A visit\npublished: 2022-08-17\n---\n\n\
             {text} came to Port Alder on Monday. Tomas Berg said that he would stay. Mara Lindqvist had left.\n"
        );
        let build = Shelf::default().clipping("visit.md", text.clone()).register(&register).build();
        let told: Vec<_> = build
            .archive()
            .audit(build.register())
            .into_iter()
            .filter(|note| note.code == "register-role")
            .map(|note| (note.place.and_then(|place| place.line), note.message))
            .collect();
        assert_eq!(told.len(), usize::from(expected), "{text} {told:?}");
        for (line, message) in told {
            assert_eq!(line, Some(6));
            assert!(
                message.contains("calls `Tomas Berg`") && message.contains("2022-08-17"),
                "{message}"
            );
        }
    }
}

#[test]
fn a_dossier_says_all_that_the_archive_knows() {
    let dinner = "---\ntitle: A dinner\npublished: 2022-10-01\n---\n\n\
        On Friday Mara Lindqvist dined with envoys of Sweden, Denmark and the United Nations.\n";
    let build = shelf()
        .clipping("dinner.md", dinner)
        .register(
            "[[actor]]\nid = \"mara-lindqvist\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
             aliases = [\"Lindqvist\"]\nof = \"norway\"\nnote = \"Speaks for the <mills>.\"\n\
             website = \"javascript:alert(1)\"\n\
             roles = [{ title = \"Chair\", of = \"nato\", from = 2020, evidence = \"https://a.example/b\" }]\n",
        )
        .build();
    let html = page(&build, "/actors/mara-lindqvist/");
    for expected in [
        "<h2 id=\"statements\">Statements by Mara Lindqvist</h2>",
        "<h2 id=\"about\">Statements about Mara Lindqvist</h2>",
        "Why these names are read so",
        "name of the register",
        "Not to be confused with",
        "href=\"../../actors/jonas-lindqvist/\">Jonas Lindqvist</a>",
        "<a href=\"../../actors/nato/\">NATO</a>",
        "<a href=\"https://a.example/b\"",
        "Offices in the articles",
        "Part of Norway.",
        "Speaks for the &lt;mills&gt;.",
        "<svg class=\"circle\"",
        "<td>3</td>",
        "href=\"../../actors/mara-lindqvist/index.json\"",
    ] {
        assert!(html.contains(expected), "{expected:?} is not in\n{html}");
    }
    assert!(!html.contains("javascript:"), "an address that is none is no link");
    let record: serde_json::Value =
        serde_json::from_str(&page(&build, "/actors/mara-lindqvist/index.json")).unwrap();
    assert_eq!(record["n_mentions"], 6);
    assert_eq!(record["roles"][0]["evidence"], "https://a.example/b");
    let article = record["statements"][0]["article"].as_str().unwrap();
    let anchor = record["statements"][0]["anchor"].as_str().unwrap();
    assert!(page(&build, &format!("/briefings/{article}/")).contains(&format!("id=\"{anchor}\"")));
}

#[test]
fn the_index_counts_by_kind_and_has_everyone_under_a_letter() {
    let build = shelf().build();
    let html = page(&build, "/actors/");
    for expected in ["<a href=\"#people\">People</a> <span class=\"count\">3", "Filter by name"] {
        assert!(html.contains(expected), "{expected:?} is not in\n{html}");
    }
    for (letter, names) in [
        ("l", &["Jonas Lindqvist", "Mara Lindqvist"][..]),
        ("b", &["Tomas Berg"]),
        ("n", &["NATO"]),
    ] {
        let html = page(&build, &format!("/actors/a-z/{letter}/"));
        let at: Vec<_> = names.iter().map(|name| html.find(&format!(">{name}</a>"))).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{letter}: {at:?}\n{html}");
    }
}

#[test]
fn what_most_mentions_take_for_a_place_is_no_person() {
    let build = Shelf::default()
        .clipping(
            "talks.md",
            "---\ntitle: Envoys meet in Raska\npublished: 2022-12-29\n---\n\n\
             The president said after a night meeting in Raska that the barricades would go.\n\n\
             Officers have visited troops near Raska in recent days.\n",
        )
        .clipping(
            "monks.md",
            "---\ntitle: Monks tell of the night\npublished: 2022-12-30\n---\n\n\
             Armed men broke through the gate, the diocese of Raska and Lorn said. A group of \
             pilgrims had locked themselves in.\n",
        )
        .build();
    let kind = build.archive().dossier("raska").map(|dossier| dossier.kind);
    assert_ne!(kind, Some(Kind::Person), "one article of two, and the fewer mentions");
    let readings = build.archive().entries.iter().map(|entry| &entry.briefing.reading);
    let taken_for =
        readings.flat_map(|reading| &reading.actors).filter(|seen| *seen.id == *"raska");
    let taken_for: Vec<Kind> = taken_for.map(|seen| seen.kind).collect();
    assert_eq!(taken_for, [Kind::Person, Kind::Place], "what there is to decide");
}

#[test]
fn an_actor_of_a_thousand_articles_has_light_pages() {
    let long = "and so on and on, ".repeat(2_000);
    let mut shelf = Shelf::default();
    for number in 0..1_000 {
        let text = format!(
            "---\ntitle: Note {number}\npublished: 2022-{:02}-{:02}\n---\n\n\
             Mara Lindqvist said on 3 May 20{:02} that the harbour of note {number} would stay open. \
             Tomas Berg accused Mara Lindqvist of {}.\n",
            number % 12 + 1,
            number % 28 + 1,
            number % 20,
            if number % 50 == 0 { &long } else { "sleep" },
        );
        shelf = shelf.clipping(&format!("{number}.md"), text);
    }
    let build = shelf.build();
    let mut n_pages = 0;
    for address in build.addresses().filter(|address| {
        address.as_str().starts_with("/actors/") && address.as_str().ends_with('/')
    }) {
        let html = page(&build, address.as_str());
        assert!(html.len() < 250_000, "{address}: {} bytes", html.len());
        n_pages += 1;
    }
    assert!(n_pages > 25, "{n_pages} pages");
}

/// Writes the archive into a folder and runs `annals actors` there.
fn actors(arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("resume.md", RESUME), ("stall.md", STALL), ("other.md", OTHER)] {
        std::fs::create_dir_all(folder.path().join("content")).unwrap();
        std::fs::write(folder.path().join("content").join(name), text).unwrap();
    }
    let mut command = Command::cargo_bin("annals").unwrap();
    let run = command.current_dir(folder.path()).arg("actors").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

#[test]
fn the_terminal_lists_suggests_and_shows() {
    for (arguments, code, expected) in [
        (&["list"][..], 0, "Mara Lindqvist  mara-lindqvist"),
        (&["list", "--kind", "person", "--format", "json"], 0, "{\"id\":\"mara-lindqvist\""),
        (&["suggest", "-n", "1"], 0, "[[actor]]\nid = \"mara-lindqvist\""),
        (&["show", "tomas berg"], 0, "content/stall.md: “President Mara Lindqvist left"),
        (&["show", "mara-lindqvist"], 0, "part of a full name before"),
        (&["show", "mara-lindqvist"], 0, "the same surname with another given name, jonas"),
        (
            &["show", "mara-lindqvist", "--format", "json"],
            0,
            "\"kept_apart\":[\"jonas-lindqvist\"]",
        ),
        (&["show", "serbia"], 0, "no article names it"),
        (&["show", "Mara Lindquist"], 1, "did you mean `mara-lindqvist`?"),
        (&["list", "--kind", "persn"], 2, "one of person, organisation"),
    ] {
        let (actual, out, err) = actors(arguments);
        assert_eq!(actual, code, "{arguments:?}: {err}");
        assert!(format!("{out}{err}").contains(expected), "{arguments:?}:\n{out}{err}");
    }
}

#[test]
fn a_register_made_of_suggestions_takes_every_guess_away() {
    let build = shelf().build();
    let suggestions = build.archive().suggest(build.register(), 10);
    let toml: String = suggestions.into_iter().map(|suggestion| suggestion.toml).collect();
    let build = shelf().register(&toml).build();
    assert_eq!(build.archive().suggest(build.register(), 10), vec![]);
}
