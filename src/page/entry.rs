//! The entries of long lists: events, statements, mentions, cards of articles.
//!
//! In go indices of the archive, out come the parts of an entry as ready HTML, built from
//! the [`fragment`]s. A page of the timeline has a hundred entries: a dozen of values for
//! each, put together by a component, cost more than everything else on the page. So an
//! entry has three or four parts; which of them stand where, a template decides. Their
//! elements and classes are part of the theme contract.
//!
//! What a clipping says is escaped here. The words of the pages need no escaping: no file
//! of words may hold markup ([`crate::theme::wording`]).

use super::card::{Here, summary};
use super::context::{Appearance, ArticleCard, EventEntry, Html, StatementEntry};
use super::fragment::{self, push_language};
use crate::archive;
use crate::archive::{Entry, TimelineEvent};
use crate::markup::push_escaped;
use crate::reading::{EventKind, Speech, Statement};
use crate::text::Span;
use crate::theme::wording::{Word, word};

/// Tellings of an event that the timeline lists one by one.
const TELLINGS: usize = 3;
/// Actors of an event that the timeline is filtered by, and those of them that it names.
const KEYS: usize = 24;
const NAMED: usize = 6;
/// Actors that a card names.
const CARD_ACTORS: usize = 4;

impl<'a> Here<'a> {
    /// The article as a card.
    pub(super) fn card(self, index: u32) -> ArticleCard {
        let entry = self.entry(index);
        let actors: Vec<u32> =
            entry.named.iter().take(CARD_ACTORS).map(|(actor, _)| *actor).collect();
        let mut text = String::new();
        let words = summary(entry);
        if !words.is_empty() {
            text.push_str("<p class=\"summary\"");
            self.push_language(&mut text, entry);
            text.push('>');
            push_escaped(&mut text, &words);
            text.push_str("</p>\n");
        }
        ArticleCard {
            summary: Html(text),
            actors: self.actor_list(&actors, word::LIST_ACTORS_NAMED_MOST),
            ..self.brief_card(index)
        }
    }

    /// A card without summary and actors, for a line in passing.
    pub(super) fn brief_card(self, index: u32) -> ArticleCard {
        ArticleCard {
            meta: self.meta(index),
            headline: self.headline(index),
            summary: Html::default(),
            actors: Html::default(),
        }
    }

    /// What stands above a headline: whether it is a draft, when it was published, and by
    /// whom.
    fn meta(self, index: u32) -> Html {
        let entry = self.entry(index);
        let article = &entry.briefing.article;
        let mut out = String::with_capacity(256);
        if entry.is_draft {
            out.extend(["<strong>", self.say(word::LIST_DRAFT), "</strong> "]);
        }
        out.push_str(self.naming(index).published());
        if let Some(outlet) = entry.outlet {
            out.push_str(" <a href=\"");
            self.push_outlet(&mut out, outlet);
            out.push_str("\">");
            push_escaped(&mut out, &self.desk.archive.outlets[outlet as usize].name);
            out.push_str("</a>");
        }
        if let Some(agency) = &article.agency {
            out.push_str(" <span>");
            push_escaped(&mut out, &agency.value);
            out.push_str("</span>");
        }
        Html(out)
    }

    /// The headline as a link to the article.
    fn headline(self, index: u32) -> Html {
        let mut out = String::with_capacity(256);
        self.push_headline(&mut out, index, "");
        Html(out)
    }

    /// The article before or after another, `rel` saying which, with its date.
    pub(super) fn neighbour(self, index: u32, rel: &str) -> Html {
        let mut out = String::with_capacity(256);
        self.push_headline(&mut out, index, rel);
        out.extend([" ", self.naming(index).published()]);
        Html(out)
    }

    fn push_headline(self, out: &mut String, index: u32, rel: &str) {
        out.push_str("<a");
        if !rel.is_empty() {
            out.extend([" rel=\"", rel, "\""]);
        }
        out.push_str(" href=\"");
        self.push_article(out, index);
        out.push_str(self.naming(index).link());
    }

