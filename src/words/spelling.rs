//! How the words of an article are written, each once.
//!
//! Nearly every word stands in the prose as it is but for its case, and the prose is kept:
//! so of such a word only the way is kept from the word before to where it first stands,
//! in one byte or two, and it ends where its letters do. The others are kept as they are.

use serde::{Deserialize, Serialize};

use crate::text::{Span, is_ascii_word};

/// Says that the next of the words that are kept as they are comes here.
const ODD: u8 = 0;
/// Says that the way goes on in the next byte.
const FURTHER: u8 = u8::MAX;

/// Words in order of first use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spellings {
    ways: Vec<u8>,
    /// Words that do not stand in the prose, parted by single spaces.
    odd: String,
}

/// Spellings in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    spellings: Spellings,
    /// Where the last word of the prose begins.
    last: u32,
}

impl Writer {
    /// There is room for `n` words.
    pub(super) fn with_room(n: usize) -> Self {
        let spellings = Spellings { ways: Vec::with_capacity(n * 2), odd: String::new() };
        Self { spellings, last: 0 }
    }

    /// Adds the word at `span` of `prose`, which is made of letters and digits of ASCII and
    /// stands behind those before.
    pub(super) fn add(&mut self, prose: &str, span: Span) {
        let after = prose.as_bytes().get(span.end as usize);
        if after.is_some_and(|byte| is_ascii_word(*byte)) || span.start < self.last {
            return self.add_odd(&span.of(prose).to_ascii_lowercase());
        }
        let mut way = span.start - self.last;
        self.last = span.start;
        let ways = &mut self.spellings.ways;
        let most = u32::from(FURTHER - 1);
        while way >= most {
            ways.push(FURTHER);
            way -= most;
        }
        // Less than the most that a byte says, of which none is `ODD`.
        ways.push(u8::try_from(way + 1).unwrap_or(FURTHER));
    }

    /// Adds a word that does not stand in the prose as it is.
    pub(super) fn add_odd(&mut self, word: &str) {
        let Spellings { ways, odd } = &mut self.spellings;
        ways.push(ODD);
        if !odd.is_empty() {
            odd.push(' ');
        }
        odd.push_str(word);
    }

    pub(super) fn finish(self) -> Spellings {
        let Spellings { mut ways, mut odd } = self.spellings;
        crate::fit::list(&mut ways);
        crate::fit::text(&mut odd);
        Spellings { ways, odd }
    }
}

impl Spellings {
    /// Writes into `text` what [`spans`](Self::spans) are places of: `prose`, which is that
    /// of the article, in lower case, and then what does not stand there.
    pub(super) fn fold(&self, prose: &str, text: &mut String) {
        text.clear();
        text.push_str(prose);
        text.make_ascii_lowercase();
        // The last word ends here.
        text.push(' ');
        text.push_str(&self.odd);
    }

    /// Where each word stands in what [`fold`](Self::fold) wrote.
    pub(super) fn spans(&self, folded: &str) -> impl Iterator<Item = Span> {
        let folded = folded.as_bytes();
        let (mut at, mut odd) = (0, folded.len().saturating_sub(self.odd.len()));
        self.ways.iter().filter_map(move |way| match *way {
            FURTHER => {
                at += usize::from(FURTHER - 1);
                None
            }
            ODD => {
                let span = word_at(folded, odd, |byte| byte != b' ');
                odd = span.range().end + 1;
                Some(span)
            }
            way => {
                at += usize::from(way - 1);
                Some(word_at(folded, at, is_ascii_word))
            }
        })
    }
}

/// The word that begins at byte `start` and is made of bytes that are in one.
fn word_at(text: &[u8], start: usize, is_in: impl Fn(u8) -> bool) -> Span {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_in(*byte)).unwrap_or(rest.len());
    Span::new(start, start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_added() {
        let prose = format!("Port {}Alder, 4th U.S. berth{}", "– ".repeat(200), " ".repeat(1_016));
        let prose = prose + "Quay and 12pm";
        let span = |word: &str| {
            let at = prose.find(word).unwrap();
            Span::new(at, at + word.len())
        };
        let mut writer = Writer::default();
        writer.add(&prose, span("Port"));
        writer.add(&prose, span("Alder"));
        writer.add_odd("us");
        writer.add(&prose, span("berth"));
        writer.add(&prose, span("Quay"));
        // It does not end where its letters do.
        writer.add(&prose, span("12"));
        writer.add_odd("東");
        let mut text = "what was there before".to_owned();
        let spellings = writer.finish();
        spellings.fold(&prose, &mut text);
        let words: Vec<&str> = spellings.spans(&text).map(|span| span.of(&text)).collect();
        assert_eq!(words, ["port", "alder", "us", "berth", "quay", "12", "東"]);
    }
}
