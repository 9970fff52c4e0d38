//! Which line is the headline.
//!
//! Units, their forms and the stretch that holds the body go in; the index of a
//! unit comes out. The headline is not the first line but the line that fits best:
//! it shares words with the text, stands near the byline and the stamp, is printed
//! again elsewhere, and ends no sentence. The weights are those that got the most
//! headlines of a corpus of pages right.
//!
//! Entry point: [`find`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::form::{Form, Rule};
use super::header::is_header_sign;
use super::line::{self, Ending, Unit};
use super::{byline, dateline};

/// The unit that is the headline, if any fits; `body` is the stretch found.
pub(super) fn find(units: &[Unit<'_>], forms: &[Form<'_>], body: &Range<usize>) -> Option<usize> {
    // far enough for the menus above an article
    const REACH: usize = 400;
    let last = if body.is_empty() { REACH } else { body.start + 2 };
    let candidates = body.start.saturating_sub(REACH)..last.min(units.len());
    let vocabulary = vocabulary(units, body);
    let prints = prints(units);
    let mut best: Option<(f64, usize)> = None;
    for index in candidates {
        let Some(score) = score_of(units, forms, body, index, &vocabulary, &prints) else {
            continue;
        };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    let (_, best) = best?;
    // a breadcrumb or a label ends with the headline that stands below it
    let below = best + 1..last.min(units.len()).min(best + 12);
    let bare = below.into_iter().find(|at| {
        let text = &units[*at].text;
        text.len() >= 15
            && text.len() < units[best].text.len()
            && units[best].text.ends_with(&**text)
    });
    Some(bare.unwrap_or(best))
}

/// Whether a line is a question or an exclamation of headline length.
fn is_question(unit: &Unit<'_>) -> bool {
    unit.shape.words <= 16 && unit.text.ends_with(['?', '!', '”', '"', '»', '“'])
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and units, far below 2^52")]
fn score_of(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    body: &Range<usize>,
    index: usize,
    vocabulary: &Vocabulary,
    prints: &BTreeMap<u64, usize>,
) -> Option<f64> {
    /// Long words below which sharing them all says little.
    const FEW: usize = 3;
    let unit = &units[index];
    let shape = &unit.shape;
    if shape.words < 2 && !(index == 0 && shape.letters > 3)
        || shape.words > 40
        || unit.text.len() > 320
    {
        return None;
    }
    let mut score = match &forms[index] {
        Form::Short => 0.0,
        Form::Prose if is_question(unit) => 0.0,
        // a sentence that is all the text there is
        Form::Prose if body.contains(&index) && vocabulary.paragraphs <= 1 => return None,
        Form::Prose if dateline::read(&unit.text).is_some() => return None,
        Form::Prose => -1.5,
        Form::Furniture(
            Rule::ReadMore
            | Rule::Newsletter
            | Rule::Player
            | Rule::Advert
            | Rule::Shop
            | Rule::Related
            | Rule::Share,
        ) if shape.words >= 6 => -2.5,
        Form::Stamp(stamp) if stamp.rest.iter().any(|rest| rest.split(' ').count() >= 3) => -2.0,
        Form::Item if index == 0 => -1.0,
        _ => return None,
    };
    score += (shape.words.min(8) as f64) * 0.5;
    if shape.words > 16 {
        score -= 0.15 * (shape.words - 16) as f64;
    }
    if unit.text.ends_with('.') && !unit.text.ends_with("...") {
        score -= 1.5;
    }
    if shape.ending == Ending::Ellipsis {
        score -= 1.0;
    }
    if shape.words <= 3 {
        score -= 1.0;
    }
    let words: Vec<u64> = line::long_words(&unit.text).collect();
    if !words.is_empty() {
        let shared = words.iter().filter(|word| vocabulary.holds(**word, index)).count();
        score += 5.0 * shared as f64 / words.len().max(FEW) as f64;
        if shared == 0 && !vocabulary.words.is_empty() {
            score -= 1.5;
        }
    }
    if prints.get(&shape.print).is_some_and(|count| *count > 1) && unit.text.len() > 25 {
        score += 1.0;
    }
    if index == 0 && shape.words >= 4 {
        score += 2.0;
    }
    if masthead(&unit.text).is_some() || is_menu(unit) {
        score -= 5.0;
    }
    // the line under a headline is its standfirst
    let above = index.saturating_sub(3)..index;
    let mut above = above.rev();
    if above.any(|at| {
        units[at].shape.words >= 5
            && (forms[at] == Form::Short || is_question(&units[at]))
            && masthead(&units[at].text).is_none()
    }) {
        score -= 2.0;
    }
    // a few words above a longer line are its kicker
    let longer = |next: &Unit<'_>| {
        next.shape.words >= shape.words + 3 && next.shape.words <= 20 && !next.text.ends_with('.')
    };
    if shape.words <= 5
        && units.get(index + 1).is_some_and(longer)
        && matches!(forms[index + 1], Form::Short | Form::Prose)
    {
        score -= 2.5;
    }
    // the stamp and the byline stand under the headline
    let below = index + 1..units.len().min(index + 9).min(body.start.max(index + 2));
    if below.clone().any(|at| is_header_sign(&forms[at])) {
        score += 2.0;
    }
    let prose_above = (body.start..index).any(|at| units[at].shape.is_prose());
    if prose_above {
        score -= 4.0;
    }
    if index < body.start {
        score -= 0.06 * (body.start - index).min(60) as f64;
    } else if index > body.start {
        score -= 1.5;
    }
    Some(score)
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
#[derive(Debug, Default)]
struct Vocabulary {
    /// Hashes, with the only unit that holds the word, or `None` for several.
    words: line::WordMap<Option<usize>>,
    /// How many units are prose.
    paragraphs: usize,
}

impl Vocabulary {
    /// Whether a unit other than `index` holds `word`: no line speaks for itself.
    fn holds(&self, word: u64, index: usize) -> bool {
        self.words.get(&word).is_some_and(|only| *only != Some(index))
    }
}

fn vocabulary(units: &[Unit<'_>], body: &Range<usize>) -> Vocabulary {
    const ENOUGH: usize = 6000;
    let mut vocabulary = Vocabulary::default();
    let mut read = 0;
    for index in body.clone() {
        let unit = &units[index];
        if unit.shape.is_prose() {
            vocabulary.paragraphs += 1;
            for word in line::long_words(&unit.text[..unit.text.floor_char_boundary(ENOUGH)]) {
                let only = vocabulary.words.entry(word).or_insert(Some(index));
                if *only != Some(index) {
                    *only = None;
                }
            }
            read += unit.text.len();
        }
        if read > ENOUGH {
            break;
        }
    }
    vocabulary
}

fn prints(units: &[Unit<'_>]) -> BTreeMap<u64, usize> {
    let mut prints = BTreeMap::new();
    for unit in units.iter().filter(|unit| (25..260).contains(&unit.text.len())) {
        *prints.entry(unit.shape.print).or_default() += 1;
    }
    prints
}
