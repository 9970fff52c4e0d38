//! How much a unit reads like the article, by everything around it.
//!
//! Units and their forms go in; for each unit the odds that it belongs to the body
//! come out, as hundredths of a natural logarithm: above zero it does. An additive
//! model in two rounds. The first looks at a unit's own form and shape, at its
//! neighbours and at where it stands; the second looks at the odds of the first
//! round all around it, because an article is contiguous and what surrounds a line
//! tells more than the line. Every observation has a name, and `weights.txt` says
//! what each is worth; `train` makes that file again from the annotated pages.
//!
//! A reader may ask why rules are not enough: most of the furniture of a page has
//! no form of its own (titles and teasers of other stories), and no order of rules
//! over place, length and neighbours got as many pages right.
//!
//! Entry point: [`weigh`].

use std::ops::Range;

use super::form::{Form, Rule};
use super::line::{self, Ending, Unit};

pub(super) mod table;
#[cfg(test)]
mod train;

use table::{Look, Weights, index, length_of, share_of, step_of, words_of};

/// Hundredths of log odds that each unit belongs to the body.
pub(super) fn weigh(
    units: &[Unit<'_>],
    forms: &[Form<'_>],
    words: &line::UnitWords,
    guess: &Range<usize>,
    weights: &Weights,
) -> Vec<i32> {
    let sum = |odds: &mut i32, look: usize| *odds += weights.of(look);
    let clipping = Clipping::new(units, forms, words, guess);
    let first: Vec<i32> = (0..units.len())
        .map(|at| {
            let mut odds = 0;
            clipping.observe(at, &mut |look| sum(&mut odds, look));
            odds
        })
        .collect();
    let words: Vec<usize> = units.iter().map(|unit| unit.shape.words).collect();
    let landscape = Landscape::new(&words, &clipping.groups, &first);
    (0..units.len())
        .map(|at| {
            let mut odds = 0;
            landscape.observe(at, &mut |look| sum(&mut odds, look));
            odds
        })
        .collect()
}

/// What the first round looks at, made once for a clipping.
struct Clipping<'a> {
    units: &'a [Unit<'a>],
    forms: &'a [Form<'a>],
    guess: &'a Range<usize>,
    /// The choice of `GROUPS` for each unit.
    groups: Vec<usize>,
    /// For each unit the last sign above it and how many paragraphs ago.
    signs: Vec<(usize, usize)>,
    /// For each unit whether it is printed again, below or above.
    repeats: Vec<usize>,
    /// For each unit the long words it shares with others, and all it has.
    shared: Vec<(usize, usize)>,
    /// For each unit the choice of `ROWS`, and how many such units stand together.
    rows: Vec<(usize, usize)>,
}

