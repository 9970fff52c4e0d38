//! What a page says of itself for machines: JSON-LD, OpenGraph and meta tags.
//!
//! A parsed page goes in, [`Data`] comes out: every value with the line of the
//! original that states it and the name of the key, strongest source first. Nothing
//! is decided here about the article; what a page says is often about the site.
//!
//! Sources: schema.org `Article` and its kinds, <https://ogp.me>, Dublin Core,
//! WHATWG's list of metadata names.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::inline::plain;
use super::piece::resolve;
use super::tidy::{NUMBER, Tidy};

/// A value with the key and the line that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) value: String,
    /// As a person would look for it: `datePublished in JSON-LD`.
    pub(super) key: String,
    /// Line of the original, from 1.
    pub(super) line: u32,
}

/// What a page says of itself, each list strongest first.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) titles: Vec<Said>,
    pub(super) authors: Vec<Said>,
    pub(super) published: Vec<Said>,
    pub(super) updated: Vec<Said>,
    pub(super) outlets: Vec<Said>,
    pub(super) addresses: Vec<Said>,
    pub(super) descriptions: Vec<Said>,
    pub(super) tags: Vec<Said>,
    pub(super) language: Option<Said>,
    /// Whether JSON-LD or OpenGraph calls the page an article.
    pub(super) calls_itself_article: bool,
    /// Whether they call it a list of pages, a search or a start page.
    pub(super) calls_itself_list: bool,
}

