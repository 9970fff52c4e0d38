//! What the articles say of the register.
//!
//! In: the archive and the register it was read with. Out: notes, each with its
//! line of `actors.toml`: an actor that nobody names, an alias that nobody prints,
//! a surname that somebody else has too, an office that articles tell otherwise.
//!
//! All of them are notes. A register is written for what may come as well as for
//! what is there, and two people may well share a surname: the owner decides.

use std::collections::HashSet;

use super::{Archive, Dossier, Entry, OfficeHeld};
use crate::actor::{Actor, Kind, Register, Role};
use crate::diagnostic::Diagnostic;
use crate::text::fold;

/// Everything worth knowing of `register`, in the order of its file.
pub(super) fn audit(archive: &Archive, register: &Register) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (actor, names) in register.registered() {
        let Some(dossier) = archive.dossier(&actor.id) else {
            let note = report::unseen(actor);
            diagnostics.push(register.at_name(note, &actor.id, &actor.name));
            continue;
        };
        let printed: HashSet<String> = dossier.names.iter().map(|(name, _)| key(name)).collect();
        let mut told: HashSet<String> = HashSet::new();
        for name in names.into_iter().filter(|name| **name != *actor.name) {
            let key = key(name);
            if !printed.contains(&key) && told.insert(key) {
                let note = report::alias_unseen(actor, name);
                diagnostics.push(register.at_name(note, &actor.id, name));
            }
        }
        diagnostics.extend(offices(archive, register, dossier, actor));
        diagnostics.extend(
            shared_surname(archive, dossier, actor)
                .map(|(name, note)| register.at_name(note, &actor.id, name)),
        );
    }
    diagnostics
}

/// An alias that is the surname of somebody else the articles name in full.
fn shared_surname<'a>(
    archive: &Archive,
    dossier: &Dossier,
    actor: &'a Actor,
) -> Option<(&'a str, Diagnostic)> {
    if actor.kind != Kind::Person {
        return None;
    }
    let others = dossier.namesakes.iter().map(|other| &archive.actors[*other as usize]);
    let other = others.into_iter().find(|other| other.name.contains(' '))?;
    let surname = fold(other.name.split_whitespace().next_back()?).into_owned();
    let alias = actor.names().find(|name| fold(name) == surname)?;
    Some((alias, report::surname_shared(actor, alias, other)))
}

/// Articles that give `actor` an office at another time than the register does, or
/// call one over that the register has it hold; one note for each office, with the
/// newest article that says so.
fn offices(
    archive: &Archive,
    register: &Register,
    dossier: &Dossier,
    actor: &Actor,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for office in &dossier.offices {
        let is_same = |role: &Role| {
            let of = office.of.as_ref();
            title(&role.title) == title(&office.title)
                && role.of.as_deref() == of.map(|body| &*body.id)
        };
        let own: Vec<(usize, &Role)> =
            actor.roles.iter().enumerate().filter(|(_, role)| is_same(role)).collect();
        let Some((index, _)) = own.last() else { continue };
        let contradicts = |(entry, _): &&(u32, u32)| {
            let published = &archive.entries[*entry as usize].briefing.article.published;
            let Some(when) = &published.when else { return false };
            let is_held = own.iter().any(|(_, role)| role.is_held(when));
            let is_past = own.iter().any(|(_, role)| role.is_over(when));
            if office.former { is_held && !is_past } else { !is_held }
        };
        if let Some((entry, _)) = office.tellings.iter().find(contradicts) {
            let note = report::office(actor, office, &archive.entries[*entry as usize]);
            notes.push(register.at_role(note, &actor.id, *index));
        }
    }
    notes
}

/// A title as spellings of it are compared.
fn title(title: &str) -> String {
    fold(title).replace('-', " ")
}

/// A name as printings of it are compared: without case, diacritics, points and
/// breaks of lines.
fn key(name: &str) -> String {
    let bare = fold(name).replace('.', "");
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every diagnostic of the audit.
mod report {
    use super::{Actor, Diagnostic, Dossier, Entry, OfficeHeld};

    pub(super) fn office(actor: &Actor, office: &OfficeHeld, entry: &Entry) -> Diagnostic {
        let briefing = &entry.briefing;
        let when = briefing.article.published.when.as_ref();
        let former = if office.former { "former " } else { "" };
        let message = format!(
            "`{}` of {} calls `{}` {former}{}, which the register has otherwise",
            briefing.file,
            when.map_or(String::new(), ToString::to_string),
            actor.name,
            office.title
        );
        Diagnostic::note("register-role", message)
            .help("mend `from` and `to` of the role, or leave it where the article is wrong")
    }

    pub(super) fn unseen(actor: &Actor) -> Diagnostic {
        let message = format!("no article names `{}`", actor.name);
        Diagnostic::note("register-unseen", message).help(
            "look at how articles write it and add that as an alias, or leave it for what may come",
        )
    }

    pub(super) fn alias_unseen(actor: &Actor, name: &str) -> Diagnostic {
        let message = format!("no article writes `{}` as `{name}`", actor.name);
        Diagnostic::note("register-alias-unseen", message)
            .help("mend its spelling, remove it, or leave it for what may come")
    }

    pub(super) fn surname_shared(actor: &Actor, name: &str, other: &Dossier) -> Diagnostic {
        let n = other.appearances.len();
        let plural = if n == 1 { "" } else { "s" };
        let message = format!(
            "`{name}` means `{}`, and {n} article{plural} name{} `{}`",
            actor.name,
            if n == 1 { "s" } else { "" },
            other.name
        );
        Diagnostic::note("register-surname-shared", message).help(format!(
            "give `{}` an entry, so that the two are told apart, or remove the alias",
            other.id
        ))
    }
}
