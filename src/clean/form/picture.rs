//! Texts of pictures: captions and who made them.
//!
//! A line goes in; its caption and its credit come out where a credit, a label or
//! the words that only captions use say that it belongs to a picture. A caption
//! without any of them looks like prose and is taken for prose.
//!
//! Entry points: [`read`], and [`describes_picture`] for lines whose place already
//! suggests one.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The text of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Picture<'a> {
    /// What it shows.
    pub(in super::super) caption: Option<&'a str>,
    /// Who made it.
    pub(in super::super) credit: Option<&'a str>,
}

/// Agencies and stocks that pictures are credited to.
const STOCKS: [&str; 40] = [
    "Getty Images",
    "Getty",
    "AP Photo",
    "via AP",
    "/AP",
    "AP Images",
    "Associated Press",
    "/Reuters",
    "REUTERS",
    "via Reuters",
    "/AFP",
    "via Getty",
    "AFP via",
    "via AFP",
    "Shutterstock",
    "iStock",
    "Alamy",
    "Bloomberg via",
    "Anadolu",
    "/EPA",
    "EPA-EFE",
    "Wikimedia",
    "Unsplash",
    "Imago",
    "imago",
    "IMAGO",
    "picture alliance",
    "picture-alliance",
    "/dpa",
    "Redux",
    "WireImage",
    "USA TODAY",
    "Pixabay",
    "Adobe Stock",
    "stock.adobe",
    "Europa Press",
    "PA Images",
    "PA Wire",
    "Tanjug/",
    "CP Images",
];

/// What every text of a picture holds, those of agencies and brackets at its end aside.
const LABELS: [&str; 21] = [
    "hoto",
    "mage ",
    "mage:",
    "mages:",
    "IMAGE",
    "PHOTO",
    "redit",
    "icture",
    "oto:",
    "otos:",
    "oto von",
    "FOTO",
    "Bild",
    "©",
    "ourtesy",
    "Media caption",
    "Caption:",
    "FILE",
    "ARCHIV",
    "Quelle:",
    "mage via",
];

/// What every text of a picture holds, brackets at its end aside.
pub(super) fn hints() -> impl Iterator<Item = &'static str> {
    LABELS.into_iter().chain(STOCKS)
}

/// The same, looked for at once.
static HINTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(hints())
        .expect("a few short patterns fit any automaton")
});

/// The words of captions, for lines whose place suggests one.
static SCENES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    const WORDS: [&str; 34] = [
        " is seen ",
        " are seen ",
        " is pictured",
        " are pictured",
        "pictured ",
        " pictured",
        "seen here",
        " (left)",
        " (right)",
        "(centre)",
        "(center)",
        "(l)",
        "(r)",
        ", left,",
        ", right,",
        ", center,",
        ", centre,",
        ", left ",
        ", right ",
        "in this photo",
        "in this file",
        "in this image",
        "file photo",
        "file image",
        "shakes hands with",
        "shake hands",
        "poses for",
        "pose for",
        "from left",
        "left to right",
        "walks past",
        "walk past",
        "clockwise from",
        "is shown",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(WORDS)
        .expect("a few short patterns fit any automaton")
});

/// Reads `text` as the text of a picture.
pub(in super::super) fn read(text: &str) -> Option<Picture<'_>> {
    if !HINTS.is_match(text) {
        return bracketed(text);
    }
    labelled(text)
        .or_else(|| bracketed(text))
        .or_else(|| copyright(text))
        .or_else(|| trailing(text))
        .or_else(|| archived(text))
}

