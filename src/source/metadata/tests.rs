use super::*;
use crate::source::front_matter::{self, Language};

fn read_both(sidecar: &str, front_matter: &str) -> (Metadata, Vec<Diagnostic>) {
    let statement = |language, text, is_sidecar| Statement {
        file: if is_sidecar { "content/a.toml" } else { "content/a.md" },
        text,
        lines_before: 0,
        is_sidecar,
        entries: front_matter::read(language, text).unwrap(),
    };
    read(vec![
        statement(Language::Toml, sidecar, true),
        statement(Language::Yaml, front_matter, false),
    ])
}

fn read_yaml(text: &str) -> (Metadata, Vec<Diagnostic>) {
    read_both("", text)
}

fn values(stated: &[Stated<String>]) -> Vec<&str> {
    stated.iter().map(|stated| stated.value.as_str()).collect()
}

fn value(stated: Option<&Stated<String>>) -> Option<&str> {
    stated.map(|stated| stated.value.as_str())
}

#[test]
fn a_clippers_note_is_read() {
    let (metadata, diagnostics) = read_yaml(
        "title: \"Talks \\\"resume\\\"\"\nsource: \"https://harbour.example/talks\"\nauthor:\n  - \"[[Mara Lind]]\"\n  - \"[[people/jo|Jo Bell]]\"\npublished: 2024-03-20\ncreated: 2024-04-01\ndescription:\ntags:\n  - \"clippings\"\n  - harbour\n",
    );
    assert_eq!(diagnostics, []);
    assert_eq!(value(metadata.title.as_ref()), Some("Talks \"resume\""));
    assert_eq!(value(metadata.url.as_ref()), Some("https://harbour.example/talks"));
    assert_eq!(values(&metadata.authors), ["Mara Lind", "Jo Bell"]);
    assert_eq!(metadata.authors[1].line, Some(5));
    assert_eq!(metadata.published.as_ref().unwrap().value.0.to_string(), "2024-03-20");
    assert_eq!(metadata.published.as_ref().unwrap().line, Some(6));
    assert_eq!(metadata.standfirst, None);
    assert_eq!(values(&metadata.tags), ["harbour"]);
    assert_eq!(metadata.outlet, None);
}

#[test]
fn the_day_of_clipping_is_no_publication_date() {
    assert_eq!(read_yaml("created: 2024-04-01").0.published, None);
}

#[test]
fn names_may_be_spelt_in_many_ways_and_stand_in_tables() {
    let (metadata, diagnostics) = read_yaml(
        "Title: A\npublishDate: 2024-03-20\nlastmod: 2024-03-21T10:00:00Z\nextra:\n  Site-Name: The Harbour\ntaxonomies:\n  tags: [\"#one\", two, ONE]\nparams:\n  title: B\n",
    );
    assert_eq!(diagnostics, []);
    assert_eq!(value(metadata.title.as_ref()), Some("A"));
    assert_eq!(value(metadata.outlet.as_ref()), Some("The Harbour"));
    assert_eq!(metadata.updated.unwrap().value.1.unwrap().to_string(), "10:00Z");
    assert_eq!(values(&metadata.tags), ["one", "two"]);
    assert!(metadata.published.is_some());
}

#[test]
fn the_sidecar_wins_field_by_field() {
    let (metadata, _) = read_both(
        "title = \"Ours\"\npublished = \"someday\"",
        "title: Theirs\nkicker: K\ndate: 2024-03-20",
    );
    let title = metadata.title.unwrap();
    assert_eq!((title.value.as_str(), title.sidecar, title.line), ("Ours", true, Some(1)));
    assert_eq!(value(metadata.kicker.as_ref()), Some("K"));
    let published = metadata.published.unwrap();
    assert!(!published.sidecar, "a value that cannot be read leaves the field to the next");
}

#[test]
fn bylines_are_split_into_names() {
    for (text, expected) in [
        ("Mara Lind and Jo Bell", &["Mara Lind", "Jo Bell"][..]),
        ("By Mara Lind, Jo Bell, and Ann Roe", &["Mara Lind", "Jo Bell", "Ann Roe"]),
        ("Mara Lind, Jr.", &["Mara Lind, Jr."]),
        ("[[Mara Lind]], [[x|Jo Bell]]", &["Mara Lind", "Jo Bell"]),
        ("Alexandra Sandor", &["Alexandra Sandor"]),
    ] {
        let names: Vec<String> = split_names(text);
        assert_eq!(names, expected, "{text:?}");
    }
}

#[test]
fn a_desk_in_brackets_is_no_part_of_a_name() {
    let authors = read_yaml("author: \"Mara Lind (Alder: harbour desk)\"").0.authors;
    assert_eq!(values(&authors), ["Mara Lind"]);
}

