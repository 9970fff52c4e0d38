//! Text as typed tokens: what the grammar of dates is written over.
//!
//! Every grain is a token but for numbers with commas; a word that is none of about five
//! hundred cue words is [`Word::Other`], so that the grammar dismisses most of an article
//! by one comparison.

use crate::reading::grain::{Grain, Sort};
use crate::reading::lexicon::lexicon;
use crate::text::Span;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A part of the day, as TIMEX3 marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
    Noon,
    Midnight,
}

/// Which one: the word before a unit, weekday, month or season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Which {
    /// Before the day of writing.
    Last,
    /// That of the day of writing.
    This,
    /// After the day of writing.
    Next,
    /// Of weekdays: the first one after the day of writing.
    Coming,
    /// Before the date last named.
    Previous,
    /// After the date last named.
    Following,
    /// The date last named.
    Same,
}

/// What a word does to the time of the verb it stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Verb {
    /// A finite verb in the past: `said`, `met`.
    Past,
    /// A past that went on: `lasted`, `remained`.
    Lasted,
    /// Looks ahead: `will`, `would`.
    Ahead,
    /// Looks ahead to an infinitive or a date: `due`, `scheduled`.
    Plan,
    /// Looks ahead to an infinitive: `agreed`, `hopes`.
    Intend,
    /// A verb of the calendar in the present: `begins`, `expires`.
    Opens,
    /// The same without an ending, which follows a plural: `decide`.
    Open,
    /// `is`, `are`.
    Is,
    /// `was`, `were`.
    Was,
    /// `has`, `have`, `had`.
    Has,
    /// `be`, `been`, `being`.
    Be,
    /// `can`, `could`, `should`.
    Modal,
}

/// A preposition that says how a date stands to what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Preposition {
    In,
    On,
    At,
    Of,
    Since,
    From,
    Until,
    By,
    Before,
    After,
    To,
    Through,
    Between,
    During,
    For,
    Within,
    Over,
    Around,
}

/// A part of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Part {
    /// `early`, `late`, `mid`: stand before what they narrow.
    Adjective,
    /// `end`, `beginning`: joined to it by `of`.
    Noun,
}

/// A time without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Vague {
    Past,
    Present,
    /// `recent`: vague only beside a unit or alone.
    Recent,
}

/// What a token is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Word {
    Other,
    /// A character that is neither letter nor digit.
    Mark(char),
    /// A run of digits; `digits` of them. `grouped` numbers were written with
    /// commas between thousands. Saturates.
    Number {
        value: u32,
        digits: u8,
        grouped: bool,
    },
    /// `January` to `December`; `clear` where no other word is spelt so.
    Month {
        month: u8,
        clear: bool,
    },
    /// Monday is 1, as in ISO weeks.
    Weekday {
        weekday: u8,
        full: bool,
    },
    Weekdays(u8),
    Season(u8),
    Unit {
        unit: Unit,
        plural: bool,
    },
    DayPart {
        part: DayPart,
        plural: bool,
    },
    /// `today` and its kin, in days from the day of writing.
    Deictic(i8),
    Tonight,
    /// `o'clock` zones: `GMT`.
    Zone,
    Cardinal(u16),
    Hundred,
    Thousand,
    Ordinal(u8),
    /// `few`, `several`.
    Some,
    Half,
    Article,
    /// `a`, `an`: an article that can count.
    One,
    Which(Which),
    Ago,
    /// `later`, `afterwards`.
    Later,
    /// `earlier`, `previously`.
    Earlier,
    Preposition(Preposition),
    Part(Part),
    /// `every`, `each`.
    Every,
    /// `per`.
    Per,
    /// `once`, `twice`.
    Times,
    /// `daily`: with the unit that recurs.
    Recurring(Unit),
    Vague(Vague),
    And,
    Or,
    Verb(Verb),
    /// `to` is a preposition; this is what ends a clause: `but`, `while`.
    Conjunction,
    /// `Mr`, `President`: a name follows.
    Title,
    /// `Resolution`, `Article`: a number that follows is its own.
    Numbered,
    /// `people`, `percent`: the number before counts these.
    Counted,
    /// A word that opens a holiday's name.
    Holiday,
    /// `BC`, `BCE`.
    BeforeChrist,
    /// `fiscal`.
    Fiscal,
    /// `Q` and `H` before the number of a quarter or half.
    Label,
    /// `am`, `pm` written in one word.
    Meridiem {
        pm: bool,
    },
    /// `not`, `never`.
    Not,
    /// `I`, `he`, `they`: what follows is a verb.
    Pronoun,
}

/// A word, number or mark of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) word: Word,
    /// No white space stands before it.
    pub(super) glued: bool,
    /// It begins with a capital letter.
    pub(super) capital: bool,
}

impl Token {
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.word == Word::Mark(mark)
    }

    pub(super) fn is_dash(&self) -> bool {
        matches!(self.word, Word::Mark('-' | '–' | '—' | '‑' | '‐' | '−' | '~'))
    }

    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// Appends the tokens of a stretch of `text`: of its `grains`.
pub(super) fn append(text: &str, grains: &[Grain], tokens: &mut Vec<Token>) {
    let Some(last) = grains.last() else { return };
    let bytes = &text.as_bytes()[..last.end as usize];
    let lexicon = lexicon();
    let mut grains = grains.iter();
    while let Some(grain) = grains.next() {
        let token = |end, word| {
            let (glued, capital) = (grain.is_glued(), grain.is_capital());
            Token { start: grain.start, end, word, glued, capital }
        };
        match grain.sort {
            Sort::Plain | Sort::Letters | Sort::Wide => {
                tokens.push(token(grain.end, lexicon.at(grain.listed).cue));
            }
            Sort::Mark => tokens.push(token(grain.end, Word::Mark(grain.first(text)))),
            Sort::Digits => {
                let (stop, word) = number(bytes, grain.start as usize);
                let mut end = grain.end;
                // "4,000" is one number, and three grains.
                while (end as usize) < stop
                    && let Some(part) = grains.next()
                {
                    end = part.end;
                }
                tokens.push(token(end, word));
            }
        }
    }
}

/// The number at `at`, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> (usize, Word) {
    let mut value: u32 = 0;
    let mut digits: u8 = 0;
    let mut grouped = false;
    loop {
        while let Some(digit) = bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            digits = digits.saturating_add(1);
            at += 1;
        }
        let group = bytes
            .get(at..)
            .and_then(|rest| rest.get(..4))
            .is_some_and(|group| group[0] == b',' && group[1..].iter().all(u8::is_ascii_digit))
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        // "May 7,2022" lacks a space: four digits follow its comma, not three.
        if !group || (!grouped && digits > 3) {
            return (at, Word::Number { value, digits, grouped });
        }
        grouped = true;
        at += 1;
    }
}
