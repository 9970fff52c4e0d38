use super::*;

fn register(text: &str) -> (Register, Vec<String>) {
    let (register, diagnostics) = Register::read("actors.toml", text);
    let told = diagnostics
        .iter()
        .map(|diagnostic| {
            let line = diagnostic.place.as_ref().and_then(|place| place.line).unwrap_or(0);
            let help = diagnostic.help.as_deref().unwrap_or("");
            format!("{line}: {} | {help}", diagnostic.message)
        })
        .collect();
    (register, told)
}

#[test]
fn the_built_in_list_is_read_and_in_order() {
    let register = Register::default();
    for (id, name, kind) in [
        ("serbia", "Serbia", Kind::State),
        ("nato", "NATO", Kind::Organisation),
        ("kfor", "KFOR", Kind::Mission),
    ] {
        let actor = register.actor(id).unwrap();
        assert_eq!((&*actor.name, actor.kind, actor.registered), (name, kind, false));
    }
    assert_eq!(&*register.by_demonym("serbian").unwrap().id, "serbia");
    let (_, diagnostics) = Register::read("actors.toml", "");
    assert_eq!(diagnostics, Vec::new());
}

#[test]
fn an_entry_is_read_whole() {
    let (register, told) = register(
        r#"
        ignore = ["Port Alder Gazette"]
        [[actor]]
        id = "mara-lindqvist"
        name = "Mara Lindqvist"
        kind = "person"
        aliases = ["Lindqvist", { name = "Mara Holm", to = 1998-12-31 }]
        roles = [{ title = "Envoy", of = "osce", from = 1998-04-01, to = "1999-06-30" }]
        note = "resigned"
        "#,
    );
    assert_eq!(told, Vec::<String>::new());
    let actor = register.actor("mara-lindqvist").unwrap();
    let names: Vec<&str> = actor.names().collect();
    assert_eq!(names, ["Mara Lindqvist", "Lindqvist", "Mara Holm"]);
    assert_eq!(actor.roles[0].of.as_deref(), Some("osce"));
    assert!(actor.registered);
    assert!(register.ignores("port alder gazette"));
}

#[test]
fn an_entry_for_a_built_in_actor_adds_to_it() {
    let (register, told) =
        register("[[actor]]\nid = \"nato\"\nname = \"Nato\"\naliases = [\"Otan\"]\n");
    assert_eq!(told, Vec::<String>::new());
    let actor = register.actor("nato").unwrap();
    assert_eq!((&*actor.name, actor.kind, actor.registered), ("Nato", Kind::Organisation, true));
    assert!(actor.names().any(|name| name == "Otan"));
    assert!(actor.names().any(|name| name == "NATO"));
}

#[test]
fn every_mistake_is_told_with_its_line_and_a_way_out() {
    let entry = "[[actor]]\nid = \"mara\"\nname = \"Mara Holm\"\nkind = \"person\"\n";
    for (text, expected) in [
        ("alias = [\"M\"]", "5: an actor has no key `alias` | did you mean `aliases`?"),
        (
            "aliases = [7]",
            "5: `aliases` wants a name or a table, not an integer | write it between double quotes",
        ),
        ("roles = [\"Envoy\"]", "5: `roles` wants a table, not a string | write `{ title = "),
        (
            "aliases = [{ name = \"M\", from = 2020, to = 2019 }]",
            "5: it ends before it begins; both dates are left out | swap `from` and `to`",
        ),
        ("roles = [{ title = \"Envoy\", to = \"soon\" }]", "5: `soon` is no date | write it as"),
        ("aliases = [\"the\"]", "5: `the` stands in every text and is left out"),
        ("aliases = [\" \"]", "5: an empty alias is left out | write the name, or remove"),
        (
            "of = \"natoo\"",
            "5: `natoo` is no actor that `mara` could belong to | did you mean `nato`?",
        ),
        ("of = \"mara\"", "5: `mara` belongs to itself in the end | remove one `of` of the circle"),
        ("aliases = [\"NATO\"]", "5: `NATO` is a name of `nato` and of `mara` | it counts only"),
        ("roles = [{ of = \"nato\" }]", "5: a role without a title is left out | add `title"),
        (
            "roles = [{ title = \"Envoy\", from = \"2020-05-02\", to = \"2020-05-01\" }]",
            "5: it ends before it begins; both dates are left out | swap `from` and `to`",
        ),
        (
            "[[actor]]\nid = \"mara\"\nname = \"M\"",
            "6: `mara` stands twice; this entry is left out",
        ),
        ("[[actor]]\nnote = \"x\"", "5: an actor without id and name is left out"),
        ("ignor = 3", "5: an actor has no key `ignor` | "),
    ] {
        let (register, told) = register(&format!("{entry}{text}\n"));
        assert!(told.len() == 1 && told[0].starts_with(expected), "{text}: {told:#?}");
        assert!(register.actor("mara").is_some(), "{text}: the rest is used");
    }
}

