//! Rules of the owner for the clippings of one outlet.
//!
//! `[[outlet]]` tables of `annals.toml` go in, [`Rules`] come out; [`Rules::apply`]
//! cleans a clipping by those of its outlet. A rule matches lines of pasted text and
//! Markdown, and texts of saved pages. What a rule decides is decided before anything
//! is judged, and the ledger names the rule with its pattern.
//!
//! A reader may question that a clipping with rules is cleaned twice: whose clipping
//! it is, only cleaning tells. Clippings of outlets without rules are cleaned once.
//!
//! Start at [`Rules`].

use regex::Regex;

use super::stamp;
use crate::article::{Article, Basis, Fate, Field};
use crate::config::Outlet;
use crate::diagnostic::Diagnostic;
use crate::source::{RawDocument, Stated, read_date};
use crate::when::{Clock, When};

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Lines that are not the article's.
    Drop,
    /// The first line that belongs to the article's text.
    Start,
    /// The first line that no longer does.
    End,
    /// The line that is the headline, or holds it as its group.
    Title,
    /// The line that holds the date of publication.
    Published,
}

impl Role {
    fn key(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Start => "start",
            Self::End => "end",
            Self::Title => "title",
            Self::Published => "published",
        }
    }
}

/// A pattern of an outlet.
#[derive(Debug)]
struct Pattern {
    role: Role,
    regex: Regex,
    /// As ledgers print it: ``rule of The Port Post: drop `^Follow us` ``.
    text: String,
}

/// The patterns of one outlet.
#[derive(Debug)]
pub(super) struct OutletRules {
    name: String,
    domains: Vec<String>,
    patterns: Vec<Pattern>,
}

/// The owner's rules for the clippings of outlets.
#[derive(Debug, Default)]
pub struct Rules(Vec<OutletRules>);

/// What a rule decided about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruled {
    pub(super) fate: Fate,
    pub(super) rule: String,
}

/// What the rules decided about the lines of a clipping.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// One entry for every line.
    pub(super) lines: Vec<Option<Ruled>>,
    /// The headline, with the index of its line.
    title: Option<(String, usize)>,
    /// The date of publication, with the index of its line and the rule.
    published: Option<((When, Option<Clock>), usize, String)>,
}

