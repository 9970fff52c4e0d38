//! Writes an archive of invented clippings, to try Annals at any size.
//!
//! ```text
//! cargo run --release --example generate -- --n 10000 --seed 7 --out /tmp/archive
//! cargo run --release -- build /tmp/archive
//! ```
//!
//! The same seed gives the same clippings on every machine, and a larger archive
//! begins with the clippings of a smaller one. They are the clippings of the
//! benches; see `docs/benchmarks.md`.
#![expect(clippy::disallowed_methods, reason = "it writes an archive, which Annals never does")]

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Parser;

#[path = "../benches/clippings/mod.rs"]
mod clippings;

/// Write an archive of invented clippings
#[derive(Debug, Parser)]
struct Arguments {
    /// How many clippings
    #[arg(long, default_value_t = 1000)]
    n: u32,
    /// Which archive; each number stands for another one
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The folder to write; made where it is missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

fn main() -> io::Result<()> {
    let Arguments { n, seed, out } = Arguments::parse();
    let world = clippings::World::new(seed);
    fs::create_dir_all(&out)?;
    fs::write(
        out.join("annals.toml"),
        format!("title = \"Invented clippings, {n} of seed {seed}\"\n"),
    )?;
    fs::write(out.join("actors.toml"), world.register())?;
    for index in 0..n {
        let clipping = world.clipping(index);
        let file = out.join("content").join(clipping.path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, clipping.bytes)?;
    }
    Ok(())
}
