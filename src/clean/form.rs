//! What each part of a clipping is, by its form alone.
//!
//! A [`Unit`] goes in, a [`Form`] comes out: prose, a short line, a stamp, a
//! byline, a picture's text, or page furniture with the rule that says which.
//! Form alone never removes a line that could be the article's: that needs its
//! place too, and [`super::body`] and [`super::header`] judge that.
//!
//! The words stand in [`phrases`], the texts of pictures in [`picture`]. Start at
//! [`recognise`].

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::line::{Ending, Unit};
use super::reason::{self, Reason};
use super::stamp::{Label, Stamp};
use super::{agency, byline, stamp};
use crate::text::fold;

mod phrases;
pub(super) mod picture;

use phrases::TABLES;
use picture::Picture;

/// Why a line is not part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    Share,
    Advert,
    Navigation,
    SignIn,
    Newsletter,
    Footer,
    Consent,
    Comments,
    Related,
    ReadMore,
    Tags,
    Player,
    Shop,
    AuthorNote,
    Copyright,
    Counter,
    ReadingTime,
    Age,
    Icons,
    Marks,
    Embed,
    SignOff,
    Breadcrumb,
}

impl Rule {
    /// The rule as ledgers name it.
    pub(super) fn reason(self) -> Reason {
        match self {
            Self::Share => reason::SHARE,
            Self::Advert => reason::ADVERT,
            Self::Navigation => reason::NAVIGATION,
            Self::SignIn => reason::SIGN_IN,
            Self::Newsletter => reason::NEWSLETTER,
            Self::Footer => reason::FOOTER,
            Self::Consent => reason::CONSENT,
            Self::Comments => reason::COMMENTS,
            Self::Related => reason::RELATED,
            Self::ReadMore => reason::READ_MORE,
            Self::Tags => reason::TAGS,
            Self::Player => reason::PLAYER,
            Self::Shop => reason::SHOP,
            Self::AuthorNote => reason::AUTHOR_NOTE,
            Self::Copyright => reason::COPYRIGHT,
            Self::Counter => reason::COUNTER,
            Self::ReadingTime => reason::READING_TIME,
            Self::Age => reason::AGE,
            Self::Icons => reason::ICONS,
            Self::Marks => reason::MARKS,
            Self::Embed => reason::EMBED,
            Self::SignOff => reason::SIGN_OFF,
            Self::Breadcrumb => reason::BREADCRUMB,
        }
    }

    /// Whether the form is so plain that a line of it goes wherever it stands.
    pub(super) fn is_sure(self) -> bool {
        !matches!(self, Self::Shop | Self::AuthorNote | Self::Marks | Self::Tags | Self::Footer)
    }
}

