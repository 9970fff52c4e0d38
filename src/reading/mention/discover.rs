//! Names that nobody told us: runs of capitals, cut into pieces, each with a guess
//! what it is.
//!
//! A run of capitals may hold more than a name ("Serbian President", "Tuesday")
//! and more than one ("EU Ambassador Jane Doe"). It is cut at titles and at known
//! names; what is left is judged by its words, then by its neighbours, and at last
//! (`settle`) by what the rest of the article does with the same words. Lines in title case
//! suggest nothing: there every word has a capital.
//!
//! Precision before recall: a false person is worse than a missing one.

use super::known::{Known, Meaning};
use super::lexicon::{self, Classes};
use super::token::{Position, Shape, Token};
use crate::actor::{Kind, Register};
use crate::reading::Naming;
use crate::text::Span;

/// A name found by its looks.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its bytes.
    pub(super) span: Span,
    /// Its first token.
    pub(super) first: usize,
    /// Its last token.
    pub(super) last: usize,
    /// What it seems to be.
    pub(super) kind: Kind,
    /// Why, for people.
    pub(super) rule: Naming,
    /// Whether the rule is enough; else `settle` decides what it is.
    pub(super) sure: bool,
}

/// Longest run that is looked at; beyond it, it is no name but a list or noise.
const LONGEST: usize = 14;

/// The pieces of `text` that seem to be names, in order, without overlap among
/// themselves, before any of them is weighed; one may contain a known name and then
/// stands for it.
pub(super) fn pieces(
    text: &str,
    tokens: &[Token],
    known: &[Known],
    register: &Register,
) -> Vec<Piece> {
    let mut known_at = vec![0_u32; tokens.len()];
    for (index, name) in (1_u32..).zip(known) {
        known_at[name.first..=name.last].fill(index);
    }
    let mut scan = Scan { text, tokens, known, known_at, register, pieces: Vec::new() };
    let mut at = 0;
    loop {
        // Most words are dismissed by their first letter.
        at += tokens[at..].iter().take_while(|token| !token.is_capital()).count();
        if at == tokens.len() {
            break;
        }
        if scan.opens(at) {
            let last = scan.run_end(at);
            scan.cut(at, last, false);
            at = last + 1;
        } else {
            at += 1;
        }
    }
    scan.pieces
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    known: &'a [Known],
    /// For each token the known name that covers it, counted from 1; 0 for none.
    known_at: Vec<u32>,
    register: &'a Register,
    pieces: Vec<Piece>,
}

