use super::*;

/// What `serde_json` writes, with the five characters as escapes.
fn by_the_library(record: &impl Serialize) -> String {
    let mut text = serde_json::to_string(record).unwrap();
    for (character, escape) in [
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u{2028}", "\\u2028"),
        ("\u{2029}", "\\u2029"),
    ] {
        text = text.replace(character, escape);
    }
    text
}

fn in_pieces(record: &impl Serialize) -> String {
    let mut pieces = Vec::new();
    write_json(record, &mut pieces).unwrap();
    String::from_utf8(pieces).unwrap()
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Point,
    Circle(u8),
    Line(i64, i8),
    Text { words: &'static str },
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Tagged {
    Person { name: &'static str },
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Wrapped(&'static str);

#[derive(Serialize)]
struct Pair(&'static str, Option<bool>);

#[derive(Serialize)]
struct Inner {
    letter: char,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<u16>,
}

#[derive(Serialize)]
struct Outer {
    #[serde(flatten)]
    inner: Inner,
    shapes: Vec<Shape>,
    tagged: Tagged,
    nothing: (Unit, (), [u8; 0]),
    pair: Pair,
    wrapped: Wrapped,
    numbers: (f64, f32, f64, u64, i64),
    value: serde_json::Value,
}

#[test]
fn every_shape_of_record_is_written_as_the_library_writes_it() {
    let value = serde_json::json!({ "a&b": [1, -2.5, null, "x<y"], "": {} });
    let record = Outer {
        inner: Inner { letter: '<', absent: None },
        shapes: vec![
            Shape::Point,
            Shape::Circle(7),
            Shape::Line(-1, 1),
            Shape::Text { words: "\"\\" },
        ],
        tagged: Tagged::Person { name: "Mara" },
        nothing: (Unit, (), []),
        pair: Pair("p", Some(true)),
        wrapped: Wrapped("w"),
        numbers: (1.0, 0.1, f64::NAN, u64::MAX, i64::MIN),
        value,
    };
    let expected = by_the_library(&record);
    assert_eq!(to_json(&record), expected);
    assert_eq!(in_pieces(&record), expected);
}

#[test]
fn records_of_a_list_are_parted() {
    let record = |rule: &'static str| ("<", rule);
    let one = to_json(&record("a"));
    let both = to_json_list([record("a"), record("b")], ",\n");
    assert_eq!(both, [one, to_json(&record("b"))].join(",\n"));
    assert_eq!(to_json_list(std::iter::empty::<()>(), ","), "");
}

#[test]
fn a_record_that_cannot_be_written_says_so_in_its_place() {
    let by_number = std::collections::BTreeMap::from([(1, "a")]);
    let error = "{\"error\":\"a key of an object is no text\"}";
    assert_eq!(to_json_list([&by_number], ","), error);
    assert!(write_json(&by_number, &mut Vec::new()).is_err());
}

#[test]
fn a_long_record_is_the_same_in_pieces() {
    for text in ["a <b> é“—\u{2028}\n", "\u{2029}", "plain and 32 bytes and more of it"] {
        let record = (text.repeat(20_000), text, text.repeat(20_000));
        let expected = by_the_library(&record);
        assert!(in_pieces(&record) == expected && to_json(&record) == expected, "{text:?}");
    }
}

#[test]
fn an_output_that_fails_is_no_fault_of_the_record() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = write_json(&"a", &mut Full).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}

proptest::proptest! {
    #[test]
    fn any_text_is_written_as_the_library_writes_it(
        text in "([\\x00-\\x7f]|[<>&\"\\\\\u{2027}-\u{202a}èéâ“”—\u{a8}\u{a9}]|[a-z ]{30}|.){0,40}",
    ) {
        let expected = by_the_library(&text);
        proptest::prop_assert_eq!(to_json(&text), &*expected);
        proptest::prop_assert_eq!(in_pieces(&text), expected);
    }
}
