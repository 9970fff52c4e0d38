//! The theme contract: one struct is the whole context of one template, which calls it
//! `page` and its frame, what every page knows, `frame`.
//!
//! Values arrive ready to print; a template needs no filters or functions of
//! ours. Every `href` is relative to the page it stands on, so a site works
//! under any sub-path and from a folder on disk. Theme authors read these
//! comments: removing or renaming a field is a breaking change.

use std::borrow::Cow;

use serde::Serialize;

mod actor;

pub use actor::*;

/// What every page knows: `frame`.
#[derive(Debug, Clone, Serialize)]
pub struct Frame<'a> {
    /// The archive's title.
    pub site_title: &'a str,
    /// The archive's description; may be empty.
    pub site_description: &'a str,
    /// Language of the page's own words, ISO 639-1.
    pub language: &'a str,
    /// From this page to the root of the site, without a slash at the end:
    /// `.`, `../..`; on 404.html the site's path on its host.
    pub root: &'a str,
    /// The page's own title, without the site's.
    pub title: &'a str,
    /// For the description meta tag; may be empty.
    pub description: &'a str,
    /// The page's absolute address; `None` without a `base_url`.
    pub canonical: Option<&'a str>,
    /// `home`, `briefings`, `actors`, `timeline`, `outlets`, `tags`, `search`, `data` or `none`: which
    /// part of the navigation the page belongs to.
    pub section: &'a str,
    /// The navigation: `<li>` with a link for each part, the page's own marked with
    /// `aria-current`; the search has the class `seek`.
    pub sections: Html,
    /// From the root down, without the page itself.
    pub breadcrumbs: Vec<Link<'a>>,
    /// Style sheet, relative to this page.
    pub style: &'a str,
    /// Style sheet for code blocks; `None` on pages without code.
    pub highlight: Option<&'a str>,
    /// Script, relative to this page.
    pub script: &'a str,
    /// Icon, relative to this page.
    pub icon: &'a str,
    /// Whether the archive has tags (so that the navigation may list them).
    pub has_tags: bool,
    /// The archive's Atom feed, relative to the page; `None` without a `base_url`.
    pub feed: Option<&'a str>,
    /// What tells a browser how to search the archive, relative to the page; `None`
    /// without a `base_url`.
    pub opensearch: Option<&'a str>,
    /// What the page is about in JSON-LD, every `<` written as `\u003c`: print it
    /// unescaped. `None` where there is nothing to say.
    pub json_ld: Option<&'a str>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// The picture that links to the page are shared with; `None` without a `base_url` and
    /// where none is wanted.
    pub preview: Option<PreviewImage<'a>>,
}

/// A picture that links to a page are shared with.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewImage<'a> {
    /// The absolute address of the PNG.
    pub href: String,
    /// What stands on it.
    pub alt: &'a str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A link with its words.
#[derive(Debug, Clone, Serialize)]
pub struct Link<'a> {
    /// What to print.
    pub text: &'a str,
    /// Where it leads, relative to this page.
    pub href: String,
}

/// A link with a count.
#[derive(Debug, Clone, Serialize)]
pub struct CountedLink<'a> {
    /// What to print.
    pub text: Cow<'a, str>,
    /// Where it leads, relative to this page.
    pub href: String,
    /// How many articles (or events, on the timeline) it stands for.
    pub n: usize,
    /// Whether it is the page itself.
    pub current: bool,
}

