//! The built-in theme, and an archive's own templates in front of it.
#![expect(
    clippy::disallowed_methods,
    reason = "the contract is checked against the sources of the templates"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annals::config::Config;
use annals::diagnostic::Diagnostic;
use annals::theme::wording::Wording;
use annals::theme::{AssetPaths, Theme};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

mod contract;
mod sample;

use sample::{Sample, pages};

fn built_in() -> Theme {
    Theme::new(&[], &Config::default()).expect("the build script parsed every template")
}

fn with(files: &[(&str, &str)]) -> Result<Theme, Vec<Diagnostic>> {
    let files: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Theme::new(&files, &Config::default())
}

/// The sample page of `template`, rendered.
fn render(theme: &Theme, template: &str) -> Result<String, Diagnostic> {
    let page = pages(theme.paths()).into_iter().find(|page| page.template == template);
    rendered(theme, template, &page.expect("every template has a sample page").context)
}

/// `context`, rendered with `template`.
fn rendered(theme: &Theme, template: &str, context: &Value) -> Result<String, Diagnostic> {
    let bytes = theme.render(template, &Offered { value: context, is_ready: false })?;
    Ok(String::from_utf8(bytes).expect("a page is text"))
}

/// A context as the theme gets it, from plain values: what is ready HTML is so again.
struct Offered<'a> {
    value: &'a Value,
    is_ready: bool,
}

impl Serialize for Offered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let offered = |value, is_ready| Offered { value, is_ready };
        match self.value {
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| {
                (name, offered(value, name != "json_ld" && is_ready_html(fields, name, value)))
            })),
            Value::Array(values) => {
                serializer.collect_seq(values.iter().map(|value| offered(value, false)))
            }
            Value::String(html) if self.is_ready => annals::theme::ready(html, serializer),
            other => other.serialize(serializer),
        }
    }
}

/// Name of the template and text of every sample page in HTML.
fn html_pages() -> Vec<(&'static str, String)> {
    let theme = built_in();
    let pages = pages(theme.paths()).into_iter().map(|Sample { template, context }| {
        (
            template,
            rendered(&theme, template, &context).map_err(|error| told(&error)).expect(template),
        )
    });
    pages.filter(|(_, text)| text.starts_with("<!doctype html>")).collect()
}

/// Severity aside, a diagnostic in one line: file, line, column, excerpt, message, help.
fn told(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().expect("the fault is in a template");
    format!(
        "{}:{}:{} | {} | {} | {}",
        place.file,
        place.line.unwrap_or(0),
        place.column.unwrap_or(0),
        place.excerpt.as_deref().unwrap_or(""),
        diagnostic.message,
        diagnostic.help.as_deref().unwrap_or("")
    )
}

#[test]
fn every_page_renders() {
    let theme = built_in();
    for Sample { template, context } in pages(theme.paths()) {
        let text = rendered(&theme, template, &context).map_err(|error| told(&error));
        let text = text.unwrap_or_else(|error| panic!("{template}: {error}"));
        assert!(!text.contains("{{") && !text.contains("{%"), "{template}: {text}");
    }
}

#[test]
fn a_page_renders_with_nothing_but_what_it_must_have() {
    let theme = built_in();
    for Sample { template, mut context } in pages(theme.paths()) {
        take_options(&mut context);
        let listed = rendered(&theme, template, &context).map_err(|error| told(&error));
        assert!(listed.is_ok(), "{template}: {listed:?}");
        for value in context.as_object_mut().expect("a context is a struct").values_mut() {
            if let Value::Array(values) = value {
                values.clear();
            }
        }
        let empty = rendered(&theme, template, &context).map_err(|error| told(&error));
        assert!(empty.is_ok(), "{template}: {empty:?}");
    }
}

/// Takes away what the contract declares as an `Option`.
fn take_options(value: &mut Value) {
    const OPTIONS: [&str; 21] = [
        "agency",
        "canonical",
        "dateline",
        "feed",
        "highlight",
        "json_ld",
        "kicker",
        "modified",
        "next",
        "of_href",
        "outlet",
        "preview",
        "previous",
        "remark",
        "sitemap",
        "speaker",
        "standfirst",
        "updated",
        "url",
        "url_host",
        "wikidata",
    ];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                // The outlet of a source is a string that may be empty.
                if OPTIONS.contains(&name.as_str()) && !(name == "outlet" && value.is_string()) {
                    *value = Value::Null;
                }
                take_options(value);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(take_options),
        _ => {}
    }
}

