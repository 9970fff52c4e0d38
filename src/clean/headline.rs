//! Which line is the headline.
//!
//! Units, their forms and the stretch that holds the body go in; the index of a
//! unit comes out. The headline is not the first line but the line that fits best:
//! it shares words with the text, stands near the byline and the stamp, is printed
//! again elsewhere, and ends no sentence. The weights stand in
//! `weights.txt` and are learnt with those of the text (see [`weigh`]).
//!
//! Entry point: [`find`].

use std::ops::{Range, RangeInclusive};

use super::form::{Form, Rule};
use super::header::is_header_sign;
use super::line::{self, Ending, Unit};
use super::weigh::table::{Look, Weights, index, length_of, share_of, step_of, words_of};
use super::{byline, dateline, weigh};

/// What is known of a clipping when its headline is looked for.
pub(super) struct Scene<'a> {
    pub(super) units: &'a [Unit<'a>],
    pub(super) forms: &'a [Form<'a>],
    /// The stretch found.
    pub(super) body: &'a Range<usize>,
    /// The odds of each unit that it belongs there.
    pub(super) odds: &'a [i32],
}

/// The unit that is the headline, if any fits.
pub(super) fn find(scene: &Scene<'_>, weights: &Weights) -> Option<usize> {
    /// How far a headline may fall behind its standfirst, which has more room for the
    /// words of the text.
    const BEHIND: i32 = 200;
    let mut best: Option<(i32, usize)> = None;
    let mut before: Option<(i32, usize)> = None;
    let mut over = None;
    observe(scene, &mut |index, looks| {
        let score = looks.iter().map(|look| weights.of(*look)).sum();
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
            over = before.filter(|(above, at)| at + 1 == index && above + BEHIND > score);
        }
        before = Some((score, index));
    });
    let (_, index) = best?;
    let over = over.map(|(_, at)| at).filter(|at| is_over(scene, *at, index));
    Some(over.unwrap_or(index))
}

/// The print of the headline at `at` that the byline and the stamp stand under: a player
/// or a gallery may print it again right below them.
pub(super) fn first_print(scene: &Scene<'_>, at: usize) -> usize {
    const NEAR: usize = 12;
    let Scene { units, forms, .. } = *scene;
    let print = |other: &usize| units[*other].shape.print == units[at].shape.print;
    let above = (at.saturating_sub(NEAR)..at).find(print);
    above
        .filter(|above| {
            let mut between = forms[above + 1..at].iter();
            between.clone().any(is_header_sign) && !between.any(|form| *form == Form::Prose)
        })
        .unwrap_or(at)
}

/// Whether the line at `at` is a headline and the one right under it its standfirst:
/// longer, printed nowhere else, and both speak of the same as the text.
fn is_over(scene: &Scene<'_>, at: usize, below: usize) -> bool {
    const WORDS: RangeInclusive<usize> = 4..=16;
    let Scene { units, body, .. } = *scene;
    let (upper, lower) = (&units[at], &units[below]);
    let again = |unit: &Unit<'_>| {
        let same = units.iter().filter(|other| other.shape.print == unit.shape.print);
        same.count() > 1
    };
    WORDS.contains(&upper.shape.words)
        && upper.shape.ending != Ending::Ellipsis
        && !upper.text.ends_with(['–', '-', ':'])
        && lower.shape.words > upper.shape.words
        // in a list of titles each stands over another
        && at.checked_sub(1).is_none_or(|above| {
            scene.forms[above] != Form::Short || units[above].shape.words < *WORDS.start()
        })
        && !again(lower)
        && {
            let vocabulary = vocabulary(units, body);
            let shared = line::long_words(&upper.text).filter(|word| vocabulary.words.hold(*word, at));
            shared.count() >= 2
        }
}

