//! The index of actors: by kind, and by letter.
//!
//! `/actors/` shows those named most of every kind; everyone stands under a letter,
//! at `/actors/a-z/l/`. A small archive shows everyone on the first page at once,
//! and there the filter reaches everyone. No id of an actor can be in the way of a
//! letter: below `/actors/ID/` there are numbered pages only.

use std::borrow::Cow;

use super::card::{Here, pages, slice};
use super::context::{ActorGroup, ActorsPage, CountedLink, Link};
use super::dossier::page_title;
use super::{Chrome, Section};
use crate::actor::Kind;
use crate::archive::{Archive, Letter};
use crate::diagnostic::Diagnostic;
use crate::site::Address;
use crate::theme::wording::word;

/// Actors on a page of a letter; as many fit onto the first page of the index.
const ACTORS: usize = 400;
/// Actors of a kind on the first page, where not all of them fit.
const MOST_NAMED: usize = 60;

/// How many pages a letter has.
pub(super) fn letter_pages(letter: &Letter) -> usize {
    pages(letter.actors.len(), ACTORS)
}

/// The parts of a letter's address.
pub(super) fn letter_parts(letter: &Letter) -> [String; 3] {
    ["actors".to_owned(), "a-z".to_owned(), letter.letter.to_string()]
}

/// Renders `/actors/`.
pub(super) fn index(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let archive = here.desk.archive;
    let limit = if archive.actors.len() <= ACTORS { ACTORS } else { MOST_NAMED };
    let groups = archive
        .kinds
        .iter()
        .map(|(kind, actors)| {
            let (heading, id) = heading(here, *kind);
            ActorGroup {
                heading: Cow::Borrowed(heading),
                id: Cow::Borrowed(id),
                n: actors.len(),
                actors: actors.iter().take(limit).map(|actor| here.actor_row(*actor)).collect(),
            }
        })
        .collect();
    let says = here.say(word::ACTORS_DESCRIPTION);
    let chrome =
        Chrome::new(here.desk, address, here.say(word::SECTION_ACTORS), says, Section::Actors);
    let context = ActorsPage {
        frame: chrome.frame(),
        n_actors: archive.actors.len(),
        letters: letters(here, archive, None),
        of: "kinds",
        groups,
        pager: here.pager("/actors/", 1, 1),
    };
    here.desk.theme.render("actors.html", &context)
}

/// Renders a page of a letter.
pub(super) fn letter(
    here: Here<'_>,
    address: &Address,
    index: usize,
    page: usize,
) -> Result<Vec<u8>, Diagnostic> {
    let archive = here.desk.archive;
    let letter = &archive.letters[index];
    let name = name(here, letter);
    let title =
        page_title(here, &here.wording().fill(word::ACTORS_LETTER, &[("letter", &name)]), page);
    let says = here.say(word::ACTORS_DESCRIPTION);
    let chrome = Chrome::new(here.desk, address, &title, says, Section::Actors);
    let mut frame = chrome.frame();
    frame.breadcrumbs =
        vec![Link { text: here.say(word::SECTION_ACTORS), href: here.to("/actors/") }];
    let group = ActorGroup {
        heading: Cow::Borrowed(&*name),
        id: Cow::Owned(format!("letter-{}", letter.letter)),
        n: letter.actors.len(),
        actors: slice(&letter.actors, page, ACTORS)
            .iter()
            .map(|actor| here.actor_row(*actor))
            .collect(),
    };
    let context = ActorsPage {
        frame,
        n_actors: archive.actors.len(),
        letters: letters(here, archive, Some(letter.letter)),
        of: "letter",
        groups: vec![group],
        pager: here.pager(&path(letter), page, letter_pages(letter)),
    };
    here.desk.theme.render("actors.html", &context)
}

/// Every letter with its actors' number; `current` is the page's own.
fn letters<'a>(
    here: Here<'a>,
    archive: &'a Archive,
    current: Option<char>,
) -> Vec<CountedLink<'a>> {
    let link = |letter: &Letter| CountedLink {
        text: Cow::Owned(name(here, letter)),
        href: here.to(&path(letter)),
        n: letter.actors.len(),
        current: current == Some(letter.letter),
    };
    archive.letters.iter().map(link).collect()
}

fn path(letter: &Letter) -> String {
    let parts = letter_parts(letter);
    Address::page(&parts.each_ref().map(String::as_str)).as_str().to_owned()
}

/// The letter as people read it.
fn name(here: Here<'_>, letter: &Letter) -> String {
    match letter.letter {
        '0' => here.say(word::ACTORS_OTHER).to_owned(),
        letter => letter.to_uppercase().collect(),
    }
}

/// The heading of a kind, and its anchor.
fn heading(here: Here<'_>, kind: Kind) -> (&str, &'static str) {
    let (heading, id) = match kind {
        Kind::Person => (word::ACTORS_PEOPLE, "people"),
        Kind::Organisation => (word::ACTORS_ORGANISATIONS, "organisations"),
        Kind::State => (word::ACTORS_STATES, "states"),
        Kind::Mission => (word::ACTORS_MISSIONS, "missions"),
        Kind::Group => (word::ACTORS_GROUPS, "groups"),
        Kind::Place => (word::ACTORS_PLACES, "places"),
    };
    (here.say(heading), id)
}
