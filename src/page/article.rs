//! An article's page, with its Markdown and its record beside it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::card::Here;
use super::context::{ArticlePage, Html, Link, RemovedGroup};
use super::entry::entries;
use super::fragment::{push_count, push_language, push_number, push_words};
use super::{Chrome, Section, chart, cited, linked_data, poster};
use crate::archive::{Dossier, Entry};
use crate::article::{Fate, LedgerEntry};
use crate::briefing::Briefing;
use crate::citation::{Citation, Format};
use crate::config::{LinkRule, LinkedMentions};
use crate::diagnostic::Diagnostic;
use crate::markup::{self, TextLink, push_escaped, safe_url};
use crate::reading::{Origin, Zone};
use crate::site::Address;
use crate::text::{Span, fold};
use crate::theme::Explains;
use crate::theme::wording::word;
use crate::when::When;

/// Most events of an article that its own page lists.
const EVENTS: usize = 40;

/// Renders the page of the article at `index`.
pub(super) fn page(here: Here<'_>, address: &Address, index: u32) -> Result<Vec<u8>, Diagnostic> {
    let entry = here.entry(index);
    let briefing = &entry.briefing;
    let article = &briefing.article;
    let desk = here.desk;
    let (body, has_code) = body(here, entry);
    let short = super::moved::short(&entry.id);
    let base = desk.config.base_url.as_str();

    let description = super::card::summary(entry);
    let chrome = Chrome::new(desk, address, entry.headline(), &description, Section::Briefings);
    let mut frame = chrome.frame();
    frame.breadcrumbs =
        vec![Link { text: here.say(word::SECTION_BRIEFINGS), href: here.to("/briefings/") }];
    let year = entry.day().map(|day| day.year().to_string());
    if let Some(year) = &year {
        frame.breadcrumbs.push(Link { text: year, href: here.to(&format!("/briefings/{year}/")) });
    }
    frame.highlight = has_code.then_some(chrome.highlight.as_str());

    frame.preview = poster::of_own(here, address, index).or(frame.preview);
    let json_ld = linked_data::article(here, entry, &frame, &description);
    frame.json_ld = Some(&json_ld);

    let short_href = if base.is_empty() { here.to(short.as_str()) } else { short.absolute(base) };
    let citation = Citation {
        article,
        address: (!base.is_empty()).then_some(&*short_href),
        archive: &desk.config.title,
        words: here.wording().dates(),
    };
    let (removed, n_removed) = removed(here, briefing);
    let n_entries = here.desk.archive.entries.len();
    let url = article.url.as_ref().and_then(|url| safe_url(&url.value));
    let mut events: Vec<u32> = entry.events.clone();
    events.sort_unstable();
    let language = article.language.as_ref().map_or(&desk.config.language, |field| &field.value);
    let mut language_attributes = Html::default();
    push_language(&mut language_attributes.0, here.naming(index).other_language());
    let mut context = ArticlePage {
        frame,
        citation_tags: Html::default(),
        headline: entry.headline(),
        is_draft: entry.is_draft,
        kicker: article.kicker.as_ref().map(|field| field.value.as_str()),
        standfirst: briefing.standfirst_apart(),
        byline: article.byline.iter().map(|field| field.value.as_str()).collect(),
        outlet: here.outlet_link(entry),
        agency: article.agency.as_ref().map(|field| field.value.as_str()),
        dateline: article.dateline.as_ref().map(|dateline| dateline.place.as_str()),
        published: here.published_label(&article.published),
        updated: article.updated.as_ref().map(|field| {
            let (when, time) = &field.value;
            here.date_label(Some(when), time.as_ref(), "stated")
        }),
        url,
        url_host: url.and_then(|url| url.split('/').nth(2)),
        language,
        language_attributes,
        tags: entry
            .tags
            .iter()
            .map(|tag| {
                let tag = &desk.archive.tags[*tag as usize];
                Link { text: &tag.name, href: here.page(&["tags", &tag.key]) }
            })
            .collect(),
        captions: article.captions.iter().map(|field| field.value.as_str()).collect(),
        credits: article.credits.iter().map(|field| field.value.as_str()).collect(),
        notes: article.notes.iter().map(|field| field.value.as_str()).collect(),
        remark: article.remark.as_ref().map(|field| field.value.as_str()),
        body: Html(body),
        actors: actors(here, entry),
        chart: chart::of_events(
            here.wording(),
            word::DOSSIER_DATES,
            events.iter().map(|event| &desk.archive.events[*event as usize]),
        ),
        events: entries(events.iter().take(EVENTS), |out, event| here.push_own_event(out, *event)),
        removed,
        n_removed,
        doubts: doubts(briefing),
        repairs: repairs(here, briefing),
        n_lines: article.ledger.len(),
        saved_page: !article.removed.is_empty(),
        clipping: &article.path,
        short_href: short_href.clone(),
        citation: citation.to(Format::Text),
        citations: cited::files(citation),
        previous: (index as usize + 1 < n_entries).then(|| here.neighbour(index + 1, "prev")),
        next: index.checked_sub(1).map(|newer| here.neighbour(newer, "next")),
        same_story: entries(entry.same_story.iter(), |out, other| here.push_card(out, *other)),
        related: entries(desk.archive.related(index).into_iter(), |out, other| {
            here.push_brief_card(out, other);
        }),
    };
    context.citation_tags = cited::tags(&context);
    desk.theme.render("article.html", &context)
}

