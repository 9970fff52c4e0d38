//! Hostile text stays text, wherever a page shows it.

use crate::support::{Shelf, page, pages, shared};

/// What a stranger could write into every field that reaches a page.
const CANARY: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*191 }}";

fn hostile() -> Shelf {
    let sidecar = format!(
        "title = '''{CANARY}'''\noutlet = '''{CANARY}'''\nauthor = '''{CANARY}'''\ntags = ['''{CANARY}''']\npublished = 2022-08-17\nnote = '''{CANARY}'''\nurl = \"javascript:alert(1)\"\n"
    );
    let text = format!(
        "A headline {CANARY}\n\nMara Lindqvist said on Monday: “{CANARY}” and left. Mara Lindqvist met Jonas Vey in May 2022.\n\n{CANARY}\n\n[link](javascript:alert(1)) <javascript:alert(1)> # h {{#a onclick=1}}\n"
    );
    Shelf::default()
        .config("base_url = \"https://a.example/repo/\"\n")
        .clipping_with("a.txt", text.clone(), &sidecar)
        .clipping_with("../../b.md", text.clone(), &sidecar)
        .clipping("c.md", format!("# {CANARY}\n\n{text}"))
}

#[test]
fn no_script_reaches_a_page() {
    for (address, bytes) in pages(&hostile().build()) {
        let Ok(html) = String::from_utf8(bytes) else {
            assert_eq!(address.rsplit('.').next(), Some("png"), "{address} is no text");
            continue;
        };
        // A Markdown file and a script are shown as text or run as ours.
        let is_page = address.ends_with('/')
            || ["html", "xml", "json"].iter().any(|kind| address.rsplit('.').next() == Some(kind));
        if is_page {
            assert!(!html.contains("<script>alert"), "{address}");
            assert!(!html.contains("<img"), "{address}");
            assert!(!html.contains("href=\"javascript:"), "{address}");
        }
        assert!(!html.contains("1337"), "a clipping was run as a template: {address}");
    }
}

#[test]
fn every_address_is_plain() {
    for address in hostile().build().addresses() {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-._".contains(c);
        assert!(
            address.as_str().chars().all(plain) && !address.as_str().contains(".."),
            "{address}"
        );
    }
}

#[test]
fn lists_of_known_attacks_come_out_as_text() {
    let Some(folder) = shared("hostile-lists") else { return };
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut shelf = Shelf::default();
    for file in
        files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
    {
        let bytes = std::fs::read(file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        shelf = shelf
            .clipping(&format!("{name}.txt"), bytes.clone())
            .clipping(&format!("{name}-md.md"), bytes);
    }
    for (address, bytes) in pages(&shelf.build()) {
        if !address.ends_with('/') {
            continue;
        }
        let html = String::from_utf8(bytes).unwrap();
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
            let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
            let scripted = tag.to_ascii_lowercase();
            assert!(
                !["iframe", "object", "embed", "img", "style", "base"].contains(&name.as_str()),
                "{address}: <{tag}>"
            );
            // Two forms are ours: that of the search and the timeline's filter.
            let ours = ["form class=\"search\" ", "form class=\"filter\" "];
            assert!(
                name != "form" || ours.iter().any(|form| tag.starts_with(form)),
                "{address}: <{tag}>"
            );
            assert!(
                name != "script" || scripted.contains("src=") || scripted.contains("ld+json"),
                "{address}: <{tag}>"
            );
            for handler in [" onerror=", " onclick=", " onload=", "javascript:", " style="] {
                // Inside a quoted value it is text; we never write single quotes or bare values.
                let outside: String = scripted.split('"').step_by(2).collect();
                assert!(!outside.contains(handler), "{address}: <{tag}>");
            }
            assert!(!scripted.contains("href=\"javascript:"), "{address}: <{tag}>");
        }
    }
}

#[test]
fn a_private_clipping_leaves_no_trace() {
    let canary = "Zebediah Quillfeather";
    let text = format!(
        "A quiet headline of {canary}\n\n{canary} said on 3 May 2022 that nothing would happen. {canary} left.\n"
    );
    let shelf = Shelf::default()
        .config("base_url = \"https://a.example/\"\n")
        .clipping(
            "open.txt",
            "An open headline\n\nMara Lindqvist said on 4 May 2022 that all was well.\n",
        )
        .clipping_with("red.txt", text.clone(), "tlp = \"red\"\n")
        .clipping_with("draft.txt", text.clone(), "draft = true\n")
        .clipping_with("later.txt", text.clone(), "publish_after = 2999-01-01\n")
        .clipping_with("unreadable.txt", text.clone(), "tlp = \"purple\"\n")
        .clipping("drafted.md", format!("---\npublish: false\ntitle: {canary}\n---\n\n{text}"));
    let build = shelf.build();
    assert_eq!(build.n_withheld, 5);
    for (address, bytes) in pages(&build) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Quillfeather") && !address.contains("quillfeather"), "{address}");
    }
    assert!(
        page(&shelf.drafts().build(), "/").contains("Quillfeather"),
        "`--drafts` shows what was drafted"
    );
}
