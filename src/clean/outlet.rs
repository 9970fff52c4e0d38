//! Who printed it, from the furniture around the article.
//!
//! The units with their forms go in; the outlet comes out where signs agree. A
//! copyright line, a masthead, a line that stands alone under the article, `told
//! The Bay Post` in the text: each of them also names others (owners, agencies,
//! sections, papers that are quoted), so a name needs two of them, or one and a
//! word that papers carry in their names.
//!
//! Entry point: [`find`]; [`cut`] takes the outlet off a headline.

use std::ops::Range;

use memchr::memmem;

use super::form::{Form, Rule, picture};
use super::line::Unit;
use super::{agency, byline, headline};
use crate::text::fold;

/// Kinds of signs; each counts once for a name, however often it stands there.
mod kind {
    /// The owner in a copyright line.
    pub(super) const OWNER: u8 = 1;
    /// The very first line, or the first part of `The Bay Post | South`.
    pub(super) const MASTHEAD: u8 = 2;
    /// A line by itself above the headline.
    pub(super) const HEAD: u8 = 4;
    /// A line by itself right under the text.
    pub(super) const FOOT: u8 = 8;
    /// `Follow Bay Wire on …`.
    pub(super) const FOLLOW: u8 = 16;
    /// `told Bay Wire`, `Bay Wire has learned` in the text.
    pub(super) const QUOTED: u8 = 32;
    /// A word that papers carry in their names.
    pub(super) const PAPER: u8 = 64;
    /// What says more than where a line stands: sections stand there too.
    pub(super) const TELLING: u8 = OWNER | FOLLOW | QUOTED | PAPER;
}

/// A name that something says is the outlet's.
#[derive(Debug)]
struct Candidate<'a> {
    name: &'a str,
    unit: usize,
    kinds: u8,
}

impl Candidate<'_> {
    /// Whether two signs agree, and one of them is more than a place in the page.
    fn is_enough(&self) -> bool {
        // sections of a menu are called `Auto News` too
        let kinds = if self.kinds & !kind::PAPER == kind::HEAD { 0 } else { self.kinds };
        kinds.count_ones() >= 2 && kinds & kind::TELLING != 0
    }
}

/// The outlet and the unit that names it; `body` is what was kept of the text.
pub(super) fn find<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: &Range<usize>,
) -> Option<(&'a str, usize)> {
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    let outside = (0..body.start.min(units.len())).chain(body.end..units.len());
    for unit in outside.filter(|unit| Some(*unit) != headline) {
        if let Some((name, kinds)) = sign(units, forms, headline, body, unit) {
            add(&mut candidates, Candidate { name, unit, kinds });
        }
    }
    for candidate in &mut candidates {
        let article = candidate.kinds & kind::OWNER != 0 && candidate.name.starts_with("The ");
        if article || is_paper(candidate.name) {
            candidate.kinds |= kind::PAPER;
        }
        if !candidate.is_enough() && is_quoted(candidate.name, &units[body.clone()]) {
            candidate.kinds |= kind::QUOTED;
        }
    }
    let enough = candidates.iter().filter(|candidate| candidate.is_enough());
    // of two the one with more signs, of equals the first
    let best = enough.rev().max_by_key(|candidate| candidate.kinds.count_ones())?;
    Some((best.name, best.unit))
}

/// Counts a sign for its name; the longer spelling stays.
fn add<'a>(candidates: &mut Vec<Candidate<'a>>, sign: Candidate<'a>) {
    // pages of menus name hundreds of things
    const MOST: usize = 24;
    let bare = |name: &'a str| name.strip_prefix("The ").unwrap_or(name);
    let known =
        candidates.iter().position(|known| bare(known.name).eq_ignore_ascii_case(bare(sign.name)));
    if let Some(known) = known.map(|at| &mut candidates[at]) {
        known.kinds |= sign.kinds;
        if sign.name.len() > known.name.len() {
            known.name = sign.name;
        }
    } else if candidates.len() < MOST {
        candidates.push(sign);
    }
}

/// The name that one unit outside the text gives, and the kind of sign.
fn sign<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: &Range<usize>,
    unit: usize,
) -> Option<(&'a str, u8)> {
    const HEAD: usize = 4;
    const FOOT: usize = 4;
    /// Below a line that stands further above the headline lies a menu.
    const MENU: usize = 8;
    let text: &'a str = &units[unit].text;
    if let Some((name, _)) = text.strip_prefix("Follow ").and_then(|rest| rest.split_once(" on ")) {
        return is_name(name).then_some((name, kind::FOLLOW));
    }
    match &forms[unit] {
        Form::Furniture(Rule::Copyright) => owner(text).map(|name| (name, kind::OWNER)),
        Form::Short => {
            let above = headline.is_some_and(|headline| unit < headline);
            if let Some(first) = headline::masthead(text) {
                return (above && is_name(first)).then_some((first, kind::MASTHEAD));
            }
            let foot = (body.end..body.end + FOOT).contains(&unit)
                && !forms[body.end..unit].iter().any(begins_teasers);
            let kinds = match above && unit < HEAD {
                true if unit == 0 && headline.is_some_and(|headline| headline <= MENU) => {
                    kind::MASTHEAD
                }
                true => kind::HEAD,
                false if foot => kind::FOOT,
                false => return None,
            };
            is_name(text).then_some((text, kinds))
        }
        _ => None,
    }
}

/// Whether what follows is about other stories.
fn begins_teasers(form: &Form<'_>) -> bool {
    matches!(form, Form::Furniture(Rule::Related | Rule::Comments | Rule::Tags))
}

