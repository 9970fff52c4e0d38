//! Makes `weights.txt`.
//!
//! ```text
//! cargo test --release --lib clean::weigh::train -- --ignored --nocapture
//! ```
//!
//! Reads the annotated pages and clippings under `$ANNALS_SHARED/corpora/cleaning`.
//! A unit belongs to the article when half of its runs of four words stand there.
//! Logistic regression by plain gradient steps in a fixed order, the weights averaged
//! over the last rounds; the ranks of headlines by steps over all pages at once. Weights
//! are rounded to hundredths, so that the file is the same on any machine. The second
//! round learns from odds that were given by a model which had not seen the site,
//! and the figures printed are of sites that no weight was learnt from.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::super::headline::{self, Scene};
use super::super::line::{self, Unit};
use super::super::mend::Mending;
use super::super::recurrence::Recurrence;
use super::super::{body, clean_text, form};
use super::table::{LOOKS, OFFSETS, SECOND, SIZE, TITLE, Weights};
use super::{Clipping, Landscape};
use crate::article::Article;
use crate::source::{Format, Metadata, RawDocument};
use crate::text::{fold, hash};

/// Sites are parted into as many folds.
const FOLDS: u64 = 5;
/// An observation that was made less often is left out.
const RARE: u32 = 30;
/// Rounds over all examples.
const ROUNDS: u32 = 8;
/// The rounds whose weights are averaged: the last steps of a descent go this way and
/// that with the pages they happened to see, their mean does not.
const AVERAGED: u32 = 4;
/// Steps between two weights that are averaged.
const APART: usize = 200;
/// Pull towards zero.
const DECAY: f64 = 0.02;
/// The same for headlines, of which there are fewer: steps over all of them at once.
const TITLE_ROUNDS: u32 = 200;
const TITLE_DECAY: f64 = 1.5;

/// A clipping with what is to be learnt of it.
struct Page {
    fold: u64,
    whole: bool,
    raw: String,
    gold: String,
    title: Option<String>,
    words: Vec<usize>,
    groups: Vec<usize>,
    wanted: Vec<bool>,
    first: Vec<Vec<usize>>,
    second: Vec<Vec<usize>>,
    /// What is seen of each line that could be the headline, and whether it is.
    titles: Vec<(Vec<usize>, bool)>,
}

#[derive(serde::Deserialize)]
struct Meta {
    name: String,
    site: String,
    title: Option<String>,
}

#[test]
#[ignore = "writes the weights that the program ships"]
#[expect(
    clippy::disallowed_methods,
    reason = "the one program that makes a file of our own source"
)]
fn train() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("ANNALS_SHARED").map_or_else(|| here.join("../shared"), PathBuf::from);
    let folder = shared.join("corpora/cleaning");
    let Ok(meta) = std::fs::read_to_string(folder.join("meta.jsonl")) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let metas: Vec<Meta> = meta.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut pages: Vec<Page> = Vec::new();
    for kind in ["raw-clip", "raw-page"] {
        pages.extend(metas.iter().map(|meta| {
            let gold = read(&folder.join("gold").join(&meta.name));
            page(read(&folder.join(kind).join(&meta.name)), gold, meta, kind == "raw-page")
        }));
    }
    // odds of the first round from a model that has not seen the site
    let mut firsts = Vec::new();
    for fold in 0..FOLDS {
        let first = descend(&pages, |page| page.fold != fold, |page| &page.first);
        for page in pages.iter_mut().filter(|page| page.fold == fold) {
            let odds: Vec<i32> = page.first.iter().map(|looks| sum(&first, looks)).collect();
            page.second = second(&page.words, &page.groups, &odds);
        }
        firsts.push(first);
    }
    // the same for the second round, from which the headlines learn
    let mut seconds = Vec::new();
    for fold in 0..FOLDS {
        let later = descend(&pages, |page| page.fold != fold, |page| &page.second);
        for page in pages.iter_mut().filter(|page| page.fold == fold) {
            let odds: Vec<i32> = page.second.iter().map(|looks| sum(&later, looks)).collect();
            page.titles = titles(page, &odds);
        }
        seconds.push(later);
    }
    for whole in [false, true] {
        let mut figures = Figures::default();
        for (fold, (first, second)) in (0..FOLDS).zip(firsts.iter().zip(&seconds)) {
            let title = rank(&pages, |page| page.fold != fold);
            let weights = Weights(joined(first, second, &title));
            for page in pages.iter().filter(|page| page.fold == fold && page.whole == whole) {
                let recurrence = &Recurrence::default();
                figures.add(page, &clean_text(&document(page), &weights, recurrence));
            }
        }
        figures.print(if whole { "whole pages" } else { "clippings" });
    }
    let first = descend(&pages, |_| true, |page| &page.first);
    let second = descend(&pages, |_| true, |page| &page.second);
    let weights = joined(&first, &second, &rank(&pages, |_| true));
    std::fs::write(here.join("src/clean/weights.txt"), file(&weights)).unwrap();
}

