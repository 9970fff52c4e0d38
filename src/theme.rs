//! The templates that turn contexts into HTML; `tera` lives here.
//!
//! In come the built-in theme, which the build script put into the binary, and
//! the files of the archive's own `templates/`. Out comes a [`Theme`], which
//! renders a context of [`crate::page::context`] and holds the assets to publish.
//!
//! An archive's file stands in front of the built-in one of the same name; the
//! built-in one stays there as `built-in/NAME`, so that a template may extend what
//! it replaces (`{% extends "built-in/article.html" %}`) and change one block. A
//! component of the archive stands in front of ours of the same name, too.
//!
//! The words of the pages are woven into templates and scripts before these are parsed:
//! see [`wording`]. Start at [`Theme::new`]; what is wrong with a template is read in
//! `fault`.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Serialize, Serializer};
use tera::{Context, Kwargs, State, Tera, Value};

use crate::config::{Config, Look};
use crate::diagnostic::Diagnostic;

mod explanation;
mod fault;
pub mod look;
pub mod wording;

pub use explanation::Explains;
use wording::Wording;

mod built_in {
    //! Written by the build script: `TEMPLATES` (name, text) and `ASSETS` (name,
    //! bytes), each in the order of their names.
    include!(concat!(env!("OUT_DIR"), "/theme.rs"));
}

/// Where a built-in template stands when an archive's own takes its name.
const BUILT_IN: &str = "built-in/";

/// The style sheet of every page.
const STYLE: &str = "assets/style.css";

/// Files below this folder are published, not rendered.
const ASSETS: &str = "assets/";

/// Bytes to begin a page with, and one of the long lists: most are no longer, and growing
/// costs copies.
const PAGE: usize = 32 * 1024;
const LIST: usize = 128 * 1024;
/// Templates of long lists.
const LISTS: [&str; 3] = ["actor.html", "briefings.html", "timeline.html"];

/// Templates, ready to render, and the assets they need.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The archive's own templates, to show the lines that diagnostics are about.
    own: Vec<(String, String)>,
    assets: Vec<Asset>,
    paths: AssetPaths,
    wording: Wording,
    /// Hash of the archive's own templates and of every asset.
    fingerprint: [u8; 32],
}

/// A file to publish as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Relative to the root of the site: `assets/style-0a1b2c3d.css`. The name
    /// changes with the bytes, so a browser may keep the file for ever.
    pub path: String,
    /// The file.
    pub bytes: Cow<'static, [u8]>,
}

/// Paths of the assets that the frame of a page names, relative to the root of
/// the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetPaths {
    /// The style sheet.
    pub style: String,
    /// The style sheet for code; only pages with code need it.
    pub highlight: String,
    /// The script.
    pub script: String,
    /// The script of the search page.
    pub search: String,
    /// The icon.
    pub icon: String,
    /// The script of pages that send on.
    pub moved: String,
}

