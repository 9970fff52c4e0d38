//! `annals actors`: who acts in the archive, and why the program thinks so.
//!
//! The archive is read as `build` reads it and nothing is written. What is drawn
//! here is the dossier's evidence: which spelling was taken for whom by which rule,
//! with the sentence; who was kept apart; and what an entry of the register would
//! change.

use std::fmt::Write as _;
use std::sync::Arc;

use super::load::{Loaded, load};
use super::{
    ActorsArguments, ActorsCommand, ArchiveArguments, Failure, ListFormat, Terminal, build,
};
use crate::actor::{Actor, Kind, Register};
use crate::archive::{Archive, Change, Dossier, Effect, OfficeHeld, Suggestion};
use crate::config::nearest;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Build, Memory};
use crate::reading::Origin;
use crate::record;
use crate::text::{Span, fold};
use crate::when::{Day, When};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Code points of a sentence that is shown.
const SENTENCE: usize = 200;
/// Entries of each list that `show` prints; the dossier's page has them all.
const SHOWN: usize = 12;
/// Statements and events that `show` prints.
const LATEST: usize = 3;

pub(super) fn run(arguments: &ActorsArguments, terminal: &Terminal) -> Result<(), Failure> {
    match &arguments.command {
        ActorsCommand::List { archive, kind, format } => {
            let build = read(archive, terminal)?;
            terminal.data(&list(build.archive(), *kind, *format));
        }
        ActorsCommand::Suggest { archive, number } => {
            let build = read(archive, terminal)?;
            let suggestions = build.archive().suggest(build.register(), *number);
            for suggestion in &suggestions {
                if !terminal.data(&suggested(build.archive(), suggestion)) {
                    return Ok(());
                }
            }
            if suggestions.is_empty() {
                terminal.say("nobody was found in the text who is not known already\n");
            }
        }
        ActorsCommand::Show { name, archive, format } => {
            let build = read(archive, terminal)?;
            let text = show(&build, name, *format).map_err(|error| {
                terminal.diagnostics(&[error]);
                Failure::Archive
            })?;
            terminal.data(&text);
        }
    }
    Ok(())
}

/// Reads and joins the archive.
pub(super) fn read(
    arguments: &ArchiveArguments,
    terminal: &Terminal,
) -> Result<Arc<Build>, Failure> {
    let output = arguments.archive.join("public");
    let Loaded { input, .. } = load(arguments, &output, terminal)?;
    let bar = terminal.bar("reading", input.clippings.len());
    let build = pipeline::build(input, &Memory::default(), &|| bar.inc(1));
    bar.finish_and_clear();
    Ok(build)
}

/// Everyone with a page, most articles first.
fn list(archive: &Archive, kind: Option<Kind>, format: ListFormat) -> String {
    let mut dossiers: Vec<&Dossier> = archive
        .actors
        .iter()
        .filter(|dossier| kind.is_none_or(|kind| dossier.kind == kind))
        .collect();
    dossiers.sort_by(|a, b| {
        (b.appearances.len(), b.n_mentions)
            .cmp(&(a.appearances.len(), a.n_mentions))
            .then_with(|| a.id.cmp(&b.id))
    });
    if format == ListFormat::Json {
        return dossiers.iter().map(|dossier| record::to_json(&dossier.summary()) + "\n").collect();
    }
    let mut text = format!(
        "{DIM}{:>8} {:>8}  {:<12}  {:<10}  name, id{PLAIN}\n",
        "articles", "mentions", "kind", "from"
    );
    for dossier in dossiers {
        let _ = writeln!(
            text,
            "{:>8} {:>8}  {:<12}  {:<10}  {BOLD}{}{PLAIN}  {DIM}{}{PLAIN}",
            dossier.appearances.len(),
            dossier.n_mentions,
            dossier.kind.word(),
            dossier.origin.word(),
            dossier.name,
            dossier.id,
        );
    }
    text
}

/// A suggestion: comments that say why, then the entry to paste.
fn suggested(archive: &Archive, suggestion: &Suggestion) -> String {
    let dossier = &archive.actors[suggestion.actor as usize];
    let mut text = format!(
        "{DIM}# {}: {}, {}{}\n",
        dossier.name,
        build::count(dossier.appearances.len(), "article"),
        build::count(dossier.n_mentions, "mention"),
        months(dossier.range),
    );
    for (entry, span) in &suggestion.sentences {
        let _ = writeln!(text, "#   {}", evidence(archive, *entry, *span));
    }
    for office in dossier.offices.iter().take(LATEST) {
        let _ = writeln!(text, "# Seen as {}.", office_text(office));
    }
    if suggestion.effects.is_empty() {
        text.push_str(
            "# It would change no mention; name and kind would be no guesses any more.\n",
        );
    }
    for effect in &suggestion.effects {
        let _ = writeln!(text, "# {}", would(archive, effect));
    }
    let _ = writeln!(text, "{PLAIN}{}", suggestion.toml);
    text
}

