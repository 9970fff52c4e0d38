//! Who is followed, and under which names.
//!
//! In comes the owner's `actors.toml`; out comes a [`Register`]: the built-in
//! states and international bodies with the owner's actors on top, and one
//! automaton (`names`) that finds all their names in a single pass over a text.
//!
//! A mistake in the file never loses the rest of it: what can be used is used,
//! and a [`Diagnostic`] says where the mistake stands. Nothing here guesses: two
//! actors with one alias are told to the owner and left to the article, which
//! may name one of them in full.
//!
//! Start at [`Register::read`]; the file's format is read in `entry`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::text::fold;
use crate::vocabulary::Vocabulary;
use crate::when::When;

mod builtin;
mod entry;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use entry::Entry;
use names::Names;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One human being.
    Person,
    /// A body with a name.
    Organisation,
    /// A state, or a territory treated as one.
    State,
    /// A mission of a body.
    Mission,
    /// People acting together.
    Group,
    /// A place.
    Place,
}

impl Kind {
    /// Every kind, people first.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::State, Self::Mission, Self::Group, Self::Place];

    /// Its name in `actors.toml`, which people read too.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::State => "state",
            Self::Mission => "mission",
            Self::Group => "group",
            Self::Place => "place",
        }
    }
}

/// An `[[actor]]` for the owner's file, as [`Register::read`] understands it.
///
/// ```
/// use annals::actor::{self, Kind};
///
/// let entry = actor::entry("mara-holm", "Mara Holm", Kind::Person, &["Holm".to_owned()]);
/// assert!(entry.ends_with("kind = \"person\"\naliases = [\"Holm\"]\n"));
/// ```
pub fn entry(id: &str, name: &str, kind: Kind, aliases: &[String]) -> String {
    entry::write(id, name, kind, aliases)
}

/// A name that an actor goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name as it is printed.
    pub name: Arc<str>,
    /// First day of its use. In an article from before it the alias is no name of
    /// the actor; `None` for an open start.
    pub from: Option<When>,
    /// Last day of its use; `None` for an open end.
    pub to: Option<When>,
}

impl Alias {
    fn always(name: Arc<str>) -> Self {
        Self { name, from: None, to: None }
    }

    /// Whether it is in use on some day that `when` may mean; always, where nothing
    /// is known of the day.
    pub(crate) fn is_used(&self, when: Option<&When>) -> bool {
        when.is_none_or(|when| touches((Some(when), Some(when)), self.period()))
    }

    fn period(&self) -> Period<'_> {
        (self.from.as_ref(), self.to.as_ref())
    }
}

/// First and last day, each perhaps open.
type Period<'a> = (Option<&'a When>, Option<&'a When>);

/// Whether two periods may share a day.
fn touches(a: Period, b: Period) -> bool {
    let begins_in_time = |from: Option<&When>, to: Option<&When>| {
        let days = from.and_then(When::first).zip(to.and_then(When::last));
        days.is_none_or(|(first, last)| first <= last)
    };
    begins_in_time(a.0, b.1) && begins_in_time(b.0, a.1)
}

/// An office that an actor holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// `Secretary General`.
    pub title: Arc<str>,
    /// The id of the body or state, or its name where it is no actor.
    pub of: Option<Arc<str>>,
    /// First day; `None` for an open start.
    pub from: Option<When>,
    /// Last day; `None` for an open end.
    pub to: Option<When>,
    /// What says so: an address, or a sentence of the owner's.
    pub evidence: Option<Arc<str>>,
}

impl Role {
    /// Whether it is held on some day that `when` may mean.
    pub fn is_held(&self, when: &When) -> bool {
        touches((Some(when), Some(when)), (self.from.as_ref(), self.to.as_ref()))
    }

    /// Whether it may have ended by the last day that `when` can mean.
    pub fn is_over(&self, when: &When) -> bool {
        let days = self.to.as_ref().and_then(When::first).zip(when.last());
        days.is_some_and(|(end, day)| end <= day)
    }
}

