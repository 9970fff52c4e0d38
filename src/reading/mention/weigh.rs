//! What a name is where no rule is sure: a person, an organisation, a place, or
//! nothing.
//!
//! A linear model over what a reader could point at: the words of the name, their
//! classes, the words beside it. Its weights stand in `weights.txt`, one readable
//! line for each observation; `train` makes that file again from the annotated
//! texts it names, always the same from the same texts. The scores of all places
//! of a name in an article are added up, so that one clear place decides for the
//! others.

use std::hash::Hasher;
use std::ops::AddAssign;
use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet, FxHasher};

use super::discover::Piece;
use super::known::{Known, Meaning};
use super::lexicon::Classes;
use super::token::{Position, Shape, Token};
use crate::actor::Kind;
use crate::reading::Naming;
use crate::text::fold_char;

#[cfg(test)]
mod train;

/// What the model tells apart, in the order of the columns of `weights.txt`.
const OUTCOMES: usize = 4;

/// How far "nothing" must be ahead, in hundredths: the texts that were learnt from
/// are poorer in names than news.
const LEANING: i32 = 125;

/// How much each outcome is favoured: nothing, person, organisation, place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scores([i32; OUTCOMES]);

impl Scores {
    /// The likeliest kind and the rule to show for it; `None` where "nothing" is
    /// likelier than each.
    pub(super) fn kind(&self) -> Option<(Kind, Naming)> {
        let [nothing, person, organisation, place] = self.0;
        let best = person.max(organisation).max(place);
        if nothing - LEANING >= best {
            return None;
        }
        Some(if best == person {
            (Kind::Person, Naming::LikePerson)
        } else if best == organisation {
            (Kind::Organisation, Naming::LikeOrganisation)
        } else {
            (Kind::Place, Naming::LikePlace)
        })
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        for (score, more) in self.0.iter_mut().zip(other.0) {
            *score = score.saturating_add(more);
        }
    }
}

/// What the whole article says about its names.
pub(super) struct Article<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// First tokens of known states and places, in order.
    places: Vec<usize>,
    /// How often each name stands there, and whether once inside a sentence.
    counts: FxHashMap<&'a str, (u32, bool)>,
    /// Words of longer names.
    parts: FxHashSet<&'a str>,
}

impl<'a> Article<'a> {
    /// Looks through the names once.
    pub(super) fn new(
        text: &'a str,
        tokens: &'a [Token],
        known: &[Known],
        pieces: &[Piece],
    ) -> Self {
        let mut counts: FxHashMap<&str, (u32, bool)> =
            FxHashMap::with_capacity_and_hasher(pieces.len(), FxBuildHasher);
        let mut parts = FxHashSet::with_capacity_and_hasher(pieces.len(), FxBuildHasher);
        for piece in pieces {
            let entry = counts.entry(piece.span.of(text)).or_default();
            entry.0 += 1;
            entry.1 |= tokens[piece.first].position == Position::Inside;
            if piece.first < piece.last {
                parts.insert(tokens[piece.first].of(text));
                parts.insert(tokens[piece.last].of(text));
            }
        }
        let mut places: Vec<usize> = known
            .iter()
            .filter(|known| {
                matches!(known.meaning, Meaning::Actor(_) | Meaning::Place | Meaning::Government(_))
            })
            .map(|known| known.first)
            .collect();
        places.sort_unstable();
        Self { text, tokens, places, counts, parts }
    }

    /// Whether `name` stands inside a sentence somewhere, where its capital tells.
    pub(super) fn stands_inside(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|(_, inside)| *inside)
    }

    /// How often the name in `first..=last` stands in the article, and whether once
    /// inside a sentence.
    fn counted(&self, first: usize, last: usize) -> Option<(u32, bool)> {
        let (start, end) = (self.tokens[first].span.start, self.tokens[last].span.end);
        self.counts.get(&self.text[start as usize..end as usize]).copied()
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens[at].of(self.text)
    }
}

/// What is looked at, by its name in `weights.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Look {
    Always,
    Length,
    First,
    Last,
    FirstClass,
    LastClass,
    FirstShape,
    LastShape,
    Ending,
    Beginning,
    Before,
    BeforeClass,
    TwoBefore,
    After,
    AfterClass,
    TwoAfter,
    Position,
    Count,
    Inner,
    Context,
}

