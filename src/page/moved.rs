//! What stands where something else once stood.
//!
//! An address that was ever published leads to what it led to: by a page that
//! sends its reader on, or, for an article that is gone, by one that says so.
//! [`follow`] puts these pages between the others, and gives the lock that the
//! next build is to start from.
//!
//! A page that sends on carries a canonical address, a refresh and a link, so it
//! works without a script. The script only takes the anchor along, which a refresh
//! drops; the anchor itself is on the article it leads to.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::card::{Desk, Here, numbered};
use super::context::{Frame, GonePage, MovedPage};
use super::{Chrome, Page, Section};
use crate::actor::{Actor, Register};
use crate::archive::{Archive, Entry, group_key};
use crate::briefing::Briefing;
use crate::config::Withdrawn;
use crate::diagnostic::Diagnostic;
use crate::lock::Lock;
use crate::site::Address;
use crate::theme::wording::word;

/// Adds a page for every address of `lock` that has none in `pages`. Gives the
/// lock with the addresses of this build in it, and the targets that
/// [`Page::MovedTo`] counts.
///
/// What only a `withheld` clipping ever told of leads nowhere: an address holds
/// words, too.
pub fn follow(
    desk: &Desk<'_>,
    pages: &mut BTreeMap<Address, Page>,
    mut lock: Lock,
    withheld: &[Arc<Briefing>],
) -> (Lock, Vec<Address>) {
    articles(desk, pages);
    let now = lists(pages);
    let private = private(withheld);
    let mut targets: Vec<Address> = Vec::new();
    let mut lead = |pages: &mut BTreeMap<Address, Page>, from: Address, to: Address| {
        if let std::collections::btree_map::Entry::Vacant(free) = pages.entry(from) {
            free.insert(Page::MovedTo(targets.len()));
            targets.push(to);
        }
    };

    let gone: Vec<(&String, &String)> =
        lock.actors.iter().filter(|(id, _)| position(desk.archive, id).is_none()).collect();
    let heirs = heirs(desk.archive, desk.register, &gone);
    let moved = gone.iter().zip(heirs).filter_map(|((id, _), heir)| {
        let heir = &desk.archive.actors[heir? as usize];
        let address = |id: &str| Address::page(&["actors", id]).as_str().to_owned();
        Some((address(id), address(&heir.id)))
    });
    lock.moved.extend(moved.collect::<Vec<_>>());
    for (id, _) in gone {
        let address = Address::page(&["actors", id]);
        if !private.contains(address.as_str()) {
            let to = end(&lock, pages, address.as_str());
            lead(pages, address, to);
        }
    }
    for (address, most) in &lock.lists {
        let Some(base) = Address::parse(address).filter(Address::is_page) else { continue };
        let last = now.get(address.as_str()).copied().unwrap_or(0);
        for page in last + 1..=*most {
            let number = page as usize;
            let Some(from) = Address::parse(&numbered(address, number)) else { continue };
            let to = if last > 0 {
                Address::parse(&numbered(address, last as usize)).unwrap_or_else(Address::home)
            } else if private.contains(address.as_str()) {
                continue;
            } else {
                end(&lock, pages, base.as_str())
            };
            lead(pages, from, to);
        }
    }
    for dossier in &desk.archive.actors {
        let name = lock.actors.entry(dossier.id.to_string()).or_default();
        if **name != *dossier.name {
            dossier.name.as_ref().clone_into(name);
        }
    }
    for (address, pages) in now {
        let most = lock.lists.entry(address).or_default();
        *most = pages.max(*most);
    }
    // What has a page again is not moved.
    lock.moved.retain(|from, _| {
        Address::parse(from)
            .and_then(|from| pages.get(&from))
            .is_none_or(|page| matches!(page, Page::MovedTo(_)))
    });
    (lock, targets)
}

