use super::*;

fn errors(text: &str) -> Vec<(String, Option<u32>, String)> {
    Config::read("annals.toml", text)
        .unwrap_err()
        .into_iter()
        .map(|found| {
            let line = found.place.and_then(|place| place.line);
            (found.message, line, found.help.unwrap_or_default())
        })
        .collect()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    assert_eq!(Config::read("annals.toml", "").unwrap(), (Config::default(), vec![]));
}

#[test]
fn a_misspelt_key_names_its_line_and_the_nearest_one() {
    let text = "title = \"Harbour\"\n\n[publish]\nmax_tpl = \"green\"\n\n[[outlet]]\nnme = \"x\"\n";
    let found = errors(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].0, "there is no setting `max_tpl` in `publish`");
    assert_eq!(found[0].1, Some(4));
    assert!(found[0].2.contains("did you mean `max_tlp`?"), "{found:?}");
    assert_eq!(found[1].1, Some(7));
}

#[test]
fn a_wrong_value_is_shown_where_it_stands() {
    for (text, line, part) in [
        ("title = 3", 1, "expected a string"),
        ("\n[publish]\nmax_tlp = \"orange\"", 3, "unknown variant `orange`"),
        ("[links]\noff = [\"date\"]", 2, "unknown variant `date`"),
        ("[links]\nactors = \"chapter\"", 2, "unknown variant `chapter`"),
        ("base_url = \"user.example/repo\"", 1, "names no scheme"),
        ("base_url = \"https://user.example/?a=1\"", 1, "query"),
        ("base_url = \"ftp://user.example/\"", 1, "neither"),
        ("base_url = \"https:///x\"", 1, "names no host"),
        ("language = \"english language\"", 1, "language code"),
        ("title = \"a\"\ntitle = \"b\"", 2, "duplicate key"),
        ("a = [", 1, ""),
    ] {
        let found = errors(text);
        assert_eq!(found[0].1, Some(line), "{text:?}: {found:?}");
        assert!(found[0].0.contains(part), "{text:?}: {found:?}");
    }
}

#[test]
fn an_address_has_one_form_and_a_path() {
    for (url, stored, path) in [
        ("https://user.example", "https://user.example/", ""),
        ("https://User.example/repo", "https://user.example/repo/", "/repo"),
        ("http://localhost:8080/a/b//", "http://localhost:8080/a/b/", "/a/b"),
        ("", "", ""),
    ] {
        let (config, _) = Config::read("annals.toml", &format!("base_url = \"{url}\"")).unwrap();
        assert_eq!((config.base_url.as_str(), config.base_path()), (stored, path), "{url:?}");
    }
}

#[test]
fn a_domain_may_be_pasted_as_an_address() {
    let text = "[[outlet]]\nname = \"Harbour\"\ndomains = [\"https://www.Harbour.example/news\"]";
    let (config, _) = Config::read("annals.toml", text).unwrap();
    assert_eq!(config.outlet[0].domains, ["harbour.example"]);
}

fn inks() -> Inks {
    let ink = || Some("#123456".to_owned());
    Inks {
        paper: ink(),
        sheet: ink(),
        ink: ink(),
        soft: ink(),
        rule: ink(),
        strong: ink(),
        accent: ink(),
        quiet: ink(),
        shine: ink(),
    }
}

#[test]
fn a_value_of_the_theme_is_one_value() {
    for (text, expected) in [
        ("[theme]\naccent = \"#0b5cad\"\nserif = \"Georgia, 'Times New Roman', serif\"", ""),
        ("[theme]\naccent = \"red} body{display:none\"", "theme.accent"),
        ("[theme.dark]\npaper = \"url(https://a.example/x.png)\"", "theme.paper"),
        ("[theme]\nacent = \"red\"", "no setting `acent` in `theme`"),
        ("[theme.dark]\nserif = \"x\"", "no setting `serif` in `theme.dark`"),
    ] {
        match Config::read("annals.toml", text) {
            Ok(_) => assert_eq!(expected, "", "{text}"),
            Err(errors) => assert!(
                !expected.is_empty() && errors[0].message.contains(expected),
                "{text}: {errors:?}"
            ),
        }
    }
}

/// Editors check `annals.toml` by this file. `UPDATE_DOCS=1 cargo test schema` writes it.
#[test]
fn the_schema_is_that_of_the_structs() {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".to_owned(), "annals.toml".into());
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    crate::text::documented("docs/annals.schema.json", &text);
}

/// The table of known keys and the structs say the same.
#[test]
fn every_field_is_a_known_key() {
    let terms = Terms {
        tlp: Some(Tlp::Clear),
        publish_after: Day::new(2030, 1, 1),
        full_text: Some(true),
        ..Terms::default()
    };
    let patterns = Patterns {
        drop: vec![],
        start: Some("a".to_owned()),
        end: Some("b".to_owned()),
        title: Some("c".to_owned()),
        published: Some("d".to_owned()),
    };
    let outlet = Outlet { name: "a".to_owned(), domains: vec![], terms: terms.clone(), patterns };
    let config = Config {
        outlet: vec![outlet],
        folder: vec![Folder { path: "b".to_owned(), terms }],
        theme: Look {
            light: inks(),
            serif: Some("Georgia".to_owned()),
            sans: Some("Arial".to_owned()),
            dark: inks(),
        },
        ..Config::default()
    };
    let table = toml::Table::try_from(&config).unwrap();
    let keys = |table: &toml::Table| {
        let mut keys: Vec<String> = table.keys().cloned().collect();
        keys.sort();
        keys
    };
    let actual = [
        keys(&table),
        keys(table["publish"].as_table().unwrap()),
        keys(table["links"].as_table().unwrap()),
        keys(table["theme"].as_table().unwrap()),
        keys(table["theme"]["dark"].as_table().unwrap()),
        keys(table["outlet"][0].as_table().unwrap()),
        keys(table["folder"][0].as_table().unwrap()),
    ];
    for ((name, known), actual) in KNOWN.iter().zip(actual) {
        let mut known: Vec<&str> = known.to_vec();
        known.sort_unstable();
        assert_eq!(actual, known, "{name:?}");
    }
}