impl Theme {
    /// The built-in theme with an archive's own files in front.
    ///
    /// `overrides` are the files of `templates/` by their path below it, with `/`:
    /// `article.html`, `parts/map.html`, `assets/style.css`. An asset of the
    /// built-in theme's name replaces it; any other asset is published under the
    /// name it has, since no template of ours could know a hashed one.
    ///
    /// Of `config` counts the language of the pages, whose words come from
    /// `strings/LANGUAGE.toml`, ours and the archive's own, and what is said of colours and
    /// typefaces, which goes to the end of the style sheet.
    ///
    /// # Errors
    ///
    /// One error for every fault in the archive's templates and words, with file, line
    /// and, for an unknown name, the names there are.
    pub fn new(overrides: &[(String, String)], config: &Config) -> Result<Self, Vec<Diagnostic>> {
        let (strings, files): (Vec<_>, Vec<_>) =
            overrides.iter().cloned().partition(|(name, _)| name.starts_with(wording::STRINGS));
        let wording = Wording::new(&config.language, &strings)?;
        let files = woven(&files, &wording)?;
        let (own_assets, own): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, _)| name.starts_with(ASSETS));
        let tera = tie_together(&own, &wording)?;
        let (assets, paths) = choose_assets(own_assets, &wording, &config.theme)?;
        let mut hasher = blake3::Hasher::new();
        let own_parts = own.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        let own_words = strings.iter().map(|(_, text)| text.as_bytes());
        let parts = assets.iter().flat_map(|asset| [asset.path.as_bytes(), &asset.bytes]);
        for part in own_parts.chain(own_words).chain(parts) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let fingerprint = *hasher.finalize().as_bytes();
        Ok(Self { tera, own, assets, paths, wording, fingerprint })
    }

    /// Renders `context`, a struct of [`crate::page::context`], with the template
    /// called `name`: the bytes of a text.
    ///
    /// # Errors
    ///
    /// An error with template and line when a template asks for a name that the
    /// context does not offer, and the names it does.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<Vec<u8>, Diagnostic> {
        let mut page = Vec::with_capacity(if LISTS.contains(&name) { LIST } else { PAGE });
        offered(context)
            .and_then(|context| self.tera.render_to(name, &context, &mut page))
            .map_err(|error| {
                // An error while rendering is one fault: the page ends there.
                let fault = fault::faults(&error).swap_remove(0);
                report::fault(fault, &self.own, "")
            })?;
        Ok(page)
    }

    /// A warning for each template of the archive that no page comes to: it has not the
    /// name of one of ours, no template that is used extends or includes it, and it
    /// has no component that one of them asks for.
    pub fn unused(&self) -> Vec<Diagnostic> {
        let mut open: Vec<(&str, &str)> = self
            .own
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .filter(|(name, _)| built_in::TEMPLATES.iter().all(|(ours, _)| ours != name))
            .collect();
        let ours = built_in::TEMPLATES.iter().map(|(_, text)| *text);
        let in_place = self.own.iter().filter(|(name, _)| open.iter().all(|(own, _)| own != name));
        let mut used: Vec<&str> = ours.chain(in_place.map(|(_, text)| text.as_str())).collect();
        while let Some(text) = used.pop() {
            open.retain(|(name, own)| {
                let is_asked_for = names::asks_for(text, name, own);
                if is_asked_for {
                    used.push(own);
                }
                !is_asked_for
            });
        }
        open.into_iter().map(|(name, _)| report::unused(name)).collect()
    }

    /// A hash that changes with the archive's own templates and assets.
    pub fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    /// The words of the pages.
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// Every file to publish, in the order of their paths.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// Where the assets that a page's frame names are published.
    pub fn paths(&self) -> &AssetPaths {
        &self.paths
    }
}

/// What a template is offered: the struct as `page`, and its frame beside it. No more names
/// than these two, as each of them is looked for at every step of a page.
fn offered(context: &impl Serialize) -> tera::TeraResult<Context> {
    let page = Value::try_from_serializable(context)?;
    let mut offered = Context::new();
    if let Some(frame) = page.get_from_path("frame") {
        offered.insert_value("frame", frame.clone());
    }
    offered.insert_value("page", page);
    Ok(offered)
}

/// Serialises ready HTML: a template prints it as it stands, with `safe` or without, which
/// saves looking at it again and copying it.
///
/// # Errors
///
/// Those of `serializer`.
pub fn ready<S: Serializer>(html: &str, serializer: S) -> Result<S::Ok, S::Error> {
    Value::safe_string(html).serialize(serializer)
}

/// The archive's own templates and scripts, with the words of the pages in them.
fn woven(
    files: &[(String, String)],
    wording: &Wording,
) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let (mut woven, mut errors) = (Vec::new(), Vec::new());
    for (name, text) in files {
        if name.starts_with(ASSETS) && !is_script(name) {
            woven.push((name.clone(), text.clone()));
            continue;
        }
        match wording.weave(&format!("templates/{name}"), text) {
            Ok(text) => woven.push((name.clone(), text)),
            Err(wrong) => errors.extend(wrong),
        }
    }
    if errors.is_empty() { Ok(woven) } else { Err(errors) }
}

/// Whether an asset may hold words of the pages.
fn is_script(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "js")
}

/// An engine without templates, that knows how numbers are printed.
fn engine(wording: &Wording) -> Tera {
    let mut tera = Tera::new();
    let sign = wording.say(wording::word::LANGUAGE_THOUSANDS).to_owned();
    tera.register_filter("number", move |n: usize, _: Kwargs, _: &State| {
        wording::grouped(n, &sign)
    });
    tera
}

