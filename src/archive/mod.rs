//! All readings joined: dossiers, the timeline, lists by year, outlet and tag.
//!
//! In: every briefing that may be published, in any order. Out: an [`Archive`],
//! in an order of its own that depends on nothing but the briefings. Everything
//! refers to everything else by index, newest article first; keys are the stable
//! part of an address, though nothing here knows that there is a website.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

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
    pub events: Arc<Vec<TimelineEvent>>,
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
    cast: dossier::Cast,
}

/// An archive that was joined before, to take from it what would come out the same.
#[derive(Debug, Clone, Copy)]
struct Before<'a> {
    archive: &'a Archive,
    /// For every entry now whether it was the same, at the same place.
    is_same: &'a [bool],
}

impl Before<'_> {
    fn is_same(&self, entry: u32) -> bool {
        self.is_same.get(entry as usize) == Some(&true)
    }
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
    /// For each of `named` which of the actor's appearances this article is: to find it there
    /// would cost more than all else that is asked about neighbours.
    places: Vec<u32>,
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
    day: Option<Day>,
}

impl Entry {
    /// An article of which only its clipping is known.
    fn of(briefing: Arc<Briefing>) -> Self {
        Self {
            day: day(&briefing),
            briefing,
            key: String::new(),
            id: String::new(),
            traced: Vec::new(),
            actors: Vec::new(),
            named: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
            outlet: None,
            tags: Vec::new(),
            same_story: Vec::new(),
            is_draft: false,
        }
    }

    /// The headline.
    pub fn headline(&self) -> &str {
        &self.briefing.article.headline.value
    }

    /// The first day it can have been published.
    pub fn day(&self) -> Option<Day> {
        self.day
    }
}

impl Archive {
    /// Articles near in time to the one at `entry` that name the same actors, the
    /// rarer the better. Computed when asked for: only its own page asks.
    pub fn related(&self, entry: u32) -> Vec<u32> {
        kin::related(self, entry)
    }