impl<'a> Clipping<'a> {
    fn new(
        units: &'a [Unit<'a>],
        forms: &'a [Form<'a>],
        words: &line::UnitWords,
        guess: &'a Range<usize>,
    ) -> Self {
        let groups = units.iter().zip(forms).map(|(unit, form)| group(unit, form)).collect();
        Self {
            units,
            forms,
            guess,
            groups,
            signs: signs(units, forms),
            repeats: repeats(units),
            shared: shared(units, words, guess),
            rows: rows(units, forms),
        }
    }

    /// Names everything that is to be seen of the unit at `at`.
    fn observe(&self, at: usize, see: &mut impl FnMut(usize)) {
        let unit = &self.units[at];
        let shape = &unit.shape;
        let text: &str = &unit.text;
        let length = length_of(shape.words);
        let beside = |by: isize| at.checked_add_signed(by).filter(|at| *at < self.units.len());
        let group = |by: isize| beside(by).map_or(0, |at| self.groups[at]);
        let words = |by: isize| beside(by).map_or(0, |at| words_of(self.units[at].shape.words));
        let place = self.place(at);
        see(index(Look::Always, &[]));
        see(index(Look::Form, &[form_of(&self.forms[at])]));
        see(index(Look::Shape, &[words_of(shape.words), ending_of(unit)]));
        see(index(Look::Capitals, &[length, share_of(shape.capitalised, shape.words)]));
        see(index(Look::Around, &[group(-1), group(1)]));
        see(index(Look::Far, &[group(-2), group(2)]));
        see(index(Look::Above, &[words(-1), length]));
        see(index(Look::Below, &[words(1), length]));
        see(index(Look::Place, &[place, self.groups[at]]));
        see(index(Look::FormPlace, &[place, length]));
        let tight = |above: usize, below: usize| {
            self.units
                .get(above)
                .zip(self.units.get(below))
                .is_some_and(|(above, below)| above.lines.end == below.lines.start)
        };
        let above = at > 0 && !tight(at - 1, at);
        let below = at + 1 < self.units.len() && !tight(at, at + 1);
        see(index(Look::Blank, &[usize::from(above) + 2 * usize::from(below), length]));
        let (part, whole) = self.shared[at];
        see(index(Look::Shared, &[share_of(part, whole), length]));
        let (sign, since) = self.signs[at];
        see(index(Look::Sign, &[sign, since.min(3), length]));
        see(index(Look::Repeated, &[self.repeats[at], length]));
        see(index(Look::Opening, &[opening(text), length]));
        let Survey { sentences, address, web, quoted } = survey(text);
        see(index(Look::Address, &[share_of(address * 3, shape.words), length]));
        see(index(Look::Sentences, &[words_of(sentences)]));
        see(index(Look::Marks, &[usize::from(web), length]));
        see(index(Look::Digits, &[share_of(shape.digits, shape.digits + shape.letters), length]));
        see(index(Look::Depth, &[part_of(at, self.units.len())]));
        see(index(Look::Quoted, &[usize::from(quoted), length]));
        let (row, run) = self.rows[at];
        see(index(Look::Row, &[row, step_of(run)]));
    }

    /// Where the unit stands in the stretch that was guessed.
    fn place(&self, at: usize) -> usize {
        let Range { start, end } = *self.guess;
        if start >= end {
            return 13;
        }
        if at < start {
            return match start - at {
                1 => 2,
                2..=6 => 1,
                _ => 0,
            };
        }
        if at >= end {
            return match at - end {
                0 => 10,
                1..=6 => 11,
                _ => 12,
            };
        }
        match (at - start, end - 1 - at) {
            (0, _) => 3,
            (_, 0) => 9,
            (1, _) => 4,
            (_, 1) => 8,
            (2..=4, below) if below > 4 => 5,
            (_, 2..=4) => 7,
            _ => 6,
        }
    }
}

pub(super) fn part_of(part: usize, whole: usize) -> usize {
    [0, 5, 15, 35, 65, 85, 95].partition_point(|last| *last < part * 100 / whole.max(1))
}

pub(super) fn group(unit: &Unit<'_>, form: &Form<'_>) -> usize {
    match form {
        Form::Prose if unit.shape.words >= 20 => 1,
        Form::Prose => 2,
        Form::Short | Form::Code => 3,
        Form::Item => 4,
        Form::Furniture(rule) => {
            let end = matches!(
                rule,
                Rule::Related | Rule::Comments | Rule::Copyright | Rule::Tags | Rule::SignOff
            );
            if end { 8 } else { 5 }
        }
        Form::Picture(_) => 7,
        _ => 6,
    }
}

pub(super) fn form_of(form: &Form<'_>) -> usize {
    match form {
        Form::Prose => 0,
        Form::Short => 1,
        Form::Item => 2,
        Form::Code => 3,
        Form::Stamp(_) => 4,
        Form::Label(_) => 5,
        Form::Announcement => 6,
        Form::Byline(_) => 7,
        Form::Agency(_) => 8,
        Form::Picture(picture) if picture.caption.is_some() => 9,
        Form::Picture(_) => 10,
        Form::Note => 11,
        Form::Outlet(_) => 12,
        Form::Furniture(rule) => 13 + *rule as usize,
    }
}