/// Ready HTML, which is printed as it stands: `{{ page.body }}`.
///
/// It exists so that a list of ten thousand entries costs no more than its words: its
/// entries stand in it one after another, each on lines of its own, and a list without any
/// is empty. A **card** (of an article), an **event**, a **statement** and an **appearance**
/// (of an actor in an article) are such entries:
///
/// ```html
/// <article class="card"><p class="meta">…</p><h3 class="headline">…</h3>
///   <p class="summary">…</p><ul class="links">the actors named most</ul></article>
/// <li class="event happened" id="e-…" data-actor="…" data-outlet="…"><p class="when">…</p>
///   <p class="sentence">…</p><p class="sources">…</p><ul class="links">who is named</ul></li>
/// <li class="statement direct"><p class="sentence">…</p><p class="sources">…</p></li>
/// <li><p class="meta">…</p><h3 class="headline">…</h3><p class="sentence">…</p></li>
/// ```
///
/// An event is `happened`, `planned`, `limit` or `background`; it has an anchor on the page
/// of its year alone, ids of actors and keys of outlets, where there are any, for the filter
/// on the timeline alone, and says who tells it everywhere but on its article's own page: several in
/// `<ul class="sources">`. A statement is `direct`, `mixed` or `indirect`, and names its
/// speaker as `<a class="speaker">`, but on the speaker's own dossier.
///
/// A **chart** shows in 10 units for each month or year and 100 for the highest bar what
/// holds something; the table says the same, and behind it what has no bar: what lies more
/// than a century back, or has no month:
///
/// ```html
/// <figure class="chart"><svg width="…" viewBox="…"><rect …><title>…</title></rect>…</svg>
///   <p class="axis"><span>first</span><span>last</span></p>
///   <details><summary>…</summary><table>…</table></details></figure>
/// ```
///
/// In these stand:
///
/// - **headlines**: a link to the page;
/// - **meta**: `<strong>` where an article is a draft or under embargo and here only because
///   that was asked for, the date, the outlet as a link, the agency as `<span>`;
/// - **dates**: `<time datetime="2022-11-07">7 November 2022</time>`; `<span class="undated">`
///   in its place where HTML has no form for it, with the class `perhaps` too where it is in
///   doubt; `<span class="dated">` around it and what stands beside it: the time of day, and
///   `<span class="doubt">inferred</span>` where it is inferred;
/// - **sentences**: the text, with `<span class="quote">` (what was said), `"date"` (the
///   words that date it) or `"name"` around the words that matter; `lang` and `dir` on the
///   element around it where its language is not that of the page;
/// - **sources**: the headline as a link to the paragraph, the outlet, the date; before it
///   `<span class="kind">` says how something was said, `<span class="doubt">` that the
///   speaker was derived and not named in the sentence.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Html(#[serde(serialize_with = "crate::theme::ready")] pub String);

/// A date with all that is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct DateLabel {
    /// EDTF, for machines; empty for an unknown date.
    pub edtf: String,
    /// For a `datetime` attribute: a full date, a month or a year; empty where HTML
    /// has no form for it.
    pub datetime: String,
    /// For people: `7 November 2022`, `November 2022`, `about 1998`, `undated`.
    pub text: String,
    /// The time of day with its zone, where one is stated; else empty.
    pub time: String,
    /// `stated`, `inferred` or `unknown`.
    pub basis: &'static str,
    /// All of this as it is printed: see [Html](#html).
    pub html: Html,
    /// What says so, one sentence each: `<li>`, with names in it as `<code>`.
    pub clues: Html,
}

/// Where a split list stands.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A month of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// `November 2022`; `2022, no month`; `Undated`.
    pub name: String,
    /// Its anchor: `m-2022-11`.
    pub id: String,
    /// What belongs to it, as cards or events.
    pub entries: Html,
}

/// The context of `home.html`.
#[derive(Debug, Serialize)]
pub struct HomePage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// How many articles there are.
    pub n_articles: usize,
    /// How many actors have a page.
    pub n_actors: usize,
    /// How many events stand on the timeline.
    pub n_events: usize,
    /// How many outlets there are.
    pub n_outlets: usize,
    /// `August 2021 to November 2023`; empty where nothing is dated.
    pub range: String,
    /// The newest articles as cards, newest first.
    pub newest: Html,
    /// The latest events, latest first.
    pub events: Html,
    /// The actors named in most articles.
    pub actors: Vec<ActorRow<'a>>,
    /// Years with articles, newest first.
    pub years: Vec<CountedLink<'a>>,
}

