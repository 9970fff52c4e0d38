use super::*;

const LABELS: Labels<'_> = Labels { paragraph: "Link to this paragraph", table: "Table" };

fn anchors_of(document: &Document<'_>) -> Vec<Anchor> {
    anchors(document.prose.blocks.iter().map(|block| block.span.of(&document.prose.text)))
}

fn html_of(markdown: &str) -> String {
    parse(markdown).html(&[], &[], LABELS)
}

#[test]
fn hostile_markup_stays_text() {
    for (markdown, html) in [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>x</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"),
        ("[x](&#106;avascript:alert(1))", "<p>x</p>\n"),
        ("[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>x</p>\n"),
        ("[x](//evil.example)", "<p>x</p>\n"),
        ("<vbscript:x>", "<p>vbscript:x</p>\n"),
        ("# h {#a onclick=1}", "<h2>h {#a onclick=1}</h2>\n"),
    ] {
        assert_eq!(html_of(markdown), html, "{markdown:?}");
    }
}

#[test]
fn links_and_pictures_lead_out_and_say_so() {
    insta::assert_snapshot!(html_of("See [the text](https://a.example/?x=1&y=2) and ![a map](https://a.example/m.png)."), @r#"<p>See <a href="https://a.example/?x=1&amp;y=2" rel="external noopener noreferrer">the text</a> and <a href="https://a.example/m.png" rel="external noopener noreferrer">a map</a>.</p>"#);
}

#[test]
fn the_prose_is_what_the_reader_sees() {
    let document = parse(
        "## Two *days*\n\nA **bold** word\nand `code`.\n\n- one\n- two\n  - deep\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```json\n{}\n```\n",
    );
    let seen: Vec<(&str, Zone)> = document
        .prose
        .blocks
        .iter()
        .map(|block| (block.span.of(&document.prose.text), block.zone))
        .collect();
    assert_eq!(
        seen,
        [
            ("Two days", Zone::Heading),
            ("A bold word\nand code.", Zone::Body),
            ("one", Zone::Body),
            ("two", Zone::Body),
            ("deep", Zone::Body),
            ("said", Zone::Quote),
            ("a", Zone::Body),
            ("b", Zone::Body),
            ("1", Zone::Body),
            ("2", Zone::Body),
            ("{}\n", Zone::Code),
        ]
    );
}

#[test]
fn what_was_found_in_the_prose_is_linked_on_the_page() {
    let document = parse("*Mara* Lind met \\*NATO\\* & [NATO](https://nato.example).");
    let text = document.prose.text.clone();
    let link = |words: &str, from: usize| {
        let start = text[from..].find(words).unwrap() + from;
        TextLink {
            span: Span::new(start, start + words.len()),
            class: "actor",
            href: format!("../{start}/"),
            title: "t".into(),
        }
    };
    let links = [link("Mara Lind", 0), link("NATO", 0), link("NATO", 18)];
    insta::assert_snapshot!(document.html(&anchors_of(&document), &links, LABELS), @r##"<p id="p-csjvua"><em><a class="actor" href="../0/" title="t">Mara</a></em><a class="actor" href="../0/" title="t"> Lind</a> met *<a class="actor" href="../15/" title="t">NATO</a>* &amp; <a href="https://nato.example" rel="external noopener noreferrer">NATO</a>.<a class="anchor" href="#p-csjvua" aria-label="Link to this paragraph">¶</a></p>"##);
}

#[test]
fn equal_paragraphs_have_anchors_of_their_own() {
    let document = parse("Same.\n\nOther.\n\nSame.");
    let anchors = anchors_of(&document);
    assert_ne!(anchors[2], anchors[0]);
}

#[test]
fn an_empty_block_takes_no_anchor_from_its_neighbour() {
    let document = parse("| a |\n|---|\n|  |\n| x |\n");
    let html = document.html(&anchors_of(&document), &[], LABELS);
    let ids: Vec<&str> =
        html.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let anchors: Vec<String> = anchors_of(&document).iter().map(Anchor::to_string).collect();
    assert_eq!(ids, anchors);
}

#[test]
fn deep_nesting_is_flattened() {
    let html = html_of(&format!("{}deep", "> ".repeat(5_000)));
    assert!(html.len() < 2_000, "{} bytes", html.len());
    assert!(html.contains("deep"), "the text stays");
    let list =
        html_of(&(0..200).fold(String::new(), |list, n| {
            list + &"  ".repeat(n) + "- item " + &n.to_string() + "\n"
        }));
    assert!(list.contains("item 199"), "the text stays");
}

#[test]
fn a_heading_never_skips_a_level() {
    insta::assert_snapshot!(html_of("#### a\n\n## b\n\n##### c"), @r"
    <h2>a</h2>
    <h3>b</h3>
    <h4>c</h4>
    ");
}

#[test]
fn a_table_aligns_by_class_and_names_its_cells() {
    insta::assert_snapshot!(html_of("| a | n |\n|---|--:|\n| x | 1 |"), @r#"
    <div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
    <thead><tr><th scope="col">a</th><th scope="col" class="right">n</th></tr></thead>
    <tbody>
    <tr><td>x</td><td class="right">1</td></tr>
    </tbody></table></div>
    "#);
}

#[test]
fn code_is_highlighted_by_classes() {
    let html = html_of("```json\n{\"a\": 1}\n```\n");
    assert!(html.contains("class=\"h-source h-json\"") && !html.contains("style="), "{html}");
    assert!(html_of("```nonsense\n<b>\n```").contains("&lt;b&gt;"));
}

proptest::proptest! {
    #[test]
    fn blocks_cover_the_prose_in_order(markdown in "[ a-z#>*\\-`|\\[\\]()<!\\n0-9.]{0,200}") {
        let document = parse(&markdown);
        let mut at = 0;
        for block in &document.prose.blocks {
            let range = block.span.range();
            proptest::prop_assert!(range.start >= at && range.end > range.start);
            proptest::prop_assert!(document.prose.text.get(range.clone()).is_some());
            at = range.end;
        }
        document.html(&anchors_of(&document), &[], LABELS);
    }
}

#[test]
fn what_is_escaped_is_found_wherever_it_stands() {
    let marks = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")];
    for before in (0..70).map(|n| "é".repeat(n % 3) + &"a".repeat(n)) {
        for (mark, escaped) in marks.into_iter().chain([("\0", "")]) {
            let (text, expected) = (format!("{before}{mark}z"), format!("{before}{escaped}z"));
            assert_eq!(escape_html(&text), expected, "{text:?}");
            assert_eq!(escape_html(&text.repeat(3)), expected.repeat(3), "{text:?}");
        }
        assert_eq!(escape_html(&before), before);
    }
}
