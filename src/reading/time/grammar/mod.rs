//! The grammar of English time expressions, over typed tokens.
//!
//! Recursive descent: every rule is a method of [`Grammar`] that is given the
//! index of a token and returns what it read with the index after it, or `None`.
//! Rules look at a fixed number of tokens, so that reading is linear. The longest
//! expression is tried first: a time with its day, a date, a quantity, a lone
//! word. What is *not* a date (ages, counts, names) is turned away here, by the
//! rule that would have taken it.
//!
//! Start at [`phrases`]; dates are in `day`, `numeric`, `period` and `year`, quantities and
//! sets in `quantity`, times of day in `clock`, holidays in `holiday`, numbers in words
//! in `number`.

use super::meaning::{Calendar, Meaning, Phrase, TimeOfDay, YearOf};
use super::token::{DayPart, Part, Preposition, Token, Unit, Vague, Verb, Which, Word};

mod clock;
mod day;
mod holiday;
mod number;
mod numeric;
mod period;
mod quantity;
mod year;

/// What a rule read, and the index of the token after it.
type Read<T> = Option<(T, usize)>;

/// The tokens of one block of prose.
pub(super) struct Grammar<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

/// Appends the time expressions of a block to `found`, which is empty: in order, without
/// overlap.
pub(super) fn phrases(text: &str, tokens: &[Token], found: &mut Vec<Phrase>) {
    let grammar = Grammar { text, tokens };
    let mut at = 0;
    loop {
        // Most of a text is dismissed here.
        at += tokens[at..].iter().take_while(|token| token.word.begins_nothing()).count();
        let Some(token) = tokens.get(at) else { break };
        let read = grammar
            .may_begin(at, token.word)
            .then(|| grammar.expression(at, found.last()))
            .flatten();
        match read {
            Some((first, next)) => {
                at = next;
                let rest = grammar.shared(&first, &mut at);
                found.push(first);
                found.extend(rest);
            }
            None => at += 1,
        }
    }
    grammar.inherit_years(found);
}

impl Word {
    /// Whether no expression begins with it, whatever stands around it.
    fn begins_nothing(self) -> bool {
        match self {
            Self::Mark(mark) => !matches!(mark, '\'' | '’' | '‘'),
            Self::Preposition(preposition) => preposition != Preposition::Around,
            word => matches!(
                word,
                Self::Other
                    | Self::Verb(_)
                    | Self::And
                    | Self::Or
                    | Self::Conjunction
                    | Self::Title
                    | Self::Numbered
                    | Self::Counted
                    | Self::Pronoun
                    | Self::Ago
                    | Self::Zone
                    | Self::Meridiem { .. }
                    | Self::BeforeChrist
                    | Self::Thousand
                    | Self::Not
            ),
        }
    }

    /// Whether no rule goes on with it after an article or a word that points.
    fn tells_no_time(self) -> bool {
        matches!(
            self,
            Self::Other
                | Self::Article
                | Self::Verb(_)
                | Self::Title
                | Self::Numbered
                | Self::Counted
                | Self::Pronoun
                | Self::Preposition(_)
                | Self::Conjunction
                | Self::And
                | Self::Or
        )
    }
}

