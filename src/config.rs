//! `annals.toml`: how an archive is published.
//!
//! Text in, [`Config`] out. Unlike a clipping, bad configuration stops the build:
//! a misspelt `max_tlp` that is passed over would publish what should stay in.
//! Every mistake is shown at its place, with the names that could have been meant.
//!
//! Keys are checked against a table of our own before serde sees them, because
//! serde stops at the first mistake and tells the key only inside a sentence.
//!
//! Entry point: [`Config::read`].

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::when::Day;

mod look;

pub use look::{Inks, Look};

/// The settings of an archive; every key has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The archive's title.
    pub title: String,
    /// One or two sentences for the home page and search engines.
    pub description: String,
    /// Where the site will stand: `https://user.github.io/repo/`, always with the
    /// slash at its end. Empty: unknown, and nothing that needs an absolute
    /// address is written.
    pub base_url: String,
    /// Language of the interface and of articles that state none, ISO 639-1.
    pub language: String,
    /// What may leave.
    pub publish: Publish,
    /// What an article links.
    pub links: Links,
    /// What the pages look like.
    pub theme: Look,
    /// What is known of outlets.
    pub outlet: Vec<Outlet>,
    /// What is said of whole folders.
    pub folder: Vec<Folder>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefing archive".to_owned(),
            description: String::new(),
            base_url: String::new(),
            language: "en".to_owned(),
            publish: Publish::default(),
            links: Links::default(),
            theme: Look::default(),
            outlet: Vec::new(),
            folder: Vec::new(),
        }
    }
}

/// What may leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Publish {
    /// The highest marking that is published.
    pub max_tlp: Tlp,
    /// Whether texts are published in full; else their beginnings are.
    pub full_text: bool,
    /// What stands at the address of an article whose clipping is gone.
    pub withdrawn: Withdrawn,
    /// Which pages have a picture of their own where a link to them is shared.
    pub preview: Preview,
    /// Whether search engines are asked to leave the site out.
    pub noindex: bool,
}

impl Default for Publish {
    fn default() -> Self {
        Self {
            max_tlp: Tlp::Clear,
            full_text: true,
            withdrawn: Withdrawn::Page,
            preview: Preview::Site,
            noindex: false,
        }
    }
}

/// Which pages have a picture of their own where a link to them is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Preview {
    /// One picture for the whole site.
    Site,
    /// Every article has its own.
    Pages,
    /// None.
    Off,
}

/// What stands at the address of an article whose clipping is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Withdrawn {
    /// A page that says so.
    Page,
    /// Nothing: the address is missing.
    Missing,
}

/// What an article links, and what it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Links {
    /// Which mentions of an actor lead to its dossier.
    pub actors: LinkedMentions,
    /// Rules that are switched off.
    pub off: Vec<LinkRule>,
}

impl Links {
    /// Whether `rule` is in force.
    pub fn has(&self, rule: LinkRule) -> bool {
        !self.off.contains(&rule)
    }
}

/// Which mentions of an actor are links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LinkedMentions {
    /// The first between two headings.
    #[default]
    Section,
    /// The first of every paragraph.
    Paragraph,
    /// Every one.
    Mention,
    /// None.
    Never,
}

/// A rule of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LinkRule {
    /// Actors of the register are linked.
    Register,
    /// States and bodies of the built-in list are.
    BuiltIn,
    /// Actors that were found in the text are.
    Discovered,
    /// A part of a name is linked: the surname alone.
    Parts,
    /// A capital is linked where it stands for its government.
    Seats,
    /// The link says kind and role on focus and hover.
    About,
    /// Dates are linked to the timeline.
    Dates,
}

/// An outlet the owner knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("additionalProperties" = false)))]
pub struct Outlet {
    /// Its name, as pages print it.
    pub name: String,
    /// Its hosts, in lower case: `harbour.example`.
    #[serde(default)]
    pub domains: Vec<String>,
    /// The terms that what it printed stands under.
    #[serde(flatten)]
    pub terms: Terms,
    /// What the owner says of how its clippings are cleaned.
    #[serde(flatten)]
    pub patterns: Patterns,
}

/// Regular expressions for the lines of an outlet's clippings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Patterns {
    /// Patterns of lines that are no part of its articles.
    #[serde(default)]
    pub drop: Vec<String>,
    /// Pattern of the first line of an article's text.
    #[serde(default)]
    pub start: Option<String>,
    /// Pattern of the first line behind an article's text.
    #[serde(default)]
    pub end: Option<String>,
    /// Pattern of the line that is the headline, or holds it as its group.
    #[serde(default)]
    pub title: Option<String>,
    /// Pattern of the line that holds the date of publication.
    #[serde(default)]
    pub published: Option<String>,
}

/// A folder of clippings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("additionalProperties" = false)))]
pub struct Folder {
    /// Its path under `content/`, with `/` and without one at its ends.
    pub path: String,
    /// The terms that what it holds stands under.
    #[serde(flatten)]
    pub terms: Terms,
}

