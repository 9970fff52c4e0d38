//! The theme contract of the index of actors and of their dossiers.

use std::borrow::Cow;

use serde::Serialize;

use super::{CountedLink, Frame, Html, Link, Pager};

/// An actor in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ActorRow<'a> {
    /// The dossier.
    pub href: String,
    /// The name.
    pub name: &'a str,
    /// The kind, for people.
    pub kind: &'a str,
    /// Whether name and kind are guesses.
    pub guess: bool,
    /// In how many articles it is named.
    pub n_articles: usize,
    /// How often.
    pub n_mentions: usize,
    /// First and last publication that names it: `August 2021 – March 2023`.
    pub range: String,
}

/// Actors of one kind, or under one letter.
#[derive(Debug, Serialize)]
pub struct ActorGroup<'a> {
    /// `People`, `Organisations`, `States`…, or a letter.
    pub heading: Cow<'a, str>,
    /// Its anchor.
    pub id: Cow<'a, str>,
    /// How many there are, shown here or not.
    pub n: usize,
    /// Most articles first; under a letter in alphabetical order.
    pub actors: Vec<ActorRow<'a>>,
}

/// The context of `actors.html`: those named most of every kind, or a letter.
#[derive(Debug, Serialize)]
pub struct ActorsPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// How many there are on all pages.
    pub n_actors: usize,
    /// Letters with their actors' number; the page's own marked.
    pub letters: Vec<CountedLink<'a>>,
    /// `kinds` or `letter`: what `groups` are.
    pub of: &'static str,
    /// By kind; one, for a letter.
    pub groups: Vec<ActorGroup<'a>>,
    /// Where this page of the list stands.
    pub pager: Pager,
}

/// An office an actor holds or held.
#[derive(Debug, Clone, Serialize)]
pub struct RoleEntry<'a> {
    /// `Secretary General`.
    pub title: &'a str,
    /// Of what.
    pub of: Option<&'a str>,
    /// That actor's dossier, where it has one.
    pub of_href: Option<String>,
    /// `1 October 2014 – 1 October 2024`, `since 2017`; empty where the register
    /// says nothing.
    pub period: String,
    /// What says so, as the register has it.
    pub evidence: Option<&'a str>,
    /// The same where it is an address.
    pub evidence_href: Option<&'a str>,
}

/// An office that articles give to an actor.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeEntry<'a> {
    /// As most articles print it.
    pub title: &'a str,
    /// Of what, where an article says so.
    pub of: Option<Named<'a>>,
    /// Whether the articles call it over.
    pub former: bool,
    /// First and last publication that says so: `August 2021 – March 2023`.
    pub range: String,
    /// How many articles say so.
    pub n: usize,
    /// The newest of them: the paragraph, its article and its date.
    pub source: Html,
}

/// An actor by name, linked where it has a dossier.
#[derive(Debug, Clone, Serialize)]
pub struct Named<'a> {
    /// Its name.
    pub text: &'a str,
    /// Its dossier.
    pub href: Option<String>,
}

/// Who is named with an actor, drawn: in units of an SVG.
#[derive(Debug, Clone, Serialize)]
pub struct Picture {
    /// Width of the whole.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// Where the actor itself stands.
    pub x: i32,
    /// The same, downwards.
    pub y: i32,
    /// A `<line>` for each two who are named together, as wide (from 1 to 5) as the
    /// paragraphs that name both are many: those among the others first, with the class
    /// `tie`, then those that lead to the actor itself.
    pub lines: Html,
    /// The others, most often named together with the actor first: each a `<circle>` with
    /// its name and the paragraphs that name both as its `<title>`, and its name, cut to
    /// what fits, as `<text>`.
    pub nodes: Html,
}

/// The context of `actor.html`.
#[derive(Debug, Serialize)]
pub struct ActorPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// The name.
    pub name: &'a str,
    /// The kind, for people.
    pub kind: &'a str,
    /// `register`, `built-in` or `discovered`.
    pub origin: &'static str,
    /// Where name and kind come from, as a sentence.
    pub origin_note: &'a str,
    /// Names seen in the archive, most frequent first: `<li>` with the name as `<span>` and
    /// how often as `<span class="count">`.
    pub names: Html,
    /// Offices of the register, earliest first.
    pub roles: Vec<RoleEntry<'a>>,
    /// Offices that articles give to it, those seen last first; empty but on the first
    /// page.
    pub offices: Vec<OfficeEntry<'a>>,
    /// Wikidata's id.
    pub wikidata: Option<&'a str>,
    /// Its own address, http or https.
    pub website: Option<&'a str>,
    /// What the owner says about it.
    pub note: Option<&'a str>,
    /// What it belongs to.
    pub part_of: Option<Named<'a>>,
    /// What belongs to it and has a dossier.
    pub parts: Vec<Link<'a>>,
    /// In how many articles it is named.
    pub n_articles: usize,
    /// How often.
    pub n_mentions: usize,
    /// How many statements are given to it.
    pub n_statements: usize,
    /// How many statements of others name it, or are directed at it.
    pub n_about: usize,
    /// How many events name it.
    pub n_events: usize,
    /// First and last publication that names it.
    pub range: String,
    /// Mentions by year or month; empty where one bar would hold them all, and but on
    /// the first page.
    pub chart: Html,
    /// Events that name it in the same way: its strip of the timeline.
    pub event_chart: Html,
    /// What it said, newest first.
    pub statements: Html,
    /// What others said about it, newest first.
    pub about: Html,
    /// Events that name it, latest first.
    pub events: Html,
    /// Who is named in the same paragraphs, most often first: `<li>` with a link to the
    /// dossier and how often as `<span class="count">`. Empty but on the first page, as are
    /// the fields up to `namesakes`.
    pub companions: Html,
    /// How many more are named in the same paragraphs.
    pub more_companions: usize,
    /// The closest of them, drawn; `None` where they are too few.
    pub picture: Option<Picture>,
    /// Why what is written so is taken for the actor, most frequent first: `<li>` with the
    /// name as printed as `<b>`, how many mentions that made as `<span class="count">`, the
    /// rule, and one of them: the paragraph, its article and its date.
    pub decisions: Html,
    /// How many more such reasons there are.
    pub more_decisions: usize,
    /// Others with the same surname, kept apart, with their mentions, as `companions`.
    pub namesakes: Html,
    /// The dossier as a record.
    pub record_href: String,
    /// Articles that name it, newest first.
    pub articles: Html,
    /// The folder of its own feeds, `atom.xml` and `feed.json`, relative to the page;
    /// `None` without a `base_url`.
    pub feeds: Option<String>,
    /// Where this page stands; both kinds of statements, events and articles share its
    /// pages.
    pub pager: Pager,
}
