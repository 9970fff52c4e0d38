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
use super::line::{Ending, Reach, Unit, UnitWords};
use super::weigh::table::{Look, Weights, index, length_of, share_of, step_of, words_of};
use super::{byline, dateline, weigh};

/// What is known of a clipping when its headline is looked for.
pub(super) struct Scene<'a> {
    pub(super) units: &'a [Unit<'a>],
    pub(super) forms: &'a [Form<'a>],
    /// The long words of the units.
    words: &'a UnitWords,
    /// The stretch found.
    pub(super) body: &'a Range<usize>,
    /// The odds of each unit that it belongs there.
    pub(super) odds: &'a [i32],
    /// The words of the stretch.
    vocabulary: Vocabulary,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        units: &'a [Unit<'a>],
        forms: &'a [Form<'a>],
        words: &'a UnitWords,
        body: &'a Range<usize>,
        odds: &'a [i32],
    ) -> Self {
        Self { units, forms, words, body, odds, vocabulary: vocabulary(units, words, body) }
    }
}

/// The unit that is the headline, if any fits.
pub(super) fn find(scene: &Scene<'_>, weights: &Weights) -> Option<usize> {
    let mut scores: Vec<(i32, usize)> = Vec::new();
    observe(scene, &mut |index, looks| {
        scores.push((looks.iter().map(|look| weights.of(*look)).sum(), index));
    });
    let first_best =
        |best: (i32, usize), next: &(i32, usize)| if next.0 > best.0 { *next } else { best };
    let best = scores.iter().fold(*scores.first()?, first_best);
    let other = over(scene, &scores, best).or_else(|| above_text(scene, &scores, best.1));
    Some(other.unwrap_or(best.1))
}

/// The signed line over the one at `at`, where that is a sentence which the page prints
/// once: a summary or a caption says what the text says, too, and is no headline.
fn above_text(scene: &Scene<'_>, scores: &[(i32, usize)], at: usize) -> Option<usize> {
    const WORDS: RangeInclusive<usize> = 3..=20;
    const FEWEST: usize = 12;
    /// How far above it the headline may stand.
    const REACH: usize = 24;
    /// Within so many lines it is signed.
    const SIGNED: usize = 2;
    let Scene { units, forms, .. } = scene;
    let unit = &units[at];
    let again = || units.iter().filter(|other| other.print == unit.print).count() > 1;
    if unit.shape.words < FEWEST || !unit.text.ends_with('.') || again() {
        return None;
    }
    let is_signed = |line: usize| forms[line + 1..].iter().take(SIGNED).any(is_header_sign);
    let is_headline = |line: &usize| {
        let shape = &units[*line].shape;
        forms[*line] == Form::Short
            && WORDS.contains(&shape.words)
            && shape.ending == Ending::Open
            && is_signed(*line)
    };
    let above = scores.iter().rev().map(|(_, line)| *line).filter(|line| *line < at);
    above.take_while(|line| line + REACH >= at).find(is_headline)
}

/// The headline over the line that scored best, where that is its standfirst, which has
/// more room for the words of the text.
fn over(scene: &Scene<'_>, scores: &[(i32, usize)], best: (i32, usize)) -> Option<usize> {
    /// How far a headline may fall behind its standfirst.
    const BEHIND: i32 = 50;
    /// The same where that ends as headlines do not.
    const BEHIND_SENTENCE: i32 = 150;
    /// How far a headline may stand above it then.
    const REACH: usize = 8;
    let (most, below) = best;
    let is_sentence = scene.units[below].text.ends_with('.') && scene.units[below].shape.words >= 6;
    let (behind, reach) = if is_sentence { (BEHIND_SENTENCE, REACH) } else { (BEHIND, 2) };
    let above = scores.iter().rev().filter(|(_, at)| *at < below && at + reach >= below);
    // the first sentence of a text is no headline where a line stands right over it
    let is_line = |(_, at): &&(i32, usize)| {
        let unit = &scene.units[*at];
        at + 1 == below && unit.shape.words >= 3 && unit.shape.ending == Ending::Open
    };
    if let Some((_, at)) = above.clone().find(is_line)
        && is_sentence
        && scene.body.contains(&below)
    {
        return Some(*at);
    }
    let fits = |(score, at): &&(i32, usize)| score + behind > most && is_over(scene, *at, below);
    above.filter(fits).max().map(|(_, at)| *at)
}