/// `Photo: J. Stone`, `Image source, Agency`, `A boat   Credit: J. Stone`.
fn labelled(text: &str) -> Option<Picture<'_>> {
    const CREDITS: [&str; 34] = [
        "Photo:",
        "Photos:",
        "PHOTO:",
        "Photo by",
        "Photos by",
        "Photo credit",
        "Photo Credit",
        "Photograph:",
        "Photograph by",
        "Photographer:",
        "Image:",
        "Images:",
        "IMAGE:",
        "Image by",
        "Image credit",
        "Image Credit",
        "Image source",
        "Image via",
        "Photo via",
        "Picture:",
        "Pictures:",
        "Picture by",
        "Credit:",
        "Credit...",
        "Credits:",
        "Foto:",
        "Fotos:",
        "FOTO:",
        "Bild:",
        "Foto von",
        "© Photo:",
        "Courtesy of",
        "Courtesy ",
        "Photo courtesy",
    ];
    const CAPTIONS: [&str; 6] = [
        "Image caption,",
        "Image caption",
        "Media caption,",
        "Photo caption:",
        "Caption:",
        "Bildunterschrift:",
    ];
    for label in CAPTIONS {
        if let Some(rest) = text.strip_prefix(label) {
            let rest = rest.trim_start_matches([':', ',', ' ']);
            return Some(Picture {
                caption: Some(rest).filter(|rest| !rest.is_empty()),
                credit: None,
            });
        }
    }
    let words = text.split_whitespace().count();
    if words <= 14
        && !text.ends_with(['!', '?'])
        && CREDITS.iter().any(|label| text.starts_with(label))
    {
        return Some(Picture { caption: None, credit: Some(text) });
    }
    // behind a caption, where the words after the label make no sentence
    for label in [
        "Photo:",
        "Photograph:",
        "Credit:",
        "Photo by",
        "Image:",
        "Image credit:",
        "Photo credit:",
        "Foto:",
        "FOTO:",
        "Bild:",
        "Picture:",
        "Courtesy of",
        "Quelle:",
        "Photo Courtesy",
        "| Photo Credit",
        "Photo via",
    ] {
        if let Some(at) = last(text, label).filter(|at| *at > 0) {
            let credit = &text[at..];
            let short = credit.split_whitespace().count() <= 10;
            let parted = text[..at].ends_with([' ', '.', '(', '[', '|', '/', '\n', ')']);
            if short && parted && !(label == "Courtesy of" && text.ends_with('.')) {
                return Some(split(text, at));
            }
        }
    }
    None
}

/// Where `label` stands last in `text`, by its first letter: a capital, which is rare.
fn last(text: &str, label: &str) -> Option<usize> {
    let (text, label) = (text.as_bytes(), label.as_bytes());
    memchr::memrchr_iter(*label.first()?, text).find(|at| text[*at..].starts_with(label))
}

/// A credit in brackets at the end: `(AP Photo/Mira Kolar)`, `[File: M. Kolar/Reuters]`.
pub(super) fn bracketed(text: &str) -> Option<Picture<'_>> {
    let bare = text.trim_end_matches(['.', ' ']);
    let open = match bare.chars().next_back()? {
        ')' => bare.rfind('('),
        ']' => bare.rfind('['),
        _ => None,
    }?;
    let inside = &bare[open + 1..bare.len() - 1];
    let words = inside.split_whitespace().count();
    let label = [
        "Photo",
        "File",
        "Image",
        "Courtesy",
        "Handout",
        "Screengrab",
        "Foto",
        "AP",
        "Pic",
        "Credit",
        "Picture",
        "PHOTO",
        "IMAGE",
        "Bild",
    ]
    .iter()
    .any(|label| inside.starts_with(label));
    let named = is_stock(inside)
        || label
            && (inside.contains([':', '/']) || inside.contains(" by ") || inside.contains(" of "))
        || inside.contains("hoto by ")
        || inside.contains("hoto courtesy of ")
        || is_slashed_name(inside);
    (words <= 12 && named && inside.len() > 4).then(|| split(text, open))
}

/// `Mira Kolar/Agency`: capitalised words around one slash.
fn is_slashed_name(text: &str) -> bool {
    let Some((name, house)) = text.split_once('/') else { return false };
    let capital = |part: &str| part.trim().starts_with(char::is_uppercase);
    name.split_whitespace().count() >= 2
        && name.split_whitespace().count() <= 4
        && capital(name)
        && capital(house)
        && name.split_whitespace().all(capital)
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// `© Ana Ruiz / AFP via Getty Images`, `Jens Berg © Ana Ruiz / Agency`.
fn copyright(text: &str) -> Option<Picture<'_>> {
    let at = text.find('©')?;
    let credit = &text[at..];
    let lower = credit.to_lowercase();
    let page = credit.contains(|c: char| c.is_ascii_digit())
        || lower.contains("reserved")
        || lower.contains("all rights")
        || lower.contains("vorbehalten");
    let words = credit.split_whitespace().count();
    (!page && (2..=12).contains(&words) && !text[..at].contains(". ")
        || !page && is_stock(credit) && words <= 14)
        .then(|| split(text, at))
}

