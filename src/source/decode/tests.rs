use proptest::prelude::*;

use super::*;
use crate::diagnostic::Severity;

fn clipping(path: &str, bytes: &[u8]) -> Clipping {
    Clipping {
        path: path.to_owned(),
        file: format!("content/{path}"),
        bytes: bytes.to_vec(),
        sidecar: None,
    }
}

fn read(bytes: &[u8]) -> RawDocument {
    decode(&clipping("a.txt", bytes))
}

fn codes(document: &RawDocument) -> Vec<(&str, Option<u32>)> {
    document
        .diagnostics
        .iter()
        .map(|found| (found.code.as_str(), found.place.as_ref().and_then(|place| place.line)))
        .collect()
}

#[test]
fn every_common_encoding_gives_the_same_text() {
    let text = "Čačak: the “Grey Harbour” talks – at last\nŽeljko said “no”.\n";
    let utf16 = |encode: fn(u16) -> [u8; 2], mark: bool| {
        let mark = mark.then_some('\u{FEFF}');
        let units: Vec<u16> =
            mark.into_iter().chain(text.chars()).collect::<String>().encode_utf16().collect();
        units.into_iter().flat_map(encode).collect::<Vec<u8>>()
    };
    let windows_1250 = encoding_rs::WINDOWS_1250.encode(text).0.into_owned();
    for (name, bytes, encoding, found) in [
        ("UTF-8", text.as_bytes().to_vec(), "UTF-8", &[][..]),
        ("UTF-8 with mark", format!("\u{FEFF}{text}").into_bytes(), "UTF-8", &[]),
        ("two marks", format!("\u{FEFF}\u{FEFF}{text}").into_bytes(), "UTF-8", &[]),
        ("CRLF", text.replace('\n', "\r\n").into_bytes(), "UTF-8", &[]),
        ("CR", text.replace('\n', "\r").into_bytes(), "UTF-8", &[]),
        ("NFD", text.nfd().collect::<String>().into_bytes(), "UTF-8", &[]),
        ("UTF-16LE", utf16(u16::to_le_bytes, true), "UTF-16LE", &[]),
        ("UTF-16BE", utf16(u16::to_be_bytes, true), "UTF-16BE", &[]),
        ("UTF-16LE bare", utf16(u16::to_le_bytes, false), "UTF-16LE", &["encoding-guessed"]),
        ("UTF-16BE bare", utf16(u16::to_be_bytes, false), "UTF-16BE", &["encoding-guessed"]),
        ("windows-1250", windows_1250, "windows-1250", &["encoding-guessed"]),
    ] {
        let document = read(&bytes);
        assert_eq!(document.text, text, "{name}");
        assert_eq!(document.encoding, encoding, "{name}");
        let actual: Vec<&str> =
            document.diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(actual, found, "{name}");
    }
}

#[test]
fn western_quotation_marks_of_one_byte_are_read() {
    let document = read(b"\x93The ferry\x94 \x96 it\x92s late\x85 caf\xe9 na\xefve d\xe9j\xe0 vu");
    assert_eq!(document.text, "“The ferry” – it’s late… café naïve déjà vu");
    assert_eq!(document.encoding, "windows-1252");
}

#[test]
fn other_scripts_are_read_in_their_old_encodings() {
    for (encoding, text) in [
        (
            encoding_rs::WINDOWS_1251,
            "Паром опоздал на два часа, сообщили в порту. «Ждём», сказал посол.",
        ),
        (encoding_rs::KOI8_R, "Паром опоздал на два часа, сообщили в порту. Ждём, сказал посол."),
        (encoding_rs::WINDOWS_1253, "Το πλοίο έφυγε αργά την Τρίτη, είπαν οι αρχές του λιμανιού."),
        (encoding_rs::SHIFT_JIS, "船は火曜日に遅れて出港したと当局は述べた。大使は待つと語った。"),
        (encoding_rs::GBK, "渡轮周二晚点离港，官员们说。大使表示我们会等待。"),
        (encoding_rs::BIG5, "渡輪週二晚點離港，官員們說。大使表示我們會等待。"),
        (
            encoding_rs::EUC_KR,
            "배는 화요일에 늦게 출항했다고 당국이 말했다. 대사는 기다리겠다고 했다.",
        ),
        (
            encoding_rs::WINDOWS_1254,
            "Feribot salı günü geç kalktı, dedi liman yetkilileri. Büyükelçi şöyle dedi.",
        ),
    ] {
        let document = read(&encoding.encode(text).0);
        assert_eq!(document.text, text, "{}", encoding.name());
    }
}

#[test]
fn a_few_broken_bytes_do_not_spoil_the_rest() {
    let document = read(
        "Über Zürich\nnach Malmö"
            .as_bytes()
            .iter()
            .chain(b"\nthe end \xFF\xFE.")
            .copied()
            .collect::<Vec<_>>()
            .as_slice(),
    );
    assert!(document.text.starts_with("Über Zürich\nnach Malmö\nthe end \u{FFFD}"));
    assert_eq!(codes(&document), [("bytes-replaced", Some(3))]);
    assert_eq!(document.diagnostics[0].severity, Severity::Warning);
}