/// What a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form<'a> {
    /// A sentence or more.
    Prose,
    /// A line that ends no sentence, or hardly is one.
    Short,
    /// An item of a list.
    Item,
    /// A fenced block of code.
    Code,
    /// Page furniture.
    Furniture(Rule),
    /// Dates the page prints about itself.
    Stamp(Stamp<'a>),
    /// `Published` alone: the date stands on the next line.
    Label(Label),
    /// `By` alone: the name stands on the next line.
    Announcement,
    /// Who wrote it.
    Byline(byline::Byline),
    /// Nothing but an agency's name.
    Agency(&'static str),
    /// Text of a picture.
    Picture(Picture<'a>),
    /// A correction or an editor's note.
    Note,
    /// `Source: The Evening Dispatch`.
    Outlet(&'a str),
}

/// Says what `unit` is, by its form.
pub(super) fn recognise<'a>(unit: &'a Unit<'_>) -> Form<'a> {
    let text: &'a str = &unit.text;
    let shape = &unit.shape;
    if unit.code {
        return Form::Code;
    }
    if unit.row && shape.words >= 2 {
        return Form::Item;
    }
    if shape.letters == 0 {
        return match stamp::read(text) {
            Some(stamp) => Form::Stamp(stamp),
            None if shape.digits > 0 && shape.words > 3 => Form::Short,
            None => Form::Furniture(if shape.digits > 0 { Rule::Counter } else { Rule::Marks }),
        };
    }
    if shape.words >= 8 && is_icon_run(text) {
        return Form::Furniture(Rule::Icons);
    }
    let mut byline = None;
    if shape.words <= 8 {
        if let Some(agency) = agency::line(text) {
            return Form::Agency(agency.name);
        }
        byline = byline::read(unit.raw);
        let signs = |_: &mut byline::Byline| {
            shape.digits == 0
                && (shape.ending != Ending::Sentence
                    || byline::after_by(text).is_some_and(byline::is_name))
        };
        if let Some(byline) = byline.take_if(signs) {
            return Form::Byline(byline);
        }
    }
    if text.starts_with("— ") && text.contains("(@")
        || text.starts_with("pic.twitter.com/")
        || text.starts_with("View this post on")
        || text.starts_with("A post shared by")
    {
        return Form::Furniture(Rule::Embed);
    }
    let filed = text.starts_with("FILE");
    let marked = filed || shape.words <= 60 && TABLES.mark(text);
    let picture = if marked { picture::read } else { picture::bracketed };
    if (shape.words <= 45 || filed)
        && let Some(picture) = picture(text)
    {
        return Form::Picture(picture);
    }
    if is_note(text) {
        return Form::Note;
    }
    if shape.words <= 30
        && let Some(form) = short_form(text, unit, byline)
    {
        return form;
    }
    if shape.words <= 60
        && marked
        && let Some(rule) = TABLES.anywhere(text)
    {
        return Form::Furniture(rule);
    }
    if shape.words >= 6 && byline::described(text).is_some() {
        return Form::Furniture(Rule::AuthorNote);
    }
    if is_item(text) {
        return Form::Item;
    }
    let prose = shape.words >= 4 && shape.ending == Ending::Sentence
        || shape.words >= 12 && shape.ending == Ending::Colon
        || shape.words >= 25 && shape.ending == Ending::Open
        || shape.words >= 60;
    if prose { Form::Prose } else { Form::Short }
}

/// Forms of lines of a few words; `byline` is what one of up to eight reads as.
fn short_form<'a>(
    text: &'a str,
    unit: &Unit<'_>,
    byline: Option<byline::Byline>,
) -> Option<Form<'a>> {
    let shape = &unit.shape;
    if shape.words <= 4 && byline::announces(text) {
        return Some(Form::Announcement);
    }
    if shape.words <= 6
        && let Some(label) = stamp::label_alone(text)
    {
        return Some(Form::Label(label));
    }
    if let Some(rule) = sign_off(text) {
        return Some(Form::Furniture(rule));
    }
    if let Some(stamp) = stamp::read(text) {
        return Some(Form::Stamp(stamp));
    }
    if shape.ending != Ending::Sentence || shape.words <= 6 {
        let byline = if shape.words <= 8 { byline } else { byline::read(unit.raw) };
        if let Some(byline) = byline {
            return Some(Form::Byline(byline));
        }
        if let Some(outlet) = outlet_line(text) {
            return Some(Form::Outlet(outlet));
        }
    }
    furniture(text, shape.words).map(Form::Furniture)
}

/// Furniture by its words.
fn furniture(text: &str, words: usize) -> Option<Rule> {
    if words > 24 {
        return None;
    }
    // what a long line begins with says enough
    let folded = fold(&text[..text.floor_char_boundary(if words > 12 { 128 } else { text.len() })]);
    let key = folded.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '[' | '('));
    if words <= 9
        && let Some(rule) = TABLES.whole(key)
    {
        return Some(rule);
    }
    if words <= 12
        && let Some(rule) = counted(key)
    {
        return Some(rule);
    }
    if is_glued_share(key) {
        return Some(Rule::Share);
    }
    if is_dated_copyright(text, words) {
        return Some(Rule::Copyright);
    }
    let opening = TABLES.opening(key);
    if opening.is_some() {
        return opening;
    }
    if !text.bytes().any(|byte| matches!(byte, b'>' | b'/' | 0xBA | 0xBB)) {
        return None;
    }
    let breadcrumb = words <= 14
        && (text.matches(" > ").count() >= 2
            || text.matches(" » ").count() >= 2
            || text.matches(" / ").count() >= 3
            || text.matches(" › ").count() >= 2)
        || text.starts_with("Home >")
        || text.starts_with("Home »")
        || text.starts_with("Home /");
    breadcrumb.then_some(Rule::Breadcrumb)
}

