//! What a time expression says before it is resolved: the grammar's result.
//!
//! Nothing here knows the publication date or the neighbouring expressions; what
//! is missing stays open.

use std::ops::Range;

use super::token::{DayPart, Unit, Vague, Which};

/// The year an expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearOf {
    /// None.
    Open,
    /// As written; negative before Christ.
    Stated(i32),
    /// `last year`, `that year`.
    Relative(Which),
}

/// Parts of a calendar date, as far as they are named. `month` and `day` count
/// from 1, `weekday` from Monday as 1; none is checked against a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) year: YearOf,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<u8>,
    /// `last` of "last Friday", "last May".
    pub(super) which: Option<Which>,
}

impl Calendar {
    pub(super) const NONE: Self =
        Self { year: YearOf::Open, month: None, day: None, weekday: None, which: None };
}

/// How many of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Whole(u32),
    /// Whole part and hundredths.
    Decimal(u32, u32),
    /// `half a`.
    Half,
    /// `a few`.
    Some,
}

/// Where a distance leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    /// `two days ago`.
    Ago,
    /// `in two days`, `two days from now`.
    Hence,
    /// `two days earlier`: from the date last named.
    Earlier,
    /// `two days later`: from the date last named.
    Later,
}

/// A holiday whose day follows from the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    /// The same day every year.
    Fixed { month: u8, day: u8 },
    /// Days from Easter Sunday.
    Easter { days: i8, orthodox: bool },
    /// The `nth` weekday of a month, from its end where negative, and days on.
    Nth { nth: i8, weekday: u8, month: u8, days: i8 },
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Calendar(Calendar),
    /// Two numbers that are day and month in an order the text does not tell.
    Numeric {
        first: u8,
        second: u8,
        year: YearOf,
    },
    /// A weekday of a week: "Tuesday of last week".
    WeekdayOf {
        weekday: u8,
        week: Which,
    },
    /// The week or weekend that holds a date: "the week of April 10".
    WeekOf {
        day: Box<Meaning>,
        weekend: bool,
    },
    /// The `nth` week of a month or year, -1 for the last.
    WeekIn {
        nth: i8,
        whole: Box<Meaning>,
    },
    /// An ISO week by its number.
    WeekNumber {
        number: u8,
        year: YearOf,
    },
    /// "the 15th of next month".
    DayIn {
        day: u8,
        month: Which,
    },
    /// So many units before or after a date that is named: "two days after Easter".
    From {
        amount: u32,
        unit: Unit,
        back: bool,
        from: Box<Meaning>,
    },
    Season {
        season: u8,
        year: YearOf,
        which: Option<Which>,
    },
    /// 1 to 4.
    Quarter {
        number: u8,
        year: YearOf,
    },
    /// 1 or 2.
    Half {
        number: u8,
        year: YearOf,
    },
    /// By the year it begins with.
    Decade(i32),
    /// By the year it begins with.
    Century(i32),
    /// A business year, written as its year.
    Fiscal(YearOf),
    /// "last week", "the same day".
    Unit {
        unit: Unit,
        which: Which,
    },
    /// "the end of the year": that of the day of writing, or of the date last
    /// named in a text without one.
    Within(Unit),
    /// Days from the day of writing.
    Deictic {
        days: i8,
        weekday: Option<u8>,
    },
    Distance {
        amount: Amount,
        unit: Unit,
        toward: Toward,
    },
    /// `maybe_hence`: stands after `in`, and may lie ahead.
    Duration {
        amount: Amount,
        unit: Unit,
        maybe_hence: bool,
    },
    Holiday {
        holiday: Holiday,
        year: YearOf,
        which: Option<Which>,
    },
    /// A day known by a date of its own: "9/11".
    Known(i32, u8, u8),
    /// Only a time of day, or only a part of the day.
    TimeOnly,
    /// The TIMEX3 value of a set.
    Set(String),
    Vague(Vague),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeOfDay {
    Clock { hour: u8, minute: u8 },
    Part(DayPart),
}

/// An expression found: its tokens and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Indices of tokens of the block.
    pub(super) tokens: Range<usize>,
    pub(super) meaning: Meaning,
    pub(super) time: Option<TimeOfDay>,
}

impl Phrase {
    pub(super) fn new(tokens: Range<usize>, meaning: Meaning) -> Self {
        Self { tokens, meaning, time: None }
    }
}
