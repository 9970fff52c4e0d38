//! The page that a story was clipped from, and the way it was clipped.

use annals::text::slug;
use annals::when::Day;
use encoding_rs::WINDOWS_1252;

use super::World;
use super::draw::Draw;
use super::story::{self, Story, long_date};
use super::words::{
    AGENCIES, AGES, CRAWL_ICONS, FOOTERS, INTERRUPTIONS, OUTLETS, RELATED, SHARE_ROWS,
};

/// A file.
pub(super) struct Page {
    pub(super) extension: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// Prints `story` on some outlet's page of the day `published`, and clips it: four
/// of five as pasted text, the fifth as Markdown of a web clipper.
pub(super) fn print(world: &World, story: &Story, published: Day, draw: &mut Draw) -> Page {
    let outlet = draw.pick(OUTLETS);
    if draw.chance(20) {
        let text = markdown(story, published, outlet, draw);
        return Page { extension: "md", bytes: text.into_bytes() };
    }
    let mut lines = header(story, published, draw);
    body(world, story, draw, &mut lines);
    tail(world, story, outlet, draw, &mut lines);
    Page { extension: "txt", bytes: clip(&lines, draw) }
}

/// Everything above the body.
fn header(story: &Story, published: Day, draw: &mut Draw) -> Vec<String> {
    let mut lines = Vec::new();
    match draw.below(20) {
        0 => lines.push(format!(" date {published} {}", story.headline)),
        1 => {
            lines.push(format!(" date {published} {CRAWL_ICONS}"));
            lines.push(story.headline.clone());
        }
        2 => lines.extend(["World".to_owned(), story.headline.clone()]),
        3 => lines.extend([story.headline.clone(), story.headline.clone()]),
        _ => lines.push(story.headline.clone()),
    }
    if draw.chance(45) {
        lines.push(story.standfirst.clone());
    }
    let by = &story.byline;
    match draw.below(5) {
        0 => lines.push(format!("By {by}")),
        1 => lines.extend(["By".to_owned(), by.clone()]),
        2 => lines.push(format!("By {by} and the Associated Press")),
        3 => lines.push(by.clone()),
        _ => {}
    }
    let (hour, minute) = (draw.between(5, 22), draw.below(60));
    let date = long_date(published);
    match draw.below(7) {
        0 => {
            lines.push(format!("Posted {date} {}:{minute:02} am.", hour % 12 + 1));
            lines.push(format!("Last Updated {date} {}:{minute:02} pm.", hour % 12 + 1));
        }
        1 => lines.push(date),
        2 => lines.push(format!("Published: {published} {hour:02}:{minute:02}")),
        3 => lines.push(format!("{date} · {} min read", draw.between(2, 9))),
        4 => lines.push(format!(
            "{:02}.{:02}.{}",
            published.day(),
            published.month(),
            published.year()
        )),
        5 => lines.push(format!("Published on {date} at {hour:02}:{minute:02} GMT")),
        _ => {}
    }
    if draw.chance(40) {
        lines.extend(draw.pick(SHARE_ROWS).iter().map(|row| (*row).to_owned()));
    }
    if let Some(caption) = story.captions.first() {
        lines.push(caption.clone());
    }
    lines
}

/// Dateline and paragraphs, with what stands between them.
fn body(world: &World, story: &Story, draw: &mut Draw, lines: &mut Vec<String>) {
    let (agency, dash) = AGENCIES[draw.index(AGENCIES.len())];
    let town = story.town.to_uppercase();
    let dateline = match draw.below(6) {
        0 | 1 => format!("{town}, {} ({agency}){dash}", story.state),
        2 => format!("{town} ({agency}){dash}"),
        3 => format!("{town}, {}{dash}", story.state),
        _ => String::new(),
    };
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        match paragraph.strip_prefix("## ") {
            Some(subheading) => lines.push(subheading.to_owned()),
            None if index == 0 => lines.push(format!("{dateline}{paragraph}")),
            None => lines.push(paragraph.clone()),
        }
        if index > 1 && draw.chance(6) {
            let other = story::headline(world, draw);
            lines.push(draw.pick(INTERRUPTIONS).replace("{headline}", &other));
        }
        if index == 4 {
            lines.extend(story.captions.iter().skip(1).cloned());
        }
    }
}