#[test]
fn broken_toml_is_an_error_and_what_is_whole_is_used() {
    let (register, diagnostics) = Register::read(
        "actors.toml",
        "[[actor]]\nname = \"Mara Holm\"\nkind = \"person\"\n[[actor]]\nname = = \"x\"\n",
    );
    assert_eq!(diagnostics[0].severity, crate::diagnostic::Severity::Error);
    assert_eq!(diagnostics[0].place.as_ref().unwrap().line, Some(5));
    assert!(register.actor("mara-holm").is_some());
    assert_eq!(diagnostics.len(), 1, "nothing is said of what the error left half-read");
}

#[test]
fn an_alias_with_a_time_counts_in_articles_of_that_time() {
    let (register, told) = register(
        "[[actor]]\nid = \"old\"\nname = \"Old Union\"\nkind = \"organisation\"\n\
         aliases = [{ name = \"Alder Union\", to = 1998 }]\n\
         [[actor]]\nid = \"new\"\nname = \"New Union\"\nkind = \"organisation\"\n\
         aliases = [{ name = \"Alder Union\", from = 1999 }]\n",
    );
    assert_eq!(told, Vec::<String>::new(), "at no time is it a name of both");
    let text = "Alder Union";
    let found = register.names().find(text, openings(text));
    let name = register.names().name(found[0].name);
    let names::Sense::Actors(claims) = &name.sense else { panic!("{name:?}") };
    for (when, expected) in
        [(Some("1998-12-31"), &["old"][..]), (Some("2001"), &["new"]), (None, &["old", "new"])]
    {
        let when = when.and_then(When::parse);
        let claimed = name.claimed(claims, when.as_ref());
        let ids: Vec<&str> =
            claimed.iter().map(|index| &*register.actors()[*index as usize].id).collect();
        assert_eq!(ids, expected, "{when:?}");
    }
}

#[test]
fn a_place_in_the_file_is_found_again() {
    let (register, _) = register(
        "[[actor]]\nname = \"Mara Holm\"\nkind = \"person\"\n\
         aliases = [\"Holm\"]\nroles = [{ title = \"Envoy\", evidence = \"her letter\" }]\n",
    );
    let line = |diagnostic: Diagnostic| diagnostic.place.and_then(|place| place.line);
    let note = || Diagnostic::note("a", "b");
    assert_eq!(line(register.at_name(note(), "mara-holm", "Holm")), Some(4));
    assert_eq!(line(register.at_role(note(), "mara-holm", 0)), Some(5));
    assert_eq!(line(register.at_name(note(), "serbia", "Serbia")), None);
    let role = &register.actor("mara-holm").unwrap().roles[0];
    assert_eq!(role.evidence.as_deref(), Some("her letter"));
}

#[test]
fn a_kind_is_corrected_and_a_missing_one_is_told() {
    let (_, told) = register("[[actor]]\nname = \"Mara Holm\"\nkind = \"persn\"\n");
    assert_eq!(told[0], "3: `persn` is no kind of actor | did you mean `person`?");
    assert!(told[1].starts_with("2: `mara-holm` has no kind"), "{told:?}");
}

#[test]
fn circles_of_any_length_are_cut() {
    let (register, told) = register(
        "[[actor]]\nid = \"a\"\nname = \"A A\"\nkind = \"group\"\nof = \"b\"\n\
         [[actor]]\nid = \"b\"\nname = \"B B\"\nkind = \"group\"\nof = \"c\"\n\
         [[actor]]\nid = \"c\"\nname = \"C C\"\nkind = \"group\"\nof = \"a\"\n",
    );
    assert_eq!(told.len(), 1, "{told:?}");
    let mut at = register.actor("a").unwrap();
    for _ in 0..3 {
        let Some(parent) = &at.parent else { return };
        at = register.actor(parent).unwrap();
    }
    panic!("the circle is still closed");
}

/// Wherever a name may begin.
fn openings(text: &str) -> impl Iterator<Item = names::Opening> + Clone {
    let begins = |place: &usize| !text[..*place].ends_with(char::is_alphanumeric);
    let places = text.char_indices().map(|(place, _)| place).filter(begins);
    places.filter_map(|place| names::Opening::of(text, place))
}

#[test]
fn names_are_found_as_they_are_printed() {
    let (register, _) =
        register("[[actor]]\nname = \"Đorđe Vučić\"\nkind = \"person\"\naliases = [\"Vučić\"]\n");
    for (text, expected) in [
        ("Vucic met Djordje and VUČIĆ", &["Vucic", "VUČIĆ"][..]),
        ("Vučićeva street", &[]),
        ("the vucic of old", &[]),
        ("Tell us who is in the US", &["US"]),
        ("the U.S. and the UN, not un or Un", &["U.S.", "UN"]),
        ("NATO, Nato, nato", &["NATO", "Nato"]),
        ("North Koreans fled North Korea", &["North Korea"]),
        ("ĐORĐE VUČIĆ", &["ĐORĐE VUČIĆ"]),
        ("한국 ẞẞ Serbia", &["Serbia"]),
    ] {
        let found: Vec<&str> = register
            .names()
            .find(text, openings(text))
            .iter()
            .map(|found| found.span.of(text))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }
}
