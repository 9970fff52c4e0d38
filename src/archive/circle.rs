//! Who is named together with whom.
//!
//! Two actors meet in a paragraph, not in an article: an article of twenty
//! paragraphs names many who have nothing to do with each other. Every dossier
//! keeps its closest companions; the few of them that a picture shows, and the
//! ties among these, are picked when a page asks ([`circle`]).

use rustc_hash::FxHashMap;

use super::{Archive, Dossier};

/// Most actors of a paragraph that count as named together: beyond it a
/// paragraph is a list, and says nothing about who acts with whom.
const TOGETHER: usize = 40;
/// Companions that a dossier keeps. A tie between two actors that stand in neither
/// list is too weak for any picture.
const KEPT: usize = 100;

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

/// Counts the paragraphs that name two actors together and gives each dossier its
/// closest companions.
pub(super) fn companions(archive: &Archive, dossiers: &mut [Dossier]) {
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
    for entry in &archive.entries {
        let mut block = usize::MAX;
        for mention in &entry.briefing.reading.mentions {
            let here = entry.briefing.block(mention.span);
            if here != block {
                count(&mut together);
                block = here;
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
    let mut pairs: Vec<((u32, u32), u32)> = pairs.into_iter().collect();
    pairs.sort_unstable_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    for ((a, b), n) in pairs {
        for (own, other) in [(a, b), (b, a)] {
            let dossier = &mut dossiers[own as usize];
            dossier.n_companions += 1;
            if dossier.companions.len() < KEPT {
                dossier.companions.push((other, n));
            }
        }
    }
}
