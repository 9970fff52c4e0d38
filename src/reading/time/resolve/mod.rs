//! From what an expression says to the day it means.
//!
//! Phrases come in the order of the text, for what was named before decides what
//! "the following day" is. The priors are those measured on news: a bare weekday
//! is the most recent one, the day of writing included; a month and a day lie in
//! the year that puts them nearest; the tense of the sentence overrules both where
//! they would be wrong.
//!
//! Start at [`Resolver::resolve`]; the rules for years, months and weekdays are in
//! `calendar`.

mod calendar;
mod holiday;

use super::dated::{Dated, monday};
use super::meaning::{Amount, Calendar, Holiday, Meaning, Phrase, TimeOfDay, Toward, YearOf};
use super::tense::Tense;
use super::token::{DayPart, Unit, Vague, Which};
use crate::reading::{TimeKind, Timing};
use crate::when::{Day, When};

/// What stands around an expression.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "five facts that hold or not, each by itself")]
pub(super) struct Setting {
    pub(super) tense: Tense,
    /// `until`, or `by` without a past tense, stands before it.
    pub(super) limit: bool,
    /// Someone is being quoted.
    pub(super) quoted: bool,
    /// Number of the block.
    pub(super) block: usize,
    /// Number of the sentence.
    pub(super) sentence: usize,
    /// It ends a stretch that the expression before it begins: "June to *August*".
    pub(super) closes: bool,
    /// The sentence looks back from what is being told: "had been elected on *May 3*".
    pub(super) recalled: bool,
    /// It stands before a noun, as "the 2009 crash": the story does not go there.
    pub(super) attribute: bool,
}

/// A resolved expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) when: Option<When>,
    pub(super) rule: Timing,
    pub(super) relative: bool,
}

/// A date named before.
#[derive(Debug, Clone, Copy)]
struct Named {
    dated: Dated,
    block: usize,
    sentence: usize,
    /// Its year was written beside it, or follows from one that was.
    stated: bool,
}

/// Resolves the expressions of one article, in order.
#[derive(Debug)]
pub(super) struct Resolver {
    anchor: Option<Day>,
    /// The text speaks from one day ("yesterday"), as news does; a history without
    /// such words lets every date lean on the one before.
    news: bool,
    last: Option<Named>,
    last_day: Option<Named>,
    /// The last day that was told and not recalled: what "that day" speaks of.
    told_day: Option<Named>,
    /// The first day that a report names by its weekday: what it is about.
    story: Option<Day>,
}

/// A date with the rule that gave it, and whether the day of writing was used.
type Read = (Dated, Timing, bool);

impl Resolver {
    pub(super) fn new(anchor: Option<Day>, news: bool) -> Self {
        Self { anchor, news, last: None, last_day: None, told_day: None, story: None }
    }

    /// What `phrase` means in its `setting`; `None` where no calendar has it.
    pub(super) fn resolve(&mut self, phrase: &Phrase, setting: Setting) -> Option<Resolved> {
        match &phrase.meaning {
            Meaning::Set(value) => Some(timeless(TimeKind::Set, value.clone(), Timing::Recurs)),
            Meaning::Vague(vague) => {
                let reference = if *vague == Vague::Present { "PRESENT_REF" } else { "PAST_REF" };
                Some(timeless(TimeKind::Date, reference.to_owned(), Timing::Vague))
            }
            Meaning::Duration { amount, unit, maybe_hence } => {
                let (amount, unit) = (*amount, *unit);
                if *maybe_hence && setting.tense == Tense::Ahead {
                    return self.distance(amount, unit, Toward::Hence, setting);
                }
                let value = duration_value(amount, unit);
                Some(timeless(TimeKind::Duration, value, Timing::Stretch))
            }
            Meaning::Distance { amount, unit, toward } => {
                self.distance(*amount, *unit, *toward, setting)
            }
            Meaning::TimeOnly => Some(self.time_only(phrase.time?, setting)),
            Meaning::Numeric { first, second, year } => {
                self.numeric(*first, *second, *year, setting)
            }
            meaning => {
                let Some((dated, rule, relative)) = self.date(meaning, setting) else {
                    return unresolved(meaning, phrase.time);
                };
                let stated =
                    matches!(meaning, Meaning::Calendar(Calendar { year: YearOf::Stated(_), .. }))
                        || rule == Timing::YearLeans;
                self.name(dated, setting, stated);
                Some(finish(dated, phrase.time, rule, relative))
            }
        }
    }

