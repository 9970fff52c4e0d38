//! From what an expression says to the day it means.
//!
//! Phrases come in the order of the text, for what was named before decides what
//! "the following day" is. The priors are those measured on news: a bare weekday
//! is the most recent one, the day of writing included; a month and a day lie in
//! the year that puts them nearest; the tense of the sentence overrules both where
//! they would be wrong.
//!
//! Start at [`Resolver::resolve`].

use std::borrow::Cow;

use super::dated::{Dated, monday};
use super::meaning::{Amount, Calendar, Holiday, Meaning, Phrase, TimeOfDay, Toward, YearOf};
use super::tense::Tense;
use super::token::{DayPart, Unit, Vague, Which};
use crate::reading::TimeKind;
use crate::when::{Day, When};

/// The rule of a time of day without a date; such an expression dates no event.
const CLOCK: &str = "time of day: on the day the sentence is about";

/// What stands around an expression.
#[derive(Debug, Clone, Copy)]
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
}

/// A resolved expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) when: Option<When>,
    pub(super) rule: Cow<'static, str>,
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
    /// The first day that a report names by its weekday: what it is about.
    story: Option<Day>,
}

/// A date with the rule that gave it, and whether the day of writing was used.
type Read = (Dated, &'static str, bool);

impl Resolver {
    pub(super) fn new(anchor: Option<Day>, news: bool) -> Self {
        Self { anchor, news, last: None, last_day: None, story: None }
    }

    /// What `phrase` means in its `setting`; `None` where no calendar has it.
    pub(super) fn resolve(&mut self, phrase: &Phrase, setting: Setting) -> Option<Resolved> {
        match &phrase.meaning {
            Meaning::Set(value) => {
                Some(timeless(TimeKind::Set, value.clone(), "set: recurs, no date"))
            }
            Meaning::Vague(vague) => {
                let value = if *vague == Vague::Present { "PRESENT_REF" } else { "PAST_REF" };
                Some(timeless(TimeKind::Date, value.to_owned(), "vague: names no date"))
            }
            Meaning::Duration { amount, unit, maybe_hence } => {
                let (amount, unit) = (*amount, *unit);
                if *maybe_hence && setting.tense == Tense::Ahead {
                    return self.distance(amount, unit, Toward::Hence, setting);
                }
                let value = duration_value(amount, unit);
                Some(timeless(TimeKind::Duration, value, "duration: a stretch, no date"))
            }
            Meaning::Distance { amount, unit, toward } => {
                self.distance(*amount, *unit, *toward, setting)
            }
            Meaning::TimeOnly => Some(self.time_only(phrase.time?, setting)),
            Meaning::Numeric { first, second, year } => {
                let resolved = self.numeric(*first, *second, *year)?;
                Some(resolved)
            }
            Meaning::Calendar(date) if is_year_only(*date) => {
                let (dated, rule, relative) = self.calendar(*date, setting)?;
                self.name(dated, setting, !relative);
                Some(finish(dated, phrase.time, rule, relative))
            }
            meaning => {
                let (dated, rule, relative) = match self.date(meaning, setting) {
                    Some(read) => read,
                    None => return self.unresolved(meaning, phrase.time),
                };
                let stated =
                    matches!(meaning, Meaning::Calendar(Calendar { year: YearOf::Stated(_), .. }))
                        || rule == LEANS;
                self.name(dated, setting, stated);
                Some(finish(dated, phrase.time, rule, relative))
            }
        }
    }

    /// Remembers a date for those that lean on it.
    fn name(&mut self, dated: Dated, setting: Setting, stated: bool) {
        if dated.span().is_none() {
            return;
        }
        let named = Named { dated, block: setting.block, sentence: setting.sentence, stated };
        self.last = Some(named);
        if matches!(dated, Dated::Day(_) | Dated::Days(..)) {
            self.last_day = Some(named);
        }
    }

    fn date(&mut self, meaning: &Meaning, setting: Setting) -> Option<Read> {
        match meaning {
            Meaning::Calendar(date) => self.calendar(*date, setting),
            Meaning::Days { first, calendar } => {
                let (last, rule, relative) = self.calendar(*calendar, setting)?;
                match last {
                    Dated::Day(last) => {
                        let first = Day::new(last.year(), last.month(), u32::from(*first))?;
                        (first < last).then_some((Dated::Days(first, last), rule, relative))
                    }
                    last => Some((last, rule, relative)),
                }
            }
            Meaning::WeekdayOf { weekday, week } => {
                let (Dated::Week(monday), _, relative) = self.unit(Unit::Week, *week, setting)?
                else {
                    return None;
                };
                let day = monday.plus(i64::from(*weekday) - 1)?;
                Some((Dated::Day(day), "weekday of a named week", relative))
            }
            Meaning::WeekOf { calendar, weekend } => {
                let (Dated::Day(day), _, relative) = self.calendar(*calendar, setting)? else {
                    return None;
                };
                let unit = if *weekend { Unit::Weekend } else { Unit::Week };
                Some((Dated::around(day, unit), "the week that holds a day", relative))
            }
            Meaning::Season { season, year, which } => self.season(*season, *year, *which, setting),
            Meaning::Quarter { number, year } => self.quarter(*number, *year, setting),
            Meaning::Half { number, year } => {
                let (year, relative) = self.year_of(*year)?;
                Some((Dated::Half(year, *number), "half of a year", relative))
            }
            Meaning::Decade(first) => Some((Dated::Decade(*first), "decade: as written", false)),
            Meaning::Century(first) => {
                Some((Dated::Century(*first), "century: the years that begin alike", false))
            }
            Meaning::Fiscal(year) => {
                let (year, relative) = self.year_of(*year)?;
                Some((Dated::Fiscal(year), "business year: no calendar date", relative))
            }
            Meaning::Unit { unit, which } => self.unit(*unit, *which, setting),
            Meaning::Within(unit) => {
                let which = if self.news { Which::This } else { Which::Same };
                self.unit(*unit, which, setting)
            }
            Meaning::Deictic { days, weekday } => self.deictic(*days, *weekday, setting),
            Meaning::Holiday { holiday, year, which } => {
                self.holiday(*holiday, *year, *which, setting)
            }
            Meaning::Known(year, month, day) => {
                Some((Dated::day(*year, *month, *day)?, "a day known by its date", false))
            }
            Meaning::Numeric { .. }
            | Meaning::Distance { .. }
            | Meaning::Duration { .. }
            | Meaning::TimeOnly
            | Meaning::Set(_)
            | Meaning::Vague(_) => None,
        }
    }

    /// The TIMEX3 value as far as it can be known without the day of writing.
    fn unresolved(&self, meaning: &Meaning, time: Option<TimeOfDay>) -> Option<Resolved> {
        const RULE: &str = "no date to count from";
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
            return Some(finish(dated, time, "no year to count from", false));
        }
        let value = match meaning {
            Meaning::Deictic { .. } => "XXXX-XX-XX",
            Meaning::Calendar(Calendar { year: YearOf::Relative(_), .. }) => "XXXX",
            Meaning::Calendar(_) => return None,
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
        Some(timeless(kind, value, RULE))
    }

    // Dates of the calendar.

    fn calendar(&mut self, date: Calendar, setting: Setting) -> Option<Read> {
        match date {
            Calendar { year: YearOf::Stated(year), month, .. } if year < 0 => {
                Some((Dated::BeforeChrist(-year, month), "before Christ", false))
            }
            Calendar {
                year: YearOf::Stated(year),
                month: Some(month),
                day: Some(day),
                weekday,
                ..
            } => {
                let dated = Dated::day(year, month, day)?;
                let fits = weekday.is_none_or(|weekday| has_weekday(dated, weekday));
                let rule = if fits {
                    "full date: as written"
                } else {
                    "full date: as written, against its weekday"
                };
                Some((dated, rule, false))
            }
            Calendar { year, month: Some(month), day: None, which, .. } if year != YearOf::Open => {
                let (year, relative) = self.year_of(year)?;
                let _ = which;
                Some((Dated::Month(year, month), "month of a named year", relative))
            }
            Calendar { year, month: Some(month), day: Some(day), .. } if year != YearOf::Open => {
                let (year, relative) = self.year_of(year)?;
                Some((Dated::day(year, month, day)?, "day of a named year", relative))
            }
            Calendar { month: Some(month), day: Some(day), weekday, .. } => {
                self.month_and_day(month, day, weekday, setting)
            }
            Calendar { month: Some(month), which, .. } => self.month(month, which, setting),
            Calendar { weekday: Some(weekday), day: Some(day), .. } => {
                self.weekday_and_day(weekday, day)
            }
            Calendar { weekday: Some(weekday), which, .. } => self.weekday(weekday, which, setting),
            Calendar { day: Some(day), .. } => self.day_of_month(day, setting),
            Calendar { year, .. } => {
                let (number, relative) = self.year_of(year)?;
                let rule =
                    if relative { "year: from the year of writing" } else { "year: as written" };
                Some((Dated::Year(number), rule, relative))
            }
        }
    }

    /// A year, and whether it leans on the day of writing.
    fn year_of(&self, year: YearOf) -> Option<(i32, bool)> {
        let named = || self.last.and_then(|last| last.dated.span()).map(|span| span.0.year());
        match year {
            YearOf::Stated(year) => Some((year, false)),
            YearOf::Open => self.anchor.map(|anchor| (anchor.year(), true)),
            YearOf::Relative(which) => {
                let (base, relative) = match which {
                    Which::Last | Which::This | Which::Next => match self.anchor {
                        Some(anchor) => (anchor.year(), true),
                        None if self.news => return None,
                        None => (named()?, false),
                    },
                    Which::Previous | Which::Following | Which::Same => match named() {
                        Some(year) => (year, false),
                        None => (self.anchor?.year(), true),
                    },
                };
                Some((base + which.step(), relative))
            }
        }
    }

    /// The year of the narrative for a date that names none: where the block has
    /// turned to another year, or all of the text is a history.
    fn leaning(&self, setting: Setting) -> Option<Named> {
        let last = self.last?;
        match self.anchor {
            Some(anchor) => {
                let fine = matches!(last.dated, Dated::Day(_) | Dated::Days(..) | Dated::Month(..));
                let past = last.dated.span()?.1.year() < anchor.year();
                let here = last.block == setting.block;
                (fine && past && here && last.stated && setting.tense != Tense::Ahead)
                    .then_some(last)
            }
            None => (!self.news).then_some(last),
        }
    }

    fn month_and_day(
        &self,
        month: u8,
        day: u8,
        weekday: Option<u8>,
        setting: Setting,
    ) -> Option<Read> {
        if let Some(named) = self.leaning(setting) {
            let dated = lean(named.dated, |year| Dated::day(year, month, day))?;
            return Some((dated, LEANS, false));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Dated::day(year, month, day));
        if let Some(weekday) = weekday {
            let fitting = all.clone().filter(|dated| has_weekday(*dated, weekday));
            if let Some(dated) = nearest(fitting, anchor) {
                return Some((
                    dated,
                    "month and day: the nearest year in which the weekday fits",
                    true,
                ));
            }
        }
        let dated = nearest(all.clone(), anchor)?;
        let distance = dated.span()?.0.since(anchor);
        let ahead = setting.tense == Tense::Ahead || setting.limit;
        // About half a year away the nearest is no longer a good guess.
        if distance > HALF_A_YEAR_NEARLY && setting.tense == Tense::Past && !setting.limit {
            let dated = before(all, anchor)?;
            return Some((dated, "month and day: the most recent, told in the past", true));
        }
        if distance < -HALF_A_YEAR_NEARLY && ahead {
            let dated = after(all, anchor)?;
            return Some((dated, "month and day: the next, the sentence looks ahead", true));
        }
        Some((dated, "month and day: the nearest to publication", true))
    }

    fn month(&self, month: u8, which: Option<Which>, setting: Setting) -> Option<Read> {
        if matches!(which, Some(Which::Previous | Which::Following | Which::Same))
            && let Some((first, last)) = self.last.and_then(|last| last.dated.span())
        {
            let of = |year| Some(Dated::Month(year, month));
            let dated = match which {
                Some(Which::Following) => {
                    after(candidates(last, of).filter(|dated| !holds(*dated, last)), last)
                }
                Some(Which::Previous) => {
                    before(candidates(first, of).filter(|dated| !holds(*dated, first)), first)
                }
                _ => before(candidates(last, of), last),
            };
            return dated.map(|dated| (dated, "month: from the date last named", false));
        }
        if which.is_none()
            && let Some(named) = self.leaning(setting)
        {
            let dated = lean(named.dated, |year| Some(Dated::Month(year, month)))?;
            return Some((dated, LEANS, false));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Some(Dated::Month(year, month)));
        let current = Dated::Month(anchor.year(), month);
        let read = match (which, setting.tense) {
            (Some(Which::This), _) => (current, "month: of the year of writing"),
            (Some(Which::Last), _) => {
                // "last February", written in April, is that of the year before.
                let close = |dated: &Dated| {
                    let back = i64::from(anchor.month()) - i64::from(month);
                    *dated == current && (0..=2).contains(&back)
                };
                (before(all.filter(|dated| !close(dated)), anchor)?, "month: the last one")
            }
            (Some(Which::Next), _) => {
                (after(all.filter(|dated| !holds(*dated, anchor)), anchor)?, "month: the next one")
            }
            (_, Tense::Ahead) => (after(all, anchor)?, "month: the next, the sentence looks ahead"),
            _ if setting.limit => (after(all, anchor)?, "month: the next, as a limit"),
            (_, Tense::Past) => (before(all, anchor)?, "month: the most recent, told in the past"),
            _ => (nearest(all, anchor)?, "month: the nearest to publication"),
        };
        Some((read.0, read.1, true))
    }

    fn weekday(&mut self, weekday: u8, which: Option<Which>, setting: Setting) -> Option<Read> {
        let offset = |from: Day| i64::from(weekday) - 1 - i64::from(from.weekday());
        if let Some(which @ (Which::Previous | Which::Following | Which::Same)) = which
            && let Some((day, _)) = self.last_day.and_then(|last| last.dated.span())
        {
            let back = offset(day).rem_euclid(7);
            let days = match which {
                Which::Following => {
                    if back == 0 {
                        7
                    } else {
                        back
                    }
                }
                Which::Previous => {
                    if back == 0 {
                        -7
                    } else {
                        back - 7
                    }
                }
                _ => back,
            };
            return Some((Dated::Day(day.plus(days)?), "weekday: from the date last named", false));
        }
        let Some(anchor) = self.anchor else {
            let (day, _) = self.last_day.filter(|_| !self.news)?.dated.span()?;
            let days = offset(day).rem_euclid(7);
            return Some((Dated::Day(day.plus(days)?), "weekday: from the date last named", false));
        };
        let this_week = offset(anchor);
        let ahead = setting.tense == Tense::Ahead || setting.limit;
        let (days, rule) = match which {
            Some(Which::Last | Which::Previous) => {
                ((this_week - 1).rem_euclid(7) - 6 - 1, "weekday: the last one before publication")
            }
            Some(Which::This | Which::Same) => (this_week, "weekday: of the week of writing"),
            Some(Which::Next | Which::Following) => {
                (this_week + 7, "weekday: of the week after; writers differ on `next`")
            }
            None if ahead => {
                (this_week.rem_euclid(7), "weekday: the next one, the sentence looks ahead")
            }
            None => (-(-this_week).rem_euclid(7), "weekday: the most recent one"),
        };
        let day = anchor.plus(days)?;
        if self.story.is_none() && which.is_none() {
            self.story = Some(day);
        }
        Some((Dated::Day(day), rule, true))
    }

    /// "Monday the 27th": the nearest month in which the two agree.
    fn weekday_and_day(&self, weekday: u8, day: u8) -> Option<Read> {
        let anchor = self.anchor?;
        let first = Day::new(anchor.year(), anchor.month(), 1)?;
        let all = (-12..=12).filter_map(|months| {
            let month = first.plus_months(months)?;
            Day::new(month.year(), month.month(), day.into()).map(Dated::Day)
        });
        let fitting = all.filter(|dated| has_weekday(*dated, weekday));
        nearest(fitting, anchor)
            .map(|dated| (dated, "weekday and day: the nearest month they agree in", true))
    }

    fn day_of_month(&self, day: u8, setting: Setting) -> Option<Read> {
        if let Some((named, _)) =
            self.last.filter(|last| last.stated || !self.news).and_then(|last| {
                matches!(last.dated.grain(), Unit::Day | Unit::Week | Unit::Month)
                    .then(|| last.dated.span())?
            })
        {
            let dated = Day::new(named.year(), named.month(), day.into()).map(Dated::Day)?;
            return Some((dated, "day: of the month last named", false));
        }
        let anchor = self.anchor?;
        let first = Day::new(anchor.year(), anchor.month(), 1)?;
        let all = (-2..=2).filter_map(|months| {
            let month = first.plus_months(months)?;
            Day::new(month.year(), month.month(), day.into()).map(Dated::Day)
        });
        let dated = if setting.tense == Tense::Ahead || setting.limit {
            after(all, anchor)
        } else {
            before(all, anchor)
        };
        dated.map(|dated| (dated, "day: of the nearest month the tense allows", true))
    }

    /// Day and month in an order the text does not tell: both, unless one of them
    /// is no date.
    fn numeric(&mut self, first: u8, second: u8, year: YearOf) -> Option<Resolved> {
        let YearOf::Stated(year) = year else { return None };
        let month_first = Dated::day(year, first, second);
        let day_first = Dated::day(year, second, first);
        let (Some(one), Some(other)) = (month_first, day_first) else {
            let dated = month_first.or(day_first)?;
            return Some(finish(dated, None, "numeric date: the only reading", false));
        };
        let mut resolved = finish(
            one,
            None,
            "numeric date: month first or day first, the text does not tell",
            false,
        );
        resolved.when = When::one_of(&[one.when()?, other.when()?]);
        Some(resolved)
    }

    // Units, seasons, quarters.

    fn unit(&self, unit: Unit, which: Which, setting: Setting) -> Option<Read> {
        let deictic = matches!(which, Which::Last | Which::This | Which::Next);
        let named = self.base(unit);
        let (base, relative) = match (deictic, self.anchor) {
            (true, Some(anchor)) => (anchor, true),
            (true, None) if self.news => return None,
            (true, None) => (named?, false),
            (false, anchor) => match named {
                Some(day) => (day, false),
                None => (anchor?, true),
            },
        };
        let rule =
            if relative { "counted from publication" } else { "counted from the date last named" };
        if unit == Unit::Weekend {
            return self.weekend(base, which, setting).map(|dated| (dated, rule, relative));
        }
        let step = which.step();
        let day = match unit {
            Unit::Day | Unit::Night => base.plus(step.into())?,
            Unit::Week => base.plus(i64::from(step) * 7)?,
            Unit::Month => base.plus_months(step)?,
            Unit::Quarter => base.plus_months(step * 3)?,
            Unit::Year => base.plus_months(step * 12)?,
            Unit::Decade => base.plus_months(step * 120)?,
            Unit::Century => base.plus_months(step * 1200)?,
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Fortnight | Unit::Weekend => {
                return None;
            }
        };
        Some((Dated::around(day, unit), rule, relative))
    }

    /// The date last named, where it is as fine as `unit` or finer.
    fn base(&self, unit: Unit) -> Option<Day> {
        if matches!(unit, Unit::Day | Unit::Night) {
            return self.last_day.and_then(|last| last.dated.span()).map(|span| span.1);
        }
        let last = self.last?;
        (last.dated.grain() as u8 <= unit as u8).then_some(())?;
        last.dated.span().map(|span| span.0)
    }

    fn weekend(&self, base: Day, which: Which, setting: Setting) -> Option<Dated> {
        let saturday = monday(base).plus(5)?;
        let ahead = setting.tense == Tense::Ahead || setting.limit;
        let begun = base.weekday() >= 5;
        let weeks = match which {
            Which::Last | Which::Previous => -1,
            Which::Next | Which::Following => 1,
            Which::This if setting.tense != Tense::Past => 0,
            Which::This | Which::Same => {
                if begun || ahead {
                    0
                } else {
                    -1
                }
            }
        };
        Some(Dated::Weekend(saturday.plus(weeks * 7)?))
    }

    fn season(
        &self,
        season: u8,
        year: YearOf,
        which: Option<Which>,
        setting: Setting,
    ) -> Option<Read> {
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            if year < 0 {
                return Some((Dated::BeforeChrist(-year, None), "before Christ", false));
            }
            return Some((Dated::Season(year, season), "season of a named year", relative));
        }
        if matches!(which, None | Some(Which::Same | Which::Following | Which::Previous)) {
            let named =
                if self.news && which.is_none() { self.leaning(setting) } else { self.last };
            if let Some((first, last)) = named.and_then(|last| last.dated.span()) {
                let of = |year| Some(Dated::Season(year, season));
                let dated = match which {
                    Some(Which::Following) => {
                        after(candidates(last, of).filter(|dated| !holds(*dated, last)), last)?
                    }
                    Some(Which::Previous) => {
                        before(candidates(first, of).filter(|dated| !holds(*dated, first)), first)?
                    }
                    _ => lean(named?.dated, of)?,
                };
                return Some((dated, "season: from the date last named", false));
            }
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Some(Dated::Season(year, season)));
        let ended = |dated: &Dated| dated.span().is_some_and(|span| span.1 < anchor);
        let current = all.clone().find(|dated| holds(*dated, anchor));
        let dated = match which {
            Some(Which::Last) => before(all.filter(ended), anchor)?,
            Some(Which::Next) => after(all.filter(|dated| !holds(*dated, anchor)), anchor)?,
            Some(Which::This) => current.unwrap_or(Dated::Season(anchor.year(), season)),
            _ if setting.tense == Tense::Ahead || setting.limit => after(all, anchor)?,
            _ => before(all, anchor)?,
        };
        Some((dated, "season: by the day of writing", true))
    }

    fn quarter(&self, number: u8, year: YearOf, setting: Setting) -> Option<Read> {
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            return Some((Dated::Quarter(year, number), "quarter of a named year", relative));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Some(Dated::Quarter(year, number)));
        let dated = if setting.tense == Tense::Ahead {
            after(all, anchor)?
        } else {
            before(all.filter(|dated| dated.span().is_some_and(|span| span.1 < anchor)), anchor)?
        };
        Some((dated, "quarter: the last that ended", true))
    }

    // Days counted from another.

    fn deictic(&mut self, days: i8, weekday: Option<u8>, setting: Setting) -> Option<Read> {
        let anchor = self.anchor?;
        let spoken = self.last_day.filter(|_| setting.quoted).and_then(|last| last.dated.span());
        let near = spoken.filter(|(day, _)| (0..=7).contains(&anchor.since(*day)));
        let (base, rule) = match near {
            Some((day, _)) => (day, "in a quotation: from the day the words were spoken"),
            None => (anchor, "counted from publication"),
        };
        let day = base.plus(days.into())?;
        let fits = weekday.is_none_or(|weekday| u32::from(weekday) == day.weekday() + 1);
        let rule = if fits { rule } else { "counted from publication, against its weekday" };
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
                    timeless(TimeKind::Date, vague().to_owned(), "vague distance: names no date");
                if let (Toward::Ago, Some(anchor)) = (toward, self.anchor) {
                    resolved.when = few_ago(anchor, unit);
                    resolved.relative = true;
                    resolved.rule = "vague distance: two to five units back".into();
                }
                return Some(resolved);
            }
            (Amount::Half | Amount::Decimal(..), _) => {
                return Some(timeless(
                    TimeKind::Date,
                    vague().to_owned(),
                    "vague distance: names no date",
                ));
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
            return Some(finish(dated, None, "distance: the same quarter of another year", false));
        }
        let narrative = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => {
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
                        "no date to count from",
                    ));
                }
            },
        };
        let count = if back { -count } else { count };
        let months = |months: i64| i32::try_from(count.checked_mul(months)?).ok();
        let day = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Some(base),
            Unit::Day | Unit::Night => base.plus(count),
            Unit::Week => count.checked_mul(7).and_then(|days| base.plus(days)),
            Unit::Fortnight => count.checked_mul(14).and_then(|days| base.plus(days)),
            Unit::Weekend => count.checked_mul(7).and_then(|days| monday(base).plus(5)?.plus(days)),
            Unit::Month => months(1).and_then(|months| base.plus_months(months)),
            Unit::Quarter => months(3).and_then(|months| base.plus_months(months)),
            Unit::Year => months(12).and_then(|months| base.plus_months(months)),
            Unit::Decade => months(120).and_then(|months| base.plus_months(months)),
            Unit::Century => months(1200).and_then(|months| base.plus_months(months)),
        };
        let rule = if relative {
            "distance: counted from publication"
        } else {
            "distance: counted from the date last named"
        };
        let Some(day) = day else {
            return Some(timeless(
                TimeKind::Date,
                vague().to_owned(),
                "distance: out of the calendar",
            ));
        };
        // A distance of decades is known to the year.
        let grain = if unit == Unit::Decade && toward != Toward::Ago { Unit::Decade } else { unit };
        let dated = Dated::around(day, grain);
        self.name(dated, setting, false);
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
        timeless(TimeKind::Time, value, CLOCK)
    }

    fn holiday(
        &self,
        holiday: Holiday,
        year: YearOf,
        which: Option<Which>,
        setting: Setting,
    ) -> Option<Read> {
        let of = |year| holiday.day(year).map(Dated::Day);
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            return Some((of(year)?, "holiday of a named year", relative));
        }
        if let Some(named) = self.leaning(setting) {
            return Some((lean(named.dated, of)?, LEANS, false));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, of);
        let dated = match which {
            Some(Which::Last | Which::Previous) => {
                before(all.filter(|dated| !holds(*dated, anchor)), anchor)?
            }
            Some(Which::Next | Which::Following) => {
                after(all.filter(|dated| !holds(*dated, anchor)), anchor)?
            }
            Some(Which::This) => of(anchor.year())?,
            _ if setting.tense == Tense::Ahead || setting.limit => after(all, anchor)?,
            _ => nearest(all, anchor)?,
        };
        Some((dated, "holiday: the nearest the tense allows", true))
    }
}

