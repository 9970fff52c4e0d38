//! Whether a page is an article at all, and what it is instead.
//!
//! People save what stands in the window: sometimes a notice that asks for consent,
//! an error, a start page. Each is known by what it says and by how little of it is
//! running text; a page that calls itself an article and has a text is one.

use super::Judged;
use super::data::Data;
use super::field::fold;
use super::piece::Kind;
use super::tidy::Tidy;
use crate::article::{Article, Fate};
use crate::clean::body::Decision;
use crate::clean::form::Form;

/// What a page is instead of an article, with its article; `None` where it is one.
pub(super) fn instead(
    judged: &[Judged<'_>],
    decisions: &[Decision],
    data: &Data,
    tidy: &Tidy,
    article: &Article,
) -> Option<&'static str> {
    /// Words of running text that an article has at least.
    const SHORTEST: usize = 40;
    /// Words up to which a page may be nothing but a notice.
    const NOTICE: usize = 250;
    let body = || judged.iter().zip(decisions).filter(|(_, found)| found.fate == Fate::Body);
    let words: usize = body().map(|(judged, _)| judged.words).sum();
    let prose = body().filter(|(judged, _)| judged.form == Form::Prose);
    let prose: usize = prose.map(|(judged, _)| judged.words).sum();
    let all: usize = judged.iter().map(|judged| judged.words).sum();
    let title = article.headline.value.to_lowercase();
    let told = data.titles.first().map(|said| said.value.to_lowercase()).unwrap_or_default();
    if all == 0 || all < SHORTEST && needs_scripts(judged, tidy) {
        return Some(if tidy.n_scripts > 0 { "a page that scripts fill" } else { "an empty page" });
    }
    if prose < NOTICE && (is_error(&title) || is_error(&told)) {
        return Some("an error page");
    }
    if words < NOTICE && is_consent(judged, decisions) {
        return Some("a notice that asks for consent");
    }
    if data.calls_itself_article && prose >= SHORTEST {
        return None;
    }
    let linked: usize = body().map(|(judged, _)| judged.piece.linked).sum();
    let text: usize = body().map(|(judged, _)| judged.piece.text.len()).sum();
    if prose < SHORTEST && linked * 2 > text || is_list(judged, data, prose) {
        return Some("a list of other pages");
    }
    (prose < SHORTEST && words < SHORTEST * 2).then_some("a page without running text")
}

fn needs_scripts(judged: &[Judged<'_>], tidy: &Tidy) -> bool {
    let asks = judged.iter().any(|judged| {
        let text = judged.piece.text.to_ascii_lowercase();
        text.contains("javascript")
    });
    asks || tidy.n_scripts > 0 && judged.iter().all(|judged| judged.form != Form::Prose)
}

/// Titles of pages that say that there is none.
fn is_error(title: &str) -> bool {
    const SIGNS: [&str; 22] = [
        "page not found",
        "not found",
        "404",
        "error 403",
        "403 forbidden",
        "access denied",
        "page doesn't exist",
        "page does not exist",
        "page unavailable",
        "no longer available",
        "something went wrong",
        "internal server error",
        "service unavailable",
        "just a moment",
        "are you a robot",
        "attention required",
        "seite nicht gefunden",
        "page introuvable",
        "página no encontrada",
        "pagina non trovata",
        "stranica nije pronađena",
        "faqja nuk u gjet",
    ];
    const MOST: usize = 9;
    let title = title.replace('’', "'");
    title.split_whitespace().count() <= MOST
        && SIGNS.iter().any(|sign| match *sign {
            "404" => title.split(|c: char| !c.is_alphanumeric()).any(|word| word == "404"),
            sign => title.contains(sign),
        })
}

/// Whether most of what was kept speaks of cookies and consent.
fn is_consent(judged: &[Judged<'_>], decisions: &[Decision]) -> bool {
    const SIGNS: [&str; 14] = [
        "cookie",
        "consent",
        "your privacy",
        "personal data",
        "our partners",
        "accept all",
        "einwilligung",
        "datenschutz",
        "consentement",
        "données personnelles",
        "consentimiento",
        "consenso",
        "kolačić",
        "privatësi",
    ];
    let (mut all, mut speaking) = (0, 0);
    for (judged, decision) in judged.iter().zip(decisions) {
        let counts = decision.fate != Fate::Removed || judged.form == Form::Prose;
        if !counts || judged.words == 0 {
            continue;
        }
        all += judged.words;
        let text = judged.piece.text.to_lowercase();
        if SIGNS.iter().any(|sign| text.contains(sign)) {
            speaking += judged.words;
        }
    }
    speaking * 2 > all && all > 0
}

/// Whether the page leads to many others, each with a few words: headings and short
/// texts that are links outweigh the running text.
fn is_list(judged: &[Judged<'_>], data: &Data, prose: usize) -> bool {
    const MANY: usize = 8;
    let leads = |judged: &&Judged<'_>| {
        let piece = judged.piece;
        !piece.place.outside
            && (3..=30).contains(&judged.words)
            && piece.linked * 3 > piece.text.len() * 2
    };
    let headings = judged
        .iter()
        .filter(leads)
        .filter(|judged| matches!(judged.piece.kind, Kind::Heading(_)))
        .count();
    let linked: usize = judged.iter().filter(leads).map(|judged| judged.words).sum();
    let is_start = data.addresses.first().is_some_and(|said| {
        let path = said.value.splitn(4, '/').nth(3).unwrap_or("");
        fold(path.split(['?', '#']).next().unwrap_or("")).is_empty()
    });
    let calls = data.calls_itself_list || is_start;
    !data.calls_itself_article && headings >= MANY && (linked > prose || calls)
        || calls && !data.calls_itself_article && linked * 2 > prose
}
