//! An article as reference managers and writers cite it.
//!
//! In: an [`Article`] and where it stands in the archive. Out: `BibTeX`, RIS,
//! CSL-JSON, and a line of text. What is cited is what the outlet printed; the
//! archive is named as the place where it can be read.
//!
//! A date that was inferred is said to be so in every format: `date` of `BibLaTeX`
//! takes EDTF with its marks, CSL has `circa`, and RIS, which has neither, gets a
//! note instead of a date.

use std::fmt::Write as _;

use serde::Serialize;

use crate::article::{Article, Basis};
use crate::text::fold;
use crate::when::{Names, When};

/// What is cited: an article, and where the archive shows it.
#[derive(Debug, Clone, Copy)]
pub struct Citation<'a> {
    /// What was printed.
    pub article: &'a Article,
    /// Its lasting address in the archive, absolute; `None` without a `base_url`.
    pub address: Option<&'a str>,
    /// The archive's title.
    pub archive: &'a str,
    /// The words that the line of text is written with.
    pub words: &'a Names,
}

/// A citation as a file for reference managers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// How it is written.
    pub format: Format,
    /// What to call it, in letters and digits of ASCII: `lindqvist1998council.bib`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A form to cite in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An entry for `BibTeX` and `BibLaTeX`.
    Bibtex,
    /// Research Information Systems' tagged format.
    Ris,
    /// The Citation Style Language's JSON, an array of one item.
    Csl,
    /// A line of text.
    Text,
}

impl Format {
    /// What the formats are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::Csl => "CSL-JSON",
            Self::Text => "Text",
        }
    }

    /// The name's ending for a file of this format.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Csl => "json",
            Self::Text => "txt",
        }
    }

    /// The media type. Sources: the types that Zotero registers for import; the
    /// CSL schema.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Bibtex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Text => "text/plain",
        }
    }
}

impl<'a> Citation<'a> {
    /// The citation in `format`; ends with a line break but for [`Format::Text`].
    pub fn to(self, format: Format) -> String {
        match format {
            Format::Bibtex => self.bibtex(&self.key()),
            Format::Ris => self.ris(),
            Format::Csl => self.csl(&self.key()),
            Format::Text => self.line(),
        }
    }

    /// The citation as a file of every form but the line of text.
    pub fn files(self) -> [File; 3] {
        let key = self.key();
        let file = |format: Format, text| File {
            format,
            name: [&*key, ".", format.extension()].concat(),
            text,
        };
        [
            file(Format::Bibtex, self.bibtex(&key)),
            file(Format::Ris, self.ris()),
            file(Format::Csl, self.csl(&key)),
        ]
    }