/// The text with its links and anchors, and whether there is code in it.
fn body(here: Here<'_>, entry: &Entry) -> (String, bool) {
    let briefing = &entry.briefing;
    let labels = markup::Labels {
        paragraph: here.say(word::ARTICLE_LINK_TO_PARAGRAPH),
        table: here.say(word::ARTICLE_TABLE),
    };
    let links = links(here, entry);
    let (markdown, prose) = (briefing.markdown(), briefing.body_prose());
    let (html, has_code) = markup::html(&markdown, prose, &briefing.anchors, &links, labels);
    (super::moved::with_former_anchors(html, entry), has_code)
}

/// Mentions and dates of the body as links, in order and without overlap.
fn links(here: Here<'_>, entry: &Entry) -> Vec<TextLink> {
    let mut links = Vec::new();
    if here.desk.config.links.actors != LinkedMentions::Never {
        actor_links(here, entry, &mut links);
    }
    if here.desk.config.links.has(LinkRule::Dates) {
        date_links(here, entry, &mut links);
    }
    links.sort_by_key(|link| (link.span.start, link.span.end));
    let mut end = 0;
    links.retain(|link| {
        let free = link.span.start >= end;
        if free {
            end = link.span.end;
        }
        free
    });
    links
}

/// An actor is linked at its first mention in every section, or wherever else the
/// settings say.
fn actor_links(here: Here<'_>, entry: &Entry, links: &mut Vec<TextLink>) {
    let rules = &here.desk.config.links;
    let briefing = &entry.briefing;
    let mut linked = FxHashSet::default();
    let mut section = 0;
    let mut last_block = briefing.body_block;
    for mention in &briefing.reading.mentions {
        let Some(span) = in_body(briefing, mention.span) else { continue };
        let Some(actor) = entry.actors.get(mention.actor as usize).copied().flatten() else {
            continue;
        };
        let block = briefing.block(mention.span);
        let passed = briefing.prose.blocks.get(last_block..=block).unwrap_or_default();
        section += passed.iter().filter(|block| block.zone == Zone::Heading).count();
        last_block = block + 1;
        let dossier = here.dossier(actor);
        if !is_linked(here, dossier, mention.span.of(&briefing.prose.text)) {
            continue;
        }
        let first = match rules.actors {
            LinkedMentions::Section => linked.insert((section, actor)),
            LinkedMentions::Paragraph => linked.insert((block, actor)),
            LinkedMentions::Mention => true,
            LinkedMentions::Never => false,
        };
        if first {
            let title = if rules.has(LinkRule::About) {
                about(here, entry, dossier, mention.actor)
            } else {
                String::new()
            };
            links.push(TextLink { span, class: "actor", href: here.actor(actor), title });
        }
    }
}