/// One set of weights from those of the two rounds and of the headlines.
fn joined(first: &[i32], second: &[i32], title: &[i32]) -> Vec<i32> {
    let (later, last) = (OFFSETS[SECOND], OFFSETS[TITLE]);
    [&first[..later], &second[later..last], &title[last..]].concat()
}

fn document(page: &Page) -> RawDocument {
    RawDocument {
        path: "page.txt".to_owned(),
        file: "page.txt".to_owned(),
        format: Format::Text,
        text: page.raw.clone(),
        encoding: "UTF-8",
        front_matter_lines: 0,
        metadata: Metadata::default(),
        diagnostics: Vec::new(),
    }
}

/// How well pages were cleaned, on an average of pages.
#[derive(Default)]
struct Figures {
    precision: f64,
    recall: f64,
    pages: f64,
    lost: u32,
    titled: f64,
    titles: f64,
}

impl Figures {
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn add(&mut self, page: &Page, article: &Article) {
        let gold = words(&page.gold);
        let text: Vec<&str> =
            article.blocks.iter().map(|block| block.span.of(&article.body)).collect();
        let mut own = words(&text.join(" ").replace('\\', ""));
        if let Some(dateline) = &article.dateline {
            own.splice(0..0, words(&dateline.text));
        }
        let mut runs: HashMap<&[String], usize> = HashMap::new();
        for run in gold.windows(RUN) {
            *runs.entry(run).or_default() += 1;
        }
        let right = own
            .windows(RUN)
            .filter(|run| {
                runs.get_mut(run).is_some_and(|left| {
                    let found = *left > 0;
                    *left = left.saturating_sub(1);
                    found
                })
            })
            .count();
        let (all, kept) = (gold.len().saturating_sub(RUN - 1), own.len().saturating_sub(RUN - 1));
        self.precision += right as f64 / kept.max(1) as f64;
        self.recall += right as f64 / all.max(1) as f64;
        self.lost += u32::from(right * 20 < all * 19);
        self.pages += 1.0;
        if let Some(title) = page.title.as_ref().filter(|_| page.titles.iter().any(|(_, is)| *is)) {
            self.titles += 1.0;
            self.titled += f64::from(u8::from(same_title(&article.headline.value, title)));
        }
    }

    fn print(&self, kind: &str) {
        let (precision, recall) = (self.precision / self.pages, self.recall / self.pages);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "sites not learnt from, {kind}: F1 {f1:.4} P {precision:.4} R {recall:.4}, {} lost more \
             than a twentieth; titles {:.3} of {}",
            self.lost,
            self.titled / self.titles,
            self.titles
        );
    }
}

/// Whether two titles have the same words, a site's name at the end aside.
fn same_title(own: &str, gold: &str) -> bool {
    let fold = |text: &str| words(&fold(text)).join(" ");
    let (own, gold) = (fold(own), fold(gold));
    !gold.is_empty()
        && (own == gold
            || own.strip_prefix(&gold).is_some_and(|rest| rest.starts_with(' ') && rest.len() < 30)
            || gold
                .strip_prefix(&own)
                .is_some_and(|rest| !own.is_empty() && rest.starts_with(' ') && rest.len() < 30))
}

#[expect(clippy::disallowed_methods, reason = "reads the texts that are learnt from")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path.with_extension("txt")).unwrap()
}

fn second(words: &[usize], groups: &[usize], odds: &[i32]) -> Vec<Vec<usize>> {
    let landscape = Landscape::new(words, groups, odds);
    (0..words.len())
        .map(|at| {
            let mut looks = Vec::new();
            landscape.observe(at, &mut |look| looks.push(look));
            looks
        })
        .collect()
}

