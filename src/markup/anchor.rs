//! Anchors of paragraphs, by which a link finds the same words after edits elsewhere.
//!
//! Links of others hold them: what they are made from may never change.

use std::fmt;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::text::{Short, digits, hash, hash_two};

/// The anchor of a block, made from a short hash of its text, so that a link
/// survives edits elsewhere. Prints as `p-` and six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor(u32);

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().as_str())
    }
}

impl From<Anchor> for Short {
    fn from(anchor: Anchor) -> Self {
        anchor.text()
    }
}

impl Anchor {
    const DIGITS: usize = 6;
    const ALL: u32 = (1 << (5 * Self::DIGITS)) - 1;

    /// What it prints.
    pub fn text(self) -> Short {
        digits("p-", u64::from(self.0), Self::DIGITS)
    }

    /// Appends what it prints.
    pub fn push(self, out: &mut String) {
        out.push_str(self.text().as_str());
    }

    /// The number that it prints.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The anchor that prints `number`; `None` for one that no anchor prints.
    pub fn from_number(number: u32) -> Option<Self> {
        (number <= Self::ALL).then_some(Self(number))
    }
}

/// The anchors of blocks with these texts, in order. Equal texts are told apart by
/// their order.
pub fn anchors<'a>(mut blocks: impl Iterator<Item = &'a str>) -> Vec<Anchor> {
    let mut taken = FxHashSet::default();
    let mut anchors = Vec::with_capacity(blocks.size_hint().0);
    let mut take = |hash: u64| {
        let mut anchor = Anchor(u32::try_from(hash & u64::from(Anchor::ALL)).unwrap_or(0));
        while !taken.insert(anchor) {
            anchor.0 = (anchor.0 + 1) & Anchor::ALL;
        }
        anchors.push(anchor);
    };
    while let Some(one) = blocks.next() {
        if let Some(other) = blocks.next() {
            let (one, other) = hash_two(one, other);
            take(one);
            take(other);
        } else {
            take(hash(one));
        }
    }
    anchors
}