    /// Remembers a date for those that lean on it.
    fn name(&mut self, dated: Dated, setting: Setting, stated: bool) {
        if dated.span().is_none() || setting.attribute {
            return;
        }
        let named = Named { dated, block: setting.block, sentence: setting.sentence, stated };
        self.last = Some(named);
        if matches!(dated, Dated::Day(_)) {
            self.last_day = Some(named);
            if !setting.recalled {
                self.told_day = Some(named);
            }
        }
    }

    fn date(&mut self, meaning: &Meaning, setting: Setting) -> Option<Read> {
        match meaning {
            Meaning::Calendar(date) => self.calendar(*date, setting),
            Meaning::WeekdayOf { weekday, week } => {
                let (Dated::Week(monday), _, relative) = self.unit(Unit::Week, *week, setting)?
                else {
                    return None;
                };
                let day = monday.plus(i64::from(*weekday) - 1)?;
                Some((Dated::Day(day), Timing::WeekdayOfWeek, relative))
            }
            Meaning::WeekOf { day, weekend } => {
                let (Dated::Day(day), _, relative) = self.date(day, setting)? else {
                    return None;
                };
                let unit = if *weekend { Unit::Weekend } else { Unit::Week };
                Some((Dated::around(day, unit), Timing::WeekOfDay, relative))
            }
            Meaning::Season { season, year, which } => self.season(*season, *year, *which, setting),
            Meaning::Quarter { number, year } => self.quarter(*number, *year, setting),
            Meaning::Half { number, year } => {
                let (year, relative) = self.year_of(*year)?;
                Some((Dated::Half(year, *number), Timing::Half, relative))
            }
            Meaning::Decade(first) => Some((Dated::Decade(*first), Timing::Decade, false)),
            Meaning::Century(first) => Some((Dated::Century(*first), Timing::Century, false)),
            Meaning::Fiscal(year) => {
                let (year, relative) = self.year_of(*year)?;
                Some((Dated::Fiscal(year), Timing::BusinessYear, relative))
            }
            Meaning::Unit { unit, which } => self.unit(*unit, *which, setting),
            Meaning::Within(unit) => {
                let which = if self.news { Which::This } else { Which::Same };
                self.unit(*unit, which, setting)
            }
            Meaning::WeekIn { nth, whole } => {
                let (whole, _, relative) = self.date(whole, setting)?;
                let (first, last) = whole.span()?;
                // A week belongs to the month that holds its Thursday, as in ISO 8601.
                let monday = match *nth {
                    -1 => monday(last.plus(-3)?),
                    nth => monday(first.plus(3)?).plus((i64::from(nth) - 1) * 7)?,
                };
                Some((Dated::Week(monday), Timing::WeekIn, relative))
            }
            Meaning::WeekNumber { number, year } => {
                let (year, relative) = self.year_of(*year)?;
                let monday = Day::of_iso_week(year, (*number).into())?;
                Some((Dated::Week(monday), Timing::WeekNumber, relative))
            }
            Meaning::DayIn { day, month } => {
                let (whole, _, relative) = self.unit(Unit::Month, *month, setting)?;
                let (first, _) = whole.span()?;
                let day = Day::new(first.year(), first.month(), (*day).into())?;
                Some((Dated::Day(day), Timing::DayPointedAt, relative))
            }
            Meaning::From { amount, unit, back, from } => {
                let (base, _, relative) = self.date(from, setting)?;
                let (first, _) = base.span()?;
                let count = if *back { -i64::from(*amount) } else { i64::from(*amount) };
                let grain = if base.grain() == Unit::Day { *unit } else { base.grain() };
                let dated = Dated::around(shifted(first, count, *unit)?, grain);
                Some((dated, Timing::DistanceBeside, relative))
            }
            Meaning::Deictic { days, weekday } => self.deictic(*days, *weekday, setting),
            Meaning::Holiday { holiday, year, which } => {
                self.holiday(*holiday, *year, *which, setting)
            }
            Meaning::Known(year, month, day) => {
                Some((Dated::day(*year, *month, *day)?, Timing::KnownDay, false))
            }
            Meaning::Numeric { .. }
            | Meaning::Distance { .. }
            | Meaning::Duration { .. }
            | Meaning::TimeOnly
            | Meaning::Set(_)
            | Meaning::Vague(_) => None,
        }
    }

