//! Searching the archive, in a real browser where there is one.

use std::collections::BTreeMap;
use std::sync::Arc;

use annals::briefing::Briefing;
use annals::pipeline::Build;
use serde_json::Value;

use crate::browser::{Browser, Host, folder};
use crate::support::{Shelf, page, pages};

const REGISTER: &str = r#"
[[actor]]
id = "mara-lindqvist"
name = "Mara Lindqvist"
kind = "person"
aliases = ["Lindqvist"]
"#;

fn build() -> Arc<Build> {
    Shelf::default()
        .register(REGISTER)
        .config("title = \"Harbour desk\"\nbase_url = \"https://a.example/repo/\"\n")
        .clipping_with(
            "talks.txt",
            "Talks on the harbour resume\n\nMara Lindqvist met the dockers in Mitrovica on 3 May 2022.\n\nThe chair of the council resigned, and a state of emergency was declared.\n",
            "published = 2022-05-07\noutlet = \"The Gazette\"\n",
        )
        .clipping_with(
            "vote.txt",
            "Council votes for the breakwater\n\nThe council of Port Alder voted to pay half of it. The Kosovo delegation looked on.\n\nThe emergency of the state budget is over, said Lindqvist.\n",
            "published = 2023-09-06\noutlet = \"The Mirror\"\n",
        )
        .clipping_with(
            "strike.txt",
            "Dockers strike\n\nNobody worked in the harbour on Monday. Ships waited outside the breakwater, the breakwater itself was empty.\n",
            "published = 2023-02-01\noutlet = \"The Gazette\"\n",
        )
        .clipping("notes.txt", "Đurić’s note\n\nThe U.S. envoy wrote to Đurić that nothing had been decided.\n")
        .build()
}

/// What the search page says and lists, once it has answered.
fn ask(browser: &mut Browser, address: &str) -> (String, Vec<String>) {
    browser.open(address);
    let status = browser.wait("document.querySelector('.status').textContent");
    let headlines = browser.value(
        "Array.from(document.querySelectorAll('.results .headline'), (one) => one.textContent)",
    );
    let headlines = headlines.as_array().unwrap().iter();
    let headlines = headlines.map(|one| one.as_str().unwrap().to_owned()).collect();
    (status.as_str().unwrap().to_owned(), headlines)
}

#[test]
fn a_word_is_found_in_whatever_form_it_is_asked_for() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&build());
    let (talks, vote, strike, note) = (
        "Talks on the harbour resume",
        "Council votes for the breakwater",
        "Dockers strike",
        "Đurić’s note",
    );
    for (query, status, expected) in [
        ("mitrovca", "1 article for “mitrovica”, which is near to what you wrote.", &[talks][..]),
        ("Kosov%C3%B3", "1 article.", &[vote]),
        ("resign", "1 article.", &[talks]), // the text says "resigned"
        ("resigns", "1 article.", &[talks]),
        ("harbours", "2 articles.", &[talks, strike]),
        ("mitro", "1 article.", &[talks]), // half typed
        ("breakwater", "2 articles.", &[vote, strike]), // the headline before the text
        ("duric", "1 article.", &[note]),
        ("US+envoy", "1 article.", &[note]),
        ("u.s.", "1 article.", &[note]),
        ("%22state+of+emergency%22", "1 article.", &[talks]), // not "emergency of the state"
        ("%22emergency+of+the+state%22", "1 article.", &[vote]),
        ("%22breakwater+council%22", "No article found.", &[]),
        ("harbour+delegation", "3 articles; none has all the words.", &[talks, vote, strike]),
        ("lindqvist&year=2022", "1 article.", &[talks]),
        ("lindqvist&outlet=the-mirror", "1 article.", &[vote]),
        ("&actor=mara-lindqvist", "2 articles.", &[vote, talks]),
        ("the", "These words are too common to search for.", &[]),
        ("xyzzyplugh", "No article found.", &[]),
    ] {
        let (said, found) = ask(&mut browser, &format!("{}search/?q={query}", host.home));
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!((said.as_str(), found.as_slice()), (status, expected), "{query}");
    }
    assert_eq!(browser.errors, [""; 0]);
}

