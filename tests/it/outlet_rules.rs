//! Rules that the owner writes for the clippings of one outlet.

use assert_cmd::Command;

const CLIPPING: &str = "The crane turns again\n\nPublished 6 May 2024\n\n\
    The old crane at the north quay turned for the first time in nine years on Monday.\n\n\
    Harbour news without paywalls is paid for by the people who read it.\n\n\
    The town put the cost at four hundred thousand, and volunteers painted the jib.\n";

/// Runs `annals` in an archive whose one outlet has `rules`; gives what it wrote.
fn run(rules: &str, arguments: &[&str], succeeds: bool) -> String {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    std::fs::write(content.join("crane.txt"), CLIPPING).unwrap();
    std::fs::write(content.join("crane.toml"), "url = \"https://gazette.example/crane\"").unwrap();
    let config =
        format!("[[outlet]]\nname = \"Gazette\"\ndomains = [\"gazette.example\"]\n{rules}\n");
    std::fs::write(folder.path().join("annals.toml"), config).unwrap();
    let run =
        Command::cargo_bin("annals").unwrap().current_dir(folder.path()).args(arguments).assert();
    let run = if succeeds { run.success() } else { run.code(1) };
    let output = run.get_output();
    let bytes = if succeeds { &output.stdout } else { &output.stderr };
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_rule_takes_a_line_out_and_is_named() {
    let rules = "drop = ['^Harbour news']";
    let markdown = run(rules, &["clean", "content/crane.txt"], true);
    assert!(!markdown.contains("Harbour news"), "{markdown}");
    let record = run(rules, &["clean", "--format", "json", "content/crane.txt"], true);
    assert!(record.contains("rule of Gazette: drop `^Harbour news`"), "{record}");
    assert_eq!(run(rules, &["check", "--format", "json"], true), "");
}

#[test]
fn check_names_a_pattern_that_decides_nothing() {
    let said = run("end = '^Nobody says this'", &["check", "--format", "json"], true);
    assert!(said.contains("outlet-rule-unused"), "{said}");
    assert!(said.contains("^Nobody says this"), "{said}");
}

#[test]
fn a_pattern_that_cannot_be_read_stops_the_build_at_its_place() {
    let said = run("drop = ['a(']", &["build"], false);
    assert!(said.contains("annals.toml:4:10"), "{said}");
    assert!(said.contains("unclosed group"), "{said}");
}