pub(super) fn ending_of(unit: &Unit<'_>) -> usize {
    match unit.shape.ending {
        Ending::Sentence if unit.text.ends_with('?') => 1,
        Ending::Sentence => 0,
        Ending::Ellipsis => 2,
        Ending::Colon => 3,
        Ending::Open if unit.text.ends_with(',') => 4,
        Ending::Open => 5,
    }
}

fn opening(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_alphabetic() => 0,
        Some(c) if c.is_ascii_digit() => 2,
        Some('“' | '"' | '„' | '«' | '‘' | '\'') => 3,
        Some('•' | '-' | '–' | '—' | '*') => 4,
        _ => 5,
    }
}

/// What the bytes of a text tell, and its words one by one.
#[derive(Debug, Default, PartialEq, Eq)]
struct Survey {
    /// How many sentences end in it.
    sentences: usize,
    /// How many of its words speak to the reader or for the page.
    address: usize,
    /// Whether it has marks of the web.
    web: bool,
    /// Whether it has a quotation mark that opens.
    quoted: bool,
}

/// Surveys `text`.
fn survey(text: &str) -> Survey {
    let bytes = text.as_bytes();
    let mut survey = Survey { address: usize::from(is_address(bytes)), ..Survey::default() };
    line::each_place(bytes, may_tell, |at| match bytes[at] {
        b'.' | b'?' | b'!' => {
            let ends = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
            survey.sentences += usize::from(ends);
        }
        b'@' | b'|' | 0xA9 => survey.web = true,
        b't' => {
            survey.web |= bytes[..at].ends_with(b"h") && bytes[at..].starts_with(b"ttp");
        }
        b'"' => survey.quoted = true,
        0x9C | 0x9E | 0xAB => {
            let opens = |mark: &&str| bytes[..=at].ends_with(mark.as_bytes());
            survey.quoted |= ["“", "„", "«"].iter().any(opens);
        }
        gap if gap.is_ascii_whitespace() => {
            survey.address += usize::from(is_address(&bytes[at + 1..]));
        }
        _ => {}
    });
    survey
}

/// Whether a byte and the one behind it may tell what is surveyed: all that do, and few
/// others. It is asked of many bytes at once, each comparison of all of them: bytes that
/// differ in a bit or two are compared together.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "no branch may part bytes that are asked at once")]
fn may_tell([byte, next]: [u8; 2]) -> bool {
    // `!`, `?`, odd digits; `"`, `.`, `&`, `*`; `|` and all that is not ASCII; `tt`, `tu`
    let is_mark = (byte | 0x1E == b'?') | (byte | 0x0C == b'.') | (byte == b'@') | (byte >= b'|');
    let is_http = byte & next == b't';
    // what words begin with that speak to the reader: `i`, `y`; `n`, `o`; `s` to `v`
    let small = next | 0x20;
    let begins = (next | 0x30 == b'y') | (next | 0x21 == b'o') | matches!(small, b's'..=b'v');
    is_mark | is_http | (byte <= b' ') & begins
}

/// Whether the word that `text` begins with speaks to the reader or for the page.
fn is_address(text: &[u8]) -> bool {
    const LONGEST: usize = 6;
    // most words begin otherwise
    let begins = matches!(
        text.first_chunk(),
        Some(
            b"yo"
                | b"Yo"
                | b"ou"
                | b"Ou"
                | b"us"
                | b"Si"
                | b"Ih"
                | b"un"
                | b"vo"
                | b"Vo"
                | b"su"
                | b"no"
        )
    );
    if !begins {
        return false;
    }
    let head = &text[..text.len().min(LONGEST + 1)];
    let end = head.iter().position(u8::is_ascii_whitespace);
    if end.is_none() && text.len() > LONGEST {
        return false;
    }
    let mut word = &text[..end.unwrap_or(text.len())];
    while let [rest @ .., b',' | b'.' | b'!' | b'?'] = word {
        word = rest;
    }
    matches!(
        word,
        b"you"
            | b"You"
            | b"your"
            | b"Your"
            | b"our"
            | b"Our"
            | b"us"
            | b"Sie"
            | b"Ihre"
            | b"Ihr"
            | b"Ihren"
            | b"uns"
            | b"unser"
            | b"vous"
            | b"votre"
            | b"vos"
            | b"Vous"
            | b"Votre"
            | b"su"
            | b"nos"
    )
}

