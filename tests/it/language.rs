//! The language of the pages, and that of each article.

use annals::theme::Explains;
use annals::theme::wording::Wording;

use crate::support::{Shelf, page, shared};

const GERMAN: &str = "Der Hafen bleibt geschlossen\n\nDie Hafenbehörde hat am Montag mitgeteilt, \
    dass der Hafen bis zum Ende des Monats geschlossen bleibt, weil die Mole noch nicht sicher \
    ist.\n\nDie Fischer warten auf ein Wort aus der Stadt, und die Stadt wartet auf das Geld des \
    Landes.\n";
const ENGLISH: &str = "Council votes for the breakwater\n\nThe council of Port Alder voted on \
    Monday to pay half of the breakwater, the Harbour Authority said on 5 September 2022.\n\nMara \
    Lindqvist called it the end of a long winter.\n";

fn shelf(language: &str) -> Shelf {
    Shelf::default()
        .config(&format!("language = \"{language}\"\nbase_url = \"https://a.example/\"\n"))
        .register(
            "[[actor]]\nid = \"harbour-authority\"\nname = \"Harbour Authority\"\n\
             kind = \"organisation\"\n",
        )
        .clipping_with("hafen.txt", GERMAN, "published = 2022-05-01\nlanguage = \"de\"\n")
        .clipping_with("vote.txt", ENGLISH, "published = 2022-09-06\nlanguage = \"en\"\n")
}

#[test]
fn pages_speak_the_language_of_the_settings() {
    for (language, home, year, filed, date, link) in [
        (
            "en",
            "Newest briefings",
            "Briefings of 2022",
            "2 articles",
            "1 May 2022",
            "Link to this paragraph",
        ),
        (
            "de",
            "Neueste Berichte",
            "Berichte aus 2022",
            "2 Artikel",
            "1. Mai 2022",
            "Link zu diesem Absatz",
        ),
        (
            "fr",
            "Dernières dépêches",
            "Dépêches de 2022",
            "2 articles",
            "1er mai 2022",
            "Lien vers ce paragraphe",
        ),
    ] {
        let build = shelf(language).build();
        let front = page(&build, "/");
        assert!(front.contains(&format!("<html lang=\"{language}\">")), "{front}");
        assert!(front.contains(home), "{language}: {home}");
        let list = page(&build, "/briefings/2022/");
        for words in [year, filed, date] {
            assert!(list.contains(words), "{language}: {words:?} is not in {list}");
        }
        let article = page(&build, "/briefings/2022-09-06-council-votes-for-the-breakwater/");
        assert!(article.contains(&format!("aria-label=\"{link}\"")), "{language}: {article}");
        let moved = page(&build, "/404.html");
        assert!(!moved.contains("[["), "{language}: {moved}");
    }
}

#[test]
fn a_text_says_its_own_language_where_the_page_has_another() {
    let build = shelf("de").build();
    let list = page(&build, "/briefings/2022/");
    assert!(
        list.contains("-council-votes-for-the-breakwater/\" lang=\"en\" dir=\"ltr\">Council"),
        "{list}"
    );
    assert!(
        list.contains("<h3 class=\"headline\"><a href=\"../../briefings/2022-05-01-"),
        "{list}"
    );
    let article = page(&build, "/briefings/2022-09-06-council-votes-for-the-breakwater/");
    assert!(article.contains("<h1 lang=\"en\" dir=\"ltr\">"), "{article}");
    assert!(article.contains("<div class=\"body\" lang=\"en\" dir=\"ltr\">"), "{article}");
}

#[test]
fn files_for_programs_are_the_same_in_every_language() {
    let (german, english) = (shelf("de").build(), shelf("en").build());
    for file in ["/data/actors.csv", "/data/articles.json", "/data/timeline.csv"] {
        assert_eq!(page(&german, file), page(&english, file), "{file}");
    }
}

#[test]
fn a_language_without_words_has_english_pages_that_say_so() {
    let build = shelf("sv").build();
    let front = page(&build, "/");
    assert!(front.contains("<html lang=\"en\">") && front.contains("Newest briefings"), "{front}");
}

#[test]
fn why_a_line_went_and_what_dates_an_article_is_told_in_the_language_of_the_pages() {
    let text = "Council votes for the breakwater\n\nShare this article\n\nThe council of Port \
        Alder voted on Thursday to\u{a0}pay half of it, the Harbour Authority said on 5 September \
        2022.\n\nThe Harbour Authority will open the gate on 9 September 2022.\n\nRead more: \
        Dockers strike\n";
    let build = shelf("de").clipping("2022/pier.txt", text).build();
    let entries = &build.archive().entries;
    let entry = entries.iter().find(|entry| entry.briefing.article.path == "2022/pier.txt");
    let address = format!("/briefings/{}/", entry.unwrap().key);
    let article = page(&build, &address);
    for words in [
        "<h3>Zeile zum Teilen</h3>",
        "<h3>geschütztes Leerzeichen</h3>",
        "<li>im Jahr 2022: der Ordner <code>2022</code></li>",
        "<li>nicht vor <code>5 September 2022</code>, wovon er berichtet</li>",
    ] {
        assert!(article.contains(words), "{words:?} is not in {article}");
    }
    let record = page(&build, &format!("{address}index.json"));
    assert!(record.contains("share row") && record.contains("in 2022: the folder"), "{record}");
}

/// What no invented clipping thinks of: every rule and clue of clippings that were found.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads clippings that are not ours to ship")]
fn every_rule_and_clue_of_real_clippings_has_words() {
    let Some(folder) = shared("corpora/cleaning") else { return };
    let mut files: Vec<_> = ["raw-clip", "../cleaning-html/html"]
        .iter()
        .flat_map(|name| std::fs::read_dir(folder.join(name)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let shelf = files.iter().enumerate().fold(Shelf::default(), |shelf, (at, path)| {
        let name = path.file_name().unwrap().to_str().unwrap();
        shelf.clipping(&format!("{at}-{name}"), std::fs::read(path).unwrap())
    });
    let build = shelf.build();
    let german = Wording::new("de", &[]).unwrap();
    let mut n = 0;
    let mut check = |what: Explains, said: &str| {
        n += 1;
        // No German words are the English ones.
        assert_ne!(german.explain(what, said), said, "{what:?}");
    };
    for entry in &build.archive().entries {
        let article = &entry.briefing.article;
        for line in article.ledger.entries() {
            line.rule.iter().for_each(|rule| check(Explains::Rule, rule));
            line.repairs().for_each(|repair| check(Explains::Rule, repair.rule));
        }
        article.removed.iter().for_each(|passage| check(Explains::Rule, &passage.rule));
        article.published.clues.iter().for_each(|clue| check(Explains::Clue, clue));
    }
    for decision in build.archive().actors.iter().flat_map(|actor| &actor.decisions) {
        check(Explains::Naming, &decision.rule);
    }
    assert!(n > 2_000, "{n}");
}
