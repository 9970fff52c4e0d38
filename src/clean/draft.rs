//! What each unit of a clipping is: the decisions, before anything is written.
//!
//! Units and forms go in, with what else is known ([`Knowledge`]); the headline, the
//! stretch of the body, the fields around it and a fate for every unit come out.
//! A line that stands in other stories of its outlet loses odds, the more the more
//! often it stands there; a sentence loses few, because background is repeated in
//! good faith.
//!
//! Entry point: [`draft`].

use std::ops::{Range, RangeInclusive};

use super::body::{self, Decision};
use super::doubt::{self, Sentence};
use super::form::Form;
use super::header::{self, Header};
use super::line::{Ending, Line, Unit, UnitWords};
use super::recurrence::{Often, Recurrence};
use super::weigh::table::Weights;
use super::{dateline, headline, outlet, reason, weigh};
use crate::article::Fate;

/// What is known beside the clipping itself.
#[derive(Clone, Copy)]
pub(super) struct Knowledge<'a> {
    /// What every observation is worth.
    pub(super) weights: &'a Weights,
    /// Which of its lines stand in other stories of its outlet.
    pub(super) recurrence: &'a Recurrence,
    /// The language of the text, where it can be told.
    pub(super) language: Option<&'static str>,
    /// Whether the text goes on behind these lines, and its article with it.
    pub(super) goes_on: bool,
}

/// What was decided about the units.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// What each unit is, by its form alone.
    pub(super) forms: &'a [Form<'a>],
    pub(super) headline: Option<usize>,
    pub(super) body: Range<usize>,
    pub(super) decisions: Vec<Decision>,
    pub(super) header: Header<'a>,
    /// Words behind the body that speak of the same, where they are many.
    pub(super) left_out: Option<usize>,
}

/// Decides about every unit, as they were `weighed`. `title` is the headline that the
/// owner states.
pub(super) fn draft<'a>(
    units: &'a [Unit<'_>],
    forms: &'a [Form<'a>],
    words: &UnitWords,
    weighed: Weighed,
    title: Option<&str>,
    knowledge: Knowledge<'_>,
) -> Draft<'a> {
    let mut decisions = vec![Decision::removed(reason::OUTSIDE); units.len()];
    let Weighed { mut odds, recurring, found } = weighed;
    let headline = if let Some(title) = title {
        stated_headline(units, &found, title)
    } else {
        let scene = headline::Scene::new(units, forms, words, &found, &odds);
        headline::find(&scene, knowledge.weights).map(|at| headline::first_print(&scene, at))
    };
    let start = header::body_start(units, forms, &found, headline);
    let start = standfirst_end(units, forms, headline, start..found.end);
    let start = dateline_paragraph(units, forms, start..found.end).unwrap_or(start);
    let mut body = start..found.end.max(start);
    body.end = body::cut_tail(units, forms, &body);
    body.end = body::regained_end(units, forms, &odds, &body);
    let numbered = body.end..body::numbered_end(units, forms, &body);
    odds[numbered.clone()].iter_mut().for_each(|odds| *odds = (*odds).max(0));
    body.end = numbered.end;
    if let Some(whole) = body::whole_list(units, forms, headline, &body) {
        odds[whole.clone()].iter_mut().for_each(|odds| *odds = (*odds).max(0));
        body = whole;
    }
    if knowledge.goes_on {
        body.end = units.len();
    }
    if found.is_empty() {
        body = headline.map_or(0..0, |index| index + 1..index + 1);
    }
    body::judge(units, forms, &odds, body.clone(), &mut decisions);
    let speaks_english = knowledge.language.is_none_or(|language| language == "en");
    let mut header = header::read(units, forms, headline, &body, speaks_english, &mut decisions);
    if speaks_english {
        header::keep_standfirst(units, &odds, &body, &mut header, &mut decisions);
    }
    recurring.name(&mut header, &mut decisions);
    if header.outlet.is_none() {
        header.outlet = outlet::find(units, forms, headline, &body);
    }
    keep_openings_of_lists(units, forms, &body, &mut decisions);
    keep_subheadings(units, &recurring, &body, &mut decisions);
    body.start = keep_in_doubt(units, &odds, headline, &body, &mut decisions);
    let left_out = body::left_out(units, forms, &body, &decisions);
    Draft { forms, headline, body, decisions, header, left_out }
}