impl Grammar<'_> {
    // Looking at tokens.

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The word at `at`; past the end a mark that no rule asks for.
    fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Mark('\n'), |token| token.word)
    }

    fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Mark('\n'), |at| self.word(at))
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span().of(self.text))
    }

    #[inline]
    fn is(&self, at: usize, word: &str) -> bool {
        let of_length = |token: &&Token| (token.end - token.start) as usize == word.len();
        self.tokens
            .get(at)
            .filter(of_length)
            .is_some_and(|token| token.span().of(self.text).eq_ignore_ascii_case(word))
    }

    fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(mark))
    }

    fn dash(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_dash)
    }

    fn preposition(&self, at: usize, preposition: Preposition) -> bool {
        self.word(at) == Word::Preposition(preposition)
    }

    /// `at`, or the index after `mark` where it stands there.
    fn skip_mark(&self, at: usize, mark: char) -> usize {
        at + usize::from(self.mark(at, mark))
    }

    fn skip(&self, at: usize, preposition: Preposition) -> usize {
        at + usize::from(self.preposition(at, preposition))
    }

    #[inline]
    fn skip_the(&self, at: usize) -> usize {
        let article = |token: &Token| matches!(token.word, Word::Article);
        at + usize::from(self.tokens.get(at).is_some_and(article) && self.is(at, "the"))
    }

    fn skip_hyphen(&self, at: usize) -> usize {
        at + usize::from(self.dash(at) && self.glued(at) && self.glued(at + 1))
    }

    /// Whether a sentence may begin at `at`: its capital says nothing then.
    fn opens(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        match self.word(before) {
            Word::Mark('.' | '!' | '?' | ':' | '\u{2022}') => true,
            // After an opening quotation mark; a closing one has no space before.
            Word::Mark('"' | '“' | '\'' | '‘' | '(' | '[') => self.glued(at),
            _ => false,
        }
    }

    // Rules.

    /// Whether an expression may begin with `word`, which stands at `at` and begins some.
    fn may_begin(&self, at: usize, word: Word) -> bool {
        match word {
            Word::Article | Word::One => match self.word(at + 1) {
                Word::Which(_) => self.may_point(at + 1),
                Word::Ordinal(_) => !self.is_counted(at + 2),
                next => !next.tells_no_time(),
            },
            // A year or a day may stand in one number of four digits, or of eight.
            Word::Number { digits: 4 | 8, .. } => true,
            Word::Number { .. } | Word::Cardinal(_) | Word::Ordinal(_) | Word::Hundred => {
                !self.is_counted(at + 1) && !self.ends_number(at + 1)
            }
            Word::Half | Word::Some | Word::Later | Word::Earlier | Word::Part(Part::Adjective) => {
                !self.is_counted(at + 1)
            }
            Word::Part(Part::Noun) => self.preposition(at + 1, Preposition::Of),
            Word::DayPart { part, .. } => matches!(part, DayPart::Noon | DayPart::Midnight),
            Word::Which(_) => self.may_point(at) || self.is(at, "current"),
            Word::Holiday => self.may_open_holiday(at),
            // "around 400"; no other preposition begins anything.
            Word::Preposition(_) => matches!(
                self.word(at + 1),
                Word::Number { .. }
                    | Word::Cardinal(_)
                    | Word::Hundred
                    | Word::Half
                    | Word::One
                    | Word::Some
            ),
            // "'99", not the mark of a possessive.
            Word::Mark(_) => matches!(self.word(at + 1), Word::Number { .. }),
            _ => true,
        }
    }

    /// Whether what follows may be the time that the word at `at` points to: "last
    /// May", not "that man".
    fn may_point(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        !(next.tells_no_time() || matches!(next, Word::Mark(_))) || self.is(at + 1, "calendar")
    }

    /// Whether no rule goes on with the word at `at` behind a number, and the number counts
    /// it: "54 ships", "the first man".
    fn is_counted(&self, at: usize) -> bool {
        // Shorter words may be a part of the number or of a time: "2 nd", "7 o'clock".
        let is_noun = || {
            self.text(at).len() > 2
                && !quantity::FILLERS.iter().chain(&["local"]).any(|word| self.is(at, word))
        };
        match self.word(at) {
            Word::Counted => !self.glued(at),
            Word::Other => !self.glued(at) && is_noun(),
            _ => false,
        }
    }

    /// Whether no rule goes on with the word at `at` behind a number of days, hours or units:
    /// "three of them" may go on, "three in the house" does not.
    fn ends_number(&self, at: usize) -> bool {
        match self.word(at) {
            Word::Verb(_) | Word::Article | Word::Pronoun | Word::Conjunction | Word::Title => {
                !self.glued(at)
            }
            Word::Preposition(preposition) => !matches!(
                preposition,
                Preposition::Of | Preposition::To | Preposition::Through | Preposition::Until
            ),
            // "3.5 hours", "10.30 p.m.", "19.04.2013"
            Word::Mark('.') => !(self.glued(at) && self.glued(at + 1)),
            Word::Mark(':' | '/') => false,
            Word::Mark(_) => !self.dash(at),
            _ => false,
        }
    }

    /// Any expression that begins at `at`; `last` is the one before it.
    fn expression(&self, at: usize, last: Option<&Phrase>) -> Read<Phrase> {
        let dated = || self.day_then_time(at);
        let timed = || self.time_then_day(at);
        let counted = || self.quantity(at);
        // Which of them it may be, its first word tells.
        match self.word(at) {
            Word::Article => timed().or_else(dated).or_else(counted),
            Word::Number { .. } => {
                timed().or_else(dated).or_else(counted).or_else(|| self.year_alone(at, last))
            }
            Word::Cardinal(_) => {
                timed().or_else(dated).or_else(counted).or_else(|| self.spoken_year_alone(at))
            }
            Word::Which(_) => dated().or_else(counted).or_else(|| self.vague(at)),
            Word::Unit { .. } => dated().or_else(counted),
            Word::One | Word::Hundred | Word::Half | Word::Some => counted(),
            Word::Preposition(_) => timed().or_else(counted),
            Word::DayPart { .. } => timed(),
            Word::Weekday { .. } => self.set(at).or_else(dated),
            Word::Every | Word::Weekdays(_) | Word::Recurring(_) | Word::Times | Word::Per => {
                self.set(at)
            }
            Word::Mark(_) => dated().or_else(|| self.year_alone(at, last)),
            Word::Vague(_) => self.vague(at),
            _ => dated(),
        }
    }

    /// "6:40 a.m. on Tuesday", "noon", "the night of May 4": a time of day, with
    /// the day it belongs to where one follows.
    fn time_then_day(&self, at: usize) -> Read<Phrase> {
        let (time, next) = self.clock(at).or_else(|| self.part_of_date(at))?;
        let joined = match self.word(next) {
            Word::Mark(',') | Word::Preposition(Preposition::On | Preposition::Of) => next + 1,
            _ => next,
        };
        let day = self.day(joined).or_else(|| {
            // "7 a.m. the following day"
            let (meaning, next) = self.relative_unit(joined)?;
            let day = matches!(meaning, Meaning::Unit { unit: Unit::Day, .. });
            day.then_some((meaning, next))
        });
        let (meaning, next) = day.unwrap_or((Meaning::TimeOnly, next));
        // "the night of the attack" names no day, and is only a part of one.
        if meaning == Meaning::TimeOnly && matches!(time, TimeOfDay::Part(_)) && self.is(at, "the")
        {
            return None;
        }
        Some((Phrase { tokens: at..next, meaning, time: Some(time) }, next))
    }

    /// "late Thursday", "Friday night", "May 4 at 10 a.m.", "early May": a date,
    /// with the part of the day or the time that follows it.
    fn day_then_time(&self, at: usize) -> Read<Phrase> {
        let from = self.narrowing(at).unwrap_or(at);
        let (meaning, next) = self
            .day(from)
            .or_else(|| self.part_of_deictic_day(from))
            .or_else(|| self.longer_date(from))
            .or_else(|| (from > at).then(|| self.year_or_unit(at, from)).flatten())?;
        let is_day = match &meaning {
            Meaning::Calendar(date) => date.day.is_some() || date.weekday.is_some(),
            Meaning::Deictic { .. } | Meaning::WeekdayOf { .. } | Meaning::Holiday { .. } => true,
            Meaning::Unit { unit, .. } => *unit == Unit::Day,
            _ => false,
        };
        let (time, next) = match is_day.then(|| self.time_after(next)).flatten() {
            Some((time, next)) => (Some(time), next),
            None => (self.time_within(from, next), next),
        };
        Some((Phrase { tokens: at..next, meaning, time }, next))
    }

    /// The part of the day or the time that follows a day: "night", "at 10 a.m.".
    fn time_after(&self, at: usize) -> Read<TimeOfDay> {
        let mut next = at;
        let mut part = None;
        // "Saturday in the evening", "Friday early morning"
        let inside = if self.preposition(at, Preposition::In) && self.is(at + 1, "the") {
            at + 2
        } else {
            at + usize::from(self.word(at) == Word::Part(Part::Adjective))
        };
        if let Word::DayPart { part: of_day, plural: false } = self.word(inside)
            && of_day != DayPart::Noon
            && of_day != DayPart::Midnight
        {
            part = Some(TimeOfDay::Part(of_day));
            next = inside + 1;
        }
        let clock_at = match self.word(next) {
            Word::Mark(',' | '@') | Word::Preposition(Preposition::At | Preposition::Around) => {
                next + 1
            }
            _ => next,
        };
        let clock_at = self.skip(clock_at, Preposition::Around);
        if let Some((time, next)) = self.clock(clock_at) {
            return Some((time, next));
        }
        part.map(|part| (part, next))
    }

    /// "tonight", "last night" and "this morning" carry their time in themselves.
    fn time_within(&self, from: usize, next: usize) -> Option<TimeOfDay> {
        (from..next).rev().find_map(|at| match self.word(at) {
            Word::Tonight => Some(TimeOfDay::Part(DayPart::Night)),
            Word::DayPart { part, .. } => Some(TimeOfDay::Part(part)),
            _ => None,
        })
    }

    /// "the end of", "early", "mid-", "later": words that narrow what follows.
    /// Gives the index of what they narrow.
    fn narrowing(&self, at: usize) -> Option<usize> {
        let start = self.skip_the(at);
        match self.word(start) {
            Word::Part(Part::Adjective) => {
                let next = self.skip_hyphen(start + 1);
                // "early in 2008", "late on Thursday"
                let joined =
                    matches!(self.word(next), Word::Preposition(Preposition::In | Preposition::On));
                Some(next + usize::from(joined && start == at))
            }
            Word::Part(Part::Noun) if self.preposition(start + 1, Preposition::Of) => {
                // "the end of the 1980s", "the end of mid-2007"; "the end of the year"
                // is left to `year_or_unit`.
                let next = start + 2;
                match self.word(next) {
                    Word::Part(Part::Adjective) => Some(self.skip_hyphen(next + 1)),
                    _ => Some(next),
                }
            }
            Word::Later | Word::Earlier if start == at => Some(
                at + 1
                    + usize::from(
                        self.preposition(at + 1, Preposition::In) && self.is(at + 2, "the"),
                    ),
            ),
            _ => None,
        }
    }

    /// What only a narrowing word makes a date: "mid-2007", "the end of the year".
    fn year_or_unit(&self, at: usize, from: usize) -> Read<Meaning> {
        if let Some((year, next)) = self.year(from) {
            return Some((Meaning::Calendar(Calendar { year, ..Calendar::NONE }), next));
        }
        let joined = self.word(from.checked_sub(1)?);
        let noun = self.is(from, "the")
            && matches!(joined, Word::Preposition(Preposition::Of | Preposition::In));
        match self.word(from + 1) {
            Word::Unit { unit, plural: false } if noun && from > at => {
                Some((Meaning::Within(unit), from + 2))
            }
            _ => None,
        }
    }

    /// A word that speaks of time and names none.
    fn vague(&self, at: usize) -> Read<Phrase> {
        let token = self.token(at)?;
        let vague = match token.word {
            Word::Vague(vague) => vague,
            Word::Which(Which::This) if self.is(at, "current") => Vague::Present,
            _ => return None,
        };
        let next = match self.word(at + 1) {
            Word::Unit { plural: true, .. } if vague == Vague::Recent => at + 2,
            _ => at + 1,
        };
        let start = at - usize::from(at > 0 && vague == Vague::Present && self.is(at - 1, "right"));
        // "as recently as 2009" leads to a date.
        if self.is(at + 1, "as") {
            return None;
        }
        // A name: "Recent History Ltd".
        if token.capital && !self.opens(at) {
            return None;
        }
        let vague = if vague == Vague::Recent { Vague::Past } else { vague };
        Some((Phrase::new(start..next, Meaning::Vague(vague)), next))
    }

    /// Expressions that share a part with `first`, which stands before `at`:
    /// "June 3 *and 5*", "1992-*95*". Moves `at` behind them.
    fn shared(&self, first: &Phrase, at: &mut usize) -> Vec<Phrase> {
        let mut found = Vec::new();
        let Meaning::Calendar(date) = first.meaning else { return found };
        match date {
            Calendar { day: Some(_), month: Some(_), weekday: None, year, .. }
                if first.time.is_none() && matches!(self.word(*at - 1), Word::Number { .. }) =>
            {
                // The year, if any, is named once, after the last day.
                if year != YearOf::Open {
                    return found;
                }
                while let Some((phrase, next)) = self.another_day(date, *at) {
                    found.push(phrase);
                    *at = next;
                }
            }
            Calendar { year: YearOf::Stated(year), .. } => {
                if let Some((phrase, next)) = self.short_year(year, *at) {
                    found.push(phrase);
                    *at = next;
                }
            }
            _ => {}
        }
        found
    }

    /// "and 5" after "June 3".
    fn another_day(&self, date: Calendar, at: usize) -> Read<Phrase> {
        let joint = matches!(
            self.word(at),
            Word::And
                | Word::Or
                | Word::Mark(',' | '-' | '–')
                | Word::Preposition(Preposition::To | Preposition::Through | Preposition::Until)
        );
        let from = self.skip_the(at + 1);
        let (day, next) = joint.then(|| self.day_number(from)).flatten()?;
        // "June 3 and 5 soldiers", "June 3 and 5 July", "June 3, 10 a.m."
        let ends = match self.word(next) {
            Word::Mark(mark) => !matches!(mark, ':' | '%' | '-' | '–' | '/'),
            Word::Verb(_) | Word::And | Word::Or | Word::Conjunction => true,
            Word::Preposition(preposition) => preposition != Preposition::Of,
            _ => false,
        };
        let (year, end) = match self.word(next) {
            Word::Mark(',') => self.year(next + 1).unwrap_or((YearOf::Open, next)),
            _ => (YearOf::Open, next),
        };
        ends.then(|| {
            let date = Calendar { day: Some(day), year, ..date };
            (Phrase::new(from..end, Meaning::Calendar(date)), end)
        })
    }

    /// "-95" after "1992".
    fn short_year(&self, year: i32, at: usize) -> Read<Phrase> {
        let Word::Number { value, digits: 2, .. } = self.word(at + 1) else { return None };
        let joined = self.dash(at) && self.glued(at) && self.glued(at + 1);
        let more = self.dash(at + 2) && self.glued(at + 2) && self.glued(at + 3);
        let short = i32::try_from(value).ok()?;
        (joined && !more && short > year % 100).then(|| {
            let year = YearOf::Stated(year - year % 100 + short);
            let date = Calendar { year, ..Calendar::NONE };
            (Phrase::new(at + 1..at + 2, Meaning::Calendar(date)), at + 2)
        })
    }

    /// Gives the year of the second of two joined dates to the first: "June 29 to
    /// July 5, 2018", "November to February 2017".
    fn inherit_years(&self, found: &mut [Phrase]) {
        for second in (1..found.len()).rev() {
            let (head, tail) = found.split_at_mut(second);
            let (Some(first), Some(second)) = (head.last_mut(), tail.first()) else { continue };
            let between = first.tokens.end..second.tokens.start;
            let joined =
                between.len() == 1 || (between.len() == 2 && self.is(between.end - 1, "the"));
            let joint = match self.word(between.start) {
                Word::And
                | Word::Or
                | Word::Preposition(Preposition::To | Preposition::Through | Preposition::Until) => {
                    true
                }
                Word::Mark(',') => second.tokens.len() > 2,
                _ => self.dash(between.start),
            };
            let (Meaning::Calendar(open), Meaning::Calendar(stated)) =
                (&mut first.meaning, &second.meaning)
            else {
                continue;
            };
            let (Some(month), Some(until)) = (open.month, stated.month) else { continue };
            let plain = open.weekday.is_none() && open.which.is_none();
            if let (true, true, true, YearOf::Open, YearOf::Stated(year)) =
                (joined, joint, plain, open.year, stated.year)
            {
                open.year = YearOf::Stated(year - i32::from(month > until));
            }
        }
    }

    /// Whether the word at `at` belongs to a verb: what stands before it is then
    /// its subject and no month.
    fn verb(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Word::Verb(Verb::Past | Verb::Ahead | Verb::Has | Verb::Modal | Verb::Be)
        )
    }
}
