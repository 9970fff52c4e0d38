//! Chance that is the same on every machine.

/// A stream of numbers that follows from its seed alone.
///
/// Source: `SplitMix64`, after Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators" (OOPSLA 2014).
#[derive(Debug, Clone)]
pub(super) struct Draw(u64);

impl Draw {
    /// The stream of item `index` of the whole that `seed` stands for.
    pub(super) fn new(seed: u64, index: u64) -> Self {
        let mut whole = Self(seed);
        Self(whole.number() ^ Self(index).number())
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let high = (u64::from(limit) * (self.number() >> 32)) >> 32;
        u32::try_from(high).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True in `percent` of a hundred draws.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// An index below `length`, which is not 0.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// One of `items`, each as likely as the next.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, items: &'a [&'a T]) -> &'a T {
        items[self.index(items.len())]
    }

    /// An index below `length`: the first often, the last hardly ever (Zipf's law
    /// with its head cut off).
    pub(super) fn ranked(&mut self, length: usize) -> usize {
        const HEAD: u32 = 4;
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        // Item i weighs 1 / (i + HEAD): draw evenly, keep with that chance.
        loop {
            let index = self.below(length);
            if self.below(index + HEAD) < HEAD {
                return index as usize;
            }
        }
    }
}