/// Everything below the body.
fn tail(world: &World, story: &Story, outlet: &str, draw: &mut Draw, lines: &mut Vec<String>) {
    if draw.chance(15) {
        lines.push(format!("{} is a reporter for {outlet}, covering trade.", story.byline));
    }
    if draw.chance(15) {
        lines.push(format!("Tags: {}", story.tags.join(", ")));
    }
    if draw.chance(50) {
        lines.push(draw.pick(RELATED).to_owned());
        for _ in 0..draw.between(2, 6) {
            let other = story::headline(world, draw);
            if draw.chance(40) {
                lines.push(other.clone());
                lines.push(other);
                lines.push(draw.pick(AGES).to_owned());
            } else {
                lines.push(other);
            }
        }
    }
    if draw.chance(40) {
        lines.extend(draw.pick(FOOTERS).iter().map(|line| (*line).to_owned()));
    }
    if draw.chance(25) {
        lines.push(format!("© {} {outlet}. All rights reserved.", story.day.year()));
    }
}

/// As a web clipper writes it.
fn markdown(story: &Story, published: Day, outlet: &str, draw: &mut Draw) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "'"));
    let mut lines = vec![
        "---".to_owned(),
        format!("title: {}", quoted(&story.headline)),
        format!("source: https://{}.example/{}", slug(outlet), slug(&story.headline)),
        "author:".to_owned(),
        format!("  - \"[[{}]]\"", story.byline),
        format!("published: {published}"),
        format!("site: {}", quoted(outlet)),
        "tags:".to_owned(),
        "  - clippings".to_owned(),
    ];
    lines.extend(story.tags.iter().map(|tag| format!("  - {}", tag.replace(' ', "-"))));
    lines.push("---".to_owned());
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        lines.push(String::new());
        match index {
            3 if draw.chance(50) => lines.push(format!("> {paragraph}")),
            5 if draw.chance(50) => {
                lines.extend(paragraph.split(". ").map(|point| format!("- **Then:** {point}")));
            }
            7 if draw.chance(10) => {
                lines.extend(["```csv", "port,tonnes", "Quay 4,1200", "```"].map(str::to_owned));
            }
            _ => lines.push(paragraph.clone()),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Lines as one file: quotation marks, line ends and encoding as some system
/// left them.
fn clip(lines: &[String], draw: &mut Draw) -> Vec<u8> {
    let parted = if draw.chance(80) { "\n\n" } else { "\n" };
    let mut text = lines.join(parted);
    if draw.chance(6) {
        text = wrapped(&text);
    }
    match draw.below(10) {
        0..3 => text = text.replace(['“', '”'], "\""),
        3 => text = text.replace('“', "”"),
        4 => text = text.replace('“', "«\u{a0}").replace('”', "\u{a0}»"),
        _ => {}
    }
    if draw.chance(10) {
        text = text.replace(" (", "\u{a0}(");
    }
    if draw.chance(10) {
        text = text.replace('\n', "\r\n");
    }
    match draw.below(30) {
        0 => {
            let (bytes, _, unmappable) = WINDOWS_1252.encode(&text);
            if !unmappable {
                return bytes.into_owned();
            }
        }
        1 => text.insert(0, '\u{feff}'),
        _ => {}
    }
    text.into_bytes()
}

/// Broken into lines of seventy bytes or so, as old mail programs do.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 70;
    let mut wrapped = String::with_capacity(text.len() + text.len() / WIDTH);
    for line in text.split_inclusive('\n') {
        let mut width = 0;
        for word in line.split_inclusive(' ') {
            if width > 0 && width + word.len() > WIDTH {
                wrapped.truncate(wrapped.trim_end_matches(' ').len());
                wrapped.push('\n');
                width = 0;
            }
            wrapped.push_str(word);
            width += word.len();
        }
    }
    wrapped
}
