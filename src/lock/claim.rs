//! Which clipping is which, and which address is whose.
//!
//! Clippings are told apart in rounds, the surest first: the owner's id; path and
//! text; text; most of the text; path. What no clipping answers to is gone: then
//! its text may have gone into another clipping, which its addresses lead to from
//! then on, or it is withdrawn.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::trace::{Traced, trace};
use super::{Lock, Record};
use crate::briefing::Briefing;
use crate::diagnostic::Diagnostic;
use crate::markup::Anchor;
use crate::text::{short_hash, slug};
use crate::when::When;

/// Digits of a permanent short name.
const ID: usize = 8;

/// A paragraph in more clippings than this says nothing about which is which.
const COMMON: usize = 16;

/// The addresses of an archive.
#[derive(Debug, Default)]
pub struct Settled {
    /// What the next build is to know.
    pub lock: Lock,
    /// One for each article, in the order they came in.
    pub places: Vec<Place>,
    /// Former addresses.
    pub former: Vec<Former>,
    /// What the author should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where an article stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its permanent short name.
    pub id: String,
    /// The key of its address.
    pub key: String,
    /// The key that its date and headline ask for ([`wanted_key`]).
    pub wanted: String,
    /// Anchors that its body once had, and where they lead.
    pub traced: Vec<Traced>,
}

/// A former address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The key of the address, or a permanent short name.
    pub name: String,
    /// Whether it is a permanent short name.
    pub is_short: bool,
    /// The article it leads to, by index; `None` for one that was withdrawn.
    pub to: Option<u32>,
}

/// Gives every article of `briefings` its address and its permanent short name,
/// and finds where the former ones lead. Addresses of what is `withheld` lead
/// nowhere, and stay its own.
///
/// Pure, and independent of the order of `briefings` and `withheld`.
pub fn settle(lock: Lock, briefings: &[Arc<Briefing>], withheld: &[Arc<Briefing>]) -> Settled {
    let mut order: Vec<Clip> = (0..)
        .zip(briefings)
        .map(|(index, briefing)| Clip::of(briefing, Some(index)))
        .chain(withheld.iter().map(|briefing| Clip::of(briefing, None)))
        .collect();
    order.par_sort_by_key(Clip::path);
    let known = known(&lock.records, &order);
    let wanted = order.par_iter().map(|clip| wanted_key(clip.briefing)).collect();
    let mut desk = Desk {
        wanted,
        is_here: {
            let mut is_here = vec![false; lock.records.len()];
            known.iter().flatten().for_each(|record| is_here[*record] = true);
            is_here
        },
        records: lock.records,
        record_of: known,
        clips: order,
        places: vec![Place::default(); briefings.len()],
        diagnostics: Vec::new(),
    };
    desk.addresses();
    desk.paragraphs();
    desk.gone();
    let former = desk.former();
    desk.records.sort_by(|a, b| a.id.cmp(&b.id));
    Settled {
        lock: Lock { records: desk.records, ..lock },
        places: desk.places,
        former,
        diagnostics: desk.diagnostics,
    }
}

/// A clipping that is here.
#[derive(Clone, Copy)]
struct Clip<'a> {
    briefing: &'a Briefing,
    path: &'a str,
    /// Its index among the articles; `None` for one that is withheld.
    published: Option<u32>,
}

impl<'a> Clip<'a> {
    fn of(briefing: &'a Briefing, published: Option<u32>) -> Self {
        // The article of a beginning does not say where it came from.
        let file = briefing.file.as_str();
        let path = file.strip_prefix("content/").unwrap_or(file);
        Self { briefing, path, published }
    }

    fn path(&self) -> &'a str {
        self.path
    }

    fn anchors(&self) -> &'a [Anchor] {
        &self.briefing.anchors
    }

    fn name(&self) -> Option<&'a str> {
        self.briefing.article.id.as_ref().map(|id| id.value.as_str())
    }
}

