//! What stands on the pictures that links are shared with.

use super::card::{Desk, Here};
use super::context::PreviewImage;
use crate::config::{Config, Preview};
use crate::poster::{self, Inks, Poster};
use crate::site::Address;
use crate::text;
use crate::theme::look;

/// The colours of the pages on a light ground.
fn inks(config: &Config) -> Inks {
    let [paper, ink, soft, accent] =
        ["paper", "ink", "soft", "accent"].map(|name| look::light(&config.theme, name));
    Inks { paper, ink, soft, accent }
}

/// The picture of the whole site.
pub(super) fn of_site(config: &Config) -> Poster<'_> {
    let kicker = config.base_url.split_once("://").map_or("", |(_, rest)| rest);
    Poster {
        kicker: kicker.trim_end_matches('/'),
        title: &config.title,
        line: &config.description,
        inks: inks(config),
    }
}

/// Where the picture of the site stands: its name changes with what stands on it. `None`
/// where none is wanted, where it could not be drawn, and without a `base_url`, since
/// only an absolute address is of use to those who ask for it.
pub(super) fn site_address(config: &Config) -> Option<Address> {
    let poster = of_site(config);
    let is_wanted = config.publish.preview != Preview::Off && !config.base_url.is_empty();
    let print = text::hash(&format!("{poster:?}"));
    (is_wanted && poster::can_show(poster.title))
        .then(|| Address::file(&["assets"], &format!("preview-{:08x}.png", print >> 32)))
}

/// What the picture of an article is called, beside its page.
pub(super) const FILE: &str = "preview.png";

/// Whether an article has a picture of its own.
pub(super) fn is_wanted(desk: &Desk<'_>, index: u32) -> bool {
    let config = desk.config;
    config.publish.preview == Preview::Pages
        && !config.base_url.is_empty()
        && poster::can_show(desk.archive.entries[index as usize].headline())
}

/// Who printed an article and when: the line at the foot of its picture.
pub(super) fn line(here: Here<'_>, index: u32) -> String {
    let article = &here.entry(index).briefing.article;
    let outlet = article.outlet.as_ref().or(article.agency.as_ref());
    let mut date = here.when_text(article.published.when.as_ref());
    if article.published.basis_word() == "inferred" {
        date.extend([" (", &*here.wording().dates().inferred, ")"]);
    }
    match outlet {
        Some(outlet) => format!("{}, {date}", outlet.value),
        None => date,
    }
}

/// The picture of an article; `line` is what [`line`] gives.
pub(super) fn of_article<'a>(here: Here<'a>, index: u32, line: &'a str) -> Poster<'a> {
    let config = here.desk.config;
    let title = here.entry(index).headline();
    Poster { kicker: &config.title, title, line, inks: inks(config) }
}

/// What the page of an article at `address` says of its own picture, if it has one.
pub(super) fn of_own<'a>(
    here: Here<'a>,
    address: &Address,
    index: u32,
) -> Option<PreviewImage<'a>> {
    let headline = here.entry(index).headline();
    is_wanted(&here.desk, index).then(|| image(&here.desk, &address.beside(FILE), headline))
}

/// What a page says of its picture.
pub(super) fn image<'a>(desk: &Desk<'a>, address: &Address, alt: &'a str) -> PreviewImage<'a> {
    PreviewImage {
        href: address.absolute(&desk.config.base_url),
        alt,
        width: poster::SIZE.0,
        height: poster::SIZE.1,
    }
}
