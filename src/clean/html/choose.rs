//! Which pieces of a page are the article.
//!
//! Readability, the algorithm of browsers' reading modes, says which elements hold
//! the article (`dom_smoothie`); it sees the tree and its classes. What it chose is
//! then judged as pasted text is, by form and words, which it does not look at:
//! paragraphs that it lost come back, furniture that it kept goes, and everything
//! that goes has a rule.
//!
//! Start at [`choose`].

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::piece::{Kind, Piece};
use super::tidy::NUMBER;
use crate::article::Fate;
use crate::clean::body::Decision;
use crate::clean::doubt::{self, Sentence};
use crate::clean::form::{Form, Rule};
use crate::clean::line::Ending;
use crate::clean::reason;
use crate::clean::recurrence::{Often, Recurrence};

/// Which elements, by number, hold text that Readability takes for the article's;
/// empty where it finds none. `n_elements` is one more than the highest number.
pub(super) fn held(document: Document, n_elements: usize) -> Vec<bool> {
    let mut held = vec![false; n_elements];
    let config = Config { disable_json_ld: true, text_mode: TextMode::Raw, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config))
        .and_then(|mut readability| readability.parse());
    if let Ok(article) = article {
        let content = Document::fragment(article.content);
        mark(&content.root(), None, &mut held);
    }
    held
}

fn mark(node: &NodeRef<'_>, around: Option<usize>, held: &mut [bool]) {
    let mut number = around;
    let mut child = node.first_child();
    while let Some(node) = child {
        if node.is_text() {
            let held = number.and_then(|number| held.get_mut(number));
            if let Some(held) = held.filter(|_| node.is_nonempty_text()) {
                *held = true;
            }
        } else if node.is_element() {
            let own = node.attr(NUMBER).and_then(|number| number.parse().ok());
            if node.has_name("wbr") {
                number = own.or(number);
            } else {
                mark(&node, own.or(number), held);
            }
        }
        child = node.next_sibling();
    }
}

/// Whether most of the text of `piece` is held.
pub(super) fn is_held(piece: &Piece, held: &[bool]) -> bool {
    let all: usize = piece.holders.iter().map(|(_, bytes)| bytes).sum();
    let inside = piece
        .holders
        .iter()
        .filter(|(number, _)| held.get(*number as usize).copied().unwrap_or(false));
    inside.map(|(_, bytes)| bytes).sum::<usize>() * 2 > all
}

/// A piece with what its words say.
#[derive(Debug)]
pub(super) struct Judged<'a> {
    pub(super) piece: &'a Piece,
    pub(super) form: Form<'a>,
    /// How many words it has.
    pub(super) words: usize,
    pub(super) ending: Ending,
    /// Hash of its letters: equal for repeated pieces.
    pub(super) print: u64,
    /// Whether Readability took it for the article's.
    pub(super) is_held: bool,
}

impl Judged<'_> {
    fn is_prose(&self) -> bool {
        self.form == Form::Prose && self.words >= 8
    }

    /// Whether more than a part of `most` of the text is links.
    fn is_linked(&self, most: usize) -> bool {
        self.piece.linked * most > self.piece.text.len()
    }

    /// Whether the elements around it say that it is none of the article.
    fn is_elsewhere(&self) -> bool {
        let place = &self.piece.place;
        place.outside || place.hidden || place.caption
    }
}