/// Someone or something that acts in the news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its address: lower-case letters, digits, hyphens.
    pub id: Arc<str>,
    /// The name to show.
    pub name: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Whether `actors.toml` has an entry for it; else it is only built in.
    pub registered: bool,
    /// Other names; the shown name is not repeated here.
    pub aliases: Vec<Alias>,
    /// Names that contain one of its names and mean something else.
    pub not: Vec<Arc<str>>,
    /// Adjectives and people's names of a state: `Serbian`, `Serb`.
    pub demonyms: Vec<Arc<str>>,
    /// A state's capital in all spellings, or a body's seat.
    pub seats: Vec<Arc<str>>,
    /// Offices held, in the order of the file.
    pub roles: Vec<Role>,
    /// The id of the body it belongs to.
    pub parent: Option<Arc<str>>,
    /// `Q57665`.
    pub wikidata: Option<Arc<str>>,
    /// Its own address on the web.
    pub website: Option<Arc<str>>,
    /// What the owner wants said about it.
    pub note: Option<Arc<str>>,
    /// Whether its name is an ordinary word or another name too (`Turkey`,
    /// `Jordan`), so that capitals at a sentence's start say nothing.
    pub caution: bool,
    /// The same of its seats.
    pub seat_caution: bool,
}

impl Actor {
    fn new(id: Arc<str>, name: Arc<str>, kind: Kind) -> Self {
        Self {
            id,
            name,
            kind,
            registered: false,
            aliases: Vec::new(),
            not: Vec::new(),
            demonyms: Vec::new(),
            seats: Vec::new(),
            roles: Vec::new(),
            parent: None,
            wikidata: None,
            website: None,
            note: None,
            caution: false,
            seat_caution: false,
        }
    }

    /// The shown name, then every alias.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.name).chain(self.aliases.iter().map(|alias| &*alias.name))
    }

    fn add_alias(&mut self, alias: Alias) {
        if !self.names().any(|name| name == &*alias.name) {
            self.aliases.push(alias);
        }
    }
}

/// Everyone known by name: the owner's register and the built-in list.
#[derive(Debug)]
pub struct Register {
    actors: Vec<Actor>,
    by_id: FxHashMap<Arc<str>, u32>,
    /// Those that belong to an actor, by its id.
    parts: FxHashMap<Arc<str>, Vec<u32>>,
    /// The folded names of each, in the order of [`Actor::names`].
    folded: Vec<Box<[Box<str>]>>,
    /// Folded demonym → actor, counted from 1.
    demonyms: Vocabulary<u32>,
    /// Folded names that must never be suggested.
    ignored: FxHashSet<String>,
    names: Names,
    /// The owner's file as it was read, with its name.
    source: (String, String),
    /// What the file has of an actor, by index.
    homes: BTreeMap<u32, Entry>,
}

impl Default for Register {
    /// The built-in list alone.
    fn default() -> Self {
        Self::read("", "").0
    }
}

impl Register {
    /// Reads `actors.toml` (`file` names it in diagnostics; empty text for none)
    /// on top of the built-in list.
    ///
    /// Never fails: an entry that cannot be used is left out, and the diagnostics
    /// say why.
    pub fn read(file: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let built_in = builtin::list();
        let (document, mut diagnostics) = entry::read(file, text);
        let mut actors = built_in.actors.clone();
        let mut by_id: FxHashMap<Arc<str>, u32> = FxHashMap::default();
        for (index, actor) in actors.iter().enumerate() {
            by_id.insert(actor.id.clone(), number(index));
        }
        let mut homes: BTreeMap<u32, Entry> = BTreeMap::new();
        // What a broken file leaves out is not missing: its errors say enough.
        let is_broken = document.is_broken;
        let mut complaints = Vec::new();
        for entry in document.entries {
            let index = if let Some(index) = by_id.get(&entry.id) {
                *index
            } else {
                let (name, kind) = entry.name_and_kind(file, text, &mut complaints);
                by_id.insert(entry.id.clone(), number(actors.len()));
                actors.push(Actor::new(entry.id.clone(), name, kind));
                number(actors.len() - 1)
            };
            entry.apply(&mut actors[index as usize]);
            homes.insert(index, entry);
        }
        let place = Report { file, text };
        check_parents(&mut actors, &by_id, &homes, &place, &mut complaints);
        check_aliases(&actors, &homes, &place, &mut complaints);
        if !is_broken {
            diagnostics.append(&mut complaints);
        }
        let mut demonyms: Vocabulary<u32> = Vocabulary::default();
        let mut parts: FxHashMap<Arc<str>, Vec<u32>> = FxHashMap::default();
        for (index, actor) in actors.iter().enumerate() {
            if let Some(parent) = &actor.parent {
                parts.entry(parent.clone()).or_default().push(number(index));
            }
            for demonym in &actor.demonyms {
                let slot = demonyms.slot(&fold(demonym));
                if *slot == 0 {
                    *slot = number(index + 1);
                }
            }
        }
        let ignored: FxHashSet<String> =
            document.ignored.iter().map(|name| fold(name).into_owned()).collect();
        let names = Names::new(&actors, &built_in.agencies, &ignored);
        let folded_names = |actor: &Actor| actor.names().map(|name| fold(name).into()).collect();
        let folded = actors.iter().map(folded_names).collect();
        let source = (file.to_owned(), text.to_owned());
        let register =
            Self { actors, by_id, parts, folded, demonyms, ignored, names, source, homes };
        (register, diagnostics)
    }

