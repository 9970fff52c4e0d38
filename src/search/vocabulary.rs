//! Every form of every word, and which forms are one word.
//!
//! A stemmer for the archive's language says which forms belong together; they
//! are listed side by side in the index, so that whoever asks for `resigned` is
//! given `resign`, `resigns` and `resignation` too. `rust-stemmers` lives here.

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::Thing;
use crate::archive::{Archive, Entry};
use crate::briefing::Briefing;
use crate::text::Span;
use crate::words::Numbers;

/// Articles whose words are gathered at once.
pub(super) const CHUNK: usize = 256;

/// The different words of some articles.
#[derive(Debug)]
pub(super) struct Stretch {
    /// All of them, one after the other.
    text: String,
    /// Where in the text each of them stands, in order of first use.
    words: Vec<(Span, Seen)>,
}

/// The words of every [`CHUNK`] articles, in order, and for each of these stretches all
/// words of one article after another, by number: each was looked up once, and whoever asks
/// for more of a word than how it is written goes by its number.
pub(super) fn stretches(archive: &Archive) -> (Vec<Stretch>, Vec<Vec<u32>>) {
    archive.entries.par_chunks(CHUNK).map(Stretch::of).unzip()
}

impl Stretch {
    fn of(entries: &[Entry]) -> (Self, Vec<u32>) {
        let n = entries.iter().map(|entry| entry.briefing.words.n_different()).sum();
        let mut numbers = Vec::with_capacity(n);
        let (mut text, mut folded) = (String::new(), String::new());
        let mut words: Vec<(Span, Seen)> = Vec::new();
        let mut number_of = Numbers::new(CHUNK);
        for Briefing { words: own, prose, .. } in entries.iter().map(|entry| &*entry.briefing) {
            own.fold(prose, &mut folded);
            for (span, (_, in_headline)) in own.spans(&folded).zip(own.weights()) {
                let number = number_of.number(&folded, span);
                if number as usize == words.len() {
                    let start = text.len();
                    text.push_str(span.of(&folded));
                    words.push((Span::new(start, text.len()), Seen::default()));
                }
                let (n, prominent) = &mut words[number as usize].1;
                *n += 1;
                *prominent |= in_headline;
                numbers.push(number);
            }
        }
        (Self { text, words }, numbers)
    }

    /// Each word once, with how it was seen.
    fn words(&self) -> impl Iterator<Item = (&str, Seen)> {
        self.words.iter().map(|(span, seen)| (span.of(&self.text), *seen))
    }

    /// The families of the words, by number.
    pub(super) fn families(&self, vocabulary: &Vocabulary<'_>) -> Vec<u32> {
        let family = |(text, _): (&str, Seen)| vocabulary.family(text).unwrap_or_default();
        self.words().map(family).collect()
    }
}

/// All forms and their families.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    /// In order.
    pub(super) forms: Vec<Form<'a>>,
    /// The family of every form.
    by_text: FxHashMap<&'a str, u32>,
    /// Of each family the forms, by index into `forms`; families in the order of
    /// their first forms.
    pub(super) families: Vec<Vec<u32>>,
}

/// A word as it is written, folded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) text: &'a str,
    /// In how many articles it stands.
    pub(super) n: u32,
    /// Whether it is part of a headline or of a name.
    pub(super) prominent: bool,
    /// Index into the families.
    pub(super) family: u32,
}

/// How often, and whether prominently.
type Seen = (u32, bool);

impl<'a> Vocabulary<'a> {
    /// The words of all `stretches`, and those of the names of `things`.
    pub(super) fn new(stretches: &'a [Stretch], things: &'a [Thing], language: &str) -> Self {
        let add = |seen, stretch: &'a Stretch| sum(seen, stretch.words());
        let seen = stretches.par_iter().fold(FxHashMap::default, add).reduce(
            FxHashMap::default,
            |a, b| {
                let (more, less) = if a.len() < b.len() { (b, a) } else { (a, b) };
                sum(more, less)
            },
        );
        let mut forms: Vec<Form<'a>> = seen
            .into_iter()
            .map(|(text, (n, prominent))| Form { text, n, prominent, family: 0 })
            .collect();
        let of_names = things.iter().flat_map(|thing| thing.words.iter());
        forms.extend(of_names.map(|text| Form { text, n: 0, prominent: true, family: 0 }));
        forms.par_sort_unstable_by(|a, b| a.text.cmp(b.text).then(b.n.cmp(&a.n)));
        forms.dedup_by(|later, first| {
            let same = later.text == first.text;
            first.prominent |= same && later.prominent;
            same
        });

        let families = families(&mut forms, language);
        let by_text = forms.iter().map(|form| (form.text, form.family)).collect();
        Self { forms, by_text, families }
    }

    /// The family of a form of the archive.
    pub(super) fn family(&self, text: &str) -> Option<u32> {
        self.by_text.get(text).copied()
    }

    /// The first form of a family in the alphabet: its name.
    pub(super) fn name(&self, family: u32) -> &'a str {
        let first = self.families.get(family as usize).and_then(|forms| forms.first());
        first.map_or("", |form| self.forms[*form as usize].text)
    }
}

/// Adds what was seen of `words` to `seen`.
fn sum<'a>(
    mut seen: FxHashMap<&'a str, Seen>,
    words: impl IntoIterator<Item = (&'a str, Seen)>,
) -> FxHashMap<&'a str, Seen> {
    for (text, (n, prominent)) in words {
        let seen = seen.entry(text).or_default();
        seen.0 += n;
        seen.1 |= prominent;
    }
    seen
}

/// Puts forms with one stem together.
fn families(forms: &mut [Form<'_>], language: &str) -> Vec<Vec<u32>> {
    let algorithm = algorithm(language);
    let stems: Vec<String> = forms
        .par_chunks(CHUNK)
        .flat_map_iter(|forms| {
            let stemmer = algorithm.map(Stemmer::create);
            let stem = move |form: &Form<'_>| match &stemmer {
                // A number has no forms, and a name of two letters none either.
                Some(stemmer) if form.text.len() > 2 => stemmer.stem(form.text).into_owned(),
                _ => form.text.to_owned(),
            };
            forms.iter().map(stem).collect::<Vec<_>>()
        })
        .collect();
    let mut by_stem: FxHashMap<&str, u32> = FxHashMap::default();
    let mut families: Vec<Vec<u32>> = Vec::new();
    for ((index, form), stem) in (0u32..).zip(forms).zip(&stems) {
        let next = u32::try_from(families.len()).unwrap_or(u32::MAX);
        form.family = *by_stem.entry(stem).or_insert(next);
        match families.get_mut(form.family as usize) {
            Some(family) => family.push(index),
            None => families.push(vec![index]),
        }
    }
    families
}

/// The grammar of a language; `None` where there is none at hand.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