    fn deictic(&mut self, days: i8, weekday: Option<u8>, setting: Setting) -> Option<Read> {
        let anchor = self.anchor?;
        let spoken = self.last_day.filter(|_| setting.quoted).and_then(|last| last.dated.span());
        let near = spoken.filter(|(day, _)| (0..=7).contains(&anchor.since(*day)));
        let (base, rule) = match near {
            Some((day, _)) => (day, Timing::FromQuotation),
            None => (anchor, Timing::FromPublication),
        };
        let day = base.plus(days.into())?;
        let fits = weekday.is_none_or(|weekday| u32::from(weekday) == day.weekday() + 1);
        let rule = if fits { rule } else { Timing::FromPublicationAgainstWeekday };
        Some((Dated::Day(day), rule, true))
    }

    fn distance(
        &mut self,
        amount: Amount,
        unit: Unit,
        toward: Toward,
        setting: Setting,
    ) -> Option<Resolved> {
        let back = matches!(toward, Toward::Ago | Toward::Earlier);
        let vague = || if back { "PAST_REF" } else { "FUTURE_REF" };
        let (count, unit) = match (amount, unit) {
            (Amount::Whole(count), unit) => (i64::from(count), unit),
            (Amount::Half, Unit::Year) => (6, Unit::Month),
            (Amount::Half, Unit::Decade) => (5, Unit::Year),
            (Amount::Half, Unit::Century) => (50, Unit::Year),
            (Amount::Some, unit) => {
                let mut resolved =
                    timeless(TimeKind::Date, vague().to_owned(), Timing::VagueDistance);
                if let (Toward::Ago, Some(anchor)) = (toward, self.anchor) {
                    resolved.when = few_ago(anchor, unit);
                    resolved.relative = true;
                    resolved.rule = Timing::FewAgo;
                }
                return Some(resolved);
            }
            (Amount::Half | Amount::Decimal(..), _) => {
                return Some(timeless(TimeKind::Date, vague().to_owned(), Timing::VagueDistance));
            }
        };
        let deictic = matches!(toward, Toward::Ago | Toward::Hence);
        let named = self.last.filter(|_| !deictic).filter(|last| {
            let fine =
                last.dated.grain() as u8 <= unit as u8 || last.dated.grain() == Unit::Quarter;
            fine || unit == Unit::Year
        });
        // "a year earlier", beside a quarter, is that quarter.
        if let (Some(Dated::Quarter(year, number)), Unit::Year) =
            (named.map(|last| last.dated), unit)
        {
            let years = i32::try_from(count).ok()?;
            let dated = Dated::Quarter(if back { year - years } else { year + years }, number);
            dated.when()?;
            self.name(dated, setting, false);
            return Some(finish(dated, None, Timing::SameQuarter, false));
        }
        let narrative = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => {
                self.last_day.filter(|_| !deictic)
            }
            _ => named,
        };
        let (base, relative) = match narrative.and_then(|last| last.dated.span()) {
            Some((first, _)) => (first, false),
            None => match self.anchor {
                Some(anchor) => (anchor, true),
                None if deictic && !self.news => (self.base(unit)?, false),
                None => {
                    return Some(timeless(
                        TimeKind::Date,
                        unknown(unit).to_owned(),
                        Timing::NothingToCountFrom,
                    ));
                }
            },
        };
        let count = if back { -count } else { count };
        let day = shifted(base, count, unit);
        let rule = if relative { Timing::Distance } else { Timing::DistanceFromNamed };
        let Some(day) = day else {
            return Some(timeless(TimeKind::Date, vague().to_owned(), Timing::OutOfCalendar));
        };
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
            let mut resolved = timeless(TimeKind::Time, format!("{day}TXX"), rule);
            resolved.relative = relative;
            return Some(resolved);
        }
        // A distance of decades is known to the year.
        let grain = if unit == Unit::Decade && toward != Toward::Ago { Unit::Decade } else { unit };
        let dated = Dated::around(day, grain);
        let stated = narrative.is_some_and(|last| last.stated);
        self.name(dated, setting, stated);
        Some(finish(dated, None, rule, relative))
    }

    fn time_only(&self, time: TimeOfDay, setting: Setting) -> Resolved {
        let here = self.last_day.filter(|last| last.sentence == setting.sentence);
        let day = match (self.anchor, self.news) {
            (Some(anchor), _) => Some(
                here.and_then(|last| last.dated.span())
                    .map_or(self.story.unwrap_or(anchor), |span| span.0),
            ),
            (None, false) => self.last_day.and_then(|last| last.dated.span()).map(|span| span.0),
            (None, true) => None,
        };
        let suffix = time.suffix();
        let value =
            day.map_or_else(|| format!("XXXX-XX-XX{suffix}"), |day| format!("{day}{suffix}"));
        timeless(TimeKind::Time, value, Timing::Clock)
    }
}