/// What an entry would change, as a sentence.
fn would(archive: &Archive, effect: &Effect) -> String {
    let what = format!(
        "{} in {}",
        build::count(effect.n, "mention"),
        build::count(effect.n_articles, "article")
    );
    let change = match &effect.change {
        Change::Join(id) => format!("It would join {what} that `{id}` has now"),
        Change::Find => format!("It would find {what} that nobody has now"),
        Change::Leave(id) => format!("It would give {what} to `{id}`"),
        Change::Lose => format!("It would leave {what} to nobody"),
    };
    format!("{change}: {}", evidence(archive, effect.example.0, effect.example.1))
}

/// The sentence that holds `span`, in one line, with its clipping.
fn evidence(archive: &Archive, entry: u32, span: Span) -> String {
    let briefing = &archive.entries[entry as usize].briefing;
    let sentence = briefing.sentence(span).of(&briefing.prose.text);
    let mut short = String::new();
    for word in sentence.split_whitespace() {
        if short.chars().count() + word.chars().count() >= SENTENCE {
            short.push_str(" …");
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().filter(|c| !c.is_control()));
    }
    format!("{}: “{short}”", briefing.file)
}

fn months(range: Option<(Day, Day)>) -> String {
    match range {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    }
}

/// Everything known of the one actor that `name` means.
///
/// # Errors
///
/// Nobody is called so, or several are: then each is named with its id.
fn show(build: &Build, name: &str, format: ListFormat) -> Result<String, Diagnostic> {
    let archive = build.archive();
    let register = build.register();
    let found = meant(archive, name);
    match found.as_slice() {
        [dossier] if format == ListFormat::Json => {
            Ok(record::to_json(&archive.record(dossier, register)) + "\n")
        }
        [dossier] => Ok(dossier_text(archive, register, dossier)),
        [] => {
            let known = register.actor(name).into_iter().chain(register.named(name)).next();
            if let Some(actor) = known {
                return Ok(format!(
                    "{BOLD}{}{PLAIN}  {}, no article names it\n{}",
                    actor.name,
                    actor.kind.word(),
                    registered(actor, register)
                ));
            }
            Err(not_one(archive, name, &[]))
        }
        several => Err(not_one(archive, name, several)),
    }
}