/// The context of `briefings.html`: a list of articles, of everything, of a year,
/// of an outlet or of a tag.
#[derive(Debug, Serialize)]
pub struct BriefingsPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// The heading: `Briefings`, `Briefings of 2022`, an outlet's name, a tag.
    pub heading: &'a str,
    /// What the list is of: `newest`, `year`, `outlet`, `tag`.
    pub of: &'static str,
    /// How many articles there are in all pages of the list; for the newest, in the
    /// archive.
    pub n_articles: usize,
    /// Years with articles, newest first; the list's own marked. Empty for
    /// outlets and tags.
    pub years: Vec<CountedLink<'a>>,
    /// Newest first.
    pub months: Vec<Month>,
    /// The folder of an outlet's own feeds, `atom.xml` and `feed.json`, relative to the
    /// page; `None` for other lists and without a `base_url`.
    pub feeds: Option<String>,
    /// Where this page of the list stands.
    pub pager: Pager,
}

/// What one rule took away.
#[derive(Debug, Clone, Serialize)]
pub struct RemovedGroup {
    /// The rule, for people, in the language of the pages; names in it as `<code>`.
    pub rule: Html,
    /// What it took away, in order: `<li value="14">` with the line of the original, from 1.
    pub lines: Html,
}

/// The context of `article.html`.
#[derive(Debug, Serialize)]
pub struct ArticlePage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// What reference managers read in the head, as `<meta>`: the tags of Highwire Press and
    /// Dublin Core, and those that `OpenGraph` has for articles.
    pub citation_tags: Html,
    /// The headline.
    pub headline: &'a str,
    /// Whether it is a draft or under embargo, and here only because that was asked
    /// for.
    pub is_draft: bool,
    /// The line above the headline.
    pub kicker: Option<&'a str>,
    /// The summary under it.
    pub standfirst: Option<&'a str>,
    /// Who wrote it.
    pub byline: Vec<&'a str>,
    /// Who printed it.
    pub outlet: Option<Link<'a>>,
    /// The agency that supplied it.
    pub agency: Option<&'a str>,
    /// The place of the dateline.
    pub dateline: Option<&'a str>,
    /// When it was published.
    pub published: DateLabel,
    /// When it was last changed.
    pub updated: Option<DateLabel>,
    /// Address of the original, http or https.
    pub url: Option<&'a str>,
    /// The host of that address, to print.
    pub url_host: Option<&'a str>,
    /// Language of the article; the interface's where unknown.
    pub language: &'a str,
    /// For an element with the article's own words: ` lang="ar" dir="rtl"`; empty where these
    /// are in the language of the page.
    pub language_attributes: Html,
    /// Tags, linked.
    pub tags: Vec<Link<'a>>,
    /// Texts under pictures.
    pub captions: Vec<&'a str>,
    /// Makers of pictures.
    pub credits: Vec<&'a str>,
    /// Corrections and editor's notes.
    pub notes: Vec<&'a str>,
    /// The owner's own remark.
    pub remark: Option<&'a str>,
    /// The body.
    pub body: Html,
    /// Everyone named, most often named first: `<li>` with a link to the dossier, the kind as
    /// `<span class="kind">`, `<span class="doubt">` where name and kind are guesses, and how
    /// often as `<span class="count">`.
    pub actors: Html,
    /// The article's events, earliest first.
    pub events: Html,
    /// All of them over time; empty where one bar would hold them all.
    pub chart: Html,
    /// What cleaning took away, by rule, in order.
    pub removed: Vec<RemovedGroup>,
    /// How many lines that is.
    pub n_removed: usize,
    /// Whether the clipping is a saved page: then `removed` holds the texts that
    /// stood around the article, and `n_removed` counts these.
    pub saved_page: bool,
    /// Lines that read less like the article and were kept in doubt: `<li value="14">`.
    pub doubts: Html,
    /// What was mended inside kept lines, by rule.
    pub repairs: Vec<RemovedGroup>,
    /// Lines of the original.
    pub n_lines: usize,
    /// The clipping's path under `content/`; empty where only the beginning of its text
    /// may be shown: then nothing else is told of it.
    pub clipping: &'a str,
    /// The permanent short address, which stays when the article's own changes:
    /// absolute, or relative to this page without a `base_url`.
    pub short_href: String,
    /// The article cited on one line.
    pub citation: String,
    /// The citation for reference managers: `BibTeX`, `RIS` and `CSL-JSON`, each as `<li>` with
    /// a link to the file itself, a `data:` address (RFC 2397).
    pub citations: Html,
    /// The article before this one in time: its headline as a link (`rel="prev"`), and its
    /// date.
    pub previous: Option<Html>,
    /// The article after this one in time (`rel="next"`).
    pub next: Option<Html>,
    /// The same story as told elsewhere.
    pub same_story: Html,
    /// Articles near in time that name the same actors, without summary and actors.
    pub related: Html,
}

