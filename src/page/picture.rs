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
use super::context::{Html, Picture};
use super::fragment::push_number;
use crate::archive::Circle;
use crate::markup::push_escaped;

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
pub(super) fn picture(here: Here<'_>, actor: u32) -> Option<Picture> {
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
    let mut lines = String::with_capacity((circle.ties.len() + places.len()) * 72);
    for (a, b, n) in &circle.ties {
        push_line(&mut lines, "class=\"tie\" ", [places[*a], places[*b]], width(*n, strongest));
    }
    for (place, (_, n)) in places.iter().zip(&circle.members) {
        push_line(&mut lines, "", [middle, *place], width(*n, strongest));
    }
    let mut nodes = String::with_capacity(places.len() * 160);
    for ((x, y), (member, n)) in places.into_iter().zip(&circle.members) {
        let name = &here.dossier(*member).name;
        let (text_x, anchor) = if x < middle.0 { (x - 10, "end") } else { (x + 10, "start") };
        push_numbers(&mut nodes, &[("<circle cx=\"", x), ("\" cy=\"", y)]);
        nodes.push_str("\" r=\"4.5\"><title>");
        push_escaped(&mut nodes, name);
        nodes.push_str(": ");
        push_number(&mut nodes, *n as usize);
        push_numbers(&mut nodes, &[("</title></circle><text x=\"", text_x), ("\" y=\"", y + 4)]);
        nodes.extend(["\" text-anchor=\"", anchor, "\">"]);
        push_escaped(&mut nodes, &label(name));
        nodes.push_str("</text>");
    }
    Some(Picture {
        width: SIZE.0,
        height: SIZE.1,
        x: middle.0,
        y: middle.1,
        lines: Html(lines),
        nodes: Html(nodes),
    })
}

/// Appends a line between two places.
fn push_line(out: &mut String, class: &str, [from, to]: [(i32, i32); 2], width: u32) {
    out.extend(["<line ", class]);
    push_numbers(out, &[("x1=\"", from.0), ("\" y1=\"", from.1)]);
    push_numbers(out, &[("\" x2=\"", to.0), ("\" y2=\"", to.1)]);
    out.push_str("\" stroke-width=\"");
    push_number(out, width as usize);
    out.push_str("\"/>");
}

/// Appends numbers, each behind what stands before it. No place lies outside the drawing.
fn push_numbers(out: &mut String, numbers: &[(&str, i32)]) {
    for (before, number) in numbers {
        out.push_str(before);
        push_number(out, number.unsigned_abs() as usize);
    }
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
