use super::*;
use crate::source::{Clipping, decode};

const HEAD: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Crane turns again - Port Post</title>\
                    <meta property=\"og:site_name\" content=\"Port Post\"></head><body>";

/// An article of three paragraphs, as the inside of a page.
const STORY: &str = "<article><h1>Crane turns again</h1>\
    <p>The old crane at the north quay turned for the first time in nine years on Monday, \
    said the harbour office, and the crowd on the other bank cheered for a long while.</p>\
    <p>A second paragraph tells of the cost, which the town put at four hundred thousand, \
    and of the volunteers who painted the jib in the rain, two of them twice.</p>\
    <p>The third paragraph ends the story with the date of the next tour, which is a Sunday, \
    and with the name of the man who has kept the keys since the last one.</p></article>";

fn cleaned(html: &str) -> Article {
    cleaned_bytes(html.as_bytes(), None)
}

fn cleaned_bytes(bytes: &[u8], sidecar: Option<&str>) -> Article {
    let clipping = Clipping {
        path: "2024/crane.html".to_owned(),
        file: "content/2024/crane.html".to_owned(),
        bytes: bytes.to_vec(),
        sidecar: sidecar.map(|text| text.as_bytes().to_vec()),
    };
    super::super::clean(&decode(&clipping))
}

fn codes(article: &Article) -> Vec<&str> {
    article.diagnostics.iter().map(|found| &*found.code).collect()
}

#[test]
fn structure_stays_as_markdown() {
    let html = format!(
        "{HEAD}{}<h2>What it costs</h2><ul><li>Steel: <b>two</b> hundred thousand</li>\
         <li>Paint: the rest<ul><li>red, as before</li></ul></li></ul>\
         <blockquote><p>We had no plan, said Ada Horn, who has kept the books, and so we began.</p></blockquote>\
         <pre><code class=\"language-sh\">turn --slowly\n</code></pre>\
         <table><tr><th>Year</th><th>Tours</th></tr><tr><td>2023</td><td>4</td></tr></table>\
         <p>More of it stands in <a href=\"/log\">the log</a> and in <a href=\"javascript:x()\">a script</a>, \
         <i>which</i> * nobody * reads.</p></article>",
        STORY.trim_end_matches("</article>")
    );
    let html = html.replace(
        "</head>",
        "<link rel=\"canonical\" href=\"https://port.example/crane?utm_source=x\"></head>",
    );
    let article = cleaned(&html);
    let (_, body) = article.body.split_once("## ").unwrap();
    insta::assert_snapshot!(body, @r"
    What it costs

    - Steel: **two** hundred thousand
    - Paint: the rest
        - red, as before

    > We had no plan, said Ada Horn, who has kept the books, and so we began.

    ```sh
    turn --slowly
    ```

    | Year | Tours |
    | --- | --- |
    | 2023 | 4 |

    More of it stands in [the log](https://port.example/log) and in a script, *which* \* nobody \* reads.
    ");
    assert_eq!(article.url.unwrap().value, "https://port.example/crane");
    assert_eq!(article.headline.value, "Crane turns again");
    assert_eq!(article.outlet.unwrap().value, "Port Post");
}

#[test]
fn data_of_the_page_give_the_fields() {
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"Port Post"},
        {"@type":["NewsArticle"],"headline":"Crane turns again",
        "datePublished":"2024-05-06T09:30:00+02:00","dateModified":"2024-05-07T10:00:00+02:00",
        "author":[{"@type":"Person","name":"Ada Horn"},{"@type":"Person","name":"Jonas Pell"}],
        "keywords":"harbour, cranes"}]}</script></head>"#;
    let article = cleaned(&format!("{}{STORY}", HEAD.replace("</head>", data)));
    let people: Vec<&str> = article.byline.iter().map(|field| field.value.as_str()).collect();
    let tags: Vec<&str> = article.tags.iter().map(|field| field.value.as_str()).collect();
    assert_eq!(people, ["Ada Horn", "Jonas Pell"]);
    assert_eq!(tags, ["harbour", "cranes"]);
    assert_eq!(article.published.when.unwrap().to_string(), "2024-05-06");
    assert_eq!(article.published.time.unwrap().to_string(), "09:30+02:00");
    assert_eq!(article.published.clues, ["`datePublished in JSON-LD` on line 1"]);
    assert_eq!(article.updated.unwrap().value.0.to_string(), "2024-05-07");
}

#[test]
fn every_line_has_a_fate_and_every_text_that_went_a_rule() {
    let html = format!(
        "{HEAD}\n<nav>\n<a href=\"/\">Home</a>\n</nav>\n\n{STORY}\n<div class=\"newsletter-box\">\n\
         <p>Get the harbour in your inbox every morning.</p>\n</div>\n<script>\nlet a = 1;\n</script>\n"
    );
    let article = cleaned(&html);
    let fates: Vec<(u32, Fate, &str)> = article
        .ledger
        .entries()
        .map(|line| (line.line, line.fate, line.rule.unwrap_or("")))
        .collect();
    assert_eq!(article.ledger.len(), html.lines().count());
    assert_eq!(fates[2], (3, Fate::Removed, "navigation"));
    assert_eq!(fates[4].1, Fate::Blank);
    assert_eq!(fates[5].1, Fate::Body);
    assert_eq!(fates[7], (8, Fate::Removed, "newsletter prompt"));
    assert_eq!(fates[10], (11, Fate::Removed, reason::MARKUP.text()));
    let removed: Vec<(&str, &str)> =
        article.removed.iter().map(|passage| (passage.text.as_str(), &*passage.rule)).collect();
    assert_eq!(
        removed,
        [
            ("Home", "navigation"),
            ("Get the harbour in your inbox every morning.", "newsletter prompt")
        ]
    );
}

