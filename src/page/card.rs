//! What every page is made from, and how a page points from where it stands.
//!
//! A [`Desk`] holds what every page is made from; a [`Here`] is the desk as seen
//! from one address, and knows how to point from there to everything else.

use std::sync::LazyLock;

use rayon::prelude::*;

use super::context::{ActorRow, DateLabel, Html, Link, Pager};
use super::fragment::{Naming, push_date, push_number, push_words};
use super::{EventYear, Strayed};
use crate::actor::{Kind, Register};
use crate::archive::{Archive, Dossier, Entry, Group, Telling};
use crate::article::{Basis, Published};
use crate::config::Config;
use crate::markup::Anchor;
use crate::reading::{Origin, Zone};
use crate::search::Index;
use crate::site::Address;
use crate::text::{Span, shorten};
use crate::theme::wording::{Word, Wording, is_rtl, word};
use crate::theme::{Explains, Theme};
use crate::when::{Clock, Day, When};

/// Events on a page of the timeline.
pub(super) const EVENTS: usize = 100;
/// Articles on a page of a list.
pub(super) const ARTICLES: usize = 150;
/// Code points of a summary that is taken from the lede.
const SUMMARY: usize = 220;

/// What every page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Everything the clippings say.
    pub archive: &'a Archive,
    /// Who is followed.
    pub register: &'a Register,
    /// How the archive is published.
    pub config: &'a Config,
    /// What it looks like.
    pub theme: &'a Theme,
    /// Years with events, earliest first.
    pub event_years: &'a [EventYear],
    /// Where articles and actors stand.
    pub paths: &'a Paths,
    /// Where former addresses lead that are no articles'.
    pub moved: &'a [Address],
    /// Former anchors of the timeline's pages.
    pub strayed: &'a Later<Strayed>,
    /// What the search page asks.
    pub search: &'a Later<Index>,
}

/// What few pages need, made when the first of them is asked for.
pub type Later<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

/// The addresses that pages link to most, `/actors/nato/`, and the words they link to
/// articles with, worked out once.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// By index into [`Archive::entries`].
    pub(super) articles: Vec<Address>,
    /// By index into [`Archive::actors`].
    pub(super) actors: Vec<Address>,
    /// By index into [`Archive::outlets`].
    outlets: Vec<Address>,
    /// How articles are named, by index into [`Archive::entries`].
    namings: Vec<Naming>,
    /// Which words tell an event, by index into [`Archive::events`].
    pub(super) told: Vec<Told>,
    /// The picture that links to the site are shared with.
    pub(super) preview: Option<Address>,
}

/// The words that tell an event, of its newest article: found once, as an event is shown
/// on the timeline and on the dossier of everyone it names, and the way to its words leads
/// through readings that are long out of the processor's cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    /// The article.
    pub(super) entry: u32,
    pub(super) sentence: Span,
    /// What dates it.
    pub(super) date: Span,
    /// Of its paragraph.
    pub(super) anchor: Option<Anchor>,
}

impl Told {
    /// Of all events of `archive`.
    fn of_all(archive: &Archive) -> Vec<Self> {
        let nothing = Span::new(0, 0);
        let untold = Self { entry: 0, sentence: nothing, date: nothing, anchor: None };
        let mut all = vec![untold; archive.events.len()];
        let own: Vec<Vec<(u32, Self)>> = archive
            .entries
            .par_iter()
            .enumerate()
            .map(|(index, entry)| {
                let events = entry.events.iter();
                let own = events.map(|event| (*event, archive.events[*event as usize].tellings[0]));
                own.filter(|(_, telling)| telling.entry as usize == index)
                    .map(|(event, telling)| (event, Self::of(entry, telling)))
                    .collect()
            })
            .collect();
        for (event, told) in own.into_iter().flatten() {
            all[event as usize] = told;
        }
        all
    }

    fn of(entry: &Entry, telling: Telling) -> Self {
        let briefing = &entry.briefing;
        let event = &briefing.reading.events[telling.event as usize];
        Self {
            entry: telling.entry,
            sentence: event.sentence,
            date: briefing.reading.dates[event.date as usize].span,
            anchor: briefing.anchor(event.sentence),
        }
    }
}

impl Paths {
    /// The addresses of all articles, actors and outlets of `archive`, published as
    /// `config` says, in the words of `theme`.
    pub fn of(archive: &Archive, config: &Config, theme: &Theme) -> Self {
        let wording = theme.wording();
        let article = |entry: &Entry| {
            let other = other_language(entry, config, wording);
            let naming = Naming::of(entry, other, wording.dates());
            (Address::page(&["briefings", &entry.key]), naming)
        };
        let actor = |actor: &Dossier| Address::page(&["actors", &actor.id]);
        let outlet = |group: &Group| Address::page(&["outlets", &group.key]);
        let (articles, namings) = archive.entries.par_iter().map(article).unzip();
        Self {
            articles,
            namings,
            told: Told::of_all(archive),
            actors: archive.actors.iter().map(actor).collect(),
            outlets: archive.outlets.iter().map(outlet).collect(),
            preview: super::poster::site_address(config),
        }
    }
}

