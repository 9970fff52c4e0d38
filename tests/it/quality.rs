//! Precision and recall on annotated data, with floors that only rise.
//!
//! The data is other people's text and not part of this repository; the tests
//! skip where it, or Python for its scorers, is not at hand. Each corpus brings a
//! `score.py` of its own, which has the last word.

use std::path::Path;
use std::process::Command as Process;

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::support::shared;

mod assistant;

/// Runs `annals` on `input` and gives its output line by line.
fn annals(arguments: &[&str], input: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("annals").unwrap();
    let run = command.current_dir(folder.path()).args(arguments).write_stdin(input).assert();
    let output = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The readings of every document of `gold`.
fn read(gold: &Path) -> Vec<Value> {
    let documents = std::fs::read_to_string(gold).unwrap();
    let input: String = documents
        .lines()
        .map(|line| {
            let document: Value = serde_json::from_str(line).unwrap();
            json!({"id": document["doc_id"], "text": document["text"], "date": document["dct"]})
                .to_string()
                + "\n"
        })
        .collect();
    annals(&["read", "--jsonl"], &input)
}

/// What `score.py` prints of `predictions`; `None`, said aloud, without Python.
fn score(script: &Path, arguments: &[&str], predictions: &[Value]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    let lines: String = predictions.iter().map(|line| line.to_string() + "\n").collect();
    std::fs::write(file.path(), lines).unwrap();
    let output =
        Process::new("python3").arg(script).args(arguments).arg(file.path()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!said.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(said)
}

/// The `column`-th number of the line that begins with `name`, counted from 0; the
/// 1 of `F1` is one.
fn figure(said: &str, name: &str, column: usize) -> f64 {
    let line = said.lines().find(|line| line.trim_start().starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no {name:?} in\n{said}"));
    let rest = &line[line.find(name).unwrap() + name.len()..];
    let numbers =
        rest.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|word| word.parse().ok());
    numbers.collect::<Vec<f64>>()[column]
}

#[test]
fn dates_in_news() {
    for (file, value, interval) in
        [("news-dev", 99.0, 99.0), ("wikinews-dev", 96.5, 97.0), ("wikiwars-dev", 83.0, 89.5)]
    {
        let Some(gold) = shared(&format!("corpora/timex/{file}.jsonl")) else { return };
        let predictions: Vec<Value> = read(&gold)
            .iter()
            .map(|reading| json!({"doc_id": reading["id"], "timex": reading["dates"]}))
            .collect();
        let script = gold.with_file_name("score.py");
        let Some(said) = score(&script, &[gold.to_str().unwrap()], &predictions) else { return };
        assert!(figure(&said, "value ", 2) >= value, "{file}\n{said}");
        assert!(figure(&said, "calendar_interval", 2) >= interval, "{file}\n{said}");
    }
}

#[test]
fn names_in_news() {
    for (file, names) in [("gum", 83.5), ("pud", 88.0), ("re3d", 82.0)] {
        let Some(gold) = shared(&format!("corpora/actors/ner.{file}.dev.jsonl")) else { return };
        let kind = |mention: &Value| match mention["kind"].as_str().unwrap() {
            "person" => "PER",
            "state" | "place" => "LOC",
            _ => "ORG",
        };
        let predictions: Vec<Value> = read(&gold)
            .iter()
            .map(|reading| {
                let mentions: Vec<Value> = reading["mentions"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|mention| json!({"start": mention["start"], "end": mention["end"], "type": kind(mention)}))
                    .collect();
                json!({"doc_id": reading["id"], "mentions": mentions})
            })
            .collect();
        let script = gold.with_file_name("score.py");
        let Some(said) = score(&script, &["ner", gold.to_str().unwrap()], &predictions) else {
            return;
        };
        assert!(figure(&said, "names untyped", 3) >= names, "{file}\n{said}");
    }
}

/// Which names of one document mean one actor, of the names that are found.
#[test]
fn variants_of_names_in_news() {
    let Some(gold) = shared("corpora/actors/ner.gum.dev.jsonl") else { return };
    let texts = std::fs::read_to_string(&gold).unwrap();
    let (mut found, mut predictions) = (String::new(), Vec::new());
    for (line, reading) in texts.lines().zip(read(&gold)) {
        let mut document: Value = serde_json::from_str(line).unwrap();
        let mut clusters = Vec::new();
        let mentions = reading["mentions"].as_array().unwrap();
        document["mentions"].as_array_mut().unwrap().retain(|name| {
            let same =
                |own: &&Value| (&own["start"], &own["end"]) == (&name["start"], &name["end"]);
            let own = mentions.iter().find(same);
            clusters.extend(own.map(
                |own| json!({"start": own["start"], "end": own["end"], "cluster": own["actor"]}),
            ));
            own.is_some()
        });
        found += &(document.to_string() + "\n");
        predictions.push(json!({"doc_id": reading["id"], "mentions": clusters}));
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), found).unwrap();
    let arguments = ["clusters", file.path().to_str().unwrap()];
    let Some(said) = score(&gold.with_file_name("score.py"), &arguments, &predictions) else {
        return;
    };
    assert!(figure(&said, "b-cubed", 3) >= 97.0, "{said}");
}

#[test]
fn quotations_and_statements_in_news() {
    let Some(gold) = shared("corpora/actors/quotes.gum.dev.jsonl") else { return };
    let spoken = |span: &Value, statement: &Value| {
        let speaker = &statement["speaker"];
        json!({
            "start": span["start"], "end": span["end"],
            "speaker": speaker["text"], "speaker_name": speaker["name"],
            "speaker_start": speaker["start"], "speaker_end": speaker["end"],
        })
    };
    let predictions: Vec<Value> = read(&gold)
        .iter()
        .map(|reading| {
            let statements = reading["statements"].as_array().unwrap();
            let quotes = statements.iter().flat_map(|statement| {
                statement["quotes"].as_array().unwrap().iter().map(|quote| spoken(quote, statement))
            });
            let all = statements.iter().map(|statement| spoken(statement, statement));
            json!({"doc_id": reading["id"], "quotes": quotes.collect::<Vec<_>>(), "statements": all.collect::<Vec<_>>()})
        })
        .collect();
    let script = gold.with_file_name("score.py");
    let Some(said) = score(&script, &["quotes", gold.to_str().unwrap()], &predictions) else {
        return;
    };
    assert!(figure(&said, "found relaxed", 3) >= 97.0, "{said}");
    assert!(figure(&said, "joint surface", 3) >= 97.0, "{said}");
    let Some(said) = score(&script, &["statements", gold.to_str().unwrap()], &predictions) else {
        return;
    };
    assert!(figure(&said, "joint surface", 3) >= 65.0, "{said}");
}

/// What cleaning reaches on a corpus: at least these figures, at most these losses.
struct Floors {
    body: f64,
    title: f64,
    date: f64,
    /// Precision and recall of authors.
    authors: (f64, f64),
    /// Articles that lost more than a twentieth, and more than half.
    lost: (f64, f64),
}

/// Cleans `files` and holds what `script` says of the records to `floors`.
fn check_cleaned(files: &[String], script: &Path, kind: &str, floors: &Floors) {
    let mut arguments = vec!["clean", "--quiet", "--format", "json"];
    arguments.extend(files.iter().map(String::as_str));
    let records = annals(&arguments, "");
    // The scorer tells records from folders by the name.
    let file = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
    let lines: String = records.iter().map(|line| line.to_string() + "\n").collect();
    std::fs::write(file.path(), lines).unwrap();
    let run = Process::new("python3").arg(script).arg(file.path()).args(["--raw", kind]).output();
    let Ok(output) = run else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(figure(&said, "body   F1", 0) >= floors.body, "{said}");
    let meta = |column: usize| figure(&said, "meta   title", column);
    assert!(meta(0) >= floors.title, "{said}");
    assert!(meta(2) >= floors.date, "{said}");
    assert!(said.contains("invented 0"), "{said}");
    assert!(meta(7) >= floors.authors.0 && meta(8) >= floors.authors.1, "{said}");
    // the thresholds of both losses are numbers too
    let lost = |column: usize| figure(&said, "safety", column);
    assert!(lost(1) <= floors.lost.0 && lost(3) <= floors.lost.1, "{said}");
    // saved pages have no lines that the scorer could count
    assert!(said.contains("ledger 1.000") || said.contains("(n=0)"), "{said}");
}

/// Every file of `folder` that ends with `ending`, in order.
fn files_in(folder: &Path, ending: &str) -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .filter(|path| path.ends_with(ending))
        .collect();
    files.sort();
    files
}

