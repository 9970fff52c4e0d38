//! Which articles a word, or a pair of words, stands in.
//!
//! Words are counted in parallel over stretches of articles and then put in the
//! order of their families by counting, so that nothing is sorted; the files are
//! written in parallel.

use std::ops::Range;

use rayon::prelude::*;

use super::vocabulary::{CHUNK, Stretch, Vocabulary};
use super::{Files, Thing, code};
use crate::archive::Archive;
use crate::fit;
use crate::text::sorted_evenly;
use crate::words::Words;

/// How soon more of a word stops to matter, and how much the length of an article
/// does. Source: the values Robertson and Zaragoza give for BM25 (2009), 3.4.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// Steps that the weight of a word in an article is rounded to. Those above mean
/// that the word stands in the headline.
const STEPS: f32 = 8.0;
const HEADLINE: u8 = 8;
/// A word that stands in a great part of a large archive says little; how often it
/// stands in one article says nothing that is worth its bytes.
const COMMON_PART: usize = 8;
const LARGE: usize = 2_048;
/// Files that a thread writes at once.
const AT_ONCE: usize = 16;

/// Every family's postings, one after another. There are millions: an article and what
/// the word weighs in it stand in lists of their own, where each takes no more than it is.
struct Postings {
    /// Where those of each family begin; one more than there are families.
    starts: Vec<u32>,
    articles: Vec<u32>,
    weights: Vec<u8>,
}

impl Postings {
    fn range(&self, family: usize) -> Range<usize> {
        self.starts[family] as usize..self.starts[family + 1] as usize
    }

    /// The articles that a form of the family stands in, ascending.
    fn articles(&self, family: usize) -> &[u32] {
        &self.articles[self.range(family)]
    }

    /// What it weighs in each of them, in steps.
    fn weights(&self, family: usize) -> &[u8] {
        &self.weights[self.range(family)]
    }
}

/// What a stretch of articles holds, article by article.
struct Counted {
    /// For each article how many families it has.
    lengths: Vec<u32>,
    families: Vec<u32>,
    weights: Vec<u8>,
}

/// The files of word families, each of about `size` characters, and what each of
/// them costs to fetch.
///
/// A record is `forms|things|articles|weights`: the forms as what they share and
/// the ends they have, parted by commas; two ascending lists; one digit for each
/// article, or, of a common word, the list of those with it in the headline. A form that the alphabet would look for in another file than its
/// family's stands there as `=form|name`, the name being its family's first form.
pub(super) fn terms(
    archive: &Archive,
    stretches: &[Stretch],
    numbers: Vec<Vec<u32>>,
    things: &[Thing],
    vocabulary: &Vocabulary<'_>,
    size: usize,
) -> (Files, String) {
    let postings = postings(archive, stretches, numbers, vocabulary);
    let n_families = vocabulary.families.len();
    let mut of_things: Vec<Vec<u32>> = vec![Vec::new(); n_families];
    for (number, thing) in (0u32..).zip(things) {
        for family in thing.words.iter().filter_map(|word| vocabulary.family(word)) {
            let list = &mut of_things[family as usize];
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }

    // A family of its own file's size stands alone, so that its neighbours stay light.
    let mut bounds: Vec<usize> = Vec::new();
    let mut filled = usize::MAX;
    for (family, things) in of_things.iter().enumerate() {
        let length = 12 + 2 * postings.articles(family).len() + 2 * things.len();
        if filled.saturating_add(length) > size {
            bounds.push(family);
            filled = 0;
        }
        filled += length;
    }
    let from = first_words(vocabulary, &bounds);
    let file_of = |word: &str| from.partition_point(|from| from.as_str() <= word).saturating_sub(1);
    let mut elsewhere: Vec<Vec<(&str, &str)>> = vec![Vec::new(); from.len()];
    for form in &vocabulary.forms {
        let name = vocabulary.name(form.family);
        if name != form.text && file_of(name) != file_of(form.text) {
            elsewhere[file_of(form.text)].push((form.text, name));
        }
    }

    let ends = bounds.iter().skip(1).copied().chain([n_families]);
    let stretches: Vec<_> = bounds.iter().copied().zip(ends).zip(elsewhere).collect();
    let n = archive.entries.len();
    let payloads: Vec<String> = stretches
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|((first, end), elsewhere)| {
            let mut payload = String::with_capacity(size);
            for (family, things) in (first..end).zip(&of_things[first..end]) {
                push_forms(vocabulary, family, &mut payload);
                payload.push(code::PART);
                code::push_list(things.iter().copied(), &mut payload);
                payload.push(code::PART);
                let own = postings.articles(family);
                let weights = || own.iter().zip(postings.weights(family));
                code::push_set(own.iter().copied(), n, &mut payload);
                payload.push(code::PART);
                if n >= LARGE && own.len() > n / COMMON_PART {
                    let heads = weights().filter(|(_, weight)| **weight >= HEADLINE);
                    let heads: Vec<u32> = heads.map(|(article, _)| *article).collect();
                    payload.push(code::MARK);
                    code::push_set(heads.into_iter(), n, &mut payload);
                } else {
                    let digit = |(_, weight): (_, &u8)| code::digit(u32::from(*weight));
                    payload.extend(weights().map(digit));
                }
                payload.push(code::RECORD);
            }
            for (form, name) in elsewhere {
                payload.extend(["=", form, "|", name]);
                payload.push(code::RECORD);
            }
            fit::text(&mut payload);
            payload
        })
        .collect();
    let costs = payloads.iter().map(|payload| cost(payload)).collect();
    (Files { from, payloads }, costs)
}