#[test]
fn what_is_not_text_is_named_and_read_as_nothing() {
    let picture: Vec<u8> =
        (0..4000u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    for bytes in [picture.as_slice(), &[0; 500]] {
        let document = read(bytes);
        assert_eq!(document.text, "");
        assert_eq!(codes(&document), [("not-text", None)]);
    }
    assert_eq!(read(b"A title\n\nSome \0 text\0.").text, "A title\n\nSome \0 text\0.");
}

#[test]
fn an_empty_clipping_is_named() {
    for bytes in [&b""[..], b"\n \n", b"\xEF\xBB\xBF"] {
        assert_eq!(codes(&read(bytes)), [("empty-clipping", None)]);
    }
}

#[test]
fn front_matter_is_counted_and_its_lines_are_the_files() {
    let document = read(b"---\ntitle: A\npublished: 2024-02-30\n---\n\nBody");
    assert_eq!(document.front_matter_lines, 4);
    assert_eq!(document.metadata.title.as_ref().unwrap().line, Some(2));
    assert_eq!(codes(&document), [("metadata-date", Some(3))]);
    let document = read(b"+++\r\ntitle = \"A\"\r\n[extra]\r\noutlet = \"B\"\r\n+++\r\nBody");
    assert_eq!(document.front_matter_lines, 5);
    assert_eq!(document.metadata.outlet.as_ref().unwrap().line, Some(4));
    assert_eq!(codes(&document), []);
}

#[test]
fn front_matter_that_is_broken_is_reported_once() {
    for (text, lines, expected) in [
        ("---\ntitle: A\nBody", 0, ("front-matter-open", Some(1))),
        ("---\nauthor: Jo: the desk\n---\nBody", 3, ("front-matter-by-line", Some(2))),
        ("+++\npublished = 2024-02-30\n+++\nBody", 3, ("metadata-date", Some(2))),
        ("---\ntitle: A\nnot a key\n---\nBody", 0, ("front-matter-syntax", Some(3))),
    ] {
        let document = read(text.as_bytes());
        assert_eq!(document.front_matter_lines, lines, "{text:?}");
        assert_eq!(codes(&document), [expected], "{text:?}");
    }
}

#[test]
fn broken_front_matter_still_keeps_private() {
    for text in ["---\ndraft: true\ntitle: A\n\nBody", "---\ntlp: red\nnot a key\nx: [\n---\nBody"]
    {
        let metadata = read(text.as_bytes()).metadata;
        let is_private = metadata.withheld.is_some() || metadata.tlp.is_some();
        assert!(is_private && metadata.title.is_none(), "{text:?}");
    }
}

#[test]
fn a_sidecar_speaks_for_its_clipping() {
    let with = |sidecar: &[u8]| {
        let sidecar = Some(sidecar.to_vec());
        decode(&Clipping { sidecar, ..clipping("2022/a.txt", b"---\ntitle: A\n---\nBody") })
    };
    let document = with(b"title = \"B\"\npublished = 2024-03-20");
    assert_eq!(document.metadata.title.as_ref().unwrap().value, "B");
    assert!(document.metadata.published.as_ref().unwrap().sidecar);

    let document = with(b"title = \"B\ndraft = true\n");
    assert_eq!(codes(&document), [("sidecar-syntax", Some(1))]);
    assert_eq!(document.diagnostics[0].place.as_ref().unwrap().file, "content/2022/a.toml");
    assert_eq!(document.metadata.withheld.as_deref(), Some("`draft` is true"));

    let document = with(&b"x = 1\n".repeat(20_000));
    assert_eq!(codes(&document), [("sidecar-unreadable", None)]);
    assert!(document.metadata.withheld.is_some());
}

#[test]
fn what_is_plainly_composed_is_what_nfc_leaves_alone_anywhere() {
    let mut n_plain = 0;
    for c in ('\0'..=char::MAX).filter(|c| is_plainly_composed(&format!("a{c}b"))) {
        assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
        n_plain += 1;
    }
    assert_eq!(n_plain, 0x300 + 0x3E);
    assert!(is_plainly_composed("“Über die Brücke” – und zurück…"));
    assert!(!is_plainly_composed("“Zuru\u{308}ck”"));
}

#[test]
fn hostile_input_takes_linear_time() {
    let n = 4 * 1024 * 1024;
    for bytes in [
        b"\r".repeat(n),
        b"\xff".repeat(n),
        b"\xe9 ".repeat(n / 2),
        b"---\na: b\n".repeat(n / 9),
        b"e\xcc\x81".repeat(n / 3),
        [b"---\n".to_vec(), b"title: [a,b]\n".repeat(n / 13)].concat(),
        [b"---\n".to_vec(), b"title: [a,b]\n".repeat(4000), b"---\n".to_vec()].concat(),
    ] {
        decode(&clipping("a.md", &bytes));
    }
}

proptest! {
    #[test]
    fn any_bytes_give_a_document(bytes in prop::collection::vec(any::<u8>(), 0..300), sidecar in any::<String>()) {
        let document = decode(&Clipping { sidecar: Some(sidecar.into_bytes()), ..clipping("a.md", &bytes) });
        prop_assert!(!document.text.contains('\r'));
        let lines = document.text.split('\n').count();
        prop_assert!(document.front_matter_lines as usize <= lines);
    }

    #[test]
    fn any_front_matter_gives_a_document(inner in "[a-z:='\"\\[\\]{}|>&*!%@`# \n-]{0,80}") {
        for fence in ["---", "+++"] {
            let text = format!("{fence}\n{inner}\n{fence}\nBody");
            let document = decode(&clipping("a.md", text.as_bytes()));
            prop_assert_eq!(document.text, text);
        }
    }
}