impl Rules {
    /// Reads the patterns of `outlets`; `file` is where they stand and `text` what it
    /// holds. Gives the rules and what is wrong with patterns, which are left out.
    pub fn new(file: &str, text: &str, outlets: &[Outlet]) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut rules = Vec::new();
        for outlet in outlets {
            let single = [
                (Role::Start, &outlet.patterns.start),
                (Role::End, &outlet.patterns.end),
                (Role::Title, &outlet.patterns.title),
                (Role::Published, &outlet.patterns.published),
            ];
            let single = single
                .into_iter()
                .filter_map(|(role, pattern)| pattern.as_ref().map(|pattern| (role, pattern)));
            let all =
                outlet.patterns.drop.iter().map(|pattern| (Role::Drop, pattern)).chain(single);
            let mut patterns = Vec::new();
            for (role, pattern) in all {
                match compiled(pattern) {
                    Ok(regex) => {
                        let key = role.key();
                        let text = format!("rule of {}: {key} `{pattern}`", outlet.name);
                        patterns.push(Pattern { role, regex, text });
                    }
                    Err(why) => diagnostics.push(report::bad(file, text, role, pattern, &why)),
                }
            }
            if !patterns.is_empty() {
                let (name, domains) = (outlet.name.clone(), outlet.domains.clone());
                rules.push(OutletRules { name, domains, patterns });
            }
        }
        (Self(rules), diagnostics)
    }

    /// Whether no outlet has any.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Cleans `document` by the rules of its outlet; `article` is what cleaning made
    /// of it without them, and `clean` cleans once more.
    pub(super) fn apply(
        &self,
        document: &RawDocument,
        mut article: Article,
        clean: impl Fn(&RawDocument) -> Article,
    ) -> Article {
        let Some(rules) = self.of(&article) else { return article };
        let lines: Vec<&str> = document.text.lines().collect();
        let from = document.front_matter_lines as usize;
        let fates: Vec<Fate> = article.ledger.entries().map(|line| line.fate).collect();
        let outcome = rules.decide(&lines, &fates, from);
        if outcome.lines.iter().all(Option::is_none) {
            return article;
        }
        let mut masked = document.clone();
        masked.text = lines
            .iter()
            .zip(&outcome.lines)
            .flat_map(|(line, ruled)| [if ruled.is_some() { "" } else { *line }, "\n"])
            .collect();
        outcome.state(&mut masked);
        let mut cleaned = clean(&masked);
        if cleaned.body.is_empty() && !article.body.is_empty() {
            article.diagnostics.push(report::nothing_left(&document.file, &rules.name));
            return article;
        }
        cleaned.ledger.overrule(|index| {
            let found = outcome.lines.get(index)?.as_ref()?;
            Some((found.fate, found.rule.clone()))
        });
        outcome.settle(document, super::line_number, &mut cleaned);
        cleaned
    }

    /// The rules of the outlet that `article` is of.
    pub(super) fn of(&self, article: &Article) -> Option<&OutletRules> {
        let host = article.url.as_ref().and_then(|url| url.value.split('/').nth(2));
        let host = host.unwrap_or_default().to_ascii_lowercase();
        let owns = |domain: &String| {
            let rest = host.strip_suffix(domain.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let named = |rules: &&OutletRules| {
            let name = article.outlet.as_ref().map(|outlet| outlet.value.to_lowercase());
            rules.domains.iter().any(owns) || name == Some(rules.name.to_lowercase())
        };
        self.0.iter().find(named)
    }

    /// One warning for every pattern that decided nothing in any of `articles`: the
    /// outlet has changed its pages, or the pattern is mistyped.
    pub fn unused<'a>(
        &self,
        file: &str,
        articles: impl Iterator<Item = &'a Article>,
    ) -> Vec<Diagnostic> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut used = std::collections::BTreeSet::new();
        let mut n_clippings = vec![0_usize; self.0.len()];
        for article in articles {
            let own = self.of(article).map(|own| &own.name);
            let Some(index) = self.0.iter().position(|rules| Some(&rules.name) == own) else {
                continue;
            };
            n_clippings[index] += 1;
            let ledger = article.ledger.entries().filter_map(|line| line.rule);
            let removed = article.removed.iter().map(|passage| &*passage.rule);
            let clues = article.published.clues.iter().map(String::as_str);
            used.extend(
                ledger.chain(removed).chain(clues).filter(|rule| rule.contains("rule of ")),
            );
        }
        let is_used = |pattern: &Pattern| {
            used.contains(pattern.text.as_str())
                || pattern.role == Role::Published
                    && used.iter().any(|clue| clue.contains(&pattern.text))
        };
        self.0
            .iter()
            .zip(n_clippings)
            .flat_map(|(rules, n)| rules.patterns.iter().map(move |pattern| (pattern, n)))
            .filter(|(pattern, _)| !is_used(pattern))
            .map(|(pattern, n)| report::unused(file, &pattern.text, n))
            .collect()
    }
}

impl OutletRules {
    /// Decides about `lines` from `from` on. `fates` is what became of them without
    /// rules: above the start, lines that are fields stay what they are.
    pub(super) fn decide(&self, lines: &[&str], fates: &[Fate], from: usize) -> Outcome {
        let mut outcome = Outcome::default();
        let first = |role: Role, from: usize| {
            let pattern = self.patterns.iter().find(|pattern| pattern.role == role)?;
            let at = (from..lines.len()).find(|at| pattern.regex.is_match(lines[*at].trim()))?;
            Some((pattern, at))
        };
        let mut ruled: Vec<Option<Ruled>> = vec![None; lines.len()];
        let mut rule = |at: usize, fate: Fate, pattern: &Pattern| {
            if !lines[at].trim().is_empty() && ruled[at].is_none() {
                ruled[at] = Some(Ruled { fate, rule: pattern.text.clone() });
            }
        };
        if let Some((pattern, at)) = first(Role::Title, from) {
            rule(at, Fate::Title, pattern);
            outcome.title = Some((pattern.group(lines[at].trim()).to_owned(), at));
        }
        if let Some((pattern, at)) = first(Role::Published, from)
            && let Some(date) = date(pattern.group(lines[at].trim()))
        {
            rule(at, Fate::Stamp, pattern);
            outcome.published = Some((date, at, pattern.text.clone()));
        }
        let has_title = outcome.title.is_some();
        let mut body = from;
        if let Some((pattern, start)) = first(Role::Start, from) {
            body = start;
            // a headline by rule leaves none to those who guessed another
            for at in from..start {
                if match fates.get(at) {
                    Some(Fate::Body | Fate::Removed) => true,
                    Some(Fate::Title | Fate::Kicker) => has_title,
                    _ => false,
                } {
                    rule(at, Fate::Removed, pattern);
                }
            }
        }
        if let Some((pattern, end)) = first(Role::End, body) {
            for at in end..lines.len() {
                rule(at, Fate::Removed, pattern);
            }
        }
        for pattern in self.patterns.iter().filter(|pattern| pattern.role == Role::Drop) {
            for (at, _) in lines
                .iter()
                .enumerate()
                .skip(from)
                .filter(|(_, line)| pattern.regex.is_match(line.trim()))
            {
                rule(at, Fate::Removed, pattern);
            }
        }
        outcome.lines = ruled;
        outcome
    }
}

