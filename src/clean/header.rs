//! What stands around the article: standfirst, byline, stamps, outlet, tags.
//!
//! Units, their forms, the headline and the stretch that holds the body go in;
//! fields and the fates of the units around the body come out. What stands between
//! headline and body is read closely, what stands above and below only where it
//! is near.
//!
//! Start at [`read`].

use std::ops::Range;

use super::body::Decision;
use super::form::{Form, Rule, picture};
use super::line::{Ending, Unit};
use super::stamp::{Found, Label, Reading};
use super::{byline, dateline, reason};
use crate::article::Fate;

/// What the lines around the body state.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    /// Index of the unit above the headline that is its kicker.
    pub(super) kicker: Option<usize>,
    /// Index of the unit that is the standfirst.
    pub(super) standfirst: Option<usize>,
    /// The standfirst again, where it is a sentence with which the text may begin.
    pub(super) opening: Option<usize>,
    /// People, with the index of the unit that names them.
    pub(super) people: Vec<(String, usize)>,
    /// The agency as byline or sign-off.
    pub(super) agency: Option<(&'static str, usize)>,
    /// The outlet.
    pub(super) outlet: Option<(&'a str, usize)>,
    /// A place in front of a date on a line of its own.
    pub(super) place: Option<(&'a str, usize)>,
    /// The dates of all stamps, with the index of the unit.
    pub(super) dates: Vec<(Found, usize)>,
    /// Tags the page states, with the index of the unit.
    pub(super) tags: Vec<(&'a str, usize)>,
}

/// Whether a form tells that the lines above a body stand here.
pub(super) fn is_header_sign(form: &Form<'_>) -> bool {
    matches!(
        form,
        Form::Stamp(_) | Form::Byline(_) | Form::Announcement | Form::Label(_) | Form::Agency(_)
    ) || matches!(form, Form::Furniture(Rule::ReadingTime))
}

/// Words of the longest paragraph that is still taken for a standfirst.
const LONGEST_STANDFIRST: usize = 45;

/// Where the body really begins: behind the byline and the stamp that follow the
/// headline, but never behind a paragraph that only a few lines of furniture part
/// from the rest.
pub(super) fn body_start(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    body: &Range<usize>,
    headline: Option<usize>,
) -> usize {
    const WINDOW: usize = 14;
    let first = headline.map_or(body.start, |index| index + 1);
    let mut start = body.start.max(first).min(body.end);
    // a paragraph above the stretch: too long for a standfirst, or behind the
    // last sign of a header
    if let Some(headline) = headline.filter(|index| *index < body.start) {
        let signed = (headline + 1..body.start).rev().find(|at| is_header_sign(&forms[*at]));
        let lead = (headline + 1..body.start).find(|at| {
            let unit = &units[*at];
            let enough =
                if signed.is_some_and(|sign| sign < *at) { 18 } else { LONGEST_STANDFIRST + 1 };
            forms[*at] == Form::Prose
                && unit.shape.words >= enough
                && unit.shape.ending == Ending::Sentence
        });
        if let Some(lead) = lead.filter(|lead| body.start - lead <= 30) {
            start = lead;
        }
    }
    // a byline or stamp behind one or two sentences: those are the standfirst
    let print = headline.map(|index| units[index].print);
    let mut prose = 0;
    let mut moved = start;
    for at in start..body.end.min(start + WINDOW) {
        let repeat = Some(units[at].print) == print;
        if is_header_sign(&forms[at]) && !matches!(forms[at], Form::Furniture(_)) || repeat {
            moved = at + 1;
        } else if units[at].shape.is_prose() && forms[at] == Form::Prose {
            prose += 1;
            if prose > 2 || units[at].shape.words > LONGEST_STANDFIRST {
                break;
            }
        }
    }
    // the name that an announcement announces
    if moved > start && matches!(forms[moved - 1], Form::Announcement) {
        moved += 1;
    }
    moved.min(body.end)
}

/// Reads the units above the body (and the signs below it) into fields and
/// decides what becomes of them.
pub(super) fn read<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'a>],
    headline: Option<usize>,
    body: &Range<usize>,
    speaks_english: bool,
    decisions: &mut [Decision],
) -> Header<'a> {
    let mut header = Header::default();
    above(units, forms, headline, decisions, &mut header);
    below(units, forms, headline, body, speaks_english, decisions, &mut header);
    inside(units, forms, body, decisions, &mut header);
    after(units, forms, body, decisions, &mut header);
    // above the headline stand the day of printing and the dates of other stories
    let timed = header.dates.iter().any(|(found, _)| found.time.is_some());
    let is_of_printing = |index: usize| matches!(&forms[index], Form::Stamp(stamp) if stamp.is_of_printing(&units[index].text));
    header.dates.sort_by_cached_key(|(_, index)| {
        (headline.is_some_and(|headline| *index < headline), timed && is_of_printing(*index))
    });
    header
}

/// The units above the headline.
fn above<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'a>],
    headline: Option<usize>,
    decisions: &mut [Decision],
    header: &mut Header<'a>,
) {
    let Some(headline) = headline else { return };
    let mut label = None;
    for index in 0..headline {
        decisions[index] = match &forms[index] {
            Form::Stamp(stamp)
                if headline - index <= 6 && !stamp.is_of_printing(&units[index].text) =>
            {
                // sections stand beside a date up here, and the weather
                let outlet = header.outlet;
                let kept = stamp_line(stamp, &units[index].text, index, &mut label, true, header);
                header.outlet = outlet;
                kept
            }
            Form::Byline(byline) if headline - index <= 6 => {
                add_byline(byline, index, header);
                Decision::kept(Fate::Byline)
            }
            Form::Furniture(rule) => Decision::removed(rule.reason()),
            _ => Decision::removed(reason::ABOVE),
        };
    }
    if let Some(index) = headline.checked_sub(1)
        && index <= 2
        && matches!(forms[index], Form::Short)
        && units[index].shape.words <= 5
        && units[index].shape.ending == Ending::Open
    {
        header.kicker = Some(index);
        decisions[index] = Decision::kept(Fate::Kicker);
    }
}