/// The desk, as seen from one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) desk: Desk<'a>,
    /// From the page to the root of the site, without a slash at the end.
    pub(super) root: &'a str,
}

impl<'a> Here<'a> {
    /// The words of the pages.
    pub(super) fn wording(self) -> &'a Wording {
        self.desk.theme.wording()
    }

    /// A word of the pages.
    pub(super) fn say(self, word: Word) -> &'a str {
        self.wording().say(word)
    }

    /// How the article is named.
    pub(super) fn naming(self, entry: u32) -> &'a Naming {
        &self.desk.paths.namings[entry as usize]
    }

    pub(super) fn to(self, path: &str) -> String {
        [self.root, path].concat()
    }

    /// The page under `parts`, by the very function that gives it its address.
    pub(super) fn page(self, parts: &[&str]) -> String {
        self.to(Address::page(parts).as_str())
    }

    pub(super) fn article(self, entry: u32) -> String {
        self.to(self.desk.paths.articles[entry as usize].as_str())
    }

    pub(super) fn entry(self, entry: u32) -> &'a Entry {
        &self.desk.archive.entries[entry as usize]
    }

    pub(super) fn actor(self, actor: u32) -> String {
        self.to(self.desk.paths.actors[actor as usize].as_str())
    }

    /// An actor's dossier with the host; `None` without a `base_url`.
    pub(super) fn absolute_actor(self, actor: u32) -> Option<String> {
        let base = self.desk.config.base_url.trim_end_matches('/');
        let path = self.desk.paths.actors[actor as usize].as_str();
        (!base.is_empty()).then(|| [base, path].concat())
    }

    /// Appends the link to an actor's dossier.
    pub(super) fn push_actor(self, out: &mut String, actor: u32) {
        out.push_str(self.root);
        out.push_str(self.desk.paths.actors[actor as usize].as_str());
    }

    pub(super) fn dossier(self, actor: u32) -> &'a Dossier {
        &self.desk.archive.actors[actor as usize]
    }

    /// The folder of the feeds of the page under `parts`; `None` without a `base_url`.
    pub(super) fn feeds(self, parts: &[&str]) -> Option<String> {
        (!self.desk.config.base_url.is_empty()).then(|| self.page(parts))
    }

    /// Appends the link to an article.
    pub(super) fn push_article(self, out: &mut String, entry: u32) {
        out.push_str(self.root);
        out.push_str(self.desk.paths.articles[entry as usize].as_str());
    }

    /// The paragraph of an article that holds `span`.
    pub(super) fn paragraph(self, entry: u32, span: Span) -> String {
        let mut href = String::with_capacity(128);
        self.push_paragraph(&mut href, entry, span);
        href
    }

    /// Appends the link to the paragraph of an article that holds `span`.
    pub(super) fn push_paragraph(self, out: &mut String, entry: u32, span: Span) {
        self.push_article_at(out, entry, self.entry(entry).briefing.anchor(span));
    }

    /// Appends the link to the paragraph of an article that has this anchor.
    pub(super) fn push_article_at(self, out: &mut String, entry: u32, anchor: Option<Anchor>) {
        self.push_article(out, entry);
        if let Some(anchor) = anchor {
            out.push('#');
            anchor.push(out);
        }
    }

    /// The event's entry on the timeline.
    pub(super) fn event(self, index: u32) -> String {
        let mut href = String::with_capacity(48);
        self.push_event(&mut href, index);
        href
    }

    /// Appends the link to the event's entry on the timeline.
    pub(super) fn push_event(self, out: &mut String, index: u32) {
        let event = &self.desk.archive.events[index as usize];
        let years = self.desk.event_years;
        let at = years.partition_point(|year| year.range.end <= index as usize);
        out.push_str(self.root);
        let Some(EventYear { path, range, .. }) = years.get(at) else { return };
        out.push_str(path);
        let page = (index as usize - range.start) / EVENTS + 1;
        if page > 1 {
            out.push_str("page-");
            push_number(out, page);
            out.push('/');
        }
        out.push('#');
        event.id.push(out);
    }

    pub(super) fn actor_link(self, actor: u32) -> Link<'a> {
        Link { text: &self.dossier(actor).name, href: self.actor(actor) }
    }

    pub(super) fn outlet_link(self, entry: &'a Entry) -> Option<Link<'a>> {
        let outlet = &self.desk.archive.outlets[entry.outlet? as usize];
        Some(Link {
            text: &outlet.name,
            href: self.to(self.desk.paths.outlets[entry.outlet? as usize].as_str()),
        })
    }

    /// Appends the link to the list of an outlet's articles.
    pub(super) fn push_outlet(self, out: &mut String, outlet: u32) {
        out.push_str(self.root);
        out.push_str(self.desk.paths.outlets[outlet as usize].as_str());
    }

    pub(super) fn actor_row(self, actor: u32) -> ActorRow<'a> {
        let dossier = self.dossier(actor);
        ActorRow {
            href: self.actor(actor),
            name: &dossier.name,
            kind: self.kind_label(dossier.kind),
            guess: dossier.origin == Origin::Discovered,
            n_articles: dossier.appearances.len(),
            n_mentions: dossier.n_mentions,
            range: self.months_from_to(dossier.range),
        }
    }

    /// `August 2021 – March 2023`: the months of two days; empty where there are none.
    pub(super) fn months_from_to(self, range: Option<(Day, Day)>) -> String {
        let names = self.wording().dates();
        let month = |day: Day| format!("{} {}", names.month(day.month()), day.year());
        range.map_or_else(String::new, |(first, last)| {
            let (first, last) = (month(first), month(last));
            if first == last { first } else { format!("{first} – {last}") }
        })
    }

    /// The kind, for people.
    pub(super) fn kind_label(self, kind: Kind) -> &'a str {
        self.say(match kind {
            Kind::Person => word::KIND_PERSON,
            Kind::Organisation => word::KIND_ORGANISATION,
            Kind::State => word::KIND_STATE,
            Kind::Mission => word::KIND_MISSION,
            Kind::Group => word::KIND_GROUP,
            Kind::Place => word::KIND_PLACE,
        })
    }

    /// A publication date, ready to print.
    pub(super) fn published_label(self, published: &Published) -> DateLabel {
        let (when, time) = (published.when.as_ref(), published.time.as_ref());
        let mut label = self.date_label(when, time, published.basis_word());
        let push = |clues: &mut Html, clue: &str| {
            clues.0.push_str("<li>");
            push_words(&mut clues.0, clue);
            clues.0.push_str("</li>\n");
        };
        for clue in &published.clues {
            push(&mut label.clues, &self.wording().explain(Explains::Clue, clue));
        }
        if published.clues.is_empty() && when.is_some() {
            let says = match published.basis {
                Basis::Sidecar => word::ARTICLE_SIDECAR_SAYS_SO,
                Basis::FrontMatter => word::ARTICLE_FRONT_MATTER_SAYS_SO,
                Basis::Stated | Basis::Inferred => return label,
            };
            push(&mut label.clues, self.say(says));
        }
        label
    }

    /// A date, ready to print, without what says so.
    pub(super) fn date_label(
        self,
        when: Option<&When>,
        time: Option<&Clock>,
        basis: &'static str,
    ) -> DateLabel {
        let names = self.wording().dates();
        let mut html = Html(String::with_capacity(128));
        push_date(&mut html.0, when, time, basis == "inferred", names);
        DateLabel {
            edtf: when.map(When::edtf).unwrap_or_default(),
            datetime: when.and_then(When::datetime).unwrap_or_default().as_str().to_owned(),
            text: self.when_text(when),
            time: time.map(Clock::to_string).unwrap_or_default(),
            basis,
            html,
            clues: Html::default(),
        }
    }

    /// A date in words.
    pub(super) fn when_text(self, when: Option<&When>) -> String {
        let names = self.wording().dates();
        when.map_or_else(|| names.undated.clone(), |when| when.label_in(names))
    }

    /// The pages of a list that begins at `path`.
    pub(super) fn pager(self, path: &str, page: usize, pages: usize) -> Pager {
        Pager {
            page,
            pages,
            previous: (page > 1).then(|| self.to(&numbered(path, page - 1))),
            next: (page < pages).then(|| self.to(&numbered(path, page + 1))),
        }
    }
}

