//! Where the links of the site's pages lead.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::external;
use crate::pipeline::Build;
use crate::site::Address;

/// What the pages of a site, rendered, have to say.
pub(in crate::cli) struct Survey {
    /// Templates that fail, and links that lead nowhere.
    pub(in crate::cli) diagnostics: Vec<Diagnostic>,
    /// Bytes of each page of HTML, by its file below the output folder.
    pub(super) sizes: BTreeMap<String, u64>,
    /// Addresses of the web that pages link to, each with the first such page.
    pub(super) outward: BTreeMap<String, String>,
}

/// What one page offers and asks for.
struct Links {
    ids: BTreeSet<String>,
    /// Address and anchor of every link that stays within the site.
    targets: Vec<(String, String)>,
    /// Addresses of the web.
    outward: Vec<String>,
    /// Of its HTML, in bytes.
    size: u64,
}

/// Renders every page and follows every link between them; one diagnostic for each
/// that leads nowhere.
pub(in crate::cli) fn survey(build: &Build, statics: &BTreeSet<String>) -> Survey {
    let base_path = build.base_path();
    let addresses: Vec<&Address> = build.addresses().collect();
    let read: Vec<Result<(&str, Links), Diagnostic>> = addresses
        .par_iter()
        .filter(|address| {
            Path::new(&address.file_path()).extension().is_some_and(|extension| extension == "html")
        })
        .filter_map(|address| build.render(address).map(|rendered| (address, rendered)))
        .map(|(address, rendered)| {
            rendered.map(|html| (address.as_str(), links_of(address, &html, base_path)))
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut pages: HashMap<&str, Links> = HashMap::new();
    for page in read {
        match page {
            Ok((address, links)) => {
                pages.insert(address, links);
            }
            Err(error) => diagnostics.push(error),
        }
    }
    // A broken template breaks every page that it makes.
    diagnostics.dedup_by(|a, b| a.message == b.message && a.place == b.place);
    let files: BTreeSet<&str> = addresses.iter().map(|address| address.as_str()).collect();
    let mut lost: BTreeMap<(String, String), &str> = BTreeMap::new();
    for address in &addresses {
        let Some(links) = pages.get(address.as_str()) else { continue };
        for (target, anchor) in &links.targets {
            let found = match pages.get(target.as_str()) {
                Some(page) => anchor.is_empty() || page.ids.contains(anchor),
                None => files.contains(target.as_str()) || statics.contains(target),
            };
            if !found {
                lost.entry((target.clone(), anchor.clone())).or_insert(address.as_str());
            }
        }
    }
    diagnostics.extend(lost.into_iter().map(|((target, anchor), from)| {
        let hash = if anchor.is_empty() { "" } else { "#" };
        Diagnostic::error(
            "link",
            format!("the page `{from}` links to `{target}{hash}{anchor}`, which is not there"),
        )
        .help("mend the link, or the template that makes it")
    }));
    let sizes = addresses
        .iter()
        .filter_map(|address| Some((address.file_path(), pages.get(address.as_str())?.size)))
        .collect();
    let mut outward = BTreeMap::new();
    for address in addresses {
        let Some(links) = pages.get_mut(address.as_str()) else { continue };
        for link in links.outward.drain(..) {
            outward.entry(link).or_insert_with(|| address.as_str().to_owned());
        }
    }
    Survey { diagnostics, sizes, outward }
}

/// The ids of a page and its links within the site.
fn links_of(address: &Address, html: &[u8], base_path: &str) -> Links {
    let size = html.len() as u64;
    let html = String::from_utf8_lossy(html);
    let mut links = Links { ids: BTreeSet::new(), targets: Vec::new(), outward: Vec::new(), size };
    for (name, value) in attributes(&html) {
        match name {
            "id" => {
                links.ids.insert(value.to_owned());
            }
            _ => {
                if let Some(target) = resolve(address.as_str(), value, base_path) {
                    links.targets.push(target);
                } else if external::is_web(value) {
                    let (address, _) = value.split_once('#').unwrap_or((value, ""));
                    links.outward.push(address.replace("&amp;", "&"));
                }
            }
        }
    }
    links
}

/// Values of `id`, `href` and `src` inside tags.
fn attributes(html: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let tags =
        html.split('<').skip(1).filter_map(|tag| tag.split_once('>').map(|(inside, _)| inside));
    tags.flat_map(|tag| {
        [("id", " id=\""), ("href", " href=\""), ("src", " src=\"")].into_iter().filter_map(
            move |(name, start)| {
                let (_, rest) = tag.split_once(start)?;
                Some((name, rest.split_once('"')?.0))
            },
        )
    })
}

/// Address and anchor that `link` on the page at `from` means; `None` where it
/// leaves the site.
fn resolve(from: &str, link: &str, base_path: &str) -> Option<(String, String)> {
    let outward = |scheme: &&str| link.starts_with(*scheme);
    if link.contains("://") || ["mailto:", "data:", "//"].iter().any(outward) {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return Some((from.to_owned(), anchor.to_owned()));
    }
    if let Some(inside) =
        path.strip_prefix(base_path).filter(|rest| path.starts_with('/') && rest.starts_with('/'))
    {
        return Some((inside.to_owned(), anchor.to_owned()));
    }
    let mut parts: Vec<&str> = from.split('/').skip(1).collect();
    parts.pop();
    let mut rest = path.split('/').peekable();
    while let Some(part) = rest.next() {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ if rest.peek().is_none() && part.is_empty() => {}
            _ => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') || path.ends_with("..") || path == "." { "/" } else { "" };
    let joined = parts.join("/");
    let target = if joined.is_empty() { "/".to_owned() } else { format!("/{joined}{slash}") };
    Some((target, anchor.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_an_address_of_the_site() {
        for (from, link, base, expected) in [
            ("/briefings/a/", "../../actors/nato/", "", Some(("/actors/nato/", ""))),
            ("/briefings/a/", "../../", "", Some(("/", ""))),
            ("/briefings/a/", "index.md", "", Some(("/briefings/a/index.md", ""))),
            ("/briefings/a/", "#p-1", "", Some(("/briefings/a/", "p-1"))),
            ("/", "./timeline/2022/#e-1", "", Some(("/timeline/2022/", "e-1"))),
            ("/404.html", "/repo/actors/", "/repo", Some(("/actors/", ""))),
            ("/", "https://a.example/", "", None),
            ("/", "mailto:a@b.example", "", None),
            ("/", "data:text/plain,a", "", None),
        ] {
            let actual = resolve(from, link, base);
            let actual = actual.as_ref().map(|(target, anchor)| (target.as_str(), anchor.as_str()));
            assert_eq!(actual, expected, "{link} on {from}");
        }
    }
}