    /// The name under which a manuscript cites it: `lindqvist1998council`, made of
    /// the first author or outlet, the year, and the headline's first long word.
    fn key(self) -> String {
        let author = self.article.byline.first().map(|author| Name::of(&author.value).family);
        let first = author.or_else(|| self.publisher()).unwrap_or("article");
        let year = self.article.published.when.as_ref().and_then(When::first);
        let headline = fold(&self.article.headline.value);
        let word = headline.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| word.len() > 3);
        let mut key: String = fold(first).chars().filter(char::is_ascii_alphanumeric).collect();
        if let Some(year) = year {
            // Writing to a string does not fail.
            let _ = write!(key, "{}", year.year());
        }
        key.push_str(word.unwrap_or_default());
        key
    }

    /// Who printed it, or the agency that supplied it.
    fn publisher(self) -> Option<&'a str> {
        let article = self.article;
        article.outlet.as_ref().or(article.agency.as_ref()).map(|field| field.value.as_str())
    }

    /// Where to read it: the original's address, else the archive's.
    fn url(self) -> Option<&'a str> {
        self.article.url.as_ref().map(|url| url.value.as_str()).or(self.address)
    }

    /// The date, and whether it was inferred.
    fn date(self) -> Option<(&'a When, bool)> {
        let published = &self.article.published;
        published.when.as_ref().map(|when| (when, published.basis == Basis::Inferred))
    }

    /// Appends `Archived in The Port Alder Papers, https://…`, by way of `push`.
    fn push_archived(self, out: &mut String, push: impl Fn(&mut String, &str)) {
        out.push_str("Archived in ");
        push(out, self.archive);
        if let Some(address) = self.address {
            out.push_str(", ");
            push(out, address);
        }
    }

    fn bibtex(self, key: &str) -> String {
        let article = self.article;
        let mut out = String::with_capacity(640);
        let field = |out: &mut String, name: &str, value: &dyn Fn(&mut String)| {
            out.extend(["  ", name, " = {"]);
            value(out);
            out.push_str("},\n");
        };
        out.extend(["@article{", key, ",\n"]);
        // A second pair of braces keeps the headline's capitals.
        field(&mut out, "title", &|out| {
            out.push('{');
            push_in_braces(out, &article.headline.value);
            out.push('}');
        });
        if !article.byline.is_empty() {
            field(&mut out, "author", &|out| {
                for (at, author) in article.byline.iter().enumerate() {
                    out.push_str(if at > 0 { " and " } else { "" });
                    Name::of(&author.value).push_inverted(out, push_in_braces);
                }
            });
        }
        if let Some(publisher) = self.publisher() {
            field(&mut out, "journal", &|out| push_in_braces(out, publisher));
        }
        if let Some((when, inferred)) = self.date() {
            let edtf = when.to_string();
            let marked = edtf.contains(['?', '~', '%', '[']);
            let doubt = if inferred && !marked { "?" } else { "" };
            field(&mut out, "date", &|out| out.extend([&*edtf, doubt]));
        }
        if let Some(url) = self.url() {
            // Read as it stands, so nothing may be escaped.
            let url = url.replace('{', "%7B").replace('}', "%7D");
            field(&mut out, "url", &|out| out.push_str(&url));
        }
        if let Some(language) = &article.language {
            field(&mut out, "langid", &|out| push_in_braces(out, &language.value));
        }
        field(&mut out, "note", &|out| self.push_archived(out, push_in_braces));
        out.push_str("}\n");
        out
    }

    fn ris(self) -> String {
        let article = self.article;
        let mut out = String::with_capacity(512);
        let tag = |out: &mut String, name: &str, value: &dyn Fn(&mut String)| {
            out.extend([name, "  - "]);
            value(out);
            out.push_str("\r\n");
        };
        let text = |out: &mut String, name: &str, value: &str| {
            tag(out, name, &|out| push_on_line(out, value));
        };
        text(&mut out, "TY", "NEWS");
        text(&mut out, "TI", &article.headline.value);
        for author in &article.byline {
            tag(&mut out, "AU", &|out| Name::of(&author.value).push_inverted(out, push_on_line));
        }
        if let Some(publisher) = self.publisher() {
            text(&mut out, "T2", publisher);
        }
        match self.date() {
            Some((when, false)) => {
                if let Some(date) = when.datetime() {
                    let mut parts = date.as_str().split('-');
                    let mut part = || parts.next().unwrap_or_default();
                    let [year, month, day] = [part(), part(), part()];
                    text(&mut out, "PY", year);
                    tag(&mut out, "DA", &|out| out.extend([year, "/", month, "/", day, "/"]));
                } else {
                    text(&mut out, "N1", &format!("Date: {}", when.label()));
                }
            }
            Some((when, true)) => {
                text(&mut out, "N1", &format!("Date inferred: {}", when.label()));
            }
            None => {}
        }
        if let Some(url) = self.url() {
            text(&mut out, "UR", url);
        }
        if let Some(language) = &article.language {
            text(&mut out, "LA", &language.value);
        }
        tag(&mut out, "N1", &|out| self.push_archived(out, push_on_line));
        text(&mut out, "ER", "");
        out
    }

    fn csl(self, key: &str) -> String {
        let article = self.article;
        let item = CslItem {
            id: key,
            kind: "article-newspaper",
            title: &article.headline.value,
            author: article.byline.iter().map(|author| Name::of(&author.value)).collect(),
            container_title: self.publisher(),
            issued: self.date().and_then(|(when, inferred)| CslDate::of(when, inferred)),
            url: self.url(),
            language: article.language.as_ref().map(|language| language.value.as_str()),
            archive: self.archive,
            archive_location: self.address,
        };
        // Plain data always has a JSON form.
        serde_json::to_string(&[item]).map_or_else(|_| String::new(), |text| text + "\n")
    }

    fn line(self) -> String {
        let article = self.article;
        let mut parts: Vec<String> = Vec::new();
        let authors: Vec<&str> = article.byline.iter().map(|author| &*author.value).collect();
        match authors.as_slice() {
            [] => {}
            [all @ .., last] if !all.is_empty() => {
                parts.push([&*all.join(", "), &*self.words.and, last].concat());
            }
            [only, ..] => parts.push((*only).to_owned()),
        }
        parts.push(format!("“{}”", article.headline.value));
        parts.extend(self.publisher().map(str::to_owned));
        parts.push(match self.date() {
            Some((when, false)) => when.label_in(self.words),
            Some((when, true)) => {
                format!("{} ({})", when.label_in(self.words), self.words.inferred)
            }
            None => self.words.undated.clone(),
        });
        parts.extend(self.address.or_else(|| self.url()).map(str::to_owned));
        parts.join(", ")
    }
}