const LOOKS: [(&str, Look); 20] = [
    ("always", Look::Always),
    ("length", Look::Length),
    ("first", Look::First),
    ("last", Look::Last),
    ("first-class", Look::FirstClass),
    ("last-class", Look::LastClass),
    ("first-shape", Look::FirstShape),
    ("last-shape", Look::LastShape),
    ("ending", Look::Ending),
    ("beginning", Look::Beginning),
    ("before", Look::Before),
    ("before-class", Look::BeforeClass),
    ("two-before", Look::TwoBefore),
    ("after", Look::After),
    ("after-class", Look::AfterClass),
    ("two-after", Look::TwoAfter),
    ("position", Look::Position),
    ("count", Look::Count),
    ("inner", Look::Inner),
    ("context", Look::Context),
];

/// The scores of the name in `first..=last` wherever it stands in the article.
pub(super) fn weigh_name(article: &Article, first: usize, last: usize) -> Scores {
    let mut scores = Scores::default();
    observe_name(article, first, last, &mut |look, value| scores.see(look, value));
    scores
}

/// What the place of the name in `first..=last` adds to them.
pub(super) fn weigh_place(article: &Article, first: usize, last: usize) -> Scores {
    let mut scores = Scores::default();
    observe_place(article, first, last, &mut |look, value| scores.see(look, value));
    scores
}

impl Scores {
    /// Adds the weights of an observation.
    fn see(&mut self, look: Look, value: &str) {
        if let Some(weights) = WEIGHTS.get(digest(look, value)) {
            for (score, weight) in self.0.iter_mut().zip(weights) {
                *score += i32::from(*weight);
            }
        }
    }
}

/// The weights of what may be seen, by its digest.
static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::new(include_str!("weights.txt")));

/// A table of weights. Most of what is seen has none: a table of our own, half empty, says so
/// after one look, in a third of the steps of a general map. The keys are ours.
struct Weights {
    /// Each at the first free place from its digest on; 0 where none is. A power of two in
    /// number.
    rows: Vec<(u64, [i16; OUTCOMES])>,
    /// A bit for the first place of each: so few bits stay close to the processor.
    seen: Vec<u64>,
}

impl Weights {
    /// Those of `weights.txt`; of two lines for one thing the later one counts.
    fn new(text: &str) -> Self {
        let places = (2 * text.lines().count()).next_power_of_two();
        let seen = vec![0; places.div_ceil(64)];
        let mut weights = Self { rows: vec![(0, [0; OUTCOMES]); places], seen };
        for (digest, row) in rows(text) {
            let place = weights.place(digest);
            weights.rows[place] = (digest, row);
            let first = weights.first_place(digest);
            weights.seen[first / 64] |= 1 << (first % 64);
        }
        weights
    }

    fn get(&self, digest: u64) -> Option<&[i16; OUTCOMES]> {
        let first = self.first_place(digest);
        if self.seen[first / 64] >> (first % 64) & 1 == 0 {
            return None;
        }
        let (found, row) = &self.rows[self.place(digest)];
        (*found != 0).then_some(row)
    }

    #[inline]
    fn first_place(&self, digest: u64) -> usize {
        usize::try_from(digest >> 32).unwrap_or(0) & (self.rows.len() - 1)
    }

    /// Where a digest is, or where it would be.
    #[inline]
    fn place(&self, digest: u64) -> usize {
        let last = self.rows.len() - 1;
        let mut at = self.first_place(digest);
        while self.rows[at].0 != 0 && self.rows[at].0 != digest {
            at = (at + 1) & last;
        }
        at
    }
}

/// A hash of an observation. Two observations of one digest would share their
/// weights; among some thousand of them that is not to be expected.
fn digest(look: Look, value: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(look as u8);
    hasher.write(value.as_bytes());
    hasher.finish()
}

/// The weights in `weights.txt`, each with the digest of what it is for.
fn rows(text: &str) -> impl Iterator<Item = (u64, [i16; OUTCOMES])> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, value) = (fields.next()?, fields.next()?);
        let (_, look) = LOOKS.iter().find(|(known, _)| *known == name)?;
        let mut row = [0; OUTCOMES];
        for (slot, field) in row.iter_mut().zip(fields) {
            *slot = field.parse().unwrap_or(0);
        }
        Some((digest(*look, value), row))
    })
}

