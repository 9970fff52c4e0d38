//! The fields of a saved page, from its data and from what stands above the text.
//!
//! What a page says for machines is whole and has a time zone, and is now and then
//! about the site or for search engines; what it shows is what its readers saw. So a
//! headline that is shown wins over one that is only told, and a day that is told
//! wins over one that is shown.

use super::Judged;
use super::data::{Data, Said};
use super::piece::Kind;
use crate::article::{Article, Basis, Fate, Field, Published};
use crate::clean::body::Decision;
use crate::clean::form::{Form, picture};
use crate::clean::line::Ending;
use crate::clean::publication::{self, Dated};
use crate::clean::reason;
use crate::clean::{agency, byline, dateline};
use crate::source::read_date;
use crate::when::{Clock, When};

/// How many pieces above the text (and below the headline) are its head.
const HEAD: usize = 14;

/// A page's headline.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// The piece that shows it.
    pub(super) piece: Option<usize>,
    /// Its text and line; `None` where the page has none.
    text: Option<(String, u32)>,
}

/// Finds the headline: the heading that says what the page's data say, else the one
/// heading of the first level, else what the data say.
pub(super) fn headline(judged: &[Judged<'_>], data: &Data) -> Headline {
    const FAR: usize = 60;
    let body = judged.iter().position(|judged| judged.is_held && judged.words >= 8);
    let reach = body.map_or(judged.len(), |body| (body + HEAD).min(judged.len()));
    let near = body.unwrap_or(0).saturating_sub(FAR)..reach;
    let shown: Vec<usize> = near
        .filter(|at| {
            let piece = judged[*at].piece;
            matches!(piece.kind, Kind::Heading(_)) && !piece.place.hidden && judged[*at].words > 0
        })
        .collect();
    let found = data.titles.iter().find_map(|said| {
        let told = fold(&said.value);
        shown.iter().copied().find(|at| {
            let seen = fold(&judged[*at].piece.text);
            seen == told
                || seen.len() >= 12 && (told.starts_with(&seen) || told.ends_with(&seen))
                || told.len() >= 12 && seen.starts_with(&told)
        })
    });
    let level =
        |at: &usize| matches!(judged[*at].piece.kind, Kind::Heading(1)) && judged[*at].words >= 3;
    let mut firsts = shown.iter().copied().filter(level);
    let alone = firsts.next().filter(|_| firsts.next().is_none());
    if let Some(at) = found.or(alone) {
        let piece = judged[at].piece;
        return Headline { piece: Some(at), text: Some((piece.text.clone(), piece.lines.0)) };
    }
    let told = data.titles.first();
    let text = told.map(|said| (without_site(&said.value, data).to_owned(), said.line));
    Headline { piece: None, text }
}

/// A title without the site's name behind a dash or a bar.
fn without_site<'a>(title: &'a str, data: &Data) -> &'a str {
    let is_site = |part: &str| {
        let part = fold(part);
        let named = |said: &Said| fold(&said.value) == part;
        data.outlets.iter().any(named)
            || data.addresses.iter().any(|said| {
                host(&said.value).is_some_and(|host| fold(host).contains(&part) && part.len() > 2)
            })
    };
    for mark in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        if let Some((rest, part)) = title.rsplit_once(mark)
            && (is_site(part) || mark == " | " && part.split_whitespace().count() <= 4)
            && !rest.trim().is_empty()
        {
            return rest.trim();
        }
    }
    title
}