/// About how much of the wire a payload takes, in units of 512 bytes, as a digit:
/// compressed, a digit of a list takes half a byte and one of bits three quarters.
fn cost(payload: &str) -> char {
    const UNIT: usize = 512;
    let bits =
        payload.split([code::PART, code::RECORD]).filter(|part| part.starts_with(code::MARK));
    let bits: usize = bits.map(str::len).sum();
    let bytes = payload.len() / 2 + bits / 4;
    code::digit(u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).min(code::MOST))
}

/// Counts the words of every article and puts the counts in the order of families.
fn postings(
    archive: &Archive,
    stretches: &[Stretch],
    numbers: Vec<Vec<u32>>,
    vocabulary: &Vocabulary<'_>,
) -> Postings {
    let n = archive.entries.len().max(1);
    let total: u64 =
        archive.entries.iter().map(|entry| u64::from(entry.briefing.words.length())).sum();
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more digits")]
    let average = (total as f32 / n as f32).max(1.0);
    let counted: Vec<Counted> = archive
        .entries
        .par_chunks(CHUNK)
        .zip(stretches.par_iter().zip(numbers))
        .map(|(entries, (stretch, mut numbers))| {
            let families = stretch.families(vocabulary);
            let mut counted = Counted {
                lengths: Vec::with_capacity(entries.len()),
                families: Vec::new(),
                weights: Vec::with_capacity(numbers.len()),
            };
            let mut own: Vec<(u32, u32)> = Vec::new();
            let mut place = vec![0; vocabulary.families.len()];
            let (mut next, mut free) = (0, 0);
            for words in entries.iter().map(|entry| &entry.briefing.words) {
                let end = next + words.n_different();
                let of_words = numbers[next..end].iter().map(|word| families[*word as usize]);
                count(words, of_words, &mut place, &mut own);
                next = end;
                #[expect(clippy::cast_precision_loss, reason = "an article has few words")]
                let length = words.length() as f32;
                let room = SATURATION * (1.0 - LENGTH + LENGTH * length / average);
                counted.lengths.push(u32::try_from(own.len()).unwrap_or(u32::MAX));
                // The families of an article take no more room than its words, which they
                // were.
                for (family, count) in &own {
                    numbers[free] = *family;
                    free += 1;
                    counted.weights.push(weight(*count, room));
                }
            }
            numbers.truncate(free);
            counted.families = numbers;
            counted
        })
        .collect();

    let mut starts = vec![0u32; vocabulary.families.len() + 1];
    for family in counted.iter().flat_map(|counted| &counted.families) {
        starts[*family as usize + 1] += 1;
    }
    for family in 1..starts.len() {
        starts[family] += starts[family - 1];
    }
    let mut free = starts.clone();
    let total = counted.iter().map(|counted| counted.families.len()).sum();
    let (mut articles, mut weights) = (vec![0u32; total], vec![0u8; total]);
    let mut article = 0;
    for Counted { lengths, families, weights: own } in counted {
        let mut found = families.into_iter().zip(own);
        for length in lengths {
            for (family, weight) in found.by_ref().take(length as usize) {
                let place = &mut free[family as usize];
                articles[*place as usize] = article;
                weights[*place as usize] = weight;
                *place += 1;
            }
            article += 1;
        }
    }
    Postings { starts, articles, weights }
}