    /// Gives every entry its address.
    fn settle(&mut self, settled: Settled) {
        let Settled { lock, places, former, diagnostics } = settled;
        let mut wanted = Vec::with_capacity(places.len());
        for (entry, place) in self.entries.iter_mut().zip(places) {
            (entry.key, entry.id, entry.traced) = (place.key, place.id, place.traced);
            wanted.push(place.wanted);
        }
        (self.lock, self.former, self.diagnostics) = (lock, former, diagnostics);
        self.diagnostics.extend(report::addresses(&self.entries, &wanted));
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
/// publication first, then of their path. `before` is an archive that was joined with
/// the same `register`; where it is given, what would come out the same is taken from
/// it, so that an edit does not cost the dossiers of everyone.
///
/// `beside` is given the archive while its timeline is made, which is made step by step and
/// leaves a core to others: everything but events, companions and offices is there by then.
pub fn join<T: Send>(
    mut briefings: Vec<Arc<Briefing>>,
    withheld: &[Arc<Briefing>],
    lock: Lock,
    register: &Register,
    before: Option<&Archive>,
    beside: impl FnOnce(&Archive) -> T + Send,
) -> (Archive, T) {
    in_order(&mut briefings);
    let entries = briefings.iter().map(|briefing| Entry::of(Arc::clone(briefing))).collect();
    let mut archive = Archive { entries, ..Archive::default() };
    archive.years = years(&archive.entries);
    group(&mut archive);
    let is_same: Vec<bool> = before.map_or_else(Vec::new, |before| {
        let pairs = archive.entries.iter().zip(&before.entries);
        pairs.map(|(now, then)| Arc::ptr_eq(&now.briefing, &then.briefing)).collect()
    });
    let before = before.map(|archive| Before { archive, is_same: &is_same });
    // Three that ask nothing of each other, each of them step by step.
    let (settled, (cast, same_story)) = rayon::join(
        || lock::settle(lock, &briefings, withheld),
        || {
            let cast = || dossier::Cast::of(&archive.entries, register);
            rayon::join(cast, || kin::same_story(&archive))
        },
    );
    for (entry, same) in archive.entries.iter_mut().zip(same_story) {
        entry.same_story = same;
    }
    archive.settle(settled);
    let is_new = dossier::gather(&mut archive, cast, register, before);
    let (timeline, (companions, offices, beside)) = rayon::join(
        || timeline::gather(&archive, before),
        || {
            let companions = circle::companions(&archive);
            (companions, office::gather(&archive, &is_new), beside(&archive))
        },
    );
    for (dossier, companions) in archive.actors.iter_mut().zip(companions) {
        (dossier.companions, dossier.n_companions) = companions;
    }
    for ((dossier, offices), _) in
        archive.actors.iter_mut().zip(offices).zip(is_new).filter(|(_, is_new)| *is_new)
    {
        dossier.offices = offices;
    }
    let (events, of_entries) = timeline;
    for (index, event) in (0u32..).zip(events.iter()) {
        for actor in &event.actors {
            let own = &mut archive.actors[*actor as usize].events;
            if own.last() != Some(&index) {
                own.push(index);
            }
        }
    }
    for (entry, own) in archive.entries.iter_mut().zip(of_entries) {
        entry.events = own;
    }
    archive.events = events;
    (archive, beside)
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
        briefings.par_iter().map(|briefing| (order(briefing), briefing)).collect();
    sorted.par_sort_by_key(|(order, _)| *order);
    *briefings = sorted.into_iter().map(|(_, briefing)| Arc::clone(briefing)).collect();
}

/// The first day an article can have been published.
fn day(briefing: &Briefing) -> Option<Day> {
    let when = briefing.article.published.when.as_ref()?;
    when.first().or_else(|| when.last())
}

fn order(briefing: &Briefing) -> Order<'_> {
    let published = &briefing.article.published;
    let when = published.when.as_ref();
    let day = day(briefing);
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
    let (outlets, tags) = (outlets.finish(), tags.finish());
    (archive.outlets, archive.tags) = (outlets, tags);
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

/// Articles by the name that they give: a key is made once of each name.
#[derive(Default)]
struct Groups<'a> {
    by_name: FxHashMap<&'a str, Vec<u32>>,
}

impl<'a> Groups<'a> {
    fn add(&mut self, name: &'a str, entry: u32) {
        self.by_name.entry(name).or_default().push(entry);
    }

    fn finish(self) -> Vec<Group> {
        let mut named: Vec<(String, &str, Vec<u32>)> = self
            .by_name
            .into_iter()
            .map(|(name, entries)| (group_key(name), name, entries))
            .collect();
        // Of each group the name used most comes first; of equals the first in the alphabet.
        named.sort_unstable_by(|(a, one, of_one), (b, other, of_other)| {
            let by_use = of_other.len().cmp(&of_one.len());
            a.cmp(b).then(by_use).then_with(|| one.cmp(other))
        });
        let mut groups: Vec<Group> = Vec::new();
        for (key, name, entries) in named {
            match groups.last_mut().filter(|group| group.key == key) {
                Some(group) => group.entries.extend(entries),
                None => groups.push(Group { key, name: name.to_owned(), entries }),
            }
        }
        for group in &mut groups {
            group.entries.sort_unstable();
            group.entries.dedup();
        }
        groups
    }
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
    use rustc_hash::FxHashMap;

    use super::Entry;
    use crate::diagnostic::Diagnostic;

    /// What is odd about the titles that addresses are made from: two articles that
    /// want one address, a title that is a path. `wanted` are the keys that they want.
    pub(super) fn addresses(entries: &[Entry], wanted: &[String]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let disappointed =
            || entries.iter().zip(wanted).filter(|(entry, wanted)| entry.key != **wanted);
        let mut owners: FxHashMap<&str, Option<&Entry>> =
            disappointed().map(|(_, wanted)| (wanted.as_str(), None)).collect();
        if !owners.is_empty() {
            for entry in entries {
                if let Some(owner) = owners.get_mut(entry.key.as_str()) {
                    *owner = Some(entry);
                }
            }
        }
        for (entry, wanted) in entries.iter().zip(wanted) {
            if let Some(Some(owner)) = owners.get(wanted.as_str()).filter(|_| *wanted != entry.key)
            {
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
