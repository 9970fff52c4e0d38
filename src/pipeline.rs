//! Input → Build: the only room that sees every stage, and the only one that
//! computes in parallel.
//!
//! [`build`] is a pure function: no clock, no environment, no file. A rebuild is
//! the same call with a fuller [`Memory`]; what was understood before is not
//! understood again. The [`Build`] renders a page when somebody asks for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock, OnceLock};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::actor::Register;
use crate::archive::{self, Archive};
use crate::article::{Article, Published};
use crate::briefing::{self, Briefing};
use crate::clean::Rules;
use crate::clean::recurrence::{Lines, Recurrence, Table};
use crate::clearance::Terms;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::lock::Lock;
use crate::memo::{Key, Memo};
use crate::page::{self, Desk, EventYear, Later, Page, Pages, Strayed};
use crate::reading;
use crate::reading::published::Bound;
use crate::search;
use crate::site::Address;
use crate::source::Clipping;
use crate::theme::Theme;

mod understand;

pub use crate::clearance::Clearance;
pub use understand::read;
use understand::{compose, words_of};

/// Changes whenever a stage may give another result for the same input: a hash of the
/// program's own sources, by the build script.
const STAGES: &str = env!("ANNALS_STAGES");
/// Of the two keys below.
const VERSION: u32 = 1;

/// Clippings that a thread takes at once: few, so that no thread waits for another that has
/// a long stretch of them left.
pub const AT_ONCE: usize = 16;

/// Why a clipping without text is withheld, which its own diagnostic says, too.
pub const EMPTY: &str = "empty";

/// Everything a build is made from. What is large in it is shared.
#[derive(Debug, Clone)]
pub struct Input {
    /// How the archive is published.
    pub config: Config,
    /// Who is followed.
    pub register: Arc<Register>,
    /// Every setting that a reading depends on, as text: part of the memo's key.
    pub fingerprint: String,
    /// What pages look like.
    pub theme: Arc<Theme>,
    /// The clippings, in any order.
    pub clippings: Vec<Arc<Hashed>>,
    /// Every address ever published.
    pub lock: Lock,
    /// What may leave.
    pub clearance: Clearance,
}

/// A clipping with the hash of all that is known of it and with its lines, so that a
/// preview need not hash an archive again for each edit.
#[derive(Debug)]
pub struct Hashed {
    clipping: Clipping,
    hash: Key,
    lines: Lines,
}

impl From<Clipping> for Hashed {
    fn from(clipping: Clipping) -> Self {
        let sidecar = clipping.sidecar.as_deref();
        let parts: [&[u8]; 5] = [
            clipping.path.as_bytes(),
            clipping.file.as_bytes(),
            &clipping.bytes,
            &[u8::from(sidecar.is_some())],
            sidecar.unwrap_or_default(),
        ];
        let hash = Key::of("clipping", VERSION, &parts);
        let lines = Lines::of(&clipping);
        Self { clipping, hash, lines }
    }
}

impl Hashed {
    /// The clipping.
    pub fn clipping(&self) -> &Clipping {
        &self.clipping
    }
}

/// What was computed before, by the hash of everything it was made from: clippings
/// understood, and the last archive joined.
#[derive(Debug, Default)]
pub struct Memory {
    clippings: Memo<Key, Understood>,
    builds: Memo<Key, Build>,
    previews: Arc<Memo<Key, Vec<u8>>>,
}

impl Memory {
    /// The clippings that were understood, to keep them for the next run.
    pub fn clippings(&self) -> &Memo<Key, Understood> {
        &self.clippings
    }

    /// The pictures of articles, each drawn once, to keep them for the next run.
    pub fn previews(&self) -> &Memo<Key, Vec<u8>> {
        &self.previews
    }
}

/// A clipping, understood, with what keeps it from being published.
#[derive(Debug, Serialize, Deserialize)]
pub struct Understood {
    briefing: Arc<Briefing>,
    is_empty: bool,
    terms: Terms,
}