/// The context of `timeline.html`: the newest events, or those of a year.
#[derive(Debug, Serialize)]
pub struct TimelinePage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// `Timeline`, `Timeline of 2022`.
    pub heading: &'a str,
    /// How many events there are on all pages of the list.
    pub n_events: usize,
    /// Years with events, newest first: `<li>` with a link, the list's own marked with
    /// `aria-current`, and their number as `<span class="count">`.
    pub years: Html,
    /// Events by year or month; empty where one bar would hold them all, and on later
    /// pages of a year.
    pub chart: Html,
    /// By month.
    pub months: Vec<Month>,
    /// Where this page of the list stands.
    pub pager: Pager,
    /// Whether these are a year's events: then each has its anchor here.
    pub is_year: bool,
    /// The dossier of the actor whose events of a year these are.
    pub actor: Option<Link<'a>>,
    /// Who is named most in the year, each with its own page of it; on the first page of
    /// the timeline in the events shown there, each with its dossier. As `years`.
    pub actors: Html,
    /// The same to choose from: `<option>` with what stands for it in the page's address
    /// and the name. Empty where the events are one actor's.
    pub actor_options: Html,
    /// Which outlets tell most of these, to choose from; empty where there is no choice.
    pub outlet_options: Html,
    /// What `data` holds: `The whole timeline as`, `The latest 10,000 events as`.
    pub data_words: &'a str,
    /// The timeline for other programs: a calendar, a table, records.
    pub data: Vec<Link<'a>>,
    /// Events that once stood on this page.
    pub strayed: Vec<StrayedEvent<'a>>,
}

/// Where an event stands that once stood elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct StrayedEvent<'a> {
    /// The anchor it had: `e-…`.
    pub id: String,
    /// Further anchors that lead there.
    pub others: Vec<String>,
    /// Where it stands now, or the article that told it.
    pub href: String,
    /// Its date, or that article's headline.
    pub text: Cow<'a, str>,
}

/// The context of `index.html`: outlets or tags with their counts.
#[derive(Debug, Serialize)]
pub struct IndexPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// `Outlets`, `Tags`.
    pub heading: &'a str,
    /// In alphabetical order.
    pub entries: Vec<CountedLink<'a>>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct DataColumn<'a> {
    /// Its name in the files.
    pub name: &'a str,
    /// What it holds, as a sentence.
    pub says: &'a str,
}

/// A file of a table.
#[derive(Debug, Clone, Serialize)]
pub struct DataFile {
    /// The file, relative to the page.
    pub href: String,
    /// Its name: `articles.csv`.
    pub name: String,
}

