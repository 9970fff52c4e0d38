//! One table for each family of expressions. Wednesday, 13 March 2024 is the day
//! of writing.

use super::*;
use crate::reading::{TimeKind, Zone};
use crate::when::When;

const WRITTEN: &str = "2024-03-13";

fn tokens(prose: &Prose) -> Tokens {
    Tokens::of(prose, &Grains::of(prose))
}

/// What `text` says, as `expression = value`.
fn read(text: &str, anchor: Option<&str>) -> Vec<String> {
    let prose = Prose::plain(text);
    let sentences: Vec<Span> = prose.blocks.iter().map(|block| block.span).collect();
    let anchor = anchor.map(|anchor| When::parse(anchor).unwrap());
    find(&prose, &tokens(&prose), &sentences, anchor.as_ref(), &[])
        .iter()
        .map(|date| format!("{} = {}", date.span.of(text), date.value))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text, Some(WRITTEN)), expected, "{text:?}");
}

#[test]
fn a_full_date_means_what_it_says() {
    for (text, expected) in [
        ("It was signed on November 21, 2023, in Oslo.", &["November 21, 2023 = 2023-11-21"][..]),
        ("He spoke on 17 Aug, 2022 there.", &["17 Aug, 2022 = 2022-08-17"]),
        ("The deal of 17 February 2008 held.", &["17 February 2008 = 2008-02-17"]),
        (
            "Signed 2023-11-21 and 19.04.2013.",
            &["2023-11-21 = 2023-11-21", "19.04.2013 = 2013-04-19"],
        ),
        ("It began Tuesday, Nov. 21, 2023, at dawn.", &["Tuesday, Nov. 21, 2023 = 2023-11-21"]),
        ("They met on the 3rd of August 2021.", &["the 3rd of August 2021 = 2021-08-03"]),
        (
            "See notes-2020-02-15 of 2019-Aug-01.",
            &["2020-02-15 = 2020-02-15", "2019-Aug-01 = 2019-08-01"],
        ),
        ("On 15/02/2020 it closed.", &["15/02/2020 = 2020-02-15"]),
        (
            "It opened on the twenty-first of May, 1999.",
            &["the twenty-first of May, 1999 = 1999-05-21"],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_month_and_day_lie_in_the_nearest_year() {
    for (text, expected) in [
        ("They met on March 3.", &["March 3 = 2024-03-03"][..]),
        ("The vote is on May 7.", &["May 7 = 2024-05-07"]),
        ("He was shot on the night of Oct. 23.", &["the night of Oct. 23 = 2023-10-23TNI"]),
        ("The curfew will end on Sept. 1st.", &["Sept. 1st = 2024-09-01"]),
        ("The envoy resigned on Dec. 30.", &["Dec. 30 = 2023-12-30"]),
        ("It was found on Monday, February 26.", &["Monday, February 26 = 2024-02-26"]),
        ("Both sides met on 2 and 4 March.", &["2 = 2024-03-02", "4 March = 2024-03-04"]),
        ("They met on March 2 and 4.", &["March 2 = 2024-03-02", "4 = 2024-03-04"]),
        ("The fair runs June 3-5, 2024.", &["June 3 = 2024-06-03", "5, 2024 = 2024-06-05"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_weekday_is_the_most_recent_one_unless_the_sentence_looks_ahead() {
    for (text, expected) in [
        ("Police said Wednesday that he fled.", &["Wednesday = 2024-03-13"][..]),
        ("The strike began on Thursday.", &["Thursday = 2024-03-07"]),
        ("The court will rule on Thursday.", &["Thursday = 2024-03-14"]),
        ("A report is due on Friday.", &["Friday = 2024-03-15"]),
        ("The minister is to speak Monday.", &["Monday = 2024-03-18"]),
        ("He is expected in Rome by Sunday.", &["Sunday = 2024-03-17"]),
        (
            "She said on Tuesday that she would leave on Friday.",
            &["Tuesday = 2024-03-12", "Friday = 2024-03-15"],
        ),
        ("They agreed to meet again on Saturday.", &["Saturday = 2024-03-16"]),
        (
            "Last Friday it rained; this Friday it will not.",
            &["Last Friday = 2024-03-08", "this Friday = 2024-03-15"],
        ),
        ("They meet this coming Wednesday.", &["this coming Wednesday = 2024-03-20"]),
        ("Next Tuesday the talks resume.", &["Next Tuesday = 2024-03-19"]),
        ("The raid came late Thursday.", &["late Thursday = 2024-03-07"]),
        ("It went on until Friday night.", &["Friday night = 2024-03-15TNI"]),
        ("They fled on Tuesday of last week.", &["Tuesday of last week = 2024-03-05"]),
        ("The hearing was set for Friday.", &["Friday = 2024-03-15"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn words_for_days_count_from_the_day_of_writing() {
    for (text, expected) in [
        ("He left yesterday.", &["yesterday = 2024-03-12"][..]),
        ("They meet tomorrow, Thursday, in Bonn.", &["tomorrow, Thursday = 2024-03-14"]),
        ("It fell this morning.", &["this morning = 2024-03-13TMO"]),
        ("Shots were heard last night.", &["last night = 2024-03-12TNI"]),
        ("The show is tonight.", &["tonight = 2024-03-13TNI"]),
        ("It closed the day before yesterday.", &["the day before yesterday = 2024-03-11"]),
        ("Over the weekend roads were shut.", &["the weekend = 2024-W10-WE"]),
        ("They will march this weekend.", &["this weekend = 2024-W11-WE"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn units_count_from_the_day_of_writing() {
    for (text, expected) in [
        ("Last week a bridge fell.", &["Last week = 2024-W10"][..]),
        ("Next month they vote.", &["Next month = 2024-04"]),
        ("It rose last year and this year.", &["last year = 2023", "this year = 2024"]),
        ("They met earlier this month.", &["earlier this month = 2024-03"]),
        ("Profits fell last quarter.", &["last quarter = 2023-Q4"]),
        ("It should be ready by the end of the year.", &["the end of the year = 2024"]),
        ("The first half of last year was dry.", &["The first half of last year = 2023-H1"]),
        ("In October last year they met.", &["October last year = 2023-10"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_month_alone_follows_the_tense() {
    for (text, expected) in [
        (
            "She said a draft would be ready by the end of April.",
            &["the end of April = 2024-04"][..],
        ),
        ("The draft was ready in February.", &["February = 2024-02"]),
        ("The vote is on Friday.", &["Friday = 2024-03-15"]),
        ("The law passed in November.", &["November = 2023-11"][..]),
        ("The law will apply from November.", &["November = 2024-11"]),
        ("In May, protesters clashed with police.", &["May = 2023-05"]),
        ("The vote was postponed until April.", &["April = 2024-04"]),
        ("Ties cooled after the September shooting.", &["September = 2023-09"]),
        ("He retired in late January.", &["late January = 2024-01"]),
        ("A treaty signed last May lapsed.", &["last May = 2023-05"]),
        (
            "Figures for February will be published in April.",
            &["February = 2024-02", "April = 2024-04"],
        ),
        ("It lasted from June to August 2019.", &["June = 2019-06", "August 2019 = 2019-08"]),
        ("Two attacks in May and September failed.", &["May = 2023-05", "September = 2023-09"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn years_decades_and_seasons_are_read_whole() {
    for (text, expected) in [
        ("It broke away in 1999 and voted in 2008.", &["1999 = 1999", "2008 = 2008"][..]),
        ("In 2008 and 2012 it won.", &["2008 = 2008", "2012 = 2012"]),
        ("The 2020 election was close.", &["2020 = 2020"]),
        ("Wars raged in the 1990s.", &["the 1990s = 199"]),
        ("Both the 1800s and the 2000s.", &["the 1800s = 18", "the 2000s = 200"]),
        ("It dates from the '60s.", &["the '60s = 196"]),
        ("In the early 1980s and mid-2007 it grew.", &["the early 1980s = 198", "mid-2007 = 2007"]),
        ("A map of the 19th century hangs there.", &["the 19th century = 18"]),
        ("In the summer of 1995 they fled.", &["the summer of 1995 = 1995-SU"]),
        ("Tensions flared last summer.", &["last summer = 2023-SU"]),
        ("The first quarter of 2017 was poor.", &["The first quarter of 2017 = 2017-Q1"]),
        ("Sales fell in the fourth quarter.", &["the fourth quarter = 2023-Q4"]),
        ("The 2014–15 season was short.", &["2014 = 2014", "15 = 2015"]),
        ("The city fell in 480 BC.", &["480 BC = BC0480"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn distances_keep_the_unit_they_are_given_in() {
    for (text, expected) in [
        ("Had it come an hour later, few would live.", &["an hour later = 2024-03-13TXX"][..]),
        ("They met two days ago.", &["two days ago = 2024-03-11"]),
        ("It closed three weeks ago.", &["three weeks ago = 2024-W08"]),
        ("He left ten years ago.", &["ten years ago = 2014"]),
        ("It will open in two weeks.", &["two weeks = 2024-W13"]),
        ("It opened three months ago.", &["three months ago = 2023-12"]),
        ("Only a few weeks ago they met.", &["a few weeks ago = PAST_REF"]),
        ("The storm hit two days after Christmas.", &["two days after Christmas = 2023-12-27"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_follows_leans_on_the_date_last_named() {
    for (text, expected) in [
        (
            "He was held on February 3 and freed the following day.",
            &["February 3 = 2024-02-03", "the following day = 2024-02-04"][..],
        ),
        (
            "They met on January 25. Eighteen days later he fled.",
            &["January 25 = 2024-01-25", "Eighteen days later = 2024-02-12"],
        ),
        (
            "A call on March 7 followed a note of the previous week.",
            &["March 7 = 2024-03-07", "the previous week = 2024-W09"],
        ),
        (
            "It opened in May 2011 and closed later that year.",
            &["May 2011 = 2011-05", "later that year = 2011"],
        ),
        (
            "Output rose in the first quarter of 2017 from a year earlier.",
            &["the first quarter of 2017 = 2017-Q1", "a year earlier = 2016-Q1"],
        ),
        (
            "The plane was lost on May 31, 2009. Wreckage was found in June.",
            &["May 31, 2009 = 2009-05-31", "June = 2009-06"],
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn times_of_day_belong_to_a_day() {
    for (text, expected) in [
        (
            "Fire broke out at 6:40 a.m. on Tuesday.",
            &["6:40 a.m. on Tuesday = 2024-03-12T06:40"][..],
        ),
        (
            "Polls open at 7 a.m. and close at 8 p.m.",
            &["7 a.m. = 2024-03-13T07:00", "8 p.m. = 2024-03-13T20:00"],
        ),
        (
            "A wave struck at 21:30 local time (1430 UTC).",
            &["21:30 local time = 2024-03-13T21:30", "1430 UTC = 2024-03-13T14:30"],
        ),
        ("On Sunday it began at noon.", &["Sunday = 2024-03-10", "noon = 2024-03-10T12:00"]),
        ("It sank at 3pm GMT Saturday.", &["3pm GMT Saturday = 2024-03-09T15:00"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn holidays_are_days() {
    for (text, expected) in [
        ("The shop shut on Christmas Eve.", &["Christmas Eve = 2023-12-24"][..]),
        ("They met on New Year's Day 2020.", &["New Year's Day 2020 = 2020-01-01"]),
        ("On Good Friday it reopened.", &["Good Friday = 2024-03-29"]),
        ("Orthodox Easter 2023 was late.", &["Orthodox Easter 2023 = 2023-04-16"]),
        ("Shops will open on Easter Monday.", &["Easter Monday = 2024-04-01"]),
    ] {
        check(text, expected);
    }
}

#[test]
fn stretches_and_what_recurs_are_no_dates() {
    for text in [
        "He got 15 years in prison after 11 days of talks.",
        "For decades they had met every Thursday, once a month and daily.",
        "In the past decade and the last few months it grew.",
        "A 40-minute call and a nine-week trial followed.",
        "They will decide within six months.",
    ] {
        let prose = Prose::plain(text);
        let anchor = When::parse(WRITTEN);
        let found = find(&prose, &tokens(&prose), &[], anchor.as_ref(), &[]);
        assert!(!found.is_empty(), "{text:?}");
        for date in found {
            assert!(matches!(date.kind, TimeKind::Duration | TimeKind::Set), "{date:?}");
            assert_eq!(date.when, None, "{date:?}");
        }
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in [
        "Resolution 1244 and Article 51 bind flight MH17 and a Boeing 777.",
        "Some 1,244 votes and 2230 inmates were counted, and 4,000 soldiers came.",
        "They won 3-1, after 306 to 232 and 66-30.",
        "A 45-year-old man, aged 72, and Kenny, 66, were hurt.",
        "She may follow, they marched, and a second term may begin.",
        "Theresa May and Mr. March spoke to April Jones near Checkpoint 2020.",
        "May I ask why? May he rest.",
        "He sat down in the sun near the Friday Mosque and read the Sun.",
        "It costs $2000 and 1999.50 euros, or 20 percent.",
        "The order of the day was to spring into action before the fall of the city.",
        "Windows 2000 ran on page 1998.",
        "Some 2000 people and 1950 refugees crossed.",
        "They saw Chimes at Midnight twice.",
        "He met John 3:16 fans in Room 2012.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn without_a_day_of_writing_a_date_keeps_what_is_known() {
    for (text, expected) in [
        ("They spoke on November 7.", &["November 7 = XXXX-11-07"][..]),
        (
            "He left on Friday and returned last week.",
            &["Friday = XXXX-WXX-5", "last week = XXXX-WXX"],
        ),
        ("It fell in 1999, he said yesterday.", &["1999 = 1999", "yesterday = XXXX-XX-XX"]),
        (
            "On May 10, 1940 they crossed. On June 5 they met.",
            &["May 10, 1940 = 1940-05-10", "June 5 = 1940-06-05"],
        ),
    ] {
        assert_eq!(read(text, None), expected, "{text:?}");
    }
}

#[test]
fn an_uncertain_day_of_writing_decides_only_what_all_its_days_agree_on() {
    let text = "It was signed in May, he said on Friday, a day after March 1.";
    let expected = ["May = 2023-05", "Friday = XXXX-WXX-5", "a day after March 1 = 2024-03-02"];
    assert_eq!(read(text, Some("2024-03-11/2024-03-17")), expected);
    assert_eq!(read(text, Some("[2024-03-11,2024-03-17]")), expected);
    assert_eq!(read("He left on Friday.", Some("2024-03-09/2024-03-14")), ["Friday = 2024-03-08"]);
    assert_eq!(read("He left on Friday.", Some("2024/..")), ["Friday = XXXX-WXX-5"]);
}

#[test]
fn a_date_says_how_it_was_read() {
    let text = "They met on Friday, not on 02/03/2020 or a few weeks ago.";
    let anchor = When::parse(WRITTEN);
    let prose = Prose::plain(text);
    let found = find(&prose, &tokens(&prose), &[], anchor.as_ref(), &[]);
    let told: Vec<_> = found
        .iter()
        .map(|date| (date.rule.text(), date.relative, date.when.as_ref().unwrap().to_string()))
        .collect();
    assert_eq!(
        told,
        [
            ("weekday: the most recent one", true, "2024-03-08".to_owned()),
            (
                "numeric date: month first or day first, the text does not tell",
                false,
                "[2020-02-03,2020-03-02]".to_owned()
            ),
            ("vague distance: two to five units back", true, "2024-02-07~/2024-02-28~".to_owned()),
        ]
    );
}

#[test]
fn days_that_no_calendar_has_are_no_dates() {
    for text in [
        "It was due on Feb. 30 and on 31 April 2022.",
        "In the year 99999 and on 2022-13-45 it ended.",
        "99999999999999999999 days ago",
        "9999 years ago, 99999 centuries later",
    ] {
        let prose = Prose::plain(text);
        let anchor = When::parse(WRITTEN);
        for date in find(&prose, &tokens(&prose), &[], anchor.as_ref(), &[]) {
            assert_eq!(date.when, None, "{date:?}");
        }
    }
}

#[test]
fn code_is_not_read() {
    let mut prose = Prose::default();
    prose.push("on 2023-11-21", Zone::Code);
    prose.push("on 2023-11-22", Zone::Caption);
    let found = find(&prose, &tokens(&prose), &[], None, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(&*found[0].value, "2023-11-22");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(
        words in proptest::collection::vec(
            "May|the|of|[0-9]{1,6}|Friday|week|last|in|two|ago|,|\\.|-|/|:|pm|'|s|every|Q1|st|quarter|half|BC|to|Easter|\\PC",
            0..40,
        ),
    ) {
        let text = words.join(if words.len() % 2 == 0 { " " } else { "" });
        let prose = Prose::plain(&text);
        for anchor in [None, When::parse("2024-03-13"), When::parse("0001-01-01"), When::parse("9999-12-31")] {
            let found = find(&prose, &tokens(&prose), &[], anchor.as_ref(), &[]);
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for date in &found {
                proptest::prop_assert!(!date.span.of(&text).is_empty() && !date.value.is_empty());
            }
        }
    }
}

#[test]
fn that_day_is_the_one_told_and_not_one_recalled() {
    for (text, expected) in [
        (
            "Police took the hall on March 8. The mayors had been elected on February 18. \
             Envoys criticised the raid that day.",
            "that day = 2024-03-08",
        ),
        (
            "Police took the hall on March 8. The mayors had been elected on February 18, and on \
             that day had thanked their voters.",
            "that day = 2024-02-18",
        ),
        (
            "The mayors had been elected on February 18. It rained that day.",
            "that day = 2024-02-18",
        ),
        (
            "They met on March 4. He left on March 6. He spoke the same day.",
            "the same day = 2024-03-06",
        ),
    ] {
        let read = read(text, Some(WRITTEN));
        assert_eq!(read.last().map(String::as_str), Some(expected), "{text:?}");
    }
}

#[test]
fn numbers_in_words_make_dates_and_no_counts() {
    for (text, expected) in [
        ("It fell in nineteen eighty-nine.", &["nineteen eighty-nine = 1989"][..]),
        (
            "It was signed in October two thousand and five.",
            &["October two thousand and five = 2005-10"],
        ),
        (
            "She came on 6 April seventeen hundred thirty three.",
            &["6 April seventeen hundred thirty three = 1733-04-06"],
        ),
        ("They vote on May twenty-nine.", &["May twenty-nine = 2024-05-29"]),
        (
            "They left on fifteen August nineteen ninety.",
            &["fifteen August nineteen ninety = 1990-08-15"],
        ),
        ("In May twenty people died.", &["May = 2023-05"]),
        ("It fell on two thousand and five houses.", &[]),
        ("A crowd of two thousand came.", &[]),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_day_week_or_month_is_counted_in_what_holds_it() {
    for (text, expected) in [
        ("It ends in the third month of 2025.", &["the third month of 2025 = 2025-03"][..]),
        ("He returns on the 15th of next month.", &["the 15th of next month = 2024-04-15"]),
        ("They met in week 7 of 2024.", &["week 7 of 2024 = 2024-W07"]),
        ("In week 7 of the war it fell.", &[]),
        ("It closes in the last week of this month.", &["the last week of this month = 2024-W13"]),
        ("They meet the week after next.", &["the week after next = 2024-W13"]),
        ("It closed in 2023 April.", &["2023 April = 2023-04"]),
        ("The file of 20240302 is gone.", &["20240302 = 2024-03-02"]),
        ("Call 20241302 or 12345678.", &[]),
        ("It opened in 11/2023.", &["11/2023 = 2023-11"]),
        ("Many travel on Easter weekend.", &["Easter weekend = 2024-W13-WE"]),
        ("They spoke in the week of March 5.", &["the week of March 5 = 2024-W10"]),
    ] {
        check(text, expected);
    }
}