/// Names everything that is to be seen of each line that could be the headline.
pub(super) fn observe(scene: &Scene<'_>, see: &mut impl FnMut(usize, &[usize])) {
    // far enough for the menus above an article
    const REACH: usize = 400;
    let Scene { units, body, .. } = *scene;
    let first = body.start.saturating_sub(REACH);
    let last = if body.is_empty() { REACH.min(units.len()) } else { inside_until(units, body) };
    let vocabulary = vocabulary(units, body);
    let repeats = weigh::repeats(units);
    let mut lead = Lead::default();
    let mut looks = Vec::with_capacity(17);
    for at in first..last {
        if may_be(scene, at, &vocabulary) {
            looks.clear();
            look_at(scene, at, first..last, &vocabulary, &repeats, &mut looks);
            lead.look_from(units, at, &mut looks);
            see(at, &looks);
        }
    }
}

/// How far inside the stretch the headline may stand: behind a few sentences on
/// other things.
fn inside_until(units: &[Unit<'_>], body: &Range<usize>) -> usize {
    const UNITS: usize = 24;
    const WORDS: usize = 120;
    let mut words = 0;
    let near = body.start..body.end.min(body.start + UNITS);
    let end = near.clone().find(|at| {
        words += if units[*at].shape.is_prose() { units[*at].shape.words } else { 0 };
        words > WORDS
    });
    end.unwrap_or(near.end).max(body.start + 2).min(units.len())
}

/// The first paragraphs below a line, as the words they hold.
#[derive(Default)]
struct Lead {
    /// Where the first of them stands; the length of the text for none.
    at: Option<usize>,
    words: line::WordSet,
}

impl Lead {
    /// Names what the lead below the unit at `at` tells of it: lines are asked for in
    /// order, so each lead is read once.
    fn look_from(&mut self, units: &[Unit<'_>], at: usize, looks: &mut Vec<usize>) {
        const PARAGRAPHS: usize = 2;
        const WORDS: usize = 12;
        const PARAGRAPH: usize = 600;
        let is_paragraph = |at: &usize| {
            units[*at].shape.words >= WORDS && units[*at].shape.ending == Ending::Sentence
        };
        if self.at.is_none_or(|lead| lead <= at) {
            let mut paragraphs = (at + 1..units.len()).filter(is_paragraph).peekable();
            self.at = Some(paragraphs.peek().copied().unwrap_or(units.len()));
            self.words.clear();
            for unit in paragraphs.take(PARAGRAPHS).map(|at| &units[at]) {
                let head = &unit.text[..unit.text.floor_char_boundary(PARAGRAPH)];
                self.words.extend(line::long_words(head));
            }
        }
        let (mut all, mut shared) = (0, 0);
        for word in line::long_words(&units[at].text) {
            all += 1;
            shared += usize::from(self.words.contains(&word));
        }
        let length = length_of(units[at].shape.words);
        looks.push(index(Look::TitleLead, &[share_of(shared, all), length]));
        let away = self.at.map_or(0, |lead| lead - at);
        looks.push(index(Look::TitleLeadAway, &[step_of(away)]));
    }
}

/// Whether a line is a question or an exclamation of headline length.
fn is_question(unit: &Unit<'_>) -> bool {
    unit.shape.words <= 16 && unit.text.ends_with(['?', '!', '”', '"', '»', '“'])
}

/// Whether the unit at `at` could be a headline at all.
fn may_be(scene: &Scene<'_>, at: usize, vocabulary: &Vocabulary) -> bool {
    let unit = &scene.units[at];
    let shape = &unit.shape;
    if shape.words < 2 && !(at == 0 && shape.letters > 3)
        || shape.words > 40
        || unit.text.len() > 320
    {
        return false;
    }
    // far inside the text only what a byline or a stamp follows
    if !scene.body.is_empty() && at >= scene.body.start + 2 && !is_signed(scene.forms, at) {
        return false;
    }
    match &scene.forms[at] {
        Form::Short => true,
        Form::Prose if is_question(unit) => true,
        // a sentence that is all the text there is
        Form::Prose if scene.body.contains(&at) && vocabulary.paragraphs <= 1 => false,
        // behind the first line of the text a sentence is the text's
        Form::Prose => at <= scene.body.start && dateline::read(&unit.text).is_none(),
        Form::Furniture(
            Rule::ReadMore
            | Rule::Newsletter
            | Rule::Player
            | Rule::Advert
            | Rule::Shop
            | Rule::Related
            | Rule::Share,
        ) => shape.words >= 6,
        Form::Stamp(stamp) => stamp.rest.iter().any(|rest| rest.split(' ').count() >= 3),
        Form::Picture(_) => shape.words >= 6 && at < scene.body.start,
        Form::Item => at == 0,
        _ => false,
    }
}

/// Whether a byline or a stamp stands right below.
fn is_signed(forms: &[Form<'_>], at: usize) -> bool {
    const NEAR: usize = 4;
    forms[at + 1..].iter().take(NEAR).any(is_header_sign)
}

fn look_at(
    scene: &Scene<'_>,
    at: usize,
    candidates: Range<usize>,
    vocabulary: &Vocabulary,
    repeats: &[usize],
    looks: &mut Vec<usize>,
) {
    const NEAR: usize = 8;
    /// Words of a standfirst or two above it.
    const FEW: usize = 50;
    let Scene { units, forms, body, odds } = *scene;
    let unit = &units[at];
    let shape = &unit.shape;
    let length = length_of(shape.words);
    let group = |at: usize| weigh::group(&units[at], &forms[at]);
    let ending = weigh::ending_of(unit);
    looks.push(index(Look::TitleForm, &[group(at), ending]));
    looks.push(index(Look::TitleShape, &[words_of(shape.words), ending]));
    looks.push(index(Look::TitleCapitals, &[length, share_of(shape.capitalised, shape.words)]));
    looks.push(index(Look::TitleShared, &[vocabulary.share(unit, at), length]));
    looks.push(index(Look::TitlePrinted, &[repeats[at], length]));
    looks.push(index(Look::TitleDepth, &[step_of(at)]));
    let away =
        if at < body.start { [0, step_of(body.start - at)] } else { [1, step_of(at - body.start)] };
    looks.push(index(Look::TitleAway, &away));
    // the stamp and the byline stand under the headline
    let end = units.len().min(at + 1 + NEAR).min(body.start.max(at + 2));
    let signed = (at + 1..end).find(|at| is_header_sign(&forms[*at]));
    looks.push(index(Look::TitleSigned, &[signed.map_or(0, |sign| step_of(sign - at))]));
    let start = at.saturating_sub(NEAR).max(candidates.start);
    // the line under a headline is its standfirst
    let under = (start..at).rev().find(|at| {
        units[*at].shape.words >= 5
            && (forms[*at] == Form::Short || is_question(&units[*at]))
            && masthead(&units[*at].text).is_none()
    });
    looks.push(index(Look::TitleUnder, &[under.map_or(0, |above| step_of(at - above))]));
    let behind = (start..at).rev().find(|at| is_header_sign(&forms[*at]));
    looks.push(index(Look::TitleBehind, &[behind.map_or(0, |sign| step_of(at - sign))]));
    let beside = |at: Option<usize>| match at.filter(|at| *at < units.len()) {
        Some(at) => [group(at), length_of(units[at].shape.words)],
        None => [0, 0],
    };
    looks.push(index(Look::TitleAbove, &beside(at.checked_sub(1))));
    looks.push(index(Look::TitleBelow, &beside(Some(at + 1))));
    looks.push(index(Look::TitleKind, &[kind(units, forms, at, &candidates)]));
    looks.push(index(Look::TitleOdds, &[weigh::coarse_of(odds[at])]));
    let above: usize = (body.start..at)
        .filter(|at| units[*at].shape.is_prose())
        .map(|at| units[at].shape.words)
        .sum();
    let above = usize::from(above > 0) + usize::from(above > FEW);
    looks.push(index(Look::TitleInside, &[above]));
}

/// What else a line may be that looks like a headline.
fn kind(units: &[Unit<'_>], forms: &[Form<'_>], at: usize, candidates: &Range<usize>) -> usize {
    const REACH: usize = 12;
    let text = &units[at].text;
    if masthead(text).is_some() {
        return 1;
    }
    if is_menu(&units[at]) {
        return 2;
    }
    if matches!(forms[at], Form::Picture(_)) {
        return 3;
    }
    // a breadcrumb or a label ends with the headline that stands below it
    let mut above = at.saturating_sub(REACH).max(candidates.start)..at;
    let bare = text.len() >= 15
        && above.any(|above| {
            text.len() < units[above].text.len() && units[above].text.ends_with(&**text)
        });
    if bare { 4 } else { 0 }
}

/// Whether a line is a menu or a forecast on one line: nothing but words in
/// capitals, half of which menus are made of, or temperatures.
fn is_menu(unit: &Unit<'_>) -> bool {
    const FEWEST: usize = 9;
    let words = unit.shape.words;
    let menu = words >= FEWEST
        && unit.shape.capitalised == words
        && unit.shape.capitals < unit.shape.letters
        && unit.text.split_whitespace().filter(|word| byline::is_no_name(word)).count() * 2
            >= words;
    menu || unit.shape.digits > 0 && unit.text.matches('°').count() >= 2
}

/// The first part of a line that only says where on a site the page stands:
/// `The Harbour Wire | North`, `Home > World > Europe`.
pub(super) fn masthead(text: &str) -> Option<&str> {
    const LONGEST: usize = 70;
    const PART: usize = 4;
    // a byte of each mark
    let marked = text.bytes().any(|byte| matches!(byte, b'|' | b'>' | b'/' | 0xBA | 0xBB));
    if text.len() > LONGEST || !marked {
        return None;
    }
    let mark = [" | ", " > ", " » ", " › ", " / "].into_iter().find(|mark| text.contains(mark))?;
    let section = |part: &str| {
        part.split_whitespace().count() <= PART
            && part.starts_with(char::is_uppercase)
            && !part.ends_with(['.', '?', '!'])
            && !part.bytes().any(|byte| byte.is_ascii_digit())
    };
    text.split(mark).all(|part| section(part.trim())).then(|| text.split(mark).next())?
}

/// The long words of the body's first kilobytes.
#[derive(Debug)]
struct Vocabulary {
    words: line::Holders,
    /// How many units are prose.
    paragraphs: usize,
}

impl Vocabulary {
    /// The choice of `SHARES` for the long words that the unit at `at` shares.
    fn share(&self, unit: &Unit<'_>, at: usize) -> usize {
        let (mut all, mut shared) = (0, 0);
        for word in line::long_words(&unit.text) {
            all += 1;
            shared += usize::from(self.words.hold(word, at));
        }
        share_of(shared, all)
    }
}

fn vocabulary(units: &[Unit<'_>], body: &Range<usize>) -> Vocabulary {
    const ENOUGH: usize = 6000;
    let n_bytes = units[body.clone()].iter().map(|unit| unit.text.len()).sum::<usize>();
    let words = line::Holders::of_text(n_bytes.min(ENOUGH));
    let mut vocabulary = Vocabulary { words, paragraphs: 0 };
    let mut read = 0;
    for index in body.clone() {
        let unit = &units[index];
        if unit.shape.is_prose() {
            vocabulary.paragraphs += 1;
            for word in line::long_words(&unit.text[..unit.text.floor_char_boundary(ENOUGH)]) {
                vocabulary.words.add(word, index);
            }
            read += unit.text.len();
        }
        if read > ENOUGH {
            break;
        }
    }
    vocabulary
}
