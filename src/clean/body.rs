//! Where the article begins and ends, and what inside it is not the article.
//!
//! The body of a clipping is nearly contiguous: prose paragraphs with a few
//! foreign lines among them. [`find`] looks for the stretch that holds the most
//! prose for the least furniture (the best sum over consecutive units);
//! [`judge`] then decides about every unit inside it. Nothing that reads like
//! prose is removed inside the stretch, except by a form that gives it away.
//!
//! Start at [`find`].

use std::ops::Range;

use super::form::{Form, Rule, picture};
use super::line::{self, Ending, Unit};
use super::reason::{self, Reason};
use crate::article::Fate;

/// Whether a rule speaks of nothing but where a line stands.
pub(super) fn is_place(rule: Reason) -> bool {
    [reason::UNLIKE, reason::ABOVE, reason::BETWEEN, reason::BELOW].contains(&rule)
}

/// What becomes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decision {
    /// Its fate.
    pub(super) fate: Fate,
    /// The rule that decided, if any had to.
    pub(super) rule: Option<Reason>,
}

impl Decision {
    pub(super) const BODY: Self = Self { fate: Fate::Body, rule: None };

    pub(super) fn kept(fate: Fate) -> Self {
        Self { fate, rule: None }
    }

    pub(super) fn because(fate: Fate, rule: Reason) -> Self {
        Self { fate, rule: Some(rule) }
    }

    pub(super) fn removed(rule: Reason) -> Self {
        Self { fate: Fate::Removed, rule: Some(rule) }
    }
}

/// How much a unit speaks for the article (positive) or against it.
fn weight(unit: &Unit<'_>, form: &Form<'_>, so_far: i64) -> i64 {
    let words = i64::try_from(unit.shape.words.min(60)).unwrap_or(60);
    // an end sign counts only behind a text it can end
    let ends = |much: i64| if so_far > 120 { -much } else { -6 };
    match form {
        Form::Prose if unit.shape.words >= 8 => words,
        Form::Prose => words / 2,
        Form::Code => 20,
        Form::Item => words / 3,
        Form::Note => 0,
        Form::Short => match (unit.shape.ending, unit.shape.words) {
            (Ending::Sentence, _) => 1,
            (Ending::Colon, _) => -1,
            (Ending::Ellipsis, 12..) => -12,
            _ => -4,
        },
        Form::Picture(_) => -2,
        Form::Outlet(_) => -4,
        Form::Furniture(rule) => match rule {
            Rule::Comments => ends(90),
            Rule::Related => ends(30),
            Rule::Copyright => ends(60),
            Rule::SignOff | Rule::Tags => ends(40),
            Rule::Age => -14,
            Rule::Advert | Rule::Player | Rule::ReadMore | Rule::Share => -4,
            _ => -6,
        },
        Form::Agency(_) => ends(20),
        Form::Stamp(_) | Form::Byline(_) | Form::Announcement | Form::Label(_) => -8,
    }
}

/// What a run of short lines can weigh against what follows it.
const LONGEST_GAP: i64 = 60;

/// The stretch of units that holds the article; empty where nothing reads like
/// one.
pub(super) fn find(units: &[Unit<'_>], forms: &[Form<'_>]) -> Range<usize> {
    let mut best = 0;
    let mut stretch = 0..0;
    let (mut sum, mut start, mut gap) = (0, 0, 0);
    for (index, (unit, form)) in units.iter().zip(forms).enumerate() {
        if sum <= 0 {
            (sum, start, gap) = (0, index, 0);
        }
        let twice = index > 0 && unit.print == units[index - 1].print && unit.shape.words >= 4;
        // teasers print their title on the picture and under it
        let weight = weight(unit, form, sum) - if twice && *form == Form::Short { 12 } else { 0 };
        if weight > 0 && unit.shape.words >= 8 {
            gap = 0;
        } else if (-6..0).contains(&weight) {
            // lists of short lines belong to many articles: only the first of
            // them count
            gap += weight;
            if gap < -LONGEST_GAP {
                continue;
            }
        }
        sum += weight;
        if sum > best {
            best = sum;
            stretch = start..index + 1;
        }
    }
    // a list that ends the article weighs little and belongs to it
    while stretch.end > 0 && stretch.end < units.len() && forms[stretch.end] == Form::Item {
        stretch.end += 1;
    }
    stretch
}