/// A site, ready to be asked for its pages.
#[derive(Debug)]
pub struct Build {
    /// Of the settings that its clippings were understood with.
    stamp: Key,
    /// Of everything that it was made from.
    key: Key,
    /// Clippings that others date.
    dated: Vec<Dated>,
    archive: Arc<Archive>,
    config: Config,
    register: Arc<Register>,
    theme: Arc<Theme>,
    event_years: Arc<[EventYear]>,
    paths: page::Paths,
    moved: Vec<Address>,
    search: Later<search::Index>,
    strayed: Later<Strayed>,
    previews: Arc<Memo<Key, Vec<u8>>>,
    /// Every page but the files of the search index.
    pages: Pages,
    search_files: OnceLock<BTreeMap<Address, Page>>,
    /// Everything the author should know, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// How many clippings are not published.
    pub n_withheld: usize,
    withheld: Vec<(String, String)>,
}

/// Understands every clipping, joins them, and plans the site. `understood_one` is
/// told of every clipping that is done, from any thread: a progress bar.
///
/// Of an input that `memory` has seen last, the very same build comes back: whoever
/// has written it need not write it again.
pub fn build(input: Input, memory: &Memory, understood_one: &(dyn Fn() + Sync)) -> Arc<Build> {
    let keys = Keys::of(&input);
    build_known(input, keys, memory, Asked::One, understood_one)
}

/// Which pages a build will be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// One or another, which is not to wait for what others need.
    One,
    /// All of them: what few need is made as soon as a core is free for it.
    All,
}

/// [`build`] of an input whose keys are known.
pub fn build_known(
    input: Input,
    keys: Keys,
    memory: &Memory,
    asked: Asked,
    understood_one: &(dyn Fn() + Sync),
) -> Arc<Build> {
    let stamp = stamp(&input);
    let Keys { understood: keys, build: key, recurrences } = keys;
    let mut input = input;
    let clippings = std::mem::take(&mut input.clippings);
    let Input { config, register, lock, .. } = &input;
    // bad patterns were said when the settings were read
    let (rules, _) = Rules::new("annals.toml", "", &config.outlet);
    let key = with_lock(key, lock.print);
    // Of a small archive every thread has some.
    let n_shares = 4 * rayon::current_num_threads();
    let together = clippings.len().div_ceil(n_shares).clamp(1, understand::TOGETHER);
    let mut understood: Vec<(Key, Arc<Understood>)> = clippings
        .into_par_iter()
        .zip(keys.into_par_iter().zip(recurrences))
        .chunks(together)
        .with_max_len(1)
        .flat_map_iter(|some| {
            let keys: Vec<Key> = some.iter().map(|(_, (key, _))| *key).collect();
            let asked =
                some.into_iter().map(|(hashed, (key, recurrence))| (key, (hashed, recurrence)));
            let understood = memory.clippings.get_or_make_each(asked, |missing| {
                understand::understand(missing, register, &rules, config)
            });
            for _ in &keys {
                understood_one();
            }
            keys.into_iter().zip(understood)
        })
        .collect();
    memory.clippings.forget_unused();
    understood.sort_unstable_by_key(|(key, _)| *key);
    let understood = understood.into_iter().map(|(_, understood)| understood).collect();
    let before = memory.builds.values().into_iter().map(|(_, build)| build);
    let before = before.last().filter(|before| before.stamp == stamp);
    let before = before.as_deref();
    let make = || {
        let mut build = join(understood, input, stamp, key, before, asked);
        build.previews = Arc::clone(&memory.previews);
        build
    };
    let build = memory.builds.get_or_make(key, make);
    memory.builds.forget_unused();
    build
}

/// The hash of everything a build is made from, but for the lock: two inputs with one
/// key and one lock give the same site.
pub fn key(input: &Input) -> Key {
    Keys::of(input).build
}

/// The same with the lock, by its print: two inputs with one such key are the same.
pub fn with_lock(key: Key, print: u64) -> Key {
    Key::of("locked", VERSION, &[key.as_bytes(), &print.to_le_bytes()])
}