/// The rule of a date that takes its year from the one before.
const LEANS: &str = "year from the date last named";

/// Days beyond which the nearest date is a poor guess.
const HALF_A_YEAR_NEARLY: i64 = 120;

impl Which {
    fn step(self) -> i32 {
        match self {
            Self::Last | Self::Previous => -1,
            Self::This | Self::Same => 0,
            Self::Next | Self::Following => 1,
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

impl Holiday {
    fn day(self, year: i32) -> Option<Day> {
        match self {
            Self::Fixed { month, day } => Day::new(year, month.into(), day.into()),
            Self::Easter { days, orthodox } => {
                let sunday = if orthodox { orthodox_easter(year) } else { easter(year) };
                sunday?.plus(days.into())
            }
            Self::Nth { nth, weekday, month, days } => {
                let first = Day::new(year, month.into(), 1)?;
                let to_weekday =
                    (i64::from(weekday) - 1 - i64::from(first.weekday())).rem_euclid(7);
                let day = if nth > 0 {
                    first.plus(to_weekday + (i64::from(nth) - 1) * 7)?
                } else {
                    let next = first.plus_months(1)?;
                    let back = (i64::from(next.weekday()) + 1 - i64::from(weekday)).rem_euclid(7);
                    next.plus(-if back == 0 { 7 } else { back })?
                };
                day.plus(days.into())
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms).
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let n = h + l - 7 * m + 90;
    let month = n / 25;
    let day = (n + 33 * month + 19) % 32;
    Day::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Easter Sunday of the Julian calendar, as a Gregorian day (Meeus).
fn orthodox_easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    let julian = Day::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    julian.plus(i64::from(year / 100 - year / 400 - 2))
}

/// The TIMEX3 value of a stretch of time.
pub(super) fn duration_value(amount: Amount, unit: Unit) -> String {
    let (time, letter) = match unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day | Unit::Night => ("", "D"),
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
        Amount::Whole(count) => format!("P{time}{count}{letter}"),
        Amount::Decimal(whole, hundredths) => {
            let decimals = format!("{hundredths:02}");
            format!("P{time}{whole}.{}{letter}", decimals.trim_end_matches('0'))
        }
        Amount::Some => format!("P{time}X{letter}"),
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

fn is_year_only(date: Calendar) -> bool {
    date.month.is_none() && date.day.is_none() && date.weekday.is_none()
}

fn has_weekday(dated: Dated, weekday: u8) -> bool {
    matches!(dated, Dated::Day(day) if day.weekday() + 1 == u32::from(weekday))
}

fn holds(dated: Dated, day: Day) -> bool {
    dated.span().is_some_and(|(first, last)| first <= day && day <= last)
}

/// The same date in the years around `day`; a leap day finds its year.
fn candidates(
    day: Day,
    of: impl Fn(i32) -> Option<Dated> + Clone,
) -> impl Iterator<Item = Dated> + Clone {
    let year = day.year();
    (year - 6..=year + 6).filter_map(of)
}

/// The candidate nearest to `day`, the earlier of two as near.
fn nearest(all: impl Iterator<Item = Dated>, day: Day) -> Option<Dated> {
    all.min_by_key(|dated| {
        dated.span().map_or(i64::MAX, |(first, last)| {
            if last < day { day.since(last) } else { first.since(day).max(0) }
        })
    })
}

/// The latest candidate that has begun by `day`.
fn before(all: impl Iterator<Item = Dated>, day: Day) -> Option<Dated> {
    all.filter(|dated| dated.span().is_some_and(|span| span.0 <= day)).last()
}

/// The first candidate that has not ended before `day`.
fn after(all: impl Iterator<Item = Dated>, day: Day) -> Option<Dated> {
    let mut all = all;
    all.find(|dated| dated.span().is_some_and(|span| span.1 >= day))
}

/// The date that follows most naturally on `named`: in its year where it is a year,
/// else a little back or well ahead of it.
fn lean(named: Dated, of: impl Fn(i32) -> Option<Dated> + Clone) -> Option<Dated> {
    /// A story goes back less far than it goes on.
    const BACK: i64 = -120;
    let (first, last) = named.span()?;
    if matches!(named.grain(), Unit::Year | Unit::Decade | Unit::Century) {
        return of(last.year());
    }
    let mut all = candidates(first, of);
    all.find(|dated| dated.span().is_some_and(|span| span.0.since(first) >= BACK))
}

fn timeless(kind: TimeKind, value: String, rule: &'static str) -> Resolved {
    Resolved { kind, value, when: None, rule: rule.into(), relative: false }
}

fn finish(dated: Dated, time: Option<TimeOfDay>, rule: &'static str, relative: bool) -> Resolved {
    let mut value = dated.value();
    let kind = match time {
        Some(time) => {
            value.push_str(&time.suffix());
            TimeKind::Time
        }
        None => TimeKind::Date,
    };
    Resolved { kind, value, when: dated.when(), rule: rule.into(), relative }
}