/// A person's name in the two parts that lists are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Name<'a> {
    family: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    given: &'a str,
}

impl<'a> Name<'a> {
    /// The last word is the family's, with the particles before it: `von der`, `al`.
    fn of(name: &'a str) -> Self {
        let name = name.trim();
        let mut at = name.rfind(' ').map_or(0, |space| space + 1);
        while let Some(before) = name[..at].strip_suffix(' ').filter(|before| !before.is_empty()) {
            let start = before.rfind(' ').map_or(0, |space| space + 1);
            if start == 0 || !before[start..].starts_with(char::is_lowercase) {
                break;
            }
            at = start;
        }
        Self { family: &name[at..], given: name[..at].trim_end() }
    }

    /// Appends `Family, Given`, by way of `push`.
    fn push_inverted(self, out: &mut String, push: impl Fn(&mut String, &str)) {
        push(out, self.family);
        if !self.given.is_empty() {
            out.push_str(", ");
            push(out, self.given);
        }
    }
}

/// An item of CSL-JSON. Source: CSL 1.0.2, csl-data schema.
#[derive(Debug, Serialize)]
struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    archive: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive_location: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<i32>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

impl CslDate {
    /// A date as the parts that are known of it; what spans more than one date
    /// becomes a range that is about right.
    fn of(when: &When, inferred: bool) -> Option<Self> {
        if let Some(date) = when.datetime() {
            let parts = date.as_str().split('-').filter_map(|part| part.parse().ok()).collect();
            return Some(Self { parts: vec![parts], circa: inferred });
        }
        let parts = [when.first()?, when.last()?].map(|day| {
            let number = |n: u32| i32::try_from(n).unwrap_or_default();
            vec![day.year(), number(day.month()), number(day.day())]
        });
        Some(Self { parts: parts.into(), circa: true })
    }
}

/// Appends text inside the braces of a `BibTeX` field: its braces are gone, since one that
/// is not closed would swallow the rest of the file, and so is what TeX reads as a
/// command.
fn push_in_braces(out: &mut String, text: &str) {
    push_changed(out, text, |c| match c {
        '{' => Some("("),
        '}' => Some(")"),
        '\\' => Some("/"),
        '&' => Some("\\&"),
        '%' => Some("\\%"),
        '$' => Some("\\$"),
        '#' => Some("\\#"),
        '_' => Some("\\_"),
        c => c.is_control().then_some(" "),
    });
}

/// Appends text on one line: a line break would begin another tag.
fn push_on_line(out: &mut String, text: &str) {
    push_changed(out, text, |c| c.is_control().then_some(" "));
}

/// Appends `text` with some characters changed.
fn push_changed(out: &mut String, text: &str, change: impl Fn(char) -> Option<&'static str>) {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        if let Some(changed) = change(c) {
            out.extend([&text[plain..at], changed]);
            plain = at + c.len_utf8();
        }
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Clipping, decode};

    fn article(text: &str) -> Article {
        crate::clean::clean(&decode(&Clipping {
            path: "a.md".to_owned(),
            file: "content/a.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
            sidecar: None,
        }))
    }

    fn cite(text: &str, format: Format) -> String {
        let article = article(text);
        let address = Some("https://papers.example/s/0a1b2c3d.html");
        Citation {
            article: &article,
            address,
            archive: "The Port Alder Papers",
            words: Names::english(),
        }
        .to(format)
    }

    const STATED: &str = "---