/// Whether the standfirst may as well be the first sentence of the text: nobody can
/// tell, and what is the text must not be lost. One that the text itself repeats is
/// a summary. Asked for English only: elsewhere papers keep the two apart.
fn opens_text(units: &[Unit<'_>], index: usize, body: &Range<usize>) -> bool {
    units[index].shape.is_prose() && !is_summary(units, index, body)
}

/// Whether the first paragraphs of the text begin as the standfirst does, or there are
/// none.
fn is_summary(units: &[Unit<'_>], index: usize, body: &Range<usize>) -> bool {
    const FIRST: usize = 6;
    const ALIKE: usize = 40;
    let unit = &units[index];
    let head = &unit.text[..unit.text.floor_char_boundary(ALIKE)];
    let mut text = units[body.start..body.end.min(body.start + FIRST)].iter();
    body.is_empty() || text.any(|next| next.text.starts_with(head))
}

/// Lets the text begin with its standfirst where that is no sentence but may be the
/// first line all the same: it reads like the text, or leaving it out would cost the
/// text more than a twentieth.
pub(super) fn keep_standfirst(
    units: &[Unit<'_>],
    odds: &[i32],
    body: &Range<usize>,
    header: &mut Header<'_>,
    decisions: &mut [Decision],
) {
    const LIKELY: i32 = -100;
    const MOST: usize = 20;
    let Some(index) = header.standfirst.filter(|_| header.opening.is_none()) else { return };
    let is_kept = |at: &usize| decisions[*at].fate == Fate::Body;
    let words: usize = body.clone().filter(is_kept).map(|at| units[at].shape.words).sum();
    let matters = odds[index] > LIKELY || units[index].shape.words * MOST > words;
    if matters && !is_summary(units, index, body) {
        header.opening = Some(index);
        decisions[index] = Decision::because(Fate::Standfirst, reason::OPENS_THE_TEXT);
    }
}

/// The units between headline and body.
fn below<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'a>],
    headline: Option<usize>,
    body: &Range<usize>,
    speaks_english: bool,
    decisions: &mut [Decision],
    header: &mut Header<'a>,
) {
    let top = headline.unwrap_or(0);
    let title = headline.map(|index| &units[index]);
    let mut announced = false;
    let mut label = None;
    let dated = units.get(body.start).is_some_and(|unit| dateline::read(&unit.text).is_some());
    let mut signed = false;
    let first = headline.map_or(0, |index| index + 1);
    if let Some(headline) = headline {
        decisions[headline] = Decision::kept(Fate::Title);
    }
    for index in first..body.start {
        let unit = &units[index];
        let text: &'a str = &unit.text;
        let words = unit.shape.words;
        let near = index - top <= 60 || body.start - index <= 12;
        signed |= is_header_sign(&forms[index]);
        if title.is_some_and(|title| repeats(title, unit)) {
            if let Some(outlet) = title.and_then(|title| suffix(&title.text, text)) {
                header.outlet.get_or_insert((outlet, index));
            }
            decisions[index] = Decision::removed(reason::REPEATED_HEADLINE);
            continue;
        }
        let announced_now = std::mem::take(&mut announced);
        decisions[index] = match &forms[index] {
            _ if announced_now && words <= 12 && byline::names(unit.raw).is_some() => {
                if let Some(byline) = byline::names(unit.raw) {
                    add_byline(&byline, index, header);
                }
                Decision::kept(Fate::Byline)
            }
            Form::Stamp(stamp) => {
                stamp_line(stamp, &units[index].text, index, &mut label, near, header)
            }
            Form::Label(found) => {
                label = Some(*found);
                Decision::kept(Fate::Stamp)
            }
            Form::Byline(byline) => {
                add_byline(byline, index, header);
                Decision::kept(Fate::Byline)
            }
            Form::Announcement => {
                announced = true;
                Decision::kept(Fate::Byline)
            }
            Form::Agency(name) => {
                header.agency.get_or_insert((name, index));
                Decision::kept(Fate::Byline)
            }
            Form::Picture(_) if header.people.is_empty() && near && gapped_name(unit).is_some() => {
                header.people.extend(gapped_name(unit).map(|name| (name.to_owned(), index)));
                Decision::kept(Fate::Byline)
            }
            Form::Picture(picture) => {
                Decision::kept(if picture.caption.is_some() { Fate::Caption } else { Fate::Credit })
            }
            Form::Note => Decision::kept(Fate::Note),
            Form::Outlet(outlet) => {
                header.outlet.get_or_insert((outlet, index));
                Decision::kept(Fate::Outlet)
            }
            Form::Furniture(rule) => {
                described(*rule, text, index, header);
                Decision::removed(rule.reason())
            }
            Form::Short | Form::Item | Form::Prose
                if words <= if forms[index] == Form::Prose { 5 } else { 9 }
                    && is_author_line(units, forms, index, first, header) =>
            {
                if let Some(byline) = byline::names(byline::bare(unit.raw)) {
                    add_byline(&byline, index, header);
                }
                Decision::kept(Fate::Byline)
            }
            Form::Prose if picture::describes_picture(text) => {
                Decision::because(Fate::Caption, reason::PICTURE_WORDS)
            }
            Form::Short | Form::Prose
                if header.standfirst.is_none()
                    // behind byline and stamp, above a dateline: under a picture
                    && !(dated && signed)
                    && (6..=LONGEST_STANDFIRST).contains(&words)
                    && unit.shape.ending != Ending::Ellipsis
                    && is_under(forms, first, index) =>
            {
                header.standfirst = Some(index);
                if speaks_english && opens_text(units, index, body) {
                    header.opening = Some(index);
                    Decision::because(Fate::Standfirst, reason::OPENS_THE_TEXT)
                } else {
                    Decision::kept(Fate::Standfirst)
                }
            }
            Form::Prose if near => Decision::because(Fate::Caption, reason::SENTENCE_BETWEEN),
            _ => Decision::removed(reason::BETWEEN),
        };
    }
}

/// Whether the stamp at `index` is the story's own wherever it stands: it says
/// `published` or who wrote, or stands beside a byline or the time that reading takes.
fn is_of_this_story(units: &[Unit<'_>], forms: &[Form<'_>], index: usize) -> bool {
    let Form::Stamp(stamp) = &forms[index] else { return false };
    let beside = [index.checked_sub(1), Some(index + 1)];
    let is_signed = beside
        .into_iter()
        .flatten()
        .filter_map(|at| forms.get(at))
        .any(|form| matches!(form, Form::Byline(_) | Form::Furniture(Rule::ReadingTime)));
    let text = &units[index].text;
    let names_writer = ["By ", "Written by "].iter().any(|by| text.starts_with(by));
    is_signed
        || names_writer
        || stamp.dates.iter().any(|found| found.label == Some(Label::Published))
}

/// Stamps and bylines among the first paragraphs, where none stands above them.
fn inside<'a>(
    units: &[Unit<'_>],
    forms: &[Form<'a>],
    body: &Range<usize>,
    decisions: &mut [Decision],
    header: &mut Header<'a>,
) {
    const REACH: usize = 14;
    /// The same for a stamp that says what it is about.
    const FAR: usize = 40;
    /// Paragraphs behind which a date belongs to a story that is linked there.
    const PARAGRAPHS: usize = 2;
    /// Words among which a line under a name says what it does.
    const WORDS: usize = 4;
    /// The same in a sentence, behind name and verb.
    const WRITER: usize = 12;
    let mut label = None;
    let mut prose = 0;
    for index in body.start..body.end.min(body.start + FAR) {
        prose += usize::from(units[index].shape.is_prose());
        let near = index < body.start + REACH;
        let first = near && prose <= PARAGRAPHS;
        match &forms[index] {
            Form::Stamp(stamp)
                if header.dates.is_empty()
                    && !stamp.dates.is_empty()
                    && (first || is_of_this_story(units, forms, index)) =>
            {
                decisions[index] =
                    stamp_line(stamp, &units[index].text, index, &mut label, true, header);
            }
            Form::Label(found) if first && header.dates.is_empty() => {
                label = Some(*found);
                decisions[index] = Decision::kept(Fate::Stamp);
            }
            Form::Byline(byline) if near && header.people.is_empty() => {
                add_byline(byline, index, header);
                decisions[index] = Decision::kept(Fate::Byline);
            }
            Form::Short
                if near
                    && prose == 0
                    && units[index].shape.words <= 9
                    && names_its_writer(&units[index])
                    && is_author_line(units, forms, index, body.start, header) =>
            {
                if let Some(byline) = byline::names(byline::bare(units[index].raw)) {
                    add_byline(&byline, index, header);
                }
                decisions[index] = Decision::kept(Fate::Byline);
            }
            // a name over what its bearer does: `Jane Roe`, `Editor of the Bay Post`
            Form::Short
                if first
                    && header.people.is_empty()
                    && byline::is_name(&units[index].text)
                    && units.get(index + 1).is_some_and(|below| {
                        below.text.split_whitespace().take(WORDS).any(byline::writes)
                    }) =>
            {
                header.people.push((units[index].text.to_string(), index));
                decisions[index] = Decision::kept(Fate::Byline);
            }
            Form::Furniture(Rule::AuthorNote) if first && header.people.is_empty() => {
                let name = byline::described(&units[index].text);
                let writer = units[index].text.split_whitespace().take(WRITER).any(byline::writes);
                if let Some(name) = name.filter(|_| writer) {
                    header.people.push((name.to_owned(), index));
                    decisions[index] = Decision::removed(Rule::AuthorNote.reason());
                }
            }
            _ => {}
        }
    }
}

/// The units below the body: only what still speaks of this article is read.
fn after<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'a>],
    body: &Range<usize>,
    decisions: &mut [Decision],
    header: &mut Header<'a>,
) {
    let mut ended = false;
    let mut tagged = 0;
    for index in body.end..units.len() {
        let near = index - body.end <= 8 && !ended;
        if index < tagged {
            decisions[index] = Decision::kept(Fate::Tags);
            continue;
        }
        decisions[index] = match &forms[index] {
            Form::Furniture(Rule::Tags)
                if header.tags.is_empty() && {
                    tagged = tags(units, forms, index, header);
                    tagged > index
                } =>
            {
                ended = true;
                Decision::kept(Fate::Tags)
            }
            Form::Note if near => Decision::kept(Fate::Note),
            Form::Agency(name) if near => {
                header.agency.get_or_insert((name, index));
                Decision::removed(Rule::SignOff.reason())
            }
            Form::Outlet(outlet) if near => {
                header.outlet.get_or_insert((outlet, index));
                Decision::kept(Fate::Outlet)
            }
            Form::Byline(byline) if near && header.people.is_empty() => {
                add_byline(byline, index, header);
                Decision::kept(Fate::Byline)
            }
            Form::Stamp(stamp) if near && stamp.rest.is_empty() && header.dates.is_empty() => {
                // a month alone heads a calendar there
                let days =
                    stamp.dates.iter().filter(|found| !matches!(found.reading, Reading::Month(..)));
                header.dates.extend(days.map(|found| (found.clone(), index)));
                Decision::kept(Fate::Stamp)
            }
            Form::Furniture(rule) => {
                if near {
                    described(*rule, &units[index].text, index, header);
                }
                ended |= matches!(rule, Rule::Related | Rule::Comments | Rule::Tags);
                Decision::removed(rule.reason())
            }
            Form::Short | Form::Stamp(_) if ended => Decision::removed(reason::RELATED_BELOW),
            _ => Decision::removed(reason::BELOW),
        };
    }
}

/// Reads the tags that the label at `index` announces, on its own line behind a
/// colon or one a line below it; gives the unit after them, or `index` where they
/// do not look like tags.
fn tags<'a>(
    units: &'a [Unit<'_>],
    forms: &[Form<'_>],
    index: usize,
    header: &mut Header<'a>,
) -> usize {
    const MOST: usize = 8;
    const WORDS: usize = 4;
    const LONGEST: usize = 40;
    let looks_like_one = |tag: &str| {
        (1..=WORDS).contains(&tag.split_whitespace().count())
            && (2..=LONGEST).contains(&tag.len())
            && tag.starts_with(|c: char| c.is_alphanumeric() || c == '#')
            && !tag.ends_with(['.', '?', '!', ':', '…'])
    };
    let text: &'a str = &units[index].text;
    let inline = text.split_once(':').map_or("", |(_, rest)| rest.trim());
    let mut found: Vec<(&'a str, usize)> = Vec::new();
    let mut next = index + 1;
    if inline.is_empty() {
        // one a line, and no blank line between two of them
        while next < units.len()
            && matches!(forms[next], Form::Short | Form::Byline(_) | Form::Agency(_))
            && looks_like_one(&units[next].text)
            && (next == index + 1 || units[next].lines.start == units[next - 1].lines.end)
        {
            found.push((&units[next].text, next));
            next += 1;
        }
    } else {
        let all =
            || inline.split([',', ';', '|', '•']).map(str::trim).filter(|tag| !tag.is_empty());
        if all().all(looks_like_one) {
            found.extend(all().map(|tag| (tag, index)));
        }
    }
    if found.is_empty() || found.len() > MOST {
        return index;
    }
    header.tags = found;
    next
}

/// Whether only header lines stand between the headline and the unit at `index`.
fn is_under(forms: &[Form<'_>], first: usize, index: usize) -> bool {
    let foreign = |form: &&Form<'_>| matches!(form, Form::Short | Form::Item | Form::Prose);
    index - first <= 12 && forms[first..index].iter().filter(foreign).count() <= 1
}

/// Reads a stamp and the words beside its dates.
fn stamp_line<'a>(
    stamp: &super::stamp::Stamp<'a>,
    text: &str,
    index: usize,
    label: &mut Option<Label>,
    near: bool,
    header: &mut Header<'a>,
) -> Decision {
    if !near {
        return Decision::removed(reason::BETWEEN);
    }
    let waiting = label.take();
    for found in &stamp.dates {
        let mut found = found.clone();
        found.label = found.label.or(waiting);
        header.dates.push((found, index));
    }
    let mut place = false;
    // `Published 3 March 2021, The Evening Dispatch`
    let published = text.starts_with("Published") || text.starts_with("PUBLISHED");
    for part in &stamp.rest {
        let by = byline::after_by(part);
        let person = by.is_some() || byline::is_name(part) && !published;
        if person && let Some(byline) = byline::names(by.unwrap_or(part)) {
            add_byline(&byline, index, header);
        } else if part.chars().any(char::is_lowercase)
            && part.starts_with(char::is_uppercase)
            && by.is_none()
        {
            let words = part.split_whitespace().count();
            if (1..=6).contains(&words) && part.len() > 3 {
                header.outlet.get_or_insert((part, index));
            }
        } else if part.chars().filter(|c| c.is_alphabetic()).count() >= 3 && stamp.rest.len() == 1 {
            header.place.get_or_insert((part, index));
            place = true;
        }
    }
    Decision::kept(if place { Fate::Dateline } else { Fate::Stamp })
}

fn add_byline(byline: &byline::Byline, index: usize, header: &mut Header<'_>) {
    for name in &byline.people {
        if !header.people.iter().any(|(known, _)| known.to_lowercase() == name.to_lowercase()) {
            header.people.push((name.clone(), index));
        }
    }
    if let Some(agency) = byline.agency {
        header.agency.get_or_insert((agency, index));
    }
}

/// Takes the writer from a note on the author, where no byline names one.
fn described(rule: Rule, text: &str, index: usize, header: &mut Header<'_>) {
    if rule == Rule::AuthorNote
        && header.people.is_empty()
        && let Some(name) = byline::described(text)
    {
        header.people.push((name.to_owned(), index));
    }
}

/// The name before a gap, where only an outlet follows: `Jane Roe   BAY POST`.
fn gapped_name<'a>(unit: &Unit<'a>) -> Option<&'a str> {
    let gap = unit.raw.char_indices().zip(unit.raw.chars().skip(1));
    let gap = gap.into_iter().find(|((_, c), next)| c.is_whitespace() && next.is_whitespace());
    let (name, outlet) = unit.raw.split_at(gap?.0.0);
    let outlet = outlet.trim();
    let fits = byline::is_name(name) && (1..=4).contains(&outlet.split_whitespace().count());
    (fits && !outlet.contains(['/', '©', '(', ':'])).then_some(name)
}

