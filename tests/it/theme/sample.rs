//! One context for every template, with every field filled: an invented archive
//! about a harbour town's water treaty.

use annals::page::context::{
    ActorGroup, ActorPage, ActorRow, ActorsPage, ArticlePage, BriefingsPage, CountedLink,
    DateLabel, Frame, GonePage, HomePage, Html, IndexPage, Link, MissingPage, Month, MovedPage,
    Named, OfficeEntry, OpenSearchPage, Pager, Picture, PreviewImage, RemovedGroup, RobotsPage,
    RoleEntry, SearchChoice, SearchPage, SitemapEntry, SitemapPage, StrayedEvent, TimelinePage,
};
use annals::page::context::{DataColumn, DataFile, DataPage, DataTable};
use annals::theme::AssetPaths;
use serde::Serialize;
use serde_json::Value;

/// A template and a context for it.
pub(super) struct Sample {
    pub(super) template: &'static str,
    pub(super) context: Value,
}

/// A page of every kind; `assets` are those of the theme.
pub(super) fn pages(assets: &AssetPaths) -> Vec<Sample> {
    let stand = |depth: usize| Stand::new(depth, assets);
    vec![
        sample("home.html", &home(&stand(0))),
        sample("briefings.html", &briefings(&stand(1))),
        sample("article.html", &article(&stand(2))),
        sample("actors.html", &actors(&stand(1))),
        sample("actor.html", &actor(&stand(2))),
        sample("timeline.html", &timeline(&stand(1))),
        sample("index.html", &outlets(&stand(1))),
        sample("data.html", &data(&stand(1))),
        sample("search.html", &search(&stand(1), assets)),
        sample("opensearch.xml", &opensearch()),
        sample("404.html", &MissingPage { frame: frame(&stand(0), "none", "Missing") }),
        sample("gone.html", &GonePage { frame: frame(&stand(2), "briefings", "Withdrawn") }),
        sample(
            "moved.html",
            &MovedPage {
                language: "en",
                title: "Treaty <signed>",
                canonical: "https://papers.example/briefings/2024-05-02-treaty-signed/",
                href: "../../briefings/2024-05-02-treaty-signed/",
                script: &format!("../../{}", assets.moved),
                noindex: false,
            },
        ),
        sample("sitemap.xml", &sitemap()),
        sample("robots.txt", &RobotsPage { sitemap: Some("https://papers.example/sitemap.xml") }),
    ]
}

fn data(stand: &Stand) -> DataPage<'_> {
    let file = |name: &str| DataFile { href: format!("../data/{name}"), name: name.to_owned() };
    DataPage {
        frame: frame(stand, "data", "Data"),
        tables: vec![DataTable {
            id: "articles",
            heading: "Articles",
            n: 3,
            files: vec![file("articles.json"), file("articles.csv")],
            columns: vec![DataColumn { name: "title", says: "Headline." }],
        }],
        timeline: vec![Link { text: "CSV", href: "../data/timeline.csv".to_owned() }],
    }
}

fn search<'a>(stand: &'a Stand, assets: &AssetPaths) -> SearchPage<'a> {
    let choice = |text, key, number, n| SearchChoice {
        text,
        href: format!("../actors/{key}/"),
        key,
        number,
        n,
    };
    SearchPage {
        frame: frame(stand, "search", "Search"),
        script: format!("{}/{}", stand.root, assets.search),
        index: "../search/".to_owned(),
        version: "0a1b2c3d4e",
        n_articles: 3,
        years: vec![counted("2022", 3)],
        actors: vec![choice("Mara Lindqvist", "mara-lindqvist", 0, 3)],
        outlets: vec![choice("The Gazette", "the-gazette", 1, 2)],
    }
}

fn opensearch() -> OpenSearchPage<'static> {
    OpenSearchPage {
        title: "The Port Alder Papers",
        description: "What was printed about the water treaty.",
        language: "en",
        template: "https://papers.example/search/?q={searchTerms}".to_owned(),
        icon: "https://papers.example/assets/icon.svg".to_owned(),
    }
}

fn sample(template: &'static str, context: &impl Serialize) -> Sample {
    let context = serde_json::to_value(context).expect("contexts are plain data");
    Sample { template, context }
}

