use std::fmt::Write as _;

use super::*;
use crate::actor::Kind;
use crate::article::Published;
use crate::clean::Rules;
use crate::pipeline;
use crate::reading::{Origin, sentence};
use crate::source::{self, Clipping};

/// What is named in `text`: `id: words, words; id: words`.
fn seen_with(text: &str, register: &Register) -> String {
    let prose = Prose::plain(text);
    let (actors, mentions, _) = find(
        &prose,
        &Grains::of(&prose),
        &sentence::split(&prose, &Grains::of(&prose)),
        None,
        register,
    );
    let mut line = String::new();
    for (index, actor) in actors.iter().enumerate() {
        let words: Vec<&str> = mentions
            .iter()
            .filter(|mention| mention.actor as usize == index)
            .map(|mention| mention.span.of(text))
            .collect();
        let gap = if index == 0 { "" } else { "; " };
        write!(line, "{gap}{}: {}", actor.id, words.join(", ")).unwrap();
    }
    line
}

fn check(cases: &[(&str, &str)]) {
    let register = Register::default();
    for (text, expected) in cases {
        assert_eq!(seen_with(text, &register), *expected, "{text}");
    }
}

#[test]
fn an_attribute_or_a_document_is_nobody_who_acts() {
    check(&[
        ("The EU-mediated talks and the NATO-led force failed.", ""),
        ("An anti-NATO march and a non-EU country.", ""),
        ("It follows UN Security Council Resolution 1244 in full.", ""),
        ("They broke the Brussels agreement again.", ""),
        ("Later she added it on Twitter.", ""),
        ("The deal of Serbia with NATO’s help.", "serbia: Serbia; nato: NATO"),
        ("A Serbia-Kosovo dialogue began.", "serbia: Serbia; kosovo: Kosovo"),
        ("He fought in the Iran-Iraq War and the Iran–Iraq War.", ""),
        (
            "The Board of Trade (Albanian: Bordi i Tregut; in short BT) met.",
            "board-of-trade: Board of Trade",
        ),
        ("The ridge (Chiya Hemrin in Kurdish) is in Iraq.", "iraq: Iraq"),
        ("Tell us who is right; it is the US.", "united-states: US"),
    ]);
}

#[test]
fn a_capital_is_a_government_or_a_place() {
    check(&[
        ("On Monday Belgrade denied the report.", "serbia: Belgrade"),
        ("They condemned Pristina’s behavior.", "kosovo: Pristina"),
        ("She has long accused Moscow of meddling.", "russia: Moscow"),
        ("The envoy spoke in Belgrade on Monday.", "belgrade: Belgrade"),
        ("Those in Belgrade and Pristina stayed.", "belgrade: Belgrade; pristina: Pristina"),
        ("Talks between Belgrade and Pristina.", "serbia: Belgrade; kosovo: Pristina"),
        ("Serbian and Serb officials left.", ""),
    ]);
}

#[test]
fn a_name_is_cut_out_of_its_titles() {
    check(&[
        (
            "Serbian President Mara Lindqvist met NATO Secretary General Ole Brandt.",
            "mara-lindqvist: Mara Lindqvist; nato: NATO; ole-brandt: Ole Brandt",
        ),
        (
            "Kosovo’s Prime Minister Mara Lindqvist agreed.",
            "kosovo: Kosovo; mara-lindqvist: Mara Lindqvist",
        ),
        (
            "The Police Inspectorate of Kosovo announced it on Tuesday.",
            "police-inspectorate-of-kosovo: Police Inspectorate of Kosovo",
        ),
        ("Deputy Secretary of State Ole Brandt left.", "ole-brandt: Ole Brandt"),
        (
            "It was the Ministry of Culture and Information.",
            "ministry-of-culture-and-information: Ministry of Culture and Information",
        ),
    ]);
}

