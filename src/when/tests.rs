use proptest::prelude::*;

use super::*;

#[test]
fn reads_what_the_source_said_and_prints_it_again() {
    for (text, days) in [
        ("2022-11-07", Some(("2022-11-07", "2022-11-07"))),
        ("2024-02", Some(("2024-02-01", "2024-02-29"))),
        ("1943~", Some(("1943-01-01", "1943-12-31"))),
        ("2022-12-16?", Some(("2022-12-16", "2022-12-16"))),
        ("1990-05%", Some(("1990-05-01", "1990-05-31"))),
        ("199X", Some(("1990-01-01", "1999-12-31"))),
        ("19XX", Some(("1900-01-01", "1999-12-31"))),
        ("00XX", Some(("0001-01-01", "0099-12-31"))),
        ("2022-22", Some(("2022-06-01", "2022-08-31"))),
        ("2023-24", Some(("2023-12-01", "2024-02-29"))),
        ("9999-24", Some(("9999-12-01", "9999-12-31"))),
        ("2004-XX", Some(("2004-01-01", "2004-12-31"))),
        ("2004-06-XX", Some(("2004-06-01", "2004-06-30"))),
        ("2022-10-31/2022-11-06", Some(("2022-10-31", "2022-11-06"))),
        ("2022-07-13~/2022-08-03~", Some(("2022-07-13", "2022-08-03"))),
        ("[2022-12-09,2022-12-16]", Some(("2022-12-09", "2022-12-16"))),
        ("XXXX-11-07", None),
        ("XXXX-02-29", None),
        ("XXXX-11", None),
    ] {
        let when = When::parse(text).expect(text);
        assert_eq!(when.to_string(), text);
        let actual = when.first().zip(when.last());
        let expected = days.map(|(first, last)| (Day::parse(first), Day::parse(last)));
        assert_eq!(actual.map(|(first, last)| (Some(first), Some(last))), expected, "{text:?}");
    }
}

#[test]
fn an_open_end_has_no_day() {
    let since = When::parse("2022-11-01/..").unwrap();
    assert_eq!((since.first(), since.last()), (Day::new(2022, 11, 1), None));
    let until = When::parse("../2022-09-01").unwrap();
    assert_eq!((until.first(), until.last()), (None, Day::new(2022, 9, 1)));
}

#[test]
fn what_no_calendar_has_is_no_date() {
    for text in [
        "",
        "98-04-12",
        "2022-02-30",
        "2022-04-31",
        "2022-13",
        "2022-25",
        "0000",
        "99999",
        "2022-1-1",
        "2022-11-07T10:00",
        "2022-11-07-01",
        "XXXX-02-30",
        "199X-05",
        "2022/2021",
        "../..",
        "2022/2022",
        "2022/",
        "[2022]",
        "[2022-01-01,2022-02-30]",
        "2022-W44",
        "２０２２",
        "~",
        " 2022",
    ] {
        assert_eq!(When::parse(text), None, "{text:?}");
    }
}

#[test]
fn people_read_it_in_words() {
    for (text, label) in [
        ("2022-11-07", "7 November 2022"),
        ("2022-11", "November 2022"),
        ("2022", "2022"),
        ("2022-22", "summer 2022"),
        ("199X", "the 1990s"),
        ("19XX", "the 20th century"),
        ("1998~", "about 1998"),
        ("1998-04?", "perhaps April 1998"),
        ("XXXX-11-07", "7 November, year unknown"),
        ("XXXX-11", "November, year unknown"),
        ("2004-XX", "2004, month unknown"),
        ("2004-06-XX", "June 2004, day unknown"),
        ("2022-06-03/2022-06-05", "3–5 June 2022"),
        ("2022-10-31/2022-11-06", "31 October – 6 November 2022"),
        ("2021-12-29/2022-01-03", "29 December 2021 – 3 January 2022"),
        ("2017-01/2017-03", "January – March 2017"),
        ("1992/1995", "1992–1995"),
        ("2022-11-01/..", "since 1 November 2022"),
        ("../2022-09-01", "until 1 September 2022"),
        ("[2022-12-09,2022-12-16]", "9 December 2022 or 16 December 2022"),
        ("2022-03-01?/2022-07-08?", "perhaps 1 March – 8 July 2022"),
        ("2022-03-01?/2022-07-08", "perhaps 1 March 2022 – 8 July 2022"),
        ("1992~/1995~", "about 1992–1995"),
        ("[2022-12-09?,2022-12-16?]", "perhaps 9 December 2022 or 16 December 2022"),
    ] {
        assert_eq!(When::parse(text).unwrap().label(), label, "{text:?}");
    }
}

#[test]
fn html_is_told_a_date_only_where_there_is_no_doubt() {
    for (text, expected) in [
        ("2022-11-07", Some("2022-11-07")),
        ("2022-11", Some("2022-11")),
        ("2022", Some("2022")),
        ("2022~", None),
        ("2022-22", None),
        ("199X", None),
        ("XXXX-11-07", None),
        ("2021/2022", None),
    ] {
        let datetime = When::parse(text).unwrap().datetime();
        assert_eq!(datetime.as_ref().map(Short::as_str), expected, "{text:?}");
    }
}

#[test]
fn the_vaguer_date_follows_the_day_it_could_be() {
    let mut dates: Vec<When> = [
        "XXXX-11-07",
        "2022",
        "1998-04",
        "2022-01-01/..",
        "2022-01",
        "1998-04-01",
        "2022-01-02",
        "2022-01-01",
        "../2022",
        "202X",
    ]
    .iter()
    .map(|text| When::parse(text).unwrap())
    .collect();
    dates.sort();
    let order: Vec<String> = dates.iter().map(When::to_string).collect();
    assert_eq!(
        order,
        [
            "1998-04-01",
            "1998-04",
            "202X",
            "2022-01-01",
            "2022-01",
            "2022",
            "2022-01-01/..",
            "2022-01-02",
            "../2022",
            "XXXX-11-07",
        ]
    );
}

#[test]
fn constructors_refuse_what_cannot_be_written() {
    assert_eq!(When::month(2022, 13), None);
    assert_eq!(When::year(0), None);
    assert_eq!(When::decade(1995), None);
    assert_eq!(When::yearless(4, Some(31)), None);
    let (may, june) = (When::month(2022, 5), When::month(2022, 6));
    assert_eq!(When::interval(june.as_ref(), may.as_ref()), None);
    assert_eq!(When::interval(may.as_ref(), may.as_ref()), may);
    assert_eq!(When::interval(None, None), None);
    assert_eq!(
        When::one_of(&[june.clone().unwrap(), may.clone().unwrap()]).unwrap().to_string(),
        "[2022-05,2022-06]"
    );
    assert_eq!(may.unwrap().uncertain().approximate().to_string(), "2022-05%");
}

proptest! {
    #[test]
    fn reading_and_printing_undo_each_other(text in "\\PC{0,24}|[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/([0-9]{4}|\\.\\.))?") {
        if let Some(when) = When::parse(&text) {
            prop_assert_eq!(when.to_string(), text);
            let (first, last) = (when.first(), when.last());
            prop_assert!(first.zip(last).is_none_or(|(first, last)| first <= last));
            prop_assert!(!when.label().is_empty());
        }
    }
}
