//! The floors of the house: who may know whom.
//!
//! The sources are read as text. That finds every path that begins with `crate::`
//! or with the name of an outside crate, which is how this code base writes all of
//! them; comments and unit tests may look wherever they like.
#![expect(clippy::disallowed_methods, reason = "it reads the program's sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, floor by floor, from the ground up. A room knows those on the floors
/// below its own; rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    // plain values
    &["diagnostic", "fit", "memo", "poster", "text"],
    &["when"],
    &["config", "site", "vocabulary"],
    // one clipping
    &["actor", "article", "source"],
    &["reading"],
    &["words"],
    &["markup"],
    &["clean"],
    &["briefing"],
    &["citation", "clearance", "record"],
    // the whole
    &["lock"],
    &["archive"],
    &["search"],
    // pages
    &["theme"],
    &["page"],
    // the build
    &["pipeline"],
    // effects
    &["serve", "publish", "external"],
    // terminal
    &["cli"],
    &["main"],
];

/// Every dependency and the rooms that may name it, so that its types stay there.
/// Crates that give a vocabulary rather than a service may be named anywhere (`*`).
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("ab_glyph", &["poster"]),
    ("aho-corasick", &["actor", "clean"]),
    ("annotate-snippets", &["cli"]),
    ("anstream", &["cli"]),
    ("atom_syndication", &["page"]),
    ("blake3", &["memo", "theme"]),
    ("chardetng", &["source"]),
    ("chrono", &["when"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["page"]),
    ("deunicode", &["text"]),
    ("dom_query", &["clean"]),
    ("dom_smoothie", &["clean"]),
    ("encoding_rs", &["source"]),
    ("hashbrown", &["page"]),
    ("hyper", &["serve"]),
    ("hyper-util", &["serve"]),
    ("indicatif", &["cli"]),
    ("itoa", &["page", "record"]),
    ("memchr", &["*"]),
    ("mimalloc", &["main"]),
    ("notify", &["serve"]),
    ("open", &["cli"]),
    ("percent-encoding", &["page", "serve"]),
    ("png", &["poster"]),
    ("postcard", &["memo"]),
    ("pulldown-cmark", &["markup"]),
    (
        "rayon",
        &[
            "archive", "clean", "lock", "memo", "page", "pipeline", "search", "site", "source",
            "cli",
        ],
    ),
    ("regex", &["clean"]),
    ("rust-stemmers", &["search"]),
    (
        "rustc-hash",
        &[
            "actor",
            "archive",
            "briefing",
            "clean",
            "lock",
            "markup",
            "page",
            "search",
            "vocabulary",
            "reading",
            "words",
        ],
    ),
    ("rustix", &["site"]),
    ("serde", &["*"]),
    ("serde-saphyr", &["source"]),
    ("serde_json", &["citation", "site", "record", "cli", "clean"]),
    ("strsim", &["config", "actor"]),
    ("syntect", &["markup"]),
    ("tempfile", &["publish"]),
    ("tera", &["theme"]),
    ("tokio", &["serve"]),
    ("toml", &["config", "source", "actor", "lock", "theme"]),
    ("unicode-normalization", &["text", "source", "actor", "reading", "words"]),
    ("ureq", &["external"]),
    ("walkdir", &["source"]),
    ("whatlang", &["clean"]),
    ("xxhash-rust", &["site"]),
];

/// The parts of the standard library that reach outside the program.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("env", &[]),
    ("fs", &["memo", "source", "site"]),
    ("net", &["serve", "cli", "external"]),
    ("process", &["cli", "main", "publish"]),
    ("time", &["cli", "serve", "external"]),
];

#[test]
fn a_module_imports_only_from_floors_below_its_own() {
    let mut upward = Vec::new();
    for source in sources() {
        let floor = floor(&source.room);
        for other in names_after(&source.code, "crate") {
            let beside = floors().get(other.as_str()).is_some_and(|below| *below >= floor);
            if beside && other != source.room {
                upward.push(format!("{} uses {other}", source.path));
            }
        }
    }
    assert_eq!(upward, [""; 0], "imports that run upwards, or across a floor");
}

#[test]
fn each_outside_crate_has_its_rooms() {
    let manifest: toml::Table =
        fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let wanted: BTreeSet<&str> =
        manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    let listed: BTreeSet<&str> = DEPENDENCIES.iter().map(|(name, _)| *name).collect();
    assert_eq!(wanted, listed, "Cargo.toml and the table of rooms");
    assert_rooms(|source, name| source.names(&name.replace('-', "_")), DEPENDENCIES);
}

#[test]
fn only_the_outer_rooms_reach_outside_the_program() {
    assert_rooms(|source, name| names_after(&source.code, "std").contains(name), OUTSIDE);
}