/// Where a page stands, and the way from there to the assets.
struct Stand {
    root: String,
    style: String,
    highlight: String,
    script: String,
    icon: String,
}

impl Stand {
    fn new(depth: usize, assets: &AssetPaths) -> Self {
        let root = if depth == 0 { ".".to_owned() } else { vec![".."; depth].join("/") };
        let below = |path: &str| format!("{root}/{path}");
        Self {
            style: below(&assets.style),
            highlight: below(&assets.highlight),
            script: below(&assets.script),
            icon: below(&assets.icon),
            root,
        }
    }
}

fn frame<'a>(stand: &'a Stand, section: &'a str, title: &'a str) -> Frame<'a> {
    let breadcrumbs = match section {
        "home" | "none" => Vec::new(),
        _ => vec![link("Home", "../"), link("Briefings", "../briefings/")],
    };
    Frame {
        site_title: "The Port Alder Papers",
        site_description: "What was printed about the water treaty, from the first drought to the second vote.",
        language: "en",
        root: &stand.root,
        title,
        description: "Clipped, dated and cross-referenced.",
        canonical: Some("https://papers.example/alder/"),
        section,
        sections: html(
            "<li><a href=\"../briefings/\" aria-current=\"true\">Briefings</a></li>\n<li \
             class=\"seek\"><a href=\"../search/\">Search</a></li>\n",
        ),
        breadcrumbs,
        style: &stand.style,
        highlight: Some(&stand.highlight),
        script: &stand.script,
        icon: &stand.icon,
        has_tags: true,
        feed: Some("atom.xml"),
        opensearch: Some("opensearch.xml"),
        noindex: true,
        preview: Some(PreviewImage {
            href: "https://papers.example/assets/preview-0a1b2c3d.png".to_owned(),
            alt: "The Port Alder Papers",
            width: 1200,
            height: 630,
        }),
        json_ld: Some(r#"{"@context":"https://schema.org"}"#),
    }
}

fn link<'a>(text: &'a str, href: &str) -> Link<'a> {
    Link { text, href: href.to_owned() }
}

fn counted(text: &str, n: usize) -> CountedLink<'_> {
    CountedLink {
        text: text.into(),
        href: format!("{}/", text.to_lowercase()),
        n,
        current: n == 11,
    }
}

fn date(edtf: &str, text: &str) -> DateLabel {
    DateLabel {
        edtf: edtf.to_owned(),
        datetime: edtf.trim_end_matches('~').to_owned(),
        text: text.to_owned(),
        time: String::new(),
        basis: if edtf.is_empty() { "unknown" } else { "stated" },
        html: html(&if edtf.is_empty() {
            format!("<span class=\"undated\">{text}</span>")
        } else {
            format!("<time datetime=\"{}\">{text}</time>", edtf.trim_end_matches('~'))
        }),
        clues: Html::default(),
    }
}

fn inferred(edtf: &str, text: &str) -> DateLabel {
    DateLabel {
        basis: "inferred",
        time: "14:09Z".to_owned(),
        html: html(&format!(
            "<span class=\"dated\"><time datetime=\"{edtf}\">{text}</time>, 14:09Z <span \
             class=\"doubt\">inferred</span></span>"
        )),
        clues: html(
            "<li>The folder is called <code>1998</code></li>\n<li>The text says “on Tuesday” and \
             names 14 April as the day after</li>\n",
        ),
        ..date(edtf, text)
    }
}

/// What stands above a headline, and the headline.
fn head(headline: &str, published: &DateLabel, rest: &str) -> String {
    format!(
        "<p class=\"meta\">{} <a href=\"../../outlets/harbour-gazette/\">Harbour Gazette</a> \
         <span>Northern Wire</span>{rest}</p>\n<h3 class=\"headline\"><a href=\"../talks/\" \
         lang=\"de\" dir=\"ltr\">{headline}</a></h3>\n",
        published.html.0
    )
}

