//! What one run leaves for the next: a second build gives what a first one would.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use annals::pipeline::Memory;
use assert_cmd::Command;
use proptest::prelude::*;

use crate::support::{Shelf, pages, tree};

fn annals(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::cargo_bin("annals")
        .unwrap()
        .current_dir(folder)
        .args(arguments)
        .assert()
        .success();
    String::from_utf8(run.get_output().stderr.clone()).unwrap()
}

fn story(n: usize, version: usize) -> String {
    format!(
        "Talks number {n} resume in Port Alder\n\nBy Jonas Vey\n\n{} March 2022\n\nPORT ALDER (Reuters) - Mara Lindqvist met Ines Okafor of the Harbour Authority. “We are nearly there,” Lindqvist said of version {version}.\n\nThe next meeting, number {n}, is to take place on {} April 2022.\n",
        n % 27 + 1,
        (n + version) % 27 + 1,
    )
}

fn archive(n: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    fs::write(root.path().join("annals.toml"), "title = \"Desk\"\n").unwrap();
    for n in 0..n {
        fs::write(root.path().join(format!("content/{n}.txt")), story(n, 0)).unwrap();
    }
    root
}

/// What the closing line says of files: added, changed, removed.
fn written(said: &str) -> &str {
    let line = said.lines().last().unwrap();
    &line[line.find('(').unwrap()..=line.find(')').unwrap()]
}

#[test]
fn a_second_build_reads_only_what_changed() {
    let root = archive(12);
    annals(root.path(), &["build"]);
    let again = annals(root.path(), &["build", "--verbose"]);
    assert!(again.contains("nothing has changed since the last build"), "{again}");
    assert_eq!(written(&again), "(0 added, 0 changed, 0 removed)");

    fs::write(root.path().join("content/3.txt"), story(3, 1)).unwrap();
    let edited = annals(root.path(), &["build", "--verbose"]);
    assert!(edited.contains("12 clippings read, 12 known from earlier"), "{edited}");
    assert!(edited.contains("(0 added, ") && !edited.contains("nothing has changed"), "{edited}");
    let kept = tree(&root.path().join("public"));
    annals(root.path(), &["build", "--no-cache", "--output", "clean"]);
    assert_eq!(kept, tree(&root.path().join("clean")));
}

#[test]
fn pictures_are_kept_from_one_run_to_the_next() {
    let root = archive(3);
    let config =
        "title = \"Desk\"\nbase_url = \"https://a.example/\"\n[publish]\npreview = \"pages\"\n";
    fs::write(root.path().join("annals.toml"), config).unwrap();
    annals(root.path(), &["build"]);
    let kept = || tree(&root.path().join(".annals/previews/drawers"));
    let first = kept();
    assert_eq!(first.len(), 3, "a drawer for each picture");

    // Another text under the same headline: the same pictures, not kept twice.
    fs::write(root.path().join("content/1.txt"), story(1, 5)).unwrap();
    annals(root.path(), &["build"]);
    assert_eq!(kept(), first);

    // Damaged pictures are drawn again.
    let site = tree(&root.path().join("public"));
    for name in first.keys() {
        fs::write(root.path().join(".annals/previews/drawers").join(name), "damaged").unwrap();
    }
    fs::remove_file(root.path().join("public/index.html")).unwrap();
    annals(root.path(), &["build"]);
    assert_eq!(tree(&root.path().join("public")), site);

    fs::remove_file(root.path().join("content/2.txt")).unwrap();
    annals(root.path(), &["build"]);
    assert_eq!(kept().len(), 2, "that of a clipping that is gone is forgotten");
}

#[test]
fn a_site_that_was_tampered_with_is_mended_though_nothing_changed() {
    let root = archive(3);
    annals(root.path(), &["build"]);
    let whole = tree(&root.path().join("public"));
    fs::remove_file(root.path().join("public/404.html")).unwrap();
    fs::write(root.path().join("public/index.html"), "").unwrap();
    annals(root.path(), &["build"]);
    assert_eq!(tree(&root.path().join("public")), whole);
}

#[test]
fn warnings_are_said_again_though_nothing_changed() {
    let root = archive(2);
    fs::write(root.path().join("content/empty.txt"), "").unwrap();
    let said = |said: &str| said.lines().filter(|line| line.contains("warning")).count();
    let first = annals(root.path(), &["build"]);
    assert!(said(&first) > 0, "{first}");
    let again = annals(root.path(), &["build"]);
    assert_eq!(said(&again), said(&first), "{again}");
}

/// Something that happens to a file of the cache.
type Harm = fn(&Path);

