//! The ledger of a clipping: what became of every line of it, in four bytes a line.
//!
//! [`LineFate`]s go in, in the order of the lines, and come out again as [`LedgerEntry`]s. An
//! archive keeps the ledger of every clipping in memory, and most lines have a fate and
//! nothing else: so rules are kept once and named by number, and what was mended in a
//! line stands apart from the lines.
//!
//! Entry points: [`Ledger::of`] and [`Ledger::entries`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Fate;
use crate::text::Span;

/// What became of one line of the original, while it is being decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFate {
    /// What became of it.
    pub fate: Fate,
    /// The rule that decided, for people: `related stories after the end of the
    /// article`. `None` where the fate needs no reason.
    pub rule: Option<Cow<'static, str>>,
    /// Parts of a kept line that were taken out or mended, in order.
    pub repairs: Vec<Repair>,
}

/// A part of a kept line that was taken out or mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The bytes of the line as it was.
    pub span: Span,
    /// What stands there now; empty where it was taken out.
    pub now: Cow<'static, str>,
    /// The rule, for people: `crawl date prefix`, `closing quotation mark that opens`.
    pub rule: Cow<'static, str>,
}

/// What became of every line of the original, in order, once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    lines: Box<[Line]>,
    /// Of all lines, in the order of lines.
    repairs: Box<[Mended]>,
    /// What stands where something was mended, by the number in the repair.
    words: Box<[Cow<'static, str>]>,
    rules: Box<[Cow<'static, str>]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    fate: Fate,
    rule: Option<Number>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mended {
    /// Index of the line.
    line: u32,
    span: Span,
    /// Index of what stands there now.
    now: u32,
    rule: Option<Number>,
}

/// The place of a rule in its ledger, from 1.
type Number = std::num::NonZeroU16;

/// One line of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct LedgerEntry<'a> {
    /// Line of the original, from 1.
    pub line: u32,
    /// What became of it.
    pub fate: Fate,
    /// The rule that decided, for people; `None` where the fate needs no reason.
    pub rule: Option<&'a str>,
    repairs: &'a [Mended],
    words: &'a [Cow<'static, str>],
    rules: &'a [Cow<'static, str>],
}

/// A part of a kept line that was taken out or mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerRepair<'a> {
    /// The bytes of the line as it was.
    pub span: Span,
    /// What stands there now; empty where it was taken out.
    pub now: &'a str,
    /// The rule, for people.
    pub rule: &'a str,
}

/// What is left of a clipping's text beside its article: by this the places of repairs are
/// counted in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// The text.
    Text(String),
    /// Of a text that its body took the place of: the code points of the line that each
    /// repair mended, one after the other in the order of the ledger.
    Repairs(Vec<Span>),
}

/// A ledger that is still written.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    lines: Vec<Line>,
    repairs: Vec<Mended>,
    words: Vec<Cow<'static, str>>,
    rules: Vec<Cow<'static, str>>,
}

impl Writer {
    /// Adds lines behind those that are there.
    pub(crate) fn add(&mut self, lines: impl Iterator<Item = LineFate>) {
        for LineFate { fate, rule, repairs } in lines {
            let rule = rule.and_then(|rule| number_of(rule, &mut self.rules));
            self.lines.push(Line { fate, rule });
            // most lines have none
            if !repairs.is_empty() {
                self.mend(repairs);
            }
        }
    }

