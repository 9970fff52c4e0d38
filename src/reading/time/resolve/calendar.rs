//! Dates of the calendar: which year, month or week is meant.

use super::{Named, Read, Resolved, Resolver, Setting, finish};
use crate::reading::Timing;
use crate::reading::time::dated::{Dated, monday};
use crate::reading::time::meaning::{Calendar, Holiday, YearOf};
use crate::reading::time::tense::Tense;
use crate::reading::time::token::{Unit, Which};
use crate::when::{Day, When};

/// Days beyond which the nearest date is a poor guess.
const HALF_A_YEAR_NEARLY: i64 = 150;

impl Resolver {
    pub(super) fn calendar(&mut self, date: Calendar, setting: Setting) -> Option<Read> {
        match date {
            Calendar { year: YearOf::Stated(year), month, .. } if year < 0 => {
                Some((Dated::BeforeChrist(-year, month), Timing::BeforeChrist, false))
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
                let rule = if fits { Timing::AsWritten } else { Timing::AsWrittenAgainstWeekday };
                Some((dated, rule, false))
            }
            Calendar { year, month: Some(month), day: None, .. } if year != YearOf::Open => {
                let (year, relative) = self.year_of(year)?;
                Some((Dated::Month(year, month), Timing::MonthOfYear, relative))
            }
            Calendar { year, month: Some(month), day: Some(day), .. } if year != YearOf::Open => {
                let (year, relative) = self.year_of(year)?;
                Some((Dated::day(year, month, day)?, Timing::DayOfYear, relative))
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
                let rule = if relative { Timing::YearOfWriting } else { Timing::Year };
                Some((Dated::Year(number), rule, relative))
            }
        }
    }