impl Folder {
    /// Whether the clipping at `path` under `content/` lies in it, however deep.
    pub fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.path.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// What an owner says about publishing several clippings at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Terms {
    /// Their marking, where none of them has a higher one.
    pub tlp: Option<Tlp>,
    /// Whether they are drafts.
    #[serde(default)]
    pub draft: bool,
    /// Not before this day.
    #[serde(default, deserialize_with = "day")]
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub publish_after: Option<Day>,
    /// Whether their texts are published in full.
    pub full_text: Option<bool>,
}

/// A day, as a date of TOML or as text.
fn day<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    let wrong = || serde::de::Error::custom("not a day such as 2024-03-20");
    Day::parse(text.trim()).map(Some).ok_or_else(wrong)
}

/// Traffic Light Protocol 2.0, from free to closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Tlp {
    /// Anyone.
    #[serde(rename = "clear", alias = "white")]
    Clear,
    /// The community.
    #[serde(rename = "green")]
    Green,
    /// The organisation and its clients.
    #[serde(rename = "amber")]
    Amber,
    /// The organisation.
    #[serde(rename = "amber+strict")]
    AmberStrict,
    /// The recipients.
    #[serde(rename = "red")]
    Red,
}

impl Tlp {
    /// The marking in its own words: `amber+strict`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }

    /// Reads a marking as people write it: `amber`, `TLP:AMBER+STRICT`, `White`.
    ///
    /// ```
    /// use annals::config::Tlp;
    ///
    /// assert_eq!(Tlp::parse("TLP: Amber+Strict"), Some(Tlp::AmberStrict));
    /// assert_eq!(Tlp::parse("orange"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let name = text
            .strip_prefix("tlp")
            .map_or(text.as_str(), |rest| rest.trim_start_matches([':', '-', ' ']));
        match name {
            "clear" | "white" => Some(Self::Clear),
            "green" => Some(Self::Green),
            "amber" => Some(Self::Amber),
            "amber+strict" => Some(Self::AmberStrict),
            "red" => Some(Self::Red),
            _ => None,
        }
    }
}

/// The tables of the file and what may stand in each.
const KNOWN: [(&str, &[&str]); 7] = [
    (
        "",
        &[
            "title",
            "description",
            "base_url",
            "language",
            "publish",
            "links",
            "theme",
            "outlet",
            "folder",
        ],
    ),
    ("publish", &["max_tlp", "full_text", "withdrawn", "preview", "noindex"]),
    ("links", &["actors", "off"]),
    (
        "theme",
        &[
            "paper", "sheet", "ink", "soft", "rule", "strong", "accent", "quiet", "shine", "serif",
            "sans", "dark",
        ],
    ),
    (
        "theme.dark",
        &["paper", "sheet", "ink", "soft", "rule", "strong", "accent", "quiet", "shine"],
    ),
    (
        "outlet",
        &[
            "name",
            "domains",
            "tlp",
            "draft",
            "publish_after",
            "full_text",
            "drop",
            "start",
            "end",
            "title",
            "published",
        ],
    ),
    ("folder", &["path", "tlp", "draft", "publish_after", "full_text"]),
];

impl Config {
    /// Reads the text of `annals.toml`; `file` is its name in diagnostics.
    ///
    /// Gives the settings with what is worth knowing about them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file, in its order, each with its place:
    /// bad TOML, an unknown key (with the nearest known one and the list of all),
    /// a value of the wrong type, an address that cannot be one.
    pub fn read(file: &str, text: &str) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| report::syntax(file, text, error)).collect());
        }
        let unknown = unknown_keys(file, text, table.get_ref());
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut config: Self =
            toml::from_str(text).map_err(|error| vec![report::syntax(file, text, &error)])?;
        let (errors, warnings) = config.settle(file, text, table.get_ref());
        if errors.is_empty() { Ok((config, warnings)) } else { Err(errors) }
    }

    /// The path the site stands under, without the slash at its end: `/repo`, or
    /// nothing at the root of a host or where the address is unknown.
    pub fn base_path(&self) -> &str {
        let Some((_, rest)) = self.base_url.split_once("://") else { return "" };
        rest.find('/').map_or("", |slash| rest[slash..].trim_end_matches('/'))
    }

    /// Checks what TOML types cannot say and brings values into one form.
    /// Gives errors and warnings.
    fn settle(
        &mut self,
        file: &str,
        text: &str,
        table: &DeTable<'_>,
    ) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let span = |key: &str| table.get(key).map_or(0..0, Spanned::span);
        let (mut errors, mut warnings) = (Vec::new(), Vec::new());
        match base_url(&self.base_url) {
            Ok(url) => self.base_url = url,
            Err(problem) => errors.push(
                Diagnostic::error("config-base-url", format!("`base_url` {problem}"))
                    .at(file, text, span("base_url"), "")
                    .help("write the whole address: `base_url = \"https://user.github.io/repo/\"`"),
            ),
        }
        let language = self.language.trim().to_ascii_lowercase();
        let primary = language.split('-').next().unwrap_or("");
        if matches!(primary.len(), 2 | 3) && primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
            primary.clone_into(&mut self.language);
        } else {
            errors.push(
                Diagnostic::error("config-language", "`language` is not a language code")
                    .at(file, text, span("language"), "")
                    .help("write the two letters of ISO 639-1, such as `en` or `de`"),
            );
        }
        errors.extend(self.theme.unfit().map(|name| report::unfit(file, text, table, name)));
        if self.title.trim().is_empty() {
            warnings.push(
                Diagnostic::warning("config-title", "the archive's title is empty")
                    .at(file, text, span("title"), "")
                    .help("pages and feeds print it: give the archive a name"),
            );
            self.title = Self::default().title;
        }
        for outlet in &mut self.outlet {
            for domain in &mut outlet.domains {
                *domain = host(domain);
            }
            outlet.domains.retain(|domain| !domain.is_empty());
            if outlet.name.trim().is_empty() {
                errors.push(
                    Diagnostic::error("config-outlet", "an outlet has no name")
                        .at(file, text, span("outlet"), "")
                        .help("write `name = \"…\"` in every `[[outlet]]`"),
                );
            }
        }
        for folder in &mut self.folder {
            let path = folder.path.replace('\\', "/");
            let path = path.trim().trim_matches('/');
            path.strip_prefix("content/").unwrap_or(path).clone_into(&mut folder.path);
            if folder.path.is_empty() {
                errors.push(
                    Diagnostic::error("config-folder", "a folder has no path")
                        .at(file, text, span("folder"), "")
                        .help("write `path = \"…\"`, from `content/` on, in every `[[folder]]`"),
                );
            }
        }
        (errors, warnings)
    }
}