/// Rendering passes over a misspelt name inside an `if`; these two do not.
#[test]
fn a_template_asks_only_for_names_of_its_contract() {
    let mut tera = tera::Tera::new();
    tera.register_filter("number", |n: u64, _: tera::Kwargs, _: &tera::State| n);
    tera.add_raw_templates(sources()).expect("the build script parsed every template");
    let sources = sources();
    for Sample { template, context } in pages(&AssetPaths::default()) {
        let mut named = tera.get_template_variables(template).expect("the template exists");
        named.retain(|name| !["frame", "page"].contains(name));
        assert!(named.is_empty(), "{template}: not in the contract: {named:?}");
        let (_, text) = sources.iter().find(|(name, _)| name == template).expect("its source");
        let mut fields: Vec<&str> =
            paths_asked(text).filter_map(|path| path.strip_prefix("page.")).collect();
        fields.retain(|path| context.get(path.split('.').next().unwrap_or(path)).is_none());
        assert!(fields.is_empty(), "{template}: not in the contract: {fields:?}");
    }
}

#[test]
fn a_template_asks_only_for_fields_of_the_contract() {
    let mut offered = BTreeSet::new();
    for page in pages(&AssetPaths::default()) {
        collect_keys(&page.context, &mut offered);
    }
    for (name, text) in sources() {
        let missing: Vec<&str> =
            fields_asked(&text).filter(|field| !offered.contains(*field)).collect();
        assert!(missing.is_empty(), "{name}: not in the contract: {missing:?}");
    }
}

#[test]
fn a_field_in_a_condition_is_a_field_asked_for() {
    let text = "{% if story.titel %}.css{% endif %}{{ a.b | join(sep=\".x\") }}{{ loop.index }}";
    assert_eq!(fields_asked(text).collect::<Vec<_>>(), ["titel", "b"]);
}

/// Name and text of every template that is rendered, with its words.
fn sources() -> Vec<(String, String)> {
    let words = Wording::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut sources: Vec<(String, String)> = fs::read_dir(folder)
        .expect("the templates are part of the sources")
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("names are ASCII");
            let text = fs::read_to_string(&path).expect("templates are UTF-8");
            (name.to_owned(), words.weave(name, &text).expect("every word has a name"))
        })
        .collect();
    sources.sort();
    sources
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

/// Every `field` of an expression `value.field`, those of `loop` aside.
fn fields_asked(text: &str) -> impl Iterator<Item = &str> {
    paths_asked(text).flat_map(|path| {
        let fields = if path.starts_with("loop.") { "" } else { path };
        fields.split('.').skip(1).filter(|field| !field.is_empty())
    })
}

/// Every name of an expression, and every `value.field`.
fn paths_asked(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split("{{").flat_map(|piece| piece.split("{%"));
    let tags = pieces.skip(1).filter_map(|piece| {
        [piece.find("}}"), piece.find("%}")].into_iter().flatten().min().map(|end| &piece[..end])
    });
    // Every second piece between quotation marks is a string.
    tags.flat_map(|tag| tag.split('"').step_by(2)).flat_map(|code| {
        let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        code.split(move |letter| !word(letter) && letter != '.')
    })
}

#[test]
fn hostile_text_stays_text_on_every_page() {
    const HOSTILE: &str = "<script>alert(1)</script>\"' onload=x ]]>";
    let theme = built_in();
    for Sample { template, mut context } in pages(theme.paths()) {
        append_everywhere(&mut context, HOSTILE);
        let text = rendered(&theme, template, &context).map_err(|error| told(&error)).unwrap();
        if template == "robots.txt" {
            continue;
        }
        for raw in ["<script>alert", "\"' onload", "]]>"] {
            assert!(!text.contains(raw), "{template} prints {raw:?} as it is");
        }
        assert!(text.contains("&lt;script&gt;alert"), "{template} lost it");
    }
}