/// The one actor with a page that `name` means, by index.
///
/// # Errors
///
/// Nobody is called so, or several are: then each is named with its id.
pub(super) fn find(archive: &Archive, name: &str) -> Result<u32, Diagnostic> {
    let found = meant(archive, name);
    let [dossier] = found.as_slice() else { return Err(not_one(archive, name, &found)) };
    let index = archive.actors.partition_point(|actor| actor.id < dossier.id);
    Ok(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Why `name` does not mean one actor: nobody, or each of `several`.
fn not_one(archive: &Archive, name: &str, several: &[&Dossier]) -> Diagnostic {
    if several.is_empty() {
        let names = archive.actors.iter().flat_map(|dossier| [&*dossier.id, &*dossier.name]);
        let help = nearest(name, names).map_or_else(
            || "`annals actors list` names everyone".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Diagnostic::error("actor-unknown", format!("nobody is called `{name}`")).help(help);
    }
    let ids: Vec<String> = several
        .iter()
        .take(SHOWN)
        .map(|dossier| format!("`{}` ({})", dossier.id, dossier.name))
        .collect();
    Diagnostic::error("actor-several", format!("`{name}` can be {} actors", several.len()))
        .help(format!("ask for one of {}", ids.join(", ")))
}

/// The actor of this id; else those of this name; else those that are printed so.
fn meant<'a>(archive: &'a Archive, name: &str) -> Vec<&'a Dossier> {
    if let Some(dossier) = archive.dossier(name) {
        return vec![dossier];
    }
    let folded = fold(name);
    let all = || archive.actors.iter();
    let called: Vec<&Dossier> = all().filter(|dossier| fold(&dossier.name) == folded).collect();
    if !called.is_empty() {
        return called;
    }
    let printed = |dossier: &&Dossier| dossier.names.iter().any(|(name, _)| fold(name) == folded);
    all().filter(printed).collect()
}

fn dossier_text(archive: &Archive, register: &Register, dossier: &Dossier) -> String {
    let origin = match dossier.origin {
        Origin::Register => "in the register",
        Origin::BuiltIn => "built in",
        Origin::Discovered => "found in the text: name and kind are guesses",
    };
    let mut text = format!(
        "{BOLD}{}{PLAIN}  {}, {origin}\n  {}, {}, {} by it and {} about it, {}{}\n",
        dossier.name,
        dossier.kind.word(),
        build::count(dossier.appearances.len(), "article"),
        build::count(dossier.n_mentions, "mention"),
        build::count(dossier.statements.len(), "statement"),
        dossier.about.len(),
        build::count(dossier.events.len(), "event"),
        months(dossier.range),
    );
    if let Some(actor) = register.actor(&dossier.id) {
        text.push_str(&registered(actor, register));
    }
    if !dossier.offices.is_empty() {
        heading(&mut text, "Offices in the articles");
        for office in dossier.offices.iter().take(SHOWN) {
            let _ = writeln!(
                text,
                "  {:>5}  {}\n         {}",
                office.tellings.len(),
                office_text(office),
                office.tellings.first().map_or_else(String::new, |(entry, index)| {
                    let reading = &archive.entries[*entry as usize].briefing.reading;
                    evidence(archive, *entry, reading.offices[*index as usize].span)
                })
            );
        }
        rest(&mut text, dossier.offices.len(), SHOWN);
    }
    heading(&mut text, "Taken for it, and why");
    for decision in dossier.decisions.iter().take(SHOWN) {
        let _ = writeln!(
            text,
            "  {:>5}  {}  {DIM}← {}{PLAIN}\n         {}",
            decision.n,
            decision.written,
            decision.rule,
            evidence(archive, decision.entry, decision.span)
        );
    }
    rest(&mut text, dossier.decisions.len(), SHOWN);
    if !dossier.namesakes.is_empty() {
        heading(&mut text, "Kept apart");
        for other in &dossier.namesakes {
            let other = &archive.actors[*other as usize];
            let _ = writeln!(
                text,
                "  {:>5}  {}  {DIM}← {}, {}{PLAIN}",
                other.n_mentions,
                other.name,
                if other.name.contains(' ') {
                    "the same surname with another given name"
                } else {
                    "articles that give no other name"
                },
                other.id
            );
        }
    }
    if !dossier.companions.is_empty() {
        heading(&mut text, "Named in the same paragraphs");
        for (other, n) in dossier.companions.iter().take(SHOWN) {
            let _ = writeln!(text, "  {n:>5}  {}", archive.actors[*other as usize].name);
        }
        rest(&mut text, dossier.n_companions, SHOWN);
    }
    for (title, statements) in [
        ("Latest statements by it", &dossier.statements),
        ("Latest statements about it", &dossier.about),
    ] {
        if statements.is_empty() {
            continue;
        }
        heading(&mut text, title);
        for (entry, statement) in statements.iter().take(LATEST) {
            let reading = &archive.entries[*entry as usize].briefing.reading;
            let span = reading.statements[*statement as usize].sentence;
            let _ = writeln!(text, "  {}", evidence(archive, *entry, span));
        }
        rest(&mut text, statements.len(), LATEST);
    }
    text
}

/// `former envoy of Norway, 2021-03-01 to 2022-06-03`.
fn office_text(office: &OfficeHeld) -> String {
    let former = if office.former { "former " } else { "" };
    let of = office.of.as_ref().map_or_else(String::new, |body| format!(" of {}", body.name));
    format!("{former}{}{of}{}", office.title, months(office.seen))
}

fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n{BOLD}{title}{PLAIN}");
}

/// Says how many of `n` are not shown.
fn rest(text: &mut String, n: usize, shown: usize) {
    if n > shown {
        let _ = writeln!(text, "  {DIM}and {} more{PLAIN}", n - shown);
    }
}

/// What the register or the built-in list says of an actor.
fn registered(actor: &Actor, register: &Register) -> String {
    let mut text = String::new();
    let aliases: Vec<String> = actor.aliases.iter().map(|alias| alias.name.to_string()).collect();
    for (what, value) in [
        ("id", Some(actor.id.to_string())),
        ("aliases", Some(aliases.join(", "))),
        ("not", Some(actor.not.join(", "))),
        ("part of", actor.parent.as_deref().map(|id| name_of(register, id).to_owned())),
        ("Wikidata", actor.wikidata.as_deref().map(str::to_owned)),
        ("website", actor.website.as_deref().map(str::to_owned)),
        ("note", actor.note.as_deref().map(str::to_owned)),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(text, "  {DIM}{what}{PLAIN} {value}");
        }
    }
    for role in &actor.roles {
        let of =
            role.of.as_deref().map_or(String::new(), |of| format!(", {}", name_of(register, of)));
        let _ = writeln!(
            text,
            "  {DIM}role{PLAIN} {}{of}{}",
            role.title,
            period(role.from.as_ref(), role.to.as_ref())
        );
    }
    text
}

fn name_of<'a>(register: &'a Register, id: &'a str) -> &'a str {
    register.actor(id).map_or(id, |actor| &actor.name)
}

fn period(from: Option<&When>, to: Option<&When>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!(" ({from} to {to})"),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (None, None) => String::new(),
    }
}
