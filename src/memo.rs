//! What was computed before.
//!
//! A rebuild is a build with a fuller [`Memo`]: stages ask it first and compute
//! only what it does not hold. The key of a value is the hash of everything the
//! value was made from ([`Key::of`]), so nothing ever has to be declared stale;
//! what no build asks for any more is forgotten ([`Memo::forget_unused`]).
//!
//! Two threads that miss the same key at once both compute it and one result is
//! kept. Stages are pure, so that costs time and nothing else, while a lock held
//! during the computation would let one slow article stop its whole shard.
//!
//! Between two runs of the program the values lie in a folder: [`Cabinet`].

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

mod cabinet;

pub use cabinet::Cabinet;

/// The hash of everything a value was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of what `stage`, in its `version`, makes of `parts`.
    ///
    /// Each part is hashed with its length, so that moving bytes from one part to
    /// the next gives another key; a long one by its own hash, for only what begins where
    /// the hashing does is hashed in several lanes at once. Raise `version` when the stage
    /// would make something else of the same parts.
    ///
    /// ```
    /// use annals::memo::Key;
    ///
    /// assert_ne!(Key::of("clean", 1, &[b"ab", b"c"]), Key::of("clean", 1, &[b"a", b"bc"]));
    /// ```
    pub fn of(stage: &str, version: u32, parts: &[&[u8]]) -> Self {
        /// Two chunks of the tree that BLAKE3 makes.
        const LONG: usize = 2048;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(stage.len() as u64).to_le_bytes());
        hasher.update(stage.as_bytes());
        hasher.update(&version.to_le_bytes());
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            if part.len() < LONG {
                hasher.update(part);
            } else {
                hasher.update(blake3::hash(part).as_bytes());
            }
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The 32 bytes, to make a key from keys.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Values by key, shared between threads.
#[derive(Debug)]
pub struct Memo<K, V> {
    shards: Vec<Mutex<Shard<K, V>>>,
    hasher: Hasher,
    generation: AtomicU32,
}

type Hasher = BuildHasherDefault<DefaultHasher>;
type Shard<K, V> = HashMap<K, Kept<V>, Hasher>;

#[derive(Debug)]
struct Kept<V> {
    value: Arc<V>,
    /// The generation that last asked for it.
    asked: u32,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        const SHARDS: usize = 64;
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: Hasher::default(),
            generation: AtomicU32::new(0),
        }
    }
}

impl<K: Hash + Eq, V> Memo<K, V> {
    /// The value kept under `key`, or the one that `make` gives, which is then
    /// kept. `make` runs without any lock and must depend on nothing that `key`
    /// was not made from.
    pub fn get_or_make(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        self.get(&key).unwrap_or_else(|| self.keep(key, make()))
    }

    /// The same for several keys: `make` is given what stands beside those under which
    /// nothing is kept, and gives a value for each, in their order.
    ///
    /// # Panics
    ///
    /// Where it gives fewer.
    pub fn get_or_make_each<T>(
        &self,
        asked: impl Iterator<Item = (K, T)>,
        make: impl FnOnce(Vec<T>) -> Vec<V>,
    ) -> Vec<Arc<V>> {
        let mut missing = Vec::new();
        let known: Vec<Result<Arc<V>, K>> = asked
            .map(|(key, from)| {
                self.get(&key).ok_or_else(|| {
                    missing.push(from);
                    key
                })
            })
            .collect();
        let mut values = make(missing).into_iter();
        let mut keep = |key| {
            let value = values.next().expect("what is missing is made, one value for each");
            self.keep(key, value)
        };
        known.into_iter().map(|known| known.unwrap_or_else(&mut keep)).collect()
    }

    fn get(&self, key: &K) -> Option<Arc<V>> {
        let mut shard = self.shard(key);
        let kept = shard.get_mut(key)?;
        kept.asked = self.generation.load(Ordering::Relaxed);
        Some(Arc::clone(&kept.value))
    }

    /// Keeps `value`, unless another thread was first: then that one's.
    fn keep(&self, key: K, value: V) -> Arc<V> {
        let asked = self.generation.load(Ordering::Relaxed);
        let mut shard = self.shard(&key);
        let kept = shard.entry(key).or_insert(Kept { value: Arc::new(value), asked });
        Arc::clone(&kept.value)
    }

    /// Keeps `value` under `key`, unless something is kept there: what an earlier run
    /// of the program made. Nobody has asked for it yet.
    pub fn insert(&self, key: K, value: V) {
        let asked = self.generation.load(Ordering::Relaxed).wrapping_sub(1);
        self.shard(&key).entry(key).or_insert_with(|| Kept { value: Arc::new(value), asked });
    }

    /// Everything that is kept, in no order.
    pub fn values(&self) -> Vec<(K, Arc<V>)>
    where
        K: Copy,
    {
        let mut values = Vec::with_capacity(self.len());
        for shard in &self.shards {
            values.extend(locked(shard).iter().map(|(key, kept)| (*key, Arc::clone(&kept.value))));
        }
        values
    }

    /// Ends a generation: forgets every value that was not asked for since the
    /// last call. To be called after each build, so that memory follows the
    /// archive and not the number of edits.
    pub fn forget_unused(&self) {
        let ended = self.generation.fetch_add(1, Ordering::Relaxed);
        for shard in &self.shards {
            locked(shard).retain(|_, kept| kept.asked == ended);
        }
    }

    /// How many values are kept.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| locked(shard).len()).sum()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        // The low bits choose the bucket inside a shard, the high ones the shard.
        let index = (self.hasher.hash_one(key) >> 32) as usize % self.shards.len();
        locked(&self.shards[index])
    }
}

/// A shard is whole after every statement that changes it, so one that a panic
/// left locked may still be used.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once() {
        let memo = Memo::default();
        let key = Key::of("test", 1, &[b"text"]);
        assert_eq!(*memo.get_or_make(key, || 1), 1);
        assert_eq!(*memo.get_or_make(key, || 2), 1);
        assert_eq!(*memo.get_or_make(Key::of("test", 2, &[b"text"]), || 3), 3);
    }

    #[test]
    fn of_several_only_the_missing_are_made() {
        let memo = Memo::default();
        memo.get_or_make(2, || "two".to_owned());
        let values =
            memo.get_or_make_each([(1, "one"), (2, "zwei"), (3, "three")].into_iter(), |missing| {
                assert_eq!(missing, ["one", "three"]);
                missing.into_iter().map(str::to_owned).collect()
            });
        let values: Vec<&str> = values.iter().map(|value| value.as_str()).collect();
        assert_eq!(values, ["one", "two", "three"]);
        assert_eq!(*memo.get_or_make(3, String::new), "three");
    }

    #[test]
    fn what_no_build_asks_for_is_forgotten() {
        let memo: Memo<u32, u32> = Memo::default();
        let build = |keys: std::ops::Range<u32>| {
            for key in keys {
                memo.get_or_make(key, || key);
            }
            memo.forget_unused();
            memo.len()
        };
        assert_eq!(build(0..100), 100);
        assert_eq!(build(50..150), 100, "the first fifty are gone");
        assert_eq!(build(0..0), 0);
    }

    #[test]
    fn threads_share_what_is_made() {
        let memo: Memo<u32, u32> = Memo::default();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for key in 0..1000 {
                        assert_eq!(*memo.get_or_make(key, || key * 2), key * 2);
                    }
                });
            }
        });
        assert_eq!(memo.len(), 1000);
    }
}