#[test]
fn what_is_shown_is_the_thing_itself_then_the_words_that_were_asked_for() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&build());
    ask(&mut browser, &format!("{}search/?q=lindqvist+2022", host.home));
    let things = browser.value(
        "Array.from(document.querySelectorAll('.things a'), (one) => one.getAttribute('href'))",
    );
    let expected = ["../actors/mara-lindqvist/", "../briefings/2022/", "../timeline/2022/"];
    assert_eq!(things, Value::from(expected.to_vec()));
    ask(&mut browser, &format!("{}search/?q=breakwaters", host.home));
    let marked = browser.value(
        "Array.from(document.querySelectorAll('.results li:last-child .summary mark'), (one) => one.textContent)",
    );
    assert_eq!(marked, Value::from(["breakwater", "breakwater"].to_vec()));
    // A text of the archive stays text.
    ask(
        &mut browser,
        &format!("{}search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+harbour", host.home),
    );
    assert_eq!(browser.value("document.querySelectorAll('main img').length"), 0);
    assert_eq!(browser.errors, [""; 0]);
}

#[test]
fn the_keyboard_leads_to_the_search_and_the_address_follows_the_query() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&build());
    browser.open(&format!("{}briefings/2023-02-01-dockers-strike/", host.home));
    browser.press("k", "KeyK", 2);
    browser.wait("document.activeElement && document.activeElement.id === 'q'");
    browser.write("vote");
    browser.wait("/^1 article/.test(document.querySelector('.status').textContent)");
    assert_eq!(browser.value("location.pathname + location.search"), "/repo/search/?q=vote");
    browser.press("Enter", "Enter", 0);
    browser.value("document.getElementById('q').value = 'strike'");
    browser.press("Enter", "Enter", 0);
    browser.wait("location.search === '?q=strike' && /Dockers/.test(document.querySelector('.results').textContent)");
    browser.value("history.back()");
    browser.wait("location.search === '?q=vote' && /Council/.test(document.querySelector('.results').textContent)");
    // Said once, in a live region, and no key but the one with Ctrl is taken away.
    assert_eq!(browser.value("document.querySelector('.status').getAttribute('role')"), "status");
    assert_eq!(
        browser.value("document.querySelector('label[for=q]').textContent.length > 0"),
        true
    );
    assert_eq!(browser.errors, [""; 0]);
}

#[test]
fn a_copy_in_a_folder_is_searched_too_and_says_what_it_cannot() {
    let Some(mut browser) = Browser::start() else { return };
    let (_site, home) = folder(&build());
    let (status, found) = ask(&mut browser, &format!("{home}search/index.html?q=mitrovca"));
    assert_eq!(status, "1 article for “mitrovica”, which is near to what you wrote.");
    assert_eq!(found, ["Talks on the harbour resume"]);
    let note = browser.value("document.getElementById('q-hint').textContent");
    assert!(note.as_str().unwrap().starts_with("Opened from a folder"), "{note}");
    browser.value("document.querySelector('.results a').click()");
    browser.wait("/briefings\\/.*\\/index\\.html$/.test(location.pathname) && document.readyState === 'complete'");
    assert_eq!(browser.errors, [""; 0]);
}

#[test]
fn without_a_script_the_page_offers_the_lists() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&build());
    let off = serde_json::json!({ "value": true });
    browser.command("Emulation.setScriptExecutionDisabled", &off);
    browser.open(&format!("{}search/?q=harbour", host.home));
    let text = browser.value("document.querySelector('main').innerText");
    let text = text.as_str().unwrap();
    for words in ["needs JavaScript", "2023", "Mara Lindqvist", "The Gazette"] {
        assert!(text.contains(words), "{words:?} is not in {text:?}");
    }
    assert!(!text.contains("Narrow"), "a form that does nothing is not shown");
}

#[test]
fn a_query_asks_for_little() {
    let Some(mut browser) = Browser::start() else { return };
    let host = Host::of(&build());
    ask(&mut browser, &format!("{}search/?q=harbour+talks", host.home));
    let first: usize = host.sent().iter().map(|(_, bytes)| bytes).sum();
    assert!(first <= 100_000, "the page and its first query take {first} bytes");
    let script: usize = pages(&build())
        .iter()
        .filter(|(path, _)| path.contains("/search-"))
        .map(|(_, bytes)| gzipped(bytes))
        .sum();
    assert!(0 < script && script <= 12_000, "the script takes {script} bytes");
}