/// The print of the headline at `at` that the byline and the stamp stand under: a player
/// or a gallery may print it again right below them.
pub(super) fn first_print(scene: &Scene<'_>, at: usize) -> usize {
    const NEAR: usize = 12;
    let Scene { units, forms, .. } = *scene;
    let print = |other: &usize| units[*other].print == units[at].print;
    let above = (at.saturating_sub(NEAR)..at).find(print);
    above
        .filter(|above| {
            let mut between = forms[above + 1..at].iter();
            between.clone().any(is_header_sign) && !between.any(|form| *form == Form::Prose)
        })
        .unwrap_or(at)
}

/// The unit that prints the headline at `at` best: a kicker that is set above it stands
/// in the same line without a mark, and behind a colon where the page names itself.
pub(super) fn with_colon(units: &[Unit<'_>], at: usize) -> usize {
    let unit = &units[at];
    let colons = |unit: &Unit<'_>| unit.text.matches(": ").count();
    let own = colons(unit);
    let is_better = |other: &Unit<'_>| other.print == unit.print && colons(other) == own + 1;
    units.iter().position(is_better).unwrap_or(at)
}

/// What the subject of a mail is, where `text` is the line that says so.
pub(super) fn subject(text: &str) -> Option<&str> {
    const FIELDS: [&str; 6] =
        ["Subject: ", "Betreff: ", "Objet : ", "Objet: ", "Asunto: ", "Oggetto: "];
    FIELDS.iter().find_map(|field| text.strip_prefix(field))
}

/// The section that the line at `at` begins with, `Culture : `, and the headline behind it,
/// where that is printed alone elsewhere.
pub(super) fn behind_section<'a>(units: &'a [Unit<'_>], at: usize) -> Option<(&'a str, &'a str)> {
    const MARKS: [&str; 4] = [" : ", " > ", " » ", " › "];
    const SECTION: usize = 2;
    let text: &str = &units[at].text;
    // a byte of each mark
    memchr::memchr3(b':', b'>', 0xC2, text.as_bytes())
        .or_else(|| memchr::memchr(0xE2, text.as_bytes()))?;
    let parts = MARKS.iter().filter_map(|mark| text.split_once(mark));
    parts
        .filter(|(section, _)| section.split_whitespace().count() <= SECTION)
        .find(|(_, headline)| units.iter().any(|other| other.text == *headline))
}

/// Whether the line at `at` is a headline and the one right under it its standfirst:
/// longer, printed nowhere else, and both speak of the same as the text.
fn is_over(scene: &Scene<'_>, at: usize, below: usize) -> bool {
    const WORDS: RangeInclusive<usize> = 4..=20;
    let Scene { units, vocabulary, .. } = scene;
    let (upper, lower) = (&units[at], &units[below]);
    let again = |unit: &Unit<'_>| {
        let same = units.iter().filter(|other| other.print == unit.print);
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
            let words = scene.words.head(at).iter();
            words.filter(|word| vocabulary.held(**word, at) > 0).count() >= 2
        }
}

/// Names everything that is to be seen of each line that could be the headline.
pub(super) fn observe(scene: &Scene<'_>, see: &mut impl FnMut(usize, &[usize])) {
    // far enough for the menus above an article
    const REACH: usize = 400;
    let Scene { units, body, vocabulary, .. } = scene;
    let first = body.start.saturating_sub(REACH);
    let last = if body.is_empty() { REACH.min(units.len()) } else { inside_until(units, body) };
    let repeats = weigh::repeats(units);
    let mut lead = Lead::new(scene);
    let candidates: Vec<Candidate> = (first..last)
        .filter(|at| may_be(scene, *at, vocabulary))
        .map(|at| Candidate::new(scene, at, &mut lead))
        .collect();
    let mut holders = vec![0; scene.words.n_different()];
    for word in candidates.iter().flat_map(|candidate| &candidate.words) {
        holders[word.number] += 1;
    }
    let said: Vec<[usize; 2]> = candidates.iter().map(|one| one.said(&holders)).collect();
    let most = |of: usize| said.iter().map(|said| said[of]).max().unwrap_or(0);
    let most = [most(0), most(1)];
    let mut looks = Vec::with_capacity(18);
    for (candidate, said) in candidates.iter().zip(&said) {
        let at = candidate.at;
        looks.clear();
        look_at(scene, at, first..last, &repeats, &mut looks);
        let length = length_of(units[at].shape.words);
        let shared = |is: fn(&&Word) -> bool| {
            [share_of(candidate.words.iter().filter(is).count(), candidate.words.len()), length]
        };
        looks.push(index(Look::TitleShared, &shared(|word| word.held > 0)));
        looks.push(index(Look::TitleLead, &shared(|word| word.is_of_lead)));
        looks.push(index(Look::TitleText, &[weigh::part_of(said[0], most[0])]));
        looks.push(index(Look::TitleLeadMost, &[weigh::part_of(said[1], most[1])]));
        see(at, &looks);
    }
}

