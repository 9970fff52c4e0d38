//! What may leave: markings, drafts, embargoes, and texts of which only the
//! beginning does.
//!
//! In comes what a clipping's owner says of it, and what `annals.toml` says of its
//! folder and its outlet; out come the [`Terms`] it stands under. Of several
//! statements the most closed one holds, so that a folder marked red stays in
//! whatever is said inside it. Only about the text the nearest one decides, for
//! leave to print is given for one article at a time.
//!
//! [`beginning`] makes an article that may not be printed in full into one that
//! holds nothing else: whatever reads it afterwards cannot publish what is not
//! there.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Basis, Block, BlockKind, Ledger};
use crate::config::{Config, Terms as Stated, Tlp};
use crate::reading::{Prose, Zone};
use crate::source::Metadata;
use crate::text::{Span, escape_markdown, shorten};
use crate::when::Day;

/// Code points of a text that may be shown where the whole may not.
const BEGINNING: usize = 300;

/// What may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clearance {
    /// The highest marking that is published.
    pub max_tlp: Tlp,
    /// Whether drafts are.
    pub drafts: bool,
    /// The day of publication, for embargoes; `None` publishes nothing embargoed.
    pub today: Option<Day>,
}

/// The terms that a clipping stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Its marking.
    pub tlp: Tlp,
    /// Whether it is a draft, or something said about publishing it cannot be read.
    pub withheld: bool,
    /// The day it may leave, at the earliest.
    pub embargo: Option<Day>,
    /// Whether its whole text may.
    pub full_text: bool,
}

impl Terms {
    /// The terms of the clipping at `path` under `content/`, which `outlet` printed.
    pub fn of(config: &Config, path: &str, outlet: Option<&str>, metadata: &Metadata) -> Self {
        let folders = config.folder.iter().filter(|folder| folder.holds(path));
        // The deepest folder is the nearest.
        let mut folders: Vec<_> =
            folders.map(|folder| (folder.path.len(), &folder.terms)).collect();
        folders.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
        let is_printer =
            |name: &str| outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(name));
        let outlets = config.outlet.iter().filter(|outlet| is_printer(&outlet.name));
        let stated: Vec<&Stated> = folders
            .into_iter()
            .map(|(_, terms)| terms)
            .chain(outlets.map(|it| &it.terms))
            .collect();

        let own = metadata.tlp.as_ref().map(|tlp| tlp.value);
        let markings = stated.iter().map(|terms| terms.tlp).chain([own]).flatten();
        let embargoes = stated.iter().map(|terms| terms.publish_after).chain([metadata.embargo]);
        let own = metadata.full_text.as_ref().map(|full| full.value);
        let full = [own].into_iter().chain(stated.iter().map(|terms| terms.full_text));
        Self {
            tlp: markings.max().unwrap_or(Tlp::Clear),
            withheld: metadata.withheld.is_some() || stated.iter().any(|terms| terms.draft),
            embargo: embargoes.flatten().max(),
            full_text: full.flatten().next().unwrap_or(config.publish.full_text),
        }
    }

    /// Whether a clipping under these terms may leave.
    pub fn allow(&self, clearance: Clearance) -> bool {
        let is_due = |embargo| clearance.today.is_some_and(|today| embargo <= today);
        self.tlp <= clearance.max_tlp
            && (clearance.drafts || (!self.withheld && self.embargo.is_none_or(is_due)))
    }
}