    /// The same register with `toml` at the end of the owner's file.
    #[must_use]
    pub fn with(&self, toml: &str) -> Self {
        let (file, text) = &self.source;
        Self::read(file, &format!("{text}\n{toml}")).0
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id).map(|index| &self.actors[*index as usize])
    }

    /// Every actor: the built-in ones, then those that only the register has, in
    /// the order of the file.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// What [`Actor::names`] gives of the actor of this index, each name folded.
    pub(crate) fn folded_names(&self, index: u32) -> &[Box<str>] {
        self.folded.get(index as usize).map_or(&[], |names| names)
    }

    /// Those that belong to the actor with this id: the ministries of a state.
    pub fn parts(&self, id: &str) -> impl Iterator<Item = &Actor> {
        self.parts.get(id).into_iter().flatten().map(|index| &self.actors[*index as usize])
    }

    /// The actor that an adjective or a people's name belongs to: Serbia for
    /// `Serbian`. Case and diacritics do not matter.
    pub fn by_demonym(&self, word: &str) -> Option<&Actor> {
        // Most words are ASCII, and found as they are.
        let folded = if word.is_ascii() { Cow::Borrowed(word) } else { fold(word) };
        let number = self.demonyms.get(&folded);
        self.actors.get((number as usize).checked_sub(1)?)
    }

    /// Whether the owner wants this name left alone. Case and diacritics do not
    /// matter.
    pub fn ignores(&self, name: &str) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&*fold(name))
    }

    /// The actors of the owner's file, in the order of [`Register::actors`], each
    /// with the names that the file gives it.
    pub fn registered(&self) -> impl Iterator<Item = (&Actor, Vec<&str>)> {
        let actors = &self.actors;
        self.homes.iter().map(|(index, entry)| (&actors[*index as usize], entry.names().collect()))
    }

    /// Points `diagnostic` to where the owner's file gives `name` to the actor `id`;
    /// to the entry where it does not; to no place where there is no entry.
    #[must_use]
    pub fn at_name(&self, diagnostic: Diagnostic, id: &str, name: &str) -> Diagnostic {
        self.at(diagnostic, id, |entry| entry.span_of_name(name))
    }

    /// Points `diagnostic` to the role of this index, as [`Actor::roles`] counts.
    #[must_use]
    pub fn at_role(&self, diagnostic: Diagnostic, id: &str, index: usize) -> Diagnostic {
        self.at(diagnostic, id, |entry| entry.span_of_role(index))
    }

    fn at(
        &self,
        diagnostic: Diagnostic,
        id: &str,
        span: impl Fn(&Entry) -> Range<usize>,
    ) -> Diagnostic {
        let (file, text) = &self.source;
        match self.by_id.get(id).and_then(|index| self.homes.get(index)) {
            Some(entry) => diagnostic.at(file, text, span(entry), ""),
            None => diagnostic,
        }
    }

    /// The actors that go by exactly `name`, whatever its case and diacritics.
    pub fn named(&self, name: &str) -> Vec<&Actor> {
        let folded = fold(name);
        let goes_by_it = |actor: &&Actor| actor.names().any(|name| fold(name) == folded);
        self.actors.iter().filter(goes_by_it).collect()
    }

    /// What finds the names in a text.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }
}