/// Whether the rules allow to link `dossier` where it is `written` so.
fn is_linked(here: Here<'_>, dossier: &Dossier, written: &str) -> bool {
    let rules = &here.desk.config.links;
    let whose = match dossier.origin {
        Origin::Register => LinkRule::Register,
        Origin::BuiltIn => LinkRule::BuiltIn,
        Origin::Discovered => LinkRule::Discovered,
    };
    let is_part = || {
        !written.contains(' ')
            && *written != *dossier.name
            && dossier.name.split(' ').any(|part| fold(part) == fold(written))
    };
    let is_seat = || {
        let known = here.desk.register.actor(&dossier.id);
        known.is_some_and(|actor| actor.seats.iter().any(|seat| fold(seat) == fold(written)))
    };
    rules.has(whose)
        && (rules.has(LinkRule::Parts) || !is_part())
        && (rules.has(LinkRule::Seats) || !is_seat())
}

/// Name, kind and the offices held when the article appeared: `Jens Stoltenberg
/// (person), Secretary General of NATO`. Where the register has none, those that the
/// article itself gives to the actor, `seen` by its reading.
fn about(here: Here<'_>, entry: &Entry, dossier: &Dossier, seen: u32) -> String {
    let briefing = &entry.briefing;
    let when = briefing.article.published.when.as_ref();
    let wording = here.wording();
    let guess = dossier.origin == Origin::Discovered;
    let mut about = wording.fill(
        if guess { word::ARTICLE_ABOUT_GUESS } else { word::ARTICLE_ABOUT },
        &[("name", &*dossier.name), ("kind", here.kind_label(dossier.kind))],
    );
    let mut push = |former: bool, title: &str, of: Option<&str>| {
        let mut office = match of {
            Some(body) => {
                wording.fill(word::ARTICLE_OFFICE_OF, &[("title", title), ("body", body)])
            }
            None => title.to_owned(),
        };
        if former {
            office = wording.fill(word::ARTICLE_FORMER_OFFICE, &[("office", &*office)]);
        }
        about.push_str(", ");
        about.push_str(&office);
    };
    let register = here.desk.register;
    let roles = register.actor(&dossier.id).map_or(&[][..], |actor| &actor.roles);
    for role in roles.iter().filter(|role| when.is_none_or(|when| role.is_held(when))).take(2) {
        let of = role.of.as_deref();
        let known = of.and_then(|of| register.actor(of)).map(|actor| &*actor.name);
        push(false, &role.title, known.or(of));
    }
    if roles.is_empty() {
        let offices = briefing.reading.offices.iter().filter(|office| office.actor == seen);
        for office in offices.take(2) {
            let title = office.title.of(&briefing.prose.text);
            push(office.former, title, office.of.as_ref().map(|body| &*body.name));
        }
    }
    about
}

fn date_links(here: Here<'_>, entry: &Entry, links: &mut Vec<TextLink>) {
    let briefing = &entry.briefing;
    let mut by_date: FxHashMap<&When, u32> = FxHashMap::default();
    for index in &entry.events {
        by_date.entry(&here.desk.archive.events[*index as usize].when).or_insert(*index);
    }
    let wording = here.wording();
    let (before, after) = wording.around(word::ARTICLE_ON_TIMELINE, "date");
    for own in &briefing.reading.events {
        let date = &briefing.reading.dates[own.date as usize];
        let Some(when) = &date.when else { continue };
        let Some(index) = by_date.get(when) else { continue };
        if let Some(span) = in_body(briefing, date.span) {
            let mut title = String::with_capacity(48);
            title.push_str(before);
            when.push_label_in(&mut title, wording.dates());
            title.push_str(after);
            links.push(TextLink { span, class: "date", href: here.event(*index), title });
        }
    }
}

/// The bytes of the body's prose that `span` of the whole covers.
fn in_body(briefing: &Briefing, span: Span) -> Option<Span> {
    let start = briefing.body_start;
    (span.start >= start).then(|| Span { start: span.start - start, end: span.end - start })
}

