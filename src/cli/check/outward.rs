//! What the addresses that the pages link to answer.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::Terminal;
use crate::diagnostic::Diagnostic;
use crate::external::{self, Answer, Known, Limits};
use crate::memo::{Cabinet, Key};
use crate::when::Day;

/// The name of what was learnt, in the cache.
const NAME: &str = "external";

/// Asks every address of `outward` (each with a page that links to it) that does not
/// begin with `base_url`; `cache` is the folder of what earlier runs learnt.
pub(super) fn ask(
    outward: &BTreeMap<String, String>,
    base_url: &str,
    cache: Option<&Path>,
    today: Option<Day>,
    terminal: &Terminal,
) -> Vec<Diagnostic> {
    let is_own = |address: &str| !base_url.is_empty() && address.starts_with(base_url);
    let addresses: Vec<&str> =
        outward.keys().map(String::as_str).filter(|address| !is_own(address)).collect();
    let epoch = Day::new(1970, 1, 1);
    let today = today.zip(epoch).map_or(0, |(today, epoch)| today.since(epoch));
    let cabinet = cache.map(|folder| Cabinet::new(folder.to_owned(), Key::of("external", 1, &[])));
    let mut known: Known =
        cabinet.as_ref().and_then(|cabinet| cabinet.get(NAME)).unwrap_or_default();
    let bar = terminal.bar("asking", addresses.len());
    let left = external::look(&addresses, &Limits::default(), today, &mut known, &|| bar.inc(1));
    bar.finish_and_clear();
    if let Some(Err(error)) = cabinet.map(|cabinet| cabinet.put(NAME, &known)) {
        terminal.detail(&format!("what was answered could not be kept: {error}\n"));
    }
    let answers = known.iter().filter_map(|(address, (_, answer))| {
        report(address, outward.get(address).map_or("", String::as_str), answer)
    });
    let mut diagnostics: Vec<Diagnostic> = answers.collect();
    if left > 0 {
        let message = format!("{left} more addresses are left for the next run");
        diagnostics.push(Diagnostic::note("external-left", message));
    }
    diagnostics
}

fn report(address: &str, page: &str, answer: &Answer) -> Option<Diagnostic> {
    let says = |why: &str| format!("the page `{page}` links to `{address}`: {why}");
    let diagnostic = match answer {
        Answer::Good => return None,
        Answer::Gone(code) => {
            let why = format!("there is nothing any more ({code})");
            Diagnostic::warning("external-gone", says(&why))
        }
        Answer::Unreachable(why) => Diagnostic::warning("external-unreachable", says(why)),
        Answer::Unclear(why) => return Some(Diagnostic::note("external-unclear", says(why))),
    };
    Some(diagnostic.help("give the address of a copy, where somebody keeps one"))
}
