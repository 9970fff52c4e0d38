//! All readings joined: dossiers, the timeline, lists by year, outlet and tag.
//!
//! In: every briefing that may be published, in any order. Out: an [`Archive`],
//! in an order of its own that depends on nothing but the briefings. Everything
//! refers to everything else by index, newest article first; keys are the stable
//! part of an address, though nothing here knows that there is a website.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use crate::actor::{Kind, Register};
use crate::briefing::Briefing;
use crate::diagnostic::Diagnostic;
use crate::lock::{self, Former, Lock, Settled, Traced};
use crate::reading::Origin;
use crate::text::{short_hash, slug};
use crate::when::{Day, When};

mod audit;
mod circle;
mod dating;
mod dossier;
mod happening;
mod index;
mod kin;
mod office;
mod record;
mod spelling;
mod suggest;
mod timeline;

pub use circle::Circle;
pub use dating::by_others;
pub use dossier::{Appearance, Decision, Dossier};
pub use index::Letter;
pub use office::OfficeHeld;
pub use record::{ActorRecord, ActorSummary};
pub use suggest::{Change, Effect, Suggestion};
pub use timeline::{EventId, Telling, TimelineEvent};

/// Everything the clippings say, joined.
#[derive(Debug, Default)]
pub struct Archive {
    /// Newest first; undated ones last.
    pub entries: Vec<Entry>,
    /// Everyone who has a page, by id.
    pub actors: Vec<Dossier>,
    /// Kinds with their actors, by index: people first, in most articles first.
    pub kinds: Vec<(Kind, Vec<u32>)>,
    /// Letters with their actors.
    pub letters: Vec<Letter>,
    /// Every dated event, earliest first.
    pub events: Vec<TimelineEvent>,
    /// Years with articles, newest first; the last may be `None`, for undated ones.
    pub years: Vec<(Option<i32>, Vec<u32>)>,
    /// Outlets by name.
    pub outlets: Vec<Group>,
    /// Tags by name.
    pub tags: Vec<Group>,
    /// Addresses that articles once had.
    pub former: Vec<Former>,
    /// What the next build is to know of the articles' addresses.
    pub lock: Lock,
    /// What the author should know of the archive as a whole.
    pub diagnostics: Vec<Diagnostic>,
}

/// An article in the archive.
#[derive(Debug)]
pub struct Entry {
    /// The clipping, understood.
    pub briefing: Arc<Briefing>,
    /// The stable part of its address: `2024-03-14-harbour-talks-resume`.
    pub key: String,
    /// Its permanent short name: stays when address, title, date and file change.
    pub id: String,
    /// Anchors that its body once had, and the blocks they lead to.
    pub traced: Vec<Traced>,
    /// For every actor of the reading, its index in [`Archive::actors`]; `None` for
    /// one without a page.
    pub actors: Vec<Option<u32>>,
    /// Actors with a page that the article names, with how often, most often
    /// named first.
    pub named: Vec<(u32, u32)>,
    /// Indices into [`Archive::events`], in the order of the text.
    pub events: Vec<u32>,
    /// Index into [`Archive::outlets`].
    pub outlet: Option<u32>,
    /// Indices into [`Archive::tags`].
    pub tags: Vec<u32>,
    /// The same story as told elsewhere: articles that share whole sentences.
    pub same_story: Vec<u32>,
    /// Whether it is only here because drafts and embargoed clippings were asked for.
    pub is_draft: bool,
}

impl Entry {
    /// The headline.
    pub fn headline(&self) -> &str {
        &self.briefing.article.headline.value
    }

    /// The first day it can have been published.
    pub fn day(&self) -> Option<Day> {
        let when = self.briefing.article.published.when.as_ref()?;
        when.first().or_else(|| when.last())
    }
}

impl Archive {
    /// Articles near in time to the one at `entry` that name the same actors, the
    /// rarer the better. Computed when asked for: only its own page asks.
    pub fn related(&self, entry: u32) -> Vec<u32> {
        kin::related(self, entry)
    }

    /// The dossier of the actor with this id, if it has a page.
    pub fn dossier(&self, id: &str) -> Option<&Dossier> {
        let at = self.actors.binary_search_by(|dossier| (*dossier.id).cmp(id)).ok()?;
        self.actors.get(at)
    }