/// Odds below which a unit is not the article's, in hundredths: doubt keeps.
const BAR: i32 = -155;

/// The same for a sentence.
const PROSE_BAR: i32 = -200;

/// Odds above which a line stays that its words alone make furniture.
const SURE: i32 = 100;

/// Keeps to the first guess in a clipping of a few lines: there is hardly anything
/// around a line there that odds could go by.
pub(super) fn trust(forms: &[Form<'_>], guess: &Range<usize>, odds: &mut [i32]) {
    const FEW: usize = 14;
    const TRUST: i32 = 60;
    if forms.len() > FEW {
        return;
    }
    for (at, odds) in odds.iter_mut().enumerate() {
        *odds = if guess.contains(&at) { TRUST.max(*odds) } else { (BAR - 1).min(*odds) };
    }
}

/// The stretch of units with the best sum of `odds`, longer units counting for more;
/// empty where none speaks for an article. Sentences above it with good odds of their
/// own belong to it too.
pub(super) fn stretch(units: &[Unit<'_>], forms: &[Form<'_>], odds: &[i32]) -> Range<usize> {
    const MOST: i32 = 300;
    const LIKELY: i32 = 150;
    let (mut best, mut stretch) = (0, 0..0);
    let (mut sum, mut start) = (0_i64, 0);
    for (index, (unit, odds)) in units.iter().zip(odds).enumerate() {
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        let words = i64::try_from(unit.shape.words.min(60)).unwrap_or(60) + 3;
        sum += i64::from((odds - BAR).clamp(-MOST, MOST)) * words;
        if sum > best {
            best = sum;
            stretch = start..index + 1;
        }
    }
    // tags, stamps and sign-offs at the end are not text, but may be fields
    let is_text =
        |form: &Form<'_>| matches!(form, Form::Prose | Form::Short | Form::Item | Form::Code);
    while stretch.end > stretch.start
        && !is_text(&forms[stretch.end - 1])
        && !units[stretch.end - 1].shape.is_prose()
    {
        stretch.end -= 1;
    }
    // a menu or a gallery may part the first paragraphs from the rest
    let good = |at: &usize| odds[*at] > LIKELY && units[*at].shape.is_prose();
    if let Some(first) = (0..stretch.start).find(good).filter(|_| !stretch.is_empty()) {
        stretch.start = first;
    }
    stretch
}

/// Where `stretch` ends, when what follows a sign of the end is not the article.
///
/// A sign counts only behind enough text, and only where the next paragraphs no
/// longer speak of what the text spoke of. Behind a heading for comments all is
/// readers' prose; a title with a byline and a stamp begins the next article of an
/// endless page.
pub(super) fn cut_tail(units: &[Unit<'_>], forms: &[Form<'_>], stretch: &Range<usize>) -> usize {
    const ENOUGH: usize = 120;
    if !forms[stretch.clone()].iter().any(may_end) {
        return stretch.end;
    }
    let mut vocabulary = line::WordSet::default();
    let mut words = 0;
    let mut cut = stretch.end;
    for index in stretch.clone() {
        let unit = &units[index];
        if forms[index] == Form::Prose && unit.shape.is_prose() {
            words += unit.shape.words;
            add_words(&unit.text, &mut vocabulary);
        }
        if words < ENOUGH {
            continue;
        }
        let rest = index + 1..stretch.end;
        let ends = match &forms[index] {
            Form::Furniture(Rule::Comments) => {
                unit.shape.words <= 9 && !goes_on_at_once(units, forms, &rest)
            }
            Form::Furniture(
                Rule::Related | Rule::Copyright | Rule::Tags | Rule::SignOff | Rule::Footer,
            )
            | Form::Agency(_) => !resumes(units, forms, rest, &vocabulary),
            Form::Short => unit.shape.words >= 4 && begins_article(forms, &rest),
            _ => false,
        };
        if ends {
            cut = index;
            break;
        }
    }
    while cut > stretch.start
        && cut < stretch.end
        && matches!(forms[cut - 1], Form::Short | Form::Furniture(_))
        && units[cut - 1].shape.ending != Ending::Sentence
    {
        cut -= 1;
    }
    cut
}

/// Whether a form can be a sign of the end.
fn may_end(form: &Form<'_>) -> bool {
    matches!(
        form,
        Form::Furniture(
            Rule::Comments
                | Rule::Related
                | Rule::Copyright
                | Rule::Tags
                | Rule::SignOff
                | Rule::Footer
        ) | Form::Agency(_)
            | Form::Byline(_)
            | Form::Announcement
    )
}

/// How much of a paragraph is compared.
const PARAGRAPH: usize = 600;

/// Adds the words of a paragraph.
fn add_words(text: &str, vocabulary: &mut line::WordSet) {
    line::each_long_word(&text[..text.floor_char_boundary(PARAGRAPH)], |word| {
        vocabulary.insert(word);
    });
}

/// Whether one of the next paragraphs shares its words with the text so far.
fn resumes(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    rest: Range<usize>,
    vocabulary: &line::WordSet,
) -> bool {
    const FAR: usize = 40;
    const PARAGRAPHS: usize = 4;
    let next = rest.start..rest.end.min(rest.start + FAR);
    let paragraphs = next.filter(|at| forms[*at] == Form::Prose && units[*at].shape.words >= 12);
    paragraphs.take(PARAGRAPHS).any(|at| shares(&units[at].text, vocabulary))
}

/// Whether enough words of a paragraph stand in the vocabulary.
fn shares(text: &str, vocabulary: &line::WordSet) -> bool {
    let (mut all, mut shared) = (0, 0);
    line::each_long_word(&text[..text.floor_char_boundary(PARAGRAPH)], |word| {
        all += 1;
        shared += usize::from(vocabulary.contains(&word));
    });
    shared * 100 >= all * SHARED_PERCENT
}

/// The end of the body when paragraphs below it are not to be lost: they speak of what
/// it speaks of and are more than a twentieth of it, and no odds speak against them, or
/// not much and no sign of an end parts them from it.
/// Readers' comments, which speak of it too, stay outside.
pub(super) fn regained_end(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    odds: &[i32],
    body: &Range<usize>,
) -> usize {
    /// So close below them an end may be none, and the odds may speak against them a little.
    const CLOSE: usize = 20;
    const LITTLE: i32 = -110;
    /// How far below paragraphs may stand that the odds speak against more.
    const NEAR: usize = 40;
    /// How much they may.
    const FAINT: i32 = -280;
    let least = |at: usize| if at < body.end + CLOSE { LITTLE } else { 0 };
    let akin = akin_below(units, forms, body, |at| odds[at] > least(at));
    let end = akin.and_then(|(_, last)| last).map_or(body.end, |last| last + 1);
    let is_sign = |at: &usize| may_end(&forms[*at]) || matches!(forms[*at], Form::Stamp(_));
    let signed = (end..units.len()).find(is_sign).unwrap_or(units.len());
    let below = end..signed.min(end + NEAR);
    let akin = akin_below(&units[..below.end], forms, &(body.start..end), |at| odds[at] > FAINT);
    akin.and_then(|(_, last)| last).map_or(end, |last| last + 1)
}

/// The whole of a list that `body` is a piece of: an article of nothing but short lines,
/// winners or results, has no prose that odds could tell from menus. What stands next to
/// such lines is the list's until a line of another form ends it.
///
/// `None` where the body is no list.
pub(super) fn whole_list(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: &Range<usize>,
) -> Option<Range<usize>> {
    const FEWEST: usize = 7;
    /// Of a hundred lines of a list so many are no prose.
    const LINES: usize = 85;
    let is_line = |at: &usize| {
        matches!(forms[*at], Form::Short | Form::Item) && !units[*at].shape.is_prose()
            || matches!(forms[*at], Form::Byline(_) | Form::Agency(_))
    };
    let lines = body.clone().filter(is_line).count();
    let headline = headline.filter(|at| *at < body.start)?;
    if lines == 0 || lines * 100 < body.len() * LINES {
        return None;
    }
    let above = (headline + 1..body.start).rev().take_while(is_line).last();
    let below = (body.end..units.len()).take_while(is_line).last();
    let whole = above.unwrap_or(body.start)..below.map_or(body.end, |last| last + 1);
    (whole.len() >= FEWEST).then_some(whole)
}

/// Where a list at the end of `body` ends whose lines begin with numbers (prices, places,
/// results), as those of menus do not: it goes on as long as such lines follow closely.
pub(super) fn numbered_end(units: &[Unit<'_>], forms: &[Form<'_>], body: &Range<usize>) -> usize {
    const TAIL: usize = 20;
    const FEWEST: usize = 8;
    const APART: usize = 20;
    let is_numbered = |at: &usize| {
        matches!(forms[*at], Form::Short | Form::Item)
            && units[*at].shape.words >= 3
            && (units[*at].text.starts_with(|c: char| c.is_ascii_digit())
                || has_price(&units[*at].text))
    };
    if body.is_empty() {
        return body.end;
    }
    let tail = body.end.saturating_sub(TAIL).max(body.start)..units.len().min(body.end + TAIL);
    if tail.filter(is_numbered).count() < FEWEST {
        return body.end;
    }
    let mut end = body.end;
    while let Some(next) = (end..units.len().min(end + APART)).rev().find(is_numbered) {
        end = next + 1;
    }
    end
}

/// Whether a sum of money stands in a line.
fn has_price(text: &str) -> bool {
    let bytes = text.as_bytes();
    // what those marks end with
    memchr::memchr3_iter(b'$', 0xAC, 0xA3, bytes).any(|at| {
        bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && ["$", "€", "£"].iter().any(|mark| bytes[..=at].ends_with(mark.as_bytes()))
    })
}

/// Words of the paragraphs below `body` that were left out and speak of what it
/// speaks of, where they are more than a twentieth of it; readers' comments aside.
pub(super) fn left_out(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    body: &Range<usize>,
    decisions: &[Decision],
) -> Option<usize> {
    let removed = |at: usize| decisions[at].fate == Fate::Removed;
    akin_below(units, forms, body, removed).map(|(words, _)| words)
}

/// Words and the last of the paragraphs below `body` that `count` and share its
/// words, where they are more than a twentieth of both.
fn akin_below(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    body: &Range<usize>,

    counts: impl Fn(usize) -> bool,
) -> Option<(usize, Option<usize>)> {
    const MOST: usize = 20;
    let is_paragraph = |at: &usize| forms[*at] == Form::Prose && units[*at].shape.words >= 12;
    let comments = |at: &usize| forms[*at] == Form::Furniture(Rule::Comments);
    let mut below = (body.end..units.len())
        .take_while(|at| !comments(at))
        .filter(|at| is_paragraph(at) && counts(*at))
        .peekable();
    below.peek()?;
    let mut kept = 0;
    let mut vocabulary = line::WordSet::default();
    for at in body.clone().filter(is_paragraph) {
        kept += units[at].shape.words;
        add_words(&units[at].text, &mut vocabulary);
    }
    let (mut words, mut last) = (0, None);
    for at in below.filter(|at| shares(&units[*at].text, &vocabulary)) {
        words += units[at].shape.words;
        last = Some(at);
    }
    (words * MOST > kept + words).then_some((words, last))
}

/// Words in a hundred that a paragraph of the same article shares with the rest.
const SHARED_PERCENT: usize = 20;

/// Whether three of the next four units are paragraphs: a count of comments among
/// the paragraphs of an article.
fn goes_on_at_once(units: &[Unit<'_>], forms: &[Form<'_>], rest: &Range<usize>) -> bool {
    let next = rest.start..rest.end.min(rest.start + 4);
    next.filter(|at| forms[*at] == Form::Prose && units[*at].shape.words >= 15).count() >= 3
}

/// Whether a byline and a stamp stand right below.
fn begins_article(forms: &[Form<'_>], rest: &Range<usize>) -> bool {
    let below = &forms[rest.start..rest.end.min(rest.start + 5)];
    below.iter().any(|form| matches!(form, Form::Byline(_) | Form::Announcement))
        && below.iter().any(|form| matches!(form, Form::Stamp(stamp) if !stamp.dates.is_empty()))
}

/// Decides about every unit of `stretch`.
pub(super) fn judge(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    odds: &[i32],
    stretch: Range<usize>,
    decisions: &mut [Decision],
) {
    let mut seen = line::Numbers::with_capacity(stretch.len());
    let mut teasers = false;
    for index in stretch.clone() {
        let unit = &units[index];
        let words = unit.shape.words;
        if matches!(forms[index], Form::Prose | Form::Item | Form::Code) && words >= 5 {
            teasers = false;
        }
        let last = index + 4 >= stretch.end;
        let repeated = unit.text.len() > 40 && !seen.add(unit.print);
        decisions[index] = match &forms[index] {
            Form::Prose if repeated && words >= 8 => Decision::removed(reason::REPEAT),
            Form::Prose if words <= 35 && is_caption(units, forms, index) => {
                Decision::because(Fate::Caption, reason::PICTURE_WORDS)
            }
            Form::Short if teasers && words >= 2 && odds[index] < SURE => {
                Decision::removed(Rule::Related.reason())
            }
            Form::Prose if odds[index] < PROSE_BAR => Decision::removed(reason::UNLIKE),
            Form::Item | Form::Short if odds[index] < bar(units, odds, index) => {
                Decision::removed(reason::UNLIKE)
            }
            Form::Prose | Form::Code | Form::Item | Form::Short => Decision::BODY,
            Form::Note => Decision::kept(Fate::Note),
            Form::Picture(picture) => {
                Decision::kept(if picture.caption.is_some() { Fate::Caption } else { Fate::Credit })
            }
            Form::Furniture(rule) => {
                teasers = matches!(rule, Rule::Related | Rule::ReadMore) && words <= 6;
                let note = *rule == Rule::AuthorNote;
                if odds[index] > SURE && unit.shape.is_prose() {
                    Decision::BODY
                } else if rule.is_sure()
                    || note && last
                    || !note && unit.shape.ending != Ending::Sentence
                {
                    Decision::removed(rule.reason())
                } else {
                    Decision::BODY
                }
            }
            Form::Stamp(_) => Decision::because(Fate::Removed, reason::STAMP_INSIDE),
            Form::Label(_) => Decision::removed(reason::STAMP_LABEL),
            Form::Announcement | Form::Byline(_) => Decision::removed(reason::BYLINE_INSIDE),
            Form::Agency(_) => Decision::removed(Rule::SignOff.reason()),
            Form::Outlet(_) => Decision::kept(Fate::Outlet),
        };
    }
}

/// Odds below which a short line goes: less for one that parts two paragraphs of the
/// article, as subheadings do.
fn bar(units: &[Unit<'_>], odds: &[i32], index: usize) -> i32 {
    let is_text = |at: Option<usize>| {
        at.is_some_and(|at| at < units.len() && odds[at] > BAR && units[at].shape.is_prose())
    };
    let parts = is_text(index.checked_sub(1)) && is_text(Some(index + 1));
    if parts { PROSE_BAR } else { BAR }
}

/// Whether a prose unit describes a picture: by its words, and because the text
/// around it goes on without it.
fn is_caption(units: &[Unit<'_>], forms: &[Form<'_>], index: usize) -> bool {
    let text = &units[index].text;
    let single = !text.trim_end_matches('.').contains(". ");
    let goes_on =
        forms.get(index + 1).is_some_and(|form| !matches!(form, Form::Short | Form::Item));
    single && goes_on && picture::describes_picture(text)
}