/// Parses the archive's templates, then all of them together.
fn tie_together(own: &[(String, String)], wording: &Wording) -> Result<Tera, Vec<Diagnostic>> {
    // Together, only the first template that does not parse is reported.
    let unparsed: Vec<Diagnostic> = own
        .iter()
        .filter_map(|(name, text)| engine(wording).add_raw_template(name, text).err())
        .filter(|error| matches!(error.kind(), tera::ErrorKind::SyntaxError(_)))
        .flat_map(|error| fault::faults(&error))
        .map(|fault| report::fault(fault, own, ""))
        .collect();
    if !unparsed.is_empty() {
        return Err(unparsed);
    }

    let mut templates = Vec::new();
    for &(name, text) in built_in::TEMPLATES {
        let name = format!("{BUILT_IN}{name}");
        let text = wording.weave(&name, text)?;
        templates.push((name, text));
    }
    templates.extend(own.iter().cloned());
    let mut tera = engine(wording);
    tera.set_fallback_prefixes([BUILT_IN])
        .and_then(|()| tera.add_raw_templates(templates))
        .map_err(|error| {
            fault::faults(&error)
                .into_iter()
                .map(|fault| {
                    let names = names::instead_of(&fault.message, own);
                    report::fault(fault, own, &names)
                })
                .collect::<Vec<_>>()
        })?;
    Ok(tera)
}

/// The built-in assets, or the archive's own in their place, and those it adds.
fn choose_assets(
    mut own: Vec<(String, String)>,
    wording: &Wording,
    look: &Look,
) -> Result<(Vec<Asset>, AssetPaths), Vec<Diagnostic>> {
    let own_look = look::rules(look);
    let mut assets = Vec::new();
    let mut paths = AssetPaths::default();
    for &(name, bytes) in built_in::ASSETS {
        let bytes = match own.iter().position(|(own_name, _)| own_name == name) {
            Some(index) => Cow::Owned(own.swap_remove(index).1.into_bytes()),
            None if is_script(name) => {
                let text = String::from_utf8_lossy(bytes);
                Cow::Owned(wording.weave(name, &text)?.into_bytes())
            }
            None => Cow::Borrowed(bytes),
        };
        let bytes = if name == STYLE && !own_look.is_empty() {
            Cow::Owned([&*bytes, own_look.as_bytes()].concat())
        } else {
            bytes
        };
        let path = hashed(name, &bytes);
        match name {
            STYLE => paths.style.clone_from(&path),
            "assets/highlight.css" => paths.highlight.clone_from(&path),
            "assets/script.js" => paths.script.clone_from(&path),
            "assets/search.js" => paths.search.clone_from(&path),
            "assets/icon.svg" => paths.icon.clone_from(&path),
            "assets/moved.js" => paths.moved.clone_from(&path),
            _ => {}
        }
        assets.push(Asset { path, bytes });
    }
    assets.extend(
        own.into_iter().map(|(path, text)| Asset { path, bytes: Cow::Owned(text.into_bytes()) }),
    );
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((assets, paths))
}

/// `assets/style.css` as `assets/style-0a1b2c3d.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{}.{extension}", &hash[..8]),
        None => format!("{name}-{}", &hash[..8]),
    }
}

/// The bytes of `text` that stand in `line` (from 1) at `columns` (code points,
/// from 0).
fn bytes_of(text: &str, line: usize, columns: &Range<usize>) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    let offset = |column| rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    start + offset(columns.start)..start + offset(columns.end)
}

mod names {
    //! The names a template could have meant, for the kinds of names that `tera`
    //! does not list itself.

    use std::collections::BTreeSet;

    use super::wording::Wording;
    use super::{built_in, engine};

    pub(super) const FILTERS: &str = "abs, capitalize, default, escape, escape_html, escape_xml, \
        first, float, get, group_by, indent, int, join, keys, last, length, lower, \
        newlines_to_br, nth, number, pairs, pluralize, replace, reverse, round, safe, sort, split, str, \
        title, trim, trim_end, trim_start, truncate, unique, upper, values, wordcount";
    pub(super) const TESTS: &str = "array, bool, containing, defined, divisible_by, ending_with, \
        even, float, integer, iterable, map, none, number, odd, starting_with, string, undefined";
    pub(super) const FUNCTIONS: &str = "range, super, throw";