/// Former addresses of articles, their permanent short ones included.
fn articles(desk: &Desk<'_>, pages: &mut BTreeMap<Address, Page>) {
    for former in &desk.archive.former {
        let parts = ["briefings", former.name.as_str()];
        let address = if former.is_short { short(&former.name) } else { Address::page(&parts) };
        let Some(entry) = former.to else {
            if desk.config.publish.withdrawn == Withdrawn::Page {
                pages.entry(address).or_insert(Page::Gone);
            }
            continue;
        };
        pages.entry(address).or_insert(Page::MovedToArticle(entry));
        if !former.is_short {
            let beside = |name: &str| Address::file(&parts, name);
            pages.entry(beside("index.md")).or_insert(Page::ArticleMarkdown(entry));
            pages.entry(beside("index.json")).or_insert(Page::ArticleRecord(entry));
        }
    }
}

/// The permanent short address of the article with this short name.
pub(super) fn short(id: &str) -> Address {
    Address::file(&["s"], &format!("{id}.html"))
}

/// Every list that may one day be gone or shorter, with its number of pages.
fn lists(pages: &BTreeMap<Address, Page>) -> BTreeMap<String, u32> {
    let mut lists: BTreeMap<String, u32> = BTreeMap::new();
    for (address, page) in pages {
        let at = match page {
            Page::Year(_, at)
            | Page::TimelineYear(_, at)
            | Page::Outlet(_, at)
            | Page::Tag(_, at)
            | Page::Letter(_, at) => *at,
            // An actor's first page is known by the actor's id.
            Page::Actor(_, at) if *at > 1 => *at,
            _ => continue,
        };
        let mut base = address.as_str();
        if at > 1 {
            let parts = base.trim_end_matches('/');
            base = parts.rfind('/').map_or("/", |slash| &base[..=slash]);
        }
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        match lists.get_mut(base) {
            Some(most) => *most = at.max(*most),
            None => {
                lists.insert(base.to_owned(), at);
            }
        }
    }
    lists
}

/// Addresses that a withheld clipping tells of.
fn private(withheld: &[Arc<Briefing>]) -> HashSet<String> {
    let page = |parts: &[&str]| Address::page(parts).as_str().to_owned();
    withheld
        .iter()
        .flat_map(|briefing| {
            let article = &briefing.article;
            let actors =
                briefing.reading.actors.iter().map(move |seen| page(&["actors", &seen.id]));
            let outlet = article.outlet.iter();
            let outlets = outlet.map(move |outlet| page(&["outlets", &group_key(&outlet.value)]));
            let tags = article.tags.iter().map(move |tag| page(&["tags", &group_key(&tag.value)]));
            actors.chain(outlets).chain(tags)
        })
        .collect()
}

fn position(archive: &Archive, id: &str) -> Option<usize> {
    archive.actors.binary_search_by(|dossier| (*dossier.id).cmp(id)).ok()
}

/// For every actor that is gone the index of the one that has its name now: who is
/// written so most often, or whom the register calls so.
fn heirs(archive: &Archive, register: &Register, gone: &[(&String, &String)]) -> Vec<Option<u32>> {
    if gone.is_empty() {
        return Vec::new();
    }
    let sought: HashSet<&str> = gone.iter().map(|(_, name)| name.as_str()).collect();
    let mut best: HashMap<&str, (usize, u32)> = HashMap::new();
    for (index, dossier) in (0u32..).zip(&archive.actors) {
        let known = register.actor(&dossier.id);
        let called = known.into_iter().flat_map(Actor::names).map(|name| (name, 0));
        let printed = dossier.names.iter().map(|(name, n)| (name.as_str(), *n));
        for (name, n) in printed.chain(called).filter(|(name, _)| sought.contains(name)) {
            let found = best.entry(name).or_insert((n, index));
            if n > found.0 {
                *found = (n, index);
            }
        }
    }
    gone.iter().map(|(_, name)| best.get(name.as_str()).map(|(_, index)| *index)).collect()
}

