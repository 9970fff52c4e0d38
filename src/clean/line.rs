//! The lines of a clipping and the paragraphs they make.
//!
//! Text goes in, with what may be mended; [`Line`]s come out, one for every line
//! of the original, and [`Unit`]s: what a reader sees as one paragraph, caption
//! or menu entry. A unit is one line, except where the text was broken at a fixed
//! column (an e-mail, a printed page) or fenced as code: there it is the whole
//! paragraph. Everything after this room judges units; the ledger speaks of lines.
//!
//! Start at [`split`] and [`units`].

use std::borrow::Cow;
use std::ops::Range;

use super::mend::{self, Mending};
use super::reason::{self, Reason};
use crate::article::Repair;
use crate::text::Span;

mod heads;
mod scan;
mod shape;
mod words;

pub(super) use heads::{Reach, UnitWords, WordHolders};
pub(super) use scan::each_place;
pub(super) use shape::{Ending, Shape};
use shape::{ending, print};
pub(super) use words::{Numbers, WordSet, each_long_word, mixed};

/// A line of the original.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// As it was, without its line end.
    pub(super) raw: &'a str,
    /// Mended, without white space at its ends.
    pub(super) text: Cow<'a, str>,
    /// What was mended, as bytes of `raw`, in order.
    pub(super) repairs: Vec<Repair>,
    /// White space before the text, in bytes of `raw`.
    pub(super) indent: usize,
}

impl Line<'_> {
    /// Whether nothing but white space stands there.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes the first `length` bytes of the text out and records it as `rule`.
    pub(super) fn take_front(&mut self, length: usize, rule: Reason) {
        let end = self.raw_offset(length);
        let start = self.indent.min(end);
        self.repairs.retain(|repair| repair.span.start as usize >= end);
        self.repairs.insert(
            0,
            Repair {
                span: Span::new(start, end),
                now: Cow::Borrowed(""),
                rule: Cow::Borrowed(rule.text()),
            },
        );
    }

    /// Takes the hyphen at the end out, which only broke a word.
    pub(super) fn take_hyphen(&mut self) {
        let end = self.raw.trim_end().len();
        let span = Span::new(end.saturating_sub(1), end);
        let rule = Cow::Borrowed(reason::BROKEN_WORD.text());
        self.repairs.push(Repair { span, now: Cow::Borrowed(""), rule });
    }

    /// The byte of `raw` that byte `offset` of the text comes from.
    fn raw_offset(&self, offset: usize) -> usize {
        let mut raw = self.indent + offset;
        for repair in &self.repairs {
            if repair.span.start as usize >= raw {
                break;
            }
            if (repair.span.start as usize) < self.indent {
                continue;
            }
            raw = (raw + repair.span.range().len()).saturating_sub(repair.now.len());
        }
        let raw = self.raw.floor_char_boundary(raw);
        let within = self
            .repairs
            .iter()
            .find(|repair| (repair.span.start as usize) < raw && raw < repair.span.end as usize);
        within.map_or(raw, |repair| repair.span.end as usize)
    }
}

/// Splits `text` into lines. A line end at the very end begins no line of its own.
pub(super) fn split(text: &str, mending: Mending) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1);
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest.as_bytes());
        let raw = end.map_or(rest, |end| &rest[..end]);
        let raw = if end.is_some() { raw.strip_suffix('\r').unwrap_or(raw) } else { raw };
        lines.push(line(raw, mending));
        rest = end.map_or("", |end| &rest[end + 1..]);
    }
    lines
}

fn line(raw: &str, mending: Mending) -> Line<'_> {
    let (text, repairs) = mend::mend(raw, mending);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    let indent = raw.len() - raw.trim_start().len();
    Line { raw, text, repairs, indent }
}

/// What a reader sees as one thing: a paragraph, a heading, a menu entry.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// Indices of its lines.
    pub(super) lines: Range<usize>,
    /// Its text, line ends taken out (kept in code).
    pub(super) text: Cow<'a, str>,
    /// What it looks like.
    pub(super) shape: Shape,
    /// Equal for those of units that [`tell_apart`] was asked of together which have the
    /// same letters and digits, whatever their case and the marks between them.
    pub(super) print: u64,
    /// Its first line as it was, white space at both ends aside: a gap of several
    /// spaces parts a name from what follows.
    pub(super) raw: &'a str,
    /// Whether it is a fenced block of code.
    pub(super) code: bool,
    /// Whether it stands indented among lines that do not.
    pub(super) indented: bool,
    /// Whether it has tabs between words, as a row of a pasted table.
    pub(super) row: bool,
}