/// An index of the list of actors.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The author's file, for pointing into it.
#[derive(Clone, Copy)]
struct Report<'a> {
    file: &'a str,
    text: &'a str,
}

impl Report<'_> {
    fn warning(&self, code: &str, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.file, self.text, at, "")
    }
}

/// Tells of parents that do not exist or go round in a circle, and drops them.
fn check_parents(
    actors: &mut [Actor],
    by_id: &FxHashMap<Arc<str>, u32>,
    homes: &BTreeMap<u32, Entry>,
    report: &Report,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // The nearest id is looked up a few times only: a file of 10,000 wrong
    // parents would compare every one of them with every id.
    let mut searches = 20;
    for (index, entry) in homes {
        let actor = &actors[*index as usize];
        let Some(parent) = actor.parent.clone() else { continue };
        let at = || entry.parent_span.clone().unwrap_or_else(|| entry.span.clone());
        if by_id.contains_key(&parent) {
            continue;
        }
        let message = format!("`{parent}` is no actor that `{}` could belong to", actor.id);
        let mut diagnostic = report.warning("register-parent", at(), message);
        if searches > 0 {
            searches -= 1;
            let ids = actors.iter().map(|actor| &*actor.id);
            if let Some(near) = entry::nearest(&parent, ids) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
        }
        diagnostics.push(diagnostic);
        actors[*index as usize].parent = None;
    }
    // Each chain is walked once: an actor that an earlier walk has passed is safe.
    let mut walk_of = vec![0_u32; actors.len()];
    for (index, entry) in homes {
        let mark = index + 1;
        let mut at = *index as usize;
        while walk_of[at] == 0 {
            walk_of[at] = mark;
            let parent = actors[at].parent.as_ref().and_then(|parent| by_id.get(parent));
            let Some(parent) = parent.map(|parent| *parent as usize) else { break };
            if walk_of[parent] == mark {
                let message = format!("`{}` belongs to itself in the end", actors[parent].id);
                let span = entry.parent_span.clone().unwrap_or_else(|| entry.span.clone());
                diagnostics.push(
                    report
                        .warning("register-parent", span, message)
                        .help("remove one `of` of the circle"),
                );
                actors[at].parent = None;
                break;
            }
            at = parent;
        }
    }
}

/// Tells of names that two actors of the register share.
fn check_aliases(
    actors: &[Actor],
    homes: &BTreeMap<u32, Entry>,
    report: &Report,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut owners: FxHashMap<String, Vec<(usize, Period)>> = FxHashMap::default();
    for (index, actor) in actors.iter().enumerate() {
        let always: Period = (None, None);
        let aliases = actor.aliases.iter().map(|alias| (&*alias.name, alias.period()));
        for (name, period) in std::iter::once((&*actor.name, always)).chain(aliases) {
            let owners = owners.entry(fold(name).into_owned()).or_default();
            let first = owners.iter().find(|(_, other)| touches(*other, period)).copied();
            // One name of a hundred actors is told often enough.
            if owners.len() < 100 {
                owners.push((index, period));
            }
            let Some((first, _)) = first.filter(|(first, _)| *first != index) else { continue };
            let home = homes.get(&number(index)).or_else(|| homes.get(&number(first)));
            let Some(entry) = home else { continue };
            let span = entry.span_of_name(name);
            let other = &actors[first].id;
            diagnostics.push(
                report
                    .warning(
                        "register-alias",
                        span,
                        format!("`{name}` is a name of `{other}` and of `{}`", actor.id),
                    )
                    .help(
                        "it counts only in articles that name one of the two in another way; \
                         remove it from one of them, or give each its time with `from` and `to`",
                    ),
            );
        }
    }
}