title: Council & mill owners share the weir
author: [Mara van der Lindqvist, Oskar Fehn]
outlet: Harbour Gazette
published: 1998-04-14
url: https://gazette.example/weir_100%25
---
The two sides initialled a text on Tuesday, after eleven weeks of talks about the water.
";

    #[test]
    fn a_printed_article_is_cited_with_all_that_it_states() {
        for (format, expected) in [
            (
                Format::Bibtex,
                "@article{vanderlindqvist1998council,\n  title = {{Council \\& mill owners share the \
                 weir}},\n  author = {van der Lindqvist, Mara and Fehn, Oskar},\n  journal = {Harbour \
                 Gazette},\n  date = {1998-04-14},\n  url = {https://gazette.example/weir_100%25},\n",
            ),
            (
                Format::Ris,
                "TY  - NEWS\r\nTI  - Council & mill owners share the weir\r\nAU  - van der Lindqvist, \
                 Mara\r\nAU  - Fehn, Oskar\r\nT2  - Harbour Gazette\r\nPY  - 1998\r\nDA  - \
                 1998/04/14/\r\nUR  - https://gazette.example/weir_100%25\r\n",
            ),
            (
                Format::Csl,
                r#"[{"id":"vanderlindqvist1998council","type":"article-newspaper","title":"Council & mill owners share the weir","author":[{"family":"van der Lindqvist","given":"Mara"},{"family":"Fehn","given":"Oskar"}],"container-title":"Harbour Gazette","issued":{"date-parts":[[1998,4,14]]},"#,
            ),
            (
                Format::Text,
                "Mara van der Lindqvist and Oskar Fehn, “Council & mill owners share the weir”, Harbour \
                 Gazette, 14 April 1998, https://papers.example/s/0a1b2c3d.html",
            ),
        ] {
            let cited = cite(STATED, format);
            assert!(cited.starts_with(expected), "{}:\n{cited}", format.name());
        }
    }

    #[test]
    fn an_unknown_date_is_left_out_and_an_inferred_one_is_marked() {
        let mut inferred = article(STATED);
        inferred.published.basis = Basis::Inferred;
        inferred.published.when = When::parse("1998-04");
        let mut undated = inferred.clone();
        undated.published.when = None;
        for (format, marked, unmarked) in [
            (Format::Bibtex, "date = {1998-04?}", "date"),
            (Format::Ris, "N1  - Date inferred: April 1998", "PY  -"),
            (Format::Csl, r#"{"date-parts":[[1998,4]],"circa":true}"#, "issued"),
            (Format::Text, "April 1998 (inferred)", "1998"),
        ] {
            let cite = |article: &Article| {
                Citation { article, address: None, archive: "Papers", words: Names::english() }
                    .to(format)
            };
            let (inferred, undated) = (cite(&inferred), cite(&undated));
            assert!(inferred.contains(marked), "{inferred}");
            assert!(!undated.contains(unmarked), "{undated}");
        }
    }

    #[test]
    fn hostile_words_stay_inside_their_field() {
        let mut hostile = article(STATED);
        hostile.headline.value = "a}, evil = {\\input{x}\nTY  - BOOK\r\nb".to_owned();
        let citation = Citation {
            article: &hostile,
            address: None,
            archive: "Papers",
            words: Names::english(),
        };
        let bibtex = citation.to(Format::Bibtex);
        assert!(bibtex.contains("{{a), evil = (/input(x) TY  - BOOK  b}}"), "{bibtex}");
        let ris = citation.to(Format::Ris);
        assert_eq!(ris.lines().filter(|line| line.starts_with("TY")).count(), 1, "{ris}");
    }

    #[test]
    fn a_name_is_sorted_by_its_family_with_the_particles() {
        for (name, family, given) in [
            ("Mara Lindqvist", "Lindqvist", "Mara"),
            ("Ursula von der Leyen", "von der Leyen", "Ursula"),
            ("Madonna", "Madonna", ""),
            ("van Gogh", "Gogh", "van"), // a first word is never a particle
            ("", "", ""),
        ] {
            assert_eq!(Name::of(name), Name { family, given }, "{name}");
        }
    }
}