impl Which {
    fn step(self) -> i32 {
        match self {
            Self::Last | Self::Previous => -1,
            Self::This | Self::Same => 0,
            Self::Next | Self::Coming | Self::Following => 1,
        }
    }
}

impl TimeOfDay {
    /// What TIMEX3 writes after the day: `T06:40`, `TNI`.
    pub(super) fn suffix(self) -> String {
        match self {
            Self::Clock { hour, minute } => format!("T{hour:02}:{minute:02}"),
            Self::Part(part) => match part {
                DayPart::Morning => "TMO",
                DayPart::Afternoon => "TAF",
                DayPart::Evening => "TEV",
                DayPart::Night => "TNI",
                DayPart::Noon => "T12:00",
                DayPart::Midnight => "T00:00",
            }
            .to_owned(),
        }
    }
}

/// The TIMEX3 value of a stretch of time.
pub(super) fn duration_value(amount: Amount, unit: Unit) -> String {
    let (time, letter) = match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Week => ("", "W"),
        Unit::Weekend => ("", "WE"),
        Unit::Month => ("", "M"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "DE"),
        Unit::Century => ("", "CE"),
        Unit::Fortnight => {
            return match amount {
                Amount::Whole(count) => format!("P{}W", u64::from(count) * 2),
                _ => "PXW".to_owned(),
            };
        }
        Unit::Quarter => {
            return match amount {
                Amount::Whole(count) => format!("P{}M", u64::from(count) * 3),
                _ => "PXM".to_owned(),
            };
        }
    };
    match amount {
        // Most are of this kind, and formatting would cost more than all else here.
        Amount::Whole(count) => ["P", time, &count.to_string(), letter].concat(),
        Amount::Decimal(whole, hundredths) => {
            let decimals = format!("{hundredths:02}");
            format!("P{time}{whole}.{}{letter}", decimals.trim_end_matches('0'))
        }
        Amount::Some => ["P", time, "X", letter].concat(),
        Amount::Half => match unit {
            Unit::Minute => "PT30S".to_owned(),
            Unit::Hour => "PT30M".to_owned(),
            Unit::Day => "PT12H".to_owned(),
            Unit::Year => "P6M".to_owned(),
            Unit::Decade => "P5Y".to_owned(),
            Unit::Century => "P50Y".to_owned(),
            _ => format!("P{time}0.5{letter}"),
        },
    }
}

