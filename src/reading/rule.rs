//! Why a name is taken for an actor, and how a date was read: every rule that a reading
//! can name.
//!
//! A reading names a rule for every mention and every date, and an archive holds all of
//! them: a rule is kept as one byte, and put into words where somebody asks. The words are what records print and what pages look translations up
//! by (`[naming]` in `templates/strings/`).

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($(#[$about:meta])* $kind:ident { $($name:ident = $text:expr;)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $kind {
            $(#[doc = $text] $name),*
        }

        impl $kind {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The rule, for people.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text),*
                }
            }
        }
    };
}

rules! {
    /// Why a name is taken for an actor.
    Naming {
        Register = "name of the register";
        BuiltIn = "built-in name";
        Shared = "shared name, the other name of one stands in the article";
        Capital = "capital as a place";
        Government = "capital for its government";
        PartOfState = "part of a state";
        Agency = "news agency in running text";
        PartOfName = "part of a full name before";
        SurnameAfter = "surname of a full name after";
        ShortForm = "short form of a name in the article";
        Surname = "surname of a person in the article";
        CompanyForm = "company form";
        HeadWord = "head word of an organisation";
        PlaceWord = "head word of a place";
        Document = "document or event";
        KnownPlace = "place of the list";
        Title = "title before the name";
        GivenName = "given name before a surname";
        KnownBody = "company or body of the list";
        Speaks = "speaks, or is followed by who";
        LikePerson = "its words and neighbours suggest a person";
        LikeOrganisation = "its words and neighbours suggest an organisation";
        LikePlace = "its words and neighbours suggest a place";
    }
}

rules! {
    /// How a time expression was read and resolved.
    Timing {
        BeforeChrist = "before Christ";
        AsWritten = "full date: as written";
        AsWrittenAgainstWeekday = "full date: as written, against its weekday";
        MonthOfYear = "month of a named year";
        DayOfYear = "day of a named year";
        Year = "year: as written";
        YearOfWriting = "year: from the year of writing";
        YearLeans = "year from the date last named";
        DayWithWeekday = "month and day: the nearest year in which the weekday fits";
        DayAgainstWeekday = "month and day: the nearest, against its weekday";
        DayPast = "month and day: the most recent, told in the past";
        DayAhead = "month and day: the next, the sentence looks ahead";
        DayNearest = "month and day: the nearest to publication";
        MonthNamed = "month: from the date last named";
        MonthOfWriting = "month: of the year of writing";
        MonthLast = "month: the last one";
        MonthNext = "month: the next one";
        MonthAhead = "month: the next, the sentence looks ahead";
        MonthLimit = "month: the next, as a limit";
        MonthPast = "month: the most recent, told in the past";
        MonthNearest = "month: the nearest to publication";
        WeekdayNamed = "weekday: from the date last named";
        WeekdayLast = "weekday: the last one before publication";
        WeekdayOfWriting = "weekday: of the week of writing";
        WeekdayFirst = "weekday: the first one after publication";
        WeekdayOfNextWeek = "weekday: of the week after; writers differ on `next`";
        WeekdayAhead = "weekday: the next one, the sentence looks ahead";
        WeekdayRecent = "weekday: the most recent one";
        WeekdayAndDay = "weekday and day: the nearest month they agree in";
        WeekdayOfWeek = "weekday of a named week";
        DayOfMonthNamed = "day: of the month last named";
        DayOfMonthNearest = "day: of the nearest month the tense allows";
        NumericOne = "numeric date: the only reading";
        NumericOpen = "numeric date: month first or day first, the text does not tell";
        FromPublication = "counted from publication";
        FromNamed = "counted from the date last named";
        FromPublicationAgainstWeekday = "counted from publication, against its weekday";
        FromQuotation = "in a quotation: from the day the words were spoken";
        SeasonOfYear = "season of a named year";
        SeasonNamed = "season: from the date last named";
        SeasonOfWriting = "season: by the day of writing";
        QuarterOfYear = "quarter of a named year";
        QuarterLast = "quarter: the last that ended";
        HolidayOfYear = "holiday of a named year";
        HolidayNearest = "holiday: the nearest the tense allows";
        Recurs = "set: recurs, no date";
        Vague = "vague: names no date";
        Stretch = "duration: a stretch, no date";
        WeekOfDay = "the week that holds a day";
        Half = "half of a year";
        Decade = "decade: as written";
        Century = "century: the years that begin alike";
        BusinessYear = "business year: no calendar date";
        WeekIn = "week of a named month or year";
        WeekNumber = "week by its number, as in ISO 8601";
        DayPointedAt = "day of a month that is pointed at";
        DistanceBeside = "distance: counted from the date beside it";
        KnownDay = "a day known by its date";
        VagueDistance = "vague distance: names no date";
        FewAgo = "vague distance: two to five units back";
        SameQuarter = "distance: the same quarter of another year";
        NothingToCountFrom = "no date to count from";
        NoYear = "no year to count from";
        Distance = "distance: counted from publication";
        DistanceFromNamed = "distance: counted from the date last named";
        OutOfCalendar = "distance: out of the calendar";
        Clock = "time of day: on the day the sentence is about";
        Closes = "the first one after the date that begins the stretch";
    }
}

impl Timing {
    /// Whether the weekday of the date is another one than the text says.
    pub fn is_against_weekday(self) -> bool {
        matches!(
            self,
            Self::AsWrittenAgainstWeekday
                | Self::DayAgainstWeekday
                | Self::FromPublicationAgainstWeekday
        )
    }

    /// Whether the text names year, month and day.
    pub fn is_as_written(self) -> bool {
        matches!(self, Self::AsWritten | Self::AsWrittenAgainstWeekday)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rules_have_the_same_words() {
        let mut words: Vec<&str> = Naming::ALL.iter().map(|rule| rule.text()).collect();
        words.extend(Timing::ALL.iter().map(|rule| rule.text()));
        let n = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), n);
    }

    #[test]
    fn a_rule_against_a_weekday_says_so() {
        for rule in Timing::ALL {
            let says = rule.text().ends_with("against its weekday");
            assert_eq!(rule.is_against_weekday(), says, "{}", rule.text());
        }
    }
}