/// The hash of what every clipping's understanding depends on, beside the clipping:
/// the settings, and the program itself.
pub fn stamp(input: &Input) -> Key {
    Key::of("stamp", VERSION, &[STAGES.as_bytes(), input.fingerprint.as_bytes()])
}

/// What an input is known by.
#[derive(Debug)]
pub struct Keys {
    /// Of every clipping, understood, in the order of the clippings.
    understood: Vec<Key>,
    /// Of the build, without the lock: what [`key`] gives.
    pub build: Key,
    /// What each clipping is told of the others, which is part of its key.
    recurrences: Vec<Recurrence>,
}

impl Keys {
    /// The keys of `input`. To ask which lines of each clipping stand in others takes a
    /// look at them all: whoever needs a key before the build hands these over to it.
    pub fn of(input: &Input) -> Self {
        let Input { config, theme, clippings, clearance, .. } = input;
        let shared = stamp(input);
        let recurrences = recurrences(clippings);
        let keys: Vec<Key> = clippings
            .par_iter()
            .zip(&recurrences)
            .map(|(hashed, recurrence)| {
                let told = recurrence.to_bytes();
                Key::of("understand", VERSION, &[hashed.hash.as_bytes(), shared.as_bytes(), &told])
            })
            .collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        let settings = format!("{config:?}{clearance:?}");
        let parts: Vec<&[u8]> = [settings.as_bytes(), theme.fingerprint(), shared.as_bytes()]
            .into_iter()
            .chain(sorted.iter().map(Key::as_bytes))
            .collect();
        let build = Key::of("build", VERSION, &parts);
        Self { understood: keys, build, recurrences }
    }
}

/// Which lines of each clipping stand in other stories too.
fn recurrences(clippings: &[Arc<Hashed>]) -> Vec<Recurrence> {
    let lines: Vec<&Lines> = clippings.iter().map(|hashed| &hashed.lines).collect();
    let table = Table::of(&lines);
    lines.par_iter().with_max_len(AT_ONCE).map(|lines| table.recurrence(lines)).collect()
}

/// Joins what was understood and plans the site. `before` is the last build with the
/// same settings, those of `stamp`.
fn join(
    understood: Vec<Arc<Understood>>,
    input: Input,
    stamp: Key,
    key: Key,
    before: Option<&Build>,
    asked: Asked,
) -> Build {
    let Input { config, register, theme, lock, clearance, .. } = input;
    let mut diagnostics: Vec<Diagnostic> = understood
        .iter()
        .flat_map(|understood| understood.briefing.diagnostics.iter().cloned())
        .collect();
    let (published, withheld): (Vec<_>, Vec<_>) =
        understood.into_iter().partition(|understood| understood.may_leave(clearance));
    let mut reasons: Vec<(String, String)> =
        withheld.iter().map(|one| (one.briefing.file.clone(), one.reason(clearance))).collect();
    reasons.sort_unstable();
    let briefings = |understood: Vec<Arc<Understood>>| -> Vec<Arc<Briefing>> {
        understood.into_iter().map(|understood| Arc::clone(&understood.briefing)).collect()
    };
    let drafts: HashSet<String> = published
        .iter()
        .filter(|understood| !understood.may_leave(Clearance { drafts: false, ..clearance }))
        .map(|understood| understood.briefing.file.clone())
        .collect();
    let (mut published, withheld) = (briefings(published), briefings(withheld));
    let n_withheld = withheld.len();
    let dated = before.map_or(&[][..], |before| &before.dated);
    let dated = date_by_others(&mut published, &register, dated);

    let before = before.map(Build::archive);
    let index =
        |archive: &Archive| (asked == Asked::All).then(|| search::index(archive, &config.language));
    let (mut archive, index) = archive::join(published, &withheld, lock, &register, before, index);
    let lock = std::mem::take(&mut archive.lock);
    for entry in &mut archive.entries {
        entry.is_draft = drafts.contains(&entry.briefing.file);
    }
    diagnostics.extend(archive.diagnostics.iter().cloned());
    diagnostics.sort_by(|a, b| {
        (&a.place, a.severity, &a.message).cmp(&(&b.place, b.severity, &b.message))
    });
    let archive = Arc::new(archive);
    let (event_years, paths) = rayon::join(
        || page::event_years(&archive).into(),
        || page::Paths::of(&archive, &config, &theme),
    );
    let search: Later<search::Index> = {
        let (archive, language) = (Arc::clone(&archive), config.language.clone());
        Later::new(Box::new(move || index.unwrap_or_else(|| search::index(&archive, &language))))
    };
    let nothing_strayed = Later::new(Box::new(Strayed::default));
    let mut build = Build {
        stamp,
        key,
        dated,
        paths,
        archive,
        config,
        register,
        theme,
        event_years,
        moved: Vec::new(),
        search,
        strayed: nothing_strayed,
        previews: Arc::default(),
        pages: Pages::default(),
        search_files: OnceLock::new(),
        diagnostics,
        n_withheld,
        withheld: reasons,
    };
    let mut pages = page::plan(&build.desk());
    let (lock, moved) = page::follow(&build.desk(), &mut pages, lock, &withheld);
    let (archive, years) = (Arc::clone(&build.archive), Arc::clone(&build.event_years));
    build.strayed = Later::new(Box::new(move || Strayed::of(&archive, &years, lock)));
    (build.pages, build.moved) = (pages.into(), moved);
    build
}

