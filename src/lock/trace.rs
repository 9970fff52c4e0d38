//! Which paragraph took the place of which.
//!
//! Of an edited paragraph only the anchor is known, not the text. What is left of
//! the paragraphs around it says where it stood: what stands between the same two
//! neighbours now took its place.

use std::collections::{HashMap, HashSet};

use crate::markup::Anchor;

/// A former anchor and the index of the block that took its place; `None` for the
/// beginning of an article without a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traced {
    /// The anchor that links may still end in.
    pub former: Anchor,
    /// Index of the block of the body.
    pub block: Option<u32>,
}

/// Finds the place in `new` of every anchor that is in `old` or led to one of
/// them, and is not in `new` itself. In the order of the places.
pub(super) fn trace(old: &[Anchor], traces: &[(Anchor, Anchor)], new: &[Anchor]) -> Vec<Traced> {
    if old == new && traces.is_empty() {
        return Vec::new();
    }
    let index: HashMap<Anchor, usize> =
        new.iter().enumerate().map(|(index, anchor)| (*anchor, index)).collect();
    let stayed: HashSet<Anchor> = old.iter().copied().filter(|a| index.contains_key(a)).collect();
    let mut place: HashMap<Anchor, Option<usize>> = HashMap::with_capacity(old.len());
    let mut at = 0;
    while at < old.len() {
        if let Some(found) = index.get(&old[at]) {
            place.insert(old[at], Some(*found));
            at += 1;
            continue;
        }
        // A run of paragraphs that are gone, between two that stayed.
        let run = old[at..].iter().take_while(|anchor| !index.contains_key(anchor)).count();
        let before = at.checked_sub(1).and_then(|before| index.get(&old[before])).copied();
        let after = old.get(at + run).and_then(|anchor| index.get(anchor)).copied();
        let start = before.map_or(0, |before| before + 1);
        let end = after.filter(|after| *after >= start).unwrap_or(match before {
            // Paragraphs were put in another order: what follows the one before.
            Some(_) => {
                let fresh = |anchor: &&Anchor| !stayed.contains(anchor);
                start + new[start..].iter().take_while(fresh).count()
            }
            None => new.len(),
        });
        for step in 0..run {
            let found = if start < end {
                Some(start + step * (end - start) / run)
            } else {
                before.or(after).or_else(|| new.len().checked_sub(1))
            };
            place.insert(old[at + step], found);
        }
        at += run;
    }
    let gone = old.iter().map(|anchor| (*anchor, *anchor)).chain(traces.iter().copied());
    let mut seen = HashSet::new();
    let mut found: Vec<Traced> = gone
        .filter(|(former, _)| !index.contains_key(former) && seen.insert(*former))
        .map(|(former, later)| {
            let place = place.get(&later).copied().flatten();
            let place = place.or_else(|| index.get(&later).copied());
            let block = place.or((!new.is_empty()).then_some(0));
            Traced { former, block: block.and_then(|block| u32::try_from(block).ok()) }
        })
        .collect();
    found.sort_by_key(|traced| (traced.block, traced.former));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(letters: &str) -> Vec<Anchor> {
        letters.chars().map(anchor).collect()
    }

    fn anchor(letter: char) -> Anchor {
        Anchor::from_number(u32::from(letter)).unwrap()
    }

    #[test]
    fn a_paragraph_that_is_gone_leads_to_what_stands_in_its_place() {
        for (old, new, expected) in [
            ("abc", "abc", ""),
            ("abc", "axc", "b1"),    // edited
            ("abcd", "axd", "b1c1"), // edited and joined
            ("abd", "axyd", "b1"),   // split
            ("abcd", "axyd", "b1c2"),
            ("abc", "ac", "b0"),  // deleted: the one before
            ("abc", "bc", "a0"),  // the first one deleted: the one after
            ("abc", "xbc", "a0"), // the first one edited
            ("abc", "abx", "c2"), // the last one edited
            ("abc", "cab", ""),   // moved
            ("abc", "cxa", "b2"), // moved and edited
            ("abc", "xyz", "a0b1c2"),
            ("ab", "", "a-b-"), // nothing left
            ("", "ab", ""),
        ] {
            let mut actual = String::new();
            for traced in trace(&anchors(old), &[], &anchors(new)) {
                actual.extend(char::from_u32(traced.former.number()));
                actual += &traced.block.map_or("-".to_owned(), |block| block.to_string());
            }
            assert_eq!(actual, expected, "{old} became {new}");
        }
    }

    #[test]
    fn what_led_to_a_paragraph_follows_it() {
        let traces = [(anchor('o'), anchor('b'))];
        let edited = trace(&anchors("abc"), &traces, &anchors("axc"));
        let places: Vec<_> = edited.iter().map(|traced| (traced.former, traced.block)).collect();
        assert_eq!(places, [(anchor('b'), Some(1)), (anchor('o'), Some(1))]);
        let restored = trace(&anchors("axc"), &[(anchor('b'), anchor('x'))], &anchors("abc"));
        assert_eq!(restored, [Traced { former: anchor('x'), block: Some(1) }]);
    }
}
