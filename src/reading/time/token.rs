//! Text as typed tokens: what the grammar of dates is written over.
//!
//! One pass over a block; every word is looked up once among about five hundred cue
//! words and becomes [`Word::Other`] when it is none, so that the
//! grammar dismisses most of an article by one comparison.

use crate::text::{Span, n_letters};

use super::lexicon;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
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
pub(super) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
    Noon,
    Midnight,
}

/// Which one: the word before a unit, weekday, month or season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
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
pub(super) enum Verb {
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
pub(super) enum Preposition {
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
pub(super) enum Part {
    /// `early`, `late`, `mid`: stand before what they narrow.
    Adjective,
    /// `end`, `beginning`: joined to it by `of`.
    Noun,
}

/// A time without a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vague {
    Past,
    Present,
    /// `recent`: vague only beside a unit or alone.
    Recent,
}

/// What a token is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
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

/// What a token may begin with: a look for each byte that one does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Space,
    Letter,
    Digit,
    Mark,
    /// Of a character that is not ASCII.
    Wide,
}

const LEADS: [Lead; 256] = {
    let mut leads = [Lead::Wide; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        leads[byte as usize] = match byte {
            b' ' | b'\t'..=b'\r' => Lead::Space,
            b if b.is_ascii_alphabetic() => Lead::Letter,
            b if b.is_ascii_digit() => Lead::Digit,
            _ => Lead::Mark,
        };
        byte += 1;
    }
    leads
};

/// Appends the tokens of `block` to `tokens`, with their bytes in `text`.
pub(super) fn append(text: &str, block: Span, tokens: &mut Vec<Token>) {
    let text = &text[..block.end as usize];
    let bytes = text.as_bytes();
    let mut at = block.start as usize;
    let mut glued = false;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let (word, capital) = match LEADS[usize::from(byte)] {
            Lead::Space => {
                at += 1;
                glued = false;
                continue;
            }
            Lead::Letter => {
                at = letters_end(text, at);
                (lexicon::look_up(&text[start..at]), byte.is_ascii_uppercase())
            }
            Lead::Digit => {
                let word;
                (at, word) = number(bytes, at);
                (word, false)
            }
            Lead::Mark => {
                at += 1;
                (Word::Mark(char::from(byte)), false)
            }
            Lead::Wide => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if c.is_whitespace() {
                    at += c.len_utf8();
                    glued = false;
                    continue;
                }
                if c.is_alphabetic() {
                    at = letters_end(text, at);
                    (Word::Other, c.is_uppercase())
                } else {
                    at += c.len_utf8();
                    (Word::Mark(c), c.is_uppercase())
                }
            }
        };
        let span = Span::new(start, at);
        tokens.push(Token { start: span.start, end: span.end, word, glued, capital });
        glued = true;
    }
}

/// Where the letters end that begin at byte `at`.
#[inline]
fn letters_end(text: &str, at: usize) -> usize {
    let end = at + n_letters(&text.as_bytes()[at..]);
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let more = &text[end..];
    end + more.find(|c: char| !c.is_alphabetic()).unwrap_or(more.len())
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