/// The owner that a copyright line names: `© 2021 The Bay Post. All rights
/// reserved.`
fn owner(text: &str) -> Option<&str> {
    const COMPANIES: [&str; 12] = [
        " Ltd",
        " Limited",
        " Inc",
        " LLC",
        " GmbH",
        " AG",
        " Corp",
        " Co",
        " S.A",
        " SE",
        " AB",
        " Media Group",
    ];
    let at = text.find('©').or_else(|| text.find("Copyright")).or_else(|| text.find("(c)"))?;
    let mut name = &text[at..];
    loop {
        let rest = name.trim_start_matches(|c: char| {
            c == '©' || c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',')
        });
        let rest = ["Copyright", "(c)", "by "]
            .iter()
            .fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        if rest.len() == name.len() {
            break;
        }
        name = rest;
    }
    let end = name.find(['.', '|', ',', '©', '(', '•']).unwrap_or(name.len());
    let name = &name[..end];
    let end = [" All ", " all ", " ALL ", " - "].iter().filter_map(|word| name.find(word)).min();
    let name = name[..end.unwrap_or(name.len())]
        .trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let bare = COMPANIES.iter().find_map(|company| name.strip_suffix(company));
    let name = bare.unwrap_or(name);
    is_name(name).then_some(name)
}

/// Whether `name` could be an outlet's: a few words in capitals, not all of them
/// words of menus, no invitation, and neither an agency nor a stock of pictures.
fn is_name(name: &str) -> bool {
    const LONGEST: usize = 40;
    const INVITATIONS: [&str; 9] =
        ["Watch", "Listen", "Read", "More", "Follow", "Visit", "Get", "Join", "About"];
    let name = name.trim();
    let words = || name.split_whitespace();
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "&" | "on" | "in");
    (3..=LONGEST).contains(&name.len())
        && (1..=5).contains(&words().count())
        && words().all(|word| word.starts_with(char::is_uppercase) || small(word))
        && !name.contains(['.', ':', '?', '!', '@', '/', ','])
        && !words().all(|word| small(word) || word == "The" || byline::is_no_name(word))
        && words().next().is_some_and(|word| !INVITATIONS.contains(&word))
        && agency::line(name).is_none()
        && !picture::is_stock(name)
}

/// Whether a name ends with a word that papers carry.
fn is_paper(name: &str) -> bool {
    const WORDS: [&str; 36] = [
        "anzeiger",
        "bulletin",
        "chronicle",
        "courier",
        "daily",
        "dispatch",
        "echo",
        "examiner",
        "express",
        "gazette",
        "globe",
        "guardian",
        "herald",
        "independent",
        "inquirer",
        "insider",
        "journal",
        "kurier",
        "ledger",
        "mirror",
        "monitor",
        "nachrichten",
        "news",
        "observer",
        "post",
        "register",
        "review",
        "sentinel",
        "standard",
        "tageblatt",
        "telegraph",
        "times",
        "tribune",
        "weekly",
        "zeitung",
        "wire",
    ];
    let mut words = name.split_whitespace();
    let last = words.next_back().unwrap_or("");
    words.next_back().is_some_and(|before| !byline::is_no_name(before) || before == "The")
        && WORDS.contains(&&*fold(last))
}

/// Whether the text says that someone spoke to `name`, or that it found out.
fn is_quoted(name: &str, body: &[Unit<'_>]) -> bool {
    body.iter().any(|unit| {
        memmem::find_iter(unit.text.as_bytes(), name.as_bytes()).take(4).any(|at| {
            let before = unit.text[..at].trim_end_matches("the ");
            before.ends_with(" told ") || unit.text[at + name.len()..].starts_with(" has learned")
        })
    })
}

/// The headline without the outlet that the page's title adds to it. Only a tail
/// that stands in the clipping a second time, or behind a bar, is an outlet.
pub(super) fn cut<'a>(text: &'a str, units: &[Unit<'_>]) -> (&'a str, Option<&'a str>) {
    // a byte of each mark, for most headlines have none
    let may_have = memchr::memchr3(b'|', b'-', 0xE2, text.as_bytes()).is_some();
    let Some((at, mark)) = [" | ", " - ", " – ", " — "]
        .iter()
        .filter(|_| may_have)
        .filter_map(|mark| text.rfind(mark).map(|at| (at, *mark)))
        .max()
    else {
        return (text, None);
    };
    let (title, outlet) = (&text[..at], &text[at + mark.len()..]);
    let words = outlet.split_whitespace().count();
    let bar = mark == " | " && words <= 4;
    let again = words <= 5 && units.iter().any(|unit| &*unit.text == title);
    if (bar || again) && title.split_whitespace().count() >= 4 {
        (title, Some(outlet))
    } else {
        (text, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_names_its_owner() {
        for (text, expected) in [
            ("© 2021 The Bay Post. All rights reserved.", Some("The Bay Post")),
            ("Copyright © 2021 The Bay Post", Some("The Bay Post")),
            ("© The Bay Post 2021. All rights reserved.", Some("The Bay Post")),
            ("© 2021 Bay Wire Ltd. Bay Wire is not responsible.", Some("Bay Wire")),
            ("© 2021 AFP", None),
            ("© Getty Images", None),
            ("© 2021. All rights reserved.", None),
            ("© 2021 baypost.example", None),
        ] {
            assert_eq!(owner(text), expected, "{text:?}");
        }
    }

    #[test]
    fn papers_are_told_from_headings() {
        for (name, expected) in [
            ("The Bay Post", true),
            ("Bay Wire", true),
            ("World News", false),
            ("The Times", true),
            ("Latest News", false),
            ("Adriatic Ferries", false),
        ] {
            assert_eq!(is_paper(name), expected, "{name:?}");
        }
    }
}
