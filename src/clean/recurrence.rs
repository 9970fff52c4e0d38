//! Lines that stand in several stories of an archive: the furniture of an outlet.
//!
//! The bytes of every clipping go in, in a first pass over the archive that decodes
//! and cleans nothing; for each clipping a [`Recurrence`] comes out, which says
//! which of its lines stand elsewhere and how often. That is all cleaning is told of
//! the other clippings, so that it stays a function of its input, and a remembered
//! clipping is cleaned again only when what it says here changes.
//!
//! Counted are stories, not clippings: two clippings that share two of their longest
//! lines are the same story, printed twice, and neither is furniture of the other.
//! Lines are compared in lower case, without marks, and with all digits alike. The
//! outlet is not asked for: before cleaning few clippings say whose they are, and
//! a line that three stories of one outlet share is a line that three stories share.
//!
//! Entry points: [`Lines::of`], [`Table::of`] and [`Table::recurrence`].

use rustc_hash::FxHashMap;

use crate::text::Repeated;

/// Stories in which a line must stand to be told of.
const FEWEST: usize = 2;

/// The lines of a clipping, by what they say.
#[derive(Debug, Default)]
pub struct Lines {
    /// One for each line; 0 where there is nothing to compare.
    prints: Vec<u64>,
    /// The longest of them, longest first.
    longest: Vec<u64>,
}

impl Lines {
    /// The lines of a clipping's bytes, whatever its encoding; none where lines
    /// would not be counted as decoding counts them.
    pub fn of(bytes: &[u8]) -> Self {
        const LONGEST: usize = 6;
        /// Bytes of a line that tells a story from others.
        const LONG: usize = 40;
        if memchr::memchr(0, bytes).is_some() || has_lone_return(bytes) {
            return Self::default();
        }
        let mut prints = Vec::new();
        let mut by_length: Vec<(usize, u64)> = Vec::new();
        for line in bytes.split(|byte| *byte == b'\n') {
            let print = print(line);
            prints.push(print);
            if print != 0 && line.len() >= LONG {
                by_length.push((line.len(), print));
            }
        }
        by_length.sort_unstable_by(|a, b| b.cmp(a));
        by_length.dedup();
        let longest = by_length.into_iter().take(LONGEST).map(|(_, print)| print).collect();
        Self { prints, longest }
    }
}

impl Lines {
    /// Each two of the longest lines, as one number.
    fn pairs(&self) -> impl Iterator<Item = u64> {
        let pairs_of = |at: usize| {
            let one = self.longest[at];
            self.longest[at + 1..].iter().map(move |other| one.wrapping_mul(*other))
        };
        (0..self.longest.len()).flat_map(pairs_of)
    }
}