/// For every clip the index of its record.
fn known(records: &[Record], clips: &[Clip<'_>]) -> Vec<Option<usize>> {
    let mut pairs = Pairs { taken: vec![false; records.len()], of: vec![None; clips.len()] };
    let mut by_path: FxHashMap<&str, usize> = FxHashMap::default();
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    for (index, record) in records.iter().enumerate() {
        for path in &record.paths {
            by_path.entry(path).or_insert(index);
        }
        if let Some(name) = &record.name {
            by_name.entry(name).or_insert(index);
        }
    }
    for (at, clip) in clips.iter().enumerate() {
        if let Some(record) = clip.name().and_then(|name| by_name.get(name)) {
            pairs.join(at, *record);
        }
    }
    for (at, clip) in clips.iter().enumerate() {
        if let Some(record) = by_path.get(clip.path())
            && records[*record].anchors == clip.anchors()
        {
            pairs.join(at, *record);
        }
    }
    if pairs.are_done() {
        return pairs.of;
    }
    let mut by_text: FxHashMap<&[Anchor], Vec<usize>> = FxHashMap::default();
    for (index, record) in records.iter().enumerate().rev() {
        if !pairs.taken[index] && !record.anchors.is_empty() {
            by_text.entry(&record.anchors).or_default().push(index);
        }
    }
    for (at, clip) in clips.iter().enumerate() {
        if pairs.of[at].is_none()
            && let Some(record) = by_text.get_mut(clip.anchors()).and_then(Vec::pop)
        {
            pairs.join(at, record);
        }
    }
    for (at, record) in alike(records, clips, &pairs) {
        pairs.join(at, record);
    }
    for (at, clip) in clips.iter().enumerate() {
        if let Some(record) = by_path.get(clip.path()) {
            // What was once given up is not taken up by whatever comes to its place.
            let is_gone = records[*record].withdrawn || records[*record].into.is_some();
            if !is_gone {
                pairs.join(at, *record);
            }
        }
    }
    pairs.of
}

/// Which record is which clip's.
struct Pairs {
    /// By record.
    taken: Vec<bool>,
    /// By clip.
    of: Vec<Option<usize>>,
}

impl Pairs {
    /// Joins the two unless one of them is joined already.
    fn join(&mut self, clip: usize, record: usize) {
        if self.of[clip].is_none() && !self.taken[record] {
            self.of[clip] = Some(record);
            self.taken[record] = true;
        }
    }

    fn are_done(&self) -> bool {
        self.of.iter().all(Option::is_some) || self.taken.iter().all(|taken| *taken)
    }
}

/// Pairs of clip and record that share paragraphs, the most alike first: at the
/// same path any, else half of the shorter one's.
fn alike(records: &[Record], clips: &[Clip<'_>], pairs: &Pairs) -> Vec<(usize, usize)> {
    let mut with: FxHashMap<Anchor, Vec<usize>> = FxHashMap::default();
    for (index, record) in records.iter().enumerate().filter(|(index, _)| !pairs.taken[*index]) {
        for anchor in &record.anchors {
            let holders = with.entry(*anchor).or_default();
            if holders.len() <= COMMON {
                holders.push(index);
            }
        }
    }
    let mut candidates = Vec::new();
    for (at, clip) in clips.iter().enumerate().filter(|(at, _)| pairs.of[*at].is_none()) {
        let mut n: FxHashMap<usize, usize> = FxHashMap::default();
        for anchor in clip.anchors() {
            for record in
                with.get(anchor).filter(|holders| holders.len() <= COMMON).into_iter().flatten()
            {
                *n.entry(*record).or_default() += 1;
            }
        }
        candidates.extend(n.into_iter().filter_map(|(record, shared)| {
            let stayed = records[record].paths.iter().any(|path| path == clip.path());
            let shorter = records[record].anchors.len().min(clip.anchors().len());
            (stayed || shared * 2 >= shorter).then_some((Reverse(shared), !stayed, at, record))
        }));
    }
    candidates.sort_unstable();
    candidates.into_iter().map(|(_, _, at, record)| (at, record)).collect()
}

/// Records and clippings, while addresses are given out.
struct Desk<'a> {
    records: Vec<Record>,
    /// For every record whether its clipping is here, published or withheld.
    is_here: Vec<bool>,
    clips: Vec<Clip<'a>>,
    /// For every clip the key that it asks for.
    wanted: Vec<String>,
    /// For every clip the index of its record; at last `None` only for what is
    /// withheld and never was published.
    record_of: Vec<Option<usize>>,
    places: Vec<Place>,
    diagnostics: Vec<Diagnostic>,
}

impl Desk<'_> {
    /// Settles keys and ids. Whoever has an address keeps it, or takes the one it
    /// wants now where that is free; then the newcomers come, in the order of
    /// their paths.
    fn addresses(&mut self) {
        let mut owner: FxHashMap<String, usize> = FxHashMap::default();
        for (index, record) in self.records.iter().enumerate() {
            owner.entry(record.key.clone()).or_insert(index);
        }
        for (index, record) in self.records.iter().enumerate() {
            for former in &record.formerly {
                owner.entry(former.clone()).or_insert(index);
            }
        }
        let mut ids: FxHashSet<String> =
            self.records.iter().map(|record| record.id.clone()).collect();
        for at in 0..self.clips.len() {
            let clip = self.clips[at];
            let Some(index) = self.record_of[at] else { continue };
            self.records[index].paths = vec![clip.path().to_owned()];
            self.records[index].name = clip.name().map(str::to_owned);
            self.records[index].withdrawn = false;
            self.records[index].into = None;
            if clip.published.is_none() {
                continue;
            }
            let wanted = self.wanted[at].clone();
            let record = &mut self.records[index];
            let is_own = owner.get(&record.key) == Some(&index) && !is_taken(&record.key);
            let is_free =
                !is_taken(&wanted) && owner.get(&wanted).is_none_or(|other| *other == index);
            if is_own && (wanted == record.key || !is_free) {
                continue;
            }
            let key = if is_free { wanted } else { free_key(&wanted, clip.path(), &owner) };
            if !is_own {
                self.diagnostics.push(report::contested(clip.briefing, &record.key, &key));
            }
            owner.insert(key.clone(), index);
            record.formerly.retain(|former| *former != key);
            let former = std::mem::replace(&mut record.key, key);
            if is_own {
                record.formerly.push(former);
            }
        }
        for at in 0..self.clips.len() {
            let clip = self.clips[at];
            let Some(place) = clip.published else { continue };
            let index = if let Some(index) = self.record_of[at] {
                index
            } else {
                let wanted = self.wanted[at].clone();
                let is_free = !is_taken(&wanted) && !owner.contains_key(&wanted);
                let key = if is_free { wanted } else { free_key(&wanted, clip.path(), &owner) };
                owner.insert(key.clone(), self.records.len());
                let id = free_id(clip.path(), &mut ids);
                self.records.push(Record {
                    id,
                    paths: vec![clip.path().to_owned()],
                    name: clip.name().map(str::to_owned),
                    key,
                    anchors: clip.anchors().to_vec(),
                    ..Record::default()
                });
                self.is_here.push(true);
                self.record_of[at] = Some(self.records.len() - 1);
                self.records.len() - 1
            };
            let place = &mut self.places[place as usize];
            place.id.clone_from(&self.records[index].id);
            place.key.clone_from(&self.records[index].key);
            place.wanted = std::mem::take(&mut self.wanted[at]);
        }
    }

    /// Finds the place of every anchor that a published clipping once had.
    fn paragraphs(&mut self) {
        for (clip, index) in self.clips.iter().zip(&self.record_of) {
            let (Some(index), Some(place)) = (*index, clip.published) else { continue };
            let record = &mut self.records[index];
            if record.anchors == clip.anchors() && record.traces.is_empty() {
                continue;
            }
            let traced = trace(&record.anchors, &record.traces, clip.anchors());
            record.anchors = clip.anchors().to_vec();
            record.trace(&traced);
            self.places[place as usize].traced = traced;
        }
    }

    /// Finds what became of clippings that are gone.
    fn gone(&mut self) {
        let gone: Vec<usize> = (0..self.records.len())
            .filter(|index| !self.is_here[*index] && self.records[*index].into.is_none())
            .collect();
        if gone.is_empty() {
            return;
        }
        let sought: HashSet<Anchor> =
            gone.iter().flat_map(|index| self.records[*index].anchors.iter().copied()).collect();
        let mut with: FxHashMap<Anchor, Vec<usize>> = FxHashMap::default();
        for (at, clip) in self.clips.iter().enumerate() {
            for anchor in clip.anchors().iter().filter(|anchor| sought.contains(anchor)) {
                let holders = with.entry(*anchor).or_default();
                if holders.len() <= COMMON {
                    holders.push(at);
                }
            }
        }
        for index in gone {
            let mut n: FxHashMap<usize, usize> = FxHashMap::default();
            for anchor in &self.records[index].anchors {
                for at in with.get(anchor).into_iter().flatten() {
                    *n.entry(*at).or_default() += 1;
                }
            }
            let enough = self.records[index].anchors.len().div_ceil(2);
            let heir = n
                .into_iter()
                .filter(|(_, shared)| *shared >= enough)
                .min_by_key(|(at, shared)| (Reverse(*shared), *at))
                .map(|(at, _)| at);
            match heir.map(|at| (self.record_of[at], self.clips[at])) {
                Some((Some(heir), clip)) => self.bequeath(index, heir, clip),
                // It lives on in a clipping that was never published.
                Some((None, _)) => {}
                None => {
                    let record = &mut self.records[index];
                    if !record.withdrawn {
                        self.diagnostics.push(report::gone(record));
                    }
                    record.withdrawn = true;
                }
            }
        }
    }

    /// Leads the addresses and anchors of a clipping that is gone to another.
    fn bequeath(&mut self, gone: usize, heir: usize, clip: Clip<'_>) {
        let into = self.records[heir].id.clone();
        self.diagnostics.push(report::merged(&self.records[gone], clip.briefing));
        let record = &mut self.records[gone];
        record.into = Some(into);
        record.withdrawn = false;
        let Some(place) = clip.published else { return };
        let (anchors, traces) =
            (std::mem::take(&mut record.anchors), std::mem::take(&mut record.traces));
        let led = trace(&anchors, &traces, clip.anchors());
        (record.anchors, record.traces) = (anchors, traces);
        let place = &mut self.places[place as usize];
        let old: HashSet<Anchor> = place.traced.iter().map(|traced| traced.former).collect();
        place.traced.extend(led.into_iter().filter(|traced| !old.contains(&traced.former)));
        place.traced.sort_by_key(|traced| (traced.block, traced.former));
        self.records[heir].trace(&place.traced);
    }

    /// Every former address, and where it leads.
    fn former(&self) -> Vec<Former> {
        let mut to: FxHashMap<&str, Option<u32>> = FxHashMap::default();
        for (clip, index) in self.clips.iter().zip(&self.record_of) {
            if let Some(index) = index {
                to.insert(&self.records[*index].id, clip.published);
            }
        }
        let by_id: FxHashMap<&str, &Record> =
            self.records.iter().map(|record| (record.id.as_str(), record)).collect();
        let mut former = Vec::new();
        for record in &self.records {
            let mut last = record;
            // What went into another may have gone on with that one. A circle, which
            // only a hand can write, ends where it began.
            for _ in 0..8 {
                match last.into.as_deref().and_then(|into| by_id.get(into)) {
                    Some(next) => last = next,
                    None => break,
                }
            }
            let led = match to.get(last.id.as_str()) {
                Some(Some(entry)) => Some(*entry),
                None if last.withdrawn => None,
                // Withheld: there is nothing to say about it.
                _ => continue,
            };
            let own = record.id == last.id && led.is_some();
            let keys = record.formerly.iter().chain((!own).then_some(&record.key));
            former.extend(keys.map(|key| Former { name: key.clone(), is_short: false, to: led }));
            former.push(Former { name: record.id.clone(), is_short: true, to: led });
        }
        former
    }
}