    /// The names of the kind that `message` misses one of; empty where it misses
    /// none.
    pub(super) fn instead_of(message: &str, own: &[(String, String)]) -> String {
        if message.starts_with("Unknown filter") {
            FILTERS.to_owned()
        } else if message.starts_with("Unknown test") {
            TESTS.to_owned()
        } else if message.starts_with("Unknown function") {
            FUNCTIONS.to_owned()
        } else if message.starts_with("Unknown component") {
            list(components(own))
        } else if message.starts_with("Unknown template") || message.contains("is inheriting") {
            list(sources(own).map(|(name, _)| name.to_owned()))
        } else if message.starts_with("Block ") {
            let missed = message.split('`').nth(1);
            let names = sources(own).flat_map(|(_, text)| blocks(text));
            list(names.filter(|name| Some(name.as_str()) != missed))
        } else {
            String::new()
        }
    }

    fn list(names: impl Iterator<Item = String>) -> String {
        let names: BTreeSet<String> = names.collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    fn sources(own: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
        let own = own.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        built_in::TEMPLATES.iter().copied().chain(own)
    }

    /// Every component of a template that holds together by itself, as files of
    /// components do.
    fn components(own: &[(String, String)]) -> impl Iterator<Item = String> {
        sources(own).flat_map(|(name, text)| {
            let mut tera = engine(&Wording::default());
            let parsed = tera.add_raw_template(name, text).is_ok();
            let names: Vec<String> = tera.get_component_names().map(str::to_owned).collect();
            names.into_iter().filter(move |_| parsed)
        })
    }

    /// Whether the template `text` extends or includes the one called `name`, or asks
    /// for a component of it, whose text is `other`.
    pub(super) fn asks_for(text: &str, name: &str, other: &str) -> bool {
        let quoted = |tag: &str| {
            let tag = tag.trim_start_matches('-').trim_start();
            let rest = tag.strip_prefix("extends").or_else(|| tag.strip_prefix("include"));
            rest.is_some_and(|rest| {
                let rest = rest.trim_start();
                let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
                quote.and_then(|quote| rest[1..].split(quote).next()) == Some(name)
            })
        };
        text.split("{%").skip(1).any(quoted)
            || after(other, "component ").any(|component| calls(text, &component))
    }

    /// Whether `{{<name` or `{% <name` stands in `text`.
    fn calls(text: &str, component: &str) -> bool {
        text.match_indices('<').any(|(at, _)| {
            text[at + 1..].strip_prefix(component).is_some_and(|rest| {
                !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
            })
        })
    }

    /// The names after `{% block`.
    fn blocks(text: &str) -> impl Iterator<Item = String> {
        after(text, "block ")
    }

    /// The names after `{%` and `keyword`, which ends with a space.
    fn after(text: &str, keyword: &str) -> impl Iterator<Item = String> {
        text.split("{%").skip(1).filter_map(move |tag| {
            let name = tag.trim_start_matches('-').trim_start().strip_prefix(keyword)?;
            let end = |c: char| c.is_whitespace() || matches!(c, '(' | '%');
            name.split(end).next().map(|name| name.trim_end_matches('-').to_owned())
        })
    }
}

mod report {
    //! Every diagnostic of this room.

    use super::fault::{Fault, Spot};
    use super::{BUILT_IN, Diagnostic, built_in, bytes_of};

    /// A fault of a template; `names` are those there are where the fault itself
    /// lists none.
    pub(super) fn fault(fault: Fault, own: &[(String, String)], names: &str) -> Diagnostic {
        let Fault { place, message, names: listed } = fault;
        let names = if listed.is_empty() { names } else { &listed };
        let diagnostic = broken(lower_first(&message));
        let (diagnostic, built_in) = match place {
            Some(Spot { template, line, columns }) => {
                let (file, text) = source(&template, own);
                let diagnostic = match line {
                    Some(line) => diagnostic.at(&file, text, bytes_of(text, line, &columns), ""),
                    None => diagnostic.in_file(&file),
                };
                (diagnostic, file.starts_with(BUILT_IN))
            }
            None => (diagnostic, false),
        };
        match (names.is_empty(), built_in) {
            (false, _) => diagnostic.help(format!("the names there are: {names}")),
            (true, true) => diagnostic.help(
                "the built-in template is as we shipped it: a file of `templates/` takes away \
                 something that it needs",
            ),
            (true, false) => diagnostic,
        }
    }