/// A clipping that another one dates.
#[derive(Debug, Clone)]
struct Dated {
    undated: Arc<Briefing>,
    /// What the other says.
    bounds: Vec<Bound>,
    /// The same, read again with that; `None` where it says too little.
    again: Option<Arc<Briefing>>,
}

/// Reads undated clippings again whose day another clipping gives, unless that was done
/// `before`.
fn date_by_others(
    briefings: &mut [Arc<Briefing>],
    register: &Register,
    before: &[Dated],
) -> Vec<Dated> {
    let known: HashMap<*const Briefing, &Dated> =
        before.iter().map(|dated| (Arc::as_ptr(&dated.undated), dated)).collect();
    let mut found: Vec<(usize, Dated, bool)> = archive::by_others(briefings)
        .into_iter()
        .map(|(index, bounds)| {
            let undated = &briefings[index];
            let known = known.get(&Arc::as_ptr(undated)).filter(|known| known.bounds == bounds);
            let again = known.and_then(|known| known.again.clone());
            (index, Dated { undated: Arc::clone(undated), bounds, again }, known.is_some())
        })
        .collect();
    found.par_iter_mut().filter(|(.., is_known)| !is_known).for_each(|(_, dated, _)| {
        dated.again = date_by_other(&dated.undated, dated.bounds.clone(), register).map(Arc::new);
    });
    for (index, dated, _) in &found {
        if let Some(again) = &dated.again {
            briefings[*index] = Arc::clone(again);
        }
    }
    found.into_iter().map(|(_, dated, _)| dated).collect()
}

/// Reads a clipping again with what another says of its day.
fn date_by_other(old: &Briefing, mut bounds: Vec<Bound>, register: &Register) -> Option<Briefing> {
    let (prose, reading) = (&old.prose, &old.reading);
    bounds.extend(reading::published::terms_of_office(prose, reading, register));
    let inferred = reading::published::infer(prose, &reading.dates, &reading.events, &bounds);
    let mut article = Article { body: old.markdown().into_owned(), ..old.article.clone() };
    article.published =
        Published { when: Some(inferred.when?), clues: inferred.clues, ..Published::unknown() };
    let reading = reading::read(prose, &article.published, register);
    let mut read = (article, prose.clone(), old.body_block, reading);
    let words = words_of(&mut read);
    let mut briefing = compose(old.file.clone(), read, words, old.originals.clone());
    briefing.is_beginning = old.is_beginning;
    briefing.diagnostics.extend(briefing::doubts(&briefing, None));
    Some(briefing)
}

impl Understood {
    fn may_leave(&self, clearance: Clearance) -> bool {
        !self.is_empty && self.terms.allow(clearance)
    }