impl Record {
    /// Keeps what [`trace`] found.
    pub(super) fn trace(&mut self, traced: &[Traced]) {
        self.traces = traced
            .iter()
            .map(|traced| {
                let later = traced.block.and_then(|block| self.anchors.get(block as usize));
                (traced.former, later.copied().unwrap_or(traced.former))
            })
            .collect();
    }
}

/// The key that an article's date and headline ask for: its stated date and the id
/// its owner gave it, or its headline.
pub fn wanted_key(briefing: &Briefing) -> String {
    let article = &briefing.article;
    let title = match &article.id {
        Some(id) => slug(&id.value),
        None => slug(&article.headline.value),
    };
    let stated = (article.published.basis_word() == "stated")
        .then_some(article.published.when.as_ref())
        .flatten();
    match stated.and_then(When::as_day) {
        Some(day) if title.is_empty() => day.to_string(),
        Some(day) => format!("{day}-{title}"),
        None => title,
    }
}

/// Whether a key is no article's: a bare year is the address of that year's list.
fn is_taken(key: &str) -> bool {
    key.is_empty()
        || key == "undated"
        || key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// `wanted` with a short hash of the path behind it; a longer one where that is
/// owned, too: two paths may be made to meet.
fn free_key(wanted: &str, path: &str, owner: &FxHashMap<String, usize>) -> String {
    let with_hash = |digits| {
        format!("{wanted}-{}", short_hash(path, digits)).trim_start_matches('-').to_owned()
    };
    let free = (6..=12).map(with_hash).find(|key| !owner.contains_key(key));
    free.unwrap_or_else(|| {
        // As many as there are owners, and one of them is free.
        let more = |n: usize| format!("{}-{n}", with_hash(12));
        (2..owner.len() + 3).map(more).find(|key| !owner.contains_key(key)).unwrap_or_default()
    })
}

/// A short name that no clipping has or ever had.
fn free_id(path: &str, ids: &mut FxHashSet<String>) -> String {
    let mut id = short_hash(path, ID);
    let mut n = 2;
    while !ids.insert(id.clone()) {
        id = short_hash(&format!("{path} {n}"), ID);
        n += 1;
    }
    id
}

/// Every diagnostic of this stage.
mod report {
    use super::Record;
    use crate::briefing::Briefing;
    use crate::diagnostic::Diagnostic;

    pub(super) fn gone(record: &Record) -> Diagnostic {
        let path = record.paths.first().map_or("", String::as_str);
        Diagnostic::warning(
            "clipping-gone",
            format!(
                "the clipping `{path}` is gone; its address `{}` says that it was withdrawn",
                record.key
            ),
        )
        .help("put the file back under any name if it was not meant; `publish.withdrawn = \"missing\"` says nothing")
    }

    pub(super) fn merged(record: &Record, heir: &Briefing) -> Diagnostic {
        let path = record.paths.first().map_or("", String::as_str);
        Diagnostic::note(
            "clipping-merged",
            format!(
                "the clipping `{path}` is gone; its address `{}` leads here, to most of its text",
                record.key
            ),
        )
        .in_file(&heir.file)
    }

    pub(super) fn contested(briefing: &Briefing, was: &str, now: &str) -> Diagnostic {
        Diagnostic::warning(
            "lock-contested",
            format!("two clippings were given the address `{was}`; this one has `{now}` now"),
        )
        .in_file(&briefing.file)
        .help("this comes from joining two branches; links to it lead to the other clipping")
    }
}
