//! The `annals` program.

use std::process::ExitCode;

/// Pages are built from many short-lived strings on many threads, where the
/// system's allocator spends a tenth of the build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    annals::cli::run()
}
