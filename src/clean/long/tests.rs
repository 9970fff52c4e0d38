use std::fmt::Write as _;

use super::*;
use crate::article::LedgerEntry;
use crate::clean::weigh::table::SHIPPED;
use crate::clean::{clean, clean_owned};
use crate::source::{Clipping, Format, decode_owned};

fn document(text: &str) -> RawDocument {
    let bytes = text.as_bytes().to_vec();
    let name = || "2022/talks.txt".to_owned();
    decode_owned(Clipping { path: name(), file: name(), bytes, sidecar: None })
}

/// A story of `n_bytes` and more with some furniture, damage and marks of Markdown in it.
fn story(n_bytes: usize) -> String {
    let mut text = "Talks resume in Port Alder\n\nBy Jonas Vey\n\n3 March 2022\n\n".to_owned();
    for number in 0.. {
        let _ = writeln!(
            text,
            "The envoys met for the {number}th time, in the hall above the harbour, and spoke \
             of cranes,  quays and *tolls* until it was dark. “Nobody left,” said the port master."
        );
        text.push_str(if number % 3 == 0 { "\n" } else { "" });
        text.push_str(if number % 50 == 0 { "Share this article\n\n" } else { "" });
        if text.len() > n_bytes {
            break;
        }
    }
    text
}

/// What cleaning at once gives.
fn at_once(document: &RawDocument) -> (Article, Vec<Span>) {
    let text = Pasted { document, recurrence: &Recurrence::default() };
    let piece = pasted::clean(text, &SHIPPED, Extent::Whole);
    let lines = line::split(&document.text, Mending::of(Some("en")));
    (piece.article, points_of(&lines))
}

#[test]
fn a_long_text_is_cleaned_in_sections_as_it_would_be_at_once() {
    let document = document(&story(LONG));
    assert!(is_long(&document.text) && document.format == Format::Text);
    let (whole, points) = at_once(&document);
    let (article, found) =
        super::clean(&document, document.text.clone(), &SHIPPED, &Recurrence::default());
    assert!(article.body == whole.body && article.blocks == whole.blocks);
    assert!(article.ledger == whole.ledger);
    assert!(found == points);
    assert_eq!(article.headline, whole.headline);
    assert_eq!(article.diagnostics, whole.diagnostics);
    assert!(article.body.contains("\\*tolls\\*") && !article.body.contains("Share"));
}

#[test]
fn a_text_that_nobody_else_needs_gives_the_same() {
    let document = document(&story(LONG));
    let article = clean(&document);
    let cleaned = clean_owned(document, &crate::clean::Rules::default());
    assert!(article == cleaned.article);
    assert!(matches!(cleaned.original, crate::article::Original::Repairs(_)));
}

#[test]
fn a_line_longer_than_any_section_is_one_paragraph() {
    let sentence = "The envoys spoke of  *tolls* and quays; “nobody left,” it was said. ";
    let line = sentence.repeat(LONG / sentence.len() + 9);
    let document = document(&format!("Talks resume in Port Alder\n\n{line}\nThey meet again.\n"));
    let (whole, points) = at_once(&document);
    let (article, found) =
        super::clean(&document, document.text.clone(), &SHIPPED, &Recurrence::default());
    assert_eq!(article.blocks.len(), 2);
    assert!(article.body == whole.body && article.blocks == whole.blocks);
    assert!(article.ledger == whole.ledger && found == points);
}

#[test]
fn a_text_without_spaces_or_lines_is_accounted_for() {
    let letters = "é".repeat(60) + "\n";
    let lines = letters.repeat(LONG / letters.len() + 1);
    for text in ["x".repeat(LONG + 1), lines, " \n".repeat(LONG / 2 + 1)] {
        let document = document(&text);
        let (article, _) = super::clean(&document, text.clone(), &SHIPPED, &Recurrence::default());
        assert_eq!(article.ledger.len(), text.lines().count());
        let is_unsaid = |line: &LedgerEntry<'_>| line.fate == Fate::Metadata;
        assert_eq!(article.ledger.entries().filter(is_unsaid).count(), 0);
    }
}

#[test]
fn front_matter_is_part_of_the_first_section() {
    let text = format!("---\ntitle: Tolls\nnote: |\n{}---\n{}", "  a\n".repeat(9), story(LONG));
    let document = document(&text);
    let (article, _) =
        super::clean(&document, document.text.clone(), &SHIPPED, &Recurrence::default());
    assert_eq!(article.headline.value, "Tolls");
    let metadata = article.ledger.entries().filter(|line| line.fate == Fate::Metadata).count();
    assert_eq!(metadata, document.front_matter_lines as usize);
}

#[test]
fn a_seam_parts_two_words() {
    for (text, expected) in [
        ("one two three", "one two"),
        ("one two  ", "one"),
        ("one “two", "one “two"),
        ("x", "x"),
        ("", ""),
    ] {
        assert_eq!(&text[..seam(text)], expected, "{text:?}");
    }
}