#[test]
fn words_beyond_what_a_query_may_fetch_are_left_out_and_named() {
    let Some(mut browser) = Browser::start() else { return };
    // The same archive, if each of its words were one of a hundred thousand articles.
    let dear = pages(&build()).into_iter().map(|(path, bytes)| {
        if path != "/search/index.js" {
            return (path, bytes);
        }
        let script = String::from_utf8(bytes).unwrap();
        let (before, rest) = script.split_once("\"costs\":\"").unwrap();
        let (costs, after) = rest.split_once('"').unwrap();
        let script = format!("{before}\"costs\":\"{}\"{after}", "}".repeat(costs.len()));
        (path, script.into_bytes())
    });
    let host = Host::of_pages(dear.collect());
    for (query, status, n) in [
        ("breakwater", "2 articles.", 2),
        ("delegation+kosovo+breakwater", "1 article; left out: breakwater.", 1),
        ("harbour+resigned+council+%22state+of+emergency%22", "1 article; left out: council.", 1),
    ] {
        let (said, found) = ask(&mut browser, &format!("{}search/?q={query}", host.home));
        assert_eq!((said.as_str(), found.len()), (status, n), "{query}");
    }
    assert_eq!(browser.errors, [""; 0]);
}

fn gzipped(bytes: &[u8]) -> usize {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap().len()
}

/// What the files of the index hold, by name.
fn payloads(build: &Build) -> BTreeMap<String, Value> {
    let files = pages(build)
        .into_iter()
        .filter(|(path, _)| path.starts_with("/search/") && *path != "/search/");
    files
        .map(|(_, bytes)| {
            let script = String::from_utf8(bytes).unwrap();
            let arguments =
                script.trim().strip_prefix("annals(").unwrap().strip_suffix(')').unwrap();
            let arguments: Value = serde_json::from_str(&format!("[{arguments}]")).unwrap();
            (arguments[0].as_str().unwrap().to_owned(), arguments[2].clone())
        })
        .collect()
}

#[test]
fn every_form_stands_where_the_alphabet_says() {
    // Enough words that they need several files, forms of one word among them.
    let mut shelf = Shelf::default();
    for article in 0..40 {
        let word = |n: u32| {
            let n = (n * 7 + article * 31) % 1_500;
            let letter = |n: u32| char::from(b'a' + u8::try_from(n % 26).unwrap());
            let stem: String = [n, n / 26, n / 7, n / 3].map(letter).iter().collect();
            stem + ["", "s", "ed", "ing", "ies", "y"][(n % 6) as usize]
        };
        let words: Vec<String> = (0..150).map(word).collect();
        let text = format!("Headline {article}\n\n{}.\n", words.join(" "));
        shelf = shelf.clipping(&format!("{article}.txt"), text);
    }
    let build = shelf.build();
    let files = payloads(&build);
    let from = files["index"]["terms"].as_str().unwrap();
    let from: Vec<&str> = from.split(' ').collect();
    assert!(from.len() > 2, "several files: {from:?}");
    assert!(from.is_sorted(), "{from:?}");
    let place = |word: &str| from.partition_point(|first| *first <= word).saturating_sub(1);
    let record = |word: &str| {
        let file = files[&format!("t{}", place(word))].as_str().unwrap().to_owned();
        file.split('~').find_map(|record| {
            let parts: Vec<&str> = record.split('|').collect();
            if let Some(form) = parts[0].strip_prefix('=') {
                return (form == word).then(|| parts[1].to_owned());
            }
            let mut ends = parts[0].split(',');
            let shared = ends.next().unwrap();
            ends.any(|end| format!("{shared}{end}") == word).then(String::new)
        })
    };
    let (mut n, mut folded) = (0, String::new());
    for entry in &build.archive().entries {
        let Briefing { words, prose, .. } = &*entry.briefing;
        words.fold(prose, &mut folded);
        for word in words.iter(&folded) {
            let found = record(word.text).unwrap_or_else(|| panic!("{} is not there", word.text));
            let found = if found.is_empty() { found } else { record(&found).unwrap() };
            assert_eq!(found, "", "{}: a name leads to its family", word.text);
            n += 1;
        }
    }
    assert!(n > 2_000, "{n}");
}

#[test]
fn a_browser_is_told_how_to_search() {
    let build = build();
    let html = page(&build, "/actors/");
    assert!(html.contains(
        "rel=\"search\" type=\"application/opensearchdescription+xml\" href=\"../opensearch.xml\""
    ));
    let xml = page(&build, "/opensearch.xml");
    assert!(xml.contains("template=\"https://a.example/repo/search/?q={searchTerms}\""), "{xml}");
}
