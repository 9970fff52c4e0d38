//! The entries of long lists: events, statements, mentions, cards of articles.
//!
//! In go indices of the archive; each entry is appended to its list as ready HTML, built
//! from the [`fragment`]s. A page of the timeline has a hundred entries: values for the
//! parts of each, put together by a component, cost more than everything else on the page,
//! and a value for each entry still a third of it. So a template decides where a list
//! stands and a style sheet how its entries look; their elements and classes are part of
//! the theme contract ([`Html`]). Start at [`entries`].
//!
//! What a clipping says is escaped here. The words of the pages need no escaping: no file
//! of words may hold markup ([`crate::theme::wording`]).

use super::card::{Here, Told, summary};
use super::context::Html;
use super::fragment::{self, push_language};
use crate::archive;
use crate::archive::TimelineEvent;
use crate::markup::push_escaped;
use crate::reading::{EventKind, Speech, Statement};
use crate::text::Span;
use crate::theme::wording::{Word, word};

/// About how many bytes an entry is, and a line with a count.
const ENTRY: usize = 800;
const LINE: usize = 128;
/// Tellings of an event that the timeline lists one by one.
const TELLINGS: usize = 3;
/// Actors of an event that the timeline is filtered by, and those of them that it names.
const KEYS: usize = 24;
const NAMED: usize = 6;
/// Actors that a card names.
const CARD_ACTORS: usize = 4;

/// A list: its entries one after another, each of which `push` appends.
pub(super) fn entries<T>(
    items: impl ExactSizeIterator<Item = T>,
    push: impl Fn(&mut String, T),
) -> Html {
    list(ENTRY, items, push)
}

/// The same of what is a line each: names and links with counts.
pub(super) fn lines<T>(
    items: impl ExactSizeIterator<Item = T>,
    push: impl Fn(&mut String, T),
) -> Html {
    list(LINE, items, push)
}

/// A list with room for `size` bytes of each item.
fn list<T>(
    size: usize,
    items: impl ExactSizeIterator<Item = T>,
    push: impl Fn(&mut String, T),
) -> Html {
    let mut out = String::with_capacity(items.len() * size);
    items.for_each(|item| push(&mut out, item));
    Html(out)
}

impl<'a> Here<'a> {
    /// Appends the article as a card.
    pub(super) fn push_card(self, out: &mut String, index: u32) {
        let entry = self.entry(index);
        let actors: Vec<u32> =
            entry.named.iter().take(CARD_ACTORS).map(|(actor, _)| *actor).collect();
        let words = summary(entry);
        self.push_card_head(out, index);
        if !words.is_empty() {
            out.push_str("<p class=\"summary\"");
            self.push_language(out, index);
            out.push('>');
            push_escaped(out, &words);
            out.push_str("</p>\n");
        }
        self.push_actors(out, &actors, word::LIST_ACTORS_NAMED_MOST);
        out.push_str("</article>\n");
    }

    /// Appends a card without summary and actors, for a line in passing.
    pub(super) fn push_brief_card(self, out: &mut String, index: u32) {
        self.push_card_head(out, index);
        out.push_str("</article>\n");
    }

    fn push_card_head(self, out: &mut String, index: u32) {
        out.push_str("<article class=\"card\">\n<p class=\"meta\">");
        self.push_meta(out, index);
        out.push_str("</p>\n<h3 class=\"headline\">");
        self.push_headline(out, index, "");
        out.push_str("</h3>\n");
    }