fn page(raw: String, gold: String, meta: &Meta, whole: bool) -> Page {
    let lines = line::split(&raw, Mending { plain: true, quotes: true });
    let units = line::units(&lines, 0);
    let forms: Vec<form::Form<'_>> = units.iter().map(form::recognise).collect();
    let guess = body::find(&units, &forms);
    let words = line::UnitWords::of(&units);
    let clipping = Clipping::new(&units, &forms, &words, &guess);
    let first = (0..units.len())
        .map(|at| {
            let mut looks = Vec::new();
            clipping.observe(at, &mut |look| looks.push(look));
            looks
        })
        .collect();
    let (words, wanted) =
        (units.iter().map(|unit| unit.shape.words).collect(), wanted(&units, &gold));
    Page {
        fold: hash(&meta.site) % FOLDS,
        whole,
        words,
        groups: clipping.groups.clone(),
        wanted,
        first,
        second: Vec::new(),
        titles: Vec::new(),
        title: meta.title.clone().filter(|title| !title.is_empty()),
        raw,
        gold,
    }
}

/// What is seen of each line that could be the headline, and whether it is.
fn titles(page: &Page, odds: &[i32]) -> Vec<(Vec<usize>, bool)> {
    let Some(title) = &page.title else { return Vec::new() };
    let lines = line::split(&page.raw, Mending { plain: true, quotes: true });
    let units = line::units(&lines, 0);
    let forms: Vec<form::Form<'_>> = units.iter().map(form::recognise).collect();
    let found = body::stretch(&units, &forms, odds);
    let words = line::UnitWords::of(&units);
    let scene = Scene::new(&units, &forms, &words, &found, odds);
    let mut seen = Vec::new();
    headline::observe(&scene, &mut |at, looks| {
        seen.push((looks.to_vec(), same_title(&units[at].text, title)));
    });
    seen
}

/// Weights that put the headline before all other lines of its page.
#[expect(clippy::cast_possible_truncation, reason = "weights are small numbers")]
fn rank(pages: &[Page], seen: impl Fn(&Page) -> bool) -> Vec<i32> {
    let known = |page: &&Page| seen(page) && page.titles.iter().any(|(_, is)| *is);
    let pages: Vec<&Page> = pages.iter().filter(known).collect();
    let (mut weights, mut steps) = (vec![0.0_f64; SIZE], Steps::new());
    for round in 0..TITLE_ROUNDS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -TITLE_DECAY * weight).collect();
        for page in &pages {
            let score = |looks: &[usize]| looks.iter().map(|look| weights[*look]).sum::<f64>();
            let scores: Vec<f64> = page.titles.iter().map(|(looks, _)| score(looks)).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let odds: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f64 = odds.iter().sum();
            let right: f64 = odds
                .iter()
                .zip(&page.titles)
                .filter(|(_, (_, is))| *is)
                .map(|(odds, _)| odds)
                .sum();
            for (odds, (looks, is)) in odds.iter().zip(&page.titles) {
                let wanted = if *is { odds / right.max(1e-12) } else { 0.0 };
                for look in looks {
                    slope[*look] += wanted - odds / all;
                }
            }
        }
        let left = 1.0 - f64::from(round) / f64::from(TITLE_ROUNDS);
        steps.climb(&mut weights, &slope, 0.1 * left);
    }
    weights.iter().map(|weight| (weight * 100.0).round() as i32).collect()
}

/// The means of the slopes so far and of their squares (Kingma and Ba, "Adam", 2015).
struct Steps {
    slopes: Vec<f64>,
    squares: Vec<f64>,
    count: i32,
}

impl Steps {
    fn new() -> Self {
        Self { slopes: vec![0.0; SIZE], squares: vec![0.0; SIZE], count: 0 }
    }

    /// Takes a step up the slope.
    fn climb(&mut self, weights: &mut [f64], slope: &[f64], rate: f64) {
        const KEPT: (f64, f64) = (0.9, 0.99);
        self.count += 1;
        let unbiased = (1.0 - KEPT.0.powi(self.count), 1.0 - KEPT.1.powi(self.count));
        for (index, weight) in weights.iter_mut().enumerate() {
            let (mean, square) = (&mut self.slopes[index], &mut self.squares[index]);
            *mean = KEPT.0 * *mean + (1.0 - KEPT.0) * slope[index];
            *square = KEPT.1 * *square + (1.0 - KEPT.1) * slope[index] * slope[index];
            *weight += rate * (*mean / unbiased.0) / ((*square / unbiased.1).sqrt() + 1e-6);
        }
    }
}

/// Words that stand one after the other and are counted as one.
const RUN: usize = 4;