#[test]
fn names_of_one_person_are_joined() {
    check(&[
        (
            "Mara Lindqvist spoke. Lindqvist’s aide and Mr. Lindqvist left.",
            "mara-lindqvist: Mara Lindqvist, Lindqvist, Lindqvist",
        ),
        (
            "Mara Lindqvist spoke, then Lindqvist left. Peter Lindqvist came. Lindqvist stayed.",
            "mara-lindqvist: Mara Lindqvist, Lindqvist; peter-lindqvist: Peter Lindqvist, Lindqvist",
        ),
        ("Nikola Đurić spoke. Duric left.", "nikola-duric: Nikola Đurić, Duric"),
    ]);
}

#[test]
fn an_acronym_and_its_expansion_are_joined() {
    check(&[(
        "The Harbour Workers Union (HWU) met. Later the HWU left.",
        "harbour-workers-union: Harbour Workers Union, HWU, HWU",
    )]);
}

#[test]
fn the_head_of_a_name_stands_for_the_only_body_that_has_it() {
    check(&[
        (
            "The European Union met. Later the Union's envoy left.",
            "european-union: European Union, Union",
        ),
        (
            "The Harbour Traders’ Association met. Later the Association left.",
            "harbour-traders-association: Harbour Traders’ Association, Association",
        ),
        (
            "The Port Council and the Alder Council met. Later the Council left.",
            "port-council: Port Council; alder-council: Alder Council; council: Council",
        ),
    ]);
}

#[test]
fn a_word_that_is_written_small_elsewhere_is_no_name() {
    check(&[
        ("“Flour can wait.” Nobody asked for flour.", ""),
        ("Annex agreed by the lake. They had an annex.", ""),
        ("Lindqvist agreed at once.", "lindqvist: Lindqvist"),
    ]);
}

#[test]
fn a_full_name_after_said_or_a_title_is_a_person() {
    check(&[
        ("“We wait,” said Ilmo Ronkare of the port.", "ilmo-ronkare: Ilmo Ronkare"),
        ("They chose a new president, Ilmo Ronkare.", "ilmo-ronkare: Ilmo Ronkare"),
    ]);
    let prose = Prose::plain("They chose a new president, Ilmo Ronkare.");
    let (actors, ..) = find(
        &prose,
        &Grains::of(&prose),
        &sentence::split(&prose, &Grains::of(&prose)),
        None,
        &Register::default(),
    );
    assert_eq!(actors[0].kind, Kind::Person);
}

#[test]
fn datelines_credits_and_sign_offs_name_nobody() {
    check(&[
        ("BELGRADE, Serbia (AP) — Kosovo refused.", "kosovo: Kosovo"),
        ("© Mara Lindqvist / Europa Press via Getty Images", ""),
        ("They met. (AP Photo/Mara Lindqvist)", ""),
        ("The Associated Press", ""),
    ]);
}

#[test]
fn a_line_in_title_case_names_only_who_is_named_elsewhere() {
    check(&[(
        "NATO Chief Warns Leaders Over Lindqvist Report Linked To Harbour\n\nMara Lindqvist said so.",
        "nato: NATO; mara-lindqvist: Lindqvist, Mara Lindqvist",
    )]);
}

#[test]
fn the_register_comes_before_every_guess() {
    let (register, _) = Register::read(
        "actors.toml",
        "ignore = [\"Ole Brandt\"]\n\
         [[actor]]\nid = \"envoy\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n\
         [[actor]]\nid = \"may\"\nname = \"May\"\nkind = \"person\"\n\
         [[actor]]\nid = \"a\"\nname = \"Port Watch\"\nkind = \"group\"\naliases = [\"PW\"]\n\
         [[actor]]\nid = \"b\"\nname = \"Peace Wing\"\nkind = \"group\"\naliases = [\"PW\"]\n",
    );
    for (text, expected) in [
        ("Mara Lindqvist spoke. Then Lindqvist left.", "envoy: Mara Lindqvist, Lindqvist"),
        ("Camilla Lindqvist came.", "camilla-lindqvist: Camilla Lindqvist"),
        ("May we go? May be.", ""),
        ("May we go? Then she saw May there.", "may: May, May"),
        ("Then Ole Brandt left.", ""),
        ("The Port Watch met; the PW left.", "a: Port Watch, PW"),
        ("Today the PW left.", ""),
    ] {
        assert_eq!(seen_with(text, &register), expected, "{text}");
    }
}