fn card(headline: &str, summary: &str, published: &DateLabel) -> Html {
    let summary = if summary.is_empty() {
        String::new()
    } else {
        format!("<p class=\"summary\" lang=\"de\" dir=\"ltr\">{summary}</p>\n")
    };
    Html(format!(
        "<article class=\"card\">\n{}{summary}<ul class=\"links\" aria-label=\"Actors named \
         most\"><li><a href=\"../m/\">Mara Lindqvist</a></li><li><a href=\"../w/\">Water \
         Council</a></li></ul>\n</article>\n",
        head(headline, published, "")
    ))
}

fn cards() -> Vec<Html> {
    vec![
        card(
            "Council and mill owners agree to share the upper weir",
            "After eleven weeks of talks the two sides initialled a text that leaves the sluice gates with the town and gives the mills the water of two nights a week.",
            &date("1998-04-14", "14 April 1998"),
        ),
        card(
            "Lindqvist: “We will not open the gates for a promise”",
            "The envoy answered a letter of the mill owners that had asked for a sign of good will before the vote.",
            &inferred("1998-04-12", "12 April 1998"),
        ),
        card("A drought that nobody had insured", "", &date("", "undated")),
        card(
            "Old map turns up, and with it a claim to the eastern bank",
            "A clerk found the survey of 1911 behind a cupboard. It shows the boundary forty metres further east than any later sheet.",
            &date("1998-03", "March 1998"),
        ),
    ]
}

fn neighbour(rel: &str, headline: &str) -> Html {
    let dated = date("1998-04-12", "12 April 1998").html.0;
    Html(format!(
        "<a rel=\"{rel}\" href=\"../talks/\" lang=\"de\" dir=\"ltr\">{headline}</a> {dated}"
    ))
}

/// A list of what is ready, as pages get it.
fn list(entries: impl IntoIterator<Item = Html>) -> Html {
    Html(entries.into_iter().map(|entry| entry.0).collect())
}

fn html(text: &str) -> Html {
    Html(text.to_owned())
}

fn source() -> Html {
    html(
        "<a href=\"../../briefings/talks/#p-3fa2\">Council and mill owners agree to share the upper \
         weir</a>, Harbour Gazette, <time datetime=\"1998-04-14\">14 April 1998</time>",
    )
}

fn event(
    kind: &'static str,
    kind_label: &'static str,
    when: &DateLabel,
    words: &'static str,
    rest: &'static str,
) -> Html {
    let kind_shown = match kind_label {
        "" => String::new(),
        label => format!(" <span class=\"kind\">{label}</span>"),
    };
    let (source, when) = (source().0, &when.html.0);
    Html(format!(
        "<li class=\"event {kind}\" id=\"e-77aa\" data-actor=\"mara-lindqvist water-council\" \
         data-outlet=\"kestrel\">\n<p class=\"when\"><a href=\"#e-77aa\">{when}</a>{kind_shown} \
         <span class=\"kind\">2 sources</span></p>\n<p class=\"sentence\" lang=\"de\" \
         dir=\"ltr\"><span class=\"name\">Mara Lindqvist</span> met the owners of the four mills \
         <span class=\"date\">{words}</span>{rest}</p>\n<ul class=\"sources\" aria-label=\"Told \
         by\"><li>{source}</li><li>{source}</li><li>and 3 more</li></ul>\n<ul class=\"links\" \
         aria-label=\"Actors named\"><li><a href=\"../m/\">Mara Lindqvist</a></li><li><a \
         href=\"../w/\">Water Council</a></li></ul>\n</li>\n"
    ))
}

fn events() -> Vec<Html> {
    vec![
        event(
            "planned",
            "planned",
            &date("1998-05-02", "2 May 1998"),
            "on Saturday",
            " to count the votes of the eastern bank.",
        ),
        event(
            "happened",
            "",
            &date("1998-04-14", "14 April 1998"),
            "on Tuesday",
            " and left without a word to the press.",
        ),
        event(
            "limit",
            "deadline",
            &date("1998-04-30", "30 April 1998"),
            "by the end of the month",
            ", or so the letter demanded.",
        ),
        event(
            "background",
            "background",
            &date("1911~", "about 1911"),
            "around 1911",
            ", long before the weir was raised.",
        ),
    ]
}