/// The code of an article's language where it is not that of the pages.
fn other_language<'a>(entry: &'a Entry, config: &'a Config, wording: &Wording) -> Option<&'a str> {
    let own = entry.briefing.article.language.as_ref().map(|field| field.value.as_str());
    let own = own.unwrap_or(&config.language);
    (own != wording.language()).then_some(own)
}

/// The address of a list's page: the first has none of its own.
pub(super) fn numbered(path: &str, page: usize) -> String {
    if page <= 1 { path.to_owned() } else { format!("{path}page-{page}/") }
}

/// How many pages `n` entries make; at least one.
pub(super) fn pages(n: usize, per_page: usize) -> usize {
    n.div_ceil(per_page).max(1)
}

/// The stretch of a list that stands on `page`, from 1.
pub(super) fn slice<T>(entries: &[T], page: usize, per_page: usize) -> &[T] {
    let start = ((page - 1) * per_page).min(entries.len());
    &entries[start..(start + per_page).min(entries.len())]
}

/// Right to left for the scripts that run so, where a language is named.
pub(super) fn direction(language: Option<&str>) -> &'static str {
    if language.is_some_and(is_rtl) { "rtl" } else { "ltr" }
}

/// The standfirst, or the beginning of the lede.
pub(super) fn summary(entry: &Entry) -> String {
    let briefing = &entry.briefing;
    if let Some(standfirst) = &briefing.article.standfirst {
        return shorten(&standfirst.value, SUMMARY * 2);
    }
    let body = &briefing.prose.blocks[briefing.body_block.min(briefing.prose.blocks.len())..];
    let lede = body.iter().find(|block| block.zone == Zone::Body);
    lede.map_or_else(String::new, |block| shorten(block.span.of(&briefing.prose.text), SUMMARY))
}
