//! Counts over time, drawn as bars: mentions, or the events of a list.
//!
//! In: days, and what is counted. Out: a figure, ready to print, of the months they fall
//! into where all lie within two years, else of their years, and its numbers as a table.
//! Only what holds something is a bar, and stands in its place.
//!
//! The decision to question: an event that is known by its year alone is not drawn
//! among months, where it could only stand in the first of them. It is counted apart,
//! under the figures, as is what lies more than a century before the last bar.
//!
//! Start at [`of_days`] and [`of_events`].

use super::context::Html;
use super::fragment::push_number;
use crate::archive::TimelineEvent;
use crate::markup::{escape_html, push_escaped};
use crate::theme::wording::{Word, Wording, word};
use crate::when::Day;

/// Places for bars: beyond a century, one a year no longer fits any page.
const MOST_BARS: i32 = 100;
/// So many months at most are drawn by month.
const MONTHLY: i32 = 24;

/// A chart of `days`, which are of `what`; empty where one bar would hold them all.
pub(super) fn of_days(wording: &Wording, what: Word, days: &[Day]) -> Html {
    count(wording, days, 0).map_or_else(Html::default, |counts| drawn(wording, what, &counts))
}

/// A chart of the days that `events` stand for, in the same way.
pub(super) fn of_events<'a>(
    wording: &Wording,
    what: Word,
    events: impl Iterator<Item = &'a TimelineEvent> + Clone,
) -> Html {
    let days: Vec<Day> = events.clone().filter_map(TimelineEvent::day).collect();
    let years = days.iter().map(|day| day.year());
    let span = years.clone().max().zip(years.min()).map_or(0, |(last, first)| last - first);
    if span > 1 {
        return of_days(wording, what, &days);
    }
    let in_months: Vec<Day> = events
        .filter(|event| event.when.month_of().is_some())
        .filter_map(TimelineEvent::day)
        .collect();
    count(wording, &in_months, days.len() - in_months.len())
        .map_or_else(Html::default, |counts| drawn(wording, what, &counts))
}

/// What a chart shows.
struct Counts {
    /// Months or years from the first to the last: room for so many bars.
    places: usize,
    /// What the first and the last of them are called.
    ends: [String; 2],
    /// Those that hold something, in order; never empty.
    bars: Vec<Bar>,
    /// What is counted and not drawn, and how often.
    not_drawn: Vec<(String, usize)>,
}

struct Bar {
    /// Its place, from 0.
    place: usize,
    /// What it stands for: a year or a month.
    label: String,
    n: usize,
    /// Height from 0 to 100, the highest bar being 100.
    percent: usize,
}

