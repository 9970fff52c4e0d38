//! What a piece is, by what the whole article says of it.
//!
//! In come the pieces that `discover` cut, with those a rule is sure of; out come
//! those that are names, each with its kind. One name has one sense in an article.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::discover::Piece;
use super::known::{Known, Meaning};
use super::lexicon::{self, Classes};
use super::token::{Position, Shape, Token};
use super::weigh::{self, Article, Scores};
use crate::actor::{Kind, Register};
use crate::reading::Naming;
use crate::text::{Span, fold};

/// One sense per article: a rule that is sure of a name decides for all its
/// places, the surname of a sure person is that person, and everything else is
/// weighed, all places of one name together.
pub(super) fn settle(
    text: &str,
    tokens: &[Token],
    known: &[Known],
    register: &Register,
    pieces: &mut Vec<Piece>,
) {
    let mut sure: FxHashMap<&str, (Kind, Naming)> = FxHashMap::default();
    let mut surnames: FxHashSet<Cow<str>> = FxHashSet::default();
    let mut bodies: Vec<u32> = Vec::new();
    let mut named = FxHashSet::with_capacity_and_hasher(known.len(), FxBuildHasher);
    for name in known {
        let Meaning::Actor(actor) = name.meaning else { continue };
        if !named.insert(actor) {
            continue;
        }
        match register.actors()[actor as usize].kind {
            Kind::Person => surnames.extend(last_words(register, actor).map(Cow::Borrowed)),
            Kind::Organisation => bodies.push(actor),
            _ => {}
        }
    }
    // "the Union": few articles ask for it.
    let heads: OnceCell<FxHashSet<&str>> = OnceCell::new();
    let is_head = |name: &str| {
        lexicon::classes(name).any(Classes::BODY)
            && heads
                .get_or_init(|| {
                    bodies.iter().flat_map(|body| last_words(register, *body)).collect()
                })
                .contains(&*fold(name))
    };
    for piece in pieces.iter().filter(|piece| piece.sure) {
        sure.entry(piece.span.of(text)).or_insert((piece.kind, piece.rule));
        if piece.kind == Kind::Person && piece.first < piece.last {
            surnames.insert(fold(tokens[piece.last].of(text)));
        }
    }
    let article = Article::new(text, tokens, known, pieces);
    let common = common_words(text, tokens, &article, pieces);
    pieces.retain(|piece| {
        let known = piece.sure && piece.rule != Naming::Speaks;
        known || !common.contains(piece.span.of(text))
    });
    let mut worth = Worth { article: &article, scores: FxHashMap::default() };
    // Names of several words first: the surname of one decides for a bare one.
    for piece in pieces.iter().filter(|piece| !piece.sure && piece.first < piece.last) {
        let name = piece.span.of(text);
        if !sure.contains_key(name) {
            worth.add(name, piece);
        }
    }
    for piece in pieces.iter().filter(|piece| !piece.sure && piece.first < piece.last) {
        if worth.kind(piece.span.of(text)).is_some_and(|(kind, _)| kind == Kind::Person) {
            surnames.insert(fold(tokens[piece.last].of(text)));
        }
    }
    let is_surname = |piece: &Piece| {
        let bare = !piece.sure && piece.first == piece.last;
        bare && !surnames.is_empty() && surnames.contains(&*fold(piece.span.of(text)))
    };
    let are_surnames: Vec<bool> = pieces.iter().map(is_surname).collect();
    for (piece, is_surname) in pieces.iter().zip(&are_surnames) {
        let name = piece.span.of(text);
        let bare = !piece.sure && piece.first == piece.last;
        if bare && !is_surname && !sure.contains_key(name) {
            worth.add(name, piece);
        }
    }
    let mut are_surnames = are_surnames.into_iter();
    pieces.retain_mut(|piece| {
        let is_surname = are_surnames.next() == Some(true);
        if piece.sure {
            return true;
        }
        let name = piece.span.of(text);
        let the = piece.first.checked_sub(1).map_or("", |before| tokens[before].of(text));
        let (kind, rule) =
            if piece.first == piece.last && the.eq_ignore_ascii_case("the") && is_head(name) {
                (Kind::Organisation, Naming::ShortForm)
            } else if let Some(sure) = sure.get(name) {
                *sure
            } else if is_surname {
                (Kind::Person, Naming::Surname)
            } else if let Some(found) = worth.kind(name) {
                found
            } else {
                return false;
            };
        (piece.kind, piece.rule) = (kind, rule);
        true
    });
}