    /// Appends the attributes of words whose language is not that of the pages.
    pub(super) fn push_language(self, out: &mut String, entry: &Entry) {
        push_language(out, self.other_language(entry));
    }

    /// A list of actors, named `label`; empty where there are none.
    fn actor_list(self, actors: &[u32], label: Word) -> Html {
        let mut out = String::new();
        if !actors.is_empty() {
            out.reserve(64 + actors.len() * 80);
            out.extend(["<ul class=\"links\" aria-label=\"", self.say(label), "\">"]);
            for actor in actors {
                out.push_str("<li><a href=\"");
                self.push_actor(&mut out, *actor);
                out.push_str("\">");
                push_escaped(&mut out, &self.dossier(*actor).name);
                out.push_str("</a></li>");
            }
            out.push_str("</ul>\n");
        }
        Html(out)
    }

    /// The event on its own article's page, which says beside it who tells it and
    /// who is named.
    pub(super) fn own_event_entry(self, index: u32) -> EventEntry {
        self.event_entry_with(index, 0, false)
    }

    /// The event on a dossier or the home page, with the first that tells it.
    pub(super) fn brief_event_entry(self, index: u32) -> EventEntry {
        self.event_entry_with(index, 1, false)
    }

    /// The event on the timeline, with who is named and who tells it; `is_home` where its
    /// anchor is on this very page.
    pub(super) fn event_entry(self, index: u32, is_home: bool) -> EventEntry {
        let event = &self.desk.archive.events[index as usize];
        let actors = &event.actors[..event.actors.len().min(NAMED)];
        let mut actor_keys = String::with_capacity(20 * event.actors.len().min(KEYS));
        for actor in event.actors.iter().take(KEYS) {
            push_word(&mut actor_keys, &self.dossier(*actor).id);
        }
        let mut outlets: Vec<&str> = event
            .tellings
            .iter()
            .filter_map(|telling| self.entry(telling.entry).outlet)
            .map(|outlet| &*self.desk.archive.outlets[outlet as usize].key)
            .collect();
        outlets.sort_unstable();
        outlets.dedup();
        EventEntry {
            actors: self.actor_list(actors, word::LIST_ACTORS_NAMED),
            actor_keys,
            outlet_keys: outlets.join(" "),
            ..self.event_entry_with(index, TELLINGS, is_home)
        }
    }

    fn event_entry_with(self, index: u32, n_sources: usize, is_home: bool) -> EventEntry {
        let event: &'a TimelineEvent = &self.desk.archive.events[index as usize];
        let telling = event.tellings[0];
        let entry = self.entry(telling.entry);
        let briefing = &entry.briefing;
        let told = &briefing.reading.events[telling.event as usize];
        let date = briefing.reading.dates[told.date as usize].span;
        let mut sentence = String::with_capacity(told.sentence.range().len() + 96);
        sentence.push_str("<p class=\"sentence\"");
        self.push_language(&mut sentence, entry);
        sentence.push('>');
        push_excerpt(
            &mut sentence,
            &briefing.prose.text,
            told.sentence,
            date.start,
            &[(date, "date")],
        );
        sentence.push_str("</p>");
        let mut id = String::with_capacity(16);
        event.id.push(&mut id);
        let mut when = String::with_capacity(256);
        when.push_str("<p class=\"when\"><a href=\"");
        if is_home {
            when.extend(["#", &*id]);
        } else {
            self.push_event(&mut when, index);
        }
        when.push_str("\">");
        self.push_event_when(&mut when, event, n_sources);
        EventEntry {
            id,
            kind: kind_word(event.kind),
            when: Html(when),
            sentence: Html(sentence),
            sources: self.event_sources(event, n_sources),
            actors: Html::default(),
            actor_keys: String::new(),
            outlet_keys: String::new(),
        }
    }

