//! What the articles say of the register.
//!
//! In: the archive and the register it was read with. Out: notes, each with its
//! line of `actors.toml`: an actor that nobody names, an alias that nobody prints,
//! a surname that somebody else has too, an office that articles tell otherwise or give
//! to somebody else.
//!
//! All of them are notes. A register is written for what may come as well as for
//! what is there, and two people may well share a surname: the owner decides.

use std::collections::{HashMap, HashSet};

use super::{Archive, Dossier, Entry, OfficeHeld};
use crate::actor::{Actor, Kind, Register, Role};
use crate::diagnostic::Diagnostic;
use crate::text::fold;

/// Everything worth knowing of `register`, in the order of its file.
pub(super) fn audit(archive: &Archive, register: &Register) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let holders = holders(archive);
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
        diagnostics.extend(held_by_others(archive, register, &holders, actor));
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

/// Words of titles that many hold at one time: "spokesman", "deputy minister".
const SHARED: &[&str] = &[
    "adviser",
    "advisor",
    "ambassador",
    "commissioner",
    "councillor",
    "deputy",
    "diplomat",
    "envoy",
    "general",
    "judge",
    "lawmaker",
    "member",
    "officer",
    "official",
    "representative",
    "senator",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "vice",
];

/// By title and body: who holds the office by what articles say, with the telling.
type Holders<'a> = HashMap<(String, &'a str), Vec<(&'a Dossier, &'a OfficeHeld)>>;

/// Offices that one person at a time holds, with everyone whom articles give them to.
fn holders(archive: &Archive) -> Holders<'_> {
    let mut holders: Holders = HashMap::new();
    for dossier in &archive.actors {
        for office in dossier.offices.iter().filter(|office| !office.former) {
            let title = title(&office.title);
            let shared = title.split(' ').any(|word| SHARED.contains(&word));
            if let (Some(body), false) = (&office.of, shared && title != "secretary general") {
                holders.entry((title, &*body.id)).or_default().push((dossier, office));
            }
        }
    }
    holders
}

/// Articles that give an office to somebody else while the register has `actor` hold
/// it; one note for each role, with the newest such article.
fn held_by_others(
    archive: &Archive,
    register: &Register,
    holders: &Holders<'_>,
    actor: &Actor,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (index, role) in actor.roles.iter().enumerate() {
        let (Some(from), Some(of)) = (&role.from, &role.of) else { continue };
        let others = holders.get(&(title(&role.title), &**of)).into_iter().flatten();
        // Whom the register has hold it too is known to the owner.
        let others = others.filter(|(other, _)| {
            let roles = register.actor(&other.id).map_or(&[][..], |known| &known.roles);
            other.id != actor.id && !roles.iter().any(|own| title(&own.title) == title(&role.title))
        });
        let within = |(entry, _): &&(u32, u32)| {
            let when = archive.entries[*entry as usize].briefing.article.published.when.as_ref();
            when.is_some_and(|when| {
                let begun = from.last().zip(when.first()).is_some_and(|(from, day)| from < day);
                begun && role.is_held(when) && !role.is_over(when)
            })
        };
        let told = others.filter_map(|(other, office)| {
            office.tellings.iter().find(within).map(|(entry, _)| (*entry, *other, *office))
        });
        // The newest article stands first.
        if let Some((entry, other, office)) = told.min_by_key(|(entry, ..)| *entry) {
            let entry = &archive.entries[entry as usize];
            let note = report::office_of_another(actor, office, other, entry);
            notes.push(register.at_role(note, &actor.id, index));
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

    pub(super) fn office_of_another(
        actor: &Actor,
        office: &OfficeHeld,
        other: &Dossier,
        entry: &Entry,
    ) -> Diagnostic {
        let briefing = &entry.briefing;
        let when = briefing.article.published.when.as_ref();
        let message = format!(
            "`{}` of {} calls `{}` {}, an office that the register gives to `{}` at that time",
            briefing.file,
            when.map_or(String::new(), ToString::to_string),
            other.name,
            office.title,
            actor.name,
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