/// How much each unit reads like the article, and the stretch that holds it.
pub(super) struct Weighed {
    odds: Vec<i32>,
    recurring: Recurring,
    found: Range<usize>,
}

/// Weighs every unit.
pub(super) fn weighed(
    lines: &[Line<'_>],
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    words: &UnitWords,
    knowledge: Knowledge<'_>,
) -> Weighed {
    let guess = body::find(units, forms);
    let mut odds = weigh::weigh(units, forms, words, &guess, knowledge.weights);
    body::trust(forms, &guess, &mut odds);
    let recurring = recurring(lines, units, knowledge.recurrence);
    recurring.lower(units, &mut odds);
    let found = body::stretch(units, forms, &odds);
    Weighed { odds, recurring, found }
}

/// Decides about the units of `own`, a section of the article of a text that is longer
/// than any: those around them are only looked at. A section in which nothing reads like
/// an article is none of it.
pub(super) fn inside(
    lines: &[Line<'_>],
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    own: Range<usize>,
    knowledge: Knowledge<'_>,
) -> Vec<Decision> {
    let below = |form: &Form<'_>| match form {
        Form::Furniture(rule) => Decision::removed(rule.reason()),
        _ => Decision::removed(reason::BELOW),
    };
    let mut decisions: Vec<Decision> = forms.iter().map(below).collect();
    let words = UnitWords::of(units);
    let Weighed { odds, recurring, found } = weighed(lines, units, forms, &words, knowledge);
    let mut body = own;
    if found.start >= body.end || found.end <= body.start {
        return decisions;
    }
    if !knowledge.goes_on {
        body.end = body.end.min(found.end);
        body.end = body::cut_tail(units, forms, &body);
        body.end = body::regained_end(units, forms, &odds, &body);
        body.end = body::numbered_end(units, forms, &body);
    }
    body::judge(units, forms, &odds, body.clone(), &mut decisions);
    recurring.name_removals(&mut decisions);
    keep_openings_of_lists(units, forms, &body, &mut decisions);
    keep_subheadings(units, &recurring, &body, &mut decisions);
    keep_in_doubt(units, &odds, None, &body, &mut decisions);
    decisions
}

/// Keeps a line that ends with a colon over a list of the article's, however little it
/// reads like a sentence.
fn keep_openings_of_lists(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    body: &Range<usize>,
    decisions: &mut [Decision],
) {
    const NUMBERED: usize = 2;
    let is_item = |at: usize| forms[at] == Form::Item || weigh::row_of(&units[at]) == NUMBERED;
    for at in body.start..body.end.saturating_sub(1) {
        if decisions[at] == Decision::removed(reason::UNLIKE)
            && units[at].shape.ending == Ending::Colon
            && decisions[at + 1].fate == Fate::Body
            && is_item(at + 1)
        {
            decisions[at] = Decision::BODY;
        }
    }
}

/// Keeps lines that read little like the article where it may have subheadings and lists:
/// those of a few words, printed once, right over a paragraph that stays or in a gap
/// that is not long. Among titles of other stories, which come in rows, are few of them.
fn keep_subheadings(
    units: &[Unit<'_>],
    recurring: &Recurring,
    body: &Range<usize>,
    decisions: &mut [Decision],
) {
    const OVER: RangeInclusive<usize> = 3..=14;
    const AMONG: RangeInclusive<usize> = 4..=12;
    /// Lines of a gap that is not long.
    const GAP: usize = 4;
    let stays = |decisions: &[Decision], at: usize| decisions[at].fate == Fate::Body;
    let mut likely = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let parts = |at: &usize| !stays(decisions, *at) && !units[*at].shape.is_prose();
        let gap = at..(at..body.end).find(|at| !parts(at)).unwrap_or(body.end);
        at = gap.end + 1;
        let is_over = gap.end < body.end && stays(decisions, gap.end);
        likely.extend(gap.clone().filter(|line| {
            let words = &units[*line].shape.words;
            decisions[*line] == Decision::removed(reason::UNLIKE)
                && recurring.often(*line).is_none()
                && (gap.len() <= GAP && AMONG.contains(words)
                    || is_over && line + 1 == gap.end && OVER.contains(words))
        }));
    }
    if likely.is_empty() {
        return;
    }
    let repeats = weigh::repeats(units);
    for line in likely.into_iter().filter(|line| repeats[*line] == 0) {
        decisions[line] = Decision::BODY;
    }
}

/// Keeps sentences between the headline and the end of `body` that would go for no sure
/// reason, where they are too many; gives where the body begins with them.
fn keep_in_doubt(
    units: &[Unit<'_>],
    odds: &[i32],
    headline: Option<usize>,
    body: &Range<usize>,
    decisions: &mut [Decision],
) -> usize {
    // nothing above a dateline is the story's
    let dated = units.get(body.start).is_some_and(|unit| dateline::read(&unit.text).is_some());
    let head = headline.filter(|_| !dated).map_or(body.start, |headline| headline + 1);
    let from = head.min(body.start);
    let sentences = (from..body.end).filter(|at| units[*at].shape.is_prose()).map(|at| Sentence {
        at,
        words: units[at].shape.words,
        odds: odds[at],
    });
    let first = doubt::keep(sentences, decisions);
    first.map_or(body.start, |first| first.min(body.start))
}

/// For each unit how often its lines stand elsewhere; empty where none does.
struct Recurring(Vec<Option<Often>>);

fn recurring(lines: &[Line<'_>], units: &[Unit<'_>], recurrence: &Recurrence) -> Recurring {
    if recurrence.is_empty() {
        return Recurring(Vec::new());
    }
    // a line less known than the others speaks for its paragraph
    let often = |unit: &Unit<'_>| {
        lines[unit.lines.clone()].iter().map(|line| recurrence.of(line.raw)).min().flatten()
    };
    Recurring(units.iter().map(often).collect())
}

impl Recurring {
    fn often(&self, at: usize) -> Option<Often> {
        self.0.get(at).copied().flatten()
    }

    /// Takes odds from what recurs.
    fn lower(&self, units: &[Unit<'_>], odds: &mut [i32]) {
        for ((unit, often), odds) in units.iter().zip(&self.0).zip(odds) {
            *odds -= match (often, unit.shape.is_prose()) {
                (None, _) | (Some(Often::Twice), true) => 0,
                (Some(Often::Twice), false) | (Some(Often::Several), true) => 80,
                (Some(Often::Many), true) => 150,
                (Some(Often::Several), false) => 300,
                (Some(Often::Many), false) => 400,
            };
        }
    }

    /// Says of every removal that recurrence decided that it did, and takes back
    /// fields that are furniture.
    fn name(&self, header: &mut Header<'_>, decisions: &mut [Decision]) {
        let furniture = |at: &usize| self.often(*at) >= Some(Often::Several);
        for field in [&mut header.standfirst, &mut header.kicker, &mut header.opening] {
            if let Some(at) = field.take_if(|at| furniture(at)) {
                decisions[at] = Decision::removed(reason::RECURRING);
            }
        }
        self.name_removals(decisions);
    }

    fn name_removals(&self, decisions: &mut [Decision]) {
        for (at, decision) in decisions.iter_mut().enumerate().take(self.0.len()) {
            let by_place =
                decision.fate == Fate::Removed && decision.rule.is_some_and(body::is_place);
            if self.often(at) >= Some(Often::Several) && by_place {
                *decision = Decision::removed(reason::RECURRING);
            }
        }
    }
}

/// Where the text begins behind a standfirst right under the headline: a line of some
/// length that ends no sentence.
fn standfirst_end(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    headline: Option<usize>,
    body: Range<usize>,
) -> usize {
    const FEWEST: usize = 6;
    let Some(headline) = headline else { return body.start };
    let first = body.clone().next().filter(|first| {
        forms[*first] == Form::Short
            && units[*first].shape.words >= FEWEST
            && units[*first].shape.ending == Ending::Open
            && forms[headline + 1..*first].iter().all(header::is_header_sign)
    });
    first.map_or(body.start, |first| first + 1)
}

/// The paragraph near the head of `body` that a dateline opens: the story begins
/// there, and the few sentences above it belong to pictures.
fn dateline_paragraph(units: &[Unit<'_>], forms: &[Form<'_>], body: Range<usize>) -> Option<usize> {
    const REACH: usize = 8;
    const LONGEST_CAPTION: usize = 45;
    const CAPTIONS: usize = 3;
    let near = body.start..body.end.min(body.start + REACH);
    let prose = near.filter(|at| forms[*at] == Form::Prose);
    let mut above = 0;
    for at in prose {
        if dateline::read(&units[at].text).is_some() {
            return Some(at);
        }
        above += 1;
        if above > CAPTIONS || units[at].shape.words > LONGEST_CAPTION {
            return None;
        }
    }
    None
}

/// The unit above (or at) the head of the text that prints the title stated.
fn stated_headline(units: &[Unit<'_>], body: &Range<usize>, title: &str) -> Option<usize> {
    const REACH: usize = 400;
    let fold = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let wanted = fold(title);
    let first = body.start.saturating_sub(REACH);
    (first..units.len().min(body.start + 3)).find(|at| {
        units[*at].text.len() <= title.len() * 2 + 60 && {
            let text = fold(&units[*at].text);
            text == wanted
                || (wanted.len() > 20 && text.starts_with(&wanted))
                || (text.len() > 20 && wanted.starts_with(&text))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::super::mend::Mending;
    use super::*;

    #[test]
    fn a_line_that_may_be_a_subheading_stays_where_few_lines_part_the_text() {
        const TEXT: &str = "The harbour office said that the ferry will not sail before May.";
        const OTHER: &str = "Nobody at the harbour office wanted to say what the repairs cost.";
        const LINE: &str = "What the repairs cost";
        let between = |lines: &[&'static str]| [&[TEXT], lines, &[OTHER]].concat();
        let rows = ["Crane sold to the city", "Bridge shut for a week", "Gulls steal the chips"];
        let more = ["Island reads aloud", "Tunnel opens late again", "Mayor buys a bicycle"];
        for (lines, expected) in [
            (between(&[LINE]), "bBb"),
            (between(&["Share", LINE]), "b-Bb"),
            (between(&[LINE, "Share"]), "bB-b"),
            // what stands under a paragraph and over none, among many
            (between(&[&[LINE], &["Share"; 4][..]].concat()), "b-----b"),
            (between(&[&["Share"; 4][..], &[LINE]].concat()), "b----Bb"),
            // titles of other stories come in rows, and the last may be a subheading
            (between(&[rows, more].concat()), "b-----Bb"),
            // printed twice, and too long
            (vec![TEXT, LINE, OTHER, LINE, TEXT], "b-b-b"),
            (
                between(&[
                    "A title of another story that goes on and on until nobody reads it any more",
                ]),
                "b-b",
            ),
        ] {
            let text = lines.join("\n\n");
            let lines = line::split(&text, Mending { plain: true, quotes: true });
            let units = line::units(&lines, 0);
            let mut decisions: Vec<Decision> = units
                .iter()
                .map(|unit| {
                    let is_prose = unit.shape.is_prose();
                    if is_prose { Decision::BODY } else { Decision::removed(reason::UNLIKE) }
                })
                .collect();
            keep_subheadings(&units, &Recurring(Vec::new()), &(0..units.len()), &mut decisions);
            let letter = |(unit, decision): (&Unit<'_>, &Decision)| match decision.fate {
                Fate::Body if unit.shape.is_prose() => 'b',
                Fate::Body => 'B',
                _ => '-',
            };
            let found: String = units.iter().zip(&decisions).map(letter).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
