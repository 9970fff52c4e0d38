//! Where words and data go.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Color, report};
use crate::diagnostic::{Diagnostic, Severity};

/// Most diagnostics of one kind that are drawn; the rest are counted.
const DRAWN: usize = 3;

/// Standard output for data, standard error for words.
pub(super) struct Terminal {
    volume: Volume,
    color: ColorChoice,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// Nothing but errors.
    Quiet,
    /// What a person wants to know who waits for the end.
    Normal,
    /// Every warning, and what took how long.
    Verbose,
}

impl Terminal {
    pub(super) fn new(volume: Volume, color: Color) -> Self {
        let color = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { volume, color }
    }

    /// Writes data to standard output. A reader that has gone away is not an error
    /// of ours; `false` says that there is nobody left to write to.
    pub(super) fn data(&self, text: &str) -> bool {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
    }

    /// The same of data that comes in pieces.
    pub(super) fn stream(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> bool {
        const PIECE: usize = 64 * 1024;
        let out = AutoStream::new(io::stdout().lock(), self.color);
        let mut out = BufWriter::with_capacity(PIECE, out);
        write(&mut out).and_then(|()| out.flush()).is_ok()
    }

    /// Says something to the person at the terminal.
    pub(super) fn say(&self, text: &str) {
        if self.volume >= Volume::Normal {
            self.write(text);
        }
    }

    /// Says something to the person who asked for more.
    pub(super) fn detail(&self, text: &str) {
        if self.volume == Volume::Verbose {
            self.write(text);
        }
    }

    /// Says what went wrong, however quiet it should be.
    pub(super) fn error(&self, message: &str) {
        self.write(&report::text(&Diagnostic::error("use", message)));
    }

    /// Draws diagnostics by kind, those of each kind together: errors always, of the
    /// rest the first few, or none where it should be quiet.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        for group in groups(diagnostics) {
            let severity = group[0].severity;
            let drawn = match self.volume {
                _ if severity == Severity::Error => group.len(),
                Volume::Quiet => continue,
                Volume::Normal => group.len().min(DRAWN),
                Volume::Verbose => group.len(),
            };
            for diagnostic in &group[..drawn] {
                self.write(&report::text(diagnostic));
            }
            let left = group.len() - drawn;
            if left > 0 {
                let (code, word) = (&group[0].code, severity_word(severity));
                self.write(&format!(
                    "… and {left} more of this kind ({word} `{code}`); `annals check` lists them all\n"
                ));
            }
        }
    }

    fn write(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        // Nobody reads standard error: then nobody can be told.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// A bar of `n` steps on a terminal; nothing elsewhere.
    pub(super) fn bar(&self, what: &'static str, n: usize) -> ProgressBar {
        if self.volume == Volume::Quiet || !io::stderr().is_terminal() {
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

/// Diagnostics by severity and code, worst first, then in the order in which a code is
/// first seen; within a group in their own order.
fn groups(diagnostics: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for diagnostic in diagnostics {
        let kind = (diagnostic.severity, &diagnostic.code);
        match groups.iter_mut().find(|group| (group[0].severity, &group[0].code) == kind) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    groups.sort_by_key(|group| group[0].severity);
    groups
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnostics_of_one_kind_stand_together_the_worst_first() {
        let seen = [
            Diagnostic::note("bare", "a"),
            Diagnostic::warning("date", "b"),
            Diagnostic::warning("empty", "c"),
            Diagnostic::warning("date", "d"),
            Diagnostic::error("link", "e"),
        ];
        let messages: Vec<Vec<&str>> = groups(&seen)
            .iter()
            .map(|group| group.iter().map(|diagnostic| diagnostic.message.as_str()).collect())
            .collect();
        assert_eq!(messages, [vec!["e"], vec!["b", "d"], vec!["c"], vec!["a"]]);
    }
}