/// Takes short pieces over the headline out of the text: the nearest is its kicker.
fn kicker(
    judged: &[Judged<'_>],
    decisions: &mut [Decision],
    headline: usize,
    article: &mut Article,
) {
    const WORDS: usize = 6;
    const NEAR: usize = 3;
    let short = |at: &usize| {
        decisions[*at].fate == Fate::Body
            && judged[*at].piece.kind == Kind::Paragraph
            && judged[*at].words <= WORDS
            && judged[*at].ending == Ending::Open
    };
    let over: Vec<usize> = (0..headline).filter(short).collect();
    for at in &over {
        decisions[*at] = Decision::removed(reason::ABOVE);
    }
    if let Some(at) = over.last().filter(|at| headline - **at <= NEAR) {
        let piece = judged[*at].piece;
        decisions[*at] = Decision::kept(Fate::Kicker);
        let field = Field::new(piece.text.clone(), Basis::Stated, Some(piece.lines.0));
        article.kicker.get_or_insert(field);
    }
}

/// Fills the fields of `article` and says which pieces carry them.
pub(super) fn read(
    judged: &[Judged<'_>],
    decisions: &mut [Decision],
    headline: Headline,
    data: &Data,
    article: &mut Article,
) {
    if let Some((text, line)) = headline.text.filter(|(text, _)| !text.is_empty()) {
        article.headline = Field::new(text, Basis::Stated, Some(line));
    }
    if let Some(headline) = headline.piece {
        kicker(judged, decisions, headline, article);
    }
    let body = decisions.iter().position(|decision| decision.fate == Fate::Body);
    let body = body.filter(|at| {
        let repeats = article.headline.basis == Basis::Stated
            && fold(&judged[*at].piece.text) == fold(&article.headline.value);
        if repeats {
            decisions[*at] = Decision::kept(Fate::Title);
        }
        !repeats
    });
    let head = head(judged.len(), headline.piece, body);
    let above = read_head(judged, decisions, head.clone(), article);
    standfirst(judged, decisions, over_dateline(judged, decisions, head, body), data, article);
    authors(data, article);
    if article.byline.is_empty() {
        article.byline = above.people;
    }
    dates(data, &above.dates, article);
    article.outlet = data
        .outlets
        .iter()
        .find(|said| said.value.len() <= 80 && !said.value.contains("://"))
        .map(|said| Field::new(said.value.clone(), Basis::Stated, Some(said.line)));
    let address = data.addresses.iter().find_map(|said| {
        let url = without_tracking(&said.value);
        super::super::is_web_address(&url).then(|| Field::new(url, Basis::Stated, Some(said.line)))
    });
    article.url = address;
    tags(data, article);
    pictures_and_notes(judged, decisions, article);
    let text: String = judged
        .iter()
        .zip(decisions.iter())
        .filter(|(_, decision)| decision.fate == Fate::Body)
        .flat_map(|(judged, _)| [judged.piece.text.as_str(), " "])
        .take(80)
        .collect();
    let told = data.language.as_ref().and_then(|said| {
        let code = said.value.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
        is_code.then(|| Field::new(code, Basis::Stated, Some(said.line)))
    });
    article.language = match (crate::clean::language::language_of(&text, 0), told) {
        (Some(read), Some(told)) if told.value == read => Some(told),
        (Some(read), _) => Some(Field::new(read.to_owned(), Basis::Inferred, None)),
        (None, told) => told,
    };
}

/// The pieces between the headline and the text, or right above the text.
fn head(n: usize, headline: Option<usize>, body: Option<usize>) -> std::ops::Range<usize> {
    match (headline, body) {
        (Some(headline), Some(body)) if headline < body => {
            (headline + 1).max(body.saturating_sub(4 * HEAD))..body
        }
        (Some(headline), _) => headline + 1..(headline + 1 + HEAD).min(n),
        (None, Some(body)) => body.saturating_sub(HEAD)..body,
        (None, None) => 0..0,
    }
}

/// What the head of the page shows.
#[derive(Default)]
struct Above<'a> {
    people: Vec<Field<String>>,
    dates: Vec<Dated<'a>>,
}

fn read_head<'a>(
    judged: &'a [Judged<'a>],
    decisions: &mut [Decision],
    head: std::ops::Range<usize>,
    article: &mut Article,
) -> Above<'a> {
    let mut above = Above::default();
    let mut announced = false;
    for at in head {
        let piece = judged[at].piece;
        if piece.place.hidden || decisions[at].fate == Fate::Body {
            continue;
        }
        let line = Some(piece.lines.0);
        let mut by = |found: &byline::Byline, article: &mut Article| {
            let field = |name: &String| Field::new(name.clone(), Basis::Stated, line);
            if above.people.is_empty() {
                above.people = found.people.iter().map(field).collect();
            }
            if let Some(name) = found.agency {
                article.agency.get_or_insert(Field::new(name.to_owned(), Basis::Stated, line));
            }
        };
        let fate = match &judged[at].form {
            Form::Byline(found) => {
                by(found, article);
                Fate::Byline
            }
            Form::Announcement => Fate::Byline,
            Form::Agency(name) => {
                article.agency.get_or_insert(Field::new((*name).to_owned(), Basis::Stated, line));
                Fate::Byline
            }
            Form::Stamp(stamp) if !stamp.dates.is_empty() => {
                for part in &stamp.rest {
                    let bare = byline::after_by(part).unwrap_or(part);
                    if let Some(found) = byline::names(bare).filter(|_| byline::is_name(bare)) {
                        by(&found, article);
                    }
                }
                above.dates.extend(stamp.dates.iter().map(|found| Dated {
                    found: found.clone(),
                    line: piece.lines.0,
                    text: piece.text.as_str().into(),
                }));
                Fate::Stamp
            }
            Form::Short if announced && byline::is_name(&piece.text) => {
                if let Some(found) = byline::names(&piece.text) {
                    by(&found, article);
                }
                Fate::Byline
            }
            _ => {
                announced = false;
                continue;
            }
        };
        announced = judged[at].form == Form::Announcement;
        decisions[at] = Decision::kept(fate);
    }
    above
}