    /// A year, and whether it leans on the day of writing.
    pub(super) fn year_of(&self, year: YearOf) -> Option<(i32, bool)> {
        let named = || self.last.and_then(|last| last.dated.span()).map(|span| span.0.year());
        match year {
            YearOf::Stated(year) => Some((year, false)),
            YearOf::Open => self.anchor.map(|anchor| (anchor.year(), true)),
            YearOf::Relative(which) => {
                let (base, relative) = match which {
                    Which::Last | Which::This | Which::Next | Which::Coming => match self.anchor {
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
    pub(super) fn leaning(&self, setting: Setting) -> Option<Named> {
        let last = self.last?;
        match self.anchor {
            Some(anchor) => {
                let fine = matches!(last.dated, Dated::Day(_) | Dated::Month(..));
                let past = last.dated.span()?.1.year() < anchor.year();
                let here = last.block == setting.block;
                let close = setting.sentence - last.sentence <= 1;
                (fine && past && here && close && last.stated && setting.tense != Tense::Ahead)
                    .then_some(last)
            }
            None => (!self.news).then_some(last),
        }
    }

    /// How many days a date without a year may lie before the one it leans on. A
    /// report that turns to another year tells it forward; a history does not.
    fn back(&self) -> i64 {
        if self.news { 60 } else { 180 }
    }

    /// The first day of the stretch that an expression closes.
    pub(super) fn opening(&self, setting: Setting) -> Option<Day> {
        let last = self.last.filter(|last| setting.closes && last.sentence == setting.sentence)?;
        let fine = matches!(last.dated, Dated::Day(_) | Dated::Month(..));
        fine.then(|| last.dated.span()).flatten().map(|span| span.0)
    }

    pub(super) fn month_and_day(
        &self,
        month: u8,
        day: u8,
        weekday: Option<u8>,
        setting: Setting,
    ) -> Option<Read> {
        if let Some(named) = self.leaning(setting) {
            let dated = lean(named.dated, self.back(), |year| Dated::day(year, month, day))?;
            return Some((dated, Timing::YearLeans, false));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Dated::day(year, month, day));
        if let Some(opens) = self.opening(setting) {
            let of = |year| Dated::day(year, month, day);
            return Some((after(candidates(opens, of), opens)?, Timing::Closes, true));
        }
        if let Some(weekday) = weekday {
            let fitting = all.clone().filter(|dated| has_weekday(*dated, weekday));
            // A date within weeks of the report is right, and the weekday a slip.
            let close = nearest(all.clone(), anchor)
                .and_then(Dated::span)
                .is_some_and(|(day, _)| day.since(anchor).abs() < 45);
            if let Some(dated) = nearest(fitting, anchor).filter(|_| !close) {
                return Some((dated, Timing::DayWithWeekday, true));
            }
        }
        let dated = nearest(all.clone(), anchor)?;
        if weekday.is_some_and(|weekday| !has_weekday(dated, weekday)) {
            return Some((dated, Timing::DayAgainstWeekday, true));
        }
        let distance = dated.span()?.0.since(anchor);
        let ahead = setting.tense == Tense::Ahead || setting.limit;
        // About half a year away the nearest is no longer a good guess.
        if distance > HALF_A_YEAR_NEARLY && setting.tense == Tense::Past && !setting.limit {
            let dated = before(all, anchor)?;
            return Some((dated, Timing::DayPast, true));
        }
        if distance < -HALF_A_YEAR_NEARLY && ahead {
            let dated = after(all, anchor)?;
            return Some((dated, Timing::DayAhead, true));
        }
        Some((dated, Timing::DayNearest, true))
    }

    pub(super) fn month(&self, month: u8, which: Option<Which>, setting: Setting) -> Option<Read> {
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
            return dated.map(|dated| (dated, Timing::MonthNamed, false));
        }
        if which.is_none()
            && let Some(named) = self.leaning(setting)
        {
            let dated = lean(named.dated, self.back(), |year| Some(Dated::Month(year, month)))?;
            return Some((dated, Timing::YearLeans, false));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Some(Dated::Month(year, month)));
        if let Some(opens) = self.opening(setting) {
            let dated = after(candidates(opens, |year| Some(Dated::Month(year, month))), opens)?;
            return Some((dated, Timing::Closes, true));
        }
        let current = Dated::Month(anchor.year(), month);
        let read = match (which, setting.tense) {
            (Some(Which::This), _) => (current, Timing::MonthOfWriting),
            (Some(Which::Last), _) => {
                // "last February", written in April, is that of the year before.
                let close = |dated: &Dated| {
                    let back = i64::from(anchor.month()) - i64::from(month);
                    *dated == current && (0..=2).contains(&back)
                };
                (before(all.filter(|dated| !close(dated)), anchor)?, Timing::MonthLast)
            }
            (Some(Which::Next), _) => {
                (after(all.filter(|dated| !holds(*dated, anchor)), anchor)?, Timing::MonthNext)
            }
            (_, Tense::Ahead) => (after(all, anchor)?, Timing::MonthAhead),
            _ if setting.limit => (after(all, anchor)?, Timing::MonthLimit),
            (_, Tense::Past) => (before(all, anchor)?, Timing::MonthPast),
            _ => (nearest(all, anchor)?, Timing::MonthNearest),
        };
        Some((read.0, read.1, true))
    }

    pub(super) fn weekday(
        &mut self,
        weekday: u8,
        which: Option<Which>,
        setting: Setting,
    ) -> Option<Read> {
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
            return Some((Dated::Day(day.plus(days)?), Timing::WeekdayNamed, false));
        }
        let Some(anchor) = self.anchor else {
            let (day, _) = self.last_day.filter(|_| !self.news)?.dated.span()?;
            let days = offset(day).rem_euclid(7);
            return Some((Dated::Day(day.plus(days)?), Timing::WeekdayNamed, false));
        };
        let this_week = offset(anchor);
        let ahead = setting.tense == Tense::Ahead || setting.limit;
        let (days, rule) = match which {
            Some(Which::Last | Which::Previous) => {
                (this_week.rem_euclid(7) - 7, Timing::WeekdayLast)
            }
            Some(Which::This | Which::Same) => (this_week, Timing::WeekdayOfWriting),
            Some(Which::Coming) => ((this_week - 1).rem_euclid(7) + 1, Timing::WeekdayFirst),
            Some(Which::Next | Which::Following) => (this_week + 7, Timing::WeekdayOfNextWeek),
            None if ahead => (this_week.rem_euclid(7), Timing::WeekdayAhead),
            None => (-(-this_week).rem_euclid(7), Timing::WeekdayRecent),
        };
        let day = anchor.plus(days)?;
        if self.story.is_none() && which.is_none() {
            self.story = Some(day);
        }
        Some((Dated::Day(day), rule, true))
    }

    /// "Monday the 27th": the nearest month in which the two agree.
    pub(super) fn weekday_and_day(&self, weekday: u8, day: u8) -> Option<Read> {
        let anchor = self.anchor?;
        let first = Day::new(anchor.year(), anchor.month(), 1)?;
        let all = (-12..=12).filter_map(|months| {
            let month = first.plus_months(months)?;
            Day::new(month.year(), month.month(), day.into()).map(Dated::Day)
        });
        let fitting = all.filter(|dated| has_weekday(*dated, weekday));
        nearest(fitting, anchor).map(|dated| (dated, Timing::WeekdayAndDay, true))
    }

    pub(super) fn day_of_month(&self, day: u8, setting: Setting) -> Option<Read> {
        if let Some((named, _)) =
            self.last.filter(|last| last.stated || !self.news).and_then(|last| {
                matches!(last.dated.grain(), Unit::Day | Unit::Week | Unit::Month)
                    .then(|| last.dated.span())?
            })
        {
            let dated = Day::new(named.year(), named.month(), day.into()).map(Dated::Day)?;
            return Some((dated, Timing::DayOfMonthNamed, false));
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
        dated.map(|dated| (dated, Timing::DayOfMonthNearest, true))
    }

    /// Day and month in an order the text does not tell: both, unless one of them
    /// is no date.
    pub(super) fn numeric(
        &mut self,
        first: u8,
        second: u8,
        year: YearOf,
        setting: Setting,
    ) -> Option<Resolved> {
        let read = |month: u8, day: u8| match year {
            YearOf::Stated(year) => Dated::day(year, month, day),
            _ => self.month_and_day(month, day, None, setting).map(|read| read.0),
        };
        let relative = year == YearOf::Open;
        let (month_first, day_first) = (read(first, second), read(second, first));
        let dated = month_first.or(day_first)?;
        self.name(dated, setting, !relative);
        let (Some(one), Some(other)) = (month_first, day_first) else {
            return Some(finish(dated, None, Timing::NumericOne, relative));
        };
        let rule = Timing::NumericOpen;
        let mut resolved = finish(one, None, rule, relative);
        resolved.when = When::one_of(&[one.when()?, other.when()?]);
        Some(resolved)
    }

    pub(super) fn unit(&self, unit: Unit, which: Which, setting: Setting) -> Option<Read> {
        let deictic = matches!(which, Which::Last | Which::This | Which::Next);
        let named = match (unit, which) {
            (Unit::Day, Which::Same) => self.day_spoken_of(setting),
            _ => self.base(unit),
        };
        let (base, relative) = match (deictic, self.anchor) {
            (true, Some(anchor)) => (anchor, true),
            (true, None) if self.news => return None,
            (true, None) => (named?, false),
            (false, anchor) => match named {
                Some(day) => (day, false),
                None => (anchor?, true),
            },
        };
        let rule = if relative { Timing::FromPublication } else { Timing::FromNamed };
        if unit == Unit::Weekend {
            return weekend(base, which, setting).map(|dated| (dated, rule, relative));
        }
        let step = which.step();
        let day = match unit {
            Unit::Day => base.plus(step.into())?,
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

    /// The day of "that day": the last one told. One that was only recalled counts
    /// where this sentence names it or goes on recalling.
    fn day_spoken_of(&self, setting: Setting) -> Option<Day> {
        let last = self.last_day?;
        let here = last.sentence == setting.sentence || setting.recalled;
        let day = if here { last } else { self.told_day.unwrap_or(last) };
        day.dated.span().map(|span| span.1)
    }

    /// The date last named, where it is as fine as `unit` or finer.
    pub(super) fn base(&self, unit: Unit) -> Option<Day> {
        if matches!(unit, Unit::Day) {
            return self.last_day.and_then(|last| last.dated.span()).map(|span| span.1);
        }
        let last = self.last?;
        (last.dated.grain() as u8 <= unit as u8).then_some(())?;
        last.dated.span().map(|span| span.0)
    }

    pub(super) fn season(
        &self,
        season: u8,
        year: YearOf,
        which: Option<Which>,
        setting: Setting,
    ) -> Option<Read> {
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            if year < 0 {
                return Some((Dated::BeforeChrist(-year, None), Timing::BeforeChrist, false));
            }
            return Some((Dated::Season(year, season), Timing::SeasonOfYear, relative));
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
                    _ => lean(named?.dated, self.back(), of)?,
                };
                return Some((dated, Timing::SeasonNamed, false));
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
        Some((dated, Timing::SeasonOfWriting, true))
    }

    pub(super) fn quarter(&self, number: u8, year: YearOf, setting: Setting) -> Option<Read> {
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            return Some((Dated::Quarter(year, number), Timing::QuarterOfYear, relative));
        }
        let anchor = self.anchor?;
        let all = candidates(anchor, |year| Some(Dated::Quarter(year, number)));
        let dated = if setting.tense == Tense::Ahead {
            after(all, anchor)?
        } else {
            before(all.filter(|dated| dated.span().is_some_and(|span| span.1 < anchor)), anchor)?
        };
        Some((dated, Timing::QuarterLast, true))
    }

    pub(super) fn holiday(
        &self,
        holiday: Holiday,
        year: YearOf,
        which: Option<Which>,
        setting: Setting,
    ) -> Option<Read> {
        let of = |year| holiday.day(year).map(Dated::Day);
        if year != YearOf::Open {
            let (year, relative) = self.year_of(year)?;
            return Some((of(year)?, Timing::HolidayOfYear, relative));
        }
        if let Some(named) = self.leaning(setting) {
            return Some((lean(named.dated, self.back(), of)?, Timing::YearLeans, false));
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
        Some((dated, Timing::HolidayNearest, true))
    }
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
/// else at most `back` days before it, or well after.
fn lean(named: Dated, back: i64, of: impl Fn(i32) -> Option<Dated> + Clone) -> Option<Dated> {
    let (first, last) = named.span()?;
    if matches!(named.grain(), Unit::Year | Unit::Decade | Unit::Century) {
        return of(last.year());
    }
    let mut all = candidates(first, of);
    all.find(|dated| dated.span().is_some_and(|span| span.0.since(first) >= -back))
}

/// The weekend meant, counted from the week that holds `base`.
fn weekend(base: Day, which: Which, setting: Setting) -> Option<Dated> {
    let saturday = monday(base).plus(5)?;
    let ahead = setting.tense == Tense::Ahead || setting.limit;
    let begun = base.weekday() >= 5;
    let weeks = match which {
        Which::Last | Which::Previous => -1,
        Which::Next | Which::Coming | Which::Following => 1,
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
