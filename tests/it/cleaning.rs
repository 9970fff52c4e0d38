//! What becomes of clippings as they are found: pasted, mailed, saved.

use std::path::Path;

use annals::pipeline::Build;
use assert_cmd::Command;

use crate::support::{Shelf, page, pages};

/// Runs `annals` in `folder`; gives what it wrote to its standard output.
fn annals(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("annals").unwrap();
    let run = command.current_dir(folder).args(arguments).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

/// The Markdown, and the ledger as `--explain` prints it, of one clipping.
fn cleaned(name: &str, bytes: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let markdown = annals(folder.path(), &["clean", name]);
    (markdown, annals(folder.path(), &["clean", "--explain", name]))
}

const MAIL: &str = "Ferries return to Kotor

The harbour of Kotor opened on Monday after a winter in which the recon-
struction of two of its three cranes had to be paid by a well-meaning co-
operative of fishermen, the port authority said in a letter to the town
and to all who had lent a hand.

   Next week the ferries return, which the owners of hotels have waited
for since October of last year. They carry:

- bread
- salt
- two goats

Grey gulls on the quay,
the crane turns over the bay,
they rise and are gone.
";

#[test]
fn a_mail_broken_at_its_column_is_paragraphs_again_and_a_poem_stays_one() {
    let (markdown, explained) = cleaned("mail.txt", MAIL.as_bytes());
    for expected in [
        "in which the reconstruction of two",
        "a well-meaning cooperative of fishermen",
        "have waited for since October of last year.",
        "- bread\n- salt\n- two goats",
    ] {
        assert!(markdown.contains(expected), "{expected:?} is not in\n{markdown}");
    }
    assert!(!markdown.contains("quay, the crane"), "verse is not re-flowed:\n{markdown}");
    assert!(explained.contains("hyphen that broke a word"), "{explained}");
    let (again, _) = cleaned("mail.md", markdown.as_bytes());
    assert_eq!(again, markdown);
}

/// Three stories of one outlet, and one of another.
fn outlets(furniture: &str) -> Build {
    const STORIES: [(&str, &str, &str); 4] = [
        (
            "post",
            "Crane turns again",
            "The old crane at the north quay turned for the first time in nine years on Monday morning.",
        ),
        (
            "post",
            "Goats on the pier",
            "Two goats walked onto the pier on Tuesday and would not leave it before the evening ferry came.",
        ),
        (
            "post",
            "School gets a roof",
            "The school on the hill has a roof again after a storm took the old one off in the first week of March.",
        ),
        (
            "wire",
            "Salt is dear",
            "Salt costs twice what it did last year, the merchants of the town said at their yearly meeting on Friday.",
        ),
    ];
    let shelf = STORIES.iter().fold(Shelf::default(), |shelf, (outlet, title, text)| {
        let clipping = format!("{title}\n\n{text} Nobody in the town can say what will come of it.\n\n{furniture}\n\nThe council meets again on the second Thursday of next month, as {title} shows it must.\n");
        let name = format!("{}.txt", title.to_lowercase().replace(' ', "-"));
        let sidecar = format!("url = \"https://{outlet}.example/{}\"\npublished = 2024-05-06", title.len());
        shelf.clipping_with(&name, clipping, &sidecar)
    });
    std::sync::Arc::into_inner(shelf.build()).unwrap()
}

#[test]
fn what_several_stories_of_an_outlet_print_is_its_furniture() {
    let build = outlets("Harbour Table of Tides 12");
    let own = page(&build, "/briefings/2024-05-06-crane-turns-again/index.md");
    assert!(!own.contains("Table of Tides"), "{own}");
    let ledger = page(&build, "/briefings/2024-05-06-crane-turns-again/index.json");
    assert!(ledger.contains("stands in several clippings of the outlet"), "{ledger}");
    let other = page(&build, "/briefings/2024-05-06-salt-is-dear/index.md");
    assert!(other.contains("Table of Tides"), "another outlet's line is not counted: {other}");
}

/// A page of the Bay Post, with what a site puts around an article.
fn saved(title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} - Bay Post</title>\
         <link rel=canonical href=\"https://baypost.example/{}\">\
         <meta property=\"og:site_name\" content=\"Bay Post\">\
         <meta property=\"article:published_time\" content=\"2024-05-06T08:00:00Z\"></head><body>\
         <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>\
         <article><h1>{title}</h1><p class=byline>By Jane Roe</p>\
         <p>{text} Nobody in the town can say what will come of it, and few would like to.</p>\
         <p>Tide tables of the Bay Post 7</p>\
         <p>The council meets again on the second Thursday of next month, the mayor said, as it \
         has done in every month since the quay was built for the salt trade.</p></article>\
         <footer>© 2024 Bay Post</footer></body></html>",
        title.len()
    )
}