/// Words that head a name and give away its kind.
const HEADS: Classes = Classes::BODY.or(Classes::TAIL).or(Classes::LANDFORM).or(Classes::WORK);

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].of(self.text)
    }

    fn has(&self, at: usize, classes: Classes) -> bool {
        self.tokens[at].classes.any(classes)
    }

    fn known(&self, at: usize) -> Option<&Known> {
        let index = *self.known_at.get(at)?;
        index.checked_sub(1).map(|index| &self.known[index as usize])
    }

    /// Whether a run may begin or go on with this token.
    fn opens(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if !token.is_capital() || matches!(token.position, Position::Shouted | Position::Credit) {
            return false;
        }
        let function = token.classes.any(Classes::FUNCTION)
            && (token.shape == Shape::Capital || token.of(self.text).len() == 1)
            && self.known_at[at] == 0;
        !function && (token.plain || !is_contraction(token.of(self.text)))
    }

    /// The last token of the run that begins at `first`.
    fn run_end(&self, first: usize) -> usize {
        let mut last = first;
        while last - first < LONGEST && !self.tokens[last].possessive {
            let Some(next) = self.next_of_run(first, last) else { break };
            last = next;
        }
        last
    }

    fn next_of_run(&self, first: usize, last: usize) -> Option<usize> {
        let next = last + 1;
        let token = self.tokens.get(next).filter(|token| token.follows)?;
        let goes_on =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.follows) && self.opens(at);
        match token.shape {
            Shape::Capital | Shape::Upper => self.opens(next).then_some(next),
            Shape::Mark('.') => {
                let word = self.word(last);
                let short = word.chars().count() == 1
                    || word.len() <= 4
                        && self.has(last, Classes::TITLE.or(Classes::LANDFORM_BEFORE));
                (short && goes_on(next + 1)).then_some(next + 1)
            }
            Shape::Mark('&') => goes_on(next + 1).then_some(next + 1),
            // "the Harbour Traders' Association"
            Shape::Mark('\'' | '\u{2019}') => {
                let body = self.tokens.get(next + 1)?;
                let owners = self.word(last).ends_with('s') && self.known_at[last] == 0;
                let goes_on = owners && body.follows && body.span.start > token.span.end;
                (goes_on && self.opens(next + 1) && self.has(next + 1, Classes::BODY))
                    .then_some(next + 1)
            }
            Shape::Lower => {
                let word = token.of(self.text);
                let joins = match word {
                    "of" => {
                        self.has(last, HEADS)
                            || self.has(last, Classes::TITLE) && self.is_field(next + 1)
                    }
                    "for" | "on" => self.has(last, Classes::BODY),
                    "and" => return self.over_and(first, last),
                    _ => {
                        self.known_at[last] == 0
                            && token.every_class(self.text).any(Classes::PARTICLE)
                            && !self.has(last, HEADS)
                    }
                };
                if !joins {
                    return None;
                }
                let mut next = next + 1;
                // "Ibrahim al- Jaafari": the hyphen was set with a space.
                let split = self.tokens.get(next).is_some_and(|token| {
                    token.shape == Shape::Mark('-')
                        && token.span.start == self.tokens[next - 1].span.end
                });
                if split && matches!(word, "al" | "el") {
                    next += 1;
                }
                if self.tokens.get(next).is_some_and(|token| {
                    matches!(token.of(self.text), "the" | "la" | "der" | "den")
                }) {
                    next += 1;
                }
                goes_on(next).then_some(next)
            }
            _ => None,
        }
    }

    /// Whether a field of office stands here: the State of "Secretary of State".
    fn is_field(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_capital() && token.classes.any(Classes::FIELD))
    }

    /// "Ministry of Culture and Information", "Securities and Exchange Commission".
    fn over_and(&self, first: usize, last: usize) -> Option<usize> {
        let next = last + 2;
        let inside = (first..last).any(|at| {
            self.has(at, Classes::BODY) && matches!(self.word(at + 1), "of" | "for" | "on")
        });
        let free = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.follows)
                && self.opens(at)
                && self.known_at[at] == 0
        };
        if !free(next) {
            return None;
        }
        if inside {
            let second =
                (next..next + 3).take_while(|at| free(*at)).any(|at| self.has(at, Classes::BODY));
            return (!second).then_some(next);
        }
        let plain = self.has(last, Classes::COMMON.or(Classes::FIELD))
            && self.tokens[last].position != Position::Start;
        let head =
            (next..next + 3).take_while(|at| free(*at)).find(|at| self.has(*at, Classes::BODY));
        head.filter(|_| plain && last - first < 2)
    }

    /// Cuts the run `first..=last` into pieces.
    fn cut(&mut self, mut first: usize, mut last: usize, titled: bool) {
        // What only begins a sentence, what only dates it.
        while first < last && self.is_opener(first) {
            first += 1;
        }
        while first < last && self.is_loose(first) {
            first += 1;
        }
        while first < last && (self.is_loose(last) || self.has(last, Classes::CALENDAR)) {
            last -= 1;
        }
        let labels = first < last
            && self.has(last, Classes::COMMON)
            && self.tokens.get(last + 1).is_some_and(|token| token.shape == Shape::Mark(':'));
        if labels {
            last -= 1;
        }
        if first == last && (self.is_opener(first) || self.is_loose(first)) {
            return;
        }
        // "Serbian President Jane Doe": the name stands after the last title.
        let title = (first..=last).rev().find(|at| {
            // "Jane Bishop": at the end, after a given name, it is a surname.
            let surname = *at == last && *at > first && self.has(at - 1, Classes::GIVEN);
            self.has(*at, Classes::TITLE)
                && self.known_at[*at] == 0
                && self.tokens[*at].is_capital()
                && !surname
        });
        if let Some(title) = title
            && !titled
        {
            let of = title < last && self.word(title + 1) == "of";
            let named = (title + 1..=last)
                .find(|at| self.tokens[*at].is_capital() && !(of && self.is_field(*at)));
            let headed = (named.unwrap_or(title + 1)..=last)
                .any(|at| self.has(at, HEADS) && !self.has(at, Classes::GIVEN.or(Classes::FAMILY)));
            let person =
                named.is_some_and(|named| self.known_at[named] == 0 || self.known_person(named));
            let before = (first..title).rev().find(|at| !self.is_title_word(*at));
            match named {
                Some(named) if !headed && person => {
                    if let Some(before) = before {
                        self.cut(first, before, false);
                    }
                    return self.cut(named, last, true);
                }
                None if !self.has(title, Classes::GIVEN) => {
                    if let Some(before) = before {
                        self.cut(first, before, false);
                    }
                    return;
                }
                _ => {}
            }
        }
        self.cut_at_known(first, last, titled);
    }

    fn known_person(&self, at: usize) -> bool {
        self.known(at).is_some_and(|known| match &known.meaning {
            Meaning::Actor(actor) => self.register.actors()[*actor as usize].kind == Kind::Person,
            Meaning::OneOf(_) => true,
            _ => false,
        })
    }

    /// A word that stands before a title and belongs to it, or to nobody.
    fn is_title_word(&self, at: usize) -> bool {
        let word = self.word(at);
        self.known_at[at] == 0
            && (self.has(at, Classes::TITLE.or(Classes::FIELD).or(Classes::PEOPLE))
                || !self.tokens[at].is_capital()
                || self.register.by_demonym(word).is_some())
    }

    /// A common word with the capital of its sentence.
    fn is_opener(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if token.position != Position::Start
            || self.known_at[at] != 0
            || token.shape == Shape::Upper
        {
            return false;
        }
        let word = token.of(self.text);
        let next_is_head = self.tokens.get(at + 1).is_some_and(|next| {
            next.follows && next.is_capital() && next.classes.any(Classes::BODY.or(Classes::TITLE))
        });
        let name_like =
            Classes::GIVEN.or(Classes::FAMILY).or(Classes::PLACE).or(Classes::PLACE_FIRST);
        if token.classes.any(Classes::COMMON.or(Classes::VERB).or(Classes::SPEECH)) {
            let named = token.classes.any(name_like) && self.next_is_capital(at);
            return !next_is_head && !named;
        }
        token.classes == Classes::NONE
            && (word.ends_with("ing") || word.ends_with("ly") || word.ends_with("ed"))
            && word.len() > 5
    }

    fn next_is_capital(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.follows && next.is_capital())
    }

    /// A word that is never part of a name at its edge.
    fn is_loose(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if !token.is_capital() {
            return true;
        }
        if self.known_at[at] != 0 || !token.classes.any(Classes::CALENDAR) {
            return false;
        }
        // "April Ryan" and "Theresa May" are persons, "4 May" is a day.
        let name = token.classes.any(Classes::GIVEN.or(Classes::FAMILY));
        let beside = self.next_is_capital(at)
            || token.follows && at > 0 && self.has(at - 1, Classes::GIVEN.or(Classes::TITLE));
        !(name && beside)
    }

    /// Whole where its head says so, else in parts around known names.
    fn cut_at_known(&mut self, first: usize, last: usize, titled: bool) {
        // "the Harbour Council Jane Doe": a person after the body.
        let body = (first..last).rev().find(|at| self.has(*at, Classes::BODY));
        let person = body.and_then(|body| {
            (body + 1..last)
                .find(|at| self.has(*at, Classes::GIVEN) && !self.has(*at, Classes::PLACE))
        });
        if let Some(person) = person
            .filter(|person| !titled && self.tokens[*person - 1].is_capital() && last - person <= 2)
        {
            self.cut_at_known(first, person - 1, false);
            return self.cut_at_known(person, last, false);
        }
        if let Some((kind, rule)) = self.headed(first, last, titled) {
            // A known name that is the whole piece needs no guess.
            let whole = self.known(first).is_some_and(|known| {
                known.first == first && known.last >= last && known.meaning != Meaning::Nobody
            });
            if let (Some(kind), false) = (kind, whole) {
                self.add(first, last, kind, rule, true);
            }
            // Of a document or event no part is a name of its own.
            return;
        }
        let mut at = first;
        while at <= last {
            if let Some(end) = self.listed_place(at, last) {
                self.add(at, end, Kind::Place, Naming::KnownPlace, true);
                at = end + 1;
                continue;
            }
            if self.known_at[at] != 0
                && !self.known(at).is_some_and(|known| known.meaning == Meaning::Nobody)
            {
                // "Anna Smith" beside a register with "Smith": another person.
                let end = self.known(at).map_or(at, |known| known.last);
                at = end.max(at) + 1;
                continue;
            }
            let mut end = at;
            while end < last && self.known_at[end + 1] == 0 {
                end += 1;
            }
            let mut end_of_piece = end;
            // "Statistics Freedonia": with the word before it the name of a state is
            // perhaps another name.
            if end + 1 == last
                && !titled
                && self.known_at[last] != 0
                && !self.known_person(last)
                && !(at..=end).any(|at| self.is_title_word(at) || self.has(at, Classes::DIRECTION))
                && !self.is_purpose(at)
            {
                end_of_piece = last;
            }
            if end < last && self.known_person(end + 1) && self.is_given(at) {
                let known_last = self.known(end + 1).map_or(end + 1, |known| known.last);
                end_of_piece = known_last.min(last);
            }
            self.piece(at, end_of_piece, titled && at == first);
            at = end_of_piece + 1;
        }
    }

    /// A given name before a known surname: one of the list, or a word of no other use
    /// where a capital says that it is a name.
    fn is_given(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        self.has(at, Classes::GIVEN)
            || token.classes == Classes::NONE
                && token.position == Position::Inside
                && token.shape == Shape::Capital
                && !self.is_title_word(at)
    }

    /// A verb of what a body is for: the Coalition to *Counter* Freedonia.
    fn is_purpose(&self, at: usize) -> bool {
        at >= 2 && self.word(at - 1) == "to" && self.tokens[at - 2].is_capital()
    }

    /// The last token of a listed place of several words that begins here.
    fn listed_place(&self, first: usize, last: usize) -> Option<usize> {
        if !self.has(first, Classes::PLACE_FIRST) {
            return None;
        }
        (first + 1..=last.min(first + 3)).rev().find(|end| {
            let span =
                Span { start: self.tokens[first].span.start, end: self.tokens[*end].span.end };
            lexicon::classes(span.of(self.text)).any(Classes::PLACE)
        })
    }

    /// The kind that the head of a piece gives away; `Some((None, _))` for a
    /// document, event or work, which is no actor.
    fn headed(&self, first: usize, last: usize, titled: bool) -> Option<(Option<Kind>, Naming)> {
        if titled {
            return None;
        }
        let one = first == last;
        let name = Classes::GIVEN.or(Classes::FAMILY);
        let of = (first + 1..last).find(|at| matches!(self.word(*at), "of" | "for" | "on"));
        let head = of.map_or(last, |of| of - 1);
        let person_before = !one
            && self.has(first, Classes::GIVEN)
            && last - first == 1
            && self.has(last, Classes::FAMILY);
        if person_before {
            return None;
        }
        if self.has(last, Classes::TAIL) && !one {
            return Some((Some(Kind::Organisation), Naming::CompanyForm));
        }
        if !one && self.is_carrier(last) {
            return Some((Some(Kind::Organisation), Naming::HeadWord));
        }
        if !one && matches!(self.word(first), "Operation" | "Hurricane" | "Typhoon" | "Cyclone") {
            return Some((None, Naming::Document));
        }
        if one && self.tokens[first].position == Position::Start {
            return None;
        }
        for at in [head, last] {
            let classes = self.tokens[at].classes;
            if one && (classes.any(name) || classes.any(Classes::COMMON)) {
                continue;
            }
            if self.known_at[at] != 0
                && !(at > first
                    && self.known(at).is_some_and(|known| known.meaning == Meaning::Nobody))
            {
                continue;
            }
            if classes.any(Classes::BODY) && !(one && classes.any(Classes::LANDFORM)) {
                let kind =
                    if self.word(at) == "Mission" { Kind::Mission } else { Kind::Organisation };
                return Some((Some(kind), Naming::HeadWord));
            }
            if classes.any(Classes::WORK) {
                return Some((None, Naming::Document));
            }
            if classes.any(Classes::LANDFORM) && !one && !classes.any(Classes::FAMILY) {
                return Some((Some(Kind::Place), Naming::PlaceWord));
            }
        }
        if !one && self.has(first, Classes::LANDFORM_BEFORE) && self.known_at[first] == 0 {
            return Some((Some(Kind::Place), Naming::PlaceWord));
        }
        None
    }

    /// "Alder Shipping Line": a line of ships or buses, not one that is drawn.
    fn is_carrier(&self, last: usize) -> bool {
        const CARRIERS: &[&str] =
            &["Bus", "Container", "Cruise", "Ferry", "Navigation", "Shipping", "Steamship"];
        matches!(self.word(last), "Line" | "Lines") && CARRIERS.contains(&self.word(last - 1))
    }

    /// Judges a piece without head and without known name.
    fn piece(&mut self, mut first: usize, mut last: usize, titled: bool) {
        while first < last && (self.is_opener(first) || self.is_loose(first)) {
            first += 1;
        }
        while first < last && self.is_loose(last) {
            last -= 1;
        }
        if self.is_opener(first) || self.is_loose(first) {
            return;
        }
        if let Some((kind, rule, sure)) = self.judge(first, last, titled) {
            self.add(first, last, kind, rule, sure);
        }
    }

    /// What the piece is and whether that is sure; `None` for no name at all.
    fn judge(&self, first: usize, last: usize, titled: bool) -> Option<(Kind, Naming, bool)> {
        let words = (first..=last).filter(|at| self.tokens[*at].is_capital()).count();
        let is_people = |at: usize| {
            self.has(at, Classes::PEOPLE) || self.register.by_demonym(self.word(at)).is_some()
        };
        let people = (first..=last).all(|at| is_people(at) || !self.tokens[at].is_capital());
        let opening = &self.tokens[first];
        let noise = words == 1
            && opening.shape == Shape::Upper
            && (opening.classes.any(Classes::NOISE)
                || self.word(first).bytes().any(|byte| byte.is_ascii_digit()))
            || words == 1 && is_plural_acronym(self.word(first))
            || words > 1 && (first..=last).any(|at| is_designation(self.word(at)));
        if people && !titled || noise || words > 6 {
            return None;
        }
        if titled && words <= 5 {
            return Some((Kind::Person, Naming::Title, true));
        }
        if words >= 2 && opening.classes.any(Classes::GIVEN) {
            return Some((Kind::Person, Naming::GivenName, true));
        }
        if words <= 3 && opening.shape == Shape::Capital && self.is_someone(first, last) {
            return Some((Kind::Person, Naming::Speaks, true));
        }
        if words == 1 && self.is_medium(first) {
            return None;
        }
        if words == 1 && opening.classes.any(Classes::COMPANY) {
            return Some((Kind::Organisation, Naming::KnownBody, true));
        }
        Some((Kind::Organisation, Naming::LikeOrganisation, false))
    }

    /// "on Twitter": where something was said, not someone in the news.
    fn is_medium(&self, at: usize) -> bool {
        const MEDIA: &[&str] =
            &["Facebook", "Instagram", "Telegram", "TikTok", "Twitter", "WhatsApp", "YouTube"];
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        MEDIA.contains(&self.word(at)) && matches!(before, "on" | "via" | "over")
    }

    /// "Lindqvist warned", "Lindqvist, who", "said Ann Lindqvist", "the new mayor, Ann
    /// Lindqvist": words of no other use that do what persons do.
    fn is_someone(&self, first: usize, last: usize) -> bool {
        let plain = (first..=last).all(|at| {
            !self.has(at, HEADS.or(Classes::COMMON).or(Classes::PLACE).or(Classes::COMPANY))
        });
        let lower = |at: usize| self.tokens.get(at).filter(|token| !token.is_capital());
        let spelt = |token: Option<&Token>, word: &str| {
            token.is_some_and(|token| token.of(self.text) == word)
        };
        let says = |token: Option<&Token>, class: Classes| {
            token.is_some_and(|token| token.every_class(self.text).any(class))
        };
        let after = |steps: usize| lower(last + steps);
        let speaks = || first == last && says(after(1), Classes::SPEECH);
        let who = || spelt(after(1), ",") && (spelt(after(2), "who") || spelt(after(2), "whose"));
        let before = |steps: usize| first.checked_sub(steps).and_then(lower);
        // Not "said Freeland Post writer Ann Lindqvist".
        let ends = || {
            let next = self.tokens.get(last + 1).filter(|token| token.shape == Shape::Lower);
            next.is_none_or(|token| {
                let linking = Classes::FUNCTION.or(Classes::PLACE_PREPOSITION);
                token.every_class(self.text).any(linking)
            })
        };
        let full =
            || first < last && (first..=last).all(|at| self.tokens[at].is_capital()) && ends();
        let quoted = || spelt(before(1), "said") || spelt(before(1), "says");
        let described = || spelt(before(1), ",") && says(before(2), Classes::TITLE);
        plain
            && !self.tokens[last].possessive
            && (who() || speaks() || full() && (quoted() || described()))
    }

    fn add(&mut self, first: usize, last: usize, kind: Kind, rule: Naming, sure: bool) {
        let opening = &self.tokens[first];
        let span = Span { start: opening.span.start, end: self.tokens[last].span.end };
        if self.register.ignores(span.of(self.text)) {
            return;
        }
        self.pieces.push(Piece { span, first, last, kind, rule, sure });
    }
}

/// Whether a word is a pronoun or verb with another in one: `We've`, `Didn't`.
fn is_contraction(word: &str) -> bool {
    let Some((_, end)) = word.split_once(['\'', '\u{2019}']) else { return false };
    matches!(end, "m" | "ve" | "ll" | "re" | "d") || end == "t" && word.len() > 3
}

/// Whether a word names the model of a thing: `F-16`, `KC-135R`.
fn is_designation(word: &str) -> bool {
    word.split_once('-').is_some_and(|(letters, number)| {
        (1..=4).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
            && number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether a word is several of what an acronym stands for: `NGOs`.
fn is_plural_acronym(word: &str) -> bool {
    let letters = word.strip_suffix('s').unwrap_or_default();
    letters.len() >= 2 && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}