#[test]
fn a_damaged_or_missing_cache_costs_only_time() {
    let root = archive(12);
    annals(root.path(), &["build"]);
    let whole = tree(&root.path().join("public"));
    let cache = root.path().join(".annals");
    let harms: [Harm; 4] = [
        |file| fs::write(file, b"").unwrap(),
        |file| {
            let mut bytes = fs::read(file).unwrap();
            let at = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1;
            }
            fs::write(file, bytes).unwrap();
        },
        |file| fs::write(file, [7; 300]).unwrap(),
        |file| fs::remove_file(file).unwrap(),
    ];
    for harm in harms {
        for path in tree(&cache).keys() {
            harm(&cache.join(path));
        }
        annals(root.path(), &["build"]);
        assert!(tree(&root.path().join("public")) == whole);
    }
    // A file where the folder should be: nothing can be kept, and nothing is lost.
    fs::remove_dir_all(&cache).unwrap();
    fs::write(&cache, "in the way").unwrap();
    annals(root.path(), &["build"]);
    assert!(tree(&root.path().join("public")) == whole);
    assert_eq!(fs::read(&cache).unwrap(), b"in the way");
}

#[test]
fn no_cache_keeps_nothing() {
    let root = archive(3);
    annals(root.path(), &["build", "--no-cache"]);
    assert!(!root.path().join(".annals").exists());
}

#[test]
fn the_cache_follows_the_archive_and_not_its_history() {
    let root = archive(20);
    annals(root.path(), &["build"]);
    let size = |root: &Path| tree(&root.join(".annals")).values().map(Vec::len).sum::<usize>();
    let first = size(root.path());
    for version in 1..6 {
        for n in 0..20 {
            fs::write(root.path().join(format!("content/{n}.txt")), story(n, version)).unwrap();
        }
        annals(root.path(), &["build"]);
    }
    let last = size(root.path());
    assert!(last < first + first / 10, "{first} bytes, then {last}");
}