    /// What the articles say of the register that they were read with: notes, each
    /// with its line.
    pub fn audit(&self, register: &Register) -> Vec<Diagnostic> {
        audit::audit(self, register)
    }

    /// The `n` actors that `register` should have first: in most articles, then the
    /// latest. Reads articles again; meant for the terminal, not for a build.
    pub fn suggest(&self, register: &Register, n: usize) -> Vec<Suggestion> {
        suggest::suggest(self, register, n)
    }

    /// The `n` closest companions of `actor` with the ties among them. Computed when
    /// asked for: only the actor's own page asks.
    pub fn circle(&self, actor: u32, n: usize) -> Circle {
        circle::circle(self, actor, n)
    }
}

/// Articles that share an outlet or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The stable part of its address.
    pub key: String,
    /// As pages print it.
    pub name: String,
    /// Indices into [`Archive::entries`], newest first.
    pub entries: Vec<u32>,
}

/// Joins `briefings` into an archive, whose addresses go on from those of `lock`.
/// Of what is `withheld` only the former addresses are asked for: they stay its own.
///
/// Pure, and independent of the order of `briefings`: they are put in order of
/// publication first, then of their path.
pub fn join(
    mut briefings: Vec<Arc<Briefing>>,
    withheld: &[Arc<Briefing>],
    lock: Lock,
    register: &Register,
) -> Archive {
    in_order(&mut briefings);
    let Settled { lock, places, former, diagnostics } = lock::settle(lock, &briefings, withheld);
    let mut archive = Archive {
        entries: briefings
            .into_iter()
            .zip(places)
            .map(|(briefing, place)| Entry {
                briefing,
                key: place.key,
                id: place.id,
                traced: place.traced,
                actors: Vec::new(),
                named: Vec::new(),
                events: Vec::new(),
                outlet: None,
                tags: Vec::new(),
                same_story: Vec::new(),
                is_draft: false,
            })
            .collect(),
        former,
        lock,
        diagnostics,
        ..Archive::default()
    };
    archive.years = years(&archive.entries);
    archive.diagnostics.extend(report::addresses(&archive.entries));
    group(&mut archive);
    dossier::gather(&mut archive, register);
    office::gather(&mut archive);
    kin::gather(&mut archive);
    timeline::gather(&mut archive);
    archive
}

/// What articles are put in order by: the newest year first and undated ones last;
/// within a year what has a month before what has none; then the newest day and
/// time; then the path.
type Order<'a> = (
    Reverse<Option<i32>>,
    Reverse<Option<u32>>,
    Reverse<Option<Day>>,
    Reverse<Option<(u8, u8)>>,
    &'a str,
);

/// Brings briefings in order; what they are put in order by is found once for each.
fn in_order(briefings: &mut Vec<Arc<Briefing>>) {
    let mut sorted: Vec<(Order<'_>, &Arc<Briefing>)> =
        briefings.iter().map(|briefing| (order(briefing), briefing)).collect();
    sorted.sort_by_key(|(order, _)| *order);
    *briefings = sorted.into_iter().map(|(_, briefing)| Arc::clone(briefing)).collect();
}

fn order(briefing: &Briefing) -> Order<'_> {
    let published = &briefing.article.published;
    let when = published.when.as_ref();
    let day = when.and_then(|when| when.first().or_else(|| when.last()));
    let month = when.and_then(When::month_of).map(|(_, month)| month);
    let time = published.time.as_ref().map(|clock| (clock.hour, clock.minute));
    (Reverse(day.map(Day::year)), Reverse(month), Reverse(day), Reverse(time), &briefing.file)
}

fn years(entries: &[Entry]) -> Vec<(Option<i32>, Vec<u32>)> {
    let mut years: Vec<(Option<i32>, Vec<u32>)> = Vec::new();
    for (index, entry) in (0..).zip(entries) {
        let year = entry.day().map(Day::year);
        match years.last_mut() {
            Some((last, entries)) if *last == year => entries.push(index),
            _ => years.push((year, vec![index])),
        }
    }
    years
}

