//! The records that other programs read.

use std::io::Write;

use assert_cmd::Command;
use serde_json::{Value, json};

fn annals() -> Command {
    Command::cargo_bin("annals").unwrap()
}

fn lines(output: &[u8]) -> Vec<Value> {
    output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn a_cleaned_clipping_is_one_line_with_every_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talks.txt");
    let text = "Talks resume\n\nBy Jonas Vey\n\nPosted March 3, 2021 7:46 am.\n\nPORT ALDER (Reuters) - The envoy said on Monday that talks would go on for as long as they had to.\n\nShare\nTweet\n";
    std::fs::write(&file, text).unwrap();
    let output = annals()
        .args(["clean", "--format", "json"])
        .arg(&file)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let records = lines(&output);
    assert_eq!(records.len(), 1);
    let record = &records[0];
    for key in [
        "file",
        "title",
        "standfirst",
        "byline",
        "outlet",
        "agency",
        "dateline",
        "url",
        "published",
        "updated",
        "language",
        "captions",
        "credits",
        "blocks",
        "markdown",
        "lines",
    ] {
        assert!(record.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(record["title"], "Talks resume");
    assert_eq!(record["byline"], json!(["Jonas Vey"]));
    assert_eq!(record["agency"], "Reuters");
    assert_eq!(record["dateline"], json!({"place": "PORT ALDER", "agency": "Reuters"}));
    assert_eq!(record["published"]["edtf"], "2021-03-03");
    assert_eq!(record["published"]["time"], "07:46");
    assert_eq!(record["published"]["basis"], "stated");
    assert_eq!(record["blocks"][0]["kind"], "paragraph");
    assert_eq!(record["blocks"][0]["lines"], json!([7, 7]));
    assert_eq!(record["lines"].as_array().unwrap().len(), text.lines().count());
}

#[test]
fn a_stream_gives_a_line_for_a_line_in_order() {
    let input = [
        r#"{"id": 1, "text": "Mara Lindqvist met Vučić on Friday. “We agree,” Lindqvist said.", "date": "2022-08-17"}"#,
        "this is no record",
        r#"{"id": "b", "text": 7}"#,
        r#"{"id": "c", "text": "", "date": null}"#,
        r#"{"id": "d", "text": "Nothing.", "date": "31 February"}"#,
    ]
    .join("\n");
    let output = annals()
        .args(["read", "--jsonl"])
        .write_stdin(input)
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let records = lines(&output);
    let ids: Vec<&Value> =
        records.iter().map(|record| record.get("id").unwrap_or(&record["line"])).collect();
    assert_eq!(ids, [&json!(1), &json!(2), &json!("b"), &json!("c"), &json!("d")]);
    assert!(
        records[1]["error"].is_string()
            && records[2]["error"].is_string()
            && records[4]["error"].is_string()
    );
    let first = &records[0];
    for key in ["mentions", "statements", "dates", "events"] {
        assert!(first[key].is_array(), "{key} is missing");
    }
    // Code points, not bytes: two letters before "on Friday" take two bytes each.
    let friday =
        first["dates"].as_array().unwrap().iter().find(|date| date["text"] == "Friday").unwrap();
    assert_eq!((friday["start"].as_u64(), friday["end"].as_u64()), (Some(28), Some(34)));
    assert_eq!(friday["value"], "2022-08-12");
    assert_eq!(first["statements"][0]["speaker"]["name"], "Mara Lindqvist");
}

#[test]
fn explain_shows_every_line_with_its_fate() {
    let mut file = tempfile::NamedTempFile::with_suffix(".txt").unwrap();
    write!(file, "Talks resume\n\nThe envoy said that talks would go on for as long as they had to.\n\nShare\n").unwrap();
    let output = annals()
        .args(["clean", "--explain", "--color", "never"])
        .arg(file.path())
        .assert()
        .success();
    let shown = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    for expected in
        ["1 title      Talks resume", "3 body       The envoy", "5 removed    Share", "1 removed"]
    {
        assert!(shown.contains(expected), "{expected:?} is not in\n{shown}");
    }
}