    /// Appends what stands above a headline: whether it is a draft, when it was published,
    /// and by whom.
    fn push_meta(self, out: &mut String, index: u32) {
        let entry = self.entry(index);
        let article = &entry.briefing.article;
        if entry.is_draft {
            out.extend(["<strong>", self.say(word::LIST_DRAFT), "</strong> "]);
        }
        out.push_str(self.naming(index).published());
        if let Some(outlet) = entry.outlet {
            out.push_str(" <a href=\"");
            self.push_outlet(out, outlet);
            out.push_str("\">");
            push_escaped(out, &self.desk.archive.outlets[outlet as usize].name);
            out.push_str("</a>");
        }
        if let Some(agency) = &article.agency {
            out.push_str(" <span>");
            push_escaped(out, &agency.value);
            out.push_str("</span>");
        }
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

    /// Appends the attributes of an article's words where their language is not that of
    /// the pages.
    fn push_language(self, out: &mut String, index: u32) {
        push_language(out, self.naming(index).other_language());
    }

    /// Appends a list of actors, named `label`; nothing where there are none.
    fn push_actors(self, out: &mut String, actors: &[u32], label: Word) {
        if actors.is_empty() {
            return;
        }
        out.extend(["<ul class=\"links\" aria-label=\"", self.say(label), "\">"]);
        for actor in actors {
            out.push_str("<li><a href=\"");
            self.push_actor(out, *actor);
            out.push_str("\">");
            push_escaped(out, &self.dossier(*actor).name);
            out.push_str("</a></li>");
        }
        out.push_str("</ul>\n");
    }

    /// Appends the event on its own article's page, which says beside it who tells it and
    /// who is named.
    pub(super) fn push_own_event(self, out: &mut String, index: u32) {
        self.push_event_elsewhere(out, index, 0);
    }

    /// Appends the event on a dossier or the home page, with the first that tells it.
    pub(super) fn push_brief_event(self, out: &mut String, index: u32) {
        self.push_event_elsewhere(out, index, 1);
    }

    fn push_event_elsewhere(self, out: &mut String, index: u32, n_sources: usize) {
        let event = self.timeline_event(index);
        out.extend([
            "<li class=\"event ",
            kind_word(event.kind),
            "\">\n<p class=\"when\"><a href=\"",
        ]);
        self.push_event(out, index);
        self.push_event_words(out, index, n_sources);
        out.push_str("</li>\n");
    }

    /// Appends the event on the timeline, with who is named and who tells it, and both for
    /// the filter; `is_home` where its anchor is on this very page.
    pub(super) fn push_event_on_timeline(self, out: &mut String, index: u32, is_home: bool) {
        let event = self.timeline_event(index);
        out.extend(["<li class=\"event ", kind_word(event.kind), "\""]);
        if is_home {
            out.push_str(" id=\"");
            event.id.push(out);
            out.push('"');
        }
        let actors = event.actors.iter().take(KEYS).map(|actor| &*self.dossier(*actor).id);
        push_words(out, " data-actor=\"", actors);
        let mut outlets: Vec<&str> = event
            .tellings
            .iter()
            .filter_map(|telling| self.entry(telling.entry).outlet)
            .map(|outlet| &*self.desk.archive.outlets[outlet as usize].key)
            .collect();
        outlets.sort_unstable();
        outlets.dedup();
        push_words(out, " data-outlet=\"", outlets.into_iter());
        out.push_str(">\n<p class=\"when\"><a href=\"");
        if is_home {
            out.push('#');
            event.id.push(out);
        } else {
            self.push_event(out, index);
        }
        self.push_event_words(out, index, TELLINGS);
        let named = &event.actors[..event.actors.len().min(NAMED)];
        self.push_actors(out, named, word::LIST_ACTORS_NAMED);
        out.push_str("</li>\n");
    }

    fn timeline_event(self, index: u32) -> &'a TimelineEvent {
        &self.desk.archive.events[index as usize]
    }