/// The day `count` units on from `day`, or back where negative.
fn shifted(day: Day, count: i64, unit: Unit) -> Option<Day> {
    let days = |days: i64| count.checked_mul(days).and_then(|days| day.plus(days));
    let months = |months: i64| {
        let months = i32::try_from(count.checked_mul(months)?).ok()?;
        day.plus_months(months)
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day => days(1),
        Unit::Week | Unit::Weekend => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        Unit::Decade => months(120),
        Unit::Century => months(1200),
    }
}

/// The value of a date at that distance from nothing known.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month | Unit::Quarter => "XXXX-XX",
        Unit::Year | Unit::Decade | Unit::Century => "XXXX",
        _ => "XXXX-XX-XX",
    }
}

/// "A few weeks ago": from five to two of them back, both about.
fn few_ago(anchor: Day, unit: Unit) -> Option<When> {
    let back = |count: i64| match unit {
        Unit::Day => anchor.plus(-count),
        Unit::Week => anchor.plus(-7 * count),
        Unit::Month => anchor.plus_months(-i32::try_from(count).ok()?),
        Unit::Year => anchor.plus_months(-12 * i32::try_from(count).ok()?),
        _ => None,
    };
    let end = |day: Day| match unit {
        Unit::Month => When::month(day.year(), day.month()),
        Unit::Year => When::year(day.year()),
        _ => Some(When::day(day)),
    };
    let (first, last) = (end(back(5)?)?.approximate(), end(back(2)?)?.approximate());
    When::interval(Some(&first), Some(&last))
}

/// The TIMEX3 value as far as it can be known without the day of writing.
fn unresolved(meaning: &Meaning, time: Option<TimeOfDay>) -> Option<Resolved> {
    let dated = match meaning {
        Meaning::Calendar(Calendar { month: Some(month), day, .. }) => {
            // A day that no year has is no date at all.
            let dated = Dated::Yearless(*month, *day);
            dated.when()?;
            Some(dated)
        }
        Meaning::Calendar(Calendar { weekday: Some(weekday), .. })
        | Meaning::WeekdayOf { weekday, .. }
        | Meaning::Deictic { weekday: Some(weekday), .. } => Some(Dated::Weekday(*weekday)),
        Meaning::Holiday { holiday: Holiday::Fixed { month, day }, .. } => {
            Some(Dated::Yearless(*month, Some(*day)))
        }
        _ => None,
    };
    if let Some(dated) = dated {
        return Some(finish(dated, time, Timing::NoYear, false));
    }
    let value = match meaning {
        Meaning::Deictic { .. } => "XXXX-XX-XX",
        Meaning::Calendar(Calendar { year: YearOf::Relative(_), .. }) => "XXXX",
        Meaning::Unit { unit, .. } | Meaning::Within(unit) => match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            _ => "XXXX-XX-XX",
        },
        Meaning::Season { season, .. } => {
            ["XXXX-SP", "XXXX-SU", "XXXX-FA", "XXXX-WI"].get(usize::from(*season))?
        }
        Meaning::Quarter { .. } => "XXXX-QX",
        Meaning::Half { .. } => "XXXX-HX",
        _ => return None,
    };
    let value = format!("{value}{}", time.map(TimeOfDay::suffix).unwrap_or_default());
    let kind = if time.is_some() { TimeKind::Time } else { TimeKind::Date };
    Some(timeless(kind, value, Timing::NothingToCountFrom))
}

fn timeless(kind: TimeKind, value: String, rule: Timing) -> Resolved {
    Resolved { kind, value, when: None, rule, relative: false }
}

fn finish(dated: Dated, time: Option<TimeOfDay>, rule: Timing, relative: bool) -> Resolved {
    let mut value = dated.value();
    let kind = match time {
        Some(time) => {
            value.push_str(&time.suffix());
            TimeKind::Time
        }
        None => TimeKind::Date,
    };
    Resolved { kind, value, when: dated.when(), rule, relative }
}