/// A line that could be the headline, and its long words.
struct Candidate {
    at: usize,
    words: Vec<Word>,
}

/// A long word of a line.
struct Word {
    number: usize,
    /// How many other units of the text hold it.
    held: usize,
    /// Whether the first paragraphs below the line hold it.
    is_of_lead: bool,
}

impl Candidate {
    fn new(scene: &Scene<'_>, at: usize, lead: &mut Lead) -> Self {
        lead.read_below(scene, at);
        // no line that may be a headline is longer than a head
        let words = scene.words.head(at).iter().map(|word| Word {
            number: *word as usize,
            held: scene.vocabulary.held(*word, at),
            is_of_lead: lead.holds(*word),
        });
        Self { at, words: words.collect() }
    }

    /// How much of what the text is about the line says, and of what the lead below it
    /// is about. A word counts for more the more of the text holds it, and for less the
    /// more of the lines do: those of a menu say something of every text.
    fn said(&self, holders: &[usize]) -> [usize; 2] {
        /// What a word is worth by the number of units that hold it.
        const WORTH: [usize; 6] = [0, 60, 90, 110, 120, 130];
        const MOST_HOLDERS: usize = 6;
        let mut said = [0; 2];
        for word in &self.words {
            let holders = holders[word.number].clamp(1, MOST_HOLDERS);
            let worth = WORTH[word.held.min(WORTH.len() - 1)] / holders;
            said[0] += worth;
            said[1] += if word.is_of_lead { worth } else { 0 };
        }
        said
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
struct Lead {
    /// Where the first of them stands; the length of the text for none.
    at: Option<usize>,
    /// For each word the lead that held it last, counted from 1.
    words: Vec<u32>,
    count: u32,
}

impl Lead {
    fn new(scene: &Scene<'_>) -> Self {
        Self { at: None, words: vec![0; scene.words.n_different()], count: 0 }
    }

    /// Reads the lead below the unit at `at`: lines are asked for in order, so each lead
    /// is read once.
    fn read_below(&mut self, scene: &Scene<'_>, at: usize) {
        const PARAGRAPHS: usize = 2;
        const WORDS: usize = 12;
        let Scene { units, words, .. } = scene;
        let is_paragraph = |at: &usize| {
            units[*at].shape.words >= WORDS && units[*at].shape.ending == Ending::Sentence
        };
        if self.at.is_none_or(|lead| lead <= at) {
            let mut paragraphs = (at + 1..units.len()).filter(is_paragraph).peekable();
            self.at = Some(paragraphs.peek().copied().unwrap_or(units.len()));
            self.count += 1;
            for at in paragraphs.take(PARAGRAPHS) {
                words.each(at, Reach::Paragraph, |word| self.words[word as usize] = self.count);
            }
        }
    }

    /// Whether the lead read last holds `word`.
    fn holds(&self, word: u32) -> bool {
        self.words[word as usize] == self.count
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
        || unit.text.ends_with(" ago")
    {
        return false;
    }
    // `From:` of a mail, `Contact` of a page
    if has_mail_address(&unit.text) {
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

/// Whether a text holds an address of mail, which no headline does: a name, `@` and a host.
fn has_mail_address(text: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'@', bytes).any(|at| {
        let host = text[at + 1..].split(|c: char| c.is_whitespace() || c == '>').next();
        at > 0 && is_part(bytes.get(at - 1)) && host.is_some_and(|host| host.contains('.'))
    })
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
    repeats: &[usize],
    looks: &mut Vec<usize>,
) {
    const NEAR: usize = 8;
    /// Words of a standfirst or two above it.
    const FEW: usize = 50;
    let Scene { units, forms, body, odds, .. } = *scene;
    let unit = &units[at];
    let shape = &unit.shape;
    let length = length_of(shape.words);
    let group = |at: usize| weigh::group(&units[at], &forms[at]);
    let ending = weigh::ending_of(unit);
    looks.push(index(Look::TitleForm, &[group(at), ending]));
    looks.push(index(Look::TitleShape, &[words_of(shape.words), ending]));
    looks.push(index(Look::TitleCapitals, &[length, share_of(shape.capitalised, shape.words)]));
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
    let two = |at: usize| if at < units.len() { group(at) } else { 0 };
    looks.push(index(Look::TitleTwoBelow, &[two(at + 1), two(at + 2)]));
    looks.push(index(Look::TitleNext, &[forms.get(at + 1).map_or(0, weigh::form_of)]));
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
    if bare {
        return 4;
    }
    let below = at + 1..units.len().min(at + 1 + REACH);
    let holds = below.into_iter().any(|below| {
        let other = &units[below].text;
        other.len() >= 15 && other.len() < text.len() && text.ends_with(&**other)
    });
    if holds { 5 } else { 0 }
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
    /// For each word the last unit that holds it, and how many do.
    words: Vec<(u32, u32)>,
    /// How many units are prose.
    paragraphs: usize,
}

impl Vocabulary {
    /// How many units other than `index` hold `word`: no line speaks for itself.
    fn held(&self, word: u32, index: usize) -> usize {
        match self.words[word as usize] {
            (last, 1) => usize::from(last as usize != index),
            (_, count) => count as usize,
        }
    }
}

fn vocabulary(units: &[Unit<'_>], words: &UnitWords, body: &Range<usize>) -> Vocabulary {
    const ENOUGH: usize = Reach::MOST;
    let mut vocabulary = Vocabulary { words: vec![(0, 0); words.n_different()], paragraphs: 0 };
    let mut read = 0;
    for index in body.clone() {
        let unit = &units[index];
        if unit.shape.is_prose() {
            vocabulary.paragraphs += 1;
            let number = u32::try_from(index).unwrap_or(u32::MAX);
            words.each(index, Reach::Text, |word| {
                let (last, count) = &mut vocabulary.words[word as usize];
                if *count == 0 || *last != number {
                    (*last, *count) = (number, *count + 1);
                }
            });
            read += unit.text.len();
        }
        if read > ENOUGH {
            break;
        }
    }
    vocabulary
}

#[cfg(test)]
mod tests {
    use super::super::form;
    use super::super::line::{split, units};
    use super::super::mend::Mending;
    use super::*;

    /// Does `look` with the scene that the lines of `text` make, all of them its body.
    fn with_scene<T>(text: &str, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        let lines = split(text, Mending { plain: true, quotes: true });
        let units = units(&lines, 0);
        let forms: Vec<Form<'_>> = units.iter().map(form::recognise).collect();
        let (body, odds) = (0..units.len(), vec![0; units.len()]);
        look(&Scene::new(&units, &forms, &UnitWords::of(&units), &body, &odds))
    }

    #[test]
    fn a_summary_that_scores_best_gives_way_to_the_signed_line_above_it() {
        const SUMMARY: &str = "The price of a crossing fell for the third month in a row, the harbour office said on Tuesday.";
        let with = |above: &str, below: &str| format!("{above}\nShare this\n{SUMMARY}\n{below}");
        let signed = "The ferry gets cheaper\nBy Mara Lindqvist\n3 May 2022";
        for (text, expected) in [
            (with(signed, ""), Some(0)),
            // nobody signed it
            (with("The ferry gets cheaper\nMore from the harbour", ""), None),
            // what is printed twice is a headline, sentence or not
            (with(signed, SUMMARY), None),
        ] {
            let found = with_scene(&text, |scene| {
                let at = scene.units.iter().position(|unit| unit.text == SUMMARY).unwrap();
                let scores: Vec<(i32, usize)> = (0..scene.units.len()).map(|at| (0, at)).collect();
                above_text(scene, &scores, at)
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_line_with_an_address_of_mail_is_no_headline() {
        for (text, expected) in [
            ("From: Harbour Alerts <alerts@harbour.example>", true),
            ("Write to desk@bay.example with your tide tables", true),
            ("What @harbour said of the crane.", false),
            ("Five goats @ nine in the morning", false),
            ("Harbour opens", false),
        ] {
            assert_eq!(has_mail_address(text), expected, "{text}");
        }
    }

    #[test]
    fn a_section_before_the_headline_is_told_from_it_by_the_headline_alone() {
        let whole = "Culture : The island that reads aloud";
        let alone = format!("{whole}\nSome text.\nThe island that reads aloud");
        let found = |text: &str| {
            with_scene(text, |scene| {
                behind_section(scene.units, 0)
                    .map(|(section, headline)| format!("{section} | {headline}"))
            })
        };
        assert_eq!(found(&alone).as_deref(), Some("Culture | The island that reads aloud"));
        assert_eq!(found(whole), None);
        let long = alone.replacen("Culture", "What we read this week", 1);
        assert_eq!(found(&long), None);
    }
}