/// Names what is to be seen of the name in `first..=last` itself, and of how often the
/// article has it: the same at all its places.
fn observe_name(article: &Article, first: usize, last: usize, see: &mut impl FnMut(Look, &str)) {
    let tokens = article.tokens;
    let capitals = (first..=last).filter(|at| tokens[*at].is_capital()).count();
    let length = ["", "1", "2", "3", "4", "5"].get(capitals).copied().unwrap_or("6");
    let mut lower = String::with_capacity(32);
    see(Look::Always, "");
    see(Look::Length, length);
    let single = first == last;
    fold_into(article.word(last), &mut lower);
    see(Look::Last, &lower);
    // Of two, three and four letters.
    let cuts = lower.char_indices().rev().map(|(at, _)| at).take_while(|at| *at > 0);
    for cut in cuts.skip(1).take(3) {
        see(Look::Ending, &lower[cut..]);
    }
    if !single {
        fold_into(article.word(first), &mut lower);
        see(Look::First, &lower);
    }
    let cut = lower.char_indices().nth(2).map_or(lower.len(), |(at, _)| at);
    see(Look::Beginning, &lower[..cut]);
    for (look, at) in [(Look::FirstClass, first), (Look::LastClass, last)] {
        let classes = tokens[at].classes;
        for name in classes.names() {
            see(look, name);
        }
        if classes == Classes::NONE {
            see(look, if single { "single" } else { "none" });
        }
    }
    see(Look::FirstShape, shape(article, first));
    see(Look::LastShape, shape(article, last));
    if first + 1 < last {
        for at in first + 1..last {
            fold_into(article.word(at), &mut lower);
            see(Look::Inner, &lower);
        }
    }
    if let Some((count, _)) = article.counted(first, last) {
        see(
            Look::Count,
            match count {
                1 => "1",
                2 => "2",
                3..=5 => "3-5",
                _ => "many",
            },
        );
    }
}

/// Names what is to be seen of the place where the name in `first..=last` stands.
fn observe_place(article: &Article, first: usize, last: usize, see: &mut impl FnMut(Look, &str)) {
    if let Some((_, inside)) = article.counted(first, last) {
        see(
            Look::Position,
            match (article.tokens[first].position == Position::Inside, inside) {
                (true, _) => "inside",
                (false, true) => "start, inside elsewhere",
                (false, false) => "start only",
            },
        );
        if first == last && article.parts.contains(article.word(first)) {
            see(Look::Position, "part of a longer name");
        }
    }
    let size = if first == last { "one" } else { "more" };
    neighbours(article, first, last, size, see);
}

/// Makes `lower` the fold of `word`.
fn fold_into(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        word.chars().for_each(|c| fold_char(c, lower));
    }
}

fn neighbours(
    article: &Article,
    first: usize,
    last: usize,
    size: &'static str,
    see: &mut impl FnMut(Look, &str),
) {
    let tokens = article.tokens;
    let mut lower = String::with_capacity(32);
    let mut look_at =
        |at: Option<usize>, word: Look, class: Option<Look>, see: &mut dyn FnMut(Look, &str)| {
            let Some(token) = at.and_then(|at| tokens.get(at)) else { return see(word, "^") };
            let text = token.of(article.text);
            lower.clear();
            match token.shape {
                Shape::Number => lower.push('0'),
                _ => fold_into(text, &mut lower),
            }
            see(word, &lower);
            let Some(class) = class else { return };
            for name in token.every_class(article.text).names() {
                see(class, name);
            }
            let capital = if token.is_capital() { "capital" } else { "lower" };
            see(class, capital);
        };
    let starts = tokens[first].position == Position::Start;
    let before = first.checked_sub(1).filter(|_| !starts);
    look_at(before, Look::Before, Some(Look::BeforeClass), see);
    look_at(before.and_then(|at| at.checked_sub(1)), Look::TwoBefore, None, see);
    if tokens[last].possessive {
        see(Look::After, "'s");
        see(Look::Context, "possessive");
    } else {
        let after = Some(last + 1).filter(|at| tokens.get(*at).is_some_and(|token| token.follows));
        look_at(after, Look::After, Some(Look::AfterClass), see);
        look_at(after.map(|at| at + 1), Look::TwoAfter, None, see);
    }
    see(Look::Context, size);
    let comma = tokens.get(last + 1).is_some_and(|token| token.shape == Shape::Mark(','));
    if comma
        && (article.places.binary_search(&(last + 2)).is_ok()
            || tokens.get(last + 2).is_some_and(|token| token.classes.any(Classes::PLACE)))
    {
        see(Look::Context, "before the name of a place");
    }
}

/// How a word is written, by name.
fn shape(article: &Article, at: usize) -> &'static str {
    let token = &article.tokens[at];
    let word = token.of(article.text);
    match token.shape {
        Shape::Upper => match word.len() {
            0..=2 => "two capitals",
            3..=5 => "acronym",
            _ => "capitals",
        },
        _ if word.len() <= 2 => "initial",
        _ if word.contains(['-', '\u{2010}', '\u{2011}']) => "hyphen",
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => "digits",
        _ if word.chars().skip(1).any(char::is_uppercase) => "capital within",
        _ => "word",
    }
}