/// `© 2021 The Evening Dispatch`, `Copyright © Harbour Wire 2021`: with a year, as
/// credits of pictures have none.
fn is_dated_copyright(text: &str, words: usize) -> bool {
    let rest = text.strip_prefix("Copyright").unwrap_or(text).trim_start();
    let marked = rest.len() < text.len() || rest.starts_with('©') || rest.starts_with("(c)");
    let year = |word: &str| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    marked && words <= 14 && text.split([' ', '-', '–', '©']).any(year)
}

/// How pages say how long the reading takes, folded.
static READING_TIME: LazyLock<AhoCorasick> = LazyLock::new(|| {
    const WORDS: [&str; 15] = [
        "min read",
        "minute read",
        "mins read",
        "reading time",
        "lesezeit",
        "temps de lecture",
        "min de lectura",
        "min de lecture",
        "tempo di lettura",
        "tiempo de lectura",
        "tempo de leitura",
        "vreme citanja",
        "vrijeme citanja",
        "koha e leximit",
        "czas czytania",
    ];
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(WORDS)
        .expect("a few short patterns fit any automaton")
});

/// `12 comments`, `1.2K shares`, `5 min read`, `16m ago`, `1 of 5`.
fn counted(key: &str) -> Option<Rule> {
    if is_age(key) {
        return Some(Rule::Age);
    }
    if key.len() < 60 && READING_TIME.is_match(key) {
        return Some(Rule::ReadingTime);
    }
    let digits = key.len()
        - key
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+'))
            .len();
    if digits == 0 {
        return None;
    }
    let rest = key[digits..].trim_start();
    let rest = rest
        .strip_prefix(['k', 'm'])
        .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        .unwrap_or(rest)
        .trim();
    match rest {
        "" | "shares" | "share" | "likes" | "like" | "views" | "view" | "reads" | "retweets"
        | "followers" | "votes" | "upvotes" | "reactions" | "photos" | "images" | "items"
        | "ratings" | "reviews" | "total shares" | "saves" | "claps" | "downloads"
        | "subscribers" | "bookmarks" => Some(Rule::Counter),
        "comments" | "comment" | "kommentare" | "kommentar" | "commentaires" | "comentarios"
        | "commenti" | "komentara" | "reacties" | "replies" | "responses" => Some(Rule::Comments),
        "min" | "mins" | "minutes" | "minuten" | "min." | "seconds" | "sec" => {
            Some(Rule::ReadingTime)
        }
        _ => {
            let of = rest
                .strip_prefix("of ")
                .or_else(|| rest.strip_prefix("/ "))
                .or_else(|| rest.strip_prefix('/'));
            let counts = of.is_some_and(|total| {
                !total.is_empty() && total.trim().bytes().all(|byte| byte.is_ascii_digit())
            });
            counts.then_some(Rule::Player)
        }
    }
}

/// `16m ago`, `3 hours ago`, `just now`, `vor 3 Stunden`.
pub(super) fn is_age(key: &str) -> bool {
    if key.len() > 40 {
        return false;
    }
    if matches!(
        key,
        "just now" | "yesterday" | "moments ago" | "an hour ago" | "a day ago" | "gestern" | "now"
    ) {
        return true;
    }
    let count = key.bytes().take_while(u8::is_ascii_digit).count();
    if count > 0
        && count <= 3
        && (key.ends_with(" ago")
            || key.ends_with(" fa")
            || key.ends_with(" geleden")
            || key.ends_with(" sedan"))
    {
        return key.split_whitespace().count() <= 4;
    }
    let german = key
        .strip_prefix("vor ")
        .or_else(|| key.strip_prefix("il y a "))
        .or_else(|| key.strip_prefix("hace "))
        .or_else(|| key.strip_prefix("pre "));
    german.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.split_whitespace().count() <= 3
    })
}