/// Where an address leads that has no page: to what took its place, or to the list
/// of what is like it.
fn end(lock: &Lock, pages: &BTreeMap<Address, Page>, address: &str) -> Address {
    let stands = |address: &str| Address::parse(address).filter(|it| pages.contains_key(it));
    let mut at = address;
    // A circle, which only a hand can write, ends.
    for _ in 0..8 {
        match lock.moved.get(at) {
            Some(next) => at = next,
            None => break,
        }
        if let Some(found) = stands(at) {
            return found;
        }
    }
    let section = address.split('/').nth(1).unwrap_or_default();
    stands(&format!("/{section}/")).unwrap_or_else(Address::home)
}

/// The page at a former address of an article.
pub(super) fn to_article(here: Here<'_>, index: u32) -> Result<Vec<u8>, Diagnostic> {
    let entry = here.entry(index);
    let address = Address::page(&["briefings", &entry.key]);
    send_on(here, &address, entry.headline())
}

/// The page at a former address of anything else.
pub(super) fn send_on(here: Here<'_>, to: &Address, title: &str) -> Result<Vec<u8>, Diagnostic> {
    let desk = here.desk;
    let href = here.to(to.as_str());
    let base = desk.config.base_url.as_str();
    let canonical = if base.is_empty() { href.clone() } else { to.absolute(base) };
    let context = MovedPage {
        language: here.wording().language(),
        title,
        canonical: &canonical,
        href: &href,
        script: &here.to(&format!("/{}", desk.theme.paths().moved)),
        noindex: desk.config.publish.noindex,
    };
    desk.theme.render("moved.html", &context)
}

/// The page at the address of an article that was withdrawn.
pub(super) fn gone(here: Here<'_>, address: &Address) -> Result<Vec<u8>, Diagnostic> {
    let chrome = Chrome::new(
        here.desk,
        address,
        here.say(word::LEFT_WITHDRAWN_TITLE),
        "",
        Section::Briefings,
    );
    let frame = Frame { noindex: true, ..chrome.frame() };
    here.desk.theme.render("gone.html", &GonePage { frame })
}

/// The body of an article with the anchors that it once had.
pub(super) fn with_former_anchors(body: String, entry: &Entry) -> String {
    if entry.traced.is_empty() {
        return body;
    }
    let mut by_block: BTreeMap<Option<u32>, String> = BTreeMap::new();
    for traced in &entry.traced {
        let ids = by_block.entry(traced.block).or_default();
        // Writing to a string does not fail.
        let _ = write!(ids, "<span id=\"{}\"></span>", traced.former);
    }
    let mut out = String::with_capacity(body.len() + entry.traced.len() * 32);
    let mut done = 0;
    for (block, ids) in by_block {
        let anchor = block.and_then(|block| entry.briefing.anchors.get(block as usize));
        // Blocks stand in the page as they stand in the body, so one pass is enough.
        let inside = anchor.and_then(|anchor| {
            let tag = body[done..].find(&format!(" id=\"{anchor}\""))? + done;
            Some(body[tag..].find('>')? + tag + 1)
        });
        if let Some(inside) = inside {
            out.push_str(&body[done..inside]);
            done = inside;
        }
        out.push_str(&ids);
    }
    out.push_str(&body[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_its_first_page() {
        let pages = [
            ("/briefings/2022/", Page::Year(0, 1)),
            ("/briefings/2022/page-2/", Page::Year(0, 2)),
            ("/actors/nato/", Page::Actor(0, 1)),
            ("/actors/un/", Page::Actor(1, 1)),
            ("/actors/un/page-2/", Page::Actor(1, 2)),
            ("/tags/grain/", Page::Tag(0, 1)),
        ];
        let pages = pages.map(|(address, page)| (Address::parse(address).unwrap(), page)).into();
        let expected = [("/actors/un/", 2), ("/briefings/2022/", 2), ("/tags/grain/", 1)];
        let expected = expected.map(|(address, n)| (address.to_owned(), n)).into();
        assert_eq!(lists(&pages), expected);
    }
}