#[test]
fn kinds_are_guessed_and_say_where_they_come_from() {
    let text = "Mara Lindqvist of the Harbour Council left Port Alder, Serbia, by the Alder River.";
    let prose = Prose::plain(text);
    let (actors, mentions, _) = find(&prose, &Grains::of(&prose), &[], None, &Register::default());
    let kinds: Vec<_> =
        actors.iter().map(|actor| (&*actor.name, actor.kind, actor.origin)).collect();
    assert_eq!(
        kinds,
        [
            ("Mara Lindqvist", Kind::Person, Origin::Discovered),
            ("Harbour Council", Kind::Organisation, Origin::Discovered),
            ("Port Alder", Kind::Place, Origin::Discovered),
            ("Serbia", Kind::State, Origin::BuiltIn),
            ("Alder River", Kind::Place, Origin::Discovered),
        ]
    );
    assert!(mentions.iter().all(|mention| !mention.rule.text().is_empty()));
}

#[test]
fn a_line_of_ships_is_a_company_wherever_it_stands() {
    check(&[(
        "Federal Shipping Line called it late. The ship belongs to Federal Shipping Line.",
        "federal-shipping-line: Federal Shipping Line, Federal Shipping Line",
    )]);
}

#[test]
fn a_body_goes_by_its_name_without_whose_it_is() {
    check(&[(
        "The Italian Supreme Court of Cassation ruled. The Supreme Court of appeal and the Supreme Court met.",
        "italian-supreme-court-of-cassation: Italian Supreme Court of Cassation, Supreme Court, Supreme Court",
    )]);
}

/// A register's surname that the article gives to somebody else.
#[test]
fn a_full_name_of_the_article_goes_before_a_surname_of_the_register() {
    let (register, told) = Register::read(
        "actors.toml",
        "[[actor]]\nid = \"albin-kurti\"\nname = \"Albin Kurti\"\nkind = \"person\"\naliases = [\"Kurti\"]\n",
    );
    assert_eq!(told, []);
    for (text, expected) in [
        ("They met Kurti. Kurti smiled.", "albin-kurti: Kurti, Kurti"),
        ("They met Ana Kurti. Kurti smiled and Kurti left.", "ana-kurti: Ana Kurti, Kurti, Kurti"),
        ("They met Kurti. Later Ana Kurti smiled.", "ana-kurti: Kurti, Ana Kurti"),
        // A given name of no list.
        ("They met Vesfije Kurti. Kurti smiled.", "vesfije-kurti: Vesfije Kurti, Kurti"),
        (
            "They met Ana Kurti. Kurti smiled. Then Albin Kurti came. Kurti spoke.",
            "ana-kurti: Ana Kurti, Kurti; albin-kurti: Albin Kurti, Kurti",
        ),
        (
            "They met Kurti. Then Albin Kurti left. Ana Kurti came, and Kurti spoke.",
            "albin-kurti: Kurti, Albin Kurti; ana-kurti: Ana Kurti, Kurti",
        ),
        ("They met Prime Minister Kurti and Mr Kurti.", "albin-kurti: Kurti, Kurti"),
        ("The talks of Kosovo’s Kurti ended.", "kosovo: Kosovo; albin-kurti: Kurti"),
    ] {
        assert_eq!(seen_with(text, &register), expected, "{text}");
    }
}