/// The article with its headline, its fields and the beginning of its text; `prose`
/// is what its reader sees of the whole, `body_block` where in it the body begins.
///
/// Nothing is left of captions, notes, removed and doubtful lines and the file's name. Clues that
/// quote the text are put in words that do not.
pub fn beginning(article: Article, prose: &Prose, body_block: usize) -> Article {
    let mut body = prose.blocks.get(body_block..).unwrap_or_default().iter();
    let lede = body.find(|block| block.zone == Zone::Body);
    let text =
        lede.map_or_else(String::new, |block| shorten(block.span.of(&prose.text), BEGINNING));
    let text = escape_markdown(&text).into_owned();
    let lines = article.blocks.first().map_or((1, 1), |block| block.lines);
    let blocks = if text.is_empty() {
        Vec::new()
    } else {
        vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), lines }]
    };
    let mut headline = article.headline;
    if headline.basis == Basis::Inferred {
        // It is the file's name.
        "Untitled".clone_into(&mut headline.value);
    }
    let mut published = article.published;
    if !published.clues.is_empty() {
        let clue = match published.basis {
            Basis::Inferred => {
                "worked out from the text, of which only the beginning is given here"
            }
            _ => "the clipping states it",
        };
        published.clues = vec![clue.to_owned()];
    }
    let mut standfirst = article.standfirst;
    if let Some(standfirst) = &mut standfirst {
        standfirst.value = shorten(&standfirst.value, BEGINNING);
    }
    Article {
        path: String::new(),
        headline,
        published,
        standfirst,
        notes: Vec::new(),
        captions: Vec::new(),
        credits: Vec::new(),
        body: text,
        blocks,
        ledger: Ledger::default(),
        removed: Vec::new(),
        doubts: Vec::new(),
        diagnostics: Vec::new(),
        ..article
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Folder, Outlet};
    use crate::source::Stated as Said;

    fn said<T>(value: T) -> Said<T> {
        Said { value, sidecar: true, line: None }
    }

    fn config() -> Config {
        let stated = Stated::default();
        let folder = |path: &str, terms: Stated| Folder { path: path.to_owned(), terms };
        Config {
            folder: vec![
                folder("red", Stated { tlp: Some(Tlp::Red), ..stated.clone() }),
                folder("red/open", Stated { tlp: Some(Tlp::Clear), ..stated.clone() }),
                folder("drafts", Stated { draft: true, ..stated.clone() }),
                folder("short", Stated { full_text: Some(false), ..stated.clone() }),
                folder("short/leave", Stated { full_text: Some(true), ..stated.clone() }),
                folder("later", Stated { publish_after: Day::new(2030, 1, 1), ..stated.clone() }),
            ],
            outlet: vec![Outlet {
                name: "The Wall".to_owned(),
                domains: Vec::new(),
                terms: Stated { full_text: Some(false), tlp: Some(Tlp::Green), ..stated },
                patterns: crate::config::Patterns::default(),
            }],
            ..Config::default()
        }
    }

    #[test]
    fn the_most_closed_statement_holds() {
        let plain = Metadata::default;
        let amber = || Metadata { tlp: Some(said(Tlp::Amber)), ..plain() };
        for (path, outlet, metadata, expected) in [
            ("a.txt", None, plain(), Tlp::Clear),
            ("red/a.txt", None, plain(), Tlp::Red),
            ("red/open/a.txt", None, plain(), Tlp::Red),
            ("red/a.txt", None, Metadata { tlp: Some(said(Tlp::Clear)), ..plain() }, Tlp::Red),
            ("redder/a.txt", None, plain(), Tlp::Clear),
            ("a.txt", Some("the wall"), plain(), Tlp::Green),
            ("a.txt", Some("The Wall"), amber(), Tlp::Amber),
        ] {
            let terms = Terms::of(&config(), path, outlet, &metadata);
            assert_eq!(terms.tlp, expected, "{path} {outlet:?}");
        }
    }

    #[test]
    fn leave_to_print_is_given_by_the_nearest() {
        let full = |full| Metadata { full_text: Some(said(full)), ..Metadata::default() };
        for (path, outlet, metadata, expected) in [
            ("a.txt", None, Metadata::default(), true),
            ("a.txt", None, full(false), false),
            ("a.txt", Some("The Wall"), Metadata::default(), false),
            ("a.txt", Some("The Wall"), full(true), true),
            ("short/a.txt", None, Metadata::default(), false),
            ("short/leave/a.txt", Some("The Wall"), Metadata::default(), true),
        ] {
            let terms = Terms::of(&config(), path, outlet, &metadata);
            assert_eq!(terms.full_text, expected, "{path} {outlet:?}");
        }
    }

    #[test]
    fn drafts_and_embargoes_wait() {
        let on = |today| Clearance { max_tlp: Tlp::Clear, drafts: false, today };
        let terms = |path| Terms::of(&config(), path, None, &Metadata::default());
        for (path, today, expected) in [
            ("a.txt", None, true),
            ("drafts/a.txt", None, false),
            ("later/a.txt", None, false),
            ("later/a.txt", Day::new(2029, 12, 31), false),
            ("later/a.txt", Day::new(2030, 1, 1), true),
        ] {
            assert_eq!(terms(path).allow(on(today)), expected, "{path} on {today:?}");
        }
        let drafts = Clearance { drafts: true, ..on(None) };
        assert!(terms("drafts/a.txt").allow(drafts) && !terms("red/a.txt").allow(drafts));
    }
}
