//! Lines that stand in several stories of one outlet: its furniture.
//!
//! Every clipping goes in as found, in a first pass over the archive that decodes and
//! cleans nothing; for each clipping a [`Recurrence`] comes out, which says which of
//! its lines stand elsewhere and how often. That is all cleaning is told of the other
//! clippings, so that it stays a function of its input, and a remembered clipping is
//! cleaned again only when what it says here changes.
//!
//! Counted are stories, not clippings: two clippings that share two of their longest
//! lines are the same story, printed twice, and neither is furniture of the other.
//! Lines are compared in lower case, without marks, and with all digits alike; of a
//! saved page the texts between its tags are its lines.
//!
//! A reader may question how an outlet is known before cleaning: only from what is
//! stated (an address or a name in the sidecar, in front matter, in the head of a
//! saved page). A clipping that states none may be of any outlet, so it counts for
//! each, and is told of the one that has most of a line.
//!
//! Entry points: [`Lines::of`], [`Table::of`] and [`Table::recurrence`].

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::line::mixed;
use crate::source::{Clipping, Format, format};
use crate::text::Repeated;

mod page;

/// Stories in which a line must stand to be told of.
const FEWEST: usize = 2;

/// The outlet of a clipping that states none.
const ANY: u64 = 0;

/// The lines of a clipping, by what they say.
#[derive(Debug, Default)]
pub struct Lines {
    /// The outlet that is stated, by its host or name; [`ANY`] for none.
    outlet: u64,
    /// One for each line that says something, in order and once.
    prints: Vec<u64>,
    /// The longest of them, longest first.
    longest: Vec<u64>,
}

impl Lines {
    /// The lines of a clipping, whatever its encoding.
    pub fn of(clipping: &Clipping) -> Self {
        const LONGEST: usize = 6;
        /// Bytes of a line that tells a story from others.
        const LONG: usize = 40;
        let mut prints = Vec::new();
        // no more than wanted, by their length, the longest first
        let mut longest: Vec<(usize, u64)> = Vec::with_capacity(LONGEST + 1);
        let mut add = |line: &[u8]| {
            let print = print(line);
            if print == 0 {
                return;
            }
            prints.push(print);
            let found = (line.len(), print);
            let place = longest.partition_point(|known| *known > found);
            if line.len() >= LONG && place < LONGEST && longest.get(place) != Some(&found) {
                longest.insert(place, found);
                longest.truncate(LONGEST);
            }
        };
        let bytes = clipping.bytes.as_slice();
        let is_page = format(clipping) == Format::Html;
        if is_page {
            page::texts(bytes, &mut add);
        } else if memchr::memchr(0, bytes).is_none() {
            let mut start = 0;
            for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
                add(&bytes[start..end]);
                start = end + 1;
            }
        }
        prints.sort_unstable();
        prints.dedup();
        let longest = longest.into_iter().map(|(_, print)| print).collect();
        Self { outlet: outlet(clipping, is_page), prints, longest }
    }

    /// Each two of the longest lines, as one number.
    fn pairs(&self) -> impl Iterator<Item = u64> {
        let pairs_of = |at: usize| {
            let one = self.longest[at];
            self.longest[at + 1..].iter().map(move |other| one.wrapping_mul(*other))
        };
        (0..self.longest.len()).flat_map(pairs_of)
    }
}

/// What tells one outlet from others: the host of the address that is stated, else
/// the name.
fn outlet(clipping: &Clipping, is_page: bool) -> u64 {
    /// Front matter is short, and a page says who it is at its head.
    const HEAD: usize = 4096;
    const PAGE: usize = 64 * 1024;
    const ADDRESSES: [&[u8]; 3] = [b"url", b"source", b"canonical"];
    const NAMES: [&[u8]; 3] = [b"outlet", b"publication", b"publisher"];
    let bytes = clipping.bytes.as_slice();
    let sidecar = clipping.sidecar.as_deref().unwrap_or_default();
    let stated = || {
        let front = bytes.starts_with(b"---") || bytes.starts_with(b"+++");
        let front = if front { &bytes[..bytes.len().min(HEAD)] } else { &[][..] };
        let by = |keys: &'static [&'static [u8]]| {
            [sidecar, front].into_iter().find_map(move |text| value_of(text, keys))
        };
        by(&ADDRESSES).and_then(host).or_else(|| by(&NAMES))
    };
    let found = if is_page {
        value_of(sidecar, &ADDRESSES)
            .and_then(host)
            .or_else(|| page::host(&bytes[..bytes.len().min(PAGE)]))
    } else {
        stated()
    };
    found.map_or(ANY, print)
}

