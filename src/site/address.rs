//! Where a page stands in the site.
//!
//! Everything a stranger wrote reaches an address through [`Address::page`] and
//! [`Address::file`], which know one alphabet and nothing else: no text, however
//! hostile, makes a path that leaves the site, hides a file or means something to
//! an operating system. Names the owner gave to files under `static/` keep their
//! spelling ([`Address::of_static`]) and are refused where they could do harm.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{short_hash, slug};

/// The path of a page or file of the site, from its root: `/`, `/actors/nato/`,
/// `/data/events.json`.
///
/// Begins with `/`; ends with `/` for a page and with a file name for anything
/// else. Its parts are never empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Address(String);

/// The longest name that every file system takes, with room for a suffix.
const LONGEST_PART: usize = 200;

impl Address {
    /// The home page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The page under `parts`; the home page where there are none.
    ///
    /// A part in the alphabet of slugs stays as it is; of any other its slug is
    /// taken, or a short hash where no letter of it can be said in that alphabet.
    ///
    /// ```
    /// use annals::site::Address;
    ///
    /// assert_eq!(Address::page(&["actors", "Jens Stoltenberg"]).as_str(), "/actors/jens-stoltenberg/");
    /// assert_eq!(Address::page(&["tags", "../../etc"]).as_str(), "/tags/etc/");
    /// ```
    pub fn page(parts: &[&str]) -> Self {
        let mut address =
            String::with_capacity(1 + parts.iter().map(|part| part.len() + 1).sum::<usize>());
        address.push('/');
        for part in parts {
            address.push_str(&plain_part(part));
            address.push('/');
        }
        Self(address)
    }

    /// The file `name` beside the page under `parts`: `index.json`, `atom.xml`,
    /// `theme.3fa9.css`, `.nojekyll`. `index.html` is the page itself.
    ///
    /// Stem and extension of a name are treated like the parts of a page.
    pub fn file(parts: &[&str], name: &str) -> Self {
        let mut address = Self::page(parts);
        if name != "index.html" {
            address.0.push_str(&plain_name(name));
        }
        address
    }