fn chart() -> Html {
    html(
        "<figure class=\"chart\">\n<svg width=\"180\" viewBox=\"0 0 50 100\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Dates, 1994 to 1998\">\n<rect \
         x=\"2\" y=\"88\" width=\"6\" height=\"12\"><title>1994: 2</title></rect><rect x=\"42\" \
         y=\"0\" width=\"6\" height=\"100\"><title>1998: 16</title></rect>\n</svg>\n<p \
         class=\"axis\" aria-hidden=\"true\"><span>1994</span><span>1998</span></p>\n<details>\n\
         <summary>Dates in figures</summary>\n<table>\n<thead><tr><th scope=\"col\">When</th><th \
         scope=\"col\" class=\"number\">Dates</th></tr></thead>\n<tbody>\n<tr><th \
         scope=\"row\">1994</th><td>2</td></tr>\n<tr><th \
         scope=\"row\">1998</th><td>16</td></tr>\n<tr><th scope=\"row\">no \
         month</th><td>2</td></tr>\n</tbody>\n</table>\n</details>\n</figure>\n",
    )
}

fn pager() -> Pager {
    Pager { page: 2, pages: 5, previous: Some("../".to_owned()), next: Some("../3/".to_owned()) }
}

fn years() -> Vec<CountedLink<'static>> {
    vec![counted("1998", 16), counted("1997", 11), counted("1996", 5), counted("Undated", 1)]
}

fn actor_rows() -> Vec<ActorRow<'static>> {
    [
        ("Mara Lindqvist", "person", false, 24, 131),
        ("Water Council", "organisation", false, 19, 88),
        ("Oskar Fehn", "person", true, 6, 9),
    ]
    .map(|(name, kind, guess, n_articles, n_mentions)| ActorRow {
        href: "../m/".to_owned(),
        name,
        kind,
        guess,
        n_articles,
        n_mentions,
        range: "August 1996 – April 1998".to_owned(),
    })
    .into()
}

fn home(stand: &Stand) -> HomePage<'_> {
    HomePage {
        frame: frame(stand, "home", "The Port Alder Papers"),
        n_articles: 33,
        n_actors: 14,
        n_events: 57,
        n_outlets: 4,
        range: "August 1996 to April 1998".to_owned(),
        newest: list(cards()),
        events: list(events()),
        actors: actor_rows(),
        years: years(),
    }
}

fn briefings(stand: &Stand) -> BriefingsPage<'_> {
    BriefingsPage {
        feeds: Some("../outlets/the-gazette/".to_owned()),
        frame: frame(stand, "briefings", "Briefings of 1997"),
        heading: "Briefings of 1997",
        of: "year",
        n_articles: 33,
        years: years(),
        months: vec![
            Month {
                name: "April 1998".to_owned(),
                id: "m-1998-04".to_owned(),
                entries: list(cards()),
            },
            Month {
                name: "Undated".to_owned(),
                id: "m-undated".to_owned(),
                entries: list(cards()),
            },
        ],
        pager: pager(),
    }
}

/// A body as the Markdown room writes it, with one of every element.
const BODY: &str = r##"<p id="p-3fa2">PORT ALDER – Envoy <a class="actor" href="../../actors/mara/" title="Mara Lindqvist, person">Mara Lindqvist</a> and the owners of the four mills agreed <a class="date" href="../../timeline/1998/#e-77aa">on Tuesday</a> to share the water of the upper weir, after eleven weeks in which neither side had moved a gate. <a class="anchor" href="#p-3fa2" aria-label="Link to this paragraph">¶</a></p>
<p id="p-91bc">“We leave with a text, not with a promise,” <a class="actor" href="../../actors/mara/" title="Mara Lindqvist, person">Lindqvist</a> told the <a class="actor" href="../../actors/council/" title="Water Council, organisation">Water Council</a>.<sup class="footnote-reference"><a href="#fn-1">1</a></sup> <a class="anchor" href="#p-91bc" aria-label="Link to this paragraph">¶</a></p>
<h2>What the text says</h2>
<p id="p-aa01">The town keeps the sluices. The mills receive, for two nights a week:</p>
<ul><li>the overflow of the upper weir,</li><li>and half of what the <em>eastern</em> channel carries in <strong>April and May</strong>.</li></ul>
<ol><li>First the count,</li><li>then the vote.</li></ol>
<blockquote><p id="p-aa02">No gate shall be opened by one hand alone.</p></blockquote>
<h3>Levels</h3>
<table><thead><tr><th>Gate</th><th>Litres a second</th></tr></thead><tbody><tr><td>Upper</td><td>1,240</td></tr><tr><td>Eastern</td><td>310</td></tr></tbody></table>
<pre><code class="h-code"><span class="h-source h-json"><span class="h-comment"># levels</span>
<span class="h-keyword">let</span> <span class="h-entity h-name">upper</span> = <span class="h-constant h-numeric">1240</span>; <span class="h-string">"litres a second, measured at the old gauge below the bridge, every morning at six"</span></span></code></pre>
<hr>
<section class="footnotes"><ol><li id="fn-1"><p>The letter is kept in the town hall.</p></li></ol></section>"##;