    /// Appends when, to the end of the link that has begun, what kind of event it is where
    /// it did not simply happen, and how many tell it, where the entry says who.
    fn push_event_when(self, out: &mut String, event: &TimelineEvent, n_sources: usize) {
        self.push_when(out, &event.when);
        out.push_str("</a>");
        let kind = match event.kind {
            EventKind::Happened => None,
            EventKind::Planned => Some(word::KIND_PLANNED),
            EventKind::Limit => Some(word::KIND_DEADLINE),
            EventKind::Background => Some(word::KIND_BACKGROUND),
        };
        if let Some(kind) = kind {
            out.extend([" <span class=\"kind\">", self.say(kind), "</span>"]);
        }
        if n_sources > 0 && event.n_sources > 1 {
            let (one, many) = (word::COUNT_SOURCES_ONE, word::COUNT_SOURCES_MANY);
            out.push_str(" <span class=\"kind\">");
            out.push_str(&self.wording().counted(one, many, event.n_sources));
            out.push_str("</span>");
        }
        out.push_str("</p>");
    }

    /// The first `n` paragraphs that tell the event, and how many more there are: one in a
    /// paragraph, several in a list.
    fn event_sources(self, event: &TimelineEvent, n: usize) -> Html {
        if n == 0 {
            return Html::default();
        }
        let tellings = &event.tellings[..event.tellings.len().min(n)];
        // Beside who is named, on the timeline, even one stands in a list.
        let listed = n > 1 && (tellings.len() > 1 || !event.actors.is_empty());
        let mut out = String::with_capacity(96 + tellings.len() * 320);
        if listed {
            let label = self.say(word::LIST_TOLD_BY);
            out.extend(["<ul class=\"sources\" aria-label=\"", label, "\">"]);
        }
        for (at, telling) in tellings.iter().enumerate() {
            let reading = &self.entry(telling.entry).briefing.reading;
            out.push_str(if listed { "<li>" } else { "<p class=\"sources\">" });
            self.push_source(
                &mut out,
                telling.entry,
                reading.events[telling.event as usize].sentence,
            );
            if tellings[..at].iter().any(|other| other.source == telling.source) {
                let same = self.say(word::LIST_SAME_TEXT);
                out.extend([" <span class=\"doubt\">", same, "</span>"]);
            }
            out.push_str(if listed { "</li>" } else { "" });
        }
        let more = event.tellings.len() - tellings.len();
        if more > 0 {
            let more = self.wording().counted(word::COUNT_MORE_ONE, word::COUNT_MORE_MANY, more);
            let (before, after) = if listed { ("<li>", "</li>") } else { (" ", "") };
            out.extend([before, &*more, after]);
        }
        out.push_str(if listed { "</ul>\n" } else { "</p>\n" });
        Html(out)
    }

    /// A statement on the dossier of one whom it is about.
    pub(super) fn statement(self, entry: u32, statement: u32) -> StatementEntry {
        self.statement_by(entry, statement, true)
    }

    /// A statement on the dossier of the one who made it.
    pub(super) fn own_statement(self, entry: u32, statement: u32) -> StatementEntry {
        self.statement_by(entry, statement, false)
    }