/// Whether a line ends as on machines of long ago: decoding ends a line there.
fn has_lone_return(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// What a line says, without case and marks and with all digits alike; 0 for a line
/// of less than two letters.
fn print(line: &[u8]) -> u64 {
    /// What a line begins with says enough.
    const HEAD: usize = 240;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let (mut letters, mut last) = (0, 0);
    for &byte in &line[..line.len().min(HEAD)] {
        let byte = match byte {
            // a number is a number, however long
            b'0'..=b'9' if last == b'0' => continue,
            b'0'..=b'9' => b'0',
            b'a'..=b'z' | 0x80.. => byte,
            b'A'..=b'Z' => byte | 0x20,
            _ => continue,
        };
        last = byte;
        letters += usize::from(byte != b'0');
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    if letters < 2 { 0 } else { hash | 1 }
}

/// In how many stories each line stands.
#[derive(Debug, Default)]
pub struct Table(FxHashMap<u64, u32>);

impl Table {
    /// Counts the lines of an archive.
    pub fn of(clippings: &[&Lines]) -> Self {
        let stories = stories(clippings);
        let prints = || clippings.iter().flat_map(|lines| &lines.prints).copied();
        let repeated = Repeated::of(prints);
        let mut places: Vec<(u64, u32)> = Vec::new();
        for (lines, story) in clippings.iter().zip(&stories) {
            let may_recur = |print: &&u64| **print != 0 && repeated.may_hold(**print);
            places.extend(lines.prints.iter().filter(may_recur).map(|print| (*print, *story)));
        }
        places.sort_unstable();
        places.dedup();
        let runs = places.chunk_by(|(a, _), (b, _)| a == b);
        let often = runs.filter(|run| run.len() >= FEWEST);
        Self(often.map(|run| (run[0].0, u32::try_from(run.len()).unwrap_or(u32::MAX))).collect())
    }

    /// Which lines of a clipping stand in other stories too.
    pub fn recurrence(&self, lines: &Lines) -> Recurrence {
        let known = |(line, print): (usize, &u64)| {
            let stories = *self.0.get(print)?;
            Some((u32::try_from(line).ok()?, Often::of(stories)))
        };
        Recurrence(lines.prints.iter().enumerate().filter_map(known).collect())
    }
}

/// For each clipping the first clipping of the same story.
fn stories(clippings: &[&Lines]) -> Vec<u32> {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let mut first: Vec<u32> = (0..clippings.len()).map(number).collect();
    let repeated = Repeated::of(|| clippings.iter().flat_map(|lines| lines.pairs()));
    let mut pairs: FxHashMap<u64, u32> = FxHashMap::default();
    for (index, lines) in clippings.iter().enumerate() {
        for pair in lines.pairs().filter(|pair| repeated.may_hold(*pair)) {
            let known = *pairs.entry(pair).or_insert(number(index));
            let (a, b) = (root(&mut first, known), root(&mut first, number(index)));
            first[a.max(b) as usize] = a.min(b);
        }
    }
    (0..clippings.len()).map(|index| root(&mut first, number(index))).collect()
}

/// The first clipping of the story of clipping `at`.
fn root(first: &mut [u32], mut at: u32) -> u32 {
    while first[at as usize] != at {
        first[at as usize] = first[first[at as usize] as usize];
        at = first[at as usize];
    }
    at
}

/// In how many stories a line stands, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Often {
    /// In two.
    Twice = 2,
    /// In three and more.
    Several = 3,
    /// In six and more.
    Many = 6,
}

impl Often {
    fn of(stories: u32) -> Self {
        match stories {
            0..=2 => Self::Twice,
            3..=5 => Self::Several,
            _ => Self::Many,
        }
    }
}

/// Which lines of one clipping stand in other stories of its archive too, by index
/// from 0, in order. Empty for a clipping alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurrence(Vec<(u32, Often)>);

impl Recurrence {
    /// Whether nothing recurs.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How often the line at `index` stands elsewhere, if it does.
    pub fn of(&self, index: usize) -> Option<Often> {
        let found = self.0.binary_search_by_key(&index, |(line, _)| *line as usize).ok()?;
        Some(self.0[found].1)
    }

    /// All that it says, for the key under which a cleaned clipping is remembered.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes = |(line, often): &(u32, Often)| {
            let [a, b, c, d] = line.to_le_bytes();
            [a, b, c, d, *often as u8]
        };
        self.0.iter().flat_map(bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The harbour of Kotor opened on Monday after a winter in which two cranes had to be rebuilt.";
    const SECOND: &str = "Ships had been sent to Bar in the meantime, at a cost that nobody so far has added up in full.";
    const THIRD: &str = "A ferry to Bari will sail again from the first of May, if the weather on the strait allows it.";

    fn recurrences(clippings: &[String]) -> Vec<Vec<(u32, Often)>> {
        let lines: Vec<Lines> = clippings.iter().map(|text| Lines::of(text.as_bytes())).collect();
        let table = Table::of(&lines.iter().collect::<Vec<_>>());
        lines.iter().map(|lines| table.recurrence(lines).0).collect()
    }

    #[test]
    fn a_line_of_several_stories_is_told_whatever_its_digits() {
        let found = recurrences(&[
            format!("{FIRST}\n\nPage 1 of the Bay Post\n"),
            format!("{SECOND}\nPAGE 22 OF THE BAY POST\r\n"),
            format!("page 7 of the Bay Post\n{THIRD}\n"),
        ]);
        assert_eq!(
            found,
            [vec![(2, Often::Several)], vec![(1, Often::Several)], vec![(0, Often::Several)],]
        );
    }

    #[test]
    fn a_story_printed_twice_is_no_furniture() {
        let story = format!("{FIRST}\n{SECOND}\n");
        let found = recurrences(&[story.clone(), format!("Elsewhere\n{story}"), THIRD.to_owned()]);
        assert!(found.iter().all(Vec::is_empty), "{found:?}");
    }

    #[test]
    fn what_decoding_would_split_otherwise_is_not_counted() {
        for bytes in ["Bay Post\rBay Post\n", "B\0a\0y\0\n"] {
            assert!(Lines::of(bytes.as_bytes()).prints.is_empty(), "{bytes:?}");
        }
    }
}