#[test]
fn an_address_loses_what_only_tells_where_a_reader_came_from() {
    for (written, expected) in [
        ("https://a.example/b?utm_source=x&utm_medium=y", "https://a.example/b"),
        ("https://a.example/b?id=3&utm_source=x&page=2#end", "https://a.example/b?id=3&page=2#end"),
        ("https://a.example/b?fbclid=x#end", "https://a.example/b#end"),
        ("https://a.example/b?q=utm_source", "https://a.example/b?q=utm_source"),
    ] {
        let metadata = read_yaml(&format!("url: {written}")).0;
        assert_eq!(value(metadata.url.as_ref()), Some(expected), "{written:?}");
    }
}

#[test]
fn a_source_is_an_address_or_a_name() {
    for (text, url, outlet, n_diagnostics) in [
        ("source: https://a.example/x", Some("https://a.example/x"), None, 0),
        ("source: \"<https://a.example/x>\"", Some("https://a.example/x"), None, 0),
        ("source: The Harbour", None, Some("The Harbour"), 0),
        ("source: file:///home/x.html", None, None, 1),
        ("url: javascript:alert(1)", None, None, 1),
        ("url: https://a.example/<script>", None, None, 1),
    ] {
        let (metadata, diagnostics) = read_yaml(text);
        assert_eq!(value(metadata.url.as_ref()), url, "{text:?}");
        assert_eq!(value(metadata.outlet.as_ref()), outlet, "{text:?}");
        assert_eq!(diagnostics.len(), n_diagnostics, "{text:?}: {diagnostics:?}");
    }
}

#[test]
fn a_wrong_value_is_named_with_its_line_and_what_to_write() {
    for (text, line, message) in [
        ("kicker: a\ntitle:\n  a: b", 2, "`title` is not a piece of text, so it is passed over"),
        ("published: 2024-02-30", 1, "`2024-02-30` is a date that does not exist"),
        ("\ndate: [1, 2]", 2, "`date` is not a date"),
        ("lang: english", 1, "`lang` is not a language code such as `en`, so it is passed over"),
        ("tags:\n  a: b", 1, "`tags` is not a list of names, so it is passed over"),
    ] {
        let (_, diagnostics) = read_yaml(text);
        assert_eq!(diagnostics.len(), 1, "{text:?}: {diagnostics:?}");
        assert_eq!(diagnostics[0].message, message);
        let place = diagnostics[0].place.as_ref().unwrap();
        assert_eq!((place.file.as_str(), place.line), ("content/a.md", Some(line)), "{text:?}");
        assert!(diagnostics[0].help.is_some());
    }
}

#[test]
fn what_says_private_stays_private_even_when_it_cannot_be_read() {
    for (text, withheld) in [
        ("draft: true", Some("`draft` is true")),
        ("draft: false", None),
        ("draft:", None),
        ("draft: maybe", Some("`draft` cannot be read")),
        ("publish: false", Some("`publish` is false")),
        ("publish: no", Some("`publish` is false")),
        ("publish: 2024-03-20", Some("`publish` cannot be read")),
        ("published: false", Some("`published` is false")),
        ("published: true", None),
        ("tlp: TLP:GREEN", None),
        ("tlp: orange", Some("`tlp` cannot be read")),
        ("tlp: [red]", None),
        ("tlp: [red, green]", Some("`tlp` cannot be read")),
        ("embargo: 2024-03-20", None),
        ("embargo: 2024-02-30", Some("`embargo` cannot be read")),
        ("publish_after: soon", Some("`publish_after` cannot be read")),
    ] {
        let (metadata, diagnostics) = read_yaml(text);
        assert_eq!(metadata.withheld.as_deref(), withheld, "{text:?}");
        let unreadable = withheld.is_some_and(|reason| reason.contains("cannot"));
        assert_eq!(diagnostics.len(), usize::from(unreadable), "{text:?}: {diagnostics:?}");
    }
    let (metadata, _) = read_both("draft = false\ntlp = \"red\"", "draft: true\ntlp: clear");
    assert_eq!((metadata.withheld, metadata.tlp.unwrap().value), (None, Tlp::Red));
}

#[test]
fn a_sidecars_unknown_name_is_a_mistake_and_front_matters_is_not() {
    let (_, diagnostics) =
        read_both("titel = \"x\"\ncssclass = \"y\"", "cssclass: wide\nlayout: post");
    let found: Vec<(&str, &str)> = diagnostics
        .iter()
        .map(|found| (found.message.as_str(), found.help.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(found[0], ("there is no field `titel`", "did you mean `title`?"));
    assert_eq!(found[1].0, "there is no field `cssclass`");
    assert_eq!(found.len(), 2);
}
