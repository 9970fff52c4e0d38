//! Who is named together with whom.
//!
//! Two actors meet in a paragraph, not in an article: an article of twenty
//! paragraphs names many who have nothing to do with each other. Every dossier
//! keeps its closest companions; the few of them that a picture shows, and the
//! ties among these, are picked when a page asks ([`circle`]).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Archive, Entry};

/// Most actors of a paragraph that count as named together: beyond it a
/// paragraph is a list, and says nothing about who acts with whom.
const TOGETHER: usize = 40;
/// Companions that a dossier keeps. A tie between two actors that stand in neither
/// list is too weak for any picture.
const KEPT: usize = 100;
/// Articles that are counted by one thread.
const CHUNK: usize = 1024;

/// An actor's closest companions and the ties among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circle {
    /// Companions as (actor, paragraphs shared with the one in the middle), most
    /// first.
    pub members: Vec<(u32, u32)>,
    /// Ties among them as (member, member, paragraphs), by index into `members`, the
    /// smaller one first; in order.
    pub ties: Vec<(usize, usize, u32)>,
}

/// The `n` closest companions of `actor` with the ties among them.
pub(super) fn circle(archive: &Archive, actor: u32, n: usize) -> Circle {
    let members: Vec<(u32, u32)> =
        archive.actors[actor as usize].companions.iter().take(n).copied().collect();
    let mut ties = Vec::new();
    for (a, (first, _)) in members.iter().enumerate() {
        for (b, (second, _)) in members.iter().enumerate().skip(a + 1) {
            let tie = tie(archive, *first, *second).or_else(|| tie(archive, *second, *first));
            ties.extend(tie.map(|n| (a, b, n)));
        }
    }
    Circle { members, ties }
}

fn tie(archive: &Archive, from: u32, to: u32) -> Option<u32> {
    let companions = &archive.actors[from as usize].companions;
    companions.iter().find(|(other, _)| *other == to).map(|(_, n)| *n)
}

/// An actor's closest companions as (actor, paragraphs), most first, and how many there
/// are in all.
pub(super) type Companions = (Vec<(u32, u32)>, usize);

/// Counts the paragraphs that name two actors together, and gives every actor's closest
/// companions.
pub(super) fn companions(archive: &Archive) -> Vec<Companions> {
    let counts: Vec<FxHashMap<(u32, u32), u32>> =
        archive.entries.par_chunks(CHUNK).map(pairs).collect();
    let mut all: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for counts in counts {
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (pair, n) in counts {
            *all.entry(pair).or_default() += n;
        }
    }
    let mut all: Vec<((u32, u32), u32)> = all.into_iter().collect();
    all.par_sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    let mut companions: Vec<Companions> = vec![Companions::default(); archive.actors.len()];
    for ((a, b), n) in all {
        for (own, other) in [(a, b), (b, a)] {
            let (kept, n_all) = &mut companions[own as usize];
            *n_all += 1;
            if kept.len() < KEPT {
                kept.push((other, n));
            }
        }
    }
    companions
}

/// How many paragraphs of some articles name two actors together, the smaller one first.
fn pairs(entries: &[Entry]) -> FxHashMap<(u32, u32), u32> {
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut together: Vec<u32> = Vec::new();
    let mut count = |together: &mut Vec<u32>| {
        for (index, a) in together.iter().enumerate() {
            for b in &together[index + 1..] {
                *pairs.entry((*a.min(b), *a.max(b))).or_default() += 1;
            }
        }
        together.clear();
    };
    for entry in entries {
        // Mentions are in the order of the text.
        let mut end = 0;
        for mention in &entry.briefing.reading.mentions {
            if mention.span.start >= end {
                count(&mut together);
                let block = entry.briefing.block(mention.span);
                let block = entry.briefing.prose.blocks.get(block);
                end = block.map_or(u32::MAX, |block| block.span.end);
            }
            let actor = entry.actors.get(mention.actor as usize).copied().flatten();
            if let Some(actor) =
                actor.filter(|actor| together.len() < TOGETHER && !together.contains(actor))
            {
                together.push(actor);
            }
        }
        count(&mut together);
    }
    pairs
}