/// `ShareTweetEmail`, `facebook twitter whatsapp`: nothing but networks.
fn is_glued_share(key: &str) -> bool {
    const NETWORKS: [&str; 30] = [
        "facebook",
        "twitter",
        "whatsapp",
        "linkedin",
        "reddit",
        "pinterest",
        "telegram",
        "email",
        "e-mail",
        "share",
        "tweet",
        "print",
        "copy link",
        "copy",
        "link",
        "flipboard",
        "tumblr",
        "instagram",
        "messenger",
        "pocket",
        "mail",
        "sms",
        "threads",
        "bluesky",
        "x",
        "save",
        "more",
        "viber",
        "icon",
        "youtube",
    ];
    if key.len() > 120 || key.len() < 5 {
        return false;
    }
    let mut rest = key;
    let mut found = 0;
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', '|', '/', ',', '·', '•', '-', ':', '.', '\'', 's']);
        if rest.is_empty() {
            break;
        }
        let first = rest.as_bytes().first();
        let may_begin = |name: &&&str| name.as_bytes().first() == first;
        let after = NETWORKS.iter().filter(may_begin).find_map(|name| rest.strip_prefix(name));
        let Some(after) = after else {
            return false;
        };
        found += 1;
        rest = after;
    }
    found >= 2
}

/// A line that says who supplied the story, at its end.
fn sign_off(text: &str) -> Option<Rule> {
    const OPENINGS: [&str; 20] = [
        "—Reporting by",
        "– additional reporting",
        "Reporting by",
        "(Reporting by",
        "With reporting from",
        "With reporting by",
        "Additional reporting by",
        "(Additional reporting",
        "Reporting for",
        "With files from",
        "With information from",
        "With inputs from",
        "(With inputs from",
        "With contributions from",
        "(Writing by",
        "Writing by",
        "Editing by",
        "(Editing by",
        "Our Standards:",
        "Edited by:",
    ];
    // what those openings begin with, dashes with one byte
    let first = text.bytes().next().is_some_and(|byte| b"RWAOE(\xE2".contains(&byte));
    (first && OPENINGS.iter().any(|opening| text.starts_with(opening))).then_some(Rule::SignOff)
}

/// The outlet that a line `Source: …` names.
fn outlet_line(text: &str) -> Option<&str> {
    let rest = [
        "Source:",
        "Quelle:",
        "Izvor:",
        "Fuente:",
        "Fonte:",
        "Originally published by",
        "Originally published in",
        "Burimi:",
    ]
    .iter()
    .find_map(|word| text.strip_prefix(word))?
    .trim();
    let words = rest.split_whitespace().count();
    ((1..=6).contains(&words) && !rest.contains("://")).then_some(rest)
}