/// Says of every piece whether it is the article, and why not. `headline` is the
/// index of the piece that is the headline.
pub(super) fn choose(pieces: &[Judged<'_>], headline: Option<usize>) -> Vec<Decision> {
    let mut kept: Vec<bool> = pieces.iter().map(|judged| judged.is_held).collect();
    bring_back(pieces, &mut kept);
    let first = kept.iter().position(|kept| *kept).unwrap_or(pieces.len());
    let last = kept.iter().rposition(|kept| *kept).unwrap_or(0);
    let mut decisions: Vec<Decision> = pieces
        .iter()
        .enumerate()
        .map(|(index, judged)| {
            if kept[index] {
                inside(pieces, index, last)
            } else {
                outside(judged, index > first && index < last)
            }
        })
        .collect();
    if let Some(headline) = headline {
        for index in 0..pieces.len() {
            let same = pieces[index].print == pieces[headline].print;
            if same && matches!(pieces[index].piece.kind, Kind::Heading(_)) && index != headline {
                decisions[index] = Decision::removed(reason::HEADLINE_AGAIN);
            }
        }
        decisions[headline] = Decision::kept(Fate::Title);
    }
    headings(pieces, &mut decisions);
    repeats(pieces, &mut decisions);
    decisions
}

/// Takes out what stands in several other stories of the outlet, and says so of what is
/// out already. Sentences go only where they stand in many and are together not more
/// than a twentieth of the text: background is repeated in good faith.
pub(super) fn take_recurring(
    pieces: &[Judged<'_>],
    recurrence: &Recurrence,
    decisions: &mut [Decision],
) {
    const MOST: usize = 20;
    if recurrence.is_empty() {
        return;
    }
    let often = |judged: &Judged<'_>| match judged.piece.kind {
        Kind::Code(_) | Kind::Table => None,
        _ => recurrence.of(&judged.piece.text),
    };
    let (mut sentences, mut words, mut all) = (Vec::new(), 0, 0);
    for (at, judged) in pieces.iter().enumerate() {
        let is_body = decisions[at].fate == Fate::Body;
        let is_prose = judged.words >= 8 && judged.ending == Ending::Sentence;
        all += if is_body && is_prose { judged.words } else { 0 };
        match (often(judged), is_body) {
            (Some(Often::Many), true) if is_prose => {
                words += judged.words;
                sentences.push(at);
            }
            (Some(Often::Several | Often::Many), true) if !is_prose => {
                decisions[at] = Decision::removed(reason::RECURRING);
            }
            (Some(Often::Several | Often::Many), false)
                if decisions[at] == Decision::removed(reason::OUTSIDE) =>
            {
                decisions[at] = Decision::removed(reason::RECURRING);
            }
            _ => {}
        }
    }
    if words * MOST <= all {
        for at in sentences {
            decisions[at] = Decision::removed(reason::RECURRING);
        }
    }
}

/// Keeps in doubt the sentences between the first and the last of the article that would
/// go for no sure reason, beyond a twentieth of all; what the markup says of a piece is
/// sure. Gives how many words are kept so.
pub(super) fn keep_in_doubt(pieces: &[Judged<'_>], decisions: &mut [Decision]) -> usize {
    let is_body = |decision: &Decision| decision.fate == Fate::Body;
    let first = decisions.iter().position(is_body).unwrap_or(decisions.len());
    let end = decisions.iter().rposition(is_body).map_or(first, |last| last + 1);
    let is_sentence = |judged: &Judged<'_>| {
        judged.words >= 8 && judged.ending == Ending::Sentence && !judged.is_elsewhere()
    };
    let sentences = (first..end).filter(|at| is_sentence(&pieces[*at])).map(|at| {
        let words = pieces[at].words;
        // the longer, the likelier
        Sentence { at, words, odds: i32::try_from(words).unwrap_or(i32::MAX) }
    });
    doubt::keep(sentences, decisions);
    let kept = pieces.iter().zip(decisions).filter(|(_, decision)| {
        decision.fate == Fate::Body && decision.rule == Some(reason::DOUBTFUL)
    });
    kept.map(|(judged, _)| judged.words).sum()
}

/// Paragraphs that Readability lost: those in the same place of the tree as most of
/// what it found, and those between its first and its last.
fn bring_back(pieces: &[Judged<'_>], kept: &mut [bool]) {
    const SHARE: usize = 10;
    const ENOUGH: usize = 40;
    let is_text = |at: &usize| kept[*at] && pieces[*at].is_prose();
    let found: Vec<usize> = (0..pieces.len()).filter(is_text).collect();
    let (Some(first), Some(last)) = (found.first().copied(), found.last().copied()) else { return };
    let mut paths: Vec<(u64, usize)> =
        found.iter().map(|at| (pieces[*at].piece.place.path, pieces[*at].words)).collect();
    paths.sort_unstable();
    let all: usize = paths.iter().map(|(_, words)| words).sum();
    let common: Vec<u64> = paths
        .chunk_by(|one, other| one.0 == other.0)
        .map(|same| (same[0].0, same.iter().map(|(_, words)| words).sum::<usize>()))
        .filter(|(_, words)| *words >= ENOUGH && words * SHARE >= all)
        .map(|(path, _)| path)
        .collect();
    for (index, judged) in pieces.iter().enumerate() {
        if kept[index] || judged.is_elsewhere() {
            continue;
        }
        let piece = judged.piece;
        let beside = judged.is_prose()
            && piece.kind == Kind::Paragraph
            && judged.words >= 10
            && common.binary_search(&piece.place.path).is_ok()
            && !judged.is_linked(2);
        let named = piece.place.named_outside;
        let is_open = named.is_none() || named == Some(Rule::SignIn.reason()) && judged.is_prose();
        let between = (first..last).contains(&index)
            && is_open
            && !judged.is_linked(3)
            && match piece.kind {
                Kind::Heading(_) => judged.words <= 20,
                Kind::Paragraph | Kind::Item(_) | Kind::MoreItem => {
                    judged.is_prose() || judged.form == Form::Item
                }
                Kind::Code(_) | Kind::Table | Kind::Picture => true,
            };
        kept[index] = beside || between;
    }
}

/// The fate of a piece that was taken for the article's.
fn inside(pieces: &[Judged<'_>], index: usize, last: usize) -> Decision {
    /// Words of a paragraph that its words alone do not make furniture.
    const LONG: usize = 15;
    /// How near the end a note on the author stands.
    const TAIL: usize = 6;
    let judged = &pieces[index];
    let place = &judged.piece.place;
    if place.hidden {
        return Decision::removed(reason::HIDDEN);
    }
    if place.outside {
        return Decision::removed(place.named_outside.unwrap_or(reason::BESIDE));
    }
    if matches!(judged.piece.kind, Kind::Picture | Kind::Table | Kind::Code(_)) {
        return Decision::BODY;
    }
    match &judged.form {
        Form::Picture(picture) => {
            if picture.caption.is_none() {
                Decision::kept(Fate::Credit)
            } else if place.caption {
                Decision::kept(Fate::Caption)
            } else {
                Decision::because(Fate::Caption, reason::PICTURE_WORDS)
            }
        }
        _ if place.caption => Decision::because(Fate::Caption, reason::UNDER_A_PICTURE),
        Form::Furniture(rule) => {
            let is_long = judged.words >= LONG && judged.ending == Ending::Sentence;
            let goes = match rule {
                Rule::AuthorNote => index + TAIL > last,
                _ => rule.is_sure() && (!is_long || place.named_outside.is_some()),
            };
            if goes { Decision::removed(rule.reason()) } else { Decision::BODY }
        }
        Form::Stamp(_) | Form::Label(_) => Decision::kept(Fate::Stamp),
        Form::Byline(_) | Form::Announcement => Decision::kept(Fate::Byline),
        Form::Agency(_) => Decision::removed(Rule::SignOff.reason()),
        Form::Outlet(_) => Decision::kept(Fate::Outlet),
        Form::Note => Decision::kept(Fate::Note),
        Form::Prose | Form::Short | Form::Item | Form::Code => Decision::BODY,
    }
}

/// The fate of a piece that is not the article's: its form and its place say what
/// it is instead.
fn outside(judged: &Judged<'_>, between: bool) -> Decision {
    let place = &judged.piece.place;
    if place.hidden {
        return Decision::removed(reason::HIDDEN);
    }
    let rule = match &judged.form {
        Form::Picture(picture) if between && !place.outside => {
            let fate = if picture.caption.is_some() { Fate::Caption } else { Fate::Credit };
            return Decision::kept(fate);
        }
        Form::Furniture(rule) => rule.reason(),
        _ if place.named_outside.is_some() => place.named_outside.unwrap_or(reason::OUTSIDE),
        _ if place.outside => reason::NAVIGATION,
        _ if judged.is_linked(2) => reason::OTHER_PAGE,
        _ => reason::OUTSIDE,
    };
    Decision::removed(rule)
}

/// A heading goes with what follows it: where that is not the article's, it headed
/// something else.
fn headings(pieces: &[Judged<'_>], decisions: &mut [Decision]) {
    let mut heads_text = false;
    let mut level_below = 7;
    for index in (0..pieces.len()).rev() {
        let is_body = decisions[index].fate == Fate::Body;
        match pieces[index].piece.kind {
            Kind::Heading(level) if is_body => {
                if !heads_text && level >= level_below {
                    decisions[index] = Decision::removed(reason::HEADS_WHAT_WENT);
                } else {
                    level_below = level;
                    heads_text = false;
                }
            }
            Kind::Picture => {}
            _ if is_body => (heads_text, level_below) = (true, 7),
            _ if decisions[index].fate == Fate::Removed && pieces[index].words > 0 => {
                (heads_text, level_below) = (false, 0);
            }
            _ => {}
        }
    }
}

/// Takes out long pieces that stand in the body already.
fn repeats(pieces: &[Judged<'_>], decisions: &mut [Decision]) {
    const LONG: usize = 8;
    let mut seen = std::collections::BTreeSet::new();
    for (judged, decision) in pieces.iter().zip(decisions) {
        let is_text = decision.fate == Fate::Body && judged.words >= LONG;
        if is_text && judged.piece.kind == Kind::Paragraph && !seen.insert(judged.print) {
            *decision = Decision::removed(reason::REPEAT);
        }
    }
}