#[test]
fn saved_pages_are_articles_and_their_furniture_is_counted_too() {
    let stories = [
        (
            "Crane turns again",
            "The old crane at the north quay turned on Monday morning, after nine years of rust.",
        ),
        (
            "Goats on the pier",
            "Two goats walked onto the pier on Tuesday and would not leave before the ferry came.",
        ),
        (
            "School gets a roof",
            "The school on the hill has a roof again after a storm took the old one off in March.",
        ),
    ];
    let shelf = stories.iter().fold(Shelf::default(), |shelf, (title, text)| {
        shelf.clipping(&format!("{}.html", title.len()), saved(title, text))
    });
    let build = shelf.build();
    let markdown = page(&build, "/briefings/2024-05-06-crane-turns-again/index.md");
    assert!(markdown.contains("The old crane at the north quay"), "{markdown}");
    for furniture in ["Sport", "Tide tables", "© 2024"] {
        assert!(!markdown.contains(furniture), "{furniture:?} is in\n{markdown}");
    }
    let record = page(&build, "/briefings/2024-05-06-crane-turns-again/index.json");
    for expected in ["Jane Roe", "Bay Post", "https://baypost.example/17"] {
        assert!(record.contains(expected), "{expected:?} is not in\n{record}");
    }
    assert!(record.contains("stands in several clippings of the outlet"), "{record}");
}

#[test]
fn a_saved_page_stands_for_itself_and_its_folder_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir_all(content.join("crane_files")).unwrap();
    let text =
        "The old crane at the north quay turned on Monday morning, after nine years of rust.";
    std::fs::write(content.join("crane.html"), saved("Crane turns again", text)).unwrap();
    let advert =
        "<html><body><p>An advert that the browser saved beside the page.</p></body></html>";
    std::fs::write(content.join("crane_files/frame.html"), advert).unwrap();
    annals(folder.path(), &["build", "--quiet"]);
    let briefings = folder.path().join("public/briefings");
    assert!(briefings.join("2024-05-06-crane-turns-again/index.html").exists());
    let said = annals(folder.path(), &["check", "--format", "json"]);
    assert!(!said.contains("crane_files"), "{said}");
}

const WALL: &str = "<!doctype html><html><head><title>Before you continue</title></head><body>\
    <h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services.</p>\
    <button>Accept all</button><button>Reject all</button></body></html>";

#[test]
fn a_page_that_is_no_article_is_published_on_request_alone() {
    let build = Shelf::default().clipping("wall.html", WALL).build();
    assert!(build.addresses().all(|address| !address.as_str().contains("before-you-continue")));
    assert!(
        build.diagnostics.iter().any(|diagnostic| diagnostic.code == "not-an-article"),
        "{:?}",
        build.diagnostics
    );
    let build = Shelf::default().clipping_with("wall.html", WALL, "publish = true").build();
    assert!(build.addresses().any(|address| address.as_str().contains("before-you-continue")));
}

#[test]
fn pages_that_are_broken_or_hostile_are_named_and_the_rest_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    std::fs::create_dir(&content).unwrap();
    let text = "The old crane at the north quay turned on Monday morning, after nine years of rust. \
        Volunteers had painted its jib and greased its wheels through the whole of the winter. \
        The town paid for the steel, and a firm from across the bay lent the tools.";
    let whole = saved("Crane turns again", text);
    let cut = whole.find("as it has done").unwrap();
    let nested = format!("<!doctype html><html>{}{text}", "<div>".repeat(100_000));
    let data = format!("src=\"data:image/png;base64,{}\"", "A".repeat(20 << 20));
    let picture =
        saved("Goats on the pier", text).replace("<p>Tide", &format!("<img {data}><p>Tide"));
    let mut latin = saved(
        "School gets a roof",
        "Le caf\u{e9} a rouvert lundi matin sur le quai nord, apr\u{e8}s neuf ans.",
    )
    .into_bytes();
    latin = String::from_utf8(latin)
        .unwrap()
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
        .collect();
    let script = "<!doctype html><html><head><title>Harbour</title></head><body><div id=root></div>\
        <script>render()</script></body></html>";
    for (name, bytes) in [
        ("truncated.html", &whole.as_bytes()[..cut]),
        ("nested.html", nested.as_bytes()),
        ("picture.html", picture.as_bytes()),
        ("latin.html", &latin),
        ("script.html", script.as_bytes()),
    ] {
        std::fs::write(content.join(name), bytes).unwrap();
    }
    annals(folder.path(), &["build", "--quiet"]);
    let briefings = folder.path().join("public/briefings");
    for (slug, expected) in [
        ("2024-05-06-crane-turns-again", "nine years of rust"),
        ("2024-05-06-goats-on-the-pier", "nine years of rust"),
        ("2024-05-06-school-gets-a-roof", "Le caf\u{e9} a rouvert"),
    ] {
        let markdown = std::fs::read_to_string(briefings.join(slug).join("index.md"));
        let markdown = markdown.unwrap_or_else(|error| {
            panic!("{slug}: {error}\n{}", annals(folder.path(), &["check"]))
        });
        assert!(markdown.contains(expected), "{expected:?} is not in\n{markdown}");
        assert!(!markdown.contains("base64"), "{slug}");
    }
    let said = annals(folder.path(), &["check", "--format", "json"]);
    for (file, code) in [
        ("nested.html", "elements are nested"),
        ("latin.html", "windows-1252"),
        ("script.html", "not-an-article"),
    ] {
        let named = |line: &str| line.contains(file) && line.contains(code);
        assert!(said.lines().any(named), "{file} is not named for {code:?} in\n{said}");
    }
}