/// The counts as drawing and table.
fn drawn(wording: &Wording, what: Word, counts: &Counts) -> Html {
    let Counts { places, ends: [first, last], bars, not_drawn } = counts;
    let what = wording.say(what);
    let [first, last] = [first, last].map(|end| escape_html(end));
    let mut out = String::with_capacity(1024 + (bars.len() + not_drawn.len()) * 160);
    // Ten units for a place, whose width on the page grows with their number.
    out.push_str("<figure class=\"chart\">\n<svg width=\"");
    push_number(&mut out, places * 36);
    out.push_str("\" viewBox=\"0 0 ");
    push_number(&mut out, places * 10);
    out.push_str(" 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    let values = [("label", what), ("first", &*first), ("last", &*last)];
    out.extend([&*wording.fill(word::LIST_CHART, &values), "\">\n"]);
    for bar in bars {
        push_bar(&mut out, bar);
    }
    out.push_str("\n</svg>\n<p class=\"axis\" aria-hidden=\"true\"><span>");
    out.extend([&*first, "</span><span>", &*last, "</span></p>\n<details>\n<summary>"]);
    out.push_str(&wording.fill(word::LIST_IN_FIGURES, &[("label", what)]));
    out.push_str("</summary>\n<table>\n<thead><tr><th scope=\"col\">");
    out.extend([wording.say(word::LIST_WHEN), "</th><th scope=\"col\" class=\"number\">", what]);
    out.push_str("</th></tr></thead>\n<tbody>\n");
    let all = bars.iter().map(|bar| (&bar.label, bar.n));
    for (label, n) in all.chain(not_drawn.iter().map(|(label, n)| (label, *n))) {
        push_row(&mut out, label, n);
    }
    out.push_str("</tbody>\n</table>\n</details>\n</figure>\n");
    Html(out)
}

fn push_bar(out: &mut String, Bar { place, label, n, percent }: &Bar) {
    out.push_str("<rect x=\"");
    push_number(out, place * 10 + 2);
    out.push_str("\" y=\"");
    push_number(out, 100 - percent);
    out.push_str("\" width=\"6\" height=\"");
    push_number(out, *percent);
    out.push_str("\"><title>");
    push_escaped(out, label);
    out.push_str(": ");
    push_number(out, *n);
    out.push_str("</title></rect>");
}

fn push_row(out: &mut String, label: &str, n: usize) {
    out.push_str("<tr><th scope=\"row\">");
    push_escaped(out, label);
    out.push_str("</th><td>");
    push_number(out, n);
    out.push_str("</td></tr>\n");
}

/// Counts `days`, beside `n_monthless` that belong to no month; `None` where one bar would
/// hold them all.
fn count(wording: &Wording, days: &[Day], n_monthless: usize) -> Option<Counts> {
    let month = |day: &Day| day.year() * 12 + i32::try_from(day.month()).unwrap_or(1) - 1;
    let (first, last) = (days.iter().map(month).min()?, days.iter().map(month).max()?);
    let by_month = last - first < MONTHLY;
    let step = if by_month { 1 } else { 12 };
    let (first, last) = (first.div_euclid(step), last.div_euclid(step));
    if first == last {
        return None;
    }
    let from = first.max(last - MOST_BARS + 1);
    let mut counts = vec![0usize; usize::try_from(last - from + 1).unwrap_or(0)];
    let mut n_earlier = 0;
    for day in days {
        let at = usize::try_from(month(day).div_euclid(step) - from).ok();
        match at.and_then(|at| counts.get_mut(at)) {
            Some(count) => *count += 1,
            None => n_earlier += 1,
        }
    }
    let label = |at: i32| {
        if by_month {
            let month = u32::try_from(at.rem_euclid(12) + 1).unwrap_or(0);
            let mut label = String::with_capacity(24);
            label.extend([wording.dates().month(month), " "]);
            push_number(&mut label, at.div_euclid(12).unsigned_abs() as usize);
            label
        } else {
            at.to_string()
        }
    };
    let highest = counts.iter().max().copied().unwrap_or(1).max(1);
    let mut not_drawn = Vec::new();
    if n_earlier > 0 {
        let label = wording.fill(word::DATE_BEFORE, &[("date", &from.to_string())]);
        not_drawn.push((label, n_earlier));
    }
    if n_monthless > 0 {
        not_drawn.push((wording.say(word::DATE_WITHOUT_MONTH).to_owned(), n_monthless));
    }
    Some(Counts {
        places: counts.len(),
        ends: [label(from), label(last)],
        bars: (from..)
            .zip(counts)
            .enumerate()
            .filter(|(_, (_, n))| *n > 0)
            .map(|(place, (at, n))| {
                // What is there is seen, however small beside the highest.
                let percent = (n * 100 / highest).max(2);
                Bar { place, label: label(at), n, percent }
            })
            .collect(),
        not_drawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places, and every bar as `label n percent`, then what is not drawn.
    fn summary(counts: Option<&Counts>) -> String {
        let Some(chart) = counts else { return String::new() };
        let bars = chart
            .bars
            .iter()
            .map(|bar| format!("{}: {} {} {}", bar.place, bar.label, bar.n, bar.percent));
        let rest = chart.not_drawn.iter().map(|(label, n)| format!("{label}: {n}"));
        let all: Vec<String> = bars.chain(rest).collect();
        format!("{}, {} | {}", chart.ends.join(" to "), chart.places, all.join(", "))
    }

    #[test]
    fn days_within_two_years_are_counted_by_month_and_others_by_year() {
        for (days, expected) in [
            (&[][..], ""),
            (&["2022-11-03", "2022-11-30"], ""),
            (
                &["2022-11-03", "2023-02-01", "2022-11-30"],
                "November 2022 to February 2023, 4 | 0: November 2022 2 100, 3: February 2023 1 50",
            ),
            (
                &["1998-01-01", "2000-01-01", "2000-12-31"],
                "1998 to 2000, 3 | 0: 1998 1 50, 2: 2000 2 100",
            ),
            (
                &["1899-05-05", "1950-01-01", "2022-01-01"],
                "1923 to 2022, 100 | 27: 1950 1 100, 99: 2022 1 100, before 1923: 1",
            ),
        ] {
            let days: Vec<Day> = days.iter().map(|day| Day::parse(day).unwrap()).collect();
            assert_eq!(
                summary(count(&Wording::default(), &days, 0).as_ref()),
                expected,
                "{days:?}"
            );
        }
    }

    #[test]
    fn the_smallest_bar_can_still_be_seen() {
        let mut days = vec![Day::parse("2022-01-01").unwrap(); 1_000];
        days.push(Day::parse("2022-02-01").unwrap());
        let chart = count(&Wording::default(), &days, 0).unwrap();
        assert_eq!(chart.bars.last().map(|bar| (bar.n, bar.percent)), Some((1, 2)));
    }

    #[test]
    fn what_has_no_month_is_not_one_of_the_first_month() {
        assert_eq!(summary(count(&Wording::default(), &[], 3).as_ref()), "");
        let days = ["2022-03-03", "2022-04-04"].map(|day| Day::parse(day).unwrap());
        assert_eq!(
            summary(count(&Wording::default(), &days, 2).as_ref()),
            "March 2022 to April 2022, 2 | 0: March 2022 1 100, 1: April 2022 1 100, no month: 2"
        );
    }

    #[test]
    fn what_is_counted_is_drawn_and_stands_in_a_table() {
        let days = ["2022-03-03", "2022-04-04", "2022-04-05"].map(|day| Day::parse(day).unwrap());
        let chart = of_days(&Wording::default(), word::DOSSIER_MENTIONS, &days).0;
        for part in [
            "<svg width=\"72\" viewBox=\"0 0 20 100\" preserveAspectRatio=\"none\" role=\"img\" \
             aria-label=\"Mentions, March 2022 to April 2022\">\n\
             <rect x=\"2\" y=\"50\" width=\"6\" height=\"50\"><title>March 2022: 1</title></rect>\
             <rect x=\"12\" y=\"0\" width=\"6\" height=\"100\"><title>April 2022: 2</title></rect>\n",
            "<span>March 2022</span><span>April 2022</span>",
            "<summary>Mentions in figures</summary>",
            "<tr><th scope=\"row\">March 2022</th><td>1</td></tr>\n\
             <tr><th scope=\"row\">April 2022</th><td>2</td></tr>\n",
        ] {
            assert!(chart.contains(part), "{part}\n{chart}");
        }
        assert_eq!(of_days(&Wording::default(), word::DOSSIER_MENTIONS, &days[..1]).0, "");
    }
}