/// `head`, and the first pieces of the text where a dateline below them says that the
/// story begins there.
fn over_dateline(
    judged: &[Judged<'_>],
    decisions: &[Decision],
    head: std::ops::Range<usize>,
    body: Option<usize>,
) -> std::ops::Range<usize> {
    const NEAR: usize = 8;
    let Some(body) = body.filter(|body| *body == head.end) else { return head };
    let near = body + 1..judged.len().min(body + NEAR);
    let opens = |at: &usize| {
        decisions[*at].fate == Fate::Body
            && judged[*at].form == Form::Prose
            && dateline::read(&judged[*at].piece.text).is_some()
    };
    head.start..near.into_iter().find(opens).unwrap_or(head.end)
}

/// The summary under the headline: what the page shows there and tells as its
/// description.
fn standfirst(
    judged: &[Judged<'_>],
    decisions: &mut [Decision],
    head: std::ops::Range<usize>,
    data: &Data,
    article: &mut Article,
) {
    let told: Vec<String> = data.descriptions.iter().map(|said| fold(&said.value)).collect();
    for at in head {
        let piece = judged[at].piece;
        let is_summary = matches!(judged[at].form, Form::Prose | Form::Short)
            && judged[at].words >= 6
            && !piece.place.hidden
            && !matches!(piece.kind, Kind::Picture);
        if !is_summary || decisions[at].fate == Fate::Title {
            continue;
        }
        let seen = fold(&piece.text);
        let is_told = told.iter().any(|told| {
            told.len() >= 20 && (seen.starts_with(told.as_str()) || told.starts_with(&seen))
        });
        if is_told {
            decisions[at] = Decision::kept(Fate::Standfirst);
            article.standfirst =
                Some(Field::new(piece.text.clone(), Basis::Stated, Some(piece.lines.0)));
            return;
        }
    }
}

/// People and agencies that the data name as authors.
fn authors(data: &Data, article: &mut Article) {
    const LONGEST: usize = 120;
    for said in &data.authors {
        // keys of another kind name the same people once more
        let is_other = article.byline.first().is_some_and(|first| {
            data.authors.iter().any(|one| one.key != said.key && Some(one.line) == first.line)
                && !data
                    .authors
                    .iter()
                    .any(|one| one.key == said.key && Some(one.line) == first.line)
        });
        if said.value.contains("://") || said.value.len() > LONGEST || is_other {
            continue;
        }
        if let Some(agency) = agency::line(&said.value) {
            let field = Field::new(agency.name.to_owned(), Basis::Stated, Some(said.line));
            article.agency.get_or_insert(field);
            continue;
        }
        let bare = byline::after_by(&said.value).unwrap_or(&said.value);
        let outlet = |name: &str| data.outlets.iter().any(|said| fold(&said.value) == fold(name));
        let people = byline::names(bare).map_or_else(Vec::new, |found| found.people);
        for name in people {
            let known = article.byline.iter().any(|field| fold(&field.value) == fold(&name));
            if !known && !outlet(&name) && byline::is_name(&name) {
                article.byline.push(Field::new(name, Basis::Stated, Some(said.line)));
            }
        }
    }
}

/// The dates that the data tell, else those shown above the text.
fn dates(data: &Data, shown: &[Dated<'_>], article: &mut Article) {
    let outcome = publication::decide(shown, None, None, false);
    let told = data.published.iter().find_map(|said| Some((said, day_of(&said.value)?)));
    article.published = match told {
        Some((said, (when, time))) => Published {
            when: Some(when),
            time,
            basis: Basis::Stated,
            clues: vec![format!("`{}` on line {}", said.key, said.line)],
            line: Some(said.line),
        },
        None => outcome.published,
    };
    let told = data.updated.iter().find_map(|said| Some((said, day_of(&said.value)?)));
    article.updated = match told {
        Some((said, value)) => Some(Field::new(value, Basis::Stated, Some(said.line))),
        None => outcome.updated,
    };
}

/// A day as data write it; coarser dates say less than the page.
fn day_of(text: &str) -> Option<(When, Option<Clock>)> {
    if let Ok((when, time)) = read_date(text)
        && when.as_day().is_some()
    {
        return Some((when, time));
    }
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    if digits.len() == 8 || digits.len() == 14 {
        let day = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]);
        return When::parse(&day).map(|when| (when, None));
    }
    // a date in words, or with a zone that no table has
    let head = text.get(..10).and_then(When::parse).filter(|when| when.as_day().is_some());
    if let Some(when) = head {
        return Some((when, None));
    }
    let stamp = crate::clean::stamp::read(text)?;
    let found = stamp.dates.into_iter().next()?;
    match found.reading {
        crate::clean::stamp::Reading::Day(day) => Some((When::day(day), found.time)),
        _ => None,
    }
}

fn tags(data: &Data, article: &mut Article) {
    const MOST: usize = 20;
    const LONGEST: usize = 60;
    let Some(key) = data.tags.first().map(|said| said.key.as_str()) else { return };
    for said in data.tags.iter().filter(|said| said.key == key) {
        for tag in said.value.split(',').map(str::trim) {
            let known = article.tags.iter().any(|field| fold(&field.value) == fold(tag));
            if !tag.is_empty() && tag.len() <= LONGEST && !known && article.tags.len() < MOST {
                article.tags.push(Field::new(tag.to_owned(), Basis::Stated, Some(said.line)));
            }
        }
    }
}

/// Texts of pictures; what stands in for one (`alt`) where nothing is printed under it.
pub(super) fn pictures_and_notes(
    all: &[Judged<'_>],
    decisions: &[Decision],
    article: &mut Article,
) {
    const DESCRIBED: usize = 5;
    for (at, (judged, decision)) in all.iter().zip(decisions).enumerate() {
        let piece = judged.piece;
        let field = |text: &str| Field::new(text.to_owned(), Basis::Stated, Some(piece.lines.0));
        if piece.kind == Kind::Picture {
            let below = all.get(at + 1).map(|next| &next.form);
            let is_captioned = matches!(below, Some(Form::Picture(_)))
                || all.get(at + 1).is_some_and(|next| next.piece.place.caption);
            let is_shown = decision.fate == Fate::Body && judged.words >= DESCRIBED;
            if is_shown && !is_captioned {
                article.captions.push(field(&piece.text));
            }
            continue;
        }
        match decision.fate {
            Fate::Caption | Fate::Credit => {
                let read = picture::read(&piece.text);
                let caption = read.map_or(Some(piece.text.as_str()), |picture| picture.caption);
                article.captions.extend(caption.map(field));
                article.credits.extend(read.and_then(|picture| picture.credit).map(field));
            }
            Fate::Note => article.notes.push(field(&piece.text)),
            _ => {}
        }
    }
}

/// The address without what only says who came from where.
fn without_tracking(url: &str) -> String {
    const NAMES: [&str; 12] = [
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "usg",
        "accountid",
        "cmpid",
        "ocid",
        "ref_src",
    ];
    let url = url.split('#').next().unwrap_or(url);
    let Some((address, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or("").to_ascii_lowercase();
            !name.is_empty() && !name.starts_with("utm_") && !NAMES.contains(&&*name)
        })
        .collect();
    if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) }
}

fn host(url: &str) -> Option<&str> {
    url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()
}

/// Letters and digits in lower case: what two spellings of one title share.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