/// The words of a text, case kept.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    parts.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Which units are the article's, each run of words counted once.
fn wanted(units: &[Unit<'_>], gold: &str) -> Vec<bool> {
    let all = words(gold);
    let mut runs: HashMap<&[String], u32> = HashMap::new();
    for run in all.windows(RUN) {
        *runs.entry(run).or_default() += 1;
    }
    let mut lines: HashSet<String> =
        gold.lines().map(|line| words(line).join(" ")).filter(|line| !line.is_empty()).collect();
    units
        .iter()
        .map(|unit| {
            let own = words(&unit.text);
            if own.len() < RUN {
                return lines.remove(&own.join(" "));
            }
            let found: Vec<&[String]> = own
                .windows(RUN)
                .filter(|run| runs.get(run).is_some_and(|left| *left > 0))
                .collect();
            let is_wanted = found.len() * 2 > own.len() - RUN;
            if is_wanted {
                for run in found {
                    if let Some(left) = runs.get_mut(run) {
                        *left = left.saturating_sub(1);
                    }
                }
            }
            is_wanted
        })
        .collect()
}

fn sum(weights: &[i32], looks: &[usize]) -> i32 {
    looks.iter().map(|look| weights[*look]).sum()
}

/// Weights in hundredths, learnt from the pages that `seen` lets through.
fn descend(
    pages: &[Page],
    seen: impl Fn(&Page) -> bool,
    looks: impl Fn(&Page) -> &Vec<Vec<usize>>,
) -> Vec<i32> {
    let mut examples: Vec<(&[usize], bool, f64)> = Vec::new();
    let mut counts = vec![0_u32; SIZE];
    for page in pages.iter().filter(|page| seen(page)) {
        let of_article: usize = page
            .words
            .iter()
            .zip(&page.wanted)
            .filter(|(_, wanted)| **wanted)
            .map(|(words, _)| words)
            .sum();
        for (at, looks) in looks(page).iter().enumerate() {
            // a page counts as a page, whatever its length
            let importance = importance(page.words[at], of_article);
            for look in looks {
                counts[*look] += 1;
            }
            examples.push((looks, page.wanted[at], importance));
        }
    }
    let mut weights = vec![0.0_f64; SIZE];
    let mut steps = vec![1e-3_f64; SIZE];
    let step = (examples.len() / 3..examples.len())
        .find(|step| gcd(*step, examples.len()) == 1)
        .unwrap_or(1);
    let (mut mean, mut n_means) = (vec![0.0_f64; SIZE], 0.0);
    for round in 0..ROUNDS {
        let rate = 0.25 / (1.0 + f64::from(round) * 0.3);
        for index in 0..examples.len() {
            let (looks, wanted, importance) = examples[index * step % examples.len()];
            let score: f64 = looks.iter().map(|look| weights[*look]).sum();
            let odds = 1.0 / (1.0 + (-score).exp());
            let error = importance * (f64::from(u8::from(wanted)) - odds);
            for look in looks.iter().filter(|look| counts[**look] >= RARE) {
                let gradient = error - DECAY * weights[*look];
                steps[*look] += gradient * gradient;
                weights[*look] += rate * gradient / steps[*look].sqrt();
            }
            if round >= ROUNDS - AVERAGED && index % APART == 0 {
                mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight);
                n_means += 1.0;
            }
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "weights are small numbers")]
    mean.iter().map(|weight| (weight / n_means * 100.0).round() as i32).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn importance(words: usize, of_article: usize) -> f64 {
    ((words + 2) as f64 * 40.0 / (of_article.max(100) as f64)).min(4.0)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The readable table of weights.
fn file(weights: &[i32]) -> String {
    let mut file = String::from(
        "# Made by `weigh/train.rs` from annotated news pages. Columns: what is looked at, what is\n\
         # seen, and what it is worth in hundredths of log odds that a line is the article's.\n",
    );
    for (look, (name, lists)) in LOOKS.iter().enumerate() {
        for value in 0..OFFSETS[look + 1] - OFFSETS[look] {
            let weight = weights[OFFSETS[look] + value];
            if weight == 0 {
                continue;
            }
            let mut rest = value;
            let mut words = Vec::new();
            for list in lists.iter().rev() {
                words.push(list[rest % list.len()]);
                rest /= list.len();
            }
            words.reverse();
            writeln!(file, "{name}\t{}\t{weight}", words.join(", ")).unwrap();
        }
    }
    file
}
