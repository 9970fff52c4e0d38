//! A peer's own specification of time expressions, where it means what we mean.
//!
//! `recognizers-en.jsonl` holds what an assistant is told: "book me from Monday to
//! Friday", "next April". Two thirds of it follow other conventions than news does,
//! and than TIMEX3 and EDTF ask for. A case stays out where one of its expressions is
//! of a type on which the two differ:
//!
//! | type of expression | there | here |
//! | --- | --- | --- |
//! | a range: "May 3 to 5", "between 8 and 9" | one expression | its two ends, or an interval of one word group |
//! | a time of day with its date, or a value of its own notation | a moment, to the second | the day, the time beside it |
//! | weeks, months or years from a day: "in two weeks" | one day | a week, month or year: the precision that was said |
//! | a past weekday: "last Friday" | the one of the week before | the most recent one |
//! | two numbers: "4.22", "11/5" | day or month as the assistant is set | both readings as a set, where both exist |
//! | a bare unit: "the week" | the current one | no date |
//!
//! Left are single days, months, years, parts of them and their like, which is what
//! an archive lives on. No case is left out by its name or its outcome: `differs`
//! reads the type off the expression and the value that the specification gives it.

use regex::Regex;
use serde_json::{Value, json};

use super::{figure, read, score};
use crate::support::shared;

/// Whether an expression is of a type on which the conventions differ.
fn differs(words: &str, value: &str, types: &Types) -> bool {
    let words = words.to_lowercase();
    let is_day = types.day.is_match(value);
    !types.calendar.is_match(value)
        || types.open_time.is_match(value)
        || types.range.is_match(&words) && !types.iso.is_match(&words)
        || is_day && types.unit.is_match(&words) && types.distance.is_match(&words)
        || types.past_weekday.is_match(&words)
        || types.two_numbers.is_match(&words)
        || types.bare_unit.is_match(&words)
}

struct Types {
    calendar: Regex,
    open_time: Regex,
    range: Regex,
    iso: Regex,
    day: Regex,
    unit: Regex,
    distance: Regex,
    past_weekday: Regex,
    two_numbers: Regex,
    bare_unit: Regex,
}

impl Types {
    fn new() -> Self {
        let regex = |pattern| Regex::new(pattern).unwrap();
        Self {
            calendar: regex(
                r"^(\d{3,4}|\d{4}-\d\d(-\d\d)?|\d{4}-W\d\d(-WE)?|\d{4}-[QH]\d|\d{4}-(SP|SU|FA|WI)|XXXX.*|P[\dX].*)$",
            ),
            open_time: regex(r"^XXXX-(WXX-.|..-..)T"),
            range: regex(r"\b(to|between|until|till|through)\b|\d ?- ?\d+$|-feb|-\w+ \d{4}$"),
            iso: regex(r"^\d{4}-\d"),
            day: regex(r"^\d{4}-\d\d-\d\d$"),
            unit: regex(r"\b(weeks?|fortnights?|months?|years?)\b"),
            distance: regex(r"\b(from|before|after|ago|in|since|hence|later)\b"),
            past_weekday: regex(r"^(previous|last|past) ?(mon|tues|wednes|thurs|fri|satur|sun)day"),
            two_numbers: regex(r"\b\d{1,2}[./]\d{1,2}\b"),
            bare_unit: regex(r"^(the )?(day|week|month|year|weekend)$"),
        }
    }
}

#[test]
fn dates_of_a_peers_specification_where_its_conventions_are_ours() {
    let Some(all) = shared("corpora/timex/recognizers-en.jsonl") else { return };
    let types = Types::new();
    let documents = std::fs::read_to_string(&all).unwrap();
    let kept: Vec<&str> = documents
        .lines()
        .filter(|line| {
            let document: Value = serde_json::from_str(line).unwrap();
            document["timex"].as_array().unwrap().iter().all(|timex| {
                !differs(timex["text"].as_str().unwrap(), timex["value"].as_str().unwrap(), &types)
            })
        })
        .collect();
    assert!(kept.len() > 300, "{} of the cases are left", kept.len());
    let gold = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(gold.path(), kept.join("\n")).unwrap();
    let predictions: Vec<Value> = read(gold.path())
        .iter()
        .map(|reading| json!({"doc_id": reading["id"], "timex": reading["dates"]}))
        .collect();
    let script = all.with_file_name("score.py");
    let arguments = [gold.path().to_str().unwrap()];
    let Some(said) = score(&script, &arguments, &predictions) else { return };
    assert!(figure(&said, "calendar_interval", 2) >= 85.0, "{said}");
}