/// Whether `text` is a correction or an editor's note.
fn is_note(text: &str) -> bool {
    const OPENINGS: [&str; 30] = [
        "Correction:",
        "CORRECTION:",
        "Corrections:",
        "Correction,",
        "Clarification:",
        "CLARIFICATION:",
        "Editor's note:",
        "Editor’s note:",
        "Editor's Note:",
        "Editor’s Note:",
        "EDITOR'S NOTE:",
        "EDITOR’S NOTE:",
        "Editor's Note ",
        "Editor’s Note ",
        "An earlier version of this",
        "A previous version of this",
        "This story has been updated",
        "This article has been updated",
        "This story was updated",
        "This article was updated",
        "This story has been corrected",
        "This article has been corrected",
        "This story was corrected",
        "This article was amended",
        "This story was first published",
        "This article was originally published",
        "This article was first published",
        "This story was originally published",
        "Anmerkung der Redaktion:",
        "Note de la rédaction",
    ];
    // what those openings begin with
    let may_begin = matches!(
        text.as_bytes().first_chunk(),
        Some(
            b"Corr"
                | b"CORR"
                | b"Clar"
                | b"CLAR"
                | b"Edit"
                | b"EDIT"
                | b"An e"
                | b"A pr"
                | b"This"
                | b"Anme"
                | b"Note"
        )
    );
    may_begin && OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// Whether the line begins with the bullet or number of a list item.
pub(super) fn is_item(text: &str) -> bool {
    bullet(text).is_some()
}

/// Bytes of the bullet, and whether it is a number.
pub(super) fn bullet(text: &str) -> Option<(usize, bool)> {
    // most lines begin with a letter
    if text.bytes().next().is_none_or(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    for mark in ["• ", "•", "– ", "- ", "* ", "▪ ", "▪", "◦ ", "● ", "●", "■ ", "‣ ", "· ", "— "]
    {
        if let Some(rest) = text.strip_prefix(mark) {
            return rest.chars().next().map(|_| (mark.len(), false));
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits)
        && matches!(text.as_bytes().get(digits), Some(b'.' | b')'))
        && text.as_bytes().get(digits + 1) == Some(&b' ');
    numbered.then_some((digits + 2, true))
}

/// Whether the line is a run of icon names: many words, most of which share one
/// stem that is glued to their tail (`bellsprite cartsprite`) or stands before a
/// hyphen at their head (`ic_menu ic_search`), and no sentence.
fn is_icon_run(text: &str) -> bool {
    const TAIL: usize = 4;
    const FEWEST: usize = 8;
    const LOOK: usize = 60;
    const EARLY: usize = 12;
    /// Words whose stem is tried: a run may begin with a word that lacks it.
    const TRIED: usize = 4;
    if text.len() < 48 || text.ends_with(['.', '!', '?', '”', '"']) {
        return false;
    }
    let words = || text.split_ascii_whitespace().take(LOOK).map(str::as_bytes);
    let head = |word: &[u8]| word.iter().take(9).position(|byte| matches!(byte, b'_' | b'-'));
    let mut early = [&b""[..]; EARLY];
    early.iter_mut().zip(words()).for_each(|(early, word)| *early = word);
    let tried = early.iter().take(TRIED).filter(|tried| !tried.is_empty());
    tried.copied().any(|tried| {
        // a stem shows among the first words
        let is_akin =
            |word: &&&[u8]| word.len() >= TAIL && tried.ends_with(&word[word.len() - TAIL..]);
        if early.iter().filter(is_akin).count() < EARLY / 4 && head(tried).is_none() {
            return false;
        }
        let count = words().count();
        let most = |shared: usize| shared >= FEWEST && shared * 3 >= count * 2;
        let by_tail = tried.len() >= TAIL && {
            let tail = &tried[tried.len() - TAIL..];
            let longer = |word: &&[u8]| word.len() > TAIL + 1 && word.ends_with(tail);
            // the stem itself stands at the head: `sprite bell upsprite cart`
            let stemmed = words().filter(|word| word.ends_with(tried)).count();
            most(words().filter(longer).count()) || stemmed >= FEWEST && stemmed * 3 >= count
        };
        let by_head = head(tried).filter(|at| *at > 0).is_some_and(|at| {
            let stem = &tried[..=at];
            most(words().filter(|word| word.starts_with(stem)).count())
        });
        by_tail || by_head
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_icon_names_is_known_by_its_stem_whatever_it_is() {
        for text in [
            "glyph bellglyph cartglyph closeglyph downglyph flagglyph heartglyph homeglyph linkglyph",
            "ic_search ic_menu ic_close ic_share ic_print ic_mail ic_home ic_lock ic_star",
            "svg-x svg-facebook svg-mail svg-print svg-up svg-down svg-left svg-right",
            "glyph linkedin glyph file glyph check glyph star glyph bell glyph cart glyph up glyph down",
            "icon bellicon cameraicon closeicon down arrowicon homeicon linkicon lockicon mailicon menu",
        ] {
            assert!(is_icon_run(text), "{text:?}");
        }
        for text in [
            "Swimming rowing sailing boxing and running remain on the programme of the summer games",
            "The anti-war and anti-tax marches met in the old market and went home in the evening",
            "Ships wait outside the harbour of Kotor while two cranes are being rebuilt on the pier",
        ] {
            assert!(!is_icon_run(text), "{text:?}");
        }
    }
}