    /// Appends, to the address of a link that has begun, when the event was, its sentence,
    /// and the first `n_sources` that tell it.
    fn push_event_words(self, out: &mut String, index: u32, n_sources: usize) {
        let event = self.timeline_event(index);
        out.push_str("\">");
        self.push_event_when(out, event, n_sources);
        let told = self.desk.paths.told[index as usize];
        let text = &self.entry(told.entry).briefing.prose.text;
        out.push_str("\n<p class=\"sentence\"");
        self.push_language(out, told.entry);
        out.push('>');
        push_excerpt(out, text, told.sentence, told.date.start, &[(told.date, "date")]);
        out.push_str("</p>\n");
        self.push_event_sources(out, event, told, n_sources);
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
            self.wording().push_counted(out, one, many, event.n_sources);
            out.push_str("</span>");
        }
        out.push_str("</p>");
    }

    /// Appends the first `n` paragraphs that tell the event, and how many more there are:
    /// one in a paragraph, several in a list.
    fn push_event_sources(self, out: &mut String, event: &TimelineEvent, told: Told, n: usize) {
        if n == 0 {
            return;
        }
        let tellings = &event.tellings[..event.tellings.len().min(n)];
        // Beside who is named, on the timeline, even one stands in a list.
        let listed = n > 1 && (tellings.len() > 1 || !event.actors.is_empty());
        if listed {
            let label = self.say(word::LIST_TOLD_BY);
            out.extend(["<ul class=\"sources\" aria-label=\"", label, "\">"]);
        }
        for (at, telling) in tellings.iter().enumerate() {
            out.push_str(if listed { "<li>" } else { "<p class=\"sources\">" });
            if at == 0 {
                self.push_source_at(out, told.entry, told.anchor);
            } else {
                let reading = &self.entry(telling.entry).briefing.reading;
                let sentence = reading.events[telling.event as usize].sentence;
                self.push_source(out, telling.entry, sentence);
            }
            if tellings[..at].iter().any(|other| other.source == telling.source) {
                let same = self.say(word::LIST_SAME_TEXT);
                out.extend([" <span class=\"doubt\">", same, "</span>"]);
            }
            out.push_str(if listed { "</li>" } else { "" });
        }
        let more = event.tellings.len() - tellings.len();
        if more > 0 {
            out.push_str(if listed { "<li>" } else { " " });
            let (one, many) = (word::COUNT_MORE_ONE, word::COUNT_MORE_MANY);
            self.wording().push_counted(out, one, many, more);
            out.push_str(if listed { "</li>" } else { "" });
        }
        out.push_str(if listed { "</ul>\n" } else { "</p>\n" });
    }

    /// Appends a statement on the dossier of one whom it is about.
    pub(super) fn push_statement(self, out: &mut String, (entry, statement): (u32, u32)) {
        self.push_statement_by(out, entry, statement, true);
    }

    /// Appends a statement on the dossier of the one who made it.
    pub(super) fn push_own_statement(self, out: &mut String, (entry, statement): (u32, u32)) {
        self.push_statement_by(out, entry, statement, false);
    }

    fn push_statement_by(self, out: &mut String, index: u32, statement: u32, with_speaker: bool) {
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
        let (kind, label) = match statement.kind {
            Speech::Direct => ("direct", word::KIND_DIRECT),
            Speech::Mixed => ("mixed", word::KIND_MIXED),
            Speech::Indirect => ("indirect", word::KIND_INDIRECT),
        };
        out.extend(["<li class=\"statement ", kind, "\">\n<p class=\"sentence\""]);
        self.push_language(out, index);
        out.push('>');
        let at = statement.span.start;
        push_excerpt(out, &briefing.prose.text, statement.sentence, at, &marks);
        out.push_str("</p>\n<p class=\"sources\">");

        let speaker = statement.speaker.as_ref();
        let actor = speaker.and_then(|speaker| *entry.actors.get(speaker.actor? as usize)?);
        if let Some(actor) = actor.filter(|_| with_speaker) {
            out.push_str("<a class=\"speaker\" href=\"");
            self.push_actor(out, actor);
            out.push_str("\">");
            push_escaped(out, &self.dossier(actor).name);
            out.push_str("</a>, ");
        }
        out.extend(["<span class=\"kind\">", self.say(label), "</span>"]);
        if !speaker.is_some_and(|speaker| speaker.certain) {
            let inferred = self.say(word::KIND_SPEAKER_INFERRED);
            out.extend([" <span class=\"doubt\">", inferred, "</span>"]);
        }
        out.push_str(", ");
        self.push_source(out, index, statement.sentence);
        out.push_str("</p>\n</li>\n");
    }

    /// Appends an article that names an actor, with the sentence that names it first.
    pub(super) fn push_appearance(self, out: &mut String, seen: &archive::Appearance) {
        let entry = self.entry(seen.entry);
        let briefing = &entry.briefing;
        let within = briefing.sentence(seen.first);
        out.push_str("<li>\n<p class=\"meta\">");
        self.push_meta(out, seen.entry);
        let (one, many) = (word::COUNT_MENTIONS_ONE, word::COUNT_MENTIONS_MANY);
        out.push_str(" <span>");
        self.wording().push_counted(out, one, many, seen.n as usize);
        out.push_str("</span></p>\n<h3 class=\"headline\">");
        self.push_headline(out, seen.entry, "");
        out.push_str("</h3>\n<p class=\"sentence\">");
        // The link after it speaks the language of the page.
        let is_other = self.naming(seen.entry).other_language().is_some();
        if is_other {
            out.push_str("<span");
            self.push_language(out, seen.entry);
            out.push('>');
        }
        let marks = [(seen.first, "name")];
        push_excerpt(out, &briefing.prose.text, within, seen.first.start, &marks);
        out.push_str(if is_other { "</span>" } else { "" });
        out.push_str(" <a class=\"evidence\" href=\"");
        self.push_paragraph(out, seen.entry, seen.first);
        out.extend(["\">", self.say(word::DOSSIER_IN_THE_TEXT), "</a></p>\n</li>\n"]);
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

/// Appends an attribute of words with spaces between: ids and keys, which need no escaping.
/// `start` is what it begins with; without words there is none.
fn push_words<'w>(out: &mut String, start: &str, words: impl Iterator<Item = &'w str>) {
    let mut before = start;
    for word in words {
        out.extend([before, word]);
        before = " ";
    }
    out.push_str(if before == start { "" } else { "\"" });
}

pub(super) fn kind_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Happened => "happened",
        EventKind::Planned => "planned",
        EventKind::Limit => "limit",
        EventKind::Background => "background",
    }
}
