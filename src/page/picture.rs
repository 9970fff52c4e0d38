//! A small picture of who is named with whom.
//!
//! The actor stands in the middle and its closest companions around it, each with a
//! line as wide as the paragraphs they share are many. Neighbours on the ring are
//! put so that those who are tied to each other stand side by side: a greedy walk
//! from the closest companion along the strongest ties. Nothing is left to chance
//! and nothing is computed by the reader's browser. Names stand outside the ring,
//! to its left and right, where no line crosses them.

use std::borrow::Cow;
use std::f64::consts::TAU;

use super::card::Here;
use super::context::{Picture, PictureLine, PictureNode};
use crate::archive::Circle;

/// Companions in the picture.
const MEMBERS: usize = 10;
/// Fewer make no picture.
const FEWEST: usize = 3;
/// Size of the picture, in its own units.
const SIZE: (i32, i32) = (400, 250);
/// Half axes of the ring.
const RING: (f64, f64) = (72.0, 96.0);
/// Code points of a name that fit beside the ring.
const NAME: usize = 20;

/// The picture of `actor`'s circle; `None` where it has too few companions.
pub(super) fn picture(here: Here<'_>, actor: u32) -> Option<Picture<'_>> {
    let circle = here.desk.archive.circle(actor, MEMBERS);
    if circle.members.len() < FEWEST {
        return None;
    }
    let order = walk(&circle);
    let mut places = vec![(0, 0); order.len()];
    for (at, member) in order.iter().enumerate() {
        places[*member] = place(at, order.len());
    }
    let middle = (SIZE.0 / 2, SIZE.1 / 2);
    let strongest = circle.members.first().map_or(1, |(_, n)| *n);
    let tied = circle.ties.iter().map(|(a, b, n)| PictureLine {
        x1: places[*a].0,
        y1: places[*a].1,
        x2: places[*b].0,
        y2: places[*b].1,
        width: width(*n, strongest),
        tie: true,
    });
    let own = places.iter().zip(&circle.members).map(|(place, (_, n))| PictureLine {
        x1: middle.0,
        y1: middle.1,
        x2: place.0,
        y2: place.1,
        width: width(*n, strongest),
        tie: false,
    });
    let nodes = places.iter().zip(&circle.members).map(|((x, y), (member, n))| {
        let left = *x < middle.0;
        PictureNode {
            x: *x,
            y: *y,
            text_x: if left { x - 10 } else { x + 10 },
            anchor: if left { "end" } else { "start" },
            label: label(&here.dossier(*member).name),
            name: &here.dossier(*member).name,
            n: *n as usize,
        }
    });
    Some(Picture {
        width: SIZE.0,
        height: SIZE.1,
        x: middle.0,
        y: middle.1,
        lines: tied.chain(own).collect(),
        nodes: nodes.collect(),
    })
}

/// The members in the order of the ring.
fn walk(circle: &Circle) -> Vec<usize> {
    let n = circle.members.len();
    let mut left: Vec<usize> = (0..n).collect();
    let mut order = vec![left.remove(0)];
    while !left.is_empty() {
        let last = order[order.len() - 1];
        let tie = |member: usize| {
            let pair = (last.min(member), last.max(member));
            circle.ties.iter().find(|(a, b, _)| (*a, *b) == pair).map_or(0, |(_, _, n)| *n)
        };
        // Of equals the first: the closer companion.
        let best = (0..left.len()).rev().max_by_key(|at| tie(left[*at])).unwrap_or(0);
        order.push(left.remove(best));
    }
    order
}

/// The place of the `at`th of `n` on the ring; nobody stands right above or below
/// the middle, where a name would have no side.
fn place(at: usize, n: usize) -> (i32, i32) {
    let steps = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let angle = TAU * (steps(at) + 0.5) / steps(n) - TAU / 4.0;
    let point = |middle: i32, radius: f64, part: f64| -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "a ring of a hundred units")]
        let offset = (radius * part).round() as i32;
        middle + offset
    };
    (point(SIZE.0 / 2, RING.0, angle.cos()), point(SIZE.1 / 2, RING.1, angle.sin()))
}

/// As much of a name as fits beside the ring.
fn label(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(NAME) {
        Some((cut, _)) => Cow::Owned(format!("{}…", name[..cut].trim_end())),
        None => Cow::Borrowed(name),
    }
}

/// Width of a line, 1 to 5.
fn width(n: u32, strongest: u32) -> u32 {
    1 + 4 * n.min(strongest) / strongest.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_are_tied_stand_side_by_side() {
        let members = (0..5).map(|actor| (actor, 9 - actor)).collect();
        let circle = Circle { members, ties: vec![(0, 3, 2), (1, 4, 5), (3, 4, 1)] };
        assert_eq!(walk(&circle), [0, 3, 4, 1, 2]);
    }

    #[test]
    fn everyone_has_a_place_of_their_own_and_a_side() {
        for n in FEWEST..=MEMBERS {
            let mut places: Vec<(i32, i32)> = (0..n).map(|at| place(at, n)).collect();
            assert!(places.iter().all(|(x, _)| (x - SIZE.0 / 2).abs() > 8 || n % 2 == 1), "{n}");
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), n);
        }
    }
}