/// An address a site can stand at, with the slash at its end; empty stays empty.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence that begins with its name.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err("names no scheme");
    };
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err("is neither an http nor an https address");
    }
    if rest.contains(['?', '#']) {
        return Err("holds a query or a fragment, which no page address can follow");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host_is_plain =
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte));
    if host.is_empty() || !host_is_plain {
        return Err("names no host");
    }
    let path_is_plain = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%/+@!$&'()*,;=".contains(&byte));
    if !path_is_plain || path.split('/').any(|part| part == ".." || part == ".") {
        return Err("holds characters that do not belong in an address");
    }
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    Ok(format!("{}://{}/{path}{slash}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
}

/// The known name nearest to a misspelt one; `None` where none is near enough to
/// have been meant.
///
/// ```
/// use annals::config::nearest;
///
/// assert_eq!(nearest("titel", ["title", "language"]), Some("title"));
/// assert_eq!(nearest("colour", ["title", "language"]), None);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The measure costs time by both lengths; nobody misspells beyond this one.
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The bare host of what an owner writes as a domain.
fn host(domain: &str) -> String {
    let domain = domain.trim();
    let rest = domain.split_once("://").map_or(domain, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase()
}

/// Every key that no table of ours has, in the order of the file.
fn unknown_keys(file: &str, text: &str, root: &DeTable<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut check = |name: &str, table: &DeTable<'_>| {
        let known = KNOWN.iter().find(|(table, _)| *table == name).map_or(&[][..], |entry| entry.1);
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                found.push((key.span().start, report::unknown(file, text, key, name, known)));
            }
        }
    };
    check("", root);
    for (name, _) in &KNOWN[1..] {
        let mut steps = name.split('.');
        let first = steps.next().and_then(|step| root.get(step));
        let inner = steps.try_fold(first, |value, step| {
            Some(value?.get_ref().as_table().and_then(|table| table.get(step)))
        });
        match inner.flatten().map(Spanned::get_ref) {
            Some(DeValue::Table(table)) => check(name, table),
            Some(DeValue::Array(entries)) => {
                for table in entries.iter().filter_map(|entry| entry.get_ref().as_table()) {
                    check(name, table);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Every diagnostic of this room that needs more than one line to word.
mod report {
    use super::{DeTable, Diagnostic, Spanned, nearest};

    pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
        let diagnostic = Diagnostic::error("config-syntax", error.message().replace('\n', ", "));
        match error.span() {
            Some(span) => diagnostic.at(file, text, span, ""),
            None => diagnostic.in_file(file),
        }
    }

    /// A value of `[theme]` that would end its rule or ask another host.
    pub(super) fn unfit(file: &str, text: &str, table: &DeTable<'_>, name: &str) -> Diagnostic {
        let message = format!("the value of `theme.{name}` cannot stand in a style sheet");
        let place = table.get("theme").map_or(0..0, Spanned::span);
        Diagnostic::error("config-theme", message)
            .at(file, text, place, "")
            .help("write one value of CSS, such as `#0b5cad` or `Georgia, serif`, without `;`, `{`, `}`, `<`, `\\`, `/*` and `url(`")
    }

    pub(super) fn unknown(
        file: &str,
        text: &str,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        table: &str,
        known: &[&str],
    ) -> Diagnostic {
        let name = key.get_ref();
        let place = if table.is_empty() { String::new() } else { format!(" in `{table}`") };
        let list = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? Known here: {list}"),
            None => format!("known here: {list}"),
        };
        Diagnostic::error("config-unknown-key", format!("there is no setting `{name}`{place}"))
            .at(file, text, key.span(), "")
            .help(help)
    }
}

#[cfg(test)]
mod tests;