/// Sorts the entries into outlets and tags. Spellings with one slug are one group,
/// under the spelling that most articles use.
fn group(archive: &mut Archive) {
    let mut outlets = Groups::default();
    let mut tags = Groups::default();
    for (index, entry) in (0..).zip(&archive.entries) {
        let article = &entry.briefing.article;
        if let Some(outlet) = &article.outlet {
            outlets.add(&outlet.value, index);
        }
        for tag in &article.tags {
            tags.add(&tag.value, index);
        }
    }
    archive.outlets = outlets.finish();
    archive.tags = tags.finish();
    for (index, outlet) in (0..).zip(&archive.outlets) {
        for entry in &outlet.entries {
            archive.entries[*entry as usize].outlet = Some(index);
        }
    }
    for (index, tag) in (0..).zip(&archive.tags) {
        for entry in &tag.entries {
            archive.entries[*entry as usize].tags.push(index);
        }
    }
}

/// The key of the group of articles with this outlet or tag.
pub fn group_key(name: &str) -> String {
    let key = slug(name);
    if key.is_empty() { short_hash(name, 8) } else { key }
}

#[derive(Default)]
struct Groups {
    by_key: HashMap<String, (HashMap<String, usize>, Vec<u32>)>,
}

impl Groups {
    fn add(&mut self, name: &str, entry: u32) {
        let key = group_key(name);
        let (names, entries) = self.by_key.entry(key).or_default();
        *names.entry(name.to_owned()).or_default() += 1;
        if entries.last() != Some(&entry) {
            entries.push(entry);
        }
    }

    fn finish(self) -> Vec<Group> {
        let mut groups: Vec<Group> = self
            .by_key
            .into_iter()
            .map(|(key, (names, entries))| Group { key, name: most_used(names), entries })
            .collect();
        groups.sort_by(|a, b| a.key.cmp(&b.key));
        groups
    }
}

/// The name used most; of equals the first in the alphabet.
fn most_used(names: HashMap<String, usize>) -> String {
    let best = names.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)));
    best.map(|(name, _)| name).unwrap_or_default()
}

/// Whether an actor found in the text is named often enough for a page of its own.
///
/// People: in two articles, or twice in one, or once as a speaker. Bodies: in two
/// articles, or three times in one. Discovered places have none: a place where
/// something happened does not act.
fn is_salient(
    origin: Origin,
    kind: Kind,
    n_articles: usize,
    n_mentions: usize,
    n_statements: usize,
) -> bool {
    match (origin, kind) {
        (Origin::Register | Origin::BuiltIn, _) => true,
        (Origin::Discovered, Kind::Place) => false,
        (Origin::Discovered, Kind::Person) => {
            n_articles >= 2 || n_mentions >= 2 || n_statements >= 1
        }
        (Origin::Discovered, _) => n_articles >= 2 || n_mentions >= 3,
    }
}

/// Every diagnostic of this stage.
mod report {
    use std::collections::HashMap;

    use super::Entry;
    use crate::diagnostic::Diagnostic;
    use crate::lock::wanted_key;

    /// What is odd about the titles that addresses are made from: two articles that
    /// want one address, a title that is a path.
    pub(super) fn addresses(entries: &[Entry]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut owners: HashMap<&str, &Entry> = HashMap::new();
        for entry in entries {
            owners.insert(&entry.key, entry);
        }
        for entry in entries {
            let wanted = wanted_key(&entry.briefing);
            if let Some(owner) = owners.get(wanted.as_str()).filter(|_| wanted != entry.key) {
                diagnostics.push(at_headline(
                    Diagnostic::note(
                        "same-address",
                        format!("`{}` has the same date and headline, and the address; this one is `{}`", owner.briefing.file, entry.key),
                    )
                    .help("give one of them another `title`, or an `id`"),
                    entry,
                ));
            }
            let headline = entry.headline();
            if headline.contains('/') && !headline.contains(char::is_whitespace) {
                let message =
                    format!("the headline `{headline}` is a path; the address is `{}`", entry.key);
                let help = "write `title = \"…\"` in the sidecar if it is not meant";
                diagnostics.push(at_headline(
                    Diagnostic::note("headline-path", message).help(help),
                    entry,
                ));
            }
        }
        diagnostics
    }

    /// Names the headline's line, where the clipping carries it.
    fn at_headline(diagnostic: Diagnostic, entry: &Entry) -> Diagnostic {
        let field = &entry.briefing.article.headline;
        match field.line {
            Some(line) => diagnostic.at_line(&entry.briefing.file, line, &field.value, ""),
            None => diagnostic.in_file(&entry.briefing.file),
        }
    }
}

#[cfg(test)]
mod tests;