/// The families of an article, each once, with their counts; the lowest bit of a count
/// says that a form stands in the headline. `families` are those of its words.
///
/// `place` says of every family where in `own` it stands, where it does: what an article
/// before has left there is another family's place, or none.
fn count(
    words: &Words,
    families: impl Iterator<Item = u32>,
    place: &mut [u32],
    own: &mut Vec<(u32, u32)>,
) {
    own.clear();
    for ((weight, in_headline), family) in words.weights().zip(families) {
        let count = u32::from(weight) << 1 | u32::from(in_headline);
        let place = &mut place[family as usize];
        let kept = own.get_mut(*place as usize).filter(|(other, _)| *other == family);
        if let Some((_, kept)) = kept {
            *kept = ((*kept & !1) + (count & !1)) | ((*kept | count) & 1);
        } else {
            *place = u32::try_from(own.len()).unwrap_or(u32::MAX);
            own.push((family, count));
        }
    }
}

/// What a word that is used as often as `count` says weighs in an article, in steps.
fn weight(count: u32, room: f32) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "a count is small")]
    let n = (count >> 1) as f32;
    let part = n / (n + room);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between nothing and the number of steps"
    )]
    let step = ((part * STEPS) as u8).min(HEADLINE - 1);
    step + if count & 1 == 1 { HEADLINE } else { 0 }
}

/// `resign,,ed,ing,s`: what all forms begin with, then their ends.
fn push_forms(vocabulary: &Vocabulary<'_>, family: usize, payload: &mut String) {
    let forms = &vocabulary.families[family];
    let text = |form: &u32| vocabulary.forms[*form as usize].text;
    let first = forms.first().map_or("", text);
    let shared = forms.iter().map(text).fold(first.len(), |shared, form| {
        let same = first.char_indices().zip(form.chars()).take_while(|((_, a), b)| a == b);
        same.map(|((at, c), _)| at + c.len_utf8()).last().unwrap_or(0).min(shared)
    });
    payload.push_str(&first[..shared]);
    for form in forms {
        payload.push(',');
        payload.push_str(&text(form)[shared..]);
    }
}

/// The first word of each file, cut to what tells it from the last word of the file
/// before: as little as a page that has to find its way needs to know.
fn first_words(vocabulary: &Vocabulary<'_>, bounds: &[usize]) -> Vec<String> {
    let name = |family: usize| vocabulary.name(u32::try_from(family).unwrap_or(u32::MAX));
    let cut = |bound: &usize| {
        let (first, before) = (name(*bound), bound.checked_sub(1).map_or("", name));
        let others = before.chars().map(Some).chain(std::iter::repeat(None));
        let end = first.char_indices().zip(others).find(|((_, a), b)| Some(*a) != *b);
        first[..end.map_or(first.len(), |((at, c), _)| at + c.len_utf8())].to_owned()
    };
    bounds.iter().map(cut).collect()
}

/// A pair of neighbours in an article as one number, which sorts as the two do.
fn found(hash: u32, article: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(article)
}