fn article(stand: &Stand) -> ArticlePage<'_> {
    let removed = |rule: &'static str, first: u32, texts: &[&'static str]| RemovedGroup {
        rule: html(rule),
        lines: list(
            (first..)
                .zip(texts)
                .map(|(line, text)| Html(format!("<li value=\"{line}\">{text}</li>\n"))),
        ),
    };
    let named = |name: &str, kind: &str, guess: bool, n: usize, href: Option<&str>| {
        let href = href.unwrap_or("../../actors/nobody/");
        let doubt = if guess { " <span class=\"doubt\">guess</span>" } else { "" };
        Html(format!(
            "<li><a href=\"{href}\">{name}</a> <span class=\"kind\">{kind}</span>{doubt} <span \
             class=\"count\">{n}<span class=\"hidden\"> mentions</span></span></li>\n"
        ))
    };
    ArticlePage {
        frame: frame(stand, "briefings", "Council and mill owners agree to share the upper weir"),
        citation_tags: html(
            "<meta name=\"citation_title\" content=\"Council and mill owners agree\">\n<meta \
             name=\"DC.type\" content=\"newspaperArticle\">\n",
        ),
        headline: "Council and mill owners agree to share the upper weir",
        is_draft: false,
        kicker: Some("The water treaty"),
        standfirst: Some(
            "Eleven weeks of talks end with an initialled text. The vote of the eastern bank is still to come.",
        ),
        byline: vec!["Ida Brandt", "Tomas Wiele"],
        outlet: Some(link("Harbour Gazette", "../../outlets/harbour-gazette/")),
        agency: Some("Northern Wire"),
        dateline: Some("PORT ALDER"),
        published: inferred("1998-04-14", "14 April 1998"),
        updated: Some(date("1998-04-15", "15 April 1998")),
        url: Some("https://harbour.example/1998/weir"),
        url_host: Some("harbour.example"),
        language: "en",
        language_attributes: Html::default(),
        tags: vec![link("Water", "../../tags/water/"), link("Treaty", "../../tags/treaty/")],
        captions: vec!["The upper weir, seen from the town bridge on the morning of the talks."],
        credits: vec!["Ida Brandt / Harbour Gazette"],
        notes: vec!["An earlier version of this article gave the wrong number of mills."],
        remark: Some("Compare the wire's version, which has the vote a week earlier."),
        body: Html(BODY.to_owned()),
        actors: list([
            named("Mara Lindqvist", "person", false, 9, Some("../../actors/mara/")),
            named("Water Council", "organisation", false, 4, Some("../../actors/council/")),
            named("Oskar Fehn", "person", true, 1, None),
        ]),
        events: list(events()),
        chart: chart(),
        removed: vec![
            removed("navigation of the page", 1, &["Home | Harbour | Weather", "Sign in"]),
            removed(
                "related stories after the end of the article",
                44,
                &["MORE: A drought that nobody had insured"],
            ),
        ],
        n_removed: 3,
        doubts: html("<li value=\"31\">The gates stay where they are.</li>\n"),
        repairs: vec![removed(
            "closing quotation mark that opens",
            12,
            &["”We leave with a text,”"],
        )],
        n_lines: 46,
        saved_page: true,
        clipping: "1998/weir.txt",
        short_href: "https://papers.example/s/abcdefgh.html".to_owned(),
        citation: "Mara Fehn, “Council and mill owners agree”, Harbour Gazette, 14 April 1998"
            .to_owned(),
        citations: html(
            "<li><a download=\"fehn1998council.bib\" \
             href=\"data:application/x-bibtex;charset=utf-8,@article\">BibTeX</a></li>\n<li><a \
             download=\"fehn1998council.ris\" \
             href=\"data:application/x-research-info-systems;charset=utf-8,TY\">RIS</a></li>\n",
        ),
        previous: Some(neighbour("prev", "Lindqvist: “We will not open the gates for a promise”")),
        next: Some(neighbour("next", "Old map turns up, and with it a claim to the eastern bank")),
        same_story: list(cards().into_iter().take(2)),
        related: list(cards().into_iter().skip(1)),
    }
}