/// The value of the first line `key: value` or `key = value` with one of `keys`.
fn value_of<'a>(text: &'a [u8], keys: &[&[u8]]) -> Option<&'a [u8]> {
    text.split(|byte| *byte == b'\n').find_map(|line| {
        let at = line.iter().position(|byte| matches!(byte, b':' | b'='))?;
        keys.contains(&line[..at].trim_ascii()).then(|| line[at + 1..].trim_ascii())
    })
}

/// The host of an address, without `www.`.
fn host(address: &[u8]) -> Option<&[u8]> {
    let at = memmem::find(address, b"://")? + 3;
    let rest = &address[at..];
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b".-".contains(byte)));
    let host = &rest[..end.unwrap_or(rest.len())];
    let host = host.strip_prefix(b"www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Bytes of a head.
const HEAD: usize = 240;

/// What a line begins with, which says enough: its letters are counted in one byte.
fn head(line: &[u8]) -> &[u8] {
    &line[..line.len().min(HEAD)]
}

/// What a line says, without case and marks and with all numbers alike; 0 for a line
/// of less than two letters.
fn print(line: &[u8]) -> u64 {
    // with a place for every number of one byte, so that none needs to be checked
    let mut said = [0; 256];
    let mut n = 0_u8;
    let mut say = |byte: u8| {
        let folded = FOLDED[usize::from(byte)];
        // a mark gives way to what follows it: no branch asks what most bytes are not
        said[usize::from(n)] = folded;
        n += u8::from(folded != 0);
    };
    // a loop of eight turns is none
    let (eights, rest) = head(line).as_chunks::<8>();
    for eight in eights {
        for byte in eight {
            say(*byte);
        }
    }
    for byte in rest {
        say(*byte);
    }
    let mut n = usize::from(n);
    let mut numbers = 0;
    if let Some(first) = memchr::memchr(b'0', &said[..n]) {
        (n, numbers) = shorten_numbers(&mut said[..n], first);
    }
    let letters = n - numbers;
    if letters < 2 {
        return 0;
    }
    let end = n.next_multiple_of(8);
    // nothing may be left of a mark or of a number
    said[n..end].fill(0);
    let eights = said[..end].as_chunks::<8>().0;
    let hash = eights.iter().fold(n as u64, |hash, eight| mixed(hash, u64::from_le_bytes(*eight)));
    hash & !0xFF | letters as u64
}

/// Leaves one digit of each number, of which `first` is the first; gives what is left of
/// `said` and how many numbers there are.
fn shorten_numbers(said: &mut [u8], first: usize) -> (usize, usize) {
    let (mut at, mut end, mut numbers) = (first, first, 0);
    while at < said.len() {
        said[end] = b'0';
        (end, numbers) = (end + 1, numbers + 1);
        at += said[at..].iter().take_while(|byte| **byte == b'0').count();
        let next = memchr::memchr(b'0', &said[at..]).map_or(said.len(), |next| at + next);
        said.copy_within(at..next, end);
        (end, at) = (end + next - at, next);
    }
    (end, numbers)
}

/// What a byte says: a letter in lower case, any digit the same, a mark nothing.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0_u8;
    loop {
        folded[byte as usize] = match byte {
            b'0'..=b'9' => b'0',
            b'a'..=b'z' | 0x80.. => byte,
            b'A'..=b'Z' => byte | 0x20,
            _ => 0,
        };
        if byte == u8::MAX {
            break folded;
        }
        byte += 1;
    }
};

