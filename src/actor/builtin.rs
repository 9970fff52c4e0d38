//! The states and international bodies that every archive knows.
//!
//! Read from `builtin.toml`, which says at its head what its keys mean; it is
//! compiled in and parsed once. The project's own data: a mistake in it is a bug
//! that the tests find, so nothing here reports to the user.

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::{Actor, Alias, Kind};

/// Actors known from the start, and names that must not become actors.
#[derive(Debug, Default)]
pub(super) struct BuiltIn {
    /// States first, then bodies.
    pub(super) actors: Vec<Actor>,
    /// Every name of every news agency.
    pub(super) agencies: Vec<Arc<str>>,
}

#[derive(Deserialize)]
struct File {
    state: Vec<State>,
    body: Vec<Body>,
    agency: Vec<Agency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    id: Arc<str>,
    name: Arc<str>,
    #[serde(default)]
    aliases: Vec<Arc<str>>,
    #[serde(default)]
    demonyms: Vec<Arc<str>>,
    #[serde(default)]
    ethnonyms: Vec<Arc<str>>,
    capital: Arc<str>,
    #[serde(default)]
    capital_aliases: Vec<Arc<str>>,
    #[serde(default)]
    caution: bool,
    #[serde(default)]
    capital_caution: bool,
    #[serde(default)]
    not: Vec<Arc<str>>,
    wikidata: Option<Arc<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    id: Arc<str>,
    name: Arc<str>,
    kind: Kind,
    #[serde(default)]
    aliases: Vec<Arc<str>>,
    seat: Option<Arc<str>>,
    #[serde(default)]
    demonyms: Vec<Arc<str>>,
    #[serde(default)]
    not: Vec<Arc<str>>,
    of: Option<Arc<str>>,
    #[serde(default)]
    caution: bool,
    wikidata: Option<Arc<str>>,
}

/// `short` forms are left out: they are good in the bracket of a dateline only.
#[derive(Deserialize)]
struct Agency {
    name: Arc<str>,
    #[serde(default)]
    aliases: Vec<Arc<str>>,
}

/// The list, parsed at the first call.
pub(super) fn list() -> &'static BuiltIn {
    static LIST: LazyLock<BuiltIn> = LazyLock::new(|| {
        // The tests read this very text: it parses, or no release is made.
        toml::from_str::<File>(include_str!("builtin.toml")).map(BuiltIn::from).unwrap_or_default()
    });
    &LIST
}

impl From<File> for BuiltIn {
    fn from(file: File) -> Self {
        let states = file.state.into_iter().map(Actor::from);
        let actors = states.chain(file.body.into_iter().map(Actor::from)).collect();
        let agencies = file
            .agency
            .into_iter()
            .flat_map(|agency| std::iter::once(agency.name).chain(agency.aliases))
            .collect();
        Self { actors, agencies }
    }
}

impl From<State> for Actor {
    fn from(state: State) -> Self {
        let mut actor = Self::new(state.id, state.name, Kind::State);
        for name in state.aliases {
            actor.add_alias(Alias::always(name));
        }
        actor.demonyms = state.demonyms;
        actor.demonyms.extend(state.ethnonyms);
        actor.seats = vec![state.capital];
        actor.seats.extend(state.capital_aliases);
        actor.not = state.not;
        actor.wikidata = state.wikidata;
        actor.caution = state.caution;
        actor.seat_caution = state.capital_caution;
        actor
    }
}

impl From<Body> for Actor {
    fn from(body: Body) -> Self {
        let mut actor = Self::new(body.id, body.name, body.kind);
        // "U.S. Senate" is written in full as well.
        let whole =
            |name: &Arc<str>| Some(format!("United States {}", name.strip_prefix("U.S. ")?));
        let in_full: Vec<Arc<str>> = body.aliases.iter().filter_map(whole).map(Arc::from).collect();
        for name in body.aliases.into_iter().chain(in_full) {
            actor.add_alias(Alias::always(name));
        }
        actor.demonyms = body.demonyms;
        actor.seats = body.seat.into_iter().collect();
        actor.not = body.not;
        actor.parent = body.of;
        actor.wikidata = body.wikidata;
        actor.caution = body.caution;
        actor
    }
}
