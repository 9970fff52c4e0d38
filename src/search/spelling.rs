//! Where to look for the word that somebody meant.
//!
//! A word with one slip still has its first two letters or its last two; a word
//! with two slips has those, or its fourth and fifth, at most one place away. So
//! every word is listed three times, by each of these, and a misspelt one is
//! compared with the few lists it shares a pair of letters with.

use std::collections::BTreeMap;
use std::ops::Range;

use super::vocabulary::Vocabulary;
use super::{Files, code};

/// Characters of a file: several are asked for one word.
const SIZE: usize = 8_000;
/// Letters of the shortest word that is somebody's slip for another, less one.
const SHORTEST: usize = 3;
/// Letters of a word beyond which nobody types it.
const LONGEST: usize = 30;

/// The lists by first, by last and by middle letters.
pub(super) fn files(vocabulary: &Vocabulary<'_>, n_articles: usize) -> [Files; 3] {
    // A word of one article of thousands is a slip itself more often than not.
    let least = match n_articles {
        0..5_000 => 1,
        5_000..50_000 => 2,
        _ => 4,
    };
    let words: Vec<(Vec<char>, u32)> = vocabulary
        .forms
        .iter()
        .filter(|form| form.prominent || form.n >= least)
        .filter(|form| form.text.chars().all(|c| c.is_alphabetic() && c.len_utf16() == 1))
        .map(|form| (form.text.chars().collect::<Vec<char>>(), form.n))
        .filter(|(letters, _)| (SHORTEST..=LONGEST).contains(&letters.len()))
        .collect();
    let middle = || list(&words, |n| (n >= 6).then_some(3..5));
    let ends = || (list(&words, |_| Some(0..2)), list(&words, |n| Some(n - 2..n)));
    let ((front, back), middle) = rayon::join(ends, middle);
    [front, back, middle]
}

/// Words by the letters that `key` points to in a word of so many, packed into
/// files. A word is followed by one digit that says
/// how common it is: the binary logarithm of its articles, at most 9.
fn list(words: &[(Vec<char>, u32)], key: impl Fn(usize) -> Option<Range<usize>>) -> Files {
    let mut lists: BTreeMap<String, String> = BTreeMap::new();
    for (letters, n) in words {
        let Some(key) = key(letters.len()).and_then(|range| letters.get(range)) else { continue };
        let key: String = key.iter().collect();
        let list = lists.entry(key).or_default();
        list.extend(letters);
        let common = (n + 1).ilog2().min(9);
        list.extend(char::from_digit(common, 10));
    }
    let mut files = Files::default();
    for (key, list) in lists {
        if files.payloads.last().is_none_or(|payload| payload.len() + list.len() > SIZE) {
            files.from.push(key.clone());
            files.payloads.push(String::new());
        }
        if let Some(payload) = files.payloads.last_mut() {
            payload.push_str(&key);
            payload.push_str(&list);
            payload.push(code::RECORD);
        }
    }
    files
}
