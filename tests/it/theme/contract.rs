//! The theme contract as `docs/theming.md` tells it: written from the comments of the
//! structs, so that neither can say what the other does not.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Where the sources of the contract are, in the order of the documentation.
const SOURCES: [&str; 2] = ["src/page/context.rs", "src/page/context/actor.rs"];
const FILE: &str = "docs/theming.md";
const BEGIN: &str =
    "<!-- Written from src/page/context.rs by `UPDATE_DOCS=1 cargo test --test it contract`. -->\n";
const END: &str = "<!-- End of what is written. -->\n";

/// A struct of the contract.
struct Struct {
    name: String,
    says: Vec<String>,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    says: String,
}

#[test]
fn the_contract_in_the_documentation_is_that_of_the_structs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = SOURCES.map(|file| fs::read_to_string(root.join(file)).unwrap());
    let structs: Vec<Struct> = sources.iter().flat_map(|text| structs(text)).collect();
    let text = fs::read_to_string(root.join(FILE)).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the mark where the contract begins");
    let (_, after) = rest.split_once(END).expect("the mark where it ends");
    let expected = [before, BEGIN, &told(&structs), END, after].concat();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root.join(FILE), &expected).unwrap();
    }
    let actual = fs::read_to_string(root.join(FILE)).unwrap();
    assert!(actual == expected, "{FILE} is behind: run this test with UPDATE_DOCS=1");
}

#[test]
fn every_template_is_in_the_documentation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(FILE)).unwrap();
    for entry in fs::read_dir(root.join("templates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = name.contains('.') && name != "base.html" && name != "components.html";
        assert!(!is_page || text.contains(&format!("### `{name}`\n")), "{name}");
    }
}

/// Templates first, then what their fields are made of.
fn told(structs: &[Struct]) -> String {
    let names: Vec<&str> = structs.iter().map(|one| one.name.as_str()).collect();
    let mut out = String::new();
    let pages = structs.iter().filter_map(|one| Some((template(one)?, one)));
    for (template, page) in pages {
        write!(out, "### `{template}`\n\n{}\n\n", page.says.join("\n")).unwrap();
        table(&mut out, page, &names);
    }
    out.push_str("## Structs\n\n");
    for part in structs.iter().filter(|one| template(one).is_none()) {
        write!(out, "### {}\n\n{}\n\n", part.name, part.says.join("\n")).unwrap();
        if !part.fields.is_empty() {
            table(&mut out, part, &names);
        }
    }
    out
}

/// The template that a struct is the context of: the name that its comment begins with.
fn template(of: &Struct) -> Option<&str> {
    of.says.first()?.strip_prefix("The context of `")?.split('`').next()
}

fn table(out: &mut String, of: &Struct, names: &[&str]) {
    out.push_str("| name | type | meaning |\n| --- | --- | --- |\n");
    for field in &of.fields {
        let kind = kind(&field.kind, names);
        let says = field.says.replace('|', "\\|");
        writeln!(out, "| `{}` | {kind} | {says} |", field.name).unwrap();
    }
    out.push('\n');
}

/// A type in the words of somebody who writes templates.
fn kind(kind: &str, names: &[&str]) -> String {
    let inside = |outer: &str| kind.strip_prefix(outer)?.strip_suffix('>');
    if let Some(inner) = inside("Option<") {
        return format!("{}, or none", self::kind(inner, names));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", self::kind(inner, names));
    }
    let bare = kind.split('<').next().unwrap_or(kind);
    if names.contains(&bare) {
        return format!("[{bare}](#{})", bare.to_lowercase());
    }
    match bare.trim_start_matches("&'static ").trim_start_matches("&'a ") {
        "str" | "String" | "Cow" => "text".to_owned(),
        "usize" | "u32" | "i32" | "u64" => "number".to_owned(),
        "bool" => "yes or no".to_owned(),
        "T" => "what the list is of".to_owned(),
        other => panic!("no words for the type `{other}`"),
    }
}

fn structs(text: &str) -> Vec<Struct> {
    let mut found: Vec<Struct> = Vec::new();
    let mut says: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix("///") {
            says.push(comment.strip_prefix(' ').unwrap_or(comment).to_owned());
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name = rest.split(['<', '(', ' ']).next().unwrap().to_owned();
            is_inside = rest.ends_with('{');
            found.push(Struct { name, says: std::mem::take(&mut says), fields: Vec::new() });
        } else if line == "}" {
            is_inside = false;
        } else if let Some(field) = line.strip_prefix("pub ").filter(|_| is_inside) {
            let (name, kind) = field.split_once(": ").unwrap();
            let field = Field {
                name: name.to_owned(),
                kind: kind.trim_end_matches(',').to_owned(),
                says: std::mem::take(&mut says).join(" "),
            };
            found.last_mut().unwrap().fields.push(field);
        } else if !line.starts_with("#[") {
            says.clear();
        }
    }
    found
}
