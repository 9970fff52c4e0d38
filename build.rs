//! Puts the built-in theme into the binary, so that it works alone in any folder.
//!
//! In comes `templates/`, out goes `theme.rs` in Cargo's output folder: a table
//! of all templates and one of all assets. Every template is parsed with all others, as the theme
//! will do; a broken one fails the compile with its name, line and reason. The
//! style sheet for code is written here as well: `syntect` knows how its classes
//! are spelt, and the finished text needs no theme at run time.
//!
//! The words of the pages, a file for each language, become tables in `strings`. In a
//! template they stand as names in double brackets here, which are text to the parser;
//! tests parse every template with the words in.
//!
//! Out goes a hash of the sources as well, `ANNALS_STAGES`, by which a program knows
//! what its own build has kept on disk.
//!
//! No clock, no network, nothing but the tree: the same sources give the same
//! tables.
#![expect(clippy::disallowed_methods, reason = "a build script reads sources, writes tables")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use syntect::highlighting::{
    Color, FontStyle, ScopeSelectors, StyleModifier, Theme, ThemeItem, ThemeSettings,
};
use syntect::html::{ClassStyle, css_for_theme_with_class_style};
use tera::{Kwargs, State, Tera};

#[path = "src/theme/fault.rs"]
mod fault;

#[path = "build/strings.rs"]
mod strings;

/// The folder of the built-in theme, beside this file.
const TEMPLATES: &str = "templates";

/// What every class of highlighted code begins with.
const CODE_CLASS: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "h-" };

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rustc-env=ANNALS_STAGES={}", hash_of_sources(&root)?);

    let (assets, texts): (Vec<String>, Vec<String>) =
        names_below(&root.join(TEMPLATES))?.into_iter().partition(|name| is_asset(name));
    let (strings, templates): (Vec<String>, Vec<String>) =
        texts.into_iter().partition(|name| name.starts_with(strings::FOLDER));
    strings::write(&root.join(TEMPLATES), &strings, &out)?;
    check(&root, &templates)?;

    let mut table = String::from("pub(super) static TEMPLATES: &[(&str, &str)] = &[\n");
    for name in &templates {
        let source = format!("/{TEMPLATES}/{name}");
        writeln!(
            table,
            "({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {source:?}))),"
        )?;
    }
    table.push_str("];\npub(super) static ASSETS: &[(&str, &[u8])] = &[\n");
    for name in &assets {
        let source = format!("/{TEMPLATES}/{name}");
        writeln!(
            table,
            "({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {source:?}))),"
        )?;
    }
    table.push_str("(\"assets/highlight.css\", include_bytes!(\"highlight.css\")),\n];\n");

    fs::write(out.join("highlight.css"), highlight_style_sheet()?)?;
    fs::write(out.join("theme.rs"), table)?;
    Ok(())
}

/// A hash of all that decides what the program makes of a clipping: its sources, its
/// theme, its dependencies. What an earlier program kept is not taken for its own.
fn hash_of_sources(root: &Path) -> Result<blake3::Hash, Box<dyn Error>> {
    let mut hasher = blake3::Hasher::new();
    for folder in ["src", TEMPLATES] {
        println!("cargo::rerun-if-changed={folder}");
        for name in names_below(&root.join(folder))? {
            let text = fs::read(root.join(folder).join(&name))?;
            hasher.update(name.as_bytes()).update(&(text.len() as u64).to_le_bytes()).update(&text);
        }
    }
    let lock = root.join("Cargo.lock");
    if lock.exists() {
        println!("cargo::rerun-if-changed=Cargo.lock");
        hasher.update(&fs::read(lock)?);
    }
    Ok(hasher.finalize())
}

/// Whether a file is published as it is, rather than rendered.
fn is_asset(name: &str) -> bool {
    name.starts_with("assets/")
}