#[test]
fn a_page_says_which_lines_were_kept_in_doubt() {
    const TEXT: &str = "Harbour opens after a winter of repairs\n\nBy Mara Lindqvist\n3 May 2022\n\n\
        The harbour of Kotor opened on Monday after a winter in which two of its three cranes had \
        to be rebuilt from the ground, the port authority said.\n\nYou love the sea? We do! Our app \
        has it all for you, and you can win your own boat.\n\nThe authority said on Tuesday that \
        the third crane would follow before the end of the year, once the money from the bank has \
        come.\n\nCaptains who waited outside the bay for a week said they had not been told when \
        the gates would open again.\n";
    let build = Shelf::default().clipping("harbour.txt", TEXT).build();
    let page = page(&build, "/briefings/2022-05-03-harbour-opens-after-a-winter-of-repairs/");
    let kept =
        "You love the sea? We do! Our app has it all for you, and you can win your own boat.";
    let (text, audit) = page.split_once("<summary>What was kept in doubt</summary>").unwrap();
    assert!(text.contains(&format!(">{kept}<a class=\"anchor\"")), "{text}");
    assert!(audit.contains(&format!("<li value=\"8\">{kept}</li>")), "{audit}");
}

#[test]
fn a_prompt_that_is_a_sentence_is_no_sure_furniture() {
    const PROMPT: &str = "Sign up for our newsletter to get the news of the quay first.";
    let paragraph = |number: usize| {
        format!(
            "The harbour of Kotor opened gate {number} on Monday after a winter in which two of its \
             three cranes had to be rebuilt from the ground, the port authority said."
        )
    };
    let markdown = |paragraphs: usize| {
        let mut blocks: Vec<String> = (0..paragraphs).map(paragraph).collect();
        blocks.insert(1, PROMPT.to_owned());
        format!("# Harbour opens after repairs\n\n{}\n", blocks.join("\n\n"))
    };
    let page = |paragraphs: usize| {
        let text = markdown(paragraphs);
        let (headline, text) = text.trim_end().split_once("\n\n").unwrap();
        let (headline, text) = (&headline[2..], text.replace("\n\n", "</p>\n<p>"));
        format!(
            "<html><head><title>{headline}</title></head><body><article><h1>{headline}</h1>\
             <p>{text}</p></article></body></html>"
        )
    };
    // one sentence of few is kept, one of many goes
    for (name, few, many) in
        [("quay.md", markdown(3), markdown(30)), ("quay.html", page(3), page(30))]
    {
        let (cleaned_few, explained) = cleaned(name, few.as_bytes());
        assert!(cleaned_few.contains(PROMPT), "{name}: {explained}");
        let kept = explained.lines().find(|line| line.contains(PROMPT)).unwrap();
        assert!(kept.contains("body") && kept.contains("← kept in doubt"), "{name}: {kept}");
        let (cleaned_many, explained) = cleaned(name, many.as_bytes());
        assert!(!cleaned_many.contains(PROMPT), "{name}: {explained}");
        assert!(explained.contains("← newsletter prompt"), "{name}: {explained}");

        let build = Shelf::default().clipping(name, few).build();
        let is_article = |(address, _): &(String, Vec<u8>)| {
            address.starts_with("/briefings/harbour-opens") && address.ends_with('/')
        };
        let (_, page) = pages(&build).into_iter().find(is_article).unwrap();
        let page = String::from_utf8(page).unwrap();
        let (_, audit) = page.split_once("<summary>What was kept in doubt</summary>").unwrap();
        assert!(audit.contains(&format!(">{PROMPT}</li>")), "{name}: {audit}");
    }
}

#[test]
fn the_head_of_a_mail_is_no_headline() {
    const TEXT: &str = "From: Harbour Alerts <alerts@harbour.example>\nDate: Tue, 3 May 2022 19:26:41 \
        +0200\nSubject: Harbour opens after a winter of repairs\n\nThe harbour of Kotor opened on \
        Monday after a winter in which two of its three cranes had to be rebuilt from the ground, \
        the port authority said.\n\nShips had been sent to Bar in the meantime, at a cost that \
        nobody so far has added up in full.\n";
    for text in [
        TEXT,
        &TEXT.replace("repairs\n\n", "repairs\n\nHarbour opens after a winter of repairs\n\n"),
    ] {
        let (markdown, explained) = cleaned("mail.txt", text.as_bytes());
        assert!(markdown.contains("# Harbour opens after a winter of repairs\n"), "{explained}");
        assert!(markdown.contains("2022-05-03"), "{markdown}");
    }
}
