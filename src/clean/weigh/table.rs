//! What is looked at, its names, and what each observation is worth.
//!
//! A [`Look`] and a choice from each of its lists make an observation; [`index`]
//! gives its place among the weights. `weights.txt` names the same observations in
//! words, one a line, so that a person can read what the program goes by.

use std::sync::LazyLock;

/// What every observation is worth, in hundredths of log odds.
pub(in super::super) struct Weights(pub(super) Vec<i32>);

impl Weights {
    /// What the observation at `index` is worth.
    pub(in super::super) fn of(&self, index: usize) -> i32 {
        self.0[index]
    }
}

/// The weights that the program ships.
pub(in super::super) static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights(parse(include_str!("../weights.txt"))));

/// Names of the values that are counted in words.
const WORDS: &[&str] =
    &["1", "2", "3", "4", "5-6", "7-8", "9-11", "12-15", "16-20", "21-30", "31-45", "46-70", "71+"];
const LENGTHS: &[&str] = &["1-3 words", "4-7 words", "8-14 words", "15-29 words", "30+ words"];
const ENDINGS: &[&str] = &["sentence", "question", "ellipsis", "colon", "comma", "open"];
const GROUPS: &[&str] =
    &["edge", "long prose", "prose", "short", "item", "furniture", "header", "picture", "end sign"];
const FORMS: &[&str] = &[
    "prose",
    "short",
    "item",
    "code",
    "stamp",
    "label",
    "announcement",
    "byline",
    "agency",
    "caption",
    "credit",
    "note",
    "outlet",
    "share",
    "advert",
    "navigation",
    "sign-in",
    "newsletter",
    "footer",
    "consent",
    "comments",
    "related",
    "read-more",
    "tags",
    "player",
    "shop",
    "author note",
    "copyright",
    "counter",
    "reading time",
    "age",
    "icons",
    "marks",
    "embed",
    "sign-off",
    "breadcrumb",
];
const PLACES: &[&str] = &[
    "far above",
    "above",
    "right above",
    "first",
    "second",
    "early",
    "middle",
    "late",
    "last but one",
    "last",
    "right below",
    "below",
    "far below",
    "nowhere",
];
const SHARES: &[&str] = &["none", "few", "some", "many", "most", "all"];
const SIGNS: &[&str] = &[
    "no sign",
    "related",
    "comments",
    "tags",
    "sign-off",
    "copyright",
    "newsletter",
    "author note",
    "footer",
    "byline",
];
const SINCE: &[&str] = &["at once", "one paragraph ago", "two paragraphs ago", "long ago"];
const BLANKS: &[&str] = &["tight", "blank above", "blank below", "blank around"];
const REPEATS: &[&str] = &["once", "again below", "again above"];
const OPENINGS: &[&str] = &["capital", "lower", "digit", "quote", "bullet", "other"];
const ODDS: &[&str] =
    &["-6", "-4", "-3", "-2", "-1.4", "-0.9", "-0.4", "0", "0.4", "0.9", "1.4", "2", "3", "4", "6"];
const COARSE: &[&str] = &["edge", "-3", "-1.5", "-0.5", "0.5", "1.5", "3", "4"];
const PARTS: &[&str] = &["0", "5", "15", "35", "65", "85", "95", "100"];
const ANY: &[&str] = &["no", "yes"];
const STEPS: &[&str] = &["0", "1", "2", "3-4", "5-8", "9-15", "16-30", "31-60", "61+"];
const SIDES: &[&str] = &["above", "inside"];
const ROWS: &[&str] = &["plain", "labelled", "numbered"];
const ABOVE: &[&str] = &["none", "few words", "many words"];
const KINDS: &[&str] =
    &["plain", "masthead", "menu", "picture", "end of a longer line", "ends with a line below"];

/// What is looked at; the value of one is a choice from each of its lists.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub(in super::super) enum Look {
    Always,
    Form,
    Shape,
    Capitals,
    Around,
    Far,
    Above,
    Below,
    Place,
    FormPlace,
    Blank,
    Shared,
    Sign,
    Repeated,
    Opening,
    Address,
    Sentences,
    Marks,
    Digits,
    Depth,
    Quoted,
    Row,
    Own,
    Beside,
    Near,
    Window,
    TextAbove,
    TextBelow,
    Outlook,
    OwnGroup,
    BesideLength,
    TitleForm,
    TitleShape,
    TitleCapitals,
    TitleShared,
    TitlePrinted,
    TitleDepth,
    TitleSigned,
    TitleUnder,
    TitleBehind,
    TitleAbove,
    TitleBelow,
    TitleKind,
    TitleOdds,
    TitleInside,
    TitleLead,
    TitleNext,
    TitleAway,
    TitleTwoBelow,
    TitleText,
    TitleLeadMost,
}