/// A table and its files.
#[derive(Debug, Clone, Serialize)]
pub struct DataTable<'a> {
    /// Its anchor: `articles`.
    pub id: &'a str,
    /// `Articles`, `Actors`, `Statements`.
    pub heading: &'a str,
    /// How many rows there are.
    pub n: usize,
    /// JSON and CSV of each part.
    pub files: Vec<DataFile>,
    /// In order.
    pub columns: Vec<DataColumn<'a>>,
}

/// The context of `data.html`.
#[derive(Debug, Serialize)]
pub struct DataPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// What can be fetched.
    pub tables: Vec<DataTable<'a>>,
    /// The timeline as a calendar, a table and records.
    pub timeline: Vec<Link<'a>>,
}

/// An actor or an outlet to narrow a search to.
#[derive(Debug, Clone, Serialize)]
pub struct SearchChoice<'a> {
    /// Its name.
    pub text: &'a str,
    /// Its page.
    pub href: String,
    /// The last part of its address: what the query's address calls it.
    pub key: &'a str,
    /// What the index calls it.
    pub number: usize,
    /// How many articles there are.
    pub n: usize,
}

/// The context of `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
    /// The script that answers queries, relative to this page.
    pub script: String,
    /// The folder of the index, relative to this page, with a slash at its end.
    pub index: String,
    /// Changes with the index.
    pub version: &'a str,
    /// How many articles can be found.
    pub n_articles: usize,
    /// Years with articles, newest first.
    pub years: Vec<CountedLink<'a>>,
    /// The actors named in most articles.
    pub actors: Vec<SearchChoice<'a>>,
    /// The outlets with most articles.
    pub outlets: Vec<SearchChoice<'a>>,
}

/// The context of `opensearch.xml`.
#[derive(Debug, Serialize)]
pub struct OpenSearchPage<'a> {
    /// The archive's title.
    pub title: &'a str,
    /// The archive's description; may be empty.
    pub description: &'a str,
    /// Language of the interface, ISO 639-1.
    pub language: &'a str,
    /// The search page's absolute address, with `{searchTerms}` for the query.
    pub template: String,
    /// The icon's absolute address.
    pub icon: String,
}

/// The context of `404.html`.
#[derive(Debug, Serialize)]
pub struct MissingPage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
}

/// The context of `gone.html`: what stands at the address of an article that was
/// withdrawn.
#[derive(Debug, Serialize)]
pub struct GonePage<'a> {
    /// What every page knows.
    pub frame: Frame<'a>,
}

/// The context of `moved.html`, which sends its reader on from a former address.
/// There may be as many of these pages as articles: it has no frame.
#[derive(Debug, Serialize)]
pub struct MovedPage<'a> {
    /// Language of the interface, ISO 639-1.
    pub language: &'a str,
    /// The headline of the article it leads to; an address for any other page.
    pub title: &'a str,
    /// The absolute address it leads to; relative without a `base_url`.
    pub canonical: &'a str,
    /// Where it leads, relative to this page.
    pub href: &'a str,
    /// The script that takes the anchor along, relative to this page.
    pub script: &'a str,
    /// Whether search engines are asked to leave the site out.
    pub noindex: bool,
}

/// An address in the site map.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapEntry {
    /// Absolute.
    pub location: String,
    /// Day of the last change, `2022-08-17`; `None` where it is unknown.
    pub modified: Option<String>,
}

/// The context of `sitemap.xml`: addresses, or the site maps that hold them (a
/// site map may list 50,000).
#[derive(Debug, Serialize)]
pub struct SitemapPage {
    /// Pages; empty in an index of site maps.
    pub pages: Vec<SitemapEntry>,
    /// Other site maps; empty where the pages stand here.
    pub parts: Vec<SitemapEntry>,
}

/// The context of `robots.txt`.
#[derive(Debug, Serialize)]
pub struct RobotsPage<'a> {
    /// Absolute address of the site map; `None` without a `base_url`.
    pub sitemap: Option<&'a str>,
}