    /// Why it does not leave.
    fn reason(&self, clearance: Clearance) -> String {
        let terms = &self.terms;
        if self.is_empty {
            EMPTY.to_owned()
        } else if terms.tlp > clearance.max_tlp {
            format!("tlp {}", terms.tlp.name())
        } else if terms.withheld {
            "draft".to_owned()
        } else {
            terms.embargo.map_or_else(String::new, |day| format!("not before {day}"))
        }
    }
}

impl Build {
    fn desk(&self) -> Desk<'_> {
        Desk {
            archive: &self.archive,
            register: &self.register,
            config: &self.config,
            theme: &self.theme,
            event_years: &self.event_years,
            paths: &self.paths,
            moved: &self.moved,
            strayed: &self.strayed,
            search: &self.search,
        }
    }

    /// The wanted events of the timeline for other programs.
    pub fn export_timeline(&self, form: page::Form, selection: &page::Selection) -> String {
        page::export_timeline(&self.desk(), form, selection)
    }

    /// The hash of everything it was made from, the lock included ([`with_lock`]).
    pub fn key(&self) -> Key {
        self.key
    }

    /// The home page and the files of the theme: what a browser asks for first.
    pub fn first(&self) -> impl Iterator<Item = &Address> {
        let is_first = |page: &Page| matches!(page, Page::Home | Page::Asset(_));
        self.pages.iter().filter(move |(_, page)| is_first(page)).map(|(address, _)| address)
    }

    /// Everything the clippings say, joined.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Who is followed.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Every address ever published, those of this build included: what the next
    /// build is to start from.
    pub fn lock(&self) -> &Lock {
        &self.strayed.lock
    }

    /// Clippings that are not published: each file, and why in a word or two. In the
    /// order of the files.
    pub fn withheld(&self) -> &[(String, String)] {
        &self.withheld
    }

    /// Former addresses, which send on.
    pub fn moved(&self) -> impl Iterator<Item = &Address> {
        let is_moved = |page: &Page| matches!(page, Page::MovedToArticle(_) | Page::MovedTo(_));
        self.pages.iter().filter(move |(_, page)| is_moved(page)).map(|(address, _)| address)
    }

    /// Every address of the site, in order.
    pub fn addresses(&self) -> impl ExactSizeIterator<Item = &Address> {
        // What every page together needs, at once.
        rayon::join(|| LazyLock::force(&self.strayed), || self.search_files());
        let of_pages = self.pages.iter().map(|(address, _)| address);
        let mut addresses: Vec<&Address> = of_pages.chain(self.search_files().keys()).collect();
        // Two lists that are in order: this sort, unlike the unstable one, sees that and merges.
        addresses.sort();
        addresses.into_iter()
    }

    /// Whether something stands at `address`.
    pub fn contains(&self, address: &Address) -> bool {
        self.page(address).is_some()
    }

    fn page(&self, address: &Address) -> Option<Page> {
        let of_search = || {
            let may_be = page::is_search_file(address);
            may_be.then(|| self.search_files().get(address).copied()).flatten()
        };
        self.pages.get(address).or_else(of_search)
    }

    fn search_files(&self) -> &BTreeMap<Address, Page> {
        self.search_files.get_or_init(|| page::search_files(&self.desk()))
    }

    /// The path the site stands under, without the slash at its end.
    pub fn base_path(&self) -> &str {
        self.config.base_path()
    }

    /// The bytes at `address`; `None` where the site has no such address.
    ///
    /// # Errors
    ///
    /// What is wrong with a template, with its name, its line and the names there
    /// are.
    pub fn render(&self, address: &Address) -> Option<Result<Cow<'_, [u8]>, Diagnostic>> {
        let page = self.page(address)?;
        if let Page::ArticlePreview(index) = page {
            let key = |parts: &[&[u8]]| Key::of("preview", VERSION, parts);
            let bytes = page::article_preview(self.desk(), index, |parts, draw| {
                self.previews.get_or_make(key(parts), || draw().unwrap_or_default())
            });
            return Some(Ok(Cow::Owned(bytes.to_vec())));
        }
        Some(page::render(self.desk(), &self.pages, address, page))
    }
}