fn actors(stand: &Stand) -> ActorsPage<'_> {
    ActorsPage {
        frame: frame(stand, "actors", "Actors"),
        n_actors: 14,
        letters: vec![counted("F", 2), counted("L", 1)],
        of: "kinds",
        groups: vec![
            ActorGroup {
                heading: "People".into(),
                id: "people".into(),
                n: 9,
                actors: actor_rows(),
            },
            ActorGroup {
                heading: "Organisations".into(),
                id: "organisations".into(),
                n: 3,
                actors: actor_rows(),
            },
        ],
        pager: pager(),
    }
}

fn actor(stand: &Stand) -> ActorPage<'_> {
    let statement = |kind, certain| {
        let doubt = if certain { "" } else { " <span class=\"doubt\">speaker inferred</span>" };
        Html(format!(
            "<li class=\"statement {kind}\">\n<p class=\"sentence\" lang=\"ar\" dir=\"rtl\">“<span \
             class=\"quote\">We leave with a text, not with a promise</span>,” Lindqvist told the \
             Water Council.</p>\n<p class=\"sources\"><a class=\"speaker\" href=\"../mara/\">Mara \
             Lindqvist</a>, <span class=\"kind\">{kind} speech</span>{doubt}, {}</p>\n</li>\n",
            source().0
        ))
    };
    ActorPage {
        feeds: Some("../../actors/mara-lindqvist/".to_owned()),
        frame: frame(stand, "actors", "Mara Lindqvist"),
        name: "Mara Lindqvist",
        kind: "person",
        origin: "discovered",
        origin_note: "Name and kind were found in the articles, not given by the register.",
        names: html(
            "<li><span>Lindqvist</span> <span class=\"count\">84<span class=\"hidden\"> \
             mentions</span></span></li>\n",
        ),
        roles: vec![RoleEntry {
            title: "Envoy",
            of: Some("Water Council"),
            of_href: Some("../council/".to_owned()),
            period: "since 1996".to_owned(),
            evidence: Some("https://alder.example/council"),
            evidence_href: Some("https://alder.example/council"),
        }],
        offices: vec![OfficeEntry {
            title: "envoy",
            of: Some(Named { text: "Water Council", href: Some("../council/".to_owned()) }),
            former: true,
            range: "April 1998".to_owned(),
            n: 2,
            source: source(),
        }],
        wikidata: Some("Q1"),
        website: Some("https://alder.example/lindqvist"),
        note: Some("Speaks for the upper mills."),
        part_of: Some(Named { text: "Water Council", href: Some("../council/".to_owned()) }),
        parts: vec![link("Weir Office", "../weir-office/")],
        n_articles: 24,
        n_mentions: 131,
        n_statements: 2,
        n_about: 1,
        n_events: 4,
        range: "August 1996 – April 1998".to_owned(),
        chart: chart(),
        event_chart: chart(),
        statements: list([statement("direct", true), statement("mixed", false)]),
        about: statement("indirect", true),
        events: list(events()),
        companions: list([line("Water Council", 19, false), line("Oskar Fehn", 3, false)]),
        more_companions: 3,
        picture: Some(picture()),
        decisions: Html(format!(
            "<li><b>Lindqvist</b> <span class=\"count\">84<span class=\"hidden\"> \
             mentions</span></span> part of a full name before: {}</li>\n",
            source().0
        )),
        more_decisions: 1,
        namesakes: line("Jonas Lindqvist", 3, false),
        record_href: "index.json".to_owned(),
        articles: Html(format!(
            "<li>\n{}<p class=\"sentence\"><span>Envoy <span class=\"name\">Mara \
             Lindqvist</span> and the owners of the four mills agreed on Tuesday to share the \
             water of the upper weir.</span> <a class=\"evidence\" \
             href=\"../../briefings/talks/#p-3fa2\">In the text</a></p>\n</li>\n",
            head(
                "Council and mill owners agree to share the upper weir",
                &date("1998-04-14", "14 April 1998"),
                " <span>9 mentions</span>"
            )
        )),
        pager: pager(),
    }
}

