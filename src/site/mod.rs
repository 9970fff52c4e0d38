//! Addresses, and the folder they become.
//!
//! A site is a map from [`Address`] to bytes. `serve` answers from that map;
//! [`write()`] turns it into a folder, as one step: whoever looks, at whatever
//! moment, sees the old site or the new one, whole. Files in the folder that are
//! not ours stay.
//!
//! The map is never held in memory: [`write()`] is handed the addresses and a
//! function that gives the bytes of one, and asks for each once.
//!
//! Where to start: [`Address`] for what an address may be, `write` for the
//! recipe, `disk` for the few operations it is made of.

mod address;
mod disk;
mod manifest;
mod place;
mod plant;
mod report;
mod write;

pub use address::Address;
pub use place::Output;
pub use plant::{add, plant, replace};
pub use write::{Seal, StaticFile, WriteReport, is_whole, write};