pub(super) const LOOKS: [(&str, &[&[&str]]); 51] = [
    ("always", &[]),
    ("form", &[FORMS]),
    ("shape", &[WORDS, ENDINGS]),
    ("capitals", &[LENGTHS, SHARES]),
    ("between", &[GROUPS, GROUPS]),
    ("two away", &[GROUPS, GROUPS]),
    ("words above", &[WORDS, LENGTHS]),
    ("words below", &[WORDS, LENGTHS]),
    ("place", &[PLACES, GROUPS]),
    ("length in place", &[PLACES, LENGTHS]),
    ("blank", &[BLANKS, LENGTHS]),
    ("shared words", &[SHARES, LENGTHS]),
    ("sign above", &[SIGNS, SINCE, LENGTHS]),
    ("printed", &[REPEATS, LENGTHS]),
    ("opens with", &[OPENINGS, LENGTHS]),
    ("speaks to the reader", &[SHARES, LENGTHS]),
    ("sentences", &[WORDS]),
    ("marks of the web", &[ANY, LENGTHS]),
    ("digits", &[SHARES, LENGTHS]),
    ("depth", &[PARTS]),
    ("quoted", &[ANY, LENGTHS]),
    ("lines alike", &[ROWS, STEPS]),
    // the second round
    ("own odds", &[ODDS]),
    ("odds beside", &[COARSE, COARSE]),
    ("odds near", &[COARSE, COARSE]),
    ("odds around", &[ODDS]),
    ("text above", &[PARTS, COARSE]),
    ("text below", &[PARTS, COARSE]),
    ("best of the next", &[COARSE, COARSE]),
    ("own odds by form", &[GROUPS, ODDS]),
    ("odds beside by length", &[LENGTHS, COARSE, COARSE]),
    // what tells the headline among the lines above the text
    ("title: form", &[GROUPS, ENDINGS]),
    ("title: shape", &[WORDS, ENDINGS]),
    ("title: capitals", &[LENGTHS, SHARES]),
    ("title: shared words", &[SHARES, LENGTHS]),
    ("title: printed", &[REPEATS, LENGTHS]),
    ("title: line", &[STEPS]),
    ("title: byline or stamp below", &[STEPS]),
    ("title: long line above", &[STEPS]),
    ("title: byline or stamp above", &[STEPS]),
    ("title: line above", &[GROUPS, LENGTHS]),
    ("title: line below", &[GROUPS, LENGTHS]),
    ("title: kind", &[KINDS]),
    ("title: odds of the text", &[COARSE]),
    ("title: paragraph above", &[ABOVE]),
    ("title: words of the lead", &[SHARES, LENGTHS]),
    ("title: form below", &[FORMS]),
    ("title: away from the text", &[SIDES, STEPS]),
    ("title: two lines below", &[GROUPS, GROUPS]),
    ("title: words of the text against the best", &[PARTS]),
    ("title: words of the lead against the best", &[PARTS]),
];

/// The first look of the second round.
#[cfg(test)]
pub(super) const SECOND: usize = Look::Own as usize;

/// The first look at headlines.
#[cfg(test)]
pub(super) const TITLE: usize = Look::TitleForm as usize;

/// Where the values of each look begin, and how many there are.
pub(super) const OFFSETS: [usize; LOOKS.len() + 1] = {
    let mut offsets = [0; LOOKS.len() + 1];
    let mut look = 0;
    while look < LOOKS.len() {
        let lists = LOOKS[look].1;
        let (mut values, mut list) = (1, 0);
        while list < lists.len() {
            values *= lists[list].len();
            list += 1;
        }
        offsets[look + 1] = offsets[look] + values;
        look += 1;
    }
    offsets
};

/// How many weights there are.
pub(super) const SIZE: usize = OFFSETS[LOOKS.len()];

/// The weights of a file, by the index of what is observed.
fn parse(text: &str) -> Vec<i32> {
    let mut weights = vec![0; SIZE];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(name), Some(value)) = (fields.next(), fields.next()) else { continue };
        let Some(weight) = fields.next().and_then(|field| field.parse().ok()) else { continue };
        if let Some(index) = index_of(name, value) {
            weights[index] = weight;
        }
    }
    weights
}

/// The index of an observation by its names in the file.
fn index_of(name: &str, value: &str) -> Option<usize> {
    let look = LOOKS.iter().position(|(known, _)| *known == name)?;
    let mut words = value.split(", ").filter(|word| !word.is_empty());
    let mut index = 0;
    for list in LOOKS[look].1 {
        let word = words.next()?;
        index = index * list.len() + list.iter().position(|known| *known == word)?;
    }
    words.next().is_none().then_some(OFFSETS[look] + index)
}

/// The place of an observation among the weights; a choice that is too great counts
/// as the last.
#[inline]
pub(in super::super) fn index<const N: usize>(look: Look, values: &[usize; N]) -> usize {
    let look = look as usize;
    let within = LOOKS[look].1.iter().zip(values);
    OFFSETS[look]
        + within.fold(0, |index, (list, value)| index * list.len() + (*value).min(list.len() - 1))
}

/// The choice of `WORDS` for a number of words.
pub(in super::super) fn words_of(words: usize) -> usize {
    const LAST: [usize; 12] = [1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 45, 70];
    LAST.partition_point(|last| *last < words)
}

/// The choice of `LENGTHS` for a number of words.
pub(in super::super) fn length_of(words: usize) -> usize {
    [3, 7, 14, 29].partition_point(|last| *last < words)
}

/// The choice of `SHARES` for `part` of `whole`.
pub(in super::super) fn share_of(part: usize, whole: usize) -> usize {
    match part * 100 / whole.max(1) {
        _ if part == 0 => 0,
        0..12 => 1,
        12..30 => 2,
        30..55 => 3,
        55..85 => 4,
        _ => 5,
    }
}

/// The choice of `STEPS` for a distance.
pub(in super::super) fn step_of(distance: usize) -> usize {
    [0, 1, 2, 4, 8, 15, 30, 60].partition_point(|last| *last < distance)
}
