//! Makes `weights.txt`.
//!
//! ```text
//! cargo test --release --lib weigh::train -- --ignored
//! ```
//!
//! Reads the annotated texts that [`TEXTS`] names under `$ANNALS_SHARED`, lets
//! `discover` cut them into pieces and learns from every piece that no rule is sure
//! of. Of the texts that the quality tests measure on, every third document is kept
//! away, so that what is learnt can be seen on news that was not learnt from.
//! Multinomial logistic regression by plain gradient steps in a fixed order, averaged
//! over the second half of the rounds; the weights are rounded to hundredths, so that
//! the file is the same on any machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::super::{discover, known, token};
use super::{Article, LOOKS, Look, OUTCOMES, observe_name, observe_place};
use crate::actor::Register;
use crate::reading::grain::Grains;
use crate::reading::{Prose, sentence};
use crate::text::CodePoints;

/// What the weights are learnt from.
const TEXTS: [&str; 5] = [
    "ner.wikigold.train.jsonl",
    "ner.gum-more.train.jsonl",
    "ner.gum.dev.jsonl",
    "ner.pud.dev.jsonl",
    "ner.re3d.dev.jsonl",
];
/// Of texts to measure on, each document of this number is kept away, the first one too.
const KEPT_AWAY: usize = 3;
/// An observation that was made less often is left out.
const RARE: u32 = 3;
/// Rounds over all examples.
const ROUNDS: u32 = 30;
/// Pull towards zero.
const DECAY: f64 = 2e-5;

struct Example {
    observations: Vec<usize>,
    outcome: usize,
}

#[derive(serde::Deserialize)]
struct Document {
    text: String,
    mentions: Vec<Gold>,
}

#[derive(serde::Deserialize)]
struct Gold {
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: String,
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
    let mut vocabulary: BTreeMap<(u8, String), (usize, u32)> = BTreeMap::new();
    let mut examples = Vec::new();
    for name in TEXTS {
        let path = shared.join("corpora/actors").join(name);
        let Ok(lines) = std::fs::read_to_string(&path) else {
            println!("without {}, which is not there", path.display());
            continue;
        };
        for (number, line) in lines.lines().enumerate() {
            if name.contains(".dev.") && number % KEPT_AWAY == 0 {
                continue;
            }
            let document: Document = serde_json::from_str(line).unwrap();
            learn(&document, &mut vocabulary, &mut examples);
        }
    }
    if examples.is_empty() {
        return;
    }
    let weights = descend(&examples, vocabulary.len());
    let mut file = String::from(
        "# Made by `weigh/train.rs` from the texts it names: Wikipedia by way of wikigold (CC BY 4.0),\n\
         # GUM (CC BY and CC BY-SA by genre), and two of every three documents of GUM news (CC BY),\n\
         # UNER PUD (CC BY-SA 3.0) and re3d (the licences of its governments and of Wikipedia).\n\
         # Columns: what is looked at, what is seen, and its weight in hundredths for: nothing,\n\
         # person, organisation, place.\n",
    );
    for ((look, value), (index, count)) in &vocabulary {
        let row = weights[*index].map(|weight| (weight * 100.0).round());
        if *count < RARE || row.iter().all(|weight| weight.abs() < 4.0) {
            continue;
        }
        let name = LOOKS.iter().find(|(_, known)| *known as u8 == *look).unwrap().0;
        let [nothing, person, body, place] = row;
        writeln!(file, "{name}\t{value}\t{nothing}\t{person}\t{body}\t{place}").unwrap();
    }
    std::fs::write(here.join("src/reading/mention/weights.txt"), file).unwrap();
    println!("{} examples, {} observations", examples.len(), vocabulary.len());
}

fn learn(
    document: &Document,
    vocabulary: &mut BTreeMap<(u8, String), (usize, u32)>,
    examples: &mut Vec<Example>,
) {
    let prose = Prose::plain(&document.text);
    let register = Register::default();
    let grains = Grains::of(&prose);
    let (tokens, _) = token::tokens(&prose, &grains, &sentence::split(&prose, &grains));
    let known = known::find(&prose.text, &grains, &tokens, None, &register);
    let pieces = discover::pieces(&prose.text, &tokens, &known, &register);
    let article = Article::new(&prose.text, &tokens, &known, &pieces);
    let points = CodePoints::new(&document.text);
    let gold: BTreeMap<(u32, u32), &str> =
        document.mentions.iter().map(|gold| ((gold.start, gold.end), gold.kind.as_str())).collect();
    for piece in pieces.iter().filter(|piece| !piece.sure) {
        let at = (points.at(piece.span.start), points.at(piece.span.end));
        let outcome = match gold.get(&at) {
            Some(&"PER") => 1,
            Some(&"ORG") => 2,
            Some(&"LOC") => 3,
            _ => 0,
        };
        let mut observations = Vec::new();
        let mut see = |look: Look, value: &str| {
            let next = vocabulary.len();
            let entry = vocabulary.entry((look as u8, value.to_owned())).or_insert((next, 0));
            entry.1 += 1;
            observations.push(entry.0);
        };
        observe_name(&article, piece.first, piece.last, &mut see);
        observe_place(&article, piece.first, piece.last, &mut see);
        examples.push(Example { observations, outcome });
    }
}

fn descend(examples: &[Example], size: usize) -> Vec<[f64; OUTCOMES]> {
    let mut weights = vec![[0.0; OUTCOMES]; size];
    // A fixed shuffle: steps of a number that shares no factor with the count.
    let step = (examples.len() / 3..examples.len())
        .find(|step| gcd(*step, examples.len()) == 1)
        .unwrap_or(1);
    let mut sums = weights.clone();
    for round in 0..ROUNDS {
        let rate = 0.1 / (1.0 + f64::from(round) * 0.3);
        // Each round begins elsewhere, and the last half of them is averaged: what the
        // last examples pull at is evened out.
        let start = round as usize * examples.len() / ROUNDS as usize;
        for index in start..start + examples.len() {
            let example = &examples[index * step % examples.len()];
            let mut scores = [0.0_f64; OUTCOMES];
            for observation in &example.observations {
                for (score, weight) in scores.iter_mut().zip(weights[*observation]) {
                    *score += weight;
                }
            }
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let odds = scores.map(|score| (score - top).exp());
            let sum: f64 = odds.iter().sum();
            for observation in &example.observations {
                for (outcome, weight) in weights[*observation].iter_mut().enumerate() {
                    let wanted = if outcome == example.outcome { 1.0 } else { 0.0 };
                    *weight += rate * (wanted - odds[outcome] / sum - DECAY * 100.0 * *weight);
                }
            }
        }
        if round >= ROUNDS / 2 {
            for (sum, weights) in sums.iter_mut().flatten().zip(weights.iter().flatten()) {
                *sum += weights / f64::from(ROUNDS - ROUNDS / 2);
            }
        }
    }
    sums
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
