//! Articles that belong beside each other: the same story told elsewhere, and
//! what else was written about the same actors at the time.
//!
//! Both are linear in the archive. An article is compared with its neighbours in
//! time among those that share a sentence or an actor, never with all of them.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Archive;
use crate::text::Repeated;

/// A sentence that more articles print is a formula.
const PRINTED: usize = 12;
/// Share of the shorter article's sentences, in percent, that makes two articles
/// the same story.
const SAME: usize = 40;
/// How many neighbours in time are looked at for every actor, each way.
const NEAR: usize = 8;
/// How many related articles are kept.
const RELATED: usize = 4;

/// Articles that print the same sentences, for every entry.
pub(super) fn same_story(archive: &Archive) -> Vec<Vec<u32>> {
    let prints = || archive.entries.iter().flat_map(|entry| &entry.briefing.prints).copied();
    let repeated = Repeated::of(prints);
    let mut printed: Vec<(u64, u32)> = Vec::new();
    for (index, entry) in (0u32..).zip(&archive.entries) {
        let own = entry.briefing.prints.iter().filter(|print| repeated.may_hold(**print));
        printed.extend(own.map(|print| (*print, index)));
    }
    printed.par_sort_unstable();
    printed.dedup();
    let mut shared: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for run in
        printed.chunk_by(|(a, _), (b, _)| a == b).filter(|run| (2..=PRINTED).contains(&run.len()))
    {
        for (at, (_, a)) in run.iter().enumerate() {
            for (_, b) in &run[at + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    // Most share one sentence.
    let mut pairs: Vec<((u32, u32), usize)> = shared.into_iter().filter(|(_, n)| *n >= 2).collect();
    pairs.sort_unstable();
    let mut same = vec![Vec::new(); archive.entries.len()];
    let n_prints = |entry: u32| archive.entries[entry as usize].briefing.prints.len();
    for ((a, b), n) in pairs {
        let shorter = n_prints(a).min(n_prints(b));
        if n * 100 >= shorter * SAME {
            same[a as usize].push(b);
            same[b as usize].push(a);
        }
    }
    same
}

/// Articles near in time to the one at `index` that name the same actors, the
/// rarer the better.
pub(super) fn related(archive: &Archive, index: u32) -> Vec<u32> {
    let n_entries = archive.entries.len();
    let entry = &archive.entries[index as usize];
    // An article in the higher half, what it shares in the lower: sorted as one number.
    let mut shared: Vec<u64> = Vec::with_capacity(entry.named.len() * 2 * NEAR);
    for ((actor, _), place) in entry.named.iter().zip(&entry.places) {
        let appearances = &archive.actors[*actor as usize].appearances;
        // Bits of surprise: an actor that everything names says little.
        let rarity = u64::from((n_entries / appearances.len().max(1)).max(1).ilog2() + 1);
        let at = *place as usize;
        let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(appearances.len());
        let others = appearances[near].iter().filter(|appearance| appearance.entry != index);
        shared.extend(others.map(|appearance| u64::from(appearance.entry) << 32 | rarity));
    }
    shared.sort_unstable();
    let mut best: Vec<(Reverse<u64>, u32, u32)> = Vec::with_capacity(RELATED + 1);
    for run in shared.chunk_by(|a, b| a >> 32 == b >> 32) {
        let score: u64 = run.iter().map(|shared| shared & u64::from(u32::MAX)).sum();
        let other = u32::try_from(run[0] >> 32).unwrap_or(u32::MAX);
        let rank = (Reverse(score), other.abs_diff(index), other);
        let is_late = best.len() == RELATED && best.last().is_some_and(|last| *last < rank);
        if score >= 3 && !is_late && !entry.same_story.contains(&other) {
            let at = best.partition_point(|better| *better < rank);
            best.insert(at, rank);
            best.truncate(RELATED);
        }
    }
    best.into_iter().map(|(.., other)| other).collect()
}
