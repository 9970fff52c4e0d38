//! What a page is about, for search engines: JSON-LD in the vocabulary of
//! schema.org.
//!
//! Only what the archive states goes in: a date that was inferred would reach
//! others as a fact. The text is safe inside a `script` element, whatever it says:
//! no `<` is left in it.

use serde::Serialize;

use super::card::Here;
use super::context::Frame;
use crate::actor::Kind;
use crate::archive::Entry;
use crate::article::Basis;
use crate::markup::safe_url;
use crate::text::Short;
use crate::when::When;

/// Actors that an article's data names.
const MENTIONED: usize = 8;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    nodes: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Node<'a> {
    NewsArticle(NewsArticle<'a>),
    BreadcrumbList {
        #[serde(rename = "itemListElement")]
        items: Vec<Crumb<'a>>,
    },
    Person(Actor<'a>),
    Organization(Actor<'a>),
    Place(Actor<'a>),
    Event(Event<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Short>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Short>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Node<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Actor<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    name: &'a str,
    start_date: Short,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
struct Crumb<'a> {
    position: usize,
    name: &'a str,
    item: String,
}

/// An article's data.
pub(super) fn article<'a>(
    here: Here<'a>,
    entry: &'a Entry,
    frame: &Frame<'a>,
    description: &'a str,
) -> String {
    let article = &entry.briefing.article;
    let published = &article.published;
    let stated = published.when.as_ref().filter(|_| published.basis != Basis::Inferred);
    let named = |name| Actor { name, url: None, alternate_name: Vec::new(), same_as: None };
    let news = NewsArticle {
        headline: entry.headline(),
        description,
        url: frame.canonical,
        is_based_on: article.url.as_ref().and_then(|url| safe_url(&url.value)),
        date_published: stated.and_then(When::datetime),
        date_modified: article.updated.as_ref().and_then(|updated| updated.value.0.datetime()),
        in_language: article.language.as_ref().map(|language| language.value.as_str()),
        author: article.byline.iter().map(|name| Node::Person(named(&name.value))).collect(),
        publisher: article
            .outlet
            .as_ref()
            .map(|outlet| Box::new(Node::Organization(named(&outlet.value)))),
        mentions: entry
            .named
            .iter()
            .take(MENTIONED)
            .map(|(actor, _)| node(here, *actor, Vec::new()))
            .collect(),
    };
    let nodes = [Node::NewsArticle(news)].into_iter().chain(breadcrumbs(here, frame));
    to_json(nodes.collect())
}

/// An actor's data.
pub(super) fn actor<'a>(here: Here<'a>, actor: u32, frame: &Frame<'a>) -> String {
    let dossier = here.dossier(actor);
    let others = dossier.names.iter().map(|(name, _)| &**name);
    let others = others.filter(|name| **name != *dossier.name).take(MENTIONED).collect();
    let nodes = [node(here, actor, others)].into_iter().chain(breadcrumbs(here, frame));
    to_json(nodes.collect())
}

/// The data of events on a page of the timeline, by index into the archive's.
pub(super) fn events<'a>(
    here: Here<'a>,
    shown: impl Iterator<Item = u32>,
    frame: &Frame<'a>,
) -> String {
    let archive = here.desk.archive;
    let events = shown.filter_map(|index| {
        let event = &archive.events[index as usize];
        let telling = event.tellings[0];
        let briefing = &here.entry(telling.entry).briefing;
        let told = &briefing.reading.events[telling.event as usize];
        Some(Node::Event(Event {
            name: told.sentence.of(&briefing.prose.text),
            start_date: event.when.datetime()?,
            url: frame.canonical.map(|page| format!("{page}#{}", event.id)),
        }))
    });
    to_json(events.chain(breadcrumbs(here, frame)).collect())
}

fn node<'a>(here: Here<'a>, actor: u32, alternate_name: Vec<&'a str>) -> Node<'a> {
    let dossier = here.dossier(actor);
    let wikidata =
        here.desk.register.actor(&dossier.id).and_then(|known| known.wikidata.as_deref());
    let data = Actor {
        name: &dossier.name,
        url: here.absolute_actor(actor),
        alternate_name,
        same_as: wikidata.map(|id| format!("https://www.wikidata.org/entity/{id}")),
    };
    match dossier.kind {
        Kind::Person => Node::Person(data),
        Kind::State | Kind::Place => Node::Place(data),
        Kind::Organisation | Kind::Mission | Kind::Group => Node::Organization(data),
    }
}

/// The way to the page; only absolute addresses mean something here.
fn breadcrumbs<'a>(here: Here<'_>, frame: &Frame<'a>) -> Option<Node<'a>> {
    let base = here.desk.config.base_url.as_str();
    if base.is_empty() || frame.breadcrumbs.is_empty() {
        return None;
    }
    let items = (1..)
        .zip(&frame.breadcrumbs)
        .map(|(position, crumb)| Crumb {
            position,
            name: crumb.text,
            item: crumb.href.replacen(here.root, base.trim_end_matches('/'), 1),
        })
        .collect();
    Some(Node::BreadcrumbList { items })
}

fn to_json(nodes: Vec<Node<'_>>) -> String {
    crate::record::to_json(&Graph { context: "https://schema.org", nodes })
}