/// Appends `text` to every string that a template must escape: to all but those
/// that are ready HTML.
fn append_everywhere(value: &mut Value, text: &str) {
    match value {
        Value::Object(fields) => {
            let all = fields.clone();
            for (name, value) in fields.iter_mut() {
                if !is_ready_html(&all, name, value) {
                    append_everywhere(value, text);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| append_everywhere(value, text)),
        Value::String(string) => string.push_str(text),
        _ => {}
    }
}

/// Whether the field `name` of `fields` is ready HTML, or what is made to be printed as it is.
fn is_ready_html(fields: &Map<String, Value>, name: &str, value: &Value) -> bool {
    const READY: [&str; 8] =
        ["body", "chart", "citation_tags", "citations", "event_chart", "html", "json_ld", "source"];
    // Elsewhere these are lists of links or addresses.
    const ENTRIES: [&str; 11] = [
        "newest",
        "entries",
        "same_story",
        "related",
        "statements",
        "about",
        "events",
        "articles",
        "actors",
        "lines",
        "doubts",
    ];
    const NEIGHBOURS: [&str; 2] = ["previous", "next"];
    READY.contains(&name)
        || (ENTRIES.contains(&name) && value.is_string())
        || (!fields.contains_key("pages") && NEIGHBOURS.contains(&name))
}

#[test]
fn a_page_runs_no_inline_code_and_asks_no_other_host() {
    for (template, text) in html_pages() {
        let (_, head) = text.split_once("<head>").expect("a page has a head");
        assert!(
            head.trim_start().starts_with("<meta http-equiv=\"Content-Security-Policy\""),
            "{template}: the policy comes first"
        );
        for tag in text.split('<').skip(1).filter_map(|piece| piece.split('>').next()) {
            let code = tag == "script" || tag == "style" || tag.starts_with("style ");
            let attribute = tag.contains(" style=") || tag.contains(" onclick=");
            let loads = ["script ", "img ", "link rel=\"stylesheet\"", "link rel=\"icon\""];
            let away = loads.iter().any(|start| tag.starts_with(start)) && tag.contains("//");
            assert!(!code && !attribute && !away, "{template}: <{tag}>");
        }
    }
}

#[test]
fn headings_of_a_page_skip_no_level() {
    for (template, text) in html_pages() {
        let levels: Vec<u8> = text
            .split("<h")
            .skip(1)
            .filter_map(|piece| piece.as_bytes().first().filter(|byte| byte.is_ascii_digit()))
            .map(|digit| digit - b'0')
            .collect();
        assert_eq!(levels.first(), Some(&1), "{template}");
        assert!(!levels[1..].contains(&1), "{template}: {levels:?}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{template}: {levels:?}");
    }
}

#[test]
fn an_own_template_stands_in_front_of_ours() {
    let theme = with(&[("404.html", "<p>{{ frame.site_title }}: nothing here</p>")]).unwrap();
    assert_eq!(render(&theme, "404.html").unwrap(), "<p>The Port Alder Papers: nothing here</p>");
    assert!(render(&theme, "home.html").unwrap().contains("Newest briefings"));
}

#[test]
fn an_own_template_may_change_one_block_of_ours() {
    let theme = with(&[(
        "404.html",
        "{% extends \"built-in/404.html\" %}{% block main %}<p>Gone.</p>{% endblock %}",
    )]);
    let text = render(&theme.unwrap(), "404.html").unwrap();
    assert!(text.contains("<main id=\"main\" tabindex=\"-1\">\n<p>Gone.</p></main>"), "{text}");
    assert!(text.contains("Made with Annals"), "{text}");
}

#[test]
fn an_own_frame_and_an_own_component_serve_our_pages() {
    let theme = with(&[
        (
            "base.html",
            "<body>{% block main %}{% endblock %}</body>{% block nameplate %}{% endblock %}{% block kind %}{% endblock %}{% block head %}{% endblock %}",
        ),
        (
            "parts/pager.html",
            "{% component pager(pager) %}<i>{{ pager.page }}</i>{% endcomponent pager %}",
        ),
    ]);
    let text = render(&theme.unwrap(), "actors.html").unwrap();
    assert!(text.starts_with("<body>") && text.contains("<i>2</i>"), "{text}");
}

#[test]
fn a_broken_template_is_reported_with_line_and_names() {
    for (name, text, expected) in [
        (
            "home.html",
            "{% extends \"base.html\" %}\n{% block main %}\n{{ page.n_articles | loud }}\n{% endblock %}",
            "templates/home.html:3:22 | {{ page.n_articles | loud }} | unknown filter `loud` | the names there are: abs, capitalize, default",
        ),
        (
            "home.html",
            "{% block main %}",
            "templates/home.html:1:17 | {% block main %} | unexpected end of input | ",
        ),
        (
            "home.html",
            "{% extends \"base.html\" %}{% block mian %}{% endblock %}",
            "templates/home.html:1:35 | {% extends \"base.html\" %}{% block mian %}{% endblock %} | block `mian` is not defined in any parent template | the names there are: extra, head, kind, main, nameplate",
        ),
        (
            "home.html",
            "{{ <countd links={page.years} /> }}",
            "templates/home.html:1:4 | {{ <countd links={page.years} /> }} | unknown component `countd` | the names there are: actor_table, counted, links",
        ),
        (
            "home.html",
            "{% extends \"bass.html\" %}",
            "templates/home.html:0:0 |  | template 'home.html' is inheriting from 'bass.html', which doesn't exist or isn't loaded | the names there are: 404.html, actor.html, actors.html",
        ),
        (
            "home.html",
            "<p>\n{{ n_articles }}",
            "templates/home.html:2:4 | {{ n_articles }} | variable `n_articles` is not defined | the names there are: frame, page",
        ),
        (
            "home.html",
            "<p>\n{{ page.n_artikles }}",
            "templates/home.html:2:9 | {{ page.n_artikles }} | field `n_artikles` is not defined | the names there are: actors, events, frame, n_actors, n_articles",
        ),
        (
            "home.html",
            "{% for story in page.years %}{{ story.titel }}{% endfor %}",
            "templates/home.html:1:39 | {% for story in page.years %}{{ story.titel }}{% endfor %} | field `titel` is not defined | the names there are: current, href, n, text",
        ),
        (
            "components.html",
            "{% component actor_table(people) %}{{ people }}{% endcomponent actor_table %}",
            "built-in/home.html:",
        ),
    ] {
        let diagnostics = match with(&[(name, text)]) {
            Ok(theme) => vec![render(&theme, "home.html").expect_err(text)],
            Err(diagnostics) => diagnostics,
        };
        let actual = told(&diagnostics[0]);
        assert!(actual.starts_with(expected), "{text:?}\n   is: {actual}\nnot: {expected}");
    }
}

#[test]
fn every_template_that_does_not_parse_is_reported() {
    let diagnostics = with(&[("home.html", "{{ a"), ("actor.html", "{% iff %}")]).unwrap_err();
    let files: Vec<&str> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.place.as_ref().map(|place| place.file.as_str()))
        .collect();
    assert_eq!(files, ["templates/home.html", "templates/actor.html"]);
}

#[test]
fn an_own_asset_replaces_ours_and_gets_a_name_of_its_own() {
    let ours = built_in();
    let own = with(&[("assets/style.css", "body{}"), ("assets/seal.svg", "<svg/>")]).unwrap();
    assert_ne!(ours.paths().style, own.paths().style);
    assert_eq!(ours.paths().script, own.paths().script);
    let style = own.assets().iter().find(|asset| asset.path == own.paths().style);
    assert_eq!(style.map(|asset| asset.bytes.as_ref()), Some(b"body{}".as_slice()));
    let seal = own.assets().iter().find(|asset| asset.path == "assets/seal.svg");
    assert_eq!(seal.map(|asset| asset.bytes.as_ref()), Some(b"<svg/>".as_slice()));
    assert_eq!(ours.assets(), built_in().assets(), "the same bytes in the same order");
}

#[test]
fn assets_stay_small() {
    let theme = built_in();
    for (path, most) in [
        (&theme.paths().style, 20_000),
        (&theme.paths().highlight, 4_000),
        (&theme.paths().script, 11_000),
    ] {
        let asset = theme.assets().iter().find(|asset| asset.path == *path);
        let size = asset.map_or(0, |asset| asset.bytes.len());
        assert!((1..=most).contains(&size), "{path}: {size} bytes");
    }
}

/// WCAG 2.2, 1.4.3 and 1.4.11: text at 4.5 : 1, marks that carry a meaning at 3 : 1.
#[test]
fn every_ink_is_legible_on_every_ground() {
    let theme = built_in();
    let text_of = |path: &str| {
        let asset = theme.assets().iter().find(|asset| asset.path == path);
        String::from_utf8(asset.expect("named by the frame").bytes.to_vec()).unwrap()
    };
    let style = text_of(&theme.paths().style);
    let schemes: Vec<&str> =
        style.split("{color-scheme:").skip(1).map(|rule| rule.split('}').next().unwrap()).collect();
    assert_eq!(schemes.len(), 3, "light, dark by system, dark by choice");
    for scheme in &schemes {
        let colour = |name: &str| {
            let (_, rest) = scheme.split_once(&format!("--{name}:#")).expect(name);
            &rest[..6]
        };
        for ground in ["paper", "sheet"] {
            for (ink, least) in [("ink", 4.5), ("soft", 4.5), ("accent", 4.5), ("strong", 3.0)] {
                let ratio = contrast(colour(ink), colour(ground));
                assert!(ratio >= least, "{ink} on {ground} is {ratio:.2} in {scheme}");
            }
        }
        assert!(contrast(colour("ink"), colour("shine")) >= 4.5, "{scheme}");
        assert!(contrast(colour("quiet"), colour("paper")) >= 3.0, "{scheme}");
    }

    let code = text_of(&theme.paths().highlight);
    let (light, dark) = code.split_once("@media").expect("light first");
    for (rules, scheme) in [(light, schemes[0]), (dark, schemes[1])] {
        let (_, sheet) = scheme.split_once("--sheet:#").expect("a ground for code");
        let inks: Vec<&str> =
            rules.split("color: #").skip(1).map(|rest| rest.get(..6).unwrap()).collect();
        assert!(inks.len() >= 6, "{rules}");
        for ink in inks {
            let ratio = contrast(ink, &sheet[..6]);
            assert!(ratio >= 4.5, "#{ink} on code is {ratio:.2}");
        }
    }
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour is hexadecimal");
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

/// What a reader would read in English whatever the language of the pages: letters
/// between tags, or in an attribute that is read out. Names of formats and files aside.
#[test]
fn no_template_holds_bare_words() {
    const NAMES: [&str; 4] = ["Atom", "JSON Feed", "Annals", "Wikidata"];
    const SAID: [&str; 5] = ["aria-label=\"", "label=\"", "caption=\"", "of=\"", "title=\""];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for (name, _) in sources().iter().filter(|(_, text)| {
        text.contains("{% block") || text.contains("{% component") || text.contains("<html")
    }) {
        let text = fs::read_to_string(folder.join(name)).expect("templates are UTF-8");
        let text = without(&text, "{#", "#}");
        // What OpenGraph calls the page.
        let text = text.replace("{% block kind %}article{% endblock %}", "");
        let mut said: Vec<String> = Vec::new();
        for start in SAID {
            said.extend(
                text.split(start)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next().map(str::to_owned)),
            );
        }
        let visible = without(&without(&text, "{%", "%}"), "{{", "}}");
        said.push(without(&visible, "<", ">"));
        for words in said {
            let mut bare = without(&without(&words, "{{", "}}"), "[[", "]]");
            for format in NAMES {
                bare = bare.replace(format, "");
            }
            let bare: Vec<&str> = bare
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphabetic))
                .collect();
            assert!(bare.is_empty(), "{name}: {bare:?}");
        }
    }
}

/// `text` without what stands between `open` and `close`, marks included.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut pieces = text.split(open);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push(' ');
        out.push_str(piece.split_once(close).map_or("", |(_, rest)| rest));
    }
    out
}