/// Something that an owner does to an archive between two builds.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    Sidecar(usize, &'static str),
    Register(&'static str),
    Template(&'static str),
    Title(usize),
    Static(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        4 => (0..9usize, 0..50usize).prop_map(|(n, version)| Edit::Write(n, version)),
        2 => (0..9usize).prop_map(Edit::Remove),
        2 => (0..9usize, 0..9usize).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => (
            0..9usize,
            prop::sample::select(vec!["title = \"Told again\"", "draft = true", "tags = [\"quay\"]"])
        )
            .prop_map(|(n, text)| Edit::Sidecar(n, text)),
        1 => prop::sample::select(vec![
            "",
            "[[actor]]\nid = \"mara\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n"
        ])
        .prop_map(Edit::Register),
        1 => prop::sample::select(vec!["<p>gone</p>", "<p>{{ frame.site_title }}</p>"])
            .prop_map(Edit::Template),
        1 => (0..3usize).prop_map(Edit::Title),
        1 => (0..3usize).prop_map(Edit::Static),
    ];
    prop::collection::vec(edit, 1..5)
}

fn apply(root: &Path, edit: &Edit) {
    let clipping = |n: &usize| root.join(format!("content/{n}.txt"));
    match edit {
        Edit::Write(n, version) => fs::write(clipping(n), story(*n, *version)).unwrap(),
        Edit::Remove(n) => fs::remove_file(clipping(n)).unwrap_or_default(),
        Edit::Rename(from, to) => fs::rename(clipping(from), clipping(to)).unwrap_or_default(),
        Edit::Sidecar(n, text) => {
            fs::write(root.join(format!("content/{n}.toml")), text).unwrap();
        }
        Edit::Register(text) => fs::write(root.join("actors.toml"), text).unwrap(),
        Edit::Template(text) => {
            fs::create_dir_all(root.join("templates")).unwrap();
            fs::write(root.join("templates/404.html"), text).unwrap();
        }
        Edit::Title(n) => {
            fs::write(root.join("annals.toml"), format!("title = \"Desk {n}\"\n")).unwrap();
        }
        Edit::Static(n) => {
            fs::create_dir_all(root.join("static")).unwrap();
            fs::write(root.join("static/note.txt"), n.to_string()).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// However an archive came to be what it is, its site is that of a clean build.
    #[test]
    fn a_site_depends_on_the_archive_and_not_on_its_past(history in prop::collection::vec(edits(), 1..4)) {
        let root = archive(6);
        annals(root.path(), &["build"]);
        for edits in history {
            for edit in &edits {
                apply(root.path(), edit);
            }
            annals(root.path(), &["build"]);
        }
        let kept = tree(&root.path().join("public"));
        // The lock is part of an archive: the clean build begins with the same.
        annals(root.path(), &["build", "--no-cache", "--output", "clean"]);
        let clean = tree(&root.path().join("clean"));
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        prop_assert_eq!(names(&kept), names(&clean));
        for (path, bytes) in &kept {
            prop_assert!(bytes == &clean[path], "{} differs", path);
        }
    }
}

/// Something that an owner does to an archive while a preview shows it.
#[derive(Debug, Clone)]
enum Save {
    Write(usize, usize),
    Append(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    Draft(usize),
    Register(bool),
    Title(usize),
}

fn saves() -> impl Strategy<Value = Vec<Save>> {
    let save = prop_oneof![
        4 => (0..12usize, 0..50usize).prop_map(|(n, version)| Save::Write(n, version)),
        6 => (0..12usize, 0..TOLD.len()).prop_map(|(n, told)| Save::Append(n, told)),
        2 => (0..12usize).prop_map(Save::Remove),
        2 => (0..12usize, 0..12usize).prop_map(|(from, to)| Save::Rename(from, to)),
        1 => (0..12usize).prop_map(Save::Draft),
        1 => any::<bool>().prop_map(Save::Register),
        1 => (0..3usize).prop_map(Save::Title),
    ];
    prop::collection::vec(save, 1..14)
}

/// What is added to clippings: new names and known ones, offices, dates, statements.
const TOLD: [&str; 6] = [
    "Mayor Petra Solheim said on 3 April 2022 that the quay would be closed.",
    "The Harbour Authority and Petra Solheim signed on 3 April 2022 what closes the quay.",
    "Jonas Vey accused Mara Lindqvist of delay on 5 March 2022.",
    "“The quay will be closed,” Solheim told Ines Okafor.",
    "NATO and Norway were not asked.",
    "Nobody came.",
];

/// An archive in memory as `saves` leave it, one more at a time.
fn shelves(saves: &[Save]) -> Vec<Shelf> {
    let mut clippings: BTreeMap<usize, (String, Option<&str>)> =
        (0..9).map(|n| (n, (story(n, 0), None))).collect();
    let (mut register, mut title) = (false, 0);
    let shelf = |clippings: &BTreeMap<usize, (String, Option<&str>)>, register, title| {
        let mut shelf = Shelf::default().config(&format!("title = \"Desk {title}\"\n"));
        if register {
            shelf = shelf.register(
                "[[actor]]\nid = \"mara\"\nname = \"Mara Lindqvist\"\nkind = \"person\"\n",
            );
        }
        for (n, (text, sidecar)) in clippings {
            let path = format!("{n}.txt");
            shelf = match sidecar {
                Some(sidecar) => shelf.clipping_with(&path, text.as_str(), sidecar),
                None => shelf.clipping(&path, text.as_str()),
            };
        }
        shelf
    };
    let mut shelves = vec![shelf(&clippings, register, title)];
    for save in saves {
        match save {
            Save::Write(n, version) => {
                clippings.insert(*n, (story(*n, *version), None));
            }
            Save::Append(n, told) => {
                if let Some((text, _)) = clippings.get_mut(n) {
                    text.extend(["\n", TOLD[*told], "\n"]);
                }
            }
            Save::Remove(n) => {
                clippings.remove(n);
            }
            Save::Rename(from, to) => {
                if let Some(moved) = clippings.remove(from) {
                    clippings.insert(*to, moved);
                }
            }
            Save::Draft(n) => {
                if let Some((_, sidecar)) = clippings.get_mut(n) {
                    *sidecar = Some("draft = true\n");
                }
            }
            Save::Register(known) => register = *known,
            Save::Title(n) => title = *n,
        }
        shelves.push(shelf(&clippings, register, title));
    }
    shelves
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A preview builds again and again in one process, and takes from the archive before
    /// what did not change: each site is the one that a process of its own would make.
    #[test]
    fn an_archive_joined_again_is_the_archive_joined(saves in saves()) {
        let memory = Memory::default();
        for shelf in shelves(&saves) {
            let (again, anew) = (shelf.build_with(&memory), shelf.build());
            prop_assert_eq!(&again.diagnostics, &anew.diagnostics);
            let (again, anew) = (pages(&again), pages(&anew));
            prop_assert_eq!(again.len(), anew.len());
            for ((address, again), (expected, anew)) in again.iter().zip(&anew) {
                prop_assert_eq!(address, expected);
                prop_assert!(again == anew, "{} differs", address);
            }
        }
    }
}