    /// The file `name` beside this page, as [`Address::file`] makes it.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        let folder = &self.0[..=self.0.rfind('/').unwrap_or(0)];
        let mut address = String::with_capacity(folder.len() + name.len());
        address.push_str(folder);
        if name != "index.html" {
            address.push_str(&plain_name(name));
        }
        Self(address)
    }

    /// The address of a file under `static/`, by its path there with `/`.
    ///
    /// `None` for a path that is not plainly inside: an empty part, `.` or `..`, a
    /// backslash, a colon, a control character, a part of over 255 bytes.
    pub fn of_static(path: &str) -> Option<Self> {
        let harmless = |part: &str| {
            !matches!(part, "" | "." | "..")
                && part.len() <= 255
                && !part.contains(|c: char| matches!(c, '\\' | ':') || c.is_control())
        };
        if !path.split('/').all(harmless) {
            return None;
        }
        let page =
            path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        Some(Self(format!("/{}", page.unwrap_or(path))))
    }

    /// Reads an address back, as the lock or a link spells it. `None` for what
    /// [`Address::page`], [`Address::file`] and [`Address::of_static`] never give.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('/')?;
        let parts = path.strip_suffix('/').unwrap_or(path);
        if path.is_empty() {
            return Some(Self::home());
        }
        Self::of_static(parts).filter(|address| !address.is_page()).map(|_| Self(text.to_owned()))
    }

    /// The address as links spell it, without the path the site stands under.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a page; else it names a file.
    pub fn is_page(&self) -> bool {
        self.0.ends_with('/')
    }

    /// The file that holds it, from the root of the site, with `/`:
    /// `actors/nato/index.html`.
    pub fn file_path(&self) -> String {
        let path = &self.0[1..];
        if self.is_page() { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The way from here to the root of the site, for links that hold under any
    /// sub-path: `.` at the root, `../..` from `/actors/nato/`. A link is
    /// `{root_prefix}{address}`.
    pub fn root_prefix(&self) -> String {
        match memchr::memchr_iter(b'/', self.0.as_bytes()).count() - 1 {
            0 => ".".to_owned(),
            depth => vec![".."; depth].join("/"),
        }
    }

    /// The link from this page or file to `target`.
    ///
    /// ```
    /// use annals::site::Address;
    ///
    /// let article = Address::page(&["briefings", "talks"]);
    /// assert_eq!(article.link_to(&Address::page(&["actors"])), "../../actors/");
    /// ```
    pub fn link_to(&self, target: &Self) -> String {
        self.root_prefix() + &target.0
    }

    /// The whole address under `base_url`, which ends with a slash.
    pub fn absolute(&self, base_url: &str) -> String {
        format!("{base_url}{}", &self.0[1..])
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an address of the site"))
    }
}

/// One part of a page's address.
fn plain_part(part: &str) -> String {
    let mut plain = if is_slug(part) { part.to_owned() } else { slug(part) };
    if plain.is_empty() {
        plain = short_hash(part, 8);
    }
    if is_reserved(&plain) {
        plain.push_str("-page");
    }
    plain
}

/// A file's name: dots are kept between parts that are slugs.
fn plain_name(name: &str) -> String {
    if name == ".nojekyll" {
        return name.to_owned();
    }
    let parts: Vec<String> = name
        .split('.')
        .filter(|part| !part.is_empty())
        .map(|part| if is_slug(part) { part.to_owned() } else { slug(part) })
        .filter(|part| !part.is_empty())
        .collect();
    match parts.first() {
        None => short_hash(name, 8),
        Some(stem) if is_reserved(stem) => format!("page-{}", parts.join(".")),
        Some(_) if parts.iter().map(|part| part.len() + 1).sum::<usize>() > LONGEST_PART => {
            short_hash(name, 8)
        }
        Some(_) => parts.join("."),
    }
}

fn is_slug(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= LONGEST_PART
        && !part.starts_with('-')
        && !part.ends_with('-')
        && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Names that Windows keeps for devices, whatever their extension.
fn is_reserved(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_becomes_a_file_and_a_way_back() {
        for (address, file, root) in [
            (Address::home(), "index.html", "."),
            (Address::page(&["actors"]), "actors/index.html", ".."),
            (Address::page(&["actors", "nato"]), "actors/nato/index.html", "../.."),
            (Address::file(&[], "atom.xml"), "atom.xml", "."),
            (Address::file(&["actors", "nato"], "atom.xml"), "actors/nato/atom.xml", "../.."),
            (Address::file(&["actors"], "index.html"), "actors/index.html", ".."),
            (Address::file(&[], ".nojekyll"), ".nojekyll", "."),
        ] {
            assert_eq!(
                (address.file_path().as_str(), address.root_prefix().as_str()),
                (file, root)
            );
            assert_eq!(Address::parse(address.as_str()), Some(address));
        }
    }

    #[test]
    fn hostile_parts_become_plain_ones() {
        for (parts, name, expected) in [
            (&["a/b", "c\\d"][..], "index.html", "/a-b/c-d/"),
            (&["con"][..], "nul.txt", "/con-page/page-nul.txt"),
            (&["NATO"][..], "../../x.html", "/nato/x.html"),
            (&[][..], "..", "/xoxurpo7"),
        ] {
            assert_eq!(Address::file(parts, name).as_str(), expected);
        }
    }

    #[test]
    fn a_part_without_letters_is_named_by_its_hash() {
        let (dots, dashes) = (Address::page(&[".."]), Address::page(&["-"]));
        assert_eq!((dots.as_str().len(), dashes.as_str().len()), (10, 10));
        assert_ne!(dots, dashes);
    }

    #[test]
    fn a_static_file_keeps_its_name_unless_it_leaves_the_site() {
        for (path, expected) in [
            ("images/Grey Harbour.jpg", Some("/images/Grey Harbour.jpg")),
            ("CNAME", Some("/CNAME")),
            (".well-known/security.txt", Some("/.well-known/security.txt")),
            ("about/index.html", Some("/about/")),
            ("index.html", Some("/")),
            ("myindex.html", Some("/myindex.html")),
            ("../x", None),
            ("a//b", None),
            ("/etc/passwd", None),
            ("c:\\x", None),
            ("a\0b", None),
        ] {
            let actual = Address::of_static(path);
            assert_eq!(actual.as_ref().map(Address::as_str), expected, "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_leaves_the_site(parts in prop::collection::vec(any::<String>(), 0..4), name in any::<String>()) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            for address in [Address::page(&parts), Address::file(&parts, &name)] {
                let path = address.file_path();
                let inside = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
                prop_assert!(inside && !path.contains('\\'), "{path:?}");
                prop_assert_eq!(Address::parse(address.as_str()), Some(address));
            }
            if let Some(address) = Address::of_static(&name) {
                let path = address.file_path();
                let inside = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
                prop_assert!(inside, "{path:?}");
            }
        }
    }
}