/// How many letters a line begins with, by its print.
fn letters_of(print: u64) -> u8 {
    let [letters, ..] = print.to_le_bytes();
    letters
}

/// In how many stories of each outlet a line stands.
#[derive(Debug, Default)]
pub struct Table(FxHashMap<(u64, u64), u32>);

impl Table {
    /// Counts the lines of an archive.
    pub fn of(clippings: &[&Lines]) -> Self {
        let prints = || clippings.iter().flat_map(|lines| &lines.prints).copied();
        let (stories, repeated) = rayon::join(|| stories(clippings), || Repeated::of(prints));
        let of_clipping = |(lines, story): (&&Lines, &u32)| {
            let (outlet, story) = (lines.outlet, *story);
            let may_recur = lines.prints.iter().filter(|print| repeated.may_hold(**print));
            may_recur.map(move |print| (*print, outlet, story)).collect::<Vec<_>>()
        };
        let mut places: Vec<(u64, u64, u32)> =
            clippings.par_iter().zip(&stories).flat_map_iter(of_clipping).collect();
        places.par_sort_unstable();
        places.dedup();
        let mut table = FxHashMap::default();
        for line in places.chunk_by(|(a, ..), (b, ..)| a == b).filter(|line| line.len() >= FEWEST) {
            count(line, &mut table);
        }
        Self(table)
    }

    /// Which lines of a clipping stand in other stories of its outlet too.
    pub fn recurrence(&self, lines: &Lines) -> Recurrence {
        let known = |print: &u64| {
            let own = self.0.get(&(*print, lines.outlet));
            let stories = own.or_else(|| self.0.get(&(*print, ANY)))?;
            (*stories as usize >= FEWEST).then(|| (*print, Often::of(*stories)))
        };
        Recurrence::new(lines.prints.iter().filter_map(known).collect())
    }
}

/// Counts the stories that hold one line, sorted by outlet and then by story: for each
/// outlet its own and those of no stated outlet, for those without one the most that
/// any outlet has.
fn count(line: &[(u64, u64, u32)], table: &mut FxHashMap<(u64, u64), u32>) {
    let number = |stories: usize| u32::try_from(stories).unwrap_or(u32::MAX);
    let print = line[0].0;
    let unstated = line.partition_point(|(_, outlet, _)| *outlet == ANY);
    let mut most = unstated;
    for own in line[unstated..].chunk_by(|(_, a, _), (_, b, _)| a == b) {
        let stories = own.len() + unstated;
        most = most.max(stories);
        table.insert((print, own[0].1), number(stories));
    }
    table.insert((print, ANY), number(most));
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

/// Which lines of one clipping stand in other stories of its outlet too, by what they
/// say. Empty for a clipping alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurrence {
    /// By print, in order.
    lines: Vec<(u64, Often)>,
    /// A bit for each number of letters that one of them begins with.
    letters: [u64; 4],
}

impl Recurrence {
    fn new(lines: Vec<(u64, Often)>) -> Self {
        let mut letters = [0; 4];
        for (print, _) in &lines {
            let (at, bit) = place_of(letters_of(*print));
            letters[at] |= bit;
        }
        Self { lines, letters }
    }

    /// Whether nothing recurs.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How often `line`, as it was in the original, stands elsewhere, if it does.
    pub fn of(&self, line: &str) -> Option<Often> {
        // letters are counted many at a time, and what recurs is mostly short
        let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        let letters = head(line.as_bytes()).iter().map(|byte| u8::from(is_letter(*byte))).sum();
        let (at, bit) = place_of(letters);
        if self.letters[at] & bit == 0 {
            return None;
        }
        let print = print(line.as_bytes());
        let found = self.lines.binary_search_by_key(&print, |(known, _)| *known).ok()?;
        Some(self.lines[found].1)
    }

    /// All that it says, for the key under which a cleaned clipping is remembered.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bytes =
            |(print, often): &(u64, Often)| print.to_le_bytes().into_iter().chain([*often as u8]);
        self.lines.iter().flat_map(bytes).collect()
    }
}