/// The five real clippings: people and bodies of the news are one actor each.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads clippings that are not ours to ship")]
fn the_people_of_real_clippings_are_one_actor_each() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("ANNALS_SHARED").map_or_else(|| here.join("../shared"), Into::into);
    let read = |name: &str| std::fs::read_to_string(shared.join("seeds").join(name));
    for (name, expected) in [
        (
            "000_c356300bb33d8386.txt",
            &[
                ("jens-stoltenberg", 3),
                ("aleksandar-vucic", 3),
                ("albin-kurti", 2),
                ("nenad-djuric", 2),
                ("nato", 4),
                ("kfor", 1),
            ][..],
        ),
        (
            "001_d7abf4cea0ed4c53.txt",
            &[("jens-stoltenberg", 3), ("aleksandar-vucic", 2), ("albin-kurti", 2), ("nato", 4)],
        ),
        (
            "002_a6c6d40b84b9ece9.txt",
            &[("dejan-pantic", 2), ("kfor", 4), ("nato", 3), ("united-nations", 1)],
        ),
        (
            "003_c08e93152ca700ed.txt",
            &[("jens-stoltenberg", 9), ("aleksandar-vucic", 3), ("russia", 3)],
        ),
        (
            "004_53f0ef94c630c451.txt",
            &[("jens-stoltenberg", 5), ("aleksandar-vucic", 4), ("albin-kurti", 3), ("russia", 3)],
        ),
    ] {
        let Ok(text) = read(name) else {
            println!("skipped: {name} is not there");
            return;
        };
        let clipping = Clipping {
            path: name.to_owned(),
            file: name.to_owned(),
            bytes: text.into_bytes(),
            sidecar: None,
        };
        let document = source::decode(&clipping);
        let (_, _, _, reading) = pipeline::read(&document, &Register::default(), &Rules::default());
        let (actors, mentions) = (reading.actors, reading.mentions);
        for (id, count) in expected {
            let index = actors.iter().position(|actor| &*actor.id == *id);
            let found =
                mentions.iter().filter(|mention| Some(mention.actor as usize) == index).count();
            assert_eq!(found, *count, "{id} in {name}");
        }
    }
}

#[test]
fn a_reading_of_very_many_names_ends_with_one_actor_for_each() {
    let register: Vec<String> = (0..10_000)
        .map(|n| {
            format!("[[actor]]\nid = \"a{n}\"\nname = \"Aktor{n} Nr{n}\"\nkind = \"person\"\n")
        })
        .collect();
    let (register, _) = Register::read("actors.toml", &register.concat());
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
    let names: Vec<String> = (0..20_000)
        .map(|n| {
            let tail: String = [n, n / 26, n / 676].map(letter).iter().collect();
            format!("Mayor Anna Q{tail}ov spoke. ")
        })
        .collect();
    let one = "They met Mayor Anna Holm. ".repeat(30_000);
    let marks = "“Anna Holm waits, she said.\n\n".repeat(5_000);
    let known: Vec<String> = (0..10_000).map(|n| format!("They met Aktor{n} Nr{n}. ")).collect();
    for (text, expected) in
        [(names.concat(), 17_576), (one, 1), (marks, 1), (known.concat(), 10_000)]
    {
        let prose = Prose::plain(&text);
        let reading = crate::reading::read(&prose, &Published::unknown(), &register);
        let people = reading.actors.iter().filter(|actor| actor.kind == Kind::Person).count();
        assert!(people.abs_diff(expected) <= expected / 20, "{people} instead of {expected}");
    }
}

#[test]
fn any_text_gives_spans_on_boundaries_in_order() {
    let register = Register::default();
    for text in [
        "\"(“‘".repeat(2000),
        "A-".repeat(2000),
        "A.".repeat(2000),
        "É’s “Ö".repeat(2000),
        "\0\u{202e}NATO\u{301} İİ ẞ".repeat(500),
        "Harbour Council (".repeat(2000),
        "Ministry of X and ".repeat(2000),
        "Jens Stoltenberg ".repeat(2000),
        "한국 NATO, Đurić’s Ŋ".repeat(500),
    ] {
        let prose = Prose::plain(&text);
        let (actors, mentions, _) = find(
            &prose,
            &Grains::of(&prose),
            &sentence::split(&prose, &Grains::of(&prose)),
            None,
            &register,
        );
        let mut end = 0;
        for mention in &mentions {
            assert!(mention.span.start >= end && text.get(mention.span.range()).is_some());
            assert!((mention.actor as usize) < actors.len());
            end = mention.span.end;
        }
    }
}