/// A credit without brackets at the end: `A boat at sea Mira Kolar/Getty Images`.
fn trailing(text: &str) -> Option<Picture<'_>> {
    let bare = text.trim_end_matches([' ', '.']);
    let stock = STOCKS.iter().find(|stock| {
        bare.ends_with(*stock)
            || last(bare, stock).is_some_and(|at| {
                bare.len() - at - stock.len() <= 24
                    && !bare[at..].contains(". ")
                    && bare[at..].matches(' ').count() <= 4
            })
    })?;
    if text.ends_with('.') && !stock.contains("Getty") {
        return None;
    }
    let at = last(bare, stock)?;
    let words = bare.split_whitespace().count();
    // a sentence about an agency is no credit: the stock must close the line or
    // be joined to a name
    let joined = bare[..at].ends_with(['/', '|', '-', '(', ':', ','])
        || bare[..at].ends_with("via ")
        || stock.starts_with('/')
        || stock.contains("via");
    if words > 8 && !joined && !bare.ends_with("Getty Images") {
        return None;
    }
    if matches!(*stock, "Associated Press" | "Getty" | "REUTERS" | "Anadolu" | "Redux")
        && !joined
        && words > 4
    {
        return None;
    }
    // the name before the stock belongs to the credit
    let head = bare[..at]
        .rfind(". ")
        .map_or_else(|| bare[..at].rfind("  ").map_or(0, |gap| gap + 2), |stop| stop + 2);
    Some(if head == 0 && words <= 8 {
        Picture { caption: None, credit: Some(text) }
    } else {
        split(text, head.max(if head == 0 { at } else { head }))
    })
}

/// `FILE - Soldiers …`, `FILE PHOTO: …`.
fn archived(text: &str) -> Option<Picture<'_>> {
    const LABELS: [&str; 9] = [
        "FILE - ",
        "FILE – ",
        "FILE — ",
        "FILE PHOTO",
        "File photo",
        "ARCHIV - ",
        "FILE: ",
        "FILE-",
        "In this file photo",
    ];
    LABELS
        .iter()
        .any(|label| text.starts_with(label))
        .then_some(Picture { caption: Some(text), credit: None })
}

fn split(text: &str, at: usize) -> Picture<'_> {
    let caption = text[..at].trim_matches([' ', '|', '-', '–', '(', '[', '/']);
    Picture {
        caption: Some(caption).filter(|caption| !caption.is_empty()),
        credit: Some(text[at..].trim()),
    }
}

pub(in super::super) fn is_stock(text: &str) -> bool {
    STOCKS.iter().any(|stock| text.contains(stock))
        || matches!(text, "AP" | "AFP" | "EPA" | "Reuters" | "dpa" | "PA")
}

/// Whether a single sentence describes what a picture shows, in the words of
/// captions: it is *seen*, it stands on the *left*, someone *shakes hands*.
pub(in super::super) fn describes_picture(text: &str) -> bool {
    text.len() <= 260 && !is_quoted(text) && SCENES.is_match(text)
}

/// Whether a quotation mark stands in `text`.
fn is_quoted(text: &str) -> bool {
    let bytes = text.as_bytes();
    // what those beyond ASCII end with
    let mut ends = memchr::memchr3_iter(b'"', 0x9C, 0x9D, bytes);
    ends.any(|at| ["\"", "“", "”"].iter().any(|mark| bytes[..=at].ends_with(mark.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        read(text).map_or("none".to_owned(), |picture| {
            format!("{} | {}", picture.caption.unwrap_or("-"), picture.credit.unwrap_or("-"))
        })
    }

    #[test]
    fn captions_and_credits_are_told_apart() {
        for (text, expected) in [
            (
                "Ferries wait in Kotor. (AP Photo/Mira Kolar)",
                "Ferries wait in Kotor. | (AP Photo/Mira Kolar)",
            ),
            ("A crane [File: Mira Kolar/Reuters]", "A crane | [File: Mira Kolar/Reuters]"),
            (
                "Ana Berg © Ana Ruiz / AFP via Getty Images",
                "Ana Berg | © Ana Ruiz / AFP via Getty Images",
            ),
            ("Photo: J. Stone/Reuters", "- | Photo: J. Stone/Reuters"),
            ("Image caption, The old pier", "The old pier | -"),
            (
                "FILE - Soldiers guard the old pier in May.",
                "FILE - Soldiers guard the old pier in May. | -",
            ),
            ("Getty Images", "- | Getty Images"),
            ("The pier at dusk Credit: Mira Kolar", "The pier at dusk | Credit: Mira Kolar"),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn sentences_about_pictures_and_agencies_stay_prose() {
        for text in [
            "The minister told Reuters that the port would open.",
            "© 2021 The Evening Dispatch. All rights reserved.",
            "She took a photo of the pier and sent it to the Associated Press.",
            "The European Union (EU) agreed.",
        ] {
            assert_eq!(told(text), "none", "{text:?}");
        }
    }

    #[test]
    fn a_caption_without_credit_is_known_by_its_words() {
        assert!(describes_picture("Flags are seen displayed above the market of Kotor."));
        assert!(!describes_picture("The council met on Monday and decided nothing."));
    }
}