    fn statement_by(self, index: u32, statement: u32, with_speaker: bool) -> StatementEntry {
        let entry = self.entry(index);
        let briefing = &entry.briefing;
        let (before, others) = briefing.reading.statements.split_at(statement as usize);
        let statement = &others[0];
        // Others in the same sentence are shown with it; they stand beside it.
        let is_beside = |other: &&Statement| other.sentence == statement.sentence;
        let beside = before.iter().rev().take_while(is_beside);
        let mut quotes: Vec<Span> = beside
            .chain(others.iter().take_while(is_beside))
            .flat_map(|other| other.quotes.iter().copied())
            .collect();
        quotes.sort_unstable();
        let marks: Vec<(Span, &str)> = quotes.into_iter().map(|quote| (quote, "quote")).collect();
        let mut sentence = String::with_capacity(statement.sentence.range().len() + 96);
        sentence.push_str("<p class=\"sentence\"");
        self.push_language(&mut sentence, entry);
        sentence.push('>');
        let at = statement.span.start;
        push_excerpt(&mut sentence, &briefing.prose.text, statement.sentence, at, &marks);
        sentence.push_str("</p>");

        let speaker = statement.speaker.as_ref();
        let mut source = String::with_capacity(416);
        source.push_str("<p class=\"sources\">");
        let actor = speaker.and_then(|speaker| *entry.actors.get(speaker.actor? as usize)?);
        if let Some(actor) = actor.filter(|_| with_speaker) {
            source.push_str("<a class=\"speaker\" href=\"");
            self.push_actor(&mut source, actor);
            source.push_str("\">");
            push_escaped(&mut source, &self.dossier(actor).name);
            source.push_str("</a>, ");
        }
        let (kind, label) = match statement.kind {
            Speech::Direct => ("direct", word::KIND_DIRECT),
            Speech::Mixed => ("mixed", word::KIND_MIXED),
            Speech::Indirect => ("indirect", word::KIND_INDIRECT),
        };
        source.extend(["<span class=\"kind\">", self.say(label), "</span>"]);
        if !speaker.is_some_and(|speaker| speaker.certain) {
            let inferred = self.say(word::KIND_SPEAKER_INFERRED);
            source.extend([" <span class=\"doubt\">", inferred, "</span>"]);
        }
        source.push_str(", ");
        self.push_source(&mut source, index, statement.sentence);
        source.push_str("</p>");
        StatementEntry { kind, sentence: Html(sentence), source: Html(source) }
    }

    /// An article that names an actor, with the sentence that names it first.
    pub(super) fn appearance(self, seen: &archive::Appearance) -> Appearance {
        let entry = self.entry(seen.entry);
        let briefing = &entry.briefing;
        let mut meta = self.meta(seen.entry);
        let (one, many) = (word::COUNT_MENTIONS_ONE, word::COUNT_MENTIONS_MANY);
        let n = self.wording().counted(one, many, seen.n as usize);
        meta.0.extend([" <span>", &*n, "</span>"]);
        let within = briefing.sentence(seen.first);
        let mut sentence = String::with_capacity(within.range().len() + 320);
        sentence.push_str("<p class=\"sentence\"><span");
        self.push_language(&mut sentence, entry);
        sentence.push('>');
        let marks = [(seen.first, "name")];
        push_excerpt(&mut sentence, &briefing.prose.text, within, seen.first.start, &marks);
        sentence.push_str("</span> <a class=\"evidence\" href=\"");
        self.push_paragraph(&mut sentence, seen.entry, seen.first);
        sentence.extend(["\">", self.say(word::DOSSIER_IN_THE_TEXT), "</a></p>"]);
        Appearance { meta, headline: self.headline(seen.entry), sentence: Html(sentence) }
    }
}

/// Appends the sentence, with `marks` in it, cut to what stands near the byte `at`: beyond
/// that lies what no editor would call a sentence, and a page holds hundreds.
fn push_excerpt(out: &mut String, text: &str, sentence: Span, at: u32, marks: &[(Span, &str)]) {
    const REACH: u32 = 600;
    let start = sentence.start.max(at.saturating_sub(REACH)) as usize;
    let end = sentence.end.min(at.saturating_add(REACH)) as usize;
    let near = Span::new(text.ceil_char_boundary(start), text.floor_char_boundary(end));
    if near.start > sentence.start {
        out.push_str("… ");
    }
    fragment::push_sentence(out, text, near, marks);
    if near.end < sentence.end {
        out.push_str(" …");
    }
}

/// Appends a word to a list with spaces between.
fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

pub(super) fn kind_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Happened => "happened",
        EventKind::Planned => "planned",
        EventKind::Limit => "limit",
        EventKind::Background => "background",
    }
}