/// For each unit the nearest sign above it, and the paragraphs since.
fn signs(units: &[Unit<'_>], forms: &[Form<'_>]) -> Vec<(usize, usize)> {
    let (mut sign, mut since) = (0, 0);
    units
        .iter()
        .zip(forms)
        .map(|(unit, form)| {
            let before = (sign, since);
            let now = match form {
                Form::Furniture(Rule::Related | Rule::ReadMore) => 1,
                Form::Furniture(Rule::Comments) => 2,
                Form::Furniture(Rule::Tags) => 3,
                Form::Furniture(Rule::SignOff) | Form::Agency(_) => 4,
                Form::Furniture(Rule::Copyright) => 5,
                Form::Furniture(Rule::Newsletter | Rule::SignIn) => 6,
                Form::Furniture(Rule::AuthorNote) => 7,
                Form::Furniture(Rule::Footer) => 8,
                Form::Byline(_) | Form::Announcement | Form::Stamp(_) => 9,
                _ => 0,
            };
            if now > 0 {
                (sign, since) = (now, 0);
            } else if unit.shape.is_prose() {
                since += 1;
            }
            before
        })
        .collect()
}

/// For each unit whether it is printed again below (1) or above (2).
pub(super) fn repeats(units: &[Unit<'_>]) -> Vec<usize> {
    let mut numbers = line::Numbers::with_capacity(units.len());
    let mut last: Vec<usize> = Vec::with_capacity(units.len());
    let mut repeats = vec![0; units.len()];
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.shape.letters >= 4) {
        match last.get_mut(numbers.of(unit.print) as usize) {
            Some(last) => {
                let before = std::mem::replace(last, at);
                repeats[at] = 2;
                if repeats[before] == 0 {
                    repeats[before] = 1;
                }
            }
            None => last.push(at),
        }
    }
    repeats
}

/// For each unit how many of its long words stand in the prose of other units of
/// the stretch, and how many it has.
fn shared(
    units: &[Unit<'_>],
    words: &line::UnitWords,
    guess: &Range<usize>,
) -> Vec<(usize, usize)> {
    let mut holders = line::WordHolders::new(words);
    for at in guess.clone().filter(|at| units[*at].shape.words >= 8) {
        words.head(at).iter().for_each(|word| holders.add(*word, at));
    }
    let of_unit = |at: usize| {
        let own = words.head(at);
        (own.iter().filter(|word| holders.hold(**word, at)).count(), own.len())
    };
    (0..units.len()).map(of_unit).collect()
}

/// For each unit what begins it (a label as in `Position: left`, a number, neither)
/// and how many units that begin so stand together: lists of facts have labels,
/// menus have none. Paragraphs are no rows.
fn rows(units: &[Unit<'_>], forms: &[Form<'_>]) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = units
        .iter()
        .zip(forms)
        .map(|(unit, form)| match form {
            Form::Short | Form::Item => (row_of(unit), 1),
            _ => (0, 0),
        })
        .collect();
    for run in rows.chunk_by_mut(|above, below| above == below) {
        let length = run.len();
        for (_, count) in run.iter_mut().filter(|(_, count)| *count > 0) {
            *count = length;
        }
    }
    rows
}

/// The choice of `ROWS` for a line.
pub(super) fn row_of(unit: &Unit<'_>) -> usize {
    const LABEL: usize = 40;
    let head = &unit.text[..unit.text.floor_char_boundary(LABEL)];
    if head.contains(": ") {
        1
    } else if head.starts_with(|c: char| c.is_ascii_digit()) {
        2
    } else {
        0
    }
}

/// What the second round looks at: the odds of the first.
struct Landscape<'a> {
    words: &'a [usize],
    groups: &'a [usize],
    first: &'a [i32],
    /// The choice of `COARSE` for the odds of each unit.
    coarse: Vec<usize>,
    /// Words of units with good odds above each unit, and of all.
    above: Vec<usize>,
    total: usize,
}