#[test]
fn a_page_that_is_no_article_is_called_what_it_is() {
    let heading = "<h2><a href=\"/n/1\">Council votes on the harbour's budget</a></h2>";
    let headings = heading.repeat(20);
    for (html, expected) in [
        (
            "<title>404 - Page not found</title><h1>Page not found</h1><p>Try the search.</p>",
            "an error page",
        ),
        (
            "<title>One moment</title><h1>We value your privacy</h1><p>We and our partners keep \
             cookies on your device and ask for your consent to that, which you may refuse.</p>",
            "a notice that asks for consent",
        ),
        (
            "<title>Post</title><div id=root></div><script>run()</script><noscript>Enable it</noscript>",
            "a page that scripts fill",
        ),
        (&headings, "a list of other pages"),
        ("<title>a</title>", "an empty page"),
        (STORY, ""),
    ] {
        let article = cleaned(html);
        assert_eq!(article.instead.as_deref().unwrap_or(""), expected, "{html:.60}");
        assert_eq!(codes(&article).contains(&"not-an-article"), !expected.is_empty());
    }
    let requested = cleaned_bytes(b"<title>Page not found</title>", Some("publish = true"));
    assert_eq!(codes(&requested), ["page-requested"]);
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let deep = |tag: &str| format!("{HEAD}{}{STORY}", tag.repeat(100_000));
    for html in [
        deep("<div>"),
        deep("<b>"),
        deep("<span><p>"),
        deep("<ul><li>"),
        deep("<div><table><td></div>"),
        deep("<!--"),
        deep("<title>"),
        deep("<"),
        format!("{HEAD}<img src=\"data:image/png;base64,{}\">{STORY}", "A".repeat(2_000_000)),
        format!("{HEAD}<div {}>{STORY}", "a=1 ".repeat(500_000)),
        format!("{HEAD}{}", &STORY[..STORY.len() / 2]),
        format!("{HEAD}<p title=\"{STORY}"),
    ] {
        let article = cleaned(&html);
        assert_eq!(article.ledger.len(), html.lines().count());
    }
    let nested = cleaned(&deep("<div>"));
    assert!(nested.body.contains("third paragraph"), "{}", nested.body);
    assert!(codes(&nested).contains(&"page-nested"));
    let inline = format!("{HEAD}<img src=\"data:image/png;base64,{}\">{STORY}", "A".repeat(999));
    assert!(!cleaned(&inline).body.contains("base64"));
}

#[test]
fn the_encoding_that_the_bytes_are_in_wins() {
    let story = STORY.replace("crane", "Kräne");
    let page = |label: &str| format!("<meta charset={label}>{story}");
    let latin = |text: String| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let cases: [(Vec<u8>, &str); 3] = [
        (page("utf-8").into_bytes(), ""),
        (page("iso-8859-1").into_bytes(), "encoding-declared"),
        (latin(page("windows-1252")), ""),
    ];
    for (bytes, code) in cases {
        let article = cleaned_bytes(&bytes, None);
        assert!(article.body.contains("Kräne"), "{}", article.body);
        assert_eq!(codes(&article).contains(&"encoding-declared"), !code.is_empty());
    }
}

#[test]
fn cleaned_markdown_is_clean() {
    let article = cleaned(&format!("{HEAD}{STORY}"));
    let markdown = super::super::to_markdown(&article, &article.body, None);
    let clipping = Clipping {
        path: "crane.md".to_owned(),
        file: "content/crane.md".to_owned(),
        bytes: markdown.clone().into_bytes(),
        sidecar: None,
    };
    let again = super::super::clean(&decode(&clipping));
    assert_eq!(again.body, article.body);
    assert_eq!(super::super::to_markdown(&again, &again.body, None), markdown);
}

#[test]
fn what_goes_for_no_sure_reason_is_a_twentieth_of_the_sentences_at_most() {
    let prompt = "Sign up for our newsletter to get the news of the quay first.";
    let page = |n: usize| {
        let more = "<p>A paragraph of the log tells of another tour around the bay, and of the wind \
                    that blew from the other side all day while nobody on the quay looked up.</p>";
        let story = STORY.replacen("<p>A second", &format!("<p>{prompt}</p><p>A second"), 1);
        let numbered: String =
            (0..n).map(|at| more.replacen("another", &format!("{at}"), 1)).collect();
        format!("{HEAD}{}", story.replace("</article>", &format!("{numbered}</article>")))
    };
    let short = cleaned(&page(0));
    assert!(short.body.contains(prompt), "{}", short.body);
    assert!(codes(&short).contains(&"doubtful-lines-kept"), "{:?}", codes(&short));
    let [doubt] = &short.doubts[..] else { panic!("{:?}", short.doubts) };
    assert_eq!(doubt.text, prompt);
    assert!(short.blocks[doubt.block as usize].span.of(&short.body).starts_with("Sign up"));
    let long = cleaned(&page(12));
    assert!(!long.body.contains(prompt), "{}", long.body);
    assert!(!codes(&long).contains(&"doubtful-lines-kept"), "{:?}", codes(&long));
}