/// The actors that the article names, with their kind and how often.
fn actors(here: Here<'_>, entry: &Entry) -> Html {
    let (one, many) = (word::UNIT_MENTIONS_ONE, word::UNIT_MENTIONS_MANY);
    entries(entry.named.iter(), |out, (actor, n)| {
        let dossier = here.dossier(*actor);
        out.push_str("<li><a href=\"");
        here.push_actor(out, *actor);
        out.push_str("\">");
        push_escaped(out, &dossier.name);
        out.extend(["</a> <span class=\"kind\">", here.kind_label(dossier.kind), "</span>"]);
        if dossier.origin == Origin::Discovered {
            out.extend([" <span class=\"doubt\">", here.say(word::KIND_GUESS), "</span>"]);
        }
        let n = *n as usize;
        push_count(out, n, here.wording().unit(one, many, n));
        out.push_str("</li>\n");
    })
}

/// What cleaning took away, by rule in the order of first use, and the number of
/// lines.
fn removed(here: Here<'_>, briefing: &Briefing) -> (Vec<RemovedGroup>, usize) {
    let mut groups = Vec::new();
    for passage in &briefing.article.removed {
        add(&mut groups, &passage.rule, passage.lines.0, &passage.text);
    }
    let mut n = briefing.article.removed.len();
    for (line, text) in lines(briefing).filter(|(line, _)| line.fate == Fate::Removed) {
        n += 1;
        add(&mut groups, line.rule.unwrap_or(here.say(word::ARTICLE_NOT_PART)), line.line, text);
    }
    (explained(here, groups), n)
}

/// The lines that were kept in doubt, or the texts of a saved page.
fn doubts(briefing: &Briefing) -> Html {
    let kept = lines(briefing).filter(|(line, _)| line.fate == Fate::Body && line.rule.is_some());
    let kept = kept.map(|(line, text)| (line.line, text));
    let texts = briefing.article.doubts.iter().map(|doubt| (doubt.line, &*doubt.text));
    let mut doubts = Html::default();
    kept.chain(texts).for_each(|(line, text)| push_numbered(&mut doubts.0, line, text));
    doubts
}

/// What was mended or taken out inside kept lines, by rule.
fn repairs(here: Here<'_>, briefing: &Briefing) -> Vec<RemovedGroup> {
    let mut groups = Vec::new();
    for (line, text) in lines(briefing) {
        for repair in line.repairs() {
            let was = text.get(repair.span.range()).unwrap_or(text);
            add(&mut groups, repair.rule, line.line, was);
        }
    }
    explained(here, groups)
}

/// The ledger's lines whose text was kept.
fn lines(briefing: &Briefing) -> impl Iterator<Item = (LedgerEntry<'_>, &str)> {
    briefing.originals.iter().filter_map(|(number, text)| {
        let line = briefing.article.ledger.get((*number as usize).checked_sub(1)?)?;
        Some((line, text.as_str()))
    })
}

/// A rule, and the lines it is about.
type Group<'a> = (&'a str, Html);

fn add<'a>(groups: &mut Vec<Group<'a>>, rule: &'a str, line: u32, text: &str) {
    let at = groups.iter().position(|(own, _)| *own == rule).unwrap_or_else(|| {
        groups.push((rule, Html::default()));
        groups.len() - 1
    });
    push_numbered(&mut groups[at].1.0, line, text);
}

/// Appends a line of the original with its number.
fn push_numbered(out: &mut String, line: u32, text: &str) {
    out.push_str("<li value=\"");
    push_number(out, line as usize);
    out.push_str("\">");
    push_escaped(out, text);
    out.push_str("</li>\n");
}

/// The groups with their rules in the language of the pages.
fn explained(here: Here<'_>, groups: Vec<Group<'_>>) -> Vec<RemovedGroup> {
    let explain = |rule| here.wording().explain(Explains::Rule, rule);
    let ready = |rule| {
        let mut html = Html::default();
        push_words(&mut html.0, &explain(rule));
        html
    };
    groups.into_iter().map(|(rule, lines)| RemovedGroup { rule: ready(rule), lines }).collect()
}

/// The article's cleaned Markdown with its fields as front matter: `index.md`.
pub(super) fn markdown(here: Here<'_>, index: u32) -> String {
    let briefing = &here.entry(index).briefing;
    let mut text = crate::clean::to_markdown(&briefing.article, &briefing.markdown(), None);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The article for machines: `index.json`.
pub(super) fn record(here: Here<'_>, index: u32) -> String {
    crate::record::to_json(&crate::record::article(&here.entry(index).briefing))
}