    /// Adds repairs to the last line, behind those it has.
    pub(crate) fn mend(&mut self, repairs: Vec<Repair>) {
        let line = u32::try_from(self.lines.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.repairs.extend(repairs.into_iter().map(|repair| Mended {
            line,
            span: repair.span,
            now: index_of(repair.now, &mut self.words),
            rule: number_of(repair.rule, &mut self.rules),
        }));
    }

    /// Makes room for so many more lines.
    pub(crate) fn reserve(&mut self, lines: usize) {
        self.lines.reserve(lines);
    }

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// What became of the last line.
    pub(crate) fn last(&self) -> Option<Fate> {
        self.lines.last().map(|line| line.fate)
    }

    /// The ledger of these lines.
    pub(crate) fn finish(self) -> Ledger {
        Ledger {
            lines: self.lines.into(),
            repairs: self.repairs.into(),
            words: self.words.into(),
            rules: self.rules.into(),
        }
    }
}

impl From<Ledger> for Writer {
    fn from(ledger: Ledger) -> Self {
        Self {
            lines: ledger.lines.into(),
            repairs: ledger.repairs.into(),
            words: ledger.words.into(),
            rules: ledger.rules.into(),
        }
    }
}

impl Ledger {
    /// Keeps the fates of all lines, given in order from the first.
    pub fn of(lines: impl IntoIterator<Item = LineFate>) -> Self {
        let lines = lines.into_iter();
        let mut writer = Writer::default();
        writer.reserve(lines.size_hint().0);
        writer.add(lines);
        writer.finish()
    }

    /// How many lines the original has.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether the original has no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line at `index`, from 0.
    pub fn get(&self, index: usize) -> Option<LedgerEntry<'_>> {
        let start = self.repairs.partition_point(|mended| (mended.line as usize) < index);
        self.entry(index, &self.repairs[start..])
    }

    /// Every line, in order.
    pub fn entries(&self) -> impl Iterator<Item = LedgerEntry<'_>> {
        let mut repairs = &*self.repairs;
        (0..self.lines.len()).filter_map(move |index| {
            let entry = self.entry(index, repairs)?;
            repairs = &repairs[entry.repairs.len()..];
            Some(entry)
        })
    }

    /// Says otherwise of the lines that `decide` gives a fate and a rule for, by their
    /// index; nothing counts as mended in them.
    pub fn overrule(&mut self, decide: impl Fn(usize) -> Option<(Fate, String)>) {
        let fates = self.entries().enumerate().map(|(index, entry)| match decide(index) {
            Some((fate, rule)) => {
                LineFate { fate, rule: Some(Cow::Owned(rule)), repairs: Vec::new() }
            }
            None => entry.to_fate(),
        });
        *self = Self::of(fates.collect::<Vec<_>>());
    }

    /// The line at `index`, the first of whose repairs are the first of `repairs`.
    fn entry<'a>(&'a self, index: usize, repairs: &'a [Mended]) -> Option<LedgerEntry<'a>> {
        let line = self.lines.get(index)?;
        let own = repairs.iter().take_while(|mended| mended.line as usize == index).count();
        Some(LedgerEntry {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            fate: line.fate,
            rule: line.rule.and_then(|number| rule_of(number, &self.rules)),
            repairs: &repairs[..own],
            words: &self.words,
            rules: &self.rules,
        })
    }
}

impl<'a> LedgerEntry<'a> {
    /// Parts of the line that were taken out or mended, in order; none of a line that
    /// is not kept.
    pub fn repairs(self) -> impl ExactSizeIterator<Item = LedgerRepair<'a>> {
        self.repairs.iter().map(move |mended| LedgerRepair {
            span: mended.span,
            now: self.words.get(mended.now as usize).map_or("", |now| now),
            rule: mended.rule.and_then(|number| rule_of(number, self.rules)).unwrap_or_default(),
        })
    }

    fn to_fate(self) -> LineFate {
        let owned = |text: &str| Cow::Owned(text.to_owned());
        LineFate {
            fate: self.fate,
            rule: self.rule.map(owned),
            repairs: self
                .repairs()
                .map(|LedgerRepair { span, now, rule }| Repair {
                    span,
                    now: owned(now),
                    rule: owned(rule),
                })
                .collect(),
        }
    }
}