/// Reads the data of a page.
pub(super) fn read(document: &Document, tidy: &Tidy) -> Data {
    let mut data = Data::default();
    let mut linked = Data::default();
    for (line, text) in &tidy.linked_data {
        if let Some(value) = json(text) {
            objects(&value, *line, 0, &mut linked);
        }
    }
    let line = |node: &NodeRef<'_>| {
        let number = node.attr(NUMBER).and_then(|number| number.parse::<usize>().ok());
        number.and_then(|number| tidy.lines.get(number).copied()).unwrap_or(1)
    };
    let mut metas: Vec<(String, String, u32)> = Vec::new();
    let mut times = Vec::new();
    let mut title = None;
    for node in document.root().descendants_it().filter(NodeRef::is_element) {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "meta" => {
                let key = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key));
                let content = node.attr("content").map(|content| plain(&content));
                if let (Some(key), Some(content)) = (key, content.filter(|text| !text.is_empty())) {
                    metas.push((key.trim().to_ascii_lowercase(), content, line(&node)));
                }
            }
            "link" if node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                if let Some(href) = node.attr("href") {
                    let base = tidy.saved_from.as_deref();
                    let address = resolve(&href, base);
                    push(&mut data.addresses, address, "link rel=canonical", line(&node));
                }
            }
            "title" if title.is_none() => title = Some((plain(&node.text()), line(&node))),
            "html" => {
                let language = node.attr("lang").map(|lang| lang.to_string());
                data.language = language.map(|value| Said {
                    value,
                    key: "lang of the page".to_owned(),
                    line: line(&node),
                });
            }
            "time" => {
                let at = line(&node);
                let marked = node.attr("itemprop").map(|name| name.to_ascii_lowercase());
                let when = node.attr("datetime").or_else(|| node.attr("content"));
                match (marked.as_deref(), when) {
                    (Some("datemodified"), Some(when)) => {
                        push(&mut data.updated, Some(when.to_string()), "time", at);
                    }
                    (Some("datepublished"), Some(when)) => {
                        times.push((when.to_string(), at));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    data.absorb(linked);
    for (into, keys) in META {
        for key in *keys {
            let found = metas.iter().filter(|(name, ..)| name == key);
            for (_, content, line) in found {
                let value = Some(content.clone());
                push(into(&mut data), value, &format!("meta {key}"), *line);
            }
        }
    }
    for (when, line) in times {
        push(&mut data.published, Some(when), "time itemprop=datePublished", line);
    }
    if let Some((title, line)) = title {
        push(&mut data.titles, Some(title), "title of the page", line);
    }
    if let Some(address) = &tidy.saved_from {
        push(&mut data.addresses, Some(address.clone()), "the address it was saved from", 1);
    }
    let kind = metas.iter().find(|(name, ..)| name == "og:type").map(|(_, kind, _)| kind);
    data.calls_itself_article |= kind.is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    data
}

/// The list of `Data` that a meta tag belongs to.
type List = fn(&mut Data) -> &mut Vec<Said>;

/// Names of meta tags, strongest first.
const META: &[(List, &[&str])] = &[
    (
        |data| &mut data.titles,
        &["og:title", "twitter:title", "dc.title", "headline", "sailthru.title"],
    ),
    (
        |data| &mut data.authors,
        &[
            "author",
            "article:author",
            "byl",
            "parsely-author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "citation_author",
            "cxenseparse:author",
            "twitter:data1",
        ],
    ),
    (
        |data| &mut data.published,
        &[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "article:published",
            "parsely-pub-date",
            "cxenseparse:recs:publishtime",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "dc.date",
            "dc.date.created",
            "publishdate",
            "publish-date",
            "pubdate",
            "publication_date",
            "date",
            "citation_publication_date",
            "originalpublicationdate",
            "ptime",
            "displaydate",
            "last-updated-date",
        ],
    ),
    (
        |data| &mut data.updated,
        &[
            "article:modified_time",
            "og:updated_time",
            "datemodified",
            "dcterms.modified",
            "last-modified",
            "lastmod",
            "utime",
            "revised",
        ],
    ),
    (
        |data| &mut data.outlets,
        &["og:site_name", "application-name", "dc.publisher", "citation_journal_title"],
    ),
    (|data| &mut data.addresses, &["og:url", "twitter:url", "parsely-link"]),
    (
        |data| &mut data.descriptions,
        &["og:description", "description", "twitter:description", "dc.description"],
    ),
    (|data| &mut data.tags, &["article:tag", "news_keywords", "parsely-tags", "sailthru.tags"]),
];

impl Data {
    /// Takes over what `other` says, behind what is known.
    fn absorb(&mut self, other: Self) {
        self.titles.extend(other.titles);
        self.authors.extend(other.authors);
        self.published.extend(other.published);
        self.updated.extend(other.updated);
        self.outlets.extend(other.outlets);
        self.addresses.extend(other.addresses);
        self.descriptions.extend(other.descriptions);
        self.tags.extend(other.tags);
        self.calls_itself_article |= other.calls_itself_article;
        self.calls_itself_list |= other.calls_itself_list;
    }
}

fn push(list: &mut Vec<Said>, value: Option<String>, key: &str, line: u32) {
    const LONGEST: usize = 2000;
    const MOST: usize = 40;
    let value = value.map(|value| value.trim().to_owned());
    let value = value.filter(|value| !value.is_empty() && value.len() <= LONGEST);
    if let Some(value) = value.filter(|_| list.len() < MOST) {
        list.push(Said { value, key: key.to_owned(), line });
    }
}

/// Reads a script of JSON-LD; forgiving, as the programs that read it are.
fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<![CDATA[").trim_start_matches("<!--");
    let text = text.trim_end_matches("-->").trim_end_matches("]]>").trim();
    let text = text.trim_end_matches(';').trim_end();
    serde_json::from_str(text).ok().or_else(|| {
        // line ends inside a string, which JSON does not allow
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&text).ok()
    })
}

/// Reads the objects in `value`, those of graphs and lists too.
fn objects(value: &Value, line: u32, depth: usize, data: &mut Data) {
    const DEEPEST: usize = 6;
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => {
            for value in values {
                objects(value, line, depth + 1, data);
            }
        }
        Value::Object(object) => {
            let types = strings(object.get("@type"));
            let is = |names: &[&str]| {
                types.iter().any(|kind| names.iter().any(|name| kind.ends_with(name)))
            };
            if is(&["Article", "Posting", "Report"]) {
                // the first is the page's own; others are named by it
                if !std::mem::replace(&mut data.calls_itself_article, true) {
                    article(value, line, data);
                }
            } else if is(&["CollectionPage", "ItemList", "SearchResultsPage", "WebSite"]) {
                data.calls_itself_list |= !is(&["WebSite"]);
            } else if is(&["WebPage"]) {
                for (key, list) in
                    [("datePublished", &mut data.published), ("dateModified", &mut data.updated)]
                {
                    let said = strings(value.get(key)).into_iter().next();
                    push(list, said, &format!("{key} in JSON-LD"), line);
                }
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key).filter(|inner| !inner.is_string()) {
                    objects(inner, line, depth + 1, data);
                }
            }
        }
        _ => {}
    }
}

/// Reads an article's own keys.
fn article(value: &Value, line: u32, data: &mut Data) {
    let take = |key: &str, list: &mut Vec<Said>, values: Vec<String>| {
        for value in values {
            push(list, Some(plain(&value)), &format!("{key} in JSON-LD"), line);
        }
    };
    take("headline", &mut data.titles, strings(value.get("headline")));
    take("datePublished", &mut data.published, strings(value.get("datePublished")));
    take("dateModified", &mut data.updated, strings(value.get("dateModified")));
    take("description", &mut data.descriptions, strings(value.get("description")));
    take("publisher", &mut data.outlets, names(value.get("publisher")));
    take("author", &mut data.authors, names(value.get("author")));
    take("url", &mut data.addresses, strings(value.get("url")));
    let tags = strings(value.get("keywords"));
    let tags = if let [one] = &*tags { one.split(',').map(str::to_owned).collect() } else { tags };
    take("keywords", &mut data.tags, tags);
}

/// The strings of a string or a list of them.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of a person or body, or of a list of them.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(object)) => strings(object.get("name")),
        other => strings(other),
    }
}