fn picture() -> Picture {
    Picture {
        width: 400,
        height: 250,
        x: 200,
        y: 125,
        lines: html(
            "<line class=\"tie\" x1=\"140\" y1=\"60\" x2=\"260\" y2=\"60\" \
             stroke-width=\"1\"/><line x1=\"200\" y1=\"125\" x2=\"260\" y2=\"60\" \
             stroke-width=\"3\"/>",
        ),
        nodes: html(
            "<circle cx=\"260\" cy=\"60\" r=\"4.5\"><title>Oskar Fehn: 3</title></circle><text \
             x=\"270\" y=\"64\" text-anchor=\"start\">Oskar Fehn</text>",
        ),
    }
}

/// A link with a count, as an entry of a list.
fn line(text: &str, n: usize, current: bool) -> Html {
    let current = if current { " aria-current=\"page\"" } else { "" };
    Html(format!(
        "<li><a href=\"../1998/x/\"{current}>{text}</a> <span class=\"count\">{n}<span \
         class=\"hidden\"> events</span></span></li>\n"
    ))
}

fn timeline(stand: &Stand) -> TimelinePage<'_> {
    TimelinePage {
        frame: frame(stand, "timeline", "Timeline of 1997"),
        heading: "1997",
        n_events: 57,
        years: list([line("1998", 16, false), line("1997", 11, true)]),
        chart: chart(),
        months: vec![
            Month {
                name: "April 1998".to_owned(),
                id: "m-1998-04".to_owned(),
                entries: list(events()),
            },
            Month {
                name: "1998, month unknown".to_owned(),
                id: "m-1998".to_owned(),
                entries: event(
                    "happened",
                    "",
                    &inferred("1998", "1998"),
                    "in the spring",
                    " for the last time.",
                ),
            },
        ],
        pager: pager(),
        is_year: true,
        actor: Some(Link { text: "Mara Lindqvist", href: "../../actors/m/".to_owned() }),
        actors: line("Mara Lindqvist", 4, true),
        actor_options: html("<option value=\"mara-lindqvist\">Mara Lindqvist</option>"),
        outlet_options: html(
            "<option value=\"kestrel\">The Kestrel</option><option value=\"herald\">Herald</option>",
        ),
        data_words: "The whole timeline",
        data: vec![Link { text: "CSV", href: "../../data/timeline.csv".to_owned() }],
        strayed: vec![StrayedEvent {
            id: "e-2abcdefg".to_owned(),
            others: vec!["e-3abcdefg".to_owned()],
            href: "../1999/#e-2abcdefg".to_owned(),
            text: "April 1999".into(),
        }],
    }
}

fn outlets(stand: &Stand) -> IndexPage<'_> {
    IndexPage {
        frame: frame(stand, "outlets", "Outlets"),
        heading: "Outlets",
        entries: vec![
            counted("Harbour Gazette", 19),
            counted("Northern Wire", 9),
            counted("The Upland Courier", 5),
        ],
    }
}

fn sitemap() -> SitemapPage {
    let entry = |location: &str, modified: Option<&str>| SitemapEntry {
        location: location.to_owned(),
        modified: modified.map(str::to_owned),
    };
    SitemapPage {
        pages: vec![
            entry("https://papers.example/alder/", Some("1998-04-14")),
            entry("https://papers.example/alder/actors/", None),
        ],
        parts: vec![entry("https://papers.example/alder/sitemap-2.xml", Some("1998-04-14"))],
    }
}