/// The number of `rule`, a new one where none has it. No clipping has so many rules that
/// there are not numbers enough; those above would go unnamed.
fn number_of(rule: Cow<'static, str>, rules: &mut Vec<Cow<'static, str>>) -> Option<Number> {
    // the last ones are the likeliest
    let known = rules.iter().rposition(|known| *known == rule);
    let index = known.unwrap_or_else(|| {
        rules.push(rule);
        rules.len() - 1
    });
    u16::try_from(index + 1).ok().and_then(Number::new)
}

/// The index of `now` among `words`. Nearly always it is one of few; only the last ones are
/// looked at, so that a clipping of a hundred thousand costs no more for each.
fn index_of(now: Cow<'static, str>, words: &mut Vec<Cow<'static, str>>) -> u32 {
    const LAST: usize = 16;
    let first = words.len().saturating_sub(LAST);
    let known = words[first..].iter().rposition(|known| *known == now);
    let index = known.map_or(words.len(), |at| first + at);
    if known.is_none() {
        words.push(now);
    }
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn rule_of<'a>(number: Number, rules: &'a [Cow<'static, str>]) -> Option<&'a str> {
    rules.get(usize::from(number.get()) - 1).map(|rule| &**rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fate(fate: Fate, rule: Option<&'static str>, repairs: &[(u32, &'static str)]) -> LineFate {
        let repairs = repairs.iter().map(|(at, rule)| Repair {
            span: Span { start: *at, end: at + 1 },
            now: Cow::Owned(format!("{at}")),
            rule: Cow::Borrowed(rule),
        });
        LineFate { fate, rule: rule.map(Cow::Borrowed), repairs: repairs.collect() }
    }

    fn sample() -> Vec<LineFate> {
        vec![
            fate(Fate::Title, None, &[(3, "tab"), (9, "control character")]),
            fate(Fate::Blank, None, &[]),
            fate(Fate::Removed, Some("share row"), &[]),
            fate(Fate::Body, None, &[(0, "tab")]),
            fate(Fate::Removed, Some("share row"), &[]),
        ]
    }

    #[test]
    fn what_goes_in_comes_out() {
        let ledger = Ledger::of(sample());
        let out: Vec<LineFate> = ledger.entries().map(LedgerEntry::to_fate).collect();
        assert_eq!(out, sample());
        for (index, entry) in ledger.entries().enumerate() {
            assert_eq!(entry.line as usize, index + 1);
            assert_eq!(ledger.get(index).map(LedgerEntry::to_fate).as_ref(), sample().get(index));
        }
        assert!(ledger.get(5).is_none());
        assert_eq!(ledger.rules.len(), 3);
    }

    #[test]
    fn what_is_mended_comes_out_however_much_it_is() {
        let text = |n: u32| Cow::Owned(format!("{}", n % 40));
        let repair = |n| Repair { span: Span::new(0, 1), now: text(n), rule: "tab".into() };
        let repairs = (0..200).map(repair).collect();
        let ledger = Ledger::of([LineFate { fate: Fate::Body, rule: None, repairs }]);
        let line = ledger.get(0).unwrap();
        assert!((0..).zip(line.repairs()).all(|(n, repair)| repair.now == text(n)));
    }

    #[test]
    fn a_line_takes_four_bytes_and_a_repair_twenty() {
        assert_eq!([size_of::<Line>(), size_of::<Mended>()], [4, 20]);
    }

    #[test]
    fn an_overruled_line_is_told_anew_and_the_others_stay() {
        let mut ledger = Ledger::of(sample());
        let rule = || "rule of The Bay Post".to_owned();
        ledger.overrule(|index| (index == 3).then(|| (Fate::Removed, rule())));
        let mut expected = sample();
        expected[3] =
            LineFate { fate: Fate::Removed, rule: Some(Cow::Owned(rule())), repairs: Vec::new() };
        assert_eq!(ledger.entries().map(LedgerEntry::to_fate).collect::<Vec<_>>(), expected);
    }
}