/// The place of the bit for so many letters.
fn place_of(letters: u8) -> (usize, u64) {
    (usize::from(letters / 64), 1 << (letters % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The harbour of Kotor opened on Monday after a winter in which two cranes had to be rebuilt.";
    const SECOND: &str = "Ships had been sent to Bar in the meantime, at a cost that nobody so far has added up in full.";
    const THIRD: &str = "A ferry to Bari will sail again from the first of May, if the weather on the strait allows it.";

    /// How often each of `lines` stands elsewhere, as the clipping at its index is told.
    fn told(clippings: &[(&str, String)], lines: &[&str]) -> Vec<Option<Often>> {
        let all: Vec<Lines> = clippings
            .iter()
            .map(|(sidecar, text)| {
                Lines::of(&Clipping {
                    path: if text.starts_with('<') { "a.html" } else { "a.txt" }.to_owned(),
                    file: String::new(),
                    bytes: text.clone().into_bytes(),
                    sidecar: (!sidecar.is_empty()).then(|| sidecar.as_bytes().to_vec()),
                })
            })
            .collect();
        let table = Table::of(&all.iter().collect::<Vec<_>>());
        all.iter().zip(lines).map(|(all, line)| table.recurrence(all).of(line)).collect()
    }

    #[test]
    fn a_line_of_several_stories_is_told_whatever_its_digits() {
        let lines =
            ["Page 1 of the Bay Post", "PAGE 22 OF THE BAY POST\r", "page 7 of the Bay Post"];
        let clippings = [
            ("", format!("{FIRST}\n\n{}\n", lines[0])),
            ("", format!("{SECOND}\n{}\n", lines[1])),
            ("", format!("{}\n{THIRD}\n", lines[2])),
        ];
        assert_eq!(told(&clippings, &lines), [Some(Often::Several); 3]);
        assert_eq!(told(&clippings, &[FIRST, SECOND, THIRD]), [None; 3]);
    }

    #[test]
    fn a_story_printed_twice_is_no_furniture() {
        let story = format!("{FIRST}\n{SECOND}\n");
        let clippings =
            [("", story.clone()), ("", format!("Elsewhere\n{story}")), ("", THIRD.to_owned())];
        assert_eq!(told(&clippings, &[FIRST, SECOND, THIRD]), [None; 3]);
    }

    #[test]
    fn what_two_outlets_print_is_furniture_of_neither() {
        let line = "Background on the harbour dispute";
        let post = "url = \"https://www.baypost.example/1\"";
        let clippings = |outlets: [&'static str; 3]| {
            [FIRST, SECOND, THIRD]
                .into_iter()
                .zip(outlets)
                .map(|(text, outlet)| (outlet, format!("{line}\n{text}\n")))
                .collect::<Vec<_>>()
        };
        let wire = "outlet = \"Harbour Wire\"";
        let dispatch = "url: https://dispatch.example/2";
        assert_eq!(told(&clippings([post, wire, dispatch]), &[line; 3]), [None; 3]);
        assert_eq!(told(&clippings([post, post, post]), &[line; 3]), [Some(Often::Several); 3]);
        assert_eq!(
            told(&clippings([post, post, wire]), &[line; 3]),
            [Some(Often::Twice), Some(Often::Twice), None]
        );
        // one that states no outlet may be of any
        assert_eq!(
            told(&clippings([post, post, ""]), &[line; 3]),
            [Some(Often::Several), Some(Often::Several), Some(Often::Several)]
        );
    }

    #[test]
    fn texts_of_saved_pages_are_their_lines() {
        let page = |text: &str| {
            (
                "",
                format!(
                    "<html><link rel=canonical href='https://baypost.example/a'>\
                     <nav><a>Read all of our 12 harbour <b>letters</b></a></nav><p>{text}</p></html>"
                ),
            )
        };
        let line = "Read all of our 7 harbour letters";
        assert_eq!(
            told(&[page(FIRST), page(SECOND), page(THIRD)], &[line, line, THIRD]),
            [Some(Often::Several), Some(Often::Several), None]
        );
    }
}