/// Joins lines to units. `from` is the first line that counts.
pub(super) fn units<'a>(lines: &'a [Line<'_>], from: usize) -> Vec<Unit<'a>> {
    let mut units = joined(lines, from);
    tell_apart(&mut units);
    units
}

/// Gives `units` their prints. One that is not alone and has as many letters and digits as
/// no other repeats none: those numbers are its print, and its text need not be hashed.
pub(super) fn tell_apart(units: &mut [Unit<'_>]) {
    let sum = |shape: &Shape| mixed(mixed(1, shape.letters as u64), shape.digits as u64);
    let mut numbers = Numbers::with_capacity(units.len());
    let mut counts: Vec<usize> = Vec::with_capacity(units.len());
    for unit in &mut *units {
        unit.print = sum(&unit.shape);
        let number = numbers.of(unit.print) as usize;
        counts.resize(numbers.count(), 0);
        counts[number] += 1;
    }
    let is_alone = units.len() == 1;
    for unit in units {
        if is_alone || counts[numbers.of(unit.print) as usize] > 1 {
            unit.print = print(&unit.text);
        }
    }
}

/// Joins lines to units that are still to be told apart.
pub(super) fn joined<'a>(lines: &'a [Line<'_>], from: usize) -> Vec<Unit<'a>> {
    let width = wrap_width(lines, from);
    let words = width.map_or_else(WordSet::default, |_| written_words(lines));
    let last_fence = lines.iter().rposition(|line| line.text == "```");
    let filled = lines[from.min(lines.len())..].iter().filter(|line| !line.is_blank()).count();
    let mut units: Vec<Unit<'a>> = Vec::with_capacity(if width.is_some() { 0 } else { filled });
    let mut at = from;
    while at < lines.len() {
        if lines[at].is_blank() {
            at += 1;
            continue;
        }
        let fenced = if last_fence > Some(at) { fence_end(lines, at) } else { None };
        let end = if let Some(end) = fenced {
            end
        } else {
            let mut end = at + 1;
            while let Some(width) = width
                && (end > from + 1 || starts_lower(&lines[end.min(lines.len() - 1)].text))
                && end < lines.len()
                && continues(lines, at, end, width)
            {
                end += 1;
            }
            end
        };
        let code = lines[at].text.starts_with("```") && end > at + 1;
        let text = join(&lines[at..end], code, &words);
        let raw = lines[at].raw.trim();
        units.push(Unit {
            shape: Shape::of(&text),
            print: 0,
            lines: at..end,
            text,
            raw,
            code,
            indented: !code
                && lines[at].indent >= 4
                && lines[at].raw.starts_with("    ")
                // a paragraph may begin with an indent
                && (end == at + 1 || lines[end - 1].indent >= 4),
            row: !code && memchr::memchr(b'\t', raw.as_bytes()).is_some(),
        });
        at = end;
    }
    units
}

/// The line after the fence that closes the one at `at`, if both are there.
fn fence_end(lines: &[Line<'_>], at: usize) -> Option<usize> {
    // far enough for any snippet in an article, near enough to stay linear
    const LONGEST: usize = 2000;
    let opening = &lines[at].text;
    if !opening.starts_with("```") || opening[3..].contains('`') {
        return None;
    }
    let rest = lines.iter().enumerate().skip(at + 1).take(LONGEST);
    rest.filter(|(_, line)| line.text == "```").map(|(index, _)| index + 1).next()
}

fn join<'a>(lines: &'a [Line<'_>], code: bool, words: &WordSet) -> Cow<'a, str> {
    if let [line] = lines {
        return Cow::Borrowed(&line.text);
    }
    let mut text = String::with_capacity(lines.iter().map(|line| line.raw.len() + 1).sum());
    for (at, line) in lines.iter().enumerate() {
        if code {
            text.push_str(if at == 0 { "" } else { "\n" });
            text.push_str(line.raw.trim_end());
            continue;
        }
        match at.checked_sub(1).map(|before| joint(&lines[before], line, words)) {
            None | Some(Joint::Kept) => {}
            Some(Joint::Space) => text.push(' '),
            Some(Joint::Broken) => text.truncate(text.trim_end_matches('-').len()),
        }
        text.push_str(&line.text);
    }
    Cow::Owned(text)
}

/// What stands between two lines of one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Space,
    /// A hyphen that is part of the word, or nothing at all.
    Kept,
    /// A hyphen that only broke the word.
    Broken,
}

/// Says whether a word was broken between `before` and `after`. A hyphen stays where
/// `words`, which are those of the text, hold the word with it and not without.
fn joint(before: &Line<'_>, after: &Line<'_>, words: &WordSet) -> Joint {
    // words that stand before a hyphen more often than they are broken there
    const HEADS: [&str; 14] = [
        "all", "anti", "cross", "ex", "half", "high", "long", "low", "mid", "non", "pro", "self",
        "short", "well",
    ];
    if before.raw.trim_end().ends_with('\u{ad}') {
        return Joint::Kept;
    }
    let Some(head) = before.text.strip_suffix('-') else { return Joint::Space };
    let head = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let tail = after.text.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    if head.is_empty() || tail.is_empty() {
        return Joint::Space;
    }
    let letters = head.ends_with(char::is_lowercase) && tail.starts_with(char::is_lowercase);
    if !letters {
        return Joint::Kept;
    }
    let known = |joint: &str| words.contains(&written(&[head, joint, tail].concat()));
    // `state-of-the-`: no word is broken behind two hyphens
    let compound = || known("-") || head.contains('-') || HEADS.contains(&head);
    if !known("") && compound() { Joint::Kept } else { Joint::Broken }
}

/// The lines of `units` that end with a hyphen which broke a word.
pub(super) fn broken(lines: &[Line<'_>], units: &[Unit<'_>]) -> Vec<usize> {
    let several = |unit: &&Unit<'_>| !unit.code && unit.lines.len() > 1;
    if !units.iter().any(|unit| several(&unit)) {
        return Vec::new();
    }
    let words = written_words(lines);
    let inside = units.iter().filter(several).flat_map(|unit| unit.lines.start..unit.lines.end - 1);
    inside.filter(|at| joint(&lines[*at], &lines[at + 1], &words) == Joint::Broken).collect()
}

/// The words of all lines but those that a line end may have broken.
fn written_words(lines: &[Line<'_>]) -> WordSet {
    let mut words = WordSet::default();
    if !lines.iter().any(|line| line.text.ends_with('-')) {
        return words;
    }
    for line in lines {
        let text = line.text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-');
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        words.extend(parts.filter(|part| part.len() >= 4).map(written));
    }
    words
}

/// Hash of a word, whatever its case.
fn written(word: &str) -> u64 {
    let letters = word.chars().flat_map(char::to_lowercase).map(u64::from);
    letters.fold(0xcbf2_9ce4_8422_2325, |hash: u64, letter| {
        (hash ^ letter).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The column at which the text was broken, if it was: some lines must go on in
/// lower case on the next one, and nearly every break must be where the next
/// word would not have fitted.
fn wrap_width(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let (mut goes_on, mut breaks, mut width) = (0, 0, 0);
    for pair in lines[from.min(lines.len())..].windows(2) {
        let [line, next] = pair else { continue };
        if line.text.len() < 40 || next.is_blank() {
            continue;
        }
        breaks += 1;
        if starts_lower(&next.text) && line.text.len() <= 110 && !ends_sentence(&line.text) {
            goes_on += 1;
            width = width.max(line.text.chars().count());
        }
    }
    (goes_on >= 3 && goes_on * 5 >= breaks * 2).then_some(width)
}

/// Whether line `at` goes on with the paragraph that begins at line `start`.
fn continues(lines: &[Line<'_>], start: usize, at: usize, width: usize) -> bool {
    const INDENT: usize = 8;
    let (before, line) = (&lines[at - 1], &lines[at]);
    if before.is_blank() || line.is_blank() {
        return false;
    }
    // the first line of a paragraph may be indented
    let indents = at == start + 1 && (1..=INDENT).contains(&before.indent) && line.indent == 0;
    if line.indent != before.indent && !indents {
        return false;
    }
    if line.text.starts_with(['•', '–', '*', '>', '|', '`'])
        || line.text.starts_with("- ")
        || is_numbered(&line.text)
    {
        return false;
    }
    let length = before.text.chars().count();
    if before.text.ends_with('-') && starts_lower(&line.text) && length <= width + 2 {
        return length * 3 > width * 2;
    }
    let next_word = line.text.split(' ').next().unwrap_or("").chars().count();
    length <= width + 2 && length + 1 + next_word > width.saturating_sub(2)
}

/// `3. Bread`, `12) Salt`: an item of a list.
fn is_numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    (1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

fn ends_sentence(text: &str) -> bool {
    ending(text) == Ending::Sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Mending = Mending { plain: true, quotes: true };

    fn texts(text: &str) -> Vec<String> {
        let lines = split(text, PLAIN);
        units(&lines, 0).into_iter().map(|unit| unit.text.into_owned()).collect()
    }

    #[test]
    fn lines_broken_at_a_column_are_joined() {
        let text = "Harbour opens after a winter of repairs\n\n\
            The harbour of Kotor opened on Monday after a winter in which two of\n\
            its three cranes had to be rebuilt from the ground, the port authority\n\
            said. Ships had been sent to Bar in the meantime, at a cost that nobody\n\
            has added up.\n\nNext week the ferries return.";
        let units = texts(text);
        assert_eq!(units.len(), 3, "{units:?}");
        assert!(units[1].starts_with("The harbour") && units[1].ends_with("added up."));
    }

    #[test]
    fn a_word_broken_at_a_line_end_is_one_word_again() {
        let text = "Ferries return\n\n\
            The harbour of Kotor opened on Monday after a winter in which the recon-\n\
            struction of two of its three cranes had to be paid by a well-meaning co-\n\
            operative of fishermen, the authority said. What all of it cost is a well-\n\
            kept secret, and so is who had the idea to buy one more state-of-the-\n\
            art crane, which was made by a firm in a small town of the North-\n\
            Adriatic coast; the one it stands beside is, as it happens, a well-\u{ad}\n\
            known one too, said the port master of the town, who has seen many mas\u{ad}\n\
            ters of ports come and go in his long time.";
        let lines = split(text, PLAIN);
        let units = units(&lines, 0);
        let joined = &units[1].text;
        for word in
            ["reconstruction", "cooperative", "well-kept", "state-of-the-art", "North-Adriatic"]
        {
            assert!(joined.contains(word), "{word}: {joined}");
        }
        assert!(joined.contains("well-known") && joined.contains("masters"), "{joined}");
        assert_eq!(broken(&lines, &units), [2, 3]);
    }

    #[test]
    fn an_indent_begins_a_paragraph_and_a_number_an_item() {
        let text = "Ferries return to Kotor after a winter of repairs to the cranes\n\n   \
            The harbour of Kotor opened on Monday after a winter in which two of\n\
            its three cranes had to be rebuilt from the ground, the authority\n\
            said. Ships had been sent to Bar in the meantime, as it was known to\n\
            all.\n   \
            Next week the ferries return, which the owners of hotels have waited\n\
            for since October of last year.\n\
            1. The first ferry sails at nine in the morning from the old pier of\n\
            2. The second one sails at ten in the morning and comes back at noon\n";
        let units = texts(text);
        assert_eq!(units.len(), 5, "{units:#?}");
        assert!(units[1].ends_with("known to all."), "{units:#?}");
        assert!(units[2].starts_with("Next week"), "{units:#?}");
    }

    #[test]
    fn paragraphs_on_one_line_each_stay_apart() {
        let text = "First paragraph of the story, which is long enough to count here.\n\
            Second paragraph of the story, which is long enough to count here.\n\
            Third paragraph of it.";
        assert_eq!(texts(text).len(), 3);
    }

    #[test]
    fn units_that_repeat_each_other_are_known_by_their_prints() {
        let text = "Ferries return\nFERRIES – return\nFerries retrun\nThe crane of 1907\n9 cranes";
        let lines = split(text, PLAIN);
        let prints: Vec<u64> = units(&lines, 0).iter().map(|unit| unit.print).collect();
        let same = |at: &usize| prints.iter().filter(|print| **print == prints[*at]).count() > 1;
        assert_eq!((0..prints.len()).filter(same).collect::<Vec<_>>(), [0, 1]);
        // those of other texts are compared with one that is alone
        let alone = |text| units(&split(text, PLAIN), 0)[0].print;
        assert_eq!(alone("Ferries return"), alone("ferries: return"));
        assert_ne!(alone("Ferries return"), alone("Ferries retrun"));
    }

    #[test]
    fn verse_is_not_joined() {
        let text = "The gulls went out\nand came back\nand went\nand came\nwith nothing at all\n";
        assert_eq!(texts(text).len(), 5);
    }

    #[test]
    fn a_fenced_block_is_one_unit() {
        let units = texts("Before.\n```sql\nSELECT 1;\n\n  -- two\n```\nAfter.");
        assert_eq!(units, ["Before.", "```sql\nSELECT 1;\n\n  -- two\n```", "After."]);
    }

    #[test]
    fn taking_the_front_out_counts_bytes_of_the_raw_line() {
        let mut lines = split("  KOTOR\u{a0}(XX) — Talks", PLAIN);
        let line = &mut lines[0];
        let length = "KOTOR (XX) — ".len();
        line.take_front(length, reason::DATELINE);
        let span = line.repairs[0].span;
        assert_eq!(&line.raw[span.range()], "KOTOR\u{a0}(XX) — ");
        assert_eq!(line.repairs.len(), 1);
    }
}