#[test]
fn cleaned_clippings() {
    let clip =
        Floors { body: 0.953, title: 0.974, date: 0.977, authors: (0.92, 0.76), lost: (28.0, 0.0) };
    let page =
        Floors { body: 0.940, title: 0.953, date: 0.975, authors: (0.92, 0.80), lost: (24.0, 0.0) };
    for (kind, floors) in [("raw-clip", clip), ("raw-page", page)] {
        let Some(folder) = shared(&format!("corpora/cleaning/{kind}")) else { return };
        let script = folder.with_file_name("score.py");
        check_cleaned(&files_in(&folder, ".txt"), &script, kind, &floors);
    }
}

/// No more than a twentieth of the sentences between the headline and the last line of a
/// text goes for a reason that is not sure.
#[test]
fn cleaned_clippings_lose_little_for_unsure_reasons() {
    const UNSURE: [&str; 12] = [
        "unlike the text around it: teaser, menu or prompt",
        "between headline and text",
        "sentence between headline and text",
        "words that describe a picture",
        "stamp inside the text",
        "byline inside the text",
        "invitation to sign in or subscribe",
        "newsletter prompt",
        "cookie notice",
        "shopping notice",
        "page footer",
        "note on the author",
    ];
    for kind in ["raw-clip", "raw-page"] {
        let Some(folder) = shared(&format!("corpora/cleaning/{kind}")) else { return };
        let files = files_in(&folder, ".txt");
        let mut arguments = vec!["clean", "--quiet", "--format", "json"];
        arguments.extend(files.iter().map(String::as_str));
        for (file, record) in files.iter().zip(annals(&arguments, "")) {
            let text = std::fs::read_to_string(file).unwrap();
            let ledger = record["lines"].as_array().unwrap();
            let is_body = |line: &&Value| line["fate"] == "body";
            let is_dated = !record["dateline"].is_null();
            let is_head = |line: &Value| !is_dated && line["fate"] == "title";
            let first = ledger.iter().position(|line| is_head(line) || is_body(&line));
            let Some(last) = ledger.iter().rposition(|line| is_body(&line)) else { continue };
            let (mut kept, mut gone) = (0, 0);
            for (line, text) in ledger.iter().zip(text.lines()).take(last).skip(first.unwrap_or(0))
            {
                let words = text.split_whitespace().count();
                let end = text.trim_end().trim_end_matches(['”', '"', '“', '«', '»', '’', ')']);
                if words < 8 || !end.ends_with(['.', '!', '?']) || end.ends_with("...") {
                    continue;
                }
                match line["rule"].as_str() {
                    _ if is_body(&line) => kept += words,
                    Some(rule) if UNSURE.contains(&rule) => gone += words,
                    _ => {}
                }
            }
            // words are not counted quite as the cleaner counts them
            assert!(gone * 16 <= kept + gone, "{file}: {gone} of {} words", kept + gone);
        }
    }
}

#[test]
fn cleaned_saved_pages() {
    const UNPACK: &str = "import gzip, os, sys\nfor path in sys.argv[2:]:\n    \
        name = os.path.basename(path)[:-3]\n    \
        open(os.path.join(sys.argv[1], name), 'wb').write(gzip.open(path).read())";
    let Some(packed) = shared("corpora/cleaning-html/html") else { return };
    let folder = tempfile::tempdir().unwrap();
    let unpack = Process::new("python3")
        .args(["-c", UNPACK])
        .arg(folder.path())
        .args(files_in(&packed, ".gz"))
        .status();
    if unpack.is_err() {
        return;
    }
    let floors =
        Floors { body: 0.963, title: 0.96, date: 0.93, authors: (0.93, 0.73), lost: (8.0, 0.0) };
    let script = packed.with_file_name("score.py");
    check_cleaned(&files_in(folder.path(), ".html"), &script, "raw-page", &floors);
}