/// The hash of what [`found`] made, and its article.
fn parts(found: u64) -> (u32, u32) {
    let part = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    (part(found >> 32), part(found & u64::from(u32::MAX)))
}

/// The files of neighbouring words, and how many bits of a pair's hash count.
///
/// A file holds ascending hashes without those bits that name the file, as
/// differences, each followed by the number of its articles and their list. Two
/// pairs with one hash are one here: the page reads the text before it says that
/// a phrase is there.
pub(super) fn pairs(archive: &Archive, size: usize) -> (Vec<String>, u32) {
    /// A hash finds a place among so many more than are taken.
    const ROOM: u32 = 4;
    /// Characters of a pair in an article.
    const LENGTH: usize = 2;
    /// Pairs that are put in order at a time: half a million take 4 MB. Of a large archive
    /// more are, so many of each article: the way to its words costs as much as they do.
    const PART: usize = 1 << 19;
    const STRETCH: usize = 32;
    // What of each article's pairs is still to be put into files.
    let mut left: Vec<&[u32]> =
        archive.entries.iter().map(|entry| entry.briefing.words.pairs()).collect();
    let total: usize = left.iter().map(|pairs| pairs.len()).sum();
    let n_files = (total * LENGTH).div_ceil(size).next_power_of_two();
    let file_bits = n_files.ilog2();
    let bits = ((total + 1).ilog2() + ROOM).clamp(file_bits + 1, 31);
    // Not all at once: the pairs of an article are in order, so a part of the files takes a
    // stretch of each.
    let at_a_time = PART.max(left.len() * STRETCH);
    let n_parts = total.div_ceil(at_a_time).next_power_of_two().min(n_files);
    let per_part = n_files / n_parts;
    let per_chunk = left.len().div_ceil(CHUNK / 16).max(1);
    let file_of = |hash: u32| (hash >> (bits - file_bits)) as usize;
    let mut payloads = Vec::with_capacity(n_files);
    for part in 0..n_parts {
        let (first_file, end_file) = (part * per_part, (part + 1) * per_part);
        let chunks: Vec<Vec<Vec<u64>>> = left
            .par_chunks_mut(per_chunk)
            .enumerate()
            .map(|(chunk, left)| {
                let first = u32::try_from(chunk * per_chunk).unwrap_or(u32::MAX);
                let mut files: Vec<Vec<u64>> = vec![Vec::new(); per_part];
                for (article, pairs) in (first..).zip(left) {
                    while let Some((pair, others)) = pairs.split_first() {
                        let hash = pair >> (32 - bits);
                        let file = file_of(hash);
                        if file >= end_file {
                            break;
                        }
                        files[file - first_file].push(found(hash, article));
                        *pairs = others;
                    }
                }
                files
            })
            .collect();
        let files = (first_file..end_file).into_par_iter().with_max_len(AT_ONCE);
        payloads.par_extend(files.map(|file| {
            let own: Vec<&[u64]> = chunks.iter().map(|files| &*files[file - first_file]).collect();
            let own = own.concat();
            let base = u32::try_from(file).unwrap_or(u32::MAX) << (bits - file_bits);
            let place_bits = (own.len() + 1).ilog2().min(bits - file_bits);
            let skipped = bits - file_bits - place_bits;
            let place = |found: &u64| ((parts(*found).0 - base) >> skipped) as usize;
            let mut own = sorted_evenly(|| own.iter().copied(), 1 << place_bits, place);
            own.dedup();
            let mut payload = String::with_capacity(own.len() * LENGTH);
            let mut next = base;
            for same in own.chunk_by(|a, b| a >> 32 == b >> 32) {
                let (hash, _) = parts(same[0]);
                code::push(hash - next, &mut payload);
                next = hash + 1;
                code::push(u32::try_from(same.len() - 1).unwrap_or(u32::MAX), &mut payload);
                code::push_list(same.iter().map(|found| parts(*found).1), &mut payload);
            }
            fit::text(&mut payload);
            payload
        }));
    }
    (payloads, bits)
}
