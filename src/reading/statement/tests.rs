//! The forms of reported speech, one table each.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::actor::Kind as ActorKind;
use crate::reading::{Origin, Zone, sentence};

/// The statements of `text`, one line each: `kind: what was said < words = name`,
/// with `~` before a name that was derived. Quoted pieces stand in brackets where
/// they are not all of it; paragraphs are parted by `¶`.
fn read(text: &str) -> Vec<String> {
    let mut prose = Prose::default();
    for paragraph in text.split('¶') {
        prose.push(paragraph, Zone::Body);
    }
    let sentences = sentence::split(&prose, &Grains::of(&prose));
    let line = |statement: &Statement| {
        let kind = format!("{:?}", statement.kind).to_lowercase();
        let speaker = statement.speaker.as_ref().map_or_else(String::new, |speaker| {
            let name = speaker.name.as_deref().unwrap_or("?");
            let derived = if speaker.certain { "" } else { "~" };
            format!(" < {} = {derived}{name}", speaker.span.of(&prose.text))
        });
        let quotes: Vec<&str> = statement.quotes.iter().map(|span| span.of(&prose.text)).collect();
        let quotes = match statement.kind {
            Speech::Direct if quotes.len() == 1 => String::new(),
            _ if quotes.is_empty() => String::new(),
            _ => format!(" [{}]", quotes.join(" | ")),
        };
        format!("{kind}: {}{quotes}{speaker}", statement.span.of(&prose.text))
    };
    find(&prose, &Grains::of(&prose), &sentences, &[], &[]).iter().map(line).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn the_speaker_stands_behind_the_quotation() {
    for (text, speaker) in [
        ("“The locks hold,” Okoro said on Monday.", "Okoro = Okoro"),
        ("“The locks hold,” said Okoro.", "Okoro = Okoro"),
        ("“The locks hold,” said Mayor Ann Okoro.", "Mayor Ann Okoro = Ann Okoro"),
        ("“The locks hold,” the ministry wrote on its site.", "the ministry = the ministry"),
        ("“The locks hold,” said Ann Okoro, the mayor of Port Alder.", "Ann Okoro = Ann Okoro"),
        ("“The locks hold,” Ann Okoro, the mayor, said.", "Ann Okoro = Ann Okoro"),
        ("“The locks hold,” one fisher, Ann Okoro, 43, told the Post.", "one fisher = Ann Okoro"),
        (
            "“The locks hold,” said a spokesman for the town.",
            "a spokesman for the town = a spokesman for the town",
        ),
        (
            "“The locks hold,” said the mayor of Port Alder, Ann Okoro.",
            "the mayor of Port Alder = Ann Okoro",
        ),
        ("“The locks hold,” Okoro told the Valley Post after a tour.", "Okoro = Okoro"),
        ("“The locks hold,” according to a report by the town.", "a report = a report"),
        ("“The locks hold,” – Okoro", "Okoro = Okoro"),
        ("“The locks hold,” Okoro asked at a rally.", "Okoro = Okoro"),
        (
            "“The locks hold,” said Valley pollster Ann Okoro.",
            "Valley pollster Ann Okoro = Ann Okoro",
        ),
        ("“The locks hold,” reads a sign at the gate.", "a sign at the gate = a sign at the gate"),
        ("\"The locks hold\", Okoro said.", "Okoro = Okoro"),
        ("”The locks hold,” Okoro said.", "Okoro = Okoro"),
        ("‘The locks hold,’ Okoro said.", "Okoro = Okoro"),
    ] {
        let said = text.trim_start_matches(['“', '”', '"', '‘']);
        let said = &said[..said.find(['”', '"', '’']).unwrap_or(said.len())];
        check(text, &[&format!("direct: {said} < {speaker}")]);
    }
}

#[test]
fn the_speaker_stands_before_the_quotation() {
    for (text, speaker) in [
        ("Okoro said: “The locks hold.”", "Okoro = Okoro"),
        ("Okoro told reporters, “The locks hold.”", "Okoro = Okoro"),
        ("In a statement, Okoro said, “The locks hold.”", "Okoro = Okoro"),
        ("Okoro, in remarks to Valley Radio, said “The locks hold.”", "Okoro = Okoro"),
        (
            "Ann Okoro, 54, the mayor, who opened them, said: “The locks hold.”",
            "Ann Okoro = Ann Okoro",
        ),
        ("Asked about the flood, Okoro said: “The locks hold.”", "Okoro = Okoro"),
        (
            "A letter to the council read: “The locks hold.”",
            "A letter to the council = A letter to the council",
        ),
        ("The council met, with Okoro stating: “The locks hold.”", "Okoro = Okoro"),
        ("In the words of the mayor, Ann Okoro, “The locks hold.”", "the mayor = Ann Okoro"),
        ("Ann Okoro: “The locks hold.”", "Ann Okoro = Ann Okoro"),
        ("Ann Okoro expected a long night: “The locks hold.”", "Ann Okoro = Ann Okoro"),
    ] {
        check(text, &[&format!("direct: The locks hold. < {speaker}")]);
    }
}

#[test]
fn a_quotation_goes_on_around_and_behind_its_speaker() {
    check(
        "“The locks,” Okoro said, “are older than the town.”",
        &[
            "direct: The locks,” Okoro said, “are older than the town. [The locks, | are older than the town.] < Okoro = Okoro",
        ],
    );
    check(
        "“The locks hold,” said Okoro. “Nobody needs to leave.”",
        &[
            "direct: The locks hold, < Okoro = Okoro",
            "direct: Nobody needs to leave. < Okoro = ~Okoro",
        ],
    );
    check(
        "“The locks hold,” Okoro said, before adding: “For now.”",
        &["direct: The locks hold, < Okoro = Okoro", "direct: For now. < Okoro = Okoro"],
    );
}

#[test]
fn a_long_quotation_runs_over_paragraphs_either_way() {
    check(
        "Okoro said: “We waited.¶“We waited for years.¶“Nobody came.”",
        &[
            "direct: We waited. < Okoro = Okoro",
            "direct: We waited for years. < Okoro = ~Okoro",
            "direct: Nobody came. < Okoro = ~Okoro",
        ],
    );
    check(
        "The bridge was opened.¶“We waited for long.¶“Nobody came for years,” Okoro said.",
        &[
            "direct: We waited for long. < Okoro = ~Okoro",
            "direct: Nobody came for years, < Okoro = Okoro",
        ],
    );
    check(
        "Okoro wrote to all who live there:¶“The locks hold.”",
        &["direct: The locks hold. < Okoro = ~Okoro"],
    );
}

#[test]
fn a_quotation_alone_is_said_by_who_spoke_before() {
    check(
        "Okoro stated that the locks were safe. The dam is old. “I see no danger there.”",
        &[
            "indirect: the locks were safe < Okoro = Okoro",
            "direct: I see no danger there. < Okoro = ~Okoro",
        ],
    );
    check("The locks are old. “I see no danger there.”", &["direct: I see no danger there."]);
}

#[test]
fn quoted_pieces_belong_to_the_clause_that_reports_them() {
    for (text, expected) in [
        (
            "Only the locks “are in danger of failing,” Okoro insisted.",
            "mixed: Only the locks “are in danger of failing, [are in danger of failing,]",
        ),
        ("Okoro said the locks were “in danger”.", "mixed: the locks were “in danger [in danger]"),
        (
            "The plan, which Okoro called “a gift to the river”, was dropped.",
            "direct: a gift to the river",
        ),
        (
            "Okoro called the plan “a gift to the river” and left.",
            "mixed: the plan “a gift to the river [a gift to the river]",
        ),
        (
            "Okoro accused the state of “killing the coast.”",
            "mixed: the state of “killing the coast. [killing the coast.]",
        ),
        (
            "Okoro called on “all towns” to “show patience,” arguing that it rained.",
            "mixed: all towns” to “show patience, [all towns | show patience,]",
        ),
    ] {
        let found = read(text);
        assert_eq!(
            found.first().map(String::as_str),
            Some(format!("{expected} < Okoro = Okoro").as_str())
        );
    }
}

#[test]
fn titles_nicknames_and_distance_are_nobodys_speech() {
    for text in [
        "The film “The Long Way Home” opened in Oslo.",
        "A man nicknamed “The Old River Otter” swam there.",
        "The so-called “water tax” is unfair.",
        "A band called “The Otters of Alder” played.",
        "The sign showed “Port Alder” in red.",
        "“The Long Way Home” opened in Oslo.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn reported_clauses_have_many_forms() {
    for (text, said) in [
        ("Okoro said Tuesday that the dam was safe.", "the dam was safe"),
        ("Okoro on Tuesday said the dam was safe.", "the dam was safe"),
        ("On Tuesday Okoro said the dam was safe.", "the dam was safe"),
        ("Speaking in Oslo, Okoro said the dam was safe.", "the dam was safe"),
        ("Okoro said in Oslo, after a long talk, that the dam was safe.", "the dam was safe"),
        ("Okoro has repeatedly said that the dam was safe.", "the dam was safe"),
        ("Okoro told Valley Radio on Friday that the dam was safe.", "the dam was safe"),
        ("Okoro warned residents that the dam was old.", "the dam was old"),
        ("Okoro announced on May 7 that the dam would go.", "the dam would go"),
        ("The dam is safe, Okoro said in Oslo.", "The dam is safe"),
        ("The dam is safe, said Okoro.", "The dam is safe"),
        ("According to Okoro, the dam is safe.", "the dam is safe"),
        ("The dam is safe, according to Okoro.", "The dam is safe"),
        ("As Okoro told the Post, the dam is safe.", "the dam is safe"),
        ("The town was warned by Okoro that the dam was old.", "the dam was old"),
        ("Okoro urged the town to leave.", "the town to leave"),
        ("Okoro called on the town to leave.", "the town to leave"),
        ("Okoro accused Hale of lying.", "Hale of lying"),
        ("Okoro issued a letter saying that the dam was safe.", "the dam was safe"),
        ("Okoro was quoted as saying the dam was safe.", "the dam was safe"),
    ] {
        check(text, &[&format!("indirect: {said} < Okoro = Okoro")]);
    }
}

#[test]
fn what_was_not_said_is_no_statement() {
    for text in [
        "Okoro did not say when the dam was built.",
        "Okoro will say on Monday that the dam is safe.",
        "Okoro declined to say that the dam is safe.",
        "Okoro may announce that the dam is safe.",
        "Okoro was told that the dam was old.",
        "Okoro was accused of hiding the letter.",
        "A man accused of theft left the town.",
        "Okoro maintained friendly relations with Oslo and left.",
        "Okoro announced the opening of the dam.",
        "The boy was welcome to come and swim.",
        "Okoro Says Dam Is Safe And Tells Town To Stay",
    ] {
        check(text, &[]);
    }
}

#[test]
fn several_acts_of_saying_share_a_sentence() {
    check(
        "Okoro said the dam was safe and accused Hale of lying.",
        &["indirect: the dam was safe < Okoro = Okoro", "indirect: Hale of lying < Okoro = Okoro"],
    );
    check(
        "Okoro said the dam was safe, adding that nobody had to leave.",
        &[
            "indirect: the dam was safe < Okoro = Okoro",
            "indirect: nobody had to leave < Okoro = Okoro",
        ],
    );
    check(
        "Okoro said the dam was safe, but Hale said it leaked.",
        &["indirect: the dam was safe < Okoro = Okoro", "indirect: it leaked < Hale = Hale"],
    );
    check(
        "Okoro said that she believed it was “a gift”.",
        &["mixed: she believed it was “a gift [a gift] < Okoro = Okoro"],
    );
}

#[test]
fn a_surname_stands_for_the_full_name_before_it() {
    check(
        "Mayor Ann Okoro opened the dam. Okoro said it was safe.",
        &["indirect: it was safe < Okoro = Ann Okoro"],
    );
    check(
        "Ann Okoro's campaign began. Okoro said it was safe.",
        &["indirect: it was safe < Okoro = Ann Okoro"],
    );
    check(
        "Norway's President Ana Ilic met Tom Hale. Ilic said it was late.",
        &["indirect: it was late < Ilic = Ana Ilic"],
    );
}

#[test]
fn a_pronoun_means_the_last_subject_that_fits() {
    check(
        "Mayor Ann Okoro met engineer Tom Hale.¶“It is late,” she said.",
        &["direct: It is late, < she = ~Ann Okoro"],
    );
    check(
        "The Fisheries Ministry said ships should wait.¶“Hale's boats have left,” it said.",
        &[
            "indirect: ships should wait < The Fisheries Ministry = Fisheries Ministry",
            "direct: Hale's boats have left, < it = ~Fisheries Ministry",
        ],
    );
    check(
        "Officials met in Oslo. They said it was late.",
        &["indirect: it was late < They = ~Officials"],
    );
    check("It was late. “We wait here,” he said.", &["direct: We wait here, < he = ~?"]);
}

#[test]
fn a_description_means_who_holds_the_role_in_this_text() {
    check(
        "NATO Secretary General Karl Lund met Serbian President Ana Ilic. The NATO chief said it was late.",
        &["indirect: it was late < The NATO chief = ~Karl Lund"],
    );
    check(
        "NATO Secretary General Karl Lund met Serbian President Ana Ilic. The leader of the military alliance said it was late.",
        &["indirect: it was late < The leader of the military alliance = ~Karl Lund"],
    );
    check(
        "The Russian Foreign Ministry sent a note. The ministry said it was late.",
        &["indirect: it was late < The ministry = ~Russian Foreign Ministry"],
    );
    check(
        "President Ana Ilic met President Tom Hale. Ships left. The president said it was late.",
        &["indirect: it was late < The president = ~Ana Ilic"],
    );
    check(
        "The minister said it was late.",
        &["indirect: it was late < The minister = The minister"],
    );
}

#[test]
fn a_headline_names_its_speaker_behind_a_dash() {
    check(
        "Ferry to sail again – Okoro¶Mayor Ann Okoro opened the pier.",
        &["indirect: Ferry to sail again < Okoro = Ann Okoro"],
    );
    check("Port Alder – Norway¶Mayor Ann Okoro opened the pier.", &[]);
}

#[test]
fn a_quoted_headline_is_told_once_and_a_block_quotation_needs_no_marks() {
    let mut prose = Prose::default();
    prose.push("“The locks hold”, Okoro says", Zone::Headline);
    prose.push("“The locks hold,” Mayor Ann Okoro said. She wrote to all:", Zone::Body);
    prose.push("Nobody needs to leave.", Zone::Quote);
    let sentences = sentence::split(&prose, &Grains::of(&prose));
    let told: Vec<&str> = find(&prose, &Grains::of(&prose), &sentences, &[], &[])
        .iter()
        .map(|statement| statement.span.of(&prose.text))
        .collect();
    assert_eq!(told, ["The locks hold,", "Nobody needs to leave."]);
}

#[test]
fn mentions_decide_who_a_name_is() {
    let mut prose = Prose::default();
    prose.push("EU diplomats and Ana Ilic met. Ilic said it was late. Diplomats of the EU said it was early.", Zone::Body);
    let actor = |id: &str, name: &str, kind| ActorSeen {
        id: id.into(),
        name: name.into(),
        kind,
        origin: Origin::Register,
    };
    let actors = [
        actor("eu", "European Union", ActorKind::Organisation),
        actor("ana-ilic", "Ana Ilić", ActorKind::Person),
    ];
    let mut mentions = Vec::new();
    for (name, actor) in [("EU", 0), ("Ilic", 1)] {
        mentions.extend(prose.text.match_indices(name).map(|(start, _)| Mention {
            span: Span::new(start, start + name.len()),
            actor,
            rule: crate::reading::Naming::Register,
        }));
    }
    mentions.sort_by_key(|mention| mention.span);
    let sentences = sentence::split(&prose, &Grains::of(&prose));
    let speakers: Vec<(Option<u32>, Option<Arc<str>>)> =
        find(&prose, &Grains::of(&prose), &sentences, &actors, &mentions)
            .into_iter()
            .filter_map(|statement| statement.speaker)
            .map(|speaker| (speaker.actor, speaker.name))
            .collect();
    assert_eq!(
        speakers,
        [(Some(1), Some("Ana Ilić".into())), (Some(0), Some("Diplomats of the EU".into()))]
    );
}

#[test]
fn every_span_lies_in_its_sentence_and_no_quotation_is_told_twice() {
    for piece in [
        "he said ",
        "“a,” he said, ",
        "said, ",
        ",",
        "\"",
        "according to X, ",
        "who said, ",
        "A, b, c, said ",
        "X of Y in Z ",
        "President ",
        "the ministry said it. ",
        "“x",
        "É’s “ü”: ",
        "(",
        "Ann Okoro said. ",
        "and accused “b” ",
        "X said, Y said, ",
        "– ",
        "that ",
        "\n",
        "\u{0}",
    ] {
        let mut prose = Prose::default();
        prose.push(&piece.repeat(20_000), Zone::Body);
        let sentences = sentence::split(&prose, &Grains::of(&prose));
        let statements = find(&prose, &Grains::of(&prose), &sentences, &[], &[]);
        let mut quotes: Vec<Span> =
            statements.iter().flat_map(|statement| statement.quotes.clone()).collect();
        quotes.sort_unstable();
        assert!(quotes.windows(2).all(|pair| pair[0].end <= pair[1].start), "{piece:?}");
        for statement in &statements {
            assert!(statement.sentence.contains(statement.span), "{piece:?}");
            assert!(prose.text.is_char_boundary(statement.span.start as usize), "{piece:?}");
        }
    }
}

#[test]
fn a_month_that_ends_a_paragraph_is_no_date_with_what_begins_the_next() {
    let mut prose = Prose::default();
    prose.push("The president said the talks had begun in Jan", Zone::Body);
    prose.push("Tuesday brought rain.", Zone::Body);
    let grains = Grains::of(&prose);
    let sentences = sentence::split(&prose, &grains);
    let statements = find(&prose, &grains, &sentences, &[], &[]);
    let said: Vec<&str> =
        statements.iter().map(|statement| statement.span.of(&prose.text)).collect();
    assert_eq!(said, ["the talks had begun in Jan"]);
}

proptest! {
    #[test]
    fn words_in_any_order_are_read_without_panic(words in prop::collection::vec(0..WORDS.len(), 0..60)) {
        let text: Vec<&str> = words.iter().map(|index| WORDS[*index]).collect();
        let mut prose = Prose::default();
        for paragraph in text.join(" ").split('¶') {
            prose.push(paragraph.trim(), Zone::Body);
        }
        let sentences = sentence::split(&prose, &Grains::of(&prose));
        for statement in find(&prose, &Grains::of(&prose), &sentences, &[], &[]) {
            prop_assert!(statement.sentence.contains(statement.span));
            prop_assert!(statement.quotes.iter().all(|quote| statement.span.contains(*quote)));
        }
    }
}

/// Words of every class, with the marks that join them.
const WORDS: &[&str] = &[
    "Ann",
    "Okoro",
    "Okoro,",
    "NATO",
    "the",
    "a",
    "his",
    "he",
    "it",
    "they",
    "who",
    "of",
    "in",
    "to",
    "by",
    "with",
    "is",
    "has",
    "will",
    "and",
    "but",
    "as",
    "that",
    "not",
    "also",
    "Tuesday",
    "president",
    "chief",
    "officials",
    "ministry",
    "report",
    "film",
    "went",
    "said",
    "said,",
    "says",
    "saying",
    "told",
    "announced",
    "accused",
    "called",
    "call",
    "read",
    "according",
    "words",
    "dam",
    "dam.",
    "“We",
    "wait,”",
    "wait.”",
    "“tax”",
    "\"",
    "”",
    "‘",
    "’",
    ",",
    ":",
    ";",
    "–",
    "(",
    ")",
    "?",
    "!",
    "¶",
    "Opening",
    "claims",
    "Jan",
    "é",
    "quoted",
    "I",
    "there",
    "warned",
    "In",
    "As",
    "According",
];