#[test]
fn every_room_stands_on_a_floor() {
    let built: BTreeSet<String> = sources().into_iter().map(|source| source.room).collect();
    let planned: BTreeSet<String> = floors().into_keys().map(str::to_owned).collect();
    assert_eq!(built, planned);
}

/// Checks that only the rooms of `table` name a thing, and that each of them does.
fn assert_rooms(names: impl Fn(&Source, &str) -> bool, table: &[(&str, &[&str])]) {
    let sources = sources();
    let mut complaints = Vec::new();
    for (name, rooms) in table.iter().filter(|(_, rooms)| *rooms != ["*"]) {
        let knowing: Vec<&Source> = sources.iter().filter(|source| names(source, name)).collect();
        for source in &knowing {
            if !rooms.contains(&source.room.as_str()) {
                complaints.push(format!("{} uses {name}, which is for {rooms:?}", source.path));
            }
        }
        for room in rooms.iter().filter(|room| knowing.iter().all(|source| source.room != **room)) {
            complaints.push(format!("`{room}` may use {name} and does not"));
        }
    }
    assert_eq!(complaints, [""; 0]);
}

/// A file below `src/`.
struct Source {
    /// Below the root of the repository, with `/`.
    path: String,
    /// The module right below the crate's root that it belongs to.
    room: String,
    /// Its text without comments and unit tests.
    code: String,
}

impl Source {
    /// Whether the code names the crate `name`: `name::…`, or `use name as …`.
    fn names(&self, name: &str) -> bool {
        !names_after(&self.code, name).is_empty() || self.code.contains(&format!("use {name} as "))
    }
}

/// Every file but `lib.rs`, which belongs to no room, in order; modules that only tests
/// have may look wherever they like.
fn sources() -> Vec<Source> {
    let src = root().join("src");
    let texts: Vec<(PathBuf, String)> = walkdir::WalkDir::new(&src)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            (path.strip_prefix(&src).unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    let passed_over: BTreeSet<PathBuf> = texts
        .iter()
        .flat_map(|(path, text)| test_modules(path, text))
        .chain([PathBuf::from("lib.rs")])
        .collect();
    let sources: Vec<Source> = texts
        .iter()
        .filter(|(path, _)| !passed_over.contains(path))
        .map(|(path, text)| Source {
            path: format!("src/{}", path.display()),
            room: Path::new(path.iter().next().unwrap())
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned(),
            code: code(text),
        })
        .collect();
    assert!(!sources.is_empty(), "there are sources below {}", src.display());
    sources
}

/// The files of the modules that the file at `path` declares for tests only.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let stem = path.file_stem().unwrap();
    let folder =
        if stem == "mod" { path.parent().unwrap().to_owned() } else { path.with_extension("") };
    text.split("#[cfg(test)]\nmod ")
        .skip(1)
        .filter_map(|declared| {
            let name = leading_name(declared);
            declared[name.len()..].starts_with(';').then(|| folder.join(name + ".rs"))
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `text` without line comments and without the tests at its foot.
fn code(text: &str) -> String {
    let above = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut code = String::with_capacity(above.len());
    for line in above.lines().filter(|line| !line.trim_start().starts_with("//")) {
        code.push_str(line);
        code.push('\n');
    }
    code
}

/// The floor of every room, counted from the ground.
fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor)))
        .collect()
}

fn floor(room: &str) -> usize {
    *floors().get(room).unwrap_or_else(|| panic!("`{room}` stands on no floor; give it one"))
}

/// The names that follow `root::` in `code`, those of `root::{a, b::c}` included.
fn names_after(code: &str, root: &str) -> BTreeSet<String> {
    let start = format!("{root}::");
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(&start) {
        if code[..at].ends_with(|before: char| is_name(before) || before == ':') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            None => {
                names.insert(leading_name(rest));
            }
            Some(group) => names.extend(heads(group)),
        }
    }
    names
}

/// The first name of each part of a group `a, b::{c, d}, e}`, up to its closing
/// brace.
fn heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut part = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                heads.push(leading_name(group[part..at].trim_start()));
                part = at + 1;
            }
            '}' if depth == 0 => {
                heads.push(leading_name(group[part..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|c| is_name(*c)).collect()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[test]
fn paths_are_found_in_code_and_only_there() {
    let text = "//! See [`crate::cli`].\n\
                use crate::{text, when::{self, Day}};\n\
                fn f() -> crate::article::Article { mycrate::page() }\n\
                #[cfg(test)]\nmod tests { use crate::page; }\n";
    let names: Vec<String> = names_after(&code(text), "crate").into_iter().collect();
    assert_eq!(names, ["article", "text", "when"]);
}