    pub(super) fn unused(name: &str) -> Diagnostic {
        Diagnostic::warning("template-unused", "no page comes to this template")
            .in_file(&format!("templates/{name}"))
            .help(
                "give it the name of the built-in template that it is to replace, include it \
                 from one that is used, or remove it",
            )
    }

    pub(super) fn broken(message: String) -> Diagnostic {
        Diagnostic::error("template", message)
    }

    /// The file an author knows the template by, and its text.
    fn source<'a>(template: &str, own: &'a [(String, String)]) -> (String, &'a str) {
        if let Some((name, text)) = own.iter().find(|(name, _)| name == template) {
            return (format!("templates/{name}"), text);
        }
        let name = template.strip_prefix(BUILT_IN).unwrap_or(template);
        let text = built_in::TEMPLATES.iter().find(|(own, _)| *own == name);
        (format!("{BUILT_IN}{name}"), text.map_or("", |&(_, text)| text))
    }

    fn lower_first(message: &str) -> String {
        let mut letters = message.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_we_list_are_names_that_tera_knows() {
        for (names, before, after) in [
            (names::FILTERS, "{{ a | ", " }}"),
            (names::TESTS, "{{ a is ", " }}"),
            (names::FUNCTIONS, "{{ ", "() }}"),
        ] {
            for name in names.split(", ") {
                let template = format!("{before}{name}{after}");
                let error = engine(&Wording::default()).add_raw_template("a", &template).err();
                assert!(error.is_none(), "{name}: {error:?}");
            }
        }
    }

    #[test]
    fn a_line_and_its_columns_become_bytes() {
        for (line, columns, expected) in [
            (1, 0..1, "ä"),
            (2, 1..3, "ö}"),
            (2, 1..90, "ö}\n"), // no further than the text
            (9, 0..1, ""),      // nor beyond its last line
        ] {
            let text = "äb\n{ö}\n";
            assert_eq!(&text[bytes_of(text, line, &columns)], expected, "{line}:{columns:?}");
        }
    }

    #[test]
    fn a_template_that_no_page_comes_to_is_told() {
        let card = "{% component quay_card() %}c{% endcomponent quay_card %}";
        for (files, expected) in [
            (&[("article.html", "{% extends \"built-in/article.html\" %}")][..], &[][..]),
            (&[("artcle.html", "{% extends \"built-in/article.html\" %}")], &["artcle.html"]),
            (&[("404.html", "{% include \"map.html\" %}"), ("map.html", "m")], &[]),
            (
                &[("404.html", "x"), ("a.html", "{% include 'b.html' %}"), ("b.html", "b")],
                &["a.html", "b.html"],
            ),
            (&[("404.html", "{{ <quay_card /> }}"), ("cards.html", card)], &[]),
            (&[("404.html", "x"), ("cards.html", card)], &["cards.html"]),
        ] {
            let own: Vec<(String, String)> =
                files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            let theme = Theme::new(&own, &Config::default()).unwrap();
            let unused: Vec<String> =
                theme.unused().into_iter().filter_map(|said| Some(said.place?.file)).collect();
            let expected: Vec<String> =
                expected.iter().map(|name| format!("templates/{name}")).collect();
            assert_eq!(unused, expected, "{files:?}");
        }
    }

    #[test]
    fn a_new_name_for_new_bytes() {
        let one = hashed("assets/style.css", b"a{}");
        let other = hashed("assets/style.css", b"b{}");
        assert_ne!(one, other);
        let hash = one.strip_prefix("assets/style-").and_then(|rest| rest.strip_suffix(".css"));
        assert_eq!(hash.map(str::len), Some(8), "{one}");
    }
}