/// What the names that no rule is sure of are worth.
struct Worth<'a> {
    article: &'a Article<'a>,
    /// Of each name what it is worth by itself, and with all its places.
    scores: FxHashMap<&'a str, (Scores, Scores)>,
}

impl<'a> Worth<'a> {
    /// Adds a place of `name`.
    fn add(&mut self, name: &'a str, place: &Piece) {
        let Piece { first, last, .. } = *place;
        let itself = || weigh::weigh_name(self.article, first, last);
        let (own, sum) = self.scores.entry(name).or_insert_with(|| (itself(), Scores::default()));
        *sum += *own;
        *sum += weigh::weigh_place(self.article, first, last);
    }

    /// What `name` is, with all its places.
    fn kind(&self, name: &str) -> Option<(Kind, Naming)> {
        self.scores.get(name).and_then(|(_, sum)| sum.kind())
    }
}

/// The last word of each name of the actor of this index, folded.
fn last_words(register: &Register, actor: u32) -> impl Iterator<Item = &str> {
    register.folded_names(actor).iter().filter_map(|name| name.rsplit(' ').next())
}

/// Single names that only ever begin a sentence and that the article writes in lower
/// case, too: "Flour" where it also has "flour".
fn common_words<'a>(
    text: &'a str,
    tokens: &[Token],
    article: &Article,
    pieces: &[Piece],
) -> FxHashSet<&'a str> {
    let mut opening: FxHashMap<String, &'a str> = FxHashMap::default();
    // Most words are dismissed by how they are spelt: a bit for some spellings of each name,
    // all where a capital may differ in more than a bit of ASCII.
    let mut spellings = 0_u64;
    for piece in pieces.iter().filter(|piece| piece.first == piece.last) {
        let name = piece.span.of(text);
        let token = &tokens[piece.first];
        if token.position == Position::Start && !article.stands_inside(name) {
            let bit = 1 << (token.spelling.number() & 63);
            spellings |= if name.is_ascii() { bit } else { u64::MAX };
            opening.insert(name.to_lowercase(), name);
        }
    }
    let mut common = FxHashSet::default();
    if opening.is_empty() {
        return common;
    }
    for token in tokens.iter().filter(|token| token.shape == Shape::Lower) {
        if spellings >> (token.spelling.number() & 63) & 1 == 1 {
            common.extend(opening.get(token.of(text)));
        }
    }
    common
}

/// Adds to lines in title case or capitals the names that the article has
/// elsewhere.
pub(super) fn echo(text: &str, tokens: &[Token], known: &[Known], pieces: &mut Vec<Piece>) {
    if !tokens.iter().any(|token| token.position == Position::Shouted) {
        return;
    }
    let mut names: FxHashMap<String, (Kind, Naming)> = FxHashMap::default();
    for piece in pieces.iter() {
        names.entry(fold(piece.span.of(text)).into_owned()).or_insert((piece.kind, piece.rule));
        if piece.kind == Kind::Person && piece.first < piece.last {
            let surname = tokens[piece.last].of(text);
            names.entry(fold(surname).into_owned()).or_insert((piece.kind, Naming::Surname));
        }
    }
    let mut taken = known.iter().map(|known| known.span).peekable();
    let mut at = 0;
    while at < tokens.len() {
        let first = at;
        at += 1;
        if tokens[first].position != Position::Shouted || !tokens[first].is_capital() {
            continue;
        }
        while taken.peek().is_some_and(|span| span.end <= tokens[first].span.start) {
            taken.next();
        }
        let longest = (first..tokens.len().min(first + 4)).rev().find_map(|last| {
            let span = Span { start: tokens[first].span.start, end: tokens[last].span.end };
            if tokens[last].span.start < span.start
                || taken.peek().is_some_and(|known| known.overlaps(span))
            {
                return None;
            }
            let (kind, rule) = *names.get(&*fold(span.of(text)))?;
            Some(Piece { span, first, last, kind, rule, sure: true })
        });
        if let Some(piece) = longest {
            at = piece.last + 1;
            pieces.push(piece);
        }
    }
    pieces.sort_unstable_by_key(|piece| piece.span);
}
