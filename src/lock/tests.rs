use super::*;

fn anchor(letter: char) -> Anchor {
    Anchor::from_number(u32::from(letter)).unwrap()
}

fn sample() -> Lock {
    let record = Record {
        id: "aaaabbbb".to_owned(),
        paths: vec!["2022/a \"quoted\" \\ name.txt".to_owned()],
        name: Some("talks".to_owned()),
        key: "2022-05-07-talks-resume".to_owned(),
        formerly: vec!["talks".to_owned(), "2022-05-06-talks-resume".to_owned()],
        anchors: vec![anchor('a'), anchor('b')],
        traces: vec![(anchor('x'), anchor('b')), (anchor('y'), anchor('b'))],
        told: vec![
            Told { year: 2022, page: 1, event: 7 },
            Told { year: 2022, page: 1, event: 9 },
            Told { year: 2022, page: 3, event: 7 },
        ],
        ..Record::default()
    };
    let gone = Record {
        id: "ccccdddd".to_owned(),
        paths: vec!["b.txt".to_owned()],
        key: "b".to_owned(),
        withdrawn: true,
        ..Record::default()
    };
    let into = Record {
        id: "eeeeffff".to_owned(),
        key: "c".to_owned(),
        into: Some("aaaabbbb".to_owned()),
        withdrawn: false,
        ..gone.clone()
    };
    Lock {
        records: vec![record, gone, into],
        actors: [("nato".to_owned(), "NATO".to_owned())].into(),
        lists: [("/briefings/2022/".to_owned(), 3)].into(),
        moved: [("/actors/otan/".to_owned(), "/actors/nato/".to_owned())].into(),
        print: 0,
    }
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn read(text: &str) -> Lock {
    Lock { print: 0, ..Lock::read("annals.lock", text).unwrap().0 }
}

#[test]
fn a_lock_reads_back_and_is_toml() {
    let text = sample().to_text();
    assert_eq!(read(&text), sample());
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["clipping"].as_array().unwrap().len(), 3);
    assert_eq!(table["lists"]["/briefings/2022/"].as_integer(), Some(3));
    insta::assert_snapshot!(text.split("\n\n").nth(2).unwrap(), @r#"
    [[clipping]]
    id = "aaaabbbb"
    path = "2022/a \"quoted\" \\ name.txt"
    name = "talks"
    address = "2022-05-07-talks-resume"
    formerly = "talks 2022-05-06-talks-resume"
    events = "2022 haaaaaaa jaaaaaaa 2022/3 haaaaaaa"
    anchors = "bdaaaa cdaaaa=ydaaaa=zdaaaa"
    "#);
}

#[test]
fn an_empty_lock_is_a_new_one() {
    assert_eq!(read(""), Lock::default());
    assert_eq!(read(&Lock::default().to_text()), Lock::default());
}

#[test]
fn an_unfinished_merge_keeps_both_sides() {
    let text = "version = 1\n\n[[clipping]]\nid = \"aaaabbbb\"\n<<<<<<< ours\npath = \"new/a.txt\"\naddress = \"talks\"\n||||||| base\npath = \"a.txt\"\naddress = \"old\"\n=======\npath = \"a.txt\"\naddress = \"2022-05-07-talks\"\n>>>>>>> theirs\nformerly = \"old\"\nanchors = \"abcdef\"\n\n<<<<<<< ours\n[[clipping]]\nid = \"ccccdddd\"\npath = \"c.txt\"\naddress = \"c\"\n=======\n[[clipping]]\nid = \"eeeeffff\"\npath = \"e.txt\"\naddress = \"e\"\n>>>>>>> theirs\n\n[actors]\n<<<<<<< ours\n\"nato\" = \"NATO\"\n=======\n\"un\" = \"United Nations\"\n>>>>>>> theirs\n";
    let (lock, notes) = Lock::read("annals.lock", text).unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    let told: Vec<(&str, Vec<&str>, &str, Vec<&str>)> = lock
        .records
        .iter()
        .map(|record| (&*record.id, texts(&record.paths), &*record.key, texts(&record.formerly)))
        .collect();
    assert_eq!(
        told,
        [
            ("aaaabbbb", vec!["new/a.txt", "a.txt"], "talks", vec!["2022-05-07-talks", "old"]),
            ("ccccdddd", vec!["c.txt"], "c", vec![]),
            ("eeeeffff", vec!["e.txt"], "e", vec![]),
        ]
    );
    assert_eq!(lock.actors.len(), 2);
}

#[test]
fn blocks_of_one_clipping_are_joined() {
    let block = |address: &str, withdrawn: &str| {
        format!(
            "[[clipping]]\nid = \"aaaabbbb\"\npath = \"a.txt\"\naddress = \"{address}\"\n{withdrawn}\n"
        )
    };
    let lock = read(&(block("one", "withdrawn = true") + &block("two", "")));
    let [record] = lock.records.as_slice() else { panic!("{lock:?}") };
    assert_eq!((record.key.as_str(), record.formerly.as_slice()), ("one", &["two".to_owned()][..]));
    assert!(!record.withdrawn, "what one side still has is not gone");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    for (text, line, part) in [
        ("version = 2\n", Some(1), "later version"),
        ("[[clippings]]\n", Some(1), "no part of a lock"),
        ("[[clipping]]\nid = aaaa\n", Some(2), "gives no text"),
        ("[[clipping]]\nid = \"aaaa\"\naddress = \"../x\"\n", Some(3), "part of an address"),
        ("[[clipping]]\nid = \"aaaa\"\nanchors = \"a b\"\n", Some(3), "no anchors"),
        ("[lists]\n\"/a/\" = many\n", Some(2), "no number"),
        ("[actors]\nnato\n", Some(2), "neither"),
        ("[[clipping]]\nid = \"aaaa\"\n", None, "the block of `aaaa`"),
    ] {
        let errors = Lock::read("annals.lock", text).unwrap_err();
        let place = errors[0].place.as_ref().unwrap();
        assert_eq!(place.line, line, "{text:?}: {errors:?}");
        assert!(errors[0].message.contains(part), "{text:?}: {errors:?}");
    }
}
