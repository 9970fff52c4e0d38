//! Where words and data go.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Color, report};
use crate::diagnostic::{Diagnostic, Severity};

/// Most diagnostics that are drawn one by one; the rest are counted by kind.
const DRAWN: usize = 50;

/// Standard output for data, standard error for words.
pub(super) struct Terminal {
    quiet: bool,
    color: ColorChoice,
}

impl Terminal {
    pub(super) fn new(quiet: bool, color: Color) -> Self {
        let color = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { quiet, color }
    }

    /// Writes data to standard output. A reader that has gone away is not an error
    /// of ours; `false` says that there is nobody left to write to.
    pub(super) fn data(&self, text: &str) -> bool {
        let mut out = AutoStream::new(std::io::stdout().lock(), self.color);
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
    }

    /// Says something to the person at the terminal.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.write(text);
        }
    }

    /// Says what went wrong, however quiet it should be.
    pub(super) fn error(&self, message: &str) {
        self.write(&report::text(&Diagnostic::error("use", message)));
    }

    /// Draws diagnostics: errors always, the rest unless quiet, and no more than a
    /// screen or two of them.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let shown = |severity| !self.quiet || severity == Severity::Error;
        let mut drawn = 0;
        let mut left = 0;
        for diagnostic in diagnostics.iter().filter(|diagnostic| shown(diagnostic.severity)) {
            if drawn < DRAWN || diagnostic.severity == Severity::Error {
                drawn += 1;
                self.write(&report::text(diagnostic));
            } else {
                left += 1;
            }
        }
        if left > 0 {
            self.write(&format!("… and {left} more; `annals check` lists them all\n"));
        }
    }

    fn write(&self, text: &str) {
        let mut err = AutoStream::new(std::io::stderr().lock(), self.color);
        // Nobody reads standard error: then nobody can be told.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// A bar of `n` steps on a terminal; nothing elsewhere.
    pub(super) fn bar(&self, what: &'static str, n: usize) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar =
            ProgressBar::with_draw_target(Some(n as u64), ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("{msg:>14} {bar:40} {human_pos}/{human_len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸─"));
        bar.set_message(what);
        bar
    }
}