impl Pattern {
    /// What the first group of the pattern holds; without a group, the whole line.
    fn group<'a>(&self, line: &'a str) -> &'a str {
        let group = self.regex.captures(line).and_then(|found| found.get(1));
        group.map_or(line, |group| group.as_str()).trim()
    }
}

impl Outcome {
    /// States title and date in a document that is cleaned without their lines.
    fn state(&self, document: &mut RawDocument) {
        let metadata = &mut document.metadata;
        if let Some((title, _)) = self.title.as_ref().filter(|_| metadata.title.is_none()) {
            let value = title.clone();
            metadata.title = Some(Stated { value, sidecar: false, line: None });
        }
    }

    /// Sets title and date, where the owner has not said them of this clipping.
    /// `line` gives the line of an index.
    pub(super) fn settle(
        &self,
        document: &RawDocument,
        line: impl Fn(usize) -> u32,
        article: &mut Article,
    ) {
        if let Some((title, at)) = &self.title
            && document.metadata.title.is_none()
            && !title.is_empty()
        {
            article.headline = Field::new(title.clone(), Basis::Stated, Some(line(*at)));
        }
        if let Some(((when, time), at, rule)) = &self.published
            && document.metadata.published.is_none()
        {
            article.published.when = Some(when.clone());
            article.published.time.clone_from(time);
            article.published.basis = Basis::Stated;
            article.published.clues = vec![format!("line {}, by the {rule}", line(*at))];
            article.published.line = Some(line(*at));
        }
    }
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    if pattern.trim().is_empty() {
        return Err("it is empty and would match every line".to_owned());
    }
    Regex::new(pattern).map_err(|error| {
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

/// A date as data write it, or as a page prints it.
fn date(text: &str) -> Option<(When, Option<Clock>)> {
    if let Ok(date) = read_date(text) {
        return Some(date);
    }
    let found = stamp::read(text)?.dates.into_iter().next()?;
    match found.reading {
        stamp::Reading::Day(day) => Some((When::day(day), found.time)),
        _ => None,
    }
}

/// Every diagnostic of this room, one function each.
mod report {
    use super::{Diagnostic, Role};

    pub(super) fn bad(file: &str, text: &str, role: Role, pattern: &str, why: &str) -> Diagnostic {
        let key = role.key();
        let found = Diagnostic::error("config-pattern", format!("`{key}` is no pattern: {why}"));
        let found = match text.find(pattern).filter(|_| !pattern.is_empty()) {
            Some(at) => found.at(file, text, at..at + pattern.len(), ""),
            None => found.in_file(file),
        };
        found.help("write a regular expression in single quotes: `drop = ['^Follow us']`")
    }

    pub(super) fn nothing_left(file: &str, outlet: &str) -> Diagnostic {
        let message = format!("the rules of `{outlet}` leave nothing of this clipping");
        Diagnostic::warning("outlet-rules", message)
            .in_file(file)
            .help("it is cleaned without them; see `[[outlet]]` in annals.toml")
    }

    pub(super) fn unused(file: &str, rule: &str, n_clippings: usize) -> Diagnostic {
        let clippings = match n_clippings {
            0 => "no published clipping is of this outlet".to_owned(),
            1 => "it decides nothing in the outlet's one clipping".to_owned(),
            n => format!("it decides nothing in any of the outlet's {n} clippings"),
        };
        Diagnostic::warning("outlet-rule-unused", format!("{rule}: {clippings}"))
            .in_file(file)
            .help("compare it with `annals clean --explain`, or take it out")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Patterns, Terms};
    use crate::source::{Clipping, decode};

    const CLIPPING: &str = "Skip to the harbour\n\nPORT POST PREMIUM: Crane turns again\n\n\
        Out on: 6 May 2024\n\n\
        The old crane at the north quay turned for the first time in nine years on Monday.\n\n\
        Our harbour quiz is back, and it is harder than the one that everybody knows by now.\n\n\
        The town put the cost at four hundred thousand, and volunteers painted the jib.\n\n\
        You have reached the quay wall.\n\n\
        The ferry to the islands will sail again from June, the company said in the evening.\n";

    fn outlet() -> Outlet {
        Outlet {
            name: "The Port Post".to_owned(),
            domains: vec!["portpost.example".to_owned()],
            terms: Terms::default(),
            patterns: Patterns {
                drop: vec!["^Our harbour quiz".to_owned()],
                start: Some("^The old crane".to_owned()),
                end: Some("^You have reached".to_owned()),
                title: Some("^PORT POST PREMIUM: (.*)$".to_owned()),
                published: Some("^Out on: (.*)$".to_owned()),
            },
        }
    }

    fn dropping(drop: Vec<String>) -> Outlet {
        Outlet { patterns: Patterns { drop, ..outlet().patterns }, ..outlet() }
    }

    fn cleaned(path: &str, text: &str, sidecar: &str, outlet: Outlet) -> Article {
        let (rules, wrong) = Rules::new("annals.toml", "", &[outlet]);
        assert_eq!(wrong, []);
        let clipping = Clipping {
            path: path.to_owned(),
            file: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
            sidecar: Some(sidecar.as_bytes().to_vec()),
        };
        crate::clean::clean_by(&decode(&clipping), &rules)
    }

    #[test]
    fn the_rules_of_an_outlet_decide_before_anything_is_judged() {
        let sidecar = "url = \"https://www.portpost.example/crane\"";
        let page = CLIPPING.replace("\n\n", "</p>\n<p>");
        let page = format!("<html><body><div class=story><p>{page}</div></body></html>");
        for (path, text) in [("a.txt", CLIPPING), ("a.md", CLIPPING), ("a.html", &page)] {
            let article = cleaned(path, text, sidecar, outlet());
            assert_eq!(article.headline.value, "Crane turns again", "{path}");
            assert_eq!(article.published.when.unwrap().to_string(), "2024-05-06", "{path}");
            insta::allow_duplicates! { insta::assert_snapshot!(article.body, @r"
            The old crane at the north quay turned for the first time in nine years on Monday.

            The town put the cost at four hundred thousand, and volunteers painted the jib.
            "); }
            let dropped = "rule of The Port Post: drop `^Our harbour quiz`";
            let rules = article.ledger.entries().filter_map(|line| line.rule);
            assert_eq!(rules.filter(|rule| *rule == dropped).count(), 1, "{path}");
        }
    }

    #[test]
    fn another_outlet_keeps_its_clippings() {
        let article = cleaned("a.txt", CLIPPING, "outlet = \"Other\"", outlet());
        assert!(article.body.contains("Our harbour quiz"), "{}", article.body);
    }

    #[test]
    fn rules_that_leave_nothing_are_not_followed() {
        let all = dropping(vec![".".to_owned()]);
        let article = cleaned("a.txt", CLIPPING, "outlet = \"The Port Post\"", all);
        assert!(article.body.contains("The old crane"), "{}", article.body);
        assert!(article.diagnostics.iter().any(|found| found.code == "outlet-rules"));
    }

    #[test]
    fn a_bad_pattern_is_shown_where_it_stands() {
        let outlet = dropping(vec!["a(".to_owned(), String::new()]);
        let text = "[[outlet]]\ndrop = ['a(', '']\n";
        let (_, wrong) = Rules::new("annals.toml", text, &[outlet]);
        let lines: Vec<Option<u32>> =
            wrong.iter().map(|found| found.place.as_ref().and_then(|place| place.line)).collect();
        assert_eq!(lines, [Some(2), None]);
        assert!(wrong[0].message.contains("unclosed group"), "{}", wrong[0].message);
    }

    #[test]
    fn a_pattern_that_decides_nothing_is_named() {
        let sidecar = "outlet = \"The Port Post\"";
        let never = dropping(vec!["^Never said".to_owned()]);
        let article = cleaned("a.txt", CLIPPING, sidecar, never.clone());
        let (rules, _) = Rules::new("annals.toml", "", &[never]);
        let unused = rules.unused("annals.toml", std::iter::once(&article));
        let messages: Vec<&str> = unused.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "rule of The Port Post: drop `^Never said`: it decides nothing in the outlet's one clipping"
            ]
        );
    }
}