impl<'a> Landscape<'a> {
    fn new(words: &'a [usize], groups: &'a [usize], first: &'a [i32]) -> Self {
        let mut total = 0;
        let above = words
            .iter()
            .zip(first)
            .map(|(words, odds)| {
                let before = total;
                total += if *odds > 0 { *words } else { 0 };
                before
            })
            .collect();
        let coarse = first.iter().map(|odds| coarse_of(*odds)).collect();
        Self { words, groups, first, coarse, above, total }
    }

    fn observe(&self, at: usize, see: &mut impl FnMut(usize)) {
        const REACH: usize = 5;
        const OUTLOOK: usize = 12;
        let coarse = |by: isize| {
            at.checked_add_signed(by).and_then(|at| self.coarse.get(at)).copied().unwrap_or(0)
        };
        let own = self.first[at];
        see(index(Look::Own, &[odds_of(own)]));
        see(index(Look::Beside, &[coarse(-1), coarse(1)]));
        see(index(Look::Near, &[coarse(-2), coarse(2)]));
        see(index(Look::OwnGroup, &[self.groups[at], odds_of(own)]));
        let length = length_of(self.words[at]);
        see(index(Look::BesideLength, &[length, coarse(-1), coarse(1)]));
        let near = at.saturating_sub(REACH)..self.words.len().min(at + REACH + 1);
        let (mut sum, mut count) = (0, 0);
        for near in near.filter(|near| *near != at) {
            let words = i32::try_from(self.words[near].min(40)).unwrap_or(40) + 2;
            sum += self.first[near].clamp(-400, 400) * words;
            count += words;
        }
        see(index(Look::Window, &[odds_of(sum / count.max(1))]));
        let above = part_of(self.above[at], self.total);
        let mine = if own > 0 { self.words[at] } else { 0 };
        let below = part_of(self.total - self.above[at] - mine, self.total);
        see(index(Look::TextAbove, &[above, coarse(0)]));
        see(index(Look::TextBelow, &[below, coarse(0)]));
        let best = |range: Range<usize>| self.coarse[range].iter().copied().max().unwrap_or(0);
        let before = best(at.saturating_sub(OUTLOOK)..at);
        let after = best((at + 1).min(self.first.len())..self.first.len().min(at + 1 + OUTLOOK));
        see(index(Look::Outlook, &[before, after]));
    }
}

fn odds_of(odds: i32) -> usize {
    const EDGES: [i32; 14] =
        [-500, -350, -250, -170, -115, -65, -20, 20, 65, 115, 170, 250, 350, 500];
    EDGES.partition_point(|edge| *edge <= odds)
}

/// The choice of `COARSE`; 0 stands for the edge.
pub(super) fn coarse_of(odds: i32) -> usize {
    const EDGES: [i32; 6] = [-225, -100, 0, 100, 225, 350];
    1 + EDGES.partition_point(|edge| *edge <= odds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_surveyed_by_its_bytes() {
        for (text, sentences, address, web, quoted) in [
            ("", 0, 0, false, false),
            ("The ferry sails. Does it? It does!", 3, 0, false, false),
            ("In 3.5 hours.You see…", 0, 0, false, false),
            ("Your ferry, and you, and us: our crane", 0, 3, false, false),
            ("votre\tport, nos\nquais. vos!", 2, 3, false, false),
            ("Write to desk@bay.example", 0, 0, true, false),
            ("North | South", 0, 0, true, false),
            ("See http://bay.example", 0, 0, true, false),
            ("© the attic, three thoughts", 0, 0, true, false),
            ("He said “no” to «this».", 1, 0, false, true),
            ("a \"crane\"", 0, 0, false, true),
            ("that’s all — said he”", 0, 0, false, false),
        ] {
            // wherever in the bytes that are looked at together
            for n in [0, 9, 50, 62, 63, 64, 120] {
                let text = format!("{}{text}", "- ".repeat(n));
                let expected = Survey { sentences, address, web, quoted };
                assert_eq!(survey(&text), expected, "{text:?}");
            }
        }
    }
}