/// Whether a line among the first of the text says by more than its shape that it is
/// a writer's name: by a role, by a gap behind it, or in capitals.
fn names_its_writer(unit: &Unit<'_>) -> bool {
    unit.raw.contains("  ")
        || unit.shape.capitals == unit.shape.letters
        || unit.text.split_whitespace().skip(2).any(byline::is_role)
}

/// Whether a short line is an author's name: it has the shape of one, and the
/// lines beside it say so.
fn is_author_line(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    index: usize,
    first: usize,
    header: &Header<'_>,
) -> bool {
    let text: &str = byline::bare(units[index].raw);
    let known = header.people.iter().any(|(name, _)| name == text);
    if known {
        return true;
    }
    // over the credit of a picture stands whom it shows
    let shown =
        matches!(forms.get(index + 1), Some(Form::Picture(below)) if below.caption.is_none());
    if shown || byline::names(text).is_none_or(|byline| byline.people.is_empty()) {
        return false;
    }
    // one of several, each on a line of its own
    let continues = header.people.last().is_some_and(|(_, last)| {
        let joined = units[*last].raw.trim_end().ends_with([',', '&', ';']);
        index - last == 1 || index - last == 2 && joined
    });
    let names_role = text.split_whitespace().next_back().is_some_and(byline::is_role);
    if continues && byline::is_name(text) && !names_role {
        return true;
    }
    if text.split_whitespace().skip(2).any(byline::is_role) {
        return true;
    }
    // a gap or an address parts the name from its outlet
    let raw = units[index].raw;
    let parted = raw.contains("  ") || raw.contains(['\u{a0}', '@', '|']) || raw.ends_with(" ago");
    let alone = byline::is_name(text) && index - first <= 8;
    if header.people.is_empty() && (parted || alone) {
        return true;
    }
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| forms.get(at).zip(units.get(at))).is_some_and(|(form, unit)| match form {
            Form::Stamp(_) | Form::Label(_) | Form::Agency(_) => true,
            Form::Short => {
                unit.text.split_whitespace().any(byline::is_role) && unit.shape.words <= 8
            }
            Form::Furniture(rule) => {
                matches!(rule, Rule::ReadingTime | Rule::AuthorNote | Rule::Age)
            }
            _ => false,
        })
    };
    header.people.is_empty() && (neighbour(index.checked_add(1)) || neighbour(index.checked_sub(1)))
}

/// Whether `unit` prints the headline again, perhaps with the outlet behind it.
pub(super) fn repeats(title: &Unit<'_>, unit: &Unit<'_>) -> bool {
    if title.print == unit.print && title.shape.letters > 6 {
        return true;
    }
    unit.shape.words <= title.shape.words + 6 && suffix(&title.text, &unit.text).is_some()
}

/// The outlet that `text` adds to `title`: `Title - Outlet`, `Title | Outlet`.
pub(super) fn suffix<'a>(title: &str, text: &'a str) -> Option<&'a str> {
    let rest = text.strip_prefix(title)?;
    let outlet = [" - ", " | ", " – ", " — ", " :: "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))?
        .trim();
    (!outlet.is_empty() && outlet.split_whitespace().count() <= 5).then_some(outlet)
}