/// The names of all files below `folder`, with `/`, in order.
fn names_below(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let file = entry.file_name();
            let file = file.to_str().ok_or("a file name of the theme is not UTF-8")?;
            let name = format!("{prefix}{file}");
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

/// Parses all templates together; every fault becomes an error of the compile.
fn check(root: &Path, names: &[String]) -> Result<(), Box<dyn Error>> {
    let mut sources = Vec::new();
    for name in names {
        sources.push((name, fs::read_to_string(root.join(TEMPLATES).join(name))?));
    }
    let mut tera = Tera::new();
    // The theme's own, which groups by the language's sign.
    tera.register_filter("number", |n: u64, _: Kwargs, _: &State| n);
    if let Err(error) = tera.add_raw_templates(sources) {
        for fault in fault::faults(&error) {
            println!("cargo::error={TEMPLATES}/{fault}");
        }
    }
    Ok(())
}

/// What a kind of code looks like.
struct Ink {
    /// `TextMate` scopes, as a theme file writes them.
    scopes: &'static str,
    /// On the light paper.
    light: u32,
    /// On the dark one.
    dark: u32,
    /// How it is set apart without colour.
    font: FontStyle,
}

/// Few inks, taken from the page's own palette, each at least 4.5 : 1 on the code
/// block's ground. The themes that come with `syntect` all have comments too
/// faint for that.
const INKS: &[Ink] = &[
    Ink { scopes: "comment", light: 0x66_5c_4c, dark: 0xa8_9f_8f, font: FontStyle::ITALIC },
    Ink {
        scopes: "string, markup.inserted",
        light: 0x35_5a_1e,
        dark: 0xa9_c4_7f,
        font: FontStyle::empty(),
    },
    Ink {
        scopes: "keyword, storage, markup.deleted",
        light: 0x8c_1c_13,
        dark: 0xe6_9c_86,
        font: FontStyle::empty(),
    },
    Ink {
        scopes: "constant, entity.other.attribute-name",
        light: 0x7a_43_00,
        dark: 0xe0_b0_70,
        font: FontStyle::empty(),
    },
    Ink {
        scopes: "entity.name, support, markup.heading",
        light: 0x1d_4f_86,
        dark: 0x8f_b8_e8,
        font: FontStyle::empty(),
    },
    Ink {
        scopes: "markup.bold, entity.name.section",
        light: 0x1d_4f_86,
        dark: 0x8f_b8_e8,
        font: FontStyle::BOLD,
    },
];

/// Light rules for everyone; dark ones for those whose system asks for them and
/// for those who asked for them here. Paper is always light.
fn highlight_style_sheet() -> Result<String, Box<dyn Error>> {
    let light = code_rules(|ink| ink.light, "")?;
    let by_system = code_rules(|ink| ink.dark, ":root:not([data-theme=light]) ")?;
    let by_choice = code_rules(|ink| ink.dark, ":root[data-theme=dark] ")?;
    Ok(format!(
        "{light}@media screen and (prefers-color-scheme:dark){{\n{by_system}}}\n\
         @media screen{{\n{by_choice}}}\n"
    ))
}

/// One rule a line, each selector below `scope`.
fn code_rules(colour: impl Fn(&Ink) -> u32, scope: &str) -> Result<String, Box<dyn Error>> {
    let items: Result<Vec<ThemeItem>, Box<dyn Error>> = INKS
        .iter()
        .map(|ink| {
            let [_, r, g, b] = colour(ink).to_be_bytes();
            Ok(ThemeItem {
                scope: ink.scopes.parse::<ScopeSelectors>()?,
                style: StyleModifier {
                    foreground: Some(Color { r, g, b, a: u8::MAX }),
                    background: None,
                    font_style: Some(ink.font),
                },
            })
        })
        .collect();
    let theme =
        Theme { name: None, author: None, settings: ThemeSettings::default(), scopes: items? };
    let css = css_for_theme_with_class_style(&theme, CODE_CLASS)?;
    let (_, rules) = css.split_once("*/").unwrap_or(("", &css));

    let mut sheet = String::new();
    for rule in rules.split('}') {
        let Some((selectors, body)) = rule.split_once('{') else { continue };
        let body: Vec<&str> = body.split_whitespace().collect();
        if body.is_empty() {
            continue;
        }
        let selectors: Vec<String> =
            selectors.trim().split(", ").map(|selector| format!("{scope}{selector}")).collect();
        writeln!(sheet, "{}{{{}}}", selectors.join(","), body.join(" "))?;
    }
    Ok(sheet)
}
